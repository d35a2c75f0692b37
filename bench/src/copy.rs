//! Copies what a seeded SQLite database holds into a PostgreSQL one with the same schema: one seed serves both engines.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};

use crate::{Outcome, db, line};

/// What is sent at once, in bytes.
const CHUNK: usize = 1 << 20;
/// How many rows are held at once.
const ROWS: i64 = 20_000;

/// What PostgreSQL's COPY reads for a column of this type; none for one that the portal fills itself (the index of words).
fn text(column: &str, kind: &str) -> Option<String> {
    let quoted = format!("\"{column}\"");
    let written = match kind {
        "uuid" => format!("lower(hex({quoted}))"),
        "bytea" => format!("'\\\\x' || hex({quoted})"),
        "boolean" => format!("CASE {quoted} WHEN 0 THEN 'f' ELSE 't' END"),
        "tsvector" => return None,
        "text" => format!(
            "replace(replace(replace(replace({quoted}, '\\', '\\\\'), char(9), '\\t'), char(10), '\\n'), char(13), '\\r')"
        ),
        _ => format!("CAST({quoted} AS TEXT)"),
    };
    Some(format!("CASE WHEN {quoted} IS NULL THEN '\\N' ELSE {written} END"))
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
    let mut copied = 0;
    for (table,) in &tables {
        copied += table_of(&mut lite, &mut pg, table).await?;
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
    let Some(texts) = columns.iter().map(|(column, kind)| text(column, kind)).collect::<Option<Vec<_>>>() else {
        return Ok(0);
    };
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
