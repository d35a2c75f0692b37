//! "Who can see this?" of an order, an appointment and a request: the list, with its reasons, is what each person really sees.

use app::requests::model::NewRequest;
use app::requests::service as requests;
use serde_json::json;
use server::demo::people::PEOPLE;

use crate::orders::batch;
use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const SUPPORT: &str = "support@nordlicht.example";
const ANNA: &str = "anna@acme.example";
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

fn some(reason: &str) -> Option<String> {
    Some(reason.to_owned())
}

both! {
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
            category: app::documents::model::Category::Other,
            due_on: "2026-11-28".parse().unwrap(),
            people: vec![app.user(BEN)],
        };
        let path = format!("/requests/{}", requests::ask(&app.ctx(PM).await, new).await.unwrap().id);
        is_true(&app, &path).await;
        let who = [ANNA, BEN, EVA, PM, SUPPORT, "finance@nordlicht.example"];
        assert_eq!(reasons(&app, &path, who).await, [some("admin"), some("person"), None, some("assigned"), some("staff_role"), None]);
    }
}
