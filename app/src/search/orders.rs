//! What the index holds of orders, and how they are looked for in it.

use std::collections::HashMap;

use uuid::Uuid;

use crate::access::{MembershipRole, Reach};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{Db, DbResult, Value, sql};
use crate::documents::audience;
use crate::error::AppError;
use crate::ids::{OrderId, OrganisationId, ProjectId, UserId};
use crate::orders::list::Wanted;
use crate::orders::model::{Order, Which};
use crate::orders::scope::Scope;
use crate::time::Instant;

use super::expression::Expression;
use super::model::{Piece, Query};
use super::tables::ORDERS;
use super::tokens::{self, Indexed, Made};
use super::walk::{Walk, holding};
use super::{excerpt, store};

/// Lines that are looked through to say why the orders of a page were found, at most.
const LINES: i64 = 5000;
/// Months that a filter names one by one; a longer time is left to what is read.
const MONTHS: usize = 60;

macro_rules! indexed {
    ($from:literal, $ids:literal) => {
        concat!(
            "SELECT o.id, o.organisation_id, c.name AS organisation_name, o.project_id, o.buyer_id, o.number, o.external_id, o.title, o.reference, o.status, o.closed, o.ordered_on, o.changed_at FROM ",
            $from,
            " JOIN organisations c ON c.id = o.organisation_id WHERE o.id = ",
            $ids
        )
    };
}

sql! {
    INDEXED = sqlite: indexed!("json_each($1) x CROSS JOIN orders o", "unhex(x.value)"), postgres: indexed!("orders o", "ANY($1)");
    WORDS = sqlite: "SELECT order_id, article, title FROM order_lines WHERE order_id IN (SELECT unhex(value) FROM json_each($1)) ORDER BY order_id, position LIMIT $2",
        postgres: "SELECT order_id, article, title FROM order_lines WHERE order_id = ANY($1) ORDER BY order_id, position LIMIT $2";
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    id: OrderId,
    organisation_id: OrganisationId,
    organisation_name: String,
    project_id: Option<ProjectId>,
    buyer_id: Option<UserId>,
    number: String,
    external_id: Option<String>,
    title: String,
    reference: String,
    status: String,
    closed: bool,
    ordered_on: Day,
    changed_at: Instant,
}

type LineRow = (OrderId, String, String);

fn make(row: &Row, lines: &[(String, String)]) -> Made {
    let mut texts = vec![row.number.as_str(), &row.reference, &row.title];
    texts.extend(lines.iter().flat_map(|(article, title)| [article.as_str(), title]));
    let mut tokens = vec![
        tokens::organisation(row.organisation_id),
        tokens::status(&row.status),
        tokens::closed(row.closed),
        tokens::month(row.ordered_on),
    ];
    tokens.extend(row.project_id.map(|id| tokens::subject(id.0)));
    tokens.extend(row.buyer_id.map(|id| tokens::subject(id.0)));
    // What the operator's own system calls it is not for customers.
    let mut internal = vec![row.organisation_name.as_str()];
    internal.extend(row.external_id.as_deref());
    Indexed { tokens, internal, texts }.made(row.changed_at)
}

async fn words_of(db: &Db, ids: &[Uuid], limit: i64) -> DbResult<Vec<LineRow>> {
    db.all(WORDS, [Value::Uuids(ids.to_vec()), limit.into()]).await
}

/// What the index is to hold of these.
pub(super) async fn made(ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, Made>, AppError> {
    let rows: Vec<Row> = ctx.db.all(INDEXED, [Value::Uuids(ids.to_vec())]).await?;
    let mut lines: HashMap<OrderId, Vec<(String, String)>> = HashMap::new();
    for (order, article, title) in words_of(&ctx.db, ids, i64::MAX).await? {
        lines.entry(order).or_default().push((article, title));
    }
    let made = move || {
        let one = |row: &Row| (row.id.0, make(row, lines.get(&row.id).map_or(&[], Vec::as_slice)));
        rows.iter().map(one).collect()
    };
    tokio::task::spawn_blocking(made).await.map_err(|_| AppError::Internal)
}

/// The words of a question that count.
pub fn words(typed: &str) -> Vec<String> {
    Query { text: typed.to_owned(), ..Query::default() }.words()
}

fn token(text: String) -> Expression {
    Expression::Token(text)
}

/// The orders or projects an actor may see, at least, in the words of the index: whether they do is decided by `may_see!`.
/// `assigned` and `all`: whether staff see those of assigned customers, and those of all.
pub(super) async fn seen(
    ctx: &Ctx,
    (assigned, all): (bool, bool),
    organisation: Option<OrganisationId>,
) -> Result<Expression, AppError> {
    if ctx.actor.staff().is_some() {
        let reach = match (all, ctx.actor.user_id().filter(|_| assigned)) {
            (true, _) => Expression::All(vec![]),
            (false, Some(user)) => {
                let of = audience::assigned_organisations(&ctx.db, user).await?;
                Expression::Any(of.into_iter().map(|id| token(tokens::organisation(id))).collect())
            }
            (false, None) => Expression::Any(vec![]),
        };
        return Ok(match organisation {
            Some(id) => token(tokens::organisation(id)).and(reach),
            None => reach,
        });
    }
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let subjects = store::subjects_of(&ctx.db, user).await?;
    let mut any = Vec::new();
    let through = ctx.actor.memberships().iter().filter(|m| organisation.is_none_or(|id| id == m.organisation_id));
    for membership in through {
        let whose = membership.organisation_id;
        let everything = membership.role == MembershipRole::Admin
            || (membership.role != MembershipRole::Partner && membership.rights.orders == Reach::Organisation);
        if everything {
            any.push(token(tokens::organisation(whose)));
        } else if membership.rights.orders != Reach::None {
            let mut own = vec![token(tokens::subject(user.0))];
            let mine = subjects.iter().filter(|subject| subject.project && subject.organisation_id == whose);
            own.extend(mine.map(|subject| token(tokens::subject(subject.subject_id))));
            any.push(token(tokens::organisation(whose)).and(Expression::Any(own)));
        }
    }
    Ok(Expression::Any(any))
}

/// The months between two days, where that is not too long a time.
fn months(from: Option<Day>, to: Option<Day>) -> Option<Expression> {
    let (mut day, to) = (from?, to?);
    let mut named: Vec<String> = Vec::new();
    while day <= to {
        let month = tokens::month(day);
        if named.last() != Some(&month) {
            if named.len() == MONTHS {
                return None;
            }
            named.push(month);
        }
        if day == to {
            break;
        }
        day = day.plus(28).min(to);
    }
    Some(Expression::Any(named.into_iter().map(token).collect()))
}

/// Begins to look for orders; nothing where nothing can be found.
pub async fn begin(
    ctx: &Ctx,
    wanted: &Wanted,
    words: &[String],
    before: Option<i64>,
    asked: usize,
) -> Result<Option<Walk>, AppError> {
    // Signs alone: nothing is asked for, nothing is found.
    if words.is_empty() {
        return Ok(None);
    }
    let seen = seen(ctx, Scope::of(&ctx.actor)?.reach(), wanted.organisation).await?;
    let staff = ctx.actor.staff().is_some();
    let Some(mut expression) = holding(&ctx.db, &ORDERS, seen, words, staff).await? else { return Ok(None) };
    match &wanted.which {
        Which::All => {}
        Which::Open => expression = expression.and(token(tokens::closed(false))),
        Which::Closed => expression = expression.and(token(tokens::closed(true))),
        Which::Status(key) => expression = expression.and(token(tokens::status(key))),
    }
    if let Some(months) = months(wanted.from, wanted.to) {
        expression = expression.and(months);
    }
    Ok(Some(Walk::begin(&ctx.db, &ORDERS, expression, before, asked).await?))
}

/// For orders whose title and numbers do not say why they were found: the line that says most of it.
pub async fn lines(ctx: &Ctx, orders: &[Order], words: &[String]) -> Result<HashMap<OrderId, Vec<Piece>>, AppError> {
    let shows = |order: &Order| {
        let shown = [&order.number, &order.title, &order.reference, &order.organisation_name].map(String::as_str);
        excerpt::has_all(&shown.join("\n"), words)
    };
    let asked: Vec<Uuid> = orders.iter().filter(|order| !shows(order)).map(|order| order.id.0).collect();
    let mut best: HashMap<OrderId, (usize, String)> = HashMap::new();
    if words.is_empty() || asked.is_empty() {
        return Ok(HashMap::new());
    }
    for (order, article, title) in words_of(&ctx.db, &asked, LINES).await? {
        let line = [article, title].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        let count = words.iter().filter(|word| excerpt::has_all(&line, std::slice::from_ref(word))).count();
        if count > best.get(&order).map_or(0, |(known, _)| *known) {
            best.insert(order, (count, line));
        }
    }
    Ok(best.into_iter().map(|(order, (_, line))| (order, excerpt::marked(&line, words))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_named_by_its_months_unless_it_is_long() {
        let day = |text: &str| Some(text.parse().unwrap());
        let Some(Expression::Any(named)) = months(day("2026-01-31"), day("2026-03-01")) else { panic!("not named") };
        assert_eq!(named, ["_d202601", "_d202602", "_d202603"].map(|text| token(text.to_owned())));
        assert_eq!(months(day("1990-01-01"), day("2026-03-01")), None);
        assert_eq!((months(None, day("2026-03-01")), months(day("2026-03-01"), None)), (None, None));
        assert_eq!(months(day("2026-02-01"), day("2026-01-01")), Some(Expression::Any(vec![])));
    }
}
