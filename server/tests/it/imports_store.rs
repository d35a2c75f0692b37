//! The watched prefix of a bucket: the same as the watched folder, in a real S3 and a real Azure.

use std::time::Duration;

use app::access::Actor;
use app::files::{Files, Object, Watched};
use app::imports::watch::{Place, look_into};
use bytes::Bytes;
use futures::TryStreamExt as _;

use crate::support::{Bucket, Engine, TestApp, kontor};

const GOOD: &str = "number,customer,date\nW-1,AC-7,2026-01-01\nW-2,AC-7,2026-01-02\n";

struct Bucketed {
    app: TestApp,
    files: Files,
    place: Place,
}

impl Bucketed {
    async fn new(engine: Engine, bucket: Bucket) -> Self {
        let app = TestApp::with(engine, &[], None).await;
        app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
        let files = bucket.open().below(&format!("erp-{}", uuid::Uuid::now_v7()));
        Self { app, place: Place::Store(Watched::of(files.clone())), files }
    }

    async fn put(&self, path: &str, text: &str) {
        let bytes = futures::stream::iter([Ok::<_, String>(Bytes::from(text.to_owned()))]);
        self.files.put(path, bytes, 1_000_000, |_| Ok(())).await.unwrap();
    }

    async fn text(&self, path: &str) -> String {
        let object = Object { key: path.to_owned(), size: 0, sealed_key: None };
        let chunks: Vec<Bytes> = self.files.get(&object, None).await.unwrap().try_collect().await.unwrap();
        String::from_utf8(chunks.concat()).unwrap()
    }

    async fn is_there(&self, path: &str) -> bool {
        self.files.exists(path).await.unwrap()
    }

    async fn look(&self) {
        self.app.advance(Duration::from_secs(120));
        look_into(&self.app.state.ctx(Actor::operator(), "jobs"), &self.place).await.unwrap();
    }

    async fn orders(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM orders WHERE number LIKE 'W-%'").await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn objects_are_taken_when_two_looks_find_them_the_same_and_put_away() {
    for (engine, bucket) in [(Engine::Sqlite, Bucket::S3), (Engine::Postgres, Bucket::Azure)] {
        let watched = Bucketed::new(engine, bucket).await;
        watched.put("orders/a b.csv", "number,customer,date\nW-1,AC-7,2026-01-01\n").await;
        watched.put("orders/c.csv.part", GOOD).await;
        watched.put("orders/deeper/d.csv", GOOD).await;
        watched.look().await;
        assert_eq!(watched.orders().await, 0, "once is not enough");
        watched.put("orders/a b.csv", GOOD).await;
        watched.look().await;
        assert_eq!(watched.orders().await, 0, "it is another one by now");
        watched.look().await;
        assert_eq!(watched.orders().await, 2);
        assert_eq!(watched.text("archive/orders/2026-11-21/a b.csv").await, GOOD);
        for (path, there) in [("orders/a b.csv", false), ("orders/c.csv.part", true), ("orders/deeper/d.csv", true)] {
            assert_eq!(watched.is_there(path).await, there, "{path}");
        }
        // The same again changes nothing, and takes the place of nothing.
        watched.put("orders/a b.csv", GOOD).await;
        watched.look().await;
        watched.look().await;
        let runs = watched.app.sql("SELECT state, source, file_name, CAST(created AS TEXT), CAST(unchanged AS TEXT) FROM imports ORDER BY id").await;
        let told = [["done", "folder", "a b.csv", "2", "0"], ["done", "folder", "a b.csv", "0", "2"]];
        assert_eq!(runs, told.map(|row| row.map(str::to_owned)));
        assert!(watched.is_there("archive/orders/2026-11-21/1-a b.csv").await);
        // What is wrong lies in a place of its own, with the reason.
        watched.put("orders/wrong.csv", &format!("{GOOD}W-3,NOBODY,2026-01-01\n")).await;
        watched.put("projects/p.csv", "number,customer,title\nP-1,AC-7,From a bucket\n").await;
        watched.look().await;
        watched.look().await;
        assert_eq!(watched.orders().await, 2);
        let report = watched.text("error/orders/2026-11-21/wrong.csv.txt").await;
        assert!(report.contains("line 4, W-3: ") && report.contains("no such customer"), "{report}");
        assert!(watched.is_there("error/orders/2026-11-21/wrong.csv").await);
        assert_eq!(watched.app.count("SELECT COUNT(*) FROM projects WHERE name = 'From a bucket'").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_away_is_said_and_looked_into_again() {
    let watched = Bucketed::new(Engine::Sqlite, Bucket::S3).await;
    let (line, files) = Bucket::S3.over_a_line().await;
    let place = Place::Store(Watched::of(files));
    line.cut();
    let ctx = watched.app.state.ctx(Actor::operator(), "jobs");
    assert!(look_into(&ctx, &place).await.is_err());
    assert_eq!(watched.app.count("SELECT COUNT(*) FROM imports").await, 0);
}

#[test]
fn the_program_says_whether_it_can_look_into_the_prefix() {
    let dir = tempfile::tempdir().unwrap();
    let run = |url: &str, more: &[(&str, &str)]| {
        kontor(dir.path())
            .env("KONTOR_IMPORT_URL", url)
            .env("AWS_ENDPOINT", Bucket::S3.endpoint())
            .env("AWS_ALLOW_HTTP", "true")
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .envs(more.iter().copied())
            .args(["doctor"])
            .output()
            .unwrap()
    };
    let told = String::from_utf8(run("s3://kontor-test/erp", &[]).stdout).unwrap();
    assert!(told.contains("ok   imports    S3: looked into every two minutes"), "{told}");
    let refused = run("s3://no-such-bucket/erp", &[]);
    assert!(String::from_utf8_lossy(&refused.stdout).contains("FAIL imports"));
    let both = run("s3://kontor-test/erp", &[("KONTOR_IMPORT_DIR", dir.path().to_str().unwrap())]);
    assert!(String::from_utf8_lossy(&both.stderr).contains("KONTOR_IMPORT_URL: KONTOR_IMPORT_DIR is set too"));
    assert!(!both.status.success());
}
