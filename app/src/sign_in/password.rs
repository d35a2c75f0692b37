//! Passwords: Argon2id (RFC 9106) with OWASP's parameters, away from the async threads.

use std::sync::{Arc, LazyLock};

use argon2::password_hash::PasswordHasher as _;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;

use super::common;
use super::memory::{self, Memory, Turn};

/// 19 MiB, two passes, one lane.
const PARAMS: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Fewest characters without a second factor.
pub const SHORTEST: usize = 15;
/// Fewest characters with one.
pub const SHORTEST_WITH_FACTOR: usize = 8;
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

async fn blocking<T: Send + 'static>(work: impl FnOnce(&mut Memory) -> T + Send + 'static) -> Result<T, AppError> {
    let turn = Turn::take();
    let permit = PERMITS.clone().acquire_owned().await.map_err(|_| AppError::Unavailable)?;
    tokio::task::spawn_blocking(move || {
        let mut memory = memory::take();
        let result = work(&mut memory);
        memory::keep(memory);
        drop((permit, turn));
        result
    })
    .await
    .map_err(|_| AppError::Internal)
}

/// Whether a password belongs to a PHC string, with the parameters that stand in it; none where there is no memory for it.
fn matches(password: &[u8], hash: &str, memory: &mut Memory) -> Option<bool> {
    let Ok(parsed) = PasswordHash::new(hash) else { return Some(false) };
    let params = Params::try_from(&parsed).ok();
    let memory = memory.blocks(params.as_ref().map_or(0, Params::block_count))?;
    let check = || {
        let algorithm = Algorithm::try_from(parsed.algorithm.as_str()).ok()?;
        let version = parsed.version.map_or(Ok(Version::V0x13), Version::try_from).ok()?;
        let (salt, expected) = (parsed.salt.as_ref()?, parsed.hash.as_ref()?);
        let mut computed = vec![0; expected.len()];
        Argon2::new(algorithm, version, params?)
            .hash_password_into_with_memory(password, salt.as_ref(), &mut computed, memory)
            .ok()?;
        Some(bool::from(computed.ct_eq(expected.as_bytes())))
    };
    Some(check().unwrap_or(false))
}

/// Hashes a password; the result is a PHC string.
pub async fn hash(password: &str) -> Result<String, AppError> {
    let password = password.to_owned();
    blocking(move |_| hash_blocking(&password)).await?.ok_or(AppError::Internal)
}

/// Whether the password belongs to the hash. Without a hash: no, after the same time.
pub async fn verify(password: &str, hash: Option<String>) -> Result<bool, AppError> {
    if password.len() > LONGEST {
        return Ok(false);
    }
    let password = normal(password);
    blocking(move |memory| {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| DUMMY.clone());
        Some(matches(password.as_bytes(), &hash, memory)? && known)
    })
    .await?
    .ok_or(AppError::Unavailable)
}

/// Why a new password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has this many characters, and needs that many.
    Short(usize, usize),
    /// It has more bytes than this.
    Long(usize),
    /// It repeats too few characters.
    Repeats,
    /// It goes up or down the alphabet or the digits.
    Sequence,
    /// It is mostly the person's name, their address or the portal's name.
    Context,
    /// It is made of what everybody takes.
    Common,
}

impl Refusal {
    /// The reason for the reader, and what to do.
    pub fn text(self, locale: Locale) -> String {
        match self {
            Self::Short(has, needs) => locale.with("password-short", &[("has", has.into()), ("needs", needs.into())]),
            Self::Long(most) => locale.with("password-long", &[("most", most.into())]),
            Self::Repeats => locale.t("password-repeats").to_owned(),
            Self::Sequence => locale.t("password-sequence").to_owned(),
            Self::Context => locale.t("password-context").to_owned(),
            Self::Common => locale.t("password-common").to_owned(),
        }
    }
}

/// Whether a password is long enough only together with a second factor.
pub fn is_short(password: &str) -> bool {
    normal(password).chars().count() < SHORTEST
}

/// Whether a new password will do: long enough, with or without a second factor, and not what everybody tries first.
/// No rule about kinds of characters, and none about age. `context`: what others know of the person.
pub fn check(password: &str, context: &[&str], has_factor: bool) -> Result<(), Refusal> {
    let length = normal(password).chars().count();
    let needs = if has_factor { SHORTEST_WITH_FACTOR } else { SHORTEST };
    if length < needs {
        return Err(Refusal::Short(length, needs));
    }
    if password.len() > LONGEST {
        return Err(Refusal::Long(LONGEST));
    }
    let lower = normal(password).to_lowercase();
    let mut distinct: Vec<char> = lower.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 5 {
        return Err(Refusal::Repeats);
    }
    let letters: Vec<u32> = lower.chars().map(u32::from).collect();
    let steps =
        |by: i64| letters.windows(2).filter(|w| matches!(w, [a, b] if i64::from(*b) - i64::from(*a) == by)).count();
    if steps(1).max(steps(-1)) * 4 > length * 3 {
        return Err(Refusal::Sequence);
    }
    let words: Vec<String> = context
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).chain([*text]))
        .map(|word| word.to_lowercase())
        .filter(|word| word.chars().count() >= 4)
        .collect();
    for word in &words {
        if lower.contains(word.as_str()) && length - word.chars().count() < 8 {
            return Err(Refusal::Context);
        }
    }
    let words: Vec<String> = words.iter().map(|word| common::fold(word)).collect();
    if common::is_common(password, &words) { Err(Refusal::Common) } else { Ok(()) }
}

/// The same for a form: what is wrong with the field `password`.
pub fn accept(ctx: &Ctx, password: &str, context: &[&str], has_factor: bool) -> Result<(), AppError> {
    let portal = ctx.portal.name.get();
    let context: Vec<&str> = context.iter().copied().chain([portal.as_str()]).collect();
    check(password, &context, has_factor)
        .map_err(|refusal| AppError::Invalid(FieldErrors::one("password", refusal.text(ctx.locale))))
}

/// Why a new password without a second factor is refused; in English, for the command line.
pub fn refuse(password: &str, context: &[&str]) -> Option<String> {
    check(password, context, false).err().map(|refusal| refusal.text(Locale::En))
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
    async fn a_hash_is_checked_with_its_own_parameters() {
        for (memory, passes, lanes) in [(64, 3, 2), (PARAMS.0, PARAMS.1, PARAMS.2), (32, 1, 1)] {
            let params = Params::new(memory, passes, lanes, None).unwrap();
            let other = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let hashed = other.hash_password(b"correct horse battery").unwrap().to_string();
            assert!(verify("correct horse battery", Some(hashed.clone())).await.unwrap_or(false), "{hashed}");
            assert!(!verify("correct horse batterx", Some(hashed)).await.unwrap_or(true));
        }
        assert!(!verify("anything", Some("$argon2id$v=19$m=19456,t=2,p=1".to_owned())).await.unwrap_or(true));
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
        assert_eq!(check("tX9#kk2!", &[], true), Ok(()));
        assert_eq!(check("tX9#kk2!", &[], false), Err(Refusal::Short(8, 15)));
        assert_eq!(check("Passw0rd!", &[], true), Err(Refusal::Common));
        assert_eq!(check("zyxwvutsrqponml", &[], false), Err(Refusal::Sequence));
        assert_eq!(check("Albers2026!", &["Anna Albers"], true), Err(Refusal::Context));
        assert!(refuse(&"long enough ".repeat(11), &[]).is_none());
    }
}
