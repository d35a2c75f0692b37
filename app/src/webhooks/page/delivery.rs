//! One message: what it says, every try with what was answered, and sending it again.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::Action;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ui::{ButtonKind, Notice, PageHead, Panel, SubmitButton, Tone};
use crate::webhooks::log::{self, Detail};
use crate::webhooks::model::{Attempt, Outcome, State, Webhook};
use crate::webhooks::service;

use super::{Base, parts};

/// Of an endpoint of the organisation at hand.
#[component]
pub fn OrganisationDeliveryPage() -> impl IntoView {
    page(async |ctx, visit| show(ctx, visit, Base::Organisation).await)
}

/// Of an endpoint of a customer or of the operator.
#[component]
pub fn StaffDeliveryPage() -> impl IntoView {
    page(async |ctx, visit| show(ctx, visit, Base::Staff).await)
}

async fn show(ctx: Ctx, visit: Visit, base: Base) -> Result<Page, AppError> {
    let ctx = &ctx;
    base.check(ctx, Action::WebhookRead)?;
    let webhook = service::find(ctx, visit.id("id")?).await?;
    let detail = log::find(ctx, &webhook, visit.id("delivery")?).await?;
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let again =
        (service::may_manage(ctx, &webhook) && webhook.state == State::Active && detail.row.state != Outcome::Waiting)
            .then(|| redeliver(ctx, &webhook, &detail));
    let due = (detail.row.state == Outcome::Waiting && detail.row.attempts > 0).then(|| {
        let text = ctx.with("webhooks-next", &[("when", ctx.date_time(detail.row.due_at).into())]);
        view! { <Notice tone=Tone::Warn title=text /> }
    });
    let tries = if detail.attempts.is_empty() {
        view! { <p class="panel-body meta">{ctx.t("webhooks-no-tries")}</p> }.into_markup()
    } else {
        let rows = detail.attempts.iter().map(|one| attempt(ctx, one)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let payload = match &detail.payload {
        Some(payload) => {
            let text = serde_json::to_string_pretty(payload).unwrap_or_default();
            view! { <pre class="excerpt mono">{text}</pre> }.into_markup()
        }
        None => view! { <p class="meta">{ctx.t("webhooks-problem-hidden")}</p> }.into_markup(),
    };
    let title = parts::kind(ctx, &detail.row.kind);
    let meta = ctx.date_time(detail.row.created_at);
    let body = view! {
        <PageHead title=title.clone() meta=meta badge=parts::outcome_badge(ctx, &detail.row)>{again}</PageHead>
        {problem}
        {due}
        <div class="split">
            <Panel id="tries" title=ctx.t("webhooks-tries")>{tries}</Panel>
            <Panel id="message" title=ctx.t("webhooks-payload")>
                <div class="panel-body stack-4"><p class="meta">"webhook-id: "<span class="mono">{detail.row.message_id()}</span></p>{payload}</div>
            </Panel>
        </div>
    }
    .into_markup();
    let mut crumbs = base.crumbs(ctx);
    crumbs.push((base.one(webhook.id), webhook.name.clone()));
    Ok(Page { title, place: base.place(), crumbs, todo: None, body })
}

fn redeliver(ctx: &Ctx, webhook: &Webhook, detail: &Detail) -> Markup {
    view! {
        <form method="post" action="/_fn/webhooks/redeliver">
            <input type="hidden" name="webhook" value=webhook.id.to_string() />
            <input type="hidden" name="revision_seen" value=webhook.revision.to_string() />
            <input type="hidden" name="delivery" value=detail.row.id.to_string() />
            <SubmitButton kind=ButtonKind::Primary>{ctx.t("webhooks-again")}</SubmitButton>
        </form>
    }
    .into_markup()
}

fn attempt(ctx: &Ctx, one: &Attempt) -> Markup {
    let said = parts::answer(ctx, one.status, one.problem.as_deref(), Some(one.milliseconds));
    let answer = (!one.answer.trim().is_empty())
        .then(|| view! { <p class="meta prewrap mono" lang="">{one.answer.clone()}</p> });
    view! {
        <li class="linkrow">
            <div class="grow">
                <p class="strong">{said}</p>
                <p class="meta"><time datetime=one.at.rfc3339()>{ctx.date_time(one.at)}</time></p>
                {answer}
            </div>
        </li>
    }
    .into_markup()
}
