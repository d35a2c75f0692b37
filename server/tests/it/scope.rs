//! The three answers to "who sees this?" agree: the list, the single document, and the explanation.

use std::collections::BTreeSet;

use app::documents::cursor::Cursor;
use app::documents::model::{Audience, Category, Document, State};
use app::documents::service::{self, Filter, Seen};
use app::ids::DocumentId;
use server::demo::people::PEOPLE;

use crate::support::{TestApp, both, files};

pub async fn whole_list(app: &TestApp, email: &str, category: Option<Category>, state: Option<State>) -> Vec<Document> {
    let ctx = app.ctx(email).await;
    let mut all = Vec::new();
    let mut after = Cursor::START;
    loop {
        let filter = Filter { category, state, organisation: None, after, limit: 3 };
        let page = service::list(&ctx, filter).await.unwrap();
        all.extend(page.items);
        match page.next {
            Some(next) => after = next,
            None => return all,
        }
    }
}

/// Documents of every category, state and audience, in both organisations.
pub async fn documents(app: &TestApp) -> Vec<DocumentId> {
    let mut all = Vec::new();
    let people = |emails: &[&str]| Audience::People(emails.iter().map(|e| app.user(e)).collect());
    for category in [Category::Minutes, Category::Invoice, Category::Proposal] {
        for audience in [
            Audience::Organisation,
            people(&["ben@acme.example"]),
            people(&["anna@acme.example", "eva@partner.example"]),
            Audience::Project(app.world.project("line-2").unwrap()),
            Audience::Group(app.world.group("key-accounts").unwrap()),
        ] {
            app.clock.advance(std::time::Duration::from_secs(60));
            all.push(app.published(&format!("{} for {}", category.key(), audience.kind()), category, audience).await);
        }
        all.push(app.draft(&format!("{} draft", category.key()), category).await);
        let withdrawn = app.published("withdrawn", category, Audience::Organisation).await;
        let admin = app.ctx("admin@nordlicht.example").await;
        service::withdraw(&admin, withdrawn, &Seen::default()).await.unwrap();
        all.push(withdrawn);
    }
    all
}

both! {
    async fn list_document_and_explanation_agree_for_everybody(app: TestApp) {
        let ids = documents(&app).await;
        let admin = app.ctx("admin@nordlicht.example").await;
        for (email, ..) in PEOPLE {
            let user = app.user(email);
            let ctx = app.ctx(email).await;
            let listed = whole_list(&app, email, None, None).await;
            let mut sorted = listed.clone();
            sorted.sort_by_key(|d| std::cmp::Reverse((d.changed_at, d.id)));
            assert_eq!(listed.iter().map(|d| d.id).collect::<Vec<_>>(), sorted.iter().map(|d| d.id).collect::<Vec<_>>(), "{email}: order");
            let in_list: BTreeSet<_> = listed.iter().map(|d| d.id).collect();
            assert_eq!(in_list.len(), listed.len(), "{email}: a document twice");
            for id in &ids {
                let found = service::find(&ctx, *id).await.is_ok();
                let explained = service::readers(&admin, *id).await.unwrap().iter().any(|reader| reader.user_id == user);
                assert_eq!(in_list.contains(id), found, "{email} {id}: list and document");
                assert_eq!(found, explained, "{email} {id}: document and explanation");
            }
            // Each filter has statements of its own: they must be the list, filtered.
            for category in std::iter::once(None).chain(Category::ALL.map(Some)) {
                for state in std::iter::once(None).chain(State::ALL.map(Some)) {
                    let filtered: Vec<_> = whole_list(&app, email, category, state).await.iter().map(|d| d.id).collect();
                    let wanted: Vec<_> = listed
                        .iter()
                        .filter(|d| category.is_none_or(|c| d.category == c) && state.is_none_or(|s| d.state == s))
                        .map(|d| d.id)
                        .collect();
                    assert_eq!(filtered, wanted, "{email} {category:?} {state:?}");
                }
            }
        }
    }

    async fn the_other_customer_sees_only_what_the_group_was_given(app: TestApp) {
        documents(&app).await;
        for email in ["carla@borealis.example", "dirk@borealis.example"] {
            let titles: BTreeSet<_> = whole_list(&app, email, None, None).await.into_iter().map(|d| d.title).collect();
            let wanted: BTreeSet<_> = ["minutes", "invoice", "proposal"].map(|c| format!("{c} for group")).into();
            assert_eq!(titles, wanted, "{email}");
        }
        let eva: Vec<_> = whole_list(&app, "eva@partner.example", None, None).await;
        assert!(eva.iter().all(|d| d.title.ends_with("for project") || d.title.ends_with("for people")), "{eva:?}");
    }

    async fn staff_without_an_assignment_and_people_without_an_organisation_see_nothing(app: TestApp) {
        documents(&app).await;
        app.sql("DELETE FROM staff_assignments").await;
        assert!(whole_list(&app, "pm@nordlicht.example", None, None).await.is_empty());
        app.sql("DELETE FROM memberships").await;
        for email in ["anna@acme.example", "ben@acme.example", "eva@partner.example"] {
            assert!(whole_list(&app, email, None, None).await.is_empty(), "{email}");
        }
    }

    async fn a_customer_admin_learns_nothing_about_people_of_other_customers(app: TestApp) {
        let id = app.published("Prices", Category::Minutes, Audience::Group(app.world.group("key-accounts").unwrap())).await;
        let anna = app.ctx("anna@acme.example").await;
        let readers = service::readers(&anna, id).await.unwrap();
        assert!(readers.iter().any(|r| r.email == "ben@acme.example"));
        assert!(!readers.iter().any(|r| r.email.ends_with("borealis.example")), "{readers:?}");
    }

    async fn rows_inserted_meanwhile_do_not_shift_a_page(app: TestApp) {
        let ids = documents(&app).await;
        let ctx = app.ctx("admin@nordlicht.example").await;
        let filter = |after| Filter { category: None, state: None, organisation: None, after, limit: 5 };
        let first = service::list(&ctx, filter(Cursor::START)).await.unwrap();
        app.clock.advance(std::time::Duration::from_secs(60));
        app.published("Newest", Category::Other, Audience::Organisation).await;
        let mut seen: Vec<_> = first.items.iter().map(|d| d.id).collect();
        let mut next = first.next;
        while let Some(after) = next {
            let page = service::list(&ctx, filter(after)).await.unwrap();
            seen.extend(page.items.iter().map(|d| d.id));
            next = page.next;
        }
        assert_eq!(seen.len(), ids.len());
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    async fn whose_a_group_s_document_is_stays_with_its_own_people(app: TestApp) {
        let id = app.published("Prices", Category::Minutes, Audience::Group(app.world.group("key-accounts").unwrap())).await;
        let dirk = app.token("dirk@borealis.example").await;
        let mut browser = app.browser("dirk@borealis.example").await;
        for path in ["/api/v1/documents".to_owned(), format!("/api/v1/documents/{id}")] {
            let text = dirk.get(&path).await.text();
            assert!(text.contains("Prices") && !text.contains("ACME") && !text.contains(&app.organisation("acme").to_string()), "{path}: {text}");
        }
        for path in ["/".to_owned(), "/documents".to_owned(), format!("/documents/{id}")] {
            let text = browser.get(&path).await.text();
            assert!(text.contains("Prices") && !text.contains("ACME"), "{path}");
        }
        let ben = app.token("ben@acme.example").await;
        assert_eq!(ben.get(&format!("/api/v1/documents/{id}")).await.json()["organisation_name"], "ACME Werke AG");
    }

    async fn staff_learn_of_people_of_their_own_customers_only(app: TestApp) {
        let id = app.published("Prices", Category::Minutes, Audience::Group(app.world.group("key-accounts").unwrap())).await;
        app.sql("DELETE FROM staff_assignments WHERE organisation_id IN (SELECT id FROM organisations WHERE slug = 'borealis')").await;
        let readers = service::readers(&app.ctx("pm@nordlicht.example").await, id).await.unwrap();
        assert!(readers.iter().any(|r| r.email == "ben@acme.example") && !readers.iter().any(|r| r.email.ends_with("borealis.example")));
    }

    async fn what_names_somebody_waits_until_they_have_opened_the_version_that_counts(app: TestApp) {
        async fn waiting(app: &TestApp, email: &str) -> Vec<DocumentId> {
            let inbox = app::home::inbox::first(&app.ctx(email).await, Some(app::home::model::Kind::Read), 20).await.unwrap();
            inbox.waiting.iter().map(|item| DocumentId(item.id)).collect()
        }
        let ben = Audience::People(vec![app.user("ben@acme.example")]);
        let (pm, admin) = (app.token("pm@nordlicht.example").await, app.ctx("admin@nordlicht.example").await);
        app.published("For all", Category::Contract, Audience::Organisation).await;
        let id = app.published("For Ben", Category::Contract, ben).await;
        assert_eq!(waiting(&app, "ben@acme.example").await, [id]);
        assert!(waiting(&app, "anna@acme.example").await.is_empty(), "she may read it, but it does not name her");

        let mut browser = app.browser("ben@acme.example").await;
        browser.get(&format!("/documents/{id}")).await;
        assert!(waiting(&app, "ben@acme.example").await.is_empty(), "opened");
        pm.put_file(&id.to_string(), "second.pdf", files::pdf("second")).await;
        assert_eq!(waiting(&app, "ben@acme.example").await, [id], "a new version");
        browser.get(&format!("/documents/{id}/versions/1/content")).await;
        assert_eq!(waiting(&app, "ben@acme.example").await, [id], "the old version is not the one that counts");
        browser.get(&format!("/documents/{id}/versions/2/content")).await;
        assert!(waiting(&app, "ben@acme.example").await.is_empty(), "downloaded");

        let both = Audience::People(vec![app.user("anna@acme.example"), app.user("ben@acme.example")]);
        service::publish(&admin, id, &Seen::default(), both).await.unwrap();
        assert!(waiting(&app, "ben@acme.example").await.is_empty(), "published for more, but read");
        assert_eq!(waiting(&app, "anna@acme.example").await, [id]);
        service::withdraw(&admin, id, &Seen::default()).await.unwrap();
        assert!(waiting(&app, "anna@acme.example").await.is_empty(), "taken back");
    }

    async fn a_document_moves_with_its_category(app: TestApp) {
        let id = app.published("Moved", Category::Contract, Audience::Organisation).await;
        let pm = app.token("pm@nordlicht.example").await;
        let path = format!("/api/v1/documents/{id}");
        let etag = pm.get(&path).await.header("etag").to_owned();
        assert_eq!(pm.patch(&path, serde_json::json!({ "category": "minutes" }), &etag).await.status, 200);
        let ids = |documents: Vec<Document>| documents.into_iter().map(|d| d.id).collect::<Vec<_>>();
        assert!(ids(whole_list(&app, "ben@acme.example", Some(Category::Contract), None).await).is_empty());
        assert_eq!(ids(whole_list(&app, "ben@acme.example", Some(Category::Minutes), None).await), [id]);
    }

    async fn one_customer_s_documents_can_be_filtered_too(app: TestApp) {
        documents(&app).await;
        let pm = app.token("pm@nordlicht.example").await;
        let acme = app.organisation("acme");
        let list = pm.get(&format!("/api/v1/documents?organisation_id={acme}&state=draft&category=invoice&limit=100")).await.json();
        let items = list["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{list}");
        assert_eq!((items[0]["state"].as_str(), items[0]["category"].as_str()), (Some("draft"), Some("invoice")));
    }
}
