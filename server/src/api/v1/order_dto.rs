//! What the API says and hears of orders.

use app::ctx::Ctx;
use app::day::Day;
use app::documents::model::Document;
use app::error::FieldErrors;
use app::money;
use app::orders::input::Input;
use app::orders::model::{Changed, Line, Order, Side, Step};
use app::orders::server::line_amount;
use app::orders::take::Taken;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::orders::day;

/// An amount of money.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoneyDto {
    /// Decimal, such as 1234.50.
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
}

impl MoneyDto {
    fn new(value: i64, currency: &str) -> Self {
        Self { amount: money::plain(value, money::digits(currency)), currency: currency.to_owned() }
    }
}

/// One step of delivery or production.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderStepDto {
    /// What happens, in words of the customer.
    pub title: String,
    /// When it is expected, such as 2026-12-04.
    #[serde(default)]
    pub expected_on: Option<String>,
    /// When it was done.
    #[serde(default)]
    pub done_on: Option<String>,
    /// house or customer: who does it.
    #[serde(default)]
    pub acts: Option<String>,
}

/// One line of an order.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderLineDto {
    /// Its place, unique in the order.
    pub position: i64,
    /// Article number.
    #[serde(default)]
    pub article: String,
    /// What.
    #[serde(default)]
    pub title: String,
    /// How many: decimal, at most three places.
    pub quantity: String,
    /// Of what.
    #[serde(default)]
    pub unit: String,
    /// Of one, net; decimal, in the currency of the order. Null for whoever sees no prices.
    #[serde(default)]
    pub price: Option<String>,
    /// Of all of them, net; where it is not said: quantity times price.
    #[serde(default)]
    pub amount: Option<String>,
}

impl OrderLineDto {
    /// As whoever reads it may have it.
    pub fn new(line: Line, currency: &str) -> Self {
        let digits = money::digits(currency);
        Self {
            position: line.position,
            article: line.article,
            title: line.title,
            quantity: money::plain(line.quantity, money::QUANTITY),
            unit: line.unit,
            price: line.price.map(|value| money::plain(value, digits)),
            amount: line.amount.map(|value| money::plain(value, digits)),
        }
    }
}

/// An order.
#[derive(Serialize, ToSchema)]
pub struct OrderDto {
    /// Id.
    pub id: String,
    /// The customer.
    pub organisation_id: String,
    /// The operator's number.
    pub number: String,
    /// The key in the system it comes from; staff only.
    pub external_id: Option<String>,
    /// What it is about.
    pub title: String,
    /// The customer's own number.
    pub reference: String,
    /// Key of its status.
    pub status: String,
    /// house, customer or nobody: who acts next.
    pub waits_for: String,
    /// Nothing more will come.
    pub closed: bool,
    /// Such as 2026-11-22.
    pub ordered_on: String,
    /// When the customer wants it.
    pub wanted_on: Option<String>,
    /// When it will come.
    pub confirmed_on: Option<String>,
    /// When it came.
    pub delivered_on: Option<String>,
    /// Net; null where it is not known, and for whoever sees no prices.
    pub total: Option<MoneyDto>,
    /// Where to.
    pub ship_to: String,
    /// By whom.
    pub carrier: String,
    /// Under which terms.
    pub terms: String,
    /// Where to follow it.
    pub tracking_url: String,
    /// The project it belongs to.
    pub project_id: Option<String>,
    /// The person at the customer who ordered.
    pub buyer_id: Option<String>,
    /// The first step that is not done.
    pub next_step: String,
    /// When it is expected.
    pub next_on: Option<String>,
    /// Every step; only where one order is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<OrderStepDto>,
    /// What was changed, the last first, at most 50; only where one order is asked for. Without what the caller may not see:
    /// prices, and who of the operator did it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<OrderChangeDto>,
    /// The papers that belong to it and that the caller may see, at most 50; only where one order is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<OrderDocumentDto>,
    /// Raised by every change; the ETag.
    pub revision: i64,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    pub changed_at: String,
}

/// What was changed of an order.
#[derive(Serialize, ToSchema)]
pub struct OrderChangeDto {
    /// RFC 3339.
    pub at: String,
    /// Who; staff only, null where it came with an import.
    pub by: Option<String>,
    /// The name of the field.
    pub field: String,
    /// What it was; empty where there was nothing. Of lines and steps how many there were.
    pub old: String,
    /// What it is.
    pub new: String,
    /// Why, in words; may be empty.
    pub reason: String,
}

impl OrderChangeDto {
    /// As the reader of an order in this currency may have it.
    fn new(row: Changed, currency: &str, staff: bool) -> Self {
        let Changed { at, by_name, field, old, new, reason } = row;
        let amount = |text: String| match text.parse() {
            Ok(value) if field == "total" => money::plain(value, money::digits(currency)),
            _ => text,
        };
        // Whose it was before, and of which project, is the house's.
        let hidden = !staff && matches!(field.as_str(), "project_id" | "buyer_id");
        let (old, new) = if hidden { <(String, String)>::default() } else { (amount(old), amount(new)) };
        Self { at: at.rfc3339(), by: by_name.filter(|_| staff), old, new, reason, field }
    }
}

/// A paper that belongs to an order.
#[derive(Serialize, ToSchema)]
pub struct OrderDocumentDto {
    /// Its id: `/documents/{id}` says more.
    pub id: String,
    /// Title.
    pub title: String,
    /// proposal, contract, invoice, specification, minutes or other.
    pub category: String,
    /// RFC 3339.
    pub changed_at: String,
}

impl From<Document> for OrderDocumentDto {
    fn from(row: Document) -> Self {
        Self {
            id: row.id.to_string(),
            category: row.category.key().to_owned(),
            changed_at: row.changed_at.rfc3339(),
            title: row.title,
        }
    }
}

impl OrderDto {
    /// The same with all that one order has beside it.
    pub fn whole(row: Order, steps: Vec<Step>, changes: Vec<Changed>, documents: Vec<Document>, staff: bool) -> Self {
        let changes = changes.into_iter().map(|change| OrderChangeDto::new(change, &row.currency, staff)).collect();
        let documents = documents.into_iter().map(OrderDocumentDto::from).collect();
        Self { changes, documents, ..Self::new(row, steps) }
    }

    /// As whoever reads it may have it.
    pub fn new(row: Order, steps: Vec<Step>) -> Self {
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        let step = |step: Step| OrderStepDto {
            title: step.title,
            expected_on: text(step.expected_on),
            done_on: text(step.done_on),
            acts: Some(step.acts.name().to_owned()),
        };
        Self {
            id: row.id.to_string(),
            organisation_id: row.organisation_id.to_string(),
            total: row.total.map(|total| MoneyDto::new(total, &row.currency)),
            number: row.number,
            external_id: row.external_id,
            title: row.title,
            reference: row.reference,
            status: row.status.key,
            waits_for: row.status.waits_for.name().to_owned(),
            closed: row.status.is_final,
            ordered_on: row.ordered_on.to_string(),
            wanted_on: text(row.wanted_on),
            confirmed_on: text(row.confirmed_on),
            delivered_on: text(row.delivered_on),
            ship_to: row.ship_to,
            carrier: row.carrier,
            terms: row.terms,
            tracking_url: row.tracking_url,
            project_id: row.project_id.map(|id| id.to_string()),
            buyer_id: row.buyer_id.map(|id| id.to_string()),
            next_step: row.next_step,
            next_on: text(row.next_on),
            steps: steps.into_iter().map(step).collect(),
            changes: Vec::new(),
            documents: Vec::new(),
            revision: row.order_revision,
            created_at: row.created_at.rfc3339(),
            changed_at: row.changed_at.rfc3339(),
        }
    }
}

/// Said and null is something else than not said.
#[expect(clippy::option_option, reason = "not said, said and null, said")]
fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// An order as it is to be. What is not said stays as it is; days, project and buyer are taken back with null.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "not said, said and null, said")]
pub struct SaveOrderDto {
    /// The operator's number.
    #[serde(default)]
    pub number: String,
    /// The key in the system it comes from; where none is said, the number is it.
    pub external_id: Option<String>,
    /// The customer: number, short name or id. Needed for a new order.
    pub organisation: Option<String>,
    /// What it is about.
    pub title: Option<String>,
    /// The customer's own number.
    pub reference: Option<String>,
    /// Key of a status.
    pub status: Option<String>,
    /// Such as 2026-11-22; today where it is not said of a new order.
    pub ordered_on: Option<String>,
    /// When the customer wants it.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub wanted_on: Option<Option<String>>,
    /// When it will come.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub confirmed_on: Option<Option<String>>,
    /// When it came.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub delivered_on: Option<Option<String>>,
    /// ISO 4217, of lines and total.
    pub currency: Option<String>,
    /// Net; the sum of the lines where it is not said.
    pub total: Option<MoneyDto>,
    /// Where to.
    pub ship_to: Option<String>,
    /// By whom.
    pub carrier: Option<String>,
    /// Under which terms.
    pub terms: Option<String>,
    /// Where to follow it; https.
    pub tracking_url: Option<String>,
    /// A project of the customer.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub project_id: Option<Option<String>>,
    /// The same by its `external_id`, its number or its short name, in place of `project_id`.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub project: Option<Option<String>>,
    /// A person of the customer.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub buyer_id: Option<Option<String>>,
    /// The same by their e-mail address, in place of `buyer_id`.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub buyer: Option<Option<String>>,
    /// Every line.
    pub lines: Option<Vec<OrderLineDto>>,
    /// Every step, in their order.
    pub steps: Option<Vec<OrderStepDto>>,
    /// Why it changes; its customer reads it.
    #[serde(default)]
    pub reason: String,
}

impl SaveOrderDto {
    /// As the service takes it, or what is wrong with it.
    pub fn into_input(self, ctx: &Ctx) -> Result<Input, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut opt = |field: &str, said: &Option<Option<String>>| {
            said.as_ref().map(|text| text.as_deref().and_then(|text| day(ctx, field, text, &mut errors)))
        };
        let wanted_on = opt("wanted_on", &self.wanted_on);
        let confirmed_on = opt("confirmed_on", &self.confirmed_on);
        let delivered_on = opt("delivered_on", &self.delivered_on);
        let ordered_on = self.ordered_on.as_deref().and_then(|text| day(ctx, "ordered_on", text, &mut errors));
        let upper = |text: &String| text.trim().to_ascii_uppercase();
        let (said, of_total) =
            (self.currency.as_ref().map(upper), self.total.as_ref().map(|total| upper(&total.currency)));
        let prices = self.lines.iter().flatten().any(|line| line.price.is_some() || line.amount.is_some());
        let currency = of_total.or(said.clone());
        // Two of them, or prices of none: nobody knows what they are worth.
        if (said.is_some() && said != currency) || (prices && currency.as_deref().is_none_or(str::is_empty)) {
            errors.add("currency", ctx.t("orders-error-currency"));
        }
        let digits = money::digits(currency.as_deref().unwrap_or_default());
        let mut number = |field: &str, text: &str, digits: u32| {
            let number = money::parse(text, digits);
            if number.is_none() {
                errors.add(field, ctx.t("orders-error-amount"));
            }
            number
        };
        let total = self.total.as_ref().map(|total| number("total", &total.amount, digits));
        let lines = self.lines.map(|lines| {
            let line = |line: OrderLineDto| {
                let quantity = number("lines", &line.quantity, money::QUANTITY).unwrap_or(0);
                let price = line.price.as_deref().and_then(|text| number("lines", text, digits));
                let amount = match line.amount.as_deref() {
                    Some(text) => number("lines", text, digits),
                    None => price.and_then(|price| line_amount(quantity, price)),
                };
                Line {
                    position: line.position,
                    article: line.article,
                    title: line.title,
                    quantity,
                    unit: line.unit,
                    price,
                    amount,
                }
            };
            lines.into_iter().map(line).collect()
        });
        let steps = self.steps.map(|steps| {
            let mut all = Vec::with_capacity(steps.len());
            for (at, step) in steps.into_iter().enumerate() {
                let mut opt =
                    |text: Option<String>| text.as_deref().and_then(|text| day(ctx, "steps", text, &mut errors));
                let (expected_on, done_on) = (opt(step.expected_on), opt(step.done_on));
                let acts =
                    step.acts.as_deref().map_or(Some(Side::House), Side::parse).filter(|side| *side != Side::Nobody);
                if acts.is_none() {
                    errors.add("steps", ctx.t("orders-error-acts"));
                }
                let position = i64::try_from(at + 1).unwrap_or(i64::MAX);
                all.push(Step { position, title: step.title, expected_on, done_on, acts: acts.unwrap_or(Side::House) });
            }
            all
        });
        let project = self.project_id.map(|said| said.map(|text| text.parse().map_err(|_| ())).transpose());
        let buyer = self.buyer_id.map(|said| said.map(|text| text.parse().map_err(|_| ())).transpose());
        // Said in two ways, nobody knows which of them is meant.
        if matches!(project, Some(Err(()))) || (project.is_some() && self.project.is_some()) {
            errors.add("project_id", ctx.t("orders-error-project"));
        }
        if matches!(buyer, Some(Err(()))) || (buyer.is_some() && self.buyer.is_some()) {
            errors.add("buyer_id", ctx.t("orders-error-buyer"));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Input {
            number: self.number,
            external_id: self.external_id,
            organisation: self.organisation,
            title: self.title,
            reference: self.reference,
            status: self.status,
            ordered_on,
            wanted_on,
            confirmed_on,
            delivered_on,
            currency,
            currency_assumed: false,
            total,
            ship_to: self.ship_to,
            ship_to_in_part: false,
            carrier: self.carrier,
            terms: self.terms,
            tracking_url: self.tracking_url,
            project: project.and_then(Result::ok),
            project_named: self.project,
            buyer: buyer.and_then(Result::ok),
            buyer_named: self.buyer,
            lines,
            steps,
            current: None,
            reason: self.reason,
            meant: None,
            revision: None,
        })
    }
}

/// What became of one order.
#[derive(Serialize, ToSchema)]
pub struct TakenDto {
    /// create, change, unchanged or rejected.
    pub result: String,
    /// The order; null where it was rejected.
    pub id: Option<String>,
    /// What changed, by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeDto>,
    /// What is wrong, by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorDto>,
}

/// One field that changed.
#[derive(Serialize, ToSchema)]
pub struct ChangeDto {
    /// Its name.
    pub field: String,
    /// What it was.
    pub old: String,
    /// What it is.
    pub new: String,
}

/// One field that is wrong.
#[derive(Serialize, ToSchema)]
pub struct ErrorDto {
    /// Its name.
    pub field: String,
    /// Why.
    pub message: String,
}

impl TakenDto {
    /// It was not taken.
    pub fn refused(errors: &FieldErrors) -> Self {
        let error = |(field, message): (&str, &str)| ErrorDto { field: field.to_owned(), message: message.to_owned() };
        Self {
            result: "rejected".to_owned(),
            id: None,
            changes: Vec::new(),
            errors: errors.iter().map(error).collect(),
        }
    }
}

impl From<Result<Taken, FieldErrors>> for TakenDto {
    fn from(taken: Result<Taken, FieldErrors>) -> Self {
        match taken {
            Ok(taken) => Self {
                result: taken.act.name().to_owned(),
                id: Some(taken.id.to_string()),
                changes: taken
                    .changes
                    .into_iter()
                    .map(|change| ChangeDto { field: change.field.to_owned(), old: change.old, new: change.new })
                    .collect(),
                errors: Vec::new(),
            },
            Err(errors) => Self::refused(&errors),
        }
    }
}
