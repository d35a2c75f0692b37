//! How a file is read: what was recognised, its first rows as they will be understood, and the form that puts it right.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::Visit;
use crate::imports::kind::{Kind, Value, field_key, value_of};
use crate::imports::look::{Reading, Seen};
use crate::imports::mapping::{Mapping, Saved};
use crate::imports::model::{Look, Run};
use crate::imports::table::Shape;
use crate::imports::values::DayOrder;
use crate::ui::{ButtonKind, CheckRow, Glyph, Panel, SelectField, SelectOption, SubmitButton, TextField};

/// What was recognised.
pub fn recognised(ctx: &Ctx, run: &Run, look: &Look, reading: Option<&Reading>) -> Markup {
    let shape = match look.format.shape {
        Shape::Csv => ctx.t("imports-shape-csv"),
        Shape::Xlsx => ctx.t("imports-shape-xlsx"),
        Shape::Json => ctx.t("imports-shape-json"),
    };
    let csv = (look.format.shape == Shape::Csv).then(|| {
        let delimiter = match look.format.delimiter {
            b';' => ctx.t("imports-delimiter-semicolon"),
            b'\t' => ctx.t("imports-delimiter-tab"),
            b'|' => ctx.t("imports-delimiter-bar"),
            _ => ctx.t("imports-delimiter-comma"),
        };
        let letters = if look.format.windows_1252 { "Windows-1252" } else { "UTF-8" };
        view! {
            <div><dt>{ctx.t("imports-delimiter")}</dt><dd>{delimiter}</dd></div>
            <div><dt>{ctx.t("imports-letters")}</dt><dd>{letters}</dd></div>
        }
    });
    let written = reading.map(|reading| reading.written(look)).unwrap_or_default();
    let days = written.0.map(|how| {
        let said = how.days.map_or_else(
            || ctx.t("imports-days-unclear").to_owned(),
            |order| ctx.with("imports-days-as", &[("sample", order.sample().into())]),
        );
        view! { <div><dt>{ctx.t("imports-days")}</dt><dd>{said}</dd></div> }
    });
    let decimals = written.1.map(|how| {
        let sample = if how.comma { "1.234,5" } else { "1,234.5" };
        view! { <div><dt>{ctx.t("imports-decimals")}</dt><dd>{ctx.with("imports-days-as", &[("sample", sample.into())])}</dd></div> }
    });
    let unused = reading
        .map(|reading| reading.unused().join(", "))
        .filter(|names| !names.is_empty())
        .map(|names| view! { <div><dt>{ctx.t("imports-unused")}</dt><dd>{names}</dd></div> });
    let rows = ctx.with("imports-about-rows", &[("count", run.total.into())]);
    view! {
        <Panel id="recognised" title=ctx.t("imports-recognised")>
            <dl class="panel-body facts">
                <div><dt>{ctx.t("imports-shape")}</dt><dd>{shape}</dd></div>
                {csv}{days}{decimals}
                <div><dt>{ctx.t("imports-rows")}</dt><dd>{rows}</dd></div>
                {unused}
            </dl>
        </Panel>
    }
    .into_markup()
}

/// The first rows as they will be understood. None without rows or columns.
pub fn preview(ctx: &Ctx, run: &Run, look: &Look, reading: &Reading) -> Option<Markup> {
    let fields = reading.fields(look);
    if fields.is_empty() || look.rows.is_empty() {
        return None;
    }
    let heads = fields
        .iter()
        .map(|(field, _)| view! { <th scope="col" role="columnheader">{ctx.t(field_key(run.kind, field))}</th> })
        .collect_view();
    let rows = look
        .rows
        .iter()
        .map(|row| {
            let cells = fields
                .iter()
                .enumerate()
                .map(|(at, (field, _))| {
                    let label = ctx.t(field_key(run.kind, field));
                    let text = match reading.value(ctx, row, field) {
                        Seen::Good(text) => text.into_markup(),
                        Seen::Bad(text) => view! { <span class="status t-bad"><Glyph name="late" />{text}<span class="vh">{format!(", {}", ctx.t("imports-not-understood"))}</span></span> }.into_markup(),
                    };
                    if at == 0 {
                        return view! { <th scope="row" role="rowheader" class="c-main nowrap">{text}</th> }.into_markup();
                    }
                    let class = if value_of(run.kind, field) == Value::Number { "c-wide num" } else { "c-wide" };
                    view! { <td role="cell" class=class data-label=label>{text}</td> }.into_markup()
                })
                .collect_view();
            view! { <tr role="row">{cells}</tr> }
        })
        .collect_view();
    Some(
        view! {
            <Panel id="preview" title=ctx.t("imports-preview")>
                <div class="scrollx" tabindex="0" role="group" aria-labelledby="preview-title">
                    <table class="table cards" role="table"><thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>
                </div>
                <div class="panel-foot"><p class="meta">{ctx.t("imports-preview-hint")}</p></div>
            </Panel>
        }
        .into_markup(),
    )
}

fn option(value: &str, label: String, chosen: bool) -> SelectOption {
    SelectOption { value: value.to_owned(), label, selected: chosen }
}

/// One of the columns for a field.
fn column(ctx: &Ctx, run: &Run, look: &Look, field: &'static str, chosen: Option<&str>) -> Markup {
    let none = view! { <option value="" selected=chosen.is_none()>{ctx.t("imports-no-column")}</option> };
    let options = look
        .heading
        .iter()
        .filter(|name| !name.is_empty())
        .map(|name| view! { <option value=name.clone() selected=chosen == Some(name.as_str())>{name.clone()}</option> })
        .collect_view();
    let label = ctx.t(field_key(run.kind, field));
    let star = run
        .kind
        .needed()
        .contains(&field)
        .then(|| view! { <span class="opt">{format!(" ({})", ctx.t("imports-needed"))}</span> });
    view! {
        <div class="field">
            <input type="hidden" name="fields[]" value=field />
            <label class="label" for=format!("column-{field}")>{label}{star}</label>
            <span class="select"><select class="input" id=format!("column-{field}") name="columns[]">{none}{options}</select></span>
        </div>
    }
    .into_markup()
}

/// The form that says which column is which field.
pub fn form(ctx: &Ctx, visit: &Visit, run: &Run, look: &Look, reading: Option<&Reading>) -> Markup {
    let mapping = run.mapping();
    let columns = run
        .kind
        .names()
        .iter()
        .map(|(field, _)| {
            let chosen = reading.and_then(|reading| reading.column(look, field));
            column(ctx, run, look, field, chosen.as_deref())
        })
        .collect_view();
    let told = ctx.t("imports-told-from-file");
    let mut days = vec![option("", told.to_owned(), mapping.days.is_none())];
    days.extend(
        DayOrder::ALL.map(|order| option(order.name(), order.sample().to_owned(), mapping.days == Some(order))),
    );
    let decimals = vec![
        option("", told.to_owned(), mapping.comma.is_none()),
        option("comma", "1.234,5".to_owned(), mapping.comma == Some(true)),
        option("point", "1,234.5".to_owned(), mapping.comma == Some(false)),
    ];
    let flash = &visit.flash;
    let name = flash.value("name").filter(|_| flash.form == "mapping").unwrap_or_default().to_owned();
    let error = |field: &str| flash.errors.get(field).filter(|_| flash.form == "mapping").map(str::to_owned);
    let currency = run.kind.has_prices().then(|| {
        view! { <TextField name="currency" label=ctx.t("imports-currency") hint=ctx.t("imports-currency-hint") value=run.options().currency error=error("currency") maxlength=3 /> }
    });
    let invite = (run.kind == Kind::People).then(|| {
        view! { <CheckRow name="invite" value="yes" label=ctx.t("imports-invite") meta=ctx.t("imports-invite-meta") checked=run.options().invite /> }
    });
    let publish = (run.kind == Kind::Documents).then(|| {
        view! { <CheckRow name="publish" value="yes" label=ctx.t("imports-publish") meta=ctx.t("imports-publish-meta") checked=run.options().publish /> }
    });
    view! {
        <Panel id="mapping" title=ctx.t("imports-mapping")>
            <form method="post" action="/_fn/imports/map" novalidate=true>
                <input type="hidden" name="id" value=run.id.to_string() />
                <div class="panel-body stack">
                    <p class="meta">{ctx.t("imports-mapping-hint")}</p>
                    <div class="fields">
                        {columns}
                        <SelectField name="days" label=ctx.t("imports-days") options=days />
                        <SelectField name="decimals" label=ctx.t("imports-decimals") options=decimals />
                        {currency}
                        {invite}{publish}
                        <TextField name="name" label=ctx.t("imports-save-as") note=ctx.t("ui-optional") hint=ctx.t("imports-save-as-hint") value=name error=error("name") maxlength=60 />
                    </div>
                </div>
                <div class="panel-foot cluster"><SubmitButton>{ctx.t("imports-look-again")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}

/// The ways to read that are kept under a name. None where there are none.
pub fn saved(ctx: &Ctx, run: &Run, saved: &[Saved]) -> Option<Markup> {
    if saved.is_empty() {
        return None;
    }
    let mapping = run.mapping();
    let mut options = vec![option("auto", ctx.t("imports-mapping-auto").to_owned(), mapping == Mapping::default())];
    options.extend(saved.iter().map(|known| option(&known.name, known.name.clone(), known.mapping() == mapping)));
    Some(
        view! {
            <form class="filters" method="post" action="/_fn/imports/use_mapping">
                <input type="hidden" name="id" value=run.id.to_string() />
                <SelectField name="mapping" label=ctx.t("imports-use-mapping") options=options />
                <SubmitButton kind=ButtonKind::Secondary>{ctx.t("imports-use")}</SubmitButton>
            </form>
        }
        .into_markup(),
    )
}
