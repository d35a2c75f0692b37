//! Addresses of pages and files: one function each, used by pages, redirects, mails and tests.

use crate::ids::{DocumentId, OrganisationId};

/// The customer's home page.
pub const HOME: &str = "/";
/// Sign-in.
pub const SIGN_IN: &str = "/sign-in";
/// Where a second factor is proved, or added where one is required.
pub const SECOND_FACTOR: &str = "/sign-in/factor";
/// Where somebody proves again who they are before something sensitive.
pub const CONFIRM: &str = "/sign-in/confirm";
/// The customer's document list.
pub const DOCUMENTS: &str = "/documents";
/// One's own account: profile, language, time zone.
pub const ACCOUNT: &str = "/account";
/// Changing the address one signs in with.
pub const ACCOUNT_EMAIL: &str = "/account/email";
/// Password and second factors.
pub const ACCOUNT_SECURITY: &str = "/account/security";
/// Where one is signed in.
pub const ACCOUNT_SESSIONS: &str = "/account/sessions";
/// One's API tokens.
pub const ACCOUNT_TOKENS: &str = "/account/tokens";
/// What is stored about one, and a copy of it.
pub const ACCOUNT_DATA: &str = "/account/data";
/// Where a page asks for the session to go on.
pub const ACCOUNT_STAY: &str = "/account/stay";
/// Staff home.
pub const STAFF: &str = "/staff";
/// All documents a member of staff may see, drafts too.
pub const STAFF_DOCUMENTS: &str = "/staff/documents";
/// A new document.
pub const STAFF_DOCUMENT_NEW: &str = "/staff/documents/new";
/// Customers.
pub const STAFF_CUSTOMERS: &str = "/staff/customers";
/// The audit trail.
pub const STAFF_AUDIT: &str = "/staff/audit";

/// A document as its readers see it.
pub fn document(id: DocumentId) -> String {
    format!("/documents/{id}")
}

/// The bytes of one version.
pub fn document_content(id: DocumentId, version: i64) -> String {
    format!("/documents/{id}/versions/{version}/content")
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

/// One customer.
pub fn staff_customer(id: OrganisationId) -> String {
    format!("/staff/customers/{id}")
}

/// A page that leads on to another one of ours when it is done.
pub fn with_next(page: &str, next: &str) -> String {
    if next == HOME {
        return page.to_owned();
    }
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{page}?next={next}")
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
