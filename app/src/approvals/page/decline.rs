//! `/documents/{id}/decline`: why somebody does not agree to this version.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::approvals::evidence;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::paths;
use crate::ui::{ButtonKind, LinkButton, SubmitButton, TextArea};

use super::turn::Turn;

/// The page.
#[component]
pub fn DeclinePage() -> impl IntoView {
    page(decline)
}

async fn decline(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let turn = Turn::of(ctx, &visit).await?;
    let approval = &turn.round.approval;
    let form = turn.is_now().then(|| {
        let flash = &visit.flash;
        let typed = flash.value("comment").unwrap_or_default().to_owned();
        let hint = ctx.with("approval-reason-hint", &[("name", approval.asked_by_name.clone().into())]);
        let statement = evidence::statement(ctx, &turn.document, approval, false);
        view! {
            <form class="panel" method="post" action="/_fn/approvals/decide" novalidate=true>
                <input type="hidden" name="approval" value=approval.id.to_string() />
                <input type="hidden" name="document" value=turn.document.id.to_string() />
                <input type="hidden" name="decision" value="decline" />
                <input type="hidden" name="shown" value=evidence::digest(&statement) />
                <div class="panel-body stack-4">
                    <TextArea name="comment" label=ctx.t("approval-reason") value=typed rows=5 hint=hint error=flash.errors.get("comment").map(str::to_owned) required=true maxlength=2000 />
                    <p class="meta">{ctx.t("approval-declares-no")}" "{statement}</p>
                </div>
                <div class="panel-foot cluster">
                    <SubmitButton kind=ButtonKind::Danger>{ctx.t("approval-decline-submit")}</SubmitButton>
                    <LinkButton href=paths::document(turn.document.id)>{ctx.t("ui-cancel")}</LinkButton>
                </div>
            </form>
        }
        .into_markup()
    });
    let title = ctx.with("approval-decline-title", &[("number", approval.version.into())]);
    Ok(turn.page(ctx, &visit, title, form))
}
