//! What waits for somebody: one list over all areas, numbers that agree with it, and what is put off for oneself.

use std::collections::BTreeSet;
use std::time::Duration;

use app::db::STATEMENTS;
use app::documents::model::{Audience, Category};
use app::home::inbox;
use app::home::model::Kind;
use app::ids::DocumentId;
use app::requests::model::NewRequest;
use serde_json::{Value, json};
use server::demo::people::PEOPLE;

use crate::approvals::{DAY, add_version, ask};
use crate::orders::batch;
use crate::support::{Answer, Engine, TestApp, both};

const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const PM: &str = "pm@nordlicht.example";

/// The people are asked for a file until this day.
async fn request(app: &TestApp, title: &str, due: &str, people: &[&str]) -> String {
    let ctx = app.ctx(PM).await;
    let new = NewRequest {
        organisation_id: app.organisation("acme"),
        title: title.to_owned(),
        text: String::new(),
        category: Category::Other,
        due_on: due.parse().unwrap(),
        people: people.iter().map(|email| app.user(email)).collect(),
    };
    app::requests::service::ask(&ctx, new).await.unwrap().id.to_string()
}

/// A document that Ben sent once, and that ends on this day.
async fn certificate(app: &TestApp, until: &str) -> DocumentId {
    let id = app.published("Insurance", Category::Other, Audience::Organisation).await;
    let ben = app.literal(app.user(BEN).0);
    app.sql(&format!("UPDATE documents SET created_by = {ben}, valid_until = '{until}', renew_from = '2026-11-01' WHERE title = 'Insurance'")).await;
    id
}

/// Something of every kind, for Ben and for Anna. Today is the 21st of November.
async fn everything(app: &TestApp) {
    let contract = app.published("Contract", Category::Contract, Audience::Organisation).await;
    ask(app, contract, &[ANNA, BEN], 2).await;
    request(app, "ISO 9001 certificate", "2026-11-25", &[BEN, ANNA]).await;
    request(app, "Floor plan", "2026-12-24", &[BEN]).await;
    app.published("For Ben", Category::Minutes, Audience::People(vec![app.user(BEN)])).await;
    certificate(app, "2026-11-20").await;
    let step = json!([{"title": "You confirm the length", "expected_on": "2026-11-26", "acts": "customer"}]);
    batch(app, PM, json!([{"number": "A-1", "organisation": "acme", "title": "Rollers", "status": "waiting", "buyer_id": app.user(BEN), "steps": step}])).await;
}

/// What waits for somebody, as a program reads it, page by page.
async fn listed(app: &TestApp, email: &str, query: &str) -> Vec<Value> {
    let (token, mut all, mut cursor) = (app.token(email).await, Vec::new(), String::new());
    loop {
        let page = token.get(&format!("/api/v1/inbox?limit=2{query}{cursor}")).await;
        assert_eq!(page.status, 200, "{email}: {}", page.text());
        all.extend(page.json()["items"].as_array().unwrap().clone());
        match page.json()["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

fn texts(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["text"].as_str().unwrap()).collect()
}

/// The item of a kind, as forms name it.
async fn key(app: &TestApp, email: &str, kind: &str) -> String {
    let items = listed(app, email, "").await;
    let item = items.iter().find(|item| item["kind"] == kind).unwrap_or_else(|| panic!("{kind}: {items:?}"));
    format!("{kind}:{}", item["id"].as_str().unwrap())
}

/// The numbers that a page shows of what waits.
fn badges(page: &Answer) -> BTreeSet<u32> {
    let text = page.text();
    let number = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap();
    text.split("count--solid\">").skip(1).map(number).collect()
}

both! {
    async fn one_list_over_all_areas_overdue_first_then_by_date_and_every_number_agrees(app: TestApp) {
        everything(&app).await;
        let ben = listed(&app, BEN, "").await;
        assert_eq!(texts(&ben), [
            "Renew “Insurance”",
            "Send “ISO 9001 certificate”",
            "Order “Rollers” waits for you",
            "Approve “Contract”",
            "Send “Floor plan”",
            "Read “For Ben”",
        ]);
        assert_eq!((&ben[0]["overdue"], &ben[0]["due_on"], &ben[1]["overdue"]), (&json!(true), &json!("2026-11-20"), &json!(false)));
        assert_eq!(ben[3]["asked_by"], "Petra Mommsen");
        assert_eq!(texts(&listed(&app, ANNA, "").await), ["Send “ISO 9001 certificate”", "Approve “Contract”", "Protect your sign-in with a second factor"]);

        // A day later something else is overdue, and nothing else has moved.
        app.advance(DAY * 5);
        let later = listed(&app, BEN, "").await;
        assert_eq!(texts(&later), texts(&ben));
        assert_eq!(later.iter().filter(|item| item["overdue"] == true).count(), 2);
        let page = app.browser(BEN).await.get("/").await;
        let words = page.words();
        for part in ["6 things need you. 2 are overdue.", "one day overdue", "6 days overdue", "due today", "until Sat 28 Nov", "until 24 Dec", "5 days ago", "A-1, You confirm the length"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert!(page.text().contains("<title>(6) Home - "), "{}", page.text());

        for (email, ..) in PEOPLE.into_iter().filter(|(_, _, role, _)| !matches!(role, app::access::Role::Staff(_))) {
            let ctx = app.ctx(email).await;
            let list = listed(&app, email, "").await.len();
            let first = inbox::first(&ctx, None, 20).await.unwrap();
            let kinds: u32 = Kind::ALL.into_iter().map(|kind| first.of(kind)).sum();
            let counted: u32 = inbox::counts(&ctx).await.unwrap().into_iter().map(|(_, count)| count).sum();
            for number in [first.waiting.len(), first.total as usize, kinds as usize, counted as usize] {
                assert_eq!(number, list, "{email}");
            }
            let mut browser = app.browser(email).await;
            let shown: BTreeSet<u32> = (list > 0).then_some(list as u32).into_iter().collect();
            for path in ["/", "/documents"] {
                assert_eq!(badges(&browser.get(path).await), shown, "{email} {path}");
            }
        }
    }

    async fn what_somebody_puts_off_leaves_only_their_own_list_and_comes_back_by_itself(app: TestApp) {
        everything(&app).await;
        let iso = key(&app, ANNA, "send").await;
        let mut ben = app.browser(BEN).await;
        let done = ben.post("/_fn/inbox/snooze", &[("item", &iso), ("until", "tomorrow")]).await;
        assert_eq!(done.location(), "/#todo");
        let home = ben.follow(&done).await;
        let words = home.words();
        for part in ["Put off until tomorrow: Send “ISO 9001 certificate”", "Undo", "5 things need you.", "Put off (1)", "comes back tomorrow"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert_eq!(badges(&home), [5].into());
        assert_eq!(badges(&ben.get("/documents").await), [5].into());
        assert_eq!(texts(&listed(&app, BEN, "&snoozed=true").await), ["Send “ISO 9001 certificate”"]);
        // Nobody else learns of it.
        assert_eq!(listed(&app, ANNA, "").await.len(), 3);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action LIKE '%snooze%'").await, 0);
        // Undone, and put off again: overdue things can be, too.
        let undone = ben.post("/_fn/inbox/wake", &[("item", &iso)]).await;
        assert!(ben.follow(&undone).await.words().contains("Back in the list: ISO 9001 certificate"));
        assert_eq!(listed(&app, BEN, "").await.len(), 6);
        let overdue = key(&app, BEN, "renew").await;
        for (item, until, day) in [(&iso, "week", ""), (&overdue, "day", "2026-12-01")] {
            let done = ben.post("/_fn/inbox/snooze", &[("item", item), ("until", until), ("day", day)]).await;
            assert!(ben.follow(&done).await.words().contains("Put off until"));
        }
        assert_eq!(listed(&app, BEN, "").await.len(), 4);
        // Monday the 23rd begins in Berlin an hour before it does in UTC; the clock stands at noon of the 21st.
        app.advance(Duration::from_secs(34 * 3600));
        assert_eq!(listed(&app, BEN, "").await.len(), 4);
        app.advance(Duration::from_secs(3600));
        assert_eq!(texts(&listed(&app, BEN, "&snoozed=true").await), ["Renew “Insurance”"]);
        app.advance(DAY * 8);
        assert_eq!(listed(&app, BEN, "").await.len(), 6);
        // What has come back is not kept.
        app.browser(BEN).await.post("/_fn/inbox/snooze", &[("item", &iso), ("until", "tomorrow")]).await;
        assert_eq!(app.count("SELECT COUNT(*) FROM inbox_snoozes").await, 1);
    }

    async fn what_changes_comes_back_at_once(app: TestApp) {
        everything(&app).await;
        let mut ben = app.browser(BEN).await;
        for kind in ["read", "order", "approve"] {
            let item = key(&app, BEN, kind).await;
            ben.post("/_fn/inbox/snooze", &[("item", &item), ("until", "week")]).await;
        }
        assert_eq!(listed(&app, BEN, "").await.len(), 3);
        app.advance(Duration::from_secs(60));
        let documents = app.ctx(BEN).await;
        let filter = app::documents::service::Filter { category: None, state: None, organisation: None, after: app::documents::cursor::Cursor::START, limit: 50 };
        for document in app::documents::service::list(&documents, filter).await.unwrap().items {
            if ["For Ben", "Contract"].contains(&document.title.as_str()) {
                add_version(&app, document.id).await;
            }
        }
        batch(&app, PM, json!([{"number": "A-1", "reference": "4711"}])).await;
        assert_eq!(listed(&app, BEN, "").await.len(), 6, "{:?}", texts(&listed(&app, BEN, "&snoozed=true").await));
    }

    async fn nobody_puts_off_what_does_not_wait_for_them_or_to_a_day_that_has_come(app: TestApp) {
        everything(&app).await;
        let mine = key(&app, BEN, "order").await;
        let mut ben = app.browser(BEN).await;
        for (until, day) in [("", ""), ("day", "2026-11-21"), ("day", "2026-11-01"), ("day", "2028-01-01"), ("day", "soon"), ("week ", "")] {
            let sent = ben.post("/_fn/inbox/snooze", &[("item", &mine), ("until", until), ("day", day)]).await;
            assert!(ben.follow(&sent).await.words().contains("Please choose a day from tomorrow on"), "{until} {day}");
        }
        // Anna may see the order, but it waits for Ben; and what there is none of.
        let mut anna = app.browser(ANNA).await;
        for item in [mine.as_str(), "send:00000000-0000-0000-0000-000000000000", "send:x", "x", ""] {
            for act in ["snooze", "wake", "done", "read"] {
                let sent = anna.post(&format!("/_fn/inbox/{act}"), &[("item", item), ("until", "tomorrow")]).await;
                assert!(anna.follow(&sent).await.words().contains("That is no longer waiting for you."), "{act} {item}");
            }
        }
        let path = format!("/api/v1/inbox/order/{}/snooze", mine.split_once(':').unwrap().1);
        let put_off = async |email: &str, scopes: &[&str], body: Value| app.scoped_token(email, scopes).await.post(&path, body).await.status;
        let tomorrow = || json!({"until": "tomorrow"});
        assert_eq!(put_off(ANNA, &[], tomorrow()).await, 404);
        assert_eq!(put_off(PM, &[], tomorrow()).await, 403);
        assert_eq!(put_off(BEN, &["read"], tomorrow()).await, 403);
        assert_eq!(put_off(BEN, &["orders"], tomorrow()).await, 403);
        assert_eq!(put_off(BEN, &[], json!({"until": "yesterday"})).await, 422);
        assert_eq!(put_off(BEN, &[], json!({})).await, 422);
        assert_eq!(app.count("SELECT COUNT(*) FROM inbox_snoozes").await, 0);
        let token = app.token(BEN).await;
        let put = token.post(&path, json!({"until": "2026-12-01"})).await;
        // Midnight in Berlin.
        assert_eq!((put.status, &put.json()["snoozed_until"]), (200, &json!("2026-11-30T23:00:00Z")));
        assert_eq!(token.delete(&path).await.status, 204);
        assert_eq!(token.delete(&path).await.status, 204, "again changes nothing");
        assert_eq!(listed(&app, BEN, "").await.len(), 6);
        for bad in ["limit=0", "cursor=x", "organisation_id=x", "sort=x"] {
            assert_eq!(token.get(&format!("/api/v1/inbox?{bad}")).await.status, 400, "{bad}");
        }
        // A token for one area learns of no other.
        let narrow = app.scoped_token(BEN, &["home", "orders:read"]).await.get("/api/v1/inbox").await.json();
        assert_eq!(texts(narrow["items"].as_array().unwrap()), ["Order “Rollers” waits for you"]);
        assert_eq!(app.scoped_token(BEN, &["documents"]).await.get("/api/v1/inbox").await.status, 403);
        assert_eq!(app.token(PM).await.get("/api/v1/inbox").await.status, 403);
    }

    async fn one_click_takes_a_document_as_read_and_a_renewal_as_done(app: TestApp) {
        everything(&app).await;
        let (read, renew, order) = (key(&app, BEN, "read").await, key(&app, BEN, "renew").await, key(&app, BEN, "order").await);
        let mut ben = app.browser(BEN).await;
        let home = ben.get("/").await.text();
        assert!(home.contains("Mark as read") && home.contains("I have taken care of it"));
        let done = ben.post("/_fn/inbox/read", &[("item", &read), ("show", "all")]).await;
        assert_eq!(done.location(), "/?show=all#todo");
        assert!(ben.follow(&done).await.words().contains("Read: For Ben"));
        assert_eq!(app.count("SELECT COUNT(*) FROM document_reads").await, 1);
        let done = ben.post("/_fn/inbox/done", &[("item", &renew)]).await;
        let page = ben.follow(&done).await.words();
        assert!(page.contains("Taken care of: Insurance") && page.contains("Undo") && !page.contains("Put off ("), "{page}");
        assert_eq!(listed(&app, BEN, "").await.len(), 4);
        assert!(listed(&app, BEN, "&snoozed=true").await.is_empty());
        // The portal knows itself whether an order is confirmed.
        let sent = ben.post("/_fn/inbox/done", &[("item", &order)]).await;
        assert!(ben.follow(&sent).await.words().contains("The portal notices itself"));
        ben.post("/_fn/inbox/wake", &[("item", &renew)]).await;
        assert_eq!(listed(&app, BEN, "").await.len(), 5);
        // Sent by somebody else it is not his to renew, nor is it before its time.
        app.sql("UPDATE documents SET renew_from = '2026-11-22' WHERE title = 'Insurance'").await;
        assert_eq!(listed(&app, BEN, "").await.len(), 4);
        // Each kind by itself, and back to all of it.
        let only = ben.get("/?show=send").await;
        assert!(only.words().contains("Floor plan") && !only.words().contains("Approve “Contract”") && only.words().contains("Back to the whole list"));
        assert_eq!(badges(&only), [2, 4].into(), "the heading counts the part, the navigation all");
    }

    async fn what_should_be_put_right_about_a_sign_in_waits_for_whom_it_concerns(app: TestApp) {
        let kinds = async |email: &str| listed(&app, email, "").await.iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(kinds(ANNA).await, ["factor"]);
        assert!(kinds(BEN).await.is_empty(), "who administers nothing may go on with a password");
        crate::factors::give_app(&app, ANNA).await;
        let left = kinds(ANNA).await;
        app.sql("DELETE FROM recovery_codes").await;
        assert_eq!(kinds(ANNA).await, ["codes"], "had {left:?}");
        let anna = app.literal(app.user(ANNA).0);
        let blob = if app.engine() == Engine::Sqlite { "x'00'" } else { "'\\x00'" };
        app.sql(&format!("INSERT INTO passkeys (id, user_id, name, credential_id, credential, sign_count, created_at, suspected_at) VALUES ({anna}, {anna}, 'Phone', {blob}, '', 1, 1, 2)")).await;
        assert_eq!(kinds(ANNA).await, ["passkey", "codes"]);
        app.sql("UPDATE organisations SET only_sso = TRUE").await;
        assert!(kinds("carla@borealis.example").await.is_empty(), "signs in at her company");
    }

    async fn whoever_looks_as_somebody_learns_nothing_of_what_they_put_off(app: TestApp) {
        everything(&app).await;
        let iso = key(&app, ANNA, "send").await;
        app.browser(ANNA).await.post("/_fn/inbox/snooze", &[("item", &iso), ("until", "week")]).await;
        let mut pm = app.browser(PM).await;
        crate::view_as::begin(&app, &mut pm, ANNA).await;
        let page = pm.get("/").await;
        assert!(page.words().contains("Send “ISO 9001 certificate”"));
        for part in ["Put off", "second factor", "/_fn/inbox/", "inbox.js"] {
            assert!(!page.text().contains(part), "{part}");
        }
        assert_eq!(badges(&page), [2].into());
        assert_eq!(pm.post("/_fn/inbox/snooze", &[("item", &iso), ("until", "week")]).await.status, 403);
    }

    async fn somebody_of_two_organisations_sees_in_each_what_waits_there(app: TestApp) {
        everything(&app).await;
        let (ben, borealis) = (app.literal(app.user(BEN).0), app.literal(app.organisation("borealis").0));
        app.sql(&format!("INSERT INTO memberships (user_id, organisation_id, role, state, created_at) VALUES ({ben}, {borealis}, 'member', 'active', 0)")).await;
        batch(&app, PM, json!([{"number": "B-1", "organisation": "borealis", "title": "Belts", "status": "waiting", "buyer_id": app.user(BEN)}])).await;
        let (acme, borealis) = (app.organisation("acme"), app.organisation("borealis"));
        let mut counts = inbox::counts(&app.ctx(BEN).await).await.unwrap();
        counts.sort_by_key(|(_, count)| *count);
        assert_eq!(counts, [(borealis, 1), (acme, 6)]);
        assert_eq!(listed(&app, BEN, "").await.len(), 7);
        assert_eq!(texts(&listed(&app, BEN, &format!("&organisation_id={borealis}")).await), ["Order “Belts” waits for you"]);
        let mut browser = app.browser(BEN).await;
        for (id, number) in [(acme, 6), (borealis, 1)] {
            browser.post("/_fn/account/switch_organisation", &[("organisation", &id.to_string())]).await;
            let page = browser.get("/").await;
            assert!(page.text().contains(&format!("<title>({number}) Home")), "{}", page.text());
            assert_eq!(badges(&page), [1, 6].into());
        }
    }

    async fn a_long_list_is_bounded_and_shown_in_full_where_that_is_asked_for(app: TestApp) {
        for at in 0..23 {
            request(&app, &format!("Sheet {at:02}"), "2026-12-24", &[BEN]).await;
        }
        request(&app, "Urgent", "2026-11-22", &[BEN]).await;
        app.published("For Ben", Category::Minutes, Audience::People(vec![app.user(BEN)])).await;
        let mut ben = app.browser(BEN).await;
        let page = ben.get("/").await;
        assert_eq!(page.text().matches("<li data-item").count(), 20);
        assert_eq!(badges(&page), [25].into());
        assert!(page.words().contains("Show all 25") && page.words().contains("Urgent"));
        assert_eq!(ben.get("/?show=all").await.text().matches("<li data-item").count(), 25);
        // Beyond the first page its number is known all the same.
        assert_eq!(inbox::first(&app.ctx(BEN).await, None, 20).await.unwrap().of(Kind::Read), 1);
        let ids: BTreeSet<_> = listed(&app, BEN, "").await.iter().map(|item| item["id"].to_string()).collect();
        assert_eq!(ids.len(), 25, "each once, however they are paged");
    }
}

both! {
    async fn a_step_of_an_order_is_confirmed_from_the_list_and_the_order_goes_on(app: TestApp) {
        let steps = json!([
            {"title": "Made", "done_on": "2026-11-10", "acts": "house"},
            {"title": "You confirm the length", "expected_on": "2026-11-26", "acts": "customer"},
            {"title": "You confirm the colour", "expected_on": "2026-11-27", "acts": "customer"},
            {"title": "Shipment", "expected_on": "2026-12-04", "acts": "house"},
        ]);
        let order = json!({"number": "A-1", "organisation": "acme", "title": "Rollers", "status": "in_production", "buyer_id": app.user(BEN), "steps": steps});
        let row = batch(&app, PM, json!([order])).await.remove(0);
        batch(&app, PM, json!([{"number": "A-1", "organisation": "acme", "status": "waiting"}])).await;
        let (id, of_anna) = (row["id"].as_str().unwrap(), app.token(ANNA).await);
        let path = format!("/api/v1/orders/{id}/confirm");
        let stands = async || of_anna.get(&format!("/api/v1/orders/{id}")).await.json();
        let mut ben = app.browser(BEN).await;
        let home = ben.get("/").await.text();
        assert!(home.contains("/_fn/orders/confirm") && home.contains("Confirm: Rollers"), "{home}");
        for (email, status) in [("carla@borealis.example", 404), ("eva@partner.example", 404), (PM, 403), ("admin@nordlicht.example", 403)] {
            assert_eq!(app.token(email).await.post(&path, json!({})).await.status, status, "{email}");
        }
        // An old tab.
        let done = ben.post("/_fn/orders/confirm", &[("order", id), ("revision", "1"), ("back", "/")]).await;
        assert!(ben.follow(&done).await.words().contains("Somebody else has changed this order"));
        let done = ben.post("/_fn/orders/confirm", &[("order", id), ("revision", "2"), ("back", "/")]).await;
        assert_eq!(done.location(), "/");
        assert!(ben.follow(&done).await.words().contains("A-1, You confirm the colour"), "the next one is theirs, too");
        let now = stands().await;
        assert_eq!((&now["status"], &now["steps"][1]["done_on"]), (&json!("waiting"), &json!("2026-11-21")));
        // The last one: it goes on as before it waited, for a colleague who sees all of it, too.
        let confirmed = of_anna.post_with(&path, json!({}), &[("if-match", "\"2\"")]).await;
        assert_eq!(confirmed.status, 412);
        let confirmed = of_anna.post_with(&path, json!({}), &[("if-match", "\"3\"")]).await;
        assert_eq!((confirmed.status, &confirmed.json()["status"]), (200, &json!("in_production")), "{}", confirmed.text());
        assert_eq!(confirmed.json()["next_step"], "Shipment");
        assert_eq!(of_anna.post(&path, json!({})).await.status, 409, "nothing waits any more");
        assert!(!texts(&listed(&app, BEN, "").await).contains(&"Order “Rollers” waits for you"));
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'order.confirm'").await, 2);
        let history = "SELECT COUNT(*) FROM order_changes WHERE field = 'status' AND old = 'waiting' AND new = 'in_production' AND reason = 'You confirm the colour'";
        assert_eq!(app.count(history).await, 1);
    }
}

/// Nothing that grows is walked, and none of the branches begins anywhere but at the person.
#[tokio::test]
async fn the_inbox_costs_what_waits_and_no_more() {
    let app = TestApp::new(Engine::Sqlite).await;
    for name in ["FIRST", "COUNTS", "PAGE", "ONE"] {
        let entry = STATEMENTS.iter().find(|entry| entry.name == format!("app::home::store::{name}")).unwrap();
        let plan = app.sql(&format!("EXPLAIN QUERY PLAN {}", entry.sqlite)).await;
        for row in &plan {
            let step = &row[3];
            let walks = step.starts_with("SCAN ")
                && !["SCAN w", "SCAN i", "SCAN (", "SCAN c", "SCAN CONSTANT"].iter().any(|own| step.starts_with(own));
            assert!(!walks, "{name}: {step}\n{plan:#?}");
        }
    }
}

/// The script of the list is there for whoever may act, under the page's nonce.
#[tokio::test]
async fn the_script_is_the_page_s_own() {
    let app = TestApp::new(Engine::Sqlite).await;
    let page = app.browser(ANNA).await.get("/").await;
    let nonce =
        page.header("content-security-policy").split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
    let script = page.text().split("<script").find(|tag| tag.contains("inbox.js")).unwrap().to_owned();
    assert!(script.contains(&nonce), "{script}");
}
