//! Files that are sealed in the store, and exchanging the installation's key.

use app::documents::model::{Audience, Category};
use app::ids::DocumentId;
use app::secrets::Secrets;

use crate::support::{Engine, Process, TestApp, files, kontor};

async fn sealing(engine: Engine) -> TestApp {
    TestApp::with(engine, &[("ENCRYPT_FILES", "yes")], None).await
}

async fn upload(app: &TestApp, id: DocumentId, bytes: Vec<u8>) {
    let token = app.token("pm@nordlicht.example").await;
    assert_eq!(token.put_file(&id.to_string(), "large.bin", bytes).await.status, 201);
}

async fn part(app: &TestApp, id: DocumentId, number: i64, range: &str) -> (u16, Vec<u8>) {
    let token = app.token("ben@acme.example").await;
    let path = format!("/api/v1/documents/{id}/versions/{number}/content");
    let headers = if range.is_empty() { vec![] } else { vec![("range", range)] };
    let answer = token.send(axum::http::Method::GET, &path, &headers, "").await;
    (answer.status, answer.body.to_vec())
}

fn stored(app: &TestApp, key: &str) -> Vec<u8> {
    std::fs::read(app.dir.path().join("files").join(key)).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sealed_file_is_noise_in_the_store_and_itself_to_its_readers() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = sealing(engine).await;
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        let large: Vec<u8> = (0..300_000_u32).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect();
        upload(&app, id, large.clone()).await;
        assert_eq!(part(&app, id, 1, "").await, (200, files::pdf("content")));
        assert_eq!(part(&app, id, 2, "").await, (200, large.clone()));
        assert_eq!(part(&app, id, 2, "bytes=65530-131080").await, (206, large[65_530..=131_080].to_vec()));
        assert_eq!(part(&app, id, 2, "bytes=-5").await, (206, large[299_995..].to_vec()));
        let keys = app.sql("SELECT store_key FROM document_versions ORDER BY number").await;
        let first = stored(&app, &keys[0][0]);
        assert!(!first.windows(4).any(|window| window == b"%PDF"));
        // Also where several are taken away at once, and where an older one is brought back.
        let body = serde_json::json!({ "ids": [id.to_string()] });
        let zip = app.token("ben@acme.example").await.post("/api/v1/documents/archive", body).await;
        assert!(zip.body.windows(1000).any(|window| window == &large[..1000]));
        let token = app.token("pm@nordlicht.example").await;
        let path = format!("/api/v1/documents/{id}/versions/1/restore");
        assert_eq!(token.post(&path, serde_json::json!({})).await.status, 201);
        assert_eq!(part(&app, id, 3, "").await, (200, files::pdf("content")));
        // A changed byte is an outage, never other bytes.
        let mut changed = stored(&app, &keys[1][0]);
        changed[10] ^= 1;
        std::fs::write(app.dir.path().join("files").join(&keys[1][0]), changed).unwrap();
        let (status, bytes) = part(&app, id, 2, "").await;
        assert!(status != 200 || bytes.is_empty(), "{status}, {} bytes", bytes.len());
        // Without its key it is gone, whatever copy of the store there is.
        app.sql("UPDATE document_versions SET sealed_key = NULL WHERE number = 1").await;
        let (_, bytes) = part(&app, id, 1, "").await;
        assert!(!bytes.windows(4).any(|window| window == b"%PDF"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_secret_opens_with_the_new_key_and_none_with_the_old_one() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = sealing(engine).await;
        let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
        crate::factors::give_app(&app, "anna@acme.example").await;
        let new = Secrets::generate();
        let ctx = app.state.ctx(app::access::Actor::operator(), "test");
        let counts = app::keys::rotate(&ctx, &app.state.portal.secrets, &new).await.unwrap();
        let count = |name: &str| counts.iter().find(|(kind, _)| *kind == name).unwrap().1;
        assert_eq!((count("files"), count("authenticator apps")), (1, 1));
        // The old key is not the portal's any more, and opens nothing.
        let before = part(&app, id, 1, "").await;
        assert_ne!(before.0, 200);
        // A process that was forgotten seals nothing with it any more.
        let token = app.token("pm@nordlicht.example").await;
        assert_eq!(token.put_file(&id.to_string(), "late.pdf", files::pdf("late")).await.status, 503);
        let pairs =
            [("DATA_DIR".to_owned(), app.dir.path().display().to_string()), ("SECRET_KEY".to_owned(), new.to_text())];
        let config = server::config::Config::parse(pairs, "").unwrap();
        let state =
            server::state::AppState::with(config, app.db().clone(), app.state.files.clone(), app.clock.clone()).await;
        let state = state.unwrap();
        let secret = app.token("ben@acme.example").await.secret;
        let token = crate::support::Token::new(server::router::router(state.clone(), None), secret);
        let path = format!("/api/v1/documents/{id}/versions/1/content");
        assert_eq!(token.get(&path).await.body, files::pdf("content"));
        // A key that fits nothing changes nothing.
        let wrong = app::keys::rotate(&ctx, &Secrets::generate(), &Secrets::generate()).await;
        assert!(wrong.is_err_and(|why| why.contains("does not open")));
        assert_eq!(token.get(&path).await.body, files::pdf("content"));
    }
}

#[test]
fn the_command_exchanges_the_key_and_a_start_goes_on_where_it_was_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let fingerprint = || {
        let done = Process::run(dir.path(), &["keys", "fingerprint"]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    };
    let first = fingerprint();
    let done = Process::run(dir.path(), &["keys", "rotate"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let second = fingerprint();
    assert_ne!(first, second);
    // Older backups need the old one.
    assert!(data.join(format!("secret.key.{first}")).exists());
    // Cut off after everything was sealed and before the file had its name.
    let old = std::fs::read(data.join("secret.key")).unwrap();
    assert!(Process::run(dir.path(), &["keys", "rotate"]).status.success());
    let third = fingerprint();
    std::fs::rename(data.join("secret.key"), data.join("secret.key.next")).unwrap();
    std::fs::write(data.join("secret.key"), old).unwrap();
    std::fs::set_permissions(data.join("secret.key"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert_eq!(fingerprint(), third);
    assert!(!data.join("secret.key.next").exists());
    // While the portal runs nobody exchanges its key.
    let portal = Process::serve(dir.path(), &[]);
    let refused = Process::run(dir.path(), &["keys", "rotate"]);
    assert_eq!(refused.status.code(), Some(1));
    portal.kill();
    // A configured key needs the file of the new one.
    let text = std::fs::read_to_string(data.join("secret.key")).unwrap();
    let refused = kontor(dir.path()).env("KONTOR_SECRET_KEY", text.trim()).args(["keys", "rotate"]).output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--to"));
    let to = dir.path().join("new.key");
    let done = kontor(dir.path())
        .env("KONTOR_SECRET_KEY", text.trim())
        .args(["keys", "rotate", "--to", to.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let done = kontor(dir.path()).env("KONTOR_SECRET_KEY_FILE", &to).args(["keys", "fingerprint"]).output().unwrap();
    assert!(done.status.success());
}
