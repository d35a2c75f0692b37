//! `kontor organisation create` and `kontor organisation assign`.

use app::access::Actor;
use app::organisation::manage;
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum OrganisationCommand {
    /// Makes a customer.
    Create {
        /// Short name: a-z, 0-9 and -.
        #[arg(long)]
        slug: String,
        /// Name.
        #[arg(long)]
        name: String,
        /// Your customer number.
        #[arg(long)]
        number: String,
    },
    /// Assigns a member of staff to a customer.
    Assign {
        /// Short name of the customer.
        #[arg(long)]
        slug: String,
        /// The member of staff.
        #[arg(long)]
        email: String,
        /// The customer sees them as their contact.
        #[arg(long)]
        contact: bool,
    },
}

pub async fn run(state: &AppState, command: OrganisationCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    match command {
        OrganisationCommand::Create { slug, name, number } => {
            manage::create(&ctx, &slug, &name, &number).await.map_err(|e| e.to_string())?;
            line(&format!("{slug} is a customer"))
        }
        OrganisationCommand::Assign { slug, email, contact } => {
            manage::assign(&ctx, &slug, &email, contact).await.map_err(|e| e.to_string())?;
            line(&format!("{email} looks after {slug}"))
        }
    }
}
