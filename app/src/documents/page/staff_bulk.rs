//! `/staff/documents/bulk`: what happens to the chosen documents, before it does.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::audience::digest;
use crate::documents::bulk::{self, Preview};
use crate::documents::model::Document;
use crate::documents::service;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::DocumentId;
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{
    ButtonKind, EmptyState, ErrorSummary, Icon, LinkButton, Notice, PageHead, Panel, Place, SelectField, SelectOption,
    SubmitButton, TextField, Tone,
};

use super::rows;

/// The page.
#[component]
pub fn StaffBulkPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    let ids = visit.query.all("ids");
    let ids: Vec<DocumentId> =
        ids.iter().map(|id| id.parse().map_err(|_| AppError::NotFound)).collect::<Result<_, _>>()?;
    let title = ctx.t("bulk-title").to_owned();
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let body = match bulk::chosen(ctx, &ids).await {
        Ok(documents) => {
            let (ready, others): (Vec<_>, Vec<_>) =
                documents.iter().cloned().partition(|document| bulk::may_publish(ctx, document));
            let previews = bulk::preview(ctx, &ready).await?;
            view! { <div class="split"><div class="stack">{publish(ctx, &previews, &others)}</div><div class="stack">{move_form(ctx, &documents)}{tag_form(ctx, &documents, flash)}</div></div> }.into_markup()
        }
        Err(AppError::Invalid(errors)) => {
            let text = errors.get("ids").unwrap_or_default().to_owned();
            view! { <section class="panel"><EmptyState icon="file-text" title=text text=ctx.t("bulk-none-text")><LinkButton href=paths::STAFF_DOCUMENTS>{ctx.t("nav-documents")}</LinkButton></EmptyState></section> }
                .into_markup()
        }
        Err(error) => return Err(error),
    };
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("bulk-meta") />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {body}
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned())];
    Ok(Page { title, place: Place::StaffDocuments, crumbs, todo: None, body })
}

fn line(ctx: &Ctx, document: &Document, said: String) -> Markup {
    view! {
        <li class="linkrow">
            <span class="docicon"><Icon name=rows::icon(document) /></span>
            <div class="grow"><a class="title" href=paths::staff_document(document.id)>{document.title.clone()}</a>
            <p class="meta">{document.organisation_name.clone()}<span class="sep"></span>{rows::facts(ctx, document)}</p>
            <p class="meta">{said}</p></div>
            {rows::state(ctx, document)}
        </li>
    }
    .into_markup()
}

/// Drafts with how many people get them; below, what is left out.
fn publish(ctx: &Ctx, previews: &[Preview], others: &[Document]) -> Markup {
    let rows = previews
        .iter()
        .map(|preview| {
            let said = ctx.with("publish-will-see", &[("count", preview.readers.len().into())]);
            line(ctx, &preview.document, said)
        })
        .collect_view();
    let hidden = previews
        .iter()
        .map(|preview| {
            view! {
                <input type="hidden" name="ids[]" value=preview.document.id.to_string() />
                <input type="hidden" name="revisions[]" value=preview.document.revision.to_string() />
                <input type="hidden" name="readers[]" value=digest(&preview.readers) />
            }
        })
        .collect_view();
    let left = (!others.is_empty()).then(|| {
        let why = |document: &Document| {
            if bulk::needs_choice(ctx, document) { "bulk-needs-choice" } else { "bulk-not-published" }
        };
        let rows = others.iter().map(|document| line(ctx, document, ctx.t(why(document)).to_owned())).collect_view();
        view! { <Panel id="left" title=ctx.t("bulk-left-out") count=others.len().to_string()><ul class="rows">{rows}</ul></Panel> }
    });
    let form = if previews.is_empty() {
        view! { <EmptyState icon="circle-check-big" title=ctx.t("bulk-nothing-title") text=ctx.t("bulk-nothing-text") /> }
            .into_markup()
    } else {
        let button = ctx.with("bulk-publish", &[("count", previews.len().into())]);
        view! {
            <form method="post" action="/_fn/documents/bulk_publish">
                {hidden}
                <ul class="rows">{rows}</ul>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{button}</SubmitButton></div>
            </form>
        }
        .into_markup()
    };
    view! {
        <Panel id="publish" title=ctx.t("bulk-publish-title") count=previews.len().to_string()>{form}</Panel>
        {left}
    }
    .into_markup()
}

/// The documents a form is about, as they were seen.
fn as_seen(documents: &[Document]) -> Markup {
    documents
        .iter()
        .map(|document| {
            view! {
                <input type="hidden" name="ids[]" value=document.id.to_string() />
                <input type="hidden" name="revisions[]" value=document.revision.to_string() />
            }
        })
        .collect_view()
        .into_markup()
}

fn tag_form(ctx: &Ctx, documents: &[Document], flash: &Flash) -> Option<Markup> {
    if !documents.iter().all(|document| service::may(ctx, document).edit) {
        return None;
    }
    let mine = flash.form == "bulk-tag";
    let typed = if mine { flash.value("tags").unwrap_or_default().to_owned() } else { String::new() };
    let error = if mine { flash.errors.get("tags").map(str::to_owned) } else { None };
    let button = ctx.with("bulk-tag", &[("count", documents.len().into())]);
    Some(
        view! {
            <Panel id="tag" title=ctx.t("bulk-tag-title")>
                <form method="post" action="/_fn/documents/bulk_tag" novalidate=true>
                    {as_seen(documents)}
                    <div class="panel-body"><TextField name="tags" label=ctx.t("tags-title") hint=ctx.t("tags-hint") value=typed error=error maxlength=500 required=true /></div>
                    <div class="panel-foot"><SubmitButton>{button}</SubmitButton></div>
                </form>
            </Panel>
        }
        .into_markup(),
    )
}

fn move_form(ctx: &Ctx, documents: &[Document]) -> Option<Markup> {
    if !documents.iter().all(|document| service::may(ctx, document).edit) {
        return None;
    }
    let options = service::categories_to_create(&ctx.actor)
        .into_iter()
        .map(|category| SelectOption {
            value: category.key().to_owned(),
            label: ctx.t(category.label_key()).to_owned(),
            selected: false,
        })
        .collect::<Vec<_>>();
    let hidden = as_seen(documents);
    let button = ctx.with("bulk-move", &[("count", documents.len().into())]);
    Some(
        view! {
            <Panel id="move" title=ctx.t("bulk-move-title")>
                <form method="post" action="/_fn/documents/bulk_move">
                    {hidden}
                    <div class="panel-body"><SelectField name="category" label=ctx.t("documents-category") options=options /></div>
                    <div class="panel-foot"><SubmitButton>{button}</SubmitButton></div>
                </form>
            </Panel>
        }
        .into_markup(),
    )
}
