//! The watched folder, as an ERP fills it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use app::access::Actor;
use app::imports::kind::Kind;
use app::imports::mapping::{self, Mapping};
use app::notifications::service as notifications;

use crate::notifications::told;
use crate::support::{Engine, TestApp};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";

struct Watched {
    app: TestApp,
    root: PathBuf,
}

impl Watched {
    async fn new(engine: Engine) -> Self {
        let root = std::env::temp_dir().join(format!("kontor-watch-{}", uuid::Uuid::now_v7()));
        fs::create_dir_all(root.join("orders")).unwrap();
        let app = TestApp::with(engine, &[("IMPORT_DIR", root.to_str().unwrap())], None).await;
        app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
        Self { app, root }
    }

    async fn look(&self) {
        self.app.advance(Duration::from_secs(120));
        app::imports::watch::look(&self.app.state.ctx(Actor::operator(), "jobs")).await.unwrap();
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Every file below the folder, by its path.
    fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if entry.file_type().unwrap().is_dir() {
                    walk(&path, root, found);
                } else {
                    found.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.root, &self.root, &mut found);
        found.sort();
        found
    }

    async fn orders(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM orders WHERE number LIKE 'W-%'").await
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

const GOOD: &str = "number,customer,date\nW-1,AC-7,2026-01-01\nW-2,AC-7,2026-01-02\n";

async fn files_are_taken_when_they_are_complete_and_put_away(engine: Engine) {
    let watched = Watched::new(engine).await;
    watched.put("orders/a.csv", "number,customer,date\nW-1,AC-7,2026-01-01\n");
    watched.put("orders/b.csv.part", GOOD);
    watched.put("orders/.hidden", GOOD);
    watched.look().await;
    assert_eq!(watched.orders().await, 0, "once is not enough");
    watched.put("orders/a.csv", GOOD);
    watched.look().await;
    assert_eq!(watched.orders().await, 0, "it has grown meanwhile");
    watched.look().await;
    assert_eq!(watched.orders().await, 2);
    assert_eq!(watched.files(), ["archive/orders/2026-11-21/a.csv", "orders/.hidden", "orders/b.csv.part"]);
    // The same again changes nothing, and takes the place of nothing.
    watched.put("orders/a.csv", GOOD);
    watched.look().await;
    watched.look().await;
    let runs = watched
        .app
        .sql("SELECT state, source, CAST(created AS TEXT), CAST(unchanged AS TEXT) FROM imports ORDER BY id")
        .await;
    assert_eq!(runs, [["done", "folder", "2", "0"], ["done", "folder", "0", "2"]].map(|row| row.map(str::to_owned)));
    assert_eq!(watched.files()[..2], ["archive/orders/2026-11-21/1-a.csv", "archive/orders/2026-11-21/a.csv"]);
}

async fn what_is_wrong_lies_in_a_folder_of_its_own_with_the_reason(engine: Engine) {
    let watched = Watched::new(engine).await;
    watched.put("orders/a.csv", &format!("{GOOD}W-3,NOBODY,2026-01-01\n"));
    watched.put("orders/b.bin", "\u{0}\n");
    watched.look().await;
    watched.look().await;
    assert_eq!(watched.orders().await, 0);
    let files = watched.files();
    assert_eq!(files.len(), 4, "{files:?}");
    let report = fs::read_to_string(watched.root.join("error/orders/2026-11-21/a.csv.txt")).unwrap();
    assert!(report.contains("line 4, W-3: ") && report.contains("no such customer"), "{report}");
    let failed = app::imports::service::failed(&watched.app.ctx(ADMIN).await, 5).await.unwrap();
    let names: Vec<&str> = failed.iter().map(|run| run.file_name.as_str()).collect();
    assert_eq!(names, ["b.bin", "a.csv"]);
    let mut admin = watched.app.browser(ADMIN).await;
    assert!(admin.get("/staff/imports").await.words().contains("Import folder"));
}

async fn whoever_may_import_is_told_once_of_each_file_that_was_not(engine: Engine) {
    let watched = Watched::new(engine).await;
    let app = &watched.app;
    watched.put("orders/a.csv", &format!("{GOOD}W-3,NOBODY,2026-01-01\n"));
    watched.put("orders/b.bin", "\u{0}\n");
    watched.put("orders/c.csv", "number,customer,date\nW-4,AC-7,2026-01-01\n");
    for _ in 0..4 {
        watched.look().await;
    }
    assert_eq!(watched.orders().await, 1);
    let lines = ["Not imported: b.bin", "Not imported: a.csv, one row is wrong"];
    assert_eq!(told(app, ADMIN).await, lines);
    for email in [PM, "management@nordlicht.example", "anna@acme.example"] {
        assert!(told(app, email).await.is_empty(), "{email}");
    }
    // At once by mail, and the button leads to the reasons: who has looked there has seen it.
    let mails = app.mails_to(ADMIN).await;
    assert_eq!(mails.len(), 2);
    let mail = mails.iter().find(|mail| mail.subject == "Not imported: a.csv").expect("a mail of its own");
    assert!(mail.text.contains("A row of the file \"a.csv\""), "{}", mail.text);
    let mut admin = app.browser(ADMIN).await;
    assert!(admin.get("/notifications?area=imports").await.words().contains(lines[1]));
    let page = admin.get(&mail.path()).await;
    assert!(page.status == 200 && page.words().contains("no such customer"), "{}", page.words());
    assert_eq!(notifications::unseen(&app.ctx(ADMIN).await).await.unwrap(), 1);
    // Offered to those who may ever be told of it.
    let offered = async |email: &str| {
        let own = app.token(email).await.get("/api/v1/me/notification-preferences").await.json();
        own["kinds"].as_array().unwrap().iter().any(|one| one["kind"] == "import.failed" && one["mail"] == "at_once")
    };
    assert_eq!((offered(ADMIN).await, offered(PM).await), (true, false));
    app.sql("UPDATE users SET staff_role = 'support' WHERE email = 'admin@nordlicht.example'").await;
    assert!(told(app, ADMIN).await.is_empty(), "rights are asked when it is read");
}

async fn links_and_whatever_leads_out_of_the_folder_are_left_alone(engine: Engine) {
    let watched = Watched::new(engine).await;
    let outside = watched.app.dir.path().join("secret.csv");
    fs::write(&outside, GOOD).unwrap();
    let elsewhere = watched.app.dir.path().join("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::write(elsewhere.join("c.csv"), GOOD).unwrap();
    std::os::unix::fs::symlink(&outside, watched.root.join("orders/a.csv")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, watched.root.join("order-lines")).unwrap();
    fs::create_dir_all(watched.root.join("orders/sub.csv")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, watched.root.join("archive")).unwrap();
    watched.put("orders/b.csv", GOOD);
    for _ in 0..3 {
        watched.look().await;
    }
    // It is imported, but not moved through the link.
    assert_eq!(watched.orders().await, 2);
    assert_eq!(watched.app.count("SELECT COUNT(*) FROM imports").await, 1);
    assert!(watched.root.join("orders/b.csv").exists() && watched.root.join("orders/a.csv").exists());
    assert_eq!(
        fs::read_dir(&elsewhere).unwrap().filter(|e| e.as_ref().unwrap().file_type().unwrap().is_file()).count(),
        1
    );
}

async fn the_mapping_for_the_folder_counts_and_a_running_import_is_waited_for(engine: Engine) {
    let watched = Watched::new(engine).await;
    let ctx = watched.app.ctx(ADMIN).await;
    let columns = [("number", "Ref"), ("organisation", "Client")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    let wanted = Mapping { columns: Some(columns.into_iter().collect()), ..Mapping::default() };
    mapping::save(&ctx, Kind::Orders, app::imports::watch::MAPPING, &wanted).await.unwrap();
    watched.put("orders/a.csv", "Ref;Client\nW-1;AC-7\n");
    watched.look().await;
    let now = watched.app.clock.now().0 + 300_000_000;
    watched.app.sql(&format!("INSERT INTO imports (id, kind, state, source, file_name, size, sha256, mapping, options, done, total, created, changed, unchanged, rejected, whole, problem, created_at, beat_at) VALUES ({}, 'orders', 'running', 'page', 'x', 1, {}, '{{}}', '{{}}', 0, 0, 0, 0, 0, 0, TRUE, '', 0, {now})",
        watched.app.literal(uuid::Uuid::now_v7()), if engine == Engine::Sqlite { "x'00'" } else { "'\\x00'" })).await;
    watched.look().await;
    assert_eq!((watched.orders().await, watched.files()), (0, vec!["orders/a.csv".to_owned()]));
    watched.app.sql("DELETE FROM imports WHERE file_name = 'x'").await;
    watched.look().await;
    assert_eq!(watched.orders().await, 1);
}

macro_rules! engines {
    ($($name:ident),*) => {$(
        mod $name {
            use crate::support::Engine;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(Engine::Postgres).await;
            }
        }
    )*};
}
engines!(
    files_are_taken_when_they_are_complete_and_put_away,
    what_is_wrong_lies_in_a_folder_of_its_own_with_the_reason,
    whoever_may_import_is_told_once_of_each_file_that_was_not,
    links_and_whatever_leads_out_of_the_folder_are_left_alone,
    the_mapping_for_the_folder_counts_and_a_running_import_is_waited_for
);
