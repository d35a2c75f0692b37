//! Checking what a provider says of somebody: OpenID Connect Core 1.0, 3.1.3.7.

use std::time::Duration;

use chrono::{DateTime, Utc};
use openidconnect::core::{CoreGenderClaim, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessTokenHash, ClaimsVerificationError, Nonce, OAuth2TokenResponse as _, SignatureVerificationError,
    TokenResponse as _, UserInfoClaims,
};

use crate::ctx::Ctx;
use crate::time::Instant;

use super::discovery::{self, Claims, Client, TokenAnswer};
use super::model::Provider;
use super::trouble::Trouble;

/// How far two clocks may be apart.
pub const LEEWAY: Duration = Duration::from_secs(60);
/// An ID token of the code flow is seconds old; one from longer ago was kept by somebody.
const OLDEST: Duration = Duration::from_secs(10 * 60);
/// OpenID Connect Core 1.0, 2: at most 255 characters.
const SUBJECT: usize = 255;

/// Signatures with the provider's own key. Never `none`, and never one with the client secret, which two parties know.
pub const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Who a provider says somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The issuer, as checked.
    pub issuer: String,
    /// Their name for the person, which never changes and is never given to anybody else.
    pub subject: String,
    /// Their name for the session.
    pub sid: Option<String>,
    /// The address, if they vouch for it.
    pub email: Option<String>,
    /// The full name.
    pub name: Option<String>,
    /// When they last proved who they are there, where the provider says so.
    pub proved_at: Option<Instant>,
}

fn calendar(at: Instant) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.0).unwrap_or_default()
}

/// Checks the ID token of an answer, and asks the user info endpoint for the address where the token has none.
pub async fn identity(
    ctx: &Ctx,
    provider: &Provider,
    client: &Client,
    answer: &TokenAnswer,
    nonce: &Nonce,
) -> Result<Identity, Trouble> {
    match read(ctx, provider, client, answer, nonce).await {
        Err(Unread::UnknownKey) => {
            // Keys change; the one that signed may be younger than what we keep.
            let metadata = discovery::refreshed(ctx, &provider.issuer).await?;
            let client = discovery::client(ctx, provider, &metadata)?;
            read(ctx, provider, &client, answer, nonce).await.map_err(Unread::trouble)
        }
        other => other.map_err(Unread::trouble),
    }
}

enum Unread {
    UnknownKey,
    Trouble(Trouble),
}

impl Unread {
    fn trouble(self) -> Trouble {
        match self {
            Self::UnknownKey => Trouble::Untrusted,
            Self::Trouble(trouble) => trouble,
        }
    }
}

fn refuse(what: &'static str) -> Unread {
    tracing::warn!(what, "ID token refused");
    Unread::Trouble(Trouble::Untrusted)
}

async fn read(
    ctx: &Ctx,
    provider: &Provider,
    client: &Client,
    answer: &TokenAnswer,
    nonce: &Nonce,
) -> Result<Identity, Unread> {
    let token = answer.id_token().ok_or_else(|| refuse("missing"))?;
    let now = ctx.now();
    let (latest, oldest) = (calendar(now.plus(LEEWAY)), calendar(now.minus(OLDEST)));
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || calendar(now.minus(LEEWAY)))
        .set_issue_time_verifier_fn(move |at| {
            if (oldest..=latest).contains(&at) { Ok(()) } else { Err("issued at another time".to_owned()) }
        });
    let claims = token.claims(&verifier, nonce).map_err(|error| match error {
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => Unread::UnknownKey,
        ClaimsVerificationError::Expired(_) => refuse("time"),
        ClaimsVerificationError::InvalidAudience(_) => refuse("audience"),
        ClaimsVerificationError::InvalidIssuer(_) => refuse("issuer"),
        ClaimsVerificationError::InvalidNonce(_) => refuse("nonce"),
        ClaimsVerificationError::SignatureVerification(_) => refuse("signature"),
        _ => refuse("claims"),
    })?;
    if claims.authorized_party().is_some_and(|party| party.as_str() != provider.client_id) {
        return Err(refuse("authorised party"));
    }
    if let Some(expected) = claims.access_token_hash() {
        let key = token.signing_key(&verifier).map_err(|_| refuse("key"))?;
        let algorithm = token.signing_alg().map_err(|_| refuse("algorithm"))?;
        let actual = AccessTokenHash::from_token(answer.access_token(), algorithm, key);
        if actual.ok().as_ref() != Some(expected) {
            return Err(refuse("access token"));
        }
    }
    let subject = claims.subject().as_str();
    if subject.is_empty() || subject.len() > SUBJECT {
        return Err(refuse("subject"));
    }
    let name = |name: Option<&openidconnect::LocalizedClaim<openidconnect::EndUserName>>| {
        name.and_then(|names| names.iter().next().map(|(_, name)| name.as_str().to_owned()))
    };
    let mut identity = Identity {
        issuer: claims.issuer().as_str().to_owned(),
        subject: subject.to_owned(),
        sid: claims.additional_claims().sid.clone().filter(|sid| !sid.is_empty() && sid.len() <= SUBJECT),
        email: None,
        name: name(claims.name()),
        proved_at: claims.auth_time().map(|at| Instant(at.timestamp_micros())),
    };
    let verified = claims.email_verified() == Some(true) || claims.additional_claims().domain_owner_verified();
    let email = claims.email().map(|email| email.as_str().to_owned());
    if email.is_some() {
        identity.email = email.filter(|_| verified);
        return Ok(identity);
    }
    // Many providers keep the address out of the ID token and give it to whoever has the access token.
    let Ok(request) = client.user_info(answer.access_token().clone(), Some(claims.subject().clone())) else {
        return Ok(identity);
    };
    let info: UserInfoClaims<Claims, CoreGenderClaim> =
        request.request_async(&ctx.portal.outgoing).await.map_err(|error| match error {
            openidconnect::UserInfoError::Request(failure) => Unread::Trouble(failure.into()),
            _ => refuse("user info"),
        })?;
    let verified = info.email_verified() == Some(true) || info.additional_claims().domain_owner_verified();
    identity.email = info.email().map(|email| email.as_str().to_owned()).filter(|_| verified);
    identity.name = identity.name.or(name(info.name()));
    Ok(identity)
}
