//! What of approvals waits for somebody, in SQL: a branch of the inbox (`home/scope.rs` says what its columns are).

/// Decisions that wait for the person.
macro_rules! waiting {
    () => {
        concat!(
            "SELECT 'approve' AS kind, p.id, d.organisation_id, d.id AS subject_id, d.title, u.name AS by_name, '' AS note, p.version AS number, \
             CAST(NULL AS TEXT) AS due_on, t.due_at, p.asked_at AS since FROM approval_seats t JOIN approvals p ON p.id = t.approval_id \
             JOIN documents d ON d.id = p.document_id JOIN users u ON u.id = p.asked_by WHERE t.user_id = $1 AND t.decision = 'waiting' AND ",
            $crate::documents::scope::may_see!()
        )
    };
}

pub(crate) use waiting;
