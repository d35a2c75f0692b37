//! Looking for many open browsers at once. What a thousand of them ask when something has happened is answered by a few
//! statements for hundreds of them together, each for its own person with the rights they have by then: whether the sessions
//! live, who the people are now, how much each has not seen, and where something is new.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::PoisonError;

use serde_json::json;
use tokio::sync::oneshot;

use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Value, args, sql};
use crate::error::AppError;
use crate::ids::{NotificationId, SessionId, UserId};
use crate::sign_in::actor::{self, Person};
use crate::time::Instant;

use super::kind::Kind;
use super::live::{Live, State};
use super::reach::{self, subjects, visible};
use super::service;

/// Looks that go on at once: ten thousand who are told the same leave room for everybody's pages.
const CLERKS: usize = 4;
/// Browsers that are looked for together.
const TOGETHER: usize = 250;

/// `$15` the people, `$16` the names of the kinds they may learn of, `$17` how far it is counted.
macro_rules! stands {
    ($which:literal) => {
        concat!(
            "SELECT u.id, (SELECT n.id FROM notifications n WHERE n.user_id = u.id AND $16 LIKE '% ' || n.kind || ' %' ORDER BY n.id DESC LIMIT 1) AS newest, \
             (SELECT COUNT(*) FROM (SELECT n.id FROM notifications n", subjects!(),
            "WHERE n.user_id = u.id AND n.seen_at IS NULL AND $16 LIKE '% ' || n.kind || ' %' AND ", visible!(),
            " ORDER BY n.id DESC LIMIT $17) few) AS unseen FROM users u WHERE u.id ", $which
        )
    };
}

macro_rules! live {
    ($which:literal) => {
        concat!(
            "SELECT s.user_id, s.id FROM sessions s JOIN users u ON u.id = s.user_id AND u.state = 'active' WHERE s.user_id ",
            $which,
            " AND s.ended_at IS NULL AND s.last_seen_at > $2 AND s.created_at > $3"
        )
    };
}

sql! {
    SESSIONS = sqlite: live!("IN (SELECT unhex(value) FROM json_each($1))"), postgres: live!("= ANY($1)");
    STANDS = sqlite: stands!("IN (SELECT unhex(value) FROM json_each($15))"), postgres: stands!("= ANY($15)");
    /// Which kinds came to whom after what their browser knew: `at` is the browser's place in the question.
    SINCE = sqlite: "SELECT DISTINCT CAST(x.value ->> 'at' AS BIGINT) AS at, n.kind FROM json_each($1) x JOIN notifications n ON n.user_id = unhex(x.value ->> 'person') AND n.id > unhex(x.value ->> 'known') WHERE $2 LIKE '% ' || n.kind || ' %'",
        postgres: "SELECT DISTINCT x.at, n.kind FROM jsonb_to_recordset($1::text::jsonb) AS x (at bigint, person uuid, known uuid) JOIN notifications n ON n.user_id = x.person AND n.id > x.known WHERE $2 LIKE '% ' || n.kind || ' %'";
}

/// What an open browser is answered: how it stands, where that was asked.
pub(super) type Answer = Result<Option<State>, AppError>;

/// What one open browser asks.
#[derive(Debug)]
pub(super) struct Question {
    /// As it was when it connected.
    pub ctx: Ctx,
    /// The newest that it knows.
    pub known: Option<NotificationId>,
    /// How it stands, and not only whether the session lives.
    pub look: bool,
    /// Where the answer goes.
    pub tell: oneshot::Sender<Answer>,
}

/// Where questions wait.
#[derive(Debug, Default)]
pub(super) struct Desk {
    waiting: VecDeque<Question>,
    clerks: usize,
}

/// Puts a question: what comes while others are being looked for is looked for together.
pub(super) fn put(hub: &Live, question: Question) {
    let mut desk = hub.desk.lock().unwrap_or_else(PoisonError::into_inner);
    desk.waiting.push_back(question);
    if desk.clerks < CLERKS {
        desk.clerks += 1;
        // On its own: a browser that goes away takes nobody's answer with it.
        tokio::spawn(Clerk { hub: hub.clone(), off: false }.work());
    }
}

/// Whoever answers questions until there are none.
struct Clerk {
    hub: Live,
    off: bool,
}

impl Clerk {
    async fn work(mut self) {
        while let Some(questions) = self.take() {
            answer(questions).await;
        }
    }

    /// The next questions; where there are none, this one goes, in the same moment.
    fn take(&mut self) -> Option<Vec<Question>> {
        let mut desk = self.hub.desk.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever has waited too long does not wait any more.
        desk.waiting.retain(|question| !question.tell.is_closed());
        let count = desk.waiting.len().min(TOGETHER);
        let questions: Vec<Question> = desk.waiting.drain(..count).collect();
        if questions.is_empty() {
            desk.clerks = desk.clerks.saturating_sub(1);
            self.off = true;
            return None;
        }
        Some(questions)
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        if !self.off {
            let mut desk = self.hub.desk.lock().unwrap_or_else(PoisonError::into_inner);
            desk.clerks = desk.clerks.saturating_sub(1);
        }
    }
}

async fn answer(questions: Vec<Question>) {
    let answers = look(&questions).await;
    let mut answers = answers.map(Vec::into_iter);
    for question in questions {
        let answer = match &mut answers {
            Ok(answers) => answers.next().unwrap_or(Err(AppError::Unavailable)),
            Err(error) => Err(error.clone()),
        };
        // Whoever asked may have gone.
        question.tell.send(answer).ok();
    }
}

/// How somebody stands to what they may be told.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
struct Stands {
    id: UserId,
    newest: Option<NotificationId>,
    unseen: i64,
}

/// Whose browser it is, and the names of the kinds it may learn of.
type Told = (UserId, String);

/// The answers, in the order of the questions.
async fn look(questions: &[Question]) -> Result<Vec<Answer>, AppError> {
    let Some(Ctx { db, .. }) = questions.first().map(|question| &question.ctx) else { return Ok(Vec::new()) };
    let alive = alive(db, questions).await?;
    let lives = |ctx: &Ctx| ctx.session.is_none_or(|session| alive.contains(&(session.user, session.id)));
    let asking = questions.iter().filter(|question| question.look && lives(&question.ctx));
    let people: BTreeSet<UserId> = asking.filter_map(|question| question.ctx.actor.user_id()).collect();
    let people = actor::load_all(db, &people.into_iter().collect::<Vec<_>>()).await?;
    let told: Vec<Result<Option<Told>, AppError>> = questions
        .iter()
        .map(|question| match (lives(&question.ctx), question.look) {
            (false, _) => Err(AppError::Unauthenticated),
            (true, false) => Ok(None),
            (true, true) => may_learn(&question.ctx, &people).map(Some),
        })
        .collect();
    // One group for customers and one for staff, and seldom one for a token.
    let mut groups: BTreeMap<&str, BTreeSet<UserId>> = BTreeMap::new();
    for (user, kinds) in told.iter().flatten().flatten() {
        groups.entry(kinds).or_default().insert(*user);
    }
    let (mut stands, mut areas) = (HashMap::new(), BTreeMap::new());
    for (kinds, users) in groups {
        let of_group = stand(db, kinds, &users, questions).await?;
        new_areas(db, kinds, questions, &told, &of_group, &mut areas).await?;
        stands.extend(of_group.into_iter().map(|(user, stand)| ((user, kinds), stand)));
    }
    let answers = told.iter().enumerate().map(|(at, told)| match told {
        Err(error) => Err(error.clone()),
        Ok(None) => Ok(None),
        Ok(Some((user, kinds))) => {
            // Nobody is asked about who is not there.
            let stand = stands.get(&(*user, kinds.as_str())).ok_or(AppError::Unauthenticated)?;
            let areas = areas.remove(&at).unwrap_or_default();
            Ok(Some(State { unseen: stand.unseen, newest: stand.newest, areas: areas.into_iter().collect() }))
        }
    });
    Ok(answers.collect())
}

/// The sessions of these that live.
async fn alive(db: &Db, questions: &[Question]) -> DbResult<HashSet<(UserId, SessionId)>> {
    let users: BTreeSet<UserId> =
        questions.iter().filter_map(|question| question.ctx.session).map(|session| session.user).collect();
    let Some(ctx) = questions.first().map(|question| &question.ctx).filter(|_| !users.is_empty()) else {
        return Ok(HashSet::new());
    };
    let (lifetimes, now) = (ctx.portal.sessions, ctx.now());
    let users = Value::Uuids(users.into_iter().map(|user| user.0).collect());
    let values = args![users, now.minus(lifetimes.idle), now.minus(lifetimes.absolute)];
    let rows: Vec<(UserId, Option<SessionId>)> = db.all(SESSIONS, values).await?;
    Ok(rows.into_iter().filter_map(|(user, id)| Some((user, id?))).collect())
}

/// What a browser may learn of, with its person's rights as they are now.
fn may_learn(ctx: &Ctx, people: &HashMap<UserId, Person>) -> Result<Told, AppError> {
    // Whether they may still look as somebody else is asked with every page.
    if ctx.viewing.is_some() {
        return service::told(ctx);
    }
    let person = ctx.actor.user_id().and_then(|user| people.get(&user)).ok_or(AppError::Unauthenticated)?;
    service::told(&actor::with_rights(ctx, person)?)
}

/// How these people stand, who may learn of the same kinds.
async fn stand(
    db: &Db,
    kinds: &str,
    users: &BTreeSet<UserId>,
    questions: &[Question],
) -> DbResult<HashMap<UserId, Stands>> {
    let now = questions.first().map_or(Instant(0), |question| question.ctx.now());
    let users = Value::Uuids(users.iter().map(|user| user.0).collect());
    let rows: Vec<Stands> = db.all(STANDS, reach::with(now, args![users, kinds, service::MOST])).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Notes in which areas something came after what each browser knew.
async fn new_areas(
    db: &Db,
    kinds: &str,
    questions: &[Question],
    told: &[Result<Option<Told>, AppError>],
    stands: &HashMap<UserId, Stands>,
    areas: &mut BTreeMap<usize, BTreeSet<&'static str>>,
) -> DbResult<()> {
    let mut behind = Vec::new();
    for (at, (question, told)) in questions.iter().zip(told).enumerate() {
        let Ok(Some((user, _))) = told.as_ref().map(|told| told.as_ref().filter(|(_, of)| of == kinds)) else {
            continue;
        };
        let newest = stands.get(user).and_then(|stand| stand.newest);
        if let Some(known) = question.known.filter(|known| newest.is_some_and(|newest| newest > *known)) {
            let (person, known) = (user.0.simple().to_string(), known.0.simple().to_string());
            behind.push(json!({ "at": at, "person": person, "known": known }));
        }
    }
    if behind.is_empty() {
        return Ok(());
    }
    let behind = serde_json::Value::Array(behind).to_string();
    let rows: Vec<(i64, String)> = db.all(SINCE, args![behind, kinds]).await?;
    for (at, kind) in rows {
        if let (Ok(at), Some(kind)) = (usize::try_from(at), Kind::parse(&kind)) {
            areas.entry(at).or_default().insert(kind.area().name());
        }
    }
    Ok(())
}
