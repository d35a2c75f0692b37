//! Projects as rows; cards on a phone.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::page::rows::pieces;
use crate::ids::ProjectId;
use crate::projects::list::Listed;
use crate::projects::model::Project;
use crate::search::excerpt::marked;

use super::parts;

/// The table; what was looked for is marked in it. `whose`: whether it says of which customer they are.
pub fn table(ctx: &Ctx, listed: &Listed, whose: bool, href: fn(ProjectId) -> String) -> Markup {
    let rows = listed.items.iter().map(|project| row(ctx, listed, project, whose, href)).collect_view();
    let head = |key: &'static str| view! { <th scope="col" role="columnheader">{ctx.t(key)}</th> };
    view! {
        <table class="table cards" role="table">
            <thead role="rowgroup"><tr role="row">
                {head("projects-column-project")}{head("documents-column-status")}{head("projects-column-light")}{head("orders-column-next")}{head("projects-column-acts")}
            </tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_markup()
}

fn row(ctx: &Ctx, listed: &Listed, project: &Project, whose: bool, href: fn(ProjectId) -> String) -> Markup {
    let text = |text: &str| pieces(&marked(text, &listed.words));
    let facts = [
        whose.then(|| text(&project.organisation_name)),
        (!project.number.is_empty()).then(|| text(&project.number)),
        project.due_on.map(|day| text(&ctx.with("projects-due-is", &[("day", parts::day(ctx, day).into())]))),
    ];
    let facts = facts
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(at, fact)| view! { {(at > 0).then(|| view! { <span class="sep"></span> })}{fact} })
        .collect_view();
    let line = listed.lines.get(&project.id).map(|line| view! { <p class="found-in">{pieces(line)}</p> });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="c-main">
                <a class="title" href=href(project.id)>{text(&project.name)}</a>
                <p class="meta">{facts}</p>{line}
            </th>
            <td role="cell" class="c-status">{parts::status(ctx, project)}</td>
            <td role="cell" class="c-right">{parts::light(ctx, project.light)}</td>
            <td role="cell" class="c-wide">{parts::next(ctx, project)}</td>
            <td role="cell" data-label=ctx.t("projects-column-acts")>{parts::acts(ctx, project.acts())}</td>
        </tr>
    }
    .into_markup()
}
