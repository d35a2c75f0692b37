//! `/account/calendar`: one's appointments in one's own calendar program.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::account::shown_once;
use crate::account::tabs::{Tab, account_page};
use crate::appointments::feed::{self, Feed};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::paths;
use crate::ui::{ButtonKind, EmptyState, Notice, Panel, SubmitButton, Tone};

/// The page.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    page(async move |ctx, visit| show(ctx, visit, nonce).await)
}

async fn show(ctx: Ctx, visit: Visit, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    let feed = feed::find(ctx).await?;
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let panel = match feed {
        Some(feed) => there(ctx, feed),
        None => none(ctx),
    };
    let body = view! { {problem}{shown(ctx, &visit.flash, nonce)}<div class="narrow">{panel}</div> }.into_markup();
    Ok(account_page(ctx, Tab::Calendar, ctx.t("calendar-meta"), body))
}

/// The address that was just made: here and never again.
fn shown(ctx: &Ctx, flash: &Flash, nonce: String) -> Option<Markup> {
    let token = shown_once::open(ctx, flash.value(shown_once::FIELD)?)?;
    let address = ctx.portal.base_url.join(&paths::calendar_feed(&token)).ok()?.to_string();
    Some(
        view! {
            <section class="panel panel--mine" aria-labelledby="secret-title">
                <div class="panel-head"><h2 id="secret-title">{ctx.t("calendar-made")}</h2></div>
                <div class="panel-body stack-4">
                    <p>{ctx.t("calendar-made-text")}</p>
                    <div class="field">
                        <label class="label" for="secret">{ctx.t("calendar-address")}</label>
                        <input class="input mono" id="secret" readonly=true value=address autocomplete="off" spellcheck="false" />
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

fn none(ctx: &Ctx) -> Markup {
    view! {
        <Panel id="calendar" title=ctx.t("account-tab-calendar")>
            <EmptyState icon="calendar" title=ctx.t("calendar-empty") text=ctx.t("calendar-empty-text")>
                <form method="post" action="/_fn/account/renew_calendar"><SubmitButton kind=ButtonKind::Primary>{ctx.t("calendar-make")}</SubmitButton></form>
            </EmptyState>
        </Panel>
    }
    .into_markup()
}

fn there(ctx: &Ctx, feed: Feed) -> Markup {
    let made = ctx.with("calendar-since", &[("when", ctx.date(feed.created_at).into())]);
    let used = match feed.last_used_at {
        None => ctx.t("calendar-never-used").to_owned(),
        Some(at) => ctx.with("calendar-used", &[("when", ctx.date_time(at).into())]),
    };
    view! {
        <Panel id="calendar" title=ctx.t("account-tab-calendar")>
            <div class="panel-body stack-2"><p>{ctx.t("calendar-there")}</p><p class="meta">{made}<span class="sep"></span>{used}</p><p class="meta">{ctx.t("calendar-renew-text")}</p></div>
            <div class="panel-foot cluster">
                <form method="post" action="/_fn/account/renew_calendar"><SubmitButton>{ctx.t("calendar-renew")}</SubmitButton></form>
                <form method="post" action="/_fn/account/revoke_calendar"><SubmitButton>{ctx.t("calendar-revoke")}</SubmitButton></form>
            </div>
        </Panel>
    }
    .into_markup()
}
