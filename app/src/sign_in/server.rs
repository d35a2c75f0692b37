//! Server functions of signing in and out, of the second factor, and of proving again who one is.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]

use std::net::IpAddr;

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::doors::{Done, Form, act, home_of};
use crate::error::AppError;
use crate::factors::prove::{self, Proved};
use crate::ids::UserId;
use crate::paths;

use super::assurance::Method;
use super::backend::AuthSession;
use super::pending::Pending;
use super::{establish, proof, service};

/// Where a request came from, as the server's layer found out.
#[derive(Clone, Copy, Debug)]
pub struct Sender(pub IpAddr);

/// The session and the sender: every server function has both.
async fn asker() -> Result<(AuthSession, IpAddr), AppError> {
    let auth: Result<AuthSession, _> = leptos_axum::extract().await;
    let sender: Result<axum::Extension<Sender>, _> = leptos_axum::extract().await;
    match (auth, sender) {
        (Ok(auth), Ok(axum::Extension(Sender(sender)))) => Ok((auth, sender)),
        _ => Err(AppError::Internal),
    }
}

/// A page of ours with where it leads afterwards.
fn leading(page: &str, next: &str) -> String {
    match paths::own_path(next, "") {
        "" => page.to_owned(),
        next => paths::with_next(page, next),
    }
}

/// Signs in with e-mail and password.
#[server(prefix = "/_fn", endpoint = "sign_in/sign_in")]
pub async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    let asker = asker().await;
    let form = Form::on("sign-in", leading(paths::SIGN_IN, &next)).value("email", email.clone());
    act(form, async move |ctx| {
        let (mut auth, sender) = asker?;
        service::sign_in(&ctx, &email, &password, sender).await?.enter(&ctx, &mut auth, &next).await
    })
    .await
}

/// Signs in with a passkey alone.
#[server(prefix = "/_fn", endpoint = "sign_in/passkey")]
pub async fn sign_in_with_passkey(
    #[server(default)] state: String,
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    let asker = asker().await;
    act(Form::on("sign-in", leading(paths::SIGN_IN, &next)), async move |ctx| {
        let (mut auth, sender) = asker?;
        let (Proved { tx, method }, user) = prove::any_passkey(&ctx, &state, &credential, sender).await?;
        let begun = match establish::begin(&tx, &ctx, user, method).await {
            // Somebody suspended learns no more than somebody unknown.
            Err(AppError::NotFound) => return Err(service::wrong_passkey(&ctx)),
            other => other?,
        };
        tx.commit().await?;
        begun.enter(&ctx, &mut auth, &next).await
    })
    .await
}

/// Who is expected to show a second factor in this session: somebody who waits to come in, with what they proved
/// before, or somebody inside who is held up.
async fn expected(ctx: &Ctx, auth: &AuthSession) -> Result<(UserId, Option<Method>), AppError> {
    if let Some(user) = ctx.actor.user_id() {
        return Ok((user, None));
    }
    let waiting = Pending::read(ctx, &auth.session).await?;
    let (person, method) = waiting.ok_or(AppError::Unauthenticated)?;
    Ok((person.user_id, Some(method)))
}

/// Lets somebody in, or on, whose second factor was accepted.
async fn admit(
    ctx: &Ctx,
    auth: &mut AuthSession,
    proved: Proved,
    user: UserId,
    waited: Option<Method>,
    next: &str,
) -> Result<Done, AppError> {
    let Proved { tx, method } = proved;
    let Some(first) = waited else {
        service::note_proof(&tx, ctx, user, method).await?;
        tx.commit().await?;
        let assurance = proof::note(ctx, &auth.session, method).await?;
        let ctx = proof::refreshed(ctx, assurance).await?;
        return Ok(Done::to(paths::own_path(next, home_of(&ctx).1)));
    };
    let begun = establish::complete(&tx, ctx, user, first, method).await?;
    tx.commit().await?;
    begun.enter(ctx, auth, next).await
}

/// What somebody shows to prove who they are.
enum Shown {
    Password(String),
    Code(String),
    Passkey { state: String, credential: String },
}

impl Shown {
    async fn check(self, ctx: &Ctx, user: UserId, sender: IpAddr) -> Result<Proved, AppError> {
        match self {
            Self::Password(password) => prove::password(ctx, user, &password, sender).await,
            Self::Code(code) => prove::code(ctx, user, &code, sender).await,
            Self::Passkey { state, credential } => prove::passkey(ctx, user, &state, &credential, sender).await,
        }
    }
}

/// Takes a second factor.
async fn second_factor(shown: Shown, next: String) -> Result<(), ServerFnError> {
    let asker = asker().await;
    act(Form::on("factor", leading(paths::SECOND_FACTOR, &next)), async move |ctx| {
        let (mut auth, sender) = asker?;
        let (user, waited) = expected(&ctx, &auth).await?;
        let proved = shown.check(&ctx, user, sender).await?;
        admit(&ctx, &mut auth, proved, user, waited, &next).await
    })
    .await
}

/// Shows a code as second factor: of the app, or a recovery code.
#[server(prefix = "/_fn", endpoint = "sign_in/factor_code")]
pub async fn factor_code(
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    second_factor(Shown::Code(code), next).await
}

/// Shows a passkey as second factor.
#[server(prefix = "/_fn", endpoint = "sign_in/factor_passkey")]
pub async fn factor_passkey(
    #[server(default)] state: String,
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    second_factor(Shown::Passkey { state, credential }, next).await
}

/// The person of this session, who proves again that it is them.
fn proving(ctx: &Ctx) -> Result<UserId, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    match ctx.actor.via() {
        crate::access::Via::Session => Ok(user),
        _ => Err(AppError::Forbidden),
    }
}

/// Takes another proof of who one is.
async fn confirm(shown: Shown, next: String) -> Result<(), ServerFnError> {
    let asker = asker().await;
    act(Form::on("confirm", leading(paths::CONFIRM, &next)), async move |ctx| {
        let (mut auth, sender) = asker?;
        let user = proving(&ctx)?;
        let proved = shown.check(&ctx, user, sender).await?;
        admit(&ctx, &mut auth, proved, user, None, &next).await
    })
    .await
}

/// Proves again who one is, with the password.
#[server(prefix = "/_fn", endpoint = "sign_in/confirm_password")]
pub async fn confirm_password(
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    confirm(Shown::Password(password), next).await
}

/// Proves again who one is, with a code.
#[server(prefix = "/_fn", endpoint = "sign_in/confirm_code")]
pub async fn confirm_code(
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    confirm(Shown::Code(code), next).await
}

/// Proves again who one is, with a passkey.
#[server(prefix = "/_fn", endpoint = "sign_in/confirm_passkey")]
pub async fn confirm_passkey(
    #[server(default)] state: String,
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    confirm(Shown::Passkey { state, credential }, next).await
}

/// Signs out: the session ends on the server, whatever the browser does with its cookie. With `next`, a page of ours,
/// signing in again leads there.
#[server(prefix = "/_fn", endpoint = "sign_in/sign_out")]
pub async fn sign_out(#[server(default)] next: String) -> Result<(), ServerFnError> {
    let auth: Result<AuthSession, _> = leptos_axum::extract().await;
    act(Form::on("sign-out", paths::HOME), async move |ctx| {
        service::sign_out(&ctx).await?;
        let mut auth = auth.map_err(|_| AppError::Internal)?;
        auth.logout().await.map_err(|_| AppError::Unavailable)?;
        Ok(Done::to(leading(paths::SIGN_IN, &next)))
    })
    .await
}
