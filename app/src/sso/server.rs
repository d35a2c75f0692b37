//! Server functions of setting single sign-on up. Both pages post to the same ones; whose page it was is known from who
//! asks.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::access::{MembershipRole, Module, Reach, Rights};
use crate::ctx::Ctx;
use crate::doors::{Done, Form, act, ctx};
use crate::error::{AppError, FieldErrors};
use crate::ids::{DomainId, OrganisationId};
use crate::paths;
use crate::sign_in::proof;

use super::manage;
use super::model::{Admission, Change, Connection};

/// The page a form of this organisation stands on.
pub fn page_of(ctx: Option<&Ctx>, organisation: &str) -> String {
    match (ctx.is_some_and(|ctx| ctx.actor.staff().is_some()), organisation.parse()) {
        (true, Ok(id)) => paths::staff_customer_sign_in(id),
        _ => paths::ORGANISATION_SIGN_IN.to_owned(),
    }
}

fn id_of(organisation: &str) -> Result<OrganisationId, AppError> {
    organisation.parse().map_err(|_| AppError::NotFound)
}

/// The organisation of a form that changes something. Who may not do it at all is not asked for a proof first.
async fn proven(ctx: &Ctx, organisation: &str) -> Result<OrganisationId, AppError> {
    let id = id_of(organisation)?;
    manage::organisation(ctx, id).await?;
    proof::require(ctx)?;
    Ok(id)
}

async fn apply(
    ctx: &Ctx,
    organisation: &str,
    revision: &str,
    change: Change,
    page: String,
    said: &'static str,
) -> Result<Done, AppError> {
    let id = proven(ctx, organisation).await?;
    let seen = revision.parse().map_err(|_| AppError::BadRequest("revision".into()))?;
    match manage::change(ctx, id, Some(seen), change).await {
        Ok(_) => Ok(Done::to(page).saying(said)),
        Err(AppError::Stale) => Err(AppError::Conflict(ctx.t("sso-changed").to_owned())),
        Err(error) => Err(error),
    }
}

/// Saves the connection of the provider.
#[server(prefix = "/_fn", endpoint = "sso/save")]
pub async fn save(
    #[server(default)] organisation: String,
    #[server(default)] revision: String,
    #[server(default)] issuer: String,
    #[server(default)] client_id: String,
    #[server(default)] client_secret: String,
    #[server(default)] label: String,
) -> Result<(), ServerFnError> {
    let page = page_of(ctx().as_ref(), &organisation);
    let form = Form::on("sso-save", page.clone());
    let form = form.value("issuer", issuer.clone()).value("client_id", client_id.clone()).value("label", label.clone());
    act(form, async move |ctx| {
        let connection = Connection { issuer, client_id, client_secret, label };
        let change = Change { connection: Some(connection), ..Change::default() };
        apply(&ctx, &organisation, &revision, change, page, ctx.t("sso-saved")).await
    })
    .await
}

/// Says whom the provider lets in, and as what.
#[server(prefix = "/_fn", endpoint = "sso/admit")]
pub async fn admit(
    #[server(default)] organisation: String,
    #[server(default)] revision: String,
    #[server(default)] just_in_time: String,
    #[server(default)] trust_factor: String,
    #[server(default)] role: String,
    #[server(default)] documents: String,
    #[server(default)] orders: String,
    #[server(default)] money: String,
    #[server(default)] tickets: String,
) -> Result<(), ServerFnError> {
    let page = page_of(ctx().as_ref(), &organisation);
    let form = Form::on("sso-admit", page.clone()).value("role", role.clone());
    act(form, async move |ctx| {
        // Who may not do it learns nothing of the form.
        manage::organisation(&ctx, id_of(&organisation)?).await?;
        let mut errors = FieldErrors::default();
        let role = [MembershipRole::Member, MembershipRole::Partner].into_iter().find(|one| one.name() == role);
        if role.is_none() {
            errors.add("role", ctx.t("sso-role-missing"));
        }
        let mut rights = Rights::uniform(Reach::None);
        for (module, text) in Module::ALL.into_iter().zip([documents, orders, money, tickets]) {
            match Reach::parse(&text) {
                Some(reach) => rights = rights.with(module, reach),
                None => errors.add(module.name(), ctx.t("sso-reach-missing")),
            }
        }
        let role = role.ok_or(AppError::Invalid(errors.clone()))?;
        errors.into_result()?;
        let (just_in_time, trust_factor) = (!just_in_time.is_empty(), !trust_factor.is_empty());
        let admission = Admission { just_in_time, role, rights, trust_factor };
        let change = Change { admission: Some(admission), ..Change::default() };
        apply(&ctx, &organisation, &revision, change, page, ctx.t("sso-saved")).await
    })
    .await
}

/// Switches the provider on or off.
#[server(prefix = "/_fn", endpoint = "sso/activate")]
pub async fn activate(
    #[server(default)] organisation: String,
    #[server(default)] revision: String,
    #[server(default)] active: String,
) -> Result<(), ServerFnError> {
    let page = page_of(ctx().as_ref(), &organisation);
    act(Form::on("sso-activate", page.clone()), async move |ctx| {
        let active = !active.is_empty();
        let said = if active { ctx.t("sso-switched-on") } else { ctx.t("sso-switched-off") };
        let change = Change { active: Some(active), ..Change::default() };
        apply(&ctx, &organisation, &revision, change, page, said).await
    })
    .await
}

/// Sets the switches: single sign-on only, second factor, links by mail.
#[server(prefix = "/_fn", endpoint = "sso/restrict")]
pub async fn restrict(
    #[server(default)] organisation: String,
    #[server(default)] revision: String,
    #[server(default)] only_sso: String,
    #[server(default)] require_factor: String,
    #[server(default)] magic_links: String,
) -> Result<(), ServerFnError> {
    let page = page_of(ctx().as_ref(), &organisation);
    act(Form::on("sso-restrict", page.clone()), async move |ctx| {
        let change = Change {
            only_sso: Some(!only_sso.is_empty()),
            require_factor: Some(!require_factor.is_empty()),
            magic_links: Some(!magic_links.is_empty()),
            ..Change::default()
        };
        apply(&ctx, &organisation, &revision, change, page, ctx.t("sso-saved")).await
    })
    .await
}

/// Asks the provider what it says of itself.
#[server(prefix = "/_fn", endpoint = "sso/check")]
pub async fn check(#[server(default)] organisation: String) -> Result<(), ServerFnError> {
    let page = page_of(ctx().as_ref(), &organisation);
    act(Form::on("sso-check", page.clone()), async move |ctx| {
        match manage::check_connection(&ctx, id_of(&organisation)?).await? {
            Ok(()) => Ok(Done::to(page).saying(ctx.t("sso-check-good"))),
            Err(trouble) => {
                let (title, text, _) = trouble.words();
                Err(AppError::Conflict(format!("{}. {}", ctx.locale.t(title), ctx.locale.t(text))))
            }
        }
    })
    .await
}

/// Claims an e-mail domain.
#[server(prefix = "/_fn", endpoint = "sso/claim_domain")]
pub async fn claim_domain(
    #[server(default)] organisation: String,
    #[server(default)] domain: String,
) -> Result<(), ServerFnError> {
    let page = page_of(ctx().as_ref(), &organisation);
    act(Form::on("sso-domain", page.clone()).value("domain", domain.clone()), async move |ctx| {
        let id = proven(&ctx, &organisation).await?;
        manage::claim_domain(&ctx, id, &domain).await?;
        Ok(Done::to(page).saying(ctx.t("sso-domain-added")))
    })
    .await
}

fn domain_of(id: &str) -> Result<DomainId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

/// Confirms an e-mail domain.
#[server(prefix = "/_fn", endpoint = "sso/confirm_domain")]
pub async fn confirm_domain(
    #[server(default)] organisation: String,
    #[server(default)] id: String,
) -> Result<(), ServerFnError> {
    let page = page_of(ctx().as_ref(), &organisation);
    act(Form::on("sso-domain", page.clone()), async move |ctx| {
        let organisation = id_of(&organisation)?;
        manage::may_confirm(&ctx, organisation).await?;
        proof::require(&ctx)?;
        manage::confirm_domain(&ctx, organisation, domain_of(&id)?).await?;
        Ok(Done::to(page).saying(ctx.t("sso-domain-is-confirmed")))
    })
    .await
}

/// Takes an e-mail domain away.
#[server(prefix = "/_fn", endpoint = "sso/remove_domain")]
pub async fn remove_domain(
    #[server(default)] organisation: String,
    #[server(default)] id: String,
) -> Result<(), ServerFnError> {
    let page = page_of(ctx().as_ref(), &organisation);
    act(Form::on("sso-domain", page.clone()), async move |ctx| {
        let organisation = proven(&ctx, &organisation).await?;
        manage::remove_domain(&ctx, organisation, domain_of(&id)?).await?;
        Ok(Done::to(page).saying(ctx.t("sso-domain-removed")))
    })
    .await
}
