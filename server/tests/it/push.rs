//! Web push: who is told on which device, what they are told, what nobody in between learns, and what ends it.

use std::time::Duration;

use app::ctx::Ctx;
use app::documents::model::{Audience, Category};
use app::ids::{DocumentId, SessionId};
use app::notifications::push::service as push;
use app::notifications::{Kind, Notice, Object, tell};
use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};

use crate::approvals::{ask, contract, say};
use crate::support::push::{Message, Phone, PushService};
use crate::support::{Browser, Engine, TestApp, both};

const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

/// The same portal, which may call loopback.
async fn opened(app: &TestApp) -> TestApp {
    TestApp::with(app.engine(), &[("WEBHOOK_ALLOW", "127.0.0.0/8")], None).await
}

/// A browser that is recognised again, where this person has signed in.
async fn known(app: &TestApp, email: &str, cookie: char) -> Browser {
    let mut browser = app.visitor();
    browser.pending.insert("device".to_owned(), cookie.to_string().repeat(64));
    sign_in(&mut browser, email).await;
    browser
}

async fn sign_in(browser: &mut Browser, email: &str) {
    let form = [("email", email), ("password", crate::support::PASSWORD)];
    assert_eq!(browser.post("/_fn/sign_in/sign_in", &form).await.status, 303);
}

/// Somebody with a phone that is switched on.
async fn with_phone(app: &TestApp, service: &PushService, email: &str, cookie: char) -> (Browser, Phone) {
    let mut browser = known(app, email, cookie).await;
    let phone = Phone::at(service, &cookie.to_string());
    let answer = phone.subscribe(&mut browser).await;
    assert_eq!((answer.status, answer.location()), (303, "/account/notifications#push"), "{}", answer.text());
    (browser, phone)
}

/// Tells somebody of a document, as its approval does.
async fn told(app: &TestApp, email: &str, kind: Kind, id: DocumentId) {
    let ctx = app.ctx("pm@nordlicht.example").await;
    let tx = app.db().begin().await.unwrap();
    let organisation = Some(app.organisation("acme"));
    let notice = Notice { kind, to: app.user(email), organisation, object: Object::Document(id), letter: None };
    tell(&tx, &ctx, notice).await.unwrap();
    tx.commit().await.unwrap();
}

async fn sent(app: &TestApp, service: &PushService) -> Vec<Message> {
    app.run_jobs().await;
    service.taken()
}

async fn devices(app: &TestApp, email: &str) -> Vec<Value> {
    let listed = app.token(email).await.get("/api/v1/me/devices").await.json();
    listed["items"].as_array().unwrap().clone()
}

both! {
    async fn what_needs_somebody_reaches_their_phone_and_nobody_else_can_read_it(app: TestApp) {
        let (app, service) = (opened(&app).await, PushService::start().await);
        let (_, phone) = with_phone(&app, &service, ANNA, 'a').await;
        let (_, other) = with_phone(&app, &service, BEN, 'b').await;
        let id = contract(&app).await;
        ask(&app, id, &[ANNA], 1).await;
        let messages = sent(&app, &service).await;
        assert_eq!(messages.len(), 1, "{messages:?}");
        let message = &messages[0];
        assert_eq!(message.path, "/send/a");
        assert_eq!((message.header("ttl"), message.header("urgency")), ("86400", "high"));
        assert!(message.header("topic").len() == 32 && !message.header("topic").contains(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_'));
        let (claims, key) = message.claims();
        let now = app.clock.now().0 / 1_000_000;
        assert_eq!((&claims["aud"], &claims["sub"]), (&json!(service.origin), &json!(app.state.portal.base_url.as_str())));
        assert!(claims["exp"].as_i64().is_some_and(|end| end > now && end <= now + 24 * 3600), "{claims}");
        assert_eq!(known(&app, ANNA, 'c').await.get("/account/notifications").await.field("key"), key);
        let said = phone.reads(message).unwrap();
        let mut names: Vec<&String> = said.as_object().unwrap().keys().collect();
        names.sort();
        assert_eq!(names, ["path", "text", "title", "unread"], "and no more");
        assert!(said["text"].as_str().unwrap().contains("Maintenance contract"), "{said}");
        assert_eq!((&said["path"], &said["title"]), (&json!(format!("/documents/{id}")), &json!(app.state.portal.name.get())));
        assert!(said["unread"].as_i64().unwrap() >= 1);
        assert_eq!(other.reads(message), None);
        assert!(!String::from_utf8_lossy(&message.body).contains("Maintenance"));
        // Newer takes the place of older; of something else it does not.
        told(&app, ANNA, Kind::ApprovalReminder, id).await;
        let second = contract(&app).await;
        told(&app, ANNA, Kind::ApprovalAsked, second).await;
        let topics: Vec<String> = sent(&app, &service).await.iter().map(|m| m.header("topic").to_owned()).collect();
        assert_eq!(topics.len(), 2);
        assert_eq!(topics.iter().filter(|topic| *topic == message.header("topic")).count(), 1);
        assert!(devices(&app, ANNA).await[0]["last_told_at"].is_string());
    }

    async fn it_speaks_the_language_of_whoever_reads_it(app: TestApp) {
        let (app, service) = (opened(&app).await, PushService::start().await);
        let (mut anna, phone) = with_phone(&app, &service, ANNA, 'a').await;
        let id = contract(&app).await;
        let mut texts = Vec::new();
        for language in ["en", "de", "nl"] {
            anna.post("/_fn/account/set_language", &[("language", language), ("return_to", "/account")]).await;
            told(&app, ANNA, Kind::ApprovalAsked, id).await;
            let messages = sent(&app, &service).await;
            texts.push(phone.reads(&messages[0]).unwrap()["text"].as_str().unwrap().to_owned());
        }
        assert!(texts[0] != texts[1] && texts[1] != texts[2] && texts[0] != texts[2], "{texts:?}");
    }

    async fn what_was_seen_meanwhile_or_may_not_be_seen_any_more_is_dropped(app: TestApp) {
        let (app, service) = (opened(&app).await, PushService::start().await);
        let (mut anna, _) = with_phone(&app, &service, ANNA, 'a').await;
        let id = contract(&app).await;
        told(&app, ANNA, Kind::ApprovalAsked, id).await;
        assert_eq!(anna.get(&format!("/documents/{id}")).await.status, 200);
        assert_eq!(sent(&app, &service).await.len(), 0, "she has looked at it");
        let draft = app.draft("Nobody's yet", Category::Contract).await;
        told(&app, ANNA, Kind::ApprovalAsked, draft).await;
        assert_eq!(sent(&app, &service).await.len(), 0, "she may not see it");
        let _dirk = with_phone(&app, &service, "dirk@borealis.example", 'd').await;
        told(&app, "dirk@borealis.example", Kind::ApprovalAsked, id).await;
        assert_eq!(sent(&app, &service).await.len(), 0, "another customer's");
        let lost = app.published("Taken back", Category::Minutes, Audience::Organisation).await;
        told(&app, ANNA, Kind::ApprovalAsked, lost).await;
        let admin = app.ctx("admin@nordlicht.example").await;
        app::documents::service::withdraw(&admin, lost, &app::documents::service::Seen::default()).await.unwrap();
        assert_eq!(sent(&app, &service).await.len(), 0, "she could see it when it happened, and cannot now");
        // What a weekend and a push service that was away have made old is no news.
        told(&app, ANNA, Kind::ApprovalAsked, contract(&app).await).await;
        app.advance(Duration::from_secs(5 * 24 * 3600));
        assert_eq!(sent(&app, &service).await.len(), 0);
    }

    async fn kinds_that_somebody_switched_on_come_too_and_quiet_hours_are_kept(app: TestApp) {
        let (app, service) = (opened(&app).await, PushService::start().await);
        let _on = with_phone(&app, &service, ANNA, 'a').await;
        let id = contract(&app).await;
        let anna = app.literal(app.user(ANNA).0);
        let prefer = async |kind: &str, on: &str| {
            app.sql(&format!("DELETE FROM notification_preferences WHERE user_id = {anna}")).await;
            app.sql(&format!("INSERT INTO notification_preferences (user_id, kind, mail, push) VALUES ({anna}, '{kind}', NULL, {on})")).await;
        };
        told(&app, ANNA, Kind::DocumentPublished, id).await;
        assert_eq!(sent(&app, &service).await.len(), 0, "information waits for the digest");
        prefer(Kind::DocumentPublished.name(), "TRUE").await;
        told(&app, ANNA, Kind::DocumentPublished, id).await;
        let messages = sent(&app, &service).await;
        assert_eq!(messages.iter().map(|m| m.header("urgency")).collect::<Vec<_>>(), ["low"]);
        prefer(Kind::ApprovalAsked.name(), "FALSE").await;
        told(&app, ANNA, Kind::ApprovalAsked, id).await;
        assert_eq!(sent(&app, &service).await.len(), 0, "switched off");
        // All day but for the hour before midnight.
        app.sql(&format!("DELETE FROM notification_preferences WHERE user_id = {anna}")).await;
        app.sql(&format!("DELETE FROM notification_settings WHERE user_id = {anna}")).await;
        app.sql(&format!("INSERT INTO notification_settings (user_id, digest_hour, digest_weekday, quiet_from, quiet_to, weekends, revision) VALUES ({anna}, 8, 1, 0, 23, TRUE, 1)")).await;
        told(&app, ANNA, Kind::ApprovalAsked, id).await;
        assert_eq!(sent(&app, &service).await.len(), 0, "not now");
        app.advance(Duration::from_secs(12 * 3600));
        assert_eq!(sent(&app, &service).await.len(), 1, "but not never");
    }

    async fn a_device_that_is_gone_is_forgotten_and_one_that_is_slow_is_tried_again_alone(app: TestApp) {
        let (app, service) = (opened(&app).await, PushService::start().await);
        let _phone = with_phone(&app, &service, ANNA, 'a').await;
        let _tablet = with_phone(&app, &service, ANNA, 'b').await;
        let id = contract(&app).await;
        // One takes it, one wants it later.
        service.answers(201, "");
        service.answers(429, "300");
        told(&app, ANNA, Kind::ApprovalAsked, id).await;
        let first = sent(&app, &service).await;
        assert_eq!(first.len(), 2);
        app.advance(Duration::from_secs(200));
        assert_eq!(sent(&app, &service).await.len(), 0, "it asked for five minutes");
        app.advance(Duration::from_secs(200));
        let second = sent(&app, &service).await;
        assert_eq!(second.len(), 1, "only where it did not arrive");
        // Whoever is gone, is.
        for status in [404, 410] {
            service.answers(status, "");
            service.answers(201, "");
            told(&app, ANNA, Kind::ApprovalAsked, id).await;
            sent(&app, &service).await;
            if status == 404 {
                assert_eq!(devices(&app, ANNA).await.len(), 1);
            }
        }
        assert_eq!(devices(&app, ANNA).await.len(), 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'push.gone'").await, 2);
        told(&app, ANNA, Kind::ApprovalAsked, id).await;
        assert_eq!(sent(&app, &service).await.len(), 0);
    }

    async fn signing_out_ends_it_and_running_out_does_not(app: TestApp) {
        let (app, service) = (opened(&app).await, PushService::start().await);
        let (mut anna, phone) = with_phone(&app, &service, ANNA, 'a').await;
        app.advance(Duration::from_secs(13 * 3600));
        assert_eq!(devices(&app, ANNA).await.len(), 1, "being told is what it is for");
        let page = anna.get("/account/notifications").await;
        assert_ne!(page.status, 200);
        // Signed in again with the same browser: it knows that it is on.
        sign_in(&mut anna, ANNA).await;
        let page = anna.get("/account/notifications").await;
        assert!(page.words().contains("This device") && page.text().contains("data-here"), "{}", page.words());
        anna.post("/_fn/sign_in/sign_out", &[]).await;
        assert_eq!(devices(&app, ANNA).await.len(), 0);
        // Ended from elsewhere.
        sign_in(&mut anna, ANNA).await;
        phone.subscribe(&mut anna).await;
        let mut desk = known(&app, ANNA, 'd').await;
        Phone::at(&service, "d").subscribe(&mut desk).await;
        assert_eq!(devices(&app, ANNA).await.len(), 2);
        desk.post("/_fn/account/end_other_sessions", &[]).await;
        let left = devices(&app, ANNA).await;
        assert_eq!(left.len(), 1);
        let ctx = Ctx { session: None, ..app.ctx(ANNA).await };
        let sessions = app::account::sessions::list(&ctx).await.unwrap();
        let id: SessionId = sessions[0].id;
        app::account::sessions::end(&ctx, id).await.unwrap();
        assert_eq!(devices(&app, ANNA).await.len(), 0);
        // Somebody else signs in with it.
        sign_in(&mut anna, ANNA).await;
        phone.subscribe(&mut anna).await;
        assert_eq!(devices(&app, ANNA).await.len(), 1);
        let _ben = known(&app, BEN, 'a').await;
        assert_eq!((devices(&app, ANNA).await.len(), devices(&app, BEN).await.len()), (0, 0));
        // Whoever is suspended is told nothing.
        sign_in(&mut anna, ANNA).await;
        phone.subscribe(&mut anna).await;
        app::people::suspend(&app.ctx("admin@nordlicht.example").await, app.user(ANNA)).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM push_subscriptions").await, 0);
    }

    async fn a_browser_is_one_device_whoever_has_it_and_what_it_says_is_checked(app: TestApp) {
        let (app, service) = (opened(&app).await, PushService::start().await);
        let (mut anna, phone) = with_phone(&app, &service, ANNA, 'a').await;
        assert_eq!(phone.subscribe(&mut anna).await.status, 303, "the same again");
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'push.subscribe'").await, 1);
        let fresh = Phone::at(&service, "new-address");
        fresh.subscribe(&mut anna).await;
        assert_eq!(devices(&app, ANNA).await.len(), 1, "in place of the one before");
        let page = anna.get("/account/notifications").await;
        let (key, p256dh, auth) = (page.field("key"), phone.p256dh(), phone.auth());
        let short = "AAAA".to_owned();
        for (endpoint, p256dh, auth, key) in [
            ("http://8.8.8.8/x", &p256dh, &auth, &key),
            ("https://10.0.0.1/x", &p256dh, &auth, &key),
            ("https://user:word@push.example/x", &p256dh, &auth, &key),
            ("file:///etc/passwd", &p256dh, &auth, &key),
            ("", &p256dh, &auth, &key),
            ("https://push.example/x", &short, &auth, &key),
            ("https://push.example/x", &p256dh, &short, &key),
            ("https://push.example/x", &p256dh, &auth, &short),
        ] {
            let form = [("endpoint", endpoint), ("p256dh", p256dh.as_str()), ("auth", auth), ("key", key)];
            assert_eq!(anna.post("/_fn/push/subscribe", &form).await.status, 303, "{endpoint}");
            assert!(anna.get("/account/notifications").await.text().contains("notice--bad"), "the page says why");
            assert_eq!(devices(&app, ANNA).await.len(), 1, "{endpoint}");
            assert!(devices(&app, ANNA).await[0]["service"].as_str().unwrap().starts_with("127.0.0.1"));
        }
        // More than anybody has.
        for at in 0..25 {
            let mut browser = app.browser(ANNA).await;
            Phone::at(&service, &format!("many-{at}")).subscribe(&mut browser).await;
        }
        assert_eq!(devices(&app, ANNA).await.len(), 8);
    }

    async fn one_sees_and_switches_off_one_s_own_only_also_as_a_program(app: TestApp) {
        let (app, service) = (opened(&app).await, PushService::start().await);
        let (mut anna, _) = with_phone(&app, &service, ANNA, 'a').await;
        let listed = devices(&app, ANNA).await;
        let id = listed[0]["id"].as_str().unwrap().to_owned();
        assert!(listed[0]["created_at"].is_string() && listed[0].get("endpoint").is_none());
        let mut ben = app.browser(BEN).await;
        assert_eq!(ben.post("/_fn/push/remove", &[("id", &id)]).await.status, 404);
        let path = format!("/api/v1/me/devices/{id}");
        assert_eq!(app.token(BEN).await.delete(&path).await.status, 404);
        assert_eq!(app.scoped_token(ANNA, &["read"]).await.delete(&path).await.status, 403);
        assert_eq!(devices(&app, ANNA).await.len(), 1);
        let removed = anna.post("/_fn/push/remove", &[("id", &id)]).await;
        assert_eq!(removed.status, 303);
        assert!(anna.get(removed.location().split('#').next().unwrap()).await.words().contains("not told any more"));
        with_phone(&app, &service, ANNA, 'a').await;
        let id = devices(&app, ANNA).await[0]["id"].as_str().unwrap().to_owned();
        let answer = app.token(ANNA).await.send(Method::DELETE, &format!("/api/v1/me/devices/{id}"), &[], Body::empty()).await;
        assert_eq!(answer.status, 204);
        assert_eq!(devices(&app, ANNA).await.len(), 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'push.remove'").await, 2);
    }

    async fn whoever_looks_as_somebody_else_switches_nothing_on_for_them(app: TestApp) {
        let (app, service) = (opened(&app).await, PushService::start().await);
        let mut admin = app.browser("admin@nordlicht.example").await;
        let key = admin.get("/account/notifications").await.field("key");
        assert!(!key.is_empty());
        let (acme, ben) = (app.organisation("acme").to_string(), app.user(BEN).to_string());
        let form = [("organisation", acme.as_str()), ("user", &ben), ("reason", "He asked what he sees.")];
        assert_eq!(admin.post("/_fn/view_as/begin", &form).await.status, 303);
        let phone = Phone::at(&service, "x");
        let form = [("endpoint", phone.endpoint.as_str()), ("p256dh", &phone.p256dh()), ("auth", &phone.auth()), ("key", &key)];
        admin.post("/_fn/push/subscribe", &form).await;
        assert_eq!(app.count("SELECT COUNT(*) FROM push_subscriptions").await, 0);
        let page = admin.get("/account/notifications").await.text();
        assert!(!page.contains("/_fn/push/") && !page.contains("push.js"), "{page}");
    }

    async fn a_phone_hears_of_it_after_the_first_decision_and_a_desk_never(app: TestApp) {
        let (app, service) = (opened(&app).await, PushService::start().await);
        let home = async |browser: &mut Browser, device: &str| {
            let request = Request::get("/").header("user-agent", device).body(Body::empty()).unwrap();
            browser.send(request).await.text()
        };
        let mut ben = known(&app, BEN, 'b').await;
        assert!(!home(&mut ben, IPHONE).await.contains("data-push-hint"), "nothing was decided yet");
        let id = contract(&app).await;
        let round = ask(&app, id, &[BEN], 1).await;
        say(&app, BEN, round.approval.id, true, "").await.unwrap();
        let page = home(&mut ben, IPHONE).await;
        assert!(page.contains("data-push-hint") && page.contains("push.js"), "{page}");
        assert!(!home(&mut ben, "Mozilla/5.0 (Windows NT 10.0)").await.contains("data-push-hint"));
        Phone::at(&service, "b").subscribe(&mut ben).await;
        assert!(!home(&mut ben, IPHONE).await.contains("data-push-hint"), "it is on");
    }
}

#[tokio::test]
async fn the_worker_may_ask_the_portal_only_and_only_one_page_may_start_it() {
    let app = TestApp::new(Engine::Sqlite).await;
    let worker = app.visitor().get("/sw.js").await;
    assert_eq!((worker.status, worker.header("content-type")), (200, "text/javascript; charset=utf-8"));
    assert_eq!(worker.header("cache-control"), "no-cache");
    assert_eq!(worker.header("content-security-policy"), "default-src 'none'; connect-src 'self'");
    let mut anna = app.browser(ANNA).await;
    let page = anna.get("/account/notifications").await;
    assert!(page.header("content-security-policy").contains("worker-src 'self'"));
    assert!(!anna.get("/account").await.header("content-security-policy").contains("worker-src"));
    assert!(!anna.get("/").await.text().contains("push.js"));
}

#[tokio::test]
async fn the_key_is_sealed_and_survives_another_key_of_the_installation() {
    let app = TestApp::new(Engine::Sqlite).await;
    let mut anna = app.browser(ANNA).await;
    let before = anna.get("/account/notifications").await.field("key");
    assert_eq!(anna.get("/account/notifications").await.field("key"), before, "made once");
    assert_eq!(app.count("SELECT COUNT(*) FROM push_keys").await, 1);
    let new = app::secrets::Secrets::generate();
    let ctx = app.state.ctx(app::access::Actor::operator(), "test");
    let counts = app::keys::rotate(&ctx, &ctx.portal.secrets, &new).await.unwrap();
    assert!(counts.contains(&("push keys", 1)), "{counts:?}");
    assert!(push::list(&app.ctx(ANNA).await).await.unwrap().is_empty());
}
