//! Appointments: proposed, chosen, moved, called off, on the way; who sees them, by which clock, and in whose calendar.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Engine, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const SUPPORT: &str = "support@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const HOUR: Duration = Duration::from_secs(3600);

/// What the tests propose: the clock stands at Saturday, 21 November 2026, 12:00 UTC.
const SLOTS: [&str; 3] = ["2026-11-25T08:00:00Z", "2026-11-26T12:00:00Z", "2026-11-27T08:00:00Z"];

fn new(app: &TestApp, more: Value) -> Value {
    let mut body = json!({
        "organisation_id": app.organisation("acme"), "title": "Factory test", "purpose": "You see the line run", "place": "Hall 4, Kiel",
        "notes": "Safety shoes, please.", "internal_note": "Mind the manager.", "phone": "+49 431 5550140", "minutes": 120, "time_zone": "Europe/Berlin",
        "participants": [app.user(BEN), app.user(PM)], "slots": SLOTS,
    });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

async fn send(app: &TestApp, email: &str, body: Value) -> Answer {
    app.token(email).await.post("/api/v1/appointments", body).await
}

/// Proposes the usual appointment of ACME with Ben, and answers its id.
async fn proposed(app: &TestApp, more: Value) -> String {
    let answer = send(app, PM, new(app, more)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.header("etag"), "\"1\"");
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn act(app: &TestApp, email: &str, id: &str, verb: &str, body: Value) -> Answer {
    app.token(email).await.post(&format!("/api/v1/appointments/{id}/{verb}"), body).await
}

async fn agreed(app: &TestApp) -> String {
    let id = proposed(app, json!({})).await;
    let answer = act(app, BEN, &id, "confirm", json!({"slot": SLOTS[0]})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    id
}

async fn titles(app: &TestApp, email: &str, query: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/appointments?limit=2{query}{cursor}");
        let page = app.token(email).await.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let page = page.json();
        all.extend(page["items"].as_array().unwrap().iter().map(|o| o["title"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

/// What a calendar says, read by a library that is not ours.
#[expect(clippy::disallowed_methods, reason = "set by script/test")]
fn read(calendar: &Answer) -> Value {
    assert_eq!(calendar.status, 200);
    assert!(calendar.header("content-type").starts_with("text/calendar"));
    for line in calendar.text().split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let python = std::env::var("TEST_ICALENDAR").expect("run the tests through script/test, which installs the reader");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/icalendar/read.py");
    let mut child = Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&calendar.body).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", calendar.text());
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&read["version"], &read["errors"]), (&json!("2.0"), &json!([])), "{read}");
    read
}

/// The address of a person's calendar, made on their account page.
async fn feed(app: &TestApp, email: &str) -> String {
    let mut browser = app.browser(email).await;
    let made = browser.post("/_fn/account/renew_calendar", &[]).await;
    let page = browser.follow(&made).await;
    let start = page.text().find("/calendar/").unwrap();
    let address = page.text()[start..].split('"').next().unwrap().to_owned();
    assert!(!browser.get("/account/calendar").await.text().contains(&address), "shown once");
    address
}

both! {
    async fn a_customer_is_asked_chooses_and_finds_it_in_the_list_and_the_history(app: TestApp) {
        let id = proposed(&app, json!({})).await;
        let mail = app.mail_to(BEN).await;
        assert_eq!(mail.subject, "Please choose a time: Factory test");
        for part in ["Petra Mommsen proposes times", "Wednesday, 25 November 2026, 09:00 to 11:00", "Friday, 27 November 2026", "Where: Hall 4, Kiel"] {
            assert!(mail.text.contains(part), "{part}: {}", mail.text);
        }
        let mut ben = app.browser(BEN).await;
        let home = ben.get("/").await;
        assert!(home.words().contains("Choose a time for “Factory test”"), "{}", home.words());
        assert!(ben.get("/documents").await.text().contains("count--solid"));
        let page = ben.get(&format!("/appointments/{id}")).await;
        let words = page.words();
        for part in ["Which time suits you?", "Wednesday, 25 November 2026, 09:00 to 11:00", "Thursday, 26 November 2026, 13:00 to 15:00", "Safety shoes, please.", "Hall 4, Kiel"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert!(!page.text().contains("Mind the manager.") && !words.contains("Petra Mommsen has"), "{words}");
        assert!(app.browser(PM).await.get(&format!("/staff/appointments/{id}")).await.words().contains("Mind the manager."));
        let slot = (SLOTS[1].parse::<jiff::Timestamp>().unwrap().as_microsecond()).to_string();
        let revision = page.field("revision");
        let done = ben.post("/_fn/appointments/confirm", &[("appointment", &id), ("revision", &revision), ("slot", &slot)]).await;
        let words = ben.follow(&done).await.words();
        for part in ["The appointment is agreed.", "Confirmed", "Ben Brandt has confirmed Thursday, 26 November 2026, 13:00", "until Wednesday, 25 November 2026, 13:00"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert!(!ben.get("/").await.words().contains("Choose a time"));
        assert!(!ben.get("/documents").await.text().contains("count--solid"));
        assert_eq!(app.mail_to(PM).await.subject, "Agreed: Factory test");
        let list = ben.get("/appointments").await.words();
        assert!(list.contains("Thursday, 26 November") && list.contains("13:00 to 15:00"), "{list}");
        // Once more, and on behalf of somebody who has called: it is agreed already.
        assert_eq!(act(&app, ANNA, &id, "confirm", json!({"slot": SLOTS[0]})).await.status, 409);
        assert_eq!(act(&app, SUPPORT, &id, "confirm", json!({"slot": SLOTS[0]})).await.status, 409);
        let events = app.sql("SELECT action FROM audit_events WHERE action LIKE 'appointment.%' ORDER BY sequence").await;
        assert_eq!(events, [["appointment.propose"], ["appointment.confirm"]]);
    }

    async fn everybody_sees_the_appointments_that_are_theirs_and_no_others(app: TestApp) {
        proposed(&app, json!({"title": "With Ben"})).await;
        proposed(&app, json!({"title": "With Anna", "participants": [app.user(ANNA)], "slots": [SLOTS[0]], "agreed": true})).await;
        proposed(&app, json!({"title": "On the project", "project_id": app.project("line-2"), "participants": [app.user(ANNA)]})).await;
        let borealis = json!({"title": "Borealis", "organisation_id": app.organisation("borealis"), "participants": [app.user("dirk@borealis.example")]});
        proposed(&app, borealis).await;
        for email in [ADMIN, PM, SUPPORT, "sales@nordlicht.example", "management@nordlicht.example"] {
            assert_eq!(titles(&app, email, "").await.len(), 4, "{email}");
        }
        // What is agreed for Wednesday comes before what may yet be on Friday.
        let acme = ["With Anna", "With Ben", "On the project"];
        assert_eq!(titles(&app, ANNA, "").await, acme);
        assert_eq!(titles(&app, BEN, "").await, acme, "the right to the organisation's orders is one to its appointments");
        assert_eq!(titles(&app, "carla@borealis.example", "").await, ["Borealis"]);
        assert_eq!(titles(&app, "eva@partner.example", "").await, ["On the project"]);
        assert_eq!(titles(&app, PM, "&mine=true").await, ["With Ben"]);
        assert_eq!(titles(&app, PM, "&state=confirmed").await, ["With Anna"]);
        assert_eq!(titles(&app, SUPPORT, &format!("&organisation_id={}", app.organisation("borealis"))).await, ["Borealis"]);
        assert_eq!(app.token("finance@nordlicht.example").await.get("/api/v1/appointments").await.status, 403);
        let ben = app.literal(app.user(BEN).0);
        app.sql(&format!("UPDATE memberships SET orders = 'own' WHERE user_id = {ben}")).await;
        assert_eq!(titles(&app, BEN, "").await, ["With Ben", "On the project"], "what he takes part in, and his project's");
        app.sql(&format!("UPDATE memberships SET orders = 'none' WHERE user_id = {ben}")).await;
        assert_eq!(titles(&app, BEN, "").await, Vec::<String>::new());
        let mut browser = app.browser(BEN).await;
        assert_eq!(browser.get("/appointments").await.status, 403);
        assert!(!browser.get("/").await.text().contains("href=\"/appointments\""));
        for bad in ["when=x", "state=x", "cursor=x", "organisation_id=x", "limit=0", "sort=x", "mine=x"] {
            assert_eq!(app.token(ADMIN).await.get(&format!("/api/v1/appointments?{bad}")).await.status, 400, "{bad}");
        }
    }

    async fn only_who_takes_part_or_administers_answers_and_the_page_says_whose_it_is(app: TestApp) {
        let id = proposed(&app, json!({"project_id": app.project("line-2")})).await;
        // A colleague with the right to the organisation's, and the partner on the project, look on.
        for email in ["henning@acme.example", "eva@partner.example"] {
            let page = app.browser(email).await.get(&format!("/appointments/{id}")).await;
            assert_eq!(page.status, 200, "{email}");
            assert!(page.words().contains("Ben Brandt chooses") && !page.text().contains("/_fn/appointments/"), "{email}: {}", page.words());
            for verb in ["confirm", "reschedule", "cancel"] {
                assert_eq!(act(&app, email, &id, verb, json!({})).await.status, 403, "{email} {verb}");
            }
        }
        for (email, status) in [("carla@borealis.example", 404), ("finance@nordlicht.example", 404), ("management@nordlicht.example", 403), ("sales@nordlicht.example", 403)] {
            assert_eq!(act(&app, email, &id, "cancel", json!({"reason": "x"})).await.status, status, "{email}");
        }
        assert_eq!(act(&app, BEN, &id, "complete", json!({})).await.status, 403);
        let times = json!({"slots": [SLOTS[0]]});
        assert_eq!(act(&app, BEN, &id, "reschedule", times).await.status, 403, "customers wish in words");
        // Through the customer's eyes nothing can be pressed.
        let mut pm = app.browser(PM).await;
        crate::view_as::begin(&app, &mut pm, BEN).await;
        let page = pm.get(&format!("/appointments/{id}")).await;
        assert!(page.words().contains("Factory test") && !page.text().contains("/_fn/appointments/"), "{}", page.words());
        assert!(!page.text().contains("Mind the manager."));
        assert_eq!(pm.post("/_fn/appointments/cancel", &[("appointment", &id), ("revision", "1")]).await.status, 403);
        // The administrator of the customer answers for everybody.
        assert_eq!(act(&app, ANNA, &id, "confirm", json!({"slot": SLOTS[2]})).await.status, 200);
    }

    async fn a_customer_asks_for_another_time_and_staff_propose_again(app: TestApp) {
        let id = agreed(&app).await;
        let mut ben = app.browser(BEN).await;
        let revision = ben.get(&format!("/appointments/{id}")).await.field("revision");
        let wish = |text: &'static str| [("appointment", id.clone()), ("revision", revision.clone()), ("wish", text.to_owned()), ("reason", "Our crane is \"away\"".to_owned())];
        let empty = wish(" ");
        let fields: Vec<(&str, &str)> = empty.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = ben.post("/_fn/appointments/wish", &fields).await;
        let back = ben.follow(&refused).await;
        assert!(back.words().contains("Please say when it would suit you.") && back.words().contains("Our crane is \"away\""), "{}", back.words());
        let sent = wish("Next week in the afternoon");
        let fields: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let done = ben.post("/_fn/appointments/wish", &fields).await;
        let words = ben.follow(&done).await.words();
        assert!(words.contains("We have your wish") && words.contains("Next week in the afternoon"), "{words}");
        let mail = app.mail_to(PM).await;
        assert_eq!(mail.subject, "ACME Werke AG asks for another time: Factory test");
        assert!(mail.text.contains("> Next week in the afternoon") && mail.path() == format!("/staff/appointments/{id}"), "{}", mail.text);
        // What was agreed stands until staff have answered; they find it.
        assert_eq!(app.token(BEN).await.get(&format!("/api/v1/appointments/{id}")).await.json()["starts_at"], SLOTS[0]);
        assert_eq!(titles(&app, PM, "&wished=true").await, ["Factory test"]);
        let mut pm = app.browser(PM).await;
        assert!(pm.get("/staff/appointments?show=wished").await.words().contains("Asks for another time"));
        let page = pm.get(&format!("/staff/appointments/{id}/edit")).await;
        let revision = page.field("revision");
        let times = |slot: &'static str| vec![("appointment", id.as_str()), ("revision", revision.as_str()), ("slot[0]", slot), ("slot[1]", ""), ("reason", "As you wished")];
        let wrong = pm.post("/_fn/appointments/move", &times("2026-11-20T14:00")).await;
        let back = pm.follow(&wrong).await;
        assert!(back.words().contains("This time has passed.") && back.text().contains("2026-11-20T14:00"), "{}", back.words());
        let done = pm.post("/_fn/appointments/move", &times("2026-12-02T14:00")).await;
        assert!(pm.follow(&done).await.words().contains("The customer is asked again."));
        let mail = app.mail_to(BEN).await;
        assert_eq!(mail.subject, "Please choose another time: Factory test");
        assert!(mail.text.contains("Wednesday, 2 December 2026, 14:00 to 16:00") && mail.text.contains("> As you wished"), "{}", mail.text);
        let page = ben.get(&format!("/appointments/{id}")).await.words();
        assert!(page.contains("has moved it; it was agreed for Wednesday, 25 November 2026, 09:00") && page.contains("As you wished"), "{page}");
        let answer = act(&app, BEN, &id, "confirm", json!({"slot": "2026-12-02T13:00:00Z"})).await;
        assert_eq!((answer.status, &answer.json()["wish"]), (200, &Value::Null), "{}", answer.text());
        let events = app.sql("SELECT action FROM audit_events WHERE action LIKE 'appointment.%' ORDER BY sequence").await;
        assert_eq!(events.concat(), ["appointment.propose", "appointment.confirm", "appointment.wish", "appointment.move", "appointment.confirm"]);
    }

    async fn a_customer_cancels_in_time_and_afterwards_reads_whom_to_call(app: TestApp) {
        let id = agreed(&app).await;
        let late = agreed(&app).await;
        assert_eq!(act(&app, BEN, &id, "cancel", json!({"reason": "No crane"})).await.json()["state"], "cancelled");
        assert_eq!(act(&app, BEN, &id, "cancel", json!({})).await.status, 409);
        assert_eq!(app.mail_to(PM).await.subject, "Cancelled: Factory test");
        let page = app.browser(ANNA).await.get(&format!("/appointments/{id}")).await.words();
        assert!(page.contains("Ben Brandt has cancelled it; it was agreed for Wednesday, 25 November 2026, 09:00") && page.contains("No crane"), "{page}");
        // Wednesday, 08:00 UTC, less 24 hours: one second in time, and one too late.
        app.clock.advance(HOUR * (3 * 24 - 4));
        let mut ben = app.browser(BEN).await;
        assert!(ben.get(&format!("/appointments/{late}")).await.text().contains("/_fn/appointments/cancel"));
        app.clock.advance(Duration::from_secs(1));
        let page = ben.get(&format!("/appointments/{late}")).await;
        assert!(page.words().contains("Please call: Petra Mommsen, +49 431 5550140.") && !page.text().contains("/_fn/appointments/cancel"), "{}", page.words());
        for (verb, body) in [("cancel", json!({"reason": "x"})), ("reschedule", json!({"wish": "x"}))] {
            let answer = act(&app, BEN, &late, verb, body).await;
            assert!(answer.status == 409 && answer.json()["detail"].as_str().unwrap().contains("Petra Mommsen"), "{}", answer.text());
        }
        // Staff may at any time, and say why.
        assert!(act(&app, SUPPORT, &late, "cancel", json!({})).await.json()["errors"]["reason"].is_array());
        assert_eq!(act(&app, SUPPORT, &late, "cancel", json!({"reason": "The fitter is ill"})).await.status, 200);
        let mail = app.mail_to(BEN).await;
        assert!(mail.subject == "Cancelled: Factory test" && mail.text.contains("> The fitter is ill"), "{}", mail.text);
    }

    async fn of_two_at_once_the_second_learns_what_has_happened(app: TestApp) {
        let id = proposed(&app, json!({"participants": [app.user(ANNA), app.user(BEN), app.user(PM)]})).await;
        let (mut anna, mut ben) = (app.browser(ANNA).await, app.browser(BEN).await);
        let seen = ben.get(&format!("/appointments/{id}")).await.field("revision");
        anna.get(&format!("/appointments/{id}")).await;
        let slot = |at: usize| SLOTS[at].parse::<jiff::Timestamp>().unwrap().as_microsecond().to_string();
        let (one, two) = (slot(0), slot(1));
        let first = [("appointment", id.as_str()), ("revision", &seen), ("slot", &one)];
        anna.post("/_fn/appointments/confirm", &first).await;
        let second = [("appointment", id.as_str()), ("revision", &seen), ("slot", &two)];
        let refused = ben.post("/_fn/appointments/confirm", &second).await;
        let words = ben.follow(&refused).await.words();
        assert!(words.contains("Somebody was faster: Anna Albers has confirmed Wednesday, 25 November 2026, 09:00."), "{words}");
        // Programs: what was read is named, and what has passed is refused.
        let token = app.token(PM).await;
        let path = format!("/api/v1/appointments/{id}");
        let stale = token.post_with(&format!("{path}/complete"), json!({}), &[("if-match", "\"1\"")]).await;
        assert_eq!(stale.status, 412);
        assert_eq!(token.send(Method::PATCH, &path, &[("content-type", "application/json")], "{}").await.status, 428);
        assert_eq!(token.patch(&path, json!({"place": "Hall 5"}), "\"1\"").await.status, 412);
        let edited = token.patch(&path, json!({"place": "Hall 5", "order_id": null}), "\"2\"").await;
        assert_eq!((edited.status, &edited.json()["place"], edited.header("etag")), (200, &json!("Hall 5"), "\"3\""), "{}", edited.text());
        let mail = app.mail_to(BEN).await;
        assert!(mail.subject == "Changed: Factory test" && mail.text.contains("Hall 5"), "{}", mail.text);
        assert!(ben.get(&format!("/appointments/{id}")).await.words().contains("has changed: Where"));
        let at_once = futures::future::join_all(["a", "b", "c"].map(|reason| act(&app, ANNA, &id, "cancel", json!({"reason": reason})))).await;
        let mut statuses: Vec<u16> = at_once.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409]);
    }

    async fn on_its_day_the_team_says_that_it_is_on_its_way_and_closes_it(app: TestApp) {
        let id = agreed(&app).await;
        let way = json!({"from": "2026-11-25T08:30:00Z", "until": "2026-11-25T09:00:00Z", "note": "Two fitters, one van"});
        assert_eq!(act(&app, PM, &id, "on-the-way", way.clone()).await.status, 409, "not on another day");
        assert_eq!(act(&app, PM, &id, "complete", json!({})).await.status, 409, "not before it");
        app.clock.advance(HOUR * (3 * 24 + 17));
        let wrong = json!({"from": "2026-11-25T09:30:00Z", "until": "2026-11-25T09:00:00Z"});
        assert!(act(&app, PM, &id, "on-the-way", wrong).await.json()["errors"]["until"].is_array());
        // By the clock at the place, through the form.
        let mut pm = app.browser(PM).await;
        let revision = pm.get(&format!("/staff/appointments/{id}")).await.field("revision");
        let fields = |from: &'static str| vec![("appointment", id.as_str()), ("revision", revision.as_str()), ("from", from), ("until", "10:00"), ("note", "Two fitters, one van")];
        let refused = pm.post("/_fn/appointments/on_the_way", &fields("soon")).await;
        let back = pm.follow(&refused).await;
        assert!(back.words().contains("Please enter a date and a time.") && back.words().contains("Two fitters"), "{}", back.words());
        let done = pm.post("/_fn/appointments/on_the_way", &fields("09:30")).await;
        assert!(pm.follow(&done).await.words().contains("The customer knows."));
        let mail = app.mail_to(BEN).await;
        assert!(mail.subject == "We are on our way: Factory test" && mail.text.contains("09:30 to 10:00"), "{}", mail.text);
        let page = app.browser(BEN).await.get(&format!("/appointments/{id}")).await.words();
        assert!(page.contains("We are on our way and arrive between 09:30 and 10:00") && page.contains("Two fitters, one van"), "{page}");
        let one = app.token(BEN).await.get(&format!("/api/v1/appointments/{id}")).await.json();
        assert_eq!(one["on_the_way"]["from"], "2026-11-25T08:30:00Z");
        app.clock.advance(HOUR * 5);
        assert_eq!(act(&app, PM, &id, "complete", json!({})).await.json()["state"], "done");
        assert_eq!(act(&app, PM, &id, "cancel", json!({"reason": "x"})).await.status, 409);
        app.clock.advance(HOUR * 24);
        assert!(titles(&app, BEN, "").await.is_empty());
        assert_eq!(titles(&app, BEN, "&when=past").await, ["Factory test"]);
        assert!(app.browser(BEN).await.get("/appointments?when=past").await.words().contains("Factory test"));
    }

    async fn what_is_wrong_with_a_proposal_is_said_and_what_was_typed_stays(app: TestApp) {
        let wrong = [
            (json!({"title": " "}), "title"),
            (json!({"slots": []}), "slots"),
            (json!({"slots": ["2026-11-21T11:59:00Z"]}), "slots"),
            (json!({"slots": ["soon"]}), "slots"),
            (json!({"slots": [SLOTS[0], "2026-11-25T09:59:00Z"]}), "slots"),
            (json!({"slots": [SLOTS[0], SLOTS[0]]}), "slots"),
            (json!({"slots": ["2030-11-21T11:59:00Z"]}), "slots"),
            (json!({"slots": (1..=6).map(|day| format!("2026-12-{day:02}T10:00:00Z")).collect::<Vec<_>>()}), "slots"),
            (json!({"agreed": true}), "slots"),
            (json!({"minutes": 4}), "minutes"),
            (json!({"cancel_hours": -1}), "cancel_hours"),
            (json!({"time_zone": "Europe/Atlantis"}), "time_zone"),
            (json!({"link": "javascript:alert(1)"}), "link"),
            (json!({"link": "http://meet.example"}), "link"),
            (json!({"link": "https://user:secret@meet.example"}), "link"),
            (json!({"participants": []}), "participants"),
            (json!({"participants": [app.user(PM)]}), "participants"),
            (json!({"participants": [app.user("dirk@borealis.example")]}), "participants"),
            // Finance sees no appointments, and sales none but those of their customers to keep.
            (json!({"participants": [app.user(BEN), app.user("finance@nordlicht.example")]}), "participants"),
            (json!({"project_id": app.project("sorter")}), "project_id"),
            (json!({"order_id": uuid::Uuid::now_v7()}), "order_id"),
            (json!({"organisation_id": uuid::Uuid::now_v7()}), "organisation_id"),
        ];
        for (more, field) in wrong {
            let answer = send(&app, PM, new(&app, more.clone())).await;
            assert_eq!(answer.status, 422, "{more}: {}", answer.text());
            assert!(answer.json()["errors"][field].is_array(), "{more}: {}", answer.text());
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM appointments").await, 0);
        for email in [BEN, "finance@nordlicht.example", "management@nordlicht.example", "sales@nordlicht.example"] {
            assert_eq!(send(&app, email, new(&app, json!({}))).await.status, 403, "{email}");
        }
        // The form, by the clock at the place.
        let (acme, ben_id) = (app.organisation("acme").to_string(), app.user(BEN).to_string());
        let fields = |slot: &'static str, zone: &'static str| vec![("organisation_id", acme.as_str()), ("title", "Measuring \"hall 3\""), ("minutes", "90"), ("cancel_hours", "48"), ("time_zone", zone), ("people[0]", ben_id.as_str()), ("slot[0]", slot), ("slot[1]", "")];
        let mut pm = app.browser(PM).await;
        assert!(pm.get(&format!("/staff/appointments/new?organisation={acme}")).await.words().contains("Times to choose from"));
        for (slot, words) in [
            ("2027-03-28T02:30", "02:30 does not exist in Europe/Berlin on Sunday, 28 March 2027"),
            ("2027-10-31T02:30", "02:30 comes twice in Europe/Berlin on Sunday, 31 October 2027"),
        ] {
            let refused = pm.post("/_fn/appointments/save", &fields(slot, "Europe/Berlin")).await;
            let back = pm.follow(&refused).await;
            assert!(back.words().contains(words), "{}", back.words());
            assert!(back.field("title") == "Measuring \"hall 3\"" && back.text().contains(slot) && back.text().contains("checked"), "{}", back.text());
        }
        let done = pm.post("/_fn/appointments/save", &fields("2027-03-28T03:30", "Europe/Berlin")).await;
        let words = pm.follow(&done).await.words();
        assert!(words.contains("The customer is asked.") && words.contains("Sunday, 28 March 2027, 03:30 to 05:00"), "{words}");
        // From an order: whose it is, and who ordered, are known.
        let sent = json!([{"number": "AB-1", "organisation": "acme", "title": "Line 2", "buyer_id": app.user(BEN)}]);
        let order = crate::orders::batch(&app, PM, sent).await.remove(0)["id"].as_str().unwrap().to_owned();
        let form = pm.get(&format!("/staff/appointments/new?order={order}")).await;
        assert!(form.field("title") == "Line 2" && form.words().contains("ACME Werke AG"), "{}", form.words());
        let id = proposed(&app, json!({"order_id": order})).await;
        for (email, path) in [(BEN, format!("/orders/{order}")), (PM, format!("/staff/orders/{order}"))] {
            let page = app.browser(email).await.get(&path).await;
            assert!(page.words().contains("Factory test") && page.text().contains(&format!("/appointments/{id}")), "{email}: {}", page.words());
        }
    }

    async fn everybody_reads_times_by_their_own_clock_and_that_of_the_place_beside_it(app: TestApp) {
        // In the night to 31 October 2027 clocks in Berlin go back; in New York a week later.
        let york = json!({"time_zone": "America/New_York", "slots": ["2027-10-30T22:00:00Z", "2027-11-01T14:00:00Z"]});
        let id = proposed(&app, york).await;
        let ben = app.literal(app.user(BEN).0);
        app.sql(&format!("UPDATE users SET time_zone = 'Europe/Berlin', locale = 'de' WHERE id = {ben}")).await;
        let mut browser = app.browser(BEN).await;
        let words = browser.get(&format!("/appointments/{id}")).await.words();
        for part in [
            // Two hours that end when it is still summer; and an hour less between the two places.
            "Sonntag, 31. Oktober 2027, 00:00 bis 02:00 Uhr", "Samstag, 30. Oktober 2027, 18:00 bis 20:00 Uhr nach der Uhr in America/New York",
            "Montag, 1. November 2027, 15:00 bis 17:00 Uhr", "Montag, 1. November 2027, 10:00 bis 12:00 Uhr nach der Uhr in America/New York",
        ] {
            assert!(words.contains(part), "{part}: {words}");
        }
        app.sql(&format!("UPDATE users SET time_zone = 'America/Toronto' WHERE id = {ben}")).await;
        let words = browser.get(&format!("/appointments/{id}")).await.words();
        assert!(words.contains("18:00 bis 20:00 Uhr") && !words.contains("nach der Uhr in"), "the same clock needs no second one: {words}");
        act(&app, BEN, &id, "confirm", json!({"slot": "2027-10-30T22:00:00Z"})).await;
        let mail = app.mail_to(PM).await;
        assert!(mail.text.contains("31 October 2027") && mail.text.contains("by the clock of America/New York"), "{}", mail.text);
    }

    async fn an_appointment_as_a_file_is_read_by_other_programs_and_nothing_in_it_begins_a_line(app: TestApp) {
        let evil = "Test;\r\nBEGIN:VEVENT\r\nSUMMARY:Injected\u{7}\u{2028}, \\n \"quoted\" Größe 老虎";
        let body = json!({"title": evil, "notes": format!("{}\r\nATTENDEE:mailto:x@y.example\r\n{evil}", "long ".repeat(80)), "place": "Hall 4; gate, 2", "link": "https://meet.example/a?b=c;d,e"});
        let id = proposed(&app, body).await;
        let mut ben = app.browser(BEN).await;
        let proposed = read(&ben.get(&format!("/appointments/{id}/calendar.ics")).await);
        assert_eq!(proposed["events"].as_array().unwrap().len(), 3);
        assert!(proposed["events"].as_array().unwrap().iter().all(|e| e["status"] == "TENTATIVE"));
        act(&app, BEN, &id, "confirm", json!({"slot": SLOTS[0]})).await;
        let file = ben.get(&format!("/appointments/{id}/calendar.ics")).await;
        assert!(file.header("content-disposition").starts_with("attachment;"));
        let read_again = read(&file);
        let events = read_again["events"].as_array().unwrap();
        assert_eq!((events.len(), &read_again["components"]), (1, &json!(["VCALENDAR", "VEVENT"])), "{read_again}");
        let event = &events[0];
        assert_eq!(event["summary"], "Test; BEGIN:VEVENT SUMMARY:Injected , \\n \"quoted\" Größe 老虎", "{event}");
        assert_eq!(event["location"], "Hall 4; gate, 2");
        assert!(event["description"].as_str().unwrap().contains("\nATTENDEE:mailto:x@y.example\n"), "text, and no line of its own");
        assert_eq!((&event["dtstart"], &event["dtend"]), (&json!("2026-11-25T08:00:00Z"), &json!("2026-11-25T10:00:00Z")));
        assert_eq!((&event["status"], &event["sequence"], &event["uid"]), (&json!("CONFIRMED"), &json!("2"), &json!(format!("{id}@127.0.0.1"))));
        assert!(event["url"].as_str().unwrap().ends_with(&format!("/appointments/{id}")) && !file.text().contains("Mind the manager"));
        assert_eq!(app.browser("carla@borealis.example").await.get(&format!("/appointments/{id}/calendar.ics")).await.status, 404);
        assert_eq!(app.visitor().get(&format!("/appointments/{id}/calendar.ics")).await.status, 303, "to sign in");
        assert_eq!(read(&app.token(BEN).await.get(&format!("/api/v1/appointments/{id}/calendar.ics")).await)["events"][0]["status"], "CONFIRMED");
    }

    async fn the_private_calendar_shows_what_its_owner_may_see_now_and_ends_when_it_is_taken_back(app: TestApp) {
        let id = agreed(&app).await;
        let other = proposed(&app, json!({"title": "Measuring"})).await;
        let address = feed(&app, BEN).await;
        let carla = feed(&app, "carla@borealis.example").await;
        let pm = feed(&app, PM).await;
        let mut program = app.visitor();
        let events = |read: &Value| read["events"].as_array().unwrap().clone();
        let seen = events(&read(&program.get(&address).await));
        assert_eq!(seen.len(), 4, "one agreed and three proposed: {seen:?}");
        assert!(program.cookie.is_none(), "no session begins");
        let of = |events: &[Value]| events.iter().find(|e| e["uid"] == format!("{id}@127.0.0.1")).cloned().unwrap();
        let before = of(&seen);
        assert_eq!(before["status"], "CONFIRMED");
        assert!(seen.iter().any(|e| e["summary"] == "Measuring (proposed)" && e["status"] == "TENTATIVE"));
        assert!(events(&read(&program.get(&carla).await)).is_empty());
        assert_eq!(events(&read(&program.get(&pm).await)).len(), 4, "what staff take part in");
        assert!(events(&read(&program.get(&feed(&app, SUPPORT).await).await)).is_empty());
        assert!(events(&read(&program.get(&feed(&app, "finance@nordlicht.example").await).await)).is_empty());
        // The same event, later and called off; what was only proposed is gone.
        act(&app, BEN, &id, "cancel", json!({"reason": "x"})).await;
        act(&app, BEN, &other, "cancel", json!({"reason": "x"})).await;
        let seen = events(&read(&program.get(&address).await));
        let after = of(&seen);
        assert_eq!((seen.len(), &after["status"]), (1, &json!("CANCELLED")), "{seen:?}");
        assert!(after["sequence"].as_str().unwrap() > before["sequence"].as_str().unwrap());
        // Rights are read at the act.
        let ben = app.literal(app.user(BEN).0);
        app.sql(&format!("UPDATE memberships SET orders = 'none' WHERE user_id = {ben}")).await;
        assert!(events(&read(&program.get(&address).await)).is_empty());
        app.sql(&format!("UPDATE memberships SET orders = 'own' WHERE user_id = {ben}")).await;
        app.sql(&format!("UPDATE users SET state = 'suspended' WHERE id = {ben}")).await;
        assert_eq!(program.get(&address).await.status, 404);
        app.sql(&format!("UPDATE users SET state = 'active' WHERE id = {ben}")).await;
        assert_eq!(program.get(&address).await.status, 200);
        // Nothing stored gives it away; a new one ends the old one; taken back, nothing is left.
        let token = address.rsplit('/').next().unwrap().trim_end_matches(".ics").to_owned();
        assert!(token.len() == 64 && !format!("{:?}", app.sql("SELECT * FROM audit_events").await).contains(&token));
        let renewed = feed(&app, BEN).await;
        assert_eq!((program.get(&address).await.status, program.get(&renewed).await.status), (404, 200));
        let mut browser = app.browser(BEN).await;
        assert!(browser.get("/account/calendar").await.words().contains("Last asked for"));
        let done = browser.post("/_fn/account/revoke_calendar", &[]).await;
        assert!(browser.follow(&done).await.words().contains("The address no longer works."));
        for gone in [renewed.as_str(), "/calendar/x.ics", "/calendar/x", &format!("/calendar/{token}")] {
            assert_eq!(program.get(gone).await.status, 404, "{gone}");
        }
        app.clock.advance(Duration::from_secs(11 * 60));
        assert!(browser.post("/_fn/account/renew_calendar", &[]).await.location().starts_with("/sign-in/confirm"), "with a fresh proof only");
    }

    async fn people_are_reminded_the_day_before_once(app: TestApp) {
        agreed(&app).await;
        app.run_jobs().await;
        let ctx = app.state.ctx(app::access::Actor::operator(), "test");
        let reminders = async || app.outbox().iter().filter(|mail| mail.subject == "Reminder: Factory test").count();
        // It is on Wednesday: on Monday nobody is reminded, on Tuesday everybody who takes part.
        app.clock.advance(HOUR * 2 * 24);
        app::appointments::remind::run(&ctx).await.unwrap();
        app.run_jobs().await;
        assert_eq!(reminders().await, 0);
        app.clock.advance(HOUR * 24);
        for _ in 0..2 {
            app::appointments::remind::run(&ctx).await.unwrap();
            app.run_jobs().await;
        }
        assert_eq!(reminders().await, 2);
    }

    async fn the_same_request_again_does_nothing_twice_and_a_token_for_appointments_is_enough(app: TestApp) {
        let token = app.scoped_token(PM, &["appointments"]).await;
        let key = [("idempotency-key", "k-1")];
        let first = token.post_with("/api/v1/appointments", new(&app, json!({})), &key).await;
        let again = token.post_with("/api/v1/appointments", new(&app, json!({})), &key).await;
        assert_eq!((first.status, again.status), (201, 201), "{}", again.text());
        assert_eq!(first.json()["id"], again.json()["id"]);
        assert_eq!(token.post_with("/api/v1/appointments", new(&app, json!({"title": "x"})), &key).await.status, 422);
        let path = first.location().to_owned();
        let ben = app.token(BEN).await;
        for _ in 0..2 {
            let answer = ben.post_with(&format!("{path}/confirm"), json!({"slot": SLOTS[0]}), &[("idempotency-key", "k-2")]).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'appointment.confirm'").await, 1);
        assert_eq!(token.get("/api/v1/orders").await.status, 403);
        let reads = app.scoped_token(BEN, &["appointments:read"]).await;
        assert_eq!(reads.get(&path).await.status, 200);
        assert_eq!(reads.post(&format!("{path}/cancel"), json!({"reason": "x"})).await.status, 403);
        assert_eq!(app.scoped_token(BEN, &["orders"]).await.get(&path).await.status, 403);
        assert!(app.scoped_token(BEN, &["documents"]).await.get("/api/v1/documents").await.status == 200);
    }
}

/// No list walks all the appointments there are: each of its ranges is one of an index, in the list's order.
#[tokio::test]
async fn lists_of_appointments_read_ranges_of_their_indexes() {
    let app = TestApp::new(Engine::Sqlite).await;
    let names = [
        "UPCOMING",
        "UPCOMING_STATE",
        "UPCOMING_WISHED",
        "PAST",
        "PAST_STATE",
        "OF_ORGANISATION",
        "OF_ORGANISATION_PAST",
        "MINE",
        "MINE_PAST",
    ];
    let mut found = 0;
    for entry in app::db::STATEMENTS.iter() {
        if !names.iter().any(|name| entry.name.ends_with(&format!("appointments::store::{name}"))) {
            continue;
        }
        found += 1;
        let plan = app.sql(&format!("EXPLAIN QUERY PLAN {}", entry.sqlite)).await;
        let steps: Vec<String> = plan.into_iter().filter_map(|row| row.into_iter().next_back()).collect();
        let scans = steps.iter().any(|step| step.starts_with("SCAN a ") || step.starts_with("SCAN p "));
        // The few that wait for an answer of ours are an index of their own.
        let few = entry.name.ends_with("UPCOMING_WISHED");
        assert!(!scans || few, "{}: {steps:#?}", entry.name);
        assert!(
            steps.iter().any(|step| step.contains("appointments_by_") || step.contains("appointment_people_by_user"))
        );
    }
    assert_eq!(found, names.len());
}
