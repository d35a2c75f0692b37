//! `/staff/orders/bulk`: what another status for the chosen orders would change, and who would see it, before it does.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::OrderId;
use crate::orders::bulk::{self, Preview, Readers};
use crate::orders::model::{Order, Status};
use crate::orders::service;
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{
    ButtonKind, EmptyState, ErrorSummary, LinkButton, Notice, PageHead, Panel, Place, SelectField, SelectOption,
    SubmitButton, TextArea, Tone,
};

use super::parts;

/// The page.
#[component]
pub fn StaffOrdersBulkPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    if !service::may_manage_any(ctx) {
        return Err(AppError::Forbidden);
    }
    let ids = visit.query.all("ids");
    let ids: Vec<OrderId> =
        ids.iter().map(|id| id.parse().map_err(|_| AppError::NotFound)).collect::<Result<_, _>>()?;
    let statuses = service::statuses(ctx).await?;
    let wanted = visit.query.get("status").map(|key| statuses.iter().find(|s| s.key == key).ok_or(AppError::NotFound));
    let wanted = wanted.transpose()?;
    let flash = &visit.flash;
    let body = match bulk::chosen(ctx, &ids).await {
        Ok(orders) => {
            let choice = choose(ctx, &orders, &statuses, wanted);
            let preview = match wanted {
                Some(status) => {
                    let preview = bulk::preview(ctx, orders, status).await?;
                    look(ctx, &preview, status, flash)
                }
                None => list(ctx, "chosen", ctx.t("orders-bulk-chosen").to_owned(), &orders),
            };
            view! { {choice}{preview} }.into_markup()
        }
        Err(AppError::Invalid(errors)) => {
            let text = errors.get("ids").unwrap_or_default().to_owned();
            view! { <section class="panel"><EmptyState icon="package" title=text text=ctx.t("orders-bulk-none-text")><LinkButton href=paths::STAFF_ORDERS>{ctx.t("orders-title")}</LinkButton></EmptyState></section> }
                .into_markup()
        }
        Err(error) => return Err(error),
    };
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("orders-bulk-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("orders-bulk-meta") />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {body}
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_ORDERS.to_owned(), ctx.t("orders-title").to_owned())];
    Ok(Page { title, place: Place::StaffOrders, crumbs, todo: None, body })
}

/// Which status: asked first, and looked at before anything changes.
fn choose(ctx: &Ctx, orders: &[Order], statuses: &[Status], wanted: Option<&Status>) -> Markup {
    let hidden =
        orders.iter().map(|o| view! { <input type="hidden" name="ids" value=o.id.to_string() /> }).collect_view();
    let options = statuses
        .iter()
        .map(|status| SelectOption {
            value: status.key.clone(),
            label: status.name(ctx.locale).to_owned(),
            selected: wanted == Some(status),
        })
        .collect::<Vec<_>>();
    view! {
        <section class="panel"><form class="panel-body filters" method="get" action=paths::STAFF_ORDERS_BULK>
            {hidden}
            <SelectField name="status" label=ctx.t("orders-bulk-status") options=options />
            <SubmitButton>{ctx.t("orders-bulk-look")}</SubmitButton>
        </form></section>
    }
    .into_markup()
}

fn line(ctx: &Ctx, order: &Order) -> Markup {
    let number = (!order.title.is_empty())
        .then(|| view! { <span class="num">{order.number.clone()}</span><span class="sep"></span> });
    view! {
        <li class="linkrow">
            <div class="grow"><a class="title" href=paths::staff_order(order.id)>{order.name().to_owned()}</a>
            <p class="meta">{number}{order.organisation_name.clone()}</p></div>
            {parts::status(ctx, order)}
        </li>
    }
    .into_markup()
}

fn list(ctx: &Ctx, id: &'static str, title: String, orders: &[Order]) -> Markup {
    let rows = orders.iter().map(|order| line(ctx, order)).collect_view();
    view! { <Panel id=id title=title count=orders.len().to_string()><ul class="rows">{rows}</ul></Panel> }.into_markup()
}

fn look(ctx: &Ctx, preview: &Preview, status: &Status, flash: &Flash) -> Markup {
    let name = status.name(ctx.locale).to_owned();
    let left = |id: &'static str, key: &'static str, orders: &[Order]| {
        (!orders.is_empty()).then(|| list(ctx, id, ctx.with(key, &[("status", name.clone().into())]), orders))
    };
    let same = left("same", "orders-bulk-same", &preview.same);
    let refused = left("refused", "orders-bulk-refused", &preview.refused);
    if preview.changes.is_empty() {
        return view! {
            <section class="panel"><EmptyState icon="circle-check-big" title=ctx.t("orders-bulk-nothing-title") text=ctx.t("orders-bulk-nothing-text") /></section>
            {same}{refused}
        }
        .into_markup();
    }
    let hidden = preview
        .changes
        .iter()
        .map(|order| {
            view! {
                <input type="hidden" name="ids[]" value=order.id.to_string() />
                <input type="hidden" name="revisions[]" value=order.order_revision.to_string() />
            }
        })
        .collect_view();
    let rows = preview.changes.iter().map(|order| line(ctx, order)).collect_view();
    let title = ctx.with("orders-bulk-changes", &[("status", name.clone().into())]);
    let typed = if flash.form == "bulk" { flash.value("reason").unwrap_or_default().to_owned() } else { String::new() };
    let error = flash.errors.get("reason").map(str::to_owned);
    let button = ctx.with("orders-bulk-change", &[("count", preview.changes.len().into())]);
    view! {
        <div class="split">
            <div class="stack">
                <Panel id="changes" title=title count=preview.changes.len().to_string()>
                    <form method="post" action="/_fn/orders/bulk_status" novalidate=true>
                        {hidden}
                        <input type="hidden" name="status" value=status.key.clone() />
                        <input type="hidden" name="readers" value=preview.digest.clone() />
                        <ul class="rows">{rows}</ul>
                        <div class="panel-body"><TextArea name="reason" label=ctx.t("orders-reason") hint=ctx.t("orders-reason-hint") note=ctx.t("ui-optional") value=typed rows=2 error=error maxlength=1000 /></div>
                        <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{button}</SubmitButton></div>
                    </form>
                </Panel>
                {same}{refused}
            </div>
            <div class="stack">{audience(ctx, &preview.readers)}</div>
        </div>
    }
    .into_markup()
}

/// Who sees it, at which customer.
fn audience(ctx: &Ctx, readers: &[Readers]) -> Markup {
    if readers.is_empty() {
        return view! { <Panel id="audience" title=ctx.t("orders-bulk-audience")><div class="panel-body"><p class="meta">{ctx.t("orders-bulk-nobody")}</p></div></Panel> }
            .into_markup();
    }
    let rows = readers
        .iter()
        .map(|of| {
            let never = of.people.iter().filter(|(_, never)| *never).count();
            let never = (never > 0).then(|| {
                view! { <span class="sep"></span>{ctx.with("orders-bulk-never", &[("count", never.into())])} }
            });
            let names = of.people.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            view! {
                <li class="linkrow"><div class="grow">
                    <a class="title" href=paths::staff_customer(of.organisation_id)>{of.organisation_name.clone()}</a>
                    <p class="meta">{ctx.with("orders-bulk-people", &[("count", of.people.len().into())])}{never}</p>
                    <p class="meta">{names}</p>
                </div></li>
            }
        })
        .collect_view();
    view! { <Panel id="audience" title=ctx.t("orders-bulk-audience")><ul class="rows">{rows}</ul></Panel> }
        .into_markup()
}
