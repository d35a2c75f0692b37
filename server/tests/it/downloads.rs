//! Files on the way out.

use app::documents::model::{Audience, Category};
use axum::http::Method;

use crate::support::{TestApp, both, files};

both! {
    async fn a_download_is_only_ever_saved(app: TestApp) {
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
        let mut anna = app.browser("anna@acme.example").await;
        let answer = anna.get(&format!("/documents/{id}/versions/1/content")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/pdf");
        assert!(answer.header("content-disposition").starts_with("attachment;"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").starts_with("sandbox"));
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert_eq!(answer.header("content-length"), files::pdf("content").len().to_string());
        let pm = app.token("admin@nordlicht.example").await;
        pm.put_file(&id.to_string(), "page.html", b"<!DOCTYPE html><script>alert(1)</script>".to_vec()).await;
        let html = anna.get(&format!("/documents/{id}/versions/2/content")).await;
        assert_eq!(html.header("content-type"), "application/octet-stream");
    }

    async fn parts_and_conditions_work_as_the_standard_says(app: TestApp) {
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
        let anna = app.token("anna@acme.example").await;
        let path = format!("/api/v1/documents/{id}/versions/1/content");
        let whole = files::pdf("content");
        let get = |headers: Vec<(&'static str, String)>| {
            let (anna, path) = (anna.clone(), path.clone());
            async move {
                let headers: Vec<_> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
                anna.send(Method::GET, &path, &headers, "").await
            }
        };
        let full = get(vec![]).await;
        let etag = full.header("etag").to_owned();
        assert_eq!(etag.len(), 66, "the SHA-256: {etag}");
        let part = get(vec![("range", "bytes=5-9".into())]).await;
        assert_eq!((part.status, &part.body[..]), (206, &whole[5..10]));
        assert_eq!(part.header("content-range"), format!("bytes 5-9/{}", whole.len()));
        let tail = get(vec![("range", "bytes=-6".into())]).await;
        assert_eq!(&tail.body[..], &whole[whole.len() - 6..]);
        let outside = get(vec![("range", "bytes=99999-".into())]).await;
        assert_eq!((outside.status, outside.header("content-range")), (416, format!("bytes */{}", whole.len()).as_str()));
        assert_eq!(get(vec![("if-none-match", etag.clone())]).await.status, 304);
        assert_eq!(get(vec![("range", "bytes=0-0".into()), ("if-range", "\"other\"".into())]).await.status, 200);
        assert_eq!(get(vec![("range", "bytes=0-0".into()), ("if-range", etag)]).await.status, 206);
        let head = anna.send(Method::HEAD, &path, &[], "").await;
        assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, whole.len().to_string().as_str(), 0));
    }

    async fn every_download_is_on_record(app: TestApp) {
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
        let mut ben = app.browser("ben@acme.example").await;
        ben.get(&format!("/documents/{id}/versions/1/content")).await;
        app.token("carla@borealis.example").await.get(&format!("/api/v1/documents/{id}/versions/1/content")).await;
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.download'").await, 1);
        let mut visitor = app.visitor();
        let answer = visitor.get(&format!("/documents/{id}/versions/1/content")).await;
        assert!(answer.status == 303 && answer.location().starts_with("/sign-in?next="), "{}", answer.location());
    }

    async fn a_file_that_is_missing_in_the_store_is_an_outage_not_a_lie(app: TestApp) {
        let id = app.published("Paper", Category::Minutes, Audience::Organisation).await;
        std::fs::remove_dir_all(app.dir.path().join("files")).unwrap();
        let answer = app.token("anna@acme.example").await.get(&format!("/api/v1/documents/{id}/versions/1/content")).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, "10"));
    }
}
