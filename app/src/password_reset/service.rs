//! Use cases of a forgotten password.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::access::{Actor, Via};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;
use crate::ids::UserId;
use crate::jobs::{self, Kind, New};
use crate::links::{self, Link, Purpose};
use crate::mail::{self, Button, Letter, Recipient, Template};
use crate::sign_in::service::email_key;
use crate::sign_in::{actor, password, throttle};
use crate::{paths, people};

sql! {
    PERSON = "SELECT id, email, name, locale FROM users WHERE email_key = $1 AND state = 'active'";
    END_SESSIONS = "UPDATE sessions SET ended_at = $2, data = '{}' WHERE user_id = $1 AND ended_at IS NULL";
}

/// What the job needs to know. The address is what somebody typed, and the job is forgotten when it is done.
#[derive(Debug, Serialize, Deserialize)]
pub struct Asked {
    /// As [`email_key`] makes it.
    email: String,
}

impl Asked {
    /// The address as it is compared.
    pub fn email_key(&self) -> &str {
        &self.email
    }
}

/// Asks for a link. The answer is the same whoever asks and for whatever address.
pub async fn ask(ctx: &Ctx, email: &str, sender: IpAddr) -> Result<(), AppError> {
    enqueue(ctx, Kind::PasswordReset, email, sender).await
}

/// The same for the link that signs in.
pub(crate) async fn enqueue(ctx: &Ctx, kind: Kind, email: &str, sender: IpAddr) -> Result<(), AppError> {
    if email.trim().is_empty() {
        return Err(AppError::Invalid(FieldErrors::one("email", ctx.t("people-error-email-missing"))));
    }
    if !people::is_address(email.trim()) {
        return Err(AppError::Invalid(FieldErrors::one("email", ctx.t("people-error-email"))));
    }
    let key = email_key(email);
    // Counted apart from sign-in: asking for mail must not lock anybody out of their password.
    let subjects = throttle::Subjects::new(&format!("{} {key}", kind.name()), sender);
    throttle::attempt(&ctx.db, &subjects, ctx.now()).await?;
    let payload = serde_json::to_value(Asked { email: key.clone() }).map_err(|_| AppError::Internal)?;
    let tx = ctx.db.begin().await?;
    jobs::enqueue(&tx, ctx, New::new(kind, payload).once(format!("{} {key}", kind.name()))).await?;
    tx.commit().await?;
    Ok(())
}

/// The job: writes to the person of the address, if there is one.
pub async fn answer(ctx: &Ctx, asked: Asked) -> Result<(), AppError> {
    let row: Option<(UserId, String, String, Option<Locale>)> = ctx.db.optional(PERSON, args![asked.email]).await?;
    let Some((user, email, name, locale)) = row else { return Ok(()) };
    let tx = ctx.db.begin().await?;
    links::end_all(&tx, user, Purpose::PasswordReset, ctx.now()).await?;
    let link = links::create(&tx, Purpose::PasswordReset, Some(user), &email, "", ctx.now()).await?;
    let letter = Letter {
        template: Template::PasswordReset,
        to: Recipient { address: email, name, locale: locale.unwrap_or_default() },
        values: vec![],
        button: Button::Link { link, path: paths::PASSWORD_RESET_NEW.to_owned() },
    };
    mail::queue(&tx, ctx, letter).await?;
    audit::record(&tx, ctx, Event::new("password_reset.ask", "user", user.0)).await?;
    tx.commit().await?;
    Ok(())
}

/// The link, if its button would work.
pub async fn look(ctx: &Ctx, secret: &str) -> Result<Option<Link>, AppError> {
    let link = links::find(&ctx.db, secret, Purpose::PasswordReset).await?;
    Ok(link.filter(|link| link.is_open(ctx.now())))
}

/// Sets the new password and ends every session of the person. The second of two who press the button finds the link
/// used.
pub async fn choose(ctx: &Ctx, secret: &str, new: &str) -> Result<UserId, AppError> {
    let gone = || AppError::Conflict(ctx.t("reset-gone").to_owned());
    let link = look(ctx, secret).await?.ok_or_else(gone)?;
    let user = link.user_id.ok_or_else(gone)?;
    let person = actor::load(&ctx.db, user).await?.ok_or_else(gone)?;
    let as_person = Ctx { actor: Actor::person(person.kind, Via::Session), ..ctx.clone() };
    let local = link.email.split('@').next().unwrap_or_default();
    let portal = ctx.portal.name.get();
    let context = [local, as_person.actor.name(), portal.as_str()];
    if let Some(reason) = password::refuse(new, &context) {
        return Err(AppError::Invalid(FieldErrors::one("password", reason)));
    }
    let hash = password::hash(new).await?;
    let tx = ctx.db.begin().await?;
    if !links::redeem(&tx, link.id, ctx.now()).await? {
        return Err(gone());
    }
    tx.execute(END_SESSIONS, args![user, ctx.now()]).await?;
    let locale = people::locale(&tx, user).await?.unwrap_or(ctx.locale);
    let letter = Letter {
        template: Template::PasswordChanged,
        to: Recipient { address: as_person.actor.email().to_owned(), name: as_person.actor.name().to_owned(), locale },
        values: vec![],
        button: Button::Path(paths::SIGN_IN.to_owned()),
    };
    mail::queue(&tx, &as_person, letter).await?;
    people::set_password(&tx, &as_person, user, &hash).await?;
    tx.commit().await?;
    Ok(user)
}
