//! A list of orders for whoever asks, page, program or export: all of them, or what was looked for among them.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::access::{Action, allow_any};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::error::AppError;
use crate::ids::{OrderId, OrganisationId};
use crate::search::list::position;
use crate::search::model::Piece;
use crate::search::orders as search;
use crate::search::walk::Page;
use crate::validity::service::today;

use super::model::{After, Order, Status, Which};
use super::scope::Scope;
use super::{service, store};

/// In which order a list shows its orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The last ordered first.
    #[default]
    Newest,
    /// The first ordered first.
    Oldest,
    /// What is expected first comes first; without orders that are over.
    Due,
}

impl Sort {
    /// All of them, as they are offered.
    pub const ALL: [Self; 3] = [Self::Newest, Self::Oldest, Self::Due];

    /// The name in addresses and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Due => "due",
        }
    }

    /// The order with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }

    /// The Fluent key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Newest => "orders-sort-newest",
            Self::Oldest => "orders-sort-oldest",
            Self::Due => "orders-sort-due",
        }
    }
}

/// Which orders.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What somebody typed.
    pub search: Option<String>,
    /// Open, over, or with one status.
    pub which: Which,
    /// Only those that should have been and have not.
    pub overdue: bool,
    /// Ordered on this day or later.
    pub from: Option<Day>,
    /// Ordered on this day or earlier.
    pub to: Option<Day>,
    /// For a customer: only through this membership. For staff: only of this customer.
    pub organisation: Option<OrganisationId>,
    /// In which order. What is looked for has an order of its own.
    pub sort: Sort,
    /// `next` of the page before.
    pub after: Option<String>,
    /// How many.
    pub limit: i64,
}

impl Wanted {
    /// What is asked of orders that are over says nothing of when they are expected: they come as they were ordered.
    pub fn settle(&mut self, statuses: &[Status]) {
        let over = match &self.which {
            Which::Closed => true,
            Which::Status(key) => statuses.iter().any(|status| status.key == *key && status.is_final),
            Which::All | Which::Open => false,
        };
        self.sort = match (self.overdue, over, self.sort) {
            (true, ..) => Sort::Due,
            (false, true, Sort::Due) => Sort::Newest,
            (.., sort) => sort,
        };
    }

    /// Whether any filter but the status leaves something out.
    pub fn is_narrowed(&self) -> bool {
        self.search.is_some() || self.overdue || self.from.is_some() || self.to.is_some()
    }

    /// Whether an order is one of them, words and customer aside.
    pub fn fits(&self, order: &Order, today: Day) -> bool {
        let which = match &self.which {
            Which::All => true,
            Which::Open => !order.status.is_final,
            Which::Closed => order.status.is_final,
            Which::Status(key) => order.status.key == *key,
        };
        which
            && (!self.overdue || order.is_late(today))
            && self.from.is_none_or(|day| order.ordered_on >= day)
            && self.to.is_none_or(|day| order.ordered_on <= day)
    }
}

/// Where a list continues: an opaque text outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// After this order, in the order of a list.
    Listed(Sort, After),
    /// Below this position of the index of words.
    Found(i64),
}

impl Cursor {
    /// A cursor of this order, or of what is looked for.
    pub fn parse(wanted: &Wanted, text: &str) -> Option<Self> {
        if wanted.search.is_some() {
            return position(text).map(Self::Found);
        }
        let rest = match wanted.sort {
            Sort::Newest => text,
            Sort::Oldest => text.strip_prefix('o')?,
            Sort::Due => text.strip_prefix('d')?,
        };
        rest.parse().ok().map(|after| Self::Listed(wanted.sort, after))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listed(Sort::Newest, after) => write!(f, "{after}"),
            Self::Listed(Sort::Oldest, after) => write!(f, "o{after}"),
            Self::Listed(Sort::Due, after) => write!(f, "d{after}"),
            Self::Found(at) => write!(f, "p{at}"),
        }
    }
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The orders, in the order asked for; what was looked for: the one with that number, and then the last changed first.
    pub items: Vec<Order>,
    /// The words that were looked for.
    pub words: Vec<String>,
    /// The line of an order that has them, where its title and numbers do not.
    pub lines: HashMap<OrderId, Vec<Piece>>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// A page of the orders the actor may see. `BadRequest` for a cursor that is none of ours.
pub async fn list(ctx: &Ctx, wanted: &Wanted) -> Result<Listed, AppError> {
    let bad = || AppError::BadRequest("cursor: not one of ours".to_owned());
    let cursor = wanted.after.as_deref().map(|text| Cursor::parse(wanted, text).ok_or_else(bad)).transpose()?;
    if let Some(words) = &wanted.search {
        let before = match cursor {
            Some(Cursor::Found(at)) => Some(at),
            _ => None,
        };
        return found(ctx, wanted, words, before).await;
    }
    let after = match (cursor, wanted.sort) {
        (Some(Cursor::Listed(_, after)), _) => after,
        (_, Sort::Newest) => After::START,
        (_, Sort::Oldest | Sort::Due) => After::OLDEST,
    };
    let (items, next) = by_day(ctx, wanted, after).await?;
    let next = next.map(|after| Cursor::Listed(wanted.sort, after).to_string());
    Ok(Listed { items, next, ..Listed::default() })
}

/// A page in the order of days.
pub(super) async fn by_day(ctx: &Ctx, wanted: &Wanted, after: After) -> Result<(Vec<Order>, Option<After>), AppError> {
    allow_any(&ctx.actor, Action::OrderRead)?;
    let staff = ctx.actor.staff().is_some();
    let (first, last) = (wanted.from.unwrap_or(Day::FIRST), wanted.to.unwrap_or(Day::LAST));
    let (after, end) = match wanted.sort {
        Sort::Newest if after.day > last => (After { day: last, ..After::START }, first),
        Sort::Newest => (after, first),
        Sort::Oldest if after.day < first => (After { day: first, ..After::OLDEST }, last),
        Sort::Oldest => (after, last),
        Sort::Due if wanted.overdue => (after, today(ctx).plus(-1)),
        Sort::Due => (after, Day::LAST),
    };
    // What is over is not expected any more.
    if wanted.sort == Sort::Due && wanted.which == Which::Closed {
        return Ok((Vec::new(), None));
    }
    let asked = wanted.limit + 1;
    let mut rows = store::page(&ctx.db, Scope::of(&ctx.actor)?, staff, wanted, (after, end), asked).await?;
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let day = |row: &Order| match wanted.sort {
        Sort::Newest | Sort::Oldest => row.ordered_on,
        Sort::Due => row.due_on().unwrap_or(Day::LAST),
    };
    let next = rows.last().filter(|_| more).map(|last| After { day: day(last), id: last.id });
    Ok((rows.into_iter().map(|row| service::redacted(ctx, row)).collect(), next))
}

/// A page of what was looked for.
async fn found(ctx: &Ctx, wanted: &Wanted, typed: &str, before: Option<i64>) -> Result<Listed, AppError> {
    allow_any(&ctx.actor, Action::OrderRead)?;
    let scope = Scope::of(&ctx.actor)?;
    let today = today(ctx);
    let through = |row: &Order| wanted.organisation.is_none_or(|id| row.organisation_id == id);
    // Who types a number has it at once, before the index knows of it.
    let mut exact = store::by_number(&ctx.db, scope, typed).await?;
    exact.retain(|row| through(row) && wanted.fits(row, today));
    let known: HashSet<OrderId> = exact.iter().map(|row| row.id).collect();
    let mut listed = Listed { words: search::words(typed), ..Listed::default() };
    if before.is_none() {
        listed.items = exact;
    }
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX).saturating_sub(listed.items.len());
    if let Some(mut walk) = search::begin(ctx, wanted, &listed.words, before, limit + 1).await? {
        let mut page = Page::of(limit);
        while let Some(positions) = walk.look(&ctx.db).await? {
            let ids: Vec<OrderId> = positions.iter().map(|(_, id)| OrderId(*id)).collect();
            let mut rows = store::by_ids(&ctx.db, scope, &ids).await?;
            rows.retain(|row| !known.contains(&row.id) && through(row) && wanted.fits(row, today));
            if page.add(&positions, rows.into_iter().map(|row| (row.id.0, row))) {
                break;
            }
        }
        let (rows, next) = page.end(&walk);
        listed.items.extend(rows);
        listed.next = next.map(|at| Cursor::Found(at).to_string());
    }
    listed.items = listed.items.into_iter().map(|row| service::redacted(ctx, row)).collect();
    listed.lines = search::lines(ctx, &listed.items, &listed.words).await?;
    Ok(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_of_its_order_and_of_no_other() {
        let after = After { day: "2026-11-22".parse().unwrap(), id: OrderId::new() };
        let sorted = |sort| Wanted { sort, ..Wanted::default() };
        for sort in Sort::ALL {
            let cursor = Cursor::Listed(sort, after);
            let text = cursor.to_string();
            for other in Sort::ALL {
                assert_eq!(Cursor::parse(&sorted(other), &text), (other == sort).then_some(cursor), "{text}");
            }
        }
        let search = Wanted { search: Some("pump".to_owned()), ..Wanted::default() };
        assert_eq!(Cursor::parse(&search, "p17"), Some(Cursor::Found(17)));
        for rubbish in ["", "p", "p-1", "p0", "17", "2026-11-22", "2026-11-22_x", "' OR 1=1 --"] {
            assert_eq!(Cursor::parse(&search, rubbish), None, "{rubbish}");
            assert_eq!(Cursor::parse(&sorted(Sort::Newest), rubbish), None, "{rubbish}");
        }
    }
}
