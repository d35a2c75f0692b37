//! Signing in through a provider: there (OpenID Connect authorization code flow, PKCE S256, state and nonce) and back.

use std::time::Duration;

use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType};
use openidconnect::{
    AuthorizationCode, CsrfToken, LoginHint, Nonce, PkceCodeChallenge, PkceCodeVerifier, RequestTokenError, Scope,
};

use crate::access::{Action, Guarded as _, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::DbResult;
use crate::error::AppError;
use crate::factors::prove;
use crate::ids::{OrganisationId, UserId};
use crate::organisation;
use crate::sign_in::assurance::Method;
use crate::time::Instant;

use super::model::{Entrance, Provider, Purpose, Through};
use super::pending::Pending;
use super::token::{self, Identity};
use super::trouble::{Failed, Trouble};
use super::{account, discovery, domain, store};

/// How long the provider may take with all that is asked of it at once: a page waits for it.
const PATIENCE: Duration = Duration::from_secs(9);
/// The longest path to return to that is remembered.
const NEXT: usize = 400;

/// The way out: where the browser goes, and what it keeps meanwhile.
#[derive(Clone, Debug)]
pub struct Departure {
    /// Address of the provider's sign-in.
    pub url: String,
    /// The header that sets the cookie.
    pub cookie: String,
}

/// How the provider answers through the browser (RFC 6749, 4.1.2; RFC 9207).
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Answer {
    /// To be exchanged for what the provider says of the person.
    #[serde(default)]
    pub code: String,
    /// Ours, to know it again.
    #[serde(default)]
    pub state: String,
    /// Who answers.
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

/// Where the way back ends.
#[derive(Clone, Debug)]
pub enum Arrival {
    /// Somebody may sign in.
    SignedIn {
        /// Who.
        user: UserId,
        /// Through what.
        through: Through,
        /// The organisation holds a sign-in there for two factors.
        trusted: bool,
    },
    /// A test has worked; nobody is signed in by it.
    Tested,
    /// The person of this session has proved again who they are.
    Confirmed {
        /// What that counts for: as much as the sign-in that began the session.
        method: Method,
    },
}

/// What an answer belongs to.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Whose provider it is.
    pub entrance: Entrance,
    /// What it was begun for.
    pub purpose: Purpose,
    /// Where it leads: a path of our own, or nowhere in particular.
    pub next: String,
}

/// The provider in use that speaks for an address. It goes by the domain alone, so the answer says nothing about the
/// address itself.
pub async fn entrance_for(ctx: &Ctx, email: &str) -> DbResult<Option<Entrance>> {
    match domain::of_email(email) {
        Some(domain) => store::entrance_by_domain(&ctx.db, &domain).await,
        None => Ok(None),
    }
}

/// The provider in use of the organisation with this short name.
pub async fn entrance_at(ctx: &Ctx, slug: &str) -> DbResult<Option<Entrance>> {
    store::entrance_by_slug(&ctx.db, slug).await
}

/// The provider of an organisation, in use or not, for whoever sets it up and tests it.
pub async fn entrance_to_test(ctx: &Ctx, id: OrganisationId) -> Result<Entrance, AppError> {
    let row = organisation::service::find(ctx, id).await?;
    allow(&ctx.actor, Action::OrganisationSecurity, row.relation(&ctx.actor), Some(row.id))?;
    let entrance = store::entrance_of(&ctx.db, id).await?;
    entrance.ok_or_else(|| AppError::Conflict(ctx.t("sso-no-provider").to_owned()))
}

/// The provider that the person of this session came through, for a new proof.
pub async fn entrance_to_confirm(ctx: &Ctx, through: &Through) -> Result<Entrance, AppError> {
    if ctx.actor.is_anonymous() {
        return Err(AppError::Unauthenticated);
    }
    let entrance = store::entrance(&ctx.db, through.provider).await?;
    entrance.filter(|entrance| entrance.provider.is_active()).ok_or(AppError::NotFound)
}

/// Sends somebody to their provider.
pub async fn depart(
    ctx: &Ctx,
    entrance: &Entrance,
    purpose: Purpose,
    hint: Option<&str>,
    next: &str,
) -> Result<Departure, Trouble> {
    let provider = &entrance.provider;
    let leave = async {
        let metadata = discovery::metadata(ctx, &provider.issuer).await?;
        discovery::client(ctx, provider, &metadata)
    };
    let client = patiently(leave).await?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let mut request = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_scope(Scope::new("email".to_owned()))
        .add_scope(Scope::new("profile".to_owned()))
        .set_pkce_challenge(challenge);
    if purpose == Purpose::Confirm {
        // A session that is still open there proves nothing new.
        request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
    }
    if let Some(hint) = hint {
        request = request.set_login_hint(LoginHint::new(hint.to_owned()));
    }
    let (url, state, nonce) = request.url();
    let pending = Pending {
        provider: provider.id,
        purpose,
        user: ctx.actor.user_id(),
        state: state.secret().clone(),
        nonce: nonce.secret().clone(),
        verifier: verifier.secret().clone(),
        next: next.chars().take(NEXT).collect(),
        at: ctx.now().0,
    };
    Ok(Departure { url: url.to_string(), cookie: pending.set_cookie(ctx) })
}

/// Takes what the provider answers, with what it belongs to, once that is known.
pub async fn arrive(ctx: &Ctx, answer: &Answer, cookie: Option<&str>) -> (Option<Begun>, Result<Arrival, Failed>) {
    let Some(pending) = cookie.and_then(|cookie| Pending::open(ctx, &answer.state, cookie)) else {
        return (None, Err(Trouble::Stale.into()));
    };
    let entrance = match store::entrance(&ctx.db, pending.provider).await {
        Ok(Some(entrance)) => entrance,
        Ok(None) => return (None, Err(Trouble::Stale.into())),
        Err(error) => return (None, Err(error.into())),
    };
    let result = finish(ctx, &entrance, &pending, answer).await;
    if let Err(Failed::Trouble(trouble)) = &result {
        refused(ctx, &entrance.provider, *trouble).await;
    }
    (Some(Begun { entrance, purpose: pending.purpose, next: pending.next }), result)
}

async fn patiently<T>(work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    tokio::time::timeout(PATIENCE, work).await.unwrap_or(Err(Trouble::Away))
}

async fn finish(ctx: &Ctx, entrance: &Entrance, pending: &Pending, answer: &Answer) -> Result<Arrival, Failed> {
    let provider = &entrance.provider;
    if pending.purpose == Purpose::SignIn && !provider.is_active() {
        return Err(Trouble::Denied.into());
    }
    let identity = patiently(vouched(ctx, provider, pending, answer)).await?;
    match pending.purpose {
        Purpose::SignIn => sign_in(ctx, provider, identity).await,
        Purpose::Test => test(ctx, entrance, &identity, pending).await,
        Purpose::Confirm => confirm(ctx, provider, &identity, pending).await,
    }
}

/// Exchanges the code for what the provider says of the person, and checks it.
async fn vouched(ctx: &Ctx, provider: &Provider, pending: &Pending, answer: &Answer) -> Result<Identity, Trouble> {
    let metadata = discovery::metadata(ctx, &provider.issuer).await?;
    // RFC 9207: an answer from another provider than the one asked is an attempt to mix them up.
    let named = metadata.additional_metadata().authorization_response_iss_parameter_supported == Some(true);
    match &answer.iss {
        Some(issuer) if *issuer != provider.issuer => return Err(Trouble::Untrusted),
        None if named => return Err(Trouble::Untrusted),
        _ => {}
    }
    if let Some(error) = &answer.error {
        return Err(match error.as_str() {
            "temporarily_unavailable" | "server_error" => Trouble::Away,
            "unauthorized_client" | "invalid_request" | "invalid_scope" | "unsupported_response_type" => {
                Trouble::ClientRefused
            }
            _ => Trouble::Denied,
        });
    }
    if answer.code.is_empty() {
        return Err(Trouble::Untrusted);
    }
    let client = discovery::client(ctx, provider, &metadata)?;
    let request = client
        .exchange_code(AuthorizationCode::new(answer.code.clone()))
        .map_err(|_| Trouble::Misconfigured)?
        .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.clone()));
    let tokens = request.request_async(&ctx.portal.outgoing).await.map_err(|error| match error {
        RequestTokenError::Request(failure) => Trouble::from(failure),
        RequestTokenError::ServerResponse(refusal) => match refusal.error() {
            CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient => Trouble::ClientRefused,
            // Used before, or too old.
            CoreErrorResponseType::InvalidGrant => Trouble::Stale,
            _ => Trouble::Misconfigured,
        },
        RequestTokenError::Parse(..) => Trouble::Untrusted,
        RequestTokenError::Other(_) => Trouble::Away,
    })?;
    token::identity(ctx, provider, &client, &tokens, &Nonce::new(pending.nonce.clone())).await
}

async fn sign_in(ctx: &Ctx, provider: &Provider, identity: Identity) -> Result<Arrival, Failed> {
    let tx = ctx.db.begin().await?;
    let user = account::find(&tx, ctx, provider, &identity, true).await?;
    tx.commit().await?;
    let through = Through { provider: provider.id, organisation: provider.organisation_id, sid: identity.sid };
    Ok(Arrival::SignedIn { user, through, trusted: provider.trust_factor })
}

/// A test works when the person who makes it comes back as themselves. Staff come back as nobody of the customer's: for
/// them it is enough that the provider's word holds.
async fn test(ctx: &Ctx, entrance: &Entrance, identity: &Identity, pending: &Pending) -> Result<Arrival, Failed> {
    let by = ctx.actor.user_id().filter(|user| pending.user == Some(*user)).ok_or(Trouble::Stale)?;
    let row = organisation::service::find(ctx, entrance.provider.organisation_id).await?;
    {
        allow(&ctx.actor, Action::OrganisationSecurity, row.relation(&ctx.actor), Some(row.id))?;
    }
    let tx = ctx.db.begin().await?;
    if ctx.actor.staff().is_none() {
        let found = account::find(&tx, ctx, &entrance.provider, identity, false).await?;
        if found != by {
            return Err(Trouble::OtherPerson.into());
        }
    }
    store::tested(&tx, entrance.provider.id, by, ctx.now()).await?;
    let event = Event::new("sso.test", "provider", entrance.provider.id.0).organisation(row.id);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(Arrival::Tested)
}

/// Whoever proves again who they are comes back as the person of the session, and has just been asked there.
async fn confirm(ctx: &Ctx, provider: &Provider, identity: &Identity, pending: &Pending) -> Result<Arrival, Failed> {
    let by = ctx.actor.user_id().filter(|user| pending.user == Some(*user)).ok_or(Trouble::Stale)?;
    let since = Instant(pending.at).minus(token::LEEWAY);
    if identity.proved_at.is_none_or(|at| at < since) {
        return Err(Trouble::Untrusted.into());
    }
    let tx = ctx.db.begin().await?;
    let found = account::find(&tx, ctx, provider, identity, false).await?;
    if found != by {
        return Err(Trouble::OtherPerson.into());
    }
    let method = ctx.assurance.map_or(Method::SingleSignOnAlone, |assurance| assurance.method);
    // A provider that does not answer for a second factor proves less than somebody's own.
    prove::enough(ctx, by, method).await?;
    let event = Event::new("session.confirm", "user", by.0).organisation(provider.organisation_id);
    audit::record(&tx, ctx, event.with("provider", provider.id)).await?;
    tx.commit().await?;
    Ok(Arrival::Confirmed { method })
}

/// Notes a sign-in that was refused. What cannot be noted is refused all the same.
async fn refused(ctx: &Ctx, provider: &Provider, trouble: Trouble) {
    let note = async {
        let tx = ctx.db.begin().await?;
        let event = Event::new("session.refuse", "session", None).organisation(provider.organisation_id);
        audit::record(&tx, ctx, event.with("provider", provider.id).with("reason", trouble.name())).await?;
        tx.commit().await
    };
    if let Err(error) = note.await {
        tracing::warn!(%error, "refusal not noted");
    }
}
