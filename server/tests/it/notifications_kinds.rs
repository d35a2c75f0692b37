//! Whom the acts of every area tell, and how soon: many orders at once, what is withdrawn, who is let in where, and what
//! concerns somebody's own sign-in.

use std::time::Duration;

use app::access::{Actor, MembershipRole};
use app::account::tokens::{self, NewToken};
use app::imports::model::Options;
use app::imports::run::{Kind as File, Ready, run as take_in};
use app::notifications::mail::{self as mails, cadence::SOON};
use app::notifications::{Kind, service};
use app::orders::input::Input;
use app::orders::take;
use app::projects::input::Input as Project;
use app::projects::take as projects;
use app::team::model::Change;
use app::team::service::{self as team, Seen};
use serde_json::json;

use crate::approvals;
use crate::notifications::{spread_all, told};
use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const FINANCE: &str = "finance@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const CARLA: &str = "carla@borealis.example";
const EVA: &str = "eva@partner.example";
const HENNING: &str = "henning@acme.example";

async fn reach(app: &TestApp, email: &str, reach: &str) {
    let user = app.literal(app.user(email).0);
    app.sql(&format!("UPDATE memberships SET orders = '{reach}' WHERE user_id = {user}")).await;
}

/// Takes somebody off every project.
async fn leave(app: &TestApp, email: &str) {
    app.sql(&format!("DELETE FROM project_people WHERE user_id = {}", app.literal(app.user(email).0))).await;
}

async fn unseen(app: &TestApp, email: &str) -> i64 {
    service::unseen(&app.ctx(email).await).await.unwrap()
}

both! {
    async fn many_orders_at_once_are_one_piece_of_news_for_each_customer(app: TestApp) {
        reach(&app, BEN, "own").await;
        let admin = app.ctx(ADMIN).await;
        let orders = |title: &str| {
            let order = |at: usize| Input {
                number: format!("ERP-{at}"),
                organisation: Some(if at < 28 { "acme" } else { "borealis" }.to_owned()),
                buyer: (at < 3).then(|| Some(app.user(BEN))),
                project: (1..5).contains(&at).then(|| Some(app.project("line-2"))),
                title: Some(title.to_owned()),
                ..Input::default()
            };
            (0..30).map(order).collect::<Vec<_>>()
        };
        let taken = take::take(&admin, orders("Gears")).await.unwrap();
        assert!(taken.iter().all(Result::is_ok));
        spread_all(&app).await;
        assert_eq!(told(&app, ANNA).await, ["28 new orders"]);
        assert_eq!(told(&app, BEN).await, ["5 new orders"], "his own and those of his project, each once");
        assert_eq!(told(&app, EVA).await, ["4 new orders"], "of her project, and no number that says how many others there are");
        assert_eq!(told(&app, CARLA).await, ["2 new orders"]);
        assert!(told(&app, HENNING).await == ["28 new orders"] && told(&app, PM).await.is_empty());
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'order.news'").await, 2);
        // Who has looked at the list has seen it.
        let mut anna = app.browser(ANNA).await;
        let list = anna.get("/notifications").await;
        assert!(list.words().contains("28 new orders"), "{}", list.words());
        anna.get("/orders").await;
        assert_eq!(unseen(&app, ANNA).await, 0);
        take::take(&admin, orders("Gear wheels")).await.unwrap();
        spread_all(&app).await;
        assert_eq!(told(&app, ANNA).await[0], "28 orders changed");
        // Sent again: nothing has changed, and nobody is told.
        take::take(&admin, orders("Gear wheels")).await.unwrap();
        assert_eq!(spread_all(&app).await, 0);
        reach(&app, BEN, "none").await;
        assert!(told(&app, BEN).await.is_empty(), "rights are asked when it is read");
        leave(&app, EVA).await;
        assert!(told(&app, EVA).await.is_empty());
        // For information: a line of the summary.
        app.run_notifications().await;
        app.advance(Duration::from_secs(20 * 3600));
        app.run_notifications().await;
        let mails: Vec<_> = app.outbox().into_iter().filter(|mail| mail.to.1 == ANNA).collect();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains("28 orders changed") && mails[0].text.contains("/orders"), "{}", mails[0].text);
        app.advance(Duration::from_secs(181 * 24 * 3600));
        app::notifications::run::purge(&app.state.ctx(Actor::operator(), "purge")).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM news").await, 0);
    }

    async fn many_projects_at_once_are_one_piece_of_news_for_each_customer(app: TestApp) {
        reach(&app, BEN, "own").await;
        let admin = app.ctx(ADMIN).await;
        let projects = |summary: &str, key: Option<&str>| {
            let project = |at: usize| Project {
                slug: format!("erp-{at}"),
                external_id: key.map(|key| format!("{key}-{at}")),
                organisation: Some(if at < 28 { "acme" } else { "borealis" }.to_owned()),
                name: Some(format!("Hall {at}")),
                summary: Some(summary.to_owned()),
                ..Project::default()
            };
            (0..30).map(project).collect::<Vec<_>>()
        };
        let taken = projects::take(&admin, projects("Gears", None)).await.unwrap();
        let ids: Vec<_> = taken.into_iter().map(|one| one.unwrap().id).collect();
        spread_all(&app).await;
        assert_eq!(told(&app, ANNA).await, ["28 new projects"]);
        assert_eq!(told(&app, CARLA).await, ["2 new projects"]);
        for email in [BEN, EVA, PM] {
            assert!(told(&app, email).await.is_empty(), "{email}");
        }
        // Who has looked at the list has seen it.
        let mut anna = app.browser(ANNA).await;
        assert!(anna.get("/notifications?area=projects").await.words().contains("28 new projects"));
        assert_eq!(anna.get("/projects").await.status, 200);
        assert_eq!(unseen(&app, ANNA).await, 0);
        // Whoever was let into some of them hears of those alone.
        let tx = app.db().begin().await.unwrap();
        for (email, some) in [(BEN, &ids[..3]), (EVA, &ids[2..4])] {
            for id in some {
                app::demo::add_to_project(&tx, app.user(email), *id).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        projects::take(&admin, projects("Gear wheels", None)).await.unwrap();
        spread_all(&app).await;
        for (email, line) in [(ANNA, "28 projects changed"), (BEN, "3 projects changed"), (EVA, "2 projects changed")] {
            assert_eq!(told(&app, email).await[0], line, "{email}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'project.news'").await, 4);
        // What only the house calls them is no news, and neither is the same again.
        for _ in 0..2 {
            projects::take(&admin, projects("Gear wheels", Some("E"))).await.unwrap();
            assert_eq!(spread_all(&app).await, 0);
        }
        leave(&app, EVA).await;
        assert!(told(&app, EVA).await.is_empty(), "rights are asked when it is read");
    }

    async fn an_import_of_several_batches_tells_each_customer_once(app: TestApp) {
        app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
        let operator = app::ctx::Ctx { actor: Actor::operator(), ..app.ctx(ADMIN).await };
        for (day, skip_bad, line) in [("01", false, "600 new orders"), ("02", true, "600 orders changed")] {
            let rows: String = (0..600).map(|at| format!("N-{at};AC-7;04.07.2026;{day}.08.2026\n")).collect();
            let path = std::env::temp_dir().join(format!("kontor-news-{}.csv", uuid::Uuid::now_v7()));
            std::fs::write(&path, format!("Auftragsnr;Kundennr;Auftragsdatum;Wunschtermin\n{rows}")).unwrap();
            let options = Options { dry_run: false, skip_bad, currency: "EUR".to_owned(), invite: false, publish: false };
            let totals = take_in(&operator, Ready::open(File::Orders, &path).unwrap(), &options, None, |_| ()).await.unwrap();
            std::fs::remove_file(path).unwrap();
            assert_eq!(totals.rejected, 0);
            spread_all(&app).await;
            assert_eq!(told(&app, ANNA).await[0], line);
        }
        assert_eq!(told(&app, ANNA).await.len(), 2);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'order.news'").await, 2);
        let verdict = app::audit::verify(app.db(), |_| ()).await.unwrap();
        assert!(matches!(verdict, app::audit::Verdict::Intact(_)), "the chain holds what was written at once");
    }

    async fn who_is_let_in_where_and_what_is_done_there_is_told_to_whom_it_concerns(app: TestApp) {
        let (line, acme) = (app.project("line-2"), app.organisation("acme"));
        let admin = app.ctx(ADMIN).await;
        for email in [HENNING, PM, HENNING] {
            app::projects::people::add(&admin, line, app.user(email)).await.unwrap();
        }
        for email in [HENNING, PM] {
            assert_eq!(told(&app, email).await, ["You are on this project now: Roller conveyor, line 2"], "{email}");
        }
        let pm = app.token(PM).await;
        for (side, by, other) in [("customer", BEN, PM), ("house", PM, BEN)] {
            let task = json!({"title": format!("For the {side}"), "side": side});
            let task = pm.post(&format!("/api/v1/projects/{line}/tasks"), task).await;
            assert_eq!(task.status, 201, "{}", task.text());
            let path = format!("/api/v1/projects/{line}/tasks/{}/done", task.json()["id"].as_str().unwrap());
            assert_eq!(app.token(by).await.post(&path, json!({})).await.status, 200);
            let line = format!("Done: For the {side}");
            assert!(told(&app, other).await.contains(&line), "{other}");
            assert!(!told(&app, by).await.contains(&line), "{by}");
        }
        for _ in 0..2 {
            app::organisation::administer::assign(&admin, acme, app.user(FINANCE), false, None).await.unwrap();
        }
        assert_eq!(told(&app, FINANCE).await, ["You look after this customer now: ACME Werke AG"]);
    }

    async fn what_is_withdrawn_is_told_to_whoever_it_waited_for(app: TestApp) {
        let id = approvals::contract(&app).await;
        let round = approvals::ask(&app, id, &[BEN], 1).await;
        app::approvals::service::withdraw(&app.ctx(PM).await, round.approval.id).await.unwrap();
        assert_eq!(told(&app, BEN).await[0], "No longer to approve: Maintenance contract");
        assert!(!told(&app, ANNA).await.iter().any(|line| line.starts_with("No longer")));
        let asked = json!({"organisation_id": app.organisation("acme"), "title": "Floor plan", "category": "other", "due_on": "2026-11-28", "people": [app.user(BEN)]});
        let pm = app.token(PM).await;
        let request = pm.post("/api/v1/requests", asked).await;
        assert_eq!(request.status, 201, "{}", request.text());
        let path = format!("/api/v1/requests/{}/withdraw", request.json()["id"].as_str().unwrap());
        assert_eq!(pm.post(&path, json!({})).await.status, 200);
        assert_eq!(told(&app, BEN).await[0], "No longer to send: Floor plan");
    }

    async fn what_somebody_may_do_is_told_to_them_and_to_who_administers_them(app: TestApp) {
        let change = Change { role: Some(MembershipRole::Admin), ..Change::default() };
        team::change(&app.ctx(ADMIN).await, app.organisation("acme"), app.user(BEN), Seen::default(), change).await.unwrap();
        spread_all(&app).await;
        assert_eq!(told(&app, BEN).await, ["Your rights have changed: ACME Werke AG"], "not once more as one who administers now");
        assert_eq!(told(&app, ANNA).await, ["Rights changed: Ben Brandt"]);
        assert!(told(&app, CARLA).await.is_empty());
        assert!(app.mails_to(BEN).await.iter().any(|mail| mail.text.contains("ACME Werke AG")));
        team::remove(&app.ctx(ANNA).await, app.organisation("acme"), app.user(BEN), Seen::default()).await.unwrap();
        spread_all(&app).await;
        let page = service::list(&app.ctx(PM).await, service::Filter::default(), None, 10).await.unwrap();
        let gone = page.items.iter().find(|line| line.kind == Kind::MemberRemoved).expect("the house is told");
        assert_eq!(gone.path, format!("/staff/customers/{}", app.organisation("acme")), "they have no page any more");
    }

    async fn what_concerns_a_sign_in_is_always_mailed_at_once_and_says_so(app: TestApp) {
        let operator = app.state.ctx(Actor::operator(), "test");
        let new = NewToken { name: "ERP".to_owned(), scopes: vec![], expires_at: None };
        tokens::create_for(&operator, app.user(BEN), new).await.unwrap();
        assert_eq!(told(&app, BEN).await, ["An API token was made for you"]);
        assert_eq!(app.mails_to(BEN).await.len(), 1);
        let mut ben = app.browser(BEN).await;
        let page = ben.get("/account/notifications").await;
        assert!(page.words().contains("New API tokens of mine") && page.words().contains("Always, at once"), "{}", page.words());
        assert!(!page.text().contains("security.token:"), "there is nothing to choose");
        // Whoever sends it all the same changes nothing.
        let fields = [("revision_seen", "0"), ("digest_hour", "8"), ("digest_weekday", "1"), ("weekends", "yes"), ("mails[]", "security.token:off")];
        assert_eq!(ben.post("/_fn/notifications/choose", &fields).await.status, 303);
        assert_eq!(app.count("SELECT COUNT(*) FROM notification_preferences").await, 0);
        assert_eq!(unseen(&app, BEN).await, 1);
        ben.get("/account/tokens").await;
        assert_eq!(unseen(&app, BEN).await, 0);
    }

    async fn each_role_is_mailed_as_is_sensible_for_it_until_somebody_chooses(app: TestApp) {
        let (acme, now) = (app.organisation("acme"), app.clock.now());
        let due = async |email: &str, kind: Kind| {
            let who = [app.user(email)];
            let zone = jiff::tz::TimeZone::UTC;
            let plan = mails::plan(app.db(), &zone, kind, Some(acme), &who, now).await.unwrap();
            plan.get(&who[0]).copied().flatten()
        };
        let soon = Some(now.plus(SOON));
        assert_eq!(due(PM, Kind::AppointmentChanged).await, soon);
        assert!(due(FINANCE, Kind::AppointmentChanged).await > soon, "nothing about appointments at once");
        let management = due("management@nordlicht.example", Kind::OrderConfirmed).await.unwrap();
        assert_eq!(management.rfc3339(), "2026-11-23T08:00:00Z", "on Monday");
        assert_eq!(due(ANNA, Kind::MemberJoined).await, soon);
        assert_eq!(due(EVA, Kind::OrdersChanged).await, None);
        assert!(due(EVA, Kind::ProjectReport).await.is_some());
        assert_eq!(due(EVA, Kind::TaskAsked).await, soon, "what needs somebody goes out at once");
        // Shown as what is usual, and changed by choosing.
        let mine = async |email: &str, kind: &str| {
            let mine = app.token(email).await.get("/api/v1/me/notification-preferences").await.json();
            mine["kinds"].as_array().unwrap().iter().find(|one| one["kind"] == kind).unwrap()["mail"].clone()
        };
        assert_eq!(mine(FINANCE, "appointment.changed").await, "daily");
        assert_eq!(mine(ANNA, "member.joined").await, "at_once");
        let choice = json!({"kinds": [{"kind": "appointment.changed", "mail": "at_once"}]});
        assert_eq!(app.token(FINANCE).await.patch("/api/v1/me/notification-preferences", choice, "*").await.status, 200);
        assert_eq!(due(FINANCE, Kind::AppointmentChanged).await, soon);
    }
}
