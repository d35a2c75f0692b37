//! Use cases of whoever chooses what they are told, and when.

use serde_json::json;

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrganisationId, UserId};
use crate::organisation::service as organisations;

use super::cadence::{Cadence, Settings, due};
use super::effective::{self, Choice};
use super::plan::zone;
use super::problems::{self, Known};
use super::store;
use crate::notifications::kind::Kind;

sql! {
    PERSON = "SELECT email, time_zone FROM users WHERE id = $1";
}

/// What one has chosen.
#[derive(Clone, Debug)]
pub struct Preferences {
    /// When mails come.
    pub settings: Settings,
    /// Raised by every change; 0 while nothing was chosen.
    pub revision: i64,
    /// What is told, and how.
    pub kinds: Vec<Choice>,
    /// Customers of whom one wants no mails; staff only.
    pub muted: Vec<(OrganisationId, String)>,
    /// Where the mails go.
    pub address: String,
    /// That they come back from there.
    pub problem: Option<Known>,
}

/// What is to be different; what is none stays.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// The hour of the digest.
    pub digest_hour: Option<i64>,
    /// The day of the weekly digest, Monday is 1.
    pub digest_weekday: Option<i64>,
    /// The quiet hours; none inside: there are none.
    pub quiet: Option<Option<(i64, i64)>>,
    /// Mails also at weekends.
    pub weekends: Option<bool>,
    /// Mail and push of kinds; none inside: what is usual.
    pub kinds: Vec<(Kind, Option<Cadence>, Option<bool>)>,
}

/// Whoever has signed in, to look at what they chose.
pub(super) fn oneself(ctx: &Ctx) -> Result<UserId, AppError> {
    allow(&ctx.actor, Action::NotificationRead, Relation::Own, None)?;
    ctx.actor.user_id().ok_or(AppError::Unauthenticated)
}

/// Refuses whoever may choose nothing.
pub fn check(ctx: &Ctx) -> Result<(), AppError> {
    choosing(ctx).map(|_| ())
}

/// Whoever has signed in, to choose something else.
fn choosing(ctx: &Ctx) -> Result<UserId, AppError> {
    allow(&ctx.actor, Action::NotificationManage, Relation::Own, None)?;
    ctx.actor.user_id().ok_or(AppError::Unauthenticated)
}

/// One's own preferences.
pub async fn own(ctx: &Ctx) -> Result<Preferences, AppError> {
    let user = oneself(ctx)?;
    let (settings, revision) = store::settings(&ctx.db, user).await?;
    let (address, _): (String, Option<String>) = ctx.db.one(PERSON, args![user]).await?;
    let muted = if ctx.actor.staff().is_some() { store::mutes(&ctx.db, user).await? } else { Vec::new() };
    Ok(Preferences {
        settings,
        revision,
        kinds: effective::choices(&ctx.db, user).await?,
        muted,
        problem: problems::of(&ctx.db, user).await?,
        address,
    })
}

/// The smallest and the largest of something typed.
fn within(ctx: &Ctx, errors: &mut FieldErrors, field: &str, value: i64, (least, most): (i8, i8)) -> i8 {
    let fits = i8::try_from(value).ok().filter(|value| (least..=most).contains(value));
    if fits.is_none() {
        errors.add(field, ctx.t("notify-error-hour"));
    }
    fits.unwrap_or(least)
}

fn changed(ctx: &Ctx, before: Settings, edit: &Edit) -> Result<Settings, AppError> {
    let mut errors = FieldErrors::default();
    let mut after = before;
    if let Some(hour) = edit.digest_hour {
        after.digest_hour = within(ctx, &mut errors, "digest_hour", hour, (0, 23));
    }
    if let Some(day) = edit.digest_weekday {
        after.digest_weekday = within(ctx, &mut errors, "digest_weekday", day, (1, 7));
    }
    if let Some(quiet) = edit.quiet {
        let hours = quiet.map(|(from, to)| {
            let from = within(ctx, &mut errors, "quiet_from", from, (0, 23));
            (from, within(ctx, &mut errors, "quiet_to", to, (0, 23)))
        });
        if hours.is_some_and(|(from, to)| from == to) && errors.is_empty() {
            errors.add("quiet_to", ctx.t("notify-error-quiet"));
        }
        after.quiet = hours;
    }
    after.weekends = edit.weekends.unwrap_or(after.weekends);
    errors.into_result()?;
    Ok(after)
}

/// Changes one's own preferences that were seen at this revision; without one, whatever they are. What waits to be mailed
/// follows at once.
///
/// # Errors
/// `Invalid` by field; `Stale` where another window was faster.
pub async fn edit(ctx: &Ctx, seen: Option<i64>, edit: Edit) -> Result<(), AppError> {
    let user = choosing(ctx)?;
    let tx = ctx.db.begin().await?;
    let (before, revision) = store::settings(&tx, user).await?;
    let after = changed(ctx, before, &edit)?;
    if !store::set_settings(&tx, user, seen.unwrap_or(revision), &after).await? {
        return Err(AppError::Stale);
    }
    let staff = ctx.actor.staff().is_some();
    for (kind, mail, push) in effective::open(staff).filter_map(|kind| edit.kinds.iter().find(|(of, ..)| *of == kind)) {
        store::choose(&tx, user, *kind, *mail, *push).await?;
    }
    follow(&tx, ctx, user).await?;
    audit::record(&tx, ctx, Event::new("notification.choose", "user", user.0)).await?;
    tx.commit().await?;
    Ok(())
}

/// Has what waits come when it comes now.
pub(super) async fn follow(tx: &Tx, ctx: &Ctx, user: UserId) -> Result<(), AppError> {
    let (settings, _) = store::settings(tx, user).await?;
    let (_, zone_name): (String, Option<String>) = tx.one(PERSON, args![user]).await?;
    let zone = zone(zone_name.as_deref(), &ctx.portal.zone);
    let choices = effective::choices(tx, user).await?;
    for cadence in Cadence::ALL {
        let kinds: Vec<Kind> = choices.iter().filter(|one| one.cadence() == cadence).map(|one| one.kind).collect();
        if !kinds.is_empty() {
            store::move_waiting(tx, user, &kinds, due(ctx.now(), cadence, &settings, &zone)).await?;
        }
    }
    Ok(())
}

/// Whether one may have no mails of a customer, and whether that is so: for whoever of staff sees it.
pub async fn is_muted(ctx: &Ctx, organisation: OrganisationId) -> Result<bool, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    Ok(store::is_muted(&ctx.db, user, organisation).await?)
}

/// Has no more mails of a customer, or has them again.
pub async fn mute(ctx: &Ctx, organisation: OrganisationId, muted: bool) -> Result<(), AppError> {
    let user = choosing(ctx)?;
    organisations::require_staff(ctx)?;
    let id = organisations::find(ctx, organisation).await?.id;
    let tx = ctx.db.begin().await?;
    let changed = if muted { store::mute(&tx, user, id).await? } else { store::unmute(&tx, user, id).await? };
    if changed {
        let event = match muted {
            true => Event::new("notification.mute", "organisation", id.0),
            false => Event::new("notification.unmute", "organisation", id.0),
        };
        audit::record(&tx, ctx, event).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Says that mails to one's own address arrive again.
pub async fn confirm_address(ctx: &Ctx) -> Result<(), AppError> {
    let user = choosing(ctx)?;
    let tx = ctx.db.begin().await?;
    if problems::forget(&tx, user).await? {
        audit::record(&tx, ctx, Event::new("mail.confirm", "user", user.0)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What is stored of somebody's choices, for the copy of their data.
pub async fn export(db: &Db, user: UserId) -> DbResult<serde_json::Value> {
    let (settings, _) = store::settings(db, user).await?;
    let chosen = store::chosen(db, user).await?;
    let muted = store::mutes(db, user).await?;
    let problem = problems::of(db, user).await?;
    Ok(json!({
        "digest_hour": settings.digest_hour,
        "digest_weekday": settings.digest_weekday,
        "quiet_from": settings.quiet.map(|(from, _)| from),
        "quiet_to": settings.quiet.map(|(_, to)| to),
        "weekends": settings.weekends,
        "last_mail_at": settings.last_mail_at,
        "kinds": chosen.into_iter().map(|(kind, mail, push)| {
            json!({ "kind": kind.name(), "mail": mail.map(Cadence::name), "push": push })
        }).collect::<Vec<_>>(),
        "muted_organisations": muted.into_iter().map(|(id, _)| id).collect::<Vec<_>>(),
        "mail_problem": problem.map(|known| json!({ "problem": known.problem.name(), "code": known.code, "since": known.at })),
    }))
}
