//! What a provider says of itself (OpenID Connect Discovery 1.0): fetched through the guarded client, kept for a while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreErrorResponseType,
    CoreGenderClaim, CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AdditionalProviderMetadata, AuthType, ClientId, ClientSecret, DiscoveryError,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, ProviderMetadata,
    RedirectUrl, StandardErrorResponse, StandardTokenResponse,
};
use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::outgoing::Outgoing;
use crate::paths;
use crate::time::Instant;

use super::model::Provider;
use super::trouble::Trouble;

/// How long what a provider says of itself is believed.
const KEPT: Duration = Duration::from_secs(3600);
/// How long after a failure the provider is left alone.
const FAILED: Duration = Duration::from_secs(10);
/// Keys are fetched anew this often at most, when a signature names one that is not known.
const REFRESH: Duration = Duration::from_secs(60);
/// Providers remembered at once.
const MOST: usize = 1000;

/// What we read of the metadata beside the standard's.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Extra {
    /// RFC 9207: answers name their issuer.
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: Option<bool>,
    /// Sessions can be ended from there.
    #[serde(default)]
    pub backchannel_logout_supported: Option<bool>,
}

impl AdditionalProviderMetadata for Extra {}

/// What we read of an ID token beside the standard's.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
pub struct Claims {
    /// What the provider calls its session.
    #[serde(default)]
    pub sid: Option<String>,
    /// Microsoft Entra: the owner of the address's domain has been verified. Entra knows no `email_verified`.
    #[serde(default)]
    pub xms_edov: Option<serde_json::Value>,
}

impl AdditionalClaims for Claims {}

impl Claims {
    /// Whether the domain's owner has been verified; written as true, 1, "1" or "true".
    pub fn domain_owner_verified(&self) -> bool {
        match &self.xms_edov {
            Some(serde_json::Value::Bool(yes)) => *yes,
            Some(serde_json::Value::Number(number)) => number.as_i64() == Some(1),
            Some(serde_json::Value::String(text)) => text == "1" || text.eq_ignore_ascii_case("true"),
            _ => false,
        }
    }
}

/// The metadata of a provider with its keys.
pub type Metadata = ProviderMetadata<
    Extra,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What the token endpoint answers.
pub type TokenAnswer = StandardTokenResponse<
    IdTokenFields<
        Claims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

/// This portal as a client of one provider.
pub type Client = openidconnect::Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    TokenAnswer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What was fetched lately, by issuer. Cheap to clone; one per portal.
#[derive(Clone, Debug, Default)]
pub struct Cache(Arc<Mutex<HashMap<String, Entry>>>);

#[derive(Clone, Debug)]
struct Entry {
    at: Instant,
    found: Result<Arc<Metadata>, Trouble>,
}

impl Cache {
    fn get(&self, issuer: &str) -> Option<Entry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(issuer).cloned()
    }

    fn put(&self, issuer: &str, entry: Entry) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MOST {
            entries.clear();
        }
        entries.insert(issuer.to_owned(), entry);
    }
}

/// What the provider says of itself, fetched at most once an hour.
pub async fn metadata(ctx: &Ctx, issuer: &str) -> Result<Arc<Metadata>, Trouble> {
    if let Some(entry) = ctx.portal.providers.get(issuer) {
        let kept = if entry.found.is_ok() { KEPT } else { FAILED };
        if entry.at.plus(kept) > ctx.now() {
            return entry.found;
        }
    }
    fetch(ctx, issuer).await
}

/// Fetches it anew, because a signature names a key that is not known; the same as before within a minute.
pub async fn refreshed(ctx: &Ctx, issuer: &str) -> Result<Arc<Metadata>, Trouble> {
    match ctx.portal.providers.get(issuer) {
        Some(entry) if entry.at.plus(REFRESH) > ctx.now() => entry.found,
        _ => fetch(ctx, issuer).await,
    }
}

/// Fetches it now.
pub async fn fetch(ctx: &Ctx, issuer: &str) -> Result<Arc<Metadata>, Trouble> {
    let found = ask(&ctx.portal.outgoing, issuer).await.map(Arc::new);
    ctx.portal.providers.put(issuer, Entry { at: ctx.now(), found: found.clone() });
    found
}

async fn ask(outgoing: &Outgoing, issuer: &str) -> Result<Metadata, Trouble> {
    let url = IssuerUrl::new(issuer.to_owned()).map_err(|_| Trouble::Misconfigured)?;
    let metadata = Metadata::discover_async(url, outgoing).await.map_err(|error| {
        // Holds the provider's answer; the kind of error says enough.
        let (kind, trouble) = match &error {
            DiscoveryError::Request(failure) => ("request", Trouble::from(*failure)),
            DiscoveryError::Response(status, ..) if status.is_server_error() => ("status", Trouble::Away),
            DiscoveryError::Response(..) => ("status", Trouble::Misconfigured),
            DiscoveryError::Parse(_) => ("parse", Trouble::Misconfigured),
            DiscoveryError::Validation(_) => ("issuer", Trouble::Misconfigured),
            _ => ("other", Trouble::Misconfigured),
        };
        tracing::warn!(kind, "discovery");
        trouble
    })?;
    // Every address the provider names is called or shown to people: the same rule for all.
    let reachable = |url: &url::Url| outgoing.accepts(url);
    let sound = reachable(metadata.authorization_endpoint().url())
        && reachable(metadata.jwks_uri().url())
        && metadata.token_endpoint().is_some_and(|url| reachable(url.url()))
        && metadata.userinfo_endpoint().is_none_or(|url| reachable(url.url()));
    let code = CoreResponseType::Code;
    let speaks_code = metadata.response_types_supported().iter().any(|types| **types == [code.clone()]);
    if sound && speaks_code { Ok(metadata) } else { Err(Trouble::Misconfigured) }
}

/// Where a provider sends people back to.
pub fn redirect_uri(ctx: &Ctx) -> String {
    format!("{}{}", ctx.portal.base_url.as_str().trim_end_matches('/'), paths::SSO_CALLBACK)
}

/// Where a provider says that a session has ended.
pub fn logout_uri(ctx: &Ctx, provider: crate::ids::ProviderId) -> String {
    format!("{}{}", ctx.portal.base_url.as_str().trim_end_matches('/'), paths::sso_logout(provider))
}

/// This portal as a client of the provider.
pub fn client(ctx: &Ctx, provider: &Provider, metadata: &Metadata) -> Result<Client, Trouble> {
    let secret = match &provider.client_secret {
        None => None,
        Some(sealed) => {
            let opened = ctx.portal.secrets.open(&Provider::place(provider.id), sealed);
            let text = opened.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Trouble::Misconfigured)?;
            Some(ClientSecret::new(text))
        }
    };
    let redirect = RedirectUrl::new(redirect_uri(ctx)).map_err(|_| Trouble::Misconfigured)?;
    // RFC 8414: without a list it is Basic.
    let methods = metadata.token_endpoint_auth_methods_supported();
    let basic = methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
    let how = if basic { AuthType::BasicAuth } else { AuthType::RequestBody };
    let client = Client::from_provider_metadata(metadata.clone(), ClientId::new(provider.client_id.clone()), secret);
    Ok(client.set_redirect_uri(redirect).set_auth_type(how))
}
