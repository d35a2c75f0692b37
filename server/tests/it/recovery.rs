//! Coming back: a forgotten password, a link instead of one, another address. Nothing tells whether an address is known.

use std::time::Duration;

use crate::support::{Answer, Browser, TestApp, both};

const PHRASE: &str = "eleven grey herons wait";

async fn asked(app: &TestApp, door: &str, email: &str) -> Answer {
    app.visitor().post(door, &[("email", email)]).await
}

async fn signs_in(app: &TestApp, email: &str, password: &str) -> bool {
    let mut browser = app.visitor();
    browser.post("/_fn/sign_in/sign_in", &[("email", email), ("password", password)]).await;
    browser.get("/account/email").await.status == 200
}

/// Presses the button behind a mailed link.
async fn press(browser: &mut Browser, door: &str, key: &str, more: &[(&str, &str)]) -> Answer {
    let fields: Vec<_> = [("key", key)].into_iter().chain(more.iter().copied()).collect();
    browser.post(door, &fields).await
}

both! {
    async fn a_forgotten_password_is_replaced_once_and_every_session_ends(app: TestApp) {
        let mut elsewhere = app.browser("ben@acme.example").await;
        asked(&app, "/_fn/password_reset/ask", " BEN@acme.example ").await;
        let mail = app.mail_to("ben@acme.example").await;
        let mut browser = app.visitor();
        for _ in 0..2 {
            let page = browser.get(&mail.path()).await;
            assert!(page.words().contains("ben@acme.example"), "opening uses nothing up");
        }
        let short = press(&mut browser, "/_fn/password_reset/choose", &mail.key(), &[("password", "short")]).await;
        assert!(short.location().starts_with("/password-reset/new?key="));
        assert!(browser.get(short.location()).await.words().contains("15"), "says how long it must be");
        let done = press(&mut browser, "/_fn/password_reset/choose", &mail.key(), &[("password", PHRASE)]).await;
        assert_eq!(done.location(), "/password-reset?done=1");
        assert_eq!(elsewhere.get("/").await.status, 303, "signed out everywhere");
        assert!(signs_in(&app, "ben@acme.example", PHRASE).await);
        let again = press(&mut browser, "/_fn/password_reset/choose", &mail.key(), &[("password", "another long phrase here")]).await;
        assert_ne!(again.location(), "/password-reset?done=1", "used");
        assert!(browser.get(&mail.path()).await.words().contains("works no more"));
        let told = app.mails_to("ben@acme.example").await;
        assert!(told.iter().any(|mail| mail.subject == "Your password has changed"), "the owner is told");
    }

    async fn asking_says_and_costs_the_same_for_every_address(app: TestApp) {
        for door in ["/_fn/password_reset/ask", "/_fn/sign_in_link/ask"] {
            let mut rows = Vec::new();
            for email in ["anna@acme.example", "nobody@acme.example"] {
                let before = app.count("SELECT COUNT(*) FROM jobs").await;
                let answer = asked(&app, door, email).await;
                rows.push((answer.status, answer.location().to_owned(), answer.text(), app.count("SELECT COUNT(*) FROM jobs").await - before));
            }
            assert_eq!(rows[0], rows[1], "{door}");
        }
        app.run_jobs().await;
        assert!(app.outbox().iter().all(|mail| mail.to.1 != "nobody@acme.example"));
    }

    async fn a_reset_link_runs_out_and_a_newer_one_replaces_it(app: TestApp) {
        asked(&app, "/_fn/password_reset/ask", "ben@acme.example").await;
        let first = app.mail_to("ben@acme.example").await;
        app.advance(Duration::from_secs(60));
        asked(&app, "/_fn/password_reset/ask", "ben@acme.example").await;
        let second = app.mail_to("ben@acme.example").await;
        assert_ne!(first.key(), second.key());
        assert!(app.visitor().get(&first.path()).await.words().contains("works no more"));
        assert!(app.visitor().get(&second.path()).await.words().contains("ben@acme.example"));
        app.advance(Duration::from_secs(3601));
        assert!(app.visitor().get(&second.path()).await.words().contains("works no more"));
        let late = press(&mut app.visitor(), "/_fn/password_reset/choose", &second.key(), &[("password", PHRASE)]).await;
        assert_ne!(late.location(), "/password-reset?done=1");
        assert!(!signs_in(&app, "ben@acme.example", PHRASE).await);
    }

    async fn suspended_people_get_no_link_and_an_old_one_does_nothing(app: TestApp) {
        asked(&app, "/_fn/password_reset/ask", "ben@acme.example").await;
        let mail = app.mail_to("ben@acme.example").await;
        app.sql("UPDATE users SET state = 'suspended' WHERE email_key = 'ben@acme.example'").await;
        let late = press(&mut app.visitor(), "/_fn/password_reset/choose", &mail.key(), &[("password", PHRASE)]).await;
        assert_ne!(late.location(), "/password-reset?done=1");
        let before = app.outbox().len();
        asked(&app, "/_fn/password_reset/ask", "ben@acme.example").await;
        app.run_jobs().await;
        assert_eq!(app.outbox().len(), before);
    }

    async fn too_many_requests_wait_without_locking_the_password(app: TestApp) {
        let mut last = 0;
        for _ in 0..12 {
            let mut browser = app.visitor();
            let answer = browser.post("/_fn/password_reset/ask", &[("email", "ben@acme.example")]).await;
            last = usize::from(answer.location().contains("sent"));
        }
        assert_eq!(last, 0, "refused after a while");
        app.browser("ben@acme.example").await;
    }

    async fn a_link_signs_in_only_where_the_organisation_allows_it(app: TestApp) {
        asked(&app, "/_fn/sign_in_link/ask", "ben@acme.example").await;
        app.run_jobs().await;
        assert!(app.outbox().is_empty(), "not allowed yet");
        app.sql("UPDATE organisations SET magic_links = (1 = 1) WHERE slug = 'acme'").await;
        for staff in ["pm@nordlicht.example", "admin@nordlicht.example"] {
            asked(&app, "/_fn/sign_in_link/ask", staff).await;
        }
        asked(&app, "/_fn/sign_in_link/ask", "dirk@borealis.example").await;
        app.run_jobs().await;
        assert!(app.outbox().is_empty(), "neither staff nor another customer");
        asked(&app, "/_fn/sign_in_link/ask", "ben@acme.example").await;
        let mail = app.mail_to("ben@acme.example").await;
        let mut browser = app.visitor();
        assert_eq!(browser.get(&mail.path()).await.status, 200);
        assert_eq!(browser.get("/").await.status, 303, "opening does not sign in");
        assert_eq!(press(&mut browser, "/_fn/sign_in_link/redeem", &mail.key(), &[]).await.location(), "/");
        assert_eq!(browser.get("/").await.status, 200);
        let mut thief = app.visitor();
        press(&mut thief, "/_fn/sign_in_link/redeem", &mail.key(), &[]).await;
        assert_eq!(thief.get("/").await.status, 303, "used");
        app.advance(Duration::from_secs(60));
        asked(&app, "/_fn/sign_in_link/ask", "ben@acme.example").await;
        let later = app.mail_to("ben@acme.example").await;
        app.sql("UPDATE organisations SET magic_links = (1 = 0)").await;
        let mut late = app.visitor();
        press(&mut late, "/_fn/sign_in_link/redeem", &later.key(), &[]).await;
        assert_eq!(late.get("/").await.status, 303, "asked when it is used, not when it was sent");
    }

    async fn an_address_changes_when_both_addresses_agree(app: TestApp) {
        let mut ben = app.browser("ben@acme.example").await;
        let begun = ben.post("/_fn/email_change/begin", &[("email", "ben.brandt@acme.example")]).await;
        assert_eq!(begun.location(), "/account/email", "{}", begun.text());
        let (new, old) = (app.mail_to("ben.brandt@acme.example").await, app.mail_to("ben@acme.example").await);
        let mut visitor = app.visitor();
        assert!(visitor.get(&new.path()).await.words().contains("ben.brandt@acme.example"));
        assert_eq!(press(&mut visitor, "/_fn/email_change/answer", &new.key(), &[("answer", "agree")]).await.location(), "/email-change?done=waits");
        assert!(ben.get("/account/email").await.words().contains("ben@acme.example"), "the old one holds until both agree");
        assert!(app.count("SELECT COUNT(*) FROM users WHERE email_key = 'ben@acme.example'").await == 1);
        assert_eq!(press(&mut visitor, "/_fn/email_change/answer", &old.key(), &[("answer", "agree")]).await.location(), "/email-change?done=changed");
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE email_key = 'ben.brandt@acme.example'").await, 1);
        assert!(app.mails_to("ben@acme.example").await.len() >= 2, "the old address is told");
        let again = press(&mut visitor, "/_fn/email_change/answer", &old.key(), &[("answer", "agree")]).await;
        assert!(!again.location().contains("done=changed"));
    }

    async fn the_old_address_can_stop_a_change(app: TestApp) {
        let mut ben = app.browser("ben@acme.example").await;
        ben.post("/_fn/email_change/begin", &[("email", "thief@evil.example")]).await;
        let (new, old) = (app.mail_to("thief@evil.example").await, app.mail_to("ben@acme.example").await);
        let mut visitor = app.visitor();
        assert_eq!(press(&mut visitor, "/_fn/email_change/answer", &old.key(), &[("answer", "stop")]).await.location(), "/email-change?done=stopped");
        let late = press(&mut visitor, "/_fn/email_change/answer", &new.key(), &[("answer", "agree")]).await;
        assert!(!late.location().contains("done"), "{}", late.location());
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE email_key = 'ben@acme.example'").await, 1);
    }

    async fn an_address_that_belongs_to_another_login_is_refused_only_to_its_own_mailbox(app: TestApp) {
        let mut ben = app.browser("ben@acme.example").await;
        let begun = ben.post("/_fn/email_change/begin", &[("email", "Anna@ACME.example")]).await;
        assert_eq!(begun.location(), "/account/email");
        let free = app.browser("henning@acme.example").await.post("/_fn/email_change/begin", &[("email", "free@acme.example")]).await;
        assert_eq!((begun.status, begun.text()), (free.status, free.text()), "the same answer");
        let (new, old) = (app.mail_to("Anna@acme.example").await, app.mail_to("ben@acme.example").await);
        let mut visitor = app.visitor();
        press(&mut visitor, "/_fn/email_change/answer", &old.key(), &[("answer", "agree")]).await;
        assert_eq!(press(&mut visitor, "/_fn/email_change/answer", &new.key(), &[("answer", "agree")]).await.location(), "/email-change?done=taken");
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE email_key = 'anna@acme.example'").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE email_key = 'ben@acme.example'").await, 1);
    }

    async fn a_change_of_address_needs_fresh_proof(app: TestApp) {
        let mut ben = app.browser("ben@acme.example").await;
        app.advance(Duration::from_secs(11 * 60));
        let asked = ben.post("/_fn/email_change/begin", &[("email", "new@acme.example")]).await;
        assert!(asked.location().starts_with("/sign-in/confirm"), "{}", asked.location());
        assert_eq!(app.count("SELECT COUNT(*) FROM email_changes").await, 0);
    }
}
