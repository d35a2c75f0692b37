//! Looking for documents.

use std::collections::HashMap;

use crate::access::{Scope, Topic};
use crate::ctx::Ctx;
use crate::documents::model::Document;
use crate::documents::read;
use crate::documents::service::{is_readable, redacted};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::{DocumentId, OrganisationId};

use super::expression::Expression;
use super::model::{Found, Hit, Query};
use super::tables::DOCUMENTS;
use super::walk::{Page, Walk, holding};
use super::{excerpt, scope, store, tokens};

/// Documents that hold what somebody looks for, as far as they may see them.
pub async fn search(ctx: &Ctx, query: &Query) -> Result<Found, AppError> {
    let reach = Scope::of(&ctx.actor)?;
    let words = query.words();
    // Signs alone: nothing is asked for, nothing is found.
    if words.is_empty() && query.tag.is_none() && query.project.is_none() {
        return Ok(Found::default());
    }
    let seen = scope::expression(ctx, query.organisation).await?;
    let staff = ctx.actor.staff().is_some();
    let Some(mut wanted) = holding(&ctx.db, &DOCUMENTS, seen, &words, staff).await? else {
        return Ok(Found::default());
    };
    let filters = [
        query.category.map(tokens::category),
        query.state.map(tokens::state),
        query.tag.as_deref().map(|name| tokens::tag(&tokens::fold_tag(name))),
        query.project.map(|id| tokens::subject(id.0)),
    ];
    for token in filters.into_iter().flatten() {
        wanted = wanted.and(Expression::Token(token));
    }
    let walk = Walk::begin(&ctx.db, &DOCUMENTS, wanted, query.before, query.limit + 1).await?;
    let mut files = Files::default();
    let (rows, next) = page(ctx, reach, walk, query.limit, &words, &mut files).await?;
    let mut texts = texts(ctx, &rows, &words, &mut files).await?;
    let hits = rows.into_iter().map(|document| {
        let title = excerpt::marked(&document.title, &words);
        let tags = document.tags().map(|name| excerpt::marked(name, &words)).collect();
        let excerpt = texts.remove(&document.id).flatten();
        Hit { document, title, tags, excerpt }
    });
    Ok(Found { hits: hits.collect(), next })
}

/// Whose files the actor may have: asked once for each customer and topic. Staff who look as somebody else see documents
/// whose files are not for them.
#[derive(Default)]
struct Files(HashMap<(OrganisationId, Topic), bool>);

impl Files {
    async fn may_have(&mut self, ctx: &Ctx, document: &Document) -> Result<bool, AppError> {
        let key = (document.organisation_id, document.topic);
        if let Some(known) = self.0.get(&key) {
            return Ok(*known);
        }
        let may = read::may_download(ctx, document).await?;
        self.0.insert(key, may);
        Ok(may)
    }
}

/// Whether what a list shows of a document has all the words.
fn shows(document: &Document, words: &[String]) -> bool {
    let mut shown = vec![document.title.as_str(), &document.tags];
    shown.extend(document.file_name.as_deref());
    shown.extend(Locale::ALL.map(|locale| locale.t(document.category.label_key())));
    excerpt::has_all(&shown.join("\n"), words)
}

/// The first so many of what the index knows and the policy allows, and where to go on.
async fn page(
    ctx: &Ctx,
    reach: Scope,
    mut walk: Walk,
    limit: usize,
    words: &[String],
    files: &mut Files,
) -> Result<(Vec<Document>, Option<i64>), AppError> {
    let mut page = Page::of(limit);
    while let Some(found) = walk.look(&ctx.db).await? {
        let ids: Vec<DocumentId> = found.iter().map(|(_, id)| DocumentId(*id)).collect();
        let mut rows = Vec::new();
        for document in store::documents(&ctx.db, reach, &ids).await? {
            // Nobody learns the words of a file they may not have by asking for one after the other.
            if files.may_have(ctx, &document).await? || shows(&document, words) {
                rows.push((document.id.0, redacted(ctx, document)));
            }
        }
        if page.add(&found, rows) {
            break;
        }
    }
    Ok(page.end(&walk))
}

/// Excerpts of those whose title does not say it all, where their readers may have the file.
async fn texts(
    ctx: &Ctx,
    rows: &[Document],
    words: &[String],
    files: &mut Files,
) -> Result<HashMap<DocumentId, Option<Vec<super::model::Piece>>>, AppError> {
    let mut asked: Vec<DocumentId> = Vec::new();
    for document in rows {
        let wanted = !words.is_empty() && !excerpt::has_all(&document.title, words);
        if wanted && is_readable(ctx, document) && files.may_have(ctx, document).await? {
            asked.push(document.id);
        }
    }
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let texts = store::texts(&ctx.db, &asked).await?;
    let words = words.to_vec();
    let made = move || texts.into_iter().map(|(id, text)| (id, excerpt::excerpt(&text, &words))).collect();
    tokio::task::spawn_blocking(made).await.map_err(|_| AppError::Internal)
}
