//! The SQL of looking as somebody else.

use crate::access::StaffRole;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{OrganisationId, SessionId, UserId, ViewId};
use crate::time::Instant;

use super::Viewing;

sql! {
    INSERT = "INSERT INTO view_as_sessions (id, staff_id, user_id, organisation_id, reason, started_at, expires_at, session_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND = "SELECT v.user_id, v.organisation_id, o.name, v.reason, v.expires_at FROM view_as_sessions v JOIN organisations o ON o.id = v.organisation_id WHERE v.id = $1 AND v.staff_id = $2 AND v.ended_at IS NULL";
    /// `$2` run out by then, `$3` which, `$4` whose, `$5` in which session, `$6` in any session but this. Of two who end the
    /// same one, the first gets the row.
    END = "UPDATE view_as_sessions SET ended_at = CASE WHEN expires_at < $1 THEN expires_at ELSE $1 END WHERE ended_at IS NULL AND expires_at <= $2 AND (id = $3 OR $3 IS NULL) AND (staff_id = $4 OR $4 IS NULL) AND (session_id = $5 OR $5 IS NULL) AND (session_id <> $6 OR session_id IS NULL OR $6 IS NULL) RETURNING id, staff_id, user_id, organisation_id";
    OPEN = "SELECT v.id, v.staff_id, v.user_id, v.organisation_id, CASE WHEN s.state = 'active' THEN s.staff_role END AS role FROM view_as_sessions v JOIN users s ON s.id = v.staff_id WHERE v.ended_at IS NULL";
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
    ended_at: Option<Instant>,
    expires_at: Instant,
    /// Why.
    pub reason: String,
    /// Who looked.
    pub staff_name: String,
    /// As whom.
    pub person_name: String,
}

impl Past {
    /// When it ended; none while it goes on.
    pub fn ended_at(&self, now: Instant) -> Option<Instant> {
        self.ended_at.or_else(|| (self.expires_at <= now).then_some(self.expires_at))
    }
}

/// Which of those that go on.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    by: Instant,
    view: Option<ViewId>,
    staff: Option<UserId>,
    session: Option<SessionId>,
    but: Option<SessionId>,
}

impl Which {
    const ALL: Self = Self { by: Instant::END, view: None, staff: None, session: None, but: None };

    /// Those whose time has run out.
    pub const fn run_out(now: Instant) -> Self {
        Self { by: now, ..Self::ALL }
    }

    /// This one, if it is theirs.
    pub const fn one(view: ViewId, staff: UserId) -> Self {
        Self { view: Some(view), staff: Some(staff), ..Self::ALL }
    }

    /// What this member of staff looks at in this session.
    pub const fn in_session(staff: UserId, session: SessionId) -> Self {
        Self { staff: Some(staff), session: Some(session), ..Self::ALL }
    }

    /// What they look at in every session but this; without one, in all.
    pub const fn in_others(staff: UserId, but: Option<SessionId>) -> Self {
        Self { staff: Some(staff), but, ..Self::ALL }
    }
}

/// One that has just ended.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Ended {
    /// Its id.
    pub id: ViewId,
    /// Who looked.
    pub staff_id: UserId,
    /// As whom.
    pub user_id: UserId,
    /// At which customer it began.
    pub organisation_id: OrganisationId,
}

/// One that goes on.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(super) struct Open {
    pub id: ViewId,
    pub staff_id: UserId,
    pub user_id: UserId,
    pub organisation_id: OrganisationId,
    /// What whoever looks is now; none when they may not sign in any more.
    pub role: Option<StaffRole>,
}

#[derive(sqlx::FromRow)]
struct Row {
    user_id: UserId,
    organisation_id: OrganisationId,
    name: String,
    reason: String,
    expires_at: Instant,
}

pub(super) async fn insert(
    tx: &Tx,
    staff: UserId,
    viewing: &Viewing,
    session: Option<SessionId>,
    now: Instant,
) -> DbResult<()> {
    let Viewing { id, user_id, organisation_id, reason, expires_at, .. } = viewing;
    let values = args![*id, staff, *user_id, *organisation_id, reason, now, *expires_at, session];
    tx.execute(INSERT, values).await.map(|_| ())
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

/// Ends them; answers those that had not ended already.
pub(super) async fn end(tx: &Tx, which: Which, now: Instant) -> DbResult<Vec<Ended>> {
    let Which { by, view, staff, session, but } = which;
    tx.all(END, args![now, by, view, staff, session, but]).await
}

pub(super) async fn open(db: &Db) -> DbResult<Vec<Open>> {
    db.all(OPEN, args![]).await
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
