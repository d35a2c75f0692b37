//! `kontor token`.

use std::time::Duration;

use app::access::Actor;
use app::account::tokens::{self, NewToken, Token};
use app::ctx::Ctx;
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use super::user::find;
use crate::state::AppState;

/// What can be done with tokens.
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Makes an API token and prints it once, alone on standard output.
    Create {
        /// The person it acts as.
        #[arg(long)]
        email: String,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// Narrows it: read, AREA or AREA:read. May be given several times.
        #[arg(long = "scope")]
        scopes: Vec<String>,
        /// Ends it after this many days; without, it works until it is revoked.
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=1825))]
        expires: Option<u32>,
    },
    /// Lists a person's tokens: id, end, last use, scopes, name.
    List {
        /// The person.
        #[arg(long)]
        email: String,
    },
    /// Takes a token back.
    Revoke {
        /// Its id, as `kontor token list` prints it.
        id: String,
    },
}

/// Runs one of them.
pub async fn run(state: &AppState, command: TokenCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    match command {
        TokenCommand::Create { email, name, scopes, expires } => {
            let scopes = scopes.iter().flat_map(|s| s.split([',', ' '])).filter(|s| !s.is_empty());
            let scopes: Vec<String> = scopes.map(str::to_owned).collect();
            // Names the scope that is wrong, and all there are.
            app::access::TokenScope::parse(scopes.iter().map(String::as_str))?;
            let day = |days: u32| Duration::from_secs(u64::from(days) * 24 * 3600);
            let expires_at = expires.map(|days| ctx.now().plus(day(days)));
            let user = find(&ctx, &email).await?;
            let new = NewToken { name, scopes, expires_at };
            let (_, secret) = tokens::create_for(&ctx, user, new).await.map_err(|e| e.to_string())?;
            line(&secret)
        }
        TokenCommand::List { email } => {
            let user = find(&ctx, &email).await?;
            for token in tokens::list_of(&ctx, user).await.map_err(|e| e.to_string())? {
                line(&words(&ctx, &token))?;
            }
            Ok(())
        }
        TokenCommand::Revoke { id } => {
            let id = id.parse().map_err(|_| format!("{id}: not the id of a token"))?;
            match tokens::revoke_any(&ctx, id).await {
                Ok(()) => line(&format!("{id} is revoked")),
                Err(app::error::AppError::NotFound) => Err(format!("{id}: there is no such token, or it is revoked")),
                Err(error) => Err(error.to_string()),
            }
        }
    }
}

fn words(ctx: &Ctx, token: &Token) -> String {
    let end = match token.expires_at {
        None => "no end".to_owned(),
        Some(at) if token.is_expired(ctx.now()) => format!("expired {}", at.rfc3339()),
        Some(at) => format!("until {}", at.rfc3339()),
    };
    let used = token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {}", at.rfc3339()));
    let scopes = if token.scopes.is_empty() { "everything" } else { &token.scopes };
    [token.id.to_string(), end, used, scopes.to_owned(), token.name.clone()].join("\t")
}
