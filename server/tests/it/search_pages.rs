//! Searching, tagging and saved views through pages and programs.

use app::documents::model::{Audience, Category};

use crate::bulk::{fields, send};
use crate::search::drain;
use crate::support::{Answer, TestApp, both};

/// The title of the first row, what was looked for in brackets.
fn marked(page: &Answer) -> String {
    let text = page.text().replace("<!>", "");
    let title = text.split("class=\"title\">").nth(1).unwrap().split("</a>").next().unwrap();
    let plain = title.replace("<mark>", "[").replace("</mark>", "]");
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

both! {
    async fn a_customer_searches_the_list_and_keeps_the_view(app: TestApp) {
        app.published("Wartungsvertrag Müller", Category::Contract, Audience::Organisation).await;
        app.published("Price list <b>2026</b>", Category::Minutes, Audience::Organisation).await;
        drain(&app).await;
        let mut ben = app.browser("ben@acme.example").await;
        let page = ben.get("/documents?search=wartung+mueller").await;
        assert!(marked(&page) == "[Wartungsvertrag] [Müller]", "{}", page.text());
        assert!(!page.text().contains("Price list") && page.words().contains("One document found"));
        assert!(page.text().contains("value=\"wartung mueller\"") && page.text().contains("category=contract"), "what was typed stays");
        let page = ben.get("/documents?search=%3Cb%3E2026").await;
        assert!(marked(&page) == "Price list <[b]>[2026]</[b]>", "{}", page.text());
        let none = ben.get("/documents?search=nowhere&category=contract").await;
        assert!(none.status == 200 && none.words().contains("Nothing found"));
        // A list is saved as it is seen, and the next visit shows it.
        let form = fields(&page.text(), "/_fn/views/save");
        let mut unnamed = form.clone();
        unnamed.retain(|(name, _)| name != "name");
        let back = send(&mut ben, "/_fn/views/save", &[unnamed.clone(), vec![("name".into(), " ".into())]].concat()).await;
        assert!(back.contains("Give the view a name."), "{back}");
        let back = send(&mut ben, "/_fn/views/save", &[unnamed.clone(), vec![("name".into(), "Prices & <more>".into())]].concat()).await;
        assert!(back.starts_with("/documents?search=") && back.contains("The view is saved"), "{back}");
        let list = ben.get("/documents").await;
        assert!(list.text().contains("Prices &amp; &lt;more&gt;"), "{}", list.text());
        assert!(!app.browser("anna@acme.example").await.get("/documents").await.text().contains("Prices &amp;"), "everybody has their own");
        let shown = ben.get("/documents?search=%3Cb%3E2026").await;
        let form = fields(&shown.text(), "/_fn/views/remove");
        let id = form.iter().find(|(name, _)| name == "id").unwrap().1.clone();
        // Somebody else's is not there.
        let mut anna = app.browser("anna@acme.example").await;
        assert_eq!(anna.post("/_fn/views/remove", &[("id", &id), ("list", "/documents")]).await.status, 404);
        let back = send(&mut ben, "/_fn/views/remove", &form).await;
        assert!(back.contains("The view is removed") && !ben.get("/documents").await.text().contains("Prices &amp;"), "{back}");
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action LIKE 'view.%'").await, 2);
        for path in ["/documents?search=a&after=x", "/documents?search=a&after=p-1", "/documents?after=p5"] {
            assert_eq!(ben.get(path).await.status, 404, "{path}");
        }
    }

    async fn staff_tag_documents_and_everybody_who_reads_them_finds_them_by_it(app: TestApp) {
        let id = app.published("Offer", Category::Minutes, Audience::Organisation).await;
        let other = app.published("Other offer", Category::Minutes, Audience::Organisation).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let page = pm.get(&format!("/staff/documents/{id}")).await;
        let mut form = fields(&page.text(), "/_fn/documents/edit");
        let set = |form: &mut Vec<(String, String)>, value: &str| {
            form.retain(|(name, _)| name != "tags");
            form.push(("tags".into(), value.into()));
            form.retain(|(name, _)| name != "category");
            form.push(("category".into(), "minutes".into()));
        };
        set(&mut form, "Große Wartung, , urgent,GROSSE wartung");
        let back = send(&mut pm, "/_fn/documents/edit", &form).await;
        assert!(back.contains("value=\"Große Wartung, urgent\""), "{back}");
        drain(&app).await;
        let mut ben = app.browser("ben@acme.example").await;
        let found = ben.get("/documents?tag=grosse+WARTUNG").await;
        assert!(found.text().contains(&id.to_string()) && !found.text().contains(&other.to_string()), "{}", found.text());
        assert!(found.text().contains("/documents?tag=Gro%C3%9Fe+Wartung"));
        assert!(ben.get("/documents?search=urgent").await.text().contains(&id.to_string()));
        // What is wrong is said, and nothing that was typed is lost.
        let page = pm.get(&format!("/staff/documents/{id}")).await;
        let mut form = fields(&page.text(), "/_fn/documents/edit");
        set(&mut form, "fine, !!!");
        let back = send(&mut pm, "/_fn/documents/edit", &form).await;
        assert!(back.contains("“!!!” cannot be a tag") && back.contains("value=\"fine, !!!\""), "{back}");
        // Several at once: beside what they have, spelled as it is spelled.
        let path = format!("/staff/documents/bulk?ids={id}&ids={other}");
        let mut form = fields(&pm.get(&path).await.text(), "/_fn/documents/bulk_tag");
        form.push(("tags".into(), "große wartung; 2026".into()));
        let back = send(&mut pm, "/_fn/documents/bulk_tag", &form).await;
        assert!(back.contains("2 documents were tagged"), "{back}");
        let token = app.token("pm@nordlicht.example").await;
        let row = token.get(&format!("/api/v1/documents/{id}")).await.json();
        assert_eq!(row["tags"], serde_json::json!(["2026", "Große Wartung", "urgent"]));
        let row = token.get(&format!("/api/v1/documents/{other}")).await.json();
        assert_eq!(row["tags"], serde_json::json!(["2026", "Große Wartung"]));
        let body = |tags: &[&str]| serde_json::json!({"documents": [{"id": other.to_string()}], "tags": tags});
        assert_eq!(token.post("/api/v1/documents/tag", body(&[])).await.status, 422);
        assert_eq!(token.post("/api/v1/documents/tag", body(&["a"; 3])).await.status, 200);
        let many: Vec<String> = (0..11).map(|n| format!("tag {n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(token.post("/api/v1/documents/tag", body(&many)).await.status, 422);
        assert_eq!(app.token("anna@acme.example").await.post("/api/v1/documents/tag", body(&["x"])).await.status, 403);
        assert_eq!(app.token("carla@borealis.example").await.post("/api/v1/documents/tag", body(&["x"])).await.status, 404);
    }

    async fn programs_search_as_people_do_page_by_page(app: TestApp) {
        for n in 0..5 {
            app.published(&format!("Inspection {n}"), Category::Minutes, Audience::Organisation).await;
        }
        app.published("Else", Category::Minutes, Audience::Organisation).await;
        drain(&app).await;
        let token = app.token("ben@acme.example").await;
        let (mut titles, mut path) = (Vec::new(), "/api/v1/documents?search=inspec&limit=2".to_owned());
        loop {
            let page = token.get(&path).await.json();
            titles.extend(page["items"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/v1/documents?search=inspec&limit=2&cursor={next}");
        }
        let mut sorted = titles.clone();
        sorted.sort();
        assert_eq!(sorted, (0..5).map(|n| format!("Inspection {n}")).collect::<Vec<_>>());
        assert_eq!(token.get("/api/v1/documents?search=x&cursor=zzz").await.status, 400);
        assert!(app.token("carla@borealis.example").await.get("/api/v1/documents?search=inspec").await.json()["items"].as_array().unwrap().is_empty());
    }
}
