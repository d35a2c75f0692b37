//! What several pages of requests say.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::i18n::format;
use crate::requests::model::{Request, State};
use crate::ui::{Badge, Glyph, Status, Tone};
use crate::validity::service::today;

fn look(state: State) -> (Tone, &'static str) {
    match state {
        State::Open => (Tone::Idle, "open"),
        State::Sent => (Tone::Mine, "mine"),
        State::Fix => (Tone::Warn, "late"),
        State::Accepted => (Tone::Good, "done"),
        State::Withdrawn => (Tone::Idle, "old"),
    }
}

/// The state as a headline.
pub fn badge(ctx: &Ctx, request: &Request) -> Markup {
    let (tone, glyph) = look(request.state);
    view! { <Badge tone=tone glyph=glyph text=ctx.t(request.state.label_key()) /> }.into_markup()
}

/// The state in a row.
pub fn status(ctx: &Ctx, request: &Request) -> Markup {
    let (tone, glyph) = look(request.state);
    view! { <Status tone=tone glyph=glyph text=ctx.t(request.state.label_key()) /> }.into_markup()
}

/// Until when, and how long that is; late where it has passed and the customer has not done it.
pub fn due(ctx: &Ctx, request: &Request) -> Markup {
    let days = request.due_on.days_since(today(ctx));
    let day = format::day(ctx.locale, request.due_on);
    let text = ctx.with("requests-due", &[("day", day.into()), ("days", days.into())]);
    let late = days < 0 && request.state.waits_for_customer();
    let class = if late { "due due--late" } else { "due" };
    let glyph = late.then(|| view! { <Glyph name="late" /> });
    view! { <span class=class>{glyph}{text}</span> }.into_markup()
}
