//! Who sees which requests, in SQL, and what of them waits for somebody.

/// Whether a person sees request `q` through their membership `m` of its customer.
macro_rules! sees {
    ($user:expr) => {
        concat!(
            "(m.role = 'admin' OR (EXISTS (SELECT 1 FROM document_request_people p WHERE p.request_id = q.id AND p.user_id = ",
            $user,
            ") AND ",
            $crate::documents::scope::reach!("m", "q.topic"),
            " <> 'none'))"
        )
    };
}

/// Whether the person may see request `q`. `$1` to `$5` are the scope.
macro_rules! may_see {
    () => {
        $crate::requests::scope::may_see!("$1", "$2", "$3", "$4", "$5")
    };
    ($user:expr, $assigned:expr, $general:expr, $money:expr, $quotes:expr) => {
        concat!(
            "((",
            $assigned,
            " AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = ",
            $user,
            " AND s.organisation_id = q.organisation_id)) \
             OR (",
            $general,
            " AND q.topic = 'general') OR (",
            $money,
            " AND q.topic = 'money') OR (",
            $quotes,
            " AND q.topic = 'quotes') \
             OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ",
            $user,
            " AND m.organisation_id = q.organisation_id AND m.state = 'active' AND ",
            $crate::requests::scope::sees!($user),
            "))"
        )
    };
}

/// Files that the person is asked for by name, as a branch of the inbox (`home/scope.rs` says what its columns are).
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

pub(crate) use {may_see, sees, waiting};
