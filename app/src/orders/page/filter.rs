//! What the two lists of orders share: the address, the field to search in, the filters, and how much was found.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::day::Day;
use crate::doors::Query;
use crate::error::AppError;
use crate::orders::list::{Listed, Sort, Wanted, list};
use crate::orders::model::{Status, Which};
use crate::paths;
use crate::search::list::typed;
use crate::ui::{Icon, SelectField, SelectOption, SubmitButton, TextField};

/// Rows per page.
pub const PER_PAGE: i64 = 50;

/// What the address asks for, the customer aside.
pub fn wanted(query: &Query, statuses: &[Status]) -> Result<Wanted, AppError> {
    let missing = || AppError::NotFound;
    let given = |name: &str| query.get(name).filter(|text| !text.is_empty());
    let day = |name: &str| given(name).map(|text| text.parse::<Day>().map_err(|()| missing())).transpose();
    let which = match (given("status"), given("which")) {
        (Some(key), _) => {
            let known = statuses.iter().any(|status| status.key == key);
            if known { Which::Status(key.to_owned()) } else { return Err(missing()) }
        }
        (None, None | Some("open")) => Which::Open,
        (None, Some("closed")) => Which::Closed,
        (None, Some("all")) => Which::All,
        (None, Some(_)) => return Err(missing()),
    };
    let overdue = match given("overdue") {
        None => false,
        Some("yes") => true,
        Some(_) => return Err(missing()),
    };
    let mut wanted = Wanted {
        search: typed(query.get("search")),
        which,
        overdue,
        from: day("from")?,
        to: day("to")?,
        organisation: None,
        sort: given("sort").map_or(Ok(Sort::default()), |name| Sort::parse(name).ok_or_else(missing))?,
        after: given("after").map(str::to_owned),
        limit: PER_PAGE,
    };
    wanted.settle(statuses);
    Ok(wanted)
}

/// Whether the address says which orders, in whichever way. Without a word it is those that are open.
pub fn is_chosen(query: &Query) -> bool {
    let names = ["which", "status", "overdue", "search", "from", "to", "after"];
    names.into_iter().any(|name| query.get(name).is_some())
}

/// What follows the question mark for this list.
pub fn query(wanted: &Wanted) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let (which, status) = match &wanted.which {
        Which::Open => (None, None),
        Which::Closed => (Some("closed"), None),
        Which::All => (Some("all"), None),
        Which::Status(key) => (None, Some(key.as_str())),
    };
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let (from, to, organisation) = (day(wanted.from), day(wanted.to), wanted.organisation.map(|id| id.to_string()));
    // Overdue has its own order.
    let sort = Some(wanted.sort).filter(|sort| *sort != Sort::default() && !wanted.overdue).map(Sort::name);
    let pairs = [
        ("search", wanted.search.as_deref()),
        ("which", which),
        ("status", status),
        ("overdue", wanted.overdue.then_some("yes")),
        ("from", from.as_deref()),
        ("to", to.as_deref()),
        ("organisation", organisation.as_deref()),
        ("sort", sort),
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
pub fn address(path: &str, wanted: &Wanted) -> String {
    let query = query(wanted);
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
pub fn form(ctx: &Ctx, path: &'static str, wanted: &Wanted, nonce: String) -> Markup {
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    };
    let (which, status) = match &wanted.which {
        Which::Open => (None, None),
        Which::Closed => (Some("closed".to_owned()), None),
        Which::All => (Some("all".to_owned()), None),
        Which::Status(key) => (None, Some(key.clone())),
    };
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    // What is looked for has an order of its own, and so has what is overdue: there the choice is only kept.
    let sort = if wanted.search.is_some() || wanted.overdue {
        hidden("sort", Some(wanted.sort).filter(|sort| *sort != Sort::default()).map(|sort| sort.name().to_owned()))
            .into_markup()
    } else {
        let options = Sort::ALL.map(|sort| SelectOption {
            value: if sort == Sort::default() { String::new() } else { sort.name().to_owned() },
            label: ctx.t(sort.label_key()).to_owned(),
            selected: wanted.sort == sort,
        });
        view! { <SelectField name="sort" label=ctx.t("sort-label") options=options.to_vec() /> }.into_markup()
    };
    view! {
        <form class="filters" method="get" action=path role="search" data-live="results">
            <div class="searchfield">
                <label class="vh" for="search">{ctx.t("orders-search")}</label>
                <Icon name="search" />
                <input class="input" id="search" name="search" type="search" maxlength="200" autocomplete="off" spellcheck="false"
                    placeholder=ctx.t("orders-search-hint") value=wanted.search.clone().unwrap_or_default() />
            </div>
            {hidden("which", which)}
            {hidden("status", status)}
            {hidden("overdue", wanted.overdue.then(|| "yes".to_owned()))}
            {hidden("organisation", wanted.organisation.map(|id| id.to_string()))}
            <div class="filters-more">
                <TextField name="from" kind="date" label=ctx.t("orders-from") value=day(wanted.from) />
                <TextField name="to" kind="date" label=ctx.t("orders-to") value=day(wanted.to) />
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
        ctx.with("orders-found-more", &[("count", count.into())])
    } else {
        ctx.with("orders-found", &[("count", count.into())])
    };
    view! { <p class="vh" role="status" id="results-said">{text}</p> }.into_markup()
}

/// Open, overdue, over, all, and each status by itself.
pub fn tabs(ctx: &Ctx, path: &'static str, wanted: &Wanted, statuses: &[Status]) -> Markup {
    let tab = |which: Which, overdue: bool, text: String| {
        let current = (wanted.which == which && wanted.overdue == overdue).then_some("page");
        // Out of what is overdue, its order is left behind.
        let sort = if wanted.overdue { Sort::default() } else { wanted.sort };
        let mut to = Wanted { which, overdue, sort, after: None, ..wanted.clone() };
        to.settle(statuses);
        let mut href = address(path, &to);
        // A customer's list without a word is of all orders where none is open: who chooses the open ones says so.
        if path == paths::ORDERS && to.which == Which::Open && !to.overdue {
            href.push_str(if href.contains('?') { "&which=open" } else { "?which=open" });
        }
        view! { <a href=href aria-current=current>{text}</a> }
    };
    let plain = |which: Which, key: &'static str| tab(which, false, ctx.t(key).to_owned());
    let by_status = statuses
        .iter()
        .map(|status| tab(Which::Status(status.key.clone()), false, status.name(ctx.locale).to_owned()))
        .collect_view();
    view! {
        <nav class="tabs" aria-label=ctx.t("documents-column-status")>
            {plain(Which::Open, "orders-open")}{tab(Which::Open, true, ctx.t("orders-overdue").to_owned())}{plain(Which::Closed, "orders-closed")}{plain(Which::All, "orders-all")}{by_status}
        </nav>
    }
    .into_markup()
}

/// What the order leaves out.
pub fn left_out(ctx: &Ctx, wanted: &Wanted) -> Option<Markup> {
    let left_out = wanted.sort == Sort::Due && wanted.which == Which::All && wanted.search.is_none();
    left_out.then(|| view! { <p class="meta">{ctx.t("orders-due-only")}</p> }.into_markup())
}
