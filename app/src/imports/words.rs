//! Why a run failed: kept as a word and what it is about, said in the language of whoever reads. And what is wrong with a row
//! before anything is read in it.

use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};

use super::kind::{Kind, field_key};
use super::run::RunError;
use super::table::{Row, TableError};

/// The word for a file that cannot be read.
pub(super) fn code_of_table(error: &TableError) -> (&'static str, String) {
    match error {
        TableError::Io(_) => ("io", String::new()),
        TableError::Empty => ("empty", String::new()),
        TableError::Row(line, _) => ("row", line.to_string()),
        TableError::Changed => ("changed", String::new()),
        TableError::Kind(_) => ("kind", String::new()),
        TableError::Bundle => ("zip", String::new()),
        TableError::Large => ("large", String::new()),
    }
}

/// The word for a run that failed.
pub(super) fn code(error: &RunError) -> String {
    let (word, detail) = match error {
        RunError::Table(error) => code_of_table(error),
        RunError::Missing(field, _) => ("missing", (*field).to_owned()),
        RunError::Column(name) => ("column", name.clone()),
        RunError::App(AppError::Forbidden | AppError::Unauthenticated | AppError::Held) => ("forbidden", String::new()),
        RunError::App(AppError::Conflict(_)) => ("conflict", String::new()),
        RunError::App(_) => ("internal", String::new()),
    };
    if detail.is_empty() { word.to_owned() } else { format!("{word}:{detail}") }
}

/// Refuses what has a row with more cells than the heading: nobody knows which of them is one too many.
pub(super) fn fits(ctx: &Ctx, rows: &[Row]) -> Result<(), FieldErrors> {
    rows.iter().find(|row| row.wide).map_or(Ok(()), |row| {
        Err(FieldErrors::one("row", ctx.with("imports-error-wide", &[("line", row.line.into())])))
    })
}

/// What is the matter, in words.
pub fn problem(ctx: &Ctx, kind: Kind, word: &str, detail: &str) -> String {
    let about = |key: &'static str, name: &'static str| ctx.with(key, &[(name, detail.to_owned().into())]);
    match word {
        "empty" => ctx.t("imports-problem-empty").to_owned(),
        "row" => about("imports-problem-row", "line"),
        "changed" => ctx.t("imports-problem-changed").to_owned(),
        "kind" => ctx.t("imports-problem-kind").to_owned(),
        "zip" => ctx.t("imports-problem-zip").to_owned(),
        "large" => ctx.t("imports-problem-large").to_owned(),
        "missing" => {
            let field = kind.field(detail).map_or(detail, |field| ctx.t(field_key(kind, field)));
            ctx.with("imports-problem-missing", &[("field", field.to_owned().into())])
        }
        "column" => about("imports-problem-column", "column"),
        "forbidden" => ctx.t("imports-problem-forbidden").to_owned(),
        "conflict" => ctx.t("imports-problem-conflict").to_owned(),
        "rejected" => ctx.t("imports-problem-rejected").to_owned(),
        "cut" => ctx.t("imports-problem-cut").to_owned(),
        "touched" => about("imports-problem-touched", "numbers"),
        "attached" => ctx.t("imports-problem-attached").to_owned(),
        _ => ctx.t("imports-problem-internal").to_owned(),
    }
}
