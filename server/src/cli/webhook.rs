//! `kontor webhook list`, `pause` and `resume`.

use app::access::Actor;
use app::ids::WebhookId;
use app::webhooks::model::State;
use app::webhooks::service;
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum WebhookCommand {
    /// Lists the programs that are told what happens, of the operator and of customers.
    List,
    /// Pauses one: nothing is sent there until it is resumed.
    Pause {
        /// Its id.
        id: WebhookId,
    },
    /// Has one told again.
    Resume {
        /// Its id.
        id: WebhookId,
    },
}

pub async fn run(state: &AppState, command: WebhookCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    match command {
        WebhookCommand::List => {
            let mut after = None;
            loop {
                let page = service::list(&ctx, None, after, 100).await.map_err(|e| e.to_string())?;
                for row in &page.items {
                    let owner = row.organisation_name.as_deref().unwrap_or("operator");
                    let reason = row.pause_reason.map(|reason| format!(" ({})", reason.name())).unwrap_or_default();
                    line(&format!("{}  {}{reason}  {owner}  {}  {}", row.id, row.state.name(), row.name, row.url))?;
                }
                match page.next {
                    Some(next) => after = Some(next),
                    None => return Ok(()),
                }
            }
        }
        WebhookCommand::Pause { id } => {
            service::set_state(&ctx, id, None, State::Paused).await.map_err(|e| e.to_string())?;
            line(&format!("{id} is paused"))
        }
        WebhookCommand::Resume { id } => {
            service::set_state(&ctx, id, None, State::Active).await.map_err(|e| e.to_string())?;
            line(&format!("{id} is told again"))
        }
    }
}
