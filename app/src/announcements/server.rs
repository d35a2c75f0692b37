//! Server functions of announcements.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::AnnouncementId;
use crate::paths;
use crate::time::Instant;

use super::model::{Audience, Severity, State, Wanted};
use super::{current, service, when};

fn moment(ctx: &Ctx, field: &str, typed: &str, errors: &mut FieldErrors) -> Option<Instant> {
    let at = when::parse(&ctx.zone, typed);
    if at.is_none() && !typed.trim().is_empty() {
        errors.add(field, ctx.t("announcements-error-moment"));
    }
    at
}

fn revision(text: &str) -> Result<i64, AppError> {
    text.parse().map_err(|_| AppError::BadRequest("revision".into()))
}

/// To a form, somebody who was faster is a conflict: what was typed stays.
fn faster(ctx: &Ctx, error: AppError) -> AppError {
    match error {
        AppError::Stale => AppError::Conflict(ctx.t("announcements-error-changed").to_owned()),
        other => other,
    }
}

/// Writes a draft, or changes what is there.
#[server(prefix = "/_fn", endpoint = "announcements/save")]
pub async fn save_announcement(
    #[server(default)] announcement: String,
    #[server(default)] revision_seen: String,
    #[server(default)] severity: String,
    #[server(default)] audience: String,
    #[server(default)] groups: Vec<String>,
    #[server(default)] confirm: String,
    #[server(default)] starts_at: String,
    #[server(default)] ends_at: String,
    #[server(default)] title_en: String,
    #[server(default)] title_de: String,
    #[server(default)] title_nl: String,
    #[server(default)] text_en: String,
    #[server(default)] text_de: String,
    #[server(default)] text_nl: String,
) -> Result<(), ServerFnError> {
    let known: Option<AnnouncementId> = announcement.parse().ok();
    let page = known.map_or_else(|| paths::STAFF_ANNOUNCEMENT_NEW.to_owned(), paths::staff_announcement_edit);
    let form = Form::on("announcement", page)
        .value("severity", severity.clone())
        .value("audience", audience.clone())
        .value("groups", groups.join(","))
        .value("confirm", confirm.clone())
        .value("starts_at", starts_at.clone())
        .value("ends_at", ends_at.clone())
        .value("title_en", title_en.clone())
        .value("title_de", title_de.clone())
        .value("title_nl", title_nl.clone())
        .value("text_en", text_en.clone())
        .value("text_de", text_de.clone())
        .value("text_nl", text_nl.clone());
    act(form, async move |ctx| {
        service::check_manage(&ctx)?;
        let mut errors = FieldErrors::default();
        let groups = groups.iter().filter(|id| !id.is_empty()).map(|id| id.parse()).collect::<Result<Vec<_>, _>>();
        let wanted = Wanted {
            severity: Severity::parse(&severity).unwrap_or(Severity::Info),
            audience: Audience::parse(&audience).ok_or_else(|| AppError::BadRequest("audience".into()))?,
            groups: groups.map_err(|_| AppError::BadRequest("groups".into()))?,
            confirm: !confirm.is_empty(),
            starts_at: moment(&ctx, "starts_at", &starts_at, &mut errors),
            ends_at: moment(&ctx, "ends_at", &ends_at, &mut errors),
            versions: [(title_en, text_en), (title_de, text_de), (title_nl, text_nl)],
        };
        errors.into_result()?;
        let id = match known {
            None => service::create(&ctx, wanted).await?,
            Some(id) => {
                let seen = revision(&revision_seen)?;
                service::edit(&ctx, id, Some(seen), wanted).await.map_err(|error| faster(&ctx, error))?;
                id
            }
        };
        Ok(Done::to(paths::staff_announcement(id)).saying(ctx.t("announcements-saved")))
    })
    .await
}

async fn set_state(announcement: String, seen: String, state: State) -> Result<(), ServerFnError> {
    let known: Option<AnnouncementId> = announcement.parse().ok();
    let page = known.map_or_else(|| paths::STAFF_ANNOUNCEMENTS.to_owned(), paths::staff_announcement);
    act(Form::on("announcement-state", page.clone()), async move |ctx| {
        service::check_manage(&ctx)?;
        let id = known.ok_or(AppError::NotFound)?;
        let seen = revision(&seen)?;
        service::set_state(&ctx, id, Some(seen), state).await.map_err(|error| faster(&ctx, error))?;
        let said = match state {
            State::Published => "announcements-published-toast",
            _ => "announcements-withdrawn-toast",
        };
        Ok(Done::to(page).saying(ctx.t(said)))
    })
    .await
}

/// Publishes it.
#[server(prefix = "/_fn", endpoint = "announcements/publish")]
pub async fn publish_announcement(
    #[server(default)] announcement: String,
    #[server(default)] revision_seen: String,
) -> Result<(), ServerFnError> {
    set_state(announcement, revision_seen, State::Published).await
}

/// Takes it back from every page.
#[server(prefix = "/_fn", endpoint = "announcements/withdraw")]
pub async fn withdraw_announcement(
    #[server(default)] announcement: String,
    #[server(default)] revision_seen: String,
) -> Result<(), ServerFnError> {
    set_state(announcement, revision_seen, State::Withdrawn).await
}

/// Closes it for oneself, on the page where it stood.
#[server(prefix = "/_fn", endpoint = "announcements/close")]
pub async fn close_announcement(
    #[server(default)] announcement: String,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&return_to, paths::HOME).to_owned();
    act(Form::on("announcement-close", page.clone()), async move |ctx| {
        current::close(&ctx, announcement.parse().map_err(|_| AppError::NotFound)?).await?;
        Ok(Done::to(page))
    })
    .await
}
