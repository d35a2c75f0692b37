//! Which projects a colleague or an external partner is on, as the customer's administrators and staff say it.

use axum::body::Body;
use axum::http::Method;
use serde_json::json;

use crate::support::{Answer, Browser, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const HENNING: &str = "henning@acme.example";
const EVA: &str = "eva@partner.example";

/// Another project of ACME: its id.
async fn gates(app: &TestApp) -> String {
    let body = json!({ "projects": [{ "slug": "gates", "organisation": "acme", "name": "Gates for hall 3" }] });
    let answer = app.token(ADMIN).await.post("/api/v1/projects/batch", body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["results"][0]["id"].as_str().unwrap().to_owned()
}

/// Where the projects of one of ACME's people are said.
fn of(app: &TestApp, email: &str) -> String {
    format!("/api/v1/organisations/{}/people/{}/projects", app.organisation("acme"), app.user(email))
}

async fn put(app: &TestApp, who: &str, path: &str) -> u16 {
    app.token(who).await.send(Method::PUT, path, &[], Body::empty()).await.status
}

/// Sends a form of somebody's page.
async fn send(app: &TestApp, browser: &mut Browser, act: &str, email: &str, project: &str) -> Answer {
    let (acme, user) = (app.organisation("acme").to_string(), app.user(email).to_string());
    let page = format!("/organisation/people/{user}");
    let fields = [("organisation", acme.as_str()), ("user", &user), ("page", &page), ("project", project)];
    browser.post(&format!("/_fn/team/{act}"), &fields).await
}

async fn names(app: &TestApp, who: &str, path: &str) -> Vec<String> {
    let answer = app.token(who).await.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let body = answer.json();
    body["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

both! {
    async fn an_administrator_puts_an_external_partner_on_a_project_and_takes_them_off_the_last_one(app: TestApp) {
        let (gates, line) = (gates(&app).await, app.project("line-2").to_string());
        let (mut anna, mut eva) = (app.browser(ANNA).await, app.browser(EVA).await);
        let sees = async |eva: &mut Browser, project: &str| eva.get(&format!("/projects/{project}")).await.status;
        assert_eq!((sees(&mut eva, &line).await, sees(&mut eva, &gates).await), (200, 404));
        let page = format!("/organisation/people/{}", app.user(EVA));
        let shown = anna.get(&page).await;
        assert!(shown.words().contains("Sees only these projects") && shown.words().contains("Roller conveyor, line 2"), "{}", shown.words());
        assert!(shown.text().contains(&format!("<option value=\"{gates}\"")) && !shown.text().contains(&format!("<option value=\"{line}\"")), "what they are on is not offered");

        let added = send(&app, &mut anna, "add_project", EVA, &gates).await;
        assert_eq!((added.status, added.location()), (303, page.as_str()));
        assert!(anna.follow(&added).await.words().contains("Eva Engel is on “Gates for hall 3”"));
        assert_eq!(sees(&mut eva, &gates).await, 200, "from the next request");
        let told = "SELECT COUNT(*) FROM notifications t JOIN users u ON u.id = t.user_id WHERE u.email = 'eva@partner.example' AND t.kind = 'project.joined'";
        assert_eq!(app.count(told).await, 1);
        // Once more changes nothing, and nobody hears of it twice.
        assert_eq!(put(&app, ANNA, &format!("{}/{gates}", of(&app, EVA))).await, 204);
        assert_eq!(app.count(told).await, 1);
        let noted = format!("SELECT COUNT(*) FROM audit_events WHERE action = 'project.add' AND object_id = {} AND detail LIKE '%{}%'", app.literal(gates.parse().unwrap()), app.user(EVA));
        assert_eq!(app.count(&noted).await, 1);
        assert_eq!(names(&app, ANNA, &of(&app, EVA)).await, ["Gates for hall 3", "Roller conveyor, line 2"]);

        for project in [&gates, &line] {
            let off = send(&app, &mut anna, "remove_project", EVA, project).await;
            assert_eq!((off.status, off.location()), (303, page.as_str()));
            assert!(anna.follow(&off).await.words().contains("Eva Engel is no longer on"));
            assert_eq!(sees(&mut eva, project).await, 404, "from the next request");
        }
        let off = app.mails_to(EVA).await;
        assert_eq!(off.iter().filter(|mail| mail.text.contains("do not work on one of the projects of ACME Werke AG")).count(), 2);
        // Without a project they still belong to the organisation, and see nothing of it.
        let shown = anna.get(&page).await.words();
        assert!(shown.contains("Is on no project, and so sees none."), "{shown}");
        assert!(names(&app, ANNA, &of(&app, EVA)).await.is_empty());
        assert_eq!(eva.get("/").await.status, 200);
        assert_eq!(app.token(EVA).await.get("/api/v1/projects").await.json()["items"], json!([]));
        let again = send(&app, &mut anna, "remove_project", EVA, &line).await;
        assert!(anna.follow(&again).await.words().contains("This person is not on the project."));
    }

    async fn a_project_and_a_person_of_another_customer_are_not_found(app: TestApp) {
        let sorter = app.project("sorter");
        let mut anna = app.browser(ANNA).await;
        let nothing = send(&app, &mut anna, "add_project", EVA, "").await;
        let page = anna.follow(&nothing).await;
        assert!(page.words().contains("Choose a project."), "{}", page.words());
        // One of Anna's own organisations, too: a project belongs to one of them.
        app.sql("INSERT INTO memberships (user_id, organisation_id, role, state, created_at) SELECT u.id, o.id, 'admin', 'active', 0 FROM users u, organisations o WHERE u.email = 'anna@acme.example' AND o.slug = 'borealis'").await;
        assert_eq!(app.token(ANNA).await.get(&format!("/api/v1/projects/{sorter}")).await.status, 200);
        for foreign in [sorter.to_string(), uuid::Uuid::now_v7().to_string(), "line-2".to_owned()] {
            let path = format!("{}/{foreign}", of(&app, EVA));
            assert_eq!(put(&app, ANNA, &path).await, 404, "{foreign}");
            assert_eq!(app.token(ANNA).await.delete(&path).await.status, 404, "{foreign}");
        }
        assert_eq!(send(&app, &mut anna, "add_project", EVA, &sorter.to_string()).await.status, 404);
        assert_eq!(app.count("SELECT COUNT(*) FROM project_people p JOIN users u ON u.id = p.user_id WHERE u.email = 'eva@partner.example'").await, 1);
        // Nor does anybody reach into another customer.
        let line = format!("{}/{}", of(&app, HENNING), app.project("line-2"));
        let through = format!("/api/v1/organisations/{}/people/{}/projects/{sorter}", app.organisation("borealis"), app.user(HENNING));
        for (who, path, want) in [
            ("carla@borealis.example", &line, 404),
            ("carla@borealis.example", &through, 404),
            (EVA, &line, 404),
            (BEN, &line, 403),
            ("finance@nordlicht.example", &line, 403),
            ("support@nordlicht.example", &line, 403),
            (PM, &line, 204),
            (ADMIN, &line, 204),
        ] {
            assert_eq!(put(&app, who, path).await, want, "{who} {path}");
        }
        assert_eq!(app.token("carla@borealis.example").await.get(&of(&app, EVA)).await.status, 404);
        assert_eq!(app.token(BEN).await.get(&of(&app, EVA)).await.status, 403);
    }

    async fn the_page_says_what_being_on_a_project_means_for_this_person(app: TestApp) {
        let gates = gates(&app).await;
        let mut anna = app.browser(ANNA).await;
        let page = format!("/organisation/people/{}", app.user(BEN));
        assert!(anna.get(&page).await.words().contains("Sees every project of the organisation."));
        let user = app.literal(app.user(BEN).0);
        for (reach, says, sees) in [("own", "Sees only these projects", 200), ("none", "Sees no projects, on whichever they are", 404)] {
            app.sql(&format!("UPDATE memberships SET orders = '{reach}' WHERE user_id = {user}")).await;
            assert!(anna.get(&page).await.words().contains(says), "{reach}");
            assert_eq!(put(&app, ANNA, &format!("{}/{gates}", of(&app, BEN))).await, 204);
            assert_eq!(app.browser(BEN).await.get(&format!("/projects/{gates}")).await.status, sees, "{reach}");
        }
        // Staff have the same page; who may only look is offered nothing.
        let staff = format!("/staff/customers/{}/people/{}", app.organisation("acme"), app.user(EVA));
        let shown = app.browser(PM).await.get(&staff).await;
        assert!(shown.text().contains("/_fn/team/add_project") && shown.text().contains("/_fn/team/remove_project"), "{}", shown.words());
        let shown = app.browser("support@nordlicht.example").await.get(&staff).await;
        assert!(shown.words().contains("Roller conveyor, line 2") && !shown.text().contains("/_fn/team/"), "{}", shown.words());
    }

    async fn whoever_is_suspended_is_put_on_nothing_and_can_be_taken_off(app: TestApp) {
        let gates = gates(&app).await;
        let anna = app.token(ANNA).await;
        let person = format!("/api/v1/organisations/{}/people/{}", app.organisation("acme"), app.user(EVA));
        assert_eq!(anna.patch(&person, json!({ "state": "suspended" }), "*").await.status, 200);
        let refused = anna.send(Method::PUT, &format!("{}/{gates}", of(&app, EVA)), &[], Body::empty()).await;
        assert_eq!(refused.status, 422);
        assert!(refused.json()["errors"]["project"].to_string().contains("suspended"), "{}", refused.text());
        assert_eq!(anna.delete(&format!("{}/{}", of(&app, EVA), app.project("line-2"))).await.status, 204);
        assert!(names(&app, ANNA, &of(&app, EVA)).await.is_empty());
        // Who does not belong to the organisation any more is not found.
        assert_eq!(anna.delete_if(&person, "*").await.status, 204);
        assert_eq!(put(&app, ANNA, &format!("{}/{gates}", of(&app, EVA))).await, 404);
    }
}
