//! `kontor organisation`.

use app::access::Actor;
use app::ctx::Ctx;
use app::error::AppError;
use app::organisation::details::Seen;
use app::organisation::list::{self, Customer, Filter};
use app::organisation::{administer, manage};
use clap::{Args, Subcommand};

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
    /// Lists customers by name: short name, state, number, people with a login, last sign-in, name.
    List {
        /// Those that were put to sleep, in place of the others.
        #[arg(long)]
        archived: bool,
        /// Only those with these words in name, number or city, each by its beginning; the two longest count.
        #[arg(long, default_value = "")]
        search: String,
    },
    /// Puts a customer to sleep: its people get in no more, its open invitations end. Nothing is deleted.
    Archive(Which),
    /// Wakes a customer up: its people get in again. Invitations stay ended.
    Restore(Which),
}

/// The customer a command is about.
#[derive(Args)]
pub struct Which {
    /// Short name of the customer.
    #[arg(long)]
    slug: String,
}

/// How many customers are read at once.
const PAGE: i64 = 500;

pub async fn run(state: &AppState, command: OrganisationCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    let said = |e: AppError| e.to_string();
    match command {
        OrganisationCommand::Create { slug, name, number } => {
            manage::create(&ctx, &slug, &name, &number).await.map_err(|e| e.to_string())?;
            line(&format!("{slug} is a customer"))
        }
        OrganisationCommand::Assign { slug, email, contact } => {
            manage::assign(&ctx, &slug, &email, contact).await.map_err(|e| e.to_string())?;
            line(&format!("{email} looks after {slug}"))
        }
        OrganisationCommand::List { archived, search } => list(&ctx, archived, search).await,
        OrganisationCommand::Archive(Which { slug }) => {
            let id = manage::any_by_slug(&ctx, &slug).await.map_err(said)?;
            administer::archive(&ctx, id, Seen::default()).await.map_err(said)?;
            line(&format!("{slug} is archived, its people get in no more"))
        }
        OrganisationCommand::Restore(Which { slug }) => {
            let id = manage::any_by_slug(&ctx, &slug).await.map_err(said)?;
            administer::restore(&ctx, id, Seen::default()).await.map_err(said)?;
            line(&format!("{slug} is restored, its people get in again"))
        }
    }
}

async fn list(ctx: &Ctx, archived: bool, search: String) -> Outcome {
    let mut filter = Filter { search, archived, limit: PAGE, ..Filter::default() };
    loop {
        let (rows, more) = list::list(ctx, &filter).await.map_err(|e| e.to_string())?;
        for row in &rows {
            line(&words(row))?;
        }
        match rows.last() {
            Some(last) if more => filter.after = Some((last.name.clone(), last.id)),
            _ => return Ok(()),
        }
    }
}

fn words(row: &Customer) -> String {
    let state = if row.archived { "archived" } else { "active" };
    let used = row.last_sign_in_at.map_or_else(|| "never signed in".to_owned(), app::time::Instant::rfc3339);
    let people = row.people.to_string();
    [&row.slug, state, &row.number, &people, &used, &row.name].map(str::to_owned).join("\t")
}
