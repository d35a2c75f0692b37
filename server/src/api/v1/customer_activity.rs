//! `/api/v1/organisations/{id}/activity`: what happened at a customer.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::documents::activity::Doer;
use app::error::AppError;
use app::ids::OrganisationId;
use app::organisation::activity::{self, Event, What};
use app::organisation::details;
use axum::Json;
use axum::extract::Path;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Caller, Params};
use super::organisations::limit;
use crate::api::problem::Problem;

/// Something that happened at a customer.
#[derive(Serialize, ToSchema)]
pub struct CustomerActivityDto {
    /// Its place in the trail.
    pub sequence: i64,
    /// RFC 3339.
    pub at: String,
    /// What, such as `document.publish`.
    pub action: String,
    /// The document it was done to.
    pub document_id: Option<String>,
    /// The title or the name of what or whom it was done to; empty for the customer itself.
    pub subject: String,
    /// Who, as far as the caller may know; null for somebody else, or for the operator.
    pub by: Option<String>,
}

impl From<Event> for CustomerActivityDto {
    fn from(event: Event) -> Self {
        Self {
            sequence: event.sequence,
            at: event.at.rfc3339(),
            action: event.action,
            document_id: match event.what {
                What::Document(_, id) => Some(id.to_string()),
                What::Other => None,
            },
            subject: event.subject,
            by: match event.doer {
                Doer::Person(name) => Some(name),
                Doer::Other | Doer::Operator => None,
            },
        }
    }
}

/// Paging of what happened.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ActivityQuery {
    /// 1 to 100, default 25. An answer may have fewer, and older ones after it.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<i64>,
}

/// What happened at a customer, newest first, as far as the caller may know of it; what somebody did to one thing several
/// times is told once a page. For staff.
#[utoipa::path(get, path = "/organisations/{id}/activity", tag = "organisations", operation_id = "list_customer_activity", params(("id" = String, Path), ActivityQuery), responses((status = 200, body = List<CustomerActivityDto>), (status = 400, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn list(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<ActivityQuery>,
) -> Answer<Json<List<CustomerActivityDto>>> {
    let listed = async {
        let id: OrganisationId = id.parse().map_err(|_| AppError::NotFound)?;
        let customer = details::find(&caller.0, id).await?;
        let wanted = usize::try_from(limit(query.limit)?).unwrap_or(usize::MAX);
        let latest = activity::latest(&caller.0, &customer, query.cursor, wanted).await?;
        let items = latest.items.into_iter().map(CustomerActivityDto::from).collect();
        Ok(List { items, next: latest.next.map(|before| before.to_string()) })
    };
    listed.await.map(Json).map_err(|e: AppError| caller.refuse(&e))
}
