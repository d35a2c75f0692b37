//! What is wrong with a project as it was sent, field by field.

use crate::ctx::Ctx;
use crate::error::FieldErrors;
use crate::orders::model::Status;

use super::input::{Input, MILESTONES, SHORT, TASKS, TEXT, TITLE};
use super::words;

/// Puts the texts in order and says what is wrong.
pub fn check(ctx: &Ctx, input: &mut Input, statuses: &[Status]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    input.slug = words::line(&input.slug);
    if !input.slug.is_empty() && !words::is_slug(&input.slug) {
        errors.add("slug", ctx.t("projects-error-slug"));
    }
    let single = [
        ("external_id", &mut input.external_id, SHORT),
        ("organisation", &mut input.organisation, SHORT),
        ("number", &mut input.number, SHORT),
        ("name", &mut input.name, TITLE),
    ];
    for (field, value, longest) in single {
        if let Some(text) = value {
            *text = words::line(text);
            words::long(ctx, field, text, longest, &mut errors);
        }
    }
    input.external_id = input.external_id.take().filter(|id| !id.is_empty());
    if input.name.as_ref().is_some_and(String::is_empty) {
        errors.add("name", ctx.t("projects-error-name"));
    }
    if let Some(text) = &mut input.summary {
        *text = words::lines(text);
        words::long(ctx, "summary", text, TEXT, &mut errors);
    }
    input.reason = words::text(ctx, "reason", &input.reason, &mut errors);
    if let Some(said) = &mut input.status {
        // By its key, or by its name in any language: what another system was taught to write.
        let lower = said.to_lowercase();
        let named = |s: &&Status| [&s.name_en, &s.name_de, &s.name_nl].iter().any(|name| name.to_lowercase() == lower);
        match statuses.iter().find(|known| known.key == *said).or_else(|| statuses.iter().find(named)) {
            Some(known) => said.clone_from(&known.key),
            None => errors.add("status", ctx.with("orders-error-status", &[("status", said.clone().into())])),
        }
    }
    if let (Some(Some(from)), Some(Some(until))) = (input.starts_on, input.due_on)
        && until < from
    {
        errors.add("due_on", ctx.t("projects-error-order"));
    }
    milestones(ctx, input, &mut errors);
    if input.tasks.len() > TASKS {
        errors.add("tasks", ctx.with("orders-error-many", &[("max", TASKS.into())]));
    }
    errors
}

fn milestones(ctx: &Ctx, input: &mut Input, errors: &mut FieldErrors) {
    let Some(rows) = &mut input.milestones else { return };
    if rows.len() > MILESTONES {
        errors.add("milestones", ctx.with("orders-error-many", &[("max", MILESTONES.into())]));
    }
    for (at, row) in rows.iter_mut().enumerate() {
        row.position = i64::try_from(at + 1).unwrap_or(i64::MAX);
        row.title = words::title(ctx, "milestones", &row.title, "projects-error-milestone", errors);
    }
}
