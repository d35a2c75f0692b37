//! Copies what a seeded SQLite database holds into a PostgreSQL one with the same schema: one seed serves both engines.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};

use crate::{Outcome, db, line};

/// What is sent at once, in bytes.
const CHUNK: usize = 1 << 20;
/// How many rows are held at once.
const ROWS: i64 = 20_000;

/// Indexes that no key needs, in the order they were made: what is to be dropped, and what makes them.
const INDEXES: &str = "SELECT c.relname::text, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
     WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) \
     ORDER BY i.indexrelid";
/// Everything waits for the portal to index its words.
const MARKS: &str = "INSERT INTO search_stale (document_id, stamp, since) SELECT id, 0, changed_at FROM documents ORDER BY id; \
     INSERT INTO search_stale_orders (order_id, stamp, since) SELECT id, 0, changed_at FROM orders ORDER BY id; \
     INSERT INTO search_stale_projects (project_id, stamp, since) SELECT id, 0, changed_at FROM projects ORDER BY id;";

/// What PostgreSQL's COPY reads for a column of this type.
fn text(column: &str, kind: &str) -> String {
    let quoted = format!("\"{column}\"");
    let written = match kind {
        "uuid" => format!("lower(hex({quoted}))"),
        "bytea" => format!("'\\\\x' || hex({quoted})"),
        "boolean" => format!("CASE {quoted} WHEN 0 THEN 'f' ELSE 't' END"),
        "text" => format!(
            "replace(replace(replace(replace({quoted}, '\\', '\\\\'), char(9), '\\t'), char(10), '\\n'), char(13), '\\r')"
        ),
        _ => format!("CAST({quoted} AS TEXT)"),
    };
    format!("CASE WHEN {quoted} IS NULL THEN '\\N' ELSE {written} END")
}

/// Replaces what is in the PostgreSQL database, which `kontor migrate` has made, by what is in the SQLite one.
pub async fn run(from: &str, to: &str) -> Outcome {
    let mut lite = db::writer(from).await?;
    let mut pg: PgConnection = to.parse::<PgConnectOptions>()?.disable_statement_logging().connect().await?;
    let tables: Vec<(String,)> = sqlx::query_as(
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' \
         AND table_name NOT LIKE '\\_%' ORDER BY table_name",
    )
    .fetch_all(&mut pg)
    .await?;
    // Neither keys nor triggers are asked while rows come table by table.
    pg.execute("SET session_replication_role = replica").await?;
    let names: Vec<String> = tables.iter().map(|(name,)| format!("\"{name}\"")).collect();
    pg.execute(AssertSqlSafe(format!("TRUNCATE {}", names.join(", ")))).await?;
    // Sorting an index once costs a fraction of finding a million places in it.
    let indexes: Vec<(String, String)> = sqlx::query_as(INDEXES).fetch_all(&mut pg).await?;
    for (name, _) in &indexes {
        pg.execute(AssertSqlSafe(format!("DROP INDEX \"{name}\""))).await?;
    }
    let mut copied = 0;
    // Each engine's index of words is its own.
    for (table,) in tables.iter().filter(|(table,)| !table.starts_with("search_")) {
        copied += table_of(&mut lite, &mut pg, table).await?;
    }
    pg.execute(sqlx::raw_sql(MARKS)).await?;
    pg.execute("SET maintenance_work_mem = '512MB'").await?;
    for (_, made) in indexes {
        pg.execute(AssertSqlSafe(made)).await?;
    }
    pg.execute("ANALYZE").await?;
    pg.close().await?;
    lite.close().await?;
    line(&format!("{copied} rows of {} tables", tables.len()))
}

async fn table_of(lite: &mut SqliteConnection, pg: &mut PgConnection, table: &str) -> Outcome<u64> {
    // What PostgreSQL computes itself, it does not take.
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT column_name::text, data_type::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position",
    )
    .bind(table)
    .fetch_all(&mut *pg)
    .await?;
    let texts: Vec<String> = columns.iter().map(|(column, kind)| text(column, kind)).collect();
    let names: Vec<String> = columns.iter().map(|(column, _)| format!("\"{column}\"")).collect();
    let row = texts.join(" || char(9) || ");
    lite.execute(AssertSqlSafe(format!("CREATE TEMP TABLE outgoing AS SELECT {row} AS row FROM \"{table}\""))).await?;
    let mut copy = pg.copy_in_raw(&format!("COPY \"{table}\" ({}) FROM STDIN", names.join(", "))).await?;
    let (mut buffer, mut last) = (Vec::with_capacity(CHUNK + 4096), 0_i64);
    loop {
        let rows: Vec<(i64, String)> =
            sqlx::query_as("SELECT rowid, row FROM outgoing WHERE rowid > $1 ORDER BY rowid LIMIT $2")
                .bind(last)
                .bind(ROWS)
                .fetch_all(&mut *lite)
                .await?;
        let Some((end, _)) = rows.last() else { break };
        last = *end;
        for (_, row) in &rows {
            buffer.extend_from_slice(row.as_bytes());
            buffer.push(b'\n');
            if buffer.len() >= CHUNK {
                copy.send(std::mem::take(&mut buffer)).await?;
            }
        }
    }
    copy.send(buffer).await?;
    let rows = copy.finish().await?;
    lite.execute("DROP TABLE outgoing").await?;
    Ok(rows)
}
