//! Plain types of retention.

use crate::documents::model::{Category, State};
use crate::ids::{DocumentId, OrganisationId};
use crate::time::Instant;

/// The longest time that can be set: what lasts longer is kept for good.
pub const LONGEST_DAYS: i64 = 36_500;

/// How long documents of a category are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The category.
    pub category: Category,
    /// Days after the last change, and after the last day of what is valid for longer; none: for good.
    pub keep_days: Option<i64>,
    /// The law's minimum in days.
    pub least_days: i64,
}

/// A document whose time is over.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Due {
    /// Id.
    pub id: DocumentId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Title.
    pub title: String,
    /// Category.
    pub category: Category,
    /// State.
    pub state: State,
    /// When it last changed.
    pub changed_at: Instant,
    /// How many versions go with it.
    pub versions: i64,
    /// Their bytes.
    pub bytes: i64,
}

/// Where a list of due documents continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// The last change of the last one.
    pub changed_at: Instant,
    /// Its id.
    pub id: DocumentId,
}

/// What a run would delete, or has deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents.
    pub documents: i64,
    /// Their versions.
    pub versions: i64,
    /// Their bytes.
    pub bytes: i64,
    /// Documents whose time is over and that a hold or an open approval keeps.
    pub kept: i64,
}
