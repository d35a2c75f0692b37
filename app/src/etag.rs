//! The ETag of what has no revision: saving notices that somebody else has changed it since.

use sha2::{Digest as _, Sha256};

use crate::documents::model::hex;

/// A short digest, another one for every other text.
pub fn digest(text: &str) -> String {
    hex(Sha256::digest(text).get(..8).unwrap_or_default())
}

/// Whether what was seen is there no longer. `seen`: none where that does not matter; a digest; or the tags of an `If-Match`,
/// of which any may be it, and a weak one never is (RFC 9110, 13.1.1).
pub fn is_stale(seen: Option<&str>, now: &str) -> bool {
    seen.is_some_and(|seen| seen.split(',').all(|tag| tag.trim().trim_matches('"') != now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_of_several_tags_may_be_it_and_a_weak_one_never_is() {
        let now = digest("as it is");
        let tag = format!("\"{now}\"");
        for fresh in [now.clone(), tag.clone(), format!("\"0\", {tag}"), format!("{tag},\"0\"")] {
            assert!(!is_stale(Some(&fresh), &now), "{fresh}");
        }
        for stale in ["", "0", "\"0\", \"1\"", &format!("W/{tag}"), &format!("{now}0")] {
            assert!(is_stale(Some(stale), &now), "{stale}");
        }
        assert!(!is_stale(None, &now));
    }
}
