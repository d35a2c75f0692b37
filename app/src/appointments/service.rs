//! Use cases of appointments that read. Pages, server functions and REST all enter here; what changes something is in
//! `propose`, `answer` and `progress`.

use crate::access::{Action, Guarded as _, Reach, Relation, allow, allow_any, grant};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx};
use crate::error::AppError;
use crate::ids::{AppointmentId, OrderId, OrganisationId, ProjectId};
use crate::organisation::model::Contact;
use crate::people::readers::sees;
use crate::time::Instant;

use super::model::{After, Appointment, Changed, Person, State, Which};
use super::policy::{Manage, Read, Turn};
use super::scope::Scope;
use super::store::{self, Colleague};
use super::{history, when, write};

/// The most changes a page shows.
const CHANGES: i64 = 50;
/// The most that an order or a project shows.
const OF_ONE: i64 = 20;

/// Whether the actor has anything to do with appointments: for the navigation.
pub fn may_open(ctx: &Ctx) -> bool {
    if ctx.actor.staff().is_some() {
        return allow_any(&ctx.actor, Action::AppointmentRead).is_ok();
    }
    let here = ctx.actor.memberships().iter().find(|m| ctx.organisation == Some(m.organisation_id));
    here.is_some_and(|m| {
        m.rights.orders != Reach::None
            && allow(&ctx.actor, Action::AppointmentRead, Relation::Addressed, Some(m.organisation_id)).is_ok()
    })
}

/// Whether the actor proposes appointments to anybody.
pub fn may_manage_any(ctx: &Ctx) -> bool {
    ctx.actor.staff().is_some() && allow_any(&ctx.actor, Action::AppointmentManage).is_ok()
}

/// Whether the actor proposes appointments to every customer of whom they see any.
pub fn may_manage_what_is_seen(ctx: &Ctx) -> bool {
    let of_all = |action| allow(&ctx.actor, action, Relation::Other, None).is_ok();
    may_manage_any(ctx) && (of_all(Action::AppointmentManage) || !of_all(Action::AppointmentRead))
}

/// What the actor may do with an appointment.
#[derive(Clone, Copy, Debug)]
pub struct May {
    /// Change it, propose other times, say that the team is on its way, close it.
    pub manage: bool,
    /// Take a time, ask for another, cancel.
    pub answer: bool,
    /// Ask for another time or cancel is still in time.
    pub in_time: bool,
    /// See who can see it.
    pub audience: bool,
}

/// What the actor may do with an appointment that was found in scope, as it stands.
pub fn may(ctx: &Ctx, row: &Appointment) -> May {
    let allowed = |action, relation| allow(&ctx.actor, action, relation, Some(row.organisation_id)).is_ok();
    let open = !row.state.is_over();
    let turn = Turn(row.clone());
    May {
        manage: open && allowed(Action::AppointmentManage, row.relation(&ctx.actor)),
        answer: open && ctx.actor.viewer().is_none() && allowed(Action::AppointmentAnswer, turn.relation(&ctx.actor)),
        in_time: in_time(ctx, row),
        audience: allowed(Action::AppointmentAudience, row.relation(&ctx.actor)),
    }
}

/// Whether the actor keeps appointments of its customer, over or not.
pub fn keeps(ctx: &Ctx, row: &Appointment) -> bool {
    let relation = row.relation(&ctx.actor);
    allow(&ctx.actor, Action::AppointmentManage, relation, Some(row.organisation_id)).is_ok()
}

/// Whether it can still be moved or cancelled here: by customers until so many hours before, by staff always.
pub fn in_time(ctx: &Ctx, row: &Appointment) -> bool {
    ctx.actor.staff().is_some() || row.state == State::Proposed || ctx.now() <= row.free_until()
}

/// What is not for whoever asks is left out.
fn redacted(ctx: &Ctx, mut row: Appointment) -> Appointment {
    if ctx.actor.staff().is_none() {
        row.internal_note.clear();
    }
    row
}

/// One page of appointments.
#[derive(Debug)]
pub struct Page {
    /// The soonest first; of those that are over, the last first.
    pub items: Vec<Appointment>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
}

/// Appointments from a time on, or back from it. For staff, `only` is one customer; for customers, one of their
/// organisations.
pub async fn list(
    ctx: &Ctx,
    which: Which,
    only: Option<OrganisationId>,
    after: Option<After>,
    limit: i64,
) -> Result<Page, AppError> {
    allow_any(&ctx.actor, Action::AppointmentRead)?;
    let staff = ctx.actor.staff().is_some();
    let after = after.unwrap_or_else(|| After::from(begin_of_today(ctx)));
    let mut rows = store::list(&ctx.db, Scope::of(&ctx.actor)?, staff, which, only, after, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next = rows.last().filter(|_| more).map(|last| After { starts_at: last.starts_at, id: last.id });
    Ok(Page { items: rows.into_iter().map(|row| redacted(ctx, row)).collect(), next })
}

/// When the reader's day began: what is today is still to come.
fn begin_of_today(ctx: &Ctx) -> Instant {
    let midnight = when::date(&ctx.zone, ctx.now()).to_zoned(ctx.zone.clone());
    midnight.map_or(ctx.now(), |at| Instant(at.timestamp().as_microsecond()))
}

/// The next confirmed appointments: of the organisation a customer looks at, or those a member of staff takes part in.
pub async fn next(ctx: &Ctx, limit: i64) -> Result<Vec<Appointment>, AppError> {
    if !may_open(ctx) {
        return Ok(Vec::new());
    }
    let mine = ctx.actor.staff().is_some();
    let which = Which { state: Some(State::Confirmed), mine, ..Which::UPCOMING };
    Ok(list(ctx, which, ctx.organisation, None, limit).await?.items)
}

/// One appointment. Foreign and missing are the same.
pub async fn find(ctx: &Ctx, id: AppointmentId) -> Result<Appointment, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    Ok(redacted(ctx, grant::<Read, _>(&ctx.actor, row)?.into_row()))
}

/// Those of these appointments that the actor may see, in no order.
pub async fn by_ids(ctx: &Ctx, ids: &[AppointmentId]) -> Result<Vec<Appointment>, AppError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = store::by_ids(&ctx.db, Scope::of(&ctx.actor)?, ids).await?;
    Ok(rows.into_iter().map(|row| redacted(ctx, row)).collect())
}

/// Takes an appointment for a change: nobody else changes it until the transaction ends.
pub(super) async fn take(tx: &Tx, ctx: &Ctx, id: AppointmentId) -> Result<Appointment, AppError> {
    write::lock(tx, id).await?;
    let row = store::find(tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    Ok(grant::<Read, _>(&ctx.actor, row)?.into_row())
}

/// Refuses whoever has seen an older one.
pub(super) fn check_seen(row: &Appointment, revision: Option<i64>) -> Result<(), AppError> {
    if revision.is_none_or(|seen| seen == row.revision) { Ok(()) } else { Err(AppError::Stale) }
}

/// What to tell somebody whose form was about an older one: what has happened since.
pub async fn meanwhile(ctx: &Ctx, id: AppointmentId) -> Result<AppError, AppError> {
    let row = find(ctx, id).await?;
    let last = store::changes(&ctx.db, row.id, 1).await?;
    let what = last.first().map(|change| history::sentence(ctx, change)).unwrap_or_default();
    Ok(AppError::Conflict(ctx.with("appointments-error-meanwhile", &[("what", what.into())])))
}

/// The proposed times, in their order.
pub async fn slots(ctx: &Ctx, row: &Appointment) -> Result<Vec<Instant>, AppError> {
    Ok(if row.slots == 0 { Vec::new() } else { store::slots(&ctx.db, row.id).await? })
}

/// The other proposed times of a confirmed appointment that are still free: to come, and with nobody of the house who takes
/// part at another appointment.
pub async fn others(ctx: &Ctx, row: &Appointment) -> Result<Vec<Instant>, AppError> {
    Ok(if row.state == State::Confirmed { free(&ctx.db, ctx, row).await? } else { Vec::new() })
}

/// The same of one that is confirmed, as this transaction sees it.
pub(super) async fn free(db: &Db, ctx: &Ctx, row: &Appointment) -> DbResult<Vec<Instant>> {
    let mut slots = store::slots(db, row.id).await?;
    // A time that is too near to be moved again is none to move to.
    let near = |at: Instant| !in_time(ctx, &Appointment { starts_at: at, ..row.clone() });
    slots.retain(|at| *at != row.starts_at && *at > ctx.now() && !near(*at));
    if slots.is_empty() {
        return Ok(slots);
    }
    let busy = store::busy(db, row.id).await?;
    slots.retain(|at| !busy.contains(at));
    Ok(slots)
}

/// The proposed times of several, each with the appointment.
pub async fn slots_of(ctx: &Ctx, rows: &[Appointment]) -> Result<Vec<(AppointmentId, Instant)>, AppError> {
    let proposed = rows.iter().filter(|row| row.slots > 0).map(|row| row.id.0).collect();
    Ok(store::slots_of(&ctx.db, proposed).await?)
}

/// Who takes part.
pub async fn people(ctx: &Ctx, row: &Appointment) -> Result<Vec<Person>, AppError> {
    Ok(store::people(&ctx.db, row.id).await?)
}

/// What happened to it, the last first. Customers do not read who of the operator did it, nor what is not for them.
pub async fn changes(ctx: &Ctx, row: &Appointment) -> Result<Vec<Changed>, AppError> {
    Ok(store::changes(&ctx.db, row.id, CHANGES).await?)
}

/// Those of an order, as far as the actor may see them; none for who has nothing to do with appointments.
pub async fn of_order(ctx: &Ctx, id: OrderId) -> Result<Vec<Appointment>, AppError> {
    if allow_any(&ctx.actor, Action::AppointmentRead).is_err() {
        return Ok(Vec::new());
    }
    let rows = store::of_order(&ctx.db, Scope::of(&ctx.actor)?, id, OF_ONE).await?;
    Ok(rows.into_iter().map(|row| redacted(ctx, row)).collect())
}

/// Those of a project, likewise.
pub async fn of_project(ctx: &Ctx, id: ProjectId) -> Result<Vec<Appointment>, AppError> {
    if allow_any(&ctx.actor, Action::AppointmentRead).is_err() {
        return Ok(Vec::new());
    }
    let rows = store::of_project(&ctx.db, Scope::of(&ctx.actor)?, id, OF_ONE).await?;
    Ok(rows.into_iter().map(|row| redacted(ctx, row)).collect())
}

/// Who could take part.
#[derive(Debug)]
pub struct Candidates {
    /// People of the customer.
    pub members: Vec<Person>,
    /// Staff who may see the customer's appointments.
    pub staff: Vec<Colleague>,
}

/// Who could take part in an appointment with this customer.
pub async fn candidates(db: &Db, id: OrganisationId) -> Result<Candidates, AppError> {
    let mut staff = store::staff(db, id).await?;
    staff.retain(|colleague| {
        colleague.person.staff_role.is_some_and(|role| sees(role, Action::AppointmentRead, colleague.assigned))
    });
    Ok(Candidates { members: store::members(db, id).await?, staff })
}

/// Whom a customer calls about an appointment: who of the house takes part, or else the named contacts.
pub async fn to_call(ctx: &Ctx, row: &Appointment, people: &[Person]) -> Result<String, AppError> {
    let house: Vec<String> = people.iter().filter(|p| p.staff_role.is_some()).map(|p| p.name.clone()).collect();
    let names = if house.is_empty() && ctx.actor.staff().is_none() {
        let ctx = &Ctx { organisation: Some(row.organisation_id), ..ctx.clone() };
        let contacts = crate::organisation::service::contacts(ctx).await?;
        contacts.into_iter().map(|Contact { name, .. }| name).collect()
    } else {
        house
    };
    let mut whom = if names.is_empty() { ctx.portal.name.get() } else { names.join(", ") };
    if !row.phone.is_empty() {
        whom = format!("{whom}, {}", row.phone);
    }
    Ok(whom)
}

/// The leave to change an appointment.
pub(super) fn manage(ctx: &Ctx, row: Appointment) -> Result<crate::access::Granted<Manage, Appointment>, AppError> {
    grant::<Manage, _>(&ctx.actor, row)
}

/// Refuses what is over.
pub(super) fn check_open(ctx: &Ctx, row: &Appointment) -> Result<(), AppError> {
    match row.state {
        State::Done => Err(AppError::Conflict(ctx.t("appointments-error-done").to_owned())),
        State::Cancelled => Err(AppError::Conflict(ctx.t("appointments-error-cancelled").to_owned())),
        State::Proposed | State::Confirmed => Ok(()),
    }
}
