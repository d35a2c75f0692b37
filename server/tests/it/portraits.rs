//! Portraits of the staff: made anew of what they send, and shown to customers whose contact they are, and to nobody else.

use app::account::portrait;
use app::error::AppError;
use app::ids::UserId;
use axum::body::Body;
use axum::http::{Method, Request};
use bytes::Bytes;

use crate::previews_hostile::claims;
use crate::support::{Answer, TestApp, both, files};

const PM: &str = "pm@nordlicht.example";
const ADMIN: &str = "admin@nordlicht.example";
const ANNA: &str = "anna@acme.example";

/// An image of this size, red above and blue below.
fn bitmap(width: u32, height: u32) -> Vec<u8> {
    let row = (width * 3).div_ceil(4) * 4;
    let mut out = b"BM".to_vec();
    for part in [54 + row * height, 0, 54, 40, width, height, 1 | (24 << 16), 0, row * height, 2835, 2835, 0, 0] {
        out.extend(part.to_le_bytes());
    }
    // From below.
    for y in 0..height {
        let pixel: [u8; 3] = if y < height / 2 { [255, 0, 0] } else { [0, 0, 255] };
        let mut line: Vec<u8> = pixel.into_iter().cycle().take((width * 3) as usize).collect();
        line.resize(row as usize, 0);
        out.extend(line);
    }
    out
}

/// The contact of both customers, who has a portrait.
pub async fn with_portrait(app: &TestApp) -> UserId {
    portrait::save(&app.ctx(PM).await, &app.state.previewer, Bytes::from(bitmap(60, 90))).await.unwrap();
    app.user(PM)
}

async fn seen(app: &TestApp, email: &str) -> Answer {
    app.browser(email).await.get(&format!("/portraits/{}", app.user(PM))).await
}

/// Width and height of a PNG.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

both! {
    async fn customers_see_their_contact_and_nobody_else_does(app: TestApp) {
        assert!(!app.browser(ANNA).await.get("/").await.text().contains("/portraits/"), "initials where there is none");
        let path = format!("/portraits/{}", with_portrait(&app).await);
        let answer = seen(&app, ANNA).await;
        assert_eq!((answer.status, answer.header("content-type"), answer.header("cache-control")), (200, "image/png", "private, no-cache"));
        assert!(answer.header("content-security-policy").contains("sandbox"));
        assert_eq!(size(&answer.body), (128, 128));
        assert!(answer.body.len() < 40_000, "{}", answer.body.len());
        let mut anna = app.browser(ANNA).await;
        let etag = answer.header("etag").to_owned();
        let kept = anna.send(Request::get(&path).header("if-none-match", &etag).body(Body::empty()).unwrap()).await;
        assert_eq!((kept.status, kept.body.len()), (304, 0));
        // On her home, beside the name; in her order; not in what staff see of it.
        assert!(anna.get("/").await.text().contains(&format!("src=\"{path}\"")));
        let row = crate::orders::batch(&app, ADMIN, serde_json::json!([{"number": "A-1", "organisation": "acme"}])).await.remove(0);
        let order = row["id"].as_str().unwrap();
        assert!(anna.get(&format!("/orders/{order}")).await.text().contains(&path));
        assert!(!app.browser(ADMIN).await.get(&format!("/staff/orders/{order}")).await.text().contains(&path));
        for (email, status) in [(PM, 200), ("carla@borealis.example", 200), ("eva@partner.example", 200), (ADMIN, 404), ("sales@nordlicht.example", 404)] {
            assert_eq!(seen(&app, email).await.status, status, "{email}");
        }
        assert_eq!(app.visitor().get(&path).await.status, 303);
        assert_eq!(anna.get(&format!("/portraits/{}", app.user(ADMIN))).await.status, 404);
        assert_eq!(anna.get("/portraits/x").await.status, 404);
        // Not their contact any more; or not of the house.
        app.sql("UPDATE staff_assignments SET is_contact = FALSE WHERE organisation_id IN (SELECT id FROM organisations WHERE slug = 'acme')").await;
        assert_eq!((seen(&app, ANNA).await.status, seen(&app, "carla@borealis.example").await.status), (404, 200));
        app.sql("UPDATE users SET state = 'suspended' WHERE email = 'pm@nordlicht.example'").await;
        assert_eq!(seen(&app, "carla@borealis.example").await.status, 404);
    }

    async fn what_is_sent_is_made_anew_and_what_is_no_image_is_refused_in_words(app: TestApp) {
        let ctx = app.ctx(PM).await;
        let refused = async |bytes: Vec<u8>| match portrait::save(&ctx, &app.state.previewer, Bytes::from(bytes)).await {
            Err(AppError::Invalid(errors)) => errors.get("file").unwrap().to_owned(),
            other => panic!("{other:?}"),
        };
        assert!(refused(b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()).await.contains("not an image"));
        assert!(refused(files::pdf("content")).await.contains("not an image"));
        assert!(refused(bitmap(60, 90)[..200].to_vec()).await.contains("not an image"));
        assert!(refused(claims(40_000, 40_000)).await.contains("too many pixels"));
        assert_eq!(app.count("SELECT COUNT(*) FROM user_portraits").await, 0);
        // Of an upright image the upper part, of a wide one the middle.
        for (width, height) in [(300, 900), (900, 300), (16, 16)] {
            portrait::save(&ctx, &app.state.previewer, Bytes::from(bitmap(width, height))).await.unwrap();
            assert_eq!(size(&seen(&app, ANNA).await.body), (128, 128));
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM user_portraits").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'account.portrait'").await, 3);
        // Customers have none: they are nobody's contact.
        assert!(matches!(portrait::save(&app.ctx(ANNA).await, &app.state.previewer, Bytes::from(bitmap(9, 9))).await, Err(AppError::Forbidden)));
        assert!(!app.browser(ANNA).await.get("/account").await.text().contains("/account/portrait"));
    }

    async fn programs_set_and_remove_their_owner_s(app: TestApp) {
        let path = "/api/v1/me/portrait";
        let put = async |email: &str, bytes: Vec<u8>| app.token(email).await.send(Method::PUT, path, &[("content-type", "image/bmp")], bytes).await.status;
        assert_eq!(put(PM, bitmap(200, 300)).await, 204);
        assert_eq!(seen(&app, ANNA).await.status, 200);
        assert_eq!((put(PM, b"no image".to_vec()).await, put(PM, Vec::new()).await, put(ANNA, bitmap(9, 9)).await), (422, 422, 403));
        let read = app.scoped_token(PM, &["read"]).await;
        assert_eq!(read.send(Method::DELETE, path, &[], "").await.status, 403);
        assert_eq!(app.token(PM).await.send(Method::DELETE, path, &[], "").await.status, 204);
        assert_eq!(seen(&app, ANNA).await.status, 404);
    }

    async fn the_account_page_shows_replaces_and_removes_it(app: TestApp) {
        let mut pm = app.browser(PM).await;
        let page = pm.get("/account").await.text();
        assert!(page.contains("action=\"/account/portrait\"") && !page.contains("/_fn/account/remove_portrait"), "{page}");
        let empty = pm.upload("/account/portrait", &[], "", b"").await;
        assert!(pm.follow(&empty).await.words().contains("Choose a file."));
        let wrong = pm.upload("/account/portrait", &[], "me.png", b"no image").await;
        assert!(pm.follow(&wrong).await.words().contains("This file is not an image that can be used"));
        let saved = pm.upload("/account/portrait", &[], "me.bmp", &bitmap(200, 300)).await;
        assert!(pm.follow(&saved).await.words().contains("Your portrait is saved."));
        let page = pm.get("/account").await.text();
        assert!(page.contains(&format!("src=\"/portraits/{}\"", app.user(PM))), "{page}");
        assert_eq!(app.browser(ANNA).await.upload("/account/portrait", &[], "me.bmp", &bitmap(9, 9)).await.status, 403);
        let removed = pm.post("/_fn/account/remove_portrait", &[]).await;
        assert!(pm.follow(&removed).await.words().contains("Your portrait is removed."));
        assert_eq!(seen(&app, ANNA).await.status, 404);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'account.portrait_remove'").await, 1);
    }
}
