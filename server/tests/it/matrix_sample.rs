//! What the matrix asks every door about: one of everything, and the path that names it.

use app::access::MembershipRole;
use app::announcements::model::Audience;
use app::appointments::model::{Details, NewAppointment};
use app::approvals::model::{NewApproval, NewStep};
use app::approvals::service as approvals;
use app::documents::model::Category;
use app::error::FieldErrors;
use app::files::FileName;
use app::i18n::Locale;
use app::imports::mapping::{self, Mapping};
use app::imports::model::{Options, Source};
use app::imports::service::NewImport;
use app::invitations::model::NewInvitation;
use app::invitations::{invite, service as invitations};
use app::jobs::{Kind, New};
use bytes::Bytes;
use server::doors::Door;

use crate::support::TestApp;

#[derive(Clone)]
pub struct Sample {
    pub admin: String,
    /// Somebody whose factors nobody would miss.
    pub user: String,
    pub document: String,
    /// A question about it, to everybody at ACME who reads it.
    pub approval: String,
    pub organisation: String,
    pub person: String,
    pub invitation: String,
    /// One that is done: nothing can be changed about it.
    pub job: String,
    /// A version that a virus scanner holds.
    pub held: String,
    /// A file that somebody at ACME is asked for, of the document's kind.
    pub request: String,
    /// An order of ACME.
    pub order: String,
    /// An announcement to everybody.
    pub announcement: String,
    /// A webhook of ACME, and a test of it that waits.
    pub webhook: String,
    pub delivery: String,
    /// The contact of both customers, with a portrait.
    pub contact: String,
    /// A project of ACME that Ben and Eva are on.
    pub project: String,
    /// Something to do in it, by anybody of ACME.
    pub task: String,
    /// An appointment with everybody at ACME.
    pub appointment: String,
    /// An import that failed, and whose file is gone: nothing can be done about it.
    pub import: String,
    /// A saved mapping: another one for each request, since some take it away.
    pub mapping: String,
    /// A domain that the organisation claims: another one for each request, since some take it away.
    pub domain: String,
    /// A group of customers to which nothing is published.
    pub group: String,
}

/// Everybody who can read it is asked, so that it is the policy that refuses.
async fn approval(app: &TestApp, document: &str) -> String {
    let ctx = app.ctx("admin@nordlicht.example").await;
    let id = document.parse().unwrap();
    let row = app::documents::service::find(&ctx, id).await.unwrap();
    let people: Vec<_> = approvals::candidates(&ctx, &row).await.unwrap().into_iter().map(|r| r.user_id).collect();
    let due_at = app.clock.now().plus(std::time::Duration::from_secs(7 * 24 * 3600));
    let needed = people.len() as i64;
    let new = NewApproval { version: 1, steps: vec![NewStep::of(people, needed)], due_at, message: String::new() };
    approvals::ask(&ctx, id, new).await.unwrap().approval.id.to_string()
}

/// A job that is done.
async fn done_job(app: &TestApp) -> String {
    let ctx = app.ctx("anna@acme.example").await;
    let tx = ctx.db.begin().await.unwrap();
    let id = app::jobs::enqueue(&tx, &ctx, New::new(Kind::PurgeThrottles, serde_json::json!({}))).await.unwrap();
    tx.commit().await.unwrap();
    app.run_jobs().await;
    id.to_string()
}

/// A version that a virus scanner holds, of a document nobody else asks for.
async fn held(app: &TestApp) -> String {
    let id = app.draft("Held", Category::Other).await;
    app.sql("UPDATE document_versions SET scan = 'infected' WHERE document_id IN (SELECT id FROM documents WHERE title = 'Held')").await;
    let row = app::scan::service::held(&app.ctx("admin@nordlicht.example").await, None, 100).await.unwrap();
    row.into_iter().find(|row| row.document_id == id).unwrap().id.to_string()
}

/// Everybody at ACME who can read the document is asked for a file of its kind.
pub async fn request(app: &TestApp, document: &str) -> String {
    let ctx = app.ctx("admin@nordlicht.example").await;
    let row = app::documents::service::find(&ctx, document.parse().unwrap()).await.unwrap();
    let people: Vec<_> = approvals::candidates(&ctx, &row).await.unwrap().into_iter().map(|r| r.user_id).collect();
    let new = app::requests::model::NewRequest {
        organisation_id: app.organisation("acme"),
        title: "Certificate".to_owned(),
        text: String::new(),
        category: row.category,
        due_on: "2026-12-24".parse().unwrap(),
        people,
    };
    app::requests::service::ask(&ctx, new).await.unwrap().id.to_string()
}

/// An order of ACME, by Ben: whoever sees orders there sees it.
async fn order(app: &TestApp) -> String {
    let ctx = app.ctx("admin@nordlicht.example").await;
    let input = app::orders::input::Input {
        number: format!("AB-{}", uuid::Uuid::now_v7()),
        organisation: Some("acme".to_owned()),
        buyer: Some(Some(app.user("ben@acme.example"))),
        ..Default::default()
    };
    app::orders::take::create(&ctx, input).await.unwrap().to_string()
}

/// An announcement that stands on everybody's pages.
async fn announcement(app: &TestApp) -> String {
    let ctx = app.ctx("admin@nordlicht.example").await;
    crate::announcements::published(&ctx, Audience::Everyone, false).await.to_string()
}

/// Something that anybody at ACME can do in the project.
async fn task(app: &TestApp) -> String {
    let ctx = app.ctx("admin@nordlicht.example").await;
    let task = app::projects::model::NewTask {
        side: app::orders::model::Side::Customer,
        assignee: None,
        title: "Clear the hall".to_owned(),
        text: String::new(),
        due_on: None,
    };
    app::projects::tasks::add(&ctx, app.project("line-2"), task).await.unwrap().to_string()
}

/// An appointment in which everybody at ACME takes part, so that it is the policy that refuses.
async fn appointment(app: &TestApp) -> String {
    let ctx = app.ctx("admin@nordlicht.example").await;
    let people = ["anna", "ben", "henning"].map(|name| app.user(&format!("{name}@acme.example"))).to_vec();
    let details = Details {
        title: "Factory test".to_owned(),
        minutes: 60,
        cancel_hours: 24,
        time_zone: "Europe/Berlin".to_owned(),
        people,
        ..Details::default()
    };
    let slots = vec![app.clock.now().plus(std::time::Duration::from_secs(7 * 24 * 3600))];
    let new = NewAppointment { organisation_id: app.organisation("acme"), details, slots, agreed: true };
    app::appointments::propose::create(&ctx, new, FieldErrors::default()).await.unwrap().to_string()
}

/// An import that nothing can be done about.
async fn import(app: &TestApp) -> String {
    let ctx = app.ctx("admin@nordlicht.example").await;
    let new = NewImport {
        kind: app::imports::kind::Kind::Orders,
        name: FileName::parse("a.csv"),
        source: Source::Page,
        mapping: Mapping::default(),
        options: Options::default(),
        start: false,
    };
    let bytes = futures::stream::once(async { Ok::<_, String>(Bytes::from("number\n")) });
    let id = app::imports::service::receive(&ctx, new, bytes).await.unwrap();
    app.sql("UPDATE imports SET state = 'failed', store_key = NULL").await;
    id.to_string()
}

/// A mapping that has just been saved.
pub async fn kept(app: &TestApp) -> String {
    let ctx = app.ctx("admin@nordlicht.example").await;
    let kind = app::imports::kind::Kind::Orders;
    let name = mapping::save(&ctx, kind, "Matrix", &Mapping::default()).await.unwrap();
    mapping::find(app.db(), kind, &name).await.unwrap().unwrap().id.to_string()
}

/// A group of customers with nobody in it.
async fn group(app: &TestApp) -> String {
    let ctx = app.ctx("admin@nordlicht.example").await;
    let slug = uuid::Uuid::now_v7().to_string();
    app::organisation::groups::create(&ctx, Some(&slug), "Matrix").await.unwrap().id.to_string()
}

/// A webhook of ACME, and a test of it that waits.
async fn webhook(app: &TestApp) -> (String, String) {
    let ctx = app.ctx("admin@nordlicht.example").await;
    let wanted = app::webhooks::model::Wanted {
        name: "Matrix".to_owned(),
        url: "https://hooks.acme.example/kontor".to_owned(),
        events: vec!["order.changed".to_owned()],
    };
    let (id, _) = app::webhooks::service::create(&ctx, Some(app.organisation("acme")), wanted).await.unwrap();
    let delivery = app::webhooks::service::test(&ctx, id, None).await.unwrap();
    (id.to_string(), delivery.to_string())
}

pub async fn sample_of(app: &TestApp, document: String) -> Sample {
    let job = done_job(app).await;
    let (webhook, delivery) = webhook(app).await;
    Sample {
        webhook,
        delivery,
        admin: app.user("admin@nordlicht.example").to_string(),
        approval: approval(app, &document).await,
        document: document.clone(),
        organisation: app.organisation("acme").to_string(),
        user: app.user("henning@acme.example").to_string(),
        person: app.user("ben@acme.example").to_string(),
        invitation: invitation(app).await,
        job,
        held: held(app).await,
        request: request(app, &document).await,
        order: order(app).await,
        announcement: announcement(app).await,
        contact: crate::portraits::with_portrait(app).await.to_string(),
        project: app.project("line-2").to_string(),
        task: task(app).await,
        appointment: appointment(app).await,
        import: import(app).await,
        mapping: String::new(),
        domain: String::new(),
        group: group(app).await,
    }
}

pub fn path_of(door: &Door, sample: &Sample) -> String {
    let id = if door.path.contains("/webhooks/{id}") {
        &sample.webhook
    } else if door.path.contains("organisations") || door.path.contains("customers") {
        &sample.organisation
    } else if door.path.contains("invitations") {
        &sample.invitation
    } else if door.path.contains("/users/") {
        // The administrator: who is told that nobody suspends themselves.
        &sample.admin
    } else if door.path.contains("/approvals/{id}") {
        &sample.approval
    } else if door.path.contains("/customer-groups/{id}") {
        &sample.group
    } else if door.path == "/portraits/{id}" {
        &sample.contact
    } else if door.path.contains("/announcements/{id}") {
        &sample.announcement
    } else if door.path.contains("/projects/{id}") {
        &sample.project
    } else if door.path.contains("/appointments/{id}") {
        &sample.appointment
    } else if door.path.contains("/imports/{id}") {
        &sample.import
    } else if door.path.contains("/import-mappings/") {
        &sample.mapping
    } else if door.path.contains("/orders/{id}") {
        &sample.order
    } else if door.path.contains("/requests/{id}") || door.path.contains("/inbox/") {
        &sample.request
    } else if door.path.contains("/quarantine/") {
        &sample.held
    } else if door.path.contains("/jobs/") {
        &sample.job
    } else if door.path.contains("/users/") {
        &sample.user
    } else {
        &sample.document
    };
    let path = door
        .path
        .replace("{id}", id)
        .replace("{number}", "1")
        .replace("{kind}", "send")
        .replace("{page}", "1")
        .replace(
            "{key}",
            match door.path {
                path if path.contains("project-statuses") => "running",
                path if path.contains("statuses") => "received",
                _ => "contract",
            },
        )
        .replace("{task}", &sample.task)
        .replace("{project}", &sample.project)
        .replace("{delivery}", &sample.delivery)
        .replace("{person}", &sample.person)
        .replace("{contact}", &sample.person);
    let path = path.replace("{domain}", &sample.domain).replace("{group}", &sample.group);
    match (door.method, door.path) {
        ("POST", "/api/v1/documents/send") => {
            format!("{path}?organisation_id={}&category=minutes", sample.organisation)
        }
        ("GET", "/staff/webhooks/new") => format!("{path}?organisation={}", sample.organisation),
        ("GET", "/api/v1/me/views") => format!("{path}?list=documents"),
        ("GET", "/api/v1/search") => format!("{path}?q=certificate"),
        // A stream would never end.
        ("GET", "/live") => format!("{path}?once=true"),
        ("POST", "/api/v1/imports") => format!("{path}?kind=orders"),
        ("GET", "/api/v1/invitations") => format!("{path}?organisation_id={}", sample.organisation),
        _ => path,
    }
}

/// An invitation to ACME that was taken back: whoever may do something about it is told so.
async fn invitation(app: &TestApp) -> String {
    let ctx = app.ctx("anna@acme.example").await;
    let new = NewInvitation {
        email: "invited@acme.example".to_owned(),
        name: "Invited".to_owned(),
        role: MembershipRole::Member,
        rights: None,
        projects: Vec::new(),
        message: String::new(),
        locale: Locale::En,
    };
    let made = invite::to_customer(&ctx, app.organisation("acme"), new).await.unwrap();
    invitations::withdraw(&ctx, made.id).await.unwrap();
    made.id.to_string()
}

/// A domain that ACME has just claimed, in place of the one before.
pub async fn claimed(app: &TestApp) -> String {
    app.sql("DELETE FROM organisation_domains").await;
    let ctx = app.ctx("admin@nordlicht.example").await;
    let domain = app::sso::manage::claim_domain(&ctx, app.organisation("acme"), "acme.example").await.unwrap();
    domain.id.to_string()
}
