//! Server functions of invitations.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::access::{MembershipRole, Rights};
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;
use crate::ids::{InvitationId, OrganisationId, ProjectId};
use crate::paths;
use crate::sign_in::backend::AuthSession;
use crate::team::server::{rights, role as parse_role};
use crate::team::service as team;

use super::accept::{self, Newcomer};
use super::model::NewInvitation;
use super::{invite, service};

/// Invites somebody to a customer.
#[server(prefix = "/_fn", endpoint = "invitations/create")]
pub async fn create_invitation(
    #[server(default)] organisation: String,
    #[server(default)] page: String,
    #[server(default)] back: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] locale: String,
    #[server(default)] role: String,
    #[server(default)] documents: String,
    #[server(default)] orders: String,
    #[server(default)] money: String,
    #[server(default)] tickets: String,
    #[server(default)] projects: Vec<String>,
    #[server(default)] message: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&page, paths::ORGANISATION_INVITE).to_owned();
    let back = paths::own_path(&back, paths::ORGANISATION).to_owned();
    let form = Form::on("invite", page)
        .value("name", name.clone())
        .value("email", email.clone())
        .value("locale", locale.clone())
        .value("role", role.clone())
        .value("documents", documents.clone())
        .value("orders", orders.clone())
        .value("money", money.clone())
        .value("tickets", tickets.clone())
        .value("projects", projects.join(","))
        .value("message", message.clone());
    act(form, async move |ctx| {
        let organisation: OrganisationId = organisation.parse().map_err(|_| AppError::NotFound)?;
        let role = parse_role(&ctx, &role)?;
        let limits = team::limits(&ctx, organisation, role).await?;
        let usual = Rights::default_of(role).at_most(limits);
        let rights = rights(&ctx, usual, [&documents, &orders, &money, &tickets])?;
        let wrong = || AppError::Invalid(FieldErrors::one("projects", ctx.t("invite-error-project")));
        let projects: Vec<ProjectId> =
            projects.iter().map(|id| id.parse()).collect::<Result<_, _>>().map_err(|_| wrong())?;
        let new = NewInvitation {
            email,
            name,
            role,
            rights: (role != MembershipRole::Admin).then_some(rights),
            projects,
            message,
            locale: Locale::parse(&locale).unwrap_or(ctx.locale),
        };
        let invitation = invite::to_customer(&ctx, organisation, new).await?;
        Ok(Done::to(back).saying(ctx.with("invite-sent", &[("email", invitation.email.into())])))
    })
    .await
}

fn id_of(text: &str) -> Result<InvitationId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// Sends an invitation again.
#[server(prefix = "/_fn", endpoint = "invitations/resend")]
pub async fn resend_invitation(
    #[server(default)] id: String,
    #[server(default)] back: String,
) -> Result<(), ServerFnError> {
    let back = paths::own_path(&back, paths::ORGANISATION).to_owned();
    act(Form::on("invited", back.clone()), async move |ctx| {
        let invitation = service::resend(&ctx, id_of(&id)?).await?;
        Ok(Done::to(back).saying(ctx.with("invite-sent", &[("email", invitation.email.into())])))
    })
    .await
}

/// Takes an invitation back.
#[server(prefix = "/_fn", endpoint = "invitations/withdraw")]
pub async fn withdraw_invitation(
    #[server(default)] id: String,
    #[server(default)] back: String,
) -> Result<(), ServerFnError> {
    let back = paths::own_path(&back, paths::ORGANISATION).to_owned();
    act(Form::on("invited", back.clone()), async move |ctx| {
        service::withdraw(&ctx, id_of(&id)?).await?;
        Ok(Done::to(back).saying(ctx.t("invite-withdrawn-now")))
    })
    .await
}

/// Accepts an invitation: the button on the page behind the link.
#[server(prefix = "/_fn", endpoint = "invitations/accept")]
pub async fn accept_invitation(
    #[server(default)] key: String,
    #[server(default)] name: String,
    #[server(default)] password: String,
    #[server(default)] way: String,
) -> Result<(), ServerFnError> {
    let auth: Result<AuthSession, _> = leptos_axum::extract().await;
    let page = paths::with_key(paths::INVITATION, &key);
    let form = Form::on("invitation", page).value("name", name.clone()).value("way", way.clone());
    act(form, async move |ctx| {
        let mut auth = auth.map_err(|_| AppError::Internal)?;
        let passkey = way == "passkey";
        let newcomer = Newcomer { name, password, passkey, locale: ctx.locale };
        match accept::accept(&ctx, &key, newcomer).await? {
            // The mail has shown whose address it is; the first thing to do is how to come back.
            accept::Joined::New(begun) => {
                let next = if passkey { format!("{}?welcome=1", paths::ACCOUNT_SECURITY) } else { String::new() };
                begun.enter(&ctx, &mut auth, &next).await
            }
            accept::Joined::Member { signed_in, organisation } => {
                let home = organisation.map_or_else(|| paths::HOME.to_owned(), paths::home_of);
                Ok(match signed_in {
                    true => Done::to(home).saying(ctx.t("invitation-joined")),
                    false => Done::to(format!("{}&done=1", paths::with_next(paths::INVITATION, &home))),
                })
            }
        }
    })
    .await
}
