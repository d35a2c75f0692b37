//! A portal with the demo's people and customers, on a database of its own, with a clock that stands.

use std::sync::Arc;
use std::time::Duration;

use app::access::Actor;
use app::ctx::Ctx;
use app::db::{Db, DbOptions, PoolSizes};
use app::documents::model::{Audience, Category, NewDocument};
use app::documents::service::{self, Seen};
use app::documents::upload;
use app::files::{FileName, Files};
use app::ids::{DocumentId, OrganisationId, ProjectId, UserId};
use app::preview::Previewer;
use app::sign_in::assurance::{Assurance, Method};
use app::sign_in::token;
use app::time::{Clock, Instant};
use axum::Router;
use bytes::Bytes;
use server::config::Config;
use server::demo::world::World;
use server::router::{around, router};
use server::state::AppState;
use tempfile::TempDir;

use super::client::{Browser, Token};

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub struct TestApp {
    pub state: AppState,
    pub router: Router,
    pub world: Arc<World>,
    pub clock: Clock,
    pub dir: TempDir,
    engine: Engine,
}

pub const PASSWORD: &str = "a long demo password";

/// Its hash with the least that Argon2 can do: people sign in thousands of times here. What the portal makes itself is as
/// slow as it should be.
const PASSWORD_HASH: &str =
    "$argon2id$v=19$m=8,t=1,p=1$8DGJpyx3/szeR29cQTnh7Q$y7NZGpsxgDfZKS4PlErnrGR6OG6TX+K+ttuWHiatKHo";

/// A connection to the test server's own database, to make others.
#[expect(clippy::disallowed_methods, reason = "set by script/test")]
pub fn postgres_admin() -> String {
    std::env::var("TEST_POSTGRES_URL").expect("run the tests through script/test, which starts PostgreSQL")
}

/// An empty database.
pub async fn fresh_postgres() -> String {
    make_postgres("").await
}

async fn make_postgres(how: &str) -> String {
    let admin = postgres_admin();
    let name = format!("t{}", uuid::Uuid::now_v7().simple());
    let db = DbOptions::parse(&admin).unwrap().connect(PoolSizes { connections: 1 }).await.unwrap();
    db.raw(format!("CREATE DATABASE {name}{how}")).await.unwrap();
    db.close().await;
    admin.replace("/postgres", &format!("/{name}"))
}

/// The demo's people and customers on both engines, made once: to migrate anew for a thousand tests takes minutes.
mod made {
    use super::*;
    use tokio::sync::OnceCell;

    /// The file.
    pub async fn sqlite() -> &'static [u8] {
        static MADE: OnceCell<Vec<u8>> = OnceCell::const_new();
        MADE.get_or_init(async || {
            let dir = tempfile::tempdir().unwrap();
            let file = dir.path().join("kontor.sqlite");
            let url = format!("sqlite:{}", file.display());
            let made = TestApp::on(Engine::Sqlite, dir, &url, &[], None).await;
            // Closing would note how few rows there are, and plans would be those for few rows.
            let merged = made.state.db.raw("PRAGMA wal_checkpoint(TRUNCATE)".to_owned()).await.unwrap();
            assert_eq!(merged[0][0], "0", "somebody reads");
            std::fs::read(file).unwrap()
        })
        .await
    }

    /// Its name.
    pub async fn postgres() -> &'static str {
        static MADE: OnceCell<String> = OnceCell::const_new();
        MADE.get_or_init(async || {
            let url = fresh_postgres().await;
            let made = TestApp::on(Engine::Postgres, tempfile::tempdir().unwrap(), &url, &[], None).await;
            made.state.db.close().await;
            url.rsplit_once('/').unwrap().1.to_owned()
        })
        .await
    }
}

/// The key of every test's portal, and of processes that serve the same database.
pub const SECRET_KEY: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";

impl TestApp {
    pub async fn new(engine: Engine) -> Self {
        Self::with(engine, &[], None).await
    }

    /// With further configuration, or another store.
    pub async fn with(engine: Engine, settings: &[(&str, &str)], files: Option<Files>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = match engine {
            Engine::Sqlite => {
                let file = dir.path().join("kontor.sqlite");
                std::fs::write(&file, made::sqlite().await).unwrap();
                format!("sqlite:{}", file.display())
            }
            Engine::Postgres => make_postgres(&format!(" TEMPLATE {}", made::postgres().await)).await,
        };
        Self::on(engine, dir, &url, settings, files).await
    }

    pub async fn on(engine: Engine, dir: TempDir, url: &str, settings: &[(&str, &str)], files: Option<Files>) -> Self {
        let mut pairs = vec![
            ("DATA_DIR".to_owned(), dir.path().display().to_string()),
            ("DATABASE_URL".to_owned(), url.to_owned()),
            // One key for every node on a database.
            ("SECRET_KEY".to_owned(), SECRET_KEY.to_owned()),
        ];
        pairs.extend(settings.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        let config = Config::parse(pairs, "").unwrap();
        let db = config.database.connect(PoolSizes { connections: 4 }).await.unwrap();
        app::db::migrate(&db).await.unwrap();
        let files = files.unwrap_or_else(|| Files::open_folder(dir.path().join("files")).unwrap());
        // Saturday, 21 November 2026, 12:00 UTC.
        let clock = Clock::fixed(Instant(1_795_262_400_000_000));
        let state = AppState::with(config.clone(), db, files, clock.clone()).await.unwrap();
        let world = World::create(&state.ctx(Actor::operator(), "test"), PASSWORD_HASH).await.unwrap();
        // Once more: the portal's name is known now.
        let mut state = AppState::with(config, state.db.clone(), state.files.clone(), clock.clone()).await.unwrap();
        // The tests are another program than the portal.
        state.previewer = Previewer::of(env!("CARGO_BIN_EXE_kontor"), &["preview-worker"]);
        Self { router: router(state.clone(), None), state, world: Arc::new(world), clock, dir, engine }
    }

    /// With these doors in place of the portal's, and around them what stands around those.
    pub fn with_doors(mut self, doors: Router) -> Self {
        self.router = around(doors, self.state.clone());
        self
    }

    pub fn db(&self) -> &Db {
        &self.state.db
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    pub fn organisation(&self, slug: &str) -> OrganisationId {
        self.world.organisation(slug).unwrap()
    }

    pub fn project(&self, slug: &str) -> ProjectId {
        self.world.project(slug).unwrap()
    }

    /// An id as this engine writes it in a statement.
    pub fn literal(&self, id: uuid::Uuid) -> String {
        if self.engine() == Engine::Sqlite { format!("x'{}'", id.simple()) } else { format!("'{id}'") }
    }

    pub fn user(&self, email: &str) -> UserId {
        self.world.person(email).unwrap()
    }

    /// Somebody who is not of the demo.
    pub async fn user_id(&self, email: &str) -> UserId {
        app::people::find(self.db(), email).await.unwrap().unwrap()
    }

    /// The context of a person, as a service gets it.
    pub async fn ctx(&self, email: &str) -> Ctx {
        let person = app::sign_in::actor::load(self.db(), self.user(email)).await.unwrap().unwrap();
        let actor = Actor::person(person.kind, app::access::Via::Session);
        let organisation = actor.memberships().first().map(|m| m.organisation_id);
        let assurance = Some(Assurance::begun(Method::Password, self.clock.now()));
        Ctx { organisation, assurance, ..self.state.ctx(actor, "test") }
    }

    /// A browser where this person has signed in through the form.
    pub async fn browser(&self, email: &str) -> Browser {
        let mut browser = self.visitor();
        let answer = browser.post("/_fn/sign_in/sign_in", &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{email} cannot sign in: {}", answer.text());
        browser
    }

    /// A browser where nobody has signed in.
    pub fn visitor(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A program with this person's token.
    pub async fn token(&self, email: &str) -> Token {
        self.scoped_token(email, &[]).await
    }

    pub async fn scoped_token(&self, email: &str, scopes: &[&str]) -> Token {
        let scope = app::access::TokenScope::parse(scopes.iter().copied()).unwrap();
        let tx = self.db().begin().await.unwrap();
        let (_, secret) = token::create(&tx, self.user(email), "test", &scope, None, self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        Token::new(self.router.clone(), secret)
    }

    /// A draft of ACME with one version, by the project manager.
    pub async fn draft(&self, title: &str, category: Category) -> DocumentId {
        let ctx = self.ctx("admin@nordlicht.example").await;
        let new = NewDocument { organisation_id: self.organisation("acme"), title: title.to_owned(), category };
        let granted = upload::grant_draft(&ctx, new).await.unwrap();
        let bytes = futures::stream::once(async { Ok::<_, String>(Bytes::from(super::files::pdf("content"))) });
        upload::create_with_file(&ctx, granted, &FileName::parse("file.pdf"), bytes).await.unwrap()
    }

    /// The same, published.
    pub async fn published(&self, title: &str, category: Category, audience: Audience) -> DocumentId {
        let id = self.draft(title, category).await;
        let ctx = self.ctx("admin@nordlicht.example").await;
        service::publish(&ctx, id, &Seen::default(), audience).await.unwrap();
        id
    }
}

impl TestApp {
    /// Changes rows behind the program's back.
    pub async fn sql(&self, text: &str) -> Vec<Vec<String>> {
        self.db().raw(text.to_owned()).await.unwrap()
    }

    /// The number a `SELECT COUNT(*)` gives.
    pub async fn count(&self, text: &str) -> i64 {
        let text = text.replacen("COUNT(*)", "CAST(COUNT(*) AS TEXT)", 1);
        self.sql(&text).await[0][0].parse().unwrap()
    }
}
