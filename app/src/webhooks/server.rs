//! Server functions of webhooks. The pages of customers and of staff post to the same ones; whose page it was is known
//! from who asks.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::account::shown_once;
use crate::ctx::Ctx;
use crate::doors::{Done, Form, act, ctx};
use crate::error::AppError;
use crate::ids::{DeliveryId, OrganisationId, WebhookId};
use crate::sign_in::proof;

use super::model::{State, Wanted};
use super::page::{Base, base};
use super::{event, log, service};

fn here() -> Base {
    ctx().as_ref().map_or(Base::Organisation, base)
}

fn revision(text: &str) -> Result<i64, AppError> {
    text.parse().map_err(|_| AppError::BadRequest("revision".into()))
}

/// To a form, somebody who was faster is a conflict: what was typed stays.
fn faster(ctx: &Ctx, error: AppError) -> AppError {
    match error {
        AppError::Stale => AppError::Conflict(ctx.t("webhooks-error-changed").to_owned()),
        other => other,
    }
}

/// Makes an endpoint and shows its secret once, or changes one.
#[server(prefix = "/_fn", endpoint = "webhooks/save")]
pub async fn save_webhook(
    #[server(default)] webhook: String,
    #[server(default)] revision_seen: String,
    #[server(default)] organisation: String,
    #[server(default)] name: String,
    #[server(default)] url: String,
    #[server(default)] scope: String,
    #[server(default)] events: Vec<String>,
) -> Result<(), ServerFnError> {
    let base = here();
    let known: Option<WebhookId> = webhook.parse().ok();
    let owner: Option<OrganisationId> = organisation.parse().ok();
    let page = known.map_or_else(|| base.new_page(owner), |id| base.edit(id));
    let form = Form::on("webhook", page)
        .value("name", name.clone())
        .value("url", url.clone())
        .value("scope", scope.clone())
        .value("events", events.join(" "));
    act(form, async move |ctx| {
        service::check_manage(&ctx)?;
        let chosen = |operator: bool| match scope == "all" {
            true => event::offered(operator).map(|kind| kind.name.to_owned()).collect(),
            false => events.into_iter().filter(|name| !name.is_empty()).collect(),
        };
        if let Some(id) = known {
            // Who may not do it at all is not asked for a proof first.
            let operator = service::granted(&ctx, id).await?.row().organisation_id.is_none();
            let wanted = Wanted { name, url, events: chosen(operator) };
            proof::require(&ctx)?;
            let seen = revision(&revision_seen)?;
            service::edit(&ctx, id, Some(seen), wanted).await.map_err(|error| faster(&ctx, error))?;
            return Ok(Done::to(base.one(id)).saying(ctx.t("webhooks-saved")));
        }
        // Customers have the organisation at hand; what staff make without one is the operator's.
        let owner = match base {
            Base::Organisation => Some(owner.ok_or(AppError::NotFound)?),
            Base::Staff => owner,
        };
        service::check_add(&ctx, owner).await?;
        let wanted = Wanted { name, url, events: chosen(owner.is_none()) };
        proof::require(&ctx)?;
        let (id, secret) = service::create(&ctx, owner, wanted).await?;
        Ok(Done::to(base.one(id)).showing(shown_once::FIELD, shown_once::seal(&ctx, &secret)))
    })
    .await
}

/// What a form of the page of one endpoint does, and what is said then.
async fn on<F>(
    webhook: &str,
    seen: &str,
    work: impl FnOnce(Ctx, WebhookId, i64, Base) -> F,
) -> Result<(), ServerFnError>
where
    F: Future<Output = Result<Done, AppError>>,
{
    let base = here();
    let known: Option<WebhookId> = webhook.parse().ok();
    let page = known.map_or_else(|| base.list(None), |id| base.one(id));
    act(Form::on("webhook-act", page), async move |ctx| {
        service::check_manage(&ctx)?;
        let id = known.ok_or(AppError::NotFound)?;
        service::granted(&ctx, id).await?;
        let seen = revision(seen)?;
        work(ctx.clone(), id, seen, base).await.map_err(|error| faster(&ctx, error))
    })
    .await
}

/// Pauses it.
#[server(prefix = "/_fn", endpoint = "webhooks/pause")]
pub async fn pause_webhook(
    #[server(default)] webhook: String,
    #[server(default)] revision_seen: String,
) -> Result<(), ServerFnError> {
    on(&webhook, &revision_seen, async |ctx, id, seen, base| {
        service::set_state(&ctx, id, Some(seen), State::Paused).await?;
        Ok(Done::to(base.one(id)).saying(ctx.t("webhooks-paused-toast")))
    })
    .await
}

/// Has it told again.
#[server(prefix = "/_fn", endpoint = "webhooks/resume")]
pub async fn resume_webhook(
    #[server(default)] webhook: String,
    #[server(default)] revision_seen: String,
) -> Result<(), ServerFnError> {
    on(&webhook, &revision_seen, async |ctx, id, seen, base| {
        service::set_state(&ctx, id, Some(seen), State::Active).await?;
        Ok(Done::to(base.one(id)).saying(ctx.t("webhooks-resumed-toast")))
    })
    .await
}

/// Gives it another secret and shows that once.
#[server(prefix = "/_fn", endpoint = "webhooks/rotate")]
pub async fn rotate_webhook(
    #[server(default)] webhook: String,
    #[server(default)] revision_seen: String,
) -> Result<(), ServerFnError> {
    on(&webhook, &revision_seen, async |ctx, id, seen, base| {
        proof::require(&ctx)?;
        let secret = service::rotate(&ctx, id, Some(seen)).await?;
        Ok(Done::to(base.one(id)).showing(shown_once::FIELD, shown_once::seal(&ctx, &secret)))
    })
    .await
}

/// Takes it away.
#[server(prefix = "/_fn", endpoint = "webhooks/delete")]
pub async fn delete_webhook(
    #[server(default)] webhook: String,
    #[server(default)] revision_seen: String,
) -> Result<(), ServerFnError> {
    on(&webhook, &revision_seen, async |ctx, id, seen, base| {
        service::delete(&ctx, id, Some(seen)).await?;
        Ok(Done::to(base.list(None)).saying(ctx.t("webhooks-deleted-toast")))
    })
    .await
}

/// Sends a test.
#[server(prefix = "/_fn", endpoint = "webhooks/test")]
pub async fn test_webhook(
    #[server(default)] webhook: String,
    #[server(default)] revision_seen: String,
) -> Result<(), ServerFnError> {
    on(&webhook, &revision_seen, async |ctx, id, seen, base| {
        let delivery = service::test(&ctx, id, Some(seen)).await?;
        Ok(Done::to(base.delivery(id, delivery)).saying(ctx.t("webhooks-test-toast")))
    })
    .await
}

/// Sends a message again.
#[server(prefix = "/_fn", endpoint = "webhooks/redeliver")]
pub async fn redeliver_webhook(
    #[server(default)] webhook: String,
    #[server(default)] revision_seen: String,
    #[server(default)] delivery: String,
) -> Result<(), ServerFnError> {
    on(&webhook, &revision_seen, async move |ctx, id, seen, base| {
        let delivery: DeliveryId = delivery.parse().map_err(|_| AppError::NotFound)?;
        log::redeliver(&ctx, id, Some(seen), delivery).await?;
        Ok(Done::to(base.delivery(id, delivery)).saying(ctx.t("webhooks-again-toast")))
    })
    .await
}
