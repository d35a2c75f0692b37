//! What of a document was changed, from what to what. The trail names the change and its fields; their words stand here
//! and go with the document.

use uuid::Uuid;

use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::ids::DocumentId;

use super::model::{Document, EditDocument};

sql! {
    INSERT = "INSERT INTO document_changes (change_id, field, document_id, old, new) VALUES ($1, $2, $3, $4, $5)";
    OF = sqlite: "SELECT change_id, field, old, new FROM document_changes WHERE document_id = $1 AND change_id IN (SELECT unhex(value) FROM json_each($2)) ORDER BY change_id, field", postgres: "SELECT change_id, field, old, new FROM document_changes WHERE document_id = $1 AND change_id = ANY($2) ORDER BY change_id, field";
}

/// One field that gets another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changing {
    /// Its name: title, category, tags, valid_from, valid_until, notice_days or hold.
    pub field: &'static str,
    /// What it was; empty for nothing.
    pub old: String,
    /// What it is from now on; empty for nothing.
    pub new: String,
}

/// One field that got another value.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Changed {
    /// The change that it was part of.
    pub change_id: Uuid,
    /// Its name.
    pub field: String,
    /// What it was; empty for nothing.
    pub old: String,
    /// What it was from then on; empty for nothing.
    pub new: String,
}

/// What an edit changes. `tags`: the new ones as the document keeps them.
pub fn between(row: &Document, edit: &EditDocument, tags: Option<&str>) -> Vec<Changing> {
    let day = |day: Option<crate::day::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let (was, is) = (row.validity(), edit.validity.unwrap_or(row.validity()));
    let category = edit.category.unwrap_or(row.category);
    let fields = [
        ("title", row.title.clone(), edit.title.clone().unwrap_or_else(|| row.title.clone())),
        ("category", row.category.key().to_owned(), category.key().to_owned()),
        ("tags", row.tags.clone(), tags.unwrap_or(&row.tags).to_owned()),
        ("valid_from", day(was.from), day(is.from)),
        ("valid_until", day(was.until), day(is.until)),
        ("notice_days", was.notice_days.to_string(), is.notice_days.to_string()),
    ];
    let changing = |(field, old, new)| Changing { field, old, new };
    fields.into_iter().map(changing).filter(|change| change.old != change.new).collect()
}

/// Writes a change down. Answers the id that its event names it by; none where nothing changes.
pub async fn write(tx: &Tx, id: DocumentId, fields: &[Changing]) -> DbResult<Option<Uuid>> {
    if fields.is_empty() {
        return Ok(None);
    }
    let change = Uuid::now_v7();
    for Changing { field, old, new } in fields {
        tx.execute(INSERT, args![change, *field, id, old, new]).await?;
    }
    Ok(Some(change))
}

/// These changes of a document.
pub async fn of(db: &Db, id: DocumentId, changes: Vec<Uuid>) -> DbResult<Vec<Changed>> {
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    db.all(OF, args![id, Value::Uuids(changes)]).await
}
