//! A list of documents for whoever asks, page, program or export: all of them, or what was looked for among them.

use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::model::{Category, State};
use crate::documents::service::{self as documents, Filter};
use crate::documents::sort::Sort;
use crate::error::AppError;
use crate::ids::{OrganisationId, ProjectId};

use super::model::{Hit, Query};
use super::service;

/// The longest question that is kept as it was typed.
const LONGEST: usize = 200;

/// Which documents.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What somebody typed.
    pub search: Option<String>,
    /// Only with this tag.
    pub tag: Option<String>,
    /// Only what was published for the people of this project.
    pub project: Option<ProjectId>,
    /// Only of this category.
    pub category: Option<Category>,
    /// Only in this state.
    pub state: Option<State>,
    /// For a customer: only through this membership. For staff: only of this customer.
    pub organisation: Option<OrganisationId>,
    /// In which order. What is looked for has an order of its own.
    pub sort: Sort,
    /// `next` of the page before.
    pub after: Option<String>,
    /// How many.
    pub limit: i64,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The documents, in the order asked for; what was looked for, the last changed first.
    pub hits: Vec<Hit>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

impl Wanted {
    /// Whether words, a tag or a project's papers are looked for.
    pub fn is_search(&self) -> bool {
        self.search.is_some() || self.tag.is_some() || self.project.is_some()
    }
}

/// What somebody typed, as far as it counts; nothing when it is blank.
pub fn typed(text: Option<&str>) -> Option<String> {
    let text: String = text?.trim().chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

/// The position of an index that a cursor of what was looked for names.
pub fn position(cursor: &str) -> Option<i64> {
    cursor.strip_prefix('p')?.parse().ok().filter(|at| *at > 0)
}

/// A page of the documents the actor may see. `BadRequest` for a cursor that is none of ours.
pub async fn list(ctx: &Ctx, wanted: &Wanted) -> Result<Listed, AppError> {
    let bad = || AppError::BadRequest("cursor: not one of ours".to_owned());
    let Wanted { category, state, organisation, project, limit, .. } = *wanted;
    if wanted.is_search() {
        // In the index people and groups stand beside projects: whoever does not see the project does not ask by it.
        if let Some(project) = project {
            crate::projects::service::find(ctx, project).await?;
        }
        let before = wanted.after.as_deref().map(|text| position(text).ok_or_else(bad)).transpose()?;
        let text = wanted.search.clone().unwrap_or_default();
        let limit = usize::try_from(limit).map_err(|_| bad())?;
        let query = Query { text, tag: wanted.tag.clone(), project, category, state, organisation, before, limit };
        let found = service::search(ctx, &query).await?;
        return Ok(Listed { hits: found.hits, next: found.next.map(|at| format!("p{at}")) });
    }
    let after = match wanted.after.as_deref() {
        Some(text) => Cursor::parse(wanted.sort, text).ok_or_else(bad)?,
        None => Cursor::start(wanted.sort),
    };
    let page = documents::list(ctx, Filter { category, state, organisation, after, limit }).await?;
    let next = page.next.map(|cursor| cursor.to_string());
    Ok(Listed { hits: page.items.into_iter().map(Hit::from).collect(), next })
}
