//! Single sign-on with a real provider: oidc-provider, as `script/test` starts it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::oidc::{AtProvider, Registered, departure_url, issuer, register};
use crate::support::{Answer, Browser, Engine, TestApp, both};

const START: &str = "/sign-in/sso";
const FORM: &str = "/_fn/sign_in/sign_in";
const PASSWORD: &str = "a long demo password";

/// A portal whose Borealis signs in through the provider.
struct Site {
    app: TestApp,
    portal: Registered,
}

impl Site {
    /// Set up by Carla, with the domain confirmed by staff.
    async fn new(engine: Engine) -> Self {
        let app = TestApp::with(engine, &[("OUTGOING_ALLOW", "127.0.0.0/8")], None).await;
        let site = Self { app, portal: register().await };
        let connection = json!({
            "issuer": issuer(), "client_id": site.portal.client_id, "client_secret": site.portal.client_secret,
            "label": "Borealis",
        });
        let rules = site.change("carla@borealis.example", json!({ "connection": connection, "active": true })).await;
        assert_eq!(rules.status, 200, "{}", rules.text());
        site.domain("borealis.example").await;
        site
    }

    fn rules(&self) -> String {
        format!("/api/v1/organisations/{}/sign-in-rules", self.app.organisation("borealis"))
    }

    async fn change(&self, who: &str, change: Value) -> Answer {
        self.app.token(who).await.patch(&self.rules(), change, "*").await
    }

    async fn domain(&self, name: &str) -> String {
        let base = format!("/api/v1/organisations/{}/domains", self.app.organisation("borealis"));
        let carla = self.app.token("carla@borealis.example").await;
        let claimed = carla.post(&base, json!({ "domain": name })).await;
        assert_eq!(claimed.status, 201, "{}", claimed.text());
        let id = claimed.json()["id"].as_str().unwrap().to_owned();
        let confirm = format!("{base}/{id}/confirm");
        assert_eq!(carla.post(&confirm, json!({})).await.status, 403, "not on their own word");
        let admin = self.app.token("admin@nordlicht.example").await;
        assert_eq!(admin.post(&confirm, json!({})).await.status, 204);
        format!("{base}/{id}")
    }

    async fn leave(&self, browser: &mut Browser, email: &str) -> Answer {
        browser.post(START, &[("email", email), ("next", "/documents")]).await
    }

    /// Signs somebody in there and comes back with what the portal says.
    async fn sign_in(&self, email: &str) -> (Browser, Answer) {
        let mut browser = self.app.visitor();
        let departure = self.leave(&mut browser, "somebody@borealis.example").await;
        let back = AtProvider::default().sign_in(&departure, email).await;
        let answer = browser.get(&back).await;
        (browser, answer)
    }

    /// Carla's test sign-in, in a browser where she has signed in with her password.
    async fn test_as(&self, who: &str, login: &str) -> (Browser, Answer) {
        let mut browser = self.app.browser(who).await;
        let id = self.app.organisation("borealis").to_string();
        let departure = browser.post("/organisation/sign-in/test", &[("organisation", &id)]).await;
        let back = AtProvider::default().sign_in(&departure, login).await;
        let answer = browser.get(&back).await;
        (browser, answer)
    }

    async fn only_sso(&self) {
        let (mut carla, answer) = self.test_as("carla@borealis.example", "carla@borealis.example").await;
        let page = carla.follow(&answer).await.words();
        assert!(page.contains("The test sign-in worked"), "{page}");
        let changed = self.change("carla@borealis.example", json!({ "only_sso": true })).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
    }
}

fn refused(answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status, status, "{}", answer.words());
    assert!(answer.words().contains(words), "{}", answer.words());
    assert!(answer.text().contains("href=\"/sign-in\""), "nobody is left without a way");
}

both! {
    async fn dirk_signs_in_through_his_organisations_provider(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let (mut dirk, answer) = site.sign_in("dirk@borealis.example").await;
        assert_eq!((answer.status, answer.location()), (303, "/documents"));
        assert_eq!(dirk.follow(&answer).await.status, 200);
        assert!(dirk.pending.is_empty(), "what was kept meanwhile is gone");
        assert_eq!(site.app.count("SELECT COUNT(*) FROM sso_identities").await, 1);
        assert_eq!(site.app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'identity.link'").await, 1);
        assert_eq!(site.app.count("SELECT COUNT(*) FROM sessions WHERE provider_id IS NOT NULL AND user_id IS NOT NULL").await, 1);
        // The second time nothing is linked any more: issuer and subject are enough.
        let (_, answer) = site.sign_in("dirk@borealis.example").await;
        assert_eq!(answer.status, 303);
        assert_eq!(site.app.count("SELECT COUNT(*) FROM sso_identities").await, 1);
    }

    async fn strangers_who_begin_leave_nothing_in_the_database(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let before = site.app.count("SELECT COUNT(*) FROM sessions").await;
        for _ in 0..3 {
            let departure = site.leave(&mut site.app.visitor(), "somebody@borealis.example").await;
            let url = departure_url(&departure);
            for part in ["code_challenge_method=S256", "code_challenge=", "state=", "nonce=", "scope=openid"] {
                assert!(url.contains(part), "{part} is missing in {url}");
            }
        }
        assert_eq!(site.app.count("SELECT COUNT(*) FROM sessions").await, before);
    }

    async fn known_and_unknown_addresses_of_a_domain_are_sent_the_same_way(app: TestApp) {
        let site = Site::new(app.engine()).await;
        for email in ["dirk@borealis.example", "nobody@borealis.example"] {
            assert_eq!(site.leave(&mut site.app.visitor(), email).await.status, 200, "{email}");
        }
        // And so are those of a domain without a provider, where people have accounts or not.
        let mut pages = Vec::new();
        for email in ["anna@acme.example", "nobody@acme.example", "admin@nordlicht.example", "x@nowhere.example"] {
            let answer = site.leave(&mut site.app.visitor(), email).await;
            assert_eq!((answer.status, answer.field("email").as_str()), (422, email));
            pages.push(answer.words());
        }
        assert!(pages.iter().all(|page| *page == pages[0] && page.contains("No organisation signs in here")), "{pages:?}");
        let page = site.app.visitor().get("/sign-in/borealis").await;
        assert!(page.status == 200 && page.words().contains("Continue with Borealis"), "{}", page.words());
        assert_eq!(site.app.visitor().get("/sign-in/acme").await.status, 404, "ACME has no provider");
    }

    async fn an_account_is_made_at_the_first_sign_in_where_that_is_allowed(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let (_, answer) = site.sign_in("nora.nieuw@borealis.example").await;
        refused(&answer, 403, "You have no access yet");
        let rights = json!({ "documents": "own", "orders": "own", "money": "none", "tickets": "own" });
        let admission = json!({ "just_in_time": true, "role": "member", "rights": rights, "trust_factor": false });
        let changed = site.change("carla@borealis.example", json!({ "admission": admission })).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        let (mut nora, answer) = site.sign_in("nora.nieuw@borealis.example").await;
        assert_eq!((answer.status, answer.location()), (303, "/documents"), "{}", answer.words());
        assert!(nora.get("/").await.text().contains("Nora Nieuw"));
        let rows = site.app.sql("SELECT m.role, m.documents, m.money FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = 'nora.nieuw@borealis.example'").await;
        assert_eq!(rows, [["member", "own", "none"]]);
        // A password somebody guesses opens nothing: there is none.
        let mut thief = site.app.visitor();
        let answer = thief.post(FORM, &[("email", "nora.nieuw@borealis.example"), ("password", "")]).await;
        assert_eq!(answer.location(), "/sign-in");
        // An administrator is never made this way.
        let admission = json!({ "just_in_time": true, "role": "admin", "rights": json!({ "documents": "own", "orders": "own", "money": "none", "tickets": "own" }), "trust_factor": false });
        assert_eq!(site.change("carla@borealis.example", json!({ "admission": admission })).await.status, 422);
    }

    async fn an_address_that_nobody_vouches_for_opens_nothing(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let rights = json!({ "documents": "own", "orders": "own", "money": "own", "tickets": "own" });
        let admission = json!({ "just_in_time": true, "role": "member", "rights": rights, "trust_factor": false });
        site.change("carla@borealis.example", json!({ "admission": admission })).await;
        let (_, answer) = site.sign_in("unverified.person@borealis.example").await;
        refused(&answer, 403, "Your address is not verified");
        assert_eq!(site.app.count("SELECT COUNT(*) FROM users WHERE email LIKE 'unverified%'").await, 0);
    }

    async fn a_provider_cannot_sign_in_somebody_of_another_organisation(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let (mut thief, answer) = site.sign_in("anna@acme.example").await;
        refused(&answer, 403, "Your address belongs elsewhere");
        assert_eq!(thief.get("/").await.status, 303, "nobody is signed in");
        // Not even with the domain on their list, as long as it is not theirs.
        let base = format!("/api/v1/organisations/{}/domains", site.app.organisation("borealis"));
        let carla = site.app.token("carla@borealis.example").await;
        assert_eq!(carla.post(&base, json!({ "domain": "acme.example" })).await.status, 201);
        let (_, answer) = site.sign_in("anna@acme.example").await;
        refused(&answer, 403, "Your address belongs elsewhere");
        assert_eq!(carla.post(&base, json!({ "domain": "gmail.com" })).await.status, 422);
        // And should it be confirmed by mistake: who is no member there is not let in.
        site.app.sql("UPDATE organisation_domains SET state = 'confirmed'").await;
        let (_, answer) = site.sign_in("anna@acme.example").await;
        refused(&answer, 403, "Your access is not open");
        assert_eq!(site.app.count("SELECT COUNT(*) FROM sso_identities").await, 0);
    }

    async fn a_domain_belongs_to_one_organisation(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let base = format!("/api/v1/organisations/{}/domains", site.app.organisation("acme"));
        let claimed = site.app.token("anna@acme.example").await.post(&base, json!({ "domain": "borealis.example" })).await;
        assert_eq!(claimed.status, 201, "claiming hurts nobody");
        let confirm = format!("{base}/{}/confirm", claimed.json()["id"].as_str().unwrap());
        assert_eq!(site.app.token("admin@nordlicht.example").await.post(&confirm, json!({})).await.status, 409);
    }

    async fn staff_never_come_in_through_a_customers_provider(app: TestApp) {
        let site = Site::new(app.engine()).await;
        site.domain("nordlicht.example").await;
        let (_, answer) = site.sign_in("admin@nordlicht.example").await;
        refused(&answer, 403, "Staff sign in here");
    }

    async fn whoever_was_suspended_or_lost_the_domain_is_out_at_the_next_sign_in(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let extra = site.domain("borealis-group.example").await;
        site.app.sql("UPDATE users SET email = 'dirk@borealis-group.example', email_key = 'dirk@borealis-group.example' WHERE email = 'dirk@borealis.example'").await;
        assert_eq!(site.sign_in("dirk@borealis-group.example").await.1.status, 303);
        let carla = site.app.token("carla@borealis.example").await;
        assert_eq!(carla.send(axum::http::Method::DELETE, &extra, &[], axum::body::Body::empty()).await.status, 204);
        refused(&site.sign_in("dirk@borealis-group.example").await.1, 403, "Your address belongs elsewhere");
        site.app.sql("UPDATE memberships SET state = 'suspended'").await;
        refused(&site.sign_in("dirk@borealis-group.example").await.1, 403, "Your access is not open");
    }

    async fn an_address_that_was_passed_on_is_not_the_account_of_who_had_it(app: TestApp) {
        let site = Site::new(app.engine()).await;
        assert_eq!(site.sign_in("dirk@borealis.example").await.1.status, 303);
        // At the provider somebody else has the address now: another subject.
        site.app.sql("UPDATE sso_identities SET subject = 'the one before'").await;
        refused(&site.sign_in("dirk@borealis.example").await.1, 403, "This is somebody else");
        let operator = site.app.state.ctx(app::access::Actor::operator(), "test");
        let forgotten = app::sso::manage::unlink(&operator, "borealis", "dirk@borealis.example").await.unwrap();
        assert_eq!(forgotten, 1);
        assert_eq!(site.sign_in("dirk@borealis.example").await.1.status, 303);
    }

    async fn an_answer_counts_once_and_in_the_browser_that_asked_only(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let mut browser = site.app.visitor();
        let departure = site.leave(&mut browser, "dirk@borealis.example").await;
        let back = AtProvider::default().sign_in(&departure, "dirk@borealis.example").await;
        // Another browser has not asked.
        refused(&site.app.visitor().get(&back).await, 400, "This sign-in has run out");
        // Nor is another state this one's.
        let state = back.split("state=").nth(1).unwrap().split('&').next().unwrap();
        refused(&browser.clone().get(&back.replace(state, "another")).await, 400, "This sign-in has run out");
        let mut copy = browser.clone();
        assert_eq!(browser.get(&back).await.status, 303);
        // A code works once, also where the cookie was kept.
        refused(&copy.get(&back).await, 400, "This sign-in has run out");
        // Back and forward in the browser that is in: it stays in.
        let again = browser.get(&back).await;
        assert_eq!((again.status, again.location()), (303, "/"));
        assert_eq!(browser.get("/").await.status, 200);
    }

    async fn a_sign_in_that_took_too_long_begins_again(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let mut browser = site.app.visitor();
        let departure = site.leave(&mut browser, "dirk@borealis.example").await;
        let back = AtProvider::default().sign_in(&departure, "dirk@borealis.example").await;
        site.app.advance(Duration::from_secs(15 * 60 + 1));
        refused(&browser.get(&back).await, 400, "This sign-in has run out");
    }

    async fn who_stops_at_the_provider_is_told_how_to_go_on(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let mut browser = site.app.visitor();
        let departure = site.leave(&mut browser, "dirk@borealis.example").await;
        let back = AtProvider::default().stop(&departure).await;
        let answer = browser.get(&back).await;
        refused(&answer, 403, "You were not let in");
        assert!(answer.text().contains("href=\"/sign-in/borealis\""));
        assert_eq!(site.app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'session.refuse'").await, 1);
    }

    async fn single_sign_on_only_closes_the_other_doors_from_the_next_request(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let mut dirk = site.app.browser("dirk@borealis.example").await;
        assert_eq!(dirk.get("/").await.status, 200);
        let early = site.change("carla@borealis.example", json!({ "only_sso": true })).await;
        assert!(early.status == 409 && early.text().contains("test sign-in"), "{}", early.text());
        // A test that comes back as somebody else is none.
        let (mut carla, answer) = site.test_as("carla@borealis.example", "dirk@borealis.example").await;
        assert!(carla.follow(&answer).await.words().contains("This is somebody else"));
        assert_eq!(site.change("carla@borealis.example", json!({ "only_sso": true })).await.status, 409);
        site.only_sso().await;
        assert_eq!(dirk.get("/").await.status, 303, "the session with the password is over");
        let mut dirk = site.app.visitor();
        let answer = dirk.post(FORM, &[("email", "dirk@borealis.example"), ("password", PASSWORD)]).await;
        assert_eq!((answer.status, answer.location()), (303, "/sign-in/borealis?only=1"));
        let page = dirk.follow(&answer).await;
        assert!(page.words().contains("through its own sign-in only"), "{}", page.words());
        // Nothing is told to who does not know the password.
        let wrong = site.app.visitor().post(FORM, &[("email", "dirk@borealis.example"), ("password", "wrong")]).await;
        assert_eq!(wrong.location(), "/sign-in");
        let (mut dirk, answer) = site.sign_in("dirk@borealis.example").await;
        assert_eq!(dirk.follow(&answer).await.status, 200);
        // ACME is nobody else's business.
        site.app.browser("anna@acme.example").await;
    }

    async fn staff_break_the_glass(app: TestApp) {
        let site = Site::new(app.engine()).await;
        site.only_sso().await;
        let off = site.change("admin@nordlicht.example", json!({ "only_sso": false })).await;
        assert_eq!(off.status, 200, "{}", off.text());
        site.app.browser("dirk@borealis.example").await;
        // Staff, too, close the door only after a test of their own.
        assert_eq!(site.change("admin@nordlicht.example", json!({ "only_sso": true })).await.status, 409);
        let (_, answer) = site.test_as("admin@nordlicht.example", "dirk@borealis.example").await;
        assert_eq!(answer.status, 303);
        assert_eq!(site.change("admin@nordlicht.example", json!({ "only_sso": true })).await.status, 200);
        // At the machine.
        let operator = site.app.state.ctx(app::access::Actor::operator(), "test");
        assert!(app::sso::manage::break_glass(&operator, "borealis").await.unwrap());
        assert!(!app::sso::manage::break_glass(&operator, "borealis").await.unwrap());
        site.app.browser("dirk@borealis.example").await;
    }

    async fn an_organisation_closes_its_own_doors_and_nobody_elses(app: TestApp) {
        let site = Site::new(app.engine()).await;
        site.app.sql("INSERT INTO memberships (user_id, organisation_id, role, state, created_at) SELECT u.id, o.id, 'member', 'active', 0 FROM users u, organisations o WHERE u.email = 'dirk@borealis.example' AND o.slug = 'acme'").await;
        site.only_sso().await;
        let mut dirk = site.app.browser("dirk@borealis.example").await;
        let page = dirk.get("/").await.text();
        assert!(page.contains("ACME Werke AG") && !page.contains("Borealis Logistik BV"), "with the password: ACME only");
        let (mut dirk, answer) = site.sign_in("dirk@borealis.example").await;
        dirk.follow(&answer).await;
        let page = dirk.get("/").await.text();
        assert!(page.contains("ACME Werke AG") && page.contains("Borealis Logistik BV"), "through the provider: both");
    }

    async fn the_provider_ends_the_session(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let router = site.app.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let admin = site.app.token("admin@nordlicht.example").await;
        let rules = admin.get(&site.rules()).await.json();
        let told = rules["provider"]["backchannel_logout_uri"].as_str().unwrap().to_owned();
        site.portal.log_out_at(&told.replace("127.0.0.1:3000", &addr.to_string())).await;
        let mut browser = site.app.visitor();
        let departure = site.leave(&mut browser, "dirk@borealis.example").await;
        let mut provider = AtProvider::default();
        let back = provider.sign_in(&departure, "dirk@borealis.example").await;
        assert_eq!(browser.get(&back).await.status, 303);
        let mut other = site.app.browser("dirk@borealis.example").await;
        assert_eq!(browser.get("/").await.status, 200);
        provider.sign_out().await;
        assert_eq!(browser.get("/").await.status, 303, "ended from there");
        assert_eq!(other.get("/").await.status, 200, "a session that did not come from there stays");
        assert_eq!(site.app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'sso.logout'").await, 1);
    }

    async fn a_second_factor_is_asked_for_unless_the_provider_answers_for_it(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let bytes = if site.app.engine() == Engine::Sqlite { "X'00'" } else { "'\\x00'::bytea" };
        site.app.sql(&format!("INSERT INTO totp_secrets (user_id, secret, last_step, created_at, last_used_at) SELECT id, {bytes}, 0, 0, 0 FROM users WHERE email = 'dirk@borealis.example'")).await;
        let (mut dirk, answer) = site.sign_in("dirk@borealis.example").await;
        assert!(answer.location().starts_with("/sign-in/factor"), "{}", answer.location());
        assert_eq!(dirk.get("/").await.status, 303, "nobody yet");
        let rights = json!({ "documents": "own", "orders": "own", "money": "own", "tickets": "own" });
        let admission = json!({ "just_in_time": false, "role": "member", "rights": rights, "trust_factor": true });
        assert_eq!(site.change("carla@borealis.example", json!({ "admission": admission })).await.status, 200);
        let (_, answer) = site.sign_in("dirk@borealis.example").await;
        assert_eq!(answer.location(), "/documents");
    }

    async fn where_a_factor_is_required_a_provider_that_does_not_answer_for_one_is_too_little(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let held = "/sign-in/factor?next=%2Fdocuments";
        let require = async |required: bool| {
            let changed = site.change("carla@borealis.example", json!({ "require_factor": required })).await;
            assert_eq!(changed.status, 200, "{}", changed.text());
        };
        require(true).await;
        let (mut dirk, answer) = site.sign_in("dirk@borealis.example").await;
        assert_eq!((answer.status, answer.location()), (303, held));
        let page = dirk.follow(&answer).await;
        assert!(page.status == 200 && page.words().contains("Add a second factor"), "{}", page.words());
        assert_eq!(dirk.get("/documents").await.location(), held, "and nothing opens");
        require(false).await;
        assert_eq!(dirk.get("/documents").await.status, 200, "from the next request");
        // The role asks for it just as well.
        site.app.sql("UPDATE settings SET value = 'customer' WHERE key = 'factor_roles'").await;
        assert_eq!(dirk.get("/documents").await.location(), held);
        let rights = json!({ "documents": "organisation", "orders": "own", "money": "own", "tickets": "own" });
        let admission = json!({ "just_in_time": false, "role": "member", "rights": rights, "trust_factor": true });
        assert_eq!(site.change("carla@borealis.example", json!({ "admission": admission })).await.status, 200);
        let (mut trusted, answer) = site.sign_in("dirk@borealis.example").await;
        assert_eq!(answer.location(), "/documents", "the provider answers for it");
        assert_eq!(trusted.follow(&answer).await.status, 200);
        assert_eq!(dirk.get("/documents").await.location(), held, "nobody has answered for the session from before");
    }

    async fn before_something_sensitive_the_word_of_such_a_provider_is_too_little_for_whoever_has_a_factor(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let (mut dirk, answer) = site.sign_in("dirk@borealis.example").await;
        assert_eq!(answer.status, 303);
        let confirm = async |dirk: &mut Browser| {
            let departure = dirk.post("/sign-in/sso/confirm", &[("next", "/account/security")]).await;
            let back = AtProvider::default().sign_in(&departure, "dirk@borealis.example").await;
            dirk.get(&back).await
        };
        let enough = confirm(&mut dirk).await;
        assert_eq!((enough.status, enough.location()), (303, "/account/security"), "{}", enough.words());
        let confirmed = "SELECT COUNT(*) FROM audit_events WHERE action = 'session.confirm'";
        assert_eq!(site.app.count(confirmed).await, 1);
        let bytes = if site.app.engine() == Engine::Sqlite { "X'00'" } else { "'\\x00'::bytea" };
        site.app.sql(&format!("INSERT INTO totp_secrets (user_id, secret, last_step, created_at, last_used_at) SELECT id, {bytes}, 0, 0, 0 FROM users WHERE email = 'dirk@borealis.example'")).await;
        let less = confirm(&mut dirk).await;
        assert_eq!((less.status, less.location()), (303, "/sign-in/confirm?next=%2Faccount%2Fsecurity"), "{}", less.words());
        assert_eq!(site.app.count(confirmed).await, 1, "no proof stands in the trail");
        site.app.advance(Duration::from_secs(11 * 60));
        let page = dirk.follow(&less).await;
        assert!(page.status == 200 && page.words().contains("please confirm with that"), "{}", page.words());
    }

    async fn carla_sets_it_up_on_the_page(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let mut carla = site.app.browser("carla@borealis.example").await;
        let page = carla.get("/organisation/sign-in").await;
        assert_eq!(page.status, 200, "{}", page.words());
        assert!(!page.text().contains(&site.portal.client_secret), "the secret is never shown");
        assert_eq!(page.field("issuer"), issuer());
        let (organisation, revision) = (page.field("organisation"), page.field("revision"));
        let base = [("organisation", organisation.as_str()), ("revision", revision.as_str())];
        let with = |fields: &[(&'static str, &'static str)]| [&base[..], fields].concat();
        let answer = carla.post("/_fn/sso/check", &base).await;
        assert!(carla.follow(&answer).await.words().contains("The provider answers"));
        let check = format!("/api/v1/organisations/{organisation}/sign-in-rules/check");
        assert_eq!(site.app.token("carla@borealis.example").await.post(&check, json!({})).await.status, 204);
        // Field errors come back with what was typed.
        let typed = with(&[("issuer", "http://10.0.0.1/"), ("client_id", ""), ("label", "Ours")]);
        let answer = carla.post("/_fn/sso/save", &typed).await;
        let page = carla.follow(&answer).await;
        assert_eq!((page.field("issuer").as_str(), page.field("label").as_str()), ("http://10.0.0.1/", "Ours"));
        assert!(page.words().contains("must be https and public") && page.words().contains("Enter the client ID"), "{}", page.words());
        // Two at once: the second is told.
        let answer = carla.post("/_fn/sso/restrict", &with(&[("magic_links", "true")])).await;
        assert!(carla.follow(&answer).await.words().contains("Saved"));
        let answer = carla.post("/_fn/sso/restrict", &with(&[("require_factor", "true")])).await;
        assert!(carla.follow(&answer).await.words().contains("Somebody else has changed"));
        // A session left open is not enough to change how everybody signs in.
        site.app.advance(Duration::from_secs(11 * 60));
        let answer = carla.post("/_fn/sso/restrict", &base).await;
        assert!(answer.location().starts_with("/sign-in/confirm"), "{}", answer.location());
    }

    async fn the_rules_over_the_api(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let carla = site.app.token("carla@borealis.example").await;
        let read = carla.get(&site.rules()).await;
        let (tag, rules) = (read.header("etag").to_owned(), read.json());
        assert_eq!(rules["provider"]["active"], true);
        assert_eq!(rules["provider"]["has_client_secret"], true);
        assert!(!read.text().contains(&site.portal.client_secret));
        assert_eq!(rules["domains"][0]["state"], "confirmed");
        assert_eq!(rules["left_out"], 0);
        let headers = [("content-type", "application/json")];
        let blind = carla.send(axum::http::Method::PATCH, &site.rules(), &headers, "{\"magic_links\":true}").await;
        assert_eq!(blind.status, 428);
        let changed = carla.patch(&site.rules(), json!({ "magic_links": true, "require_factor": true }), &tag).await;
        assert_eq!((changed.status, &changed.json()["magic_links"]), (200, &json!(true)), "{}", changed.text());
        assert_eq!(carla.patch(&site.rules(), json!({ "magic_links": false }), &tag).await.status, 412);
        // Nobody finds another customer's rules.
        assert_eq!(site.app.token("anna@acme.example").await.get(&site.rules()).await.status, 404);
        assert_eq!(site.app.token("dirk@borealis.example").await.get(&site.rules()).await.status, 403);
    }

    async fn a_provider_that_is_down_leaves_nobody_without_a_way(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gone = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let connection = json!({ "issuer": gone, "client_id": "x", "client_secret": "y", "label": "Borealis" });
        assert_eq!(site.change("carla@borealis.example", json!({ "connection": connection })).await.status, 200);
        let answer = site.leave(&mut site.app.visitor(), "dirk@borealis.example").await;
        refused(&answer, 503, "does not answer");
        assert_eq!(answer.header("retry-after"), "60");
        let mut carla = site.app.browser("carla@borealis.example").await;
        let id = site.app.organisation("borealis").to_string();
        let answer = carla.post("/_fn/sso/check", &[("organisation", &id)]).await;
        assert!(carla.follow(&answer).await.words().contains("does not answer"));
        let check = format!("/api/v1/organisations/{id}/sign-in-rules/check");
        let told = site.app.token("carla@borealis.example").await.post(&check, json!({})).await;
        assert!(told.status == 409 && told.text().contains("does not answer"), "{}", told.text());
        assert_eq!(site.app.token("dirk@borealis.example").await.post(&check, json!({})).await.status, 403);
        assert_eq!(site.app.token("anna@acme.example").await.post(&check, json!({})).await.status, 404);
    }

    async fn a_secret_is_never_sent_to_another_issuer_than_it_was_given_for(app: TestApp) {
        let site = Site::new(app.engine()).await;
        let connection = json!({ "issuer": "https://elsewhere.example", "client_id": "x", "label": "Borealis" });
        let changed = site.change("carla@borealis.example", json!({ "connection": connection })).await;
        assert!(changed.status == 422 && changed.json()["errors"]["client_secret"].is_array(), "{}", changed.text());
        assert_eq!(site.app.count("SELECT COUNT(*) FROM providers WHERE issuer LIKE '%elsewhere%'").await, 0);
    }
}
