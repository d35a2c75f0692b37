//! A parameter that an address does not know is an error: a filter with a slip of the pen in its name would otherwise find
//! everything. What an address knows stands in the OpenAPI document.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use app::ctx::Ctx;
use app::error::AppError;
use axum::extract::{MatchedPath, Query, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, ParameterIn};

use crate::api::problem::Problem;
use crate::api::v1;

/// The parameters of a query by method and path.
static KNOWN: LazyLock<HashMap<(Method, String), HashSet<String>>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (path, item) in v1::openapi().paths.paths {
        let operations = [
            (Method::GET, item.get),
            (Method::POST, item.post),
            (Method::PUT, item.put),
            (Method::PATCH, item.patch),
            (Method::DELETE, item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                known.insert((method, path.clone()), of_query(operation));
            }
        }
    }
    known
});

fn of_query(operation: Operation) -> HashSet<String> {
    let parameters = operation.parameters.unwrap_or_default().into_iter();
    parameters
        .filter_map(|parameter| match parameter {
            RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter.name),
            RefOr::T(_) | RefOr::Ref(_) => None,
        })
        .collect()
}

fn unknown(request: &Request) -> Option<String> {
    request.uri().query().filter(|query| !query.is_empty())?;
    let path = request.extensions().get::<MatchedPath>()?.as_str().to_owned();
    let method = if request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
    let known = KNOWN.get(&(method, path))?;
    // What cannot be read is said by whoever reads it.
    let Query(given) = Query::<Vec<(String, String)>>::try_from_uri(request.uri()).ok()?;
    given.into_iter().map(|(name, _)| name).find(|name| !known.contains(name))
}

/// Refuses parameters that an address does not know.
pub async fn known_parameters(request: Request, next: Next) -> Response {
    // Whoever has no token is told that first.
    let caller = request.extensions().get::<Ctx>().filter(|ctx| !ctx.actor.is_anonymous());
    let id = caller.map(|ctx| ctx.request_id.clone());
    let (Some(id), Some(name)) = (id, unknown(&request)) else { return next.run(request).await };
    Problem::of(&AppError::BadRequest(format!("unknown parameter {name:?}")), &id).into_response()
}
