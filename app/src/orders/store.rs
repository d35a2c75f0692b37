//! The SQL that reads orders.

use crate::day::Day;
use crate::db::{Db, DbResult, Sql, Tx, Value, args, sql};
use crate::ids::OrderId;

use super::list::{Sort, Wanted};
use super::model::{After, Changed, Line, Order, Status, Step, Which};
use super::pages::{page, page_of_organisation};
use super::scope::{Scope, columns, may_see, sources};

macro_rules! by_ids {
    ($from:literal, $ids:literal) => {
        concat!("SELECT ", columns!(), " FROM ", $from, " ", sources!(), " WHERE o.id = ", $ids, " AND ", may_see!())
    };
}

sql! {
    FIND = concat!("SELECT ", columns!(), " FROM orders o ", sources!(), " WHERE o.id = $4 AND ", may_see!());
    PAGE = sqlite: page!(sqlite, newest, none), postgres: page!(postgres, newest, none);
    PAGE_CLOSED = sqlite: page!(sqlite, newest, closed), postgres: page!(postgres, newest, closed);
    PAGE_STATUS = sqlite: page!(sqlite, newest, status), postgres: page!(postgres, newest, status);
    OF_ORGANISATION = sqlite: page_of_organisation!(sqlite, newest, none), postgres: page_of_organisation!(postgres, newest, none);
    OF_ORGANISATION_CLOSED = sqlite: page_of_organisation!(sqlite, newest, closed), postgres: page_of_organisation!(postgres, newest, closed);
    OF_ORGANISATION_STATUS = sqlite: page_of_organisation!(sqlite, newest, status), postgres: page_of_organisation!(postgres, newest, status);
    OLDEST = sqlite: page!(sqlite, oldest, none), postgres: page!(postgres, oldest, none);
    OLDEST_CLOSED = sqlite: page!(sqlite, oldest, closed), postgres: page!(postgres, oldest, closed);
    OLDEST_STATUS = sqlite: page!(sqlite, oldest, status), postgres: page!(postgres, oldest, status);
    OLDEST_OF_ORGANISATION = sqlite: page_of_organisation!(sqlite, oldest, none), postgres: page_of_organisation!(postgres, oldest, none);
    OLDEST_OF_ORGANISATION_CLOSED = sqlite: page_of_organisation!(sqlite, oldest, closed), postgres: page_of_organisation!(postgres, oldest, closed);
    OLDEST_OF_ORGANISATION_STATUS = sqlite: page_of_organisation!(sqlite, oldest, status), postgres: page_of_organisation!(postgres, oldest, status);
    DUE = sqlite: page!(sqlite, due, none), postgres: page!(postgres, due, none);
    DUE_STATUS = sqlite: page!(sqlite, due, status), postgres: page!(postgres, due, status);
    DUE_OF_ORGANISATION = sqlite: page_of_organisation!(sqlite, due, none), postgres: page_of_organisation!(postgres, due, none);
    DUE_OF_ORGANISATION_STATUS = sqlite: page_of_organisation!(sqlite, due, status), postgres: page_of_organisation!(postgres, due, status);
    BY_IDS = sqlite: by_ids!("json_each($4) x CROSS JOIN orders o", "unhex(x.value)"), postgres: by_ids!("orders o", "ANY($4)");
    /// By their number as it was typed, in capitals too.
    BY_NUMBER = concat!("SELECT ", columns!(), " FROM orders o ", sources!(), " WHERE o.number IN ($4, $5) AND ", may_see!(), " ORDER BY o.number");
    LINES = "SELECT position, article, title, quantity, unit, price, amount FROM order_lines WHERE order_id = $1 AND position > $2 ORDER BY position LIMIT $3";
    STEPS = "SELECT position, title, expected_on, done_on, acts FROM order_steps WHERE order_id = $1 ORDER BY position";
    CHANGES = "SELECT c.at, u.name AS by_name, c.field, c.old, c.new, c.reason FROM order_changes c LEFT JOIN users u ON u.id = c.changed_by WHERE c.order_id = $1 ORDER BY c.id DESC LIMIT $2";
    STATUSES = "SELECT key, position, name_en, name_de, name_nl, tone, waits_for, is_final, revision FROM order_statuses ORDER BY position, key";
    /// The same for whoever takes orders in: none of them changes until they are done.
    STATUSES_HELD = sqlite: "SELECT key, position, name_en, name_de, name_nl, tone, waits_for, is_final, revision FROM order_statuses ORDER BY position, key",
        postgres: "SELECT key, position, name_en, name_de, name_nl, tone, waits_for, is_final, revision FROM order_statuses ORDER BY key FOR KEY SHARE";
    DOCUMENTS = "SELECT document_id FROM order_documents WHERE order_id = $1 ORDER BY document_id DESC LIMIT $2";
}

/// An order, if the scope reaches it.
pub async fn find(db: &Db, scope: Scope, id: OrderId) -> DbResult<Option<Order>> {
    let [a, b, c] = scope.values();
    db.optional(FIND, [a, b, c, id.into()]).await
}

/// Those of these orders that the scope reaches.
pub async fn by_ids(db: &Db, scope: Scope, ids: &[OrderId]) -> DbResult<Vec<Order>> {
    let [a, b, c] = scope.values();
    db.all(BY_IDS, [a, b, c, Value::Uuids(ids.iter().map(|id| id.0).collect())]).await
}

/// The orders with this number that the scope reaches.
pub async fn by_number(db: &Db, scope: Scope, number: &str) -> DbResult<Vec<Order>> {
    let [a, b, c] = scope.values();
    db.all(BY_NUMBER, [a, b, c, number.into(), number.to_uppercase().into()]).await
}

/// The statements of a list by the day of its orders: all, over or not, with one status.
struct ByDay(Sql<8>, Sql<9>, Sql<9>);

const NEWEST_FIRST: [ByDay; 2] =
    [ByDay(PAGE, PAGE_CLOSED, PAGE_STATUS), ByDay(OF_ORGANISATION, OF_ORGANISATION_CLOSED, OF_ORGANISATION_STATUS)];
const OLDEST_FIRST: [ByDay; 2] = [
    ByDay(OLDEST, OLDEST_CLOSED, OLDEST_STATUS),
    ByDay(OLDEST_OF_ORGANISATION, OLDEST_OF_ORGANISATION_CLOSED, OLDEST_OF_ORGANISATION_STATUS),
];

/// A page of what the scope reaches. `end` is the last day that counts: by day of the order, or of what is expected.
pub async fn page(
    db: &Db,
    scope: Scope,
    staff: bool,
    wanted: &Wanted,
    (after, end): (After, Day),
    limit: i64,
) -> DbResult<Vec<Order>> {
    let [a, b, c] = scope.values();
    let (d, e, f, g, h) =
        (after.day.into(), after.id.into(), limit.into(), Value::from(wanted.organisation), Value::from(end));
    let one = staff && wanted.organisation.is_some();
    let [all, of_organisation] = match wanted.sort {
        Sort::Newest => &NEWEST_FIRST,
        Sort::Oldest => &OLDEST_FIRST,
        Sort::Due => {
            let (i, j) = (wanted.from.unwrap_or(Day::FIRST).into(), wanted.to.unwrap_or(Day::LAST).into());
            let Which::Status(key) = &wanted.which else {
                let statement = if one { DUE_OF_ORGANISATION } else { DUE };
                return db.all(statement, [a, b, c, d, e, f, g, h, i, j]).await;
            };
            let statement = if one { DUE_OF_ORGANISATION_STATUS } else { DUE_STATUS };
            return db.all(statement, [a, b, c, d, e, f, g, h, i, j, key.into()]).await;
        }
    };
    let ByDay(all, closed, status) = if one { of_organisation } else { all };
    match &wanted.which {
        Which::All => db.all(*all, [a, b, c, d, e, f, g, h]).await,
        Which::Open | Which::Closed => {
            db.all(*closed, [a, b, c, d, e, f, g, h, Value::from(wanted.which == Which::Closed)]).await
        }
        Which::Status(key) => db.all(*status, [a, b, c, d, e, f, g, h, key.into()]).await,
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

/// How orders can stand, held until the transaction ends.
pub async fn statuses_held(tx: &Tx) -> DbResult<Vec<Status>> {
    let mut all: Vec<Status> = tx.all(STATUSES_HELD, args![]).await?;
    all.sort_by(|a, b| (a.position, &a.key).cmp(&(b.position, &b.key)));
    Ok(all)
}

/// The papers of an order that was found in scope; whether the actor may read them is asked for each.
pub async fn documents(db: &Db, id: OrderId, limit: i64) -> DbResult<Vec<crate::ids::DocumentId>> {
    let rows: Vec<(crate::ids::DocumentId,)> = db.all(DOCUMENTS, args![id, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
