//! `kontor invitation`. People are invited with `kontor user invite`.

use app::access::Actor;
use app::ctx::Ctx;
use app::error::AppError;
use app::ids::InvitationId;
use app::invitations::model::{Invitation, State};
use app::invitations::service;
use app::organisation::manage;
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

/// What can be done with invitations.
#[derive(Subcommand)]
pub enum InvitationCommand {
    /// Lists invitations to the staff, or to a customer, newest first: id, state, until when it works, role, address, name.
    List {
        /// Short name of the customer.
        #[arg(long)]
        organisation: Option<String>,
        /// Only those that wait, and those that have run out and can be sent again.
        #[arg(long)]
        open: bool,
    },
    /// Sends an invitation again; the time for it begins anew.
    Resend {
        /// Its id, as `kontor invitation list` prints it.
        id: InvitationId,
    },
    /// Takes an invitation back: its link works no more.
    Withdraw {
        /// Its id, as `kontor invitation list` prints it.
        id: InvitationId,
    },
}

/// How many invitations are read at once.
const PAGE: i64 = 500;

fn failed(error: AppError) -> String {
    match error {
        AppError::NotFound => "there is no such invitation".into(),
        other => other.to_string(),
    }
}

/// Runs one of them.
pub async fn run(state: &AppState, command: InvitationCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    match command {
        InvitationCommand::List { organisation, open } => list(&ctx, organisation.as_deref(), open).await,
        InvitationCommand::Resend { id } => {
            let sent = service::resend(&ctx, id).await.map_err(failed)?;
            line(&format!("{} is invited again, until {}", sent.email, sent.expires_at.rfc3339()))
        }
        InvitationCommand::Withdraw { id } => {
            service::withdraw(&ctx, id).await.map_err(failed)?;
            line(&format!("{id} is taken back"))
        }
    }
}

async fn list(ctx: &Ctx, organisation: Option<&str>, open: bool) -> Outcome {
    let organisation = match organisation {
        Some(slug) => Some(manage::any_by_slug(ctx, slug).await.map_err(failed)?),
        None => None,
    };
    let mut before = None;
    loop {
        let (rows, more) = match organisation {
            Some(organisation) => service::list(ctx, organisation, before, PAGE).await,
            None => service::list_of_staff(ctx, before, PAGE).await,
        }
        .map_err(failed)?;
        for row in rows.iter().filter(|row| !open || row.state == State::Open) {
            line(&words(ctx, row))?;
        }
        match rows.last() {
            Some(last) if more => before = Some(last.id),
            _ => return Ok(()),
        }
    }
}

fn words(ctx: &Ctx, row: &Invitation) -> String {
    let (id, state, until) = (row.id.to_string(), row.state_name(ctx.now()), row.expires_at.rfc3339());
    [&id, state, &until, row.as_role().name(), &row.email, &row.name].map(str::to_owned).join("\t")
}
