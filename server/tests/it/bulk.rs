//! The same act on several documents: all of them or none, and exactly what was looked at.

use app::categories::model::Rules;
use app::documents::model::{Audience, Category};
use app::documents::service;
use app::ids::DocumentId;

use crate::support::{TestApp, both};

fn query(ids: &[DocumentId]) -> String {
    ids.iter().map(|id| format!("ids={id}&")).collect()
}

/// What a page's form would send, from its hidden fields in their order.
pub fn fields(html: &str, form: &str) -> Vec<(String, String)> {
    let html = html.split_once(form).unwrap().1.split("</form>").next().unwrap();
    let mut counts = std::collections::HashMap::new();
    let tags = html.split('<').filter(|tag| tag.starts_with("input"));
    let of = |tag: &str, name: &str| {
        tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    tags.map(|tag| {
        let name = of(tag, "name");
        let at = counts.entry(name.clone()).and_modify(|n| *n += 1).or_insert(0);
        (name.replace("[]", &format!("[{at}]")), of(tag, "value"))
    })
    .collect()
}

pub async fn send(browser: &mut crate::support::Browser, path: &str, fields: &[(String, String)]) -> String {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let sent = browser.post(path, &fields).await;
    let page = browser.follow(&sent).await;
    format!("{} {}", sent.location(), page.text())
}

async fn state(app: &TestApp, id: DocumentId) -> String {
    let row = app.token("admin@nordlicht.example").await.get(&format!("/api/v1/documents/{id}")).await.json();
    format!("{} {}", row["state"].as_str().unwrap(), row["category"].as_str().unwrap())
}

both! {
    async fn drafts_are_published_after_a_look_at_who_gets_them(app: TestApp) {
        let one = app.draft("Offer A", Category::Minutes).await;
        let two = app.draft("Offer B", Category::Minutes).await;
        let known = app.published("Known", Category::Minutes, Audience::People(vec![app.user("anna@acme.example")])).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        assert!(pm.get("/staff/documents").await.text().contains("formaction=\"/staff/documents/bulk\""));
        let path = format!("/staff/documents/bulk?{}", query(&[one, two, known]));
        let page = pm.get(&path).await;
        let words = page.words();
        assert!(words.contains("Publish 2 documents") && words.contains("Offer A") && words.contains("people will see this"), "{words}");
        assert!(words.contains("Left as they are") && words.contains("Known"), "{words}");
        let form = fields(&page.text(), "/_fn/documents/bulk_publish");
        // Somebody joins meanwhile: the list that was shown is not the one that is, and nobody gets anything.
        app.sql("UPDATE memberships SET state = 'suspended' WHERE user_id IN (SELECT id FROM users WHERE email = 'ben@acme.example')").await;
        let back = send(&mut pm, "/_fn/documents/bulk_publish", &form).await;
        assert!(back.starts_with("/staff/documents/bulk?") && back.contains("The list of people has changed"), "{back}");
        assert_eq!((state(&app, one).await.as_str(), state(&app, two).await.as_str()), ("draft minutes", "draft minutes"));
        let form = fields(&pm.get(&path).await.text(), "/_fn/documents/bulk_publish");
        // One of them is changed by somebody else: none is published.
        let ctx = app.ctx("admin@nordlicht.example").await;
        let edit = app::documents::model::EditDocument { title: Some("Offer B2".into()), ..Default::default() };
        service::edit(&ctx, two, &service::Seen::default(), edit).await.unwrap();
        let back = send(&mut pm, "/_fn/documents/bulk_publish", &form).await;
        assert!(back.contains("Offer B2: Somebody changed this document"), "{back}");
        assert_eq!(state(&app, one).await, "draft minutes");
        let form = fields(&pm.get(&path).await.text(), "/_fn/documents/bulk_publish");
        let done = send(&mut pm, "/_fn/documents/bulk_publish", &form).await;
        assert!(done.contains("2 documents are published"), "{done}");
        assert_eq!((state(&app, one).await.as_str(), state(&app, two).await.as_str()), ("published minutes", "published minutes"));
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.publish'").await, 3);
        // What somebody has already is not opened to everybody in bulk.
        let body = serde_json::json!({"documents": [{"id": known.to_string()}]});
        let refused = app.token("pm@nordlicht.example").await.post("/api/v1/documents/publish", body).await;
        assert!(refused.status == 409 && refused.text().contains("Known: It is published already."), "{}", refused.text());
    }

    async fn what_a_category_does_not_open_to_everyone_is_not_published_from_a_list(app: TestApp) {
        let one = app.draft("Open", Category::Minutes).await;
        let two = app.draft("For some", Category::Contract).await;
        let path = format!("/staff/documents/bulk?{}", query(&[one, two]));
        let mut pm = app.browser("pm@nordlicht.example").await;
        // The page as it was before the rule.
        let early = fields(&pm.get(&path).await.text(), "/_fn/documents/bulk_publish");
        let rules = Rules { audience: "people", ..Rules::new(Category::Contract) };
        app::categories::service::set(&app.ctx("admin@nordlicht.example").await, &rules, None).await.unwrap();
        let words = pm.get(&path).await.words();
        assert!(words.contains("Publish one document") && words.contains("Left as they are"), "{words}");
        assert!(words.contains("Its category asks who is to see it"), "{words}");
        let back = send(&mut pm, "/_fn/documents/bulk_publish", &early).await;
        assert!(back.contains("For some: Its category asks who is to see it"), "{back}");
        let body = serde_json::json!({"documents": [{"id": one.to_string()}, {"id": two.to_string()}]});
        let refused = app.token("pm@nordlicht.example").await.post("/api/v1/documents/publish", body).await;
        assert!(refused.status == 409 && refused.text().contains("For some: Its category asks"), "{}", refused.text());
        assert_eq!((state(&app, one).await.as_str(), state(&app, two).await.as_str()), ("draft minutes", "draft contract"));
        let form = fields(&pm.get(&path).await.text(), "/_fn/documents/bulk_publish");
        assert!(send(&mut pm, "/_fn/documents/bulk_publish", &form).await.contains("One document is published"));
        assert_eq!((state(&app, one).await.as_str(), state(&app, two).await.as_str()), ("published minutes", "draft contract"));
    }

    async fn documents_are_moved_together_or_not_at_all(app: TestApp) {
        let one = app.draft("One", Category::Minutes).await;
        let two = app.published("Two", Category::Minutes, Audience::Organisation).await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        let path = format!("/staff/documents/bulk?{}", query(&[one, two]));
        let mut form = fields(&pm.get(&path).await.text(), "/_fn/documents/bulk_move");
        form.push(("category".to_owned(), "specification".to_owned()));
        assert!(send(&mut pm, "/_fn/documents/bulk_move", &form).await.contains("2 documents were moved"));
        assert_eq!((state(&app, one).await.as_str(), state(&app, two).await.as_str()), ("draft specification", "published specification"));
        // The same form again names a revision that has passed.
        assert!(send(&mut pm, "/_fn/documents/bulk_move", &form).await.contains("Somebody changed this document"));
        // Where one is not theirs, none moves.
        let invoice = app.draft("Invoice", Category::Invoice).await;
        let body = |ids: &[DocumentId]| serde_json::json!({"documents": ids.iter().map(|id| serde_json::json!({"id": id.to_string()})).collect::<Vec<_>>(), "category": "other"});
        let token = app.token("finance@nordlicht.example").await;
        assert_eq!(token.post("/api/v1/documents/move", body(&[invoice, one])).await.status, 404);
        assert_eq!(app.token("anna@acme.example").await.post("/api/v1/documents/move", body(&[two])).await.status, 403);
        assert_eq!(state(&app, invoice).await, "draft invoice");
        let token = app.token("pm@nordlicht.example").await;
        assert_eq!(token.post("/api/v1/documents/move", body(&[])).await.status, 422);
        assert_eq!(token.post("/api/v1/documents/move", body(&[one, two, one])).await.json()["documents"], 2);
        assert!(pm.get("/staff/documents/bulk").await.words().contains("Choose at least one document."));
    }
}
