//! What the people of the demo were told: all that has happened, spread like everybody's; what is some days old they have seen.

use std::time::Duration;

use app::ctx::Ctx;
use app::error::AppError;
use app::notifications::spread;

/// So far back the bell still says something new.
const NEW: Duration = Duration::from_secs(5 * 24 * 3600);

/// Spreads the demo's trail.
pub async fn add(ctx: &Ctx) -> Result<(), AppError> {
    spread::run(ctx).await?;
    let tx = ctx.db.begin().await?;
    app::demo::settle_notifications(&tx, ctx.now().minus(NEW)).await?;
    tx.commit().await?;
    Ok(())
}
