//! `/account/security`: everything one signs in with, on one page.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::account::tabs::{Tab, account_page};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::factors::model::{Change, Factors, StoredPasskey};
use crate::factors::{passkeys, service};
use crate::flash::Flash;
use crate::ids::UserId;
use crate::notifications::{self, Object};
use crate::paths;
use crate::sign_in::password::{SHORTEST, SHORTEST_WITH_FACTOR};
use crate::ui::{ButtonKind, ErrorSummary, Icon, LinkButton, Notice, Panel, Status, SubmitButton, TextField, Tone};

use super::factor::name_field;
use super::parts::{PasskeyForm, passkey_form};

/// Everything one signs in with.
#[component]
pub fn SecurityPage() -> impl IntoView {
    page(security)
}

async fn security(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let user = service::own(ctx)?;
    let factors = service::mine(ctx).await?;
    let changes = service::changes(ctx).await?;
    notifications::seen(ctx, Object::User(user)).await;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let welcome = (visit.query.get("welcome").is_some() && !factors.any()).then(|| {
        view! { <Notice tone=Tone::Mine title=ctx.t("security-welcome-title")><p>{ctx.t("security-welcome-text")}</p></Notice> }
    });
    let body = view! {
        {problem}
        {welcome}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <div class="split">
            <div class="stack">
                {passkeys_panel(ctx, user, &factors, flash)}
                {app_panel(ctx, &factors)}
                {password_panel(ctx, &factors, flash)}
            </div>
            <div class="stack">
                {codes_panel(ctx, &factors)}
                {changes_panel(ctx, changes)}
            </div>
        </div>
    }
    .into_markup();
    let meta = if factors.any() { ctx.t("security-meta-strong") } else { ctx.t("security-meta-weak") };
    Ok(account_page(ctx, Tab::Security, meta, body))
}

fn passkeys_panel(ctx: &Ctx, user: UserId, factors: &Factors, flash: &Flash) -> Markup {
    let rows = factors.passkeys.iter().map(|passkey| passkey_row(ctx, passkey, flash)).collect_view();
    let list = (!factors.passkeys.is_empty()).then(|| view! { <ul class="rows">{rows}</ul> });
    let add = match passkeys::offer_registration(ctx, user, &factors.passkeys) {
        Some(offer) => {
            let form = PasskeyForm {
                action: "/_fn/factors/add_passkey",
                create: true,
                conditional: false,
                offer,
                hidden: vec![("next", paths::ACCOUNT_SECURITY.to_owned())],
                above: name_field(ctx, flash),
                label: ctx.t("factors-passkey-add"),
                kind: if factors.any() { ButtonKind::Secondary } else { ButtonKind::Primary },
            };
            view! { {passkey_form(ctx, form)} <p class="meta" data-no-passkey="">{ctx.t("factors-passkey-script")}</p> }
                .into_markup()
        }
        None => view! { <p class="meta">{ctx.t("factors-passkey-unavailable")}</p> }.into_markup(),
    };
    view! {
        <Panel id="passkeys" title=ctx.t("factors-passkeys")>
            <div class="panel-body"><p class="meta">{ctx.t("factors-passkey-what")}</p></div>
            {list}
            <div class="panel-foot">{add}</div>
        </Panel>
    }
    .into_markup()
}

fn passkey_row(ctx: &Ctx, passkey: &StoredPasskey, flash: &Flash) -> Markup {
    let id = passkey.id.to_string();
    let used = match passkey.last_used_at {
        Some(at) => ctx.with("factors-used", &[("when", ctx.date(at).into())]),
        None => ctx.with("factors-since", &[("when", ctx.date(passkey.created_at).into())]),
    };
    let suspected = passkey.suspected_at.map(|_| {
        view! { <Status tone=Tone::Bad glyph="late" text=ctx.t("factors-passkey-suspected") /> }
    });
    let name = passkey.name.clone();
    let renamed = flash.value("name").filter(|_| flash.form == "rename" && flash.value("id") == Some(&id));
    let value = renamed.unwrap_or(&name).to_owned();
    let label = ctx.with("factors-passkey-remove-named", &[("name", name.clone().into())]);
    view! {
        <li class="linkrow">
            <Icon name="key-round" />
            <div class="grow">
                <span class="strong">{name}</span>
                " "
                <span class="meta">{used}</span>
                {suspected}
                <details>
                    <summary class="meta">{ctx.t("factors-passkey-rename")}</summary>
                    <form class="cluster" method="post" action="/_fn/factors/rename_passkey">
                        <input type="hidden" name="id" value=id.clone() />
                        <input class="input" name="name" value=value maxlength="60" required=true aria-label=ctx.t("factors-passkey-name") />
                        <SubmitButton>{ctx.t("factors-save")}</SubmitButton>
                    </form>
                </details>
            </div>
            <form method="post" action="/_fn/factors/remove_passkey">
                <input type="hidden" name="id" value=id />
                <SubmitButton label=label>{ctx.t("factors-remove")}</SubmitButton>
            </form>
        </li>
    }
    .into_markup()
}

fn app_panel(ctx: &Ctx, factors: &Factors) -> Markup {
    let inner = match &factors.app {
        Some(app) => {
            let used = ctx.with("factors-used", &[("when", ctx.date(app.last_used_at).into())]);
            view! {
                <div class="linkrow">
                    <div class="grow">
                        <Status tone=Tone::Good glyph="done" text=ctx.t("factors-app-on") />
                        " "
                        <span class="meta">{used}</span>
                    </div>
                    <form method="post" action="/_fn/factors/remove_app">
                        <SubmitButton label=ctx.t("factors-app-remove")>{ctx.t("factors-remove")}</SubmitButton>
                    </form>
                </div>
            }
            .into_markup()
        }
        None => view! {
            <div class="panel-body stack-4">
                <p class="meta">{ctx.t("factors-app-what")}</p>
                <div class="cluster"><LinkButton href=paths::ACCOUNT_APP>{ctx.t("factors-app-add")}</LinkButton></div>
            </div>
        }
        .into_markup(),
    };
    view! { <Panel id="app" title=ctx.t("factors-app")>{inner}</Panel> }.into_markup()
}

fn password_panel(ctx: &Ctx, factors: &Factors, flash: &Flash) -> Markup {
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    // Asked for a longer one before the last factor goes.
    let longer = flash.form != "password" && error("password").is_some();
    let needs = if factors.any() && !longer { SHORTEST_WITH_FACTOR } else { SHORTEST };
    let hint = ctx.with("password-hint", &[("needs", needs.into())]);
    let button = if factors.has_password { ctx.t("password-change") } else { ctx.t("password-set") };
    view! {
        <Panel id="password-panel" title=ctx.t("password-title")>
            <form method="post" action="/_fn/factors/change_password" novalidate=true>
                <input type="hidden" name="username" autocomplete="username" value=ctx.actor.email().to_owned() />
                <div class="panel-body fields">
                    <TextField name="password" label=ctx.t("password-new") kind="password" hint=hint error=error("password") autocomplete="new-password" required=true class="field wide" />
                    <TextField name="again" label=ctx.t("password-again") kind="password" error=error("again") autocomplete="new-password" required=true class="field wide" />
                </div>
                <div class="panel-foot stack-2">
                    <p class="meta">{ctx.t("password-others-end")}</p>
                    <div class="cluster"><SubmitButton>{button}</SubmitButton></div>
                </div>
            </form>
        </Panel>
    }
    .into_markup()
}

fn codes_panel(ctx: &Ctx, factors: &Factors) -> Markup {
    let unused = factors.codes.unused;
    let inner = if factors.any() {
        let tone = if unused < 3 { Tone::Warn } else { Tone::Good };
        let glyph = if unused < 3 { "late" } else { "done" };
        let left = ctx.with("codes-left", &[("count", unused.into())]);
        view! {
            <p><Status tone=tone glyph=glyph text=left /></p>
            <p class="meta">{ctx.t("codes-what")}</p>
            <form method="post" action="/_fn/factors/renew_codes"><SubmitButton>{ctx.t("codes-renew")}</SubmitButton></form>
        }
        .into_markup()
    } else {
        view! { <p class="meta">{ctx.t("codes-later")}</p> }.into_markup()
    };
    view! { <Panel id="codes" title=ctx.t("codes-title")><div class="panel-body stack-4">{inner}</div></Panel> }
        .into_markup()
}

fn changes_panel(ctx: &Ctx, changes: Vec<Change>) -> Markup {
    if changes.is_empty() {
        return ().into_markup();
    }
    let rows = changes
        .into_iter()
        .map(|change| {
            let what = ctx.t(label_of(&change));
            view! { <li class="linkrow"><div class="grow">{what}" "<span class="meta">{ctx.date_time(change.at)}</span></div></li> }
        })
        .collect_view();
    view! { <Panel id="changes" title=ctx.t("security-changes")><ul class="rows">{rows}</ul></Panel> }.into_markup()
}

/// What an event of the trail is called here.
fn label_of(change: &Change) -> &'static str {
    let passkey = change.detail.contains("\"passkey\"");
    match (change.action.as_str(), passkey) {
        ("factor.add", true) => "security-passkey-added",
        ("factor.add", false) => "security-app-added",
        ("factor.remove", true) => "security-passkey-removed",
        ("factor.remove", false) => "security-app-removed",
        ("factor.codes", _) => "security-codes-renewed",
        ("factor.recover", _) => "security-code-used",
        ("factor.reset", _) => "security-reset",
        ("factor.suspect", _) => "security-suspected",
        _ => "security-password-changed",
    }
}
