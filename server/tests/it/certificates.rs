//! Certificates: they say what happened, hold without the portal, and give themselves away when somebody changes them.

use std::process::Command;

use app::approvals::certificate::{Signed, issue, verify};
use app::ids::ApprovalId;
use sha2::{Digest as _, Sha256};

use crate::approvals::{add_version, ask, contract, say};
use crate::support::{Process, TestApp, both};

/// A contract that Ben has declined, and whose second version Anna and Ben have approved; answers both approvals.
async fn decided(app: &TestApp) -> (ApprovalId, ApprovalId) {
    let id = contract(app).await;
    let first = ask(app, id, &["anna@acme.example", "ben@acme.example"], 2).await.approval.id;
    say(app, "ben@acme.example", first, false, "Two sensors are not enough.").await.unwrap();
    add_version(app, id).await;
    let second = crate::approvals::rounds(app, id).await.remove(0).approval.id;
    say(app, "ben@acme.example", second, true, "").await.unwrap();
    say(app, "anna@acme.example", second, true, "Agreed – „wie besprochen“.").await.unwrap();
    (first, second)
}

fn change(json: &str, edit: impl FnOnce(&mut serde_json::Value)) -> String {
    let mut value: serde_json::Value = serde_json::from_str(json).unwrap();
    edit(&mut value);
    value.to_string()
}

/// What a program of Debian's makes of a file.
fn tool(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

both! {
    async fn a_certificate_holds_offline_and_any_change_shows(app: TestApp) {
        let (declined, approved) = decided(&app).await;
        let mut anna = app.browser("anna@acme.example").await;
        for (approval, state) in [(declined, "declined"), (approved, "approved")] {
            let answer = anna.get(&format!("/approvals/{approval}/certificate.json")).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
            let found = verify(&answer.text(), None, None).unwrap();
            assert_eq!(found.certificate.approval.state.name(), state);
        }
        let json = anna.get(&format!("/approvals/{approved}/certificate.json")).await.text();
        let signed: Signed = serde_json::from_str(&json).unwrap();
        let (document, key) = (signed.certificate.document.sha256.clone(), signed.signature.public_key.clone());
        assert!(verify(&json, Some(&document), Some(&key)).is_ok());
        // Another file, another key.
        assert!(verify(&json, Some(&hex(b"another file")), None).unwrap_err().to_string().contains("another one"));
        assert!(verify(&json, None, Some(&hex(b"another key"))).unwrap_err().to_string().contains("another key"));
        // Whatever is changed, in the certificate or around it.
        for pointer in [
            "/certificate/document/title",
            "/certificate/document/sha256",
            "/certificate/approval/state",
            "/certificate/decisions/0/evidence/comment",
            "/certificate/decisions/1/evidence/name",
            "/certificate/decisions/1/event/detail",
            "/signature/value",
        ] {
            let changed = change(&json, |value| {
                let place = value.pointer_mut(pointer).unwrap();
                *place = if pointer.ends_with("state") { "declined".into() } else { "0f".repeat(32).into() };
            });
            assert!(verify(&changed, None, None).is_err(), "{pointer}");
        }
        let dropped = change(&json, |value| {
            value["certificate"]["decisions"].as_array_mut().unwrap().pop();
        });
        assert!(verify(&dropped, None, None).is_err());
        assert!(verify("{}", None, None).is_err() && verify("", None, None).is_err());
    }

    async fn a_certificate_says_who_when_from_where_and_what_was_shown(app: TestApp) {
        let id = contract(&app).await;
        let approval = ask(&app, id, &["ben@acme.example"], 1).await.approval.id;
        let mut ben = app.browser("ben@acme.example").await;
        let shown = ben.get(&format!("/documents/{id}")).await.field("shown");
        let (of, document) = (approval.to_string(), id.to_string());
        ben.post("/_fn/approvals/decide", &[("approval", of.as_str()), ("document", &document), ("decision", "approve"), ("shown", &shown)]).await;
        let signed = issue(&app.ctx("pm@nordlicht.example").await, approval).await.unwrap();
        let evidence = &signed.certificate.decisions[0].evidence;
        assert_eq!((evidence.name.as_str(), evidence.email.as_str()), ("Ben Brandt", "ben@acme.example"));
        assert_eq!(evidence.statement, "I approve version 1 of “Maintenance contract” for ACME Werke AG.");
        assert!(evidence.shown && evidence.through == "browser" && !evidence.address.is_empty());
        assert_eq!(evidence.signed_in_with.as_deref(), Some("password"));
        // Who decides by program was shown nothing, and the certificate says so.
        let second = ask_again(&app, id).await;
        app.token("ben@acme.example").await.post(&format!("/api/v1/approvals/{second}/decision"), serde_json::json!({"decision": "approve"})).await;
        let signed = issue(&app.ctx("pm@nordlicht.example").await, second).await.unwrap();
        let evidence = &signed.certificate.decisions[0].evidence;
        assert_eq!((evidence.shown, evidence.through.as_str()), (false, "program"));
    }

    async fn the_pdf_says_the_same_and_carries_the_json(app: TestApp) {
        let (_, approved) = decided(&app).await;
        let answer = app.browser("anna@acme.example").await.get(&format!("/approvals/{approved}/certificate.pdf")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/pdf"));
        assert!(answer.header("content-disposition").contains("contract-v2-certificate.pdf"), "{}", answer.header("content-disposition"));
        let dir = tempfile::tempdir().unwrap();
        let (path, inside) = (dir.path().join("c.pdf"), dir.path().join("inside.json"));
        std::fs::write(&path, &answer.body).unwrap();
        let (path, inside) = (path.to_str().unwrap(), inside.to_str().unwrap());
        let text = tool("pdftotext", &["-layout", path, "-"]);
        for words in ["ACME Werke AG has approved version 2", "Ben Brandt", "Agreed – „wie besprochen“.", "I approve version 2 of", "Public key"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!tool("pdffonts", &[path]).contains(" no "), "every font is inside");
        tool("pdfdetach", &["-save", "1", "-o", inside, path]);
        let found = verify(&std::fs::read_to_string(inside).unwrap(), None, None).unwrap();
        assert_eq!(found.certificate.approval.id, approved);
    }

    async fn a_certificate_is_for_those_who_read_the_document_and_are_no_outsiders(app: TestApp) {
        let people = ["ben@acme.example", "eva@partner.example"].map(|email| app.user(email)).to_vec();
        let id = app.published("For two", app::documents::model::Category::Contract, app::documents::model::Audience::People(people)).await;
        let approval = ask(&app, id, &["ben@acme.example"], 1).await.approval.id;
        let path = format!("/approvals/{approval}/certificate.pdf");
        assert_eq!(app.browser("ben@acme.example").await.get(&path).await.status, 409, "still open");
        say(&app, "ben@acme.example", approval, true, "").await.unwrap();
        for (email, status) in [
            ("ben@acme.example", 200),
            ("pm@nordlicht.example", 200),
            ("eva@partner.example", 403),
            ("henning@acme.example", 404),
            ("carla@borealis.example", 404),
            ("finance@nordlicht.example", 404),
        ] {
            assert_eq!(app.browser(email).await.get(&path).await.status, status, "{email}");
            let api = app.token(email).await.get(&format!("/api/v1/approvals/{approval}/certificate")).await;
            assert_eq!(api.status, status, "{email}");
        }
        let away = app.visitor().get(&path).await;
        assert_eq!(away.status, 303);
    }

    async fn every_certificate_is_signed_with_the_key_the_portal_names(app: TestApp) {
        let (declined, approved) = decided(&app).await;
        let pm = app.ctx("pm@nordlicht.example").await;
        let (one, two) = (issue(&pm, declined).await.unwrap(), issue(&pm, approved).await.unwrap());
        assert_eq!(one.signature.public_key, two.signature.public_key);
        let named = app.token("ben@acme.example").await.get("/api/v1/signing-keys").await.json()["items"].take();
        assert_eq!(named[0]["key"], one.signature.public_key.as_str());
        assert_eq!(named.as_array().unwrap().len(), 1);
        let page = app.browser("admin@nordlicht.example").await.get("/staff/settings").await.words();
        assert!(page.contains(&one.signature.public_key), "{page}");
    }

    async fn the_command_line_checks_a_certificate_and_its_document(app: TestApp) {
        let (_, approved) = decided(&app).await;
        let json = app.browser("anna@acme.example").await.get(&format!("/approvals/{approved}/certificate.json")).await.text();
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(dir.path().join(name), bytes).unwrap();
        write("certificate.json", json.as_bytes());
        write("contract.pdf", &crate::support::files::pdf("corrected"));
        write("other.pdf", b"another file");
        write("changed.json", json.replace("Ben Brandt", "Bea Brandt").as_bytes());
        let check = |arguments: &[&str]| {
            let output = Process::run(dir.path(), arguments);
            (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
        };
        let (code, said) = check(&["verify", "certificate.json", "--document", "contract.pdf"]);
        assert!(code == Some(0) && said.contains("approved: version 2") && said.ends_with("everything fits\n"), "{said}");
        let (code, said) = check(&["verify", "certificate.json", "--document", "other.pdf"]);
        assert!(code == Some(1) && said.contains("another one"), "{said}");
        let (code, said) = check(&["verify", "changed.json"]);
        assert!(code == Some(1) && said.contains("signature does not fit"), "{said}");
        let (code, _) = check(&["verify", "nothing.json"]);
        assert_eq!(code, Some(1));
        assert!(!dir.path().join("data").exists(), "it needs no portal and makes none");
    }

    async fn staff_take_the_list_away_as_a_table(app: TestApp) {
        decided(&app).await;
        let csv = app.browser("pm@nordlicht.example").await.get("/staff/approvals/export?state=over").await;
        assert_eq!(csv.status, 200);
        let lines: Vec<String> = csv.text().lines().map(str::to_owned).collect();
        assert!(lines[0].starts_with("approval_id,") && lines.len() == 5, "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("Two sensors are not enough.") && line.contains("declined")));
        assert_eq!(app.browser("anna@acme.example").await.get("/staff/approvals/export").await.status, 403);
    }
}

fn hex(bytes: &[u8]) -> String {
    app::documents::model::hex(&Sha256::digest(bytes))
}

async fn ask_again(app: &TestApp, id: app::ids::DocumentId) -> ApprovalId {
    ask(app, id, &["ben@acme.example"], 1).await.approval.id
}
