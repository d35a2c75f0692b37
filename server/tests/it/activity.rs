//! What staff see of what happened: documents in their scope, people they may know.

use app::db::STATEMENTS;
use app::documents::activity::{self, Act, Deed, Doer};
use app::documents::model::{Audience, Category};
use app::ids::OrganisationId;
use app::organisation::activity::{self as customer, Event, What};
use app::organisation::details;
use serde_json::{Value, json};

use crate::support::{Answer, Engine, TestApp, Token, both};

async fn acts(app: &TestApp, email: &str) -> Vec<Act> {
    activity::recent(&app.ctx(email).await, 20).await.unwrap()
}

fn person(name: &str) -> Doer {
    Doer::Person(name.to_owned())
}

async fn events(app: &TestApp, email: &str, slug: &str) -> Vec<Event> {
    let ctx = app.ctx(email).await;
    let found = details::find(&ctx, app.organisation(slug)).await.unwrap();
    customer::latest(&ctx, &found, None, 20).await.unwrap().items
}

fn named(events: &[Event]) -> Vec<String> {
    let said = events.iter().map(|event| match &event.what {
        What::Document(deed, _) => format!("{deed:?} {}", event.subject),
        What::Other => format!("{} {}", event.action, event.subject),
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

/// How the engine would read a customer's events before a place in the trail, by a statement with these values.
async fn plan(app: &TestApp, name: &str, values: &[&str]) -> String {
    let name = format!("app::organisation::activity::{name}");
    let statement = STATEMENTS.iter().find(|entry| entry.name == name).unwrap();
    let (mut text, explain) = match app.engine() {
        Engine::Sqlite => (statement.sqlite.to_owned(), "EXPLAIN QUERY PLAN"),
        Engine::Postgres => (statement.postgres.to_owned(), "EXPLAIN"),
    };
    // The last first: $1 is the beginning of $10.
    for (place, value) in values.iter().enumerate().rev() {
        text = text.replace(&format!("${}", place + 1), value);
    }
    app.sql(&format!("{explain} {text}")).await.into_iter().map(|row| row.join(" ") + "\n").collect()
}

/// Follows the pages of a customer's activity from the newest: the places and the actions that each tells.
async fn walk(token: &Token, id: OrganisationId, limit: usize) -> Vec<Vec<(i64, String)>> {
    let path = format!("/api/v1/organisations/{id}/activity?limit={limit}");
    let (mut pages, mut next) = (Vec::new(), String::new());
    loop {
        let page = token.get(&format!("{path}{next}")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let page = page.json();
        let line = |line: &Value| (line["sequence"].as_i64().unwrap(), line["action"].as_str().unwrap().to_owned());
        pages.push(page["items"].as_array().unwrap().iter().map(line).collect());
        match page["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return pages,
        }
    }
}

/// What a customer's page shows of the activity.
fn panel(page: &Answer) -> String {
    let text = page.text();
    let panel = text.split("id=\"activity\"").nth(1).unwrap();
    panel.split("</section>").next().unwrap().to_owned()
}

/// Notes so many contacts of ACME.
async fn contacts(app: &TestApp, count: usize) {
    let pm = app.token("pm@nordlicht.example").await;
    let path = format!("/api/v1/organisations/{}/contacts", app.organisation("acme"));
    for number in 0..count {
        assert_eq!(pm.post(&path, json!({ "name": format!("Contact {number}") })).await.status, 201);
    }
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
        assert!(customer::latest(&ctx, &own, None, 20).await.is_err(), "staff only");
    }

    async fn a_customers_events_are_one_range_of_an_index(app: TestApp) {
        let (acme, borealis) = (app.organisation("acme"), app.organisation("borealis"));
        app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        fill(&app, borealis, 20_000).await;
        app.sql("ANALYZE").await;
        for (id, before) in [(acme, "9223372036854775807"), (borealis, "9223372036854775807"), (borealis, "10000")] {
            let own = app.literal(id.0);
            for (name, values) in [
                ("LATEST", [own.as_str(), "true", "true", "true", "true", &own, "100", "true", "' user '", before].as_slice()),
                ("END", [own.as_str(), before].as_slice()),
            ] {
                let plan = plan(&app, name, values).await;
                assert!(plan.contains("audit_events_by_organisation"), "{plan}");
                for whole in ["SCAN audit_events", "Seq Scan on audit_events", "audit_events_pkey"] {
                    assert!(!plan.contains(whole), "{plan}");
                }
            }
        }
    }

    async fn what_happened_at_a_customer_is_walked_through_page_by_page(app: TestApp) {
        let acme = app.organisation("acme");
        contacts(&app, 25).await;
        let admin = app.token("admin@nordlicht.example").await;
        let whole: Vec<_> = walk(&admin, acme, 100).await.concat();
        assert!(whole.windows(2).all(|pair| pair[0].0 > pair[1].0), "newest first, each once: {whole:?}");
        assert_eq!(whole.iter().filter(|(_, action)| action == "contact.create").count(), 25);
        let pages = walk(&admin, acme, 10).await;
        assert!(pages.len() > 2 && pages.iter().all(|page| page.len() <= 10), "{pages:?}");
        assert_eq!(pages.concat(), whole);
        // What comes meanwhile moves nothing.
        let path = format!("/api/v1/organisations/{acme}/activity");
        let first = admin.get(&format!("{path}?limit=10")).await.json();
        contacts(&app, 1).await;
        let second = admin.get(&format!("{path}?limit=10&cursor={}", first["next"].as_str().unwrap())).await.json();
        assert_eq!(second["items"][0]["sequence"], whole[10].0);
        for (query, status) in [("?cursor=x", 400), ("?limit=0", 400), ("?before=1", 400)] {
            assert_eq!(admin.get(&format!("{path}{query}")).await.status, status, "{query}");
        }
        for (email, status) in [("anna@acme.example", 403), ("carla@borealis.example", 404), ("finance@nordlicht.example", 200)] {
            assert_eq!(app.token(email).await.get(&path).await.status, status, "{email}");
        }
    }

    async fn what_lies_behind_much_that_nobody_is_told_of_is_found_all_the_same(app: TestApp) {
        let acme = app.organisation("acme");
        contacts(&app, 3).await;
        fill(&app, acme, 2500).await;
        let pages = walk(&app.token("admin@nordlicht.example").await, acme, 10).await;
        assert!(pages.len() >= 3 && pages[0].is_empty(), "{pages:?}");
        assert_eq!(pages.concat().iter().filter(|(_, action)| action == "contact.create").count(), 3);
    }

    async fn a_customers_page_leads_to_older_events_and_back(app: TestApp) {
        let acme = app.organisation("acme");
        app.published("Minutes", Category::Minutes, Audience::Organisation).await;
        contacts(&app, 12).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let page = format!("/staff/customers/{acme}");
        let latest = panel(&pm.get(&page).await);
        assert_eq!(latest.matches("<li").count(), 8, "{latest}");
        assert!(!latest.contains("Minutes") && !latest.contains(&format!("href=\"{page}#activity\"")), "{latest}");
        let place = latest.split(&format!("href=\"{page}?before=")).nth(1).unwrap().split('#').next().unwrap();
        let older = panel(&pm.get(&format!("{page}?before={place}")).await);
        assert!(older.contains("Minutes") && older.contains(&format!("href=\"{page}#activity\"")), "{older}");
        let none = pm.get(&format!("{page}?before=1")).await;
        assert!(none.words().contains("Nothing here that you may see."), "{}", none.words());
        assert_eq!(pm.get(&format!("{page}?before=x")).await.status, 404);
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
