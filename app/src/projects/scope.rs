//! Who sees which projects, in SQL. `$1` to `$3` of every statement are the [`Scope`]: the person, sees those of assigned
//! customers, sees those of all. A list is a union of ranges, as for documents (`documents/scope.rs` says why).

use crate::access::{Action, customer_scope};

customer_scope! {
    /// `$1` to `$3` of every scoped statement.
    Scope = Action::ProjectRead
}

impl Scope {
    /// Sees those of assigned customers, sees those of all.
    pub const fn reach(self) -> (bool, bool) {
        (self.assigned, self.all)
    }
}

/// Whether membership `m` of the person lets them see project `j` of that customer.
macro_rules! reaches {
    () => {
        "(m.role = 'admin' OR (m.role <> 'partner' AND m.orders = 'organisation') \
          OR (m.orders <> 'none' AND EXISTS (SELECT 1 FROM project_people p WHERE p.user_id = m.user_id AND p.project_id = j.id)))"
    };
}

/// Whether the person may see project `j`.
macro_rules! may_see {
    () => {
        $crate::projects::scope::may_see!("$1", "$2", "$3")
    };
    ($user:expr, $assigned:expr, $all:expr) => {
        concat!(
            "(",
            $all,
            " OR (",
            $assigned,
            " AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = ",
            $user,
            " AND s.organisation_id = j.organisation_id)) \
             OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ",
            $user,
            " AND m.organisation_id = j.organisation_id AND m.state = 'active' AND ",
            $crate::projects::scope::reaches!(),
            "))"
        )
    };
}

/// How the person stands to project `j`: assigned to the customer or on the project; administers the customer.
macro_rules! stands {
    () => {
        "(EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = j.organisation_id) \
         OR EXISTS (SELECT 1 FROM project_staff s WHERE s.user_id = $1 AND s.project_id = j.id) OR (j.lead_id IS NOT NULL AND j.lead_id = $1)) AS assigned, \
         EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = $1 AND m.organisation_id = j.organisation_id AND m.state = 'active' AND m.role = 'admin') AS administers"
    };
}

/// The columns of [`Project`](super::model::Project), from `j` and what [`sources!`] joins.
macro_rules! columns {
    () => {
        concat!(
            "j.id, j.organisation_id, c.name AS organisation_name, j.slug, j.number, j.external_id, j.name, j.summary, \
             t.key, t.position, t.name_en, t.name_de, t.name_nl, t.tone, t.waits_for, t.is_final, t.revision, \
             j.light, j.lead_id, l.name AS lead_name, j.starts_on, j.due_on, j.done_on, j.next_step, j.next_on, j.next_acts, j.sort_on, \
             j.created_at, j.changed_at, j.revision AS project_revision, ",
            $crate::projects::scope::stands!()
        )
    };
}

/// What [`columns!`] reads from.
macro_rules! sources {
    () => {
        "JOIN organisations c ON c.id = j.organisation_id JOIN project_statuses t ON t.key = j.status LEFT JOIN users l ON l.id = j.lead_id"
    };
}

/// The day that a list goes by.
macro_rules! day {
    (late) => {
        "late_key"
    };
    ($by_day:ident) => {
        "sort_on"
    };
}

/// Forwards or backwards through an index, not beyond the end: how keys that follow compare, and how they are sorted.
macro_rules! way {
    (ahead, compare) => {
        " AND (j.sort_on, j.id) > ($4, $5) AND j.sort_on <= $8 "
    };
    (back, compare) => {
        " AND (j.sort_on, j.id) < ($4, $5) AND j.sort_on >= $8 "
    };
    (late, compare) => {
        " AND (j.late_key, j.id) > ($4, $5) AND j.late_key <= $8 AND j.sort_on >= $9 AND j.sort_on <= $10 "
    };
    (ahead, sort) => {
        "ORDER BY j.sort_on, j.id"
    };
    (back, sort) => {
        "ORDER BY j.sort_on DESC, j.id DESC"
    };
    (late, sort) => {
        "ORDER BY j.late_key, j.id"
    };
    (back, keys) => {
        "ORDER BY key DESC"
    };
    ($forward:ident, keys) => {
        "ORDER BY key"
    };
    (ahead, plain) => {
        "ORDER BY sort_on, id"
    };
    (back, plain) => {
        "ORDER BY sort_on DESC, id DESC"
    };
    (late, plain) => {
        "ORDER BY late_key, id"
    };
}

/// The first keys of each range that `$from` names, at most `$6` of each. SQLite has no LATERAL: there the keys travel as
/// texts that sort alike.
macro_rules! range {
    (sqlite, $way:ident, $from:expr, $which:expr) => {
        concat!(
            "SELECT x.value AS key FROM ",
            $from,
            " CROSS JOIN json_each((SELECT json_group_array(",
            $crate::projects::scope::day!($way),
            " || hex(id)) FROM (SELECT j.",
            $crate::projects::scope::day!($way),
            ", j.id FROM projects j WHERE ",
            $which,
            $crate::projects::scope::way!($way, compare),
            $crate::projects::scope::way!($way, sort),
            " LIMIT $6))) x "
        )
    };
    (postgres, $way:ident, $from:expr, $which:expr) => {
        concat!(
            "SELECT x.",
            $crate::projects::scope::day!($way),
            ", x.id FROM ",
            $from,
            " CROSS JOIN LATERAL (SELECT j.",
            $crate::projects::scope::day!($way),
            ", j.id FROM projects j WHERE ",
            $which,
            $crate::projects::scope::way!($way, compare),
            $crate::projects::scope::way!($way, sort),
            " LIMIT $6) x "
        )
    };
}

/// The projects of the first of these keys.
macro_rules! first {
    (sqlite, $way:ident, $keys:expr) => {
        concat!(
            "SELECT ",
            $crate::projects::scope::columns!(),
            " FROM (SELECT key FROM (",
            $keys,
            ") AS ranges ",
            $crate::projects::scope::way!($way, keys),
            " LIMIT $6) page CROSS JOIN projects j ON j.id = unhex(substr(page.key, 11)) ",
            $crate::projects::scope::sources!(),
            " ",
            $crate::projects::scope::way!($way, sort)
        )
    };
    (postgres, $way:ident, $keys:expr) => {
        concat!(
            "SELECT ",
            $crate::projects::scope::columns!(),
            " FROM (SELECT id FROM (",
            $keys,
            ") AS ranges ",
            $crate::projects::scope::way!($way, plain),
            " LIMIT $6) page JOIN projects j ON j.id = page.id ",
            $crate::projects::scope::sources!(),
            " ",
            $crate::projects::scope::way!($way, sort)
        )
    };
}

/// What a filter adds to a range.
macro_rules! filter {
    (none, $way:ident) => {
        ""
    };
    (closed, $way:ident) => {
        " AND j.closed = $9"
    };
    (status, late) => {
        " AND j.status = $11"
    };
    (status, $by_day:ident) => {
        " AND j.status = $9"
    };
}

/// One page: `$4`, `$5` the key to continue after, `$6` how many, `$7` only through this organisation (for somebody who
/// belongs to several) or NULL, `$8` where it ends: the first or the last day. Then what the filter asks for. By the day that
/// may pass, `$9` and `$10` are the days between which it stands in the other lists.
macro_rules! page {
    ($engine:ident, $way:ident, $filter:ident) => {
        $crate::projects::scope::first!($engine, $way, concat!(
            $crate::projects::scope::range!($engine, $way, "(SELECT 1 AS one WHERE $3) s", concat!("1 = 1", $crate::projects::scope::filter!($filter, $way))),
            "UNION ", $crate::projects::scope::range!($engine, $way, "(SELECT organisation_id FROM staff_assignments WHERE $2 AND user_id = $1) s",
                concat!("j.organisation_id = s.organisation_id", $crate::projects::scope::filter!($filter, $way))),
            "UNION ", $crate::projects::scope::range!($engine, $way,
                "(SELECT organisation_id FROM memberships WHERE user_id = $1 AND state = 'active' AND (organisation_id = $7 OR $7 IS NULL) AND (role = 'admin' OR (role <> 'partner' AND orders = 'organisation'))) m",
                concat!("j.organisation_id = m.organisation_id", $crate::projects::scope::filter!($filter, $way))),
            "UNION ", $crate::projects::scope::range!($engine, $way,
                "(SELECT p.project_id, m.organisation_id FROM memberships m JOIN project_people p ON p.user_id = m.user_id WHERE m.user_id = $1 AND m.state = 'active' AND m.orders <> 'none' AND (m.organisation_id = $7 OR $7 IS NULL)) m",
                concat!("j.id = m.project_id AND j.organisation_id = m.organisation_id", $crate::projects::scope::filter!($filter, $way)))))
    };
}

/// The same of one customer (`$7`), for staff: walks that customer's only.
macro_rules! page_of_organisation {
    ($engine:ident, $way:ident, $filter:ident) => {
        $crate::projects::scope::first!($engine, $way, $crate::projects::scope::range!($engine, $way,
            "(SELECT 1 AS one WHERE $3 OR ($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = $7))) s",
            concat!("j.organisation_id = $7", $crate::projects::scope::filter!($filter, $way))))
    };
}

/// What every branch of [`waiting!`] says of a task `k`: its number is the revision that is ticked off.
macro_rules! waits {
    () => {
        "SELECT 'task' AS kind, k.id, j.organisation_id, k.project_id AS subject_id, k.title, '' AS by_name, j.name AS note, k.revision AS number, \
         k.due_on, CAST(NULL AS BIGINT) AS due_at, k.created_at AS since FROM "
    };
}

/// Tasks that wait for person `$1`: theirs by name, and what is nobody's in particular of projects they are on; as
/// `home/scope.rs` wants it.
macro_rules! waiting {
    () => {
        concat!(
            $crate::projects::scope::waits!(),
            "project_tasks k JOIN projects j ON j.id = k.project_id AND j.closed = FALSE \
             JOIN memberships m ON m.user_id = k.assignee_id AND m.organisation_id = j.organisation_id AND m.state = 'active' \
             WHERE k.assignee_id = $1 AND k.side = 'customer' AND k.done_at IS NULL AND ",
            $crate::projects::scope::reaches!(),
            " UNION ALL ",
            $crate::projects::scope::waits!(),
            "project_people y JOIN projects j ON j.id = y.project_id AND j.closed = FALSE \
             JOIN memberships m ON m.user_id = y.user_id AND m.organisation_id = j.organisation_id AND m.state = 'active' AND (m.role = 'admin' OR m.orders <> 'none') \
             JOIN project_tasks k ON k.project_id = j.id AND k.side = 'customer' AND k.assignee_id IS NULL AND k.done_at IS NULL WHERE y.user_id = $1"
        )
    };
}

pub(crate) use {columns, may_see, reaches, sources, stands, waiting, waits};
pub(super) use {day, filter, first, page, page_of_organisation, range, way};
