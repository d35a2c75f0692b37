//! Suspending and restoring people, their roles, and ending their sessions. The last administrator is protected: a
//! portal nobody administers can only be helped at the machine.

use crate::access::{MembershipRole, Role, StaffRole};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, Value, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::factors::tell;
use crate::ids::UserId;
use crate::mail::{Button, Template};
use crate::organisation::manage;
use crate::paths;
use crate::sign_in::sessions;
use crate::team::model::Change as MemberChange;
use crate::team::service::{self as team, Seen};
use crate::view_as;

use super::users::check_manage;

sql! {
    /// Locked on PostgreSQL, so that of two who change the same person at once the second sees what the first did.
    FIND = sqlite: "SELECT state, staff_role, revision FROM users WHERE id = $1",
        postgres: "SELECT state, staff_role, revision FROM users WHERE id = $1 FOR UPDATE";
    CHANGE = "UPDATE users SET state = $2, staff_role = $3, revision = revision + 1 WHERE id = $1";
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

/// What is changed about somebody with a login; what is left out stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change {
    /// Whether they may sign in.
    pub state: Option<UserState>,
    /// Another role, for staff.
    pub role: Option<StaffRole>,
}

async fn find(tx: &Tx, user: UserId) -> Result<(UserState, Option<StaffRole>, i64), AppError> {
    tx.optional(FIND, args![user]).await?.ok_or(AppError::NotFound)
}

/// Changes whether somebody may sign in and what they are at the house, if they still are the revision that was seen;
/// without one, whatever they are. It holds from their next request: whoever is suspended has no session and no token
/// any more, and gets back what they had before when restored. What changes nothing is done already.
///
/// # Errors
/// `Stale` where somebody was faster; `Conflict` for oneself and for the last administrator; `Invalid` for a role of
/// somebody who is a customer, and has roles by organisation; `NotFound` for nobody.
pub async fn change(ctx: &Ctx, user: UserId, revision: Option<i64>, change: Change) -> Result<(), AppError> {
    check_manage(ctx)?;
    let suspends = change.state == Some(UserState::Suspended);
    if ctx.actor.user_id() == Some(user) && (suspends || change.role.is_some()) {
        return Err(AppError::Conflict(ctx.t("people-not-yourself").to_owned()));
    }
    let tx = ctx.db.begin().await?;
    if suspends || change.role.is_some_and(|role| role != StaffRole::Administrator) {
        // Before the person is locked, so that everybody locks in the same order.
        spare_last_administrator(&tx, ctx, user).await?;
    }
    let (state, role, seen) = find(&tx, user).await?;
    if revision.is_some_and(|revision| revision != seen) {
        return Err(AppError::Stale);
    }
    if change.role.is_some() && role.is_none() {
        return Err(AppError::Invalid(FieldErrors::one("role", ctx.t("people-not-staff"))));
    }
    let (new_state, new_role) = (change.state.unwrap_or(state), change.role.or(role));
    if (new_state, new_role) == (state, role) {
        return Ok(());
    }
    tx.execute(CHANGE, args![user, new_state.name(), Value::Text(new_role.map(|role| role.name().to_owned()))]).await?;
    let suspended = state != new_state && new_state == UserState::Suspended;
    let ended = if suspended { sessions::end_others(&tx, ctx, user, None).await? } else { 0 };
    if suspended {
        tell::of_state(&tx, ctx, user, Template::Suspended, Button::None).await?;
    } else if state != new_state {
        let way_in = Button::Path(paths::SIGN_IN.to_owned());
        tell::of_state(&tx, ctx, user, Template::Restored, way_in).await?;
    }
    view_as::recheck(&tx, ctx).await?;
    if let (Some(before), Some(after)) = (role, new_role.filter(|after| Some(*after) != role)) {
        let event = Event::new("user.role", "user", user.0).with("before", before.name()).with("role", after.name());
        audit::record(&tx, ctx, event).await?;
    }
    if suspended {
        audit::record(&tx, ctx, Event::new("user.suspend", "user", user.0).with("sessions", ended)).await?;
    } else if state != new_state {
        audit::record(&tx, ctx, Event::new("user.restore", "user", user.0)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Lets nobody sign in as this person any more.
pub async fn suspend(ctx: &Ctx, user: UserId) -> Result<(), AppError> {
    change(ctx, user, None, Change { state: Some(UserState::Suspended), role: None }).await
}

/// Lets a suspended person sign in again.
pub async fn restore(ctx: &Ctx, user: UserId) -> Result<(), AppError> {
    change(ctx, user, None, Change { state: Some(UserState::Active), role: None }).await
}

/// Gives a member of staff another role.
pub async fn set_staff_role(ctx: &Ctx, user: UserId, role: StaffRole) -> Result<(), AppError> {
    change(ctx, user, None, Change { state: None, role: Some(role) }).await
}

/// Ends all of a person's sessions; says how many.
pub async fn sign_out(ctx: &Ctx, user: UserId) -> Result<u64, AppError> {
    check_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    find(&tx, user).await?;
    let ended = sessions::end_others(&tx, ctx, user, None).await?;
    audit::record(&tx, ctx, Event::new("session.end_all", "user", user.0).with("sessions", ended)).await?;
    tx.commit().await?;
    Ok(ended)
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
            let change = MemberChange { role: Some(membership), ..MemberChange::default() };
            team::change(ctx, organisation, user, Seen::default(), change).await.map(|_| ())
        }
        None => Err(AppError::Invalid(FieldErrors::one("organisation", "a customer's role is one in an organisation"))),
    }
}
