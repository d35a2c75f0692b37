//! Imports through the pages and the API.

use axum::http::Method;
use serde_json::json;

use crate::support::{Browser, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";

const ERP: &str = "Auftragsnr;Kundennr;Auftragsdatum;Fracht;Empfänger;Ort\n\
    7001;AC-7;04.07.2026;32,38;ACME Werke AG;Köln\n7002;AC-7;15.07.2026;11,61;ACME Werke AG;Köln\n";

async fn number_acme(app: &TestApp) {
    app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
}

async fn upload(browser: &mut Browser, kind: &str, name: &str, bytes: &[u8]) -> String {
    let answer = browser.upload("/staff/imports", &[("kind", kind), ("currency", "EUR")], name, bytes).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().to_owned()
}

fn id_of(page: &str) -> String {
    page.rsplit('/').next().unwrap().to_owned()
}

async fn numbers(app: &TestApp) -> Vec<String> {
    let found = app.token("anna@acme.example").await.get("/api/v1/orders?limit=100").await.json();
    let number = |order: &serde_json::Value| order["number"].as_str().unwrap().to_owned();
    found["items"].as_array().unwrap().iter().map(number).filter(|number| number.starts_with('7')).collect()
}

both! {
    async fn staff_upload_a_file_see_what_it_would_do_import_it_and_take_it_back(app: TestApp) {
        number_acme(&app).await;
        let mut admin = app.browser(ADMIN).await;
        let empty = admin.get("/staff/imports").await.words();
        assert!(empty.contains("Nothing imported yet") && empty.contains("Look through the file"), "{empty}");
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(ERP);
        let page = upload(&mut admin, "orders", "aufträge.csv", &windows).await;
        let id = id_of(&page);
        let looking = admin.get(&page).await;
        assert!(looking.text().contains("data-progress=\"checking\"") && looking.text().contains("progress.js"));
        app.run_jobs().await;
        let ready = admin.get(&page).await.words();
        for said in ["aufträge.csv", "Your decision", "Semicolon", "Windows-1252", "as in 22.11.2026", "Fracht", "4 Jul 2026", "Köln", "Every row is understood", "Import now", "Will be new"] {
            assert!(ready.contains(said), "{said} in {ready}");
        }
        assert!(numbers(&app).await.is_empty());
        let started = admin.post("/_fn/imports/start", &[("id", &id), ("wrong", "all")]).await;
        assert_eq!(started.location(), page);
        app.run_jobs().await;
        let done = admin.get(&page).await.words();
        assert!(done.contains("Imported") && done.contains("Undo import") && done.contains("7002"), "{done}");
        assert_eq!(numbers(&app).await, ["7002", "7001"]);
        let report = admin.get(&format!("{page}/report.csv")).await;
        assert_eq!(report.header("content-type"), "text/csv; charset=utf-8");
        assert!(report.text().starts_with("line,number,result,details\r\n2,7001,create,"), "{}", report.text());
        // The same once more, in another way: nothing to do.
        let again = upload(&mut admin, "orders", "again.csv", ERP.as_bytes()).await;
        app.run_jobs().await;
        assert!(admin.get(&again).await.words().contains("There is nothing to import"));
        let discarded = admin.post("/_fn/imports/discard", &[("id", &id_of(&again))]).await;
        assert_eq!(discarded.location(), "/staff/imports");
        assert_eq!(admin.get(&again).await.status, 404);
        // A changed date is shown before it is imported.
        let moved = upload(&mut admin, "orders", "moved.csv", ERP.replace("15.07.2026", "16.07.2026").as_bytes()).await;
        app.run_jobs().await;
        let words = admin.get(&format!("{moved}?result=change")).await.words();
        assert!(words.contains("2026-07-15 → 2026-07-16") && !words.contains("Line 2"), "{words}");
        admin.post("/_fn/imports/undo", &[("id", &id)]).await;
        assert!(admin.get(&page).await.text().contains("data-progress=\"undoing\""));
        app.run_jobs().await;
        assert!(admin.get(&page).await.words().contains("Undone"));
        assert!(numbers(&app).await.is_empty());
        let list = admin.get("/staff/imports").await.words();
        assert!(list.contains("aufträge.csv") && list.contains("Undone") && list.contains("1 changed, 1 unchanged"), "{list}");
    }

    async fn a_mapping_is_corrected_kept_and_used_again(app: TestApp) {
        number_acme(&app).await;
        let mut admin = app.browser(ADMIN).await;
        let odd = "Ref;Client;Besteld;Waarde\n7001;AC-7;04/07/2026;1.234,50\n7002;AC-7;05/07/2026;2,00\n";
        let page = upload(&mut admin, "orders", "odd.csv", odd.as_bytes()).await;
        let id = id_of(&page);
        app.run_jobs().await;
        let words = admin.get(&page).await.words();
        assert!(words.contains("No column is recognised as “Number”") && !words.contains("Import now"), "{words}");
        assert_eq!(admin.post("/_fn/imports/start", &[("id", &id)]).await.status, 303);
        assert!(admin.get(&page).await.words().contains("Say first which column is what"));
        let mut fields = vec![("id", id.as_str()), ("currency", "EUR"), ("days", "day_first"), ("decimals", ""), ("name", " ERP  two ")];
        for (field, column) in [("number", "Ref"), ("organisation", "Client"), ("ordered_on", "Besteld"), ("total", "Waarde")] {
            fields.extend([("fields[]", field), ("columns[]", column)]);
        }
        let mapped = admin.post("/_fn/imports/map", &fields).await;
        assert_eq!(mapped.location(), page);
        app.run_jobs().await;
        let words = admin.get(&page).await.words();
        for said in ["4 Jul 2026", "1234.5", "Saved as “ERP two”", "2 new", "Import now"] {
            assert!(words.contains(said), "{said} in {words}");
        }
        admin.post("/_fn/imports/start", &[("id", &id)]).await;
        app.run_jobs().await;
        assert_eq!(numbers(&app).await, ["7002", "7001"]);
        // Programs name it; a column that is gone is said.
        let token = app.token(ADMIN).await;
        let send = async |query: &str, bytes: &str| {
            let path = format!("/api/v1/imports?kind=orders&{query}");
            token.send(Method::POST, &path, &[("content-type", "application/octet-stream"), ("x-filename", "odd.csv")], bytes.to_owned()).await
        };
        let again = send("mapping=ERP%20two&start=true", odd).await;
        assert_eq!(again.status, 201, "{}", again.text());
        app.run_jobs().await;
        let path = again.location().to_owned();
        let run = token.get(&path).await.json();
        assert_eq!((run["state"].as_str(), run["unchanged"].as_i64()), (Some("done"), Some(2)), "{run}");
        let gone = send("mapping=ERP%20two&start=true", &odd.replace("Client", "Customer")).await;
        app.run_jobs().await;
        let run = token.get(gone.location()).await.json();
        assert_eq!((run["state"].as_str(), run["problem"].as_str()), (Some("failed"), Some("column")), "{run}");
        assert_eq!(send("mapping=unknown", odd).await.status, 422);
        // Another file is read so by choice.
        let page = upload(&mut admin, "orders", "more.csv", odd.replace("7001", "7003").as_bytes()).await;
        app.run_jobs().await;
        admin.post("/_fn/imports/use_mapping", &[("id", &id_of(&page)), ("mapping", "ERP two")]).await;
        app.run_jobs().await;
        assert!(admin.get(&page).await.words().contains("1 new, 1 unchanged"));
        let kept = token.get("/api/v1/import-mappings").await.json()["items"].take();
        assert_eq!((kept[0]["name"].as_str(), kept[0]["days"].as_str(), kept[0]["columns"]["number"].as_str()), (Some("ERP two"), Some("day_first"), Some("Ref")));
        let mapping = kept[0]["id"].as_str().unwrap();
        assert_eq!(token.delete(&format!("/api/v1/import-mappings/{mapping}")).await.status, 204);
        let wrong = token.post("/api/v1/import-mappings", json!({"kind": "orders", "name": "x", "columns": {"nummer": "A"}, "days": "reversed"})).await;
        assert_eq!(wrong.status, 422);
    }

    async fn programs_send_files_look_at_what_became_of_them_and_take_them_back(app: TestApp) {
        number_acme(&app).await;
        let token = app.token(ADMIN).await;
        let send = async |query: &str, key: &str| {
            let path = format!("/api/v1/imports?kind=orders{query}");
            let headers = [("content-type", "application/octet-stream"), ("x-filename", "orders.json"), ("idempotency-key", key)];
            token.send(Method::POST, &path, &headers, r#"{"orders": [{"number": "7001", "customer": "AC-7", "date": "2026-07-04", "lines": [{"title": "Bolt", "quantity": 2}]}, {"number": "7002", "customer": "NOBODY"}]}"#).await
        };
        let sent = send("", "a").await;
        assert_eq!((sent.status, sent.json()["state"].as_str()), (201, Some("checking")));
        assert_eq!(send("", "a").await.location(), sent.location(), "the same request makes one");
        let path = sent.location().to_owned();
        app.run_jobs().await;
        let run = token.get(&path).await.json();
        assert_eq!((run["state"].as_str(), run["created"].as_i64(), run["rejected"].as_i64()), (Some("ready"), Some(1), Some(1)), "{run}");
        let rows = token.get(&format!("{path}/rows?result=rejected")).await.json();
        assert!(rows["items"][0]["errors"]["organisation"].as_str().unwrap().contains("no such customer"), "{rows}");
        assert_eq!((&rows["items"][0]["line"], &rows["next"]), (&json!(2), &json!(null)));
        // Lines are another kind of import: here they are not used, and that is said.
        let page = app.browser(ADMIN).await.get(&format!("/staff/imports/{}", id_of(&path))).await.words();
        assert!(page.split("Not used").nth(1).is_some_and(|rest| rest.starts_with("lines")), "{page}");
        let started = token.post(&format!("{path}/start"), json!({"skip_bad": true})).await;
        assert_eq!(started.json()["state"], "waiting");
        assert_eq!(token.post(&format!("{path}/start"), json!({})).await.status, 409);
        app.run_jobs().await;
        assert_eq!(numbers(&app).await, ["7001"]);
        // The same file has their lines.
        let lines = token.send(Method::POST, "/api/v1/imports?kind=order-lines&start=true&skip_bad=true", &[("content-type", "application/octet-stream")],
            r#"[{"number": "7001", "lines": [{"title": "Bolt", "quantity": 2, "price": "1.25"}, {"title": "Nut", "quantity": 1.5, "price": "2"}]}]"#).await;
        app.run_jobs().await;
        let run = token.get(lines.location()).await.json();
        assert_eq!((run["state"].as_str(), run["changed"].as_i64()), (Some("done"), Some(1)), "{run}");
        let report = token.get(&format!("{path}/report.csv")).await;
        assert!(report.text().contains("1,7001,create,"), "{}", report.text());
        let undone = token.post(&format!("{path}/undo"), json!({})).await;
        assert_eq!(undone.json()["state"], "undoing");
        app.run_jobs().await;
        let run = token.get(&path).await.json();
        assert_eq!((run["state"].as_str(), run["problem"].as_str()), (Some("done"), Some("touched")), "{run}");
        assert!(run["problem_text"].as_str().unwrap().contains("7001"));
        let list = token.get("/api/v1/imports?limit=1").await.json();
        assert_eq!(list["items"][0]["kind"], "order-lines");
        let next = token.get(&format!("/api/v1/imports?limit=1&cursor={}", list["next"].as_str().unwrap())).await.json();
        assert_eq!((next["items"][0]["id"].as_str(), &next["next"]), (run["id"].as_str(), &json!(null)));
        for bad in ["/api/v1/imports?state=x", "/api/v1/imports?cursor=x", "/api/v1/imports?what=x"] {
            assert_eq!(token.get(bad).await.status, 400, "{bad}");
        }
        assert_eq!(token.send(Method::POST, "/api/v1/imports?kind=x", &[], "a").await.status, 400);
        assert_eq!(token.send(Method::POST, "/api/v1/imports?kind=orders", &[], "\n").await.status, 422);
    }

    async fn a_token_does_no_more_than_it_was_narrowed_to(app: TestApp) {
        number_acme(&app).await;
        let send = async |scopes: &[&str]| {
            let token = app.scoped_token(ADMIN, scopes).await;
            let answer = token.send(Method::POST, "/api/v1/imports?kind=orders&start=true", &[], ERP).await;
            app.run_jobs().await;
            (answer.status, answer.location().to_owned())
        };
        for scopes in [&["read"][..], &["orders"], &["imports:read"]] {
            assert_eq!(send(scopes).await.0, 403, "{scopes:?}");
        }
        // It may import, but keeps no orders: the job has its limits, too.
        let (status, path) = send(&["imports"]).await;
        assert_eq!(status, 201);
        let run = app.token(ADMIN).await.get(&path).await.json();
        assert_eq!((run["state"].as_str(), run["problem"].as_str()), (Some("failed"), Some("forbidden")), "{run}");
        let (_, path) = send(&["imports", "orders"]).await;
        assert_eq!(app.token(ADMIN).await.get(&path).await.json()["state"], "done");
        // Management looks; others know nothing of it.
        assert_eq!(app.token("management@nordlicht.example").await.get(&path).await.status, 200);
        for email in ["pm@nordlicht.example", "support@nordlicht.example", "anna@acme.example"] {
            assert_eq!(app.token(email).await.get(&path).await.status, 403, "{email}");
        }
        let mut management = app.browser("management@nordlicht.example").await;
        let list = management.get("/staff/imports").await;
        assert!(list.words().contains("Admin") || list.status == 200);
        assert!(!list.text().contains("enctype"), "who may not import is offered no form");
        let mut support = app.browser("support@nordlicht.example").await;
        assert!(!support.get("/staff").await.text().contains("/staff/imports"));
    }

    async fn what_is_no_file_of_rows_is_said_at_the_field(app: TestApp) {
        let mut admin = app.browser(ADMIN).await;
        for (bytes, says) in [(&b"\n\n"[..], "no heading"), (b"PK\x03\x04nothing", "no file that can be imported"), (b"\xD0\xCF\x11\xE0", "no file that can be imported"), (b"[{\"a\": 1}, 2]", "Line 1 cannot be read"), (b"", "empty")] {
            let answer = admin.upload("/staff/imports", &[("kind", "orders"), ("currency", "CHF")], "x.csv", bytes).await;
            assert_eq!(answer.location(), "/staff/imports");
            let page = admin.get("/staff/imports").await;
            assert!(page.words().contains(says), "{says}: {}", page.words());
            assert_eq!(page.field("currency"), "CHF", "what was typed is kept");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM imports").await + app.count("SELECT COUNT(*) FROM pending_uploads").await, 0);
    }
}
