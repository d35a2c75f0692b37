//! Previews that show who looks: in the pixels of each person's images, and never in the file.

use std::time::Duration;

use app::categories::model::Rules;
use app::categories::service as categories;
use app::documents::model::Category;
use app::ids::DocumentId;
use axum::http::Method;

use crate::previews::{shown, told};
use crate::support::{TestApp, both, files};

async fn rule(app: &TestApp, watermark: bool) {
    let admin = app.ctx("admin@nordlicht.example").await;
    categories::set(&admin, &Rules { watermark, ..Rules::new(Category::Minutes) }, None).await.unwrap();
}

fn page(id: DocumentId) -> String {
    format!("/documents/{id}/versions/2/preview/1")
}

/// Width and height of a PNG, as they stand in its head.
fn size(png: &[u8]) -> &[u8] {
    assert!(png.starts_with(b"\x89PNG"));
    &png[16..24]
}

both! {
    async fn everybody_gets_images_of_their_own_and_the_stored_one_stays_clean(app: TestApp) {
        let paper = files::paper(&["First page", "Second page"], None);
        let id = shown(&app, "paper.pdf", paper.clone()).await;
        let mut ben = app.browser("ben@acme.example").await;
        let clean = ben.get(&page(id)).await;
        assert_eq!((clean.status, clean.header("cache-control")), (200, "private, max-age=600"));
        rule(&app, true).await;
        let mut images = vec![clean.body.clone()];
        let mut tags = vec![clean.header("etag").to_owned()];
        for email in ["ben@acme.example", "anna@acme.example", "pm@nordlicht.example"] {
            let answer = app.browser(email).await.get(&page(id)).await;
            assert_eq!((answer.status, answer.header("content-type"), answer.header("cache-control")), (200, "image/png", "private, no-cache"), "{email}");
            assert_eq!(answer.header("content-length"), answer.body.len().to_string());
            assert_eq!(size(&answer.body), size(&clean.body), "{email}");
            assert!(!images.contains(&answer.body) && !tags.contains(&answer.header("etag").to_owned()), "{email}: their own");
            images.push(answer.body.clone());
            tags.push(answer.header("etag").to_owned());
        }
        // Their own copy is known again, somebody else's is not; later it says another time.
        let token = app.token("ben@acme.example").await;
        let path = format!("/api/v1{}", page(id));
        let asked = async |tag: &str| token.send(Method::GET, &path, &[("if-none-match", tag)], "").await;
        assert_eq!(asked(&tags[1]).await.status, 304);
        for tag in [&tags[0], &tags[2]] {
            let answer = asked(tag).await;
            assert_eq!((answer.status, &answer.body), (200, &images[1]), "by program the same as by browser");
        }
        let head = token.send(Method::HEAD, &path, &[], "").await;
        assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, tags[1].as_str()));
        assert_eq!(app.token("carla@borealis.example").await.get(&path).await.status, 404);
        app.advance(Duration::from_secs(600));
        let later = app.browser("ben@acme.example").await.get(&page(id)).await;
        assert!(later.status == 200 && !images.contains(&later.body));
        // What lies in the store, and the file, have nothing of it.
        rule(&app, false).await;
        assert_eq!(app.browser("ben@acme.example").await.get(&page(id)).await.body, clean.body);
        rule(&app, true).await;
        let file = app.browser("ben@acme.example").await.get(&format!("/documents/{id}/versions/2/content")).await;
        assert_eq!(file.body, paper);
    }

    async fn whoever_looks_as_somebody_else_is_named_themselves(app: TestApp) {
        let id = shown(&app, "paper.pdf", files::paper(&["One"], None)).await;
        rule(&app, true).await;
        let own = app.browser("pm@nordlicht.example").await.get(&page(id)).await.body;
        let mut pm = app.browser("pm@nordlicht.example").await;
        crate::view_as::begin(&app, &mut pm, "ben@acme.example").await;
        let as_ben = pm.get(&page(id)).await;
        assert_eq!((as_ben.status, &as_ben.body), (200, &own));
        let words = pm.get(&format!("/documents/{id}")).await.words();
        assert!(words.contains("Shown to Petra Mommsen, pm@nordlicht.example, 2026-11-21 13:00 CET"), "{words}");
    }

    async fn what_is_text_says_it_in_a_line_and_across(app: TestApp) {
        let text = shown(&app, "list.csv", b"One;two".to_vec()).await;
        let invoice = shown(&app, "r.xml", crate::previews::CII.into()).await;
        for id in [text, invoice] {
            let clean = app.browser("ben@acme.example").await.get(&format!("/documents/{id}")).await.text();
            assert!(!clean.contains("Shown to") && !clean.contains("class=\"across\""), "{clean}");
        }
        assert!(told(&app, text, 2).await["watermark"].is_null());
        rule(&app, true).await;
        for id in [text, invoice] {
            let page = app.browser("ben@acme.example").await.get(&format!("/documents/{id}")).await.text();
            assert!(page.contains("Shown to Ben Brandt, ben@acme.example, 2026-11-21 13:00 CET"), "{page}");
            assert!(page.contains("class=\"across\"") && page.contains("data-words=\"Ben Brandt, ben@acme.example"), "{page}");
        }
        let words = told(&app, text, 2).await["watermark"].as_str().unwrap().to_owned();
        assert!(words.starts_with("Ben Brandt, ben@acme.example, "), "{words}");
    }

    async fn the_rule_is_set_on_the_page_and_by_program_and_the_trail_says_so(app: TestApp) {
        let mut admin = app.browser("admin@nordlicht.example").await;
        let page = admin.get("/staff/categories/minutes").await;
        assert!(page.words().contains("A download stays the file as it was uploaded"), "{}", page.words());
        let seen = page.field("seen");
        let fields = [("category", "minutes"), ("seen", seen.as_str()), ("kinds[0]", "pdf"), ("audience", "organisation"), ("approval", "none"), ("approval_days", "14"), ("notice_days", "30"), ("watermark", "yes")];
        let saved = admin.post("/_fn/categories/save", &fields).await;
        assert!(admin.follow(&saved).await.words().contains("saved"));
        assert!(admin.get("/staff/categories").await.words().contains("Previews show who looks"));
        let events = app.sql("SELECT detail FROM audit_events WHERE action = 'category.edit'").await;
        assert!(events[0][0].contains("\"watermark\":\"true\"") && events[0][0].contains("\"watermark_before\":\"false\""), "{events:?}");
        let token = app.token("admin@nordlicht.example").await;
        assert_eq!(token.get("/api/v1/categories/minutes").await.json()["watermark"], true);
        let rules = serde_json::json!({"kinds": ["pdf"], "audience": "organisation", "approval": "none", "approval_days": 14});
        let set = token.send(Method::PUT, "/api/v1/categories/minutes", &[("content-type", "application/json"), ("if-match", "*")], rules.to_string()).await;
        assert_eq!((set.status, &set.json()["watermark"]), (200, &false.into()), "{}", set.text());
    }
}
