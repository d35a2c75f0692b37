//! What is wrong with an appointment, before anything is kept.

use crate::account::zones;
use crate::ctx::Ctx;
use crate::db::Db;
use crate::error::{AppError, FieldErrors};
use crate::ids::OrganisationId;
use crate::time::Instant;

use super::model::Details;
use super::service;

/// The most times to choose from.
pub const SLOTS_MOST: usize = 5;
/// The longest title, purpose, place and telephone number, in characters.
pub const LINE_LONGEST: usize = 200;
/// The longest text, in characters.
pub const TEXT_LONGEST: usize = 2000;
/// The longest link, in characters.
const LINK_LONGEST: usize = 1000;
/// The most people.
const PEOPLE_MOST: usize = 50;
/// The shortest and the longest time it takes, in minutes.
const MINUTES: std::ops::RangeInclusive<i64> = 5..=7 * 24 * 60;
/// The longest time before it that the customer has to decide in, in hours.
const HOURS: std::ops::RangeInclusive<i64> = 0..=30 * 24;
/// The furthest time, from now.
const FURTHEST: std::time::Duration = std::time::Duration::from_secs(3 * 366 * 24 * 3600);

/// Several lines, without anything that is not text.
pub fn text(ctx: &Ctx, field: &str, text: &str, longest: usize, errors: &mut FieldErrors) -> String {
    let text: String = text.replace("\r\n", "\n").trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    if text.chars().count() > longest {
        errors.add(field, ctx.with("approval-error-long", &[("max", longest.into())]));
    }
    text
}

/// One line, without anything that is not text.
fn line(ctx: &Ctx, field: &str, typed: &str, errors: &mut FieldErrors) -> String {
    let typed: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    text(ctx, field, &typed, LINE_LONGEST, errors)
}

/// A link that leads to a meeting online: https, and nothing that a program would run.
fn link(ctx: &Ctx, typed: &str, errors: &mut FieldErrors) -> String {
    let typed = typed.trim();
    if typed.is_empty() {
        return String::new();
    }
    let url = url::Url::parse(typed).ok().filter(|url| {
        url.scheme() == "https" && url.has_host() && url.username().is_empty() && url.password().is_none()
    });
    match url.map(String::from).filter(|url| url.len() <= LINK_LONGEST) {
        Some(url) => url,
        None => {
            errors.add("link", ctx.t("appointments-error-link"));
            String::new()
        }
    }
}

/// Puts the texts in order, and collects what is wrong with them.
pub fn details(ctx: &Ctx, mut details: Details, errors: &mut FieldErrors) -> Details {
    details.title = line(ctx, "title", &details.title, errors);
    if details.title.is_empty() {
        errors.add("title", ctx.t("appointments-error-title"));
    }
    details.purpose = line(ctx, "purpose", &details.purpose, errors);
    details.place = line(ctx, "place", &details.place, errors);
    details.phone = line(ctx, "phone", &details.phone, errors);
    details.link = link(ctx, &details.link, errors);
    details.notes = text(ctx, "notes", &details.notes, TEXT_LONGEST, errors);
    details.internal_note = text(ctx, "internal_note", &details.internal_note, TEXT_LONGEST, errors);
    if !MINUTES.contains(&details.minutes) {
        errors.add("minutes", ctx.t("appointments-error-minutes"));
    }
    if !HOURS.contains(&details.cancel_hours) {
        errors.add("cancel_hours", ctx.t("appointments-error-hours"));
    }
    match zones::parse(details.time_zone.trim()) {
        Some(zone) => zone.clone_into(&mut details.time_zone),
        None => errors.add("time_zone", ctx.t("account-error-time-zone")),
    }
    details.people.sort_unstable();
    details.people.dedup();
    details
}

/// Times to choose from: not past, not too many, and none that begins while another lasts.
pub fn slots(ctx: &Ctx, mut slots: Vec<Instant>, minutes: i64, errors: &mut FieldErrors) -> Vec<Instant> {
    slots.sort_unstable();
    let lasts = minutes.saturating_mul(60_000_000);
    if slots.is_empty() {
        errors.add("slots", ctx.t("appointments-error-no-slot"));
    } else if slots.len() > SLOTS_MOST {
        errors.add("slots", ctx.with("appointments-error-slots", &[("max", SLOTS_MOST.into())]));
    } else if slots.first().is_some_and(|first| *first <= ctx.now()) {
        errors.add("slots", ctx.t("appointments-error-past"));
    } else if slots.last().is_some_and(|last| *last > ctx.now().plus(FURTHEST)) {
        errors.add("slots", ctx.t("appointments-error-far"));
    } else if slots.iter().zip(slots.iter().skip(1)).any(|(a, b)| b.0 - a.0 < lasts.max(1)) {
        errors.add("slots", ctx.t("appointments-error-overlap"));
    }
    slots
}

/// Whoever takes part is of the customer or may see its appointments; and somebody of the customer is among them.
pub async fn people(
    ctx: &Ctx,
    db: &Db,
    organisation: OrganisationId,
    details: &Details,
    errors: &mut FieldErrors,
) -> Result<(), AppError> {
    let candidates = service::candidates(db, organisation).await?;
    let known = |id| candidates.members.iter().any(|person| person.user_id == id);
    let house = |id| candidates.staff.iter().any(|colleague| colleague.person.user_id == id);
    if details.people.len() > PEOPLE_MOST || !details.people.iter().all(|id| known(*id) || house(*id)) {
        errors.add("participants", ctx.t("appointments-error-people"));
    } else if !details.people.iter().any(|id| known(*id)) {
        errors.add("participants", ctx.t("appointments-error-nobody"));
    }
    Ok(())
}
