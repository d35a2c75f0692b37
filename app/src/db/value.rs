//! What a statement can be given: few kinds, the same on both engines.

use sqlx::Arguments as _;
use sqlx::error::BoxDynError;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use uuid::Uuid;

/// One argument of a statement. `None` is SQL's NULL.
#[derive(Clone, Debug)]
pub enum Value {
    /// BLOB(16) on SQLite, `uuid` on PostgreSQL.
    Uuid(Option<Uuid>),
    /// INTEGER / `bigint`: counts, microseconds, minor units.
    Int(Option<i64>),
    /// INTEGER 0 or 1 / `boolean`.
    Bool(Option<bool>),
    /// TEXT / `text`.
    Text(Option<String>),
    /// BLOB / `bytea`.
    Bytes(Option<Vec<u8>>),
    /// What is looked for in the index of words: in the language of FTS5, and as a `tsquery`.
    Search {
        /// For FTS5.
        sqlite: String,
        /// For PostgreSQL.
        postgres: String,
    },
    /// A list for `IN`: a JSON array of hex texts / `uuid[]`. Statements have two texts for it.
    Uuids(Vec<Uuid>),
}

macro_rules! from_plain {
    ($($kind:ident: $($from:ty),+;)*) => {$($(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Self::$kind(Some(value.into()))
            }
        }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self {
                Self::$kind(value.map(Into::into))
            }
        }
    )+)*};
}
from_plain! {
    Uuid: Uuid;
    Int: i64;
    Bool: bool;
    Text: String, &str;
    Bytes: Vec<u8>, &[u8];
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}

pub(super) fn sqlite_arguments(values: Vec<Value>) -> Result<SqliteArguments, BoxDynError> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        match value {
            Value::Uuid(v) => arguments.add(v)?,
            Value::Int(v) => arguments.add(v)?,
            Value::Bool(v) => arguments.add(v)?,
            Value::Text(v) => arguments.add(v)?,
            Value::Bytes(v) => arguments.add(v)?,
            Value::Search { sqlite, .. } => arguments.add(sqlite)?,
            Value::Uuids(v) => {
                let hex: Vec<String> = v.iter().map(|id| format!("\"{}\"", id.simple())).collect();
                arguments.add(format!("[{}]", hex.join(",")))?;
            }
        }
    }
    Ok(arguments)
}

pub(super) fn postgres_arguments(values: Vec<Value>) -> Result<PgArguments, BoxDynError> {
    let mut arguments = PgArguments::default();
    for value in values {
        match value {
            Value::Uuid(v) => arguments.add(v)?,
            Value::Int(v) => arguments.add(v)?,
            Value::Bool(v) => arguments.add(v)?,
            Value::Text(v) => arguments.add(v)?,
            Value::Bytes(v) => arguments.add(v)?,
            Value::Search { postgres, .. } => arguments.add(postgres)?,
            Value::Uuids(v) => arguments.add(v)?,
        }
    }
    Ok(arguments)
}
