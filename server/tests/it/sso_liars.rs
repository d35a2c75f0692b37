//! Providers that lie, and notes that were never theirs: an issuer of our own that says whatever a test wants.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::routing::{get, post};
use axum::{Json, Router};
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey as _};
use serde_json::{Value, json};

use crate::support::oidc::departure_url;
use crate::support::{Answer, Browser, Engine, TestApp, both};

/// Made for these tests, and for nothing else.
const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIGqfPat+rcHxHeYe3ifHBS0NU4JPA8NwrVoeJ6HGaU4I\n-----END PRIVATE KEY-----\n";
const OTHER_KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIE+BZVk8vvc3umSxkIP/kXh1KqQBu4y0qdI4jW+NAnbx\n-----END PRIVATE KEY-----\n";

fn key(pem: &str) -> CoreEdDsaPrivateSigningKey {
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(pem, Some(JsonWebKeyId::new("one".to_owned()))).unwrap()
}

fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..=chunk.len() {
            out.push(char::from(LETTERS[((word >> (18 - 6 * at)) & 63) as usize]));
        }
    }
    out
}

/// A token with this header and these claims, signed as the header says (or as a liar would).
fn token(header: &Value, claims: &Value, pem: &str) -> String {
    let part = |value: &Value| base64url(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = match header["alg"].as_str().unwrap() {
        "none" => Vec::new(),
        _ => key(pem).sign(&CoreJwsSigningAlgorithm::EdDsa, signed.as_bytes()).unwrap(),
    };
    format!("{signed}.{}", base64url(&signature))
}

/// The issuer, Borealis set up with it, and what it answers next.
struct Liar {
    app: TestApp,
    issuer: String,
    provider: String,
    next: Arc<Mutex<String>>,
}

impl Liar {
    async fn new(engine: Engine) -> Self {
        let app = TestApp::with(engine, &[("OUTGOING_ALLOW", "127.0.0.0/8")], None).await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let next: Arc<Mutex<String>> = Arc::default();
        let metadata = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/auth"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/jwks"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA"],
            "authorization_response_iss_parameter_supported": true,
        });
        let keys = json!({ "keys": [key(KEY).as_verification_key()] });
        let said = next.clone();
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(async move || Json(metadata)))
            .route("/jwks", get(async move || Json(keys)))
            .route(
                "/token",
                post(async move || {
                    let id_token = said.lock().unwrap().clone();
                    Json(json!({ "access_token": "a", "token_type": "Bearer", "id_token": id_token }))
                }),
            );
        tokio::spawn(async move { axum::serve(listener, router).await });
        let rules = format!("/api/v1/organisations/{}/sign-in-rules", app.organisation("borealis"));
        let carla = app.token("carla@borealis.example").await;
        let connection =
            json!({ "issuer": issuer, "client_id": "portal", "client_secret": "secret", "label": "Borealis" });
        let changed = carla.patch(&rules, json!({ "connection": connection, "active": true }), "*").await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        let provider = changed.json()["provider"]["id"].as_str().unwrap().to_owned();
        let id = app.organisation("borealis");
        let admin = app.ctx("admin@nordlicht.example").await;
        let domain = app::sso::manage::claim_domain(&admin, id, "borealis.example").await.unwrap();
        app::sso::manage::confirm_domain(&admin, id, domain.id).await.unwrap();
        Self { app, issuer, provider, next }
    }

    fn now(&self) -> i64 {
        self.app.clock.now().0 / 1_000_000
    }

    /// What an honest provider says of Dirk.
    fn claims(&self, nonce: &str) -> Value {
        json!({
            "iss": self.issuer, "sub": "dirk", "aud": "portal", "nonce": nonce,
            "iat": self.now(), "exp": self.now() + 300,
            "email": "dirk@borealis.example", "email_verified": true, "sid": "session one",
        })
    }

    /// Somebody goes there; the state and the nonce of what the portal asked.
    async fn leave(&self, browser: &mut Browser) -> (String, String) {
        let departure = browser.post("/sign-in/sso", &[("organisation", "borealis")]).await;
        let url = url::Url::parse(&departure_url(&departure)).unwrap();
        let of = |name: &str| url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
        (of("state"), of("nonce"))
    }

    /// Comes back with an ID token that the test makes of the nonce.
    async fn answer(&self, say: impl FnOnce(&str) -> String) -> (Browser, Answer) {
        let mut browser = self.app.visitor();
        let (state, nonce) = self.leave(&mut browser).await;
        *self.next.lock().unwrap() = say(&nonce);
        let issuer = url::form_urlencoded::byte_serialize(self.issuer.as_bytes()).collect::<String>();
        let answer = browser.get(&format!("/sign-in/sso/callback?code=x&state={state}&iss={issuer}")).await;
        (browser, answer)
    }

    async fn said(&self, change: impl FnOnce(&mut Value)) -> Answer {
        let head = json!({ "alg": "EdDSA", "kid": "one", "typ": "JWT" });
        let build = |nonce: &str| {
            let mut claims = self.claims(nonce);
            change(&mut claims);
            token(&head, &claims, KEY)
        };
        self.answer(build).await.1
    }

    async fn log_out(&self, token: &str) -> u16 {
        let form = [("logout_token", token)];
        self.app.visitor().post(&format!("/sso/backchannel-logout/{}", self.provider), &form).await.status
    }

    fn logout_note(&self, jti: &str) -> Value {
        let events = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
        json!({
            "iss": self.issuer, "aud": "portal", "iat": self.now(), "exp": self.now() + 120,
            "jti": jti, "events": events, "sub": "dirk",
        })
    }
}

fn untrusted(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 403, "{what}: {}", answer.words());
    assert!(answer.words().contains("We could not trust the answer"), "{what}: {}", answer.words());
}

both! {
    async fn what_an_honest_provider_says_opens_the_door(app: TestApp) {
        let liar = Liar::new(app.engine()).await;
        let answer = liar.said(|_| {}).await;
        assert_eq!((answer.status, answer.location()), (303, "/"), "{}", answer.words());
    }

    async fn no_claim_can_be_bent(app: TestApp) {
        let liar = Liar::new(app.engine()).await;
        let now = liar.now();
        let bend: [(&str, &str, Value); 12] = [
            ("another issuer", "iss", json!("https://elsewhere.example")),
            ("another audience", "aud", json!("another portal")),
            ("an audience beside us", "aud", json!(["portal", "another portal"])),
            ("for another party", "azp", json!("another portal")),
            ("another nonce", "nonce", json!("another")),
            ("no nonce", "nonce", Value::Null),
            ("expired", "exp", json!(now - 61)),
            ("from the future", "iat", json!(now + 61)),
            ("kept for long", "iat", json!(now - 11 * 60)),
            ("no subject", "sub", json!("")),
            ("an endless subject", "sub", json!("x".repeat(256))),
            ("another access token", "at_hash", json!("AAAA")),
        ];
        for (what, claim, value) in bend {
            untrusted(&liar.said(|claims| claims[claim] = value).await, what);
        }
        assert_eq!(liar.app.count("SELECT COUNT(*) FROM sso_identities").await, 0);
        // Clocks may be a minute apart.
        let answer = liar.said(|claims| { claims["exp"] = json!(now - 59); claims["iat"] = json!(now - 300); }).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
        let answer = liar.said(|claims| claims["iat"] = json!(now + 59)).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
    }

    async fn no_signature_but_the_providers_own_counts(app: TestApp) {
        let liar = Liar::new(app.engine()).await;
        let head = |alg: &str, kid: &str| json!({ "alg": alg, "kid": kid, "typ": "JWT" });
        for (what, header, pem) in [
            ("no signature", head("none", "one"), KEY),
            ("a signature with the shared secret", head("HS256", "one"), KEY),
            ("a stranger's key", head("EdDSA", "one"), OTHER_KEY),
            ("a key nobody knows", head("EdDSA", "two"), OTHER_KEY),
        ] {
            let (_, answer) = liar.answer(|nonce| token(&header, &liar.claims(nonce), pem)).await;
            untrusted(&answer, what);
        }
        let (_, answer) = liar.answer(|_| "nonsense".to_owned()).await;
        untrusted(&answer, "no token at all");
    }

    async fn an_answer_of_another_issuer_is_not_exchanged(app: TestApp) {
        let liar = Liar::new(app.engine()).await;
        for iss in ["", "&iss=https%3A%2F%2Felsewhere.example"] {
            let mut browser = liar.app.visitor();
            let (state, nonce) = liar.leave(&mut browser).await;
            *liar.next.lock().unwrap() = token(&json!({ "alg": "EdDSA", "kid": "one" }), &liar.claims(&nonce), KEY);
            untrusted(&browser.get(&format!("/sign-in/sso/callback?code=x&state={state}{iss}")).await, iss);
        }
    }

    async fn an_address_counts_only_where_it_is_vouched_for(app: TestApp) {
        let liar = Liar::new(app.engine()).await;
        for verified in [json!(false), Value::Null] {
            let answer = liar.said(|claims| claims["email_verified"] = verified).await;
            assert_eq!(answer.status, 403);
            assert!(answer.words().contains("Your address is not verified"), "{}", answer.words());
        }
        // Microsoft's word for it, and texts in place of truth values.
        let answer = liar.said(|claims| { claims["email_verified"] = Value::Null; claims["xms_edov"] = json!(1); }).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
        let answer = liar.said(|claims| claims["email_verified"] = json!("true")).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
    }

    async fn a_note_from_the_provider_ends_all_of_a_persons_sessions_once(app: TestApp) {
        let liar = Liar::new(app.engine()).await;
        let head = json!({ "alg": "EdDSA", "kid": "one", "typ": "logout+jwt" });
        let plain = json!({ "alg": "EdDSA", "kid": "one", "typ": "JWT" });
        let (mut dirk, answer) = liar.answer(|nonce| token(&plain, &liar.claims(nonce), KEY)).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
        let now = liar.now();
        let bend: [(&str, &str, Value); 8] = [
            ("another issuer", "iss", json!("https://elsewhere.example")),
            ("another audience", "aud", json!("another portal")),
            ("an ID token", "nonce", json!("n")),
            ("another event", "events", json!({ "https://elsewhere.example/event": {} })),
            ("expired", "exp", json!(now - 61)),
            ("from the future", "iat", json!(now + 61)),
            ("about nobody", "sub", Value::Null),
            ("without a name of its own", "jti", json!("")),
        ];
        for (what, claim, value) in bend {
            let mut note = liar.logout_note("bent");
            note[claim] = value;
            assert_eq!(liar.log_out(&token(&head, &note, KEY)).await, 400, "{what}");
        }
        let note = liar.logout_note("one");
        assert_eq!(liar.log_out(&token(&head, &note, OTHER_KEY)).await, 400, "a stranger's key");
        assert_eq!(liar.log_out(&token(&json!({ "alg": "none" }), &note, KEY)).await, 400, "no signature");
        assert_eq!(liar.log_out("nonsense").await, 400);
        assert_eq!(liar.app.visitor().post("/sso/backchannel-logout/nobody", &[]).await.status, 400);
        assert_eq!(dirk.get("/").await.status, 200, "none of it ended anything");
        assert_eq!(liar.log_out(&token(&head, &note, KEY)).await, 200);
        assert_eq!(dirk.get("/").await.status, 303);
        assert_eq!(liar.log_out(&token(&head, &note, KEY)).await, 400, "each note works once");
        // A session of that name; the others stay.
        let (mut dirk, _) = liar.answer(|nonce| token(&plain, &liar.claims(nonce), KEY)).await;
        let mut by_name = liar.logout_note("two");
        by_name["sid"] = json!("another session");
        assert_eq!(liar.log_out(&token(&head, &by_name, KEY)).await, 200);
        assert_eq!(dirk.get("/").await.status, 200);
        by_name["jti"] = json!("three");
        by_name["sid"] = json!("session one");
        assert_eq!(liar.log_out(&token(&head, &by_name, KEY)).await, 200);
        assert_eq!(dirk.get("/").await.status, 303);
    }

    async fn keys_that_change_are_fetched_anew(app: TestApp) {
        let liar = Liar::new(app.engine()).await;
        assert_eq!(liar.said(|_| {}).await.status, 303);
        liar.app.advance(Duration::from_secs(61));
        // A key that is not known asks for the keys once more, and is refused when it is not there either.
        let header = json!({ "alg": "EdDSA", "kid": "two" });
        let (_, answer) = liar.answer(|nonce| token(&header, &liar.claims(nonce), KEY)).await;
        untrusted(&answer, "a key nobody knows");
        assert_eq!(liar.said(|_| {}).await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_provider_is_said_to_whoever_sets_it_up() {
    let liar = Liar::new(Engine::Sqlite).await;
    let mut carla = liar.app.browser("carla@borealis.example").await;
    let id = liar.app.organisation("borealis").to_string();
    // Its own address with a path: the document there names another issuer.
    liar.app.sql("UPDATE providers SET issuer = issuer || '/nowhere'").await;
    let answer = carla.post("/_fn/sso/check", &[("organisation", &id)]).await;
    let page = carla.follow(&answer).await.words();
    assert!(page.contains("not set up correctly"), "{page}");
}
