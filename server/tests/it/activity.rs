//! What staff see of what happened: documents in their scope, people they may know.

use app::documents::activity::{self, Act, Deed, Doer};
use app::documents::model::{Audience, Category};

use crate::support::{TestApp, both};

async fn acts(app: &TestApp, email: &str) -> Vec<Act> {
    activity::recent(&app.ctx(email).await, 20).await.unwrap()
}

fn person(name: &str) -> Doer {
    Doer::Person(name.to_owned())
}

both! {
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
