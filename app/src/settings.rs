//! Settings of the portal that live in the database.

pub mod page;
pub mod server;
pub mod service;

use crate::access::Role;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::AppError;

sql! {
    GET = "SELECT value FROM settings WHERE key = $1";
    KEY = sqlite: "SELECT value FROM settings WHERE key = 'key_fingerprint'", postgres: "SELECT value FROM settings WHERE key = 'key_fingerprint' FOR SHARE";
    SET = "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
}

/// The name of a portal that nobody has named.
const UNNAMED: &str = "Kontor";

/// The operator's name, shown on every page.
pub async fn portal_name(db: &Db) -> DbResult<String> {
    let row: Option<(String,)> = db.optional(GET, args!["portal_name"]).await?;
    Ok(row.map_or_else(|| UNNAMED.to_owned(), |(name,)| name))
}

/// Sets the operator's name.
pub async fn set_portal_name(tx: &Tx, name: &str) -> DbResult<()> {
    tx.execute(SET, args!["portal_name", name]).await.map(|_| ())
}

/// The fingerprint of the key that the database's secrets were sealed with; none: no key has come yet.
pub async fn key_fingerprint(db: &Db) -> DbResult<Option<String>> {
    let row: Option<(String,)> = db.optional(GET, args!["key_fingerprint"]).await?;
    Ok(row.map(|(known,)| known))
}

/// Whether the database's secrets were sealed with the key of this fingerprint. The first key to come is noted.
pub async fn check_key(db: &Db, fingerprint: &str) -> DbResult<bool> {
    if let Some(known) = key_fingerprint(db).await? {
        return Ok(known == fingerprint);
    }
    let tx = db.begin().await?;
    tx.execute(SET, args!["key_fingerprint", fingerprint]).await?;
    tx.commit().await?;
    Ok(true)
}

/// Refuses to note anything that was sealed with a key that has been exchanged meanwhile; whoever exchanges it waits for
/// the commit.
pub async fn check_key_in(tx: &Tx, fingerprint: &str) -> Result<(), AppError> {
    let row: Option<(String,)> = tx.optional(KEY, args![]).await?;
    if row.is_none_or(|(known,)| known == fingerprint) {
        return Ok(());
    }
    tracing::error!("the installation key was exchanged while this process runs: it must be started again");
    Err(AppError::Unavailable)
}

/// Notes the key that secrets are sealed with from now on.
pub async fn set_key(tx: &Tx, fingerprint: &str) -> DbResult<()> {
    tx.execute(SET, args!["key_fingerprint", fingerprint]).await.map(|_| ())
}

/// The setting that `sign_in/actor.rs` reads with every person.
const FACTOR_ROLES: &str = "factor_roles";

/// Roles that need a second factor where nobody has decided otherwise: whoever can do the most harm.
fn factor_roles_by_default() -> Vec<Role> {
    let staff = Role::ALL.into_iter().filter(|role| matches!(role, Role::Staff(_)));
    staff.chain([Role::CustomerAdmin]).collect()
}

/// The roles that need a second factor, as stored. A name this program does not know is of another version.
pub fn parse_factor_roles(stored: Option<&str>) -> Vec<Role> {
    stored.map_or_else(factor_roles_by_default, |names| names.split_whitespace().filter_map(Role::parse).collect())
}

/// The roles that need a second factor.
pub async fn factor_roles(db: &Db) -> DbResult<Vec<Role>> {
    let row: Option<(String,)> = db.optional(GET, args![FACTOR_ROLES]).await?;
    Ok(parse_factor_roles(row.as_ref().map(|(names,)| names.as_str())))
}

/// Sets the roles that need a second factor; none is a decision too.
pub async fn set_factor_roles(tx: &Tx, roles: &[Role]) -> DbResult<()> {
    let names: Vec<&str> = roles.iter().map(|role| role.name()).collect();
    tx.execute(SET, args![FACTOR_ROLES, names.join(" ")]).await.map(|_| ())
}

/// Whether a customer's administrators see who of staff looked at the portal as one of theirs. They do, unless somebody
/// decided otherwise.
pub async fn view_as_shown(db: &Db) -> DbResult<bool> {
    let row: Option<(String,)> = db.optional(GET, args!["view_as_shown"]).await?;
    Ok(row.is_none_or(|(value,)| is_shown(&value)))
}

fn is_shown(stored: &str) -> bool {
    stored != "no"
}

/// The fields of master data that customers' administrators may change where staff decided nothing for the customer;
/// `None` where nobody decided at all.
pub async fn released_fields(db: &Db) -> DbResult<Option<String>> {
    let row: Option<(String,)> = db.optional(GET, args!["released_fields"]).await?;
    Ok(row.map(|(value,)| value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::StaffRole;

    #[test]
    fn without_a_decision_staff_and_customer_admins_need_a_factor() {
        let roles = parse_factor_roles(None);
        assert!(roles.contains(&Role::CustomerAdmin) && roles.contains(&Role::Staff(StaffRole::Support)));
        assert!(!roles.contains(&Role::Customer) && !roles.contains(&Role::Partner));
        assert!(parse_factor_roles(Some("")).is_empty());
        assert_eq!(parse_factor_roles(Some("customer emperor")), [Role::Customer]);
    }
}
