//! Approvals through their doors: who is asked, who decides, and what becomes of it.

use std::time::Duration;

use app::approvals::model::{NewApproval, NewStep, Round, Say, State};
use app::approvals::service;
use app::documents::model::{Audience, Category};
use app::error::AppError;
use app::files::FileName;
use app::ids::{ApprovalId, DocumentId};
use bytes::Bytes;

use crate::support::{TestApp, both, files};

pub const DAY: Duration = Duration::from_secs(24 * 3600);

pub async fn contract(app: &TestApp) -> DocumentId {
    app.published("Maintenance contract", Category::Contract, Audience::Organisation).await
}

pub async fn ask(app: &TestApp, id: DocumentId, people: &[&str], needed: i64) -> Round {
    let ctx = app.ctx("pm@nordlicht.example").await;
    let people = people.iter().map(|email| app.user(email)).collect();
    let due_at = app.clock.now().plus(DAY * 7);
    let new = NewApproval {
        version: 1,
        steps: vec![NewStep::of(people, needed)],
        due_at,
        message: "Please look at page 6.".to_owned(),
    };
    service::ask(&ctx, id, new).await.unwrap()
}

pub async fn say(app: &TestApp, email: &str, id: ApprovalId, approve: bool, comment: &str) -> Result<Round, AppError> {
    let ctx = app.ctx(email).await;
    service::decide(&ctx, id, Say { approve, comment: comment.to_owned(), shown: None }).await
}

pub async fn add_version(app: &TestApp, id: DocumentId) {
    let ctx = app.ctx("pm@nordlicht.example").await;
    let granted = app::documents::upload::grant_version(&ctx, id).await.unwrap();
    let bytes = futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from(files::pdf("corrected")))]);
    let name = FileName::parse("contract.pdf");
    app::documents::upload::add_version(&ctx, granted, &name, bytes).await.unwrap();
}

pub async fn rounds(app: &TestApp, id: DocumentId) -> Vec<Round> {
    service::of_document(&app.ctx("pm@nordlicht.example").await, id).await.unwrap()
}

both! {
    async fn a_contract_is_declined_corrected_and_approved_through_the_pages(app: TestApp) {
        let id = contract(&app).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let page = pm.get(&format!("/staff/documents/{id}/approval")).await;
        assert_eq!(page.status, 200);
        assert!(page.words().contains("Anna Albers") && page.words().contains("Henning") && !page.words().contains("Carla"));
        let (anna, ben) = (app.user("anna@acme.example").to_string(), app.user("ben@acme.example").to_string());
        let form = id.to_string();
        let asked = pm.post("/_fn/approvals/ask", &[("document", form.as_str()), ("version", "1"), ("people[0]", &anna), ("people[1]", &ben), ("rule", "count"), ("needed", "2"), ("due", "2026-12-24"), ("message", "Please look at page 6.")]).await;
        assert_eq!((asked.status, asked.location()), (303, format!("/staff/documents/{id}").as_str()));
        let mail = app.mail_to("ben@acme.example").await;
        assert!(mail.subject.contains("Maintenance contract") && mail.text.contains("page 6"), "{mail:?}");

        // It is the first thing on Ben's home, with one action, and he declines it with a reason.
        let mut ben = app.browser("ben@acme.example").await;
        let home = ben.get("/").await.words();
        assert!(home.contains("Approve “Maintenance contract”"), "{home}");
        let page = ben.get(&format!("/documents/{id}")).await;
        assert!(page.words().contains("Approve version 1") && page.words().contains("2 must approve"), "{}", page.words());
        let round = rounds(&app, id).await.remove(0);
        let approval = round.approval.id.to_string();
        let shown = ben.get(&format!("/documents/{id}/decline")).await.field("shown");
        let decline = |comment: &'static str| vec![("approval", approval.clone()), ("document", form.clone()), ("decision", "decline".to_owned()), ("comment", comment.to_owned()), ("shown", shown.clone())];
        let send = |fields: &[(&'static str, String)]| fields.iter().map(|(k, v)| (*k, v.clone())).collect::<Vec<_>>();
        let empty = send(&decline(""));
        let refused = ben.post("/_fn/approvals/decide", &empty.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>()).await;
        assert_eq!(refused.location(), format!("/documents/{id}/decline"));
        assert!(ben.get(refused.location()).await.words().contains("Say why"));
        let reason = send(&decline("Two sensors are not enough."));
        let done = ben.post("/_fn/approvals/decide", &reason.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>()).await;
        assert_eq!(done.location(), format!("/documents/{id}"));
        // Both had to agree: it is over, Anna has nothing to decide, and whoever asked is told why.
        assert_eq!(rounds(&app, id).await[0].approval.state, State::Declined);
        assert!(!app.browser("anna@acme.example").await.get("/").await.words().contains("Approve “"));
        let told = app.mail_to("pm@nordlicht.example").await;
        assert!(told.subject.contains("Declined") && told.text.contains("Two sensors are not enough."), "{told:?}");

        // A corrected version asks both again and says so; the old decision stays with the old version.
        add_version(&app, id).await;
        assert!(app.mail_to("anna@acme.example").await.text.contains("new version"));
        let all = rounds(&app, id).await;
        assert_eq!(all.iter().map(|r| (r.approval.version, r.approval.state)).collect::<Vec<_>>(), [(2, State::Open), (1, State::Declined)]);
        assert_ne!(all[0].approval.sha256, all[1].approval.sha256);
        let second = all[0].approval.id;
        say(&app, "ben@acme.example", second, true, "").await.unwrap();
        let round = say(&app, "anna@acme.example", second, true, "Agreed.").await.unwrap();
        assert_eq!((round.approval.state, round.approved()), (State::Approved, 2));
        let staff = pm.get(&format!("/staff/documents/{id}")).await.words();
        assert!(staff.contains("Approved") && staff.contains("Two sensors are not enough."), "{staff}");
    }

    async fn nobody_decides_twice_or_unasked_or_what_is_over(app: TestApp) {
        let id = contract(&app).await;
        let round = ask(&app, id, &["anna@acme.example", "ben@acme.example"], 1).await;
        let approval = round.approval.id;
        assert!(matches!(say(&app, "henning@acme.example", approval, true, "").await, Err(AppError::Forbidden)));
        assert!(matches!(say(&app, "carla@borealis.example", approval, true, "").await, Err(AppError::NotFound)));
        assert!(matches!(say(&app, "pm@nordlicht.example", approval, true, "").await, Err(AppError::Forbidden)));
        assert!(matches!(say(&app, "admin@nordlicht.example", approval, true, "").await, Err(AppError::Forbidden)));
        say(&app, "ben@acme.example", approval, true, "").await.unwrap();
        // Any one was enough: Anna comes too late, and Ben has spoken.
        for email in ["ben@acme.example", "anna@acme.example"] {
            assert!(matches!(say(&app, email, approval, false, "No.").await, Err(AppError::Conflict(_))), "{email}");
        }
        let round = rounds(&app, id).await.remove(0);
        assert_eq!((round.approval.state, round.approved()), (State::Approved, 1));
    }

    async fn of_two_who_decide_at_once_each_counts_once(app: TestApp) {
        let id = contract(&app).await;
        let approval = ask(&app, id, &["anna@acme.example", "ben@acme.example"], 2).await.approval.id;
        let (anna, ben, again) = tokio::join!(
            say(&app, "anna@acme.example", approval, true, ""),
            say(&app, "ben@acme.example", approval, true, ""),
            say(&app, "ben@acme.example", approval, true, ""),
        );
        assert!(anna.is_ok());
        assert_eq!([&ben, &again].iter().filter(|r| r.is_ok()).count(), 1, "{ben:?} {again:?}");
        let round = rounds(&app, id).await.remove(0);
        assert_eq!((round.approval.state, round.approved()), (State::Approved, 2));
    }

    async fn a_decision_about_a_version_that_was_replaced_meanwhile_is_not_recorded(app: TestApp) {
        let id = contract(&app).await;
        let old = ask(&app, id, &["ben@acme.example"], 1).await.approval.id;
        let mut ben = app.browser("ben@acme.example").await;
        let shown = ben.get(&format!("/documents/{id}")).await.field("shown");
        add_version(&app, id).await;
        let (approval, document) = (old.to_string(), id.to_string());
        let late = ben.post("/_fn/approvals/decide", &[("approval", approval.as_str()), ("document", document.as_str()), ("decision", "approve"), ("shown", &shown)]).await;
        assert_eq!(late.location(), format!("/documents/{id}"));
        let page = ben.get(late.location()).await.words();
        assert!(page.contains("your decision was not recorded") && page.contains("Approve version 2"), "{page}");
        let all = rounds(&app, id).await;
        assert_eq!(all.iter().map(|r| (r.approval.state, r.approved())).collect::<Vec<_>>(), [(State::Open, 0), (State::Outdated, 0)]);
    }

    async fn an_answer_while_a_new_version_comes_is_recorded_for_its_own_version_or_not_at_all(app: TestApp) {
        for _ in 0..6 {
            let id = contract(&app).await;
            let asked = ask(&app, id, &["ben@acme.example"], 1).await.approval;
            let (said, ()) = tokio::join!(say(&app, "ben@acme.example", asked.id, true, ""), add_version(&app, id));
            let all = rounds(&app, id).await;
            let stands: Vec<_> = all.iter().map(|round| (round.approval.version, round.approval.state, round.approved())).collect();
            let old = match &said {
                Ok(_) => (1, State::Approved, 1),
                Err(AppError::Conflict(_)) => (1, State::Outdated, 0),
                Err(other) => panic!("{other:?}"),
            };
            assert_eq!(stands, [(2, State::Open, 0), old], "the new version asks again, whoever was first");
            assert_eq!(all[1].approval.sha256, asked.sha256);
            assert_ne!(all[0].approval.sha256, asked.sha256);
            let events = app.sql(&format!("SELECT detail FROM audit_events WHERE action = 'approval.approve' AND object_id = {}", app.literal(id.0))).await;
            assert_eq!(events.len(), usize::from(said.is_ok()));
            for event in &events {
                assert!(event[0].contains(&asked.sha256_hex()) && event[0].contains("\"version\":\"1\""), "{event:?}");
            }
        }
    }

    async fn an_answer_whose_deadline_passes_between_the_look_and_the_click_counts_and_the_page_says_so(app: TestApp) {
        for (decision, words, state) in [
            ("approve", "You have approved version 1. The deadline was over", State::Approved),
            ("decline", "You have declined version 1. The deadline was over", State::Declined),
        ] {
            let id = contract(&app).await;
            let approval = ask(&app, id, &["ben@acme.example"], 1).await.approval.id;
            let due = app.clock.now().plus(Duration::from_secs(60));
            for table in ["approvals SET due_at = {due} WHERE id", "approval_seats SET due_at = {due} WHERE approval_id"] {
                app.sql(&format!("UPDATE {} = {}", table.replace("{due}", &due.0.to_string()), app.literal(approval.0))).await;
            }
            let mut ben = app.browser("ben@acme.example").await;
            let page = if decision == "approve" { format!("/documents/{id}") } else { format!("/documents/{id}/decline") };
            let shown = ben.get(&page).await.field("shown");
            app.advance(Duration::from_secs(120));
            let (approval, document) = (approval.to_string(), id.to_string());
            let fields = [("approval", approval.as_str()), ("document", document.as_str()), ("decision", decision), ("comment", "Page 6."), ("shown", shown.as_str())];
            let sent = ben.post("/_fn/approvals/decide", &fields).await;
            let back = ben.follow(&sent).await.words();
            assert!(back.contains(words), "{back}");
            assert_eq!(rounds(&app, id).await[0].approval.state, state);
        }
    }

    async fn a_form_with_mistakes_says_where_and_keeps_what_was_chosen(app: TestApp) {
        let id = contract(&app).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let (document, ben) = (id.to_string(), app.user("ben@acme.example").to_string());
        let carla = app.user("carla@borealis.example").to_string();
        let sent = pm.post("/_fn/approvals/ask", &[("document", document.as_str()), ("version", "1"), ("people[0]", &ben), ("people[1]", &carla), ("rule", "count"), ("needed", "5"), ("due", "2020-01-01"), ("message", "Kept")]).await;
        let page = pm.get(sent.location()).await;
        for text in ["One of these people cannot read the document", "from 1 to 2", "a day from today on"] {
            assert!(page.words().contains(text), "{text}: {}", page.words());
        }
        assert!(page.text().contains("Kept") && page.text().contains("value=\"2020-01-01\""));
        assert!(rounds(&app, id).await.is_empty());
    }

    async fn staff_see_who_has_not_decided_and_remind_them_once_a_day(app: TestApp) {
        let id = contract(&app).await;
        let approval = ask(&app, id, &["anna@acme.example", "ben@acme.example"], 2).await.approval.id;
        say(&app, "anna@acme.example", approval, true, "").await.unwrap();
        app.run_jobs().await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let page = pm.get("/staff/approvals").await.words();
        assert!(page.contains("Maintenance contract") && page.contains("Ben Brandt") && page.contains("1/2"), "{page}");
        // Not of this customer, not a member of staff.
        assert_eq!(app.browser("anna@acme.example").await.get("/staff/approvals").await.status, 403);
        let before = app.outbox().len();
        let form = approval.to_string();
        for (reminded, words) in [(1, "One person is reminded."), (1, "Nobody was reminded")] {
            let sent = pm.post("/_fn/approvals/remind", &[("approvals[0]", form.as_str()), ("return_to", "/staff/approvals")]).await;
            app.run_jobs().await;
            assert_eq!(app.outbox().len() - before, reminded);
            assert!(pm.get(sent.location()).await.words().contains(words), "{words}");
        }
        assert!(app.mail_to("ben@acme.example").await.subject.contains("Reminder: Maintenance contract"));
        // Late from the day after the deadline.
        assert!(!pm.get("/staff/approvals?state=late").await.words().contains("Maintenance contract"));
        app.advance(DAY * 8);
        let mut pm = app.browser("pm@nordlicht.example").await;
        assert!(pm.get("/staff/approvals?state=late").await.words().contains("Maintenance contract"));
    }

    async fn the_portal_reminds_by_itself_before_the_deadline_and_after_it(app: TestApp) {
        let id = contract(&app).await;
        ask(&app, id, &["ben@acme.example"], 1).await;
        app.run_jobs().await;
        let count = |app: &TestApp| app.outbox().iter().filter(|mail| mail.subject.contains("Reminder: Maintenance contract")).count();
        let job = app.state.ctx(app::access::Actor::operator(), "jobs");
        // (days later, mails by then): the deadline is after seven days.
        for (days, expected) in [(3, 0), (3, 1), (0, 1), (1, 1), (3, 2), (40, 2)] {
            app.advance(DAY * days);
            app::approvals::remind::run(&job).await.unwrap();
            app.run_jobs().await;
            assert_eq!(count(&app), expected, "after {days} more days");
        }
    }

    async fn of_two_who_ask_while_a_version_comes_one_question_is_left_and_it_is_about_the_new_one(app: TestApp) {
        for _ in 0..8 {
            let id = contract(&app).await;
            let ctx = app.ctx("pm@nordlicht.example").await;
            let new = || NewApproval { version: 1, steps: vec![NewStep::of(vec![app.user("ben@acme.example")], 1)], due_at: app.clock.now().plus(DAY), message: String::new() };
            let (one, two, ()) = tokio::join!(service::ask(&ctx, id, new()), service::ask(&ctx, id, new()), add_version(&app, id));
            for asked in [&one, &two] {
                assert!(matches!(asked, Ok(_) | Err(AppError::Conflict(_))), "{asked:?}");
            }
            assert!(one.is_err() || two.is_err(), "both asked");
            let rounds = rounds(&app, id).await;
            let open: Vec<i64> = rounds.iter().filter(|r| r.approval.state == State::Open).map(|r| r.approval.version).collect();
            assert_eq!(open, if one.is_ok() || two.is_ok() { vec![2] } else { vec![] });
        }
    }

    async fn a_partner_who_reads_it_learns_names_and_no_addresses(app: TestApp) {
        let people = vec![app.user("ben@acme.example"), app.user("eva@partner.example")];
        let id = app.published("For two", Category::Contract, Audience::People(people)).await;
        ask(&app, id, &["ben@acme.example", "eva@partner.example"], 2).await;
        for (email, shown) in [("eva@partner.example", false), ("ben@acme.example", true)] {
            let api = app.token(email).await.get(&format!("/api/v1/documents/{id}/approvals")).await;
            assert_eq!(api.text().contains("ben@acme.example"), shown, "{email}: {}", api.text());
            let page = app.browser(email).await.get(&format!("/documents/{id}")).await.text();
            let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap().to_owned();
            assert!(main.contains("Ben Brandt"), "{email}");
            assert_eq!(main.contains("ben@acme.example"), shown, "{email}");
        }
    }

    async fn what_is_taken_back_asks_nobody(app: TestApp) {
        let id = contract(&app).await;
        let approval = ask(&app, id, &["ben@acme.example"], 1).await.approval.id;
        let pm = app.ctx("pm@nordlicht.example").await;
        assert_eq!(service::withdraw(&pm, approval).await.unwrap().approval.state, State::Withdrawn);
        assert!(matches!(say(&app, "ben@acme.example", approval, true, "").await, Err(AppError::Conflict(_))));
        // A new version asks nobody who was let off; a document that is taken back takes its question along.
        add_version(&app, id).await;
        assert_eq!(rounds(&app, id).await.len(), 1);
        let due_at = app.clock.now().plus(DAY);
        let new = NewApproval { version: 2, steps: vec![NewStep::of(vec![app.user("ben@acme.example")], 1)], due_at, message: String::new() };
        service::ask(&pm, id, new).await.unwrap();
        app::documents::service::withdraw(&pm, id, &app::documents::service::Seen::default()).await.unwrap();
        assert_eq!(rounds(&app, id).await[0].approval.state, State::Withdrawn);
    }

    async fn programs_ask_and_decide_too(app: TestApp) {
        let id = contract(&app).await;
        let pm = app.token("pm@nordlicht.example").await;
        let ben = app.user("ben@acme.example").to_string();
        let path = format!("/api/v1/documents/{id}/approvals");
        let asked = pm.post(&path, serde_json::json!({"version": 1, "people": [ben], "due": "2026-12-24"})).await;
        assert_eq!(asked.status, 201, "{}", asked.text());
        let approval = asked.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(pm.get("/api/v1/approvals").await.json()["items"][0]["id"], approval.as_str());
        let decision = format!("/api/v1/approvals/{approval}/decision");
        let reader = app.token("ben@acme.example").await;
        assert_eq!(reader.post(&decision, serde_json::json!({"decision": "decline"})).await.status, 422);
        let done = reader.post(&decision, serde_json::json!({"decision": "approve"})).await;
        assert_eq!((done.status, done.json()["state"].as_str().unwrap()), (200, "approved"));
        assert_eq!(reader.post(&decision, serde_json::json!({"decision": "approve"})).await.status, 409);
        assert_eq!(reader.get(&path).await.json()["items"][0]["people"][0]["decision"], "approved");
    }
}
