//! Runs: how they wait for each other, go on where they were cut off, and are undone.

use std::path::PathBuf;
use std::time::Duration;

use app::access::Actor;
use app::ctx::Ctx;
use app::files::FileName;
use app::ids::ImportId;
use app::imports::here::Here;
use app::imports::kind::Kind;
use app::imports::mapping::Mapping;
use app::imports::model::{Options, Run, Source, State};
use app::imports::service::{self, NewImport};
use bytes::Bytes;

use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";

async fn number_acme(app: &TestApp) {
    app.sql("UPDATE organisations SET number = 'AC-7' WHERE slug = 'acme'").await;
}

async fn receive(app: &TestApp, kind: Kind, text: &str, start: bool, skip_bad: bool) -> ImportId {
    let ctx = app.ctx(ADMIN).await;
    let options = Options { skip_bad, currency: "EUR".to_owned(), ..Options::default() };
    let name = FileName::parse("export.csv");
    let new = NewImport { kind, name, source: Source::Page, mapping: Mapping::default(), options, start };
    let bytes = Bytes::from(text.to_owned());
    service::receive(&ctx, new, futures::stream::once(async { Ok::<_, String>(bytes) })).await.unwrap()
}

async fn standing(app: &TestApp, id: ImportId) -> Run {
    service::find(&app.ctx(ADMIN).await, id).await.unwrap()
}

async fn imported(app: &TestApp, kind: Kind, text: &str) -> ImportId {
    let id = receive(app, kind, text, true, false).await;
    app.run_jobs().await;
    assert_eq!(standing(app, id).await.state, State::Done, "{:?}", standing(app, id).await.problem());
    id
}

async fn undo(app: &TestApp, id: ImportId) -> Run {
    service::undo(&app.ctx(ADMIN).await, id).await.unwrap();
    app.run_jobs().await;
    standing(app, id).await
}

fn counts(run: &Run) -> [i64; 4] {
    [run.counts.created, run.counts.changed, run.counts.unchanged, run.counts.rejected]
}

fn numbers(from: usize, to: usize) -> String {
    let mut text = String::from("number,customer,date\n");
    (from..to).for_each(|at| text.push_str(&format!("M-{at},AC-7,2026-01-01\n")));
    text
}

fn file(text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("kontor-run-{}.csv", uuid::Uuid::now_v7()));
    std::fs::write(&path, text).unwrap();
    path
}

fn operator(app: &TestApp, ctx: &Ctx) -> Ctx {
    Ctx { actor: Actor::operator(), ..app.state.ctx(ctx.actor.clone(), "cli") }
}

async fn orders(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM orders").await
}

both! {
    async fn a_look_writes_nothing_and_keeps_what_it_found(app: TestApp) {
        number_acme(&app).await;
        let ctx = app.ctx(ADMIN).await;
        let before = orders(&app).await;
        let id = receive(&app, Kind::Orders, "number,customer,date\nA-1,AC-7,2026-01-01\nA-2,NOBODY,2026-01-01\n", false, false).await;
        assert_eq!(standing(&app, id).await.state, State::Checking);
        app.run_jobs().await;
        let run = standing(&app, id).await;
        assert_eq!((run.state, counts(&run), run.total), (State::Ready, [1, 0, 0, 1], 2));
        assert_eq!(orders(&app).await, before);
        let (rows, _) = service::rows(&ctx, &run, Some("rejected"), None, 10).await.unwrap();
        assert_eq!((rows[0].line, rows[0].number.as_str()), (3, "A-2"));
        assert!(rows[0].detail().text().contains("There is no such customer"));
        // All or nothing: nothing, and it says why; without what is wrong: the rest.
        service::start(&ctx, id, false).await.unwrap();
        app.run_jobs().await;
        let run = standing(&app, id).await;
        assert_eq!((run.state, counts(&run), run.problem()), (State::Failed, [1, 0, 0, 1], Some(("rejected", ""))));
        assert_eq!(service::rows(&ctx, &run, None, None, 10).await.unwrap().0.len(), 1);
        assert_eq!(orders(&app).await, before);
        assert_eq!(service::failed(&ctx, 5).await.unwrap().len(), 1);
        assert!(service::failed(&app.ctx("anna@acme.example").await, 5).await.unwrap().is_empty());
        service::again(&ctx, id).await.unwrap();
        app.run_jobs().await;
        service::start(&ctx, id, true).await.unwrap();
        app.run_jobs().await;
        let run = standing(&app, id).await;
        assert_eq!((run.state, counts(&run), run.done), (State::Done, [1, 0, 0, 1], 2));
        assert_eq!(orders(&app).await, before + 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'import.run'").await, 1);
    }

    async fn undoing_makes_what_is_new_go_and_gives_back_what_was(app: TestApp) {
        number_acme(&app).await;
        let before = orders(&app).await;
        let first = imported(&app, Kind::Orders, "number,customer,date,required date,carrier\nA-1,AC-7,2026-01-01,2026-02-01,Hafen\n").await;
        let lines = imported(&app, Kind::OrderLines, "order,quantity,item,price\nA-1,2,Bolt,1.50\n").await;
        let second = imported(&app, Kind::Orders, "number,customer,date,required date,carrier\nA-1,AC-7,2026-01-01,2026-03-01,\nA-2,AC-7,2026-01-02,,\n").await;
        let more = imported(&app, Kind::OrderLines, "order,quantity,item,price\nA-1,3,Nut,2.00\nA-1,1,Bolt,1.50\n").await;
        let anna = app.token("anna@acme.example").await;
        let seen = async || {
            let found = anna.get("/api/v1/orders?limit=100").await.json();
            let order = found["items"].as_array().unwrap().iter().find(|o| o["number"] == "A-1").unwrap().clone();
            let lines = anna.get(&format!("/api/v1/orders/{}/lines", order["id"].as_str().unwrap())).await.json();
            let titles: Vec<_> = lines["items"].as_array().unwrap().iter().map(|line| line["title"].as_str().unwrap().to_owned()).collect();
            (order["wanted_on"].clone(), order["carrier"].clone(), order["total"]["amount"].clone(), titles.join(" "))
        };
        assert_eq!(seen().await, ("2026-03-01".into(), "".into(), "7.50".into(), "Nut Bolt".to_owned()));
        // In between something else touched them: nothing is undone, and it is said what.
        let run = undo(&app, second).await;
        assert_eq!((run.state, run.problem()), (State::Done, Some(("touched", "A-1"))));
        assert_eq!(orders(&app).await, before + 2);
        // From the last to the first all of it goes back.
        assert_eq!(undo(&app, more).await.state, State::Undone);
        assert_eq!(seen().await, ("2026-03-01".into(), "".into(), "3.00".into(), "Bolt".to_owned()));
        let history = app.count("SELECT COUNT(*) FROM order_changes WHERE field = 'total' AND old = '750' AND new = '300'").await;
        assert_eq!(history, 1, "its customer reads that it went back");
        assert_eq!(undo(&app, second).await.state, State::Undone);
        assert_eq!(seen().await, ("2026-02-01".into(), "Hafen".into(), "3.00".into(), "Bolt".to_owned()));
        assert_eq!(undo(&app, lines).await.state, State::Undone);
        assert_eq!(undo(&app, first).await.state, State::Undone);
        assert_eq!(orders(&app).await, before);
        let alone = imported(&app, Kind::Orders, "number,customer,date\nB-1,AC-7,2026-01-01\nB-2,AC-7,2026-01-01\n").await;
        assert_eq!(undo(&app, alone).await.state, State::Undone);
        assert_eq!(orders(&app).await, before);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'import.undo'").await, 5);
        // It can be imported again.
        service::again(&app.ctx(ADMIN).await, alone).await.unwrap();
        app.run_jobs().await;
        let run = standing(&app, alone).await;
        assert_eq!((run.state, counts(&run)), (State::Ready, [2, 0, 0, 0]));
    }

    async fn customers_go_back_too_unless_somebody_belongs_to_them(app: TestApp) {
        let text = "number,name,city\nC-1,Elbe Werft,Hamburg\nC-2,Weser Werft,Bremen\n";
        let first = imported(&app, Kind::Organisations, text).await;
        let moved = imported(&app, Kind::Organisations, &text.replace("Bremen", "Bremerhaven")).await;
        assert_eq!(counts(&standing(&app, moved).await), [0, 1, 1, 0]);
        assert_eq!(undo(&app, moved).await.state, State::Undone);
        assert_eq!(app.count("SELECT COUNT(*) FROM organisations WHERE city = 'Bremen'").await, 1);
        assert_eq!(undo(&app, first).await.state, State::Undone);
        assert_eq!(app.count("SELECT COUNT(*) FROM organisations WHERE number IN ('C-1', 'C-2')").await, 0);
        let third = imported(&app, Kind::Organisations, "number,name\nC-3,Ems Werft\nC-4,Jade Werft\n").await;
        imported(&app, Kind::Orders, "number,customer\nO-1,C-4\n").await;
        assert_eq!(undo(&app, third).await.problem(), Some(("touched", "C-4")));
        let fourth = imported(&app, Kind::Organisations, "number,name\nC-5,Eider Werft\n").await;
        assert_eq!(undo(&app, fourth).await.state, State::Undone);
        assert_eq!(app.count("SELECT COUNT(*) FROM organisations WHERE number = 'C-5'").await, 0);
    }

    async fn people_are_known_or_invited_and_nobody_gets_a_mail_unasked(app: TestApp) {
        let text = "E-Mail;Name;Kunde;Rolle;Rechnungen;Funktion\nmia@acme.example;Mia Berg;acme;admin;;Einkauf\nole@acme.example;Ole Dahl;acme;;keine;\nben@acme.example;Ben;acme;;;\n";
        let known = imported(&app, Kind::People, text).await;
        assert_eq!(counts(&standing(&app, known).await), [2, 0, 1, 0]);
        assert_eq!(app.count("SELECT COUNT(*) FROM invitations WHERE email LIKE '%@acme.example' AND state = 'open'").await, 0);
        let again = imported(&app, Kind::People, &text.replace("Einkauf", "Leitung Einkauf")).await;
        assert_eq!(counts(&standing(&app, again).await), [0, 1, 2, 0]);
        assert!(app.outbox().is_empty());
        assert_eq!(undo(&app, known).await.problem(), Some(("touched", "mia@acme.example")));
        assert_eq!(undo(&app, again).await.state, State::Undone);
        assert_eq!(undo(&app, known).await.state, State::Undone);
        assert_eq!(app.count("SELECT COUNT(*) FROM organisation_contacts WHERE email IN ('mia@acme.example', 'ole@acme.example')").await, 0);
        // With a tick they are invited, with their rights; the second time they are already.
        let ctx = app.ctx(ADMIN).await;
        let invite = async || {
            let options = Options { invite: true, ..Options::default() };
            let new = NewImport { kind: Kind::People, name: FileName::parse("people.csv"), source: Source::Page, mapping: Mapping::default(), options, start: true };
            let bytes = Bytes::from(text);
            let id = service::receive(&ctx, new, futures::stream::once(async { Ok::<_, String>(bytes) })).await.unwrap();
            app.run_jobs().await;
            id
        };
        let invited = invite().await;
        assert_eq!(counts(&standing(&app, invited).await), [2, 0, 1, 0]);
        let rows = app.sql("SELECT role, money FROM invitations WHERE email IN ('mia@acme.example', 'ole@acme.example') AND state = 'open' ORDER BY email").await;
        assert_eq!(rows, [["admin", "organisation"], ["member", "none"]].map(|row| row.map(str::to_owned)));
        assert_eq!(app.outbox().len(), 2);
        let twice = invite().await;
        assert_eq!(counts(&standing(&app, twice).await), [0, 0, 3, 0]);
        assert_eq!(undo(&app, invited).await.state, State::Undone);
        assert_eq!(app.count("SELECT COUNT(*) FROM invitations WHERE email = 'mia@acme.example' AND state = 'open'").await, 0);
        let wrong = receive(&app, Kind::People, "email,customer,role\nnobody,acme,\nx@y.example,nowhere,\nben@acme.example,acme,admin\nz@y.example,acme,emperor\nz@y.example,acme,\n", false, false).await;
        app.run_jobs().await;
        let run = standing(&app, wrong).await;
        assert_eq!(counts(&run), [0, 0, 0, 5]);
    }

    async fn of_two_at_once_the_second_waits_or_is_told(app: TestApp) {
        number_acme(&app).await;
        let first = receive(&app, Kind::Orders, &numbers(0, 2), false, false).await;
        app.run_jobs().await;
        app.sql(&format!("UPDATE imports SET state = 'running', beat_at = {}", app.clock.now().0)).await;
        let second = receive(&app, Kind::Orders, &numbers(2, 4), true, false).await;
        let other = receive(&app, Kind::Organisations, "number,name\nC-1,Elbe Werft\n", true, false).await;
        app.run_jobs().await;
        assert_eq!(standing(&app, second).await.state, State::Waiting);
        assert_eq!(standing(&app, other).await.state, State::Done, "of another kind");
        let path = file(&numbers(4, 6));
        let ctx = operator(&app, &app.ctx(ADMIN).await);
        let told = Here::open(Kind::Orders, &path, Mapping::default()).unwrap().run(&ctx, &Options::default(), |_| ()).await.unwrap();
        assert!(told.is_none());
        app.advance(Duration::from_secs(6));
        app.run_jobs().await;
        assert_eq!(standing(&app, second).await.state, State::Waiting);
        app.sql(&format!("UPDATE imports SET state = 'done' WHERE id = {}", app.literal(first.0))).await;
        app.advance(Duration::from_secs(6));
        app.run_jobs().await;
        assert_eq!(standing(&app, second).await.state, State::Done);
        let told = Here::open(Kind::Orders, &path, Mapping::default()).unwrap().run(&ctx, &Options::default(), |_| ()).await.unwrap();
        let (id, totals) = told.unwrap();
        assert_eq!((totals.created, standing(&app, id).await.source), (2, Source::Command));
        std::fs::remove_file(path).unwrap();
    }

    async fn what_was_cut_off_says_so_and_goes_on_where_it_was(app: TestApp) {
        number_acme(&app).await;
        let before = orders(&app).await;
        // What a process that was killed leaves: a part is there, and no job to go on with it.
        let path = file(&numbers(0, 1000));
        let ctx = operator(&app, &app.ctx(ADMIN).await);
        Here::open(Kind::Orders, &path, Mapping::default()).unwrap().run(&ctx, &Options::default(), |_| ()).await.unwrap();
        std::fs::remove_file(path).unwrap();
        let id = receive(&app, Kind::Orders, &format!("{}M-7,AC-7,2026-01-01\n", numbers(0, 1500)), true, true).await;
        app.sql("DELETE FROM jobs WHERE kind = 'imports.run'").await;
        app.sql(&format!("UPDATE imports SET state = 'running', done = 1000, created = 1000, beat_at = {} WHERE id = {}", app.clock.now().0, app.literal(id.0))).await;
        app.advance(Duration::from_secs(600));
        let next = receive(&app, Kind::Orders, &numbers(2000, 2001), true, false).await;
        app.run_jobs().await;
        let run = standing(&app, id).await;
        assert_eq!((run.state, run.problem()), (State::Failed, Some(("cut", ""))));
        assert_eq!(standing(&app, next).await.state, State::Done, "it keeps nobody waiting");
        // The customer was told of the part that is there.
        let (acme, now) = (app.literal(app.organisation("acme").0), app.clock.now().0);
        let [news, nobody, run] = [uuid::Uuid::now_v7(), uuid::Uuid::nil(), id.0].map(|id| app.literal(id));
        app.sql(&format!("INSERT INTO news (id, source, about, organisation_id, buyer_id, project_id, created, changed, at, told_at) VALUES ({news}, {run}, 'orders', {acme}, {nobody}, {nobody}, 1000, 0, {now}, {now})")).await;
        service::again(&app.ctx(ADMIN).await, id).await.unwrap();
        app.run_jobs().await;
        let run = standing(&app, id).await;
        assert_eq!((run.state, counts(&run), run.done), (State::Done, [1500, 0, 0, 1], 1501));
        assert_eq!(orders(&app).await, before + 1501);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'order.news' AND detail LIKE '%1500%'").await, 1, "told again, of all of them");
        let (rows, _) = service::rows(&app.ctx(ADMIN).await, &run, Some("rejected"), None, 10).await.unwrap();
        assert!(rows[0].detail().text().contains("twice"), "what stood before the cut is known");
    }

    async fn a_job_has_the_rights_its_originator_has_when_it_ends(app: TestApp) {
        number_acme(&app).await;
        let id = receive(&app, Kind::Orders, &numbers(0, 2), true, false).await;
        app.sql("UPDATE users SET staff_role = 'support' WHERE email = 'admin@nordlicht.example'").await;
        app.run_jobs().await;
        let run = app.sql("SELECT state, problem FROM imports").await;
        assert_eq!(run, [["failed".to_owned(), "forbidden".to_owned()]]);
        assert_eq!(app.count("SELECT COUNT(*) FROM orders WHERE number LIKE 'M-%'").await, 0);
        app.sql("UPDATE users SET staff_role = 'administrator' WHERE email = 'admin@nordlicht.example'").await;
        service::again(&app.ctx(ADMIN).await, id).await.unwrap();
        app.sql("UPDATE users SET state = 'suspended' WHERE email = 'admin@nordlicht.example'").await;
        app.run_jobs().await;
        assert_eq!(app.sql("SELECT state, problem FROM imports").await, [["failed".to_owned(), "forbidden".to_owned()]]);
    }

    async fn files_and_runs_are_forgotten_when_their_time_is_over(app: TestApp) {
        number_acme(&app).await;
        let id = imported(&app, Kind::Orders, &numbers(0, 2)).await;
        let ctx = operator(&app, &app.ctx(ADMIN).await);
        app.advance(Duration::from_secs(100 * 24 * 3600));
        app::imports::work::purge(&ctx).await.unwrap();
        let run = standing(&app, id).await;
        assert!(run.object().is_none() && !run.can_be_run_again() && run.can_be_undone());
        assert_eq!(app.count("SELECT COUNT(*) FROM pending_uploads").await, 1, "the sweeper takes the file");
        app.advance(Duration::from_secs(301 * 24 * 3600));
        app::imports::work::purge(&ctx).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM imports").await + app.count("SELECT COUNT(*) FROM import_rows").await, 0);
    }
}
