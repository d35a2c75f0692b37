//! A row for each line of an order. The lines of an order stand below each other, and are all of its lines.

use crate::ctx::Ctx;
use crate::error::FieldErrors;
use crate::money;
use crate::orders::input::Input;
use crate::orders::model::Line;

use super::columns::{Columns, Names};
use super::table::Row;
use super::values::number;

/// The fields and the names their columns go by.
pub const NAMES: &[Names] = &[
    ("number", &["order", "orderid", "ordernumber", "orderno", "auftragsnr", "auftragsnummer", "auftrag", "belegnr"]),
    ("position", &["position", "pos", "line", "lineno", "linenumber", "positionsnr"]),
    (
        "article",
        &["article", "articleno", "articlenumber", "productid", "sku", "artikelnr", "artikelnummer", "artikel"],
    ),
    ("title", &["title", "productname", "description", "item", "bezeichnung", "artikelbezeichnung", "text"]),
    ("quantity", &["quantity", "qty", "menge", "anzahl"]),
    ("unit", &["unit", "uom", "einheit", "me"]),
    ("price", &["price", "unitprice", "netprice", "preis", "einzelpreis", "stueckpreis"]),
    ("discount", &["discount", "rabatt"]),
    ("amount", &["amount", "linetotal", "netamount", "betrag", "gesamtpreis", "positionswert", "summe"]),
    ("currency", &["currency", "currencycode", "waehrung"]),
];

/// What must be there.
pub const NEEDED: &[&str] = &["number", "quantity"];

/// Places of a discount: 0.05 is five of a hundred.
const DISCOUNT: u32 = 6;

/// What a line costs: quantity times price, less the discount, rounded half away from zero.
fn amount(quantity: i64, price: i64, discount: i64) -> Option<i64> {
    let whole = 10_i128.pow(DISCOUNT);
    let product = i128::from(quantity).checked_mul(i128::from(price))?.checked_mul(whole - i128::from(discount))?;
    let unit = whole * 1000;
    let half = if product < 0 { -unit / 2 } else { unit / 2 };
    i64::try_from((product + half) / unit).ok()
}

/// The order of rows that stand below each other, with all of its lines; or what is wrong, and in which of them.
pub fn input(ctx: &Ctx, columns: &Columns, rows: &[Row], currency: &str) -> Result<Input, FieldErrors> {
    let mut errors = FieldErrors::default();
    let first = rows.first().map(|row| columns.get(row, "number").unwrap_or_default()).unwrap_or_default();
    let said = rows.iter().find_map(|row| columns.get(row, "currency").filter(|text| !text.is_empty()));
    let currency = said.unwrap_or(currency).to_ascii_uppercase();
    let digits = money::digits(&currency);
    let mut lines = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let mut read = |field: &'static str, digits: u32| {
            let text = columns.get(row, field).filter(|text| !text.is_empty())?;
            let known = number(text, columns.how(field), digits);
            if known.is_none() {
                let line =
                    ctx.with("imports-error-number-at", &[("text", text.to_owned().into()), ("line", row.line.into())]);
                errors.add(field, line);
            }
            known
        };
        let quantity = read("quantity", money::QUANTITY);
        let price = read("price", digits);
        let discount = read("discount", DISCOUNT).unwrap_or(0);
        let said = read("amount", digits);
        let position = read("position", 0).or_else(|| i64::try_from((at + 1) * 10).ok());
        if quantity.is_none() && columns.get(row, "quantity").is_none_or(str::is_empty) {
            errors.add("quantity", ctx.with("imports-error-no-quantity", &[("line", row.line.into())]));
        }
        let quantity = quantity.unwrap_or(0);
        let text = |field| columns.get(row, field).unwrap_or_default().to_owned();
        lines.push(Line {
            position: position.unwrap_or(0),
            article: text("article"),
            title: text("title"),
            quantity,
            unit: text("unit"),
            price,
            amount: said.or_else(|| price.and_then(|price| amount(quantity, price, discount))),
        });
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let priced = lines.iter().any(|line| line.amount.is_some());
    let currency_assumed = said.is_none();
    Ok(Input {
        number: first.to_owned(),
        currency: priced.then_some(currency),
        currency_assumed,
        lines: Some(lines),
        ..Input::default()
    })
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn a_discount_is_taken_off_exactly() {
        assert_eq!(amount(12_000, 1400, 0), Some(16_800));
        assert_eq!(amount(10_000, 980, 150_000), Some(8_330));
        assert_eq!(amount(3_000, 333, 50_000), Some(949));
        assert_eq!(amount(-1_000, 333, 0), Some(-333));
    }
}
