//! The command line. Exit status 0 done, 1 failed with one clear line, 2 wrong usage.

mod audit;
mod demo;
mod doctor;
mod factor;
mod group;
mod import;
mod index;
mod invitation;
mod invite;
mod jobs;
mod keys;
mod mail;
mod organisation;
mod print;
mod project;
mod retention;
mod serve;
mod settings;
mod sso;
mod token;
mod user;
mod verify;
mod webhook;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::state::AppState;
use crate::telemetry;

/// Kontor, the self-hosted customer portal.
#[derive(Parser)]
#[command(name = "kontor", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the portal (the default).
    Serve,
    /// Brings the database up to this version.
    Migrate,
    /// Loads the demo company; safe to run twice.
    Demo {
        /// The password of every demo sign-in.
        #[arg(long)]
        password: String,
    },
    /// Manages sign-ins.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Looks after the invitations that `kontor user invite` and the pages send.
    #[command(subcommand)]
    Invitation(invitation::InvitationCommand),
    /// Says who needs a second factor.
    #[command(subcommand)]
    Factor(factor::FactorCommand),
    /// Manages customers.
    #[command(subcommand)]
    Organisation(organisation::OrganisationCommand),
    /// How the portal is set up.
    #[command(subcommand)]
    Settings(settings::SettingsCommand),
    /// Manages groups of customers.
    #[command(subcommand)]
    Group(group::GroupCommand),
    /// Manages customers' projects.
    #[command(subcommand)]
    Project(project::ProjectCommand),
    /// Manages API tokens.
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Works with the job queue.
    #[command(subcommand)]
    Jobs(jobs::JobsCommand),
    /// Works with mails.
    #[command(subcommand)]
    Mail(mail::MailCommand),
    /// Programs elsewhere that are told what happens.
    #[command(subcommand)]
    Webhook(webhook::WebhookCommand),
    /// Single sign-on of customers.
    #[command(subcommand)]
    Sso(sso::SsoCommand),
    /// Works with the key that secrets and files are sealed with.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Names the documents whose time is over, and deletes them: so many days after their last change, or after the last
    /// day of what is valid for longer.
    Retention(retention::Retention),
    /// Takes in customers, their people, orders or their lines from a file of another system.
    Import(import::Import),
    /// Fills the index of words now, instead of little by little while the portal runs.
    Index(index::Index),
    /// Works with the audit trail.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Checks the certificate of an approval; needs no portal.
    Verify(verify::Verify),
    /// Shows the configuration in force and checks everything the portal needs.
    Doctor,
    /// Makes the preview of one document; the portal starts it.
    #[command(hide = true)]
    PreviewWorker,
    /// Prints the OpenAPI document.
    Openapi,
    /// Lists every HTTP route and server function with the policy action that guards it.
    Routes {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Prints who may do what.
    Policy {
        /// As Markdown.
        #[arg(long)]
        markdown: bool,
    },
}

/// The result of a command: nothing, or the line that says why not.
pub(crate) type Outcome = Result<(), String>;

/// Runs the program.
pub fn main() -> ExitCode {
    // Before anything else is opened: it gives up what it does not need.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == "preview-worker") {
        return if preview::worker::run().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    // With two providers in the tree, rustls wants to be told which.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(line) => {
            let _ = writeln!(std::io::stderr(), "kontor: {line}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Outcome {
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Openapi => print::openapi(),
        Command::Routes { json } => print::routes(json),
        Command::Policy { markdown: _ } => print::policy(),
        Command::PreviewWorker => preview::worker::run().map_err(|e| e.to_string()),
        Command::Verify(wanted) => verify::run(&wanted),
        command => {
            let config = Config::load()?;
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()
                .map_err(|e| format!("cannot start: {e}"))?;
            runtime.block_on(run_async(command, config))
        }
    }
}

async fn run_async(command: Command, config: Config) -> Outcome {
    match command {
        Command::Serve => serve::run(config).await,
        Command::Doctor => doctor::run(config).await,
        other => {
            // Commands are for people: only what goes wrong is logged.
            telemetry::start_log(&Config {
                log: "warn".into(),
                log_format: crate::config::LogFormat::Pretty,
                ..config.clone()
            });
            // Nobody may seal anything while the key is exchanged; an embedded database is held for that.
            let alone = matches!(other, Command::Keys(keys::KeysCommand::Rotate { .. }));
            let (state, _claim) = AppState::open(config, alone).await?;
            let outcome = match other {
                Command::Migrate => print::line("the database is up to date"),
                Command::Demo { password } => demo::run(&state, &password).await,
                Command::Organisation(command) => organisation::run(&state, command).await,
                Command::Settings(command) => settings::run(&state, command).await,
                Command::Group(command) => group::run(&state, command).await,
                Command::Project(command) => project::run(&state, command).await,
                Command::User(command) => user::user(&state, command).await,
                Command::Invitation(command) => invitation::run(&state, command).await,
                Command::Factor(command) => factor::run(&state, command).await,
                Command::Jobs(command) => jobs::run(&state, command).await,
                Command::Webhook(command) => webhook::run(&state, command).await,
                Command::Mail(command) => mail::run(&state, command),
                Command::Token(command) => token::run(&state, command).await,
                Command::Sso(command) => sso::run(&state, command).await,
                Command::Keys(command) => keys::run(&state, command).await,
                Command::Import(wanted) => import::run(&state, wanted).await,
                Command::Index(wanted) => index::run(&state, wanted).await,
                Command::Retention(wanted) => retention::run(&state, wanted).await,
                Command::Audit(command) => audit::run(&state, command).await,
                Command::Serve
                | Command::Doctor
                | Command::Openapi
                | Command::PreviewWorker
                | Command::Routes { .. }
                | Command::Verify(_)
                | Command::Policy { .. } => Ok(()),
            };
            state.db.close().await;
            outcome
        }
    }
}
