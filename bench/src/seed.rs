//! Filling a database: ACME of the demo gets the documents, twenty other customers the noise around them.

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
    let mut transaction = connection.begin().await?;
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
    transaction.commit().await?;
    // What the portal's own writer does when it closes.
    connection.execute("PRAGMA optimize").await?;
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    let (all, acme): (i64, i64) = sqlx::query_as(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE d.state = 'published' AND o.slug = 'acme') \
         FROM documents d JOIN organisations o ON o.id = d.organisation_id",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    line(&format!("{all} documents, {acme} of them published for ACME"))
}
