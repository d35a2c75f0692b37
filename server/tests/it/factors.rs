//! Authenticator apps, recovery codes, fresh proof, passwords.

use std::time::Duration;

use app::factors::totp;
use app::time::Instant;

use crate::support::{Answer, Browser, TestApp, both};

const SIGN_IN: &str = "/_fn/sign_in/sign_in";
const CODE: &str = "/_fn/sign_in/factor_code";
const PASSWORD: &str = "a long demo password";
/// Of every app that a test gives somebody.
pub const SECRET: &[u8] = b"12345678901234567890";

/// The code that an app shows now.
pub fn code(app: &TestApp) -> String {
    totp::code_at(SECRET, app.clock.now()).unwrap()
}

/// The code that an app shows whose clock is wrong by these seconds.
fn code_off(app: &TestApp, seconds: i64) -> String {
    totp::code_at(SECRET, Instant(app.clock.now().0 + seconds * 1_000_000)).unwrap()
}

/// Gives somebody an app behind the program's back.
pub async fn give_app(app: &TestApp, email: &str) {
    let user = app.user(email);
    let sealed = app.state.portal.secrets.seal(&format!("totp:{user}"), SECRET);
    let tx = app.db().begin().await.unwrap();
    assert!(app::factors::store::add_app(&tx, user, sealed, totp::NEVER, app.clock.now()).await.unwrap());
    tx.commit().await.unwrap();
}

/// A browser where the password of somebody with a factor was accepted.
pub async fn waiting(app: &TestApp, email: &str) -> Browser {
    let mut browser = app.visitor();
    let answer = browser.post(SIGN_IN, &[("email", email), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.location()), (303, "/sign-in/factor"));
    browser
}

/// Sets an app up through the pages; returns its secret and the page with the recovery codes.
async fn set_up(app: &TestApp, browser: &mut Browser, email: &str) -> (Vec<u8>, Answer) {
    let page = browser.get("/account/security/authenticator").await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("class=\"qr\""), "{}", page.text());
    let state = page.field("state");
    let place = format!("totp-setup:{}", app.user(email));
    let secret = app.state.portal.secrets.open_text(&place, &state).unwrap();
    let code = totp::code_at(&secret, app.clock.now()).unwrap();
    let fields = [
        ("state", state.as_str()),
        ("code", &code),
        ("return_to", "/account/security/authenticator"),
        ("next", "/account/security"),
    ];
    let answer = browser.post("/_fn/factors/add_app", &fields).await;
    assert_eq!(answer.location(), "/account/security/codes?next=%2Faccount%2Fsecurity");
    (secret, browser.follow(&answer).await)
}

/// Recovery codes in a page.
fn codes(page: &Answer) -> Vec<String> {
    let words = page.text();
    let items = words.split("<li class=\"mono\">").skip(1);
    items.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

both! {
    async fn an_app_is_set_up_with_its_first_code_and_asked_for_from_then_on(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        let before = anna.cookie.clone();
        let (secret, page) = set_up(&app, &mut anna, "anna@acme.example").await;
        assert_ne!(anna.cookie, before, "the session may do more, so its id has changed");
        let printed = codes(&page);
        assert_eq!(printed.len(), 10, "{}", page.words());
        assert_eq!(codes(&anna.get("/account/security/codes").await), printed, "until they are put away");
        anna.post("/_fn/factors/keep_codes", &[]).await;
        assert!(codes(&anna.get("/account/security/codes").await).is_empty(), "and never again");
        assert_eq!(anna.get("/").await.status, 200, "this session has shown it");
        for row in app.sql("SELECT CAST(data AS TEXT) FROM sessions").await {
            assert!(!printed.iter().any(|code| row[0].contains(code)), "nothing holds the codes in clear");
        }

        app.advance(Duration::from_secs(31));
        let mut other = waiting(&app, "anna@acme.example").await;
        assert_eq!(other.get("/").await.status, 303, "the password alone opens nothing");
        let page = other.get("/sign-in/factor").await;
        assert!(page.words().contains("Code from the app"), "{}", page.words());
        let pending = other.cookie.clone();
        let answer = other.post(CODE, &[("code", &totp::code_at(&secret, app.clock.now()).unwrap()), ("next", "/documents")]).await;
        assert_eq!((answer.status, answer.location()), (303, "/documents"));
        assert_ne!(other.cookie, pending);
        assert_eq!(other.get("/documents").await.status, 200);
    }

    async fn the_first_code_may_be_mistyped_without_scanning_again(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        let state = anna.get("/account/security/authenticator").await.field("state");
        let answer = anna.post("/_fn/factors/add_app", &[("state", &state), ("code", "000000"), ("return_to", "/account/security/authenticator")]).await;
        let page = anna.follow(&answer).await;
        assert_eq!(page.field("state"), state);
        assert!(page.words().contains("This code is not right."), "{}", page.words());
        let fresh = anna.get("/account/security/authenticator").await.field("state");
        assert_ne!(fresh, state);
        let mut ben = app.browser("ben@acme.example").await;
        let answer = ben.post("/_fn/factors/add_app", &[("state", &state), ("code", "000000"), ("return_to", "/account/security/authenticator")]).await;
        assert!(ben.follow(&answer).await.words().contains("This setup is too old."), "somebody else's setup opens nowhere");
    }

    async fn a_code_counts_once_also_when_two_send_it_at_once(app: TestApp) {
        give_app(&app, "anna@acme.example").await;
        let (mut one, mut two) = (waiting(&app, "anna@acme.example").await, waiting(&app, "anna@acme.example").await);
        let code = code(&app);
        let fields = [("code", code.as_str())];
        let (a, b) = futures::join!(one.post(CODE, &fields), two.post(CODE, &fields));
        let places = [a.location(), b.location()];
        assert_eq!(places.iter().filter(|to| **to == "/").count(), 1, "{places:?}");
        let mut late = waiting(&app, "anna@acme.example").await;
        let answer = late.post(CODE, &fields).await;
        assert!(late.follow(&answer).await.words().contains("used already"));
        // Nor an older one.
        let answer = late.post(CODE, &[("code", &code_off(&app, -30))]).await;
        assert_eq!(answer.location(), "/sign-in/factor");
        app.advance(Duration::from_secs(30));
        let answer = late.post(CODE, &[("code", &crate::factors::code(&app))]).await;
        assert_eq!(answer.location(), "/");
    }

    async fn a_clock_may_be_half_a_minute_off_and_a_whole_one_is_told_what_to_check(app: TestApp) {
        give_app(&app, "anna@acme.example").await;
        for off in [-60, 60] {
            let mut anna = waiting(&app, "anna@acme.example").await;
            let answer = anna.post(CODE, &[("code", &code_off(&app, off))]).await;
            let page = anna.follow(&answer).await.words();
            assert!(page.contains("check that your phone sets its time automatically"), "{off}: {page}");
        }
        for off in [-30, 30] {
            let mut anna = waiting(&app, "anna@acme.example").await;
            assert_eq!(anna.post(CODE, &[("code", &code_off(&app, off))]).await.location(), "/", "{off}");
            app.advance(Duration::from_secs(90));
        }
    }

    async fn guessing_codes_is_slowed_and_the_owner_still_has_another_way(app: TestApp) {
        give_app(&app, "anna@acme.example").await;
        let mut owner = app.browser("ben@acme.example").await;
        let mut thief = waiting(&app, "anna@acme.example").await;
        let answers = futures::future::join_all((0..14).map(|_| {
            let mut thief = thief.clone();
            async move { thief.post(CODE, &[("code", "000001")]).await.status }
        })).await;
        assert!(answers.iter().all(|status| *status == 303));
        let answer = thief.post(CODE, &[("code", &code(&app))]).await;
        let page = thief.follow(&answer).await.words();
        assert!(page.contains("Too many attempts"), "even the right code waits: {page}");
        let refused = app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'factor.refuse'").await;
        assert_eq!(refused, 10, "no more were looked at");
        // A recovery code is not guessed, so it is not locked with the others.
        let codes = ["0000-1111-2222-3333".to_owned()];
        let user = app.user("anna@acme.example");
        let tx = app.db().begin().await.unwrap();
        let hashes = codes.iter().map(|code| app::factors::codes::hash(user, code).unwrap()).collect();
        app::factors::store::set_codes(&tx, user, hashes, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(thief.post(CODE, &[("code", &codes[0])]).await.location(), "/");
        assert_eq!(owner.get("/").await.status, 200);
        app.advance(Duration::from_secs(15 * 60 + 1));
        let mut anna = waiting(&app, "anna@acme.example").await;
        assert_eq!(anna.post(CODE, &[("code", &code(&app))]).await.location(), "/");
    }

    async fn codes_of_a_day_are_counted_whatever_the_pauses(app: TestApp) {
        give_app(&app, "anna@acme.example").await;
        for _ in 0..6 {
            let mut thief = waiting(&app, "anna@acme.example").await;
            for _ in 0..10 {
                thief.post(CODE, &[("code", "000001")]).await;
            }
            app.advance(Duration::from_secs(16 * 60));
        }
        let mut anna = waiting(&app, "anna@acme.example").await;
        let answer = anna.post(CODE, &[("code", &code(&app))]).await;
        assert!(anna.follow(&answer).await.words().contains("Too many attempts"));
        app.advance(Duration::from_secs(24 * 3600));
        let mut anna = waiting(&app, "anna@acme.example").await;
        assert_eq!(anna.post(CODE, &[("code", &code(&app))]).await.location(), "/");
    }

    async fn a_sign_in_waits_ten_minutes_and_not_over_a_change_of_the_password(app: TestApp) {
        give_app(&app, "anna@acme.example").await;
        let mut anna = waiting(&app, "anna@acme.example").await;
        app.advance(Duration::from_secs(601));
        let answer = anna.post(CODE, &[("code", &code(&app))]).await;
        assert!(answer.location().starts_with("/sign-in?next="), "{}", answer.location());
        assert_eq!(anna.get("/sign-in/factor").await.location(), "/sign-in");
        let mut anna = waiting(&app, "anna@acme.example").await;
        app.sql("UPDATE users SET password_hash = 'changed'").await;
        assert!(anna.post(CODE, &[("code", &code(&app))]).await.location().starts_with("/sign-in?next="));
    }

    async fn a_recovery_code_works_once_also_when_two_send_it_at_once(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        let (_, page) = set_up(&app, &mut anna, "anna@acme.example").await;
        let printed = codes(&page);
        let typed = printed[3].to_uppercase().replace('-', " ");
        let (mut one, mut two) = (waiting(&app, "anna@acme.example").await, waiting(&app, "anna@acme.example").await);
        let fields = [("code", typed.as_str())];
        let (a, b) = futures::join!(one.post(CODE, &fields), two.post(CODE, &fields));
        let places = [a.location(), b.location()];
        assert_eq!(places.iter().filter(|to| **to == "/").count(), 1, "{places:?}");
        let page = anna.get("/account/security").await.words();
        assert!(page.contains("9 codes left") && page.contains("Recovery code used"), "{page}");
        // New ones replace all old ones.
        let answer = anna.post("/_fn/factors/renew_codes", &[]).await;
        let fresh = codes(&anna.follow(&answer).await);
        assert_eq!(fresh.len(), 10);
        let mut late = waiting(&app, "anna@acme.example").await;
        assert_eq!(late.post(CODE, &[("code", &printed[4])]).await.location(), "/sign-in/factor");
        assert_eq!(late.post(CODE, &[("code", &fresh[0])]).await.location(), "/");
        // Somebody else's codes open nothing.
        give_app(&app, "ben@acme.example").await;
        let mut ben = waiting(&app, "ben@acme.example").await;
        assert_eq!(ben.post(CODE, &[("code", &fresh[1])]).await.location(), "/sign-in/factor");
    }

    async fn removing_a_factor_needs_fresh_proof_and_the_last_one_takes_the_codes_with_it(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        let (secret, _) = set_up(&app, &mut anna, "anna@acme.example").await;
        app.advance(Duration::from_secs(10 * 60 + 1));
        for act in ["remove_app", "renew_codes", "change_password", "add_app"] {
            let answer = anna.post(&format!("/_fn/factors/{act}"), &[("code", "1"), ("password", "correct horse battery")]).await;
            assert_eq!(answer.location(), "/sign-in/confirm?next=%2Faccount%2Fsecurity", "{act}");
        }
        assert_eq!(anna.get("/account/security/authenticator").await.location(), "/sign-in/confirm?next=%2Faccount%2Fsecurity%2Fauthenticator");
        let page = anna.get("/sign-in/confirm?next=%2Faccount%2Fsecurity").await;
        assert!(page.words().contains("Is it still you?"), "{}", page.words());
        assert!(!page.text().contains("name=\"password\""), "a password is less than what would be taken away");
        let less = anna.post("/_fn/sign_in/confirm_password", &[("password", PASSWORD), ("next", "/account/security")]).await;
        assert!(anna.follow(&less).await.words().contains("You have a second factor: please confirm with that."));
        assert!(anna.post("/_fn/factors/remove_app", &[]).await.location().starts_with("/sign-in/confirm"));
        let before = anna.cookie.clone();
        let now = totp::code_at(&secret, app.clock.now()).unwrap();
        let right = anna.post("/_fn/sign_in/confirm_code", &[("code", &now), ("next", "/account/security")]).await;
        assert_eq!(right.location(), "/account/security");
        assert_ne!(anna.cookie, before);
        assert_eq!(anna.get("/sign-in/confirm?next=%2Faccount").await.location(), "/account", "asked once is enough");
        assert_eq!(anna.post("/_fn/factors/remove_app", &[]).await.location(), "/account/security");
        assert_eq!(app.count("SELECT COUNT(*) FROM recovery_codes").await, 0);
        let mut other = app.visitor();
        assert_eq!(other.post(SIGN_IN, &[("email", "anna@acme.example"), ("password", PASSWORD)]).await.location(), "/");
    }

    async fn the_password_proves_for_whoever_has_nothing_stronger(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        app.advance(Duration::from_secs(10 * 60 + 1));
        let confirm = "/_fn/sign_in/confirm_password";
        let wrong = anna.post(confirm, &[("password", "wrong"), ("next", "/account/security")]).await;
        assert!(anna.follow(&wrong).await.words().contains("This is not your password."));
        let right = anna.post(confirm, &[("password", PASSWORD), ("next", "/account/security")]).await;
        assert_eq!(right.location(), "/account/security");
        assert_eq!(anna.get("/account/security/authenticator").await.status, 200);
    }

    async fn a_recovery_code_proves_for_a_lost_factor(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        let (_, page) = set_up(&app, &mut anna, "anna@acme.example").await;
        app.advance(Duration::from_secs(10 * 60 + 1));
        let asked = anna.get("/sign-in/confirm?next=%2Faccount%2Fsecurity").await;
        assert!(asked.words().contains("Use recovery code"), "{}", asked.words());
        let answer = anna.post("/_fn/sign_in/confirm_code", &[("code", &codes(&page)[0]), ("next", "/account/security")]).await;
        assert_eq!(answer.location(), "/account/security");
        assert_eq!(anna.post("/_fn/factors/remove_app", &[]).await.location(), "/account/security");
    }

    async fn a_short_password_does_not_stay_alone(app: TestApp) {
        let (short, long) = ("tX9#kk2!", "eleven grey herons wait");
        let mut anna = app.browser("anna@acme.example").await;
        set_up(&app, &mut anna, "anna@acme.example").await;
        let change = async |anna: &mut Browser, password: &str| {
            let answer = anna.post("/_fn/factors/change_password", &[("password", password), ("again", password)]).await;
            anna.follow(&answer).await.words()
        };
        assert!(change(&mut anna, short).await.contains("Your password is changed"), "enough beside a factor");
        let refused = anna.post("/_fn/factors/remove_app", &[]).await;
        let page = anna.follow(&refused).await;
        assert!(page.words().contains("your password needs at least 15 characters. Choose a longer one first"), "{}", page.words());
        assert!(page.text().contains("id=\"password-error\"") && page.words().contains("At least 15 characters."));
        assert_eq!(app.count("SELECT COUNT(*) FROM totp_secrets").await, 1);
        // The same at the other doors.
        let admin = app.token("admin@nordlicht.example").await;
        let path = format!("/api/v1/users/{}/factors", app.user("anna@acme.example"));
        let refused = admin.send(axum::http::Method::DELETE, &path, &[], "").await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(refused.json()["errors"]["password"].to_string().contains("at least 15 characters"), "{}", refused.text());
        let (mut staff, user) = (app.browser("admin@nordlicht.example").await, app.user("anna@acme.example").to_string());
        let answer = staff.post("/_fn/factors/reset", &[("user", &user), ("return_to", &format!("/staff/users/{user}"))]).await;
        assert!(staff.follow(&answer).await.words().contains("Ask them to choose a longer one first"));
        assert_eq!(app.count("SELECT COUNT(*) FROM totp_secrets").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action IN ('factor.remove', 'factor.reset')").await, 0);
        // With a longer one both ways are open.
        assert!(change(&mut anna, long).await.contains("Your password is changed"));
        let removed = anna.post("/_fn/factors/remove_app", &[]).await;
        assert!(anna.follow(&removed).await.words().contains("The authenticator app is removed."));
        assert!(change(&mut anna, short).await.contains("it needs at least 15"));
    }

    async fn a_password_chosen_before_its_length_was_noted_is_known_by_the_next_sign_in(app: TestApp) {
        app.sql(match app.engine() {
            crate::support::Engine::Sqlite => "UPDATE users SET password_short = 1",
            crate::support::Engine::Postgres => "UPDATE users SET password_short = true",
        }).await;
        let mut anna = app.browser("anna@acme.example").await;
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE email = 'anna@acme.example' AND password_short").await, 0);
        set_up(&app, &mut anna, "anna@acme.example").await;
        anna.post("/_fn/factors/remove_app", &[]).await;
        assert_eq!(app.count("SELECT COUNT(*) FROM totp_secrets").await, 0);
    }

    async fn of_a_short_password_and_the_last_factor_going_at_once_one_is_refused(app: TestApp) {
        let mut one = app.browser("anna@acme.example").await;
        set_up(&app, &mut one, "anna@acme.example").await;
        let mut two = one.clone();
        let fields = [("password", "tX9#kk2!"), ("again", "tX9#kk2!")];
        let (removed, changed) = tokio::join!(one.post("/_fn/factors/remove_app", &[]), two.post("/_fn/factors/change_password", &fields));
        assert!(removed.status == 303 && changed.status == 303, "{} {}", removed.status, changed.status);
        let alone = "SELECT COUNT(*) FROM users u WHERE u.password_short AND NOT EXISTS (SELECT 1 FROM totp_secrets t WHERE t.user_id = u.id)";
        assert_eq!(app.count(alone).await, 0);
        let events = app.count("SELECT COUNT(*) FROM audit_events WHERE action IN ('factor.remove', 'user.password')").await;
        assert_eq!(events, 1, "one of the two");
    }

    async fn the_owner_is_told_of_every_change(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        let (_, page) = set_up(&app, &mut anna, "anna@acme.example").await;
        let mut other = waiting(&app, "anna@acme.example").await;
        other.post(CODE, &[("code", &codes(&page)[0])]).await;
        anna.post("/_fn/factors/renew_codes", &[]).await;
        anna.post("/_fn/factors/remove_app", &[]).await;
        anna.post("/_fn/factors/change_password", &[("password", "correct horse battery"), ("again", "correct horse battery")]).await;
        give_app(&app, "anna@acme.example").await;
        let admin = app.token("admin@nordlicht.example").await;
        let path = format!("/api/v1/users/{}/factors", app.user("anna@acme.example"));
        assert_eq!(admin.send(axum::http::Method::DELETE, &path, &[], "").await.status, 204);
        let mut mails = app.mails_to("anna@acme.example").await;
        // Of the second browser she hears as well.
        mails.retain(|mail| !mail.subject.contains("new device"));
        let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
        assert_eq!(subjects, [
            "A way to confirm your sign-in was added",
            "A recovery code was used",
            "A way to confirm your sign-in was added",
            "A way to confirm your sign-in was removed",
            "Your password has changed",
            "Your second factor was reset",
        ]);
        assert!(mails[1].text.contains("9"), "{}", mails[1].text);
        assert_eq!(mails[0].path(), "/account/security");
    }

    async fn a_code_proves_too_and_only_ones_own(app: TestApp) {
        give_app(&app, "anna@acme.example").await;
        let mut anna = waiting(&app, "anna@acme.example").await;
        anna.post(CODE, &[("code", &code(&app))]).await;
        app.advance(Duration::from_secs(700));
        assert!(anna.post("/_fn/factors/remove_app", &[]).await.location().starts_with("/sign-in/confirm"));
        let answer = anna.post("/_fn/sign_in/confirm_code", &[("code", &code(&app)), ("next", "/account/security")]).await;
        assert_eq!(answer.location(), "/account/security");
        assert_eq!(anna.post("/_fn/factors/remove_app", &[]).await.location(), "/account/security");
        let mut visitor = app.visitor();
        for act in ["confirm_password", "confirm_code", "confirm_passkey", "factor_code", "factor_passkey"] {
            let answer = visitor.post(&format!("/_fn/sign_in/{act}"), &[("code", "123456"), ("password", PASSWORD)]).await;
            assert!(answer.location().starts_with("/sign-in?next="), "{act}: {}", answer.location());
        }
    }

    async fn a_session_from_before_the_factor_has_to_show_it(app: TestApp) {
        let mut old = app.browser("anna@acme.example").await;
        give_app(&app, "anna@acme.example").await;
        let answer = old.get("/documents").await;
        assert_eq!(answer.location(), "/sign-in/factor?next=%2Fdocuments");
        let answer = old.post(CODE, &[("code", &code(&app)), ("next", "/documents")]).await;
        assert_eq!(answer.location(), "/documents");
        assert_eq!(old.get("/documents").await.status, 200);
        assert_eq!(old.get("/sign-in/factor").await.location(), "/", "nothing is asked twice");
    }

    async fn a_new_password_is_judged_ends_other_sessions_and_keeps_this_one(app: TestApp) {
        let (mut anna, mut elsewhere) = (app.browser("anna@acme.example").await, app.browser("anna@acme.example").await);
        let change = "/_fn/factors/change_password";
        for (new, again, says) in [
            ("", "", "Enter a new password."),
            ("short", "short", "it needs at least 15"),
            ("passwordpassword", "passwordpassword", "guessed first"),
            ("anna albers anna!", "anna albers anna!", "mostly your name"),
            ("correct horse battery", "correct horse", "The two entries differ."),
        ] {
            let answer = anna.post(change, &[("password", new), ("again", again)]).await;
            let page = anna.follow(&answer).await;
            assert!(page.words().contains(says), "{new}: {}", page.words());
            assert_eq!(page.field("password"), "");
        }
        let answer = anna.post(change, &[("password", "correct horse battery"), ("again", "correct horse battery")]).await;
        let page = anna.follow(&answer).await;
        assert!(page.words().contains("Your password is changed."), "{}", page.words());
        assert_eq!(elsewhere.get("/").await.status, 303, "others are out");
        let mut fresh = app.visitor();
        assert_eq!(fresh.post(SIGN_IN, &[("email", "anna@acme.example"), ("password", "correct horse battery")]).await.location(), "/");
        // With a second factor eight characters do.
        give_app(&app, "anna@acme.example").await;
        anna.post(CODE, &[("code", &code(&app))]).await;
        let answer = anna.post(change, &[("password", "tX9#kk2!"), ("again", "tX9#kk2!")]).await;
        assert!(anna.follow(&answer).await.words().contains("Your password is changed."));
    }
}
