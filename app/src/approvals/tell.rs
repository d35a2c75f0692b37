//! Telling people about approvals, in the transaction of the act that causes it.

use jiff::tz::TimeZone;

use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::documents::model::Document;
use crate::error::AppError;
use crate::i18n::{Locale, format};
use crate::ids::UserId;
use crate::mail::{Button, Letter, Recipient, Template};
use crate::notifications::{Kind, Notice, Object, tell, tell_all};
use crate::paths;
use crate::time::Instant;

use super::model::{Approval, State};
use super::store::NewRow;

sql! {
    RECIPIENT = "SELECT email, name, locale, time_zone FROM users WHERE id = $1";
}

/// Whom a letter goes to, and where they live.
struct Reader {
    to: Recipient,
    zone: TimeZone,
}

impl Reader {
    async fn find(tx: &Tx, ctx: &Ctx, user: UserId) -> Result<Self, AppError> {
        let row: (String, String, Option<Locale>, Option<String>) = tx.one(RECIPIENT, args![user]).await?;
        let (address, name, locale, zone) = row;
        // A day is a day where the reader lives.
        let zone = zone.and_then(|name| TimeZone::get(&name).ok()).unwrap_or_else(|| ctx.portal.zone.clone());
        Ok(Self { to: Recipient { address, name, locale: locale.unwrap_or_default() }, zone })
    }

    fn date(&self, ctx: &Ctx, at: Instant) -> String {
        format::date(self.to.locale, &self.zone, ctx.now(), at)
    }
}

/// What people are asked, as letters say it.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    by: UserId,
    version: i64,
    due_at: Instant,
    message: &'a str,
}

impl<'a> From<&'a NewRow<'a>> for Question<'a> {
    fn from(row: &'a NewRow<'a>) -> Self {
        Self { by: row.by, version: row.version, due_at: row.due_at, message: row.message }
    }
}

impl<'a> From<&'a Approval> for Question<'a> {
    fn from(approval: &'a Approval) -> Self {
        let Approval { asked_by, version, due_at, message, .. } = approval;
        Self { by: *asked_by, version: *version, due_at: *due_at, message }
    }
}

/// Why somebody is asked just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Staff have asked.
    Asked,
    /// There is a new version of what they were asked about.
    NewVersion,
    /// Whoever decides before them has approved.
    NextStep,
}

impl Why {
    const fn name(self) -> &'static str {
        match self {
            Self::Asked => "no",
            Self::NewVersion => "yes",
            Self::NextStep => "next",
        }
    }
}

/// Tells people that they are asked.
pub async fn asked(
    tx: &Tx,
    ctx: &Ctx,
    people: &[UserId],
    document: &Document,
    question: Question<'_>,
    why: Why,
) -> Result<(), AppError> {
    let asker = Reader::find(tx, ctx, question.by).await?.to.name;
    for person in people {
        letter(tx, ctx, *person, document, question, (&asker, why.name(), question.message)).await?;
    }
    Ok(())
}

/// Tells somebody that a colleague has handed their decision on to them, with a note.
pub async fn delegated(
    tx: &Tx,
    ctx: &Ctx,
    person: UserId,
    document: &Document,
    question: Question<'_>,
    note: &str,
) -> Result<(), AppError> {
    letter(tx, ctx, person, document, question, (ctx.actor.name(), "delegated", note)).await
}

async fn letter(
    tx: &Tx,
    ctx: &Ctx,
    person: UserId,
    document: &Document,
    question: Question<'_>,
    (inviter, again, message): (&str, &str, &str),
) -> Result<(), AppError> {
    let reader = Reader::find(tx, ctx, person).await?;
    let mut values = vec![
        ("inviter", inviter.to_owned()),
        ("title", document.title.clone()),
        ("version", question.version.to_string()),
        ("due", reader.date(ctx, question.due_at)),
        ("again", again.to_owned()),
    ];
    if !message.is_empty() {
        values.push(("message", message.to_owned()));
    }
    let button = Button::Path(paths::document(document.id));
    let letter = Letter { template: Template::ApprovalAsked, to: reader.to, values, button };
    tell(tx, ctx, notice(Kind::ApprovalAsked, person, document, letter)).await
}

fn notice(kind: Kind, to: UserId, document: &Document, letter: Letter) -> Notice {
    let (organisation, object) = (Some(document.organisation_id), Object::Document(document.id));
    Notice { kind, to, organisation, object, letter: Some(letter) }
}

/// Reminds somebody who has not decided.
pub async fn reminded(
    tx: &Tx,
    ctx: &Ctx,
    person: UserId,
    document: &Document,
    approval: &Approval,
) -> Result<(), AppError> {
    let reader = Reader::find(tx, ctx, person).await?;
    let late = if approval.due_at < ctx.now() { "yes" } else { "no" };
    let values = vec![
        ("inviter", approval.asked_by_name.clone()),
        ("title", document.title.clone()),
        ("due", reader.date(ctx, approval.due_at)),
        ("late", late.to_owned()),
    ];
    let button = Button::Path(paths::document(approval.document_id));
    let letter = Letter { template: Template::ApprovalReminder, to: reader.to, values, button };
    tell(tx, ctx, notice(Kind::ApprovalReminder, person, document, letter)).await
}

/// Tells whoever was asked and has not decided that they need not any more.
pub async fn withdrawn(tx: &Tx, ctx: &Ctx, approval: &Approval, people: &[UserId]) -> Result<(), AppError> {
    let (organisation, object) = (Some(approval.organisation_id), Object::Document(approval.document_id));
    tell_all(tx, ctx, Kind::ApprovalWithdrawn, organisation, object, people).await
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
    let to = Reader::find(tx, ctx, approval.asked_by).await?.to;
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
    let letter = Letter {
        template: Template::ApprovalOver,
        to,
        values,
        button: Button::Path(paths::staff_document(document.id)),
    };
    tell(tx, ctx, notice(Kind::ApprovalOver, approval.asked_by, document, letter)).await
}
