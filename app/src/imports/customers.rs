//! A row for each customer.

use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::OrganisationId;
use crate::orders::input::Act;
use crate::organisation::fields::Field;
use crate::organisation::upsert::{self, Put};

use super::columns::{Columns, Names};
use super::countries;
use super::report::Done;
use super::table::Row;

sql! {
    /// A number counts before a short name.
    NAMED = "SELECT id FROM organisations WHERE state = 'active' AND (number = $1 OR slug = $1) ORDER BY CASE WHEN number = $1 THEN 0 ELSE 1 END LIMIT 1";
}

/// The customer with this number or short name.
pub async fn named(db: &Db, name: &str) -> DbResult<Option<OrganisationId>> {
    let row: Option<(OrganisationId,)> = db.optional(NAMED, args![name]).await?;
    Ok(row.map(|(id,)| id))
}

/// The fields and the names their columns go by.
pub const NAMES: &[Names] = &[
    (
        "number",
        &["number", "customerid", "customernumber", "customerno", "kundennr", "kundennummer", "debitor", "debitornr"],
    ),
    ("name", &["name", "companyname", "company", "customername", "firma", "firmenname", "kunde"]),
    ("street", &["street", "address", "strasse", "adresse"]),
    ("postcode", &["postcode", "postalcode", "zip", "zipcode", "plz"]),
    ("city", &["city", "town", "ort", "stadt"]),
    ("country", &["country", "countrycode", "land"]),
    ("phone", &["phone", "telephone", "telefon", "tel"]),
    ("website", &["website", "homepage", "url"]),
    ("vat_id", &["vatid", "vatnumber", "ustid", "ustidnr"]),
    ("language", &["language", "sprache"]),
];

/// What must be there.
pub const NEEDED: &[&str] = &["number", "name"];

/// Makes the customer of a row, or changes what is different of it. With all or nothing the transaction is taken back where
/// any row was wrong.
pub async fn take(tx: &Tx, ctx: &Ctx, columns: &Columns, row: &Row) -> Result<Result<Done, FieldErrors>, AppError> {
    let mut values: Vec<(Field, String)> = Vec::new();
    for field in Field::ALL {
        let Some(text) = columns.get(row, field.name()) else { continue };
        let value =
            if field == Field::Country { countries::code(text).unwrap_or(text).to_owned() } else { text.to_owned() };
        values.push((field, value));
    }
    match upsert::put_in(tx, ctx, values, None).await {
        Ok(Put { act, id, revision, changes }) => {
            let old: Vec<(&str, &str)> = changes.iter().map(|change| (change.field, change.old.as_str())).collect();
            let before = match act {
                Act::Change => serde_json::to_string(&old).map_err(|_| AppError::Internal)?,
                Act::Create | Act::Unchanged => String::new(),
            };
            Ok(Ok(Done { act, changes, object: Some(id.0), revision, before }))
        }
        Err(AppError::Invalid(errors)) => Ok(Err(errors)),
        Err(error) => Err(error),
    }
}
