//! The panel of e-mail domains.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, Guarded as _, allow};
use crate::sso::model::{Domain, DomainState};
use crate::ui::{Panel, Status, SubmitButton, TextField, Tone};

use super::rules::Settings;

/// Every domain with its state, what its owner must publish, and a form for another one.
pub fn panel(page: &Settings<'_>) -> Markup {
    let ctx = page.ctx;
    let rows = page.rules.domains.iter().map(|domain| row(page, domain)).collect_view();
    let none = page.rules.domains.is_empty().then(|| view! { <p class="meta">{ctx.t("sso-domains-none")}</p> });
    let typed = page.typed("sso-domain", "domain", "");
    view! {
        <Panel id="domains" title=ctx.t("sso-domains-title")>
            <div class="panel-body stack-4">
                <p>{ctx.t("sso-domains-text")}</p>
                {none}
                {rows}
            </div>
            <form method="post" action="/_fn/sso/claim_domain" novalidate=true>
                {page.hidden()}
                <div class="panel-body"><TextField name="domain" label=ctx.t("sso-domain") value=typed hint=ctx.t("sso-domain-hint") error=page.error("domain") maxlength=253 /></div>
                <div class="panel-foot"><SubmitButton>{ctx.t("sso-domain-add")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}

fn row(page: &Settings<'_>, domain: &Domain) -> Markup {
    let ctx = page.ctx;
    let confirmed = domain.state == DomainState::Confirmed;
    let status = if confirmed {
        view! { <Status tone=Tone::Good glyph="done" text=ctx.t("sso-domain-confirmed") /> }
    } else {
        view! { <Status tone=Tone::Idle glyph="open" text=ctx.t("sso-domain-claimed") /> }
    };
    let organisation = page.organisation;
    let relation = organisation.relation(&ctx.actor);
    let staff = allow(&ctx.actor, Action::OrganisationManage, relation, Some(organisation.id)).is_ok();
    let proof = (!confirmed).then(|| {
        let text = if staff { ctx.t("sso-domain-look") } else { ctx.t("sso-domain-publish") };
        view! { <p class="meta">{text} " " <span class="mono">{domain.token.clone()}</span></p> }
    });
    let labelled = |key| ctx.locale.with(key, &[("domain", domain.domain.clone().into())]);
    let confirm = (staff && !confirmed).then(|| {
        view! {
            <form method="post" action="/_fn/sso/confirm_domain">
                {page.hidden()}
                <input type="hidden" name="id" value=domain.id.to_string() />
                <SubmitButton label=labelled("sso-domain-confirm-this")>{ctx.t("sso-domain-confirm")}</SubmitButton>
            </form>
        }
    });
    view! {
        <div class="stack-2">
            <p class="cluster"><span class="strong">{domain.domain.clone()}</span> {status}</p>
            {proof}
            <div class="cluster">
                {confirm}
                <form method="post" action="/_fn/sso/remove_domain">
                    {page.hidden()}
                    <input type="hidden" name="id" value=domain.id.to_string() />
                    <SubmitButton label=labelled("sso-domain-remove-this")>{ctx.t("sso-domain-remove")}</SubmitButton>
                </form>
            </div>
        </div>
    }
    .into_markup()
}
