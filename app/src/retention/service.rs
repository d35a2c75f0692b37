//! Use cases of retention: what the rules are, what they would delete today, and what is kept in spite of them.

use crate::access::{Action, Relation, Scope, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::documents;
use crate::documents::changes::{self, Changing};
use crate::documents::model::{Category, Document};
use crate::documents::policy::Edit;
use crate::error::{AppError, FieldErrors};
use crate::etag;
use crate::ids::DocumentId;
use crate::sign_in::proof;
use crate::validity::service::today;

use super::delete;
use super::model::{After, Due, LONGEST_DAYS, Rule, Totals};
use super::store::{self, Moment};

/// The longest reason for a hold, in characters.
const REASON_LONGEST: usize = 500;

fn check_read(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::SettingsRead, Relation::Other, None)
}

/// Refuses whoever may not change the rules.
pub fn check_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::SettingsManage, Relation::Other, None)
}

/// The rule of every category.
pub async fn rules(ctx: &Ctx) -> Result<Vec<Rule>, AppError> {
    check_read(ctx)?;
    Ok(store::rules(&ctx.db).await?)
}

/// A short digest of rules, so that saving can notice that somebody else has changed them since.
pub fn digest(rules: &[Rule]) -> String {
    let text: Vec<String> =
        rules.iter().map(|r| format!("{}:{:?}:{}", r.category.key(), r.keep_days, r.least_days)).collect();
    etag::digest(&text.join(" "))
}

/// Sets rules. Nobody sets less than the law's minimum. `seen`: the digest of those that were looked at.
///
/// # Errors
/// `Invalid` by field; `Stale` where somebody was faster.
pub async fn set_rules(ctx: &Ctx, wanted: &[Rule], seen: Option<&str>) -> Result<Vec<Rule>, AppError> {
    check_manage(ctx)?;
    let mut errors = FieldErrors::default();
    for rule in wanted {
        let field = |name: &str| format!("{name}_{}", rule.category.key());
        if !(0..=LONGEST_DAYS).contains(&rule.least_days) {
            errors.add(&field("least"), ctx.with("retention-error-days", &[("max", LONGEST_DAYS.into())]));
        }
        match rule.keep_days {
            Some(days) if !(1..=LONGEST_DAYS).contains(&days) => {
                errors.add(&field("keep"), ctx.with("retention-error-days", &[("max", LONGEST_DAYS.into())]));
            }
            Some(days) if days < rule.least_days => {
                errors.add(&field("keep"), ctx.with("retention-error-least", &[("least", rule.least_days.into())]));
            }
            _ => {}
        }
    }
    errors.into_result()?;
    let tx = ctx.db.begin().await?;
    store::lock(&tx).await?;
    let before = store::rules(&tx).await?;
    if etag::is_stale(seen, &digest(&before)) {
        return Err(AppError::Stale);
    }
    for rule in wanted.iter().filter(|rule| !before.contains(rule)) {
        store::set_rule(&tx, rule).await?;
        let words = |days: Option<i64>| days.map_or_else(|| "for good".to_owned(), |days| days.to_string());
        let was = before.iter().find(|known| known.category == rule.category).and_then(|known| known.keep_days);
        let event = Event::new("retention.edit", "retention", None)
            .with("category", rule.category.key())
            .with("keep_days", words(rule.keep_days))
            .with("keep_days_before", words(was))
            .with("least_days", rule.least_days);
        audit::record(&tx, ctx, event).await?;
    }
    tx.commit().await?;
    rules(ctx).await
}

/// Now, as the rules count it.
pub(super) fn moment(ctx: &Ctx) -> Moment {
    Moment { now: ctx.now(), today: today(ctx) }
}

/// What would be deleted now, the longest due first.
pub async fn due(ctx: &Ctx, after: Option<After>, limit: i64) -> Result<Vec<Due>, AppError> {
    check_read(ctx)?;
    let first = After { changed_at: crate::time::Instant(i64::MIN), id: DocumentId(uuid::Uuid::nil()) };
    Ok(store::due(&ctx.db, moment(ctx), after.unwrap_or(first), limit).await?)
}

/// How much would be deleted now.
pub async fn totals(ctx: &Ctx) -> Result<Totals, AppError> {
    check_read(ctx)?;
    Ok(store::totals(&ctx.db, moment(ctx)).await?)
}

/// Deletes what is due now.
pub async fn run(ctx: &Ctx) -> Result<Totals, AppError> {
    check_manage(ctx)?;
    // Nothing brings them back: a session that was left open is not enough.
    proof::require(ctx)?;
    delete::run(ctx).await
}

/// Why a document is kept in spite of the rules, for staff who see it.
pub async fn held(ctx: &Ctx, document: &Document) -> Result<Option<String>, AppError> {
    Ok(store::held(&ctx.db, document.id).await?)
}

/// Keeps a document in spite of the rules, with the reason; or, without one, no longer.
pub async fn hold(ctx: &Ctx, id: DocumentId, reason: Option<&str>) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    documents::store::lock(&tx, id).await?;
    let row = documents::store::find(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Edit, _>(&ctx.actor, row)?;
    let reason = reason.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    if let Some(reason) = &reason {
        if reason.is_empty() {
            return Err(AppError::Invalid(FieldErrors::one("reason", ctx.t("retention-error-reason"))));
        }
        if reason.chars().count() > REASON_LONGEST {
            let text = ctx.with("approval-error-long", &[("max", REASON_LONGEST.into())]);
            return Err(AppError::Invalid(FieldErrors::one("reason", text)));
        }
    }
    let held = store::held(&tx, id).await?;
    if held == reason {
        return Ok(());
    }
    store::hold(&tx, &granted, reason.as_deref()).await?;
    let changing = [Changing { field: "hold", old: held.unwrap_or_default(), new: reason.clone().unwrap_or_default() }];
    let change = changes::write(&tx, id, &changing).await?;
    let event = match reason {
        Some(_) => Event::new("document.hold", "document", id.0),
        None => Event::new("document.release", "document", id.0),
    };
    let event = event.organisation(granted.row().organisation_id);
    let event = match change {
        Some(change) => event.with("change", change),
        None => event,
    };
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Days as a field gives them: nothing is for good.
pub fn parse_days(text: &str) -> Option<Option<i64>> {
    let text = text.trim();
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}

/// The category of a rule by its key.
pub fn category(key: &str) -> Option<Category> {
    Category::parse(key)
}
