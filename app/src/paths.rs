//! Addresses of pages and files: one function each, used by pages, redirects, mails and tests.

use crate::documents::model::Category;
use crate::ids::{
    AnnouncementId, AppointmentId, ApprovalId, DocumentId, ImportId, JobId, NotificationId, OrderId, OrganisationId,
    ProjectId, ProviderId, RequestId, TaskId, UserId, VersionId, WebhookId,
};
use crate::statuses::model::Kind;

/// The customer's home page.
pub const HOME: &str = "/";
/// What waits for the reader, on it.
pub const HOME_TODO: &str = "/#todo";
/// Search everywhere, for customers.
pub const SEARCH: &str = "/search";
/// What one was told.
pub const NOTIFICATIONS: &str = "/notifications";
/// Tells an open browser at once.
pub const LIVE: &str = "/live";
/// Search everywhere, for staff.
pub const STAFF_SEARCH: &str = "/staff/search";
/// Sign-in.
pub const SIGN_IN: &str = "/sign-in";
/// Where a second factor is proved, or added where one is required.
pub const SECOND_FACTOR: &str = "/sign-in/factor";
/// Where somebody proves again who they are before something sensitive.
pub const CONFIRM: &str = "/sign-in/confirm";
/// Where somebody says with which address they sign in at their organisation.
pub const SSO: &str = "/sign-in/sso";
/// Where a provider sends people back to; known to every provider by this address.
pub const SSO_CALLBACK: &str = "/sign-in/sso/callback";
/// How the people of one's own organisation sign in.
pub const ORGANISATION_SIGN_IN: &str = "/organisation/sign-in";
/// The customer's document list.
pub const DOCUMENTS: &str = "/documents";
/// Where files arrive in parts (tus).
pub const UPLOADS: &str = "/uploads";
/// Sending files without being asked; they are posted there too (multipart).
pub const DOCUMENTS_SEND: &str = "/documents/send";
/// The page of these chosen documents.
pub fn staff_documents_bulk(ids: &[String]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for id in ids {
        query.append_pair("ids", id);
    }
    format!("{STAFF_DOCUMENTS_BULK}?{}", query.finish())
}

/// What somebody of the staff looks like.
pub fn portrait(id: UserId) -> String {
    format!("/portraits/{id}")
}

/// What happens to the chosen orders; the status that is looked at, where one is.
pub fn staff_orders_bulk(ids: &[String], status: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for id in ids {
        query.append_pair("ids", id);
    }
    if !status.is_empty() {
        query.append_pair("status", status);
    }
    format!("{STAFF_ORDERS_BULK}?{}", query.finish())
}

/// Several documents as one file.
pub const DOCUMENTS_ARCHIVE: &str = "/documents/archive";
/// One's own account: profile, language, time zone.
pub const ACCOUNT: &str = "/account";
/// One's own portrait; it is posted there (multipart).
pub const ACCOUNT_PORTRAIT: &str = "/account/portrait";
/// What one is told, how, and when.
pub const ACCOUNT_NOTIFICATIONS: &str = "/account/notifications";
/// The devices somebody is told on.
pub const ACCOUNT_PUSH: &str = "/account/notifications#push";
/// The page behind the link in a mail that stops this kind of mail; it is posted there, too.
pub const UNSUBSCRIBE: &str = "/unsubscribe";
/// Which mails people of one's own organisation get until they choose themselves.
pub const ORGANISATION_NOTIFICATIONS: &str = "/organisation/notifications";
/// Changing the address one signs in with.
pub const ACCOUNT_EMAIL: &str = "/account/email";
/// Password and second factors.
pub const ACCOUNT_SECURITY: &str = "/account/security";
/// Where one is signed in.
pub const ACCOUNT_SESSIONS: &str = "/account/sessions";
/// One's API tokens.
pub const ACCOUNT_TOKENS: &str = "/account/tokens";
/// One's appointments in one's own calendar program.
pub const ACCOUNT_CALENDAR: &str = "/account/calendar";
/// What is stored about one, and a copy of it.
pub const ACCOUNT_DATA: &str = "/account/data";
/// Where a page asks for the session to go on.
pub const ACCOUNT_STAY: &str = "/account/stay";
/// Staff home.
pub const STAFF: &str = "/staff";
/// All documents a member of staff may see, drafts too.
pub const STAFF_DOCUMENTS: &str = "/staff/documents";
/// The drafts among them.
pub const STAFF_DRAFTS: &str = "/staff/documents?state=draft";
/// What happens to chosen documents.
pub const STAFF_DOCUMENTS_BULK: &str = "/staff/documents/bulk";
/// A new document.
pub const STAFF_DOCUMENT_NEW: &str = "/staff/documents/new";
/// Customers.
pub const STAFF_CUSTOMERS: &str = "/staff/customers";
/// Who has not decided about what.
pub const STAFF_APPROVALS: &str = "/staff/approvals";
/// The list of approvals as a file.
pub const STAFF_APPROVALS_EXPORT: &str = "/staff/approvals/export";
/// The job queue.
pub const STAFF_JOBS: &str = "/staff/jobs";
/// The work in it that was given up.
pub const STAFF_JOBS_FAILED: &str = "/staff/jobs?state=dead";
/// Setting up an authenticator app.
pub const ACCOUNT_APP: &str = "/account/security/authenticator";
/// Recovery codes that have just been made.
pub const ACCOUNT_CODES: &str = "/account/security/codes";
/// Which roles need a second factor.
pub const STAFF_SIGN_IN_RULES: &str = "/staff/sign-in-rules";
/// How long documents are kept.
pub const STAFF_RETENTION: &str = "/staff/retention";
/// What the house tells many at once.
pub const STAFF_ANNOUNCEMENTS: &str = "/staff/announcements";
/// Programs elsewhere that are told what happens.
pub const STAFF_WEBHOOKS: &str = "/staff/webhooks";
/// The same for the organisation at hand.
pub const ORGANISATION_WEBHOOKS: &str = "/organisation/webhooks";
/// A new one of these.
pub const STAFF_ANNOUNCEMENT_NEW: &str = "/staff/announcements/new";
/// The customer's orders.
pub const ORDERS: &str = "/orders";
/// The orders of all customers.
pub const STAFF_ORDERS: &str = "/staff/orders";
/// The staff's board of orders.
pub const STAFF_ORDERS_BOARD: &str = "/staff/orders/board";
/// What another status would do to the chosen orders.
pub const STAFF_ORDERS_BULK: &str = "/staff/orders/bulk";
/// A new order.
pub const STAFF_ORDER_NEW: &str = "/staff/orders/new";
/// The customer's projects.
pub const PROJECTS: &str = "/projects";
/// The projects of all customers.
pub const STAFF_PROJECTS: &str = "/staff/projects";
/// What is open across customers, by status.
pub const STAFF_PROJECT_BOARD: &str = "/staff/projects/board";
/// A new project.
pub const STAFF_PROJECT_NEW: &str = "/staff/projects/new";
/// The customer's appointments.
pub const APPOINTMENTS: &str = "/appointments";
/// The appointments of all customers.
pub const STAFF_APPOINTMENTS: &str = "/staff/appointments";
/// A new appointment.
pub const STAFF_APPOINTMENT_NEW: &str = "/staff/appointments/new";
/// What was imported, and the form that begins an import; files are posted there too (multipart).
pub const STAFF_IMPORTS: &str = "/staff/imports";
/// What customers are asked for.
pub const STAFF_REQUESTS: &str = "/staff/requests";
/// What customers sent without being asked.
pub const STAFF_ARRIVALS: &str = "/staff/arrivals";
/// Asks a customer for a file.
pub const STAFF_REQUEST_NEW: &str = "/staff/requests/new";
/// Documents that end soon or have ended.
pub const STAFF_RENEWALS: &str = "/staff/renewals";
/// How orders can stand.
pub const STAFF_STATUSES: &str = "/staff/statuses";
/// The rules of the categories of documents.
pub const STAFF_CATEGORIES: &str = "/staff/categories";
/// Files that a virus scanner holds.
pub const STAFF_QUARANTINE: &str = "/staff/quarantine";
/// How the portal is set up.
pub const STAFF_SETTINGS: &str = "/staff/settings";
/// Everybody with a sign-in.
pub const STAFF_USERS: &str = "/staff/users";
/// Invites somebody to the staff.
pub const STAFF_USER_INVITE: &str = "/staff/users/invite";
/// The printed policy.
pub const STAFF_ROLES: &str = "/staff/roles";
/// A copy of the audit trail.
pub const STAFF_AUDIT_EXPORT: &str = "/staff/audit/export";
/// The audit trail.
pub const STAFF_AUDIT: &str = "/staff/audit";

/// A new customer.
pub const STAFF_CUSTOMER_NEW: &str = "/staff/customers/new";
/// The master data of the organisation at hand.
pub const ORGANISATION_DETAILS: &str = "/organisation/details";
/// The people of the organisation at hand.
pub const ORGANISATION: &str = "/organisation";
/// Invites a colleague.
pub const ORGANISATION_INVITE: &str = "/organisation/invite";
/// Opens an invitation.
pub const INVITATION: &str = "/invitation";
/// Asks for a link to choose a new password.
pub const PASSWORD_RESET: &str = "/password-reset";
/// Chooses the new password.
pub const PASSWORD_RESET_NEW: &str = "/password-reset/new";
/// Asks for a link to sign in with.
pub const SIGN_IN_LINK: &str = "/sign-in/link";
/// Signs in with that link.
pub const SIGN_IN_LINK_OPEN: &str = "/sign-in/link/open";
/// Confirms or stops a change of address.
pub const EMAIL_CHANGE: &str = "/email-change";

/// A document as its readers see it.
pub fn document(id: DocumentId) -> String {
    format!("/documents/{id}")
}

/// What happened to a document.
pub fn document_history(id: DocumentId) -> String {
    format!("/documents/{id}/history")
}

/// Two versions of a document side by side.
pub fn document_compare(id: DocumentId) -> String {
    format!("/documents/{id}/compare")
}

/// Saying why one does not agree to a document.
pub fn document_decline(id: DocumentId) -> String {
    format!("/documents/{id}/decline")
}

/// Handing one's decision about a document on to a colleague.
pub fn document_delegate(id: DocumentId) -> String {
    format!("/documents/{id}/delegate")
}

/// The certificate of an approval: `pdf` or `json`.
pub fn approval_certificate(id: ApprovalId, kind: &str) -> String {
    format!("/approvals/{id}/certificate.{kind}")
}

/// Asking for an approval of a document.
pub fn staff_document_approval(id: DocumentId) -> String {
    format!("/staff/documents/{id}/approval")
}

/// The bytes of one version.
pub fn document_content(id: DocumentId, version: i64) -> String {
    format!("/documents/{id}/versions/{version}/content")
}

/// The image of a page of one version.
pub fn document_preview(id: DocumentId, version: i64, page: i64) -> String {
    format!("/documents/{id}/versions/{version}/preview/{page}")
}

/// A document as staff maintain it.
pub fn staff_document(id: DocumentId) -> String {
    format!("/staff/documents/{id}")
}

/// Choosing the audience and publishing.
pub fn staff_document_publish(id: DocumentId) -> String {
    format!("/staff/documents/{id}/publish")
}

/// Where a new version is posted to (multipart).
pub fn staff_document_versions(id: DocumentId) -> String {
    format!("/staff/documents/{id}/versions")
}

/// One order.
pub fn order(id: OrderId) -> String {
    format!("{ORDERS}/{id}")
}

/// One order as staff see it.
pub fn staff_order(id: OrderId) -> String {
    format!("{STAFF_ORDERS}/{id}")
}

/// Changing an order.
pub fn staff_order_edit(id: OrderId) -> String {
    format!("{STAFF_ORDERS}/{id}/edit")
}

/// One project.
pub fn project(id: ProjectId) -> String {
    format!("{PROJECTS}/{id}")
}

/// Something to do in a project.
pub fn project_task(id: ProjectId, task: TaskId) -> String {
    format!("{PROJECTS}/{id}/tasks/{task}")
}

/// One project as staff see it.
pub fn staff_project(id: ProjectId) -> String {
    format!("{STAFF_PROJECTS}/{id}")
}

/// Changing a project.
pub fn staff_project_edit(id: ProjectId) -> String {
    format!("{STAFF_PROJECTS}/{id}/edit")
}

/// Something to do in a project, as staff see it.
pub fn staff_project_task(id: ProjectId, task: TaskId) -> String {
    format!("{STAFF_PROJECTS}/{id}/tasks/{task}")
}

/// One appointment.
pub fn appointment(id: AppointmentId) -> String {
    format!("{APPOINTMENTS}/{id}")
}

/// One appointment as a file for calendar programs.
pub fn appointment_file(id: AppointmentId) -> String {
    format!("{APPOINTMENTS}/{id}/calendar.ics")
}

/// One appointment as staff see it.
pub fn staff_appointment(id: AppointmentId) -> String {
    format!("{STAFF_APPOINTMENTS}/{id}")
}

/// Changing an appointment.
pub fn staff_appointment_edit(id: AppointmentId) -> String {
    format!("{STAFF_APPOINTMENTS}/{id}/edit")
}

/// Proposes an appointment to this customer.
pub fn staff_appointment_new(id: OrganisationId) -> String {
    format!("{STAFF_APPOINTMENT_NEW}?organisation={id}")
}

/// What calendar programs ask for somebody's appointments.
pub fn calendar_feed(token: &str) -> String {
    format!("/calendar/{token}.ics")
}

/// Sending what is asked for.
pub fn request(id: RequestId) -> String {
    format!("/requests/{id}")
}

/// Where the file for a request is posted to (multipart).
pub fn request_file(id: RequestId) -> String {
    format!("/requests/{id}/file")
}

/// One request as staff see it.
pub fn staff_request(id: RequestId) -> String {
    format!("{STAFF_REQUESTS}/{id}")
}

/// Asks this customer for a file.
pub fn staff_request_new(id: OrganisationId) -> String {
    format!("{STAFF_REQUEST_NEW}?organisation={id}")
}

/// How things of this kind can stand.
pub fn staff_statuses(kind: Kind) -> String {
    if kind == Kind::Orders { STAFF_STATUSES.to_owned() } else { format!("{STAFF_STATUSES}?kind={}", kind.name()) }
}

/// A new status.
pub fn staff_status_new(kind: Kind) -> String {
    format!("{STAFF_STATUSES}/new?kind={}", kind.name())
}

/// One status, by its key.
pub fn staff_status(kind: Kind, key: &str) -> String {
    let key: String = key.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    format!("{STAFF_STATUSES}/{key}?kind={}", kind.name())
}

/// The rules of one category of documents.
pub fn staff_category(category: Category) -> String {
    format!("{STAFF_CATEGORIES}/{}", category.key())
}

/// Deciding about a file that a virus scanner holds.
pub fn staff_quarantined(id: VersionId) -> String {
    format!("{STAFF_QUARANTINE}/{id}")
}

/// Where an older version is brought back.
pub fn staff_document_restore(id: DocumentId) -> String {
    format!("/staff/documents/{id}/restore")
}

/// The home of somebody who belongs to this organisation, and perhaps to others.
pub fn home_of(organisation: OrganisationId) -> String {
    format!("/?organisation={organisation}")
}

/// One customer.
pub fn staff_customer(id: OrganisationId) -> String {
    format!("/staff/customers/{id}")
}

/// The audit trail of one customer, by its number.
pub fn staff_audit_of(number: &str) -> String {
    let number: String = url::form_urlencoded::byte_serialize(number.as_bytes()).collect();
    format!("{STAFF_AUDIT}?customer={number}")
}

/// One run of an import.
pub fn staff_import(id: ImportId) -> String {
    format!("{STAFF_IMPORTS}/{id}")
}

/// What became of its rows, as a file.
pub fn staff_import_report(id: ImportId) -> String {
    format!("{STAFF_IMPORTS}/{id}/report.csv")
}

/// One job of the queue.
pub fn staff_job(id: JobId) -> String {
    format!("/staff/jobs/{id}")
}

/// One person with a sign-in.
pub fn staff_user(id: UserId) -> String {
    format!("/staff/users/{id}")
}

/// Changing one customer's master data.
pub fn staff_customer_edit(id: OrganisationId) -> String {
    format!("/staff/customers/{id}/edit")
}

/// Putting one customer to sleep, or waking it up.
pub fn staff_customer_archive(id: OrganisationId) -> String {
    format!("/staff/customers/{id}/archive")
}

/// Asking to see the portal as somebody of a customer.
pub fn staff_view_as(organisation: OrganisationId, user: UserId) -> String {
    format!("/staff/customers/{organisation}/view-as/{user}")
}

/// Recovery codes that have just been made, and where to go when they are put away.
pub fn recovery_codes(next: &str) -> String {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{ACCOUNT_CODES}?next={next}")
}

/// How a customer's people sign in.
pub fn staff_customer_sign_in(id: OrganisationId) -> String {
    format!("/staff/customers/{id}/sign-in")
}

/// Which mails people of a customer get until they choose themselves.
pub fn staff_customer_notifications(id: OrganisationId) -> String {
    format!("/staff/customers/{id}/notifications")
}

/// Sign-in at the provider of an organisation, by its short name.
pub fn sign_in_at(slug: &str) -> String {
    format!("/sign-in/{slug}")
}

/// Where a provider says that a session has ended.
pub fn sso_logout(id: ProviderId) -> String {
    format!("/sso/backchannel-logout/{id}")
}

/// A page that leads on to another one of ours when it is done.
pub fn with_next(page: &str, next: &str) -> String {
    if next == HOME {
        return page.to_owned();
    }
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{page}?next={next}")
}

/// A page behind a mailed link, with the link's secret.
pub fn with_key(page: &str, key: &str) -> String {
    let key: String = url::form_urlencoded::byte_serialize(key.as_bytes()).collect();
    format!("{page}?key={key}")
}

/// A colleague.
pub fn organisation_person(person: UserId) -> String {
    format!("/organisation/people/{person}")
}

/// The people of one customer.
pub fn staff_people(id: OrganisationId) -> String {
    format!("/staff/customers/{id}/people")
}

/// Invites somebody to a customer.
pub fn staff_invite(id: OrganisationId) -> String {
    format!("/staff/customers/{id}/invite")
}

/// One person of a customer.
pub fn staff_person(id: OrganisationId, person: UserId) -> String {
    format!("/staff/customers/{id}/people/{person}")
}

/// Where a line of the bell leads: marks it as seen and goes on to its page.
pub fn notification(id: NotificationId) -> String {
    format!("{NOTIFICATIONS}/{id}")
}

/// One announcement, for staff.
pub fn staff_announcement(id: AnnouncementId) -> String {
    format!("{STAFF_ANNOUNCEMENTS}/{id}")
}

/// Changing it.
pub fn staff_announcement_edit(id: AnnouncementId) -> String {
    format!("{STAFF_ANNOUNCEMENTS}/{id}/edit")
}

/// One endpoint of a webhook, for staff.
pub fn staff_webhook(id: WebhookId) -> String {
    format!("{STAFF_WEBHOOKS}/{id}")
}

/// The same, for its customer.
pub fn organisation_webhook(id: WebhookId) -> String {
    format!("{ORGANISATION_WEBHOOKS}/{id}")
}

/// A path of our own to return to, or the fallback: never another site. Browsers read `/\` and `//` as hosts and
/// drop tabs and line breaks, so anything unusual is refused.
pub fn own_path<'a>(path: &'a str, fallback: &'a str) -> &'a str {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|b| b.is_ascii_graphic());
    if own { path } else { fallback }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_own_paths_are_followed() {
        assert_eq!(own_path("/documents?category=invoice", "/"), "/documents?category=invoice");
        for evil in
            ["https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x", "/\t/evil", "", "x"]
        {
            assert_eq!(own_path(evil, "/"), "/", "{evil:?}");
        }
    }
}
