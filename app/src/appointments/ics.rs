//! Appointments as calendar programs read them (iCalendar, RFC 5545). Times are UTC, so that no program has to know our
//! zones; texts hold nothing that could begin another line.

use icalendar::{Calendar, Component as _, Event as Entry, Property};

use crate::ctx::Ctx;
use crate::paths;
use crate::time::Instant;

use super::model::{Appointment, State};

/// The media type of what this makes.
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

fn stamp(at: Instant) -> String {
    at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Line breaks stay, as the text's own; what else may break a line becomes a space, and what is no text goes.
fn clean(text: &str) -> String {
    let spaced = text.replace(['\u{2028}', '\u{2029}', '\u{85}'], " ");
    spaced.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// The name of the portal inside ids: they stay the same when it changes its scheme or port.
fn host(ctx: &Ctx) -> String {
    ctx.portal.base_url.host_str().unwrap_or("kontor").to_owned()
}

/// One event. The proposed times of one appointment are events of their own, until one of them is the appointment.
fn event(ctx: &Ctx, row: &Appointment, at: Instant) -> Entry {
    let staff = ctx.actor.staff().is_some();
    let page = if staff { paths::staff_appointment(row.id) } else { paths::appointment(row.id) };
    let page = ctx.portal.base_url.join(&page).map(String::from).unwrap_or_default();
    let proposed = row.state == State::Proposed;
    let uid = if proposed {
        format!("{}.{}@{}", row.id, at.0 / 1_000_000, host(ctx))
    } else {
        format!("{}@{}", row.id, host(ctx))
    };
    let status = match row.state {
        State::Proposed => "TENTATIVE",
        State::Confirmed | State::Done => "CONFIRMED",
        State::Cancelled => "CANCELLED",
    };
    let title = clean(&row.title);
    let title = if staff { format!("{title} ({})", clean(&row.organisation_name)) } else { title };
    let title = if proposed { ctx.with("appointments-ics-proposed", &[("title", title.into())]) } else { title };
    let parts = [&row.purpose, &row.notes, &row.link, &page];
    let about: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).map(|part| clean(part)).collect();
    let place = if row.place.is_empty() { &row.link } else { &row.place };
    let mut event = Entry::new();
    event
        .add_property("UID", uid)
        .add_property("DTSTAMP", stamp(row.changed_at))
        .add_property("CREATED", stamp(row.created_at))
        .add_property("LAST-MODIFIED", stamp(row.changed_at))
        .add_property("SEQUENCE", row.revision.to_string())
        .add_property("DTSTART", stamp(at))
        .add_property("DTEND", stamp(row.end_of(at)))
        .add_property("SUMMARY", title)
        .add_property("DESCRIPTION", about.join("\n"))
        .add_property("STATUS", status)
        .add_property("URL", page);
    if !place.is_empty() {
        event.add_property("LOCATION", clean(place));
    }
    event
}

fn calendar(ctx: &Ctx) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Kontor//Appointments//EN"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", "PUBLISH"));
    // Written as it comes: without what has a meaning in there.
    let name = clean(&ctx.portal.name.get()).replace(['\\', ';', ',', '\n'], " ");
    calendar.append_property(Property::new("X-WR-CALNAME", name));
    calendar
}

/// One appointment as a file to keep. With several proposed times it holds each of them.
pub fn one(ctx: &Ctx, row: &Appointment, slots: &[Instant]) -> String {
    let mut calendar = calendar(ctx);
    if row.state == State::Proposed {
        for at in slots {
            calendar.push(event(ctx, row, *at));
        }
    } else {
        calendar.push(event(ctx, row, row.starts_at));
    }
    calendar.to_string()
}

/// Many appointments, as the feed of a person holds them: those proposed with all their times, and of the cancelled ones
/// those that had been agreed.
pub fn many(ctx: &Ctx, rows: &[Appointment], slots: &[(crate::ids::AppointmentId, Instant)]) -> String {
    let mut calendar = calendar(ctx);
    calendar.append_property(Property::new("X-PUBLISHED-TTL", "PT1H"));
    for row in rows {
        match row.state {
            State::Proposed => {
                for (_, at) in slots.iter().filter(|(id, _)| *id == row.id) {
                    calendar.push(event(ctx, row, *at));
                }
            }
            State::Cancelled if row.confirmed_at.is_none() => {}
            State::Confirmed | State::Done | State::Cancelled => {
                calendar.push(event(ctx, row, row.starts_at));
            }
        }
    }
    calendar.to_string()
}
