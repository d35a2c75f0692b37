//! What the API says and hears of appointments.

use app::appointments::model::{Appointment, Details, NewAppointment, Person, State};
use app::ctx::Ctx;
use app::error::FieldErrors;
use app::time::Instant;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// Somebody who takes part.
#[derive(Serialize, ToSchema)]
pub struct ParticipantDto {
    /// Id.
    pub user_id: String,
    /// Name.
    pub name: String,
    /// Of the house, not of the customer.
    pub staff: bool,
}

impl From<Person> for ParticipantDto {
    fn from(person: Person) -> Self {
        Self { user_id: person.user_id.to_string(), name: person.name, staff: person.staff_role.is_some() }
    }
}

/// From when to when the team comes.
#[derive(Serialize, ToSchema)]
pub struct OnTheWayDto {
    /// RFC 3339.
    pub from: String,
    /// RFC 3339.
    pub until: String,
    /// A word to it; may be empty.
    pub note: String,
}

/// An appointment.
#[derive(Serialize, ToSchema)]
pub struct AppointmentDto {
    /// Id.
    pub id: String,
    /// The customer.
    pub organisation_id: String,
    /// The order it is about.
    pub order_id: Option<String>,
    /// The project it belongs to.
    pub project_id: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Where.
    pub place: String,
    /// Where online: https, or empty.
    pub link: String,
    /// For the customer.
    pub notes: String,
    /// For staff alone; null for everybody else.
    pub internal_note: Option<String>,
    /// Whom the customer calls.
    pub phone: String,
    /// How long it takes.
    pub minutes: i64,
    /// The clock at the place, such as Europe/Berlin.
    pub time_zone: String,
    /// proposed, confirmed, done or cancelled.
    pub state: String,
    /// RFC 3339; null while times are proposed.
    pub starts_at: Option<String>,
    /// RFC 3339; null while times are proposed.
    pub ends_at: Option<String>,
    /// Times to choose from, RFC 3339.
    pub slots: Vec<String>,
    /// Of one that is confirmed: the other proposed times that are still free; `reschedule` takes one of them. Null in lists.
    pub other_slots: Option<Vec<String>>,
    /// Until how many hours before it the customer may move or cancel it alone.
    pub cancel_hours: i64,
    /// The other time the customer asks for, in their words.
    pub wish: Option<String>,
    /// The team is on its way.
    pub on_the_way: Option<OnTheWayDto>,
    /// Who takes part; null in lists.
    pub participants: Option<Vec<ParticipantDto>>,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    pub changed_at: String,
}

impl AppointmentDto {
    /// An appointment with its times, and with its people where it stands alone.
    pub fn new(ctx: &Ctx, row: Appointment, slots: Vec<Instant>, people: Option<Vec<Person>>) -> Self {
        let agreed = row.state != State::Proposed;
        let way = row.way_from.zip(row.way_until);
        Self {
            id: row.id.to_string(),
            organisation_id: row.organisation_id.to_string(),
            order_id: row.order_id.map(|id| id.to_string()),
            project_id: row.project_id.map(|id| id.to_string()),
            starts_at: agreed.then(|| row.starts_at.rfc3339()),
            ends_at: agreed.then(|| row.ends_at().rfc3339()),
            title: row.title,
            purpose: row.purpose,
            place: row.place,
            link: row.link,
            notes: row.notes,
            internal_note: ctx.actor.staff().map(|_| row.internal_note),
            phone: row.phone,
            minutes: row.minutes,
            time_zone: row.time_zone,
            state: row.state.name().to_owned(),
            slots: slots.into_iter().map(Instant::rfc3339).collect(),
            other_slots: None,
            cancel_hours: row.cancel_hours,
            wish: row.wished_at.map(|_| row.wish),
            on_the_way: way.map(|(from, until)| OnTheWayDto {
                from: from.rfc3339(),
                until: until.rfc3339(),
                note: row.way_note,
            }),
            participants: people.map(|people| people.into_iter().map(ParticipantDto::from).collect()),
            created_at: row.created_at.rfc3339(),
            changed_at: row.changed_at.rfc3339(),
        }
    }
}

/// An instant, or what is wrong with it.
pub fn instant(ctx: &Ctx, field: &str, text: &str, errors: &mut FieldErrors) -> Option<Instant> {
    let at = text.parse::<jiff::Timestamp>().ok().map(|at| Instant(at.as_microsecond()));
    if at.is_none() {
        errors.add(field, ctx.t("appointments-error-time"));
    }
    at
}

/// Instants, and what is wrong with any of them.
pub fn instants(ctx: &Ctx, field: &str, texts: &[String], errors: &mut FieldErrors) -> Vec<Instant> {
    texts.iter().filter_map(|text| instant(ctx, field, text, errors)).collect()
}

fn id<T: std::str::FromStr>(field: &str, text: Option<&str>, wrong: &str, errors: &mut FieldErrors) -> Option<T> {
    let text = text?;
    let id = text.parse().ok();
    if id.is_none() {
        errors.add(field, wrong);
    }
    id
}

/// A new appointment: times to choose from, or the one that was agreed already.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAppointmentDto {
    /// The customer.
    #[serde(default)]
    pub organisation_id: String,
    /// What it is called.
    pub title: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Where online: https.
    pub link: Option<String>,
    /// For the customer.
    pub notes: Option<String>,
    /// For staff alone.
    pub internal_note: Option<String>,
    /// Whom the customer calls.
    pub phone: Option<String>,
    /// How long it takes; 60 where it is not said.
    pub minutes: Option<i64>,
    /// The clock at the place; that of the token's owner where it is not said.
    pub time_zone: Option<String>,
    /// Until how many hours before it the customer may move or cancel it alone; 24 where it is not said.
    pub cancel_hours: Option<i64>,
    /// The order it is about.
    pub order_id: Option<String>,
    /// The project it belongs to.
    pub project_id: Option<String>,
    /// Ids of people of the customer and of staff.
    pub participants: Option<Vec<String>>,
    /// One to five times, RFC 3339.
    #[serde(default)]
    pub slots: Vec<String>,
    /// The one time was agreed already: it is confirmed at once.
    #[serde(default)]
    pub agreed: bool,
}

impl NewAppointmentDto {
    /// What is to be made, and what is wrong with it.
    pub fn into_new(self, ctx: &Ctx) -> (Option<NewAppointment>, FieldErrors) {
        let mut errors = FieldErrors::default();
        let organisation_id = self.organisation_id.parse().ok();
        if organisation_id.is_none() {
            errors.add("organisation_id", ctx.t("documents-error-organisation"));
        }
        let zone = ctx.zone.iana_name().unwrap_or("UTC").to_owned();
        let usual = Details { minutes: 60, cancel_hours: 24, time_zone: zone, ..Details::default() };
        let edit = EditAppointmentDto {
            title: self.title,
            purpose: self.purpose,
            place: self.place,
            link: self.link,
            notes: self.notes,
            internal_note: self.internal_note,
            phone: self.phone,
            minutes: self.minutes,
            time_zone: self.time_zone,
            cancel_hours: self.cancel_hours,
            order_id: self.order_id.map(Some),
            project_id: self.project_id.map(Some),
            participants: self.participants,
        };
        let details = edit.over(ctx, usual, &mut errors);
        let slots = instants(ctx, "slots", &self.slots, &mut errors);
        let agreed = self.agreed;
        (organisation_id.map(|organisation_id| NewAppointment { organisation_id, details, slots, agreed }), errors)
    }
}

/// What is to be different. What is not said stays as it is; `null` takes the order or the project away.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditAppointmentDto {
    /// What it is called.
    pub title: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Where online: https.
    pub link: Option<String>,
    /// For the customer.
    pub notes: Option<String>,
    /// For staff alone.
    pub internal_note: Option<String>,
    /// Whom the customer calls.
    pub phone: Option<String>,
    /// How long it takes.
    pub minutes: Option<i64>,
    /// The clock at the place.
    pub time_zone: Option<String>,
    /// Until how many hours before it the customer may move or cancel it alone.
    pub cancel_hours: Option<i64>,
    /// The order it is about.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub order_id: Option<Option<String>>,
    /// The project it belongs to.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub project_id: Option<Option<String>>,
    /// Ids of people of the customer and of staff.
    pub participants: Option<Vec<String>>,
}

/// Tells `null` from what is not said at all.
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl EditAppointmentDto {
    /// What it is to be, from what it was.
    pub fn over(self, ctx: &Ctx, was: Details, errors: &mut FieldErrors) -> Details {
        let order_id = match self.order_id {
            None => was.order_id,
            Some(text) => id("order_id", text.as_deref(), ctx.t("appointments-error-order"), errors),
        };
        let project_id = match self.project_id {
            None => was.project_id,
            Some(text) => id("project_id", text.as_deref(), ctx.t("orders-error-project"), errors),
        };
        let people = match self.participants {
            None => was.people,
            Some(ids) => {
                let read: Vec<_> = ids.iter().filter_map(|id| id.parse().ok()).collect();
                if read.len() != ids.len() {
                    errors.add("participants", ctx.t("appointments-error-people"));
                }
                read
            }
        };
        Details {
            title: self.title.unwrap_or(was.title),
            purpose: self.purpose.unwrap_or(was.purpose),
            place: self.place.unwrap_or(was.place),
            link: self.link.unwrap_or(was.link),
            notes: self.notes.unwrap_or(was.notes),
            internal_note: self.internal_note.unwrap_or(was.internal_note),
            phone: self.phone.unwrap_or(was.phone),
            minutes: self.minutes.unwrap_or(was.minutes),
            time_zone: self.time_zone.unwrap_or(was.time_zone),
            cancel_hours: self.cancel_hours.unwrap_or(was.cancel_hours),
            order_id,
            project_id,
            people,
        }
    }
}

/// The time that is taken.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmDto {
    /// One of the proposed times, RFC 3339.
    #[serde(default)]
    pub slot: String,
}

/// Other times: another of those that were proposed; new ones, which staff propose; or a wish in words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RescheduleDto {
    /// One of the other proposed times of a confirmed appointment, RFC 3339: it is moved there at once.
    #[serde(default)]
    pub slot: String,
    /// One to five times, RFC 3339: for staff.
    #[serde(default)]
    pub slots: Vec<String>,
    /// When it would suit, in words: for customers.
    #[serde(default)]
    pub wish: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// Why it does not take place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelDto {
    /// In words; staff have to say it.
    #[serde(default)]
    pub reason: String,
}

/// From when to when the team comes, on the day of the appointment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveDto {
    /// RFC 3339.
    #[serde(default)]
    pub from: String,
    /// RFC 3339.
    #[serde(default)]
    pub until: String,
    /// A word to it.
    #[serde(default)]
    pub note: String,
}
