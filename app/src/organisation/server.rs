//! Server functions of customers' master data.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::doors::{Done, Form, act};
use crate::error::AppError;
use crate::ids::{ContactId, GroupId, OrganisationId, UserId};
use crate::paths;

use super::details::{self, Seen};
use super::fields::Field;
use super::people::{self, NewContact};
use super::{administer, service};

fn parse<T: std::str::FromStr>(id: &str) -> Result<T, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

fn page_of(id: &str, path: impl FnOnce(OrganisationId) -> String) -> String {
    id.parse().map_or_else(|_| paths::STAFF_CUSTOMERS.to_owned(), path)
}

/// What staff do to a customer, from a form: whoever is none is told so before anything else.
async fn staff<F>(form: Form, id: String, work: impl FnOnce(Ctx, OrganisationId) -> F) -> Result<(), ServerFnError>
where
    F: Future<Output = Result<Done, AppError>>,
{
    act(form, async move |ctx| {
        service::require_staff(&ctx)?;
        let id = parse(&id)?;
        work(ctx, id).await
    })
    .await
}

/// Those of the fields that stood in the form: what was not there is not changed. `typed` has the order of `all`.
fn values<const N: usize>(fields: &str, all: [Field; N], typed: [String; N]) -> Vec<(Field, String)> {
    let named: Vec<Field> = fields.split_whitespace().filter_map(Field::parse).collect();
    all.into_iter().zip(typed).filter(|(field, _)| named.contains(field)).collect()
}

fn form(name: &'static str, page: String, values: &[(Field, String)]) -> Form {
    values.iter().fold(Form::on(name, page), |form, (field, value)| form.value(field.name(), value.clone()))
}

/// Makes a customer.
#[server(prefix = "/_fn", endpoint = "customers/create")]
pub async fn create_customer(
    #[server(default)] name: String,
    #[server(default)] number: String,
    #[server(default)] street: String,
    #[server(default)] postcode: String,
    #[server(default)] city: String,
    #[server(default)] country: String,
    #[server(default)] phone: String,
    #[server(default)] website: String,
    #[server(default)] vat_id: String,
    #[server(default)] language: String,
) -> Result<(), ServerFnError> {
    let typed = [name, number, street, postcode, city, country, phone, website, vat_id, language];
    let values: Vec<_> = Field::ALL.into_iter().zip(typed).collect();
    let form = form("customer", paths::STAFF_CUSTOMER_NEW.to_owned(), &values);
    act(form, async move |ctx| {
        let made = administer::create(&ctx, values).await?;
        let text = ctx.with("customers-created", &[("name", made.get(Field::Name).to_owned().into())]);
        Ok(Done::to(paths::staff_customer(made.id)).saying(text))
    })
    .await
}

/// Changes master data, by staff.
#[server(prefix = "/_fn", endpoint = "customers/edit")]
pub async fn edit_customer(
    #[server(default)] id: String,
    #[server(default)] revision: String,
    #[server(default)] fields: String,
    #[server(default)] name: String,
    #[server(default)] number: String,
    #[server(default)] street: String,
    #[server(default)] postcode: String,
    #[server(default)] city: String,
    #[server(default)] country: String,
    #[server(default)] phone: String,
    #[server(default)] website: String,
    #[server(default)] vat_id: String,
    #[server(default)] language: String,
    #[server(default)] limit_documents: String,
    #[server(default)] limit_orders: String,
    #[server(default)] limit_money: String,
    #[server(default)] limit_tickets: String,
) -> Result<(), ServerFnError> {
    let limits = values(&fields, Field::LIMITS, [limit_documents, limit_orders, limit_money, limit_tickets]);
    let typed = [name, number, street, postcode, city, country, phone, website, vat_id, language];
    let mut values = values(&fields, Field::ALL, typed);
    values.extend(limits);
    let form = form("customer", page_of(&id, paths::staff_customer_edit), &values);
    staff(form, id, async move |ctx, id| {
        details::edit(&ctx, id, Seen::form(&revision)?, values).await?;
        Ok(Done::to(paths::staff_customer(id)).saying(ctx.t("customers-saved")))
    })
    .await
}

/// Changes the master data that was released, by the customer's administrators.
#[server(prefix = "/_fn", endpoint = "organisation/edit")]
pub async fn edit_own_organisation(
    #[server(default)] id: String,
    #[server(default)] revision: String,
    #[server(default)] fields: String,
    #[server(default)] name: String,
    #[server(default)] street: String,
    #[server(default)] postcode: String,
    #[server(default)] city: String,
    #[server(default)] country: String,
    #[server(default)] phone: String,
    #[server(default)] website: String,
    #[server(default)] vat_id: String,
    #[server(default)] language: String,
) -> Result<(), ServerFnError> {
    let number = String::new();
    let typed = [name, number, street, postcode, city, country, phone, website, vat_id, language];
    let values = values(&fields, Field::ALL, typed);
    let page = paths::ORGANISATION_DETAILS.to_owned();
    act(form("organisation", page.clone(), &values), async move |ctx| {
        let id: OrganisationId = parse(&id)?;
        details::edit(&ctx, id, Seen::form(&revision)?, values).await?;
        Ok(Done::to(page).saying(ctx.t("customers-saved")))
    })
    .await
}

/// Decides which fields a customer's administrators may change.
#[server(prefix = "/_fn", endpoint = "customers/release")]
pub async fn release_fields(
    #[server(default)] id: String,
    #[server(default)] revision: String,
    /// `default` for the portal's list, anything else for the customer's own.
    #[server(default)]
    list: String,
    #[server(default)] name: String,
    #[server(default)] street: String,
    #[server(default)] postcode: String,
    #[server(default)] city: String,
    #[server(default)] country: String,
    #[server(default)] phone: String,
    #[server(default)] website: String,
    #[server(default)] vat_id: String,
    #[server(default)] language: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&id, paths::staff_customer_edit);
    let chosen = [name, street, postcode, city, country, phone, website, vat_id, language];
    let chosen: Vec<Field> =
        Field::RELEASABLE.into_iter().zip(chosen).filter(|(_, yes)| !yes.is_empty()).map(|(field, _)| field).collect();
    staff(Form::on("release", page.clone()), id, async move |ctx, id| {
        let fields = (list != "default").then_some(chosen);
        details::release(&ctx, id, Seen::form(&revision)?, fields).await?;
        Ok(Done::to(page).saying(ctx.t("customers-saved")))
    })
    .await
}

/// Puts a customer to sleep.
#[server(prefix = "/_fn", endpoint = "customers/archive")]
pub async fn archive_customer(
    #[server(default)] id: String,
    #[server(default)] revision: String,
) -> Result<(), ServerFnError> {
    let form = Form::on("archive", page_of(&id, paths::staff_customer_archive));
    staff(form, id, async move |ctx, id| {
        administer::archive(&ctx, id, Seen::form(&revision)?).await?;
        Ok(Done::to(paths::staff_customer(id)).saying(ctx.t("customers-archived-toast")))
    })
    .await
}

/// Wakes a customer up.
#[server(prefix = "/_fn", endpoint = "customers/restore")]
pub async fn restore_customer(
    #[server(default)] id: String,
    #[server(default)] revision: String,
) -> Result<(), ServerFnError> {
    let form = Form::on("archive", page_of(&id, paths::staff_customer_archive));
    staff(form, id, async move |ctx, id| {
        administer::restore(&ctx, id, Seen::form(&revision)?).await?;
        Ok(Done::to(paths::staff_customer(id)).saying(ctx.t("customers-restored-toast")))
    })
    .await
}

/// Remembers somebody of a customer who has no login.
#[server(prefix = "/_fn", endpoint = "customers/add_contact")]
pub async fn add_contact(
    #[server(default)] id: String,
    #[server(default)] contact_name: String,
    #[server(default)] contact_email: String,
    #[server(default)] contact_phone: String,
    #[server(default)] contact_position: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&id, paths::staff_customer);
    let form = Form::on("contact", page.clone())
        .value("contact_name", contact_name.clone())
        .value("contact_email", contact_email.clone())
        .value("contact_phone", contact_phone.clone())
        .value("contact_position", contact_position.clone());
    staff(form, id, async move |ctx, id| {
        let new =
            NewContact { name: contact_name, email: contact_email, phone: contact_phone, position: contact_position };
        let made = people::add_contact(&ctx, id, new).await?;
        Ok(Done::to(page).saying(ctx.with("customers-contact-added", &[("name", made.name.into())])))
    })
    .await
}

/// Forgets a contact.
#[server(prefix = "/_fn", endpoint = "customers/remove_contact")]
pub async fn remove_contact(
    #[server(default)] id: String,
    #[server(default)] contact: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&id, paths::staff_customer);
    staff(Form::on("contact-remove", page.clone()), id, async move |ctx, id| {
        people::remove_contact(&ctx, id, parse::<ContactId>(&contact)?).await?;
        Ok(Done::to(page).saying(ctx.t("customers-contact-removed")))
    })
    .await
}

/// A change on the page of a customer's master data that leads back to it.
async fn edit_page<F>(
    name: &'static str,
    id: String,
    (field, value): (&str, &str),
    work: impl FnOnce(Ctx, OrganisationId) -> F,
) -> Result<(), ServerFnError>
where
    F: Future<Output = Result<(), AppError>>,
{
    let page = page_of(&id, paths::staff_customer_edit);
    staff(Form::on(name, page.clone()).value(field, value), id, async move |ctx, id| {
        let said = ctx.t("customers-saved");
        work(ctx, id).await?;
        Ok(Done::to(page).saying(said))
    })
    .await
}

/// Assigns a member of staff.
#[server(prefix = "/_fn", endpoint = "customers/assign")]
pub async fn assign_staff(
    #[server(default)] id: String,
    #[server(default)] user: String,
    #[server(default)] contact: String,
) -> Result<(), ServerFnError> {
    // Nobody has the nil id; choosing nobody is said at the field.
    let whom: UserId = user.parse().unwrap_or(UserId(uuid::Uuid::nil()));
    edit_page("assign", id, ("user", &user), async move |ctx, id| {
        administer::assign(&ctx, id, whom, contact == "yes", None).await
    })
    .await
}

/// Takes a customer off somebody's hands.
#[server(prefix = "/_fn", endpoint = "customers/unassign")]
pub async fn unassign_staff(
    #[server(default)] id: String,
    #[server(default)] user: String,
) -> Result<(), ServerFnError> {
    let whom = parse(&user);
    edit_page("unassign", id, ("user", &user), async move |ctx, id| administer::unassign(&ctx, id, whom?, None).await)
        .await
}

/// Takes a customer into a group or out of it.
#[server(prefix = "/_fn", endpoint = "customers/set_group")]
pub async fn set_group(
    #[server(default)] id: String,
    #[server(default)] group: String,
    #[server(default)] member: String,
) -> Result<(), ServerFnError> {
    // Nobody has the nil id: choosing none changes nothing.
    let which: GroupId = group.parse().unwrap_or(GroupId(uuid::Uuid::nil()));
    edit_page("group", id, ("group", &group), async move |ctx, id| {
        administer::set_group(&ctx, id, which, member == "yes").await
    })
    .await
}
