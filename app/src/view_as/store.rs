//! The SQL of looking as somebody else.

use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{OrganisationId, UserId, ViewId};
use crate::time::Instant;

use super::Viewing;

sql! {
    INSERT = "INSERT INTO view_as_sessions (id, staff_id, user_id, organisation_id, reason, started_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT v.user_id, v.organisation_id, o.name, v.reason, v.expires_at FROM view_as_sessions v JOIN organisations o ON o.id = v.organisation_id WHERE v.id = $1 AND v.staff_id = $2 AND v.ended_at IS NULL";
    END = "UPDATE view_as_sessions SET ended_at = CASE WHEN expires_at < $2 THEN expires_at ELSE $2 END WHERE id = $1 AND ended_at IS NULL";
    /// Where somebody belongs, and whether the member of staff is assigned there.
    REACH = "SELECT m.organisation_id, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $2 AND s.organisation_id = m.organisation_id) AS assigned FROM memberships m JOIN organisations o ON o.id = m.organisation_id AND o.state = 'active' JOIN users u ON u.id = m.user_id AND u.state = 'active' AND u.staff_role IS NULL WHERE m.user_id = $1 AND m.state = 'active'";
    PAST = "SELECT v.started_at, v.ended_at, v.expires_at, v.reason, s.name AS staff_name, u.name AS person_name FROM view_as_sessions v JOIN users s ON s.id = v.staff_id JOIN users u ON u.id = v.user_id WHERE v.organisation_id = $1 ORDER BY v.id DESC LIMIT $2";
    NAME = "SELECT name FROM users WHERE id = $1";
}

/// One time that somebody of staff looked, as staff and the customer's administrators see it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Past {
    /// When it began.
    pub started_at: Instant,
    /// When it ended; none while it goes on, or where nobody came back to end it.
    pub ended_at: Option<Instant>,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// Why.
    pub reason: String,
    /// Who looked.
    pub staff_name: String,
    /// As whom.
    pub person_name: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    user_id: UserId,
    organisation_id: OrganisationId,
    name: String,
    reason: String,
    expires_at: Instant,
}

pub(super) async fn insert(tx: &Tx, staff: UserId, viewing: &Viewing, now: Instant) -> DbResult<()> {
    let Viewing { id, user_id, organisation_id, reason, expires_at, .. } = viewing;
    tx.execute(INSERT, args![*id, staff, *user_id, *organisation_id, reason, now, *expires_at]).await.map(|_| ())
}

pub(super) async fn find(db: &Db, id: ViewId, staff: UserId) -> DbResult<Option<Viewing>> {
    let row: Option<Row> = db.optional(FIND, args![id, staff]).await?;
    Ok(row.map(|row| Viewing {
        id,
        user_id: row.user_id,
        organisation_id: row.organisation_id,
        organisation: row.name,
        reason: row.reason,
        expires_at: row.expires_at,
    }))
}

/// `false` when it had ended already.
pub(super) async fn end(tx: &Tx, id: ViewId, now: Instant) -> DbResult<bool> {
    Ok(tx.execute(END, args![id, now]).await? == 1)
}

pub(super) async fn reach(db: &Db, user: UserId, staff: UserId) -> DbResult<Vec<(OrganisationId, bool)>> {
    db.all(REACH, args![user, staff]).await
}

pub(super) async fn past(db: &Db, organisation: OrganisationId, limit: i64) -> DbResult<Vec<Past>> {
    db.all(PAST, args![organisation, limit]).await
}

pub(super) async fn name(db: &Db, user: UserId) -> DbResult<Option<String>> {
    let row: Option<(String,)> = db.optional(NAME, args![user]).await?;
    Ok(row.map(|(name,)| name))
}
