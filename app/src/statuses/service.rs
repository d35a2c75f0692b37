//! Use cases of statuses.

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, is_unique_violation};
use crate::error::{AppError, FieldErrors};
use crate::etag;
use crate::{orders, projects};

use super::model::{Input, Kind, Status, Used};
use super::store;

/// The longest name, in characters.
pub const NAME_LONGEST: usize = 60;
/// The longest key.
const KEY_LONGEST: usize = 40;
/// The longest reason.
pub const REASON_LONGEST: usize = 1000;
/// The most statuses of a kind: they stand in one row above a list.
const MOST: usize = 30;
/// Between two positions.
const STEP: i64 = 10;

/// Refuses whoever may not change how the portal is set up.
pub fn check_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::SettingsManage, Relation::Other, None)
}

/// The statuses of a kind in their order, for whoever sees how the portal is set up.
pub async fn all(ctx: &Ctx, kind: Kind) -> Result<Vec<Used>, AppError> {
    allow(&ctx.actor, Action::SettingsRead, Relation::Other, None)?;
    Ok(store::used(&ctx.db, kind).await?)
}

/// One of them.
pub async fn find(ctx: &Ctx, kind: Kind, key: &str) -> Result<Used, AppError> {
    all(ctx, kind).await?.into_iter().find(|row| row.status.key == key).ok_or(AppError::NotFound)
}

/// What is wrong with a status, its names in one line each.
fn checked(ctx: &Ctx, input: &Input, others: &[&Status]) -> Result<Input, AppError> {
    let mut errors = FieldErrors::default();
    let mut name = |field: &str, text: &str, known: fn(&Status) -> &String| {
        let text = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let text = text.collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            errors.add(field, ctx.t("statuses-error-name"));
        } else if text.chars().count() > NAME_LONGEST {
            errors.add(field, ctx.with("orders-error-long", &[("max", NAME_LONGEST.into())]));
        } else if others.iter().any(|other| known(other).to_lowercase() == text.to_lowercase()) {
            // Files and people name a status by its name.
            errors.add(field, ctx.t("statuses-error-twice"));
        }
        text
    };
    let input = Input {
        name_en: name("name_en", &input.name_en, |status| &status.name_en),
        name_de: name("name_de", &input.name_de, |status| &status.name_de),
        name_nl: name("name_nl", &input.name_nl, |status| &status.name_nl),
        ..*input
    };
    errors.into_result()?;
    Ok(input)
}

/// A key out of a name: small letters, digits and underscores.
fn key_of(name: &str) -> String {
    let words: Vec<String> = crate::search::words(name).collect();
    let ascii = |word: &String| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let key = words.iter().map(ascii).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    key.chars().take(KEY_LONGEST).collect()
}

/// Adds a status after the others. Answers its key: the one that is said, or else one made of its English name.
pub async fn create(ctx: &Ctx, kind: Kind, key: Option<&str>, input: &Input) -> Result<String, AppError> {
    check_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    let known = store::taken(&tx, kind).await?;
    let input = checked(ctx, input, &known.iter().collect::<Vec<_>>())?;
    if known.len() >= MOST {
        let text = ctx.with("statuses-error-many", &[("max", MOST.into())]);
        return Err(AppError::Invalid(FieldErrors::one("name_en", text)));
    }
    let taken = |key: &str| known.iter().any(|status| status.key == key);
    let key = match key {
        Some(said) => {
            let plain = said.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            if said.is_empty() || said.len() > KEY_LONGEST || !plain || taken(said) {
                return Err(AppError::Invalid(FieldErrors::one("key", ctx.t("statuses-error-key"))));
            }
            said.to_owned()
        }
        None => {
            let base = Some(key_of(&input.name_en)).filter(|key| !key.is_empty()).unwrap_or_else(|| "status".into());
            let numbered = (2..).map(|number| format!("{base}_{number}"));
            std::iter::once(base.clone()).chain(numbered).find(|key| !taken(key)).unwrap_or_default()
        }
    };
    let position = known.iter().map(|status| status.position).max().unwrap_or(0) + STEP;
    match store::insert(&tx, kind, &key, position, &input).await {
        Err(error) if is_unique_violation(&error) => {
            return Err(AppError::Conflict(ctx.t("statuses-error-stale").into()));
        }
        other => other?,
    }
    audit::record(&tx, ctx, named(Event::new("status.create", "status", None), kind, &key)).await?;
    tx.commit().await?;
    Ok(key)
}

fn named(event: Event, kind: Kind, key: &str) -> Event {
    event.with("kind", kind.name()).with("status", key)
}

/// One of the statuses that were taken, as it was looked at.
fn found<'a>(known: &'a [Status], key: &str, seen: Option<i64>) -> Result<&'a Status, AppError> {
    let status = known.iter().find(|status| status.key == key).ok_or(AppError::NotFound)?;
    if seen.is_some_and(|seen| seen != status.revision) { Err(AppError::Stale) } else { Ok(status) }
}

/// Changes a status. `seen`: the revision that was looked at.
///
/// # Errors
/// `Invalid` by field; `Stale` where somebody was faster.
pub async fn edit(ctx: &Ctx, kind: Kind, key: &str, input: &Input, seen: Option<i64>) -> Result<(), AppError> {
    check_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    let known = store::taken(&tx, kind).await?;
    let before = found(&known, key, seen)?;
    let others: Vec<&Status> = known.iter().filter(|status| status.key != key).collect();
    let input = checked(ctx, input, &others)?;
    store::update(&tx, kind, key, &input).await?;
    let mut event = named(Event::new("status.edit", "status", None), kind, key);
    let facts = [
        ("tone", before.tone.name(), input.tone.name()),
        ("waits_for", before.waits_for.name(), input.waits_for.name()),
    ];
    for (name, old, new) in facts {
        if old != new {
            event = event.with(name, new);
        }
    }
    if before.is_final != input.is_final {
        let count = finish(&tx, ctx, kind, key, input.is_final).await?;
        event = event.with("is_final", input.is_final).with("changed", count);
    }
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(())
}

/// What stands so is over, or is not over any more.
async fn finish(tx: &Tx, ctx: &Ctx, kind: Kind, key: &str, is_final: bool) -> Result<u64, AppError> {
    match kind {
        Kind::Orders => Ok(orders::restatus::finish(tx, key, is_final).await?),
        Kind::Projects => Ok(projects::restatus::finish(tx, ctx, key, is_final).await?),
    }
}

/// Moves a status one place up or down.
pub async fn shift(ctx: &Ctx, kind: Kind, key: &str, up: bool) -> Result<(), AppError> {
    check_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    let known = store::taken(&tx, kind).await?;
    let mut keys: Vec<&str> = known.iter().map(|status| status.key.as_str()).collect();
    let at = keys.iter().position(|known| *known == key).ok_or(AppError::NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < keys.len()) };
    // It is the first or the last already.
    let Some(to) = to else { return Ok(()) };
    keys.swap(at, to);
    put_in_order(&tx, kind, &known, &keys).await?;
    audit::record(&tx, ctx, named(Event::new("status.order", "status", None), kind, key).with("place", to + 1)).await?;
    tx.commit().await?;
    Ok(())
}

async fn put_in_order(tx: &Tx, kind: Kind, known: &[Status], keys: &[&str]) -> Result<(), AppError> {
    for (status, position) in keys.iter().zip((1..).map(|place: i64| place * STEP)) {
        // A few rows at most: there are thirty of them.
        if known.iter().any(|row| row.key == **status && row.position != position) {
            store::place(tx, kind, status, position).await?;
        }
    }
    Ok(())
}

/// Another one for every other list of statuses, in whatever order: the ETag of all of them.
pub fn digest(all: &[Status]) -> String {
    let all: Vec<String> = all.iter().map(|status| format!("{}:{}", status.key, status.revision)).collect();
    etag::digest(&all.join(" "))
}

/// Puts all statuses in this order; every one has to be named once. `seen`: the digest of those that were looked at.
///
/// # Errors
/// `Invalid` where one is missing or named twice; `Stale` where somebody was faster.
pub async fn arrange(ctx: &Ctx, kind: Kind, keys: &[String], seen: Option<&str>) -> Result<(), AppError> {
    check_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    let known = store::taken(&tx, kind).await?;
    if etag::is_stale(seen, &digest(&known)) {
        return Err(AppError::Stale);
    }
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    let mut all: Vec<&str> = known.iter().map(|status| status.key.as_str()).collect();
    all.sort_unstable();
    if sorted != all {
        return Err(AppError::Invalid(FieldErrors::one("keys", ctx.t("statuses-error-order"))));
    }
    put_in_order(&tx, kind, &known, &keys).await?;
    let event = Event::new("status.order", "status", None).with("kind", kind.name());
    audit::record(&tx, ctx, event.with("order", keys.join(" "))).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes a status. What stands so gets another one in the same transaction, with the reason in its history; without
/// another one, only what nothing stands in can go. Answers how many things were moved.
pub async fn delete(
    ctx: &Ctx,
    kind: Kind,
    key: &str,
    replacement: Option<&str>,
    reason: &str,
    seen: Option<i64>,
) -> Result<u64, AppError> {
    check_manage(ctx)?;
    let wrong = |field: &str, text: String| Err(AppError::Invalid(FieldErrors::one(field, text)));
    let reason = reason.trim();
    if reason.chars().count() > REASON_LONGEST {
        return wrong("reason", ctx.with("orders-error-long", &[("max", REASON_LONGEST.into())]));
    }
    let tx = ctx.db.begin().await?;
    let known = store::taken(&tx, kind).await?;
    found(&known, key, seen)?;
    let replacement = match replacement.filter(|text| !text.is_empty()) {
        Some(other) => match known.iter().find(|status| status.key == other && status.key != key) {
            Some(status) => Some(status),
            None => return wrong("replacement", ctx.t("statuses-error-replacement").to_owned()),
        },
        None => None,
    };
    if known.len() == 1 {
        return wrong("replacement", ctx.t("statuses-error-last").to_owned());
    }
    let moved = match replacement {
        Some(other) => match kind {
            Kind::Orders => orders::restatus::replace(&tx, ctx, key, other, reason).await?,
            Kind::Projects => projects::restatus::replace(&tx, ctx, key, other, reason).await?,
        },
        None if store::in_use(&tx, kind, key).await? => {
            return wrong("replacement", ctx.t("statuses-error-used").to_owned());
        }
        None => 0,
    };
    store::delete(&tx, kind, key).await?;
    let mut event = named(Event::new("status.delete", "status", None), kind, key).with("moved", moved);
    if let Some(other) = replacement {
        event = event.with("replacement", &other.key);
    }
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_of_small_letters_and_digits() {
        assert_eq!(key_of("Waiting for you (2nd time)"), "waiting_for_you_2nd_time");
        assert_eq!(key_of("Geprüft & freigegeben"), "gepruft_freigegeben");
        assert_eq!(key_of("!?"), "");
        assert!(key_of(&"long ".repeat(50)).len() <= KEY_LONGEST);
    }
}
