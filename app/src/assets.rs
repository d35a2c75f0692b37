//! Addresses of embedded files. The content hash is in the path, so browsers may keep them for ever.

use std::sync::OnceLock;

static HASH: OnceLock<String> = OnceLock::new();

/// Set once at start by the server that embeds the files.
pub fn set_hash(hash: &str) {
    let _ = HASH.set(hash.to_owned());
}

/// The folder all embedded files are served under.
pub fn base() -> String {
    format!("/assets/{}", HASH.get().map_or("dev", String::as_str))
}

/// The address of one embedded file, for example `icons.svg`.
pub fn url(name: &str) -> String {
    format!("{}/{name}", base())
}
