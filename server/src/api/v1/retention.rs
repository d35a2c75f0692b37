//! `/api/v1/retention`: how long documents are kept, and what that deletes.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::documents::model::Category;
use app::error::AppError;
use app::retention::model::{Due, Rule, Totals};
use app::retention::service;
use axum::Json;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dto::List;
use super::extract::{Answer, Body, Caller, if_match_digest, with_etag};
use crate::api::problem::Problem;

/// How many documents one answer names.
const NAMED: i64 = 100;

/// How long documents of a category are kept.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleDto {
    /// Key of the category.
    pub category: String,
    /// Days after the last change; null: for good.
    pub keep_days: Option<i64>,
    /// The law's minimum in days: nobody sets less.
    #[serde(default)]
    pub least_days: i64,
}

impl From<Rule> for RuleDto {
    fn from(rule: Rule) -> Self {
        Self { category: rule.category.key().to_owned(), keep_days: rule.keep_days, least_days: rule.least_days }
    }
}

/// A document that would be deleted.
#[derive(Serialize, ToSchema)]
pub struct DueDto {
    /// Id.
    pub id: String,
    /// The customer.
    pub organisation_id: String,
    /// Title.
    pub title: String,
    /// Key of the category.
    pub category: String,
    /// When it last changed.
    pub changed_at: String,
    /// How many versions go with it.
    pub versions: i64,
    /// Their bytes.
    pub bytes: i64,
}

impl From<Due> for DueDto {
    fn from(due: Due) -> Self {
        Self {
            id: due.id.to_string(),
            organisation_id: due.organisation_id.to_string(),
            title: due.title,
            category: due.category.key().to_owned(),
            changed_at: due.changed_at.rfc3339(),
            versions: due.versions,
            bytes: due.bytes,
        }
    }
}

/// How much is, or was, deleted.
#[derive(Serialize, ToSchema)]
pub struct TotalsDto {
    /// Documents.
    pub documents: i64,
    /// Their versions.
    pub versions: i64,
    /// Their bytes.
    pub bytes: i64,
    /// Documents whose time is over and that a hold or an open approval keeps.
    pub kept: i64,
}

impl From<Totals> for TotalsDto {
    fn from(Totals { documents, versions, bytes, kept }: Totals) -> Self {
        Self { documents, versions, bytes, kept }
    }
}

/// What would be deleted now.
#[derive(Serialize, ToSchema)]
pub struct DryRunDto {
    /// How much in all.
    pub totals: TotalsDto,
    /// The first hundred, the longest due first.
    pub documents: Vec<DueDto>,
}

/// The rule of every category, with the ETag of all of them.
#[utoipa::path(get, path = "/retention/rules", tag = "settings", operation_id = "read_retention", responses((status = 200, body = List<RuleDto>), (status = 403, body = Problem)))]
pub async fn rules(caller: Caller) -> Answer<Response> {
    let rules = service::rules(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(tagged(rules))
}

fn tagged(rules: Vec<Rule>) -> Response {
    let tag = service::digest(&rules);
    with_etag(List::<RuleDto>::whole(rules), &tag)
}

/// Sets the rules of some categories; the others stay.
#[utoipa::path(put, path = "/retention/rules", tag = "settings", operation_id = "change_retention", request_body = Vec<RuleDto>, params(("If-Match" = String, Header)), responses((status = 200, body = List<RuleDto>), (status = 403, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn set_rules(caller: Caller, headers: HeaderMap, body: Body<Vec<RuleDto>>) -> Answer<Response> {
    let set = async {
        service::check_manage(&caller.0)?;
        let unknown = |key: &str| AppError::BadRequest(format!("category: {key} is unknown"));
        let rule = |dto: RuleDto| {
            let category = Category::parse(&dto.category).ok_or_else(|| unknown(&dto.category))?;
            Ok(Rule { category, keep_days: dto.keep_days, least_days: dto.least_days })
        };
        let rules = body.value.into_iter().map(rule).collect::<Result<Vec<_>, AppError>>()?;
        service::set_rules(&caller.0, &rules, if_match_digest(&headers, true)?).await
    };
    Ok(tagged(set.await.map_err(|e| caller.refuse(&e))?))
}

/// What would be deleted now.
#[utoipa::path(get, path = "/retention/due", tag = "settings", operation_id = "due_for_deletion", responses((status = 200, body = DryRunDto), (status = 403, body = Problem)))]
pub async fn due(caller: Caller) -> Answer<Json<DryRunDto>> {
    let found = async {
        let documents = service::due(&caller.0, None, NAMED).await?.into_iter().map(DueDto::from).collect();
        Ok::<_, AppError>(DryRunDto { totals: service::totals(&caller.0).await?.into(), documents })
    };
    Ok(Json(found.await.map_err(|e| caller.refuse(&e))?))
}

/// Deletes what is due now.
#[utoipa::path(post, path = "/retention/run", tag = "settings", operation_id = "delete_due", responses((status = 200, body = TotalsDto), (status = 403, body = Problem)))]
pub async fn run(caller: Caller) -> Answer<Json<TotalsDto>> {
    let totals = service::run(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(totals.into()))
}
