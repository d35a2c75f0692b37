//! Projects: who sees them, what they say, who does what in them, how they are taken in, and what is refused.

use std::time::Duration;

use app::access::{MembershipRole, Role};
use app::projects::{audience, people, service};
use axum::http::Method;
use serde_json::{Value, json};
use server::demo::people::PEOPLE;

use crate::support::{Answer, Engine, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const SUPPORT: &str = "support@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const HENNING: &str = "henning@acme.example";
const EVA: &str = "eva@partner.example";

async fn call(app: &TestApp, email: &str, method: Method, path: &str, body: &Value, etag: Option<&str>) -> Answer {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(etag.map(|etag| ("if-match", etag)));
    app.token(email).await.send(method, path, &headers, body.to_string().into_bytes()).await
}

/// Takes projects in, as another system does, and gives the results.
async fn batch(app: &TestApp, email: &str, projects: Value) -> Vec<Value> {
    let answer = call(app, email, Method::POST, "/api/v1/projects/batch", &json!({"projects": projects}), None).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["results"].as_array().unwrap().clone()
}

fn results(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["result"].as_str().unwrap()).collect()
}

async fn slugs(app: &TestApp, email: &str, query: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let more = if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") };
        let page = app.token(email).await.get(&format!("/api/v1/projects?limit=2{query}{more}")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let page = page.json();
        all.extend(page["items"].as_array().unwrap().iter().map(|p| p["slug"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return all,
        }
    }
}

/// Writes down something to do in line 2, and gives its id.
async fn task(app: &TestApp, task: Value) -> String {
    let path = format!("/api/v1/projects/{}/tasks", app.project("line-2"));
    let answer = call(app, PM, Method::POST, &path, &task, None).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn tick(app: &TestApp, email: &str, task: &str, act: &str) -> u16 {
    let path = format!("/api/v1/projects/{}/tasks/{task}/{act}", app.project("line-2"));
    call(app, email, Method::POST, &path, &json!({}), None).await.status
}

async fn reach(app: &TestApp, email: &str, reach: &str) {
    let user = app.literal(app.user(email).0);
    app.sql(&format!("UPDATE memberships SET orders = '{reach}' WHERE user_id = {user}")).await;
}

both! {
    async fn a_project_says_how_it_goes_what_comes_next_and_who_acts(app: TestApp) {
        let line = app.project("line-2");
        let path = format!("/api/v1/projects/{line}");
        let said = json!({"number": "P-14", "summary": "A second conveyor.\nLine 1 goes on.", "lead_id": app.user(PM), "starts_on": "2026-10-01", "due_on": "2026-12-20", "external_id": "ERP-9",
            "milestones": [{"title": "Design", "expected_on": "2026-10-20", "done_on": "2026-10-22"}, {"title": "Factory test", "expected_on": "2026-11-27"}, {"title": "Delivery", "expected_on": "2026-12-10"}]});
        assert_eq!(call(&app, PM, Method::PATCH, &path, &said, None).await.status, 428);
        let changed = call(&app, PM, Method::PATCH, &path, &said, Some("\"1\"")).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        let one = app.token(BEN).await.get(&path).await.json();
        assert_eq!((&one["next_step"], &one["next_on"], &one["acts"]), (&json!("Factory test"), &json!("2026-11-27"), &json!("house")));
        assert_eq!(one["external_id"], Value::Null, "what the other system calls it is not for customers");
        // A task of the customer that is due before the milestone comes first, until it is done.
        let id = task(&app, json!({"title": "Name three dates", "due_on": "2026-11-24"})).await;
        let one = app.token(BEN).await.get(&path).await.json();
        assert_eq!((&one["next_step"], &one["next_on"], &one["acts"]), (&json!("Name three dates"), &json!("2026-11-24"), &json!("customer")));
        let report = json!({"light": "at_risk", "text": "The gear box comes later."});
        assert_eq!(call(&app, PM, Method::POST, &format!("{path}/reports"), &report, None).await.status, 201);
        let better = json!({"light": "on_track", "text": "It has come."});
        app.advance(Duration::from_secs(3600));
        assert_eq!(call(&app, PM, Method::POST, &format!("{path}/reports"), &better, None).await.status, 201);
        let decision = json!({"title": "17 zones", "decided_by": "Meeting 3", "decided_on": "2026-11-02", "reason": "Less than a buffer."});
        assert_eq!(call(&app, PM, Method::POST, &format!("{path}/decisions"), &decision, None).await.status, 201);
        let moved = json!({"milestones": [{"title": "Design", "expected_on": "2026-10-20", "done_on": "2026-10-22"}, {"title": "Factory test", "expected_on": "2026-11-27"}, {"title": "Delivery", "expected_on": "2026-12-12"}], "reason": "The haulier is late."});
        let etag = changed.header("etag");
        assert_eq!(call(&app, PM, Method::PUT, &format!("{path}/milestones"), &moved, Some(etag)).await.status, 200);
        assert_eq!(call(&app, PM, Method::PUT, &format!("{path}/milestones"), &moved, Some(etag)).await.status, 412);
        let mut ben = app.browser(BEN).await;
        let words = ben.get(&format!("/projects/{line}")).await.words();
        for part in ["Roller conveyor, line 2", "P-14", "A second conveyor.", "Under way", "On track", "It has come.", "The gear box comes later.", "At risk", "Petra Mommsen", "Factory test", "12 Dec 2026",
            "Name three dates", "24 Nov 2026", "You", "17 zones", "Meeting 3", "Less than a buffer.", "Milestone “Delivery” changed from 10 Dec 2026 to 12 Dec 2026", "The haulier is late.", "Eva Engel", "Ben Brandt"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert!(!words.contains("ERP-9") && !words.contains("line-2"), "{words}");
        let list = ben.get("/projects").await.words();
        assert!(list.contains("Name three dates") && list.contains("On track") && list.contains("You"), "{list}");
        assert_eq!(tick(&app, BEN, &id, "done").await, 200);
        assert_eq!(app.token(BEN).await.get(&path).await.json()["next_step"], "Factory test");
        // Reached with one click; what comes next follows.
        let mut pm = app.browser(PM).await;
        let page = pm.get(&format!("/staff/projects/{line}")).await;
        let fields = [("project", line.to_string()), ("position", "2".to_owned()), ("revision", page.field("revision"))];
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let done = pm.post("/_fn/projects/reach", &pairs).await;
        assert!(pm.follow(&done).await.words().contains("Milestone “Factory test” reached on 21 Nov 2026"));
        assert_eq!(app.token(BEN).await.get(&path).await.json()["next_step"], "Delivery");
    }

    async fn everybody_sees_the_projects_that_are_theirs_and_no_others_and_the_list_of_readers_says_so(app: TestApp) {
        let rows = batch(&app, ADMIN, json!([
            {"slug": "a-soon", "organisation": "acme", "name": "Soon", "due_on": "2026-11-25"},
            {"slug": "a-late", "organisation": "acme", "name": "Later", "due_on": "2027-02-01"},
            {"slug": "a-over", "organisation": "acme", "name": "Over", "status": "done", "done_on": "2026-03-01"},
        ])).await;
        assert_eq!(results(&rows), ["create", "create", "create"]);
        // Open ones by what comes next; without a day last.
        let acme_open = ["a-soon", "a-late", "line-2"];
        for email in [ADMIN, PM, SUPPORT, "finance@nordlicht.example", "sales@nordlicht.example", "management@nordlicht.example"] {
            assert_eq!(slugs(&app, email, "").await.len(), 5, "{email}");
            assert_eq!(slugs(&app, email, &format!("&which=open&organisation_id={}", app.organisation("acme"))).await, acme_open, "{email}");
        }
        for email in [ANNA, BEN, HENNING] {
            assert_eq!(slugs(&app, email, "&which=open").await, acme_open, "{email}");
            assert_eq!(slugs(&app, email, "&which=closed").await, ["a-over"], "{email}");
        }
        assert_eq!(slugs(&app, EVA, "").await, ["line-2"]);
        assert_eq!(slugs(&app, "carla@borealis.example", "").await, ["sorter"]);
        app.sql(&format!("DELETE FROM staff_assignments WHERE organisation_id = {}", app.literal(app.organisation("borealis").0))).await;
        assert_eq!(slugs(&app, PM, "&which=open").await, acme_open);
        // By the module of the membership: own is what one is on.
        reach(&app, BEN, "own").await;
        reach(&app, HENNING, "own").await;
        assert_eq!((slugs(&app, BEN, "").await, slugs(&app, HENNING, "").await), (vec!["line-2".to_owned()], vec![]));
        let line = app.project("line-2");
        assert_eq!(app.browser(HENNING).await.get(&format!("/projects/{line}")).await.status, 404);
        // Who can see this, and why: the same as what each person really sees.
        for (slug, id) in [("line-2", line), ("a-soon", rows[0]["id"].as_str().unwrap().parse().unwrap())] {
            let readers = audience::readers(&app.ctx(ADMIN).await, id).await.unwrap();
            for (email, _, role, _) in PEOPLE {
                let reason = readers.iter().find(|reader| reader.email == email).map(|reader| reader.reason.name());
                let sees = service::find(&app.ctx(email).await, id).await.is_ok();
                assert_eq!(reason.is_some(), sees, "{email} on {slug}: {reason:?}");
                if role == Role::CustomerAdmin && sees {
                    assert_eq!(reason, Some("admin"), "{email} on {slug}");
                }
            }
            let of = |email: &str| readers.iter().find(|r| r.email == email).map(|r| r.reason.name());
            assert_eq!((of(EVA), of(PM), of(SUPPORT)), (if slug == "line-2" { Some("project") } else { None }, Some("assigned"), Some("staff_role")));
        }
        let audience = app.token(ANNA).await.get(&format!("/api/v1/projects/{line}/audience")).await;
        assert!(audience.status == 200 && audience.text().contains("eva@partner.example"), "{}", audience.text());
        assert_eq!(app.token(BEN).await.get(&format!("/api/v1/projects/{line}/audience")).await.status, 403);
        assert!(app.browser(ANNA).await.get(&format!("/projects/{line}")).await.words().contains("Who can see this"));
        reach(&app, BEN, "none").await;
        let mut ben = app.browser(BEN).await;
        assert_eq!((ben.get("/projects").await.status, ben.get(&format!("/projects/{line}")).await.status), (403, 404));
        assert!(!ben.get("/").await.text().contains("href=\"/projects\""));
        let named = app.token(BEN).await.get(&format!("/api/v1/organisations/{}/projects", app.organisation("acme"))).await.json();
        assert_eq!(named["items"], json!([]), "nor by another way");
        for bad in ["which=x", "cursor=x", "organisation_id=x", "limit=0", "sort=x"] {
            assert_eq!(app.token(ADMIN).await.get(&format!("/api/v1/projects?{bad}")).await.status, 400, "{bad}");
        }
        assert_eq!(MembershipRole::Partner.role(), Role::Partner);
    }

    async fn a_task_is_ticked_off_by_whom_it_is_for_and_by_whoever_keeps_the_project(app: TestApp) {
        people::add(&app.ctx(PM).await, app.project("line-2"), app.user(SUPPORT)).await.unwrap();
        let nobodys = task(&app, json!({"title": "Clear the hall"})).await;
        let bens = task(&app, json!({"title": "Release the anchors", "assignee_id": app.user(BEN)})).await;
        let house = task(&app, json!({"title": "Order the gear box", "side": "house"})).await;
        let petras = task(&app, json!({"title": "Call the haulier", "side": "house", "assignee_id": app.user(PM)})).await;
        let expect = [
            (&nobodys, vec![(BEN, true), (EVA, true), (ANNA, true), (HENNING, true), (PM, true), (ADMIN, true), (SUPPORT, false), ("finance@nordlicht.example", false), ("management@nordlicht.example", false)]),
            (&bens, vec![(BEN, true), (ANNA, true), (EVA, false), (HENNING, false), (PM, true), (SUPPORT, false)]),
            (&house, vec![(BEN, false), (ANNA, false), (PM, true), (ADMIN, true), (SUPPORT, true), ("sales@nordlicht.example", false)]),
            (&petras, vec![(PM, true), (ADMIN, true), (SUPPORT, false), (BEN, false)]),
        ];
        for (task, who) in expect {
            for (email, may) in who {
                let want = if may { 200 } else { 403 };
                assert_eq!(tick(&app, email, task, "done").await, want, "{email}");
                if may {
                    assert_eq!(tick(&app, email, task, "done").await, 409, "once is enough");
                    assert_eq!(tick(&app, email, task, "reopen").await, 200, "{email}");
                }
            }
            assert_eq!(tick(&app, "carla@borealis.example", task, "done").await, 404);
        }
        // Nobody has it who does not see the project.
        let path = format!("/api/v1/projects/{}/tasks", app.project("line-2"));
        for foreign in ["dirk@borealis.example", PM] {
            let answer = call(&app, PM, Method::POST, &path, &json!({"title": "x", "assignee_id": app.user(foreign)}), None).await;
            assert_eq!(answer.status, 422, "{foreign}: {}", answer.text());
        }
        // A read-only token reads, and a token for other areas does not.
        let reads = app.scoped_token(BEN, &["projects:read"]).await;
        assert_eq!(reads.get(&path).await.status, 200);
        assert_eq!(reads.post(&format!("{path}/{nobodys}/done"), json!({})).await.status, 403);
        assert_eq!(app.scoped_token(BEN, &["orders"]).await.get(&path).await.status, 403);
        // The trail holds ids, and nothing of what anybody said.
        let secret = json!({"text": "The statics are wrong."});
        assert_eq!(call(&app, EVA, Method::POST, &format!("{path}/{nobodys}/comments"), &secret, None).await.status, 201);
        let trail = app.sql("SELECT detail FROM audit_events WHERE action LIKE 'project.%'").await;
        let trail = trail.concat().join("\n");
        assert!(trail.contains(&nobodys) && !trail.contains("statics") && !trail.contains("Clear the hall"), "{trail}");
        let page = app.browser(SUPPORT).await.get(&format!("/staff/projects/{}/tasks/{nobodys}", app.project("line-2"))).await.words();
        assert!(page.contains("The statics are wrong.") && page.contains("Eva Engel"), "{page}");
        assert_eq!(call(&app, "carla@borealis.example", Method::GET, &format!("{path}/{nobodys}/comments"), &json!({}), None).await.status, 404);
        // A task of one project is not in another.
        let other = batch(&app, ADMIN, json!([{"slug": "other", "organisation": "acme", "name": "Other"}])).await.remove(0);
        let astray = format!("/api/v1/projects/{}/tasks/{nobodys}", other["id"].as_str().unwrap());
        assert_eq!(app.token(ADMIN).await.get(&astray).await.status, 404);
    }

    async fn what_waits_for_somebody_stands_on_their_home_page_until_they_tick_it_off_there(app: TestApp) {
        let line = app.project("line-2");
        task(&app, json!({"title": "Clear the hall", "due_on": "2026-11-20"})).await;
        task(&app, json!({"title": "Release the anchors", "assignee_id": app.user(BEN), "due_on": "2026-11-30"})).await;
        task(&app, json!({"title": "Order the gear box", "side": "house", "due_on": "2026-11-19"})).await;
        let mut ben = app.browser(BEN).await;
        let home = ben.get("/").await;
        for part in ["2 things need you", "Clear the hall", "Release the anchors", "Roller conveyor, line 2, entered today"] {
            assert!(home.words().contains(part), "{part}: {}", home.words());
        }
        assert!(!home.words().contains("gear box"));
        // The number in the navigation is the one on the home page; Eva's is smaller, and nothing waits for who is not on it.
        let badge = |page: &Answer| page.text().split("count--solid\">").nth(1).map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
        assert_eq!(badge(&ben.get("/documents").await).as_deref(), Some("2"));
        assert_eq!(badge(&app.browser(EVA).await.get("/documents").await).as_deref(), Some("1"));
        assert_eq!(badge(&app.browser(HENNING).await.get("/documents").await), None);
        // Whoever looks as Ben sees it, and can do nothing.
        let mut support = app.browser(SUPPORT).await;
        crate::view_as::begin(&app, &mut support, BEN).await;
        let seen = support.get("/").await;
        assert!(seen.words().contains("Clear the hall") && !seen.text().contains("/_fn/projects/tick"), "{}", seen.words());
        let fields = [("project", line.to_string()), ("task", home.field("task")), ("revision", home.field("revision")), ("back", "/".to_owned())];
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(support.post("/_fn/projects/tick", &pairs).await.status, 403);
        let done = ben.post("/_fn/projects/tick", &pairs).await;
        assert_eq!(done.location(), "/");
        let after = ben.follow(&done).await;
        assert!(after.words().contains("Ticked off.") && after.words().contains("One thing needs you"), "{}", after.words());
        // The same click again: somebody was faster, and that is said.
        let again = ben.post("/_fn/projects/tick", &pairs).await;
        assert_eq!(again.status, 303);
        // A project that is over waits for nobody.
        let path = format!("/api/v1/projects/{line}");
        let etag = app.token(PM).await.get(&path).await.header("etag").to_owned();
        assert_eq!(call(&app, PM, Method::PATCH, &path, &json!({"status": "done"}), Some(&etag)).await.status, 200);
        assert!(ben.get("/").await.words().contains("Nothing is waiting for you"));
    }

    async fn people_hear_of_tasks_when_they_are_new_before_and_after_the_day_and_not_when_they_are_done(app: TestApp) {
        const DAY: Duration = Duration::from_secs(24 * 3600);
        let nobodys = task(&app, json!({"title": "Clear the hall", "due_on": "2026-11-28"})).await;
        task(&app, json!({"title": "Order the gear box", "side": "house", "assignee_id": app.user(SUPPORT)})).await;
        let operator = app.state.ctx(app::access::Actor::operator(), "test");
        let remind = async |email: &'static str| {
            for _ in 0..2 {
                app::projects::remind::run(&operator).await.unwrap();
            }
            app.mails_to(email).await.into_iter().map(|mail| mail.subject).collect::<Vec<_>>()
        };
        assert_eq!(remind(BEN).await, ["For you to do: Clear the hall"]);
        assert_eq!((remind(EVA).await.len(), remind(HENNING).await.len()), (1, 0), "whoever is on the project");
        assert_eq!(remind(SUPPORT).await, ["For you to do: Order the gear box"]);
        app.advance(DAY * 5);
        assert_eq!(remind(BEN).await.last().unwrap(), "Until 28 Nov 2026: Clear the hall");
        app.advance(DAY);
        assert_eq!(remind(BEN).await.len(), 2, "not every day");
        app.advance(DAY * 3);
        assert_eq!(remind(BEN).await.last().unwrap(), "Overdue since 28 Nov 2026: Clear the hall");
        assert_eq!(tick(&app, EVA, &nobodys, "done").await, 200);
        app.advance(DAY * 4);
        assert_eq!(remind(BEN).await.len(), 3, "nothing waits for them any more");
    }

    async fn the_same_projects_sent_twice_change_nothing_and_what_is_wrong_is_said_for_each(app: TestApp) {
        let sent = json!([{"external_id": "ERP-1", "slug": "gates", "organisation": "acme", "name": "Gates  for hall 3", "milestones": [{"title": "Welding", "expected_on": "2026-12-01"}]}]);
        assert_eq!(results(&batch(&app, PM, sent.clone()).await), ["create"]);
        assert_eq!(results(&batch(&app, PM, sent).await), ["unchanged"]);
        let moved = batch(&app, PM, json!([{"external_id": "ERP-1", "status": "wartet auf sie", "milestones": [{"title": "Welding", "expected_on": "2026-12-03"}]}])).await.remove(0);
        assert_eq!(moved["result"], "change");
        assert_eq!(moved["changes"], json!([{"field": "status", "old": "planned", "new": "waiting"}, {"field": "milestone_expected", "old": "2026-12-01", "new": "2026-12-03"}]));
        let rows = batch(&app, PM, json!([
            {"slug": "Gates 2", "organisation": "acme", "name": "x"},
            {"organisation": "acme", "name": "Förderer „neu“"},
            {"slug": "b", "organisation": "acme"},
            {"slug": "c", "organisation": "nobody", "name": "x"},
            {"slug": "d", "name": "x"},
            // Another customer's, and one of another system.
            {"slug": "sorter", "organisation": "acme", "name": "x"},
            {"slug": "gates", "external_id": "ERP-2", "name": "x"},
            {"slug": "e", "organisation": "acme", "name": "x", "lead_id": app.user(BEN)},
            {"slug": "f", "organisation": "acme", "name": "x", "status": "lost"},
            {"slug": "g", "organisation": "acme", "name": "x", "due_on": "soon"},
            {"slug": "h", "organisation": "acme", "name": "x", "starts_on": "2026-12-01", "due_on": "2026-11-01"},
            {"slug": "i", "organisation": "acme", "name": "x", "milestones": [{"title": " "}]},
            {"slug": "j", "organisation": "acme", "name": "x".repeat(201)},
            {"slug": "k", "organisation": "acme", "name": "x"},
            {"slug": "k", "organisation": "acme", "name": "y"},
        ])).await;
        let fields: Vec<&str> = rows.iter().filter_map(|row| row["errors"][0]["field"].as_str()).collect();
        assert_eq!(fields, ["slug", "name", "organisation", "organisation", "slug", "slug", "lead_id", "status", "due_on", "due_on", "milestones", "name", "slug"]);
        assert_eq!((&rows[1]["result"], &rows[13]["result"]), (&json!("create"), &json!("create")));
        let made = app.token(PM).await.get(&format!("/api/v1/projects/{}", rows[1]["id"].as_str().unwrap())).await.json();
        assert!(made["slug"].as_str().unwrap().starts_with("foerderer-neu-"), "{made}");
        for email in [SUPPORT, ANNA, "management@nordlicht.example"] {
            let answer = call(&app, email, Method::POST, "/api/v1/projects/batch", &json!({"projects": []}), None).await;
            assert_eq!(answer.status, 403, "{email}");
        }
        // The same request again makes no second one.
        let token = app.scoped_token(PM, &["projects"]).await;
        let body = json!({"slug": "once", "organisation": "acme", "name": "Once"});
        let first = token.post_with("/api/v1/projects", body.clone(), &[("idempotency-key", "k-1")]).await;
        let again = token.post_with("/api/v1/projects", body.clone(), &[("idempotency-key", "k-1")]).await;
        assert_eq!((first.status, again.status), (201, 201), "{}", again.text());
        assert_eq!(first.json()["id"], again.json()["id"]);
        assert_eq!(token.post("/api/v1/projects", body).await.status, 422);
        let tasks = format!("/api/v1/projects/{}/tasks", first.json()["id"].as_str().unwrap());
        let one = token.post_with(&tasks, json!({"title": "Once"}), &[("idempotency-key", "k-2")]).await;
        let two = token.post_with(&tasks, json!({"title": "Once"}), &[("idempotency-key", "k-2")]).await;
        assert_eq!(one.json()["id"], two.json()["id"]);
        assert_eq!(token.get(&tasks).await.json()["items"].as_array().unwrap().len(), 1);
    }

    async fn two_who_change_a_project_at_once_do_not_undo_each_other_and_forms_keep_what_was_typed(app: TestApp) {
        let mut pm = app.browser(PM).await;
        let acme = app.organisation("acme").to_string();
        let refused = pm.post("/_fn/projects/save", &[("organisation_id", &acme), ("name", ""), ("summary", "Kept \"so\""), ("due_on", "soon"), ("milestone_title[0]", "Cut")]).await;
        let back = pm.follow(&refused).await;
        assert!(back.words().contains("This is not a date") && back.text().contains("value=\"Cut\"") && back.words().contains("Kept \"so\""), "{}", back.words());
        let saved = pm.post("/_fn/projects/save", &[("organisation_id", &acme), ("name", "Gates"), ("status", "running"), ("milestone_title[0]", "Cut"), ("milestone_expected[0]", "2026-12-01"), ("milestone_done[0]", "")]).await;
        let page = pm.follow(&saved).await;
        for part in ["The project is saved", "Gates", "Cut", "1 Dec 2026", "Nobody of the customer is on this project yet"] {
            assert!(page.words().contains(part), "{part}: {}", page.words());
        }
        let id = saved.location().rsplit('/').next().unwrap().to_owned();
        let form = pm.get(&format!("/staff/projects/{id}/edit")).await;
        let (revision, slug) = (form.field("revision"), form.field("slug"));
        assert!(slug.starts_with("gates-"), "{slug}");
        let post = |name: &'static str| [("project", id.clone()), ("revision", revision.clone()), ("name", name.to_owned()), ("slug", slug.clone())];
        for (name, want) in [("Gates and doors", "The project is saved"), ("Doors", "Somebody else was faster")] {
            let fields = post(name);
            let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = pm.post("/_fn/projects/save", &pairs).await;
            let page = pm.follow(&answer).await;
            assert!(page.words().contains(want), "{name}: {}", page.words());
            if name == "Doors" {
                assert_eq!(page.field("name"), "Doors");
            }
        }
        // Its parts, by form.
        let added = pm.post("/_fn/projects/add_person", &[("project", &id), ("user", &app.user(BEN).to_string())]).await;
        assert!(pm.follow(&added).await.words().contains("Is on the project now."));
        let foreign = pm.post("/_fn/projects/add_person", &[("project", &id), ("user", &app.user("dirk@borealis.example").to_string())]).await;
        assert!(pm.follow(&foreign).await.words().contains("cannot be on the project"));
        let whose = format!("customer:{}", app.user(BEN));
        let wrong = pm.post("/_fn/projects/add_task", &[("project", &id), ("title", ""), ("text", "All of them"), ("whose_task", &whose)]).await;
        let back = pm.follow(&wrong).await;
        assert!(back.words().contains("Please say what is to do.") && back.words().contains("All of them"), "{}", back.words());
        let made = pm.post("/_fn/projects/add_task", &[("project", &id), ("title", "Measure the doors"), ("due_on", "2026-11-20"), ("whose_task", &whose)]).await;
        assert!(pm.follow(&made).await.words().contains("Measure the doors"));
        let mut ben = app.browser(BEN).await;
        let task = app.token(BEN).await.get(&format!("/api/v1/projects/{id}/tasks")).await.json()["items"][0].clone();
        let back = format!("/projects/{id}/tasks/{}", task["id"].as_str().unwrap());
        let silent = ben.post("/_fn/projects/comment", &[("project", &id), ("task", task["id"].as_str().unwrap()), ("comment", "  "), ("back", &back)]).await;
        assert!(ben.follow(&silent).await.words().contains("Please write something."));
        let said = ben.post("/_fn/projects/comment", &[("project", &id), ("task", task["id"].as_str().unwrap()), ("comment", "<b>Twelve</b> doors"), ("back", &back)]).await;
        let page = ben.follow(&said).await;
        assert!(page.text().contains("&lt;b&gt;Twelve&lt;/b&gt; doors") && page.words().contains("Late"), "{}", page.text());
        // Only ways within the portal lead back.
        let away = ben.post("/_fn/projects/comment", &[("project", &id), ("task", task["id"].as_str().unwrap()), ("comment", "More"), ("back", "//evil.example")]).await;
        assert_eq!(away.location(), "/projects");
        let whole = pm.get(&format!("/staff/projects/{id}")).await.words();
        assert!(whole.contains("2 comments") && whole.contains("Ben Brandt"), "{whole}");
        let bad = pm.post("/_fn/projects/report", &[("project", &id), ("light", ""), ("report", "Well")]).await;
        assert!(pm.follow(&bad).await.words().contains("Please choose how it goes."));
        let board = app.browser(SUPPORT).await.get("/staff/projects/board").await.words();
        for part in ["Under way", "Gates and doors", "Parcel sorter Rotterdam", "One task to do, one of them late"] {
            assert!(board.contains(part), "{part}: {board}");
        }
        // For whoever sees assigned customers only, theirs only.
        app.sql(&format!("DELETE FROM staff_assignments WHERE organisation_id = {}", app.literal(app.organisation("borealis").0))).await;
        let board = pm.get("/staff/projects/board").await.words();
        assert!(board.contains("Gates and doors") && !board.contains("Parcel sorter"), "{board}");
    }
}

/// No list and no column of the board walks all the projects there are: each of its ranges is one of an index.
#[tokio::test]
async fn lists_of_projects_read_ranges_of_their_indexes() {
    let app = TestApp::new(Engine::Sqlite).await;
    let in_order = |name: &str| {
        ["::BACK", "::AHEAD", "::LATE"].iter().any(|order| name.contains(&format!("projects::store{order}")))
    };
    let ranges = |name: &str| in_order(name) || name.ends_with("projects::board::BOARD");
    let mut found = 0;
    for entry in app::db::STATEMENTS.iter() {
        let by_keys = ["::book::THERE", "::task_book::THERE", "::task_book::PLACES"];
        if !ranges(entry.name) && !by_keys.iter().any(|name| entry.name.ends_with(&format!("projects{name}"))) {
            continue;
        }
        found += 1;
        // Numbered parameters need no values to be planned.
        let plan = app.sql(&format!("EXPLAIN QUERY PLAN {}", entry.sqlite)).await;
        let steps: Vec<String> = plan.into_iter().filter_map(|row| row.into_iter().next_back()).collect();
        assert!(
            !steps.iter().any(|step| step == "SCAN j" || step.starts_with("SCAN j ")),
            "{}: {steps:#?}",
            entry.name
        );
        assert!(!steps.iter().any(|step| step.starts_with("SCAN k")), "{}: {steps:#?}", entry.name);
        if ranges(entry.name) {
            assert!(
                steps.iter().any(|step| step.starts_with("SEARCH j USING") && step.contains("projects_by_")),
                "{}: {steps:#?}",
                entry.name
            );
        }
    }
    assert_eq!(found, 20);
}
