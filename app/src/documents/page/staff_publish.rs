//! `/staff/documents/{id}/publish`: choose the audience, see exactly who that is, publish.
//!
//! The choice is a GET form, so every audience has an address, the back button works, and the list of people is
//! always the server's. The POST carries a digest of the people shown: if the list has changed since, nothing
//! is published and the page shows the new one.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::approvals::service as asking;
use crate::categories::model::{Approval, Rules};
use crate::ctx::Ctx;
use crate::documents::audience::digest;
use crate::documents::model::{Audience, Document, Reader, State};
use crate::documents::service;
use crate::doors::{Page, Query, Visit, page};
use crate::error::{AppError, FieldErrors};
use crate::ids::DocumentId;
use crate::organisation::model::{Group, Organisation, Person, Project};
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{
    ButtonKind, ButtonSize, ButtonWidth, CheckRow, ChoiceGroup, ErrorSummary, Notice, PageHead, Panel, Place,
    RadioCard, SelectField, SelectOption, SubmitButton, Tone,
};

use super::detail::person;

/// The page to publish from.
#[component]
pub fn StaffDocumentPublishPage() -> impl IntoView {
    page(publish)
}

/// What the form asked for, not yet an audience.
#[derive(Clone, Debug, Default)]
struct Choice {
    kind: String,
    people: Vec<String>,
    group: String,
    project: String,
}

impl Choice {
    /// `usual`: the kind that the category offers first.
    fn read(query: &Query, usual: &str) -> Self {
        let text = |name: &str| query.get(name).unwrap_or_default().to_owned();
        let kind = query.get("audience").unwrap_or(usual).to_owned();
        Self { kind, people: query.all("people"), group: text("group"), project: text("project") }
    }

    /// The audience it names; what is wrong with it otherwise.
    fn audience(&self, ctx: &Ctx) -> Result<Audience, FieldErrors> {
        let wrong = |key: &'static str| FieldErrors::one("audience", ctx.t(key));
        match self.kind.as_str() {
            "organisation" => Ok(Audience::Organisation),
            "group" => self.group.parse().map(Audience::Group).map_err(|_| wrong("documents-error-group")),
            "project" => self.project.parse().map(Audience::Project).map_err(|_| wrong("documents-error-project")),
            "people" => match service::parse_people(&self.people) {
                Some(people) if !people.is_empty() => Ok(Audience::People(people)),
                _ => Err(wrong("documents-error-people-none")),
            },
            _ => Err(wrong("documents-error-audience")),
        }
    }
}

async fn publish(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: DocumentId = visit.id("id")?;
    // What is not visible is not found; whoever sees it but may not publish is told so.
    let document = service::find(ctx, id).await?;
    if !service::may(ctx, &document).publish {
        let no_file = AppError::Conflict(ctx.t("documents-error-no-file").to_owned());
        return Err(if document.current_version == 0 { no_file } else { AppError::Forbidden });
    }
    let customer = organisation::find(ctx, document.organisation_id).await?;
    let people = organisation::people(ctx, &customer).await?;
    let projects = organisation::projects(ctx, &customer).await?;
    let groups = organisation::groups(ctx, &customer).await?;
    let rules = ctx.portal.categories.get().of(document.category);
    let choice = Choice::read(&visit.query, rules.audience);
    let shown = match choice.audience(ctx) {
        Ok(audience) => match service::preview(ctx, id, &audience).await {
            Ok(readers) => Ok((audience, readers)),
            Err(AppError::Invalid(errors)) => Err(errors),
            Err(error) => return Err(error),
        },
        Err(errors) => Err(errors),
    };
    let mut errors = visit.flash.errors.clone();
    if let Err(wrong) = &shown
        && errors.is_empty()
    {
        errors = wrong.clone();
    }
    let locale = ctx.locale;
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.with("publish-title", &[("title", document.title.clone().into())]);
    let meta = format!("{}, {}", customer.name, super::rows::facts(ctx, &document));
    let aside = match shown {
        Ok((audience, readers)) => preview(ctx, &document, &audience, readers, &rules),
        Err(_) => view! { <section class="panel"><div class="panel-body"><p class="meta">{ctx.t("publish-choose-first")}</p></div></section> }.into_markup(),
    };
    let body = view! {
        <PageHead title=title.clone() meta=meta />
        {problem}
        <ErrorSummary locale=locale errors=errors.clone() />
        <div class="split split--wide">
            {choose(ctx, id, &choice, &errors, &customer, people, projects, groups)}
            <aside class="stack">{aside}</aside>
        </div>
    }
    .into_markup();
    let crumbs = vec![
        (paths::STAFF_DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned()),
        (paths::staff_document(id), document.title.clone()),
    ];
    Ok(Page { title, place: Place::StaffDocuments, crumbs, todo: None, body })
}

#[expect(clippy::too_many_arguments, reason = "one form, each list once")]
fn choose(
    ctx: &Ctx,
    id: DocumentId,
    choice: &Choice,
    errors: &FieldErrors,
    customer: &Organisation,
    people: Vec<Person>,
    projects: Vec<Project>,
    groups: Vec<Group>,
) -> Markup {
    let kind = choice.kind.as_str();
    let all = ctx.with("publish-organisation", &[("name", customer.name.clone().into())]);
    let project_options = projects
        .iter()
        .map(|p| SelectOption {
            value: p.id.to_string(),
            label: p.name.clone(),
            selected: p.id.to_string() == choice.project,
        })
        .collect::<Vec<_>>();
    let group_options = groups
        .iter()
        .map(|g| SelectOption {
            value: g.id.to_string(),
            label: g.name.clone(),
            selected: g.id.to_string() == choice.group,
        })
        .collect::<Vec<_>>();
    let rows = people
        .into_iter()
        .map(|p| {
            let value = p.id.to_string();
            let checked = choice.people.contains(&value);
            let meta = ctx.t(p.role.role().label_key());
            view! { <CheckRow name="people" value=value label=p.name meta=meta checked=checked /> }
        })
        .collect_view();
    let with_projects = !projects.is_empty();
    let with_groups = !groups.is_empty();
    view! {
        <form class="stack" method="get" action=paths::staff_document_publish(id)>
            <Panel id="audience-choice" title=ctx.t("publish-who")>
                <div class="panel-body stack-4">
                    <ChoiceGroup id="audience" legend=ctx.t("publish-who") legend_hidden=true error=errors.get("audience").map(str::to_owned)>
                        <RadioCard name="audience" value="organisation" label=all meta=ctx.t("publish-organisation-meta") checked={kind == "organisation"} />
                        {with_projects.then(|| view! { <RadioCard name="audience" value="project" label=ctx.t("publish-project") meta=ctx.t("publish-project-meta") checked={kind == "project"} /> })}
                        <RadioCard name="audience" value="people" label=ctx.t("publish-people") meta=ctx.t("publish-people-meta") checked={kind == "people"} />
                        {with_groups.then(|| view! { <RadioCard name="audience" value="group" label=ctx.t("publish-group") meta=ctx.t("publish-group-meta") checked={kind == "group"} /> })}
                    </ChoiceGroup>
                    <div class="audience-detail audience-project">{with_projects.then(|| view! { <SelectField name="project" label=ctx.t("publish-which-project") options=project_options /> })}</div>
                    <div class="audience-detail audience-group">{with_groups.then(|| view! { <SelectField name="group" label=ctx.t("publish-which-group") options=group_options /> })}</div>
                    <div class="audience-detail audience-people"><ChoiceGroup id="people" legend=ctx.t("publish-which-people")>{rows}</ChoiceGroup></div>
                </div>
                <div class="panel-foot"><SubmitButton>{ctx.t("publish-show")}</SubmitButton></div>
            </Panel>
        </form>
    }
    .into_markup()
}

fn preview(ctx: &Ctx, document: &Document, audience: &Audience, readers: Vec<Reader>, rules: &Rules) -> Markup {
    let ask_first = rules.approval != Approval::None;
    let count = readers.len();
    let never = readers.iter().filter(|reader| reader.last_sign_in_at.is_none()).count();
    let heading = ctx.with("publish-will-see", &[("count", count.into())]);
    let button = match document.state {
        State::Published => ctx.with("publish-button-again", &[("count", count.into())]),
        _ => ctx.with("publish-button", &[("count", count.into())]),
    };
    let shown = digest(&readers);
    let may_ask = count > 0 && asking::may_once_published(ctx, document);
    let warning = (never > 0).then(|| {
        let text = ctx.with("publish-never", &[("count", never.into())]);
        view! { <Notice tone=Tone::Warn title=text /> }
    });
    let nobody = (count == 0).then(|| view! { <Notice tone=Tone::Warn title=ctx.t("publish-nobody") /> });
    let (people, group, project) = match audience {
        Audience::People(ids) => {
            (ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(","), String::new(), String::new())
        }
        Audience::Group(id) => (String::new(), id.to_string(), String::new()),
        Audience::Project(id) => (String::new(), String::new(), id.to_string()),
        Audience::Organisation => Default::default(),
    };
    let rows = readers.into_iter().map(|reader| view! { <li>{person(ctx, reader)}</li> }).collect_view();
    view! {
        <section class="panel panel--mine" aria-labelledby="readers">
            <div class="panel-head"><h2 id="readers">{heading}</h2></div>
            <div class="panel-body stack-4">{warning}{nobody}<ul class="stack-2">{rows}</ul></div>
            <form class="panel-foot stack-2" method="post" action="/_fn/documents/publish">
                <input type="hidden" name="id" value=document.id.to_string() />
                <input type="hidden" name="revision" value=document.revision.to_string() />
                <input type="hidden" name="readers" value=shown />
                <input type="hidden" name="audience" value=audience.kind() />
                <input type="hidden" name="people" value=people />
                <input type="hidden" name="group" value=group />
                <input type="hidden" name="project" value=project />
                {may_ask.then(|| view! { <CheckRow name="then" value="approval" label=ctx.t("publish-then-ask") meta=ctx.t("publish-then-ask-meta") checked=ask_first /> })}
                <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{button}</SubmitButton>
                <p class="meta">{ctx.t("publish-staff-too")}</p>
            </form>
        </section>
    }
    .into_markup()
}
