//! `/staff/users/invite`: the form to invite somebody to the staff.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::access::{Role, StaffRole};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::paths;
use crate::people::users;
use crate::sign_in::proof;
use crate::ui::{
    ButtonKind, ErrorSummary, LinkButton, Notice, PageHead, Panel, Place, SelectField, SelectOption, SubmitButton,
    TextArea, TextField, Tone,
};

/// The form.
#[component]
pub fn UserInvitePage() -> impl IntoView {
    page(invite)
}

async fn invite(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    users::check_manage(ctx)?;
    // Before anything is typed: sending it asks for the same proof.
    proof::require(ctx)?;
    let flash = &visit.flash;
    let typed = |field: &str| flash.value(field).unwrap_or_default().to_owned();
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let role = typed("role");
    let choose = SelectOption {
        value: String::new(),
        label: ctx.t("documents-choose").to_owned(),
        selected: !StaffRole::ALL.iter().any(|known| known.name() == role),
    };
    let roles = std::iter::once(choose)
        .chain(StaffRole::ALL.into_iter().map(|known| SelectOption {
            value: known.name().to_owned(),
            label: ctx.t(Role::Staff(known).label_key()).to_owned(),
            selected: known.name() == role,
        }))
        .collect::<Vec<_>>();
    let language = Locale::parse(&typed("locale")).unwrap_or(ctx.locale);
    let languages = Locale::ALL
        .map(|locale| SelectOption {
            value: locale.tag().to_owned(),
            label: locale.own_name().to_owned(),
            selected: locale == language,
        })
        .to_vec();
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("users-invite").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("invite-meta") />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <form class="stack" method="post" action="/_fn/users/invite" novalidate=true>
            <Panel id="who" title=ctx.t("invite-who")>
                <div class="panel-body fields">
                    <TextField name="name" label=ctx.t("invite-name") value=typed("name") error=error("name") autocomplete="off" required=true maxlength=120 />
                    <TextField name="email" label=ctx.t("invite-email") kind="email" value=typed("email") error=error("email") autocomplete="off" required=true />
                    <SelectField name="role" label=ctx.t("users-role") options=roles hint=ctx.t("users-invite-role-hint") error=error("role") />
                    <SelectField name="locale" label=ctx.t("invite-language") options=languages />
                </div>
            </Panel>
            <Panel id="words" title=ctx.t("invite-words")>
                <div class="panel-body">
                    <TextArea name="message" label=ctx.t("invite-message") note=ctx.t("ui-optional") hint=ctx.t("invite-message-hint") value=typed("message") error=error("message") maxlength=1000 />
                </div>
            </Panel>
            <div class="cluster">
                <SubmitButton kind=ButtonKind::Primary>{ctx.t("invite-send")}</SubmitButton>
                <LinkButton href=paths::STAFF_USERS>{ctx.t("ui-cancel")}</LinkButton>
                <LinkButton href=paths::STAFF_ROLES kind=ButtonKind::Quiet>{ctx.t("roles-title")}</LinkButton>
            </div>
        </form>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_USERS.to_owned(), ctx.t("nav-users").to_owned())];
    Ok(Page { title, place: Place::Users, crumbs, todo: None, body })
}
