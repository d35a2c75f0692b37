//! Pages of signing in with a link.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::ctx::Ctx;
use crate::doors::{GatePage, Visit, gate};
use crate::error::AppError;
use crate::password_reset::page::{address_form, gone, sent};
use crate::paths;
use crate::ui::{ButtonKind, ButtonSize, ButtonWidth, SubmitButton};

use super::service;

/// `/sign-in/link`: asks for the link.
#[component]
pub fn SignInLinkPage() -> impl IntoView {
    gate(ask)
}

async fn ask(ctx: Ctx, visit: Visit) -> Result<GatePage, AppError> {
    let ctx = &ctx;
    let title = ctx.t("sign-in-link-title").to_owned();
    if visit.query.get("sent").is_some() {
        return Ok(GatePage { title, body: sent(ctx, "sign-in-link-sent") });
    }
    let body = address_form(ctx, &visit, "/_fn/sign_in_link/ask", &title, "sign-in-link-intro", "sign-in-link-send");
    Ok(GatePage { title, body })
}

/// `/sign-in/link/open`: the page behind the link. Mail scanners open it too; only the button signs in.
#[component]
pub fn SignInLinkOpenPage() -> impl IntoView {
    gate(open)
}

async fn open(ctx: Ctx, visit: Visit) -> Result<GatePage, AppError> {
    let ctx = &ctx;
    let title = ctx.t("sign-in-title").to_owned();
    let key = visit.query.get("key").unwrap_or_default().to_owned();
    let Some(link) = service::look(ctx, &key).await? else {
        return Ok(GatePage { title, body: gone(ctx, "sign-in-link-gone", paths::SIGN_IN_LINK) });
    };
    let intro = ctx.with("sign-in-link-open", &[("email", link.email.into())]);
    let body = view! {
        <form method="post" action="/_fn/sign_in_link/redeem">
            <h1>{title.clone()}</h1>
            <p>{intro}</p>
            <input type="hidden" name="key" value=key />
            <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("sign-in-submit")}</SubmitButton>
        </form>
    };
    Ok(GatePage { title, body: body.into_markup() })
}
