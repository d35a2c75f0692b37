//! What several pages say of what customers sent.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::arrivals::model::{Arrival, Mark};
use crate::ctx::Ctx;
use crate::documents::model::Document;
use crate::documents::page::rows::icon;
use crate::documents::service;
use crate::paths;
use crate::ui::{Icon, Panel, Status, SubmitButton, Tone};

fn seen(ctx: &Ctx, mark: &Mark) -> Option<String> {
    let (at, name) = mark.seen_at.zip(mark.seen_by_name.clone())?;
    Some(ctx.with("arrivals-seen-by", &[("name", name.into()), ("when", ctx.date_time(at).into())]))
}

fn sent(ctx: &Ctx, mark: &Mark) -> String {
    let when = ctx.date_or_time(mark.sent_at);
    ctx.with("arrivals-sent-by", &[("name", mark.sent_by_name.clone().into()), ("when", when.into())])
}

/// The button that says that somebody has looked.
fn button(ctx: &Ctx, document: &Document, listed: bool) -> Markup {
    let id = document.id.to_string();
    let label = listed.then(|| ctx.with("arrivals-see-named", &[("title", document.title.clone().into())]));
    let from = listed.then(|| view! { <input type="hidden" name="from" value="list" /> });
    let words = match label {
        Some(label) => view! { <span aria-hidden="true">{ctx.t("arrivals-see")}</span><span class="vh">{label}</span> }
            .into_markup(),
        None => ctx.t("arrivals-see").into_markup(),
    };
    view! {
        <form method="post" action="/_fn/documents/seen">
            <input type="hidden" name="id" value=id />
            {from}
            <SubmitButton>{words}</SubmitButton>
        </form>
    }
    .into_markup()
}

/// Rows for staff: what came, from whom, and whether somebody has looked.
pub fn rows(ctx: &Ctx, arrivals: &[Arrival]) -> Markup {
    let rows = arrivals
        .iter()
        .map(|Arrival { document, mark }| {
            let seen = seen(ctx, mark);
            let state = match &seen {
                Some(_) => view! { <Status tone=Tone::Good glyph="done" text=ctx.t("arrivals-seen") /> }.into_markup(),
                None if service::may(ctx, document).edit => button(ctx, document, true),
                None => view! { <Status tone=Tone::Mine glyph="mine" text=ctx.t("arrivals-new") /> }.into_markup(),
            };
            let seen = seen.map(|text| view! { <p class="meta">{text}</p> });
            view! {
                <li class="linkrow linkrow--acts">
                    <span class="docicon"><Icon name=icon(document) /></span>
                    <div class="grow"><a class="title" href=paths::staff_document(document.id)>{document.title.clone()}</a>
                    <p class="meta">{document.organisation_name.clone()}<span class="sep"></span>{ctx.t(document.category.label_key())}</p>
                    <p class="meta">{sent(ctx, mark)}</p>{seen}</div>
                    {state}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_markup()
}

/// On the document's own page: who sent it, and whether somebody has looked.
pub fn panel(ctx: &Ctx, document: &Document, mark: &Mark) -> Markup {
    let state = seen(ctx, mark);
    let may = state.is_none() && service::may(ctx, document).edit;
    let state = match state {
        Some(text) => view! { <p>{text}</p> }.into_markup(),
        None => view! { <p>{ctx.t("arrivals-unseen")}</p> }.into_markup(),
    };
    view! {
        <Panel id="arrival" title=ctx.t("arrivals-mark") mine=may>
            <div class="panel-body stack-4"><p>{sent(ctx, mark)}</p>{state}{may.then(|| button(ctx, document, false))}</div>
        </Panel>
    }
    .into_markup()
}
