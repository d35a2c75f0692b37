//! Use cases of signing in with a link.

use std::net::IpAddr;

use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::UserId;
use crate::jobs::Kind;
use crate::links::{self, Link, Purpose};
use crate::mail::{self, Button, Letter, Recipient, Template};
use crate::password_reset::service::{Asked, enqueue};
use crate::paths;
use crate::sign_in::assurance::Method;
use crate::sign_in::establish::{self, Begun};

sql! {
    /// Somebody of a customer that allows it.
    PERSON = "SELECT u.id, u.email, u.name, u.locale FROM users u WHERE u.email_key = $1 AND u.state = 'active' AND u.staff_role IS NULL AND EXISTS (SELECT 1 FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = u.id AND m.state = 'active' AND o.state = 'active' AND o.magic_links)";
    /// Whether any customer allows it: whether the sign-in page offers it.
    OFFERED = "SELECT EXISTS (SELECT 1 FROM organisations WHERE magic_links AND state = 'active') AS offered";
    ALLOWED = "SELECT EXISTS (SELECT 1 FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = $1 AND m.state = 'active' AND o.state = 'active' AND o.magic_links) AS allowed";
}

/// Whether any customer allows it.
pub async fn offered(ctx: &Ctx) -> Result<bool, AppError> {
    let (offered,): (bool,) = ctx.db.one(OFFERED, args![]).await?;
    Ok(offered)
}

/// Asks for a link. The answer is the same for every address.
pub async fn ask(ctx: &Ctx, email: &str, sender: IpAddr) -> Result<(), AppError> {
    enqueue(ctx, Kind::SignInLink, email, sender).await
}

/// The job: writes to the person of the address, if there is one and their organisation allows it.
pub async fn answer(ctx: &Ctx, asked: Asked) -> Result<(), AppError> {
    let row: Option<(UserId, String, String, Option<Locale>)> =
        ctx.db.optional(PERSON, args![asked.email_key()]).await?;
    let Some((user, email, name, locale)) = row else { return Ok(()) };
    let tx = ctx.db.begin().await?;
    links::end_all(&tx, user, Purpose::SignIn, ctx.now()).await?;
    let link = links::create(&tx, Purpose::SignIn, Some(user), &email, "", ctx.now()).await?;
    let letter = Letter {
        template: Template::SignInLink,
        to: Recipient { address: email, name, locale: locale.unwrap_or_default() },
        values: vec![],
        button: Button::Link { link, path: paths::SIGN_IN_LINK_OPEN.to_owned() },
    };
    mail::queue(&tx, ctx, letter).await?;
    tx.commit().await?;
    Ok(())
}

/// The link, if its button would work.
pub async fn look(ctx: &Ctx, secret: &str) -> Result<Option<Link>, AppError> {
    let link = links::find(&ctx.db, secret, Purpose::SignIn).await?;
    Ok(link.filter(|link| link.is_open(ctx.now())))
}

/// Uses the link up and begins the sign-in. Whether the organisation still allows it is asked now, not when the mail
/// went out.
pub async fn redeem(ctx: &Ctx, secret: &str) -> Result<Begun, AppError> {
    let gone = || AppError::Conflict(ctx.t("sign-in-link-gone").to_owned());
    let link = look(ctx, secret).await?.ok_or_else(gone)?;
    let user = link.user_id.ok_or_else(gone)?;
    let tx = ctx.db.begin().await?;
    let (allowed,): (bool,) = tx.one(ALLOWED, args![user]).await?;
    if !allowed || !links::redeem(&tx, link.id, ctx.now()).await? {
        return Err(gone());
    }
    let begun = establish::begin(&tx, ctx, user, Method::MailLink).await.map_err(|error| match error {
        AppError::NotFound => gone(),
        other => other,
    })?;
    tx.commit().await?;
    Ok(begun)
}
