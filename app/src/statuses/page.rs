//! `/staff/statuses`: how orders and other things can stand; and one of those states by itself.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::i18n::Locale;
use crate::paths;
use crate::ui::{
    Badge, ButtonKind, CheckRow, ChoiceGroup, ErrorSummary, LinkButton, Notice, PageHead, Panel, Place, SelectField,
    SelectOption, Status as StatusWord, SubmitButton, TextArea, TextField, Tone,
};

use super::model::{Kind, Look, MANY, Side, Status, Used, glyph};
use super::service::{self, NAME_LONGEST};

/// The list.
#[component]
pub fn StatusesPage() -> impl IntoView {
    page(list)
}

/// A new one.
#[component]
pub fn StatusNewPage() -> impl IntoView {
    page(new)
}

/// One that is there.
#[component]
pub fn StatusPage() -> impl IntoView {
    page(one)
}

fn kind(query: &Query) -> Result<Kind, AppError> {
    query.get("kind").map_or(Ok(Kind::Orders), |name| Kind::parse(name).ok_or(AppError::NotFound))
}

async fn list(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let all = service::all(ctx, Kind::Orders).await?;
    let kind = kind(&visit.query)?;
    let all = if kind == Kind::Orders { all } else { service::all(ctx, kind).await? };
    let may = service::check_manage(ctx).is_ok();
    let last = all.len().saturating_sub(1);
    let rows = all.iter().enumerate().map(|(at, used)| row(ctx, kind, used, may, (at == 0, at == last))).collect_view();
    let kinds = (Kind::ALL.len() > 1).then(|| {
        let tabs = Kind::ALL.map(|other| {
            let current = (other == kind).then_some("page");
            view! { <a href=paths::staff_statuses(other) aria-current=current>{ctx.t(other.label_key())}</a> }
        });
        view! { <nav class="tabs" aria-label=ctx.t("statuses-title")>{tabs.into_iter().collect_view()}</nav> }
    });
    let new = may.then(|| {
        view! { <LinkButton href=paths::staff_status_new(kind) kind=ButtonKind::Primary>{ctx.t("statuses-new")}</LinkButton> }
    });
    let title = ctx.t("statuses-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("statuses-meta")>{new}</PageHead>
        {problem(&visit.flash)}
        {kinds}
        <Panel id="statuses" title=ctx.t(kind.label_key())><ul class="rows">{rows}</ul></Panel>
    }
    .into_markup();
    Ok(Page { title, place: Place::Statuses, crumbs: vec![], todo: None, body })
}

fn problem(flash: &Flash) -> Option<Markup> {
    flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> }.into_markup())
}

/// Who acts next, said of nobody in particular.
fn waits(ctx: &Ctx, side: Side) -> &'static str {
    match side {
        Side::House => ctx.t("statuses-waits-house"),
        Side::Customer => ctx.t("statuses-waits-customer"),
        Side::Nobody => ctx.t("statuses-waits-nobody"),
    }
}

fn count(ctx: &Ctx, used: i64) -> String {
    match used {
        0 => ctx.t("statuses-unused").to_owned(),
        MANY.. => ctx.with("statuses-used-many", &[("count", (MANY - 1).into())]),
        some => ctx.with("statuses-used", &[("count", some.into())]),
    }
}

fn row(ctx: &Ctx, kind: Kind, used: &Used, may: bool, (first, last): (bool, bool)) -> Markup {
    let status = &used.status;
    let name = status.name(ctx.locale).to_owned();
    let others = Locale::ALL.into_iter().filter(|locale| *locale != ctx.locale).map(|locale| status.name(locale));
    let others = others.collect::<Vec<_>>().join(", ");
    let ends = status.is_final.then(|| view! { <span class="sep"></span>{ctx.t("statuses-is-final")} });
    let shift = |way: &'static str, arrow: &'static str, label: &'static str, off: bool| {
        let label = ctx.with(label, &[("name", name.clone().into())]);
        view! {
            <form method="post" action="/_fn/statuses/shift">
                <input type="hidden" name="kind" value=kind.name() />
                <input type="hidden" name="key" value=status.key.clone() />
                <input type="hidden" name="way" value=way />
                <button class="btn btn--quiet" type="submit" disabled=off aria-label=label><span aria-hidden="true">{arrow}</span></button>
            </form>
        }
    };
    let moves = may.then(|| {
        view! { {shift("up", "\u{2191}", "statuses-up", first)}{shift("down", "\u{2193}", "statuses-down", last)} }
    });
    view! {
        <li class="linkrow">
            <div class="grow">
                <a class="title" href=paths::staff_status(kind, &status.key)><StatusWord tone=status.tone.tone() glyph=status.glyph() text=name.clone() /></a>
                <p class="meta">{others}<span class="sep"></span><span class="num">{status.key.clone()}</span></p>
                <p class="meta">{waits(ctx, status.waits_for)}{ends}<span class="sep"></span>{count(ctx, used.used)}</p>
            </div>
            {moves}
        </li>
    }
    .into_markup()
}

async fn new(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::check_manage(ctx)?;
    let kind = kind(&visit.query)?;
    let form = form(ctx, kind, None, &visit.flash);
    Ok(framed(ctx, kind, ctx.t("statuses-new").to_owned(), &visit.flash, form, None))
}

async fn one(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    // Whoever may not look does not learn which there are.
    service::all(ctx, Kind::Orders).await?;
    let (kind, key) = (kind(&visit.query)?, visit.id::<String>("key")?);
    let all = service::all(ctx, kind).await?;
    let used = all.iter().find(|used| used.status.key == key).ok_or(AppError::NotFound)?;
    let may = service::check_manage(ctx).is_ok();
    let form = form(ctx, kind, Some(&used.status), &visit.flash);
    let delete = (may && all.len() > 1).then(|| delete(ctx, kind, used, &all, &visit.flash));
    Ok(framed(ctx, kind, used.status.name(ctx.locale).to_owned(), &visit.flash, form, delete))
}

fn framed(ctx: &Ctx, kind: Kind, title: String, flash: &Flash, form: Markup, more: Option<Markup>) -> Page {
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=ctx.t("statuses-one-meta") />
            {problem(flash)}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {form}{more}
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::staff_statuses(kind), ctx.t("statuses-title").to_owned())];
    Page { title, place: Place::Statuses, crumbs, todo: None, body }
}

/// What a ticked box sends.
const fn yes(ticked: bool) -> &'static str {
    if ticked { "yes" } else { "" }
}

/// How a look looks, in light and in dark.
fn sample(look: Look, glyph: &'static str, text: &str) -> Markup {
    let badge = || view! { <Badge tone=look.tone() glyph=glyph text=text.to_owned() /> };
    view! { <span class="swatches" aria-hidden="true"><span class="swatch swatch--light">{badge()}</span><span class="swatch swatch--dark">{badge()}</span></span> }
        .into_markup()
}

fn form(ctx: &Ctx, kind: Kind, status: Option<&Status>, flash: &Flash) -> Markup {
    let mine = flash.form == "status";
    let typed = |field: &str, stored: &dyn Fn(&Status) -> String| {
        if mine { flash.value(field).unwrap_or_default().to_owned() } else { status.map(stored).unwrap_or_default() }
    };
    let error = |field: &str| flash.errors.get(field).filter(|_| mine).map(str::to_owned);
    let longest = u32::try_from(NAME_LONGEST).unwrap_or(u32::MAX);
    let tone = Look::parse(&typed("tone", &|s| s.tone.name().to_owned())).unwrap_or(Look::Idle);
    let side = Side::parse(&typed("waits_for", &|s| s.waits_for.name().to_owned())).unwrap_or(Side::House);
    let ends = typed("is_final", &|s| yes(s.is_final).to_owned()) == "yes";
    let shown = status.map_or_else(|| ctx.t("statuses-sample").to_owned(), |s| s.name(ctx.locale).to_owned());
    let looks = Look::ALL
        .map(|look| {
            view! {
                <label class="choice">
                    <input type="radio" name="tone" value=look.name() checked=look == tone required=true />
                    <span>{ctx.t(look.label_key())}{sample(look, glyph(look, ends), &shown)}</span>
                </label>
            }
        })
        .into_iter()
        .collect_view();
    let sides = Side::ALL
        .map(|one| SelectOption {
            value: one.name().to_owned(),
            label: waits(ctx, one).to_owned(),
            selected: one == side,
        })
        .to_vec();
    let key = status.map(|s| s.key.clone()).unwrap_or_default();
    let revision = status.map(|s| s.revision.to_string()).unwrap_or_default();
    view! {
        <form class="stack" method="post" action="/_fn/statuses/save" novalidate=true>
            <input type="hidden" name="kind" value=kind.name() />
            <input type="hidden" name="key" value=key />
            <input type="hidden" name="revision" value=revision />
            <Panel id="names" title=ctx.t("statuses-names")><div class="panel-body stack-4">
                <TextField name="name_en" label="English" value=typed("name_en", &|s| s.name_en.clone()) error=error("name_en") required=true maxlength=longest />
                <TextField name="name_de" label="Deutsch" value=typed("name_de", &|s| s.name_de.clone()) error=error("name_de") required=true maxlength=longest />
                <TextField name="name_nl" label="Nederlands" value=typed("name_nl", &|s| s.name_nl.clone()) error=error("name_nl") required=true maxlength=longest />
            </div></Panel>
            <Panel id="look" title=ctx.t("statuses-look")><div class="panel-body stack-4">
                <ChoiceGroup id="tone" legend=ctx.t("statuses-look") legend_hidden=true hint=ctx.t("statuses-look-hint")>{looks}</ChoiceGroup>
            </div></Panel>
            <Panel id="meaning" title=ctx.t("statuses-meaning")><div class="panel-body stack-4">
                <SelectField name="waits_for" label=ctx.t("statuses-waits-for") options=sides hint=ctx.t("statuses-waits-hint") />
                <CheckRow name="is_final" value="yes" label=ctx.t("statuses-final") meta=ctx.t("statuses-final-hint") checked=ends />
            </div></Panel>
            <div class="cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("orders-save")}</SubmitButton><LinkButton href=paths::staff_statuses(kind)>{ctx.t("ui-cancel")}</LinkButton></div>
        </form>
    }
    .into_markup()
}

/// What becomes of what stands so, and the button.
fn delete(ctx: &Ctx, kind: Kind, used: &Used, all: &[Used], flash: &Flash) -> Markup {
    let mine = flash.form == "delete";
    let typed = |field: &str| if mine { flash.value(field).unwrap_or_default().to_owned() } else { String::new() };
    let error = |field: &str| flash.errors.get(field).filter(|_| mine).map(str::to_owned);
    let chosen = typed("replacement");
    let others = all.iter().map(|other| &other.status).filter(|other| other.key != used.status.key);
    let nothing = SelectOption {
        value: String::new(),
        label: ctx.t(if used.used == 0 { "statuses-replace-nothing" } else { "statuses-replace-choose" }).to_owned(),
        selected: chosen.is_empty(),
    };
    let options = std::iter::once(nothing)
        .chain(others.map(|other| SelectOption {
            value: other.key.clone(),
            label: other.name(ctx.locale).to_owned(),
            selected: chosen == other.key,
        }))
        .collect::<Vec<_>>();
    let fields = (used.used > 0).then(|| {
        view! {
            <SelectField name="replacement" label=ctx.t("statuses-replacement") hint=count(ctx, used.used) options=options error=error("replacement") />
            <TextArea name="reason" label=ctx.t("orders-reason") hint=ctx.t("orders-reason-hint") note=ctx.t("ui-optional") value=typed("reason") rows=2 error=error("reason") maxlength=1000 />
        }
    });
    view! {
        <Panel id="delete" title=ctx.t("statuses-delete-title")>
            <form method="post" action="/_fn/statuses/delete" novalidate=true>
                <input type="hidden" name="kind" value=kind.name() />
                <input type="hidden" name="key" value=used.status.key.clone() />
                <input type="hidden" name="revision" value=used.status.revision.to_string() />
                <div class="panel-body stack-4"><p class="meta">{ctx.t("statuses-delete-text")}</p>{fields}</div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Danger>{ctx.t("statuses-delete")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}
