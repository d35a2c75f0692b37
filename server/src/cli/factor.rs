//! `kontor factor`: who needs a second factor.

use app::access::{Actor, Role};
use app::factors::rules;
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum FactorCommand {
    /// Says which roles need a second factor; it holds from everybody's next request.
    Require {
        /// A role, as `kontor policy` prints it. May be given several times.
        #[arg(long = "role", required_unless_present = "none", conflicts_with = "none")]
        roles: Vec<String>,
        /// No role needs one.
        #[arg(long)]
        none: bool,
    },
    /// Prints which roles need a second factor.
    Show,
}

pub async fn run(state: &AppState, command: FactorCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    if let FactorCommand::Require { roles, none: _ } = command {
        let mut wanted = Vec::new();
        for name in roles.iter().flat_map(|names| names.split([',', ' '])).filter(|name| !name.is_empty()) {
            let all = || Role::ALL.into_iter().map(Role::name).collect::<Vec<_>>().join(", ");
            wanted.push(Role::parse(name).ok_or_else(|| format!("--role {name}: not one of {}", all()))?);
        }
        rules::set_roles(&ctx, &wanted, None).await.map_err(|e| e.to_string())?;
    }
    let roles = rules::roles(&ctx).await.map_err(|e| e.to_string())?;
    if roles.is_empty() {
        return line("no role needs a second factor");
    }
    let names: Vec<&str> = roles.into_iter().map(Role::name).collect();
    line(&format!("a second factor is needed by: {}", names.join(", ")))
}
