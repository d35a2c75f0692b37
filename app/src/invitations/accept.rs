//! Use cases of the invited side. Looking at an invitation changes nothing; joining uses its link up.

use crate::access::{Actor, Via};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, Value, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;
use crate::ids::{OrganisationId, UserId};
use crate::links::{self, Purpose};
use crate::people;
use crate::sign_in::assurance::Method;
use crate::sign_in::establish::{self, Begun};
use crate::sign_in::{actor, password};
use crate::team::store as team;
use crate::view_as;

use super::invite::check_name;
use super::model::{Invitation, State};
use super::store;

sql! {
    PERSON = "SELECT id, staff_role IS NOT NULL AS staff, state = 'active' AS active FROM users WHERE email_key = $1";
    INSERT = "INSERT INTO users (id, email, email_key, name, staff_role, state, locale, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, $8) ON CONFLICT (email_key) DO NOTHING";
}

/// What somebody who opened a link finds.
#[derive(Debug)]
pub enum Look {
    /// No such link: mistyped, cut off by the mail program, or long gone.
    Unknown,
    /// It was accepted.
    Accepted(Box<Invitation>),
    /// It was taken back.
    Withdrawn(Box<Invitation>),
    /// It waited too long.
    Expired(Box<Invitation>),
    /// The customer is not served any more, or the sign-in of this address is suspended.
    Closed(Box<Invitation>),
    /// Somebody with another address is signed in.
    OtherPerson(Box<Invitation>),
    /// It waits for somebody who has a login: they just join.
    Member(Box<Invitation>),
    /// It waits for somebody new.
    Newcomer(Box<Invitation>),
}

#[derive(Clone, Copy)]
struct Known {
    id: UserId,
    staff: bool,
    active: bool,
}

async fn known(db: &crate::db::Db, email_key: &str) -> Result<Option<Known>, AppError> {
    let row: Option<(UserId, bool, bool)> = db.optional(PERSON, args![email_key]).await?;
    Ok(row.map(|(id, staff, active)| Known { id, staff, active }))
}

/// Looks at the invitation of a link.
pub async fn look(ctx: &Ctx, secret: &str) -> Result<Look, AppError> {
    let Some(link) = links::find(&ctx.db, secret, Purpose::Invitation).await? else { return Ok(Look::Unknown) };
    let Some(invitation) = store::by_link(&ctx.db, link.id).await? else { return Ok(Look::Unknown) };
    let invitation = Box::new(invitation);
    match invitation.state {
        State::Accepted => return Ok(Look::Accepted(invitation)),
        State::Withdrawn => return Ok(Look::Withdrawn(invitation)),
        State::Open if !invitation.is_open(ctx.now()) || !link.is_open(ctx.now()) => {
            return Ok(Look::Expired(invitation));
        }
        State::Open => {}
    }
    let person = known(&ctx.db, &invitation.email_key).await?;
    // Staff or customer, never both.
    let fits = person.is_none_or(|p| p.active && !p.staff && invitation.organisation_id.is_some());
    if invitation.organisation_active == Some(false) || !fits {
        return Ok(Look::Closed(invitation));
    }
    let signed_in = ctx.actor.user_id();
    if signed_in.is_some() && signed_in != person.map(|p| p.id) {
        return Ok(Look::OtherPerson(invitation));
    }
    Ok(if person.is_some() { Look::Member(invitation) } else { Look::Newcomer(invitation) })
}

/// What a newcomer enters.
#[derive(Clone, Debug, Default)]
pub struct Newcomer {
    /// Their name, as they write it.
    pub name: String,
    /// A password.
    pub password: String,
    /// They want to sign in with a passkey only, and make it next.
    pub passkey: bool,
    /// The language they read the page in.
    pub locale: Locale,
}

/// Who joined.
#[derive(Clone, Debug)]
pub enum Joined {
    /// Somebody who had no login before: this browser is signed in at once.
    New(Begun),
    /// Somebody with a login.
    Member {
        /// It is they who are signed in here.
        signed_in: bool,
        /// What they joined.
        organisation: Option<OrganisationId>,
    },
}

/// Joins. Two who press the button at once: one joins, the other finds the invitation used.
pub async fn accept(ctx: &Ctx, secret: &str, newcomer: Newcomer) -> Result<Joined, AppError> {
    let (invitation, new) = match look(ctx, secret).await? {
        Look::Member(invitation) => (invitation, false),
        Look::Newcomer(invitation) => (invitation, true),
        // The page says why.
        _ => return Err(AppError::Conflict(ctx.t("invitation-gone").to_owned())),
    };
    let mut errors = FieldErrors::default();
    let mut hash = None;
    let mut name = String::new();
    if new {
        name = check_name(ctx, &newcomer.name, &mut errors);
        if !newcomer.passkey {
            let local = invitation.email.split('@').next().unwrap_or_default();
            let portal = ctx.portal.name.get();
            let context = [local, name.as_str(), portal.as_str()];
            if let Some(reason) = password::refuse(&newcomer.password, &context) {
                errors.add("password", reason);
            }
        }
        errors.into_result()?;
        if !newcomer.passkey {
            hash = Some(password::hash(&newcomer.password).await?);
        }
    }
    let tx = ctx.db.begin().await?;
    // First, so that the second of two waits here and finds it used.
    let used = links::redeem(&tx, invitation.link_id, ctx.now()).await?;
    if let Some(organisation) = invitation.organisation_id {
        // What it may have at most does not change before this is written.
        team::lock(&tx, organisation).await?;
    }
    let user = if used { person(&tx, ctx, &invitation, &name, hash, newcomer.locale).await? } else { None };
    let Some((user_id, created)) = user else {
        return Err(AppError::Conflict(ctx.t("invitation-gone").to_owned()));
    };
    store::end(&tx, invitation.id, State::Accepted, ctx.now(), Some(user_id)).await?;
    store::join(&tx, &invitation, user_id, ctx.now()).await?;
    // Whoever looks as them must have to do with every customer they belong to.
    view_as::recheck(&tx, ctx).await?;
    let person = actor::load(&tx, user_id).await?.ok_or(AppError::NotFound)?;
    let as_person = Ctx { actor: Actor::person(person.kind, Via::Session), ..ctx.clone() };
    let mut event = Event::new("invitation.accept", "invitation", invitation.id.0).with("user", user_id);
    if let Some(organisation) = invitation.organisation_id {
        event = event.organisation(organisation);
    }
    audit::record(&tx, &as_person, event).await?;
    // Somebody new has shown with the mail whose address it is, which is all there is to show yet.
    let begun = if created { Some(establish::begin(&tx, ctx, user_id, Method::MailLink).await?) } else { None };
    tx.commit().await?;
    let signed_in = ctx.actor.user_id() == Some(user_id);
    Ok(begun.map_or(Joined::Member { signed_in, organisation: invitation.organisation_id }, Joined::New))
}

/// The person of the invitation's address: found, or made. `None` when somebody unfit was faster.
async fn person(
    tx: &Tx,
    ctx: &Ctx,
    invitation: &Invitation,
    name: &str,
    hash: Option<String>,
    locale: Locale,
) -> Result<Option<(UserId, bool)>, AppError> {
    let id = UserId::new();
    let staff = Value::Text(invitation.staff_role.map(|role| role.name().to_owned()));
    if !name.is_empty() {
        let values =
            args![id, &invitation.email, &invitation.email_key, name, staff, locale, Value::Text(hash), ctx.now()];
        if tx.execute(INSERT, values).await? == 1 {
            people::terms::note(tx, id).await?;
            return Ok(Some((id, true)));
        }
    }
    let found: Option<(UserId, bool, bool)> = tx.optional(PERSON, args![&invitation.email_key]).await?;
    let fits = |(_, staff, active): &(UserId, bool, bool)| !staff && *active && invitation.organisation_id.is_some();
    Ok(found.filter(fits).map(|(id, ..)| (id, false)))
}
