//! `/documents/{id}/decline`: why somebody does not agree to this version.

use leptos::prelude::*;

use crate::approvals::model::{Decision, State};
use crate::approvals::service;
use crate::ctx::Ctx;
use crate::documents::service as documents;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::DocumentId;
use crate::paths;
use crate::ui::{ButtonKind, ErrorSummary, LinkButton, Notice, PageHead, Place, SubmitButton, TextArea, Tone};

/// The page.
#[component]
pub fn DeclinePage() -> impl IntoView {
    page(decline)
}

async fn decline(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: DocumentId = visit.id("id")?;
    let document = documents::find(ctx, id).await?;
    visit.is_in(document.organisation_id);
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let rounds = service::rounds(ctx, &document).await?;
    let round = rounds.first().filter(|round| round.seat(user).is_some()).ok_or(AppError::Forbidden)?;
    let approval = &round.approval;
    let waits = round.seat(user).is_some_and(|seat| seat.decision == Decision::Waiting);
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.with("approval-decline-title", &[("number", approval.version.into())]);
    let back = paths::document(id);
    let body = if approval.state == State::Open && waits {
        let typed = flash.value("comment").unwrap_or_default().to_owned();
        let hint = ctx.with("approval-reason-hint", &[("name", approval.asked_by_name.clone().into())]);
        view! {
            <form class="panel" method="post" action="/_fn/approvals/decide" novalidate=true>
                <input type="hidden" name="approval" value=approval.id.to_string() />
                <input type="hidden" name="document" value=id.to_string() />
                <input type="hidden" name="decision" value="decline" />
                <div class="panel-body stack-4">
                    <TextArea name="comment" label=ctx.t("approval-reason") value=typed rows=5 hint=hint error=flash.errors.get("comment").map(str::to_owned) required=true maxlength=2000 />
                </div>
                <div class="panel-foot cluster">
                    <SubmitButton kind=ButtonKind::Danger>{ctx.t("approval-decline-submit")}</SubmitButton>
                    <LinkButton href=back>{ctx.t("ui-cancel")}</LinkButton>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! {
            <Notice tone=Tone::Idle title=ctx.t("approval-error-over")><p>{ctx.t("approval-over-text")}</p></Notice>
            <p><LinkButton href=back>{ctx.t("approval-to-document")}</LinkButton></p>
        }
        .into_any()
    };
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=document.title.clone() />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {body}
        </div>
    }
    .into_any();
    let crumbs = vec![
        (paths::DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned()),
        (paths::document(id), document.title.clone()),
    ];
    Ok(Page { title, place: Place::Documents, crumbs, todo: None, body })
}
