//! Use cases of requests. Pages, server functions and REST all enter here.

use bytes::Bytes;
use futures::Stream;

use crate::access::{Action, Granted, Scope, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::Tx;
use crate::documents::model::{Category, Document};
use crate::documents::upload::{self, Incoming, SentProof};
use crate::documents::{self, audience};
use crate::error::{AppError, FieldErrors};
use crate::idempotency;
use crate::ids::{OrganisationId, RequestId};
use crate::organisation::service as organisation;
use crate::validity::service::today;

use super::model::{After, Asked, NewRequest, Request, State};
use super::policy::{Answer, Ask, Manage, Read, Wanted};
use super::store;
use super::tell::{self, Question, Why};

/// The longest text or note, in characters.
pub const TEXT_LONGEST: usize = 2000;
/// The most people who are asked.
const PEOPLE_MOST: usize = 50;
/// The furthest day, from today.
const FURTHEST: i64 = 400;

/// The categories in which the actor may ask some customer for files.
pub fn may_ask_any(ctx: &Ctx) -> bool {
    !documents::service::categories_to_create(&ctx.actor).is_empty()
}

fn text(ctx: &Ctx, field: &str, text: &str, longest: usize, errors: &mut FieldErrors) -> String {
    let text: String = text.replace("\r\n", "\n").trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    if text.chars().count() > longest {
        errors.add(field, ctx.with("approval-error-long", &[("max", longest.into())]));
    }
    text
}

/// Asks people of a customer for a file.
pub async fn ask(ctx: &Ctx, mut new: NewRequest) -> Result<Request, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    documents::service::check_creator(ctx)?;
    let assigned = documents::store::is_assigned(&ctx.db, user, new.organisation_id).await?;
    let mut errors = FieldErrors::default();
    let visible = |assigned| {
        use crate::access::Relation;
        let relation = if assigned { Relation::Assigned } else { Relation::Other };
        allow(&ctx.actor, Action::OrganisationRead, relation, Some(new.organisation_id)).is_ok()
    };
    let Some(assigned) = assigned.filter(|assigned| visible(*assigned)) else {
        errors.add("organisation_id", ctx.t("documents-error-organisation"));
        return Err(AppError::Invalid(errors));
    };
    let wanted = Wanted { organisation_id: new.organisation_id, category: new.category, assigned };
    let granted = grant::<Ask, _>(&ctx.actor, wanted)?;
    new.title = new.title.split_whitespace().collect::<Vec<_>>().join(" ");
    new.title = text(ctx, "title", &new.title, documents::service::TITLE_LONGEST, &mut errors);
    if new.title.is_empty() {
        errors.add("title", ctx.t("documents-error-title-missing"));
    }
    new.text = text(ctx, "text", &new.text, TEXT_LONGEST, &mut errors);
    if new.due_on < today(ctx) || new.due_on > today(ctx).plus(FURTHEST) {
        errors.add("due_on", ctx.t("approval-error-due"));
    }
    new.people.sort_unstable();
    new.people.dedup();
    if new.people.is_empty() || new.people.len() > PEOPLE_MOST {
        errors.add("people", ctx.t("documents-error-people-none"));
    } else {
        let found = audience::count_members(&ctx.db, new.organisation_id, &new.people).await?;
        if usize::try_from(found).ok() != Some(new.people.len()) {
            errors.add("people", ctx.t("documents-error-people"));
        }
    }
    errors.into_result()?;
    let id = RequestId::new();
    let tx = ctx.db.begin().await?;
    store::insert(&tx, &granted, id, &new, user, ctx.now()).await?;
    let able = store::still(&tx, id).await?;
    if able.len() != new.people.len() {
        return Err(AppError::Invalid(FieldErrors::one("people", ctx.t("requests-error-rights"))));
    }
    let question =
        Question { id, title: &new.title, due_on: new.due_on, asked_by: ctx.actor.name(), message: &new.text };
    tell::customer(&tx, ctx, &able, question, Why::Asked).await?;
    let event = Event::new("request.ask", "request", id.0)
        .organisation(new.organisation_id)
        .with("category", new.category.key())
        .with("asked", new.people.len());
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    find(ctx, id).await
}

/// One request. Foreign and missing are the same.
pub async fn find(ctx: &Ctx, id: RequestId) -> Result<Request, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    Ok(grant::<Read, _>(&ctx.actor, row)?.into_row())
}

/// Who is asked.
pub async fn people(ctx: &Ctx, request: &Request) -> Result<Vec<Asked>, AppError> {
    Ok(store::people(&ctx.db, request.id).await?)
}

/// What the actor may do with a request.
#[derive(Clone, Copy, Debug)]
pub struct May {
    /// Accept, have put right, remind, take back.
    pub manage: bool,
    /// Send the file.
    pub answer: bool,
    /// See who can see it.
    pub audience: bool,
}

/// Asks the policy about every act at once.
pub fn may(ctx: &Ctx, request: &Request) -> May {
    use crate::access::Guarded as _;
    let relation = request.relation(&ctx.actor);
    let can = |action| allow(&ctx.actor, action, relation, Some(request.organisation_id)).is_ok();
    May {
        manage: can(Action::RequestAsk(request.topic)) && !request.state.is_over(),
        answer: can(Action::RequestAnswer(request.topic))
            && request.state.waits_for_customer()
            && ctx.actor.viewer().is_none(),
        audience: can(Action::DocumentAudience(request.topic)),
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// The soonest due first.
    pub items: Vec<Request>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
}

/// Requests in a state, for staff.
pub async fn list(
    ctx: &Ctx,
    state: State,
    organisation: Option<OrganisationId>,
    after: Option<After>,
    limit: i64,
) -> Result<Page, AppError> {
    organisation::require_staff(ctx)?;
    let after = after.unwrap_or(After { due_on: Day::FIRST, id: RequestId(uuid::Uuid::nil()) });
    let mut items = store::list(&ctx.db, Scope::of(&ctx.actor)?, state, organisation, after, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > wanted;
    items.truncate(wanted);
    let next = items.last().filter(|_| more).map(|last| After { due_on: last.due_on, id: last.id });
    Ok(Page { items, next })
}

/// Those of these requests that the actor may see, in no order.
pub async fn by_ids(ctx: &Ctx, ids: &[RequestId]) -> Result<Vec<Request>, AppError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(store::by_ids(&ctx.db, Scope::of(&ctx.actor)?, ids).await?)
}

/// What the actor may see of the requests to a customer, the last asked first, and where the next page begins.
pub async fn newest(
    ctx: &Ctx,
    of: OrganisationId,
    before: Option<RequestId>,
    limit: i64,
) -> Result<(Vec<Request>, Option<RequestId>), AppError> {
    let before = before.unwrap_or(RequestId(uuid::Uuid::max()));
    let mut items = store::newest(&ctx.db, Scope::of(&ctx.actor)?, of, before, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > wanted;
    items.truncate(wanted);
    let next = items.last().filter(|_| more).map(|last| last.id);
    Ok((items, next))
}

/// Permission to send a file, asked for before the first byte is read.
#[derive(Debug)]
pub struct AnswerGrant(Granted<Answer, Request>);

impl AnswerGrant {
    /// The category of the document it becomes.
    pub fn category(&self) -> Category {
        self.0.row().category
    }
}

/// Asks whether the actor may send the file.
pub async fn grant_answer(ctx: &Ctx, id: RequestId) -> Result<AnswerGrant, AppError> {
    let row = store::find(&ctx.db, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Answer, _>(&ctx.actor, row)?;
    // What was carried out already is answered again, whatever has become of it since.
    if idempotency::replay(&ctx.db, ctx).await?.is_none_or(|(done, _)| done != id.0) {
        check_waiting(ctx, granted.row())?;
    }
    Ok(AnswerGrant(granted))
}

fn check_waiting(ctx: &Ctx, request: &Request) -> Result<(), AppError> {
    if request.state.waits_for_customer() {
        return Ok(());
    }
    let key = if request.state == State::Sent { "requests-error-sent" } else { "requests-error-over" };
    Err(AppError::Conflict(ctx.t(key).to_owned()))
}

/// Streams the file to the store; it becomes a document of the customer, or the next version of what was sent before.
pub async fn answer<E: std::fmt::Display>(
    ctx: &Ctx,
    granted: AnswerGrant,
    file: Incoming<'_>,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Request, AppError> {
    let request = granted.0.row();
    let (id, category) = (request.id, request.category);
    if let Some((_, version)) = idempotency::replay(&ctx.db, ctx).await?.filter(|(done, _)| *done == id.0) {
        let request = find(ctx, id).await?;
        if let Some(document) = request.document_id {
            upload::check_repeated(ctx, document, version, bytes).await?;
        }
        return Ok(request);
    }
    let received = upload::receive_sent(ctx, category, file, bytes).await?;
    // Rights and state as they are now that the file is here.
    let ctx = &crate::sign_in::actor::refreshed(ctx).await?;
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    let tx = ctx.db.begin().await?;
    store::lock(&tx, id).await?;
    let row = store::find(&tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Answer, _>(&ctx.actor, row)?;
    let request = granted.row();
    check_waiting(ctx, request)?;
    let mut readers = store::still(&tx, id).await?;
    readers.push(user);
    let (document, version, made) = upload::add_sent(&tx, ctx, SentProof::Asked(&granted), &received, readers).await?;
    store::set_sent(&tx, &granted, document, user, ctx.now()).await?;
    tell::sent(&tx, ctx, request.asked_by, id, &request.title, &request.organisation_name).await?;
    let event = Event::new("request.answer", "request", id.0)
        .organisation(request.organisation_id)
        .with("document", document)
        .with("version", version);
    idempotency::claim(&tx, ctx, id.0, version).await?;
    audit::record(&tx, ctx, made).await?;
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    find(ctx, id).await
}

async fn take(tx: &Tx, ctx: &Ctx, id: RequestId) -> Result<Granted<Manage, Request>, AppError> {
    store::lock(tx, id).await?;
    let row = store::find(tx, Scope::of(&ctx.actor)?, id).await?.ok_or(AppError::NotFound)?;
    grant::<Manage, _>(&ctx.actor, row)
}

/// It is what was asked for.
pub async fn accept(ctx: &Ctx, id: RequestId) -> Result<Request, AppError> {
    let tx = ctx.db.begin().await?;
    let granted = take(&tx, ctx, id).await?;
    check_sent(ctx, granted.row())?;
    store::set_state(&tx, &granted, State::Accepted, "").await?;
    audit::record(&tx, ctx, facts(Event::new("request.accept", "request", id.0), granted.row())).await?;
    tx.commit().await?;
    find(ctx, id).await
}

fn check_sent(ctx: &Ctx, request: &Request) -> Result<(), AppError> {
    match request.state {
        State::Sent => Ok(()),
        State::Open | State::Fix => Err(AppError::Conflict(ctx.t("requests-error-nothing").to_owned())),
        State::Accepted | State::Withdrawn => Err(AppError::Conflict(ctx.t("requests-error-over").to_owned())),
    }
}

fn facts(event: Event, request: &Request) -> Event {
    let event = event.organisation(request.organisation_id);
    match request.document_id {
        Some(document) => event.with("document", document),
        None => event,
    }
}

/// It is not what was asked for: what is to be put right.
pub async fn fix(ctx: &Ctx, id: RequestId, note: &str) -> Result<Request, AppError> {
    let tx = ctx.db.begin().await?;
    let granted = take(&tx, ctx, id).await?;
    let mut errors = FieldErrors::default();
    let note = text(ctx, "note", note, TEXT_LONGEST, &mut errors);
    if note.is_empty() {
        errors.add("note", ctx.t("requests-error-note"));
    }
    errors.into_result()?;
    let request = granted.row();
    check_sent(ctx, request)?;
    store::set_state(&tx, &granted, State::Fix, &note).await?;
    let question =
        Question { id, title: &request.title, due_on: request.due_on, asked_by: ctx.actor.name(), message: &note };
    let people = store::still(&tx, id).await?;
    tell::customer(&tx, ctx, &people, question, Why::Fix).await?;
    audit::record(&tx, ctx, facts(Event::new("request.fix", "request", id.0), request)).await?;
    tx.commit().await?;
    find(ctx, id).await
}

/// Nobody is asked any more.
pub async fn withdraw(ctx: &Ctx, id: RequestId) -> Result<Request, AppError> {
    let tx = ctx.db.begin().await?;
    let granted = take(&tx, ctx, id).await?;
    if granted.row().state.is_over() {
        return Err(AppError::Conflict(ctx.t("requests-error-over").to_owned()));
    }
    store::set_state(&tx, &granted, State::Withdrawn, "").await?;
    let people = store::still(&tx, id).await?;
    tell::withdrawn(&tx, ctx, granted.row(), &people).await?;
    audit::record(&tx, ctx, facts(Event::new("request.withdraw", "request", id.0), granted.row())).await?;
    tx.commit().await?;
    find(ctx, id).await
}

/// The document that was sent, if the actor may see it.
pub async fn document(ctx: &Ctx, request: &Request) -> Result<Option<Document>, AppError> {
    let Some(id) = request.document_id else { return Ok(None) };
    match documents::service::find(ctx, id).await {
        Ok(document) => Ok(Some(document)),
        Err(AppError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
