//! What a line of a document's history says below its head: from what to what, for whom, until when, and why.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::day::Day;
use crate::documents::changes::Changed;
use crate::documents::facts::To;
use crate::documents::history::Entry;
use crate::documents::model::Category;
use crate::i18n::format;

/// The sentences, and what was said.
pub fn below(ctx: &Ctx, entry: &Entry) -> Markup {
    let mut sentences: Vec<String> = entry.changes.iter().map(|change| changed(ctx, change)).collect();
    sentences.extend(whom(ctx, entry));
    if let Some(due) = entry.due_at {
        sentences.push(ctx.with("history-until", &[("when", ctx.date(due).into())]));
    }
    if let Some(old) = entry.number("restored_from") {
        sentences.push(ctx.with("documents-restored-from", &[("number", old.into())]));
    }
    if let Some(count) = entry.number("asked_again") {
        sentences.push(ctx.with("history-asked-again", &[("count", count.into())]));
    }
    if let Some(count) = entry.number("people").filter(|_| entry.action == "approval.remind") {
        sentences.push(ctx.with("history-reminded", &[("count", count.into())]));
    }
    sentences
        .extend(entry.detail.get("outcome").and_then(serde_json::Value::as_str).and_then(|outcome| over(ctx, outcome)));
    let sentences = sentences.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    let words = entry.words.clone().map(|words| view! { <blockquote class="quote">{words}</blockquote> });
    view! { {sentences}{words} }.into_markup()
}

/// One field, as orders and projects say it.
fn changed(ctx: &Ctx, change: &Changed) -> String {
    let field = match change.field.as_str() {
        "title" => ctx.t("documents-title"),
        "category" => ctx.t("documents-category"),
        "tags" => ctx.t("tags-title"),
        "valid_from" => ctx.t("validity-from"),
        "valid_until" => ctx.t("validity-until"),
        "notice_days" => ctx.t("validity-notice"),
        "hold" => ctx.t("retention-reason"),
        _ => ctx.t("orders-field-other"),
    };
    let shown = |value: &str| match change.field.as_str() {
        "category" => Category::parse(value).map(|category| ctx.t(category.label_key()).to_owned()),
        "tags" => Some(value.lines().collect::<Vec<_>>().join(", ")),
        "valid_from" | "valid_until" => value.parse().ok().map(|day: Day| format::day(ctx.locale, day)),
        _ => None,
    };
    let quoted = |value: &str| shown(value).unwrap_or_else(|| format!("\u{201c}{value}\u{201d}"));
    let (old, new) = (quoted(&change.old), quoted(&change.new));
    let field = ("field", field.into());
    match (change.old.is_empty(), change.new.is_empty()) {
        (true, _) => ctx.with("orders-changed-set", &[field, ("new", new.into())]),
        (false, true) => ctx.with("orders-changed-cleared", &[field, ("old", old.into())]),
        (false, false) => ctx.with("orders-changed-from", &[field, ("old", old.into()), ("new", new.into())]),
    }
}

/// For whom it was published, who was asked, to whom it was handed on.
fn whom(ctx: &Ctx, entry: &Entry) -> Option<String> {
    let To { names, others, place } = &entry.to;
    let key = match entry.action.as_str() {
        "approval.ask" => "history-asked",
        "approval.delegate" => "history-handed-to",
        _ => "history-for",
    };
    let who = match (place, names.is_empty(), *others) {
        (Some(place), ..) => place.clone(),
        (None, true, 0) => return None,
        (None, true, others) => ctx.with("history-people", &[("count", others.into())]),
        (None, false, 0) => names.join(", "),
        (None, false, others) => {
            let others = ctx.with("history-others", &[("count", others.into())]);
            format!("{}, {others}", names.join(", "))
        }
    };
    Some(ctx.with(key, &[("who", who.into())]))
}

/// What the decision made of the approval; nothing while others still have to decide.
fn over(ctx: &Ctx, outcome: &str) -> Option<String> {
    match outcome {
        "approved" => Some(ctx.t("history-outcome-approved").to_owned()),
        "declined" => Some(ctx.t("history-outcome-declined").to_owned()),
        _ => None,
    }
}
