//! What of requests waits for somebody, in SQL: a branch of the inbox (`home/scope.rs` says what its columns are).

/// Files that the person is asked for by name.
macro_rules! waiting {
    () => {
        concat!(
            "SELECT 'send' AS kind, q.id, q.organisation_id, q.id AS subject_id, q.title, u.name AS by_name, CASE q.state WHEN 'fix' THEN q.note ELSE '' END AS note, CAST(0 AS BIGINT) AS number, \
             q.due_on, CAST(NULL AS BIGINT) AS due_at, COALESCE(q.answered_at, q.asked_at) AS since FROM document_request_people p JOIN document_requests q ON q.id = p.request_id \
             JOIN users u ON u.id = q.asked_by JOIN memberships m ON m.user_id = p.user_id AND m.organisation_id = q.organisation_id AND m.state = 'active' \
             WHERE p.user_id = $1 AND q.state IN ('open', 'fix') AND (m.role = 'admin' OR ",
            $crate::documents::scope::reach!("m", "q.topic"),
            " <> 'none')"
        )
    };
}

pub(crate) use waiting;
