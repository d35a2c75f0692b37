//! What every handler can reach, and starting it up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::access::Actor;
use app::assets;
use app::ctx::{Ctx, Portal, Theme};
use app::db::{Claim, Db, DbOptions, PoolSizes, SchemaState};
use app::files::Files;
use app::i18n::Locale;
use app::imports::progress::Board;
use app::jobs::{Worker, Works};
use app::kept::Kept;
use app::mail::{Mailer, Sender, Target};
use app::notifications::live::Live;
use app::outgoing::Outgoing;
use app::preview::Previewer;
use app::secrets::Secrets;
use app::sso::discovery::Cache;
use app::time::Clock;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;

use crate::config::Config;
use crate::{data_dir, embedded, key};

/// The state of the server. Cheap to clone.
#[derive(Clone, Debug, FromRef)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// The file store.
    pub files: Files,
    /// The clock.
    pub clock: Clock,
    /// The portal.
    pub portal: Arc<Portal>,
    /// Where mails go.
    pub mailer: Mailer,
    /// Who makes previews.
    pub previewer: Previewer,
    /// The configuration.
    pub config: Arc<Config>,
    /// Leptos' own options.
    pub leptos: LeptosOptions,
    /// Set when the server has been told to stop: readiness goes red.
    pub stopping: Stopping,
}

/// Whether the server has been told to stop.
#[derive(Clone, Debug, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    /// The server ends.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it does.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl AppState {
    /// Opens database and store. Migrates an embedded database; a PostgreSQL that is behind is migrated too, since
    /// the advisory lock lets one of several nodes do it.
    ///
    /// `serving`: this process owns an SQLite file for as long as it lives. Other commands own it while they migrate.
    pub async fn open(config: Config, serving: bool) -> Result<(Self, Option<Claim>), String> {
        data_dir::prepare(&config.data_dir)?;
        let claimed = |options: &DbOptions| options.claim().map(Some).map_err(|e| format!("database: {e}"));
        let mut claim = if serving { claimed(&config.database)? } else { None };
        let db = config.database.connect(PoolSizes::default()).await.map_err(|e| format!("database: {e}"))?;
        match app::db::schema_state(&db).await.map_err(|e| format!("database: {e}"))? {
            SchemaState::Current => {}
            SchemaState::Behind => {
                if claim.is_none() {
                    claim = claimed(&config.database)?;
                }
                app::db::migrate(&db).await.map_err(|e| format!("migration: {e}"))?;
            }
            SchemaState::Ahead => return Err("database: a newer version of Kontor has used it".into()),
        }
        app::documents::sort::fill(&db).await.map_err(|e| format!("database: {e}"))?;
        let files = Files::open(&config.store_url).map_err(|e| format!("KONTOR_STORE_URL: {e}"))?;
        Ok((Self::with(config, db, files, Clock::System).await?, claim))
    }

    /// Over parts that are open already: tests bring their own.
    pub async fn with(config: Config, db: Db, files: Files, clock: Clock) -> Result<Self, String> {
        assets::set_hash(embedded::HASH);
        let mut secrets = key::read(&config)?;
        let check = async |key: &Secrets| {
            app::settings::check_key(&db, &key.fingerprint()).await.map_err(|e| format!("database: {e}"))
        };
        let mut known = check(&secrets).await?;
        if !known
            && let Some(next) = key::next(&config)?
            && check(&next).await?
        {
            // Exchanging the key was cut off when everything was sealed with the new one already.
            key::adopt(&config)?;
            (secrets, known) = (next, true);
        }
        if !known {
            return Err(key::FOREIGN.into());
        }
        if config.signed_links && !files.can_sign() {
            return Err("KONTOR_SIGNED_LINKS: this store cannot sign links".into());
        }
        let files = files.sealed(secrets.clone(), config.encrypt_files).linking(config.signed_links);
        let name = app::settings::portal_name(&db).await.map_err(|e| format!("database: {e}"))?;
        let categories = app::categories::store::all(&db).await.map_err(|e| format!("database: {e}"))?;
        let current = app::announcements::store::current(&db, clock.now()).await;
        let announcements = current.map_err(|e| format!("database: {e}"))?;
        let portal = Portal {
            name: Kept::new(name, clock.now()),
            categories: Kept::new(Arc::new(categories), clock.now()),
            announcements: Kept::new(Arc::new(announcements), clock.now()),
            zone: config.zone.clone(),
            base_url: config.base_url.clone(),
            secrets,
            sessions: config.sessions,
            bell: Arc::default(),
            outgoing: Outgoing::new(config.outgoing_allow.clone()),
            outgoing_for_customers: Outgoing::new(config.webhook_allow.clone()),
            providers: Cache::default(),
            scanner: config.scanner.clone(),
            upload_limit: config.upload_limit,
            import_from: config.import_from.clone(),
            imports: Board::default(),
            live: Live::default(),
            secure: config.base_url.scheme() == "https",
        };
        let mailer = open_mailer(&config)?;
        let leptos = LeptosOptions::builder()
            .output_name("kontor")
            .site_root("site")
            .site_pkg_dir(format!("{}/pkg", assets::base().trim_start_matches('/')))
            .build();
        Ok(Self {
            db,
            files,
            clock,
            portal: Arc::new(portal),
            mailer,
            previewer: Previewer::this_program(),
            config: Arc::new(config),
            leptos,
            stopping: Stopping::default(),
        })
    }

    /// A worker that does the portal's own jobs.
    pub fn worker(&self) -> Worker {
        let works = Works { mailer: self.mailer.clone(), previewer: self.previewer.clone() };
        Worker::new(self.ctx(Actor::operator(), "jobs"), Arc::new(works))
    }

    /// A context for jobs and the command line.
    pub fn ctx(&self, actor: Actor, request_id: &str) -> Ctx {
        Ctx {
            actor,
            assurance: None,
            db: self.db.clone(),
            files: self.files.clone(),
            clock: self.clock.clone(),
            request_id: request_id.into(),
            locale: Locale::En,
            theme: Theme::System,
            zone: self.portal.zone.clone(),
            session: None,
            viewing: None,
            portal: self.portal.clone(),
            organisation: None,
            path: "/".into(),
            idempotency: None,
        }
    }
}

/// The mail server, or the folder that stands in for it. Within a Tokio runtime.
pub fn open_mailer(config: &Config) -> Result<Mailer, String> {
    let target = match &config.smtp {
        Some(smtp) => Target::Smtp(smtp.clone()),
        None => Target::Outbox(config.data_dir.join("outbox")),
    };
    let from = config.mail_from.clone().unwrap_or_else(|| Sender::of_portal(&config.base_url));
    Mailer::open(&target, from).map_err(|e| format!("KONTOR_SMTP_URL: {e}"))
}
