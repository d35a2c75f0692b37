//! Telling people about tasks, in the transaction of the act that causes it.

use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{DbResult, Tx, args, sql};
use crate::error::AppError;
use crate::i18n::{Locale, format};
use crate::ids::{OrganisationId, ProjectId, TaskId, UserId};
use crate::mail::{Button, Letter, Recipient, Template};
use crate::notifications::{Kind, Notice, Object, tell, tell_all};
use crate::orders::model::Side;
use crate::paths;

use super::scope::reaches;

sql! {
    /// Whom a task of the customer is for: by name, or whoever of them is on the project; only who still sees it.
    CUSTOMERS = concat!("SELECT u.id, u.email, u.name, u.locale, j.organisation_id FROM project_tasks k JOIN projects j ON j.id = k.project_id JOIN memberships m ON m.organisation_id = j.organisation_id AND m.state = 'active' JOIN users u ON u.id = m.user_id AND u.state = 'active' \
        WHERE k.id = $1 AND (u.id = k.assignee_id OR (k.assignee_id IS NULL AND EXISTS (SELECT 1 FROM project_people y WHERE y.user_id = u.id AND y.project_id = j.id))) AND ", reaches!(), " ORDER BY u.name, u.id");
    /// Whom a task of the house is for: by name, or whoever is responsible for the project.
    HOUSE = "SELECT u.id, u.email, u.name, u.locale, j.organisation_id FROM project_tasks k JOIN projects j ON j.id = k.project_id JOIN users u ON u.id = COALESCE(k.assignee_id, j.lead_id) AND u.state = 'active' AND u.staff_role IS NOT NULL WHERE k.id = $1";
    /// The other side of a project, when the customer has done something: whoever keeps it, and who else of the house is on it.
    KEEPERS = "SELECT u.id FROM (SELECT lead_id AS user_id FROM projects WHERE id = $1 UNION SELECT user_id FROM project_staff WHERE project_id = $1) w JOIN users u ON u.id = w.user_id AND u.state = 'active' AND u.staff_role IS NOT NULL ORDER BY u.id";
    /// When the house has: the customer's people on it, who still see it.
    THEIRS = concat!("SELECT u.id FROM project_people y JOIN projects j ON j.id = y.project_id JOIN memberships m ON m.user_id = y.user_id AND m.organisation_id = j.organisation_id AND m.state = 'active' JOIN users u ON u.id = y.user_id AND u.state = 'active' \
        WHERE y.project_id = $1 AND ", reaches!(), " ORDER BY u.id");
}

/// Why somebody is told of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is new.
    Asked,
    /// Its day comes near.
    Soon,
    /// Its day has passed.
    Late,
}

/// A task as people are told of it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Which.
    pub id: TaskId,
    /// Of which project.
    pub project: ProjectId,
    /// What that is called.
    pub project_name: &'a str,
    /// Whose it is.
    pub side: Side,
    /// What is to do.
    pub title: &'a str,
    /// The last day in time.
    pub due_on: Option<Day>,
}

#[derive(sqlx::FromRow)]
struct Reader {
    id: UserId,
    email: String,
    name: String,
    locale: Option<Locale>,
    organisation_id: OrganisationId,
}

async fn readers(tx: &Tx, task: &Told<'_>) -> DbResult<Vec<Reader>> {
    match task.side {
        Side::Customer => tx.all(CUSTOMERS, args![task.id]).await,
        Side::House | Side::Nobody => tx.all(HOUSE, args![task.id]).await,
    }
}

/// Tells whoever it is for; whoever does it themselves need not be told.
pub async fn task(tx: &Tx, ctx: &Ctx, task: Told<'_>, why: Why) -> Result<(), AppError> {
    let page = match task.side {
        Side::Customer => paths::project_task(task.project, task.id),
        Side::House | Side::Nobody => paths::staff_project_task(task.project, task.id),
    };
    let kind = if why == Why::Asked { Kind::TaskAsked } else { Kind::TaskReminder };
    let readers = readers(tx, &task).await?;
    for reader in readers.into_iter().filter(|reader| Some(reader.id) != ctx.actor.user_id()) {
        let to = Recipient { address: reader.email, name: reader.name, locale: reader.locale.unwrap_or_default() };
        let why = match (why, task.due_on) {
            (Why::Asked, None) => "someday",
            (Why::Asked, Some(_)) => "asked",
            (Why::Soon, _) => "soon",
            (Why::Late, _) => "late",
        };
        let due = task.due_on.map(|day| format::day(to.locale, day)).unwrap_or_default();
        let values = vec![
            ("title", task.title.to_owned()),
            ("project", task.project_name.to_owned()),
            ("due", due),
            ("why", why.to_owned()),
        ];
        let letter = Letter { template: Template::TaskWaits, to, values, button: Button::Path(page.clone()) };
        let (organisation, object) = (Some(reader.organisation_id), Object::Task(task.id));
        tell(tx, ctx, Notice { kind, to: reader.id, organisation, object, letter: Some(letter) }).await?;
    }
    Ok(())
}

/// Tells the other side that a task is done.
pub async fn done(
    tx: &Tx,
    ctx: &Ctx,
    task: TaskId,
    project: ProjectId,
    customer: OrganisationId,
) -> Result<(), AppError> {
    // Nobody in person is the operator at the machine, or the watched folder.
    let by_house = ctx.actor.staff().is_some() || ctx.actor.user_id().is_none();
    let people: Vec<(UserId,)> = tx.all(if by_house { THEIRS } else { KEEPERS }, args![project]).await?;
    let people: Vec<UserId> = people.into_iter().map(|(id,)| id).collect();
    tell_all(tx, ctx, Kind::TaskDone, Some(customer), Object::Task(task), &people).await
}
