//! Doing the job of a letter.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::Deserialize;
use url::Url;

use crate::ctx::Ctx;
use crate::db::{DbResult, args, sql};
use crate::jobs::{Failure, Job};
use crate::links;
use crate::notifications::mail::{News, Problem, Told, forget, problems, write};
use crate::sign_in::service::email_key;

use super::address::mailbox;
use super::compose::{More, compose};
use super::letter::{Button, Payload, Recipient};
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

/// What the job of a mail holds: whom to tell of what, or a letter.
#[derive(Deserialize)]
#[serde(untagged)]
enum Work {
    Told(Told),
    Letter(Payload),
}

/// A mail with everything it is made of.
struct Ready {
    template: Template,
    to: Recipient,
    values: BTreeMap<String, String>,
    button: Button,
    more: More,
    stop: Option<String>,
    zone: TimeZone,
}

/// Writes and sends a mail. One whose link has ended meanwhile, or that has nothing left to tell, has no point any more and
/// is not sent.
pub async fn deliver(ctx: &Ctx, mailer: &Mailer, job: &Job) -> Result<(), Failure> {
    let unreadable = |_| Failure::Never("the letter cannot be read".into());
    let ready = match serde_json::from_str(&job.payload).map_err(unreadable)? {
        Work::Told(told) => {
            if let Some(News { to, zone, template, values, button, more, stop }) = write(ctx, &told).await? {
                let mail = Ready { template, to, values, button, more, stop: Some(stop), zone };
                send(ctx, mailer, job, mail).await?;
            }
            // It has gone out: what is left behind is no reason to send it again.
            if let Err(error) = forget(ctx, &told).await {
                tracing::warn!(job = %job.id, ?error, "letters that were sent are kept for longer");
            }
            return Ok(());
        }
        Work::Letter(Payload { template, to, values, button }) => {
            // A newer node may have queued it.
            let template = Template::parse(&template).ok_or_else(|| Failure::Again("unknown letter".into()))?;
            // What somebody asks for is sent wherever they want it: it is how they say that their address works. What is
            // about their safety is tried: one mail in vain is less than one that they needed.
            let known = match template.purpose() {
                None if !template.is_about_safety() => problems::at_address(&ctx.db, &to.address).await?,
                _ => None,
            };
            if known.is_some_and(|known| known.problem != Problem::Complained) {
                tracing::info!(job = %job.id, template = template.name(), "not sent: mails to this address come back");
                return Ok(());
            }
            let zone = zone_of(ctx, &to.address).await?;
            Ready { template, to, values, button, more: More::default(), stop: None, zone }
        }
    };
    send(ctx, mailer, job, ready).await
}

async fn send(ctx: &Ctx, mailer: &Mailer, job: &Job, mail: Ready) -> Result<(), Failure> {
    let to = mailbox(&mail.to.name, &mail.to.address);
    let to = to.ok_or_else(|| Failure::Never("not an address that mail can go to".into()))?;
    let base = &ctx.portal.base_url;
    let button = match &mail.button {
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
    let at = job.created_at;
    let letter = compose(&ctx.portal, mail.template, &mail.to, &mail.values, button, &mail.more, at, &mail.zone);
    let sent = mailer.send(&ctx.portal.name.get(), job.id, at, to, &letter, mail.stop.as_deref()).await;
    if let Err(Failure::Never(code)) = &sent
        && problems::is_refusal(code)
    {
        let tx = ctx.db.begin().await?;
        problems::keep(&tx, ctx, &mail.to.address, Problem::Refused, code).await?;
        tx.commit().await?;
    }
    sent
}
