//! `/organisation/details`: one's own organisation as the house knows it.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::i18n::format;
use crate::paths;
use crate::ui::{ButtonKind, EmptyState, ErrorSummary, Notice, PageHead, Panel, Place, SubmitButton, Tone};
use crate::view_as;

use super::details;
use super::forms::{facts, history, inputs, names};
use super::service;

/// The page of one's own organisation's master data.
#[component]
pub fn OrganisationDetailsPage() -> impl IntoView {
    page(own)
}

async fn own(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id = service::at_hand(ctx)?;
    let organisation = details::find(ctx, id).await?;
    let may_edit = details::may_edit(ctx, &organisation);
    let flash = &visit.flash;
    let released = if may_edit { details::released(&ctx.db, &organisation).await? } else { Vec::new() };
    let form = (!released.is_empty()).then(|| {
        view! {
            <form method="post" action="/_fn/organisation/edit" novalidate=true>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="revision" value=organisation.revision.to_string() />
                <input type="hidden" name="fields" value=names(&released) />
                <div class="panel-body fields">{inputs(ctx, Some(&organisation), flash, &released)}</div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("customers-save")}</SubmitButton></div>
            </form>
        }
    });
    let (changes, looks) = if may_edit {
        let row = service::find(ctx, id).await?;
        (details::changes(ctx, &organisation, None, 50).await?, view_as::service::past(ctx, &row).await?)
    } else {
        (Vec::new(), Vec::new())
    };
    let log = may_edit.then(|| {
        let body = if changes.is_empty() {
            view! { <EmptyState icon="history" title=ctx.t("customers-history-empty-title") text=ctx.t("customers-history-empty-text") /> }.into_markup()
        } else {
            history(ctx, changes)
        };
        view! { <Panel id="history" title=ctx.t("customers-history")>{body}</Panel> }
    });
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("customers-details").to_owned();
    let meta = ctx.t(if form.is_some() { "customers-details-meta-admin" } else { "customers-details-meta" });
    let body = view! {
        <PageHead title=title.clone() meta=meta />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <div class="split">
            <div class="stack">
                {form.map(|form| view! { <Panel id="edit" title=ctx.t("customers-edit")>{form}</Panel> })}
                {log}
            </div>
            <div class="stack">
                <Panel id="facts" title=organisation.get(super::fields::Field::Name).to_owned()>{facts(ctx, &organisation)}</Panel>
                {looked(ctx, looks)}
            </div>
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::ORGANISATION.to_owned(), ctx.t("nav-organisation").to_owned())];
    Ok(Page { title, place: Place::Organisation, crumbs, todo: None, body })
}

/// Who of staff looked at the portal as one of them, and why.
pub(super) fn looked(ctx: &Ctx, looks: Vec<view_as::Past>) -> Option<Markup> {
    if looks.is_empty() {
        return None;
    }
    let rows = looks
        .into_iter()
        .map(|look| {
            let until = match look.ended_at(ctx.now()) {
                Some(at) => ctx.with("view-as-until", &[("time", format::time(&ctx.zone, at).into())]),
                None => ctx.t("view-as-goes-on").to_owned(),
            };
            let what = ctx.with(
                "view-as-looked",
                &[("staff", look.staff_name.into()), ("name", look.person_name.into())],
            );
            view! {
                <li class="linkrow"><div class="grow"><p>{what}</p>
                    <p class="meta">{look.reason}<span class="sep"></span><time datetime=look.started_at.rfc3339()>{ctx.date_time(look.started_at)}</time>" "{until}</p>
                </div></li>
            }
        })
        .collect_view();
    Some(view! { <Panel id="looked" title=ctx.t("view-as-past")><ul class="rows">{rows}</ul></Panel> }.into_markup())
}
