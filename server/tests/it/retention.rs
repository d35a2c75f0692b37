//! Retention: what is due is named exactly, and then really gone; what must stay stays.

use std::time::Duration;

use app::access::Actor;
use app::documents::model::{Audience, Category};
use app::error::AppError;
use app::ids::DocumentId;
use app::retention::model::Rule;
use app::retention::service;

use crate::approvals::{DAY, add_version, ask, say};
use crate::support::{TestApp, both, files};

async fn keep(app: &TestApp, category: Category, days: Option<i64>) {
    let admin = app.ctx("admin@nordlicht.example").await;
    service::set_rules(&admin, &[Rule { category, keep_days: days, least_days: 0 }], None).await.unwrap();
}

async fn minutes(app: &TestApp, title: &str) -> DocumentId {
    app.published(title, Category::Minutes, Audience::Organisation).await
}

async fn named(app: &TestApp) -> Vec<String> {
    let admin = app.ctx("admin@nordlicht.example").await;
    service::due(&admin, None, 100).await.unwrap().into_iter().map(|due| due.title).collect()
}

fn operator(app: &TestApp) -> app::ctx::Ctx {
    app.state.ctx(Actor::operator(), "test")
}

both! {
    async fn a_year_later_the_dry_run_names_exactly_what_is_deleted(app: TestApp) {
        let old = minutes(&app, "Minutes of the kick-off").await;
        let approval = ask(&app, old, &["ben@acme.example"], 1).await.approval.id;
        say(&app, "ben@acme.example", approval, true, "").await.unwrap();
        add_version(&app, old).await;
        let second = crate::approvals::rounds(&app, old).await.remove(0).approval.id;
        say(&app, "ben@acme.example", second, true, "").await.unwrap();
        app.browser("ben@acme.example").await.get(&format!("/documents/{old}")).await;
        crate::orders::with_paper(&app, "AB-1", old).await;
        let contract = app.published("A contract", Category::Contract, Audience::Organisation).await;
        keep(&app, Category::Minutes, Some(365)).await;
        let keys: Vec<String> = app.sql("SELECT store_key FROM document_versions ORDER BY store_key").await.into_iter().flatten().collect();
        assert!(named(&app).await.is_empty(), "not before its time");
        app.advance(DAY * 364);
        let fresh = minutes(&app, "Minutes of today").await;
        assert!(named(&app).await.is_empty(), "not a day early");
        app.advance(DAY * 2);

        // Named, with its versions, and nothing else; naming it deletes nothing.
        assert_eq!(named(&app).await, ["Minutes of the kick-off"]);
        let admin = app.ctx("admin@nordlicht.example").await;
        let totals = service::totals(&admin).await.unwrap();
        assert_eq!((totals.documents, totals.versions, totals.kept), (1, 2, 0));
        let mut browser = app.browser("admin@nordlicht.example").await;
        let page = browser.get("/staff/retention").await.words();
        assert!(page.contains("Minutes of the kick-off") && page.contains("One document with 2 versions"), "{page}");
        assert!(!page.contains("A contract") && !page.contains("Minutes of today"), "{page}");
        assert_eq!(browser.get(&format!("/staff/documents/{old}")).await.status, 200);

        // Deleted by the button: page, rows, and the bytes in the store; everything else is there.
        let sent = browser.post("/_fn/retention/run", &[]).await;
        assert!(browser.get(sent.location()).await.words().contains("One document is deleted."));
        assert_eq!(browser.get(&format!("/staff/documents/{old}")).await.status, 404);
        assert_eq!(app.browser("ben@acme.example").await.get(&format!("/documents/{old}")).await.status, 404);
        for id in [contract, fresh] {
            assert_eq!(browser.get(&format!("/staff/documents/{id}")).await.status, 200);
        }
        for table in ["document_versions", "document_audience", "document_reads", "approvals", "order_documents"] {
            let left = app.sql(&format!("SELECT document_id FROM {table}")).await;
            assert!(!format!("{left:?}").contains(&old.to_string()), "{table}");
        }
        assert_eq!(app.count("SELECT count(*) FROM approval_seats").await, 0);
        assert_eq!(app.count("SELECT count(*) FROM pending_uploads").await, 0);
        let left: Vec<String> = app.sql("SELECT store_key FROM document_versions ORDER BY store_key").await.into_iter().flatten().collect();
        for key in keys {
            let there = app.state.ctx(Actor::operator(), "test").files.exists(&key).await.unwrap();
            assert_eq!(there, left.contains(&key), "{key}");
        }
        // The trail keeps that it was there, and still holds.
        assert_eq!(app.count("SELECT count(*) FROM audit_events WHERE action = 'document.delete'").await, 1);
        assert!(matches!(app::audit::verify(app.db(), |_| ()).await.unwrap(), app::audit::Verdict::Intact(_)));
        assert_eq!(service::run(&admin).await.unwrap().documents, 0);
    }

    async fn what_still_holds_is_kept_and_its_time_begins_with_its_end(app: TestApp) {
        let ends = [("For five years", "2031-11-20"), ("Ended", "2027-01-31"), ("A day to go", "2027-11-21"), ("Ended before it was filed", "2020-01-31")];
        for (title, until) in ends {
            app.published(title, Category::Contract, Audience::Organisation).await;
            app.sql(&format!("UPDATE documents SET valid_until = '{until}' WHERE title = '{title}'")).await;
        }
        keep(&app, Category::Contract, Some(365)).await;
        assert!(named(&app).await.is_empty(), "what ended long ago has changed today");
        // 20 November 2028. Whatever somebody did two years ago: the days count from the end of what held longer.
        app.advance(DAY * 730);
        let mut due = named(&app).await;
        due.sort();
        assert_eq!(due, ["Ended", "Ended before it was filed"]);
        let admin = app.ctx("admin@nordlicht.example").await;
        let totals = service::totals(&admin).await.unwrap();
        assert_eq!((totals.documents, totals.kept), (2, 0), "what still holds is not old enough");
        let page = app.browser("admin@nordlicht.example").await.get("/staff/retention").await.words();
        assert!(page.contains("what is valid for longer") && !page.contains("For five years"), "{page}");
        assert_eq!(service::run(&operator(&app)).await.unwrap().documents, 2);
        app.advance(DAY);
        assert_eq!(service::run(&operator(&app)).await.unwrap().documents, 1);
        assert_eq!(app.sql("SELECT title FROM documents WHERE category = 'contract'").await, [["For five years"]]);
    }

    async fn what_is_held_or_asked_about_stays(app: TestApp) {
        let (held, asked, gone) = (minutes(&app, "Held").await, minutes(&app, "Asked").await, minutes(&app, "Gone").await);
        keep(&app, Category::Minutes, Some(30)).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let document = held.to_string();
        let empty = pm.post("/_fn/retention/hold", &[("document", document.as_str()), ("reason", " ")]).await;
        assert!(pm.get(empty.location()).await.words().contains("Say why"));
        pm.post("/_fn/retention/hold", &[("document", document.as_str()), ("reason", "Lawsuit 4 O 12/26")]).await;
        assert!(pm.get(&format!("/staff/documents/{held}")).await.words().contains("Lawsuit 4 O 12/26"));
        ask(&app, asked, &["ben@acme.example"], 1).await;
        app.advance(DAY * 31);
        assert_eq!(named(&app).await, ["Gone"]);
        let totals = service::run(&operator(&app)).await.unwrap();
        assert_eq!((totals.documents, totals.kept), (1, 2));
        let mut pm = app.browser("pm@nordlicht.example").await;
        assert_eq!(pm.get(&format!("/staff/documents/{gone}")).await.status, 404);
        pm.post("/_fn/retention/hold", &[("document", document.as_str()), ("release", "yes")]).await;
        assert_eq!(named(&app).await, ["Held"]);
    }

    async fn nobody_sets_less_than_the_law_asks(app: TestApp) {
        let mut admin = app.browser("admin@nordlicht.example").await;
        let seen = admin.get("/staff/retention").await.field("seen");
        let seen = seen.as_str();
        let sent = admin.post("/_fn/retention/save", &[("seen", seen), ("keep_invoice", "365"), ("least_invoice", "2922"), ("keep_minutes", "soon")]).await;
        let page = admin.get(sent.location()).await;
        assert!(page.words().contains("Enter a whole number"), "{}", page.words());
        assert_eq!(page.field("keep_invoice"), "365");
        let sent = admin.post("/_fn/retention/save", &[("seen", seen), ("keep_invoice", "365"), ("least_invoice", "2922")]).await;
        assert!(admin.get(sent.location()).await.words().contains("at least 2922"));
        let sent = admin.post("/_fn/retention/save", &[("seen", seen), ("keep_invoice", "2922"), ("least_invoice", "2922")]).await;
        assert_eq!(admin.get(sent.location()).await.field("keep_invoice"), "2922");
        // Who still looks at what was there before is told, and changes nothing.
        let late = admin.post("/_fn/retention/save", &[("seen", seen), ("keep_minutes", "1")]).await;
        let page = admin.get(late.location()).await;
        assert!(page.field("keep_minutes") == "1" && page.field("seen") != seen, "what was typed stays");
        assert_eq!(app.count("SELECT count(*) FROM category_retention WHERE keep_days = 1").await, 0);
        assert_eq!(app.count("SELECT count(*) FROM audit_events WHERE action = 'retention.edit'").await, 1);
        let pm = app.ctx("pm@nordlicht.example").await;
        assert!(matches!(service::run(&pm).await, Err(AppError::Forbidden)));
        assert!(matches!(service::due(&pm, None, 1).await, Err(AppError::Forbidden)));
    }

    async fn programs_and_the_nightly_job_do_the_same(app: TestApp) {
        minutes(&app, "Old").await;
        let admin = app.token("admin@nordlicht.example").await;
        let rules = serde_json::json!([{"category": "minutes", "keep_days": 10, "least_days": 0}]);
        let set = async |tag: &str| {
            let headers = [("content-type", "application/json"), ("if-match", tag)];
            let headers = if tag.is_empty() { headers.split_at(1).0 } else { &headers };
            admin.send(axum::http::Method::PUT, "/api/v1/retention/rules", headers, rules.to_string()).await
        };
        let seen = admin.get("/api/v1/retention/rules").await.header("etag").to_owned();
        assert_eq!((set("").await.status, set("\"0\"").await.status), (428, 412));
        let done = set(&seen).await;
        assert_eq!((done.status, &done.json()["items"][0]["category"]), (200, &app.token("admin@nordlicht.example").await.get("/api/v1/retention/rules").await.json()["items"][0]["category"]), "{}", done.text());
        assert_eq!(set(&seen).await.status, 412, "they are others by now");
        app.advance(DAY * 11);
        let admin = app.token("admin@nordlicht.example").await;
        let due = admin.get("/api/v1/retention/due").await.json();
        assert_eq!((&due["totals"]["documents"], &due["documents"][0]["title"]), (&1.into(), &"Old".into()));
        app::jobs::prepare(&operator(&app)).await.unwrap();
        app.advance(Duration::from_secs(24 * 3600));
        app::jobs::tick(&operator(&app)).await.unwrap();
        app.run_jobs().await;
        assert_eq!(app.count("SELECT count(*) FROM documents").await, 0);
    }

    async fn a_document_that_changes_meanwhile_is_not_deleted(app: TestApp) {
        let id = minutes(&app, "Busy").await;
        keep(&app, Category::Minutes, Some(30)).await;
        app.advance(DAY * 31);
        let job = operator(&app);
        let pm = app.ctx("pm@nordlicht.example").await;
        let upload = async {
            let granted = app::documents::upload::grant_version(&pm, id).await?;
            let bytes = futures::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from(files::pdf("late")))]);
            app::documents::upload::add_version(&pm, granted, &app::files::FileName::parse("late.pdf"), bytes).await
        };
        let (ran, added) = tokio::join!(service::run(&job), upload);
        // Whoever came first: a new version keeps it, or there was nothing left to add one to.
        let left = app.count("SELECT count(*) FROM documents").await;
        assert_eq!((left, added.is_ok()), (1 - ran.unwrap().documents, left == 1), "{added:?}");
    }
}
