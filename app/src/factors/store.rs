//! The SQL of second factors.

use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{PasskeyId, UserId};
use crate::time::Instant;

use super::model::{App, Change, CodesLeft, StoredPasskey};

sql! {
    APP = "SELECT secret, last_step, created_at, last_used_at FROM totp_secrets WHERE user_id = $1";
    ADD_APP = "INSERT INTO totp_secrets (user_id, secret, last_step, created_at, last_used_at) VALUES ($1, $2, $3, $4, $4) ON CONFLICT DO NOTHING";
    /// The row decides between two who send the same code at once.
    USE_APP = "UPDATE totp_secrets SET last_step = $2, last_used_at = $3 WHERE user_id = $1 AND last_step < $2";
    REMOVE_APP = "DELETE FROM totp_secrets WHERE user_id = $1";
    ADD_CODE = "INSERT INTO recovery_codes (user_id, code_hash, created_at) VALUES ($1, $2, $3)";
    USE_CODE = "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL";
    REMOVE_CODES = "DELETE FROM recovery_codes WHERE user_id = $1";
    CODES_LEFT = "SELECT COUNT(*) AS unused, MIN(created_at) AS created_at FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL";
    PASSKEYS = "SELECT id, user_id, name, credential, created_at, last_used_at, suspected_at FROM passkeys WHERE user_id = $1 ORDER BY id LIMIT 50";
    PASSKEY = "SELECT id, user_id, name, credential, created_at, last_used_at, suspected_at FROM passkeys WHERE credential_id = $1";
    ADD_PASSKEY = "INSERT INTO passkeys (id, user_id, name, credential_id, credential, sign_count, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    /// A counter that does not grow, where there is one, is a copy's.
    USE_PASSKEY = "UPDATE passkeys SET credential = $2, sign_count = $3, last_used_at = $4 WHERE id = $1 AND suspected_at IS NULL AND (sign_count < $3 OR (sign_count = 0 AND $3 = 0))";
    SUSPECT_PASSKEY = "UPDATE passkeys SET suspected_at = $2 WHERE id = $1 AND suspected_at IS NULL";
    RENAME_PASSKEY = "UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2";
    REMOVE_PASSKEY = "DELETE FROM passkeys WHERE id = $1 AND user_id = $2";
    REMOVE_PASSKEYS = "DELETE FROM passkeys WHERE user_id = $1";
    USE_CHALLENGE = "INSERT INTO used_challenges (hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    PURGE_CHALLENGES = "DELETE FROM used_challenges WHERE expires_at < $1";
    PASSWORD = "SELECT password_hash FROM users WHERE id = $1";
    SET_PASSWORD = "UPDATE users SET password_hash = $2, password_short = $3 WHERE id = $1";
    PASSWORD_IS_SHORT = "SELECT password_short FROM users WHERE id = $1 AND password_hash IS NOT NULL";
    PASSWORD_IS_LONG = "UPDATE users SET password_short = $2 WHERE id = $1 AND password_short";
    /// Whoever changes what somebody signs in with does it after whoever began before.
    LOCK = sqlite: "SELECT id FROM users WHERE id = $1", postgres: "SELECT id FROM users WHERE id = $1 FOR UPDATE";
    CHANGES = "SELECT at, action, detail FROM audit_events WHERE object_id = $1 AND object_kind = 'user' AND action IN ('factor.add', 'factor.remove', 'factor.codes', 'factor.recover', 'factor.reset', 'factor.suspect', 'user.password') ORDER BY sequence DESC LIMIT 8";
}

/// Somebody's authenticator app.
pub async fn app(db: &Db, user: UserId) -> DbResult<Option<App>> {
    db.optional(APP, args![user]).await
}

/// Adds one; `false` when there is one already.
pub async fn add_app(tx: &Tx, user: UserId, secret: Vec<u8>, step: i64, now: Instant) -> DbResult<bool> {
    Ok(tx.execute(ADD_APP, args![user, secret, step, now]).await? == 1)
}

/// Uses a code up; `false` when it was used already.
pub async fn use_app(tx: &Tx, user: UserId, step: i64, now: Instant) -> DbResult<bool> {
    Ok(tx.execute(USE_APP, args![user, step, now]).await? == 1)
}

/// Removes it; `false` when there is none.
pub async fn remove_app(tx: &Tx, user: UserId) -> DbResult<bool> {
    Ok(tx.execute(REMOVE_APP, args![user]).await? == 1)
}

/// Replaces all recovery codes.
pub async fn set_codes(tx: &Tx, user: UserId, hashes: Vec<Vec<u8>>, now: Instant) -> DbResult<()> {
    remove_codes(tx, user).await?;
    for hash in hashes {
        tx.execute(ADD_CODE, args![user, hash, now]).await?;
    }
    Ok(())
}

/// Uses one up; `false` when there is no such code, or it was used.
pub async fn use_code(tx: &Tx, user: UserId, hash: Vec<u8>, now: Instant) -> DbResult<bool> {
    Ok(tx.execute(USE_CODE, args![user, hash, now]).await? == 1)
}

/// Removes all of them.
pub async fn remove_codes(tx: &Tx, user: UserId) -> DbResult<()> {
    tx.execute(REMOVE_CODES, args![user]).await.map(|_| ())
}

/// How many are left.
pub async fn codes_left(db: &Db, user: UserId) -> DbResult<CodesLeft> {
    db.one(CODES_LEFT, args![user]).await
}

/// Somebody's passkeys, oldest first.
pub async fn passkeys(db: &Db, user: UserId) -> DbResult<Vec<StoredPasskey>> {
    db.all(PASSKEYS, args![user]).await
}

/// The passkey of this credential.
pub async fn passkey(db: &Db, credential_id: &[u8]) -> DbResult<Option<StoredPasskey>> {
    db.optional(PASSKEY, args![credential_id]).await
}

/// A passkey to be stored.
#[derive(Debug)]
pub struct NewPasskey {
    /// Whose it is.
    pub user: UserId,
    /// What they call it.
    pub name: String,
    /// The credential's own id.
    pub credential_id: Vec<u8>,
    /// Public key and flags, as JSON.
    pub credential: String,
    /// Its counter.
    pub sign_count: i64,
}

/// Adds one; `None` when this credential is known already, whosever it is.
pub async fn add_passkey(tx: &Tx, new: NewPasskey, now: Instant) -> DbResult<Option<PasskeyId>> {
    let id = PasskeyId::new();
    let values = args![id, new.user, new.name, new.credential_id, new.credential, new.sign_count, now];
    Ok((tx.execute(ADD_PASSKEY, values).await? == 1).then_some(id))
}

/// Notes a use with what changed; `false` when the counter did not grow.
pub async fn use_passkey(tx: &Tx, id: PasskeyId, credential: String, count: i64, now: Instant) -> DbResult<bool> {
    Ok(tx.execute(USE_PASSKEY, args![id, credential, count, now]).await? == 1)
}

/// Notes that there may be a copy.
pub async fn suspect_passkey(tx: &Tx, id: PasskeyId, now: Instant) -> DbResult<bool> {
    Ok(tx.execute(SUSPECT_PASSKEY, args![id, now]).await? == 1)
}

/// Renames one of somebody's; `false` when it is not theirs.
pub async fn rename_passkey(tx: &Tx, id: PasskeyId, user: UserId, name: &str) -> DbResult<bool> {
    Ok(tx.execute(RENAME_PASSKEY, args![id, user, name]).await? == 1)
}

/// Removes one of somebody's; `false` when it is not theirs.
pub async fn remove_passkey(tx: &Tx, id: PasskeyId, user: UserId) -> DbResult<bool> {
    Ok(tx.execute(REMOVE_PASSKEY, args![id, user]).await? == 1)
}

/// Removes every second factor of somebody; returns how many there were.
pub async fn remove_all(tx: &Tx, user: UserId) -> DbResult<u64> {
    remove_codes(tx, user).await?;
    Ok(tx.execute(REMOVE_APP, args![user]).await? + tx.execute(REMOVE_PASSKEYS, args![user]).await?)
}

/// Uses a challenge up; `false` when it was used already.
pub async fn use_challenge(tx: &Tx, hash: Vec<u8>, expires: Instant) -> DbResult<bool> {
    Ok(tx.execute(USE_CHALLENGE, args![hash, expires]).await? == 1)
}

/// Forgets challenges that have expired anyway.
pub async fn purge_challenges(db: &Db, now: Instant) -> DbResult<()> {
    let tx = db.begin().await?;
    tx.execute(PURGE_CHALLENGES, args![now]).await?;
    tx.commit().await
}

/// The hash of somebody's password, if they have one.
pub async fn password(db: &Db, user: UserId) -> DbResult<Option<String>> {
    let row: Option<(Option<String>,)> = db.optional(PASSWORD, args![user]).await?;
    Ok(row.and_then(|(hash,)| hash))
}

/// Sets it; `short` for one that is long enough only together with a second factor.
pub async fn set_password(tx: &Tx, user: UserId, hash: &str, short: bool) -> DbResult<()> {
    tx.execute(SET_PASSWORD, args![user, hash, short]).await.map(|_| ())
}

/// Whether somebody's password is long enough only together with a second factor.
pub async fn password_is_short(db: &Db, user: UserId) -> DbResult<bool> {
    let row: Option<(bool,)> = db.optional(PASSWORD_IS_SHORT, args![user]).await?;
    Ok(row.is_some_and(|(short,)| short))
}

/// Notes that somebody's password is long enough alone, as it was just typed and found right.
pub async fn password_is_long(tx: &Tx, user: UserId) -> DbResult<()> {
    tx.execute(PASSWORD_IS_LONG, args![user, false]).await.map(|_| ())
}

/// Keeps others from changing what somebody signs in with until this transaction ends.
pub async fn lock(tx: &Tx, user: UserId) -> DbResult<()> {
    let _: Option<(UserId,)> = tx.optional(LOCK, args![user]).await?;
    Ok(())
}

/// What happened last to somebody's sign-in.
pub async fn changes(db: &Db, user: UserId) -> DbResult<Vec<Change>> {
    db.all(CHANGES, args![user]).await
}
