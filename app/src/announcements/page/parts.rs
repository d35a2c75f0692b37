//! What the pages of announcements share, and the banners on everybody's.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::announcements::model::{Announcement, Audience, Phase, Severity};
use crate::ctx::Ctx;
use crate::ids::GroupId;
use crate::organisation::model::Group;
use crate::ui::{AnnouncementBar, Badge, Status, Tone};

/// How a severity looks.
pub const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Info => Tone::Idle,
        Severity::Warning => Tone::Warn,
        Severity::Urgent => Tone::Bad,
    }
}

/// One as a reader of this language sees it.
pub fn bar(ctx: &Ctx, row: &Announcement) -> AnnouncementBar {
    let (language, title, text) = row.said(ctx.locale);
    let words = ctx.t(if row.confirm { "announcements-confirm-button" } else { "announcements-close-button" });
    AnnouncementBar {
        id: row.id.to_string(),
        language,
        tone: tone(row.severity),
        title: title.to_owned(),
        text: text.to_owned(),
        // Whoever looks as somebody else closes nothing for them.
        close: ctx.viewing.is_none().then_some(words),
    }
}

/// What stands above every page of the reader. A banner is no reason to withhold the page.
pub async fn bars(ctx: &Ctx) -> Vec<AnnouncementBar> {
    let rows = crate::announcements::current::shown(ctx).await.unwrap_or_default();
    rows.iter().map(|row| bar(ctx, row)).collect()
}

const fn facts(phase: Phase) -> (Tone, &'static str) {
    match phase {
        Phase::Draft => (Tone::Idle, "draft"),
        Phase::Planned => (Tone::Idle, "open"),
        Phase::Running => (Tone::Good, "done"),
        Phase::Over => (Tone::Idle, "old"),
        Phase::Withdrawn => (Tone::Warn, "no"),
    }
}

/// Where it stands, in a row.
pub fn status(ctx: &Ctx, row: &Announcement) -> Markup {
    let phase = row.phase(ctx.now());
    let (tone, glyph) = facts(phase);
    view! { <Status tone=tone glyph=glyph text=ctx.t(phase.label_key()) /> }.into_markup()
}

/// The same, as the headline state of its page.
pub fn badge(ctx: &Ctx, row: &Announcement) -> Markup {
    let phase = row.phase(ctx.now());
    let (tone, glyph) = facts(phase);
    view! { <Badge tone=tone glyph=glyph text=ctx.t(phase.label_key()) /> }.into_markup()
}

/// From when until when, in words.
pub fn period(ctx: &Ctx, row: &Announcement) -> String {
    let at = |at| ctx.date_time(at);
    match (row.starts_at, row.ends_at) {
        (None, None) => ctx.t("announcements-always").to_owned(),
        (Some(start), None) => ctx.with("announcements-from", &[("start", at(start).into())]),
        (None, Some(end)) => ctx.with("announcements-until", &[("end", at(end).into())]),
        (Some(start), Some(end)) => {
            ctx.with("announcements-from-until", &[("start", at(start).into()), ("end", at(end).into())])
        }
    }
}

/// Who it is for, in words; with the names of the groups where they are known.
pub fn audience(ctx: &Ctx, row: &Announcement, chosen: &[GroupId], groups: &[Group]) -> String {
    let names: Vec<&str> =
        groups.iter().filter(|group| chosen.contains(&group.id)).map(|group| group.name.as_str()).collect();
    match row.audience {
        Audience::Groups if !names.is_empty() => names.join(", "),
        other => ctx.t(other.label_key()).to_owned(),
    }
}
