//! `/api/v1/documents/{id}/approvals` and `/api/v1/approvals`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::MembershipRole;
use app::approvals::certificate;
use app::approvals::model::{NewApproval, NewStep, Round, Say, Seat, Step};
use app::approvals::overview::{self, Filter, Row, Which};
use app::approvals::remind::{self, AT_ONCE};
use app::approvals::service;
use app::ctx::Ctx;
use app::documents::model::Category;
use app::documents::service::parse_people;
use app::error::{AppError, FieldErrors};
use app::ids::{ApprovalId, DocumentId, UserId};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params};
use super::organisations::limit;
use crate::api::problem::Problem;
use crate::http::approvals::serve as serve_list;
use crate::http::certificate::{Kind, serve};

/// One person who was asked.
#[derive(Serialize, ToSchema)]
pub struct SeatDto {
    /// Who.
    pub user_id: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// The step in which they are asked, from 1.
    pub step: i64,
    /// waiting, later, approved, declined, delegated or spared.
    pub decision: String,
    /// Who handed the decision on to them.
    pub delegated_by: Option<String>,
    /// When they decided.
    pub decided_at: Option<String>,
    /// Why, or a few words.
    pub comment: String,
    /// The version of the document that they opened last.
    pub read_version: Option<i64>,
}

impl From<Seat> for SeatDto {
    fn from(seat: Seat) -> Self {
        Self {
            user_id: seat.user_id.to_string(),
            name: seat.name,
            email: seat.email,
            step: seat.step,
            decision: seat.decision.name().to_owned(),
            delegated_by: seat.delegated_by.map(|id| id.to_string()),
            decided_at: seat.decided_at.map(app::time::Instant::rfc3339),
            comment: seat.comment,
            read_version: seat.read_version,
        }
    }
}

/// One step of a question.
#[derive(Serialize, ToSchema)]
pub struct ApprovalStepDto {
    /// From 1.
    pub number: i64,
    /// How many of those asked in it must approve.
    pub needed: i64,
    /// Everybody with this role was asked: admin, member or partner.
    pub role: Option<String>,
}

impl From<Step> for ApprovalStepDto {
    fn from(step: Step) -> Self {
        Self { number: step.number, needed: step.needed, role: step.role.map(|role| role.name().to_owned()) }
    }
}

/// A question to approve one version of a document.
#[derive(Serialize, ToSchema)]
pub struct ApprovalDto {
    /// Id.
    pub id: String,
    /// The document.
    pub document_id: String,
    /// The customer.
    pub organisation_id: String,
    /// The version asked about.
    pub version: i64,
    /// SHA-256 of its bytes, in hexadecimal: what is agreed to.
    pub sha256: String,
    /// How many must approve, in all steps together.
    pub needed: i64,
    /// The step whose people are asked now.
    pub step: i64,
    /// The steps, in their order.
    pub steps: Vec<ApprovalStepDto>,
    /// A few words to those who are asked.
    pub message: String,
    /// Until when.
    pub due_at: String,
    /// open, approved, declined, withdrawn or outdated.
    pub state: String,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: String,
    /// When it stopped being open.
    pub ended_at: Option<String>,
    /// Everybody who was asked.
    pub people: Vec<SeatDto>,
}

impl From<Round> for ApprovalDto {
    fn from(Round { approval, steps, seats }: Round) -> Self {
        Self {
            id: approval.id.to_string(),
            document_id: approval.document_id.to_string(),
            organisation_id: approval.organisation_id.to_string(),
            version: approval.version,
            sha256: approval.sha256_hex(),
            needed: approval.needed,
            step: approval.step,
            steps: steps.into_iter().map(ApprovalStepDto::from).collect(),
            due_at: approval.due_at.rfc3339(),
            state: approval.state.name().to_owned(),
            asked_by: approval.asked_by.to_string(),
            asked_at: approval.asked_at.rfc3339(),
            ended_at: approval.ended_at.map(app::time::Instant::rfc3339),
            message: approval.message,
            people: seats.into_iter().map(SeatDto::from).collect(),
        }
    }
}

/// What is asked of whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApprovalDto {
    /// The version that was looked at; it must still be the current one.
    pub version: i64,
    /// Who is asked in one step: users who can read the document.
    #[serde(default)]
    pub people: Vec<String>,
    /// How many must approve; all of them when left out.
    pub needed: Option<i64>,
    /// Instead of `people` and `needed`: who is asked one after the other, up to five steps.
    #[serde(default)]
    pub steps: Vec<NewStepDto>,
    /// The last day to decide, such as 2026-12-24, in the zone of the token's owner.
    pub due: String,
    /// A few words.
    #[serde(default)]
    pub message: String,
}

/// Who is asked in one step: people, or everybody with a role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStepDto {
    /// Users who can read the document.
    #[serde(default)]
    pub people: Vec<String>,
    /// admin, member or partner: everybody of the customer who has it and can read the document.
    pub role: Option<String>,
    /// How many must approve; all of them when left out.
    pub needed: Option<i64>,
}

/// To whom a decision is handed on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegationDto {
    /// A user of the customer who can read the document and is not asked yet.
    pub to: String,
    /// A few words to them.
    #[serde(default)]
    pub comment: String,
}

/// A key that certificates are signed with.
#[derive(Serialize, ToSchema)]
pub struct SigningKeyDto {
    /// The Ed25519 public key, in hexadecimal.
    pub key: String,
    /// Since when.
    pub since: String,
}

/// What somebody says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionDto {
    /// approve or decline.
    pub decision: String,
    /// Why; needed to decline.
    #[serde(default)]
    pub comment: String,
}

/// An approval with what its document is: a row of documents by people.
#[derive(Serialize, ToSchema)]
pub struct ApprovalRowDto {
    #[serde(flatten)]
    approval: ApprovalDto,
    /// The document's title.
    title: String,
    /// Key of its category.
    category: String,
    /// The customer's name.
    organisation_name: String,
    /// The customer's number.
    organisation_number: String,
}

impl From<Row> for ApprovalRowDto {
    fn from(row: Row) -> Self {
        Self {
            approval: row.round.into(),
            title: row.title,
            category: row.category.key().to_owned(),
            organisation_name: row.organisation_name,
            organisation_number: row.organisation_number,
        }
    }
}

/// Whom to remind.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemindDto {
    /// Ids of approvals, at most 100: everybody who has not decided in any of them.
    pub approvals: Vec<String>,
}

/// How many were reminded.
#[derive(Serialize, ToSchema)]
pub struct RemindedDto {
    /// People who get a mail. Whoever was reminded of the same within 20 hours gets none.
    pub people: usize,
}

/// What a file holds.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalsExportQuery {
    /// open (the default), late or over.
    state: Option<String>,
    /// Only this organisation.
    organisation_id: Option<String>,
    /// Only documents of this category.
    category: Option<String>,
}

/// Filters and paging.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalsQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// open (the default), late or over.
    state: Option<String>,
    /// Only this organisation.
    organisation_id: Option<String>,
    /// Only documents of this category.
    category: Option<String>,
}

fn approval_id(text: &str) -> Result<ApprovalId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn document_id(text: &str) -> Result<DocumentId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The approvals of a document, newest first.
#[utoipa::path(get, path = "/documents/{id}/approvals", tag = "documents", operation_id = "list_document_approvals", params(("id" = String, Path)), responses((status = 200, body = List<ApprovalDto>), (status = 404, body = Problem)))]
pub async fn of_document(caller: Caller, Path(id): Path<String>) -> Answer<Json<List<ApprovalDto>>> {
    let found = async { service::of_document(&caller.0, document_id(&id)?).await };
    let rounds = found.await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(List::whole(rounds)))
}

/// Asks people of the customer to approve the current version.
#[utoipa::path(post, path = "/documents/{id}/approvals", tag = "documents", operation_id = "ask_approval", request_body = NewApprovalDto, params(("id" = String, Path)), responses((status = 201, body = ApprovalDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn ask(
    caller: Caller,
    Path(id): Path<String>,
    body: Body<NewApprovalDto>,
) -> Answer<(StatusCode, Json<ApprovalDto>)> {
    let ctx = &caller.0;
    let asked = async {
        let id = document_id(&id)?;
        service::check_asker(ctx, id).await?;
        let NewApprovalDto { version, people, needed, steps, due, message } = body.value;
        let single = steps.is_empty().then_some(NewStepDto { people, role: None, needed });
        let steps = steps.into_iter().chain(single).map(|new| step(ctx, new)).collect::<Result<_, _>>()?;
        let due_at = service::end_of_day(ctx, &due)?;
        service::ask(ctx, id, NewApproval { version, steps, due_at, message }).await
    };
    let round = asked.await.map_err(|e| caller.refuse(&e))?;
    Ok((StatusCode::CREATED, Json(round.into())))
}

fn step(ctx: &Ctx, NewStepDto { people, role, needed }: NewStepDto) -> Result<NewStep, AppError> {
    let wrong = || AppError::Invalid(FieldErrors::one("people", ctx.t("approval-error-people")));
    let unknown = || AppError::BadRequest("role: admin, member or partner".to_owned());
    let role = role.map(|name| MembershipRole::parse(&name).ok_or_else(unknown)).transpose()?;
    Ok(NewStep { role, people: parse_people(&people).ok_or_else(wrong)?, needed })
}

/// Approves or declines, as somebody who was asked.
#[utoipa::path(post, path = "/approvals/{id}/decision", tag = "documents", operation_id = "decide_approval", request_body = DecisionDto, params(("id" = String, Path)), responses((status = 200, body = ApprovalDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn decide(caller: Caller, Path(id): Path<String>, body: Body<DecisionDto>) -> Answer<Json<ApprovalDto>> {
    let decided = async {
        let DecisionDto { decision, comment } = body.value;
        let approve = match decision.as_str() {
            "approve" => true,
            "decline" => false,
            _ => return Err(AppError::BadRequest("decision: approve or decline".to_owned())),
        };
        service::decide(&caller.0, approval_id(&id)?, Say { approve, comment, shown: None }).await
    };
    Ok(Json(decided.await.map_err(|e| caller.refuse(&e))?.into()))
}

/// Hands one's decision on to a colleague who can read the document and is not asked yet.
#[utoipa::path(post, path = "/approvals/{id}/delegation", tag = "documents", operation_id = "delegate_approval", request_body = DelegationDto, params(("id" = String, Path)), responses((status = 200, body = ApprovalDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn delegate(caller: Caller, Path(id): Path<String>, body: Body<DelegationDto>) -> Answer<Json<ApprovalDto>> {
    let ctx = &caller.0;
    let delegated = async {
        let DelegationDto { to, comment } = body.value;
        let to = to.parse().unwrap_or(UserId(uuid::Uuid::nil()));
        service::delegate(ctx, approval_id(&id)?, to, &comment).await
    };
    Ok(Json(delegated.await.map_err(|e| caller.refuse(&e))?.into()))
}

/// The certificate of an approval that is over: signed JSON that `kontor verify` checks without the portal.
#[utoipa::path(get, path = "/approvals/{id}/certificate", tag = "documents", operation_id = "approval_certificate", params(("id" = String, Path)), responses((status = 200, body = serde_json::Value), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn certificate(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    serve(&caller.0, &id, Kind::Json).await.map_err(|e| caller.refuse(&e))
}

/// The same as a PDF/A-3 with the JSON inside.
#[utoipa::path(get, path = "/approvals/{id}/certificate.pdf", tag = "documents", operation_id = "approval_certificate_pdf", params(("id" = String, Path)), responses((status = 200, content_type = "application/pdf"), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn certificate_pdf(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    serve(&caller.0, &id, Kind::Pdf).await.map_err(|e| caller.refuse(&e))
}

/// The public keys that certificates of this portal are or were signed with, the newest first.
#[utoipa::path(get, path = "/signing-keys", tag = "documents", operation_id = "list_signing_keys", responses((status = 200, body = List<SigningKeyDto>), (status = 401, body = Problem)))]
pub async fn signing_keys(caller: Caller) -> Answer<Json<List<SigningKeyDto>>> {
    let keys = certificate::keys(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    let dto = |key: certificate::PublicKey| SigningKeyDto { key: key.key, since: key.since.rfc3339() };
    Ok(Json(List::whole(keys.into_iter().map(dto))))
}

/// Takes the question back: nobody is asked any more.
#[utoipa::path(post, path = "/approvals/{id}/withdraw", tag = "documents", operation_id = "withdraw_approval", params(("id" = String, Path)), responses((status = 200, body = ApprovalDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn withdraw(caller: Caller, Path(id): Path<String>) -> Answer<Json<ApprovalDto>> {
    let withdrawn = async { service::withdraw(&caller.0, approval_id(&id)?).await };
    Ok(Json(withdrawn.await.map_err(|e| caller.refuse(&e))?.into()))
}

fn filter(query: &ApprovalsQuery) -> Result<Filter, AppError> {
    let bad = |text: &str| AppError::BadRequest(text.to_owned());
    let which = query.state.as_deref().map(|s| Which::parse(s).ok_or_else(|| bad("state: unknown"))).transpose()?;
    let organisation = query.organisation_id.as_deref();
    Ok(Filter {
        which: which.unwrap_or_default(),
        organisation: organisation.map(|id| id.parse().map_err(|_| bad("organisation_id: not an id"))).transpose()?,
        category: query
            .category
            .as_deref()
            .map(|key| Category::parse(key).ok_or_else(|| bad("category: unknown")))
            .transpose()?,
        after: query.cursor.as_deref().map(|c| c.parse().map_err(|()| bad("cursor: not one of ours"))).transpose()?,
        limit: limit(query.limit)?,
    })
}

/// Approvals of all customers that the member of staff sees: open ones by deadline, others the latest first.
#[utoipa::path(get, path = "/approvals", tag = "documents", operation_id = "list_approvals", params(ApprovalsQuery), responses((status = 200, body = List<ApprovalRowDto>), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn list(caller: Caller, Params(query): Params<ApprovalsQuery>) -> Answer<Json<List<ApprovalRowDto>>> {
    let listed = async { overview::list(&caller.0, filter(&query)?).await };
    let listed = listed.await.map_err(|e| caller.refuse(&e))?;
    let items = listed.rows.into_iter().map(ApprovalRowDto::from).collect();
    Ok(Json(List { items, next: listed.next.map(|next| next.to_string()) }))
}

/// The same as a file for a spreadsheet (CSV), a line for everybody who was asked.
#[utoipa::path(get, path = "/approvals/export", tag = "documents", operation_id = "export_approvals", params(ApprovalsExportQuery), responses((status = 200, content_type = "text/csv"), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn export(caller: Caller, Params(query): Params<ApprovalsExportQuery>) -> Answer<Response> {
    let ApprovalsExportQuery { state, organisation_id, category } = query;
    let list = ApprovalsQuery { limit: None, cursor: None, state, organisation_id, category };
    let made = async { serve_list(caller.0.clone(), filter(&list)?).await };
    made.await.map_err(|e| caller.refuse(&e))
}

/// Reminds everybody who has not decided in any of these: all of them, or nobody where one is not theirs to ask about.
#[utoipa::path(post, path = "/approvals/remind", tag = "documents", operation_id = "remind_approvals", request_body = RemindDto, responses((status = 200, body = RemindedDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn remind(caller: Caller, body: Body<RemindDto>) -> Answer<Json<RemindedDto>> {
    let ctx = &caller.0;
    let reminded = async {
        let ids = body.value.approvals.iter().map(|id| approval_id(id)).collect::<Result<Vec<_>, _>>()?;
        if ids.is_empty() || ids.len() > AT_ONCE {
            overview::check(ctx)?;
            let text = ctx.with("approval-remind-many", &[("max", AT_ONCE.into())]);
            return Err(AppError::Invalid(FieldErrors::one("approvals", text)));
        }
        remind::remind(ctx, &ids).await
    };
    Ok(Json(RemindedDto { people: reminded.await.map_err(|e| caller.refuse(&e))? }))
}
