//! The list of orders as a file, filtered as it is shown.

use futures::stream::{self, StreamExt as _};

use crate::access::{Action, Membership, Reach, Relation, allow, allow_any};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::export::{Cell, Column, Format, Row, Rows, Sheet};
use crate::money;

use super::list::{self, Wanted};
use super::model::{Order, Side};

/// Orders read at once.
const BATCH: i64 = 500;

/// Whether the actor sees what any order costs: whether there are columns for it. Each order is asked by itself.
fn sees_prices(ctx: &Ctx) -> bool {
    if ctx.actor.staff().is_some() {
        return allow_any(&ctx.actor, Action::OrderPrices).is_ok();
    }
    let pays = |m: &Membership| {
        let organisation = Some(m.organisation_id);
        m.rights.money != Reach::None
            && [Relation::Own, Relation::Addressed]
                .into_iter()
                .any(|r| allow(&ctx.actor, Action::OrderPrices, r, organisation).is_ok())
    };
    ctx.actor.memberships().iter().any(pays)
}

/// Begins an export, and notes that it was made.
pub async fn begin(ctx: &Ctx, wanted: Wanted, format: Format) -> Result<(Sheet, Rows), AppError> {
    allow_any(&ctx.actor, Action::OrderRead)?;
    // Whoever looks as somebody else takes nothing away in bulk.
    if ctx.actor.viewer().is_some() {
        return Err(AppError::Forbidden);
    }
    let (staff, prices) = (ctx.actor.staff().is_some(), sees_prices(ctx));
    let mut event = Event::new("order.export", "order", None).with("format", format.name());
    if let Some(id) = wanted.organisation {
        event = event.organisation(id);
    }
    let tx = ctx.db.begin().await?;
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    let sheet =
        Sheet { name: ctx.t("orders-title").to_owned(), columns: columns(ctx, staff, prices), locale: ctx.locale };
    let first = Wanted { after: None, limit: BATCH, ..wanted };
    let rows = stream::try_unfold(Some((ctx.clone(), first)), move |state| async move {
        let Some((ctx, wanted)) = state else { return Ok::<_, AppError>(None) };
        let page = list::list(&ctx, &wanted).await?;
        let rows: Vec<Row> = page.items.iter().map(|order| row(&ctx, order, staff, prices)).collect();
        let next = page.next.map(|after| (ctx, Wanted { after: Some(after), ..wanted }));
        Ok(Some((rows, next)))
    });
    Ok((sheet, rows.boxed()))
}

fn columns(ctx: &Ctx, staff: bool, prices: bool) -> Vec<Column> {
    let column = |key: &'static str, width| Column { heading: ctx.t(key).to_owned(), width };
    let mut columns = vec![column("orders-field-number", 18), column("orders-field-title", 40)];
    columns.extend(staff.then(|| column("orders-column-customer", 30)));
    columns.extend([
        column("orders-field-reference", 20),
        column("orders-field-status", 18),
        column("orders-next-acts", 18),
        column("orders-field-ordered", 12),
        column("orders-field-wanted", 12),
        column("orders-field-confirmed", 12),
        column("orders-field-delivered", 12),
        column("orders-column-next", 30),
        column("orders-column-next-on", 12),
    ]);
    if prices {
        columns.extend([column("orders-total", 14), column("orders-field-currency", 10)]);
    }
    columns.extend([
        column("orders-project", 24),
        column("orders-buyer", 24),
        column("orders-field-ship-to", 40),
        column("orders-field-carrier", 20),
        column("orders-field-terms", 20),
        column("orders-field-tracking", 40),
    ]);
    columns
}

fn row(ctx: &Ctx, order: &Order, staff: bool, prices: bool) -> Row {
    let acts = match (order.status.waits_for, staff) {
        (Side::House, false) => ctx.portal.name.get(),
        (Side::House, true) => ctx.t("orders-acts-us").to_owned(),
        (Side::Customer, false) => ctx.t("orders-acts-you").to_owned(),
        (Side::Customer, true) => ctx.t("orders-acts-customer").to_owned(),
        (Side::Nobody, _) => ctx.t("orders-acts-nobody").to_owned(),
    };
    let mut row = vec![Cell::text(&order.number), Cell::text(&order.title)];
    row.extend(staff.then(|| Cell::text(&order.organisation_name)));
    row.extend([
        Cell::text(&order.reference),
        Cell::text(order.status.name(ctx.locale)),
        Cell::text(acts),
        Cell::Day(Some(order.ordered_on)),
        Cell::Day(order.wanted_on),
        Cell::Day(order.confirmed_on),
        Cell::Day(order.delivered_on),
        Cell::text(&order.next_step),
        Cell::Day(order.next_on),
    ]);
    if prices {
        let digits = money::digits(&order.currency);
        let currency = if order.total.is_some() { order.currency.as_str() } else { "" };
        row.extend([Cell::Number(order.total, digits), Cell::text(currency)]);
    }
    let some = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
    row.extend([
        some(&order.project_name),
        some(&order.buyer_name),
        Cell::text(&order.ship_to),
        Cell::text(&order.carrier),
        Cell::text(&order.terms),
        Cell::text(&order.tracking_url),
    ]);
    row
}
