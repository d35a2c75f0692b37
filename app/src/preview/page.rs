//! What a document's page shows of it.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents;
use crate::documents::model::{Document, Version};
use crate::doors::Query;
use crate::error::AppError;
use crate::paths;
use crate::ui::{Icon, LinkButton, Notice, Panel, Tone};

use super::model::{Kind, Reason, State, kind_name, reason_key};
use super::service::{self, Preview};

mod invoice;

/// How often the words stand across a text.
const ACROSS: usize = 60;

/// The panel with the current version, or with the one the address names. Nothing where there is nothing to look at.
pub async fn panel(
    ctx: &Ctx,
    document: &Document,
    listed: &[Version],
    query: &Query,
) -> Result<Option<Markup>, AppError> {
    let number = match query.get("version") {
        Some(text) => text.parse().map_err(|_| AppError::NotFound)?,
        None if document.current_version == 0 => return Ok(None),
        None => document.current_version,
    };
    let found = match listed.iter().find(|version| version.number == number) {
        Some(version) => version.clone(),
        None => documents::service::version(ctx, document, number).await?,
    };
    let Some(preview) = service::of(ctx, document, &found).await? else { return Ok(None) };
    let title = if number == document.current_version {
        ctx.t("preview-title").to_owned()
    } else {
        ctx.with("preview-title-version", &[("number", number.into())])
    };
    let body = match preview.state {
        State::Pending => pending(ctx, number),
        State::Ready => ready(ctx, document, number, &preview),
        State::None | State::Failed | State::TooLarge => nothing(ctx, document, number, &preview),
    };
    let old = (number < document.current_version).then(|| outdated(ctx, document, number));
    Ok(Some(view! { <Panel id="preview" title=title>{old}{body}</Panel> }.into_markup()))
}

/// That there is a newer version, and the way to it.
fn outdated(ctx: &Ctx, document: &Document, number: i64) -> Markup {
    let title = ctx.with("preview-outdated", &[("number", number.into())]);
    let current = document.current_version;
    let newest = ctx.with("preview-newest", &[("number", current.into())]);
    let href = format!("?version={current}#preview");
    view! { <div class="panel-body"><Notice tone=Tone::Warn title=title><a href=href>{newest}</a></Notice></div> }
        .into_markup()
}

fn pending(ctx: &Ctx, number: i64) -> Markup {
    let again = format!("?version={number}#preview");
    view! {
        <div class="panel-body stack-4">
            <Notice tone=Tone::Idle title=ctx.t("preview-pending-title")>{ctx.t("preview-pending-text")}</Notice>
            <p><a href=again>{ctx.t("preview-pending-again")}</a></p>
        </div>
    }
    .into_markup()
}

/// Why there is nothing, and the way to the file itself.
fn nothing(ctx: &Ctx, document: &Document, number: i64, preview: &Preview) -> Markup {
    let why = ctx.t(reason_key(preview.reason.unwrap_or(Reason::Broken)));
    // What is of a kind that is not shown has nothing wrong with it.
    let tone = if preview.state == State::None { Tone::Idle } else { Tone::Warn };
    let href = paths::document_content(document.id, number);
    view! {
        <div class="panel-body stack-4">
            <Notice tone=tone title=why>{ctx.t("preview-instead")}</Notice>
            <p><LinkButton href=href><Icon name="download" />{ctx.t("preview-download")}</LinkButton></p>
        </div>
    }
    .into_markup()
}

/// What is text, with the words across it, where the rules of the category want them. Images have them in their pixels.
fn across(preview: &Preview, text: Markup) -> Markup {
    let Some(words) = &preview.watermark else { return text };
    let words = vec![words.as_str(); ACROSS].join(" \u{b7} ");
    view! { <div class="shown-to">{text}<div class="across" aria-hidden="true" data-words=words></div></div> }
        .into_markup()
}

fn ready(ctx: &Ctx, document: &Document, number: i64, preview: &Preview) -> Markup {
    let invoice = preview.invoice.as_ref().map(|found| invoice::summary(ctx, found));
    let pages = i64::try_from(preview.images.len()).unwrap_or(i64::MAX);
    let images = preview
        .images
        .iter()
        .zip(1_i64..)
        .map(|(image, page)| {
            let src = paths::document_preview(document.id, number, page);
            let alt = ctx.with("preview-page", &[("page", page.into()), ("pages", preview.pages.into())]);
            view! {
                <li><img src=src alt=alt width=image.width.to_string() height=image.height.to_string() loading="lazy" decoding="async" /></li>
            }
        })
        .collect_view();
    let images = (pages > 0).then(|| view! { <ol class="pages">{images}</ol> });
    let more = (pages > 0 && pages < preview.pages).then(|| {
        let text = ctx.with("preview-more-pages", &[("shown", pages.into()), ("pages", preview.pages.into())]);
        view! { <p class="meta">{text}</p> }
    });
    let is = |kind| preview.kind.as_deref() == Some(kind_name(kind));
    let cut = preview.cut.then(|| view! { <p class="meta">{ctx.t("preview-more-text")}</p> });
    let excerpt = (!preview.excerpt.is_empty()).then(|| preview.excerpt.clone());
    let text = match excerpt {
        Some(text) if is(Kind::Text) || is(Kind::Office) => {
            view! { <pre class="excerpt">{text}</pre>{cut} }.into_markup()
        }
        // For whoever does not see the images, or wants to copy from them.
        Some(text) if is(Kind::Pdf) => view! {
            <details><summary>{ctx.t("preview-text")}</summary><pre class="excerpt">{text}</pre>{cut}</details>
        }
        .into_markup(),
        None if is(Kind::Office) => view! { <p>{ctx.t("preview-empty")}</p> }.into_markup(),
        _ => ().into_markup(),
    };
    let line = preview.watermark.clone().map(|words| {
        view! { <p class="meta">{ctx.with("preview-shown-to", &[("words", words.into())])}</p> }
    });
    let invoice = invoice.map(|invoice| across(preview, invoice));
    let text = if is(Kind::Text) || is(Kind::Office) || is(Kind::Pdf) { across(preview, text) } else { text };
    view! { <div class="panel-body stack-4">{line}{invoice}{images}{more}{text}</div> }.into_markup()
}
