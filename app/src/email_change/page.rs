//! Pages of changing an address.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::account::tabs::{Tab, tabs};
use crate::ctx::Ctx;
use crate::doors::{GatePage, Page, Visit, gate, page};
use crate::error::AppError;
use crate::links::Purpose;
use crate::paths;
use crate::ui::{
    ButtonKind, ButtonSize, ButtonWidth, ErrorSummary, LinkButton, Notice, PageHead, Panel, Place, SubmitButton,
    TextField, Tone,
};

use super::service::{self, Change};

/// `/account/email`.
#[component]
pub fn AccountEmailPage() -> impl IntoView {
    page(own)
}

async fn own(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let waiting = service::waiting(ctx).await?;
    let flash = &visit.flash;
    let error = flash.errors.get("email").map(str::to_owned);
    let value = flash.value("email").unwrap_or_default().to_owned();
    let title = ctx.t("email-change-title").to_owned();
    let meta = ctx.with("email-change-now", &[("email", ctx.actor.email().to_owned().into())]);
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let body = view! {
        <PageHead title=title.clone() meta=meta />
        {tabs(ctx, Tab::Profile)}
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {waiting.map(|change| progress(ctx, &change))}
        <Panel id="new-address" title=ctx.t("email-change-new")>
            <form class="panel-body stack-4" method="post" action="/_fn/email_change/begin" novalidate=true>
                <p class="meta">{ctx.t("email-change-how")}</p>
                <TextField name="email" label=ctx.t("email-change-field") kind="email" value=value error=error autocomplete="email" required=true />
                <div class="cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("email-change-send")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup();
    let crumbs = vec![(paths::ACCOUNT.to_owned(), ctx.t("nav-account").to_owned())];
    Ok(Page { title, place: Place::Account, crumbs, todo: None, body })
}

/// Which address has agreed already.
fn progress(ctx: &Ctx, change: &Change) -> Markup {
    let line = |done: bool, yes: &'static str, no: &'static str| {
        let (tone, glyph, text) = if done { (Tone::Good, "done", yes) } else { (Tone::Idle, "open", no) };
        view! { <li><crate::ui::Status tone=tone glyph=glyph text=ctx.t(text) /></li> }
    };
    let title = ctx.with("email-change-waits", &[("email", change.email.clone().into())]);
    view! {
        <Panel id="waiting" title=title>
            <form class="panel-body stack-4" method="post" action="/_fn/email_change/stop">
                <ul class="stack-2">
                    {line(change.confirmed_at.is_some(), "email-change-new-done", "email-change-new-waits")}
                    {line(change.agreed_at.is_some(), "email-change-old-done", "email-change-old-waits")}
                </ul>
                <div class="cluster"><SubmitButton>{ctx.t("email-change-stop")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}

/// `/email-change`: the page behind both links.
#[component]
pub fn EmailChangePage() -> impl IntoView {
    gate(link)
}

async fn link(ctx: Ctx, visit: Visit) -> Result<GatePage, AppError> {
    let ctx = &ctx;
    let title = ctx.t("email-change-title").to_owned();
    if let Some(done) = visit.query.get("done") {
        return Ok(GatePage { title, body: finished(ctx, done) });
    }
    let key = visit.query.get("key").unwrap_or_default().to_owned();
    let Some((link, change)) = service::look(ctx, &key).await? else {
        return Ok(GatePage {
            title,
            body: crate::password_reset::page::gone(ctx, "email-change-gone", paths::ACCOUNT_EMAIL),
        });
    };
    let old = link.purpose == Purpose::EmailAgree;
    let intro = if old {
        ctx.with("email-change-agree-intro", &[("old", link.email.into()), ("new", change.email.into())])
    } else {
        ctx.with("email-change-confirm-intro", &[("new", change.email.into())])
    };
    let yes = if old { "email-change-agree" } else { "email-change-confirm" };
    let body = view! {
        <form method="post" action="/_fn/email_change/answer">
            <h1>{title.clone()}</h1>
            <p>{intro}</p>
            <input type="hidden" name="key" value=key />
            <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block name="answer" value="agree".to_owned()>{ctx.t(yes)}</SubmitButton>
            {old.then(|| view! {
                <SubmitButton size=ButtonSize::Large block=ButtonWidth::Block name="answer" value="stop".to_owned()>{ctx.t("email-change-not-me")}</SubmitButton>
                <p class="meta">{ctx.t("email-change-not-me-note")}</p>
            })}
        </form>
    };
    Ok(GatePage { title, body: body.into_markup() })
}

fn finished(ctx: &Ctx, done: &str) -> Markup {
    let (tone, text, next) = match done {
        "changed" => (Tone::Good, "email-change-done", "email-change-done-next"),
        "waits" => (Tone::Idle, "email-change-half", "email-change-half-next"),
        "stopped" => (Tone::Good, "email-change-stopped", "email-change-stopped-next"),
        _ => (Tone::Bad, "email-change-taken", "email-change-taken-next"),
    };
    view! {
        <div class="stack-4">
            <h1>{ctx.t("email-change-title")}</h1>
            <Notice tone=tone title=ctx.t(text)><p>{ctx.t(next)}</p></Notice>
            <LinkButton href=paths::HOME kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("email-change-home")}</LinkButton>
        </div>
    }
    .into_markup()
}
