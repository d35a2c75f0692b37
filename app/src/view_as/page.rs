//! `/staff/customers/{id}/view-as/{person}`: why, then the portal as the person sees it.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::{OrganisationId, UserId};
use crate::paths;
use crate::settings;
use crate::ui::{ButtonKind, ErrorSummary, LinkButton, Notice, PageHead, Place, SubmitButton, TextField, Tone};

use super::service;

/// Asks for the reason.
#[component]
pub fn ViewAsPage() -> impl IntoView {
    page(view_as)
}

async fn view_as(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    crate::organisation::service::require_staff(ctx)?;
    let (organisation, user): (OrganisationId, UserId) = (visit.id("id")?, visit.id("person")?);
    let (customer, name) = service::offer(ctx, organisation, user).await?;
    let shown = settings::view_as_shown(&ctx.db).await?;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.with("view-as-title", &[("name", name.into())]);
    let back = paths::staff_customer(organisation);
    let recorded = if shown { ctx.t("view-as-recorded-shown") } else { ctx.t("view-as-recorded") };
    let body = view! {
        <PageHead title=title.clone() meta=customer.name.clone() />
        <div class="narrow">
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            <form class="panel" method="post" action="/_fn/view_as/begin" novalidate=true>
                <input type="hidden" name="organisation" value=organisation.to_string() />
                <input type="hidden" name="user" value=user.to_string() />
                <div class="panel-body stack-4">
                    <p>{ctx.t("view-as-what")}</p>
                    <TextField name="reason" label=ctx.t("view-as-reason") value=flash.value("reason").unwrap_or_default() hint=recorded error=flash.errors.get("reason").map(str::to_owned) required=true maxlength=300 />
                </div>
                <div class="panel-foot cluster">
                    <SubmitButton kind=ButtonKind::Primary>{ctx.t("view-as-begin")}</SubmitButton>
                    <LinkButton href=back.clone() kind=ButtonKind::Quiet>{ctx.t("ui-cancel")}</LinkButton>
                </div>
            </form>
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_CUSTOMERS.to_owned(), ctx.t("nav-customers").to_owned()), (back, customer.name)];
    Ok(Page { title, place: Place::Customers, crumbs, todo: None, body })
}
