//! Who sees which documents, in SQL. `$1` to `$5` of every statement are the [`Scope`](crate::access::Scope):
//! the person, sees assigned customers, sees general, money and quotes of all customers.
//!
//! One document is asked with `may_see!` (a chain of EXISTS). A list never is: as one predicate it would walk
//! every document there is for somebody who may see three. A list is a union of branches, each a range of an
//! index in the list's order with its own limit; the branch that does not apply costs nothing. Both say the
//! same, and `server/tests/it/scope.rs` compares them for every person of the demo.

/// Whether the person may see document `d`.
macro_rules! may_see {
    () => {
        "(($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = d.organisation_id)) \
         OR ($3 AND d.topic = 'general') OR ($4 AND d.topic = 'money') OR ($5 AND d.topic = 'quotes') \
         OR (d.state = 'published' AND ( \
            EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = $1 AND m.organisation_id = d.organisation_id AND m.state = 'active' AND m.role = 'admin') \
         OR EXISTS (SELECT 1 FROM memberships m JOIN document_audience a ON a.subject_id = m.organisation_id WHERE m.user_id = $1 AND m.state = 'active' AND m.role <> 'partner' AND a.document_id = d.id) \
         OR EXISTS (SELECT 1 FROM memberships m JOIN group_organisations g ON g.organisation_id = m.organisation_id JOIN document_audience a ON a.subject_id = g.group_id WHERE m.user_id = $1 AND m.state = 'active' AND m.role <> 'partner' AND a.document_id = d.id) \
         OR EXISTS (SELECT 1 FROM document_audience a JOIN memberships m ON m.user_id = $1 AND m.organisation_id = d.organisation_id AND m.state = 'active' WHERE a.document_id = d.id AND a.subject_id = $1) \
         OR EXISTS (SELECT 1 FROM project_people p JOIN document_audience a ON a.subject_id = p.project_id JOIN memberships m ON m.user_id = $1 AND m.organisation_id = d.organisation_id AND m.state = 'active' WHERE p.user_id = $1 AND a.document_id = d.id))))"
    };
}

/// The columns of [`Document`](super::model::Document), from `d`, its organisation and its current version.
macro_rules! columns {
    () => {
        "d.id, d.organisation_id, o.name AS organisation_name, d.title, d.category, d.topic, d.state, d.audience_kind, \
         d.current_version, d.revision, d.created_at, d.published_at, d.changed_at, v.file_name, v.media_type, v.size, \
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

/// One page of a list, newest first: `$6`, `$7` the key to continue after, `$8` how many, `$9` only through this
/// organisation (for somebody who belongs to several) or NULL. The argument is a further condition on `d`.
macro_rules! page {
    ($filter:literal) => {
        concat!(
            "SELECT ", $crate::documents::scope::columns!(), " FROM documents d ", $crate::documents::scope::sources!(), " WHERE d.id IN (",
            // Staff: general, money, quotes of all customers; assigned customers.
            "SELECT id FROM (SELECT d.id FROM documents d WHERE $3 AND d.topic = 'general' AND (d.changed_at, d.id) < ($6, $7) ", $filter, " ORDER BY d.changed_at DESC, d.id DESC LIMIT $8) b1 ",
            "UNION SELECT id FROM (SELECT d.id FROM documents d WHERE $4 AND d.topic = 'money' AND (d.changed_at, d.id) < ($6, $7) ", $filter, " ORDER BY d.changed_at DESC, d.id DESC LIMIT $8) b2 ",
            "UNION SELECT id FROM (SELECT d.id FROM documents d WHERE $5 AND d.topic = 'quotes' AND (d.changed_at, d.id) < ($6, $7) ", $filter, " ORDER BY d.changed_at DESC, d.id DESC LIMIT $8) b3 ",
            "UNION SELECT id FROM (SELECT d.id FROM staff_assignments s JOIN documents d ON d.organisation_id = s.organisation_id WHERE $2 AND s.user_id = $1 AND (d.changed_at, d.id) < ($6, $7) ", $filter, " ORDER BY d.changed_at DESC, d.id DESC LIMIT $8) b4 ",
            // Customers: all of an organisation they administer.
            "UNION SELECT id FROM (SELECT d.id FROM memberships m JOIN documents d ON d.organisation_id = m.organisation_id WHERE m.user_id = $1 AND m.state = 'active' AND m.role = 'admin' AND (m.organisation_id = $9 OR $9 IS NULL) AND d.state = 'published' AND (d.changed_at, d.id) < ($6, $7) ", $filter, " ORDER BY d.changed_at DESC, d.id DESC LIMIT $8) b5 ",
            // Meant for their organisation, for a group it is in, for them, for a project they are on.
            "UNION SELECT id FROM (SELECT d.id FROM memberships m JOIN document_audience a ON a.subject_id = m.organisation_id JOIN documents d ON d.id = a.document_id WHERE m.user_id = $1 AND m.state = 'active' AND m.role <> 'partner' AND (m.organisation_id = $9 OR $9 IS NULL) AND (a.changed_at, a.document_id) < ($6, $7) ", $filter, " ORDER BY a.changed_at DESC, a.document_id DESC LIMIT $8) b6 ",
            "UNION SELECT id FROM (SELECT d.id FROM memberships m JOIN group_organisations g ON g.organisation_id = m.organisation_id JOIN document_audience a ON a.subject_id = g.group_id JOIN documents d ON d.id = a.document_id WHERE m.user_id = $1 AND m.state = 'active' AND m.role <> 'partner' AND (m.organisation_id = $9 OR $9 IS NULL) AND (a.changed_at, a.document_id) < ($6, $7) ", $filter, " ORDER BY a.changed_at DESC, a.document_id DESC LIMIT $8) b7 ",
            "UNION SELECT id FROM (SELECT d.id FROM document_audience a JOIN documents d ON d.id = a.document_id JOIN memberships m ON m.user_id = $1 AND m.organisation_id = d.organisation_id AND m.state = 'active' WHERE a.subject_id = $1 AND (m.organisation_id = $9 OR $9 IS NULL) AND (a.changed_at, a.document_id) < ($6, $7) ", $filter, " ORDER BY a.changed_at DESC, a.document_id DESC LIMIT $8) b8 ",
            "UNION SELECT id FROM (SELECT d.id FROM project_people p JOIN document_audience a ON a.subject_id = p.project_id JOIN documents d ON d.id = a.document_id JOIN memberships m ON m.user_id = $1 AND m.organisation_id = d.organisation_id AND m.state = 'active' WHERE p.user_id = $1 AND (m.organisation_id = $9 OR $9 IS NULL) AND (a.changed_at, a.document_id) < ($6, $7) ", $filter, " ORDER BY a.changed_at DESC, a.document_id DESC LIMIT $8) b9",
            ") ORDER BY d.changed_at DESC, d.id DESC LIMIT $8"
        )
    };
}

pub(super) use {columns, may_see, page, sources};
