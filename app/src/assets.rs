//! Addresses of embedded files. The content hash is in the path, so browsers may keep them for ever.

use std::sync::OnceLock;

static HASH: OnceLock<String> = OnceLock::new();

/// Set once at start by the server that embeds the files.
pub fn set_hash(hash: &str) {
    let _ = HASH.set(hash.to_owned());
}

fn hash() -> &'static str {
    HASH.get().map_or("dev", String::as_str)
}

/// The folder all embedded files are served under.
pub fn base() -> String {
    format!("/assets/{}", hash())
}

/// The address of one embedded file, for example `manifest.webmanifest`.
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", hash())
}

/// The address of a symbol in the sprite `icons.svg`: `i` for icons, `g` for glyphs, and its name.
pub fn symbol(kind: char, name: &str) -> String {
    format!("/assets/{}/icons.svg#{kind}-{name}", hash())
}
