//! The two Leptos doors: pages and server functions. Both build on the [`Ctx`] that the server's layer made, and
//! both turn an [`AppError`] into the same status.

use std::sync::{Arc, OnceLock};

use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderValue, LOCATION, RETRY_AFTER};
use axum::http::{StatusCode, request};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use tower_sessions::Session;

use crate::access::{Action, Relation, Topic, allow};
use crate::account::server::ORGANISATION_KEY;
use crate::account::sessions;
use crate::approvals::overview;
use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::flash::Flash;
use crate::home::inbox;
use crate::i18n::format;
use crate::ids::OrganisationId;
use crate::paths;
use crate::ui::{Bare, ErrorPage, Frame, Gate, Layout, OrganisationChoice, Place, SessionEnd, Side, ViewingBar};

/// The context of this request. Only these two functions look it up.
#[expect(clippy::disallowed_methods, reason = "the one place that looks the context up")]
pub fn ctx() -> Option<Ctx> {
    use_context::<Ctx>()
}

#[expect(clippy::disallowed_methods, reason = "the one place that looks the request up")]
fn request() -> Option<request::Parts> {
    use_context::<request::Parts>()
}

#[expect(clippy::disallowed_methods, reason = "the one place that looks the response up")]
fn response() -> ResponseOptions {
    use_context::<ResponseOptions>().unwrap_or_default()
}

/// The query of a page's address.
#[derive(Clone, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Parses the part after the question mark.
    pub fn parse(query: &str) -> Self {
        Self(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// The first value of a parameter, if it is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// Every value of a parameter.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }
}

/// What a page needs beside the context.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The query.
    pub query: Query,
    /// What the request before left.
    pub flash: Flash,
    /// The session, for what a page keeps in it.
    pub session: Option<Session>,
    params: leptos_router::params::ParamsMap,
    organisation: Arc<OnceLock<OrganisationId>>,
}

impl Visit {
    /// What the page shows belongs to this organisation. Somebody who is in several, and has come from one of the
    /// others by a link, is in this one from here on.
    pub fn is_in(&self, organisation: OrganisationId) {
        // The page says it once.
        let _: Result<(), OrganisationId> = self.organisation.set(organisation);
    }

    /// An id from the path. One that is none is not found.
    pub fn id<T: std::str::FromStr>(&self, name: &str) -> Result<T, AppError> {
        self.params.get(name).and_then(|text| text.parse().ok()).ok_or(AppError::NotFound)
    }
}

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
    pub body: AnyView,
}

/// Renders a page inside the frame. Whoever is not signed in is sent to sign in and comes back.
pub fn page<F>(load: impl FnOnce(Ctx, Visit) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<Page, AppError>> + Send + 'static,
{
    framed(async move |ctx, visit| {
        if ctx.actor.is_anonymous() {
            return Err(AppError::Unauthenticated);
        }
        ctx.actor.unheld()?;
        load(ctx, visit).await
    })
}

/// A finished page for people who are not signed in, or need not be.
pub struct GatePage {
    /// For the browser's tab, without the portal's name.
    pub title: String,
    /// What stands beside the lights.
    pub body: AnyView,
}

/// Renders a page that needs nobody to be signed in: a link from a mail, a forgotten password.
pub fn gate<F>(load: impl FnOnce(Ctx, Visit) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<GatePage, AppError>> + Send + 'static,
{
    outside(async move |ctx, visit| load(ctx, visit).await.map(Outside::Page))
}

fn framed<F>(load: impl FnOnce(Ctx, Visit) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<Page, AppError>> + Send + 'static,
{
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
                    (Some(session), false) => Flash::take(session).await.unwrap_or_default(),
                    _ => Flash::default(),
                };
                let toast = flash.toast.clone();
                let organisation = Arc::default();
                let visit = Visit { query, flash, session: session.clone(), params, organisation: Arc::clone(&organisation) };
                let result = load(ctx.clone(), visit).await;
                match result {
                    Ok(page) => {
                        let ctx = moved(ctx, &session, organisation.get().copied()).await;
                        let waiting = waiting(&ctx, page.todo).await;
                        let title = format!("{} - {}", page.title, ctx.portal.name.get());
                        let mut crumbs = page.crumbs;
                        crumbs.push((String::new(), page.title));
                        let mut frame = frame_of(&ctx, page.place, crumbs, &waiting, toast);
                        frame.session_end = session_end(&ctx, nonce);
                        view! {
                            <PageTitle text=title />
                            <Layout frame=frame>{page.body}</Layout>
                        }
                        .into_any()
                    }
                    Err(error) => failed(&ctx, &response, &error),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// A page outside the frame, or where to go instead of it.
pub enum Outside {
    /// The page.
    Page(GatePage),
    /// Another page of ours.
    Elsewhere(String),
}

/// Renders a page outside the frame: for whoever is not signed in, or not quite.
pub fn outside<F>(load: impl FnOnce(Ctx, Visit) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<Outside, AppError>> + Send + 'static,
{
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
                        view! {
                            <PageTitle text=title />
                            <Gate locale=ctx.locale portal_name=ctx.portal.name.get() path=ctx.path.to_string()>{body}</Gate>
                        }
                        .into_any()
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

/// The document title, escaped: `leptos_meta` writes it as it comes.
#[component]
pub fn PageTitle(
    /// The title as text.
    text: String,
) -> impl IntoView {
    let text = html_escape::encode_text(&text).into_owned();
    view! { <Title text=text /> }
}

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
pub fn error_body(ctx: &Ctx, status: u16) -> AnyView {
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
        .into_any();
    }
    let place = side.home();
    let frame = frame_of(ctx, place, vec![], &[], None);
    view! {
        <Layout frame=frame>
            <ErrorPage locale=locale status=status request_id=request_id home_href=home />
        </Layout>
    }
    .into_any()
}

/// The page for an address that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    let Some(ctx) = ctx() else { return ().into_any() };
    response().set_status(StatusCode::NOT_FOUND);
    error_view(&ctx, 404)
}

/// Sets the content security policy of the page being rendered.
pub fn set_policy(policy: &str) {
    if let Ok(value) = HeaderValue::from_str(policy) {
        response().insert_header(CONTENT_SECURITY_POLICY, value);
    }
}

/// Which side a person is on, and where it begins.
pub fn home_of(ctx: &Ctx) -> (Side, &'static str) {
    if ctx.actor.staff().is_some() { (Side::Staff, paths::STAFF) } else { (Side::Customer, paths::HOME) }
}

/// Where somebody goes first who may not do this yet: to sign in (at their provider, where that is the only way), to
/// prove or add a second factor, to prove again who they are. They come back afterwards.
fn detour(error: &AppError, next: &str) -> Option<String> {
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

/// The numbers in the navigation: what waits in each organisation. Who has only one is spared the question where the
/// page has counted already.
async fn waiting(ctx: &Ctx, counted: Option<u32>) -> Vec<(OrganisationId, u32)> {
    match (counted, ctx.organisation) {
        (Some(count), Some(organisation)) if ctx.actor.memberships().len() == 1 => vec![(organisation, count)],
        _ if ctx.actor.staff().is_some() => Vec::new(),
        // A number is no reason to withhold the page.
        _ => inbox::counts(ctx).await.unwrap_or_default(),
    }
}

fn frame_of(
    ctx: &Ctx,
    current: Place,
    crumbs: Vec<(String, String)>,
    waiting: &[(OrganisationId, u32)],
    toast: Option<String>,
) -> Frame {
    let waiting = |id| waiting.iter().find(|(organisation, _)| *organisation == id).map_or(0, |(_, count)| *count);
    let (side, _) = home_of(ctx);
    let back = crumbs.iter().rev().map(|(href, _)| href).find(|href| !href.is_empty()).cloned();
    let organisation = ctx.organisation;
    Frame {
        locale: ctx.locale,
        portal_name: ctx.portal.name.get(),
        side,
        person_name: ctx.actor.name().to_owned(),
        person_email: ctx.actor.email().to_owned(),
        role_label: ctx.actor.role_for(organisation).map_or("", |role| ctx.t(role.label_key())).to_owned(),
        current,
        places: places(ctx),
        todo_count: organisation.map_or(0, waiting),
        organisations: ctx
            .actor
            .memberships()
            .iter()
            .map(|m| OrganisationChoice {
                id: m.organisation_id.to_string(),
                name: m.name.clone(),
                role_label: ctx.t(m.role.role().label_key()).to_owned(),
                current: organisation == Some(m.organisation_id),
                waiting: waiting(m.organisation_id),
            })
            .collect(),
        path: ctx.path.to_string(),
        theme: ctx.theme,
        crumbs,
        toast,
        viewing: ctx.viewing.as_ref().map(|viewing| ViewingBar {
            title: ctx.with("view-as-bar", &[("name", ctx.actor.name().to_owned().into())]),
            place: ctx.with("view-as-bar-place", &[("organisation", viewing.organisation.clone().into())]),
            facts: ctx.with(
                "view-as-bar-facts",
                &[
                    ("reason", viewing.reason.clone().into()),
                    ("time", format::time(&ctx.zone, viewing.expires_at).into()),
                ],
            ),
        }),
        back,
        session_end: None,
    }
}

/// When the session ends, for pages that may run a script.
fn session_end(ctx: &Ctx, nonce: Option<String>) -> Option<SessionEnd> {
    let (nonce, session, remaining) = (nonce?, ctx.session?, sessions::remaining(ctx)?);
    let (idle, left) = (remaining.idle.as_secs(), remaining.left.as_secs());
    Some(SessionEnd { nonce, who: session.user.to_string(), idle, left })
}

/// What this person may open: the policy decides, the navigation only asks.
fn places(ctx: &Ctx) -> Vec<Place> {
    let may = |action| allow(&ctx.actor, action, Relation::Other, None).is_ok();
    if ctx.actor.staff().is_none() {
        let mut places = vec![Place::Home, Place::Documents];
        if allow(&ctx.actor, Action::OrganisationRead, Relation::Own, ctx.organisation).is_ok() {
            places.push(Place::Organisation);
        }
        return places;
    }
    let mut places = vec![Place::StaffHome];
    let reads = Topic::ALL.into_iter().any(|t| {
        [Relation::Other, Relation::Assigned]
            .into_iter()
            .any(|r| allow(&ctx.actor, Action::DocumentRead(t), r, None).is_ok())
    });
    if reads {
        places.push(Place::StaffDocuments);
    }
    if overview::may_open(&ctx.actor) {
        places.push(Place::Approvals);
    }
    places.push(Place::Customers);
    if may(Action::UserRead) {
        places.push(Place::Users);
    }
    if may(Action::UserManage) {
        places.push(Place::SignInRules);
    }
    if may(Action::SettingsRead) {
        places.push(Place::Settings);
    }
    if may(Action::JobRead) {
        places.push(Place::Jobs);
    }
    if may(Action::AuditRead) {
        places.push(Place::Audit);
    }
    places
}

/// Where an act leads: a page of ours, and what it says there.
#[derive(Clone, Debug)]
pub struct Done {
    to: String,
    toast: Option<String>,
    shown: Vec<(String, String)>,
}

impl Done {
    /// Leads to this page.
    pub fn to(path: impl Into<String>) -> Self {
        Self { to: path.into(), toast: None, shown: Vec::new() }
    }

    /// Says this there.
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        self.toast = Some(text.into());
        self
    }

    /// Hands this to that page, once: through the session, so nothing secret that is not sealed.
    pub fn showing(mut self, field: &str, value: impl Into<String>) -> Self {
        self.shown.push((field.to_owned(), value.into()));
        self
    }
}

/// The forms that keep what a stranger typed: a row in the database is not everybody's for the asking.
const STRANGERS: [&str; 6] =
    ["sign-in", "factor", "invitation", "password-reset", "password-reset-new", "sign-in-link"];

/// The longest value that is kept for a form that failed.
const TYPED: usize = 1000;

/// A form as posted: where it stands and what was typed, for the case that it fails.
#[derive(Clone, Debug)]
pub struct Form {
    name: &'static str,
    page: String,
    values: Vec<(String, String)>,
}

impl Form {
    /// A form on this page of ours.
    pub fn on(name: &'static str, page: impl Into<String>) -> Self {
        Self { name, page: page.into(), values: Vec::new() }
    }

    /// What was typed into a field. Never a password, and no more than a form of ours could hold.
    pub fn value(mut self, field: &str, value: impl Into<String>) -> Self {
        let value = value.into().chars().take(TYPED).collect();
        self.values.push((field.to_owned(), value));
        self
    }

    /// What to do about the outcome: where to go, and what to leave for that page. An error no form can show
    /// comes back.
    pub fn outcome(self, ctx: &Ctx, result: Result<Done, AppError>) -> Result<(String, Option<Flash>), AppError> {
        let kept = |errors, problem| Flash {
            form: self.name.to_owned(),
            values: self.values.clone(),
            errors,
            problem,
            toast: None,
        };
        match result {
            Ok(Done { to, toast, shown }) => {
                let said = toast.is_some() || !shown.is_empty();
                Ok((to, said.then(|| Flash { toast, values: shown, ..Flash::default() })))
            }
            Err(AppError::Invalid(errors)) => Ok((self.page.clone(), Some(kept(errors, None)))),
            Err(AppError::Conflict(text)) => Ok((self.page.clone(), Some(kept(FieldErrors::default(), Some(text))))),
            Err(AppError::RateLimited(seconds)) => {
                let text = ctx.with("error-wait", &[("minutes", (seconds.div_ceil(60)).into())]);
                Ok((self.page.clone(), Some(kept(FieldErrors::default(), Some(text)))))
            }
            Err(error) => match detour(&error, &self.page) {
                Some(page) => Ok((page, None)),
                None => Err(error),
            },
        }
    }
}

/// Runs a server function that a form posts to. Success and field errors lead to a page (303); anything else
/// answers with its status, and the error page layer shows it.
pub async fn act<F>(form: Form, work: impl FnOnce(Ctx) -> F) -> Result<(), ServerFnError>
where
    F: Future<Output = Result<Done, AppError>>,
{
    let (Some(ctx), parts, response) = (ctx(), request(), response()) else {
        return Err(ServerFnError::new("no context"));
    };
    let session = parts.and_then(|p| p.extensions.get::<Session>().cloned());
    let result = work(ctx.clone()).await;
    match form.outcome(&ctx, result) {
        Ok((path, flash)) => {
            let known = !ctx.actor.is_anonymous();
            let kept = |flash: &Flash| known || STRANGERS.contains(&flash.form.as_str());
            if let (Some(flash), Some(session)) = (flash.filter(kept), &session) {
                flash.put(session).await;
            }
            redirect(&response, &path);
        }
        Err(error) => {
            response.set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        }
    }
    Ok(())
}

/// Leads the page being rendered somewhere else.
pub fn redirect_to(path: &str) {
    redirect(&response(), path);
}

/// 303 to one of our own paths.
fn redirect(response: &ResponseOptions, path: &str) {
    let own = paths::own_path(path, paths::HOME);
    if let Ok(location) = HeaderValue::from_str(own) {
        response.insert_header(LOCATION, location);
        response.set_status(StatusCode::SEE_OTHER);
    }
}
