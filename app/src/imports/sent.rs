//! People as programs send them instead of a file: each is known by customer and address, and treated as a row of a file is.

use std::collections::HashSet;

use crate::access::{Action, allow_any};
use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::organisation::upsert::plain;
use crate::sign_in::service::email_key;

use super::columns::Columns;
use super::mapping::Mapping;
use super::people;
use super::report::Done;
use super::table::Row;

/// The field of the address in files.
const ADDRESS: &str = "number";

/// Somebody of a customer; what is not said stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// Number or short name of the customer.
    pub organisation: String,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: Option<String>,
    /// member, admin or partner.
    pub role: Option<String>,
    /// How far they see documents: none, own or organisation.
    pub documents: Option<String>,
    /// Orders and projects.
    pub orders: Option<String>,
    /// Quotes and invoices.
    pub money: Option<String>,
    /// Questions.
    pub tickets: Option<String>,
    /// Telephone of a contact.
    pub phone: Option<String>,
    /// What a contact does.
    pub position: Option<String>,
    /// The language of the invitation.
    pub language: Option<String>,
    /// They get an invitation by mail; otherwise the house only knows them.
    pub invite: bool,
}

impl Person {
    /// As a row of a file that has the columns that are said.
    fn row(self) -> Result<(Columns, Row), AppError> {
        let fields = [
            (ADDRESS, Some(self.email)),
            ("organisation", Some(self.organisation)),
            ("name", self.name),
            ("role", self.role),
            ("documents", self.documents),
            ("orders", self.orders),
            ("money", self.money),
            ("tickets", self.tickets),
            ("phone", self.phone),
            ("position", self.position),
            ("language", self.language),
        ];
        let (heading, cells): (Vec<String>, Vec<String>) =
            fields.into_iter().filter_map(|(field, text)| Some((field.to_owned(), plain(&text?)))).unzip();
        let names = heading.iter().map(|field| (field.clone(), field.clone())).collect();
        let mapping = Mapping { columns: Some(names), ..Mapping::default() };
        let columns = Columns::of(&heading, people::NAMES, &mapping).map_err(|_| AppError::Internal)?;
        Ok((columns, Row { line: 1, cells, wide: false }))
    }
}

/// In files the address stands where other things have their number.
fn named(field: &str) -> &str {
    if field == ADDRESS { "email" } else { field }
}

fn renamed(outcome: Result<Done, FieldErrors>) -> Result<Done, FieldErrors> {
    match outcome {
        Ok(mut done) => {
            for change in done.changes.iter_mut().filter(|change| change.field == ADDRESS) {
                change.field = "email";
            }
            Ok(done)
        }
        Err(errors) => {
            let mut said = FieldErrors::default();
            errors.iter().for_each(|(field, message)| said.add(named(field), message));
            Err(said)
        }
    }
}

/// Whether the actor invites anybody anywhere: what a door asks before it looks at what was sent.
///
/// # Errors
/// `Forbidden` where they do not.
pub fn check(ctx: &Ctx) -> Result<(), AppError> {
    allow_any(&ctx.actor, Action::MemberInvite)
}

/// Knows or invites people, each by itself. Who belongs to their customer already keeps role, rights and password; an
/// invitation is the same for an address that somebody signs in with elsewhere, so nothing tells which those are. Administrators
/// of a customer always invite: contacts are the house's.
///
/// # Errors
/// `Forbidden` for whoever invites nobody anywhere; what is wrong with a person stands in their result.
pub async fn people(ctx: &Ctx, sent: Vec<Person>) -> Result<Vec<Result<Done, FieldErrors>>, AppError> {
    check(ctx)?;
    let mut seen = HashSet::new();
    let mut results = Vec::with_capacity(sent.len());
    for person in sent {
        let key = (email_key(&plain(&person.email)), plain(&person.organisation));
        if !seen.insert(key) {
            results.push(Err(FieldErrors::one("email", ctx.t("imports-error-twice"))));
            continue;
        }
        let with_mail = person.invite || ctx.actor.staff().is_none();
        let (columns, row) = person.row()?;
        let tx = ctx.db.begin().await?;
        let outcome = people::take(&tx, ctx, &columns, &row, with_mail).await?;
        if outcome.is_ok() {
            tx.commit().await?;
        }
        results.push(renamed(outcome));
    }
    Ok(results)
}
