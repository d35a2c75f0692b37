//! `/sign-in/factor`: showing a second factor, or adding the first one where one is required.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::Hold;
use crate::ctx::Ctx;
use crate::doors::{GatePage, Outside, Visit, home_of, outside};
use crate::error::AppError;
use crate::factors::model::Factors;
use crate::factors::{passkeys, service};
use crate::flash::Flash;
use crate::ids::UserId;
use crate::paths;
use crate::sign_in::pending::Pending;
use crate::sign_in::proof;
use crate::ui::{ButtonKind, ButtonSize, ButtonWidth, ErrorSummary, Notice, SubmitButton, TextField, Tone};

use super::app::app_form;
use super::parts::{PasskeyForm, code_field, passkey_form};

/// The second factor.
#[component]
pub fn FactorPage() -> impl IntoView {
    outside(factor)
}

async fn factor(ctx: Ctx, visit: Visit) -> Result<Outside, AppError> {
    let next = paths::own_path(visit.query.get("next").unwrap_or_default(), "").to_owned();
    match (ctx.actor.user_id(), ctx.actor.hold()) {
        (Some(_), None) => Ok(Outside::Elsewhere(if next.is_empty() { home_of(&ctx).1.to_owned() } else { next })),
        (Some(_), Some(Hold::EnrolFactor)) => enrol(&ctx, &visit.flash, &next).await,
        (Some(user), Some(Hold::ProveFactor)) => prove(&ctx, user, &visit.flash, &next).await,
        (None, _) => {
            let waiting = match &visit.session {
                Some(session) => Pending::read(&ctx, session).await?,
                None => None,
            };
            match waiting {
                Some((person, _)) => prove(&ctx, person.user_id, &visit.flash, &next).await,
                None if next.is_empty() => Ok(Outside::Elsewhere(paths::SIGN_IN.to_owned())),
                None => Ok(Outside::Elsewhere(paths::with_next(paths::SIGN_IN, &next))),
            }
        }
    }
}

fn head(ctx: &Ctx, flash: &Flash, title: &'static str, text: &'static str) -> Markup {
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    view! {
        <div class="stack-2"><h1>{title}</h1><p class="meta">{text}</p></div>
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
    }
    .into_markup()
}

async fn prove(ctx: &Ctx, user: UserId, flash: &Flash, next: &str) -> Result<Outside, AppError> {
    let factors = service::of(ctx, user).await?;
    let title = ctx.t("factor-title");
    let passkey = passkeys::offer_proof(ctx, user, &factors.passkeys).map(|offer| {
        let kind = if factors.app.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
        let form = PasskeyForm {
            action: "/_fn/sign_in/factor_passkey",
            create: false,
            conditional: false,
            offer,
            hidden: vec![("next", next.to_owned())],
            above: ().into_markup(),
            label: ctx.t("factors-use-passkey"),
            kind,
        };
        view! { {passkey_form(ctx, form)} <p class="meta" data-no-passkey="">{ctx.t("factors-passkey-script")}</p> }
    });
    let app = factors.app.is_some().then(|| code_form(ctx, flash, next));
    let body = view! {
        {head(ctx, flash, title, ctx.t("factor-text"))}
        {app}
        {passkey}
        {recovery(ctx, "/_fn/sign_in/factor_code", &factors, flash, next)}
        {leave(ctx, next)}
    }
    .into_markup();
    Ok(Outside::Page(GatePage { title: title.to_owned(), body }))
}

fn code_form(ctx: &Ctx, flash: &Flash, next: &str) -> Markup {
    view! {
        <form method="post" action="/_fn/sign_in/factor_code" novalidate=true>
            <input type="hidden" name="next" value=next.to_owned() />
            {code_field(ctx, flash, flash.errors.is_empty())}
            <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("factor-submit")}</SubmitButton>
        </form>
    }
    .into_markup()
}

/// The way on for whoever has lost the factor.
pub(super) fn recovery(ctx: &Ctx, action: &'static str, factors: &Factors, flash: &Flash, next: &str) -> Markup {
    // Where there is no app, what was wrong was wrong with this one.
    let error = flash.errors.get("code").filter(|_| factors.app.is_none()).map(str::to_owned);
    let id = if factors.app.is_none() { "code" } else { "recovery" };
    let open = error.is_some();
    let inner = if factors.codes.unused > 0 {
        view! {
            <form method="post" action=action novalidate=true>
                <input type="hidden" name="next" value=next.to_owned() />
                <TextField name="code" id=id label=ctx.t("factors-recovery-code") hint=ctx.t("factors-recovery-hint") error=error autocomplete="off" maxlength=40 required=true />
                <SubmitButton>{ctx.t("factors-recovery-submit")}</SubmitButton>
            </form>
        }
        .into_markup()
    } else {
        ().into_markup()
    };
    view! {
        <details class="stack-4" open=open>
            <summary>{ctx.t("factor-lost")}</summary>
            <div class="stack-4">{inner}<p class="meta">{ctx.t("factor-lost-text")}</p></div>
        </details>
    }
    .into_markup()
}

/// The way out for whoever is somebody else.
fn leave(ctx: &Ctx, next: &str) -> Markup {
    view! {
        <form method="post" action="/_fn/sign_in/sign_out">
            <input type="hidden" name="next" value=next.to_owned() />
            <SubmitButton kind=ButtonKind::Quiet block=ButtonWidth::Block>{ctx.t("factor-leave")}</SubmitButton>
        </form>
    }
    .into_markup()
}

async fn enrol(ctx: &Ctx, flash: &Flash, next: &str) -> Result<Outside, AppError> {
    proof::require(ctx)?;
    let user = service::adding(ctx)?;
    let title = ctx.t("factor-enrol-title");
    let here =
        if next.is_empty() { paths::SECOND_FACTOR.to_owned() } else { paths::with_next(paths::SECOND_FACTOR, next) };
    let passkey = match passkeys::offer_registration(ctx, user, &[]) {
        Some(offer) => {
            let form = PasskeyForm {
                action: "/_fn/factors/add_passkey",
                create: true,
                conditional: false,
                offer,
                hidden: vec![("next", next.to_owned()), ("return_to", here.clone())],
                above: name_field(ctx, flash),
                label: ctx.t("factors-passkey-add"),
                kind: ButtonKind::Primary,
            };
            view! { {passkey_form(ctx, form)} <p class="meta" data-no-passkey="">{ctx.t("factors-passkey-script")}</p> }
                .into_markup()
        }
        None => view! { <p class="meta">{ctx.t("factors-passkey-unavailable")}</p> }.into_markup(),
    };
    let app = app_form(ctx, flash, &here, next)?;
    let body = view! {
        {head(ctx, flash, title, ctx.t("factor-enrol-text"))}
        <section class="stack-4" aria-labelledby="with-passkey">
            <h2 id="with-passkey">{ctx.t("factors-passkey")}</h2>
            <p class="meta">{ctx.t("factors-passkey-what")}</p>
            {passkey}
        </section>
        <p class="or">{ctx.t("sign-in-or")}</p>
        <section class="stack-4" aria-labelledby="with-app">
            <h2 id="with-app">{ctx.t("factors-app")}</h2>
            {app}
        </section>
        {leave(ctx, next)}
    }
    .into_markup();
    Ok(Outside::Page(GatePage { title: title.to_owned(), body }))
}

/// What a new passkey is called.
pub(super) fn name_field(ctx: &Ctx, flash: &Flash) -> Markup {
    let mine = flash.form == "passkey";
    let name = flash.value("name").filter(|_| mine).unwrap_or_default().to_owned();
    let error = flash.errors.get("name").filter(|_| mine).map(str::to_owned);
    view! {
        <TextField name="name" label=ctx.t("factors-passkey-name") hint=ctx.t("factors-passkey-name-hint") value=name error=error autocomplete="off" maxlength=60 required=true />
    }
    .into_markup()
}
