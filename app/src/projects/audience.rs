//! "Who can see this?" for a project.

use crate::access::{Action, grant};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::documents::model::Reader;
use crate::error::AppError;
use crate::ids::ProjectId;
use crate::people::readers::{Member, member, members, with_staff};

use super::policy::SeeAudience;
use super::scope::{Scope, reaches};
use super::store;

sql! {
    MEMBERS = concat!("SELECT ", member!("FALSE", "EXISTS (SELECT 1 FROM project_people x WHERE x.user_id = u.id AND x.project_id = j.id)"), " FROM projects j JOIN organisations c ON c.id = j.organisation_id", members!(), "WHERE j.id = $1 AND ", reaches!(), " ORDER BY u.name, u.id");
}

/// Everybody who sees a project, and why: customers first, then staff.
pub async fn readers(ctx: &Ctx, id: ProjectId) -> Result<Vec<Reader>, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let row = grant::<SeeAudience, _>(&ctx.actor, row)?.into_row();
    let members: Vec<Member> = ctx.db.all(MEMBERS, args![id]).await?;
    Ok(with_staff(&ctx.db, members, row.organisation_id, Action::ProjectRead).await?)
}
