//! Both stores do the same: a folder, and a bucket of a real S3 server.

use std::sync::Arc;

use app::documents::model::{Audience, Category};
use app::files::{Files, Object, PutError};
use bytes::Bytes;
use futures::TryStreamExt as _;
use object_store::aws::AmazonS3Builder;

use crate::support::{Engine, TestApp, files};

#[expect(clippy::disallowed_methods, reason = "set by script/test")]
pub fn endpoint() -> String {
    std::env::var("TEST_S3_ENDPOINT").expect("run the tests through script/test, which starts an S3 server")
}

pub fn s3(endpoint: &str) -> Files {
    let store = AmazonS3Builder::new()
        .with_endpoint(endpoint)
        .with_allow_http(true)
        .with_bucket_name("kontor-test")
        .with_region("us-east-1")
        .with_access_key_id("test")
        .with_secret_access_key("test")
        .with_retry(object_store::RetryConfig {
            max_retries: 1,
            retry_timeout: std::time::Duration::from_secs(3),
            ..Default::default()
        })
        .build()
        .unwrap();
    Files::with_store(Arc::new(store))
}

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
    store_test(s3(&endpoint())).await;
}

#[tokio::test]
async fn the_main_job_works_over_s3() {
    let app = TestApp::with(Engine::Sqlite, &[], Some(s3(&endpoint()))).await;
    let id = app.published("In the bucket", Category::Minutes, Audience::Organisation).await;
    let anna = app.token("anna@acme.example").await;
    let path = format!("/api/v1/documents/{id}/versions/1/content");
    assert_eq!(anna.get(&path).await.body, files::pdf("content"));
    let part = anna.send(axum::http::Method::GET, &path, &[("range", "bytes=1-3")], "").await;
    assert_eq!((part.status, &part.body[..]), (206, &b"PDF"[..]));
}

#[test]
fn a_url_chooses_the_store() {
    for (url, fine) in [("gs://bucket/prefix", true), ("az://container/prefix", true), ("ftp://x", false), ("", false)]
    {
        // Google and Azure need credentials to be built; what counts is that the scheme is known.
        let error = Files::open(url).err().unwrap_or_default();
        assert_eq!(!error.contains("must start with") && !error.contains("not a URL"), fine, "{url}: {error}");
    }
}
