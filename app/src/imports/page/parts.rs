//! What several pages of imports say.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::imports::model::{Run, Source, State};
use crate::imports::words;
use crate::ui::{Badge, Status, Tone};

/// Colour, shape and word of where a run stands.
fn standing(ctx: &Ctx, run: &Run) -> (Tone, &'static str, &'static str) {
    match run.state {
        State::Checking => (Tone::Idle, "half", ctx.t("imports-state-checking")),
        State::Ready => (Tone::Mine, "mine", ctx.t("imports-state-ready")),
        State::Waiting => (Tone::Idle, "draft", ctx.t("imports-state-waiting")),
        State::Running => (Tone::Idle, "half", ctx.t("imports-state-running")),
        State::Done if run.counts.rejected > 0 => (Tone::Warn, "late", ctx.t("imports-state-done-partly")),
        State::Done => (Tone::Good, "done", ctx.t("imports-state-done")),
        State::Failed => (Tone::Bad, "late", ctx.t("imports-state-failed")),
        State::Undoing => (Tone::Idle, "half", ctx.t("imports-state-undoing")),
        State::Undone => (Tone::Idle, "old", ctx.t("imports-state-undone")),
    }
}

/// Where it stands, as a headline.
pub fn badge(ctx: &Ctx, run: &Run) -> Markup {
    let (tone, glyph, text) = standing(ctx, run);
    view! { <Badge tone=tone glyph=glyph text=text /> }.into_markup()
}

/// Where it stands, in a row.
pub fn status(ctx: &Ctx, run: &Run) -> Markup {
    let (tone, glyph, text) = standing(ctx, run);
    view! { <Status tone=tone glyph=glyph text=text /> }.into_markup()
}

/// Who began it, or what did.
pub fn who(ctx: &Ctx, run: &Run) -> String {
    match (&run.by_name, run.source) {
        (Some(name), Source::Page | Source::Command) => name.clone(),
        (Some(name), _) => ctx.with("imports-by-program", &[("name", name.clone().into())]),
        (None, Source::Folder) => ctx.t("imports-by-folder").to_owned(),
        (None, _) => ctx.t("imports-by-operator").to_owned(),
    }
}

/// What is the matter with it, in words.
pub fn problem(ctx: &Ctx, run: &Run) -> Option<String> {
    run.problem().map(|(word, detail)| words::problem(ctx, run.kind, word, detail))
}

/// What it did, or what it would do, in one line.
pub fn counts(ctx: &Ctx, run: &Run) -> String {
    let counts = run.counts;
    let said = [
        (counts.created, "imports-count-created"),
        (counts.changed, "imports-count-changed"),
        (counts.unchanged, "imports-count-unchanged"),
        (counts.rejected, "imports-count-rejected"),
    ];
    let said = said.into_iter().filter(|(count, _)| *count > 0);
    said.map(|(count, key)| ctx.with(key, &[("count", count.into())])).collect::<Vec<_>>().join(", ")
}

/// How long it took: "12 s", "3 min".
pub fn duration(ctx: &Ctx, run: &Run) -> Option<String> {
    let seconds = run.duration()? / 1_000_000;
    Some(match seconds {
        ..1 => ctx.t("imports-duration-short").to_owned(),
        1..120 => ctx.with("imports-duration-seconds", &[("count", seconds.into())]),
        _ => ctx.with("imports-duration-minutes", &[("count", (seconds / 60).into())]),
    })
}
