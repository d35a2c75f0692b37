//! Use cases of the inviting side, once somebody is invited: seeing, sending again, taking back.

use uuid::Uuid;

use crate::access::{Action, Relation, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::AppError;
use crate::ids::{InvitationId, OrganisationId};
use crate::links::{self, Purpose};
use crate::mail::{self, Button, Letter, Recipient, Template};
use crate::organisation::model::Organisation;
use crate::organisation::service as organisations;
use crate::paths;
use crate::people;
use crate::team::policy::{Invite, relation_to};

use super::model::{Invitation, State};
use super::store;

pub(super) async fn invitable(ctx: &Ctx, organisation: OrganisationId) -> Result<Organisation, AppError> {
    let organisation = organisations::find(ctx, organisation).await?;
    Ok(grant::<Invite, _>(&ctx.actor, organisation)?.into_row())
}

/// Queues the mail with the link.
pub(super) async fn send(tx: &Tx, ctx: &Ctx, invitation: &Invitation) -> Result<(), AppError> {
    let locale = invitation.locale;
    let organisation = invitation.organisation_name.clone().unwrap_or_else(|| ctx.portal.name.get());
    // Only the mailbox learns whether its address has a login already.
    let known = people::find(tx, &invitation.email).await?.is_some();
    let letter = Letter {
        template: if known { Template::InvitationToMember } else { Template::Invitation },
        to: Recipient { address: invitation.email.clone(), name: invitation.name.clone(), locale },
        values: vec![
            ("organisation", organisation),
            ("inviter", invitation.inviter_name.clone().unwrap_or_else(|| ctx.portal.name.get())),
            ("message", invitation.message.clone()),
        ],
        button: Button::Link { link: invitation.link_id, path: paths::INVITATION.to_owned() },
    };
    mail::queue(tx, ctx, letter).await
}

/// One invitation. One of a customer that the actor may not invite to does not exist, and neither does one to the staff
/// for whoever may not see users.
pub async fn find(ctx: &Ctx, id: InvitationId) -> Result<Invitation, AppError> {
    let invitation = store::find(&ctx.db, id).await?.ok_or(AppError::NotFound)?;
    match invitation.organisation_id {
        Some(organisation) => {
            invitable(ctx, organisation).await?;
        }
        None => allow(&ctx.actor, Action::UserRead, Relation::Other, None).map_err(|error| match error {
            AppError::Forbidden => AppError::NotFound,
            other => other,
        })?,
    }
    Ok(invitation)
}

/// The same for whoever means to change it.
async fn own(ctx: &Ctx, id: InvitationId) -> Result<Invitation, AppError> {
    let invitation = find(ctx, id).await?;
    if invitation.organisation_id.is_none() {
        allow(&ctx.actor, Action::UserManage, Relation::Other, None)?;
    }
    Ok(invitation)
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

pub(super) async fn withdraw_in(tx: &Tx, ctx: &Ctx, id: InvitationId) -> Result<(), AppError> {
    let invitation = store::find(tx, id).await?.ok_or(AppError::NotFound)?;
    if !store::end(tx, id, State::Withdrawn, ctx.now(), None).await? {
        return Err(ended(ctx));
    }
    links::end(tx, invitation.link_id, ctx.now()).await?;
    Ok(())
}

/// Takes one back in a transaction that does more; `false` where it waits no more.
pub async fn withdraw_open(tx: &Tx, ctx: &Ctx, id: InvitationId) -> Result<bool, AppError> {
    let Some(invitation) = store::find(tx, id).await?.filter(|invitation| invitation.state == State::Open) else {
        return Ok(false);
    };
    let organisation = invitation.organisation_id.ok_or(AppError::NotFound)?;
    invitable(ctx, organisation).await?;
    withdraw_in(tx, ctx, id).await?;
    let event = Event::new("invitation.withdraw", "invitation", id.0).organisation(organisation);
    audit::record(tx, ctx, event).await?;
    Ok(true)
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

/// The rows of a page out of one more than it holds, and whether there are more.
fn page(mut rows: Vec<Invitation>, limit: i64) -> (Vec<Invitation>, bool) {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    (rows, more)
}

/// A customer's invitations of every state, newest first, and whether there are more.
pub async fn list(
    ctx: &Ctx,
    organisation: OrganisationId,
    before: Option<InvitationId>,
    limit: i64,
) -> Result<(Vec<Invitation>, bool), AppError> {
    let organisation = invitable(ctx, organisation).await?;
    let before = before.unwrap_or(InvitationId(Uuid::max()));
    Ok(page(store::list(&ctx.db, organisation.id, before, limit + 1).await?, limit))
}

/// The same of invitations to the staff.
pub async fn list_of_staff(
    ctx: &Ctx,
    before: Option<InvitationId>,
    limit: i64,
) -> Result<(Vec<Invitation>, bool), AppError> {
    allow(&ctx.actor, Action::UserRead, Relation::Other, None)?;
    let before = before.unwrap_or(InvitationId(Uuid::max()));
    Ok(page(store::list_of_staff(&ctx.db, before, limit + 1).await?, limit))
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
