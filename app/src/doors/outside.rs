//! Pages outside the frame: for whoever is not signed in, or not quite.

use std::sync::Arc;

use futures::future::BoxFuture;
use leptos::prelude::*;
use tower_sessions::Session;

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::flash::Flash;
use crate::ui::Gate;
use crate::ui::markup::{IntoMarkup as _, Markup};

use super::error::failed;
use super::page::PageTitle;
use super::request::{ctx, redirect, request, response};
use super::visit::{Query, Visit};

/// A finished page for people who are not signed in, or need not be.
pub struct GatePage {
    /// For the browser's tab, without the portal's name.
    pub title: String,
    /// What stands beside the lights.
    pub body: Markup,
}

/// Renders a page that needs nobody to be signed in: a link from a mail, a forgotten password.
pub fn gate<F>(load: impl FnOnce(Ctx, Visit) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<GatePage, AppError>> + Send + 'static,
{
    outside(async move |ctx, visit| load(ctx, visit).await.map(Outside::Page))
}

/// A page outside the frame, or where to go instead of it.
pub enum Outside {
    /// The page.
    Page(GatePage),
    /// Another page of ours.
    Elsewhere(String),
}

/// What loads such a page.
type Load = Box<dyn FnOnce(Ctx, Visit) -> BoxFuture<'static, Result<Outside, AppError>> + Send>;

/// Renders a page outside the frame: for whoever is not signed in, or not quite.
pub fn outside<F>(load: impl FnOnce(Ctx, Visit) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Result<Outside, AppError>> + Send + 'static,
{
    gated(Box::new(move |ctx, visit| Box::pin(load(ctx, visit))))
}

fn gated(load: Load) -> AnyView {
    let Some(ctx) = ctx() else { return ().into_any() };
    let (parts, response) = (request(), response());
    let params = leptos_router::hooks::use_params_map().get_untracked();
    let query = Query::parse(parts.as_ref().and_then(|p| p.uri.query()).unwrap_or_default());
    let session = parts.and_then(|p| p.extensions.get::<Session>().cloned());
    view! {
        <Suspense>
            {Suspend::new(async move {
                let flash = match &session {
                    // Only a browser that has a session can have left something.
                    Some(session) if session.id().is_some() => Flash::take(session).await.unwrap_or_default(),
                    _ => Flash::default(),
                };
                let visit = Visit { query, flash, session, params, organisation: Arc::default() };
                match load(ctx.clone(), visit).await {
                    Ok(Outside::Page(GatePage { title, body })) => {
                        let title = format!("{title} - {}", ctx.portal.name.get());
                        let (name, path) = (ctx.portal.name.get(), ctx.path.to_string());
                        let framed = view! { <Gate locale=ctx.locale portal_name=name path=path>{body}</Gate> };
                        view! { <PageTitle text=title />{framed.into_markup()} }.into_any()
                    }
                    Ok(Outside::Elsewhere(path)) => {
                        redirect(&response, &path);
                        ().into_any()
                    }
                    Err(error) => failed(&ctx, &response, &error),
                }
            })}
        </Suspense>
    }
    .into_any()
}
