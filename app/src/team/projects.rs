//! Which projects somebody of a customer is on. The customer's administrators say it for their colleagues and their external
//! partners, and staff for both: the same rows as on the project's own page, from the other side.

use crate::access::{Granted, MembershipRole, Reach, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrganisationId, ProjectId, UserId};
use crate::notifications::{Kind, Object, tell_all};
use crate::organisation::model::Project;
use crate::paths;
use crate::projects;
use crate::projects::scope::Scope;

use super::model::{Member, MemberState};
use super::policy::{Manage, SeeAccess};
use super::service::{self, Seen};
use super::store;

/// The projects of a customer beside one of its people, as far as whoever asks may see them, each by name.
#[derive(Clone, Debug)]
pub struct Places {
    /// Those that the person is on.
    pub on: Vec<Project>,
    /// Those they could be put on.
    pub others: Vec<Project>,
}

/// The projects that somebody is on, and the others.
///
/// # Errors
/// `Forbidden` for whoever may not ask what a person sees; `Unavailable`.
pub async fn places(ctx: &Ctx, member: &Member) -> Result<Places, AppError> {
    let on = on(ctx, member).await?;
    let mut others = projects::service::names(ctx, member.organisation_id).await?;
    others.retain(|project| !on.iter().any(|known| known.id == project.id));
    Ok(Places { on, others })
}

/// The projects that somebody is on, by name, as far as whoever asks may see them.
///
/// # Errors
/// `Forbidden` for whoever may not ask what a person sees; `Unavailable`.
pub async fn on(ctx: &Ctx, member: &Member) -> Result<Vec<Project>, AppError> {
    let row = grant::<SeeAccess, _>(&ctx.actor, member.clone())?.into_row();
    projects::service::names_with(ctx, row.organisation_id, row.user_id).await
}

/// Whether their role and rights let them see any project: with none, being on one opens nothing.
pub fn sees_projects(member: &Member) -> bool {
    member.role == MembershipRole::Admin || member.orders != Reach::None
}

/// Whether they see every project of the organisation, those they are not on too.
pub fn sees_all_projects(member: &Member) -> bool {
    match member.role {
        MembershipRole::Admin => true,
        MembershipRole::Member => member.orders == Reach::Organisation,
        MembershipRole::Partner => false,
    }
}

/// A project of the same customer as the person, that whoever acts sees. Any other is not found.
async fn found(
    ctx: &Ctx,
    tx: &Tx,
    granted: &Granted<Manage, Member>,
    project: ProjectId,
) -> Result<projects::model::Project, AppError> {
    let row = projects::store::find(tx, Scope::of(&ctx.actor)?, project).await?;
    row.filter(|row| row.organisation_id == granted.row().organisation_id).ok_or(AppError::NotFound)
}

/// Puts somebody on a project; it holds from their next request. Whoever is on it already stays there, and hears nothing.
///
/// # Errors
/// `NotFound` for a person or a project that is not of this customer; `Forbidden`; `Invalid` for somebody who is suspended.
pub async fn add(
    ctx: &Ctx,
    organisation: OrganisationId,
    user: UserId,
    project: ProjectId,
) -> Result<(Member, Project), AppError> {
    let tx = ctx.db.begin().await?;
    let (organisation, granted) = service::granted(ctx, &tx, organisation, user, Seen::default()).await?;
    let project = found(ctx, &tx, &granted, project).await?;
    let member = granted.row();
    if member.state != MemberState::Active || !member.may_sign_in {
        return Err(AppError::Invalid(FieldErrors::one("project", ctx.t("team-error-project-suspended"))));
    }
    if store::add_project(&tx, &granted, project.id).await? {
        let (told, object) = ([member.user_id], Object::Project(project.id));
        tell_all(&tx, ctx, Kind::ProjectJoined, Some(organisation.id), object, &told).await?;
        let event = Event::new("project.add", "project", project.id.0).organisation(member.organisation_id);
        audit::record(&tx, ctx, event.with("user", member.user_id)).await?;
        tx.commit().await?;
    }
    Ok((granted.into_row(), named(project)))
}

/// Takes somebody off a project; it holds from their next request. What was theirs to do there stays. An external partner
/// may lose the last one: then they see nothing, until they are put on another.
///
/// # Errors
/// `NotFound` for a person or a project that is not of this customer; `Forbidden`; `Invalid` where they are not on it.
pub async fn remove(
    ctx: &Ctx,
    organisation: OrganisationId,
    user: UserId,
    project: ProjectId,
) -> Result<(Member, Project), AppError> {
    let tx = ctx.db.begin().await?;
    let (organisation, granted) = service::granted(ctx, &tx, organisation, user, Seen::default()).await?;
    let project = found(ctx, &tx, &granted, project).await?;
    let member = granted.row();
    if !store::remove_project(&tx, &granted, project.id).await? {
        return Err(AppError::Invalid(FieldErrors::one("project", ctx.t("team-error-project-not-on"))));
    }
    if ctx.actor.user_id() != Some(member.user_id) {
        service::tell(ctx, &tx, &organisation, member, "project_off", Some(paths::HOME.to_owned())).await?;
    }
    let event = Event::new("project.remove", "project", project.id.0).organisation(member.organisation_id);
    audit::record(&tx, ctx, event.with("user", member.user_id)).await?;
    tx.commit().await?;
    Ok((granted.into_row(), named(project)))
}

/// A project as lists of names show it. How many are on it is not asked for here.
fn named(row: projects::model::Project) -> Project {
    Project { id: row.id, name: row.name, people: 0 }
}
