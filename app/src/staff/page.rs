//! `/staff`: who is waiting for whom, drafts that nobody can read yet, what happened lately, customers.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::access::{Action, Relation, allow};
use crate::approvals::overview;
use crate::ctx::Ctx;
use crate::documents::activity;
use crate::documents::cursor::Cursor;
use crate::documents::model::State;
use crate::documents::page::rows::{activity_rows, draft_rows};
use crate::documents::service as documents;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::imports;
use crate::jobs;
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{Avatar, ButtonKind, EmptyState, LinkButton, PageHead, Panel, Place};
use crate::validity;

use super::{panels, waits};

/// The staff's home page.
#[component]
pub fn StaffPage() -> impl IntoView {
    page(staff)
}

async fn staff(ctx: Ctx, _: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    let draft = Some(State::Draft);
    let filter = documents::Filter { category: None, state: draft, organisation: None, after: Cursor::START, limit: 8 };
    let drafts = documents::list(ctx, filter).await?.items;
    let renewals = validity::service::renewals(ctx, None, 5).await?.items;
    let for_us = waits::for_us(ctx, 8).await?;
    let waiting = for_us.len();
    let by_customer = waits::by_customer(ctx).await?;
    let never_here = waits::never_here(ctx, 6).await?;
    let failed = match allow(&ctx.actor, Action::JobRead, Relation::Other, None) {
        Ok(()) => jobs::service::counts(ctx).await?.dead.jobs,
        Err(_) => 0,
    };
    let imports = imports::service::failed(ctx, 5).await?;
    let acts = activity::recent(ctx, 10).await?;
    let (customers, more) = organisation::list(ctx, None, 8).await?;
    let may_create = !documents::categories_to_create(&ctx.actor).is_empty();
    let draft_count = drafts.len();
    let drafts_view = if drafts.is_empty() {
        view! { <EmptyState icon="circle-check-big" title=ctx.t("staff-drafts-empty-title") text=ctx.t("staff-drafts-empty-text") /> }.into_markup()
    } else {
        draft_rows(ctx, &drafts)
    };
    let activity_view = if acts.is_empty() {
        view! { <EmptyState icon="history" title=ctx.t("activity-empty-title") text=ctx.t("activity-empty-text") /> }
            .into_markup()
    } else {
        activity_rows(ctx, acts)
    };
    let customers_view = if customers.is_empty() {
        view! { <EmptyState icon="building-2" title=ctx.t("customers-empty-title") text=ctx.t("customers-empty-text") /> }.into_markup()
    } else {
        let rows = customers
            .into_iter()
            .map(|row| {
                let people = ctx.with("customers-people-count", &[("count", row.people.into())]);
                view! {
                    <li class="linkrow">
                        <Avatar name=row.name.clone() square=true />
                        <div class="grow"><a class="title" href=paths::staff_customer(row.id)>{row.name.clone()}</a>
                        <p class="meta">{row.number.clone()}<span class="sep"></span>{people}</p></div>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let renew = (!renewals.is_empty()).then(|| {
        let link = (paths::STAFF_RENEWALS.to_owned(), ctx.t("validity-all").to_owned());
        view! { <Panel id="renewals" title=ctx.t("validity-renewals") link=link mine=true>{validity::page::rows(ctx, &renewals)}</Panel> }
    });
    let all = |href: &str, key: &'static str| (href.to_owned(), ctx.t(key).to_owned());
    let customers_link = if more {
        all(paths::STAFF_CUSTOMERS, "staff-all-customers")
    } else {
        all(paths::STAFF_CUSTOMERS, "nav-customers")
    };
    let meta = format!(
        "{} {}",
        ctx.with("waits-count", &[("count", waiting.into())]),
        ctx.with("staff-drafts-count", &[("count", draft_count.into())])
    );
    let name = ctx.actor.name().split(' ').next().unwrap_or_default().to_owned();
    let greeting = ctx.with(crate::i18n::format::greeting_key(&ctx.zone, ctx.now()), &[("name", name.into())]);
    let body = view! {
        <PageHead title=greeting meta=meta>
            {may_create.then(|| view! { <LinkButton href=paths::STAFF_DOCUMENT_NEW kind=ButtonKind::Primary>{ctx.t("documents-new")}</LinkButton> })}
        </PageHead>
        <div class="split">
            <div class="stack">
                {panels::for_us(ctx, for_us)}
                {panels::late(ctx, &by_customer)}
                <Panel id="drafts" title=ctx.t("staff-drafts") link=(paths::STAFF_DRAFTS.to_owned(), ctx.t("staff-all-drafts").to_owned()) mine={draft_count > 0 && may_create}>{drafts_view}</Panel>
                {renew}
                <Panel id="activity" title=ctx.t("activity") link=all(paths::STAFF_DOCUMENTS, "home-all-documents")>{activity_view}</Panel>
            </div>
            <div class="stack">
                {panels::failed(ctx, imports, failed)}
                {panels::for_them(ctx, &by_customer, overview::may_open(&ctx.actor))}
                {panels::never_here(ctx, never_here)}
                <Panel id="customers" title=ctx.t("nav-customers") link=customers_link>{customers_view}</Panel>
            </div>
        </div>
    }
    .into_markup();
    Ok(Page { title: ctx.t("nav-home").to_owned(), place: Place::StaffHome, crumbs: vec![], todo: None, body })
}
