//! Use cases of validity.

use crate::access::Scope;
use crate::ctx::Ctx;
use crate::day::Day;
use crate::documents::model::Document;
use crate::error::{AppError, FieldErrors};
use crate::ids::DocumentId;
use crate::organisation::service as organisation;

use super::model::{NOTICE_LONGEST, Validity};
use super::store;

/// The portal's day: what a contract calls today does not depend on where its reader is.
pub fn today(ctx: &Ctx) -> Day {
    Day::new(ctx.now().timestamp().to_zoned(ctx.portal.zone.clone()).date())
}

/// What is wrong with a validity.
pub fn check(ctx: &Ctx, validity: &Validity, errors: &mut FieldErrors) {
    if let (Some(from), Some(until)) = (validity.from, validity.until)
        && until < from
    {
        errors.add("valid_until", ctx.t("validity-error-order"));
    }
    if !(0..=NOTICE_LONGEST).contains(&validity.notice_days) {
        errors.add("notice_days", ctx.with("validity-error-notice", &[("max", NOTICE_LONGEST.into())]));
    }
}

/// A day as a date field gives it: nothing is none.
pub fn parse(ctx: &Ctx, field: &str, text: &str, errors: &mut FieldErrors) -> Option<Day> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let day = text.parse().ok();
    if day.is_none() {
        errors.add(field, ctx.t("validity-error-day"));
    }
    day
}

/// One page of what is to be renewed.
#[derive(Clone, Debug)]
pub struct Renewals {
    /// The first to end first.
    pub items: Vec<Document>,
    /// Where the next page begins, if there is one.
    pub next: Option<(Day, DocumentId)>,
}

/// What is to be renewed, for staff.
pub async fn renewals(ctx: &Ctx, after: Option<(Day, DocumentId)>, limit: i64) -> Result<Renewals, AppError> {
    organisation::require_staff(ctx)?;
    let after = after.unwrap_or((Day::FIRST, DocumentId(uuid::Uuid::nil())));
    let mut items = store::renewals(&ctx.db, Scope::of(&ctx.actor)?, today(ctx), after, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > wanted;
    items.truncate(wanted);
    let next = items.last().filter(|_| more).and_then(|last| Some((last.valid_until?, last.id)));
    Ok(Renewals { items, next })
}
