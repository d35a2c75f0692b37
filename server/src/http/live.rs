//! `GET /live`: tells an open browser how much its person has not seen and where something is new, as it happens. Server-sent
//! events: a browser that was cut off says what it knew last, and goes on from there. A connection holds a bell and the
//! session's context; the database is asked when there is news, and whether the session still lives every now and then.

use std::convert::Infallible;
use std::time::Duration;

use app::access::{Action, Relation, allow};
use app::ctx::Ctx;
use app::error::AppError;
use app::ids::NotificationId;
use app::notifications::live::{self, Connection, State};
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::Query;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::{Stream, stream};
use serde::{Deserialize, Serialize};

use crate::layers::ctx::Asker;

/// A sign of life for proxies, and how soon a session that ended ends the connection.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// Signs of life between two looks at how it stands, where nothing rang: rights may have changed, and who lost theirs is
/// not told for longer than a minute.
const LOOK_EVERY: u32 = 2;
/// What happens together is told together.
const TOGETHER: Duration = Duration::from_millis(150);
/// How long a browser waits before it comes back, in milliseconds.
const RETRY: u64 = 3000;

/// What an address may ask for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Once, instead of a stream: where streams do not come through.
    #[serde(default)]
    once: bool,
    /// What the browser knew last; `Last-Event-ID` says the same.
    known: Option<NotificationId>,
}

#[derive(Debug, Serialize)]
struct News {
    unread: i64,
    areas: Vec<&'static str>,
    newest: Option<NotificationId>,
}

impl From<State> for News {
    fn from(state: State) -> Self {
        Self { unread: state.unseen, areas: state.areas, newest: state.newest }
    }
}

fn refused(error: &AppError) -> Response {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// Opens the stream, or answers once.
pub async fn open(Asker(ctx): Asker, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    match begin(&ctx, asked.known.or(last)).await {
        Ok((_, state)) if asked.once => Json(News::from(state)).into_response(),
        // Whoever looks as somebody else looks once.
        Ok(_) if ctx.viewing.is_some() => StatusCode::NO_CONTENT.into_response(),
        Ok((connection, state)) => {
            let mut response = Body::from_stream(events(ctx, connection, state)).into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            // Proxies that collect what they pass on would hold it back.
            headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
            response
        }
        // What tells a browser that it need not come back.
        Err(AppError::Unauthenticated) if is_stream(&headers) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refused(&error),
    }
}

fn is_stream(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).is_some_and(|value| value.as_bytes() == b"text/event-stream")
}

/// The connection first, then how it stands: nothing that happens between is missed.
async fn begin(ctx: &Ctx, known: Option<NotificationId>) -> Result<(Connection, State), AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    allow(&ctx.actor, Action::NotificationRead, Relation::Own, None)?;
    let connection = ctx.portal.live.open(user)?;
    let state = live::state(ctx, known).await?;
    Ok((connection, state))
}

struct Open {
    ctx: Ctx,
    connection: Connection,
    told: State,
    first: bool,
    over: bool,
    /// It rang, or it was time, and the database could not be asked.
    owes: bool,
    quiet: u32,
}

/// Whether to look at how it stands, or only whether the session still lives. A look that nobody could answer is made up
/// for with the next sign of life; where other nodes are not heard, their news is found by looking.
const fn looks(rung: bool, owes: bool, hears: bool, quiet: u32) -> bool {
    rung || owes || !hears || quiet.is_multiple_of(LOOK_EVERY)
}

fn events(ctx: Ctx, connection: Connection, told: State) -> impl Stream<Item = Result<Bytes, Infallible>> + Send {
    let open = Open { ctx, connection, told, first: true, over: false, owes: false, quiet: 0 };
    stream::unfold(open, |mut open: Open| async move {
        if open.over {
            return None;
        }
        if open.first {
            open.first = false;
            let text = format!("retry: {RETRY}\n{}", event(&open.told));
            return Some((Ok(Bytes::from(text)), open));
        }
        let rung = tokio::select! {
            more = open.connection.changed() => if more { true } else { return None },
            () = tokio::time::sleep(HEARTBEAT) => false,
        };
        open.quiet = if rung { 0 } else { open.quiet + 1 };
        if rung {
            tokio::time::sleep(TOGETHER).await;
        }
        let look = looks(rung, open.owes, open.ctx.portal.live.hears(&open.ctx.db), open.quiet);
        // Boxed: a connection that waits holds no room for what it asks now and then.
        let stands = match look {
            true => Box::pin(live::state(&open.ctx, open.told.newest)).await,
            false => Box::pin(live::lives(&open.ctx)).await.map(|()| open.told.clone()),
        };
        match stands {
            Ok(state) => {
                let news = state.unseen != open.told.unseen || state.newest != open.told.newest;
                (open.told, open.owes) = (state, false);
                let text = if news { event(&open.told) } else { ":\n\n".to_owned() };
                Some((Ok(Bytes::from(text)), open))
            }
            // What it is owed is told with the next sign of life.
            Err(AppError::Unavailable) => {
                open.owes = look;
                Some((Ok(Bytes::from_static(b":\n\n")), open))
            }
            // Signed out, suspended: it is over, and the browser need not come back.
            Err(_) => {
                open.over = true;
                Some((Ok(Bytes::from_static(b"event: end\ndata: {}\n\n")), open))
            }
        }
    })
}

fn event(state: &State) -> String {
    let id = state.newest.map(|id| format!("id: {id}\n")).unwrap_or_default();
    let data = serde_json::to_string(&News::from(state.clone())).unwrap_or_default();
    format!("{id}data: {data}\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_owed_until_it_was_answered_and_rights_are_looked_at_within_a_minute() {
        assert!(looks(true, false, true, 0), "it rang");
        assert!(looks(false, true, true, 1), "nobody could answer when it rang: the next sign of life looks again");
        assert!(!looks(false, false, true, 1), "nothing is new");
        assert!(looks(false, false, false, 1), "other nodes are not heard");
        let longest = (1..100).find(|quiet| looks(false, false, true, *quiet));
        assert!(longest.is_some_and(|quiet| HEARTBEAT * quiet < Duration::from_secs(60)));
    }
}
