//! `/staff/requests/new`: first the customer, then what is wanted, of whom, and until when.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::service::categories_to_create;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::OrganisationId;
use crate::organisation::model::{Organisation, Person};
use crate::organisation::{choice, service as organisation};
use crate::paths;
use crate::requests::service;
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, ErrorSummary, LinkButton, Notice, PageHead, Panel, Place, SelectField,
    SelectOption, SubmitButton, TextArea, TextField, Tone,
};
use crate::validity::service::today;

/// The page.
#[component]
pub fn StaffRequestNewPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    if !service::may_ask_any(ctx) {
        return Err(AppError::Forbidden);
    }
    let flash = &visit.flash;
    let chosen: Option<OrganisationId> = visit
        .query
        .get("organisation")
        .filter(|id| !id.is_empty())
        .map(|id| id.parse().map_err(|_| AppError::NotFound))
        .transpose()?;
    let form = match chosen {
        Some(id) => {
            let customer = organisation::find(ctx, id).await?;
            let people = organisation::people(ctx, &customer).await?;
            question(ctx, &customer, &people, flash)
        }
        None => choice::form(ctx, paths::STAFF_REQUEST_NEW).await?,
    };
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("requests-new").to_owned();
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=ctx.t("requests-new-meta") />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {form}
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_REQUESTS.to_owned(), ctx.t("requests-title").to_owned())];
    Ok(Page { title, place: Place::Requests, crumbs, todo: None, body })
}

fn question(ctx: &Ctx, customer: &Organisation, people: &[Person], flash: &Flash) -> Markup {
    let mine = flash.form == "request";
    let typed = |field: &str, usual: String| {
        if mine { flash.value(field).unwrap_or_default().to_owned() } else { usual }
    };
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let category = typed("category", "other".to_owned());
    let options = categories_to_create(&ctx.actor)
        .into_iter()
        .map(|c| SelectOption {
            value: c.key().to_owned(),
            label: ctx.t(c.label_key()).to_owned(),
            selected: c.key() == category,
        })
        .collect::<Vec<_>>();
    let chosen = typed("people", String::new());
    let rows = people
        .iter()
        .map(|person| {
            let value = person.id.to_string();
            let checked = chosen.split(',').any(|id| id == value);
            let meta = if person.last_sign_in_at.is_none() { ctx.t("people-never") } else { "" };
            view! { <CheckRow name="people[]" value=value label=person.name.clone() meta=meta checked=checked /> }
        })
        .collect_view();
    let usual = today(ctx).plus(7).to_string();
    view! {
        <form class="stack" method="post" action="/_fn/requests/ask" novalidate=true>
            <input type="hidden" name="organisation_id" value=customer.id.to_string() />
            <Panel id="what" title=customer.name.clone()>
                <div class="panel-body stack-4">
                    <TextField name="title" label=ctx.t("requests-what") hint=ctx.t("requests-what-hint") value=typed("title", String::new()) error=error("title") required=true maxlength=200 />
                    <TextArea name="text" label=ctx.t("requests-text") note=ctx.t("ui-optional") value=typed("text", String::new()) rows=4 error=error("text") maxlength=2000 />
                    <SelectField name="category" label=ctx.t("documents-category") options=options error=error("category") />
                    <TextField name="due_on" label=ctx.t("requests-until") kind="date" value=typed("due_on", usual) error=error("due_on") required=true />
                    <ChoiceGroup id="people" legend=ctx.t("requests-people") hint=ctx.t("requests-people-hint") error=error("people")>{rows}</ChoiceGroup>
                </div>
                <div class="panel-foot cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("requests-ask")}</SubmitButton><LinkButton href=paths::STAFF_REQUESTS>{ctx.t("ui-cancel")}</LinkButton></div>
            </Panel>
        </form>
    }
    .into_markup()
}
