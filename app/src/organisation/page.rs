//! `/staff/customers`: the customers a member of staff may see, to find one.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::ids::OrganisationId;
use crate::paths;
use crate::ui::{
    ButtonKind, EmptyState, LinkButton, MorePager, PageHead, Place, SelectField, SelectOption, Status, SubmitButton,
    TextField, Tone,
};

use super::administer;
use super::list::{Customer, Filter, list};
use super::service;

pub use super::customer_page::CustomerPage;

const PER_PAGE: i64 = 50;

/// The list of customers.
#[component]
pub fn CustomersPage() -> impl IntoView {
    page(customers)
}

fn read(query: &Query) -> Result<Filter, AppError> {
    let after = match query.get("after") {
        Some(text) => {
            let (id, name) = text.split_once('.').ok_or(AppError::NotFound)?;
            Some((name.to_owned(), id.parse::<OrganisationId>().map_err(|_| AppError::NotFound)?))
        }
        None => None,
    };
    Ok(Filter {
        search: query.get("search").unwrap_or_default().chars().take(100).collect(),
        group: query.get("group").map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?,
        mine: query.get("show") == Some("mine"),
        archived: query.get("show") == Some("archived"),
        after,
        limit: PER_PAGE,
    })
}

fn show(filter: &Filter) -> &'static str {
    match (filter.mine, filter.archived) {
        (true, _) => "mine",
        (_, true) => "archived",
        _ => "",
    }
}

fn address(filter: &Filter, show: &str, after: Option<&Customer>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !show.is_empty() {
        query.append_pair("show", show);
    }
    if !filter.search.is_empty() {
        query.append_pair("search", &filter.search);
    }
    if let Some(group) = filter.group {
        query.append_pair("group", &group.to_string());
    }
    if let Some(row) = after {
        query.append_pair("after", &format!("{}.{}", row.id, row.name));
    }
    format!("{}?{}", paths::STAFF_CUSTOMERS, query.finish())
}

async fn customers(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::require_staff(ctx)?;
    let filter = read(&visit.query)?;
    let (rows, more) = list(ctx, &filter).await?;
    let shown = show(&filter);
    let next = rows.last().filter(|_| more).map(|last| address(&filter, shown, Some(last)));
    let newest = filter.after.as_ref().map(|_| address(&filter, shown, None));
    let chosen = filter.group.map(|id| id.to_string()).unwrap_or_default();
    let mut groups = vec![SelectOption {
        value: String::new(),
        label: ctx.t("customers-all-groups").to_owned(),
        selected: chosen.is_empty(),
    }];
    groups.extend(administer::all_groups(ctx).await?.into_iter().map(|group| {
        let value = group.id.to_string();
        SelectOption { selected: value == chosen, value, label: group.name }
    }));
    let tabs = [("", "customers-tab-all"), ("mine", "customers-tab-mine"), ("archived", "customers-tab-archived")]
        .map(|(name, key)| {
            let current = (name == shown).then_some("page");
            view! { <a href=address(&filter, name, None) aria-current=current>{ctx.t(key)}</a> }
        })
        .into_iter()
        .collect_view();
    let searched = !filter.search.is_empty() || filter.group.is_some();
    let body = if rows.is_empty() {
        let (title, text) = if searched {
            ("customers-none-title", "customers-none-text")
        } else {
            ("customers-empty-title", "customers-empty-text")
        };
        view! { <EmptyState icon="building-2" title=ctx.t(title) text=ctx.t(text) /> }.into_markup()
    } else {
        table(ctx, &rows)
    };
    let title = ctx.t("customers-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("customers-meta")>
            {administer::may_create(ctx).then(|| view! { <LinkButton href=paths::STAFF_CUSTOMER_NEW kind=ButtonKind::Primary>{ctx.t("customers-new")}</LinkButton> })}
        </PageHead>
        <nav class="tabs" aria-label=ctx.t("customers-title")>{tabs}</nav>
        <form class="filters" method="get" action=paths::STAFF_CUSTOMERS role="search">
            {(!shown.is_empty()).then(|| view! { <input type="hidden" name="show" value=shown /> })}
            <TextField name="search" label=ctx.t("customers-search") kind="search" value=filter.search.clone() maxlength=100 />
            <SelectField name="group" label=ctx.t("customers-group") options=groups />
            <SubmitButton>{ctx.t("customers-find")}</SubmitButton>
        </form>
        <section class="panel">{body}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_markup();
    Ok(Page { title, place: Place::Customers, crumbs: vec![], todo: None, body })
}

fn table(ctx: &Ctx, rows: &[Customer]) -> Markup {
    let rows = rows.iter().map(|row| customer_row(ctx, row)).collect_view();
    view! {
        <table class="table cards" role="table">
            <thead role="rowgroup"><tr role="row">
                <th scope="col" role="columnheader">{ctx.t("customers-name")}</th>
                <th scope="col" role="columnheader">{ctx.t("customers-people")}</th>
                <th scope="col" role="columnheader">{ctx.t("customers-last-sign-in")}</th>
                <th scope="col" role="columnheader">{ctx.t("customers-assigned")}</th>
            </tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_markup()
}

fn customer_row(ctx: &Ctx, row: &Customer) -> Markup {
    let mut people = vec![ctx.with("customers-people-count", &[("count", row.people.into())])];
    for (count, key) in [
        (row.never_signed_in, "customers-never-count"),
        (row.invited, "customers-invited-count"),
        (row.contacts, "customers-contacts-count"),
    ] {
        if count > 0 {
            people.push(ctx.with(key, &[("count", count.into())]));
        }
    }
    let meta =
        [row.number.as_str(), row.city.as_str()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ");
    let seen = row.last_sign_in_at.map_or_else(|| ctx.t("customers-nobody-yet").to_owned(), |at| ctx.date(at));
    let state = if row.archived {
        Some(view! { <Status tone=Tone::Idle glyph="old" text=ctx.t("customers-is-archived") /> }.into_markup())
    } else {
        row.assigned.then(|| {
            view! { <Status tone=Tone::Mine glyph="mine" text=ctx.t("customers-assigned-you") /> }.into_markup()
        })
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="c-main"><a class="title" href=paths::staff_customer(row.id)>{row.name.clone()}</a><p class="meta num">{meta}</p></th>
            <td role="cell" class="c-wide">{people.join(", ")}</td>
            <td role="cell" class="meta" data-label=ctx.t("customers-last-sign-in")>{seen}</td>
            <td role="cell" class="c-status">{state}</td>
        </tr>
    }
    .into_markup()
}
