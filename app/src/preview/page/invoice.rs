//! An electronic invoice, as people read it.

use ::preview::invoice::{Line, Party};
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::day::Day;
use crate::i18n::{Locale, format};
use crate::preview::model::Invoice;

/// The invoice in short: what, from whom, to whom, how much, until when, and what for.
pub(super) fn summary(ctx: &Ctx, invoice: &Invoice) -> Markup {
    let title = ctx.t(if invoice.credit { "preview-credit" } else { "preview-invoice" });
    let currency = invoice.currency.as_deref().unwrap_or_default();
    let money = |amount: &Option<String>| amount.as_deref().map(|text| money(ctx.locale, text, currency));
    let day = |text: &Option<String>| {
        let parsed = text.as_deref().and_then(|text| text.parse::<Day>().ok());
        parsed.map(|day| format::day(ctx.locale, day))
    };
    let facts = [
        ("preview-number", Some(invoice.number.clone())),
        ("preview-issued", day(&invoice.issued_on)),
        ("preview-due", day(&invoice.due_on)),
        ("preview-seller", party(&invoice.seller)),
        ("preview-buyer", party(&invoice.buyer)),
        ("preview-buyer-reference", invoice.buyer_reference.clone()),
        ("preview-order", invoice.order.clone()),
        ("preview-net", money(&invoice.net)),
        ("preview-tax", money(&invoice.tax)),
        ("preview-gross", money(&invoice.gross)),
        ("preview-payable", money(&invoice.payable)),
        ("preview-iban", invoice.iban.as_deref().map(grouped)),
        ("preview-bic", invoice.bic.clone()),
        ("preview-payment-reference", invoice.payment_reference.clone()),
        ("preview-terms", invoice.terms.clone()),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(key, value)| value.filter(|value| !value.is_empty()).map(|value| (ctx.t(key), value)))
        .map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> })
        .collect_view();
    let lines = (!invoice.lines.is_empty()).then(|| lines(ctx, invoice, currency));
    view! {
        <section class="stack-4" aria-labelledby="invoice-title">
            <h3 id="invoice-title">{title}</h3>
            <p class="meta">{ctx.t("preview-invoice-text")}</p>
            <dl class="facts">{facts}</dl>
            {lines}
        </section>
    }
    .into_markup()
}

fn lines(ctx: &Ctx, invoice: &Invoice, currency: &str) -> Markup {
    let rows = invoice.lines.iter().map(|line| row(ctx, line, currency)).collect_view();
    let more = (invoice.line_count > invoice.lines.len()).then(|| {
        let text = ctx
            .with("preview-more-lines", &[("shown", invoice.lines.len().into()), ("lines", invoice.line_count.into())]);
        view! { <p class="meta">{text}</p> }
    });
    view! {
        <table class="table cards" role="table">
            <thead role="rowgroup"><tr role="row">
                <th scope="col" role="columnheader">{ctx.t("preview-line")}</th>
                <th scope="col" role="columnheader" class="amount">{ctx.t("preview-quantity")}</th>
                <th scope="col" role="columnheader" class="amount">{ctx.t("preview-price")}</th>
                <th scope="col" role="columnheader" class="amount">{ctx.t("preview-net")}</th>
            </tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
        {more}
    }
    .into_markup()
}

fn row(ctx: &Ctx, line: &Line, currency: &str) -> Markup {
    let amount = |text: &Option<String>| text.as_deref().map(|text| money(ctx.locale, text, currency));
    let quantity = line.quantity.as_deref().map(|text| {
        let unit = line.unit.as_deref().map(unit).unwrap_or_default();
        format!("{} {unit}", number(ctx.locale, text)).trim().to_owned()
    });
    let (price, net) = (amount(&line.price), amount(&line.net));
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="c-main">{line.name.clone()}</th>
            <td role="cell" data-label=ctx.t("preview-quantity") class="amount">{quantity}</td>
            <td role="cell" data-label=ctx.t("preview-price") class="amount">{price}</td>
            <td role="cell" data-label=ctx.t("preview-net") class="c-wide amount">{net}</td>
        </tr>
    }
    .into_markup()
}

fn party(party: &Party) -> Option<String> {
    let all = [&party.name].into_iter().chain(&party.address).chain(&party.tax_id);
    let parts: Vec<&str> = all.map(String::as_str).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Units as signs that need no translation; others by their code, and pieces by nothing.
fn unit(code: &str) -> &str {
    match code {
        "C62" | "H87" | "XPP" | "EA" => "",
        "HUR" => "h",
        "MIN" => "min",
        "DAY" => "d",
        "KGM" => "kg",
        "GRM" => "g",
        "TNE" => "t",
        "MTR" => "m",
        "KMT" => "km",
        "MTK" => "m²",
        "MTQ" => "m³",
        "LTR" => "l",
        "KWH" => "kWh",
        "P1" => "%",
        other => other,
    }
}

/// An account number in groups of four.
fn grouped(iban: &str) -> String {
    let plain: Vec<char> = iban.chars().filter(|c| !c.is_whitespace()).collect();
    plain.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn money(locale: Locale, amount: &str, currency: &str) -> String {
    format!("{} {currency}", number(locale, amount)).trim().to_owned()
}

/// A decimal number as the language writes it, with every digit it has.
fn number(locale: Locale, text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("\u{2212}", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let (thousands, point) = if locale == Locale::En { (',', '.') } else { ('.', ',') };
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(thousands);
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push(point);
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_the_language_does() {
        assert_eq!(money(Locale::De, "-1234567.50", "EUR"), "\u{2212}1.234.567,50 EUR");
        assert_eq!(money(Locale::En, "297.5", ""), "297.5");
        assert_eq!(number(Locale::Nl, "1000"), "1.000");
        assert_eq!(grouped("DE89370400440532013000"), "DE89 3704 0044 0532 0130 00");
    }
}
