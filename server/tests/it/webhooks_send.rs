//! What endpoints are told: signed, once, no more than they may see, for three days, and whatever they answer.

use std::time::Duration;

use app::access::Actor;
use app::ctx::Ctx;
use app::documents::model::{Audience, Category};
use app::documents::service::{self as documents, Seen};
use app::ids::WebhookId;
use app::webhooks::model::{Outcome, Reason, State, Wanted};
use app::webhooks::{event, log, purge, service, spread};
use serde_json::json;

use crate::support::receiver::{Message, Receiver, by_javascript, by_library, by_python, hostile};
use crate::support::{TestApp, both};

#[path = "../webhooks/verify.rs"]
mod verify;

const ADMIN: &str = "admin@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const HOUR: Duration = Duration::from_secs(3600);

/// What a message says to a receiver with this secret at this time.
type Verify = fn(&str, i64, &Message) -> Option<serde_json::Value>;

/// A portal that may also call this machine.
async fn open(app: TestApp) -> TestApp {
    let networks = [("OUTGOING_ALLOW", "127.0.0.0/8"), ("WEBHOOK_ALLOW", "127.0.0.0/8")];
    TestApp::with(app.engine(), &networks, None).await
}

fn operator(app: &TestApp) -> Ctx {
    app.state.ctx(Actor::operator(), "test")
}

/// An endpoint that is told everything there is: of ACME by Anna, or of the operator.
pub async fn endpoint(app: &TestApp, acme: bool, url: &str) -> (WebhookId, String) {
    let (who, owner) = if acme { (ANNA, Some(app.organisation("acme"))) } else { (ADMIN, None) };
    let events = event::offered(!acme).map(|kind| kind.name.to_owned()).collect();
    let wanted = Wanted { name: "ERP".to_owned(), url: url.to_owned(), events };
    service::create(&app.ctx(who).await, owner, wanted).await.unwrap()
}

/// Spreads the trail and sends what is due.
async fn tell(app: &TestApp) {
    spread::all(&operator(app)).await.unwrap();
    app.run_jobs().await;
}

fn seconds(app: &TestApp) -> i64 {
    app.clock.now().0 / 1_000_000
}

async fn entries(app: &TestApp, id: WebhookId) -> Vec<app::webhooks::model::Delivery> {
    let ctx = app.ctx(ADMIN).await;
    let webhook = service::find(&ctx, id).await.unwrap();
    log::list(&ctx, &webhook, None, 100).await.unwrap().items
}

both! {
    async fn a_customer_is_told_of_what_its_administrator_may_see_signed_and_once(app: TestApp) {
        let app = open(app).await;
        let receiver = Receiver::new().await;
        app.published("Before it was there", Category::Minutes, Audience::Organisation).await;
        let (id, secret) = endpoint(&app, true, &receiver.url).await;
        let document = app.published("Very <secret> title", Category::Minutes, Audience::Organisation).await;
        app.draft("A draft", Category::Minutes).await;
        tell(&app).await;
        tell(&app).await;
        assert_eq!(receiver.kinds(), ["document.published"], "no draft, nothing twice, nothing from before");
        let message = receiver.got().remove(0);
        assert!(!message.body.contains("secret") && !message.body.contains("title"), "{}", message.body);
        let said = message.json();
        assert_eq!((&said["version"], &said["data"]["version"]), (&json!(1), &json!(1)));
        assert_eq!(said["data"]["id"], document.to_string());
        assert_eq!(said["data"]["organisation_id"], app.organisation("acme").to_string());
        assert_eq!((&said["data"]["by"], &said["data"]["state"]), (&json!("staff"), &json!("published")));
        assert_eq!(said["data"]["url"], format!("http://127.0.0.1:3000/documents/{document}"));
        assert_eq!(said["data"]["api_url"], format!("http://127.0.0.1:3000/api/v1/documents/{document}"));
        assert!(said["data"].get("actor_id").is_none(), "who it was of staff is not for customers");
        // By the public library, and as the documentation says it.
        let now = seconds(&app);
        let readers: [(&str, Verify); 3] = [("library", by_library), ("python", by_python), ("javascript", by_javascript)];
        for (name, verified) in readers {
            assert_eq!(verified(&secret, now, &message), Some(said.clone()), "{name}");
            assert_eq!(verified("whsec_c29tZXRoaW5nIGVsc2U=", now, &message), None, "{name}");
            assert_eq!(verified(&secret, now + 3600, &message), None, "{name}: too old");
            let changed = Message { body: message.body.replace("published", "withdrawn"), ..message.clone() };
            assert_eq!(verified(&secret, now, &changed), None, "{name}: changed on the way");
        }
        let by_rust = |secret: &str, now: i64| {
            let header = |name: &str| message.headers[name].as_str();
            verify::verify(secret, message.id(), header("webhook-timestamp"), header("webhook-signature"), message.body.as_bytes(), now)
        };
        assert!(by_rust(&secret, now) && !by_rust("whsec_AAAA", now) && !by_rust(&secret, now + 3600));
        let entries = entries(&app, id).await;
        assert_eq!(entries.len(), 1, "what it may not see has left nothing in its log");
        assert_eq!((entries[0].state, entries[0].status, entries[0].attempts), (Outcome::Delivered, Some(200), 1));
        assert_eq!(entries[0].message_id(), message.id());
    }

    async fn another_customer_hears_nothing_and_the_operator_hears_all(app: TestApp) {
        let app = open(app).await;
        let (acme, house) = (Receiver::new().await, Receiver::new().await);
        endpoint(&app, true, &acme.url).await;
        endpoint(&app, false, &house.url).await;
        let admin = app.ctx(ADMIN).await;
        let document = app.published("For ACME", Category::Minutes, Audience::Organisation).await;
        documents::withdraw(&admin, document, &Seen::default()).await.unwrap();
        app.sql("UPDATE memberships SET state = 'suspended' WHERE role = 'admin'").await;
        tell(&app).await;
        assert!(acme.got().is_empty(), "nobody there may see it");
        assert!(house.kinds().contains(&"document.published".to_owned()) && house.kinds().contains(&"document.withdrawn".to_owned()), "{:?}", house.kinds());
        let said = house.got()[0].json();
        assert_eq!(said["data"]["actor_id"], app.user(ADMIN).to_string());
        assert!(said["data"]["url"].as_str().unwrap().contains("/staff/documents/"));
    }

    async fn a_right_that_is_lost_between_event_and_delivery_counts(app: TestApp) {
        let app = open(app).await;
        let receiver = Receiver::new().await;
        let (id, _) = endpoint(&app, true, &receiver.url).await;
        let document = app.published("Soon taken back", Category::Minutes, Audience::Organisation).await;
        spread::all(&operator(&app)).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM webhook_deliveries").await, 1);
        assert!(entries(&app, id).await.is_empty(), "whether they may learn of it is asked when it is sent");
        documents::withdraw(&app.ctx(ADMIN).await, document, &Seen::default()).await.unwrap();
        app.run_jobs().await;
        assert!(receiver.got().is_empty());
        assert!(entries(&app, id).await.is_empty());
    }

    async fn what_is_refused_is_sent_again_with_the_same_id_until_it_is_accepted(app: TestApp) {
        let app = open(app).await;
        let receiver = Receiver::new().await;
        receiver.answers(503, "<b>down</b>\u{7}");
        let (id, secret) = endpoint(&app, true, &receiver.url).await;
        app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        tell(&app).await;
        let entry = entries(&app, id).await.remove(0);
        assert_eq!((entry.state, entry.status, entry.attempts), (Outcome::Waiting, Some(503), 1));
        assert!(service::find(&app.ctx(ANNA).await, id).await.unwrap().failing_since.is_some());
        tell(&app).await;
        assert_eq!(receiver.got().len(), 1, "not before its time");
        app.advance(Duration::from_secs(12));
        tell(&app).await;
        receiver.answers(204, "");
        app.advance(Duration::from_secs(70));
        tell(&app).await;
        let got = receiver.got();
        assert_eq!(got.len(), 3);
        assert!(got.iter().all(|message| message.id() == got[0].id()));
        assert!(by_library(&secret, seconds(&app), &got[2]).is_some(), "signed anew, with the time of now");
        let ctx = app.ctx(ANNA).await;
        let webhook = service::find(&ctx, id).await.unwrap();
        assert!(webhook.failing_since.is_none() && webhook.succeeded_at.is_some());
        let detail = log::find(&ctx, &webhook, entry.id).await.unwrap();
        assert_eq!((detail.row.state, detail.attempts.len()), (Outcome::Delivered, 3));
        assert_eq!(detail.attempts[2].answer, "<b>down</b>");
        let page = app.browser(ANNA).await.get(&format!("/organisation/webhooks/{id}/deliveries/{}", entry.id)).await;
        assert!(page.text().contains("&lt;b&gt;down&lt;/b&gt;") && page.words().contains("Answer 503"), "{}", page.words());
    }

    async fn after_three_days_it_is_given_up_paused_and_whoever_made_it_is_told(app: TestApp) {
        let app = open(app).await;
        let receiver = Receiver::new().await;
        receiver.answers(500, "");
        let (id, _) = endpoint(&app, true, &receiver.url).await;
        app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        for _ in 0..12 {
            tell(&app).await;
            let due = entries(&app, id).await[0].due_at;
            app.advance(Duration::from_micros(u64::try_from((due.0 - app.clock.now().0).max(0)).unwrap()));
        }
        let entry = entries(&app, id).await.remove(0);
        assert_eq!((entry.state, entry.attempts), (Outcome::Failed, 11));
        let ctx = app.ctx(ANNA).await;
        let webhook = service::find(&ctx, id).await.unwrap();
        assert_eq!((webhook.state, webhook.pause_reason), (State::Paused, Some(Reason::Failing)));
        let mail = app.mails_to(ANNA).await.into_iter().find(|mail| mail.subject.contains("ERP")).unwrap();
        assert!(mail.path() == format!("/organisation/webhooks/{id}"), "{}", mail.text);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'webhook.pause'").await, 1);
        let tried = receiver.got().len();
        app.published("While it is paused", Category::Minutes, Audience::Organisation).await;
        tell(&app).await;
        assert_eq!(receiver.got().len(), tried);
        receiver.answers(200, "");
        service::set_state(&ctx, id, None, State::Active).await.unwrap();
        app.published("After that", Category::Minutes, Audience::Organisation).await;
        tell(&app).await;
        assert_eq!(receiver.got().len(), tried + 1, "what happened meanwhile is not told");
        log::redeliver(&ctx, id, None, entry.id).await.unwrap();
        tell(&app).await;
        assert_eq!(receiver.got().last().unwrap().id(), entry.message_id());
        assert_eq!(entries(&app, id).await.into_iter().find(|e| e.id == entry.id).unwrap().state, Outcome::Delivered);
    }

    async fn a_receiver_that_is_gone_is_paused_at_once(app: TestApp) {
        let app = open(app).await;
        let receiver = Receiver::new().await;
        receiver.answers(410, "");
        let (id, _) = endpoint(&app, false, &receiver.url).await;
        app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        tell(&app).await;
        let webhook = service::find(&app.ctx(ADMIN).await, id).await.unwrap();
        assert_eq!((webhook.state, webhook.pause_reason), (State::Paused, Some(Reason::Gone)));
        assert!(app.mails_to(ADMIN).await.iter().any(|mail| mail.text.contains("gone")));
    }

    async fn hostile_answers_are_borne_and_told(app: TestApp) {
        let app = open(app).await;
        let mut megabyte = b"HTTP/1.1 200 OK\r\ncontent-length: 1048576\r\n\r\n".to_vec();
        megabyte.extend(std::iter::repeat_n(b'x', 1024 * 1024));
        let drip = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n".to_vec();
        let elsewhere = b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n".to_vec();
        let gone = { let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap(); format!("http://{}/", listener.local_addr().unwrap()) };
        let cases = [
            ("a megabyte", hostile(megabyte).await, Some(200), None),
            ("a body without end", hostile(drip).await, Some(200), None),
            ("a redirect", hostile(elsewhere).await, None, Some("redirected")),
            ("no answer", hostile(Vec::new()).await, None, Some("slow")),
            ("nobody", gone, None, Some("unreachable")),
        ];
        let mut ids = Vec::new();
        for (_, url, ..) in &cases {
            ids.push(endpoint(&app, true, url).await.0);
        }
        app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        tell(&app).await;
        for ((name, _, status, problem), id) in cases.into_iter().zip(ids) {
            let entry = entries(&app, id).await.remove(0);
            assert_eq!((entry.status, entry.problem.as_deref()), (status, problem), "{name}");
            assert!(entry.milliseconds.is_some());
            let ctx = app.ctx(ADMIN).await;
            let detail = log::find(&ctx, &service::find(&ctx, id).await.unwrap(), entry.id).await.unwrap();
            assert!(detail.attempts[0].answer.len() <= 1000, "{name}");
        }
    }

    async fn an_address_inside_is_refused_when_it_is_typed_and_when_it_is_called(app: TestApp) {
        let anna = app.token(ANNA).await;
        for url in ["http://127.0.0.1/x", "https://127.0.0.1/x", "https://10.0.0.1/", "http://erp.acme.example/", "https://u:p@erp.acme.example/", "ftp://erp.acme.example/", "erp", ""] {
            let body = json!({"organisation_id": app.organisation("acme").to_string(), "name": "ERP", "url": url});
            let answer = anna.post("/api/v1/webhooks", body).await;
            assert_eq!(answer.status, 422, "{url}: {}", answer.text());
        }
        // What the operator has opened for its own programs is not open to customers.
        let inside = TestApp::with(app.engine(), &[("OUTGOING_ALLOW", "127.0.0.0/8")], None).await;
        let body = |owner: Option<String>| json!({"organisation_id": owner, "name": "ERP", "url": "http://127.0.0.1/x"});
        let of_acme = body(Some(inside.organisation("acme").to_string()));
        assert_eq!(inside.token(ANNA).await.post("/api/v1/webhooks", of_acme.clone()).await.status, 422);
        assert_eq!(inside.token(ADMIN).await.post("/api/v1/webhooks", of_acme).await.status, 422);
        assert_eq!(inside.token(ADMIN).await.post("/api/v1/webhooks", body(None)).await.status, 201);
        let (id, _) = endpoint(&app, true, "https://localhost/hook").await;
        let ctx = app.ctx(ANNA).await;
        service::test(&ctx, id, None).await.unwrap();
        app.run_jobs().await;
        assert_eq!(entries(&app, id).await[0].problem.as_deref(), Some("refused"));
    }

    async fn for_a_day_messages_are_signed_with_both_secrets(app: TestApp) {
        let app = open(app).await;
        let receiver = Receiver::new().await;
        let (id, old) = endpoint(&app, true, &receiver.url).await;
        let ctx = app.ctx(ANNA).await;
        let new = service::rotate(&ctx, id, None).await.unwrap();
        assert_ne!(old, new);
        for (pause, hours) in [(0, 0), (23, 23), (2, 25)] {
            app.advance(HOUR * pause);
            service::test(&ctx, id, None).await.unwrap();
            app.run_jobs().await;
            let message = receiver.got().pop().unwrap();
            assert_eq!(message.json()["type"], "webhook.test");
            assert!(by_library(&new, seconds(&app), &message).is_some(), "{hours}");
            assert_eq!(by_library(&old, seconds(&app), &message).is_some(), hours < 24, "{hours}");
        }
        purge::run(&operator(&app)).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM webhooks WHERE old_secret IS NOT NULL").await, 0);
        let copy = app.sql("SELECT COUNT(*) FROM webhooks").await;
        assert_eq!(copy.len(), 1);
    }

    async fn where_nobody_is_there_one_message_finds_out_and_the_others_wait(app: TestApp) {
        let app = open(app).await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        drop(listener);
        let (id, _) = endpoint(&app, true, &url).await;
        let ctx = app.ctx(ANNA).await;
        service::test(&ctx, id, None).await.unwrap();
        app.run_jobs().await;
        for _ in 0..40 {
            service::test(&ctx, id, None).await.unwrap();
        }
        app.run_jobs().await;
        let tried = app.count("SELECT COUNT(*) FROM webhook_attempts").await;
        assert!(tried <= 4, "{tried}");
        assert_eq!(app.count("SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'waiting'").await, 41);
    }

    async fn two_nodes_at_once_spread_each_event_once(app: TestApp) {
        let app = open(app).await;
        let receiver = Receiver::new().await;
        endpoint(&app, true, &receiver.url).await;
        for title in ["One", "Two", "Three"] {
            app.published(title, Category::Minutes, Audience::Organisation).await;
        }
        let (one, two) = (operator(&app), operator(&app));
        let (one, two) = tokio::join!(spread::all(&one), spread::all(&two));
        assert!(one.is_ok() && two.is_ok());
        tell(&app).await;
        assert_eq!(receiver.kinds(), ["document.published"; 3]);
        let mut ids: Vec<_> = receiver.got().iter().map(|message| message.id().to_owned()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 3);
    }

    async fn what_is_old_and_what_was_removed_is_forgotten(app: TestApp) {
        let app = open(app).await;
        let receiver = Receiver::new().await;
        let (id, _) = endpoint(&app, true, &receiver.url).await;
        let (other, _) = endpoint(&app, true, &receiver.url).await;
        let ctx = app.ctx(ANNA).await;
        service::test(&ctx, id, None).await.unwrap();
        service::test(&ctx, other, None).await.unwrap();
        app.run_jobs().await;
        service::delete(&ctx, other, None).await.unwrap();
        app.run_jobs().await;
        assert_eq!(app.count("SELECT COUNT(*) FROM webhooks").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM webhook_deliveries").await, 1);
        app.advance(HOUR * 24 * 31);
        purge::run(&operator(&app)).await.unwrap();
        for table in ["webhook_deliveries", "webhook_attempts"] {
            assert_eq!(app.count(&format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
        }
    }

    async fn an_endpoint_that_is_down_does_not_fill_the_queue_and_gets_all_of_it_when_it_is_back(app: TestApp) {
        let app = open(app).await;
        let receiver = Receiver::new().await;
        let (id, _) = endpoint(&app, true, &receiver.url).await;
        let address = receiver.url.clone();
        app.sql("UPDATE webhooks SET url = 'http://127.0.0.1:1/'").await;
        app.published("First", Category::Minutes, Audience::Organisation).await;
        tell(&app).await;
        let waiting = "SELECT COUNT(*) FROM jobs WHERE kind = 'webhooks.deliver' AND state <> 'done'";
        assert_eq!(app.count(waiting).await, 1);
        for _ in 0..30 {
            app.published("Another", Category::Minutes, Audience::Organisation).await;
            app.advance(Duration::from_secs(1));
            tell(&app).await;
        }
        assert!(app.count(waiting).await <= 2, "{} jobs", app.count(waiting).await);
        assert!(app.count("SELECT MAX(attempts) FROM webhook_deliveries").await < 5, "it is asked now and then");
        app.sql(&format!("UPDATE webhooks SET url = '{address}'")).await;
        app.advance(HOUR);
        tell(&app).await;
        assert_eq!(receiver.got().len(), 31);
        assert!(entries(&app, id).await.iter().all(|entry| entry.state == Outcome::Delivered));
    }

    async fn what_a_customer_confirms_says_and_ticks_off_reaches_both_sides(app: TestApp) {
        let app = open(app).await;
        let (acme, house) = (Receiver::new().await, Receiver::new().await);
        let (erp, anna) = (app.token("pm@nordlicht.example").await, app.token(ANNA).await);
        let steps = json!([{"title": "You confirm the length", "acts": "customer"}]);
        let order = json!({"number": "AB-1", "organisation": "acme", "title": "Rollers", "status": "in_production", "steps": steps});
        let taken = erp.post("/api/v1/orders/batch", json!({"orders": [order]})).await.json();
        let order = taken["results"][0]["id"].as_str().unwrap().to_owned();
        erp.post("/api/v1/orders/batch", json!({"orders": [{"number": "AB-1", "organisation": "acme", "status": "waiting"}]})).await;
        endpoint(&app, true, &acme.url).await;
        endpoint(&app, false, &house.url).await;
        let tasks = format!("/api/v1/projects/{}/tasks", app.project("line-2"));
        let added = erp.post(&tasks, json!({"title": "A secret"})).await;
        assert_eq!(added.status, 201, "{}", added.text());
        let task = added.json()["id"].as_str().unwrap().to_owned();
        let at = format!("{tasks}/{task}");
        for (path, body, status) in [
            (format!("/api/v1/orders/{order}/confirm"), json!({}), 200),
            (format!("{at}/comments"), json!({"text": "A secret"}), 201),
            (format!("{at}/done"), json!({}), 200),
        ] {
            let answer = anna.post(&path, body).await;
            assert_eq!(answer.status, status, "{path}: {}", answer.text());
        }
        tell(&app).await;
        for receiver in [&acme, &house] {
            let got = receiver.got();
            let said = |kind: &str| {
                let mut all = got.iter().map(Message::json);
                all.find(|said| said["type"] == kind).unwrap_or_else(|| panic!("{kind}: {:?}", receiver.kinds()))["data"].clone()
            };
            let confirmed = said("order.confirmed");
            assert_eq!((&confirmed["id"], &confirmed["number"]), (&json!(order), &json!("AB-1")));
            assert_eq!((&confirmed["step"], &confirmed["by"]), (&json!(1), &json!("customer")));
            assert_eq!(said("task.asked")["side"], "customer");
            for kind in ["task.asked", "project.comment", "task.done"] {
                assert_eq!(said(kind)["task_id"], json!(task), "{kind}");
            }
            assert!(got.iter().all(|message| !message.body.contains("secret")));
        }
    }

    async fn what_only_the_house_calls_an_order_is_no_news_to_its_customer(app: TestApp) {
        let app = open(app).await;
        let (acme, house) = (Receiver::new().await, Receiver::new().await);
        endpoint(&app, true, &acme.url).await;
        endpoint(&app, false, &house.url).await;
        let erp = app.token("pm@nordlicht.example").await;
        for row in [
            json!({"number": "AB-1", "organisation": "acme", "title": "Line 2"}),
            json!({"number": "AB-1", "external_id": "ERP-1"}),
            json!({"number": "AB-1", "external_id": "ERP-1", "title": "Line 3"}),
        ] {
            assert_eq!(erp.post("/api/v1/orders/batch", json!({"orders": [row]})).await.status, 200);
        }
        tell(&app).await;
        let of_orders = |receiver: &Receiver| {
            receiver.kinds().iter().filter(|kind| kind.starts_with("order.")).cloned().collect::<Vec<_>>()
        };
        assert_eq!(of_orders(&acme), ["order.changed", "order.created"]);
        assert_eq!(of_orders(&house), ["order.changed", "order.changed", "order.created"]);
        assert!(acme.got().iter().all(|message| !message.body.contains("external")));
    }
}

#[test]
fn the_documentation_holds_the_examples_that_are_tested() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/webhooks/");
    let read = |path: String| std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{path}"));
    let page = read(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/webhooks.md").to_owned());
    for example in ["verify.py", "verify.mjs", "verify.rs"] {
        assert!(page.contains(&read(format!("{folder}{example}"))), "{example}");
    }
    for kind in event::KINDS {
        assert!(page.contains(&format!("`{}`", kind.name)), "{}", kind.name);
    }
}
