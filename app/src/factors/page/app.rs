//! `/account/security/authenticator`: setting up an authenticator app.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, home_of, page};
use crate::error::AppError;
use crate::factors::service;
use crate::flash::Flash;
use crate::paths;
use crate::sign_in::proof;
use crate::ui::{ButtonKind, ErrorSummary, LinkButton, Notice, PageHead, SubmitButton, Tone};

use super::parts::{code_field, setup_view};

/// Setting up an authenticator app.
#[component]
pub fn AppPage() -> impl IntoView {
    page(setup)
}

async fn setup(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::own(ctx)?;
    proof::require(ctx)?;
    let known = service::mine(ctx).await?.app.is_some();
    let flash = &visit.flash;
    let title = ctx.t("factors-app-add").to_owned();
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let inner = if known {
        view! { <Notice tone=Tone::Idle title=ctx.t("factors-app-known") /> }.into_markup()
    } else {
        let form = app_form(ctx, flash, paths::ACCOUNT_APP, paths::ACCOUNT_SECURITY)?;
        view! { <section class="panel"><div class="panel-body stack-4">{form}</div></section> }.into_markup()
    };
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {inner}
            <div class="cluster"><LinkButton href=paths::ACCOUNT_SECURITY>{ctx.t("factors-back")}</LinkButton></div>
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::ACCOUNT_SECURITY.to_owned(), ctx.t("account-tab-security").to_owned())];
    Ok(Page { title, place: home_of(ctx).0.home(), crumbs, todo: None, body })
}

/// The steps, and the form that ends them.
pub(super) fn app_form(ctx: &Ctx, flash: &Flash, return_to: &str, next: &str) -> Result<Markup, AppError> {
    let kept = flash.value("state").filter(|_| flash.form == "app");
    let (setup, state) = service::begin_app(ctx, kept)?;
    let failed = flash.form == "app" && !flash.errors.is_empty();
    let field =
        if flash.form == "app" { code_field(ctx, flash, false) } else { code_field(ctx, &Flash::default(), false) };
    let again = failed.then(|| view! { <p class="meta">{ctx.t("factors-app-same")}</p> });
    Ok(view! {
        {setup_view(ctx, &setup)}
        <form class="stack-4" method="post" action="/_fn/factors/add_app" novalidate=true>
            <input type="hidden" name="state" value=state />
            <input type="hidden" name="return_to" value=return_to.to_owned() />
            <input type="hidden" name="next" value=next.to_owned() />
            {field}
            {again}
            <SubmitButton kind=ButtonKind::Primary>{ctx.t("factors-app-confirm")}</SubmitButton>
        </form>
    }
    .into_markup())
}
