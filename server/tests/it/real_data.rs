//! Real files, where they lie beside the checkout (`REAL_DATA`, set by `.ci/run`): what goes in comes out.

use std::path::PathBuf;

use serde_json::json;

use crate::support::{Engine, TestApp, both, files};

/// The real e-invoices, or small ones of our own that stand for them.
fn invoices() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    if let Some(root) = std::env::var_os("REAL_DATA") {
        let folder = PathBuf::from(root).join("einvoices");
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".pdf") || name.ends_with(".xml") {
                found.push((name, std::fs::read(entry.path()).unwrap()));
            }
        }
    }
    if found.is_empty() {
        found.push(("Rechnung.pdf".into(), files::pdf("invoice")));
        found.push(("rechnung.ubl.xml".into(), b"<?xml version=\"1.0\"?><Invoice/>".to_vec()));
    }
    found
}

both! {
    async fn invoices_arrive_as_they_were_sent(app: TestApp) {
        let finance = app.token("finance@nordlicht.example").await;
        let anna = app.token("anna@acme.example").await;
        let acme = app.organisation("acme").to_string();
        for (name, bytes) in invoices() {
            let made = finance.post("/api/v1/documents", json!({ "organisation_id": acme, "title": name, "category": "invoice" })).await;
            assert_eq!(made.status, 201, "{}", made.text());
            let id = made.json()["id"].as_str().unwrap().to_owned();
            let stored = finance.put_file(&id, &name, bytes.clone()).await.json();
            let kind = stored["media_type"].as_str().unwrap();
            let wanted: &[&str] = if name.ends_with(".pdf") { &["application/pdf"] } else { &["text/xml", "application/xml"] };
            assert!(wanted.contains(&kind), "{name}: {kind}");
            finance.post(&format!("/api/v1/documents/{id}/publish"), json!({ "audience": { "organisation": true } })).await;
            let content = anna.get(&format!("/api/v1/documents/{id}/versions/1/content")).await;
            assert!(content.body == bytes, "{name} came out different");
            // What the invoice says can be read in the page.
            if std::env::var_os("REAL_DATA").is_some() && app.engine() == Engine::Sqlite {
                app.run_jobs().await;
                let preview = anna.get(&format!("/api/v1/documents/{id}/versions/1/preview")).await.json();
                assert_eq!(preview["state"], "ready", "{name}");
                let invoice = &preview["invoice"];
                for fact in ["number", "issued_on", "seller", "buyer", "gross"] {
                    assert!(!invoice[fact].as_str().unwrap_or_default().is_empty(), "{name}: {fact} in {invoice}");
                }
                assert_eq!(preview["images"].as_array().unwrap().is_empty(), name.ends_with(".xml"), "{name}");
            }
        }
    }
}
