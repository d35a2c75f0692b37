//! Server functions of a customer's people.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::access::{MembershipRole, Module, Reach, Rights};
use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrganisationId, ProjectId, UserId};
use crate::paths;

use super::model::{Change, MemberState};
use super::projects;
use super::service::{self, Seen};

/// Whom a form is about, and what its page showed.
fn target(organisation: &str, user: &str, revision: &str) -> Result<(OrganisationId, UserId, Seen), AppError> {
    let organisation = organisation.parse().map_err(|_| AppError::NotFound)?;
    let user = user.parse().map_err(|_| AppError::NotFound)?;
    let revision = revision.parse().map_err(|_| AppError::BadRequest("revision".into()))?;
    Ok((organisation, user, Seen { revision: Some(revision), form: true }))
}

/// The role that a form names.
pub(crate) fn role(ctx: &Ctx, text: &str) -> Result<MembershipRole, AppError> {
    MembershipRole::parse(text).ok_or_else(|| AppError::Invalid(FieldErrors::one("role", ctx.t("team-error-role"))))
}

/// The rights that a form names, over those it leaves open. An unknown reach is an error of its field.
pub(crate) fn rights(ctx: &Ctx, open: Rights, fields: [&str; 4]) -> Result<Rights, AppError> {
    let mut rights = open;
    let mut errors = FieldErrors::default();
    for (module, text) in Module::ALL.into_iter().zip(fields) {
        match (text, Reach::parse(text)) {
            ("", _) => {}
            (_, Some(reach)) => rights = rights.with(module, reach),
            _ => errors.add(module.name(), ctx.t("team-error-reach")),
        }
    }
    errors.into_result()?;
    Ok(rights)
}

/// Changes somebody's role and rights.
#[server(prefix = "/_fn", endpoint = "team/change")]
pub async fn change_member(
    #[server(default)] organisation: String,
    #[server(default)] user: String,
    #[server(default)] revision: String,
    #[server(default)] page: String,
    #[server(default)] role: String,
    #[server(default)] documents: String,
    #[server(default)] orders: String,
    #[server(default)] money: String,
    #[server(default)] tickets: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&page, paths::ORGANISATION).to_owned();
    let form = Form::on("member", page.clone())
        .value("role", role.clone())
        .value("documents", documents.clone())
        .value("orders", orders.clone())
        .value("money", money.clone())
        .value("tickets", tickets.clone());
    act(form, async move |ctx| {
        let (organisation, user, seen) = target(&organisation, &user, &revision)?;
        let role = self::role(&ctx, &role)?;
        let rights = rights(&ctx, Rights::default_of(role), [&documents, &orders, &money, &tickets])?;
        let change = Change { role: Some(role), rights: Some(rights), state: None };
        let member = service::change(&ctx, organisation, user, seen, change).await?;
        Ok(Done::to(page).saying(ctx.with("team-saved", &[("name", member.name.into())])))
    })
    .await
}

async fn set_state(
    state: MemberState,
    says: &'static str,
    (organisation, user, revision, page): (String, String, String, String),
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&page, paths::ORGANISATION).to_owned();
    act(Form::on("member", page.clone()), async move |ctx| {
        let (organisation, user, seen) = target(&organisation, &user, &revision)?;
        let change = Change { state: Some(state), ..Change::default() };
        let member = service::change(&ctx, organisation, user, seen, change).await?;
        Ok(Done::to(page).saying(ctx.with(says, &[("name", member.name.into())])))
    })
    .await
}

/// Suspends somebody's membership.
#[server(prefix = "/_fn", endpoint = "team/suspend")]
pub async fn suspend_member(
    #[server(default)] organisation: String,
    #[server(default)] user: String,
    #[server(default)] revision: String,
    #[server(default)] page: String,
) -> Result<(), ServerFnError> {
    set_state(MemberState::Suspended, "team-suspended-now", (organisation, user, revision, page)).await
}

/// Restores a suspended membership.
#[server(prefix = "/_fn", endpoint = "team/restore")]
pub async fn restore_member(
    #[server(default)] organisation: String,
    #[server(default)] user: String,
    #[server(default)] revision: String,
    #[server(default)] page: String,
) -> Result<(), ServerFnError> {
    set_state(MemberState::Active, "team-restored-now", (organisation, user, revision, page)).await
}

/// Ends somebody's membership.
#[server(prefix = "/_fn", endpoint = "team/remove")]
pub async fn remove_member(
    #[server(default)] organisation: String,
    #[server(default)] user: String,
    #[server(default)] revision: String,
    #[server(default)] page: String,
    #[server(default)] back: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&page, paths::ORGANISATION).to_owned();
    let back = paths::own_path(&back, paths::ORGANISATION).to_owned();
    act(Form::on("member", page), async move |ctx| {
        let (organisation, user, seen) = target(&organisation, &user, &revision)?;
        service::remove(&ctx, organisation, user, seen).await?;
        Ok(Done::to(back).saying(ctx.t("team-removed-now")))
    })
    .await
}

/// Puts somebody on a project of the organisation.
#[server(prefix = "/_fn", endpoint = "team/add_project")]
pub async fn add_member_project(
    #[server(default)] organisation: String,
    #[server(default)] user: String,
    #[server(default)] page: String,
    #[server(default)] project: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&page, paths::ORGANISATION).to_owned();
    let form = Form::on("member-project", page.clone()).value("project", project.clone());
    act(form, async move |ctx| {
        let (organisation, user) = whom(&ctx, &organisation, &user).await?;
        let (member, project) = projects::add(&ctx, organisation, user, chosen(&ctx, &project)?).await?;
        let names = [("name", member.name.into()), ("project", project.name.into())];
        Ok(Done::to(page).saying(ctx.with("team-project-added", &names)))
    })
    .await
}

/// Takes somebody off a project of the organisation.
#[server(prefix = "/_fn", endpoint = "team/remove_project")]
pub async fn remove_member_project(
    #[server(default)] organisation: String,
    #[server(default)] user: String,
    #[server(default)] page: String,
    #[server(default)] project: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&page, paths::ORGANISATION).to_owned();
    act(Form::on("member-project", page.clone()), async move |ctx| {
        let (organisation, user) = whom(&ctx, &organisation, &user).await?;
        let (member, project) = projects::remove(&ctx, organisation, user, chosen(&ctx, &project)?).await?;
        let names = [("name", member.name.into()), ("project", project.name.into())];
        Ok(Done::to(page).saying(ctx.with("team-project-removed", &names)))
    })
    .await
}

/// Whom a form is about that says which projects they are on. Who may not say it learns nothing of what is wrong with the form.
async fn whom(ctx: &Ctx, organisation: &str, user: &str) -> Result<(OrganisationId, UserId), AppError> {
    let organisation = organisation.parse().map_err(|_| AppError::NotFound)?;
    let user = user.parse().map_err(|_| AppError::NotFound)?;
    let (found, _) = service::find(ctx, organisation, user).await?;
    if service::may(ctx, &found).manage { Ok((organisation, user)) } else { Err(AppError::Forbidden) }
}

/// The project that a form names; none is an error of its field.
fn chosen(ctx: &Ctx, text: &str) -> Result<ProjectId, AppError> {
    text.parse().map_err(|_| AppError::Invalid(FieldErrors::one("project", ctx.t("team-error-project"))))
}
