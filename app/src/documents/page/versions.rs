//! The versions of a document, newest first, each with its download.

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::documents::model::{Document, Version};
use crate::i18n::format;
use crate::paths;
use crate::ui::{Icon, Panel, Status, Tone};

/// The panel of versions.
pub fn versions(ctx: &Ctx, document: &Document, versions: &[Version]) -> AnyView {
    let rows = versions
        .iter()
        .map(|version| {
            let current = version.number == document.current_version;
            let href = paths::document_content(document.id, version.number);
            let name = ctx.with("documents-version", &[("number", version.number.into())]);
            let label = ctx.with("documents-download-named", &[("title", name.clone().into())]);
            let by = ctx.with("documents-uploaded-by", &[("name", version.uploaded_by_name.clone().into()), ("when", ctx.date_time(version.created_at).into())]);
            let status = if current {
                view! { <Status tone=Tone::Good glyph="done" text=ctx.t("documents-current") /> }.into_any()
            } else if version.published_at.is_none() {
                view! { <Status tone=Tone::Idle glyph="draft" text=ctx.t("documents-internal") /> }.into_any()
            } else {
                view! { <Status tone=Tone::Idle glyph="old" text=ctx.t("documents-older") /> }.into_any()
            };
            view! {
                <li class="linkrow">
                    <div class="grow"><span class="strong">{name}</span>
                    <p class="meta">{version.file_name.clone()}<span class="sep"></span>{format::size(ctx.locale, version.size)}</p>
                    <p class="meta">{by}</p></div>
                    {status}
                    <a class="iconbtn" href=href aria-label=label download=""><Icon name="download" /></a>
                </li>
            }
        })
        .collect_view();
    let count = versions.len().to_string();
    view! { <Panel id="versions" title=ctx.t("documents-versions") count=count><ul class="rows">{rows}</ul></Panel> }
        .into_any()
}
