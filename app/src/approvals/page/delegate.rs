//! `/documents/{id}/delegate`: hands a decision on to a colleague.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::approvals::delegate;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::paths;
use crate::ui::{ButtonKind, ChoiceGroup, EmptyState, LinkButton, RadioCard, SubmitButton, TextArea};

use super::turn::Turn;

/// The page.
#[component]
pub fn DelegatePage() -> impl IntoView {
    page(hand_on)
}

async fn hand_on(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let turn = Turn::of(ctx, &visit).await?;
    let colleagues = delegate::candidates(ctx, &turn.document, &turn.round).await?;
    let approval = &turn.round.approval;
    let title = ctx.t("approval-delegate-title").to_owned();
    let back = paths::document(turn.document.id);
    let form = if !turn.is_to_come() {
        None
    } else if colleagues.is_empty() {
        Some(view! { <section class="panel"><EmptyState icon="users" title=ctx.t("approval-delegate-nobody") text=ctx.t("approval-delegate-nobody-text") /></section> }.into_markup())
    } else {
        let flash = &visit.flash;
        let error = |field: &str| flash.errors.get(field).map(str::to_owned);
        let chosen = flash.value("to").unwrap_or_default().to_owned();
        let typed = flash.value("comment").unwrap_or_default().to_owned();
        let rows = colleagues
            .into_iter()
            .map(|reader| {
                let value = reader.user_id.to_string();
                let checked = chosen == value;
                let never = reader.last_sign_in_at.is_none().then(|| ctx.t("people-never"));
                let meta =
                    [Some(ctx.t(reader.role.label_key())), never].into_iter().flatten().collect::<Vec<_>>().join(", ");
                view! { <RadioCard name="to" value=value label=reader.name meta=meta checked=checked /> }
            })
            .collect_view();
        Some(
            view! {
                <form class="panel" method="post" action="/_fn/approvals/delegate" novalidate=true>
                    <input type="hidden" name="approval" value=approval.id.to_string() />
                    <input type="hidden" name="document" value=turn.document.id.to_string() />
                    <div class="panel-body stack-4">
                        <ChoiceGroup id="to" legend=ctx.t("approval-delegate-to") hint=ctx.t("approval-delegate-hint") error=error("to")>{rows}</ChoiceGroup>
                        <TextArea name="comment" label=ctx.t("approval-message") note=ctx.t("ui-optional") value=typed rows=3 error=error("comment") maxlength=2000 />
                    </div>
                    <div class="panel-foot cluster">
                        <SubmitButton kind=ButtonKind::Primary>{ctx.t("approval-delegate-submit")}</SubmitButton>
                        <LinkButton href=back>{ctx.t("ui-cancel")}</LinkButton>
                    </div>
                </form>
            }
            .into_markup(),
        )
    };
    Ok(turn.page(ctx, &visit, title, form))
}
