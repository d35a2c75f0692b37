//! What several pages of projects say.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::day::Day;
use crate::i18n::format;
use crate::orders::model::Side;
use crate::paths;
use crate::projects::model::{Light, Project, Task};
use crate::ui::{Badge, Glyph, Status};
use crate::validity::service::today;

/// The state as a headline.
pub fn badge(ctx: &Ctx, project: &Project) -> Markup {
    let status = &project.status;
    view! { <Badge tone=status.tone.tone() glyph=status.glyph() text=status.name(ctx.locale).to_owned() /> }
        .into_markup()
}

/// The state in a row.
pub fn status(ctx: &Ctx, project: &Project) -> Markup {
    let status = &project.status;
    view! { <Status tone=status.tone.tone() glyph=status.glyph() text=status.name(ctx.locale).to_owned() /> }
        .into_markup()
}

/// How it goes: a shape, a word and a colour. Nothing where nobody has said anything.
pub fn light(ctx: &Ctx, light: Light) -> Option<Markup> {
    (light != Light::None)
        .then(|| view! { <Status tone=light.tone() glyph=light.glyph() text=ctx.t(light.label_key()) /> }.into_markup())
}

/// A day in words.
pub fn day(ctx: &Ctx, day: Day) -> String {
    format::day(ctx.locale, day)
}

/// A day that may have passed.
pub fn due(ctx: &Ctx, at: Day, late: bool) -> Markup {
    let text = day(ctx, at);
    if late {
        let word = ctx.t("projects-late");
        return view! { <span class="due due--late"><Glyph name="late" />{text}<span class="vh">{format!(", {word}")}</span></span> }
            .into_markup();
    }
    view! { <span class="due">{text}</span> }.into_markup()
}

/// What comes next in a project, and when.
pub fn next(ctx: &Ctx, project: &Project) -> Markup {
    if project.next_step.is_empty() {
        return view! { <span class="meta">{ctx.t("projects-next-none")}</span> }.into_markup();
    }
    let when = project.next_on.map(|at| view! { " " {due(ctx, at, !project.status.is_final && at < today(ctx))} });
    view! { <span>{project.next_step.clone()}</span>{when} }.into_markup()
}

/// Who acts next, in words of whoever reads.
pub fn acts(ctx: &Ctx, side: Side) -> String {
    let staff = ctx.actor.staff().is_some();
    match (side, staff) {
        (Side::House, false) => ctx.portal.name.get(),
        (Side::House, true) => ctx.t("orders-acts-us").to_owned(),
        (Side::Customer, false) => ctx.t("orders-acts-you").to_owned(),
        (Side::Customer, true) => ctx.t("orders-acts-customer").to_owned(),
        (Side::Nobody, _) => ctx.t("orders-acts-nobody").to_owned(),
    }
}

/// Whose a task is: a name, or the side.
pub fn whose(ctx: &Ctx, task: &Task) -> String {
    match &task.assignee_name {
        Some(_) if task.assignee_id.is_some() && task.assignee_id == ctx.actor.user_id() => {
            ctx.t("orders-acts-you").to_owned()
        }
        Some(name) => name.clone(),
        None if task.side == Side::Customer && ctx.actor.staff().is_none() => ctx.t("projects-whose-yours").to_owned(),
        None => acts(ctx, task.side),
    }
}

/// The page of a task on the side of whoever reads.
pub fn task_href(ctx: &Ctx, task: &Task) -> String {
    if ctx.actor.staff().is_some() {
        paths::staff_project_task(task.project_id, task.id)
    } else {
        paths::project_task(task.project_id, task.id)
    }
}

/// The form that ticks a task off or takes that back, with nothing but its button.
pub fn tick(ctx: &Ctx, task: &Task, back: String, primary: bool) -> Markup {
    let done = task.done_at.is_none();
    let (key, named) =
        if done { ("projects-tick", "projects-tick-named") } else { ("projects-reopen", "projects-reopen-named") };
    let label = ctx.with(named, &[("title", task.title.clone().into())]);
    let class = match (primary, done) {
        (true, _) => "btn btn--primary",
        (_, true) => "btn",
        (_, false) => "btn btn--quiet",
    };
    let wanted = if done { "yes" } else { "no" };
    view! {
        <form method="post" action="/_fn/projects/tick">
            <input type="hidden" name="project" value=task.project_id.to_string() />
            <input type="hidden" name="task" value=task.id.to_string() />
            <input type="hidden" name="revision" value=task.revision.to_string() />
            <input type="hidden" name="done" value=wanted />
            <input type="hidden" name="back" value=back />
            <button class=class type="submit" aria-label=label>{ctx.t(key)}</button>
        </form>
    }
    .into_markup()
}
