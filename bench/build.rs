//! Lifts the statements out of the portal's sources, so that the floor runs the same SQL and cannot drift from it:
//! every `sql! { .. }` block and the macros it is made of, as they stand there, into modules of the same names.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

/// The area by whose name macros call each other, the module, and its source, in an order in which macros are known before
/// they are used.
const SOURCES: [(&str, &str, &str); 28] = [
    ("documents", "sessions", "sign_in/sessions.rs"),
    ("documents", "actor", "sign_in/actor.rs"),
    ("documents", "contacts", "organisation/store.rs"),
    ("documents", "scope", "documents/scope.rs"),
    ("documents", "sorted", "documents/sorted.rs"),
    ("documents", "store", "documents/store.rs"),
    ("documents", "audience", "documents/audience.rs"),
    ("documents", "approvals", "approvals/store.rs"),
    ("documents", "audit", "audit/store.rs"),
    ("documents", "activity", "documents/activity.rs"),
    ("approvals", "scope", "approvals/scope.rs"),
    ("approvals", "ranges", "approvals/ranges.rs"),
    ("requests", "scope", "requests/scope.rs"),
    ("orders", "scope", "orders/scope.rs"),
    ("orders", "pages", "orders/pages.rs"),
    ("orders", "store", "orders/store.rs"),
    ("projects", "scope", "projects/scope.rs"),
    ("appointments", "scope", "appointments/scope.rs"),
    ("appointments", "store", "appointments/store.rs"),
    ("validity", "scope", "validity/scope.rs"),
    ("factors", "scope", "factors/scope.rs"),
    ("search", "store", "search/store.rs"),
    ("notifications", "reach", "notifications/reach.rs"),
    ("notifications", "store", "notifications/store.rs"),
    ("home", "scope", "home/scope.rs"),
    ("home", "store", "home/store.rs"),
    ("home", "tiles", "home/tiles.rs"),
    ("home", "activity", "home/activity.rs"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    // Asked when it runs: checkouts may share what was built.
    let app = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").ok_or("no CARGO_MANIFEST_DIR")?).join("../app/src");
    let mut out = String::new();
    let mut last = "";
    for (area, module, source) in SOURCES {
        let path = app.join(source);
        println!("cargo::rerun-if-changed={}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let lifted = lift(&text);
        if lifted.is_empty() {
            return Err(format!("{}: holds no statements any more; see bench/build.rs", path.display()).into());
        }
        if area != last {
            let end = if last.is_empty() { "" } else { "}\n" };
            writeln!(out, "{end}pub mod {area} {{")?;
            last = area;
        }
        writeln!(out, "pub mod {module} {{\n{lifted}}}")?;
    }
    writeln!(out, "}}")?;
    let to = std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    std::fs::write(Path::new(&to).join("sql.rs"), out)?;
    Ok(())
}

/// The items that begin at the start of a line with one of these and end with a brace at the start of a line: the
/// statements, their macros, and what hands macros from one module to the next.
fn lift(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in text.lines() {
        let begins = [
            "macro_rules! ",
            "sql! {",
            "use super::scope::",
            "use super::sorted::",
            "use super::pages::",
            "use crate::documents::scope::",
            "use super::reach::",
            "pub(super) use {",
            "pub(crate) use ",
        ]
        .iter()
        .any(|start| line.starts_with(start));
        if inside || begins {
            // Of a scope only its macros come along.
            out.push_str(&line.replace("{Scope, ", "{").replace("{self, ", "{"));
            out.push('\n');
        }
        let ends = ["}", "};"].contains(&line) || begins && line.ends_with(';');
        inside = (inside || begins) && !ends;
    }
    out
}
