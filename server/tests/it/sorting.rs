//! Lists in other orders: the same documents, for everybody, over page borders, and as people expect.

use std::collections::BTreeSet;
use std::time::Duration;

use app::documents::cursor::Cursor;
use app::documents::model::{Audience, Category, Document, EditDocument, State};
use app::documents::service::{self, Filter, Seen};
use app::documents::sort::{Sort, title_key};
use app::ids::DocumentId;
use app::validity::model::Validity;
use server::demo::people::PEOPLE;

use crate::scope::{documents, whole_list};
use crate::support::{Engine, TestApp, both};

/// Which of them: category, state, customer.
type Which = (Option<Category>, Option<State>, Option<app::ids::OrganisationId>);

async fn sorted(app: &TestApp, email: &str, sort: Sort, (category, state, organisation): Which) -> Vec<Document> {
    let ctx = app.ctx(email).await;
    let (mut all, mut after) = (Vec::new(), Cursor::start(sort));
    loop {
        let page = service::list(&ctx, Filter { category, state, organisation, after, limit: 3 }).await.unwrap();
        all.extend(page.items);
        match page.next {
            // As it goes out and comes back.
            Some(next) => after = Cursor::parse(sort, &next.to_string()).unwrap(),
            None => return all,
        }
    }
}

/// What the order makes of the list that the newest-first statements gave.
fn wanted(listed: &[Document], sort: Sort) -> Vec<DocumentId> {
    let mut rows: Vec<&Document> =
        listed.iter().filter(|d| sort != Sort::ValidUntil || d.valid_until.is_some()).collect();
    match sort {
        Sort::Newest => {}
        Sort::Oldest => rows.sort_by_key(|d| (d.changed_at, d.id)),
        Sort::Title => rows.sort_by_key(|d| (title_key(&d.title), d.id)),
        Sort::ValidUntil => rows.sort_by_key(|d| (d.valid_until, d.id)),
    }
    rows.into_iter().map(|d| d.id).collect()
}

fn ids(rows: &[Document]) -> Vec<DocumentId> {
    rows.iter().map(|d| d.id).collect()
}

async fn ends(app: &TestApp, id: DocumentId, day: &str) {
    let admin = app.ctx("admin@nordlicht.example").await;
    let validity = Validity { from: None, until: Some(day.parse().unwrap()), notice_days: 30 };
    service::edit(&admin, id, &Seen::default(), EditDocument { validity: Some(validity), ..EditDocument::default() })
        .await
        .unwrap();
}

async fn titled(app: &TestApp, title: &str) -> DocumentId {
    app.clock.advance(Duration::from_secs(60));
    app.published(title, Category::Contract, Audience::Organisation).await
}

both! {
    async fn everybody_gets_the_same_documents_in_every_order(app: TestApp) {
        let made = documents(&app).await;
        // Every second one ends, some on the same day.
        for (at, id) in made.iter().enumerate().filter(|(at, _)| at % 2 == 0) {
            ends(&app, *id, ["2027-03-01", "2027-01-31", "2030-12-31"][at % 3]).await;
        }
        let acme = app.organisation("acme");
        for (email, ..) in PEOPLE {
            let staff = app.ctx(email).await.actor.staff().is_some();
            for category in std::iter::once(None).chain(Category::ALL.map(Some)) {
                for state in std::iter::once(None).chain(State::ALL.map(Some)) {
                    let listed = whole_list(&app, email, category, state).await;
                    for sort in [Sort::Oldest, Sort::Title, Sort::ValidUntil] {
                        let found = sorted(&app, email, sort, (category, state, None)).await;
                        assert_eq!(ids(&found), wanted(&listed, sort), "{email} {category:?} {state:?} {sort:?}");
                        if staff {
                            let of_acme: Vec<Document> = listed.iter().filter(|d| d.organisation_id == acme).cloned().collect();
                            let found = sorted(&app, email, sort, (category, state, Some(acme))).await;
                            assert_eq!(ids(&found), wanted(&of_acme, sort), "{email} {category:?} {state:?} {sort:?} of ACME");
                        }
                    }
                }
            }
        }
    }

    async fn titles_stand_as_people_expect_and_what_comes_meanwhile_shifts_nothing(app: TestApp) {
        let order = ["Ablauf", "Änderung 9", "Änderung 10", "Änderung 10", "Anlage", "Müller", "Straße", "Zeichnung"];
        for title in ["Zeichnung", "Änderung 10", "Straße", "Müller", "Änderung 9", "Anlage", "Änderung 10", "Ablauf"] {
            titled(&app, title).await;
        }
        for email in ["ben@acme.example", "pm@nordlicht.example", "admin@nordlicht.example"] {
            let rows = sorted(&app, email, Sort::Title, (None, None, None)).await;
            assert_eq!(rows.iter().map(|d| d.title.as_str()).collect::<Vec<_>>(), order, "{email}");
        }
        let ctx = app.ctx("ben@acme.example").await;
        let list = async |after| service::list(&ctx, Filter { category: None, state: None, organisation: None, after, limit: 3 }).await.unwrap();
        let first = list(Cursor::start(Sort::Title)).await;
        // One that belongs on the first page, one that is still to come; and a row after it gets another title.
        titled(&app, "Abc").await;
        titled(&app, "Bericht").await;
        let moved = first.items[2].id;
        let admin = app.ctx("admin@nordlicht.example").await;
        service::edit(&admin, moved, &Seen::default(), EditDocument { title: Some("Öffnung".to_owned()), ..EditDocument::default() }).await.unwrap();
        let (mut seen, mut next) = (Vec::new(), first.next);
        while let Some(after) = next {
            let page = list(after).await;
            seen.extend(page.items.into_iter().map(|d| d.title));
            next = page.next;
        }
        assert_eq!(seen, ["Änderung 10", "Anlage", "Bericht", "Müller", "Öffnung", "Straße", "Zeichnung"]);
    }

    async fn what_ends_comes_in_the_order_of_its_end_also_after_it_was_moved(app: TestApp) {
        let (late, soon, never) = (titled(&app, "Late").await, titled(&app, "Soon").await, titled(&app, "Never").await);
        ends(&app, late, "2030-01-01").await;
        ends(&app, soon, "2027-01-01").await;
        for email in ["ben@acme.example", "anna@acme.example", "pm@nordlicht.example"] {
            assert_eq!(ids(&sorted(&app, email, Sort::ValidUntil, (None, None, None)).await), [soon, late], "{email}");
        }
        ends(&app, late, "2026-12-01").await;
        ends(&app, never, "2028-01-01").await;
        assert_eq!(ids(&sorted(&app, "ben@acme.example", Sort::ValidUntil, (None, None, None)).await), [late, soon, never]);
    }

    async fn the_pages_sort_without_javascript_and_keep_it(app: TestApp) {
        for title in ["Änderung", "Zeichnung", "Anlage"] {
            titled(&app, title).await;
        }
        let mut ben = app.browser("ben@acme.example").await;
        let page = ben.get("/documents").await.text();
        assert!(page.contains(r#"aria-sort="descending""#) && page.contains(r#"href="/documents?sort=oldest""#), "{page}");
        let page = ben.get("/documents?category=contract&sort=title").await;
        let text = page.text();
        assert!(text.contains(r#"aria-sort="ascending""#) && !text.contains(r#"aria-sort="descending""#));
        let at = |title: &str| text.find(&format!(">{title}<")).unwrap_or_else(|| panic!("{title}: {text}"));
        assert!(at("Änderung") < at("Anlage") && at("Anlage") < at("Zeichnung"));
        // The tabs, the other headings and the saved views keep what is chosen.
        assert!(text.contains("category=invoice&amp;sort=title") && text.contains("category=contract\""), "{text}");
        let sent = ben.post("/_fn/views/save", &[("list", "/documents"), ("query", "sort=title&category=contract"), ("name", "A to Z")]).await;
        assert_eq!(sent.location(), "/documents?category=contract&sort=title");
        assert!(ben.get("/documents?sort=valid_until").await.words().contains("without an end date are left out"));
        assert_eq!(ben.get("/documents?sort=size").await.status, 404);
        // What is looked for has its own order; the choice is kept for afterwards.
        let found = ben.get("/documents?search=anlage&sort=title").await.text();
        assert!(!found.contains("aria-sort") && found.contains(r#"name="sort" value="title""#), "{found}");
        let mut pm = app.browser("pm@nordlicht.example").await;
        let staff = pm.get("/staff/documents?state=published&sort=oldest").await.text();
        assert!(staff.contains(r#"aria-sort="ascending""#) && staff.contains("state=draft&amp;sort=oldest"), "{staff}");
    }

    async fn programs_sort_too(app: TestApp) {
        for title in ["Änderung", "Zeichnung", "Anlage", "Bericht"] {
            titled(&app, title).await;
        }
        let ben = app.token("ben@acme.example").await;
        let first = ben.get("/api/v1/documents?sort=title&limit=3").await.json();
        let titles = |page: &serde_json::Value| page["items"].as_array().unwrap().iter().map(|d| d["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(titles(&first), ["Änderung", "Anlage", "Bericht"]);
        let next = first["next"].as_str().unwrap();
        assert_eq!(titles(&ben.get(&format!("/api/v1/documents?sort=title&limit=3&cursor={next}")).await.json()), ["Zeichnung"]);
        for bad in ["sort=size", "sort=", "sort=title&search=x", "sort=oldest&tag=x", &format!("cursor={next}"), &format!("sort=oldest&cursor={next}"), "sort=title&cursor=t00-00000000000000000000000000000000"] {
            let refused = ben.get(&format!("/api/v1/documents?{bad}")).await;
            assert_eq!((refused.status, refused.header("content-type")), (400, "application/problem+json"), "{bad}");
        }
    }

    async fn titles_from_before_get_their_key_once(app: TestApp) {
        let (one, two) = (titled(&app, "Zeichnung").await, titled(&app, "Ärmel").await);
        app.sql("UPDATE documents SET title_key = ''").await;
        app.sql("UPDATE document_audience SET title_key = ''").await;
        app::documents::sort::fill(app.db()).await.unwrap();
        app::documents::sort::fill(app.db()).await.unwrap();
        for email in ["ben@acme.example", "admin@nordlicht.example"] {
            assert_eq!(ids(&sorted(&app, email, Sort::Title, (None, None, None)).await), [two, one], "{email}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM document_audience WHERE title_key = ''").await, 0);
    }
}

/// Nothing that grows is walked or sorted as a whole: every range of documents is read from an index in its order.
#[tokio::test]
async fn every_order_reads_ranges_of_indexes() {
    let app = TestApp::new(Engine::Sqlite).await;
    let names = [
        "OLDEST",
        "BY_TITLE",
        "BY_END",
        "OLDEST_OF_ORGANISATION",
        "BY_TITLE_OF_ORGANISATION",
        "BY_END_OF_ORGANISATION",
    ];
    let mut found = BTreeSet::new();
    for entry in app::db::STATEMENTS.iter() {
        let Some(name) = names.into_iter().find(|name| entry.name.ends_with(&format!("documents::store::{name}")))
        else {
            continue;
        };
        found.insert(name);
        // Numbered parameters need no values to be planned.
        let plan = app.sql(&format!("EXPLAIN QUERY PLAN {}", entry.sqlite)).await;
        let steps: Vec<String> = plan.into_iter().filter_map(|row| row.into_iter().next_back()).collect();
        let ranges: Vec<&String> =
            steps.iter().filter(|step| step.starts_with("SEARCH d ") || step.starts_with("SEARCH a ")).collect();
        assert!(
            !steps.iter().any(|step| step.starts_with("SCAN d") || step.starts_with("SCAN a")),
            "{name}: {steps:#?}"
        );
        let wanted = match name {
            name if name.starts_with("OLDEST") => ["_by_category", "_organisation_category"],
            name if name.starts_with("BY_TITLE") => ["_by_title", "_organisation_title"],
            _ => ["_by_valid_until", "_organisation_valid_until"],
        };
        // The rows themselves are looked up by their keys in the end.
        for step in ranges.iter().filter(|step| !step.contains("(id=?)")) {
            assert!(
                wanted.iter().any(|index| step.contains(index)) && step.contains("COVERING"),
                "{name}: {step} {steps:#?}"
            );
        }
    }
    assert_eq!(found.len(), names.len(), "{found:?}");
}
