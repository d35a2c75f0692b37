//! Workbooks as they come in: dates, numbers, formulas by their values; and what only looks small.

use std::io::{Cursor, Write as _};

use app::imports::here::Here;
use app::imports::kind::Kind;
use app::imports::mapping::Mapping;
use app::imports::model::Options;
use app::imports::report::{Entry, Totals};
use app::imports::run::RunError;
use app::imports::table::TableError;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{TestApp, both, files};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Notes" sheetId="1" state="hidden" r:id="s1"/><sheet name="Orders" sheetId="2" r:id="s2"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="s2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="s3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="s4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1"><si><t>AC-7</t></si></sst>"#;

fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn text(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn book(rows: &str, strings: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let notes = sheet(&format!("<row r=\"1\">{}</row>", text("A1", "nothing to see")));
    let orders = sheet(rows);
    let parts: [(&str, &[u8]); 8] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", notes.as_bytes()),
        ("xl/worksheets/sheet2.xml", orders.as_bytes()),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

async fn import(app: &TestApp, kind: Kind, bytes: &[u8]) -> Result<(Totals, Vec<Entry>), RunError> {
    let path = std::env::temp_dir().join(format!("kontor-book-{}", uuid::Uuid::now_v7()));
    std::fs::write(&path, bytes).unwrap();
    let ctx = app.ctx("admin@nordlicht.example").await;
    let options = Options { currency: "EUR".to_owned(), ..Options::default() };
    let mut entries = Vec::new();
    let here = Here::open(kind, &path, Mapping::default());
    std::fs::remove_file(&path).unwrap();
    let totals = here?.look(&ctx, &options, |entry| entries.push(entry.clone())).await?;
    Ok((totals, entries))
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

both! {
    async fn documents_come_with_their_files_and_the_same_again_changes_nothing(app: TestApp) {
        let (a, b) = (files::pdf("first"), files::pdf("second"));
        let list = "Belegnr;Kunde;Kategorie;Titel;Datei;Auftrag\nR-1;acme;Rechnung;Rechnung 1;2026/a.pdf;\nR-2;borealis;contract;;b.pdf;\n";
        let bundle = |list: &str, a: &[u8]| zip_of(&[("manifest.csv", list.as_bytes()), ("2026/a.pdf", a), ("b.pdf", &b), ("notes.csv", b"x")]);
        let token = app.token("admin@nordlicht.example").await;
        let send = async |query: &str, bytes: Vec<u8>| {
            let path = format!("/api/v1/imports?kind=documents&start=true{query}");
            let sent = token.send(axum::http::Method::POST, &path, &[("x-filename", "papers.zip")], bytes).await;
            assert_eq!(sent.status, 201, "{}", sent.text());
            app.run_jobs().await;
            token.get(sent.location()).await.json()
        };
        let counts = |run: &serde_json::Value| ["created", "changed", "unchanged", "rejected"].map(|name| run[name].as_i64().unwrap());
        let drafts = send("", bundle(list, &a)).await;
        assert_eq!((drafts["state"].as_str(), counts(&drafts)), (Some("done"), [2, 0, 0, 0]), "{drafts}");
        let found = app.sql("SELECT d.title, d.state, d.category FROM documents d JOIN document_sources s ON s.document_id = d.id ORDER BY s.external_id").await;
        assert_eq!(found, [["Rechnung 1", "draft", "invoice"], ["b", "draft", "contract"]].map(|row| row.map(str::to_owned)));
        assert_eq!(counts(&send("&publish=true", bundle(list, &a)).await), [0, 0, 2, 0], "twice changes nothing");
        // Undone they are gone, and come anew, published this time.
        let path = format!("/api/v1/imports/{}", drafts["id"].as_str().unwrap());
        token.post(&format!("{path}/undo"), serde_json::json!({})).await;
        app.run_jobs().await;
        assert_eq!(token.get(&path).await.json()["state"], "undone");
        assert_eq!(app.count("SELECT COUNT(*) FROM document_sources").await, 0);
        let published = send("&publish=true", bundle(list, &a)).await;
        assert_eq!(counts(&published), [2, 0, 0, 0]);
        let anna = app.token("anna@acme.example").await;
        let seen = anna.get("/api/v1/documents?category=invoice").await.json();
        let document = seen["items"].as_array().unwrap().iter().find(|d| d["title"] == "Rechnung 1").unwrap().clone();
        let content = |number: i64| format!("/api/v1/documents/{}/versions/{number}/content", document["id"].as_str().unwrap());
        assert_eq!(anna.get(&content(1)).await.body, a);
        // Other bytes are the next version; what somebody has read is not taken back.
        let other = files::pdf("other");
        let changed = send("", bundle(list, &other)).await;
        assert_eq!((counts(&changed), changed["can_be_undone"].as_bool()), ([0, 1, 1, 0], Some(false)));
        assert_eq!(anna.get(&content(2)).await.body, other);
        token.post(&format!("/api/v1/imports/{}/undo", published["id"].as_str().unwrap()), serde_json::json!({})).await;
        app.run_jobs().await;
        assert_eq!(token.get(&format!("/api/v1/imports/{}", published["id"].as_str().unwrap())).await.json()["problem"], "touched");
        // Wrong ones: nothing is written while one is.
        let wrong = format!("{list}R-3;acme;invoice;;../secret.pdf;\nR-4;nobody;invoice;;b.pdf;\nR-5;acme;poem;;b.pdf;\nR-6;acme;invoice;;b.pdf;NO-1\nR-1;acme;invoice;;b.pdf;\nR-7;acme;other;New;b.pdf;\n");
        let refused = send("", bundle(&wrong, &other)).await;
        assert_eq!((refused["state"].as_str(), counts(&refused)), (Some("failed"), [1, 0, 2, 5]), "{refused}");
        assert_eq!(app.count("SELECT COUNT(*) FROM documents WHERE title = 'New'").await, 0);
        assert_eq!(counts(&send("&skip_bad=true", bundle(&wrong, &other)).await), [1, 0, 2, 5]);
        assert_eq!(app.count("SELECT COUNT(*) FROM documents WHERE title = 'New'").await, 1);
        // Whoever may make none imports none, and a list alone is none.
        let alone = token.send(axum::http::Method::POST, "/api/v1/imports?kind=documents", &[], list).await;
        assert!(alone.status == 422 && alone.text().contains("come as a zip"), "{}", alone.text());
    }

    async fn a_workbook_is_read_as_people_see_it_and_formulas_by_their_values(app: TestApp) {
        app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
        let heading = ["Order number", "Customer", "Order date", "Total", "Title"];
        let heading: String = heading.iter().zip('A'..).map(|(name, column)| text(&format!("{column}2"), name)).collect();
        // Excel counts days from 1900; 46207 is 4 July 2026. The total is what the formula came to, the title is none.
        let rows = format!(
            "<row r=\"2\">{heading}</row><row r=\"4\"><c r=\"A4\"><v>7001</v></c><c r=\"B4\" t=\"s\"><v>0</v></c><c r=\"C4\" s=\"1\"><v>46207</v></c><c r=\"D4\"><f>0.1+0.2</f><v>0.30000000000000004</v></c>{}</row>",
            text("E4", "=HYPERLINK(\"http://example.com\")")
        );
        let bytes = book(&rows, STRINGS.as_bytes());
        let (totals, entries) = import(&app, Kind::Orders, &bytes).await.unwrap();
        assert_eq!((totals.created, entries[0].line, entries[0].number.as_str()), (1, 4, "7001"), "{:?}", entries[0].text());
        let ctx = app.ctx("admin@nordlicht.example").await;
        let path = std::env::temp_dir().join(format!("kontor-book-{}", uuid::Uuid::now_v7()));
        std::fs::write(&path, &bytes).unwrap();
        let options = Options { currency: "EUR".to_owned(), ..Options::default() };
        Here::open(Kind::Orders, &path, Mapping::default()).unwrap().run(&ctx, &options, |_| ()).await.unwrap().unwrap();
        std::fs::remove_file(path).unwrap();
        let found = app.sql("SELECT ordered_on, CAST(total AS TEXT), title FROM orders WHERE number = '7001'").await;
        assert_eq!(found, [["2026-07-04", "30", "=HYPERLINK(\"http://example.com\")"].map(str::to_owned)]);
        // Out again, no spreadsheet runs it.
        let report = app.browser("admin@nordlicht.example").await.get("/staff/imports").await;
        assert_eq!(report.status, 200);
    }

    async fn what_unpacks_to_far_more_than_it_seems_is_refused_and_so_is_what_is_broken(app: TestApp) {
        let row = format!("<row r=\"1\">{}</row>", text("A1", "number"));
        let bomb = book(&row, &vec![b' '; 140 * 1024 * 1024]);
        assert!(bomb.len() < 1024 * 1024);
        assert!(matches!(import(&app, Kind::Orders, &bomb).await, Err(RunError::Table(TableError::Large))));
        let wide = format!("<row r=\"1\">{}</row>", text("XFD1", "number"));
        assert!(matches!(import(&app, Kind::Orders, &book(&wide, STRINGS.as_bytes())).await, Err(RunError::Table(TableError::Row(1, _)))));
        let good = book(&row, STRINGS.as_bytes());
        for cut in [30, good.len() / 2, good.len() - 5] {
            assert!(matches!(import(&app, Kind::Orders, &good[..cut]).await, Err(RunError::Table(TableError::Kind(_)))), "{cut}");
        }
        assert!(matches!(import(&app, Kind::Orders, &book("", STRINGS.as_bytes())).await, Err(RunError::Missing("number", _))), "the hidden sheet has a heading");
    }
}
