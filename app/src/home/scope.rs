//! What waits for somebody, in SQL: one branch for each area, in one order.
//!
//! An area says what of it waits in a macro `waiting!` of its own `scope.rs`. Its columns:
//!
//! | column | is |
//! |---|---|
//! | `kind`, `id` | what kind of thing, and which: what a snooze is kept by |
//! | `organisation_id` | in which of the person's organisations it waits |
//! | `subject_id`, `title` | what it is about |
//! | `by_name` | who asks, or empty |
//! | `note`, `number` | what else its row says, as the area's words need it |
//! | `due_on`, `due_at` | until which day or instant, one of them or none |
//! | `since` | since when it waits as it is: what changes later has not been put off |
//!
//! It may use `$1`, the person (`$2` to `$5` are false: no customer sees what staff see), `$6`, their language, `$7`, now,
//! and `$8`, today. It reads what names the person, by an index, so that it costs what waits and no more.

/// Every branch.
macro_rules! areas {
    () => {
        concat!(
            $crate::approvals::scope::waiting!(),
            " UNION ALL ",
            $crate::requests::scope::waiting!(),
            " UNION ALL ",
            $crate::orders::scope::waiting!(),
            " UNION ALL ",
            $crate::projects::scope::waiting!(),
            " UNION ALL ",
            $crate::appointments::scope::waiting!(),
            " UNION ALL ",
            $crate::documents::scope::waiting!(),
            " UNION ALL ",
            $crate::validity::scope::waiting!(),
            " UNION ALL ",
            $crate::factors::scope::waiting!(),
        )
    };
}

/// The day of an instant in the zone that is `$10` microseconds ahead.
macro_rules! day {
    (sqlite, $at:literal) => {
        concat!("strftime('%Y-%m-%d', (", $at, " + $10) / 1000000, 'unixepoch')")
    };
    (postgres, $at:literal) => {
        concat!("to_char(to_timestamp((", $at, " + $10) / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD')")
    };
}

/// All that waits, and what was put off by `$9`, in the organisation `$11` or in all of them, of the kinds `$12`. `late` and
/// `day` are what it is sorted by: overdue first, then by due date, then by age.
macro_rules! items {
    ($engine:ident) => {
        concat!(
            "SELECT w.kind, w.id, w.organisation_id, w.subject_id, w.title, w.by_name, w.note, w.number, w.due_on, w.due_at, w.since, s.snoozed_until, \
             CAST(CASE WHEN w.due_on < $8 OR w.due_at < $7 THEN 0 ELSE 1 END AS BIGINT) AS late, COALESCE(w.due_on, ",
            $crate::home::scope::day!($engine, "w.due_at"),
            ", '9999-12-31') AS day FROM (",
            $crate::home::scope::areas!(),
            ") w LEFT JOIN inbox_snoozes s ON s.user_id = $9 AND s.kind = w.kind AND s.object_id = w.id AND s.snoozed_until > $7 AND s.created_at >= w.since \
             WHERE (w.organisation_id = $11 OR $11 IS NULL) AND $12 LIKE '% ' || w.kind || ' %'"
        )
    };
}

/// What both lists show of an item.
macro_rules! columns {
    () => {
        "i.kind, i.id, i.organisation_id, i.subject_id, i.title, i.by_name, i.note, i.number, i.due_on, i.due_at, i.since, i.snoozed_until"
    };
}

/// The first `$13` of what waits and of what was put off, how much of each there is, and how much of each kind. The first of
/// every kind is among the rows, so that its number is.
macro_rules! first {
    ($engine:ident) => {
        concat!(
            "SELECT ", $crate::home::scope::columns!(), ", i.place, i.total, i.of_kind FROM (SELECT ", $crate::home::scope::columns!(),
            ", row_number() OVER (PARTITION BY i.snoozed_until IS NULL ORDER BY i.late, i.day, i.since, i.kind, i.id) AS place, \
             count(*) OVER (PARTITION BY i.snoozed_until IS NULL) AS total, row_number() OVER (PARTITION BY i.snoozed_until IS NULL, i.kind ORDER BY i.id) AS nth, \
             count(*) OVER (PARTITION BY i.snoozed_until IS NULL, i.kind) AS of_kind FROM (", $crate::home::scope::items!($engine),
            ") i WHERE i.snoozed_until IS NULL OR i.snoozed_until < 9223372036854775807) i WHERE i.place <= $13 OR i.nth = 1 ORDER BY i.place"
        )
    };
}

/// A page of what was put off (`$13`) or waits: after the key `$14` to `$18`, `$19` of them.
macro_rules! page {
    ($engine:ident) => {
        concat!(
            "SELECT ", $crate::home::scope::columns!(), ", i.late, i.day FROM (", $crate::home::scope::items!($engine),
            ") i WHERE (i.snoozed_until IS NOT NULL) = $13 AND (i.snoozed_until IS NULL OR i.snoozed_until < 9223372036854775807) \
             AND (i.late, i.day, i.since, i.kind, i.id) > ($14, $15, $16, $17, $18) ORDER BY i.late, i.day, i.since, i.kind, i.id LIMIT $19"
        )
    };
}

/// One of them (`$13`, `$14`), put off or not.
macro_rules! one {
    ($engine:ident) => {
        concat!(
            "SELECT ",
            $crate::home::scope::columns!(),
            " FROM (",
            $crate::home::scope::items!($engine),
            ") i WHERE i.kind = $13 AND i.id = $14 ORDER BY i.organisation_id"
        )
    };
}

/// How much waits in each organisation.
macro_rules! counts {
    ($engine:ident) => {
        concat!(
            "SELECT i.organisation_id, count(*) AS waiting FROM (",
            $crate::home::scope::items!($engine),
            ") i WHERE i.snoozed_until IS NULL GROUP BY i.organisation_id"
        )
    };
}

pub(super) use {areas, columns, counts, day, first, items, one, page};
