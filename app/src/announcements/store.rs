//! All SQL of announcements.

use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::{AnnouncementId, GroupId, UserId};
use crate::time::Instant;

use super::model::{Announcement, Audience, Current, Reach, Seen, State, Wanted};

macro_rules! rows {
    ($which:literal) => {
        concat!(
            "SELECT a.id, a.state, a.severity, a.audience, a.confirm, a.starts_at, a.ends_at, a.title_en, a.title_de, a.title_nl, \
             a.text_en, a.text_de, a.text_nl, u.name AS created_by_name, a.created_at, a.published_at, a.revision \
             FROM announcements a LEFT JOIN users u ON u.id = a.created_by WHERE ",
            $which
        )
    };
}

macro_rules! reach {
    ($who:literal) => {
        concat!(
            "SELECT count(*) AS people, count(CASE WHEN u.last_sign_in_at IS NULL THEN 1 END) AS never FROM users u WHERE u.state = 'active' AND ",
            $who
        )
    };
}

sql! {
    LIST = rows!("a.id < $1 ORDER BY a.id DESC LIMIT $2");
    FIND = rows!("a.id = $1");
    INSERT = "INSERT INTO announcements (id, state, severity, audience, confirm, starts_at, ends_at, title_en, title_de, title_nl, text_en, text_de, text_nl, created_by, created_at, revision) VALUES ($1, 'draft', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)";
    UPDATE = "UPDATE announcements SET severity = $3, audience = $4, confirm = $5, starts_at = $6, ends_at = $7, title_en = $8, title_de = $9, title_nl = $10, text_en = $11, text_de = $12, text_nl = $13, revision = revision + 1 WHERE id = $1 AND revision = $2";
    PUBLISH = "UPDATE announcements SET state = 'published', published_at = $3, revision = revision + 1 WHERE id = $1 AND revision = $2 AND state <> 'published'";
    WITHDRAW = "UPDATE announcements SET state = 'withdrawn', revision = revision + 1 WHERE id = $1 AND revision = $2 AND state = 'published'";
    GROUPS = "SELECT group_id FROM announcement_groups WHERE announcement_id = $1 ORDER BY group_id";
    CLEAR_GROUPS = "DELETE FROM announcement_groups WHERE announcement_id = $1";
    ADD_GROUP = "INSERT INTO announcement_groups (announcement_id, group_id) SELECT $1, id FROM customer_groups WHERE id = $2 ON CONFLICT DO NOTHING";
    /// Also what begins later: every page looks at the clock itself.
    CURRENT = rows!("a.state = 'published' AND (a.ends_at IS NULL OR a.ends_at > $1) ORDER BY a.id DESC LIMIT 50");
    CURRENT_GROUPS = "SELECT g.announcement_id, g.group_id FROM announcements a JOIN announcement_groups g ON g.announcement_id = a.id WHERE a.state = 'published' AND (a.ends_at IS NULL OR a.ends_at > $1)";
    /// Like documents for a group: partners are not meant.
    MY_GROUPS = "SELECT DISTINCT g.group_id FROM memberships m JOIN group_organisations g ON g.organisation_id = m.organisation_id WHERE m.user_id = $1 AND m.state = 'active' AND m.role <> 'partner'";
    RECEIPTS = "SELECT r.announcement_id, r.closed_at IS NOT NULL AS closed FROM announcement_receipts r JOIN announcements a ON a.id = r.announcement_id WHERE r.user_id = $1 AND a.state = 'published' AND (a.ends_at IS NULL OR a.ends_at > $2)";
    SEE = "INSERT INTO announcement_receipts (user_id, announcement_id, seen_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    CLOSE = "INSERT INTO announcement_receipts (user_id, announcement_id, seen_at, closed_at) VALUES ($1, $2, $3, $3) ON CONFLICT (user_id, announcement_id) DO UPDATE SET closed_at = excluded.closed_at WHERE announcement_receipts.closed_at IS NULL";
    SEEN = "SELECT count(*) AS seen, count(closed_at) AS closed FROM announcement_receipts WHERE announcement_id = $1";
    REACH_EVERYONE = reach!("(u.staff_role IS NOT NULL OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.state = 'active'))");
    REACH_CUSTOMERS = reach!("u.staff_role IS NULL AND EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.state = 'active')");
    REACH_STAFF = reach!("u.staff_role IS NOT NULL");
    REACH_GROUPS = reach!("EXISTS (SELECT 1 FROM announcement_groups x JOIN group_organisations g ON g.group_id = x.group_id JOIN memberships m ON m.organisation_id = g.organisation_id WHERE x.announcement_id = $1 AND m.user_id = u.id AND m.state = 'active' AND m.role <> 'partner')");
}

/// The newest, before this one.
pub async fn list(db: &Db, before: AnnouncementId, limit: i64) -> DbResult<Vec<Announcement>> {
    db.all(LIST, args![before, limit]).await
}

/// One of them.
pub async fn find(db: &Db, id: AnnouncementId) -> DbResult<Option<Announcement>> {
    db.optional(FIND, args![id]).await
}

/// The groups it is for.
pub async fn groups(db: &Db, id: AnnouncementId) -> DbResult<Vec<GroupId>> {
    let rows: Vec<(GroupId,)> = db.all(GROUPS, args![id]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What is published and not over.
pub async fn current(db: &Db, now: Instant) -> DbResult<Current> {
    let rows: Vec<Announcement> = db.all(CURRENT, args![now]).await?;
    let groups: Vec<(AnnouncementId, GroupId)> =
        if rows.iter().any(|row| row.audience == Audience::Groups) { db.all(CURRENT_GROUPS, args![now]).await? } else { Vec::new() };
    let of = |id| groups.iter().filter(|(of, _)| *of == id).map(|(_, group)| *group).collect();
    Ok(Current(rows.into_iter().map(|row| { let groups = of(row.id); (row, groups) }).collect()))
}

/// The groups that a person's customers are in.
pub async fn my_groups(db: &Db, user: UserId) -> DbResult<Vec<GroupId>> {
    let rows: Vec<(GroupId,)> = db.all(MY_GROUPS, args![user]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What a person has seen of what is current, and whether they have closed it.
pub async fn receipts(db: &Db, user: UserId, now: Instant) -> DbResult<Vec<(AnnouncementId, bool)>> {
    db.all(RECEIPTS, args![user, now]).await
}

/// Notes that it stands on a page of theirs.
pub async fn see(tx: &Tx, user: UserId, id: AnnouncementId, now: Instant) -> DbResult<()> {
    tx.execute(SEE, args![user, id, now]).await.map(|_| ())
}

/// Notes that they have closed it; `false` when they had before.
pub async fn close(tx: &Tx, user: UserId, id: AnnouncementId, now: Instant) -> DbResult<bool> {
    Ok(tx.execute(CLOSE, args![user, id, now]).await? > 0)
}

/// How many have seen and closed it.
pub async fn seen(db: &Db, id: AnnouncementId) -> DbResult<Seen> {
    db.one(SEEN, args![id]).await
}

/// How many it is for.
pub async fn reach(db: &Db, id: AnnouncementId, audience: Audience) -> DbResult<Reach> {
    match audience {
        Audience::Everyone => db.one(REACH_EVERYONE, args![]).await,
        Audience::Customers => db.one(REACH_CUSTOMERS, args![]).await,
        Audience::Staff => db.one(REACH_STAFF, args![]).await,
        Audience::Groups => db.one(REACH_GROUPS, args![id]).await,
    }
}

/// What stands in a row, in the order of the statements.
fn values(wanted: &Wanted) -> [Value; 11] {
    let [(title_en, text_en), (title_de, text_de), (title_nl, text_nl)] = &wanted.versions;
    args![
        wanted.severity.name(),
        wanted.audience.name(),
        wanted.confirm,
        wanted.starts_at,
        wanted.ends_at,
        title_en,
        title_de,
        title_nl,
        text_en,
        text_de,
        text_nl
    ]
}

async fn set_groups(tx: &Tx, id: AnnouncementId, wanted: &Wanted) -> DbResult<()> {
    tx.execute(CLEAR_GROUPS, args![id]).await?;
    if wanted.audience == Audience::Groups {
        for group in &wanted.groups {
            tx.execute(ADD_GROUP, args![id, *group]).await?;
        }
    }
    Ok(())
}

/// Writes a new one: a draft.
pub async fn insert(tx: &Tx, id: AnnouncementId, wanted: &Wanted, by: Option<UserId>, at: Instant) -> DbResult<()> {
    let [a, b, c, d, e, f, g, h, i, j, k] = values(wanted);
    tx.execute(INSERT, [id.into(), a, b, c, d, e, f, g, h, i, j, k, by.into(), at.into()]).await?;
    set_groups(tx, id, wanted).await
}

/// Changes it; `false` when somebody was faster.
pub async fn update(tx: &Tx, id: AnnouncementId, revision: i64, wanted: &Wanted) -> DbResult<bool> {
    let [a, b, c, d, e, f, g, h, i, j, k] = values(wanted);
    let changed = tx.execute(UPDATE, [id.into(), revision.into(), a, b, c, d, e, f, g, h, i, j, k]).await? == 1;
    if changed {
        set_groups(tx, id, wanted).await?;
    }
    Ok(changed)
}

/// Publishes it or takes it back; `false` when somebody was faster.
pub async fn set_state(tx: &Tx, id: AnnouncementId, revision: i64, state: State, at: Instant) -> DbResult<bool> {
    let changed = match state {
        State::Published => tx.execute(PUBLISH, args![id, revision, at]).await?,
        _ => tx.execute(WITHDRAW, args![id, revision]).await?,
    };
    Ok(changed == 1)
}
