//! The pages for what went wrong, and where an error leads instead.

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::paths;
use crate::ui::markup::{IntoMarkup as _, Markup};
use crate::ui::{Bare, ErrorPage, Layout};

use super::frame::{frame_of, home_of};
use super::page::PageTitle;
use super::request::{ctx, redirect, response};

/// The page for an error, with its status. Not signed in becomes a trip to sign-in.
pub fn failed(ctx: &Ctx, response: &ResponseOptions, error: &AppError) -> AnyView {
    let status = error.status();
    if let Some(detour) = detour(error, &ctx.path) {
        redirect(response, &detour);
        return ().into_any();
    }
    response.set_status(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    if let AppError::Unavailable = error {
        response.insert_header(RETRY_AFTER, HeaderValue::from_static("10"));
    }
    error_view(ctx, status)
}

/// The page for a status with its title.
fn error_view(ctx: &Ctx, status: u16) -> AnyView {
    view! { <PageTitle text=format!("{status} - {}", ctx.portal.name.get()) />{error_body(ctx, status)} }.into_any()
}

/// The page for a status: in the frame for somebody signed in, bare for anybody else.
pub fn error_body(ctx: &Ctx, status: u16) -> Markup {
    let locale = ctx.locale;
    let (side, home) = home_of(ctx);
    let request_id = ctx.request_id.to_string();
    if ctx.actor.is_anonymous() {
        let home = if status == 401 { paths::SIGN_IN } else { home };
        return view! {
            <Bare locale=locale portal_name=ctx.portal.name.get()>
                <ErrorPage locale=locale status=status request_id=request_id home_href=home />
            </Bare>
        }
        .into_markup();
    }
    let place = side.home();
    let frame = frame_of(ctx, place, vec![], &[], None);
    view! {
        <Layout frame=frame>
            <ErrorPage locale=locale status=status request_id=request_id home_href=home />
        </Layout>
    }
    .into_markup()
}

/// The page for an address that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    let Some(ctx) = ctx() else { return ().into_any() };
    response().set_status(StatusCode::NOT_FOUND);
    error_view(&ctx, 404)
}

/// Where somebody goes first who may not do this yet: to sign in (at their provider, where that is the only way), to
/// prove or add a second factor, to prove again who they are. They come back afterwards.
pub(super) fn detour(error: &AppError, next: &str) -> Option<String> {
    let page = match error {
        AppError::Unauthenticated => paths::SIGN_IN,
        AppError::Held => paths::SECOND_FACTOR,
        AppError::ProofNeeded => paths::CONFIRM,
        // With a word on why they are there; what they came from is a sign-in page itself.
        AppError::SsoOnly(slug) => return Some(format!("{}?only=1", paths::sign_in_at(slug))),
        _ => return None,
    };
    Some(paths::with_next(page, next))
}
