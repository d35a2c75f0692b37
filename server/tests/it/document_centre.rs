//! Lists of the document centre narrowed and acted on: by customer and by project, on pages and by programs.

use app::documents::model::{Audience, Category};

use crate::approvals::ask;
use crate::search::drain;
use crate::support::{TestApp, both};

const PM: &str = "pm@nordlicht.example";

both! {
    async fn staff_choose_the_customer_whose_approvals_they_look_at(app: TestApp) {
        let acme = app.published("Contract of ACME", Category::Contract, Audience::Organisation).await;
        ask(&app, acme, &["ben@acme.example"], 1).await;
        let mut admin = app.browser("admin@nordlicht.example").await;
        let page = admin.get("/staff/approvals").await;
        let words = page.words();
        assert!(words.contains("All customers") && words.contains("ACME Werke AG") && words.contains("Borealis"), "{words}");
        let other = app.organisation("borealis");
        let narrowed = admin.get(&format!("/staff/approvals?customer={other}&category=")).await;
        assert!(!narrowed.words().contains("Contract of ACME"), "{}", narrowed.words());
        let text = narrowed.text();
        assert!(text.split('<').any(|tag| tag.contains(&format!("value=\"{other}\"")) && tag.contains("selected")), "{text}");
        let own = admin.get(&format!("/staff/approvals?customer={}", app.organisation("acme"))).await.words();
        assert!(own.contains("Contract of ACME"), "{own}");
        // A project manager chooses among theirs; another is not there.
        let mut pm = app.browser(PM).await;
        assert_eq!(pm.get(&format!("/staff/approvals?customer={}", app.organisation("acme"))).await.status, 200);
        assert_eq!(pm.get(&format!("/staff/approvals?customer={}", uuid::Uuid::now_v7())).await.status, 404);
    }

    async fn programs_read_remind_and_export_the_matrix(app: TestApp) {
        let id = app.published("Contract of ACME", Category::Contract, Audience::Organisation).await;
        let approval = ask(&app, id, &["anna@acme.example", "ben@acme.example"], 2).await.approval.id;
        app.run_jobs().await;
        let pm = app.token(PM).await;
        let row = pm.get("/api/v1/approvals").await.json()["items"][0].take();
        assert_eq!((row["title"].as_str(), row["category"].as_str(), row["organisation_name"].as_str()), (Some("Contract of ACME"), Some("contract"), Some("ACME Werke AG")));
        assert_eq!((row["people"].as_array().map(Vec::len), row["id"].as_str()), (Some(2), Some(approval.to_string().as_str())));
        let remind = |ids: &[String]| serde_json::json!({"approvals": ids});
        let one = [approval.to_string()];
        for (people, why) in [(2, "both are reminded"), (0, "once a day is enough")] {
            let answer = pm.post("/api/v1/approvals/remind", remind(&one)).await;
            assert_eq!((answer.status, answer.json()["people"].as_i64()), (200, Some(people)), "{why}");
        }
        app.run_jobs().await;
        assert!(app.mail_to("ben@acme.example").await.subject.contains("Reminder: Contract of ACME"));
        assert_eq!(pm.post("/api/v1/approvals/remind", remind(&[])).await.status, 422);
        assert_eq!(pm.post("/api/v1/approvals/remind", remind(&[approval.to_string(), uuid::Uuid::now_v7().to_string()])).await.status, 404);
        for (email, status) in [("anna@acme.example", 403), ("carla@borealis.example", 404)] {
            assert_eq!(app.token(email).await.post("/api/v1/approvals/remind", remind(&one)).await.status, status, "{email}");
        }
        let file = pm.get("/api/v1/approvals/export?category=contract").await;
        assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert_eq!(file.text().lines().filter(|line| line.contains("Contract of ACME")).count(), 2, "{}", file.text());
        assert_eq!(pm.get("/api/v1/approvals/export?state=late").await.text().lines().count(), 1);
        assert_eq!(pm.get("/api/v1/approvals/export?limit=5").await.status, 400);
        assert_eq!(app.token("anna@acme.example").await.get("/api/v1/approvals/export").await.status, 403);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'approval.export'").await, 2);
    }

    async fn documents_of_a_project_are_a_filter_on_pages_in_views_and_for_programs(app: TestApp) {
        let project = app.project("line-2");
        app.published("Plan of the line", Category::Specification, Audience::Project(project)).await;
        app.published("Minutes for all", Category::Minutes, Audience::Organisation).await;
        drain(&app).await;
        let mut ben = app.browser("ben@acme.example").await;
        let list = ben.get("/documents").await;
        assert!(list.words().contains("By project") && list.text().contains("/documents?project=choose"), "{}", list.words());
        let choice = ben.get("/documents?project=choose").await.words();
        assert!(choice.contains("All projects") && choice.contains("Roller conveyor, line 2") && choice.contains("Minutes for all"), "{choice}");
        let narrowed = ben.get(&format!("/documents?project={project}")).await;
        let words = narrowed.words();
        assert!(words.contains("Plan of the line") && !words.contains("Minutes for all"), "{words}");
        assert!(narrowed.text().contains("Save") && ben.get(&format!("/documents?project={project}&category=minutes")).await.words().contains("Nothing found"));
        // Staff, and what a program asks.
        let staff = app.browser(PM).await.get(&format!("/staff/documents?project={project}")).await.words();
        assert!(staff.contains("Plan of the line") && !staff.contains("Minutes for all"), "{staff}");
        for email in [PM, "ben@acme.example", "anna@acme.example"] {
            let token = app.token(email).await;
            let found = token.get(&format!("/api/v1/documents?project_id={project}")).await.json();
            assert_eq!((found["items"].as_array().map(Vec::len), found["items"][0]["title"].as_str()), (Some(1), Some("Plan of the line")), "{email}");
            assert_eq!(token.get(&format!("/api/v1/documents?project_id={project}&sort=title")).await.status, 400);
            assert_eq!(token.get("/api/v1/documents?project_id=x").await.status, 400);
        }
        // Another customer's project is not there, for pages and programs alike.
        let mut carla = app.browser("carla@borealis.example").await;
        assert_eq!(carla.get(&format!("/documents?project={project}")).await.status, 404);
        assert_eq!(carla.get(&format!("/documents?project={}", uuid::Uuid::now_v7())).await.status, 404);
        let none = app.token("carla@borealis.example").await.get(&format!("/api/v1/documents?project_id={project}")).await;
        assert_eq!(none.status, 404, "{}", none.text());
    }

    async fn programs_keep_views_of_their_owner_and_of_nobody_else(app: TestApp) {
        let ben = app.token("ben@acme.example").await;
        let project = app.project("line-2");
        let new = |name: &str, query: &str| serde_json::json!({"list": "documents", "name": name, "query": query});
        let made = ben.post("/api/v1/me/views", new(" Line  2 ", &format!("project={project}&after=x&evil=1"))).await;
        let view = made.json();
        assert_eq!((made.status, view["name"].as_str(), view["query"].as_str()), (201, Some("Line 2"), Some(format!("project={project}").as_str())));
        // The page shows it; the same name is this view from now on, and keeps its id.
        assert!(app.browser("ben@acme.example").await.get("/documents").await.words().contains("Line 2"));
        let again = ben.post("/api/v1/me/views", new("Line 2", "category=contract")).await.json();
        assert_eq!((again["id"].clone(), again["query"].as_str()), (view["id"].clone(), Some("category=contract")));
        let list = ben.get("/api/v1/me/views?list=documents").await.json()["items"].take();
        assert_eq!((list.as_array().map(Vec::len), list[0]["id"].clone()), (Some(1), view["id"].clone()));
        for (path, status) in [("/api/v1/me/views", 400), ("/api/v1/me/views?list=invoices", 400), ("/api/v1/me/views?list=orders", 200)] {
            assert_eq!(ben.get(path).await.status, status, "{path}");
        }
        for (body, why) in [(new("", "category=contract"), "no name"), (new("x", "evil=1"), "no filter"), (serde_json::json!({"list": "x", "name": "x", "query": "tag=x"}), "no list")] {
            assert_eq!(ben.post("/api/v1/me/views", body).await.status, 422, "{why}");
        }
        let path = format!("/api/v1/me/views/{}", view["id"].as_str().unwrap());
        assert_eq!(app.token("anna@acme.example").await.delete(&path).await.status, 404);
        assert_eq!(ben.delete(&path).await.status, 204);
        assert_eq!(ben.delete(&path).await.status, 404);
    }
}
