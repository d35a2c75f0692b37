//! The home pages of both sides: numbers, what happened in words, whom to ask; and for staff who is waiting for whom.

use std::time::Duration;

use app::documents::model::{Audience, Category};
use app::home::{activity, tiles};
use app::requests::model::NewRequest;
use app::staff::waits;
use serde_json::json;

use crate::approvals::{DAY, ask, say};
use crate::orders::batch;
use crate::support::{TestApp, both, files};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";

async fn request(app: &TestApp, title: &str, due: &str) -> app::ids::RequestId {
    let new = NewRequest {
        organisation_id: app.organisation("acme"),
        title: title.to_owned(),
        text: String::new(),
        category: Category::Other,
        due_on: due.parse().unwrap(),
        people: vec![app.user(BEN)],
    };
    app::requests::service::ask(&app.ctx(PM).await, new).await.unwrap().id
}

async fn send(app: &TestApp, id: app::ids::RequestId) {
    let headers = [("content-type", "application/octet-stream"), ("x-filename", "plan.pdf")];
    let path = format!("/api/v1/requests/{id}/file");
    let sent = app.token(BEN).await.send(axum::http::Method::POST, &path, &headers, files::pdf("plan")).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
}

both! {
    async fn tiles_count_what_the_person_sees_and_lead_to_it(app: TestApp) {
        let ben = app.user(BEN);
        batch(&app, PM, json!([
            {"number": "A-1", "organisation": "acme", "confirmed_on": "2026-11-01"},
            {"number": "A-2", "organisation": "acme", "buyer_id": ben, "wanted_on": "2026-12-01"},
            {"number": "A-3", "organisation": "acme", "project_id": app.project("line-2")},
            {"number": "A-4", "organisation": "acme", "status": "delivered"},
            {"number": "B-1", "organisation": "borealis"},
        ])).await;
        let counted = async |email: &str| tiles::tiles(&app.ctx(email).await).await.unwrap().orders.map(|o| (o.open, o.late));
        assert_eq!(counted(ANNA).await, Some((3, 1)));
        assert_eq!(counted(BEN).await, Some((3, 1)));
        assert_eq!(counted("eva@partner.example").await, Some((1, 0)));
        assert_eq!(counted("carla@borealis.example").await, Some((1, 0)));
        app.sql(&format!("UPDATE memberships SET orders = 'own' WHERE user_id = {}", app.literal(ben.0))).await;
        assert_eq!(counted(BEN).await, Some((2, 0)));
        let page = app.browser(ANNA).await.get("/").await;
        assert!(page.words().contains("3 open") && page.words().contains("1 late"), "{}", page.words());
        app.sql(&format!("UPDATE memberships SET orders = 'none', documents = 'none', money = 'none' WHERE user_id = {}", app.literal(ben.0))).await;
        assert_eq!(counted(BEN).await, None);
        let page = app.browser(BEN).await.get("/").await.text();
        assert!(!page.contains("class=\"tiles\""), "nothing to see, nothing to count");
        // A number that nobody reads is not counted.
        let many: Vec<_> = (0..120).map(|at| json!({"number": format!("M-{at}"), "organisation": "acme"})).collect();
        batch(&app, PM, json!(many)).await;
        assert!(app.browser(ANNA).await.get("/").await.words().contains("more than 99 open"));
    }

    async fn what_happened_is_told_to_those_who_may_see_what_it_happened_to(app: TestApp) {
        let contract = app.published("Contract", Category::Contract, Audience::Organisation).await;
        app.published("Only Anna", Category::Minutes, Audience::People(vec![app.user(ANNA)])).await;
        app.draft("Draft", Category::Minutes).await;
        let round = ask(&app, contract, &[BEN], 1).await;
        app.advance(Duration::from_secs(60));
        say(&app, BEN, round.approval.id, true, "").await.unwrap();
        let line = json!([{"position": 1, "title": "Pump", "quantity": "1", "price": "9.50"}]);
        batch(&app, PM, json!([{"number": "A-1", "organisation": "acme", "title": "Pumps", "confirmed_on": "2026-12-01"}])).await;
        app.advance(Duration::from_secs(60));
        batch(&app, PM, json!([{"number": "A-1", "confirmed_on": "2026-12-08", "currency": "EUR", "lines": line}])).await;
        let told = async |email: &str| {
            let events = activity::latest(&app.ctx(email).await, 20).await.unwrap();
            events.into_iter().map(|event| (event.action, event.title)).collect::<Vec<_>>()
        };
        let line = |action: &str, title: &str| (action.to_owned(), title.to_owned());
        let ben = told(BEN).await;
        assert_eq!(ben[0], line("order.edit", "Pumps"));
        assert!(ben.contains(&line("approval.approve", "Contract")) && ben.contains(&line("document.publish", "Contract")));
        assert!(!ben.iter().any(|(_, title)| title == "Only Anna" || title == "Draft"), "{ben:?}");
        assert!(told(ANNA).await.contains(&line("document.publish", "Only Anna")));
        assert!(told("carla@borealis.example").await.is_empty() && told("eva@partner.example").await.is_empty());
        let mut browser = app.browser(ANNA).await;
        let words = browser.get("/").await.words();
        for part in ["Approved by Ben Brandt", "Published by Nordlicht Maschinenbau GmbH", "Confirmed date, ", "changed by Nordlicht Maschinenbau GmbH"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert!(app.browser(BEN).await.get("/").await.words().contains("Approved by you"));
        // Prices that change are not told to whoever sees none.
        app.sql(&format!("UPDATE memberships SET money = 'none' WHERE user_id = {}", app.literal(app.user(BEN).0))).await;
        let fields = activity::latest(&app.ctx(BEN).await, 20).await.unwrap().remove(0).fields;
        assert_eq!(fields, ["confirmed_on"]);
    }

    async fn a_contact_says_when_and_where_they_are_reached(app: TestApp) {
        let token = app.token(PM).await;
        let etag = token.get("/api/v1/me").await.header("etag").to_owned();
        for (field, bad) in [("phone", "call me"), ("hours", &*"x".repeat(121))] {
            let answer = token.patch("/api/v1/me", json!({field: bad}), &etag).await;
            assert_eq!((answer.status, answer.json()["errors"][field].is_null()), (422, false), "{}", answer.text());
        }
        let mut pm = app.browser(PM).await;
        let revision = pm.get("/account").await.field("revision");
        let saved = pm.post("/_fn/account/save_profile", &[("revision", &revision), ("name", "Petra Mommsen"), ("phone", "+49 431 5678-12"), ("hours", "Mon to Fri, 8:00 to 16:30"), ("theme", "system")]).await;
        assert_eq!(pm.follow(&saved).await.field("hours"), "Mon to Fri, 8:00 to 16:30");
        let home = app.browser(ANNA).await.get("/").await;
        assert!(home.text().contains("href=\"tel:+49431567812\"") && home.words().contains("Mon to Fri, 8:00 to 16:30"), "{}", home.words());
        // A customer is nobody's contact, and keeps their profile without these.
        let anna = app.token(ANNA).await;
        let etag = anna.get("/api/v1/me").await.header("etag").to_owned();
        assert_eq!(anna.patch("/api/v1/me", json!({"phone": "112"}), &etag).await.status, 422);
        let mut browser = app.browser(ANNA).await;
        let page = browser.get("/account").await;
        assert!(!page.text().contains("name=\"hours\""));
        let saved = browser.post("/_fn/account/save_profile", &[("revision", &page.field("revision")), ("name", "Anna A."), ("theme", "system")]).await;
        assert_eq!((saved.status, saved.location()), (303, "/account"));
    }

    async fn staff_see_on_one_page_who_is_waiting_for_whom(app: TestApp) {
        let contract = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let round = ask(&app, contract, &[BEN], 1).await;
        say(&app, BEN, round.approval.id, false, "Not like this.").await.unwrap();
        let invoice = app.published("Invoice", Category::Invoice, Audience::Organisation).await;
        ask(&app, invoice, &[ANNA, BEN], 2).await;
        send(&app, request(&app, "Floor plan", "2026-11-28").await).await;
        request(&app, "Certificate", "2026-11-22").await;
        let step = |title: &str, acts: &str| json!([{"title": title, "expected_on": "2026-11-10", "acts": acts}]);
        batch(&app, PM, json!([
            {"number": "A-1", "organisation": "acme", "title": "Rollers", "status": "in_production", "steps": step("Welding", "house")},
            {"number": "A-2", "organisation": "acme", "status": "waiting", "steps": step("You confirm", "customer")},
            {"number": "B-1", "organisation": "borealis", "status": "in_production", "steps": step("Paint", "house")},
        ])).await;
        app.advance(DAY * 8);
        let for_us = async |email: &str| {
            let rows = waits::for_us(&app.ctx(email).await, 20).await.unwrap();
            rows.into_iter().map(|row| format!("{:?} {}", row.kind, row.title)).collect::<Vec<_>>()
        };
        let everything = ["Order Rollers", "Order B-1", "Declined Contract", "Request Floor plan"];
        let sorted = |mut rows: Vec<String>| { rows.sort(); rows };
        let all = sorted(everything.map(str::to_owned).into());
        assert_eq!(sorted(for_us(PM).await), all);
        assert_eq!(sorted(for_us(ADMIN).await), all);
        assert_eq!(sorted(for_us("management@nordlicht.example").await), all);
        // What is no document of theirs waits for others.
        assert_eq!(sorted(for_us("finance@nordlicht.example").await), ["Order B-1", "Order Rollers"]);
        let acme = async |email: &str| {
            let rows = waits::by_customer(&app.ctx(email).await).await.unwrap();
            rows.into_iter().find(|row| row.organisation_name == "ACME Werke AG").map(|row| (row.approvals, row.requests, row.late_approvals, row.late_requests, row.late_orders))
        };
        assert_eq!(acme(PM).await, Some((1, 1, 1, 1, 2)));
        assert_eq!(acme(ADMIN).await, Some((1, 1, 1, 1, 2)));
        assert_eq!(acme("finance@nordlicht.example").await, Some((1, 0, 1, 0, 2)));
        assert_eq!(acme("support@nordlicht.example").await, Some((0, 1, 0, 1, 2)));
        // What waits for them goes on with them, whether or not there is a day for it.
        let orders = async |email: &str| {
            let rows = waits::by_customer(&app.ctx(email).await).await.unwrap();
            rows.into_iter().map(|row| (row.organisation_name, row.orders)).filter(|(_, orders)| *orders > 0).collect::<Vec<_>>()
        };
        for email in [PM, ADMIN, "finance@nordlicht.example"] {
            assert_eq!(orders(email).await, [("ACME Werke AG".to_owned(), 1)], "{email}");
        }
        let page = app.browser(PM).await.get("/staff").await.words();
        for part in ["4 customer matters are waiting for us.", "declined by Ben Brandt", "Welding is due", "since 10 Nov 2026", "sent by Ben Brandt, to be looked at", "one decision, one file, one order", "8 days ago", "Overdue by customer"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        // Asked again, or put right: nobody waits for us any more.
        crate::approvals::add_version(&app, contract).await;
        batch(&app, PM, json!([{"number": "A-1", "status": "delivered"}])).await;
        assert_eq!(sorted(for_us(PM).await), ["Order B-1", "Request Floor plan"]);
        app.sql("DELETE FROM staff_assignments").await;
        assert!(for_us(PM).await.is_empty() && acme(PM).await.is_none(), "of customers of others a project manager sees nothing");
    }

    async fn tasks_and_appointments_are_among_who_waits_for_whom(app: TestApp) {
        let pm = app.token(PM).await;
        let made = pm.post("/api/v1/projects", json!({"organisation": "acme", "name": "Hall 3"})).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let project = made.json()["id"].as_str().unwrap().to_owned();
        for (title, side, due) in [("Send the floor plan", "customer", "2026-11-20"), ("Check the drawing", "house", "2026-11-19"), ("Later", "house", "2026-12-24")] {
            let made = pm.post(&format!("/api/v1/projects/{project}/tasks"), json!({"title": title, "side": side, "due_on": due})).await;
            assert_eq!(made.status, 201, "{}", made.text());
        }
        for title in ["Factory test", "Visit"] {
            let new = json!({
                "organisation_id": app.organisation("acme"), "title": title, "minutes": 60, "time_zone": "Europe/Berlin",
                "participants": [app.user(BEN), app.user(PM)], "slots": ["2026-11-25T08:00:00Z", "2026-11-26T12:00:00Z"],
            });
            let made = pm.post("/api/v1/appointments", new).await;
            assert_eq!(made.status, 201, "{}", made.text());
        }
        let waiting = async |email: &str| {
            let mut rows: Vec<String> = waits::for_us(&app.ctx(email).await, 20).await.unwrap().into_iter().map(|row| format!("{:?} {}", row.kind, row.title)).collect();
            rows.sort();
            rows
        };
        let acme = async |email: &str| {
            let rows = waits::by_customer(&app.ctx(email).await).await.unwrap();
            rows.into_iter().find(|row| row.organisation_name == "ACME Werke AG").map(|row| (row.tasks, row.appointments, row.late_tasks, row.late_appointments))
        };
        for email in [PM, ADMIN] {
            assert_eq!(waiting(email).await, ["Task Check the drawing"], "{email}");
            assert_eq!(acme(email).await, Some((1, 2, 2, 0)), "{email}");
        }
        // Appointments are not for finance.
        assert_eq!(acme("finance@nordlicht.example").await, Some((1, 0, 2, 0)));
        let page = app.browser(PM).await.get("/staff").await.words();
        for part in ["our task in Hall 3", "one task, times for 2 appointments", "since 19 Nov 2026"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        // One asks for another time, of the other none is chosen until it is over.
        app.sql("UPDATE appointments SET wish = 'Mondays, please', wished_at = 1795305600000000 WHERE title = 'Visit'").await;
        app.advance(DAY * 8);
        assert_eq!(waiting(PM).await, ["Lapsed Factory test", "Task Check the drawing", "Wish Visit"]);
        assert_eq!(waiting("finance@nordlicht.example").await, ["Task Check the drawing"]);
        assert_eq!(acme(PM).await, Some((1, 1, 2, 1)));
        let page = app.browser(PM).await.get("/staff").await.words();
        assert!(page.contains("asks for another time") && page.contains("no time was chosen"), "{page}");
        app.sql("DELETE FROM staff_assignments").await;
        assert!(waiting(PM).await.is_empty() && acme(PM).await.is_none(), "of customers of others a project manager sees nothing");
    }

    async fn people_who_never_came_are_named_after_a_week_to_those_who_see_the_customer(app: TestApp) {
        let names = async |email: &str| {
            let rows = waits::never_here(&app.ctx(email).await, 20).await.unwrap();
            rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        app.browser(BEN).await;
        assert!(names(ADMIN).await.is_empty(), "nobody is late on their first day");
        let new = app::invitations::model::NewInvitation {
            email: "ina@acme.example".to_owned(),
            name: "Ina Iversen".to_owned(),
            role: app::access::MembershipRole::Member,
            rights: None,
            projects: Vec::new(),
            message: String::new(),
            locale: app::i18n::Locale::En,
        };
        app::invitations::invite::to_customer(&app.ctx(ANNA).await, app.organisation("acme"), new).await.unwrap();
        app.advance(DAY * 8);
        let late = names(PM).await;
        assert!(late.contains(&"Ina Iversen".to_owned()) && late.contains(&"Henning Voß".to_owned()) && !late.contains(&"Ben Brandt".to_owned()), "{late:?}");
        assert_eq!(names("finance@nordlicht.example").await, late);
        assert!(app.browser(PM).await.get("/staff").await.words().contains("invited 8 days ago"));
        app.sql("DELETE FROM staff_assignments").await;
        assert!(names(PM).await.is_empty());
    }
}
