//! Appointments of the demo: one to choose a time for, two agreed, one past, one called off; proposed and answered through
//! the same services as everybody's, as the people who did it, dated relative to today.

use app::appointments::model::{Details, NewAppointment};
use app::appointments::{answer, progress, propose};
use app::ctx::Ctx;
use app::error::{AppError, FieldErrors};
use app::ids::AppointmentId;
use app::time::Instant;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::world::World;
use super::{as_author, during_work};

struct DemoAppointment {
    customer: &'static str,
    project: Option<&'static str>,
    order: Option<&'static str>,
    title: &'static str,
    purpose: &'static str,
    place: &'static str,
    link: &'static str,
    notes: &'static str,
    internal_note: &'static str,
    phone: &'static str,
    minutes: i64,
    zone: &'static str,
    people: &'static [&'static str],
    /// How many working days from today, and at which hour.
    slots: &'static [(i64, i8)],
    proposed_days_ago: i64,
    end: End,
}

/// What has become of it, by whom.
enum End {
    Proposed,
    Confirmed(&'static str),
    Done(&'static str),
    Cancelled(&'static str, &'static str),
}

const APPOINTMENTS: [DemoAppointment; 5] = [
    DemoAppointment {
        customer: "acme",
        project: Some("line-2"),
        order: Some("AB-2026-0417"),
        title: "Werksabnahme Linie 2",
        purpose: "Sie sehen die Linie bei uns laufen und nehmen sie ab",
        place: "Nordlicht Maschinenbau, Halle 4, Werftstraße 8, Kiel",
        link: "",
        notes: "Bitte bringen Sie Sicherheitsschuhe mit. Parkplätze sind am Tor 2.",
        internal_note: "Frau Albers möchte den Leiter der Fertigung sprechen.",
        phone: "+49 431 555 0140",
        minutes: 180,
        zone: "Europe/Berlin",
        people: &["anna@acme.example", "ben@acme.example", "pm@nordlicht.example"],
        slots: &[(5, 9), (6, 13), (8, 9)],
        proposed_days_ago: 1,
        end: End::Proposed,
    },
    DemoAppointment {
        customer: "acme",
        project: Some("line-2"),
        order: Some("AB-2026-0417"),
        title: "Aufmaß Halle 3",
        purpose: "Wir messen die Stützen und die Anschlüsse nach",
        place: "Tor 2, Hafenstraße 12, Hamm",
        link: "",
        notes: "Wir brauchen Zugang zum Schaltraum.",
        internal_note: "",
        phone: "+49 431 555 0140",
        minutes: 120,
        zone: "Europe/Berlin",
        people: &["ben@acme.example", "pm@nordlicht.example"],
        slots: &[(2, 8), (3, 8)],
        proposed_days_ago: 4,
        end: End::Confirmed("ben@acme.example"),
    },
    DemoAppointment {
        customer: "borealis",
        project: Some("sorter"),
        order: Some("AB-2026-0420"),
        title: "Oplevering sorteerlijn",
        purpose: "We nemen de twaalf goten samen in gebruik",
        place: "Waalhaven Oostzijde 40, Rotterdam",
        link: "https://meet.nordlicht.example/sorteerlijn",
        notes: "Graag de PLC-technicus erbij.",
        internal_note: "",
        phone: "+49 431 555 0140",
        minutes: 240,
        zone: "Europe/Amsterdam",
        people: &["carla@borealis.example", "dirk@borealis.example", "pm@nordlicht.example"],
        slots: &[(4, 10), (7, 10)],
        proposed_days_ago: 3,
        end: End::Confirmed("carla@borealis.example"),
    },
    DemoAppointment {
        customer: "acme",
        project: None,
        order: None,
        title: "Wartungsbesprechung",
        purpose: "Was im nächsten Jahr zu warten ist",
        place: "",
        link: "https://meet.nordlicht.example/wartung",
        notes: "",
        internal_note: "",
        phone: "",
        minutes: 45,
        zone: "Europe/Berlin",
        people: &["anna@acme.example", "support@nordlicht.example"],
        slots: &[(-9, 14), (-8, 10)],
        proposed_days_ago: 20,
        end: End::Done("anna@acme.example"),
    },
    DemoAppointment {
        customer: "acme",
        project: None,
        order: None,
        title: "Schulung Bedienpersonal",
        purpose: "Einweisung der Schichtführer",
        place: "Schulungsraum 2, Hafenstraße 12, Hamm",
        link: "",
        notes: "",
        internal_note: "",
        phone: "+49 431 555 0140",
        minutes: 240,
        zone: "Europe/Berlin",
        people: &["anna@acme.example", "pm@nordlicht.example"],
        slots: &[(9, 9)],
        proposed_days_ago: 6,
        end: End::Cancelled("anna@acme.example", "Die Schichtführer sind in dieser Woche im Urlaub."),
    },
];

/// A day so many days from the other; a Sunday or a Saturday becomes the Monday after.
fn working(day: Date, plus: i64) -> Date {
    let day = day.saturating_add(jiff::Span::new().days(plus));
    match day.weekday() {
        jiff::civil::Weekday::Saturday => day.saturating_add(jiff::Span::new().days(2)),
        jiff::civil::Weekday::Sunday => day.saturating_add(jiff::Span::new().days(1)),
        _ => day,
    }
}

fn slots(ctx: &Ctx, appointment: &DemoAppointment) -> Vec<Instant> {
    let zone = TimeZone::get(appointment.zone).unwrap_or(TimeZone::UTC);
    let today = ctx.now().timestamp().to_zoned(zone.clone()).date();
    let mut slots: Vec<Instant> = appointment
        .slots
        .iter()
        .filter_map(|(days, hour)| working(today, *days).at(*hour, 0, 0, 0).to_zoned(zone.clone()).ok())
        .map(|at| Instant(at.timestamp().as_microsecond()))
        .collect();
    slots.sort_unstable();
    slots.dedup();
    slots
}

/// Makes those that are not there yet.
pub async fn add(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    for appointment in &APPOINTMENTS {
        if !app::demo::has_appointment(&ctx.db, appointment.title).await? {
            one(ctx, world, appointment).await?;
        }
    }
    Ok(())
}

async fn one(ctx: &Ctx, world: &World, demo: &DemoAppointment) -> Result<(), AppError> {
    let slots = slots(ctx, demo);
    let pm = world.person("pm@nordlicht.example")?;
    let proposed_at = during_work(ctx, demo.proposed_days_ago, 120);
    let author = &as_author(ctx, pm, proposed_at).await?;
    let order_id = match demo.order {
        Some(number) => app::demo::order(&ctx.db, number).await?,
        None => None,
    };
    let details = Details {
        title: demo.title.to_owned(),
        purpose: demo.purpose.to_owned(),
        place: demo.place.to_owned(),
        link: demo.link.to_owned(),
        notes: demo.notes.to_owned(),
        internal_note: demo.internal_note.to_owned(),
        phone: demo.phone.to_owned(),
        minutes: demo.minutes,
        time_zone: demo.zone.to_owned(),
        cancel_hours: 24,
        order_id,
        project_id: demo.project.map(|slug| world.project(slug)).transpose()?,
        people: demo.people.iter().map(|email| world.person(email)).collect::<Result<_, _>>()?,
    };
    let organisation_id = world.organisation(demo.customer)?;
    let new = NewAppointment { organisation_id, details, slots: slots.clone(), agreed: false };
    let id = propose::create(author, new, FieldErrors::default()).await?;
    let answered_at = during_work(ctx, (demo.proposed_days_ago - 1).max(0), 200);
    let answers = async |email: &str| as_author(ctx, world.person(email)?, answered_at).await;
    match &demo.end {
        End::Proposed => Ok(()),
        End::Confirmed(email) => answer::confirm(&answers(email).await?, id, None, slots.first().copied()).await,
        End::Done(email) => {
            answer::confirm(&answers(email).await?, id, None, slots.first().copied()).await?;
            close(ctx, world, id).await
        }
        End::Cancelled(email, reason) => {
            let reader = answers(email).await?;
            answer::confirm(&reader, id, None, slots.first().copied()).await?;
            answer::cancel(&reader, id, None, reason).await
        }
    }
}

async fn close(ctx: &Ctx, world: &World, id: AppointmentId) -> Result<(), AppError> {
    let pm = as_author(ctx, world.person("pm@nordlicht.example")?, during_work(ctx, 1, 60)).await?;
    progress::complete(&pm, id, None).await
}
