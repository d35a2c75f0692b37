//! The panels of the provider: its connection, whom it lets in, and whether it is in use.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{MembershipRole, Module, Reach};
use crate::sso::discovery;
use crate::sso::model::Provider;
use crate::ui::{
    ButtonKind, CheckRow, ConfirmDialog, DialogCancel, Panel, SelectField, SelectOption, SubmitButton, TextField,
};

use super::rules::Settings;

const SAVE: &str = "sso-save";
const ADMIT: &str = "sso-admit";

/// Issuer, client and button; and the two addresses the provider wants to know.
pub fn connection(page: &Settings<'_>) -> Markup {
    let ctx = page.ctx;
    let known = page.rules.provider.as_ref();
    let stored = |of: fn(&Provider) -> &str| known.map(of).unwrap_or_default().to_owned();
    let issuer = page.typed(SAVE, "issuer", &stored(|p| &p.issuer));
    let client_id = page.typed(SAVE, "client_id", &stored(|p| &p.client_id));
    let label = page.typed(SAVE, "label", &stored(|p| &p.label));
    let kept = known.is_some_and(|p| p.client_secret.is_some());
    let secret_hint = if kept { ctx.t("sso-client-secret-kept") } else { ctx.t("sso-client-secret-hint") };
    let addresses = known.map(|p| {
        let redirect = read_only("redirect-uri", ctx.t("sso-redirect-uri"), discovery::redirect_uri(ctx));
        let logout = read_only("logout-uri", ctx.t("sso-logout-uri"), discovery::logout_uri(ctx, p.id));
        let start = format!("{}sign-in/{}", ctx.portal.base_url, page.organisation.slug);
        let start = read_only("start-uri", ctx.t("sso-start-uri"), start);
        view! { <p class="meta">{ctx.t("sso-addresses")}</p>{redirect}{logout}{start} }
    });
    let redirect = known.is_none().then(|| {
        let field = read_only("redirect-uri", ctx.t("sso-redirect-uri"), discovery::redirect_uri(ctx));
        view! { <p class="meta">{ctx.t("sso-address-first")}</p>{field} }
    });
    view! {
        <Panel id="provider" title=ctx.t("sso-provider-title")>
            <form method="post" action="/_fn/sso/save" novalidate=true autocomplete="off">
                {page.hidden()}
                <div class="panel-body stack-4">
                    <p>{ctx.t("sso-provider-text")}</p>
                    <TextField name="issuer" label=ctx.t("sso-issuer") kind="url" value=issuer hint=ctx.t("sso-issuer-hint") error=page.error("issuer") required=true maxlength=500 />
                    <TextField name="client_id" label=ctx.t("sso-client-id") value=client_id error=page.error("client_id") required=true maxlength=500 />
                    <TextField name="client_secret" label=ctx.t("sso-client-secret") kind="password" hint=secret_hint error=page.error("client_secret") autocomplete="new-password" maxlength=500 />
                    <TextField name="label" label=ctx.t("sso-label") value=label hint=ctx.t("sso-label-hint") error=page.error("label") required=true maxlength=60 />
                    {addresses}
                    {redirect}
                </div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("sso-save")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}

/// An address to copy: it can be selected and read, not changed.
fn read_only(id: &'static str, label: &'static str, value: String) -> Markup {
    view! {
        <div class="field">
            <label class="label" for=id>{label}</label>
            <input class="input mono" id=id type="text" readonly=true value=value />
        </div>
    }
    .into_markup()
}

/// Whom the provider lets in, and as what.
pub fn admission(page: &Settings<'_>, known: &Provider) -> Markup {
    let ctx = page.ctx;
    let role = page.typed(ADMIT, "role", known.role.name());
    let roles = [MembershipRole::Member, MembershipRole::Partner]
        .into_iter()
        .map(|one| SelectOption {
            value: one.name().to_owned(),
            label: ctx.locale.t(one.role().label_key()).to_owned(),
            selected: one.name() == role,
        })
        .collect::<Vec<_>>();
    let module = |module: Module| {
        let chosen = page.typed(ADMIT, module.name(), known.rights.of(module).name());
        let options = Reach::ALL
            .into_iter()
            .map(|reach| SelectOption {
                value: reach.name().to_owned(),
                label: ctx.locale.t(reach_key(reach)).to_owned(),
                selected: reach.name() == chosen,
            })
            .collect::<Vec<_>>();
        view! { <SelectField name=module.name() label=ctx.locale.t(module_key(module)) options=options error=page.error(module.name()) /> }
    };
    view! {
        <Panel id="admission" title=ctx.t("sso-admission-title")>
            <form method="post" action="/_fn/sso/admit">
                {page.hidden()}
                <div class="panel-body stack-4">
                    <div class="choices">
                        <CheckRow name="just_in_time" value="true" label=ctx.t("sso-jit") meta=ctx.t("sso-jit-meta") checked=known.just_in_time />
                        <CheckRow name="trust_factor" value="true" label=ctx.t("sso-trust") meta=ctx.t("sso-trust-meta") checked=known.trust_factor />
                    </div>
                    <div class="fields">
                        <SelectField name="role" label=ctx.t("sso-role") options=roles hint=ctx.t("sso-role-hint") error=page.error("role") class="field wide" />
                        {Module::ALL.map(module)}
                    </div>
                </div>
                <div class="panel-foot"><SubmitButton>{ctx.t("sso-save")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}

const fn reach_key(reach: Reach) -> &'static str {
    match reach {
        Reach::None => "sso-reach-none",
        Reach::Own => "sso-reach-own",
        Reach::Organisation => "sso-reach-organisation",
    }
}

const fn module_key(module: Module) -> &'static str {
    match module {
        Module::Documents => "sso-module-documents",
        Module::Orders => "sso-module-orders",
        Module::Money => "sso-module-money",
        Module::Tickets => "sso-module-tickets",
    }
}

/// Whether it is in use, when it was tested, and both tests.
pub fn state(page: &Settings<'_>, known: &Provider) -> Markup {
    let ctx = page.ctx;
    let locale = ctx.locale;
    let text = if known.is_active() { ctx.t("sso-active-text") } else { ctx.t("sso-draft-text") };
    let tested = match known.tested_at {
        Some(at) => ctx.with("sso-tested-at", &[("when", ctx.date_time(at).into())]),
        None => ctx.t("sso-never-tested").to_owned(),
    };
    let switch = if known.is_active() {
        view! {
            <ConfirmDialog locale=locale id="switch-off" title=ctx.t("sso-switch-off-title") trigger_label=ctx.t("sso-switch-off")>
                <form method="post" action="/_fn/sso/activate">
                    {page.hidden()}
                    <div class="dialog-body"><p>{ctx.t("sso-switch-off-text")}</p></div>
                    <div class="dialog-foot"><DialogCancel locale=locale dialog="switch-off" /><SubmitButton kind=ButtonKind::Danger>{ctx.t("sso-switch-off")}</SubmitButton></div>
                </form>
            </ConfirmDialog>
        }
        .into_markup()
    } else {
        view! {
            <form method="post" action="/_fn/sso/activate">
                {page.hidden()}
                <input type="hidden" name="active" value="true" />
                <SubmitButton kind=ButtonKind::Primary>{ctx.t("sso-switch-on")}</SubmitButton>
            </form>
        }
        .into_markup()
    };
    view! {
        <Panel id="state" title=ctx.t("sso-state-title")>
            <div class="panel-body stack-4">
                <p>{text}</p>
                <p class="meta">{tested}</p>
                <div class="cluster">
                    <form method="post" action="/_fn/sso/check">
                        {page.hidden()}
                        <SubmitButton>{ctx.t("sso-check")}</SubmitButton>
                    </form>
                    <form method="post" action="/organisation/sign-in/test">
                        {page.hidden()}
                        <SubmitButton>{ctx.t("sso-test")}</SubmitButton>
                    </form>
                    {switch}
                </div>
            </div>
        </Panel>
    }
    .into_markup()
}
