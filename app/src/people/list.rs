//! Finding people for the command line.

use crate::access::{Action, Relation, StaffRole, allow};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::ids::UserId;
use crate::time::Instant;

use super::state::UserState;

sql! {
    LIST = "SELECT id, email, name, staff_role, state, last_sign_in_at, created_at FROM users WHERE email_key > $1 ORDER BY email_key LIMIT $2";
    FIND = "SELECT id, email, name, staff_role, state, last_sign_in_at, created_at FROM users WHERE id = $1";
    MEMBERSHIPS = "SELECT m.user_id, o.slug, m.role, m.state FROM memberships m JOIN organisations o ON o.id = m.organisation_id JOIN users u ON u.id = m.user_id WHERE u.email_key > $1 AND u.email_key <= $2 ORDER BY u.email_key, o.slug";
    MEMBERSHIPS_OF = "SELECT m.user_id, o.slug, m.role, m.state FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = $1 ORDER BY o.slug";
}

/// Somebody with a login.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Sign-in address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Set for staff.
    pub staff_role: Option<StaffRole>,
    /// Whether they may sign in.
    pub state: UserState,
    /// When they last did.
    pub last_sign_in_at: Option<Instant>,
    /// Since when there is a login.
    pub created_at: Instant,
}

/// What somebody is in an organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct UserMembership {
    /// Who.
    pub user_id: UserId,
    /// Short name of the organisation.
    pub slug: String,
    /// Role in it.
    pub role: String,
    /// active or suspended.
    pub state: String,
}

/// People by address after this one, and what they are where.
pub async fn list(ctx: &Ctx, after: &str, limit: i64) -> Result<(Vec<User>, Vec<UserMembership>), AppError> {
    allow(&ctx.actor, Action::UserRead, Relation::Other, None)?;
    let users: Vec<User> = ctx.db.all(LIST, args![after, limit]).await?;
    let last = users.last().map(|user| crate::sign_in::service::email_key(&user.email)).unwrap_or_default();
    let memberships = ctx.db.all(MEMBERSHIPS, args![after, last]).await?;
    Ok((users, memberships))
}

/// One person, and what they are where.
pub async fn show(ctx: &Ctx, user: UserId) -> Result<(User, Vec<UserMembership>), AppError> {
    allow(&ctx.actor, Action::UserRead, Relation::Other, None)?;
    let found = ctx.db.optional(FIND, args![user]).await?.ok_or(AppError::NotFound)?;
    Ok((found, ctx.db.all(MEMBERSHIPS_OF, args![user]).await?))
}
