//! Every door of the portal with the policy action that guards it: what `kontor routes --json` prints and what the
//! matrix test walks. A test compares it with the routes that really exist.

use serde::Serialize;

/// One HTTP route or server function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Door {
    /// HTTP method.
    pub method: &'static str,
    /// Path, parameters as `{id}`.
    pub path: &'static str,
    /// The policy action, or `public`.
    pub policy: &'static str,
}

const fn door(method: &'static str, path: &'static str, policy: &'static str) -> Door {
    Door { method, path, policy }
}

/// All of them.
pub const DOORS: &[Door] = &[
    // Machines.
    door("GET", "/healthz", "public"),
    door("GET", "/readyz", "public"),
    door("GET", "/metrics", "public"),
    door("GET", "/manifest.webmanifest", "public"),
    door("GET", "/robots.txt", "public"),
    door("GET", "/assets/{hash}/{*path}", "public"),
    // Pages.
    door("GET", "/sign-in", "public"),
    door("GET", "/sign-in/link", "public"),
    door("GET", "/sign-in/link/open", "public"),
    door("GET", "/password-reset", "public"),
    door("GET", "/password-reset/new", "public"),
    door("GET", "/invitation", "public"),
    door("GET", "/email-change", "public"),
    door("GET", "/", "home.read"),
    door("GET", "/account/email", "account.manage"),
    door("GET", "/organisation", "organisation.read"),
    door("GET", "/organisation/invite", "member.invite"),
    door("GET", "/organisation/people/{person}", "member.access"),
    door("GET", "/organisation/people/{person}/access", "member.access"),
    door("GET", "/documents", "document.read"),
    door("GET", "/documents/{id}", "document.read"),
    door("GET", "/account", "account.manage"),
    door("GET", "/account/sessions", "account.manage"),
    door("GET", "/staff", "staff.read"),
    door("GET", "/staff/documents", "document.read"),
    door("GET", "/staff/documents/new", "document.create"),
    door("GET", "/staff/documents/{id}", "document.read"),
    door("GET", "/staff/documents/{id}/publish", "document.publish"),
    door("GET", "/staff/customers", "organisation.read"),
    door("GET", "/staff/customers/{id}", "organisation.read"),
    door("GET", "/staff/customers/{id}/people", "organisation.read"),
    door("GET", "/staff/customers/{id}/invite", "member.invite"),
    door("GET", "/staff/customers/{id}/people/{person}", "member.access"),
    door("GET", "/staff/customers/{id}/people/{person}/access", "member.access"),
    door("GET", "/staff/jobs", "job.read"),
    door("GET", "/staff/jobs/{id}", "job.read"),
    door("GET", "/staff/customers/{id}/view-as/{person}", "member.view_as"),
    door("GET", "/staff/audit", "audit.read"),
    // Files.
    door("GET", "/documents/{id}/versions/{number}/content", "document.download"),
    // Only makes the session of whoever asks last, or says that it has ended.
    door("POST", "/account/stay", "public"),
    door("POST", "/staff/documents", "document.create"),
    door("POST", "/staff/documents/{id}/versions", "document.upload"),
    // Server functions.
    door("POST", "/_fn/sign_in/sign_in", "public"),
    door("POST", "/_fn/sign_in/sign_out", "public"),
    door("POST", "/_fn/account/end_other_sessions", "account.manage"),
    door("POST", "/_fn/account/end_session", "account.manage"),
    door("POST", "/_fn/account/save_profile", "account.manage"),
    door("POST", "/_fn/account/set_language", "public"),
    door("POST", "/_fn/account/set_theme", "public"),
    door("POST", "/_fn/account/switch_organisation", "account.manage"),
    door("POST", "/_fn/sign_in_link/ask", "public"),
    door("POST", "/_fn/sign_in_link/redeem", "public"),
    door("POST", "/_fn/password_reset/ask", "public"),
    door("POST", "/_fn/password_reset/choose", "public"),
    door("POST", "/_fn/invitations/accept", "public"),
    door("POST", "/_fn/email_change/answer", "public"),
    door("POST", "/_fn/email_change/begin", "account.manage"),
    door("POST", "/_fn/email_change/stop", "account.manage"),
    door("POST", "/_fn/invitations/create", "member.invite"),
    door("POST", "/_fn/invitations/resend", "member.invite"),
    door("POST", "/_fn/invitations/withdraw", "member.invite"),
    door("POST", "/_fn/team/change", "member.manage"),
    door("POST", "/_fn/team/suspend", "member.manage"),
    door("POST", "/_fn/team/restore", "member.manage"),
    door("POST", "/_fn/team/remove", "member.manage"),
    door("POST", "/_fn/documents/edit", "document.edit"),
    door("POST", "/_fn/documents/publish", "document.publish"),
    door("POST", "/_fn/documents/withdraw", "document.withdraw"),
    door("POST", "/_fn/jobs/retry", "job.manage"),
    door("POST", "/_fn/jobs/retry_failed", "job.manage"),
    door("POST", "/_fn/jobs/drop", "job.manage"),
    door("POST", "/_fn/view_as/begin", "member.view_as"),
    door("POST", "/_fn/view_as/stop", "staff.read"),
    // REST.
    door("GET", "/api/v1/openapi.json", "public"),
    door("GET", "/api/v1/me", "account.manage"),
    door("GET", "/api/v1/organisations", "organisation.read"),
    door("GET", "/api/v1/organisations/{id}", "organisation.read"),
    door("GET", "/api/v1/organisations/{id}/people", "organisation.read"),
    door("GET", "/api/v1/organisations/{id}/people/{person}", "organisation.read"),
    door("PATCH", "/api/v1/organisations/{id}/people/{person}", "member.manage"),
    door("DELETE", "/api/v1/organisations/{id}/people/{person}", "member.manage"),
    door("GET", "/api/v1/organisations/{id}/people/{person}/access", "member.access"),
    door("GET", "/api/v1/invitations", "member.invite"),
    door("POST", "/api/v1/invitations", "member.invite"),
    door("GET", "/api/v1/invitations/{id}", "member.invite"),
    door("DELETE", "/api/v1/invitations/{id}", "member.invite"),
    door("POST", "/api/v1/invitations/{id}/resend", "member.invite"),
    door("GET", "/api/v1/organisations/{id}/projects", "project.read"),
    door("GET", "/api/v1/organisations/{id}/groups", "staff.read"),
    door("GET", "/api/v1/documents", "document.read"),
    door("POST", "/api/v1/documents", "document.create"),
    door("GET", "/api/v1/documents/{id}", "document.read"),
    door("PATCH", "/api/v1/documents/{id}", "document.edit"),
    door("GET", "/api/v1/documents/{id}/versions", "document.read"),
    door("POST", "/api/v1/documents/{id}/versions", "document.upload"),
    door("GET", "/api/v1/documents/{id}/versions/{number}", "document.read"),
    door("GET", "/api/v1/documents/{id}/versions/{number}/content", "document.download"),
    door("POST", "/api/v1/documents/{id}/publish", "document.publish"),
    door("POST", "/api/v1/documents/{id}/withdraw", "document.withdraw"),
    door("GET", "/api/v1/documents/{id}/audience", "document.audience"),
    door("GET", "/api/v1/jobs", "job.read"),
    door("GET", "/api/v1/jobs/{id}", "job.read"),
    door("POST", "/api/v1/jobs/{id}/retry", "job.manage"),
];
