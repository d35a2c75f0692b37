//! Use cases of previews: having one made, looking at it.

use std::ops::Range;

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::BoxStream;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::documents::model::{Document, Version};
use crate::documents::{read, service as documents};
use crate::error::AppError;
use crate::ids::{DocumentId, UserId, VersionId};
use crate::jobs::{self, Kind, New};
use crate::scan;
use crate::validity;

use super::model::{Image, Invoice, Reason, Row, State};
use super::{store, watermark};

/// What is there to be seen of a version.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Where it stands.
    pub state: State,
    /// What the document is.
    pub kind: Option<String>,
    /// How many pages it has.
    pub pages: i64,
    /// The first of them, as images.
    pub images: Vec<Image>,
    /// The beginning of its text.
    pub excerpt: String,
    /// There is more text than that.
    pub cut: bool,
    /// An electronic invoice.
    pub invoice: Option<Invoice>,
    /// Why there is nothing to see.
    pub reason: Option<Reason>,
    /// The words across it: who looks, and when.
    pub watermark: Option<String>,
}

/// One page, before its bytes are read.
#[derive(Debug)]
pub struct OpenPage {
    open: read::OpenVersion,
    row: Row,
    watermark: Option<String>,
    /// Where it lies and how large it is.
    pub image: Image,
    /// Changes when the image does.
    pub etag: String,
}

fn key(version: VersionId) -> String {
    format!("preview:{version}")
}

/// Has a preview made, in the transaction after which the version can be read.
pub async fn enqueue(tx: &Tx, ctx: &Ctx, version: VersionId) -> Result<(), AppError> {
    let job = New::new(Kind::PreviewVersion, serde_json::json!({ "version": version }));
    jobs::enqueue(tx, ctx, job.once(key(version))).await.map(|_| ())
}

/// A version has come. If it can be read at once, its preview is made at once.
pub async fn begin(tx: &Tx, ctx: &Ctx, version: VersionId, readable: bool) -> Result<(), AppError> {
    store::begin(tx, version).await?;
    if readable { enqueue(tx, ctx, version).await } else { Ok(()) }
}

/// Who looks, for the trail: whoever looks as somebody else is themselves.
fn reader(ctx: &Ctx) -> Option<UserId> {
    ctx.actor.viewer().map_or(ctx.actor.user_id(), |viewer| Some(viewer.user_id))
}

/// The preview of a version that the page has found already; none where the actor may not have the bytes either.
pub async fn of(ctx: &Ctx, document: &Document, version: &Version) -> Result<Option<Preview>, AppError> {
    if !scan::service::is_readable(ctx, version.scan) || !read::may_download(ctx, document).await? {
        return Ok(None);
    }
    shown(ctx, document, version).await.map(Some)
}

/// The preview of one version. Foreign and missing are the same; what is held is refused with the reason.
pub async fn find(ctx: &Ctx, id: DocumentId, number: i64) -> Result<Preview, AppError> {
    let open = read::open(ctx, id, number).await?;
    shown(ctx, open.document(), &open.version).await
}

async fn shown(ctx: &Ctx, document: &Document, version: &Version) -> Result<Preview, AppError> {
    let row = store::find(&ctx.db, document.id, version.number, reader(ctx)).await?;
    let Some(row) = row.filter(|row| row.state != State::Pending) else {
        ask(ctx, version.id).await?;
        return Ok(Preview {
            state: State::Pending,
            kind: None,
            pages: 0,
            images: Vec::new(),
            excerpt: String::new(),
            cut: false,
            invoice: None,
            reason: None,
            watermark: None,
        });
    };
    if row.state == State::Ready {
        note(ctx, document, version.number, row.seen_on.as_deref()).await?;
    }
    let (images, invoice, reason) = (row.images(), row.invoice(), row.reason());
    let Row { state, kind, pages, excerpt, cut, .. } = row;
    let watermark = watermark::words(ctx, document).await?;
    Ok(Preview { state, kind, pages, images, excerpt, cut, invoice, reason, watermark })
}

/// Somebody looks and there is nothing yet: it is made next, unless that is on its way.
async fn ask(ctx: &Ctx, version: VersionId) -> Result<(), AppError> {
    if jobs::is_waiting(&ctx.db, &key(version)).await? {
        return Ok(());
    }
    let tx = ctx.db.begin().await?;
    begin(&tx, ctx, version, true).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes into the trail that somebody looked at a version, once a day; and its reader has seen it now.
async fn note(ctx: &Ctx, document: &Document, number: i64, seen_on: Option<&str>) -> Result<(), AppError> {
    let Some(user) = reader(ctx) else { return Ok(()) };
    let today = validity::service::today(ctx).to_string();
    if seen_on.is_some_and(|day| day >= today.as_str()) {
        return Ok(());
    }
    if number == document.current_version {
        documents::mark_read(ctx, document).await?;
    }
    let tx = ctx.db.begin().await?;
    if store::see(&tx, document.id, number, user, &today).await? {
        let event = Event::new("document.preview", "document", document.id.0)
            .organisation(document.organisation_id)
            .with("version", number);
        audit::record(&tx, ctx, event).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Asks for the image of one page, counted from 1.
pub async fn open_page(ctx: &Ctx, id: DocumentId, number: i64, page: usize) -> Result<OpenPage, AppError> {
    let open = read::open(ctx, id, number).await?;
    let row = store::find(&ctx.db, id, number, reader(ctx)).await?.ok_or(AppError::NotFound)?;
    let images = row.images();
    let image = page.checked_sub(1).and_then(|at| images.get(at)).copied().ok_or(AppError::NotFound)?;
    let made = row.made_at.map_or(0, |at| at.0);
    let watermark = watermark::words(ctx, open.document()).await?;
    let whose = watermark.as_deref().map(|words| format!("-{}", watermark::tag(words))).unwrap_or_default();
    let etag = format!("\"{}-{page}-{made}{whose}\"", open.version.sha256_hex());
    Ok(OpenPage { open, row, watermark, image, etag })
}

impl OpenPage {
    /// Whether the name of whoever looks is to be on it.
    pub fn is_marked(&self) -> bool {
        self.watermark.is_some()
    }

    /// Its bytes, a PNG, and how many they are. That somebody looked is written down before the first one leaves.
    pub async fn stream(&self, ctx: &Ctx) -> Result<(u64, BoxStream<'static, std::io::Result<Bytes>>), AppError> {
        let object = self.row.object().ok_or(AppError::NotFound)?;
        let range: Range<u64> = self.image.at..self.image.at.saturating_add(self.image.length);
        let stream = ctx.files.get(&object, Some(range)).await?;
        let (document, number) = (self.open.document(), self.open.version.number);
        let Some(words) = self.watermark.clone() else {
            note(ctx, document, number, self.row.seen_on.as_deref()).await?;
            return Ok((self.image.length, stream));
        };
        let marked = watermark::mark(stream, self.image.length, words).await?;
        note(ctx, document, number, self.row.seen_on.as_deref()).await?;
        let length = u64::try_from(marked.len()).unwrap_or(u64::MAX);
        Ok((length, futures::stream::iter([Ok(marked)]).boxed()))
    }
}
