//! Projects and appointments among what waits, and orders that wait for customers, in SQL: `$6` and `$7` the scope of orders,
//! `$8` today, `$9` now, `$10` and `$11` the scope of appointments, `$12` and `$13` of projects.

/// What we have to do in a project, and should have done.
macro_rules! our_tasks {
    ($from:expr, $which:expr) => {
        concat!(
            "SELECT 'task' AS kind, k.project_id AS id, j.organisation_id, k.title, j.name AS who, CAST(NULL AS BIGINT) AS since, k.due_on FROM ",
            $from, " WHERE k.done_at IS NULL AND k.side = 'house' AND k.due_on < $8 AND j.closed = FALSE", $which, " ORDER BY k.due_on, k.id"
        )
    };
}

/// An appointment whose customer asks for another time.
macro_rules! wished {
    ($from:expr, $which:expr) => {
        concat!(
            "SELECT 'wish' AS kind, a.id, a.organisation_id, a.title, '' AS who, a.wished_at AS since, CAST(NULL AS TEXT) AS due_on FROM ",
            $from, " WHERE a.wished_at IS NOT NULL AND a.state IN ('proposed', 'confirmed')", $which, " ORDER BY a.starts_at, a.id"
        )
    };
}

/// An appointment of whose times none was chosen while they could be.
macro_rules! lapsed {
    ($from:expr, $which:expr) => {
        concat!(
            "SELECT 'lapsed' AS kind, a.id, a.organisation_id, a.title, '' AS who, a.starts_at AS since, CAST(NULL AS TEXT) AS due_on FROM ",
            $from, " WHERE a.state = 'proposed' AND a.starts_at < $9 AND a.wished_at IS NULL", $which, " ORDER BY a.starts_at, a.id"
        )
    };
}

/// Of projects and appointments, what waits for us.
macro_rules! for_us {
    () => {
        concat!(
            "UNION ", some!(our_tasks!(concat!(mine!("$12"), " JOIN projects j ON j.organisation_id = s.organisation_id JOIN project_tasks k ON k.project_id = j.id"), ""), "10"),
            "UNION ", some!(our_tasks!("project_tasks k JOIN projects j ON j.id = k.project_id", " AND $13"), "10"),
            "UNION ", some!(wished!(concat!(mine!("$10"), " JOIN appointments a ON a.organisation_id = s.organisation_id"), ""), "10"),
            "UNION ", some!(wished!("appointments a", " AND $11"), "10"),
            "UNION ", some!(lapsed!(concat!(mine!("$10"), " JOIN appointments a ON a.organisation_id = s.organisation_id"), ""), "10"),
            "UNION ", some!(lapsed!("appointments a", " AND $11"), "10")
        )
    };
}

/// Of projects and appointments, what is open at customers, and what of ours is late.
macro_rules! by_customer {
    () => {
        concat!(
            "UNION ", some!(open!("task", "k", "k.organisation_id", "k.created_at", "k.due_on < $8", concat!("(SELECT t.id, j.organisation_id, t.created_at, t.due_on FROM ", mine!("$12"), " JOIN projects j ON j.organisation_id = s.organisation_id AND j.closed = FALSE JOIN project_tasks t ON t.project_id = j.id WHERE t.done_at IS NULL AND t.side = 'customer') k"), "1 = 1", ""), "500"),
            "UNION ", some!(open!("task", "k", "j.organisation_id", "k.created_at", "k.due_on < $8", "project_tasks k JOIN projects j ON j.id = k.project_id", "k.done_at IS NULL AND k.side = 'customer' AND j.closed = FALSE AND $13", " ORDER BY k.due_on, k.id"), "500"),
            "UNION ", some!(open!("our_task", "k", "j.organisation_id", "CAST(NULL AS BIGINT)", "1 = 1", concat!(mine!("$12"), " JOIN projects j ON j.organisation_id = s.organisation_id JOIN project_tasks k ON k.project_id = j.id"), "k.done_at IS NULL AND k.side = 'house' AND k.due_on < $8 AND j.closed = FALSE", ""), "500"),
            "UNION ", some!(open!("our_task", "k", "j.organisation_id", "CAST(NULL AS BIGINT)", "1 = 1", "project_tasks k JOIN projects j ON j.id = k.project_id", "k.done_at IS NULL AND k.side = 'house' AND k.due_on < $8 AND j.closed = FALSE AND $13", " ORDER BY k.due_on, k.id"), "500"),
            "UNION ", some!(open!("appointment", "a", "a.organisation_id", "a.created_at", "a.starts_at < $9", concat!(mine!("$10"), " JOIN appointments a ON a.organisation_id = s.organisation_id"), "a.state = 'proposed' AND a.wished_at IS NULL", ""), "500"),
            "UNION ", some!(open!("appointment", "a", "a.organisation_id", "a.created_at", "a.starts_at < $9", "appointments a", "a.state = 'proposed' AND a.wished_at IS NULL AND $11", " ORDER BY a.starts_at, a.id"), "500")
        )
    };
}

/// Orders that stand so: of each status a range of an index, the first ordered first. Postgres would rather walk all the
/// orders there are; SQLite has no LATERAL, and takes the tables in the order of a CROSS JOIN.
macro_rules! waiting_orders {
    (sqlite, $which:literal) => {
        concat!("order_statuses t CROSS JOIN orders o ON ", $which, "o.status = t.key")
    };
    (postgres, $which:literal) => {
        concat!(
            "order_statuses t CROSS JOIN LATERAL (SELECT o.id, o.organisation_id, o.changed_at FROM orders o WHERE ",
            $which,
            "o.status = t.key ORDER BY o.ordered_on, o.id LIMIT 500) o"
        )
    };
}

/// Orders that wait for their customers. Late ones are counted by their day, whoever acts.
macro_rules! their_orders {
    ($engine:ident) => {
        concat!(
            "UNION ",
            some!(
                open!(
                    "their_order",
                    "o",
                    "o.organisation_id",
                    "o.changed_at",
                    "1 = 0",
                    concat!(
                        mine!("$6"),
                        " CROSS JOIN ",
                        waiting_orders!($engine, "o.organisation_id = s.organisation_id AND ")
                    ),
                    "t.waits_for = 'customer' AND t.is_final = FALSE",
                    ""
                ),
                "500"
            ),
            "UNION ",
            some!(
                open!(
                    "their_order",
                    "o",
                    "o.organisation_id",
                    "o.changed_at",
                    "1 = 0",
                    waiting_orders!($engine, ""),
                    "t.waits_for = 'customer' AND t.is_final = FALSE AND $7",
                    ""
                ),
                "500"
            )
        )
    };
}

pub(super) use {by_customer, for_us, lapsed, our_tasks, their_orders, waiting_orders, wished};
