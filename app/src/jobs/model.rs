//! Plain types of the queue.

use std::fmt;
use std::time::Duration;

use crate::error::AppError;
use crate::ids::{JobId, TokenId, UserId};
use crate::time::Instant;

use super::lane::Lane;

/// What kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Send a letter.
    Mail,
    /// Answer somebody who has forgotten a password, if there is anybody to answer.
    PasswordReset,
    /// Answer somebody who wants to sign in with a link.
    SignInLink,
    /// Remove the objects of uploads that never got a row.
    SweepUploads,
    /// Forget ended sessions.
    PurgeSessions,
    /// Forget counts of failed sign-ins that have run out.
    PurgeThrottles,
    /// Forget old idempotency keys.
    PurgeIdempotencyKeys,
    /// Forget links that ran out long ago.
    PurgeLinks,
    /// Forget finished jobs.
    PurgeJobs,
    /// Forget the words that no document has any more.
    ForgetWords,
    /// Walk the chain of the audit trail.
    VerifyAudit,
    /// End what staff look at as somebody else and whose time has run out.
    EndViews,
    /// Remind people who have not decided about a document.
    RemindApprovals,
    /// Delete documents whose time is over.
    DeleteDocuments,
    /// Remind people of files they are asked for.
    RemindRequests,
    /// Remind people of tasks of projects.
    RemindTasks,
    /// Remind people of appointments the day before.
    RemindAppointments,
    /// Tell staff which documents end soon.
    RemindRenewals,
    /// Tell staff what a customer has sent unasked.
    TellArrivals,
    /// Have a new version looked at by the virus scanner.
    ScanVersion,
    /// Have everything looked at that nobody has looked at yet.
    ScanBacklog,
    /// Make the preview of a version.
    PreviewVersion,
    /// Make the previews that nobody has asked for yet.
    PreviewBacklog,
    /// Look a file through that is to be imported.
    CheckImport,
    /// Import a file.
    RunImport,
    /// Take an import back.
    UndoImport,
    /// Say which imports were cut off, and take in what lies in the watched folder.
    WatchImports,
    /// Forget the files of old imports.
    PurgeImports,
    /// Remove notifications that are of no use to anybody any more.
    PurgeNotifications,
    /// Tell an endpoint what waits for it.
    DeliverWebhooks,
    /// Forget what endpoints were told long ago.
    PurgeWebhooks,
    /// Tell people on their devices.
    Push,
    /// Note that an announcement stands on pages from now on.
    BeginAnnouncement,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 33] = [
        Self::Mail,
        Self::PasswordReset,
        Self::SignInLink,
        Self::SweepUploads,
        Self::PurgeSessions,
        Self::PurgeThrottles,
        Self::PurgeIdempotencyKeys,
        Self::PurgeLinks,
        Self::PurgeJobs,
        Self::ForgetWords,
        Self::VerifyAudit,
        Self::EndViews,
        Self::RemindApprovals,
        Self::DeleteDocuments,
        Self::RemindRequests,
        Self::RemindTasks,
        Self::RemindAppointments,
        Self::RemindRenewals,
        Self::TellArrivals,
        Self::ScanVersion,
        Self::ScanBacklog,
        Self::PreviewVersion,
        Self::PreviewBacklog,
        Self::CheckImport,
        Self::RunImport,
        Self::UndoImport,
        Self::WatchImports,
        Self::PurgeImports,
        Self::PurgeNotifications,
        Self::DeliverWebhooks,
        Self::PurgeWebhooks,
        Self::Push,
        Self::BeginAnnouncement,
    ];

    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::PasswordReset => "password_reset",
            Self::SignInLink => "sign_in_link",
            Self::SweepUploads => "uploads.sweep",
            Self::PurgeSessions => "sessions.purge",
            Self::PurgeThrottles => "throttles.purge",
            Self::PurgeIdempotencyKeys => "idempotency.purge",
            Self::PurgeLinks => "links.purge",
            Self::PurgeJobs => "jobs.purge",
            Self::ForgetWords => "search.forget",
            Self::VerifyAudit => "audit.verify",
            Self::EndViews => "views.end",
            Self::RemindApprovals => "approvals.remind",
            Self::DeleteDocuments => "documents.delete",
            Self::RemindRequests => "requests.remind",
            Self::RemindTasks => "tasks.remind",
            Self::RemindAppointments => "appointments.remind",
            Self::RemindRenewals => "renewals.remind",
            Self::TellArrivals => "arrivals.tell",
            Self::ScanVersion => "versions.scan",
            Self::ScanBacklog => "versions.scan_all",
            Self::PreviewVersion => "versions.preview",
            Self::PreviewBacklog => "versions.preview_all",
            Self::CheckImport => "imports.check",
            Self::RunImport => "imports.run",
            Self::UndoImport => "imports.undo",
            Self::WatchImports => "imports.watch",
            Self::PurgeImports => "imports.purge",
            Self::PurgeNotifications => "notifications.purge",
            Self::DeliverWebhooks => "webhooks.deliver",
            Self::PurgeWebhooks => "webhooks.purge",
            Self::Push => "push",
            Self::BeginAnnouncement => "announcements.begin",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Key of its name for people.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Mail => "jobs-kind-mail",
            Self::PasswordReset => "jobs-kind-password-reset",
            Self::SignInLink => "jobs-kind-sign-in-link",
            Self::SweepUploads => "jobs-kind-uploads",
            Self::PurgeSessions => "jobs-kind-sessions",
            Self::PurgeThrottles => "jobs-kind-throttles",
            Self::PurgeIdempotencyKeys => "jobs-kind-idempotency",
            Self::PurgeLinks => "jobs-kind-links",
            Self::PurgeJobs => "jobs-kind-jobs",
            Self::ForgetWords => "jobs-kind-words",
            Self::VerifyAudit => "jobs-kind-audit",
            Self::EndViews => "jobs-kind-views",
            Self::RemindApprovals => "jobs-kind-approvals",
            Self::DeleteDocuments => "jobs-kind-retention",
            Self::RemindRequests => "jobs-kind-requests",
            Self::RemindTasks => "jobs-kind-tasks",
            Self::RemindAppointments => "jobs-kind-appointments",
            Self::RemindRenewals => "jobs-kind-renewals",
            Self::TellArrivals => "jobs-kind-arrivals",
            Self::ScanVersion => "jobs-kind-scan",
            Self::ScanBacklog => "jobs-kind-scan-all",
            Self::PreviewVersion => "jobs-kind-preview",
            Self::PreviewBacklog => "jobs-kind-preview-all",
            Self::CheckImport => "jobs-kind-import-check",
            Self::RunImport => "jobs-kind-import-run",
            Self::UndoImport => "jobs-kind-import-undo",
            Self::WatchImports => "jobs-kind-import-watch",
            Self::PurgeImports => "jobs-kind-import-purge",
            Self::PurgeNotifications => "jobs-kind-notifications",
            Self::DeliverWebhooks => "jobs-kind-webhooks",
            Self::PurgeWebhooks => "jobs-kind-webhooks-purge",
            Self::Push => "jobs-kind-push",
            Self::BeginAnnouncement => "jobs-kind-announcement",
        }
    }

    /// Which others it shares its places with.
    pub const fn lane(self) -> Lane {
        match self {
            Self::ScanVersion | Self::PreviewVersion => Lane::Files,
            Self::DeliverWebhooks => Lane::Webhooks,
            Self::Push => Lane::Push,
            _ => Lane::Open,
        }
    }

    /// How often it is tried before it is put aside. A mail waits out a mail server that is away for a weekend,
    /// a file a scanner. What kills the process that makes its preview is not given many of them.
    pub const fn max_attempts(self) -> i64 {
        match self {
            Self::Mail | Self::DeliverWebhooks | Self::ScanVersion => 18,
            Self::PreviewVersion => 3,
            _ => 5,
        }
    }

    /// How long one run may take; what hangs is cut off and tried again.
    pub const fn time_limit(self) -> Duration {
        match self {
            Self::Mail => Duration::from_secs(3 * 60),
            Self::CheckImport | Self::RunImport | Self::UndoImport | Self::WatchImports => {
                Duration::from_secs(6 * 3600)
            }
            _ => Duration::from_secs(30 * 60),
        }
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// To be done, now or later.
    Waiting,
    /// A worker is at it.
    Running,
    /// Done.
    Done,
    /// Given up; somebody must look.
    Dead,
}

impl State {
    /// Every state, in the order in which people care.
    pub const ALL: [Self; 4] = [Self::Dead, Self::Waiting, Self::Running, Self::Done];

    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Work to enqueue.
#[derive(Clone, Debug)]
pub struct New {
    /// What kind of work.
    pub kind: Kind,
    /// What of the kind, for people who look at the queue, such as the template of a mail. Never personal data.
    pub topic: &'static str,
    /// What the work needs to know: references, and only what cannot be read when it runs.
    pub payload: serde_json::Value,
    /// Not before; now if none.
    pub run_at: Option<Instant>,
    /// While a job with this key is unfinished, another one is not made.
    pub dedupe: Option<String>,
}

impl New {
    /// Work to be done now.
    #[expect(clippy::self_named_constructors, reason = "the type is named for what is enqueued: new work")]
    pub fn new(kind: Kind, payload: serde_json::Value) -> Self {
        Self { kind, topic: "", payload, run_at: None, dedupe: None }
    }

    /// Not before this.
    #[must_use]
    pub fn at(self, at: Instant) -> Self {
        Self { run_at: Some(at), ..self }
    }

    /// Once only while it is unfinished.
    #[must_use]
    pub fn once(self, key: impl Into<String>) -> Self {
        Self { dedupe: Some(key.into()), ..self }
    }

    /// What of the kind it is.
    #[must_use]
    pub fn about(self, topic: &'static str) -> Self {
        Self { topic, ..self }
    }
}

/// A job that a worker has claimed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Job {
    /// Id.
    pub id: JobId,
    /// What kind of work, by name: a newer node may know kinds that this one does not.
    pub kind: String,
    /// What the work needs to know, as JSON.
    pub payload: String,
    /// Which run this is, from 1. With the worker's name it fences off a worker that lost its lease.
    pub attempts: i64,
    /// The last run to try.
    pub max_attempts: i64,
    /// Whose act it was.
    pub originator_id: Option<UserId>,
    /// Through which token.
    pub token_id: Option<TokenId>,
    /// What that token was narrowed to.
    pub scope: String,
    /// When it was enqueued.
    pub created_at: Instant,
}

/// A job as people look at it. The payload stays where it is.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Id.
    pub id: JobId,
    /// What kind of work, by name.
    pub kind: String,
    /// What of the kind.
    pub topic: String,
    /// Where it stands.
    pub state: State,
    /// Waiting: not before this. Running: when another worker takes it.
    pub due_at: Instant,
    /// How often it was begun.
    pub attempts: i64,
    /// How often it will be at most.
    pub max_attempts: i64,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was enqueued.
    pub created_at: Instant,
    /// When it was last begun.
    pub started_at: Option<Instant>,
    /// When it was done or given up.
    pub finished_at: Option<Instant>,
}

/// Why a run did not do its work. The text is shown to staff and kept: a code, never an address or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Something was away: worth trying again.
    Again(String),
    /// It can never work.
    Never(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Again(why) | Self::Never(why) => f.write_str(why),
        }
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Unavailable => Self::Again("database or store unavailable".into()),
            AppError::Internal => Self::Again("internal error".into()),
            AppError::RateLimited(_) => Self::Again("rate limited".into()),
            // Their words may name somebody: the status says enough.
            other => Self::Never(format!("refused ({})", other.status())),
        }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        AppError::from(error).into()
    }
}
