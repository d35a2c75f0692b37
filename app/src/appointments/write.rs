//! The SQL that writes appointments: each statement wants to see the leave to do it.

use crate::access::Granted;
use crate::ctx::Ctx;
use crate::db::{DbResult, Tx, Value, args, sql};
use crate::ids::{AppointmentId, UserId};
use crate::time::Instant;

use super::model::{Appointment, Change, Details, NewAppointment, State};
use super::policy::{Answer, Calendar, Manage, Propose, Turn};

sql! {
    LOCK = "UPDATE appointments SET revision = revision WHERE id = $1";
    INSERT = "INSERT INTO appointments (id, organisation_id, order_id, project_id, title, purpose, place, link, notes, internal_note, phone, minutes, time_zone, cancel_hours, state, starts_at, confirmed_at, wish, way_note, created_by, created_at, changed_at, revision) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', '', $18, $19, $19, 1)";
    EDIT = "UPDATE appointments SET order_id = $2, project_id = $3, title = $4, purpose = $5, place = $6, link = $7, notes = $8, internal_note = $9, phone = $10, minutes = $11, time_zone = $12, cancel_hours = $13, changed_at = $14, revision = revision + 1 WHERE id = $1";
    MOVE = "UPDATE appointments SET state = 'proposed', starts_at = $2, confirmed_at = NULL, wish = '', wished_at = NULL, way_from = NULL, way_until = NULL, way_note = '', reminded_at = NULL, changed_at = $3, revision = revision + 1 WHERE id = $1";
    CONFIRM = "UPDATE appointments SET state = 'confirmed', starts_at = $2, confirmed_at = $3, wish = '', wished_at = NULL, reminded_at = NULL, changed_at = $3, revision = revision + 1 WHERE id = $1";
    RETIME = "UPDATE appointments SET starts_at = $2, confirmed_at = $3, wish = '', wished_at = NULL, way_from = NULL, way_until = NULL, way_note = '', reminded_at = NULL, changed_at = $3, revision = revision + 1 WHERE id = $1";
    WISH = "UPDATE appointments SET wish = $2, wished_at = $3, changed_at = $3, revision = revision + 1 WHERE id = $1";
    CANCEL = "UPDATE appointments SET state = 'cancelled', wish = '', wished_at = NULL, way_from = NULL, way_until = NULL, way_note = '', changed_at = $2, revision = revision + 1 WHERE id = $1";
    ON_THE_WAY = "UPDATE appointments SET way_from = $2, way_until = $3, way_note = $4, changed_at = $5, revision = revision + 1 WHERE id = $1";
    DONE = "UPDATE appointments SET state = 'done', wish = '', wished_at = NULL, changed_at = $2, revision = revision + 1 WHERE id = $1";
    DELETE_SLOTS = "DELETE FROM appointment_slots WHERE appointment_id = $1";
    INSERT_SLOTS = sqlite: "INSERT INTO appointment_slots (appointment_id, starts_at) SELECT $1, value FROM json_each($2)",
        postgres: "INSERT INTO appointment_slots (appointment_id, starts_at) SELECT $1, CAST(value AS bigint) FROM jsonb_array_elements_text($2::text::jsonb) AS value";
    DELETE_PEOPLE = "DELETE FROM appointment_people WHERE appointment_id = $1";
    INSERT_PEOPLE = sqlite: "INSERT INTO appointment_people (appointment_id, user_id, starts_at) SELECT $1, unhex(value), $3 FROM json_each($2)",
        postgres: "INSERT INTO appointment_people (appointment_id, user_id, starts_at) SELECT $1, x, $3 FROM unnest(CAST($2 AS uuid[])) x";
    MOVE_PEOPLE = "UPDATE appointment_people SET starts_at = $2 WHERE appointment_id = $1";
    INSERT_CHANGE = "INSERT INTO appointment_changes (id, appointment_id, at, changed_by, act, old_at, new_at, until_at, fields, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// Takes an appointment: whoever changes it meanwhile waits.
pub async fn lock(tx: &Tx, id: AppointmentId) -> DbResult<()> {
    tx.execute(LOCK, args![id]).await.map(|_| ())
}

async fn set_slots(tx: &Tx, id: AppointmentId, slots: &[Instant]) -> DbResult<()> {
    tx.execute(DELETE_SLOTS, args![id]).await?;
    if !slots.is_empty() {
        let times: Vec<i64> = slots.iter().map(|at| at.0).collect();
        tx.execute(INSERT_SLOTS, args![id, serde_json::json!(times).to_string()]).await?;
    }
    Ok(())
}

async fn set_people(tx: &Tx, id: AppointmentId, people: &[UserId], starts_at: Instant) -> DbResult<()> {
    tx.execute(DELETE_PEOPLE, args![id]).await?;
    let people = Value::Uuids(people.iter().map(|id| id.0).collect());
    tx.execute(INSERT_PEOPLE, args![id, people, starts_at]).await.map(|_| ())
}

/// Keeps what happened, for its history.
pub async fn note(tx: &Tx, ctx: &Ctx, id: AppointmentId, change: &Change) -> DbResult<()> {
    let values = args![
        uuid::Uuid::now_v7(),
        id,
        ctx.now(),
        ctx.actor.user_id(),
        change.act,
        change.old_at,
        change.new_at,
        change.until_at,
        &change.fields,
        &change.reason
    ];
    tx.execute(INSERT_CHANGE, values).await.map(|_| ())
}

/// Inserts an appointment with its times and people.
pub async fn insert(
    tx: &Tx,
    granted: &Granted<Propose, Calendar>,
    id: AppointmentId,
    new: &NewAppointment,
    by: UserId,
    now: Instant,
) -> DbResult<()> {
    let (details, state) = (&new.details, if new.agreed { State::Confirmed } else { State::Proposed });
    let starts_at = new.slots.last().copied().unwrap_or(now);
    let values = args![
        id,
        granted.row().organisation_id,
        details.order_id,
        details.project_id,
        &details.title,
        &details.purpose,
        &details.place,
        &details.link,
        &details.notes,
        &details.internal_note,
        &details.phone,
        details.minutes,
        &details.time_zone,
        details.cancel_hours,
        state.name(),
        starts_at,
        new.agreed.then_some(now),
        by,
        now
    ];
    tx.execute(INSERT, values).await?;
    set_slots(tx, id, if new.agreed { &[] } else { &new.slots }).await?;
    set_people(tx, id, &details.people, starts_at).await
}

/// Changes what it is about and who takes part.
pub async fn edit(tx: &Tx, granted: &Granted<Manage, Appointment>, details: &Details, now: Instant) -> DbResult<()> {
    let row = granted.row();
    let values = args![
        row.id,
        details.order_id,
        details.project_id,
        &details.title,
        &details.purpose,
        &details.place,
        &details.link,
        &details.notes,
        &details.internal_note,
        &details.phone,
        details.minutes,
        &details.time_zone,
        details.cancel_hours,
        now
    ];
    tx.execute(EDIT, values).await?;
    set_people(tx, row.id, &details.people, row.starts_at).await
}

/// Proposes these times in place of all before.
pub async fn propose(tx: &Tx, granted: &Granted<Manage, Appointment>, slots: &[Instant], now: Instant) -> DbResult<()> {
    let id = granted.row().id;
    let starts_at = slots.last().copied().unwrap_or(now);
    tx.execute(MOVE, args![id, starts_at, now]).await?;
    tx.execute(MOVE_PEOPLE, args![id, starts_at]).await?;
    set_slots(tx, id, slots).await
}

/// Agrees on one time. The proposed ones stay: as long as they are free, another of them can be taken instead.
pub async fn confirm(tx: &Tx, granted: &Granted<Answer, Turn>, at: Instant, now: Instant) -> DbResult<()> {
    let id = granted.row().0.id;
    tx.execute(CONFIRM, args![id, at, now]).await?;
    tx.execute(MOVE_PEOPLE, args![id, at]).await.map(|_| ())
}

/// Agrees on another of the proposed times.
pub async fn retime(tx: &Tx, granted: &Granted<Answer, Turn>, at: Instant, now: Instant) -> DbResult<()> {
    let id = granted.row().0.id;
    tx.execute(RETIME, args![id, at, now]).await?;
    tx.execute(MOVE_PEOPLE, args![id, at]).await.map(|_| ())
}

/// Keeps what other time is wished.
pub async fn wish(tx: &Tx, granted: &Granted<Answer, Turn>, wish: &str, now: Instant) -> DbResult<()> {
    tx.execute(WISH, args![granted.row().0.id, wish, now]).await.map(|_| ())
}

/// It does not take place.
pub async fn cancel(tx: &Tx, granted: &Granted<Answer, Turn>, now: Instant) -> DbResult<()> {
    let id = granted.row().0.id;
    tx.execute(CANCEL, args![id, now]).await?;
    set_slots(tx, id, &[]).await
}

/// The team comes from this time to that one.
pub async fn on_the_way(
    tx: &Tx,
    granted: &Granted<Manage, Appointment>,
    frame: (Instant, Instant),
    note: &str,
    now: Instant,
) -> DbResult<()> {
    tx.execute(ON_THE_WAY, args![granted.row().id, frame.0, frame.1, note, now]).await.map(|_| ())
}

/// It has taken place.
pub async fn done(tx: &Tx, granted: &Granted<Manage, Appointment>, now: Instant) -> DbResult<()> {
    tx.execute(DONE, args![granted.row().id, now]).await.map(|_| ())
}
