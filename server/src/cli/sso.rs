//! `kontor sso show`, `kontor sso disable` and `kontor sso unlink`: what an operator needs when a customer's provider
//! lets nobody in.

use app::access::Actor;
use app::sso::{manage, store};
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum SsoCommand {
    /// Lists every provider: customer, state, issuer, and whether it is the only way in.
    Show,
    /// Lets the people of a customer use their other ways in again.
    Disable {
        /// Short name of the customer.
        #[arg(long)]
        organisation: String,
    },
    /// Forgets who a person is at their provider: when their address there was given to somebody else.
    Unlink {
        /// Short name of the customer.
        #[arg(long)]
        organisation: String,
        /// The person's address here.
        #[arg(long)]
        email: String,
    },
}

pub async fn run(state: &AppState, command: SsoCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    let failed = |e: sqlx::Error| format!("database: {e}");
    match command {
        SsoCommand::Show => {
            let mut after = String::new();
            loop {
                let page = store::list(&ctx.db, &after).await.map_err(failed)?;
                let Some(last) = page.last() else { return Ok(()) };
                after = last.slug.clone();
                for entrance in page {
                    let only = if entrance.only_sso { "  only way in" } else { "" };
                    let (slug, provider) = (entrance.slug, entrance.provider);
                    line(&format!("{slug:24} {:7} {}{only}", provider.state.name(), provider.issuer))?;
                }
            }
        }
        SsoCommand::Disable { organisation } => {
            let changed = manage::break_glass(&ctx, &organisation).await.map_err(|e| e.to_string())?;
            line(&match changed {
                true => format!("people of {organisation} may sign in without their provider again"),
                false => format!("people of {organisation} could sign in without a provider all along"),
            })
        }
        SsoCommand::Unlink { organisation, email } => {
            let forgotten = manage::unlink(&ctx, &organisation, &email).await.map_err(|e| e.to_string())?;
            line(&format!("{email}: {forgotten} links forgotten"))
        }
    }
}
