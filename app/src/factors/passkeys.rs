//! Passkeys (WebAuthn): offering a challenge, and checking what the authenticator made of it.
//!
//! The state of a ceremony travels with the page, sealed with the installation's key and bound to its purpose and
//! person; what was used is noted until it expires. So nothing is stored for visitors who only look at the sign-in page,
//! and every node can finish what another began (docs/adr/0018).

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    Webauthn, WebauthnBuilder, WebauthnError,
};

use crate::audit::{self, Event};
use crate::ctx::{Ctx, Portal};
use crate::db::Tx;
use crate::error::{AppError, FieldErrors};
use crate::ids::UserId;
use crate::mail::Template;
use crate::secrets::bytes_of;
use crate::time::Instant;

use super::model::StoredPasskey;
use super::{store, tell};

/// How long a challenge can be answered: a sign-in page may stay open for a while.
const LIFETIME: Duration = Duration::from_secs(3600);
/// The longest answer of an authenticator that is looked at, in bytes.
const LONGEST: usize = 16 * 1024;

/// What the page hands to the browser, and what it sends back with the answer.
#[derive(Clone, Debug)]
pub struct Offer {
    /// `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON`.
    pub options: String,
    /// The sealed state.
    pub state: String,
}

#[derive(Serialize, Deserialize)]
struct Sealed<T> {
    state: T,
    expires: i64,
}

/// This portal as a relying party; `None` where browsers offer no passkeys: at an address without a name, or without
/// encryption.
pub fn relying_party(portal: &Portal) -> Option<Webauthn> {
    let name = portal.base_url.domain()?;
    if !portal.secure && name != "localhost" && !name.ends_with(".localhost") {
        return None;
    }
    WebauthnBuilder::new(name, &portal.base_url).ok()?.rp_name(&portal.name.get()).build().ok()
}

fn signing_in() -> String {
    "passkey:sign-in".to_owned()
}

fn proving(user: UserId) -> String {
    format!("passkey:prove:{user}")
}

fn registering(user: UserId) -> String {
    format!("passkey:register:{user}")
}

fn seal<T: Serialize>(ctx: &Ctx, place: &str, state: T) -> Option<String> {
    let sealed = Sealed { state, expires: ctx.now().plus(LIFETIME).0 };
    Some(ctx.portal.secrets.seal_text(place, &serde_json::to_vec(&sealed).ok()?))
}

/// The state of a ceremony of ours that has not expired, with the hash by which it is used up.
fn open<T: DeserializeOwned>(ctx: &Ctx, place: &str, text: &str) -> Option<(T, Used)> {
    let bytes = bytes_of(text)?;
    let sealed: Sealed<T> = serde_json::from_slice(&ctx.portal.secrets.open(place, &bytes)?).ok()?;
    let used = Used { hash: Sha256::digest(&bytes).to_vec(), expires: Instant(sealed.expires) };
    (used.expires > ctx.now()).then_some((sealed.state, used))
}

/// A challenge that is about to be used up.
#[derive(Debug)]
struct Used {
    hash: Vec<u8>,
    expires: Instant,
}

impl Used {
    async fn up(self, tx: &Tx, ctx: &Ctx) -> Result<(), AppError> {
        if store::use_challenge(tx, self.hash, self.expires).await? { Ok(()) } else { Err(refused(ctx)) }
    }
}

fn refused(ctx: &Ctx) -> AppError {
    AppError::Invalid(FieldErrors::one("passkey", ctx.t("factors-passkey-refused")))
}

fn parse(stored: &[StoredPasskey]) -> Vec<Passkey> {
    let usable = stored.iter().filter(|passkey| passkey.suspected_at.is_none());
    usable.filter_map(|passkey| serde_json::from_str(&passkey.credential).ok()).collect()
}

/// An offer to sign in with any passkey of this portal.
pub fn offer_sign_in(ctx: &Ctx) -> Option<Offer> {
    let (challenge, state) = relying_party(&ctx.portal)?.start_discoverable_authentication().ok()?;
    let options = serde_json::to_string(&challenge.public_key).ok()?;
    Some(Offer { options, state: seal(ctx, &signing_in(), state)? })
}

/// An offer to prove who one is with one of these.
pub fn offer_proof(ctx: &Ctx, user: UserId, stored: &[StoredPasskey]) -> Option<Offer> {
    let portal = relying_party(&ctx.portal)?;
    let known = parse(stored);
    if known.is_empty() {
        return None;
    }
    // Some authenticators find only keys that are named to them.
    let (named, _) = portal.start_passkey_authentication(&known).ok()?;
    let (mut challenge, state) = portal.start_discoverable_authentication().ok()?;
    challenge.public_key.allow_credentials = named.public_key.allow_credentials;
    let options = serde_json::to_string(&challenge.public_key).ok()?;
    Some(Offer { options, state: seal(ctx, &proving(user), state)? })
}

/// An offer to register another one.
pub fn offer_registration(ctx: &Ctx, user: UserId, stored: &[StoredPasskey]) -> Option<Offer> {
    let known = parse(stored).iter().map(|passkey| passkey.cred_id().clone()).collect();
    let (name, email) = (ctx.actor.name(), ctx.actor.email());
    let (challenge, state) =
        relying_party(&ctx.portal)?.start_passkey_registration(user.0, email, name, Some(known)).ok()?;
    let mut options = serde_json::to_value(&challenge.public_key).ok()?;
    // One that the authenticator finds by itself signs in without an address.
    if let Some(selection) = options.get_mut("authenticatorSelection").and_then(serde_json::Value::as_object_mut) {
        selection.insert("residentKey".into(), "required".into());
        selection.insert("requireResidentKey".into(), true.into());
    }
    Some(Offer { options: options.to_string(), state: seal(ctx, &registering(user), state)? })
}

/// Checks the answer to a registration and stores it.
pub async fn register(
    tx: &Tx,
    ctx: &Ctx,
    user: UserId,
    state: &str,
    answer: &str,
    name: String,
) -> Result<(), AppError> {
    let portal = relying_party(&ctx.portal)
        .ok_or_else(|| AppError::Conflict(ctx.t("factors-passkey-unavailable").to_owned()))?;
    let (state, used): (PasskeyRegistration, _) = open(ctx, &registering(user), state).ok_or_else(|| refused(ctx))?;
    let answer: RegisterPublicKeyCredential = read(ctx, answer)?;
    let passkey = portal.finish_passkey_registration(&answer, &state).map_err(|error| note(ctx, &error))?;
    used.up(tx, ctx).await?;
    let new = store::NewPasskey {
        user,
        name,
        credential_id: passkey.cred_id().clone(),
        credential: serde_json::to_string(&passkey).map_err(|_| AppError::Internal)?,
        sign_count: 0,
    };
    match store::add_passkey(tx, new, ctx.now()).await? {
        Some(_) => Ok(()),
        None => Err(AppError::Conflict(ctx.t("factors-passkey-known").to_owned())),
    }
}

fn read<T: DeserializeOwned>(ctx: &Ctx, answer: &str) -> Result<T, AppError> {
    if answer.len() > LONGEST {
        return Err(refused(ctx));
    }
    serde_json::from_str(answer).map_err(|_| refused(ctx))
}

fn note(ctx: &Ctx, error: &WebauthnError) -> AppError {
    // Says which check failed and nothing about the person.
    tracing::info!(%error, "passkey refused");
    refused(ctx)
}

/// An answer that was signed by a passkey of this person, about to be used up.
#[derive(Debug)]
pub struct Signed {
    /// Whose passkey it was.
    pub user: UserId,
    passkey: StoredPasskey,
    credential: String,
    count: i64,
    used: Used,
}

impl Signed {
    /// Notes the use; refused when the same answer was faster.
    pub async fn accept(self, tx: &Tx, ctx: &Ctx) -> Result<(), AppError> {
        self.used.up(tx, ctx).await?;
        if store::use_passkey(tx, self.passkey.id, self.credential, self.count, ctx.now()).await? {
            Ok(())
        } else {
            Err(refused(ctx))
        }
    }
}

/// Checks the answer to an offer: to sign in, or, with a person, to prove that one is them. User verification was
/// demanded, so that a passkey counts for two factors.
pub async fn check(ctx: &Ctx, who: Option<UserId>, state: &str, answer: &str) -> Result<Signed, AppError> {
    let portal = relying_party(&ctx.portal).ok_or_else(|| refused(ctx))?;
    let place = who.map_or_else(signing_in, proving);
    let Some((state, used)) = open::<DiscoverableAuthentication>(ctx, &place, state) else {
        return Err(AppError::Invalid(FieldErrors::one("passkey", ctx.t("factors-passkey-late"))));
    };
    let answer: PublicKeyCredential = read(ctx, answer)?;
    let stored = store::passkey(&ctx.db, answer.get_credential_id()).await?.ok_or_else(|| refused(ctx))?;
    let owner = answer.get_user_unique_id().is_none_or(|handle| handle == stored.user_id.0.as_bytes());
    if who.is_some_and(|who| who != stored.user_id) || !owner || stored.suspected_at.is_some() {
        return Err(refused(ctx));
    }
    let mut passkey: Passkey = serde_json::from_str(&stored.credential).map_err(|_| AppError::Internal)?;
    let result = match portal.finish_discoverable_authentication_v2(&answer, state, &passkey) {
        Ok(result) => result,
        Err(WebauthnError::CredentialPossibleCompromise) => {
            suspect(ctx, &stored).await?;
            return Err(refused(ctx));
        }
        Err(error) => return Err(note(ctx, &error)),
    };
    passkey.update_credential(&result);
    let credential = serde_json::to_string(&passkey).map_err(|_| AppError::Internal)?;
    Ok(Signed { user: stored.user_id, passkey: stored, credential, count: i64::from(result.counter()), used })
}

/// A counter ran backwards: somebody may have a copy. It opens nothing from now on, and its owner is told.
async fn suspect(ctx: &Ctx, passkey: &StoredPasskey) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    if store::suspect_passkey(&tx, passkey.id, ctx.now()).await? {
        let values = vec![("passkey", passkey.name.clone())];
        tell::owner(&tx, ctx, passkey.user_id, Template::PasskeyBlocked, values).await?;
        let event = Event::new("factor.suspect", "user", passkey.user_id.0).with("passkey", passkey.id);
        audit::record(&tx, ctx, event).await?;
    }
    tx.commit().await?;
    Ok(())
}
