//! What people are told: whom an event reaches, exactly once and with the rights they have then, what is seen, and what an
//! open browser hears.

use std::time::Duration;

use app::access::Actor;
use app::documents::model::{Audience, Category};
use app::documents::service as documents;
use app::ids::{DocumentId, NotificationId};
use app::notifications::{Area, Kind, Notice, Object, service, spread, tell};
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{ACCEPT, COOKIE};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::announcements;
use crate::support::{Browser, Engine, TestApp, both};
use crate::view_as;

const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const PM: &str = "pm@nordlicht.example";

/// Spreads all there is, as a node does.
pub async fn spread_all(app: &TestApp) -> usize {
    spread::run(&app.state.ctx(Actor::operator(), "notify")).await.unwrap()
}

/// What somebody's list says, the newest first.
pub async fn told(app: &TestApp, email: &str) -> Vec<String> {
    let page = service::list(&app.ctx(email).await, service::Filter::default(), None, 50).await.unwrap();
    page.items.into_iter().map(|line| line.text).collect()
}

async fn unseen(app: &TestApp, email: &str) -> i64 {
    service::unseen(&app.ctx(email).await).await.unwrap()
}

async fn published(app: &TestApp, title: &str) -> DocumentId {
    let id = app.published(title, Category::Minutes, Audience::Organisation).await;
    spread_all(app).await;
    id
}

/// Asks one person for something, as an act does that knows whom it needs.
async fn ask(app: &TestApp, of: &str, document: DocumentId) {
    let ctx = app.ctx(PM).await;
    let tx = ctx.db.begin().await.unwrap();
    let organisation = Some(app.organisation("acme"));
    let object = Object::Document(document);
    let notice = Notice { kind: Kind::ApprovalAsked, to: app.user(of), organisation, object, letter: None };
    tell(&tx, &ctx, notice).await.unwrap();
    tx.commit().await.unwrap();
}

/// An open connection of a browser.
struct Open {
    body: Body,
}

impl Open {
    async fn of(app: &TestApp, browser: &Browser, last: Option<&str>) -> Self {
        let mut request =
            Request::get("/live").header(ACCEPT, "text/event-stream").header(COOKIE, browser.cookie.clone().unwrap());
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let answer = app.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { body: answer.into_body() }
    }

    /// The next thing it is told; none when it has ended.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            let frame =
                tokio::time::timeout(Duration::from_secs(20), self.body.frame()).await.expect("nothing was told");
            let bytes = frame?.unwrap().into_data().unwrap();
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let line = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            if text.starts_with("event: end") {
                continue;
            }
            if let Some(data) = line("data: ") {
                return Some((line("id: ").unwrap_or_default(), serde_json::from_str(&data).unwrap()));
            }
        }
    }
}

both! {
    async fn what_is_published_reaches_who_may_read_it_once_and_opening_it_is_seeing_it(app: TestApp) {
        let id = published(&app, "Contract 2026").await;
        for email in [ANNA, BEN] {
            assert_eq!(told(&app, email).await, ["New document: Contract 2026"], "{email}");
        }
        for email in ["dirk@borealis.example", "eva@partner.example", "admin@nordlicht.example", PM] {
            assert!(told(&app, email).await.is_empty(), "{email}");
        }
        assert_eq!(spread_all(&app).await, 0, "nothing is told twice");
        let mut anna = app.browser(ANNA).await;
        let page = anna.get("/notifications").await;
        assert!(page.words().contains("New document: Contract 2026"), "{}", page.words());
        assert!(page.text().contains("aria-label=\"Notifications, 1 unread\""), "the bell says how much");
        assert!(page.text().contains("<title>(1) Notifications"));
        anna.get(&format!("/documents/{id}")).await;
        assert_eq!((unseen(&app, ANNA).await, unseen(&app, BEN).await), (0, 1));
        assert!(!anna.get("/notifications").await.text().contains("aria-label=\"Notifications, 1 unread\""));
        let none = anna.get("/notifications?show=unread").await;
        assert!(none.words().contains("Everything read"), "{}", none.words());
        // Who has had its contents needs no news of it, whatever door it was.
        let number = "/versions/1/content";
        assert_eq!(app.token(BEN).await.get(&format!("/api/v1/documents/{id}{number}")).await.status, 200);
        assert_eq!(unseen(&app, BEN).await, 0);
    }

    async fn whoever_did_it_is_not_told_and_a_colleague_of_the_house_is_called_by_the_house(app: TestApp) {
        published(&app, "Minutes").await;
        let list = app.token(ANNA).await.get("/api/v1/notifications").await.json();
        let row = &list["items"][0];
        assert_eq!((&row["kind"], &row["class"], &row["area"]), (&json!("document.published"), &json!("information"), &json!("documents")));
        assert_eq!(row["by"], json!(app.state.portal.name.get()));
        assert!(row["path"].as_str().unwrap().starts_with("/documents/"));
        assert_eq!(app.count(&format!("SELECT COUNT(*) FROM notifications WHERE user_id = {}", app.literal(app.user("admin@nordlicht.example").0))).await, 0);
    }

    async fn a_right_that_was_lost_between_event_and_delivery_tells_nobody(app: TestApp) {
        let ben = app.literal(app.user(BEN).0);
        let id = app.published("Plan", Category::Minutes, Audience::Organisation).await;
        app.sql(&format!("UPDATE memberships SET state = 'suspended' WHERE user_id = {ben}")).await;
        spread_all(&app).await;
        assert_eq!(app.count(&format!("SELECT COUNT(*) FROM notifications WHERE user_id = {ben}")).await, 0, "lost before");
        assert_eq!(unseen(&app, ANNA).await, 1);
        // Lost after it was told: neither list, number nor address say that there is anything.
        let rows = app.token(ANNA).await.get("/api/v1/notifications").await.json();
        let one = rows["items"][0]["id"].as_str().unwrap().to_owned();
        let mut anna = app.browser(ANNA).await;
        let ctx = app.ctx("admin@nordlicht.example").await;
        documents::withdraw(&ctx, id, &documents::Seen::default()).await.unwrap();
        assert!(told(&app, ANNA).await.is_empty());
        assert_eq!(unseen(&app, ANNA).await, 0);
        assert_eq!(anna.get(&format!("/notifications/{one}")).await.status, 404);
        assert_eq!(app.token(ANNA).await.get(&format!("/api/v1/notifications/{one}")).await.status, 404);
    }

    async fn the_trail_is_spread_exactly_once_by_however_many_nodes(app: TestApp) {
        for title in ["One", "Two", "Three"] {
            app.published(title, Category::Minutes, Audience::Organisation).await;
        }
        let ctx = app.state.ctx(Actor::operator(), "notify");
        let (a, b, c) = tokio::join!(spread::run(&ctx), spread::run(&ctx), spread::run(&ctx));
        let by_all = a.unwrap() + b.unwrap() + c.unwrap();
        let rest = spread_all(&app).await;
        let rows = app.count("SELECT COUNT(*) FROM notifications").await;
        assert_eq!(i64::try_from(by_all + rest).unwrap(), rows);
        let pairs = app.count("SELECT COUNT(*) FROM (SELECT DISTINCT event, user_id FROM notifications) x").await;
        assert_eq!((rows, told(&app, ANNA).await.len()), (pairs, 3));
    }

    async fn ten_thousand_people_in_one_audience_are_each_told_once(app: TestApp) {
        let acme = app.literal(app.organisation("acme").0);
        let (id, numbers) = match app.engine() {
            Engine::Sqlite => ("randomblob(16)", "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT"),
            Engine::Postgres => ("gen_random_uuid()", "WITH n (i) AS (SELECT generate_series(1, 10000)) SELECT"),
        };
        app.sql(&format!("INSERT INTO users (id, email, email_key, name, state, created_at) {numbers} {id}, 'p' || i || '@acme.example', 'p' || i || '@acme.example', 'Person ' || i, 'active', 1 FROM n")).await;
        app.sql(&format!("INSERT INTO memberships (user_id, organisation_id, role, state, created_at) SELECT id, {acme}, 'member', 'active', 1 FROM users WHERE email LIKE 'p%@acme.example' AND email NOT LIKE 'pm@%'")).await;
        let readers = app.count(&format!("SELECT COUNT(*) FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = {acme} AND m.state = 'active' AND m.role <> 'partner'")).await;
        assert!(readers >= 10_000);
        app.published("To all", Category::Minutes, Audience::Organisation).await;
        // A node that dies between two pages of people leaves the rest to the next.
        let told = spread_all(&app).await;
        assert_eq!(i64::try_from(told).unwrap(), readers);
        assert_eq!(app.count("SELECT COUNT(DISTINCT user_id) FROM notifications").await, readers);
        assert_eq!(app.count("SELECT COUNT(*) FROM notifications").await, readers);
        let ctx = app.ctx("support@nordlicht.example").await;
        announcements::published(&ctx, app::announcements::model::Audience::Customers, false).await;
        spread_all(&app).await;
        let customers = app.count("SELECT COUNT(*) FROM users WHERE staff_role IS NULL AND state = 'active'").await;
        assert_eq!(app.count("SELECT COUNT(*) FROM notifications WHERE kind = 'announcement.published'").await, customers);
    }

    async fn what_is_announced_for_later_is_told_when_it_begins_and_once(app: TestApp) {
        let ctx = app.ctx("admin@nordlicht.example").await;
        let everybody = app::announcements::model::Audience::Everyone;
        let starts_at = Some(app.clock.now().plus(announcements::DAY));
        let wanted = app::announcements::model::Wanted { starts_at, ..announcements::wanted(everybody, false) };
        let id = app::announcements::service::create(&ctx, wanted.clone()).await.unwrap();
        app::announcements::service::set_state(&ctx, id, None, app::announcements::model::State::Published).await.unwrap();
        app.run_jobs().await;
        assert_eq!(spread_all(&app).await, 0, "nobody may see it yet");
        // Moved by an hour: the first moment is none any more.
        let starts_at = starts_at.map(|at| at.plus(Duration::from_secs(3600)));
        app::announcements::service::edit(&ctx, id, None, app::announcements::model::Wanted { starts_at, ..wanted }).await.unwrap();
        app.advance(announcements::DAY);
        app.run_jobs().await;
        assert_eq!(spread_all(&app).await, 0, "it was moved");
        app.advance(Duration::from_secs(3600));
        app.run_jobs().await;
        let people = app.count("SELECT COUNT(*) FROM users WHERE state = 'active'").await;
        assert_eq!(i64::try_from(spread_all(&app).await).unwrap(), people, "nobody began it: whoever wrote it is told, too");
        assert_eq!(told(&app, ANNA).await.len(), 1);
        // Taken back and published again: they know it.
        for state in [app::announcements::model::State::Withdrawn, app::announcements::model::State::Published] {
            app::announcements::service::set_state(&ctx, id, None, state).await.unwrap();
        }
        app.run_jobs().await;
        assert_eq!(spread_all(&app).await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM notifications WHERE kind = 'announcement.published'").await, people);
    }

    async fn one_or_all_are_marked_as_seen_but_nothing_that_came_meanwhile_and_nothing_of_others(app: TestApp) {
        let first = published(&app, "First").await;
        published(&app, "Second").await;
        ask(&app, ANNA, first).await;
        let anna = app.token(ANNA).await;
        let rows = anna.get("/api/v1/notifications?unseen=true").await.json();
        let ids: Vec<&str> = rows["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 3);
        assert_eq!(rows["items"][0]["class"], "needs_me");
        let seen = anna.post(&format!("/api/v1/notifications/{}/seen", ids[1]), json!({})).await;
        assert_eq!(seen.status, 200);
        assert!(seen.json()["seen_at"].is_string());
        assert_eq!(app.token(BEN).await.post(&format!("/api/v1/notifications/{}/seen", ids[0]), json!({})).await.status, 404);
        published(&app, "Third").await;
        let all = anna.post("/api/v1/notifications/seen", json!({ "up_to": ids[0] })).await.json();
        assert_eq!((all["seen"].as_u64(), unseen(&app, ANNA).await), (Some(2), 1));
        assert_eq!(unseen(&app, BEN).await, 3);
        let mut browser = app.browser(ANNA).await;
        let form = [("area", "documents"), ("return_to", "/notifications")];
        let marked = browser.post("/_fn/notifications/see_all", &form).await;
        assert_eq!((marked.status, marked.location()), (303, "/notifications"));
        assert!(browser.follow(&marked).await.words().contains("One notification marked as read."));
        let away = browser.post("/_fn/notifications/see_all", &[("return_to", "https://elsewhere.example/")]).await;
        assert_eq!(away.location(), "/notifications");
        for bad in ["area=rockets", "after=x", "show=all"] {
            assert_eq!(browser.get(&format!("/notifications?{bad}")).await.status, 404, "{bad}");
        }
        for bad in ["area=rockets", "cursor=x", "colour=red", "limit=0"] {
            assert_eq!(anna.get(&format!("/api/v1/notifications?{bad}")).await.status, 400, "{bad}");
        }
    }

    async fn whoever_is_asked_to_do_something_is_not_also_told_the_news_by_mail(app: TestApp) {
        let id = published(&app, "Drawing").await;
        let due = "SELECT COUNT(*) FROM notifications WHERE mail_due_at IS NOT NULL AND class = 'information' AND user_id = ";
        let anna = app.literal(app.user(ANNA).0);
        let before = app.count(&format!("{due}{anna}")).await;
        ask(&app, ANNA, id).await;
        assert_eq!((before, app.count(&format!("{due}{anna}")).await), (1, 0));
        assert_eq!(unseen(&app, ANNA).await, 2, "the bell says both");
    }

    async fn pages_of_the_list_follow_each_other_and_filter_by_area(app: TestApp) {
        for at in 0..33 {
            app.published(&format!("Paper {at}"), Category::Minutes, Audience::Organisation).await;
            app.advance(Duration::from_secs(60));
        }
        spread_all(&app).await;
        let mut anna = app.browser(ANNA).await;
        let first = anna.get("/notifications").await;
        assert!(first.words().contains("Paper 32") && !first.words().contains("Paper 0"));
        let next = first.text().split("href=\"").find(|rest| rest.starts_with("/notifications?after=")).map(|rest| rest.split('"').next().unwrap().to_owned());
        let second = anna.get(&next.expect("there is more")).await;
        assert!(second.words().contains("Paper 0") && !second.words().contains("Paper 32"));
        assert!(anna.get("/notifications?area=documents").await.words().contains("Paper 32"));
        assert!(anna.get("/notifications?area=orders").await.words().contains("Nothing yet"));
        let token = app.token(ANNA).await;
        let page = token.get("/api/v1/notifications?limit=20").await.json();
        let rest = token.get(&format!("/api/v1/notifications?limit=20&cursor={}", page["next"].as_str().unwrap())).await.json();
        assert_eq!((page["items"].as_array().unwrap().len(), rest["items"].as_array().unwrap().len()), (20, 13));
        assert!(rest["next"].is_null());
    }

    async fn a_token_learns_of_an_area_only_what_it_may_read_there(app: TestApp) {
        published(&app, "Secret plan").await;
        let count = async |scopes: &[&str]| {
            let answer = app.scoped_token(ANNA, scopes).await.get("/api/v1/notifications").await;
            if answer.status == 200 { answer.json()["items"].as_array().unwrap().len() } else { usize::from(answer.status) }
        };
        assert_eq!(count(&[]).await, 1);
        assert_eq!(count(&["notifications"]).await, 0, "the title of a document is the document's");
        assert_eq!(count(&["notifications:read", "documents:read"]).await, 1);
        assert_eq!(count(&["documents"]).await, 403);
        let read = app.scoped_token(ANNA, &["read"]).await;
        assert_eq!(read.post("/api/v1/notifications/seen", json!({})).await.status, 403);
    }

    async fn staff_who_look_as_somebody_mark_nothing_and_see_nothing_of_their_sign_in(app: TestApp) {
        let id = published(&app, "Report").await;
        let ctx = app.ctx(BEN).await;
        let tx = ctx.db.begin().await.unwrap();
        let event = app::audit::Event::new("user.password", "user", app.user(BEN).0);
        app::audit::record(&tx, &ctx, event).await.unwrap();
        tx.commit().await.unwrap();
        spread_all(&app).await;
        assert_eq!(told(&app, BEN).await, ["Your password has changed", "New document: Report"]);
        let mut pm = app.browser(PM).await;
        view_as::begin(&app, &mut pm, BEN).await;
        let list = pm.get("/notifications").await;
        assert!(list.words().contains("Report") && !list.words().contains("password"), "{}", list.words());
        assert!(!list.text().contains("/_fn/notifications/see"), "nothing to mark");
        assert_eq!(pm.get(&format!("/documents/{id}")).await.status, 200);
        let href = list.text().split("href=\"/notifications/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(pm.get(&format!("/notifications/{href}")).await.location(), format!("/documents/{id}"));
        assert_eq!(unseen(&app, BEN).await, 2);
    }

    async fn an_open_browser_hears_of_it_at_once_goes_on_where_it_was_and_ends_with_the_session(app: TestApp) {
        let anna = app.browser(ANNA).await;
        let mut open = Open::of(&app, &anna, None).await;
        let (known, state) = open.next().await.unwrap();
        assert_eq!((known.as_str(), &state["unread"]), ("", &json!(0)));
        assert_eq!(app.state.portal.live.connections(), 1);
        published(&app, "Contract").await;
        let (known, state) = open.next().await.unwrap();
        assert_eq!(state["unread"], 1);
        assert!(known.parse::<NotificationId>().is_ok());
        assert!(!state.to_string().contains("Contract"), "how much and where, not what");
        drop(open);
        assert_eq!(app.state.portal.live.connections(), 0);
        // Cut off: what came meanwhile is told with the next connection.
        app.advance(Duration::from_secs(1));
        let second = published(&app, "Annex").await;
        let mut open = Open::of(&app, &anna, Some(&known)).await;
        let (_, state) = open.next().await.unwrap();
        assert_eq!((&state["unread"], &state["areas"]), (&json!(2), &json!(["documents"])));
        // Seen on another device.
        anna.clone().get(&format!("/documents/{second}")).await;
        assert_eq!(open.next().await.unwrap().1["unread"], 1);
        app.sql(&format!("UPDATE sessions SET ended_at = 1 WHERE user_id = {}", app.literal(app.user(ANNA).0))).await;
        published(&app, "Late").await;
        assert!(open.next().await.is_none(), "nobody is told after they signed out");
    }

    async fn many_open_browsers_are_looked_for_together_and_each_is_told_its_own(app: TestApp) {
        let (anna, ben) = (app.browser(ANNA).await, app.browser(BEN).await);
        let mut all = Vec::new();
        for at in 0..40 {
            let of_anna = at % 2 == 0;
            let mut open = Open::of(&app, if of_anna { &anna } else { &ben }, None).await;
            assert_eq!(open.next().await.unwrap().1["unread"], 0);
            all.push((of_anna, open));
        }
        let id = published(&app, "Contract").await;
        for (_, open) in &mut all {
            assert_eq!(open.next().await.unwrap().1["unread"], 1);
        }
        anna.clone().get(&format!("/documents/{id}")).await;
        for (_, open) in all.iter_mut().filter(|(of_anna, _)| *of_anna) {
            assert_eq!(open.next().await.unwrap().1["unread"], 0);
        }
        // Of those that are looked for together, each has its own rights.
        app.sql(&format!("UPDATE sessions SET ended_at = 1 WHERE user_id = {}", app.literal(app.user(BEN).0))).await;
        app.advance(Duration::from_secs(1));
        published(&app, "Annex").await;
        for (of_anna, open) in &mut all {
            match open.next().await {
                Some((_, state)) => assert_eq!((*of_anna, &state["unread"], &state["areas"]), (true, &json!(1), &json!(["documents"]))),
                None => assert!(!*of_anna, "Ben has signed out"),
            }
        }
    }

    async fn a_connection_ends_when_the_process_stops_and_asking_once_needs_none(app: TestApp) {
        published(&app, "Contract").await;
        let mut ben = app.browser(BEN).await;
        let once = ben.get("/live?once=true").await;
        assert_eq!((once.status, &once.json()["unread"]), (200, &json!(1)));
        assert_eq!(app.visitor().get("/live?once=true").await.status, 401);
        let stranger = Request::get("/live").header(ACCEPT, "text/event-stream").body(Body::empty()).unwrap();
        assert_eq!(app.visitor().send(stranger).await.status, 204, "need not come back");
        let mut open = Open::of(&app, &ben, None).await;
        open.next().await.unwrap();
        app.state.portal.live.stop();
        assert!(open.next().await.is_none());
    }

    async fn an_open_page_does_not_keep_a_session_alive(app: TestApp) {
        let mut ben = app.browser(BEN).await;
        let last = async || app.sql(&format!("SELECT CAST(MAX(last_seen_at) AS TEXT) FROM sessions WHERE user_id = {}", app.literal(app.user(BEN).0))).await[0][0].clone();
        ben.get("/account").await;
        let before = last().await;
        app.advance(Duration::from_secs(300));
        assert_eq!(ben.get("/live?once=true").await.status, 200);
        let page = Request::get("/notifications").header("x-kontor-by-itself", "1").body(Body::empty()).unwrap();
        assert_eq!(ben.send(page).await.status, 200);
        assert_eq!(last().await, before);
        ben.get("/notifications").await;
        assert_ne!(last().await, before, "whoever comes themselves is there");
    }

    async fn what_is_old_is_removed(app: TestApp) {
        published(&app, "Old").await;
        app.advance(Duration::from_secs(179 * 24 * 3600));
        let ctx = app.state.ctx(Actor::operator(), "purge");
        assert_eq!(app::notifications::run::purge(&ctx).await.unwrap(), 0);
        app.advance(Duration::from_secs(2 * 24 * 3600));
        assert!(app::notifications::run::purge(&ctx).await.unwrap() > 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM notifications").await, 0);
    }

    async fn areas_tell_of_themselves(app: TestApp) {
        let pm = app.ctx("admin@nordlicht.example").await;
        let input = app::orders::input::Input {
            number: "AB-77".to_owned(),
            organisation: Some("acme".to_owned()),
            buyer: Some(Some(app.user(BEN))),
            ..Default::default()
        };
        app::orders::take::create(&pm, input).await.unwrap();
        spread_all(&app).await;
        assert!(told(&app, BEN).await.contains(&"New order: AB-77".to_owned()));
        let filter = service::Filter { area: Some(Area::Orders), unseen: true };
        assert_eq!(service::list(&app.ctx(BEN).await, filter, None, 10).await.unwrap().items.len(), 1);
        let ctx = app.ctx("support@nordlicht.example").await;
        announcements::published(&ctx, app::announcements::model::Audience::Staff, false).await;
        spread_all(&app).await;
        assert!(told(&app, PM).await.iter().any(|line| line.starts_with("Announcement: ")));
        assert!(!told(&app, BEN).await.iter().any(|line| line.starts_with("Announcement: ")));
    }

    async fn what_is_closed_or_opened_where_it_stands_is_seen_in_the_bell_too(app: TestApp) {
        let (anna, ben) = (app.user(ANNA), app.user(BEN));
        let unread = async |of: app::ids::UserId| app.count(&format!("SELECT COUNT(*) FROM notifications WHERE seen_at IS NULL AND user_id = {}", app.literal(of.0))).await;
        let ctx = app.ctx("support@nordlicht.example").await;
        let announced = announcements::published(&ctx, app::announcements::model::Audience::Customers, true).await;
        spread_all(&app).await;
        assert_eq!((unread(anna).await, unread(ben).await), (1, 1));
        let mut browser = app.browser(ANNA).await;
        let closed = browser.post("/_fn/announcements/close", &[("announcement", &announced.to_string()), ("return_to", "/account")]).await;
        assert_eq!(closed.status, 303);
        assert_eq!(app.token(BEN).await.post(&format!("/api/v1/me/announcements/{announced}/close"), json!({})).await.status, 204);
        assert_eq!((unread(anna).await, unread(ben).await), (0, 0));
        let acme = app.organisation("acme");
        let admin = app.user("admin@nordlicht.example");
        let tx = ctx.db.begin().await.unwrap();
        for (kind, to, object) in [
            (Kind::MemberJoined, anna, Object::Member(ben)),
            (Kind::SecurityPassword, anna, Object::User(anna)),
            (Kind::MemberJoined, admin, Object::Member(ben)),
        ] {
            tell(&tx, &ctx, Notice { kind, to, organisation: Some(acme), object, letter: None }).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(browser.get(&format!("/organisation/people/{anna}")).await.status, 200);
        assert_eq!(unread(anna).await, 2, "her own page says nothing of her sign-in");
        assert_eq!(browser.get(&format!("/organisation/people/{ben}")).await.status, 200);
        let mut of_admin = app.browser("admin@nordlicht.example").await;
        assert_eq!(of_admin.get(&format!("/staff/customers/{acme}/people/{ben}")).await.status, 200);
        assert_eq!((unread(anna).await, unread(admin).await), (1, 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bell_moves_on_two_nodes_of_one_postgresql_at_once() {
    let here = TestApp::new(Engine::Postgres).await;
    let name = here.sql("SELECT current_database()::text").await[0][0].clone();
    let url = crate::support::postgres_admin().replace("/postgres", &format!("/{name}"));
    let files = Some(here.state.files.clone());
    let there = TestApp::on(Engine::Postgres, tempfile::tempdir().unwrap(), &url, &[], files).await;
    let listening: Vec<_> = [&here, &there]
        .map(|app| tokio::spawn(app.state.portal.live.clone().listen(app.db().clone())))
        .into_iter()
        .collect();
    for app in [&here, &there] {
        while !app.state.portal.live.hears(app.db()) {
            tokio::task::yield_now().await;
        }
    }
    let anna = here.browser(ANNA).await;
    let (mut first, mut second) = (Open::of(&here, &anna, None).await, Open::of(&there, &anna, None).await);
    assert_eq!(first.next().await.unwrap().1["unread"], 0);
    assert_eq!(second.next().await.unwrap().1["unread"], 0);
    published(&here, "Contract").await;
    for open in [&mut first, &mut second] {
        assert_eq!(open.next().await.unwrap().1["unread"], 1);
    }
    // Seen through the other node.
    let ctx = there.ctx(ANNA).await;
    service::see_all(&ctx, None, None).await.unwrap();
    for open in [&mut first, &mut second] {
        assert_eq!(open.next().await.unwrap().1["unread"], 0);
    }
    for app in [&here, &there] {
        app.state.portal.live.stop();
    }
    for task in listening {
        task.await.unwrap();
    }
}
