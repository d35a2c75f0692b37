//! A notification in words, for its reader: what happened, to what, by whom as far as they may know, and where it is.

use jiff::tz::TimeZone;

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::i18n::{Locale, format};
use crate::ids::{NotificationId, UserId};
use crate::paths;
use crate::time::Instant;

use super::kind::Kind;
use super::model::{Line, Object};
use super::store::{self, Found};

/// Lines of one person for these, oldest first, without what they may not see any more: rights are read now. For mails and
/// pushes, which nobody asks for at a door.
pub async fn lines(
    ctx: &Ctx,
    person: UserId,
    locale: Locale,
    zone: &TimeZone,
    ids: &[NotificationId],
) -> Result<Vec<Line>, AppError> {
    let reader = Reader { portal: ctx.portal.name.get(), locale, zone, now: ctx.now() };
    let found = store::by_ids(&ctx.db, person, ids, reader.now).await?;
    Ok(found.into_iter().filter_map(|row| line(&reader, row)).collect())
}

/// Whom a line is for.
pub(super) struct Reader<'a> {
    pub portal: String,
    pub locale: Locale,
    pub zone: &'a TimeZone,
    pub now: Instant,
}

impl<'a> Reader<'a> {
    /// Whoever asks.
    pub fn of(ctx: &'a Ctx) -> Self {
        Self { portal: ctx.portal.name.get(), locale: ctx.locale, zone: &ctx.zone, now: ctx.now() }
    }
}

/// The line of a row; none for what an older or newer version of this program has written.
pub(super) fn line(reader: &Reader<'_>, row: Found) -> Option<Line> {
    let locale = reader.locale;
    let kind = Kind::parse(&row.kind)?;
    let object = Object::of(&row.object_kind, row.object_id)?;
    let organisation_name = row.organisation_name.unwrap_or_default();
    let title = match object {
        Object::Announcement(_) => said(locale, [row.title_en, row.title_de, row.title_nl]),
        Object::Organisation(_) | Object::Orders(_) | Object::Projects(_) => organisation_name.clone(),
        Object::User(_) if kind == Kind::SecurityMembership => organisation_name.clone(),
        _ => row.title,
    };
    let who = match row.actor_name {
        // Customers deal with the house, not with whoever happened to press the button.
        Some(_) if row.house && !row.staff => reader.portal.clone(),
        Some(name) if row.house || row.knows => name,
        _ => String::new(),
    };
    let path = match (object, row.staff) {
        (Object::Document(id), false) => paths::document(id),
        (Object::Document(id), true) => paths::staff_document(id),
        (Object::Request(id), false) => paths::request(id),
        (Object::Request(id), true) => paths::staff_request(id),
        (Object::Order(id), false) => paths::order(id),
        (Object::Order(id), true) => paths::staff_order(id),
        (Object::Orders(_), false) => paths::ORDERS.to_owned(),
        (Object::Orders(_), true) => paths::STAFF_ORDERS.to_owned(),
        (Object::Project(id), false) => paths::project(id),
        (Object::Project(id), true) => paths::staff_project(id),
        (Object::Projects(_), false) => paths::PROJECTS.to_owned(),
        (Object::Projects(_), true) => paths::STAFF_PROJECTS.to_owned(),
        (Object::Task(id), false) => paths::project_task(row.project_id?, id),
        (Object::Task(id), true) => paths::staff_project_task(row.project_id?, id),
        (Object::Appointment(id), false) => paths::appointment(id),
        (Object::Appointment(id), true) => paths::staff_appointment(id),
        (Object::Announcement(_), false) => paths::HOME.to_owned(),
        (Object::Announcement(_), true) => paths::STAFF.to_owned(),
        // They have no page any more.
        (Object::Member(_), false) if kind == Kind::MemberRemoved => paths::ORGANISATION.to_owned(),
        (Object::Member(_), true) if kind == Kind::MemberRemoved => paths::staff_customer(row.organisation_id?),
        (Object::Member(id), false) => paths::organisation_person(id),
        (Object::Member(id), true) => paths::staff_person(row.organisation_id?, id),
        (Object::Organisation(_), true) if kind == Kind::FilesArrived => paths::STAFF_ARRIVALS.to_owned(),
        (Object::Organisation(_), false) => paths::ORGANISATION.to_owned(),
        (Object::Organisation(id), true) => paths::staff_customer(id),
        (Object::Import(id), _) => paths::staff_import(id),
        (Object::User(_), _) => match kind {
            Kind::SecurityToken => paths::ACCOUNT_TOKENS.to_owned(),
            Kind::SecurityDevice => paths::ACCOUNT_SESSIONS.to_owned(),
            Kind::SecurityMembership => paths::HOME.to_owned(),
            _ => paths::ACCOUNT_SECURITY.to_owned(),
        },
    };
    let values = [
        ("title", title.clone().into()),
        ("count", (row.created + row.changed).into()),
        ("created", row.created.into()),
        ("changed", row.changed.into()),
        ("rejected", row.rejected.into()),
    ];
    Some(Line {
        id: row.id,
        kind,
        text: locale.with(kind.line_key(), &values),
        title,
        who,
        object,
        path,
        at: row.created_at,
        when: format::date_or_time(locale, reader.zone, reader.now, row.created_at),
        seen_at: row.seen_at,
        organisation: row.organisation_id,
        organisation_name,
    })
}

/// What an announcement says in this language, or in the first that it has.
fn said(locale: Locale, titles: [Option<String>; 3]) -> String {
    let mut titles: Vec<(Locale, String)> =
        Locale::ALL.into_iter().zip(titles).map(|(of, title)| (of, title.unwrap_or_default())).collect();
    titles.sort_by_key(|(of, _)| *of != locale);
    titles.into_iter().map(|(_, title)| title).find(|title| !title.is_empty()).unwrap_or_default()
}
