//! Everybody with a sign-in, for the staff page and the API: found by name or address, by kind, role and state.

use crate::access::{Action, MembershipRole, Relation, StaffRole, allow};
use crate::ctx::Ctx;
use crate::db::{Value, args, sql};
use crate::error::AppError;
use crate::ids::{OrganisationId, UserId};
use crate::organisation::store::{Scope, may_see};
use crate::team::model::MemberState;
use crate::time::Instant;

use super::state::UserState;

sql! {
    /// `$1` after this address, `$2` how many, `$3` part of a name or an address, `$4` staff or customer, `$5` a staff
    /// role, `$6` a state. Lists are in the order of the addresses, which are indexed.
    FOUND = "SELECT u.id, u.email, u.email_key, u.name, u.staff_role, u.state, u.last_sign_in_at, u.revision, (EXISTS (SELECT 1 FROM totp_secrets t WHERE t.user_id = u.id) OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id)) AS has_factor, (SELECT MIN(o.name) FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = u.id) AS organisation FROM users u WHERE u.email_key > $1 AND ($3 = '' OR u.email_key LIKE $3 ESCAPE '!' OR LOWER(u.name) LIKE $3 ESCAPE '!') AND ($4 = '' OR ($4 = 'staff' AND u.staff_role IS NOT NULL) OR ($4 = 'customer' AND u.staff_role IS NULL)) AND ($5 = '' OR u.staff_role = $5) AND ($6 = '' OR u.state = $6) ORDER BY u.email_key LIMIT $2";
    ONE = "SELECT u.id, u.email, u.email_key, u.name, u.staff_role, u.state, u.last_sign_in_at, u.revision, (EXISTS (SELECT 1 FROM totp_secrets t WHERE t.user_id = u.id) OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id)) AS has_factor, (SELECT MIN(o.name) FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = u.id) AS organisation FROM users u WHERE u.id = $1";
    /// `$1` to `$3` whose customers these may be, `$4` the person.
    PLACES = concat!("SELECT o.id, o.name, p.role, p.state FROM memberships p JOIN organisations o ON o.id = p.organisation_id WHERE p.user_id = $4 AND ", may_see!(), " ORDER BY o.name, o.id LIMIT 200");
    CUSTOMERS = concat!("SELECT o.id, o.name, a.is_contact FROM staff_assignments a JOIN organisations o ON o.id = a.organisation_id WHERE a.user_id = $4 AND ", may_see!(), " ORDER BY o.name, o.id LIMIT 200");
    SESSIONS = "SELECT COUNT(*) AS n FROM sessions WHERE user_id = $1 AND ended_at IS NULL AND last_seen_at > $2 AND created_at > $3";
    TOKENS = "SELECT COUNT(*) AS n FROM api_tokens WHERE user_id = $1 AND revoked_at IS NULL";
}

/// Somebody with a sign-in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Found {
    /// Id.
    pub id: UserId,
    /// Sign-in address.
    pub email: String,
    /// What lists are in the order of.
    pub email_key: String,
    /// Name.
    pub name: String,
    /// Set for staff.
    pub staff_role: Option<StaffRole>,
    /// Whether they may sign in.
    pub state: UserState,
    /// When they last did.
    pub last_sign_in_at: Option<Instant>,
    /// Raised by every change; the ETag.
    pub revision: i64,
    /// Has an authenticator app or a passkey.
    pub has_factor: bool,
    /// The first of their organisations by name.
    pub organisation: Option<String>,
}

/// What somebody is where.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PlaceOf {
    /// The customer.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Role there.
    pub role: MembershipRole,
    /// Whether the membership counts.
    pub state: MemberState,
}

/// A customer whom a member of staff looks after.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CustomerOf {
    /// The customer.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The customer sees them as its contact.
    pub is_contact: bool,
}

/// Which people.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a name or an address.
    pub search: String,
    /// `staff`, `customer` or empty.
    pub kind: String,
    /// A staff role.
    pub role: Option<StaffRole>,
    /// A state.
    pub state: Option<UserState>,
    /// After this address.
    pub after: String,
    /// How many.
    pub limit: i64,
}

impl Filter {
    /// Nobody is left out, and it is the first page.
    pub fn is_everybody(&self) -> bool {
        let chosen = self.role.is_some() || self.state.is_some();
        !chosen && [&self.search, &self.kind, &self.after].into_iter().all(|text| text.trim().is_empty())
    }
}

/// Whether the actor may see everybody.
pub fn check(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::UserRead, Relation::Other, None)
}

/// Refuses whoever may not change anything about them.
pub fn check_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::UserManage, Relation::Other, None)
}

/// Whether the actor may change anything about them.
pub fn may_manage(ctx: &Ctx) -> bool {
    check_manage(ctx).is_ok()
}

/// The text anywhere, its own signs of the pattern taken as they are.
fn pattern(search: &str) -> String {
    let text = search.trim().to_lowercase();
    if text.is_empty() {
        return String::new();
    }
    format!("%{}%", text.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

/// A page of people by address, and whether there are more.
pub async fn find(ctx: &Ctx, filter: &Filter) -> Result<(Vec<Found>, bool), AppError> {
    check(ctx)?;
    let role = filter.role.map_or("", StaffRole::name);
    let state = filter.state.map_or("", UserState::name);
    let values = args![&filter.after, filter.limit + 1, pattern(&filter.search), &filter.kind, role, state];
    let mut rows: Vec<Found> = ctx.db.all(FOUND, values).await?;
    let wanted = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, more))
}

/// One person.
pub async fn one(ctx: &Ctx, id: UserId) -> Result<Found, AppError> {
    check(ctx)?;
    ctx.db.optional(ONE, args![id]).await?.ok_or(AppError::NotFound)
}

/// `$1` to `$4` of what is said of somebody at customers; none for a token that was narrowed to other areas.
fn at_customers(ctx: &Ctx, person: &Found) -> Result<Option<[Value; 4]>, AppError> {
    check(ctx)?;
    match Scope::of(&ctx.actor) {
        Err(AppError::Forbidden) => Ok(None),
        scope => {
            let [user, assigned, all] = scope?.values();
            Ok(Some([user, assigned, all, person.id.into()]))
        }
    }
}

/// What somebody who was found is at the customers that the actor may see.
pub async fn places(ctx: &Ctx, person: &Found) -> Result<Vec<PlaceOf>, AppError> {
    match at_customers(ctx, person)? {
        Some(values) => Ok(ctx.db.all(PLACES, values).await?),
        None => Ok(Vec::new()),
    }
}

/// Whom somebody of the staff who was found looks after, of the customers that the actor may see.
pub async fn customers(ctx: &Ctx, person: &Found) -> Result<Vec<CustomerOf>, AppError> {
    match at_customers(ctx, person)? {
        Some(values) => Ok(ctx.db.all(CUSTOMERS, values).await?),
        None => Ok(Vec::new()),
    }
}

/// How many sessions and tokens of theirs work.
pub async fn counts(ctx: &Ctx, person: &Found) -> Result<(i64, i64), AppError> {
    check(ctx)?;
    let lifetimes = ctx.portal.sessions;
    let (idle, absolute) = (ctx.now().minus(lifetimes.idle), ctx.now().minus(lifetimes.absolute));
    let (sessions,): (i64,) = ctx.db.one(SESSIONS, args![person.id, idle, absolute]).await?;
    let (tokens,): (i64,) = ctx.db.one(TOKENS, args![person.id]).await?;
    Ok((sessions, tokens))
}
