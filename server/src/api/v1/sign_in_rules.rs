//! `/api/v1/organisations/{id}/sign-in-rules` and `/domains`: how the people of an organisation sign in.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::{MembershipRole, Reach, Rights};
use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::ids::OrganisationId;
use app::sso::discovery;
use app::sso::manage;
use app::sso::model::{Admission, Change, Connection, Domain, Provider, Rules};
use axum::Json;
use axum::extract::Path;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Answer, Body, Caller, if_match};
use crate::api::problem::Problem;

/// How the people of an organisation sign in.
#[derive(Serialize, ToSchema)]
pub struct OrganisationSignInDto {
    /// The provider of single sign-on; null until one is set up.
    pub provider: Option<ProviderDto>,
    /// Its people come through the provider only.
    pub only_sso: bool,
    /// A second factor is required.
    pub require_factor: bool,
    /// Sign-in links may be mailed.
    pub magic_links: bool,
    /// E-mail domains, claimed and confirmed.
    pub domains: Vec<DomainDto>,
    /// How many people only_sso would leave outside: their address is in none of the confirmed domains.
    pub left_out: usize,
    /// Raised by every change; the ETag.
    pub revision: i64,
}

/// A provider of single sign-on. Its client secret is never shown.
#[derive(Serialize, ToSchema)]
pub struct ProviderDto {
    /// Id.
    pub id: String,
    /// oidc.
    pub kind: String,
    /// Issuer identifier.
    pub issuer: String,
    /// Client id.
    pub client_id: String,
    /// Whether a client secret is stored.
    pub has_client_secret: bool,
    /// What stands on the button.
    pub label: String,
    /// Whether people may sign in through it.
    pub active: bool,
    /// Makes accounts at a first sign-in.
    pub just_in_time: bool,
    /// The role of such an account: member or partner.
    pub role: String,
    /// The rights of such an account.
    pub rights: NewAccountRightsDto,
    /// A sign-in there counts as two factors.
    pub trust_factor: bool,
    /// To be entered at the provider.
    pub redirect_uri: String,
    /// To be entered at the provider.
    pub backchannel_logout_uri: String,
    /// RFC 3339; null until somebody has made a test sign-in with these settings.
    pub tested_at: Option<String>,
}

/// What somebody may see, by module: none, own or organisation.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccountRightsDto {
    /// Contracts, specifications, minutes and other papers.
    pub documents: String,
    /// Orders and projects.
    pub orders: String,
    /// Quotes, invoices and payments.
    pub money: String,
    /// Questions to the house.
    pub tickets: String,
}

/// An e-mail domain.
#[derive(Serialize, ToSchema)]
pub struct DomainDto {
    /// Id.
    pub id: String,
    /// The domain, as DNS has it.
    pub domain: String,
    /// claimed or confirmed.
    pub state: String,
    /// The TXT record that proves it.
    pub token: String,
}

/// What may be changed; what is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditOrganisationSignInDto {
    /// The provider's connection.
    pub connection: Option<ConnectionDto>,
    /// Whom it lets in.
    pub admission: Option<AdmissionDto>,
    /// Whether people may sign in through it.
    pub active: Option<bool>,
    /// Its people come through the provider only. Needs a test sign-in by the token's owner.
    pub only_sso: Option<bool>,
    /// A second factor is required.
    pub require_factor: Option<bool>,
    /// Sign-in links may be mailed.
    pub magic_links: Option<bool>,
}

/// The connection of a provider.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionDto {
    /// Issuer identifier.
    pub issuer: String,
    /// Client id.
    pub client_id: String,
    /// A new client secret; left out, the stored one is kept.
    pub client_secret: Option<String>,
    /// What stands on the button.
    pub label: String,
}

/// Whom a provider lets in, and as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdmissionDto {
    /// Makes accounts at a first sign-in.
    pub just_in_time: bool,
    /// The role of such an account: member or partner.
    pub role: String,
    /// The rights of such an account.
    pub rights: NewAccountRightsDto,
    /// A sign-in there counts as two factors.
    pub trust_factor: bool,
}

/// A domain to claim.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDomainDto {
    /// What stands behind the @.
    pub domain: String,
}

impl From<Domain> for DomainDto {
    fn from(row: Domain) -> Self {
        let state = row.state.name().to_owned();
        Self { id: row.id.to_string(), domain: row.domain, state, token: row.token }
    }
}

fn provider(ctx: &Ctx, row: Provider) -> ProviderDto {
    let reach = |reach: Reach| reach.name().to_owned();
    ProviderDto {
        id: row.id.to_string(),
        kind: row.kind.name().to_owned(),
        has_client_secret: row.client_secret.is_some(),
        active: row.is_active(),
        just_in_time: row.just_in_time,
        role: row.role.name().to_owned(),
        rights: NewAccountRightsDto {
            documents: reach(row.rights.documents),
            orders: reach(row.rights.orders),
            money: reach(row.rights.money),
            tickets: reach(row.rights.tickets),
        },
        trust_factor: row.trust_factor,
        redirect_uri: discovery::redirect_uri(ctx),
        backchannel_logout_uri: discovery::logout_uri(ctx, row.id),
        tested_at: row.tested_at.map(|at| at.rfc3339()),
        issuer: row.issuer,
        client_id: row.client_id,
        label: row.label,
    }
}

fn tagged(ctx: &Ctx, rules: Rules) -> Response {
    let switches = rules.switches;
    let dto = OrganisationSignInDto {
        provider: rules.provider.map(|row| provider(ctx, row)),
        only_sso: switches.only_sso,
        require_factor: switches.require_factor,
        magic_links: switches.magic_links,
        domains: rules.domains.into_iter().map(DomainDto::from).collect(),
        left_out: rules.left_out.len(),
        revision: switches.sign_in_revision,
    };
    let tag = format!("\"{}\"", switches.sign_in_revision);
    let mut response = Json(dto).into_response();
    if let Ok(value) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

fn id_of(id: &str) -> Result<OrganisationId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

/// How the people of an organisation sign in, with its ETag.
#[utoipa::path(get, path = "/organisations/{id}/sign-in-rules", tag = "organisations", operation_id = "read_organisation_sign_in_rules", params(("id" = String, Path)), responses((status = 200, body = OrganisationSignInDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn read(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let rules = async { manage::rules(&caller.0, id_of(&id)?).await };
    Ok(tagged(&caller.0, rules.await.map_err(|e| caller.refuse(&e))?))
}

fn admission(ctx: &Ctx, dto: AdmissionDto) -> Result<Admission, AppError> {
    let mut errors = FieldErrors::default();
    let role = [MembershipRole::Member, MembershipRole::Partner].into_iter().find(|one| one.name() == dto.role);
    if role.is_none() {
        errors.add("admission.role", ctx.t("sso-role-missing"));
    }
    let mut reach = |field: &str, text: &str| {
        let reach = Reach::parse(text);
        if reach.is_none() {
            errors.add(field, ctx.t("sso-reach-missing"));
        }
        reach.unwrap_or(Reach::None)
    };
    let rights = Rights {
        documents: reach("admission.rights.documents", &dto.rights.documents),
        orders: reach("admission.rights.orders", &dto.rights.orders),
        money: reach("admission.rights.money", &dto.rights.money),
        tickets: reach("admission.rights.tickets", &dto.rights.tickets),
    };
    let role = role.ok_or(AppError::Invalid(errors.clone()))?;
    errors.into_result()?;
    Ok(Admission { just_in_time: dto.just_in_time, role, rights, trust_factor: dto.trust_factor })
}

/// Changes how the people of an organisation sign in.
#[utoipa::path(patch, path = "/organisations/{id}/sign-in-rules", tag = "organisations", operation_id = "change_organisation_sign_in_rules", request_body = EditOrganisationSignInDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = OrganisationSignInDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn change(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<EditOrganisationSignInDto>,
) -> Answer<Response> {
    let ctx = &caller.0;
    let changed = async {
        let id = id_of(&id)?;
        manage::organisation(ctx, id).await?;
        let seen = if_match(&headers, true)?;
        let dto = body.value;
        let connection = dto.connection.map(|c| Connection {
            issuer: c.issuer,
            client_id: c.client_id,
            client_secret: c.client_secret.unwrap_or_default(),
            label: c.label,
        });
        let admission = dto.admission.map(|dto| admission(ctx, dto)).transpose()?;
        let (active, only_sso) = (dto.active, dto.only_sso);
        let (require_factor, magic_links) = (dto.require_factor, dto.magic_links);
        let change = Change { connection, admission, active, only_sso, require_factor, magic_links };
        manage::change(ctx, id, seen, change).await
    };
    Ok(tagged(ctx, changed.await.map_err(|e| caller.refuse(&e))?))
}

/// Asks the provider what it says of itself, now, as with the stored settings. Nothing is changed.
#[utoipa::path(post, path = "/organisations/{id}/sign-in-rules/check", tag = "organisations", operation_id = "check_provider", params(("id" = String, Path)), responses((status = 204, description = "It answers, and the settings fit"), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem, description = "There is none, or it cannot be used")))]
pub async fn check(caller: Caller, Path(id): Path<String>) -> Answer<StatusCode> {
    let ctx = &caller.0;
    let checked = async {
        match manage::check_connection(ctx, id_of(&id)?).await? {
            Ok(()) => Ok(StatusCode::NO_CONTENT),
            Err(trouble) => {
                let (title, text, _) = trouble.words();
                Err(AppError::Conflict(format!("{}. {}", ctx.t(title), ctx.t(text))))
            }
        }
    };
    checked.await.map_err(|e: AppError| caller.refuse(&e))
}

/// Claims an e-mail domain. It counts once staff have confirmed it.
#[utoipa::path(post, path = "/organisations/{id}/domains", tag = "organisations", operation_id = "claim_domain", request_body = NewDomainDto, params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = DomainDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn claim(
    mut caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<NewDomainDto>,
) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST domains", id.as_bytes(), &body.raw])?;
    let claimed = async { manage::claim_domain(&caller.0, id_of(&id)?, &body.value.domain).await };
    let row = claimed.await.map_err(|e| caller.refuse(&e))?;
    Ok((StatusCode::CREATED, Json(DomainDto::from(row))).into_response())
}

/// Confirms an e-mail domain: staff only. It belongs to one organisation.
#[utoipa::path(post, path = "/organisations/{id}/domains/{domain}/confirm", tag = "organisations", operation_id = "confirm_domain", params(("id" = String, Path), ("domain" = String, Path)), responses((status = 204, description = "Confirmed"), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn confirm(caller: Caller, Path((id, domain)): Path<(String, String)>) -> Answer<StatusCode> {
    let confirmed = async {
        let id = id_of(&id)?;
        manage::may_confirm(&caller.0, id).await?;
        manage::confirm_domain(&caller.0, id, domain.parse().map_err(|_| AppError::NotFound)?).await
    };
    confirmed.await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes an e-mail domain away.
#[utoipa::path(delete, path = "/organisations/{id}/domains/{domain}", tag = "organisations", operation_id = "remove_domain", params(("id" = String, Path), ("domain" = String, Path)), responses((status = 204, description = "Removed"), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn remove(caller: Caller, Path((id, domain)): Path<(String, String)>) -> Answer<StatusCode> {
    let removed = async {
        let id = id_of(&id)?;
        manage::organisation(&caller.0, id).await?;
        manage::remove_domain(&caller.0, id, domain.parse().map_err(|_| AppError::NotFound)?).await
    };
    removed.await.map_err(|e| caller.refuse(&e))?;
    Ok(StatusCode::NO_CONTENT)
}
