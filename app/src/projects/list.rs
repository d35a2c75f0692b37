//! A list of projects for whoever asks, page, program or export: all of them, or what was looked for among them.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::access::{Action, allow_any};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::error::AppError;
use crate::ids::{OrganisationId, ProjectId};
use crate::orders::model::Status;
use crate::search::list::position;
use crate::search::model::Piece;
use crate::search::walk::Page;
use crate::search::{orders, projects as search};
use crate::validity::service::today;

use super::model::{After, Project, Which};
use super::scope::Scope;
use super::{service, store};

/// In which order a list shows its projects: by what comes next, of those that are over by when they were done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The soonest day first.
    #[default]
    Soonest,
    /// The furthest day first.
    Latest,
}

impl Sort {
    /// All of them, as they are offered.
    pub const ALL: [Self; 2] = [Self::Soonest, Self::Latest];

    /// The name in addresses and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Soonest => "soonest",
            Self::Latest => "latest",
        }
    }

    /// The order with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }

    /// The Fluent key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Soonest => "projects-sort-soonest",
            Self::Latest => "projects-sort-latest",
        }
    }

    /// The order of a list for which nobody chose one: what is still to come the soonest first, anything else the last first.
    pub fn usual(which: Which, status: Option<&str>, statuses: &[Status]) -> Self {
        let open = match status {
            Some(key) => statuses.iter().any(|known| known.key == key && !known.is_final),
            None => which == Which::Open,
        };
        if open { Self::Soonest } else { Self::Latest }
    }
}

/// Which projects.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What somebody typed.
    pub search: Option<String>,
    /// Open, over, or all.
    pub which: Which,
    /// Only with this status, by its key; then `which` says nothing.
    pub status: Option<String>,
    /// Only those of which something should have come and has not, what was first first.
    pub overdue: bool,
    /// What comes next, or what is over, on this day or later.
    pub from: Option<Day>,
    /// The same, on this day or earlier.
    pub to: Option<Day>,
    /// For a customer: only through this membership. For staff: only of this customer.
    pub organisation: Option<OrganisationId>,
    /// In which order. What is looked for has an order of its own, and so has what is overdue.
    pub sort: Sort,
    /// `next` of the page before.
    pub after: Option<String>,
    /// How many.
    pub limit: i64,
}

impl Wanted {
    /// Whether any filter but the status leaves something out.
    pub fn is_narrowed(&self) -> bool {
        self.search.is_some() || self.overdue || self.from.is_some() || self.to.is_some()
    }

    /// Whether a project is one of them, words and customer aside.
    pub fn fits(&self, project: &Project, today: Day) -> bool {
        let which = match (&self.status, self.which) {
            (Some(key), _) => project.status.key == *key,
            (None, Which::All) => true,
            (None, Which::Open) => !project.status.is_final,
            (None, Which::Closed) => project.status.is_final,
        };
        which
            && (!self.overdue || project.is_late(today))
            && self.from.is_none_or(|day| project.sort_on >= day)
            && self.to.is_none_or(|day| project.sort_on <= day)
    }
}

/// Where a list continues: an opaque text outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// After this project, in the order of a list.
    Listed(Sort, After),
    /// After this one of those that are overdue.
    Late(After),
    /// Below this position of the index of words.
    Found(i64),
}

impl Cursor {
    /// A cursor of this list, or of what is looked for.
    pub fn parse(wanted: &Wanted, text: &str) -> Option<Self> {
        if wanted.search.is_some() {
            return position(text).map(Self::Found);
        }
        if wanted.overdue {
            return text.strip_prefix('o')?.parse().ok().map(Self::Late);
        }
        let rest = match wanted.sort {
            Sort::Soonest => text.strip_prefix('s')?,
            Sort::Latest => text.strip_prefix('l')?,
        };
        rest.parse().ok().map(|after| Self::Listed(wanted.sort, after))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listed(Sort::Soonest, after) => write!(f, "s{after}"),
            Self::Listed(Sort::Latest, after) => write!(f, "l{after}"),
            Self::Late(after) => write!(f, "o{after}"),
            Self::Found(at) => write!(f, "p{at}"),
        }
    }
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The projects, in the order asked for; what was looked for: those with that number, and then the last changed first.
    pub items: Vec<Project>,
    /// The words that were looked for.
    pub words: Vec<String>,
    /// What of a project has them, where its name and number do not.
    pub lines: HashMap<ProjectId, Vec<Piece>>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// A page of the projects the actor may see. `BadRequest` for a cursor that is none of ours.
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
    let after = match cursor {
        Some(Cursor::Listed(_, after) | Cursor::Late(after)) => Some(after),
        _ => None,
    };
    let (items, next) = by_day(ctx, wanted, after).await?;
    let next = next.map(|after| {
        let cursor = if wanted.overdue { Cursor::Late(after) } else { Cursor::Listed(wanted.sort, after) };
        cursor.to_string()
    });
    Ok(Listed { items, next, ..Listed::default() })
}

/// A page in the order of days; from the beginning, or after one of them.
pub(super) async fn by_day(
    ctx: &Ctx,
    wanted: &Wanted,
    after: Option<After>,
) -> Result<(Vec<Project>, Option<After>), AppError> {
    allow_any(&ctx.actor, Action::ProjectRead)?;
    let staff = ctx.actor.staff().is_some();
    let (first, last) = (wanted.from.unwrap_or(Day::FIRST), wanted.to.unwrap_or(Day::LAST));
    let (after, end) = match (wanted.overdue, wanted.sort) {
        // What is over is not late any more.
        (true, _) if wanted.status.is_none() && wanted.which == Which::Closed => return Ok((Vec::new(), None)),
        (true, _) => (after.unwrap_or(After::SOONEST), today(ctx).plus(-1)),
        (false, Sort::Soonest) => {
            let after = after.filter(|after| after.day >= first);
            (after.unwrap_or(After { day: first, ..After::SOONEST }), last)
        }
        (false, Sort::Latest) => {
            let after = after.filter(|after| after.day <= last);
            (after.unwrap_or(After { day: last, ..After::LATEST }), first)
        }
    };
    let asked = wanted.limit + 1;
    let mut rows = store::page(&ctx.db, Scope::of(&ctx.actor)?, staff, wanted, (after, end), asked).await?;
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let day = |row: &Project| if wanted.overdue { row.late_key().unwrap_or(Day::LAST) } else { row.sort_on };
    let next = rows.last().filter(|_| more).map(|last| After { day: day(last), id: last.id });
    Ok((rows.into_iter().map(|row| service::redacted(ctx, row)).collect(), next))
}

/// A page of what was looked for.
async fn found(ctx: &Ctx, wanted: &Wanted, typed: &str, before: Option<i64>) -> Result<Listed, AppError> {
    allow_any(&ctx.actor, Action::ProjectRead)?;
    let scope = Scope::of(&ctx.actor)?;
    let today = today(ctx);
    let through = |row: &Project| wanted.organisation.is_none_or(|id| row.organisation_id == id);
    // Who types a number has it at once, before the index knows of it.
    let mut exact = store::by_number(&ctx.db, scope, typed).await?;
    exact.retain(|row| through(row) && wanted.fits(row, today));
    // Those beyond the page come by the index.
    exact.truncate(usize::try_from(wanted.limit).unwrap_or(usize::MAX));
    let known: HashSet<ProjectId> = exact.iter().map(|row| row.id).collect();
    let mut listed = Listed { words: orders::words(typed), ..Listed::default() };
    if before.is_none() {
        listed.items = exact;
    }
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX).saturating_sub(listed.items.len());
    if let Some(mut walk) = search::begin(ctx, wanted, &listed.words, before, limit + 1).await? {
        let mut page = Page::of(limit);
        while let Some(positions) = walk.look(&ctx.db).await? {
            let ids: Vec<ProjectId> = positions.iter().map(|(_, id)| ProjectId(*id)).collect();
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
        let after = After { day: "2026-11-22".parse().unwrap(), id: ProjectId::new() };
        let wanted = |sort, overdue| Wanted { sort, overdue, ..Wanted::default() };
        let lists = [(Sort::Soonest, false), (Sort::Latest, false), (Sort::Soonest, true)];
        let cursors = [Cursor::Listed(Sort::Soonest, after), Cursor::Listed(Sort::Latest, after), Cursor::Late(after)];
        for (list, cursor) in lists.iter().zip(cursors) {
            let text = cursor.to_string();
            for other in lists {
                let parsed = Cursor::parse(&wanted(other.0, other.1), &text);
                assert_eq!(parsed, (other == *list).then_some(cursor), "{text}");
            }
        }
        let search = Wanted { search: Some("hall".to_owned()), ..Wanted::default() };
        assert_eq!(Cursor::parse(&search, "p17"), Some(Cursor::Found(17)));
        for rubbish in ["", "p", "p-1", "p0", "17", "2026-11-22", "s2026-11-22_x", "' OR 1=1 --"] {
            assert_eq!(Cursor::parse(&search, rubbish), None, "{rubbish}");
            assert_eq!(Cursor::parse(&wanted(Sort::Soonest, false), rubbish), None, "{rubbish}");
        }
    }
}
