//! Server functions of what people choose about their mails.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::OrganisationId;
use crate::paths;

use super::cadence::Cadence;
use super::preferences::{self, Edit};
use super::{defaults, effective};
use crate::notifications::kind::{Class, Kind};

/// To a form, somebody who was faster is a conflict: what was typed stays.
fn faster(ctx: &Ctx, error: AppError) -> AppError {
    match error {
        AppError::Stale => AppError::Conflict(ctx.t("notify-error-changed").to_owned()),
        other => other,
    }
}

/// What a list sends: a kind and how soon, or nothing for what is usual.
fn choice(text: &str) -> Result<(Kind, Option<Cadence>), AppError> {
    let wrong = || AppError::BadRequest("mails".into());
    let (kind, mail) = text.split_once(':').ok_or_else(wrong)?;
    let mail = if mail.is_empty() { None } else { Some(Cadence::parse(mail).ok_or_else(wrong)?) };
    Ok((Kind::parse(kind).ok_or_else(wrong)?, mail))
}

fn number(ctx: &Ctx, errors: &mut FieldErrors, field: &str, text: &str) -> Option<i64> {
    let number = text.parse().ok();
    if number.is_none() {
        errors.add(field, ctx.t("notify-error-hour"));
    }
    number
}

/// The quiet hours; neither chosen: there are none.
fn quiet(ctx: &Ctx, errors: &mut FieldErrors, from: &str, to: &str) -> Option<(i64, i64)> {
    match (from.is_empty(), to.is_empty()) {
        (true, true) => None,
        (false, false) => number(ctx, errors, "quiet_from", from).zip(number(ctx, errors, "quiet_to", to)),
        (from_missing, _) => {
            errors.add(if from_missing { "quiet_from" } else { "quiet_to" }, ctx.t("notify-error-quiet-half"));
            None
        }
    }
}

/// Chooses what one is told, how, and when.
#[server(prefix = "/_fn", endpoint = "notifications/choose")]
pub async fn choose_notifications(
    #[server(default)] revision_seen: String,
    #[server(default)] digest_hour: String,
    #[server(default)] digest_weekday: String,
    #[server(default)] quiet_from: String,
    #[server(default)] quiet_to: String,
    #[server(default)] weekends: String,
    #[server(default)] mails: Vec<String>,
    #[server(default)] pushes: Vec<String>,
) -> Result<(), ServerFnError> {
    let form = Form::on("notifications", paths::ACCOUNT_NOTIFICATIONS)
        .value("digest_hour", digest_hour.clone())
        .value("digest_weekday", digest_weekday.clone())
        .value("quiet_from", quiet_from.clone())
        .value("quiet_to", quiet_to.clone())
        .value("weekends", weekends.clone())
        .value("mails", mails.join(" "))
        .value("pushes", pushes.join(" "));
    act(form, async move |ctx| {
        preferences::check(&ctx)?;
        let seen = revision_seen.parse().map_err(|_| AppError::BadRequest("revision".into()))?;
        let mut errors = FieldErrors::default();
        let usual = |kind: Kind| kind.class() == Class::NeedsMe;
        let mut kinds = Vec::new();
        for (kind, mail) in mails.iter().map(|text| choice(text)).collect::<Result<Vec<_>, _>>()? {
            let push = pushes.iter().any(|name| name == kind.name());
            kinds.push((kind, mail, (push != usual(kind)).then_some(push)));
        }
        let edit = Edit {
            digest_hour: number(&ctx, &mut errors, "digest_hour", &digest_hour),
            digest_weekday: number(&ctx, &mut errors, "digest_weekday", &digest_weekday),
            quiet: Some(quiet(&ctx, &mut errors, &quiet_from, &quiet_to)),
            weekends: Some(!weekends.is_empty()),
            kinds,
        };
        errors.into_result()?;
        preferences::edit(&ctx, Some(seen), edit).await.map_err(|error| faster(&ctx, error))?;
        Ok(Done::to(paths::ACCOUNT_NOTIFICATIONS).saying(ctx.t("notify-saved")))
    })
    .await
}

/// Has no more mails of a customer, or has them again.
#[server(prefix = "/_fn", endpoint = "notifications/mute")]
pub async fn mute_customer(
    #[server(default)] organisation: String,
    #[server(default)] muted: String,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&return_to, paths::ACCOUNT_NOTIFICATIONS).to_owned();
    act(Form::on("mute", page.clone()), async move |ctx| {
        preferences::check(&ctx)?;
        let id: OrganisationId = organisation.parse().map_err(|_| AppError::NotFound)?;
        preferences::mute(&ctx, id, !muted.is_empty()).await?;
        let said = if muted.is_empty() { "notify-unmuted" } else { "notify-muted" };
        Ok(Done::to(page).saying(ctx.t(said)))
    })
    .await
}

/// Says that mails to one's own address arrive again.
#[server(prefix = "/_fn", endpoint = "notifications/confirm_address")]
pub async fn confirm_mail_address() -> Result<(), ServerFnError> {
    act(Form::on("address", paths::ACCOUNT_NOTIFICATIONS), async move |ctx| {
        preferences::confirm_address(&ctx).await?;
        Ok(Done::to(paths::ACCOUNT_NOTIFICATIONS).saying(ctx.t("notify-address-confirmed")))
    })
    .await
}

/// Says which mails people of an organisation get until they choose themselves.
#[server(prefix = "/_fn", endpoint = "notifications/set_defaults")]
pub async fn set_notification_defaults(
    #[server(default)] organisation: String,
    #[server(default)] page: String,
    #[server(default)] seen: String,
    #[server(default)] mails: Vec<String>,
) -> Result<(), ServerFnError> {
    let id: Option<OrganisationId> = organisation.parse().ok();
    // Customers have a page of their own.
    let staff = page == "staff";
    let page = match id.filter(|_| staff) {
        Some(id) => paths::staff_customer_notifications(id),
        None => paths::ORGANISATION_NOTIFICATIONS.to_owned(),
    };
    act(Form::on("defaults", page.clone()).value("mails", mails.join(" ")), async move |ctx| {
        let id = id.ok_or(AppError::NotFound)?;
        let kinds = mails.iter().map(|text| choice(text)).collect::<Result<Vec<_>, _>>()?;
        let open: Vec<Kind> = effective::open(false).collect();
        let kinds: Vec<_> = kinds.into_iter().filter(|(kind, _)| open.contains(kind)).collect();
        defaults::set(&ctx, id, Some(&seen), &kinds).await.map_err(|error| faster(&ctx, error))?;
        Ok(Done::to(page).saying(ctx.t("notify-defaults-saved")))
    })
    .await
}
