//! `GET /projects/export` and `/staff/projects/export`: the list of projects as a file, filtered as the page is.

use app::ctx::Ctx;
use app::doors::Query;
use app::error::AppError;
use app::export::Format;
use app::ids::OrganisationId;
use app::organisation::service as organisation;
use app::paths;
use app::projects::list::Wanted;
use app::projects::page::filter;
use app::projects::{export as projects, service};
use axum::http::Uri;
use axum::response::Response;

use super::orders::{answer, file};
use crate::layers::ctx::Asker;

/// For a customer: of the organisation at hand.
pub async fn customer(Asker(ctx): Asker, uri: Uri) -> Response {
    let made = async {
        let (wanted, format) = asked(&ctx, &uri).await?;
        serve(&ctx, Wanted { organisation: ctx.organisation, ..wanted }, format).await
    };
    answer(&ctx, paths::PROJECTS, made).await
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
    answer(&ctx, paths::STAFF_PROJECTS, made).await
}

async fn asked(ctx: &Ctx, uri: &Uri) -> Result<(Wanted, Format), AppError> {
    let query = Query::parse(uri.query().unwrap_or_default());
    let format = Format::parse(query.get("format").unwrap_or("csv")).ok_or(AppError::NotFound)?;
    Ok((filter::wanted(&query, &service::statuses(ctx).await?)?, format))
}

/// The file, for pages and REST alike.
pub async fn serve(ctx: &Ctx, wanted: Wanted, format: Format) -> Result<Response, AppError> {
    let (sheet, rows) = projects::begin(ctx, wanted, format).await?;
    file(ctx, format, sheet, rows).await
}
