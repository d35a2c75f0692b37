//! Which projects somebody is on: the panel of their page, where it is said, too.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::flash::Flash;
use crate::organisation::model::Project;
use crate::paths;
use crate::team::model::Member;
use crate::team::projects::{self, Places};
use crate::ui::{ButtonKind, Icon, Panel, SelectField, SelectOption, SubmitButton};

use super::Base;

/// The panel; none where the organisation has no project that whoever asks could see. `manage`: with the acts.
pub(super) async fn panel(
    ctx: &Ctx,
    flash: &Flash,
    base: &Base,
    member: &Member,
    manage: bool,
) -> Result<Option<Markup>, AppError> {
    let Places { on, others } = projects::places(ctx, member).await?;
    if on.is_empty() && others.is_empty() {
        return Ok(None);
    }
    let rows = on.iter().map(|project| row(ctx, base, member, project, manage)).collect_view();
    let rows = (!on.is_empty()).then(|| view! { <ul class="rows">{rows}</ul> });
    let add = (manage && !others.is_empty()).then(|| add(ctx, flash, base, member, &others));
    Ok(Some(
        view! {
            <Panel id="projects" title=ctx.t("team-projects")>
                <div class="panel-body"><p class="meta">{ctx.t(meaning(member, on.is_empty()))}</p></div>
                {rows}
                {add}
            </Panel>
        }
        .into_markup(),
    ))
}

/// What it means for this person to be on a project, as the key of its words.
fn meaning(member: &Member, none: bool) -> &'static str {
    match (projects::sees_projects(member), projects::sees_all_projects(member)) {
        (false, _) => "team-projects-none",
        (true, true) => "team-projects-all",
        (true, false) if none => "team-projects-nothing",
        (true, false) => "team-projects-own",
    }
}

fn hidden(base: &Base, member: &Member) -> Markup {
    view! {
        <input type="hidden" name="organisation" value=member.organisation_id.to_string() />
        <input type="hidden" name="user" value=member.user_id.to_string() />
        <input type="hidden" name="page" value=base.person(member.user_id) />
    }
    .into_markup()
}

fn row(ctx: &Ctx, base: &Base, member: &Member, project: &Project, manage: bool) -> Markup {
    let href = if base.staff { paths::staff_project(project.id) } else { paths::project(project.id) };
    let off = manage.then(|| {
        let label = ctx.with("team-project-remove-from", &[("project", project.name.clone().into())]);
        view! {
            <form class="cluster" method="post" action="/_fn/team/remove_project">
                {hidden(base, member)}
                <input type="hidden" name="project" value=project.id.to_string() />
                <SubmitButton kind=ButtonKind::Quiet label=label>{ctx.t("team-project-remove")}</SubmitButton>
            </form>
        }
    });
    view! {
        <li class="linkrow linkrow--acts">
            <span class="docicon"><Icon name="list-checks" /></span>
            <div class="grow"><a class="title" href=href>{project.name.clone()}</a></div>
            {off}
        </li>
    }
    .into_markup()
}

fn add(ctx: &Ctx, flash: &Flash, base: &Base, member: &Member, others: &[Project]) -> Markup {
    let typed = flash.value("project").filter(|_| flash.form == "member-project").unwrap_or_default();
    let options: Vec<SelectOption> = others
        .iter()
        .map(|project| {
            let value = project.id.to_string();
            SelectOption { selected: value == typed, value, label: project.name.clone() }
        })
        .collect();
    let error = flash.errors.get("project").map(str::to_owned);
    view! {
        <form class="panel-foot stack-4" method="post" action="/_fn/team/add_project">
            {hidden(base, member)}
            <SelectField name="project" label=ctx.t("team-project") options=options error=error />
            <div><SubmitButton>{ctx.t("team-project-add")}</SubmitButton></div>
        </form>
    }
    .into_markup()
}
