//! What staff see of what happened: documents in their scope, people they may know.

use app::db::STATEMENTS;
use app::documents::activity::{self, Act, Deed, Doer};
use app::documents::model::{Audience, Category};
use app::ids::OrganisationId;
use app::organisation::activity::{self as customer, Event, What};
use app::organisation::details;
use serde_json::json;

use crate::support::{Engine, TestApp, both};

async fn acts(app: &TestApp, email: &str) -> Vec<Act> {
    activity::recent(&app.ctx(email).await, 20).await.unwrap()
}

fn person(name: &str) -> Doer {
    Doer::Person(name.to_owned())
}

async fn events(app: &TestApp, email: &str, slug: &str) -> Vec<Event> {
    let ctx = app.ctx(email).await;
    let found = details::find(&ctx, app.organisation(slug)).await.unwrap();
    customer::latest(&ctx, &found, 20).await.unwrap()
}

fn named(events: &[Event]) -> Vec<String> {
    let said = events.iter().map(|event| match &event.what {
        What::Document(deed, _) => format!("{deed:?} {}", event.subject),
        What::Other(action) => format!("{action} {}", event.subject),
    });
    said.collect()
}

/// Fills the trail with as many events of one customer behind the program's back.
async fn fill(app: &TestApp, id: OrganisationId, count: u32) {
    let columns = "INSERT INTO audit_events (sequence, id, at, actor_kind, action, object_kind, organisation_id, detail, request_id, hash)";
    let from = "(SELECT MAX(sequence) FROM audit_events)";
    let text = match app.engine() {
        Engine::Sqlite => format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) {columns} SELECT {from} + i, randomblob(16), i, 'operator', 'document.edit', 'document', unhex('{}'), '{{}}', '', zeroblob(32) FROM n",
            id.0.simple()
        ),
        Engine::Postgres => format!(
            "{columns} SELECT {from} + i, gen_random_uuid(), i, 'operator', 'document.edit', 'document', '{id}', '{{}}', '', '' FROM generate_series(1, {count}) i"
        ),
    };
    app.sql(&text).await;
    app.sql("UPDATE audit_head SET sequence = (SELECT MAX(sequence) FROM audit_events)").await;
}

/// How the engine would read a customer's latest events.
async fn plan(app: &TestApp, id: OrganisationId) -> String {
    let statement = STATEMENTS.iter().find(|entry| entry.name == "app::organisation::activity::LATEST").unwrap();
    let (mut text, explain, own) = match app.engine() {
        Engine::Sqlite => (statement.sqlite.to_owned(), "EXPLAIN QUERY PLAN", format!("unhex('{}')", id.0.simple())),
        Engine::Postgres => (statement.postgres.to_owned(), "EXPLAIN", format!("'{id}'::uuid")),
    };
    for (name, value) in [
        ("$6", own.as_str()),
        ("$1", &own),
        ("$2", "true"),
        ("$3", "true"),
        ("$4", "true"),
        ("$5", "true"),
        ("$7", "100"),
        ("$8", "true"),
        ("$9", "' user '"),
    ] {
        text = text.replace(name, value);
    }
    app.sql("ANALYZE").await;
    app.sql(&format!("{explain} {text}")).await.into_iter().map(|row| row.join(" ") + "\n").collect()
}

both! {
    async fn a_customers_page_tells_its_own_latest_events_however_busy_the_others_are(app: TestApp) {
        let (acme, borealis) = (app.organisation("acme"), app.organisation("borealis"));
        app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        let pm = app.token("pm@nordlicht.example").await;
        pm.patch(&format!("/api/v1/organisations/{acme}"), json!({ "city": "Hamm" }), "*").await;
        fill(&app, borealis, 1500).await;
        let said = named(&events(&app, "pm@nordlicht.example", "acme").await);
        assert_eq!(said[0], "organisation.edit ");
        assert!(said.contains(&"Publish Minutes".to_owned()), "{said:?}");
        assert!(events(&app, "pm@nordlicht.example", "borealis").await.iter().all(|event| event.subject != "Minutes"));
        let mut admin = app.browser("admin@nordlicht.example").await;
        let page = admin.get(&format!("/staff/customers/{acme}")).await;
        assert!(page.words().contains("Master data changed"), "{}", page.words());
        assert!(page.text().contains("href=\"/staff/audit?customer=K-10417\""));
        let all = admin.get("/staff/audit?customer=K-10417").await.words();
        assert!(all.contains("organisation.edit") && all.contains("document.publish"), "{all}");
        let page = app.browser("pm@nordlicht.example").await.get(&format!("/staff/customers/{acme}")).await;
        assert!(page.words().contains("Master data changed") && !page.text().contains("/staff/audit?"), "nothing to follow for whom the trail is closed");
    }

    async fn nobody_is_told_of_what_their_role_does_not_see(app: TestApp) {
        app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        app.published("Invoice", Category::Invoice, Audience::Organisation).await;
        let anna = app.token("anna@acme.example").await;
        let body = json!({ "organisation_id": app.organisation("acme").to_string(), "email": "new@acme.example", "name": "Nele Neu" });
        assert_eq!(anna.post("/api/v1/invitations", body).await.status, 201);
        let id = app.organisation("acme").to_string();
        let mut pm = app.browser("pm@nordlicht.example").await;
        pm.post("/_fn/customers/add_contact", &[("id", &id), ("contact_name", "Otto Ohne")]).await;
        let has = |said: &[String], what: &str| said.iter().any(|line| line == what);
        for (email, minutes, invoice, invited, contact) in [
            ("pm@nordlicht.example", true, true, true, true),
            ("management@nordlicht.example", true, true, true, true),
            ("support@nordlicht.example", true, false, true, false),
            ("finance@nordlicht.example", false, true, false, false),
        ] {
            let said = named(&events(&app, email, "acme").await);
            assert_eq!(has(&said, "Publish Minutes"), minutes, "{email}: {said:?}");
            assert_eq!(has(&said, "Publish Invoice"), invoice, "{email}: {said:?}");
            assert_eq!(has(&said, "invitation.create Nele Neu"), invited, "{email}: {said:?}");
            assert_eq!(has(&said, "contact.create "), contact, "{email}: {said:?}");
        }
        let ctx = app.ctx("anna@acme.example").await;
        let own = details::find(&ctx, app.organisation("acme")).await.unwrap();
        assert!(customer::latest(&ctx, &own, 20).await.is_err(), "staff only");
    }

    async fn a_customers_events_are_one_range_of_an_index(app: TestApp) {
        let (acme, borealis) = (app.organisation("acme"), app.organisation("borealis"));
        app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        fill(&app, borealis, 20_000).await;
        for id in [acme, borealis] {
            let plan = plan(&app, id).await;
            assert!(plan.contains("audit_events_by_organisation"), "{plan}");
            for whole in ["SCAN audit_events", "Seq Scan on audit_events", "audit_events_pkey"] {
                assert!(!plan.contains(whole), "{plan}");
            }
        }
    }

    async fn staff_see_who_did_what_to_the_documents_they_may_see(app: TestApp) {
        let minutes = app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        let invoice = app.published("Invoice", Category::Invoice, Audience::Organisation).await;
        let mut ben = app.browser("ben@acme.example").await;
        for _ in 0..2 {
            ben.get(&format!("/documents/{minutes}/versions/1/content")).await;
        }
        app.browser("pm@nordlicht.example").await.get(&format!("/documents/{minutes}/versions/1/content")).await;
        let pm = acts(&app, "pm@nordlicht.example").await;
        assert_eq!((pm[0].deed, &pm[0].doer, pm[0].document), (Deed::Download, &person("Ben Brandt"), minutes));
        assert_eq!(pm.iter().filter(|act| act.deed == Deed::Download).count(), 1, "said once: {pm:?}");
        assert!(!pm.iter().any(|act| act.deed == Deed::Create), "made and published in one go: {pm:?}");
        assert!(pm.iter().any(|act| act.deed == Deed::Publish && act.document == invoice && act.organisation == "ACME Werke AG"));
        let finance = acts(&app, "finance@nordlicht.example").await;
        assert!(!finance.is_empty() && finance.iter().all(|act| act.document == invoice), "{finance:?}");
        for email in ["anna@acme.example", "ben@acme.example", "carla@borealis.example"] {
            assert!(acts(&app, email).await.is_empty(), "{email}");
        }
        app.sql("DELETE FROM staff_assignments").await;
        assert!(acts(&app, "pm@nordlicht.example").await.is_empty());
    }

    async fn people_of_other_customers_stay_unnamed(app: TestApp) {
        let id = app.published("Prices", Category::Minutes, Audience::Group(app.world.group("key-accounts").unwrap())).await;
        app.browser("dirk@borealis.example").await.get(&format!("/documents/{id}/versions/1/content")).await;
        app.sql("DELETE FROM staff_assignments WHERE organisation_id IN (SELECT id FROM organisations WHERE slug = 'borealis')").await;
        assert_eq!(acts(&app, "pm@nordlicht.example").await[0].doer, Doer::Other);
        assert_eq!(acts(&app, "admin@nordlicht.example").await[0].doer, person("Dirk Jansen"));
        // Once he was at ACME, which the project manager looks after: that tells nothing about where he is now.
        let pm = app.ctx("pm@nordlicht.example").await;
        app.sql("INSERT INTO memberships (user_id, organisation_id, role, state, created_at) SELECT u.id, o.id, 'customer', 'ended', 0 FROM users u, organisations o WHERE u.email_key = 'dirk@borealis.example' AND o.slug = 'acme'").await;
        assert_eq!(activity::recent(&pm, 1).await.unwrap()[0].doer, Doer::Other);
        let page = app.browser("pm@nordlicht.example").await.get("/staff").await.words();
        assert!(page.contains("Downloaded by somebody at another customer") && !page.contains("Dirk"), "{page}");
    }
}
