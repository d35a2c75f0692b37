//! A document as a row: for its readers, for staff, as a draft.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::activity::{Act, Deed, Doer};
use crate::documents::model::{Document, State};
use crate::documents::service;
use crate::i18n::format;
use crate::paths;
use crate::scan::model::Scan;
use crate::search::model::{Hit, Piece};
use crate::ui::{Badge, Icon, LinkButton, Status, SubmitButton, Tone};
use crate::validity::page::warning;

use super::order::{Headings, plain};

/// The icon of a file by its type.
pub fn icon(document: &Document) -> &'static str {
    match document.media_type.as_deref() {
        Some("application/pdf") => "file-text",
        Some(media) if media.starts_with("image/") => "image",
        Some("text/csv" | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") => "file-spreadsheet",
        Some("application/xml" | "text/xml") => "file-code",
        _ => "file",
    }
}

fn look(document: &Document) -> (Tone, &'static str, &'static str) {
    match document.scan {
        Some(known @ Scan::Infected) => return (Tone::Bad, "no", known.label_key()),
        Some(known @ Scan::TooLarge) => return (Tone::Warn, "late", known.label_key()),
        Some(known @ Scan::Pending) => return (Tone::Idle, "open", known.label_key()),
        _ => {}
    }
    match document.state {
        State::Draft => (Tone::Idle, "draft", "state-draft"),
        State::Published => (Tone::Good, "done", "state-published"),
        State::Withdrawn => (Tone::Warn, "old", "state-withdrawn"),
    }
}

/// The state with glyph and word, for a row.
pub fn state(ctx: &Ctx, document: &Document) -> impl IntoView {
    let (tone, glyph, key) = look(document);
    view! { <Status tone=tone glyph=glyph text=ctx.t(key) /> }
}

/// The state as the headline of a document's own page.
pub fn state_badge(ctx: &Ctx, document: &Document) -> Markup {
    let (tone, glyph, key) = look(document);
    view! { <Badge tone=tone glyph=glyph text=ctx.t(key) /> }.into_markup()
}

/// Kind, version and size: what the row says below the title.
pub fn facts(ctx: &Ctx, document: &Document) -> String {
    let mut text = ctx.t(document.category.label_key()).to_owned();
    if document.current_version > 1 {
        text.push_str(", ");
        text.push_str(&ctx.with("documents-version", &[("number", document.current_version.into())]));
    }
    if let Some(size) = document.size {
        text.push_str(", ");
        text.push_str(&format::size(ctx.locale, size));
    }
    text
}

fn title(ctx: &Ctx, document: &Document, href: String, new: bool) -> impl IntoView {
    let class = if new { "title new" } else { "title" };
    let new = new.then(|| view! { <span class="vh">" "{ctx.t("documents-new-mark")}</span> });
    view! { <a class=class href=href>{document.title.clone()}{new}</a> }
}

/// Rows for home: newest documents of a reader.
pub fn document_rows(ctx: &Ctx, documents: &[Document]) -> Markup {
    let rows = documents
        .iter()
        .map(|document| {
            let when = document.published_at.map(|_| ctx.date(document.changed_at));
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name=icon(document) /></span>
                    <div class="grow">{title(ctx, document, paths::document(document.id), document.is_new())}<p class="meta">{facts(ctx, document)}</p></div>
                    <span class="meta nowrap">{when}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_markup()
}

/// The icon of what was done to a document, and the key of the line that says by whom.
pub fn deed_look(deed: Deed) -> (&'static str, &'static str) {
    match deed {
        Deed::Create => ("file-text", "activity-create"),
        Deed::Upload => ("upload", "activity-upload"),
        Deed::Restore => ("rotate-ccw", "activity-restore"),
        Deed::Edit => ("history", "activity-edit"),
        Deed::Publish => ("circle-check-big", "activity-publish"),
        Deed::Withdraw => ("x", "activity-withdraw"),
        Deed::Download => ("download", "activity-download"),
    }
}

/// Who did something, as it follows "by".
pub fn doer_name(ctx: &Ctx, doer: Doer) -> String {
    match doer {
        Doer::Person(name) => name,
        Doer::Other => ctx.t("activity-other").to_owned(),
        Doer::Operator => ctx.t("activity-operator").to_owned(),
    }
}

/// Rows for staff home: who did what to which document.
pub fn activity_rows(ctx: &Ctx, acts: Vec<Act>) -> Markup {
    let rows = acts
        .into_iter()
        .map(|act| {
            let (icon, key) = deed_look(act.deed);
            let who = doer_name(ctx, act.doer);
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name=icon /></span>
                    <div class="grow"><a class="title" href=paths::staff_document(act.document)>{act.title}</a><p class="meta">{ctx.with(key, &[("who", who.into())])}<span class="sep"></span>{act.organisation}</p></div>
                    <time class="meta nowrap" datetime=act.at.rfc3339()>{ctx.date_or_time(act.at)}</time>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_markup()
}

/// Rows for staff home: drafts, each with its next step.
pub fn draft_rows(ctx: &Ctx, documents: &[Document]) -> Markup {
    let rows = documents
        .iter()
        .map(|document| {
            let (href, key) = if document.current_version == 0 {
                (paths::staff_document(document.id), "staff-add-file")
            } else {
                (paths::staff_document_publish(document.id), "staff-publish")
            };
            let may = service::may(ctx, document);
            let label = format!("{}: {}", ctx.t(key), document.title);
            let action = (may.publish || may.upload).then(|| view! { <LinkButton href=href label=label>{ctx.t(key)}</LinkButton> });
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name=icon(document) /></span>
                    <div class="grow">{title(ctx, document, paths::staff_document(document.id), false)}<p class="meta">{document.organisation_name.clone()}<span class="sep"></span>{facts(ctx, document)}</p></div>
                    {action}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_markup()
}

/// The box that chooses a document for what is done to several at once.
fn pick(ctx: &Ctx, document: &Document) -> Markup {
    let label = ctx.with("archive-choose", &[("title", document.title.clone().into())]);
    view! { <td role="cell" class="c-pick"><input type="checkbox" name="ids" value=document.id.to_string() aria-label=label /></td> }
        .into_markup()
}

/// The head of those boxes.
fn pick_head(ctx: &Ctx) -> Markup {
    view! { <th scope="col" role="columnheader" class="c-pick"><span class="vh">{ctx.t("archive-column")}</span></th> }
        .into_markup()
}

/// A list whose rows can be chosen, with what is done to them below it.
pub fn choosable(ctx: &Ctx, list: Markup) -> Markup {
    let maintains = !service::categories_to_create(&ctx.actor).is_empty();
    let more = maintains
        .then(|| view! { <SubmitButton look_at=paths::STAFF_DOCUMENTS_BULK>{ctx.t("bulk-look")}</SubmitButton> });
    view! {
        <form method="post" action=paths::DOCUMENTS_ARCHIVE>
            {list}
            <div class="panel-foot cluster"><SubmitButton><Icon name="download" />{ctx.t("archive-download")}</SubmitButton>{more}</div>
        </form>
    }
    .into_markup()
}

/// A text with what was looked for marked in it.
pub fn pieces(pieces: &[Piece]) -> Markup {
    pieces
        .iter()
        .map(|(text, hit)| {
            let text = text.clone();
            if *hit { view! { <mark>{text}</mark> }.into_markup() } else { text.into_markup() }
        })
        .collect_view()
        .into_markup()
}

/// The main cell of a row: title, facts, where the words stand that were looked for, tags.
fn main_cell(ctx: &Ctx, hit: &Hit, href: String, list: &'static str, more: Option<Markup>) -> Markup {
    let document = &hit.document;
    let excerpt = hit.excerpt.as_deref().map(|found| view! { <p class="found-in">{pieces(found)}</p> });
    view! {
        <th scope="row" role="rowheader" class="c-main"><div class="doc">
            <span class="docicon"><Icon name=icon(document) /></span>
            <div><a class="title" href=href>{pieces(&hit.title)}</a><p class="meta">{facts(ctx, document)}{more}</p>{excerpt}{tag_links(ctx, document, &hit.tags, list)}{warning(ctx, document)}</div>
        </div></th>
    }
    .into_markup()
}

/// The tags of a document; each leads to the documents that have it.
pub fn tags(ctx: &Ctx, document: &Document, list: &'static str) -> Option<Markup> {
    tag_links(ctx, document, &Hit::from(document.clone()).tags, list)
}

fn tag_links(ctx: &Ctx, document: &Document, shown: &[Vec<Piece>], list: &'static str) -> Option<Markup> {
    if document.tags.is_empty() {
        return None;
    }
    let tags = document
        .tags()
        .zip(shown)
        .map(|(name, shown)| {
            let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("tag", name).finish();
            view! { <li><a class="tag" href=format!("{list}?{query}")>{pieces(shown)}</a></li> }
        })
        .collect_view();
    Some(view! { <ul class="tags" aria-label=ctx.t("tags-title")>{tags}</ul> }.into_markup())
}

/// The reader's table; cards on a phone.
pub fn reader_table(ctx: &Ctx, hits: &[Hit], headings: Option<&Headings<'_>>) -> Markup {
    let rows = hits
        .iter()
        .map(|hit| {
            let document = &hit.document;
            let href = paths::document(document.id);
            let content = paths::document_content(document.id, document.current_version);
            let label = ctx.with("documents-download-named", &[("title", document.title.clone().into())]);
            let readable = service::is_readable(ctx, document);
            let held = document.scan.filter(|_| !readable);
            let (tone, glyph, key) = if let Some(known) = held {
                (Tone::Warn, "late", known.label_key())
            } else if document.is_new() {
                (Tone::Mine, "seen", "documents-unread")
            } else {
                (Tone::Idle, "done", "documents-read")
            };
            view! {
                <tr role="row">
                    {pick(ctx, document)}
                    {main_cell(ctx, hit, href, paths::DOCUMENTS, None)}
                    <td role="cell" class="c-status"><Status tone=tone glyph=glyph text=ctx.t(key) /></td>
                    <td role="cell" class="nowrap c-right">{ctx.date(document.changed_at)}</td>
                    <td role="cell" class="c-act c-drop">{readable.then(|| view! { <a class="iconbtn" href=content aria-label=label download=""><Icon name="download" /></a> })}</td>
                </tr>
            }
        })
        .collect_view();
    let (title, date) = heads(ctx, headings);
    view! {
        <table class="table cards" role="table">
            <thead role="rowgroup"><tr role="row">
                {pick_head(ctx)}
                {title}
                {plain(ctx, "documents-column-status")}
                {date}
                <th scope="col" role="columnheader"><span class="vh">{ctx.t("documents-column-action")}</span></th>
            </tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_markup()
}

/// The headings of titles and dates.
fn heads(ctx: &Ctx, headings: Option<&Headings<'_>>) -> (Markup, Markup) {
    let title = headings.map_or_else(|| plain(ctx, "documents-column-document"), |headings| headings.title(ctx));
    let date = headings.map_or_else(|| plain(ctx, "documents-column-date"), |headings| headings.date(ctx));
    (title, date)
}

/// The staff's table; cards on a phone. `whole`: of all customers, to choose from.
pub fn staff_table(ctx: &Ctx, hits: &[Hit], whole: bool, headings: Option<&Headings<'_>>) -> Markup {
    let rows = hits
        .iter()
        .map(|hit| {
            let document = &hit.document;
            let unasked = document.unasked.then(|| view! { <span class="sep"></span>{ctx.t("arrivals-mark")} }.into_markup());
            let organisation = whole.then(|| view! { <td role="cell" class="c-wide"><a href=paths::staff_customer(document.organisation_id)>{document.organisation_name.clone()}</a></td> });
            view! {
                <tr role="row">
                    {whole.then(|| pick(ctx, document))}
                    {main_cell(ctx, hit, paths::staff_document(document.id), paths::STAFF_DOCUMENTS, unasked)}
                    {organisation}
                    <td role="cell" class="c-status">{state(ctx, document)}</td>
                    <td role="cell" class="nowrap c-right">{ctx.date(document.changed_at)}</td>
                </tr>
            }
        })
        .collect_view();
    let organisation = whole.then(|| plain(ctx, "documents-column-customer"));
    let (title, date) = heads(ctx, headings);
    view! {
        <table class="table cards" role="table">
            <thead role="rowgroup"><tr role="row">
                {whole.then(|| pick_head(ctx))}
                {title}
                {organisation}
                {plain(ctx, "documents-column-status")}
                {date}
            </tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_markup()
}
