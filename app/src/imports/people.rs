//! A row for each person of a customer. Without an invitation they are known there and no more, as contacts are: nobody gets a
//! mail unless whoever imports says so.

use serde::{Deserialize, Serialize};

use crate::access::{Action, Guarded as _, MembershipRole, Module, Reach, Rights, allow};
use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;
use crate::ids::{ContactId, InvitationId, OrganisationId, UserId};
use crate::invitations::model::NewInvitation;
use crate::invitations::{invite, service as invitations};
use crate::orders::input::{Act, Change};
use crate::organisation::details;
use crate::organisation::people::{self, NewContact};
use crate::people as users;
use crate::sign_in::service::email_key;

use super::columns::{Columns, Names};
use super::customers;
use super::report::Done;
use super::table::Row;

sql! {
    MEMBER = "SELECT u.id, m.role FROM users u JOIN memberships m ON m.user_id = u.id AND m.organisation_id = $1 WHERE u.email_key = $2";
    INVITED = "SELECT id, state FROM invitations WHERE organisation_id = $1 AND email_key = $2 AND state = 'open' AND expires_at > $3";
    CONTACT = "SELECT id, name, email, phone, position FROM organisation_contacts WHERE organisation_id = $1 AND email_key = $2 ORDER BY id LIMIT 1";
}

/// The fields and the names their columns go by.
pub const NAMES: &[Names] = &[
    ("number", &["email", "mail", "emailaddress", "emailadresse", "mailadresse", "benutzername", "username"]),
    ("name", &["name", "fullname", "person", "contactname", "ansprechpartner", "vorundnachname", "naam"]),
    (
        "organisation",
        &[
            "organisation",
            "organization",
            "customerid",
            "customernumber",
            "customer",
            "kundennr",
            "kundennummer",
            "kunde",
            "company",
            "firma",
        ],
    ),
    ("role", &["role", "rolle", "rol"]),
    ("documents", &["documents", "dokumente", "documenten"]),
    ("orders", &["orders", "auftraege"]),
    ("money", &["money", "invoices", "rechnungen", "geld", "facturen"]),
    ("tickets", &["tickets", "questions", "fragen"]),
    ("phone", &["phone", "telephone", "telefon", "tel"]),
    ("position", &["position", "jobtitle", "funktion", "abteilung", "functie"]),
    ("language", &["language", "sprache", "taal"]),
];

/// What must be there.
pub const NEEDED: &[&str] = &["number", "organisation"];

/// What is noted of a person, for undoing.
#[derive(Debug, Serialize, Deserialize)]
struct Noted {
    organisation: OrganisationId,
    /// What the contact was; none: it is new, or an invitation.
    was: Option<[String; 4]>,
    /// What the contact is since; none: an invitation.
    now: Option<[String; 4]>,
}

fn role_of(text: &str) -> Option<MembershipRole> {
    Some(match text.trim().to_lowercase().as_str() {
        "" | "member" | "customer" | "mitglied" | "kunde" | "lid" | "klant" => MembershipRole::Member,
        "admin" | "administrator" | "customer admin" | "customer_admin" | "beheerder" => MembershipRole::Admin,
        "partner" | "external" | "extern" => MembershipRole::Partner,
        _ => return None,
    })
}

fn reach_of(text: &str) -> Option<Reach> {
    Some(match text.trim().to_lowercase().as_str() {
        "none" | "no" | "nein" | "keine" | "nee" | "geen" => Reach::None,
        "own" | "eigene" => Reach::Own,
        "organisation" | "organization" | "all" | "yes" | "ja" | "alle" | "alles" => Reach::Organisation,
        _ => return None,
    })
}

/// Role and rights as a row says them.
fn rights_of(ctx: &Ctx, columns: &Columns, row: &Row, errors: &mut FieldErrors) -> (MembershipRole, Option<Rights>) {
    let said = |field| columns.get(row, field).filter(|text| !text.is_empty());
    let role = said("role").map_or(Some(MembershipRole::Member), role_of).unwrap_or_else(|| {
        errors.add("role", ctx.t("imports-error-role"));
        MembershipRole::Member
    });
    let mut rights = None;
    for module in Module::ALL {
        let Some(text) = said(module.name()) else { continue };
        match reach_of(text) {
            Some(reach) => rights = Some(rights.unwrap_or(Rights::default_of(role)).with(module, reach)),
            None => errors.add(module.name(), ctx.t("imports-error-reach")),
        }
    }
    (role, rights)
}

fn done(act: Act, object: uuid::Uuid, changes: Vec<Change>, noted: &Noted) -> Result<Done, AppError> {
    let before = serde_json::to_string(noted).map_err(|_| AppError::Internal)?;
    Ok(Done { act, changes, object: Some(object), revision: 0, before })
}

/// Knows the person of a row, or invites them.
pub async fn take(
    tx: &Tx,
    ctx: &Ctx,
    columns: &Columns,
    row: &Row,
    with_mail: bool,
) -> Result<Result<Done, FieldErrors>, AppError> {
    match take_row(tx, ctx, columns, row, with_mail).await {
        Ok(done) => Ok(Ok(done)),
        Err(AppError::Invalid(errors)) => Ok(Err(errors)),
        Err(AppError::Conflict(text)) => Ok(Err(FieldErrors::one("organisation", text))),
        Err(AppError::Forbidden | AppError::NotFound) => {
            Ok(Err(FieldErrors::one("organisation", ctx.t("orders-error-organisation"))))
        }
        Err(error) => Err(error),
    }
}

async fn take_row(tx: &Tx, ctx: &Ctx, columns: &Columns, row: &Row, with_mail: bool) -> Result<Done, AppError> {
    let get = |field| columns.get(row, field).unwrap_or_default().to_owned();
    let mut errors = FieldErrors::default();
    let email = get("number");
    if !users::is_address(&email) {
        errors.add("number", ctx.t("people-error-email"));
    }
    let (role, rights) = rights_of(ctx, columns, row, &mut errors);
    // Whoever may invite nobody here learns neither who is known here nor that there is such a customer: the same errors.
    let unknown = |mut errors: FieldErrors| {
        errors.add("organisation", ctx.t("orders-error-organisation"));
        AppError::Invalid(errors)
    };
    let Some(organisation) = customers::named(tx, &get("organisation")).await? else { return Err(unknown(errors)) };
    let details = match details::find_in(tx, ctx, organisation).await {
        Err(AppError::NotFound | AppError::Forbidden) => return Err(unknown(errors)),
        found => found?,
    };
    if allow(&ctx.actor, Action::MemberInvite, details.relation(&ctx.actor), Some(organisation)).is_err() {
        return Err(unknown(errors));
    }
    let key = email_key(&email);
    let member: Option<(UserId, MembershipRole)> = tx.optional(MEMBER, args![organisation, &key]).await?;
    if let Some((user, now)) = member {
        // What somebody may is decided on their page, not by a file.
        if columns.get(row, "role").is_some_and(|text| !text.is_empty()) && now != role {
            errors.add("role", ctx.t("imports-error-member"));
        }
        errors.into_result()?;
        return done(Act::Unchanged, user.0, Vec::new(), &Noted { organisation, was: None, now: None });
    }
    errors.into_result()?;
    let invited: Option<(InvitationId, String)> = tx.optional(INVITED, args![organisation, &key, ctx.now()]).await?;
    if let Some((invitation, _)) = invited {
        return done(Act::Unchanged, invitation.0, Vec::new(), &Noted { organisation, was: None, now: None });
    }
    let name = Some(get("name")).filter(|name| !name.is_empty()).unwrap_or_else(|| email.clone());
    if with_mail {
        let usual = details.get(crate::organisation::fields::Field::Language);
        let locale = Locale::parse(&get("language").to_lowercase()).or(Locale::parse(usual)).unwrap_or(ctx.locale);
        let new = NewInvitation { email, name, role, rights, projects: Vec::new(), message: String::new(), locale };
        let made = invite::to_customer_in(tx, ctx, organisation, new).await?;
        return done(Act::Create, made.id.0, Vec::new(), &Noted { organisation, was: None, now: None });
    }
    let new = NewContact { name, email, phone: get("phone"), position: get("position") };
    contact(tx, ctx, organisation, columns, new).await
}

async fn contact(
    tx: &Tx,
    ctx: &Ctx,
    organisation: OrganisationId,
    columns: &Columns,
    mut new: NewContact,
) -> Result<Done, AppError> {
    let key = email_key(&new.email);
    let found: Option<people::Contact> = tx.optional(CONTACT, args![organisation, &key]).await?;
    let array = |c: &NewContact| [c.name.clone(), c.email.clone(), c.phone.clone(), c.position.clone()];
    let Some(found) = found else {
        let id = people::add_contact_in(tx, ctx, organisation, &mut new).await?;
        return done(Act::Create, id.0, Vec::new(), &Noted { organisation, was: None, now: Some(array(&new)) });
    };
    let was = [found.name, found.email, found.phone, found.position];
    // What the file does not have stays.
    let [_, _, phone, position] = was.clone();
    if !columns.has("phone") {
        new.phone = phone;
    }
    if !columns.has("position") {
        new.position = position;
    }
    if !columns.has("name") {
        new.name = was[0].clone();
    }
    new.email = was[1].clone();
    let id = found.id;
    if !people::edit_contact_in(tx, ctx, organisation, id, &mut new).await? {
        return done(Act::Unchanged, id.0, Vec::new(), &Noted { organisation, was: None, now: None });
    }
    let now = array(&new);
    let fields = ["name", "number", "phone", "position"];
    let pairs = fields.into_iter().zip(was.iter().zip(&now)).filter(|(_, (old, new))| old != new);
    let changes = pairs.map(|(field, (old, new))| Change { field, old: old.clone(), new: new.clone() }).collect();
    done(Act::Change, id.0, changes, &Noted { organisation, was: Some(was), now: Some(now) })
}

/// Takes back what was done to a person. `false`: it was touched since, or they have joined.
pub async fn take_back(tx: &Tx, ctx: &Ctx, object: uuid::Uuid, before: &str) -> Result<bool, AppError> {
    let noted: Noted = serde_json::from_str(before).map_err(|_| AppError::Internal)?;
    let contact = |[name, email, phone, position]: [String; 4]| NewContact { name, email, phone, position };
    match (noted.was, noted.now) {
        (_, None) => invitations::withdraw_open(tx, ctx, InvitationId(object)).await,
        (was, Some(now)) => {
            let id = ContactId(object);
            people::put_back(tx, ctx, noted.organisation, id, &contact(now), was.map(contact)).await
        }
    }
}
