//! `kontor user create` and `kontor token create`.

use std::io::{IsTerminal as _, Read as _};

use app::access::{Actor, Role, TokenScope};
use app::people;
use app::sign_in::{password, token};
use clap::Subcommand;

use super::Outcome;
use super::print::line;
use crate::state::AppState;

#[derive(Subcommand)]
pub enum UserCommand {
    /// Makes a sign-in for a person; asks for the password.
    Create {
        /// Sign-in address.
        #[arg(long)]
        email: String,
        /// Full name.
        #[arg(long)]
        name: String,
        /// customer, customer_admin, partner, project_manager, support, finance, sales, management or administrator.
        #[arg(long)]
        role: String,
        /// Short name of the organisation, for customers.
        #[arg(long)]
        organisation: Option<String>,
        /// Reads the password from standard input.
        #[arg(long)]
        password_stdin: bool,
    },
}

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
    },
}

pub async fn user(state: &AppState, command: UserCommand) -> Outcome {
    let UserCommand::Create { email, name, role, organisation, password_stdin } = command;
    let role = Role::parse(&role).ok_or_else(|| {
        let all: Vec<&str> = Role::ALL.into_iter().map(Role::name).collect();
        format!("--role {role}: not one of {}", all.join(", "))
    })?;
    let secret = read_password(password_stdin)?;
    let context = [email.split('@').next().unwrap_or_default(), name.as_str(), state.portal.name.as_str()];
    if let Some(reason) = password::refuse(&secret, &context) {
        return Err(reason);
    }
    let ctx = state.ctx(Actor::operator(), "cli");
    let new = people::NewPerson { email: email.clone(), name, role, organisation };
    people::create(&ctx, new, &secret).await.map_err(|e| e.to_string())?;
    line(&format!("{email} can sign in"))
}

fn read_password(stdin: bool) -> Result<String, String> {
    if stdin || !std::io::stdin().is_terminal() {
        let mut text = String::new();
        std::io::stdin().take(4096).read_to_string(&mut text).map_err(|e| format!("password: {e}"))?;
        return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
    }
    let first = rpassword::prompt_password("Password: ").map_err(|e| format!("password: {e}"))?;
    let second = rpassword::prompt_password("Again: ").map_err(|e| format!("password: {e}"))?;
    if first == second { Ok(first) } else { Err("the passwords differ".into()) }
}

pub async fn token(state: &AppState, command: TokenCommand) -> Outcome {
    let TokenCommand::Create { email, name, scopes } = command;
    let scope = TokenScope::parse(scopes.iter().flat_map(|s| s.split([',', ' '])).filter(|s| !s.is_empty()))?;
    let ctx = state.ctx(Actor::operator(), "cli");
    let failed = |e: sqlx::Error| format!("database: {e}");
    let user =
        people::find(&ctx.db, &email).await.map_err(failed)?.ok_or(format!("{email}: nobody has this address"))?;
    let tx = ctx.db.begin().await.map_err(failed)?;
    let (id, secret) = token::create(&tx, user, &name, &scope, ctx.now()).await.map_err(failed)?;
    let event = app::audit::Event::new("token.create", "token", id.0).with("user", user);
    app::audit::record(&tx, &ctx, event).await.map_err(failed)?;
    tx.commit().await.map_err(failed)?;
    line(&secret)
}
