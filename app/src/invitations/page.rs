//! `/invitation`: the page behind the link. It says what one is invited to; only its button joins.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{GatePage, Visit, gate};
use crate::error::AppError;
use crate::paths;
use crate::ui::{
    ButtonKind, ButtonSize, ButtonWidth, ChoiceGroup, ErrorSummary, LinkButton, Notice, RadioCard, SubmitButton,
    TextField, Tone,
};

use super::accept::{self, Look};
use super::model::Invitation;

/// The page behind the link.
#[component]
pub fn InvitationPage() -> impl IntoView {
    gate(invitation)
}

async fn invitation(ctx: Ctx, visit: Visit) -> Result<GatePage, AppError> {
    let ctx = &ctx;
    let title = ctx.t("invitation-title").to_owned();
    if visit.query.get("done").is_some() {
        let home = paths::own_path(visit.query.get("next").unwrap_or_default(), paths::HOME);
        let body =
            message(ctx, Tone::Good, ctx.t("invitation-joined").to_owned(), "invitation-joined-next", Some(home));
        return Ok(GatePage { title, body });
    }
    let key = visit.query.get("key").unwrap_or_default().to_owned();
    let to = |invitation: &Invitation| whose(ctx, invitation);
    let body = match accept::look(ctx, &key).await? {
        Look::Unknown => {
            message(ctx, Tone::Warn, ctx.t("invitation-unknown").to_owned(), "invitation-unknown-next", None)
        }
        Look::Accepted(i) => {
            let text = ctx.with("invitation-used", &[("organisation", to(&i).into())]);
            let home = i.organisation_id.map_or_else(|| paths::HOME.to_owned(), paths::home_of);
            message(ctx, Tone::Idle, text, "invitation-used-next", Some(&home))
        }
        Look::Withdrawn(i) => {
            let text = ctx.with("invitation-withdrawn", &[("organisation", to(&i).into())]);
            message(ctx, Tone::Warn, text, "invitation-ask-again", None)
        }
        Look::Expired(i) => {
            let text = ctx.with("invitation-expired", &[("organisation", to(&i).into())]);
            message(ctx, Tone::Warn, text, "invitation-ask-again", None)
        }
        Look::Closed(i) => {
            let text = ctx.with("invitation-closed", &[("organisation", to(&i).into())]);
            message(ctx, Tone::Warn, text, "invitation-closed-next", None)
        }
        Look::OtherPerson(i) => other_person(ctx, &i),
        Look::Member(i) => join(ctx, &visit, &key, &i, false),
        Look::Newcomer(i) => join(ctx, &visit, &key, &i, true),
    };
    Ok(GatePage { title, body })
}

/// What the invitation is to: the customer, or the house.
fn whose(ctx: &Ctx, invitation: &Invitation) -> String {
    invitation.organisation_name.clone().unwrap_or_else(|| ctx.portal.name.get())
}

/// What became of the invitation, what to do next, and, where there is a way in, the button to it.
fn message(ctx: &Ctx, tone: Tone, text: String, next: &'static str, home: Option<&str>) -> Markup {
    let button = if ctx.actor.is_anonymous() { "sign-in-submit" } else { "sign-in-continue" };
    let way =
        |home: &str| if ctx.actor.is_anonymous() { paths::with_next(paths::SIGN_IN, home) } else { home.to_owned() };
    view! {
        <div class="stack-4">
            <h1>{ctx.t("invitation-title")}</h1>
            <Notice tone=tone title=text><p>{ctx.t(next)}</p></Notice>
            {home.map(way).map(|href| view! { <LinkButton href=href kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t(button)}</LinkButton> })}
        </div>
    }
    .into_markup()
}

/// Somebody else is signed in in this browser: they sign out first, or leave the link to whom it was sent.
fn other_person(ctx: &Ctx, invitation: &Invitation) -> Markup {
    let text = ctx.with(
        "invitation-other",
        &[("email", invitation.email.clone().into()), ("name", ctx.actor.name().to_owned().into())],
    );
    view! {
        <form method="post" action="/_fn/sign_in/sign_out">
            <h1>{ctx.t("invitation-title")}</h1>
            <Notice tone=Tone::Warn title=text><p>{ctx.t("invitation-other-next")}</p></Notice>
            <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("nav-sign-out")}</SubmitButton>
            <p><a href=paths::HOME>{ctx.t("sign-in-continue")}</a></p>
        </form>
    }
    .into_markup()
}

fn join(ctx: &Ctx, visit: &Visit, key: &str, invitation: &Invitation, newcomer: bool) -> Markup {
    let flash = &visit.flash;
    let heading = ctx.with("invitation-heading", &[("organisation", whose(ctx, invitation).into())]);
    let inviter = invitation.inviter_name.clone().unwrap_or_else(|| ctx.portal.name.get());
    let intro = ctx.with(
        "invitation-intro",
        &[("inviter", inviter.into()), ("role", ctx.t(invitation.as_role().label_key()).into())],
    );
    let quote = (!invitation.message.is_empty())
        .then(|| view! { <blockquote class="quote">{invitation.message.clone()}</blockquote> });
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let button = ctx.t(if newcomer { "invitation-accept-new" } else { "invitation-accept" });
    let until = ctx.with("invitation-until", &[("when", ctx.date(invitation.expires_at).into())]);
    let fields = newcomer.then(|| newcomer_fields(ctx, visit, invitation));
    let known = (!newcomer).then(|| {
        let text = ctx.with("invitation-known", &[("email", invitation.email.clone().into())]);
        view! { <p class="meta">{text}</p> }
    });
    view! {
        <form method="post" action="/_fn/invitations/accept" novalidate=true>
            <h1>{heading}</h1>
            <p>{intro}</p>
            {quote}
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            <input type="hidden" name="key" value=key.to_owned() />
            {fields}
            {known}
            <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{button}</SubmitButton>
            <p class="meta">{until}</p>
        </form>
    }
    .into_markup()
}

/// Passkeys belong to a name; browsers refuse them at a bare address.
fn passkeys_offered(ctx: &Ctx) -> bool {
    ctx.portal.base_url.domain().is_some()
}

/// Name, and how they will come back: a password, or a passkey made on the next page.
fn newcomer_fields(ctx: &Ctx, visit: &Visit, invitation: &Invitation) -> Markup {
    let flash = &visit.flash;
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let name = flash.value("name").unwrap_or(&invitation.name).to_owned();
    let passkeys = passkeys_offered(ctx);
    let passkey = passkeys && flash.value("way") == Some("passkey");
    let email = invitation.email.clone();
    view! {
        // For password managers: whose password this is.
        <input type="email" class="vh" name="email" value=email autocomplete="username" readonly=true tabindex="-1" aria-hidden="true" />
        <TextField name="name" label=ctx.t("invitation-name") value=name error=error("name") autocomplete="name" required=true maxlength=120 />
        {passkeys.then(|| view! {
            <ChoiceGroup id="way" legend=ctx.t("invitation-way")>
                <RadioCard name="way" value="password" label=ctx.t("invitation-way-password") meta=ctx.t("invitation-way-password-meta") checked=!passkey />
                <RadioCard name="way" value="passkey" label=ctx.t("invitation-way-passkey") meta=ctx.t("invitation-way-passkey-meta") checked=passkey />
            </ChoiceGroup>
        })}
        <div class="way-password">
            <TextField name="password" label=ctx.t("reset-new-password") kind="password" hint=ctx.t("reset-password-hint") error=error("password") autocomplete="new-password" />
        </div>
    }
    .into_markup()
}
