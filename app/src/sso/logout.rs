//! The provider ends sessions: OpenID Connect Back-Channel Logout 1.0.
//!
//! A logout token is a signed note from the provider to this portal. Its signature is checked with the provider's own
//! keys, as that of an ID token is; it must not be one (no nonce), and works once.

use std::time::Duration;

use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKey as _, JwsSigningAlgorithm as _};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::ids::ProviderId;
use crate::time::Instant;

use super::discovery::{self, Metadata};
use super::model::Provider;
use super::store;
use super::token::{ALGORITHMS, LEEWAY};

/// What an event of this kind is called.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// How old a token may be that says nothing of its end; recommended are two minutes.
const OLDEST: Duration = Duration::from_secs(5 * 60);

/// Why a logout was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The token is not the provider's, not for us, or was used before.
    Invalid,
    /// Something needed to tell is away: the provider should try again.
    Away,
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        let _: crate::error::AppError = error.into();
        Self::Away
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
struct Note {
    iss: String,
    aud: Audience,
    iat: i64,
    exp: Option<i64>,
    jti: String,
    events: serde_json::Map<String, Value>,
    sub: Option<String>,
    sid: Option<String>,
    nonce: Option<Value>,
}

/// Ends the sessions that a logout token names; how many that were.
pub async fn obey(ctx: &Ctx, provider: ProviderId, token: &str) -> Result<u64, Refusal> {
    let Some(entrance) = store::entrance(&ctx.db, provider).await? else { return Err(Refusal::Invalid) };
    let provider = &entrance.provider;
    let metadata = discovery::metadata(ctx, &provider.issuer).await.map_err(|_| Refusal::Away)?;
    let note = match read(&metadata, token) {
        Err(Unread::UnknownKey) => {
            let metadata = discovery::refreshed(ctx, &provider.issuer).await.map_err(|_| Refusal::Away)?;
            read(&metadata, token).map_err(|_| Refusal::Invalid)?
        }
        other => other.map_err(|_| Refusal::Invalid)?,
    };
    let until = check(&note, provider, ctx.now()).ok_or(Refusal::Invalid)?;
    let now = ctx.now();
    let tx = ctx.db.begin().await?;
    if !store::obey(&tx, provider.id, &Sha256::digest(note.jti.as_bytes()), until).await? {
        return Err(Refusal::Invalid);
    }
    let mut ended = 0;
    let user = match &note.sub {
        Some(subject) => store::user_of(&tx, provider.id, &note.iss, subject).await?,
        None => None,
    };
    match (&note.sid, user) {
        (Some(sid), _) => ended += store::end_session(&tx, provider.id, sid, now).await?,
        // Without a session's name: all of the person's.
        (None, Some(user)) => ended += store::end_sessions(&tx, provider.id, user, now).await?,
        (None, None) => {}
    }
    let mut event = Event::new("sso.logout", "provider", provider.id.0).organisation(provider.organisation_id);
    if let Some(user) = user {
        event = event.with("user", user);
    }
    audit::record(&tx, ctx, event.with("sessions", ended)).await?;
    tx.commit().await?;
    Ok(ended)
}

enum Unread {
    UnknownKey,
    Invalid,
}

/// The token's content, once its signature holds.
fn read(metadata: &Metadata, token: &str) -> Result<Note, Unread> {
    let mut parts = token.split('.');
    let (Some(header), Some(payload), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Unread::Invalid);
    };
    let signed = token.get(..header.len() + 1 + payload.len()).ok_or(Unread::Invalid)?;
    let head: Header = json(header).ok_or(Unread::Invalid)?;
    if head.crit.is_some() || head.typ.as_deref().is_some_and(|typ| !is_logout(typ)) {
        return Err(Unread::Invalid);
    }
    let algorithm: CoreJwsSigningAlgorithm =
        serde_json::from_value(Value::String(head.alg)).map_err(|_| Unread::Invalid)?;
    if !ALGORITHMS.contains(&algorithm) {
        return Err(Unread::Invalid);
    }
    let signature = base64url(signature).ok_or(Unread::Invalid)?;
    let fits = |key: &&CoreJsonWebKey| {
        let named = head.kid.as_deref().is_none_or(|kid| key.key_id().is_some_and(|id| id.as_str() == kid));
        let kind = algorithm.key_type().is_some_and(|kind| kind == *key.key_type());
        named && kind && key.key_use().is_none_or(openidconnect::JsonWebKeyUse::allows_signature)
    };
    let keys: Vec<_> = metadata.jwks().keys().iter().filter(fits).collect();
    if keys.is_empty() {
        return Err(Unread::UnknownKey);
    }
    let holds = keys.iter().any(|key| key.verify_signature(&algorithm, signed.as_bytes(), &signature).is_ok());
    if holds { json(payload).ok_or(Unread::Invalid) } else { Err(Unread::Invalid) }
}

fn is_logout(typ: &str) -> bool {
    let typ = typ.to_ascii_lowercase();
    ["logout+jwt", "application/logout+jwt", "jwt"].contains(&typ.as_str())
}

/// Whether it says what it must, and until when it must not come again.
fn check(note: &Note, provider: &Provider, now: Instant) -> Option<Instant> {
    let for_us = match &note.aud {
        Audience::One(one) => *one == provider.client_id,
        Audience::Many(many) => many.contains(&provider.client_id),
    };
    let second = |seconds: i64| Instant(seconds.saturating_mul(1_000_000));
    let issued = second(note.iat);
    let ends = note.exp.map_or(issued.plus(OLDEST), second);
    let in_time = issued <= now.plus(LEEWAY) && ends.plus(LEEWAY) > now && issued.plus(OLDEST).plus(LEEWAY) > now;
    let logout = note.events.get(EVENT).is_some_and(Value::is_object);
    let named = note.sub.is_some() || note.sid.is_some();
    let sound = note.iss == provider.issuer && for_us && in_time && logout && named && note.nonce.is_none();
    (sound && !note.jti.is_empty()).then(|| ends.plus(LEEWAY))
}

fn json<T: serde::de::DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&base64url(part)?).ok()
}

/// Base64url without padding (RFC 7515, 2), strict.
pub(crate) fn base64url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((held >> bits) & 0xff).ok()?);
        }
    }
    // Nothing may hide in the bits that are left over.
    (bits < 6 && held & ((1 << bits) - 1) == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::base64url;

    #[test]
    fn base64url_is_read_strictly() {
        assert_eq!(base64url("aGVsbG8").as_deref(), Some(&b"hello"[..]));
        assert_eq!(base64url("-_8").as_deref(), Some(&[0xfb, 0xff][..]));
        assert_eq!(base64url("").as_deref(), Some(&[][..]));
        for wrong in ["aGVsbG8=", "a", "aGVsbG9", "aGVs bG8", "a+b/"] {
            assert_eq!(base64url(wrong), None, "{wrong}");
        }
    }
}
