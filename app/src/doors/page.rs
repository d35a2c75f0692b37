//! Pages inside the frame.

use std::sync::Arc;

use futures::future::BoxFuture;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::Title;
use tower_sessions::Session;

use crate::account::server::ORGANISATION_KEY;
use crate::announcements::page::bars;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::OrganisationId;
use crate::notifications;
use crate::ui::markup::{IntoMarkup as _, Markup};
use crate::ui::{Layout, Place, bell};

use super::error::failed;
use super::frame::{frame_of, session_end, waiting};
use super::request::{ctx, request, response};
use super::visit::{Query, Visit};

/// A finished page: what is inside the frame.
pub struct Page {
    /// For the browser's tab, without the portal's name.
    pub title: String,
    /// Which entry of the navigation it belongs to.
    pub place: Place,
    /// The way here, without the page itself.
    pub crumbs: Vec<(String, String)>,
    /// What waits for the reader, where the page has just counted it.
    pub todo: Option<u32>,
    /// The page.
    pub body: Markup,
}

/// What loads a page. Boxed, so that the frame around it is compiled once and not for every page.
type Load = Box<dyn FnOnce(Ctx, Visit) -> BoxFuture<'static, Result<Page, AppError>> + Send>;

/// Renders a page inside the frame. Whoever is not signed in is sent to sign in and comes back.
pub fn page<F>(load: impl FnOnce(Ctx, Visit) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Result<Page, AppError>> + Send + 'static,
{
    framed(Box::new(move |ctx, visit| Box::pin(load(ctx, visit))))
}

fn framed(load: Load) -> AnyView {
    let Some(ctx) = ctx() else { return ().into_any() };
    let (parts, response) = (request(), response());
    let nonce = use_nonce().map(|nonce| nonce.to_string());
    let params = leptos_router::hooks::use_params_map().get_untracked();
    let query = Query::parse(parts.as_ref().and_then(|p| p.uri.query()).unwrap_or_default());
    let session = parts.and_then(|p| p.extensions.get::<Session>().cloned());
    view! {
        <Suspense>
            {Suspend::new(async move {
                let flash = match (&session, ctx.actor.is_anonymous()) {
                    (Some(session), false) => left(session, &ctx).await,
                    _ => Flash::default(),
                };
                let toast = flash.toast.clone();
                let organisation = Arc::default();
                let visit = Visit { query, flash, session: session.clone(), params, organisation: Arc::clone(&organisation) };
                let result = match unheld(&ctx) {
                    Ok(()) => load(ctx.clone(), visit).await,
                    Err(error) => Err(error),
                };
                match result {
                    Ok(page) => {
                        let ctx = moved(ctx, &session, organisation.get().copied()).await;
                        let waiting = waiting(&ctx, page.todo).await;
                        // A number is no reason to withhold the page.
                        let unseen = notifications::service::unseen(&ctx).await.unwrap_or_default();
                        let title = match (page.todo, unseen) {
                            (Some(count), _) if count > 0 => format!("({count}) {} - {}", page.title, ctx.portal.name.get()),
                            (_, 1..) => format!("({}) {} - {}", bell(unseen), page.title, ctx.portal.name.get()),
                            _ => format!("{} - {}", page.title, ctx.portal.name.get()),
                        };
                        let mut crumbs = page.crumbs;
                        crumbs.push((String::new(), page.title));
                        let mut frame = frame_of(&ctx, page.place, crumbs, &waiting, toast);
                        frame.session_end = session_end(&ctx, nonce);
                        frame.announcements = bars(&ctx).await;
                        frame.unseen = unseen;
                        let framed = view! { <Layout frame=frame>{page.body}</Layout> }.into_markup();
                        view! { <PageTitle text=title />{framed} }.into_any()
                    }
                    Err(error) => failed(&ctx, &response, &error),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// What the request before left for this page, or a form of it that waited until somebody proved who they are.
async fn left(session: &Session, ctx: &Ctx) -> Flash {
    let (now, waiting) = (Flash::take(session).await, Flash::take_waiting(session, &ctx.path).await);
    now.or(waiting).unwrap_or_default()
}

/// Whether anybody sees a page at all: signed in, and not held up for want of a second factor.
fn unheld(ctx: &Ctx) -> Result<(), AppError> {
    if ctx.actor.is_anonymous() {
        return Err(AppError::Unauthenticated);
    }
    ctx.actor.unheld()
}

/// The context in the organisation that the page belongs to, where that is another one of theirs. It is remembered.
async fn moved(mut ctx: Ctx, session: &Option<Session>, to: Option<OrganisationId>) -> Ctx {
    let Some(to) = to.filter(|to| ctx.organisation.is_some_and(|at| at != *to) && ctx.viewing.is_none()) else {
        return ctx;
    };
    if ctx.actor.memberships().iter().any(|m| m.organisation_id == to) {
        if let Some(session) = session {
            // Where it cannot be kept the page is right all the same.
            let _: Result<(), _> = session.insert(ORGANISATION_KEY, to).await;
        }
        ctx.organisation = Some(to);
    }
    ctx
}

/// The document title, escaped: `leptos_meta` writes it as it comes.
#[component]
pub fn PageTitle(
    /// The title as text.
    text: String,
) -> impl IntoView {
    let text = html_escape::encode_text(&text).into_owned();
    view! { <Title text=text /> }
}
