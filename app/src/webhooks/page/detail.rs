//! One endpoint: where it is, what it is told, how that went, and what can be done about it.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::Action;
use crate::account::shown_once;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::DeliveryId;
use crate::ui::{
    ButtonKind, ConfirmDialog, DialogCancel, EmptyState, LinkButton, MorePager, Notice, PageHead, Panel, SubmitButton,
    Tone,
};
use crate::webhooks::log;
use crate::webhooks::model::{Delivery, Reason, State, Webhook};
use crate::webhooks::service;

use super::{Base, parts};

const PER_PAGE: i64 = 50;

/// One of the organisation at hand.
#[component]
pub fn OrganisationWebhookPage() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    page(async move |ctx, visit| show(ctx, visit, Base::Organisation, nonce).await)
}

/// One of a customer or of the operator.
#[component]
pub fn StaffWebhookPage() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    page(async move |ctx, visit| show(ctx, visit, Base::Staff, nonce).await)
}

async fn show(ctx: Ctx, visit: Visit, base: Base, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    base.check(ctx, Action::WebhookRead)?;
    let row = service::find(ctx, visit.id("id")?).await?;
    let after = visit.query.get("after");
    let after: Option<DeliveryId> = after.map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    let found = log::list(ctx, &row, after, PER_PAGE).await?;
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let manage = service::may_manage(ctx, &row);
    let actions = manage.then(|| {
        view! { {test(ctx, &row)}<LinkButton href=base.edit(row.id)>{ctx.t("webhooks-edit")}</LinkButton> }
    });
    let here = base.one(row.id);
    let next = found.next.map(|id| format!("{here}?after={id}#log"));
    let newest = after.map(|_| format!("{here}#log"));
    let list = if found.items.is_empty() {
        view! { <EmptyState icon="inbox" title=ctx.t("webhooks-log-empty") text=ctx.t("webhooks-log-empty-text") /> }
            .into_markup()
    } else {
        table(ctx, base, &row, &found.items)
    };
    let body = view! {
        <PageHead title=row.name.clone() meta=parts::owner(ctx, &row) badge=parts::badge(ctx, &row)>{actions}</PageHead>
        {problem}
        {shown(ctx, &visit.flash, nonce)}
        {warning(ctx, &row)}
        <div class="split">
            <Panel id="log" title=ctx.t("webhooks-log")>{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></Panel>
            <div class="stack">{facts(ctx, &row)}{manage.then(|| acts(ctx, &row))}</div>
        </div>
    }
    .into_markup();
    Ok(Page { title: row.name.clone(), place: base.place(), crumbs: base.crumbs(ctx), todo: None, body })
}

/// The secret that was just made: here and never again.
fn shown(ctx: &Ctx, flash: &Flash, nonce: String) -> Option<Markup> {
    let secret = shown_once::open(ctx, flash.value(shown_once::FIELD)?)?;
    Some(
        view! {
            <section class="panel panel--mine" aria-labelledby="secret-title">
                <div class="panel-head"><h2 id="secret-title">{ctx.t("webhooks-secret-title")}</h2></div>
                <div class="panel-body stack-4">
                    <p>{ctx.t("webhooks-secret-text")}</p>
                    <div class="field">
                        <label class="label" for="secret">{ctx.t("webhooks-secret")}</label>
                        <input class="input mono" id="secret" readonly=true value=secret autocomplete="off" spellcheck="false" />
                    </div>
                    <p class="cluster">
                        <button class="btn" type="button" hidden=true data-copy="secret" data-done=ctx.t("tokens-copied")>{ctx.t("tokens-copy")}</button>
                        <span role="status"></span>
                    </p>
                </div>
            </section>
            <script nonce=nonce defer=true src=crate::assets::url("copy.js")></script>
        }
        .into_markup(),
    )
}

/// What is wrong with it, and what to do.
fn warning(ctx: &Ctx, row: &Webhook) -> Option<Markup> {
    let said = |tone, title: String, text: &'static str| {
        Some(view! { <Notice tone=tone title=title><p>{text}</p></Notice> }.into_markup())
    };
    match (row.state, row.pause_reason, row.failing_since) {
        (State::Paused, Some(reason @ (Reason::Failing | Reason::Gone)), _) => {
            said(Tone::Bad, ctx.t(reason.label_key()).to_owned(), ctx.t("webhooks-paused-text"))
        }
        (State::Active, _, Some(since)) => {
            let title = ctx.with("webhooks-failing-since", &[("when", ctx.date_time(since).into())]);
            said(Tone::Warn, title, ctx.t("webhooks-failing-text"))
        }
        _ => None,
    }
}

fn facts(ctx: &Ctx, row: &Webhook) -> Markup {
    let kinds = row.events.split_whitespace().map(|name| view! { <li>{parts::kind(ctx, name)}</li> }).collect_view();
    let by = row.created_by_name.clone().unwrap_or_else(|| ctx.t("audit-operator").to_owned());
    let made = ctx.with("webhooks-made", &[("name", by.into()), ("when", ctx.date(row.created_at).into())]);
    let accepted = match row.succeeded_at {
        Some(at) => ctx.date_time(at),
        None => ctx.t("webhooks-never").to_owned(),
    };
    let old = row.old_until.filter(|until| *until > ctx.now()).map(|until| {
        let text = ctx.with("webhooks-old-until", &[("when", ctx.date_time(until).into())]);
        view! { <div><dt>{ctx.t("webhooks-secret")}</dt><dd>{text}</dd></div> }
    });
    view! {
        <Panel id="facts" title=ctx.t("webhooks-facts")>
            <dl class="panel-body facts">
                <div><dt>{ctx.t("webhooks-url")}</dt><dd class="mono">{service::shown_url(ctx, row)}</dd></div>
                <div><dt>{ctx.t("webhooks-accepted")}</dt><dd>{accepted}</dd></div>
                {old}
                <div><dt>{ctx.t("webhooks-made-label")}</dt><dd>{made}</dd></div>
                <div><dt>{ctx.t("webhooks-events")}</dt><dd><ul class="stack-2">{kinds}</ul></dd></div>
            </dl>
        </Panel>
    }
    .into_markup()
}

fn hidden(row: &Webhook) -> Markup {
    view! {
        <input type="hidden" name="webhook" value=row.id.to_string() />
        <input type="hidden" name="revision_seen" value=row.revision.to_string() />
    }
    .into_markup()
}

fn test(ctx: &Ctx, row: &Webhook) -> Markup {
    let active = row.state == State::Active;
    let form = |action: &'static str, words: &'static str| {
        view! { <form method="post" action=action>{hidden(row)}<SubmitButton kind=ButtonKind::Primary>{ctx.t(words)}</SubmitButton></form> }
    };
    if active {
        form("/_fn/webhooks/test", "webhooks-test").into_markup()
    } else {
        form("/_fn/webhooks/resume", "webhooks-resume").into_markup()
    }
}

/// Pause, another secret, take it away.
fn acts(ctx: &Ctx, row: &Webhook) -> Markup {
    let locale = ctx.locale;
    let pause = (row.state == State::Active).then(|| {
        view! {
            <form method="post" action="/_fn/webhooks/pause">{hidden(row)}<SubmitButton>{ctx.t("webhooks-pause")}</SubmitButton></form>
            <p class="meta">{ctx.t("webhooks-pause-text")}</p>
        }
    });
    view! {
        <Panel id="acts" title=ctx.t("webhooks-acts")>
            <div class="panel-body stack-4">
                {pause}
                <ConfirmDialog locale=locale id="rotate" title=ctx.t("webhooks-rotate-title") trigger_label=ctx.t("webhooks-rotate")>
                    <form method="post" action="/_fn/webhooks/rotate">
                        {hidden(row)}
                        <div class="dialog-body"><p>{ctx.t("webhooks-rotate-text")}</p></div>
                        <div class="dialog-foot"><DialogCancel locale=locale dialog="rotate" /><SubmitButton kind=ButtonKind::Primary>{ctx.t("webhooks-rotate")}</SubmitButton></div>
                    </form>
                </ConfirmDialog>
                <ConfirmDialog locale=locale id="delete" title=ctx.t("webhooks-delete-title") trigger_label=ctx.t("webhooks-delete")>
                    <form method="post" action="/_fn/webhooks/delete">
                        {hidden(row)}
                        <div class="dialog-body"><p>{ctx.t("webhooks-delete-text")}</p></div>
                        <div class="dialog-foot"><DialogCancel locale=locale dialog="delete" /><SubmitButton kind=ButtonKind::Danger>{ctx.t("webhooks-delete")}</SubmitButton></div>
                    </form>
                </ConfirmDialog>
            </div>
        </Panel>
    }
    .into_markup()
}

fn table(ctx: &Ctx, base: Base, webhook: &Webhook, rows: &[Delivery]) -> Markup {
    let rows = rows
        .iter()
        .map(|row| {
            let said = parts::answer(ctx, row.status, row.problem.as_deref(), row.milliseconds);
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader" class="c-main"><a class="title" href=base.delivery(webhook.id, row.id)>{parts::kind(ctx, &row.kind)}</a></th>
                    <td role="cell" class="c-status c-wide">{parts::outcome(ctx, row)}<span class="meta">{said}</span></td>
                    <td role="cell" class="num" data-label=ctx.t("webhooks-tries")>{row.attempts}</td>
                    <td role="cell" class="nowrap c-right"><time datetime=row.created_at.rfc3339()>{ctx.date_time(row.created_at)}</time></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table cards" role="table">
            <thead role="rowgroup"><tr role="row">
                <th scope="col" role="columnheader">{ctx.t("webhooks-event")}</th>
                <th scope="col" role="columnheader">{ctx.t("webhooks-outcome")}</th>
                <th scope="col" role="columnheader">{ctx.t("webhooks-tries")}</th>
                <th scope="col" role="columnheader">{ctx.t("webhooks-when")}</th>
            </tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_markup()
}
