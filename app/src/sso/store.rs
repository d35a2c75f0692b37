//! All SQL of single sign-on.

use crate::access::{Granted, MembershipRole, Rights, StaffRole};
use crate::db::{Db, DbResult, Tx, Value, args, is_unique_violation, sql};
use crate::ids::{DomainId, OrganisationId, ProviderId, UserId};
use crate::organisation::model::Organisation;
use crate::people;
use crate::time::Instant;

use super::manage::{ConfirmDomain, Secure};
use super::model::{Domain, Entrance, LeftOut, Provider, Switches};
use super::token::Identity;

macro_rules! provider {
    () => {
        "p.id, p.organisation_id, p.kind, p.issuer, p.client_id, p.client_secret, p.label, p.state, p.just_in_time, p.role, p.documents, p.orders, p.money, p.tickets, p.trust_factor, p.tested_by, p.tested_at"
    };
}
macro_rules! entrance {
    ($from:literal) => {
        concat!("SELECT ", provider!(), ", o.slug, o.name AS organisation_name, o.only_sso FROM ", $from)
    };
}

sql! {
    PROVIDER = concat!("SELECT ", provider!(), " FROM providers p WHERE p.organisation_id = $1");
    BY_ID = entrance!("providers p JOIN organisations o ON o.id = p.organisation_id AND o.state = 'active' WHERE p.id = $1");
    BY_ORGANISATION = entrance!("providers p JOIN organisations o ON o.id = p.organisation_id AND o.state = 'active' WHERE p.organisation_id = $1");
    BY_SLUG = entrance!("organisations o JOIN providers p ON p.organisation_id = o.id AND p.state = 'active' WHERE o.slug = $1 AND o.state = 'active'");
    BY_DOMAIN = entrance!("organisation_domains d JOIN providers p ON p.organisation_id = d.organisation_id AND p.state = 'active' JOIN organisations o ON o.id = p.organisation_id AND o.state = 'active' WHERE d.domain = $1 AND d.state = 'confirmed'");
    ANY = "SELECT id FROM providers WHERE state = 'active' LIMIT 1";
    LIST = entrance!("providers p JOIN organisations o ON o.id = p.organisation_id WHERE o.slug > $1 ORDER BY o.slug LIMIT 100");
    SWITCHES = "SELECT only_sso, require_factor, magic_links, sign_in_revision FROM organisations WHERE id = $1";
    ORGANISATION = "SELECT id FROM organisations WHERE slug = $1";
    /// The revision decides between two who change the rules at once.
    SET_SWITCHES = "UPDATE organisations SET only_sso = $3, require_factor = $4, magic_links = $5, sign_in_revision = sign_in_revision + 1 WHERE id = $1 AND sign_in_revision = $2";
    INSERT_PROVIDER = "INSERT INTO providers (id, organisation_id, kind, issuer, client_id, client_secret, label, state, just_in_time, role, documents, orders, money, tickets, trust_factor, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    UPDATE_PROVIDER = "UPDATE providers SET issuer = $2, client_id = $3, client_secret = $4, label = $5, state = $6, just_in_time = $7, role = $8, documents = $9, orders = $10, money = $11, tickets = $12, trust_factor = $13, tested_by = $14, tested_at = $15 WHERE id = $1";
    TESTED = "UPDATE providers SET tested_by = $2, tested_at = $3 WHERE id = $1";
    DOMAINS = "SELECT id, domain, state, token FROM organisation_domains WHERE organisation_id = $1 ORDER BY domain LIMIT 100";
    DOMAIN = "SELECT id, domain, state, token FROM organisation_domains WHERE organisation_id = $1 AND id = $2";
    CLAIM = "INSERT INTO organisation_domains (id, organisation_id, domain, state, token, created_at) VALUES ($1, $2, $3, 'claimed', $4, $5)";
    CONFIRM = "UPDATE organisation_domains SET state = 'confirmed', confirmed_at = $3 WHERE organisation_id = $1 AND id = $2";
    REMOVE = "DELETE FROM organisation_domains WHERE organisation_id = $1 AND id = $2";
    MEMBERS = "SELECT u.name, u.email FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE m.organisation_id = $1 AND m.state = 'active' AND m.role <> 'partner' ORDER BY u.name, u.id LIMIT 500";
    CONFIRMED = "SELECT id FROM organisation_domains WHERE organisation_id = $1 AND domain = $2 AND state = 'confirmed'";
    LIMITS = "SELECT limit_documents AS documents, limit_orders AS orders, limit_money AS money, limit_tickets AS tickets FROM organisations WHERE id = $1";
    BY_IDENTITY = "SELECT u.id, u.email, u.state, u.staff_role, m.state AS membership FROM sso_identities i JOIN users u ON u.id = i.user_id LEFT JOIN memberships m ON m.user_id = u.id AND m.organisation_id = $4 WHERE i.provider_id = $1 AND i.issuer = $2 AND i.subject = $3";
    BY_EMAIL = "SELECT u.id, u.email, u.state, u.staff_role, m.state AS membership FROM users u LEFT JOIN memberships m ON m.user_id = u.id AND m.organisation_id = $2 WHERE u.email_key = $1";
    LINKED = "SELECT subject FROM sso_identities WHERE user_id = $1 AND provider_id = $2 AND issuer = $3 LIMIT 1";
    LINK = "INSERT INTO sso_identities (provider_id, issuer, subject, user_id, created_at, last_used_at) VALUES ($1, $2, $3, $4, $5, $5)";
    TOUCH = "UPDATE sso_identities SET last_used_at = $4 WHERE provider_id = $1 AND issuer = $2 AND subject = $3";
    UNLINK = "DELETE FROM sso_identities WHERE user_id = $1 AND provider_id = $2";
    INSERT_USER = "INSERT INTO users (id, email, email_key, name, state, created_at) VALUES ($1, $2, $3, $4, 'active', $5)";
    INSERT_MEMBERSHIP = "INSERT INTO memberships (user_id, organisation_id, role, state, documents, orders, money, tickets, created_at) VALUES ($1, $2, $3, 'active', $4, $5, $6, $7, $8)";
    OBEYED = "INSERT INTO sso_logout_tokens (provider_id, token, expires_at) VALUES ($1, $2, $3)";
    PURGE_OBEYED = "DELETE FROM sso_logout_tokens WHERE expires_at < $1";
    END_SESSION = "UPDATE sessions SET ended_at = $3, data = '{}', id = NULL WHERE provider_id = $1 AND provider_sid = $2 AND ended_at IS NULL";
    END_SESSIONS = "UPDATE sessions SET ended_at = $3, data = '{}', id = NULL WHERE provider_id = $1 AND user_id = $2 AND ended_at IS NULL";
    /// A provider that signs somebody out does it on their devices too.
    END_PUSH = "DELETE FROM push_subscriptions WHERE session_id IN (SELECT id FROM sessions WHERE provider_id = $1 AND provider_sid = $2 AND ended_at IS NULL)";
    END_ALL_PUSH = "DELETE FROM push_subscriptions WHERE user_id = $2 AND session_id IN (SELECT id FROM sessions WHERE provider_id = $1 AND user_id = $2 AND ended_at IS NULL)";
    USER_OF = "SELECT user_id FROM sso_identities WHERE provider_id = $1 AND issuer = $2 AND subject = $3";
}

/// Somebody the provider may mean.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Found {
    /// Who.
    pub id: UserId,
    /// Their address.
    pub email: String,
    /// active or suspended.
    pub state: String,
    /// Set for staff.
    pub staff_role: Option<StaffRole>,
    /// The state of their membership in the provider's organisation, if they have one.
    pub membership: Option<String>,
}

/// The provider of an organisation.
pub async fn provider(db: &Db, organisation: OrganisationId) -> DbResult<Option<Provider>> {
    db.optional(PROVIDER, args![organisation]).await
}

/// A provider by its id, in use or not; none while its organisation is not active.
pub async fn entrance(db: &Db, id: ProviderId) -> DbResult<Option<Entrance>> {
    db.optional(BY_ID, args![id]).await
}

/// The provider of an organisation, in use or not.
pub async fn entrance_of(db: &Db, organisation: OrganisationId) -> DbResult<Option<Entrance>> {
    db.optional(BY_ORGANISATION, args![organisation]).await
}

/// The provider in use of the organisation with this short name.
pub async fn entrance_by_slug(db: &Db, slug: &str) -> DbResult<Option<Entrance>> {
    db.optional(BY_SLUG, args![slug]).await
}

/// The provider in use that speaks for addresses of this domain.
pub async fn entrance_by_domain(db: &Db, domain: &str) -> DbResult<Option<Entrance>> {
    db.optional(BY_DOMAIN, args![domain]).await
}

/// Whether anybody signs in through a provider at all.
pub async fn any(db: &Db) -> DbResult<bool> {
    let row: Option<(ProviderId,)> = db.optional(ANY, args![]).await?;
    Ok(row.is_some())
}

/// Providers by the short name of their organisation, after this one.
pub async fn list(db: &Db, after: &str) -> DbResult<Vec<Entrance>> {
    db.all(LIST, args![after]).await
}

/// The switches of an organisation.
pub async fn switches(db: &Db, organisation: OrganisationId) -> DbResult<Option<Switches>> {
    db.optional(SWITCHES, args![organisation]).await
}

/// The organisation with this short name.
pub async fn organisation(db: &Db, slug: &str) -> DbResult<Option<OrganisationId>> {
    let row: Option<(OrganisationId,)> = db.optional(ORGANISATION, args![slug]).await?;
    Ok(row.map(|(id,)| id))
}

/// Writes the switches; `false` when somebody else was faster.
pub async fn set_switches(tx: &Tx, organisation: OrganisationId, set: &Switches) -> DbResult<bool> {
    let values = args![organisation, set.sign_in_revision, set.only_sso, set.require_factor, set.magic_links];
    Ok(tx.execute(SET_SWITCHES, values).await? == 1)
}

/// Writes a provider, the first time or again.
pub async fn save(tx: &Tx, _: &Granted<Secure, Organisation>, p: &Provider, new: bool, now: Instant) -> DbResult<()> {
    let secret = Value::Bytes(p.client_secret.clone());
    let (role, rights) = (p.role.name(), p.rights);
    let [documents, orders, money, tickets] = reaches(rights);
    let (issuer, client, label, state) = (&p.issuer, &p.client_id, &p.label, p.state.name());
    if new {
        let values = args![
            p.id,
            p.organisation_id,
            p.kind.name(),
            issuer,
            client,
            secret,
            label,
            state,
            p.just_in_time,
            role,
            documents,
            orders,
            money,
            tickets,
            p.trust_factor,
            now
        ];
        return tx.execute(INSERT_PROVIDER, values).await.map(|_| ());
    }
    let values = args![
        p.id,
        issuer,
        client,
        secret,
        label,
        state,
        p.just_in_time,
        role,
        documents,
        orders,
        money,
        tickets,
        p.trust_factor,
        p.tested_by,
        p.tested_at
    ];
    tx.execute(UPDATE_PROVIDER, values).await.map(|_| ())
}

const fn reaches(rights: Rights) -> [&'static str; 4] {
    [rights.documents.name(), rights.orders.name(), rights.money.name(), rights.tickets.name()]
}

/// Notes who has come back from a provider as themselves.
pub async fn tested(tx: &Tx, provider: ProviderId, by: UserId, now: Instant) -> DbResult<()> {
    tx.execute(TESTED, args![provider, by, now]).await.map(|_| ())
}

/// The e-mail domains of an organisation.
pub async fn domains(db: &Db, organisation: OrganisationId) -> DbResult<Vec<Domain>> {
    db.all(DOMAINS, args![organisation]).await
}

/// One of them.
pub async fn domain(db: &Db, organisation: OrganisationId, id: DomainId) -> DbResult<Option<Domain>> {
    db.optional(DOMAIN, args![organisation, id]).await
}

/// Claims a domain; `false` when the organisation has done so before.
pub async fn claim(tx: &Tx, granted: &Granted<Secure, Organisation>, domain: &Domain, now: Instant) -> DbResult<bool> {
    let values = args![domain.id, granted.row().id, &domain.domain, &domain.token, now];
    once(tx.execute(CLAIM, values).await)
}

/// Confirms a domain; `false` when it is another organisation's.
pub async fn confirm(
    tx: &Tx,
    granted: &Granted<ConfirmDomain, Organisation>,
    id: DomainId,
    now: Instant,
) -> DbResult<bool> {
    once(tx.execute(CONFIRM, args![granted.row().id, id, now]).await)
}

/// Takes a domain from an organisation.
pub async fn remove(tx: &Tx, granted: &Granted<Secure, Organisation>, id: DomainId) -> DbResult<()> {
    tx.execute(REMOVE, args![granted.row().id, id]).await.map(|_| ())
}

fn once(result: DbResult<u64>) -> DbResult<bool> {
    match result {
        Ok(_) => Ok(true),
        Err(e) if is_unique_violation(&e) => Ok(false),
        Err(e) => Err(e),
    }
}

/// The people of an organisation whom only-single-sign-on concerns.
pub async fn members(db: &Db, organisation: OrganisationId) -> DbResult<Vec<LeftOut>> {
    db.all(MEMBERS, args![organisation]).await
}

/// Whether the organisation has proved that the domain is theirs.
pub async fn is_confirmed(db: &Db, organisation: OrganisationId, domain: &str) -> DbResult<bool> {
    let row: Option<(DomainId,)> = db.optional(CONFIRMED, args![organisation, domain]).await?;
    Ok(row.is_some())
}

/// Who has been linked with an identity.
pub async fn by_identity(db: &Db, provider: &Provider, identity: &Identity) -> DbResult<Option<Found>> {
    let (issuer, subject) = (&identity.issuer, &identity.subject);
    db.optional(BY_IDENTITY, args![provider.id, issuer, subject, provider.organisation_id]).await
}

/// Who has an address.
pub async fn by_email(db: &Db, organisation: OrganisationId, email_key: &str) -> DbResult<Option<Found>> {
    db.optional(BY_EMAIL, args![email_key, organisation]).await
}

/// Whether somebody has been linked with an identity at this provider already.
pub async fn is_linked(db: &Db, user: UserId, provider: ProviderId, issuer: &str) -> DbResult<bool> {
    let row: Option<(String,)> = db.optional(LINKED, args![user, provider, issuer]).await?;
    Ok(row.is_some())
}

/// Links somebody with an identity; `false` when somebody else was faster.
pub async fn link(tx: &Tx, provider: ProviderId, identity: &Identity, user: UserId, now: Instant) -> DbResult<bool> {
    once(tx.execute(LINK, args![provider, &identity.issuer, &identity.subject, user, now]).await)
}

/// Notes that an identity was used.
pub async fn touch(tx: &Tx, provider: ProviderId, identity: &Identity, now: Instant) -> DbResult<()> {
    tx.execute(TOUCH, args![provider, &identity.issuer, &identity.subject, now]).await.map(|_| ())
}

/// Forgets who somebody is at a provider; how many identities that were.
pub async fn unlink(tx: &Tx, user: UserId, provider: ProviderId) -> DbResult<u64> {
    tx.execute(UNLINK, args![user, provider]).await
}

/// The most that anybody of the organisation can be given.
pub async fn limits(db: &Db, organisation: OrganisationId) -> DbResult<Rights> {
    db.one(LIMITS, args![organisation]).await
}

/// Makes an account; `false` when somebody else was faster.
pub async fn create(
    tx: &Tx,
    user: UserId,
    (email, email_key, name): (&str, &str, &str),
    (organisation, role, rights): (OrganisationId, MembershipRole, Rights),
    now: Instant,
) -> DbResult<bool> {
    if !once(tx.execute(INSERT_USER, args![user, email, email_key, name, now]).await)? {
        return Ok(false);
    }
    people::terms::note(tx, user).await?;
    let [documents, orders, money, tickets] = reaches(rights);
    let values = args![user, organisation, role.name(), documents, orders, money, tickets, now];
    tx.execute(INSERT_MEMBERSHIP, values).await?;
    Ok(true)
}

/// Notes a logout token; `false` when it was obeyed before.
pub async fn obey(tx: &Tx, provider: ProviderId, token: &[u8], until: Instant) -> DbResult<bool> {
    once(tx.execute(OBEYED, args![provider, token, until]).await)
}

/// Forgets logout tokens that have expired.
pub async fn purge(db: &Db, now: Instant) -> DbResult<()> {
    let tx = db.begin().await?;
    tx.execute(PURGE_OBEYED, args![now]).await?;
    tx.commit().await
}

/// Ends the sessions that the provider calls by this name.
pub async fn end_session(tx: &Tx, provider: ProviderId, sid: &str, now: Instant) -> DbResult<u64> {
    tx.execute(END_PUSH, args![provider, sid]).await?;
    tx.execute(END_SESSION, args![provider, sid, now]).await
}

/// Ends all sessions that somebody has begun through the provider.
pub async fn end_sessions(tx: &Tx, provider: ProviderId, user: UserId, now: Instant) -> DbResult<u64> {
    tx.execute(END_ALL_PUSH, args![provider, user]).await?;
    tx.execute(END_SESSIONS, args![provider, user, now]).await
}

/// Whose identity it is.
pub async fn user_of(db: &Db, provider: ProviderId, issuer: &str, subject: &str) -> DbResult<Option<UserId>> {
    let row: Option<(UserId,)> = db.optional(USER_OF, args![provider, issuer, subject]).await?;
    Ok(row.map(|(id,)| id))
}
