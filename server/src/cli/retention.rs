//! `kontor retention`: what would be deleted, and deleting it.

use app::access::Actor;
use app::error::AppError;
use app::retention::model::After;
use app::retention::service;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

/// What to do.
#[derive(clap::Args)]
pub struct Retention {
    /// Deletes it; without this it is only named.
    #[arg(long)]
    delete: bool,
}

/// How many are looked up at once.
const BATCH: i64 = 500;

pub async fn run(state: &AppState, wanted: Retention) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    let failed = |e: AppError| e.to_string();
    if wanted.delete {
        let gone = service::run(&ctx).await.map_err(failed)?;
        return line(&format!(
            "deleted {} documents with {} versions, {} bytes; kept {}",
            gone.documents, gone.versions, gone.bytes, gone.kept
        ));
    }
    let mut after = None;
    loop {
        let due = service::due(&ctx, after, BATCH).await.map_err(failed)?;
        for document in &due {
            line(&format!(
                "{} {} {:<13} {} versions, {} bytes  {}: {}",
                document.id,
                document.changed_at.rfc3339(),
                document.category.key(),
                document.versions,
                document.bytes,
                document.organisation_name,
                document.title
            ))?;
        }
        match due.last() {
            Some(last) => after = Some(After { changed_at: last.changed_at, id: last.id }),
            None => break,
        }
    }
    let totals = service::totals(&ctx).await.map_err(failed)?;
    line(&format!(
        "would delete {} documents with {} versions, {} bytes; a hold or an open approval keeps {}",
        totals.documents, totals.versions, totals.bytes, totals.kept
    ))
}
