//! Lists of projects in other orders and with filters, words in them, views of them that are kept, and lists as files.

use serde_json::{Value, json};

use crate::search::drain;
use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const SUPPORT: &str = "support@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const EVA: &str = "eva@partner.example";

async fn batch(app: &TestApp, email: &str, projects: Value) -> Vec<Value> {
    let answer = app.token(email).await.post("/api/v1/projects/batch", json!({"projects": projects})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["results"].as_array().unwrap().clone()
}

/// Numbers of all that a query finds, page by page; what the tests' world has besides has none.
async fn numbers(app: &TestApp, email: &str, query: &str) -> Vec<String> {
    let token = app.token(email).await;
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = token.get(&format!("/api/v1/projects?limit=2{query}{cursor}")).await;
        assert_eq!(page.status, 200, "{query}: {}", page.text());
        let page = page.json();
        let found = page["items"].as_array().unwrap().iter().map(|p| p["number"].as_str().unwrap().to_owned());
        all.extend(found.filter(|number| !number.is_empty()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

async fn sorted(app: &TestApp, email: &str, query: &str) -> Vec<String> {
    let mut all = numbers(app, email, query).await;
    all.sort();
    all
}

/// Five projects of ACME, one of Borealis. The tests' day is in November 2026.
async fn some(app: &TestApp) {
    let milestone = |title: &str, day: &str| json!([{"title": title, "expected_on": day}]);
    let rows = batch(app, ADMIN, json!([
        {"number": "P-1", "external_id": "E-1", "organisation": "acme", "name": "Conveyor hall", "due_on": "2027-03-01", "milestones": milestone("Kreiselpumpe montiert", "2026-11-01")},
        {"number": "P-2", "external_id": "E-2", "organisation": "acme", "name": "Pumps", "due_on": "2026-12-15", "milestones": milestone("Test", "2026-12-01")},
        {"number": "P-3", "external_id": "E-3", "organisation": "acme", "name": "Old pumps", "status": "done", "done_on": "2025-03-01"},
        {"number": "P-4", "external_id": "E-4", "organisation": "acme", "name": "Audit", "summary": "Everything that the\nMüller report names", "due_on": "2026-11-10", "milestones": milestone("Report", "2027-01-10")},
        {"number": "P-5", "external_id": "E-5", "organisation": "acme", "name": "Someday"},
        {"number": "P-6", "external_id": "ERP-5", "organisation": "borealis", "name": "Pumps too", "due_on": "2026-11-05"},
    ])).await;
    assert!(rows.iter().all(|row| row["result"] == "create"), "{rows:#?}");
    let audit = rows[3]["id"].as_str().unwrap().parse().unwrap();
    app::projects::people::add(&app.ctx(PM).await, audit, app.user(EVA)).await.unwrap();
}

both! {
    async fn lists_come_in_their_order_or_another_and_leave_out_what_a_filter_does_not_ask_for(app: TestApp) {
        some(&app).await;
        assert_eq!(numbers(&app, ANNA, "&which=open").await, ["P-1", "P-2", "P-4", "P-5"]);
        assert_eq!(numbers(&app, ANNA, "&which=open&sort=latest").await, ["P-5", "P-4", "P-2", "P-1"]);
        assert_eq!(numbers(&app, ANNA, "").await, ["P-5", "P-4", "P-2", "P-1", "P-3"]);
        assert_eq!(numbers(&app, ANNA, "&sort=soonest").await, ["P-3", "P-1", "P-2", "P-4", "P-5"]);
        assert_eq!(numbers(&app, ANNA, "&status=done").await, ["P-3"]);
        assert_eq!(numbers(&app, ANNA, "&status=planned").await, ["P-1", "P-2", "P-4", "P-5"]);
        // Late is what comes next, or all of it, by what passed first.
        assert_eq!(numbers(&app, ANNA, "&overdue=true").await, ["P-1", "P-4"]);
        assert_eq!(numbers(&app, ADMIN, "&overdue=true").await, ["P-1", "P-6", "P-4"]);
        assert_eq!(numbers(&app, SUPPORT, "&overdue=true&status=planned").await, ["P-1", "P-6", "P-4"]);
        assert_eq!(numbers(&app, ANNA, "&overdue=true&status=running").await, Vec::<String>::new());
        assert_eq!(numbers(&app, ANNA, "&overdue=true&which=closed").await, Vec::<String>::new());
        assert_eq!(numbers(&app, ANNA, "&overdue=true&from=2027-01-01").await, ["P-4"]);
        assert_eq!(numbers(&app, ANNA, "&from=2026-11-01&to=2026-12-31").await, ["P-2", "P-1"]);
        assert_eq!(numbers(&app, ANNA, "&from=2026-12-01&which=open").await, ["P-2", "P-4", "P-5"]);
        assert_eq!(numbers(&app, ANNA, "&to=2026-11-30&sort=soonest").await, ["P-3", "P-1"]);
        // The partner: what they are on. Of one customer, for staff.
        assert_eq!(numbers(&app, EVA, "").await, ["P-4"]);
        assert_eq!(numbers(&app, EVA, "&overdue=true").await, ["P-4"]);
        let acme = app.organisation("acme");
        assert_eq!(numbers(&app, SUPPORT, &format!("&organisation_id={acme}&overdue=true")).await, ["P-1", "P-4"]);
        assert_eq!(numbers(&app, SUPPORT, &format!("&organisation_id={acme}&status=planned")).await, ["P-1", "P-2", "P-4", "P-5"]);
        assert_eq!(numbers(&app, SUPPORT, &format!("&organisation_id={acme}&overdue=true&status=planned")).await, ["P-1", "P-4"]);
        assert_eq!(numbers(&app, SUPPORT, &format!("&organisation_id={acme}&which=closed")).await, ["P-3"]);
        for bad in ["sort=x", "from=x", "to=2026-13-01", "overdue=maybe", "status=x", "status=done&which=all", "sort=soonest&cursor=l2026-01-01_x", "search=a&sort=soonest", "overdue=true&sort=latest", "search=a&cursor=2026-01-01"] {
            assert_eq!(app.token(ADMIN).await.get(&format!("/api/v1/projects?{bad}")).await.status, 400, "{bad}");
        }
    }

    async fn a_project_is_found_by_its_words_as_far_as_its_reader_may_see_it(app: TestApp) {
        some(&app).await;
        // By its exact number at once, before the index knows of it; by the number of somebody else not at all.
        assert_eq!(numbers(&app, ANNA, "&search=p-3").await, ["P-3"]);
        assert_eq!(numbers(&app, ANNA, "&search=P-6").await, Vec::<String>::new());
        assert_eq!(numbers(&app, ANNA, "&search=pump").await, Vec::<String>::new());
        drain(&app).await;
        for (typed, wanted) in [
            ("pump", vec!["P-2", "P-3"]),
            ("kreisel", vec!["P-1"]),
            ("conv+hall", vec!["P-1"]),
            ("mueller", vec!["P-4"]),
            ("P-3", vec!["P-3"]),
            ("acme", vec![]),
            ("borealis", vec![]),
            ("%3F%3F", vec![]),
            ("nothing", vec![]),
        ] {
            assert_eq!(sorted(&app, ANNA, &format!("&search={typed}")).await, wanted, "{typed}");
        }
        assert_eq!(sorted(&app, ADMIN, "&search=pumps").await, ["P-2", "P-3", "P-6"]);
        // Staff look for the customer and for what the ERP calls it, too.
        assert_eq!(numbers(&app, ADMIN, "&search=borea+pump").await, ["P-6"]);
        assert_eq!(numbers(&app, SUPPORT, "&search=erp-5").await, ["P-6"]);
        assert_eq!(numbers(&app, "carla@borealis.example", "&search=erp-5").await, Vec::<String>::new());
        assert_eq!(numbers(&app, "carla@borealis.example", "&search=pumps").await, ["P-6"]);
        assert_eq!(numbers(&app, EVA, "&search=audit").await, ["P-4"]);
        assert_eq!(numbers(&app, EVA, "&search=pump").await, Vec::<String>::new());
        // Filters hold among what is found, also before the index knows of a change.
        assert_eq!(numbers(&app, ADMIN, "&search=pump&which=closed").await, ["P-3"]);
        assert_eq!(numbers(&app, ADMIN, "&search=pump&overdue=true").await, ["P-6"]);
        assert_eq!(sorted(&app, ADMIN, "&search=pump&status=planned").await, ["P-2", "P-6"]);
        assert_eq!(numbers(&app, ADMIN, "&search=pump&from=2026-11-20").await, ["P-2"]);
        batch(&app, PM, json!([{"external_id": "E-1", "status": "running", "milestones": [{"title": "Welding"}]}])).await;
        assert_eq!(numbers(&app, ADMIN, "&search=kreisel&status=planned").await, Vec::<String>::new());
        app.sql("UPDATE organisations SET name = 'Umbrella' WHERE slug = 'borealis'").await;
        drain(&app).await;
        assert_eq!(numbers(&app, ADMIN, "&search=kreisel").await, Vec::<String>::new());
        assert_eq!(numbers(&app, ADMIN, "&search=weld&status=running").await, ["P-1"]);
        assert_eq!(numbers(&app, ADMIN, "&search=umbrella").await, ["P-6"]);
        // Taken off it, and it is gone at once, whatever the index says.
        app.sql(&format!("DELETE FROM project_people WHERE user_id = {}", app.literal(app.user(EVA).0))).await;
        assert_eq!(numbers(&app, EVA, "&search=audit").await, Vec::<String>::new());
        let all = app.count("SELECT COUNT(*) FROM projects").await;
        assert_eq!(app.count("SELECT COUNT(*) FROM search_project_words").await, all);
        assert_eq!(app.count("SELECT COUNT(*) FROM search_stale_projects").await, 0);
        // What is deleted leaves no word behind.
        for table in ["project_milestones", "project_changes"] {
            app.sql(&format!("DELETE FROM {table} WHERE project_id IN (SELECT id FROM projects WHERE number = 'P-1')")).await;
        }
        app.sql("DELETE FROM projects WHERE number = 'P-1'").await;
        assert_eq!(app.count("SELECT COUNT(*) FROM search_project_words").await, all - 1);
        app::search::index::forget_words(&app.ctx(ADMIN).await).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM search_project_vocabulary WHERE word = 'welding'").await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM search_project_vocabulary WHERE word = 'pumps'").await, 1);
    }

    async fn the_pages_search_filter_and_keep_a_view(app: TestApp) {
        some(&app).await;
        drain(&app).await;
        let mut anna = app.browser(ANNA).await;
        let page = anna.get("/projects?which=all&search=kreiselpumpe").await;
        let text = page.text().replace("<!>", "");
        assert!(text.contains("<mark>Kreiselpumpe</mark>"), "why it was found is said: {text}");
        assert!(page.words().contains("One project found") && page.text().contains("data-live=\"results\""));
        assert!(anna.get("/projects?search=nowhere").await.words().contains("Nothing found"));
        let overdue = anna.get("/projects?overdue=yes").await.words();
        assert!(overdue.contains("Conveyor hall") && overdue.contains("Audit") && !overdue.contains("Someday"), "{overdue}");
        let done = anna.get("/projects?status=done").await.words();
        assert!(done.contains("Old pumps") && !done.contains("Conveyor hall"), "{done}");
        for bad in ["sort=x", "from=x", "status=x", "which=x", "overdue=no", "search=a&after=x", "after=x"] {
            assert_eq!(anna.get(&format!("/projects?{bad}")).await.status, 404, "{bad}");
        }
        let page = anna.get("/projects?which=all&sort=soonest&from=2026-01-01").await;
        let mut form = crate::bulk::fields(&page.text(), "/_fn/views/save");
        form.retain(|(name, _)| name != "name");
        form.iter_mut().for_each(|(_, value)| *value = value.replace("&amp;", "&"));
        form.push(("name".into(), "This year".into()));
        let back = crate::bulk::send(&mut anna, "/_fn/views/save", &form).await;
        assert!(back.starts_with("/projects?which=all&from=2026-01-01&sort=soonest") && back.contains("This year"), "{back}");
        let kept = json!({"list": "staff_projects", "name": "Late", "query": "overdue=yes&after=x"});
        let kept = app.token(PM).await.post("/api/v1/me/views", kept).await;
        assert_eq!((kept.status, &kept.json()["query"]), (201, &json!("overdue=yes")), "{}", kept.text());
        let mut staff = app.browser(SUPPORT).await;
        let acme = app.organisation("acme");
        let page = staff.get(&format!("/staff/projects?organisation={acme}&search=pump&which=all")).await.words();
        assert!(page.contains("Old pumps") && !page.contains("Pumps too"), "{page}");
    }

    async fn a_list_is_a_file_for_a_spreadsheet_as_it_is_filtered(app: TestApp) {
        some(&app).await;
        batch(&app, ADMIN, json!([{"external_id": "E-3", "name": "=1+1"}])).await;
        let mut admin = app.browser(ADMIN).await;
        let csv = admin.get("/staff/projects/export?which=closed&format=csv").await;
        assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"), "{}", csv.text());
        assert!(csv.header("content-disposition").contains("Projects 2026-11-"), "{}", csv.header("content-disposition"));
        let text = csv.text();
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert!(lines[0].starts_with("Project number,Title,Customer,Status,How it goes,Acts next,Responsible,Begins,Due,Done,"), "{text}");
        assert!(lines.len() == 2 && lines[1].starts_with("P-3,'=1+1,ACME Werke AG,Done,"), "{text}");
        let late = admin.get("/staff/projects/export?overdue=yes").await.text();
        let numbers: Vec<&str> = late.lines().filter(|line| line.starts_with("P-")).map(|line| &line[..3]).collect();
        assert_eq!(numbers, ["P-1", "P-6", "P-4"], "{late}");
        // A customer: theirs, in their language, without whose it is.
        app.sql("UPDATE users SET locale = 'de' WHERE email = 'anna@acme.example'").await;
        let mut anna = app.browser(ANNA).await;
        let text = anna.get("/projects/export?which=all").await.text();
        assert!(text.contains("P-4;Audit;") && !text.contains("P-6") && !text.contains("ACME Werke"), "{text}");
        assert!(app.browser(EVA).await.get("/projects/export").await.text().contains("P-4"));
        let token = app.token("carla@borealis.example").await;
        let text = token.get("/api/v1/projects/export?which=open&overdue=true").await.text();
        assert!(text.contains("P-6") && text.lines().count() == 2, "{text}");
        let xlsx = token.get("/api/v1/projects/export?format=xlsx").await;
        assert!(xlsx.status == 200 && xlsx.body.starts_with(b"PK\x03\x04"), "{}", xlsx.status);
        for (path, status) in [("/projects/export?format=pdf", 404), ("/projects/export?status=x", 404), ("/staff/projects/export", 403)] {
            assert_eq!(anna.get(path).await.status, status, "{path}");
        }
        assert_eq!(token.get("/api/v1/projects/export?format=pdf").await.status, 400);
        assert_eq!(token.get("/api/v1/projects/export?limit=5").await.status, 400);
        // Whoever looks as somebody else takes nothing away.
        let mut support = app.browser(SUPPORT).await;
        crate::view_as::begin(&app, &mut support, ANNA).await;
        assert!(!support.get("/projects").await.text().contains("/projects/export"));
        assert_eq!(support.get("/projects/export").await.status, 403);
        let events = app.sql("SELECT detail FROM audit_events WHERE action = 'project.export' ORDER BY sequence").await;
        assert_eq!((events.len(), events[0][0].as_str()), (6, r#"{"format":"csv"}"#));
    }
}
