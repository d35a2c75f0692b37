//! `/staff/settings`: the settings of the portal, and who changed them.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::approvals::certificate;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::organisation::fields::Field;
use crate::paths;
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, ErrorSummary, Notice, PageHead, Panel, Place, SubmitButton, TextField, Tone,
};

use super::service::{self, Key, NAME_LONGEST, Past, Settings};

/// How many changes the page shows.
const HISTORY: i64 = 10;

/// The settings.
#[component]
pub fn SettingsPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let settings = service::read(ctx).await?;
    let past = service::history(ctx, HISTORY).await?;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("settings-title").to_owned();
    let keys = keys(ctx, &certificate::keys(ctx).await?);
    let history = (!past.is_empty()).then(|| history(ctx, past));
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("settings-meta") />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <div class="split split--wide">
            {form(ctx, &settings, flash)}
            <div class="stack">{keys}{history}</div>
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Settings, crumbs: vec![], todo: None, body })
}

fn form(ctx: &Ctx, settings: &Settings, flash: &Flash) -> Markup {
    let typed = |key: Key| match flash.form.as_str() {
        "settings" => flash.value(key.name()).unwrap_or_default().to_owned(),
        _ => settings.text(key),
    };
    let released = Field::parse_all(&typed(Key::ReleasedFields));
    let shown = !matches!(typed(Key::ViewAsShown).as_str(), "" | "no");
    let fields = Field::RELEASABLE
        .into_iter()
        .map(|field| {
            view! { <CheckRow name=field.name() value="yes" label=ctx.t(field.label_key()) checked=released.contains(&field) /> }
        })
        .collect_view();
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let most = u32::try_from(NAME_LONGEST).unwrap_or(u32::MAX);
    view! {
        <form class="stack" method="post" action="/_fn/settings/save" novalidate=true>
            <input type="hidden" name="revision" value=settings.revision.to_string() />
            <Panel id="portal" title=ctx.t("settings-portal")>
                <div class="panel-body fields">
                    <TextField name="portal_name" label=ctx.t("settings-name") hint=ctx.t("settings-name-hint") value=typed(Key::PortalName) error=error("portal_name") required=true maxlength=most autocomplete="organization" />
                </div>
            </Panel>
            <Panel id="customers" title=ctx.t("nav-customers")>
                <div class="panel-body stack-4">
                    <ChoiceGroup id="released_fields" legend=ctx.t("settings-released") hint=ctx.t("settings-released-hint") error=error("released_fields")>{fields}</ChoiceGroup>
                    <ChoiceGroup id="view_as" legend=ctx.t("settings-view-as")>
                        <CheckRow name="view_as_shown" value="yes" label=ctx.t("settings-view-as-shown") meta=ctx.t("settings-view-as-hint") checked=shown />
                    </ChoiceGroup>
                </div>
            </Panel>
            <div class="cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("settings-save")}</SubmitButton></div>
        </form>
    }
    .into_markup()
}

const fn label_key(key: Key) -> &'static str {
    match key {
        Key::PortalName => "settings-name",
        Key::ReleasedFields => "settings-released",
        Key::ViewAsShown => "settings-view-as-shown",
    }
}

/// What a setting held, in words.
fn words(ctx: &Ctx, key: Key, value: &str) -> String {
    match key {
        Key::PortalName => value.to_owned(),
        Key::ViewAsShown => ctx.t(if value == "no" { "settings-no" } else { "settings-yes" }).to_owned(),
        Key::ReleasedFields => {
            let labels: Vec<&str> = Field::parse_all(value).into_iter().map(|field| ctx.t(field.label_key())).collect();
            if labels.is_empty() { ctx.t("customers-nothing").to_owned() } else { labels.join(", ") }
        }
    }
}

/// What certificates are signed with.
fn keys(ctx: &Ctx, keys: &[certificate::PublicKey]) -> Markup {
    let rows = keys
        .iter()
        .map(|key| {
            let since = ctx.with("settings-keys-since", &[("when", ctx.date(key.since).into())]);
            view! { <li><p class="mono hash">{key.key.clone()}</p><p class="meta">"Ed25519"<span class="sep"></span>{since}</p></li> }
        })
        .collect_view();
    let none = keys.is_empty().then(|| view! { <p>{ctx.t("settings-keys-none")}</p> });
    view! {
        <Panel id="keys" title=ctx.t("settings-keys")>
            <div class="panel-body stack-4"><p class="meta">{ctx.t("settings-keys-text")}</p>{none}<ul class="stack-2">{rows}</ul></div>
        </Panel>
    }
    .into_markup()
}

fn history(ctx: &Ctx, past: Vec<Past>) -> Markup {
    let link = (format!("{}?action=settings.edit", paths::STAFF_AUDIT), ctx.t("users-all-events").to_owned());
    let rows = past
        .into_iter()
        .map(|past| {
            let changes = past
                .changes
                .iter()
                .map(|(key, before, after)| {
                    let (before, after) = (words(ctx, *key, before), words(ctx, *key, after));
                    view! { <p><span class="strong">{ctx.t(label_key(*key))}</span>": "<del>{before}</del>" "<ins>{after}</ins></p> }
                })
                .collect_view();
            let by = past.by_name.unwrap_or_else(|| ctx.t("audit-operator").to_owned());
            view! {
                <li class="linkrow"><div class="grow">
                    {changes}
                    <p class="meta">{by}<span class="sep"></span><time datetime=past.at.rfc3339()>{ctx.date_time(past.at)}</time></p>
                </div></li>
            }
        })
        .collect_view();
    view! { <Panel id="history" title=ctx.t("customers-history") link=link><ul class="rows">{rows}</ul></Panel> }
        .into_markup()
}
