//! Forms about people that were open while somebody else changed a role: whoever sends one is told what to do next.

use app::access::StaffRole;
use app::people;
use serde_json::json;

use crate::support::{Answer, Browser, TestApp, both};

const ADMIN: &str = "admin@nordlicht.example";
const OTHER: &str = "management@nordlicht.example";
const SVEN: &str = "support@nordlicht.example";
const CHANGED: &str = "Somebody has changed this person meanwhile. Look at the current state and try again.";

/// The form of a customer's person, as this page showed it.
async fn send_team_form(app: &TestApp, browser: &mut Browser, email: &str, revision: &str, documents: &str) -> Answer {
    let (acme, user) = (app.organisation("acme").to_string(), app.user(email).to_string());
    let page = format!("/organisation/people/{user}");
    let fields = [
        ("organisation", acme.as_str()),
        ("user", &user),
        ("revision", revision),
        ("page", &page),
        ("role", "member"),
        ("documents", documents),
        ("orders", "organisation"),
        ("money", "organisation"),
        ("tickets", "organisation"),
    ];
    browser.post("/_fn/team/change", &fields).await
}

/// Whether the page offers this choice as the one that is taken.
fn chosen(page: &Answer, value: &str) -> bool {
    page.text().contains(&format!("<option value=\"{value}\" selected"))
}

both! {
    async fn an_administrator_of_a_customer_who_is_none_any_more_changes_nobody(app: TestApp) {
        let (anna, acme) = (app.token("anna@acme.example").await, app.organisation("acme"));
        let person = |email: &str| format!("/api/v1/organisations/{acme}/people/{}", app.user(email));
        let (bens, hennings) = (person("ben@acme.example"), person("henning@acme.example"));
        assert_eq!(anna.patch(&bens, json!({ "role": "admin" }), "*").await.status, 200);
        let mut ben = app.browser("ben@acme.example").await;
        let open = ben.get(&format!("/organisation/people/{}", app.user("henning@acme.example"))).await;
        assert_eq!(open.status, 200);
        assert_eq!(anna.patch(&bens, json!({ "role": "member" }), "*").await.status, 200);
        let before = anna.get(&hennings).await;
        let answer = send_team_form(&app, &mut ben, "henning@acme.example", &open.field("revision"), "own").await;
        assert_eq!(answer.status, 403);
        let words = answer.words();
        assert!(words.contains("This is not open to you") && words.contains("Ask the portal admin in your company"), "{words}");
        let after = anna.get(&hennings).await;
        assert_eq!((after.header("etag"), after.json()), (before.header("etag"), before.json()));
        let (organisation, henning, revision) = (acme.to_string(), app.user("henning@acme.example").to_string(), open.field("revision"));
        for act in ["suspend", "remove"] {
            let fields = [("organisation", organisation.as_str()), ("user", &henning), ("revision", &revision)];
            assert_eq!(ben.post(&format!("/_fn/team/{act}"), &fields).await.status, 403, "{act}");
        }
        assert_eq!(anna.get(&hennings).await.header("etag"), before.header("etag"));
    }

    async fn a_team_form_of_an_older_state_says_so_and_keeps_what_was_chosen(app: TestApp) {
        let (acme, user) = (app.organisation("acme"), app.user("ben@acme.example"));
        let mut anna = app.browser("anna@acme.example").await;
        let open = anna.get(&format!("/organisation/people/{user}")).await;
        // The house was faster.
        let house = app.token(ADMIN).await;
        let path = format!("/api/v1/organisations/{acme}/people/{user}");
        assert_eq!(house.patch(&path, json!({ "rights": { "money": "none" } }), "*").await.status, 200);
        let answer = send_team_form(&app, &mut anna, "ben@acme.example", &open.field("revision"), "own").await;
        let page = anna.follow(&answer).await;
        assert!(page.words().contains(CHANGED), "{}", page.words());
        assert!(chosen(&page, "own"), "what was chosen stays: {}", page.text());
        let rights = house.get(&path).await.json()["rights"].clone();
        assert_eq!((rights["documents"].as_str(), rights["money"].as_str()), (Some("organisation"), Some("none")), "and what the other did");
        // Sent again from the page that shows the current state, it holds.
        let answer = send_team_form(&app, &mut anna, "ben@acme.example", &page.field("revision"), "own").await;
        assert!(!anna.follow(&answer).await.words().contains(CHANGED));
        assert_eq!(house.get(&path).await.json()["rights"]["documents"], "own");
    }

    async fn of_two_administrators_who_change_somebody_at_the_house_the_second_is_told(app: TestApp) {
        people::set_staff_role(&app.ctx(ADMIN).await, app.user(OTHER), StaffRole::Administrator).await.unwrap();
        let (mut one, mut two) = (app.browser(ADMIN).await, app.browser(OTHER).await);
        let (sven, token) = (app.user(SVEN).to_string(), app.token(ADMIN).await);
        let page = format!("/staff/users/{sven}");
        let (of_one, of_two) = (one.get(&page).await.field("revision"), two.get(&page).await.field("revision"));
        let set_role = "/_fn/users/set_role";
        let done = one.post(set_role, &[("id", &sven), ("revision", &of_one), ("role", "sales")]).await;
        assert!(one.follow(&done).await.words().contains("The role is changed"));
        let late = two.post(set_role, &[("id", &sven), ("revision", &of_two), ("role", "finance")]).await;
        assert_eq!((late.status, late.location()), (303, page.as_str()));
        let told = two.follow(&late).await;
        assert!(told.words().contains(CHANGED), "{}", told.words());
        assert!(chosen(&told, "finance"), "what was chosen stays");
        let path = format!("/api/v1/users/{sven}");
        assert_eq!(token.get(&path).await.json()["staff_role"], "sales");
        // The same with the state, and nothing of a form that names none.
        let late = two.post("/_fn/users/suspend", &[("id", &sven), ("revision", &of_two)]).await;
        assert!(two.follow(&late).await.words().contains(CHANGED));
        assert_eq!(two.post(set_role, &[("id", &sven), ("role", "finance")]).await.status, 400);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit_events WHERE action IN ('user.role', 'user.suspend')").await, 2, "the administrator's, and the first");
        // Sent again from the page that shows the current state, it holds.
        let again = two.post(set_role, &[("id", &sven), ("revision", &told.field("revision")), ("role", "finance")]).await;
        assert!(two.follow(&again).await.words().contains("The role is changed"));
        assert_eq!(token.get(&path).await.json()["staff_role"], "finance");
    }
}
