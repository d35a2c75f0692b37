//! What happened to an appointment, in a sentence.

use crate::ctx::Ctx;

use super::model::Changed;
use super::when;

/// The names of fields as the history calls them.
fn field(ctx: &Ctx, name: &str) -> &'static str {
    match name {
        "title" => ctx.t("appointments-field-title"),
        "purpose" => ctx.t("appointments-field-purpose"),
        "place" => ctx.t("appointments-field-place"),
        "link" => ctx.t("appointments-field-link"),
        "notes" => ctx.t("appointments-field-notes"),
        "phone" => ctx.t("appointments-field-phone"),
        "minutes" => ctx.t("appointments-field-minutes"),
        "time_zone" => ctx.t("appointments-field-zone"),
        "people" => ctx.t("appointments-field-people"),
        _ => ctx.t("orders-field-other"),
    }
}

/// Who did it: colleagues by name, of the house only for the house.
pub fn by(ctx: &Ctx, change: &Changed) -> String {
    let named = !change.by_house || ctx.actor.staff().is_some();
    change.by_name.clone().filter(|_| named).unwrap_or_else(|| ctx.portal.name.get())
}

/// What happened, by the reader's clock.
pub fn sentence(ctx: &Ctx, change: &Changed) -> String {
    let time = |at: Option<crate::time::Instant>| {
        at.map(|at| {
            let day = when::civil_day(ctx.locale, when::date(&ctx.zone, at), true);
            format!("{day}, {}", when::hour(&ctx.zone, at))
        })
        .unwrap_or_default()
    };
    let hour = |at: Option<crate::time::Instant>| at.map(|at| when::hour(&ctx.zone, at)).unwrap_or_default();
    let by = by(ctx, change);
    let key = match (change.act.as_str(), change.old_at) {
        ("proposed", _) => "appointments-did-propose",
        ("confirmed", _) => "appointments-did-confirm",
        ("retimed", _) => "appointments-did-retime",
        ("wished", _) => "appointments-did-wish",
        ("moved", None) => "appointments-did-propose-again",
        ("moved", Some(_)) => "appointments-did-move",
        ("on_the_way", _) => "appointments-did-leave",
        ("done", _) => "appointments-did-complete",
        ("cancelled", None) => "appointments-did-refuse",
        ("cancelled", Some(_)) => "appointments-did-cancel",
        _ => {
            let fields: Vec<_> = change.fields.split(',').map(|name| field(ctx, name)).collect();
            return ctx.with("appointments-did-edit", &[("by", by.into()), ("fields", fields.join(", ").into())]);
        }
    };
    let args = [
        ("by", by.into()),
        ("old", time(change.old_at).into()),
        ("new", time(change.new_at).into()),
        ("from", hour(change.new_at).into()),
        ("until", hour(change.until_at).into()),
    ];
    ctx.with(key, &args)
}
