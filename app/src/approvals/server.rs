//! Server functions of approvals.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "a form's fields")]

use leptos::prelude::*;

use crate::access::MembershipRole;
use crate::ctx::Ctx;
use crate::documents::service as documents;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::{ApprovalId, DocumentId, UserId};
use crate::paths;

use super::ask::field;
use super::model::{NewApproval, NewStep, Say};
use super::{remind, service};

fn id_of(text: &str) -> Result<ApprovalId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The page of a document, from its id in a form.
fn page_of(id: &str, path: impl FnOnce(DocumentId) -> String, fallback: &str) -> String {
    id.parse().map_or_else(|_| fallback.to_owned(), path)
}

/// Asks for an approval of the current version, in up to three steps.
#[server(prefix = "/_fn", endpoint = "approvals/ask")]
pub async fn ask_approval(
    #[server(default)] document: String,
    #[server(default)] version: String,
    #[server(default)] who: String,
    #[server(default)] people: Vec<String>,
    #[server(default)] rule: String,
    #[server(default)] needed: String,
    #[server(default)] who2: String,
    #[server(default)] people2: Vec<String>,
    #[server(default)] rule2: String,
    #[server(default)] needed2: String,
    #[server(default)] who3: String,
    #[server(default)] people3: Vec<String>,
    #[server(default)] rule3: String,
    #[server(default)] needed3: String,
    #[server(default)] due: String,
    #[server(default)] message: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&document, paths::staff_document_approval, paths::STAFF_DOCUMENTS);
    // The first step is there even where nothing says so.
    let who = if who.is_empty() { "people".to_owned() } else { who };
    let steps = [(who, people, rule, needed), (who2, people2, rule2, needed2), (who3, people3, rule3, needed3)];
    let mut form = Form::on("approval", page).value("due", due.clone()).value("message", message.clone());
    for (at, (who, people, rule, needed)) in steps.iter().enumerate() {
        form = form
            .value(&field("who", at), who.clone())
            .value(&field("people", at), people.join(","))
            .value(&field("rule", at), rule.clone())
            .value(&field("needed", at), needed.clone());
    }
    act(form, async move |ctx| {
        let document: DocumentId = document.parse().map_err(|_| AppError::NotFound)?;
        service::check_asker(&ctx, document).await?;
        let mut asked = Vec::new();
        for (at, (who, people, rule, needed)) in steps.iter().enumerate().filter(|(_, step)| !step.0.is_empty()) {
            asked.push(step(&ctx, at, who, people, rule, needed)?);
        }
        let due_at = service::end_of_day(&ctx, &due)?;
        let version = version.parse().map_err(|_| AppError::BadRequest("version".into()))?;
        let round = service::ask(&ctx, document, NewApproval { version, steps: asked, due_at, message }).await?;
        let text = ctx.with("approval-asked-toast", &[("count", round.asked_in(1).into())]);
        Ok(Done::to(paths::staff_document(document)).saying(text))
    })
    .await
}

/// A step as the form says it.
fn step(ctx: &Ctx, at: usize, who: &str, people: &[String], rule: &str, needed: &str) -> Result<NewStep, AppError> {
    let wrong = || AppError::Invalid(FieldErrors::one(&field("people", at), ctx.t("approval-error-people")));
    let needed = match rule {
        "all" => None,
        "any" => Some(1),
        // What is no number is refused with the words for one that is too high.
        _ => Some(needed.trim().parse().unwrap_or(0)),
    };
    if who == "people" {
        let people = documents::parse_people(people).ok_or_else(wrong)?;
        return Ok(NewStep { role: None, people, needed });
    }
    let role = MembershipRole::parse(who).ok_or_else(wrong)?;
    Ok(NewStep { role: Some(role), people: Vec::new(), needed })
}

/// Approves, or declines with a reason.
#[server(prefix = "/_fn", endpoint = "approvals/decide")]
pub async fn decide_approval(
    #[server(default)] approval: String,
    #[server(default)] document: String,
    #[server(default)] decision: String,
    #[server(default)] comment: String,
    #[server(default)] shown: String,
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
        let round = service::decide(&ctx, id_of(&approval)?, Say { approve, comment, shown: Some(shown) }).await;
        // A page that asks for a reason which nobody needs any more leads back to where it is said why.
        let round = match round {
            Err(AppError::Conflict(text)) => return Ok(Done::to(back).saying(text)),
            other => other?,
        };
        // A form that was opened in time and sent a moment later is no reason to turn an answer away.
        let key = match (approve, ctx.now() > round.approval.due_at) {
            (true, false) => "approval-approved-toast",
            (false, false) => "approval-declined-toast",
            (true, true) => "approval-approved-late-toast",
            (false, true) => "approval-declined-late-toast",
        };
        Ok(Done::to(back).saying(ctx.with(key, &[("number", round.approval.version.into())])))
    })
    .await
}

/// Hands one's decision on to a colleague.
#[server(prefix = "/_fn", endpoint = "approvals/delegate")]
pub async fn delegate_approval(
    #[server(default)] approval: String,
    #[server(default)] document: String,
    #[server(default)] to: String,
    #[server(default)] comment: String,
) -> Result<(), ServerFnError> {
    let back = page_of(&document, paths::document, paths::DOCUMENTS);
    let page = page_of(&document, paths::document_delegate, paths::DOCUMENTS);
    act(Form::on("delegate", page).value("to", to.clone()).value("comment", comment.clone()), async move |ctx| {
        // Nobody has the nil id: who has chosen nobody is told like who has chosen wrongly.
        let to: UserId = to.parse().unwrap_or(UserId(uuid::Uuid::nil()));
        let round = match service::delegate(&ctx, id_of(&approval)?, to, &comment).await {
            Err(AppError::Conflict(text)) => return Ok(Done::to(back).saying(text)),
            other => other?,
        };
        let name = round.name_of(to).unwrap_or_default().to_owned();
        Ok(Done::to(back).saying(ctx.with("approval-delegated-toast", &[("name", name.into())])))
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
