//! Another of the proposed times in place of the agreed one: by the customer alone, while it is free and there is time.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Answer, TestApp, both};

const PM: &str = "pm@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const DIRK: &str = "dirk@borealis.example";
const HOUR: Duration = Duration::from_secs(3600);

/// What the tests propose: the clock stands at Saturday, 21 November 2026, 12:00 UTC.
const SLOTS: [&str; 3] = ["2026-11-25T08:00:00Z", "2026-11-26T12:00:00Z", "2026-11-27T08:00:00Z"];

async fn act(app: &TestApp, email: &str, id: &str, verb: &str, body: Value) -> Answer {
    app.token(email).await.post(&format!("/api/v1/appointments/{id}/{verb}"), body).await
}

/// An appointment of a customer, agreed for the first of the times proposed to them.
async fn agreed(app: &TestApp, customer: &str, person: &str, slots: &[&str]) -> String {
    let body = json!({
        "organisation_id": app.organisation(customer), "title": "Factory test", "place": "Hall 4, Kiel", "phone": "+49 431 5550140",
        "minutes": 120, "time_zone": "Europe/Berlin", "participants": [app.user(person), app.user(PM)], "slots": slots,
    });
    let made = app.token(PM).await.post("/api/v1/appointments", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let confirmed = act(app, person, &id, "confirm", json!({"slot": slots[0]})).await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    id
}

async fn read(app: &TestApp, email: &str, id: &str) -> Value {
    app.token(email).await.get(&format!("/api/v1/appointments/{id}")).await.json()
}

fn micros(slot: &str) -> String {
    slot.parse::<jiff::Timestamp>().unwrap().as_microsecond().to_string()
}

/// The one event of an appointment's file, read by a library that is not ours.
#[expect(clippy::disallowed_methods, reason = "set by script/test")]
async fn event(app: &TestApp, email: &str, id: &str) -> Value {
    let file = app.browser(email).await.get(&format!("/appointments/{id}/calendar.ics")).await;
    assert_eq!(file.status, 200);
    let python = std::env::var("TEST_ICALENDAR").expect("run the tests through script/test, which installs the reader");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/icalendar/read.py");
    let mut child = Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&file.body).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", file.text());
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(read["events"].as_array().unwrap().len(), 1, "{read}");
    read["events"][0].clone()
}

both! {
    async fn a_customer_moves_an_appointment_to_another_proposed_time_and_staff_only_hear_of_it(app: TestApp) {
        let id = agreed(&app, "acme", BEN, &SLOTS).await;
        let before = event(&app, BEN, &id).await;
        // A wish that nobody has answered yet is settled by it.
        assert_eq!(act(&app, BEN, &id, "reschedule", json!({"wish": "A day later"})).await.status, 200);
        app.run_jobs().await;
        let mut ben = app.browser(BEN).await;
        let page = ben.get(&format!("/appointments/{id}")).await;
        let words = page.words();
        for part in ["Another of the proposed times?", "Thursday, 26 November 2026, 13:00 to 15:00", "Friday, 27 November 2026, 09:00 to 11:00", "Take instead"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        let (revision, slot) = (page.field("revision"), micros(SLOTS[1]));
        let done = ben.post("/_fn/appointments/retime", &[("appointment", &id), ("revision", &revision), ("slot", &slot)]).await;
        let words = ben.follow(&done).await.words();
        let told = "Ben Brandt has moved it from Wednesday, 25 November 2026, 09:00 to Thursday, 26 November 2026, 13:00";
        for part in ["The appointment is moved.", told, "until Wednesday, 25 November 2026, 13:00"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert!(!words.contains("You have asked for another time."), "{words}");
        let now = read(&app, BEN, &id).await;
        assert_eq!((&now["state"], &now["starts_at"], &now["slots"]), (&json!("confirmed"), &json!(SLOTS[1]), &json!([])));
        assert_eq!(now["other_slots"], json!([SLOTS[0], SLOTS[2]]), "the time before is free again");
        let mail = app.mail_to(PM).await;
        assert_eq!(mail.subject, "Moved: Factory test");
        for part in ["Ben Brandt has chosen another of the proposed times", "Thursday, 26 November 2026, 13:00 to 15:00"] {
            assert!(mail.text.contains(part), "{part}: {}", mail.text);
        }
        assert!(!mail.text.contains("25 November"), "{}", mail.text);
        assert_eq!(mail.path(), format!("/staff/appointments/{id}"));
        // Calendars move the same entry.
        let after = event(&app, BEN, &id).await;
        let sequence = |event: &Value| event["sequence"].as_str().unwrap().parse::<i64>().unwrap();
        assert!(sequence(&after) > sequence(&before), "{before} {after}");
        assert_eq!((&after["uid"], &after["status"]), (&before["uid"], &json!("CONFIRMED")));
        assert_eq!((&after["dtstart"], &after["dtend"]), (&json!(SLOTS[1]), &json!("2026-11-26T14:00:00Z")));
        // Lists and the trail.
        let wished = app.token(PM).await.get("/api/v1/appointments?wished=true").await.json();
        assert_eq!(wished["items"], json!([]));
        let list = app.browser(PM).await.get("/staff/appointments").await.words();
        assert!(list.contains("Thursday, 26 November") && !list.contains("Wednesday, 25 November"), "{list}");
        let events = app.sql("SELECT action FROM audit_events WHERE action LIKE 'appointment.%' ORDER BY sequence").await;
        assert_eq!(events, [["appointment.propose"], ["appointment.confirm"], ["appointment.wish"], ["appointment.confirm"]]);
    }

    async fn in_the_last_hours_only_staff_move_it_for_whoever_calls(app: TestApp) {
        let id = agreed(&app, "acme", BEN, &SLOTS).await;
        // Twenty hours before it; a customer has until twenty-four.
        app.clock.advance(HOUR * 72);
        let refused = act(&app, BEN, &id, "reschedule", json!({"slot": SLOTS[1]})).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        assert!(refused.text().contains("Petra Mommsen, +49 431 5550140"), "{}", refused.text());
        let page = app.browser(BEN).await.get(&format!("/appointments/{id}")).await;
        assert!(!page.text().contains("/_fn/appointments/retime") && page.words().contains("Please call"), "{}", page.words());
        let page = app.browser(PM).await.get(&format!("/staff/appointments/{id}")).await;
        assert!(page.text().contains("/_fn/appointments/retime"));
        let moved = act(&app, PM, &id, "reschedule", json!({"slot": SLOTS[2]})).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
        assert_eq!(moved.json()["starts_at"], SLOTS[2]);
        assert_eq!(app.mail_to(BEN).await.subject, "Moved: Factory test");
        // A day on: what has passed is not offered.
        app.clock.advance(HOUR * 24);
        assert_eq!(read(&app, PM, &id).await["other_slots"], json!([SLOTS[1]]));
        assert_eq!(act(&app, PM, &id, "reschedule", json!({"slot": SLOTS[0]})).await.status, 422);
    }

    async fn what_was_not_proposed_and_who_may_not_answer_moves_nothing(app: TestApp) {
        let id = agreed(&app, "acme", BEN, &SLOTS).await;
        for slot in ["2026-11-28T08:00:00Z", SLOTS[0], "tomorrow"] {
            let answer = act(&app, BEN, &id, "reschedule", json!({"slot": slot})).await;
            assert_eq!(answer.status, 422, "{slot}: {}", answer.text());
            assert_eq!(answer.json()["errors"]["slot"], json!(["This time is no longer free. Please choose another."]), "{slot}");
        }
        for (email, status) in [("henning@acme.example", 403), ("management@nordlicht.example", 403), (DIRK, 404), ("finance@nordlicht.example", 404)] {
            assert_eq!(act(&app, email, &id, "reschedule", json!({"slot": SLOTS[1]})).await.status, status, "{email}");
        }
        let mut pm = app.browser(PM).await;
        crate::view_as::begin(&app, &mut pm, BEN).await;
        assert!(!pm.get(&format!("/appointments/{id}")).await.text().contains("/_fn/appointments/retime"));
        let slot = micros(SLOTS[1]);
        assert_eq!(pm.post("/_fn/appointments/retime", &[("appointment", &id), ("revision", "2"), ("slot", &slot)]).await.status, 403);
        assert_eq!(read(&app, BEN, &id).await["starts_at"], SLOTS[0]);
        // New times of staff replace what was proposed before: then there is nothing to move, but to choose.
        let times = json!({"slots": ["2026-12-02T08:00:00Z", "2026-12-03T08:00:00Z"]});
        assert_eq!(act(&app, PM, &id, "reschedule", times).await.status, 200);
        assert_eq!(act(&app, BEN, &id, "reschedule", json!({"slot": "2026-12-03T08:00:00Z"})).await.status, 409);
        assert_eq!(act(&app, BEN, &id, "confirm", json!({"slot": "2026-12-02T08:00:00Z"})).await.status, 200);
        assert_eq!(act(&app, BEN, &id, "reschedule", json!({"slot": SLOTS[1]})).await.status, 422, "not one of these");
        assert_eq!(act(&app, BEN, &id, "reschedule", json!({"slot": "2026-12-03T08:00:00Z"})).await.status, 200);
        assert_eq!(act(&app, BEN, &id, "cancel", json!({})).await.status, 200);
        assert_eq!(act(&app, BEN, &id, "reschedule", json!({"slot": "2026-12-02T08:00:00Z"})).await.status, 409);
    }

    async fn of_two_colleagues_who_choose_at_once_one_does_and_the_other_reads_what_has_happened(app: TestApp) {
        let id = agreed(&app, "acme", BEN, &SLOTS).await;
        let path = format!("/api/v1/appointments/{id}/reschedule");
        let (ben, anna) = (app.token(BEN).await, app.token(ANNA).await);
        let seen = [("if-match", "\"2\"")];
        let (one, two) = tokio::join!(
            ben.post_with(&path, json!({"slot": SLOTS[1]}), &seen),
            anna.post_with(&path, json!({"slot": SLOTS[2]}), &seen)
        );
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "{} {}", one.text(), two.text());
        let chosen = if one.status == 200 { SLOTS[1] } else { SLOTS[2] };
        assert_eq!(read(&app, BEN, &id).await["starts_at"], chosen);
        assert_eq!(app.count("SELECT COUNT(*) FROM appointment_changes WHERE act = 'retimed'").await, 1);
        let mut browser = app.browser(BEN).await;
        let slot = micros(SLOTS[0]);
        let late = browser.post("/_fn/appointments/retime", &[("appointment", &id), ("revision", "2"), ("slot", &slot)]).await;
        let words = browser.follow(&late).await.words();
        assert!(words.contains("Somebody was faster:") && words.contains("has moved it from Wednesday, 25 November 2026, 09:00"), "{words}");
    }

    async fn two_customers_do_not_get_the_same_people_for_the_same_time(app: TestApp) {
        let acme = agreed(&app, "acme", BEN, &SLOTS).await;
        // From an hour after ACME's second time on, which takes two.
        let theirs = ["2026-11-25T14:00:00Z", "2026-11-26T13:00:00Z"];
        let borealis = agreed(&app, "borealis", DIRK, &theirs).await;
        assert_eq!(read(&app, BEN, &acme).await["other_slots"], json!([SLOTS[1], SLOTS[2]]));
        let (one, two) = tokio::join!(
            act(&app, BEN, &acme, "reschedule", json!({"slot": SLOTS[1]})),
            act(&app, DIRK, &borealis, "reschedule", json!({"slot": theirs[1]}))
        );
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422], "{} {}", one.text(), two.text());
        let (person, loser, left) = if one.status == 200 { (DIRK, borealis, json!([])) } else { (BEN, acme, json!([SLOTS[2]])) };
        assert_eq!(read(&app, person, &loser).await["other_slots"], left, "not offered any more");
    }

    async fn over_the_change_of_the_clock_every_time_is_what_the_clock_shows(app: TestApp) {
        // In the night to Sunday, 31 October 2027 the clock goes back in Berlin.
        let slots = ["2027-10-30T22:00:00Z", "2027-10-31T14:00:00Z", "2027-11-01T14:00:00Z"];
        let id = agreed(&app, "acme", BEN, &slots).await;
        app.run_jobs().await;
        let mut ben = app.browser(BEN).await;
        let page = ben.get(&format!("/appointments/{id}")).await;
        assert!(page.words().contains("Sunday, 31 October 2027, 15:00 to 17:00"), "{}", page.words());
        let (revision, slot) = (page.field("revision"), micros(slots[1]));
        let done = ben.post("/_fn/appointments/retime", &[("appointment", &id), ("revision", &revision), ("slot", &slot)]).await;
        let words = ben.follow(&done).await.words();
        for part in [
            "has moved it from Sunday, 31 October 2027, 00:00 to Sunday, 31 October 2027, 15:00",
            // Twenty-four hours before it, when it was still summer.
            "until Saturday, 30 October 2027, 16:00",
        ] {
            assert!(words.contains(part), "{part}: {words}");
        }
        let event = event(&app, BEN, &id).await;
        assert_eq!((&event["dtstart"], &event["dtend"]), (&json!(slots[1]), &json!("2027-10-31T16:00:00Z")));
        assert!(app.mail_to(PM).await.text.contains("Sunday, 31 October 2027, 15:00 to 17:00"));
    }
}
