//! The list of approvals over all customers: for everybody what the documents' scope gives them, whatever it is narrowed to.

use app::approvals::model::State;
use app::approvals::overview::{self, After, Filter, Which};
use app::documents::model::{Audience, Category};
use app::documents::service;
use app::ids::ApprovalId;

use crate::approvals::{DAY, ask};
use crate::support::{Engine, TestApp, both};

const STAFF: [&str; 5] = ["admin@nordlicht.example", "pm@nordlicht.example", "support@nordlicht.example", "finance@nordlicht.example", "management@nordlicht.example"];

/// One approval as the test made it.
struct Made {
    id: ApprovalId,
    document: app::ids::DocumentId,
    category: Category,
    slug: &'static str,
    late: bool,
    over: bool,
}

/// Approvals of both customers, in three categories, each open, late and over.
async fn made(app: &TestApp) -> Vec<Made> {
    let mut all = Vec::new();
    for category in [Category::Contract, Category::Invoice, Category::Proposal] {
        for slug in ["acme", "borealis"] {
            for (late, over) in [(false, false), (true, false), (false, true), (false, false)] {
                let document = app.published(&format!("{category:?} of {slug}"), category, Audience::Organisation).await;
                let id = ask(app, document, &["anna@acme.example"], 1).await.approval.id;
                let (a, d, o) = (app.literal(id.0), app.literal(document.0), app.literal(app.organisation(slug).0));
                app.sql(&format!("UPDATE documents SET organisation_id = {o} WHERE id = {d}")).await;
                let state = if over { State::Approved } else { State::Open };
                let due = if late { app.clock.now().minus(DAY) } else { app.clock.now().plus(DAY * 3) };
                app.sql(&format!("UPDATE approvals SET organisation_id = {o}, state = '{}', due_at = {} WHERE id = {a}", state.name(), due.0)).await;
                all.push(Made { id, document, category, slug, late, over });
            }
        }
    }
    all
}

/// The whole list, two at a time.
async fn listed(app: &TestApp, email: &str, filter: Filter) -> Vec<ApprovalId> {
    let ctx = app.ctx(email).await;
    let (mut all, mut after): (Vec<ApprovalId>, Option<After>) = (Vec::new(), None);
    loop {
        let page = overview::list(&ctx, Filter { after, limit: 2, ..filter }).await.unwrap();
        all.extend(page.rows.iter().map(|row| row.round.approval.id));
        match page.next {
            Some(next) => after = Some(next),
            None => return all,
        }
    }
}

both! {
    async fn everybody_finds_what_their_documents_are_whatever_the_list_is_narrowed_to(app: TestApp) {
        let made = made(&app).await;
        for email in STAFF {
            let ctx = app.ctx(email).await;
            let mut seen = Vec::new();
            for one in &made {
                if service::find(&ctx, one.document).await.is_ok() {
                    seen.push(one);
                }
            }
            assert_eq!(overview::late(&ctx).await.unwrap(), i64::try_from(seen.iter().filter(|one| one.late).count()).unwrap(), "{email}");
            for which in Which::ALL {
                for slug in [None, Some("acme"), Some("borealis")] {
                    for category in [None, Some(Category::Contract), Some(Category::Invoice), Some(Category::Minutes)] {
                        let filter = Filter { which, organisation: slug.map(|slug| app.organisation(slug)), category, ..Filter::default() };
                        let mut wanted: Vec<ApprovalId> = seen
                            .iter()
                            .filter(|one| match which { Which::Open => !one.over, Which::Late => one.late, Which::Over => one.over })
                            .filter(|one| slug.is_none_or(|slug| slug == one.slug) && category.is_none_or(|category| category == one.category))
                            .map(|one| one.id)
                            .collect();
                        let mut found = listed(&app, email, filter).await;
                        if which == Which::Over {
                            assert!(found.is_sorted_by(|a, b| a.0 > b.0), "the latest first");
                        }
                        wanted.sort_by_key(|id| id.0);
                        found.sort_by_key(|id| id.0);
                        assert_eq!(found, wanted, "{email} {which:?} {slug:?} {category:?}");
                    }
                }
            }
        }
    }

    async fn an_approval_moves_with_its_document_to_another_category(app: TestApp) {
        let document = app.published("Was it a contract?", Category::Contract, Audience::Organisation).await;
        let approval = ask(&app, document, &["anna@acme.example"], 1).await.approval.id;
        let admin = app.token("admin@nordlicht.example").await;
        let path = format!("/api/v1/documents/{document}");
        let etag = admin.get(&path).await.header("etag").to_owned();
        assert_eq!(admin.patch(&path, serde_json::json!({"category": "invoice"}), &etag).await.status, 200);
        let of = |category| Filter { category: Some(category), ..Filter::default() };
        assert_eq!(listed(&app, "finance@nordlicht.example", of(Category::Invoice)).await, [approval]);
        assert!(listed(&app, "admin@nordlicht.example", of(Category::Contract)).await.is_empty());
    }

    async fn the_list_walks_indexes_in_its_own_order(app: TestApp) {
        if app.engine() != Engine::Sqlite {
            // What PostgreSQL does depends on how much there is; the benchmark measures it.
            return;
        }
        let lists = app::db::STATEMENTS.iter().filter(|entry| entry.name.contains("approvals::ranges::"));
        for entry in lists.clone() {
            let plan = app.sql(&format!("EXPLAIN QUERY PLAN {}", entry.sqlite)).await;
            let steps: Vec<String> = plan.into_iter().filter_map(|row| row.into_iter().next_back()).collect();
            let ranges: Vec<&String> = steps.iter().filter(|step| step.contains(" a ") && !step.contains("(id=?)")).collect();
            let kind = if entry.name.contains("::OVER") { "approvals_over_by_" } else { "approvals_open_by_" };
            assert!(ranges.len() == 2 && ranges.iter().all(|step| step.starts_with("SEARCH") && step.contains(kind)), "{}: {steps:#?}", entry.name);
        }
        assert_eq!(lists.count(), 9);
    }
}
