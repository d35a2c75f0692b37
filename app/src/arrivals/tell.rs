//! Telling staff what customers sent: a while after the first file of one sender, so that ten files are told once.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::AppError;
use crate::ids::{OrganisationId, UserId};
use crate::jobs::{self, Kind, New};
use crate::mail::{Button, Letter, Recipient, Template};
use crate::notifications::{Kind as What, Notice, Object, tell};
use crate::paths;

use super::store;

/// So long others may follow.
const PAUSE: Duration = Duration::from_secs(2 * 60);

/// Whose files to tell of.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Sender {
    organisation: OrganisationId,
    person: UserId,
}

/// Has staff told, in the transaction in which a file arrives. Every file has its job; the first tells of all.
pub async fn later(tx: &Tx, ctx: &Ctx, organisation: OrganisationId, person: UserId) -> Result<(), AppError> {
    let payload = serde_json::to_value(Sender { organisation, person }).map_err(|_| AppError::Internal)?;
    jobs::enqueue(tx, ctx, New::new(Kind::TellArrivals, payload).at(ctx.now().plus(PAUSE))).await?;
    Ok(())
}

/// Tells of everything that one sender sent and nobody was told of.
pub async fn run(ctx: &Ctx, sender: Sender) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let mut came = Vec::new();
    for document in store::tell(&tx, sender.organisation, sender.person, ctx.now()).await? {
        came.extend(store::came(&tx, document).await?.map(|row| (document, row)));
    }
    let Some((first, row)) = came.first() else { return Ok(()) };
    let topics: Vec<_> = came.iter().map(|(_, row)| row.topic).collect();
    let several = came.len() > 1;
    for (person, address, name, locale) in store::responsible(&tx, sender.organisation, &topics).await? {
        let to = Recipient { address, name, locale: locale.unwrap_or_default() };
        let values = vec![
            ("inviter", row.sender.clone()),
            ("organisation", row.organisation_name.clone()),
            ("title", row.title.clone()),
            ("several", if several { "yes" } else { "no" }.to_owned()),
            ("count", came.len().to_string()),
        ];
        let path = if several { paths::STAFF_ARRIVALS.to_owned() } else { paths::staff_document(*first) };
        let letter = Some(Letter { template: Template::FilesArrived, to, values, button: Button::Path(path) });
        let (organisation, object) = (Some(sender.organisation), Object::Organisation(sender.organisation));
        tell(&tx, ctx, Notice { kind: What::FilesArrived, to: person, organisation, object, letter }).await?;
    }
    tx.commit().await?;
    Ok(())
}
