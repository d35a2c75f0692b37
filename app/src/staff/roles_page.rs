//! `/staff/roles`: who may do what, as the policy says it: the same table as `docs/policy.md`, for people.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::access::{Action, Relation, Role, Topic, policy};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::paths;
use crate::ui::{PageHead, Place};

/// The printed policy.
#[component]
pub fn RolesPage() -> impl IntoView {
    page(roles)
}

/// How far a role reaches, in words.
fn reach(ctx: &Ctx, role: Role, action: Action) -> String {
    let relations: Vec<Relation> =
        Relation::ALL.into_iter().filter(|relation| policy::allowed(role, action, *relation)).collect();
    if relations.is_empty() {
        return "\u{2013}".to_owned();
    }
    if relations.len() == Relation::ALL.len() {
        return ctx.t("roles-all").to_owned();
    }
    if relations == [Relation::Assigned, Relation::Other] {
        return ctx.t("roles-every-customer").to_owned();
    }
    let word = |relation: &Relation| match relation {
        Relation::Addressed => ctx.t("roles-addressed"),
        Relation::Own => ctx.t("roles-own"),
        Relation::Assigned => ctx.t("roles-assigned"),
        Relation::Other => ctx.t("roles-other"),
    };
    relations.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// What an action is called.
fn words(ctx: &Ctx, action: Action) -> String {
    let text = match action {
        Action::AccountManage => ctx.t("action-account-manage"),
        Action::NotificationRead => ctx.t("action-notification-read"),
        Action::NotificationManage => ctx.t("action-notification-manage"),
        Action::HomeRead => ctx.t("action-home-read"),
        Action::HomeSnooze => ctx.t("action-home-snooze"),
        Action::StaffRead => ctx.t("action-staff-read"),
        Action::OrganisationRead => ctx.t("action-organisation-read"),
        Action::OrganisationManage => ctx.t("action-organisation-manage"),
        Action::OrganisationEdit => ctx.t("action-organisation-edit"),
        Action::OrganisationSecurity => ctx.t("action-organisation-security"),
        Action::OrganisationNotify => ctx.t("action-organisation-notify"),
        Action::MemberInvite => ctx.t("action-member-invite"),
        Action::MemberManage => ctx.t("action-member-manage"),
        Action::MemberAccess => ctx.t("action-member-access"),
        Action::MemberViewAs => ctx.t("action-member-view-as"),
        Action::ProjectRead => ctx.t("action-project-read"),
        Action::ProjectAudience => ctx.t("action-project-audience"),
        Action::ProjectManage => ctx.t("action-project-manage"),
        Action::ProjectTask => ctx.t("action-project-task"),
        Action::UserRead => ctx.t("action-user-read"),
        Action::UserManage => ctx.t("action-user-manage"),
        Action::JobRead => ctx.t("action-job-read"),
        Action::JobManage => ctx.t("action-job-manage"),
        Action::AuditRead => ctx.t("action-audit-read"),
        Action::SettingsRead => ctx.t("action-settings-read"),
        Action::SettingsManage => ctx.t("action-settings-manage"),
        Action::MailReport => ctx.t("action-mail-report"),
        Action::AnnouncementRead => ctx.t("action-announcement-read"),
        Action::AnnouncementManage => ctx.t("action-announcement-manage"),
        Action::WebhookRead => ctx.t("action-webhook-read"),
        Action::WebhookManage => ctx.t("action-webhook-manage"),
        Action::OrderRead => ctx.t("action-order-read"),
        Action::OrderAudience => ctx.t("action-order-audience"),
        Action::OrderPrices => ctx.t("action-order-prices"),
        Action::PortraitRead => ctx.t("action-portrait-read"),
        Action::OrderConfirm => ctx.t("action-order-confirm"),
        Action::OrderManage => ctx.t("action-order-manage"),
        Action::AppointmentRead => ctx.t("action-appointment-read"),
        Action::AppointmentAudience => ctx.t("action-appointment-audience"),
        Action::AppointmentManage => ctx.t("action-appointment-manage"),
        Action::AppointmentAnswer => ctx.t("action-appointment-answer"),
        Action::ImportRead => ctx.t("action-import-read"),
        Action::ImportManage => ctx.t("action-import-manage"),
        Action::DocumentRead(_) => ctx.t("action-document-read"),
        Action::DocumentDownload(_) => ctx.t("action-document-download"),
        Action::DocumentAudience(_) => ctx.t("action-document-audience"),
        Action::DocumentCreate(_) => ctx.t("action-document-create"),
        Action::DocumentEdit(_) => ctx.t("action-document-edit"),
        Action::DocumentUpload(_) => ctx.t("action-document-upload"),
        Action::DocumentPublish(_) => ctx.t("action-document-publish"),
        Action::DocumentWithdraw(_) => ctx.t("action-document-withdraw"),
        Action::DocumentSend(_) => ctx.t("action-document-send"),
        Action::ApprovalAsk(_) => ctx.t("action-approval-ask"),
        Action::ApprovalDecide(_) => ctx.t("action-approval-decide"),
        Action::ApprovalCertificate(_) => ctx.t("action-approval-certificate"),
        Action::RequestRead(_) => ctx.t("action-request-read"),
        Action::RequestAsk(_) => ctx.t("action-request-ask"),
        Action::RequestAnswer(_) => ctx.t("action-request-answer"),
        Action::QuarantineRelease(_) => ctx.t("action-quarantine-release"),
    };
    match action.topic() {
        None => text.to_owned(),
        Some(Topic::General) => format!("{text}: {}", ctx.t("topic-general")),
        Some(Topic::Money) => format!("{text}: {}", ctx.t("topic-money")),
        Some(Topic::Quotes) => format!("{text}: {}", ctx.t("topic-quotes")),
    }
}

async fn roles(ctx: Ctx, _: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    crate::organisation::service::require_staff(ctx)?;
    let heads =
        Role::ALL.map(|role| view! { <th scope="col">{ctx.t(role.label_key())}</th> }).into_iter().collect_view();
    let rows = Action::all()
        .into_iter()
        .map(|action| {
            let cells = Role::ALL.map(|role| view! { <td>{reach(ctx, role, action)}</td> }).into_iter().collect_view();
            view! { <tr><th scope="row">{words(ctx, action)}</th>{cells}</tr> }
        })
        .collect_view();
    let title = ctx.t("roles-title").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("roles-meta") />
        <section class="panel"><div class="scrollx" tabindex="0" role="region" aria-label=title.clone()>
            <table class="table"><thead><tr><th scope="col">{ctx.t("roles-what")}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div></section>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF.to_owned(), ctx.t("nav-home").to_owned())];
    Ok(Page { title, place: Place::Users, crumbs, todo: None, body })
}
