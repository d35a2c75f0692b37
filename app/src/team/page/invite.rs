//! The form to invite somebody.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::access::{MembershipRole, Reach};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::organisation::service as organisations;
use crate::team::service;
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, ErrorSummary, LinkButton, Notice, PageHead, Panel, RadioCard, SelectField,
    SelectOption, SubmitButton, TextArea, TextField, Tone,
};

use super::Base;
use super::rights::fields;

/// `/organisation/invite`.
#[component]
pub fn InvitePage() -> impl IntoView {
    page(async move |ctx, visit| {
        let base = Base::own(&ctx).await?;
        form(ctx, visit, base).await
    })
}

/// `/staff/customers/{id}/invite`.
#[component]
pub fn StaffInvitePage() -> impl IntoView {
    page(async move |ctx, visit| {
        let base = Base::of_customer(&ctx, &visit).await?;
        form(ctx, visit, base).await
    })
}

async fn form(ctx: Ctx, visit: Visit, base: Base) -> Result<Page, AppError> {
    let ctx = &ctx;
    if !service::may(ctx, &base.organisation).invite {
        return Err(AppError::Forbidden);
    }
    let projects = organisations::projects(ctx, &base.organisation).await?;
    let limits = service::limits(ctx, base.id(), MembershipRole::Member).await?;
    let flash = &visit.flash;
    let typed = |field: &str| flash.value(field).or_else(|| visit.query.get(field)).unwrap_or_default().to_owned();
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let role = MembershipRole::parse(&typed("role")).unwrap_or(MembershipRole::Member);
    let role_card = |value: MembershipRole, meta: &'static str| {
        let label = ctx.t(value.role().label_key());
        view! { <RadioCard name="role" value=value.name() label=label meta=ctx.t(meta) checked={role == value} /> }
    };
    let chosen_projects: Vec<String> = typed("projects").split(',').map(str::to_owned).collect();
    let with_projects = !projects.is_empty();
    let project_rows = projects
        .into_iter()
        .map(|project| {
            let value = project.id.to_string();
            let checked = chosen_projects.contains(&value);
            view! { <CheckRow name="projects[]" value=value label=project.name checked=checked /> }
        })
        .collect_view();
    let language = Locale::parse(&typed("locale")).unwrap_or(ctx.locale);
    let languages = Locale::ALL
        .map(|locale| SelectOption {
            value: locale.tag().to_owned(),
            label: locale.own_name().to_owned(),
            selected: locale == language,
        })
        .to_vec();
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.with("invite-title", &[("name", base.organisation.name.clone().into())]);
    let organisation = base.id().to_string();
    let (back, action_back) = (base.list(), base.invite());
    let crumbs = base.crumbs(ctx, true);
    let rights = fields(ctx, |module| Reach::parse(&typed(module.name())), true, limits, &flash.errors);
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("invite-meta") />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <form class="stack" method="post" action="/_fn/invitations/create" novalidate=true>
            <input type="hidden" name="organisation" value=organisation />
            <input type="hidden" name="back" value=back.clone() />
            <input type="hidden" name="page" value=action_back />
            <Panel id="who" title=ctx.t("invite-who")>
                <div class="panel-body fields">
                    <TextField name="name" label=ctx.t("invite-name") value=typed("name") error=error("name") autocomplete="off" required=true maxlength=120 />
                    <TextField name="email" label=ctx.t("invite-email") kind="email" value=typed("email") error=error("email") autocomplete="off" required=true />
                    <SelectField name="locale" label=ctx.t("invite-language") options=languages />
                </div>
            </Panel>
            <Panel id="what" title=ctx.t("invite-what")>
                <div class="panel-body stack-4">
                    <ChoiceGroup id="role" legend=ctx.t("team-role") error=error("role")>
                        {role_card(MembershipRole::Member, "invite-role-member")}
                        {role_card(MembershipRole::Admin, "invite-role-admin")}
                        {role_card(MembershipRole::Partner, "invite-role-partner")}
                    </ChoiceGroup>
                    <p class="meta">{ctx.t("rights-note")}</p>
                    {rights}
                    {with_projects.then(|| view! { <ChoiceGroup id="projects" legend=ctx.t("invite-projects") hint=ctx.t("invite-projects-hint") error=error("projects")>{project_rows}</ChoiceGroup> })}
                </div>
            </Panel>
            <Panel id="words" title=ctx.t("invite-words")>
                <div class="panel-body">
                    <TextArea name="message" label=ctx.t("invite-message") note=ctx.t("ui-optional") hint=ctx.t("invite-message-hint") value=typed("message") error=error("message") maxlength=1000 />
                </div>
            </Panel>
            <div class="cluster">
                <SubmitButton kind=ButtonKind::Primary>{ctx.t("invite-send")}</SubmitButton>
                <LinkButton href=back>{ctx.t("ui-cancel")}</LinkButton>
            </div>
        </form>
    }
    .into_markup();
    let place = base.place();
    Ok(Page { title, place, crumbs, todo: None, body })
}
