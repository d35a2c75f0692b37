//! `/account/tokens`: what programs may do in one's name.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::account::expiry::Expiry;
use crate::account::shown_once;
use crate::account::tabs::{Tab, account_page};
use crate::account::tokens::{self, Area, LONGEST_NAME, Token};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::notifications::{self, Kind};
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, EmptyState, ErrorSummary, Icon, Notice, Panel, RadioCard, Status, SubmitButton,
    TextField, Tone,
};

/// The tokens of the account.
#[component]
pub fn TokensPage() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    page(async move |ctx, visit| list(ctx, visit, nonce).await)
}

async fn list(ctx: Ctx, visit: Visit, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    let listed = tokens::list(ctx).await?;
    notifications::seen_kind(ctx, Kind::SecurityToken).await;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let rows = if listed.is_empty() {
        view! { <EmptyState icon="key-round" title=ctx.t("tokens-empty") text=ctx.t("tokens-empty-text") /> }
            .into_markup()
    } else {
        let rows = listed.iter().map(|token| row(ctx, token)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let count = listed.len().to_string();
    let body = view! {
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {shown(ctx, flash, nonce)}
        <div class="narrow">
            <Panel id="tokens" title=ctx.t("tokens-title") count=count>{rows}</Panel>
            {form(ctx, flash)}
        </div>
    }
    .into_markup();
    Ok(account_page(ctx, Tab::Tokens, ctx.t("tokens-meta"), body))
}

/// The secret of a token that was just made: here and never again.
fn shown(ctx: &Ctx, flash: &Flash, nonce: String) -> Option<Markup> {
    let secret = shown_once::open(ctx, flash.value(shown_once::FIELD)?)?;
    Some(
        view! {
            <section class="panel panel--mine" aria-labelledby="secret-title">
                <div class="panel-head"><h2 id="secret-title">{ctx.t("tokens-made")}</h2></div>
                <div class="panel-body stack-4">
                    <p>{ctx.t("tokens-made-text")}</p>
                    <div class="field">
                        <label class="label" for="secret">{ctx.t("tokens-secret")}</label>
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

/// What an area is called.
fn area_name(ctx: &Ctx, name: &str) -> &'static str {
    match name {
        "account" => ctx.t("tokens-area-account"),
        "appointments" => ctx.t("tokens-area-appointments"),
        "audit" => ctx.t("tokens-area-audit"),
        "documents" => ctx.t("tokens-area-documents"),
        "home" => ctx.t("tokens-area-home"),
        "imports" => ctx.t("tokens-area-imports"),
        "jobs" => ctx.t("tokens-area-jobs"),
        "mail" => ctx.t("tokens-area-mail"),
        "orders" => ctx.t("tokens-area-orders"),
        "organisations" => ctx.t("tokens-area-organisations"),
        "projects" => ctx.t("tokens-area-projects"),
        "settings" => ctx.t("tokens-area-settings"),
        "users" => ctx.t("tokens-area-users"),
        "webhooks" => ctx.t("tokens-area-webhooks"),
        _ => ctx.t("tokens-area-other"),
    }
}

/// What a token may do, in words.
fn scope_words(ctx: &Ctx, scopes: &str) -> String {
    if scopes.is_empty() {
        return ctx.t("tokens-may-all").to_owned();
    }
    let words: Vec<String> = scopes
        .split_whitespace()
        .map(|scope| match scope.strip_suffix(":read") {
            Some(area) => ctx.with("tokens-may-read", &[("area", area_name(ctx, area).into())]),
            None if scope == "read" => ctx.t("tokens-may-read-all").to_owned(),
            None => ctx.with("tokens-may-write", &[("area", area_name(ctx, scope).into())]),
        })
        .collect();
    words.join(", ")
}

fn row(ctx: &Ctx, token: &Token) -> Markup {
    let expired = token.is_expired(ctx.now());
    let end = match token.expires_at {
        None => ctx.t("tokens-no-end").to_owned(),
        Some(at) if expired => ctx.with("tokens-ended", &[("when", ctx.date(at).into())]),
        Some(at) => ctx.with("tokens-ends", &[("when", ctx.date(at).into())]),
    };
    let made = ctx.with("tokens-created", &[("when", ctx.date(token.created_at).into())]);
    let used = match token.last_used_at {
        None => ctx.t("tokens-never-used").to_owned(),
        Some(at) => ctx.with("tokens-used", &[("when", ctx.date_time(at).into())]),
    };
    let label = ctx.with("tokens-revoke-label", &[("name", token.name.clone().into())]);
    let state = expired.then(|| view! { <Status tone=Tone::Bad glyph="late" text=ctx.t("tokens-expired") /> });
    view! {
        <li class="linkrow linkrow--acts">
            <span class="docicon"><Icon name="key-round" /></span>
            <div class="grow">
                <p class="strong">{token.name.clone()}" "{state}</p>
                <p class="meta">{scope_words(ctx, &token.scopes)}</p>
                <p class="meta">{made}<span class="sep"></span>{end}<span class="sep"></span>{used}</p>
            </div>
            <form method="post" action="/_fn/account/revoke_token">
                <input type="hidden" name="id" value=token.id.to_string() />
                <SubmitButton label=label>{ctx.t("tokens-revoke")}</SubmitButton>
            </form>
        </li>
    }
    .into_markup()
}

fn form(ctx: &Ctx, flash: &Flash) -> Markup {
    let value = |field: &str| flash.value(field).unwrap_or_default().to_owned();
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let access = flash.value("access").unwrap_or("read").to_owned();
    let chosen: Vec<String> = value("scopes").split(' ').map(str::to_owned).collect();
    let expires = flash.value("expires").and_then(Expiry::parse).unwrap_or(Expiry::DEFAULT);
    let areas = tokens::areas(&ctx.actor).into_iter().map(|area| checks(ctx, area, &chosen)).collect_view();
    let ends = Expiry::ALL
        .into_iter()
        .map(|choice| {
            let (label, meta) = match choice {
                Expiry::Days(days) => (ctx.with("tokens-days", &[("days", days.into())]), ""),
                Expiry::Date => (ctx.t("tokens-date").to_owned(), ""),
                Expiry::Never => (ctx.t("tokens-never").to_owned(), ctx.t("tokens-never-text")),
            };
            view! { <RadioCard name="expires" value=choice.name() label=label meta=meta checked={choice == expires} /> }
        })
        .collect_view();
    let most = u32::try_from(LONGEST_NAME).unwrap_or(u32::MAX);
    view! {
        <Panel id="new-token" title=ctx.t("tokens-new")>
            <form method="post" action="/_fn/account/create_token" novalidate=true>
                <div class="panel-body stack-4">
                    <TextField name="name" label=ctx.t("tokens-name") hint=ctx.t("tokens-name-hint") value=value("name") error=error("name") maxlength=most required=true autocomplete="off" />
                    <ChoiceGroup id="access" legend=ctx.t("tokens-access") error=error("access")>
                        <RadioCard name="access" value="read" label=ctx.t("tokens-access-read") meta=ctx.t("tokens-access-read-text") checked={access == "read"} />
                        <RadioCard name="access" value="areas" label=ctx.t("tokens-access-areas") meta=ctx.t("tokens-access-areas-text") checked={access == "areas"} />
                        <RadioCard name="access" value="all" label=ctx.t("tokens-access-all") meta=ctx.t("tokens-access-all-text") checked={access == "all"} />
                    </ChoiceGroup>
                    <div class="token-areas"><ChoiceGroup id="areas" legend=ctx.t("tokens-areas")>{areas}</ChoiceGroup></div>
                    <ChoiceGroup id="expires" legend=ctx.t("tokens-expires") error=error("expires")>{ends}</ChoiceGroup>
                    <div class="token-date"><TextField name="date" kind="date" label=ctx.t("tokens-last-day") value=value("date") error=error("date") /></div>
                </div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("tokens-create")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}

/// Reading and changing in one area, as far as there is anything to.
fn checks(ctx: &Ctx, area: Area, chosen: &[String]) -> Markup {
    let name = area_name(ctx, area.name);
    let check = |scope: String, label: String| {
        let checked = chosen.contains(&scope);
        view! { <CheckRow name="scopes[]" value=scope label=label checked=checked /> }
    };
    let read =
        area.read.then(|| check(format!("{}:read", area.name), ctx.with("tokens-may-read", &[("area", name.into())])));
    let write = area.write.then(|| check(area.name.to_owned(), ctx.with("tokens-may-write", &[("area", name.into())])));
    view! { {read}{write} }.into_markup()
}
