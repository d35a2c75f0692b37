//! Use cases of the rules of categories.

use std::sync::Arc;

use crate::access::{Action, Actor, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::documents::model::{Category, Document, State};
use crate::error::{AppError, FieldErrors};
use crate::etag;
use crate::files::{FileName, media_type};
use crate::i18n::format;
use crate::validity::model::NOTICE_LONGEST;

use super::file_kind::FileKind;
use super::model::{AllRules, Rules};
use super::store;

/// The furthest deadline that is offered, in days.
pub const APPROVAL_LONGEST: i64 = 365;
/// The longest validity, in days.
pub const VALID_LONGEST: i64 = 36_500;

/// Refuses whoever may not change the rules.
pub fn check_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::SettingsManage, Relation::Other, None)
}

/// The rules of every category, for whoever sees how the portal is set up.
pub async fn all(ctx: &Ctx) -> Result<AllRules, AppError> {
    allow(&ctx.actor, Action::SettingsRead, Relation::Other, None)?;
    Ok(store::all(&ctx.db).await?)
}

/// The rules of one category, for the same.
pub async fn of(ctx: &Ctx, category: Category) -> Result<Rules, AppError> {
    allow(&ctx.actor, Action::SettingsRead, Relation::Other, None)?;
    Ok(store::of(&ctx.db, category).await?)
}

/// Whether the actor's role publishes in a category, as far as the policy lets it at all.
pub fn lets_publish(actor: &Actor, rules: &Rules) -> bool {
    actor.staff().is_some_and(|role| rules.lets_publish(role))
}

/// A short digest of rules: saving notices that somebody else has changed them since. The ETag.
pub fn digest(rules: &Rules) -> String {
    etag::digest(&format!("{rules:?}"))
}

/// Sets the rules of a category. `seen`: the digest of those that were looked at.
///
/// # Errors
/// `Invalid` by field; `Stale` where somebody was faster.
pub async fn set(ctx: &Ctx, wanted: &Rules, seen: Option<&str>) -> Result<Rules, AppError> {
    check_manage(ctx)?;
    let mut errors = FieldErrors::default();
    if wanted.kinds.is_empty() {
        errors.add("kinds", ctx.t("categories-error-kinds"));
    }
    if wanted.size_limit.is_some_and(|bytes| bytes <= 0) {
        errors.add("size", ctx.t("categories-error-size"));
    }
    if !(1..=APPROVAL_LONGEST).contains(&wanted.approval_days) {
        errors.add("approval_days", ctx.with("retention-error-days", &[("max", APPROVAL_LONGEST.into())]));
    }
    if wanted.valid_days.is_some_and(|days| !(1..=VALID_LONGEST).contains(&days)) {
        errors.add("valid_days", ctx.with("retention-error-days", &[("max", VALID_LONGEST.into())]));
    }
    if !(0..=NOTICE_LONGEST).contains(&wanted.notice_days) {
        errors.add("notice_days", ctx.with("validity-error-notice", &[("max", NOTICE_LONGEST.into())]));
    }
    errors.into_result()?;
    let tx = ctx.db.begin().await?;
    store::lock(&tx).await?;
    let before = store::of(&tx, wanted.category).await?;
    if etag::is_stale(seen, &digest(&before)) {
        return Err(AppError::Stale);
    }
    if before == *wanted {
        return Ok(before);
    }
    store::set(&tx, wanted).await?;
    let size = |rules: &Rules| rules.size_limit.map(|bytes| bytes.to_string()).unwrap_or_default();
    let days = |rules: &Rules| rules.valid_days.map(|days| days.to_string()).unwrap_or_default();
    let facts = [
        ("kinds", "kinds_before", store::kinds(wanted), store::kinds(&before)),
        ("size_limit", "size_limit_before", size(wanted), size(&before)),
        ("publishers", "publishers_before", store::publishers(wanted), store::publishers(&before)),
        ("audience", "audience_before", wanted.audience.to_owned(), before.audience.to_owned()),
        ("approval", "approval_before", wanted.approval.text(), before.approval.text()),
        ("approval_days", "approval_days_before", wanted.approval_days.to_string(), before.approval_days.to_string()),
        ("valid_days", "valid_days_before", days(wanted), days(&before)),
        ("notice_days", "notice_days_before", wanted.notice_days.to_string(), before.notice_days.to_string()),
        (
            "customers_send",
            "customers_send_before",
            wanted.customers_send.to_string(),
            before.customers_send.to_string(),
        ),
        ("watermark", "watermark_before", wanted.watermark.to_string(), before.watermark.to_string()),
    ];
    let mut event = Event::new("category.edit", "category", None).with("category", wanted.category.key());
    for (name, was, after, before) in facts {
        if after != before {
            event = event.with(was, before).with(name, after);
        }
    }
    audit::record(&tx, ctx, event).await?;
    let all = store::all(&tx).await?;
    tx.commit().await?;
    ctx.portal.categories.set(Arc::new(all));
    Ok(wanted.clone())
}

/// Whether a category takes a file that begins like this; in words otherwise.
pub fn check_file(ctx: &Ctx, rules: &Rules, head: &[u8], name: &FileName) -> Result<(), String> {
    let kind = FileKind::of(media_type(head, name));
    if rules.kinds.contains(&kind) {
        return Ok(());
    }
    if kind == FileKind::Program {
        return Err(ctx.t("categories-error-program").to_owned());
    }
    let kind = ctx.t(kind.label_key());
    Err(ctx.with("categories-error-kind", &[("kind", kind.into()), ("allowed", kinds_in_words(ctx, rules).into())]))
}

/// Why a document cannot be moved into a category; its file, and who publishes there.
pub fn why_not(ctx: &Ctx, rules: &Rules, document: &Document) -> Option<String> {
    if document.state == State::Published && !lets_publish(&ctx.actor, rules) {
        return Some(ctx.t("categories-error-publisher").to_owned());
    }
    let (media_type, size) = (document.media_type.as_deref()?, document.size?);
    let kind = FileKind::of(media_type);
    if !rules.kinds.contains(&kind) {
        let allowed = kinds_in_words(ctx, rules);
        let kind = ctx.t(kind.label_key());
        return Some(ctx.with("categories-error-kind", &[("kind", kind.into()), ("allowed", allowed.into())]));
    }
    let limit = rules.size_limit.filter(|limit| size > *limit)?;
    let limit = format::size(ctx.locale, limit);
    Some(ctx.with("documents-error-file-large", &[("size", limit.into())]))
}

/// What a category takes, in words.
pub fn kinds_in_words(ctx: &Ctx, rules: &Rules) -> String {
    rules.kinds.iter().map(|kind| ctx.t(kind.label_key())).collect::<Vec<_>>().join(", ")
}
