//! The latest events of a customer as rows.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::audit;
use crate::ctx::Ctx;
use crate::documents::page::rows::{deed_look, doer_name};
use crate::paths;
use crate::ui::{Icon, MorePager, Panel};

use super::activity::{self, Event, Latest, What};
use super::details::Details;
use super::fields::Field;

/// The panel with events, the way to older ones, and to all of them for whoever may read the trail. `older`: these are
/// not the latest.
pub(super) fn panel(ctx: &Ctx, customer: &Details, events: Latest, older: bool) -> Option<Markup> {
    let Latest { items, next } = events;
    if items.is_empty() && next.is_none() && !older {
        return None;
    }
    let page = paths::staff_customer(customer.id);
    let next = next.map(|before| format!("{page}?before={before}#activity"));
    let newest = older.then(|| format!("{page}#activity"));
    let rows = if items.is_empty() {
        view! { <div class="panel-body"><p class="meta">{ctx.t("activity-none")}</p></div> }.into_markup()
    } else {
        let rows = items.into_iter().map(|event| row(ctx, event)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let title = ctx.t("activity");
    let rows = view! { {rows}<MorePager locale=ctx.locale next_href=next newest_href=newest of=title /> }.into_markup();
    let panel = if activity::may_read_all(ctx) {
        let link = (paths::staff_audit_of(customer.get(Field::Number)), ctx.t("users-all-events").to_owned());
        view! { <Panel id="activity" title=title link=link>{rows}</Panel> }.into_markup()
    } else {
        view! { <Panel id="activity" title=title>{rows}</Panel> }.into_markup()
    };
    Some(panel)
}

fn row(ctx: &Ctx, event: Event) -> Markup {
    let who = doer_name(ctx, event.doer).into();
    let (icon, head, meta) = match event.what {
        What::Document(deed, id) => {
            let (icon, key) = deed_look(deed);
            let title = view! { <a class="title" href=paths::staff_document(id)>{event.subject}</a> }.into_markup();
            (icon, title, ctx.with(key, &[("who", who)]))
        }
        What::Other => {
            let words = audit::words(ctx.locale, &event.action);
            let text = if event.subject.is_empty() { words } else { format!("{words}: {}", event.subject) };
            ("history", view! { <p>{text}</p> }.into_markup(), ctx.with("activity-by", &[("who", who)]))
        }
    };
    view! {
        <li class="linkrow">
            <span class="docicon"><Icon name=icon /></span>
            <div class="grow">{head}<p class="meta">{meta}</p></div>
            <time class="meta nowrap" datetime=event.at.rfc3339()>{ctx.date_or_time(event.at)}</time>
        </li>
    }
    .into_markup()
}
