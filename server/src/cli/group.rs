//! `kontor group`.

use app::access::Actor;
use app::ctx::Ctx;
use app::error::AppError;
use app::ids::GroupId;
use app::organisation::{groups, list, manage};
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
    /// Lists groups by name: short name, how many customers are in it, name.
    List,
    /// Gives a group another name.
    Rename {
        /// Short name of the group; it stays.
        #[arg(long)]
        slug: String,
        /// Name.
        #[arg(long)]
        name: String,
    },
    /// Deletes a group to which nothing is published.
    Delete {
        /// Short name of the group.
        #[arg(long)]
        slug: String,
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

/// How many groups are read at once.
const PAGE: i64 = 500;

/// The group with this short name.
async fn find(ctx: &Ctx, slug: &str) -> Result<GroupId, String> {
    let found = list::group(ctx, slug).await.map_err(|e| e.to_string())?;
    found.ok_or_else(|| format!("{slug}: there is no such group"))
}

async fn list_all(ctx: &Ctx) -> Outcome {
    let mut after: Option<(String, GroupId)> = None;
    loop {
        let before = after.as_ref().map(|(name, id)| (name.as_str(), *id));
        let (rows, more) = groups::list(ctx, before, PAGE).await.map_err(|e| e.to_string())?;
        for row in &rows {
            line(&format!("{}\t{}\t{}", row.slug, row.organisations, row.name))?;
        }
        match rows.last() {
            Some(last) if more => after = Some((last.name.clone(), last.id)),
            _ => return Ok(()),
        }
    }
}

pub async fn run(state: &AppState, command: GroupCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    let said = |e: AppError| match e {
        AppError::NotFound => "there is no such group".to_owned(),
        other => other.to_string(),
    };
    match command {
        GroupCommand::Create { slug, name } => {
            groups::create(&ctx, Some(&slug), &name).await.map_err(said)?;
            line(&format!("{slug} is a group"))
        }
        GroupCommand::List => list_all(&ctx).await,
        GroupCommand::Rename { slug, name } => {
            let group = groups::rename(&ctx, find(&ctx, &slug).await?, None, &name).await.map_err(said)?;
            line(&format!("{slug} is called {}", group.name))
        }
        GroupCommand::Delete { slug } => {
            groups::delete(&ctx, find(&ctx, &slug).await?, None).await.map_err(said)?;
            line(&format!("{slug} is deleted"))
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
