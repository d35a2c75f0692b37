//! `/api/v1/organisations`: master data, its history, contacts, and who looks after a customer.

#![allow(unused_qualifications, reason = "the OpenAPI macro writes full paths")]

use app::access::{Module, Role};
use app::ctx::Ctx;
use app::error::AppError;
use app::ids::{ChangeId, OrganisationId, UserId};
use app::organisation::administer::{self, Colleague};
use app::organisation::details::{self, Change, Details, Seen};
use app::organisation::fields::Field;
use app::organisation::people::{self, Contact, NewContact};
use axum::Json;
use axum::extract::Path;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::List;
use super::extract::{Answer, Body, Caller, Params, if_match, if_match_digest, with_etag};
use super::organisations::limit;
use crate::api::problem::Problem;

/// An organisation with its master data; an empty text where nothing is known.
#[derive(Serialize, ToSchema)]
pub struct OrganisationDetailsDto {
    /// Id.
    pub id: String,
    /// Short name.
    pub slug: String,
    /// Name.
    pub name: String,
    /// The operator's customer number.
    pub number: String,
    /// active or archived.
    pub state: String,
    /// Street and house number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// City.
    pub city: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Telephone.
    pub phone: String,
    /// Website.
    pub website: String,
    /// VAT identification number.
    pub vat_id: String,
    /// en, de or nl; empty for the portal's.
    pub language: String,
    /// The most that anybody but its administrators sees of documents: none, own or organisation. For staff; null for
    /// customers.
    pub limit_documents: Option<String>,
    /// The same of orders and projects.
    pub limit_orders: Option<String>,
    /// The same of quotes and invoices.
    pub limit_money: Option<String>,
    /// The same of questions.
    pub limit_tickets: Option<String>,
    /// Raised by every change; the ETag.
    pub revision: i64,
}

impl OrganisationDetailsDto {
    fn new(ctx: &Ctx, row: &Details) -> Self {
        let get = |field| row.get(field).to_owned();
        let limit = |module| ctx.actor.staff().map(|_| get(Field::Limit(module)));
        Self {
            id: row.id.to_string(),
            slug: row.slug.clone(),
            name: get(Field::Name),
            number: get(Field::Number),
            state: if row.archived { "archived" } else { "active" }.to_owned(),
            street: get(Field::Street),
            postcode: get(Field::Postcode),
            city: get(Field::City),
            country: get(Field::Country),
            phone: get(Field::Phone),
            website: get(Field::Website),
            vat_id: get(Field::VatId),
            language: get(Field::Language),
            limit_documents: limit(Module::Documents),
            limit_orders: limit(Module::Orders),
            limit_money: limit(Module::Money),
            limit_tickets: limit(Module::Tickets),
            revision: row.revision,
        }
    }
}

/// Master data to set; what is left out stays as it is. Administrators of a customer set what was released to them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditOrganisationDto {
    /// Name.
    name: Option<String>,
    /// The operator's customer number.
    number: Option<String>,
    /// Street and house number.
    street: Option<String>,
    /// Postcode.
    postcode: Option<String>,
    /// City.
    city: Option<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    /// Telephone.
    phone: Option<String>,
    /// Website.
    website: Option<String>,
    /// VAT identification number.
    vat_id: Option<String>,
    /// en, de or nl; empty for the portal's.
    language: Option<String>,
    /// The most that anybody but its administrators sees of documents: none, own or organisation. For staff. People and
    /// open invitations that have more are cut to it; raising it gives nothing back.
    limit_documents: Option<String>,
    /// The same of orders and projects.
    limit_orders: Option<String>,
    /// The same of quotes and invoices.
    limit_money: Option<String>,
    /// The same of questions.
    limit_tickets: Option<String>,
}

impl EditOrganisationDto {
    /// What is said, field by field.
    pub(super) fn values(self) -> Vec<(Field, String)> {
        let given = [
            self.name,
            self.number,
            self.street,
            self.postcode,
            self.city,
            self.country,
            self.phone,
            self.website,
            self.vat_id,
            self.language,
        ];
        let limits = [self.limit_documents, self.limit_orders, self.limit_money, self.limit_tickets];
        let all = Field::ALL.into_iter().zip(given).chain(Field::LIMITS.into_iter().zip(limits));
        all.filter_map(|(field, value)| Some((field, value?))).collect()
    }
}

fn parse_id(text: &str) -> Result<OrganisationId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// An organisation with its revision as ETag.
pub(super) fn tagged(ctx: &Ctx, status: StatusCode, row: &Details) -> Response {
    let etag = format!("\"{}\"", row.revision);
    let mut response = (status, Json(OrganisationDetailsDto::new(ctx, row))).into_response();
    if let Ok(value) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

/// One organisation with its master data and its ETag.
#[utoipa::path(get, path = "/organisations/{id}", tag = "organisations", operation_id = "find_organisation", params(("id" = String, Path)), responses((status = 200, body = OrganisationDetailsDto), (status = 404, body = Problem)))]
pub async fn find(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let found = async { details::find(&caller.0, parse_id(&id)?).await };
    Ok(tagged(&caller.0, StatusCode::OK, &found.await.map_err(|e| caller.refuse(&e))?))
}

/// Makes a customer. Name and number are needed.
#[utoipa::path(post, path = "/organisations", tag = "organisations", operation_id = "create_organisation", request_body = EditOrganisationDto, params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = OrganisationDetailsDto), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn create(mut caller: Caller, headers: HeaderMap, body: Body<EditOrganisationDto>) -> Answer<Response> {
    caller.idempotent(&headers, &[b"POST /organisations", &body.raw])?;
    let row = administer::create(&caller.0, body.value.values()).await.map_err(|e| caller.refuse(&e))?;
    let location = format!("/api/v1/organisations/{}", row.id);
    let mut response = tagged(&caller.0, StatusCode::CREATED, &row);
    if let Ok(value) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(LOCATION, value);
    }
    Ok(response)
}

/// Changes master data.
#[utoipa::path(patch, path = "/organisations/{id}", tag = "organisations", operation_id = "edit_organisation", request_body = EditOrganisationDto, params(("id" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = OrganisationDetailsDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn edit(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<EditOrganisationDto>,
) -> Answer<Response> {
    let edited = async {
        let id = parse_id(&id)?;
        // What is not visible is not found, whatever else is wrong with the request.
        details::find(&caller.0, id).await?;
        let seen = Seen { revision: if_match(&headers, true)?, form: false };
        details::edit(&caller.0, id, seen, body.value.values()).await
    };
    Ok(tagged(&caller.0, StatusCode::OK, &edited.await.map_err(|e| caller.refuse(&e))?))
}

/// Puts a customer to sleep: its people get in no more, nothing new is published, nothing is deleted.
#[utoipa::path(post, path = "/organisations/{id}/archive", tag = "organisations", operation_id = "archive_organisation", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = OrganisationDetailsDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem)))]
pub async fn archive(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let done = async {
        let seen = Seen { revision: if_match(&headers, false)?, form: false };
        administer::archive(&caller.0, parse_id(&id)?, seen).await
    };
    Ok(tagged(&caller.0, StatusCode::OK, &done.await.map_err(|e| caller.refuse(&e))?))
}

/// Wakes a customer up.
#[utoipa::path(post, path = "/organisations/{id}/restore", tag = "organisations", operation_id = "restore_organisation", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 200, body = OrganisationDetailsDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem)))]
pub async fn restore(caller: Caller, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let done = async {
        let seen = Seen { revision: if_match(&headers, false)?, form: false };
        administer::restore(&caller.0, parse_id(&id)?, seen).await
    };
    Ok(tagged(&caller.0, StatusCode::OK, &done.await.map_err(|e| caller.refuse(&e))?))
}

/// Paging of changes.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangesQuery {
    /// 1 to 100, default 25.
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// One change of one field of master data.
#[derive(Serialize, ToSchema)]
pub struct MasterDataChangeDto {
    /// Id.
    pub id: String,
    /// RFC 3339.
    pub at: String,
    /// Who; null for the operator at the machine.
    pub user_id: Option<String>,
    /// Which field.
    pub field: String,
    /// What it held.
    pub before: String,
    /// What it holds since.
    pub after: String,
}

impl From<Change> for MasterDataChangeDto {
    fn from(row: Change) -> Self {
        Self {
            id: row.id.to_string(),
            at: row.at.rfc3339(),
            user_id: row.user_id.map(|id| id.to_string()),
            field: row.field,
            before: row.before,
            after: row.after,
        }
    }
}

/// The history of master data, newest first.
#[utoipa::path(get, path = "/organisations/{id}/changes", tag = "organisations", operation_id = "list_organisation_changes", params(("id" = String, Path), ChangesQuery), responses((status = 200, body = List<MasterDataChangeDto>), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn changes(
    caller: Caller,
    Path(id): Path<String>,
    Params(query): Params<ChangesQuery>,
) -> Answer<Json<List<MasterDataChangeDto>>> {
    let listed = async {
        let customer = details::find(&caller.0, parse_id(&id)?).await?;
        let limit = limit(query.limit)?;
        let bad = || AppError::BadRequest("cursor: not one of ours".into());
        let before = query.cursor.as_deref().map(|c| c.parse::<ChangeId>().map_err(|_| bad())).transpose()?;
        let mut rows = details::changes(&caller.0, &customer, before, limit + 1).await?;
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let next = rows.last().filter(|_| more).map(|last| last.id.to_string());
        Ok(List { items: rows.into_iter().map(MasterDataChangeDto::from).collect(), next })
    };
    listed.await.map(Json).map_err(|e: AppError| caller.refuse(&e))
}

/// Somebody the house knows at a customer, without a login.
#[derive(Serialize, ToSchema)]
pub struct ContactDto {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// What they do; may be empty.
    pub position: String,
}

impl From<Contact> for ContactDto {
    fn from(row: Contact) -> Self {
        Self { id: row.id.to_string(), name: row.name, email: row.email, phone: row.phone, position: row.position }
    }
}

/// Somebody to note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContactDto {
    /// Name.
    #[serde(default)]
    name: String,
    /// Address.
    #[serde(default)]
    email: String,
    /// Telephone.
    #[serde(default)]
    phone: String,
    /// What they do.
    #[serde(default)]
    position: String,
}

/// Contacts of a customer who have no login: for staff.
#[utoipa::path(get, path = "/organisations/{id}/contacts", tag = "organisations", operation_id = "list_contacts", params(("id" = String, Path)), responses((status = 200, body = List<ContactDto>), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn contacts(caller: Caller, Path(id): Path<String>) -> Answer<Json<List<ContactDto>>> {
    let listed = async {
        let customer = details::find(&caller.0, parse_id(&id)?).await?;
        let rows = people::contacts(&caller.0, &customer).await?;
        Ok(List { items: rows.into_iter().map(ContactDto::from).collect(), next: None })
    };
    listed.await.map(Json).map_err(|e: AppError| caller.refuse(&e))
}

/// Notes a contact.
#[utoipa::path(post, path = "/organisations/{id}/contacts", tag = "organisations", request_body = NewContactDto, params(("id" = String, Path)), responses((status = 201, body = ContactDto), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn add_contact(caller: Caller, Path(id): Path<String>, body: Body<NewContactDto>) -> Answer<Response> {
    let added = async {
        let NewContactDto { name, email, phone, position } = body.value;
        people::add_contact(&caller.0, parse_id(&id)?, NewContact { name, email, phone, position }).await
    };
    let contact = added.await.map_err(|e| caller.refuse(&e))?;
    Ok((StatusCode::CREATED, Json(ContactDto::from(contact))).into_response())
}

/// Forgets a contact.
#[utoipa::path(delete, path = "/organisations/{id}/contacts/{contact}", tag = "organisations", params(("id" = String, Path), ("contact" = String, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn remove_contact(caller: Caller, Path((id, contact)): Path<(String, String)>) -> Answer<StatusCode> {
    let removed = async {
        let contact = contact.parse().map_err(|_| AppError::NotFound)?;
        people::remove_contact(&caller.0, parse_id(&id)?, contact).await
    };
    removed.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// A member of staff who looks after a customer.
#[derive(Serialize, ToSchema)]
pub struct AssignmentDto {
    /// Who.
    pub user_id: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
    /// The customer sees them as its contact.
    pub is_contact: bool,
}

impl From<Colleague> for AssignmentDto {
    fn from(row: Colleague) -> Self {
        let role = Role::Staff(row.staff_role).name().to_owned();
        Self { user_id: row.id.to_string(), name: row.name, role, is_contact: row.is_contact }
    }
}

/// Whether the customer sees them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignDto {
    /// The customer sees them as its contact.
    #[serde(default)]
    is_contact: bool,
}

/// Who looks after a customer, with the ETag of the list: for staff.
#[utoipa::path(get, path = "/organisations/{id}/assignments", tag = "organisations", operation_id = "list_assignments", params(("id" = String, Path)), responses((status = 200, body = List<AssignmentDto>), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn assignments(caller: Caller, Path(id): Path<String>) -> Answer<Response> {
    let listed = async {
        let customer = details::find(&caller.0, parse_id(&id)?).await?;
        let rows = administer::assigned(&caller.0, &customer).await?;
        let tag = administer::digest(&rows);
        let items: Vec<AssignmentDto> = rows.into_iter().map(AssignmentDto::from).collect();
        Ok(with_etag(List { items, next: None }, &tag))
    };
    listed.await.map_err(|e: AppError| caller.refuse(&e))
}

/// The customer and the person in a path, for whoever may say who looks after it: nobody else learns what is wrong with
/// the request.
async fn assignable(ctx: &Ctx, id: &str, person: &str) -> Result<(OrganisationId, UserId), AppError> {
    let customer = details::find(ctx, parse_id(id)?).await?;
    if !details::may_manage(ctx, &customer) {
        return Err(AppError::Forbidden);
    }
    Ok((customer.id, person.parse().map_err(|_| AppError::NotFound)?))
}

/// Assigns a member of staff, or changes whether the customer sees them, against the ETag of the list.
#[utoipa::path(put, path = "/organisations/{id}/assignments/{person}", tag = "organisations", operation_id = "assign_staff", request_body = AssignDto, params(("id" = String, Path), ("person" = String, Path), ("If-Match" = String, Header)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn assign(
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body<AssignDto>,
) -> Answer<StatusCode> {
    let ctx = &caller.0;
    let done = async {
        let (id, person) = assignable(ctx, &id, &person).await?;
        administer::assign(ctx, id, person, body.value.is_contact, if_match_digest(&headers, true)?).await
    };
    done.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}

/// Takes a customer off somebody's hands.
#[utoipa::path(delete, path = "/organisations/{id}/assignments/{person}", tag = "organisations", operation_id = "unassign_staff", params(("id" = String, Path), ("person" = String, Path), ("If-Match" = Option<String>, Header)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem)))]
pub async fn unassign(
    caller: Caller,
    Path((id, person)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<StatusCode> {
    let ctx = &caller.0;
    let done = async {
        let (id, person) = assignable(ctx, &id, &person).await?;
        administer::unassign(ctx, id, person, if_match_digest(&headers, false)?).await
    };
    done.await.map(|()| StatusCode::NO_CONTENT).map_err(|e| caller.refuse(&e))
}
