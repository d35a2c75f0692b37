//! Every door answers in time, also where it asks several things of a database or a store that is away, and where it waits
//! behind many others. Time ends with the answer's head: streams that follow are watched one by one.

use std::time::Duration;

use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// How long a page or an API call may take: a little less than the promised 10 s, and more than the database and the
/// store are waited for, whose errors say more.
pub const TIME: Duration = Duration::from_millis(9500);

/// What takes as long as it takes. Where it waits for a sender, the database or the store, each silence has its own limit.
const LONG: &[(&str, &str)] = &[
    // Files in.
    ("POST", "/account/portrait"),
    ("POST", "/documents/send"),
    ("POST", "/requests/{id}/file"),
    ("POST", "/staff/documents"),
    ("POST", "/staff/documents/{id}/versions"),
    ("POST", "/staff/imports"),
    ("POST", "/uploads"),
    ("POST", "/uploads/{id}"),
    ("PATCH", "/uploads/{id}"),
    ("PUT", "/api/v1/me/portrait"),
    ("POST", "/api/v1/documents/send"),
    ("POST", "/api/v1/documents/{id}/versions"),
    ("POST", "/api/v1/imports"),
    ("POST", "/api/v1/requests/{id}/file"),
    // Reads and writes a whole file.
    ("POST", "/staff/documents/{id}/restore"),
    ("POST", "/api/v1/documents/{id}/versions/{number}/restore"),
    // Archives and exports: what is at their beginning may have to be looked for.
    ("POST", "/documents/archive"),
    ("POST", "/api/v1/documents/archive"),
    ("POST", "/account/data"),
    ("GET", "/api/v1/me/data"),
    ("GET", "/orders/export"),
    ("GET", "/staff/orders/export"),
    ("GET", "/api/v1/orders/export"),
    ("GET", "/projects/export"),
    ("GET", "/staff/projects/export"),
    ("GET", "/api/v1/projects/export"),
    ("GET", "/staff/approvals/export"),
    ("GET", "/api/v1/approvals/export"),
    ("GET", "/staff/audit/export"),
    ("GET", "/api/v1/audit-events/export"),
    ("GET", "/staff/imports/{id}/report.csv"),
    ("GET", "/api/v1/imports/{id}/report.csv"),
    // Hundreds of rows, each with what hangs on it.
    ("POST", "/api/v1/organisations/batch"),
    ("POST", "/api/v1/people/batch"),
    ("POST", "/api/v1/orders/batch"),
    ("POST", "/api/v1/projects/batch"),
    // Everything whose time has come, a hundred documents at a time.
    ("POST", "/_fn/retention/run"),
    ("POST", "/api/v1/retention/run"),
];

fn is_long(method: &Method, path: &str) -> bool {
    LONG.iter().any(|(of, door)| *door == path && *of == method.as_str())
}

/// A 503 where there is no answer in time. What was begun is undone, like that of a browser that has gone.
pub async fn time_limit(matched: Option<MatchedPath>, request: Request, next: Next) -> Response {
    if matched.is_some_and(|path| is_long(request.method(), path.as_str())) {
        return next.run(request).await;
    }
    let answer = tokio::time::timeout(TIME, next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doors;

    #[test]
    fn what_takes_long_are_doors() {
        for (method, path) in LONG {
            assert!(doors::all().any(|door| door.method == *method && door.path == *path), "{method} {path}");
        }
        assert!(is_long(&Method::POST, "/uploads") && !is_long(&Method::OPTIONS, "/uploads"));
    }
}
