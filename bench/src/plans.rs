//! How SQLite would run the statements behind lists. Nothing that grows with the number of documents may be walked
//! or sorted as a whole.

use std::process::ExitCode;

use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqlitePool;

use crate::approvals::ranges;
use crate::documents::{activity, audit, store};
use crate::home;
use crate::search;
use crate::{Outcome, db, line};

const LISTS: [(&str, &str); 29] = [
    ("store::FIND", store::FIND),
    ("store::PAGE", store::PAGE),
    ("store::PAGE_IN_CATEGORY", store::PAGE_IN_CATEGORY),
    ("store::PAGE_IN_STATE", store::PAGE_IN_STATE),
    ("store::PAGE_IN_BOTH", store::PAGE_IN_BOTH),
    ("store::OF_ORGANISATION", store::OF_ORGANISATION),
    ("store::OF_ORGANISATION_IN_CATEGORY", store::OF_ORGANISATION_IN_CATEGORY),
    ("store::OF_ORGANISATION_IN_STATE", store::OF_ORGANISATION_IN_STATE),
    ("store::OF_ORGANISATION_IN_BOTH", store::OF_ORGANISATION_IN_BOTH),
    ("store::OLDEST", store::OLDEST),
    ("store::BY_TITLE", store::BY_TITLE),
    ("store::BY_END", store::BY_END),
    ("store::OLDEST_OF_ORGANISATION", store::OLDEST_OF_ORGANISATION),
    ("store::BY_TITLE_OF_ORGANISATION", store::BY_TITLE_OF_ORGANISATION),
    ("store::BY_END_OF_ORGANISATION", store::BY_END_OF_ORGANISATION),
    ("home::FIRST", home::store::FIRST),
    ("store::VERSIONS", store::VERSIONS),
    ("audit::RECENT", audit::RECENT),
    ("activity::ACTIVITY", activity::ACTIVITY),
    ("ranges::OPEN", ranges::OPEN),
    ("ranges::OPEN_IN_CATEGORY", ranges::OPEN_IN_CATEGORY),
    ("ranges::OPEN_OF_ORGANISATION", ranges::OPEN_OF_ORGANISATION),
    ("ranges::OPEN_OF_ORGANISATION_IN_CATEGORY", ranges::OPEN_OF_ORGANISATION_IN_CATEGORY),
    ("ranges::OVER", ranges::OVER),
    ("ranges::OVER_IN_CATEGORY", ranges::OVER_IN_CATEGORY),
    ("ranges::OVER_OF_ORGANISATION", ranges::OVER_OF_ORGANISATION),
    ("ranges::OVER_OF_ORGANISATION_IN_CATEGORY", ranges::OVER_OF_ORGANISATION_IN_CATEGORY),
    ("ranges::LATE", ranges::LATE),
    ("search::BY_IDS", search::store::BY_IDS),
];

/// What the portal's statements call the tables that grow: documents, audience and approvals, versions, reads, events.
const GROWING: [&str; 5] = ["d", "a", "v", "r", "audit_events"];

/// A step of a plan: its number, its parent's, and what it does.
type Step = (i64, i64, i64, String);

/// Prints one line for every statement, and the steps that object to it.
pub async fn run(database: &str) -> Outcome<ExitCode> {
    let pool = db::readers(database).await?;
    let mut clean = true;
    for (name, text) in LISTS {
        let plan = explain(&pool, text).await?;
        let bad: Vec<&Step> = plan.iter().filter(|step| walks(step) || sorts(step, &plan)).collect();
        line(&format!("{} {name}", if bad.is_empty() { "ok    " } else { "MISSED" }))?;
        for step in &bad {
            // What is sorted stands beside the sorting.
            line(&format!("         {}; {}", beside(step, &plan).collect::<Vec<_>>().join("; "), step.3))?;
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
    table(detail, "SCAN ").is_some_and(|what| GROWING.contains(&what))
}

/// A range that is sorted before its first row is known. What ranges have limited already may be sorted.
fn sorts(step: &Step, plan: &[Step]) -> bool {
    let sorts = step.3.starts_with("USE TEMP B-TREE FOR") && step.3.ends_with("ORDER BY");
    let many = |other: &str| {
        // One row of a unique index is no range.
        let one = other.ends_with("(id=?)") || other.contains("number=?)");
        !one && table(other, "SEARCH ").is_some_and(|what| GROWING.contains(&what))
    };
    sorts && beside(step, plan).any(many)
}

/// The steps of the same part of the statement that come before this one.
fn beside<'a>(step: &'a Step, plan: &'a [Step]) -> impl Iterator<Item = &'a str> {
    plan.iter().filter(|other| other.1 == step.1 && other.0 < step.0).map(|other| other.3.as_str())
}

/// The table that a step scans or searches.
fn table<'a>(detail: &'a str, how: &str) -> Option<&'a str> {
    detail.strip_prefix(how).and_then(|rest| rest.split(' ').next())
}
