//! Sending messages to browsers, each through the push service of its maker.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use axum::http::{Request, header};
use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _, stream};
use jiff::tz::TimeZone;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use url::Url;
use uuid::Uuid;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ids::{NotificationId, SubscriptionId, UserId};
use crate::jobs::Failure;
use crate::notifications::{Line, lines};
use crate::outgoing;

use super::base64url::encode;
use super::encrypt::Receiver;
use super::model::Handling;
use super::queue::{Batch, TRIES, again};
use super::store::{self, Message};
use super::vapid::{self, Key};

/// Messages under way at once.
const AT_ONCE: usize = 8;
/// What is older than this is no news: it waited out a weekend and a push service that was away.
const STALE: Duration = Duration::from_secs(4 * 24 * 3600);
/// The longest words on a screen that shows a line or two, in letters.
const LONGEST: usize = 300;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The push service has it.
    Taken,
    /// The browser does not want any more, or the portal can never reach it again.
    Gone,
    /// Worth trying again, perhaps after so long.
    Again(Option<Duration>),
    /// It will not be better next time.
    Refused,
}

/// A message that was sent, or not.
#[derive(Clone, Copy, Debug)]
struct Sent {
    notification: NotificationId,
    subscription: SubscriptionId,
    person: UserId,
    outcome: Outcome,
}

/// Sends a batch: what was not seen meanwhile, to who may still see it. Browsers that are gone are forgotten; what the
/// push service does not take now is tried again later, alone.
pub async fn run(ctx: &Ctx, batch: Batch) -> Result<(), Failure> {
    let mut messages = store::messages(&ctx.db, &batch.pairs).await?;
    messages.retain(|message| message.created_at >= ctx.now().minus(STALE));
    if messages.is_empty() {
        return Ok(());
    }
    let lines = words(ctx, &messages).await?;
    let keys: HashMap<Uuid, Key> = vapid::all(ctx).await?.into_iter().map(|key| (key.id, key)).collect();
    let sent = send_all(ctx, &keys, &lines, &messages).await;
    keep(ctx, &batch, &sent).await
}

/// Sends them, a few at once.
fn send_all<'a>(
    ctx: &'a Ctx,
    keys: &'a HashMap<Uuid, Key>,
    lines: &'a HashMap<NotificationId, Line>,
    messages: &'a [Message],
) -> BoxFuture<'a, Vec<Sent>> {
    let mut sending: Vec<BoxFuture<'a, Sent>> = Vec::new();
    for message in messages {
        let (Some(line), key) = (lines.get(&message.notification), keys.get(&message.key_id)) else { continue };
        sending.push(Box::pin(async move {
            let outcome = send(ctx, key, message, line).await;
            let (notification, subscription) = (message.notification, message.subscription);
            Sent { notification, subscription, person: message.user_id, outcome }
        }));
    }
    stream::iter(sending).buffer_unordered(AT_ONCE).collect().boxed()
}

/// What each row says to its person now; nothing of what they may not see any more.
async fn words(ctx: &Ctx, messages: &[Message]) -> Result<HashMap<NotificationId, Line>, AppError> {
    let mut people: HashMap<UserId, (&Message, BTreeSet<NotificationId>)> = HashMap::new();
    for message in messages {
        people.entry(message.user_id).or_insert_with(|| (message, BTreeSet::new())).1.insert(message.notification);
    }
    let mut all = HashMap::new();
    for (person, (message, ids)) in people {
        let zone = message.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        let zone = zone.unwrap_or_else(|| ctx.portal.zone.clone());
        let ids: Vec<NotificationId> = ids.into_iter().collect();
        let said = lines(ctx, person, message.locale.unwrap_or(ctx.locale), &zone, &ids).await?;
        all.extend(said.into_iter().map(|line| (line.id, line)));
    }
    Ok(all)
}

/// What is newer about a thing takes the place of what is older. The push service learns nothing of the thing.
fn topic(message: &Message) -> String {
    let digest = Sha256::new().chain_update(&message.auth).chain_update(message.object_id.as_bytes()).finalize();
    encode(digest.get(..24).unwrap_or_default())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

async fn send(ctx: &Ctx, key: Option<&Key>, message: &Message, line: &Line) -> Outcome {
    // A key that was lost: the browser takes nothing signed with another.
    let Some(key) = key else { return Outcome::Gone };
    let Some(request) = request(ctx, key, message, line) else { return Outcome::Refused };
    let outcome = match ctx.portal.outgoing_for_customers.send(request).await {
        Ok(answer) => {
            let after = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
            match answer.status().as_u16() {
                200..=299 => Outcome::Taken,
                404 | 410 => Outcome::Gone,
                408 | 425 | 429 | 500..=599 => Outcome::Again(after.map(Duration::from_secs)),
                status => {
                    tracing::warn!(status, subscription = %message.subscription, "a push service refuses a message");
                    Outcome::Refused
                }
            }
        }
        Err(outgoing::Failure::Slow | outgoing::Failure::Unreachable) => Outcome::Again(None),
        Err(error) => {
            tracing::warn!(%error, subscription = %message.subscription, "a push service cannot be asked");
            Outcome::Refused
        }
    };
    tracing::debug!(?outcome, subscription = %message.subscription, "push");
    outcome
}

/// The words, the address and how much is unread, encrypted; around them nothing but how to carry it.
fn request(ctx: &Ctx, key: &Key, message: &Message, line: &Line) -> Option<Request<Vec<u8>>> {
    let endpoint = Url::parse(&message.endpoint).ok()?;
    let receiver = Receiver { public_key: message.public_key.clone(), auth: message.auth.clone() };
    let words = json!({
        "title": cut(&ctx.portal.name.get()),
        "text": cut(&line.text),
        "path": line.path,
        "unread": message.unread,
    });
    let body = receiver.encrypt(words.to_string().as_bytes()).ok()?;
    let handling = Handling::of(&message.class);
    let now = ctx.now().timestamp().as_second();
    Request::post(endpoint.as_str())
        .header(header::AUTHORIZATION, key.authorization(&endpoint, &ctx.portal.base_url, now).ok()?)
        .header(header::CONTENT_ENCODING, "aes128gcm")
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .header("ttl", handling.ttl.as_secs())
        .header("urgency", handling.urgency)
        .header("topic", topic(message))
        .body(body)
        .ok()
}

/// Notes what became of them.
async fn keep(ctx: &Ctx, batch: &Batch, sent: &[Sent]) -> Result<(), Failure> {
    let mut taken: Vec<SubscriptionId> = Vec::new();
    let mut gone: BTreeSet<(SubscriptionId, UserId)> = BTreeSet::new();
    let (mut later, mut asked) = (Vec::new(), None);
    for one in sent {
        match one.outcome {
            Outcome::Taken => taken.push(one.subscription),
            Outcome::Gone => {
                gone.insert((one.subscription, one.person));
            }
            Outcome::Again(after) => {
                later.push((one.notification, one.subscription));
                asked = asked.max(after);
            }
            Outcome::Refused => {}
        }
    }
    let given_up = !later.is_empty() && batch.tries >= TRIES;
    let tx = ctx.db.begin().await?;
    if !taken.is_empty() {
        store::delivered(&tx, &taken, ctx.now()).await?;
    }
    if !later.is_empty() && !given_up {
        let when = ctx.now().plus(batch.wait(asked));
        again(&tx, ctx, &Batch { pairs: later, tries: batch.tries + 1 }, when).await?;
    }
    for (subscription, user) in gone {
        if store::remove(&tx, user, subscription).await? {
            let event = Event::new("push.gone", "user", user.0).with("subscription", subscription);
            audit::record(&tx, ctx, event).await?;
        }
    }
    tx.commit().await?;
    // Nobody is told of it: the bell and the mail are, and the next message finds out again.
    if given_up { Err(Failure::Never("the push service did not answer".into())) } else { Ok(()) }
}
