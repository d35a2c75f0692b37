//! Tags of some of the demo's papers.

use app::ctx::Ctx;
use app::documents::model::EditDocument;
use app::documents::service::{self, Seen};
use app::error::AppError;

use super::world::World;

/// Tags, by title.
const TAGS: [(&str, &[&str]); 3] = [
    ("Technical specification RF-400", &["RF-400", "Hall 3"]),
    ("Layout drawing hall 3, sheet 4", &["Hall 3", "Line 2"]),
    ("Liefer- und Zahlungsbedingungen", &["AGB"]),
];

/// Gives them to those that have none.
pub async fn add(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    let ctx = &super::as_author(ctx, world.person("pm@nordlicht.example")?, super::during_work(ctx, 4, 500)).await?;
    for (title, tags) in TAGS {
        let Some(id) = app::demo::document(&ctx.db, title).await? else { continue };
        if service::find(ctx, id).await?.tags.is_empty() {
            let tags = Some(tags.iter().map(|name| (*name).to_owned()).collect());
            service::edit(ctx, id, &Seen::default(), EditDocument { tags, ..EditDocument::default() }).await?;
        }
    }
    Ok(())
}
