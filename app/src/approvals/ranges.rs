//! The list of approvals over all customers, in SQL, for staff. `$1` to `$5` of every statement are the
//! [`Scope`](crate::access::Scope). As lists of documents do (`documents/scope.rs` says why), it walks ranges of indexes,
//! each in the list's order and with its own limit, and never one predicate over all there is.

use crate::db::sql;

/// The columns of a row, of the approvals `a` that `$keys` names.
macro_rules! rows {
    ($keys:expr, $order:literal) => {
        concat!(
            "SELECT a.id, a.document_id, a.organisation_id, a.version, a.sha256, a.needed, a.asked, a.step, a.message, a.due_at, a.state, \
             a.asked_by, u.name AS asked_by_name, a.asked_at, a.ended_at, d.title, d.category, o.name AS organisation_name, \
             o.number AS organisation_number FROM ",
            $keys,
            " JOIN documents d ON d.id = a.document_id JOIN organisations o ON o.id = a.organisation_id JOIN users u ON u.id = a.asked_by ORDER BY ",
            $order
        )
    };
}

/// The first of an ordered range of each row of `$from`: SQLite has no LATERAL, there the keys travel as texts.
macro_rules! of_each {
    (sqlite, $key:literal, $from:expr, $range:expr) => {
        concat!("SELECT x.value AS key FROM ", $from, " CROSS JOIN json_each((SELECT json_group_array(", $key, ") FROM (", $range, "))) x ")
    };
    (postgres, $key:literal, $from:expr, $range:expr) => {
        concat!("SELECT x.due_at, x.id FROM ", $from, " CROSS JOIN LATERAL (", $range, ") x ")
    };
}

/// A range of what is open: due before `$7`, after the key `$8`, `$9`, the soonest `$6`.
macro_rules! open {
    ($engine:ident, $from:expr, $which:expr) => {
        of_each!($engine, "format('%016x', due_at) || hex(id)", $from, concat!(
            "SELECT a.due_at, a.id FROM approvals a WHERE a.state = 'open' AND ", $which,
            " AND a.due_at < $7 AND (a.due_at, a.id) > ($8, $9) ORDER BY a.due_at, a.id LIMIT $6"))
    };
}

/// A range of what is over: before the id `$7`, the latest `$6`.
macro_rules! over {
    ($engine:ident, $from:expr, $which:expr) => {
        of_each!($engine, "hex(id)", $from, concat!(
            "SELECT a.due_at, a.id FROM approvals a WHERE a.state <> 'open' AND ", $which, " AND a.id < $7 ORDER BY a.id DESC LIMIT $6"))
    };
}

/// The list: those of assigned customers, and those of the topics that are seen of all.
macro_rules! everywhere {
    ($range:ident, $engine:ident, $filter:expr) => {
        concat!(
            $range!($engine, "(SELECT 'general' AS topic WHERE $3 UNION ALL SELECT 'money' WHERE $4 UNION ALL SELECT 'quotes' WHERE $5) t", concat!("a.topic = t.topic", $filter)),
            "UNION ",
            $range!($engine, "(SELECT organisation_id FROM staff_assignments WHERE $2 AND user_id = $1) s", concat!("a.organisation_id = s.organisation_id", $filter)))
    };
}

/// The same of one customer.
macro_rules! of_customer {
    ($range:ident, $engine:ident, $organisation:literal, $filter:expr) => {
        concat!(
            $range!($engine, "(SELECT 'general' AS topic WHERE $3 UNION ALL SELECT 'money' WHERE $4 UNION ALL SELECT 'quotes' WHERE $5) t",
                concat!("a.organisation_id = ", $organisation, " AND a.topic = t.topic", $filter)),
            "UNION ",
            $range!($engine, concat!("(SELECT 1 AS one WHERE $2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = ", $organisation, ")) s"),
                concat!("a.organisation_id = ", $organisation, $filter)))
    };
}

/// The page of these keys, the soonest first.
macro_rules! soonest {
    (sqlite, $keys:expr) => {
        rows!(concat!("(SELECT key FROM (", $keys, ") AS ranges ORDER BY key LIMIT $6) page CROSS JOIN approvals a ON a.id = unhex(substr(page.key, 17))"), "a.due_at, a.id")
    };
    (postgres, $keys:expr) => {
        rows!(concat!("(SELECT id FROM (", $keys, ") AS ranges ORDER BY due_at, id LIMIT $6) page JOIN approvals a ON a.id = page.id"), "a.due_at, a.id")
    };
}

/// The page of these keys, the latest first.
macro_rules! latest {
    (sqlite, $keys:expr) => {
        rows!(concat!("(SELECT key FROM (", $keys, ") AS ranges ORDER BY key DESC LIMIT $6) page CROSS JOIN approvals a ON a.id = unhex(page.key)"), "a.id DESC")
    };
    (postgres, $keys:expr) => {
        rows!(concat!("(SELECT id FROM (", $keys, ") AS ranges ORDER BY id DESC LIMIT $6) page JOIN approvals a ON a.id = page.id"), "a.id DESC")
    };
}

sql! {
    pub OPEN = sqlite: soonest!(sqlite, everywhere!(open, sqlite, "")), postgres: soonest!(postgres, everywhere!(open, postgres, ""));
    /// `$10`: the category.
    pub OPEN_IN_CATEGORY = sqlite: soonest!(sqlite, everywhere!(open, sqlite, " AND a.category = $10")), postgres: soonest!(postgres, everywhere!(open, postgres, " AND a.category = $10"));
    /// `$10`: the customer.
    pub OPEN_OF_ORGANISATION = sqlite: soonest!(sqlite, of_customer!(open, sqlite, "$10", "")), postgres: soonest!(postgres, of_customer!(open, postgres, "$10", ""));
    /// `$10`: the customer, `$11`: the category.
    pub OPEN_OF_ORGANISATION_IN_CATEGORY = sqlite: soonest!(sqlite, of_customer!(open, sqlite, "$10", " AND a.category = $11")), postgres: soonest!(postgres, of_customer!(open, postgres, "$10", " AND a.category = $11"));
    pub OVER = sqlite: latest!(sqlite, everywhere!(over, sqlite, "")), postgres: latest!(postgres, everywhere!(over, postgres, ""));
    /// `$8`: the category.
    pub OVER_IN_CATEGORY = sqlite: latest!(sqlite, everywhere!(over, sqlite, " AND a.category = $8")), postgres: latest!(postgres, everywhere!(over, postgres, " AND a.category = $8"));
    /// `$8`: the customer.
    pub OVER_OF_ORGANISATION = sqlite: latest!(sqlite, of_customer!(over, sqlite, "$8", "")), postgres: latest!(postgres, of_customer!(over, postgres, "$8", ""));
    /// `$8`: the customer, `$9`: the category.
    pub OVER_OF_ORGANISATION_IN_CATEGORY = sqlite: latest!(sqlite, of_customer!(over, sqlite, "$8", " AND a.category = $9")), postgres: latest!(postgres, of_customer!(over, postgres, "$8", " AND a.category = $9"));
    /// How many are late, as far as `$6`: due before `$7`, after the key `$8`, `$9`.
    pub LATE = sqlite: concat!("SELECT count(*) AS n FROM (SELECT key FROM (", everywhere!(open, sqlite, ""), ") AS ranges LIMIT $6) late"), postgres: concat!("SELECT count(*) AS n FROM (SELECT id FROM (", everywhere!(open, postgres, ""), ") AS ranges LIMIT $6) late");
}
