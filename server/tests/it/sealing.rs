//! Sealing what came before files were sealed: under the eyes of its readers, twice at once, cut off, and with a store that
//! returns something else.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use app::access::Actor;
use app::ctx::Ctx;
use app::documents::model::{Audience, Category};
use app::documents::upload::{self, add_version, grant_version};
use app::files::{FileName, Object};
use app::ids::DocumentId;
use app::keys::seal::{self, Amount, Told};
use app::time::Instant;
use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _};

use crate::support::{Engine, SECRET_KEY, TestApp, both, files, kontor, postgres_admin};

/// A node of the same portal on which sealing is switched on.
async fn sealing(app: &TestApp) -> Ctx {
    let pairs = [
        ("DATA_DIR", app.dir.path().display().to_string()),
        ("SECRET_KEY", SECRET_KEY.to_owned()),
        ("ENCRYPT_FILES", "yes".to_owned()),
    ];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
    let config = server::config::Config::parse(pairs, "").unwrap();
    let node = server::state::AppState::with(config, app.db().clone(), app.state.files.clone(), app.clock.clone());
    node.await.unwrap().ctx(Actor::operator(), "test")
}

async fn seal_all(ctx: &Ctx) -> Vec<Told> {
    let mut all = Vec::new();
    seal::run(ctx, |told| {
        all.push(told);
        Ok(())
    })
    .await
    .unwrap();
    all
}

/// How many files and previews a run says it has sealed.
fn sealed(told: &[Told]) -> [i64; 2] {
    ["files", "previews"].map(|wanted| {
        let of_kind = told.iter().rev().find_map(|told| match told {
            Told::Sealed(kind, amount) if *kind == wanted => Some(amount.count),
            _ => None,
        });
        of_kind.unwrap_or(0)
    })
}

fn large() -> Vec<u8> {
    (0..700_000_u32).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect()
}

/// A document with two versions, the first with a preview.
async fn document(app: &TestApp) -> DocumentId {
    let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
    let token = app.token("pm@nordlicht.example").await;
    assert_eq!(token.put_file(&id.to_string(), "large.bin", large()).await.status, 201);
    app.run_jobs().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM version_previews WHERE store_key IS NOT NULL").await, 1);
    id
}

async fn content(app: &TestApp, id: DocumentId, number: i64) -> (u16, Vec<u8>) {
    let path = format!("/api/v1/documents/{id}/versions/{number}/content");
    let answer = app.token("ben@acme.example").await.get(&path).await;
    (answer.status, answer.body.to_vec())
}

/// Every object there is, by key.
fn stored(app: &TestApp) -> BTreeMap<String, Vec<u8>> {
    let root = app.dir.path().join("files/documents");
    let mut all = BTreeMap::new();
    for folder in std::fs::read_dir(&root).unwrap().map(Result::unwrap) {
        for file in std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
            let key = format!("documents/{}/{}", folder.file_name().display(), file.file_name().display());
            all.insert(key, std::fs::read(file.path()).unwrap());
        }
    }
    all
}

const KEYS: &str = "SELECT store_key FROM document_versions UNION SELECT store_key FROM version_previews WHERE store_key IS NOT NULL ORDER BY 1";
const OPEN: &str = "SELECT COUNT(*) FROM document_versions WHERE sealed_key IS NULL";
const EVENTS: &str = "SELECT COUNT(*) FROM audit_events WHERE action = 'file.seal'";

async fn keys(app: &TestApp) -> Vec<String> {
    app.sql(KEYS).await.into_iter().flatten().collect()
}

both! {
    async fn what_came_before_is_sealed_while_it_is_read(app: TestApp) {
        let id = document(&app).await;
        let before = keys(&app).await;
        let ctx = sealing(&app).await;
        assert_eq!(seal::left(app.db()).await.unwrap()[0].1.count, 2);
        // A reader in the middle of the file, and one that has its row but has read nothing.
        let row = app.sql("SELECT store_key FROM document_versions WHERE number = 2").await;
        let object = Object { key: row[0][0].clone(), size: 700_000, sealed_key: None };
        let mut reader = app.state.files.get(&object, None).await.unwrap();
        let first = reader.next().await.unwrap().unwrap();

        let told = seal_all(&ctx).await;
        assert_eq!(sealed(&told), [2, 1], "{told:?}");
        assert_eq!(app.count(OPEN).await, 0);
        assert_eq!(app.count(EVENTS).await, 3);
        let rest: Vec<Bytes> = reader.try_collect().await.unwrap();
        assert!([first.to_vec(), rest.concat()].concat() == large());
        let late: Vec<Bytes> = app.state.files.get(&object, None).await.unwrap().try_collect().await.unwrap();
        assert!(late.concat() == large());
        // Whoever comes now reads the sealed copies, also on the node where sealing is off.
        assert_eq!(content(&app, id, 1).await, (200, files::pdf("content")));
        assert!(content(&app, id, 2).await == (200, large()));
        let anna = app.token("anna@acme.example").await;
        let page = anna.get(&format!("/api/v1/documents/{id}/versions/1/preview/1")).await;
        assert!(page.status == 200 && page.body.starts_with(b"\x89PNG"), "{}", page.status);

        // A day later the old objects are gone, and what is left is noise.
        let day = Duration::from_secs(24 * 3600);
        assert_eq!(upload::sweep(&ctx, ctx.now().minus(day)).await.unwrap(), 0);
        app.advance(day + Duration::from_secs(1));
        assert_eq!(upload::sweep(&ctx, ctx.now().minus(day)).await.unwrap(), 3);
        let after = keys(&app).await;
        assert!(after.iter().all(|key| !before.contains(key)));
        let stored = stored(&app);
        assert_eq!(stored.keys().collect::<Vec<_>>(), after.iter().collect::<Vec<_>>());
        let plain = large();
        for bytes in stored.values() {
            assert!(!bytes.windows(4).any(|window| window == b"%PDF" || window == b"\x89PNG"));
            assert!(!bytes.windows(1000).any(|window| window == &plain[..1000]));
        }
        assert!(content(&app, id, 2).await == (200, large()));
        // Once more: nothing to do, nothing done.
        assert!(seal_all(&ctx).await.is_empty());
        assert_eq!(seal::left(app.db()).await.unwrap()[1].1, Amount { count: 0, bytes: 0 });
    }

    async fn two_runs_at_once_do_no_harm(app: TestApp) {
        let id = document(&app).await;
        let bytes = || futures::stream::iter([Ok::<_, String>(Bytes::from_static(b"%PDF-1.4 another"))]);
        let admin = app.ctx("admin@nordlicht.example").await;
        for _ in 0..6 {
            let granted = grant_version(&admin, id).await.unwrap();
            add_version(&admin, granted, &FileName::parse("more.pdf"), bytes()).await.unwrap();
        }
        let (here, there) = (sealing(&app).await, sealing(&app).await);
        let (one, two) = futures::future::join(seal_all(&here), seal_all(&there)).await;
        let (one, two) = (sealed(&one), sealed(&two));
        assert_eq!([one[0] + two[0], one[1] + two[1]], [8, 1]);
        assert_eq!(app.count(EVENTS).await, 9);
        for number in 3..=8 {
            assert_eq!(content(&app, id, number).await, (200, b"%PDF-1.4 another".to_vec()));
        }
        // The copies of whoever came second are gone, the old objects are noted.
        while upload::sweep(&here, Instant(i64::MAX)).await.unwrap() > 0 {}
        assert_eq!(stored(&app).into_keys().collect::<Vec<_>>(), keys(&app).await);
        assert!(content(&app, id, 2).await == (200, large()));
    }

    async fn wrong_bytes_are_told_by_name_and_left_alone(app: TestApp) {
        let id = document(&app).await;
        let token = app.token("pm@nordlicht.example").await;
        for name in ["lost.bin", "short.bin"] {
            assert_eq!(token.put_file(&id.to_string(), name, large()).await.status, 201);
        }
        let rows = app.sql("SELECT store_key FROM document_versions ORDER BY number").await;
        let path = |at: usize| app.dir.path().join("files").join(&rows[at][0]);
        // As long as it was; gone; cut off.
        let good = std::fs::read(path(1)).unwrap();
        let mut wrong = good.clone();
        wrong[650_000] ^= 1;
        std::fs::write(path(1), &wrong).unwrap();
        std::fs::remove_file(path(2)).unwrap();
        std::fs::write(path(3), &good[..100_000]).unwrap();

        let ctx = sealing(&app).await;
        let told = seal_all(&ctx).await;
        let left: Vec<_> = told
            .iter()
            .filter_map(|told| match told {
                Told::Left { document, number, name, why, .. } => Some((*document, *number, name.as_str(), *why)),
                Told::Sealed(..) => None,
            })
            .collect();
        let other = "the store returns other bytes than were uploaded";
        assert_eq!(left, [(id, 2, "large.bin", other), (id, 3, "lost.bin", "the store has lost it"), (id, 4, "short.bin", other)]);
        assert_eq!(sealed(&told), [1, 1]);
        let open = app.sql("SELECT store_key FROM document_versions WHERE sealed_key IS NULL ORDER BY number").await;
        assert_eq!(open, rows[1..]);
        assert_eq!(std::fs::read(path(1)).unwrap(), wrong, "left alone");
        assert_eq!(content(&app, id, 1).await, (200, files::pdf("content")));
        // Nothing of the copies remains beside what was sealed.
        while upload::sweep(&ctx, Instant(i64::MAX)).await.unwrap() > 0 {}
        assert_eq!(stored(&app).len(), 4);
        // When the store has the right bytes again, the next run seals them.
        std::fs::write(path(1), &good).unwrap();
        assert_eq!(sealed(&seal_all(&ctx).await), [1, 0]);
        assert!(content(&app, id, 2).await == (200, large()));
    }

    async fn a_row_that_changed_meanwhile_is_not_overwritten(app: TestApp) {
        document(&app).await;
        let rows = app.sql("SELECT store_key FROM document_versions ORDER BY number").await;
        std::fs::write(app.dir.path().join("files").join(&rows[0][0]), b"something else").unwrap();
        let ctx = sealing(&app).await;
        // The first is told while the second is known and not copied yet.
        seal::run(&ctx, |told| {
            if matches!(told, Told::Left { number: 1, .. }) {
                let change = "UPDATE document_versions SET store_key = 'documents/elsewhere/content' WHERE number = 2";
                tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(app.sql(change)));
            }
            Ok(())
        })
        .await
        .unwrap();
        let row = app.sql("SELECT store_key FROM document_versions WHERE number = 2 AND sealed_key IS NULL").await;
        assert_eq!(row[0][0], "documents/elsewhere/content");
        assert_eq!(app.count(EVENTS).await, 1, "the preview");
        while upload::sweep(&ctx, Instant(i64::MAX)).await.unwrap() > 0 {}
        assert_eq!(stored(&app).len(), 3, "no copy");
    }
}

/// `kontor keys seal` beside the portal of this test.
fn command(app: &TestApp, url: &str) -> Command {
    let mut command = kontor(app.dir.path());
    command
        .env("KONTOR_DATA_DIR", app.dir.path())
        .env("KONTOR_DATABASE_URL", url)
        .env("KONTOR_SECRET_KEY", SECRET_KEY)
        .env("KONTOR_ENCRYPT_FILES", "yes")
        .args(["keys", "seal"]);
    command
}

async fn url(app: &TestApp) -> String {
    match app.engine() {
        Engine::Sqlite => format!("sqlite:{}", app.dir.path().join("kontor.sqlite").display()),
        Engine::Postgres => {
            let name = app.sql("SELECT current_database()::text").await[0][0].clone();
            postgres_admin().replace("/postgres", &format!("/{name}"))
        }
    }
}

both! {
    async fn kill_9_half_way_loses_nothing_and_the_next_run_ends_it(app: TestApp) {
        let id = document(&app).await;
        let admin = app.ctx("admin@nordlicht.example").await;
        for number in 3..=60 {
            let granted = grant_version(&admin, id).await.unwrap();
            let bytes = futures::stream::iter([Ok::<_, String>(Bytes::from(format!("version {number}")))]);
            add_version(&admin, granted, &FileName::parse("more.txt"), bytes).await.unwrap();
        }
        let url = url(&app).await;
        let dry = command(&app, &url).arg("--dry-run").output().unwrap();
        assert!(dry.status.success(), "{}", String::from_utf8_lossy(&dry.stderr));
        let said = String::from_utf8(dry.stdout).unwrap();
        assert!(said.contains("60 files to seal") && said.contains("1 previews to seal"), "{said}");
        assert_eq!(app.count(OPEN).await, 60);

        let mut child = command(&app, &url).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        // Killed as soon as it has sealed some.
        let some = lines.into_iter().find(|line| line.contains("files sealed"));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(some.is_some_and(|line| line.trim_start().starts_with("25 files sealed")));
        let open = app.count(OPEN).await;
        assert!(open <= 35, "{open}");
        let right = async || {
            assert_eq!(content(&app, id, 1).await, (200, files::pdf("content")));
            assert!(content(&app, id, 2).await == (200, large()));
            for number in 3..=60 {
                assert_eq!(content(&app, id, number).await, (200, format!("version {number}").into_bytes()), "{number}");
            }
        };
        right().await;

        let done = command(&app, &url).output().unwrap();
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success() && said.contains("everything is sealed"), "{said}");
        assert_eq!(app.count(OPEN).await, 0);
        assert_eq!(app.count(EVENTS).await, 61);
        right().await;
        // Also of the copy that was under way when it was killed nothing remains.
        let ctx = sealing(&app).await;
        while upload::sweep(&ctx, Instant(i64::MAX)).await.unwrap() > 0 {}
        assert_eq!(stored(&app).into_keys().collect::<Vec<_>>(), keys(&app).await);
        right().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_says_what_it_leaves_and_seals_nothing_where_files_are_not_sealed() {
    let app = TestApp::new(Engine::Sqlite).await;
    let id = document(&app).await;
    let url = url(&app).await;
    let refused = command(&app, &url).env("KONTOR_ENCRYPT_FILES", "no").output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("KONTOR_ENCRYPT_FILES=yes"));
    assert_eq!(app.count(OPEN).await, 2);
    let doctor = |expected: &str| {
        let said = kontor(app.dir.path())
            .env("KONTOR_DATA_DIR", app.dir.path())
            .env("KONTOR_ENCRYPT_FILES", "yes")
            .arg("doctor")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(said.contains(expected), "{said}");
    };
    doctor("from before there are 2 files and 1 previews: run kontor keys seal");
    let key = app.sql("SELECT store_key FROM document_versions WHERE number = 2").await[0][0].clone();
    std::fs::write(app.dir.path().join("files").join(key), b"something else").unwrap();
    let done = command(&app, &url).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("document {id}, version 2 large.bin: the store returns other bytes")), "{said}");
    assert!(String::from_utf8_lossy(&done.stderr).contains("1 could not be sealed"));
    doctor("from before there are 1 files: run kontor keys seal");
}
