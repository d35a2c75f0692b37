//! Several documents as one zip file: whole, checkable with usual tools, and never more than one may have.

use std::process::Command;

use app::documents::model::{Audience, Category};
use app::ids::DocumentId;

use crate::support::{TestApp, both, files};

/// Unpacks it with another program than ours, has that check every sum, and names what is inside.
fn unpacked(bytes: &[u8]) -> (tempfile::TempDir, Vec<String>) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.zip"), bytes).unwrap();
    let script = "import zipfile,sys; z=zipfile.ZipFile('a.zip'); assert z.testzip() is None; z.extractall('out'); print('\\n'.join(sorted(z.namelist())))";
    let done = Command::new("python3").args(["-c", script]).current_dir(dir.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let sums =
        Command::new("sha256sum").args(["-c", "SHA256SUMS"]).current_dir(dir.path().join("out")).output().unwrap();
    assert!(sums.status.success(), "{}", String::from_utf8_lossy(&sums.stdout));
    let names = String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect();
    (dir, names)
}

fn body(ids: &[DocumentId]) -> serde_json::Value {
    serde_json::json!({ "ids": ids.iter().map(ToString::to_string).collect::<Vec<_>>() })
}

async fn version(app: &TestApp, id: DocumentId, name: &str) {
    let token = app.token("pm@nordlicht.example").await;
    assert_eq!(token.put_file(&id.to_string(), name, files::pdf(name)).await.status, 201);
}

both! {
    async fn chosen_documents_come_as_one_file_whose_hashes_hold(app: TestApp) {
        let one = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let two = app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        let three = app.published("Drawing", Category::Specification, Audience::Organisation).await;
        version(&app, three, "Prüfprotokoll \"Müller & Söhne\".pdf").await;
        let mut ben = app.browser("ben@acme.example").await;
        let page = ben.get("/documents").await.text();
        assert!(page.contains("name=\"ids\"") && page.contains("Choose Contract"));
        let (a, b, c) = (one.to_string(), two.to_string(), three.to_string());
        // Twice the same is once.
        let answer = ben.post("/documents/archive", &[("ids", &a), ("ids", &b), ("ids", &c), ("ids", &a)]).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/zip"));
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\"Documents 2026-11-21.zip\""));
        let (dir, names) = unpacked(&answer.body);
        assert_eq!(names, ["Prüfprotokoll _Müller & Söhne_.pdf", "SHA256SUMS", "file (2).pdf", "file.pdf"]);
        assert_eq!(std::fs::read(dir.path().join("out/file.pdf")).unwrap(), files::pdf("content"));
        // Each is noted as what it is, a download; and is not new any more.
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.download'").await, 3);
        assert_eq!(app.count("SELECT COUNT(*) FROM document_reads").await, 3);
        // Nothing chosen is said on the list.
        let none = ben.post("/documents/archive", &[]).await;
        assert!(ben.follow(&none).await.words().contains("Choose at least one document."));
    }

    async fn what_is_not_theirs_is_not_found_and_nothing_is_sent(app: TestApp) {
        let theirs = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let named = app.published("For Anna", Category::Contract, Audience::People(vec![app.user("anna@acme.example")])).await;
        let draft = app.draft("Draft", Category::Contract).await;
        let invoice = app.published("Invoice", Category::Invoice, Audience::Organisation).await;
        for (email, ids, status) in [
            ("ben@acme.example", vec![theirs, named], 404),
            ("ben@acme.example", vec![theirs, draft], 404),
            ("carla@borealis.example", vec![theirs], 404),
            ("support@nordlicht.example", vec![theirs, invoice], 404),
            ("anna@acme.example", vec![theirs, named], 200),
            ("ben@acme.example", vec![], 422),
        ] {
            let answer = app.token(email).await.post("/api/v1/documents/archive", body(&ids)).await;
            assert_eq!(answer.status, status, "{email} {ids:?}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.download'").await, 2);
        let many: Vec<DocumentId> = (0..1001).map(|_| DocumentId::new()).collect();
        let answer = app.token("ben@acme.example").await.post("/api/v1/documents/archive", body(&many)).await;
        assert_eq!(answer.status, 422);
    }

    async fn what_is_held_is_left_out_and_a_list_says_so(app: TestApp) {
        let one = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let held = app.published("Infected", Category::Contract, Audience::Organisation).await;
        app.sql("UPDATE document_versions SET scan = 'infected' WHERE document_id IN (SELECT id FROM documents WHERE title = 'Infected')").await;
        let answer = app.token("ben@acme.example").await.post("/api/v1/documents/archive", body(&[one, held])).await;
        let (dir, names) = unpacked(&answer.body);
        assert_eq!(names, ["NOT-INCLUDED.txt", "SHA256SUMS", "file.pdf"]);
        let list = std::fs::read_to_string(dir.path().join("out/NOT-INCLUDED.txt")).unwrap();
        assert!(list.starts_with("Infected: This file is held back"), "{list}");
    }

    async fn other_bytes_than_were_uploaded_break_it_off(app: TestApp) {
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let key = app.sql("SELECT store_key FROM document_versions").await[0][0].clone();
        let token = app.token("pm@nordlicht.example").await;
        let whole = token.post("/api/v1/documents/archive", body(&[id])).await;
        unpacked(&whole.body);
        std::fs::write(app.dir.path().join("files").join(key), files::pdf("sometng")).unwrap();
        let cut = token.post("/api/v1/documents/archive", body(&[id])).await;
        // It ends without its directory, and the connection with it: nobody takes it for whole.
        assert!(!cut.body.ends_with(&whole.body[whole.body.len() - 22..]));
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.zip"), &cut.body).unwrap();
        let opened = Command::new("python3").args(["-c", "import zipfile; zipfile.ZipFile('a.zip')"]).current_dir(dir.path()).output().unwrap();
        assert!(!opened.status.success());
    }
}
