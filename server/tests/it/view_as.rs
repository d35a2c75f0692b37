//! Staff who look at the portal as somebody of a customer: they see, and change nothing.

use std::time::Duration;

use app::access::StaffRole;
use app::documents::model::{Audience, Category};
use app::organisation::administer;
use app::organisation::details::Seen;
use app::people;
use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::json;
use server::doors;

use crate::support::{Answer, TestApp, both};

const BEN: &str = "ben@acme.example";
const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";

/// Begins to look at the portal as somebody of ACME.
pub async fn begin(app: &TestApp, browser: &mut crate::support::Browser, as_whom: &str) -> Answer {
    let (organisation, user) = (app.organisation("acme").to_string(), app.user(as_whom).to_string());
    browser
        .post("/_fn/view_as/begin", &[("organisation", &organisation), ("user", &user), ("reason", "Ticket T-2081")])
        .await
}

async fn events(app: &TestApp, action: &str) -> i64 {
    app.count(&format!("SELECT COUNT(*) FROM audit_events WHERE action = '{action}'")).await
}

/// Why the last one ended, and whether its end stands in the trail together with another act of the same request.
async fn last_end(app: &TestApp, with: &str) -> (String, bool) {
    let last = app
        .sql("SELECT detail, request_id FROM audit_events WHERE action = 'view_as.end' ORDER BY sequence DESC LIMIT 1")
        .await;
    let detail: serde_json::Value = serde_json::from_str(&last[0][0]).unwrap();
    assert_eq!(detail["staff"], app.user(PM).to_string());
    let together = app
        .count(&format!("SELECT COUNT(*) FROM audit_events WHERE action = '{with}' AND request_id = '{}'", last[0][1]))
        .await;
    (detail["why"].as_str().unwrap().to_owned(), together > 0)
}

both! {
    async fn staff_see_what_the_person_sees_and_nothing_is_marked_as_read(app: TestApp) {
        let for_ben = app.published("Only for Ben", Category::Minutes, Audience::People(vec![app.user(BEN)])).await;
        let for_anna = app.published("Only for Anna", Category::Minutes, Audience::People(vec![app.user("anna@acme.example")])).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let begun = begin(&app, &mut pm, BEN).await;
        assert_eq!((begun.status, begun.location()), (303, "/"));
        let home = pm.get("/").await;
        assert!(home.text().contains("You see what Ben Brandt sees"), "{}", home.text());
        assert!(home.text().contains("Ticket T-2081"));
        assert!(home.words().contains("Only for Ben") && !home.words().contains("Only for Anna"));
        assert_eq!(pm.get(&format!("/documents/{for_ben}")).await.status, 200);
        assert_eq!(pm.get(&format!("/documents/{for_anna}")).await.status, 404);
        assert_eq!(pm.get(&format!("/documents/{for_ben}/versions/1/content")).await.status, 200);
        app.run_jobs().await;
        assert_eq!(pm.get(&format!("/documents/{for_ben}/versions/1/preview/1")).await.status, 200);
        assert!(pm.get(&format!("/documents/{for_ben}")).await.text().contains("/preview/1"));
        assert_eq!(app.count("SELECT COUNT(*) FROM document_reads").await, 0);
        assert_eq!(pm.get("/staff").await.status, 403, "a customer has no staff pages");
        let stopped = pm.post("/_fn/view_as/stop", &[]).await;
        assert_eq!(stopped.location(), format!("/staff/customers/{}", app.organisation("acme")));
        assert!(!pm.follow(&stopped).await.text().contains("You see what Ben Brandt sees"));
        assert_eq!(app.count("SELECT COUNT(*) FROM view_as_sessions WHERE ended_at IS NOT NULL").await, 1);
    }

    async fn the_trail_names_the_viewer_and_never_the_reason(app: TestApp) {
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
        let pm_id = app.user("pm@nordlicht.example");
        let mut pm = app.browser("pm@nordlicht.example").await;
        begin(&app, &mut pm, BEN).await;
        pm.get(&format!("/documents/{id}/versions/1/content")).await;
        pm.post("/_fn/view_as/stop", &[]).await;
        let mut seen = Vec::new();
        let ben = app.user(BEN).to_string();
        app::audit::verify(app.db(), |event| {
            assert!(!event.detail.contains("T-2081"));
            if ["view_as.begin", "document.download", "view_as.end"].contains(&event.action.as_str()) {
                assert_eq!(event.actor_id, Some(pm_id.0), "{event:?}");
                seen.push((event.action.clone(), event.actor_kind.clone(), event.detail.contains(&ben)));
            }
        }).await.unwrap();
        let step = |action: &str, kind: &str, ben: bool| (action.to_owned(), kind.to_owned(), ben);
        assert_eq!(seen, [step("view_as.begin", "person", false), step("document.download", "viewer", true), step("view_as.end", "person", false)]);
    }

    async fn every_door_refuses_a_viewer_who_would_change_something(app: TestApp) {
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
        let acme = app.organisation("acme").to_string();
        let mut admin = app.browser("admin@nordlicht.example").await;
        assert_eq!(begin(&app, &mut admin, "anna@acme.example").await.location(), "/");
        let before = app.count("SELECT COUNT(*) FROM audit_events").await;
        for door in doors::all().filter(|door| door.method != "GET" && !door.path.starts_with("/api/")) {
            // The two ways out; and doors for machines and for whoever has a mail, which look at no session.
            let open = ["/_fn/view_as/stop", "/_fn/sign_in/sign_out", "/unsubscribe"].contains(&door.path);
            if open || door.path.starts_with("/sso/backchannel-logout/") {
                continue;
            }
            let path = door.path.replace("{id}", &id.to_string());
            let method = Method::from_bytes(door.method.as_bytes()).unwrap();
            let form = format!("id={id}&organisation={acme}&language=de&theme=dark&revision=1&title=Changed&category=minutes");
            let request = Request::builder().method(method).uri(&path).header("content-type", "application/x-www-form-urlencoded");
            let answer = admin.send(request.body(Body::from(form)).unwrap()).await;
            assert_eq!(answer.status, 403, "{path}");
        }
        for path in ["/account", "/account/security", "/account/sessions", "/account/tokens", "/sign-in/confirm", "/sign-in/factor"] {
            assert_eq!(admin.get(path).await.status, 403, "{path}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events").await, before);
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE theme = 'dark' OR locale = 'de'").await, 0);
    }

    async fn support_downloads_no_invoice_through_a_customers_eyes(app: TestApp) {
        let minutes = app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        let invoice = app.published("Invoice", Category::Invoice, Audience::Organisation).await;
        let mut support = app.browser("support@nordlicht.example").await;
        begin(&app, &mut support, "anna@acme.example").await;
        assert_eq!(support.get(&format!("/documents/{minutes}/versions/1/content")).await.status, 200);
        assert_eq!(support.get(&format!("/documents/{invoice}/versions/1/content")).await.status, 403);
        app.run_jobs().await;
        assert_eq!(support.get(&format!("/documents/{minutes}/versions/1/preview/1")).await.status, 200);
        assert_eq!(support.get(&format!("/documents/{invoice}/versions/1/preview/1")).await.status, 403);
        let page = support.get(&format!("/documents/{invoice}")).await;
        assert!(page.status == 200 && !page.text().contains("id=\"preview\""), "{}", page.text());
    }

    async fn it_ends_by_itself_and_with_the_right(app: TestApp) {
        let mut pm = app.browser("pm@nordlicht.example").await;
        begin(&app, &mut pm, BEN).await;
        app.clock.advance(Duration::from_secs(29 * 60));
        assert_eq!(pm.get("/documents").await.status, 200);
        app.clock.advance(Duration::from_secs(2 * 60));
        let over = pm.get("/documents").await;
        assert_eq!((over.status, over.location()), (303, "/staff"));
        assert!(pm.get("/staff").await.text().contains("Viewing as a customer has ended"));
        let mut pm = app.browser("pm@nordlicht.example").await;
        begin(&app, &mut pm, BEN).await;
        app.sql("DELETE FROM staff_assignments").await;
        assert_eq!(pm.get("/documents").await.location(), "/staff");
        assert_eq!(pm.get("/documents").await.status, 403, "themselves again");
        assert_eq!(events(&app, "view_as.end").await, 2);
    }

    async fn a_reason_a_fresh_proof_and_the_right_are_needed(app: TestApp) {
        let (acme, ben) = (app.organisation("acme").to_string(), app.user(BEN).to_string());
        let page = format!("/staff/customers/{acme}/view-as/{ben}");
        let mut pm = app.browser("pm@nordlicht.example").await;
        assert!(pm.get(&page).await.words().contains("Ben Brandt"));
        let empty = pm.post("/_fn/view_as/begin", &[("organisation", &acme), ("user", &ben), ("reason", " ")]).await;
        assert!(pm.follow(&empty).await.words().contains("Enter why you need to look."));
        app.clock.advance(Duration::from_secs(11 * 60));
        assert!(begin(&app, &mut pm, BEN).await.location().starts_with("/sign-in/confirm"));
        for (email, status) in [("finance@nordlicht.example", 403), ("management@nordlicht.example", 403), ("anna@acme.example", 403)] {
            let mut browser = app.browser(email).await;
            assert_eq!(browser.get(&page).await.status, status, "{email}");
            assert_eq!(begin(&app, &mut browser, BEN).await.status, status, "{email}");
        }
        let mut pm = app.browser("pm@nordlicht.example").await;
        assert_eq!(begin(&app, &mut pm, "carla@borealis.example").await.status, 404, "not of this customer");
        assert_eq!(begin(&app, &mut pm, "admin@nordlicht.example").await.status, 404, "staff are nobody's colleagues");
        assert_eq!(events(&app, "view_as.begin").await, 0);
    }

    async fn somebody_of_two_customers_is_seen_only_by_whoever_may_see_both(app: TestApp) {
        let borealis = app.organisation("borealis");
        app.sql("INSERT INTO memberships (user_id, organisation_id, role, state, created_at) SELECT u.id, o.id, 'member', 'active', 1 FROM users u, organisations o WHERE u.email = 'ben@acme.example' AND o.slug = 'borealis'").await;
        app.sql("DELETE FROM staff_assignments WHERE organisation_id IN (SELECT id FROM organisations WHERE slug = 'borealis')").await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        assert_eq!(begin(&app, &mut pm, BEN).await.status, 403, "{borealis}");
        let mut support = app.browser("support@nordlicht.example").await;
        assert_eq!(begin(&app, &mut support, BEN).await.status, 303);
    }

    async fn signing_out_ends_what_that_session_looks_at_and_nothing_else(app: TestApp) {
        let (mut one, mut two) = (app.browser(PM).await, app.browser(PM).await);
        assert_eq!(begin(&app, &mut one, BEN).await.location(), "/");
        assert_eq!(begin(&app, &mut two, "anna@acme.example").await.location(), "/");
        assert_eq!(one.post("/_fn/sign_in/sign_out", &[]).await.location(), "/sign-in");
        assert_eq!(events(&app, "view_as.end").await, 1);
        assert_eq!(last_end(&app, "session.end").await, ("session".to_owned(), true));
        assert!(two.get("/").await.text().contains("You see what Anna Albers sees"));
        let mut again = app.browser(PM).await;
        assert_eq!(again.get("/staff").await.status, 200);
        assert_eq!(again.post("/_fn/account/end_other_sessions", &[]).await.status, 303);
        assert_eq!(events(&app, "view_as.end").await, 2);
        assert_eq!(last_end(&app, "session.end_others").await, ("session".to_owned(), true));
        assert_eq!(app.count("SELECT COUNT(*) FROM view_as_sessions WHERE ended_at IS NULL").await, 0);
    }

    async fn what_nobody_ends_has_its_end_in_the_trail_and_for_the_customer_when_it_runs_out(app: TestApp) {
        let mut pm = app.browser(PM).await;
        begin(&app, &mut pm, BEN).await;
        let mut anna = app.browser("anna@acme.example").await;
        let page = anna.get("/organisation/details").await.words();
        assert!(page.contains("Today, 13:00 (still going on)"), "{page}");
        app.advance(Duration::from_secs(30 * 60 - 1));
        app.run_jobs().await;
        assert_eq!(events(&app, "view_as.end").await, 0, "not before its time");
        app.advance(Duration::from_secs(1));
        app.run_jobs().await;
        assert_eq!(events(&app, "view_as.end").await, 1);
        assert_eq!(last_end(&app, "").await, ("time".to_owned(), false));
        assert_eq!(app.count("SELECT COUNT(*) FROM view_as_sessions WHERE ended_at = expires_at").await, 1);
        let mut anna = app.browser("anna@acme.example").await;
        let page = anna.get("/organisation/details").await.words();
        assert!(page.contains("Today, 13:00 to 13:30") && !page.contains("still going on"), "{page}");
        let mut pm = app.browser(PM).await;
        assert_eq!(pm.get("/staff").await.status, 200);
        assert_eq!(events(&app, "view_as.end").await, 1, "said once");
    }

    async fn a_job_that_was_given_up_on_is_made_good_within_the_hour(app: TestApp) {
        let mut pm = app.browser(PM).await;
        begin(&app, &mut pm, BEN).await;
        app.sql("DELETE FROM jobs").await;
        let ctx = app.state.ctx(app::access::Actor::operator(), "test");
        app::jobs::prepare(&ctx).await.unwrap();
        app.advance(Duration::from_secs(3600));
        app::jobs::tick(&ctx).await.unwrap();
        app.run_jobs().await;
        assert_eq!(events(&app, "view_as.end").await, 1);
    }

    async fn of_two_who_end_it_at_once_one_does(app: TestApp) {
        let mut pm = app.browser(PM).await;
        begin(&app, &mut pm, BEN).await;
        let (admin, user) = (app.ctx(ADMIN).await, app.user(PM));
        let (stopped, ended) = tokio::join!(pm.post("/_fn/view_as/stop", &[]), people::sign_out(&admin, user));
        assert!(ended.is_ok() && stopped.status < 500, "{}", stopped.status);
        assert_eq!(events(&app, "view_as.end").await, 1);
        let mut pm = app.browser(PM).await;
        begin(&app, &mut pm, BEN).await;
        app.advance(Duration::from_secs(30 * 60 - 10));
        pm.get("/").await;
        app.advance(Duration::from_secs(10));
        let (looked, _) = tokio::join!(pm.get("/"), app.run_jobs());
        assert_eq!(looked.location(), "/staff");
        assert_eq!(events(&app, "view_as.end").await, 2);
        assert!(matches!(app::audit::verify(app.db(), |_| {}).await.unwrap(), app::audit::Verdict::Intact(_)));
    }

    async fn it_ends_in_the_same_moment_as_the_right_to_it(app: TestApp) {
        let (acme, ben, pm) = (app.organisation("acme"), app.user(BEN), app.user(PM));
        let (admin, anna) = (app.ctx(ADMIN).await, app.token("anna@acme.example").await);
        let person = format!("/api/v1/organisations/{acme}/people/{ben}");
        let mut ends = 0;
        let rights = || ("rights".to_owned(), true);
        let begun = async || {
            let mut browser = app.browser(PM).await;
            assert_eq!(begin(&app, &mut browser, BEN).await.location(), "/");
        };
        let mut ended = async |with: &'static str| {
            ends += 1;
            assert_eq!(events(&app, "view_as.end").await, ends, "{with}");
            last_end(&app, with).await
        };
        begun().await;
        administer::unassign(&admin, acme, pm, None).await.unwrap();
        assert_eq!(ended("organisation.unassign").await, rights());
        administer::assign(&admin, acme, pm, true, None).await.unwrap();
        begun().await;
        people::suspend(&admin, ben).await.unwrap();
        assert_eq!(ended("user.suspend").await, rights());
        people::restore(&admin, ben).await.unwrap();
        begun().await;
        assert_eq!(anna.patch(&person, json!({ "state": "suspended" }), "*").await.status, 200);
        assert_eq!(ended("member.change").await, rights());
        assert_eq!(anna.patch(&person, json!({ "state": "active" }), "*").await.status, 200);
        begun().await;
        assert_eq!(anna.patch(&person, json!({ "rights": { "money": "none" } }), "*").await.status, 200);
        administer::archive(&admin, acme, Seen::default()).await.unwrap();
        assert_eq!(ended("organisation.archive").await, rights());
        administer::restore(&admin, acme, Seen::default()).await.unwrap();
        begun().await;
        people::set_staff_role(&admin, pm, StaffRole::Sales).await.unwrap();
        assert_eq!(ended("user.role").await, rights());
        people::set_staff_role(&admin, pm, StaffRole::ProjectManager).await.unwrap();
        begun().await;
        people::suspend(&admin, pm).await.unwrap();
        assert_eq!(ended("user.suspend").await, ("session".to_owned(), true));
        people::restore(&admin, pm).await.unwrap();
        begun().await;
        assert_eq!(anna.delete_if(&person, "*").await.status, 204);
        assert_eq!(ended("member.remove").await, rights());
        assert_eq!(app.count("SELECT COUNT(*) FROM view_as_sessions WHERE ended_at IS NULL").await, 0);
    }
}
