//! Inviting somebody, to a customer or to the staff. Both are the same but for what may be given and who is asked for it.

use crate::access::{Action, MembershipRole, Relation, Rights, StaffRole, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, is_unique_violation};
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;
use crate::idempotency;
use crate::ids::{InvitationId, OrganisationId, ProjectId};
use crate::links::{self, Purpose};
use crate::people;
use crate::sign_in::proof;
use crate::sign_in::service::email_key;
use crate::team::service as team;

use super::model::{Invitation, NewInvitation, NewStaff};
use super::service::{find, invitable, send, withdraw_in};
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

/// Somebody who is asked in, as the mail will name them.
struct Guest {
    name: String,
    email: String,
    email_key: String,
    message: String,
    locale: Locale,
}

impl Guest {
    fn check(ctx: &Ctx, [name, email, message]: [&str; 3], locale: Locale, errors: &mut FieldErrors) -> Self {
        let name = check_name(ctx, name, errors);
        let email = check_email(ctx, email, errors);
        let message = message.trim().to_owned();
        if message.chars().count() > MESSAGE_LONGEST {
            errors.add("message", ctx.with("invite-error-message-long", &[("max", MESSAGE_LONGEST.into())]));
        }
        Self { name, email_key: email_key(&email), email, message, locale }
    }
}

/// What somebody is asked in to.
enum Seat {
    Customer { organisation: OrganisationId, role: MembershipRole, rights: Rights, projects: Vec<ProjectId> },
    Staff(StaffRole),
}

impl Seat {
    const fn organisation(&self) -> Option<OrganisationId> {
        match self {
            Self::Customer { organisation, .. } => Some(*organisation),
            Self::Staff(_) => None,
        }
    }
}

/// Invites somebody to a customer. Whether the address has a login already makes no difference to the answer. With an
/// `Idempotency-Key`, a repetition returns the first one.
///
/// # Errors
/// `Invalid` by field; `ProofNeeded` without a fresh proof where it makes somebody administrator.
pub async fn to_customer(ctx: &Ctx, organisation: OrganisationId, new: NewInvitation) -> Result<Invitation, AppError> {
    // Who may invite nobody learns nothing of what was invited before.
    let organisation = invitable(ctx, organisation).await?.id;
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return find(ctx, InvitationId(id)).await;
    }
    let administers = new.role == MembershipRole::Admin;
    let (guest, seat, errors) = checked(ctx, organisation, new).await?;
    if administers && errors.is_empty() {
        // As for making a colleague one.
        proof::require(ctx)?;
    }
    let tx = ctx.db.begin().await?;
    let made = create(&tx, ctx, &guest, &seat, errors).await?;
    tx.commit().await?;
    Ok(made)
}

/// The same in a transaction that does more.
///
/// # Errors
/// `Invalid` by field.
pub async fn to_customer_in(
    tx: &Tx,
    ctx: &Ctx,
    organisation: OrganisationId,
    new: NewInvitation,
) -> Result<Invitation, AppError> {
    let inside = &ctx.inside(tx);
    let organisation = invitable(inside, organisation).await?.id;
    let (guest, seat, errors) = checked(inside, organisation, new).await?;
    create(tx, ctx, &guest, &seat, errors).await
}

/// Who is asked in to what, and what is wrong with it.
async fn checked(
    ctx: &Ctx,
    organisation: OrganisationId,
    new: NewInvitation,
) -> Result<(Guest, Seat, FieldErrors), AppError> {
    let mut errors = FieldErrors::default();
    let guest = Guest::check(ctx, [&new.name, &new.email, &new.message], new.locale, &mut errors);
    let limits = team::limits(ctx, organisation, new.role).await?;
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
    Ok((guest, Seat::Customer { organisation, role: new.role, rights, projects: new.projects }, errors))
}

/// Invites somebody to the staff. With an `Idempotency-Key`, a repetition returns the first one.
///
/// # Errors
/// `Invalid` by field.
pub async fn to_staff(ctx: &Ctx, new: NewStaff) -> Result<Invitation, AppError> {
    allow(&ctx.actor, Action::UserManage, Relation::Other, None)?;
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return find(ctx, InvitationId(id)).await;
    }
    let mut errors = FieldErrors::default();
    let guest = Guest::check(ctx, [&new.name, &new.email, &new.message], new.locale, &mut errors);
    let Some(role) = new.role else {
        errors.add("role", ctx.t("users-error-role"));
        return Err(AppError::Invalid(errors));
    };
    let tx = ctx.db.begin().await?;
    let made = create(&tx, ctx, &guest, &Seat::Staff(role), errors).await?;
    tx.commit().await?;
    Ok(made)
}

/// Whether there is place for the guest: not where they belong already, and one open invitation at a time.
async fn make_place(
    tx: &Tx,
    ctx: &Ctx,
    guest: &Guest,
    organisation: Option<OrganisationId>,
    errors: &mut FieldErrors,
) -> Result<(), AppError> {
    let taken = match organisation {
        Some(organisation) => {
            store::is_member(tx, organisation, &guest.email_key).await?.then(|| ctx.t("invite-error-member"))
        }
        // Staff or customer, never both.
        None => people::find(tx, &guest.email).await?.map(|_| ctx.t("invite-error-known")),
    };
    if let Some(text) = taken {
        errors.add("email", text);
    } else if let Some((old, expires_at)) = store::open_for(tx, organisation, &guest.email_key).await? {
        if expires_at > ctx.now() {
            errors.add("email", ctx.t("invite-error-open"));
        } else {
            // One that ran out makes place for the new one.
            withdraw_in(tx, ctx, old).await?;
        }
    }
    Ok(())
}

/// Writes the invitation and queues its mail, if nothing is wrong with it.
async fn create(
    tx: &Tx,
    ctx: &Ctx,
    guest: &Guest,
    seat: &Seat,
    mut errors: FieldErrors,
) -> Result<Invitation, AppError> {
    let organisation = seat.organisation();
    if errors.get("email").is_none() {
        make_place(tx, ctx, guest, organisation, &mut errors).await?;
    }
    errors.into_result()?;
    let link = links::create(tx, Purpose::Invitation, None, &guest.email, "", ctx.now()).await?;
    let id = InvitationId::new();
    let (staff_role, role, rights) = match seat {
        Seat::Customer { role, rights, .. } => (None, Some(role.name()), *rights),
        Seat::Staff(role) => (Some(role.name()), None, Rights::ALL),
    };
    let row = store::NewRow {
        id,
        organisation,
        staff_role,
        email: &guest.email,
        email_key: &guest.email_key,
        name: &guest.name,
        role,
        rights,
        message: &guest.message,
        locale: guest.locale,
        link,
        by: ctx.actor.user_id(),
        at: ctx.now(),
        expires_at: ctx.now().plus(Purpose::Invitation.lifetime()),
    };
    match store::insert(tx, &row).await {
        Err(e) if is_unique_violation(&e) => {
            return Err(AppError::Invalid(FieldErrors::one("email", ctx.t("invite-error-open"))));
        }
        other => other?,
    }
    idempotency::claim(tx, ctx, id.0, 0).await?;
    if let Seat::Customer { organisation, projects, .. } = seat {
        for project in projects {
            if !store::add_project(tx, id, *project, *organisation).await? {
                return Err(AppError::Invalid(FieldErrors::one("projects", ctx.t("invite-error-project"))));
            }
        }
    }
    let invitation = store::find(tx, id).await?.ok_or(AppError::Internal)?;
    send(tx, ctx, &invitation).await?;
    let mut event = Event::new("invitation.create", "invitation", id.0);
    if let Some(organisation) = organisation {
        event = event.organisation(organisation);
    }
    audit::record(tx, ctx, event.with("role", role.or(staff_role).unwrap_or_default())).await?;
    Ok(invitation)
}
