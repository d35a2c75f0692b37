//! An import that is killed half-way, with a real process. Its report is a pipe that nobody reads to the end: so it stands in the
//! middle of its work until it is killed.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::{Place, Setup};

/// Six batches of an import; the report of all of them is much longer than a pipe holds.
const ORDERS: usize = 3000;
const BATCH: usize = 500;
/// The demo has runs of its own.
const OURS: &str = "imports WHERE file_name = 'killed.csv'";

fn orders(path: &Path) {
    let mut file = File::create(path).unwrap();
    writeln!(file, "number,customer,order date,title,reference").unwrap();
    for at in 0..ORDERS {
        writeln!(file, "KILL-{at},acme,2026-01-01,What order number {at} is about,Order {at} of the customer").unwrap();
    }
}

/// Imports, and is killed when the first batch has been written.
async fn killed(setup: &Setup, place: Place, file: &str, more: &[&str]) {
    let pipe = setup.dir.path().join(format!("report-{}", uuid::Uuid::now_v7()));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let name = pipe.display().to_string();
    let mut arguments = vec!["import", "orders", file, "--report", &name];
    arguments.extend_from_slice(more);
    let mut process = setup.begin(&arguments);
    // Whoever opens it waits for the other side, which may have ended before.
    let (opened, report) = std::sync::mpsc::channel();
    std::thread::spawn(move || opened.send(File::open(&pipe)));
    let report = report.recv_timeout(Duration::from_secs(60));
    let mut report = report.unwrap_or_else(|_| panic!("no report: {:?}", process.try_wait())).unwrap();
    // What became of a row is told when its batch is written.
    let mut first = [0; 5];
    report.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"line,");
    assert!(process.try_wait().unwrap().is_none(), "it is in the middle of its work");
    if place != Place::Embedded {
        // Meanwhile others act, and the trail is theirs too.
        setup.done(&["token", "create", "--email", "pm@nordlicht.example", "--name", "meanwhile"]);
    }
    process.kill().unwrap();
    process.wait().unwrap();
    // A server may still be at what it was told last.
    let settled =
        if place == Place::Embedded { "SELECT '1'" } else { "BEGIN; LOCK TABLE orders IN SHARE MODE; COMMIT" };
    setup.sql(settled).await;
}

async fn count(setup: &Setup, statement: &str) -> usize {
    setup.sql(&format!("SELECT CAST(COUNT(*) AS TEXT) FROM {statement}")).await[0][0].parse().unwrap()
}

async fn there(setup: &Setup) -> usize {
    count(setup, "orders WHERE number LIKE 'KILL-%'").await
}

/// What an import says when it is done.
fn imported(setup: &Setup, file: &str) -> String {
    setup.done(&["import", "orders", file]).lines().last().unwrap().to_owned()
}

/// A run that was killed gives no sign of life: minutes later nobody waits for it any more.
async fn minutes_later(setup: &Setup) {
    setup.sql("UPDATE imports SET beat_at = 0 WHERE state = 'running'").await;
}

async fn after_kill_9_nothing_is_half_done_and_a_second_run_finds_the_first(place: Place) {
    let setup = Setup::with_demo(place).await;
    let path = setup.dir.path().join("killed.csv");
    orders(&path);
    let file = path.display().to_string();
    let events = count(&setup, "audit_events WHERE action = 'order.import'").await;
    killed(&setup, place, &file, &[]).await;
    assert_eq!(there(&setup).await, 0, "all or nothing: nothing");
    assert_eq!(
        count(&setup, "audit_events WHERE action = 'order.import'").await,
        events,
        "nor does the trail tell of it"
    );
    assert_eq!(count(&setup, &format!("import_rows WHERE run_id IN (SELECT id FROM {OURS})")).await, 0);
    assert_eq!(setup.sql(&format!("SELECT state FROM {OURS}")).await, [["running"]]);
    // The next one does not begin while the first may live.
    let refused = setup.run(&["import", "orders", &file]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("another import of orders is running"), "{said}");
    assert_eq!(there(&setup).await, 0);
    minutes_later(&setup).await;
    assert_eq!(imported(&setup, &file), format!("{ORDERS} created, 0 changed, 0 unchanged, 0 rejected"));
    assert_eq!(
        setup.sql(&format!("SELECT state, problem FROM {OURS} ORDER BY id")).await,
        [["failed", "cut"], ["done", ""]]
    );
    assert_eq!(imported(&setup, &file), format!("0 created, 0 changed, {ORDERS} unchanged, 0 rejected"));
    assert_eq!(there(&setup).await, ORDERS);
    setup.done(&["audit", "verify", "--quiet"]);
}

async fn after_kill_9_what_was_taken_piece_by_piece_is_whole_and_the_second_run_takes_the_rest(place: Place) {
    let setup = Setup::with_demo(place).await;
    let path = setup.dir.path().join("killed.csv");
    orders(&path);
    let file = path.display().to_string();
    killed(&setup, place, &file, &["--skip-bad"]).await;
    let taken = there(&setup).await;
    assert!((BATCH..ORDERS).contains(&taken) && taken.is_multiple_of(BATCH), "whole batches: {taken}");
    let noted = setup.sql(&format!("SELECT CAST(done AS TEXT), CAST(created AS TEXT) FROM {OURS}")).await;
    assert_eq!(noted, [[taken.to_string(), taken.to_string()]], "what it says it did is what is there");
    minutes_later(&setup).await;
    let rest = ORDERS - taken;
    assert_eq!(imported(&setup, &file), format!("{rest} created, 0 changed, {taken} unchanged, 0 rejected"));
    assert_eq!(there(&setup).await, ORDERS);
    setup.done(&["audit", "verify", "--quiet"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_during_an_import_of_all_or_nothing_on_sqlite() {
    after_kill_9_nothing_is_half_done_and_a_second_run_finds_the_first(Place::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_during_an_import_of_all_or_nothing_on_postgres() {
    after_kill_9_nothing_is_half_done_and_a_second_run_finds_the_first(Place::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_during_an_import_of_what_is_right_on_sqlite() {
    after_kill_9_what_was_taken_piece_by_piece_is_whole_and_the_second_run_takes_the_rest(Place::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_during_an_import_of_what_is_right_on_postgres() {
    after_kill_9_what_was_taken_piece_by_piece_is_whole_and_the_second_run_takes_the_rest(Place::Postgres).await;
}
