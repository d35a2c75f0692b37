//! "What can this person see?"

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::page::rows::document_rows;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::UserId;
use crate::team::model::MemberState;
use crate::team::{access, service};
use crate::ui::{EmptyState, MorePager, Notice, PageHead, Panel, Tone};

use super::Base;
use super::areas::{self, Areas};
use crate::team::words;

const PER_PAGE: i64 = 50;

/// `/organisation/people/{person}/access`.
#[component]
pub fn MemberAccessPage() -> impl IntoView {
    page(async move |ctx, visit| {
        let base = Base::own(&ctx).await?;
        show(ctx, visit, base).await
    })
}

/// `/staff/customers/{id}/people/{person}/access`.
#[component]
pub fn StaffMemberAccessPage() -> impl IntoView {
    page(async move |ctx, visit| {
        let base = Base::of_customer(&ctx, &visit).await?;
        show(ctx, visit, base).await
    })
}

async fn show(ctx: Ctx, visit: Visit, base: Base) -> Result<Page, AppError> {
    let ctx = &ctx;
    let user: UserId = visit.id("person")?;
    // Before the person is looked for: who may not ask about anybody learns nobody's absence either.
    if !service::may(ctx, &base.organisation).access {
        return Err(AppError::Forbidden);
    }
    let after =
        visit.query.get("after").map_or(Ok(Cursor::START), |text| text.parse().map_err(|_| AppError::NotFound))?;
    let whom = access::whom(ctx, base.id(), user).await?;
    let seen = access::documents(ctx, &whom, after, PER_PAGE).await?;
    let member = &whom.member;
    let next = seen.next.map(|cursor| format!("{}?after={cursor}", base.access(user)));
    let newest = visit.query.get("after").map(|_| base.access(user));
    let silent = member.state == MemberState::Suspended || !member.may_sign_in;
    let nothing = if silent { "access-suspended" } else { "access-empty" };
    let list = if seen.items.is_empty() {
        view! { <EmptyState icon="file-text" title=ctx.t("access-empty-title") text=ctx.t(nothing) /> }.into_markup()
    } else {
        document_rows(ctx, &seen.items)
    };
    // The other areas stand on the first page only.
    let areas = if newest.is_none() { areas::panels(ctx, &whom, PER_PAGE, nothing).await? } else { Areas::default() };
    let withheld = seen.withheld || areas.withheld;
    let withheld = withheld.then(|| view! { <Notice tone=Tone::Idle title=ctx.t("access-withheld") /> });
    let title = ctx.with("access-title", &[("name", member.name.clone().into())]);
    let meta = words::rights(ctx.locale, member.role, member.rights());
    let mut crumbs = base.crumbs(ctx, true);
    crumbs.push((base.person(user), member.name.clone()));
    let body = view! {
        <PageHead title=title.clone() meta=meta />
        {withheld}
        <Panel id="documents" title=ctx.t("nav-documents")>
            {list}
            <MorePager locale=ctx.locale next_href=next newest_href=newest />
        </Panel>
        {areas.panels}
    }
    .into_markup();
    let place = base.place();
    Ok(Page { title, place, crumbs, todo: None, body })
}
