//! What each kind of job does.

use std::time::Duration;

use futures::future::BoxFuture;
use serde::de::DeserializeOwned;

use crate::audit;
use crate::ctx::Ctx;
use crate::documents::upload;
use crate::error::AppError;
use crate::mail::{self, Mailer};
use crate::notifications::{self, push};
use crate::preview::{self, Previewer};
use crate::projects;
use crate::requests;
use crate::retention;
use crate::scan;
use crate::search;
use crate::sign_in::{sessions, throttle};
use crate::time::Instant;
use crate::{
    announcements, appointments, approvals, arrivals, factors, idempotency, imports, links, password_reset,
    sign_in_link, sso, uploads, validity, view_as, webhooks,
};

use super::model::{Failure, Job, Kind};
use super::store;
use super::worker::Handler;

const DAY: Duration = Duration::from_secs(24 * 3600);
/// An upload that began this long ago and has no row has failed.
const STALE_UPLOADS: Duration = DAY;
/// One job removes orphans for so long.
const SWEEPING: Duration = Duration::from_secs(20 * 60);
/// A link that ran out this long ago is not even said to have run out.
const OLD_LINKS: Duration = Duration::from_secs(30 * 24 * 3600);
/// Done jobs are shown for this long.
const DONE_JOBS: Duration = Duration::from_secs(7 * 24 * 3600);
/// Jobs that were given up wait this long for somebody to look.
const DEAD_JOBS: Duration = Duration::from_secs(90 * 24 * 3600);

/// Does the portal's own work.
#[derive(Clone, Debug)]
pub struct Works {
    /// Where mails go.
    pub mailer: Mailer,
    /// Who makes previews.
    pub previewer: Previewer,
}

impl Handler for Works {
    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Job) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async move {
            // A newer node of the same portal may have enqueued it: it is left for that one to find.
            let kind = Kind::parse(&job.kind).ok_or_else(|| Failure::Again("unknown kind of work".into()))?;
            let now = ctx.now();
            match kind {
                Kind::Mail => mail::deliver(ctx, &self.mailer, job).await?,
                Kind::PasswordReset => password_reset::service::answer(ctx, payload(job)?).await?,
                Kind::SignInLink => sign_in_link::service::answer(ctx, payload(job)?).await?,
                Kind::SweepUploads => {
                    let swept = sweep(ctx, now.minus(STALE_UPLOADS)).await?;
                    if swept > 0 {
                        tracing::info!(swept, "orphaned uploads removed");
                    }
                    let given_up = uploads::sweep::run(ctx).await?;
                    if given_up > 0 {
                        tracing::info!(given_up, "unfinished uploads given up");
                    }
                }
                Kind::PurgeSessions => {
                    sessions::purge(&ctx.db, ctx.portal.sessions, now).await?;
                    // What providers have ended them with.
                    sso::store::purge(&ctx.db, now).await?;
                }
                Kind::PurgeThrottles => {
                    throttle::purge(&ctx.db, now).await?;
                    factors::store::purge_challenges(&ctx.db, now).await?;
                }
                Kind::PurgeIdempotencyKeys => idempotency::purge(&ctx.db, now).await?,
                Kind::PurgeLinks => links::purge(&ctx.db, now.minus(OLD_LINKS)).await?,
                Kind::PurgeJobs => store::purge(&ctx.db, now.minus(DONE_JOBS), now.minus(DEAD_JOBS)).await?,
                Kind::ForgetWords => {
                    let words = search::index::forget_words(ctx).await?;
                    if words > 0 {
                        tracing::info!(words, "words forgotten that no document has");
                    }
                }
                Kind::EndViews => view_as::end_run_out(ctx).await?,
                Kind::RemindApprovals => approvals::remind::run(ctx).await?,
                Kind::DeleteDocuments => {
                    let gone = retention::delete::run(ctx).await?;
                    if gone.documents > 0 {
                        tracing::info!(documents = gone.documents, bytes = gone.bytes, "documents deleted");
                    }
                }
                Kind::RemindRequests => requests::remind::run(ctx).await?,
                Kind::RemindTasks => projects::remind::run(ctx).await?,
                Kind::RemindAppointments => appointments::remind::run(ctx).await?,
                Kind::RemindRenewals => validity::remind::run(ctx).await?,
                Kind::TellArrivals => arrivals::tell::run(ctx, payload(job)?).await?,
                Kind::ScanVersion => scan::work::one(ctx, payload(job)?).await?,
                Kind::ScanBacklog => scan::work::backlog(ctx).await?,
                Kind::PreviewVersion => preview::work::one(ctx, &self.previewer, job, payload(job)?).await?,
                Kind::PreviewBacklog => preview::work::backlog(ctx, &self.previewer).await?,
                Kind::CheckImport => imports::work::check(ctx, job, payload(job)?).await?,
                Kind::RunImport => imports::work::run(ctx, job, payload(job)?).await?,
                Kind::UndoImport => imports::work::undo(ctx, job, payload(job)?).await?,
                Kind::WatchImports => imports::watch::look(ctx).await?,
                Kind::PurgeImports => imports::work::purge(ctx).await?,
                Kind::PurgeNotifications => {
                    let gone = notifications::run::purge(ctx).await?;
                    if gone > 0 {
                        tracing::info!(gone, "old notifications removed");
                    }
                }
                Kind::DeliverWebhooks => webhooks::deliver::run(ctx, payload(job)?).await?,
                Kind::PurgeWebhooks => webhooks::purge::run(ctx).await?,
                Kind::Push => push::deliver::run(ctx, payload(job)?).await?,
                Kind::BeginAnnouncement => announcements::begin::run(ctx, payload(job)?).await?,
                Kind::VerifyAudit => audit::search::run_verification(ctx, &job.payload).await?,
            }
            Ok(())
        })
    }
}

/// Removes orphans for so long; sealing an old store leaves very many at once, and what is left waits for the next hour.
async fn sweep(ctx: &Ctx, before: Instant) -> Result<usize, AppError> {
    let begun = std::time::Instant::now();
    let mut swept = 0;
    loop {
        let some = upload::sweep(ctx, before).await?;
        swept += some;
        if some == 0 || begun.elapsed() > SWEEPING {
            return Ok(swept);
        }
    }
}

/// What a job needs to know, as its kind reads it.
fn payload<T: DeserializeOwned>(job: &Job) -> Result<T, Failure> {
    serde_json::from_str(&job.payload).map_err(|_| Failure::Never("payload not understood".into()))
}
