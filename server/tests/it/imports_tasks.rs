//! Tasks of projects that come from another system: as a file, as a list in JSON or with their project through the API; twice the
//! same, and back again.

use app::imports::kind::Kind;
use app::imports::model::State;
use app::imports::service;
use serde_json::{Value as Json, json};

use crate::imports_projects::{ERP, counts, imported_of, project, receive_of, standing, undo};
use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const ANNA: &str = "anna@acme.example";

/// In no order of projects.
const TASKS: &str = "Projektnr;Aufgabennr;Aufgabe;Seite;Bearbeiter-E-Mail;Termin;Erledigt\n\
    P-31;T-1;Hallenplan senden;Kunde;anna@acme.example;01.12.2026;\n\
    P-32;T-2;Motor bestellen;Haus;;;ja\n\
    P-31;T-3;Montage planen;Haus;pm@nordlicht.example;15.12.2026;nein\n";

/// Projects for them; answers the id of the first.
async fn projects(app: &TestApp) -> String {
    imported_of(app, Kind::Projects, ERP).await;
    project(app, "P-31").await["id"].as_str().unwrap().to_owned()
}

async fn imported(app: &TestApp, text: &str) -> (app::ids::ImportId, [i64; 4]) {
    imported_of(app, Kind::ProjectTasks, text).await
}

/// The task of a project with this title.
async fn task(app: &TestApp, project: &str, title: &str) -> Json {
    let all = app.token(ADMIN).await.get(&format!("/api/v1/projects/{project}/tasks")).await.json();
    all["items"].as_array().unwrap().iter().find(|task| task["title"] == title).cloned().unwrap_or(Json::Null)
}

async fn keyed(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM project_tasks WHERE external_id IS NOT NULL").await
}

async fn told(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM notifications WHERE object_kind = 'task'").await
}

both! {
    async fn tasks_come_by_their_keys_twice_change_nothing_and_go_back(app: TestApp) {
        let id = projects(&app).await;
        let looked = receive_of(&app, Kind::ProjectTasks, TASKS, false, false).await;
        let run = standing(&app, looked).await;
        assert_eq!((run.state, counts(&run)), (State::Ready, [3, 0, 0, 0]), "{:?}", run.problem());
        assert_eq!((keyed(&app).await, told(&app).await), (0, 0), "a look writes nothing");
        service::discard(&app.ctx(ADMIN).await, looked).await.unwrap();

        let (first, done) = imported(&app, TASKS).await;
        assert_eq!(done, [3, 0, 0, 0]);
        let plan = task(&app, &id, "Hallenplan senden").await;
        assert_eq!((&plan["side"], &plan["due_on"], &plan["done_at"]), (&"customer".into(), &"2026-12-01".into(), &Json::Null));
        assert_eq!(plan["assignee_id"], app.user(ANNA).to_string());
        let other = project(&app, "P-32").await;
        assert!(task(&app, other["id"].as_str().unwrap(), "Motor bestellen").await["done_at"].is_string(), "done from the start");
        assert_eq!(told(&app).await, 2, "whoever has something to do is told");
        assert_eq!(imported(&app, TASKS).await.1, [0, 0, 3, 0]);
        assert_eq!((keyed(&app).await, told(&app).await), (3, 2));

        // Another system says it in JSON: a day moves, a task goes to the customer, and what is not named stays.
        let json = r#"{"projects": [{"number": "P-31", "name": "x", "tasks": [
            {"external_id": "T-1", "title": "Hallenplan senden", "side": "customer", "due_on": "2026-08-01", "done": false},
            {"external_id": "T-3", "title": "Montage planen", "side": "customer", "due_on": "2026-12-15"}]}, {"number": "P-32"}]}"#;
        let (moved, done) = imported(&app, json).await;
        assert_eq!(done, [0, 2, 0, 0]);
        let rows = service::rows(&app.ctx(ADMIN).await, &standing(&app, moved).await, Some("change"), None, 5).await.unwrap().0;
        let texts: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.number, row.detail().text())).collect();
        assert_eq!(texts, [
            "P-31 / T-1: due_on: \u{201c}2026-12-01\u{201d} -> \u{201c}2026-08-01\u{201d}",
            "P-31 / T-3: side: \u{201c}house\u{201d} -> \u{201c}customer\u{201d}; assignee: \u{201c}pm@nordlicht.example\u{201d} -> \u{201c}\u{201d}",
        ]);
        let found = project(&app, "P-31").await;
        assert_eq!((&found["next_step"], &found["acts"]), (&"Hallenplan senden".into(), &"customer".into()));

        assert_eq!(undo(&app, first).await.problem().map(|(word, _)| word.to_owned()).as_deref(), Some("touched"));
        assert_eq!(undo(&app, moved).await.state, State::Undone);
        assert_eq!(project(&app, "P-31").await["next_step"], "Montage begonnen");
        let planned = task(&app, &id, "Montage planen").await;
        assert_eq!((&planned["side"], planned["assignee_id"].is_string()), (&"house".into(), true), "{planned}");
        assert_eq!(undo(&app, first).await.state, State::Undone);
        assert_eq!(keyed(&app).await, 0);
    }

    async fn what_people_ticked_off_or_spoke_about_stays(app: TestApp) {
        let id = projects(&app).await;
        let (first, _) = imported(&app, TASKS).await;
        let plan = task(&app, &id, "Hallenplan senden").await["id"].as_str().unwrap().to_owned();
        let anna = app.token(ANNA).await;
        let ticked = anna.post(&format!("/api/v1/projects/{id}/tasks/{plan}/done"), json!({})).await;
        assert_eq!(ticked.status, 200, "{}", ticked.text());
        assert_eq!(imported(&app, TASKS).await.1, [0, 0, 3, 0], "that the file says nothing of it opens nothing");
        let run = undo(&app, first).await;
        assert_eq!((run.state, run.problem()), (State::Done, Some(("touched", "P-31 / T-1"))));
        let reopened = anna.post(&format!("/api/v1/projects/{id}/tasks/{plan}/reopen"), json!({})).await;
        assert_eq!(reopened.status, 200, "{}", reopened.text());
        let (second, done) = imported(&app, &TASKS.replace("T-1", "T-9").replace("T-3", "T-8")).await;
        assert_eq!(done, [2, 0, 1, 0]);
        let spoken = app.count("SELECT COUNT(*) FROM project_comments").await;
        let all = app.token(ADMIN).await.get(&format!("/api/v1/projects/{id}/tasks")).await.json();
        let newest = all["items"].as_array().unwrap().iter().rfind(|task| task["title"] == "Hallenplan senden").unwrap()["id"].clone();
        let said = anna.post(&format!("/api/v1/projects/{id}/tasks/{}/comments", newest.as_str().unwrap()), json!({"text": "Next week."})).await;
        assert_eq!(said.status, 201, "{}", said.text());
        assert_eq!(undo(&app, second).await.problem(), Some(("touched", "P-31 / T-9")));
        assert_eq!(app.count("SELECT COUNT(*) FROM project_comments").await, spoken + 1);
    }

    async fn what_is_wrong_with_a_task_is_said_and_the_rest_is_taken(app: TestApp) {
        projects(&app).await;
        let text = "project,task id,title,side,assignee,due date,done\n\
            P-31,R-1,One,customer,,2026-12-01,\n\
            NONE,R-2,Two,customer,,,\n\
            P-31,,Three,customer,,,\n\
            P-31,R-4,,customer,,,\n\
            P-31,R-5,Five,,,,\n\
            P-31,R-6,Six,nobody,,,\n\
            P-31,R-7,Seven,customer,dirk@borealis.example,,\n\
            P-31,R-8,Eight,house,anna@acme.example,,\n\
            P-31,R-9,Nine,house,,2026-02-30,\n\
            P-31,R-10,Ten,house,,,2099-01-01\n\
            P-31,R-1,Again,house,,,\n";
        let id = receive_of(&app, Kind::ProjectTasks, text, true, true).await;
        let run = standing(&app, id).await;
        assert_eq!((run.state, counts(&run)), (State::Done, [1, 0, 0, 10]), "{:?}", run.problem());
        let rows = service::rows(&app.ctx(ADMIN).await, &run, Some("rejected"), None, 20).await.unwrap().0;
        let fields: Vec<String> = rows.iter().map(|row| row.detail().errors[0].0.clone()).collect();
        assert_eq!(fields, ["number", "external_id", "title", "side", "side", "assignee", "assignee", "due_on", "done", "external_id"]);
        let all = receive_of(&app, Kind::ProjectTasks, text, true, false).await;
        assert_eq!(standing(&app, all).await.state, State::Failed, "all or nothing");
        assert_eq!(keyed(&app).await, 1);
    }

    async fn many_tasks_are_one_line_in_the_trail_and_nobody_gets_a_message_for_each(app: TestApp) {
        projects(&app).await;
        let mut text = "project,external id,title,side\n".to_owned();
        for at in 1..=25 {
            text.push_str(&format!("P-31,M-{at},Task {at},customer\n"));
        }
        assert_eq!(imported(&app, &text).await.1, [25, 0, 0, 0]);
        let acts = async |action: &str| app.count(&format!("SELECT COUNT(*) FROM audit_events WHERE action = '{action}'")).await;
        assert_eq!((acts("project.tasks_import").await, acts("project.task").await, told(&app).await), (1, 0, 0));
    }

    async fn programs_send_tasks_with_their_project(app: TestApp) {
        let token = app.token(ADMIN).await;
        let batch = async |projects: Json| -> Vec<Json> {
            let answer = token.post("/api/v1/projects/batch", json!({"projects": projects})).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            answer.json()["results"].as_array().unwrap().clone()
        };
        let sent = json!([
            {"external_id": "E-1", "organisation": "acme", "name": "Hall 4", "tasks": [
                {"external_id": "T-1", "title": "Send the plan", "side": "customer", "assignee": "Anna@acme.example", "due_on": "2026-12-01"},
                {"external_id": "T-2", "title": "Order the motor", "side": "house", "done": true},
            ]},
            {"external_id": "E-2", "organisation": "acme", "name": "Hall 5", "tasks": [{"external_id": "T-1", "title": "Whose?"}]},
        ]);
        let rows = batch(sent.clone()).await;
        assert_eq!((&rows[0]["result"], &rows[1]["result"]), (&json!("create"), &json!("rejected")), "{rows:?}");
        assert_eq!(rows[1]["errors"][0]["field"], "tasks");
        assert_eq!(app.count("SELECT COUNT(*) FROM projects WHERE external_id = 'E-2'").await, 0, "with its tasks, or not at all");
        let id = rows[0]["id"].as_str().unwrap().to_owned();
        assert_eq!(task(&app, &id, "Send the plan").await["assignee_id"], app.user(ANNA).to_string());
        assert!(task(&app, &id, "Order the motor").await["done_at"].is_string());
        let found = token.get(&format!("/api/v1/projects/{id}")).await.json();
        assert_eq!((&found["next_step"], &found["next_on"]), (&json!("Send the plan"), &json!("2026-12-01")));
        assert_eq!(batch(sent).await[0]["result"], "unchanged");
        // What is not said and what is not named stays.
        let later = batch(json!([{"external_id": "E-1", "tasks": [{"external_id": "T-1", "due_on": null}]}])).await;
        assert_eq!(later[0]["result"], "change");
        assert_eq!(later[0]["changes"], json!([{"field": "tasks", "old": "T-1 due_on: 2026-12-01", "new": ""}]));
        assert_eq!(keyed(&app).await, 2);
        let unknown = token.post("/api/v1/projects/batch", json!({"projects": [{"external_id": "E-1", "tasks": [{"external_id": "T-1", "done_by": "x"}]}]})).await;
        assert_eq!(unknown.status, 422, "nothing else can be set");
    }
}
