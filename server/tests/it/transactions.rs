//! Transactions and requests that go away in the middle.

use std::time::Duration;

use app::documents::model::{Audience, Category};

use crate::support::{TestApp, both};

both! {
    async fn a_cancelled_begin_leaves_no_connection_inside_a_transaction(app: TestApp) {
        let db = app.db().clone();
        for at in 0..300_u64 {
            let begin = db.begin();
            // Dropped at every possible moment of the BEGIN.
            let _ = tokio::time::timeout(Duration::from_micros(at % 150), begin).await;
        }
        // Every connection is used once more; one inside an old transaction would not see or keep these.
        for _ in 0..12 {
            app.published("After", Category::Minutes, Audience::Organisation).await;
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM documents").await, 12);
        if app.engine() == crate::support::Engine::Postgres {
            let idle = app.sql("SELECT CAST(COUNT(*) AS TEXT) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'").await;
            assert_eq!(idle[0][0], "0");
        }
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
