//! Giving up what nobody continues.

use crate::ctx::Ctx;
use crate::error::AppError;

use super::{service, store};

/// Takes uploads away that have waited for too long. Returns how many.
pub async fn run(ctx: &Ctx) -> Result<usize, AppError> {
    let mut swept = 0;
    loop {
        let expired = store::expired(&ctx.db, ctx.now()).await?;
        if expired.is_empty() {
            return Ok(swept);
        }
        for id in expired {
            service::remove(ctx, id).await?;
            swept += 1;
        }
    }
}
