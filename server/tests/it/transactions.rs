//! Transactions and requests that go away in the middle.

use std::time::Duration;

use app::db::{Db, DbOptions, PoolSizes};
use app::documents::model::{Audience, Category};
use url::Url;

use crate::support::{Line, TestApp, both, fresh_postgres, postgres_admin};

async fn connect(url: &str) -> Db {
    DbOptions::parse(url).unwrap().connect(PoolSizes { connections: 1 }).await.unwrap()
}

/// A session in which a BEGIN was sent, and whose answer nobody waited for, is not left inside that transaction.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_begin_whose_answer_comes_too_late_is_undone() {
    let mut url = Url::parse(&fresh_postgres().await).unwrap();
    let line = Line::to(format!("127.0.0.1:{}", url.port().unwrap())).await;
    url.set_port(Some(line.addr.port())).unwrap();
    let (db, beside) = (connect(url.as_str()).await, connect(&postgres_admin()).await);
    let name = url.path().trim_start_matches('/');
    let text = format!(
        "SELECT CAST(MAX(query_start) AS TEXT), CAST(COUNT(*) FILTER (WHERE state <> 'idle') AS TEXT)
         FROM pg_stat_activity WHERE datname = '{name}' AND backend_type = 'client backend'"
    );
    // When something was asked last, and how many sessions are busy, or inside a transaction.
    let look = || async { beside.raw(text.clone()).await.unwrap().remove(0) };
    for _ in 0..3 {
        db.ping().await.unwrap();
        while db.postgres_for_tests().unwrap().num_idle() == 0 {
            tokio::task::yield_now().await;
        }
        let before = look().await;
        line.hold();
        let begin = tokio::time::timeout(Duration::from_millis(200), db.begin());
        assert!(begin.await.is_err(), "the line swallows the answer");
        line.mend();
        let settled = async {
            loop {
                let now = look().await;
                if now[0] != before[0] && now[1] == "0" {
                    break;
                }
            }
        };
        let settled = tokio::time::timeout(Duration::from_secs(8), settled).await;
        assert!(settled.is_ok(), "a session stays inside a transaction: {:?}", look().await);
    }
}

both! {
    async fn a_cancelled_begin_leaves_no_connection_inside_a_transaction(app: TestApp) {
        let db = app.db().clone();
        let mut cancelled = 0;
        for at in 0..1000 {
            let turns = async {
                for _ in 0..at % 50 {
                    tokio::task::yield_now().await;
                }
            };
            // Dropped at every possible moment of the BEGIN.
            tokio::select! {
                biased;
                _ = db.begin() => {}
                () = turns => cancelled += 1,
            }
        }
        assert!(cancelled >= 20, "only {cancelled} were cancelled");
        // Every connection is used once more; one inside an old transaction would not see or keep these.
        for _ in 0..12 {
            app.published("After", Category::Minutes, Audience::Organisation).await;
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM documents").await, 12);
    }

    async fn a_dropped_transaction_is_undone(app: TestApp) {
        let tx = app.db().begin().await.unwrap();
        app::settings::set_portal_name(&tx, "Changed").await.unwrap();
        drop(tx);
        assert_eq!(app::settings::portal_name(app.db()).await.unwrap(), "Nordlicht Maschinenbau GmbH");
        let tx = app.db().begin().await.unwrap();
        app::settings::set_portal_name(&tx, "Changed").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(app::settings::portal_name(app.db()).await.unwrap(), "Changed");
    }

    async fn a_commit_that_does_not_wait_for_the_disk_leaves_the_next_one_waiting(app: TestApp) {
        let how = match app.engine() {
            crate::support::Engine::Sqlite => ("PRAGMA synchronous", "2"),
            crate::support::Engine::Postgres => ("SHOW synchronous_commit", "on"),
        };
        for kept in [true, false] {
            let tx = app.db().begin_relaxed().await.unwrap();
            app::settings::set_portal_name(&tx, "Relaxed").await.unwrap();
            if kept {
                tx.commit().await.unwrap();
            } else {
                drop(tx);
            }
            app.db().begin().await.unwrap().commit().await.unwrap();
            assert_eq!(app.sql(how.0).await[0][0], how.1, "kept: {kept}");
        }
        assert_eq!(app::settings::portal_name(app.db()).await.unwrap(), "Relaxed");
    }

    async fn many_writers_at_once_all_get_through(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let acme = app.organisation("acme").to_string();
        let answers = futures::future::join_all((0..40).map(|at| {
            let body = serde_json::json!({ "organisation_id": acme, "title": format!("Paper {at}"), "category": "other" });
            let pm = pm.clone();
            async move { pm.post("/api/v1/documents", body).await.status }
        })).await;
        assert!(answers.iter().all(|status| *status == 201), "{answers:?}");
    }
}
