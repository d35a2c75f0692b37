//! Use cases of saved views.

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::ids::{SavedViewId, UserId};

use super::model::{List, SavedView};
use super::store;

/// Of one list, at most: they stand in one row.
const MOST: usize = 20;
/// Letters of a name.
pub const NAME_LONGEST: u32 = 60;
/// Bytes of a query.
const QUERY_LONGEST: usize = 1000;

fn owner(ctx: &Ctx) -> Result<UserId, AppError> {
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    ctx.actor.user_id().ok_or(AppError::Unauthenticated)
}

/// Whether the actor may have views at all: asked before anything they sent is looked at.
pub fn check(ctx: &Ctx) -> Result<(), AppError> {
    owner(ctx).map(|_| ())
}

/// The actor's views of a list, by name. Who looks as somebody else sees none.
pub async fn all(ctx: &Ctx, list: List) -> Result<Vec<SavedView>, AppError> {
    let Some(user) = ctx.actor.user_id().filter(|_| ctx.actor.viewer().is_none()) else { return Ok(Vec::new()) };
    Ok(store::all(&ctx.db, user, list.path(), i64::try_from(MOST).unwrap_or(i64::MAX)).await?)
}

/// Saves how the actor sees a list under a name. Answers the view with the query it leads to.
pub async fn save(ctx: &Ctx, list: List, name: &str, query: &str) -> Result<SavedView, AppError> {
    let user = owner(ctx)?;
    let name = name.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let name = name.collect::<Vec<_>>().join(" ");
    let query = list.normal(query);
    let refuse = |text: String| Err(AppError::Invalid(FieldErrors::one("name", text)));
    if name.is_empty() {
        return refuse(ctx.t("views-error-name").to_owned());
    }
    if name.chars().count() > NAME_LONGEST as usize {
        return refuse(ctx.with("views-error-long", &[("max", NAME_LONGEST.into())]));
    }
    if query.is_empty() || query.len() > QUERY_LONGEST {
        return refuse(ctx.t("views-error-empty").to_owned());
    }
    let tx = ctx.db.begin().await?;
    let known = store::all(&tx, user, list.path(), i64::MAX).await?;
    if known.len() >= MOST && known.iter().all(|view| view.name != name) {
        return refuse(ctx.with("views-error-many", &[("max", MOST.into())]));
    }
    let view = SavedView { id: SavedViewId::new(), name, query };
    store::save(&tx, user, list.path(), &view, ctx.now()).await?;
    audit::record(&tx, ctx, Event::new("view.save", "user", user.0).with("list", list.path())).await?;
    tx.commit().await?;
    // What had the name before keeps its id.
    let id = known.iter().find(|known| known.name == view.name).map_or(view.id, |known| known.id);
    Ok(SavedView { id, ..view })
}

/// Removes one of the actor's views.
pub async fn remove(ctx: &Ctx, id: SavedViewId) -> Result<(), AppError> {
    let user = owner(ctx)?;
    let tx = ctx.db.begin().await?;
    if !store::remove(&tx, user, id).await? {
        return Err(AppError::NotFound);
    }
    audit::record(&tx, ctx, Event::new("view.remove", "user", user.0)).await?;
    tx.commit().await?;
    Ok(())
}
