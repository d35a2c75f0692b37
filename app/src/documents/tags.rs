//! Tags: names that staff give documents across categories, and that its readers see and find it by. Spelled as whoever
//! used one first.

use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::FieldErrors;
use crate::search::fold_tag;

/// Of one document, at most.
pub const MOST: usize = 10;
/// Letters of one.
pub const LONGEST: usize = 40;
/// So many are offered as a filter.
const OFFERED: i64 = 200;

sql! {
    LEARN = "INSERT INTO tags (folded, name) VALUES ($1, $2) ON CONFLICT (folded) DO UPDATE SET name = tags.name RETURNING name";
    NAMES = "SELECT name FROM tags ORDER BY folded LIMIT $1";
}

/// Tags as somebody typed them into one field.
pub fn split(text: &str) -> Vec<String> {
    text.split([',', ';', '\n']).map(str::to_owned).collect()
}

/// Checks tags: each once, whatever its spelling, none without a letter.
pub fn check(ctx: &Ctx, typed: &[String], errors: &mut FieldErrors) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let mut known: Vec<String> = Vec::new();
    for name in typed {
        let name = name.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let name = name.collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            continue;
        }
        let folded = fold_tag(&name);
        if folded.is_empty() || name.contains([',', ';']) {
            errors.add("tags", ctx.with("tags-error-word", &[("tag", name.into())]));
            return tags;
        }
        if name.chars().count() > LONGEST {
            errors.add("tags", ctx.with("tags-error-long", &[("tag", name.into()), ("max", LONGEST.into())]));
            return tags;
        }
        if !known.contains(&folded) {
            known.push(folded);
            tags.push(name);
        }
    }
    if tags.len() > MOST {
        errors.add("tags", ctx.with("tags-error-many", &[("max", MOST.into())]));
    }
    tags
}

/// These tags as everybody spells them, in the order of the alphabet: how a document keeps them.
pub async fn spelled(tx: &Tx, tags: &[String]) -> DbResult<String> {
    let mut folded: Vec<(String, &String)> = tags.iter().map(|name| (fold_tag(name), name)).collect();
    // Two who use the same tags wait for each other in one place.
    folded.sort_unstable();
    let mut names = Vec::with_capacity(folded.len());
    for (folded, name) in folded {
        let (name,): (String,) = tx.one(LEARN, args![folded, name]).await?;
        names.push(name);
    }
    Ok(names.join("\n"))
}

/// Tags there are: for staff, who give them.
pub async fn names(db: &Db) -> DbResult<Vec<String>> {
    let rows: Vec<(String,)> = db.all(NAMES, args![OFFERED]).await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}
