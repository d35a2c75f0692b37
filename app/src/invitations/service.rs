//! Use cases of the inviting side.

use uuid::Uuid;

use crate::access::{Action, MembershipRole, Relation, Rights, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, is_unique_violation};
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{InvitationId, OrganisationId};
use crate::links::{self, Purpose};
use crate::mail::{self, Button, Letter, Recipient, Template};
use crate::organisation::model::Organisation;
use crate::organisation::service as organisations;
use crate::paths;
use crate::people;
use crate::sign_in::service::email_key;
use crate::team::policy::{Invite, relation_to};
use crate::team::service as team;

use super::model::{Invitation, NewInvitation, NewStaff, State};
use super::store;

/// The longest name.
pub const NAME_LONGEST: usize = 120;
/// The longest message of the inviter.
pub const MESSAGE_LONGEST: usize = 1000;

/// A name on one line.
pub(crate) fn check_name(ctx: &Ctx, name: &str, errors: &mut FieldErrors) -> String {
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    if name.is_empty() {
        errors.add("name", ctx.t("people-error-name-missing"));
    } else if name.chars().count() > NAME_LONGEST {
        errors.add("name", ctx.with("people-error-name-long", &[("max", NAME_LONGEST.into())]));
    }
    name
}

/// An address that a mail can go to.
pub(crate) fn check_email(ctx: &Ctx, email: &str, errors: &mut FieldErrors) -> String {
    let email = email.trim().to_owned();
    if email.is_empty() {
        errors.add("email", ctx.t("people-error-email-missing"));
    } else if !people::is_address(&email) {
        errors.add("email", ctx.t("people-error-email"));
    }
    email
}

async fn invitable(ctx: &Ctx, organisation: OrganisationId) -> Result<Organisation, AppError> {
    let organisation = organisations::find(ctx, organisation).await?;
    Ok(grant::<Invite, _>(&ctx.actor, organisation)?.into_row())
}

/// Invites somebody to a customer. Whether the address has a login already makes no difference to the answer.
pub async fn invite(ctx: &Ctx, organisation: OrganisationId, new: NewInvitation) -> Result<Invitation, AppError> {
    let organisation = invitable(ctx, organisation).await?;
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return find(ctx, InvitationId(id)).await;
    }
    let mut errors = FieldErrors::default();
    let name = check_name(ctx, &new.name, &mut errors);
    let email = check_email(ctx, &new.email, &mut errors);
    let message = new.message.trim().to_owned();
    if message.chars().count() > MESSAGE_LONGEST {
        errors.add("message", ctx.with("invite-error-message-long", &[("max", MESSAGE_LONGEST.into())]));
    }
    let limits = team::limits(ctx, organisation.id, new.role).await?;
    let rights = match (new.role, new.rights) {
        (MembershipRole::Admin, _) => Rights::ALL,
        (_, Some(rights)) => {
            team::check_rights(ctx, rights, limits, &mut errors);
            rights
        }
        (_, None) => Rights::default_of(new.role).at_most(limits),
    };
    if new.role == MembershipRole::Partner && new.projects.is_empty() {
        errors.add("projects", ctx.t("invite-error-projects"));
    }
    let key = email_key(&email);
    let tx = ctx.db.begin().await?;
    if errors.get("email").is_none() {
        if store::is_member(&tx, organisation.id, &key).await? {
            errors.add("email", ctx.t("invite-error-member"));
        } else if let Some((old, expires_at)) = store::open_for(&tx, Some(organisation.id), &key).await? {
            if expires_at > ctx.now() {
                errors.add("email", ctx.t("invite-error-open"));
            } else {
                // One that ran out makes place for the new one.
                withdraw_in(&tx, ctx, old).await?;
            }
        }
    }
    errors.into_result()?;
    let link = links::create(&tx, Purpose::Invitation, None, &email, "", ctx.now()).await?;
    let id = InvitationId::new();
    let row = store::NewRow {
        id,
        organisation: Some(organisation.id),
        staff_role: None,
        email: &email,
        email_key: &key,
        name: &name,
        role: Some(new.role.name()),
        rights,
        message: &message,
        locale: new.locale,
        link,
        by: ctx.actor.user_id(),
        at: ctx.now(),
        expires_at: ctx.now().plus(Purpose::Invitation.lifetime()),
    };
    match store::insert(&tx, &row).await {
        Err(e) if is_unique_violation(&e) => {
            return Err(AppError::Invalid(FieldErrors::one("email", ctx.t("invite-error-open"))));
        }
        other => other?,
    }
    idempotency::claim(&tx, ctx, id.0, 0).await?;
    for project in &new.projects {
        if !store::add_project(&tx, id, *project, organisation.id).await? {
            return Err(AppError::Invalid(FieldErrors::one("projects", ctx.t("invite-error-project"))));
        }
    }
    let invitation = store::find(&tx, id).await?.ok_or(AppError::Internal)?;
    send(&tx, ctx, &invitation).await?;
    let event = Event::new("invitation.create", "invitation", id.0).organisation(organisation.id);
    audit::record(&tx, ctx, event.with("role", new.role.name())).await?;
    tx.commit().await?;
    Ok(invitation)
}

/// Invites somebody to the staff.
pub async fn invite_staff(ctx: &Ctx, new: NewStaff) -> Result<Invitation, AppError> {
    allow(&ctx.actor, Action::UserManage, Relation::Other, None)?;
    let mut errors = FieldErrors::default();
    let name = check_name(ctx, &new.name, &mut errors);
    let email = check_email(ctx, &new.email, &mut errors);
    let key = email_key(&email);
    let tx = ctx.db.begin().await?;
    if errors.get("email").is_none() {
        if people::find(&tx, &email).await?.is_some() {
            // Staff or customer, never both.
            errors.add("email", ctx.t("invite-error-known"));
        } else if let Some((old, expires_at)) = store::open_for(&tx, None, &key).await? {
            if expires_at > ctx.now() {
                errors.add("email", ctx.t("invite-error-open"));
            } else {
                withdraw_in(&tx, ctx, old).await?;
            }
        }
    }
    errors.into_result()?;
    let link = links::create(&tx, Purpose::Invitation, None, &email, "", ctx.now()).await?;
    let id = InvitationId::new();
    let row = store::NewRow {
        id,
        organisation: None,
        staff_role: Some(new.role.name()),
        email: &email,
        email_key: &key,
        name: &name,
        role: None,
        rights: Rights::ALL,
        message: "",
        locale: new.locale,
        link,
        by: ctx.actor.user_id(),
        at: ctx.now(),
        expires_at: ctx.now().plus(Purpose::Invitation.lifetime()),
    };
    match store::insert(&tx, &row).await {
        Err(e) if is_unique_violation(&e) => {
            return Err(AppError::Invalid(FieldErrors::one("email", ctx.t("invite-error-open"))));
        }
        other => other?,
    }
    let invitation = store::find(&tx, id).await?.ok_or(AppError::Internal)?;
    send(&tx, ctx, &invitation).await?;
    let event = Event::new("invitation.create", "invitation", id.0).with("role", new.role.name());
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(invitation)
}

/// Queues the mail with the link.
async fn send(tx: &Tx, ctx: &Ctx, invitation: &Invitation) -> Result<(), AppError> {
    let locale = invitation.locale;
    let organisation = invitation.organisation_name.clone().unwrap_or_else(|| ctx.portal.name.clone());
    // Only the mailbox learns whether its address has a login already.
    let known = people::find(tx, &invitation.email).await?.is_some();
    let letter = Letter {
        template: if known { Template::InvitationToMember } else { Template::Invitation },
        to: Recipient { address: invitation.email.clone(), name: invitation.name.clone(), locale },
        values: vec![
            ("organisation", organisation),
            ("inviter", invitation.inviter_name.clone().unwrap_or_else(|| ctx.portal.name.clone())),
            ("message", invitation.message.clone()),
        ],
        button: Button::Link { link: invitation.link_id, path: paths::INVITATION.to_owned() },
    };
    mail::queue(tx, ctx, letter).await
}

/// Whether the actor may see and change this invitation at all; one of another customer does not exist.
async fn own(ctx: &Ctx, id: InvitationId) -> Result<Invitation, AppError> {
    let invitation = store::find(&ctx.db, id).await?.ok_or(AppError::NotFound)?;
    match invitation.organisation_id {
        Some(organisation) => {
            invitable(ctx, organisation).await?;
        }
        None => allow(&ctx.actor, Action::UserManage, Relation::Other, None).map_err(|error| match error {
            AppError::Forbidden => AppError::NotFound,
            other => other,
        })?,
    }
    Ok(invitation)
}

/// One invitation.
pub async fn find(ctx: &Ctx, id: InvitationId) -> Result<Invitation, AppError> {
    own(ctx, id).await
}

fn ended(ctx: &Ctx) -> AppError {
    AppError::Conflict(ctx.t("invite-error-ended").to_owned())
}

/// Sends it again; the time begins anew.
pub async fn resend(ctx: &Ctx, id: InvitationId) -> Result<Invitation, AppError> {
    let invitation = own(ctx, id).await?;
    let tx = ctx.db.begin().await?;
    let expires_at = ctx.now().plus(Purpose::Invitation.lifetime());
    if !store::set_sent(&tx, id, ctx.now(), expires_at).await? {
        return Err(ended(ctx));
    }
    links::extend(&tx, invitation.link_id, Purpose::Invitation, ctx.now()).await?;
    send(&tx, ctx, &invitation).await?;
    let mut event = Event::new("invitation.resend", "invitation", id.0);
    if let Some(organisation) = invitation.organisation_id {
        event = event.organisation(organisation);
    }
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(Invitation { sent_at: ctx.now(), expires_at, ..invitation })
}

async fn withdraw_in(tx: &Tx, ctx: &Ctx, id: InvitationId) -> Result<(), AppError> {
    let invitation = store::find(tx, id).await?.ok_or(AppError::NotFound)?;
    if !store::end(tx, id, State::Withdrawn, ctx.now(), None).await? {
        return Err(ended(ctx));
    }
    links::end(tx, invitation.link_id, ctx.now()).await?;
    Ok(())
}

/// Takes it back: its link works no more.
pub async fn withdraw(ctx: &Ctx, id: InvitationId) -> Result<(), AppError> {
    let invitation = own(ctx, id).await?;
    let tx = ctx.db.begin().await?;
    withdraw_in(&tx, ctx, id).await?;
    let mut event = Event::new("invitation.withdraw", "invitation", id.0);
    if let Some(organisation) = invitation.organisation_id {
        event = event.organisation(organisation);
    }
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(())
}

/// A customer's invitations of every state, newest first.
pub async fn list(
    ctx: &Ctx,
    organisation: OrganisationId,
    before: Option<InvitationId>,
    limit: i64,
) -> Result<(Vec<Invitation>, bool), AppError> {
    let organisation = invitable(ctx, organisation).await?;
    let before = before.unwrap_or(InvitationId(Uuid::max()));
    let mut rows = store::list(&ctx.db, organisation.id, before, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, more))
}

/// What waits or has run out; nothing for whoever may not invite.
pub async fn waiting(ctx: &Ctx, organisation: &Organisation) -> Result<Vec<Invitation>, AppError> {
    let relation = relation_to(&ctx.actor, organisation.assigned);
    if allow(&ctx.actor, Action::MemberInvite, relation, Some(organisation.id)).is_err() {
        return Ok(Vec::new());
    }
    Ok(store::waiting(&ctx.db, organisation.id).await?)
}

/// The same for staff.
pub async fn waiting_for_staff(ctx: &Ctx) -> Result<Vec<Invitation>, AppError> {
    allow(&ctx.actor, Action::UserRead, Relation::Other, None)?;
    Ok(store::waiting_for_staff(&ctx.db).await?)
}
