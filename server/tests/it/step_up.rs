//! A session left open is not enough: what decides over other people's access, or carries the trail away, asks once more who
//! it is, and leads back to what was typed.

use std::time::Duration;

use serde_json::json;

use crate::support::{Answer, Browser, PASSWORD, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const HENNING: &str = "henning@acme.example";
const AGAIN: &str = "please press the button again";
/// The second after the last one in which a proof counts.
const STALE: Duration = Duration::from_secs(10 * 60 + 1);

fn page_of(app: &TestApp, email: &str) -> String {
    format!("/organisation/people/{}", app.user(email))
}

/// Sends a form of somebody's page at ACME as it stands there now, with these fields more.
async fn send(app: &TestApp, browser: &mut Browser, act: &str, email: &str, more: &[(&str, &str)]) -> Answer {
    let (acme, user, page) = (app.organisation("acme").to_string(), app.user(email).to_string(), page_of(app, email));
    let revision = browser.get(&page).await.field("revision");
    let known = [("organisation", acme.as_str()), ("user", &user), ("revision", &revision), ("page", &page)];
    browser.post(&format!("/_fn/team/{act}"), &[&known[..], more].concat()).await
}

fn asked(answer: &Answer, next: &str) {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    assert_eq!((answer.status, answer.location()), (303, format!("/sign-in/confirm?next={next}").as_str()));
}

/// Gives the proof that is asked for, after a wrong one.
async fn confirm(browser: &mut Browser, next: &str) -> Answer {
    let path = "/_fn/sign_in/confirm_password";
    let wrong = browser.post(path, &[("password", "wrong"), ("next", next)]).await;
    assert!(wrong.location().starts_with("/sign-in/confirm"), "{}", wrong.location());
    assert!(browser.follow(&wrong).await.words().contains("This is not your password."));
    let right = browser.post(path, &[("password", PASSWORD), ("next", next)]).await;
    assert_eq!((right.status, right.location()), (303, next));
    browser.follow(&right).await
}

/// Whether the page has this radio button chosen.
fn chosen(page: &Answer, name: &str, value: &str) -> bool {
    let (name, value) = (format!("name=\"{name}\""), format!("value=\"{value}\""));
    page.text().split('<').any(|tag| tag.contains(&name) && tag.contains(&value) && tag.contains(" checked"))
}

async fn administrators(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE o.slug = 'acme' AND m.role = 'admin' AND m.state = 'active'").await
}

both! {
    async fn a_colleague_becomes_administrator_after_a_fresh_proof_only_and_what_was_chosen_stays(app: TestApp) {
        let mut anna = app.browser(ANNA).await;
        app.advance(STALE);
        let page = page_of(&app, BEN);
        let answer = send(&app, &mut anna, "change", BEN, &[("role", "admin")]).await;
        asked(&answer, &page);
        assert_eq!(administrators(&app).await, 1);
        assert!(anna.follow(&answer).await.words().contains("Is it still you?"));
        let back = confirm(&mut anna, &page).await;
        assert!(back.text().contains(AGAIN), "{}", back.words());
        assert!(chosen(&back, "role", "admin") && !chosen(&back, "role", "member"), "what was chosen is still there");
        assert_eq!(administrators(&app).await, 1, "the button was not pressed yet");
        let done = send(&app, &mut anna, "change", BEN, &[("role", "admin")]).await;
        assert!(anna.follow(&done).await.words().contains("Saved."));
        assert_eq!(administrators(&app).await, 2);
        // A program has nobody to ask.
        let person = format!("/api/v1/organisations/{}/people/{}", app.organisation("acme"), app.user(HENNING));
        assert_eq!(app.token(ANNA).await.patch(&person, json!({ "role": "admin" }), "*").await.status, 200);
    }

    async fn another_administrator_is_suspended_made_less_and_removed_after_a_fresh_proof_only(app: TestApp) {
        let bens = format!("/api/v1/organisations/{}/people/{}", app.organisation("acme"), app.user(BEN));
        assert_eq!(app.token(ANNA).await.patch(&bens, json!({ "role": "admin" }), "*").await.status, 200);
        let mut anna = app.browser(ANNA).await;
        app.advance(STALE);
        let page = page_of(&app, BEN);
        for (act, more) in [("suspend", &[][..]), ("change", &[("role", "member")][..]), ("remove", &[][..])] {
            let answer = send(&app, &mut anna, act, BEN, more).await;
            asked(&answer, &page);
            assert_eq!(administrators(&app).await, 2, "{act}");
        }
        // What changes no administrator goes on as before.
        for (act, more) in [("change", &[("role", "member"), ("documents", "own")][..]), ("suspend", &[]), ("restore", &[]), ("remove", &[])] {
            let answer = send(&app, &mut anna, act, HENNING, more).await;
            assert!(!answer.location().starts_with("/sign-in"), "{act}: {}", answer.location());
        }
        confirm(&mut anna, &page).await;
        let suspended = send(&app, &mut anna, "suspend", BEN, &[]).await;
        assert_eq!((suspended.location(), administrators(&app).await), (page.as_str(), 1));
        app.advance(STALE);
        // Whoever is let in again as one, too.
        asked(&send(&app, &mut anna, "restore", BEN, &[]).await, &page);
        // Who may do none of it is not asked for anything first.
        let mut dirk = app.browser("dirk@borealis.example").await;
        app.advance(STALE);
        let (acme, user) = (app.organisation("acme").to_string(), app.user(BEN).to_string());
        let fields = [("organisation", acme.as_str()), ("user", &user), ("revision", "1"), ("role", "admin")];
        assert_eq!(dirk.post("/_fn/team/change", &fields).await.status, 404);
    }

    async fn somebody_is_invited_as_administrator_after_a_fresh_proof_only_and_the_form_keeps_what_was_typed(app: TestApp) {
        let acme = app.organisation("acme").to_string();
        let mut anna = app.browser(ANNA).await;
        app.advance(STALE);
        let form = |role: &'static str, email: &'static str| {
            [("organisation", acme.as_str()), ("page", "/organisation/invite"), ("back", "/organisation"), ("name", "Nele New"), ("email", email), ("locale", "en"), ("role", role)]
        };
        let colleague = anna.post("/_fn/invitations/create", &form("member", "member@acme.example")).await;
        assert_eq!(colleague.location(), "/organisation");
        asked(&anna.post("/_fn/invitations/create", &form("admin", "nele@acme.example")).await, "/organisation/invite");
        assert_eq!(app.count("SELECT COUNT(*) FROM invitations WHERE email = 'nele@acme.example'").await, 0);
        let page = confirm(&mut anna, "/organisation/invite").await;
        assert_eq!((page.field("name").as_str(), page.field("email").as_str()), ("Nele New", "nele@acme.example"));
        assert!(chosen(&page, "role", "admin") && page.text().contains(AGAIN));
        let sent = anna.post("/_fn/invitations/create", &form("admin", "nele@acme.example")).await;
        assert_eq!(sent.location(), "/organisation");
        // Who goes elsewhere instead has let it go.
        app.advance(STALE);
        asked(&anna.post("/_fn/invitations/create", &form("admin", "other@acme.example")).await, "/organisation/invite");
        assert!(!anna.get("/documents").await.text().contains(AGAIN));
        let empty = anna.get("/organisation/invite").await;
        assert!(empty.field("email").is_empty() && !empty.text().contains(AGAIN));
    }

    async fn a_customer_is_archived_and_the_trail_exported_after_a_fresh_proof_only(app: TestApp) {
        let acme = app.organisation("acme").to_string();
        let (mut admin, mut pm) = (app.browser(ADMIN).await, app.browser("pm@nordlicht.example").await);
        app.advance(STALE);
        let page = format!("/staff/customers/{acme}/archive");
        let revision = admin.get(&page).await.field("revision");
        let fields = [("id", acme.as_str()), ("revision", &revision)];
        asked(&admin.post("/_fn/customers/archive", &fields).await, &page);
        assert_eq!(app.count("SELECT COUNT(*) FROM organisations WHERE state = 'archived'").await, 0);
        let export = "/staff/audit/export?action=organisation.edit&format=csv";
        asked(&admin.get(export).await, "/staff/audit?action=organisation.edit");
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'audit.export'").await, 0);
        assert_eq!(pm.get(export).await.status, 403, "who may not is not asked");
        assert_eq!(pm.post("/_fn/customers/archive", &fields).await.status, 403);
        // Programs and the filtered page itself go on.
        assert_eq!(app.token(ADMIN).await.get("/api/v1/audit-events").await.status, 200);
        let filtered = confirm(&mut admin, "/staff/audit?action=organisation.edit").await;
        assert!(filtered.text().contains("/staff/audit/export?action=organisation.edit"), "{}", filtered.words());
        assert_eq!(admin.get(export).await.header("content-disposition"), "attachment; filename=\"audit.csv\"");
        let done = admin.post("/_fn/customers/archive", &fields).await;
        assert_eq!(done.location(), format!("/staff/customers/{acme}"));
        assert_eq!(app.count("SELECT COUNT(*) FROM organisations WHERE state = 'archived'").await, 1);
    }
}
