//! All SQL of subscriptions and their keys.

use uuid::Uuid;

use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::i18n::Locale;
use crate::ids::{NotificationId, SessionId, SubscriptionId, UserId};
use crate::time::Instant;

use super::encrypt::Receiver;

/// Which rows are told on which browsers: what needs somebody, and what they have switched on, but for customers that
/// they want to hear nothing of.
macro_rules! wanted {
    () => {
        "FROM notifications n JOIN push_subscriptions s ON s.user_id = n.user_id JOIN users u ON u.id = n.user_id AND u.state = 'active' \
         LEFT JOIN notification_preferences p ON p.user_id = n.user_id AND p.kind = n.kind \
         LEFT JOIN notification_settings q ON q.user_id = n.user_id \
         WHERE n.seen_at IS NULL AND COALESCE(p.push, n.class = 'needs_me') \
         AND NOT EXISTS (SELECT 1 FROM notification_mutes m WHERE m.user_id = n.user_id AND m.organisation_id = n.organisation_id) AND "
    };
}
macro_rules! due {
    ($list:literal) => {
        concat!("SELECT n.id AS notification, s.id AS subscription, u.time_zone, q.digest_hour, q.quiet_from, q.quiet_to, q.weekends ", wanted!(), "n.id ", $list, " ORDER BY n.id, s.id")
    };
}
macro_rules! messages {
    ($list:literal, $others:literal) => {
        concat!(
            "SELECT n.id AS notification, n.user_id, n.class, n.object_id, n.created_at, u.locale, u.time_zone, s.id AS subscription, s.key_id, s.endpoint, s.public_key, s.auth, \
             (SELECT COUNT(*) FROM (SELECT x.id FROM notifications x WHERE x.user_id = n.user_id AND x.seen_at IS NULL LIMIT 100) few) AS unread ",
            wanted!(), "n.id ", $list, " AND s.id ", $others, " ORDER BY n.id, s.id"
        )
    };
}

sql! {
    KEYS = "SELECT id, public_key, secret FROM push_keys ORDER BY id DESC LIMIT 20";
    INSERT_KEY = "INSERT INTO push_keys (id, public_key, secret, created_at) VALUES ($1, $2, $3, $4)";
    LIST = "SELECT id, device, browser, endpoint, created_at, delivered_at FROM push_subscriptions WHERE user_id = $1 ORDER BY id DESC LIMIT 100";
    OWNER = "SELECT user_id, id FROM push_subscriptions WHERE endpoint_hash = $1";
    COUNT = "SELECT COUNT(*) AS n FROM push_subscriptions WHERE user_id = $1";
    HERE = "SELECT id FROM push_subscriptions WHERE user_id = $1 AND browser = $2 LIMIT 1";
    /// Whoever has this browser now has its messages; where the address is new, the one before is none any more.
    REPLACED = "DELETE FROM push_subscriptions WHERE browser = $1 AND endpoint_hash <> $2";
    PUT = "INSERT INTO push_subscriptions (id, user_id, key_id, session_id, browser, device, endpoint, endpoint_hash, public_key, auth, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (endpoint_hash) DO UPDATE SET user_id = $2, key_id = $3, session_id = $4, browser = $5, device = $6, public_key = $9, auth = $10";
    REMOVE = "DELETE FROM push_subscriptions WHERE user_id = $1 AND id = $2";
    BEGUN = "UPDATE push_subscriptions SET session_id = $3 WHERE user_id = $1 AND browser = $2";
    FOREIGN = "DELETE FROM push_subscriptions WHERE browser = $2 AND user_id <> $1";
    ENDED = "DELETE FROM push_subscriptions WHERE user_id = $1 AND session_id = $2";
    ENDED_OTHERS = "DELETE FROM push_subscriptions WHERE user_id = $1 AND (session_id IS NULL OR session_id <> $2)";
    SIGNED_OUT = "DELETE FROM push_subscriptions WHERE user_id = $1 AND browser = $2";
    DUE = sqlite: due!("IN (SELECT unhex(value) FROM json_each($1))"), postgres: due!("= ANY($1)");
    MESSAGES = sqlite: messages!("IN (SELECT unhex(value) FROM json_each($1))", "IN (SELECT unhex(value) FROM json_each($2))"), postgres: messages!("= ANY($1)", "= ANY($2)");
    DELIVERED = sqlite: "UPDATE push_subscriptions SET delivered_at = $2 WHERE id IN (SELECT unhex(value) FROM json_each($1))", postgres: "UPDATE push_subscriptions SET delivered_at = $2 WHERE id = ANY($1)";
    DECIDED = "SELECT approval_id FROM approval_seats WHERE user_id = $1 AND decision IN ('approved', 'declined') LIMIT 1";
    EXPORT = "SELECT device, endpoint, created_at, delivered_at FROM push_subscriptions WHERE user_id = $1 ORDER BY id";
}

/// A key as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct KeyRow {
    pub id: Uuid,
    pub public_key: Vec<u8>,
    /// Sealed.
    pub secret: Vec<u8>,
}

/// A subscription as its owner sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub id: SubscriptionId,
    pub device: String,
    pub browser: Option<Vec<u8>>,
    pub endpoint: String,
    pub created_at: Instant,
    pub delivered_at: Option<Instant>,
}

/// A row that is to be told on a browser, and when its person wants to be left alone.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Due {
    pub notification: NotificationId,
    pub subscription: SubscriptionId,
    pub time_zone: Option<String>,
    pub digest_hour: Option<i64>,
    pub quiet_from: Option<i64>,
    pub quiet_to: Option<i64>,
    pub weekends: Option<bool>,
}

/// What a message is made of.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Message {
    pub notification: NotificationId,
    pub user_id: UserId,
    pub class: String,
    pub object_id: Uuid,
    pub created_at: Instant,
    pub locale: Option<Locale>,
    pub time_zone: Option<String>,
    pub subscription: SubscriptionId,
    pub key_id: Uuid,
    pub endpoint: String,
    pub public_key: Vec<u8>,
    pub auth: Vec<u8>,
    pub unread: i64,
}

/// A subscription to be kept.
#[derive(Debug)]
pub(super) struct New<'a> {
    pub user: UserId,
    pub key: Uuid,
    pub session: SessionId,
    pub browser: Option<Vec<u8>>,
    pub device: &'a str,
    pub endpoint: &'a str,
    pub endpoint_hash: &'a [u8],
    pub receiver: &'a Receiver,
}

/// Every key, the newest first.
pub(super) async fn keys(db: &Db) -> DbResult<Vec<KeyRow>> {
    db.all(KEYS, args![]).await
}

pub(super) async fn insert_key(tx: &Tx, row: &KeyRow, now: Instant) -> DbResult<()> {
    tx.execute(INSERT_KEY, args![row.id, row.public_key.clone(), row.secret.clone(), now]).await.map(|_| ())
}

/// A person's, the newest first.
pub(super) async fn list(db: &Db, user: UserId) -> DbResult<Vec<Row>> {
    db.all(LIST, args![user]).await
}

/// Device, address, since when and when last used: for a copy of one's data.
pub(crate) async fn export(db: &Db, user: UserId) -> DbResult<Vec<(String, String, Instant, Option<Instant>)>> {
    db.all(EXPORT, args![user]).await
}

/// Whose the subscription with this address is.
pub(super) async fn owner(db: &Db, endpoint_hash: &[u8]) -> DbResult<Option<(UserId, SubscriptionId)>> {
    db.optional(OWNER, args![endpoint_hash]).await
}

pub(super) async fn count(db: &Db, user: UserId) -> DbResult<i64> {
    let row: Option<(i64,)> = db.optional(COUNT, args![user]).await?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Whether a person is told on this browser.
pub(super) async fn is_on(db: &Db, user: UserId, browser: &[u8]) -> DbResult<bool> {
    let row: Option<(SubscriptionId,)> = db.optional(HERE, args![user, browser]).await?;
    Ok(row.is_some())
}

/// Whether somebody has decided about a document before.
pub(super) async fn has_decided(db: &Db, user: UserId) -> DbResult<bool> {
    let row: Option<(Uuid,)> = db.optional(DECIDED, args![user]).await?;
    Ok(row.is_some())
}

pub(super) async fn put(tx: &Tx, new: &New<'_>, now: Instant) -> DbResult<()> {
    if let Some(browser) = &new.browser {
        tx.execute(REPLACED, args![browser.clone(), new.endpoint_hash]).await?;
    }
    let values = args![
        SubscriptionId::new(),
        new.user,
        new.key,
        new.session,
        Value::Bytes(new.browser.clone()),
        new.device,
        new.endpoint,
        new.endpoint_hash,
        new.receiver.public_key.clone(),
        new.receiver.auth.clone(),
        now
    ];
    tx.execute(PUT, values).await.map(|_| ())
}

/// `false`: they have no such.
pub(super) async fn remove(tx: &Tx, user: UserId, id: SubscriptionId) -> DbResult<bool> {
    Ok(tx.execute(REMOVE, args![user, id]).await? > 0)
}

/// A session has begun with a browser: it is its person's alone.
pub(super) async fn begun(tx: &Tx, user: UserId, session: SessionId, browser: &[u8]) -> DbResult<()> {
    tx.execute(FOREIGN, args![user, browser]).await?;
    tx.execute(BEGUN, args![user, browser, session]).await.map(|_| ())
}

pub(super) async fn ended(tx: &Tx, user: UserId, session: SessionId) -> DbResult<()> {
    tx.execute(ENDED, args![user, session]).await.map(|_| ())
}

pub(super) async fn ended_others(tx: &Tx, user: UserId, but: SessionId) -> DbResult<()> {
    tx.execute(ENDED_OTHERS, args![user, but]).await.map(|_| ())
}

pub(super) async fn signed_out(tx: &Tx, user: UserId, browser: &[u8]) -> DbResult<()> {
    tx.execute(SIGNED_OUT, args![user, browser]).await.map(|_| ())
}

/// Which of these rows are to be told on which browsers.
pub(super) async fn due(db: &Db, ids: &[NotificationId]) -> DbResult<Vec<Due>> {
    db.all(DUE, args![Value::Uuids(ids.iter().map(|id| id.0).collect())]).await
}

/// What is still to be told of these rows on these browsers, each of one's own.
pub(super) async fn messages(db: &Db, pairs: &[(NotificationId, SubscriptionId)]) -> DbResult<Vec<Message>> {
    let rows = Value::Uuids(pairs.iter().map(|(row, _)| row.0).collect());
    let browsers = Value::Uuids(pairs.iter().map(|(_, browser)| browser.0).collect());
    let mut all: Vec<Message> = db.all(MESSAGES, args![rows, browsers]).await?;
    all.retain(|message| pairs.contains(&(message.notification, message.subscription)));
    Ok(all)
}

pub(super) async fn delivered(tx: &Tx, to: &[SubscriptionId], now: Instant) -> DbResult<()> {
    tx.execute(DELIVERED, args![Value::Uuids(to.iter().map(|id| id.0).collect()), now]).await.map(|_| ())
}
