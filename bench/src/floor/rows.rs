//! Rows as the pages show them.

use jiff::tz::TimeZone;
use uuid::Uuid;

use super::format;

/// A document of a list or a page.
#[derive(Debug, sqlx::FromRow)]
pub struct Document {
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub organisation_name: String,
    pub title: String,
    pub category: String,
    pub topic: String,
    pub current_version: i64,
    pub published_at: Option<i64>,
    pub changed_at: i64,
    pub file_name: Option<String>,
    pub media_type: Option<String>,
    pub size: Option<i64>,
    pub read_version: Option<i64>,
}

impl Document {
    pub fn is_new(&self) -> bool {
        self.read_version.unwrap_or(0) < self.current_version
    }

    pub fn icon(&self) -> &'static str {
        match self.media_type.as_deref() {
            Some("application/pdf") => "file-text",
            Some(media) if media.starts_with("image/") => "image",
            Some("application/xml" | "text/xml") => "file-code",
            _ => "file",
        }
    }

    pub fn category(&self) -> &'static str {
        category(&self.category)
    }

    /// Kind, version and size.
    pub fn facts(&self) -> String {
        let size = format::size(self.size.unwrap_or(0));
        match self.current_version {
            ..2 => format!("{}, {size}", self.category()),
            version => format!("{}, Version {version}, {size}", self.category()),
        }
    }

    pub fn size(&self) -> String {
        format::size(self.size.unwrap_or(0))
    }

    pub fn changed(&self, when: &When) -> String {
        when.date(self.changed_at)
    }

    pub fn published_time(&self, when: &When) -> String {
        when.date_time(self.published_at.unwrap_or(0))
    }

    /// Where its versions lie.
    pub fn content(&self) -> String {
        format!("/documents/{}/versions", self.id)
    }

    /// Where the list continues after this row.
    pub fn cursor(&self) -> String {
        format!("{:x}-{}", self.changed_at, self.id.simple())
    }
}

/// Something that waits.
#[derive(Debug, sqlx::FromRow)]
pub struct Item {
    pub kind: String,
    pub id: Uuid,
    pub subject_id: Uuid,
    pub title: String,
    pub by_name: String,
    pub note: String,
    pub number: i64,
    pub due_on: Option<String>,
    pub due_at: Option<i64>,
    pub since: i64,
}

impl Item {
    pub fn icon(&self) -> &'static str {
        match self.kind.as_str() {
            "approve" => "circle-check-big",
            "send" => "upload",
            "order" => "package",
            "read" => "file-text",
            "task" => "list-checks",
            "choose" => "calendar",
            "renew" => "history",
            _ => "key-round",
        }
    }

    pub fn href(&self) -> String {
        match self.kind.as_str() {
            "send" => format!("/requests/{}", self.subject_id),
            "order" => format!("/orders/{}", self.subject_id),
            "task" => format!("/projects/{}", self.subject_id),
            "choose" => format!("/appointments/{}", self.subject_id),
            "approve" | "read" | "renew" => format!("/documents/{}", self.subject_id),
            _ => "/account/security".to_owned(),
        }
    }

    pub fn text(&self) -> String {
        let title = &self.title;
        match self.kind.as_str() {
            "approve" => format!("Approve “{title}”"),
            "send" => format!("Send “{title}”"),
            "order" => format!("Order “{title}” waits for you"),
            "read" => format!("Read “{title}”"),
            "task" => title.clone(),
            "choose" => format!("Choose a time for “{title}”"),
            "renew" => format!("Renew “{title}”"),
            _ => "Protect your sign-in with a second factor".to_owned(),
        }
    }

    pub fn meta(&self, when: &When) -> String {
        let since = when.date(self.since);
        match self.kind.as_str() {
            "approve" => format!("Version {}, asked by {}, {since}", self.number, self.by_name),
            "send" => format!("asked by {}, {since}", self.by_name),
            "order" => format!("{}, changed {since}", self.note),
            "read" => format!("{}, sent {since}", category(&self.note)),
            "task" => self.note.clone(),
            "choose" => format!("{} times, asked by {}, {since}", self.number, self.by_name),
            "renew" => format!("{}, sent by you", category(&self.note)),
            _ => "You manage the access of your colleagues, and so far a password alone opens yours.".to_owned(),
        }
    }

    pub fn due(&self, when: &When) -> String {
        self.due_on
            .clone()
            .or_else(|| self.due_at.map(|at| when.date(at)))
            .map_or(String::new(), |d| format!("until {d}"))
    }

    pub fn action(&self) -> &'static str {
        match self.kind.as_str() {
            "approve" => "Decide",
            "send" => "Send",
            "task" => "Done",
            "choose" => "Choose",
            "read" => "Read",
            "factor" => "Set up",
            _ => "Look",
        }
    }

    pub fn key(&self) -> String {
        format!("{}:{}", self.kind, self.id)
    }
}

/// The name of a category.
fn category(key: &str) -> &'static str {
    match key {
        "proposal" => "Proposals",
        "contract" => "Contracts",
        "invoice" => "Invoices",
        "specification" => "Specifications",
        "minutes" => "Minutes",
        _ => "Other",
    }
}

/// One version of a document.
#[derive(Debug, sqlx::FromRow)]
pub struct Version {
    pub number: i64,
    pub file_name: String,
    pub size: i64,
    pub sha256: Vec<u8>,
    pub uploaded_by_name: String,
    pub created_at: i64,
}

impl Version {
    pub fn size(&self) -> String {
        format::size(self.size)
    }

    pub fn created(&self, when: &When) -> String {
        when.date_time(self.created_at)
    }

    pub fn hash(&self) -> String {
        format::hex(&self.sha256)
    }
}

/// A confirmed appointment.
#[derive(Debug, sqlx::FromRow)]
pub struct Appointment {
    pub id: Uuid,
    pub title: String,
    pub place: String,
    pub order_number: Option<String>,
    pub starts_at: i64,
    pub minutes: i64,
}

impl Appointment {
    pub fn when(&self, when: &When) -> String {
        format::hours(&when.zone, self.starts_at, self.minutes)
    }

    pub fn meta(&self) -> String {
        let order = self.order_number.as_deref().unwrap_or_default();
        if order.is_empty() { self.place.clone() } else { format!("{}, {order}", self.place) }
    }
}

/// An open order.
#[derive(Debug, sqlx::FromRow)]
pub struct Order {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub name_en: String,
    pub wanted_on: Option<String>,
    pub confirmed_on: Option<String>,
}

impl Order {
    pub fn name(&self) -> &str {
        if self.title.is_empty() { &self.number } else { &self.title }
    }

    pub fn expected(&self) -> &str {
        self.confirmed_on.as_deref().or(self.wanted_on.as_deref()).unwrap_or("no date yet")
    }
}

/// Something that happened.
#[derive(Debug, sqlx::FromRow)]
pub struct Event {
    pub at: i64,
    pub action: String,
    pub object_id: Uuid,
    pub subject: String,
    pub house: bool,
    pub actor_name: Option<String>,
}

impl Event {
    pub fn href(&self) -> String {
        match self.action.split_once('.').map(|(what, _)| what) {
            Some("order") => format!("/orders/{}", self.object_id),
            Some("request") => format!("/requests/{}", self.object_id),
            _ => format!("/documents/{}", self.object_id),
        }
    }

    pub fn words(&self) -> String {
        let who = self.actor_name.as_deref().filter(|_| !self.house).unwrap_or("Nordlicht Maschinenbau GmbH");
        match self.action.as_str() {
            "document.upload" => format!("New version from {who}"),
            "approval.ask" => format!("Approval asked for by {who}"),
            "approval.approve" => format!("Approved by {who}"),
            "document.create" => format!("Sent by {who}"),
            "order.edit" => format!("Confirmed date: changed by {who}"),
            _ => format!("Published by {who}"),
        }
    }

    pub fn when(&self, when: &When) -> String {
        when.date(self.at)
    }
}

/// The named contact.
#[derive(Debug, sqlx::FromRow)]
pub struct Contact {
    pub name: String,
    pub email: String,
    pub staff_role: String,
    pub phone: String,
    pub hours: String,
}

impl Contact {
    pub fn initials(&self) -> String {
        format::initials(&self.name)
    }

    pub fn role(&self) -> &'static str {
        staff_role(&self.staff_role)
    }
}

/// Somebody who can read a document.
#[derive(Debug)]
pub struct Person {
    pub name: String,
    pub meta: String,
    pub class: &'static str,
}

impl Person {
    pub fn initials(&self) -> String {
        format::initials(&self.name)
    }
}

/// A customer who can read a document, once for each reason.
#[derive(Debug, sqlx::FromRow)]
pub struct CustomerRow {
    pub id: Uuid,
    pub name: String,
    pub last_sign_in_at: Option<i64>,
    pub organisation_id: Uuid,
    pub organisation_name: String,
    pub role: String,
    pub reason: String,
    pub read_version: Option<i64>,
}

impl CustomerRow {
    /// The strongest reason first.
    fn rank(&self) -> usize {
        ["person", "project", "organisation", "group", "admin"].iter().position(|r| *r == self.reason).unwrap_or(9)
    }
}

/// A member of staff.
#[derive(Debug, sqlx::FromRow)]
pub struct StaffRow {
    pub name: String,
    pub last_sign_in_at: Option<i64>,
    pub staff_role: String,
    pub assigned: bool,
    pub read_version: Option<i64>,
}

fn staff_role(name: &str) -> &'static str {
    match name {
        "project_manager" => "Project manager",
        "support" => "Support",
        "finance" => "Finance",
        "sales" => "Sales",
        "management" => "Management",
        _ => "Administrator",
    }
}

fn seen(meta: &mut String, last_sign_in_at: Option<i64>, read_version: Option<i64>) {
    match (last_sign_in_at, read_version) {
        (None, _) => meta.push_str(", never signed in"),
        (_, Some(version)) => meta.push_str(&format!(", opened version {version}")),
        _ => {}
    }
}

/// The customers of this organisation, each once with the strongest reason.
pub fn customers(rows: Vec<CustomerRow>, organisation: Uuid) -> Vec<Person> {
    let mut people: Vec<CustomerRow> = Vec::new();
    for row in rows.into_iter().filter(|row| row.organisation_id == organisation) {
        match people.iter_mut().find(|known| known.id == row.id) {
            Some(known) if known.rank() <= row.rank() => {}
            Some(known) => *known = row,
            None => people.push(row),
        }
    }
    let person = |row: CustomerRow| {
        let role = match row.role.as_str() {
            "admin" => "Customer admin",
            "partner" => "External partner",
            _ => "Customer",
        };
        let reason = match row.reason.as_str() {
            "person" => "named",
            "project" => "on the project",
            "organisation" => "of this organisation",
            "group" => "in the customer group",
            _ => "administers the organisation",
        };
        let mut meta = format!("{}, {role}, {reason}", row.organisation_name);
        seen(&mut meta, row.last_sign_in_at, row.read_version);
        Person { name: row.name, meta, class: if row.last_sign_in_at.is_none() { "avatar--none" } else { "" } }
    };
    people.into_iter().map(person).collect()
}

/// The staff whose role sees papers of this topic, or who look after the customer.
pub fn staff(rows: Vec<StaffRow>, topic: &str) -> Vec<Person> {
    let person = |row: StaffRow| {
        let role = row.staff_role.as_str();
        let by_role = matches!(role, "administrator" | "management")
            || matches!((role, topic), ("support", "general") | ("finance", "money") | ("sales", "quotes"));
        let reason = match (by_role, role == "project_manager" && row.assigned) {
            (true, _) => "by role",
            (_, true) => "assigned to this customer",
            _ => return None,
        };
        let mut meta = format!("{}, {reason}", staff_role(role));
        seen(&mut meta, row.last_sign_in_at, row.read_version);
        let class = if row.last_sign_in_at.is_none() { "avatar--none" } else { "avatar--house" };
        Some(Person { name: row.name, meta, class })
    };
    rows.into_iter().filter_map(person).collect()
}

/// Now and here, for dates.
#[derive(Debug)]
pub struct When {
    pub zone: std::sync::Arc<TimeZone>,
    pub now: i64,
}

impl When {
    fn date(&self, at: i64) -> String {
        format::date(&self.zone, self.now, at)
    }

    fn date_time(&self, at: i64) -> String {
        format::date_time(&self.zone, self.now, at)
    }
}
