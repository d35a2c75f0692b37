//! `kontor jobs`: the queue without a browser.

use app::access::Actor;
use app::error::AppError;
use app::ids::JobId;
use app::jobs::service::{self, Filter};
use app::jobs::{Kind, State};
use clap::{ArgGroup, Subcommand};

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum JobsCommand {
    /// Lists jobs, newest first: id, state, attempts, kind, time, last error.
    List {
        /// Only waiting, running, done or dead ones.
        #[arg(long)]
        state: Option<String>,
        /// Only this kind, such as mail.
        #[arg(long)]
        kind: Option<String>,
        /// At most this many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1000))]
        limit: i64,
    },
    /// Has a job tried again now, or everything that failed.
    #[command(group = ArgGroup::new("which").required(true))]
    Retry {
        /// The job.
        #[arg(group = "which")]
        id: Option<JobId>,
        /// Everything that failed.
        #[arg(long, group = "which")]
        failed: bool,
    },
    /// Drops a job that is not running: it will not be done.
    Drop {
        /// The job.
        id: JobId,
    },
}

fn failed(error: AppError) -> String {
    match error {
        AppError::NotFound => "there is no such job".into(),
        other => other.to_string(),
    }
}

pub async fn run(state: &AppState, command: JobsCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    match command {
        JobsCommand::List { state, kind, limit } => {
            let state = state
                .map(|s| State::parse(&s).ok_or(format!("--state {s}: not one of waiting, running, done, dead")))
                .transpose()?;
            let kinds = || Kind::ALL.map(Kind::name).join(", ");
            let kind =
                kind.map(|k| Kind::parse(&k).ok_or(format!("--kind {k}: not one of {}", kinds()))).transpose()?;
            let filter = Filter { state, kind: kind.map(|k| k.name().to_owned()), before: None, limit };
            let (rows, more) = service::list(&ctx, &filter).await.map_err(failed)?;
            for row in rows {
                let kind = if row.topic.is_empty() { row.kind } else { format!("{}:{}", row.kind, row.topic) };
                let error = row.last_error.unwrap_or_default();
                let (state, at) = (row.state.name(), row.created_at.rfc3339());
                let text =
                    format!("{} {state:7} {:>2}/{:<2} {kind:32} {at} {error}", row.id, row.attempts, row.max_attempts);
                line(text.trim_end())?;
            }
            if more { line("(more; use --limit)") } else { Ok(()) }
        }
        JobsCommand::Retry { id: Some(id), .. } => {
            service::retry(&ctx, id).await.map_err(failed)?;
            line("it is tried again")
        }
        JobsCommand::Retry { id: None, .. } => {
            let count = service::retry_failed(&ctx).await.map_err(failed)?;
            line(&format!("{count} jobs are tried again"))
        }
        JobsCommand::Drop { id } => {
            service::drop_job(&ctx, id).await.map_err(failed)?;
            line("dropped")
        }
    }
}
