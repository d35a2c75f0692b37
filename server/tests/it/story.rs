//! The document centre in one story, through its doors: a contract goes out, is declined, corrected and approved; the
//! proof holds without the portal; and a year later exactly what is named is deleted.

use app::approvals::model::{Decision, State};
use app::documents::model::{Audience, Category};
use app::ids::DocumentId;
use app::retention::model::Rule;
use app::retention::service as retention;

use crate::approvals::{DAY, rounds};
use crate::support::{Browser, Process, TestApp, both, files};

const CONTRACT: &str = "Maintenance contract";

/// Decides with the form of a page.
async fn decide(browser: &mut Browser, page: &str, document: DocumentId, fields: &[(&str, &str)]) {
    let shown = browser.get(page).await;
    let (approval, document) = (shown.field("approval"), document.to_string());
    let shown = shown.field("shown");
    let known = [("approval", approval.as_str()), ("document", &document), ("shown", &shown)];
    let sent = browser.post("/_fn/approvals/decide", &[&known[..], fields].concat()).await;
    assert_eq!((sent.status, sent.location()), (303, format!("/documents/{document}").as_str()));
}

both! {
    async fn a_contract_goes_out_is_declined_corrected_approved_proved_and_deleted_in_time(app: TestApp) {
        // Two of the three people at ACME have to agree.
        let id = app.published(CONTRACT, Category::Contract, Audience::Organisation).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let [anna, ben, henning] = ["anna@acme.example", "ben@acme.example", "henning@acme.example"].map(|email| app.user(email).to_string());
        let document = id.to_string();
        let asked = pm.post("/_fn/approvals/ask", &[("document", document.as_str()), ("version", "1"), ("people[0]", &anna), ("people[1]", &ben), ("people[2]", &henning), ("rule", "count"), ("needed", "2"), ("due", "2026-12-24")]).await;
        assert_eq!(asked.location(), format!("/staff/documents/{id}"));
        for email in ["anna@acme.example", "ben@acme.example", "henning@acme.example"] {
            assert!(app.mail_to(email).await.subject.contains(CONTRACT), "{email}");
        }

        // One declines, with a reason. Two are left who can agree, so it is still open.
        let mut ben = app.browser("ben@acme.example").await;
        assert!(ben.get(&format!("/documents/{id}")).await.words().contains("2 of 3 must approve"));
        decide(&mut ben, &format!("/documents/{id}/decline"), id, &[("decision", "decline"), ("comment", "Two sensors are not enough.")]).await;
        assert_eq!(rounds(&app, id).await[0].approval.state, State::Open);
        assert!(pm.get(&format!("/staff/documents/{id}")).await.words().contains("Two sensors are not enough."));

        // A corrected version asks all three again; what was open about the old one is outdated.
        let corrected = files::pdf("corrected");
        let sent = app.token("pm@nordlicht.example").await.put_file(&document, "contract.pdf", corrected.clone()).await;
        assert_eq!(sent.status, 201, "{}", sent.text());
        let all = rounds(&app, id).await;
        let states: Vec<_> = all.iter().map(|round| (round.approval.version, round.approval.state)).collect();
        assert_eq!(states, [(2, State::Open), (1, State::Outdated)]);
        assert_eq!(all[0].seats.iter().filter(|seat| seat.decision == Decision::Waiting).count(), 3);
        for email in ["anna@acme.example", "ben@acme.example", "henning@acme.example"] {
            assert!(app.mail_to(email).await.text.contains("new version"), "{email}");
        }

        // Two approve; the third is spared.
        let mut anna = app.browser("anna@acme.example").await;
        for browser in [&mut ben, &mut anna] {
            decide(browser, &format!("/documents/{id}"), id, &[("decision", "approve")]).await;
        }
        let round = rounds(&app, id).await.remove(0);
        assert_eq!((round.approval.state, round.approved()), (State::Approved, 2));

        // Readers and staff are told that the old version is outdated.
        let page = anna.get(&format!("/documents/{id}")).await.words();
        assert!(page.contains("Version 1") && page.contains("Outdated") && page.contains("Approved"), "{page}");
        let old = anna.get(&format!("/documents/{id}?version=1")).await.words();
        assert!(old.contains("Version 1 is outdated"), "{old}");
        assert!(!anna.get(&format!("/documents/{id}?version=2")).await.words().contains("Version 2 is outdated"));
        let matrix = pm.get("/staff/approvals?state=over").await.words();
        for words in [CONTRACT, "2 of 3 must approve", "2/2", "Anna Albers", "Ben Brandt", "Henning Vo\u{df}", "Approved", "Declined", "Outdated"] {
            assert!(matrix.contains(words), "{words}: {matrix}");
        }

        // The certificate verifies in an empty folder, against the bytes and the portal's key.
        let json = anna.get(&format!("/approvals/{}/certificate.json", round.approval.id)).await;
        assert_eq!(json.status, 200);
        let key = app.token("anna@acme.example").await.get("/api/v1/signing-keys").await.json()["items"][0]["key"].as_str().unwrap().to_owned();
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("certificate.json"), &json.body).unwrap();
        std::fs::write(dir.path().join("contract.pdf"), &corrected).unwrap();
        let verify = || {
            let output = Process::run(dir.path(), &["verify", "certificate.json", "--document", "contract.pdf", "--key", &key]);
            let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            assert!(output.status.success() && said.contains("approved: version 2") && said.ends_with("everything fits\n"), "{said}");
        };
        verify();

        // A year later the dry run names exactly what is deleted: not the contract of last month, not the minutes.
        app.published("Minutes of the kick-off", Category::Minutes, Audience::Organisation).await;
        let admin = app.ctx("admin@nordlicht.example").await;
        retention::set_rules(&admin, &[Rule { category: Category::Contract, keep_days: Some(365), least_days: 0 }], None).await.unwrap();
        app.advance(DAY * 335);
        app.published("Contract of last month", Category::Contract, Audience::Organisation).await;
        app.advance(DAY * 31);
        let due = retention::due(&admin, None, 100).await.unwrap();
        assert_eq!(due.iter().map(|due| (due.id, due.title.as_str(), due.versions)).collect::<Vec<_>>(), [(id, CONTRACT, 2)]);
        let mut browser = app.browser("admin@nordlicht.example").await;
        let dry = browser.get("/staff/retention").await.words();
        assert!(dry.contains(CONTRACT) && dry.contains("One document with 2 versions"), "{dry}");
        assert!(!dry.contains("last month") && !dry.contains("kick-off"), "{dry}");
        let before: Vec<String> = app.sql("SELECT title FROM documents ORDER BY title").await.into_iter().flatten().collect();
        let admin = app.ctx("admin@nordlicht.example").await;
        let gone = retention::run(&admin).await.unwrap();
        assert_eq!((gone.documents, gone.versions), (1, 2));
        let left: Vec<String> = app.sql("SELECT title FROM documents ORDER BY title").await.into_iter().flatten().collect();
        assert_eq!(before.into_iter().filter(|title| !left.contains(title)).collect::<Vec<_>>(), [CONTRACT]);

        // The proof needs no portal, and the trail still holds.
        verify();
        assert!(matches!(app::audit::verify(app.db(), |_| ()).await.unwrap(), app::audit::Verdict::Intact(_)));
    }
}
