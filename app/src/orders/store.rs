//! The SQL that reads orders.

use crate::db::{Db, DbResult, Value, args, sql};
use crate::ids::{OrderId, OrganisationId};

use super::model::{After, Changed, Line, Order, Status, Step, Which};
use super::scope::{Scope, columns, may_see, page, page_of_organisation, sources};

sql! {
    FIND = concat!("SELECT ", columns!(), " FROM orders o ", sources!(), " WHERE o.id = $4 AND ", may_see!());
    PAGE = sqlite: page!(sqlite, none), postgres: page!(postgres, none);
    PAGE_CLOSED = sqlite: page!(sqlite, closed), postgres: page!(postgres, closed);
    PAGE_STATUS = sqlite: page!(sqlite, status), postgres: page!(postgres, status);
    OF_ORGANISATION = sqlite: page_of_organisation!(sqlite, none), postgres: page_of_organisation!(postgres, none);
    OF_ORGANISATION_CLOSED = sqlite: page_of_organisation!(sqlite, closed), postgres: page_of_organisation!(postgres, closed);
    OF_ORGANISATION_STATUS = sqlite: page_of_organisation!(sqlite, status), postgres: page_of_organisation!(postgres, status);
    LINES = "SELECT position, article, title, quantity, unit, price, amount FROM order_lines WHERE order_id = $1 AND position > $2 ORDER BY position LIMIT $3";
    STEPS = "SELECT position, title, expected_on, done_on, acts FROM order_steps WHERE order_id = $1 ORDER BY position";
    CHANGES = "SELECT c.at, u.name AS by_name, c.field, c.old, c.new, c.reason FROM order_changes c LEFT JOIN users u ON u.id = c.changed_by WHERE c.order_id = $1 ORDER BY c.id DESC LIMIT $2";
    STATUSES = "SELECT key, position, name_en, name_de, name_nl, tone, waits_for, is_final, revision FROM order_statuses ORDER BY position, key";
    DOCUMENTS = "SELECT document_id FROM order_documents WHERE order_id = $1 ORDER BY document_id DESC LIMIT $2";
}

/// An order, if the scope reaches it.
pub async fn find(db: &Db, scope: Scope, id: OrderId) -> DbResult<Option<Order>> {
    let [a, b, c] = scope.values();
    db.optional(FIND, [a, b, c, id.into()]).await
}

/// A page of what the scope reaches, newest first; `only` is the customer a member of staff looks at, or the organisation
/// at hand.
pub async fn list(
    db: &Db,
    scope: Scope,
    staff: bool,
    which: &Which,
    only: Option<OrganisationId>,
    after: After,
    limit: i64,
) -> DbResult<Vec<Order>> {
    let [a, b, c] = scope.values();
    let (d, e, f, g) = (after.ordered_on.into(), after.id.into(), Value::from(limit), Value::from(only));
    let one = staff && only.is_some();
    match which {
        Which::All => db.all(if one { OF_ORGANISATION } else { PAGE }, [a, b, c, d, e, f, g]).await,
        Which::Open | Which::Closed => {
            let statement = if one { OF_ORGANISATION_CLOSED } else { PAGE_CLOSED };
            db.all(statement, [a, b, c, d, e, f, g, Value::from(*which == Which::Closed)]).await
        }
        Which::Status(key) => {
            let statement = if one { OF_ORGANISATION_STATUS } else { PAGE_STATUS };
            db.all(statement, [a, b, c, d, e, f, g, Value::from(key)]).await
        }
    }
}

/// Lines after this position.
pub async fn lines(db: &Db, id: OrderId, after: i64, limit: i64) -> DbResult<Vec<Line>> {
    db.all(LINES, args![id, after, limit]).await
}

/// Its steps, in their order.
pub async fn steps(db: &Db, id: OrderId) -> DbResult<Vec<Step>> {
    db.all(STEPS, args![id]).await
}

/// What was changed, the last first.
pub async fn changes(db: &Db, id: OrderId, limit: i64) -> DbResult<Vec<Changed>> {
    db.all(CHANGES, args![id, limit]).await
}

/// How orders can stand.
pub async fn statuses(db: &Db) -> DbResult<Vec<Status>> {
    db.all(STATUSES, args![]).await
}

/// The papers of an order that was found in scope; whether the actor may read them is asked for each.
pub async fn documents(db: &Db, id: OrderId, limit: i64) -> DbResult<Vec<crate::ids::DocumentId>> {
    let rows: Vec<(crate::ids::DocumentId,)> = db.all(DOCUMENTS, args![id, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
