//! What waits for somebody, over all areas: one list in the order in which it is due, and how much there is where.

use crate::access::Scope;
use crate::appointments;
use crate::appointments::model::Appointment;
use crate::approvals;
use crate::ctx::Ctx;
use crate::db::sql;
use crate::documents;
use crate::documents::model::Document;
use crate::documents::scope::{may_see, reach, unread};
use crate::error::AppError;
use crate::ids::OrganisationId;
use crate::orders;
use crate::orders::model::Order;
use crate::requests;
use crate::requests::model::Request;

sql! {
    /// What is to approve and also unread counts once, as it stands once in the list.
    COUNTS = concat!(
        "SELECT organisation_id, count(*) AS waiting FROM (SELECT d.organisation_id, d.id FROM document_audience a JOIN documents d ON d.id = a.document_id", unread!(),
        " UNION SELECT d.organisation_id, d.id FROM approval_seats t JOIN approvals p ON p.id = t.approval_id JOIN documents d ON d.id = p.document_id WHERE t.user_id = $1 AND t.decision = 'waiting' AND ", may_see!(),
        " UNION SELECT q.organisation_id, q.id FROM document_request_people p JOIN document_requests q ON q.id = p.request_id JOIN memberships m ON m.user_id = p.user_id AND m.organisation_id = q.organisation_id AND m.state = 'active' WHERE p.user_id = $1 AND q.state IN ('open', 'fix') AND (m.role = 'admin' OR ", reach!("m", "q.topic"), " <> 'none')",
        " UNION SELECT o.organisation_id, o.id FROM orders o JOIN order_statuses t ON t.key = o.status JOIN memberships m ON m.user_id = o.buyer_id AND m.organisation_id = o.organisation_id AND m.state = 'active' WHERE o.buyer_id = $1 AND o.closed = FALSE AND t.waits_for = 'customer' AND (m.role = 'admin' OR m.orders <> 'none')",
        " UNION ", appointments::scope::waiting!(),
        ") w GROUP BY organisation_id");
}

/// One thing that waits.
#[derive(Clone, Debug)]
pub enum Item {
    /// A version to approve or to decline.
    Approve(approvals::store::Waiting),
    /// A file they are asked for.
    Send(Box<Request>),
    /// An order of theirs that waits for them.
    Order(Box<Order>),
    /// An appointment of theirs with times to choose from.
    Appointment(Box<Appointment>),
    /// A document sent to them by name that they have not opened.
    Read(Box<Document>),
}

/// What waits for the actor in the organisation they look at: what has a deadline first, the soonest on top.
pub async fn items(ctx: &Ctx, limit: i64) -> Result<Vec<Item>, AppError> {
    let approve = approvals::service::waiting(ctx, limit).await?;
    let mut read = documents::service::unread_for_me(ctx, limit).await?;
    read.retain(|document| !approve.iter().any(|waiting| waiting.document_id == document.id));
    let send = requests::service::waiting(ctx, limit).await?;
    let mut items: Vec<Item> = approve.into_iter().map(Item::Approve).collect();
    items.extend(send.into_iter().map(|request| Item::Send(Box::new(request))));
    items.extend(orders::service::waiting(ctx, limit).await?.into_iter().map(|order| Item::Order(Box::new(order))));
    let choose = appointments::service::waiting(ctx, limit).await?;
    items.extend(choose.into_iter().map(|appointment| Item::Appointment(Box::new(appointment))));
    items.extend(read.into_iter().map(|document| Item::Read(Box::new(document))));
    items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(items)
}

/// How much waits for the actor in each of their organisations; one where nothing does is left out.
pub async fn counts(ctx: &Ctx) -> Result<Vec<(OrganisationId, u32)>, AppError> {
    let [a, b, c, d, e] = Scope::of(&ctx.actor)?.values();
    let rows: Vec<(OrganisationId, i64)> = ctx.db.all(COUNTS, [a, b, c, d, e, ctx.now().into()]).await?;
    Ok(rows.into_iter().map(|(id, count)| (id, u32::try_from(count).unwrap_or(u32::MAX))).collect())
}
