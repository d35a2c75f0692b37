//! Customers and their people as an ERP keeps them: sent by what they are known by, one or many at once. What is missing is
//! made, what differs is changed, and the same again changes nothing. Orders and projects have the same beside their own.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::imports::report::Done;
use app::imports::sent::{self, Person};
use app::orders::input::{Act, Change};
use app::organisation::fields::Field;
use app::organisation::upsert::{self, Put};
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::customers::{EditOrganisationDto, OrganisationDetailsDto, tagged};
use super::extract::{Answer, Body, Caller, if_match};
use super::order_dto::{ChangeDto, TakenDto};
use super::orders::ResultsDto;
use crate::api::problem::Problem;

/// The most customers or people of one call: each is a transaction of its own.
const BATCH: usize = 200;

/// Several customers, by their number: those that are there are changed, the others are new.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationsDto {
    /// At most 200.
    pub organisations: Vec<EditOrganisationDto>,
}

/// Somebody of a customer, known there by their address. What is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavePersonDto {
    /// Number or short name of the customer.
    #[serde(default)]
    organisation: String,
    /// Their address.
    #[serde(default)]
    email: String,
    /// Their name; the address where it is not said.
    name: Option<String>,
    /// member, admin or partner; member where it is not said. Whoever belongs to the customer already keeps theirs.
    role: Option<String>,
    /// How far they see documents: none, own or organisation, no further than the customer and whoever sends may.
    documents: Option<String>,
    /// The same of orders and projects.
    orders: Option<String>,
    /// The same of quotes and invoices.
    money: Option<String>,
    /// The same of questions.
    tickets: Option<String>,
    /// Telephone, of a contact.
    phone: Option<String>,
    /// What they do, of a contact.
    position: Option<String>,
    /// en, de or nl: the language of the invitation.
    language: Option<String>,
    /// They get an invitation by mail, as anybody who is invited does; otherwise they are only known, as a contact. What
    /// administrators of a customer send is always an invitation.
    #[serde(default)]
    invite: bool,
}

/// Several people, by customer and address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PeopleDto {
    /// At most 200.
    pub people: Vec<SavePersonDto>,
}

impl From<SavePersonDto> for Person {
    fn from(sent: SavePersonDto) -> Self {
        Self {
            organisation: sent.organisation,
            email: sent.email,
            name: sent.name,
            role: sent.role,
            documents: sent.documents,
            orders: sent.orders,
            money: sent.money,
            tickets: sent.tickets,
            phone: sent.phone,
            position: sent.position,
            language: sent.language,
            invite: sent.invite,
        }
    }
}

fn changes(changes: Vec<Change>) -> Vec<ChangeDto> {
    let change = |c: Change| ChangeDto { field: c.field.to_owned(), old: c.old, new: c.new };
    changes.into_iter().map(change).collect()
}

impl From<Result<Put, FieldErrors>> for TakenDto {
    fn from(taken: Result<Put, FieldErrors>) -> Self {
        match taken {
            Ok(put) => Self {
                result: put.act.name().to_owned(),
                id: Some(put.id.to_string()),
                changes: changes(put.changes),
                errors: Vec::new(),
            },
            Err(errors) => Self::refused(&errors),
        }
    }
}

impl From<Result<Done, FieldErrors>> for TakenDto {
    fn from(taken: Result<Done, FieldErrors>) -> Self {
        match taken {
            Ok(done) => Self {
                result: done.act.name().to_owned(),
                id: done.object.map(|id| id.to_string()),
                changes: changes(done.changes),
                errors: Vec::new(),
            },
            Err(errors) => Self::refused(&errors),
        }
    }
}

fn status(act: Act) -> StatusCode {
    if act == Act::Create { StatusCode::CREATED } else { StatusCode::OK }
}

/// The values with the number of the path, which the body may repeat.
fn numbered(ctx: &Ctx, number: String, sent: EditOrganisationDto) -> Result<Vec<(Field, String)>, AppError> {
    let mut values = sent.values();
    match values.iter().find(|(field, _)| *field == Field::Number) {
        Some((_, said)) if upsert::plain(said) != upsert::plain(&number) => {
            Err(AppError::Invalid(FieldErrors::one("number", ctx.t("customers-error-number-other"))))
        }
        Some(_) => Ok(values),
        None => {
            values.push((Field::Number, number));
            Ok(values)
        }
    }
}

/// Makes the customer with this number, or changes what is different of it: what is left out stays. A new one needs a name.
/// `If-Match` is honoured when it is sent; then the customer has to be there.
#[utoipa::path(put, path = "/organisations/by-number/{number}", tag = "organisations", operation_id = "put_organisation", request_body = EditOrganisationDto, params(("number" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = OrganisationDetailsDto), (status = 201, body = OrganisationDetailsDto), (status = 403, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn put_organisation(
    caller: Caller,
    Path(number): Path<String>,
    headers: HeaderMap,
    body: Body<EditOrganisationDto>,
) -> Answer<Response> {
    let ctx = &caller.0;
    let put = async {
        upsert::check(ctx)?;
        let values = numbered(ctx, number, body.value)?;
        upsert::put(ctx, values, if_match(&headers, false)?).await
    };
    let (act, row) = put.await.map_err(|e| caller.refuse(&e))?;
    Ok(tagged(ctx, status(act), &row))
}

/// Takes many customers at once, by their number, with a result for each: what is right is done, whatever is wrong with the
/// others. Sending the same again changes nothing.
#[utoipa::path(post, path = "/organisations/batch", tag = "organisations", operation_id = "take_organisations", request_body = OrganisationsDto, responses((status = 200, body = ResultsDto), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn take_organisations(mut caller: Caller, body: Body<OrganisationsDto>) -> Answer<Json<ResultsDto>> {
    // Each row is done by itself, and again changes nothing: what was cut off half-way goes on with the same key.
    caller.0.idempotency = None;
    let ctx = &caller.0;
    let taken = async {
        upsert::check(ctx)?;
        if body.value.organisations.len() > BATCH {
            return Err(AppError::BadRequest("organisations: at most 200".to_owned()));
        }
        let rows = body.value.organisations.into_iter().map(EditOrganisationDto::values).collect();
        let results = upsert::put_each(ctx, rows).await?;
        Ok::<_, AppError>(ResultsDto { results: results.into_iter().map(TakenDto::from).collect() })
    };
    Ok(Json(taken.await.map_err(|e| caller.refuse(&e))?))
}

/// Knows or invites somebody of a customer. Customer and address say who is meant, and stand in the body: addresses of people
/// do not belong in a path, which is logged. The id of the answer is that of the person where they belong to the customer
/// already, of the open invitation, or of the contact; it says nothing about whether the address is known elsewhere. Nobody's
/// role, rights or password are changed; somebody who signs in elsewhere already only gains the membership, when they accept.
#[utoipa::path(put, path = "/people", tag = "organisations", operation_id = "put_person", request_body = SavePersonDto, responses((status = 200, body = TakenDto), (status = 201, body = TakenDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn put_person(caller: Caller, body: Body<SavePersonDto>) -> Answer<Response> {
    let ctx = &caller.0;
    let put = async {
        let done = sent::people(ctx, vec![body.value.into()]).await?.pop().ok_or(AppError::Internal)?;
        let done = done.map_err(AppError::Invalid)?;
        Ok::<_, AppError>((status(done.act), Json(TakenDto::from(Ok::<Done, FieldErrors>(done)))).into_response())
    };
    put.await.map_err(|e| caller.refuse(&e))
}

/// Takes many people at once, with a result for each, as `PUT /people` takes one.
#[utoipa::path(post, path = "/people/batch", tag = "organisations", operation_id = "take_people", request_body = PeopleDto, responses((status = 200, body = ResultsDto), (status = 400, body = Problem), (status = 403, body = Problem)))]
pub async fn take_people(mut caller: Caller, body: Body<PeopleDto>) -> Answer<Json<ResultsDto>> {
    // Each row is done by itself, and again changes nothing: what was cut off half-way goes on with the same key.
    caller.0.idempotency = None;
    let ctx = &caller.0;
    let taken = async {
        sent::check(ctx)?;
        if body.value.people.len() > BATCH {
            return Err(AppError::BadRequest("people: at most 200".to_owned()));
        }
        let results = sent::people(ctx, body.value.people.into_iter().map(Person::from).collect()).await?;
        Ok::<_, AppError>(ResultsDto { results: results.into_iter().map(TakenDto::from).collect() })
    };
    Ok(Json(taken.await.map_err(|e| caller.refuse(&e))?))
}
