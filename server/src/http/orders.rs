//! `GET /orders/export` and `/staff/orders/export`: the list of orders as a file, filtered as the page is.

use app::ctx::Ctx;
use app::doors::Query;
use app::error::AppError;
use app::export::{self, Format, Rows, Sheet};
use app::files::disposition;
use app::ids::OrganisationId;
use app::orders::list::Wanted;
use app::orders::page::filter;
use app::orders::{export as orders, service};
use app::organisation::service as organisation;
use app::paths;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::layers::ctx::Asker;

/// For a customer: of the organisation at hand.
pub async fn customer(Asker(ctx): Asker, uri: Uri) -> Response {
    let made = async {
        let (wanted, format) = asked(&ctx, &uri).await?;
        serve(&ctx, Wanted { organisation: ctx.organisation, ..wanted }, format).await
    };
    answer(&ctx, paths::ORDERS, made).await
}

/// For staff: of all customers they see, or of one.
pub async fn staff(Asker(ctx): Asker, uri: Uri) -> Response {
    let made = async {
        organisation::require_staff(&ctx)?;
        let (wanted, format) = asked(&ctx, &uri).await?;
        let query = Query::parse(uri.query().unwrap_or_default());
        let only: Option<OrganisationId> =
            query.get("organisation").map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
        if let Some(id) = only {
            organisation::find(&ctx, id).await?;
        }
        serve(&ctx, Wanted { organisation: only, ..wanted }, format).await
    };
    answer(&ctx, paths::STAFF_ORDERS, made).await
}

/// The file, or why there is none; whoever is not signed in is led there.
pub(super) async fn answer(ctx: &Ctx, list: &str, made: impl Future<Output = Result<Response, AppError>>) -> Response {
    if ctx.actor.is_anonymous() {
        return Redirect::to(&paths::with_next(paths::SIGN_IN, list)).into_response();
    }
    made.await.unwrap_or_else(|error| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
    })
}

async fn asked(ctx: &Ctx, uri: &Uri) -> Result<(Wanted, Format), AppError> {
    let query = Query::parse(uri.query().unwrap_or_default());
    let format = Format::parse(query.get("format").unwrap_or("csv")).ok_or(AppError::NotFound)?;
    Ok((filter::wanted(&query, &service::statuses(ctx).await?)?, format))
}

/// The file, for pages and REST alike.
pub async fn serve(ctx: &Ctx, wanted: Wanted, format: Format) -> Result<Response, AppError> {
    let (sheet, rows) = orders::begin(ctx, wanted, format).await?;
    file(ctx, format, sheet, rows).await
}

/// A list as a file to be saved, named by what it is and the day.
pub(super) async fn file(ctx: &Ctx, format: Format, sheet: Sheet, rows: Rows) -> Result<Response, AppError> {
    let day = ctx.now().timestamp().to_zoned(ctx.zone.clone()).date();
    let name = format!("{} {day}.{}", sheet.name, format.name());
    let mut response = Response::new(Body::from_stream(export::file(ctx, format, sheet, rows).await?));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    if let Ok(value) = HeaderValue::from_str(&disposition(&name)) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}
