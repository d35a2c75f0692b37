//! "Who can see this?" for an appointment.

use crate::access::{Action, grant};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::documents::model::Reader;
use crate::error::AppError;
use crate::ids::AppointmentId;
use crate::people::readers::{Member, member, members, with_staff};

use super::policy::SeeAudience;
use super::scope::{Scope, sees};
use super::store;

sql! {
    MEMBERS = concat!("SELECT ", member!("EXISTS (SELECT 1 FROM appointment_people x WHERE x.user_id = u.id AND x.appointment_id = a.id)", "EXISTS (SELECT 1 FROM project_people x WHERE x.user_id = u.id AND x.project_id = a.project_id)"), " FROM appointments a JOIN organisations c ON c.id = a.organisation_id", members!(), "WHERE a.id = $1 AND ", sees!("u.id"), " ORDER BY u.name, u.id");
}

/// Everybody who sees an appointment, and why: customers first, then staff.
pub async fn readers(ctx: &Ctx, id: AppointmentId) -> Result<Vec<Reader>, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let row = grant::<SeeAudience, _>(&ctx.actor, row)?.into_row();
    let members: Vec<Member> = ctx.db.all(MEMBERS, args![id]).await?;
    Ok(with_staff(&ctx.db, members, row.organisation_id, Action::AppointmentRead).await?)
}
