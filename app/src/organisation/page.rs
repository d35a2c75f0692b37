//! Staff pages of customers: the list, and one customer with people and documents.

use leptos::prelude::*;

use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::page::rows::staff_table;
use crate::documents::service as documents;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::OrganisationId;
use crate::paths;
use crate::ui::{ButtonKind, EmptyState, LinkButton, MorePager, PageHead, Panel, PersonRow, Place, Status, Tone};

use super::model::Organisation;
use super::service;

const PER_PAGE: i64 = 50;

/// `/staff/customers`.
#[component]
pub fn CustomersPage() -> impl IntoView {
    page(customers)
}

async fn customers(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::require_staff(ctx)?;
    let after = visit.query.get("after").map(str::to_owned);
    let after = match &after {
        Some(text) => {
            let (id, name) = text.split_once('.').ok_or(AppError::NotFound)?;
            Some((name.to_owned(), id.parse::<OrganisationId>().map_err(|_| AppError::NotFound)?))
        }
        None => None,
    };
    let (rows, more) = service::list(ctx, after.as_ref().map(|(n, id)| (n.as_str(), *id)), PER_PAGE).await?;
    let next = rows.last().filter(|_| more).map(|last| {
        let key: String =
            url::form_urlencoded::byte_serialize(format!("{}.{}", last.id, last.name).as_bytes()).collect();
        format!("{}?after={key}", paths::STAFF_CUSTOMERS)
    });
    let newest = after.map(|_| paths::STAFF_CUSTOMERS.to_owned());
    let locale = ctx.locale;
    let body = if rows.is_empty() {
        view! { <section class="panel"><EmptyState icon="building-2" title=ctx.t("customers-empty-title") text=ctx.t("customers-empty-text") /></section> }
            .into_any()
    } else {
        let rows = rows.iter().map(|row| customer_row(ctx, row)).collect_view();
        view! {
            <section class="panel">
                <table class="table cards" role="table">
                    <thead role="rowgroup"><tr role="row">
                        <th scope="col" role="columnheader">{ctx.t("customers-name")}</th>
                        <th scope="col" role="columnheader">{ctx.t("customers-number")}</th>
                        <th scope="col" role="columnheader">{ctx.t("customers-people")}</th>
                        <th scope="col" role="columnheader">{ctx.t("customers-assigned")}</th>
                    </tr></thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
                <MorePager locale=locale next_href=next newest_href=newest />
            </section>
        }
        .into_any()
    };
    let title = ctx.t("customers-title").to_owned();
    let body = view! { <PageHead title=title.clone() meta=ctx.t("customers-meta") />{body} }.into_any();
    Ok(Page { title, place: Place::Customers, crumbs: vec![], todo: None, body })
}

fn customer_row(ctx: &Ctx, row: &Organisation) -> AnyView {
    let people = ctx.with("customers-people-count", &[("count", row.people.into())]);
    let never = (row.never_signed_in > 0).then(|| {
        let text = ctx.with("customers-never-count", &[("count", row.never_signed_in.into())]);
        view! { <span class="meta">{text}</span> }
    });
    let assigned =
        row.assigned.then(|| view! { <Status tone=Tone::Mine glyph="mine" text=ctx.t("customers-assigned-you") /> });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="c-main"><a class="title" href=paths::staff_customer(row.id)>{row.name.clone()}</a></th>
            <td role="cell" class="num" data-label=ctx.t("customers-number")>{row.number.clone()}</td>
            <td role="cell" class="c-wide">{people} {never}</td>
            <td role="cell" class="c-status">{assigned}</td>
        </tr>
    }
    .into_any()
}

/// `/staff/customers/{id}`.
#[component]
pub fn CustomerPage() -> impl IntoView {
    page(customer)
}

async fn customer(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::require_staff(ctx)?;
    let organisation = service::find(ctx, visit.id("id")?).await?;
    let people = service::people(ctx, &organisation).await?;
    let projects = service::projects(ctx, &organisation).await?;
    let groups = service::groups(ctx, &organisation).await?;
    let filter = documents::Filter {
        category: None,
        state: None,
        organisation: Some(organisation.id),
        after: Cursor::START,
        limit: 20,
    };
    let listed = documents::list(ctx, filter).await?;
    let locale = ctx.locale;
    let may_view = crate::view_as::service::may(ctx, &organisation);
    let count = people.len().to_string();
    let people = people
        .into_iter()
        .map(|person| {
            let never = person.last_sign_in_at.is_none();
            let seen = person.last_sign_in_at.map_or_else(
                || ctx.t("people-never").to_owned(),
                |at| ctx.with("people-seen", &[("when", ctx.date(at).into())]),
            );
            let meta = format!("{}, {seen}", ctx.t(person.role.role().label_key()));
            let look = may_view.then(|| {
                let label = ctx.with("view-as-link", &[("name", person.name.clone().into())]);
                let href = paths::staff_view_as(organisation.id, person.id);
                view! { <LinkButton href=href kind=ButtonKind::Quiet label=label class="push">{ctx.t("view-as-short")}</LinkButton> }
            });
            view! { <li><PersonRow name=person.name meta=meta never=never>{look}</PersonRow></li> }
        })
        .collect_view();
    let facts = |title: &'static str, names: Vec<String>| {
        (!names.is_empty()).then(|| view! { <div><dt>{title}</dt><dd>{names.join(", ")}</dd></div> })
    };
    let new_href = format!("{}?organisation={}", paths::STAFF_DOCUMENT_NEW, organisation.id);
    let may_create = documents::may_create_for(&ctx.actor, organisation.id, organisation.assigned);
    let documents = if listed.items.is_empty() {
        view! { <EmptyState icon="file-text" title=ctx.t("staff-documents-empty-title") text=ctx.t("staff-documents-empty-text") /> }.into_any()
    } else {
        staff_table(ctx, &listed.items, false)
    };
    let next =
        listed.next.map(|cursor| format!("{}?organisation={}&after={cursor}", paths::STAFF_DOCUMENTS, organisation.id));
    let meta = ctx.with("customers-number-is", &[("number", organisation.number.clone().into())]);
    let title = organisation.name.clone();
    let body = view! {
        <PageHead title=title.clone() meta=meta>
            {may_create.then(|| view! { <LinkButton href=new_href kind=ButtonKind::Primary>{ctx.t("documents-new")}</LinkButton> })}
        </PageHead>
        <div class="split">
            <div class="stack">
                <Panel id="documents" title=ctx.t("nav-documents")>{documents}<MorePager locale=locale next_href=next newest_href=None /></Panel>
            </div>
            <div class="stack">
                <Panel id="people" title=ctx.t("customers-people") count=count><ul class="panel-body stack-4">{people}</ul></Panel>
                <section class="panel"><dl class="panel-body facts">
                    {facts(ctx.t("customers-groups"), groups.into_iter().map(|g| g.name).collect())}
                    {facts(ctx.t("customers-projects"), projects.into_iter().map(|p| p.name).collect())}
                </dl></section>
            </div>
        </div>
    }
    .into_any();
    let crumbs = vec![(paths::STAFF_CUSTOMERS.to_owned(), ctx.t("nav-customers").to_owned())];
    Ok(Page { title, place: Place::Customers, crumbs, todo: None, body })
}
