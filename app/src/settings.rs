//! Settings of the portal that live in the database.

use crate::db::{Db, DbResult, Tx, args, sql};

sql! {
    GET = "SELECT value FROM settings WHERE key = $1";
    SET = "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
}

/// The operator's name, shown on every page.
pub async fn portal_name(db: &Db) -> DbResult<String> {
    let row: Option<(String,)> = db.optional(GET, args!["portal_name"]).await?;
    Ok(row.map_or_else(|| "Kontor".to_owned(), |(name,)| name))
}

/// Sets the operator's name.
pub async fn set_portal_name(tx: &Tx, name: &str) -> DbResult<()> {
    tx.execute(SET, args!["portal_name", name]).await.map(|_| ())
}

/// Whether the database's secrets were sealed with the key of this fingerprint. The first key to come is noted.
pub async fn check_key(db: &Db, fingerprint: &str) -> DbResult<bool> {
    let row: Option<(String,)> = db.optional(GET, args!["key_fingerprint"]).await?;
    if let Some((known,)) = row {
        return Ok(known == fingerprint);
    }
    let tx = db.begin().await?;
    tx.execute(SET, args!["key_fingerprint", fingerprint]).await?;
    tx.commit().await?;
    Ok(true)
}
