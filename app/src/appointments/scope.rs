//! Who sees which appointments, in SQL. `$1` to `$3` of every statement are the [`Scope`], as for orders. A list is a union
//! of ranges (`documents/scope.rs` says why), by the time at which appointments begin.

use crate::access::{Action, customer_scope};

customer_scope! {
    /// `$1` to `$3` of every scoped statement: the person, sees those of assigned customers, sees those of all.
    Scope = Action::AppointmentRead
}

/// Whether a person sees appointment `a` through their membership `m` of its customer.
macro_rules! sees {
    ($user:expr) => {
        concat!(
            "(m.role = 'admin' OR (m.role <> 'partner' AND m.orders = 'organisation') \
              OR (m.orders <> 'none' AND (EXISTS (SELECT 1 FROM appointment_people p WHERE p.appointment_id = a.id AND p.user_id = ", $user, ") \
               OR EXISTS (SELECT 1 FROM project_people p WHERE p.user_id = ", $user, " AND p.project_id = a.project_id))))"
        )
    };
}

/// Whether the person may see appointment `a`.
macro_rules! may_see {
    () => {
        $crate::appointments::scope::may_see!("$1", "$2", "$3")
    };
    ($user:expr, $assigned:expr, $all:expr) => {
        concat!(
            "(",
            $all,
            " OR (",
            $assigned,
            " AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = ",
            $user,
            " AND s.organisation_id = a.organisation_id)) \
         OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ",
            $user,
            " AND m.organisation_id = a.organisation_id AND m.state = 'active' AND ",
            $crate::appointments::scope::sees!($user),
            "))"
        )
    };
}

/// The columns of [`Appointment`](super::model::Appointment), from `a` and what [`sources!`] joins.
macro_rules! columns {
    () => {
        "a.id, a.organisation_id, c.name AS organisation_name, a.order_id, o.number AS order_number, a.project_id, j.name AS project_name, a.title, a.purpose, a.place, a.link, a.notes, a.internal_note, a.phone, \
         a.minutes, a.time_zone, a.state, a.starts_at, (SELECT MIN(s.starts_at) FROM appointment_slots s WHERE s.appointment_id = a.id AND a.state = 'proposed') AS first_at, (SELECT COUNT(*) FROM appointment_slots s WHERE s.appointment_id = a.id AND a.state = 'proposed') AS slots, \
         a.confirmed_at, a.cancel_hours, a.wish, a.wished_at, a.way_from, a.way_until, a.way_note, a.created_by, a.created_at, a.changed_at, a.revision, \
         EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = a.organisation_id) AS assigned, \
         EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = $1 AND m.organisation_id = a.organisation_id AND m.state = 'active' AND m.role = 'admin') AS administers, \
         EXISTS (SELECT 1 FROM appointment_people p WHERE p.appointment_id = a.id AND p.user_id = $1) AS takes_part"
    };
}

/// What [`columns!`] reads from.
macro_rules! sources {
    () => {
        "JOIN organisations c ON c.id = a.organisation_id LEFT JOIN orders o ON o.id = a.order_id LEFT JOIN projects j ON j.id = a.project_id"
    };
}

/// Which way a list runs.
macro_rules! way {
    (soonest, $key:expr) => {
        concat!($key, " > ($4, $5)")
    };
    (latest, $key:expr) => {
        concat!($key, " < ($4, $5)")
    };
}

macro_rules! sort {
    (soonest, $time:expr, $id:expr) => {
        concat!(" ORDER BY ", $time, ", ", $id)
    };
    (latest, $time:expr, $id:expr) => {
        concat!(" ORDER BY ", $time, " DESC, ", $id, " DESC")
    };
}

macro_rules! sorted_keys {
    (soonest) => {
        " ORDER BY key"
    };
    (latest) => {
        " ORDER BY key DESC"
    };
}

/// The next keys of each range that `$from` names, at most `$6` of each. SQLite has no LATERAL: there the keys travel as
/// texts that sort alike.
macro_rules! range {
    (sqlite, $way:ident, $from:expr, $table:expr, $time:expr, $id:expr, $which:expr) => {
        concat!(
            "SELECT x.value AS key FROM ",
            $from,
            " CROSS JOIN json_each((SELECT json_group_array(printf('%020d', starts_at) || hex(id)) FROM (SELECT ",
            $time,
            " AS starts_at, ",
            $id,
            " AS id FROM ",
            $table,
            " WHERE ",
            $which,
            " AND ",
            $crate::appointments::scope::way!($way, concat!("(", $time, ", ", $id, ")")),
            $crate::appointments::scope::sort!($way, $time, $id),
            " LIMIT $6))) x "
        )
    };
    (postgres, $way:ident, $from:expr, $table:expr, $time:expr, $id:expr, $which:expr) => {
        concat!(
            "SELECT x.starts_at, x.id FROM ",
            $from,
            " CROSS JOIN LATERAL (SELECT ",
            $time,
            " AS starts_at, ",
            $id,
            " AS id FROM ",
            $table,
            " WHERE ",
            $which,
            " AND ",
            $crate::appointments::scope::way!($way, concat!("(", $time, ", ", $id, ")")),
            $crate::appointments::scope::sort!($way, $time, $id),
            " LIMIT $6) x "
        )
    };
}

/// A range of appointments themselves.
macro_rules! walk {
    ($engine:ident, $way:ident, $from:expr, $which:expr) => {
        $crate::appointments::scope::range!($engine, $way, $from, "appointments a", "a.starts_at", "a.id", $which)
    };
}

/// A range of those the person takes part in.
macro_rules! taking_part {
    ($engine:ident, $way:ident, $from:expr, $which:expr) => {
        $crate::appointments::scope::range!(
            $engine,
            $way,
            $from,
            "appointment_people p JOIN appointments a ON a.id = p.appointment_id",
            "p.starts_at",
            "p.appointment_id",
            concat!("p.user_id = $1 AND ", $which)
        )
    };
}

/// The appointments of the first of these keys.
macro_rules! first {
    (sqlite, $way:ident, $keys:expr) => {
        concat!(
            "SELECT ",
            $crate::appointments::scope::columns!(),
            " FROM (SELECT key FROM (",
            $keys,
            ") AS ranges",
            $crate::appointments::scope::sorted_keys!($way),
            " LIMIT $6) page CROSS JOIN appointments a ON a.id = unhex(substr(page.key, 21)) ",
            $crate::appointments::scope::sources!(),
            $crate::appointments::scope::sort!($way, "a.starts_at", "a.id")
        )
    };
    (postgres, $way:ident, $keys:expr) => {
        concat!(
            "SELECT ",
            $crate::appointments::scope::columns!(),
            " FROM (SELECT id FROM (",
            $keys,
            ") AS ranges",
            $crate::appointments::scope::sort!($way, "starts_at", "id"),
            " LIMIT $6) page JOIN appointments a ON a.id = page.id ",
            $crate::appointments::scope::sources!(),
            $crate::appointments::scope::sort!($way, "a.starts_at", "a.id")
        )
    };
}

/// What a filter adds to a range. `one` is for the few of one customer or one person, which may be walked.
macro_rules! filter {
    (none) => {
        ""
    };
    (state) => {
        " AND a.state = $8"
    };
    (wished) => {
        " AND a.wished_at IS NOT NULL"
    };
    (one) => {
        " AND (a.state = $8 OR $8 IS NULL) AND (a.wished_at IS NOT NULL OR $9 = FALSE)"
    };
}

/// One page: `$4`, `$5` the key to continue after, `$6` how many, `$7` only through this organisation (for somebody who
/// belongs to several) or NULL, `$8` the state.
macro_rules! page {
    ($engine:ident, $way:ident, $filter:ident) => {
        $crate::appointments::scope::first!($engine, $way, concat!(
            $crate::appointments::scope::walk!($engine, $way, "(SELECT 1 AS one WHERE $3) s", concat!("1 = 1", $crate::appointments::scope::filter!($filter))),
            "UNION ", $crate::appointments::scope::walk!($engine, $way, "(SELECT organisation_id FROM staff_assignments WHERE $2 AND user_id = $1) s",
                concat!("a.organisation_id = s.organisation_id", $crate::appointments::scope::filter!($filter))),
            "UNION ", $crate::appointments::scope::walk!($engine, $way,
                "(SELECT organisation_id FROM memberships WHERE user_id = $1 AND state = 'active' AND (organisation_id = $7 OR $7 IS NULL) AND (role = 'admin' OR (role <> 'partner' AND orders = 'organisation'))) m",
                concat!("a.organisation_id = m.organisation_id", $crate::appointments::scope::filter!($filter))),
            "UNION ", $crate::appointments::scope::walk!($engine, $way,
                "(SELECT p.project_id FROM memberships m JOIN projects j ON j.organisation_id = m.organisation_id JOIN project_people p ON p.project_id = j.id AND p.user_id = $1 WHERE m.user_id = $1 AND m.state = 'active' AND m.orders <> 'none' AND (m.organisation_id = $7 OR $7 IS NULL)) m",
                concat!("a.project_id = m.project_id", $crate::appointments::scope::filter!($filter))),
            "UNION ", $crate::appointments::scope::taking_part!($engine, $way,
                "(SELECT organisation_id FROM memberships WHERE user_id = $1 AND state = 'active' AND orders <> 'none' AND (organisation_id = $7 OR $7 IS NULL)) m",
                concat!("a.organisation_id = m.organisation_id", $crate::appointments::scope::filter!($filter)))))
    };
}

/// The same of one customer (`$7`), for staff.
macro_rules! page_of_organisation {
    ($engine:ident, $way:ident) => {
        $crate::appointments::scope::first!($engine, $way, $crate::appointments::scope::walk!($engine, $way,
            "(SELECT 1 AS one WHERE $3 OR ($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = $7))) s",
            concat!("a.organisation_id = $7", $crate::appointments::scope::filter!(one))))
    };
}

/// The same of what a member of staff takes part in, of one customer (`$7`) or of all.
macro_rules! page_of_mine {
    ($engine:ident, $way:ident) => {
        $crate::appointments::scope::first!(
            $engine,
            $way,
            $crate::appointments::scope::taking_part!(
                $engine,
                $way,
                "(SELECT 1 AS one) s",
                concat!(
                    "(a.organisation_id = $7 OR $7 IS NULL) AND ",
                    $crate::appointments::scope::may_see!(),
                    $crate::appointments::scope::filter!(one)
                )
            )
        )
    };
}

/// Those with times the person `$1` may choose from and has said nothing to, `$7` being now; as `home/scope.rs` wants it.
/// They are due when the first time that is still to come begins.
macro_rules! waiting {
    () => {
        "SELECT 'choose' AS kind, a.id, a.organisation_id, a.id AS subject_id, a.title, u.name AS by_name, a.purpose AS note, \
         (SELECT count(*) FROM appointment_slots x WHERE x.appointment_id = a.id AND x.starts_at > $7) AS number, CAST(NULL AS TEXT) AS due_on, \
         (SELECT min(x.starts_at) FROM appointment_slots x WHERE x.appointment_id = a.id AND x.starts_at > $7) AS due_at, a.changed_at AS since \
         FROM appointment_people p JOIN appointments a ON a.id = p.appointment_id JOIN users u ON u.id = a.created_by \
         JOIN memberships m ON m.user_id = p.user_id AND m.organisation_id = a.organisation_id AND m.state = 'active' \
         WHERE p.user_id = $1 AND p.starts_at > $7 AND a.state = 'proposed' AND a.wished_at IS NULL AND (m.role = 'admin' OR m.orders <> 'none')"
    };
}

pub(super) use {
    columns, filter, first, page, page_of_mine, page_of_organisation, range, sort, sorted_keys, sources, taking_part,
    walk, way,
};
pub(crate) use {may_see, sees, waiting};
