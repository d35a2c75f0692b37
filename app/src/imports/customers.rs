//! A row for each customer.

use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::OrganisationId;
use crate::orders::input::{Act, Change};
use crate::organisation::administer;
use crate::organisation::details::{self, Seen};
use crate::organisation::fields::Field;

use super::columns::{Columns, Names};
use super::countries;
use super::report::Done;
use super::table::Row;

sql! {
    /// A number counts before a short name.
    NAMED = "SELECT id FROM organisations WHERE state = 'active' AND (number = $1 OR slug = $1) ORDER BY CASE WHEN number = $1 THEN 0 ELSE 1 END LIMIT 1";
    BY_NUMBER = "SELECT id FROM organisations WHERE number = $1 AND state = 'active'";
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
    let number = columns.get(row, "number").unwrap_or_default();
    let found: Option<(OrganisationId,)> = tx.optional(BY_NUMBER, args![number]).await?;
    let done = |act, id: OrganisationId, revision| Done {
        act,
        changes: Vec::new(),
        object: Some(id.0),
        revision,
        before: String::new(),
    };
    let Some((id,)) = found else {
        let id = OrganisationId::new();
        return match administer::create_in(tx, ctx, id, &values).await {
            Ok(()) => Ok(Ok(done(Act::Create, id, 1))),
            Err(AppError::Invalid(errors)) => Ok(Err(errors)),
            Err(error) => Err(error),
        };
    };
    let before = details::find_in(tx, ctx, id).await?;
    let wanted = values.clone();
    match details::edit_in(tx, ctx, id, Seen::default(), values).await {
        Ok(changed) if changed.is_empty() => Ok(Ok(done(Act::Unchanged, id, before.revision))),
        Ok(changed) => {
            let new =
                |field| wanted.iter().find(|(f, _)| *f == field).map(|(_, text)| text.clone()).unwrap_or_default();
            let change =
                |field: Field| Change { field: field.name(), old: before.get(field).to_owned(), new: new(field) };
            let old: Vec<(&str, &str)> = changed.iter().map(|field| (field.name(), before.get(*field))).collect();
            let old = serde_json::to_string(&old).map_err(|_| AppError::Internal)?;
            let changes = changed.into_iter().map(change).collect();
            Ok(Ok(Done { changes, before: old, ..done(Act::Change, id, before.revision + 1) }))
        }
        Err(AppError::Invalid(errors)) => Ok(Err(errors)),
        Err(error) => Err(error),
    }
}
