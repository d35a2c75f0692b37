//! Downloads: the policy, the audit event, then the bytes.

use std::ops::Range;

use bytes::Bytes;
use futures::stream::BoxStream;

use crate::access::{Action, Guarded as _, Relation, Role, Scope, allow, grant, policy};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::files::{LIFE, Link};
use crate::ids::DocumentId;
use crate::notifications::{self, Object};
use crate::scan;

use super::model::{Document, Version};
use super::policy::Download;
use super::{service, store};

/// A version the actor may have: its facts, before any byte is read.
#[derive(Debug)]
pub struct OpenVersion {
    document: Document,
    /// The version.
    pub version: Version,
}

/// Asks for one version.
pub async fn open(ctx: &Ctx, id: DocumentId, number: i64) -> Result<OpenVersion, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let document = grant::<Download, _>(&ctx.actor, row)?.into_row();
    check_viewer(ctx, &document, Action::DocumentDownload(document.topic)).await?;
    let version = service::version(ctx, &document, number).await?;
    if let Some(why) = scan::service::why_held(ctx, version.scan) {
        return Err(AppError::Quarantined(why.to_owned()));
    }
    Ok(OpenVersion { document, version })
}

/// Whoever of staff looks as somebody else takes away only what they may have themselves.
pub async fn check_viewer(ctx: &Ctx, document: &Document, action: Action) -> Result<(), AppError> {
    let Some(viewer) = ctx.actor.viewer() else { return Ok(()) };
    // Through a customer group somebody may read what belongs to a customer the viewer has nothing to do with.
    let assigned = store::is_assigned(&ctx.db, viewer.user_id, document.organisation_id).await?;
    let relation = if assigned == Some(true) { Relation::Assigned } else { Relation::Other };
    if policy::allowed(Role::Staff(viewer.role), action, relation) { Ok(()) } else { Err(AppError::Forbidden) }
}

/// Whether the actor may have the files of a document that was found in scope, and what is read from them: pages,
/// excerpts, words.
pub async fn may_download(ctx: &Ctx, document: &Document) -> Result<bool, AppError> {
    let action = Action::DocumentDownload(document.topic);
    if allow(&ctx.actor, action, document.relation(&ctx.actor), Some(document.organisation_id)).is_err() {
        return Ok(false);
    }
    match check_viewer(ctx, document, action).await {
        Ok(()) => Ok(true),
        Err(AppError::Forbidden) => Ok(false),
        Err(error) => Err(error),
    }
}

impl OpenVersion {
    /// The document it is a version of.
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Opens the bytes and records the download. The event is written before the first byte leaves.
    pub async fn stream(
        &self,
        ctx: &Ctx,
        range: Option<Range<u64>>,
    ) -> Result<BoxStream<'static, std::io::Result<Bytes>>, AppError> {
        let stream = ctx.files.get(&self.version.object(), range).await?;
        self.record(ctx, false).await?;
        Ok(stream)
    }

    /// A link of the store to the bytes, where one is given out, and records that it was. It is good for this version and
    /// for a minute.
    pub async fn link(&self, ctx: &Ctx) -> Result<Option<Link>, AppError> {
        let link = ctx.files.link(&self.version.object(), &self.version.file_name, LIFE).await?;
        if link.is_some() {
            self.record(ctx, true).await?;
        }
        Ok(link)
    }

    async fn record(&self, ctx: &Ctx, link: bool) -> Result<(), AppError> {
        let tx = ctx.db.begin().await?;
        let current = self.version.number == self.document.current_version;
        if let Some(user) = ctx.actor.user_id()
            && ctx.actor.staff().is_none()
            && ctx.actor.viewer().is_none()
            && current
            && self.document.is_new()
        {
            store::mark_read(&tx, self.document.id, user, self.version.number, ctx.now()).await?;
        }
        let mut event = Event::new("document.download", "document", self.document.id.0)
            .organisation(self.document.organisation_id)
            .with("version", self.version.number);
        if link {
            event = event.with("link_seconds", LIFE.as_secs());
        }
        audit::record(&tx, ctx, event).await?;
        tx.commit().await?;
        if current {
            notifications::read(ctx, Object::Document(self.document.id)).await;
        }
        Ok(())
    }
}
