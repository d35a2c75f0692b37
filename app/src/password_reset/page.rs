//! Pages of a forgotten password.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{GatePage, Visit, gate};
use crate::error::AppError;
use crate::paths;
use crate::ui::{ButtonKind, ButtonSize, ButtonWidth, ErrorSummary, LinkButton, Notice, SubmitButton, TextField, Tone};

use super::service;

/// `/password-reset`: asks for the link; says that it is on its way, and that the new password holds.
#[component]
pub fn PasswordResetPage() -> impl IntoView {
    gate(ask)
}

async fn ask(ctx: Ctx, visit: Visit) -> Result<GatePage, AppError> {
    let ctx = &ctx;
    let title = ctx.t("reset-title").to_owned();
    if visit.query.get("done").is_some() {
        let body = view! {
            <div class="stack-4">
                <h1>{ctx.t("reset-done-title")}</h1>
                <Notice tone=Tone::Good title=ctx.t("reset-done")><p>{ctx.t("reset-done-next")}</p></Notice>
                <LinkButton href=paths::SIGN_IN kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("sign-in-submit")}</LinkButton>
            </div>
        };
        return Ok(GatePage { title, body: body.into_markup() });
    }
    if visit.query.get("sent").is_some() {
        return Ok(GatePage { title, body: sent(ctx, "reset-sent") });
    }
    let body = address_form(ctx, &visit, "/_fn/password_reset/ask", &title, "reset-intro", "reset-send");
    Ok(GatePage { title, body })
}

/// What everybody is told who asked for a mail, known or not.
pub(crate) fn sent(ctx: &Ctx, title: &'static str) -> Markup {
    view! {
        <div class="stack-4">
            <h1>{ctx.t("mail-sent-title")}</h1>
            <Notice tone=Tone::Good title=ctx.t(title)><p>{ctx.t("mail-sent-next")}</p></Notice>
            <p><a href=paths::SIGN_IN>{ctx.t("mail-sent-back")}</a></p>
        </div>
    }
    .into_markup()
}

/// The form that asks for an address and sends a mail.
pub(crate) fn address_form(
    ctx: &Ctx,
    visit: &Visit,
    action: &'static str,
    title: &str,
    intro: &'static str,
    button: &'static str,
) -> Markup {
    let flash = &visit.flash;
    let error = flash.errors.get("email").map(str::to_owned);
    let email = flash.value("email").unwrap_or_default().to_owned();
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    view! {
        <form method="post" action=action novalidate=true>
            <h1>{title.to_owned()}</h1>
            <p>{ctx.t(intro)}</p>
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            <TextField name="email" label=ctx.t("sign-in-email") kind="email" value=email error=error autocomplete="username" required=true autofocus=flash.errors.is_empty() />
            <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t(button)}</SubmitButton>
            <p><a href=paths::SIGN_IN>{ctx.t("mail-sent-back")}</a></p>
        </form>
    }
    .into_markup()
}

/// What a link from a mail says that works no more.
pub(crate) fn gone(ctx: &Ctx, text: &'static str, again: &'static str) -> Markup {
    view! {
        <div class="stack-4">
            <h1>{ctx.t("link-gone-title")}</h1>
            <Notice tone=Tone::Warn title=ctx.t(text) />
            <LinkButton href=again kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("link-gone-again")}</LinkButton>
        </div>
    }
    .into_markup()
}

/// `/password-reset/new`: the page behind the link.
#[component]
pub fn PasswordResetNewPage() -> impl IntoView {
    gate(choose)
}

async fn choose(ctx: Ctx, visit: Visit) -> Result<GatePage, AppError> {
    let ctx = &ctx;
    let title = ctx.t("reset-new-title").to_owned();
    let key = visit.query.get("key").unwrap_or_default().to_owned();
    let Some(link) = service::look(ctx, &key).await? else {
        return Ok(GatePage { title, body: gone(ctx, "reset-gone", paths::PASSWORD_RESET) });
    };
    let flash = &visit.flash;
    let error = flash.errors.get("password").map(str::to_owned);
    let intro = ctx.with("reset-new-intro", &[("email", link.email.clone().into())]);
    let body = view! {
        <form method="post" action="/_fn/password_reset/choose" novalidate=true>
            <h1>{title.clone()}</h1>
            <p>{intro}</p>
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            <input type="hidden" name="key" value=key />
            // For password managers: whose password this is.
            <input type="email" class="vh" name="email" value=link.email autocomplete="username" readonly=true tabindex="-1" aria-hidden="true" />
            <TextField name="password" label=ctx.t("reset-new-password") kind="password" hint=ctx.t("reset-password-hint") error=error autocomplete="new-password" required=true autofocus=flash.errors.is_empty() />
            <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("reset-new-submit")}</SubmitButton>
            <p class="meta">{ctx.t("reset-new-note")}</p>
        </form>
    };
    Ok(GatePage { title, body: body.into_markup() })
}
