//! What a customer does about an appointment, and staff for one who has called: take a time, ask for another, cancel.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::appointments::model::{Appointment, Person, State};
use crate::appointments::service::May;
use crate::appointments::when;
use crate::ctx::Ctx;
use crate::flash::Flash;
use crate::time::Instant;
use crate::ui::{ButtonKind, Panel, SubmitButton, TextArea};

/// What a form of the page says about the appointment it stands on.
pub(super) fn hidden(ctx: &Ctx, row: &Appointment) -> Markup {
    let side = if ctx.actor.staff().is_some() { "staff" } else { "" };
    view! {
        <input type="hidden" name="appointment" value=row.id.to_string() />
        <input type="hidden" name="revision" value=row.revision.to_string() />
        <input type="hidden" name="side" value=side />
    }
    .into_markup()
}

/// Everything there is to answer; or why there is nothing, and whose it is. `slots`: the proposed times, or the free ones among
/// them beside the agreed one.
pub fn answers(
    ctx: &Ctx,
    row: &Appointment,
    slots: &[Instant],
    people: &[Person],
    may: May,
    whom: &str,
    flash: &Flash,
) -> Option<Markup> {
    if row.state.is_over() {
        return None;
    }
    let choose = (row.state == State::Proposed).then(|| choose(ctx, row, slots, people, may));
    let free = row.state == State::Confirmed && may.answer && may.in_time && !slots.is_empty();
    let instead = free.then(|| instead(ctx, row, slots));
    let change = (may.answer && may.in_time).then(|| change(ctx, row, flash));
    let late = (may.answer && !may.in_time).then(|| {
        let text = ctx.with("appointments-call", &[("whom", whom.to_owned().into())]);
        view! { <Panel id="call" title=ctx.t("appointments-call-title")><div class="panel-body"><p>{text}</p></div></Panel> }
    });
    Some(view! { {choose}{instead}{change}{late} }.into_markup())
}

fn choose(ctx: &Ctx, row: &Appointment, slots: &[Instant], people: &[Person], may: May) -> Markup {
    let staff = ctx.actor.staff().is_some();
    let rows = slots
        .iter()
        .map(|at| {
            let words = when::words(ctx.locale, &ctx.zone, row, *at);
            let there = when::at_the_place(ctx.locale, &ctx.zone, row, *at).map(|text| view! { <p class="meta">{text}</p> });
            let open = *at > ctx.now();
            let label = ctx.with("appointments-confirm-this", &[("time", words.clone().into())]);
            let act = (may.answer && open).then(|| {
                let kind = if staff { ButtonKind::Secondary } else { ButtonKind::Primary };
                view! {
                    <form method="post" action="/_fn/appointments/confirm">
                        {hidden(ctx, row)}
                        <input type="hidden" name="slot" value=at.0.to_string() />
                        <SubmitButton kind=kind label=label>{ctx.t("appointments-confirm")}</SubmitButton>
                    </form>
                }
            });
            let gone = (!open).then(|| view! { <p class="meta">{ctx.t("appointments-slot-gone")}</p> });
            view! { <li class="linkrow linkrow--acts"><div class="grow"><p class="strong"><time datetime=at.rfc3339()>{words}</time></p>{there}{gone}</div>{act}</li> }
        })
        .collect_view();
    let customers: Vec<_> = people.iter().filter(|p| p.staff_role.is_none()).map(|p| p.name.clone()).collect();
    let names = customers.join(", ");
    let text = match (staff, may.answer, row.can_be_chosen(ctx.now())) {
        (_, _, false) => ctx.t(if staff { "appointments-missed-us" } else { "appointments-missed" }).to_owned(),
        (true, ..) => ctx.with("appointments-choose-for", &[("names", names.into())]),
        (false, true, true) => ctx.t("appointments-choose-text").to_owned(),
        (false, false, true) => ctx.with("appointments-not-yours", &[("names", names.into())]),
    };
    let mine = !staff && may.answer && row.can_be_chosen(ctx.now());
    let title = if mine { "appointments-choose-title" } else { "appointments-proposed-title" };
    view! {
        <Panel id="slot" title=ctx.t(title) mine=mine>
            <div class="panel-body"><p>{text}</p></div>
            <ul class="rows">{rows}</ul>
        </Panel>
    }
    .into_markup()
}

/// The other proposed times, each with a button that moves the appointment there.
fn instead(ctx: &Ctx, row: &Appointment, slots: &[Instant]) -> Markup {
    let rows = slots
        .iter()
        .map(|at| {
            let words = when::words(ctx.locale, &ctx.zone, row, *at);
            let there = when::at_the_place(ctx.locale, &ctx.zone, row, *at).map(|text| view! { <p class="meta">{text}</p> });
            let label = ctx.with("appointments-retime-this", &[("time", words.clone().into())]);
            view! {
                <li class="linkrow linkrow--acts">
                    <div class="grow"><p class="strong"><time datetime=at.rfc3339()>{words}</time></p>{there}</div>
                    <form method="post" action="/_fn/appointments/retime">
                        {hidden(ctx, row)}
                        <input type="hidden" name="slot" value=at.0.to_string() />
                        <SubmitButton kind=ButtonKind::Secondary label=label>{ctx.t("appointments-retime")}</SubmitButton>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <Panel id="slot" title=ctx.t("appointments-retime-title")>
            <div class="panel-body"><p>{ctx.t("appointments-retime-text")}</p></div>
            <ul class="rows">{rows}</ul>
        </Panel>
    }
    .into_markup()
}

fn typed(flash: &Flash, form: &str, field: &str) -> String {
    flash.value(field).filter(|_| flash.form == form).unwrap_or_default().to_owned()
}

fn error(flash: &Flash, form: &str, field: &str) -> Option<String> {
    flash.errors.get(field).filter(|_| flash.form == form).map(str::to_owned)
}

/// Another time, or none at all.
fn change(ctx: &Ctx, row: &Appointment, flash: &Flash) -> Markup {
    let staff = ctx.actor.staff().is_some();
    let until = (row.state == State::Confirmed && !staff).then(|| {
        let day = when::civil_day(ctx.locale, when::date(&ctx.zone, row.free_until()), true);
        let time = when::hour(&ctx.zone, row.free_until());
        let text = ctx.with("appointments-free-until", &[("day", day.into()), ("time", time.into())]);
        view! { <div class="panel-body"><p class="meta">{text}</p></div> }
    });
    let (wishes, cancels) = (flash.form == "wish", flash.form == "cancel");
    let note = if staff { "" } else { ctx.t("ui-optional") };
    view! {
        <Panel id="change" title=ctx.t("appointments-change-title")>
            {until}
            <div class="panel-body stack-4">
                <details open=wishes>
                    <summary class="btn">{ctx.t("appointments-wish")}</summary>
                    <form class="stack-4" method="post" action="/_fn/appointments/wish" novalidate=true>
                        {hidden(ctx, row)}
                        <TextArea name="wish" label=ctx.t("appointments-wish-label") hint=ctx.t("appointments-wish-hint") value=typed(flash, "wish", "wish") rows=3 error=error(flash, "wish", "wish") required=true maxlength=2000 />
                        <TextArea name="reason" id="wish-reason" label=ctx.t("appointments-wish-reason") note=ctx.t("ui-optional") value=typed(flash, "wish", "reason") rows=2 error=error(flash, "wish", "reason") maxlength=2000 />
                        <div><SubmitButton>{ctx.t("appointments-wish-send")}</SubmitButton></div>
                    </form>
                </details>
                <details open=cancels>
                    <summary class="btn">{ctx.t("appointments-cancel")}</summary>
                    <form class="stack-4" method="post" action="/_fn/appointments/cancel" novalidate=true>
                        {hidden(ctx, row)}
                        <TextArea name="reason" label=ctx.t("appointments-cancel-reason") note=note value=typed(flash, "cancel", "reason") rows=2 error=error(flash, "cancel", "reason") required=staff maxlength=2000 />
                        <div><SubmitButton kind=ButtonKind::Danger>{ctx.t("appointments-cancel-send")}</SubmitButton></div>
                    </form>
                </details>
            </div>
        </Panel>
    }
    .into_markup()
}
