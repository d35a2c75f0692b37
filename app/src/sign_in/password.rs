//! Passwords: Argon2id (RFC 9106) with OWASP's parameters, away from the async threads.

use std::sync::{Arc, LazyLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

use crate::error::AppError;

/// 19 MiB, two passes, one lane.
const PARAMS: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Without a second factor.
pub const SHORTEST: usize = 15;
/// Longer ones are not passwords but attempts to keep the processor busy.
pub const LONGEST: usize = 1024;

/// How many are computed at once: each holds 19 MiB and a core.
static PERMITS: LazyLock<Arc<Semaphore>> =
    LazyLock::new(|| Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from))));

/// What is compared for an unknown address, so that it costs the same time.
static DUMMY: LazyLock<String> = LazyLock::new(|| hash_blocking("nobody has this password").unwrap_or_default());

fn argon2() -> Option<Argon2<'static>> {
    let (memory, passes, lanes) = PARAMS;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(memory, passes, lanes, None).ok()?))
}

fn normal(password: &str) -> String {
    password.nfc().collect()
}

fn hash_blocking(password: &str) -> Option<String> {
    argon2()?.hash_password(normal(password).as_bytes()).ok().map(|hash| hash.to_string())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let permit = PERMITS.clone().acquire_owned().await.map_err(|_| AppError::Unavailable)?;
    tokio::task::spawn_blocking(move || {
        let result = work();
        drop(permit);
        result
    })
    .await
    .map_err(|_| AppError::Internal)
}

/// Hashes a password; the result is a PHC string.
pub async fn hash(password: &str) -> Result<String, AppError> {
    let password = password.to_owned();
    blocking(move || hash_blocking(&password)).await?.ok_or(AppError::Internal)
}

/// Whether the password belongs to the hash. Without a hash: no, after the same time.
pub async fn verify(password: &str, hash: Option<String>) -> Result<bool, AppError> {
    if password.len() > LONGEST {
        return Ok(false);
    }
    let password = normal(password);
    blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| DUMMY.clone());
        let matches = PasswordHash::new(&hash)
            .is_ok_and(|parsed| argon2().is_some_and(|a| a.verify_password(password.as_bytes(), &parsed).is_ok()));
        matches && known
    })
    .await
}

/// Why a new password is refused; in English, for the command line.
pub fn refuse(password: &str, context: &[&str]) -> Option<String> {
    let length = normal(password).chars().count();
    if length < SHORTEST {
        return Some(format!("the password has {length} characters; it needs at least {SHORTEST}"));
    }
    if password.len() > LONGEST {
        return Some(format!("the password is longer than {LONGEST} bytes"));
    }
    let lower = normal(password).to_lowercase();
    let mut distinct: Vec<char> = lower.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 5 {
        return Some("the password repeats too few characters".into());
    }
    let steps = lower.as_bytes().windows(2).filter(|w| matches!(w, [a, b] if b.wrapping_sub(*a) == 1)).count();
    if steps * 4 > length * 3 {
        return Some("the password is a plain sequence".into());
    }
    for word in context.iter().map(|w| w.to_lowercase()).filter(|w| w.chars().count() >= 4) {
        if lower.contains(&word) && length - word.chars().count() < 8 {
            return Some("the password is mostly the name, address or portal".into());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let hashed = hash("correct horse battery").await.unwrap_or_default();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert!(verify("correct horse battery", Some(hashed.clone())).await.unwrap_or(false));
        assert!(!verify("correct horse batterx", Some(hashed)).await.unwrap_or(true));
        assert!(!verify("nobody has this password", None).await.unwrap_or(true));
    }

    #[tokio::test]
    async fn composed_and_decomposed_letters_are_the_same_password() {
        let hashed = hash("sch\u{f6}ner langer Satz").await.unwrap_or_default();
        assert!(verify("scho\u{308}ner langer Satz", Some(hashed)).await.unwrap_or(false));
    }

    #[test]
    fn weak_passwords_are_refused_with_the_reason() {
        assert!(refuse("short", &[]).is_some());
        assert!(refuse("aaaaaaaaaaaaaaaaaaaa", &[]).is_some());
        assert!(refuse("abcdefghijklmnopq", &[]).is_some());
        assert!(refuse("anna.albers12345", &["anna.albers"]).is_some());
        assert!(refuse("correct horse battery", &["anna"]).is_none());
        assert!(refuse(&"long enough ".repeat(11), &[]).is_none());
    }
}
