//! `/sign-in/confirm`: proving again who one is before something sensitive.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::access::Via;
use crate::ctx::Ctx;
use crate::doors::{GatePage, Outside, Visit, home_of, outside};
use crate::error::AppError;
use crate::factors::{passkeys, service};
use crate::paths;
use crate::sign_in::assurance::Method;
use crate::sign_in::proof;
use crate::ui::{ButtonKind, ButtonSize, ButtonWidth, ErrorSummary, Notice, SubmitButton, TextField, Tone};

use super::factor::recovery;
use super::parts::{PasskeyForm, code_field, passkey_form};

/// Where a code goes, of the app or of paper.
const BY_CODE: &str = "/_fn/sign_in/confirm_code";

/// Fresh proof.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    outside(confirm)
}

async fn confirm(ctx: Ctx, visit: Visit) -> Result<Outside, AppError> {
    let ctx = &ctx;
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    if !matches!(ctx.actor.via(), Via::Session) {
        return Err(AppError::Forbidden);
    }
    let next = paths::own_path(visit.query.get("next").unwrap_or_default(), home_of(ctx).1).to_owned();
    if proof::require(ctx).is_ok() {
        return Ok(Outside::Elsewhere(next));
    }
    let factors = service::of(ctx, user).await?;
    let flash = &visit.flash;
    let offer = passkeys::offer_proof(ctx, user, &factors.passkeys);
    // Whoever has a second factor proves with that, or with what stands for it.
    let enough = |method: Method| method.is_strong() || !factors.any();
    let through = ctx.assurance.is_some_and(|known| known.method.is_single_sign_on() && enough(known.method));
    let by_password = factors.has_password && enough(Method::Password);
    let by_code = factors.any() && factors.codes.unused > 0;
    let nothing = !(by_password || by_code || factors.app.is_some() || offer.is_some() || through);
    let without_script = (factors.app.is_none() && offer.is_some())
        .then(|| view! { <p class="meta" data-no-passkey="">{ctx.t("factors-passkey-script")}</p> });
    let passkey = offer.map(|offer| {
        let form = PasskeyForm {
            action: "/_fn/sign_in/confirm_passkey",
            create: false,
            conditional: false,
            offer,
            hidden: vec![("next", next.clone())],
            above: ().into_markup(),
            label: ctx.t("factors-use-passkey"),
            kind: ButtonKind::Secondary,
        };
        passkey_form(ctx, form)
    });
    let password = by_password.then(|| {
        let error = flash.errors.get("password").map(str::to_owned);
        view! {
            <form method="post" action="/_fn/sign_in/confirm_password" novalidate=true>
                <input type="hidden" name="next" value=next.clone() />
                <input type="hidden" name="username" autocomplete="username" value=ctx.actor.email().to_owned() />
                <TextField name="password" label=ctx.t("sign-in-password") kind="password" error=error autocomplete="current-password" required=true autofocus=flash.errors.is_empty() />
                <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("confirm-submit")}</SubmitButton>
            </form>
        }
    });
    let app = factors.app.is_some().then(|| {
        view! {
            <form method="post" action=BY_CODE novalidate=true>
                <input type="hidden" name="next" value=next.clone() />
                {code_field(ctx, flash, flash.errors.is_empty())}
                <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("confirm-submit")}</SubmitButton>
            </form>
        }
    });
    let lost = factors.any().then(|| recovery(ctx, BY_CODE, &factors, flash, &next));
    let provider = through.then(|| {
        view! {
            <form method="post" action="/sign-in/sso/confirm">
                <input type="hidden" name="next" value=next.clone() />
                <SubmitButton size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("sso-confirm")}</SubmitButton>
            </form>
        }
    });
    let again = nothing.then(|| {
        view! {
            <form method="post" action="/_fn/sign_in/sign_out">
                <input type="hidden" name="next" value=next.clone() />
                <p>{ctx.t("confirm-again-text")}</p>
                <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("confirm-again")}</SubmitButton>
            </form>
        }
    });
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("confirm-title");
    let body = view! {
        <div class="stack-2"><h1>{title}</h1><p class="meta">{ctx.with("confirm-text", &[("name", ctx.actor.name().to_owned().into())])}</p></div>
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {password}
        {app}
        {passkey}
        {without_script}
        {lost}
        {provider}
        {again}
        <a class="meta" href=home_of(ctx).1>{ctx.t("confirm-leave")}</a>
    }
    .into_markup();
    Ok(Outside::Page(GatePage { title: title.to_owned(), body }))
}
