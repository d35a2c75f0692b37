//! `/organisation/webhooks` and `/staff/webhooks`: the endpoints, and how they are.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::Action;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::{OrganisationId, WebhookId};
use crate::organisation::service as organisations;
use crate::ui::{ButtonKind, EmptyState, Icon, LinkButton, MorePager, Notice, PageHead, Tone};
use crate::webhooks::model::Webhook;
use crate::webhooks::service;

use super::{Base, parts};

const PER_PAGE: i64 = 50;

/// Of the organisation at hand.
#[component]
pub fn OrganisationWebhooksPage() -> impl IntoView {
    page(own)
}

/// Of the operator and of customers.
#[component]
pub fn StaffWebhooksPage() -> impl IntoView {
    page(staff)
}

async fn own(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    Base::Organisation.check(&ctx, Action::WebhookRead)?;
    let organisation = ctx.organisation;
    show(&ctx, &visit, Base::Organisation, organisation).await
}

async fn staff(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    Base::Staff.check(&ctx, Action::WebhookRead)?;
    service::check_read(&ctx)?;
    let organisation = visit.query.get("organisation");
    let organisation = organisation.map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    show(&ctx, &visit, Base::Staff, organisation).await
}

async fn show(ctx: &Ctx, visit: &Visit, base: Base, organisation: Option<OrganisationId>) -> Result<Page, AppError> {
    let after = visit.query.get("after");
    let after: Option<WebhookId> = after.map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    let found = service::list(ctx, organisation, after, PER_PAGE).await?;
    let list = if found.items.is_empty() {
        let text = ctx.t(if base == Base::Staff { "webhooks-empty-staff" } else { "webhooks-empty-text" });
        view! { <EmptyState icon="share-2" title=ctx.t("webhooks-empty-title") text=text /> }.into_markup()
    } else {
        let rows = found.items.iter().map(|item| row(ctx, base, item)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let address = base.list(organisation);
    let next = found.next.map(|id| format!("{address}{}after={id}", if address.contains('?') { '&' } else { '?' }));
    let newest = after.map(|_| address.clone());
    let new = service::may_add(ctx, organisation).await.then(|| {
        view! { <LinkButton href=base.new_page(organisation) kind=ButtonKind::Primary>{ctx.t("webhooks-new")}</LinkButton> }
    });
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = match organisation.filter(|_| base == Base::Staff) {
        Some(id) => {
            let name = organisations::find(ctx, id).await?.name;
            ctx.with("webhooks-title-of", &[("name", name.into())])
        }
        None => ctx.t("webhooks-title").to_owned(),
    };
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("webhooks-meta")>{new}</PageHead>
        {problem}
        <section class="panel">{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_markup();
    let mut crumbs = base.crumbs(ctx);
    if base == Base::Organisation || organisation.is_none() {
        crumbs.pop();
    }
    Ok(Page { title, place: base.place(), crumbs, todo: None, body })
}

fn row(ctx: &Ctx, base: Base, item: &Webhook) -> Markup {
    let count = item.events.split_whitespace().count();
    let kinds = ctx.with("webhooks-kinds", &[("count", count.into())]);
    let owner = (base == Base::Staff).then(|| view! { {parts::owner(ctx, item)}<span class="sep"></span> });
    view! {
        <li class="linkrow">
            <span class="docicon"><Icon name="share-2" /></span>
            <div class="grow">
                <a class="title" href=base.one(item.id)>{item.name.clone()}</a>
                <p class="meta mono">{service::shown_url(ctx, item)}</p>
                <p class="meta">{owner}{kinds}</p>
            </div>
            {parts::status(ctx, item)}
        </li>
    }
    .into_markup()
}
