//! Server functions of orders.

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "the fields of one form, as the macro passes them on")]

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::day::Day;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::{DocumentId, OrderId, OrganisationId, UserId};
use crate::money;
use crate::paths;

use super::input::Input;
use super::model::{Line, Side, Step};
use super::{confirm, papers, service, take};

/// Between values of a column that is kept for a form that failed.
pub const KEPT: &str = "\u{1f}";

/// The rows of a form, column by column.
fn rows<const N: usize>(columns: [&[String]; N]) -> Vec<[String; N]> {
    let longest = columns.iter().map(|column| column.len()).max().unwrap_or(0);
    let cell = |column: &[String], at: usize| column.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
    (0..longest)
        .map(|at| columns.map(|column| cell(column, at)))
        .filter(|row| row.iter().any(|text| !text.is_empty()))
        .collect()
}

struct Reading<'a> {
    ctx: &'a Ctx,
    errors: FieldErrors,
}

impl Reading<'_> {
    fn day(&mut self, field: &str, text: &str) -> Option<Day> {
        let text = text.trim();
        let day = text.parse().ok();
        if day.is_none() && !text.is_empty() {
            self.errors.add(field, self.ctx.t("orders-error-day"));
        }
        day
    }

    fn number(&mut self, field: &str, text: &str, digits: u32) -> Option<i64> {
        let number = money::typed(text, digits);
        if number.is_none() && !text.trim().is_empty() {
            self.errors.add(field, self.ctx.t("orders-error-amount"));
        }
        number
    }

    fn steps(&mut self, columns: [&[String]; 4]) -> Vec<Step> {
        let mut steps = Vec::new();
        // Who acts is always chosen; a row with nothing else is an empty one.
        for [title, expected, done, acts] in
            rows(columns).into_iter().filter(|[a, b, c, _]| !(a.is_empty() && b.is_empty() && c.is_empty()))
        {
            let position = i64::try_from(steps.len() + 1).unwrap_or(i64::MAX);
            let expected_on = self.day("steps", &expected);
            let done_on = self.day("steps", &done);
            steps.push(Step { position, title, expected_on, done_on, acts: Side::parse(&acts).unwrap_or(Side::House) });
        }
        steps
    }

    fn lines(&mut self, columns: [&[String]; 5], currency: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        for [article, title, quantity, unit, price] in rows(columns) {
            let position = i64::try_from(lines.len() + 1).unwrap_or(i64::MAX).saturating_mul(10);
            let quantity =
                if quantity.is_empty() { Some(1000) } else { self.number("lines", &quantity, money::QUANTITY) };
            let price = self.number("lines", &price, money::digits(currency));
            let quantity = quantity.unwrap_or(0);
            let amount = price.and_then(|price| line_amount(quantity, price));
            lines.push(Line { position, article, title, quantity, unit, price, amount });
        }
        lines
    }
}

/// What a line costs: quantity (in thousandths) times price, rounded half away from zero.
pub fn line_amount(quantity: i64, price: i64) -> Option<i64> {
    let product = i128::from(quantity) * i128::from(price);
    let half = if product < 0 { -500 } else { 500 };
    i64::try_from((product + half) / 1000).ok()
}

/// Takes a new order, or changes one.
#[server(prefix = "/_fn", endpoint = "orders/save")]
pub async fn save_order(
    #[server(default)] order: String,
    #[server(default)] revision: String,
    #[server(default)] organisation_id: String,
    #[server(default)] number: String,
    #[server(default)] title: String,
    #[server(default)] reference: String,
    #[server(default)] status: String,
    #[server(default)] ordered_on: String,
    #[server(default)] wanted_on: String,
    #[server(default)] confirmed_on: String,
    #[server(default)] delivered_on: String,
    #[server(default)] currency: String,
    #[server(default)] buyer: String,
    #[server(default)] ship_to: String,
    #[server(default)] carrier: String,
    #[server(default)] terms: String,
    #[server(default)] tracking_url: String,
    #[server(default)] reason: String,
    #[server(default)] step_title: Vec<String>,
    #[server(default)] step_expected: Vec<String>,
    #[server(default)] step_done: Vec<String>,
    #[server(default)] step_acts: Vec<String>,
    #[server(default)] with_lines: String,
    #[server(default)] line_article: Vec<String>,
    #[server(default)] line_title: Vec<String>,
    #[server(default)] line_quantity: Vec<String>,
    #[server(default)] line_unit: Vec<String>,
    #[server(default)] line_price: Vec<String>,
) -> Result<(), ServerFnError> {
    let known: Option<OrderId> = order.parse().ok();
    let page = match (known, organisation_id.parse::<OrganisationId>()) {
        (Some(id), _) => paths::staff_order_edit(id),
        (None, Ok(customer)) => format!("{}?organisation={customer}", paths::STAFF_ORDER_NEW),
        (None, Err(_)) => paths::STAFF_ORDER_NEW.to_owned(),
    };
    let mut form = Form::on("order", page);
    let texts = [
        ("number", &number),
        ("title", &title),
        ("reference", &reference),
        ("status", &status),
        ("ordered_on", &ordered_on),
        ("wanted_on", &wanted_on),
        ("confirmed_on", &confirmed_on),
        ("delivered_on", &delivered_on),
        ("currency", &currency),
        ("buyer", &buyer),
        ("ship_to", &ship_to),
        ("carrier", &carrier),
        ("terms", &terms),
        ("tracking_url", &tracking_url),
        ("reason", &reason),
    ];
    for (field, text) in texts {
        form = form.value(field, text.clone());
    }
    let columns = [
        ("step_title", &step_title),
        ("step_expected", &step_expected),
        ("step_done", &step_done),
        ("step_acts", &step_acts),
        ("line_article", &line_article),
        ("line_title", &line_title),
        ("line_quantity", &line_quantity),
        ("line_unit", &line_unit),
        ("line_price", &line_price),
    ];
    for (field, column) in columns {
        form = form.value(field, column.join(KEPT));
    }
    act(form, async move |ctx| {
        crate::organisation::service::require_staff(&ctx)?;
        if !service::may_manage_any(&ctx) {
            return Err(AppError::Forbidden);
        }
        // Found in scope first: what is foreign is not there.
        let found = if order.is_empty() {
            None
        } else {
            Some(service::find(&ctx, order.parse().map_err(|_| AppError::NotFound)?).await?)
        };
        let currency = currency.trim().to_ascii_uppercase();
        let mut read = Reading { ctx: &ctx, errors: FieldErrors::default() };
        let required = read.day("ordered_on", &ordered_on);
        let days = [("wanted_on", &wanted_on), ("confirmed_on", &confirmed_on), ("delivered_on", &delivered_on)]
            .map(|(field, text)| read.day(field, text));
        let [wanted, confirmed, delivered] = days;
        let steps = read.steps([&step_title, &step_expected, &step_done, &step_acts]);
        let lines = read.lines([&line_article, &line_title, &line_quantity, &line_unit, &line_price], &currency);
        let buyer: Option<UserId> = buyer.parse().ok();
        let with_lines = with_lines == "yes";
        let input = Input {
            number,
            external_id: found.as_ref().and_then(|order| order.external_id.clone()),
            organisation: Some(found.as_ref().map_or(organisation_id, |order| order.organisation_id.to_string())),
            title: Some(title),
            reference: Some(reference),
            status: Some(status).filter(|key| !key.is_empty()),
            ordered_on: required,
            wanted_on: Some(wanted),
            confirmed_on: Some(confirmed),
            delivered_on: Some(delivered),
            currency: with_lines.then_some(currency),
            currency_assumed: false,
            total: None,
            ship_to: Some(ship_to),
            ship_to_in_part: false,
            carrier: Some(carrier),
            terms: Some(terms),
            tracking_url: Some(tracking_url),
            project: None,
            project_named: None,
            buyer: Some(buyer),
            buyer_named: None,
            lines: with_lines.then_some(lines),
            steps: Some(steps),
            current: None,
            reason,
            meant: None,
            revision: None,
        };
        read.errors.into_result()?;
        let outcome = match &found {
            Some(order) => {
                let revision = revision.parse().map_err(|_| AppError::Stale)?;
                take::change(&ctx, order, Input { revision: Some(revision), ..input }).await
            }
            None => take::create(&ctx, input).await,
        };
        let id = match outcome {
            Err(AppError::Stale) => return Err(AppError::Conflict(ctx.t("orders-error-stale").to_owned())),
            other => other?,
        };
        Ok(Done::to(paths::staff_order(id)).saying(ctx.t("orders-saved")))
    })
    .await
}

fn parse_document(text: &str, ctx: &Ctx) -> Result<DocumentId, AppError> {
    text.parse().map_err(|_| AppError::Invalid(FieldErrors::one("document", ctx.t("orders-error-document"))))
}

fn page_of(order: &str) -> String {
    order.parse().map_or_else(|_| paths::STAFF_ORDERS.to_owned(), paths::staff_order)
}

/// Says that a paper belongs to an order.
#[server(prefix = "/_fn", endpoint = "orders/attach")]
pub async fn attach_document(
    #[server(default)] order: String,
    #[server(default)] document: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&order);
    act(Form::on("attach", page.clone()), async move |ctx| {
        crate::organisation::service::require_staff(&ctx)?;
        let order: OrderId = order.parse().map_err(|_| AppError::NotFound)?;
        let found = service::find(&ctx, order).await?;
        if !service::may(&ctx, &found).manage {
            return Err(AppError::Forbidden);
        }
        papers::attach(&ctx, order, parse_document(&document, &ctx)?).await?;
        Ok(Done::to(page).saying(ctx.t("orders-attached")))
    })
    .await
}

/// Takes that back.
#[server(prefix = "/_fn", endpoint = "orders/detach")]
pub async fn detach_document(
    #[server(default)] order: String,
    #[server(default)] document: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&order);
    act(Form::on("detach", page.clone()), async move |ctx| {
        crate::organisation::service::require_staff(&ctx)?;
        let order: OrderId = order.parse().map_err(|_| AppError::NotFound)?;
        let found = service::find(&ctx, order).await?;
        if !service::may(&ctx, &found).manage {
            return Err(AppError::Forbidden);
        }
        papers::detach(&ctx, order, parse_document(&document, &ctx)?).await?;
        Ok(Done::to(page).saying(ctx.t("orders-detached")))
    })
    .await
}

/// Confirms the step that waits for the customer, and leads back to where that was done.
#[server(prefix = "/_fn", endpoint = "orders/confirm")]
pub async fn confirm_step(
    #[server(default)] order: String,
    #[server(default)] revision: String,
    #[server(default)] back: String,
) -> Result<(), ServerFnError> {
    let page = paths::own_path(&back, paths::ORDERS).to_owned();
    act(Form::on("confirm", page.clone()), async move |ctx| {
        let order: OrderId = order.parse().map_err(|_| AppError::NotFound)?;
        let revision = revision.parse().ok().unwrap_or(-1);
        match confirm::confirm(&ctx, order, Some(revision)).await {
            Err(AppError::Stale) => return Err(AppError::Conflict(ctx.t("orders-error-stale").to_owned())),
            other => other?,
        }
        Ok(Done::to(page).saying(ctx.t("orders-confirm-said")))
    })
    .await
}
