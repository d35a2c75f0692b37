//! Every door of the portal with the policy action that guards it: what `kontor routes --json` prints and what the
//! matrix test walks. A test compares it with the routes that really exist.

mod forms;
mod pages;
mod rest;

use serde::Serialize;

/// One HTTP route or server function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Door {
    /// HTTP method.
    pub method: &'static str,
    /// Path, parameters as `{id}`.
    pub path: &'static str,
    /// The policy action, or `public`.
    pub policy: &'static str,
}

const fn door(method: &'static str, path: &'static str, policy: &'static str) -> Door {
    Door { method, path, policy }
}

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Door> {
    [pages::DOORS, forms::DOORS, rest::DOORS].into_iter().flatten()
}
