//! `/staff/documents`: every document a member of staff may see, drafts too.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::arrivals;
use crate::ctx::Ctx;
use crate::documents::model::{Category, State};
use crate::documents::service;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::organisation::service as organisation;
use crate::paths;
use crate::saved_views::model::List;
use crate::saved_views::page::views as saved_views;
use crate::search::list::Wanted;
use crate::ui::{
    ButtonKind, EmptyState, LinkButton, MorePager, Notice, PageHead, Place, SelectField, SelectOption, Tone,
};

use super::order::{self, Headings};
use super::rows::{choosable, staff_table};
use super::search;

/// The staff's documents.
#[component]
pub fn StaffDocumentsPage() -> impl IntoView {
    let nonce = search::nonce();
    page(async move |ctx, visit| documents(ctx, visit, nonce).await)
}

async fn documents(ctx: Ctx, visit: Visit, nonce: String) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    let query = &visit.query;
    let state = query.get("state").map(|s| State::parse(s).ok_or(AppError::NotFound)).transpose()?;
    let customer = query.get("organisation").map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    let customer = match customer {
        Some(id) => Some(organisation::find(ctx, id).await?),
        None => None,
    };
    let wanted = Wanted { state, organisation: customer.as_ref().map(|c| c.id), ..search::wanted(query)? };
    let project = search::project(ctx, paths::STAFF_DOCUMENTS, &wanted, query, wanted.organisation).await?;
    let mut listed = search::read(ctx, &wanted).await?;
    let unasked =
        arrivals::service::among(ctx, &listed.hits.iter().map(|hit| hit.document.id).collect::<Vec<_>>()).await?;
    for hit in &mut listed.hits {
        hit.document.unasked = unasked.contains(&hit.document.id);
    }
    let address = |state: Option<State>, after: Option<String>| {
        search::address(paths::STAFF_DOCUMENTS, &Wanted { state, after, ..wanted.clone() })
    };
    let tab = |wanted: Option<State>, text: &'static str| {
        let current = (state == wanted).then_some("page");
        view! { <a href=address(wanted, None) aria-current=current>{text}</a> }
    };
    let states = State::ALL.map(|s| {
        let key = match s {
            State::Draft => "state-draft",
            State::Published => "state-published",
            State::Withdrawn => "state-withdrawn",
        };
        tab(Some(s), ctx.t(key))
    });
    let list = if listed.hits.is_empty() {
        let (icon, title, text) = if wanted.is_search() {
            ("search", "documents-none-title", "documents-none-text")
        } else {
            ("file-text", "staff-documents-empty-title", "staff-documents-empty-text")
        };
        view! { <EmptyState icon=icon title=ctx.t(title) text=ctx.t(text) /> }.into_markup()
    } else {
        let next = listed.next.clone().map(|next| address(state, Some(next)));
        let newest = wanted.after.is_some().then(|| address(state, None));
        view! { {choosable(ctx, staff_table(ctx, &listed.hits, true, Headings::of(paths::STAFF_DOCUMENTS, &wanted).as_ref()))}<MorePager locale=ctx.locale next_href=next newest_href=newest /> }
            .into_markup()
    };
    let may_create = !service::categories_to_create(&ctx.actor).is_empty();
    let views = saved_views(ctx, List::StaffDocuments, &search::query(&wanted), &visit.flash).await?;
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("nav-documents").to_owned();
    let meta = customer.map_or_else(|| ctx.t("staff-documents-meta").to_owned(), |c| c.name);
    let body = view! {
        <PageHead title=title.clone() meta=meta>
            {may_create.then(|| view! { <LinkButton href=paths::STAFF_DOCUMENT_NEW kind=ButtonKind::Primary>{ctx.t("documents-new")}</LinkButton> })}
        </PageHead>
        {search::form(ctx, paths::STAFF_DOCUMENTS, &wanted, Some(filters(ctx, &wanted, project)), nonce)}
        {search::said(ctx, &wanted, &listed)}
        <div id="results" class="stack">
            {views}
            <nav class="tabs" aria-label=ctx.t("documents-column-status")>{tab(None, ctx.t("documents-all"))}{states.into_iter().collect_view()}<a href=paths::STAFF_ARRIVALS>{ctx.t("arrivals-title")}</a></nav>
            {problem}
            {order::left_out(ctx, &wanted)}
            <section class="panel" id="list" data-live-area="documents files approvals">{list}</section>
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::StaffDocuments, crumbs: vec![], todo: None, body })
}

/// The category, and the project.
fn filters(ctx: &Ctx, wanted: &Wanted, project: Option<Markup>) -> Markup {
    let all = |key: &'static str, selected: bool| SelectOption {
        value: String::new(),
        label: ctx.t(key).to_owned(),
        selected,
    };
    let mut categories = vec![all("documents-all-categories", wanted.category.is_none())];
    categories.extend(Category::ALL.map(|c| SelectOption {
        value: c.key().to_owned(),
        label: ctx.t(c.label_key()).to_owned(),
        selected: wanted.category == Some(c),
    }));
    view! { <SelectField name="category" label=ctx.t("documents-category") options=categories />{project} }
        .into_markup()
}
