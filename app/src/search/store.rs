//! The SQL that reads documents for their index, and those that it found.

use uuid::Uuid;

use crate::access::{Scope, Topic};
use crate::db::{Db, DbResult, Value, args, sql};
use crate::documents::model::{Category, Document, State};
use crate::documents::scope::{columns, may_see, sources};
use crate::ids::{DocumentId, OrganisationId, UserId};
use crate::scan::model::Scan;
use crate::time::Instant;

/// A document's tokens begin with this much of its text, in letters.
const TEXT_INDEXED: i64 = 1_000_000;
/// Excerpts come from this much of it.
const TEXT_SHOWN: i64 = 100_000;

// On SQLite the ids come first, by CROSS JOIN: with old statistics it would rather walk every document there is.
macro_rules! indexed {
    ($from:literal, $ids:literal) => {
        concat!(
            "SELECT d.id, d.organisation_id, o.name AS organisation_name, d.title, d.category, d.topic, d.state, d.changed_at, d.tags, \
             v.file_name, v.note, v.scan, substr(p.text, 1, CAST($2 AS integer)) AS text FROM ",
            $from,
            " JOIN organisations o ON o.id = d.organisation_id LEFT JOIN document_versions v ON v.document_id = d.id AND v.number = d.current_version \
             LEFT JOIN version_previews p ON p.document_id = d.id AND p.number = d.current_version WHERE d.id = ",
            $ids
        )
    };
}

macro_rules! by_ids {
    ($from:literal, $ids:literal) => {
        concat!("SELECT ", columns!(), " FROM ", $from, " ", sources!(), " WHERE d.id = ", $ids, " AND ", may_see!())
    };
}

sql! {
    INDEXED = sqlite: indexed!("json_each($1) x CROSS JOIN documents d", "unhex(x.value)"), postgres: indexed!("documents d", "ANY($1)");
    SUBJECTS = sqlite: "SELECT document_id, subject_id FROM document_audience WHERE document_id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT document_id, subject_id FROM document_audience WHERE document_id = ANY($1)";
    SUBJECTS_OF = "SELECT m.organisation_id, g.group_id AS subject_id, false AS project FROM memberships m JOIN group_organisations g ON g.organisation_id = m.organisation_id WHERE m.user_id = $1 AND m.state = 'active' UNION ALL SELECT j.organisation_id, j.id AS subject_id, true AS project FROM project_people p JOIN projects j ON j.id = p.project_id WHERE p.user_id = $1";
    BY_IDS = sqlite: by_ids!("json_each($6) x CROSS JOIN documents d", "unhex(x.value)"), postgres: by_ids!("documents d", "ANY($6)");
    TEXTS = sqlite: "SELECT p.document_id, substr(p.text, 1, CAST($2 AS integer)) AS text FROM json_each($1) x CROSS JOIN documents d CROSS JOIN version_previews p ON p.document_id = d.id AND p.number = d.current_version WHERE d.id = unhex(x.value)",
        postgres: "SELECT p.document_id, substr(p.text, 1, CAST($2 AS integer)) AS text FROM version_previews p JOIN documents d ON d.id = p.document_id AND d.current_version = p.number WHERE p.document_id = ANY($1)";
}

/// What is known of a document, as its row.
#[derive(Debug, sqlx::FromRow)]
pub struct Row {
    pub id: DocumentId,
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub title: String,
    pub category: Category,
    pub topic: Topic,
    pub state: State,
    pub changed_at: Instant,
    pub tags: String,
    pub file_name: Option<String>,
    pub note: Option<String>,
    pub scan: Option<Scan>,
    pub text: Option<String>,
}

/// A group or project a customer's documents may be published to.
#[derive(Debug, sqlx::FromRow)]
pub struct Subject {
    /// Through which membership.
    pub organisation_id: OrganisationId,
    /// The group or project.
    pub subject_id: Uuid,
    /// A project.
    pub project: bool,
}

fn uuids(ids: &[DocumentId]) -> Value {
    Value::Uuids(ids.iter().map(|id| id.0).collect())
}

/// What is known of these, and who they are published to.
pub async fn rows(db: &Db, ids: &[Uuid]) -> DbResult<(Vec<Row>, Vec<(DocumentId, Uuid)>)> {
    let rows = db.all(INDEXED, [Value::Uuids(ids.to_vec()), TEXT_INDEXED.into()]).await?;
    Ok((rows, db.all(SUBJECTS, [Value::Uuids(ids.to_vec())]).await?))
}

/// Groups and projects a person's documents may be published to.
pub async fn subjects_of(db: &Db, user: UserId) -> DbResult<Vec<Subject>> {
    db.all(SUBJECTS_OF, args![user]).await
}

/// Those of these documents that the scope reaches.
pub async fn documents(db: &Db, scope: Scope, ids: &[DocumentId]) -> DbResult<Vec<Document>> {
    let [a, b, c, d, e] = scope.values();
    db.all(BY_IDS, [a, b, c, d, e, uuids(ids)]).await
}

/// What can be read in the current versions of documents that were found in scope.
pub async fn texts(db: &Db, ids: &[DocumentId]) -> DbResult<Vec<(DocumentId, String)>> {
    db.all(TEXTS, [uuids(ids), TEXT_SHOWN.into()]).await
}
