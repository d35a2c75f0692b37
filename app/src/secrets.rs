//! Secrets at rest that must be read again, such as those of authenticator apps: sealed with the installation's key
//! (ChaCha20-Poly1305, RFC 8439), so that a copy of the database alone does not give them away.

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use rand::RngExt as _;
use sha2::{Digest as _, Sha256};

/// Bytes of the key.
const KEY: usize = 32;
/// Bytes of the nonce in front of what was sealed.
const NONCE: usize = 12;

/// The installation's key. Cheap to clone; never printed.
#[derive(Clone)]
pub struct Secrets(Arc<[u8; KEY]>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(..)")
    }
}

impl Secrets {
    /// A new key.
    pub fn generate() -> Self {
        Self(Arc::new(rand::rng().random()))
    }

    /// From 64 hexadecimal digits; `None` if it is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let key: [u8; KEY] = bytes_of(text)?.try_into().ok()?;
        Some(Self(Arc::new(key)))
    }

    /// As [`parse`](Self::parse) reads it, for the file that keeps it.
    pub fn to_text(&self) -> String {
        crate::documents::model::hex(&*self.0)
    }

    /// Tells keys apart without telling the key.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::new().chain_update(b"kontor key fingerprint").chain_update(*self.0).finalize();
        crate::documents::model::hex(digest.get(..8).unwrap_or_default())
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&Key::from(*self.0))
    }

    /// Seals bytes for one place, such as `totp:<user id>`: they open nowhere else.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = rand::rng().random();
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        // Fails only for more than 256 GB.
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), payload).unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    /// The same as text, for a form that carries it.
    pub fn seal_text(&self, place: &str, plain: &[u8]) -> String {
        crate::documents::model::hex(&self.seal(place, plain))
    }

    /// Opens what [`seal_text`](Self::seal_text) made.
    pub fn open_text(&self, place: &str, text: &str) -> Option<Vec<u8>> {
        self.open(place, &bytes_of(text)?)
    }

    /// Opens what was sealed for this place with this key.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, msg) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        self.cipher().decrypt(&Nonce::from(nonce), Payload { msg, aad: place.as_bytes() }).ok()
    }
}

/// The bytes that hexadecimal digits stand for; `None` if it is anything else.
pub fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    if !hex.len().is_multiple_of(2) || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_in_the_same_place_only() {
        let key = Secrets::generate();
        let sealed = key.seal("totp:anna", b"secret");
        assert_eq!(key.open("totp:anna", &sealed).as_deref(), Some(&b"secret"[..]));
        assert_eq!(key.open("totp:ben", &sealed), None);
        assert_eq!(Secrets::generate().open("totp:anna", &sealed), None);
        assert_eq!(key.open("totp:anna", sealed.get(..sealed.len() - 1).unwrap_or_default()), None);
        assert_eq!(key.open("totp:anna", b"short"), None);
        assert_ne!(sealed, key.seal("totp:anna", b"secret"), "each time another nonce");
        let text = key.seal_text("totp:anna", b"secret");
        assert_eq!(key.open_text("totp:anna", &text).as_deref(), Some(&b"secret"[..]));
        assert_eq!(key.open_text("totp:anna", "zz"), None);
    }

    #[test]
    fn a_key_survives_its_file() {
        let key = Secrets::generate();
        let again = Secrets::parse(&format!("{}\n", key.to_text()));
        assert_eq!(again.map(|key| key.fingerprint()), Some(key.fingerprint()));
        assert!(Secrets::parse("short").is_none() && Secrets::parse(&"g".repeat(64)).is_none());
    }
}
