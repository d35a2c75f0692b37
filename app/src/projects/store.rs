//! The SQL that reads projects.

use crate::day::Day;
use crate::db::{Db, DbResult, Sql, Tx, Value, args, sql};
use crate::ids::{DocumentId, OrganisationId, ProjectId, TaskId, UserId};
use crate::orders::model::{Order, Status};
use crate::orders::scope as orders;

use super::list::{Sort, Wanted};
use super::model::{After, Changed, Comment, Decision, Milestone, OnProject, Project, Report, Task, Which};
use super::scope::{Scope, columns, may_see, page, page_of_organisation, sources, stands};

/// Tasks with their names, as person `$1` stands to them. Whoever reads has found the project in their scope, or the
/// statement asks.
macro_rules! tasks {
    ($which:expr) => {
        concat!(
            "SELECT k.id, k.project_id, j.name AS project_name, j.organisation_id, k.side, k.assignee_id, a.name AS assignee_name, k.title, k.text, k.due_on, \
             k.done_at, d.name AS done_by_name, d.staff_role IS NOT NULL AS done_by_house, k.created_at, k.revision, \
             (SELECT COUNT(*) FROM project_comments x WHERE x.task_id = k.id) AS comments, ",
            stands!(),
            " FROM project_tasks k JOIN projects j ON j.id = k.project_id LEFT JOIN users a ON a.id = k.assignee_id LEFT JOIN users d ON d.id = k.done_by WHERE ",
            $which
        )
    };
}

sql! {
    FIND = concat!("SELECT ", columns!(), " FROM projects j ", sources!(), " WHERE j.id = $4 AND ", may_see!());
    BY_IDS = sqlite: concat!("SELECT ", columns!(), " FROM projects j ", sources!(), " WHERE j.id IN (SELECT unhex(value) FROM json_each($4)) AND ", may_see!()),
        postgres: concat!("SELECT ", columns!(), " FROM projects j ", sources!(), " WHERE j.id = ANY($4) AND ", may_see!());
    BACK = sqlite: page!(sqlite, back, none), postgres: page!(postgres, back, none);
    BACK_CLOSED = sqlite: page!(sqlite, back, closed), postgres: page!(postgres, back, closed);
    BACK_STATUS = sqlite: page!(sqlite, back, status), postgres: page!(postgres, back, status);
    BACK_OF_ORGANISATION = sqlite: page_of_organisation!(sqlite, back, none), postgres: page_of_organisation!(postgres, back, none);
    BACK_OF_ORGANISATION_CLOSED = sqlite: page_of_organisation!(sqlite, back, closed), postgres: page_of_organisation!(postgres, back, closed);
    BACK_OF_ORGANISATION_STATUS = sqlite: page_of_organisation!(sqlite, back, status), postgres: page_of_organisation!(postgres, back, status);
    AHEAD = sqlite: page!(sqlite, ahead, none), postgres: page!(postgres, ahead, none);
    AHEAD_CLOSED = sqlite: page!(sqlite, ahead, closed), postgres: page!(postgres, ahead, closed);
    AHEAD_STATUS = sqlite: page!(sqlite, ahead, status), postgres: page!(postgres, ahead, status);
    AHEAD_OF_ORGANISATION = sqlite: page_of_organisation!(sqlite, ahead, none), postgres: page_of_organisation!(postgres, ahead, none);
    AHEAD_OF_ORGANISATION_CLOSED = sqlite: page_of_organisation!(sqlite, ahead, closed), postgres: page_of_organisation!(postgres, ahead, closed);
    AHEAD_OF_ORGANISATION_STATUS = sqlite: page_of_organisation!(sqlite, ahead, status), postgres: page_of_organisation!(postgres, ahead, status);
    LATE = sqlite: page!(sqlite, late, none), postgres: page!(postgres, late, none);
    LATE_STATUS = sqlite: page!(sqlite, late, status), postgres: page!(postgres, late, status);
    LATE_OF_ORGANISATION = sqlite: page_of_organisation!(sqlite, late, none), postgres: page_of_organisation!(postgres, late, none);
    LATE_OF_ORGANISATION_STATUS = sqlite: page_of_organisation!(sqlite, late, status), postgres: page_of_organisation!(postgres, late, status);
    /// By their number as it was typed, in capitals too. Several may have it.
    BY_NUMBER = concat!("SELECT ", columns!(), " FROM projects j ", sources!(), " WHERE j.number IN ($4, $5) AND ", may_see!(), " ORDER BY j.sort_on DESC, j.id DESC LIMIT 10");
    /// Names of a customer's projects, as far as the person may see them, with how many people are on each.
    NAMES = concat!("SELECT j.id, j.name, (SELECT COUNT(*) FROM project_people x WHERE x.project_id = j.id) AS people FROM projects j WHERE j.organisation_id = $4 AND ", may_see!(), " ORDER BY j.name, j.id LIMIT 500");
    /// The same of those that person `$5` is on.
    NAMES_WITH = concat!("SELECT j.id, j.name, (SELECT COUNT(*) FROM project_people x WHERE x.project_id = j.id) AS people FROM project_people y JOIN projects j ON j.id = y.project_id WHERE y.user_id = $5 AND j.organisation_id = $4 AND ", may_see!(), " ORDER BY j.name, j.id LIMIT 500");
    STATUSES = "SELECT key, position, name_en, name_de, name_nl, tone, waits_for, is_final, revision FROM project_statuses ORDER BY position, key";
    /// The same for whoever writes projects: none of them changes until they are done.
    STATUSES_HELD = sqlite: "SELECT key, position, name_en, name_de, name_nl, tone, waits_for, is_final, revision FROM project_statuses ORDER BY position, key",
        postgres: "SELECT key, position, name_en, name_de, name_nl, tone, waits_for, is_final, revision FROM project_statuses ORDER BY key FOR KEY SHARE";
    MILESTONES = "SELECT position, title, expected_on, done_on FROM project_milestones WHERE project_id = $1 ORDER BY position";
    /// Of project `$2`, `$3` how many: what is to do, the soonest first.
    OPEN_TASKS = tasks!("k.project_id = $2 AND k.done_at IS NULL ORDER BY COALESCE(k.due_on, '2199-12-31'), k.id LIMIT $3");
    /// The same of what is done, the last first.
    DONE_TASKS = tasks!("k.project_id = $2 AND k.done_at IS NOT NULL ORDER BY k.done_at DESC, k.id DESC LIMIT $3");
    /// All of them in the order they were written down, `$3` the one to continue after.
    TASKS = tasks!("k.project_id = $2 AND k.id > $3 ORDER BY k.id LIMIT $4");
    TASK = tasks!(concat!("k.id = $4 AND k.project_id = $5 AND ", may_see!()));
    /// What waits for the person; `$4` only of this organisation, or NULL.
    COMMENTS = "SELECT x.id, u.name, (x.written_by IS NULL OR u.staff_role IS NOT NULL) AS house, x.written_at, x.text FROM project_comments x LEFT JOIN users u ON u.id = x.written_by WHERE x.task_id = $1 AND x.id > $2 ORDER BY x.id LIMIT $3";
    REPORTS = "SELECT r.id, r.light, r.text, u.name, r.written_at FROM project_reports r LEFT JOIN users u ON u.id = r.written_by WHERE r.project_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3";
    DECISIONS = "SELECT id, title, decided_on, decided_by, reason FROM project_decisions WHERE project_id = $1 AND (decided_on, id) < ($2, $3) ORDER BY decided_on DESC, id DESC LIMIT $4";
    CHANGES = "SELECT c.at, u.name AS by_name, c.field, c.subject, c.old, c.new, c.reason FROM project_changes c LEFT JOIN users u ON u.id = c.changed_by WHERE c.project_id = $1 ORDER BY c.id DESC LIMIT $2";
    PEOPLE = "SELECT u.id, u.name, m.role, NULL AS staff_role, u.last_sign_in_at FROM project_people p JOIN projects j ON j.id = p.project_id JOIN memberships m ON m.user_id = p.user_id AND m.organisation_id = j.organisation_id AND m.state = 'active' JOIN users u ON u.id = p.user_id AND u.state = 'active' WHERE p.project_id = $1 ORDER BY u.name, u.id LIMIT 200";
    STAFF = "SELECT u.id, u.name, NULL AS role, u.staff_role, EXISTS (SELECT 1 FROM user_portraits p JOIN staff_assignments a ON a.user_id = p.user_id AND a.is_contact JOIN projects j ON j.organisation_id = a.organisation_id WHERE p.user_id = u.id AND j.id = $1) AS portrait, u.last_sign_in_at FROM users u WHERE u.state = 'active' AND u.staff_role IS NOT NULL AND u.id IN (SELECT s.user_id FROM project_staff s WHERE s.project_id = $1 UNION SELECT j.lead_id FROM projects j WHERE j.id = $1) ORDER BY u.name, u.id LIMIT 200";
    /// Papers for whoever is on the project, the newest first; whether the person may read them is asked for each.
    DOCUMENTS = "SELECT document_id FROM document_audience WHERE subject_id = $1 ORDER BY changed_at DESC, document_id DESC LIMIT $2";
    /// Orders that belong to project `$4`, as far as the person may see them, the newest first.
    ORDERS = concat!("SELECT ", orders::columns!(), " FROM orders o ", orders::sources!(), " WHERE o.project_id = $4 AND ", orders::may_see!(), " ORDER BY o.ordered_on DESC, o.id DESC LIMIT $5");
}

/// A project, if the scope reaches it.
pub async fn find(db: &Db, scope: Scope, id: ProjectId) -> DbResult<Option<Project>> {
    let [a, b, c] = scope.values();
    db.optional(FIND, [a, b, c, id.into()]).await
}

/// Those of these projects that the scope reaches.
pub async fn by_ids(db: &Db, scope: Scope, wanted: &[ProjectId]) -> DbResult<Vec<Project>> {
    let [a, b, c] = scope.values();
    db.all(BY_IDS, [a, b, c, ids(wanted.iter().map(|id| id.0))]).await
}

/// The first projects with this number that the scope reaches.
pub async fn by_number(db: &Db, scope: Scope, number: &str) -> DbResult<Vec<Project>> {
    let [a, b, c] = scope.values();
    db.all(BY_NUMBER, [a, b, c, number.into(), number.to_uppercase().into()]).await
}

/// The statements of a list by its day: all, over or not, with one status.
struct ByDay(Sql<8>, Sql<9>, Sql<9>);

const SOONEST_FIRST: [ByDay; 2] = [
    ByDay(AHEAD, AHEAD_CLOSED, AHEAD_STATUS),
    ByDay(AHEAD_OF_ORGANISATION, AHEAD_OF_ORGANISATION_CLOSED, AHEAD_OF_ORGANISATION_STATUS),
];
const LATEST_FIRST: [ByDay; 2] = [
    ByDay(BACK, BACK_CLOSED, BACK_STATUS),
    ByDay(BACK_OF_ORGANISATION, BACK_OF_ORGANISATION_CLOSED, BACK_OF_ORGANISATION_STATUS),
];

/// A page of what the scope reaches. `end` is the last day that counts: by the day of the list, or by the one that may pass.
pub async fn page(
    db: &Db,
    scope: Scope,
    staff: bool,
    wanted: &Wanted,
    (after, end): (After, Day),
    limit: i64,
) -> DbResult<Vec<Project>> {
    let [a, b, c] = scope.values();
    let (d, e, f, g, h) =
        (after.day.into(), after.id.into(), limit.into(), Value::from(wanted.organisation), Value::from(end));
    let one = staff && wanted.organisation.is_some();
    if wanted.overdue {
        let (i, j) = (wanted.from.unwrap_or(Day::FIRST).into(), wanted.to.unwrap_or(Day::LAST).into());
        let Some(key) = &wanted.status else {
            let statement = if one { LATE_OF_ORGANISATION } else { LATE };
            return db.all(statement, [a, b, c, d, e, f, g, h, i, j]).await;
        };
        let statement = if one { LATE_OF_ORGANISATION_STATUS } else { LATE_STATUS };
        return db.all(statement, [a, b, c, d, e, f, g, h, i, j, key.into()]).await;
    }
    let [all, of_organisation] = match wanted.sort {
        Sort::Soonest => &SOONEST_FIRST,
        Sort::Latest => &LATEST_FIRST,
    };
    let ByDay(all, closed, status) = if one { of_organisation } else { all };
    match (&wanted.status, wanted.which) {
        (Some(key), _) => db.all(*status, [a, b, c, d, e, f, g, h, key.into()]).await,
        (None, Which::All) => db.all(*all, [a, b, c, d, e, f, g, h]).await,
        (None, Which::Open | Which::Closed) => {
            db.all(*closed, [a, b, c, d, e, f, g, h, Value::from(wanted.which == Which::Closed)]).await
        }
    }
}

/// The projects of a customer by name, as far as the scope reaches.
pub async fn names(db: &Db, scope: Scope, of: OrganisationId) -> DbResult<Vec<crate::organisation::model::Project>> {
    let [a, b, c] = scope.values();
    db.all(NAMES, [a, b, c, of.into()]).await
}

/// The projects of a customer that somebody is on, by name, as far as the scope reaches.
pub async fn names_with(
    db: &Db,
    scope: Scope,
    of: OrganisationId,
    person: UserId,
) -> DbResult<Vec<crate::organisation::model::Project>> {
    let [a, b, c] = scope.values();
    db.all(NAMES_WITH, [a, b, c, of.into(), person.into()]).await
}

/// How projects can stand.
pub async fn statuses(db: &Db) -> DbResult<Vec<Status>> {
    db.all(STATUSES, args![]).await
}

/// How projects can stand, held until the transaction ends.
pub async fn statuses_held(tx: &Tx) -> DbResult<Vec<Status>> {
    let mut all: Vec<Status> = tx.all(STATUSES_HELD, args![]).await?;
    all.sort_by(|a, b| (a.position, &a.key).cmp(&(b.position, &b.key)));
    Ok(all)
}

/// Its milestones, in their order.
pub async fn milestones(db: &Db, id: ProjectId) -> DbResult<Vec<Milestone>> {
    db.all(MILESTONES, args![id]).await
}

/// What is to do in a project, or what is done.
pub async fn tasks(db: &Db, scope: Scope, id: ProjectId, done: bool, limit: i64) -> DbResult<Vec<Task>> {
    let [a, ..] = scope.values();
    db.all(if done { DONE_TASKS } else { OPEN_TASKS }, [a, id.into(), limit.into()]).await
}

/// Its tasks in the order they were written down, after this one.
pub async fn all_tasks(db: &Db, scope: Scope, id: ProjectId, after: TaskId, limit: i64) -> DbResult<Vec<Task>> {
    let [a, ..] = scope.values();
    db.all(TASKS, [a, id.into(), after.into(), limit.into()]).await
}

/// A task of a project, if the scope reaches it.
pub async fn task(db: &Db, scope: Scope, project: ProjectId, id: TaskId) -> DbResult<Option<Task>> {
    let [a, b, c] = scope.values();
    db.optional(TASK, [a, b, c, id.into(), project.into()]).await
}

/// What was said about a task that was found in scope, after this comment.
pub async fn comments(db: &Db, task: TaskId, after: crate::ids::CommentId, limit: i64) -> DbResult<Vec<Comment>> {
    db.all(COMMENTS, args![task, after, limit]).await
}

/// How a project goes, the last report first.
pub async fn reports(db: &Db, id: ProjectId, before: crate::ids::ReportId, limit: i64) -> DbResult<Vec<Report>> {
    db.all(REPORTS, args![id, before, limit]).await
}

/// What was decided, the last first.
pub async fn decisions(
    db: &Db,
    id: ProjectId,
    before: (Day, crate::ids::DecisionId),
    limit: i64,
) -> DbResult<Vec<Decision>> {
    db.all(DECISIONS, args![id, before.0, before.1, limit]).await
}

/// What was changed, the last first.
pub async fn changes(db: &Db, id: ProjectId, limit: i64) -> DbResult<Vec<Changed>> {
    db.all(CHANGES, args![id, limit]).await
}

/// Who of the customer is on a project, partners too.
pub async fn people(db: &Db, id: ProjectId) -> DbResult<Vec<OnProject>> {
    db.all(PEOPLE, args![id]).await
}

/// Who of the operator works on it.
pub async fn staff(db: &Db, id: ProjectId) -> DbResult<Vec<OnProject>> {
    db.all(STAFF, args![id]).await
}

/// The papers for whoever is on it.
pub async fn documents(db: &Db, id: ProjectId, limit: i64) -> DbResult<Vec<DocumentId>> {
    let rows: Vec<(DocumentId,)> = db.all(DOCUMENTS, args![id, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The orders that belong to it, as far as this scope of orders reaches.
pub async fn orders(db: &Db, scope: orders::Scope, id: ProjectId, limit: i64) -> DbResult<Vec<Order>> {
    let [a, b, c] = scope.values();
    db.all(ORDERS, [a, b, c, id.into(), limit.into()]).await
}

/// Ids as a statement takes them.
pub(super) fn ids(ids: impl IntoIterator<Item = uuid::Uuid>) -> Value {
    Value::Uuids(ids.into_iter().collect())
}
