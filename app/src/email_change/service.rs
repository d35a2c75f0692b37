//! Use cases of changing an address.

use crate::access::{Action, Actor, Relation, Via, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, args, is_unique_violation, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{LinkId, UserId};
use crate::invitations::invite::check_email;
use crate::links::{self, Link, Purpose};
use crate::mail::{self, Button, Letter, Recipient, Template};
use crate::paths;
use crate::people;
use crate::sign_in::service::email_key;
use crate::sign_in::{actor, proof};
use crate::time::Instant;

sql! {
    BEGIN = "INSERT INTO email_changes (user_id, email, confirm_link, agree_link, confirmed_at, agreed_at, expires_at) VALUES ($1, $2, $3, $4, NULL, NULL, $5) ON CONFLICT (user_id) DO UPDATE SET email = excluded.email, confirm_link = excluded.confirm_link, agree_link = excluded.agree_link, confirmed_at = NULL, agreed_at = NULL, expires_at = excluded.expires_at";
    OF_USER = "SELECT user_id, email, confirm_link, agree_link, confirmed_at, agreed_at, expires_at FROM email_changes WHERE user_id = $1";
    OF_LINK = "SELECT user_id, email, confirm_link, agree_link, confirmed_at, agreed_at, expires_at FROM email_changes WHERE confirm_link = $1 OR agree_link = $1";
    CONFIRM = "UPDATE email_changes SET confirmed_at = $2 WHERE user_id = $1 RETURNING confirmed_at, agreed_at";
    AGREE = "UPDATE email_changes SET agreed_at = $2 WHERE user_id = $1 RETURNING confirmed_at, agreed_at";
    FORGET = "DELETE FROM email_changes WHERE user_id = $1";
    TAKEN = "SELECT id FROM users WHERE email_key = $1";
    SET = "UPDATE users SET email = $2, email_key = $3, revision = revision + 1 WHERE id = $1";
}

/// A change that waits.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Change {
    /// Whose.
    pub user_id: UserId,
    /// The new address.
    pub email: String,
    /// The link to the new address.
    pub confirm_link: LinkId,
    /// The link to the old one.
    pub agree_link: LinkId,
    /// When the new address confirmed.
    pub confirmed_at: Option<Instant>,
    /// When the old one agreed.
    pub agreed_at: Option<Instant>,
    /// Until when both can.
    pub expires_at: Instant,
}

fn person(ctx: &Ctx) -> Result<UserId, AppError> {
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    ctx.actor.user_id().ok_or(AppError::Unauthenticated)
}

/// The change of one's own address that waits, if there is one.
pub async fn waiting(ctx: &Ctx) -> Result<Option<Change>, AppError> {
    let user = person(ctx)?;
    let change: Option<Change> = ctx.db.optional(OF_USER, args![user]).await?;
    Ok(change.filter(|change| change.expires_at > ctx.now()))
}

/// Begins a change: a link goes to each of the two addresses. One that waited is replaced. Whether the new address
/// belongs to somebody else already, only its mailbox is told.
pub async fn begin(ctx: &Ctx, email: &str) -> Result<(), AppError> {
    let user = person(ctx)?;
    proof::require(ctx)?;
    let mut errors = FieldErrors::default();
    let email = check_email(ctx, email, &mut errors);
    if errors.is_empty() && email_key(&email) == email_key(ctx.actor.email()) {
        errors.add("email", ctx.t("email-change-same"));
    }
    errors.into_result()?;
    let tx = ctx.db.begin().await?;
    for purpose in [Purpose::EmailConfirm, Purpose::EmailAgree] {
        links::end_all(&tx, user, purpose, ctx.now()).await?;
    }
    let old = ctx.actor.email();
    let confirm = links::create(&tx, Purpose::EmailConfirm, Some(user), &email, "", ctx.now()).await?;
    let agree = links::create(&tx, Purpose::EmailAgree, Some(user), old, &email, ctx.now()).await?;
    let expires_at = ctx.now().plus(Purpose::EmailConfirm.lifetime());
    tx.execute(BEGIN, args![user, &email, confirm, agree, expires_at]).await?;
    for (template, address, link) in
        [(Template::EmailConfirm, email.as_str(), confirm), (Template::EmailAgree, old, agree)]
    {
        let letter = Letter {
            template,
            to: Recipient { address: address.to_owned(), name: ctx.actor.name().to_owned(), locale: ctx.locale },
            values: vec![("address", email.clone())],
            button: Button::Link { link, path: paths::EMAIL_CHANGE.to_owned() },
        };
        mail::queue(&tx, ctx, letter).await?;
    }
    audit::record(&tx, ctx, Event::new("email_change.begin", "user", user.0)).await?;
    tx.commit().await?;
    Ok(())
}

/// Stops one's own change.
pub async fn stop(ctx: &Ctx) -> Result<(), AppError> {
    let user = person(ctx)?;
    let tx = ctx.db.begin().await?;
    forget(&tx, ctx, user).await?;
    audit::record(&tx, ctx, Event::new("email_change.stop", "user", user.0)).await?;
    tx.commit().await?;
    Ok(())
}

async fn forget(tx: &Tx, ctx: &Ctx, user: UserId) -> Result<(), AppError> {
    for purpose in [Purpose::EmailConfirm, Purpose::EmailAgree] {
        links::end_all(tx, user, purpose, ctx.now()).await?;
    }
    tx.execute(FORGET, args![user]).await?;
    Ok(())
}

/// The open link behind a secret, with the change it belongs to.
pub async fn look(ctx: &Ctx, secret: &str) -> Result<Option<(Link, Change)>, AppError> {
    for purpose in [Purpose::EmailConfirm, Purpose::EmailAgree] {
        let Some(link) = links::find(&ctx.db, secret, purpose).await? else { continue };
        if !link.is_open(ctx.now()) {
            return Ok(None);
        }
        let change: Option<Change> = ctx.db.optional(OF_LINK, args![link.id]).await?;
        return Ok(change.map(|change| (link, change)));
    }
    Ok(None)
}

/// What pressing a link's button led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Both addresses have agreed: the new one holds.
    Changed,
    /// The other address is still to be asked.
    Waits,
    /// The change was stopped.
    Stopped,
    /// The new address belongs to another login.
    Taken,
}

/// Uses a link up: agrees, or from the old address stops the change.
pub async fn answer(ctx: &Ctx, secret: &str, agree: bool) -> Result<Outcome, AppError> {
    let gone = || AppError::Conflict(ctx.t("email-change-gone").to_owned());
    let (link, change) = look(ctx, secret).await?.ok_or_else(gone)?;
    let user = change.user_id;
    let owner = actor::load(&ctx.db, user).await?.ok_or_else(gone)?;
    let ctx = &Ctx { actor: Actor::person(owner.kind, Via::Session), ..ctx.clone() };
    let tx = ctx.db.begin().await?;
    if !links::redeem(&tx, link.id, ctx.now()).await? {
        return Err(gone());
    }
    if !agree {
        forget(&tx, ctx, user).await?;
        audit::record(&tx, ctx, Event::new("email_change.stop", "user", user.0)).await?;
        tx.commit().await?;
        return Ok(Outcome::Stopped);
    }
    let statement = if link.purpose == Purpose::EmailConfirm { CONFIRM } else { AGREE };
    let (confirmed, agreed): (Option<Instant>, Option<Instant>) =
        tx.optional(statement, args![user, ctx.now()]).await?.ok_or_else(gone)?;
    if confirmed.is_none() || agreed.is_none() {
        audit::record(&tx, ctx, Event::new("email_change.agree", "user", user.0)).await?;
        tx.commit().await?;
        return Ok(Outcome::Waits);
    }
    let key = email_key(&change.email);
    let other: Option<(UserId,)> = tx.optional(TAKEN, args![&key]).await?;
    if other.is_some_and(|(id,)| id != user) {
        forget(&tx, ctx, user).await?;
        tx.commit().await?;
        return Ok(Outcome::Taken);
    }
    match tx.execute(SET, args![user, &change.email, &key]).await {
        Err(e) if is_unique_violation(&e) => return Ok(Outcome::Taken),
        other => other?,
    };
    people::terms::note(&tx, user).await?;
    forget(&tx, ctx, user).await?;
    // Links to the old address must not choose a password any more.
    for purpose in [Purpose::PasswordReset, Purpose::SignIn] {
        links::end_all(&tx, user, purpose, ctx.now()).await?;
    }
    let locale = people::locale(&tx, user).await?.unwrap_or(ctx.locale);
    for address in [ctx.actor.email(), change.email.as_str()] {
        let letter = Letter {
            template: Template::EmailChanged,
            to: Recipient { address: address.to_owned(), name: ctx.actor.name().to_owned(), locale },
            values: vec![("address", change.email.clone())],
            button: Button::None,
        };
        mail::queue(&tx, ctx, letter).await?;
    }
    audit::record(&tx, ctx, Event::new("email_change.done", "user", user.0)).await?;
    tx.commit().await?;
    Ok(Outcome::Changed)
}
