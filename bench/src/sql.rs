//! The portal's own statements: what `build.rs` lifts out of `app/src`, in the text for SQLite.

/// The portal's `sql!`, without its registry and its second engine.
macro_rules! sql {
    () => {};
    ($(#[$meta:meta])* $vis:vis $name:ident = sqlite: $lite:expr, postgres: $pg:expr; $($rest:tt)*) => {
        pub const $name: &str = $lite;
        sql! { $($rest)* }
    };
    ($(#[$meta:meta])* $vis:vis $name:ident = $text:expr; $($rest:tt)*) => {
        pub const $name: &str = $text;
        sql! { $($rest)* }
    };
}

/// Under the names they have in the portal: their macros call each other by them.
#[allow(dead_code, unused_macros, unused_imports, reason = "a page needs some of them")]
mod lifted {
    include!(concat!(env!("OUT_DIR"), "/sql.rs"));
}
pub use lifted::*;
