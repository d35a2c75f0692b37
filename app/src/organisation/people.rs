//! Who is known at a customer: people with a login, people who are invited, and contacts without either.

use crate::access::{Action, Guarded as _, MembershipRole, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{ContactId, OrganisationId, UserId};
use crate::sign_in::service::email_key;
use crate::time::Instant;

use super::details::{Details, Edit, Seen, take};

sql! {
    MEMBERS = "SELECT u.id, u.name, u.email, m.role, m.state = 'active' AND u.state = 'active' AS active, u.last_sign_in_at, EXISTS (SELECT 1 FROM mail_problems b WHERE b.user_id = u.id AND b.address_key = u.email_key) AS mail_returns FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = $1 ORDER BY u.name, u.id LIMIT $2";
    INVITED = "SELECT i.name, i.email, i.role, i.sent_at, i.expires_at FROM invitations i WHERE i.organisation_id = $1 AND i.state = 'open' ORDER BY i.id DESC LIMIT $2";
    /// Whoever was given a login, or is invited, is no mere contact any more.
    CONTACTS = "SELECT c.id, c.name, c.email, c.phone, c.position FROM organisation_contacts c WHERE c.organisation_id = $1 AND (c.email_key = '' OR (NOT EXISTS (SELECT 1 FROM users u JOIN memberships m ON m.user_id = u.id AND m.organisation_id = $1 WHERE u.email_key = c.email_key) AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.organisation_id = $1 AND i.email_key = c.email_key AND i.state = 'open'))) ORDER BY c.name, c.id LIMIT $2";
    CONTACT = "SELECT c.id, c.name, c.email, c.phone, c.position FROM organisation_contacts c WHERE c.organisation_id = $1 AND c.id = $2";
    ADD = "INSERT INTO organisation_contacts (id, organisation_id, name, email, email_key, phone, position, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    EDIT = "UPDATE organisation_contacts SET name = $3, email = $4, email_key = $5, phone = $6, position = $7 WHERE organisation_id = $1 AND id = $2";
    REMOVE = "DELETE FROM organisation_contacts WHERE organisation_id = $1 AND id = $2";
    COUNT = "SELECT COUNT(*) AS n FROM organisation_contacts WHERE organisation_id = $1";
}

/// How many of each kind a page shows.
const SHOWN: i64 = 200;
/// How many contacts a customer can have.
const MOST: i64 = 500;

/// Somebody with a login.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Member {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Sign-in address.
    pub email: String,
    /// What they are there.
    pub role: MembershipRole,
    /// Neither they nor their membership is suspended.
    pub active: bool,
    /// Last signed in.
    pub last_sign_in_at: Option<Instant>,
    /// Mails to their address come back.
    pub mail_returns: bool,
}

/// Somebody with an open invitation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Invited {
    /// Name.
    pub name: String,
    /// The address it went to.
    pub email: String,
    /// What they will be.
    pub role: Option<MembershipRole>,
    /// When it was last sent.
    pub sent_at: Instant,
    /// Until when it works.
    pub expires_at: Instant,
}

/// Somebody the operator knows there.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Contact {
    /// Id.
    pub id: ContactId,
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// What they do; may be empty.
    pub position: String,
}

/// Everybody known at a customer.
#[derive(Clone, Debug)]
pub struct People {
    /// With a login.
    pub members: Vec<Member>,
    /// Invited.
    pub invited: Vec<Invited>,
    /// Known only.
    pub contacts: Vec<Contact>,
}

/// Everybody known at a customer that was found in scope: for staff.
pub async fn everybody(ctx: &Ctx, customer: &Details) -> Result<People, AppError> {
    super::service::require_staff(ctx)?;
    Ok(People {
        members: ctx.db.all(MEMBERS, args![customer.id, SHOWN]).await?,
        invited: ctx.db.all(INVITED, args![customer.id, SHOWN]).await?,
        contacts: contacts(ctx, customer).await?,
    })
}

/// The contacts of a customer: for staff.
pub async fn contacts(ctx: &Ctx, customer: &Details) -> Result<Vec<Contact>, AppError> {
    super::service::require_staff(ctx)?;
    Ok(ctx.db.all(CONTACTS, args![customer.id, SHOWN]).await?)
}

/// Somebody to remember.
#[derive(Clone, Debug, Default)]
pub struct NewContact {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// What they do.
    pub position: String,
}

fn checked(ctx: &Ctx, new: NewContact) -> Result<NewContact, AppError> {
    let mut errors = FieldErrors::default();
    let mut clean = |field: &str, text: &str| {
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        if text.chars().count() > 120 {
            errors.add(field, ctx.with("customers-error-long", &[("max", 120.into())]));
        }
        text
    };
    let new = NewContact {
        name: clean("contact_name", &new.name),
        email: clean("contact_email", &new.email),
        phone: clean("contact_phone", &new.phone),
        position: clean("contact_position", &new.position),
    };
    if new.name.is_empty() {
        errors.add("contact_name", ctx.t("customers-error-contact-name"));
    }
    let address = new.email.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    if !new.email.is_empty() && (!address || new.email.contains(' ')) {
        errors.add("contact_email", ctx.t("customers-error-contact-email"));
    }
    if !new.phone.chars().all(|c| c.is_ascii_digit() || "+-()/. ".contains(c)) {
        errors.add("contact_phone", ctx.t("customers-error-phone"));
    }
    errors.into_result()?;
    Ok(new)
}

/// Only staff keep contacts, with the right to change the customer's master data.
fn may(ctx: &Ctx, customer: &Details) -> Result<(), AppError> {
    super::service::require_staff(ctx)?;
    allow(&ctx.actor, Action::OrganisationEdit, customer.relation(&ctx.actor), Some(customer.id))
}

/// Remembers somebody.
pub async fn add_contact(ctx: &Ctx, id: OrganisationId, mut new: NewContact) -> Result<Contact, AppError> {
    let tx = ctx.db.begin().await?;
    let contact = add_contact_in(&tx, ctx, id, &mut new).await?;
    tx.commit().await?;
    ctx.db.optional(CONTACT, args![id, contact]).await?.ok_or(AppError::NotFound)
}

/// The same in a transaction that does more. What was typed is put in order.
pub async fn add_contact_in(
    tx: &Tx,
    ctx: &Ctx,
    id: OrganisationId,
    new: &mut NewContact,
) -> Result<ContactId, AppError> {
    let granted = take::<Edit>(tx, ctx, id, Seen::default()).await?;
    may(ctx, granted.row())?;
    *new = checked(ctx, new.clone())?;
    let (count,): (i64,) = tx.one(COUNT, args![id]).await?;
    if count >= MOST {
        return Err(AppError::Conflict(ctx.t("customers-error-contacts-full").to_owned()));
    }
    let contact = ContactId::new();
    let NewContact { name, email, phone, position } = new;
    let values = args![contact, id, &*name, &*email, email_key(email), &*phone, &*position, ctx.now()];
    tx.execute(ADD, values).await?;
    let event = Event::new("contact.create", "contact", contact.0).organisation(id);
    audit::record(tx, ctx, event).await?;
    Ok(contact)
}

/// Changes what is remembered of somebody; `false` where it is the same.
pub async fn edit_contact_in(
    tx: &Tx,
    ctx: &Ctx,
    id: OrganisationId,
    contact: ContactId,
    new: &mut NewContact,
) -> Result<bool, AppError> {
    let granted = take::<Edit>(tx, ctx, id, Seen::default()).await?;
    may(ctx, granted.row())?;
    *new = checked(ctx, new.clone())?;
    let was: Contact = tx.optional(CONTACT, args![id, contact]).await?.ok_or(AppError::NotFound)?;
    if was.is(new) {
        return Ok(false);
    }
    set_contact(tx, ctx, id, contact, new).await?;
    Ok(true)
}

async fn set_contact(
    tx: &Tx,
    ctx: &Ctx,
    id: OrganisationId,
    contact: ContactId,
    new: &NewContact,
) -> Result<(), AppError> {
    let NewContact { name, email, phone, position } = new;
    tx.execute(EDIT, args![id, contact, name, email, email_key(email), phone, position]).await?;
    let event = Event::new("contact.edit", "contact", contact.0).organisation(id);
    audit::record(tx, ctx, event).await?;
    Ok(())
}

/// Makes somebody what they were, or forgets them where they were nobody. `false`: they are not what they were left as.
pub async fn put_back(
    tx: &Tx,
    ctx: &Ctx,
    id: OrganisationId,
    contact: ContactId,
    left: &NewContact,
    was: Option<NewContact>,
) -> Result<bool, AppError> {
    let granted = take::<Edit>(tx, ctx, id, Seen::default()).await?;
    may(ctx, granted.row())?;
    let now: Option<Contact> = tx.optional(CONTACT, args![id, contact]).await?;
    if !now.is_some_and(|now| now.is(left)) {
        return Ok(false);
    }
    match was {
        Some(was) => set_contact(tx, ctx, id, contact, &was).await?,
        None => {
            tx.execute(REMOVE, args![id, contact]).await?;
            let event = Event::new("contact.delete", "contact", contact.0).organisation(id);
            audit::record(tx, ctx, event).await?;
        }
    }
    Ok(true)
}

impl Contact {
    fn is(&self, other: &NewContact) -> bool {
        let NewContact { name, email, phone, position } = other;
        (&self.name, &self.email, &self.phone, &self.position) == (name, email, phone, position)
    }
}

/// Forgets somebody.
pub async fn remove_contact(ctx: &Ctx, id: OrganisationId, contact: ContactId) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let granted = take::<Edit>(&tx, ctx, id, Seen::default()).await?;
    may(ctx, granted.row())?;
    if tx.execute(REMOVE, args![id, contact]).await? == 0 {
        // Forgotten already.
        return Ok(());
    }
    audit::record(&tx, ctx, Event::new("contact.delete", "contact", contact.0).organisation(id)).await?;
    tx.commit().await?;
    Ok(())
}
