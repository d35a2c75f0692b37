//! Papers that belong to an order. Who may read one is the paper's matter: this only says that they belong together.

use crate::access::{Granted, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{DbResult, Tx, args, sql};
use crate::documents;
use crate::documents::cursor::Cursor;
use crate::documents::model::Document;
use crate::error::{AppError, FieldErrors};
use crate::ids::{DocumentId, OrderId};

use super::model::Order;
use super::policy::{Book, Keep};
use super::service;

sql! {
    ADD = "INSERT INTO order_documents (order_id, document_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM order_documents WHERE order_id = $1 AND document_id = $2";
}

/// The most that can be chosen from.
const CHOICE: i64 = 50;

fn keep(ctx: &Ctx, order: &Order) -> Result<Granted<Keep, Book>, AppError> {
    grant::<Keep, _>(&ctx.actor, Book { organisation_id: order.organisation_id, assigned: order.assigned })
}

async fn add(tx: &Tx, granted: &Granted<Keep, Book>, order: &Order, document: DocumentId) -> DbResult<bool> {
    debug_assert_eq!(granted.row().organisation_id, order.organisation_id);
    Ok(tx.execute(ADD, args![order.id, document]).await? > 0)
}

/// Papers of the customer that could belong to an order, the newest first; without those that do.
pub async fn choice(ctx: &Ctx, order: &Order, there: &[Document]) -> Result<Vec<Document>, AppError> {
    let filter = documents::service::Filter {
        category: None,
        state: None,
        organisation: Some(order.organisation_id),
        after: Cursor::START,
        limit: CHOICE,
    };
    let mut items = documents::service::list(ctx, filter).await?.items;
    items.retain(|document| !there.iter().any(|known| known.id == document.id));
    Ok(items)
}

/// Says that a paper belongs to an order; both are of the same customer.
pub async fn attach(ctx: &Ctx, id: OrderId, document: DocumentId) -> Result<(), AppError> {
    let order = service::find(ctx, id).await?;
    let granted = keep(ctx, &order)?;
    let unknown = || AppError::Invalid(FieldErrors::one("document", ctx.t("orders-error-document")));
    let document = match documents::service::find(ctx, document).await {
        Ok(document) if document.organisation_id == order.organisation_id => document,
        Ok(_) | Err(AppError::NotFound) => return Err(unknown()),
        Err(error) => return Err(error),
    };
    let tx = ctx.db.begin().await?;
    if add(&tx, &granted, &order, document.id).await? {
        let event = Event::new("order.attach", "order", order.id.0).organisation(order.organisation_id);
        audit::record(&tx, ctx, event.with("document", document.id)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Says that a paper of the same customer, which this transaction made or found, belongs to an order.
pub async fn attach_in(tx: &Tx, ctx: &Ctx, id: OrderId, document: DocumentId) -> Result<(), AppError> {
    let order = service::find(ctx, id).await?;
    let granted = keep(ctx, &order)?;
    if add(tx, &granted, &order, document).await? {
        let event = Event::new("order.attach", "order", order.id.0).organisation(order.organisation_id);
        audit::record(tx, ctx, event.with("document", document)).await?;
    }
    Ok(())
}

/// Takes that back; the paper stays where it is.
pub async fn detach(ctx: &Ctx, id: OrderId, document: DocumentId) -> Result<(), AppError> {
    let order = service::find(ctx, id).await?;
    let granted = keep(ctx, &order)?;
    let tx = ctx.db.begin().await?;
    if tx.execute(REMOVE, args![order.id, document]).await? > 0 {
        let event = Event::new("order.detach", "order", order.id.0).organisation(granted.row().organisation_id);
        audit::record(&tx, ctx, event.with("document", document)).await?;
        tx.commit().await?;
    }
    Ok(())
}
