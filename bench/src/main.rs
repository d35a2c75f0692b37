//! What Kontor's speed is measured against, and on what. `script/bench` runs all of it; README.md explains it.

mod bells;
mod copy;
mod db;
mod download;
mod floor;
mod imports;
mod live;
mod plans;
mod seed;
mod sign_in;
mod sql;
mod webhooks;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[allow(unused_imports, reason = "the macros of the statements call each other by these names")]
use sql::{
    appointments, approvals, documents, factors, home, notifications, orders, projects, requests, search, validity,
};

/// The portal's, so that it is not the allocators that are compared.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The measuring tools behind script/bench.
#[derive(Parser)]
#[command(name = "bench", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fills a database that `kontor demo` made with documents.
    Seed {
        /// sqlite:PATH; nobody may have it open.
        #[arg(long)]
        database: String,
        /// How many documents the demo's customer ACME sees; all others together get a quarter of that on top.
        #[arg(long, default_value_t = 5_000)]
        documents: i64,
        /// Approvals of them, too: what the staff's list of approvals is measured on.
        #[arg(long)]
        approvals: bool,
        /// Orders over as many customers as there would be, up to 10,000.
        #[arg(long, default_value_t = 0)]
        orders: i64,
        /// People who want a summary of what there is to read, now.
        #[arg(long, default_value_t = 0)]
        digests: i64,
    },
    /// Copies a seeded SQLite database into a PostgreSQL one that `kontor migrate` has made.
    Copy {
        /// sqlite:PATH; nobody may have it open.
        #[arg(long)]
        from: String,
        /// postgres://...; what is in it goes.
        #[arg(long)]
        to: String,
    },
    /// Serves the customer's pages with the same SQL, plain axum and compiled templates.
    Floor {
        /// sqlite:PATH; read only, so the portal may have it open.
        #[arg(long)]
        database: String,
        /// Where to listen.
        #[arg(long)]
        addr: SocketAddr,
    },
    /// Downloads one file over and over; prints requests per second, p50, p99 (ms) and failures.
    Download {
        /// Where the server listens.
        #[arg(long)]
        addr: SocketAddr,
        /// The file's path.
        #[arg(long)]
        path: String,
        /// The session, as name=value.
        #[arg(long, default_value = "")]
        cookie: String,
        /// At once.
        #[arg(long, default_value_t = 2)]
        connections: u32,
        /// For how long.
        #[arg(long, default_value_t = 3)]
        seconds: u64,
    },
    /// Checks passwords on every core, with nothing around it; prints how many a second.
    Argon2 {
        /// For how long.
        #[arg(long, default_value_t = 3)]
        seconds: u64,
    },
    /// Signs people in over and over while somebody reads; prints sign-ins per second, their p50, the page's p95 (ms)
    /// and failures.
    SignIns {
        /// Where the portal listens; it must trust 127.0.0.1 as a proxy.
        #[arg(long)]
        addr: SocketAddr,
        /// Who signs in; may be given several times.
        #[arg(long = "email", required = true)]
        emails: Vec<String>,
        /// Their password.
        #[arg(long)]
        password: String,
        /// The reader's session, as name=value.
        #[arg(long)]
        cookie: String,
        /// At once.
        #[arg(long, default_value_t = 16)]
        connections: usize,
        /// For how long.
        #[arg(long, default_value_t = 3)]
        seconds: u64,
    },
    /// Tries wrong passwords for known and unknown addresses in turn; prints both medians (ms).
    Unknown {
        /// Where the portal listens; it must trust 127.0.0.1 as a proxy.
        #[arg(long)]
        addr: SocketAddr,
        /// Addresses that exist; may be given several times.
        #[arg(long = "email", required = true)]
        emails: Vec<String>,
        /// Attempts for each kind.
        #[arg(long, default_value_t = 100)]
        attempts: u32,
    },
    /// Holds open browsers while somebody reads; prints KiB for each, the page's p50 and p99 (ms), and how many were left.
    Live {
        /// Where the portal listens.
        #[arg(long)]
        addr: SocketAddr,
        /// The page that is read.
        #[arg(long, default_value = "/documents")]
        path: String,
        /// The session of whoever reads it, as name=value.
        #[arg(long)]
        cookie: String,
        /// The password of the people that the seed has made, whose browsers are held open.
        #[arg(long)]
        password: String,
        /// How many are held.
        #[arg(long, default_value_t = 5000)]
        connections: usize,
        /// For how long pages are read.
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// The portal's process.
        #[arg(long)]
        pid: u32,
    },
    /// Has orders come in and a webhook told of each; prints events and deliveries per second, and the p50 and p99 from one to
    /// the other (ms).
    Webhooks {
        /// Where the portal listens; it must be allowed to call 127.0.0.1.
        #[arg(long)]
        addr: SocketAddr,
        /// A token of an administrator.
        #[arg(long)]
        token: String,
        /// How many orders.
        #[arg(long, default_value_t = 5000)]
        events: usize,
    },
    /// Has orders come in while browsers are open; prints p50 and p99 from an order to a bell (ms), people told and orders taken
    /// per second.
    Bells {
        /// Where the portal listens.
        #[arg(long)]
        addr: SocketAddr,
        /// A token of an administrator.
        #[arg(long)]
        token: String,
        /// The password of the people that the seed has made.
        #[arg(long)]
        password: String,
        /// Browsers that are open.
        #[arg(long, default_value_t = 1000)]
        browsers: usize,
        /// How many orders come in as fast as they are taken.
        #[arg(long, default_value_t = 1000)]
        orders: usize,
    },
    /// Writes orders and their lines into a folder, as files to import.
    ImportFiles {
        /// The folder.
        #[arg(long)]
        folder: PathBuf,
        /// How many orders; each has three lines.
        #[arg(long, default_value_t = 100_000)]
        orders: u32,
        /// The number of the customer who ordered.
        #[arg(long)]
        customer: String,
        /// With another day of delivery.
        #[arg(long)]
        moved: bool,
    },
    /// Writes as many rows straight into tables of the same shape; prints rows per second of orders and of lines.
    ImportFloor {
        /// sqlite:PATH or postgres://..; nobody may have it open.
        #[arg(long)]
        database: String,
        /// How many orders; each has three lines.
        #[arg(long, default_value_t = 100_000)]
        orders: u32,
    },
    /// Prints how SQLite would run every list; exit status 1 when one walks a whole table or sorts a whole range.
    Plans {
        /// sqlite:PATH
        #[arg(long)]
        database: String,
    },
}

/// Nothing, or the line that says why not.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn line(text: &str) -> Outcome {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome<ExitCode> {
    // As many threads as the portal takes: one for each core.
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        match command {
            Command::Seed { database, documents, approvals, orders, digests } => {
                seed::run(&database, documents, approvals, orders, digests).await?;
            }
            Command::Copy { from, to } => copy::run(&from, &to).await?,
            Command::Floor { database, addr } => floor::run(&database, addr).await?,
            Command::Download { addr, path, cookie, connections, seconds } => {
                download::run(addr, &path, &cookie, connections, seconds)?;
            }
            Command::Argon2 { seconds } => sign_in::argon2(seconds)?,
            Command::SignIns { addr, emails, password, cookie, connections, seconds } => {
                sign_in::flood(addr, &emails, &password, &cookie, connections, seconds)?;
            }
            Command::Unknown { addr, emails, attempts } => sign_in::unknown(addr, &emails, attempts)?,
            Command::Live { addr, path, cookie, password, connections, seconds, pid } => {
                live::run(addr, &path, (&cookie, &password), connections, seconds, pid).await?;
            }
            Command::Webhooks { addr, token, events } => webhooks::run(addr, token, events).await?,
            Command::Bells { addr, token, password, browsers, orders } => {
                bells::run(addr, &token, &password, browsers, orders).await?;
            }
            Command::ImportFiles { folder, orders, customer, moved } => {
                imports::write(&folder, orders, &customer, moved)?;
            }
            Command::ImportFloor { database, orders } => imports::floor(&database, orders).await?,
            Command::Plans { database } => return plans::run(&database).await,
        }
        Ok(ExitCode::SUCCESS)
    })
}
