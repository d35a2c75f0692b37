//! `/staff/announcements`: what was announced, what is, and what will be; the newest first.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::announcements::model::Announcement;
use crate::announcements::service;
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::AnnouncementId;
use crate::paths;
use crate::ui::{ButtonKind, EmptyState, Icon, LinkButton, MorePager, PageHead, Place};

use super::parts;

const PER_PAGE: i64 = 50;

/// The list.
#[component]
pub fn AnnouncementsPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let after: Option<AnnouncementId> =
        visit.query.get("after").map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    let found = service::list(ctx, after, PER_PAGE).await?;
    let list = if found.items.is_empty() {
        view! { <EmptyState icon="mail" title=ctx.t("announcements-empty-title") text=ctx.t("announcements-empty-text") /> }
            .into_markup()
    } else {
        let rows = found.items.iter().map(|item| row(ctx, item)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    let next = found.next.map(|id| format!("{}?after={id}", paths::STAFF_ANNOUNCEMENTS));
    let newest = after.map(|_| paths::STAFF_ANNOUNCEMENTS.to_owned());
    let new = service::may_manage(ctx).then(|| {
        view! { <LinkButton href=paths::STAFF_ANNOUNCEMENT_NEW kind=ButtonKind::Primary>{ctx.t("announcements-new")}</LinkButton> }
    });
    let title = ctx.t("announcements-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("announcements-meta")>{new}</PageHead>
        <section class="panel">{list}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
    }
    .into_markup();
    Ok(Page { title, place: Place::Announcements, crumbs: vec![], todo: None, body })
}

fn row(ctx: &Ctx, item: &Announcement) -> Markup {
    let (language, title, _) = item.said(ctx.locale);
    view! {
        <li class="linkrow">
            <span class="docicon"><Icon name="mail" /></span>
            <div class="grow"><a class="title" href=paths::staff_announcement(item.id) lang=language.tag()>{title.to_owned()}</a>
            <p class="meta">{ctx.t(item.severity.label_key())}<span class="sep"></span>{ctx.t(item.audience.label_key())}<span class="sep"></span>{parts::period(ctx, item)}</p></div>
            {parts::status(ctx, item)}
        </li>
    }
    .into_markup()
}
