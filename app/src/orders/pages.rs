//! The pages of lists of orders, in three orders: the newest first, the oldest first, and those that are expected first. Each
//! is a union of index ranges, as for documents (`documents/scope.rs` says why).
//!
//! `$1` to `$3` the scope, `$4` and `$5` the key to continue after, `$6` how many, `$7` only through this organisation (for
//! somebody who belongs to several) or NULL, `$8` where it ends: the first or the last day. Then what the filter asks for. By
//! the expected day, `$9` and `$10` are the days between which it was ordered.

/// The day that an order goes by.
macro_rules! day {
    (due) => {
        "due_key"
    };
    ($by_day:ident) => {
        "ordered_on"
    };
}

/// After the key in an order, and not beyond its end. That there is a day follows from the end: said once more, SQLite takes
/// an index without the status.
macro_rules! between {
    (newest) => {
        " AND (o.ordered_on, o.id) < ($4, $5) AND o.ordered_on >= $8 ORDER BY o.ordered_on DESC, o.id DESC LIMIT $6"
    };
    (oldest) => {
        " AND (o.ordered_on, o.id) > ($4, $5) AND o.ordered_on <= $8 ORDER BY o.ordered_on, o.id LIMIT $6"
    };
    (due) => {
        " AND (o.due_key, o.id) > ($4, $5) AND o.due_key <= $8 AND o.ordered_on >= $9 AND o.ordered_on <= $10 ORDER BY o.due_key, o.id LIMIT $6"
    };
}

/// The way of an order.
macro_rules! way {
    (newest) => {
        " DESC"
    };
    ($forward:ident) => {
        ""
    };
}

/// The first keys of each range that `$from` names, at most `$6` of each. SQLite has no LATERAL: there the keys travel as
/// texts that sort alike.
macro_rules! range {
    (sqlite, $order:ident, $from:expr, $which:expr) => {
        concat!(
            "SELECT x.value AS key FROM ",
            $from,
            " CROSS JOIN json_each((SELECT json_group_array(",
            $crate::orders::pages::day!($order),
            " || hex(id)) FROM (SELECT o.",
            $crate::orders::pages::day!($order),
            ", o.id FROM orders o WHERE ",
            $which,
            $crate::orders::pages::between!($order),
            "))) x "
        )
    };
    (postgres, $order:ident, $from:expr, $which:expr) => {
        concat!(
            "SELECT x.",
            $crate::orders::pages::day!($order),
            " AS day, x.id FROM ",
            $from,
            " CROSS JOIN LATERAL (SELECT o.",
            $crate::orders::pages::day!($order),
            ", o.id FROM orders o WHERE ",
            $which,
            $crate::orders::pages::between!($order),
            ") x "
        )
    };
}

/// The orders of the first of these keys.
macro_rules! first {
    (sqlite, $order:ident, $keys:expr) => {
        concat!(
            "SELECT ",
            $crate::orders::scope::columns!(),
            " FROM (SELECT key FROM (",
            $keys,
            ") AS ranges ORDER BY key",
            $crate::orders::pages::way!($order),
            " LIMIT $6) page CROSS JOIN orders o ON o.id = unhex(substr(page.key, -32)) ",
            $crate::orders::scope::sources!(),
            " ORDER BY page.key",
            $crate::orders::pages::way!($order)
        )
    };
    (postgres, $order:ident, $keys:expr) => {
        concat!(
            "SELECT ",
            $crate::orders::scope::columns!(),
            " FROM (SELECT day, id FROM (",
            $keys,
            ") AS ranges ORDER BY day",
            $crate::orders::pages::way!($order),
            ", id",
            $crate::orders::pages::way!($order),
            " LIMIT $6) page JOIN orders o ON o.id = page.id ",
            $crate::orders::scope::sources!(),
            " ORDER BY page.day",
            $crate::orders::pages::way!($order),
            ", page.id",
            $crate::orders::pages::way!($order)
        )
    };
}

/// What a filter adds to a range.
macro_rules! filter {
    (none, $order:ident) => {
        ""
    };
    (closed, $order:ident) => {
        " AND o.closed = $9"
    };
    (status, due) => {
        " AND o.status = $11"
    };
    (status, $by_day:ident) => {
        " AND o.status = $9"
    };
}

/// One page of whoever asks.
macro_rules! page {
    ($engine:ident, $order:ident, $filter:ident) => {
        $crate::orders::pages::first!($engine, $order, concat!(
            $crate::orders::pages::range!($engine, $order, "(SELECT 1 AS one WHERE $3) s", concat!("1 = 1", $crate::orders::pages::filter!($filter, $order))),
            "UNION ", $crate::orders::pages::range!($engine, $order, "(SELECT organisation_id FROM staff_assignments WHERE $2 AND user_id = $1) s",
                concat!("o.organisation_id = s.organisation_id", $crate::orders::pages::filter!($filter, $order))),
            "UNION ", $crate::orders::pages::range!($engine, $order,
                "(SELECT organisation_id FROM memberships WHERE user_id = $1 AND state = 'active' AND (organisation_id = $7 OR $7 IS NULL) AND (role = 'admin' OR (role <> 'partner' AND orders = 'organisation'))) m",
                concat!("o.organisation_id = m.organisation_id", $crate::orders::pages::filter!($filter, $order))),
            "UNION ", $crate::orders::pages::range!($engine, $order,
                "(SELECT p.project_id FROM memberships m JOIN projects j ON j.organisation_id = m.organisation_id JOIN project_people p ON p.project_id = j.id AND p.user_id = $1 WHERE m.user_id = $1 AND m.state = 'active' AND m.orders <> 'none' AND (m.organisation_id = $7 OR $7 IS NULL)) m",
                concat!("o.project_id = m.project_id", $crate::orders::pages::filter!($filter, $order))),
            "UNION ", $crate::orders::pages::range!($engine, $order,
                "(SELECT organisation_id FROM memberships WHERE user_id = $1 AND state = 'active' AND orders <> 'none' AND (organisation_id = $7 OR $7 IS NULL)) m",
                concat!("o.buyer_id = $1 AND o.organisation_id = m.organisation_id", $crate::orders::pages::filter!($filter, $order)))))
    };
}

/// The same of one customer (`$7`), for staff: walks that customer's only.
macro_rules! page_of_organisation {
    ($engine:ident, $order:ident, $filter:ident) => {
        $crate::orders::pages::first!($engine, $order, $crate::orders::pages::range!($engine, $order,
            "(SELECT 1 AS one WHERE $3 OR ($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = $7))) s",
            concat!("o.organisation_id = $7", $crate::orders::pages::filter!($filter, $order))))
    };
}

pub(super) use {between, day, filter, first, page, page_of_organisation, range, way};
