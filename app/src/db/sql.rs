//! Statements: written once in the subset both engines share, counted at compile time, registered so
//! that a test prepares every one of them against both (`server/tests/it/statements.rs`).

/// A statement with `N` placeholders `$1..$N`. Made only by [`sql!`](crate::db::sql).
#[derive(Clone, Copy, Debug)]
pub struct Sql<const N: usize> {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

impl<const N: usize> Sql<N> {
    /// One text for both engines.
    pub const fn portable(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text }
    }

    /// Two texts, for the few things the engines do not share (lists of ids).
    pub const fn two(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }

    /// The text for SQLite, for query plans in tests.
    pub const fn sqlite_text(&self) -> &'static str {
        self.sqlite
    }

    /// The text for PostgreSQL, for query plans in tests.
    pub const fn postgres_text(&self) -> &'static str {
        self.postgres
    }
}

/// The highest `$N` in a statement. SQLite binds a missing argument as NULL in silence, so the number
/// of arguments is part of the statement's type and a wrong one does not compile.
pub const fn arity(sql: &str) -> usize {
    let bytes = sql.as_bytes();
    let (mut highest, mut at) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'$' {
            let mut number = 0;
            while at + 1 < bytes.len() && bytes[at + 1].is_ascii_digit() {
                number = number * 10 + (bytes[at + 1] - b'0') as usize;
                at += 1;
            }
            if number > highest {
                highest = number;
            }
        }
        at += 1;
    }
    highest
}

/// A registered statement: what the parity test reads.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Module and constant.
    pub name: &'static str,
    /// The text for SQLite.
    pub sqlite: &'static str,
    /// The text for PostgreSQL.
    pub postgres: &'static str,
}

/// Every statement of the program.
#[allow(unsafe_code, reason = "linkme places the slice in a section of the binary")]
#[linkme::distributed_slice]
pub static STATEMENTS: [Entry];

/// Declares statements: `sql! { FIND = "SELECT .. WHERE id = $1"; }`, or with two texts where the engines
/// differ: `sql! { BY_IDS = sqlite: "..", postgres: ".."; }`.
macro_rules! sql {
    () => {};
    ($(#[$meta:meta])* $vis:vis $name:ident = sqlite: $lite:expr, postgres: $pg:expr; $($rest:tt)*) => {
        $(#[$meta])* $vis const $name: $crate::db::Sql<{ $crate::db::arity($lite) }> = $crate::db::Sql::two($lite, $pg);
        $crate::db::sql!(@register $name);
        $crate::db::sql! { $($rest)* }
    };
    ($(#[$meta:meta])* $vis:vis $name:ident = $text:expr; $($rest:tt)*) => {
        $(#[$meta])* $vis const $name: $crate::db::Sql<{ $crate::db::arity($text) }> = $crate::db::Sql::portable($text);
        $crate::db::sql!(@register $name);
        $crate::db::sql! { $($rest)* }
    };
    (@register $name:ident) => {
        const _: () = {
            #[allow(unsafe_code, reason = "linkme places the entry in a section of the binary")]
            #[linkme::distributed_slice($crate::db::STATEMENTS)]
            static ENTRY: $crate::db::Entry = $crate::db::Entry {
                name: concat!(module_path!(), "::", stringify!($name)),
                sqlite: $name.sqlite_text(),
                postgres: $name.postgres_text(),
            };
        };
    };
}
pub(crate) use sql;

/// The arguments of a statement: `args![id, title, None::<i64>]`.
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::db::Value::from($value)),*] };
}
pub(crate) use args;
