//! `kontor group create`, `kontor group add` and `kontor group remove`.

use app::access::Actor;
use app::organisation::manage;
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum GroupCommand {
    /// Makes a group of customers, to publish to all of them at once.
    Create {
        /// Short name: a-z, 0-9 and -.
        #[arg(long)]
        slug: String,
        /// Name.
        #[arg(long)]
        name: String,
    },
    /// Takes a customer into a group.
    Add {
        /// Short name of the group.
        #[arg(long)]
        slug: String,
        /// Short name of the customer.
        #[arg(long)]
        organisation: String,
    },
    /// Takes a customer out of a group.
    Remove {
        /// Short name of the group.
        #[arg(long)]
        slug: String,
        /// Short name of the customer.
        #[arg(long)]
        organisation: String,
    },
}

pub async fn run(state: &AppState, command: GroupCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    match command {
        GroupCommand::Create { slug, name } => {
            manage::create_group(&ctx, &slug, &name).await.map_err(|e| e.to_string())?;
            line(&format!("{slug} is a group"))
        }
        GroupCommand::Add { slug, organisation } => {
            manage::add_to_group(&ctx, &slug, &organisation).await.map_err(|e| e.to_string())?;
            line(&format!("{organisation} is in {slug}"))
        }
        GroupCommand::Remove { slug, organisation } => {
            manage::remove_from_group(&ctx, &slug, &organisation).await.map_err(|e| e.to_string())?;
            line(&format!("{organisation} is not in {slug} any more"))
        }
    }
}
