//! The shell of every page, and the routes.

use std::sync::Arc;

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos::tachys::view::iterators::StaticVec;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::{Router, Routes};
use leptos_router::{MatchNestedRoutes, NestedRoute, PossibleRouteMatch, SsrMode, path};

use crate::account::page::{DataPage, ProfilePage, SessionsPage, TokensPage};
use crate::announcements::page::{AnnouncementEditPage, AnnouncementNewPage, AnnouncementPage, AnnouncementsPage};
use crate::appointments::page::{
    AppointmentPage, AppointmentsPage, CalendarPage, StaffAppointmentEditPage, StaffAppointmentNewPage,
    StaffAppointmentPage, StaffAppointmentsPage,
};
use crate::approvals::page::{ApprovalsPage, AskApprovalPage, DeclinePage, DelegatePage};
use crate::arrivals::page::{SendPage, StaffArrivalsPage};
use crate::assets;
use crate::categories::page::{CategoriesPage, CategoryPage};
use crate::ctx::{Ctx, Theme};
use crate::documents::page::{
    ComparePage, DocumentPage, DocumentsPage, HistoryPage, StaffBulkPage, StaffDocumentNewPage, StaffDocumentPage,
    StaffDocumentPublishPage, StaffDocumentsPage,
};
use crate::doors::{self, NotFound, ctx};
use crate::email_change::page::{AccountEmailPage, EmailChangePage};
use crate::everywhere::page::{SearchPage, StaffSearchPage};
use crate::factors::page::{AppPage, CodesPage, ConfirmPage, FactorPage, RulesPage, SecurityPage};
use crate::home::page::HomePage;
use crate::imports::page::{StaffImportPage, StaffImportsPage};
use crate::invitations::page::InvitationPage;
use crate::jobs::page::{JobPage, JobsPage};
use crate::notifications::mail::page::{
    CustomerNotificationsPage, NotificationPreferencesPage, OrganisationNotificationsPage, UnsubscribePage,
};
use crate::notifications::page::NotificationsPage;
use crate::orders::page::{
    OrderPage, OrdersPage, StaffBoardPage, StaffOrderEditPage, StaffOrderNewPage, StaffOrderPage, StaffOrdersBulkPage,
    StaffOrdersPage,
};
use crate::organisation::details_page::OrganisationDetailsPage;
use crate::organisation::edit_page::{CustomerArchivePage, CustomerEditPage, CustomerNewPage};
use crate::organisation::page::{CustomerPage, CustomersPage};
use crate::password_reset::page::{PasswordResetNewPage, PasswordResetPage};
use crate::paths;
use crate::projects::page::{
    ProjectPage, ProjectTaskPage, ProjectsPage, StaffProjectBoardPage, StaffProjectEditPage, StaffProjectNewPage,
    StaffProjectPage, StaffProjectTaskPage, StaffProjectsPage,
};
use crate::requests::page::{RequestPage, StaffRequestNewPage, StaffRequestPage, StaffRequestsPage};
use crate::retention::page::RetentionPage;
use crate::scan::page::{QuarantinePage, QuarantinedPage};
use crate::settings::page::SettingsPage;
use crate::sign_in::page::SignInPage;
use crate::sign_in_link::page::{SignInLinkOpenPage, SignInLinkPage};
use crate::sso::page::{CustomerSignInPage, OrganisationSignInPage, SsoPage, SsoStartPage};
use crate::staff::audit_page::AuditPage;
use crate::staff::invite_page::UserInvitePage;
use crate::staff::page::StaffPage;
use crate::staff::roles_page::RolesPage;
use crate::staff::users_page::{UserPage, UsersPage};
use crate::statuses::page::{StatusNewPage, StatusPage, StatusesPage};
use crate::team::page::{
    InvitePage, MemberAccessPage, MemberPage, OrganisationPage, StaffInvitePage, StaffMemberAccessPage,
    StaffMemberPage, StaffPeoplePage,
};
use crate::ui::markup::{IntoMarkup as _, Markup};
use crate::validity::page::RenewalsPage;
use crate::view_as::page::ViewAsPage;
use crate::webhooks::page::{
    OrganisationDeliveryPage, OrganisationWebhookEditPage, OrganisationWebhookNewPage, OrganisationWebhookPage,
    OrganisationWebhooksPage, StaffDeliveryPage, StaffWebhookEditPage, StaffWebhookNewPage, StaffWebhookPage,
    StaffWebhooksPage,
};

/// Pages that carry an island, and so need the browser half at all.
fn has_islands(path: &str) -> bool {
    path.starts_with("/staff/documents/") && !has_uploads(path)
}

/// Pages whose form sends files in parts, and so the script that does it.
fn has_uploads(path: &str) -> bool {
    let page = path.split('?').next().unwrap_or_default();
    [paths::DOCUMENTS_SEND, paths::STAFF_DOCUMENT_NEW].contains(&page) || page.starts_with("/requests/")
}

/// Pages that carry a form for passkeys, and so the small script that serves it.
fn has_passkeys(path: &str) -> bool {
    let page = path.split('?').next().unwrap_or_default();
    [paths::SIGN_IN, paths::SECOND_FACTOR, paths::CONFIRM, paths::ACCOUNT_SECURITY].contains(&page)
}

/// Pages that may start the worker that tells somebody on this device (`public/sw.js`).
fn has_worker(path: &str) -> bool {
    path.split('?').next() == Some(paths::ACCOUNT_NOTIFICATIONS)
}

/// The document around a page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let ctx = ctx();
    let locale = ctx.as_ref().map(|c| c.locale).unwrap_or_default();
    let chosen = ctx.as_ref().map(|c| c.theme).unwrap_or_default();
    let theme = theme_attribute(chosen);
    let path = ctx.as_ref().map(|c: &Ctx| c.path.to_string()).unwrap_or_default();
    let islands = has_islands(&path);
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    let worker = if has_worker(&path) { "; worker-src 'self'" } else { "" };
    doors::set_policy(&format!("{}{worker}", content_policy(&nonce, islands)));
    let passkeys = has_passkeys(&path).then(|| {
        view! { <script src=assets::url("passkeys.js") nonce=nonce.clone() defer=true></script> }
    });
    let uploads = has_uploads(&path).then(|| {
        view! { <script src=assets::url("upload.js") nonce=nonce.clone() defer=true></script> }
    });
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                {canvas(chosen)}
                <meta name="robots" content="noindex" />
                <link rel="stylesheet" href=assets::url("pkg/kontor.css") />
                <link rel="icon" href=assets::url("favicon.svg") type="image/svg+xml" />
                <link rel="apple-touch-icon" href=assets::url("apple-touch-icon.png") />
                <link rel="manifest" href="/manifest.webmanifest" />
                {passkeys}
                {uploads}
                {islands.then(|| view! { <HydrationScripts options=options.clone() islands=true /> })}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The content security policy of a page: our own files, and scripts with this page's nonce. Every page carries
/// Leptos' own line of script; only one with islands loads the browser half, and only that may run WebAssembly.
pub fn content_policy(nonce: &str, islands: bool) -> String {
    let script = match (nonce.is_empty(), islands) {
        (true, _) => "'none'".to_owned(),
        (false, false) => format!("'nonce-{nonce}'"),
        (false, true) => format!("'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"),
    };
    format!(
        "default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// A whole page for an error that happened outside every page: a limit, a panic, a database that is away. Needs
/// nothing but the context.
pub fn error_document(ctx: &Ctx, status: u16) -> String {
    document(ctx, &status.to_string(), None, || doors::error_body(ctx, status))
}

/// A whole page outside of the routes, without scripts. `refresh` leads on by itself: where a form may not lead, because
/// the content policy keeps forms here.
pub fn document(ctx: &Ctx, title: &str, refresh: Option<&str>, body: impl FnOnce() -> Markup) -> String {
    let owner = Owner::new();
    let theme = theme_attribute(ctx.theme);
    let title = format!("{title} - {}", ctx.portal.name.get());
    let refresh =
        refresh.map(|url| view! { <meta http-equiv="refresh" content=format!("0;url={url}") /> }.into_markup());
    let body = owner.with(|| {
        view! {
            <html lang=ctx.locale.tag() data-theme=theme>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                    <meta name="color-scheme" content="light dark" />
                    {canvas(ctx.theme)}
                    <link rel="stylesheet" href=assets::url("pkg/kontor.css") />
                    <link rel="icon" href=assets::url("favicon.svg") type="image/svg+xml" />
                    {refresh}
                    <title>{title}</title>
                </head>
                <body>{body()}</body>
            </html>
        }
        .to_html()
    });
    format!("<!DOCTYPE html>{body}")
}

const fn theme_attribute(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
        Theme::System => None,
    }
}

/// The canvas of the light and of the dark look (`--color-canvas` in `style/tokens.css`), for the browser's own bars.
pub const CANVAS: [&str; 2] = ["#f4f7f9", "#0d1417"];

/// Written by hand: a view knows no `media` of a `meta`.
fn canvas(theme: Theme) -> Markup {
    let meta = |color: &str, more: &str| format!("<meta name=\"theme-color\" content=\"{color}\"{more}>");
    let [light, dark] = CANVAS;
    Markup::new(match theme {
        Theme::Light => meta(light, ""),
        Theme::Dark => meta(dark, ""),
        Theme::System => {
            let on = |scheme: &str| format!(" media=\"(prefers-color-scheme: {scheme})\"");
            meta(light, &on("light")) + &meta(dark, &on("dark"))
        }
    })
}

type Page = fn() -> AnyView;
type Path = Arc<dyn PossibleRouteMatch + Send + Sync>;

/// One kind of route for every page: with a type of its own for each, the router is compiled once for every page.
fn route(path: Path, page: Page) -> impl MatchNestedRoutes + Send + Clone {
    // Every page waits for its data, so that status and title are right.
    NestedRoute::new(path, page).ssr_mode(SsrMode::Async)
}

macro_rules! routes {
    ($($path:tt => $page:ident,)*) => {
        vec![$(route(Arc::new(path!($path)), || $page().into_any())),*]
    };
}

/// The pages by their addresses. The first that fits is taken.
fn routes() -> StaticVec<impl MatchNestedRoutes + Send + Clone> {
    StaticVec::from(routes! {
        "/" => HomePage,
        "/notifications" => NotificationsPage,
        "/search" => SearchPage,
        "/staff/search" => StaffSearchPage,
        "/sign-in" => SignInPage,
        "/sign-in/link" => SignInLinkPage,
        "/sign-in/link/open" => SignInLinkOpenPage,
        "/password-reset" => PasswordResetPage,
        "/password-reset/new" => PasswordResetNewPage,
        "/invitation" => InvitationPage,
        "/email-change" => EmailChangePage,
        "/account/email" => AccountEmailPage,
        "/organisation" => OrganisationPage,
        "/organisation/invite" => InvitePage,
        "/organisation/people/:person" => MemberPage,
        "/organisation/people/:person/access" => MemberAccessPage,
        "/sign-in/factor" => FactorPage,
        "/sign-in/confirm" => ConfirmPage,
        "/sign-in/sso" => SsoPage,
        "/sign-in/:id" => SsoStartPage,
        "/organisation/sign-in" => OrganisationSignInPage,
        "/organisation/notifications" => OrganisationNotificationsPage,
        "/documents" => DocumentsPage,
        "/account/security" => SecurityPage,
        "/account/security/authenticator" => AppPage,
        "/account/security/codes" => CodesPage,
        "/staff/sign-in-rules" => RulesPage,
        "/documents/send" => SendPage,
        "/documents/:id" => DocumentPage,
        "/account" => ProfilePage,
        "/account/notifications" => NotificationPreferencesPage,
        "/unsubscribe" => UnsubscribePage,
        "/account/sessions" => SessionsPage,
        "/account/tokens" => TokensPage,
        "/account/calendar" => CalendarPage,
        "/account/data" => DataPage,
        "/staff" => StaffPage,
        "/staff/documents" => StaffDocumentsPage,
        "/staff/documents/bulk" => StaffBulkPage,
        "/staff/documents/new" => StaffDocumentNewPage,
        "/staff/documents/:id" => StaffDocumentPage,
        "/staff/documents/:id/publish" => StaffDocumentPublishPage,
        "/staff/customers" => CustomersPage,
        "/staff/customers/new" => CustomerNewPage,
        "/staff/customers/:id" => CustomerPage,
        "/staff/customers/:id/edit" => CustomerEditPage,
        "/staff/customers/:id/notifications" => CustomerNotificationsPage,
        "/staff/customers/:id/archive" => CustomerArchivePage,
        "/organisation/details" => OrganisationDetailsPage,
        "/staff/customers/:id/people" => StaffPeoplePage,
        "/staff/customers/:id/invite" => StaffInvitePage,
        "/staff/customers/:id/people/:person" => StaffMemberPage,
        "/staff/customers/:id/people/:person/access" => StaffMemberAccessPage,
        "/documents/:id/history" => HistoryPage,
        "/documents/:id/compare" => ComparePage,
        "/documents/:id/decline" => DeclinePage,
        "/documents/:id/delegate" => DelegatePage,
        "/staff/documents/:id/approval" => AskApprovalPage,
        "/staff/approvals" => ApprovalsPage,
        "/requests/:id" => RequestPage,
        "/staff/arrivals" => StaffArrivalsPage,
        "/orders" => OrdersPage,
        "/orders/:id" => OrderPage,
        "/staff/orders" => StaffOrdersPage,
        "/staff/orders/board" => StaffBoardPage,
        "/staff/orders/bulk" => StaffOrdersBulkPage,
        "/staff/orders/new" => StaffOrderNewPage,
        "/staff/orders/:id" => StaffOrderPage,
        "/staff/orders/:id/edit" => StaffOrderEditPage,
        "/projects" => ProjectsPage,
        "/projects/:id" => ProjectPage,
        "/projects/:id/tasks/:task" => ProjectTaskPage,
        "/staff/projects" => StaffProjectsPage,
        "/staff/projects/board" => StaffProjectBoardPage,
        "/staff/projects/new" => StaffProjectNewPage,
        "/staff/projects/:id" => StaffProjectPage,
        "/staff/projects/:id/edit" => StaffProjectEditPage,
        "/staff/projects/:id/tasks/:task" => StaffProjectTaskPage,
        "/appointments" => AppointmentsPage,
        "/appointments/:id" => AppointmentPage,
        "/staff/appointments" => StaffAppointmentsPage,
        "/staff/appointments/new" => StaffAppointmentNewPage,
        "/staff/appointments/:id" => StaffAppointmentPage,
        "/staff/appointments/:id/edit" => StaffAppointmentEditPage,
        "/staff/imports" => StaffImportsPage,
        "/staff/imports/:id" => StaffImportPage,
        "/staff/requests" => StaffRequestsPage,
        "/staff/requests/new" => StaffRequestNewPage,
        "/staff/requests/:id" => StaffRequestPage,
        "/staff/renewals" => RenewalsPage,
        "/staff/statuses" => StatusesPage,
        "/staff/statuses/new" => StatusNewPage,
        "/staff/statuses/:key" => StatusPage,
        "/staff/categories" => CategoriesPage,
        "/staff/categories/:key" => CategoryPage,
        "/staff/retention" => RetentionPage,
        "/staff/quarantine" => QuarantinePage,
        "/staff/quarantine/:id" => QuarantinedPage,
        "/staff/jobs" => JobsPage,
        "/staff/jobs/:id" => JobPage,
        "/staff/customers/:id/view-as/:person" => ViewAsPage,
        "/staff/customers/:id/sign-in" => CustomerSignInPage,
        "/staff/users" => UsersPage,
        "/staff/users/invite" => UserInvitePage,
        "/staff/users/:id" => UserPage,
        "/staff/announcements" => AnnouncementsPage,
        "/staff/announcements/new" => AnnouncementNewPage,
        "/staff/announcements/:id" => AnnouncementPage,
        "/staff/announcements/:id/edit" => AnnouncementEditPage,
        "/organisation/webhooks" => OrganisationWebhooksPage,
        "/organisation/webhooks/new" => OrganisationWebhookNewPage,
        "/organisation/webhooks/:id" => OrganisationWebhookPage,
        "/organisation/webhooks/:id/edit" => OrganisationWebhookEditPage,
        "/organisation/webhooks/:id/deliveries/:delivery" => OrganisationDeliveryPage,
        "/staff/webhooks" => StaffWebhooksPage,
        "/staff/webhooks/new" => StaffWebhookNewPage,
        "/staff/webhooks/:id" => StaffWebhookPage,
        "/staff/webhooks/:id/edit" => StaffWebhookEditPage,
        "/staff/webhooks/:id/deliveries/:delivery" => StaffDeliveryPage,
        "/staff/settings" => SettingsPage,
        "/staff/roles" => RolesPage,
        "/staff/audit" => AuditPage,
    })
}

/// The router around the pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFound children=ToChildren::to_children(routes) />
        </Router>
    }
}
