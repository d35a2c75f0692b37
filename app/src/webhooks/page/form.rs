//! A new endpoint, or another address and other events for one.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::Action;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::OrganisationId;
use crate::organisation::service as organisations;
use crate::sign_in::proof;
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, ErrorSummary, LinkButton, Notice, PageHead, Panel, RadioCard, SubmitButton,
    TextField, Tone,
};
use crate::webhooks::event;
use crate::webhooks::model::Webhook;
use crate::webhooks::service::{self, NAME_LONGEST, URL_LONGEST};

use super::{Base, parts};

/// A new one of the organisation at hand.
#[component]
pub fn OrganisationWebhookNewPage() -> impl IntoView {
    page(own)
}

/// Another address and other events.
#[component]
pub fn OrganisationWebhookEditPage() -> impl IntoView {
    page(async |ctx, visit| edit(ctx, visit, Base::Organisation).await)
}

/// A new one of a customer or of the operator.
#[component]
pub fn StaffWebhookNewPage() -> impl IntoView {
    page(staff)
}

/// Another address and other events.
#[component]
pub fn StaffWebhookEditPage() -> impl IntoView {
    page(async |ctx, visit| edit(ctx, visit, Base::Staff).await)
}

async fn own(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    Base::Organisation.check(&ctx, Action::WebhookManage)?;
    let organisation = ctx.organisation;
    new(&ctx, &visit, Base::Organisation, organisation).await
}

async fn staff(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    Base::Staff.check(&ctx, Action::WebhookManage)?;
    let organisation = visit.query.get("organisation");
    let organisation = organisation.map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    new(&ctx, &visit, Base::Staff, organisation).await
}

async fn new(ctx: &Ctx, visit: &Visit, base: Base, organisation: Option<OrganisationId>) -> Result<Page, AppError> {
    service::check_add(ctx, organisation).await?;
    // Asked for before something is typed rather than after.
    proof::require(ctx)?;
    let owner = match organisation {
        Some(id) => organisations::find(ctx, id).await?.name,
        None => ctx.portal.name.get().to_string(),
    };
    show(ctx, visit, base, organisation, None, owner)
}

async fn edit(ctx: Ctx, visit: Visit, base: Base) -> Result<Page, AppError> {
    base.check(&ctx, Action::WebhookManage)?;
    let row = service::granted(&ctx, visit.id("id")?).await?.into_row();
    proof::require(&ctx)?;
    let (organisation, owner) = (row.organisation_id, parts::owner(&ctx, &row));
    show(&ctx, &visit, base, organisation, Some(&row), owner)
}

fn show(
    ctx: &Ctx,
    visit: &Visit,
    base: Base,
    organisation: Option<OrganisationId>,
    there: Option<&Webhook>,
    owner: String,
) -> Result<Page, AppError> {
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t(if there.is_some() { "webhooks-edit" } else { "webhooks-new" }).to_owned();
    let mut crumbs = base.crumbs(ctx);
    if let Some(row) = there {
        crumbs.push((base.one(row.id), row.name.clone()));
    }
    let meta = ctx.with("webhooks-form-meta", &[("name", owner.into())]);
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=meta />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {form(ctx, flash, base, organisation, there)}
        </div>
    }
    .into_markup();
    Ok(Page { title, place: base.place(), crumbs, todo: None, body })
}

fn form(ctx: &Ctx, flash: &Flash, base: Base, organisation: Option<OrganisationId>, there: Option<&Webhook>) -> Markup {
    // What was typed where the form failed, else what is there.
    let typed = (flash.form == "webhook").then_some(flash);
    let get = |field: &str, kept: fn(&Webhook) -> &String| match typed {
        Some(flash) => flash.value(field).unwrap_or_default().to_owned(),
        None => there.map(kept).cloned().unwrap_or_default(),
    };
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let hidden = there.map(|row| {
        view! {
            <input type="hidden" name="webhook" value=row.id.to_string() />
            <input type="hidden" name="revision_seen" value=row.revision.to_string() />
        }
    });
    let owner = organisation.map(|id| view! { <input type="hidden" name="organisation" value=id.to_string() /> });
    let chosen = get("events", |row| &row.events);
    let offered = || event::offered(organisation.is_none());
    let ticks = |name: &str| chosen.split(' ').any(|one| one == name);
    // A new one is told of everything, unless somebody takes something away.
    let all = match typed {
        Some(flash) => flash.value("scope") == Some("all"),
        None => there.is_none() || offered().all(|kind| ticks(kind.name)),
    };
    let rows = offered()
        .map(|kind| {
            let checked = all || ticks(kind.name);
            view! { <CheckRow name="events[]" value=kind.name label=ctx.t(kind.label) meta=kind.name checked=checked /> }
        })
        .collect_view();
    let back = there.map_or_else(|| base.list(organisation), |row| base.one(row.id));
    let save = ctx.t(if there.is_some() { "webhooks-save" } else { "webhooks-make" });
    let long = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    view! {
        <form class="stack" method="post" action="/_fn/webhooks/save" novalidate=true autocomplete="off">
            {hidden}{owner}
            <Panel id="where" title=ctx.t("webhooks-where")>
                <div class="panel-body stack-4">
                    <TextField name="name" label=ctx.t("webhooks-name") hint=ctx.t("webhooks-name-hint") value=get("name", |row| &row.name) error=error("name") required=true maxlength=long(NAME_LONGEST) />
                    <TextField name="url" label=ctx.t("webhooks-url") hint=ctx.t("webhooks-url-hint") kind="url" value=get("url", |row| &row.url) error=error("url") required=true maxlength=long(URL_LONGEST) />
                </div>
            </Panel>
            <Panel id="what" title=ctx.t("webhooks-what")>
                <div class="panel-body stack-4">
                    <ChoiceGroup id="scope" legend=ctx.t("webhooks-events") hint=ctx.t("webhooks-events-hint")>
                        <RadioCard name="scope" value="all" label=ctx.t("webhooks-scope-all") checked=all />
                        <RadioCard name="scope" value="some" label=ctx.t("webhooks-scope-some") checked=!all />
                    </ChoiceGroup>
                    <div class="scope-some">
                        <ChoiceGroup id="events" legend=ctx.t("webhooks-choose") error=error("events")>{rows}</ChoiceGroup>
                    </div>
                </div>
                <div class="panel-foot cluster"><SubmitButton kind=ButtonKind::Primary>{save}</SubmitButton><LinkButton href=back>{ctx.t("ui-cancel")}</LinkButton></div>
            </Panel>
        </form>
    }
    .into_markup()
}
