//! Whom Nordlicht and ACME have told what happens: two programs that do not exist, and so are paused.

use app::ctx::Ctx;
use app::error::AppError;
use app::webhooks::model::{State, Wanted};
use app::webhooks::{demo, event, service};

use super::world::World;

/// Makes them, if they are not there.
pub async fn add(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    if !service::list(ctx, None, None, 1).await?.items.is_empty() {
        return Ok(());
    }
    let acme = world.organisation("acme")?;
    for (author, owner, name, url) in [
        ("admin@nordlicht.example", None, "ERP", "https://erp.nordlicht.example/hooks/kontor"),
        ("anna@acme.example", Some(acme), "Purchasing", "https://purchasing.acme.example/hooks/nordlicht"),
    ] {
        let author = super::as_author(ctx, world.person(author)?, super::during_work(ctx, 30, 90)).await?;
        let events = event::offered(owner.is_none()).map(|kind| kind.name.to_owned()).collect();
        let wanted = Wanted { name: name.to_owned(), url: url.to_owned(), events };
        let (id, _) = service::create(&author, owner, wanted).await?;
        let acts = [
            ("order.create", "order.created", 92),
            ("document.publish", "document.published", 184),
            ("approval.ask", "approval.asked", 121),
            ("order.edit", "order.changed", 88),
        ];
        demo::log(ctx, id, &acts).await?;
        service::set_state(&author, id, None, State::Paused).await?;
    }
    Ok(())
}
