//! A row for each order.

use crate::ctx::Ctx;
use crate::error::FieldErrors;
use crate::money;
use crate::orders::input::Input;

use super::columns::{Columns, Names};
use super::table::Row;
use super::values::{day, number};

/// The fields and the names their columns go by.
pub const NAMES: &[Names] = &[
    (
        "number",
        &[
            "number",
            "orderid",
            "ordernumber",
            "orderno",
            "order",
            "auftragsnr",
            "auftragsnummer",
            "auftragnr",
            "auftrag",
            "belegnr",
            "belegnummer",
        ],
    ),
    ("external_id", &["externalid", "erpid", "sourceid", "fremdschluessel"]),
    (
        "organisation",
        &[
            "organisation",
            "organization",
            "customerid",
            "customernumber",
            "customerno",
            "customer",
            "kundennr",
            "kundennummer",
            "kunde",
            "debitor",
            "debitornr",
        ],
    ),
    ("title", &["title", "description", "subject", "bezeichnung", "betreff", "titel"]),
    (
        "reference",
        &[
            "reference",
            "customerreference",
            "customerorder",
            "purchaseorder",
            "ponumber",
            "po",
            "bestellnr",
            "bestellnummer",
            "kundenbestellnr",
            "ihrebestellung",
            "referenz",
        ],
    ),
    ("status", &["status", "state", "auftragsstatus"]),
    ("ordered_on", &["orderedon", "orderdate", "date", "auftragsdatum", "bestelldatum", "datum"]),
    (
        "wanted_on",
        &["wantedon", "requireddate", "requesteddate", "duedate", "wunschtermin", "wunschdatum", "faelligam"],
    ),
    (
        "confirmed_on",
        &["confirmedon", "confirmeddate", "promiseddate", "bestaetigtertermin", "liefertermin", "zugesagt"],
    ),
    (
        "delivered_on",
        &["deliveredon", "delivereddate", "deliverydate", "shippeddate", "shippedon", "lieferdatum", "geliefertam"],
    ),
    ("currency", &["currency", "currencycode", "waehrung"]),
    (
        "total",
        &["total", "amount", "nettotal", "netamount", "ordervalue", "auftragswert", "nettobetrag", "summe", "betrag"],
    ),
    ("carrier", &["carrier", "shipper", "spediteur", "frachtfuehrer", "versandart"]),
    ("terms", &["terms", "incoterms", "deliveryterms", "lieferbedingungen", "lieferbedingung"]),
    ("tracking_url", &["trackingurl", "trackinglink", "tracking", "sendungsverfolgung"]),
    ("ship_name", &["shipname", "shipto", "recipient", "empfaenger", "lieferempfaenger"]),
    ("ship_address", &["shipaddress", "shipstreet", "lieferadresse", "lieferstrasse", "strasse"]),
    ("ship_postcode", &["shippostalcode", "shippostcode", "shipzip", "lieferplz", "plz"]),
    ("ship_city", &["shipcity", "city", "lieferort", "ort"]),
    ("ship_country", &["shipcountry", "country", "lieferland", "land"]),
    ("reason", &["reason", "changereason", "grund", "aenderungsgrund"]),
];

/// What must be there.
pub const NEEDED: &[&str] = &["number"];

/// Where it goes, in lines as on a label.
fn ship_to(columns: &Columns, row: &Row) -> Option<String> {
    let get = |field| columns.get(row, field).unwrap_or_default();
    if !["ship_name", "ship_address", "ship_postcode", "ship_city", "ship_country"]
        .iter()
        .any(|field| columns.has(field))
    {
        return None;
    }
    let city = [get("ship_postcode"), get("ship_city")]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let lines = [get("ship_name").to_owned(), get("ship_address").to_owned(), city, get("ship_country").to_owned()];
    Some(lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
}

/// The order of a row, or what is wrong with it.
pub fn input(ctx: &Ctx, columns: &Columns, row: &Row, usual: &str) -> Result<Input, FieldErrors> {
    let mut errors = FieldErrors::default();
    let text = |field| columns.get(row, field).map(str::to_owned);
    let mut date = |field: &'static str| {
        columns.get(row, field).map(|text| {
            let known = day(text, columns.how(field));
            if known.is_none() && !text.is_empty() {
                errors.add(field, ctx.with("imports-error-day", &[("text", text.to_owned().into())]));
            }
            known
        })
    };
    let ordered_on = date("ordered_on").flatten();
    let [wanted_on, confirmed_on, delivered_on] = ["wanted_on", "confirmed_on", "delivered_on"].map(&mut date);
    let said = text("currency").filter(|text| !text.is_empty()).map(|text| text.to_ascii_uppercase());
    let assumed = said.is_none();
    let currency = said.unwrap_or_else(|| usual.to_owned());
    let total = columns.get(row, "total").map(|text| {
        let known = number(text, columns.how("total"), money::digits(&currency));
        if known.is_none() && !text.is_empty() {
            errors.add("total", ctx.with("imports-error-number", &[("text", text.to_owned().into())]));
        }
        known
    });
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Input {
        number: text("number").unwrap_or_default(),
        external_id: text("external_id").filter(|id| !id.is_empty()),
        organisation: text("organisation").filter(|text| !text.is_empty()),
        title: text("title"),
        reference: text("reference"),
        status: text("status").filter(|text| !text.is_empty()),
        ordered_on,
        wanted_on,
        confirmed_on,
        delivered_on,
        // A currency of nothing is none.
        currency: (!assumed || total.flatten().is_some()).then_some(currency),
        currency_assumed: assumed,
        total,
        carrier: text("carrier"),
        terms: text("terms"),
        tracking_url: text("tracking_url"),
        ship_to: ship_to(columns, row),
        // A name and a city say nothing new of an address that is known whole.
        ship_to_in_part: !columns.has("ship_address"),
        reason: text("reason").unwrap_or_default(),
        ..Input::default()
    })
}
