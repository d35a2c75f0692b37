//! Who sees which orders, in SQL. `$1` to `$3` of every statement are the [`Scope`]: the person, sees those of assigned
//! customers, sees those of all. A list is a union of ranges, as for documents (`documents/scope.rs` says why).

use crate::access::{Action, Actor, over_customers};
use crate::db::Value;
use crate::error::AppError;
use crate::ids::UserId;

/// `$1` to `$3` of every scoped statement.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    user_id: UserId,
    assigned: bool,
    all: bool,
}

impl Scope {
    /// The scope of a person, derived from the policy.
    pub fn of(actor: &Actor) -> Result<Self, AppError> {
        let (user_id, assigned, all) = over_customers(actor, Action::OrderRead)?;
        Ok(Self { user_id, assigned, all })
    }

    /// As the statements bind it.
    pub fn values(self) -> [Value; 3] {
        [self.user_id.into(), self.assigned.into(), self.all.into()]
    }
}

/// Whether the person may see order `o`.
macro_rules! may_see {
    () => {
        "($3 OR ($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = o.organisation_id)) \
         OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = $1 AND m.organisation_id = o.organisation_id AND m.state = 'active' AND (m.role = 'admin' \
            OR (m.role <> 'partner' AND m.orders = 'organisation') \
            OR (m.orders <> 'none' AND (o.buyer_id = $1 OR EXISTS (SELECT 1 FROM project_people p WHERE p.user_id = $1 AND p.project_id = o.project_id))))))"
    };
}

/// What waits for the person who ordered it, as a branch of the inbox (`home/scope.rs` says what its columns are).
macro_rules! waiting {
    () => {
        "SELECT 'order' AS kind, o.id, o.organisation_id, o.id AS subject_id, CASE o.title WHEN '' THEN o.number ELSE o.title END AS title, '' AS by_name, \
         o.number || ', ' || CASE WHEN o.next_step <> '' THEN o.next_step ELSE CASE $6 WHEN 'de' THEN t.name_de WHEN 'nl' THEN t.name_nl ELSE t.name_en END END AS note, CAST(0 AS BIGINT) AS number, \
         o.next_on AS due_on, CAST(NULL AS BIGINT) AS due_at, o.changed_at AS since FROM orders o JOIN order_statuses t ON t.key = o.status \
         JOIN memberships m ON m.user_id = o.buyer_id AND m.organisation_id = o.organisation_id AND m.state = 'active' \
         WHERE o.buyer_id = $1 AND o.closed = FALSE AND t.waits_for = 'customer' AND (m.role = 'admin' OR m.orders <> 'none')"
    };
}

/// The columns of [`Order`](super::model::Order), from `o` and what [`sources!`] joins.
macro_rules! columns {
    () => {
        "o.id, o.organisation_id, c.name AS organisation_name, o.project_id, j.name AS project_name, o.buyer_id, b.name AS buyer_name, o.number, o.external_id, o.title, o.reference, \
         t.key, t.position, t.name_en, t.name_de, t.name_nl, t.tone, t.waits_for, t.is_final, t.revision, \
         o.ordered_on, o.wanted_on, o.confirmed_on, o.delivered_on, o.currency, o.total, o.ship_to, o.carrier, o.terms, o.tracking_url, o.next_step, o.next_on, \
         o.created_at, o.changed_at, o.revision AS order_revision, \
         EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = o.organisation_id) AS assigned, \
         EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = $1 AND m.organisation_id = o.organisation_id AND m.state = 'active' AND m.role = 'admin') AS administers"
    };
}

/// What [`columns!`] reads from.
macro_rules! sources {
    () => {
        "JOIN organisations c ON c.id = o.organisation_id JOIN order_statuses t ON t.key = o.status \
         LEFT JOIN projects j ON j.id = o.project_id LEFT JOIN users b ON b.id = o.buyer_id"
    };
}

/// The newest keys of each range that `$from` names, at most `$6` of each. SQLite has no LATERAL: there the keys travel
/// as texts that sort alike.
macro_rules! range {
    (sqlite, $from:expr, $which:expr) => {
        concat!(
            "SELECT x.value AS key FROM ", $from,
            " CROSS JOIN json_each((SELECT json_group_array(ordered_on || hex(id)) FROM (SELECT o.ordered_on, o.id FROM orders o WHERE ", $which,
            " AND (o.ordered_on, o.id) < ($4, $5) ORDER BY o.ordered_on DESC, o.id DESC LIMIT $6))) x "
        )
    };
    (postgres, $from:expr, $which:expr) => {
        concat!(
            "SELECT x.ordered_on, x.id FROM ", $from,
            " CROSS JOIN LATERAL (SELECT o.ordered_on, o.id FROM orders o WHERE ", $which,
            " AND (o.ordered_on, o.id) < ($4, $5) ORDER BY o.ordered_on DESC, o.id DESC LIMIT $6) x "
        )
    };
}

/// The orders of the newest of these keys.
macro_rules! newest {
    (sqlite, $keys:expr) => {
        concat!(
            "SELECT ",
            $crate::orders::scope::columns!(),
            " FROM (SELECT key FROM (",
            $keys,
            ") AS ranges ORDER BY key DESC LIMIT $6) page CROSS JOIN orders o ON o.id = unhex(substr(page.key, 11)) ",
            $crate::orders::scope::sources!(),
            " ORDER BY o.ordered_on DESC, o.id DESC"
        )
    };
    (postgres, $keys:expr) => {
        concat!(
            "SELECT ",
            $crate::orders::scope::columns!(),
            " FROM (SELECT id FROM (",
            $keys,
            ") AS ranges ORDER BY ordered_on DESC, id DESC LIMIT $6) page JOIN orders o ON o.id = page.id ",
            $crate::orders::scope::sources!(),
            " ORDER BY o.ordered_on DESC, o.id DESC"
        )
    };
}

/// What a filter adds to a range.
macro_rules! filter {
    (none) => {
        ""
    };
    (closed) => {
        " AND o.closed = $8"
    };
    (status) => {
        " AND o.status = $8"
    };
}

/// One page, newest first: `$4`, `$5` the key to continue after, `$6` how many, `$7` only through this organisation (for
/// somebody who belongs to several) or NULL, `$8` what the filter asks for.
macro_rules! page {
    ($engine:ident, $filter:ident) => {
        $crate::orders::scope::newest!($engine, concat!(
            $crate::orders::scope::range!($engine, "(SELECT 1 AS one WHERE $3) s", concat!("1 = 1", $crate::orders::scope::filter!($filter))),
            "UNION ", $crate::orders::scope::range!($engine, "(SELECT organisation_id FROM staff_assignments WHERE $2 AND user_id = $1) s",
                concat!("o.organisation_id = s.organisation_id", $crate::orders::scope::filter!($filter))),
            "UNION ", $crate::orders::scope::range!($engine,
                "(SELECT organisation_id FROM memberships WHERE user_id = $1 AND state = 'active' AND (organisation_id = $7 OR $7 IS NULL) AND (role = 'admin' OR (role <> 'partner' AND orders = 'organisation'))) m",
                concat!("o.organisation_id = m.organisation_id", $crate::orders::scope::filter!($filter))),
            "UNION ", $crate::orders::scope::range!($engine,
                "(SELECT p.project_id FROM memberships m JOIN projects j ON j.organisation_id = m.organisation_id JOIN project_people p ON p.project_id = j.id AND p.user_id = $1 WHERE m.user_id = $1 AND m.state = 'active' AND m.orders <> 'none' AND (m.organisation_id = $7 OR $7 IS NULL)) m",
                concat!("o.project_id = m.project_id", $crate::orders::scope::filter!($filter))),
            "UNION ", $crate::orders::scope::range!($engine,
                "(SELECT organisation_id FROM memberships WHERE user_id = $1 AND state = 'active' AND orders <> 'none' AND (organisation_id = $7 OR $7 IS NULL)) m",
                concat!("o.buyer_id = $1 AND o.organisation_id = m.organisation_id", $crate::orders::scope::filter!($filter)))))
    };
}

/// The same of one customer (`$7`), for staff: walks that customer's only.
macro_rules! page_of_organisation {
    ($engine:ident, $filter:ident) => {
        $crate::orders::scope::newest!($engine, $crate::orders::scope::range!($engine,
            "(SELECT 1 AS one WHERE $3 OR ($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = $7))) s",
            concat!("o.organisation_id = $7", $crate::orders::scope::filter!($filter))))
    };
}

pub(crate) use {columns, may_see, page, page_of_organisation, sources, waiting};
pub(super) use {filter, newest, range};
