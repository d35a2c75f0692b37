//! Making people: what the command line and the demo need. Invitations will enter here too.

pub mod list;
pub mod readers;
pub mod state;
pub mod terms;
pub mod users;

pub use state::{restore, set_role, set_staff_role, sign_out, suspend};

use crate::access::{MembershipRole, Reach, Rights, Role};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, Value, args, is_unique_violation, sql};
use crate::error::{AppError, FieldErrors};
use crate::factors::store as factors;
use crate::i18n::Locale;
use crate::ids::{OrganisationId, UserId};
use crate::sign_in::service::email_key;
use crate::sign_in::{password, sessions};
use crate::team::store as team;

sql! {
    FIND = "SELECT id FROM users WHERE email_key = $1";
    ORGANISATION = "SELECT id FROM organisations WHERE slug = $1 AND state = 'active'";
    INSERT = "INSERT INTO users (id, email, email_key, name, staff_role, state, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, 'active', $6, $7)";
    INSERT_MEMBERSHIP = "INSERT INTO memberships (user_id, organisation_id, role, state, documents, orders, money, tickets, created_at) VALUES ($1, $2, $3, 'active', $4, $5, $6, $7, $8)";
    LOCALE = "SELECT locale FROM users WHERE id = $1";
}

/// The language somebody chose.
pub async fn locale(db: &Db, user: UserId) -> DbResult<Option<Locale>> {
    let row: Option<(Option<Locale>,)> = db.optional(LOCALE, args![user]).await?;
    Ok(row.and_then(|(locale,)| locale))
}

/// Somebody new.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Sign-in address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// What they are: staff, or a customer of the organisation.
    pub role: Role,
    /// Short name of the organisation, for customers.
    pub organisation: Option<String>,
}

/// Whether a text looks like an address that a mail can go to. What it really is, only a mail tells.
pub fn is_address(email: &str) -> bool {
    let parts = email.rsplit_once('@').filter(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
    });
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ',' | ';' | '\\');
    parts.is_some() && email.len() <= 254 && !email.chars().any(odd)
}

/// The person with this address.
pub async fn find(db: &Db, email: &str) -> DbResult<Option<UserId>> {
    let row: Option<(UserId,)> = db.optional(FIND, args![email_key(email)]).await?;
    Ok(row.map(|(id,)| id))
}

/// Makes a person who can sign in. The password has been checked.
pub async fn create(ctx: &Ctx, new: NewPerson, secret: &str) -> Result<UserId, AppError> {
    let hash = password::hash(secret).await?;
    let tx = ctx.db.begin().await?;
    let id = insert(&tx, ctx, new, &hash).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same inside a transaction, with the hash of the password.
pub async fn insert(tx: &Tx, ctx: &Ctx, new: NewPerson, hash: &str) -> Result<UserId, AppError> {
    let invalid = |field: &str, text: &str| Err(AppError::Invalid(FieldErrors::one(field, text)));
    let email = new.email.trim();
    if !is_address(email) {
        return invalid("email", "not an e-mail address");
    }
    if new.name.trim().is_empty() {
        return invalid("name", "is empty");
    }
    let (staff, membership) = match new.role {
        Role::Staff(role) => (Some(role), None),
        Role::Customer => (None, Some(MembershipRole::Member)),
        Role::CustomerAdmin => (None, Some(MembershipRole::Admin)),
        Role::Partner => (None, Some(MembershipRole::Partner)),
    };
    let organisation: Option<(OrganisationId,)> = match &new.organisation {
        Some(slug) => tx.optional(ORGANISATION, args![slug]).await?,
        None => None,
    };
    match (membership, &new.organisation, organisation) {
        (None, None, _) | (Some(_), Some(_), Some(_)) => {}
        (None, Some(_), _) => return invalid("organisation", "staff belong to no customer"),
        (Some(_), None, _) => return invalid("organisation", "a customer belongs to an organisation"),
        (Some(_), Some(slug), None) => return invalid("organisation", &format!("there is no organisation {slug}")),
    }
    if let Some((organisation,)) = organisation {
        team::lock(tx, organisation).await?;
    }
    let id = UserId::new();
    let staff_name = Value::Text(staff.map(|role| role.name().to_owned()));
    let inserted =
        tx.execute(INSERT, args![id, email, email_key(email), new.name.trim(), staff_name, hash, ctx.now()]).await;
    match inserted {
        Err(e) if is_unique_violation(&e) => return invalid("email", "somebody has this address already"),
        other => other?,
    };
    terms::note(tx, id).await?;
    if let (Some(role), Some((organisation,))) = (membership, organisation) {
        let limit = if role == MembershipRole::Admin { Rights::ALL } else { team::limits(tx, organisation).await? };
        let Rights { documents, orders, money, tickets } = Rights::default_of(role).at_most(limit);
        let rights = [documents, orders, money, tickets].map(Reach::name);
        let [documents, orders, money, tickets] = rights;
        let values = args![id, organisation, role.name(), documents, orders, money, tickets, ctx.now()];
        tx.execute(INSERT_MEMBERSHIP, values).await?;
    }
    let mut event = Event::new("user.create", "user", id.0).with("role", new.role.name());
    if let Some((organisation,)) = organisation {
        event = event.organisation(organisation);
    }
    audit::record(tx, ctx, event).await?;
    Ok(id)
}

/// Sets a person's password, which is long enough without a second factor; their sessions end with the old one.
pub async fn set_password(tx: &Tx, ctx: &Ctx, user: UserId, hash: &str) -> Result<(), AppError> {
    factors::set_password(tx, user, hash, false).await?;
    sessions::end_others(tx, ctx, user, None).await?;
    audit::record(tx, ctx, Event::new("user.password", "user", user.0)).await?;
    Ok(())
}
