//! The end of looking as somebody else, whoever or whatever brings it about: always with its event in the trail, in the
//! transaction of what brings it about.

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{DbResult, Tx};
use crate::error::AppError;

use super::service::reaches;
use super::store::{self, Ended, Which};

/// What brings the end about, as the trail names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Whoever looked has seen enough.
    Stopped,
    /// It has run out.
    Time,
    /// The session it began in has ended.
    Session,
    /// Whoever looked may not any more, or the person looked as is gone.
    Rights,
}

impl Why {
    const fn name(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Time => "time",
            Self::Session => "session",
            Self::Rights => "rights",
        }
    }
}

/// Ends those that go on; answers them. Of two who end the same one at once, one does. Rows are locked before anything
/// is recorded: call it before the act that is going on records itself.
pub async fn end(tx: &Tx, ctx: &Ctx, which: Which, why: Why) -> DbResult<Vec<Ended>> {
    let ended = store::end(tx, which, ctx.now()).await?;
    for one in &ended {
        let event = Event::new("view_as.end", "user", one.user_id.0).organisation(one.organisation_id);
        let event = event.with("view", one.id).with("staff", one.staff_id).with("why", why.name());
        audit::record(tx, ctx, event).await?;
    }
    Ok(ended)
}

/// Ends those that their viewers may not go on with, after a change of what somebody may or of where somebody belongs.
pub async fn recheck(tx: &Tx, ctx: &Ctx) -> DbResult<()> {
    for view in store::open(tx).await? {
        let places = store::reach(tx, view.user_id, view.staff_id).await?;
        if !view.role.is_some_and(|role| reaches(role, &places, view.organisation_id)) {
            end(tx, ctx, Which::one(view.id, view.staff_id), Why::Rights).await?;
        }
    }
    Ok(())
}

/// Ends those that nobody came back to end.
pub async fn end_run_out(ctx: &Ctx) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    end(&tx, ctx, Which::run_out(ctx.now()), Why::Time).await?;
    tx.commit().await?;
    Ok(())
}
