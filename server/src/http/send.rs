//! Files that customers send without being asked, from a form: several in one go, each a document of its own.

use app::arrivals::model::NewArrival;
use app::arrivals::service;
use app::ctx::Ctx;
use app::documents::model::Category;
use app::documents::upload::Incoming;
use app::doors::{Done, Form};
use app::error::{AppError, FieldErrors};
use app::files::FileName;
use app::paths;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::HeaderMap;
use axum::response::Response;
use tower_sessions::Session;

use super::upload::{answer, broken, chunks, drain, next, text, too_large};
use crate::layers::ctx::Asker;

/// The most files of one form.
const MOST: usize = 50;

/// What the form says before the first file.
#[derive(Default)]
struct Fields {
    organisation: String,
    category: String,
    title: String,
    note: String,
}

/// `POST /documents/send`: every file becomes a document.
pub async fn send(
    Asker(ctx): Asker,
    session: Session,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Response {
    let mut form = Form::on("send", paths::DOCUMENTS_SEND);
    // Who may send nothing is answered before a byte of the body is read.
    if let Err(error) = service::check_sender(&ctx) {
        return answer(&ctx, &session, &headers, form, Err(error)).await;
    }
    let result = match multipart {
        Ok(mut parts) => {
            let result = send_from(&ctx, &mut parts, &mut form).await;
            if result.is_err() {
                drain(&mut parts).await;
            }
            result
        }
        Err(_) => Err(broken(&ctx)),
    };
    answer(&ctx, &session, &headers, form, result).await
}

async fn send_from(ctx: &Ctx, parts: &mut Multipart, form: &mut Form) -> Result<Done, AppError> {
    let mut fields = Fields::default();
    let (mut sent, mut refused) = (0_usize, Vec::new());
    while let Some(field) = next(ctx, parts).await? {
        match field.name().unwrap_or_default() {
            "organisation_id" => fields.organisation = text(ctx, field).await?,
            "category" => fields.category = text(ctx, field).await?,
            "title" => fields.title = text(ctx, field).await?,
            "note" => fields.note = text(ctx, field).await?,
            "file" => {
                *form = form
                    .clone()
                    .value("organisation_id", &fields.organisation)
                    .value("category", &fields.category)
                    .value("title", &fields.title)
                    .value("note", &fields.note);
                let chosen = field.file_name().is_some_and(|name| !name.is_empty());
                let new = parse(ctx, &fields, chosen)?;
                if sent + refused.len() == MOST {
                    refused.push(ctx.with("arrivals-error-many", &[("max", MOST.into())]));
                    break;
                }
                let granted = service::grant_send(ctx, new).await?;
                let name = FileName::parse(field.file_name().unwrap_or_default());
                let file = Incoming { name: &name, note: &fields.note };
                match service::send(ctx, granted, file, chunks(field)).await.map_err(|e| too_large(ctx, e)) {
                    Ok(_) => sent += 1,
                    // One file that is not taken keeps none of the others back.
                    Err(AppError::Invalid(errors)) if errors.get("file").is_some() => {
                        let why = errors.get("file").unwrap_or_default();
                        refused.push(format!("{}: {why}", name.as_str()));
                    }
                    Err(other) => return Err(other),
                }
            }
            _ => {}
        }
    }
    if !refused.is_empty() {
        let mut texts = refused;
        if sent > 0 {
            texts.insert(0, ctx.with("arrivals-some-sent", &[("count", sent.into())]));
        }
        return Err(AppError::Invalid(FieldErrors::one("file", texts.join(" "))));
    }
    if sent == 0 {
        return Err(AppError::Invalid(FieldErrors::one("file", ctx.t("documents-error-file-missing"))));
    }
    Ok(Done::to(paths::DOCUMENTS).saying(ctx.with("arrivals-sent-toast", &[("count", sent.into())])))
}

fn parse(ctx: &Ctx, fields: &Fields, chosen: bool) -> Result<NewArrival, AppError> {
    let mut errors = FieldErrors::default();
    let organisation_id = fields.organisation.parse().ok();
    if organisation_id.is_none() {
        errors.add("organisation_id", ctx.t("documents-error-organisation"));
    }
    let category = Category::parse(&fields.category);
    if category.is_none() {
        errors.add("category", ctx.t("documents-error-category"));
    }
    if !chosen {
        errors.add("file", ctx.t("documents-error-file-missing"));
    }
    match (organisation_id, category) {
        (Some(organisation_id), Some(category)) if errors.is_empty() => {
            Ok(NewArrival { organisation_id, category, title: fields.title.clone() })
        }
        _ => Err(AppError::Invalid(errors)),
    }
}
