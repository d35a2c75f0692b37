//! The queue: what is promised when workers race, fail, panic, hang and die.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::access::{ActorKind, Role};
use app::ctx::Ctx;
use app::jobs::{self, Failure, Handler, Job, Kind, LEASE, Lane, New, Pace, Worker};
use app::time::Instant;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use serde_json::json;
use tokio::sync::Notify;

use crate::support::{Engine, TestApp, both};

/// Does with each job what the function says, and remembers which runs there were.
#[derive(Clone)]
struct Scripted {
    runs: Arc<Mutex<Vec<(String, i64)>>>,
    script: Arc<dyn Fn(Job) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>,
}

impl Scripted {
    fn new<F>(script: impl Fn(Job) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        Self { runs: Arc::default(), script: Arc::new(move |job| script(job).boxed()) }
    }

    fn runs(&self) -> Vec<(String, i64)> {
        self.runs.lock().unwrap().clone()
    }
}

impl Handler for Scripted {
    fn run<'a>(&'a self, _: &'a Ctx, job: &'a Job) -> BoxFuture<'a, Result<(), Failure>> {
        self.runs.lock().unwrap().push((job.id.to_string(), job.attempts));
        (self.script)(job.clone())
    }
}

fn succeeding() -> Scripted {
    Scripted::new(async |_| Ok(()))
}

fn failing() -> Scripted {
    Scripted::new(async |_| Err(Failure::Again("away".into())))
}

async fn enqueue(app: &TestApp, new: New) -> app::ids::JobId {
    let ctx = app.ctx("anna@acme.example").await;
    let tx = ctx.db.begin().await.unwrap();
    let id = jobs::enqueue(&tx, &ctx, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn job() -> New {
    New::new(Kind::Mail, json!({ "test": true }))
}

/// State, attempts, error.
async fn row(app: &TestApp) -> (String, i64, String) {
    let rows = app.sql("SELECT state, CAST(attempts AS TEXT), COALESCE(last_error, '') FROM jobs").await;
    assert_eq!(rows.len(), 1);
    (rows[0][0].clone(), rows[0][1].parse().unwrap(), rows[0][2].clone())
}

async fn due_in(app: &TestApp) -> Duration {
    let due: i64 = app.sql("SELECT CAST(due_at AS TEXT) FROM jobs").await[0][0].parse().unwrap();
    Duration::from_micros(u64::try_from(due - app.clock.now().0).unwrap())
}

/// Another node on the same database: pools of its own on PostgreSQL. SQLite has one process.
async fn another_node(app: &TestApp, handler: impl Handler) -> Worker {
    let mut ctx = app.state.ctx(app::access::Actor::operator(), "jobs");
    if app.engine() == Engine::Postgres {
        ctx.db = app.state.config.database.connect(app::db::PoolSizes { connections: 4 }).await.unwrap();
    }
    Worker::new(ctx, Arc::new(handler))
}

both! {
    async fn many_workers_on_two_nodes_do_every_job_once(app: TestApp) {
        const JOBS: usize = 60;
        let ctx = app.ctx("anna@acme.example").await;
        let tx = ctx.db.begin().await.unwrap();
        for _ in 0..JOBS {
            jobs::enqueue(&tx, &ctx, job()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let handler = Scripted::new(async |_| {
            tokio::task::yield_now().await;
            Ok(())
        });
        let mut workers = Vec::new();
        for node in 0..6 {
            workers.push(if node % 2 == 0 { app.worker(handler.clone()) } else { another_node(&app, handler.clone()).await });
        }
        let done = futures::future::join_all(workers.iter().map(Worker::drain)).await;
        let done: usize = done.into_iter().map(Result::unwrap).sum();
        let mut times: HashMap<(String, i64), usize> = HashMap::new();
        for run in handler.runs() {
            *times.entry(run).or_default() += 1;
        }
        assert_eq!((done, times.len()), (JOBS, JOBS));
        assert!(times.values().all(|n| *n == 1));
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE state = 'done' AND attempts = 1").await, i64::try_from(JOBS).unwrap());
    }

    async fn a_job_with_a_key_exists_once_until_it_is_finished(app: TestApp) {
        let ctx = app.ctx("anna@acme.example").await;
        let make = async || {
            let tx = ctx.db.begin().await.unwrap();
            let id = jobs::enqueue(&tx, &ctx, job().once("export:anna")).await.unwrap();
            tx.commit().await.unwrap();
            id
        };
        // At once: the unique key decides.
        let ids = futures::future::join_all((0..5).map(|_| make())).await;
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs").await, 1);
        let other = enqueue(&app, job().once("export:ben")).await;
        assert_ne!(other, ids[0]);
        app.worker(succeeding()).drain().await.unwrap();
        assert_ne!(make().await, ids[0], "the first is done: a new one is made");
    }

    async fn what_fails_is_tried_later_and_later_and_then_given_up(app: TestApp) {
        enqueue(&app, job()).await;
        let worker = app.worker(failing());
        let mut waited = Duration::ZERO;
        for attempt in 1..Kind::Mail.max_attempts() {
            assert_eq!(worker.drain().await.unwrap(), 1, "attempt {attempt}");
            assert_eq!(row(&app).await, ("waiting".to_owned(), attempt, "away".to_owned()));
            let wait = due_in(&app).await;
            assert!(wait >= waited / 2, "attempt {attempt}: {wait:?} after {waited:?}");
            assert!(wait < Duration::from_secs(8 * 3600), "{wait:?}");
            waited = wait;
            app.advance(wait - Duration::from_micros(1));
            assert_eq!(worker.drain().await.unwrap(), 0, "not before its time");
            app.advance(Duration::from_micros(1));
        }
        assert_eq!(worker.drain().await.unwrap(), 1);
        assert_eq!(row(&app).await, ("dead".to_owned(), Kind::Mail.max_attempts(), "away".to_owned()));
        app.advance(Duration::from_secs(7 * 24 * 3600));
        assert_eq!(worker.drain().await.unwrap(), 0);
    }

    async fn what_can_never_work_is_given_up_at_once_with_its_reason(app: TestApp) {
        enqueue(&app, New::new(Kind::Mail, json!({ "nonsense": 1 }))).await;
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(row(&app).await, ("dead".to_owned(), 1, "the letter cannot be read".to_owned()));
    }

    async fn work_of_a_newer_version_is_left_for_a_newer_node(app: TestApp) {
        enqueue(&app, job()).await;
        app.sql("UPDATE jobs SET kind = 'something.new'").await;
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(row(&app).await, ("waiting".to_owned(), 1, "unknown kind of work".to_owned()));
    }

    async fn a_job_that_panics_costs_only_itself(app: TestApp) {
        enqueue(&app, job()).await;
        let panicking = Scripted::new(async |job: Job| {
            assert!(job.attempts > 1, "on purpose");
            Ok(())
        });
        let worker = app.worker(panicking);
        assert_eq!(worker.drain().await.unwrap(), 1);
        assert_eq!(row(&app).await, ("waiting".to_owned(), 1, "panicked".to_owned()));
        app.advance(Duration::from_secs(60));
        assert_eq!(worker.drain().await.unwrap(), 1);
        assert_eq!(row(&app).await, ("done".to_owned(), 2, String::new()));
    }

    async fn a_worker_that_lost_its_lease_records_nothing(app: TestApp) {
        enqueue(&app, job()).await;
        let slow = app.worker(failing());
        let claimed = slow.claim(1).await.unwrap().pop().unwrap();
        assert_eq!(another_node(&app, succeeding()).await.drain().await.unwrap(), 0, "the lease is another's");
        app.advance(LEASE);
        let second = another_node(&app, succeeding()).await;
        let again = second.claim(1).await.unwrap().pop().unwrap();
        assert_eq!((again.id, again.attempts), (claimed.id, 2));
        // The first wakes up and fails; the second is still at it.
        assert!(!slow.work(claimed).await);
        assert_eq!(row(&app).await, ("running".to_owned(), 2, String::new()));
        assert!(second.work(again).await);
        assert_eq!(row(&app).await, ("done".to_owned(), 2, String::new()));
    }

    async fn a_job_that_takes_its_workers_down_is_given_up_in_the_end(app: TestApp) {
        enqueue(&app, job()).await;
        for attempt in 1..=Kind::Mail.max_attempts() {
            let claimed = app.worker(succeeding()).claim(1).await.unwrap();
            assert_eq!(claimed[0].attempts, attempt);
            app.advance(LEASE);
        }
        assert!(app.worker(succeeding()).claim(1).await.unwrap().is_empty());
        assert_eq!(row(&app).await, ("dead".to_owned(), Kind::Mail.max_attempts(), "the worker disappeared".to_owned()));
    }

    async fn a_commit_wakes_the_workers_and_a_rollback_does_not(app: TestApp) {
        let ctx = app.ctx("anna@acme.example").await;
        let bell = ctx.portal.bell.clone();
        let tx = ctx.db.begin().await.unwrap();
        jobs::enqueue(&tx, &ctx, job()).await.unwrap();
        assert!(bell.notified().now_or_never().is_none(), "not before the commit");
        drop(tx);
        assert!(bell.notified().now_or_never().is_none(), "not by a rollback");
        let tx = ctx.db.begin().await.unwrap();
        jobs::enqueue(&tx, &ctx, job()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(bell.notified().now_or_never().is_some());
    }

    async fn running_workers_take_what_comes_and_finish_it_when_they_are_told_to_stop(app: TestApp) {
        let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (begins, goes) = (begun.clone(), go.clone());
        let handler = Scripted::new(move |_| {
            let (begins, goes) = (begins.clone(), goes.clone());
            async move {
                begins.notify_one();
                goes.notified().await;
                Ok(())
            }
        });
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let worker = tokio::spawn(Arc::new(app.worker(handler)).run(false, stopped));
        enqueue(&app, job()).await;
        begun.notified().await;
        assert_eq!(row(&app).await.0, "running");
        stop.send(true).unwrap();
        enqueue(&app, job()).await;
        go.notify_one();
        worker.await.unwrap();
        let states = app.sql("SELECT state FROM jobs ORDER BY id").await;
        assert_eq!(states, [["done"], ["waiting"]], "what came after the stop waits for the next process");
    }

    async fn mails_do_not_wait_behind_files_and_receivers_and_those_wait_without_a_trace(app: TestApp) {
        let (mail, others) = (Arc::new(Notify::new()), Arc::new(tokio::sync::Semaphore::new(0)));
        let (sent, ended) = (mail.clone(), others.clone());
        let handler = Scripted::new(move |job: Job| {
            let (sent, ended) = (sent.clone(), ended.clone());
            async move {
                if job.kind == Kind::Mail.name() {
                    sent.notify_one();
                } else {
                    ended.acquire().await.unwrap().forget();
                }
                Ok(())
            }
        });
        let limited: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| kind.lane() != Lane::Open).collect();
        for kind in &limited {
            for _ in 0..3 {
                enqueue(&app, New::new(*kind, json!({}))).await;
            }
        }
        let all = i64::try_from(limited.len() * 3 + 1).unwrap();
        enqueue(&app, job()).await;
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let worker = tokio::spawn(Arc::new(app.worker(handler.clone())).run(false, stopped));
        // None of the others ends.
        mail.notified().await;
        while handler.runs().len() < 7 {
            tokio::task::yield_now().await;
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE attempts = 0 AND state = 'waiting'").await, all - 7, "as they were");
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs").await, all);
        others.add_permits(limited.len() * 3);
        while app.count("SELECT COUNT(*) FROM jobs WHERE state = 'done'").await < all {
            tokio::task::yield_now().await;
        }
        stop.send(true).unwrap();
        worker.await.unwrap();
        assert_eq!(i64::try_from(handler.runs().len()).unwrap(), all, "each once");
    }

    async fn a_job_that_takes_longer_than_its_lease_keeps_it_and_stops_when_it_is_lost(app: TestApp) {
        enqueue(&app, job()).await;
        let (clock, db) = (app.clock.clone(), app.db().clone());
        let patient = Scripted::new(move |job: Job| {
            let (clock, db) = (clock.clone(), db.clone());
            async move {
                // Three leases long, each as soon as the sign of life before has come.
                for _ in 0..3 {
                    clock.advance(LEASE - Duration::from_secs(1));
                    let wanted = clock.now().plus(LEASE).0.to_string();
                    while db.raw("SELECT CAST(due_at AS TEXT) FROM jobs".into()).await.unwrap()[0][0] != wanted {
                        tokio::task::yield_now().await;
                    }
                }
                assert_eq!(job.attempts, 1);
                Ok(())
            }
        });
        let quick = Pace { heartbeat: Duration::from_millis(5), ..Pace::default() };
        let worker = app.worker(patient).at_pace(quick);
        let claimed = worker.claim(1).await.unwrap().pop().unwrap();
        assert!(worker.work(claimed).await);
        assert_eq!(row(&app).await, ("done".to_owned(), 1, String::new()));
        // And one that would never end, when another has taken it over.
        app.sql("DELETE FROM jobs").await;
        enqueue(&app, job()).await;
        let endless = app.worker(Scripted::new(async |_| std::future::pending().await)).at_pace(quick);
        let claimed = endless.claim(1).await.unwrap().pop().unwrap();
        app.sql("UPDATE jobs SET attempts = 2").await;
        assert!(!endless.work(claimed).await);
        assert_eq!(row(&app).await, ("running".to_owned(), 2, String::new()));
    }

    async fn what_does_not_end_in_time_after_the_stop_is_handed_back_and_does_not_count(app: TestApp) {
        enqueue(&app, job()).await;
        let begun = Arc::new(Notify::new());
        let begins = begun.clone();
        let endless = Scripted::new(move |_| {
            begins.notify_one();
            std::future::pending()
        });
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let worker = app.worker(endless).at_pace(Pace { grace: Duration::ZERO, ..Pace::default() });
        let worker = tokio::spawn(Arc::new(worker).run(false, stopped));
        begun.notified().await;
        stop.send(true).unwrap();
        worker.await.unwrap();
        assert_eq!(row(&app).await, ("waiting".to_owned(), 1, String::new()));
        assert_eq!(app.sql("SELECT CAST(max_attempts AS TEXT) FROM jobs").await[0][0], (Kind::Mail.max_attempts() + 1).to_string());
        assert_eq!(app.worker(succeeding()).drain().await.unwrap(), 1, "another takes it at once");
    }

    async fn each_duty_is_enqueued_once_by_whichever_node_comes_first(app: TestApp) {
        let ctx = app.state.ctx(app::access::Actor::operator(), "test");
        jobs::prepare(&ctx).await.unwrap();
        jobs::prepare(&ctx).await.unwrap();
        let schedules = app.count("SELECT COUNT(*) FROM job_schedules").await;
        assert_eq!(jobs::tick(&ctx).await.unwrap(), 0, "nothing is due yet");
        // Two days without a node: each is done once, not forty-eight times.
        app.advance(Duration::from_secs(48 * 3600));
        let begun = futures::future::join_all((0..4).map(|_| jobs::tick(&ctx))).await;
        let begun: usize = begun.into_iter().map(Result::unwrap).sum();
        assert_eq!(i64::try_from(begun).unwrap(), schedules);
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs").await, schedules);
        assert_eq!(jobs::tick(&ctx).await.unwrap(), 0);
        assert_eq!(i64::try_from(app.run_jobs().await).unwrap(), schedules);
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE state = 'done'").await, schedules);
        app.advance(Duration::from_secs(3600));
        assert_eq!(jobs::tick(&ctx).await.unwrap(), 6, "the hourly ones");
    }

    async fn a_clock_that_jumps_does_not_begin_again_what_still_runs(app: TestApp) {
        const DAY: Duration = Duration::from_secs(24 * 3600);
        enqueue(&app, job()).await;
        let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (seen, waits) = (begun.clone(), go_on.clone());
        let handler = Scripted::new(move |_| {
            let (seen, waits) = (seen.clone(), waits.clone());
            async move {
                seen.notify_one();
                waits.notified().await;
                Ok(())
            }
        });
        let worker = Arc::new(app.worker(handler.clone()));
        let claimed = worker.claim(1).await.unwrap().pop().unwrap();
        let at_work = worker.clone();
        let running = tokio::spawn(async move { at_work.work(claimed).await });
        begun.notified().await;
        // By this clock its lease has ended long ago, though not a second has passed.
        app.advance(DAY);
        assert!(worker.claim(5).await.unwrap().is_empty(), "it is still at it");
        app.clock.set_back(DAY * 2);
        assert!(worker.claim(5).await.unwrap().is_empty(), "and its lease still holds");
        app.advance(DAY);
        go_on.notify_one();
        assert!(running.await.unwrap());
        assert_eq!(row(&app).await, ("done".to_owned(), 1, String::new()));
        assert_eq!(handler.runs().len(), 1);
        // Nor is one given up that runs for the last time.
        app.sql("DELETE FROM jobs").await;
        enqueue(&app, job()).await;
        let claimed = worker.claim(1).await.unwrap().pop().unwrap();
        app.sql("UPDATE jobs SET max_attempts = 1").await;
        let at_work = worker.clone();
        let running = tokio::spawn(async move { at_work.work(claimed).await });
        begun.notified().await;
        app.advance(DAY);
        assert!(worker.claim(5).await.unwrap().is_empty());
        go_on.notify_one();
        assert!(running.await.unwrap());
        assert_eq!(row(&app).await.0, "done");
    }

    async fn duties_follow_a_clock_that_was_a_day_ahead(app: TestApp) {
        let ctx = app.state.ctx(app::access::Actor::operator(), "test");
        jobs::prepare(&ctx).await.unwrap();
        let day = Duration::from_secs(24 * 3600);
        app.advance(day);
        assert!(jobs::tick(&ctx).await.unwrap() > 6);
        // Somebody dies over a job then.
        let lost = app.worker(succeeding()).claim(1).await.unwrap();
        app.clock.set_back(day);
        let first = async || Some(Instant(app.sql("SELECT CAST(MIN(next_at) AS TEXT) FROM job_schedules").await[0][0].parse().unwrap()));
        jobs::follow_clock(&ctx, first().await).await.unwrap();
        let late = format!("SELECT COUNT(*) FROM jobs WHERE state = 'waiting' AND due_at > {}", app.clock.now().0);
        assert_eq!(app.count(&late).await, 0, "what the wrong clock has queued does not wait for its day");
        assert_eq!(jobs::tick(&ctx).await.unwrap(), 0, "nothing is done at once because of it");
        let leased = format!("SELECT COUNT(*) FROM jobs WHERE state = 'running' AND due_at > {}", app.clock.now().plus(LEASE).0);
        assert_eq!((lost.len(), app.count(&leased).await), (1, 0), "the lease of who has died ends like any other");
        app.advance(Duration::from_secs(3600));
        assert_eq!(jobs::tick(&ctx).await.unwrap(), 6, "the hourly ones, as if nothing had been");
        // A clock that is right is left alone.
        let before = first().await;
        jobs::follow_clock(&ctx, before).await.unwrap();
        assert_eq!(first().await, before);
    }

    async fn finished_jobs_are_forgotten_after_a_while(app: TestApp) {
        enqueue(&app, job()).await;
        app.worker(succeeding()).drain().await.unwrap();
        let purge = async || {
            enqueue(&app, New::new(Kind::PurgeJobs, json!({}))).await;
            app.run_jobs().await;
        };
        app.advance(Duration::from_secs(6 * 24 * 3600));
        purge().await;
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE kind = 'mail'").await, 1);
        app.advance(Duration::from_secs(2 * 24 * 3600));
        purge().await;
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE kind = 'mail'").await, 0);
    }

    async fn a_job_acts_with_the_rights_its_originator_has_by_then(app: TestApp) {
        enqueue(&app, job()).await;
        let claimed = app.worker(succeeding()).claim(1).await.unwrap().pop().unwrap();
        let ctx = app.state.ctx(app::access::Actor::operator(), "test");
        let acme = app.organisation("acme");
        let role = |ctx: &Ctx| ctx.actor.role_for(Some(acme));
        let as_anna = jobs::as_originator(&ctx, &claimed).await.unwrap();
        assert_eq!((as_anna.actor.user_id(), role(&as_anna)), (Some(app.user("anna@acme.example")), Some(Role::CustomerAdmin)));
        app.sql("UPDATE memberships SET role = 'member'").await;
        assert_eq!(role(&jobs::as_originator(&ctx, &claimed).await.unwrap()), Some(Role::Customer));
        app.sql("UPDATE memberships SET state = 'suspended'").await;
        assert!(jobs::as_originator(&ctx, &claimed).await.unwrap().actor.memberships().is_empty());
        app.sql("UPDATE users SET state = 'suspended'").await;
        let gone = jobs::as_originator(&ctx, &claimed).await.err();
        assert_eq!(gone, Some(Failure::Never("the originator may not sign in any more".into())));
        // Nobody's work is the operator's.
        let nobodys = Job { originator_id: None, ..claimed };
        let kind = jobs::as_originator(&ctx, &nobodys).await.unwrap();
        assert!(matches!(kind.actor.kind(), ActorKind::Operator));
    }

    async fn a_job_is_due_at_its_time_and_not_before(app: TestApp) {
        let at = app.clock.now().plus(Duration::from_secs(60));
        enqueue(&app, job().at(at)).await;
        let worker = app.worker(succeeding());
        assert_eq!(worker.drain().await.unwrap(), 0);
        app.advance(Duration::from_secs(60));
        assert_eq!(worker.drain().await.unwrap(), 1);
        assert_ne!(at, Instant::END);
    }
}
