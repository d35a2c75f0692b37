//! Telling people about appointments, in the transaction of the act that causes it, each by their own clock.

use jiff::tz::TimeZone;

use crate::access::{Action, StaffRole};
use crate::ctx::Ctx;
use crate::db::{Tx, args, sql};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::UserId;
use crate::mail::{self, Button, Letter, Template};
use crate::notifications::{Kind, Notice, Object, tell};
use crate::paths;
use crate::people::readers;

use super::model::{Appointment, State};
use super::{store, when};

sql! {
    /// Who takes part and may still see it, and who made it.
    RECIPIENTS = "SELECT u.id AS user_id, u.email, u.name, u.locale, u.time_zone, u.staff_role, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = a.organisation_id) AS assigned, \
        EXISTS (SELECT 1 FROM appointment_people p WHERE p.appointment_id = a.id AND p.user_id = u.id) AS takes_part \
        FROM (SELECT user_id FROM appointment_people WHERE appointment_id = $1 UNION SELECT created_by FROM appointments WHERE id = $1) w \
        JOIN users u ON u.id = w.user_id AND u.state = 'active' JOIN appointments a ON a.id = $1 LEFT JOIN memberships m ON m.user_id = u.id AND m.organisation_id = a.organisation_id AND m.state = 'active' \
        WHERE (u.staff_role IS NOT NULL OR m.role = 'admin' OR m.orders <> 'none') ORDER BY u.id";
}

/// What people are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Times to choose from.
    Proposed,
    /// Other times to choose from.
    Moved,
    /// One time is agreed.
    Confirmed,
    /// Another of the proposed times is agreed instead.
    Retimed,
    /// Place, length or people are others.
    Changed,
    /// It does not take place.
    Cancelled,
    /// The team is on its way.
    OnTheWay,
    /// The customer asks for another time.
    Wished,
    /// It is tomorrow.
    Reminder,
}

impl News {
    const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Moved => "moved",
            Self::Confirmed => "confirmed",
            Self::Retimed => "retimed",
            Self::Changed => "changed",
            Self::Cancelled => "cancelled",
            Self::OnTheWay => "on_the_way",
            Self::Wished => "wished",
            Self::Reminder => "reminder",
        }
    }

    const fn kind(self) -> Kind {
        match self {
            Self::Proposed | Self::Moved => Kind::AppointmentProposed,
            Self::Wished => Kind::AppointmentWished,
            Self::Reminder => Kind::AppointmentReminder,
            Self::Confirmed | Self::Retimed | Self::Changed | Self::Cancelled | Self::OnTheWay => {
                Kind::AppointmentChanged
            }
        }
    }

    /// Whom it concerns: people of the customer, people of the house.
    const fn concerns(self) -> (bool, bool) {
        match self {
            Self::Proposed | Self::Moved | Self::OnTheWay => (true, false),
            Self::Wished => (false, true),
            Self::Confirmed | Self::Retimed | Self::Changed | Self::Cancelled | Self::Reminder => (true, true),
        }
    }
}

#[derive(sqlx::FromRow)]
struct Recipient {
    user_id: UserId,
    email: String,
    name: String,
    locale: Option<Locale>,
    time_zone: Option<String>,
    staff_role: Option<StaffRole>,
    assigned: bool,
    takes_part: bool,
}

/// Tells everybody whom it concerns, but not whoever did it.
pub async fn about(tx: &Tx, ctx: &Ctx, row: &Appointment, news: News, message: &str) -> Result<(), AppError> {
    let all: Vec<Recipient> = tx.all(RECIPIENTS, args![row.id]).await?;
    let sees = |r: &Recipient| r.staff_role.is_none_or(|role| readers::sees(role, Action::AppointmentRead, r.assigned));
    let house_takes_part = all.iter().any(|r| r.takes_part && r.staff_role.is_some());
    let (customer, house) = news.concerns();
    let slots = store::slots(tx, row.id).await?;
    for to in all {
        // Where nobody of the house takes part, whoever made it hears of it.
        let in_it = to.takes_part || (to.staff_role.is_some() && !house_takes_part);
        let concerned = if to.staff_role.is_some() { house } else { customer };
        if !in_it || !concerned || !sees(&to) || ctx.actor.user_id() == Some(to.user_id) {
            continue;
        }
        let locale = to.locale.unwrap_or_default();
        let zone = to.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        let zone = zone.unwrap_or_else(|| ctx.portal.zone.clone());
        let time = match (news, row.way_from, row.way_until) {
            (News::OnTheWay, Some(from), Some(until)) => {
                let args = [("from", when::hour(&zone, from).into()), ("until", when::hour(&zone, until).into())];
                locale.with("appointments-hours", &args)
            }
            // What else was proposed does not matter once something is agreed.
            _ if row.state != State::Proposed => when::in_full(locale, &zone, row, row.starts_at),
            // None where it was called off before anything was agreed.
            _ => {
                let times: Vec<_> = slots.iter().map(|at| when::in_full(locale, &zone, row, *at)).collect();
                times.join("; ")
            }
        };
        let by = Some(ctx.actor.name()).filter(|name| !name.is_empty());
        let place = if row.place.is_empty() { row.link.clone() } else { row.place.clone() };
        let mut values = vec![
            ("inviter", by.map_or_else(|| ctx.portal.name.get(), str::to_owned)),
            ("title", row.title.clone()),
            ("organisation", row.organisation_name.clone()),
            ("what", news.name().to_owned()),
            ("when", time),
            ("placed", if place.is_empty() { "no" } else { "yes" }.to_owned()),
            ("place", place),
        ];
        if !message.is_empty() {
            values.push(("message", message.to_owned()));
        }
        let path = if to.staff_role.is_some() { paths::staff_appointment(row.id) } else { paths::appointment(row.id) };
        let person = to.user_id;
        let to = mail::Recipient { address: to.email, name: to.name, locale };
        let letter = Letter { template: Template::Appointment, to, values, button: Button::Path(path) };
        let (organisation, object) = (Some(row.organisation_id), Object::Appointment(row.id));
        tell(tx, ctx, Notice { kind: news.kind(), to: person, organisation, object, letter: Some(letter) }).await?;
    }
    Ok(())
}
