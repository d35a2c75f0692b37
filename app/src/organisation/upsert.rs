//! Customers as another system keeps them: known by their number, made where there is none with it, and changed where they
//! differ. Sending the same again changes nothing.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::OrganisationId;
use crate::orders::input::{Act, Change};

use super::administer;
use super::details::{self, Details, Seen};
use super::fields::Field;

sql! {
    BY_NUMBER = "SELECT id FROM organisations WHERE number = $1 AND state = 'active'";
}

/// What became of a customer.
#[derive(Debug)]
pub struct Put {
    /// Made, changed or left as it was.
    pub act: Act,
    /// The customer.
    pub id: OrganisationId,
    /// Its revision since.
    pub revision: i64,
    /// What changed, where it was there.
    pub changes: Vec<Change>,
}

/// A text on one line, as master data is kept.
pub fn plain(text: &str) -> String {
    let text: String = text.nfc().filter(|c| !c.is_control()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn said(values: &[(Field, String)], field: Field) -> &str {
    values.iter().find(|(name, _)| *name == field).map_or("", |(_, text)| text.as_str())
}

/// Makes the customer with this number, or changes what is different of it; what is not said stays. `revision`: the one that
/// was looked at, where it has to be there still.
///
/// # Errors
/// `Invalid` by field; `Stale` where somebody was faster.
pub async fn put_in(tx: &Tx, ctx: &Ctx, values: Vec<(Field, String)>, revision: Option<i64>) -> Result<Put, AppError> {
    let number = plain(said(&values, Field::Number));
    let found: Option<(OrganisationId,)> = tx.optional(BY_NUMBER, args![number]).await?;
    let Some((id,)) = found else {
        if revision.is_some() {
            return Err(AppError::Stale);
        }
        let id = OrganisationId::new();
        administer::create_in(tx, ctx, id, &values).await?;
        return Ok(Put { act: Act::Create, id, revision: 1, changes: Vec::new() });
    };
    let before = details::find_in(tx, ctx, id).await?;
    let changed = details::edit_in(tx, ctx, id, Seen { revision, form: false }, values.clone()).await?;
    let (act, raised) = if changed.is_empty() { (Act::Unchanged, 0) } else { (Act::Change, 1) };
    let change = |field: Field| Change {
        field: field.name(),
        old: before.get(field).to_owned(),
        new: said(&values, field).to_owned(),
    };
    let changes = changed.into_iter().map(change).collect();
    Ok(Put { act, id, revision: before.revision + raised, changes })
}

/// Whether the actor makes and changes customers: what a door asks before it looks at what was sent.
///
/// # Errors
/// `Forbidden` where they do not.
pub fn check(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::OrganisationManage, Relation::Other, None)
}

/// Makes or changes one customer.
///
/// # Errors
/// As [`put_in`].
pub async fn put(ctx: &Ctx, values: Vec<(Field, String)>, revision: Option<i64>) -> Result<(Act, Details), AppError> {
    check(ctx)?;
    let tx = ctx.db.begin().await?;
    let put = put_in(&tx, ctx, values, revision).await?;
    tx.commit().await?;
    Ok((put.act, details::find(ctx, put.id).await?))
}

/// Makes or changes many customers. Each is done by itself, so that what is wrong with one leaves the others alone.
pub async fn put_each(ctx: &Ctx, rows: Vec<Vec<(Field, String)>>) -> Result<Vec<Result<Put, FieldErrors>>, AppError> {
    check(ctx)?;
    let mut seen = HashSet::new();
    let mut results = Vec::with_capacity(rows.len());
    for values in rows {
        let number = plain(said(&values, Field::Number));
        if !number.is_empty() && !seen.insert(number) {
            results.push(Err(FieldErrors::one("number", ctx.t("orders-error-twice"))));
            continue;
        }
        let tx = ctx.db.begin().await?;
        match put_in(&tx, ctx, values, None).await {
            Ok(put) => {
                tx.commit().await?;
                results.push(Ok(put));
            }
            Err(AppError::Invalid(errors)) => results.push(Err(errors)),
            // Somebody changes it in the same moment: sent again, it is compared with what they left.
            Err(AppError::Stale) => results.push(Err(FieldErrors::one("number", ctx.t("customers-error-changed")))),
            Err(error) => return Err(error),
        }
    }
    Ok(results)
}
