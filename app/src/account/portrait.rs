//! What a member of staff looks like: an image that they send is made anew, small and square, in the process that reads
//! hostile files, and shown to customers whose contact they are. To nobody else.

use std::time::Duration;

use ::preview::{PORTRAIT, Reason};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use crate::access::{Act, Action, Actor, Guarded, Relation, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrganisationId, UserId};
use crate::organisation::service::require_staff;
use crate::preview::{Previewer, Trouble};
use crate::time::Instant;

use super::service::oneself;

sql! {
    /// Of person `$1`, for person `$2`: themselves, or somebody of an organisation whose contact they are, and which that is.
    FIND = "SELECT x.user_id, x.sha256, x.through FROM (SELECT p.user_id, p.sha256, (SELECT s.organisation_id FROM staff_assignments s JOIN memberships m ON m.organisation_id = s.organisation_id AND m.user_id = $2 AND m.state = 'active' JOIN organisations o ON o.id = s.organisation_id AND o.state = 'active' \
        WHERE s.user_id = p.user_id AND s.is_contact ORDER BY s.organisation_id LIMIT 1) AS through FROM user_portraits p JOIN users u ON u.id = p.user_id AND u.state = 'active' AND u.staff_role IS NOT NULL WHERE p.user_id = $1) x WHERE x.user_id = $2 OR x.through IS NOT NULL";
    PNG = "SELECT png FROM user_portraits WHERE user_id = $1 AND sha256 = $2";
    OWN = "SELECT png, made_at FROM user_portraits WHERE user_id = $1";
    SAVE = "INSERT INTO user_portraits (user_id, png, sha256, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id) DO UPDATE SET png = excluded.png, sha256 = excluded.sha256, made_at = excluded.made_at";
    REMOVE = "DELETE FROM user_portraits WHERE user_id = $1";
}

/// The longest image that is taken.
pub const LONGEST: u64 = 10 * 1024 * 1024;
/// More than an image of its size has; whatever made it is not believed.
const MADE: usize = 256 * 1024;
/// How long making it may take, waiting for its turn included.
const PATIENCE: Duration = Duration::from_secs(25);

/// Somebody's portrait, as somebody sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Portrait {
    user_id: UserId,
    sha256: Vec<u8>,
    /// Through which organisation they are the contact of whoever asks.
    through: Option<OrganisationId>,
}

impl Portrait {
    /// What a browser keeps it by.
    pub fn etag(&self) -> String {
        format!("\"{}\"", crate::documents::model::hex(&self.sha256))
    }
}

impl Guarded for Portrait {
    fn organisation_id(&self) -> Option<OrganisationId> {
        self.through
    }

    fn relation(&self, actor: &Actor) -> Relation {
        match (actor.user_id() == Some(self.user_id), self.through) {
            (true, _) => Relation::Own,
            (false, Some(_)) => Relation::Addressed,
            (false, None) => Relation::Other,
        }
    }
}

/// See it.
#[derive(Debug)]
pub struct See;

impl Act<Portrait> for See {
    fn action(_: &Portrait) -> Action {
        Action::PortraitRead
    }
}

/// Somebody's portrait, for whoever may see it. Foreign and missing are the same.
pub async fn find(ctx: &Ctx, of: UserId) -> Result<Portrait, AppError> {
    let asks = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    ctx.actor.unheld()?;
    let portrait: Portrait = ctx.db.optional(FIND, args![of, asks]).await?.ok_or(AppError::NotFound)?;
    Ok(grant::<See, _>(&ctx.actor, portrait)?.into_row())
}

/// Its bytes: PNG.
pub async fn png(ctx: &Ctx, portrait: &Portrait) -> Result<Vec<u8>, AppError> {
    let row: Option<(Vec<u8>,)> = ctx.db.optional(PNG, args![portrait.user_id, portrait.sha256.clone()]).await?;
    row.map(|(png,)| png).ok_or(AppError::NotFound)
}

/// One's own, with when it was made; for the copy of one's data too.
pub async fn own(db: &Db, user: UserId) -> DbResult<Option<(Vec<u8>, Instant)>> {
    db.optional(OWN, args![user]).await
}

/// Refuses whoever has none: customers are nobody's contact. Before a byte of an image is read.
pub fn check(ctx: &Ctx) -> Result<UserId, AppError> {
    let user = oneself(ctx)?;
    require_staff(ctx)?;
    Ok(user)
}

fn refused(ctx: &Ctx, key: &'static str) -> AppError {
    AppError::Invalid(FieldErrors::one("file", ctx.t(key)))
}

/// Makes one's portrait of an image.
pub async fn save(ctx: &Ctx, previewer: &Previewer, image: Bytes) -> Result<(), AppError> {
    let user = check(ctx)?;
    if image.is_empty() {
        return Err(refused(ctx, "documents-error-file-empty"));
    }
    let png = make(ctx, previewer, image).await?;
    let tx = ctx.db.begin().await?;
    keep(&tx, ctx, user, png).await?;
    audit::record(&tx, ctx, Event::new("account.portrait", "user", user.0)).await?;
    tx.commit().await?;
    Ok(())
}

async fn keep(tx: &Tx, ctx: &Ctx, user: UserId, png: Vec<u8>) -> DbResult<()> {
    let sha256 = Sha256::digest(&png).to_vec();
    tx.execute(SAVE, args![user, png, sha256, ctx.now()]).await.map(|_| ())
}

/// Has the process that reads hostile files make it; what comes out is looked at, too.
async fn make(ctx: &Ctx, previewer: &Previewer, image: Bytes) -> Result<Vec<u8>, AppError> {
    let answer = match tokio::time::timeout(PATIENCE, previewer.portrait(image)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(Trouble::Died)) => return Err(refused(ctx, "account-error-portrait")),
        Ok(Err(trouble)) => {
            tracing::warn!(?trouble, "a portrait could not be made");
            return Err(AppError::Unavailable);
        }
        Err(_) => return Err(AppError::Unavailable),
    };
    match answer.end.reason {
        Some(Reason::Pixels) => return Err(refused(ctx, "account-error-portrait-pixels")),
        Some(_) => return Err(refused(ctx, "account-error-portrait")),
        None => {}
    }
    let page = answer.pages.into_iter().next().ok_or_else(|| refused(ctx, "account-error-portrait"))?;
    if (page.width, page.height) != (PORTRAIT, PORTRAIT) || page.png.len() > MADE {
        return Err(refused(ctx, "account-error-portrait"));
    }
    Ok(page.png)
}

/// Takes one's portrait away; where there is none, nothing happens.
pub async fn remove(ctx: &Ctx) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let tx = ctx.db.begin().await?;
    if tx.execute(REMOVE, args![user]).await? > 0 {
        audit::record(&tx, ctx, Event::new("account.portrait_remove", "user", user.0)).await?;
    }
    tx.commit().await?;
    Ok(())
}
