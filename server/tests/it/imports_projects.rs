//! Projects that come from another system: with their milestones, twice the same, and back again.

use app::files::FileName;
use app::ids::ImportId;
use app::imports::kind::Kind;
use app::imports::mapping::Mapping;
use app::imports::model::{Options, Run, Source, State};
use app::imports::service::{self, NewImport};
use bytes::Bytes;
use serde_json::Value as Json;

use crate::notifications::{spread_all, told};
use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";

async fn receive(app: &TestApp, text: &str, start: bool, skip_bad: bool) -> ImportId {
    receive_of(app, Kind::Projects, text, start, skip_bad).await
}

pub async fn receive_of(app: &TestApp, kind: Kind, text: &str, start: bool, skip_bad: bool) -> ImportId {
    app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
    app.sql("UPDATE organisations SET number = 'BO-1' WHERE slug = 'borealis'").await;
    let options = Options { skip_bad, currency: "EUR".to_owned(), ..Options::default() };
    let name = FileName::parse("projects.csv");
    let new = NewImport { kind, name, source: Source::Page, mapping: Mapping::default(), options, start };
    let bytes = futures::stream::once(std::future::ready(Ok::<_, String>(Bytes::from(text.to_owned()))));
    let id = service::receive(&app.ctx(ADMIN).await, new, bytes).await.unwrap();
    app.run_jobs().await;
    id
}

pub async fn standing(app: &TestApp, id: ImportId) -> Run {
    service::find(&app.ctx(ADMIN).await, id).await.unwrap()
}

async fn imported(app: &TestApp, text: &str) -> (ImportId, [i64; 4]) {
    imported_of(app, Kind::Projects, text).await
}

pub async fn imported_of(app: &TestApp, kind: Kind, text: &str) -> (ImportId, [i64; 4]) {
    let id = receive_of(app, kind, text, true, false).await;
    let run = standing(app, id).await;
    let rows = service::rows(&app.ctx(ADMIN).await, &run, None, None, 20).await.unwrap().0;
    let told: Vec<String> = rows.iter().map(|row| row.detail().text()).collect();
    assert_eq!(run.state, State::Done, "{:?} {told:?}", run.problem());
    (id, counts(&run))
}

pub fn counts(run: &Run) -> [i64; 4] {
    [run.counts.created, run.counts.changed, run.counts.unchanged, run.counts.rejected]
}

pub async fn undo(app: &TestApp, id: ImportId) -> Run {
    service::undo(&app.ctx(ADMIN).await, id).await.unwrap();
    app.run_jobs().await;
    standing(app, id).await
}

pub async fn project(app: &TestApp, number: &str) -> Json {
    let token = app.token(ADMIN).await;
    let all = token.get("/api/v1/projects?limit=100").await.json();
    let found = all["items"].as_array().unwrap().iter().find(|project| project["number"] == number).cloned();
    let Some(found) = found else { return Json::Null };
    token.get(&format!("/api/v1/projects/{}", found["id"].as_str().unwrap())).await.json()
}

pub const ERP: &str = "Projektnr;Kundennr;Bezeichnung;Projektleiter;Beginn;Termin;Meilenstein;Meilensteintermin;Meilenstein erreicht\n\
    P-31;AC-7;Förderlinie Süd;pm@nordlicht.example;01.02.2026;30.11.2026;Pläne freigegeben;01.03.2026;27.02.2026\n\
    P-31;AC-7;;;;;Montage begonnen;01.09.2026;\n\
    P-32;BO-1;Sortieranlage;;;;;;\n";

both! {
    async fn projects_come_with_their_milestones_and_twice_change_nothing(app: TestApp) {
        let looked = receive(&app, ERP, false, false).await;
        let run = standing(&app, looked).await;
        assert_eq!((run.state, counts(&run)), (State::Ready, [2, 0, 0, 0]));
        assert_eq!(project(&app, "P-31").await, Json::Null, "a look writes nothing");
        service::discard(&app.ctx(ADMIN).await, looked).await.unwrap();
        let (first, done) = imported(&app, ERP).await;
        assert_eq!(done, [2, 0, 0, 0]);
        assert_eq!(imported(&app, ERP).await.1, [0, 0, 2, 0]);
        let found = project(&app, "P-31").await;
        let facts = ["name", "external_id", "starts_on", "due_on"].map(|field| found[field].as_str().unwrap_or("-").to_owned());
        assert_eq!(facts, ["Förderlinie Süd", "P-31", "2026-02-01", "2026-11-30"]);
        let titles: Vec<&str> = found["milestones"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["Pläne freigegeben", "Montage begonnen"]);
        assert_eq!((&found["milestones"][0]["done_on"], &found["milestones"][1]["expected_on"]), (&"2026-02-27".into(), &"2026-09-01".into()));
        assert!(found["lead_id"].is_string(), "{found}");
        // Another system says it in JSON, and moves a day.
        let json = r#"{"projects": [{"number": "P-31", "customer": "AC-7", "milestones": [
            {"title": "Pläne freigegeben", "expected_on": "2026-03-01", "done_on": "2026-02-27"}, {"title": "Montage begonnen", "expected_on": "2026-10-01"}]},
            {"number": "P-32", "customer": "BO-1", "milestones": []}]}"#;
        let (moved, done) = imported(&app, json).await;
        assert_eq!(done, [0, 1, 1, 0]);
        assert_eq!(project(&app, "P-31").await["milestones"][1]["expected_on"], "2026-10-01");
        let rows = service::rows(&app.ctx(ADMIN).await, &standing(&app, moved).await, Some("change"), None, 5).await.unwrap().0;
        assert!(rows[0].detail().text().contains("milestone_expected: \u{201c}Montage begonnen: 2026-09-01"), "{}", rows[0].detail().text());
        // What it changed goes back, then what is new goes.
        assert_eq!(undo(&app, first).await.problem(), Some(("touched", "P-31")));
        assert_eq!(undo(&app, moved).await.state, State::Undone);
        let found = project(&app, "P-31").await;
        assert_eq!((&found["milestones"][1]["expected_on"], &found["next_step"]), (&"2026-09-01".into(), &"Montage begonnen".into()));
        let history = "SELECT COUNT(*) FROM project_changes WHERE field = 'milestone_expected' AND old = '2026-10-01' AND new = '2026-09-01'";
        assert_eq!(app.count(history).await, 1, "its customer reads that it went back");
        assert_eq!(undo(&app, first).await.state, State::Undone);
        assert_eq!((project(&app, "P-31").await, project(&app, "P-32").await), (Json::Null, Json::Null));
    }

    async fn many_projects_are_told_once_and_what_was_taken_back_is_not_told(app: TestApp) {
        let rows: String = (0..600).map(|at| format!("N-{at};AC-7;Halle {at}\n")).collect();
        let text = format!("Projektnr;Kundennr;Bezeichnung\n{rows}N-X;NOBODY;Halle X\n");
        let id = receive(&app, &text, true, true).await;
        let run = standing(&app, id).await;
        assert_eq!((run.state, counts(&run)), (State::Done, [600, 0, 0, 1]), "{:?}", run.problem());
        spread_all(&app).await;
        assert_eq!(told(&app, "anna@acme.example").await, ["600 new projects"], "in two batches");
        assert_eq!(undo(&app, id).await.state, State::Undone);
        spread_all(&app).await;
        assert!(told(&app, "anna@acme.example").await.is_empty());
    }

    async fn what_belongs_to_an_imported_project_keeps_it(app: TestApp) {
        let (first, _) = imported(&app, ERP).await;
        let id = project(&app, "P-32").await["id"].as_str().unwrap().to_owned();
        let task = serde_json::json!({"title": "Send the floor plan", "side": "house"});
        let made = app.token(ADMIN).await.post(&format!("/api/v1/projects/{id}/tasks"), task).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let run = undo(&app, first).await;
        assert_eq!(run.state, State::Done);
        assert_eq!(run.problem(), Some(("attached", "")));
        assert_eq!(project(&app, "P-31").await["name"], "Förderlinie Süd", "all or nothing");
    }

    async fn what_is_wrong_with_a_project_is_said_and_the_rest_is_taken(app: TestApp) {
        let text = "number,customer,title,lead,due date,milestone\n\
            Q-1,AC-7,One,,2026-10-01,\n\
            Q-2,NOBODY,Two,,2026-10-01,\n\
            Q-3,AC-7,Three,anna@acme.example,2026-10-01,\n\
            Q-4,AC-7,Four,,2026-02-30,\n\
            Q-5,AC-7,,,2026-10-01,\n\
            Q-1,AC-7,Again,,2026-10-01,\n\
            ,AC-7,Nameless,,2026-10-01,\n";
        let id = receive(&app, text, true, true).await;
        let run = standing(&app, id).await;
        assert_eq!((run.state, counts(&run)), (State::Done, [1, 0, 0, 6]));
        let rows = service::rows(&app.ctx(ADMIN).await, &run, Some("rejected"), None, 10).await.unwrap().0;
        let fields: Vec<String> = rows.iter().map(|row| row.detail().errors[0].0.clone()).collect();
        assert_eq!(fields, ["organisation", "lead", "due_on", "name", "number", "number"]);
        // Another customer's number stays theirs.
        let stolen = receive(&app, "number,customer,title\nQ-1,BO-1,Mine\n", true, false).await;
        assert_eq!(standing(&app, stolen).await.state, State::Failed);
        assert_eq!(project(&app, "Q-1").await["name"], "One");
    }

    async fn a_project_made_by_hand_is_found_by_its_number(app: TestApp) {
        app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
        let made = serde_json::json!({"organisation": "acme", "name": "By hand", "number": "H-1"});
        let made = app.token(ADMIN).await.post("/api/v1/projects", made).await;
        assert_eq!(made.status, 201, "{}", made.text());
        assert_eq!(imported(&app, "number,customer,title\nH-1,AC-7,From the ERP\n").await.1, [0, 1, 0, 0]);
        assert_eq!(project(&app, "H-1").await["name"], "From the ERP");
        assert_eq!(app.count("SELECT COUNT(*) FROM projects WHERE number = 'H-1'").await, 1);
    }
}
