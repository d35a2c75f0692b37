//! What the index holds of documents.

use std::collections::HashMap;

use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::DocumentId;

use super::store::{self, Row};
use super::tokens::{self, Indexed, Made};

fn make(row: &Row, subjects: &[Uuid], readable: bool) -> Made {
    let mut texts = vec![row.title.as_str()];
    texts.extend(Locale::ALL.map(|locale| locale.t(row.category.label_key())));
    texts.push(&row.tags);
    texts.extend(row.file_name.as_deref());
    texts.extend(row.note.as_deref());
    texts.extend(row.text.as_deref().filter(|_| readable));
    let mut tokens: Vec<String> = subjects.iter().map(|id| tokens::subject(*id)).collect();
    tokens.extend([
        tokens::organisation(row.organisation_id),
        tokens::topic(row.topic),
        tokens::state(row.state),
        tokens::category(row.category),
    ]);
    tokens.extend(row.tags.lines().map(|name| tokens::tag(&tokens::fold_tag(name))));
    Indexed { tokens, internal: vec![&row.organisation_name], texts }.made(row.changed_at)
}

/// What the index is to hold of these.
pub async fn made(ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, Made>, AppError> {
    let (rows, pairs) = store::rows(&ctx.db, ids).await?;
    let scanner = ctx.portal.scanner.is_some();
    // Millions of letters, perhaps.
    let made = move || {
        let mut subjects: HashMap<DocumentId, Vec<Uuid>> = HashMap::new();
        for (document, subject) in pairs {
            subjects.entry(document).or_default().push(subject);
        }
        let one = |row: &Row| {
            let readable = row.scan.is_some_and(|known| known.is_readable(scanner));
            (row.id.0, make(row, subjects.get(&row.id).map_or(&[], Vec::as_slice), readable))
        };
        rows.iter().map(one).collect()
    };
    tokio::task::spawn_blocking(made).await.map_err(|_| AppError::Internal)
}
