//! The moment from which on an announcement stands on pages. Where that is later than its publication, a job waits for it
//! and notes it in the trail, from which people are told.

use serde::{Deserialize, Serialize};

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::AppError;
use crate::ids::AnnouncementId;
use crate::jobs::{self, Kind, New};
use crate::time::Instant;

use super::model::{Announcement, Phase, State};
use super::store;

/// Which one begins, and when it was to begin.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Beginning {
    announcement: AnnouncementId,
    at: i64,
}

/// Has the moment noted when it comes, in the transaction that publishes it or moves it. What stands already was told by
/// its publication.
pub(super) async fn wait(tx: &Tx, ctx: &Ctx, row: &Announcement, starts_at: Option<Instant>) -> Result<(), AppError> {
    let Some(at) = starts_at.filter(|at| row.state == State::Published && *at > ctx.now()) else { return Ok(()) };
    let payload = serde_json::to_value(Beginning { announcement: row.id, at: at.0 }).map_err(|_| AppError::Internal)?;
    let job = New::new(Kind::BeginAnnouncement, payload).at(at).once(format!("announcement:{}:{}", row.id, at.0));
    jobs::enqueue(tx, ctx, job).await.map(|_| ())
}

/// Notes that it stands on pages now; nothing where it was moved or taken back meanwhile.
pub async fn run(ctx: &Ctx, beginning: Beginning) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let Some(row) = store::find(&tx, beginning.announcement).await? else { return Ok(()) };
    if row.starts_at == Some(Instant(beginning.at)) && row.phase(ctx.now()) == Phase::Running {
        audit::record(&tx, ctx, Event::new("announcement.begin", "announcement", row.id.0)).await?;
        tx.commit().await?;
    }
    Ok(())
}
