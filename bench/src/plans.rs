//! How SQLite would run the statements behind lists. Nothing that grows with the number of documents may be walked
//! or sorted as a whole.

use std::process::ExitCode;

use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqlitePool;

use crate::documents::{audit, store};
use crate::{Outcome, db, line};

const LISTS: [(&str, &str); 9] = [
    ("store::FIND", store::FIND),
    ("store::PAGE", store::PAGE),
    ("store::PAGE_IN_CATEGORY", store::PAGE_IN_CATEGORY),
    ("store::PAGE_IN_STATE", store::PAGE_IN_STATE),
    ("store::PAGE_IN_BOTH", store::PAGE_IN_BOTH),
    ("store::PAGE_OF_ORGANISATION", store::PAGE_OF_ORGANISATION),
    ("store::UNREAD_FOR_ME", store::UNREAD_FOR_ME),
    ("store::VERSIONS", store::VERSIONS),
    ("audit::RECENT", audit::RECENT),
];

/// What the portal's statements call the tables that grow: documents, audience, versions, reads, events.
const GROWING: [&str; 5] = ["d", "a", "v", "r", "audit_events"];

/// A step of a plan: its number, its parent's, and what it does.
type Step = (i64, i64, i64, String);

/// Prints one line for every statement, and the steps that object to it.
pub async fn run(database: &str) -> Outcome<ExitCode> {
    let pool = db::readers(database).await?;
    let mut clean = true;
    for (name, text) in LISTS {
        let plan = explain(&pool, text).await?;
        let bad: Vec<&Step> = plan.iter().filter(|step| walks(step) || sorts(step)).collect();
        line(&format!("{} {name}", if bad.is_empty() { "ok    " } else { "MISSED" }))?;
        for step in &bad {
            // What is sorted stands beside the sorting.
            let beside: Vec<&str> = plan
                .iter()
                .filter(|other| other.1 == step.1 && other.0 <= step.0)
                .map(|other| other.3.as_str())
                .collect();
            line(&format!("         {}", beside.join("; ")))?;
        }
        clean &= bad.is_empty();
    }
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn explain(pool: &SqlitePool, text: &str) -> Outcome<Vec<Step>> {
    Ok(sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"))).fetch_all(pool).await?)
}

/// A whole table or a whole index.
fn walks((_, _, _, detail): &Step) -> bool {
    let what = detail.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
    what.is_some_and(|what| GROWING.contains(&what))
}

/// A range that is sorted before its first row is known. The outermost sorts what the branches have limited.
fn sorts((_, parent, _, detail): &Step) -> bool {
    *parent != 0 && detail.starts_with("USE TEMP B-TREE FOR") && detail.ends_with("ORDER BY")
}
