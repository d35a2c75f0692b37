//! Telling people about requests, in the transaction of the act that causes it.

use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{Tx, args, sql};
use crate::error::AppError;
use crate::i18n::{Locale, format};
use crate::ids::{OrganisationId, RequestId, UserId};
use crate::mail::{Button, Letter, Recipient, Template};
use crate::notifications::{Kind, Notice, Object, tell, tell_all};
use crate::paths;

use super::model::Request;

sql! {
    RECIPIENT = "SELECT email, name, locale FROM users WHERE id = $1 AND state = 'active'";
    WHOSE = "SELECT organisation_id FROM document_requests WHERE id = $1";
}

/// What a customer is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Staff ask.
    Asked,
    /// It is not what was wanted.
    Fix,
    /// The day comes near.
    Soon,
    /// The day has passed.
    Late,
}

impl Why {
    const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Fix => "fix",
            Self::Soon => "soon",
            Self::Late => "late",
        }
    }

    const fn kind(self) -> Kind {
        match self {
            Self::Asked | Self::Fix => Kind::RequestAsked,
            Self::Soon | Self::Late => Kind::RequestReminder,
        }
    }
}

/// What is asked, as mails say it.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Which request.
    pub id: RequestId,
    /// What is wanted.
    pub title: &'a str,
    /// The last day in time.
    pub due_on: Day,
    /// Who asks.
    pub asked_by: &'a str,
    /// What they wrote.
    pub message: &'a str,
}

async fn recipient(tx: &Tx, user: UserId) -> Result<Option<Recipient>, AppError> {
    let row: Option<(String, String, Option<Locale>)> = tx.optional(RECIPIENT, args![user]).await?;
    Ok(row.map(|(address, name, locale)| Recipient { address, name, locale: locale.unwrap_or_default() }))
}

/// The name of somebody of staff.
pub async fn name(tx: &Tx, user: UserId) -> Result<String, AppError> {
    Ok(recipient(tx, user).await?.map(|person| person.name).unwrap_or_default())
}

/// Whose request it is.
async fn whose(tx: &Tx, id: RequestId) -> Result<OrganisationId, AppError> {
    let (organisation,): (OrganisationId,) = tx.one(WHOSE, args![id]).await?;
    Ok(organisation)
}

/// Tells people of the customer. Answers how many are told.
pub async fn customer(
    tx: &Tx,
    ctx: &Ctx,
    people: &[UserId],
    question: Question<'_>,
    why: Why,
) -> Result<usize, AppError> {
    let organisation = Some(whose(tx, question.id).await?);
    let mut count = 0;
    for person in people {
        let Some(to) = recipient(tx, *person).await? else { continue };
        let mut values = vec![
            ("inviter", question.asked_by.to_owned()),
            ("title", question.title.to_owned()),
            ("due", format::day(to.locale, question.due_on)),
            ("why", why.name().to_owned()),
        ];
        if !question.message.is_empty() {
            values.push(("message", question.message.to_owned()));
        }
        let button = Button::Path(paths::request(question.id));
        let letter = Some(Letter { template: Template::FileRequested, to, values, button });
        let object = Object::Request(question.id);
        tell(tx, ctx, Notice { kind: why.kind(), to: *person, organisation, object, letter }).await?;
        count += 1;
    }
    Ok(count)
}

/// Tells whoever was asked that it is not wanted any more.
pub async fn withdrawn(tx: &Tx, ctx: &Ctx, request: &Request, people: &[UserId]) -> Result<(), AppError> {
    let (organisation, object) = (Some(request.organisation_id), Object::Request(request.id));
    tell_all(tx, ctx, Kind::RequestWithdrawn, organisation, object, people).await
}

/// Tells whoever asked that a file has come.
pub async fn sent(
    tx: &Tx,
    ctx: &Ctx,
    asker: UserId,
    id: RequestId,
    title: &str,
    organisation: &str,
) -> Result<(), AppError> {
    let Some(to) = recipient(tx, asker).await? else { return Ok(()) };
    let values = vec![
        ("inviter", ctx.actor.name().to_owned()),
        ("title", title.to_owned()),
        ("organisation", organisation.to_owned()),
    ];
    let button = Button::Path(paths::staff_request(id));
    let letter = Some(Letter { template: Template::FileSent, to, values, button });
    let (organisation, object) = (Some(whose(tx, id).await?), Object::Request(id));
    tell(tx, ctx, Notice { kind: Kind::RequestAnswered, to: asker, organisation, object, letter }).await
}
