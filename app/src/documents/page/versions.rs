//! The versions of a document, newest first, each with its download.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::model::{Document, Version};
use crate::i18n::format;
use crate::paths;
use crate::scan;
use crate::scan::model::Scan;
use crate::ui::{Icon, Panel, Status, SubmitButton, Tone};

/// The panel of versions. `restore`: older ones can be brought back.
pub fn versions(ctx: &Ctx, document: &Document, versions: &[Version], restore: bool) -> Markup {
    let rows = versions.iter().map(|version| row(ctx, document, version, restore)).collect_view();
    let count = versions.len().to_string();
    let compare = (versions.len() > 1).then(|| {
        view! { <div class="panel-foot"><a href=paths::document_compare(document.id)>{ctx.t("compare-title")}</a></div> }
    });
    view! { <Panel id="versions" title=ctx.t("documents-versions") count=count><ul class="rows">{rows}</ul>{compare}</Panel> }
        .into_markup()
}

fn row(ctx: &Ctx, document: &Document, version: &Version, restore: bool) -> Markup {
    let current = version.number == document.current_version;
    let href = paths::document_content(document.id, version.number);
    let name = ctx.with("documents-version", &[("number", version.number.into())]);
    let label = ctx.with("documents-download-named", &[("title", name.clone().into())]);
    let when = ctx.date_time(version.created_at);
    let by =
        ctx.with("documents-uploaded-by", &[("name", version.uploaded_by_name.clone().into()), ("when", when.into())]);
    let status = if current {
        view! { <Status tone=Tone::Good glyph="done" text=ctx.t("documents-current") /> }.into_markup()
    } else if version.published_at.is_none() {
        view! { <Status tone=Tone::Idle glyph="draft" text=ctx.t("documents-internal") /> }.into_markup()
    } else {
        view! { <Status tone=Tone::Idle glyph="old" text=ctx.t("documents-older") /> }.into_markup()
    };
    let note = (!version.note.is_empty()).then(|| view! { <p>{version.note.clone()}</p> });
    let from = version.restored_from.map(|number| {
        view! { <p class="meta">{ctx.with("documents-restored-from", &[("number", number.into())])}</p> }
    });
    let readable = scan::service::is_readable(ctx, version.scan);
    let download = readable
        .then(|| view! { <a class="iconbtn" href=href aria-label=label download=""><Icon name="download" /></a> });
    let show = readable.then(|| {
        let label = ctx.with("preview-show-named", &[("title", name.clone().into())]);
        let href = format!("?version={}#preview", version.number);
        view! { <a class="iconbtn" href=href aria-label=label><Icon name="image" /></a> }
    });
    let again = (restore && readable && !current).then(|| bring_back(ctx, document, version));
    view! {
        <li class="linkrow linkrow--acts">
            <div class="grow"><span class="strong">{name}</span>
            {note}
            <p class="meta">{version.file_name.clone()}<span class="sep"></span>{format::size(ctx.locale, version.size)}</p>
            <p class="meta">{by}</p>
            {from}
            {known(ctx, version)}
            {again}</div>
            {status}
            {show}
            {download}
        </li>
    }
    .into_markup()
}

/// What a virus scanner says of the file, where that is worth a line.
fn known(ctx: &Ctx, version: &Version) -> Option<Markup> {
    let staff = ctx.actor.staff().is_some();
    let scanner = ctx.portal.scanner.is_some();
    let (tone, glyph) = match version.scan {
        Scan::Infected => (Tone::Bad, "no"),
        Scan::TooLarge => (Tone::Warn, "late"),
        Scan::Pending => (Tone::Idle, "open"),
        Scan::NotScanned if scanner => (Tone::Idle, "open"),
        Scan::NotScanned if staff => (Tone::Idle, "info"),
        Scan::Released if staff => (Tone::Warn, "info"),
        Scan::Clean if staff => (Tone::Good, "done"),
        // A reader learns what keeps a file from them, not more.
        Scan::NotScanned | Scan::Released | Scan::Clean => return None,
    };
    let mut text = ctx.t(version.scan.label_key()).to_owned();
    if staff && let Some(finding) = &version.finding {
        text = format!("{text}: {finding}");
    }
    let reason = version.release_reason.clone().filter(|_| staff).map(|reason| {
        let name = version.released_by_name.clone().unwrap_or_default();
        view! { <p class="meta">{format!("{name}: {reason}")}</p> }
    });
    Some(view! { <p><Status tone=tone glyph=glyph text=text /></p>{reason} }.into_markup())
}

fn bring_back(ctx: &Ctx, document: &Document, version: &Version) -> Markup {
    let label = ctx.with("documents-restore-named", &[("number", version.number.into())]);
    view! {
        <form method="post" action=paths::staff_document_restore(document.id)>
            <input type="hidden" name="revision" value=document.revision.to_string() />
            <input type="hidden" name="number" value=version.number.to_string() />
            <SubmitButton label=label>{ctx.t("documents-restore")}</SubmitButton>
        </form>
    }
    .into_markup()
}
