//! Doing the job of a letter.

use jiff::tz::TimeZone;
use url::Url;

use crate::ctx::Ctx;
use crate::db::{DbResult, args, sql};
use crate::jobs::{Failure, Job};
use crate::links;
use crate::sign_in::service::email_key;

use super::address::mailbox;
use super::compose::compose;
use super::letter::{Button, Payload};
use super::mailer::Mailer;
use super::template::Template;

sql! {
    ZONE = "SELECT time_zone FROM users WHERE email_key = $1";
}

/// The zone that whoever has this address reads dates in; the portal's where they chose none.
async fn zone_of(ctx: &Ctx, address: &str) -> DbResult<TimeZone> {
    let row: Option<(Option<String>,)> = ctx.db.optional(ZONE, args![email_key(address)]).await?;
    let chosen = row.and_then(|(name,)| TimeZone::get(&name?).ok());
    Ok(chosen.unwrap_or_else(|| ctx.portal.zone.clone()))
}

/// A page of ours as everybody reaches it: on the base URL, whatever host a request named.
fn address(base: &Url, path: &str) -> Result<Url, Failure> {
    let url = base.join(path).ok().filter(|url| url.origin() == base.origin());
    url.ok_or_else(|| Failure::Never("the button leads elsewhere".into()))
}

/// Writes and sends a letter. One whose link has ended meanwhile has no point any more and is not sent.
pub async fn deliver(ctx: &Ctx, mailer: &Mailer, job: &Job) -> Result<(), Failure> {
    let unreadable = |_| Failure::Never("the letter cannot be read".into());
    let payload: Payload = serde_json::from_str(&job.payload).map_err(unreadable)?;
    // A newer node may have queued it.
    let template = Template::parse(&payload.template).ok_or_else(|| Failure::Again("unknown letter".into()))?;
    let to = mailbox(&payload.to.name, &payload.to.address);
    let to = to.ok_or_else(|| Failure::Never("not an address that mail can go to".into()))?;
    let base = &ctx.portal.base_url;
    let button = match &payload.button {
        Button::None => None,
        Button::Path(path) => Some(address(base, path)?),
        Button::Link { link, path } => {
            let mut url = address(base, path)?;
            let Some(secret) = links::mint(&ctx.db, *link, ctx.now()).await? else { return Ok(()) };
            url.query_pairs_mut().append_pair("key", &secret);
            Some(url)
        }
    };
    let button = button.as_ref().map(Url::as_str);
    let zone = zone_of(ctx, &payload.to.address).await?;
    let letter = compose(&ctx.portal, template, &payload.to, &payload.values, button, job.created_at, &zone);
    mailer.send(&ctx.portal.name.get(), job.id, job.created_at, to, &letter).await
}
