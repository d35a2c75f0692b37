//! Customers run their own team: invitations, rights, and who can see what.

use app::access::{Reach, Rights};
use app::documents::model::{Audience, Category};
use serde_json::json;

use crate::support::{TestApp, both};

const PHRASE: &str = "eleven grey herons wait";

/// Anna's form to invite somebody.
fn form<'a>(organisation: &'a str, email: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("organisation", organisation),
        ("page", "/organisation/invite"),
        ("back", "/organisation"),
        ("name", "Jörg \"Joe\" O'Neill"),
        ("email", email),
        ("locale", "de"),
        ("role", "member"),
    ];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

/// Invites somebody to ACME as Anna, and returns the path of the link in the mail.
async fn invited(app: &TestApp, email: &str, more: &[(&str, &str)]) -> String {
    let acme = app.organisation("acme").to_string();
    let mut anna = app.browser("anna@acme.example").await;
    let answer = anna.post("/_fn/invitations/create", &form(&acme, email, more)).await;
    assert_eq!((answer.status, answer.location()), (303, "/organisation"), "{}", answer.text());
    // Mailboxes may differ in case, domains do not.
    let (mailbox, domain) = email.split_once('@').unwrap();
    app.mail_to(&format!("{mailbox}@{}", domain.to_lowercase())).await.path()
}

fn key(link: &str) -> String {
    link.split("key=").nth(1).unwrap().to_owned()
}

both! {
    async fn a_colleague_with_own_documents_only_joins_by_mail_and_sees_just_that(app: TestApp) {
        app.published("For all of ACME", Category::Contract, Audience::Organisation).await;
        let link = invited(&app, "jörg@acme.example", &[("documents", "own")]).await;
        let mut joerg = app.visitor();
        let page = joerg.get(&link).await;
        assert!(page.words().contains("ACME Werke AG") && page.words().contains("Anna Albers"), "{}", page.words());
        let answer = joerg
            .post("/_fn/invitations/accept", &[("key", &key(&link)), ("name", "Jörg O'Neill"), ("password", PHRASE), ("way", "password")])
            .await;
        assert_eq!((answer.status, answer.location()), (303, "/"), "{}", answer.text());
        assert!(!joerg.get("/documents").await.words().contains("For all of ACME"));

        let user = app.sql("SELECT name FROM users WHERE email_key = 'jörg@acme.example'").await;
        assert_eq!(user[0][0], "Jörg O'Neill");
        let id = app.user_id("jörg@acme.example").await;
        let named = app.published("For Jörg", Category::Contract, Audience::People(vec![id])).await;
        let list = joerg.get("/documents").await.words();
        assert!(list.contains("For Jörg") && !list.contains("For all of ACME"), "{list}");

        // Anna sees who can see what, from both sides.
        let mut anna = app.browser("anna@acme.example").await;
        let access = anna.get(&format!("/organisation/people/{id}/access")).await;
        assert_eq!(access.status, 200);
        assert!(access.words().contains("For Jörg") && !access.words().contains("For all of ACME"));
        let readers = app.token("anna@acme.example").await.get(&format!("/api/v1/documents/{named}/audience")).await.json();
        assert!(readers.to_string().contains("Jörg O'Neill"), "{readers}");
    }

    async fn rights_hold_from_the_next_request_in_lists_documents_and_explanations(app: TestApp) {
        let money = app.published("Bill", Category::Invoice, Audience::Organisation).await;
        let paper = app.published("Terms", Category::Contract, Audience::Organisation).await;
        let mut ben = app.browser("ben@acme.example").await;
        let both = ben.get("/documents").await.words();
        assert!(both.contains("Bill") && both.contains("Terms"));
        let (anna, acme, user) = (app.token("anna@acme.example").await, app.organisation("acme"), app.user("ben@acme.example"));
        let path = format!("/api/v1/organisations/{acme}/people/{user}");
        let etag = anna.get(&path).await.header("etag").to_owned();
        let changed = anna.patch(&path, json!({ "rights": { "money": "none" } }), &etag).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        assert_eq!(changed.json()["rights"], json!({ "documents": "organisation", "orders": "organisation", "money": "none", "tickets": "organisation" }));
        for path in ["/documents", "/documents?category=invoice", "/"] {
            assert!(!ben.get(path).await.words().contains("Bill"), "{path}");
        }
        assert!(ben.get("/documents").await.words().contains("Terms"));
        assert_eq!(ben.get(&format!("/documents/{money}")).await.status, 404);
        assert_eq!(ben.get(&format!("/documents/{money}/versions/1/content")).await.status, 404);
        assert_eq!(ben.get(&format!("/documents/{paper}")).await.status, 200);
        let readers = anna.get(&format!("/api/v1/documents/{money}/audience")).await.json().to_string();
        assert!(readers.contains("anna@acme.example") && !readers.contains("ben@acme.example"), "{readers}");
        // The page of an older state is refused, and says so.
        assert_eq!(anna.patch(&path, json!({ "rights": { "money": "own" } }), &etag).await.status, 412);
    }

    async fn nobody_gives_more_than_the_organisation_may_have(app: TestApp) {
        let acme = app.organisation("acme").to_string();
        let pm = app.token("pm@nordlicht.example").await;
        let set = pm.patch(&format!("/api/v1/organisations/{acme}"), json!({ "limit_money": "own" }), "*").await;
        assert_eq!((set.status, set.json()["limit_money"].as_str()), (200, Some("own")), "{}", set.text());
        let anna = app.token("anna@acme.example").await;
        let body = json!({ "organisation_id": acme, "email": "new@acme.example", "name": "New", "rights": { "money": "organisation" } });
        let answer = anna.post("/api/v1/invitations", body).await;
        assert_eq!(answer.status, 422);
        assert!(answer.json()["errors"]["money"].is_array() || answer.json()["errors"]["money"].is_string(), "{}", answer.text());
        let usual = json!({ "organisation_id": acme, "email": "new@acme.example", "name": "New" });
        let made = anna.post("/api/v1/invitations", usual).await;
        assert_eq!((made.status, made.json()["rights"]["money"].as_str()), (201, Some("own")));
        let partner = json!({ "organisation_id": acme, "email": "p@partner.example", "name": "P", "role": "partner", "rights": { "documents": "organisation" }, "projects": [app.world.project("line-2").unwrap().to_string()] });
        assert_eq!(anna.post("/api/v1/invitations", partner).await.status, 422);
        assert!(Rights::ALL.at_most(Rights::uniform(Reach::Own)).within(Rights::uniform(Reach::Own)));
    }

    async fn whoever_has_more_than_staff_allow_from_now_on_loses_it_and_gets_nothing_back_by_itself(app: TestApp) {
        app.published("Bill", Category::Invoice, Audience::Organisation).await;
        let link = invited(&app, "new@acme.example", &[]).await;
        let (acme, user) = (app.organisation("acme").to_string(), app.user("ben@acme.example"));
        let (edit, api) = (format!("/staff/customers/{acme}/edit"), format!("/api/v1/organisations/{acme}"));
        let mut ben = app.browser("ben@acme.example").await;
        assert!(ben.get("/documents").await.words().contains("Bill"));
        let mut pm = app.browser("pm@nordlicht.example").await;
        let page = pm.get(&edit).await;
        assert!(page.words().contains("The most its people see") && page.text().contains("name=\"limit_money\""), "{}", page.words());
        let revision = page.field("revision");
        let wrong = pm.post("/_fn/customers/edit", &[("id", &acme), ("revision", &revision), ("fields", "limit_money"), ("limit_money", "everything")]).await;
        let page = pm.follow(&wrong).await;
        assert!(page.words().contains("Choose one of the offered rights.") && page.text().contains("href=\"#limit_money\""), "{}", page.words());
        let saved = pm.post("/_fn/customers/edit", &[("id", &acme), ("revision", &revision), ("fields", "limit_money"), ("limit_money", "own")]).await;
        assert_eq!(saved.location(), format!("/staff/customers/{acme}"));
        // From the next request on, for people; their administrator sees everything.
        assert!(!ben.get("/documents").await.words().contains("Bill"));
        assert!(app.browser("anna@acme.example").await.get("/documents").await.words().contains("Bill"));
        let anna = app.token("anna@acme.example").await;
        let rights = anna.get(&format!("{api}/people/{user}")).await.json()["rights"].clone();
        assert_eq!(rights, json!({ "documents": "organisation", "orders": "organisation", "money": "own", "tickets": "organisation" }));
        // And for whoever was invited to more.
        assert_eq!(app.count("SELECT COUNT(*) FROM invitations WHERE state = 'open' AND money <> 'own'").await, 0);
        app.visitor().post("/_fn/invitations/accept", &[("key", &key(&link)), ("name", "New"), ("password", PHRASE), ("way", "password")]).await;
        assert_eq!(app.count("SELECT COUNT(*) FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email_key = 'new@acme.example' AND m.money = 'own' AND m.documents = 'organisation'").await, 1);
        // It stands in the history and in the trail; raising it gives nothing back.
        let staff = app.token("pm@nordlicht.example").await;
        let change = staff.get(&format!("{api}/changes")).await.json()["items"][0].clone();
        assert_eq!((&change["field"], &change["before"], &change["after"]), (&json!("limit_money"), &json!("organisation"), &json!("own")));
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'organisation.edit' AND detail LIKE '%limit_money%'").await, 1);
        assert_eq!(staff.patch(&api, json!({ "limit_money": "organisation" }), "*").await.json()["limit_money"], "organisation");
        assert!(!ben.get("/documents").await.words().contains("Bill"));
    }

    async fn only_staff_say_what_an_organisation_may_have_at_most(app: TestApp) {
        let acme = app.organisation("acme").to_string();
        let api = format!("/api/v1/organisations/{acme}");
        let (staff, anna) = (app.token("pm@nordlicht.example").await, app.token("anna@acme.example").await);
        let wrong = staff.patch(&api, json!({ "limit_orders": "all" }), "*").await;
        assert_eq!(wrong.status, 422);
        assert!(!wrong.json()["errors"]["limit_orders"].is_null(), "{}", wrong.text());
        assert_eq!(staff.patch(&api, json!({ "limit_orders": "own" }), "\"99\"").await.status, 412);
        assert_eq!(staff.patch(&api, json!({ "limit_orders": "own" }), "*").await.status, 200);
        let refused = anna.patch(&api, json!({ "limit_orders": "organisation" }), "*").await;
        assert_eq!(refused.status, 422);
        assert!(!refused.json()["errors"]["limit_orders"].is_null(), "{}", refused.text());
        assert!(anna.get(&api).await.json()["limit_orders"].is_null());
        let mut browser = app.browser("anna@acme.example").await;
        let page = browser.get("/organisation/details").await;
        assert!(!page.text().contains("name=\"limit_"));
        let revision = page.field("revision");
        for path in ["/_fn/organisation/edit", "/_fn/customers/edit"] {
            browser.post(path, &[("id", &acme), ("revision", &revision), ("fields", "limit_orders"), ("limit_orders", "organisation")]).await;
        }
        assert_eq!(staff.get(&api).await.json()["limit_orders"], "own");
        // A customer may begin with a limit.
        let admin = app.token("admin@nordlicht.example").await;
        let made = admin.post("/api/v1/organisations", json!({ "name": "Elbe", "number": "K-30001", "limit_tickets": "none" })).await;
        assert_eq!((made.status, made.json()["limit_tickets"].as_str(), made.json()["limit_money"].as_str()), (201, Some("none"), Some("organisation")), "{}", made.text());
    }

    async fn an_invitation_is_used_once_even_by_two_at_once(app: TestApp) {
        let link = invited(&app, "new@acme.example", &[]).await;
        let (key, mut one, mut two) = (key(&link), app.visitor(), app.visitor());
        let fields = [("key", key.as_str()), ("name", "New"), ("password", PHRASE), ("way", "password")];
        let (a, b) = tokio::join!(one.post("/_fn/invitations/accept", &fields), two.post("/_fn/invitations/accept", &fields));
        let home = [a.location(), b.location()].iter().filter(|to| **to == "/").count();
        assert_eq!(home, 1, "{} {}", a.location(), b.location());
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE email_key = 'new@acme.example'").await, 1);
        let later = app.visitor().get(&link).await;
        assert!(later.words().contains("already"), "{}", later.words());
    }

    async fn opening_the_link_changes_nothing(app: TestApp) {
        let link = invited(&app, "new@acme.example", &[]).await;
        for _ in 0..3 {
            assert_eq!(app.visitor().get(&link).await.status, 200);
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE email_key = 'new@acme.example'").await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM invitations WHERE state = 'open'").await, 1);
    }

    async fn whoever_has_a_login_elsewhere_just_gains_a_membership(app: TestApp) {
        let link = invited(&app, "DIRK@Borealis.example", &[("documents", "own")]).await;
        let page = app.visitor().get(&link).await;
        assert!(!page.text().contains("name=\"password\""), "no second login for the same address");
        let answer = app.visitor().post("/_fn/invitations/accept", &[("key", &key(&link))]).await;
        // Signing in next, they come to the organisation they joined.
        let next = format!("/invitation?next=%2F%3Forganisation%3D{}&done=1", app.organisation("acme"));
        assert_eq!(answer.location(), next);
        let dirk = app.ctx("dirk@borealis.example").await;
        let mut slugs: Vec<_> = dirk.actor.memberships().iter().map(|m| m.slug.clone()).collect();
        slugs.sort();
        assert_eq!(slugs, ["acme", "borealis"]);
        assert_eq!(app.count("SELECT COUNT(*) FROM users WHERE email_key = 'dirk@borealis.example'").await, 1);
    }

    async fn each_invitation_that_does_not_work_has_a_page_that_says_what_to_do(app: TestApp) {
        let link = invited(&app, "new@acme.example", &[]).await;
        let says = async |browser: &mut crate::support::Browser, what: &str| {
            let page = browser.get(&link).await;
            assert_eq!(page.status, 200);
            assert!(page.words().contains(what), "{what}: {}", page.words());
            let pressed = app.visitor().post("/_fn/invitations/accept", &[("key", &key(&link)), ("name", "N"), ("password", PHRASE)]).await;
            assert_ne!(pressed.location(), "/", "{what}");
        };
        let mut ben = app.browser("ben@acme.example").await;
        let page = ben.get(&link).await.words();
        assert!(page.contains("new@acme.example") && page.contains("Ben Brandt"), "somebody else is signed in: {page}");
        app.sql("UPDATE organisations SET state = 'archived' WHERE slug = 'acme'").await;
        says(&mut app.visitor(), "cannot join").await;
        app.sql("UPDATE organisations SET state = 'active'").await;
        app.advance(std::time::Duration::from_secs(14 * 24 * 3600 + 60));
        says(&mut app.visitor(), "expired").await;
        // Sent again, the same link works once more; withdrawn, it does not.
        let id = app.sql("SELECT CAST(COUNT(*) AS TEXT) FROM invitations").await;
        assert_eq!(id[0][0], "1");
        let anna = app.token("anna@acme.example").await;
        let acme = app.organisation("acme");
        let list = anna.get(&format!("/api/v1/invitations?organisation_id={acme}")).await.json();
        let invitation = list["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(list["items"][0]["state"], "expired");
        assert_eq!(anna.post(&format!("/api/v1/invitations/{invitation}/resend"), json!({})).await.status, 200);
        assert!(app.visitor().get(&link).await.words().contains("Welcome"));
        assert_eq!(anna.delete(&format!("/api/v1/invitations/{invitation}")).await.status, 204);
        says(&mut app.visitor(), "withdrawn").await;
        let unknown = app.visitor().get("/invitation?key=00").await;
        assert_eq!(unknown.status, 200);
        assert!(unknown.words().contains("not known"));
    }

    async fn a_form_that_fails_says_where_and_keeps_what_was_typed(app: TestApp) {
        let acme = app.organisation("acme").to_string();
        let mut anna = app.browser("anna@acme.example").await;
        for (more, what) in [
            (&[("email", "")][..], "Enter an e-mail address"),
            (&[("email", "not an address")], "does not look like"),
            (&[("email", "ben@acme.example")], "already belongs"),
            (&[("name", " ")], "Enter a name"),
            (&[("role", "partner"), ("email", "x@partner.example")], "at least one project"),
            (&[("role", "emperor")], "Choose a role"),
        ] {
            let answer = anna.post("/_fn/invitations/create", &form(&acme, "x@acme.example", more)).await;
            assert_eq!(answer.location(), "/organisation/invite", "{what}");
            let page = anna.get("/organisation/invite").await;
            assert!(page.words().contains(what), "{what}: {}", page.words());
            if what != "Enter a name" {
                assert!(page.text().contains("Jörg &quot;Joe&quot;"), "what was typed is kept");
            }
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM invitations").await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE kind = 'mail'").await, 0);
    }

    async fn the_last_administrator_stays_whatever_two_of_them_do_at_once(app: TestApp) {
        let (anna, acme) = (app.token("anna@acme.example").await, app.organisation("acme"));
        let person = |email: &str| format!("/api/v1/organisations/{acme}/people/{}", app.user(email));
        let own = person("anna@acme.example");
        let refused = anna.patch(&own, json!({ "role": "member" }), "*").await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert_eq!(anna.patch(&person("ben@acme.example"), json!({ "role": "admin" }), "*").await.status, 200);
        let ben = app.token("ben@acme.example").await;
        let (bens, demote) = (person("ben@acme.example"), json!({ "role": "member" }));
        let (a, b) = tokio::join!(anna.patch(&bens, demote.clone(), "*"), ben.patch(&own, demote.clone(), "*"));
        let statuses = [a.status, b.status];
        assert!(statuses.contains(&200), "{statuses:?}");
        assert_eq!(app.count("SELECT COUNT(*) FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE o.slug = 'acme' AND m.role = 'admin' AND m.state = 'active'").await, 1);
    }

    async fn suspended_and_restored_holds_from_the_next_request(app: TestApp) {
        let id = app.published("For all of ACME", Category::Contract, Audience::Organisation).await;
        let (anna, acme, user) = (app.token("anna@acme.example").await, app.organisation("acme"), app.user("ben@acme.example"));
        let path = format!("/api/v1/organisations/{acme}/people/{user}");
        let mut ben = app.browser("ben@acme.example").await;
        assert_eq!(ben.get(&format!("/documents/{id}")).await.status, 200);
        assert_eq!(anna.patch(&path, json!({ "state": "suspended" }), "*").await.status, 200);
        assert_eq!(ben.get(&format!("/documents/{id}")).await.status, 404);
        assert_eq!(anna.patch(&path, json!({ "state": "active" }), "*").await.status, 200);
        assert_eq!(ben.get(&format!("/documents/{id}")).await.status, 200);
        assert_eq!(anna.delete_if(&path, "*").await.status, 204);
        assert_eq!(ben.get(&format!("/documents/{id}")).await.status, 404);
        assert_eq!(anna.get(&path).await.status, 404);
    }

    async fn a_customer_admin_reaches_nobody_of_another_customer(app: TestApp) {
        let (carla, acme, ben) = (app.token("carla@borealis.example").await, app.organisation("acme"), app.user("ben@acme.example"));
        let link = invited(&app, "new@acme.example", &[]).await;
        assert!(!link.is_empty());
        let anna = app.token("anna@acme.example").await;
        let list = anna.get(&format!("/api/v1/invitations?organisation_id={acme}")).await.json();
        let invitation = list["items"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/organisations/{acme}/people/{ben}");
        assert_eq!(carla.get(&path).await.status, 404);
        assert_eq!(carla.patch(&path, json!({ "role": "admin" }), "*").await.status, 404);
        assert_eq!(carla.get(&format!("{path}/access")).await.status, 404);
        assert_eq!(carla.get(&format!("/api/v1/invitations?organisation_id={acme}")).await.status, 404);
        assert_eq!(carla.get(&format!("/api/v1/invitations/{invitation}")).await.status, 404);
        assert_eq!(carla.delete(&format!("/api/v1/invitations/{invitation}")).await.status, 404);
        let body = json!({ "organisation_id": acme.to_string(), "email": "spy@borealis.example", "name": "Spy" });
        assert_eq!(carla.post("/api/v1/invitations", body.clone()).await.status, 404);
        // A colleague without the right is told so; one's own organisation through another's person is not found.
        assert_eq!(app.token("ben@acme.example").await.post("/api/v1/invitations", body).await.status, 403);
        let borealis = app.organisation("borealis");
        assert_eq!(carla.patch(&format!("/api/v1/organisations/{borealis}/people/{ben}"), json!({ "role": "admin" }), "*").await.status, 404);
    }
}
