//! Reading a person and their rights: at every request, so that a change holds from the next one.

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::access::{Actor, ActorKind, Hold, Membership, MembershipRole, Reach, Rights, Role, StaffRole, Via};
use crate::ctx::{Ctx, Theme};
use crate::db::{Db, DbResult, Value, args, sql};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::{OrganisationId, TokenId, UserId};
use crate::settings;
use crate::sso::enforce;

use super::assurance::Assurance;

/// A person, once for each organisation they belong to.
macro_rules! load {
    ($which:literal) => {
        concat!(
            "SELECT u.id, u.name, u.email, u.staff_role, u.locale, u.theme, u.time_zone, u.password_hash, m.organisation_id, m.role, m.documents, m.orders, m.money, m.tickets, o.slug, o.name AS organisation_name, o.require_factor, (o.only_sso AND m.role <> 'partner') AS only_sso, (EXISTS (SELECT 1 FROM totp_secrets t WHERE t.user_id = u.id) OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id)) AS has_factor, (SELECT s.value FROM settings s WHERE s.key = 'factor_roles') AS factor_roles FROM users u LEFT JOIN memberships m ON m.user_id = u.id AND m.state = 'active' LEFT JOIN organisations o ON o.id = m.organisation_id AND o.state = 'active' WHERE u.id ",
            $which, " AND u.state = 'active' ORDER BY u.id, o.name, m.organisation_id"
        )
    };
}

sql! {
    LOAD = load!("= $1");
    LOAD_ALL = sqlite: load!("IN (SELECT unhex(value) FROM json_each($1))"), postgres: load!("= ANY($1)");
}

sql! {
    TOKEN_LIVES = "SELECT id FROM api_tokens WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";
}

/// The context with the actor's rights as they are now; nobody, if they may not sign in any more.
pub async fn refreshed(ctx: &Ctx) -> Result<Ctx, AppError> {
    let Some(user) = ctx.actor.user_id() else { return Ok(ctx.clone()) };
    if let Via::Token(id, _) = ctx.actor.via() {
        let row: Option<(TokenId,)> = ctx.db.optional(TOKEN_LIVES, args![*id, ctx.now()]).await?;
        row.ok_or(AppError::Unauthenticated)?;
    }
    let person = load(&ctx.db, user).await?.ok_or(AppError::Unauthenticated)?;
    with_rights(ctx, &person)
}

/// The context with the rights of its person as they were just read.
///
/// # Errors
/// `Unauthenticated` where single sign-on leaves them nothing to see.
pub fn with_rights(ctx: &Ctx, person: &Person) -> Result<Ctx, AppError> {
    // Tokens and the command line have no session that could be held up.
    let hold = ctx.assurance.as_ref().and_then(|assurance| person.hold(assurance));
    let kind = enforce::still(ctx, person).ok_or(AppError::Unauthenticated)?;
    Ok(Ctx { actor: Actor::person(kind, ctx.actor.via().clone()).held(hold), ..ctx.clone() })
}

#[derive(sqlx::FromRow)]
struct Row {
    id: UserId,
    name: String,
    email: String,
    staff_role: Option<StaffRole>,
    locale: Option<Locale>,
    theme: Option<Theme>,
    time_zone: Option<String>,
    password_hash: Option<String>,
    organisation_id: Option<OrganisationId>,
    role: Option<MembershipRole>,
    documents: Option<Reach>,
    orders: Option<Reach>,
    money: Option<Reach>,
    tickets: Option<Reach>,
    slug: Option<String>,
    organisation_name: Option<String>,
    require_factor: Option<bool>,
    only_sso: Option<bool>,
    has_factor: bool,
    factor_roles: Option<String>,
}

/// A person as they are now: rights and preferences.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their id.
    pub user_id: UserId,
    /// Who they are and what they belong to.
    pub kind: Arc<ActorKind>,
    /// Their language, if they chose one.
    pub locale: Option<Locale>,
    /// Their theme, if they chose one.
    pub theme: Option<Theme>,
    /// Their time zone, if they chose one: a name of the IANA database.
    pub time_zone: Option<String>,
    /// Changes with the password: sessions made before do not outlive it.
    pub auth_hash: Vec<u8>,
    /// Has an authenticator app or a passkey.
    pub has_factor: bool,
    /// Must have one: because of their role, or because an organisation of theirs asks for it.
    pub factor_required: bool,
    /// Organisations of theirs that are seen only by who came through the organisation's provider.
    pub only_sso: Vec<OrganisationId>,
}

impl Person {
    /// What holds a session of theirs up.
    pub fn hold(&self, assurance: &Assurance) -> Option<Hold> {
        match (assurance.is_strong(), self.has_factor, self.factor_required) {
            (false, true, _) => Some(Hold::ProveFactor),
            (false, false, true) => Some(Hold::EnrolFactor),
            _ => None,
        }
    }
}

/// Reads an active person; `None` for unknown and suspended ones.
pub async fn load(db: &Db, user_id: UserId) -> DbResult<Option<Person>> {
    Ok(person(db.all(LOAD, args![user_id]).await?))
}

/// Reads several people at once; without unknown and suspended ones.
pub async fn load_all(db: &Db, users: &[UserId]) -> DbResult<HashMap<UserId, Person>> {
    if users.is_empty() {
        return Ok(HashMap::new());
    }
    let users = Value::Uuids(users.iter().map(|user| user.0).collect());
    let rows: Vec<Row> = db.all(LOAD_ALL, args![users]).await?;
    let mut people: HashMap<UserId, Vec<Row>> = HashMap::new();
    for row in rows {
        people.entry(row.id).or_default().push(row);
    }
    Ok(people.into_iter().filter_map(|(id, rows)| Some((id, person(rows)?))).collect())
}

/// One person of their rows.
fn person(rows: Vec<Row>) -> Option<Person> {
    let first = rows.first()?;
    let user_id = first.id;
    let auth_hash = Sha256::digest(first.password_hash.as_deref().unwrap_or_default()).to_vec();
    let (name, email, staff) = (first.name.clone(), first.email.clone(), first.staff_role);
    let has_factor = first.has_factor;
    let roles = settings::parse_factor_roles(first.factor_roles.as_deref());
    let by_role = |role: Role| roles.contains(&role);
    let factor_required = match staff {
        Some(staff) => by_role(Role::Staff(staff)),
        None => rows.iter().any(|row| row.require_factor == Some(true) || row.role.is_some_and(|r| by_role(r.role()))),
    };
    let (locale, theme, time_zone) = (first.locale, first.theme, first.time_zone.clone());
    let only_sso = rows.iter().filter(|row| row.only_sso == Some(true)).filter_map(|row| row.organisation_id).collect();
    let memberships = if staff.is_some() {
        // Staff or customer, never both.
        Vec::new()
    } else {
        rows.into_iter()
            .filter_map(|row| {
                Some(Membership {
                    organisation_id: row.organisation_id?,
                    slug: row.slug?,
                    name: row.organisation_name?,
                    role: row.role?,
                    rights: Rights {
                        documents: row.documents?,
                        orders: row.orders?,
                        money: row.money?,
                        tickets: row.tickets?,
                    },
                })
            })
            .collect()
    };
    let kind = Arc::new(ActorKind::Person { user_id, name, email, staff, memberships });
    Some(Person { user_id, kind, locale, theme, time_zone, auth_hash, has_factor, factor_required, only_sso })
}
