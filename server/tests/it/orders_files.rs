//! Lists of orders as files: what is in them, for whom, and what a real spreadsheet makes of them.

use std::process::Command;

use serde_json::json;

use crate::orders::batch;
use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";

async fn some(app: &TestApp) {
    let line = json!([{"position": 1, "title": "Pump", "quantity": "2", "price": "617.28"}]);
    batch(app, ADMIN, json!([
        {"number": "=1+1", "organisation": "acme", "title": "@SUM(A1:A9) \"quoted\"; Größe", "reference": "+49 40", "ordered_on": "2026-01-31", "confirmed_on": "2026-12-04", "currency": "EUR", "lines": line},
        {"number": "A-2", "organisation": "acme", "ordered_on": "2025-01-31", "status": "delivered"},
        {"number": "B-1", "organisation": "borealis", "ordered_on": "2026-02-01"},
    ])).await;
}

/// What LibreOffice reads: texts in quotes, numbers and days without.
fn opened(xlsx: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.xlsx");
    std::fs::write(&path, xlsx).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    // Semicolons, UTF-8, quotes around every text and around nothing else.
    let filter = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1033,true,true,false";
    let ran = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", filter, "--outdir"])
        .arg(folder.path())
        .arg(&path)
        .env("HOME", folder.path())
        .output()
        .expect("LibreOffice: script/bootstrap test installs it");
    let text = std::fs::read_to_string(folder.path().join("orders.csv"));
    let text = text.unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&ran.stderr)));
    text.lines().map(str::to_owned).collect()
}

both! {
    async fn a_list_is_a_file_for_a_spreadsheet_as_it_is_filtered(app: TestApp) {
        some(&app).await;
        let mut admin = app.browser(ADMIN).await;
        let csv = admin.get("/staff/orders/export?which=all&format=csv").await;
        assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"), "{}", csv.text());
        assert!(csv.header("content-disposition").contains("Orders 2026-11-"), "{}", csv.header("content-disposition"));
        let text = csv.text();
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        assert!(lines[0].starts_with("Order number,Title,Customer,Customer's order number,Status,"), "{text}");
        assert!(lines[2].starts_with("'=1+1,\"'@SUM(A1:A9) \"\"quoted\"\"; Größe\",ACME Werke AG,'+49 40,Confirmed,We,2026-01-31,,2026-12-04,"), "{text}");
        assert!(lines[2].contains(",1234.56,EUR,"), "{text}");
        let open = admin.get("/staff/orders/export?format=csv").await.text();
        assert_eq!(open.lines().count(), 3, "{open}");
        // A customer: theirs, in their language, without whose it is.
        app.sql("UPDATE users SET locale = 'de' WHERE email = 'anna@acme.example'").await;
        let mut anna = app.browser("anna@acme.example").await;
        let text = anna.get("/orders/export?which=all").await.text();
        assert!(text.contains("Auftragsnummer;Bezeichnung;Bestellnummer des Kunden;") && text.contains(";1234,56;EUR;"), "{text}");
        assert!(!text.contains("B-1") && !text.contains("ACME Werke") && text.lines().count() == 3, "{text}");
        // Without the right to money there is no column for it.
        app.sql("UPDATE memberships SET money = 'none' WHERE user_id IN (SELECT id FROM users WHERE email = 'ben@acme.example')").await;
        for (email, path) in [("ben@acme.example", "/orders/export"), ("support@nordlicht.example", "/staff/orders/export")] {
            let text = app.browser(email).await.get(path).await.text();
            assert!(text.contains("=1+1") && !text.contains("EUR") && !text.contains("1234"), "{email}: {text}");
        }
        let token = app.token("carla@borealis.example").await;
        let text = token.get("/api/v1/orders/export?which=open").await.text();
        assert!(text.contains("B-1") && text.lines().count() == 2, "{text}");
        for (path, status) in [("/orders/export?format=pdf", 404), ("/orders/export?status=x", 404), ("/staff/orders/export", 403)] {
            assert_eq!(anna.get(path).await.status, status, "{path}");
        }
        assert_eq!(token.get("/api/v1/orders/export?format=pdf").await.status, 400);
        assert_eq!(token.get("/api/v1/orders/export?limit=5").await.status, 400);
        // Whoever looks as somebody else takes nothing away.
        let mut support = app.browser("support@nordlicht.example").await;
        crate::view_as::begin(&app, &mut support, "anna@acme.example").await;
        assert!(!support.get("/orders").await.text().contains("/orders/export"));
        assert_eq!(support.get("/orders/export").await.status, 403);
        let events = app.sql("SELECT detail FROM audit_events WHERE action = 'order.export' ORDER BY sequence").await;
        assert_eq!((events.len(), events[0][0].as_str()), (6, r#"{"format":"csv"}"#));
    }

    async fn libreoffice_reads_numbers_as_numbers_days_as_days_and_runs_nothing(app: TestApp) {
        some(&app).await;
        let xlsx = app.token(ADMIN).await.get("/api/v1/orders/export?format=xlsx").await;
        assert_eq!(xlsx.status, 200, "{}", xlsx.text());
        let body = xlsx.body.to_vec();
        let lines = tokio::task::spawn_blocking(move || opened(&body)).await.unwrap();
        assert_eq!(lines.len(), 4, "{lines:#?}");
        assert!(lines[0].starts_with("\"Order number\";\"Title\";\"Customer\";"), "{lines:#?}");
        let row = &lines[2];
        assert!(row.starts_with("\"=1+1\";\"@SUM(A1:A9) \"\"quoted\"\"; Größe\";\"ACME Werke AG\";\"+49 40\";\"Confirmed\";\"We\";2026-01-31;;2026-12-04;"), "{row}");
        assert!(row.contains(";1234.56;\"EUR\";"), "{row}");
    }
}
