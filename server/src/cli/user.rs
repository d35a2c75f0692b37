//! `kontor user`.

use std::io::{IsTerminal as _, Read as _};

use app::access::{Actor, Role};
use app::ctx::Ctx;
use app::error::AppError;
use app::ids::UserId;
use app::people;
use app::people::list::User;
use app::people::state::UserState;
use app::sign_in::password;
use clap::{Args, Subcommand};

use super::print::line;
use super::{Outcome, invite};
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
    /// Invites a person by mail; they choose themselves how they sign in.
    Invite(invite::Invite),
    /// Lists everybody with a sign-in: address, state, roles, last sign-in, name.
    List,
    /// Says everything about one person's sign-in.
    Show(Whom),
    /// Lets nobody sign in as this person any more: sessions end, tokens stop working.
    Suspend(Whom),
    /// Lets a suspended person sign in again.
    Restore(Whom),
    /// Gives somebody another role.
    SetRole {
        #[command(flatten)]
        whom: Whom,
        /// A staff role for staff; customer, customer_admin or partner for customers.
        #[arg(long)]
        role: String,
        /// Short name of the organisation, for customers.
        #[arg(long)]
        organisation: Option<String>,
    },
    /// Sets a person's password; asks for it. Their sessions end.
    SetPassword {
        #[command(flatten)]
        whom: Whom,
        /// Reads the password from standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Ends all sessions of a person.
    SignOut(Whom),
    /// Takes away every second factor of somebody who lost theirs, and tells them. Make sure first who asks.
    ResetFactor(Whom),
}

/// The person a command is about.
#[derive(Args)]
pub struct Whom {
    /// Sign-in address.
    #[arg(long)]
    email: String,
}

/// Runs one of them.
pub async fn user(state: &AppState, command: UserCommand) -> Outcome {
    let ctx = state.ctx(Actor::operator(), "cli");
    let said = |e: AppError| e.to_string();
    match command {
        UserCommand::Create { email, name, role, organisation, password_stdin } => {
            let role = parse_role(&role)?;
            create(state, people::NewPerson { email, name, role, organisation }, password_stdin).await
        }
        UserCommand::Invite(person) => invite::run(&ctx, person).await,
        UserCommand::List => list(&ctx).await,
        UserCommand::Show(Whom { email }) => show(&ctx, find(&ctx, &email).await?).await,
        UserCommand::Suspend(Whom { email }) => {
            people::suspend(&ctx, find(&ctx, &email).await?).await.map_err(said)?;
            line(&format!("{email} cannot sign in any more"))
        }
        UserCommand::Restore(Whom { email }) => {
            people::restore(&ctx, find(&ctx, &email).await?).await.map_err(said)?;
            line(&format!("{email} can sign in"))
        }
        UserCommand::SetRole { whom: Whom { email }, role, organisation } => {
            let role = parse_role(&role)?;
            let user = find(&ctx, &email).await?;
            people::set_role(&ctx, user, role, organisation.as_deref()).await.map_err(said)?;
            line(&format!("{email} is {}", role.name()))
        }
        UserCommand::SetPassword { whom: Whom { email }, password_stdin } => {
            let user = find(&ctx, &email).await?;
            let (person, _) = people::list::show(&ctx, user).await.map_err(said)?;
            let secret = read_password(password_stdin)?;
            check_password(state, &secret, &email, &person.name)?;
            let hash = password::hash(&secret).await.map_err(said)?;
            let failed = |e: sqlx::Error| format!("database: {e}");
            let tx = ctx.db.begin().await.map_err(failed)?;
            people::set_password(&tx, &ctx, user, &hash).await.map_err(said)?;
            tx.commit().await.map_err(failed)?;
            line(&format!("{email} has a new password"))
        }
        UserCommand::SignOut(Whom { email }) => {
            let ended = people::sign_out(&ctx, find(&ctx, &email).await?).await.map_err(said)?;
            line(&format!("{email} is signed out, {ended} sessions ended"))
        }
        UserCommand::ResetFactor(Whom { email }) => {
            app::factors::service::reset_by_staff(&ctx, find(&ctx, &email).await?).await.map_err(said)?;
            line(&format!("{email} has no second factor any more; all their sessions have ended"))
        }
    }
}

pub fn parse_role(role: &str) -> Result<Role, String> {
    Role::parse(role).ok_or_else(|| {
        let all: Vec<&str> = Role::ALL.into_iter().map(Role::name).collect();
        format!("--role {role}: not one of {}", all.join(", "))
    })
}

/// The person with this address.
pub async fn find(ctx: &Ctx, email: &str) -> Result<UserId, String> {
    let found = people::find(&ctx.db, email).await.map_err(|e| format!("database: {e}"))?;
    found.ok_or(format!("{email}: nobody has this address"))
}

/// How many people are read at once.
const PAGE: i64 = 500;

async fn list(ctx: &Ctx) -> Outcome {
    let mut after = String::new();
    loop {
        let (users, memberships) = people::list::list(ctx, &after, PAGE).await.map_err(|e| e.to_string())?;
        for user in &users {
            let roles = match user.staff_role {
                Some(role) => role.name().to_owned(),
                None => {
                    let own = memberships.iter().filter(|m| m.user_id == user.id && m.state == "active");
                    own.map(|m| format!("{}@{}", m.role, m.slug)).collect::<Vec<_>>().join(",")
                }
            };
            let state = if user.state == UserState::Active { "active" } else { "suspended" };
            line(&[&user.email, state, &roles, &last_sign_in(user), &user.name].map(str::to_owned).join("\t"))?;
        }
        match users.last() {
            Some(last) => after = app::sign_in::service::email_key(&last.email),
            None => return Ok(()),
        }
    }
}

fn last_sign_in(user: &User) -> String {
    user.last_sign_in_at.map_or_else(|| "never signed in".to_owned(), app::time::Instant::rfc3339)
}

async fn show(ctx: &Ctx, user: UserId) -> Outcome {
    let (person, memberships) = people::list::show(ctx, user).await.map_err(|e| e.to_string())?;
    let sessions = app::sign_in::sessions::list(&ctx.db, user, ctx.portal.sessions, ctx.now());
    let sessions = sessions.await.map_err(|e| format!("database: {e}"))?.len();
    let tokens = app::account::tokens::list_of(ctx, user).await.map_err(|e| e.to_string())?.len();
    let state = if person.state == UserState::Active { "active" } else { "suspended" };
    for (name, value) in [
        ("id", person.id.to_string()),
        ("email", person.email.clone()),
        ("name", person.name.clone()),
        ("state", state.to_owned()),
        ("staff role", person.staff_role.map_or("none", app::access::StaffRole::name).to_owned()),
        ("since", person.created_at.rfc3339()),
        ("last sign-in", last_sign_in(&person)),
        ("sessions", sessions.to_string()),
        ("tokens", tokens.to_string()),
    ] {
        line(&format!("{name:13} {value}"))?;
    }
    for membership in memberships {
        line(&format!("{:13} {} ({}, {})", "organisation", membership.slug, membership.role, membership.state))?;
    }
    Ok(())
}

fn check_password(state: &AppState, secret: &str, email: &str, name: &str) -> Result<(), String> {
    let portal = state.portal.name.get();
    let context = [email.split('@').next().unwrap_or_default(), name, portal.as_str()];
    password::refuse(secret, &context).map_or(Ok(()), Err)
}

async fn create(state: &AppState, new: people::NewPerson, password_stdin: bool) -> Outcome {
    let secret = read_password(password_stdin)?;
    check_password(state, &secret, &new.email, &new.name)?;
    let email = new.email.clone();
    let ctx = state.ctx(Actor::operator(), "cli");
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
