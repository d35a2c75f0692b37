//! Telling somebody by mail that their sign-in has changed, in the transaction that changes it.

use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::UserId;
use crate::mail::{self, Button, Letter, Recipient, Template};
use crate::paths;

sql! {
    RECIPIENT = "SELECT email, name, locale FROM users WHERE id = $1";
}

/// Queues a letter to somebody about their own sign-in, with the way to where they look after it.
pub async fn owner(
    tx: &Tx,
    ctx: &Ctx,
    user: UserId,
    template: Template,
    values: Vec<(&'static str, String)>,
) -> Result<(), AppError> {
    letter(tx, ctx, user, template, values, Button::Path(paths::ACCOUNT_SECURITY.to_owned())).await
}

/// Queues a letter to somebody who cannot sign in any more, or can again.
pub async fn of_state(tx: &Tx, ctx: &Ctx, user: UserId, template: Template, button: Button) -> Result<(), AppError> {
    letter(tx, ctx, user, template, vec![], button).await
}

async fn letter(
    tx: &Tx,
    ctx: &Ctx,
    user: UserId,
    template: Template,
    values: Vec<(&'static str, String)>,
    button: Button,
) -> Result<(), AppError> {
    let (address, name, locale): (String, String, Option<Locale>) = tx.one(RECIPIENT, args![user]).await?;
    let own = ctx.actor.user_id() == Some(user);
    let locale = locale.unwrap_or(if own { ctx.locale } else { Locale::default() });
    let to = Recipient { address, name, locale };
    mail::queue(tx, ctx, Letter { template, to, values, button }).await
}
