//! `/documents/{id}`: one document as its reader sees it.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::approvals;
use crate::ctx::Ctx;
use crate::documents::model::Reader;
use crate::documents::service;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::i18n::format;
use crate::ids::DocumentId;
use crate::notifications::{self, Object};
use crate::paths;
use crate::preview;
use crate::scan;
use crate::ui::{
    ButtonKind, ButtonSize, ButtonWidth, Icon, LinkButton, Notice, PageHead, Panel, PersonRow, Place, Tone,
};
use crate::validity;

use super::versions::versions;

/// A document's page.
#[component]
pub fn DocumentPage() -> impl IntoView {
    page(document)
}

async fn document(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: DocumentId = visit.id("id")?;
    let document = service::find(ctx, id).await?;
    notifications::seen(ctx, Object::Document(id)).await;
    visit.is_in(document.organisation_id);
    let listed = service::versions(ctx, &document, i64::MAX, 50).await?;
    let may = service::may(ctx, &document);
    let readers = if may.audience { Some(service::readers_of(ctx, document.clone()).await?) } else { None };
    service::mark_read(ctx, &document).await?;
    let preview = preview::page::panel(ctx, &document, &listed, &visit.query).await?;
    let rounds = approvals::service::rounds(ctx, &document).await?;
    let dock = approvals::page::dock(ctx, &document, &rounds);
    let readable = service::is_readable(ctx, &document);
    let download_dock = readable && dock.is_none();
    let held = document.scan.and_then(|known| scan::service::why_held(ctx, known));
    let content = paths::document_content(id, document.current_version);
    let published =
        document.published_at.map(|at| ctx.with("documents-published-on", &[("when", ctx.date_time(at).into())]));
    let meta =
        [Some(document.organisation_name.clone()), Some(ctx.t(document.category.label_key()).to_owned()), published];
    let meta = meta.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let size = document.size.map(|size| format::size(ctx.locale, size)).unwrap_or_default();
    let download = ctx.with("documents-download-size", &[("size", size.into())]);
    let docked = download.clone();
    let file = document.file_name.clone().unwrap_or_default();
    let hash = listed.first().map(|version| version.sha256_hex());
    let staff = ctx.actor.staff().is_some().then(|| {
        view! { <LinkButton href=paths::staff_document(id)>{ctx.t("documents-maintain")}</LinkButton> }
    });
    let list = if ctx.actor.staff().is_some() { paths::STAFF_DOCUMENTS } else { paths::DOCUMENTS };
    let title = document.title.clone();
    let body = view! {
        <PageHead title=title.clone() meta=meta>{staff}</PageHead>
        <div class="split">
            <div class="stack">
                <section class="panel"><div class="panel-body stack-4">
                    <div class="doc"><span class="docicon"><Icon name=super::rows::icon(&document) /></span><div><p class="strong">{file}</p>
                    <p class="meta">{super::rows::facts(ctx, &document)}</p></div></div>
                    {super::rows::tags(ctx, &document, list)}
                    {validity::page::status(ctx, &document).map(|status| view! { <p>{status}</p> })}
                    {held.map(|why| view! { <Notice tone=Tone::Warn title=why /> })}
                    {readable.then(|| view! {
                        <div class="in-dock"><LinkButton href=content.clone() kind=ButtonKind::Primary size=ButtonSize::Large><Icon name="download" />{download.clone()}</LinkButton></div>
                        <dl class="facts"><div><dt>{ctx.t("documents-hash")}</dt><dd class="mono hash">{hash}</dd></div></dl>
                    })}
                </div></section>
                {preview}
                {versions(ctx, &document, &listed, false)}
                {may.audience.then(|| view! { <p><a href=paths::document_history(id)>{ctx.t("history-link")}</a></p> })}
            </div>
            <div class="stack">{approvals::page::reader_panel(ctx, &document, &rounds)}{readers.map(|readers| who(ctx, readers))}</div>
        </div>
        {dock}
        {download_dock.then(|| view! { <div class="dock" role="region" aria-label=ctx.t("documents-main-action")><LinkButton href=content kind=ButtonKind::Primary block=ButtonWidth::Block><Icon name="download" />{docked}</LinkButton></div> })}
    }
    .into_markup();
    let (place, href) = if ctx.actor.staff().is_some() {
        (Place::StaffDocuments, paths::STAFF_DOCUMENTS)
    } else {
        (Place::Documents, paths::DOCUMENTS)
    };
    let crumbs = vec![(href.to_owned(), ctx.t("nav-documents").to_owned())];
    Ok(Page { title, place, crumbs, todo: None, body })
}

/// "Who can see this?": people of the customer with the reason, then staff.
pub fn who(ctx: &Ctx, readers: Vec<Reader>) -> Markup {
    let (staff, customers): (Vec<_>, Vec<_>) = readers.into_iter().partition(Reader::is_staff);
    let count = customers.len();
    let sentence = ctx.with("audience-count", &[("count", count.into())]);
    let people =
        |rows: Vec<Reader>| rows.into_iter().map(|reader| view! { <li>{person(ctx, reader)}</li> }).collect_view();
    let staff_count = staff.len().to_string();
    view! {
        <Panel id="who" title=ctx.t("audience-title") count=count.to_string()>
            <div class="panel-body stack-4"><p>{sentence}</p><ul class="stack-2">{people(customers)}</ul></div>
            <details class="panel-foot"><summary>{ctx.t("audience-staff")}" "<span class="count">{staff_count}</span></summary><ul class="stack-2">{people(staff)}</ul></details>
        </Panel>
    }
    .into_markup()
}

/// One person with the reason.
pub fn person(ctx: &Ctx, reader: Reader) -> Markup {
    let never = reader.last_sign_in_at.is_none();
    let mut meta = vec![ctx.t(reader.role.label_key()).to_owned(), ctx.t(reader.reason.label_key()).to_owned()];
    if let Some((_, organisation)) = &reader.organisation {
        meta.insert(0, organisation.clone());
    }
    if never {
        meta.push(ctx.t("people-never").to_owned());
    } else if let Some(version) = reader.read_version {
        meta.push(ctx.with("audience-read", &[("number", version.into())]));
    }
    let house = reader.is_staff();
    view! { <PersonRow name=reader.name meta=meta.join(", ") never=never house=house /> }.into_markup()
}
