//! Every statement of the program means something to both databases.

use app::db::{STATEMENTS, arity};
use sqlx::{Column as _, Either, Executor as _, SqlStr, Statement as _, TypeInfo as _};

use crate::support::{Engine, TestApp};

fn text(sql: &'static str) -> SqlStr {
    sqlx::SqlSafeStr::into_sql_str(sql)
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines_with_the_same_columns() {
    let lite = TestApp::new(Engine::Sqlite).await;
    let pg = TestApp::new(Engine::Postgres).await;
    let lite = lite.db().sqlite_for_tests().expect("SQLite");
    let pg = pg.db().postgres_for_tests().expect("PostgreSQL");
    let mut problems = Vec::new();
    let mut names: Vec<_> = STATEMENTS.iter().collect();
    names.sort_by_key(|entry| entry.name);
    assert!(names.len() > 50, "only {} statements are registered", names.len());
    for entry in names {
        let on_lite = match lite.prepare(text(entry.sqlite)).await {
            Ok(statement) => statement,
            Err(e) => {
                problems.push(format!("{} on SQLite: {e}", entry.name));
                continue;
            }
        };
        let on_pg = match pg.prepare(text(entry.postgres)).await {
            Ok(statement) => statement,
            Err(e) => {
                problems.push(format!("{} on PostgreSQL: {e}", entry.name));
                continue;
            }
        };
        let columns = |names: Vec<&str>| names.join(",");
        let a = columns(on_lite.columns().iter().map(sqlx::Column::name).collect());
        let b = columns(on_pg.columns().iter().map(sqlx::Column::name).collect());
        if a != b {
            problems.push(format!("{}: columns {a} on SQLite, {b} on PostgreSQL", entry.name));
        }
        let parameters = match on_pg.parameters() {
            Some(Either::Left(types)) => types.len(),
            Some(Either::Right(count)) => count,
            None => 0,
        };
        if parameters != arity(entry.sqlite) || arity(entry.sqlite) != arity(entry.postgres) {
            problems.push(format!("{}: {parameters} parameters", entry.name));
        }
        for column in on_pg.columns() {
            let kind = column.type_info().name();
            // What our row types cannot read the same from both.
            if ["INT4", "INT2", "NUMERIC", "FLOAT4", "TIMESTAMPTZ"].contains(&kind) {
                problems.push(format!("{}: {} is {kind}; cast it", entry.name, column.name()));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
