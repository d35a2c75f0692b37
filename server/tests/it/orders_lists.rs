//! Lists of orders in other orders and with filters, and words in them: what is found, by whom, and how soon.

use serde_json::{Value, json};

use crate::orders::batch;
use crate::search::drain;
use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const SUPPORT: &str = "support@nordlicht.example";

/// Numbers of all that a query finds, page by page.
async fn numbers(app: &TestApp, email: &str, query: &str) -> Vec<String> {
    let token = app.token(email).await;
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = token.get(&format!("/api/v1/orders?limit=2{query}{cursor}")).await;
        assert_eq!(page.status, 200, "{query}: {}", page.text());
        let page = page.json();
        all.extend(page["items"].as_array().unwrap().iter().map(|o| o["number"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

/// Five orders of ACME, one of Borealis. The tests' day is in November 2026.
async fn some(app: &TestApp) {
    let lines =
        |article: &str, title: &str| json!([{"position": 1, "article": article, "title": title, "quantity": "1"}]);
    let rows = batch(app, ADMIN, json!([
        {"number": "AB-1001", "organisation": "acme", "title": "Förderband Müller", "reference": "PO 77", "ordered_on": "2026-01-10", "confirmed_on": "2026-10-01", "lines": lines("RF-400", "Rollenbahn")},
        {"number": "AB-1002", "organisation": "acme", "title": "Pumps", "ordered_on": "2026-02-10", "confirmed_on": "2027-01-15", "buyer_id": app.user("ben@acme.example"), "lines": lines("KP-9", "Kreiselpumpe")},
        {"number": "AB-1003", "organisation": "acme", "title": "Old pumps", "ordered_on": "2025-02-10", "delivered_on": "2025-03-01", "lines": lines("KP-9", "Kreiselpumpe")},
        {"number": "AB-1004", "organisation": "acme", "ordered_on": "2026-03-10", "project_id": app.project("line-2"), "steps": [{"title": "Drawing", "expected_on": "2026-11-01"}]},
        {"number": "AB-1005", "organisation": "acme", "ordered_on": "2026-04-10"},
        {"number": "BO-2001", "external_id": "ERP-5", "organisation": "borealis", "title": "Pumps too", "ordered_on": "2026-03-11", "wanted_on": "2026-11-05"},
    ])).await;
    assert!(rows.iter().all(|row| row["result"] == "create"), "{rows:#?}");
}

both! {
    async fn lists_come_in_three_orders_and_leave_out_what_a_filter_does_not_ask_for(app: TestApp) {
        some(&app).await;
        let anna = "anna@acme.example";
        assert_eq!(numbers(&app, anna, "&sort=oldest").await, ["AB-1003", "AB-1001", "AB-1002", "AB-1004", "AB-1005"]);
        assert_eq!(numbers(&app, anna, "&sort=newest&which=open").await, ["AB-1005", "AB-1004", "AB-1002", "AB-1001"]);
        // What is expected first: the delivery, else the next step; those without a day last, those that are over not at all.
        assert_eq!(numbers(&app, anna, "&sort=due").await, ["AB-1001", "AB-1004", "AB-1002", "AB-1005"]);
        assert_eq!(numbers(&app, anna, "&sort=due&which=closed").await, ["AB-1003"]);
        assert_eq!(numbers(&app, anna, "&sort=due&status=received").await, ["AB-1004", "AB-1005"]);
        assert_eq!(numbers(&app, anna, "&overdue=true").await, ["AB-1001", "AB-1004"]);
        assert_eq!(numbers(&app, ADMIN, "&overdue=true").await, ["AB-1001", "AB-1004", "BO-2001"]);
        assert_eq!(numbers(&app, SUPPORT, "&overdue=true&status=received").await, ["AB-1004", "BO-2001"]);
        assert_eq!(numbers(&app, anna, "&overdue=true&which=closed").await, Vec::<String>::new());
        assert_eq!(numbers(&app, anna, "&from=2026-02-10&to=2026-03-10").await, ["AB-1004", "AB-1002"]);
        assert_eq!(numbers(&app, anna, "&from=2026-02-10&sort=oldest").await, ["AB-1002", "AB-1004", "AB-1005"]);
        assert_eq!(numbers(&app, anna, "&to=2026-02-10&sort=oldest").await, ["AB-1003", "AB-1001", "AB-1002"]);
        assert_eq!(numbers(&app, anna, "&from=2026-02-01&sort=due").await, ["AB-1004", "AB-1002", "AB-1005"]);
        // The partner: what belongs to the project. Ben, for whom only his own is: his, and the project's.
        assert_eq!(numbers(&app, "eva@partner.example", "&sort=due").await, ["AB-1004"]);
        let ben = app.user("ben@acme.example");
        app.sql(&format!("UPDATE memberships SET orders = 'own' WHERE user_id = {}", app.literal(ben.0))).await;
        assert_eq!(numbers(&app, "ben@acme.example", "&sort=due").await, ["AB-1004", "AB-1002"]);
        assert_eq!(numbers(&app, "ben@acme.example", "&sort=oldest").await, ["AB-1002", "AB-1004"]);
        // Those assigned, and of one customer.
        assert_eq!(numbers(&app, PM, "&sort=oldest").await.len(), numbers(&app, PM, "").await.len());
        let acme = app.organisation("acme");
        assert_eq!(numbers(&app, SUPPORT, &format!("&organisation_id={acme}&sort=due")).await, ["AB-1001", "AB-1004", "AB-1002", "AB-1005"]);
        assert_eq!(numbers(&app, SUPPORT, &format!("&organisation_id={acme}&sort=due&status=confirmed")).await, ["AB-1001", "AB-1002"]);
        for bad in ["sort=x", "from=x", "to=2026-13-01", "overdue=maybe", "sort=oldest&cursor=2026-01-01_x", "search=a&sort=due", "search=a&cursor=2026-01-01"] {
            assert_eq!(app.token(ADMIN).await.get(&format!("/api/v1/orders?{bad}")).await.status, 400, "{bad}");
        }
    }

    async fn an_order_is_found_by_its_words_as_far_as_its_reader_may_see_it(app: TestApp) {
        some(&app).await;
        // By its exact number at once, before the index knows of it; by the number of somebody else not at all.
        assert_eq!(numbers(&app, "anna@acme.example", "&search=ab-1003").await, ["AB-1003"]);
        assert_eq!(numbers(&app, "anna@acme.example", "&search=BO-2001").await, Vec::<String>::new());
        assert_eq!(numbers(&app, "anna@acme.example", "&search=pump").await, Vec::<String>::new());
        drain(&app).await;
        for (typed, wanted) in [
            ("pump", vec!["AB-1002", "AB-1003"]),
            ("kreisel", vec!["AB-1002", "AB-1003"]),
            ("kp-9 old", vec!["AB-1003"]),
            ("mueller", vec!["AB-1001"]),
            ("po 77", vec!["AB-1001"]),
            ("rollenb", vec!["AB-1001"]),
            ("ab 100", vec!["AB-1001", "AB-1002", "AB-1003", "AB-1004", "AB-1005"]),
            ("1004", vec!["AB-1004"]),
            ("AB-1003", vec!["AB-1003"]),
            ("acme", vec![]),
            ("borealis", vec![]),
            ("???", vec![]),
            ("nothing", vec![]),
        ] {
            let query = format!("&search={}", typed.replace(' ', "+").replace('?', "%3F"));
            let mut found = numbers(&app, "anna@acme.example", &query).await;
            found.sort();
            assert_eq!(found, wanted, "{typed}");
        }
        let mut all = numbers(&app, ADMIN, "&search=pumps").await;
        all.sort();
        assert_eq!(all, ["AB-1002", "AB-1003", "BO-2001"]);
        // Staff look for the customer and for what the ERP calls it, too.
        assert_eq!(numbers(&app, ADMIN, "&search=borea+pump").await, ["BO-2001"]);
        assert_eq!(numbers(&app, SUPPORT, "&search=erp-5").await, ["BO-2001"]);
        assert_eq!(numbers(&app, "carla@borealis.example", "&search=erp-5").await, Vec::<String>::new());
        assert_eq!(numbers(&app, "carla@borealis.example", "&search=pumps").await, ["BO-2001"]);
        assert_eq!(numbers(&app, "eva@partner.example", "&search=ab").await, ["AB-1004"]);
        // Filters hold among what is found, also before the index knows of a change.
        assert_eq!(numbers(&app, ADMIN, "&search=pump&which=closed").await, ["AB-1003"]);
        assert_eq!(numbers(&app, ADMIN, "&search=pump&overdue=true").await, ["BO-2001"]);
        assert_eq!(numbers(&app, ADMIN, "&search=pump&status=confirmed").await, ["AB-1002"]);
        assert_eq!(numbers(&app, ADMIN, "&search=pump&from=2026-02-01&to=2026-02-28").await, ["AB-1002"]);
        batch(&app, PM, json!([{"number": "AB-1002", "status": "cancelled"}])).await;
        assert_eq!(numbers(&app, ADMIN, "&search=kreisel&status=confirmed").await, Vec::<String>::new());
        drain(&app).await;
        assert_eq!(numbers(&app, ADMIN, "&search=kreisel&status=cancelled").await, ["AB-1002"]);
        // Less right, and it is gone at once, whatever the index says.
        let ben = app.user("ben@acme.example");
        app.sql(&format!("UPDATE memberships SET orders = 'own' WHERE user_id = {}", app.literal(ben.0))).await;
        assert_eq!(numbers(&app, "ben@acme.example", "&search=kreisel").await, ["AB-1002"]);
        assert_eq!(numbers(&app, "ben@acme.example", "&search=AB-1001").await, Vec::<String>::new());
        app.sql(&format!("UPDATE memberships SET orders = 'none' WHERE user_id = {}", app.literal(ben.0))).await;
        assert_eq!(numbers(&app, "ben@acme.example", "&search=kreisel").await, Vec::<String>::new());
        // Another title, other lines, another name of the customer: found by the new, and not by the old.
        batch(&app, PM, json!([{"number": "AB-1001", "title": "Conveyor", "lines": [{"position": 1, "title": "Belt", "quantity": "1"}]}])).await;
        app.sql("UPDATE organisations SET name = 'Umbrella' WHERE slug = 'borealis'").await;
        drain(&app).await;
        assert_eq!(numbers(&app, ADMIN, "&search=rollenbahn").await, Vec::<String>::new());
        assert_eq!(numbers(&app, ADMIN, "&search=belt").await, ["AB-1001"]);
        assert_eq!(numbers(&app, ADMIN, "&search=umbrella").await, ["BO-2001"]);
        assert_eq!(app.count("SELECT COUNT(*) FROM search_order_words").await, 6);
        assert_eq!(app.count("SELECT COUNT(*) FROM search_stale_orders").await, 0);
    }

    async fn what_a_box_for_everything_shows_of_orders_is_theirs(app: TestApp) {
        some(&app).await;
        drain(&app).await;
        let found = async |email: &str, words: &str| {
            let rows = app::orders::service::search(&app.ctx(email).await, words, 3).await.unwrap();
            rows.into_iter().map(|order| order.number).collect::<Vec<_>>()
        };
        assert_eq!(found("anna@acme.example", "AB-1002").await[0], "AB-1002");
        assert_eq!(found(ADMIN, "ab").await.len(), 3);
        assert_eq!(found(ADMIN, "  ").await, Vec::<String>::new());
        assert_eq!(found("carla@borealis.example", "ab").await, Vec::<String>::new());
    }

    async fn the_pages_search_filter_and_keep_a_view(app: TestApp) {
        some(&app).await;
        drain(&app).await;
        let mut anna = app.browser("anna@acme.example").await;
        let page = anna.get("/orders?which=all&search=kreiselpumpe").await;
        let text = page.text().replace("<!>", "");
        assert!(text.contains("<mark>Kreiselpumpe</mark>"), "why it was found is said: {text}");
        assert!(page.words().contains("2 orders found") && page.text().contains("data-live=\"results\""));
        assert!(anna.get("/orders?search=nowhere").await.words().contains("Nothing found"));
        let overdue = anna.get("/orders?overdue=yes").await.words();
        assert!(overdue.contains("Förderband") && !overdue.contains("Pumps"), "{overdue}");
        for bad in ["sort=x", "from=x", "status=x", "which=x", "overdue=no", "search=a&after=x", "after=x"] {
            assert_eq!(anna.get(&format!("/orders?{bad}")).await.status, 404, "{bad}");
        }
        let page = anna.get("/orders?which=all&sort=oldest&from=2026-01-01").await;
        let mut form = crate::bulk::fields(&page.text(), "/_fn/views/save");
        form.retain(|(name, _)| name != "name");
        form.iter_mut().for_each(|(_, value)| *value = value.replace("&amp;", "&"));
        form.push(("name".into(), "This year".into()));
        let back = crate::bulk::send(&mut anna, "/_fn/views/save", &form).await;
        assert!(back.starts_with("/orders?which=all&from=2026-01-01&sort=oldest") && back.contains("This year"), "{back}");
        let mut staff = app.browser(SUPPORT).await;
        let acme = app.organisation("acme");
        let page = staff.get(&format!("/staff/orders?organisation={acme}&search=pump&which=all")).await.words();
        assert!(page.contains("Old pumps") && !page.contains("Pumps too"), "{page}");
        // On the customer's page, and in the copy of one's data.
        let page = staff.get(&format!("/staff/customers/{acme}")).await.words();
        assert!(page.contains("Open orders") && page.contains("Förderband") && !page.contains("Old pumps"), "{page}");
        let copy = app.token("ben@acme.example").await.get("/api/v1/me/data").await.json();
        let mine: Vec<&Value> = copy["orders"].as_array().unwrap().iter().collect();
        assert_eq!((mine.len(), &mine[0]["number"]), (1, &json!("AB-1002")));
        let order = app.token(SUPPORT).await.get("/api/v1/orders?search=AB-1001").await.json();
        let id = order["items"][0]["id"].as_str().unwrap().to_owned();
        let page = anna.get(&format!("/orders/{id}")).await;
        assert!(page.text().contains("mailto:pm@nordlicht.example?subject=Order%20AB%2D1001"), "{}", page.text());
    }

    async fn a_customer_who_waits_for_no_order_sees_all_of_them_unless_they_choose(app: TestApp) {
        let old = json!({"number": "H-1", "organisation": "acme", "title": "Old conveyor", "ordered_on": "2025-02-10", "delivered_on": "2025-03-01"});
        batch(&app, ADMIN, json!([old])).await;
        let mut anna = app.browser("anna@acme.example").await;
        let page = anna.get("/orders").await;
        assert!(page.words().contains("Old conveyor"), "{}", page.words());
        assert!(page.text().contains("<a href=\"/orders?which=all\" aria-current=\"page\">"), "{}", page.text());
        // Who chooses sees what they chose, and can come back to the open ones.
        assert!(page.text().contains("<a href=\"/orders?which=open\">"), "{}", page.text());
        let open = anna.get("/orders?which=open").await;
        assert!(open.words().contains("Nothing here") && !open.words().contains("Old conveyor"), "{}", open.words());
        assert!(open.text().contains("<a href=\"/orders?which=open\" aria-current=\"page\">"), "{}", open.text());
        for chosen in ["overdue=yes", "from=2025-01-01", "status=received", "search=nowhere"] {
            assert!(!anna.get(&format!("/orders?{chosen}")).await.words().contains("Old conveyor"), "{chosen}");
        }
        // Where there is none at all, and for staff, it is as it was.
        assert!(app.browser("carla@borealis.example").await.get("/orders").await.words().contains("Nothing here"));
        assert!(!app.browser(SUPPORT).await.get("/staff/orders").await.words().contains("Old conveyor"));
        batch(&app, ADMIN, json!([{"number": "H-2", "organisation": "acme", "title": "New rollers"}])).await;
        let page = anna.get("/orders").await.words();
        assert!(page.contains("New rollers") && !page.contains("Old conveyor"), "{page}");
    }

    async fn what_is_deleted_leaves_no_word_behind_and_a_change_while_indexing_is_not_lost(app: TestApp) {
        some(&app).await;
        let admin = app.ctx(ADMIN).await;
        let change = async {
            for round in 0..4 {
                batch(&app, PM, json!([{"number": "AB-1005", "title": format!("round{round}")}])).await;
            }
        };
        let fill = async {
            for _ in 0..6 {
                app::search::index::drain(&admin).await.unwrap();
                tokio::task::yield_now().await;
            }
        };
        tokio::join!(change, fill);
        drain(&app).await;
        assert_eq!(numbers(&app, ADMIN, "&search=round3").await, ["AB-1005"]);
        assert_eq!(numbers(&app, ADMIN, "&search=round2").await, Vec::<String>::new());
        for table in ["order_lines", "order_steps", "order_changes"] {
            app.sql(&format!("DELETE FROM {table} WHERE order_id IN (SELECT id FROM orders WHERE number = 'AB-1005')")).await;
        }
        app.sql("DELETE FROM orders WHERE number = 'AB-1005'").await;
        assert_eq!(app.count("SELECT COUNT(*) FROM search_order_words").await, 5);
        app::search::index::forget_words(&admin).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM search_order_vocabulary WHERE word = 'round3'").await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM search_order_vocabulary WHERE word = 'kreiselpumpe'").await, 1);
    }
}
