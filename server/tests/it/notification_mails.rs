//! Mails about what happened: who gets one, when, what stands in it, and how to have no more of it.

use std::time::Duration;

use app::documents::model::{Audience, Category};
use app::i18n::Locale;
use app::ids::DocumentId;
use app::mail::{self, Button, Letter, Recipient, Template};
use app::notifications::mail::{self as mails, Together};
use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};

use crate::support::{Mail, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const HENNING: &str = "henning@acme.example";
const CARLA: &str = "carla@borealis.example";
const MINE: &str = "/api/v1/me/notification-preferences";
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// What somebody was told by mail, oldest first; other letters have no such header.
fn told(app: &TestApp, address: &str) -> Vec<Mail> {
    let mut mails = app.outbox();
    mails.retain(|mail| mail.to.1 == address && mail.header("List-Unsubscribe").is_some());
    mails
}

/// The address that stops a kind of mail, as programs read it.
fn stop(mail: &Mail) -> String {
    let header = mail.header("List-Unsubscribe").unwrap();
    let url = header.trim_start_matches('<').trim_end_matches('>');
    url.strip_prefix("http://127.0.0.1:3000").unwrap_or_else(|| panic!("not ours: {url}")).to_owned()
}

async fn choose(app: &TestApp, email: &str, body: Value) {
    let answer = app.token(email).await.patch(MINE, body, "*").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn publish(app: &TestApp, title: &str) -> DocumentId {
    app.published(title, Category::Minutes, Audience::Organisation).await
}

/// What a mail program sends for its reader: no cookie, and from anywhere.
async fn one_click(app: &TestApp, path: &str) -> u16 {
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "https://webmail.example")
        .header("sec-fetch-site", "cross-site")
        .body(Body::from("List-Unsubscribe=One-Click"));
    app.visitor().send(request.unwrap()).await.status
}

both! {
    async fn publishing_is_one_mail_within_a_minute_or_a_line_at_ones_hour_or_nothing_for_whoever_has_looked(app: TestApp) {
        choose(&app, BEN, json!({"digest_hour": 8, "kinds": [{"kind": "document.published", "mail": "daily"}]})).await;
        let id = publish(&app, "Specification RF-400").await;
        assert_eq!(app.run_notifications().await, 0, "what follows at once shall come together");
        app.browser(HENNING).await.get(&format!("/documents/{id}")).await;
        app.advance(MINUTE);
        assert_eq!(app.run_notifications().await, 1);
        assert_eq!((told(&app, ANNA).len(), told(&app, BEN).len(), told(&app, HENNING).len()), (1, 0, 0));
        let mail = told(&app, ANNA).remove(0);
        assert!(mail.subject.contains("Specification RF-400"), "{}", mail.subject);
        assert_eq!(mail.path(), format!("/documents/{id}"));
        assert!(mail.text.contains("because at Nordlicht Maschinenbau GmbH you want to be told at once of"), "{}", mail.text);
        assert!(mail.text.contains("http://127.0.0.1:3000/unsubscribe?key="), "{}", mail.text);
        assert!(mail.html.contains("/unsubscribe?key=") && mail.html.contains("/account/notifications"), "{}", mail.html);
        assert_eq!(mail.header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
        // Sunday, 8 o'clock in Berlin.
        app.advance(19 * HOUR);
        assert_eq!(app.run_notifications().await, 1);
        let digest = told(&app, BEN);
        assert_eq!(digest.len(), 1);
        assert!(digest[0].subject.starts_with("Your day at Nordlicht"), "{}", digest[0].subject);
        assert!(digest[0].text.contains("* ") && digest[0].text.contains("Specification RF-400"), "{}", digest[0].text);
        app.advance(48 * HOUR);
        assert_eq!(app.run_notifications().await, 0, "a summary is never empty");
        assert_eq!(told(&app, BEN).len() + told(&app, ANNA).len(), 2, "nothing is told twice");
    }

    async fn what_comes_within_five_minutes_comes_together(app: TestApp) {
        publish(&app, "First").await;
        app.run_notifications().await;
        app.advance(MINUTE / 6);
        publish(&app, "Second").await;
        app.run_notifications().await;
        app.advance(MINUTE / 2);
        app.run_notifications().await;
        let both = told(&app, ANNA);
        assert_eq!(both.len(), 1);
        assert!(both[0].subject.contains("and one more"), "{}", both[0].subject);
        assert!(both[0].text.contains("First") && both[0].text.contains("Second"), "{}", both[0].text);
        assert!(both[0].html.contains("First") && both[0].html.contains("Second"));
        for title in ["Third", "Fourth"] {
            publish(&app, title).await;
            app.advance(MINUTE);
            app.run_notifications().await;
        }
        assert_eq!(told(&app, ANNA).len(), 1, "not before five minutes are over");
        app.advance(4 * MINUTE);
        app.run_notifications().await;
        let all = told(&app, ANNA);
        assert_eq!(all.len(), 2);
        assert!(all[1].text.contains("Third") && all[1].text.contains("Fourth") && !all[1].text.contains("Second"));
    }

    async fn whoever_loses_the_right_between_the_act_and_the_mail_is_told_nothing(app: TestApp) {
        let id = publish(&app, "Not for long").await;
        app.run_notifications().await;
        // Handed over to the queue, and withdrawn before the mail goes out.
        let ctx = app.state.ctx(app::access::Actor::operator(), "test");
        assert!(mails::dispatch(&ctx, app.clock.now().plus(MINUTE)).await.unwrap() >= 3);
        let admin = app.ctx(ADMIN).await;
        app::documents::service::withdraw(&admin, id, &app::documents::service::Seen::default()).await.unwrap();
        app.run_jobs().await;
        assert!(told(&app, ANNA).is_empty() && told(&app, BEN).is_empty());
        // And whoever was suspended meanwhile.
        publish(&app, "For whoever is here").await;
        app.run_notifications().await;
        app.sql("UPDATE users SET state = 'suspended' WHERE email = 'ben@acme.example'").await;
        app.advance(6 * MINUTE);
        app.run_notifications().await;
        assert_eq!((told(&app, ANNA).len(), told(&app, BEN).len()), (1, 0));
    }

    async fn a_kind_of_mail_is_stopped_with_one_click_without_signing_in(app: TestApp) {
        publish(&app, "First").await;
        app.run_notifications().await;
        app.advance(MINUTE);
        app.run_notifications().await;
        let path = stop(&told(&app, ANNA)[0]);
        // Opening the link stops nothing: scanners of mails open links, too.
        let mut visitor = app.visitor();
        let page = visitor.get(&path).await;
        assert_eq!(page.status, 200);
        assert!(page.words().contains("No more of these mails") && !page.text().contains("Albers"), "{}", page.words());
        assert_eq!(app.count("SELECT COUNT(*) FROM notification_preferences").await, 0);
        assert_eq!(one_click(&app, &path).await, 200);
        assert_eq!(one_click(&app, &path).await, 200, "a second time changes nothing");
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'notification.unsubscribe'").await, 1);
        assert!(visitor.get(&path).await.words().contains("You get no more of these mails"));
        app.advance(10 * MINUTE);
        publish(&app, "Second").await;
        app.run_notifications().await;
        app.advance(MINUTE);
        app.run_notifications().await;
        assert_eq!((told(&app, ANNA).len(), told(&app, BEN).len()), (1, 2), "hers and no one else's");
        // The button of the page, by somebody who has not signed in.
        let ben = stop(&told(&app, BEN)[1]);
        let answer = visitor.post(&ben, &[]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert!(visitor.follow(&answer).await.words().contains("You get no more of these mails"));
        // Kinds that need her still come.
        let mine = app.token(ANNA).await.get(MINE).await.json();
        let of = |kind: &str| mine["kinds"].as_array().unwrap().iter().find(|one| one["kind"] == kind).unwrap()["mail"].clone();
        assert_eq!((of("document.published"), of("approval.asked")), (json!("off"), json!("at_once")));
    }

    async fn a_key_that_is_not_ours_stops_nothing_and_is_answered_well(app: TestApp) {
        publish(&app, "First").await;
        app.run_notifications().await;
        app.advance(MINUTE);
        app.run_notifications().await;
        let path = stop(&told(&app, ANNA)[0]);
        let cut = &path[..path.len() - 2];
        for wrong in ["/unsubscribe", "/unsubscribe?key=", "/unsubscribe?key=zz", "/unsubscribe?key=%00%0a", cut] {
            assert_eq!(one_click(&app, wrong).await, 404, "{wrong}");
            let page = app.visitor().get(wrong).await;
            assert_eq!(page.status, 200, "{wrong}");
            assert!(page.words().contains("This link is not complete"), "{wrong}: {}", page.words());
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM notification_preferences").await, 0);
        // Only this one act may come from elsewhere.
        let request = Request::post("/_fn/notifications/choose").header("sec-fetch-site", "cross-site");
        assert_eq!(app.browser(ANNA).await.send(request.body(Body::empty()).unwrap()).await.status, 403);
    }

    async fn the_link_of_a_summary_stops_the_summary(app: TestApp) {
        choose(&app, ANNA, json!({"digest_hour": 8, "kinds": [{"kind": "document.published", "mail": "daily"}]})).await;
        publish(&app, "First").await;
        app.run_notifications().await;
        app.advance(20 * HOUR);
        app.run_notifications().await;
        let mail = told(&app, ANNA).remove(0);
        assert!(mail.text.contains("because you have a daily summary"), "{}", mail.text);
        assert_eq!(one_click(&app, &stop(&mail)).await, 200);
        let mine = app.token(ANNA).await.get(MINE).await.json();
        let kinds = mine["kinds"].as_array().unwrap();
        assert!(kinds.iter().all(|one| one["mail"] != "daily"), "{mine}");
        assert!(kinds.iter().any(|one| one["mail"] == "at_once"), "{mine}");
    }

    async fn preferences_are_changed_by_one_window_at_a_time_and_what_waits_follows_them(app: TestApp) {
        let anna = app.token(ANNA).await;
        let first = anna.get(MINE).await;
        assert_eq!((first.status, first.header("etag")), (200, "\"0\""));
        let quiet = json!({"quiet": {"from": 12, "to": 16}, "weekends": true});
        assert_eq!(anna.patch(MINE, quiet.clone(), "\"0\"").await.status, 200);
        assert_eq!(anna.patch(MINE, quiet, "\"0\"").await.status, 412);
        let without = anna.send(Method::PATCH, MINE, &[("content-type", "application/json")], "{}").await;
        assert_eq!(without.status, 428);
        for (body, field) in [
            (json!({"digest_hour": 24}), "digest_hour"),
            (json!({"digest_weekday": 0}), "digest_weekday"),
            (json!({"quiet": {"from": 8, "to": 8}}), "quiet_to"),
            (json!({"quiet": {"from": 8, "to": null}}), "quiet"),
            (json!({"kinds": [{"kind": "document.published", "mail": "hourly"}]}), "mail"),
            (json!({"kinds": [{"kind": "weather", "mail": "off"}]}), "kind"),
        ] {
            let answer = anna.patch(MINE, body.clone(), "*").await;
            assert_eq!(answer.status, 422, "{body}");
            assert!(answer.json()["errors"][field].is_array(), "{body}: {}", answer.text());
        }
        let read_only = app.scoped_token(ANNA, &["read"]).await;
        assert_eq!(read_only.get(MINE).await.status, 200);
        assert_eq!(read_only.patch(MINE, json!({}), "*").await.status, 403);
        // It is one o'clock in Berlin: quiet until four.
        publish(&app, "Quiet").await;
        app.run_notifications().await;
        app.advance(HOUR);
        app.run_notifications().await;
        assert_eq!((told(&app, ANNA).len(), told(&app, BEN).len()), (0, 1));
        choose(&app, ANNA, json!({"quiet": {"from": null, "to": null}})).await;
        app.advance(MINUTE);
        app.run_notifications().await;
        assert_eq!(told(&app, ANNA).len(), 1, "what waited follows");
        // What is switched off is not mailed, also if it waits.
        app.advance(10 * MINUTE);
        publish(&app, "Off").await;
        app.run_notifications().await;
        choose(&app, ANNA, json!({"kinds": [{"kind": "document.published", "mail": "off"}]})).await;
        app.advance(MINUTE);
        app.run_notifications().await;
        assert_eq!(told(&app, ANNA).len(), 1);
    }

    async fn the_page_keeps_what_was_typed_and_shows_what_would_have_come(app: TestApp) {
        publish(&app, "Last Friday").await;
        app.run_notifications().await;
        app.advance(48 * HOUR);
        let mut anna = app.browser(ANNA).await;
        let page = anna.get("/account/notifications").await;
        assert_eq!(page.status, 200);
        assert!(page.words().contains("Last week would have been") && page.words().contains("Last Friday"), "{}", page.words());
        let revision = page.field("revision_seen");
        let fields = [
            ("revision_seen", revision.as_str()),
            ("digest_hour", "7"),
            ("digest_weekday", "5"),
            ("quiet_from", "20"),
            ("quiet_to", ""),
            ("mails[]", "document.published:weekly"),
        ];
        let answer = anna.post("/_fn/notifications/choose", &fields).await;
        let again = anna.follow(&answer).await;
        assert!(again.words().contains("Choose both, when it begins and when it ends"), "{}", again.words());
        assert!(again.text().contains("<option value=\"document.published:weekly\" selected"), "what was chosen stays");
        let fields = fields.map(|(name, value)| (name, if name == "quiet_to" { "6" } else { value }));
        let answer = anna.post("/_fn/notifications/choose", &fields).await;
        assert!(anna.follow(&answer).await.text().contains("Saved. What was waiting follows it."));
        let mine = app.token(ANNA).await.get(MINE).await.json();
        assert_eq!((&mine["digest_hour"], &mine["quiet_from"], &mine["weekends"]), (&json!(7), &json!(20), &json!(false)));
        let week = app.token(ANNA).await.get("/api/v1/me/notification-week").await.json();
        assert_eq!(week["count"], 0, "the summary of the week is still to come: {week}");
        // A second window that was opened before.
        let answer = anna.post("/_fn/notifications/choose", &fields).await;
        assert!(anna.follow(&answer).await.words().contains("changed in another window"));
    }

    async fn the_week_of_somebody_who_is_told_very_much_ends_with_its_newest_days(app: TestApp) {
        let id = publish(&app, "Long ago").await;
        let (anna, acme) = (app.literal(app.user(ANNA).0), app.literal(app.organisation("acme").0));
        let (document, before) = (app.literal(id.0), app.clock.now().minus(72 * HOUR).0);
        let row = |number: u128| {
            let id = uuid::Uuid::from_u128((u128::try_from(before / 1000).unwrap() << 80) | number);
            format!("({}, {anna}, 'document.published', 'information', {acme}, 'document', {document}, {before}, 1)", app.literal(id))
        };
        let rows: Vec<String> = (0..310).map(row).collect();
        let columns = "id, user_id, kind, class, organisation_id, object_kind, object_id, created_at, seen_at";
        app.sql(&format!("INSERT INTO notifications ({columns}) VALUES {}", rows.join(", "))).await;
        publish(&app, "Newest drawing").await;
        app.run_notifications().await;
        app.advance(24 * HOUR);
        let page = app.browser(ANNA).await.get("/account/notifications").await.words();
        let at = |title: &str| page.find(title).unwrap_or_else(|| panic!("{title}: {page}"));
        assert!(at("Last week would have been") < at("Newest drawing"), "{page}");
        assert!(at("Newest drawing") < page.rfind("Long ago").unwrap(), "the newest stays above: {page}");
    }

    async fn an_organisation_s_administrator_says_what_holds_for_whoever_has_not_chosen(app: TestApp) {
        let path = format!("/api/v1/organisations/{}/notification-defaults", app.organisation("acme"));
        let daily = json!({"kinds": [{"kind": "document.published", "mail": "daily"}]});
        let put = |email: &'static str, tag: &'static str| {
            let (path, body) = (path.clone(), daily.to_string());
            let app = &app;
            async move {
                let headers = [("content-type", "application/json"), ("if-match", tag)];
                app.token(email).await.send(Method::PUT, &path, &headers, body).await.status
            }
        };
        assert_eq!((put(BEN, "*").await, put(PM, "*").await, put(CARLA, "*").await), (403, 403, 404));
        let tag = app.token(ANNA).await.get(&path).await.header("etag").to_owned();
        assert_eq!(put(ANNA, "*").await, 200);
        let headers = [("content-type", "application/json"), ("if-match", tag.as_str())];
        assert_eq!(app.token(ANNA).await.send(Method::PUT, &path, &headers, r#"{"kinds":[]}"#).await.status, 412);
        choose(&app, HENNING, json!({"kinds": [{"kind": "document.published", "mail": "at_once"}]})).await;
        publish(&app, "By default once a day").await;
        app.run_notifications().await;
        app.advance(MINUTE);
        app.run_notifications().await;
        assert_eq!((told(&app, BEN).len(), told(&app, HENNING).len()), (0, 1), "who has chosen gets what they chose");
        let page = app.browser(BEN).await.get("/account/notifications").await;
        assert!(page.words().contains("Daily summary (organisation)"), "{}", page.words());
        let mut anna = app.browser(ANNA).await;
        let page = anna.get("/organisation/notifications").await;
        let (organisation, seen) = (page.field("organisation"), page.field("seen"));
        let fields = [("organisation", organisation.as_str()), ("seen", seen.as_str()), ("mails[]", "document.published:")];
        let answer = anna.post("/_fn/notifications/set_defaults", &fields).await;
        assert!(anna.follow(&answer).await.text().contains("Saved. It holds for what happens from now on."));
        assert_eq!(app.browser(BEN).await.get("/organisation/notifications").await.status, 403);
    }

    async fn staff_have_no_mails_of_a_customer_they_muted(app: TestApp) {
        let acme = app.organisation("acme");
        let mut pm = app.browser(PM).await;
        let page = pm.get(&format!("/staff/customers/{acme}")).await;
        assert!(page.text().contains("Stop mails about ACME Werke AG"), "{}", page.words());
        let back = format!("/staff/customers/{acme}");
        let fields = [("organisation", acme.to_string()), ("muted", "yes".to_owned()), ("return_to", back)];
        let answer = pm.post("/_fn/notifications/mute", &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
        assert!(pm.follow(&answer).await.text().contains("You get no more mails about this customer."));
        assert!(pm.get("/account/notifications").await.words().contains("ACME Werke AG"));
        let (kind, zone, who) = (app::notifications::Kind::FilesArrived, jiff::tz::TimeZone::UTC, [app.user(PM)]);
        let plan = mails::plan(app.db(), &zone, kind, Some(acme), &who, app.clock.now()).await.unwrap();
        assert_eq!(plan.get(&who[0]), Some(&None));
        let token = app.token(PM).await;
        assert_eq!(token.delete(&format!("/api/v1/me/muted-organisations/{acme}")).await.status, 204);
        assert_eq!(app.token(ANNA).await.delete(&format!("/api/v1/me/muted-organisations/{acme}")).await.status, 403);
        let mine = token.get(MINE).await.json();
        assert_eq!(mine["muted"], json!([]));
    }

    async fn an_address_that_comes_back_is_left_alone_until_its_owner_says_that_it_works(app: TestApp) {
        let report = |address: &'static str| json!({"address": address, "problem": "bounced", "code": "5.1.1"});
        let provider = app.scoped_token(ADMIN, &["mail"]).await;
        assert_eq!(provider.post("/api/v1/mail-problems", report("Anna@acme.example")).await.status, 204);
        assert_eq!(provider.post("/api/v1/mail-problems", report("nobody@acme.example")).await.status, 204, "tells nobody who is here");
        assert_eq!(provider.get("/api/v1/documents").await.status, 403, "and sees nothing");
        for (email, status) in [(PM, 403), (ANNA, 403)] {
            assert_eq!(app.token(email).await.post("/api/v1/mail-problems", report("ben@acme.example")).await.status, status);
        }
        let wrong = json!({"address": "anna", "problem": "angry", "code": "<anna@acme.example> unknown"});
        let answer = provider.post("/api/v1/mail-problems", wrong).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.json()["errors"].as_object().unwrap().len(), 3, "{}", answer.text());
        publish(&app, "Not by mail").await;
        app.run_notifications().await;
        app.advance(MINUTE);
        app.run_notifications().await;
        assert_eq!((told(&app, ANNA).len(), told(&app, BEN).len()), (0, 1));
        let mut anna = app.browser(ANNA).await;
        let page = anna.get("/account/notifications").await;
        assert!(page.words().contains("Mails to anna@acme.example have come back since"), "{}", page.words());
        let acme = app.organisation("acme");
        assert!(app.browser(PM).await.get(&format!("/staff/customers/{acme}")).await.words().contains("Mails come back"));
        // What she asks for herself is sent.
        app.visitor().post("/_fn/password_reset/ask", &[("email", ANNA)]).await;
        assert!(app.mail_to(ANNA).await.subject.contains("new password"));
        // What is about her safety is tried; what is not is left out.
        let ctx = app.state.ctx(app::access::Actor::operator(), "test");
        let before = app.mails_to(ANNA).await.len();
        for (template, mails) in [(Template::Restored, before), (Template::PasswordChanged, before + 1)] {
            let to = Recipient { address: ANNA.to_owned(), name: "Anna Albers".to_owned(), locale: Locale::En };
            let tx = ctx.db.begin().await.unwrap();
            mail::queue(&tx, &ctx, Letter { template, to, values: vec![], button: Button::Path("/account/security".into()) }).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(app.mails_to(ANNA).await.len(), mails, "{}", template.name());
        }
        let answer = anna.post("/_fn/notifications/confirm_address", &[]).await;
        assert!(anna.follow(&answer).await.text().contains("Mails come again from now on."));
        publish(&app, "By mail again").await;
        app.run_notifications().await;
        app.advance(6 * MINUTE);
        app.run_notifications().await;
        assert_eq!(told(&app, ANNA).len(), 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action IN ('mail.problem', 'mail.confirm')").await, 2);
    }

    async fn a_summary_for_very_many_people_is_one_mail_for_each(app: TestApp) {
        let people = 1000;
        let id = publish(&app, "For very many").await;
        let (acme, document) = (app.literal(app.organisation("acme").0), app.literal(id.0));
        let (mut users, mut rows) = (Vec::new(), Vec::new());
        for number in 0..people {
            let user = app.literal(uuid::Uuid::now_v7());
            users.push(format!("({user}, 'p{number}@acme.example', 'p{number}@acme.example', 'P', 'active', 1)"));
            for _ in 0..3 {
                let row = app.literal(uuid::Uuid::now_v7());
                rows.push(format!("({row}, {user}, 'document.published', 'information', {acme}, 'document', {document}, 1, 1)"));
            }
        }
        app.sql(&format!("INSERT INTO users (id, email, email_key, name, state, created_at) VALUES {}", users.join(", "))).await;
        let columns = "id, user_id, kind, class, organisation_id, object_kind, object_id, created_at, mail_due_at";
        app.sql(&format!("INSERT INTO notifications ({columns}) VALUES {}", rows.join(", "))).await;
        let ctx = app.state.ctx(app::access::Actor::operator(), "test");
        assert_eq!(mails::dispatch_so(&ctx, app.clock.now(), Together::All).await.unwrap(), people);
        assert_eq!(mails::dispatch(&ctx, app.clock.now()).await.unwrap(), 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE kind = 'mail' AND topic = 'notifications'").await, people as i64);
    }

    async fn a_clock_that_jumps_by_a_day_and_back_sends_nothing_twice_and_loses_nothing(app: TestApp) {
        choose(&app, BEN, json!({"digest_hour": 8, "kinds": [{"kind": "document.published", "mail": "daily"}]})).await;
        publish(&app, "Jump one").await;
        app.run_notifications().await;
        // A day ahead: what is due by this clock comes, for it may be the right one.
        app.advance(24 * HOUR);
        app.run_notifications().await;
        assert_eq!((told(&app, ANNA).len(), told(&app, BEN).len()), (1, 1));
        publish(&app, "Jump two").await;
        app.run_notifications().await;
        // And back: nothing comes again, and the mail that seems to have gone out tomorrow holds nothing up.
        app.clock.set_back(24 * HOUR);
        assert_eq!(app.run_notifications().await, 0);
        publish(&app, "Jump three").await;
        app.run_notifications().await;
        app.advance(MINUTE);
        app.run_notifications().await;
        assert_eq!((told(&app, ANNA).len(), told(&app, BEN).len()), (2, 1));
        // Ben's hour comes twice; then all that was planned by the wrong clock is due, too.
        for _ in 0..3 {
            app.advance(20 * HOUR);
            app.run_notifications().await;
        }
        for title in ["Jump one", "Jump two", "Jump three"] {
            for who in [ANNA, BEN] {
                let mails = told(&app, who).into_iter().filter(|mail| mail.text.contains(title)).count();
                assert_eq!(mails, 1, "{title} to {who}");
            }
        }
    }

    async fn words_are_kept_for_a_mail_and_no_longer(app: TestApp) {
        let words = "SELECT COUNT(*) FROM notifications WHERE letter IS NOT NULL";
        choose(&app, BEN, json!({"kinds": [{"kind": "approval.asked", "mail": "off"}]})).await;
        let id = crate::approvals::contract(&app).await;
        crate::approvals::ask(&app, id, &[ANNA, BEN], 2).await;
        assert_eq!(app.count(words).await, 1, "Ben wants no mail");
        app.browser(ANNA).await.get(&format!("/documents/{id}")).await;
        assert_eq!(app.count(words).await, 0, "Anna has seen it: none will come");
    }

    async fn a_mail_does_not_wait_for_whoever_is_just_seeing_what_it_says(app: TestApp) {
        // SQLite has one writer: there is nobody beside it.
        if app.engine() == crate::support::Engine::Postgres {
            publish(&app, "First").await;
            publish(&app, "Second").await;
            app.run_notifications().await;
            app.advance(MINUTE);
            let seeing = app.db().begin().await.unwrap();
            const SEE: app::db::Sql<1> = app::db::Sql::portable("UPDATE notifications SET seen_at = 1, mail_due_at = NULL WHERE user_id = $1");
            seeing.execute(SEE, [app.user(ANNA).into()]).await.unwrap();
            assert_eq!(app.run_notifications().await, 2, "Ben and Henning are told meanwhile");
            seeing.commit().await.unwrap();
            app.run_notifications().await;
            assert!(told(&app, ANNA).is_empty());
        }
    }
}
