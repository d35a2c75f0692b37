//! Words in documents: what is found, by whom, and how soon not any more.

use std::collections::BTreeSet;

use app::documents::model::{Audience, Category, Document, EditDocument, State};
use app::documents::service::{self as documents, Seen};
use app::ids::DocumentId;
use app::search::model::{Hit, Query};
use app::search::{index, service, words};
use server::demo::people::PEOPLE;

use crate::scope;
use crate::support::{TestApp, both};

/// All that somebody finds, page by page.
pub async fn found(app: &TestApp, email: &str, query: Query) -> Vec<Hit> {
    let ctx = app.ctx(email).await;
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let page = service::search(&ctx, &Query { before, limit: 2, ..query.clone() }).await.unwrap();
        all.extend(page.hits);
        match page.next {
            Some(next) => before = Some(next),
            None => return all,
        }
    }
}

fn text(text: &str) -> Query {
    Query { text: text.to_owned(), ..Query::default() }
}

async fn titles(app: &TestApp, email: &str, typed: &str) -> Vec<String> {
    found(app, email, text(typed)).await.into_iter().map(|hit| hit.document.title).collect()
}

pub async fn drain(app: &TestApp) {
    index::drain(&app.ctx("admin@nordlicht.example").await).await.unwrap();
}

async fn rename(app: &TestApp, id: DocumentId, title: &str) {
    let admin = app.ctx("admin@nordlicht.example").await;
    let edit = EditDocument { title: Some(title.to_owned()), ..Default::default() };
    documents::edit(&admin, id, &Seen::default(), edit).await.unwrap();
}

fn has(document: &Document, typed: &str) -> bool {
    let of_title: Vec<String> = words(&document.title).collect();
    words(typed).all(|word| of_title.iter().any(|known| known.starts_with(&word)))
}

both! {
    async fn everybody_finds_exactly_what_is_in_their_list(app: TestApp) {
        scope::documents(&app).await;
        // A member with different rights in either module, and one with fewer.
        app.sql("UPDATE memberships SET money = 'own' WHERE user_id IN (SELECT id FROM users WHERE email = 'ben@acme.example')").await;
        app.sql("UPDATE memberships SET documents = 'none' WHERE user_id IN (SELECT id FROM users WHERE email = 'dirk@borealis.example')").await;
        drain(&app).await;
        for (email, ..) in PEOPLE {
            let listed = scope::whole_list(&app, email, None, None).await;
            // Words of titles only: names of categories and files are words too.
            for typed in ["for", "fo", "peop", "group fo", "withdrawn", "draft", "projec", "xyzzy"] {
                let hits: Vec<_> = found(&app, email, text(typed)).await.into_iter().map(|h| h.document.id).collect();
                let wanted: Vec<_> = listed.iter().filter(|d| has(d, typed)).map(|d| d.id).collect();
                assert_eq!(hits, wanted, "{email}: {typed}");
            }
            for category in [Category::Invoice, Category::Minutes] {
                for state in State::ALL {
                    let query = Query { category: Some(category), state: Some(state), ..text("for") };
                    let hits: Vec<_> = found(&app, email, query).await.into_iter().map(|h| h.document.id).collect();
                    let fits = |d: &&Document| has(d, "for") && d.category == category && d.state == state;
                    let wanted: Vec<_> = listed.iter().filter(fits).map(|d| d.id).collect();
                    assert_eq!(hits, wanted, "{email}: {category:?} {state:?}");
                }
            }
        }
        // Through one membership, or of one customer.
        for (email, slug) in [("eva@partner.example", "acme"), ("admin@nordlicht.example", "borealis"), ("ben@acme.example", "acme")] {
            let query = Query { organisation: Some(app.organisation(slug)), ..text("for") };
            let hits: BTreeSet<_> = found(&app, email, query).await.into_iter().map(|h| h.document.id).collect();
            let listed = scope::whole_list(&app, email, None, None).await;
            let wanted: BTreeSet<_> = listed.iter().filter(|d| has(d, "for") && (slug == "acme") == (d.organisation_name == "ACME GmbH" || d.organisation_id == app.organisation("acme"))).map(|d| d.id).collect();
            assert_eq!(hits, wanted, "{email} {slug}");
        }
    }

    async fn an_index_that_lags_behind_hides_and_does_not_show(app: TestApp) {
        let id = app.published("Turbine inspection", Category::Minutes, Audience::Organisation).await;
        assert!(titles(&app, "ben@acme.example", "turbine").await.is_empty());
        drain(&app).await;
        assert_eq!(titles(&app, "ben@acme.example", "turb insp").await, ["Turbine inspection"]);
        let admin = app.ctx("admin@nordlicht.example").await;
        documents::withdraw(&admin, id, &Seen::default()).await.unwrap();
        assert!(titles(&app, "ben@acme.example", "turbine").await.is_empty(), "before the index knows");
        drain(&app).await;
        assert!(titles(&app, "ben@acme.example", "turbine").await.is_empty());
        assert_eq!(titles(&app, "admin@nordlicht.example", "turbine").await, ["Turbine inspection"]);
    }

    async fn umlauts_marks_case_and_the_beginnings_of_words_do_not_matter(app: TestApp) {
        let id = app.published("Verträge für Müller & Söhne, Straße 5", Category::Minutes, Audience::Organisation).await;
        drain(&app).await;
        for typed in ["vertrage", "Verträge", "VERTRAEGE", "mueller", "muller so", "strasse 5", "STRA", "5", "v", "\"Müller\"", "für*", "söhne' OR 1=1"] {
            let expected = !typed.contains("OR");
            assert_eq!(!titles(&app, "ben@acme.example", typed).await.is_empty(), expected, "{typed}");
        }
        rename(&app, id, "Wartung").await;
        drain(&app).await;
        assert!(titles(&app, "ben@acme.example", "müller").await.is_empty());
        assert_eq!(titles(&app, "ben@acme.example", "wart").await, ["Wartung"]);
    }

    async fn only_staff_find_documents_by_the_customer(app: TestApp) {
        app.published("Prices", Category::Minutes, Audience::Group(app.world.group("key-accounts").unwrap())).await;
        drain(&app).await;
        assert_eq!(titles(&app, "admin@nordlicht.example", "acme pri").await, ["Prices"]);
        assert_eq!(titles(&app, "admin@nordlicht.example", "ac").await, ["Prices"]);
        assert!(titles(&app, "dirk@borealis.example", "acme").await.is_empty());
        assert!(titles(&app, "dirk@borealis.example", "ac").await.is_empty());
        assert_eq!(titles(&app, "dirk@borealis.example", "pri").await, ["Prices"]);
        app.sql("UPDATE organisations SET name = 'Umbrella' WHERE slug = 'acme'").await;
        drain(&app).await;
        assert_eq!(titles(&app, "admin@nordlicht.example", "umbre").await, ["Prices"]);
        assert!(titles(&app, "admin@nordlicht.example", "acme").await.is_empty());
    }

    async fn the_text_of_a_file_is_found_once_its_readers_may_have_it(app: TestApp) {
        let id = app.published("Manual", Category::Minutes, Audience::Organisation).await;
        let uuid = if app.engine() == crate::support::Engine::Sqlite { format!("x'{}'", id.0.simple()) } else { format!("'{id}'") };
        let text = "Before the gearbox is opened, the pressure has to be let off.";
        app.sql(&format!("DELETE FROM version_previews WHERE document_id = {uuid}")).await;
        app.sql(&format!("INSERT INTO version_previews (document_id, number, version_id, state) SELECT document_id, number, id, 'pending' FROM document_versions WHERE document_id = {uuid}")).await;
        drain(&app).await;
        app.sql(&format!("UPDATE version_previews SET state = 'ready', text = '{text}' WHERE document_id = {uuid}")).await;
        drain(&app).await;
        let hits = found(&app, "ben@acme.example", self::text("gearbox pressure")).await;
        let excerpt = hits[0].excerpt.clone().expect("an excerpt");
        let marked: Vec<_> = excerpt.iter().filter(|(_, hit)| *hit).map(|(word, _)| word.as_str()).collect();
        assert_eq!(marked, ["gearbox", "pressure"]);
        assert!(found(&app, "carla@borealis.example", self::text("gearbox")).await.is_empty());
        // Held back later: neither found by its text nor shown.
        app.sql(&format!("UPDATE document_versions SET scan = 'infected' WHERE document_id = {uuid}")).await;
        assert!(found(&app, "ben@acme.example", self::text("gearbox")).await.iter().all(|hit| hit.excerpt.is_none()));
        drain(&app).await;
        assert!(found(&app, "ben@acme.example", self::text("gearbox")).await.is_empty());
    }

    async fn staff_who_look_as_a_customer_learn_no_word_of_a_file_they_may_not_have(app: TestApp) {
        let id = app.published("Advance payment", Category::Invoice, Audience::Organisation).await;
        let uuid = if app.engine() == crate::support::Engine::Sqlite { format!("x'{}'", id.0.simple()) } else { format!("'{id}'") };
        app.sql(&format!("UPDATE version_previews SET state = 'ready', text = 'The discount is forty percent.' WHERE document_id = {uuid}")).await;
        drain(&app).await;
        assert_eq!(titles(&app, "ben@acme.example", "discount forty").await, ["Advance payment"]);
        let mut support = app.browser("support@nordlicht.example").await;
        crate::view_as::begin(&app, &mut support, "ben@acme.example").await;
        assert!(support.get("/documents").await.text().contains("Advance payment"));
        let by_title = support.get("/documents?search=advance").await.text();
        assert!(by_title.contains(&id.to_string()) && !by_title.contains("discount"), "{by_title}");
        let by_text = support.get("/documents?search=discount").await;
        assert!(by_text.words().contains("Nothing found") && !by_text.text().contains("forty"), "{}", by_text.words());
        let mixed = support.get("/documents?search=advance+discount").await;
        assert!(mixed.words().contains("Nothing found"), "{}", mixed.words());
    }

    async fn what_is_deleted_leaves_no_word_behind(app: TestApp) {
        let id = app.draft("Confidential Unobtainium", Category::Other).await;
        app.draft("Confidential Steel", Category::Other).await;
        drain(&app).await;
        assert_eq!(app.count("SELECT COUNT(*) FROM search_vocabulary WHERE word = 'unobtainium'").await, 1);
        let uuid = if app.engine() == crate::support::Engine::Sqlite { format!("x'{}'", id.0.simple()) } else { format!("'{id}'") };
        for table in ["version_previews", "document_versions", "document_reads"] {
            app.sql(&format!("DELETE FROM {table} WHERE document_id = {uuid}")).await;
        }
        app.sql(&format!("DELETE FROM documents WHERE id = {uuid}")).await;
        assert_eq!(app.count("SELECT COUNT(*) FROM search_documents").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM search_words").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM search_stale").await, 0);
        let admin = app.ctx("admin@nordlicht.example").await;
        assert_eq!(index::forget_words(&admin).await.unwrap(), 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM search_vocabulary WHERE word = 'unobtainium'").await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM search_vocabulary WHERE word = 'confidential'").await, 1);
        assert_eq!(titles(&app, "admin@nordlicht.example", "confid").await, ["Confidential Steel"]);
    }

    async fn a_beginning_that_hundreds_of_words_have_finds_them_all(app: TestApp) {
        let id = app.published("Start", Category::Minutes, Audience::Organisation).await;
        let other = app.published("Other", Category::Minutes, Audience::Organisation).await;
        let many: String = (0..700).map(|n| format!("part{n:04} ")).collect();
        let admin = app.ctx("admin@nordlicht.example").await;
        // As a note, which is not limited in words.
        let of = |id: DocumentId| if app.engine() == crate::support::Engine::Sqlite { format!("x'{}'", id.0.simple()) } else { format!("'{id}'") };
        app.sql(&format!("UPDATE document_versions SET note = '{many}' WHERE document_id = {}", of(id))).await;
        app.sql(&format!("UPDATE document_versions SET note = 'partx' WHERE document_id = {}", of(other))).await;
        index::drain(&admin).await.unwrap();
        let hits: BTreeSet<_> = titles(&app, "ben@acme.example", "part").await.into_iter().collect();
        assert_eq!(hits, ["Other".to_owned(), "Start".to_owned()].into());
        let hits: BTreeSet<_> = titles(&app, "ben@acme.example", "part03").await.into_iter().collect();
        assert_eq!(hits, ["Start".to_owned()].into());
    }

    async fn what_changes_while_two_nodes_fill_the_index_is_not_lost(app: TestApp) {
        let mut ids = Vec::new();
        for n in 0..12 {
            ids.push(app.published(&format!("before{n}"), Category::Minutes, Audience::Organisation).await);
        }
        let admin = app.ctx("admin@nordlicht.example").await;
        let fill = || async {
            for _ in 0..6 {
                index::drain(&admin).await.unwrap();
                tokio::task::yield_now().await;
            }
        };
        let change = |from: usize| {
            let (app, ids) = (&app, &ids);
            async move {
                for round in 0..3 {
                    for id in ids.iter().skip(from).step_by(2) {
                        rename(app, *id, &format!("after{round}{}", id.0.simple())).await;
                    }
                }
            }
        };
        tokio::join!(fill(), fill(), change(0), change(1));
        drain(&app).await;
        for id in &ids {
            let hits = titles(&app, "ben@acme.example", &format!("after2{}", id.0.simple())).await;
            assert_eq!(hits, [format!("after2{}", id.0.simple())]);
        }
        for gone in ["before", "after0", "after1"] {
            assert!(titles(&app, "ben@acme.example", gone).await.is_empty(), "{gone}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM search_words").await, 12);
    }

    async fn everything_is_marked_anew_in_pieces(app: TestApp) {
        scope::documents(&app).await;
        drain(&app).await;
        let ctx = app.ctx("admin@nordlicht.example").await;
        index::mark_all(&ctx, 2).await.unwrap();
        for (stale, things) in
            [("search_stale", "documents"), ("search_stale_orders", "orders"), ("search_stale_projects", "projects")]
        {
            let all = app.count(&format!("SELECT COUNT(*) FROM {things}")).await;
            assert!(all > 0 || things == "orders", "{things}");
            assert_eq!(app.count(&format!("SELECT COUNT(*) FROM {stale}")).await, all, "{things}");
        }
        let documents = app.count("SELECT COUNT(*) FROM documents").await;
        assert!(documents > 4, "several pieces");
        assert!(index::drain(&ctx).await.unwrap() >= usize::try_from(documents).unwrap());
        assert!(!found(&app, "anna@acme.example", text("for")).await.is_empty());
    }
}
