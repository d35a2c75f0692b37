//! `/staff/orders/new` and `/staff/orders/{id}/edit`: one order by hand, for what no ERP sends.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::{OrderId, OrganisationId};
use crate::money;
use crate::orders::model::{Line, Order, Side, Status, Step};
use crate::orders::server::KEPT;
use crate::orders::service;
use crate::organisation::model::{Organisation, Person};
use crate::organisation::{choice, service as organisation};
use crate::paths;
use crate::ui::{
    ButtonKind, ErrorSummary, LinkButton, Notice, PageHead, Panel, Place, SelectField, SelectOption, SubmitButton,
    TextArea, TextField, Tone,
};
use crate::validity::service::today;

/// An order with more lines than this is not typed by hand.
const LINES: usize = 40;
/// Empty rows for more steps and lines.
const EMPTY: usize = 3;

/// A new order.
#[component]
pub fn StaffOrderNewPage() -> impl IntoView {
    page(new)
}

/// One that is there.
#[component]
pub fn StaffOrderEditPage() -> impl IntoView {
    page(edit)
}

/// What the form begins with.
struct Filled<'a> {
    flash: &'a Flash,
    order: Option<&'a Order>,
    steps: &'a [Step],
    lines: Option<&'a [Line]>,
}

impl Filled<'_> {
    /// What was typed, or else what is known.
    fn text(&self, field: &str, known: impl Fn(&Order) -> String, usual: impl Fn() -> String) -> String {
        if self.flash.form == "order" {
            return self.flash.value(field).unwrap_or_default().to_owned();
        }
        self.order.map_or_else(usual, known)
    }

    fn error(&self, field: &str) -> Option<String> {
        self.flash.errors.get(field).map(str::to_owned)
    }

    /// The cells of a column, and empty ones for more.
    fn column(&self, field: &str, known: Vec<String>) -> Vec<String> {
        let mut cells = if self.flash.form == "order" {
            self.flash.value(field).unwrap_or_default().split(KEPT).map(str::to_owned).collect()
        } else {
            known
        };
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        cells
    }
}

async fn new(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    if !service::may_manage_any(ctx) {
        return Err(AppError::Forbidden);
    }
    let chosen: Option<OrganisationId> = visit
        .query
        .get("organisation")
        .filter(|id| !id.is_empty())
        .map(|id| id.parse().map_err(|_| AppError::NotFound))
        .transpose()?;
    let form = match chosen {
        Some(id) => {
            if !service::may_take(ctx, id).await? {
                return Err(AppError::Forbidden);
            }
            let customer = organisation::find(ctx, id).await?;
            let people = organisation::people(ctx, &customer).await?;
            let statuses = service::statuses(ctx).await?;
            let filled = Filled { flash: &visit.flash, order: None, steps: &[], lines: Some(&[]) };
            form(ctx, &customer, &people, &statuses, &filled)
        }
        None => choice::form(ctx, paths::STAFF_ORDER_NEW).await?,
    };
    let title = ctx.t("orders-new").to_owned();
    let crumbs = vec![(paths::STAFF_ORDERS.to_owned(), ctx.t("orders-title").to_owned())];
    Ok(framed(ctx, &visit.flash, title, ctx.t("orders-new-meta").to_owned(), crumbs, form))
}

async fn edit(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    let order = service::find(ctx, visit.id::<OrderId>("id")?).await?;
    if !service::may(ctx, &order).manage {
        return Err(AppError::Forbidden);
    }
    let customer = organisation::find(ctx, order.organisation_id).await?;
    let people = organisation::people(ctx, &customer).await?;
    let statuses = service::statuses(ctx).await?;
    let steps = service::steps(ctx, &order).await?;
    let (lines, more) = service::lines(ctx, &order, i64::MIN, i64::try_from(LINES).unwrap_or(0)).await?;
    let filled = Filled { flash: &visit.flash, order: Some(&order), steps: &steps, lines: (!more).then_some(&lines) };
    let form = form(ctx, &customer, &people, &statuses, &filled);
    let crumbs = vec![
        (paths::STAFF_ORDERS.to_owned(), ctx.t("orders-title").to_owned()),
        (paths::staff_order(order.id), order.number.clone()),
    ];
    let meta = format!("{}, {}", order.number, order.organisation_name);
    Ok(framed(ctx, &visit.flash, ctx.t("orders-edit").to_owned(), meta, crumbs, form))
}

fn framed(ctx: &Ctx, flash: &Flash, title: String, meta: String, crumbs: Vec<(String, String)>, form: Markup) -> Page {
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let body = view! {
        <PageHead title=title.clone() meta=meta />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {form}
    }
    .into_markup();
    Page { title, place: Place::StaffOrders, crumbs, todo: None, body }
}

fn form(ctx: &Ctx, customer: &Organisation, people: &[Person], statuses: &[Status], filled: &Filled<'_>) -> Markup {
    let order = filled.order;
    let back = order.map_or_else(|| paths::STAFF_ORDERS.to_owned(), |order| paths::staff_order(order.id));
    let id = order.map(|order| order.id.to_string()).unwrap_or_default();
    let revision = order.map(|order| order.order_revision.to_string()).unwrap_or_default();
    let reason = order.map(|_| {
        let typed = filled.text("reason", |_| String::new(), String::new);
        view! { <TextArea name="reason" label=ctx.t("orders-reason") hint=ctx.t("orders-reason-hint") note=ctx.t("ui-optional") value=typed rows=2 error=filled.error("reason") maxlength=1000 /> }
    });
    view! {
        <form class="stack" method="post" action="/_fn/orders/save" novalidate=true>
            <input type="hidden" name="order" value=id />
            <input type="hidden" name="revision" value=revision />
            <input type="hidden" name="organisation_id" value=customer.id.to_string() />
            {head(ctx, customer, people, statuses, filled)}
            {dates(ctx, filled)}
            {steps(ctx, filled)}
            {lines(ctx, filled)}
            {delivery(ctx, filled)}
            <section class="panel"><div class="panel-body">{reason}</div>
            <div class="panel-foot cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("orders-save")}</SubmitButton><LinkButton href=back>{ctx.t("ui-cancel")}</LinkButton></div></section>
        </form>
    }
    .into_markup()
}

fn head(ctx: &Ctx, customer: &Organisation, people: &[Person], statuses: &[Status], filled: &Filled<'_>) -> Markup {
    let status = filled.text("status", |order| order.status.key.clone(), String::new);
    let states = statuses
        .iter()
        .map(|s| SelectOption { value: s.key.clone(), label: s.name(ctx.locale).to_owned(), selected: s.key == status })
        .collect::<Vec<_>>();
    let buyer = filled.text("buyer", |order| order.buyer_id.map(|id| id.to_string()).unwrap_or_default(), String::new);
    let nobody = SelectOption {
        value: String::new(),
        label: ctx.t("orders-buyer-nobody").to_owned(),
        selected: buyer.is_empty(),
    };
    let buyers = std::iter::once(nobody)
        .chain(people.iter().map(|person| {
            let value = person.id.to_string();
            SelectOption { selected: value == buyer, value, label: person.name.clone() }
        }))
        .collect::<Vec<_>>();
    let number = filled.text("number", |order| order.number.clone(), String::new);
    let title = filled.text("title", |order| order.title.clone(), String::new);
    let reference = filled.text("reference", |order| order.reference.clone(), String::new);
    view! {
        <Panel id="what" title=customer.name.clone()><div class="panel-body fields">
            <TextField name="number" label=ctx.t("orders-field-number") value=number error=filled.error("number") required=true maxlength=100 />
            <SelectField name="status" label=ctx.t("orders-field-status") options=states error=filled.error("status") />
            <TextField name="title" label=ctx.t("orders-field-title") note=ctx.t("ui-optional") value=title error=filled.error("title") maxlength=200 class="field wide" />
            <TextField name="reference" label=ctx.t("orders-field-reference") note=ctx.t("ui-optional") value=reference error=filled.error("reference") maxlength=100 />
            <SelectField name="buyer" label=ctx.t("orders-buyer") options=buyers error=filled.error("buyer_id") />
        </div></Panel>
    }
    .into_markup()
}

fn dates(ctx: &Ctx, filled: &Filled<'_>) -> Markup {
    let day = |day: Option<crate::day::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let ordered = filled.text("ordered_on", |order| order.ordered_on.to_string(), || today(ctx).to_string());
    let wanted = filled.text("wanted_on", |order| day(order.wanted_on), String::new);
    let confirmed = filled.text("confirmed_on", |order| day(order.confirmed_on), String::new);
    let delivered = filled.text("delivered_on", |order| day(order.delivered_on), String::new);
    view! {
        <Panel id="dates" title=ctx.t("orders-dates")><div class="panel-body fields">
            <TextField name="ordered_on" label=ctx.t("orders-field-ordered") kind="date" value=ordered error=filled.error("ordered_on") />
            <TextField name="wanted_on" label=ctx.t("orders-field-wanted") kind="date" note=ctx.t("ui-optional") value=wanted error=filled.error("wanted_on") />
            <TextField name="confirmed_on" label=ctx.t("orders-field-confirmed") kind="date" note=ctx.t("ui-optional") value=confirmed error=filled.error("confirmed_on") />
            <TextField name="delivered_on" label=ctx.t("orders-field-delivered") kind="date" note=ctx.t("ui-optional") value=delivered error=filled.error("delivered_on") />
        </div></Panel>
    }
    .into_markup()
}

/// A cell of a table that is typed into.
fn cell(name: &'static str, label: &'static str, kind: &'static str, value: String) -> Markup {
    view! { <td role="cell" class="c-wide"><label><span class="label only-phone">{label}</span><input class="input" type=kind name=name value=value aria-label=label /></label></td> }
        .into_markup()
}

fn heads(labels: &[&'static str]) -> Markup {
    let cells = labels.iter().map(|label| view! { <th scope="col" role="columnheader">{*label}</th> }).collect_view();
    view! { <thead role="rowgroup"><tr role="row">{cells}</tr></thead> }.into_markup()
}

fn failed(error: Option<String>, id: &'static str) -> Option<Markup> {
    error.map(|error| view! { <div class="panel-body"><p class="error" id=id>{error}</p></div> }.into_markup())
}

fn steps(ctx: &Ctx, filled: &Filled<'_>) -> Markup {
    let day = |day: Option<crate::day::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let titles = filled.column("step_title", filled.steps.iter().map(|s| s.title.clone()).collect());
    let expected = filled.column("step_expected", filled.steps.iter().map(|s| day(s.expected_on)).collect());
    let done = filled.column("step_done", filled.steps.iter().map(|s| day(s.done_on)).collect());
    let acts = filled.column("step_acts", filled.steps.iter().map(|s| s.acts.name().to_owned()).collect());
    let count = titles.len().max(expected.len()).max(done.len()) + EMPTY;
    let labels = [
        ctx.t("orders-step-title"),
        ctx.t("orders-step-expected"),
        ctx.t("orders-step-done-on"),
        ctx.t("orders-step-acts"),
    ];
    let rows = (0..count)
        .map(|at| {
            let get = |column: &[String]| column.get(at).cloned().unwrap_or_default();
            let chosen = Side::parse(&get(&acts)).unwrap_or(Side::House);
            let sides = [Side::House, Side::Customer]
                .map(|side| view! { <option value=side.name() selected=side == chosen>{super::parts::acts(ctx, side)}</option> })
                .into_iter()
                .collect_view();
            let [title, when, ended, who] = labels;
            view! {
                <tr role="row">
                    {cell("step_title[]", title, "text", get(&titles))}{cell("step_expected[]", when, "date", get(&expected))}{cell("step_done[]", ended, "date", get(&done))}
                    <td role="cell" class="c-wide"><label><span class="label only-phone">{who}</span><select class="input" name="step_acts[]" aria-label=who>{sides}</select></label></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Panel id="steps" title=ctx.t("orders-progress")>
            {failed(filled.error("steps"), "steps-error")}
            <table class="table cards typed" role="table">{heads(&labels)}<tbody role="rowgroup">{rows}</tbody></table>
            <div class="panel-foot"><p class="meta">{ctx.t("orders-steps-hint")}</p></div>
        </Panel>
    }
    .into_markup()
}

fn lines(ctx: &Ctx, filled: &Filled<'_>) -> Markup {
    let Some(lines) = filled.lines else {
        return view! { <Panel id="lines" title=ctx.t("orders-lines")><div class="panel-body"><p class="meta">{ctx.with("orders-lines-many", &[("max", LINES.into())])}</p></div></Panel> }
            .into_markup();
    };
    let currency = filled.text("currency", |order| order.currency.clone(), || "EUR".to_owned());
    let digits = money::digits(&currency);
    let decimal = |text: String| if ctx.locale == crate::i18n::Locale::En { text } else { text.replace('.', ",") };
    let trimmed = |value: i64| {
        let text = money::plain(value, money::QUANTITY);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let articles = filled.column("line_article", lines.iter().map(|l| l.article.clone()).collect());
    let titles = filled.column("line_title", lines.iter().map(|l| l.title.clone()).collect());
    let quantities = filled.column("line_quantity", lines.iter().map(|l| decimal(trimmed(l.quantity))).collect());
    let units = filled.column("line_unit", lines.iter().map(|l| l.unit.clone()).collect());
    let prices = filled.column(
        "line_price",
        lines.iter().map(|l| l.price.map(|p| decimal(money::plain(p, digits))).unwrap_or_default()).collect(),
    );
    let count = articles.len().max(titles.len()).max(quantities.len()) + EMPTY;
    let labels = [
        ctx.t("orders-column-article"),
        ctx.t("orders-column-item"),
        ctx.t("orders-column-quantity"),
        ctx.t("orders-column-unit"),
        ctx.t("orders-column-price"),
    ];
    let [article, title, quantity, unit, price] = labels;
    let rows = (0..count)
        .map(|at| {
            let get = |column: &[String]| column.get(at).cloned().unwrap_or_default();
            view! {
                <tr role="row">
                    {cell("line_article[]", article, "text", get(&articles))}{cell("line_title[]", title, "text", get(&titles))}{cell("line_quantity[]", quantity, "text", get(&quantities))}{cell("line_unit[]", unit, "text", get(&units))}{cell("line_price[]", price, "text", get(&prices))}
                </tr>
            }
        })
        .collect_view();
    view! {
        <Panel id="lines" title=ctx.t("orders-lines")>
            <input type="hidden" name="with_lines" value="yes" />
            {failed(filled.error("lines"), "lines-error")}
            <table class="table cards typed typed--lines" role="table">{heads(&labels)}<tbody role="rowgroup">{rows}</tbody></table>
            <div class="panel-foot"><TextField name="currency" label=ctx.t("orders-field-currency") value=currency error=filled.error("currency") maxlength=3 /></div>
        </Panel>
    }
    .into_markup()
}

fn delivery(ctx: &Ctx, filled: &Filled<'_>) -> Markup {
    let text =
        |field: &str, known: fn(&Order) -> &String| filled.text(field, |order| known(order).clone(), String::new);
    view! {
        <Panel id="delivery" title=ctx.t("orders-delivery")><div class="panel-body fields">
            <TextArea name="ship_to" label=ctx.t("orders-field-ship-to") note=ctx.t("ui-optional") value=text("ship_to", |o| &o.ship_to) rows=3 error=filled.error("ship_to") maxlength=1000 class="field wide" />
            <TextField name="carrier" label=ctx.t("orders-field-carrier") note=ctx.t("ui-optional") value=text("carrier", |o| &o.carrier) error=filled.error("carrier") maxlength=200 />
            <TextField name="terms" label=ctx.t("orders-field-terms") note=ctx.t("ui-optional") value=text("terms", |o| &o.terms) error=filled.error("terms") maxlength=200 />
            <TextField name="tracking_url" label=ctx.t("orders-field-tracking") note=ctx.t("ui-optional") hint=ctx.t("orders-tracking-hint") value=text("tracking_url", |o| &o.tracking_url) error=filled.error("tracking_url") maxlength=1000 class="field wide" />
        </div></Panel>
    }
    .into_markup()
}
