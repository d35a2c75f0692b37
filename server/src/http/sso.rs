//! Single sign-on: out to a provider, back from it, and what the provider says on its own.

use app::access::Actor;
use app::ctx::Ctx;
use app::doors::{Done, Form as Posted};
use app::error::{AppError, FieldErrors};
use app::ids::{OrganisationId, ProviderId};
use app::paths;
use app::sign_in::assurance::Method;
use app::sign_in::backend::AuthSession;
use app::sign_in::{establish, proof};
use app::sso::flow::{self, Answer, Arrival, Begun};
use app::sso::logout::Refusal;
use app::sso::model::{Entrance, Purpose, Through};
use app::sso::page::{answer, ask_body};
use app::sso::pending::Pending;
use app::sso::server::page_of;
use app::sso::trouble::{Failed, Trouble};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::header::{LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use crate::layers::ctx::{Asker, cookie};
use crate::layers::request_id::RequestId;
use crate::state::AppState;

/// How somebody begins.
#[derive(Deserialize)]
pub struct Start {
    /// Their address; its domain says where to go.
    #[serde(default)]
    email: String,
    /// Or the short name of their organisation.
    #[serde(default)]
    organisation: String,
    /// Where to go afterwards.
    #[serde(default)]
    next: String,
}

/// `POST /sign-in/sso`: sends somebody to their provider. Leaves nothing in the database.
pub async fn start(Asker(ctx): Asker, Form(start): Form<Start>) -> Response {
    let next = paths::own_path(&start.next, "").to_owned();
    let by_address = start.organisation.is_empty();
    let found = if by_address {
        flow::entrance_for(&ctx, &start.email).await
    } else {
        flow::entrance_at(&ctx, &start.organisation).await
    };
    match found {
        Ok(Some(entrance)) => {
            let hint = Some(start.email.trim()).filter(|email| by_address && email.len() <= 254);
            leave(&ctx, &entrance, Purpose::SignIn, hint, &next).await
        }
        Ok(None) if by_address => {
            let missing = start.email.trim().is_empty();
            let text = if missing { ctx.t("sign-in-email-missing") } else { ctx.t("sso-email-unknown") };
            let errors = FieldErrors::one("email", text);
            let email: String = start.email.chars().take(254).collect();
            let body = ask_body(&ctx, &email, &next, &errors);
            (StatusCode::UNPROCESSABLE_ENTITY, Html(answer::asked(&ctx, ctx.t("sso-title"), body))).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => refuse(&error.into()),
    }
}

async fn leave(ctx: &Ctx, entrance: &Entrance, purpose: Purpose, hint: Option<&str>, next: &str) -> Response {
    match flow::depart(ctx, entrance, purpose, hint, next).await {
        Ok(departure) => {
            let page = answer::leaving(ctx, &entrance.provider.label, &departure.url);
            with_cookie(Html(page).into_response(), &departure.cookie)
        }
        Err(trouble) => failed(ctx, trouble, Some(entrance)),
    }
}

/// `POST /organisation/sign-in/test`: the same way, before it is open to others.
pub async fn test(Asker(ctx): Asker, auth: AuthSession, Form(form): Form<Test>) -> Response {
    let page = page_of(Some(&ctx), &form.organisation);
    let posted = Posted::on("sso-test", page.clone());
    let entrance = match form.organisation.parse::<OrganisationId>() {
        Ok(id) if !ctx.actor.is_anonymous() => flow::entrance_to_test(&ctx, id).await,
        Ok(_) => Err(AppError::Unauthenticated),
        Err(_) => Err(AppError::NotFound),
    };
    match entrance {
        Ok(entrance) => match flow::depart(&ctx, &entrance, Purpose::Test, Some(ctx.actor.email()), &page).await {
            Ok(departure) => {
                let page = answer::leaving(&ctx, &entrance.provider.label, &departure.url);
                with_cookie(Html(page).into_response(), &departure.cookie)
            }
            Err(trouble) => lead(&ctx, &auth, posted, Err(said(&ctx, trouble))).await,
        },
        Err(error) => lead(&ctx, &auth, posted, Err(error)).await,
    }
}

/// Whose provider is tested.
#[derive(Deserialize)]
pub struct Test {
    /// The organisation.
    #[serde(default)]
    organisation: String,
}

/// `POST /sign-in/sso/confirm`: whoever came through a provider proves there again who they are.
pub async fn confirm(Asker(ctx): Asker, auth: AuthSession, Form(start): Form<Start>) -> Response {
    let through: Option<Through> = auth.session.get(Through::KEY).await.ok().flatten();
    let entrance = match through {
        Some(through) => flow::entrance_to_confirm(&ctx, &through).await,
        None if ctx.actor.is_anonymous() => Err(AppError::Unauthenticated),
        None => Err(AppError::NotFound),
    };
    match entrance {
        Ok(entrance) => {
            let next = paths::own_path(&start.next, paths::HOME).to_owned();
            leave(&ctx, &entrance, Purpose::Confirm, Some(ctx.actor.email()), &next).await
        }
        Err(error) => lead(&ctx, &auth, Posted::on("sso-confirm", paths::HOME), Err(error)).await,
    }
}

/// `GET /sign-in/sso/callback`: what the provider answers through the browser. The cookie of the one who began decides;
/// it is used up whatever comes of it.
pub async fn callback(
    Asker(ctx): Asker,
    mut auth: AuthSession,
    headers: HeaderMap,
    answer: Result<Query<Answer>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Query(answer) = answer.unwrap_or_default();
    let name = Pending::cookie_name(&ctx, &answer.state);
    let (begun, result) = flow::arrive(&ctx, &answer, cookie(&headers, &name)).await;
    let response = arrived(&ctx, &mut auth, begun, result).await;
    with_cookie(response, &Pending::remove_cookie(&ctx, &answer.state))
}

async fn arrived(ctx: &Ctx, auth: &mut AuthSession, begun: Option<Begun>, result: Result<Arrival, Failed>) -> Response {
    let Some(begun) = begun else {
        // Back and forward in the browser, most likely: who is in stays in.
        return match (result, ctx.actor.is_anonymous()) {
            (Err(Failed::Trouble(_)), false) => to(app::doors::home_of(ctx).1),
            (Err(Failed::Other(error)), _) => refuse(&error),
            _ => failed(ctx, Trouble::Stale, None),
        };
    };
    let settings = Posted::on("sso-test", begun.next.clone());
    match (result, begun.purpose) {
        (Ok(Arrival::SignedIn { user, through, trusted }), _) => {
            let method = if trusted { Method::SingleSignOn } else { Method::SingleSignOnAlone };
            let enter = async {
                auth.session.insert(Through::KEY, &through).await.map_err(|_| AppError::Unavailable)?;
                establish::establish(ctx, auth, user, method, &begun.next).await
            };
            let result = enter.await;
            lead(ctx, auth, Posted::on("sso", paths::SSO), result).await
        }
        (Ok(Arrival::Tested), _) => {
            let done = Done::to(begun.next).saying(ctx.t("sso-test-good"));
            lead(ctx, auth, settings, Ok(done)).await
        }
        (Ok(Arrival::Confirmed { method }), _) => {
            let noted = proof::note(ctx, &auth.session, method).await;
            lead(ctx, auth, settings, noted.map(|_| Done::to(begun.next))).await
        }
        (Err(Failed::Trouble(trouble)), Purpose::Test) => lead(ctx, auth, settings, Err(said(ctx, trouble))).await,
        (Err(Failed::Trouble(trouble)), _) => failed(ctx, trouble, Some(&begun.entrance)),
        // Back to where they are asked for more than the provider's word, and told so.
        (Err(Failed::Other(error)), Purpose::Confirm) => {
            let page = paths::with_next(paths::CONFIRM, &begun.next);
            lead(ctx, auth, Posted::on("confirm", page), Err(error)).await
        }
        (Err(Failed::Other(error)), _) => lead(ctx, auth, settings, Err(error)).await,
    }
}

/// A trouble in the words of a form.
fn said(ctx: &Ctx, trouble: Trouble) -> AppError {
    let (title, text, _) = trouble.words();
    AppError::Conflict(format!("{}. {}", ctx.locale.t(title), ctx.locale.t(text)))
}

fn failed(ctx: &Ctx, trouble: Trouble, entrance: Option<&Entrance>) -> Response {
    let slug = entrance.filter(|entrance| entrance.provider.is_active()).map(|entrance| entrance.slug.as_str());
    let status = StatusCode::from_u16(trouble.status()).unwrap_or(StatusCode::FORBIDDEN);
    let mut response = (status, Html(answer::failed(ctx, trouble, slug))).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}

/// Leads to a page of ours and leaves there what came of it; errors without a form get their page from the layer outside.
async fn lead(ctx: &Ctx, auth: &AuthSession, form: Posted, result: Result<Done, AppError>) -> Response {
    match form.outcome(ctx, result) {
        Ok((path, flash)) => {
            if let Some(flash) = flash.filter(|_| !ctx.actor.is_anonymous()) {
                flash.put(&auth.session).await;
            }
            to(&path)
        }
        Err(error) => refuse(&error),
    }
}

fn to(path: &str) -> Response {
    match HeaderValue::from_str(paths::own_path(path, paths::HOME)) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refuse(error: &AppError) -> Response {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

/// What a provider sends when a session ends there.
#[derive(Deserialize)]
pub struct Logout {
    #[serde(default)]
    logout_token: String,
}

/// `POST /sso/backchannel-logout/{id}`: the provider ends sessions (OpenID Connect Back-Channel Logout 1.0). The token
/// proves who speaks; there is no cookie and no session here.
pub async fn logout(
    State(state): State<AppState>,
    Path(id): Path<String>,
    request_id: Option<axum::Extension<RequestId>>,
    form: Result<Form<Logout>, axum::extract::rejection::FormRejection>,
) -> Response {
    let request_id = request_id.map_or_else(|| "".into(), |axum::Extension(RequestId(id))| id);
    let ctx = state.ctx(Actor::anonymous(), &request_id);
    let (Ok(id), Ok(Form(form))) = (id.parse::<ProviderId>(), form) else { return invalid() };
    match app::sso::logout::obey(&ctx, id, &form.logout_token).await {
        Ok(_) => StatusCode::OK.into_response(),
        Err(Refusal::Invalid) => invalid(),
        Err(Refusal::Away) => json(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable"),
    }
}

fn invalid() -> Response {
    json(StatusCode::BAD_REQUEST, "invalid_request")
}

fn json(status: StatusCode, error: &'static str) -> Response {
    let mut response = (status, axum::Json(serde_json::json!({ "error": error }))).into_response();
    response.extensions_mut().insert(crate::layers::error_pages::Finished);
    response
}
