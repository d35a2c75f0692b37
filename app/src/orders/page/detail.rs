//! `/orders/{id}` and `/staff/orders/{id}`: everything about one order on one page.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::day::Day;
use crate::documents::model::Document;
use crate::documents::page::{rows, who};
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::OrderId;
use crate::money;
use crate::notifications::{self, Object};
use crate::orders::model::{Changed, Line, Order, Status, Step};
use crate::orders::{audience, confirm, papers, service};
use crate::organisation::service as organisation;
use crate::paths;
use crate::ui::{
    ButtonKind, EmptyState, ErrorSummary, Glyph, Icon, LinkButton, MorePager, Notice, PageHead, Panel, Place,
    SelectField, SelectOption, SubmitButton, Tone,
};
use crate::validity::service::today;

use super::{contacts, parts};

/// As its customer sees it.
#[component]
pub fn OrderPage() -> impl IntoView {
    page(customer)
}

/// As staff see it.
#[component]
pub fn StaffOrderPage() -> impl IntoView {
    page(staff)
}

async fn customer(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let order = service::find(&ctx, visit.id::<OrderId>("id")?).await?;
    visit.is_in(order.organisation_id);
    let crumbs = vec![(paths::ORDERS.to_owned(), ctx.t("orders-title").to_owned())];
    show(&ctx, &visit, order, if ctx.actor.staff().is_some() { Place::StaffOrders } else { Place::Orders }, crumbs)
        .await
}

async fn staff(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    organisation::require_staff(&ctx)?;
    let order = service::find(&ctx, visit.id::<OrderId>("id")?).await?;
    let crumbs = vec![
        (paths::STAFF_ORDERS.to_owned(), ctx.t("orders-title").to_owned()),
        (paths::staff_customer(order.organisation_id), order.organisation_name.clone()),
    ];
    show(&ctx, &visit, order, Place::StaffOrders, crumbs).await
}

async fn show(
    ctx: &Ctx,
    visit: &Visit,
    order: Order,
    place: Place,
    crumbs: Vec<(String, String)>,
) -> Result<Page, AppError> {
    notifications::seen(ctx, Object::Order(order.id)).await;
    let may = service::may(ctx, &order);
    let after = visit.query.get("line").map_or(Ok(i64::MIN), |text| text.parse().map_err(|_| AppError::NotFound))?;
    let (lines, more) = service::lines(ctx, &order, after, service::LINES).await?;
    let steps = service::steps(ctx, &order).await?;
    let documents = service::documents(ctx, &order).await?;
    let changes = service::changes(ctx, &order).await?;
    let appointments = crate::appointments::page::panel_for_order(ctx, order.id).await?;
    let statuses = service::statuses(ctx).await?;
    let asked = organisation::contacts_of(ctx, order.organisation_id).await?;
    let readers = if may.audience { Some(audience::readers(ctx, order.id).await?) } else { None };
    let staff_side = ctx.actor.staff().is_some() && place == Place::StaffOrders;
    let choice = if may.manage && staff_side { Some(papers::choice(ctx, &order, &documents).await?) } else { None };
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let edit = may.manage.then(|| {
        view! { <LinkButton href=paths::staff_order_edit(order.id) kind=ButtonKind::Primary>{ctx.t("orders-edit")}</LinkButton> }
    });
    let facts = [
        (!order.title.is_empty()).then(|| order.number.clone()),
        (!order.reference.is_empty()).then(|| parts::reference(ctx, &order)),
        ctx.actor.staff().is_some().then(|| order.organisation_name.clone()),
    ];
    let meta = facts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let title = order.name().to_owned();
    let late = order.is_late(today(ctx)).then(|| {
        let delivery = order.delivered_on.is_none() && order.expected_on().is_some();
        let title = ctx.t(if delivery { "orders-late-title" } else { "orders-step-late-title" });
        view! { <Notice tone=Tone::Warn title=title /> }
    });
    let body = view! {
        <PageHead title=title.clone() meta=meta badge=parts::badge(ctx, &order)>{edit}</PageHead>
        {problem}
        <ErrorSummary locale=ctx.locale errors=visit.flash.errors.clone() />
        {late}
        {factbar(ctx, &order)}
        {(!steps.is_empty()).then(|| progress(ctx, &order, &steps, may.confirm))}
        <div class="split">
            <div class="stack">{lines_panel(ctx, &order, &lines, more)}{papers(ctx, &order, &documents, choice)}{history(ctx, &order, &changes, &statuses)}</div>
            <div class="stack">{appointments}{delivery(ctx, &order)}{contacts::panel(ctx, &order, &asked)}{readers.map(|readers| who(ctx, readers))}</div>
        </div>
    }
    .into_markup();
    Ok(Page { title, place, crumbs, todo: None, body })
}

fn factbar(ctx: &Ctx, order: &Order) -> Markup {
    let delivery = if order.delivered_on.is_some() { "orders-delivered" } else { "orders-delivery" };
    let sure = match (order.delivered_on, order.confirmed_on, order.wanted_on) {
        (Some(_), ..) | (None, None, None) => None,
        (None, Some(_), _) => Some(ctx.t("orders-confirmed").to_owned()),
        (None, None, Some(_)) => Some(ctx.t("orders-wanted").to_owned()),
    };
    let next = (!order.next_step.is_empty()).then(|| {
        let when = order.next_on.map(|day| format!(", {}", parts::day(ctx, day))).unwrap_or_default();
        view! { <dd class="meta">{format!("{}{when}", order.next_step)}</dd> }
    });
    let mine = order.status.waits_for == crate::orders::model::Side::Customer && ctx.actor.staff().is_none();
    let class = if mine { "is-mine" } else { "" };
    let total = parts::total(ctx, order).map(|total| view! { <div><dt>{ctx.t("orders-value")}</dt><dd class="num">{total}</dd><dd class="meta">{ctx.t("orders-net")}</dd></div> });
    view! {
        <dl class="factbar">
            <div><dt>{ctx.t(delivery)}</dt><dd>{parts::expected(ctx, order)}</dd>{sure.map(|text| view! { <dd class="meta">{text}</dd> })}</div>
            <div class=class><dt>{ctx.t("orders-next-acts")}</dt><dd>{parts::acts(ctx, order.status.waits_for)}</dd>{next}</div>
            <div><dt>{ctx.t("orders-ordered")}</dt><dd>{parts::day(ctx, order.ordered_on)}</dd></div>
            {total}
        </dl>
    }
    .into_markup()
}

fn progress(ctx: &Ctx, order: &Order, steps: &[Step], may: bool) -> Markup {
    let theirs = confirm::waiting(order, steps).filter(|_| may).map(|step| confirm_form(ctx, order, step));
    let now = steps.iter().position(|step| step.done_on.is_none());
    let rows = steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let (class, glyph) = match step.done_on {
                Some(_) => ("step is-done", "done"),
                None if now == Some(at) => ("step is-now", "half"),
                None => ("step", "open"),
            };
            let when = step.done_on.or(step.expected_on).map(|day| parts::day(ctx, day));
            let done = step.done_on.map(|_| view! { <span class="vh">{ctx.t("orders-step-done")}" "</span> });
            let current = (now == Some(at)).then_some("step");
            view! { <li class=class aria-current=current><Glyph name=glyph /><strong>{step.title.clone()}</strong>{done}{when}</li> }
        })
        .collect_view();
    view! { <Panel id="progress" title=ctx.t("orders-progress")><div class="panel-body"><ol class="steps">{rows}</ol></div>{theirs}</Panel> }
        .into_markup()
}

/// The one click that says that the customer's step is done.
fn confirm_form(ctx: &Ctx, order: &Order, step: &Step) -> Markup {
    let label = ctx.with("orders-confirm-named", &[("title", step.title.clone().into())]);
    view! {
        <form class="panel-foot cluster" method="post" action="/_fn/orders/confirm">
            <input type="hidden" name="order" value=order.id.to_string() />
            <input type="hidden" name="revision" value=order.order_revision.to_string() />
            <input type="hidden" name="back" value=format!("{}#progress", paths::order(order.id)) />
            <SubmitButton kind=ButtonKind::Primary label=label>{ctx.t("orders-confirm")}</SubmitButton>
            <span class="meta">{step.title.clone()}</span>
        </form>
    }
    .into_markup()
}

fn lines_panel(ctx: &Ctx, order: &Order, lines: &[Line], more: bool) -> Markup {
    if lines.is_empty() {
        return view! { <Panel id="lines" title=ctx.t("orders-lines")><div class="panel-body"><p class="meta">{ctx.t("orders-no-lines")}</p></div></Panel> }
            .into_markup();
    }
    let prices = lines.iter().any(|line| line.amount.is_some());
    let rows = lines
        .iter()
        .map(|line| {
            let quantity = format!("{} {}", money::quantity(ctx.locale, line.quantity), line.unit);
            let article = (!line.article.is_empty() && !line.title.is_empty()).then(|| view! { <p class="meta num">{line.article.clone()}</p> });
            let name = if line.title.is_empty() { line.article.clone() } else { line.title.clone() };
            let amount = line.amount.map(|amount| money::amount(ctx.locale, amount, &order.currency));
            let price = line.price.map(|price| money::amount(ctx.locale, price, &order.currency));
            let money = prices.then(|| view! { <td role="cell" class="num end nowrap c-drop">{price}</td><td role="cell" class="num end nowrap c-right">{amount}</td> });
            view! {
                <tr role="row">
                    <td role="cell" class="num meta c-drop">{line.position}</td>
                    <th scope="row" role="rowheader" class="c-main">{name}{article}</th>
                    <td role="cell" class="num end nowrap">{quantity}</td>
                    {money}
                </tr>
            }
        })
        .collect_view();
    let heads = prices.then(|| {
        view! {
            <th scope="col" role="columnheader" class="end">{ctx.t("orders-column-price")}</th>
            <th scope="col" role="columnheader" class="end">{order.currency.clone()}</th>
        }
    });
    let foot = parts::total(ctx, order).filter(|_| prices && !more).map(|total| view! {
        <tfoot role="rowgroup"><tr role="row"><td role="cell" class="c-drop"></td><td role="cell" class="strong">{ctx.t("orders-total")}</td><td role="cell" class="c-drop"></td><td role="cell" class="c-drop"></td><td role="cell" class="num end strong nowrap">{total}</td></tr></tfoot>
    });
    let base = if ctx.actor.staff().is_some() { paths::staff_order(order.id) } else { paths::order(order.id) };
    let next = lines.last().filter(|_| more).map(|line| format!("{base}?line={}#lines", line.position));
    view! {
        <Panel id="lines" title=ctx.t("orders-lines")>
            <table class="table cards" role="table" aria-labelledby="lines-title">
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{ctx.t("orders-column-position")}</th>
                    <th scope="col" role="columnheader">{ctx.t("orders-column-item")}</th>
                    <th scope="col" role="columnheader" class="end">{ctx.t("orders-column-quantity")}</th>
                    {heads}
                </tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
                {foot}
            </table>
            <MorePager locale=ctx.locale next_href=next newest_href=None />
        </Panel>
    }
    .into_markup()
}

fn papers(ctx: &Ctx, order: &Order, documents: &[Document], choice: Option<Vec<Document>>) -> Markup {
    let body = if documents.is_empty() {
        view! { <EmptyState icon="file-text" title=ctx.t("orders-no-papers-title") text=ctx.t("orders-no-papers-text") /> }.into_markup()
    } else {
        rows::document_rows(ctx, documents)
    };
    let foot = choice.map(|choice| keep_papers(ctx, order, documents, &choice));
    view! { <Panel id="documents" title=ctx.t("orders-papers")>{body}{foot}</Panel> }.into_markup()
}

/// For staff: what else belongs to it, and what does not.
fn keep_papers(ctx: &Ctx, order: &Order, there: &[Document], choice: &[Document]) -> Markup {
    let options = |documents: &[Document]| {
        let option = |d: &Document| SelectOption { value: d.id.to_string(), label: d.title.clone(), selected: false };
        documents.iter().map(option).collect::<Vec<_>>()
    };
    let id = order.id.to_string();
    let same = id.clone();
    let add = (!choice.is_empty()).then(|| {
        view! {
            <form class="panel-foot cluster cluster--end" method="post" action="/_fn/orders/attach">
                <input type="hidden" name="order" value=id />
                <SelectField name="document" id="attach" label=ctx.t("orders-attach-which") options=options(choice) />
                <SubmitButton>{ctx.t("orders-attach")}</SubmitButton>
            </form>
        }
    });
    let remove = (!there.is_empty()).then(|| {
        view! {
            <form class="panel-foot cluster cluster--end" method="post" action="/_fn/orders/detach">
                <input type="hidden" name="order" value=same />
                <SelectField name="document" id="detach" label=ctx.t("orders-detach-which") options=options(there) />
                <SubmitButton>{ctx.t("orders-detach")}</SubmitButton>
            </form>
        }
    });
    view! { {add}{remove} }.into_markup()
}

/// The name of a field, as its history calls it.
pub fn field(ctx: &Ctx, name: &str) -> &'static str {
    match name {
        "status" => ctx.t("orders-field-status"),
        "title" => ctx.t("orders-field-title"),
        "reference" => ctx.t("orders-field-reference"),
        "ordered_on" => ctx.t("orders-field-ordered"),
        "wanted_on" => ctx.t("orders-field-wanted"),
        "confirmed_on" => ctx.t("orders-field-confirmed"),
        "delivered_on" => ctx.t("orders-field-delivered"),
        "total" | "currency" => ctx.t("orders-field-total"),
        "lines" => ctx.t("orders-lines"),
        "steps" => ctx.t("orders-progress"),
        "ship_to" => ctx.t("orders-field-ship-to"),
        "carrier" => ctx.t("orders-field-carrier"),
        "terms" => ctx.t("orders-field-terms"),
        "tracking_url" => ctx.t("orders-field-tracking"),
        "project_id" => ctx.t("orders-project"),
        "buyer_id" => ctx.t("orders-buyer"),
        _ => ctx.t("orders-field-other"),
    }
}

/// A value as people read it: days, statuses and amounts in words.
fn value(ctx: &Ctx, order: &Order, change: &Changed, text: &str, statuses: &[Status]) -> String {
    match change.field.as_str() {
        "status" => match statuses.iter().find(|s| s.key == text) {
            Some(status) => status.name(ctx.locale).to_owned(),
            // One that there is no more.
            None => text.replace('_', " "),
        },
        "ordered_on" | "wanted_on" | "confirmed_on" | "delivered_on" => {
            text.parse().map_or_else(|()| text.to_owned(), |day| parts::day(ctx, day))
        }
        "total" => {
            text.parse().map_or_else(|_| text.to_owned(), |n| money::with_currency(ctx.locale, n, &order.currency))
        }
        _ => text.to_owned(),
    }
}

fn history(ctx: &Ctx, order: &Order, changes: &[Changed], statuses: &[Status]) -> Option<Markup> {
    if changes.is_empty() {
        return None;
    }
    let rows = changes
        .iter()
        .map(|change| {
            let [old, new] = [&change.old, &change.new].map(|text| value(ctx, order, change, text, statuses));
            let args =
                [("field", field(ctx, &change.field).into()), ("old", old.clone().into()), ("new", new.clone().into())];
            // What a number of lines was says nothing; ids say nothing either.
            let counted =
                matches!(change.field.as_str(), "lines" | "steps" | "project_id" | "buyer_id" | "external_id");
            let key = match (counted, old.is_empty(), new.is_empty()) {
                (true, ..) => "orders-changed",
                (false, true, _) => "orders-changed-set",
                (false, false, true) => "orders-changed-cleared",
                (false, false, false) => "orders-changed-from",
            };
            let by =
                change.by_name.clone().filter(|_| ctx.actor.staff().is_some()).unwrap_or_else(|| ctx.portal.name.get());
            let reason = (!change.reason.is_empty()).then(|| view! { <p>{change.reason.clone()}</p> });
            view! {
                <li class="linkrow">
                    <span class="docicon"><Icon name="history" /></span>
                    <div class="grow"><p>{ctx.with(key, &args)}</p>{reason}<p class="meta">{by}</p></div>
                    <time class="meta nowrap" datetime=change.at.rfc3339()>{ctx.date(change.at)}</time>
                </li>
            }
        })
        .collect_view();
    Some(view! { <Panel id="history" title=ctx.t("orders-history")><ul class="rows">{rows}</ul></Panel> }.into_markup())
}

fn delivery(ctx: &Ctx, order: &Order) -> Option<Markup> {
    let fact = |title: &'static str, text: &str| {
        (!text.is_empty())
            .then(|| view! { <div><dt>{ctx.t(title)}</dt><dd class="prewrap">{text.to_owned()}</dd></div> })
    };
    let on = |title: &'static str, day: Option<Day>| day.and_then(|day| fact(title, &parts::day(ctx, day)));
    let facts = [
        on("orders-field-wanted", order.wanted_on),
        on("orders-field-confirmed", order.confirmed_on),
        on("orders-field-delivered", order.delivered_on),
        fact("orders-field-ship-to", &order.ship_to),
        fact("orders-field-carrier", &order.carrier),
        fact("orders-field-terms", &order.terms),
        fact("orders-project", order.project_name.as_deref().unwrap_or_default()),
    ];
    let follow = (!order.tracking_url.is_empty()).then(|| {
        view! { <div class="panel-foot"><a href=order.tracking_url.clone() rel="noopener noreferrer" target="_blank">{ctx.t("orders-follow")}<span class="vh">" "{ctx.t("orders-follow-elsewhere")}</span></a></div> }
    });
    if facts.iter().all(Option::is_none) && follow.is_none() {
        return None;
    }
    Some(view! { <Panel id="delivery" title=ctx.t("orders-delivery")><dl class="panel-body facts">{facts.into_iter().collect_view()}</dl>{follow}</Panel> }.into_markup())
}
