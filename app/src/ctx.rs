//! What every door builds before it calls a service: who asks, and with what.

use std::sync::Arc;

use jiff::tz::TimeZone;
use tokio::sync::Notify;

use uuid::Uuid;

use crate::access::Actor;
use crate::announcements;
use crate::announcements::model::Current;
use crate::categories;
use crate::categories::model::AllRules;
use crate::db::{Db, Tx};
use crate::files::Files;
use crate::i18n::{Arg, Locale, format};
use crate::ids::OrganisationId;
use crate::imports::progress::Board;
use crate::imports::watch::Place;
use crate::kept::Kept;
use crate::notifications::live::Live;
use crate::outgoing::Outgoing;
use crate::scan::clamd::Scanner;
use crate::secrets::Secrets;
use crate::settings;
use crate::sign_in::assurance::Assurance;
use crate::sign_in::sessions::{Identity, Lifetimes};
use crate::sso::discovery::Cache;
use crate::time::{Clock, Instant};
use crate::view_as::Viewing;

/// What is the same for the whole portal.
#[derive(Clone, Debug)]
pub struct Portal {
    /// The operator's name, shown on every page.
    pub name: Kept<String>,
    /// The rules of the categories of documents.
    pub categories: Kept<Arc<AllRules>>,
    /// What is announced, now or later.
    pub announcements: Kept<Arc<Current>>,
    /// The zone that dates are shown in to whoever has not chosen another.
    pub zone: TimeZone,
    /// The public URL: links in mails come from it and from nothing else.
    pub base_url: url::Url,
    /// Seals what must be read again.
    pub secrets: Secrets,
    /// How long sessions live.
    pub sessions: Lifetimes,
    /// Wakes this process's workers after a commit that enqueued something.
    pub bell: Arc<Notify>,
    /// Calls others over HTTP.
    pub outgoing: Outgoing,
    /// The same for addresses that customers give and whose answers they read: what the operator has opened for itself is
    /// not open to them.
    pub outgoing_for_customers: Outgoing,
    /// What providers of single sign-on say of themselves.
    pub providers: Cache,
    /// The virus scanner, if there is one.
    pub scanner: Option<Scanner>,
    /// The longest file that may be uploaded, in bytes.
    pub upload_limit: u64,
    /// Where files lie that are imported by themselves, if they do.
    pub import_from: Option<Place>,
    /// How far imports are that this process is at.
    pub imports: Board,
    /// Browsers that are told at once.
    pub live: Live,
    /// The public URL is https: cookies are `Secure` and carry the `__Host-` prefix.
    pub secure: bool,
}

impl Portal {
    /// Reads again what may have been changed on another machine, if the last time was long ago.
    pub async fn refresh(&self, db: &Db, now: Instant) {
        self.name.refresh(now, settings::portal_name(db)).await;
        self.categories.refresh(now, async { categories::store::all(db).await.map(Arc::new) }).await;
        self.announcements.refresh(now, async { announcements::store::current(db, now).await.map(Arc::new) }).await;
    }
}

/// Light, dark, or as the device says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The name in the database and in the form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark].into_iter().find(|theme| theme.name() == name)
    }
}

/// A key a client sent so that repeating the request changes nothing, with a fingerprint of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// As sent.
    pub key: String,
    /// SHA-256 of what was asked: the same key for something else is an error.
    pub fingerprint: Vec<u8>,
    /// Set where no service answers a repetition by itself: the act's audit event claims the key for this request, and what it
    /// was answered is kept.
    pub request: Option<Uuid>,
}

/// The context of one request, job or command. Services accept nothing less.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// Who asks.
    pub actor: Actor,
    /// How sure the session is of its person; none for tokens, the command line and nobody.
    pub assurance: Option<Assurance>,
    /// The database.
    pub db: Db,
    /// The file store.
    pub files: Files,
    /// The clock.
    pub clock: Clock,
    /// Shown on error pages and in every log line and audit event of this request.
    pub request_id: Arc<str>,
    /// The reader's language.
    pub locale: Locale,
    /// The reader's theme.
    pub theme: Theme,
    /// The zone the reader's dates are shown in.
    pub zone: TimeZone,
    /// The session of a signed-in browser.
    pub session: Option<Identity>,
    /// Set while somebody of staff looks as this person.
    pub viewing: Option<Arc<Viewing>>,
    /// The portal.
    pub portal: Arc<Portal>,
    /// For a customer with several organisations: the one they look at.
    pub organisation: Option<OrganisationId>,
    /// The path asked for, to come back to.
    pub path: Arc<str>,
    /// Set where the client sent one.
    pub idempotency: Option<IdempotencyKey>,
}

impl Ctx {
    /// Now.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The same, reading through this transaction: whoever holds a connection must not wait for a second one.
    pub fn inside(&self, tx: &Tx) -> Self {
        Self { db: Db::clone(tx), ..self.clone() }
    }

    /// A text in the reader's language.
    pub fn t(&self, key: &'static str) -> &'static str {
        self.locale.t(key)
    }

    /// A text with arguments in the reader's language.
    pub fn with(&self, key: &'static str, args: &[Arg<'_>]) -> String {
        self.locale.with(key, args)
    }

    /// A date as short as it can be.
    pub fn date(&self, at: Instant) -> String {
        format::date(self.locale, &self.zone, self.now(), at)
    }

    /// The hour today, the date before.
    pub fn date_or_time(&self, at: Instant) -> String {
        format::date_or_time(self.locale, &self.zone, self.now(), at)
    }

    /// A date with the hour.
    pub fn date_time(&self, at: Instant) -> String {
        format::date_time(self.locale, &self.zone, self.now(), at)
    }
}
