//! What orders bring from another system beside themselves: their steps, the project they belong to and who ordered.

use app::files::FileName;
use app::ids::ImportId;
use app::imports::kind::Kind;
use app::imports::mapping::Mapping;
use app::imports::model::{Options, Run, Source, State};
use app::imports::service::{self, NewImport};
use bytes::Bytes;
use serde_json::{Value as Json, json};

use crate::orders::batch;
use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const BEN: &str = "ben@acme.example";
const ANNA: &str = "anna@acme.example";

async fn receive(app: &TestApp, text: &str, start: bool, skip_bad: bool) -> ImportId {
    app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
    app.sql("UPDATE projects SET number = 'P-14', external_id = 'ERP-14' WHERE slug = 'line-2'").await;
    let options = Options { skip_bad, currency: "EUR".to_owned(), ..Options::default() };
    let name = FileName::parse("orders.csv");
    let new = NewImport { kind: Kind::Orders, name, source: Source::Page, mapping: Mapping::default(), options, start };
    let bytes = futures::stream::once(std::future::ready(Ok::<_, String>(Bytes::from(text.to_owned()))));
    let id = service::receive(&app.ctx(ADMIN).await, new, bytes).await.unwrap();
    app.run_jobs().await;
    id
}

async fn standing(app: &TestApp, id: ImportId) -> Run {
    service::find(&app.ctx(ADMIN).await, id).await.unwrap()
}

fn counts(run: &Run) -> [i64; 4] {
    [run.counts.created, run.counts.changed, run.counts.unchanged, run.counts.rejected]
}

/// What a run says of its rows.
async fn told(app: &TestApp, id: ImportId) -> Vec<String> {
    let rows = service::rows(&app.ctx(ADMIN).await, &standing(app, id).await, None, None, 50).await.unwrap().0;
    rows.iter().map(|row| row.detail().text()).collect()
}

async fn imported(app: &TestApp, text: &str) -> (ImportId, [i64; 4]) {
    let id = receive(app, text, true, false).await;
    let run = standing(app, id).await;
    assert_eq!(run.state, State::Done, "{:?} {:?}", run.problem(), told(app, id).await);
    (id, counts(&run))
}

async fn undo(app: &TestApp, id: ImportId) -> Run {
    service::undo(&app.ctx(ADMIN).await, id).await.unwrap();
    app.run_jobs().await;
    standing(app, id).await
}

async fn order(app: &TestApp, number: &str) -> Json {
    let token = app.token(ADMIN).await;
    let all = token.get(&format!("/api/v1/orders?search={number}")).await.json();
    let found = all["items"].as_array().unwrap().iter().find(|order| order["number"] == number).cloned();
    let Some(found) = found else { return Json::Null };
    token.get(&format!("/api/v1/orders/{}", found["id"].as_str().unwrap())).await.json()
}

fn steps(order: &Json) -> Vec<String> {
    let text = |step: &Json, field: &str| step[field].as_str().unwrap_or("-").to_owned();
    let one = |step: &Json| ["title", "expected_on", "done_on", "acts"].map(|field| text(step, field)).join(" ");
    order["steps"].as_array().into_iter().flatten().map(one).collect()
}

const ERP: &str = "Auftragsnr;Kundennr;Auftragsdatum;Projektnr;Besteller-E-Mail;Schritt;Schritt Termin;Schritt erledigt am;Schritt durch\n\
    A-1;AC-7;01.10.2026;P-14;Ben@ACME.example;Planung;20.10.2026;22.10.2026;\n\
    A-1;AC-7;;;;Abnahme;27.11.2026;;Kunde\n\
    A-2;AC-7;02.10.2026;line-2;;;;;\n";

both! {
    async fn orders_come_with_their_steps_their_project_and_who_ordered_and_go_back(app: TestApp) {
        let looked = receive(&app, ERP, false, false).await;
        let run = standing(&app, looked).await;
        assert_eq!((run.state, counts(&run)), (State::Ready, [2, 0, 0, 0]), "{:?}", told(&app, looked).await);
        let said = told(&app, looked).await.join("\n");
        for part in ["project_id: “” -> “P-14”", "buyer_id: “” -> “ben@acme.example”", "steps: “” -> “Planung ✓ 2026-10-22; Abnahme 2026-11-27”"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(order(&app, "A-1").await, Json::Null, "a look writes nothing");
        service::discard(&app.ctx(ADMIN).await, looked).await.unwrap();
        let (first, done) = imported(&app, ERP).await;
        assert_eq!(done, [2, 0, 0, 0]);
        assert_eq!(imported(&app, ERP).await.1, [0, 0, 2, 0], "twice the same changes nothing");
        let found = order(&app, "A-1").await;
        let (line, ben) = (json!(app.project("line-2").to_string()), json!(app.user(BEN).to_string()));
        assert_eq!((&found["project_id"], &found["buyer_id"], &found["next_step"]), (&line, &ben, &json!("Abnahme")));
        assert_eq!(steps(&found), ["Planung 2026-10-20 2026-10-22 house", "Abnahme 2026-11-27 - customer"]);
        let other = order(&app, "A-2").await;
        assert_eq!((&other["project_id"], &other["buyer_id"], steps(&other).len()), (&line, &Json::Null, 0));
        // Another system says it in JSON: by the key of the project, with a day that moves, and of somebody else.
        let moved = r#"{"orders": [{"number": "A-1", "customer": "AC-7", "project": "ERP-14", "buyer": "anna@acme.example", "steps": [
            {"title": "Planung", "expected_on": "2026-10-20", "done_on": "2026-10-22"}, {"title": "Abnahme", "expected_on": "2026-12-04", "acts": "customer"}]}]}"#;
        let (moved, done) = imported(&app, moved).await;
        assert_eq!(done, [0, 1, 0, 0]);
        let said = told(&app, moved).await.join("\n");
        for part in ["buyer_id: “ben@acme.example” -> “anna@acme.example”", "Abnahme 2026-11-27” -> “Planung ✓ 2026-10-22; Abnahme 2026-12-04”"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!said.contains("project_id"), "the same project: {said}");
        let found = order(&app, "A-1").await;
        assert_eq!((&found["buyer_id"], &found["next_on"]), (&json!(app.user(ANNA).to_string()), &json!("2026-12-04")));
        // What it changed goes back, then what is new goes.
        assert_eq!(undo(&app, moved).await.state, State::Undone);
        let found = order(&app, "A-1").await;
        assert_eq!((&found["buyer_id"], &found["next_on"]), (&ben, &json!("2026-11-27")));
        assert_eq!(steps(&found), ["Planung 2026-10-20 2026-10-22 house", "Abnahme 2026-11-27 - customer"]);
        assert_eq!(undo(&app, first).await.state, State::Undone);
        assert_eq!((order(&app, "A-1").await, order(&app, "A-2").await), (Json::Null, Json::Null));
    }

    async fn an_order_whose_file_knows_only_where_it_is_goes_on_step_by_step(app: TestApp) {
        let at = |step: &str, day: &str| format!("number,customer,order date,current step,current step date\nC-1,AC-7,2026-10-01,{step},{day}\n");
        assert_eq!(imported(&app, &at("Engineering", "2026-11-30")).await.1, [1, 0, 0, 0]);
        assert_eq!(steps(&order(&app, "C-1").await), ["Engineering 2026-11-30 - house"]);
        let (second, done) = imported(&app, &at("Production", "2026-12-05")).await;
        assert_eq!((done, imported(&app, &at("Production", "2026-12-05")).await.1), ([0, 1, 0, 0], [0, 0, 1, 0]));
        let today = app::validity::service::today(&app.ctx(ADMIN).await);
        let found = order(&app, "C-1").await;
        assert_eq!(steps(&found), [format!("Engineering 2026-11-30 {today} house"), "Production 2026-12-05 - house".to_owned()]);
        assert_eq!((&found["next_step"], &found["next_on"]), (&json!("Production"), &json!("2026-12-05")));
        // Nothing said is nothing done.
        assert_eq!(imported(&app, &at("", "")).await.1, [0, 0, 1, 0]);
        assert_eq!(undo(&app, second).await.state, State::Undone);
        assert_eq!(steps(&order(&app, "C-1").await), ["Engineering 2026-11-30 - house"]);
    }

    async fn what_no_order_can_have_is_rejected_with_its_line_and_why(app: TestApp) {
        let text = "number,customer,project,buyer,step,step date,step by,current step\n\
            W-1,AC-7,,,,,,\n\
            W-2,AC-7,NONE,,,,,\n\
            W-3,AC-7,sorter,,,,,\n\
            W-4,AC-7,,carla@borealis.example,,,,\n\
            W-5,AC-7,,nobody@acme.example,,,,\n\
            W-6,AC-7,,,Test,2026-02-30,,\n\
            W-7,AC-7,,,Test,2026-12-01,somebody,\n\
            W-8,AC-7,,,,2026-12-01,,\n\
            W-9,AC-7,,,Test,,,Test\n\
            W-1,AC-7,,,,,,\n";
        let id = receive(&app, text, true, true).await;
        let run = standing(&app, id).await;
        assert_eq!((run.state, counts(&run)), (State::Done, [1, 0, 0, 9]), "{:?}", told(&app, id).await);
        let rows = service::rows(&app.ctx(ADMIN).await, &run, Some("rejected"), None, 20).await.unwrap().0;
        let fields: Vec<(i64, String)> = rows.iter().map(|row| (row.line, row.detail().errors[0].0.clone())).collect();
        let wanted = ["project", "project", "buyer", "buyer", "step_expected", "step_acts", "steps", "current_step", "number"];
        assert_eq!(fields, (3..).zip(wanted.map(str::to_owned)).collect::<Vec<_>>());
        assert!(rows[0].detail().errors[0].1.contains("not a project of this customer"), "{:?}", rows[0].detail());
        assert!(rows[2].detail().errors[0].1.contains("does not belong to this customer"), "{:?}", rows[2].detail());
        // All or nothing: nothing.
        let whole = receive(&app, &text.replace("W-", "V-"), true, false).await;
        assert_eq!(standing(&app, whole).await.state, State::Failed);
        assert_eq!(app.count("SELECT COUNT(*) FROM orders WHERE number LIKE 'V-%'").await, 0);
    }

    async fn programs_name_project_and_person_as_they_know_them(app: TestApp) {
        app.sql("UPDATE projects SET number = 'P-14' WHERE slug IN ('line-2', 'sorter')").await;
        let rows = batch(&app, ADMIN, json!([
            {"number": "R-1", "organisation": "acme", "project": "P-14", "buyer": BEN},
            {"number": "R-2", "organisation": "acme", "project": "sorter"},
            {"number": "R-3", "organisation": "acme", "buyer": BEN, "buyer_id": app.user(BEN).to_string()},
        ])).await;
        let results: Vec<&str> = rows.iter().map(|row| row["result"].as_str().unwrap()).collect();
        assert_eq!(results, ["create", "rejected", "rejected"], "{rows:#?}");
        assert_eq!((&rows[1]["errors"][0]["field"], &rows[2]["errors"][0]["field"]), (&json!("project"), &json!("buyer_id")));
        let found = order(&app, "R-1").await;
        assert_eq!(found["project_id"], json!(app.project("line-2").to_string()), "of the same customer");
        assert_eq!(found["buyer_id"], json!(app.user(BEN).to_string()));
        let rows = batch(&app, ADMIN, json!([{"number": "R-1", "project": null, "buyer": null}])).await;
        assert_eq!(rows[0]["result"], "change");
        let found = order(&app, "R-1").await;
        assert_eq!((&found["project_id"], &found["buyer_id"]), (&Json::Null, &Json::Null));
    }
}
