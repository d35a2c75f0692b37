//! All stores do the same: a folder, and buckets of a real S3 server and a real Azure server.

use app::documents::model::{Audience, Category};
use app::files::{Files, Object, PutError};
use bytes::Bytes;
use futures::TryStreamExt as _;

use crate::support::{Bucket, Engine, Place, Process, Setup, TestApp, azure, azure_key, files, kontor};

async fn store_test(store: Files) {
    let key = format!("documents/{}/content", uuid::Uuid::now_v7());
    // More than two parts of a bucket upload, in uneven chunks.
    let bytes: Vec<u8> = (0..20_000_003_usize).map(|at| u8::try_from(at % 253).unwrap()).collect();
    let chunks: Vec<_> = bytes.chunks(777_777).map(|c| Ok::<_, String>(Bytes::copy_from_slice(c))).collect();
    let stored = store.put(&key, futures::stream::iter(chunks), 30_000_000, |_| Ok(())).await.unwrap();
    assert_eq!(stored.size, 20_000_003);
    assert_eq!(stored.sha256, <sha2::Sha256 as sha2::Digest>::digest(&bytes).to_vec());
    let object = Object { key: key.clone(), size: stored.size, sealed_key: stored.sealed_key.clone() };
    let read = |range| async {
        store
            .get(&object, range)
            .await
            .unwrap()
            .try_fold(Vec::new(), |mut all, chunk| async move {
                all.extend_from_slice(&chunk);
                Ok(all)
            })
            .await
            .unwrap()
    };
    assert!(read(None).await == bytes, "the whole file");
    assert!(read(Some(8_000_000..8_500_001)).await == bytes[8_000_000..8_500_001], "a part");
    let endless = futures::stream::repeat_with(|| Ok::<_, String>(Bytes::from(vec![1; 100_000])));
    let other = format!("documents/{}/content", uuid::Uuid::now_v7());
    assert!(matches!(store.put(&other, endless, 10_000_000, |_| Ok(())).await, Err(PutError::TooLarge(10_000_000))));
    assert!(!store.exists(&other).await.unwrap(), "nothing of a refused file remains");
    store.delete(&key).await.unwrap();
    assert!(!store.exists(&key).await.unwrap());
    store.delete(&key).await.unwrap();
    store.ping().await.unwrap();
}

#[tokio::test]
async fn a_folder_keeps_files() {
    let dir = tempfile::tempdir().unwrap();
    store_test(Files::open_folder(dir.path().to_owned()).unwrap()).await;
}

#[tokio::test]
async fn a_bucket_keeps_files() {
    for bucket in Bucket::ALL {
        store_test(bucket.open()).await;
    }
}

#[tokio::test]
async fn the_main_job_works_over_a_bucket() {
    for (bucket, engine) in [(Bucket::S3, Engine::Sqlite), (Bucket::Azure, Engine::Postgres)] {
        let app = TestApp::with(engine, &[], Some(bucket.open())).await;
        let id = app.published("In the bucket", Category::Minutes, Audience::Organisation).await;
        let anna = app.token("anna@acme.example").await;
        let path = format!("/api/v1/documents/{id}/versions/1/content");
        assert_eq!(anna.get(&path).await.body, files::pdf("content"));
        let part = anna.send(axum::http::Method::GET, &path, &[("range", "bytes=1-3")], "").await;
        assert_eq!((part.status, &part.body[..]), (206, &b"PDF"[..]));
    }
}

/// Moto lets everybody in.
#[tokio::test]
async fn a_wrong_key_is_an_outage_that_is_told_and_nothing_is_half_there() {
    let wrong = azure(&Bucket::Azure.endpoint(), "bm90IHRoZSBrZXkgb2YgdGhpcyBhY2NvdW50IGF0IGFsbA==");
    let error = wrong.ping().await.unwrap_err().to_string();
    assert!(error.contains("403") || error.contains("permission"), "{error}");
    let app = TestApp::with(Engine::Sqlite, &[], Some(wrong)).await;
    assert_eq!(app.visitor().get("/readyz").await.json()["down"][0], "store");
    let pm = app.token("pm@nordlicht.example").await;
    let new = serde_json::json!({
        "organisation_id": app.organisation("acme").to_string(), "title": "Locked out", "category": "minutes",
    });
    let made = pm.post("/api/v1/documents", new).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let answer = pm.put_file(&id, "a.pdf", files::pdf("content")).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "10"));
    assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 0);
}

/// Another program writes to the bucket. Nothing of it becomes a version, an archive or a sealed file's bytes; what was
/// uploaded before is as it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_bytes_of_the_store_are_noticed() {
    for (bucket, engine) in [(Bucket::S3, Engine::Postgres), (Bucket::Azure, Engine::Sqlite)] {
        for sealed in ["no", "yes"] {
            let app = TestApp::with(engine, &[("ENCRYPT_FILES", sealed)], Some(bucket.open())).await;
            let id = app.published("Contract", Category::Contract, Audience::Organisation).await;
            let pm = app.token("pm@nordlicht.example").await;
            assert_eq!(pm.put_file(&id.to_string(), "second.pdf", files::pdf("second")).await.status, 201);
            let keys = app.sql("SELECT store_key FROM document_versions ORDER BY number").await;
            // As long as what was there, and sealed for nobody.
            let size = files::pdf("content").len() + if sealed == "yes" { 16 } else { 0 };
            let other = futures::stream::iter([Ok::<_, String>(Bytes::from(vec![b'x'; size]))]);
            bucket.open().put(&keys[0][0], other, 1_000_000, |_| Ok(())).await.unwrap();
            let restored = pm.post(&format!("/api/v1/documents/{id}/versions/1/restore"), serde_json::json!({})).await;
            assert_eq!(restored.status, 503, "{bucket:?} {sealed}: {}", restored.text());
            assert_eq!(app.count("SELECT COUNT(*) FROM document_versions").await, 2);
            let anna = app.token("anna@acme.example").await;
            if sealed == "yes" {
                let answer = anna.get(&format!("/api/v1/documents/{id}/versions/1/content")).await;
                assert!(answer.body.is_empty(), "{}", answer.text());
            }
            let second = anna.get(&format!("/api/v1/documents/{id}/versions/2/content")).await;
            assert_eq!(second.body, files::pdf("second"));
        }
    }
}

/// The whole way, as an operator names it.
#[test]
fn the_program_reaches_azure_by_its_url() {
    let dir = tempfile::tempdir().unwrap();
    let server = Bucket::Azure.endpoint();
    let run = |key: &str, arguments: &[&str]| {
        kontor(dir.path())
            .env("KONTOR_STORE_URL", "az://kontor-test/a/prefix")
            .env("AZURE_STORAGE_USE_EMULATOR", "true")
            .env("AZURITE_BLOB_STORAGE_URL", server.strip_suffix("/kontor").unwrap())
            .env("AZURE_STORAGE_ACCOUNT_NAME", "kontor")
            .env("AZURE_STORAGE_ACCOUNT_KEY", key)
            .env("KONTOR_SIGNED_LINKS", "yes")
            .args(arguments)
            .output()
            .unwrap()
    };
    let done = run(&azure_key(), &["migrate"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let told = String::from_utf8(run(&azure_key(), &["doctor"]).stdout).unwrap();
    assert!(told.contains("ok   store      Azure"), "{told}");
    assert!(told.contains("ok   links      the store hands out files"), "{told}");
    let refused = run("bm90IHRoZSBrZXk=", &["doctor"]);
    assert!(String::from_utf8_lossy(&refused.stdout).contains("FAIL store"));
    assert_eq!(refused.status.code(), Some(1));
}

/// The main job over HTTP, where neither rows nor files are on the machine: as an operator names both, and after a restart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_keeps_its_rows_in_postgres_and_its_files_in_s3_by_their_urls() {
    let setup = Setup::with_demo(Place::PostgresAndS3).await;
    let doctor = setup.done(&["doctor"]);
    assert!(doctor.contains("ok   store      S3"), "{doctor}");
    // More than one part of a bucket upload.
    let bytes: Vec<u8> = (0..9_000_001_usize).map(|at| u8::try_from(at % 249).unwrap()).collect();
    let [pm, anna, carla] = ["pm@nordlicht.example", "anna@acme.example", "carla@borealis.example"]
        .map(|email| format!("Bearer {}", setup.token(email)));
    let json = [("Authorization", pm.as_str()), ("Content-Type", "application/json")];
    let process = setup.serve();
    let organisations = process.send("GET", "/api/v1/organisations", &json, b"").json();
    let acme = organisations["items"].as_array().unwrap().iter().find(|o| o["slug"] == "acme").unwrap();
    let new = serde_json::json!({ "organisation_id": acme["id"], "title": "Far away", "category": "other" });
    let made = process.send("POST", "/api/v1/documents", &json, new.to_string().as_bytes());
    assert_eq!(made.status, 201);
    let path = format!("/api/v1/documents/{}", made.json()["id"].as_str().unwrap());
    let file =
        [("Authorization", pm.as_str()), ("Content-Type", "application/octet-stream"), ("X-Filename", "far.bin")];
    assert_eq!(process.send("POST", &format!("{path}/versions"), &file, &bytes).status, 201);
    let audience = br#"{"audience":{"organisation":true}}"#;
    assert_eq!(process.send("POST", &format!("{path}/publish"), &json, audience).status, 200);
    let content = format!("{path}/versions/1/content");
    let is_there = |process: &Process| {
        let got = process.send("GET", &content, &[("Authorization", anna.as_str())], b"");
        assert_eq!(got.status, 200);
        assert!(got.body == bytes, "the same bytes");
        assert_eq!(process.send("GET", &content, &[("Authorization", carla.as_str())], b"").status, 404);
    };
    is_there(&process);
    process.stop();
    let process = setup.serve();
    is_there(&process);
    process.stop();
    let data = setup.dir.path().join("data");
    for name in ["files", "kontor.sqlite"] {
        assert!(!data.join(name).exists(), "{name} is on the machine");
    }
    assert!(setup.done(&["audit", "verify"]).contains("document.publish"));
}

/// Nobody here is Google: what counts is that its client is made of what an operator gives, and calls.
#[test]
fn the_program_calls_google_by_its_url() {
    let dir = tempfile::tempdir().unwrap();
    let google = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let account = serde_json::json!({
        "client_email": "kontor@project.iam.gserviceaccount.com", "private_key_id": "", "private_key": "",
        "gcs_base_url": format!("https://{}", google.local_addr().unwrap()), "disable_oauth": true,
    });
    let (tell, calls) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        while let Ok((mut call, _)) = google.accept() {
            let mut first = [0];
            std::io::Read::read_exact(&mut call, &mut first).unwrap();
            tell.send(first[0]).unwrap();
        }
    });
    let doctor = kontor(dir.path())
        .env("KONTOR_STORE_URL", "gs://kontor-test/a/prefix")
        .env("GOOGLE_SERVICE_ACCOUNT_KEY", account.to_string())
        .arg("doctor")
        .output()
        .unwrap();
    let told = String::from_utf8(doctor.stdout).unwrap();
    assert!(told.contains("FAIL store"), "{told}");
    // The first byte of a TLS handshake.
    assert_eq!(calls.try_recv(), Ok(22), "{told}");
}

#[test]
fn a_url_that_names_no_store_is_refused() {
    for url in ["ftp://x", "http://bucket/prefix"] {
        assert_eq!(Files::open(url).err().unwrap(), "must start with file:, s3://, gs:// or az://", "{url}");
    }
    assert_eq!(Files::open("").err().unwrap(), "not a URL");
}
