//! Answers to an appointment: take one of the times, take another of them instead, ask for another, cancel. The customer's to
//! give; staff may give them for a customer who has called.

use crate::access::{Granted, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::AppointmentId;
use crate::time::Instant;

use super::model::{Appointment, Change, State};
use super::policy::{Answer, Turn};
use super::tell::{self, News};
use super::{check, service, store, write};

async fn take(tx: &Tx, ctx: &Ctx, id: AppointmentId, revision: Option<i64>) -> Result<Granted<Answer, Turn>, AppError> {
    let row = service::take(tx, ctx, id).await?;
    let granted = grant::<Answer, _>(&ctx.actor, Turn(row))?;
    service::check_seen(&granted.row().0, revision)?;
    service::check_open(ctx, &granted.row().0)?;
    Ok(granted)
}

/// Whether this very request was done before.
async fn repeated(ctx: &Ctx, id: AppointmentId) -> Result<bool, AppError> {
    Ok(idempotency::replay(&ctx.db, ctx).await?.is_some_and(|(done, _)| done == id.0))
}

async fn finish(tx: Tx, ctx: &Ctx, id: AppointmentId, event: Event) -> Result<(), AppError> {
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    audit::record(&tx, ctx, event).await?;
    Ok(tx.commit().await?)
}

/// Takes one of the proposed times.
pub async fn confirm(ctx: &Ctx, id: AppointmentId, revision: Option<i64>, at: Option<Instant>) -> Result<(), AppError> {
    if repeated(ctx, id).await? {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    let granted = take(&tx, ctx, id, revision).await?;
    let row = &granted.row().0;
    if row.state == State::Confirmed {
        return Err(AppError::Conflict(ctx.t("appointments-error-confirmed").to_owned()));
    }
    let slots = store::slots(&tx, id).await?;
    let Some(at) = at.filter(|at| slots.contains(at)) else {
        return Err(AppError::Invalid(FieldErrors::one("slot", ctx.t("appointments-error-slot"))));
    };
    if at <= ctx.now() {
        return Err(AppError::Invalid(FieldErrors::one("slot", ctx.t("appointments-error-past"))));
    }
    write::confirm(&tx, &granted, at, ctx.now()).await?;
    write::note(&tx, ctx, id, &Change { act: "confirmed", new_at: Some(at), ..Change::default() }).await?;
    let row = Appointment { state: State::Confirmed, starts_at: at, slots: 0, ..row.clone() };
    tell::about(&tx, ctx, &row, News::Confirmed, "").await?;
    let event = Event::new("appointment.confirm", "appointment", id.0).organisation(row.organisation_id);
    finish(tx, ctx, id, event.with("starts_at", at.rfc3339())).await
}

/// Takes another of the proposed times in place of the agreed one, while it is free and there is time.
///
/// # Errors
/// `Conflict` where nothing is agreed yet or it is too late, `Invalid` where the time is not free (any more).
pub async fn retime(ctx: &Ctx, id: AppointmentId, revision: Option<i64>, at: Option<Instant>) -> Result<(), AppError> {
    if repeated(ctx, id).await? {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    let granted = take(&tx, ctx, id, revision).await?;
    let row = &granted.row().0;
    if row.state != State::Confirmed {
        return Err(AppError::Conflict(ctx.t("appointments-error-not-agreed").to_owned()));
    }
    check_time(&tx, ctx, row).await?;
    // Two customers may want the same people at the same time.
    store::alone(&tx).await?;
    let free = service::free(&tx, ctx, row).await?;
    let Some(at) = at.filter(|at| free.contains(at)) else {
        return Err(AppError::Invalid(FieldErrors::one("slot", ctx.t("appointments-error-not-free"))));
    };
    write::retime(&tx, &granted, at, ctx.now()).await?;
    let old_at = Some(row.starts_at);
    write::note(&tx, ctx, id, &Change { act: "retimed", old_at, new_at: Some(at), ..Change::default() }).await?;
    let after = Appointment { starts_at: at, way_from: None, way_until: None, ..row.clone() };
    tell::about(&tx, ctx, &after, News::Retimed, "").await?;
    // For programs it is what confirming is: this time is agreed.
    let event = Event::new("appointment.confirm", "appointment", id.0).organisation(row.organisation_id);
    let event = event.with("starts_at", at.rfc3339()).with("instead_of", row.starts_at.rfc3339());
    finish(tx, ctx, id, event).await
}

/// Refuses a customer for whom it is too late, and says whom to call.
async fn check_time(tx: &Tx, ctx: &Ctx, row: &Appointment) -> Result<(), AppError> {
    if service::in_time(ctx, row) {
        return Ok(());
    }
    let people = store::people(tx, row.id).await?;
    let whom = service::to_call(ctx, row, &people).await?;
    Err(AppError::Conflict(ctx.with("appointments-error-late", &[("whom", whom.into())])))
}

/// Asks for another time, in words. What was agreed stands until staff have answered.
pub async fn wish(
    ctx: &Ctx,
    id: AppointmentId,
    revision: Option<i64>,
    wish: &str,
    reason: &str,
) -> Result<(), AppError> {
    if repeated(ctx, id).await? {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    let granted = take(&tx, ctx, id, revision).await?;
    let row = &granted.row().0;
    check_time(&tx, ctx, row).await?;
    let mut errors = FieldErrors::default();
    let wish = check::text(ctx, "wish", wish, check::TEXT_LONGEST, &mut errors);
    if wish.is_empty() {
        errors.add("wish", ctx.t("appointments-error-wish"));
    }
    let reason = check::text(ctx, "reason", reason, check::TEXT_LONGEST, &mut errors);
    errors.into_result()?;
    let whole = if reason.is_empty() { wish } else { format!("{wish}\n{reason}") };
    write::wish(&tx, &granted, &whole, ctx.now()).await?;
    write::note(&tx, ctx, id, &Change { act: "wished", reason: whole.clone(), ..Change::default() }).await?;
    tell::about(&tx, ctx, row, News::Wished, &whole).await?;
    let event = Event::new("appointment.wish", "appointment", id.0).organisation(row.organisation_id);
    finish(tx, ctx, id, event).await
}

/// Calls it off. Customers may until so many hours before it; staff say why.
pub async fn cancel(ctx: &Ctx, id: AppointmentId, revision: Option<i64>, reason: &str) -> Result<(), AppError> {
    if repeated(ctx, id).await? {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    let granted = take(&tx, ctx, id, revision).await?;
    let row = &granted.row().0;
    check_time(&tx, ctx, row).await?;
    let mut errors = FieldErrors::default();
    let reason = check::text(ctx, "reason", reason, check::TEXT_LONGEST, &mut errors);
    if reason.is_empty() && ctx.actor.staff().is_some() {
        errors.add("reason", ctx.t("appointments-error-reason"));
    }
    errors.into_result()?;
    write::cancel(&tx, &granted, ctx.now()).await?;
    let old_at = (row.state == State::Confirmed).then_some(row.starts_at);
    let change = Change { act: "cancelled", old_at, reason: reason.clone(), ..Change::default() };
    write::note(&tx, ctx, id, &change).await?;
    tell::about(&tx, ctx, row, News::Cancelled, &reason).await?;
    let event = Event::new("appointment.cancel", "appointment", id.0).organisation(row.organisation_id);
    finish(tx, ctx, id, event).await
}
