//! Mails over a real mail server (`server/tests/smtp/server.py`): what arrives, and what happens when it refuses, hangs
//! up or is away.

use std::net::TcpListener;
use std::path::PathBuf;
use std::time::Duration;

use app::documents::model::{Audience, Category};
use app::i18n::Locale;
use app::mail::{self, Button, Letter, Recipient, Template};

use crate::support::{Engine, Mail, Process, TestApp, mails_in};

#[expect(clippy::disallowed_methods, reason = "set by script/test")]
fn server() -> (String, PathBuf) {
    let read = |name: &str| std::env::var(name).expect("run the tests through script/test, which starts a mail server");
    (read("TEST_SMTP_ADDR"), PathBuf::from(read("TEST_SMTP_FOLDER")))
}

/// What arrived for an address, oldest first.
fn arrived(address: &str) -> Vec<Mail> {
    mails_in(&server().1.join(address))
}

/// An address that no other test and no other run writes to.
fn address(kind: &str) -> String {
    format!("{kind}-{}@acme.example", uuid::Uuid::now_v7().simple())
}

async fn portal(engine: Engine, url: &str) -> TestApp {
    TestApp::with(engine, &[("SMTP_URL", url), ("MAIL_FROM", "Nordlicht <portal@nordlicht.example>")], None).await
}

async fn portal_here(engine: Engine) -> TestApp {
    portal(engine, &format!("smtp://{}?tls=none", server().0)).await
}

async fn queue(app: &TestApp, address: &str) {
    let ctx = app.ctx("anna@acme.example").await;
    let tx = ctx.db.begin().await.unwrap();
    let to = Recipient { address: address.to_owned(), name: "Anna Albers".to_owned(), locale: Locale::Nl };
    let button = Button::Path("/account/security".into());
    let letter = Letter { template: Template::PasswordChanged, to, values: vec![], button };
    mail::queue(&tx, &ctx, letter).await.unwrap();
    tx.commit().await.unwrap();
}

/// State and last error of the only job.
async fn standing(app: &TestApp) -> (String, String) {
    let rows = app.sql("SELECT state, COALESCE(last_error, '') FROM jobs").await;
    assert_eq!(rows.len(), 1);
    (rows[0][0].clone(), rows[0][1].clone())
}

fn is(state: &str, error: &str) -> (String, String) {
    (state.to_owned(), error.to_owned())
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_written() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = portal_here(engine).await;
        let anna = address("anna");
        queue(&app, &anna).await;
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(standing(&app).await, is("done", ""));
        let mails = arrived(&anna);
        assert_eq!(mails.len(), 1);
        let mail = &mails[0];
        assert_eq!(mail.to, ("Anna Albers".to_owned(), anna));
        assert_eq!(mail.from, ("Nordlicht".to_owned(), "portal@nordlicht.example".to_owned()));
        assert_eq!(mail.header("X-Envelope-From").as_deref(), Some("portal@nordlicht.example"));
        assert_eq!(mail.subject, "Uw wachtwoord is gewijzigd");
        assert!(mail.text.starts_with("Beste Anna Albers,"), "{}", mail.text);
        assert_eq!(mail.path(), "/account/security");
        assert!(mail.id.ends_with("@nordlicht.example"), "{}", mail.id);
        assert!(app.outbox().is_empty(), "with a mail server there is no folder");
    }
}

#[tokio::test]
async fn an_address_that_the_server_refuses_is_given_up_with_its_code_and_nothing_else() {
    let app = portal_here(Engine::Sqlite).await;
    let nobody = address("refuse-550");
    queue(&app, &nobody).await;
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(standing(&app).await, is("dead", "SMTP 550 5.1.1"));
    assert!(arrived(&nobody).is_empty());
    // The operator corrects the cause and has it tried again: staff see no address, but the right mail goes out.
    let mut admin = app.browser("admin@nordlicht.example").await;
    let page = admin.get("/staff/jobs").await;
    assert!(page.words().contains("SMTP 550 5.1.1") && !page.text().contains(&nobody), "{}", page.words());
}

#[tokio::test]
async fn what_the_server_takes_later_is_sent_later() {
    let app = portal_here(Engine::Sqlite).await;
    let busy = address("later-451");
    queue(&app, &busy).await;
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(standing(&app).await, is("waiting", "SMTP 451 4.3.0"));
    assert_eq!(app.run_jobs().await, 0, "not at once");
    app.advance(Duration::from_secs(60));
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(standing(&app).await, is("done", ""));
    assert_eq!(arrived(&busy).len(), 1);
}

#[tokio::test]
async fn a_mail_whose_answer_is_lost_is_sent_again_as_the_same_mail() {
    let app = portal_here(Engine::Sqlite).await;
    let unlucky = address("hangup");
    queue(&app, &unlucky).await;
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(standing(&app).await.0, "waiting");
    app.advance(Duration::from_secs(60));
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(standing(&app).await, is("done", ""));
    let mails = arrived(&unlucky);
    assert_eq!(mails.len(), 2);
    assert_eq!((&mails[0].id, &mails[0].subject), (&mails[1].id, &mails[1].subject));
    assert_eq!(mails[0].header("Date"), mails[1].header("Date"));
}

/// An address that nobody listens on.
pub fn nowhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

#[tokio::test]
async fn while_the_server_is_away_the_act_succeeds_and_the_mail_waits() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = portal(engine, &format!("smtp://{}", nowhere())).await;
        let anna = address("anna");
        queue(&app, &anna).await;
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(standing(&app).await, is("waiting", "the mail server cannot be reached"));
        app.advance(Duration::from_secs(60));
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(standing(&app).await, is("waiting", "the mail server cannot be reached"));
        // The operator names another server; what waits goes there.
        let mut state = app.state.clone();
        let smtp = mail::Smtp::parse(&format!("smtp://{}", server().0)).unwrap();
        let sender = mail::Sender::parse("portal@nordlicht.example").unwrap();
        state.mailer = mail::Mailer::open(&mail::Target::Smtp(smtp), sender).unwrap();
        app.advance(Duration::from_secs(300));
        assert_eq!(state.worker().drain().await.unwrap(), 1);
        assert_eq!(standing(&app).await, is("done", ""));
        assert_eq!(arrived(&anna).len(), 1);
    }
}

#[tokio::test]
async fn a_portal_signs_in_to_its_mail_server_and_a_wrong_password_loses_no_mail() {
    let addr = server().0;
    let app = portal(Engine::Sqlite, &format!("smtp://portal:a%20password@{addr}?tls=none")).await;
    let anna = address("anna");
    queue(&app, &anna).await;
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(arrived(&anna)[0].header("X-Signed-In").as_deref(), Some("portal"));
    let app = portal(Engine::Sqlite, &format!("smtp://portal:wrong@{addr}?tls=none")).await;
    let anna = address("anna");
    queue(&app, &anna).await;
    assert_eq!(app.run_jobs().await, 1);
    let (state, error) = standing(&app).await;
    assert!(state == "waiting" && error.starts_with("SMTP 535"), "{state}: {error}");
    assert!(arrived(&anna).is_empty());
}

#[tokio::test]
async fn where_encryption_is_demanded_nothing_is_sent_without_it() {
    let app = portal(Engine::Sqlite, &format!("smtp://portal:a%20password@{}?tls=required", server().0)).await;
    let anna = address("anna");
    queue(&app, &anna).await;
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(standing(&app).await, is("waiting", "the mail server offers no STARTTLS"));
    assert!(arrived(&anna).is_empty());
}

#[tokio::test]
async fn an_address_beyond_ascii_goes_out_where_the_server_can() {
    let app = portal_here(Engine::Sqlite).await;
    let joerg = address("j\u{f6}rg");
    queue(&app, &joerg).await;
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(standing(&app).await, is("done", ""));
    assert_eq!(arrived(&joerg).len(), 1);
}

#[test]
fn doctor_says_whether_the_mail_server_answers() {
    let dir = tempfile::tempdir().unwrap();
    let doctor = |url: &str| {
        let mut command = crate::support::kontor(dir.path());
        let output = command.arg("doctor").env("KONTOR_SMTP_URL", url).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert!(Process::run(dir.path(), &["migrate"]).status.success());
    let addr = server().0;
    let (code, text) = doctor(&format!("smtp://{addr}"));
    assert!(code == Some(0) && text.contains(&format!("ok   mail       {addr}")), "{text}");
    let nowhere = nowhere();
    let (code, text) = doctor(&format!("smtp://portal:geheim@{nowhere}"));
    assert!(
        code == Some(1) && text.contains(&format!("FAIL mail       {nowhere}: the mail server cannot be reached")),
        "{text}"
    );
    assert!(!text.contains("geheim"), "{text}");
}

/// Ben with another address, and a document that is published to him and Anna: its mails are handed over.
async fn published(app: &TestApp, ben: &str) {
    app.sql(&format!("UPDATE users SET email = '{ben}', email_key = '{ben}' WHERE email = 'ben@acme.example'")).await;
    app.published("Specification RF-400", Category::Minutes, Audience::Organisation).await;
    app.run_notifications().await;
    app.advance(Duration::from_secs(60));
    app.run_notifications().await;
}

#[tokio::test]
async fn one_refused_recipient_is_noted_and_left_alone_and_the_others_get_their_mail() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = portal_here(engine).await;
        let (nobody, anna) = (address("refuse-550"), address("anna"));
        app.sql(&format!("UPDATE users SET email = '{anna}', email_key = '{anna}' WHERE email = 'anna@acme.example'"))
            .await;
        published(&app, &nobody).await;
        assert_eq!(arrived(&anna).len(), 1);
        let mail = &arrived(&anna)[0];
        assert!(mail.header("List-Unsubscribe").is_some_and(|url| url.contains("/unsubscribe?key=")), "{}", mail.raw);
        let known = app.sql("SELECT problem, code, address_key FROM mail_problems").await;
        assert_eq!(known, [["refused".to_owned(), "SMTP 550 5.1.1".to_owned(), nobody.clone()]]);
        let dead = "SELECT COUNT(*) FROM jobs WHERE state = 'dead'";
        assert_eq!(app.count(dead).await, 1);
        app.published("Another", Category::Minutes, Audience::Organisation).await;
        app.run_notifications().await;
        app.advance(Duration::from_secs(360));
        app.run_notifications().await;
        assert_eq!(arrived(&anna).len(), 2);
        assert_eq!(app.count(dead).await, 1, "no other mail was tried");
        // With another address everything is as before.
        let new = address("ben");
        app.sql(&format!("UPDATE users SET email = '{new}', email_key = '{new}' WHERE email = '{nobody}'")).await;
        app.published("A third", Category::Minutes, Audience::Organisation).await;
        app.run_notifications().await;
        app.advance(Duration::from_secs(360));
        app.run_notifications().await;
        assert_eq!(arrived(&new).len(), 1);
    }
}

#[tokio::test]
async fn a_notification_whose_answer_is_lost_is_sent_again_as_the_same_mail_and_a_slow_server_keeps_nobody_waiting() {
    let app = portal_here(Engine::Sqlite).await;
    let unlucky = address("hangup");
    published(&app, &unlucky).await;
    app.advance(Duration::from_secs(60));
    app.run_jobs().await;
    let mails = arrived(&unlucky);
    assert_eq!(mails.len(), 2);
    assert_eq!((&mails[0].id, &mails[0].subject), (&mails[1].id, &mails[1].subject));
    let app = portal_here(Engine::Sqlite).await;
    let slow = address("slow-2");
    published(&app, &slow).await;
    assert_eq!(arrived(&slow).len(), 1, "the act had long been done");
}
