//! Suspending and restoring people, their roles, and ending their sessions. The last administrator is protected: a
//! portal nobody administers can only be helped at the machine.

use crate::access::{Action, MembershipRole, Relation, Role, StaffRole, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::UserId;
use crate::organisation::manage;
use crate::sign_in::sessions;
use crate::team::model::Change;
use crate::team::service::{self as team, Seen};

sql! {
    FIND = "SELECT state, staff_role FROM users WHERE id = $1";
    SUSPEND = "UPDATE users SET state = 'suspended' WHERE id = $1 AND state = 'active'";
    RESTORE = "UPDATE users SET state = 'active' WHERE id = $1 AND state = 'suspended'";
    SET_STAFF_ROLE = "UPDATE users SET staff_role = $2 WHERE id = $1";
    /// Locked on PostgreSQL, so that two who suspend each other at once do not both succeed; SQLite has one writer.
    ADMINISTRATORS = sqlite: "SELECT id FROM users WHERE staff_role = 'administrator' AND state = 'active' ORDER BY id",
        postgres: "SELECT id FROM users WHERE staff_role = 'administrator' AND state = 'active' ORDER BY id FOR UPDATE";
}

/// The state of somebody with a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum UserState {
    /// May sign in.
    Active,
    /// May not; what they have made and their memberships stay.
    Suspended,
}

impl UserState {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Active, Self::Suspended].into_iter().find(|state| state.name() == name)
    }
}

/// Refuses what would leave the portal without an administrator.
async fn spare_last_administrator(tx: &Tx, ctx: &Ctx, user: UserId) -> Result<(), AppError> {
    let administrators: Vec<(UserId,)> = tx.all(ADMINISTRATORS, args![]).await?;
    let others = administrators.iter().any(|(id,)| *id != user);
    let one = administrators.iter().any(|(id,)| *id == user);
    if one && !others { Err(AppError::Conflict(ctx.t("people-last-administrator").to_owned())) } else { Ok(()) }
}

fn may_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::UserManage, Relation::Other, None)
}

async fn find(tx: &Tx, user: UserId) -> Result<(UserState, Option<StaffRole>), AppError> {
    tx.optional(FIND, args![user]).await?.ok_or(AppError::NotFound)
}

/// Lets nobody sign in as this person any more, from the next request on: their sessions end, their tokens stop
/// working. Suspending somebody twice changes nothing.
///
/// # Errors
/// `Conflict` for oneself and for the last administrator; `NotFound` for nobody.
pub async fn suspend(ctx: &Ctx, user: UserId) -> Result<(), AppError> {
    may_manage(ctx)?;
    if ctx.actor.user_id() == Some(user) {
        return Err(AppError::Conflict(ctx.t("people-not-yourself").to_owned()));
    }
    let tx = ctx.db.begin().await?;
    find(&tx, user).await?;
    spare_last_administrator(&tx, ctx, user).await?;
    if tx.execute(SUSPEND, args![user]).await? > 0 {
        let ended = sessions::end_others(&tx, user, None, ctx.now()).await?;
        audit::record(&tx, ctx, Event::new("user.suspend", "user", user.0).with("sessions", ended)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Lets a suspended person sign in again, with what they had before. Restoring somebody active changes nothing.
pub async fn restore(ctx: &Ctx, user: UserId) -> Result<(), AppError> {
    may_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    find(&tx, user).await?;
    if tx.execute(RESTORE, args![user]).await? > 0 {
        audit::record(&tx, ctx, Event::new("user.restore", "user", user.0)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Ends all of a person's sessions; says how many.
pub async fn sign_out(ctx: &Ctx, user: UserId) -> Result<u64, AppError> {
    may_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    find(&tx, user).await?;
    let ended = sessions::end_others(&tx, user, None, ctx.now()).await?;
    audit::record(&tx, ctx, Event::new("session.end_all", "user", user.0).with("sessions", ended)).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Gives a member of staff another role.
///
/// # Errors
/// `Conflict` for oneself and for the last administrator; `Invalid` for a customer, who has roles by organisation.
pub async fn set_staff_role(ctx: &Ctx, user: UserId, role: StaffRole) -> Result<(), AppError> {
    may_manage(ctx)?;
    if ctx.actor.user_id() == Some(user) {
        return Err(AppError::Conflict(ctx.t("people-not-yourself").to_owned()));
    }
    let tx = ctx.db.begin().await?;
    let (_, before) = find(&tx, user).await?;
    let Some(before) = before else {
        return Err(AppError::Invalid(FieldErrors::one("role", ctx.t("people-not-staff"))));
    };
    if before != role {
        if role != StaffRole::Administrator {
            spare_last_administrator(&tx, ctx, user).await?;
        }
        tx.execute(SET_STAFF_ROLE, args![user, role.name()]).await?;
        let event = Event::new("user.role", "user", user.0).with("before", before.name()).with("role", role.name());
        audit::record(&tx, ctx, event).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The role of the command line in the two kinds there are.
pub async fn set_role(ctx: &Ctx, user: UserId, role: Role, organisation: Option<&str>) -> Result<(), AppError> {
    let membership = match role {
        Role::Staff(role) => return set_staff_role(ctx, user, role).await,
        Role::Customer => MembershipRole::Member,
        Role::CustomerAdmin => MembershipRole::Admin,
        Role::Partner => MembershipRole::Partner,
    };
    match organisation {
        Some(slug) => {
            let organisation = manage::by_slug(ctx, slug).await?;
            let change = Change { role: Some(membership), ..Change::default() };
            team::change(ctx, organisation, user, Seen::default(), change).await.map(|_| ())
        }
        None => Err(AppError::Invalid(FieldErrors::one("organisation", "a customer's role is one in an organisation"))),
    }
}
