//! "Who can see this?" of an order, an appointment and a request: the list, with its reasons, is what each person really sees.
//! So is what is told of a person from the other side.

use app::documents::model::{Audience, Category};
use app::requests::model::{NewRequest, State};
use app::requests::service as requests;
use serde_json::json;
use server::demo::people::PEOPLE;

use crate::orders::batch;
use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const SUPPORT: &str = "support@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const CARLA: &str = "carla@borealis.example";
const BEN: &str = "ben@acme.example";
const EVA: &str = "eva@partner.example";

/// The reason for each of these people to see what lies there; none: they do not.
async fn reasons<const N: usize>(app: &TestApp, path: &str, people: [&str; N]) -> [Option<String>; N] {
    let list = app.token(ADMIN).await.get(&format!("/api/v1{path}/audience")).await;
    assert_eq!(list.status, 200, "{path}: {}", list.text());
    let list = list.json();
    let rows = list["items"].as_array().unwrap();
    people.map(|email| {
        let row = rows.iter().find(|row| row["email"] == email)?;
        Some(row["reason"].as_str().unwrap().to_owned())
    })
}

/// Everybody on the list sees it, nobody else does, on the page and in the API; and only who may is told who does.
async fn is_true(app: &TestApp, path: &str) {
    for (email, ..) in PEOPLE {
        let [reason] = reasons(app, path, [email]).await;
        let token = app.token(email).await;
        let sees = token.get(&format!("/api/v1{path}")).await.status;
        assert_eq!(sees == 200, reason.is_some(), "{email} at {path}: {reason:?}, {sees}");
        let told = token.get(&format!("/api/v1{path}/audience")).await.status;
        // A customer's administrator and whoever works here; not a colleague, and not a partner.
        let may = email == ANNA || email.ends_with("@nordlicht.example");
        assert_eq!(
            told,
            if reason.is_none() {
                404
            } else if may {
                200
            } else {
                403
            },
            "{email} at {path}: {reason:?}"
        );
        let page = app.browser(email).await.get(path).await;
        assert_eq!(page.status == 200, reason.is_some(), "{email} at {path}");
        assert_eq!(page.words().contains("Who can see this"), told == 200, "{email} at {path}");
    }
}

/// Ben sees of orders and visits what is his own.
async fn with_own_only(app: &TestApp) {
    app.sql(&format!("UPDATE memberships SET orders = 'own' WHERE user_id = {}", app.literal(app.user(BEN).0))).await;
}

/// Every id of a list, page by page, sorted.
async fn ids(app: &TestApp, email: &str, path: &str) -> Vec<String> {
    let token = app.token(email).await;
    let mark = if path.contains('?') { '&' } else { '?' };
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = token.get(&format!("/api/v1{path}{mark}limit=2{cursor}")).await;
        assert_eq!(page.status, 200, "{email} at {path}: {}", page.text());
        let page = page.json();
        all.extend(page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    all.sort();
    all
}

/// Asks people of a customer for a file.
async fn ask(app: &TestApp, customer: &str, title: &str, category: Category, people: &[&str]) -> String {
    let new = NewRequest {
        organisation_id: app.organisation(customer),
        title: title.to_owned(),
        text: String::new(),
        category,
        due_on: "2026-11-28".parse().unwrap(),
        people: people.iter().map(|email| app.user(email)).collect(),
    };
    requests::ask(&app.ctx(ADMIN).await, new).await.unwrap().id.to_string()
}

/// What this person sees themselves of orders, projects, appointments and requests, through this customer.
async fn own(app: &TestApp, email: &str, customer: &str) -> [(&'static str, Vec<String>); 4] {
    let of = app.organisation(customer);
    let listed = async |path: &str| ids(app, email, &format!("{path}organisation_id={of}")).await;
    let mut visits = listed("/appointments?when=upcoming&").await;
    visits.extend(listed("/appointments?when=past&").await);
    visits.sort();
    // Customers have no list of requests: what they see they can open.
    let token = app.token(email).await;
    let mut asked = Vec::new();
    for state in State::ALL {
        for id in ids(app, ADMIN, &format!("/requests?state={}&organisation_id={of}", state.name())).await {
            if token.get(&format!("/api/v1/requests/{id}")).await.status == 200 {
                asked.push(id);
            }
        }
    }
    asked.sort();
    let (orders, projects) = (listed("/orders?").await, listed("/projects?").await);
    [("orders", orders), ("projects", projects), ("appointments", visits), ("requests", asked)]
}

fn some(reason: &str) -> Option<String> {
    Some(reason.to_owned())
}

both! {
    async fn who_can_see_it_comes_in_pages(app: TestApp) {
        let id = app.published("For all of ACME", Category::Minutes, Audience::Organisation).await;
        let (token, path) = (app.token(ADMIN).await, format!("/api/v1/documents/{id}/audience"));
        let whole = token.get(&path).await.json()["items"].as_array().unwrap().clone();
        let (mut paged, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = token.get(&format!("{path}?limit=2{cursor}")).await.json();
            let items = page["items"].as_array().unwrap();
            assert!((1..=2).contains(&items.len()), "{page}");
            paged.extend(items.iter().cloned());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert!(whole.len() > 4, "{whole:?}");
        assert_eq!(paged, whole);
        for query in ["limit=0", "limit=101", "cursor=x"] {
            assert_eq!(token.get(&format!("{path}?{query}")).await.status, 400, "{query}");
        }
    }

    async fn of_an_order(app: TestApp) {
        with_own_only(&app).await;
        let rows = batch(&app, ADMIN, json!([
            {"number": "AB-1", "organisation": "acme", "buyer_id": app.user(BEN)},
            {"number": "AB-2", "organisation": "acme", "project_id": app.project("line-2")},
            {"number": "AB-3", "organisation": "acme"},
        ])).await;
        let paths: Vec<String> = rows.iter().map(|row| format!("/orders/{}", row["id"].as_str().unwrap())).collect();
        for path in &paths {
            is_true(&app, path).await;
        }
        let who = [ANNA, BEN, EVA, PM, SUPPORT];
        let staff = [some("assigned"), some("staff_role")];
        let [bought, project, other] = [&paths[0], &paths[1], &paths[2]];
        assert_eq!(reasons(&app, bought, who).await, [some("admin"), some("person"), None, staff[0].clone(), staff[1].clone()]);
        assert_eq!(reasons(&app, project, [EVA]).await, [some("project")]);
        assert_eq!(reasons(&app, other, [ANNA, BEN, EVA]).await, [some("admin"), None, None]);
    }

    async fn of_an_appointment(app: TestApp) {
        with_own_only(&app).await;
        let body = |more: serde_json::Value| {
            let mut body = json!({
                "organisation_id": app.organisation("acme"), "title": "Factory test", "place": "Kiel", "minutes": 60, "time_zone": "Europe/Berlin",
                "slots": ["2026-11-25T08:00:00Z"], "participants": [app.user(BEN), app.user(PM)],
            });
            for (key, value) in more.as_object().unwrap() {
                body[key] = value.clone();
            }
            body
        };
        let mut paths = Vec::new();
        for more in [json!({}), json!({"participants": [app.user(ANNA), app.user(PM)], "project_id": app.project("line-2")})] {
            let made = app.token(PM).await.post("/api/v1/appointments", body(more)).await;
            assert_eq!(made.status, 201, "{}", made.text());
            paths.push(format!("/appointments/{}", made.json()["id"].as_str().unwrap()));
        }
        for path in &paths {
            is_true(&app, path).await;
        }
        assert_eq!(reasons(&app, &paths[0], [ANNA, BEN, EVA, PM]).await, [some("admin"), some("person"), None, some("assigned")]);
        assert_eq!(reasons(&app, &paths[1], [ANNA, EVA]).await, [some("person"), some("project")]);
    }

    async fn of_a_request(app: TestApp) {
        let new = NewRequest {
            organisation_id: app.organisation("acme"),
            title: "ISO 9001 certificate".to_owned(),
            text: String::new(),
            category: Category::Other,
            due_on: "2026-11-28".parse().unwrap(),
            people: vec![app.user(BEN)],
        };
        let path = format!("/requests/{}", requests::ask(&app.ctx(PM).await, new).await.unwrap().id);
        is_true(&app, &path).await;
        let who = [ANNA, BEN, EVA, PM, SUPPORT, "finance@nordlicht.example"];
        assert_eq!(reasons(&app, &path, who).await, [some("admin"), some("person"), None, some("assigned"), some("staff_role"), None]);
    }

    async fn what_a_person_sees_is_told_from_the_other_side(app: TestApp) {
        with_own_only(&app).await;
        let orders = batch(&app, ADMIN, json!([
            {"number": "AB-1", "organisation": "acme", "buyer_id": app.user(BEN)},
            {"number": "AB-2", "organisation": "acme", "project_id": app.project("line-2")},
            {"number": "AB-3", "organisation": "acme"},
            {"number": "AB-4", "organisation": "borealis"},
        ])).await;
        for people in [[app.user(BEN), app.user(PM)], [app.user(ANNA), app.user(PM)]] {
            let made = app.token(PM).await.post("/api/v1/appointments", json!({
                "organisation_id": app.organisation("acme"), "title": "Factory test", "place": "Kiel", "minutes": 60, "time_zone": "Europe/Berlin",
                "slots": ["2026-11-25T08:00:00Z"], "participants": people,
            })).await;
            assert_eq!(made.status, 201, "{}", made.text());
        }
        ask(&app, "acme", "Site plan", Category::Other, &[BEN]).await;
        ask(&app, "acme", "Access list", Category::Other, &[ANNA, BEN]).await;
        let money = ask(&app, "acme", "Bank details", Category::Invoice, &[ANNA, BEN]).await;
        ask(&app, "borealis", "Crane permit", Category::Other, &[CARLA]).await;

        for (email, _, _, customer) in PEOPLE {
            let Some(customer) = customer else { continue };
            let access = format!("/organisations/{}/people/{}/access", app.organisation(customer), app.user(email));
            let admin = if customer == "acme" { ANNA } else { CARLA };
            for (area, own) in own(&app, email, customer).await {
                for asker in [admin, ADMIN] {
                    let told = ids(&app, asker, &format!("{access}/{area}")).await;
                    assert_eq!(told, own, "{area} of {email}, as {asker} is told");
                }
                let token = app.token(email).await;
                for id in own {
                    assert_eq!(token.get(&format!("/api/v1/{area}/{id}")).await.status, 200, "{email} at {area} {id}");
                }
            }
        }

        // Whoever asks learns of nothing that they may not see themselves.
        let access = format!("/api/v1/organisations/{}/people/{}/access", app.organisation("acme"), app.user(BEN));
        let told = app.token(SUPPORT).await.get(&format!("{access}/requests?limit=100")).await;
        assert!(told.text().contains("Site plan") && !told.text().contains(&money), "{}", told.text());
        let narrow = app.scoped_token(ANNA, &["organisations", "users"]).await;
        for area in ["orders", "projects", "appointments", "requests"] {
            let path = format!("{access}/{area}");
            assert_eq!(app.token(BEN).await.get(&path).await.status, 403, "{area}");
            assert_eq!(app.token(CARLA).await.get(&path).await.status, 404, "{area}");
            assert_eq!(narrow.get(&path).await.status, 403, "{area}");
            for query in ["kind=orders", "cursor=rubbish", "limit=0"] {
                assert_eq!(app.token(ANNA).await.get(&format!("{path}?{query}")).await.status, 400, "{area}: {query}");
            }
        }

        // The pages say the same, with links for whoever reads.
        let page = app.browser(ANNA).await.get(&format!("/organisation/people/{}/access", app.user(BEN))).await;
        let (words, bought) = (page.words(), orders[0]["id"].as_str().unwrap());
        assert!(words.contains("AB-1") && !words.contains("AB-3") && words.contains("Bank details"), "{words}");
        assert!(page.text().contains(&format!("href=\"/orders/{bought}\"")) && !words.contains("are left out"), "{words}");
        let path = format!("/staff/customers/{}/people/{}/access", app.organisation("acme"), app.user(BEN));
        let page = app.browser(SUPPORT).await.get(&path).await;
        let words = page.words();
        assert!(words.contains("AB-1") && words.contains("Site plan") && !words.contains("Bank details"), "{words}");
        assert!(page.text().contains(&format!("href=\"/staff/orders/{bought}\"")) && words.contains("are left out"), "{words}");

        // Nobody sees anything through a membership that is suspended.
        app.sql(&format!("UPDATE memberships SET state = 'suspended' WHERE user_id = {}", app.literal(app.user(BEN).0))).await;
        for area in ["orders", "projects", "appointments", "requests"] {
            let path = format!("/organisations/{}/people/{}/access/{area}", app.organisation("acme"), app.user(BEN));
            assert_eq!(ids(&app, ANNA, &path).await, Vec::<String>::new(), "{area}");
        }
    }
}
