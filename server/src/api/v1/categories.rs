//! `/api/v1/categories`: the rules of the categories of documents.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::StaffRole;
use app::categories::approval::{MOST, Needed, Step};
use app::categories::file_kind::FileKind;
use app::categories::model::{AUDIENCES, Approval, Rules};
use app::categories::service;
use app::ctx::Ctx;
use app::documents::model::Category;
use app::error::{AppError, FieldErrors};
use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dto::List;
use super::extract::{Answer, Body, Caller, if_match_digest, with_etag};
use crate::api::problem::Problem;

/// A step of the approval that a category offers.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleStepDto {
    /// people: whom the asker chooses; or everybody of the customer with this role: admin, member or partner.
    pub who: String,
    /// How many of them must approve, 1 to 100; null: all of them.
    #[serde(default)]
    pub needed: Option<i64>,
}

impl From<Step> for RuleStepDto {
    fn from(step: Step) -> Self {
        let needed = match step.needed {
            Needed::All => None,
            Needed::Count(count) => Some(count),
        };
        Self { who: step.who().to_owned(), needed }
    }
}

impl RuleStepDto {
    fn step(&self) -> Option<Step> {
        let needed = match self.needed {
            None => Needed::All,
            Some(count) if (1..=MOST).contains(&count) => Needed::Count(count),
            Some(_) => return None,
        };
        Step::of(&self.who, needed)
    }
}

/// The rules of a category.
#[derive(Serialize, ToSchema)]
pub struct RulesDto {
    /// Key of the category.
    pub category: String,
    /// pdf, office, image, text, data, archive, media, other: the kinds of files it takes.
    pub kinds: Vec<String>,
    /// The longest file in bytes; null: what the portal takes.
    pub size_limit: Option<i64>,
    /// Staff roles that publish in it, administrators always; empty: whoever the policy allows.
    pub publishers: Vec<String>,
    /// organisation, project, people or group: the audience that is offered first.
    pub audience: String,
    /// none, all, any, admins or steps: the approval that is offered.
    pub approval: String,
    /// The steps, one after the other, where it is in steps.
    pub approval_steps: Vec<RuleStepDto>,
    /// Days until that is due.
    pub approval_days: i64,
    /// Days a document holds from when it is first published; null: nothing is set.
    pub valid_days: Option<i64>,
    /// So many days before that ends it is to be renewed.
    pub notice_days: i64,
    /// Customers may send files here without being asked.
    pub customers_send: bool,
    /// Previews show who looks at them, and when.
    pub watermark: bool,
}

/// New rules of a category; all of them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRulesDto {
    /// The kinds of files it takes.
    pub kinds: Vec<String>,
    /// The longest file in bytes; null: what the portal takes.
    #[serde(default)]
    pub size_limit: Option<i64>,
    /// Staff roles that publish in it; empty: whoever the policy allows.
    #[serde(default)]
    pub publishers: Vec<String>,
    /// The audience that is offered first.
    pub audience: String,
    /// none, all, any, admins or steps: the approval that is offered.
    pub approval: String,
    /// One to three steps, where it is in steps.
    #[serde(default)]
    pub approval_steps: Vec<RuleStepDto>,
    /// Days until that is due.
    pub approval_days: i64,
    /// Days a document holds from when it is first published.
    #[serde(default)]
    pub valid_days: Option<i64>,
    /// So many days before that ends it is to be renewed; 30 where nothing is said.
    #[serde(default)]
    pub notice_days: Option<i64>,
    /// Customers may send files here without being asked; no where nothing is said.
    #[serde(default)]
    pub customers_send: bool,
    /// Previews show who looks at them, and when; no where nothing is said.
    #[serde(default)]
    pub watermark: bool,
}

impl From<&Rules> for RulesDto {
    fn from(rules: &Rules) -> Self {
        Self {
            category: rules.category.key().to_owned(),
            kinds: rules.kinds.iter().map(|kind| kind.name().to_owned()).collect(),
            size_limit: rules.size_limit,
            publishers: rules.publishers.iter().map(|role| role.name().to_owned()).collect(),
            audience: rules.audience.to_owned(),
            approval: rules.approval.name().to_owned(),
            approval_steps: match &rules.approval {
                Approval::Steps(steps) => steps.iter().copied().map(RuleStepDto::from).collect(),
                _ => Vec::new(),
            },
            approval_days: rules.approval_days,
            valid_days: rules.valid_days,
            notice_days: rules.notice_days,
            customers_send: rules.customers_send,
            watermark: rules.watermark,
        }
    }
}

fn tagged(rules: &Rules) -> Response {
    with_etag(RulesDto::from(rules), &service::digest(rules))
}

fn parse(ctx: &Ctx, category: Category, dto: &NewRulesDto) -> Result<Rules, AppError> {
    let mut errors = FieldErrors::default();
    let mut unknown = |field: &str, name: &str| {
        errors.add(field, ctx.with("categories-error-unknown", &[("name", name.to_owned().into())]));
    };
    let usual = Rules::new(category);
    let mut rules = Rules {
        size_limit: dto.size_limit,
        approval_days: dto.approval_days,
        valid_days: dto.valid_days,
        notice_days: dto.notice_days.unwrap_or(usual.notice_days),
        customers_send: dto.customers_send,
        watermark: dto.watermark,
        ..usual
    };
    rules.kinds = FileKind::ALL.into_iter().filter(|kind| dto.kinds.iter().any(|name| name == kind.name())).collect();
    for name in dto.kinds.iter().filter(|name| FileKind::parse(name).is_none()) {
        unknown("kinds", name);
    }
    rules.publishers =
        StaffRole::ALL.into_iter().filter(|role| dto.publishers.iter().any(|name| name == role.name())).collect();
    for name in dto.publishers.iter().filter(|name| StaffRole::parse(name).is_none()) {
        unknown("publishers", name);
    }
    match AUDIENCES.into_iter().find(|kind| *kind == dto.audience) {
        Some(kind) => rules.audience = kind,
        None => unknown("audience", &dto.audience),
    }
    let steps: Option<Vec<Step>> = dto.approval_steps.iter().map(RuleStepDto::step).collect();
    // Steps that would be forgotten are not taken.
    let fits = dto.approval == "steps" || dto.approval_steps.is_empty();
    match steps.filter(|_| fits).and_then(|steps| Approval::named(&dto.approval, steps)) {
        Some(rule) => rules.approval = rule,
        None => unknown("approval", &dto.approval),
    }
    errors.into_result()?;
    Ok(rules)
}

/// The rules of every category.
#[utoipa::path(get, path = "/categories", tag = "settings", operation_id = "list_category_rules", responses((status = 200, body = List<RulesDto>), (status = 403, body = Problem)))]
pub async fn list(caller: Caller) -> Answer<Json<List<RulesDto>>> {
    let rules = service::all(&caller.0).await.map_err(|e| caller.refuse(&e))?;
    Ok(Json(List::whole(&rules.0)))
}

/// The rules of one category, with their ETag.
#[utoipa::path(get, path = "/categories/{key}", tag = "settings", operation_id = "find_category_rules", params(("key" = String, Path)), responses((status = 200, body = RulesDto), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(key): Path<String>) -> Answer<Response> {
    let found = async {
        service::all(&caller.0).await?;
        service::of(&caller.0, Category::parse(&key).ok_or(AppError::NotFound)?).await
    };
    Ok(tagged(&found.await.map_err(|e| caller.refuse(&e))?))
}

/// Sets the rules of one category, all of them.
#[utoipa::path(put, path = "/categories/{key}", tag = "settings", operation_id = "set_category_rules", request_body = NewRulesDto, params(("key" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = RulesDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn set(
    caller: Caller,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Body<NewRulesDto>,
) -> Answer<Response> {
    let ctx = &caller.0;
    let set = async {
        service::check_manage(ctx)?;
        let category = Category::parse(&key).ok_or(AppError::NotFound)?;
        let rules = parse(ctx, category, &body.value)?;
        service::set(ctx, &rules, if_match_digest(&headers, true)?).await
    };
    Ok(tagged(&set.await.map_err(|e| caller.refuse(&e))?))
}
