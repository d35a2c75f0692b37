//! What the pages of webhooks share: how an endpoint, a message and a try went, in words.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::ui::{Badge, Status, Tone};
use crate::webhooks::event;
use crate::webhooks::model::{Delivery, Outcome, State, Webhook};

/// How an endpoint stands.
fn standing(ctx: &Ctx, webhook: &Webhook) -> (Tone, &'static str, &'static str) {
    match (webhook.state, webhook.failing_since, webhook.succeeded_at) {
        (State::Active, Some(_), _) => (Tone::Warn, "late", ctx.t("webhooks-state-failing")),
        (State::Active, None, None) => (Tone::Idle, "open", ctx.t("webhooks-state-new")),
        (State::Active, None, Some(_)) => (Tone::Good, "done", ctx.t("webhooks-state-active")),
        _ => match webhook.pause_reason {
            Some(reason) => (Tone::Bad, "no", ctx.t(reason.label_key())),
            None => (Tone::Idle, "old", ctx.t("webhooks-paused-by-hand")),
        },
    }
}

/// In a row.
pub fn status(ctx: &Ctx, webhook: &Webhook) -> Markup {
    let (tone, glyph, text) = standing(ctx, webhook);
    view! { <Status tone=tone glyph=glyph text=text /> }.into_markup()
}

/// As the headline state of its page.
pub fn badge(ctx: &Ctx, webhook: &Webhook) -> Markup {
    let (tone, glyph, text) = standing(ctx, webhook);
    view! { <Badge tone=tone glyph=glyph text=text /> }.into_markup()
}

/// Whose it is.
pub fn owner(ctx: &Ctx, webhook: &Webhook) -> String {
    webhook.organisation_name.clone().unwrap_or_else(|| ctx.portal.name.get().to_string())
}

/// What a kind of event is called.
pub fn kind(ctx: &Ctx, name: &str) -> String {
    match event::named(name) {
        Some(kind) => ctx.t(kind.label).to_owned(),
        None if name == event::TEST => ctx.t("webhooks-event-test").to_owned(),
        None => name.to_owned(),
    }
}

const fn facts(outcome: Outcome, tried: bool) -> (Tone, &'static str, &'static str) {
    match (outcome, tried) {
        (Outcome::Delivered, _) => (Tone::Good, "done", "webhooks-delivered"),
        (Outcome::Failed, _) => (Tone::Bad, "no", "webhooks-failed"),
        (Outcome::Waiting, false) => (Tone::Idle, "open", "webhooks-waiting"),
        (Outcome::Waiting, true) => (Tone::Warn, "late", "webhooks-waiting-again"),
    }
}

/// What became of a message.
pub fn outcome(ctx: &Ctx, row: &Delivery) -> Markup {
    let (tone, glyph, key) = facts(row.state, row.attempts > 0);
    view! { <Status tone=tone glyph=glyph text=ctx.t(key) /> }.into_markup()
}

/// The same as a headline.
pub fn outcome_badge(ctx: &Ctx, row: &Delivery) -> Markup {
    let (tone, glyph, key) = facts(row.state, row.attempts > 0);
    view! { <Badge tone=tone glyph=glyph text=ctx.t(key) /> }.into_markup()
}

/// What was answered, or why nothing was, and how long that took.
pub fn answer(ctx: &Ctx, status: Option<i64>, problem: Option<&str>, milliseconds: Option<i64>) -> String {
    let what = match (status, problem) {
        (Some(status), _) => ctx.with("webhooks-answered", &[("status", status.to_string().into())]),
        (None, Some("refused")) => ctx.t("webhooks-problem-refused").to_owned(),
        (None, Some("unreachable")) => ctx.t("webhooks-problem-unreachable").to_owned(),
        (None, Some("slow")) => ctx.t("webhooks-problem-slow").to_owned(),
        (None, Some("redirected")) => ctx.t("webhooks-problem-redirected").to_owned(),
        (None, Some("hidden")) => ctx.t("webhooks-problem-hidden").to_owned(),
        (None, Some(other)) => other.to_owned(),
        (None, None) => ctx.t("webhooks-never").to_owned(),
    };
    match milliseconds.filter(|_| status.is_some() || problem.is_some_and(|problem| problem != "hidden")) {
        Some(milliseconds) => {
            format!("{what}, {}", ctx.with("webhooks-milliseconds", &[("count", milliseconds.into())]))
        }
        None => what,
    }
}
