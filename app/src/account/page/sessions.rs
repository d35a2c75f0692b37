//! `/account/sessions`: where one is signed in, and ending it there.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::account::sessions::{self, Session, method_key};
use crate::account::tabs::{Tab, account_page};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::notifications::{self, Kind};
use crate::ui::{ButtonKind, ConfirmDialog, DialogCancel, EmptyState, Icon, Notice, Panel, Status, SubmitButton, Tone};

/// The sessions of the account.
#[component]
pub fn SessionsPage() -> impl IntoView {
    page(list)
}

async fn list(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    notifications::seen_kind(ctx, Kind::SecurityDevice).await;
    let (here, others): (Vec<_>, Vec<_>) = sessions::list(ctx).await?.into_iter().partition(|s| s.current);
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let count = others.len();
    let current = here.into_iter().map(|session| row(ctx, &session)).collect_view();
    let other_rows = if others.is_empty() {
        view! { <EmptyState icon="circle-check-big" title=ctx.t("sessions-no-others") text=ctx.t("sessions-no-others-text") /> }.into_markup()
    } else {
        let rows = others.iter().map(|session| row(ctx, session)).collect_view();
        view! { <ul class="rows">{rows}</ul>{(count > 1).then(|| end_all(ctx, count))} }.into_markup()
    };
    let body = view! {
        {problem}
        <div class="split">
            <div class="stack">
                <Panel id="here" title=ctx.t("sessions-here")><ul class="rows">{current}</ul></Panel>
                <Panel id="others" title=ctx.t("sessions-others") count=count.to_string()>{other_rows}</Panel>
            </div>
            <div class="stack">{rules(ctx)}</div>
        </div>
    }
    .into_markup();
    Ok(account_page(ctx, Tab::Sessions, ctx.t("sessions-meta"), body))
}

fn row(ctx: &Ctx, session: &Session) -> Markup {
    let device = session.device.words(ctx.locale);
    let place = if session.proxied {
        format!("{}, {}", session.place.words(ctx.locale), ctx.t("sessions-place-proxied"))
    } else {
        session.place.words(ctx.locale)
    };
    let begun = ctx.with("sessions-begun", &[("when", ctx.date_time(session.begun_at).into())]);
    let how = session.assurance.map(|assurance| {
        let mut how = ctx.t(method_key(assurance.method)).to_owned();
        // A proof given again with the same is no second factor.
        if let Some(factor) = assurance.factor.filter(|factor| *factor != assurance.method) {
            how = ctx
                .with("sessions-with-factor", &[("method", how.into()), ("factor", ctx.t(method_key(factor)).into())]);
        }
        view! { <span class="sep"></span>{how} }
    });
    let used = ctx.with("sessions-used", &[("when", ctx.date_time(session.used_at).into())]);
    let icon = if session.device.is_phone() { "smartphone" } else { "monitor" };
    let act = if session.current {
        view! { <Status tone=Tone::Good glyph="done" text=ctx.t("sessions-this") /> }.into_markup()
    } else {
        let label =
            ctx.with("sessions-end-label", &[("device", device.clone().into()), ("place", place.clone().into())]);
        view! {
            <form method="post" action="/_fn/account/end_session">
                <input type="hidden" name="id" value=session.id.to_string() />
                <SubmitButton label=label>{ctx.t("sessions-end")}</SubmitButton>
            </form>
        }
        .into_markup()
    };
    view! {
        <li class="linkrow linkrow--acts">
            <span class="docicon"><Icon name=icon /></span>
            <div class="grow">
                <p class="strong">{device}</p>
                <p class="meta">{place}<span class="sep"></span>{used}</p>
                <p class="meta">{begun}{how}</p>
            </div>
            {act}
        </li>
    }
    .into_markup()
}

fn end_all(ctx: &Ctx, count: usize) -> Markup {
    let locale = ctx.locale;
    let text = ctx.with("sessions-end-all-text", &[("count", count.into())]);
    view! {
        <div class="panel-foot">
            <ConfirmDialog locale=locale id="end-others" title=ctx.t("sessions-end-all-title") trigger_label=ctx.t("sessions-end-all")>
                <form method="post" action="/_fn/account/end_other_sessions">
                    <div class="dialog-body"><p>{text}</p></div>
                    <div class="dialog-foot"><DialogCancel locale=locale dialog="end-others" /><SubmitButton kind=ButtonKind::Danger>{ctx.t("sessions-end-all")}</SubmitButton></div>
                </form>
            </ConfirmDialog>
        </div>
    }
    .into_markup()
}

/// When a session ends by itself, and what to do about one that is not one's own.
fn rules(ctx: &Ctx) -> Markup {
    let lifetimes = ctx.portal.sessions;
    let idle = ctx.with("sessions-rule-idle", &[("minutes", (lifetimes.idle.as_secs() / 60).into())]);
    let absolute = ctx.with("sessions-rule-absolute", &[("hours", (lifetimes.absolute.as_secs() / 3600).into())]);
    let stranger = ctx.t("sessions-stranger-text");
    view! {
        <Panel id="rules" title=ctx.t("sessions-rules")>
            <div class="panel-body stack-2"><p>{idle}</p><p>{absolute}</p></div>
        </Panel>
        <Notice tone=Tone::Idle title=ctx.t("sessions-stranger")>
            <p>{stranger}" "<a href=crate::paths::ACCOUNT_SECURITY>{ctx.t("sessions-stranger-link")}</a></p>
        </Notice>
    }
    .into_markup()
}
