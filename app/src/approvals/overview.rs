//! Who has not decided yet: documents by people, over all customers that a member of staff sees.

use std::collections::BTreeSet;

use crate::access::{Action, Actor, Relation, Role, Scope, Topic, policy};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Value;
use crate::documents::model::Category;
use crate::error::AppError;
use crate::ids::{ApprovalId, OrganisationId};
use crate::time::Instant;

use super::model::{Approval, Round};
use super::{ranges, store};

/// As many late ones are counted; with more of them the exact number helps nobody.
pub const MOST_COUNTED: i64 = 1_000;

/// Which approvals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Open ones, the soonest first.
    #[default]
    Open,
    /// Those of them whose time is over.
    Late,
    /// Those that are over, the latest first.
    Over,
}

impl Which {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Late, Self::Over];

    /// The name in addresses and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Late => "late",
            Self::Over => "over",
        }
    }

    /// The one with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.name() == name)
    }
}

/// Where a page of the list continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// The deadline of the last one.
    pub due_at: Instant,
    /// Its id.
    pub id: ApprovalId,
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:x}-{}", self.due_at.0, self.id.0.simple())
    }
}

impl std::str::FromStr for After {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('-').ok_or(())?;
        let due_at = Instant(i64::from_str_radix(at, 16).map_err(|_| ())?);
        Ok(Self { due_at, id: id.parse().map_err(|_| ())? })
    }
}

/// What a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Open, late or over.
    pub which: Which,
    /// Only of this customer.
    pub organisation: Option<OrganisationId>,
    /// Only of this category.
    pub category: Option<Category>,
    /// Continue after this.
    pub after: Option<After>,
    /// How many.
    pub limit: i64,
}

/// An approval with what the list says of its document.
#[derive(Clone, Debug)]
pub struct Row {
    /// The approval and who was asked.
    pub round: Round,
    /// The document's title.
    pub title: String,
    /// Its category.
    pub category: Category,
    /// The customer.
    pub organisation_name: String,
    /// Its number.
    pub organisation_number: String,
}

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(flatten)]
    approval: Approval,
    title: String,
    category: Category,
    organisation_name: String,
    organisation_number: String,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the next page begins.
    pub next: Option<After>,
}

/// Whether this member of staff sees who reads documents of any kind.
pub fn may_open(actor: &Actor) -> bool {
    let Some(staff) = actor.staff() else { return false };
    Topic::ALL.into_iter().any(|topic| {
        [Relation::Assigned, Relation::Other].into_iter().any(|relation| {
            let action = Action::DocumentAudience(topic);
            policy::allowed(Role::Staff(staff), action, relation) && actor.within_door(action)
        })
    })
}

/// Asks whether the actor sees the list; answers what of it.
pub fn check(ctx: &Ctx) -> Result<Scope, AppError> {
    if ctx.actor.is_anonymous() {
        return Err(AppError::Unauthenticated);
    }
    ctx.actor.unheld()?;
    if may_open(&ctx.actor) { Ok(Scope::of(&ctx.actor)?) } else { Err(AppError::Forbidden) }
}

/// A statement's arguments, as many as it has.
fn exactly<const N: usize>(values: impl Iterator<Item = Value>) -> Result<[Value; N], AppError> {
    values.collect::<Vec<_>>().try_into().map_err(|_| AppError::Internal)
}

/// A page of approvals that the member of staff sees.
pub async fn list(ctx: &Ctx, filter: Filter) -> Result<Listed, AppError> {
    let scope = check(ctx)?;
    // A category is of one topic: the ranges of the others need not be looked at.
    let scope = filter.category.map_or(scope, |category| scope.about(category.topic()));
    let mut stored = if filter.which == Which::Over { over(ctx, scope, &filter).await? } else { open(ctx, scope, &filter).await? };
    let more = stored.len() > usize::try_from(filter.limit).unwrap_or(usize::MAX);
    stored.truncate(usize::try_from(filter.limit).unwrap_or(usize::MAX));
    let approvals = stored.iter().map(|row| row.approval.clone()).collect();
    let rounds = store::rounds(&ctx.db, approvals).await?;
    let rows: Vec<Row> = stored
        .into_iter()
        .zip(rounds)
        .map(|(row, round)| Row {
            round,
            title: row.title,
            category: row.category,
            organisation_name: row.organisation_name,
            organisation_number: row.organisation_number,
        })
        .collect();
    let last = rows.last().map(|row| After { due_at: row.round.approval.due_at, id: row.round.approval.id });
    Ok(Listed { next: last.filter(|_| more), rows })
}

/// The key before every other.
fn first() -> After {
    After { due_at: Instant(i64::MIN), id: ApprovalId(uuid::Uuid::nil()) }
}

async fn open(ctx: &Ctx, scope: Scope, filter: &Filter) -> Result<Vec<Stored>, AppError> {
    let after = filter.after.unwrap_or_else(first);
    let until = if filter.which == Which::Late { ctx.now() } else { Instant::END };
    let keys = [Value::from(filter.limit + 1), until.into(), after.due_at.into(), after.id.into()];
    let values = scope.values().into_iter().chain(keys);
    let category = filter.category.map(|category| Value::from(category.key()));
    Ok(match (filter.organisation, category) {
        (None, None) => ctx.db.all(ranges::OPEN, exactly(values)?).await?,
        (None, Some(category)) => ctx.db.all(ranges::OPEN_IN_CATEGORY, exactly(values.chain([category]))?).await?,
        (Some(id), None) => ctx.db.all(ranges::OPEN_OF_ORGANISATION, exactly(values.chain([id.into()]))?).await?,
        (Some(id), Some(category)) => {
            let values = exactly(values.chain([id.into(), category]))?;
            ctx.db.all(ranges::OPEN_OF_ORGANISATION_IN_CATEGORY, values).await?
        }
    })
}

async fn over(ctx: &Ctx, scope: Scope, filter: &Filter) -> Result<Vec<Stored>, AppError> {
    let before = filter.after.map_or(ApprovalId(uuid::Uuid::max()), |after| after.id);
    let values = scope.values().into_iter().chain([Value::from(filter.limit + 1), before.into()]);
    let category = filter.category.map(|category| Value::from(category.key()));
    Ok(match (filter.organisation, category) {
        (None, None) => ctx.db.all(ranges::OVER, exactly(values)?).await?,
        (None, Some(category)) => ctx.db.all(ranges::OVER_IN_CATEGORY, exactly(values.chain([category]))?).await?,
        (Some(id), None) => ctx.db.all(ranges::OVER_OF_ORGANISATION, exactly(values.chain([id.into()]))?).await?,
        (Some(id), Some(category)) => {
            let values = exactly(values.chain([id.into(), category]))?;
            ctx.db.all(ranges::OVER_OF_ORGANISATION_IN_CATEGORY, values).await?
        }
    })
}

/// Notes that somebody takes the list away as a file.
pub async fn begin_export(ctx: &Ctx) -> Result<(), AppError> {
    check(ctx)?;
    let tx = ctx.db.begin().await?;
    audit::record(&tx, ctx, Event::new("approval.export", "approval", None)).await?;
    tx.commit().await?;
    Ok(())
}

/// How many are late, counted as far as [`MOST_COUNTED`].
pub async fn late(ctx: &Ctx) -> Result<i64, AppError> {
    let scope = check(ctx)?;
    let after = first();
    let keys = [Value::from(MOST_COUNTED), ctx.now().into(), after.due_at.into(), after.id.into()];
    let (count,): (i64,) = ctx.db.one(ranges::LATE, exactly(scope.values().into_iter().chain(keys))?).await?;
    Ok(count)
}

/// The people who were asked in any of these, by name: the columns of the matrix.
pub fn people(rows: &[&Row]) -> Vec<(crate::ids::UserId, String, bool)> {
    let mut known = BTreeSet::new();
    let mut people: Vec<_> = rows
        .iter()
        .flat_map(|row| &row.round.seats)
        .filter(|seat| known.insert(seat.user_id))
        .map(|seat| (seat.user_id, seat.name.clone(), seat.signed_in))
        .collect();
    people.sort_by(|a, b| a.1.cmp(&b.1));
    people
}
