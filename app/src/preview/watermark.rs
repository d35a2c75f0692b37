//! Previews of categories whose rules say so show who looks at them, and when (docs/adr/0034).

use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _};
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::documents::model::{Document, hex};
use crate::error::AppError;
use crate::time::Instant;

/// For so long the words stay the same, so that turning back a page shows what the browser has kept.
const SLOT: i64 = 10 * 60 * 1_000_000;
/// The largest image that is marked.
const LONGEST: u64 = 40 * 1024 * 1024;

/// An image is unpacked while it is marked: so many at once, and as many threads compute.
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let threads = std::thread::available_parallelism().map_or(2, NonZeroUsize::get);
    Arc::new(Semaphore::new(threads.div_ceil(2)))
});

sql! {
    WHO = "SELECT name, email FROM users WHERE id = $1";
}

/// The words for whoever looks, where the rules of the category want them. Whoever looks as somebody else is named
/// themselves.
pub async fn words(ctx: &Ctx, document: &Document) -> Result<Option<String>, AppError> {
    if !ctx.portal.categories.get().of(document.category).watermark {
        return Ok(None);
    }
    let (name, email) = match ctx.actor.viewer() {
        Some(viewer) => ctx.db.one(WHO, args![viewer.user_id]).await?,
        None => (ctx.actor.name().to_owned(), ctx.actor.email().to_owned()),
    };
    // The portal's clock and zone, in full: the picture is looked at elsewhere, and later.
    let now = ctx.now();
    let slot = Instant(now.0 - now.0.rem_euclid(SLOT)).timestamp().to_zoned(ctx.portal.zone.clone());
    let when = slot.strftime("%Y-%m-%d %H:%M %Z").to_string();
    Ok(Some([name, email, when].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")))
}

/// What the words add to the mark by which a browser knows its copy.
pub fn tag(words: &str) -> String {
    hex(Sha256::digest(words).get(..8).unwrap_or_default())
}

/// The image with the words across it.
pub async fn mark(
    image: futures::stream::BoxStream<'static, std::io::Result<Bytes>>,
    length: u64,
    words: String,
) -> Result<Bytes, AppError> {
    if length > LONGEST {
        return Err(AppError::Internal);
    }
    let place = Arc::clone(&PLACES).acquire_owned().await.map_err(|_| AppError::Internal)?;
    let failed = |e: std::io::Error| {
        tracing::error!(error = %e, "the image of a page could not be read");
        AppError::Internal
    };
    let parts: Vec<Bytes> = image.boxed().try_collect().await.map_err(failed)?;
    let marked = tokio::task::spawn_blocking(move || {
        let marked = ::preview::watermark::mark(&parts.concat(), &words);
        drop(place);
        marked
    });
    match marked.await {
        Ok(Ok(marked)) => Ok(marked.into()),
        // Better none than one without the words.
        Ok(Err(_)) | Err(_) => {
            tracing::error!("the image of a page could not be marked");
            Err(AppError::Internal)
        }
    }
}
