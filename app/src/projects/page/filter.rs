//! What the two lists of projects share: the address, the field to search in, the filters, and how much was found.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::day::Day;
use crate::doors::Query;
use crate::error::AppError;
use crate::orders::model::Status;
use crate::projects::list::{Listed, Sort, Wanted, list};
use crate::projects::model::Which;
use crate::search::list::typed;
use crate::ui::{Icon, SelectField, SelectOption, SubmitButton, TextField};

/// Rows per page.
pub const PER_PAGE: i64 = 50;

/// What the address asks for, the customer aside.
pub fn wanted(query: &Query, statuses: &[Status]) -> Result<Wanted, AppError> {
    let missing = || AppError::NotFound;
    let given = |name: &str| query.get(name).filter(|text| !text.is_empty());
    let day = |name: &str| given(name).map(|text| text.parse::<Day>().map_err(|()| missing())).transpose();
    let status = match given("status") {
        Some(key) if !statuses.iter().any(|status| status.key == key) => return Err(missing()),
        status => status.map(str::to_owned),
    };
    let which = match given("which") {
        None | Some("open") => Which::Open,
        Some("closed") => Which::Closed,
        Some("all") => Which::All,
        Some(_) => return Err(missing()),
    };
    let overdue = match given("overdue") {
        None => false,
        Some("yes") => true,
        Some(_) => return Err(missing()),
    };
    let usual = Sort::usual(which, status.as_deref(), statuses);
    Ok(Wanted {
        search: typed(query.get("search")),
        // With a status it says nothing.
        which: if status.is_some() { Which::Open } else { which },
        status,
        overdue,
        from: day("from")?,
        to: day("to")?,
        organisation: None,
        sort: given("sort").map_or(Ok(usual), |name| Sort::parse(name).ok_or_else(missing))?,
        after: given("after").map(str::to_owned),
        limit: PER_PAGE,
    })
}

/// The order of a list, where somebody chose another than the usual one. What is looked for and what is overdue have orders
/// of their own.
fn chosen(wanted: &Wanted, statuses: &[Status]) -> Option<&'static str> {
    let usual = Sort::usual(wanted.which, wanted.status.as_deref(), statuses);
    (wanted.sort != usual && !wanted.overdue).then(|| wanted.sort.name())
}

/// What follows the question mark for this list.
pub fn query(wanted: &Wanted, statuses: &[Status]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let which = match (&wanted.status, wanted.which) {
        (Some(_), _) | (None, Which::Open) => None,
        (None, Which::Closed) => Some("closed"),
        (None, Which::All) => Some("all"),
    };
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let (from, to, organisation) = (day(wanted.from), day(wanted.to), wanted.organisation.map(|id| id.to_string()));
    let pairs = [
        ("search", wanted.search.as_deref()),
        ("which", which),
        ("status", wanted.status.as_deref()),
        ("overdue", wanted.overdue.then_some("yes")),
        ("from", from.as_deref()),
        ("to", to.as_deref()),
        ("organisation", organisation.as_deref()),
        ("sort", chosen(wanted, statuses)),
        ("after", wanted.after.as_deref()),
    ];
    for (name, value) in pairs {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    query.finish()
}

/// The address of this list.
pub fn address(path: &str, wanted: &Wanted, statuses: &[Status]) -> String {
    let query = query(wanted, statuses);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The list; an address that is none of ours is not found.
pub async fn read(ctx: &Ctx, wanted: &Wanted) -> Result<Listed, AppError> {
    match list(ctx, wanted).await {
        Err(AppError::BadRequest(_)) => Err(AppError::NotFound),
        other => other,
    }
}

/// The nonce of a page whose list is filled while one types.
pub fn nonce() -> String {
    use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default()
}

/// The field to search in, and the filters. With the script the list below follows what is typed; without it, the button.
pub fn form(ctx: &Ctx, path: &'static str, wanted: &Wanted, statuses: &[Status], nonce: String) -> Markup {
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    };
    let which = match (&wanted.status, wanted.which) {
        (Some(_), _) | (None, Which::Open) => None,
        (None, Which::Closed) => Some("closed".to_owned()),
        (None, Which::All) => Some("all".to_owned()),
    };
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let usual = Sort::usual(wanted.which, wanted.status.as_deref(), statuses);
    // What is looked for has an order of its own, and so has what is overdue: there the choice is only kept.
    let sort = if wanted.search.is_some() || wanted.overdue {
        hidden("sort", chosen(wanted, statuses).map(str::to_owned)).into_markup()
    } else {
        let options = Sort::ALL.map(|sort| SelectOption {
            value: if sort == usual { String::new() } else { sort.name().to_owned() },
            label: ctx.t(sort.label_key()).to_owned(),
            selected: wanted.sort == sort,
        });
        view! { <SelectField name="sort" label=ctx.t("sort-label") options=options.to_vec() /> }.into_markup()
    };
    view! {
        <form class="filters" method="get" action=path role="search" data-live="results">
            <div class="searchfield">
                <label class="vh" for="search">{ctx.t("projects-search")}</label>
                <Icon name="search" />
                <input class="input" id="search" name="search" type="search" maxlength="200" autocomplete="off" spellcheck="false"
                    placeholder=ctx.t("projects-search-hint") value=wanted.search.clone().unwrap_or_default() />
            </div>
            {hidden("which", which)}
            {hidden("status", wanted.status.clone())}
            {hidden("overdue", wanted.overdue.then(|| "yes".to_owned()))}
            {hidden("organisation", wanted.organisation.map(|id| id.to_string()))}
            <div class="filters-more">
                <TextField name="from" kind="date" label=ctx.t("projects-from") value=day(wanted.from) />
                <TextField name="to" kind="date" label=ctx.t("projects-to") value=day(wanted.to) />
                {sort}
            </div>
            <SubmitButton>{ctx.t("documents-search-button")}</SubmitButton>
        </form>
        <script nonce=nonce defer=true src=crate::assets::url("search.js")></script>
    }
    .into_markup()
}

/// How much was found, for those who do not see the list change.
pub fn said(ctx: &Ctx, wanted: &Wanted, listed: &Listed) -> Markup {
    let count = listed.items.len();
    let text = if wanted.search.is_none() {
        String::new()
    } else if listed.next.is_some() {
        ctx.with("projects-found-more", &[("count", count.into())])
    } else {
        ctx.with("projects-found", &[("count", count.into())])
    };
    view! { <p class="vh" role="status" id="results-said">{text}</p> }.into_markup()
}

/// Under way, overdue, over, all, and each status by itself.
pub fn tabs(ctx: &Ctx, path: &'static str, wanted: &Wanted, statuses: &[Status]) -> Markup {
    let tab = |which: Which, status: Option<String>, overdue: bool, text: String| {
        let current = (wanted.which == which && wanted.status == status && wanted.overdue == overdue).then_some("page");
        // Each list begins in its own order.
        let sort = Sort::usual(which, status.as_deref(), statuses);
        let to = Wanted { which, status, overdue, sort, after: None, ..wanted.clone() };
        view! { <a href=address(path, &to, statuses) aria-current=current>{text}</a> }
    };
    let plain = |which: Which, key: &'static str| tab(which, None, false, ctx.t(key).to_owned());
    let by_status = statuses
        .iter()
        .map(|status| tab(Which::Open, Some(status.key.clone()), false, status.name(ctx.locale).to_owned()))
        .collect_view();
    view! {
        <nav class="tabs" aria-label=ctx.t("documents-column-status")>
            {plain(Which::Open, "projects-open")}{tab(Which::Open, None, true, ctx.t("projects-overdue").to_owned())}{plain(Which::Closed, "projects-closed")}{plain(Which::All, "projects-all")}{by_status}
        </nav>
    }
    .into_markup()
}
