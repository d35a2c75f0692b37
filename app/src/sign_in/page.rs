//! The sign-in page.

use axum::http::request;
use leptos::prelude::*;

use tower_sessions::Session;

use crate::ctx::Ctx;
use crate::doors::{PageTitle, Query, ctx, home_of};
use crate::factors::page::with_passkey;
use crate::flash::Flash;
use crate::paths;
use crate::sign_in_link::service as sign_in_link;
use crate::ui::{ButtonKind, ButtonWidth, ErrorSummary, Gate, LinkButton, Notice, SubmitButton, TextField, Tone};

/// `/sign-in`: a plain form that works without JavaScript.
#[component]
pub fn SignInPage() -> impl IntoView {
    let Some(ctx) = ctx() else { return ().into_any() };
    #[expect(clippy::disallowed_methods, reason = "the one page outside the frame")]
    let parts = use_context::<request::Parts>();
    let session = parts.as_ref().and_then(|p| p.extensions.get::<Session>().cloned());
    let query = Query::parse(parts.as_ref().and_then(|p| p.uri.query()).unwrap_or_default());
    view! {
        <Suspense>
            {Suspend::new(async move {
                let flash = match &session {
                    // Only a browser that has a session can have left something.
                    Some(session) if session.id().is_some() => Flash::take(session).await.unwrap_or_default(),
                    _ => Flash::default(),
                };
                // Offered only where somebody could use it; a database that is away shows with the next click.
                let by_mail = sign_in_link::offered(&ctx).await.unwrap_or(false);
                let sso = crate::sso::store::any(&ctx.db).await.unwrap_or(false);
                form(&ctx, &query, &flash, by_mail, sso)
            })}
        </Suspense>
    }
    .into_any()
}

fn form(ctx: &Ctx, query: &Query, flash: &Flash, by_mail: bool, sso: bool) -> AnyView {
    let locale = ctx.locale;
    let next = paths::own_path(query.get("next").unwrap_or_default(), "").to_owned();
    let title = format!("{} - {}", ctx.t("sign-in-title"), ctx.portal.name.get());
    let email = flash.value("email").unwrap_or_default().to_owned();
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let signed_in = (!ctx.actor.is_anonymous()).then(|| {
        let (_, home) = home_of(ctx);
        let text = ctx.with("sign-in-already", &[("name", ctx.actor.name().to_owned().into())]);
        view! { <Notice tone=Tone::Mine title=text><a href=home>{ctx.t("sign-in-continue")}</a></Notice> }
    });
    let sso_href = if next.is_empty() { paths::SSO.to_owned() } else { paths::with_next(paths::SSO, &next) };
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    view! {
        <PageTitle text=title />
        <Gate locale=locale portal_name=ctx.portal.name.get() path=ctx.path.to_string()>
            <form method="post" action="/_fn/sign_in/sign_in" novalidate=true>
                <h1>{ctx.t("sign-in-title")}</h1>
                {signed_in}
                {problem}
                <ErrorSummary locale=locale errors=flash.errors.clone() />
                <input type="hidden" name="next" value=next.clone() />
                <TextField name="email" label=ctx.t("sign-in-email") kind="email" value=email error=error("email") autocomplete="username webauthn" required=true autofocus=flash.errors.is_empty() />
                <TextField name="password" label=ctx.t("sign-in-password") kind="password" error=error("password") autocomplete="current-password" required=true />
                <SubmitButton kind=ButtonKind::Primary size=crate::ui::ButtonSize::Large block=ButtonWidth::Block>{ctx.t("sign-in-submit")}</SubmitButton>
                {sso.then(|| view! { <LinkButton href=sso_href block=ButtonWidth::Block>{ctx.t("sso-sign-in-link")}</LinkButton> })}
                <ul class="stack-2">
                    <li><a href=paths::PASSWORD_RESET>{ctx.t("sign-in-forgotten")}</a></li>
                    {by_mail.then(|| view! { <li><a href=paths::SIGN_IN_LINK>{ctx.t("sign-in-by-mail")}</a></li> })}
                </ul>
            </form>
            {with_passkey(ctx, &next)}
        </Gate>
    }
    .into_any()
}
