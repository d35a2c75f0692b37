//! What the API says and hears of projects.

use app::ctx::Ctx;
use app::day::Day;
use app::error::FieldErrors;
use app::ids::UserId;
use app::orders::input::Act;
use app::orders::model::Side;
use app::projects::input::Input;
use app::projects::model::{Comment, Decision, Milestone, NewTask, OnProject, Project, Report, Task};
use app::projects::take::Taken;
use app::projects::task_take::Sent;
use app::validity::service::today;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::order_dto::{ChangeDto, TakenDto};
use super::orders::day;

/// One milestone.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MilestoneDto {
    /// What is reached, in words of the customer.
    pub title: String,
    /// When it is expected, such as 2026-12-04.
    #[serde(default)]
    pub expected_on: Option<String>,
    /// When it was reached.
    #[serde(default)]
    pub done_on: Option<String>,
}

impl From<Milestone> for MilestoneDto {
    fn from(row: Milestone) -> Self {
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        Self { title: row.title, expected_on: text(row.expected_on), done_on: text(row.done_on) }
    }
}

/// Milestones as the service takes them.
pub fn milestones(ctx: &Ctx, rows: Vec<MilestoneDto>, errors: &mut FieldErrors) -> Vec<Milestone> {
    let mut all = Vec::with_capacity(rows.len());
    for (at, row) in rows.into_iter().enumerate() {
        let mut opt = |text: Option<String>| text.as_deref().and_then(|text| day(ctx, "milestones", text, errors));
        let (expected_on, done_on) = (opt(row.expected_on), opt(row.done_on));
        let position = i64::try_from(at + 1).unwrap_or(i64::MAX);
        all.push(Milestone { position, title: row.title, expected_on, done_on });
    }
    all
}

/// A project.
#[derive(Serialize, ToSchema)]
pub struct ProjectDto {
    /// Id.
    pub id: String,
    /// The customer.
    pub organisation_id: String,
    /// Short name.
    pub slug: String,
    /// The operator's number.
    pub number: String,
    /// The key in the system it comes from; staff only.
    pub external_id: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it is about, in words of the customer.
    pub summary: String,
    /// Key of its status.
    pub status: String,
    /// on_track, at_risk or off_track, as the last report says; none before there is one.
    pub light: String,
    /// house, customer or nobody: who acts next.
    pub acts: String,
    /// Nothing more will come.
    pub closed: bool,
    /// Who is responsible for it at the operator.
    pub lead_id: Option<String>,
    /// When it begins.
    pub starts_on: Option<String>,
    /// When it is to be done.
    pub due_on: Option<String>,
    /// When it was.
    pub done_on: Option<String>,
    /// The first milestone that is not reached, or the soonest task of the customer.
    pub next_step: String,
    /// When it is expected.
    pub next_on: Option<String>,
    /// Every milestone; only where one project is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<MilestoneDto>,
    /// Raised by every change; the ETag.
    pub revision: i64,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    pub changed_at: String,
}

impl ProjectDto {
    /// As whoever reads it may have it.
    pub fn new(row: Project, milestones: Vec<Milestone>) -> Self {
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        Self {
            id: row.id.to_string(),
            organisation_id: row.organisation_id.to_string(),
            acts: row.acts().name().to_owned(),
            slug: row.slug,
            number: row.number,
            external_id: row.external_id,
            name: row.name,
            summary: row.summary,
            status: row.status.key,
            light: row.light.name().to_owned(),
            closed: row.status.is_final,
            lead_id: row.lead_id.map(|id| id.to_string()),
            starts_on: text(row.starts_on),
            due_on: text(row.due_on),
            done_on: text(row.done_on),
            next_step: row.next_step,
            next_on: text(row.next_on),
            milestones: milestones.into_iter().map(MilestoneDto::from).collect(),
            revision: row.project_revision,
            created_at: row.created_at.rfc3339(),
            changed_at: row.changed_at.rfc3339(),
        }
    }
}

/// Said and null is something else than not said.
#[expect(clippy::option_option, reason = "not said, said and null, said")]
fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// A project as it is to be. What is not said stays as it is; days and whoever is responsible are taken back with null.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "not said, said and null, said")]
pub struct SaveProjectDto {
    /// Short name; made from the title of a new project where it is not said.
    #[serde(default)]
    pub slug: String,
    /// The key in the system it comes from.
    pub external_id: Option<String>,
    /// The customer: number, short name or id. Needed for a new project.
    pub organisation: Option<String>,
    /// The operator's number.
    pub number: Option<String>,
    /// What it is called. Needed for a new project.
    pub name: Option<String>,
    /// What it is about, in words of the customer.
    pub summary: Option<String>,
    /// Key of a status.
    pub status: Option<String>,
    /// Who is responsible for it: somebody of the staff.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub lead_id: Option<Option<String>>,
    /// When it begins, such as 2026-11-22.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub starts_on: Option<Option<String>>,
    /// When it is to be done.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub due_on: Option<Option<String>>,
    /// When it was.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub done_on: Option<Option<String>>,
    /// Every milestone, in their order.
    pub milestones: Option<Vec<MilestoneDto>>,
    /// Tasks that another system keeps, at most 500. Tasks that are not named stay as they are.
    #[serde(default)]
    pub tasks: Vec<KeptTaskDto>,
    /// Why it changes; its customer reads it.
    #[serde(default)]
    pub reason: String,
}

impl SaveProjectDto {
    /// As the service takes it, or what is wrong with it.
    pub fn into_input(self, ctx: &Ctx) -> Result<Input, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut opt = |field: &str, said: &Option<Option<String>>| {
            said.as_ref().map(|text| text.as_deref().and_then(|text| day(ctx, field, text, &mut errors)))
        };
        let starts_on = opt("starts_on", &self.starts_on);
        let due_on = opt("due_on", &self.due_on);
        let done_on = opt("done_on", &self.done_on);
        let milestones = self.milestones.map(|rows| milestones(ctx, rows, &mut errors));
        let tasks = self.tasks.into_iter().map(|task| task.into_sent(ctx, &mut errors)).collect();
        let lead: Option<Result<Option<UserId>, _>> =
            self.lead_id.map(|said| said.map(|text| text.parse()).transpose());
        if matches!(lead, Some(Err(_))) {
            errors.add("lead_id", ctx.t("projects-error-lead"));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Input {
            slug: self.slug,
            external_id: self.external_id,
            organisation: self.organisation,
            number: self.number,
            by_number: false,
            name: self.name,
            summary: self.summary,
            status: self.status,
            lead: lead.and_then(Result::ok),
            starts_on,
            due_on,
            done_on,
            milestones,
            tasks,
            reason: self.reason,
            meant: None,
            revision: None,
        })
    }
}

/// A task that another system keeps: it is found again by its key there. What is not said of one that is there stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "not said, said and null, said")]
pub struct KeptTaskDto {
    /// The key in the system it comes from, unique in its project.
    pub external_id: String,
    /// What. Needed for a new one.
    pub title: Option<String>,
    /// More about it.
    pub text: Option<String>,
    /// house or customer: whose it is. Needed for a new one.
    pub side: Option<String>,
    /// The e-mail address of who of that side has it; empty: whoever of them is on the project.
    pub assignee: Option<String>,
    /// The last day in time, such as 2026-12-04; taken back with null.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub due_on: Option<Option<String>>,
    /// It is done. What is done stays done: `reopen` takes that back.
    #[serde(default)]
    pub done: bool,
    /// When it was done; today where it is not said.
    pub done_on: Option<String>,
}

impl KeptTaskDto {
    /// As the service takes it.
    fn into_sent(self, ctx: &Ctx, errors: &mut FieldErrors) -> Sent {
        let side = self.side.as_deref().map(Side::parse);
        if side == Some(None) {
            errors.add("tasks", ctx.t("orders-error-acts"));
        }
        let mut date = |text: Option<String>| text.as_deref().and_then(|text| day(ctx, "tasks", text, errors));
        let due_on = self.due_on.map(&mut date);
        let done_on = date(self.done_on).or_else(|| self.done.then(|| today(ctx)));
        let (title, text, assignee) = (self.title, self.text, self.assignee);
        Sent { external_id: self.external_id, title, text, side: side.flatten(), assignee, due_on, done_on }
    }
}

/// What became of one project of several.
pub fn taken(outcome: Result<Taken, FieldErrors>) -> TakenDto {
    match outcome {
        Ok(Taken { act, id, changes }) => TakenDto {
            result: act.name().to_owned(),
            id: Some(id.to_string()),
            changes: if act == Act::Create { Vec::new() } else { changes }
                .into_iter()
                .map(|change| ChangeDto { field: change.field.to_owned(), old: change.old, new: change.new })
                .collect(),
            errors: Vec::new(),
        },
        Err(errors) => TakenDto::refused(&errors),
    }
}

/// Something to do.
#[derive(Serialize, ToSchema)]
pub struct ProjectTaskDto {
    /// Id.
    pub id: String,
    /// The project.
    pub project_id: String,
    /// house or customer: whose it is.
    pub side: String,
    /// Who of that side; null: whoever of them is on the project.
    pub assignee_id: Option<String>,
    /// What.
    pub title: String,
    /// More about it.
    pub text: String,
    /// The last day in time.
    pub due_on: Option<String>,
    /// When it was done; RFC 3339.
    pub done_at: Option<String>,
    /// By whom.
    pub done_by: Option<String>,
    /// How much was said about it.
    pub comments: i64,
    /// Raised by every change; the ETag.
    pub revision: i64,
    /// RFC 3339.
    pub created_at: String,
}

impl From<Task> for ProjectTaskDto {
    fn from(row: Task) -> Self {
        Self {
            id: row.id.to_string(),
            project_id: row.project_id.to_string(),
            side: row.side.name().to_owned(),
            assignee_id: row.assignee_id.map(|id| id.to_string()),
            title: row.title,
            text: row.text,
            due_on: row.due_on.map(|day| day.to_string()),
            done_at: row.done_at.map(|at| at.rfc3339()),
            done_by: row.done_by_name,
            comments: row.comments,
            revision: row.revision,
            created_at: row.created_at.rfc3339(),
        }
    }
}

/// A task as it is to be. What is not said of one that is there stays as it is; the person and the day are taken back with
/// null.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "not said, said and null, said")]
pub struct SaveTaskDto {
    /// house or customer; of a new one customer where it is not said.
    pub side: Option<String>,
    /// Who of that side.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub assignee_id: Option<Option<String>>,
    /// What. Needed for a new one.
    pub title: Option<String>,
    /// More about it.
    pub text: Option<String>,
    /// The last day in time, such as 2026-12-04.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    pub due_on: Option<Option<String>>,
}

impl SaveTaskDto {
    /// As the service takes it; `before` is what is there.
    pub fn into_task(self, ctx: &Ctx, before: Option<&Task>) -> Result<NewTask, FieldErrors> {
        let mut errors = FieldErrors::default();
        let side = match self.side.as_deref() {
            None => before.map(|task| task.side).or(Some(Side::Customer)),
            Some(name) => Side::parse(name).filter(|side| *side != Side::Nobody),
        };
        if side.is_none() {
            errors.add("side", ctx.t("orders-error-acts"));
        }
        let due_on = match self.due_on {
            None => before.and_then(|task| task.due_on),
            Some(text) => text.as_deref().and_then(|text| day(ctx, "due_on", text, &mut errors)),
        };
        let assignee = match self.assignee_id {
            None => before.and_then(|task| task.assignee_id),
            Some(None) => None,
            Some(Some(text)) => {
                let id = text.parse().ok();
                if id.is_none() {
                    errors.add("assignee", ctx.t("projects-error-assignee"));
                }
                id
            }
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(NewTask {
            side: side.unwrap_or(Side::Customer),
            assignee,
            title: self.title.or_else(|| before.map(|task| task.title.clone())).unwrap_or_default(),
            text: self.text.or_else(|| before.map(|task| task.text.clone())).unwrap_or_default(),
            due_on,
        })
    }
}

/// A word about a task.
#[derive(Serialize, ToSchema)]
pub struct CommentDto {
    /// Id.
    pub id: String,
    /// Who.
    pub name: Option<String>,
    /// They are of the operator.
    pub house: bool,
    /// What.
    pub text: String,
    /// RFC 3339.
    pub written_at: String,
}

impl From<Comment> for CommentDto {
    fn from(row: Comment) -> Self {
        let (id, written_at) = (row.id.to_string(), row.written_at.rfc3339());
        Self { id, name: row.name, house: row.house, text: row.text, written_at }
    }
}

/// How it goes.
#[derive(Serialize, ToSchema)]
pub struct ProjectReportDto {
    /// Id.
    pub id: String,
    /// on_track, at_risk or off_track.
    pub light: String,
    /// In words.
    pub text: String,
    /// Who says so.
    pub name: Option<String>,
    /// RFC 3339.
    pub written_at: String,
}

impl From<Report> for ProjectReportDto {
    fn from(row: Report) -> Self {
        let (id, light) = (row.id.to_string(), row.light.name().to_owned());
        Self { id, light, text: row.text, name: row.name, written_at: row.written_at.rfc3339() }
    }
}

/// What was decided.
#[derive(Serialize, ToSchema)]
pub struct ProjectDecisionDto {
    /// Id.
    pub id: String,
    /// What.
    pub title: String,
    /// When, such as 2026-11-22.
    pub decided_on: String,
    /// By whom.
    pub decided_by: String,
    /// Why.
    pub reason: String,
}

impl From<Decision> for ProjectDecisionDto {
    fn from(row: Decision) -> Self {
        let (id, decided_on) = (row.id.to_string(), row.decided_on.to_string());
        Self { id, title: row.title, decided_on, decided_by: row.decided_by, reason: row.reason }
    }
}

/// Somebody on a project.
#[derive(Serialize, ToSchema)]
pub struct ProjectPersonDto {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// customer or house.
    pub side: String,
    /// What they are there.
    pub role: String,
}

impl From<OnProject> for ProjectPersonDto {
    fn from(row: OnProject) -> Self {
        let side = if row.staff_role.is_some() { "house" } else { "customer" };
        let role = row.role.map(|role| role.name()).or(row.staff_role.map(|role| role.name())).unwrap_or_default();
        Self { id: row.id.to_string(), name: row.name, side: side.to_owned(), role: role.to_owned() }
    }
}
