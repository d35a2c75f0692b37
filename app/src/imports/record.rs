//! A run while it goes: its rows and counts are written down with what they did, in the same transaction.

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::AppError;
use crate::ids::ImportId;

use super::kind::Kind;
use super::model::{Run, State};
use super::report::{Entry, Totals};
use super::store;

/// The most rows that are noted of what a run made and changed; beyond, it cannot be undone.
const NOTED: u64 = 250_000;
/// The most rows that are noted of what was wrong.
const REJECTED: u64 = 10_000;

/// A run that goes on.
#[derive(Debug)]
pub struct Record {
    id: ImportId,
    begun_with: Totals,
    done: u64,
    whole: bool,
    /// What was wrong, where all of it may be taken back with the rest.
    bad: Option<Vec<(i64, Entry)>>,
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl Record {
    /// A run that was claimed.
    pub fn of(run: &Run) -> Self {
        Self {
            id: run.id,
            begun_with: Totals::from(run.counts),
            done: u64::try_from(run.done).unwrap_or(0),
            whole: run.whole,
            bad: (!run.options().skip_bad).then(Vec::new),
        }
    }

    /// What it did before it was cut off.
    pub(super) fn totals(&self) -> Totals {
        self.begun_with.clone()
    }

    /// What its orders and projects are counted by.
    pub(super) fn source(&self) -> uuid::Uuid {
        self.id.0
    }

    /// Rows of the file that it was through with then.
    pub(super) fn done(&self) -> u64 {
        self.done
    }

    /// Notes what rows of the file did. `before`: what was counted until then.
    pub(super) async fn note(
        &mut self,
        tx: &Tx,
        entries: &[Entry],
        before: &Totals,
        rows: usize,
    ) -> Result<(), AppError> {
        let (mut made, mut rejected) = (before.created + before.changed, before.rejected);
        let mut noted = Vec::new();
        for (position, entry) in (signed(before.rows())..).zip(entries) {
            let (count, most) = match entry.result() {
                "unchanged" => continue,
                "rejected" => (&mut rejected, REJECTED),
                _ => (&mut made, NOTED),
            };
            *count += 1;
            if *count <= most {
                noted.push((position, entry));
            }
        }
        self.whole &= made <= NOTED;
        if let Some(bad) = &mut self.bad {
            let wrong = noted.iter().filter(|(_, entry)| entry.outcome.is_err());
            bad.extend(wrong.map(|(position, entry)| (*position, (*entry).clone())));
        }
        store::add_rows(tx, self.id, &noted).await?;
        self.done += rows as u64;
        Ok(())
    }

    /// Remembers what was wrong where nothing is written; of what is right there is nothing to say.
    pub(super) fn refuse(&mut self, entry: &Entry, before: &Totals) {
        if let Some(bad) = self.bad.as_mut().filter(|_| entry.outcome.is_err() && before.rejected < REJECTED) {
            bad.push((signed(before.rows()), entry.clone()));
        }
    }

    /// What it does cannot be taken back.
    pub(super) fn cannot_be_undone(&mut self) {
        self.whole = false;
    }

    /// Says how far it is, with what it did.
    pub(super) async fn advance(&self, tx: &Tx, ctx: &Ctx, entries: &[Entry], before: &Totals) -> Result<(), AppError> {
        let mut totals = before.clone();
        entries.iter().for_each(|entry| totals.count(entry));
        store::advance(tx, self.id, signed(self.done), totals.counts(), self.whole, ctx.now()).await?;
        ctx.portal.imports.set(self.id, self.done);
        Ok(())
    }

    /// Says that it lives, beside a transaction that is open for long. Where only one can write, that has to do.
    pub(super) async fn beat(&self, ctx: &Ctx) {
        ctx.portal.imports.set(self.id, self.done);
        if ctx.db.has_one_writer() {
            return;
        }
        let beaten = async {
            let tx = ctx.db.begin_relaxed().await?;
            store::beat(&tx, self.id, signed(self.done), ctx.now()).await?;
            tx.commit().await
        };
        if let Err(error) = beaten.await {
            tracing::warn!(%error, "sign of life of an import");
        }
    }

    /// It is done, with the end of the transaction.
    pub(super) async fn finish(self, tx: Tx, ctx: &Ctx, kind: Kind, totals: &Totals) -> Result<(), AppError> {
        let counts = totals.counts();
        store::advance(&tx, self.id, signed(self.done), counts, self.whole, ctx.now()).await?;
        store::end(&tx, self.id, State::Done, "", ctx.now()).await?;
        let event = Event::new("import.run", "import", self.id.0)
            .with("kind", kind.name())
            .with("created", counts.created)
            .with("changed", counts.changed)
            .with("rejected", counts.rejected);
        audit::record(&tx, ctx, event).await?;
        tx.commit().await?;
        ctx.portal.imports.forget(self.id);
        Ok(())
    }

    /// Something was wrong, and so nothing was done; what was wrong is noted.
    pub(super) async fn give_up(self, ctx: &Ctx, totals: &Totals) -> Result<(), AppError> {
        let tx = ctx.db.begin().await?;
        for some in self.bad.unwrap_or_default().chunks(500) {
            let rows: Vec<(i64, &Entry)> = some.iter().map(|(position, entry)| (*position, entry)).collect();
            store::add_rows(&tx, self.id, &rows).await?;
        }
        store::advance(&tx, self.id, 0, totals.counts(), true, ctx.now()).await?;
        store::end(&tx, self.id, State::Failed, "rejected", ctx.now()).await?;
        tx.commit().await?;
        ctx.portal.imports.forget(self.id);
        Ok(())
    }
}
