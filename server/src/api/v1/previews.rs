//! `/api/v1/documents/{id}/versions/{number}/preview`.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::error::AppError;
use app::preview::model::Invoice;
use app::preview::service::{self, Preview};
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::extract::{Answer, Caller};
use crate::api::problem::Problem;
use crate::http::preview;

/// What there is to be seen of a version.
#[derive(Serialize, ToSchema)]
pub struct PreviewDto {
    /// `pending`, `ready`, `none`, `failed` or `too_large`.
    state: &'static str,
    /// `pdf`, `image`, `text`, `office` or `invoice`.
    kind: Option<String>,
    /// How many pages the document has.
    pages: i64,
    /// The first pages, which are there as images.
    images: Vec<ImageDto>,
    /// The beginning of the text.
    text: String,
    /// There is more text than that.
    text_cut: bool,
    /// The electronic invoice that the file is or holds.
    invoice: Option<InvoiceDto>,
    /// Why there is nothing: `unsupported`, `protected`, `broken`, `bomb`, `pixels`, `length`, `slow` or `died`.
    reason: Option<&'static str>,
    /// The words that stand across the images, where the rules of the category want that: who looks, and when.
    watermark: Option<String>,
}

/// The image of a page.
#[derive(Serialize, ToSchema)]
pub struct ImageDto {
    /// The page, from 1.
    page: usize,
    /// Pixels across.
    width: u16,
    /// Pixels down.
    height: u16,
}

/// An electronic invoice in short. Amounts are decimal numbers as the file has them.
#[derive(Serialize, ToSchema)]
pub struct InvoiceDto {
    /// A credit note.
    credit: bool,
    /// Its number.
    number: String,
    /// Day of issue.
    issued_on: Option<String>,
    /// To be paid until.
    due_on: Option<String>,
    /// ISO 4217.
    currency: Option<String>,
    /// Name of the seller.
    seller: String,
    /// Name of the buyer.
    buyer: String,
    /// Sum without tax.
    net: Option<String>,
    /// Tax.
    tax: Option<String>,
    /// Sum with tax.
    gross: Option<String>,
    /// To be paid.
    payable: Option<String>,
    /// The account.
    iban: Option<String>,
    /// What to write on the transfer.
    payment_reference: Option<String>,
    /// The first lines.
    lines: Vec<InvoiceLineDto>,
    /// How many there are.
    line_count: usize,
}

/// A line of an invoice.
#[derive(Serialize, ToSchema)]
pub struct InvoiceLineDto {
    /// What it is for.
    name: String,
    /// How much of it.
    quantity: Option<String>,
    /// Code of the unit.
    unit: Option<String>,
    /// Net price of one.
    price: Option<String>,
    /// Net amount.
    net: Option<String>,
}

impl From<Invoice> for InvoiceDto {
    fn from(invoice: Invoice) -> Self {
        let lines = invoice.lines.into_iter().map(|line| InvoiceLineDto {
            name: line.name,
            quantity: line.quantity,
            unit: line.unit,
            price: line.price,
            net: line.net,
        });
        Self {
            credit: invoice.credit,
            number: invoice.number,
            issued_on: invoice.issued_on,
            due_on: invoice.due_on,
            currency: invoice.currency,
            seller: invoice.seller.name,
            buyer: invoice.buyer.name,
            net: invoice.net,
            tax: invoice.tax,
            gross: invoice.gross,
            payable: invoice.payable,
            iban: invoice.iban,
            payment_reference: invoice.payment_reference,
            lines: lines.collect(),
            line_count: invoice.line_count,
        }
    }
}

impl From<Preview> for PreviewDto {
    fn from(preview: Preview) -> Self {
        let images = preview.images.iter().zip(1..);
        let images = images.map(|(image, page)| ImageDto { page, width: image.width, height: image.height });
        Self {
            state: preview.state.name(),
            images: images.collect(),
            kind: preview.kind,
            pages: preview.pages,
            text: preview.excerpt,
            text_cut: preview.cut,
            invoice: preview.invoice.map(InvoiceDto::from),
            reason: preview.reason.map(app::preview::model::Reason::name),
            watermark: preview.watermark,
        }
    }
}

/// What there is to be seen of one version. `pending` means that it is being made: ask again in a moment.
#[utoipa::path(get, path = "/documents/{id}/versions/{number}/preview", tag = "documents", operation_id = "find_preview", params(("id" = String, Path), ("number" = i64, Path)), responses((status = 200, body = PreviewDto), (status = 404, body = Problem), (status = 423, body = Problem)))]
pub async fn find(caller: Caller, Path((id, number)): Path<(String, String)>) -> Answer<Json<PreviewDto>> {
    let found = async {
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        let number = number.parse().map_err(|_| AppError::NotFound)?;
        service::find(&caller.0, id, number).await
    };
    found.await.map(|preview| Json(preview.into())).map_err(|e| caller.refuse(&e))
}

/// The image of one page of a version, from 1.
#[utoipa::path(get, path = "/documents/{id}/versions/{number}/preview/{page}", tag = "documents", operation_id = "preview_page", params(("id" = String, Path), ("number" = i64, Path), ("page" = i64, Path)), responses((status = 200, description = "The image", content_type = "image/png"), (status = 404, body = Problem), (status = 423, body = Problem)))]
pub async fn page(
    caller: Caller,
    Path((id, number, page)): Path<(String, String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Answer<Response> {
    preview::serve(&caller.0, &id, &number, &page, &method, &headers).await.map_err(|e| caller.refuse(&e))
}
