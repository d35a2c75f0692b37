//! Telling staff, once and ahead, that a document ends.

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::i18n::format;
use crate::mail::{Button, Letter, Recipient, Template};
use crate::notifications::{Kind, Notice, Object, tell};
use crate::paths;

use super::service::today;
use super::store;

/// How many are looked up at once.
const BATCH: i64 = 100;

/// Tells whoever is responsible for what is to be renewed from today. A second run on the same day finds nothing left.
pub async fn run(ctx: &Ctx) -> Result<(), AppError> {
    let today = today(ctx);
    loop {
        let untold = store::untold(&ctx.db, today, BATCH).await?;
        let full = untold.len() == usize::try_from(BATCH).unwrap_or(usize::MAX);
        for row in untold {
            let tx = ctx.db.begin().await?;
            if !store::told(&tx, row.id, today).await? {
                continue;
            }
            if let Some((person, address, name, locale)) = store::responsible(&tx, &row).await? {
                let to = Recipient { address, name, locale: locale.unwrap_or_default() };
                let values = vec![
                    ("title", row.title.clone()),
                    ("organisation", row.organisation_name.clone()),
                    ("until", format::day(to.locale, row.valid_until)),
                    ("late", if row.valid_until < today { "yes" } else { "no" }.to_owned()),
                ];
                let button = Button::Path(paths::staff_document(row.id));
                let letter = Some(Letter { template: Template::DocumentEnds, to, values, button });
                let (organisation, object) = (Some(row.organisation_id), Object::Document(row.id));
                tell(&tx, ctx, Notice { kind: Kind::DocumentEnds, to: person, organisation, object, letter }).await?;
            }
            tx.commit().await?;
        }
        if !full {
            return Ok(());
        }
    }
}
