//! Deleting what is due: really, one document after the other, each in a transaction of its own.

use crate::access::{Act, Action, Actor, Guarded, Relation, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::documents::model::hex;
use crate::documents::{store as documents, upload};
use crate::error::AppError;
use crate::ids::{DocumentId, OrganisationId};
use crate::time::Instant;

use super::model::{After, Due, Totals};
use super::service::moment;
use super::store;

/// How many are looked up at once.
const BATCH: i64 = 100;

/// Delete a document whose time is over.
#[derive(Debug)]
pub struct Delete;

impl Guarded for Due {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.organisation_id)
    }

    fn relation(&self, _: &Actor) -> Relation {
        Relation::Other
    }
}

impl Act<Due> for Delete {
    fn action(_: &Due) -> Action {
        Action::SettingsManage
    }
}

/// Deletes everything that is due, and says how much that was. Cut off in the middle, it goes on the next time.
pub async fn run(ctx: &Ctx) -> Result<Totals, AppError> {
    let before = store::totals(&ctx.db, moment(ctx)).await?;
    let mut totals = Totals { kept: before.kept, ..Totals::default() };
    let mut after = After { changed_at: Instant(i64::MIN), id: DocumentId(uuid::Uuid::nil()) };
    loop {
        let batch = store::due(&ctx.db, moment(ctx), after, BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = After { changed_at: last.changed_at, id: last.id };
        for due in &batch {
            if let Some(gone) = delete(ctx, due.id).await? {
                totals.documents += 1;
                totals.versions += gone.versions;
                totals.bytes += gone.bytes;
            }
        }
    }
    if totals.documents > 0 {
        let tx = ctx.db.begin().await?;
        let event = Event::new("retention.run", "retention", None)
            .with("documents", totals.documents)
            .with("versions", totals.versions)
            .with("bytes", totals.bytes)
            .with("kept", totals.kept);
        audit::record(&tx, ctx, event).await?;
        tx.commit().await?;
        // The objects too, at once; what fails here the hourly sweep finds.
        while upload::sweep(ctx, Instant(1)).await? > 0 {}
    }
    Ok(totals)
}

/// Deletes a document that an import made, with the rest of what is undone; `false` where it was touched since.
pub async fn take_back(tx: &Tx, ctx: &Ctx, id: DocumentId, revision: i64) -> Result<bool, AppError> {
    documents::lock(tx, id).await?;
    let Some(due) = store::untouched(tx, id, revision).await? else { return Ok(false) };
    let granted = grant::<Delete, _>(&ctx.actor, due)?;
    store::delete(tx, &granted, Instant(0)).await?;
    let due = granted.into_row();
    let event = Event::new("document.undo", "document", id.0).organisation(due.organisation_id);
    audit::record(tx, ctx, event.with("category", due.category.key()).with("bytes", due.bytes)).await?;
    Ok(true)
}

/// Deletes one document, if it is still due now that nobody can change it.
async fn delete(ctx: &Ctx, id: DocumentId) -> Result<Option<Due>, AppError> {
    let tx = ctx.db.begin().await?;
    documents::lock(&tx, id).await?;
    let Some(due) = store::is_due(&tx, moment(ctx), id).await? else { return Ok(None) };
    let granted = grant::<Delete, _>(&ctx.actor, due)?;
    let versions = store::versions(&tx, id).await?;
    // Older than any upload: the sweeper need not wait.
    store::delete(&tx, &granted, Instant(0)).await?;
    let due = granted.into_row();
    let mut event = Event::new("document.delete", "document", id.0)
        .organisation(due.organisation_id)
        .with("category", due.category.key())
        .with("versions", due.versions)
        .with("bytes", due.bytes);
    if let Some((number, sha256, _)) = versions.last() {
        event = event.with("version", number).with("sha256", hex(sha256));
    }
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(Some(due))
}
