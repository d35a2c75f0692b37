//! What the index holds of projects, and how they are looked for in it.

use std::collections::HashMap;

use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Value, sql};
use crate::error::AppError;
use crate::ids::{OrganisationId, ProjectId};
use crate::projects::list::Wanted;
use crate::projects::model::{Project, Which};
use crate::projects::scope::Scope;
use crate::time::Instant;

use super::excerpt;
use super::expression::Expression;
use super::model::Piece;
use super::orders::seen;
use super::tables::PROJECTS;
use super::tokens::{self, Indexed, Made};
use super::walk::{Walk, holding};

/// Milestones that are looked through to say why the projects of a page were found, at most.
const MILESTONES: i64 = 5000;

macro_rules! indexed {
    ($from:literal, $ids:literal) => {
        concat!(
            "SELECT j.id, j.organisation_id, c.name AS organisation_name, j.number, j.external_id, j.name, j.summary, j.status, j.closed, j.changed_at FROM ",
            $from,
            " JOIN organisations c ON c.id = j.organisation_id WHERE j.id = ",
            $ids
        )
    };
}

sql! {
    INDEXED = sqlite: indexed!("json_each($1) x CROSS JOIN projects j", "unhex(x.value)"), postgres: indexed!("projects j", "ANY($1)");
    WORDS = sqlite: "SELECT project_id, title FROM project_milestones WHERE project_id IN (SELECT unhex(value) FROM json_each($1)) ORDER BY project_id, position LIMIT $2",
        postgres: "SELECT project_id, title FROM project_milestones WHERE project_id = ANY($1) ORDER BY project_id, position LIMIT $2";
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    id: ProjectId,
    organisation_id: OrganisationId,
    organisation_name: String,
    number: String,
    external_id: Option<String>,
    name: String,
    summary: String,
    status: String,
    closed: bool,
    changed_at: Instant,
}

fn make(row: &Row, milestones: &[String]) -> Made {
    let mut texts = vec![row.number.as_str(), &row.name];
    texts.extend(milestones.iter().map(String::as_str));
    texts.push(&row.summary);
    let tokens = vec![
        tokens::organisation(row.organisation_id),
        // Whoever is on it finds it by itself.
        tokens::subject(row.id.0),
        tokens::status(&row.status),
        tokens::closed(row.closed),
    ];
    // What the operator's own system calls it is not for customers.
    let mut internal = vec![row.organisation_name.as_str()];
    internal.extend(row.external_id.as_deref());
    Indexed { tokens, internal, texts }.made(row.changed_at)
}

async fn words_of(db: &Db, ids: &[Uuid], limit: i64) -> DbResult<Vec<(ProjectId, String)>> {
    db.all(WORDS, [Value::Uuids(ids.to_vec()), limit.into()]).await
}

/// What the index is to hold of these.
pub(super) async fn made(ctx: &Ctx, ids: &[Uuid]) -> Result<HashMap<Uuid, Made>, AppError> {
    let rows: Vec<Row> = ctx.db.all(INDEXED, [Value::Uuids(ids.to_vec())]).await?;
    let mut milestones: HashMap<ProjectId, Vec<String>> = HashMap::new();
    for (project, title) in words_of(&ctx.db, ids, i64::MAX).await? {
        milestones.entry(project).or_default().push(title);
    }
    let made = move || {
        let one = |row: &Row| (row.id.0, make(row, milestones.get(&row.id).map_or(&[], Vec::as_slice)));
        rows.iter().map(one).collect()
    };
    tokio::task::spawn_blocking(made).await.map_err(|_| AppError::Internal)
}

/// Begins to look for projects; nothing where nothing can be found.
pub async fn begin(
    ctx: &Ctx,
    wanted: &Wanted,
    words: &[String],
    before: Option<i64>,
    asked: usize,
) -> Result<Option<Walk>, AppError> {
    // Signs alone: nothing is asked for, nothing is found.
    if words.is_empty() {
        return Ok(None);
    }
    let seen = seen(ctx, Scope::of(&ctx.actor)?.reach(), wanted.organisation).await?;
    let staff = ctx.actor.staff().is_some();
    let Some(mut expression) = holding(&ctx.db, &PROJECTS, seen, words, staff).await? else { return Ok(None) };
    match (&wanted.status, wanted.which) {
        (Some(key), _) => expression = expression.and(Expression::Token(tokens::status(key))),
        (None, Which::All) => {}
        (None, Which::Open) => expression = expression.and(Expression::Token(tokens::closed(false))),
        (None, Which::Closed) => expression = expression.and(Expression::Token(tokens::closed(true))),
    }
    Ok(Some(Walk::begin(&ctx.db, &PROJECTS, expression, before, asked).await?))
}

/// For projects whose name and number do not say why they were found: the milestone or the part of the summary that says
/// most of it.
pub async fn lines(
    ctx: &Ctx,
    projects: &[Project],
    words: &[String],
) -> Result<HashMap<ProjectId, Vec<Piece>>, AppError> {
    let shows = |project: &Project| {
        let shown = [&project.number, &project.name, &project.organisation_name].map(String::as_str);
        excerpt::has_all(&shown.join("\n"), words)
    };
    let unsaid: Vec<&Project> = projects.iter().filter(|project| !shows(project)).collect();
    if words.is_empty() || unsaid.is_empty() {
        return Ok(HashMap::new());
    }
    let counted = |text: &str| words.iter().filter(|word| excerpt::has_all(text, std::slice::from_ref(word))).count();
    let mut best: HashMap<ProjectId, (usize, Vec<Piece>)> = HashMap::new();
    for project in &unsaid {
        let count = counted(&project.summary);
        if let Some(pieces) = excerpt::excerpt(&project.summary, words).filter(|_| count > 0) {
            best.insert(project.id, (count, pieces));
        }
    }
    let asked: Vec<Uuid> = unsaid.iter().map(|project| project.id.0).collect();
    for (project, title) in words_of(&ctx.db, &asked, MILESTONES).await? {
        let count = counted(&title);
        if count > best.get(&project).map_or(0, |(known, _)| *known) {
            best.insert(project, (count, excerpt::marked(&title, words)));
        }
    }
    Ok(best.into_iter().map(|(project, (_, pieces))| (project, pieces)).collect())
}
