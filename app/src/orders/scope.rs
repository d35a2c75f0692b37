//! Who sees which orders, in SQL. `$1` to `$3` of every statement are the [`Scope`]: the person, sees those of assigned
//! customers, sees those of all. The lists are in `pages.rs`.

use crate::access::{Action, customer_scope};

customer_scope! {
    /// `$1` to `$3` of every scoped statement.
    Scope = Action::OrderRead
}

impl Scope {
    /// Sees those of assigned customers, sees those of all.
    pub const fn reach(self) -> (bool, bool) {
        (self.assigned, self.all)
    }
}

/// Whether a person sees order `o` through their membership `m` of its customer.
macro_rules! sees {
    ($user:expr) => {
        concat!(
            "(m.role = 'admin' OR (m.role <> 'partner' AND m.orders = 'organisation') \
             OR (m.orders <> 'none' AND (o.buyer_id = ",
            $user,
            " OR EXISTS (SELECT 1 FROM project_people p WHERE p.user_id = ",
            $user,
            " AND p.project_id = o.project_id))))"
        )
    };
}

/// Whether the person may see order `o`.
macro_rules! may_see {
    () => {
        $crate::orders::scope::may_see!("$1", "$2", "$3")
    };
    ($user:expr, $assigned:expr, $all:expr) => {
        concat!(
            "(",
            $all,
            " OR (",
            $assigned,
            " AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = ",
            $user,
            " AND s.organisation_id = o.organisation_id)) \
             OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ",
            $user,
            " AND m.organisation_id = o.organisation_id AND m.state = 'active' AND ",
            $crate::orders::scope::sees!($user),
            "))"
        )
    };
}

/// What waits for the person who ordered it, as a branch of the inbox (`home/scope.rs` says what its columns are). `number`
/// is the revision where one click confirms the step, else 0.
macro_rules! waiting {
    () => {
        "SELECT 'order' AS kind, o.id, o.organisation_id, o.id AS subject_id, CASE o.title WHEN '' THEN o.number ELSE o.title END AS title, '' AS by_name, \
         o.number || ', ' || CASE WHEN o.next_step <> '' THEN o.next_step ELSE CASE $6 WHEN 'de' THEN t.name_de WHEN 'nl' THEN t.name_nl ELSE t.name_en END END AS note, \
         CASE (SELECT x.acts FROM order_steps x WHERE x.order_id = o.id AND x.done_on IS NULL ORDER BY x.position LIMIT 1) WHEN 'customer' THEN o.revision ELSE CAST(0 AS BIGINT) END AS number, \
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

pub(crate) use {columns, may_see, sees, sources, waiting};
