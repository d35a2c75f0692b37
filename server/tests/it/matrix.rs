//! Every door as every actor: what the policy says is what the door answers.

use std::fmt::Write as _;

use app::access::{Action, MembershipRole, Relation, Role, Topic, policy};
use app::approvals::model::{NewApproval, NewStep};
use app::approvals::service as approvals;
use app::documents::model::{Audience, Category};
use app::i18n::Locale;
use app::invitations::model::NewInvitation;
use app::invitations::{invite, service as invitations};
use app::jobs::{Kind, New};
use axum::body::Body;
use axum::http::{Method, Request};
use server::demo::people::PEOPLE;
use server::doors::{DOORS, Door};

use crate::factors;
use crate::support::{Browser, TestApp, both, files};

/// Doors whose answer does not follow from the policy row alone. This list may only shrink.
const EXCEPTIONS: [(&str, &str); 6] = [
    ("GET /", "staff are led to their own home"),
    ("GET /documents", "the list of a reader: scoped by SQL, refused to staff, who have their own"),
    ("GET /staff/documents", "the list of staff: scoped by SQL, open to whoever has a staff home"),
    ("GET /staff/documents/{id}", "read by staff only: customers have their own page"),
    ("GET /staff/customers", "a list: scoped by SQL"),
    ("GET /api/v1/organisations/{id}/projects", "who may not see projects gets an empty list"),
];
const EXCEPTIONS_AT_MOST: usize = 6;

/// The actions behind the names in the doors list, for a document of this topic.
fn action(name: &str, topic: Topic) -> Action {
    Action::all().into_iter().find(|a| a.name() == name && a.topic().is_none_or(|t| t == topic)).unwrap()
}

/// How the people of the demo stand to a document of ACME that everyone there may read.
fn relation(email: &str, role: Role, topic: Topic) -> Option<Relation> {
    match role {
        Role::Staff(_) if email.starts_with("pm@") => Some(Relation::Assigned),
        Role::Staff(staff) => {
            // What staff may not see is not found, not forbidden.
            policy::allowed(Role::Staff(staff), Action::DocumentRead(topic), Relation::Other).then_some(Relation::Other)
        }
        _ if email.ends_with("@acme.example") => {
            Some(if role == Role::CustomerAdmin { Relation::Own } else { Relation::Addressed })
        }
        _ => None,
    }
}

fn expected(door: &Door, email: &str, role: Role, topic: Topic) -> u16 {
    let on_document = [
        "/requests/{id}",
        "/_fn/requests/accept",
        "/_fn/requests/fix",
        "/_fn/requests/withdraw",
        "/documents/{id}",
        "/documents/archive",
        "/api/v1/documents/publish",
        "/api/v1/documents/move",
        "/api/v1/documents/tag",
        "/_fn/documents",
        "/_fn/approvals",
        "/_fn/retention/hold",
        "/approvals/{id}",
    ]
    .iter()
    .any(|part| door.path.contains(part));
    let on_organisation = door.path.contains("/organisations/{id}")
        || door.path.contains("/customers/{id}")
        || [
            "/_fn/team/",
            "/_fn/invitations/",
            "/api/v1/invitations",
            "/_fn/sso/",
            "/organisation/sign-in/test",
            "/_fn/view_as/begin",
        ]
        .iter()
        .any(|prefix| door.path.starts_with(prefix));
    let customer = !matches!(role, Role::Staff(_));
    // Customers have their own page of what they are asked for.
    if customer && door.path.starts_with("/staff/requests") {
        return 403;
    }
    let action = action(door.policy, topic);
    let allowed = |relation| policy::allowed(role, action, relation);
    if on_document {
        return match relation(email, role, topic) {
            None => 404,
            Some(relation) if allowed(relation) => 200,
            Some(_) => 403,
        };
    }
    let staff_only = ["/staff/customers/", "/_fn/view_as", "/_fn/customers", "/staff/approvals", "/api/v1/approvals"]
        .iter()
        .any(|path| door.path.starts_with(path));
    if staff_only && customer {
        return 403;
    }
    // Every member of staff may stop looking; whoever is not, has nothing to stop.
    let on_organisation = on_organisation
        || door.path == "/_fn/view_as/begin"
        || door.path == "/_fn/organisation/edit"
        || (door.path.starts_with("/_fn/customers/") && door.path != "/_fn/customers/create");
    // What the house notes about a customer is for staff, whoever may change the master data.
    if customer && ["/contacts", "/assignments"].iter().any(|part| door.path.contains(part)) {
        return if email.ends_with("@acme.example") { 403 } else { 404 };
    }
    if door.path.starts_with("/organisation") && !on_organisation {
        // The organisation at hand is one's own, and what it is asked about is one of ACME's people.
        let foreign = door.path.contains("{person}") && !email.ends_with("@acme.example");
        return match customer && allowed(Relation::Own) {
            true if foreign => 404,
            true => 200,
            false => 403,
        };
    }
    if on_organisation {
        let read = |r| policy::allowed(role, Action::OrganisationRead, r);
        let relation = match role {
            Role::Staff(_) if email.starts_with("pm@") => Relation::Assigned,
            Role::Staff(_) => Relation::Other,
            _ if email.ends_with("@acme.example") => Relation::Own,
            _ => return 404,
        };
        return if !read(relation) {
            404
        } else if allowed(relation) {
            200
        } else {
            403
        };
    }
    // A list is open to whoever may see any kind of what it lists.
    let any = |topic| {
        let action = self::action(door.policy, topic);
        Relation::ALL.into_iter().any(|relation| policy::allowed(role, action, relation))
    };
    if Topic::ALL.into_iter().any(any) { 200 } else { 403 }
}

#[derive(Clone)]
struct Sample {
    admin: String,
    /// Somebody whose factors nobody would miss.
    user: String,
    document: String,
    /// A question about it, to everybody at ACME who reads it.
    approval: String,
    organisation: String,
    person: String,
    invitation: String,
    /// One that is done: nothing can be changed about it.
    job: String,
    /// A version that a virus scanner holds.
    held: String,
    /// A file that somebody at ACME is asked for, of the document's kind.
    request: String,
    /// A domain that the organisation claims: another one for each request, since some take it away.
    domain: String,
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
async fn request(app: &TestApp, document: &str) -> String {
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

async fn sample_of(app: &TestApp, document: String) -> Sample {
    Sample {
        admin: app.user("admin@nordlicht.example").to_string(),
        approval: approval(app, &document).await,
        document: document.clone(),
        organisation: app.organisation("acme").to_string(),
        user: app.user("henning@acme.example").to_string(),
        person: app.user("ben@acme.example").to_string(),
        invitation: invitation(app).await,
        job: done_job(app).await,
        held: held(app).await,
        request: request(app, &document).await,
        domain: String::new(),
    }
}

fn path_of(door: &Door, sample: &Sample) -> String {
    let id = if door.path.contains("organisations") || door.path.contains("customers") {
        &sample.organisation
    } else if door.path.contains("invitations") {
        &sample.invitation
    } else if door.path.contains("/users/") {
        // The administrator: who is told that nobody suspends themselves.
        &sample.admin
    } else if door.path.contains("/approvals/{id}") {
        &sample.approval
    } else if door.path.contains("/requests/{id}") {
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
        .replace("{page}", "1")
        .replace("{key}", "contract")
        .replace("{person}", &sample.person)
        .replace("{contact}", &sample.person);
    let path = path.replace("{domain}", &sample.domain);
    match (door.method, door.path) {
        ("POST", "/api/v1/documents/send") => {
            format!("{path}?organisation_id={}&category=minutes", sample.organisation)
        }
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

/// A request that the policy alone decides: the body is right, but names a revision that has passed, so that what
/// is allowed changes nothing and answers 409, 412 or 422 instead of 403 and 404.
fn body_of(door: &Door, sample: &Sample) -> (&'static str, Vec<u8>) {
    let form = "application/x-www-form-urlencoded";
    match (door.method, door.path) {
        ("GET", _) => ("text/plain", Vec::new()),
        (_, "/staff/documents") => (
            "multipart/form-data; boundary=XXXX",
            files::multipart(
                &[("organisation_id", &sample.organisation), ("category", "minutes"), ("title", "Matrix")],
                "a.pdf",
                &files::pdf("matrix"),
            ),
        ),
        (_, "/staff/documents/{id}/versions") => {
            ("multipart/form-data; boundary=XXXX", files::multipart(&[], "a.pdf", b""))
        }
        (_, "/_fn/documents/publish") => {
            (form, format!("id={}&revision=0&audience=organisation", sample.document).into_bytes())
        }
        (_, "/_fn/documents/edit") => {
            (form, format!("id={}&revision=0&title=x&category=minutes", sample.document).into_bytes())
        }
        (_, "/_fn/documents/withdraw") => (form, format!("id={}&revision=0", sample.document).into_bytes()),
        (_, path) if path.starts_with("/_fn/approvals/") => (
            form,
            format!(
                "document={0}&approval={1}&approvals[]={1}&version=0&decision=decline",
                sample.document, sample.approval
            )
            .into_bytes(),
        ),
        (_, path) if path.ends_with("/delegation") => ("application/json", br#"{"to":""}"#.to_vec()),
        (_, path) if path.ends_with("/decision") => ("application/json", br#"{"decision":"decline"}"#.to_vec()),
        (_, path) if path.ends_with("/approvals") => {
            ("application/json", br#"{"version":0,"people":[],"due":"2026-12-24"}"#.to_vec())
        }
        (_, "/_fn/jobs/retry" | "/_fn/jobs/drop") => (form, format!("id={}", sample.job).into_bytes()),
        (_, "/_fn/account/save_profile") => (form, b"revision=0&name=x".to_vec()),
        (_, "/_fn/views/save") => (form, b"list=/documents&query=search%3Da&name=".to_vec()),
        (_, "/_fn/views/remove") => (form, format!("list=/documents&id={}", sample.document).into_bytes()),
        (_, "/_fn/account/end_session" | "/_fn/account/revoke_token") => {
            (form, format!("id={}", sample.document).into_bytes())
        }
        (_, "/_fn/account/switch_organisation") => (form, format!("organisation={}", sample.organisation).into_bytes()),
        (_, path) if path.starts_with("/_fn/team/") => (
            form,
            format!("organisation={}&user={}&revision=0&role=member", sample.organisation, sample.person).into_bytes(),
        ),
        (_, "/_fn/invitations/create") => {
            (form, format!("organisation={}&name=N&email=no-address&role=member", sample.organisation).into_bytes())
        }
        (_, path) if path.starts_with("/_fn/invitations/") => (form, format!("id={}", sample.invitation).into_bytes()),
        ("POST", "/api/v1/invitations") => (
            "application/json",
            format!(r#"{{"organisation_id":"{}","name":"","email":""}}"#, sample.organisation).into_bytes(),
        ),
        (_, path) if path.ends_with("/people/{person}") => ("application/json", b"{}".to_vec()),
        (_, path) if path.starts_with("/_fn/customers/") || path == "/_fn/organisation/edit" => (
            form,
            format!("id={}&revision=0&user={}&contact={}", sample.organisation, sample.person, sample.person)
                .into_bytes(),
        ),
        (_, "/_fn/requests/ask") => {
            (form, format!("organisation_id={}&title=&category=minutes&due_on=x", sample.organisation).into_bytes())
        }
        (_, path) if path.starts_with("/_fn/requests/") => (form, format!("request={}", sample.request).into_bytes()),
        (_, "/requests/{id}/file") => ("multipart/form-data; boundary=XXXX", files::multipart(&[], "a.pdf", b"")),
        (_, "/api/v1/requests/{id}/file") => ("application/octet-stream", Vec::new()),
        (_, "/api/v1/requests/{id}/fix") => ("application/json", br#"{"note":""}"#.to_vec()),
        ("POST", "/api/v1/requests/{id}/accept") => ("application/json", b"{}".to_vec()),
        ("POST", "/api/v1/requests") => (
            "application/json",
            format!(
                r#"{{"organisation_id":"{}","title":"","category":"minutes","due_on":"x","people":[]}}"#,
                sample.organisation
            )
            .into_bytes(),
        ),
        (_, "/documents/send") => (
            "multipart/form-data; boundary=XXXX",
            files::multipart(&[("organisation_id", &sample.organisation), ("category", "minutes")], "a.pdf", b""),
        ),
        (_, "/api/v1/documents/send") => ("application/octet-stream", Vec::new()),
        (_, "/_fn/documents/seen") => (form, format!("id={}", sample.document).into_bytes()),
        (_, "/_fn/documents/bulk_publish" | "/_fn/documents/bulk_move" | "/_fn/documents/bulk_tag") => {
            (form, format!("ids[0]={}&revisions[0]=0&category=minutes&tags=x", sample.document).into_bytes())
        }
        (_, "/api/v1/documents/publish" | "/api/v1/documents/move" | "/api/v1/documents/tag") => {
            let more = match door.path.rsplit('/').next() {
                Some("move") => r#","category":"minutes""#,
                Some("tag") => r#","tags":["x"]"#,
                _ => "",
            };
            let body = format!(r#"{{"documents":[{{"id":"{}","revision":0}}]{more}}}"#, sample.document);
            ("application/json", body.into_bytes())
        }
        (_, "/documents/archive") => (form, format!("ids={}", sample.document).into_bytes()),
        (_, "/api/v1/documents/archive") => {
            ("application/json", format!(r#"{{"ids":["{}"]}}"#, sample.document).into_bytes())
        }
        (_, "/staff/documents/{id}/restore") => (form, b"revision=0&number=1".to_vec()),
        (_, path) if path.starts_with("/_fn/quarantine/") => {
            (form, format!("version={}&scan=infected&reason=", sample.held).into_bytes())
        }
        ("POST", path) if path.starts_with("/api/v1/quarantine/") => {
            ("application/json", br#"{"scan":"infected","reason":""}"#.to_vec())
        }
        (_, "/_fn/categories/save") => (form, b"category=contract&seen=0&size=x".to_vec()),
        ("PUT", "/api/v1/categories/{key}") => {
            ("application/json", br#"{"kinds":[],"audience":"people","approval":"none","approval_days":1}"#.to_vec())
        }
        (_, "/_fn/retention/hold") => (form, format!("document={}&reason=", sample.document).into_bytes()),
        ("PUT", "/api/v1/retention/rules") => ("application/json", b"[]".to_vec()),
        (_, "/_fn/settings/save") => (form, b"revision=0&portal_name=x".to_vec()),
        ("PATCH", "/api/v1/settings") => ("application/json", br#"{"view_as_shown":true}"#.to_vec()),
        ("PATCH", "/api/v1/users/{id}") => ("application/json", br#"{"state":"active"}"#.to_vec()),
        ("PATCH", "/api/v1/organisations/{id}") => ("application/json", br#"{"city":"Kiel"}"#.to_vec()),
        (_, path) if path.starts_with("/_fn/users/") => (form, format!("id={}", sample.admin).into_bytes()),
        (_, "/_fn/view_as/begin") => {
            (form, format!("organisation={}&user={}&reason=", sample.organisation, sample.person).into_bytes())
        }
        (_, "/_fn/factors/reset") => (form, format!("user={}&return_to=/staff", sample.user).into_bytes()),
        ("PUT", "/api/v1/sign-in-rules") => ("application/json", br#"{"second_factor_roles":[]}"#.to_vec()),
        (_, path) if path.starts_with("/_fn/sso/") || path == "/organisation/sign-in/test" => {
            let rights = "role=member&documents=own&orders=own&money=none&tickets=own";
            let (organisation, domain) = (&sample.organisation, &sample.domain);
            (form, format!("organisation={organisation}&revision=0&id={domain}&{rights}").into_bytes())
        }
        (_, path) if path.starts_with("/_fn/") => (form, b"language=en&theme=system&return_to=/".to_vec()),
        ("POST", "/api/v1/documents") => (
            "application/json",
            format!(r#"{{"organisation_id":"{}","title":"","category":"minutes"}}"#, sample.organisation).into_bytes(),
        ),
        (_, path) if path.ends_with("/publish") => {
            ("application/json", br#"{"audience":{"organisation":true}}"#.to_vec())
        }
        (_, path) if path.ends_with("/versions") => ("application/octet-stream", Vec::new()),
        (_, path) if path.ends_with("/sign-in-rules") => ("application/json", br#"{"magic_links":true}"#.to_vec()),
        ("POST", path) if path.ends_with("/domains") => ("application/json", br#"{"domain":""}"#.to_vec()),
        ("PATCH", _) => ("application/json", br#"{"title":"x"}"#.to_vec()),
        _ => ("application/json", b"{}".to_vec()),
    }
}

/// Done, or refused only because the request names an old revision or an empty file: the policy said yes.
fn class(status: u16, location: &str) -> u16 {
    match status {
        200 | 201 | 202 | 204 | 206 | 409 | 412 | 422 => 200,
        303 if location.starts_with("/sign-in") => 401,
        303 => 200,
        other => other,
    }
}

/// A domain that ACME has just claimed, in place of the one before.
async fn claimed(app: &TestApp) -> String {
    app.sql("DELETE FROM organisation_domains").await;
    let ctx = app.ctx("admin@nordlicht.example").await;
    let domain = app::sso::manage::claim_domain(&ctx, app.organisation("acme"), "acme.example").await.unwrap();
    domain.id.to_string()
}

async fn ask(app: &TestApp, door: &Door, sample: &Sample, email: Option<&str>) -> u16 {
    let domain = if door.path.contains("domain") { claimed(app).await } else { sample.domain.clone() };
    let sample = &Sample { domain, ..sample.clone() };
    let (content_type, body) = body_of(door, sample);
    let method = Method::from_bytes(door.method.as_bytes()).unwrap();
    let path = path_of(door, sample);
    if door.path.starts_with("/api/") {
        let token = match email {
            Some(email) => app.token(email).await,
            None => crate::support::Token::new(app.router.clone(), String::new()),
        };
        let answer = token.send(method, &path, &[("content-type", content_type), ("if-match", "\"0\"")], body).await;
        return class(answer.status, answer.location());
    }
    let mut browser = match email {
        Some(email) => app.browser(email).await,
        None => app.visitor(),
    };
    ask_as(&mut browser, door, sample).await
}

async fn ask_as(browser: &mut Browser, door: &Door, sample: &Sample) -> u16 {
    let (content_type, body) = body_of(door, sample);
    let method = Method::from_bytes(door.method.as_bytes()).unwrap();
    let path = path_of(door, sample);
    let request = Request::builder().method(method).uri(path).header("content-type", content_type);
    let answer = browser.send(request.body(Body::from(body)).unwrap()).await;
    class(answer.status, answer.location())
}

both! {
    async fn every_door_answers_every_actor_as_the_policy_says(app: TestApp) {
        assert!(EXCEPTIONS.len() <= EXCEPTIONS_AT_MOST, "the list of exceptions may only shrink");
        let mut wrong = String::new();
        for (topic, category) in [(Topic::General, Category::Minutes), (Topic::Money, Category::Invoice)] {
            let id = app.published("For all of ACME", category, Audience::Organisation).await;
            let sample = sample_of(&app, id.to_string()).await;
            for door in DOORS.iter().filter(|door| door.policy != "public") {
                let name = format!("{} {}", door.method, door.path);
                let anonymous = ask(&app, door, &sample, None).await;
                if anonymous != 401 {
                    let _ = writeln!(wrong, "{name} as nobody: {anonymous}");
                }
                if EXCEPTIONS.iter().any(|(door, _)| *door == name) || (topic != Topic::General && !name.contains("document")) {
                    continue;
                }
                for (email, _, role, _) in PEOPLE {
                    let body_category = door.policy == "document.create";
                    let topic = if body_category { Topic::General } else { topic };
                    let mut want = expected(door, email, role, topic);
                    // A new document: who can make none learns nothing; who can, but not of this kind, is told.
                    if body_category && matches!(role, Role::Staff(_)) {
                        let any = |t| [Relation::Assigned, Relation::Other].into_iter().any(|r| policy::allowed(role, Action::DocumentCreate(t), r));
                        want = if Topic::ALL.into_iter().any(any) {
                            if door.method == "GET" || any(topic) { 200 } else { 403 }
                        } else { 403 };
                    }
                    // A session, a token or a view that is not one's own is not found.
                    let own = ["/me/sessions/{id}", "/me/tokens/{id}", "/account/end_session", "/account/revoke_token", "/views/remove"];
                    if own.iter().any(|path| door.path.ends_with(path)) {
                        want = 404;
                    }
                    // A switch to an organisation that is not one's own is not found.
                    if door.path.ends_with("switch_organisation") && !["anna@acme.example", "ben@acme.example", "henning@acme.example", "eva@partner.example"].contains(&email) {
                        want = 404;
                    }
                    let got = ask(&app, door, &sample, Some(email)).await;
                    if got != want {
                        let _ = writeln!(wrong, "{name} as {email} on {}: {got}, the policy says {want}", topic.name());
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }

    async fn a_sign_in_that_waits_for_the_second_factor_is_nobody_to_every_door(app: TestApp) {
        let id = app.published("For all of ACME", Category::Minutes, Audience::Organisation).await;
        let sample = sample_of(&app, id.to_string()).await;
        let mut wrong = String::new();
        for email in ["admin@nordlicht.example", "anna@acme.example"] {
            factors::give_app(&app, email).await;
            let mut browser = app.browser(email).await;
            for door in DOORS.iter().filter(|door| door.policy != "public" && !door.path.starts_with("/api/")) {
                let got = ask_as(&mut browser, door, &sample).await;
                if got != 401 {
                    let _ = writeln!(wrong, "{} {} as {email}, pending: {got}", door.method, door.path);
                }
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }

    async fn whoever_is_held_up_for_want_of_a_factor_comes_through_no_door_but_those_that_put_it_right(app: TestApp) {
        let id = app.published("For all of ACME", Category::Minutes, Audience::Organisation).await;
        let sample = sample_of(&app, id.to_string()).await;
        let mut wrong = String::new();
        let mut browsers = Vec::new();
        for (email, hold) in [("admin@nordlicht.example", "enrol"), ("anna@acme.example", "enrol"), ("pm@nordlicht.example", "prove"), ("ben@acme.example", "prove")] {
            browsers.push((app.browser(email).await, email, hold));
            if hold == "prove" {
                // Added elsewhere: this session has not seen it.
                factors::give_app(&app, email).await;
            }
        }
        app.sql("UPDATE settings SET value = 'administrator customer_admin' WHERE key = 'factor_roles'").await;
        for (browser, email, hold) in &mut browsers {
            for door in DOORS.iter().filter(|door| door.policy != "public" && !door.path.starts_with("/api/")) {
                let opens = *hold == "enrol" && ["/_fn/factors/add_app", "/_fn/factors/add_passkey"].contains(&door.path);
                let got = ask_as(browser, door, &sample).await;
                // What is not theirs is not found, whatever holds them up; files have no page to lead to.
                let shut = [401, 403, 404].contains(&got);
                if shut == opens {
                    let _ = writeln!(wrong, "{} {} as {email}, to {hold}: {got}", door.method, door.path);
                }
            }
            assert_eq!(browser.get("/sign-in/factor").await.status, 200, "{email}");
        }
        assert!(wrong.is_empty(), "\n{wrong}");
        // Programs have nobody to ask for a second factor.
        let token = app.token("anna@acme.example").await;
        assert_eq!(token.get("/api/v1/documents").await.status, 200);
    }

    async fn the_doors_with_an_exception_do_what_their_reason_says(app: TestApp) {
        let id = app.published("For all of ACME", Category::Minutes, Audience::Organisation).await;
        let acme = app.organisation("acme");
        for (email, _, role, _) in PEOPLE {
            let mut browser = app.browser(email).await;
            let staff = matches!(role, Role::Staff(_));
            let reads = relation(email, role, Topic::General).is_some();
            for (path, want) in [
                ("/".to_owned(), if staff { 303 } else { 200 }),
                ("/documents".to_owned(), if staff { 403 } else { 200 }),
                ("/staff/documents".to_owned(), if staff { 200 } else { 403 }),
                (format!("/staff/documents/{id}"), match (staff, reads) { (false, _) => 403, (true, true) => 200, (true, false) => 404 }),
                ("/staff/customers".to_owned(), if staff { 200 } else { 403 }),
                (format!("/staff/customers/{acme}"), if staff { 200 } else { 403 }),
            ] {
                let answer = browser.get(&path).await;
                assert_eq!(answer.status, want, "{path} as {email}");
                if answer.status == 200 && path == "/documents" {
                    assert_eq!(answer.words().contains("For all of ACME"), reads, "{path} as {email}");
                }
            }
            let projects = app.token(email).await.get(&format!("/api/v1/organisations/{acme}/projects")).await;
            let sees = match role {
                Role::Staff(_) => email.starts_with("pm@") || email.starts_with("admin@") || email.starts_with("management@"),
                _ => email.ends_with("@acme.example"),
            };
            assert_eq!(projects.status == 200 && !projects.json()["items"].as_array().unwrap().is_empty(), sees, "{email}");
        }
        // The reason for the type: a partner is a membership like any other, with less.
        assert_eq!(MembershipRole::Partner.role(), Role::Partner);
    }

    async fn a_suspended_person_and_an_ended_membership_see_nothing_from_the_next_request(app: TestApp) {
        let id = app.published("For all of ACME", Category::Minutes, Audience::Organisation).await;
        let path = format!("/documents/{id}");
        let mut ben = app.browser("ben@acme.example").await;
        let token = app.token("ben@acme.example").await;
        assert_eq!(ben.get(&path).await.status, 200);
        app.sql("UPDATE memberships SET state = 'suspended'").await;
        assert_eq!(ben.get(&path).await.status, 404);
        assert_eq!(token.get(&format!("/api/v1{path}")).await.status, 404);
        assert!(token.get("/api/v1/documents").await.json()["items"].as_array().unwrap().is_empty());
        app.sql("UPDATE users SET state = 'suspended'").await;
        assert_eq!(ben.get(&path).await.status, 303, "back to sign-in");
        assert_eq!(token.get("/api/v1/me").await.status, 401);
    }

    async fn a_narrowed_token_does_no_more_than_its_scopes(app: TestApp) {
        let id = app.published("For all of ACME", Category::Minutes, Audience::Organisation).await;
        let read = app.scoped_token("pm@nordlicht.example", &["read"]).await;
        assert_eq!(read.get(&format!("/api/v1/documents/{id}")).await.status, 200);
        assert_eq!(read.post(&format!("/api/v1/documents/{id}/withdraw"), serde_json::json!({})).await.status, 403);
        let other = app.scoped_token("pm@nordlicht.example", &["organisations"]).await;
        assert_eq!(other.get("/api/v1/organisations").await.status, 200);
        for path in ["/api/v1/documents".to_owned(), format!("/api/v1/documents/{id}"), format!("/api/v1/documents/{id}/versions/1/content")] {
            assert_eq!(other.get(&path).await.status, 403, "{path}");
        }
    }
}
