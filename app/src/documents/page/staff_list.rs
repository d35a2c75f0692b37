//! `/staff/documents`: every document a member of staff may see, drafts too.

use leptos::prelude::*;

use crate::arrivals;
use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::model::{Category, State};
use crate::documents::service::{self, Filter};
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::OrganisationId;
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{
    ButtonKind, EmptyState, LinkButton, MorePager, Notice, PageHead, Place, SelectField, SelectOption, SubmitButton,
    Tone,
};

use super::list::{PER_PAGE, category, cursor};
use super::rows::{choosable, staff_table};

/// The staff's documents.
#[component]
pub fn StaffDocumentsPage() -> impl IntoView {
    page(documents)
}

#[derive(Clone, Copy)]
struct Chosen {
    category: Option<Category>,
    state: Option<State>,
    organisation: Option<OrganisationId>,
}

fn address(chosen: Chosen, after: Option<Cursor>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if let Some(state) = chosen.state {
        query.append_pair("state", state.name());
    }
    if let Some(category) = chosen.category {
        query.append_pair("category", category.key());
    }
    if let Some(organisation) = chosen.organisation {
        query.append_pair("organisation", &organisation.to_string());
    }
    if let Some(after) = after {
        query.append_pair("after", &after.to_string());
    }
    format!("{}?{}", paths::STAFF_DOCUMENTS, query.finish())
}

async fn documents(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    let query = &visit.query;
    let category = category(query)?;
    let state = query.get("state").map(|s| State::parse(s).ok_or(AppError::NotFound)).transpose()?;
    let customer = query.get("organisation").map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    let customer = match customer {
        Some(id) => Some(organisation::find(ctx, id).await?),
        None => None,
    };
    let chosen = Chosen { category, state, organisation: customer.as_ref().map(|c| c.id) };
    let after = cursor(query)?;
    let filter = Filter { category, state, organisation: chosen.organisation, after, limit: PER_PAGE };
    let mut listed = service::list(ctx, filter).await?;
    let unasked = arrivals::service::among(ctx, &listed.items).await?;
    for document in &mut listed.items {
        document.unasked = unasked.contains(&document.id);
    }
    let locale = ctx.locale;
    let states = State::ALL.map(|s| {
        let key = match s {
            State::Draft => "state-draft",
            State::Published => "state-published",
            State::Withdrawn => "state-withdrawn",
        };
        let current = (state == Some(s)).then_some("page");
        view! { <a href=address(Chosen { state: Some(s), ..chosen }, None) aria-current=current>{ctx.t(key)}</a> }
    });
    let all = state.is_none().then_some("page");
    let mut options = vec![SelectOption {
        value: String::new(),
        label: ctx.t("documents-all-categories").to_owned(),
        selected: category.is_none(),
    }];
    options.extend(Category::ALL.map(|c| SelectOption {
        value: c.key().to_owned(),
        label: ctx.t(c.label_key()).to_owned(),
        selected: category == Some(c),
    }));
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    };
    let body = if listed.items.is_empty() {
        view! { <EmptyState icon="file-text" title=ctx.t("staff-documents-empty-title") text=ctx.t("staff-documents-empty-text") /> }.into_any()
    } else {
        let next = listed.next.map(|next| address(chosen, Some(next)));
        let newest = (after != Cursor::START).then(|| address(chosen, None));
        view! { {choosable(ctx, staff_table(ctx, &listed.items, true, true))}<MorePager locale=locale next_href=next newest_href=newest /> }
            .into_any()
    };
    let may_create = !service::categories_to_create(&ctx.actor).is_empty();
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("nav-documents").to_owned();
    let meta = customer.map_or_else(|| ctx.t("staff-documents-meta").to_owned(), |c| c.name);
    let body = view! {
        <PageHead title=title.clone() meta=meta>
            {may_create.then(|| view! { <LinkButton href=paths::STAFF_DOCUMENT_NEW kind=ButtonKind::Primary>{ctx.t("documents-new")}</LinkButton> })}
        </PageHead>
        <nav class="tabs" aria-label=ctx.t("documents-column-status")><a href=address(Chosen { state: None, ..chosen }, None) aria-current=all>{ctx.t("documents-all")}</a>{states.into_iter().collect_view()}<a href=paths::STAFF_ARRIVALS>{ctx.t("arrivals-title")}</a></nav>
        <form class="filters" method="get" action=paths::STAFF_DOCUMENTS>
            {hidden("state", state.map(|s| s.name().to_owned()))}
            {hidden("organisation", chosen.organisation.map(|id| id.to_string()))}
            <SelectField name="category" label=ctx.t("documents-category") options=options />
            <SubmitButton>{ctx.t("documents-filter")}</SubmitButton>
        </form>
        {problem}
        <section class="panel">{body}</section>
    }
    .into_any();
    Ok(Page { title, place: Place::StaffDocuments, crumbs: vec![], todo: None, body })
}
