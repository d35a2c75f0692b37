//! `/api/v1/me/factors`, `/api/v1/users/{id}/factors` and `/api/v1/sign-in-rules`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::Role;
use app::error::{AppError, FieldErrors};
use app::factors::{rules, service};
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Answer, Body, Caller, if_match_digest, with_etag};
use crate::api::problem::Problem;

/// What somebody signs in with, besides the password.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactorsDto {
    /// Whether an authenticator app is set up.
    authenticator_app: bool,
    /// Passkeys, oldest first.
    passkeys: Vec<PasskeyDto>,
    /// Recovery codes that have not been used.
    recovery_codes_left: i64,
}

/// A passkey.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasskeyDto {
    /// Id.
    id: String,
    /// What its owner calls it.
    name: String,
    /// RFC 3339.
    created_at: String,
    /// RFC 3339.
    last_used_at: Option<String>,
    /// A copy of it may have been used: it opens nothing any more.
    blocked: bool,
}

/// Which roles need a second factor.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInRulesDto {
    /// Names of roles, as in the printed policy.
    second_factor_roles: Vec<String>,
}

/// The second factors of the token's owner.
#[utoipa::path(get, path = "/me/factors", tag = "me", operation_id = "my_factors", responses((status = 200, body = FactorsDto), (status = 401, body = Problem)))]
pub async fn mine(caller: Caller) -> Answer<Json<FactorsDto>> {
    let factors = service::mine(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    let passkeys = factors
        .passkeys
        .into_iter()
        .map(|passkey| PasskeyDto {
            id: passkey.id.to_string(),
            name: passkey.name,
            created_at: passkey.created_at.rfc3339(),
            last_used_at: passkey.last_used_at.map(app::time::Instant::rfc3339),
            blocked: passkey.suspected_at.is_some(),
        })
        .collect();
    Ok(Json(FactorsDto {
        authenticator_app: factors.app.is_some(),
        passkeys,
        recovery_codes_left: factors.codes.unused,
    }))
}

/// Takes away every second factor of somebody who lost theirs. Their sessions end, and they are told. A password that is
/// too short to stay alone is replaced by its owner first.
#[utoipa::path(delete, path = "/users/{id}/factors", tag = "users", operation_id = "reset_user_factors", params(("id" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn reset(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let user = id.parse().unwrap_or(app::ids::UserId(uuid::Uuid::nil()));
    service::reset_by_staff(&caller.0, user).await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}

fn said(roles: &[Role]) -> Response {
    let dto = SignInRulesDto { second_factor_roles: roles.iter().map(|role| role.name().to_owned()).collect() };
    with_etag(dto, &rules::digest(roles))
}

/// Which roles need a second factor, with the ETag of the choice.
#[utoipa::path(get, path = "/sign-in-rules", tag = "users", operation_id = "read_sign_in_rules", responses((status = 200, body = SignInRulesDto), (status = 403, body = Problem)))]
pub async fn rules(caller: Caller) -> Answer<Response> {
    rules::roles(&caller.0).await.map(|roles| said(&roles)).map_err(|e| caller.refuse(&e))
}

/// Sets which roles need a second factor. It holds from everybody's next request.
#[utoipa::path(put, path = "/sign-in-rules", tag = "users", operation_id = "set_sign_in_rules", request_body = SignInRulesDto, params(("If-Match" = String, Header)), responses((status = 200, body = SignInRulesDto), (status = 403, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn set_rules(caller: Caller, headers: HeaderMap, body: Body<SignInRulesDto>) -> Answer<Response> {
    let set = async {
        // Whoever may not is told so before what is missing in the request.
        rules::roles(&caller.0).await?;
        let seen = if_match_digest(&headers, true)?;
        let mut roles = Vec::new();
        for name in &body.value.second_factor_roles {
            let unknown = || FieldErrors::one("second_factor_roles", format!("no such role: {name}"));
            roles.push(Role::parse(name).ok_or_else(|| AppError::Invalid(unknown()))?);
        }
        rules::set_roles(&caller.0, &roles, seen).await
    };
    set.await.map(|roles| said(&roles)).map_err(|e| caller.refuse(&e))
}
