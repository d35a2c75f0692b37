//! The three pages: the portal's statements in the portal's order, then a template.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};
use uuid::Uuid;

use super::reader::Reader;
use super::rows::{
    Appointment, Contact, CustomerRow, Document, Event, Item, Order, Person, StaffRow, Version, When, customers, staff,
};
use super::{Failed, Floor, format, page};
use crate::appointments::store as appointments;
use crate::documents::{approvals, audience, contacts, store};
use crate::home::{activity, store as home, tiles};
use crate::notifications::store as notifications;
use crate::orders::store as orders;

/// Rows of the list.
const PER_PAGE: usize = 50;

/// As far as the bell counts.
const BELL: i64 = 10;
/// What a customer is told of.
const KINDS: &str = " document.published document.version file.held approval.asked approval.reminder request.asked request.reminder request.accepted order.created order.changed task.asked task.reminder project.comment project.report project.decision project.milestone appointment.proposed appointment.changed appointment.reminder member.joined announcement.published security.factor security.suspect security.password security.address ";

/// What is around every page.
struct Frame {
    reader: Reader,
    when: When,
    todo: usize,
    unseen: i64,
    /// As the portal's, so that pages are as long.
    assets: &'static str,
    path: String,
}

impl Frame {
    async fn new(floor: &Floor, reader: Reader, todo: usize, path: String) -> Result<Self, Failed> {
        let when = When { zone: floor.zone.clone(), now: reader.now };
        let mut query = sqlx::query(notifications::UNSEEN);
        for _ in 0..13 {
            query = query.bind(" administrator management ");
        }
        let query = query.bind(reader.now).bind(reader.id).bind(KINDS).bind(BELL);
        let unseen = query.fetch_one(&floor.readers).await?.try_get(0)?;
        Ok(Self { reader, when, todo, unseen, assets: "/assets/0123456789abcdef", path })
    }

    /// Where else one can go, as address, icon and name; the first stands in the bar of a phone, too.
    fn places(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("/orders", "package", "Orders"),
            ("/projects", "list-checks", "Projects"),
            ("/appointments", "calendar", "Appointments"),
            ("/organisation", "users", "Colleagues"),
        ]
    }

    /// As the bell says it.
    fn bell(&self) -> String {
        if self.unseen < BELL { self.unseen.to_string() } else { "9+".to_owned() }
    }

    fn initials(&self) -> String {
        format::initials(&self.reader.name)
    }

    fn organisation_initials(&self) -> String {
        format::initials(&self.reader.organisation)
    }

    fn role(&self) -> &'static str {
        if self.reader.admin { "Customer admin" } else { "Customer" }
    }
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    waiting: Vec<Item>,
    newest: Vec<Document>,
    appointments: Vec<Appointment>,
    orders: Vec<Order>,
    contacts: Vec<Contact>,
    open: i64,
    late: i64,
    events: Vec<Event>,
}

impl Home {
    /// How much of a kind waits.
    fn of(&self, kind: &str) -> usize {
        self.waiting.iter().filter(|item| item.kind == kind).count()
    }
}

/// `/`
pub async fn home_page(State(floor): State<Floor>, reader: Reader) -> Result<Response, Failed> {
    let waiting: Vec<Item> =
        all(&floor, inbox(home::FIRST, &floor, &reader, Some(reader.organisation_id)).bind(20)).await?;
    let newest = list(&floor, &reader, 6).await?;
    let place = reader.organisation_id;
    let first = sqlx::query(orders::PAGE_CLOSED).bind(reader.id).bind(false).bind(false).bind("2199-12-31");
    let orders = all(&floor, first.bind(Uuid::max()).bind(6).bind(place).bind("1900-01-01").bind(false)).await?;
    let next = sqlx::query(appointments::UPCOMING_STATE).bind(reader.id).bind(false).bind(false);
    let next = next.bind(format::midnight(&floor.zone, reader.now)).bind(Uuid::nil()).bind(4).bind(place);
    let appointments = all(&floor, next.bind("confirmed")).await?;
    let contacts = all(&floor, sqlx::query(contacts::CONTACTS).bind(place)).await?;
    let today = format::day(&floor.zone, reader.now);
    let counted = sqlx::query(tiles::ORDERS).bind(reader.id).bind(place).bind(today).fetch_one(&floor.readers).await?;
    let (open, late) = (counted.try_get(0)?, counted.try_get(1)?);
    let acts = " document.publish document.upload document.restore document.create approval.ask approval.approve approval.decline approval.withdraw request.ask request.accept request.fix order.create order.edit ";
    let events = all(&floor, scoped(activity::LATEST, &reader).bind(place).bind(20).bind(acts)).await?;
    let frame = Frame::new(&floor, reader, waiting.len(), "/".to_owned()).await?;
    page(&Home { frame, waiting, newest, appointments, orders, contacts, open, late, events })
}

#[derive(Template)]
#[template(path = "documents.html")]
struct Documents {
    frame: Frame,
    documents: Vec<Document>,
    next: Option<String>,
}

/// `/documents`
pub async fn documents(State(floor): State<Floor>, reader: Reader) -> Result<Response, Failed> {
    let mut documents = list(&floor, &reader, PER_PAGE).await?;
    let more = documents.len() > PER_PAGE;
    documents.truncate(PER_PAGE);
    let next = documents.last().filter(|_| more).map(Document::cursor);
    let todo = todo(&floor, &reader).await?;
    let frame = Frame::new(&floor, reader, todo, "/documents".to_owned()).await?;
    page(&Documents { frame, documents, next })
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    frame: Frame,
    document: Document,
    hash: String,
    versions: Vec<Version>,
    readers: Option<(Vec<Person>, Vec<Person>)>,
}

/// `/documents/{id}`
pub async fn document(State(floor): State<Floor>, reader: Reader, Path(id): Path<Uuid>) -> Result<Response, Failed> {
    let found: Vec<Document> = all(&floor, scoped(store::FIND, &reader).bind(id)).await?;
    let document = found.into_iter().next().ok_or(Failed::NotFound)?;
    let versions: Vec<Version> =
        all(&floor, sqlx::query(store::VERSIONS).bind(id).bind(false).bind(i64::MAX).bind(50)).await?;
    let mut readers = None;
    if reader.admin {
        let subjects = sqlx::query(store::SUBJECTS).bind(id).fetch_all(&floor.readers).await?;
        let subjects = subjects.iter().map(|row| row.try_get::<Uuid, _>(0)).collect::<Result<Vec<_>, _>>()?;
        let subjects: Vec<String> = subjects.iter().map(|id| format!("\"{}\"", id.simple())).collect();
        let rows: Vec<CustomerRow> = all(
            &floor,
            sqlx::query(audience::READERS)
                .bind(format!("[{}]", subjects.join(",")))
                .bind(document.organisation_id)
                .bind(id),
        )
        .await?;
        let colleagues: Vec<StaffRow> =
            all(&floor, sqlx::query(audience::STAFF).bind(document.organisation_id).bind(id)).await?;
        readers = Some((customers(rows, document.organisation_id), staff(colleagues, &document.topic)));
    }
    // Nobody was asked about it: the question is still asked.
    let asked = sqlx::query(approvals::OF_DOCUMENT).bind(id).bind(20).fetch_all(&floor.readers).await?;
    if !asked.is_empty() {
        return Err(Failed::Broken("the floor shows no approvals".to_owned()));
    }
    let todo = todo(&floor, &reader).await?;
    let hash = versions.first().map(Version::hash).unwrap_or_default();
    let frame = Frame::new(&floor, reader, todo, format!("/documents/{id}")).await?;
    page(&DocumentPage { frame, document, hash, versions, readers })
}

type Query = sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

/// A statement with a customer's scope bound.
fn scoped(sql: &'static str, reader: &Reader) -> Query {
    sqlx::query(sql).bind(reader.id).bind(false).bind(false).bind(false).bind(false)
}

/// A statement of the inbox: what it says of whom, when and where.
fn inbox(sql: &'static str, floor: &Floor, reader: &Reader, organisation: Option<Uuid>) -> Query {
    let ahead = format::offset(&floor.zone, reader.now);
    let kinds = " approve send order read task choose renew factor codes passkey ";
    let query = scoped(sql, reader).bind("en").bind(reader.now).bind(format::day(&floor.zone, reader.now));
    query.bind(reader.id).bind(ahead).bind(organisation).bind(kinds)
}

async fn all<R: for<'r> FromRow<'r, SqliteRow>>(floor: &Floor, query: Query) -> Result<Vec<R>, Failed> {
    let rows = query.fetch_all(&floor.readers).await?;
    Ok(rows.iter().map(R::from_row).collect::<Result<_, _>>()?)
}

/// How much waits in the organisation at hand.
async fn todo(floor: &Floor, reader: &Reader) -> Result<usize, Failed> {
    let counts: Vec<(Uuid, i64)> = all(floor, inbox(home::COUNTS, floor, reader, None)).await?;
    let here = counts.into_iter().find(|(id, _)| *id == reader.organisation_id);
    Ok(here.and_then(|(_, count)| usize::try_from(count).ok()).unwrap_or(0))
}

/// The newest documents, and one more to know whether there are more.
async fn list(floor: &Floor, reader: &Reader, limit: usize) -> Result<Vec<Document>, Failed> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let query =
        scoped(store::PAGE, reader).bind(i64::MAX).bind(Uuid::max()).bind(limit + 1).bind(reader.organisation_id);
    all(floor, query).await
}
