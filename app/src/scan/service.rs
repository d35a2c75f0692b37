//! Use cases of scanning: whether a file may be had, what is held, releasing it.

use crate::access::{Action, Relation, Scope, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::documents::model::hex;
use crate::error::{AppError, FieldErrors};
use crate::ids::VersionId;
use crate::jobs::{self, Kind, New};
use crate::preview;
use crate::sign_in::proof;
use crate::time::Instant;

use super::model::{Before, Held, Scan};
use super::policy::Release;
use super::store;

/// The longest reason, in characters.
pub const REASON_LONGEST: usize = 500;

/// Whether anybody may have the bytes of a file of which this is known.
pub fn is_readable(ctx: &Ctx, scan: Scan) -> bool {
    scan.is_readable(ctx.portal.scanner.is_some())
}

/// Why nobody may have the bytes, if nobody may.
pub fn why_held(ctx: &Ctx, scan: Scan) -> Option<&'static str> {
    (!is_readable(ctx, scan)).then(|| ctx.t(scan.held_key()))
}

/// Refuses to agree to, or to publish, what nobody may have.
pub fn check_usable(ctx: &Ctx, scan: Scan) -> Result<(), AppError> {
    why_held(ctx, scan).map_or(Ok(()), |why| Err(AppError::Conflict(why.to_owned())))
}

/// What is known of a file that just came.
pub fn initial(ctx: &Ctx) -> Scan {
    if ctx.portal.scanner.is_some() { Scan::Pending } else { Scan::NotScanned }
}

/// Has a new version looked at, in the transaction that adds it.
pub async fn enqueue(tx: &Tx, ctx: &Ctx, version: VersionId) -> Result<(), AppError> {
    let job = New::new(Kind::ScanVersion, serde_json::json!({ "version": version }));
    jobs::enqueue(tx, ctx, job.once(format!("scan:{version}"))).await.map(|_| ())
}

/// Refuses whoever has nothing to do with the quarantine.
pub fn check(ctx: &Ctx) -> Result<(), AppError> {
    use crate::access::Topic;
    let ask = |topic| allow(&ctx.actor, Action::QuarantineRelease(topic), Relation::Other, None);
    if Topic::ALL.into_iter().any(|topic| ask(topic).is_ok()) { Ok(()) } else { ask(Topic::General) }
}

/// What is held of the documents the actor may see, the newest first.
pub async fn held(ctx: &Ctx, before: Option<Before>, limit: i64) -> Result<Vec<Held>, AppError> {
    check(ctx)?;
    let before = before.unwrap_or(Before { created_at: Instant::END, id: VersionId(uuid::Uuid::max()) });
    Ok(store::held(&ctx.db, Scope::of(&ctx.actor)?, before, limit).await?)
}

/// One held version.
pub async fn find(ctx: &Ctx, id: VersionId) -> Result<Held, AppError> {
    check(ctx)?;
    let row = store::held_one(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    Ok(grant::<Release, _>(&ctx.actor, row)?.into_row())
}

/// What every event about a held file says.
pub(super) fn facts(event: Event, row: &Held) -> Event {
    let event = event
        .organisation(row.organisation_id)
        .with("version", row.number)
        .with("sha256", hex(&row.sha256))
        .with("scan", row.scan.name());
    match &row.finding {
        Some(finding) => event.with("finding", finding.clone()),
        None => event,
    }
}

/// Lets a held file be read all the same. Whoever does needs a reason, and to have proved lately who they are.
/// `seen`: what was known of it when they decided.
pub async fn release(ctx: &Ctx, id: VersionId, seen: Scan, reason: &str) -> Result<Held, AppError> {
    check(ctx)?;
    proof::require(ctx)?;
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let tx = ctx.db.begin().await?;
    let row = store::held_one(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Release, _>(&ctx.actor, row)?;
    let wrong = |text: String| Err(AppError::Invalid(FieldErrors::one("reason", text)));
    if reason.is_empty() {
        return wrong(ctx.t("scan-error-reason").to_owned());
    }
    if reason.chars().count() > REASON_LONGEST {
        return wrong(ctx.with("approval-error-long", &[("max", REASON_LONGEST.into())]));
    }
    // Whoever lets an unchecked file go has not decided about one with a finding.
    if granted.row().scan != seen || !store::release(&tx, &granted, user, ctx.now(), &reason).await? {
        return Err(AppError::Conflict(ctx.t("scan-error-changed").to_owned()));
    }
    let row = granted.into_row();
    preview::service::enqueue(&tx, ctx, row.id).await?;
    let event = Event::new("quarantine.release", "document", row.document_id.0);
    audit::record(&tx, ctx, facts(event, &row)).await?;
    tx.commit().await?;
    Ok(row)
}

/// Has a held file looked at once more: signatures are newer, or the scanner takes longer ones by now.
pub async fn again(ctx: &Ctx, id: VersionId) -> Result<Held, AppError> {
    check(ctx)?;
    let tx = ctx.db.begin().await?;
    let row = store::held_one(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Release, _>(&ctx.actor, row)?;
    if !store::again(&tx, &granted).await? {
        return Err(AppError::Conflict(ctx.t("scan-error-changed").to_owned()));
    }
    let row = granted.into_row();
    enqueue(&tx, ctx, row.id).await?;
    let event = Event::new("quarantine.scan", "document", row.document_id.0);
    audit::record(&tx, ctx, facts(event, &row)).await?;
    tx.commit().await?;
    Ok(row)
}
