//! Use cases of whoever sets single sign-on up: a customer admin for their own organisation, staff for a customer.

use rand::RngExt as _;
use url::Url;

use crate::access::{Act, Action, Granted, MembershipRole, Relation, Rights, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{DomainId, OrganisationId, ProviderId, UserId};
use crate::organisation::model::Organisation;
use crate::organisation::service as organisations;
use crate::people;

use super::domain::{self, Refusal};
use super::model::{Change, Connection, Domain, DomainState, Kind, LeftOut, Provider, ProviderState, Rules, Switches};
use super::trouble::Trouble;
use super::{discovery, store};

/// The longest issuer, and the longest client id or secret.
const LONG: usize = 500;
/// The longest words on the button.
const LABEL: usize = 60;
/// How many domains an organisation may claim.
const DOMAINS: usize = 50;

/// Say how the people of an organisation sign in.
#[derive(Debug)]
pub struct Secure;

impl Act<Organisation> for Secure {
    fn action(_: &Organisation) -> Action {
        Action::OrganisationSecurity
    }
}

/// Say that a domain is an organisation's: its own word is not a proof.
#[derive(Debug)]
pub struct ConfirmDomain;

impl Act<Organisation> for ConfirmDomain {
    fn action(_: &Organisation) -> Action {
        Action::OrganisationManage
    }
}

async fn granted(ctx: &Ctx, id: OrganisationId) -> Result<Granted<Secure, Organisation>, AppError> {
    grant::<Secure, _>(&ctx.actor, organisations::find(ctx, id).await?)
}

/// An organisation whose rules the actor may set.
pub async fn organisation(ctx: &Ctx, id: OrganisationId) -> Result<Organisation, AppError> {
    Ok(granted(ctx, id).await?.into_row())
}

/// How the people of an organisation sign in.
pub async fn rules(ctx: &Ctx, id: OrganisationId) -> Result<Rules, AppError> {
    read(ctx, granted(ctx, id).await?.row()).await
}

async fn read(ctx: &Ctx, organisation: &Organisation) -> Result<Rules, AppError> {
    let id = organisation.id;
    let switches = store::switches(&ctx.db, id).await?.ok_or(AppError::NotFound)?;
    let provider = store::provider(&ctx.db, id).await?;
    let domains = store::domains(&ctx.db, id).await?;
    let left_out = match provider {
        Some(_) => left_out(store::members(&ctx.db, id).await?, &domains),
        None => Vec::new(),
    };
    Ok(Rules { switches, provider, domains, left_out })
}

fn left_out(members: Vec<LeftOut>, domains: &[Domain]) -> Vec<LeftOut> {
    let within = |member: &LeftOut| {
        let own = domain::of_email(&member.email);
        domains.iter().any(|d| d.state == DomainState::Confirmed && own.as_deref() == Some(d.domain.as_str()))
    };
    members.into_iter().filter(|member| !within(member)).collect()
}

/// Changes the rules. `seen` is the revision the change was decided on; `None` changes whatever is there.
pub async fn change(ctx: &Ctx, id: OrganisationId, seen: Option<i64>, change: Change) -> Result<Rules, AppError> {
    let granted = granted(ctx, id).await?;
    let tx = ctx.db.begin().await?;
    crate::settings::check_key_in(&tx, &ctx.portal.secrets.fingerprint()).await?;
    let before = store::switches(&tx, id).await?.ok_or(AppError::NotFound)?;
    if seen.is_some_and(|seen| seen != before.sign_in_revision) {
        return Err(AppError::Stale);
    }
    let known = store::provider(&tx, id).await?;
    let mut provider = known.clone();
    if let Some(connection) = &change.connection {
        let issuer = check(ctx, connection, provider.as_ref())?;
        provider = Some(connect(ctx, id, provider, connection, issuer, before.only_sso)?);
    }
    if let Some(admission) = change.admission {
        let provider = provider.as_mut().ok_or_else(|| conflict(ctx, "sso-no-provider"))?;
        let limit = store::limits(&tx, id).await?.at_most(Rights::limit_of(admission.role));
        if admission.role == MembershipRole::Admin {
            return Err(AppError::Invalid(FieldErrors::one("role", ctx.t("sso-role-admin"))));
        }
        provider.just_in_time = admission.just_in_time;
        provider.role = admission.role;
        provider.rights = admission.rights.at_most(limit);
        provider.trust_factor = admission.trust_factor;
    }
    let mut after = Switches {
        only_sso: change.only_sso.unwrap_or(before.only_sso),
        require_factor: change.require_factor.unwrap_or(before.require_factor),
        magic_links: change.magic_links.unwrap_or(before.magic_links),
        ..before
    };
    if let Some(active) = change.active {
        let provider = provider.as_mut().ok_or_else(|| conflict(ctx, "sso-no-provider"))?;
        provider.state = if active { ProviderState::Active } else { ProviderState::Draft };
        // A door that is closed cannot be the only one.
        after.only_sso &= active;
    }
    if after.only_sso && !before.only_sso {
        may_close(ctx, &tx, id, provider.as_ref()).await?;
    }
    if !store::set_switches(&tx, id, &after).await? {
        return Err(AppError::Stale);
    }
    if let Some(provider) = &provider {
        store::save(&tx, &granted, provider, known.is_none(), ctx.now()).await?;
    }
    record(&tx, ctx, id, &change, &before, &after).await?;
    tx.commit().await?;
    read(ctx, granted.row()).await
}

fn conflict(ctx: &Ctx, key: &'static str) -> AppError {
    AppError::Conflict(ctx.locale.t(key).to_owned())
}

/// All that is wrong with a connection, at once.
fn check(ctx: &Ctx, connection: &Connection, known: Option<&Provider>) -> Result<String, AppError> {
    let mut errors = FieldErrors::default();
    let issuer = connection.issuer.trim();
    let url = Url::parse(issuer).ok().filter(|url| url.query().is_none() && url.fragment().is_none());
    match url {
        _ if issuer.is_empty() => errors.add("issuer", ctx.t("sso-issuer-missing")),
        Some(_) if issuer.len() > LONG => errors.add("issuer", ctx.t("sso-issuer-wrong")),
        Some(url) if !ctx.portal.outgoing.accepts(&url) => errors.add("issuer", ctx.t("sso-issuer-refused")),
        Some(_) => {}
        None => errors.add("issuer", ctx.t("sso-issuer-wrong")),
    }
    let plain = |text: &str| text.len() <= LONG && text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    let client = connection.client_id.trim();
    if client.is_empty() || !plain(client) {
        errors.add("client_id", ctx.t("sso-client-id-missing"));
    }
    if !plain(&connection.client_secret) {
        errors.add("client_secret", ctx.t("sso-client-secret-wrong"));
    }
    // A secret belongs to an issuer: it is never sent to another one than it was given for.
    let kept = known.is_some_and(|p| p.client_secret.is_some() && p.issuer != issuer);
    if kept && connection.client_secret.is_empty() {
        errors.add("client_secret", ctx.t("sso-client-secret-again"));
    }
    let label = connection.label.trim();
    if label.is_empty() || label.chars().count() > LABEL || label.chars().any(char::is_control) {
        errors.add("label", ctx.t("sso-label-missing"));
    }
    errors.into_result()?;
    Ok(issuer.to_owned())
}

/// The provider with a new connection. What was tested before does not speak for it.
fn connect(
    ctx: &Ctx,
    organisation: OrganisationId,
    known: Option<Provider>,
    connection: &Connection,
    issuer: String,
    only_sso: bool,
) -> Result<Provider, AppError> {
    let client_id = connection.client_id.trim().to_owned();
    let mut provider = match known {
        Some(known) => {
            let moved = known.issuer != issuer || known.client_id != client_id;
            // A typing mistake would leave everybody outside.
            if moved && only_sso {
                return Err(conflict(ctx, "sso-only-first-off"));
            }
            let same = !moved && connection.client_secret.is_empty();
            let (tested_by, tested_at) = if same { (known.tested_by, known.tested_at) } else { (None, None) };
            Provider { tested_by, tested_at, ..known }
        }
        None => Provider {
            id: ProviderId::new(),
            organisation_id: organisation,
            kind: Kind::Oidc,
            issuer: String::new(),
            client_id: String::new(),
            client_secret: None,
            label: String::new(),
            state: ProviderState::Draft,
            just_in_time: false,
            role: MembershipRole::Member,
            rights: Rights::default_of(MembershipRole::Member),
            trust_factor: false,
            tested_by: None,
            tested_at: None,
        },
    };
    provider.issuer = issuer;
    provider.client_id = client_id;
    provider.label = connection.label.trim().to_owned();
    if !connection.client_secret.is_empty() {
        let place = Provider::place(provider.id);
        provider.client_secret = Some(ctx.portal.secrets.seal(&place, connection.client_secret.trim().as_bytes()));
    }
    Ok(provider)
}

/// Whether the provider may become the only way in: it is in use, speaks for somebody, and whoever closes the other
/// doors has just come in through it.
async fn may_close(ctx: &Ctx, tx: &Tx, id: OrganisationId, provider: Option<&Provider>) -> Result<(), AppError> {
    let Some(provider) = provider.filter(|provider| provider.is_active()) else {
        return Err(conflict(ctx, "sso-only-needs-provider"));
    };
    let confirmed = store::domains(tx, id).await?.iter().any(|domain| domain.state == DomainState::Confirmed);
    if !confirmed {
        return Err(conflict(ctx, "sso-only-needs-domain"));
    }
    if ctx.actor.user_id().is_some() && provider.tested_by != ctx.actor.user_id() {
        return Err(conflict(ctx, "sso-only-needs-test"));
    }
    Ok(())
}

async fn record(
    tx: &Tx,
    ctx: &Ctx,
    id: OrganisationId,
    change: &Change,
    before: &Switches,
    after: &Switches,
) -> Result<(), AppError> {
    let mut event = Event::new("organisation.security", "organisation", id.0).organisation(id);
    if change.connection.is_some() {
        event = event.with("provider", "connection");
    }
    if let Some(admission) = change.admission {
        event = event
            .with("just_in_time", admission.just_in_time)
            .with("role", admission.role.name())
            .with("trust_factor", admission.trust_factor);
    }
    if let Some(active) = change.active {
        event = event.with("active", active);
    }
    for (name, was, is) in [
        ("only_sso", before.only_sso, after.only_sso),
        ("require_factor", before.require_factor, after.require_factor),
        ("magic_links", before.magic_links, after.magic_links),
    ] {
        if was != is {
            event = event.with(name, is);
        }
    }
    audit::record(tx, ctx, event).await?;
    Ok(())
}

/// Asks the provider what it says of itself, now.
pub async fn check_connection(ctx: &Ctx, id: OrganisationId) -> Result<Result<(), Trouble>, AppError> {
    granted(ctx, id).await?;
    let provider = store::provider(&ctx.db, id).await?.ok_or_else(|| conflict(ctx, "sso-no-provider"))?;
    Ok(match discovery::fetch(ctx, &provider.issuer).await {
        Ok(metadata) => discovery::client(ctx, &provider, &metadata).map(|_| ()),
        Err(trouble) => Err(trouble),
    })
}

/// Claims an e-mail domain. It counts for nothing until staff have confirmed it.
pub async fn claim_domain(ctx: &Ctx, id: OrganisationId, text: &str) -> Result<Domain, AppError> {
    let granted = granted(ctx, id).await?;
    if let Some((known, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return store::domain(&ctx.db, id, DomainId(known)).await?.ok_or(AppError::NotFound);
    }
    let wrong = |key| AppError::Invalid(FieldErrors::one("domain", ctx.locale.t(key)));
    let name = domain::parse(text).map_err(|refusal| match refusal {
        Refusal::NoDomain => wrong("sso-domain-wrong"),
        Refusal::Public => wrong("sso-domain-public"),
    })?;
    let secret: [u8; 16] = rand::rng().random();
    let token = format!("kontor-verification={}", crate::documents::model::hex(&secret));
    let domain = Domain { id: DomainId::new(), domain: name, state: DomainState::Claimed, token };
    let tx = ctx.db.begin().await?;
    if store::domains(&tx, id).await?.len() >= DOMAINS {
        return Err(wrong("sso-domain-many"));
    }
    if !store::claim(&tx, &granted, &domain, ctx.now()).await? {
        return Err(wrong("sso-domain-there"));
    }
    idempotency::claim(&tx, ctx, domain.id.0, 0).await?;
    let event = Event::new("domain.claim", "domain", domain.id.0).organisation(id);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(domain)
}

/// Confirms that a domain is the organisation's: staff, who have looked at the record or know the customer.
pub async fn confirm_domain(ctx: &Ctx, id: OrganisationId, domain: DomainId) -> Result<(), AppError> {
    let granted = grant::<ConfirmDomain, _>(&ctx.actor, organisations::find(ctx, id).await?)?;
    let tx = ctx.db.begin().await?;
    store::domain(&tx, id, domain).await?.ok_or(AppError::NotFound)?;
    if !store::confirm(&tx, &granted, domain, ctx.now()).await? {
        return Err(conflict(ctx, "sso-domain-taken"));
    }
    audit::record(&tx, ctx, Event::new("domain.confirm", "domain", domain.0).organisation(id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether the actor confirms domains of this organisation.
pub async fn may_confirm(ctx: &Ctx, id: OrganisationId) -> Result<(), AppError> {
    grant::<ConfirmDomain, _>(&ctx.actor, organisations::find(ctx, id).await?).map(|_| ())
}

/// Takes a domain away: its people do not get in through the provider any more.
pub async fn remove_domain(ctx: &Ctx, id: OrganisationId, domain: DomainId) -> Result<(), AppError> {
    let granted = granted(ctx, id).await?;
    let tx = ctx.db.begin().await?;
    let all = store::domains(&tx, id).await?;
    let found = all.iter().find(|d| d.id == domain).ok_or(AppError::NotFound)?;
    let confirmed = all.iter().filter(|d| d.state == DomainState::Confirmed).count();
    let only_sso = store::switches(&tx, id).await?.is_some_and(|switches| switches.only_sso);
    if only_sso && confirmed == 1 && found.state == DomainState::Confirmed {
        return Err(conflict(ctx, "sso-domain-last"));
    }
    store::remove(&tx, &granted, domain).await?;
    audit::record(&tx, ctx, Event::new("domain.remove", "domain", domain.0).organisation(id)).await?;
    tx.commit().await?;
    Ok(())
}

/// At the machine itself: the people of this organisation may use their other ways in again. `false` when they could
/// all along.
pub async fn break_glass(ctx: &Ctx, slug: &str) -> Result<bool, AppError> {
    allow(&ctx.actor, Action::OrganisationSecurity, Relation::Other, None)?;
    let id = known_organisation(ctx, slug).await?;
    let tx = ctx.db.begin().await?;
    let before = store::switches(&tx, id).await?.ok_or(AppError::NotFound)?;
    if !before.only_sso {
        return Ok(false);
    }
    let after = Switches { only_sso: false, ..before };
    if !store::set_switches(&tx, id, &after).await? {
        return Err(AppError::Stale);
    }
    record(&tx, ctx, id, &Change::default(), &before, &after).await?;
    tx.commit().await?;
    Ok(true)
}

async fn known_organisation(ctx: &Ctx, slug: &str) -> Result<OrganisationId, AppError> {
    let unknown = || AppError::Invalid(FieldErrors::one("organisation", "there is no such customer"));
    store::organisation(&ctx.db, slug).await?.ok_or_else(unknown)
}

/// Forgets who somebody is at the organisation's provider: after their address there was given to somebody else.
pub async fn unlink(ctx: &Ctx, slug: &str, email: &str) -> Result<u64, AppError> {
    allow(&ctx.actor, Action::UserManage, Relation::Other, None)?;
    let id = known_organisation(ctx, slug).await?;
    let nobody = || AppError::Invalid(FieldErrors::one("email", "nobody has this address"));
    let user: UserId = people::find(&ctx.db, email).await?.ok_or_else(nobody)?;
    let none = || AppError::Invalid(FieldErrors::one("organisation", "the customer has no provider"));
    let provider = store::provider(&ctx.db, id).await?.ok_or_else(none)?;
    let tx = ctx.db.begin().await?;
    let forgotten = store::unlink(&tx, user, provider.id).await?;
    let event = Event::new("identity.unlink", "user", user.0).organisation(id);
    audit::record(&tx, ctx, event.with("provider", provider.id)).await?;
    tx.commit().await?;
    Ok(forgotten)
}
