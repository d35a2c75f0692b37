//! Search everywhere: what is found is what may be seen, in groups, on the page, in the API and for whoever looks as somebody.

use app::documents::model::{Audience, Category};
use serde_json::{Value, json};

use crate::orders::batch;
use crate::support::{TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const PM: &str = "pm@nordlicht.example";
const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";

/// Areas and titles that somebody finds.
async fn found(app: &TestApp, email: &str, query: &str) -> Vec<(String, Vec<String>)> {
    let words: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let answer = app.token(email).await.get(&format!("/api/v1/search?q={words}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let groups = answer.json()["groups"].as_array().unwrap().clone();
    groups
        .iter()
        .map(|group| {
            (text(&group["area"]), group["items"].as_array().unwrap().iter().map(|item| text(&item["title"])).collect())
        })
        .collect()
}

fn area(name: &str, titles: &[&str]) -> (String, Vec<String>) {
    (name.to_owned(), titles.iter().map(|title| (*title).to_owned()).collect())
}

async fn indexed(app: &TestApp) {
    app::search::index::drain(&app.ctx(ADMIN).await).await.unwrap();
}

both! {
    async fn everybody_finds_what_they_may_see_and_nothing_else(app: TestApp) {
        app.published("Prüfbericht Albers", Category::Minutes, Audience::Organisation).await;
        app.published("Albers, for Anna", Category::Minutes, Audience::People(vec![app.user(ANNA)])).await;
        app.draft("Draft about Albers", Category::Minutes).await;
        batch(&app, PM, json!([{"number": "AB-1", "organisation": "acme", "title": "Rollers"}, {"number": "AB-2", "organisation": "borealis"}])).await;
        indexed(&app).await;
        let all = area("documents", &["Draft about Albers", "Albers, for Anna", "Prüfbericht Albers"]);
        assert_eq!(found(&app, PM, "albers").await, [area("people", &["Anna Albers"]), all]);
        assert_eq!(found(&app, ANNA, "albers").await, [area("people", &["Anna Albers"]), area("documents", &["Albers, for Anna", "Prüfbericht Albers"])]);
        assert_eq!(found(&app, BEN, "albers").await, [area("people", &["Anna Albers"]), area("documents", &["Prüfbericht Albers"])]);
        // The partner knows nobody there; the other customer nothing of it.
        assert!(found(&app, "eva@partner.example", "albers").await.is_empty());
        assert!(found(&app, "carla@borealis.example", "albers").await.is_empty());
        assert_eq!(found(&app, "carla@borealis.example", "ab-").await, [area("orders", &["AB-2"])]);
        assert_eq!(found(&app, ANNA, "ab-1").await, [area("orders", &["AB-1, Rollers"])]);
        let mut orders = found(&app, "support@nordlicht.example", "ab-").await;
        // What begins with "ab" is found in drafts too.
        orders.retain(|(area, _)| area == "orders");
        orders[0].1.sort();
        assert_eq!(orders, [area("orders", &["AB-1, Rollers", "AB-2"])]);
        // Customers are for staff, colleagues of the house for whoever manages them.
        assert_eq!(found(&app, PM, "acme").await[..4], [area("orders", &["AB-1, Rollers"]), area("projects", &["Roller conveyor, line 2"]), area("customers", &["ACME Werke AG"]), area("people", &["Anna Albers", "Ben Brandt", "Henning Voß"])]);
        assert!(!found(&app, ANNA, "acme").await.iter().any(|(area, _)| area == "customers"));
        assert_eq!(found(&app, ADMIN, "mommsen").await, [area("people", &["Petra Mommsen"])]);
        assert!(found(&app, "support@nordlicht.example", "mommsen").await.is_empty());
        assert!(found(&app, ANNA, "mommsen").await.is_empty());
        // Without an assignment a project manager knows nobody.
        app.sql("DELETE FROM staff_assignments").await;
        assert!(found(&app, PM, "albers").await.is_empty());
        for nothing in ["", "  ", "-", "zzzz"] {
            assert!(found(&app, ADMIN, nothing).await.is_empty(), "{nothing:?}");
        }
        assert_eq!(app.token(ADMIN).await.get("/api/v1/search").await.status, 400);
        // A narrowed token finds what it reaches.
        let narrow = app.scoped_token(ADMIN, &["orders:read"]).await.get("/api/v1/search?q=ab-1").await.json();
        assert_eq!(narrow["groups"].as_array().unwrap().len(), 1, "{narrow}");
    }

    async fn pages_of_both_sides_show_groups_with_what_was_found_marked(app: TestApp) {
        for at in 1..=7 {
            app.published(&format!("Wartung {at}"), Category::Minutes, Audience::Organisation).await;
        }
        indexed(&app).await;
        let mut anna = app.browser(ANNA).await;
        let page = anna.get("/search?q=wart").await;
        assert_eq!(page.status, 200);
        let text = page.text();
        assert_eq!(text.matches("<mark>Wartung").count(), 5, "{text}");
        assert!(text.contains("href=\"/documents?search=wart\"") && page.words().contains("5 results."), "{text}");
        assert!(anna.get("/search").await.words().contains("What are you looking for?"));
        assert!(anna.get("/search?q=nothing").await.words().contains("Fewer or shorter words"));
        assert!(anna.get("/search?q=%3Cscript%3Ealert(1)").await.text().contains("&lt;script&gt;"));
        assert_eq!(anna.get("/staff/search?q=wart").await.status, 403);
        // The box stands on every page, and leads to the page of its side.
        assert!(anna.get("/documents").await.text().contains("action=\"/search\""));
        let mut pm = app.browser(PM).await;
        let page = pm.get("/staff/search?q=wartung+1").await;
        assert!(page.words().contains("ACME Werke AG, Minutes") && page.text().contains("action=\"/staff/search\""), "{}", page.words());
        assert_eq!(pm.get("/search?q=wart").await.status, 403);
        // Whoever looks as somebody finds what they find, and no drafts.
        app.draft("Wartung, draft", Category::Minutes).await;
        indexed(&app).await;
        crate::view_as::begin(&app, &mut pm, ANNA).await;
        let page = pm.get("/search?q=draft").await;
        assert!(page.status == 200 && !page.words().contains("Wartung, draft"), "{}", page.words());
    }

    async fn projects_are_found_by_their_words_as_far_as_one_may_see_them_and_their_list_has_the_rest(app: TestApp) {
        let mut projects = Vec::new();
        for at in 1..=8 {
            let customer = if at <= 6 { "acme" } else { "borealis" };
            projects.push(json!({"name": format!("Umbau {at}"), "organisation": customer, "external_id": format!("U-{at}"), "number": format!("P-{at}")}));
        }
        projects.push(json!({"name": "Halle Nord", "organisation": "acme", "external_id": "ZKX-77", "milestones": [{"title": "Kreiselpumpe montiert"}]}));
        let made = app.token(ADMIN).await.post("/api/v1/projects/batch", json!({"projects": projects})).await;
        assert_eq!(made.status, 200, "{}", made.text());
        // By a whole number at once, before the index knows of it.
        assert_eq!(found(&app, ANNA, "p-3").await, [area("projects", &["Umbau 3, P-3"])]);
        assert!(found(&app, ANNA, "p-7").await.is_empty());
        indexed(&app).await;
        let of = async |email: &str, query: &str| -> Vec<String> {
            found(&app, email, query).await.into_iter().filter(|(area, _)| area == "projects").flat_map(|(_, titles)| titles).collect()
        };
        // Their milestones count, too; what the other system calls them only for staff.
        assert_eq!(of(ANNA, "kreisel").await, ["Halle Nord"]);
        assert_eq!((of(ADMIN, "zkx").await, of(ANNA, "zkx").await), (vec!["Halle Nord".to_owned()], Vec::<String>::new()));
        assert_eq!(of("carla@borealis.example", "umbau").await.len(), 2);
        assert!(of("carla@borealis.example", "kreisel").await.is_empty() && of("eva@partner.example", "umbau").await.is_empty());
        let mut anna = app.browser(ANNA).await;
        let page = anna.get("/search?q=kreisel").await.text();
        assert!(page.contains("<mark>Kreiselpumpe"), "why it was found: {page}");
        let page = anna.get("/search?q=umbau").await.text();
        assert_eq!(page.matches("<mark>Umbau").count(), 5, "{page}");
        assert!(page.contains("href=\"/projects?search=umbau&amp;which=all\""), "{page}");
        let list = anna.get("/projects?search=umbau&which=all").await.text();
        assert_eq!(list.matches("<mark>Umbau").count(), 6, "{list}");
        assert_eq!(anna.get("/search?q=umbau&in=projects").await.status, 404);
    }

    async fn what_has_no_list_of_its_own_has_a_page_with_all_results(app: TestApp) {
        let mut anna = app.browser(ANNA).await;
        // In no pages, and only those they may see.
        let people = anna.get("/search?q=acme&in=people").await.words();
        assert!(people.contains("All results: People") && people.contains("Anna Albers") && people.contains("Ben Brandt") && !people.contains("Carla"), "{people}");
        assert!(app.browser("eva@partner.example").await.get("/search?q=albers&in=people").await.words().contains("Nothing found"));
        for (path, status) in [("/search?q=umbau&in=documents", 404), ("/search?q=umbau&in=x", 404), ("/search?q=&in=people", 200)] {
            assert_eq!(anna.get(path).await.status, status, "{path}");
        }
        let mut pm = app.browser(PM).await;
        assert!(pm.get("/staff/search?q=anna&in=people").await.words().contains("anna@acme.example, ACME Werke AG"));
        assert_eq!(pm.get("/search?q=anna&in=people").await.status, 403);
    }

    async fn people_are_found_by_the_name_and_the_address_they_have_now(app: TestApp) {
        let token = app.token(BEN).await;
        let etag = token.get("/api/v1/me").await.header("etag").to_owned();
        assert_eq!(token.patch("/api/v1/me", json!({"name": "Benedikt Öhler-Brandt"}), &etag).await.status, 200);
        for words in ["benedikt", "öhl", "brandt bene", "ben@acme"] {
            assert_eq!(found(&app, ANNA, words).await, [area("people", &["Benedikt Öhler-Brandt"])], "{words}");
        }
        app.sql("UPDATE users SET state = 'suspended' WHERE email = 'ben@acme.example'").await;
        assert!(found(&app, ANNA, "benedikt").await.is_empty());
    }
}
