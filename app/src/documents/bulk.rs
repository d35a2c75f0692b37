//! The same act on several documents: all of them, or none.

use std::collections::HashMap;

use crate::access::Scope;
use crate::audit::{self, Event};
use crate::categories;
use crate::categories::model::Rules;
use crate::ctx::Ctx;
use crate::db::{Tx, Value, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{DocumentId, OrganisationId};

use super::audience;
use super::model::{Audience, Category, Document, EditDocument, Reader, State};
use super::scope::{columns, may_see, sources};
use super::service::{self, Seen};
use super::store;
use super::tags;

/// The most documents of one act.
pub const MOST: usize = 100;

macro_rules! documents {
    ($ids:literal) => {
        concat!("SELECT ", columns!(), " FROM documents d ", sources!(), " WHERE d.id ", $ids, " AND ", may_see!())
    };
}

sql! {
    DOCUMENTS = sqlite: documents!("IN (SELECT unhex(value) FROM json_each($6))"), postgres: documents!("= ANY($6)");
}

/// A document, and what somebody saw of it before they acted.
#[derive(Clone, Debug)]
pub struct Item {
    /// Which.
    pub id: DocumentId,
    /// What they saw.
    pub seen: Seen,
}

fn check_count(ctx: &Ctx, count: usize) -> Result<(), AppError> {
    let wrong = |text: String| Err(AppError::Invalid(FieldErrors::one("ids", text)));
    match count {
        0 => wrong(ctx.t("archive-error-none").to_owned()),
        1..=MOST => Ok(()),
        _ => wrong(ctx.with("archive-error-many", &[("max", MOST.into())])),
    }
}

/// The chosen documents, in the order of the choice. One that is not theirs to see is not found.
pub async fn chosen(ctx: &Ctx, ids: &[DocumentId]) -> Result<Vec<Document>, AppError> {
    let mut ids = ids.to_vec();
    let mut known = std::collections::HashSet::new();
    ids.retain(|id| known.insert(*id));
    check_count(ctx, ids.len())?;
    let [a, b, c, d, e] = Scope::of(&ctx.actor)?.values();
    let wanted = Value::Uuids(ids.iter().map(|id| id.0).collect());
    let rows: Vec<Document> = ctx.db.all(DOCUMENTS, [a, b, c, d, e, wanted]).await?;
    let mut rows: HashMap<DocumentId, Document> = rows.into_iter().map(|row| (row.id, row)).collect();
    ids.iter().map(|id| rows.remove(id).ok_or(AppError::NotFound)).collect()
}

/// Who would read a document that is published to everyone of its organisation.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The document.
    pub document: Document,
    /// Its readers at the customer.
    pub readers: Vec<Reader>,
}

/// Exactly who would be able to read these documents, if they were published to everyone of their organisations.
pub async fn preview(ctx: &Ctx, documents: &[Document]) -> Result<Vec<Preview>, AppError> {
    // Two documents of one customer and one module have the same readers: they are asked for once.
    let mut asked: HashMap<(OrganisationId, &'static str), Vec<Reader>> = HashMap::new();
    let mut previews = Vec::with_capacity(documents.len());
    for document in documents {
        let key = (document.organisation_id, document.category.module().name());
        let readers = match asked.get(&key) {
            Some(readers) => readers.clone(),
            None => {
                let subjects = audience::subjects(&Audience::Organisation, document.organisation_id);
                let readers = audience::customers(&ctx.db, document, subjects).await?;
                asked.insert(key, readers.clone());
                readers
            }
        };
        previews.push(Preview { document: document.clone(), readers });
    }
    Ok(previews)
}

/// Whether rules offer everyone of the organisation first. Whoever set another audience meant that somebody chooses which
/// people, group or project it is, and no list of documents can say that.
fn opens_to_everyone(rules: &Rules) -> bool {
    rules.audience == Audience::Organisation.kind()
}

/// Whether it could be published from a list, did its category not ask for a choice of who sees it.
pub fn needs_choice(ctx: &Ctx, document: &Document) -> bool {
    document.state != State::Published
        && service::may(ctx, document).publish
        && !opens_to_everyone(&ctx.portal.categories.get().of(document.category))
}

/// Whether it can be published from a list: drafts and what was taken back. Who has it already is not decided in bulk.
pub fn may_publish(ctx: &Ctx, document: &Document) -> bool {
    document.state != State::Published && service::may(ctx, document).publish && !needs_choice(ctx, document)
}

/// Names the document that an act stopped at.
fn at(document: &str, error: AppError) -> AppError {
    match error {
        AppError::Conflict(text) => AppError::Conflict(format!("{document}: {text}")),
        AppError::Stale => AppError::Stale,
        other => other,
    }
}

/// The documents of an act, each once, taken in one order: two who act on overlapping choices wait for each other in one
/// place, and nobody waits for the trail before everything is taken.
async fn take(tx: &Tx, items: &[Item]) -> Result<Vec<Item>, AppError> {
    let mut items = items.to_vec();
    items.sort_by_key(|item| item.id);
    items.dedup_by_key(|item| item.id);
    for item in &items {
        store::lock(tx, item.id).await?;
    }
    Ok(items)
}

async fn record(tx: Tx, ctx: &Ctx, events: Vec<Event>) -> Result<usize, AppError> {
    let count = events.len();
    for event in events {
        audit::record(&tx, ctx, event).await?;
    }
    tx.commit().await?;
    Ok(count)
}

/// Publishes the current version of each to everyone of its organisation, where its category does not ask for another
/// choice. Answers how many.
pub async fn publish(ctx: &Ctx, items: &[Item]) -> Result<usize, AppError> {
    check_count(ctx, items.len())?;
    let tx = ctx.db.begin().await?;
    let mut events = Vec::new();
    for item in take(&tx, items).await? {
        let row = find(&tx, ctx, item.id).await?;
        service::check_publisher(ctx, &row)?;
        // Who has it already is not decided in bulk: it would be everybody from now on.
        if row.state == State::Published {
            let known = AppError::Conflict(ctx.t("bulk-error-published").to_owned());
            return Err(at(&row.title, known));
        }
        // As the rules are now, not as this process last read them.
        if !opens_to_everyone(&categories::store::of(&tx, row.category).await?) {
            let choice = AppError::Conflict(ctx.t("bulk-needs-choice").to_owned());
            return Err(at(&row.title, choice));
        }
        let done = service::publish_in(&tx, ctx, item.id, &item.seen, &Audience::Organisation).await;
        events.push(done.map_err(|e| at(&row.title, e))?.1);
    }
    record(tx, ctx, events).await
}

/// Moves each into a category. Answers how many.
pub async fn move_to(ctx: &Ctx, items: &[Item], category: Category) -> Result<usize, AppError> {
    check_count(ctx, items.len())?;
    let tx = ctx.db.begin().await?;
    let mut events = Vec::new();
    for item in take(&tx, items).await? {
        let row = find(&tx, ctx, item.id).await?;
        let edit = EditDocument { category: Some(category), ..EditDocument::default() };
        let done = service::edit_in(&tx, ctx, item.id, &item.seen, edit).await;
        events.push(done.map_err(|e| at(&row.title, e))?);
    }
    record(tx, ctx, events).await
}

/// Gives each of them these tags too. Answers how many.
pub async fn tag(ctx: &Ctx, items: &[Item], typed: &[String]) -> Result<usize, AppError> {
    // What is not visible is not found, whatever else is wrong.
    chosen(ctx, &items.iter().map(|item| item.id).collect::<Vec<_>>()).await?;
    let mut errors = FieldErrors::default();
    let added = tags::check(ctx, typed, &mut errors);
    if added.is_empty() && errors.is_empty() {
        errors.add("tags", ctx.t("tags-error-none"));
    }
    errors.into_result()?;
    let tx = ctx.db.begin().await?;
    let mut events = Vec::new();
    let mut rows = Vec::new();
    for item in take(&tx, items).await? {
        rows.push((find(&tx, ctx, item.id).await?, item));
    }
    // All at once, in one order, as documents are taken.
    let everything = rows.iter().flat_map(|(row, _)| row.tags().map(str::to_owned)).chain(added.iter().cloned());
    tags::spelled(&tx, &everything.collect::<Vec<_>>()).await?;
    for (row, item) in rows {
        let all = row.tags().map(str::to_owned).chain(added.iter().cloned()).collect();
        let edit = EditDocument { tags: Some(all), ..EditDocument::default() };
        let done = service::edit_in(&tx, ctx, item.id, &item.seen, edit).await;
        events.push(done.map_err(|e| at(&row.title, e))?);
    }
    record(tx, ctx, events).await
}

async fn find(tx: &Tx, ctx: &Ctx, id: DocumentId) -> Result<Document, AppError> {
    store::find(tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)
}
