//! How the portal is set up: changed by administrators on the page, by programs and at the machine, with history.

use axum::http::Method;
use serde_json::json;

use crate::support::{Process, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const ANNA: &str = "anna@acme.example";

both! {
    async fn a_new_name_stands_on_every_page_and_in_mails_from_the_next_request(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        let page = admin.get("/staff/settings").await;
        assert_eq!(page.field("portal_name"), "Nordlicht Maschinenbau GmbH");
        assert!(page.text().contains("name=\"view_as_shown\" value=\"yes\" checked"), "shown unless somebody decided otherwise");
        let revision = page.field("revision");
        let fields = [("revision", &*revision), ("portal_name", "  Nordlicht\u{2003}& Söhne\t AG "), ("phone", "yes"), ("vat_id", "yes")];
        let saved = admin.post("/_fn/settings/save", &fields).await;
        assert_eq!(saved.location(), "/staff/settings", "{}", saved.text());
        let page = admin.follow(&saved).await;
        assert!(page.text().contains("<title>Settings - Nordlicht &amp; Söhne AG</title>"), "{}", page.text());
        for (path, mut browser) in [("/sign-in", app.visitor()), ("/", app.browser(ANNA).await)] {
            assert!(browser.get(path).await.text().contains("Nordlicht &amp; Söhne AG"), "{path}");
        }
        assert!(app.visitor().get("/manifest.webmanifest").await.text().contains("Nordlicht & Söhne AG"));
        app.visitor().post("/_fn/password_reset/ask", &[("email", ANNA)]).await;
        let mail = app.mail_to(ANNA).await;
        assert!(mail.from.0 == "Nordlicht & Söhne AG" && mail.text.contains("Nordlicht & Söhne AG"), "{:?}", mail.from);
        // Who changed what, in words, on the page; by name in the trail.
        let words = page.words();
        for text in ["Jonas Petersen", "Name of the portal: Nordlicht Maschinenbau GmbH Nordlicht & Söhne AG", "What customers may change: Street", "VAT", "Customers see who looked: yes no"] {
            assert!(words.contains(text), "{text}: {words}");
        }
        let trail = app.token(ADMIN).await.get("/api/v1/audit-events?action=settings.edit").await.json();
        assert_eq!(trail["items"][0]["detail"], json!({
            "portal_name": "Nordlicht & Söhne AG", "portal_name_before": "Nordlicht Maschinenbau GmbH",
            "released_fields": "phone vat_id", "released_fields_before": "street postcode city country phone website language",
            "view_as_shown": "no", "view_as_shown_before": "yes",
        }));
    }

    async fn what_customers_may_change_follows_the_setting_unless_they_have_a_list_of_their_own(app: TestApp) {
        let (admin, anna, carla) = (app.token(ADMIN).await, app.token(ANNA).await, app.token("carla@borealis.example").await);
        let (acme, borealis) = (format!("/api/v1/organisations/{}", app.organisation("acme")), format!("/api/v1/organisations/{}", app.organisation("borealis")));
        app.sql("UPDATE organisations SET released = 'phone' WHERE slug = 'borealis'").await;
        let body = json!({ "released_fields": ["vat_id", "name"] });
        let changed = admin.patch("/api/v1/settings", body, "*").await;
        assert_eq!(changed.json()["released_fields"], json!(["name", "vat_id"]), "{}", changed.text());
        assert_eq!(anna.patch(&acme, json!({ "vat_id": "DE123456789" }), "*").await.status, 200);
        assert_eq!(anna.patch(&acme, json!({ "phone": "+49 1" }), "*").await.status, 422);
        assert_eq!(carla.patch(&borealis, json!({ "phone": "+31 1" }), "*").await.status, 200);
        assert_eq!(carla.patch(&borealis, json!({ "vat_id": "NL123456789B01" }), "*").await.status, 422);
        assert_eq!(admin.patch("/api/v1/settings", json!({ "released_fields": [] }), "*").await.status, 200);
        assert_eq!(anna.patch(&acme, json!({ "vat_id": "" }), "*").await.status, 422);
    }

    async fn settings_are_changed_against_what_was_read_and_what_is_wrong_is_said_of_the_field(app: TestApp) {
        let admin = app.token(ADMIN).await;
        let read = admin.get("/api/v1/settings").await;
        let etag = read.header("etag").to_owned();
        assert_eq!(read.json(), json!({ "portal_name": "Nordlicht Maschinenbau GmbH", "released_fields": ["street", "postcode", "city", "country", "phone", "website", "language"], "view_as_shown": true, "revision": 1 }));
        let bare = admin.send(Method::PATCH, "/api/v1/settings", &[("content-type", "application/json")], "{}").await;
        assert_eq!(bare.status, 428);
        let (one, two) = (json!({ "portal_name": "One" }), json!({ "portal_name": "Two" }));
        let (a, b) = tokio::join!(admin.patch("/api/v1/settings", one, &etag), admin.patch("/api/v1/settings", two, &etag));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "{} {}", a.text(), b.text());
        let now = admin.get("/api/v1/settings").await;
        let same = admin.patch("/api/v1/settings", json!({ "view_as_shown": true }), now.header("etag")).await;
        assert_eq!((same.status, same.header("etag")), (200, now.header("etag")), "nothing to do, nothing done");
        for (body, field) in [
            (json!({ "portal_name": " \t " }), "portal_name"),
            (json!({ "portal_name": "x".repeat(81) }), "portal_name"),
            (json!({ "released_fields": ["phone", "number"] }), "released_fields"),
            (json!({ "released_fields": "phone" }), "body"),
            (json!({ "key_fingerprint": "mine" }), "body"),
        ] {
            let refused = admin.patch("/api/v1/settings", body.clone(), "*").await;
            assert_eq!(refused.status, 422, "{body}");
            assert!(refused.json()["errors"].get(field).is_some(), "{body}: {}", refused.text());
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'settings.edit'").await, 1);
    }

    async fn a_form_of_an_older_state_is_told_and_keeps_what_was_typed(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        let revision = admin.get("/staff/settings").await.field("revision");
        let other = app.token(ADMIN).await.patch("/api/v1/settings", json!({ "portal_name": "Faster GmbH" }), "*").await;
        assert_eq!(other.status, 200);
        let fields = [("revision", &*revision), ("portal_name", "Slower GmbH"), ("city", "yes")];
        let conflict = admin.post("/_fn/settings/save", &fields).await;
        let page = admin.follow(&conflict).await;
        assert!(page.words().contains("Somebody changed this in the meantime"), "{}", page.words());
        assert_eq!(page.field("portal_name"), "Slower GmbH");
        let ticked = |name: &str| page.text().contains(&format!("name=\"{name}\" value=\"yes\" checked"));
        assert!(ticked("city") && !ticked("phone") && !ticked("view_as_shown"), "{}", page.text());
        let empty = admin.post("/_fn/settings/save", &[("revision", &*page.field("revision")), ("portal_name", "")]).await;
        assert!(admin.follow(&empty).await.words().contains("Enter a name."));
        assert!(admin.get("/staff/settings").await.text().contains("Faster GmbH"));
    }

    async fn only_administrators_see_and_change_settings(app: TestApp) {
        for email in ["management@nordlicht.example", "pm@nordlicht.example", ANNA] {
            let (token, mut browser) = (app.token(email).await, app.browser(email).await);
            assert_eq!(token.get("/api/v1/settings").await.status, 403, "{email}");
            assert_eq!(token.patch("/api/v1/settings", json!({ "portal_name": "Mine" }), "*").await.status, 403, "{email}");
            assert_eq!(browser.get("/staff/settings").await.status, 403, "{email}");
            assert!(!browser.get("/staff").await.text().contains("/staff/settings"), "{email}");
            assert_eq!(browser.post("/_fn/settings/save", &[("revision", "1"), ("portal_name", "Mine")]).await.status, 403);
        }
        let read = app.scoped_token(ADMIN, &["settings:read"]).await;
        assert_eq!(read.get("/api/v1/settings").await.status, 200);
        assert_eq!(read.patch("/api/v1/settings", json!({ "portal_name": "Mine" }), "*").await.status, 403);
        assert_eq!(app.scoped_token(ADMIN, &["users"]).await.get("/api/v1/settings").await.status, 403);
        assert!(app.browser(ADMIN).await.get("/staff").await.text().contains("/staff/settings"));
    }

    async fn a_name_that_was_set_on_another_machine_is_read_within_seconds(app: TestApp) {
        app.sql("UPDATE settings SET value = 'Elsewhere AG' WHERE key = 'portal_name'").await;
        assert!(app.visitor().get("/sign-in").await.text().contains("Nordlicht Maschinenbau GmbH"));
        app.advance(std::time::Duration::from_secs(11));
        assert!(app.visitor().get("/sign-in").await.text().contains("Elsewhere AG"));
    }
}

#[test]
fn settings_are_shown_and_set_at_the_machine() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| Process::run(dir.path(), &[&["settings"], arguments].concat());
    let says = |arguments: &[&str], part: &str| {
        let result = run(arguments);
        let (out, err) = (String::from_utf8_lossy(&result.stdout), String::from_utf8_lossy(&result.stderr));
        assert!(result.status.success() && out.contains(part), "{arguments:?}: {out} {err}");
    };
    says(&["show"], "portal_name      Kontor\n");
    says(&["set", "portal_name", "Example", "Ltd"], "portal_name      Example Ltd\n");
    says(&["set", "released_fields", "phone,city"], "released_fields  city phone\n");
    says(&["set", "released_fields", ""], "released_fields\n");
    says(&["set", "view_as_shown", "no"], "view_as_shown    no\n");
    for (arguments, why) in [
        (&["set", "portal_name", " "][..], "portal_name"),
        (&["set", "released_fields", "number"], "released_fields"),
        (&["set", "view_as_shown", "maybe"], "yes or no"),
        (&["set", "factor_roles", "x"], "not one of portal_name, released_fields, view_as_shown"),
    ] {
        let result = run(arguments);
        let err = String::from_utf8_lossy(&result.stderr).into_owned();
        assert!(
            result.status.code() == Some(1) && err.contains(why) && err.lines().count() == 1,
            "{arguments:?}: {err}"
        );
    }
    assert_eq!(run(&["set", "portal_name"]).status.code(), Some(2));
    let trail = Process::run(dir.path(), &["audit", "verify"]);
    assert!(String::from_utf8_lossy(&trail.stdout).contains("settings.edit"));
}
