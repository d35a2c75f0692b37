//! "Who can see this?" for a request.

use crate::access::{Action, grant};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::documents::model::Reader;
use crate::error::AppError;
use crate::ids::RequestId;
use crate::people::readers::{Member, member, members, with_staff};

use super::policy::SeeAudience;
use super::scope::sees;
use super::service;

sql! {
    MEMBERS = concat!("SELECT ", member!("EXISTS (SELECT 1 FROM document_request_people x WHERE x.user_id = u.id AND x.request_id = q.id)", "FALSE"), " FROM document_requests q JOIN organisations c ON c.id = q.organisation_id", members!(), "WHERE q.id = $1 AND ", sees!("u.id"), " ORDER BY u.name, u.id");
}

/// Everybody who sees a request, and why: customers first, then staff.
pub async fn readers(ctx: &Ctx, id: RequestId) -> Result<Vec<Reader>, AppError> {
    let row = service::find(ctx, id).await?;
    let row = grant::<SeeAudience, _>(&ctx.actor, row)?.into_row();
    let members: Vec<Member> = ctx.db.all(MEMBERS, args![id]).await?;
    Ok(with_staff(&ctx.db, members, row.organisation_id, Action::RequestRead(row.topic)).await?)
}
