//! `kontor audit verify`: every link of the chain, named.

use app::audit::{Verdict, verify};
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum AuditCommand {
    /// Recomputes the chain, prints every event, and names the first broken link.
    Verify {
        /// Only the result.
        #[arg(long)]
        quiet: bool,
    },
}

pub async fn run(state: &AppState, command: AuditCommand) -> Outcome {
    let AuditCommand::Verify { quiet } = command;
    let mut written = Ok(());
    let verdict = verify(&state.db, |event| {
        if !quiet && written.is_ok() {
            let object = event.object_id.map(|id| id.to_string()).unwrap_or_default();
            let actor =
                event.actor_id.map_or_else(|| event.actor_kind.clone(), |id| format!("{}:{id}", event.actor_kind));
            written = line(&format!(
                "{:>6} {} {actor} {} {}:{object} {}",
                event.sequence,
                event.at.rfc3339(),
                event.action,
                event.object_kind,
                event.detail
            ));
        }
    })
    .await
    .map_err(|e| format!("database: {e}"))?;
    written?;
    app::audit::search::note(&state.ctx(app::access::Actor::operator(), "cli"), None, &verdict)
        .await
        .map_err(|e| format!("database: {e}"))?;
    match verdict {
        Verdict::Intact(count) => line(&format!("intact: {count} events")),
        Verdict::Broken { sequence, reason } => Err(format!("the chain is broken at event {sequence}: {reason}")),
    }
}
