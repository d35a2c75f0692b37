//! What the lines of one page of a history refer to, looked up at once: what a change changed, whom somebody published for
//! or asked, what was said. The trail has the references; the words stand where they belong and go when that goes.

use std::collections::HashMap;

use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Value, args, sql};
use crate::error::AppError;
use crate::ids::{DocumentId, UserId};
use crate::time::Instant;

use super::activity::named;
use super::changes;
use super::history::{Entry, known};

macro_rules! names {
    ($named:expr, $in_list:literal) => {
        concat!("SELECT u.id, u.name, ", $named, " FROM users u WHERE u.id ", $in_list)
    };
}

macro_rules! seats {
    ($in_list:literal) => {
        concat!(
            "SELECT s.approval_id, s.user_id, s.comment, s.delegated_by, a.message, a.due_at FROM approval_seats s \
             JOIN approvals a ON a.id = s.approval_id WHERE a.document_id = $1 AND s.approval_id ",
            $in_list
        )
    };
}

sql! {
    /// `$1` the actor, `$2` whether people of every customer may be named, `$3` which.
    NAMES_FOR_STAFF = sqlite: names!(named!("$2"), "IN (SELECT unhex(value) FROM json_each($3))"), postgres: names!(named!("$2"), "= ANY($3)");
    /// The same with `$3` the document, `$4` which.
    NAMES_FOR_CUSTOMERS = sqlite: names!(known!(), "IN (SELECT unhex(value) FROM json_each($4))"), postgres: names!(known!(), "= ANY($4)");
    SEATS = sqlite: seats!("IN (SELECT unhex(value) FROM json_each($2))"), postgres: seats!("= ANY($2)");
    VERSIONS = "SELECT number, note, release_reason FROM document_versions WHERE document_id = $1 AND number >= $2 AND number <= $3 AND (note <> '' OR release_reason IS NOT NULL)";
    /// Projects and, where `$2`, customer groups. Which groups there are is not for customers.
    PLACES = sqlite: "SELECT id, name FROM projects WHERE id IN (SELECT unhex(value) FROM json_each($1)) UNION ALL SELECT id, name FROM customer_groups WHERE $2 AND id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT id, name FROM projects WHERE id = ANY($1) UNION ALL SELECT id, name FROM customer_groups WHERE $2 AND id = ANY($1)";
}

#[derive(sqlx::FromRow)]
struct Seat {
    approval_id: Uuid,
    user_id: UserId,
    comment: String,
    delegated_by: Option<UserId>,
    message: String,
    due_at: Instant,
}

/// Whom an act concerned, as far as the reader may know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct To {
    /// People by name, in the order of the alphabet.
    pub names: Vec<String>,
    /// So many more, whom the reader does not know.
    pub others: usize,
    /// The project or the customer group.
    pub place: Option<String>,
}

/// Looks up what the lines refer to. `everybody`: people of every customer may be named.
pub(super) async fn look_up(
    ctx: &Ctx,
    document: DocumentId,
    everybody: bool,
    entries: &mut [Entry],
) -> Result<(), AppError> {
    let mut changes = HashMap::<Uuid, Vec<changes::Changed>>::new();
    for changed in changes::of(&ctx.db, document, references(entries, "change")).await? {
        changes.entry(changed.change_id).or_default().push(changed);
    }
    let approvals = references(entries, "approval");
    let seats: Vec<Seat> = if approvals.is_empty() {
        Vec::new()
    } else {
        ctx.db.all(SEATS, args![document, Value::Uuids(approvals)]).await?
    };
    let said = versions(ctx, document, entries).await?;
    let mut to = references(entries, "to");
    let places = places(ctx, &to).await?;
    to.extend(seats.iter().map(|seat| seat.user_id.0));
    let people = people(ctx, document, everybody, to).await?;
    for entry in entries {
        entry.changes = entry.reference("change").and_then(|change| changes.remove(&change)).unwrap_or_default();
        let approval = entry.reference("approval");
        let of_approval: Vec<&Seat> = seats.iter().filter(|seat| Some(seat.approval_id) == approval).collect();
        let own = of_approval.iter().find(|seat| Some(seat.user_id) == entry.actor).map(|seat| seat.comment.clone());
        let version = entry.version().and_then(|number| said.get(&number));
        entry.words = match entry.action.as_str() {
            "approval.ask" => of_approval.first().map(|seat| seat.message.clone()),
            "approval.approve" | "approval.decline" | "approval.delegate" => own,
            "document.create" | "document.upload" | "document.restore" => version.map(|(note, _)| note.clone()),
            "quarantine.release" => version.and_then(|(_, reason)| reason.clone()),
            _ => None,
        };
        entry.words = entry.words.take().filter(|words| !words.is_empty());
        let mut concerned: Vec<Uuid> = entry.references("to").collect();
        if entry.action == "approval.ask" {
            entry.due_at = of_approval.first().map(|seat| seat.due_at);
            concerned = of_approval.iter().filter(|s| s.delegated_by.is_none()).map(|s| s.user_id.0).collect();
        }
        entry.to = match entry.detail.get("audience").and_then(serde_json::Value::as_str) {
            Some("project" | "group") => {
                To { place: concerned.first().and_then(|id| places.get(id).cloned()), ..To::default() }
            }
            _ => whom(&concerned, &people),
        };
    }
    Ok(())
}

/// What the lines refer to under this name, each once.
fn references(entries: &[Entry], name: &str) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = entries.iter().flat_map(|entry| entry.references(name)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn whom(concerned: &[Uuid], people: &HashMap<Uuid, String>) -> To {
    let mut names: Vec<String> = concerned.iter().filter_map(|id| people.get(id).cloned()).collect();
    names.sort_by_key(|name| name.to_lowercase());
    To { others: concerned.len() - names.len(), names, place: None }
}

/// Those of these people whom the reader may know.
async fn people(
    ctx: &Ctx,
    document: DocumentId,
    everybody: bool,
    mut ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, String>, AppError> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (user, ids) = (ctx.actor.user_id(), Value::Uuids(ids));
    let rows: Vec<(Uuid, String, bool)> = if ctx.actor.staff().is_some() {
        ctx.db.all(NAMES_FOR_STAFF, args![user, everybody, ids]).await?
    } else {
        ctx.db.all(NAMES_FOR_CUSTOMERS, args![user, everybody, document, ids]).await?
    };
    Ok(rows.into_iter().filter(|(_, _, named)| *named).map(|(id, name, _)| (id, name)).collect())
}

async fn places(ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, AppError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let values = args![Value::Uuids(ids.to_vec()), ctx.actor.staff().is_some()];
    let rows: Vec<(Uuid, String)> = ctx.db.all(PLACES, values).await?;
    Ok(rows.into_iter().collect())
}

/// What is said of the versions that the lines are about: what is new, and why one may be read all the same.
async fn versions(
    ctx: &Ctx,
    document: DocumentId,
    entries: &[Entry],
) -> Result<HashMap<i64, (String, Option<String>)>, AppError> {
    let about = |entry: &&Entry| {
        let action = entry.action.as_str();
        matches!(action, "document.create" | "document.upload" | "document.restore" | "quarantine.release")
    };
    let numbers: Vec<i64> = entries.iter().filter(about).filter_map(Entry::version).collect();
    let (Some(first), Some(last)) = (numbers.iter().min(), numbers.iter().max()) else { return Ok(HashMap::new()) };
    let rows: Vec<(i64, String, Option<String>)> = ctx.db.all(VERSIONS, args![document, *first, *last]).await?;
    Ok(rows.into_iter().map(|(number, note, reason)| (number, (note, reason))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_the_reader_does_not_know_is_counted() {
        let ids = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
        let people = HashMap::from([(ids[0], "Ben".to_owned()), (ids[2], "anna".to_owned())]);
        let to = whom(&ids, &people);
        assert_eq!((to.names, to.others), (vec!["anna".to_owned(), "Ben".to_owned()], 1));
    }
}
