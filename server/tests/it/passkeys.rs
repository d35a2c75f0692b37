//! Passkeys, with an authenticator in software.

use std::time::Duration;

use crate::support::authenticator::{Authenticator, ORIGIN};
use crate::support::{Answer, Browser, Engine, TestApp};

/// What a page hands to the browser, and what goes back with the answer.
fn offer(page: &Answer) -> (String, String) {
    let html = page.text();
    let form = html.split("data-passkey=").nth(1).unwrap_or_else(|| panic!("no passkey form: {html}"));
    let options = form.split("data-options=\"").nth(1).unwrap().split('"').next().unwrap();
    let state =
        form.split("name=\"state\"").nth(1).unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    (options.replace("&quot;", "\"").replace("&amp;", "&"), state.to_owned())
}

async fn app(engine: Engine) -> TestApp {
    TestApp::with(engine, &[("BASE_URL", ORIGIN)], None).await
}

async fn register(browser: &mut Browser, name: &str) -> Authenticator {
    let (options, state) = offer(&browser.get("/account/security").await);
    let (key, answer) = Authenticator::create(&options);
    let fields = [("state", state.as_str()), ("credential", &answer), ("name", name), ("next", "/account/security")];
    let answer = browser.post("/_fn/factors/add_passkey", &fields).await;
    assert!(answer.location().starts_with("/account/security"), "{}", answer.location());
    let page = browser.get("/account/security").await.words();
    assert!(page.contains(name), "{page}");
    key
}

async fn sign_in(browser: &mut Browser, key: &mut Authenticator) -> Answer {
    let (options, state) = offer(&browser.get("/sign-in").await);
    let answer = key.get(&options);
    browser.post("/_fn/sign_in/passkey", &[("state", &state), ("credential", &answer), ("next", "/documents")]).await
}

#[tokio::test]
async fn a_passkey_alone_signs_in() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = app(engine).await;
        let mut anna = app.browser("anna@acme.example").await;
        let mut key = register(&mut anna, "Work laptop").await;
        let mut other = app.visitor();
        let answer = sign_in(&mut other, &mut key).await;
        assert_eq!((answer.status, answer.location()), (303, "/documents"));
        assert_eq!(other.get("/documents").await.status, 200, "no second step: it is two factors in one");
        // Ten minutes later it proves again.
        app.advance(Duration::from_secs(700));
        assert!(other.post("/_fn/factors/renew_codes", &[]).await.location().starts_with("/sign-in/confirm"));
        let (options, state) = offer(&other.get("/sign-in/confirm?next=%2Faccount").await);
        let answer = key.get(&options);
        let answer = other
            .post("/_fn/sign_in/confirm_passkey", &[("state", &state), ("credential", &answer), ("next", "/account")])
            .await;
        assert_eq!(answer.location(), "/account");
    }
}

#[tokio::test]
async fn a_passkey_is_a_second_factor_to_the_password() {
    let app = app(Engine::Sqlite).await;
    let mut anna = app.browser("anna@acme.example").await;
    let mut key = register(&mut anna, "Phone").await;
    let mut other = crate::factors::waiting(&app, "anna@acme.example").await;
    let page = other.get("/sign-in/factor").await;
    let (options, state) = offer(&page);
    assert!(options.contains("\"allowCredentials\":[{"), "the key is named to authenticators that need it: {options}");
    let answer = key.get(&options);
    let answer = other.post("/_fn/sign_in/factor_passkey", &[("state", &state), ("credential", &answer)]).await;
    assert_eq!(answer.location(), "/");
    // Somebody else's passkey is no second factor of one's own.
    let mut ben = app.browser("ben@acme.example").await;
    register(&mut ben, "Ben's phone").await;
    let mut ben = crate::factors::waiting(&app, "ben@acme.example").await;
    let (options, state) = offer(&ben.get("/sign-in/factor").await);
    let answer = key.get(&options);
    let answer = ben.post("/_fn/sign_in/factor_passkey", &[("state", &state), ("credential", &answer)]).await;
    assert_eq!(answer.location(), "/sign-in/factor");
    assert!(ben.follow(&answer).await.words().contains("does not open anything here"));
}

#[tokio::test]
async fn an_answer_counts_once_for_an_hour_and_for_its_purpose_only() {
    let app = app(Engine::Sqlite).await;
    let mut anna = app.browser("anna@acme.example").await;
    let mut key = register(&mut anna, "Phone").await;
    let mut visitor = app.visitor();
    let (options, state) = offer(&visitor.get("/sign-in").await);
    assert!(visitor.cookie.is_none(), "looking at the sign-in page stores nothing");
    let answer = key.get(&options);
    let fields = [("state", state.as_str()), ("credential", answer.as_str())];
    let (mut one, mut two) = (app.visitor(), app.visitor());
    let (a, b) = futures::join!(one.post("/_fn/sign_in/passkey", &fields), two.post("/_fn/sign_in/passkey", &fields));
    let places = [a.location(), b.location()];
    assert_eq!(places.iter().filter(|to| **to == "/").count(), 1, "{places:?}");
    // The same in other letters is the same.
    let upper = state.to_uppercase();
    let answer = app.visitor().post("/_fn/sign_in/passkey", &[("state", &upper), ("credential", &answer)]).await;
    assert_eq!(answer.location(), "/sign-in");
    // A challenge to sign in proves nothing inside.
    let (options, state) = offer(&app.visitor().get("/sign-in").await);
    let answer = key.get(&options);
    let answer = anna.post("/_fn/sign_in/confirm_passkey", &[("state", &state), ("credential", &answer)]).await;
    assert!(answer.location().starts_with("/sign-in/confirm"));
    // And not for ever.
    let mut late = app.visitor();
    let (options, state) = offer(&late.get("/sign-in").await);
    let answer = key.get(&options);
    app.advance(Duration::from_secs(3601));
    let answer = late.post("/_fn/sign_in/passkey", &[("state", &state), ("credential", &answer)]).await;
    assert!(late.follow(&answer).await.words().contains("That took too long."));
}

#[tokio::test]
async fn a_copy_that_counts_backwards_is_blocked_and_its_owner_sees_it() {
    let app = app(Engine::Sqlite).await;
    let mut anna = app.browser("anna@acme.example").await;
    let mut key = register(&mut anna, "Phone").await;
    let mut copy = key.clone();
    assert_eq!(sign_in(&mut app.visitor(), &mut key).await.location(), "/documents");
    assert_eq!(sign_in(&mut app.visitor(), &mut key).await.location(), "/documents");
    assert!(sign_in(&mut app.visitor(), &mut copy).await.location().starts_with("/sign-in"));
    assert!(sign_in(&mut app.visitor(), &mut key).await.location().starts_with("/sign-in"), "neither of the two opens");
    let page = anna.get("/account/security").await.words();
    assert!(page.contains("a copy of this passkey may exist") && page.contains("a copy was used"), "{page}");
    let mails = app.mails_to("anna@acme.example").await;
    let blocked: Vec<_> = mails.iter().filter(|mail| mail.subject == "A passkey of yours was blocked").collect();
    assert_eq!(blocked.len(), 1, "told once");
    assert!(
        blocked[0].text.contains("\"Phone\"") && blocked[0].link().ends_with("/account/security"),
        "{}",
        blocked[0].text
    );
}

#[tokio::test]
async fn another_site_another_state_and_no_verification_are_refused() {
    let app = app(Engine::Sqlite).await;
    let mut anna = app.browser("anna@acme.example").await;
    let register = async |browser: &mut Browser, origin: &str, verifies: bool, name: &str| {
        let (options, state) = offer(&browser.get("/account/security").await);
        let (_, answer) = Authenticator::create_on(&options, origin, verifies);
        let answer = browser
            .post("/_fn/factors/add_passkey", &[("state", &state), ("credential", &answer), ("name", name)])
            .await;
        browser.follow(&answer).await.words()
    };
    assert!(register(&mut anna, "https://evil.example", true, "x").await.contains("does not open anything here"));
    assert!(
        register(&mut anna, ORIGIN, false, "x").await.contains("does not open anything here"),
        "a touch alone is one factor"
    );
    assert!(register(&mut anna, ORIGIN, true, " ").await.contains("Give the passkey a name."));
    let answer = anna.post("/_fn/factors/add_passkey", &[("state", "00"), ("credential", "{}"), ("name", "x")]).await;
    assert!(anna.follow(&answer).await.words().contains("does not open anything here"));
    assert_eq!(app.count("SELECT COUNT(*) FROM passkeys").await, 0);
    // A challenge that somebody else was given registers nothing.
    let (options, state) = offer(&app.browser("ben@acme.example").await.get("/account/security").await);
    let (_, answer) = Authenticator::create(&options);
    anna.post("/_fn/factors/add_passkey", &[("state", &state), ("credential", &answer), ("name", "x")]).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM passkeys").await, 0);
    // Nor does an answer without a challenge sign in.
    let mut key = self::register(&mut anna, "Phone").await;
    key.verifies = false;
    assert!(sign_in(&mut app.visitor(), &mut key).await.location().starts_with("/sign-in"));
    key.verifies = true;
    key.origin = "https://evil.example".to_owned();
    assert!(sign_in(&mut app.visitor(), &mut key).await.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn passkeys_are_renamed_and_removed_by_their_owner_only_and_open_for_nobody_suspended() {
    let app = app(Engine::Sqlite).await;
    let mut anna = app.browser("anna@acme.example").await;
    let mut key = register(&mut anna, "Phone").await;
    let id = app.token("anna@acme.example").await.get("/api/v1/me/factors").await.json()["passkeys"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut ben = app.browser("ben@acme.example").await;
    for act in ["rename_passkey", "remove_passkey"] {
        let answer = ben.post(&format!("/_fn/factors/{act}"), &[("id", &id), ("name", "mine")]).await;
        assert!(ben.follow(&answer).await.words().contains("has been removed already"), "{act}");
    }
    anna.post("/_fn/factors/rename_passkey", &[("id", &id), ("name", "  Old   phone ")]).await;
    assert!(anna.get("/account/security").await.words().contains("Old phone"));
    app.sql("UPDATE users SET state = 'suspended'").await;
    let mut visitor = app.visitor();
    let answer = sign_in(&mut visitor, &mut key).await;
    assert!(visitor.follow(&answer).await.words().contains("does not open anything here"));
    app.sql("UPDATE users SET state = 'active'").await;
    anna.post("/_fn/factors/remove_passkey", &[("id", &id)]).await;
    assert!(sign_in(&mut app.visitor(), &mut key).await.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn passkeys_are_offered_only_where_browsers_allow_them() {
    let with = async |url: &str| {
        let app = TestApp::with(Engine::Sqlite, &[("BASE_URL", url)], None).await;
        app.visitor().get("/sign-in").await.text()
    };
    for url in ["http://127.0.0.1:3000", "http://portal.example", "https://203.0.113.7"] {
        assert!(!with(url).await.contains("data-passkey"), "{url}");
    }
    for url in ["https://portal.example", "http://localhost:3000"] {
        assert!(with(url).await.contains("data-passkey"), "{url}");
    }
    let app = TestApp::new(Engine::Sqlite).await;
    let page = app.browser("anna@acme.example").await.get("/account/security").await.words();
    assert!(page.contains("Passkeys are not possible at this address."), "{page}");
}
