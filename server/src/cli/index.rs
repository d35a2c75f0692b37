//! `kontor index`: the index of words, filled at once.

use app::access::Actor;
use app::error::AppError;
use app::search::index;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

/// What to do.
#[derive(clap::Args)]
pub struct Index {
    /// Makes the whole index anew; without this only what has changed.
    #[arg(long)]
    again: bool,
}

pub async fn run(state: &AppState, wanted: Index) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    let failed = |e: AppError| e.to_string();
    if wanted.again {
        index::mark_all(&ctx, index::MARKED).await.map_err(failed)?;
    }
    let things = index::drain(&ctx).await.map_err(failed)?;
    line(&format!("indexed {things} documents and orders"))
}
