//! Who sees which documents, in SQL. `$1` to `$5` of every statement are the [`Scope`](crate::access::Scope):
//! the person, sees assigned customers, sees general, money and quotes of all customers.
//!
//! One document is asked with `may_see!` (a chain of EXISTS). A list never is: as one predicate it would walk
//! every document there is for somebody who may see three. A list is a union of branches, each a range of an
//! index in the list's order with its own limit; the branch that does not apply costs nothing. Both say the
//! same, and `server/tests/it/scope.rs` compares them for every person of the demo.

/// How far a membership reaches into the module of a topic.
macro_rules! reach {
    ($membership:literal, $topic:expr) => {
        concat!("CASE WHEN ", $topic, " = 'general' THEN ", $membership, ".documents ELSE ", $membership, ".money END")
    };
}

/// Whether the person may see document `d`. By itself with the scope, or with whose person and reach it is asked for.
macro_rules! may_see {
    () => {
        $crate::documents::scope::may_see!("$1", "$2", "$3", "$4", "$5")
    };
    ($user:expr, $assigned:expr, $general:expr, $money:expr, $quotes:expr) => {
        concat!("((", $assigned, " AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = ", $user, " AND s.organisation_id = d.organisation_id)) \
         OR (", $general, " AND d.topic = 'general') OR (", $money, " AND d.topic = 'money') OR (", $quotes, " AND d.topic = 'quotes') \
         OR (d.state = 'published' AND ( \
            EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ", $user, " AND m.organisation_id = d.organisation_id AND m.state = 'active' AND m.role = 'admin') \
         OR EXISTS (SELECT 1 FROM memberships m JOIN document_audience a ON a.subject_id = m.organisation_id WHERE m.user_id = ", $user, " AND m.state = 'active' AND m.role <> 'partner' AND a.document_id = d.id AND ", $crate::documents::scope::reach!("m", "d.topic"), " = 'organisation') \
         OR EXISTS (SELECT 1 FROM memberships m JOIN group_organisations g ON g.organisation_id = m.organisation_id JOIN document_audience a ON a.subject_id = g.group_id WHERE m.user_id = ", $user, " AND m.state = 'active' AND m.role <> 'partner' AND a.document_id = d.id AND ", $crate::documents::scope::reach!("m", "d.topic"), " = 'organisation') \
         OR EXISTS (SELECT 1 FROM document_audience a JOIN memberships m ON m.user_id = ", $user, " AND m.organisation_id = d.organisation_id AND m.state = 'active' WHERE a.document_id = d.id AND a.subject_id = ", $user, " AND ", $crate::documents::scope::reach!("m", "d.topic"), " <> 'none') \
         OR EXISTS (SELECT 1 FROM project_people p JOIN document_audience a ON a.subject_id = p.project_id JOIN memberships m ON m.user_id = ", $user, " AND m.organisation_id = d.organisation_id AND m.state = 'active' WHERE p.user_id = ", $user, " AND a.document_id = d.id AND ", $crate::documents::scope::reach!("m", "d.topic"), " <> 'none'))))")
    };
}

/// Named in the audience `a` of `d`, and not opened yet.
macro_rules! unread {
    () => {
        concat!(
            " WHERE a.waiting_for = $1 AND NOT EXISTS (SELECT 1 FROM document_reads r WHERE r.document_id = d.id \
             AND r.user_id = $1 AND r.version >= d.current_version) AND ",
            $crate::documents::scope::may_see!()
        )
    };
}

/// The same as a branch of the inbox (`home/scope.rs` says what its columns are). What is to approve is not to read, too.
macro_rules! waiting {
    () => {
        concat!(
            "SELECT 'read' AS kind, d.id, d.organisation_id, d.id AS subject_id, d.title, '' AS by_name, d.category AS note, d.current_version AS number, \
             CAST(NULL AS TEXT) AS due_on, CAST(NULL AS BIGINT) AS due_at, a.changed_at AS since FROM document_audience a JOIN documents d ON d.id = a.document_id",
            $crate::documents::scope::unread!(),
            " AND NOT EXISTS (SELECT 1 FROM approvals p JOIN approval_seats t ON t.approval_id = p.id WHERE p.document_id = d.id AND t.user_id = $1 AND t.decision = 'waiting')"
        )
    };
}

/// The columns of [`Document`](super::model::Document), from `d`, its organisation and its current version.
macro_rules! columns {
    () => {
        "d.id, d.organisation_id, o.name AS organisation_name, d.title, d.tags, d.category, d.topic, d.state, d.audience_kind, \
         d.current_version, d.revision, d.created_at, d.published_at, d.changed_at, d.valid_from, d.valid_until, d.notice_days, v.file_name, v.media_type, v.size, v.scan, \
         (SELECT r.version FROM document_reads r WHERE r.document_id = d.id AND r.user_id = $1) AS read_version, \
         EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = d.organisation_id) AS assigned"
    };
}

/// What [`columns!`] reads from.
macro_rules! sources {
    () => {
        "JOIN organisations o ON o.id = d.organisation_id \
         LEFT JOIN document_versions v ON v.document_id = d.id AND v.number = d.current_version"
    };
}

/// The newest keys of each range of an index that `$from` names, at most `$8` of each. `$newest` selects
/// `changed_at` and `id` of one range in the order of its index. A plain join would read and sort the ranges whole.
/// SQLite has no LATERAL, but `json_each` may look at the row before it: there the keys travel as texts that sort
/// alike.
macro_rules! newest_of_each {
    (sqlite, $from:expr, $newest:expr) => {
        concat!(
            "SELECT x.value AS key FROM ",
            $from,
            " CROSS JOIN json_each((SELECT json_group_array(format('%016x', changed_at) || hex(id)) FROM (",
            $newest,
            "))) x "
        )
    };
    (postgres, $from:expr, $newest:expr) => {
        concat!("SELECT x.changed_at, x.id FROM ", $from, " CROSS JOIN LATERAL (", $newest, ") x ")
    };
}

/// Keys of documents: the ranges, and which `d` is in one.
macro_rules! documents {
    ($engine:ident, $from:expr, $which:expr) => {
        $crate::documents::scope::newest_of_each!(
            $engine,
            $from,
            concat!(
                "SELECT d.changed_at, d.id FROM documents d WHERE ",
                $which,
                " AND (d.changed_at, d.id) < ($6, $7) ORDER BY d.changed_at DESC, d.id DESC LIMIT $8"
            )
        )
    };
}

/// Keys of what is meant for somebody: the ranges, and which `a` is in one.
macro_rules! meant {
    ($engine:ident, $from:expr, $which:expr) => {
        $crate::documents::scope::newest_of_each!(
            $engine,
            $from,
            concat!(
                "SELECT a.changed_at, a.document_id AS id FROM document_audience a WHERE ",
                $which,
                " AND (a.changed_at, a.document_id) < ($6, $7) ORDER BY a.changed_at DESC, a.document_id DESC LIMIT $8"
            )
        )
    };
}

/// The documents of the newest of these keys.
macro_rules! newest {
    (sqlite, $keys:expr) => {
        concat!("SELECT ", $crate::documents::scope::columns!(), " FROM (SELECT key FROM (", $keys, ") AS ranges ORDER BY key DESC LIMIT $8) page CROSS JOIN documents d ON d.id = unhex(substr(page.key, 17)) ", $crate::documents::scope::sources!(), " ORDER BY d.changed_at DESC, d.id DESC")
    };
    (postgres, $keys:expr) => {
        concat!("SELECT ", $crate::documents::scope::columns!(), " FROM (SELECT id FROM (", $keys, ") AS ranges ORDER BY changed_at DESC, id DESC LIMIT $8) page JOIN documents d ON d.id = page.id ", $crate::documents::scope::sources!(), " ORDER BY d.changed_at DESC, d.id DESC")
    };
}

/// What a filter adds. A category alone is walked state by state, as its indexes go.
macro_rules! filter {
    (ranges, category) => {
        " CROSS JOIN (SELECT 'draft' AS state UNION ALL SELECT 'published' UNION ALL SELECT 'withdrawn') states"
    };
    (ranges, $other:ident) => {
        ""
    };
    (document, none) => {
        ""
    };
    (document, category) => {
        " AND d.category = $10 AND d.state = states.state"
    };
    (document, state) => {
        " AND d.state = $10"
    };
    (document, both) => {
        " AND d.category = $10 AND d.state = $11"
    };
    // What customers see is published; another state has nothing for them.
    (published, none) => {
        " AND d.state = 'published'"
    };
    (published, category) => {
        " AND d.category = $10 AND d.state = 'published'"
    };
    (published, state) => {
        " AND d.state = 'published' AND $10 = 'published'"
    };
    (published, both) => {
        " AND d.category = $10 AND d.state = 'published' AND $11 = 'published'"
    };
    (meant, none) => {
        ""
    };
    (meant, category) => {
        " AND a.category = $10"
    };
    (meant, state) => {
        " AND $10 = 'published'"
    };
    (meant, both) => {
        " AND a.category = $10 AND $11 = 'published'"
    };
}

/// The person's memberships, through `$9` or all of them, whose rights reach as far as this.
///
/// A list without a category crosses both modules. Whoever has the same right in both, which is nearly everybody, is
/// asked about them at once (`whole`); with different rights each module is a range of its own (`split`). A category
/// is of one module.
macro_rules! mine {
    ($kind:tt, $role:expr, $reach:expr) => {
        concat!(
            "(SELECT organisation_id",
            $crate::documents::scope::mine!(@module $kind),
            " FROM memberships",
            $crate::documents::scope::mine!(@modules $kind),
            " WHERE user_id = $1 AND state = 'active' AND (organisation_id = $9 OR $9 IS NULL)",
            $role,
            $crate::documents::scope::mine!(@reaches $kind, $reach),
            ") m"
        )
    };
    (@module split) => { ", modules.module" };
    (@module $other:tt) => { "" };
    (@modules split) => { " CROSS JOIN (SELECT 'documents' AS module UNION ALL SELECT 'money') modules" };
    (@modules $other:tt) => { "" };
    (@reaches all, $reach:expr) => { "" };
    (@reaches whole, $reach:expr) => { concat!(" AND documents ", $reach, " AND money ", $reach) };
    (@reaches split, $reach:expr) => { concat!(" AND CASE modules.module WHEN 'documents' THEN documents ELSE money END ", $reach) };
    (@reaches category, $reach:expr) => { concat!(" AND CASE WHEN $10 IN ('invoice', 'proposal') THEN money ELSE documents END ", $reach) };
}

/// What a list of this kind adds to a range of what is meant for somebody.
macro_rules! of_module {
    (split) => {
        " AND a.module = m.module"
    };
    ($other:tt) => {
        ""
    };
}

/// One page of a list, newest first: `$6`, `$7` the key to continue after, `$8` how many, `$9` only through this
/// organisation (for somebody who belongs to several) or NULL, `$10` and `$11` what the filter asks for.
macro_rules! page {
    ($engine:ident, $filter:ident, $kind:tt) => {
        $crate::documents::scope::newest!($engine, concat!(
            // Staff: general, money, quotes of all customers. With a category only its own topic is asked for
            // (`Scope::about`), and the empty text keeps planners from the topic's index: the category has a better one.
            $crate::documents::scope::documents!($engine,
                concat!("(SELECT 'general' AS topic WHERE $3 UNION ALL SELECT 'money' WHERE $4 UNION ALL SELECT 'quotes' WHERE $5) t", $crate::documents::scope::filter!(ranges, $filter)),
                concat!($crate::documents::scope::topic!($filter), $crate::documents::scope::filter!(document, $filter))),
            // Staff: assigned customers.
            "UNION ", $crate::documents::scope::documents!($engine,
                concat!("(SELECT organisation_id FROM staff_assignments WHERE $2 AND user_id = $1) s", $crate::documents::scope::filter!(ranges, $filter)),
                concat!("d.organisation_id = s.organisation_id", $crate::documents::scope::filter!(document, $filter))),
            // Customers: all of an organisation they administer.
            "UNION ", $crate::documents::scope::documents!($engine,
                $crate::documents::scope::mine!(all, " AND role = 'admin'", ""),
                concat!("d.organisation_id = m.organisation_id", $crate::documents::scope::filter!(published, $filter))),
            // Meant for their organisation, for a group it is in, for them, for a project they are on.
            "UNION ", $crate::documents::scope::meant!($engine,
                $crate::documents::scope::mine!($kind, " AND role <> 'partner'", "= 'organisation'"),
                concat!("a.subject_id = m.organisation_id", $crate::documents::scope::of_module!($kind), $crate::documents::scope::filter!(meant, $filter))),
            "UNION ", $crate::documents::scope::meant!($engine,
                concat!($crate::documents::scope::mine!($kind, " AND role <> 'partner'", "= 'organisation'"), " JOIN group_organisations g ON g.organisation_id = m.organisation_id"),
                concat!("a.subject_id = g.group_id", $crate::documents::scope::of_module!($kind), $crate::documents::scope::filter!(meant, $filter))),
            "UNION ", $crate::documents::scope::meant!($engine,
                $crate::documents::scope::mine!($kind, "", "<> 'none'"),
                concat!("a.subject_id = $1 AND EXISTS (SELECT 1 FROM documents n WHERE n.id = a.document_id AND n.organisation_id = m.organisation_id)", $crate::documents::scope::of_module!($kind), $crate::documents::scope::filter!(meant, $filter))),
            "UNION ", $crate::documents::scope::meant!($engine,
                concat!($crate::documents::scope::mine!($kind, "", "<> 'none'"), " JOIN projects j ON j.organisation_id = m.organisation_id JOIN project_people p ON p.project_id = j.id AND p.user_id = $1"),
                concat!("a.subject_id = p.project_id", $crate::documents::scope::of_module!($kind), $crate::documents::scope::filter!(meant, $filter)))))
    };
}

/// The condition that a document is of the topic `t`.
macro_rules! topic {
    (category) => {
        "d.topic || '' = t.topic"
    };
    (both) => {
        "d.topic || '' = t.topic"
    };
    ($other:ident) => {
        "d.topic = t.topic"
    };
}

/// The same of one customer (`$9`), for staff: walks that customer's only.
macro_rules! page_of_organisation {
    ($engine:ident, $filter:ident) => {
        $crate::documents::scope::newest!(
            $engine,
            $crate::documents::scope::documents!(
                $engine,
                // Whoever sees nothing of this customer must not be kept waiting for longer than for one that does not exist.
            concat!("(SELECT 1 AS one WHERE $3 OR $4 OR $5 OR ($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = $9))) customer", $crate::documents::scope::filter!(ranges, $filter)),
                concat!(
                    "d.organisation_id = $9",
                    $crate::documents::scope::filter!(document, $filter),
                    " AND ",
                    $crate::documents::scope::may_see!()
                )
            )
        )
    };
}

pub(crate) use {columns, may_see, reach, sources, unread, waiting};
pub(super) use {documents, filter, meant, mine, newest, newest_of_each, of_module, page, page_of_organisation, topic};

#[cfg(test)]
mod tests {
    use crate::access::Topic;
    use crate::documents::model::{Category, State};

    #[test]
    fn a_category_is_asked_for_with_the_right_of_its_module() {
        let sql = mine!(category, "", "<> 'none'");
        for category in Category::ALL {
            let money = sql.contains(&format!("'{}'", category.key()));
            assert_eq!(money, category.topic() != Topic::General, "{category:?}");
        }
    }

    #[test]
    fn a_category_is_walked_through_every_state() {
        for state in State::ALL {
            assert!(filter!(ranges, category).contains(&format!("'{}'", state.name())), "{state:?}");
        }
    }
}
