//! `/staff/projects/new` and `/staff/projects/{id}/edit`: one project by hand, with its milestones.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::day::Day;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::{OrganisationId, ProjectId};
use crate::orders::model::Status;
use crate::orders::server::KEPT;
use crate::organisation::model::Organisation;
use crate::organisation::{choice, service as organisation};
use crate::paths;
use crate::projects::model::{Milestone, OnProject, Project};
use crate::projects::{people, service};
use crate::ui::{
    ButtonKind, ErrorSummary, LinkButton, Notice, PageHead, Panel, Place, SelectField, SelectOption, SubmitButton,
    TextArea, TextField, Tone,
};
use crate::validity::service::today;

/// Empty rows for more milestones.
const EMPTY: usize = 3;

/// A new project.
#[component]
pub fn StaffProjectNewPage() -> impl IntoView {
    page(new)
}

/// One that is there.
#[component]
pub fn StaffProjectEditPage() -> impl IntoView {
    page(edit)
}

/// What the form begins with.
struct Filled<'a> {
    flash: &'a Flash,
    project: Option<&'a Project>,
    milestones: &'a [Milestone],
}

impl Filled<'_> {
    /// What was typed, or else what is known.
    fn text(&self, field: &str, known: impl Fn(&Project) -> String, usual: impl Fn() -> String) -> String {
        if self.flash.form == "project" {
            return self.flash.value(field).unwrap_or_default().to_owned();
        }
        self.project.map_or_else(usual, known)
    }

    fn error(&self, field: &str) -> Option<String> {
        self.flash.errors.get(field).map(str::to_owned)
    }

    fn column(&self, field: &str, known: Vec<String>) -> Vec<String> {
        let mut cells = if self.flash.form == "project" {
            self.flash.value(field).unwrap_or_default().split(KEPT).map(str::to_owned).collect()
        } else {
            known
        };
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        cells
    }
}

fn day(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

async fn new(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    if !service::may_manage_any(ctx) {
        return Err(AppError::Forbidden);
    }
    let chosen: Option<OrganisationId> = visit
        .query
        .get("organisation")
        .filter(|id| !id.is_empty())
        .map(|id| id.parse().map_err(|_| AppError::NotFound))
        .transpose()?;
    let form = match chosen {
        Some(id) => {
            if !service::may_take(ctx, id).await? {
                return Err(AppError::Forbidden);
            }
            let customer = organisation::find(ctx, id).await?;
            let statuses = service::statuses(ctx).await?;
            let (_, staff) = people::choice(ctx, id).await?;
            form(ctx, &customer, &staff, &statuses, &Filled { flash: &visit.flash, project: None, milestones: &[] })
        }
        None => choice::form(ctx, paths::STAFF_PROJECT_NEW).await?,
    };
    let title = ctx.t("projects-new").to_owned();
    let crumbs = vec![(paths::STAFF_PROJECTS.to_owned(), ctx.t("projects-title").to_owned())];
    Ok(framed(ctx, &visit.flash, title, ctx.t("projects-new-meta").to_owned(), crumbs, form))
}

async fn edit(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    let project = service::find(ctx, visit.id::<ProjectId>("id")?).await?;
    if !service::may(ctx, &project).manage {
        return Err(AppError::Forbidden);
    }
    let customer = organisation::find(ctx, project.organisation_id).await?;
    let statuses = service::statuses(ctx).await?;
    let milestones = service::milestones(ctx, &project).await?;
    let (_, staff) = people::choice(ctx, project.organisation_id).await?;
    let filled = Filled { flash: &visit.flash, project: Some(&project), milestones: &milestones };
    let form = form(ctx, &customer, &staff, &statuses, &filled);
    let crumbs = vec![
        (paths::STAFF_PROJECTS.to_owned(), ctx.t("projects-title").to_owned()),
        (paths::staff_project(project.id), project.name.clone()),
    ];
    let meta = format!("{}, {}", project.name, project.organisation_name);
    Ok(framed(ctx, &visit.flash, ctx.t("projects-edit").to_owned(), meta, crumbs, form))
}

fn framed(ctx: &Ctx, flash: &Flash, title: String, meta: String, crumbs: Vec<(String, String)>, form: Markup) -> Page {
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let body = view! {
        <PageHead title=title.clone() meta=meta />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {form}
    }
    .into_markup();
    Page { title, place: Place::StaffProjects, crumbs, todo: None, body }
}

fn form(ctx: &Ctx, customer: &Organisation, staff: &[OnProject], statuses: &[Status], filled: &Filled<'_>) -> Markup {
    let project = filled.project;
    let back = project.map_or_else(|| paths::STAFF_PROJECTS.to_owned(), |project| paths::staff_project(project.id));
    let id = project.map(|project| project.id.to_string()).unwrap_or_default();
    let revision = project.map(|project| project.project_revision.to_string()).unwrap_or_default();
    let reason = project.map(|_| {
        let typed = filled.text("reason", |_| String::new(), String::new);
        view! { <div class="panel-body"><TextArea name="reason" label=ctx.t("orders-reason") hint=ctx.t("orders-reason-hint") note=ctx.t("ui-optional") value=typed rows=2 error=filled.error("reason") maxlength=4000 /></div> }
    });
    view! {
        <form class="stack" method="post" action="/_fn/projects/save" novalidate=true>
            <input type="hidden" name="project" value=id />
            <input type="hidden" name="revision" value=revision />
            <input type="hidden" name="organisation_id" value=customer.id.to_string() />
            {head(ctx, customer, staff, statuses, filled)}
            {dates(ctx, filled)}
            {milestones(ctx, filled)}
            <section class="panel">{reason}
            <div class="panel-foot cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("orders-save")}</SubmitButton><LinkButton href=back>{ctx.t("ui-cancel")}</LinkButton></div></section>
        </form>
    }
    .into_markup()
}

fn head(ctx: &Ctx, customer: &Organisation, staff: &[OnProject], statuses: &[Status], filled: &Filled<'_>) -> Markup {
    let status = filled.text("status", |project| project.status.key.clone(), String::new);
    let states = statuses
        .iter()
        .map(|s| SelectOption { value: s.key.clone(), label: s.name(ctx.locale).to_owned(), selected: s.key == status })
        .collect::<Vec<_>>();
    let me = || ctx.actor.user_id().map(|id| id.to_string()).unwrap_or_default();
    let lead = filled.text("lead_id", |project| project.lead_id.map(|id| id.to_string()).unwrap_or_default(), me);
    let nobody = SelectOption {
        value: String::new(),
        label: ctx.t("orders-buyer-nobody").to_owned(),
        selected: lead.is_empty(),
    };
    let leads = std::iter::once(nobody)
        .chain(staff.iter().map(|person| {
            let value = person.id.to_string();
            SelectOption { selected: value == lead, value, label: person.name.clone() }
        }))
        .collect::<Vec<_>>();
    let text =
        |field: &str, known: fn(&Project) -> &String| filled.text(field, |project| known(project).clone(), String::new);
    view! {
        <Panel id="what" title=customer.name.clone()><div class="panel-body fields">
            <TextField name="name" label=ctx.t("projects-field-name") value=text("name", |p| &p.name) error=filled.error("name") required=true maxlength=200 class="field wide" />
            <TextArea name="summary" label=ctx.t("projects-field-summary") hint=ctx.t("projects-summary-hint") note=ctx.t("ui-optional") value=text("summary", |p| &p.summary) rows=3 error=filled.error("summary") maxlength=4000 class="field wide" />
            <SelectField name="status" label=ctx.t("orders-field-status") options=states error=filled.error("status") />
            <SelectField name="lead_id" label=ctx.t("projects-lead") options=leads error=filled.error("lead_id") />
            <TextField name="number" label=ctx.t("projects-field-number") note=ctx.t("ui-optional") value=text("number", |p| &p.number) error=filled.error("number") maxlength=100 />
            <TextField name="slug" label=ctx.t("projects-field-slug") note=ctx.t("ui-optional") hint=ctx.t("projects-slug-hint") value=text("slug", |p| &p.slug) error=filled.error("slug") maxlength=60 />
        </div></Panel>
    }
    .into_markup()
}

fn dates(ctx: &Ctx, filled: &Filled<'_>) -> Markup {
    let starts = filled.text("starts_on", |project| day(project.starts_on), || today(ctx).to_string());
    let due = filled.text("due_on", |project| day(project.due_on), String::new);
    let done = filled.text("done_on", |project| day(project.done_on), String::new);
    view! {
        <Panel id="dates" title=ctx.t("orders-dates")><div class="panel-body fields">
            <TextField name="starts_on" label=ctx.t("projects-field-starts") kind="date" note=ctx.t("ui-optional") value=starts error=filled.error("starts_on") />
            <TextField name="due_on" label=ctx.t("projects-field-due") kind="date" note=ctx.t("ui-optional") value=due error=filled.error("due_on") />
            <TextField name="done_on" label=ctx.t("projects-field-done") kind="date" note=ctx.t("ui-optional") value=done error=filled.error("done_on") />
        </div></Panel>
    }
    .into_markup()
}

fn milestones(ctx: &Ctx, filled: &Filled<'_>) -> Markup {
    let titles = filled.column("milestone_title", filled.milestones.iter().map(|m| m.title.clone()).collect());
    let expected = filled.column("milestone_expected", filled.milestones.iter().map(|m| day(m.expected_on)).collect());
    let done = filled.column("milestone_done", filled.milestones.iter().map(|m| day(m.done_on)).collect());
    let count = titles.len().max(expected.len()).max(done.len()) + EMPTY;
    let labels = [ctx.t("projects-milestone"), ctx.t("orders-step-expected"), ctx.t("projects-milestone-done")];
    let heads =
        labels.map(|label| view! { <th scope="col" role="columnheader">{label}</th> }).into_iter().collect_view();
    let rows = (0..count)
        .map(|at| {
            let cell = |name: &'static str, label: &'static str, kind: &'static str, column: &[String]| {
                let value = column.get(at).cloned().unwrap_or_default();
                view! { <td role="cell" class="c-wide"><label><span class="label only-phone">{label}</span><input class="input" type=kind name=name value=value aria-label=label /></label></td> }
            };
            let [title, when, ended] = labels;
            view! { <tr role="row">{cell("milestone_title[]", title, "text", &titles)}{cell("milestone_expected[]", when, "date", &expected)}{cell("milestone_done[]", ended, "date", &done)}</tr> }
        })
        .collect_view();
    let error = filled
        .error("milestones")
        .map(|error| view! { <div class="panel-body"><p class="error" id="milestones-error">{error}</p></div> });
    view! {
        <Panel id="milestones" title=ctx.t("projects-milestones")>
            {error}
            <table class="table cards typed" role="table"><thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>
            <div class="panel-foot"><p class="meta">{ctx.t("orders-steps-hint")}</p></div>
        </Panel>
    }
    .into_markup()
}
