//! `kontor import`: takes in what another system writes.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use app::access::{Actor, Via};
use app::ctx::Ctx;
use app::imports::here::Here;
use app::imports::mapping;
use app::imports::report::{Entry, Totals};
use app::imports::run::{Kind, Options};
use app::sign_in::actor;
use indicatif::{ProgressBar, ProgressStyle};

use super::Outcome;
use super::print::line;
use crate::http::csv;
use crate::state::AppState;

/// Rows that are wrong or different and are printed; the report has all of them.
const SHOWN: u64 = 50;

/// What to do.
#[derive(clap::Args)]
pub struct Import {
    /// What the rows are: organisations, people, orders, order-lines, projects, project-tasks or documents.
    #[arg(value_parser = kind)]
    kind: Kind,
    /// A file with a heading: CSV in UTF-8 or Windows-1252, XLSX, or JSON; for documents a zip of their files with such a list.
    file: PathBuf,
    /// The name of a mapping that was saved, or `auto`: columns are known by their names, in English and German.
    #[arg(long, default_value = "auto")]
    mapping: String,
    /// Shows what would be done, and does nothing.
    #[arg(long)]
    dry_run: bool,
    /// Leaves out what is wrong; without this nothing is done where anything is.
    #[arg(long)]
    skip_bad: bool,
    /// The currency of prices that say none (ISO 4217).
    #[arg(long, default_value = "EUR")]
    currency: String,
    /// People get an invitation by mail; without this they are only known.
    #[arg(long)]
    invite: bool,
    /// Documents are published to their customer; without this they are drafts.
    #[arg(long)]
    publish: bool,
    /// Where the files of documents are, if they are not in a zip with their list.
    #[arg(long)]
    files: Option<PathBuf>,
    /// Who of the staff imports, by e-mail address; documents need somebody.
    #[arg(long)]
    by: Option<String>,
    /// Writes what became of every row into this CSV file.
    #[arg(long)]
    report: Option<PathBuf>,
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::parse(text).ok_or_else(|| format!("one of {}", Kind::ALL.map(Kind::name).join(", ")))
}

/// What is printed and written of each row.
struct Told {
    report: Option<std::io::BufWriter<std::fs::File>>,
    failed: Option<std::io::Error>,
    progress: ProgressBar,
    dry_run: bool,
    shown: u64,
}

impl Told {
    fn row(&mut self, entry: &Entry) {
        self.progress.inc(1);
        let cells = [entry.line.to_string(), entry.number.clone(), entry.result().to_owned(), entry.text()];
        if let Some(report) = &mut self.report
            && let Err(error) = report.write_all(csv::line(&cells).as_bytes())
        {
            self.failed.get_or_insert(error);
        }
        let said = entry.outcome.is_err() || (self.dry_run && entry.result() == "change");
        if said && self.shown < SHOWN {
            self.shown += 1;
            let text = format!("line {}: {} {}: {}", entry.line, entry.result(), entry.number, entry.text());
            // Above the bar, and in the same place where there is none.
            self.progress.suspend(|| drop(writeln!(std::io::stderr(), "{text}")));
        }
    }
}

fn summary(totals: &Totals) -> String {
    let Totals { created, changed, unchanged, rejected, undone } = totals;
    let end = if *undone { "; nothing was written" } else { "" };
    format!("{created} created, {changed} changed, {unchanged} unchanged, {rejected} rejected{end}")
}

/// Who imports: the operator, or somebody of the staff.
async fn asker(state: &AppState, by: Option<&str>) -> Result<Ctx, String> {
    let operator = state.ctx(Actor::operator(), "cli");
    let Some(email) = by else { return Ok(operator) };
    let failed = |e: &dyn std::fmt::Display| format!("--by {email}: {e}");
    let user = app::people::find(&operator.db, email).await.map_err(|e| failed(&e))?;
    let user = user.ok_or_else(|| failed(&"there is no such person"))?;
    let person = actor::load(&operator.db, user).await.map_err(|e| failed(&e))?;
    let person = person.ok_or_else(|| failed(&"may not sign in"))?;
    Ok(Ctx { actor: Actor::person(person.kind, Via::CommandLine), ..operator })
}

pub async fn run(state: &AppState, wanted: Import) -> Outcome {
    if wanted.kind == Kind::Documents && wanted.by.is_none() {
        return Err("documents are somebody's: say who of the staff imports them with --by EMAIL".into());
    }
    let ctx = asker(state, wanted.by.as_deref()).await?;
    let mapping = mapping::named(&ctx, wanted.kind, &wanted.mapping).await.map_err(|e| e.to_string())?;
    let failed = |e: &dyn std::fmt::Display| format!("{}: {e}", wanted.file.display());
    let here = Here::with_files(wanted.kind, &wanted.file, mapping, wanted.files.as_deref()).map_err(|e| failed(&e))?;
    let columns: Vec<String> =
        here.ready().mapping().into_iter().map(|(field, column)| format!("{field} = {column}")).collect();
    line(&format!("columns: {}", columns.join(", ")))?;
    if !here.ready().unused().is_empty() {
        line(&format!("not used: {}", here.ready().unused().join(", ")))?;
    }
    let report = wanted.report.as_ref().map(|path| {
        let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
        let heading = ["line", "number", "result", "details"].map(str::to_owned);
        file.write_all(csv::line(&heading).as_bytes())?;
        Ok::<_, std::io::Error>(file)
    });
    let report = report.transpose().map_err(|e| format!("cannot write the report: {e}"))?;
    let style = ProgressStyle::with_template("{wide_bar} {pos} of about {len} rows, {per_sec}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let progress = ProgressBar::new(here.ready().about()).with_style(style);
    progress.enable_steady_tick(Duration::from_millis(200));
    let mut told = Told { report, failed: None, progress, dry_run: wanted.dry_run, shown: 0 };
    let options = Options {
        dry_run: wanted.dry_run,
        skip_bad: wanted.skip_bad,
        currency: wanted.currency.to_ascii_uppercase(),
        invite: wanted.invite,
        publish: wanted.publish,
    };
    let done = if wanted.dry_run {
        here.look(&ctx, &options, |entry| told.row(entry)).await.map(Some)
    } else {
        here.run(&ctx, &options, |entry| told.row(entry)).await.map(|done| done.map(|(_, totals)| totals))
    };
    told.progress.finish_and_clear();
    let done = done.map_err(|e| format!("{}; nothing of what was under way was written", failed(&e)))?;
    let totals = done
        .ok_or_else(|| format!("another import of {} is running; try again when it has ended", wanted.kind.name()))?;
    if let Some(mut report) = told.report {
        report.flush().map_err(|e| format!("cannot write the report: {e}"))?;
    }
    if let Some(error) = told.failed {
        return Err(format!("the report is not whole: {error}"));
    }
    line(&summary(&totals))?;
    if totals.rejected > 0 && !wanted.skip_bad {
        return Err(format!("{} of {} rows are wrong", totals.rejected, totals.rows()));
    }
    Ok(())
}
