//! Words and small pictures that pages of approvals share.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::approvals::model::{Approval, Decision, Round, Seat, State, Step};
use crate::ctx::Ctx;
use crate::time::Instant;
use crate::ui::{Badge, Glyph, Status, Tone};

/// Whole days from today to a day, in the reader's zone; negative when it is past.
fn days(ctx: &Ctx, at: Instant) -> i64 {
    let day = |at: Instant| at.timestamp().to_zoned(ctx.zone.clone()).date();
    day(ctx.now()).until(day(at)).map_or(0, |span| i64::from(span.get_days()))
}

/// A deadline: the day and how far it is, or how late.
pub fn due(ctx: &Ctx, at: Instant) -> Markup {
    let late = days(ctx, at);
    if at < ctx.now() {
        let text = ctx.with("approval-late", &[("days", (-late).max(1).into())]);
        return view! { <span class="due due--late"><Glyph name="late" />{text}</span> }.into_markup();
    }
    let text = match late {
        0 => ctx.t("approval-due-today").to_owned(),
        days => ctx.with("approval-due-in", &[("when", ctx.date(at).into()), ("days", days.into())]),
    };
    view! { <span class="due">{text}</span> }.into_markup()
}

/// How many have approved, as a bar with the numbers beside it.
pub(super) fn progress(ctx: &Ctx, round: &Round) -> Markup {
    let approval = &round.approval;
    let yes = round.approved();
    let no = round.seats.iter().filter(|seat| seat.decision == Decision::Declined).count();
    let needed = usize::try_from(approval.needed).unwrap_or(0);
    let parts = (0..needed.max(yes))
        .map(|at| {
            let class = if at < yes {
                "on"
            } else if at - yes < no {
                "no"
            } else {
                ""
            };
            view! { <span class=class></span> }
        })
        .collect_view();
    let label = ctx.with("approval-count", &[("yes", yes.into()), ("needed", needed.into())]);
    view! { <span class="segments" role="img" aria-label=label>{parts}</span> }.into_markup()
}

/// The rule in words.
pub(super) fn rule(ctx: &Ctx, round: &Round) -> String {
    match round.steps.as_slice() {
        [] => String::new(),
        [step] => step_rule(ctx, round, step),
        steps => ctx.with("approval-rule-steps", &[("count", steps.len().into())]),
    }
}

/// The rule of one step in words.
pub(super) fn step_rule(ctx: &Ctx, round: &Round, step: &Step) -> String {
    let asked = round.asked_in(step.number);
    let args = [("needed", step.needed.into()), ("asked", asked.into())];
    let needed = usize::try_from(step.needed).unwrap_or(usize::MAX);
    let rule = if asked == 1 {
        ctx.t("approval-rule-one").to_owned()
    } else if needed >= asked {
        ctx.with("approval-rule-all", &args)
    } else if needed == 1 {
        ctx.with("approval-rule-any", &args)
    } else {
        ctx.with("approval-rule-count", &args)
    };
    match step.role {
        Some(role) => format!("{}: {rule}", ctx.t(role.role().label_key())),
        None => rule,
    }
}

/// Where an approval stands.
pub(super) fn state(ctx: &Ctx, approval: &Approval) -> Markup {
    let (tone, glyph, key) = facts(approval.state, approval.is_late(ctx.now()));
    view! { <Badge tone=tone glyph=glyph text=ctx.t(key) /> }.into_markup()
}

const fn facts(state: State, late: bool) -> (Tone, &'static str, &'static str) {
    match state {
        State::Open if late => (Tone::Bad, "late", "approval-overdue"),
        State::Open => (Tone::Idle, "open", "approval-open"),
        State::Approved => (Tone::Good, "done", "approval-approved"),
        State::Declined => (Tone::Bad, "no", "approval-declined"),
        State::Withdrawn => (Tone::Idle, "no", "approval-withdrawn"),
        State::Outdated => (Tone::Idle, "old", "approval-outdated"),
    }
}

/// Where an approval stands, as a row says it.
pub(super) fn status(ctx: &Ctx, approval: &Approval) -> Markup {
    let (tone, glyph, key) = facts(approval.state, approval.is_late(ctx.now()));
    view! { <Status tone=tone glyph=glyph text=ctx.t(key) /> }.into_markup()
}

/// What one person has said, or whether they have looked at all.
pub(super) fn said(ctx: &Ctx, approval: &Approval, seat: &Seat) -> Markup {
    let (tone, glyph, key) = match seat.decision {
        Decision::Approved => (Tone::Good, "done", "approval-approved"),
        Decision::Declined => (Tone::Bad, "no", "approval-declined"),
        Decision::Spared if approval.state == State::Outdated => (Tone::Idle, "old", "approval-outdated"),
        Decision::Spared => (Tone::Idle, "info", "approval-spared"),
        Decision::Later => (Tone::Idle, "draft", "approval-later"),
        Decision::Delegated => (Tone::Idle, "info", "approval-delegated"),
        Decision::Waiting if seat.read_version.unwrap_or(0) >= approval.version => {
            (Tone::Idle, "seen", "approval-seen")
        }
        Decision::Waiting => (Tone::Idle, "open", "approval-not-seen"),
    };
    view! { <Status tone=tone glyph=glyph text=ctx.t(key) /> }.into_markup()
}

/// The line below a name: when they said it, to whom they handed it on, for whom they decide, or that they have never
/// been here.
pub(super) fn when(ctx: &Ctx, round: &Round, seat: &Seat) -> String {
    let mut parts = Vec::new();
    match (seat.decided_at, seat.signed_in) {
        (Some(at), _) => parts.push(ctx.date_time(at)),
        (None, false) => parts.push(ctx.t("people-never").to_owned()),
        (None, true) if !seat.email.is_empty() => parts.push(seat.email.clone()),
        (None, true) => {}
    }
    if let Some(name) = round.delegate_of(seat.user_id) {
        parts.push(ctx.with("approval-delegated-to", &[("name", name.to_owned().into())]));
    }
    if let Some(name) = seat.delegated_by.and_then(|by| round.name_of(by)) {
        parts.push(ctx.with("approval-delegated-for", &[("name", name.to_owned().into())]));
    }
    parts.join(", ")
}
