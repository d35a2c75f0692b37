//! `/api/v1/me`: the token's owner, where they are signed in and told, and their tokens.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::Via;
use app::account::service::{self, EditProfile, Profile};
use app::account::sessions::{self, Session};
use app::account::tokens::{self, Token};
use app::ctx::Ctx;
use app::error::AppError;
use app::notifications::push::model::Subscription;
use app::notifications::push::service as push;
use axum::Json;
use axum::extract::Path;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::dto::{DeviceDto, EditMeDto, List, MeDto, MembershipDto, RightsDto, SessionDto, TokenDto};
use super::extract::{Answer, Body, Caller, if_match};
use crate::api::problem::Problem;
use crate::http::account;

fn tagged(ctx: &Ctx, profile: Profile) -> Response {
    let etag = format!("\"{}\"", profile.revision);
    let me = MeDto {
        id: profile.id.to_string(),
        name: profile.name,
        email: profile.email,
        locale: profile.locale.map(|locale| locale.tag().to_owned()),
        time_zone: profile.time_zone,
        staff_role: ctx.actor.staff().map(|s| s.name().to_owned()),
        phone: profile.phone,
        hours: profile.hours,
        memberships: ctx
            .actor
            .memberships()
            .iter()
            .map(|m| MembershipDto {
                organisation_id: m.organisation_id.to_string(),
                slug: m.slug.clone(),
                role: m.role.name().to_owned(),
                rights: RightsDto::from(m.rights),
            })
            .collect(),
    };
    let mut response = Json(me).into_response();
    if let Ok(value) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

/// The token's owner and their memberships, with an ETag. Open to every token: it says what the token acts as.
#[utoipa::path(get, path = "/me", tag = "me", operation_id = "find_me", responses((status = 200, body = MeDto), (status = 401, body = Problem)))]
pub async fn find(caller: Caller) -> Answer<Response> {
    let profile = service::profile(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(tagged(&caller.0, profile))
}

/// Changes name, language or time zone.
#[utoipa::path(patch, path = "/me", tag = "me", operation_id = "edit_me", request_body = EditMeDto, params(("If-Match" = String, Header)), responses((status = 200, body = MeDto), (status = 403, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit(caller: Caller, headers: HeaderMap, body: Body<EditMeDto>) -> Answer<Response> {
    let EditMeDto { name, locale, time_zone, phone, hours } = body.value;
    let edited = async {
        let revision = if_match(&headers, true)?;
        service::edit(&caller.0, revision, EditProfile { name, locale, theme: None, time_zone, phone, hours }).await
    };
    let profile = edited.await.map_err(|e| caller.refuse(&e))?;
    Ok(tagged(&caller.0, profile))
}

fn session(row: Session) -> SessionDto {
    SessionDto {
        id: row.id.to_string(),
        browser: row.device.browser.map(str::to_owned),
        system: row.device.system.map(str::to_owned),
        address: row.address,
        through_proxy: row.proxied,
        method: row.assurance.map(|assurance| assurance.method.name().to_owned()),
        begun_at: row.begun_at.rfc3339(),
        last_used_at: row.used_at.rfc3339(),
    }
}

/// Where the token's owner is signed in, the last used first.
#[utoipa::path(get, path = "/me/sessions", tag = "me", responses((status = 200, body = List<SessionDto>), (status = 403, body = Problem)))]
pub async fn list_sessions(caller: Caller) -> Answer<Json<List<SessionDto>>> {
    let rows = sessions::list(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(List { items: rows.into_iter().map(session).collect(), next: None }))
}

/// Signs the token's owner out everywhere. A token is no session and stays.
#[utoipa::path(delete, path = "/me/sessions", tag = "me", responses((status = 204), (status = 403, body = Problem)))]
pub async fn end_sessions(caller: Caller) -> Answer<StatusCode> {
    sessions::end_others(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs the token's owner out in one place.
#[utoipa::path(delete, path = "/me/sessions/{id}", tag = "me", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn end_session(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let ended = async {
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        sessions::end(&caller.0, id).await
    };
    ended.await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where the token's owner is told while the portal is closed, the newest first. Devices are switched on in the browser
/// itself.
#[utoipa::path(get, path = "/me/devices", tag = "me", operation_id = "list_devices", responses((status = 200, body = List<DeviceDto>), (status = 403, body = Problem)))]
pub async fn list_devices(caller: Caller) -> Answer<Json<List<DeviceDto>>> {
    let rows = push::list(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    let dto = |row: Subscription| DeviceDto {
        id: row.id.to_string(),
        browser: row.device.browser.map(str::to_owned),
        system: row.device.system.map(str::to_owned),
        service: row.service,
        created_at: row.created_at.rfc3339(),
        last_told_at: row.delivered_at.map(|at| at.rfc3339()),
    };
    Ok(Json(List { items: rows.into_iter().map(dto).collect(), next: None }))
}

/// Tells the token's owner nothing more on one of their devices.
#[utoipa::path(delete, path = "/me/devices/{id}", tag = "me", operation_id = "remove_device", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn remove_device(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let removed = async {
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        push::remove(&caller.0, id).await
    };
    removed.await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}

/// The owner's tokens, the newest first, never their secrets. Tokens are made on the account page or at the machine: a
/// token makes no tokens.
#[utoipa::path(get, path = "/me/tokens", tag = "me", responses((status = 200, body = List<TokenDto>), (status = 403, body = Problem)))]
pub async fn list_tokens(caller: Caller) -> Answer<Json<List<TokenDto>>> {
    let rows = tokens::list(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    let current = match caller.0.actor.via() {
        Via::Token(id, _) => Some(*id),
        _ => None,
    };
    let dto = |row: Token| TokenDto {
        id: row.id.to_string(),
        scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
        created_at: row.created_at.rfc3339(),
        expires_at: row.expires_at.map(|at| at.rfc3339()),
        last_used_at: row.last_used_at.map(|at| at.rfc3339()),
        current: Some(row.id) == current,
        name: row.name,
    };
    Ok(Json(List { items: rows.into_iter().map(dto).collect(), next: None }))
}

/// Takes one of the owner's tokens back; also the one that asks.
#[utoipa::path(delete, path = "/me/tokens/{id}", tag = "me", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn revoke_token(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let revoked = async {
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        tokens::revoke(&caller.0, id).await
    };
    revoked.await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}

/// A copy of everything that is stored about the token's owner.
#[utoipa::path(get, path = "/me/data", tag = "me", operation_id = "export_my_data", responses((status = 200, content_type = "application/json", description = "Profile, memberships, factors, sessions, tokens, documents read, events"), (status = 403, body = Problem)))]
pub async fn data(caller: Caller) -> Answer<Response> {
    account::copy(&caller.0).await.map_err(|e| caller.refuse(&e))
}
