//! `/account/notifications`: what one is told, how, and when; what would have come last week.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, Relation, allow};
use crate::account::tabs::{Tab, account_page};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::notifications::mail::effective::{self, Choice};
use crate::notifications::mail::past;
use crate::notifications::mail::preferences::{self, Preferences};
use crate::notifications::{Area, push};
use crate::paths;
use crate::ui::{
    ButtonKind, CheckRow, ErrorSummary, LinkButton, Notice, Panel, SelectField, SelectOption, SubmitButton, Tone,
};

use super::{parts, week};

/// What one is told.
#[component]
pub fn NotificationPreferencesPage() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    page(async move |ctx, visit| show(ctx, visit, nonce).await)
}

async fn show(ctx: Ctx, visit: Visit, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    let own = preferences::own(ctx).await?;
    let past = past::week(ctx).await?;
    let devices = push::page::section(ctx, nonce).await?;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let body = view! {
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {returned(ctx, &own)}
        <div class="split">
            <form class="stack" method="post" action="/_fn/notifications/choose" novalidate=true>
                <input type="hidden" name="revision_seen" value=own.revision.to_string() />
                {kinds(ctx, &own, flash)}
                {when(ctx, &own, flash)}
            </form>
            <div class="stack">
                {devices}
                {week::panel(ctx, &past)}
                {muted(ctx, &own)}
            </div>
        </div>
    }
    .into_markup();
    Ok(account_page(ctx, Tab::Notifications, ctx.t("notify-meta"), body))
}

/// That mails come back, and what to do about it.
fn returned(ctx: &Ctx, own: &Preferences) -> Option<Markup> {
    let known = own.problem.as_ref()?;
    let args = [("address", own.address.clone().into()), ("when", ctx.date(known.at).into())];
    let title = ctx.with(known.problem.text_key(), &args);
    Some(
        view! {
            <Notice tone=Tone::Bad title=title>
                <p>{ctx.t("notify-problem-text")}</p>
                <div class="cluster">
                    <form method="post" action="/_fn/notifications/confirm_address"><SubmitButton>{ctx.t("notify-problem-works")}</SubmitButton></form>
                    <LinkButton href=paths::ACCOUNT_EMAIL kind=ButtonKind::Quiet>{ctx.t("account-address-change")}</LinkButton>
                </div>
            </Notice>
        }
        .into_markup(),
    )
}

/// What somebody is told, area by area: how soon by mail, and whether on their devices.
fn kinds(ctx: &Ctx, own: &Preferences, flash: &Flash) -> Markup {
    let areas = parts::by_area(own.kinds.clone(), |choice| choice.kind);
    let rows = areas
        .into_iter()
        .map(|(area, choices)| {
            let rows = choices.iter().map(|choice| row(ctx, choice, flash)).collect_view();
            view! {
                <tbody role="rowgroup">
                    <tr role="row"><th scope="rowgroup" role="rowheader" class="strong" colspan="3">{ctx.t(area.label_key())}</th></tr>
                    {rows}
                </tbody>
            }
        })
        .collect_view();
    view! {
        <Panel id="what" title=ctx.t("notify-what")>
            <table class="table cards" role="table">
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{ctx.t("notify-column-kind")}</th>
                    <th scope="col" role="columnheader">{ctx.t("notify-column-mail")}</th>
                    <th scope="col" role="columnheader">{ctx.t("notify-column-push")}</th>
                </tr></thead>
                {rows}
                {always(ctx)}
            </table>
            <div class="panel-body"><p class="meta">{ctx.t("notify-safety")}</p></div>
        </Panel>
    }
    .into_markup()
}

/// What comes always: nobody can switch it off, nor be kept from it by whoever has got into their account.
fn always(ctx: &Ctx) -> Markup {
    let rows = effective::always(ctx.actor.staff().is_some())
        .map(|kind| {
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader" class="c-main">{ctx.t(kind.label_key())}</th>
                    <td role="cell" colspan="2" data-label=ctx.t("notify-column-mail")>{ctx.t("notify-always")}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <tbody role="rowgroup">
            <tr role="row"><th scope="rowgroup" role="rowheader" class="strong" colspan="3">{ctx.t(Area::Security.label_key())}</th></tr>
            {rows}
        </tbody>
    }
    .into_markup()
}

fn row(ctx: &Ctx, choice: &Choice, flash: &Flash) -> Markup {
    let failed = flash.form == "notifications";
    let kind = choice.kind;
    let typed = flash.value("mails").filter(|_| failed).and_then(|mails| parts::typed(mails, kind));
    let key = if choice.by_organisation { "notify-usual-organisation" } else { "notify-usual" };
    let mail = parts::cadences(ctx, kind, (key, choice.usual), typed.unwrap_or(choice.mail));
    let pushes = match flash.value("pushes").filter(|_| failed) {
        Some(names) => names.split(' ').any(|name| name == kind.name()),
        None => choice.pushes(),
    };
    let name = ctx.t(kind.label_key());
    let label = ctx.with("notify-push-about", &[("kind", name.into())]);
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="c-main">{name}</th>
            <td role="cell" data-label=ctx.t("notify-column-mail")>{mail}</td>
            <td role="cell" data-label=ctx.t("notify-column-push")><label class="check"><input type="checkbox" name="pushes[]" value=kind.name() checked=pushes /><span class="vh">{label}</span></label></td>
        </tr>
    }
    .into_markup()
}

fn hour(hour: i8) -> String {
    format!("{hour:02}:00")
}

fn hours(chosen: &str, none: Option<&'static str>) -> Vec<SelectOption> {
    let first =
        none.map(|label| SelectOption { value: String::new(), label: label.to_owned(), selected: chosen.is_empty() });
    let rest = (0..24_i8).map(|at| {
        let value = at.to_string();
        SelectOption { selected: value == chosen, value, label: hour(at) }
    });
    first.into_iter().chain(rest).collect()
}

/// The key of a day's name.
pub(super) const fn weekday_key(day: i8) -> &'static str {
    match day {
        1 => "notify-monday",
        2 => "notify-tuesday",
        3 => "notify-wednesday",
        4 => "notify-thursday",
        5 => "notify-friday",
        6 => "notify-saturday",
        _ => "notify-sunday",
    }
}

/// When mails come.
fn when(ctx: &Ctx, own: &Preferences, flash: &Flash) -> Markup {
    let failed = flash.form == "notifications";
    let typed = |field: &str, stored: String| {
        if failed { flash.value(field).unwrap_or_default().to_owned() } else { stored }
    };
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let settings = own.settings;
    let digest = hours(&typed("digest_hour", settings.digest_hour.to_string()), None);
    let chosen = typed("digest_weekday", settings.digest_weekday.to_string());
    let weekdays = (1..=7_i8)
        .map(|day| {
            let value = day.to_string();
            SelectOption { selected: value == chosen, value, label: ctx.t(weekday_key(day)).to_owned() }
        })
        .collect::<Vec<_>>();
    let (from, to) = settings.quiet.map(|(from, to)| (from.to_string(), to.to_string())).unwrap_or_default();
    let none = ctx.t("notify-quiet-none");
    let (from, to) = (hours(&typed("quiet_from", from), Some(none)), hours(&typed("quiet_to", to), Some(none)));
    let weekends = !typed("weekends", if settings.weekends { "yes" } else { "" }.to_owned()).is_empty();
    let zone = ctx.zone.iana_name().unwrap_or("UTC").replace('_', " ");
    let zone = ctx.with("notify-zone", &[("zone", zone.into())]);
    view! {
        <Panel id="when" title=ctx.t("notify-when")>
            <div class="panel-body fields">
                <SelectField name="digest_hour" label=ctx.t("notify-digest-hour") options=digest hint=zone error=error("digest_hour") />
                <SelectField name="digest_weekday" label=ctx.t("notify-digest-weekday") options=weekdays error=error("digest_weekday") />
                <SelectField name="quiet_from" label=ctx.t("notify-quiet-from") options=from hint=ctx.t("notify-quiet-hint") error=error("quiet_from") />
                <SelectField name="quiet_to" label=ctx.t("notify-quiet-to") options=to error=error("quiet_to") />
                <div class="field wide choices"><CheckRow name="weekends" value="yes" label=ctx.t("notify-weekends") meta=ctx.t("notify-weekends-hint") checked=weekends /></div>
            </div>
            <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("notify-save")}</SubmitButton></div>
        </Panel>
    }
    .into_markup()
}

/// Customers of whom a member of staff wants no mails.
fn muted(ctx: &Ctx, own: &Preferences) -> Option<Markup> {
    ctx.actor.staff()?;
    let rows = own
        .muted
        .iter()
        .map(|(id, name)| {
            let form = parts::mute_form(ctx, *id, name, true, paths::ACCOUNT_NOTIFICATIONS.to_owned());
            view! { <li class="linkrow linkrow--acts"><div class="grow"><a class="title" href=paths::staff_customer(*id)>{name.clone()}</a></div>{form}</li> }
        })
        .collect_view();
    let rows = (!own.muted.is_empty()).then(|| view! { <ul class="rows">{rows}</ul> });
    Some(
        view! {
            <Panel id="muted" title=ctx.t("notify-muted-title")>
                <div class="panel-body"><p class="meta">{ctx.t("notify-muted-text")}</p></div>
                {rows}
            </Panel>
        }
        .into_markup(),
    )
}
