//! Use cases of staff: propose times, propose others, change what an appointment is about.

use crate::access::{Action, Relation, Role, grant, policy};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Db;
use crate::documents;
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{AppointmentId, OrganisationId, ProjectId};
use crate::time::Instant;

use super::model::{Appointment, Change, Details, NewAppointment, State};
use super::policy::{Calendar, Propose};
use super::tell::{self, News};
use super::{check, service, store, write};

/// Order and project are of the customer.
async fn check_links(
    ctx: &Ctx,
    db: &Db,
    customer: OrganisationId,
    details: &Details,
    errors: &mut FieldErrors,
) -> Result<(), AppError> {
    if let Some(id) = details.order_id
        && !store::is_order_of(db, id, customer).await?
    {
        errors.add("order_id", ctx.t("appointments-error-order"));
    }
    if let Some(id) = details.project_id
        && store::organisation_of(db, id).await? != Some(customer)
    {
        errors.add("project_id", ctx.t("orders-error-project"));
    }
    Ok(())
}

/// The leave to propose appointments to a customer.
async fn leave(ctx: &Ctx, id: OrganisationId) -> Result<crate::access::Granted<Propose, Calendar>, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let assigned = documents::store::is_assigned(&ctx.db, user, id).await?.ok_or(AppError::NotFound)?;
    // By the role alone: a token for appointments need not open customers too.
    let relation = if assigned { Relation::Assigned } else { Relation::Other };
    let sees = |role| policy::allowed(Role::Staff(role), Action::OrganisationRead, relation);
    if !ctx.actor.staff().is_some_and(sees) {
        return Err(AppError::NotFound);
    }
    grant::<Propose, _>(&ctx.actor, Calendar { organisation_id: id, assigned })
}

/// Whether the actor may propose appointments to this customer.
pub async fn check_may(ctx: &Ctx, id: OrganisationId) -> Result<(), AppError> {
    leave(ctx, id).await.map(|_| ())
}

/// Whose a project is; of a customer that is out of sight nothing is said afterwards either.
pub async fn customer_of(ctx: &Ctx, id: ProjectId) -> Result<OrganisationId, AppError> {
    store::organisation_of(&ctx.db, id).await?.ok_or(AppError::NotFound)
}

/// Proposes times to a customer, or notes the one that was agreed already. `wrong` is what could not even be read.
pub async fn create(ctx: &Ctx, mut new: NewAppointment, wrong: FieldErrors) -> Result<AppointmentId, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    if !service::may_manage_any(ctx) {
        return Err(AppError::Forbidden);
    }
    if let Some((done, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return Ok(AppointmentId(done));
    }
    let granted = match leave(ctx, new.organisation_id).await {
        Err(AppError::NotFound) => {
            let unknown = ctx.t("documents-error-organisation");
            return Err(AppError::Invalid(FieldErrors::one("organisation_id", unknown)));
        }
        other => other?,
    };
    let mut errors = wrong;
    new.details = check::details(ctx, new.details, &mut errors);
    if errors.get("slots").is_none() {
        new.slots = check::slots(ctx, new.slots, new.details.minutes, &mut errors);
    }
    if new.agreed && new.slots.len() > 1 {
        errors.add("slots", ctx.t("appointments-error-agreed"));
    }
    check::people(ctx, &ctx.db, new.organisation_id, &new.details, &mut errors).await?;
    check_links(ctx, &ctx.db, new.organisation_id, &new.details, &mut errors).await?;
    errors.into_result()?;
    let id = AppointmentId::new();
    let tx = ctx.db.begin().await?;
    write::insert(&tx, &granted, id, &new, user, ctx.now()).await?;
    let (act, news) = if new.agreed { ("confirmed", News::Confirmed) } else { ("proposed", News::Proposed) };
    let new_at = new.slots.first().copied().filter(|_| new.agreed);
    write::note(&tx, ctx, id, &Change { act, new_at, ..Change::default() }).await?;
    let row = store::find(&tx, super::scope::Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::Internal)?;
    tell::about(&tx, ctx, &row, news, "").await?;
    let event = Event::new("appointment.propose", "appointment", id.0).organisation(new.organisation_id);
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    audit::record(&tx, ctx, event.with("slots", new.slots.len()).with("agreed", new.agreed)).await?;
    tx.commit().await?;
    Ok(id)
}

/// What an appointment is now, as a form or a program begins with it.
pub async fn details_of(ctx: &Ctx, row: &Appointment) -> Result<Details, AppError> {
    let people = service::people(ctx, row).await?.into_iter().map(|person| person.user_id).collect();
    let row = row.clone();
    Ok(Details {
        title: row.title,
        purpose: row.purpose,
        place: row.place,
        link: row.link,
        notes: row.notes,
        internal_note: row.internal_note,
        phone: row.phone,
        minutes: row.minutes,
        time_zone: row.time_zone,
        cancel_hours: row.cancel_hours,
        order_id: row.order_id,
        project_id: row.project_id,
        people,
    })
}

/// The names of what is different, of which the customer may know.
fn changed(row: &Appointment, people: bool, details: &Details) -> Vec<&'static str> {
    [
        ("title", row.title != details.title),
        ("purpose", row.purpose != details.purpose),
        ("place", row.place != details.place),
        ("link", row.link != details.link),
        ("notes", row.notes != details.notes),
        ("phone", row.phone != details.phone),
        ("minutes", row.minutes != details.minutes),
        ("time_zone", row.time_zone != details.time_zone),
        ("people", people),
    ]
    .into_iter()
    .filter_map(|(name, different)| different.then_some(name))
    .collect()
}

/// Changes what an appointment is about and who takes part; its time stays.
pub async fn edit(
    ctx: &Ctx,
    id: AppointmentId,
    revision: Option<i64>,
    details: Details,
    wrong: FieldErrors,
) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let row = service::take(&tx, ctx, id).await?;
    let granted = service::manage(ctx, row)?;
    let row = granted.row();
    service::check_seen(row, revision)?;
    service::check_open(ctx, row)?;
    let mut errors = wrong;
    let details = check::details(ctx, details, &mut errors);
    check::people(ctx, &tx, row.organisation_id, &details, &mut errors).await?;
    check_links(ctx, &tx, row.organisation_id, &details, &mut errors).await?;
    if row.state == State::Proposed && details.minutes != row.minutes {
        // Longer ones may run into each other.
        check::slots(ctx, store::slots(&tx, id).await?, details.minutes, &mut errors);
    }
    errors.into_result()?;
    let mut before: Vec<_> = store::people(&tx, id).await?.into_iter().map(|person| person.user_id).collect();
    before.sort_unstable();
    let fields = changed(row, before != details.people, &details);
    write::edit(&tx, &granted, &details, ctx.now()).await?;
    if !fields.is_empty() {
        let change = Change { act: "edited", fields: fields.join(","), ..Change::default() };
        write::note(&tx, ctx, id, &change).await?;
    }
    // Whoever has it in their calendar hears of what they would stand in front of the wrong door for.
    let matters = ["place", "link", "minutes", "people"].iter().any(|field| fields.contains(field));
    if matters && row.state == State::Confirmed && row.starts_at > ctx.now() {
        let after = store::find(&tx, super::scope::Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::Internal)?;
        tell::about(&tx, ctx, &after, News::Changed, "").await?;
    }
    let event = Event::new("appointment.edit", "appointment", id.0).organisation(row.organisation_id);
    audit::record(&tx, ctx, event.with("fields", fields.join(","))).await?;
    tx.commit().await?;
    Ok(())
}

/// Proposes other times: the customer is asked again, whatever was agreed before. `wrong` is what could not be read.
pub async fn move_to(
    ctx: &Ctx,
    id: AppointmentId,
    revision: Option<i64>,
    slots: Vec<Instant>,
    reason: &str,
    wrong: FieldErrors,
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
    let mut errors = wrong;
    let reason = check::text(ctx, "reason", reason, check::TEXT_LONGEST, &mut errors);
    let slots = match errors.get("slots") {
        None => check::slots(ctx, slots, row.minutes, &mut errors),
        Some(_) => Vec::new(),
    };
    errors.into_result()?;
    write::propose(&tx, &granted, &slots, ctx.now()).await?;
    let old_at = (row.state == State::Confirmed).then_some(row.starts_at);
    write::note(&tx, ctx, id, &Change { act: "moved", old_at, reason: reason.clone(), ..Change::default() }).await?;
    let after = store::find(&tx, super::scope::Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::Internal)?;
    tell::about(&tx, ctx, &after, News::Moved, &reason).await?;
    let event = Event::new("appointment.move", "appointment", id.0).organisation(row.organisation_id);
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    audit::record(&tx, ctx, event.with("slots", slots.len())).await?;
    tx.commit().await?;
    Ok(())
}
