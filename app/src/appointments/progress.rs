//! The day itself: the team is on its way, and it has taken place.

use jiff::civil::Time;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::AppointmentId;
use crate::time::Instant;

use super::model::{Appointment, Change, State};
use super::tell::{self, News};
use super::{check, service, slots, when, write};

/// From when to when the team comes: as instants, or by the clock at the place on the day of the appointment.
#[derive(Clone, Copy, Debug)]
pub enum Frame {
    /// As programs say it.
    Instants(Instant, Instant),
    /// As people type it.
    Hours(Option<Time>, Option<Time>),
}

fn frame(ctx: &Ctx, row: &Appointment, frame: Frame, errors: &mut FieldErrors) -> Option<(Instant, Instant)> {
    let zone = slots::zone(&row.time_zone);
    let (from, until) = match frame {
        Frame::Instants(from, until) => (from, until),
        Frame::Hours(from, until) => {
            let day = when::date(&zone, row.starts_at);
            let mut read = |field: &str, hour: Option<Time>| {
                let at = hour.ok_or(slots::Trouble::Unreadable).and_then(|hour| slots::on(day, hour, &zone));
                at.map_err(|trouble| errors.add(field, trouble.words(ctx, &zone))).ok()
            };
            (read("from", from)?, read("until", until)?)
        }
    };
    let today = |at| when::date(&zone, at) == when::date(&zone, row.starts_at);
    if from > until || until <= ctx.now() || !today(from) {
        errors.add("until", ctx.t("appointments-error-frame"));
    }
    Some((from, until))
}

/// The team is on its way and comes between these times. Said again, the last counts.
pub async fn on_the_way(
    ctx: &Ctx,
    id: AppointmentId,
    revision: Option<i64>,
    times: Frame,
    note: &str,
) -> Result<(), AppError> {
    if idempotency::replay(&ctx.db, ctx).await?.is_some_and(|(done, _)| done == id.0) {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    let row = service::take(&tx, ctx, id).await?;
    let granted = service::manage(ctx, row)?;
    let row = granted.row();
    service::check_seen(row, revision)?;
    service::check_open(ctx, row)?;
    if !is_today(ctx, row) {
        return Err(AppError::Conflict(ctx.t("appointments-error-not-today").to_owned()));
    }
    let mut errors = FieldErrors::default();
    let note = check::text(ctx, "note", note, check::TEXT_LONGEST, &mut errors);
    let frame = frame(ctx, row, times, &mut errors);
    errors.into_result()?;
    let Some((from, until)) = frame else { return Err(AppError::Internal) };
    write::on_the_way(&tx, &granted, (from, until), &note, ctx.now()).await?;
    let (new_at, until_at) = (Some(from), Some(until));
    let change = Change { act: "on_the_way", new_at, until_at, reason: note.clone(), ..Change::default() };
    write::note(&tx, ctx, id, &change).await?;
    let after = Appointment { way_from: Some(from), way_until: Some(until), ..row.clone() };
    tell::about(&tx, ctx, &after, News::OnTheWay, &note).await?;
    let event = Event::new("appointment.on_the_way", "appointment", id.0).organisation(row.organisation_id);
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    audit::record(&tx, ctx, event.with("from", from.rfc3339()).with("until", until.rfc3339())).await?;
    tx.commit().await?;
    Ok(())
}

/// It is confirmed, for the day that it is at the place.
pub fn is_today(ctx: &Ctx, row: &Appointment) -> bool {
    let zone = slots::zone(&row.time_zone);
    row.state == State::Confirmed && when::date(&zone, row.starts_at) == when::date(&zone, ctx.now())
}

/// It has taken place.
pub async fn complete(ctx: &Ctx, id: AppointmentId, revision: Option<i64>) -> Result<(), AppError> {
    if idempotency::replay(&ctx.db, ctx).await?.is_some_and(|(done, _)| done == id.0) {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    let row = service::take(&tx, ctx, id).await?;
    let granted = service::manage(ctx, row)?;
    let row = granted.row();
    service::check_seen(row, revision)?;
    service::check_open(ctx, row)?;
    if row.state != State::Confirmed || row.starts_at > ctx.now() {
        return Err(AppError::Conflict(ctx.t("appointments-error-not-begun").to_owned()));
    }
    write::done(&tx, &granted, ctx.now()).await?;
    write::note(&tx, ctx, id, &Change { act: "done", ..Change::default() }).await?;
    let event = Event::new("appointment.complete", "appointment", id.0).organisation(row.organisation_id);
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(())
}
