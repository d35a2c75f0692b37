//! `/search` and `/staff/search`: what is found everywhere, in groups. `public/find.js` reads the same page for the box on
//! top of every other one.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::organisation::service::require_staff;
use crate::paths;
use crate::ui::{EmptyState, Icon, LinkButton, PageHead, Place, SubmitButton};

use super::model::{Area, Found, Group, Piece};
use super::service;

/// For customers.
#[component]
pub fn SearchPage() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    page(async move |ctx: Ctx, visit| {
        allow(&ctx.actor, Action::HomeRead, Relation::Own, ctx.organisation)?;
        show(&ctx, &visit, paths::SEARCH, nonce).await
    })
}

/// For staff.
#[component]
pub fn StaffSearchPage() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    page(async move |ctx: Ctx, visit| {
        require_staff(&ctx)?;
        show(&ctx, &visit, paths::STAFF_SEARCH, nonce).await
    })
}

async fn show(ctx: &Ctx, visit: &Visit, path: &'static str, nonce: String) -> Result<Page, AppError> {
    let asked = visit.query.get("q").unwrap_or_default().to_owned();
    if let Some(area) = visit.query.get("in") {
        // Everything else has a list of its own with a search.
        if area != Area::People.name() {
            return Err(AppError::NotFound);
        }
        return all_people(ctx, path, nonce, asked).await;
    }
    let groups = service::search(ctx, &asked).await?;
    let count: usize = groups.iter().map(|group| group.found.len()).sum();
    let blank = asked.trim().is_empty();
    let said = if blank { String::new() } else { ctx.with("everywhere-found", &[("count", count.into())]) };
    let list = match (blank, groups.is_empty()) {
        (true, _) => empty(ctx, "everywhere-begin-title", "everywhere-begin-text"),
        (false, true) => empty(ctx, "everywhere-none-title", "everywhere-none-text"),
        (false, false) => groups.into_iter().map(|found| group(ctx, found)).collect_view().into_markup(),
    };
    let title = ctx.t("everywhere-title").to_owned();
    let head = view! { <PageHead title=title.clone() /> }.into_markup();
    let body = layout(ctx, path, nonce, None, asked, head, said, list);
    Ok(Page { title, place: Place::Search, crumbs: vec![], todo: None, body })
}

/// All people that are found.
async fn all_people(ctx: &Ctx, path: &'static str, nonce: String, asked: String) -> Result<Page, AppError> {
    let area = Area::People;
    let (found, cut) = service::all_people(ctx, &asked).await?;
    let said = ctx.with("everywhere-found", &[("count", found.len().into())]);
    let list = if found.is_empty() {
        empty(ctx, "everywhere-none-title", "everywhere-none-text")
    } else {
        let rows = found.into_iter().map(|found| row(area.icon(), found)).collect_view();
        let cut = cut.then(|| view! { <p class="panel-foot meta">{ctx.t("everywhere-cut")}</p> });
        view! {
            <section class="panel" aria-label=ctx.t(area.label_key())>
                <ul class="rows">{rows}</ul>
                {cut}
            </section>
        }
        .into_markup()
    };
    let title = ctx.with("everywhere-all-of", &[("area", ctx.t(area.label_key()).into())]);
    let mut back = url::form_urlencoded::Serializer::new(String::new());
    let back = format!("{path}?{}", back.append_pair("q", &asked).finish());
    let head = view! { <PageHead title=title.clone()><LinkButton href=back>{ctx.t("everywhere-label")}</LinkButton></PageHead> };
    let body = layout(ctx, path, nonce, Some(area), asked, head.into_markup(), said, list);
    Ok(Page { title, place: Place::Search, crumbs: vec![], todo: None, body })
}

#[expect(clippy::too_many_arguments, reason = "the parts of one page, each named where it is made")]
fn layout(
    ctx: &Ctx,
    path: &'static str,
    nonce: String,
    within: Option<Area>,
    asked: String,
    head: Markup,
    said: String,
    list: Markup,
) -> Markup {
    let within = within.map(|area| view! { <input type="hidden" name="in" value=area.name() /> });
    view! {
        <div class="narrow">
            {head}
            <form class="filters" method="get" action=path role="search" aria-label=ctx.t("everywhere-form") data-live="found">
                <div class="searchfield">
                    <label class="vh" for="q">{ctx.t("everywhere-label")}</label>
                    <Icon name="search" />
                    <input class="input" id="q" name="q" type="search" maxlength="200" autocomplete="off" spellcheck="false" placeholder=ctx.t("everywhere-hint") value=asked />
                </div>
                {within}
                <SubmitButton>{ctx.t("documents-search-button")}</SubmitButton>
            </form>
            <p class="vh" role="status" id="found-said">{said}</p>
            <div class="stack" id="found">{list}</div>
        </div>
        <script nonce=nonce defer=true src=crate::assets::url("search.js")></script>
    }
    .into_markup()
}

fn empty(ctx: &Ctx, title: &'static str, text: &'static str) -> Markup {
    view! { <section class="panel"><EmptyState icon="search" title=ctx.t(title) text=ctx.t(text) /></section> }
        .into_markup()
}

fn group(ctx: &Ctx, group: Group) -> Markup {
    let Group { area, found, all } = group;
    let heading = format!("found-{}", area.name());
    let labelled = heading.clone();
    let rows = found.into_iter().map(|found| row(area.icon(), found)).collect_view();
    let all = all.map(|href| view! { <a href=href>{ctx.t("everywhere-all")}</a> });
    view! {
        <section class="panel" aria-labelledby=labelled>
            <div class="panel-head"><h2 id=heading>{ctx.t(area.label_key())}</h2>{all}</div>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_markup()
}

fn row(icon: &'static str, found: Found) -> Markup {
    let excerpt = found.excerpt.map(|pieces| view! { <p class="found-in">{marked(pieces)}</p> });
    let meta = (!found.meta.is_empty()).then(|| view! { <p class="meta">{found.meta}</p> });
    view! {
        <li class="linkrow">
            <span class="docicon"><Icon name=icon /></span>
            <div class="grow"><a class="title" href=found.path>{marked(found.title)}</a>{meta}{excerpt}</div>
        </li>
    }
    .into_markup()
}

fn marked(pieces: Vec<Piece>) -> Markup {
    let piece = |(text, found): Piece| match found {
        true => view! { <mark>{text}</mark> }.into_markup(),
        false => text.into_markup(),
    };
    pieces.into_iter().map(piece).collect_view().into_markup()
}
