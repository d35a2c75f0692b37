//! The lists of [`scope`](super::scope) in other orders than the newest first: the oldest, by title, by the end.
//!
//! They are unions of index ranges like those, but every range is of one category and one state. So each order needs
//! one index over all, one over a customer and one over what is meant for somebody, and one statement serves every
//! filter: a filter leaves ranges out (docs/adr/0034). `$6`, `$7` are the key to continue after, `$8` how many, `$9`
//! only through this organisation or NULL, `$10` and `$11` the category and the state or NULL.

/// Every category with its topic and its module, as far as the filter wants it.
macro_rules! kinds {
    () => {
        "(SELECT category, topic, module FROM (SELECT 'proposal' AS category, 'quotes' AS topic, 'money' AS module \
          UNION ALL SELECT 'contract', 'general', 'documents' UNION ALL SELECT 'invoice', 'money', 'money' \
          UNION ALL SELECT 'specification', 'general', 'documents' UNION ALL SELECT 'minutes', 'general', 'documents' \
          UNION ALL SELECT 'other', 'general', 'documents') AS known WHERE category = $10 OR $10 IS NULL) k"
    };
}

/// Every state, as far as the filter wants it.
macro_rules! states {
    () => {
        "(SELECT state FROM (SELECT 'draft' AS state UNION ALL SELECT 'published' UNION ALL SELECT 'withdrawn') AS known \
          WHERE state = $11 OR $11 IS NULL) t"
    };
}

/// The column that an order goes by.
macro_rules! key {
    (oldest) => {
        "changed_at"
    };
    (title) => {
        "title_key"
    };
    (end) => {
        "valid_until"
    };
}

/// A key with the id behind it, as a text that sorts alike.
macro_rules! as_text {
    (oldest) => {
        "format('%016x', changed_at) || hex(id)"
    };
    (title) => {
        "title_key || char(1) || hex(id)"
    };
    (end) => {
        "valid_until || hex(id)"
    };
}

/// What has no key is not in the index.
macro_rules! has_key {
    (end, $table:literal) => {
        concat!(" AND ", $table, ".valid_until IS NOT NULL")
    };
    ($other:ident, $table:literal) => {
        ""
    };
}

/// The first keys of each range of an index that `$from` names, at most `$8` of each (see `newest_of_each!`).
macro_rules! first_of_each {
    (sqlite, $order:ident, $from:expr, $first:expr) => {
        concat!(
            "SELECT x.value AS key FROM ",
            $from,
            " CROSS JOIN json_each((SELECT json_group_array(",
            $crate::documents::sorted::as_text!($order),
            ") FROM (",
            $first,
            "))) x "
        )
    };
    (postgres, $order:ident, $from:expr, $first:expr) => {
        concat!(
            "SELECT x.",
            $crate::documents::sorted::key!($order),
            " AS key, x.id FROM ",
            $from,
            " CROSS JOIN LATERAL (",
            $first,
            ") x "
        )
    };
}

/// Keys of documents: the ranges, and which `d` is in one.
macro_rules! ranges {
    ($engine:ident, $order:ident, $from:expr, $which:expr) => {
        $crate::documents::sorted::first_of_each!(
            $engine,
            $order,
            $from,
            concat!(
                "SELECT d.",
                $crate::documents::sorted::key!($order),
                ", d.id FROM documents d WHERE ",
                $which,
                $crate::documents::sorted::has_key!($order, "d"),
                " AND (d.",
                $crate::documents::sorted::key!($order),
                ", d.id) > ($6, $7) ORDER BY d.",
                $crate::documents::sorted::key!($order),
                ", d.id LIMIT $8"
            )
        )
    };
}

/// Keys of what is meant for somebody: the ranges, and which `a` is in one.
macro_rules! given {
    ($engine:ident, $order:ident, $from:expr, $which:expr) => {
        $crate::documents::sorted::first_of_each!(
            $engine,
            $order,
            $from,
            concat!(
                "SELECT a.",
                $crate::documents::sorted::key!($order),
                ", a.document_id AS id FROM document_audience a WHERE ",
                $which,
                " AND a.category = r.category",
                $crate::documents::sorted::has_key!($order, "a"),
                " AND (a.",
                $crate::documents::sorted::key!($order),
                ", a.document_id) > ($6, $7) ORDER BY a.",
                $crate::documents::sorted::key!($order),
                ", a.document_id LIMIT $8"
            )
        )
    };
}

/// The person's memberships, through `$9` or all of them, with the categories that their right opens: `r`.
macro_rules! opened {
    ($what:literal, $through:literal, $which:expr) => {
        concat!(
            "(SELECT ",
            $what,
            " k.category FROM memberships m ",
            $through,
            " CROSS JOIN ",
            $crate::documents::sorted::kinds!(),
            " WHERE m.user_id = $1 AND m.state = 'active' AND (m.organisation_id = $9 OR $9 IS NULL) \
             AND ('published' = $11 OR $11 IS NULL)",
            $which,
            ") r"
        )
    };
}

/// Whether the right of a membership `m` in the module of a category `k` is this.
macro_rules! right {
    ($is:literal) => {
        concat!(" AND CASE k.module WHEN 'money' THEN m.money ELSE m.documents END ", $is)
    };
}

/// The documents of the first of these keys.
macro_rules! first {
    (sqlite, $keys:expr) => {
        concat!(
            "SELECT ",
            $crate::documents::scope::columns!(),
            " FROM (SELECT key FROM (",
            $keys,
            ") AS ranges ORDER BY key LIMIT $8) page CROSS JOIN documents d ON d.id = unhex(substr(page.key, -32)) ",
            $crate::documents::scope::sources!(),
            " ORDER BY page.key"
        )
    };
    (postgres, $keys:expr) => {
        concat!(
            "SELECT ",
            $crate::documents::scope::columns!(),
            " FROM (SELECT key, id FROM (",
            $keys,
            ") AS ranges ORDER BY key, id LIMIT $8) page JOIN documents d ON d.id = page.id ",
            $crate::documents::scope::sources!(),
            " ORDER BY page.key, page.id"
        )
    };
}

/// One page of a list: the branches of `scope::page!`.
macro_rules! sorted {
    ($engine:ident, $order:ident) => {
        $crate::documents::sorted::first!($engine, concat!(
            // Staff: general, money, quotes of all customers.
            $crate::documents::sorted::ranges!($engine, $order,
                concat!("(SELECT k.category, t.state FROM ", $crate::documents::sorted::kinds!(), " CROSS JOIN ", $crate::documents::sorted::states!(),
                    " WHERE (k.topic = 'general' AND $3) OR (k.topic = 'money' AND $4) OR (k.topic = 'quotes' AND $5)) r"),
                "d.category = r.category AND d.state = r.state"),
            // Staff: assigned customers.
            "UNION ", $crate::documents::sorted::ranges!($engine, $order,
                concat!("(SELECT s.organisation_id, k.category, t.state FROM staff_assignments s CROSS JOIN ", $crate::documents::sorted::kinds!(),
                    " CROSS JOIN ", $crate::documents::sorted::states!(), " WHERE $2 AND s.user_id = $1) r"),
                "d.organisation_id = r.organisation_id AND d.category = r.category AND d.state = r.state"),
            // Customers: all of an organisation they administer.
            "UNION ", $crate::documents::sorted::ranges!($engine, $order,
                $crate::documents::sorted::opened!("m.organisation_id,", "", " AND m.role = 'admin'"),
                "d.organisation_id = r.organisation_id AND d.category = r.category AND d.state = 'published'"),
            // Meant for their organisation, for a group it is in, for them, for a project they are on.
            "UNION ", $crate::documents::sorted::given!($engine, $order,
                $crate::documents::sorted::opened!("m.organisation_id,", "",
                    concat!(" AND m.role <> 'partner'", $crate::documents::sorted::right!("= 'organisation'"))),
                "a.subject_id = r.organisation_id"),
            "UNION ", $crate::documents::sorted::given!($engine, $order,
                $crate::documents::sorted::opened!("g.group_id,", "JOIN group_organisations g ON g.organisation_id = m.organisation_id",
                    concat!(" AND m.role <> 'partner'", $crate::documents::sorted::right!("= 'organisation'"))),
                "a.subject_id = r.group_id"),
            "UNION ", $crate::documents::sorted::given!($engine, $order,
                $crate::documents::sorted::opened!("m.organisation_id,", "", $crate::documents::sorted::right!("<> 'none'")),
                "a.subject_id = $1 AND EXISTS (SELECT 1 FROM documents n WHERE n.id = a.document_id AND n.organisation_id = r.organisation_id)"),
            "UNION ", $crate::documents::sorted::given!($engine, $order,
                $crate::documents::sorted::opened!("p.project_id,",
                    "JOIN projects j ON j.organisation_id = m.organisation_id JOIN project_people p ON p.project_id = j.id AND p.user_id = $1",
                    $crate::documents::sorted::right!("<> 'none'")),
                "a.subject_id = r.project_id")))
    };
}

/// The same of one customer (`$9`), for staff: the categories of which they see that customer's.
macro_rules! sorted_of_organisation {
    ($engine:ident, $order:ident) => {
        $crate::documents::sorted::first!(
            $engine,
            $crate::documents::sorted::ranges!(
                $engine,
                $order,
                concat!("(SELECT k.category, t.state FROM ", $crate::documents::sorted::kinds!(), " CROSS JOIN ", $crate::documents::sorted::states!(),
                    " WHERE (k.topic = 'general' AND $3) OR (k.topic = 'money' AND $4) OR (k.topic = 'quotes' AND $5) \
                     OR ($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = $9))) r"),
                "d.organisation_id = $9 AND d.category = r.category AND d.state = r.state"
            )
        )
    };
}

pub(super) use {
    as_text, first, first_of_each, given, has_key, key, kinds, opened, ranges, right, sorted, sorted_of_organisation,
    states,
};

#[cfg(test)]
mod tests {
    use crate::documents::model::{Category, State};

    #[test]
    fn every_category_is_walked_with_its_topic_and_its_module() {
        let rows = kinds!();
        for category in Category::ALL {
            let (key, topic, module) = (category.key(), category.topic().name(), category.module().name());
            let first = format!("'{key}' AS category, '{topic}' AS topic, '{module}' AS module");
            let other = format!("SELECT '{key}', '{topic}', '{module}'");
            assert!(rows.contains(&first) || rows.contains(&other), "{category:?}");
        }
    }

    #[test]
    fn every_state_is_walked() {
        for state in State::ALL {
            assert!(states!().contains(&format!("'{}'", state.name())), "{state:?}");
        }
    }
}
