//! Letters: what they say, who gets them, and what cannot be smuggled into them.

use app::i18n::Locale;
use app::ids::LinkId;
use app::jobs::Handler as _;
use app::links::{self, Purpose};
use app::mail::{self, Button, Letter, Recipient, Template, preview};
use app::time::Instant;

use crate::support::{Engine, Mail, TestApp, both};

fn to(address: &str, name: &str, locale: Locale) -> Recipient {
    Recipient { address: address.to_owned(), name: name.to_owned(), locale }
}

fn anna() -> Recipient {
    to("anna@acme.example", "Anna Albers", Locale::En)
}

/// A letter with every value its template needs.
fn letter(template: Template, to: Recipient, button: Button) -> Letter {
    let values = template.needs().iter().map(|name| (*name, format!("<{name}>"))).collect();
    Letter { template, to, values, button }
}

async fn queue(app: &TestApp, letter: Letter) -> Result<(), app::error::AppError> {
    let ctx = app.ctx("anna@acme.example").await;
    let tx = ctx.db.begin().await.unwrap();
    let queued = mail::queue(&tx, &ctx, letter).await;
    tx.commit().await.unwrap();
    queued
}

async fn sent(app: &TestApp, letter: Letter) -> Mail {
    queue(app, letter).await.unwrap();
    assert_eq!(app.run_jobs().await, 1);
    app.outbox().pop().expect("a mail")
}

async fn link(app: &TestApp, purpose: Purpose) -> LinkId {
    let tx = app.db().begin().await.unwrap();
    let id = links::create(&tx, purpose, None, "anna@acme.example", "", app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn state(app: &TestApp) -> String {
    let rows = app.sql("SELECT state, COALESCE(last_error, ''), payload FROM jobs ORDER BY id DESC LIMIT 1").await;
    rows[0].join("|")
}

both! {
    async fn a_letter_goes_out_in_the_language_of_its_reader_with_text_and_html(app: TestApp) {
        let recipient = to("anna@acme.example", "Anna Albers", Locale::De);
        let mail = sent(&app, letter(Template::PasswordChanged, recipient, Button::Path("/account/security".into()))).await;
        assert_eq!(mail.to, ("Anna Albers".to_owned(), "anna@acme.example".to_owned()));
        assert_eq!(mail.from, ("Nordlicht Maschinenbau GmbH".to_owned(), "no-reply@localhost".to_owned()));
        assert_eq!(mail.subject, "Ihr Passwort wurde geändert");
        assert!(mail.text.starts_with("Guten Tag Anna Albers,\n"), "{}", mail.text);
        assert!(mail.text.contains("am 21. Nov. 2026, 13:00 geändert"), "in the portal's zone: {}", mail.text);
        assert_eq!(mail.path(), "/account/security");
        assert!(mail.html.starts_with("<!doctype html><html lang=\"de\">"));
        assert!(mail.html.contains("href=\"http://127.0.0.1:3000/account/security\""));
        assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
        assert_eq!(mail.header("Date").as_deref(), Some("Sat, 21 Nov 2026 12:00:00 +0000"));
        let done = state(&app).await;
        assert_eq!(done, "done||{}", "nothing personal stays in the queue");
    }

    async fn dates_are_in_the_zone_of_the_reader(app: TestApp) {
        let password_changed = || letter(Template::PasswordChanged, anna(), Button::Path("/account/security".into()));
        app.sql("UPDATE users SET time_zone = 'America/New_York' WHERE email = 'anna@acme.example'").await;
        let mail = sent(&app, password_changed()).await;
        assert!(mail.text.contains("on 21 Nov 2026, 07:00"), "{}", mail.text);
        app.sql("UPDATE users SET time_zone = 'Nowhere/Land' WHERE email = 'anna@acme.example'").await;
        assert!(sent(&app, password_changed()).await.text.contains("on 21 Nov 2026, 13:00"), "the portal's, then");
        let stranger = Letter { to: to("new@acme.example", "New", Locale::En), ..password_changed() };
        assert!(sent(&app, stranger).await.text.contains("on 21 Nov 2026, 13:00"));
    }

    async fn a_letter_is_queued_with_its_act_or_not_at_all(app: TestApp) {
        let ctx = app.ctx("anna@acme.example").await;
        let tx = ctx.db.begin().await.unwrap();
        mail::queue(&tx, &ctx, letter(Template::Suspended, anna(), Button::None)).await.unwrap();
        drop(tx);
        assert_eq!(app.run_jobs().await, 0);
        assert!(app.outbox().is_empty());
    }

    async fn the_secret_of_a_link_is_made_when_the_letter_is_sent_and_only_the_letter_has_it(app: TestApp) {
        let id = link(&app, Purpose::PasswordReset).await;
        let button = Button::Link { link: id, path: "/sign-in/reset".into() };
        queue(&app, letter(Template::PasswordReset, anna(), button)).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM link_secrets").await, 0);
        let mail = app.mail_to("anna@acme.example").await;
        assert!(mail.path().starts_with("/sign-in/reset?key="), "{}", mail.path());
        assert!(mail.text.contains("within 60 minutes"), "{}", mail.text);
        let found = links::find(app.db(), &mail.key(), Purpose::PasswordReset).await.unwrap().unwrap();
        assert_eq!(found.id, id);
        assert!(links::find(app.db(), &mail.key(), Purpose::SignIn).await.unwrap().is_none());
        let kept = format!("{:?}", app.sql("SELECT payload FROM jobs").await);
        assert!(!kept.contains(&mail.key()));
    }

    async fn a_letter_whose_link_has_ended_meanwhile_is_not_sent(app: TestApp) {
        let id = link(&app, Purpose::SignIn).await;
        queue(&app, letter(Template::SignInLink, anna(), Button::Link { link: id, path: "/sign-in/link".into() })).await.unwrap();
        let tx = app.db().begin().await.unwrap();
        links::end(&tx, id, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(app.run_jobs().await, 1);
        assert!(app.outbox().is_empty());
        assert_eq!(state(&app).await, "done||{}");
    }

    async fn neither_names_nor_values_nor_messages_become_headers_or_markup(app: TestApp) {
        let evil = "Anna\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>";
        let mut letter = letter(Template::Invitation, to("anna@acme.example", evil, Locale::En), Button::Path("/".into()));
        letter.values = vec![
            ("inviter", evil.to_owned()),
            ("organisation", "M\u{fc}ller \"&\" S\u{f6}hne\r\nX-Evil: 1".to_owned()),
            ("message", "Hello <b>you</b>\r\nBcc: evil@example.com\r\n.\r\nQUIT".to_owned()),
        ];
        let mail = sent(&app, letter).await;
        for name in ["Bcc", "X-Evil", "Cc"] {
            assert_eq!(mail.header(name), None, "{}", mail.raw);
        }
        assert_eq!(mail.to.1, "anna@acme.example");
        assert!(mail.to.0.starts_with("Anna Bcc: evil@example.com"), "{:?}", mail.to);
        assert!(mail.subject.contains("M\u{fc}ller \"&\" S\u{f6}hne X-Evil: 1"), "{}", mail.subject);
        assert!(!mail.html.contains("<script>") && !mail.html.contains("<b>"), "{}", mail.html);
        assert!(mail.html.contains("Hello &lt;b&gt;you&lt;/b&gt;<br>Bcc: evil@example.com"), "{}", mail.html);
        assert!(mail.text.contains("> Hello <b>you</b>\n> Bcc: evil@example.com\n> .\n> QUIT"), "{}", mail.text);
    }

    async fn names_and_domains_beyond_ascii_arrive_as_they_are_meant(app: TestApp) {
        for name in ["J\u{f6}rg \"Jo\" M\u{fc}ller, Dr.", "\u{6797}\u{5fd7}\u{73b2}", "O'Neill; <x@y>", "a\\b", ""] {
            let mail = sent(&app, letter(Template::Suspended, to("joerg@m\u{fc}ller.example", name, Locale::En), Button::None)).await;
            assert_eq!(mail.to, (name.to_owned(), "joerg@xn--mller-kva.example".to_owned()), "{}", mail.raw);
            assert!(mail.raw.is_ascii(), "{}", mail.raw);
        }
    }

    async fn what_is_no_address_is_given_up_with_a_reason_that_names_nobody(app: TestApp) {
        for address in ["nobody", "anna@127.0.0.1", "a@b\r\nRCPT TO:<evil@example.com>", "anna@acme.example, evil@example.com"] {
            queue(&app, letter(Template::Suspended, to(address, "Anna", Locale::En), Button::None)).await.unwrap();
            assert_eq!(app.run_jobs().await, 1);
            let now = state(&app).await;
            assert!(now.starts_with("dead|not an address that mail can go to|"), "{now}");
        }
        assert!(app.outbox().is_empty());
    }

    async fn a_letter_that_lacks_a_value_or_leads_elsewhere_is_refused_at_once(app: TestApp) {
        let mut lacking = letter(Template::TokenCreated, anna(), Button::None);
        lacking.values.clear();
        assert!(queue(&app, lacking).await.is_err());
        for path in ["https://evil.example/", "//evil.example/", "/\\evil.example", "account"] {
            assert!(queue(&app, letter(Template::Suspended, anna(), Button::Path(path.into()))).await.is_err(), "{path}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs").await, 0);
    }

    async fn a_mail_that_is_sent_twice_is_the_same_mail(app: TestApp) {
        queue(&app, letter(Template::Suspended, anna(), Button::None)).await.unwrap();
        let worker = app.state.worker();
        let job = worker.claim(1).await.unwrap().pop().unwrap();
        let works = app::jobs::Works { mailer: app.state.mailer.clone(), previewer: app.state.previewer.clone() };
        let ctx = app.state.ctx(app::access::Actor::operator(), "test");
        works.run(&ctx, &job).await.unwrap();
        let first = app.outbox().pop().unwrap();
        assert_eq!(first.id, format!("{}@localhost", job.id));
        works.run(&ctx, &job).await.unwrap();
        let again = app.outbox();
        assert_eq!((again.len(), &again[0].id), (1, &first.id));
    }
}

#[tokio::test]
async fn every_letter_says_something_whole_in_every_language() {
    let app = TestApp::new(Engine::Sqlite).await;
    let portal = &app.state.portal;
    for template in Template::ALL {
        let mut subjects = std::collections::BTreeSet::new();
        for locale in Locale::ALL {
            let letter = preview(portal, template, locale, Instant(1_795_262_400_000_000));
            let name = format!("{} in {}: {}", template.name(), locale.tag(), letter.text);
            for part in [&letter.subject, &letter.text, &letter.html] {
                assert!(!part.contains("{$") && !part.contains("{ $") && !part.contains("mail-"), "{name}");
                // Nothing is fetched, and every link is the portal's own.
                for rest in part.split("http").skip(1) {
                    assert!(rest.starts_with("://127.0.0.1:3000/"), "{name}: {rest}");
                }
                assert!(!part.contains("src=") && !part.contains("url("), "{name}");
            }
            assert!(letter.subject.chars().count() <= 78, "{name}: {}", letter.subject);
            assert!(letter.text.contains("Ben Brandt") && letter.text.contains(&portal.name.get()), "{name}");
            let paragraphs = letter.text.split("\n\n").count();
            assert!(paragraphs >= 4, "{name}");
            assert!(letter.html.contains(&format!("<html lang=\"{}\">", locale.tag())), "{name}");
            subjects.insert(letter.subject);
        }
        assert_eq!(subjects.len(), 3, "{}: a language is missing", template.name());
    }
}
