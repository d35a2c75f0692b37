//! Every door as every actor: what the policy says is what the door answers.

use std::fmt::Write as _;

use app::access::{Action, MembershipRole, Relation, Role, Topic, policy};
use app::documents::model::{Audience, Category};
use axum::body::Body;
use axum::http::{Method, Request};
use server::demo::people::PEOPLE;
use server::doors::{self, Door};

use crate::factors;
use crate::matrix_body::body_of;
use crate::matrix_sample::{Sample, claimed, kept, path_of, request, sample_of};
use crate::support::{Browser, TestApp, both};

/// Doors whose answer does not follow from the policy row alone.
const EXCEPTIONS: [(&str, &str); 6] = [
    ("GET /", "staff are led to their own home"),
    ("GET /documents", "the list of a reader: scoped by SQL, refused to staff, who have their own"),
    ("GET /staff/documents", "the list of staff: scoped by SQL, open to whoever has a staff home"),
    ("GET /staff/documents/{id}", "read by staff only: customers have their own page"),
    ("GET /staff/customers", "a list: scoped by SQL"),
    ("GET /api/v1/organisations/{id}/projects", "whoever sees no projects of it gets an empty list"),
];
/// Those, and every path that `expected` and `not_theirs` name: how much of the answers the policy does not say by itself. The
/// number may only fall, and falls here too.
const SPECIAL_CASES: usize = 87;

fn special_cases() -> usize {
    let source = include_str!("matrix.rs");
    let from = source.find(concat!("fn ", "expected(")).unwrap();
    let to = source.find(concat!("pub fn ", "class(")).unwrap();
    EXCEPTIONS.len() + source[from..to].matches(concat!('"', '/')).count()
}

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
    // What waits for somebody waits for nobody else. A form says so on the page that it leads back to.
    if door.path.contains("/inbox/{kind}") {
        return match role {
            Role::Staff(_) => 403,
            _ if email.ends_with("@acme.example") => 200,
            _ => 404,
        };
    }
    // Their portrait is for customers whose contact they are, and for themselves; customers have none.
    if door.path == "/portraits/{id}" {
        return if matches!(role, Role::Staff(_)) && !email.starts_with("pm@") { 404 } else { 200 };
    }
    if (door.method == "PUT" || door.path == "/account/portrait")
        && door.path.ends_with("/portrait")
        && !matches!(role, Role::Staff(_))
    {
        return 403;
    }
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
        "/api/v1/approvals/remind",
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
            "/_fn/notifications/set_defaults",
        ]
        .iter()
        .any(|prefix| door.path.starts_with(prefix));
    let customer = !matches!(role, Role::Staff(_));
    // Customers have their own page of what they are asked for.
    let staff_pages = ["/staff/requests", "/staff/orders", "/_fn/orders", "/staff/projects", "/_fn/projects/save"];
    // What waits for a customer they confirm themselves.
    let theirs = door.path == "/_fn/orders/confirm";
    if customer && !theirs && staff_pages.iter().any(|page| door.path.starts_with(page)) {
        return 403;
    }
    let house = [
        // Customers have no customers to hear less of.
        "/_fn/notifications/mute",
        "/api/v1/me/muted-organisations",
        "/staff/requests",
        "/staff/orders",
        "/_fn/orders",
        "/staff/appointments",
        "/_fn/appointments/save",
        "/_fn/appointments/move",
        "/_fn/appointments/on_the_way",
        "/_fn/appointments/complete",
    ];
    if customer && !theirs && house.iter().any(|page| door.path.starts_with(page)) {
        return 403;
    }
    let action = action(door.policy, topic);
    let allowed = |relation| policy::allowed(role, action, relation);
    if door.path.contains("/webhooks") {
        let own = !customer || email.ends_with("@acme.example");
        let elsewhere = if customer { "/staff/" } else { "/organisation/" };
        let listed = ["/organisation/webhooks", "/organisation/webhooks/new", "/staff/webhooks", "/api/v1/webhooks"];
        let list = listed.contains(&door.path) && door.method == "GET";
        return match Relation::ALL.into_iter().any(allowed) {
            _ if door.path.starts_with(elsewhere) => 403,
            false => 403,
            true if own || list => 200,
            true => 404,
        };
    }
    if door.path.contains("/orders/{id}") || door.path.starts_with("/_fn/orders/") {
        let relation = match role {
            Role::Staff(_) if email.starts_with("pm@") => Relation::Assigned,
            Role::Staff(_) => Relation::Other,
            Role::CustomerAdmin if email.ends_with("@acme.example") => Relation::Own,
            _ if email.ends_with("@acme.example") => Relation::Addressed,
            _ => return 404,
        };
        return if allowed(relation) { 200 } else { 403 };
    }
    if door.path.contains("/projects/{id}") || door.path.starts_with("/_fn/projects/") {
        let relation = match role {
            Role::Staff(_) if email.starts_with("pm@") => Relation::Assigned,
            Role::Staff(_) => Relation::Other,
            Role::CustomerAdmin if email.ends_with("@acme.example") => Relation::Own,
            // Eva works on it.
            _ if email.ends_with("@acme.example") || email.starts_with("eva@") => Relation::Addressed,
            _ => return 404,
        };
        return if allowed(relation) { 200 } else { 403 };
    }
    if door.path.contains("/appointments/{id}") || door.path.starts_with("/_fn/appointments/") {
        let relation = match role {
            Role::Staff(_) if email.starts_with("pm@") => Relation::Assigned,
            Role::Staff(_) => Relation::Other,
            Role::CustomerAdmin if email.ends_with("@acme.example") => Relation::Own,
            _ if email.ends_with("@acme.example") => Relation::Addressed,
            _ => return 404,
        };
        // For finance there are no appointments; the form asks first whether they keep any.
        return match policy::allowed(role, Action::AppointmentRead, relation) {
            true if allowed(relation) => 200,
            true => 403,
            false if door.path == "/_fn/appointments/save" => 403,
            false => 404,
        };
    }
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

/// What the sample names is somebody else's, and so not found.
fn not_theirs(door: &Door, email: &str) -> bool {
    // A session, a token, a view, a device or a notification of another person.
    let own = [
        "/me/sessions/{id}",
        "/me/tokens/{id}",
        "/account/end_session",
        "/account/revoke_token",
        "/views/remove",
        "/me/views/{id}",
        "/me/devices/{id}",
        "/notifications/{id}",
        "/notifications/{id}/seen",
        "/_fn/notifications/see",
        "/push/remove",
    ];
    // A switch to an organisation that is not one's own.
    let members = ["anna@acme.example", "ben@acme.example", "henning@acme.example", "eva@partner.example"];
    own.iter().any(|path| door.path.ends_with(path))
        || (door.path.ends_with("/switch_organisation") && !members.contains(&email))
}

/// Done, or refused only because the request names an old revision or an empty file: the policy said yes.
pub fn class(status: u16, location: &str) -> u16 {
    match status {
        200 | 201 | 202 | 204 | 206 | 409 | 412 | 422 => 200,
        303 if location.starts_with("/sign-in") => 401,
        303 => 200,
        other => other,
    }
}

async fn ask(app: &TestApp, door: &Door, sample: &Sample, email: Option<&str>) -> u16 {
    let domain = if door.path.contains("domain") { claimed(app).await } else { sample.domain.clone() };
    // What waits is another one for each request: doors before this one have taken it back.
    let waits = door.path.contains("/inbox/{kind}");
    let request = if waits { request(app, &sample.document).await } else { sample.request.clone() };
    let mapping = if door.path.contains("mapping") { kept(app).await } else { String::new() };
    let sample = &Sample { domain, request, mapping, ..sample.clone() };
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

/// The same of a session that is there already.
pub async fn ask_as(browser: &mut Browser, door: &Door, sample: &Sample) -> u16 {
    let (content_type, body) = body_of(door, sample);
    let method = Method::from_bytes(door.method.as_bytes()).unwrap();
    let path = path_of(door, sample);
    let request = Request::builder().method(method).uri(path).header("content-type", content_type);
    let answer = browser.send(request.body(Body::from(body)).unwrap()).await;
    class(answer.status, answer.location())
}

both! {
    async fn every_door_answers_every_actor_as_the_policy_says(app: TestApp) {
        assert_eq!(special_cases(), SPECIAL_CASES, "special cases may only become fewer");
        let mut wrong = String::new();
        for (topic, category) in [(Topic::General, Category::Minutes), (Topic::Money, Category::Invoice), (Topic::Quotes, Category::Proposal)] {
            let id = app.published("For all of ACME", category, Audience::Organisation).await;
            let sample = sample_of(&app, id.to_string()).await;
            for door in doors::all().filter(|door| door.policy != "public") {
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
                    if not_theirs(door, email) {
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
            for door in doors::all().filter(|door| door.policy != "public" && !door.path.starts_with("/api/")) {
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
                (format!("/staff/documents/{id}"), match (staff, reads) { (_, false) => 404, (false, true) => 403, (true, true) => 200 }),
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
                Role::Staff(_) => true,
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
