//! `/notifications`: what somebody was told, the newest first, by area, and what of it they have not seen.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::ids::NotificationId;
use crate::notifications::kind::{Area, Class};
use crate::notifications::model::Line;
use crate::notifications::service::{self, Filter};
use crate::paths;
use crate::ui::{
    ButtonSize, EmptyState, Icon, LinkButton, MorePager, PageHead, Place, SelectField, SelectOption, Status,
    SubmitButton, Tone,
};

const PER_PAGE: i64 = 30;

/// The list.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    page(show)
}

/// What an address asks for.
fn asked(query: &Query) -> Result<(Filter, Option<NotificationId>), AppError> {
    let area = query.get("area").map(|name| Area::parse(name).ok_or(AppError::NotFound)).transpose()?;
    let unseen = match query.get("show") {
        None => false,
        Some("unread") => true,
        Some(_) => return Err(AppError::NotFound),
    };
    let before = query.get("after").map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    Ok((Filter { area, unseen }, before))
}

/// The address of a part of the list.
fn address(filter: Filter, after: Option<NotificationId>) -> String {
    let area = filter.area.map(|area| format!("area={}", area.name()));
    let unseen = filter.unseen.then(|| "show=unread".to_owned());
    let after = after.map(|id| format!("after={id}"));
    let query: Vec<String> = [area, unseen, after].into_iter().flatten().collect();
    if query.is_empty() {
        paths::NOTIFICATIONS.to_owned()
    } else {
        format!("{}?{}", paths::NOTIFICATIONS, query.join("&"))
    }
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let (filter, before) = asked(&visit.query)?;
    let found = service::list(ctx, filter, before, PER_PAGE).await?;
    let may_mark = allow(&ctx.actor, Action::NotificationManage, Relation::Own, None).is_ok();
    let here = address(filter, before);
    let next = found.next.map(|id| address(filter, Some(id)));
    let newest = before.map(|_| address(filter, None));
    let unseen = found.items.iter().any(|line| line.seen_at.is_none());
    let all = (may_mark && unseen).then(|| mark_all(ctx, filter, &here, found.items.first()));
    let list = if found.items.is_empty() {
        let (title, text) = match filter.unseen {
            true => ("notifications-none-unread-title", "notifications-none-unread-text"),
            false => ("notifications-empty-title", "notifications-empty-text"),
        };
        view! { <EmptyState icon="bell" title=ctx.t(title) text=ctx.t(text) /> }.into_markup()
    } else {
        let rows = found.items.iter().map(|line| row(ctx, line, may_mark, &here)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let title = ctx.t("notifications-title").to_owned();
    let settings = ctx.viewing.is_none().then(|| {
        view! { <LinkButton href=paths::ACCOUNT_NOTIFICATIONS>{ctx.t("notifications-settings")}</LinkButton> }
    });
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("notifications-meta")>{all}{settings}</PageHead>
        {which(ctx, filter)}
        {areas(ctx, filter)}
        <section class="panel" id="notifications" aria-label=title.clone() data-live-area="notifications">{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_markup();
    Ok(Page { title, place: Place::Notifications, crumbs: vec![], todo: None, body })
}

/// All of it, or what was not seen.
fn which(ctx: &Ctx, filter: Filter) -> Markup {
    let tab = |unseen: bool, key: &'static str| {
        let current = (unseen == filter.unseen).then_some("page");
        view! { <a href=address(Filter { unseen, ..filter }, None) aria-current=current>{ctx.t(key)}</a> }
    };
    view! { <nav class="tabs" aria-label=ctx.t("notifications-which")>{tab(false, "notifications-all")}{tab(true, "notifications-unread")}</nav> }
        .into_markup()
}

/// The areas, as a form that works without a script.
fn areas(ctx: &Ctx, filter: Filter) -> Markup {
    let option = |value: &str, label: &str, selected: bool| SelectOption {
        value: value.to_owned(),
        label: label.to_owned(),
        selected,
    };
    let mut options = vec![option("", ctx.t("notifications-area-any"), filter.area.is_none())];
    let offered = service::areas(ctx).into_iter();
    options.extend(offered.map(|area| option(area.name(), ctx.t(area.label_key()), filter.area == Some(area))));
    let unseen = filter.unseen.then(|| view! { <input type="hidden" name="show" value="unread" /> });
    view! {
        <form class="filters" method="get" action=paths::NOTIFICATIONS>
            {unseen}
            <SelectField name="area" label=ctx.t("notifications-area") options=options />
            <SubmitButton>{ctx.t("notifications-filter")}</SubmitButton>
        </form>
    }
    .into_markup()
}

/// Marks what the page shows and everything older, but not what has come meanwhile.
fn mark_all(ctx: &Ctx, filter: Filter, here: &str, newest: Option<&Line>) -> Markup {
    let up_to = newest.map(|line| line.id.to_string()).unwrap_or_default();
    view! {
        <form method="post" action="/_fn/notifications/see_all">
            <input type="hidden" name="area" value=filter.area.map(Area::name).unwrap_or_default() />
            <input type="hidden" name="up_to" value=up_to />
            <input type="hidden" name="return_to" value=here.to_owned() />
            <SubmitButton size=ButtonSize::Normal>{ctx.t("notifications-mark-all")}</SubmitButton>
        </form>
    }
    .into_markup()
}

const fn icon(area: Area) -> &'static str {
    match area {
        Area::Documents => "file-text",
        Area::Approvals => "circle-check-big",
        Area::Files => "upload",
        Area::Orders => "package",
        Area::Projects => "list-checks",
        Area::Appointments => "calendar",
        Area::Organisation => "users",
        Area::Announcements => "mail",
        Area::Imports => "upload",
        Area::Security => "shield-alert",
    }
}

fn row(ctx: &Ctx, line: &Line, may_mark: bool, here: &str) -> Markup {
    let unseen = line.seen_at.is_none();
    // Whose customer it is says something to staff, and to whoever belongs to several.
    let several = ctx.actor.staff().is_some() || ctx.actor.memberships().len() > 1;
    let facts = [line.who.clone(), if several { line.organisation_name.clone() } else { String::new() }];
    let facts = facts
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .map(|fact| view! { {fact}<span class="sep"></span> })
        .collect_view();
    let needs_me = (line.class() == Class::NeedsMe && unseen)
        .then(|| view! { <Status tone=Tone::Mine glyph="mine" text=ctx.t("notifications-needs-me") /> });
    let mark = (may_mark && unseen).then(|| {
        let label = ctx.with("notifications-mark-one", &[("title", line.text.clone().into())]);
        view! {
            <form method="post" action="/_fn/notifications/see">
                <input type="hidden" name="notification" value=line.id.to_string() />
                <input type="hidden" name="return_to" value=here.to_owned() />
                <button class="iconbtn" type="submit" aria-label=label><Icon name="circle-check-big" /></button>
            </form>
        }
    });
    let dot = unseen.then(|| view! { <span class="dot"></span><span class="vh">{ctx.t("notifications-new")}</span> });
    let class = if unseen { "linkrow notification notification--new" } else { "linkrow notification" };
    view! {
        <li class=class>
            <span class="docicon"><Icon name=icon(line.kind.area()) /></span>
            <div class="grow">
                <a class="title" href=paths::notification(line.id)>{dot}{line.text.clone()}</a>
                <p class="meta">{facts}<time datetime=line.at.rfc3339()>{line.when.clone()}</time></p>
                {needs_me}
            </div>
            {mark}
        </li>
    }
    .into_markup()
}
