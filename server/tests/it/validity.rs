//! Validity: how long a document holds, who is told of its end, what is to be renewed.

use std::time::Duration;

use app::categories::model::Rules;
use app::documents::model::{Audience, Category};
use app::documents::service::{self, Seen};
use app::ids::DocumentId;

use crate::support::{TestApp, both};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Sets it through the form, as staff do. Today is 21 November 2026.
async fn set(app: &TestApp, id: DocumentId, from: &str, until: &str, notice: &str) -> String {
    let mut pm = app.browser("pm@nordlicht.example").await;
    let page = pm.get(&format!("/staff/documents/{id}")).await;
    let (form, revision, title) = (id.to_string(), page.field("revision"), page.field("title"));
    let fields = [
        ("id", form.as_str()),
        ("revision", &revision),
        ("title", &title),
        ("category", "contract"),
        ("valid_from", from),
        ("valid_until", until),
        ("notice_days", notice),
    ];
    let sent = pm.post("/_fn/documents/edit", &fields).await;
    let back = pm.follow(&sent).await;
    format!("{} {}", back.words(), back.field("valid_until"))
}

async fn says(app: &TestApp, id: DocumentId) -> String {
    app.browser("ben@acme.example").await.get(&format!("/documents/{id}")).await.words()
}

async fn to_renew(app: &TestApp, email: &str) -> Vec<String> {
    let answer = app.token(email).await.get("/api/v1/renewals").await.json();
    answer["items"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
}

both! {
    async fn a_contract_ends_staff_are_told_once_and_renew_it(app: TestApp) {
        let id = app.published("Service contract", Category::Contract, Audience::Organisation).await;
        let other = app.published("For good", Category::Contract, Audience::Organisation).await;
        assert!(set(&app, id, "2026-12-01", "2027-01-31", "30").await.contains("Saved"));
        assert!(says(&app, id).await.contains("Valid from 1 Dec 2026"));
        app.advance(DAY * 20);
        assert!(says(&app, id).await.contains("Valid until 31 Jan 2027"));
        assert!(to_renew(&app, "pm@nordlicht.example").await.is_empty(), "not before its time");
        app::validity::remind::run(&app.state.ctx(app::access::Actor::operator(), "test")).await.unwrap();
        assert!(app.mails_to("admin@nordlicht.example").await.is_empty());

        // 30 days before: on the list, on the home page, and told once to whoever published it.
        app.advance(DAY * 22);
        assert_eq!(to_renew(&app, "pm@nordlicht.example").await, ["Service contract"]);
        assert!(says(&app, id).await.contains("Ends in 29 days, 31 Jan 2027"));
        let mut pm = app.browser("pm@nordlicht.example").await;
        for page in ["/staff", "/staff/renewals", "/staff/documents"] {
            assert!(pm.get(page).await.words().contains("Ends in 29 days"), "{page}");
        }
        for _ in 0..2 {
            app::validity::remind::run(&app.state.ctx(app::access::Actor::operator(), "test")).await.unwrap();
        }
        let mails = app.mails_to("admin@nordlicht.example").await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].subject, "Ends 31 Jan 2027: Service contract");
        // Another title is no new end.
        let ctx = app.ctx("pm@nordlicht.example").await;
        let edit = app::documents::model::EditDocument { title: Some("Service agreement".into()), ..Default::default() };
        service::edit(&ctx, id, &Seen::default(), edit).await.unwrap();
        app::validity::remind::run(&app.state.ctx(app::access::Actor::operator(), "test")).await.unwrap();
        assert_eq!(app.mails_to("admin@nordlicht.example").await.len(), 1);

        // Over: everybody sees it, and it can still be read.
        app.advance(DAY * 40);
        assert!(says(&app, id).await.contains("Expired 31 Jan 2027"));
        assert!(app.browser("ben@acme.example").await.get("/documents").await.words().contains("Expired 31 Jan 2027"));
        assert_eq!(app.token("ben@acme.example").await.get(&format!("/api/v1/documents/{id}/versions/1/content")).await.status, 200);
        // Renewed: off the list, and the next end is told again.
        set(&app, id, "", "2027-02-25", "30").await;
        app::validity::remind::run(&app.state.ctx(app::access::Actor::operator(), "test")).await.unwrap();
        assert_eq!(app.mails_to("admin@nordlicht.example").await.len(), 2);
        set(&app, id, "", "2029-12-31", "30").await;
        assert!(to_renew(&app, "pm@nordlicht.example").await.is_empty());
        assert!(!says(&app, other).await.contains("Valid"));
        // What is taken back need not be renewed.
        set(&app, id, "", "2027-02-25", "30").await;
        assert_eq!(to_renew(&app, "pm@nordlicht.example").await.len(), 1);
        service::withdraw(&ctx, id, &Seen::default()).await.unwrap();
        assert!(to_renew(&app, "pm@nordlicht.example").await.is_empty());
    }

    async fn wrong_days_are_told_and_nothing_typed_is_lost(app: TestApp) {
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let back = set(&app, id, "2027-01-01", "2026-01-01", "30").await;
        assert!(back.contains("The end lies before the beginning.") && back.ends_with("2026-01-01"), "{back}");
        assert!(set(&app, id, "", "31.12.2026", "30").await.contains("Enter a date between 1900 and 2199."));
        assert!(set(&app, id, "", "2026-12-31", "many").await.contains("Enter a number of days from 0 to 365."));
        let token = app.token("pm@nordlicht.example").await;
        let path = format!("/api/v1/documents/{id}");
        let tag = async || token.get(&path).await.header("etag").to_owned();
        assert_eq!(token.patch(&path, serde_json::json!({"valid_until": "soon"}), &tag().await).await.status, 422);
        let row = token.patch(&path, serde_json::json!({"valid_until": "2026-12-31", "notice_days": 7}), &tag().await).await.json();
        assert_eq!((row["valid_until"].as_str(), row["notice_days"].as_i64()), (Some("2026-12-31"), Some(7)));
        // Left out is as it was; null is for good.
        let row = token.patch(&path, serde_json::json!({"title": "Contract B"}), &tag().await).await.json();
        assert_eq!(row["valid_until"], "2026-12-31");
        let row = token.patch(&path, serde_json::json!({"valid_until": null}), &tag().await).await.json();
        assert_eq!(row["valid_until"], serde_json::Value::Null);
    }

    async fn what_is_to_be_renewed_is_listed_to_whoever_sees_it_page_by_page(app: TestApp) {
        for number in 0..5 {
            let id = app.published(&format!("Contract {number}"), Category::Contract, Audience::Organisation).await;
            // Two end on the same day.
            set(&app, id, "", ["2026-11-25", "2026-11-23", "2026-11-24", "2026-11-23", "2026-11-01"][number], "30").await;
        }
        assert_eq!(to_renew(&app, "pm@nordlicht.example").await, ["Contract 4", "Contract 1", "Contract 3", "Contract 2", "Contract 0"]);
        let token = app.token("management@nordlicht.example").await;
        let (mut titles, mut cursor) = (Vec::new(), String::new());
        loop {
            let answer = token.get(&format!("/api/v1/renewals?limit=2{cursor}")).await.json();
            titles.extend(answer["items"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()));
            match answer["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(titles.len(), 5);
        assert!(to_renew(&app, "finance@nordlicht.example").await.is_empty(), "contracts are not hers");
        assert_eq!(app.token("anna@acme.example").await.get("/api/v1/renewals").await.status, 403);
    }

    async fn a_category_sets_how_long_what_is_published_in_it_holds(app: TestApp) {
        let rules = Rules { valid_days: Some(365), notice_days: 60, ..Rules::new(Category::Contract) };
        app::categories::service::set(&app.ctx("admin@nordlicht.example").await, &rules, None).await.unwrap();
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let row = app.token("pm@nordlicht.example").await.get(&format!("/api/v1/documents/{id}")).await.json();
        let days = (row["valid_from"].as_str(), row["valid_until"].as_str(), row["notice_days"].as_i64());
        assert_eq!(days, (Some("2026-11-21"), Some("2027-11-21"), Some(60)));
        // What staff have said stays, and publishing again changes nothing.
        set(&app, id, "", "2030-06-30", "10").await;
        let ctx = app.ctx("pm@nordlicht.example").await;
        service::publish(&ctx, id, &Seen::default(), Audience::Organisation).await.unwrap();
        let row = app.token("pm@nordlicht.example").await.get(&format!("/api/v1/documents/{id}")).await.json();
        assert_eq!(row["valid_until"], "2030-06-30");
    }
}
