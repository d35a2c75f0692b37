//! What an administrator may do about somebody with a sign-in, on their page.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Role, StaffRole};
use crate::ctx::Ctx;
use crate::flash::Flash;
use crate::paths;
use crate::people::state::UserState;
use crate::people::users::Found;
use crate::ui::{ButtonKind, ButtonSize, ConfirmDialog, DialogCancel, Panel, SelectField, SelectOption, SubmitButton};

/// The forms, for somebody else than oneself. What was chosen stays where somebody else was faster.
pub(super) fn acts(ctx: &Ctx, flash: &Flash, person: &Found) -> Markup {
    let id = person.id.to_string();
    let (action, label) = match person.state {
        UserState::Active => ("/_fn/users/suspend", ctx.t("users-suspend")),
        UserState::Suspended => ("/_fn/users/restore", ctx.t("users-restore")),
    };
    let (for_state, for_sessions) = (id.clone(), id.clone());
    let (seen_role, seen_state) = (person.revision.to_string(), person.revision.to_string());
    let role = person.staff_role.map(|current| {
        let typed = flash.value("role").filter(|_| flash.form == "role").and_then(StaffRole::parse);
        let chosen = typed.unwrap_or(current);
        let error = flash.errors.get("role").map(str::to_owned);
        let options = StaffRole::ALL
            .into_iter()
            .map(|role| SelectOption {
                value: role.name().to_owned(),
                label: ctx.t(Role::Staff(role).label_key()).to_owned(),
                selected: role == chosen,
            })
            .collect::<Vec<_>>();
        view! {
            <form class="stack-4" method="post" action="/_fn/users/set_role">
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="revision" value=seen_role />
                <SelectField name="role" label=ctx.t("users-role") options=options error=error />
                <SubmitButton>{ctx.t("users-set-role")}</SubmitButton>
            </form>
        }
    });
    let reset = person.has_factor.then(|| reset_factor(ctx, person));
    view! {
        <Panel id="manage" title=ctx.t("users-manage")>
            <div class="panel-body stack-4">
                {role}
                <form class="stack-2" method="post" action="/_fn/users/sign_out">
                    <input type="hidden" name="id" value=for_sessions />
                    <SubmitButton>{ctx.t("users-sign-out")}</SubmitButton>
                </form>
                {reset}
                <form class="stack-2" method="post" action=action>
                    <input type="hidden" name="id" value=for_state />
                    <input type="hidden" name="revision" value=seen_state />
                    <SubmitButton kind=ButtonKind::Secondary>{label}</SubmitButton>
                    <p class="meta">{ctx.t("users-suspend-meta")}</p>
                </form>
            </div>
        </Panel>
    }
    .into_markup()
}

/// Takes away lost factors, after asking whether it is really them who ask.
fn reset_factor(ctx: &Ctx, person: &Found) -> Markup {
    let locale = ctx.locale;
    let text = ctx.with("users-reset-factor-text", &[("name", person.name.clone().into())]);
    let (user, page) = (person.id.to_string(), paths::staff_user(person.id));
    view! {
        <ConfirmDialog locale=locale id="reset-factor" title=ctx.t("users-reset-factor-title") trigger_label=ctx.t("users-reset-factor")>
            <form method="post" action="/_fn/factors/reset">
                <input type="hidden" name="user" value=user />
                <input type="hidden" name="return_to" value=page />
                <div class="dialog-body"><p>{text}</p></div>
                <div class="dialog-foot">
                    <DialogCancel locale=locale dialog="reset-factor" />
                    <SubmitButton kind=ButtonKind::Danger size=ButtonSize::Large>{ctx.t("users-reset-factor")}</SubmitButton>
                </div>
            </form>
        </ConfirmDialog>
    }
    .into_markup()
}
