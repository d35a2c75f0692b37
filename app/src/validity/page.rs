//! `/staff/renewals`: what ends soon, or has ended, and is to be renewed. And how a document's validity is said anywhere.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::day::Day;
use crate::documents::model::Document;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::i18n::format;
use crate::ids::DocumentId;
use crate::paths;
use crate::ui::{EmptyState, Icon, LinkButton, MorePager, PageHead, Place, Status, Tone};

use super::model::{Standing, standing};
use super::service;

const PER_PAGE: i64 = 50;

/// The page.
#[component]
pub fn RenewalsPage() -> impl IntoView {
    page(show)
}

fn read(query: &Query) -> Result<Option<(Day, DocumentId)>, AppError> {
    let Some(text) = query.get("after") else { return Ok(None) };
    let (day, id) = text.split_once('_').ok_or(AppError::NotFound)?;
    Ok(Some((day.parse().map_err(|()| AppError::NotFound)?, id.parse().map_err(|_| AppError::NotFound)?)))
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let after = read(&visit.query)?;
    let found = service::renewals(ctx, after, PER_PAGE).await?;
    let next = found.next.map(|(day, id)| format!("{}?after={day}_{id}", paths::STAFF_RENEWALS));
    let newest = after.map(|_| paths::STAFF_RENEWALS.to_owned());
    let list = if found.items.is_empty() {
        view! { <EmptyState icon="circle-check-big" title=ctx.t("validity-empty-title") text=ctx.t("validity-empty-text") /> }
            .into_markup()
    } else {
        rows(ctx, &found.items)
    };
    let title = ctx.t("validity-renewals").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("validity-renewals-meta") />
        <section class="panel">{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned())];
    Ok(Page { title, place: Place::StaffDocuments, crumbs, todo: None, body })
}

/// Documents to renew, each with its next step.
pub fn rows(ctx: &Ctx, documents: &[Document]) -> Markup {
    let rows = documents
        .iter()
        .map(|document| {
            let may = crate::documents::service::may(ctx, document);
            let label = format!("{}: {}", ctx.t("validity-renew"), document.title);
            let act = may.edit.then(|| {
                let href = format!("{}#details", paths::staff_document(document.id));
                view! { <LinkButton href=href label=label>{ctx.t("validity-renew")}</LinkButton> }
            });
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name="history" /></span>
                    <div class="grow"><a class="title" href=paths::staff_document(document.id)>{document.title.clone()}</a>
                    <p class="meta">{document.organisation_name.clone()}</p>
                    <p>{status(ctx, document)}</p></div>
                    {act}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_markup()
}

/// How long a document holds, in words, with a glyph; nothing where that needs no saying.
pub fn status(ctx: &Ctx, document: &Document) -> Option<Markup> {
    let today = service::today(ctx);
    let standing = standing(document, today)?;
    let (tone, glyph, key, day) = match standing {
        Standing::NotYet(from) => (Tone::Idle, "open", "validity-not-yet", from),
        Standing::Valid(until) => (Tone::Good, "done", "validity-valid", until),
        Standing::Ends(until) => (Tone::Warn, "late", "validity-ends", until),
        Standing::Expired(until) => (Tone::Bad, "no", "validity-expired", until),
    };
    let days = day.days_since(today);
    let text = ctx.with(key, &[("day", format::day(ctx.locale, day).into()), ("days", days.into())]);
    Some(view! { <Status tone=tone glyph=glyph text=text /> }.into_markup())
}

/// The same only where somebody should look: for a row of a list.
pub fn warning(ctx: &Ctx, document: &Document) -> Option<Markup> {
    match standing(document, service::today(ctx))? {
        Standing::Valid(_) => None,
        _ => status(ctx, document),
    }
}
