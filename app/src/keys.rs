//! Exchanging the installation's key: everything that was sealed with the old one is sealed with the new one, all of it in
//! one transaction, or nothing.

pub mod seal;

use uuid::Uuid;

use crate::approvals::certificate;
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{DbResult, Sql, Tx, args, sql};
use crate::factors;
use crate::files;
use crate::ids::{ProviderId, UserId, WebhookId};
use crate::notifications::push;
use crate::secrets::Secrets;
use crate::settings;
use crate::sso;
use crate::webhooks;

/// Rows read at once.
const BATCH: i64 = 500;

sql! {
    TOTP = "SELECT user_id AS id, secret AS sealed, '' AS store_key FROM totp_secrets WHERE user_id > $1 ORDER BY user_id LIMIT $2";
    SET_TOTP = "UPDATE totp_secrets SET secret = $2 WHERE user_id = $1";
    PROVIDERS = "SELECT id, client_secret AS sealed, '' AS store_key FROM providers WHERE client_secret IS NOT NULL AND id > $1 ORDER BY id LIMIT $2";
    SET_PROVIDER = "UPDATE providers SET client_secret = $2 WHERE id = $1";
    WEBHOOKS = "SELECT id, secret AS sealed, '' AS store_key FROM webhooks WHERE state <> 'deleted' AND id > $1 ORDER BY id LIMIT $2";
    SET_WEBHOOK = "UPDATE webhooks SET secret = $2 WHERE id = $1";
    OLD_WEBHOOKS = "SELECT id, old_secret AS sealed, '' AS store_key FROM webhooks WHERE old_secret IS NOT NULL AND id > $1 ORDER BY id LIMIT $2";
    SET_OLD_WEBHOOK = "UPDATE webhooks SET old_secret = $2 WHERE id = $1";
    SIGNING = "SELECT id, secret AS sealed, '' AS store_key FROM signing_keys WHERE id > $1 ORDER BY id LIMIT $2";
    SET_SIGNING = "UPDATE signing_keys SET secret = $2 WHERE id = $1";
    FILES = "SELECT id, sealed_key AS sealed, store_key FROM document_versions WHERE sealed_key IS NOT NULL AND id > $1 ORDER BY id LIMIT $2";
    PREVIEWS = "SELECT version_id AS id, sealed_key AS sealed, COALESCE(store_key, '') AS store_key FROM version_previews WHERE sealed_key IS NOT NULL AND version_id > $1 ORDER BY version_id LIMIT $2";
    SET_PREVIEW = "UPDATE version_previews SET sealed_key = $2 WHERE version_id = $1";
    PARTS = "SELECT id, sealed_key AS sealed, store_key FROM upload_parts WHERE sealed_key IS NOT NULL AND id > $1 ORDER BY id LIMIT $2";
    SET_PART = "UPDATE upload_parts SET sealed_key = $2 WHERE id = $1";
    IMPORTS = "SELECT id, sealed_key AS sealed, COALESCE(store_key, '') AS store_key FROM imports WHERE sealed_key IS NOT NULL AND id > $1 ORDER BY id LIMIT $2";
    SET_IMPORT = "UPDATE imports SET sealed_key = $2 WHERE id = $1";
    PUSH = "SELECT id, secret AS sealed, '' AS store_key FROM push_keys WHERE id > $1 ORDER BY id LIMIT $2";
    SET_PUSH = "UPDATE push_keys SET secret = $2 WHERE id = $1";
    SET_FILE = "UPDATE document_versions SET sealed_key = $2 WHERE id = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    sealed: Vec<u8>,
    store_key: String,
}

/// A kind of secret: where it is read, where it is written, and for which place each is sealed.
struct Kind {
    name: &'static str,
    read: Sql<2>,
    write: Sql<2>,
    place: fn(&Row) -> String,
    /// One that does not open is left alone: of a key that was lost long ago, and replaced then.
    lost: bool,
}

const KINDS: [Kind; 10] = [
    Kind {
        name: "authenticator apps",
        read: TOTP,
        write: SET_TOTP,
        place: |row| factors::service::place(UserId(row.id)),
        lost: false,
    },
    Kind {
        name: "providers of single sign-on",
        read: PROVIDERS,
        write: SET_PROVIDER,
        place: |row| sso::model::Provider::place(ProviderId(row.id)),
        lost: false,
    },
    Kind {
        name: "webhooks",
        read: WEBHOOKS,
        write: SET_WEBHOOK,
        place: |row| webhooks::place(WebhookId(row.id)),
        lost: false,
    },
    Kind {
        name: "replaced secrets of webhooks",
        read: OLD_WEBHOOKS,
        write: SET_OLD_WEBHOOK,
        place: |row| webhooks::place(WebhookId(row.id)),
        lost: true,
    },
    Kind {
        name: "signing keys",
        read: SIGNING,
        write: SET_SIGNING,
        place: |row| certificate::key::place(row.id),
        lost: true,
    },
    Kind { name: "push keys", read: PUSH, write: SET_PUSH, place: |row| push::vapid::place(row.id), lost: true },
    Kind {
        name: "unfinished uploads",
        read: PARTS,
        write: SET_PART,
        place: |row| files::key_place(&row.store_key),
        lost: false,
    },
    Kind { name: "files", read: FILES, write: SET_FILE, place: |row| files::key_place(&row.store_key), lost: false },
    Kind {
        name: "imports",
        read: IMPORTS,
        write: SET_IMPORT,
        place: |row| files::key_place(&row.store_key),
        lost: false,
    },
    Kind {
        name: "previews",
        read: PREVIEWS,
        write: SET_PREVIEW,
        place: |row| files::key_place(&row.store_key),
        lost: false,
    },
];

/// How many of a kind were sealed anew.
pub type Count = (&'static str, usize);

/// Seals everything anew.
///
/// # Errors
/// In words. Then nothing has changed.
pub async fn rotate(ctx: &Ctx, old: &Secrets, new: &Secrets) -> Result<Vec<Count>, String> {
    let failed = |e: sqlx::Error| format!("database: {e}");
    let tx = ctx.db.begin().await.map_err(failed)?;
    // First: whoever is about to note something that was sealed with the old key waits here, and is refused then.
    note(&tx, new).await.map_err(failed)?;
    let mut counts = Vec::new();
    for kind in KINDS {
        let mut count = 0;
        let mut after = Uuid::nil();
        loop {
            let rows: Vec<Row> = tx.all(kind.read, args![after, BATCH]).await.map_err(failed)?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in &rows {
                let place = (kind.place)(row);
                let plain = match old.open(&place, &row.sealed) {
                    Some(plain) => plain,
                    None if kind.lost => continue,
                    None => return Err(format!("{}: {} does not open with this key", kind.name, row.id)),
                };
                tx.execute(kind.write, args![row.id, new.seal(&place, &plain)]).await.map_err(failed)?;
                count += 1;
            }
        }
        counts.push((kind.name, count));
    }
    let event = Event::new("keys.rotate", "settings", None)
        .with("before", old.fingerprint())
        .with("after", new.fingerprint())
        .with("count", counts.iter().map(|(_, count)| count).sum::<usize>());
    audit::record(&tx, ctx, event).await.map_err(|e| e.to_string())?;
    tx.commit().await.map_err(failed)?;
    Ok(counts)
}

async fn note(tx: &Tx, key: &Secrets) -> DbResult<()> {
    settings::set_key(tx, &key.fingerprint()).await
}
