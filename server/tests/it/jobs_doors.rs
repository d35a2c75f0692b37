//! The queue's pages, API and commands.

use app::jobs::{Failure, Handler, Job, Kind, New};
use futures::future::BoxFuture;
use serde_json::json;

use crate::support::{TestApp, both};

struct Refuses;

impl Handler for Refuses {
    fn run<'a>(&'a self, _: &'a app::ctx::Ctx, _: &'a Job) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async { Err(Failure::Never("SMTP 550 5.1.1".into())) })
    }
}

struct Succeeds;

impl Handler for Succeeds {
    fn run<'a>(&'a self, _: &'a app::ctx::Ctx, _: &'a Job) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async { Ok(()) })
    }
}

async fn enqueue(app: &TestApp, new: New) -> String {
    let ctx = app.ctx("anna@acme.example").await;
    let tx = ctx.db.begin().await.unwrap();
    let id = app::jobs::enqueue(&tx, &ctx, new).await.unwrap();
    tx.commit().await.unwrap();
    id.to_string()
}

fn mail() -> New {
    New::new(Kind::Mail, json!({ "to": "anna@acme.example" })).about("invitation")
}

/// A job that was given up.
async fn dead(app: &TestApp) -> String {
    let id = enqueue(app, mail()).await;
    app.worker(Refuses).drain().await.unwrap();
    id
}

both! {
    async fn staff_see_what_was_given_up_and_why_and_have_it_tried_again(app: TestApp) {
        let id = dead(&app).await;
        let mut admin = app.browser("admin@nordlicht.example").await;
        let page = admin.get("/staff/jobs").await;
        assert_eq!(page.status, 200);
        let words = page.words();
        assert!(words.contains("One job was given up.") && words.contains("SMTP 550 5.1.1") && words.contains("invitation"), "{words}");
        assert!(!page.text().contains("anna@acme.example"), "no payload on the page");
        let one = admin.get(&format!("/staff/jobs/{id}")).await;
        assert!(one.words().contains("Given up") && one.words().contains("1 of 18"), "{}", one.words());
        let answer = admin.post("/_fn/jobs/retry", &[("id", &id)]).await;
        let page = admin.follow(&answer).await;
        assert!(page.text().contains("The job is tried again now."), "{}", page.words());
        app.worker(Succeeds).drain().await.unwrap();
        assert!(admin.get(&format!("/staff/jobs/{id}")).await.words().contains("Done"));
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'job.retry'").await, 1);
        // Once it is done there is nothing to try again.
        let answer = admin.post("/_fn/jobs/retry", &[("id", &id)]).await;
        assert!(admin.follow(&answer).await.words().contains("running or done by now"));
    }

    async fn everything_that_failed_is_tried_again_at_once(app: TestApp) {
        for _ in 0..3 {
            dead(&app).await;
        }
        // One that waits for its next try, too, and one of two with the same key.
        enqueue(&app, mail().once("same")).await;
        app.worker(Refuses).drain().await.unwrap();
        enqueue(&app, mail().once("same")).await;
        let mut admin = app.browser("admin@nordlicht.example").await;
        let answer = admin.post("/_fn/jobs/retry_failed", &[]).await;
        assert!(admin.follow(&answer).await.text().contains("3 jobs are tried again now."));
        assert_eq!(app.worker(Succeeds).drain().await.unwrap(), 4);
        let answer = admin.post("/_fn/jobs/retry_failed", &[]).await;
        assert!(admin.follow(&answer).await.text().contains("One job is tried again now."));
    }

    async fn a_job_that_is_replaced_cannot_come_back_beside_its_successor(app: TestApp) {
        let id = enqueue(&app, mail().once("same")).await;
        app.worker(Refuses).drain().await.unwrap();
        enqueue(&app, mail().once("same")).await;
        let mut admin = app.browser("admin@nordlicht.example").await;
        let answer = admin.post("/_fn/jobs/retry", &[("id", &id)]).await;
        assert!(admin.follow(&answer).await.words().contains("A newer job for the same thing is already waiting."));
        let answer = admin.post("/_fn/jobs/drop", &[("id", &id)]).await;
        assert!(admin.follow(&answer).await.text().contains("The job was dropped."));
        assert_eq!(admin.get(&format!("/staff/jobs/{id}")).await.status, 404);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'job.drop'").await, 1);
    }

    async fn the_list_is_filtered_and_paged_by_key(app: TestApp) {
        for _ in 0..60 {
            enqueue(&app, mail()).await;
        }
        enqueue(&app, New::new(Kind::PurgeLinks, json!({}))).await;
        let mut management = app.browser("management@nordlicht.example").await;
        let first = management.get("/staff/jobs?state=waiting&kind=mail").await;
        assert_eq!(first.text().matches("href=\"/staff/jobs/").count(), 50);
        assert!(!first.text().contains("action=\"/_fn/jobs/"), "who only reads has no buttons");
        let next = first.text().split("href=\"/staff/jobs?").find(|t| t.contains("before=")).unwrap().split('"').next().unwrap().replace("&amp;", "&");
        let second = management.get(&format!("/staff/jobs?{next}")).await;
        assert_eq!(second.text().matches("href=\"/staff/jobs/").count(), 10);
        assert_eq!(management.get("/staff/jobs?kind=links.purge").await.text().matches("href=\"/staff/jobs/").count(), 1);
        assert!(management.get("/staff/jobs?state=dead").await.words().contains("Nothing here"));
        for bad in ["state=odd", "kind=odd", "before=odd"] {
            assert_eq!(management.get(&format!("/staff/jobs?{bad}")).await.status, 404, "{bad}");
        }
    }

    async fn the_api_lists_shows_and_retries(app: TestApp) {
        let id = dead(&app).await;
        enqueue(&app, mail()).await;
        let admin = app.token("admin@nordlicht.example").await;
        let list = admin.get("/api/v1/jobs?state=dead&kind=mail").await.json();
        assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["id"]), (1, &json!(id)));
        assert_eq!(list["items"][0]["last_error"], "SMTP 550 5.1.1");
        assert_eq!(list["items"][0]["payload"], json!(null));
        let first = admin.get("/api/v1/jobs?limit=1").await.json();
        let second = admin.get(&format!("/api/v1/jobs?limit=1&cursor={}", first["next"].as_str().unwrap())).await.json();
        assert_eq!((&second["items"][0]["id"], &second["next"]), (&json!(id), &json!(null)));
        let key = [("idempotency-key", "again-1")];
        let answer = admin.post_with(&format!("/api/v1/jobs/{id}/retry"), json!({}), &key).await;
        assert_eq!((answer.status, &answer.json()["state"]), (200, &json!("waiting")), "{}", answer.text());
        app.worker(Succeeds).drain().await.unwrap();
        let again = admin.post_with(&format!("/api/v1/jobs/{id}/retry"), json!({}), &key).await;
        assert_eq!((again.status, &again.json()["state"]), (200, &json!("done")), "repeating changes nothing");
        assert_eq!(admin.post(&format!("/api/v1/jobs/{id}/retry"), json!({})).await.status, 409);
        for bad in ["?state=odd", "?kind=odd", "?cursor=odd", "?limit=0", "?odd=1"] {
            assert_eq!(admin.get(&format!("/api/v1/jobs{bad}")).await.status, 400, "{bad}");
        }
        assert_eq!(admin.get(&format!("/api/v1/jobs/{}", uuid::Uuid::nil())).await.status, 404);
        let narrowed = app.scoped_token("admin@nordlicht.example", &["jobs:read"]).await;
        assert_eq!(narrowed.get("/api/v1/jobs").await.status, 200);
        assert_eq!(narrowed.post(&format!("/api/v1/jobs/{id}/retry"), json!({})).await.status, 403);
    }
    async fn the_api_drops_what_nobody_is_at_and_has_all_that_failed_tried_again(app: TestApp) {
        let (first, second) = (dead(&app).await, dead(&app).await);
        let admin = app.token("admin@nordlicht.example").await;
        let path = format!("/api/v1/jobs/{first}");
        let management = app.token("management@nordlicht.example").await;
        assert_eq!(management.delete(&path).await.status, 403);
        assert_eq!(management.post("/api/v1/jobs/retry", json!({})).await.status, 403);
        assert_eq!(admin.delete(&path).await.status, 204);
        assert_eq!((admin.get(&path).await.status, admin.delete(&path).await.status), (404, 404));
        let retried = admin.post("/api/v1/jobs/retry", json!({})).await;
        assert_eq!((retried.status, &retried.json()["jobs"]), (200, &json!(1)), "{}", retried.text());
        app.worker(Succeeds).drain().await.unwrap();
        let done = admin.delete(&format!("/api/v1/jobs/{second}")).await;
        assert_eq!(done.status, 409, "what is done is not dropped: {}", done.text());
        for action in ["job.drop", "job.retry_failed"] {
            let found = format!("SELECT COUNT(*) FROM audit_events WHERE action = '{action}' AND actor_kind = 'token'");
            assert_eq!(app.count(&found).await, 1, "{action}");
        }
    }
}
