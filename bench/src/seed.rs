//! Filling a database: ACME of the demo gets the documents, twenty other customers the noise around them.

use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use crate::{Outcome, db, line};

/// What fills it, in one transaction. Reads the one row of `input`.
const SEED: &str = include_str!("seed.sql");
/// Approvals of what is there then.
const APPROVALS: &str = include_str!("seed_approvals.sql");
/// Orders, and customers who have them.
const ORDERS: &str = include_str!("seed_orders.sql");
/// People who are to get a summary.
const DIGESTS: &str = include_str!("seed_digests.sql");
/// All but the newest five thousand acts were told long ago: those the portal tells when it starts.
const TOLD: &str = "UPDATE notification_cursor SET sequence = (SELECT MAX(c.sequence, h.sequence - 5000) FROM notification_cursor c, audit_head h); \
     UPDATE webhook_cursor SET sequence = (SELECT sequence FROM audit_head);";

/// Indexes of the tables that get many rows, and the triggers that mark what is to be indexed by its words, in the order they
/// were made. To sort an index once costs a fraction of finding a million places in it; the marks are in the texts above.
const LATER: &str = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND (type = 'index' AND tbl_name IN \
     ('documents', 'document_versions', 'document_audience', 'document_reads', 'audit_events', 'approvals', 'approval_seats', \
     'orders', 'order_lines', 'notifications', 'search_stale', 'search_stale_orders') OR type = 'trigger' AND name IN \
     ('search_after_document_insert', 'search_after_audience_insert', 'search_after_order_insert')) ORDER BY rowid";
/// How many of them are triggers.
const MARKING: usize = 3;

/// Fills the database with documents that ACME sees, and a quarter as many of others; with approvals of them and with
/// orders where that is wanted, and with people who are to get a summary.
pub async fn run(database: &str, documents: i64, approvals: bool, orders: i64, digests: i64) -> Outcome {
    if documents < 100 {
        return Err("--documents: at least 100".into());
    }
    let mut connection = db::writer(database).await?;
    let there: Option<(i64,)> =
        sqlx::query_as("SELECT 1 FROM organisations WHERE slug = 'acme'").fetch_optional(&mut connection).await?;
    there.ok_or("the demo is not there: run kontor demo first")?;
    let seeded: Option<(i64,)> =
        sqlx::query_as("SELECT 1 FROM organisations WHERE slug = 'bench-01'").fetch_optional(&mut connection).await?;
    if seeded.is_some() {
        return Err("the database has been seeded before".into());
    }
    sqlx::query(
        "CREATE TEMP TABLE input AS SELECT $1 AS documents, $2 AS orders, $3 AS digests, \
         CAST(unixepoch('subsec') * 1000000 AS INTEGER) AS now, 3 * 365 * 86400 * 1000000 AS span",
    )
    .bind(documents)
    .bind(orders)
    .bind(digests)
    .execute(&mut connection)
    .await?;
    // Pages go to their place at once, not to a log first: what is older than the seed is little, and memory holds it.
    connection.execute("PRAGMA journal_mode = MEMORY").await?;
    let later = later(&mut connection).await?;
    let mut transaction = connection.begin().await?;
    for (kind, name, _) in &later {
        transaction.execute(sqlx::raw_sql(AssertSqlSafe(format!("DROP {kind} {name}")))).await?;
    }
    transaction.execute(sqlx::raw_sql(AssertSqlSafe(SEED.to_owned()))).await?;
    if approvals {
        transaction.execute(sqlx::raw_sql(AssertSqlSafe(APPROVALS.to_owned()))).await?;
    }
    if orders > 0 {
        transaction.execute(sqlx::raw_sql(AssertSqlSafe(ORDERS.to_owned()))).await?;
    }
    if digests > 0 {
        transaction.execute(sqlx::raw_sql(AssertSqlSafe(DIGESTS.to_owned()))).await?;
    }
    transaction.execute(sqlx::raw_sql(AssertSqlSafe(TOLD.to_owned()))).await?;
    for (_, _, made) in later {
        transaction.execute(sqlx::raw_sql(AssertSqlSafe(made))).await?;
    }
    transaction.commit().await?;
    // What the portal's own writer does when it closes.
    connection.execute("PRAGMA optimize").await?;
    connection.execute("PRAGMA journal_mode = WAL").await?;
    let (all, acme): (i64, i64) = sqlx::query_as(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE d.state = 'published' AND o.slug = 'acme') \
         FROM documents d JOIN organisations o ON o.id = d.organisation_id",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    line(&format!("{all} documents, {acme} of them published for ACME"))
}

/// What is made when the rows are there: what it is, its name, and the statement that makes it.
async fn later(connection: &mut SqliteConnection) -> Outcome<Vec<(String, String, String)>> {
    let later: Vec<(String, String, String)> = sqlx::query_as(LATER).fetch_all(connection).await?;
    if later.iter().filter(|(kind, _, _)| kind == "trigger").count() != MARKING {
        return Err("the triggers that mark what is to be indexed have other names now: see bench/src/seed.rs".into());
    }
    Ok(later)
}
