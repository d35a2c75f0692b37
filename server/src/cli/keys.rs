//! `kontor keys`: the key that secrets and files are sealed with.

use std::path::PathBuf;

use app::access::Actor;
use app::keys::seal::{self, Amount, Told};
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::key;
use crate::state::AppState;

/// What to do with the key.
#[derive(Subcommand)]
pub enum KeysCommand {
    /// Exchanges it: everything that is sealed is sealed with a new one. Stop every node before.
    Rotate {
        /// Where a configured key lies that is to be used from now on; made if it is not there. Needed where
        /// `KONTOR_SECRET_KEY` is set.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Seals the files that came before `KONTOR_ENCRYPT_FILES` was yes, while the portal runs.
    Seal {
        /// Only says how much there is to do.
        #[arg(long)]
        dry_run: bool,
    },
    /// Tells keys apart without telling the key.
    Fingerprint,
}

pub async fn run(state: &AppState, command: KeysCommand) -> Outcome {
    match command {
        KeysCommand::Fingerprint => line(&state.portal.secrets.fingerprint()),
        KeysCommand::Seal { dry_run } => seal(state, dry_run).await,
        KeysCommand::Rotate { to } => rotate(state, to).await,
    }
}

async fn rotate(state: &AppState, to: Option<PathBuf>) -> Outcome {
    let config = &state.config;
    if config.secret_key.is_some() && to.is_none() {
        return Err("the key is configured: name the file of the new one with --to FILE".into());
    }
    let path = to.clone().unwrap_or_else(|| key::next_path(config));
    let new = key::read_or_create(&path)?;
    let old = &state.portal.secrets;
    if new.fingerprint() == old.fingerprint() {
        return Err(format!("{}: this is the key that is in use", path.display()));
    }
    let ctx = state.ctx(Actor::operator(), "cli");
    for (name, count) in app::keys::rotate(&ctx, old, &new).await? {
        line(&format!("{count:>8} {name}"))?;
    }
    match to {
        // From here on the old key opens nothing. Cut off before the next line, a start finds the new one by itself.
        None => {
            key::adopt(config)?;
            line(&format!("the old key stays in {}", key::old_path(config, old).display()))?;
        }
        Some(path) => line(&format!("set KONTOR_SECRET_KEY_FILE={} before the next start", path.display()))?,
    }
    line(&format!("sealed with {} now; older backups need the old key", new.fingerprint()))
}

async fn seal(state: &AppState, dry_run: bool) -> Outcome {
    let amounts = async || seal::left(&state.db).await.map_err(|e| format!("database: {e}"));
    for (kind, Amount { count, bytes }) in amounts().await? {
        line(&format!("{count:>8} {kind} to seal, {bytes} bytes"))?;
    }
    if dry_run {
        return Ok(());
    }
    let ctx = state.ctx(Actor::operator(), "cli");
    seal::run(&ctx, |told| match told {
        Told::Sealed(kind, Amount { count, bytes }) => line(&format!("{count:>8} {kind} sealed, {bytes} bytes")),
        Told::Left { kind, document, number, name, why } => {
            line(&format!("NOT SEALED, of {kind}: document {document}, version {number} {name}: {why}"))
        }
    })
    .await?;
    let left: i64 = amounts().await?.iter().map(|(_, amount)| amount.count).sum();
    if left > 0 {
        return Err(format!("{left} could not be sealed and are as they were"));
    }
    line("everything is sealed; what lay there before goes in a day")
}
