//! Use cases of whoever writes announcements. What their readers see is in [`super::current`].

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;
use crate::idempotency;
use crate::ids::{AnnouncementId, GroupId};
use crate::organisation::administer;
use crate::organisation::model::Group;

use super::model::{Announcement, Audience, Reach, Seen, State, Wanted};
use super::{begin, store};

/// The longest title, in characters.
pub const TITLE_LONGEST: usize = 120;
/// The longest text, in characters.
pub const TEXT_LONGEST: usize = 2000;

/// Whether the actor sees the list of announcements.
pub fn may_read(ctx: &Ctx) -> bool {
    check_read(ctx).is_ok()
}

/// Whether the actor writes announcements.
pub fn may_manage(ctx: &Ctx) -> bool {
    check_manage(ctx).is_ok()
}

fn check_read(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::AnnouncementRead, Relation::Other, None)
}

/// Refuses whoever may not write any.
pub fn check_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::AnnouncementManage, Relation::Other, None)
}

/// A page of the list.
#[derive(Debug)]
pub struct Page {
    /// The newest first.
    pub items: Vec<Announcement>,
    /// Where the next page begins.
    pub next: Option<AnnouncementId>,
}

/// Announcements, drafts too, the newest first.
pub async fn list(ctx: &Ctx, before: Option<AnnouncementId>, limit: i64) -> Result<Page, AppError> {
    check_read(ctx)?;
    let before = before.unwrap_or(AnnouncementId(uuid::Uuid::max()));
    let mut items = store::list(&ctx.db, before, limit + 1).await?;
    let more = items.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = items.last().map(|last| last.id).filter(|_| more);
    Ok(Page { items, next })
}

/// An announcement with what its page says of it.
#[derive(Debug)]
pub struct Detail {
    /// The announcement.
    pub row: Announcement,
    /// The groups it is for.
    pub groups: Vec<GroupId>,
    /// How many it is for, as it is now.
    pub reach: Reach,
    /// How many it has reached.
    pub seen: Seen,
}

/// One of them.
pub async fn find(ctx: &Ctx, id: AnnouncementId) -> Result<Detail, AppError> {
    check_read(ctx)?;
    let row = store::find(&ctx.db, id).await?.ok_or(AppError::NotFound)?;
    let groups = store::groups(&ctx.db, id).await?;
    let reach = store::reach(&ctx.db, id, row.audience).await?;
    let seen = store::seen(&ctx.db, id).await?;
    Ok(Detail { row, groups, reach, seen })
}

/// The groups there are to choose from.
pub async fn groups(ctx: &Ctx) -> Result<Vec<Group>, AppError> {
    check_read(ctx)?;
    administer::all_groups(ctx).await
}

fn cleaned(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").trim().nfc().filter(|c| *c == '\n' || !c.is_control()).collect();
    text
}

/// What is wanted as it is kept, with everything that is wrong with it.
fn checked(ctx: &Ctx, mut wanted: Wanted) -> Result<Wanted, AppError> {
    let mut errors = FieldErrors::default();
    for (locale, (title, text)) in Locale::ALL.into_iter().zip(&mut wanted.versions) {
        *title = cleaned(title).split_whitespace().collect::<Vec<_>>().join(" ");
        *text = cleaned(text);
        let field = |what: &str| format!("{what}_{}", locale.tag());
        let long = |max: usize| ctx.with("approval-error-long", &[("max", max.into())]);
        if title.chars().count() > TITLE_LONGEST {
            errors.add(&field("title"), long(TITLE_LONGEST));
        }
        if text.chars().count() > TEXT_LONGEST {
            errors.add(&field("text"), long(TEXT_LONGEST));
        }
        if title.is_empty() && !text.is_empty() {
            errors.add(&field("title"), ctx.t("announcements-error-title"));
        }
    }
    if wanted.versions.iter().all(|(title, text)| title.is_empty() && text.is_empty()) {
        errors.add(&format!("title_{}", ctx.locale.tag()), ctx.t("announcements-error-no-version"));
    }
    if wanted.audience == Audience::Groups && wanted.groups.is_empty() {
        errors.add("groups", ctx.t("announcements-error-groups"));
    }
    if let (Some(start), Some(end)) = (wanted.starts_at, wanted.ends_at)
        && end <= start
    {
        errors.add("ends_at", ctx.t("announcements-error-order"));
    }
    errors.into_result()?;
    wanted.groups.sort_unstable();
    wanted.groups.dedup();
    Ok(wanted)
}

/// Pages show it from now on; other machines follow within seconds.
async fn tell(ctx: &Ctx) -> Result<(), AppError> {
    ctx.portal.announcements.set(Arc::new(store::current(&ctx.db, ctx.now()).await?));
    Ok(())
}

/// Writes a draft. With an `Idempotency-Key`, a repetition returns the first one.
///
/// # Errors
/// `Invalid` by field.
pub async fn create(ctx: &Ctx, wanted: Wanted) -> Result<AnnouncementId, AppError> {
    check_manage(ctx)?;
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return Ok(AnnouncementId(id));
    }
    let wanted = checked(ctx, wanted)?;
    let id = AnnouncementId::new();
    let tx = ctx.db.begin().await?;
    match idempotency::claim(&tx, ctx, id.0, 0).await {
        Err(AppError::Conflict(text)) => {
            drop(tx);
            let (id, _) = idempotency::replay(&ctx.db, ctx).await?.ok_or(AppError::Conflict(text))?;
            return Ok(AnnouncementId(id));
        }
        other => other?,
    }
    store::insert(&tx, id, &wanted, ctx.actor.user_id(), ctx.now()).await?;
    let event = Event::new("announcement.create", "announcement", id.0).with("audience", wanted.audience.name());
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes one that was seen at this revision; without one, whatever it is. What is published changes on every page.
///
/// # Errors
/// `Invalid` by field; `Stale` where somebody was faster.
pub async fn edit(ctx: &Ctx, id: AnnouncementId, revision: Option<i64>, wanted: Wanted) -> Result<(), AppError> {
    check_manage(ctx)?;
    let wanted = checked(ctx, wanted)?;
    let tx = ctx.db.begin().await?;
    let row = store::find(&tx, id).await?.ok_or(AppError::NotFound)?;
    if !store::update(&tx, id, revision.unwrap_or(row.revision), &wanted).await? {
        return Err(AppError::Stale);
    }
    begin::wait(&tx, ctx, &row, wanted.starts_at).await?;
    let event = Event::new("announcement.edit", "announcement", id.0).with("audience", wanted.audience.name());
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    tell(ctx).await
}

/// Publishes it, or takes it back, as it was seen at this revision.
///
/// # Errors
/// `Stale` where somebody was faster.
pub async fn set_state(ctx: &Ctx, id: AnnouncementId, revision: Option<i64>, state: State) -> Result<(), AppError> {
    check_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    let row = store::find(&tx, id).await?.ok_or(AppError::NotFound)?;
    if state == State::Published && row.ends_at.is_some_and(|end| end <= ctx.now()) {
        return Err(AppError::Invalid(FieldErrors::one("ends_at", ctx.t("announcements-error-past"))));
    }
    if !store::set_state(&tx, id, revision.unwrap_or(row.revision), state, ctx.now()).await? {
        return Err(AppError::Stale);
    }
    begin::wait(&tx, ctx, &Announcement { state, ..row.clone() }, row.starts_at).await?;
    let event = match state {
        State::Published => Event::new("announcement.publish", "announcement", id.0),
        _ => Event::new("announcement.withdraw", "announcement", id.0),
    };
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    tell(ctx).await
}
