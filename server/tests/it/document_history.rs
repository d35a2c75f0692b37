//! The history of a document in words: from what to what, for whom, until when, and why.

use app::documents::model::{Audience, Category, EditDocument};
use app::documents::service::{self, Seen};
use app::ids::DocumentId;

use crate::approvals::{add_version, ask, say};
use crate::support::{TestApp, both};

const PM: &str = "pm@nordlicht.example";

async fn retitled(app: &TestApp) -> DocumentId {
    let id = app.published("Drawing", Category::Specification, Audience::Organisation).await;
    let edit = EditDocument {
        title: Some("Drawing of the hall".to_owned()),
        category: Some(Category::Contract),
        tags: Some(vec!["Pumps".to_owned(), "Hall 2".to_owned()]),
        ..EditDocument::default()
    };
    service::edit(&app.ctx(PM).await, id, &Seen::default(), edit).await.unwrap();
    id
}

/// What a program reads of the newest act of this name.
async fn newest(app: &TestApp, email: &str, id: DocumentId, action: &str) -> serde_json::Value {
    let path = format!("/api/v1/documents/{id}/history?action={action}&limit=1");
    app.token(email).await.get(&path).await.json()["items"][0].take()
}

both! {
    async fn staff_read_which_fields_went_from_what_to_what(app: TestApp) {
        let id = retitled(&app).await;
        let words = app.browser(PM).await.get(&format!("/documents/{id}/history")).await.words();
        for part in [
            "Title changed from “Drawing” to “Drawing of the hall”",
            "Category changed from Specifications to Contracts",
            "Tags set to Hall 2, Pumps",
        ] {
            assert!(words.contains(part), "{part} in {words}");
        }
        let changes = newest(&app, PM, id, "document.edit").await["changes"].take();
        assert_eq!(changes[2], serde_json::json!({"field": "title", "old": "Drawing", "new": "Drawing of the hall"}));
        // The trail says which fields, and keeps nobody's words.
        let events = app.sql("SELECT detail FROM audit_events WHERE action = 'document.edit'").await;
        assert!(events[0][0].contains("title category tags"), "{events:?}");
        assert!(!events[0][0].contains("Pumps") && !events[0][0].contains("hall"), "{events:?}");
        // Where nothing changes, nothing is written down.
        service::edit(&app.ctx(PM).await, id, &Seen::default(), EditDocument { category: Some(Category::Contract), ..EditDocument::default() }).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM document_changes").await, 3);
        // Details are internal.
        let own = app.browser("anna@acme.example").await.get(&format!("/documents/{id}/history")).await.words();
        assert!(!own.contains("Drawing of the hall changed") && !own.contains("Pumps"), "{own}");
    }

    async fn it_says_for_whom_somebody_published_and_whom_they_asked(app: TestApp) {
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let (anna, ben) = (app.user("anna@acme.example"), app.user("ben@acme.example"));
        let pm = app.ctx(PM).await;
        service::publish(&pm, id, &Seen::default(), Audience::People(vec![ben, anna])).await.unwrap();
        let round = ask(&app, id, &["ben@acme.example"], 1).await.approval;
        let handed = app::approvals::service::delegate(&app.ctx("ben@acme.example").await, round.id, anna, "I am away.").await;
        handed.unwrap();
        say(&app, "anna@acme.example", round.id, false, "Two sensors are not enough.").await.unwrap();
        add_version(&app, id).await;
        service::publish(&pm, id, &Seen::default(), Audience::Project(app.project("line-2"))).await.unwrap();
        for email in [PM, "anna@acme.example"] {
            let words = app.browser(email).await.get(&format!("/documents/{id}/history")).await.words();
            for part in [
                "For Anna Albers, Ben Brandt",
                "For Roller conveyor, line 2",
                "Asked: Ben Brandt",
                "To be decided by",
                "Please look at page 6.",
                "To Anna Albers",
                "I am away.",
                "Two sensors are not enough.",
                "With that the version is declined",
                "One person is asked again about this version",
            ] {
                assert!(words.contains(part), "{part} for {email} in {words}");
            }
        }
        let asked = newest(&app, PM, id, "approval.ask").await;
        assert_eq!((asked["people"].clone(), asked["others"].as_i64()), (serde_json::json!(["Ben Brandt"]), Some(0)));
        assert!(asked["due_at"].as_str().is_some() && asked["words"] == "Please look at page 6.", "{asked}");
        // Ids stand in the trail, and no names.
        let events = app.sql("SELECT detail FROM audit_events WHERE action LIKE 'approval.%' OR action = 'document.publish'").await;
        let text = events.concat().join(" ");
        assert!(text.contains(&ben.to_string()) && !text.contains("Brandt") && !text.contains("sensors"), "{text}");
    }

    async fn a_hold_says_why_to_staff_and_nothing_to_customers_and_goes_with_the_document(app: TestApp) {
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let pm = app.token(PM).await;
        let hold = format!("/api/v1/documents/{id}/hold");
        assert_eq!(pm.post(&hold, serde_json::json!({"reason": " "})).await.status, 422);
        assert_eq!(pm.post(&hold, serde_json::json!({"reason": "A lawsuit"})).await.status, 204);
        let held = newest(&app, PM, id, "document.hold").await;
        assert_eq!(held["changes"], serde_json::json!([{"field": "hold", "old": "", "new": "A lawsuit"}]));
        // Who may not see it is not told that it is there; readers hold nothing.
        assert_eq!(app.token("carla@borealis.example").await.post(&hold, serde_json::json!({"reason": "x"})).await.status, 404);
        assert_eq!(app.token("anna@acme.example").await.post(&hold, serde_json::json!({"reason": "x"})).await.status, 403);
        let words = app.browser("anna@acme.example").await.get(&format!("/documents/{id}/history")).await.words();
        assert!(!words.contains("lawsuit"), "{words}");
        assert_eq!(pm.post(&format!("/api/v1/documents/{id}/release"), serde_json::json!({})).await.status, 204);
        assert_eq!(newest(&app, PM, id, "document.release").await["changes"][0]["old"], "A lawsuit");
        assert_eq!(app.count("SELECT COUNT(*) FROM documents WHERE hold_reason IS NOT NULL").await, 0);
        let admin = app.ctx("admin@nordlicht.example").await;
        let rule = app::retention::model::Rule { category: Category::Contract, keep_days: Some(1), least_days: 0 };
        app::retention::service::set_rules(&admin, &[rule], None).await.unwrap();
        app.advance(crate::approvals::DAY * 3);
        let admin = app.ctx("admin@nordlicht.example").await;
        assert_eq!(app::retention::service::run(&admin).await.unwrap().documents, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM document_changes").await, 0);
    }
}
