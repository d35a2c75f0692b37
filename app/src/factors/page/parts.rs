//! Parts that the pages of second factors share.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::factors::passkeys::{self, Offer};
use crate::factors::totp;
use crate::flash::Flash;
use crate::ui::{ButtonKind, ButtonSize, ButtonWidth, Glyph, Icon, SubmitButton, TextField};

/// A form whose answer comes from a passkey. It is hidden until the script has found that this browser can do it.
pub(super) struct PasskeyForm {
    /// Where it posts to.
    pub action: &'static str,
    /// Whether a passkey is made, or used.
    pub create: bool,
    /// The browser may offer a passkey in the field for the address.
    pub conditional: bool,
    /// The challenge.
    pub offer: Offer,
    /// Further fields that are not shown.
    pub hidden: Vec<(&'static str, String)>,
    /// What stands above the button.
    pub above: Markup,
    /// The words on the button.
    pub label: &'static str,
    /// What the button stands for.
    pub kind: ButtonKind,
}

/// The form of a passkey.
pub(super) fn passkey_form(ctx: &Ctx, form: PasskeyForm) -> Markup {
    let verb = if form.create { "create" } else { "get" };
    let conditional = form.conditional.then_some("true");
    let hidden = form
        .hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form
            class="stack-4"
            id="passkey"
            method="post"
            action=form.action
            hidden=true
            data-passkey=verb
            data-conditional=conditional
            data-options=form.offer.options
            data-failed=ctx.t("factors-passkey-failed")
            data-known=ctx.t("factors-passkey-known")
        >
            {hidden}
            <input type="hidden" name="state" value=form.offer.state />
            <input type="hidden" name="credential" value="" />
            {form.above}
            <SubmitButton kind=form.kind size=ButtonSize::Large block=ButtonWidth::Block>
                <Icon name="key-round" />
                {form.label}
            </SubmitButton>
            <p class="error" role="alert" hidden=true>
                <Glyph name="late" />
                <span></span>
            </p>
        </form>
    }
    .into_markup()
}

/// Signing in with a passkey, below the form with the password.
pub fn with_passkey(ctx: &Ctx, next: &str) -> Markup {
    let Some(offer) = passkeys::offer_sign_in(ctx) else { return ().into_markup() };
    let above = view! { <p class="or">{ctx.t("sign-in-or")}</p> }.into_markup();
    let form = PasskeyForm {
        action: "/_fn/sign_in/passkey",
        create: false,
        conditional: true,
        offer,
        hidden: vec![("next", next.to_owned())],
        above,
        label: ctx.t("factors-use-passkey"),
        kind: ButtonKind::Secondary,
    };
    passkey_form(ctx, form)
}

/// The field for a code of an app.
pub(super) fn code_field(ctx: &Ctx, flash: &Flash, autofocus: bool) -> Markup {
    let error = flash.errors.get("code").map(str::to_owned);
    view! {
        <TextField name="code" label=ctx.t("factors-code") hint=ctx.t("factors-code-hint") error=error autocomplete="one-time-code" maxlength=40 required=true autofocus=autofocus />
    }
    .into_markup()
}

/// The picture to scan and the letters to type.
pub(super) fn setup_view(ctx: &Ctx, setup: &totp::Setup) -> Markup {
    let picture = totp::qr(&setup.url).map(|(size, path)| {
        // Four squares of white around it, as readers expect.
        let frame = format!("-4 -4 {0} {0}", size + 8);
        view! {
            <svg class="qr" viewBox=frame role="img" aria-label=ctx.t("factors-app-picture") shape-rendering="crispEdges">
                <path d=path fill="#000" />
            </svg>
        }
    });
    view! {
        <ol class="steps-list">
            <li>{ctx.t("factors-app-step-1")}</li>
            <li class="stack-2">
                <span>{ctx.t("factors-app-step-2")}</span>
                {picture}
                <span class="meta">{ctx.t("factors-app-letters")}</span>
                <span class="mono" data-secret="">{setup.text.clone()}</span>
            </li>
            <li>{ctx.t("factors-app-step-3")}</li>
        </ol>
    }
    .into_markup()
}
