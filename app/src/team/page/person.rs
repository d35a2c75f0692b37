//! One person of a customer: what they are, what they may see, and the acts on them.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{MembershipRole, Rights};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::UserId;
use crate::notifications::{self, Object};
use crate::team::model::{Member, MemberState};
use crate::team::service;
use crate::ui::{
    Badge, ButtonKind, ChoiceGroup, ConfirmDialog, DialogCancel, ErrorSummary, LinkButton, Notice, PageHead, Panel,
    RadioCard, SubmitButton, Tone,
};

use super::Base;
use super::list::state;
use super::projects::panel;
use super::rights::fields;
use crate::team::words;

/// `/organisation/people/{person}`.
#[component]
pub fn MemberPage() -> impl IntoView {
    page(async move |ctx, visit| {
        let base = Base::own(&ctx).await?;
        person(ctx, visit, base).await
    })
}

/// `/staff/customers/{id}/people/{person}`.
#[component]
pub fn StaffMemberPage() -> impl IntoView {
    page(async move |ctx, visit| {
        let base = Base::of_customer(&ctx, &visit).await?;
        person(ctx, visit, base).await
    })
}

async fn person(ctx: Ctx, visit: Visit, base: Base) -> Result<Page, AppError> {
    let ctx = &ctx;
    let user: UserId = visit.id("person")?;
    let may = service::may(ctx, &base.organisation);
    if !may.manage && !may.access {
        return Err(AppError::Forbidden);
    }
    let (_, member) = service::find(ctx, base.id(), user).await?;
    let own = ctx.actor.user_id() == Some(user);
    // What is told of one's own sign-in has the same id, and is seen on its own page.
    if !own {
        notifications::seen(ctx, Object::Member(user)).await;
    }
    let (tone, glyph, text) = state(ctx, &member);
    let title = member.name.clone();
    let crumbs = base.crumbs(ctx, true);
    let place = base.place();
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let facts = view! {
        <section class="panel"><dl class="panel-body facts">
            <div><dt>{ctx.t("sign-in-email")}</dt><dd>{member.email.clone()}</dd></div>
            <div><dt>{ctx.t("team-role")}</dt><dd>{ctx.t(member.role.role().label_key())}</dd></div>
            <div><dt>{ctx.t("team-rights")}</dt><dd>{words::rights(ctx.locale, member.role, member.rights())}</dd></div>
            <div><dt>{ctx.t("team-since")}</dt><dd>{ctx.date(member.created_at)}</dd></div>
        </dl></section>
    };
    let form = if may.manage { Some(change_form(ctx, &visit, &base, &member).await?) } else { None };
    let projects = if may.access { panel(ctx, flash, &base, &member, may.manage).await? } else { None };
    let acts = may.manage.then(|| acts(ctx, &base, &member, own));
    let access = base.access(user);
    let badge = view! { <Badge tone=tone glyph=glyph text=text /> }.into_markup();
    let body = view! {
        <PageHead title=title.clone() meta=base.organisation.name.clone() badge=badge>
            {may.access.then(|| view! { <LinkButton href=access>{ctx.t("access-link")}</LinkButton> })}
        </PageHead>
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <div class="split">
            <div class="stack">{form}{projects}</div>
            <div class="stack">{facts}{acts}</div>
        </div>
    }
    .into_markup();
    Ok(Page { title, place, crumbs, todo: None, body })
}

fn hidden(base: &Base, member: &Member) -> Markup {
    view! {
        <input type="hidden" name="organisation" value=member.organisation_id.to_string() />
        <input type="hidden" name="user" value=member.user_id.to_string() />
        <input type="hidden" name="revision" value=member.revision.to_string() />
        <input type="hidden" name="page" value=base.person(member.user_id) />
    }
    .into_markup()
}

async fn change_form(ctx: &Ctx, visit: &Visit, base: &Base, member: &Member) -> Result<Markup, AppError> {
    let flash = &visit.flash;
    let role = flash.value("role").and_then(MembershipRole::parse).unwrap_or(member.role);
    let limits = service::limits(ctx, base.id(), MembershipRole::Member).await?;
    let rights: Rights = member.rights();
    let chosen = |module: crate::access::Module| {
        let typed = flash.value(module.name()).and_then(crate::access::Reach::parse);
        Some(typed.unwrap_or(rights.of(module)).min(limits.of(module)))
    };
    let card = |value: MembershipRole, meta: &'static str| {
        let label = ctx.t(value.role().label_key());
        view! { <RadioCard name="role" value=value.name() label=label meta=ctx.t(meta) checked={role == value} /> }
    };
    let error = flash.errors.get("role").map(str::to_owned);
    Ok(view! {
        <form method="post" action="/_fn/team/change">
            {hidden(base, member)}
            <Panel id="rights" title=ctx.t("team-change")>
                <div class="panel-body stack-4">
                    <ChoiceGroup id="role" legend=ctx.t("team-role") error=error>
                        {card(MembershipRole::Member, "invite-role-member")}
                        {card(MembershipRole::Admin, "invite-role-admin")}
                        {card(MembershipRole::Partner, "invite-role-partner")}
                    </ChoiceGroup>
                    <p class="meta">{ctx.t("rights-note")}</p>
                    {fields(ctx, chosen, false, limits, &flash.errors)}
                </div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("team-save")}</SubmitButton></div>
            </Panel>
        </form>
    }
    .into_markup())
}

fn acts(ctx: &Ctx, base: &Base, member: &Member, own: bool) -> Markup {
    let locale = ctx.locale;
    let suspended = member.state == MemberState::Suspended;
    let suspend = (!own && !suspended).then(|| {
        let text = ctx.with("team-suspend-text", &[("name", member.name.clone().into())]);
        view! {
            <ConfirmDialog locale=locale id="suspend" title=ctx.t("team-suspend-title") trigger_label=ctx.t("team-suspend")>
                <form method="post" action="/_fn/team/suspend">
                    {hidden(base, member)}
                    <div class="dialog-body"><p>{text}</p></div>
                    <div class="dialog-foot">
                        <DialogCancel locale=locale dialog="suspend" />
                        <SubmitButton kind=ButtonKind::Danger size=crate::ui::ButtonSize::Large>{ctx.t("team-suspend")}</SubmitButton>
                    </div>
                </form>
            </ConfirmDialog>
        }
    });
    let archived = member.archived.then(|| view! { <p class="meta">{ctx.t("team-error-archived")}</p> });
    let restore = (suspended && !member.archived).then(|| {
        view! {
            <form method="post" action="/_fn/team/restore">
                {hidden(base, member)}
                <SubmitButton>{ctx.t("team-restore")}</SubmitButton>
            </form>
        }
    });
    let text = ctx.with("team-remove-text", &[("name", member.name.clone().into())]);
    view! {
        <Panel id="acts" title=ctx.t("team-acts")>
            <div class="panel-body cluster">
                {suspend}
                {restore}
                {archived}
                <ConfirmDialog locale=locale id="remove" title=ctx.t("team-remove-title") trigger_label=ctx.t("team-remove")>
                    <form method="post" action="/_fn/team/remove">
                        {hidden(base, member)}
                        <input type="hidden" name="back" value=base.list() />
                        <div class="dialog-body"><p>{text}</p></div>
                        <div class="dialog-foot">
                            <DialogCancel locale=locale dialog="remove" />
                            <SubmitButton kind=ButtonKind::Danger size=crate::ui::ButtonSize::Large>{ctx.t("team-remove")}</SubmitButton>
                        </div>
                    </form>
                </ConfirmDialog>
            </div>
        </Panel>
    }
    .into_markup()
}
