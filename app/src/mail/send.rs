//! Doing the job of a letter.

use url::Url;

use crate::ctx::Ctx;
use crate::jobs::{Failure, Job};
use crate::links;

use super::address::mailbox;
use super::compose::compose;
use super::letter::{Button, Payload};
use super::mailer::Mailer;
use super::template::Template;

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
    let letter = compose(&ctx.portal, template, &payload.to, &payload.values, button, job.created_at);
    mailer.send(job.id, job.created_at, to, &letter).await
}
