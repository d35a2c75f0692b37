//! What pages say about push: where somebody is told and how to switch it on, and a hint at a good moment. The browser
//! asks for leave only after a click; without JavaScript, and in browsers that cannot, there is nothing to see.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::paths;
use crate::ui::{ButtonKind, Icon, LinkButton, Notice, Panel, Status, SubmitButton, Tone};

use super::model::Subscription;
use super::{service, vapid};

/// The part of the page of notifications that is about the devices somebody is told on.
pub async fn section(ctx: &Ctx, nonce: String) -> Result<Markup, AppError> {
    let devices = service::list(ctx).await?;
    // Whoever looks as somebody else changes nothing, and this is their browser and not that person's.
    let may = ctx.session.is_some() && ctx.viewing.is_none();
    let form = match may {
        true => Some(switch(ctx, vapid::current(ctx).await?.public(), devices.iter().any(|device| device.here))),
        false => None,
    };
    let rows = (!devices.is_empty()).then(|| {
        let rows = devices.iter().map(|device| row(ctx, device, may)).collect_view();
        view! { <ul class="rows">{rows}</ul> }
    });
    let count = devices.len().to_string();
    let script = may.then(|| view! { <script nonce=nonce defer=true src=crate::assets::url("push.js")></script> });
    Ok(view! {
        <div data-push-panel="" hidden=devices.is_empty()>
            <Panel id="push" title=ctx.t("push-title") count=count>
                <div class="panel-body stack-4"><p>{ctx.t("push-text")}</p>{form}</div>
                {rows}
            </Panel>
        </div>
        {script}
    }
    .into_markup())
}

/// Sent by `public/push.js` only, which shows it where the browser can.
fn switch(ctx: &Ctx, key: String, here: bool) -> Markup {
    let here = here.then_some("yes");
    let told = key.clone();
    view! {
        {note("install", ctx.t("push-note-install"))}
        {note("denied", ctx.t("push-note-denied"))}
        {note("unanswered", ctx.t("push-note-unanswered"))}
        {note("failed", ctx.t("push-note-failed"))}
        <form method="post" action="/_fn/push/subscribe" hidden=true data-push="" data-key=told data-here=here>
            <input type="hidden" name="endpoint" />
            <input type="hidden" name="p256dh" />
            <input type="hidden" name="auth" />
            <input type="hidden" name="key" value=key />
            <SubmitButton kind=ButtonKind::Primary>{ctx.t("push-switch-on")}</SubmitButton>
        </form>
    }
    .into_markup()
}

fn note(name: &'static str, words: &'static str) -> Markup {
    view! { <div role="alert" hidden=true data-note=name><Notice tone=Tone::Warn title=words /></div> }.into_markup()
}

fn row(ctx: &Ctx, device: &Subscription, may: bool) -> Markup {
    let words = device.device.words(ctx.locale);
    let since = ctx.with("push-since", &[("when", ctx.date(device.created_at).into())]);
    let last = match device.delivered_at {
        Some(at) => ctx.with("push-last", &[("when", ctx.date_time(at).into())]),
        None => ctx.t("push-never").to_owned(),
    };
    let icon = if device.device.is_phone() { "smartphone" } else { "monitor" };
    let here = device.here.then(|| view! { <Status tone=Tone::Good glyph="done" text=ctx.t("push-here") /> });
    let label = ctx.with("push-remove-label", &[("device", words.clone().into())]);
    let act = may.then(|| {
        view! {
            <form method="post" action="/_fn/push/remove">
                <input type="hidden" name="id" value=device.id.to_string() />
                <SubmitButton label=label>{ctx.t("push-remove")}</SubmitButton>
            </form>
        }
    });
    view! {
        <li class="linkrow linkrow--acts">
            <span class="docicon"><Icon name=icon /></span>
            <div class="grow">
                <p class="strong">{words}" "{here}</p>
                <p class="meta">{since}<span class="sep"></span>{last}</p>
            </div>
            {act}
        </li>
    }
    .into_markup()
}

/// On home, after the first decision on a phone: it could tell what needs somebody. Shown where the portal is installed,
/// and never again where somebody does not want it.
pub async fn hint(ctx: &Ctx, nonce: String) -> Result<Option<Markup>, AppError> {
    if !service::is_good_moment(ctx).await? {
        return Ok(None);
    }
    Ok(Some(
        view! {
            <div data-push-hint="" hidden=true>
                <Notice tone=Tone::Idle title=ctx.t("push-hint")>
                    <p>{ctx.t("push-hint-text")}</p>
                    <p class="cluster">
                        <LinkButton href=paths::ACCOUNT_PUSH>{ctx.t("push-hint-open")}</LinkButton>
                        <button class="btn" type="button" data-later="">{ctx.t("push-hint-later")}</button>
                    </p>
                </Notice>
            </div>
            <script nonce=nonce defer=true src=crate::assets::url("push.js")></script>
        }
        .into_markup(),
    ))
}
