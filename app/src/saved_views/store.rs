//! All SQL of saved views. Everybody has their own.

use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{SavedViewId, UserId};
use crate::time::Instant;

use super::model::SavedView;

sql! {
    ALL = "SELECT id, name, query FROM saved_views WHERE user_id = $1 AND list = $2 ORDER BY name, id LIMIT $3";
    /// Saving under a name that is there means this one from now on.
    SAVE = "INSERT INTO saved_views (id, user_id, list, name, query, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id, list, name) DO UPDATE SET query = excluded.query";
    REMOVE = "DELETE FROM saved_views WHERE id = $1 AND user_id = $2";
}

/// Somebody's views of a list.
pub async fn all(db: &Db, user: UserId, list: &str, limit: i64) -> DbResult<Vec<SavedView>> {
    db.all(ALL, args![user, list, limit]).await
}

/// Saves one.
pub async fn save(tx: &Tx, user: UserId, list: &str, view: &SavedView, at: Instant) -> DbResult<()> {
    tx.execute(SAVE, args![view.id, user, list, &view.name, &view.query, at]).await.map(|_| ())
}

/// Removes one's own; `false` when there is none.
pub async fn remove(tx: &Tx, user: UserId, id: SavedViewId) -> DbResult<bool> {
    Ok(tx.execute(REMOVE, args![id, user]).await? == 1)
}
