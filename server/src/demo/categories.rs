//! Where customers of the demo may send files without being asked.

use app::categories::model::Rules;
use app::categories::{service, store};
use app::ctx::Ctx;
use app::documents::model::Category;
use app::error::AppError;

use super::world::World;

/// Opens one category.
pub async fn open(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    let ctx = &super::as_author(ctx, world.person("admin@nordlicht.example")?, super::during_work(ctx, 6, 60)).await?;
    let rules = store::of(&ctx.db, Category::Other).await?;
    if !rules.customers_send {
        service::set(ctx, &Rules { customers_send: true, ..rules }, None).await?;
    }
    Ok(())
}
