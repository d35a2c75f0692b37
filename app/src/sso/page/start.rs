//! The way in: by address, or on the page of one's organisation.

use axum::http::request;
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};
use leptos_axum::ResponseOptions;

use crate::ctx::Ctx;
use crate::doors::{PageTitle, Query, ctx, failed};
use crate::error::{AppError, FieldErrors};
use crate::paths;
use crate::sso::flow;
use crate::ui::{ButtonKind, ButtonSize, ButtonWidth, ErrorSummary, Gate, Notice, SubmitButton, TextField, Tone};

#[expect(clippy::disallowed_methods, reason = "a page outside the frame")]
fn query() -> Query {
    let parts = use_context::<request::Parts>();
    Query::parse(parts.as_ref().and_then(|p| p.uri.query()).unwrap_or_default())
}

fn next_of(query: &Query) -> String {
    paths::own_path(query.get("next").unwrap_or_default(), "").to_owned()
}

/// `/sign-in/sso`: asks for the address, whose domain says where to go.
#[component]
pub fn SsoPage() -> impl IntoView {
    let Some(ctx) = ctx() else { return ().into_any() };
    let title = format!("{} - {}", ctx.t("sso-title"), ctx.portal.name.get());
    let body = ask_body(&ctx, "", &next_of(&query()), &FieldErrors::default());
    view! {
        <PageTitle text=title />
        <Gate locale=ctx.locale portal_name=ctx.portal.name.get() path=ctx.path.to_string()>{body}</Gate>
    }
    .into_any()
}

/// The form of that page.
pub fn ask_body(ctx: &Ctx, email: &str, next: &str, errors: &FieldErrors) -> Markup {
    let error = errors.get("email").map(str::to_owned);
    let other = if next.is_empty() { paths::SIGN_IN.to_owned() } else { paths::with_next(paths::SIGN_IN, next) };
    let (email, next, quiet) = (email.to_owned(), next.to_owned(), errors.is_empty());
    view! {
        <form method="post" action=paths::SSO novalidate=true>
            <h1>{ctx.t("sso-title")}</h1>
            <ErrorSummary locale=ctx.locale errors=errors.clone() />
            <input type="hidden" name="next" value=next />
            <TextField name="email" label=ctx.t("sign-in-email") kind="email" value=email hint=ctx.t("sso-email-hint") error=error autocomplete="username" required=true autofocus=quiet />
            <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("sso-continue")}</SubmitButton>
            <p class="meta"><a href=other>{ctx.t("sso-other-way")}</a></p>
        </form>
    }
    .into_markup()
}

/// `/sign-in/{organisation}`: the page an organisation gives its people.
#[component]
pub fn SsoStartPage() -> impl IntoView {
    let Some(ctx) = ctx() else { return ().into_any() };
    #[expect(clippy::disallowed_methods, reason = "a page outside the frame")]
    let response = use_context::<ResponseOptions>().unwrap_or_default();
    let slug = leptos_router::hooks::use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = query();
    view! {
        <Suspense>
            {Suspend::new(async move {
                match flow::entrance_at(&ctx, &slug).await {
                    Ok(Some(entrance)) => start(&ctx, &slug, &entrance.provider.label, &query),
                    Ok(None) => failed(&ctx, &response, &AppError::NotFound),
                    Err(error) => failed(&ctx, &response, &error.into()),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn start(ctx: &Ctx, slug: &str, label: &str, query: &Query) -> AnyView {
    let named = |key| ctx.locale.with(key, &[("label", label.to_owned().into())]);
    let title = format!("{} - {}", ctx.t("sign-in-title"), ctx.portal.name.get());
    let only = query.get("only").map(|_| {
        let text = ctx.t("sso-only-here-title");
        view! { <Notice tone=Tone::Mine title=text>{ctx.t("sso-only-here-text")}</Notice> }
    });
    let (slug, next) = (slug.to_owned(), next_of(query));
    let other = if next.is_empty() { paths::SIGN_IN.to_owned() } else { paths::with_next(paths::SIGN_IN, &next) };
    view! {
        <PageTitle text=title />
        <Gate locale=ctx.locale portal_name=ctx.portal.name.get() path=ctx.path.to_string()>
            <form method="post" action=paths::SSO novalidate=true>
                <h1>{ctx.t("sign-in-title")}</h1>
                {only}
                <input type="hidden" name="organisation" value=slug />
                <input type="hidden" name="next" value=next />
                <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{named("sso-continue-with")}</SubmitButton>
                <p class="meta">{ctx.t("sso-continue-hint")} " " <a href=other>{ctx.t("sso-other-way")}</a></p>
            </form>
        </Gate>
    }
    .into_any()
}
