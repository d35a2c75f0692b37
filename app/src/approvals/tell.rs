//! Mails about approvals, in the transaction of the act that causes them.

use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::documents::model::Document;
use crate::error::AppError;
use crate::i18n::{Locale, format};
use crate::ids::UserId;
use crate::mail::{self, Button, Letter, Recipient, Template};
use crate::paths;

use super::model::{Approval, State};
use super::store::NewRow;

sql! {
    RECIPIENT = "SELECT email, name, locale FROM users WHERE id = $1";
}

async fn recipient(tx: &Tx, user: UserId) -> Result<Recipient, AppError> {
    let (address, name, locale): (String, String, Option<Locale>) = tx.one(RECIPIENT, args![user]).await?;
    Ok(Recipient { address, name, locale: locale.unwrap_or_default() })
}

/// Tells somebody that they are asked; `again` about a new version.
pub async fn asked(
    tx: &Tx,
    ctx: &Ctx,
    person: UserId,
    document: &Document,
    row: &NewRow<'_>,
    again: bool,
) -> Result<(), AppError> {
    let to = recipient(tx, person).await?;
    let asker = recipient(tx, row.by).await?.name;
    let due = format::date(to.locale, &ctx.portal.zone, ctx.now(), row.due_at);
    let mut values = vec![
        ("inviter", asker),
        ("title", document.title.clone()),
        ("version", row.version.to_string()),
        ("due", due),
        ("again", if again { "yes" } else { "no" }.to_owned()),
    ];
    if !row.message.is_empty() {
        values.push(("message", row.message.to_owned()));
    }
    let button = Button::Path(paths::document(document.id));
    mail::queue(tx, ctx, Letter { template: Template::ApprovalAsked, to, values, button }).await
}

/// Reminds somebody who has not decided.
pub async fn reminded(tx: &Tx, ctx: &Ctx, person: UserId, title: &str, approval: &Approval) -> Result<(), AppError> {
    let to = recipient(tx, person).await?;
    let due = format::date(to.locale, &ctx.portal.zone, ctx.now(), approval.due_at);
    let late = if approval.due_at < ctx.now() { "yes" } else { "no" };
    let values = vec![
        ("inviter", approval.asked_by_name.clone()),
        ("title", title.to_owned()),
        ("due", due),
        ("late", late.to_owned()),
    ];
    let button = Button::Path(paths::document(approval.document_id));
    mail::queue(tx, ctx, Letter { template: Template::ApprovalReminder, to, values, button }).await
}

/// Tells whoever asked what came of it.
pub async fn over(
    tx: &Tx,
    ctx: &Ctx,
    approval: &Approval,
    document: &Document,
    outcome: State,
    reason: &str,
) -> Result<(), AppError> {
    let to = recipient(tx, approval.asked_by).await?;
    let mut values = vec![
        ("title", document.title.clone()),
        ("organisation", document.organisation_name.clone()),
        ("version", approval.version.to_string()),
        ("outcome", outcome.name().to_owned()),
        ("inviter", ctx.actor.name().to_owned()),
    ];
    if !reason.is_empty() {
        values.push(("message", reason.to_owned()));
    }
    let button = Button::Path(paths::staff_document(document.id));
    mail::queue(tx, ctx, Letter { template: Template::ApprovalOver, to, values, button }).await
}
