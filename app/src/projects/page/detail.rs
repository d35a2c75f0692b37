//! `/projects/{id}` and `/staff/projects/{id}`: everything about one project on one page.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::page::who;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::ProjectId;
use crate::notifications::{self, Object};
use crate::orders::model::Side;
use crate::organisation::service as organisation;
use crate::paths;
use crate::projects::model::{Milestone, Project, Report};
use crate::projects::service::{self, Whole};
use crate::projects::{audience, people};
use crate::ui::{ButtonKind, ErrorSummary, Glyph, LinkButton, Notice, PageHead, Panel, Place, Tone};
use crate::validity::service::today;

use super::{forms, parts, side, tasks};

/// More milestones than this stand below each other, however wide the screen.
const ACROSS: usize = 7;

/// As its customer sees it.
#[component]
pub fn ProjectPage() -> impl IntoView {
    page(customer)
}

/// As staff see it.
#[component]
pub fn StaffProjectPage() -> impl IntoView {
    page(staff)
}

async fn customer(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let project = service::find(&ctx, visit.id::<ProjectId>("id")?).await?;
    visit.is_in(project.organisation_id);
    let crumbs = vec![(paths::PROJECTS.to_owned(), ctx.t("projects-title").to_owned())];
    let place = if ctx.actor.staff().is_some() { Place::StaffProjects } else { Place::Projects };
    show(&ctx, &visit.flash, project, place, crumbs, false).await
}

async fn staff(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    organisation::require_staff(&ctx)?;
    let project = service::find(&ctx, visit.id::<ProjectId>("id")?).await?;
    let crumbs = vec![
        (paths::STAFF_PROJECTS.to_owned(), ctx.t("projects-title").to_owned()),
        (paths::staff_customer(project.organisation_id), project.organisation_name.clone()),
    ];
    show(&ctx, &visit.flash, project, Place::StaffProjects, crumbs, true).await
}

async fn show(
    ctx: &Ctx,
    flash: &Flash,
    project: Project,
    place: Place,
    crumbs: Vec<(String, String)>,
    maintain: bool,
) -> Result<Page, AppError> {
    notifications::seen(ctx, Object::Project(project.id)).await;
    let may = service::may(ctx, &project);
    let whole = service::whole(ctx, &project).await?;
    let statuses = service::statuses(ctx).await?;
    let appointments = crate::appointments::page::panel_for_project(ctx, project.id).await?;
    let readers = if may.audience { Some(audience::readers(ctx, project.id).await?) } else { None };
    let keeps = may.manage && maintain;
    let choice = if keeps { Some(people::choice(ctx, project.organisation_id).await?) } else { None };
    let forms = choice.as_ref().map(|choice| forms::Forms { ctx, flash, project: &project, whole: &whole, choice });
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let edit = keeps.then(|| {
        view! { <LinkButton href=paths::staff_project_edit(project.id) kind=ButtonKind::Primary>{ctx.t("projects-edit")}</LinkButton> }
    });
    let facts = [
        ctx.actor.staff().is_some().then(|| project.organisation_name.clone()),
        Some(project.number.clone()).filter(|number| !number.is_empty()),
    ];
    let meta = facts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let title = project.name.clone();
    let late =
        project.is_late(today(ctx)).then(|| view! { <Notice tone=Tone::Warn title=ctx.t("projects-late-title") /> });
    let summary = (!project.summary.is_empty()).then(|| view! { <p class="prewrap">{project.summary.clone()}</p> });
    let body = view! {
        <PageHead title=title.clone() meta=meta badge=parts::badge(ctx, &project)>{edit}</PageHead>
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {late}
        {summary}
        {factbar(ctx, &project)}
        {timeline(ctx, &project, &whole.milestones, keeps)}
        <div class="split">
            <div class="stack">
                {report(ctx, &whole, forms.as_ref().map(forms::Forms::report))}
                {tasks::panel(ctx, &project, &whole, forms.as_ref().map(forms::Forms::task))}
                {side::papers(ctx, project.id, &whole)}
                {side::orders(ctx, &whole)}
                {side::history(ctx, &whole, &statuses)}
            </div>
            <div class="stack">
                {appointments}
                {side::people(ctx, &project, &whole, forms.as_ref().map(forms::Forms::people))}
                {side::decisions(ctx, &whole, forms.as_ref().map(forms::Forms::decision))}
                {readers.map(|readers| who(ctx, readers))}
            </div>
        </div>
    }
    .into_markup();
    Ok(Page { title, place, crumbs, todo: None, body })
}

fn factbar(ctx: &Ctx, project: &Project) -> Markup {
    let acts = project.acts();
    let mine = acts == Side::Customer && ctx.actor.staff().is_none();
    let class = if mine { "is-mine" } else { "" };
    let light = parts::light(ctx, project.light)
        .unwrap_or_else(|| view! { <span class="meta">{ctx.t("projects-light-none")}</span> }.into_markup());
    let (end, day) = match project.done_on {
        Some(day) => ("projects-field-done", Some(day)),
        None => ("projects-field-due", project.due_on),
    };
    let late = project.done_on.is_none() && project.is_late(today(ctx)) && day.is_some_and(|day| day < today(ctx));
    let end_day = match day {
        Some(day) => parts::due(ctx, day, late),
        None => view! { <span class="meta">{ctx.t("orders-no-date")}</span> }.into_markup(),
    };
    let starts = project.starts_on.map(|day| {
        let text = ctx.with("projects-since", &[("day", parts::day(ctx, day).into())]);
        view! { <dd class="meta">{text}</dd> }
    });
    let lead =
        project.lead_name.clone().map(|name| view! { <div><dt>{ctx.t("projects-lead")}</dt><dd>{name}</dd></div> });
    view! {
        <dl class="factbar">
            <div><dt>{ctx.t("projects-column-light")}</dt><dd>{light}</dd></div>
            <div class=class><dt>{ctx.t("orders-next-acts")}</dt><dd>{parts::acts(ctx, acts)}</dd><dd class="meta">{parts::next(ctx, project)}</dd></div>
            <div><dt>{ctx.t(end)}</dt><dd>{end_day}</dd>{starts}</div>
            {lead}
        </dl>
    }
    .into_markup()
}

/// The milestones, from the first to the last; `keeps` says one is reached with one click.
fn timeline(ctx: &Ctx, project: &Project, milestones: &[Milestone], keeps: bool) -> Option<Markup> {
    if milestones.is_empty() {
        return None;
    }
    let now = milestones.iter().position(|milestone| milestone.done_on.is_none());
    let rows = milestones
        .iter()
        .enumerate()
        .map(|(at, milestone)| {
            let (class, glyph) = match milestone.done_on {
                Some(_) => ("step is-done", "done"),
                None if now == Some(at) => ("step is-now", "half"),
                None => ("step", "open"),
            };
            let when = match (milestone.done_on, milestone.expected_on) {
                (Some(day), _) => Some(view! { <span>{parts::day(ctx, day)}</span> }.into_markup()),
                (None, Some(day)) => Some(parts::due(ctx, day, !project.status.is_final && day < today(ctx))),
                (None, None) => None,
            };
            let done = milestone.done_on.map(|_| view! { <span class="vh">{ctx.t("projects-reached-word")}" "</span> });
            let current = (now == Some(at)).then_some("step");
            let last = milestone.done_on.is_some() && (now == Some(at + 1) || (now.is_none() && at + 1 == milestones.len()));
            let act = (keeps && (now == Some(at) || last)).then(|| reach(ctx, project, milestone));
            view! { <li class=class aria-current=current><Glyph name=glyph /><strong>{milestone.title.clone()}</strong>{done}{when}{act}</li> }
        })
        .collect_view();
    let class = if milestones.len() > ACROSS { "steps steps--down" } else { "steps" };
    Some(view! { <Panel id="milestones" title=ctx.t("projects-milestones")><div class="panel-body"><ol class=class>{rows}</ol></div></Panel> }.into_markup())
}

fn reach(ctx: &Ctx, project: &Project, milestone: &Milestone) -> Markup {
    let reached = milestone.done_on.is_some();
    let (key, named) = if reached {
        ("projects-unreach", "projects-unreach-named")
    } else {
        ("projects-reach", "projects-reach-named")
    };
    let label = ctx.with(named, &[("title", milestone.title.clone().into())]);
    let class = if reached { "btn btn--quiet" } else { "btn" };
    let wanted = if reached { "no" } else { "yes" };
    view! {
        <form method="post" action="/_fn/projects/reach">
            <input type="hidden" name="project" value=project.id.to_string() />
            <input type="hidden" name="position" value=milestone.position.to_string() />
            <input type="hidden" name="revision" value=project.project_revision.to_string() />
            <input type="hidden" name="done" value=wanted />
            <button class=class type="submit" aria-label=label>{ctx.t(key)}</button>
        </form>
    }
    .into_markup()
}

/// The last report, and those before it.
fn report(ctx: &Ctx, whole: &Whole, foot: Option<Markup>) -> Markup {
    let one = |report: &Report| {
        let name = report.name.clone().unwrap_or_else(|| ctx.portal.name.get());
        let by = ctx.with("projects-report-by", &[("name", name.into()), ("when", ctx.date(report.written_at).into())]);
        view! { <div class="stack-2">{parts::light(ctx, report.light)}<p class="prewrap">{report.text.clone()}</p><p class="meta">{by}</p></div> }
    };
    let body = match whole.reports.first() {
        Some(last) => view! { <div class="panel-body">{one(last)}</div> }.into_markup(),
        None => {
            view! { <div class="panel-body"><p class="meta">{ctx.t("projects-report-none")}</p></div> }.into_markup()
        }
    };
    let before = (whole.reports.len() > 1).then(|| {
        let rows = whole.reports.iter().skip(1).map(|report| view! { <li>{one(report)}</li> }).collect_view();
        view! { <details class="panel-foot"><summary>{ctx.t("projects-reports-before")}</summary><ul class="stack-4">{rows}</ul></details> }
    });
    view! { <Panel id="report" title=ctx.t("projects-report")>{body}{before}{foot}</Panel> }.into_markup()
}
