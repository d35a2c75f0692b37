//! Documents that want to do harm: their preview says what happened, they can still be downloaded, and nobody else notices.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use app::ids::DocumentId;
use app::preview::Previewer;

use crate::previews::{shown, told};
use crate::support::{TestApp, both, files};

/// A PNG that says it has this many pixels and holds none.
pub fn claims(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    header.extend([8, 6, 0, 0, 0]);
    let mut crc = flate2::Crc::new();
    crc.update(&header);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    png.extend(header);
    png.extend(crc.sum().to_be_bytes());
    png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    png
}

/// A page whose form draws itself.
const LOOP: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF";

async fn downloads(app: &TestApp, id: DocumentId, bytes: &[u8]) {
    let token = app.token("ben@acme.example").await;
    let answer = token.get(&format!("/api/v1/documents/{id}/versions/2/content")).await;
    assert!(answer.status == 200 && answer.body == bytes);
    assert_eq!(app.visitor().get("/readyz").await.status, 200);
}

/// A document whose preview this program makes instead of ours, until it is given up.
async fn given_up(app: &mut TestApp, previewer: Previewer) -> DocumentId {
    let own = std::mem::replace(&mut app.state.previewer, previewer);
    let id = until_the_end(app, files::pdf("content")).await;
    app.state.previewer = own;
    id
}

async fn until_the_end(app: &TestApp, bytes: Vec<u8>) -> DocumentId {
    let id = shown(app, "paper.pdf", bytes).await;
    for _ in 0..3 {
        assert_eq!(told(app, id, 2).await["state"], "pending", "not before the last try");
        app.advance(Duration::from_secs(24 * 3600));
        app.run_jobs().await;
        if told(app, id, 2).await["state"] == "failed" {
            break;
        }
    }
    id
}

both! {
    async fn bombs_and_broken_files_are_said_to_be_so_and_can_be_downloaded(app: TestApp) {
        let bomb = format!("<w:document xmlns:w='w'>{}</w:document>", "<w:t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</w:t>".repeat(200_000));
        let laughs = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><w:document xmlns:w='w'><w:t>&b;</w:t></w:document>";
        let whole = files::paper(&["One"], None);
        let papers = [
            ("bomb.docx", files::zip(&[("word/document.xml", &bomb)]), "failed", "bomb", "unpacks to far more"),
            ("laughs.docx", files::zip(&[("word/document.xml", laughs)]), "failed", "bomb", "unpacks to far more"),
            ("huge.png", claims(50_000, 50_000), "too_large", "pixels", "too large to be shown"),
            ("cut.png", claims(50, 50), "failed", "broken", "damaged"),
            ("cut.pdf", whole[..60].to_vec(), "failed", "broken", "damaged"),
            ("nothing.zip", files::zip(&[("readme.txt", "nothing")]), "none", "unsupported", "cannot be shown here"),
        ];
        for (name, bytes, state, reason, words) in papers {
            let id = shown(&app, name, bytes.clone()).await;
            let json = told(&app, id, 2).await;
            assert_eq!((json["state"].as_str(), json["reason"].as_str()), (Some(state), Some(reason)), "{name}");
            let page = app.browser("ben@acme.example").await.get(&format!("/documents/{id}")).await.words();
            assert!(page.contains(words) && page.contains("Download the file"), "{name}: {page}");
            downloads(&app, id, &bytes).await;
        }
        // Round in circles: it ends, whatever is seen of it.
        let id = shown(&app, "loop.pdf", LOOP.to_vec()).await;
        assert_ne!(told(&app, id, 2).await["state"], "pending");
        downloads(&app, id, LOOP).await;
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE state = 'dead'").await, 0);
    }

    async fn a_document_that_kills_its_process_is_said_to_have_failed(app: TestApp) {
        // Nested so deep that whoever follows it runs out of stack.
        let deep = format!("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages {}>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", "[".repeat(2_000_000)).into_bytes();
        let id = until_the_end(&app, deep.clone()).await;
        assert_eq!(told(&app, id, 2).await["reason"], "died");
        downloads(&app, id, &deep).await;
        assert_eq!(told(&app, id, 1).await["state"], "ready");
    }

    async fn a_preview_process_that_dies_or_hangs_costs_only_the_preview(app: TestApp) {
        let mut app = app;
        let dies = Previewer::of("/bin/sh", &["-c", "kill -9 $$"]);
        let hangs = Previewer::of("/bin/sh", &["-c", "cat >/dev/null; exec sleep 600"]).patient(Duration::from_millis(300));
        let lies = Previewer::of("/bin/sh", &["-c", "printf 'Pxxxxxxxxxxxxxxxxxxxx'"]);
        for (previewer, reason, words) in [
            (dies, "died", "Preparing the preview failed"),
            (hangs, "slow", "took too long and was stopped"),
            (lies, "died", "Preparing the preview failed"),
        ] {
            let id = given_up(&mut app, previewer).await;
            let json = told(&app, id, 2).await;
            assert_eq!((json["state"].as_str(), json["reason"].as_str()), (Some("failed"), Some(reason)));
            let page = app.browser("ben@acme.example").await.get(&format!("/documents/{id}")).await.words();
            assert!(page.contains(words), "{page}");
            downloads(&app, id, &files::pdf("content")).await;
        }
        // The next one is made as ever, and nothing of the others is left in the store.
        let id = shown(&app, "next.pdf", files::pdf("content")).await;
        assert_eq!(told(&app, id, 2).await["state"], "ready");
        assert_eq!(app.count("SELECT COUNT(*) FROM pending_uploads").await, 0);
    }
}

/// What the kernel says of a process that waits for its document.
#[cfg(target_os = "linux")]
#[test]
fn the_process_may_open_nothing_and_has_little_time_and_memory() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kontor"))
        .arg("preview-worker")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let limits = format!("/proc/{}/limits", child.id());
    let begun = Instant::now();
    let bounded = |text: &str, name: &str, most: &str| {
        text.lines().any(|line| line.starts_with(name) && line.split_whitespace().any(|word| word == most))
    };
    // It says nothing until it has a document: the kernel is asked until it has given up the last of its rights.
    loop {
        let text = std::fs::read_to_string(&limits).unwrap();
        if bounded(&text, "Max processes", "0") && bounded(&text, "Max open files", "3") {
            assert!(bounded(&text, "Max file size", "0") && bounded(&text, "Max core file size", "0"), "{text}");
            assert!(bounded(&text, "Max cpu time", "45"), "{text}");
            assert!(!bounded(&text, "Max address space", "unlimited"), "{text}");
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{text}");
        std::thread::yield_now();
    }
    // The portal is gone: so is it.
    let mut input = child.stdin.take().unwrap();
    input.write_all(&[9, 0, 0, 0]).unwrap();
    drop(input);
    assert!(!child.wait().unwrap().success());
}
