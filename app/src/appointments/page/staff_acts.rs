//! What staff do about an appointment: propose other times, say that the team is on its way, close it.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::appointments::model::{Appointment, State};
use crate::appointments::{progress, slots, when};
use crate::ctx::Ctx;
use crate::flash::Flash;
use crate::paths;
use crate::ui::{ButtonKind, LinkButton, Panel, SubmitButton, TextArea, TextField};

use super::acts::hidden;

/// The house's own acts.
pub fn house(ctx: &Ctx, row: &Appointment, flash: &Flash) -> Markup {
    let way = progress::is_today(ctx, row).then(|| on_the_way(ctx, row, flash));
    let over = row.state == State::Confirmed && row.starts_at <= ctx.now();
    let done = over.then(|| {
        view! {
            <form method="post" action="/_fn/appointments/complete">
                {hidden(ctx, row)}
                <SubmitButton kind=ButtonKind::Primary>{ctx.t("appointments-complete")}</SubmitButton>
            </form>
        }
    });
    let other = format!("{}#move", paths::staff_appointment_edit(row.id));
    view! {
        {way}
        <Panel id="house" title=ctx.t("appointments-house")>
            <div class="panel-body cluster">{done}<LinkButton href=other>{ctx.t("appointments-move")}</LinkButton></div>
        </Panel>
    }
    .into_markup()
}

fn on_the_way(ctx: &Ctx, row: &Appointment, flash: &Flash) -> Markup {
    let zone = slots::zone(&row.time_zone);
    let mine = flash.form == "on_the_way";
    let value = |field: &str, usual: String| {
        if mine { flash.value(field).unwrap_or_default().to_owned() } else { usual }
    };
    let error = |field: &str| flash.errors.get(field).filter(|_| mine).map(str::to_owned);
    let from = value("from", when::hour(&zone, row.way_from.unwrap_or(row.starts_at)));
    let until = value("until", when::hour(&zone, row.way_until.unwrap_or_else(|| row.ends_at())));
    let hint = ctx.with("appointments-way-hint", &[("zone", crate::account::zones::label(&row.time_zone).into())]);
    view! {
        <Panel id="way" title=ctx.t("appointments-way-title") mine=true>
            <form method="post" action="/_fn/appointments/on_the_way" novalidate=true>
                {hidden(ctx, row)}
                <div class="panel-body fields">
                    <TextField name="from" kind="time" label=ctx.t("appointments-way-from") hint=hint value=from error=error("from") required=true />
                    <TextField name="until" kind="time" label=ctx.t("appointments-way-until") value=until error=error("until") required=true />
                    <TextArea name="note" label=ctx.t("appointments-way-note") note=ctx.t("ui-optional") value=value("note", row.way_note.clone()) rows=2 error=error("note") maxlength=2000 class="field wide" />
                </div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("appointments-way-send")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}
