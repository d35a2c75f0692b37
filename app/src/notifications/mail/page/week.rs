//! What would have come last week, as it is chosen now.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::notifications::mail::past::{Mail, Week};
use crate::ui::{EmptyState, Panel};

/// The mails of a week, the newest first.
pub(super) fn panel(ctx: &Ctx, week: &Week) -> Markup {
    if week.count == 0 {
        let text = match (week.waiting, week.silent) {
            (0, 0) => "notify-week-empty-text",
            (0, _) => "notify-week-silent-text",
            _ => "notify-week-waiting-text",
        };
        let text = ctx.with(text, &[("count", week.silent.into())]);
        return view! { <Panel id="week" title=ctx.t("notify-week")><EmptyState icon="mail" title=ctx.t("notify-week-empty") text=text /></Panel> }
            .into_markup();
    }
    let meta = ctx.with("notify-week-meta", &[("mails", week.count.into()), ("silent", week.silent.into())]);
    let rows = week.mails.iter().map(|mail| row(ctx, mail)).collect_view();
    view! {
        <Panel id="week" title=ctx.t("notify-week") count=week.count.to_string()>
            <div class="panel-body"><p class="meta">{meta}</p></div>
            <ul class="rows">{rows}</ul>
        </Panel>
    }
    .into_markup()
}

fn row(ctx: &Ctx, mail: &Mail) -> Markup {
    let rest = mail.count.saturating_sub(mail.lines.len());
    let rest = (rest > 0).then(|| {
        let text = ctx.with("notify-week-rest", &[("count", rest.into())]);
        view! { <p class="meta">{text}</p> }
    });
    let lines = mail.lines.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view();
    view! {
        <li class="linkrow"><div class="grow">
            <p class="meta">{ctx.date_time(mail.at)}<span class="sep"></span>{ctx.t(mail.cadence.label_key())}</p>
            {lines}{rest}
        </div></li>
    }
    .into_markup()
}
