//! What the two lists of documents share: the address, the field to search in, and what is found.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::sort::Sort;
use crate::doors::Query;
use crate::error::AppError;
use crate::ids::{OrganisationId, ProjectId};
use crate::paths;
use crate::projects::service as projects;
use crate::search::list::{Listed, Wanted, list, typed};
use crate::ui::{Icon, SelectField, SelectOption, SubmitButton};

use super::list::{PER_PAGE, category};
use super::order;

/// In place of a project's id: the choice is shown, and nothing is chosen yet.
const CHOOSE: &str = "choose";

/// What the address asks for, state and organisation aside.
pub fn wanted(query: &Query) -> Result<Wanted, AppError> {
    Ok(Wanted {
        search: typed(query.get("search")),
        tag: typed(query.get("tag")),
        project: match query.get("project").filter(|text| *text != CHOOSE) {
            Some(text) => Some(text.parse().map_err(|_| AppError::NotFound)?),
            None => None,
        },
        category: category(query)?,
        sort: query.get("sort").map_or(Ok(Sort::default()), |name| Sort::parse(name).ok_or(AppError::NotFound))?,
        after: query.get("after").map(str::to_owned),
        limit: PER_PAGE,
        ..Wanted::default()
    })
}

/// What follows the question mark for this list.
pub fn query(wanted: &Wanted) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let organisation = wanted.organisation.map(|id| id.to_string());
    let project = wanted.project.map(|id| id.to_string());
    let pairs = [
        ("search", wanted.search.as_deref()),
        ("tag", wanted.tag.as_deref()),
        ("project", project.as_deref()),
        ("state", wanted.state.map(|state| state.name())),
        ("category", wanted.category.map(|category| category.key())),
        ("organisation", organisation.as_deref()),
        ("sort", Some(wanted.sort).filter(|sort| *sort != Sort::default()).map(Sort::name)),
        ("after", wanted.after.as_deref()),
    ];
    for (name, value) in pairs {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    query.finish()
}

/// The address of this list.
pub fn address(path: &str, wanted: &Wanted) -> String {
    let query = query(wanted);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The choice of a project of this customer where one is chosen or about to be, else the way to it: most who open the list
/// have no need of the names.
pub async fn project(
    ctx: &Ctx,
    path: &'static str,
    wanted: &Wanted,
    asked: &Query,
    of: Option<OrganisationId>,
) -> Result<Option<Markup>, AppError> {
    if wanted.project.is_none() && asked.get("project") != Some(CHOOSE) {
        return Ok(of.map(|_| {
            let mut query = query(&Wanted { after: None, ..wanted.clone() });
            if !query.is_empty() {
                query.push('&');
            }
            view! { <a href=format!("{path}?{query}project={CHOOSE}")>{ctx.t("documents-by-project")}</a> }
                .into_markup()
        }));
    }
    let mut known: Vec<(ProjectId, String)> = match of {
        Some(id) => projects::names(ctx, id).await?.into_iter().map(|project| (project.id, project.name)).collect(),
        None => Vec::new(),
    };
    if let Some(id) = wanted.project.filter(|id| !known.iter().any(|(known, _)| known == id)) {
        known.push((id, projects::find(ctx, id).await?.name));
    }
    let mut options = vec![SelectOption {
        value: String::new(),
        label: ctx.t("documents-all-projects").to_owned(),
        selected: wanted.project.is_none(),
    }];
    options.extend(known.into_iter().map(|(id, label)| SelectOption {
        value: id.to_string(),
        label,
        selected: wanted.project == Some(id),
    }));
    let label = ctx.t("documents-project");
    Ok(Some(view! { <SelectField name="project" label=label options=options /> }.into_markup()))
}

/// The list; an address that is none of ours is not found.
pub async fn read(ctx: &Ctx, wanted: &Wanted) -> Result<Listed, AppError> {
    match list(ctx, wanted).await {
        Err(AppError::BadRequest(_)) => Err(AppError::NotFound),
        other => other,
    }
}

/// The nonce of a page whose list is filled while one types.
pub fn nonce() -> String {
    use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default()
}

/// The field to search in. With the script the list below follows what is typed; without it, the button.
pub fn form(ctx: &Ctx, path: &'static str, wanted: &Wanted, more: Option<Markup>, nonce: String) -> Markup {
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    };
    let category = wanted.category.filter(|_| path == paths::DOCUMENTS).map(|c| c.key().to_owned());
    let tag = wanted.tag.clone().map(|name| {
        let without = address(path, &Wanted { tag: None, after: None, ..wanted.clone() });
        let label = ctx.with("tags-without", &[("tag", name.clone().into())]);
        view! { <p class="chosen">{ctx.t("tags-with")}" "<span class="tag">{name}</span><a class="iconbtn" href=without aria-label=label><Icon name="x" /></a></p> }
    });
    view! {
        <form class="filters" method="get" action=path role="search" data-live="results">
            <div class="searchfield">
                <label class="vh" for="search">{ctx.t("documents-search")}</label>
                <Icon name="search" />
                <input class="input" id="search" name="search" type="search" maxlength="200" autocomplete="off" spellcheck="false"
                    placeholder=ctx.t("documents-search-hint") value=wanted.search.clone().unwrap_or_default() />
            </div>
            {hidden("state", wanted.state.map(|s| s.name().to_owned()))}
            {hidden("organisation", wanted.organisation.map(|id| id.to_string()))}
            {hidden("category", category)}
            {hidden("tag", wanted.tag.clone())}
            {more}
            {order::field(ctx, wanted)}
            <SubmitButton>{ctx.t("documents-search-button")}</SubmitButton>
            {tag}
        </form>
        <script nonce=nonce defer=true src=crate::assets::url("search.js")></script>
    }
    .into_markup()
}

/// How much was found, for those who do not see the list change.
pub fn said(ctx: &Ctx, wanted: &Wanted, listed: &Listed) -> Markup {
    let text = if !wanted.is_search() {
        String::new()
    } else if listed.next.is_some() {
        ctx.with("documents-found-more", &[("count", listed.hits.len().into())])
    } else {
        ctx.with("documents-found", &[("count", listed.hits.len().into())])
    };
    view! { <p class="vh" role="status" id="results-said">{text}</p> }.into_markup()
}
