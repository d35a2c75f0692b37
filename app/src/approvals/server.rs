//! Server functions of approvals.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "a form's fields")]

use leptos::prelude::*;

use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::{ApprovalId, DocumentId};
use crate::paths;

use super::model::{NewApproval, Say};
use super::{remind, service};

fn id_of(text: &str) -> Result<ApprovalId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The page of a document, from its id in a form.
fn page_of(id: &str, path: impl FnOnce(DocumentId) -> String, fallback: &str) -> String {
    id.parse().map_or_else(|_| fallback.to_owned(), path)
}

/// Asks for an approval of the current version.
#[server(prefix = "/_fn", endpoint = "approvals/ask")]
pub async fn ask_approval(
    #[server(default)] document: String,
    #[server(default)] version: String,
    #[server(default)] people: Vec<String>,
    #[server(default)] rule: String,
    #[server(default)] needed: String,
    #[server(default)] due: String,
    #[server(default)] message: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&document, paths::staff_document_approval, paths::STAFF_DOCUMENTS);
    let form = Form::on("approval", page)
        .value("people", people.join(","))
        .value("rule", rule.clone())
        .value("needed", needed.clone())
        .value("due", due.clone())
        .value("message", message.clone());
    act(form, async move |ctx| {
        let document: DocumentId = document.parse().map_err(|_| AppError::NotFound)?;
        service::check_asker(&ctx, document).await?;
        let wrong = |field: &str, key: &'static str| AppError::Invalid(FieldErrors::one(field, ctx.t(key)));
        let people = service::parse_people(&people).ok_or_else(|| wrong("people", "approval-error-people"))?;
        let needed = match rule.as_str() {
            "all" => i64::try_from(people.len()).unwrap_or(i64::MAX),
            "any" => 1,
            // What is no number is refused with the words for one that is too high.
            _ => needed.trim().parse().unwrap_or(0),
        };
        let due_at = service::end_of_day(&ctx, &due)?;
        let version = version.parse().map_err(|_| AppError::BadRequest("version".into()))?;
        let count = people.len();
        service::ask(&ctx, document, NewApproval { version, people, needed, due_at, message }).await?;
        let text = ctx.with("approval-asked-toast", &[("count", count.into())]);
        Ok(Done::to(paths::staff_document(document)).saying(text))
    })
    .await
}

/// Approves, or declines with a reason.
#[server(prefix = "/_fn", endpoint = "approvals/decide")]
pub async fn decide_approval(
    #[server(default)] approval: String,
    #[server(default)] document: String,
    #[server(default)] decision: String,
    #[server(default)] comment: String,
) -> Result<(), ServerFnError> {
    let approve = match decision.as_str() {
        "approve" => Some(true),
        "decline" => Some(false),
        _ => None,
    };
    let back = page_of(&document, paths::document, paths::DOCUMENTS);
    let page = if approve == Some(false) {
        page_of(&document, paths::document_decline, paths::DOCUMENTS)
    } else {
        back.clone()
    };
    act(Form::on("decision", page).value("comment", comment.clone()), async move |ctx| {
        let approve = approve.ok_or_else(|| AppError::BadRequest("decision".into()))?;
        let round = service::decide(&ctx, id_of(&approval)?, Say { approve, comment }).await;
        // A page that asks for a reason which nobody needs any more leads back to where it is said why.
        let round = match round {
            Err(AppError::Conflict(text)) => return Ok(Done::to(back).saying(text)),
            other => other?,
        };
        let key = if approve { "approval-approved-toast" } else { "approval-declined-toast" };
        Ok(Done::to(back).saying(ctx.with(key, &[("number", round.approval.version.into())])))
    })
    .await
}

/// Takes an approval back.
#[server(prefix = "/_fn", endpoint = "approvals/withdraw")]
pub async fn withdraw_approval(
    #[server(default)] approval: String,
    #[server(default)] document: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&document, paths::staff_document, paths::STAFF_DOCUMENTS);
    act(Form::on("approval", page.clone()), async move |ctx| {
        service::withdraw(&ctx, id_of(&approval)?).await?;
        Ok(Done::to(page).saying(ctx.t("approval-withdrawn-toast")))
    })
    .await
}

/// Reminds everybody who has not decided in any of these.
#[server(prefix = "/_fn", endpoint = "approvals/remind")]
pub async fn remind_approvals(
    #[server(default)] approvals: Vec<String>,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let back = paths::own_path(&return_to, paths::STAFF_APPROVALS).to_owned();
    act(Form::on("remind", back.clone()), async move |ctx| {
        let ids: Vec<ApprovalId> = approvals.iter().map(|id| id_of(id)).collect::<Result<_, _>>()?;
        if ids.is_empty() {
            crate::organisation::service::require_staff(&ctx)?;
            return Err(AppError::Conflict(ctx.t("approval-remind-none").to_owned()));
        }
        let count = remind::remind(&ctx, &ids).await?;
        Ok(Done::to(back).saying(ctx.with("approval-reminded-toast", &[("count", count.into())])))
    })
    .await
}
