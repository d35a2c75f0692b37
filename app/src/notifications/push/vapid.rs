//! Who sends: push services take a message only with a token signed with the key that the browser was told when it
//! subscribed (VAPID, RFC 8292; ES256). Made once and kept sealed.

use std::time::Duration;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::json;
use url::Url;
use uuid::Uuid;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::documents::model::hex;
use crate::error::AppError;
use crate::secrets::Secrets;

use super::base64url::encode;
use super::store::{self, KeyRow};

/// How long a token is good; a day is the most that push services take.
const GOOD: Duration = Duration::from_secs(12 * 3600);

/// A key that messages are signed with.
#[derive(Debug)]
pub struct Key {
    /// Its id.
    pub id: Uuid,
    pair: EcdsaKeyPair,
}

/// For which place a key is sealed.
pub(crate) fn place(id: Uuid) -> String {
    format!("push-key:{id}")
}

impl Key {
    /// A new one, and what is sealed of it.
    fn generate(id: Uuid) -> Result<(Self, Vec<u8>), AppError> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| AppError::Internal)?;
        let secret = pair.to_pkcs8v1().map_err(|_| AppError::Internal)?;
        Ok((Self { id, pair }, secret.as_ref().to_vec()))
    }

    /// `None` where the installation's key does not open it.
    fn open(secrets: &Secrets, row: &KeyRow) -> Option<Self> {
        let secret = secrets.open(&place(row.id), &row.secret)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &secret).ok()?;
        Some(Self { id: row.id, pair })
    }

    /// As browsers are told it.
    pub fn public(&self) -> String {
        encode(self.pair.public_key().as_ref())
    }

    /// What stands in `Authorization` of a message to this endpoint, on behalf of whoever is reached under `contact`.
    pub fn authorization(&self, endpoint: &Url, contact: &Url, now: i64) -> Result<String, AppError> {
        let claims = json!({
            "aud": endpoint.origin().ascii_serialization(),
            "exp": now.saturating_add(i64::try_from(GOOD.as_secs()).unwrap_or_default()),
            "sub": contact.as_str(),
        });
        let head = encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{head}.{}", encode(claims.to_string().as_bytes()));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| AppError::Internal)?;
        Ok(format!("vapid t={signed}.{}, k={}", encode(signature.as_ref()), self.public()))
    }
}

/// Every key that the installation's key opens, the newest first.
pub async fn all(ctx: &Ctx) -> Result<Vec<Key>, AppError> {
    let rows = store::keys(&ctx.db).await?;
    Ok(rows.iter().filter_map(|row| Key::open(&ctx.portal.secrets, row)).collect())
}

/// The key that browsers are told; made where there is none yet, or none that opens any more.
pub async fn current(ctx: &Ctx) -> Result<Key, AppError> {
    if let Some(key) = all(ctx).await?.into_iter().next() {
        return Ok(key);
    }
    let secrets = &ctx.portal.secrets;
    let tx = ctx.db.begin().await?;
    crate::settings::check_key_in(&tx, &secrets.fingerprint()).await?;
    let (key, secret) = Key::generate(Uuid::now_v7())?;
    let public_key = key.pair.public_key().as_ref().to_vec();
    let fingerprint = hex(&public_key);
    let row = KeyRow { id: key.id, public_key, secret: secrets.seal(&place(key.id), &secret) };
    store::insert_key(&tx, &row, ctx.now()).await?;
    audit::record(&tx, ctx, Event::new("push_key.create", "push_key", key.id).with("key", fingerprint)).await?;
    tx.commit().await?;
    // Of two made at once the newest is the one that everybody tells.
    all(ctx).await?.into_iter().next().ok_or(AppError::Internal)
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::super::base64url::decode;
    use super::*;

    #[test]
    fn a_token_names_the_push_service_only_and_is_signed_by_the_key_beside_it() {
        let (key, secret) = Key::generate(Uuid::nil()).unwrap();
        let endpoint = Url::parse("https://push.example:8443/send/abc?d=e").unwrap();
        let contact = Url::parse("https://portal.example/").unwrap();
        let value = key.authorization(&endpoint, &contact, 1_000_000).unwrap();
        let (token, public) = value.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let verifier = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decode(public).unwrap());
        assert!(verifier.verify(signed.as_bytes(), &decode(signature).unwrap()).is_ok());
        let claims = decode(signed.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(
            claims,
            json!({"aud": "https://push.example:8443", "exp": 1_043_200, "sub": "https://portal.example/"})
        );
        let sealed = Secrets::generate();
        let row = KeyRow { id: Uuid::nil(), public_key: vec![], secret: sealed.seal(&place(Uuid::nil()), &secret) };
        assert_eq!(Key::open(&sealed, &row).map(|key| key.public()), Some(key.public()));
        assert!(Key::open(&Secrets::generate(), &row).is_none());
    }
}
