//! The keys that certificates are signed with: Ed25519 (RFC 8032), made at the first certificate.

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use rand::RngExt as _;
use uuid::Uuid;

use crate::access::{Action, allow_any};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::documents::model::hex;
use crate::error::AppError;
use crate::time::Instant;

use super::store::{self, KeyRow};
use super::{Certificate, Signature, Signed};

/// The name of the algorithm.
pub(super) const ALGORITHM: &str = "Ed25519";
/// How the signed bytes are made of the certificate.
pub(super) const CANONICALIZATION: &str = "RFC 8785";

/// A key that the portal signs or has signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// The key, in hexadecimal.
    pub key: String,
    /// Since when.
    pub since: Instant,
}

/// Every key that certificates of this portal can be signed with, the newest first.
pub async fn keys(ctx: &Ctx) -> Result<Vec<PublicKey>, AppError> {
    allow_any(&ctx.actor, Action::AccountManage)?;
    let rows = store::keys(&ctx.db).await?;
    Ok(rows.into_iter().map(|row| PublicKey { key: hex(&row.public_key), since: row.created_at }).collect())
}

pub(crate) fn place(id: Uuid) -> String {
    format!("signing-key:{id}")
}

fn pair(seed: &[u8]) -> Result<Ed25519KeyPair, AppError> {
    Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| AppError::Internal)
}

/// The newest key that the installation's key opens; a new one where there is none.
async fn current(ctx: &Ctx) -> Result<Ed25519KeyPair, AppError> {
    let secrets = &ctx.portal.secrets;
    for row in store::keys(&ctx.db).await? {
        if let Some(seed) = secrets.open(&place(row.id), &row.secret) {
            return pair(&seed);
        }
    }
    let (id, seed): (Uuid, [u8; 32]) = (Uuid::now_v7(), rand::rng().random());
    let pair = pair(&seed)?;
    let public_key = pair.public_key().as_ref().to_vec();
    let row = KeyRow { id, public_key, secret: secrets.seal(&place(id), &seed), created_at: ctx.now() };
    let tx = ctx.db.begin().await?;
    crate::settings::check_key_in(&tx, &secrets.fingerprint()).await?;
    store::insert_key(&tx, &row).await?;
    audit::record(&tx, ctx, Event::new("signing_key.create", "signing_key", id).with("key", hex(&row.public_key)))
        .await?;
    tx.commit().await?;
    Ok(pair)
}

/// The bytes that are signed.
pub(super) fn signed_bytes(certificate: &Certificate) -> Result<Vec<u8>, AppError> {
    serde_json_canonicalizer::to_vec(certificate).map_err(|_| AppError::Internal)
}

/// Signs a certificate.
pub(super) async fn sign(ctx: &Ctx, certificate: Certificate) -> Result<Signed, AppError> {
    let pair = current(ctx).await?;
    let signature = Signature {
        algorithm: ALGORITHM.to_owned(),
        canonicalization: CANONICALIZATION.to_owned(),
        public_key: hex(pair.public_key().as_ref()),
        value: hex(pair.sign(&signed_bytes(&certificate)?).as_ref()),
    };
    Ok(Signed { certificate, signature })
}

/// Whether the signature belongs to these bytes.
pub(super) fn fits(public_key: &[u8], bytes: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public_key).verify(bytes, signature).is_ok()
}
