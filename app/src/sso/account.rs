//! Whose account it is that a provider vouches for.
//!
//! A returning person is found by issuer and subject; the address counts only the first time. Then it must be vouched
//! for, lie in a domain that the organisation has proved, and be that of an active member; or of nobody yet, where
//! accounts are made at first sight. All of it is asked again at every sign-in: a domain taken away, a membership ended
//! or a suspension closes this door at once.

use unicode_normalization::UnicodeNormalization as _;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::ids::UserId;
use crate::sign_in::service::email_key;
use crate::team::store as team;

use super::domain;
use super::model::Provider;
use super::store::{self, Found};
use super::token::Identity;
use super::trouble::{Failed, Trouble};

/// The longest name that is taken over.
const NAME: usize = 120;

/// Finds the account, links or makes it where the rules allow.
pub async fn find(
    tx: &Tx,
    ctx: &Ctx,
    provider: &Provider,
    identity: &Identity,
    may_create: bool,
) -> Result<UserId, Failed> {
    if let Some(found) = store::by_identity(tx, provider, identity).await? {
        check(tx, provider, &found).await?;
        store::touch(tx, provider.id, identity, ctx.now()).await?;
        return Ok(found.id);
    }
    let email = identity.email.as_deref().ok_or(Trouble::Unverified)?;
    speaks_for(tx, provider, email).await?;
    let key = email_key(email);
    if let Some(found) = store::by_email(tx, provider.organisation_id, &key).await? {
        check(tx, provider, &found).await?;
        // The address has changed hands at the provider: who has it now is not who had the account.
        if store::is_linked(tx, found.id, provider.id, &identity.issuer).await? {
            return Err(Trouble::OtherPerson.into());
        }
        link(tx, ctx, provider, identity, found.id).await?;
        return Ok(found.id);
    }
    if !(may_create && provider.just_in_time) {
        return Err(Trouble::NoAccount.into());
    }
    create(tx, ctx, provider, identity, email, &key).await
}

/// Whether somebody known may come in through this door.
async fn check(tx: &Tx, provider: &Provider, found: &Found) -> Result<(), Failed> {
    if found.staff_role.is_some() {
        return Err(Trouble::Staff.into());
    }
    if found.state != "active" || found.membership.as_deref() != Some("active") {
        return Err(Trouble::NotHere.into());
    }
    speaks_for(tx, provider, &found.email).await
}

/// A provider speaks for its organisation's domains only.
async fn speaks_for(tx: &Tx, provider: &Provider, email: &str) -> Result<(), Failed> {
    let Some(domain) = domain::of_email(email) else { return Err(Trouble::OtherDomain.into()) };
    let confirmed = store::is_confirmed(tx, provider.organisation_id, &domain).await?;
    if confirmed { Ok(()) } else { Err(Trouble::OtherDomain.into()) }
}

async fn link(tx: &Tx, ctx: &Ctx, provider: &Provider, identity: &Identity, user: UserId) -> Result<(), Failed> {
    if !store::link(tx, provider.id, identity, user, ctx.now()).await? {
        // Two windows at once: the second begins again and finds the link.
        return Err(Trouble::Stale.into());
    }
    let event = Event::new("identity.link", "user", user.0).organisation(provider.organisation_id);
    audit::record(tx, ctx, event.with("provider", provider.id)).await?;
    Ok(())
}

async fn create(
    tx: &Tx,
    ctx: &Ctx,
    provider: &Provider,
    identity: &Identity,
    email: &str,
    key: &str,
) -> Result<UserId, Failed> {
    let user = UserId::new();
    let name: String =
        identity.name.as_deref().unwrap_or_default().nfc().filter(|c| !c.is_control()).take(NAME).collect();
    let local = email.split('@').next().unwrap_or(email);
    let name = if name.trim().is_empty() { local } else { name.trim() };
    team::lock(tx, provider.organisation_id).await?;
    let limit = store::limits(tx, provider.organisation_id).await?;
    let rights = provider.rights.at_most(limit).at_most(crate::access::Rights::limit_of(provider.role));
    let membership = (provider.organisation_id, provider.role, rights);
    if !store::create(tx, user, (email.trim(), key, name), membership, ctx.now()).await? {
        return Err(Trouble::Stale.into());
    }
    let event = Event::new("user.create", "user", user.0).organisation(provider.organisation_id);
    audit::record(tx, ctx, event.with("role", provider.role.name()).with("provider", provider.id)).await?;
    link(tx, ctx, provider, identity, user).await?;
    Ok(user)
}
