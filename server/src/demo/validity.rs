//! What of the demo's papers ends: one soon, one that begins next year.

use app::ctx::Ctx;
use app::day::Day;
use app::documents::model::EditDocument;
use app::documents::service::{self, Seen};
use app::error::AppError;
use app::validity::model::Validity;
use app::validity::service::today;

use super::world::World;

/// Says so of those that nobody has said it of.
pub async fn add(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    let today = today(ctx);
    let year = |text: &str| text.parse::<Day>().ok();
    let next = i32::from(today.date().year()) + 1;
    let terms = Validity { from: Some(today.plus(-341)), until: Some(today.plus(24)), notice_days: 30 };
    let maintenance =
        Validity { from: year(&format!("{next}-01-01")), until: year(&format!("{next}-12-31")), notice_days: 90 };
    let ctx = &super::as_author(ctx, world.person("pm@nordlicht.example")?, super::during_work(ctx, 5, 420)).await?;
    for (title, validity) in
        [("Liefer- und Zahlungsbedingungen".to_owned(), terms), (format!("Onderhoudscontract {next}"), maintenance)]
    {
        let Some(id) = app::demo::document(&ctx.db, &title).await? else { continue };
        if service::find(ctx, id).await?.valid_until.is_none() {
            let edit = EditDocument { validity: Some(validity), ..EditDocument::default() };
            service::edit(ctx, id, &Seen::default(), edit).await?;
        }
    }
    Ok(())
}
