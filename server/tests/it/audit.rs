//! The trail: whole, in one transaction with the act, and telling when somebody was at it.

use app::audit::{Verdict, verify};
use app::documents::model::{Audience, Category};
use serde_json::json;

use crate::support::{Engine, TestApp, both, files};

async fn verdict(app: &TestApp) -> Verdict {
    verify(app.db(), |_| {}).await.unwrap()
}

/// Lets a test do what the triggers refuse.
async fn without_triggers(app: &TestApp, text: &str) {
    match app.engine() {
        Engine::Sqlite => {
            app.sql("DROP TRIGGER IF EXISTS audit_events_no_update").await;
            app.sql("DROP TRIGGER IF EXISTS audit_events_no_delete").await;
        }
        Engine::Postgres => {
            app.sql("ALTER TABLE audit_events DISABLE TRIGGER ALL").await;
        }
    }
    app.sql(text).await;
}

both! {
    async fn every_step_of_the_main_job_is_named(app: TestApp) {
        let pm = app.token("pm@nordlicht.example").await;
        let made = pm.post("/api/v1/documents", json!({ "organisation_id": app.organisation("acme").to_string(), "title": "Secret title", "category": "contract" })).await.json();
        let id = made["id"].as_str().unwrap().to_owned();
        pm.put_file(&id, "secret-name.pdf", files::pdf("x")).await;
        pm.post(&format!("/api/v1/documents/{id}/publish"), json!({ "audience": { "organisation": true } })).await;
        let mut anna = app.browser("anna@acme.example").await;
        anna.get(&format!("/documents/{id}/versions/1/content")).await;
        let mut actions = Vec::new();
        let mut details = String::new();
        let found = verify(app.db(), |event| {
            if event.object_id.is_some_and(|object| object.to_string() == id) {
                actions.push(event.action.clone());
            }
            details.push_str(&event.detail);
        }).await.unwrap();
        assert!(matches!(found, Verdict::Intact(count) if count > 4), "{found:?}");
        assert_eq!(actions, ["document.create", "document.upload", "document.publish", "document.download"]);
        for personal in ["Secret title", "secret-name", "anna@", "Albers"] {
            assert!(!details.contains(personal), "{personal} is in the trail");
        }
    }

    async fn acts_at_once_make_one_unbroken_chain(app: TestApp) {
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
        let (anna, ben) = (app.token("anna@acme.example").await, app.token("ben@acme.example").await);
        let path = format!("/api/v1/documents/{id}/versions/1/content");
        let before = app.count("SELECT COUNT(*) FROM audit_events").await;
        futures::future::join_all((0..20).map(|at| {
            let (token, path) = (if at % 2 == 0 { anna.clone() } else { ben.clone() }, path.clone());
            async move { assert_eq!(token.get(&path).await.status, 200) }
        })).await;
        assert_eq!(verdict(&app).await, Verdict::Intact(before + 20));
    }

    async fn a_changed_event_is_named(app: TestApp) {
        app.published("Paper", Category::Minutes, Audience::Organisation).await;
        without_triggers(&app, "UPDATE audit_events SET action = 'document.read' WHERE sequence = 3").await;
        assert_eq!(verdict(&app).await, Verdict::Broken { sequence: 3, reason: "the event was changed" });
    }

    async fn a_removed_event_and_a_cut_end_are_named(app: TestApp) {
        app.published("Paper", Category::Minutes, Audience::Organisation).await;
        let last = app.count("SELECT COUNT(*) FROM audit_events").await;
        without_triggers(&app, &format!("DELETE FROM audit_events WHERE sequence = {last}")).await;
        assert_eq!(verdict(&app).await, Verdict::Broken { sequence: last, reason: "the end of the chain is missing" });
        app.sql("DELETE FROM audit_events WHERE sequence = 2").await;
        assert_eq!(verdict(&app).await, Verdict::Broken { sequence: 2, reason: "the event is missing" });
    }

    async fn the_database_itself_refuses_to_change_the_trail(app: TestApp) {
        for text in ["UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events"] {
            let refused = app.db().raw(text.to_owned()).await;
            assert!(refused.err().is_some_and(|e| e.to_string().contains("append-only")), "{text}");
        }
    }
}
