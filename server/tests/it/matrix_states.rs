//! Every door as somebody who is not quite in: suspended, suspended at their only customer, only invited, or still to
//! show the second factor.

use std::fmt::Write as _;

use app::access::MembershipRole;
use app::documents::model::{Audience, Category};
use app::i18n::Locale;
use app::invitations::invite;
use app::invitations::model::NewInvitation;
use axum::body::Body;
use axum::http::{Method, Request};
use server::demo::people::PEOPLE;
use server::doors::{self, Door};

use crate::factors;
use crate::matrix::{ask_as, class};
use crate::matrix_body::body_of;
use crate::matrix_sample::{Sample, claimed, kept, path_of, sample_of};
use crate::support::{Answer, Browser, PASSWORD, TestApp, Token, both};

const CARLA: &str = "carla@borealis.example";
const INVITED: &str = "nora@acme.example";

/// What only somebody who sees ACME's things reads.
const OF_ACME: [&str; 2] = ["ACME Werke", "For all of ACME"];

/// What is one's own, with or without an organisation: the account, the notifications, and one's own home.
const OWN: [&str; 5] = ["account.manage", "notification.read", "notification.manage", "home.read", "home.snooze"];

fn guarded() -> impl Iterator<Item = &'static Door> {
    doors::all().filter(|door| door.policy != "public")
}

/// The forms and pages, which have a session, before what programs call, which may end sessions.
fn pages_first() -> impl Iterator<Item = &'static Door> {
    let of_programs = |door: &&Door| door.path.starts_with("/api/");
    guarded().filter(move |door| !of_programs(door)).chain(guarded().filter(of_programs))
}

/// One person of every role.
fn one_of_every_role() -> Vec<&'static str> {
    let mut roles = Vec::new();
    let mut people = Vec::new();
    for (email, _, role, _) in PEOPLE {
        if !roles.contains(&role) {
            roles.push(role);
            people.push(email);
        }
    }
    people
}

/// One of everything, with a domain and a mapping that nobody here takes away.
async fn sample(app: &TestApp) -> Sample {
    let id = app.published("For all of ACME", Category::Minutes, Audience::Organisation).await;
    let sample = sample_of(app, id.to_string()).await;
    Sample { domain: claimed(app).await, mapping: kept(app).await, ..sample }
}

/// The answer of a door to this session, or to this token where programs come in.
async fn answer(door: &Door, sample: &Sample, browser: &Browser, token: &Token) -> Answer {
    let (content_type, body) = body_of(door, sample);
    let method = Method::from_bytes(door.method.as_bytes()).unwrap();
    let path = path_of(door, sample);
    if door.path.starts_with("/api/") {
        return token.send(method, &path, &[("content-type", content_type), ("if-match", "\"0\"")], body).await;
    }
    let request = Request::builder().method(method).uri(path).header("content-type", content_type);
    // The same cookie at every door, whatever the door before has made of it.
    let mut browser = browser.clone();
    browser.send(request.body(Body::from(body)).unwrap()).await
}

/// Whether what is sent to the door names something of ACME.
fn names_acme(door: &Door, sample: &Sample) -> bool {
    let (_, body) = body_of(door, sample);
    let sent = format!("{} {}", path_of(door, sample), String::from_utf8_lossy(&body));
    [
        &sample.organisation,
        &sample.person,
        &sample.document,
        &sample.approval,
        &sample.invitation,
        &sample.request,
        &sample.order,
        &sample.webhook,
        &sample.project,
        &sample.appointment,
        &sample.domain,
    ]
    .into_iter()
    .any(|id| sent.contains(id.as_str()))
}

/// An open invitation to ACME.
async fn invited(app: &TestApp, email: &str) {
    let ctx = app.ctx("anna@acme.example").await;
    let new = NewInvitation {
        email: email.to_owned(),
        name: "Nora".to_owned(),
        role: MembershipRole::Member,
        rights: None,
        projects: Vec::new(),
        message: String::new(),
        locale: Locale::En,
    };
    invite::to_customer(&ctx, app.organisation("acme"), new).await.unwrap();
}

/// What Carla gets at every door that is asked about something of ACME.
async fn of_carla(app: &TestApp, sample: &Sample) -> Vec<(String, u16)> {
    let (browser, token) = (app.browser(CARLA).await, app.token(CARLA).await);
    let mut got = Vec::new();
    for door in pages_first().filter(|door| names_acme(door, sample)) {
        let answer = answer(door, sample, &browser, &token).await;
        let name = format!("{} {}", door.method, door.path);
        let text = answer.text();
        assert!(!OF_ACME.iter().any(|words| text.contains(*words)), "{name} tells Carla about ACME");
        got.push((name, class(answer.status, answer.location())));
    }
    got
}

both! {
    async fn a_suspended_login_is_nobody_to_every_door_with_an_old_session_and_an_old_token(app: TestApp) {
        let sample = sample(&app).await;
        let mut people = Vec::new();
        for email in one_of_every_role() {
            people.push((email, app.browser(email).await, app.token(email).await));
        }
        // Behind the program's back, so that sessions and tokens are not even ended.
        app.sql("UPDATE users SET state = 'suspended'").await;
        let mut wrong = String::new();
        for (email, browser, token) in &people {
            for door in guarded() {
                let answer = answer(door, &sample, browser, token).await;
                let got = class(answer.status, answer.location());
                if got != 401 {
                    let _ = writeln!(wrong, "{} {} as {email}, suspended: {got}", door.method, door.path);
                }
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }

    async fn whoever_is_suspended_at_their_only_customer_keeps_their_account_and_nothing_else(app: TestApp) {
        let sample = sample(&app).await;
        let mut people = Vec::new();
        for email in ["anna@acme.example", "ben@acme.example", "eva@partner.example"] {
            people.push((email, app.browser(email).await, app.token(email).await));
        }
        app.sql("UPDATE memberships SET state = 'suspended'").await;
        let mut wrong = String::new();
        for (email, browser, token) in &people {
            assert_eq!(browser.clone().get("/account").await.status, 200, "{email} keeps the account");
            for door in pages_first() {
                let answer = answer(door, &sample, browser, token).await;
                let name = format!("{} {} as {email}", door.method, door.path);
                let got = class(answer.status, answer.location());
                let own = OWN.contains(&door.policy);
                // A page may be open and empty; nothing can be done there.
                let open = own || door.method == "GET";
                if !(open || got == 403 || got == 404) || got == 401 {
                    let _ = writeln!(wrong, "{name}: {got}");
                }
                // What is known about oneself says where one was, too.
                let text = answer.text();
                if !door.path.ends_with("/data") && OF_ACME.iter().any(|words| text.contains(*words)) {
                    let _ = writeln!(wrong, "{name} tells about ACME: {got}");
                }
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }

    async fn whoever_is_only_invited_comes_in_nowhere(app: TestApp) {
        let sample = sample(&app).await;
        app.sql("UPDATE organisations SET magic_links = (1 = 1) WHERE slug = 'acme'").await;
        invited(&app, INVITED).await;
        assert_eq!(app.mails_to(INVITED).await.len(), 1, "the invitation");
        let mut nora = app.visitor();
        let refused = nora.post("/_fn/sign_in/sign_in", &[("email", INVITED), ("password", PASSWORD)]).await;
        assert_eq!((refused.status, refused.location()), (303, "/sign-in"));
        for door in ["/_fn/sign_in_link/ask", "/_fn/password_reset/ask"] {
            assert_eq!(nora.post(door, &[("email", INVITED)]).await.status, 303, "{door} says the same to everybody");
        }
        assert_eq!(app.mails_to(INVITED).await.len(), 1, "no link in, and none to a new password");
        let nobody = Token::new(app.router.clone(), String::new());
        let mut wrong = String::new();
        for door in guarded() {
            let answer = answer(door, &sample, &nora, &nobody).await;
            let got = class(answer.status, answer.location());
            if got != 401 {
                let _ = writeln!(wrong, "{} {} as somebody invited: {got}", door.method, door.path);
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE email_key = 'nora@acme.example'").await, 0);
    }

    async fn an_open_invitation_gives_somebody_of_another_customer_nothing_yet(app: TestApp) {
        let sample = sample(&app).await;
        let before = of_carla(&app, &sample).await;
        assert!(before.len() > 100, "the doors that name something of ACME: {}", before.len());
        invited(&app, CARLA).await;
        assert_eq!(of_carla(&app, &sample).await, before);
    }

    async fn a_sign_in_that_waits_for_the_second_factor_is_nobody_to_every_door(app: TestApp) {
        let sample = sample(&app).await;
        let mut wrong = String::new();
        for email in one_of_every_role() {
            factors::give_app(&app, email).await;
            let mut browser = app.browser(email).await;
            for door in guarded().filter(|door| !door.path.starts_with("/api/")) {
                let got = ask_as(&mut browser, door, &sample).await;
                if got != 401 {
                    let _ = writeln!(wrong, "{} {} as {email}, pending: {got}", door.method, door.path);
                }
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }
}
