//! All SQL of notifications but what spreads them (`spread.rs`) and what mails them (`mail`). `$1` to `$14` are the
//! [`reach`](super::reach).

use std::fmt::Write as _;

use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::{NotificationId, OrganisationId, ProjectId, UserId};
use crate::time::Instant;

use super::model::{Object, Rows};
use super::reach::{self, columns, names, subjects, visible};

sql! {
    /// `$15` whose, `$16` the names of the kinds they may learn of.
    LIST = concat!(columns!(), " FROM notifications n JOIN users u ON u.id = n.user_id", subjects!(), names!(), "WHERE n.user_id = $15 AND $16 LIKE '% ' || n.kind || ' %' AND n.id < $17 AND (n.seen_at IS NULL OR $18) AND ", visible!(), " ORDER BY n.id DESC LIMIT $19");
    BY_IDS = sqlite: concat!(columns!(), " FROM notifications n JOIN users u ON u.id = n.user_id", subjects!(), names!(), "WHERE n.user_id = $15 AND n.id IN (SELECT unhex(value) FROM json_each($16)) AND ", visible!(), " ORDER BY n.id"),
        postgres: concat!(columns!(), " FROM notifications n JOIN users u ON u.id = n.user_id", subjects!(), names!(), "WHERE n.user_id = $15 AND n.id = ANY($16) AND ", visible!(), " ORDER BY n.id");
    /// Up to a number that nobody counts any further.
    UNSEEN = concat!("SELECT COUNT(*) AS n FROM (SELECT n.id FROM notifications n JOIN users u ON u.id = n.user_id", subjects!(), "WHERE n.user_id = $15 AND n.seen_at IS NULL AND $16 LIKE '% ' || n.kind || ' %' AND ", visible!(), " ORDER BY n.id DESC LIMIT $17) newest");
    /// What a page marks is looked for first: most find nothing, and write nothing.
    HAS_UNSEEN = "SELECT id FROM notifications WHERE object_id = $1 AND user_id = $2 AND seen_at IS NULL LIMIT 1";
    HAS_UNSEEN_KIND = "SELECT id FROM notifications WHERE user_id = $1 AND kind = $2 AND seen_at IS NULL LIMIT 1";
    SEE_OBJECT = "UPDATE notifications SET seen_at = $3, mail_due_at = NULL, letter = NULL WHERE object_id = $1 AND user_id = $2 AND seen_at IS NULL";
    SEE_ONE = "UPDATE notifications SET seen_at = $3, mail_due_at = NULL, letter = NULL WHERE id = $1 AND user_id = $2 AND seen_at IS NULL";
    SEE_ALL = "UPDATE notifications SET seen_at = $3, mail_due_at = NULL, letter = NULL WHERE user_id = $1 AND id <= $2 AND seen_at IS NULL AND $4 LIKE '% ' || kind || ' %'";
    INSERT = sqlite: "INSERT INTO notifications (id, user_id, kind, class, organisation_id, object_kind, object_id, actor_id, event, created_at, letter, mail_due_at) \
            SELECT unhex(value ->> 'id'), unhex(value ->> 'user'), $2, $3, $4, $5, $6, $7, $8, $9, $10, value ->> 'due' FROM json_each($1) WHERE TRUE ON CONFLICT DO NOTHING",
        postgres: "INSERT INTO notifications (id, user_id, kind, class, organisation_id, object_kind, object_id, actor_id, event, created_at, letter, mail_due_at) \
            SELECT CAST(value ->> 'id' AS uuid), CAST(value ->> 'user' AS uuid), $2, $3, $4, $5, $6, $7, $8, $9, $10, CAST(value ->> 'due' AS bigint) FROM json_array_elements(CAST(CAST($1 AS text) AS json)) AS rows (value) ON CONFLICT DO NOTHING";
    /// What is asked of somebody says more than that there is something: no mail brings both.
    HUSH = "UPDATE notifications SET mail_due_at = NULL, letter = NULL WHERE object_id = $1 AND user_id = $2 AND seen_at IS NULL AND class = 'information' AND mail_due_at IS NOT NULL";
    PURGE = "DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE created_at < $1 ORDER BY created_at LIMIT $2)";
}

/// A notification with what its line says.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Found {
    pub id: NotificationId,
    pub kind: String,
    pub object_kind: String,
    pub object_id: uuid::Uuid,
    pub organisation_id: Option<OrganisationId>,
    pub created_at: Instant,
    pub seen_at: Option<Instant>,
    pub project_id: Option<ProjectId>,
    pub staff: bool,
    pub title: String,
    pub title_en: Option<String>,
    pub title_de: Option<String>,
    pub title_nl: Option<String>,
    pub organisation_name: Option<String>,
    pub actor_name: Option<String>,
    pub house: bool,
    pub knows: bool,
    /// Of many that came together, how many are new.
    pub created: i64,
    /// And how many were there and are different.
    pub changed: i64,
    /// Rows of an import that were wrong.
    pub rejected: i64,
}

/// Which part of somebody's list.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Names of kinds, between spaces.
    pub kinds: String,
    pub before: NotificationId,
    pub seen_too: bool,
    pub limit: i64,
}

pub(super) async fn list(db: &Db, user: UserId, part: Part, now: Instant) -> DbResult<Vec<Found>> {
    let more = args![user, part.kinds, part.before, part.seen_too, part.limit];
    db.all(LIST, reach::with(now, more)).await
}

pub(super) async fn by_ids(db: &Db, user: UserId, ids: &[NotificationId], now: Instant) -> DbResult<Vec<Found>> {
    let ids = Value::Uuids(ids.iter().map(|id| id.0).collect());
    db.all(BY_IDS, reach::with(now, args![user, ids])).await
}

pub(super) async fn unseen(db: &Db, user: UserId, kinds: &str, limit: i64, now: Instant) -> DbResult<i64> {
    let (n,): (i64,) = db.one(UNSEEN, reach::with(now, args![user, kinds, limit])).await?;
    Ok(n)
}

pub(super) async fn has_unseen(db: &Db, user: UserId, object: Object) -> DbResult<bool> {
    let row: Option<(NotificationId,)> = db.optional(HAS_UNSEEN, args![object.parts().1, user]).await?;
    Ok(row.is_some())
}

pub(super) async fn has_unseen_kind(db: &Db, user: UserId, kind: &str) -> DbResult<bool> {
    let row: Option<(NotificationId,)> = db.optional(HAS_UNSEEN_KIND, args![user, kind]).await?;
    Ok(row.is_some())
}

pub(super) async fn see_object(tx: &Tx, user: UserId, object: Object, now: Instant) -> DbResult<u64> {
    tx.execute(SEE_OBJECT, args![object.parts().1, user, now]).await
}

pub(super) async fn see_one(tx: &Tx, user: UserId, id: NotificationId, now: Instant) -> DbResult<u64> {
    tx.execute(SEE_ONE, args![id, user, now]).await
}

pub(super) async fn see_all(tx: &Tx, user: UserId, up_to: NotificationId, kinds: &str, now: Instant) -> DbResult<u64> {
    tx.execute(SEE_ALL, args![user, up_to, now, kinds]).await
}

/// One row for each person; what was spread to somebody before is not told again.
pub(super) async fn insert(tx: &Tx, rows: &Rows<'_>) -> DbResult<u64> {
    let mut list = String::from("[");
    for (at, (user, id, due)) in rows.people.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let due = due.map_or_else(|| "null".to_owned(), |due| due.0.to_string());
        let _ = write!(list, "{comma}{{\"id\":\"{}\",\"user\":\"{}\",\"due\":{due}}}", id.0.simple(), user.0.simple());
    }
    list.push(']');
    let (object_kind, object_id) = rows.object.parts();
    let (kind, class) = (rows.kind.name(), rows.kind.class().name());
    tx.execute(
        INSERT,
        args![
            list,
            kind,
            class,
            rows.organisation,
            object_kind,
            object_id,
            rows.actor,
            rows.event,
            rows.at,
            rows.letter
        ],
    )
    .await
}

/// Leaves what was only good to know about an object to the bell.
pub(super) async fn hush(tx: &Tx, user: UserId, object: Object) -> DbResult<()> {
    tx.execute(HUSH, args![object.parts().1, user]).await.map(|_| ())
}

/// Removes some of what is older; answers how many.
pub(super) async fn purge(tx: &Tx, before: Instant, limit: i64) -> DbResult<u64> {
    tx.execute(PURGE, args![before, limit]).await
}
