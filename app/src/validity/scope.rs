//! What ends and is somebody's to renew, in SQL: a branch of the inbox (`home/scope.rs` says what its columns are).

/// What the person sent once, and what is to be renewed by today (`$8`).
macro_rules! waiting {
    () => {
        concat!(
            "SELECT 'renew' AS kind, d.id, d.organisation_id, d.id AS subject_id, d.title, '' AS by_name, d.category AS note, CAST(0 AS BIGINT) AS number, \
             d.valid_until AS due_on, CAST(NULL AS BIGINT) AS due_at, d.changed_at AS since FROM documents d \
             WHERE d.created_by = $1 AND d.renew_from <= $8 AND d.state = 'published' AND ",
            $crate::documents::scope::may_see!()
        )
    };
}

pub(crate) use waiting;
