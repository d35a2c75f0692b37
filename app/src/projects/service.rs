//! Use cases of projects: looking at them. Pages, server functions and REST all enter here; what changes them stands in
//! the files beside.

use crate::access::{Action, Guarded as _, Reach, Relation, allow, allow_any, grant};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::documents;
use crate::documents::model::Document;
use crate::error::AppError;
use crate::ids::{CommentId, DecisionId, OrganisationId, ProjectId, ReportId, TaskId, UserId};
use crate::orders;
use crate::orders::model::{Order, Status};
use crate::organisation::service as organisation;

use super::list::{self, Sort, Wanted};
use super::model::{After, Changed, Comment, Decision, Milestone, OnProject, Project, Report, Task, Which};
use super::policy::{Book, Read};
use super::scope::Scope;
use super::store;

/// The most tasks a page shows of what is to do.
const OPEN: i64 = 200;
/// The most of what is done.
const DONE: i64 = 20;
/// The most papers, orders and changes a page shows.
const SHOWN: i64 = 30;

/// Whether the actor has anything to do with projects: for the navigation.
pub fn may_open(ctx: &Ctx) -> bool {
    if ctx.actor.staff().is_some() {
        return allow_any(&ctx.actor, Action::ProjectRead).is_ok();
    }
    let at_hand = |m: &&crate::access::Membership| ctx.organisation == Some(m.organisation_id);
    let membership = ctx.actor.memberships().iter().find(at_hand).filter(|m| m.rights.orders != Reach::None);
    membership
        .is_some_and(|m| allow(&ctx.actor, Action::ProjectRead, Relation::Addressed, Some(m.organisation_id)).is_ok())
}

/// Whether the actor keeps the projects of anybody.
pub fn may_manage_any(ctx: &Ctx) -> bool {
    ctx.actor.staff().is_some() && allow_any(&ctx.actor, Action::ProjectManage).is_ok()
}

/// Whether the actor may make projects of this customer.
pub async fn may_take(ctx: &Ctx, id: OrganisationId) -> Result<bool, AppError> {
    let customer = organisation::find(ctx, id).await?;
    let book = Book { organisation_id: id, assigned: customer.assigned };
    Ok(allow(&ctx.actor, Action::ProjectManage, book.relation(&ctx.actor), Some(id)).is_ok())
}

/// What the actor may do with a project.
#[derive(Clone, Copy, Debug)]
pub struct May {
    /// Change it, and whatever belongs to it.
    pub manage: bool,
    /// Say something about its tasks.
    pub speak: bool,
    /// See who can see it, and why.
    pub audience: bool,
}

/// What the actor may do with a project that was found in scope.
pub fn may(ctx: &Ctx, project: &Project) -> May {
    let relation = project.relation(&ctx.actor);
    let can = |action| allow(&ctx.actor, action, relation, Some(project.organisation_id)).is_ok();
    May { manage: can(Action::ProjectManage), speak: can(Action::ProjectTask), audience: can(Action::ProjectAudience) }
}

/// What the operator's system calls it is not for customers.
pub(super) fn redacted(ctx: &Ctx, mut project: Project) -> Project {
    if ctx.actor.staff().is_none() {
        project.external_id = None;
    }
    project
}

/// One page of projects.
#[derive(Debug)]
pub struct Page {
    /// In the order of the list.
    pub items: Vec<Project>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
}

/// Projects. For staff, `only` is one customer; for customers, one of their organisations.
pub async fn list(
    ctx: &Ctx,
    which: Which,
    only: Option<OrganisationId>,
    after: Option<After>,
    limit: i64,
) -> Result<Page, AppError> {
    let sort = Sort::usual(which, None, &[]);
    let wanted = Wanted { which, sort, organisation: only, limit, ..Wanted::default() };
    let (items, next) = list::by_day(ctx, &wanted, after).await?;
    Ok(Page { items, next })
}

/// One project. Foreign and missing are the same.
pub async fn find(ctx: &Ctx, id: ProjectId) -> Result<Project, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    Ok(redacted(ctx, grant::<Read, _>(&ctx.actor, row)?.into_row()))
}

/// Those of these projects that the actor may see, in no order.
pub async fn by_ids(ctx: &Ctx, ids: &[ProjectId]) -> Result<Vec<Project>, AppError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = store::by_ids(&ctx.db, Scope::of(&ctx.actor)?, ids).await?;
    Ok(rows.into_iter().map(|row| redacted(ctx, row)).collect())
}

/// The projects of a customer by name, as far as the actor may see them.
pub async fn names(ctx: &Ctx, of: OrganisationId) -> Result<Vec<crate::organisation::model::Project>, AppError> {
    match Scope::of(&ctx.actor) {
        Ok(scope) => Ok(store::names(&ctx.db, scope, of).await?),
        // A token for other areas: of projects it has nothing.
        Err(AppError::Forbidden) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Those of them that one of the customer's people is on.
pub async fn names_with(
    ctx: &Ctx,
    of: OrganisationId,
    person: UserId,
) -> Result<Vec<crate::organisation::model::Project>, AppError> {
    match Scope::of(&ctx.actor) {
        Ok(scope) => Ok(store::names_with(&ctx.db, scope, of, person).await?),
        Err(AppError::Forbidden) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// How projects can stand.
pub async fn statuses(ctx: &Ctx) -> Result<Vec<Status>, AppError> {
    allow_any(&ctx.actor, Action::ProjectRead)?;
    Ok(store::statuses(&ctx.db).await?)
}

/// Everything on the page of a project.
#[derive(Debug)]
pub struct Whole {
    /// In their order.
    pub milestones: Vec<Milestone>,
    /// What is to do, the soonest first.
    pub open: Vec<Task>,
    /// What is done, the last first.
    pub done: Vec<Task>,
    /// How it goes, the last report first.
    pub reports: Vec<Report>,
    /// What was decided, the last first.
    pub decisions: Vec<Decision>,
    /// Who of the customer is on it, partners too.
    pub people: Vec<OnProject>,
    /// Who of the operator works on it.
    pub staff: Vec<OnProject>,
    /// Papers for whoever is on it, as far as the actor may see them.
    pub documents: Vec<Document>,
    /// Orders that belong to it, as far as the actor may see them.
    pub orders: Vec<Order>,
    /// What was changed, the last first.
    pub changes: Vec<Changed>,
}

/// Everything about a project that was found in scope.
pub async fn whole(ctx: &Ctx, project: &Project) -> Result<Whole, AppError> {
    let (db, id, scope) = (&ctx.db, project.id, Scope::of(&ctx.actor)?);
    let mut changes = store::changes(db, id, SHOWN).await?;
    if ctx.actor.staff().is_none() {
        changes.retain(|change| !["external_id", "slug"].contains(&change.field.as_str()));
    }
    Ok(Whole {
        milestones: store::milestones(db, id).await?,
        open: store::tasks(db, scope, id, false, OPEN).await?,
        done: store::tasks(db, scope, id, true, DONE).await?,
        reports: reports(ctx, project, ReportId(uuid::Uuid::max()), SHOWN).await?,
        decisions: decisions(ctx, project, (Day::LAST, DecisionId(uuid::Uuid::max())), SHOWN).await?,
        people: store::people(db, id).await?,
        staff: store::staff(db, id).await?,
        documents: documents::service::find_all(ctx, &store::documents(db, id, SHOWN).await?).await?,
        orders: orders_of(ctx, id).await?,
        changes,
    })
}

/// Orders of a project, without what they cost: that stands on their own pages, for whoever may see it.
async fn orders_of(ctx: &Ctx, id: ProjectId) -> Result<Vec<Order>, AppError> {
    let scope = match orders::scope::Scope::of(&ctx.actor) {
        Ok(scope) => scope,
        Err(AppError::Forbidden) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let rows = store::orders(&ctx.db, scope, id, SHOWN).await?;
    Ok(rows.into_iter().map(|order| Order { total: None, external_id: None, ..order }).collect())
}

/// The milestones of a project that was found in scope.
pub async fn milestones(ctx: &Ctx, project: &Project) -> Result<Vec<Milestone>, AppError> {
    Ok(store::milestones(&ctx.db, project.id).await?)
}

/// Its reports, the last before this one first.
pub async fn reports(ctx: &Ctx, project: &Project, before: ReportId, limit: i64) -> Result<Vec<Report>, AppError> {
    Ok(store::reports(&ctx.db, project.id, before, limit).await?)
}

/// Its decisions, the last before this one first.
pub async fn decisions(
    ctx: &Ctx,
    project: &Project,
    before: (Day, DecisionId),
    limit: i64,
) -> Result<Vec<Decision>, AppError> {
    Ok(store::decisions(&ctx.db, project.id, before, limit).await?)
}

/// Who is on it: people of the customer, and of the operator.
pub async fn people(ctx: &Ctx, project: &Project) -> Result<(Vec<OnProject>, Vec<OnProject>), AppError> {
    Ok((store::people(&ctx.db, project.id).await?, store::staff(&ctx.db, project.id).await?))
}

/// Its tasks in the order they were written down, after this one.
pub async fn tasks(ctx: &Ctx, project: &Project, after: TaskId, limit: i64) -> Result<Vec<Task>, AppError> {
    Ok(store::all_tasks(&ctx.db, Scope::of(&ctx.actor)?, project.id, after, limit).await?)
}

/// One task of a project that was found in scope.
pub async fn task(ctx: &Ctx, project: &Project, id: TaskId) -> Result<Task, AppError> {
    store::task(&ctx.db, Scope::of(&ctx.actor)?, project.id, id).await?.ok_or(AppError::NotFound)
}

/// What was said about a task that was found in scope, after this comment.
pub async fn comments(ctx: &Ctx, task: &Task, after: CommentId, limit: i64) -> Result<Vec<Comment>, AppError> {
    Ok(store::comments(&ctx.db, task.id, after, limit).await?)
}
