//! `/staff/approvals`: who has not decided yet, documents by people, one table per customer.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::approvals::model::State;
use crate::approvals::overview::{self, After, Filter, Listed, Row, Which};
use crate::approvals::remind::AT_ONCE;
use crate::ctx::Ctx;
use crate::documents::model::Category;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::ids::OrganisationId;
use crate::organisation::choice;
use crate::paths;
use crate::ui::{
    ButtonKind, EmptyState, Icon, LinkButton, MorePager, Notice, PageHead, Place, SelectField, SelectOption, Status,
    SubmitButton, Tone,
};

use super::parts;

const PER_PAGE: i64 = 50;

/// The matrix.
#[component]
pub fn ApprovalsPage() -> impl IntoView {
    page(matrix)
}

/// What the address of the list asks for.
pub fn read(query: &Query) -> Result<Filter, AppError> {
    let parsed = |name: &str| query.get(name);
    Ok(Filter {
        which: parsed("state").map_or(Ok(Which::Open), |name| Which::parse(name).ok_or(AppError::NotFound))?,
        organisation: parsed("customer").map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?,
        category: parsed("category").map(|key| Category::parse(key).ok_or(AppError::NotFound)).transpose()?,
        after: parsed("after").map(|text| text.parse::<After>().map_err(|()| AppError::NotFound)).transpose()?,
        limit: PER_PAGE,
    })
}

fn address(filter: &Filter, after: Option<After>) -> String {
    within(paths::STAFF_APPROVALS, filter, after)
}

/// An address with the filter in it.
fn within(path: &str, filter: &Filter, after: Option<After>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if filter.which != Which::Open {
        query.append_pair("state", filter.which.name());
    }
    if let Some(customer) = filter.organisation {
        query.append_pair("customer", &customer.to_string());
    }
    if let Some(category) = filter.category {
        query.append_pair("category", category.key());
    }
    if let Some(after) = after {
        query.append_pair("after", &after.to_string());
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

async fn matrix(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    crate::organisation::service::require_staff(ctx)?;
    let filter = read(&visit.query)?;
    let listed = overview::list(ctx, filter).await?;
    let late = overview::late(ctx).await?;
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("approvals-title").to_owned();
    let meta = if late < overview::MOST_COUNTED {
        ctx.with("approvals-late-count", &[("count", late.into())])
    } else {
        ctx.t("approvals-late-many").to_owned()
    };
    let tab = |which: Which, key: &'static str| {
        let current = (filter.which == which).then_some("page");
        view! { <a href=address(&Filter { which, after: None, ..filter }, None) aria-current=current>{ctx.t(key)}</a> }
    };
    let categories = std::iter::once(SelectOption {
        value: String::new(),
        label: ctx.t("approvals-all-categories").to_owned(),
        selected: filter.category.is_none(),
    })
    .chain(Category::ALL.map(|c| SelectOption {
        value: c.key().to_owned(),
        label: ctx.t(c.label_key()).to_owned(),
        selected: filter.category == Some(c),
    }))
    .collect::<Vec<_>>();
    let customers = choice::filter(ctx, "approvals-all-customers", filter.organisation).await?;
    let body = if listed.rows.is_empty() {
        let (title, text) = match filter.which {
            Which::Open => ("approvals-empty-title", "approvals-empty-text"),
            Which::Late => ("approvals-empty-late-title", "approvals-empty-late-text"),
            Which::Over => ("approvals-empty-over-title", "approvals-empty-over-text"),
        };
        view! { <section class="panel"><EmptyState icon="circle-check-big" title=ctx.t(title) text=ctx.t(text) /></section> }
            .into_markup()
    } else {
        tables(ctx, &filter, listed)
    };
    let body = view! {
        <PageHead title=title.clone() meta=meta><LinkButton href=within(paths::STAFF_APPROVALS_EXPORT, &filter, None)><Icon name="download" />{ctx.t("approvals-export")}</LinkButton></PageHead>
        {problem}
        <nav class="tabs" aria-label=ctx.t("approvals-which")>
            {tab(Which::Open, "approvals-open")}{tab(Which::Late, "approvals-late")}{tab(Which::Over, "approvals-over")}
        </nav>
        <form class="filters" method="get" action=paths::STAFF_APPROVALS>
            {(filter.which != Which::Open).then(|| view! { <input type="hidden" name="state" value=filter.which.name() /> })}
            <SelectField name="customer" label=ctx.t("documents-customer") options=customers />
            <SelectField name="category" label=ctx.t("documents-category") options=categories />
            <SubmitButton>{ctx.t("approvals-filter")}</SubmitButton>
        </form>
        <div class="stack" id="list" data-live-area="approvals">{body}</div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Approvals, crumbs: vec![], todo: None, body })
}

/// One table per customer, in the order in which their first approval comes.
fn tables(ctx: &Ctx, filter: &Filter, listed: Listed) -> Markup {
    let mut customers: Vec<OrganisationId> = Vec::new();
    for row in &listed.rows {
        let id = row.round.approval.organisation_id;
        if !customers.contains(&id) {
            customers.push(id);
        }
    }
    let panels = customers
        .into_iter()
        .enumerate()
        .map(|(at, id)| {
            let rows: Vec<&Row> = listed.rows.iter().filter(|row| row.round.approval.organisation_id == id).collect();
            table(ctx, filter, at, &rows)
        })
        .collect_view();
    let next = listed.next.map(|next| address(filter, Some(next)));
    let newest = filter.after.map(|_| address(&Filter { after: None, ..*filter }, None));
    let remind = (filter.which != Which::Over).then(|| {
        view! {
            <div class="cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("approvals-remind-chosen")}</SubmitButton>
            <span class="meta">{ctx.with("approvals-remind-hint", &[("max", AT_ONCE.into())])}</span></div>
        }
    });
    view! {
        <form class="stack" method="post" action="/_fn/approvals/remind">
            <input type="hidden" name="return_to" value=address(filter, filter.after) />
            {legend(ctx)}
            {panels}
            {remind}
        </form>
        <MorePager locale=ctx.locale next_href=next newest_href=newest />
    }
    .into_markup()
}

fn legend(ctx: &Ctx) -> Markup {
    let entry = |tone, glyph, key| view! { <Status tone=tone glyph=glyph text=ctx.t(key) /> };
    view! {
        <div class="legend" role="group" aria-label=ctx.t("approvals-legend")>
            {entry(Tone::Idle, "open", "approval-not-seen")}
            {entry(Tone::Idle, "seen", "approval-seen")}
            {entry(Tone::Good, "done", "approval-approved")}
            {entry(Tone::Bad, "no", "approval-declined")}
            {entry(Tone::Idle, "old", "approval-outdated")}
            <span class="status t-idle">"–\u{a0}"{ctx.t("approvals-not-asked")}</span>
        </div>
    }
    .into_markup()
}

fn table(ctx: &Ctx, filter: &Filter, at: usize, rows: &[&Row]) -> Markup {
    let Some(first) = rows.first() else { return ().into_markup() };
    let people = overview::people(rows);
    let heading = format!("customer-{at}");
    let (labelled, anchor) = (heading.clone(), heading.clone());
    let open = filter.which != Which::Over;
    let columns = people
        .iter()
        .map(|(_, name, signed_in)| {
            let never = (!signed_in).then(|| view! { <span>{ctx.t("people-never")}</span> });
            view! { <th scope="col" role="columnheader" class="who">{name.clone()}{never}</th> }
        })
        .collect_view();
    let body = rows.iter().map(|row| line(ctx, row, &people, open)).collect_view();
    let name = first.organisation_name.clone();
    let number = ctx.with("customers-number-short", &[("number", first.organisation_number.clone().into())]);
    let label = ctx.with("approvals-of", &[("name", name.clone().into())]);
    let href = paths::staff_customer(first.round.approval.organisation_id);
    view! {
        <section class="panel" aria-labelledby=labelled>
            <div class="panel-head"><h2 id=anchor>{name}</h2><span class="meta">{number}</span><a href=href>{ctx.t("approvals-customer")}</a></div>
            <div class="scrollx" tabindex="0" role="region" aria-label=label>
                <table class="table cards matrix" role="table" aria-labelledby=heading>
                    <thead role="rowgroup"><tr role="row">
                        {open.then(|| view! { <th scope="col" role="columnheader" class="w-min"><span class="vh">{ctx.t("approvals-choose")}</span></th> })}
                        <th scope="col" role="columnheader" class="w-doc">{ctx.t("approvals-document")}</th>
                        <th scope="col" role="columnheader" class="w-due">{ctx.t("approvals-due")}</th>
                        <th scope="col" role="columnheader" class="w-sum">{ctx.t("approval-approved")}</th>
                        {columns}
                    </tr></thead>
                    <tbody role="rowgroup">{body}</tbody>
                </table>
            </div>
        </section>
    }
    .into_markup()
}

fn line(ctx: &Ctx, row: &Row, people: &[(crate::ids::UserId, String, bool)], open: bool) -> Markup {
    let approval = &row.round.approval;
    let choose = ctx.with("approvals-choose-named", &[("title", row.title.clone().into())]);
    let version = ctx.with("documents-version", &[("number", approval.version.into())]);
    let due =
        if approval.state == State::Open { parts::due(ctx, approval.due_at) } else { parts::status(ctx, approval) };
    let count = format!("{}/{}", row.round.approved(), approval.needed);
    let cells = people
        .iter()
        .map(|(id, name, _)| match row.round.seat(*id) {
            Some(seat) => view! { <td role="cell" class="cell" data-label=name.clone()>{parts::said(ctx, approval, seat)}</td> }.into_markup(),
            None => view! { <td role="cell" class="cell cell--none" data-label=name.clone()><span aria-hidden="true">"–"</span><span class="vh">{ctx.t("approvals-not-asked")}</span></td> }.into_markup(),
        })
        .collect_view();
    view! {
        <tr role="row">
            {open.then(|| view! { <td role="cell" class="c-pick"><input type="checkbox" name="approvals[]" value=approval.id.to_string() aria-label=choose /></td> })}
            <th scope="row" role="rowheader" class="c-main">
                <a class="title" href=paths::staff_document(approval.document_id)>{row.title.clone()}</a>
                <p class="meta">{version}<span class="sep"></span>{parts::rule(ctx, &row.round)}</p>
            </th>
            <td role="cell" class="num">{due}</td>
            <td role="cell" class="c-right nowrap">{parts::progress(ctx, &row.round)}" "<span class="meta num">{count}</span></td>
            {cells}
        </tr>
    }
    .into_markup()
}
