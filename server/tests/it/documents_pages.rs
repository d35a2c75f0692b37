//! The main job through pages and forms, as a browser without JavaScript does it.

use app::documents::model::{Audience, Category};

use crate::support::{TestApp, both, files};

both! {
    async fn staff_publish_through_forms_and_the_reader_finds_it(app: TestApp) {
        let mut pm = app.browser("pm@nordlicht.example").await;
        let acme = app.organisation("acme").to_string();
        let bytes = files::pdf("through the form");
        let made = pm.upload("/staff/documents", &[("organisation_id", &acme), ("category", "specification"), ("title", "")], "Pr\u{fc}fprotokoll.pdf", &bytes).await;
        let page = pm.follow(&made).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let words = page.words();
        assert!(words.contains("Publish “Pr\u{fc}fprotokoll”"), "the file's name became the title: {words}");
        assert!(words.contains("3 people will see this") && words.contains("never signed in"), "{words}");
        assert!(words.contains("Anna Albers") && !words.contains("Carla"), "{words}");
        let mut anna = app.browser("anna@acme.example").await;
        assert!(!anna.get("/").await.words().contains("Pr\u{fc}fprotokoll"), "a draft is internal");
        let fields = ["id", "revision", "readers", "audience", "people", "group", "project"].map(|name| (name, page.field(name)));
        let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let published = pm.post("/_fn/documents/publish", &fields).await;
        let page = pm.follow(&published).await;
        assert!(page.words().contains("is published"), "{}", page.words());
        assert!(anna.get("/").await.words().contains("Pr\u{fc}fprotokoll"));
        assert!(anna.get("/documents").await.words().contains("Pr\u{fc}fprotokoll"));
        let id = page.field("id");
        assert_eq!(anna.get(&format!("/documents/{id}")).await.status, 200);
        assert_eq!(anna.get(&format!("/documents/{id}/versions/1/content")).await.body, bytes);
        let mut carla = app.browser("carla@borealis.example").await;
        for path in [format!("/documents/{id}"), format!("/documents/{id}/versions/1/content"), format!("/staff/documents/{id}")] {
            let answer = carla.get(&path).await;
            assert!(answer.status == 404 && !answer.text().contains("Pr\u{fc}fprotokoll"), "{path}: {}", answer.status);
        }
    }

    async fn two_people_publishing_at_once_both_learn_what_happened(app: TestApp) {
        let id = app.draft("Contested", Category::Minutes).await.to_string();
        let path = format!("/staff/documents/{id}/publish");
        let (mut pm, mut admin) = (app.browser("pm@nordlicht.example").await, app.browser("admin@nordlicht.example").await);
        let (first, second) = (pm.get(&path).await, admin.get(&path).await);
        let form = |page: &crate::support::Answer| -> Vec<(String, String)> {
            ["id", "revision", "readers", "audience"].map(|n| (n.to_owned(), page.field(n))).into()
        };
        let (a, b) = (form(&first), form(&second));
        let refs = |f: &[(String, String)]| f.iter().map(|(n, v)| (n.clone(), v.clone())).collect::<Vec<_>>();
        let (a, b) = (refs(&a), refs(&b));
        let (a, b): (Vec<_>, Vec<_>) = (a.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect(), b.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect());
        let (x, y) = tokio::join!(pm.post("/_fn/documents/publish", &a), admin.post("/_fn/documents/publish", &b));
        let (x, y) = (pm.follow(&x).await.words(), admin.follow(&y).await.words());
        let done = [&x, &y].into_iter().filter(|w| w.contains("is published")).count();
        let told = [&x, &y].into_iter().filter(|w| w.contains("Somebody changed this document")).count();
        assert_eq!((done, told), (1, 1), "{x}\n---\n{y}");
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action = 'document.publish'").await, 1);
    }

    async fn nothing_is_published_to_people_who_were_not_shown(app: TestApp) {
        let id = app.draft("Watched", Category::Minutes).await.to_string();
        let mut pm = app.browser("pm@nordlicht.example").await;
        let page = pm.get(&format!("/staff/documents/{id}/publish")).await;
        app.sql("UPDATE memberships SET role = 'member', documents = 'organisation' WHERE role = 'partner'").await;
        let fields = ["id", "revision", "readers", "audience"].map(|n| (n, page.field(n)));
        let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let answer = pm.post("/_fn/documents/publish", &fields).await;
        let page = pm.follow(&answer).await.words();
        assert!(page.contains("The list of people has changed") && page.contains("4 people will see this"), "{page}");
        assert_eq!(app.count("SELECT COUNT(*) FROM documents WHERE state = 'published'").await, 0);
    }

    async fn a_wrong_form_comes_back_with_what_was_typed(app: TestApp) {
        let mut pm = app.browser("pm@nordlicht.example").await;
        let answer = pm.upload("/staff/documents", &[("organisation_id", ""), ("category", "contract"), ("title", "A \"title\" with <b>")], "a.pdf", &files::pdf("x")).await;
        let page = pm.follow(&answer).await;
        assert!(page.words().contains("Choose a customer."), "{}", page.words());
        assert_eq!(page.field("title"), "A \"title\" with <b>");
        assert!(!page.text().contains("<b>"), "what was typed is escaped");
        assert!(page.text().contains("aria-invalid"));
        assert!(!pm.get("/staff/documents/new").await.words().contains("Choose a customer."), "shown once");
    }

    async fn a_withdrawn_document_is_gone_from_the_next_request(app: TestApp) {
        let id = app.published("Mistake", Category::Minutes, Audience::Organisation).await.to_string();
        let mut anna = app.browser("anna@acme.example").await;
        assert_eq!(anna.get(&format!("/documents/{id}")).await.status, 200);
        let mut pm = app.browser("pm@nordlicht.example").await;
        let revision = pm.get(&format!("/staff/documents/{id}")).await.field("revision");
        pm.post("/_fn/documents/withdraw", &[("id", &id), ("revision", &revision)]).await;
        for path in [format!("/documents/{id}"), format!("/documents/{id}/versions/1/content")] {
            assert_eq!(anna.get(&path).await.status, 404, "{path}");
        }
        assert!(!anna.get("/documents").await.words().contains("Mistake"));
    }

    async fn opening_a_document_takes_it_from_the_list_of_what_waits(app: TestApp) {
        let anna_id = app.user("anna@acme.example");
        let id = app.published("For Anna", Category::Contract, Audience::People(vec![anna_id])).await;
        let mut anna = app.browser("anna@acme.example").await;
        assert!(anna.get("/").await.words().contains("Read “For Anna”"));
        anna.get(&format!("/documents/{id}")).await;
        let home = anna.get("/").await.words();
        assert!(home.contains("One thing needs you.") && !home.contains("Read “For Anna”"), "{home}");
    }

    async fn hostile_titles_and_names_are_text_everywhere(app: TestApp) {
        let evil = "</title><script>alert(1)</script>\"'&";
        let id = app.published(evil, Category::Minutes, Audience::Organisation).await;
        app.sql("UPDATE users SET name = '<img src=x onerror=alert(1)>' WHERE email = 'ben@acme.example'").await;
        let mut pm = app.browser("pm@nordlicht.example").await;
        for path in ["/staff".to_owned(), "/staff/documents".to_owned(), format!("/staff/documents/{id}"), format!("/staff/documents/{id}/publish"), format!("/staff/customers/{}", app.organisation("acme"))] {
            let html = pm.get(&path).await.text();
            assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{path}");
        }
        let mut ben = app.browser("ben@acme.example").await;
        for path in ["/".to_owned(), "/documents".to_owned(), format!("/documents/{id}")] {
            let html = ben.get(&path).await.text();
            assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{path}");
        }
    }

    async fn somebody_in_two_organisations_sees_the_one_they_chose(app: TestApp) {
        app.published("Of ACME", Category::Minutes, Audience::Organisation).await;
        let now = app.clock.now().0;
        app.sql(&format!("INSERT INTO memberships (user_id, organisation_id, role, state, created_at) SELECT u.id, o.id, 'member', 'active', {now} FROM users u, organisations o WHERE u.email = 'ben@acme.example' AND o.slug = 'borealis'")).await;
        let mut ben = app.browser("ben@acme.example").await;
        assert!(ben.get("/documents").await.words().contains("Of ACME"));
        let borealis = app.organisation("borealis").to_string();
        ben.post("/_fn/account/switch_organisation", &[("organisation", &borealis)]).await;
        assert!(!ben.get("/documents").await.words().contains("Of ACME"));
        assert_eq!(ben.post("/_fn/account/switch_organisation", &[("organisation", "01900000-0000-7000-8000-000000000000")]).await.status, 404);
    }

    async fn the_switcher_says_what_waits_where_and_a_link_opens_the_right_organisation(app: TestApp) {
        let now = app.clock.now().0;
        app.sql(&format!("INSERT INTO memberships (user_id, organisation_id, role, state, created_at) SELECT u.id, o.id, 'member', 'active', {now} FROM users u, organisations o WHERE u.email = 'ben@acme.example' AND o.slug = 'borealis'")).await;
        let ben_id = app.user("ben@acme.example");
        let id = app.published("For Ben alone", Category::Minutes, Audience::People(vec![ben_id])).await;
        let (acme, borealis) = (app.organisation("acme").to_string(), app.organisation("borealis").to_string());
        let mut ben = app.browser("ben@acme.example").await;

        // The address of the other one opens it, and it stays open.
        let elsewhere = "one thing waits in another organisation";
        let there = ben.get(&format!("/?organisation={borealis}")).await;
        assert!(there.text().contains(elsewhere) && !there.words().contains("For Ben alone"), "{}", there.words());
        assert!(ben.get("/documents").await.text().contains(elsewhere));

        // The link in a mail leads into the organisation of the document, and there it is read.
        let page = ben.get(&format!("/documents/{id}")).await;
        assert!(page.words().contains("For Ben alone") && !page.text().contains(elsewhere), "{}", page.words());
        let home = ben.get("/").await.text().to_owned();
        let at = home.find("aria-current=\"true\"").map(|i| home[..i].rfind("value=\"").map(|v| home[v + 7..v + 43].to_owned()));
        assert_eq!(at.flatten().as_deref(), Some(acme.as_str()), "the organisation of the document is the one at hand");

        // One that is not theirs changes nothing.
        let other = ben.get("/?organisation=01900000-0000-7000-8000-000000000000").await;
        assert_eq!(other.status, 200);
        assert!(!other.text().contains(elsewhere), "still at ACME");
    }

    async fn the_portal_speaks_the_language_that_was_chosen(app: TestApp) {
        let mut anna = app.browser("anna@acme.example").await;
        for (language, word) in [("de", "Dokumente"), ("nl", "Documenten"), ("en", "Documents")] {
            anna.post("/_fn/account/set_language", &[("language", language), ("return_to", "/documents")]).await;
            let page = anna.get("/documents").await;
            assert!(page.words().contains(word) && page.text().contains(&format!("lang=\"{language}\"")), "{language}");
        }
    }
}
