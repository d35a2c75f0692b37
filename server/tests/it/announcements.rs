//! Announcements: who sees them, for how long, who has seen them, and what is refused.

use std::time::Duration;

use app::announcements::model::{Audience, Severity, State, Wanted};
use app::announcements::service;
use app::ctx::Ctx;
use app::error::AppError;
use app::ids::AnnouncementId;
use serde_json::json;

use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const SUPPORT: &str = "support@nordlicht.example";
pub const DAY: Duration = Duration::from_secs(24 * 3600);

/// One sentence in English and German.
pub fn wanted(audience: Audience, confirm: bool) -> Wanted {
    Wanted {
        severity: Severity::Warning,
        audience,
        groups: Vec::new(),
        confirm,
        starts_at: None,
        ends_at: None,
        versions: [
            ("No deliveries on <Friday> & \"Saturday\"".to_owned(), "We take stock.\nSorry.".to_owned()),
            ("Freitag keine Lieferungen".to_owned(), String::new()),
            (String::new(), String::new()),
        ],
    }
}

/// An announcement that is shown now.
pub async fn published(ctx: &Ctx, audience: Audience, confirm: bool) -> AnnouncementId {
    let id = service::create(ctx, wanted(audience, confirm)).await.unwrap();
    service::set_state(ctx, id, Some(1), State::Published).await.unwrap();
    id
}

async fn sees(app: &TestApp, email: &str) -> bool {
    app.browser(email).await.get("/account").await.text().contains("No deliveries on ")
}

both! {
    async fn everybody_it_is_for_sees_it_until_they_close_it_and_nobody_else_does(app: TestApp) {
        let ctx = app.ctx(SUPPORT).await;
        for (audience, readers, others) in [
            (Audience::Everyone, vec!["anna@acme.example", "dirk@borealis.example", "eva@partner.example", "pm@nordlicht.example"], vec![]),
            (Audience::Customers, vec!["anna@acme.example", "eva@partner.example"], vec!["pm@nordlicht.example"]),
            (Audience::Staff, vec!["finance@nordlicht.example"], vec!["anna@acme.example", "eva@partner.example"]),
        ] {
            let id = service::create(&ctx, wanted(audience, false)).await.unwrap();
            assert!(!sees(&app, readers[0]).await, "a draft is nobody's");
            service::set_state(&ctx, id, Some(1), State::Published).await.unwrap();
            for email in &readers {
                let mut browser = app.browser(email).await;
                let page = browser.get("/account").await;
                assert!(page.text().contains("No deliveries on &lt;Friday&gt; &amp; \"Saturday\""), "{email}: {}", page.text());
                let form = [("announcement", id.to_string()), ("return_to", "/account".to_owned())];
                let closed = browser.post("/_fn/announcements/close", &form.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
                assert_eq!((closed.status, closed.location()), (303, "/account"), "{email}");
                assert!(!browser.get("/account").await.text().contains("No deliveries"), "{email} has closed it");
            }
            for email in &others {
                assert!(!sees(&app, email).await, "{email}");
                let mine = app.token(email).await.get("/api/v1/me/announcements").await.json();
                assert_eq!(mine["items"], json!([]), "{email}");
                let close = app.token(email).await.post(&format!("/api/v1/me/announcements/{id}/close"), json!({})).await;
                assert_eq!(close.status, 404, "{email} cannot tell that it exists");
            }
            let seen = service::find(&ctx, id).await.unwrap().seen;
            assert_eq!((seen.seen, seen.closed), (readers.len() as i64, readers.len() as i64));
            service::set_state(&ctx, id, None, State::Withdrawn).await.unwrap();
            assert!(!sees(&app, "ben@acme.example").await, "it was taken back");
        }
    }

    async fn an_announcement_to_a_group_is_for_the_people_of_its_customers_as_they_are_now(app: TestApp) {
        let ctx = app.ctx(ADMIN).await;
        let group = service::groups(&ctx).await.unwrap().into_iter().find(|group| group.slug == "key-accounts").unwrap().id;
        app::organisation::administer::set_group(&ctx, app.organisation("borealis"), group, false).await.unwrap();
        let id = service::create(&ctx, Wanted { groups: vec![group], ..wanted(Audience::Groups, false) }).await.unwrap();
        let reach = service::find(&ctx, id).await.unwrap().reach;
        service::set_state(&ctx, id, None, State::Published).await.unwrap();
        assert!(sees(&app, "anna@acme.example").await);
        assert!(!sees(&app, "carla@borealis.example").await && !sees(&app, "eva@partner.example").await && !sees(&app, ADMIN).await);
        app::organisation::administer::set_group(&ctx, app.organisation("borealis"), group, true).await.unwrap();
        assert!(sees(&app, "carla@borealis.example").await);
        assert!(service::find(&ctx, id).await.unwrap().reach.people > reach.people);
    }

    async fn it_begins_and_ends_by_itself_and_is_read_in_the_readers_language(app: TestApp) {
        let ctx = app.ctx(ADMIN).await;
        let (starts_at, ends_at) = (Some(app.clock.now().plus(DAY)), Some(app.clock.now().plus(DAY * 2)));
        let id = service::create(&ctx, Wanted { starts_at, ends_at, ..wanted(Audience::Everyone, false) }).await.unwrap();
        service::set_state(&ctx, id, None, State::Published).await.unwrap();
        assert!(!sees(&app, "anna@acme.example").await, "its time has not come");
        app.advance(DAY + DAY / 2);
        assert!(sees(&app, "anna@acme.example").await);
        let mut browser = app.browser("ben@acme.example").await;
        browser.post("/_fn/account/set_language", &[("language", "de"), ("return_to", "/account")]).await;
        let page = browser.get("/account").await.text();
        assert!(page.contains("Freitag keine Lieferungen") && !page.contains("No deliveries"), "{page}");
        browser.post("/_fn/account/set_language", &[("language", "nl"), ("return_to", "/account")]).await;
        let page = browser.get("/account").await.text();
        assert!(page.contains("lang=\"en\"") && page.contains("No deliveries"), "no Dutch: the first there is");
        app.advance(DAY);
        assert!(!sees(&app, "anna@acme.example").await, "it is over");
        let again = service::set_state(&ctx, id, None, State::Withdrawn).await;
        assert!(again.is_ok());
        assert!(matches!(service::set_state(&ctx, id, None, State::Published).await, Err(AppError::Invalid(_))), "it would be over at once");
    }

    async fn what_is_to_be_confirmed_stays_until_it_is_and_that_is_on_record(app: TestApp) {
        let ctx = app.ctx(ADMIN).await;
        let id = published(&ctx, Audience::Customers, true).await;
        let mut anna = app.browser("anna@acme.example").await;
        assert!(anna.get("/account").await.words().contains("Confirm"));
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'announcement.confirm'").await, 0);
        for _ in 0..2 {
            assert_eq!(app.token("anna@acme.example").await.post(&format!("/api/v1/me/announcements/{id}/close"), json!({})).await.status, 204);
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'announcement.confirm'").await, 1);
        let detail = service::find(&ctx, id).await.unwrap();
        assert_eq!((detail.seen.seen, detail.seen.closed), (1, 1));
        let page = app.browser(SUPPORT).await.get(&format!("/staff/announcements/{id}")).await.words();
        assert!(page.contains("Confirmed") && page.contains(&format!("1 of {}", detail.reach.people)), "{page}");
    }

    async fn a_form_with_mistakes_says_where_and_keeps_what_was_typed_and_the_second_of_two_loses_nothing(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        let form = [("audience", "groups"), ("severity", "urgent"), ("title_de", ""), ("text_de", "Nur Text"), ("starts_at", "2026-12-24T12:00"), ("ends_at", "2026-12-24T11:00")];
        let sent = admin.post("/_fn/announcements/save", &form).await;
        let page = admin.get(sent.location()).await;
        for text in ["A text needs a title.", "Choose at least one group.", "It ends before it begins."] {
            assert!(page.words().contains(text), "{text}: {}", page.words());
        }
        assert!(page.text().contains("Nur Text") && page.text().contains("value=\"2026-12-24T12:00\""));
        let sent = admin.post("/_fn/announcements/save", &[("audience", "staff"), ("title_en", "Stocktaking"), ("ends_at", "soon")]).await;
        assert!(admin.get(sent.location()).await.words().contains("Enter a day and an hour"));
        let ctx = app.ctx(ADMIN).await;
        let id = service::create(&ctx, wanted(Audience::Staff, false)).await.unwrap().to_string();
        for (title, words) in [("First", "Saved."), ("Second", "Somebody has changed this announcement meanwhile.")] {
            let sent = admin.post("/_fn/announcements/save", &[("announcement", &id), ("revision_seen", "1"), ("audience", "staff"), ("title_en", title)]).await;
            let page = admin.get(sent.location()).await;
            assert!(page.words().contains(words) && page.text().contains(title), "{title}: {}", page.words());
        }
    }

    async fn programs_write_announcements_too(app: TestApp) {
        let support = app.token(SUPPORT).await;
        let body = json!({"severity": "info", "audience": "customers", "ends_at": "2027-01-01T00:00:00Z", "versions": [{"language": "nl", "title": "Gesloten"}]});
        let made = support.post_with("/api/v1/announcements", body.clone(), &[("idempotency-key", "one")]).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let again = support.post_with("/api/v1/announcements", body.clone(), &[("idempotency-key", "one")]).await;
        assert_eq!(again.json()["id"], made.json()["id"]);
        let path = format!("/api/v1/announcements/{}", made.json()["id"].as_str().unwrap());
        assert_eq!(support.post(&format!("{path}/publish"), json!({})).await.json()["state"], "running");
        let mine = app.token("anna@acme.example").await.get("/api/v1/me/announcements").await.json();
        assert_eq!((&mine["items"][0]["title"], &mine["items"][0]["language"]), (&json!("Gesloten"), &json!("nl")));
        for (body, field) in [
            (json!({"severity": "x", "audience": "customers", "versions": []}), "severity"),
            (json!({"severity": "info", "audience": "customers", "versions": []}), "title_en"),
            (json!({"severity": "info", "audience": "customers", "versions": [{"language": "fr", "title": "x"}]}), "versions"),
            (json!({"severity": "info", "audience": "customers", "starts_at": "x", "versions": [{"language": "en", "title": "x"}]}), "starts_at"),
        ] {
            let answer = support.post("/api/v1/announcements", body).await;
            assert_eq!(answer.status, 422, "{field}");
            assert!(answer.json()["errors"][field].is_array() || answer.json()["errors"][field].is_string(), "{field}: {}", answer.text());
        }
        assert_eq!(app.token("pm@nordlicht.example").await.get("/api/v1/announcements").await.status, 403);
        assert_eq!(app.token("management@nordlicht.example").await.get("/api/v1/announcements").await.status, 200);
    }

    async fn whoever_looks_as_somebody_else_neither_sees_for_them_nor_closes(app: TestApp) {
        let ctx = app.ctx(ADMIN).await;
        let id = published(&ctx, Audience::Customers, false).await;
        let mut admin = app.browser(ADMIN).await;
        let (acme, ben) = (app.organisation("acme").to_string(), app.user("ben@acme.example").to_string());
        let began = admin.post("/_fn/view_as/begin", &[("organisation", &acme), ("user", &ben), ("reason", "He asked what he sees.")]).await;
        assert_eq!(began.status, 303, "{}", began.text());
        let page = admin.get("/").await.text();
        assert!(page.contains("No deliveries on ") && !page.contains("/_fn/announcements/close"), "{page}");
        assert_eq!(service::find(&ctx, id).await.unwrap().seen.seen, 0);
    }
}
