//! The people of a customer, and who is invited.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, Guarded as _, Rights, allow};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::UserId;
use crate::invitations::{rows, service as invitations};
use crate::paths;
use crate::team::model::{Member, MemberState};
use crate::team::service;
use crate::ui::{Avatar, ButtonKind, EmptyState, LinkButton, MorePager, Notice, PageHead, Panel, Status, Tone};

use super::Base;
use crate::team::words;
use crate::webhooks::page as webhooks;

const PER_PAGE: i64 = 50;

/// `/organisation`: the people of the organisation at hand.
#[component]
pub fn OrganisationPage() -> impl IntoView {
    page(async move |ctx, visit| {
        let base = Base::own(&ctx).await?;
        people(ctx, visit, base).await
    })
}

/// `/staff/customers/{id}/people`.
#[component]
pub fn StaffPeoplePage() -> impl IntoView {
    page(async move |ctx, visit| {
        let base = Base::of_customer(&ctx, &visit).await?;
        people(ctx, visit, base).await
    })
}

async fn people(ctx: Ctx, visit: Visit, base: Base) -> Result<Page, AppError> {
    let ctx = &ctx;
    let may = service::may(ctx, &base.organisation);
    let after = match visit.query.get("after") {
        Some(text) => {
            let (id, name) = text.split_once('.').ok_or(AppError::NotFound)?;
            Some((name.to_owned(), id.parse::<UserId>().map_err(|_| AppError::NotFound)?))
        }
        None => None,
    };
    let key = after.as_ref().map(|(name, id)| (name.as_str(), *id));
    let (members, more) = service::list(ctx, &base.organisation, key, PER_PAGE).await?;
    let waiting = if after.is_none() { invitations::waiting(ctx, &base.organisation).await? } else { Vec::new() };
    let next = members.last().filter(|_| more).map(|last| {
        let key = format!("{}.{}", last.user_id, last.name);
        let key: String = url::form_urlencoded::byte_serialize(key.as_bytes()).collect();
        format!("{}?after={key}", base.list())
    });
    let newest = after.map(|_| base.list());
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let table = if members.is_empty() {
        view! { <EmptyState icon="users" title=ctx.t("team-empty-title") text=ctx.t("team-empty-text") /> }
            .into_markup()
    } else {
        table(ctx, &base, &members, may.manage || may.access)
    };
    let title = if base.staff {
        ctx.with("team-title-of", &[("name", base.organisation.name.clone().into())])
    } else {
        base.organisation.name.clone()
    };
    let crumbs = base.crumbs(ctx, false);
    let (place, invite_href) = (base.place(), base.invite());
    let relation = base.organisation.relation(&ctx.actor);
    let secures = allow(&ctx.actor, Action::OrganisationSecurity, relation, Some(base.organisation.id)).is_ok();
    let sign_in = secures.then(|| match base.staff {
        true => paths::staff_customer_sign_in(base.organisation.id),
        false => paths::ORGANISATION_SIGN_IN.to_owned(),
    });
    let notifies = allow(&ctx.actor, Action::OrganisationNotify, relation, Some(base.organisation.id)).is_ok();
    let mails = notifies.then(|| match base.staff {
        true => paths::staff_customer_notifications(base.organisation.id),
        false => paths::ORGANISATION_NOTIFICATIONS.to_owned(),
    });
    let told = allow(&ctx.actor, Action::WebhookRead, relation, Some(base.organisation.id)).is_ok();
    let webhooks = told.then(|| match base.staff {
        true => webhooks::Base::Staff.list(Some(base.organisation.id)),
        false => webhooks::Base::Organisation.list(None),
    });
    let count = (!more && newest.is_none()).then(|| members.len().to_string());
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t(if may.manage { "team-meta-admin" } else { "team-meta" })>
            {webhooks.map(|href| view! { <LinkButton href=href>{ctx.t("webhooks-title")}</LinkButton> })}
            {mails.map(|href| view! { <LinkButton href=href>{ctx.t("notify-defaults-link")}</LinkButton> })}
            {sign_in.map(|href| view! { <LinkButton href=href>{ctx.t("sso-settings-link")}</LinkButton> })}
            {may.invite.then(|| view! { <LinkButton href=invite_href kind=ButtonKind::Primary>{ctx.t("team-invite")}</LinkButton> })}
        </PageHead>
        {problem}
        <div class="stack">
            {rows::waiting(ctx, waiting, &base.list(), true)}
            <Panel id="people" title=ctx.t("team-title") count=count.unwrap_or_default()>
                <div id="list" data-live-area="organisation">{table}<MorePager locale=ctx.locale next_href=next newest_href=newest /></div>
            </Panel>
        </div>
    }
    .into_markup();
    Ok(Page { title, place, crumbs, todo: None, body })
}

fn table(ctx: &Ctx, base: &Base, members: &[Member], details: bool) -> Markup {
    let me = ctx.actor.user_id();
    let rows = members.iter().map(|member| row(ctx, base, member, details, me == Some(member.user_id))).collect_view();
    view! {
        <table class="table cards" role="table">
            <thead role="rowgroup"><tr role="row">
                <th scope="col" role="columnheader">{ctx.t("team-name")}</th>
                <th scope="col" role="columnheader">{ctx.t("team-role")}</th>
                {details.then(|| view! { <th scope="col" role="columnheader">{ctx.t("team-rights")}</th> })}
                <th scope="col" role="columnheader">{ctx.t("team-state")}</th>
            </tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_markup()
}

/// How somebody stands: suspended, never signed in, or when they last did.
pub(super) fn state(ctx: &Ctx, member: &Member) -> (Tone, &'static str, String) {
    match (member.state, member.may_sign_in, member.last_sign_in_at) {
        (MemberState::Suspended, ..) | (_, false, _) => (Tone::Bad, "no", ctx.t("team-suspended").to_owned()),
        (_, _, None) => (Tone::Warn, "open", ctx.t("people-never").to_owned()),
        (_, _, Some(at)) => (Tone::Good, "done", ctx.with("people-seen", &[("when", ctx.date(at).into())])),
    }
}

fn row(ctx: &Ctx, base: &Base, member: &Member, details: bool, me: bool) -> Markup {
    let (tone, glyph, text) = state(ctx, member);
    let never = member.last_sign_in_at.is_none();
    let name = if details {
        view! { <a class="title" href=base.person(member.user_id)>{member.name.clone()}</a> }.into_markup()
    } else {
        view! { <span class="strong">{member.name.clone()}</span> }.into_markup()
    };
    let you = me.then(|| format!(" ({})", ctx.t("team-you")));
    let rights: Rights = member.rights();
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="c-main">
                <div class="person">
                    <Avatar name=member.name.clone() none=never me=me />
                    <div><span>{name}{you}</span><span class="meta">{member.email.clone()}</span></div>
                </div>
            </th>
            <td role="cell" data-label=ctx.t("team-role")>{ctx.t(member.role.role().label_key())}</td>
            {details.then(|| view! { <td role="cell" class="c-wide" data-label=ctx.t("team-rights")>{words::rights(ctx.locale, member.role, rights)}</td> })}
            <td role="cell" class="c-status"><Status tone=tone glyph=glyph text=text /></td>
        </tr>
    }
    .into_markup()
}
