//! Approvals that go from one to the next: steps in order, by role, and handed on to a colleague.

use app::access::MembershipRole;
use app::approvals::model::{Decision, NewApproval, NewStep, Round, State};
use app::approvals::service;
use app::documents::model::{Audience, Category};
use app::error::AppError;
use app::ids::DocumentId;

use crate::approvals::{DAY, add_version, ask, contract, rounds, say};
use crate::support::{TestApp, both};

/// Ben first, then whoever administers ACME.
async fn ask_in_steps(app: &TestApp, id: DocumentId) -> Round {
    let ctx = app.ctx("pm@nordlicht.example").await;
    let steps = vec![
        NewStep::of(vec![app.user("ben@acme.example")], 1),
        NewStep { role: Some(MembershipRole::Admin), ..NewStep::default() },
    ];
    let new = NewApproval { version: 1, steps, due_at: app.clock.now().plus(DAY * 7), message: String::new() };
    service::ask(&ctx, id, new).await.unwrap()
}

async fn delegate(app: &TestApp, from: &str, round: &Round, to: &str) -> Result<Round, AppError> {
    service::delegate(&app.ctx(from).await, round.approval.id, app.user(to), "I am away.").await
}

both! {
    async fn whoever_comes_second_is_asked_when_the_first_has_approved(app: TestApp) {
        let id = contract(&app).await;
        let round = ask_in_steps(&app, id).await;
        let approval = round.approval.id;
        assert_eq!((round.steps.len(), round.approval.asked, round.approval.needed), (2, 2, 2));
        // Anna has nothing to do yet: no mail, nothing on her home, and she cannot run ahead.
        assert!(app.mails_to("anna@acme.example").await.iter().all(|mail| !mail.subject.contains("approve")));
        assert!(!app.browser("anna@acme.example").await.get("/").await.words().contains("Approve “"));
        assert!(matches!(say(&app, "anna@acme.example", approval, true, "").await, Err(AppError::Conflict(_))));
        let page = app.browser("anna@acme.example").await.get(&format!("/documents/{id}")).await.words();
        assert!(page.contains("Step 1") && page.contains("Not yet their turn") && !page.contains("Approve version 1"), "{page}");

        let round = say(&app, "ben@acme.example", approval, true, "").await.unwrap();
        assert_eq!((round.approval.state, round.approval.step), (State::Open, 2));
        let mail = app.mail_to("anna@acme.example").await;
        assert!(mail.text.contains("Now it is your turn"), "{}", mail.text);
        assert!(app.browser("anna@acme.example").await.get("/").await.words().contains("Approve “Maintenance contract”"));
        let round = say(&app, "anna@acme.example", approval, true, "").await.unwrap();
        assert_eq!((round.approval.state, round.approved()), (State::Approved, 2));

        // A new version begins with the first again.
        add_version(&app, id).await;
        let again = rounds(&app, id).await.remove(0);
        assert_eq!((again.approval.version, again.approval.state, again.approval.step), (2, State::Open, 1));
        let said: Vec<(&str, Decision)> = again.seats.iter().map(|seat| (seat.name.as_str(), seat.decision)).collect();
        assert_eq!(said, [("Ben Brandt", Decision::Waiting), ("Anna Albers", Decision::Later)]);
    }

    async fn a_no_in_the_first_step_asks_nobody_else(app: TestApp) {
        let id = contract(&app).await;
        let approval = ask_in_steps(&app, id).await.approval.id;
        let round = say(&app, "ben@acme.example", approval, false, "Not like this.").await.unwrap();
        assert_eq!(round.approval.state, State::Declined);
        assert_eq!(round.seat(app.user("anna@acme.example")).unwrap().decision, Decision::Spared);
        assert!(app.mails_to("anna@acme.example").await.iter().all(|mail| !mail.text.contains("your turn")));
    }

    async fn a_role_is_asked_as_a_whole_and_nobody_twice(app: TestApp) {
        let id = contract(&app).await;
        let ctx = app.ctx("pm@nordlicht.example").await;
        let due_at = app.clock.now().plus(DAY);
        let members = NewStep { role: Some(MembershipRole::Member), needed: Some(1), ..NewStep::default() };
        let ben = || NewStep::of(vec![app.user("ben@acme.example")], 1);
        let asked = |steps: Vec<NewStep>| {
            let new = NewApproval { version: 1, steps, due_at, message: String::new() };
            service::ask(&ctx, id, new)
        };
        // By name in two steps is a mistake; by name and by role is not, and asks once.
        let Err(AppError::Invalid(errors)) = asked(vec![ben(), ben()]).await else { panic!("asked twice") };
        assert!(errors.get("people2").is_some());
        let nobody = NewStep { role: Some(MembershipRole::Partner), ..NewStep::default() };
        let Err(AppError::Invalid(errors)) = asked(vec![nobody]).await else { panic!("nobody has it") };
        assert!(errors.get("people").is_some());
        let round = asked(vec![ben(), members]).await.unwrap();
        let of_role: Vec<&str> = round.seats_of(2).map(|seat| seat.name.as_str()).collect();
        assert!(!of_role.is_empty() && !of_role.contains(&"Ben Brandt") && !of_role.contains(&"Anna Albers"), "{of_role:?}");
    }

    async fn a_decision_is_handed_on_once_and_to_somebody_who_reads_it(app: TestApp) {
        let id = contract(&app).await;
        let round = ask(&app, id, &["anna@acme.example", "ben@acme.example"], 2).await;
        for to in ["carla@borealis.example", "anna@acme.example", "ben@acme.example", "pm@nordlicht.example"] {
            assert!(matches!(delegate(&app, "ben@acme.example", &round, to).await, Err(AppError::Invalid(_))), "{to}");
        }
        assert!(matches!(delegate(&app, "henning@acme.example", &round, "ben@acme.example").await, Err(AppError::Forbidden)));
        let mut ben = app.browser("ben@acme.example").await;
        let page = ben.get(&format!("/documents/{id}/delegate")).await;
        assert!(page.words().contains("Henning") && !page.words().contains("Anna Albers may"), "{}", page.words());
        let henning = app.user("henning@acme.example").to_string();
        let (approval, document) = (round.approval.id.to_string(), id.to_string());
        let sent = ben.post("/_fn/approvals/delegate", &[("approval", approval.as_str()), ("document", &document), ("to", &henning), ("comment", "I am away.")]).await;
        assert_eq!(sent.location(), format!("/documents/{id}"));
        assert!(ben.get(sent.location()).await.words().contains("handed on to Henning"));
        let mail = app.mail_to("henning@acme.example").await;
        assert!(mail.text.contains("in their place") && mail.text.contains("I am away."), "{}", mail.text);
        // What was handed on is the other's now, and his alone.
        let late = say(&app, "ben@acme.example", round.approval.id, true, "").await;
        assert!(matches!(late, Err(AppError::Conflict(_))));
        assert!(matches!(delegate(&app, "ben@acme.example", &round, "henning@acme.example").await, Err(AppError::Invalid(_) | AppError::Conflict(_))));
        say(&app, "anna@acme.example", round.approval.id, true, "").await.unwrap();
        let round = say(&app, "henning@acme.example", round.approval.id, true, "").await.unwrap();
        assert_eq!((round.approval.state, round.approved()), (State::Approved, 2));
        // The next version asks whoever decided last.
        add_version(&app, id).await;
        let again = rounds(&app, id).await.remove(0);
        assert!(again.seat(app.user("henning@acme.example")).is_some() && again.seat(app.user("ben@acme.example")).is_none());
    }

    async fn of_two_who_hand_on_to_the_same_colleague_one_does(app: TestApp) {
        let id = contract(&app).await;
        let round = ask(&app, id, &["anna@acme.example", "ben@acme.example"], 2).await;
        let (one, two) = tokio::join!(
            delegate(&app, "anna@acme.example", &round, "henning@acme.example"),
            delegate(&app, "ben@acme.example", &round, "henning@acme.example"),
        );
        assert_eq!([&one, &two].iter().filter(|done| done.is_ok()).count(), 1, "{one:?} {two:?}");
        assert!([&one, &two].iter().any(|done| matches!(done, Err(AppError::Invalid(_)))), "{one:?} {two:?}");
    }

    async fn a_partner_hands_nothing_on_and_learns_no_names(app: TestApp) {
        let people = vec![app.user("ben@acme.example"), app.user("eva@partner.example")];
        let id = app.published("For two", Category::Contract, Audience::People(people)).await;
        let round = ask(&app, id, &["eva@partner.example"], 1).await;
        let mut eva = app.browser("eva@partner.example").await;
        assert!(!eva.get(&format!("/documents/{id}")).await.words().contains("Hand on to a colleague"));
        let page = eva.get(&format!("/documents/{id}/delegate")).await.words();
        assert!(page.contains("Nobody to hand it on to") && !page.contains("Anna Albers"), "{page}");
        assert!(matches!(delegate(&app, "eva@partner.example", &round, "anna@acme.example").await, Err(AppError::Invalid(_))));
    }

    async fn what_was_shown_is_what_is_approved(app: TestApp) {
        let id = contract(&app).await;
        let approval = ask(&app, id, &["ben@acme.example"], 1).await.approval.id.to_string();
        let mut ben = app.browser("ben@acme.example").await;
        let page = ben.get(&format!("/documents/{id}")).await;
        assert!(page.words().contains("I approve version 1 of “Maintenance contract” for"), "{}", page.words());
        let shown = page.field("shown");
        // Somebody renames it between the look and the click.
        let pm = app.ctx("pm@nordlicht.example").await;
        let edit = app::documents::model::EditDocument { title: Some("Purchase of a crane".to_owned()), ..Default::default() };
        app::documents::service::edit(&pm, id, &app::documents::service::Seen::default(), edit).await.unwrap();
        let document = id.to_string();
        let form = |shown: &str| vec![("approval".to_owned(), approval.clone()), ("document".to_owned(), document.clone()), ("decision".to_owned(), "approve".to_owned()), ("shown".to_owned(), shown.to_owned())];
        for shown in [shown.as_str(), ""] {
            let form = form(shown);
            let fields: Vec<(&str, &str)> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            let sent = ben.post("/_fn/approvals/decide", &fields).await;
            assert!(ben.get(sent.location()).await.words().contains("has changed in the meantime"), "{shown}");
        }
        assert_eq!(rounds(&app, id).await[0].approval.state, State::Open);
        let form = form(&ben.get(&format!("/documents/{id}")).await.field("shown"));
        let fields: Vec<(&str, &str)> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        ben.post("/_fn/approvals/decide", &fields).await;
        assert_eq!(rounds(&app, id).await[0].approval.state, State::Approved);
    }

    async fn programs_ask_in_steps_and_hand_on(app: TestApp) {
        let id = contract(&app).await;
        let (ben, henning) = (app.user("ben@acme.example").to_string(), app.user("henning@acme.example").to_string());
        let pm = app.token("pm@nordlicht.example").await;
        let steps = serde_json::json!([{"people": [ben]}, {"role": "admin", "needed": 1}]);
        let asked = pm.post(&format!("/api/v1/documents/{id}/approvals"), serde_json::json!({"version": 1, "steps": steps, "due": "2026-12-24"})).await;
        assert_eq!(asked.status, 201, "{}", asked.text());
        assert_eq!(asked.json()["steps"][1]["role"], "admin");
        let path = format!("/api/v1/approvals/{}", asked.json()["id"].as_str().unwrap());
        let done = app.token("ben@acme.example").await.post(&format!("{path}/delegation"), serde_json::json!({"to": henning})).await;
        assert_eq!(done.status, 200, "{}", done.text());
        let people = done.json()["people"].clone();
        let seat = |id: &str| people.as_array().unwrap().iter().find(|seat| seat["user_id"] == id).unwrap().clone();
        assert_eq!(seat(&ben)["decision"], "delegated");
        assert_eq!((&seat(&henning)["decision"], &seat(&henning)["delegated_by"]), (&"waiting".into(), &ben.into()));
    }
}
