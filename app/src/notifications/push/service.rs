//! Use cases of push: where somebody is told, switching it on in a browser, off again, and what ends it.
//!
//! A browser that was switched on stays so when its session runs out: being told is what it is for, and phones are signed
//! in for minutes. Whoever signs out of a browser is not told there any more; whoever ends sessions by hand ends what was
//! switched on in them; and a browser that somebody else signs in with is theirs.

use sha2::{Digest as _, Sha256};
use url::Url;

use crate::access::Via;
use crate::account::device::Device;
use crate::account::service::oneself;
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{DbResult, Tx};
use crate::error::AppError;
use crate::ids::{SessionId, SubscriptionId, UserId};
use crate::sign_in::{devices, origin};

use super::base64url::decode;
use super::encrypt::Receiver;
use super::model::{LONGEST_ENDPOINT, MOST, Subscribe, Subscription};
use super::store::{self, New, Row};
use super::vapid;

/// What the browser behind this request is recognised by.
fn browser() -> Option<Vec<u8>> {
    origin::current()?.cookie.as_deref().map(devices::hash)
}

/// Where one is told, the newest first.
pub async fn list(ctx: &Ctx) -> Result<Vec<Subscription>, AppError> {
    let user = oneself(ctx)?;
    let here = browser().filter(|_| ctx.session.is_some() && ctx.viewing.is_none());
    let rows = store::list(&ctx.db, user).await?;
    Ok(rows.into_iter().map(|row| subscription(row, here.as_deref())).collect())
}

fn subscription(row: Row, here: Option<&[u8]>) -> Subscription {
    let service = Url::parse(&row.endpoint).ok().and_then(|url| url.host_str().map(str::to_owned));
    Subscription {
        id: row.id,
        device: Device::parse(&row.device),
        service: service.unwrap_or_default(),
        created_at: row.created_at,
        delivered_at: row.delivered_at,
        here: here.is_some() && row.browser.as_deref() == here,
    }
}

/// Switches it on in the browser that asks. A browser that says the same again changes nothing.
pub async fn subscribe(ctx: &Ctx, said: &Subscribe) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    // Only a browser can say where it is reached.
    let session = ctx.session.filter(|_| *ctx.actor.via() == Via::Session).ok_or(AppError::Forbidden)?;
    // Nobody types this: it is a browser that the portal cannot reach, and the page says so.
    let unfit = || AppError::Conflict(ctx.t("push-error-browser").to_owned());
    let endpoint = Url::parse(&said.endpoint).map_err(|_| unfit())?;
    if said.endpoint.len() > LONGEST_ENDPOINT || !ctx.portal.outgoing_for_customers.accepts(&endpoint) {
        return Err(unfit());
    }
    let receiver = decode(&said.p256dh).zip(decode(&said.auth)).and_then(|(key, auth)| Receiver::new(key, auth));
    let receiver = receiver.ok_or_else(unfit)?;
    let key = vapid::all(ctx).await?.into_iter().find(|key| key.public() == said.key);
    let key = key.ok_or_else(|| AppError::Conflict(ctx.t("push-error-key").to_owned()))?;
    let endpoint = endpoint.as_str();
    let endpoint_hash = Sha256::digest(endpoint.as_bytes()).to_vec();
    let tx = ctx.db.begin().await?;
    let known = store::owner(&tx, &endpoint_hash).await?.filter(|(owner, _)| *owner == user);
    if known.is_none() && store::count(&tx, user).await? >= MOST {
        return Err(AppError::Conflict(ctx.with("push-error-many", &[("count", MOST.into())])));
    }
    let device = origin::current().unwrap_or_default().device;
    let new = New {
        user,
        key: key.id,
        session: session.id,
        browser: browser(),
        device: &device,
        endpoint,
        endpoint_hash: &endpoint_hash,
        receiver: &receiver,
    };
    store::put(&tx, &new, ctx.now()).await?;
    if known.is_none() {
        audit::record(&tx, ctx, Event::new("push.subscribe", "user", user.0)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Switches it off in one of one's browsers. Somebody else's is not found.
pub async fn remove(ctx: &Ctx, id: SubscriptionId) -> Result<(), AppError> {
    let user = oneself(ctx)?;
    let tx = ctx.db.begin().await?;
    if !store::remove(&tx, user, id).await? {
        return Err(AppError::NotFound);
    }
    audit::record(&tx, ctx, Event::new("push.remove", "user", user.0).with("subscription", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether this is the moment to say that a phone can tell them: they have decided about a document on it, and it does
/// not yet. Whether the portal is installed there only the phone knows.
pub async fn is_good_moment(ctx: &Ctx) -> Result<bool, AppError> {
    let Some(user) = ctx.actor.user_id().filter(|_| ctx.session.is_some() && ctx.viewing.is_none()) else {
        return Ok(false);
    };
    let Some(origin) = origin::current().filter(|origin| Device::parse(&origin.device).is_phone()) else {
        return Ok(false);
    };
    let Some(browser) = origin.cookie.as_deref().map(devices::hash) else { return Ok(false) };
    Ok(!store::is_on(&ctx.db, user, &browser).await? && store::has_decided(&ctx.db, user).await?)
}

/// A session has begun with a browser that is recognised by this: it is this person's, and nobody else is told on it.
pub(crate) async fn begun(tx: &Tx, user: UserId, session: SessionId, cookie: Option<&str>) -> DbResult<()> {
    match cookie.map(devices::hash) {
        Some(browser) => store::begun(tx, user, session, &browser).await,
        None => Ok(()),
    }
}

/// One of a person's sessions was ended by hand.
pub(crate) async fn ended(tx: &Tx, user: UserId, session: SessionId) -> DbResult<()> {
    store::ended(tx, user, session).await
}

/// All of a person's sessions were ended by hand but this one.
pub(crate) async fn ended_others(tx: &Tx, user: UserId, but: SessionId) -> DbResult<()> {
    store::ended_others(tx, user, but).await
}

/// Somebody signs out with the browser that asks.
pub(crate) async fn signed_out(tx: &Tx, ctx: &Ctx, user: UserId) -> DbResult<()> {
    if let Some(session) = ctx.session {
        store::ended(tx, user, session.id).await?;
    }
    match browser() {
        Some(browser) => store::signed_out(tx, user, &browser).await,
        None => Ok(()),
    }
}
