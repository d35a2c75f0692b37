//! What is wrong with an order as it was sent, field by field.

use crate::ctx::Ctx;
use crate::error::FieldErrors;

use super::input::{Input, LINES, SHORT, STEPS, TEXT, TITLE};
use super::model::Status;

/// No quantity, price or amount goes beyond this.
const MOST: i64 = 1_000_000_000_000_000;

/// One line of text: trimmed, single spaces, no control characters.
fn line(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Several lines of text.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

struct Check<'a> {
    ctx: &'a Ctx,
    errors: FieldErrors,
}

impl Check<'_> {
    fn text(&mut self, field: &str, value: &mut Option<String>, longest: usize) {
        if let Some(text) = value {
            *text = if longest == TEXT { lines(text) } else { line(text) };
            self.long(field, text, longest);
        }
    }

    fn long(&mut self, field: &str, text: &str, longest: usize) {
        if text.chars().count() > longest {
            self.errors.add(field, self.ctx.with("orders-error-long", &[("max", longest.into())]));
        }
    }

    fn number(&mut self, field: &str, value: Option<i64>, least: i64) {
        if value.is_some_and(|value| value < least || value > MOST) {
            self.errors.add(field, self.ctx.t("orders-error-amount"));
        }
    }
}

/// Puts the texts in order and says what is wrong.
pub fn check(ctx: &Ctx, input: &mut Input, statuses: &[Status]) -> FieldErrors {
    let mut check = Check { ctx, errors: FieldErrors::default() };
    input.number = line(&input.number);
    if input.number.is_empty() {
        check.errors.add("number", ctx.t("orders-error-number"));
    }
    check.long("number", &input.number, SHORT);
    check.text("external_id", &mut input.external_id, SHORT);
    input.external_id = input.external_id.take().filter(|id| !id.is_empty());
    check.text("organisation", &mut input.organisation, SHORT);
    check.text("title", &mut input.title, TITLE);
    check.text("reference", &mut input.reference, SHORT);
    check.text("carrier", &mut input.carrier, TITLE);
    check.text("terms", &mut input.terms, TITLE);
    check.text("ship_to", &mut input.ship_to, TEXT);
    check.text("tracking_url", &mut input.tracking_url, TEXT);
    input.reason = lines(&input.reason);
    check.long("reason", &input.reason, TEXT);
    if input.tracking_url.as_deref().is_some_and(|url| !url.is_empty() && !is_link(url)) {
        check.errors.add("tracking_url", ctx.t("orders-error-tracking"));
    }
    for (field, said) in [("project", &mut input.project_named), ("buyer", &mut input.buyer_named)] {
        if let Some(name) = said {
            *name = name.take().map(|text| line(&text)).filter(|text| !text.is_empty());
            check.long(field, name.as_deref().unwrap_or_default(), TITLE);
        }
    }
    if let Some(currency) = &mut input.currency {
        *currency = currency.trim().to_ascii_uppercase();
        let known = currency.is_empty() || (currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase()));
        if !known {
            check.errors.add("currency", ctx.t("orders-error-currency"));
        }
    }
    if let Some(said) = &mut input.status {
        // By its key, or by its name in any language: what an ERP was taught to write.
        let lower = said.to_lowercase();
        let named = |s: &&Status| [&s.name_en, &s.name_de, &s.name_nl].iter().any(|name| name.to_lowercase() == lower);
        match statuses.iter().find(|known| known.key == *said).or_else(|| statuses.iter().find(named)) {
            Some(known) => said.clone_from(&known.key),
            None => check.errors.add("status", ctx.with("orders-error-status", &[("status", said.clone().into())])),
        }
    }
    check.number("total", input.total.flatten(), -MOST);
    check_lines(&mut check, input);
    check_steps(&mut check, input);
    if let Some(current) = &mut input.current {
        current.title = line(&current.title);
        check.long("current_step", &current.title, TITLE);
        if current.title.is_empty() {
            check.errors.add("current_step", ctx.t("orders-error-step"));
        }
        if input.steps.is_some() {
            check.errors.add("current_step", ctx.t("orders-error-current"));
        }
    }
    check.errors
}

/// A link of the web that can be followed safely.
fn is_link(url: &str) -> bool {
    url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn check_lines(check: &mut Check<'_>, input: &mut Input) {
    let Some(rows) = &mut input.lines else { return };
    if rows.len() > LINES {
        check.errors.add("lines", check.ctx.with("orders-error-many", &[("max", LINES.into())]));
        return;
    }
    rows.sort_by_key(|row| row.position);
    if rows.windows(2).any(|pair| matches!(pair, [a, b] if a.position == b.position)) {
        check.errors.add("lines", check.ctx.t("orders-error-positions"));
    }
    for row in rows {
        row.article = line(&row.article);
        row.title = line(&row.title);
        row.unit = line(&row.unit);
        check.long("lines", &row.article, SHORT);
        check.long("lines", &row.title, TITLE);
        check.long("lines", &row.unit, SHORT);
        if row.title.is_empty() && row.article.is_empty() {
            check.errors.add("lines", check.ctx.t("orders-error-line"));
        }
        check.number("lines", Some(row.position), 0);
        check.number("lines", Some(row.quantity), -MOST);
        check.number("lines", row.price, -MOST);
        check.number("lines", row.amount, -MOST);
    }
}

fn check_steps(check: &mut Check<'_>, input: &mut Input) {
    let Some(rows) = &mut input.steps else { return };
    if rows.len() > STEPS {
        check.errors.add("steps", check.ctx.with("orders-error-many", &[("max", STEPS.into())]));
    }
    for row in rows {
        row.title = line(&row.title);
        check.long("steps", &row.title, TITLE);
        if row.title.is_empty() {
            check.errors.add("steps", check.ctx.t("orders-error-step"));
        }
    }
}
