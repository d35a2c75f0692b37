//! `kontor project create`, `kontor project add` and `kontor project remove`.

use app::access::Actor;
use app::organisation::manage;
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum ProjectCommand {
    /// Makes a project of a customer.
    Create {
        /// Short name of the customer.
        #[arg(long)]
        organisation: String,
        /// Short name: a-z, 0-9 and -.
        #[arg(long)]
        slug: String,
        /// Name.
        #[arg(long)]
        name: String,
    },
    /// Puts a person of the customer, or an external partner, on a project.
    Add {
        /// Short name of the project.
        #[arg(long)]
        slug: String,
        /// The person.
        #[arg(long)]
        email: String,
    },
    /// Takes a person off a project.
    Remove {
        /// Short name of the project.
        #[arg(long)]
        slug: String,
        /// The person.
        #[arg(long)]
        email: String,
    },
}

pub async fn run(state: &AppState, command: ProjectCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    match command {
        ProjectCommand::Create { organisation, slug, name } => {
            manage::create_project(&ctx, &organisation, &slug, &name).await.map_err(|e| e.to_string())?;
            line(&format!("{slug} is a project of {organisation}"))
        }
        ProjectCommand::Add { slug, email } => {
            manage::add_to_project(&ctx, &slug, &email).await.map_err(|e| e.to_string())?;
            line(&format!("{email} is on {slug}"))
        }
        ProjectCommand::Remove { slug, email } => {
            manage::remove_from_project(&ctx, &slug, &email).await.map_err(|e| e.to_string())?;
            line(&format!("{email} is not on {slug} any more"))
        }
    }
}
