//! The places of the portal and how the navigation names them.

use crate::i18n::Locale;
use crate::paths;

/// Which side of the counter a person stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Works at a customer.
    Customer,
    /// Works at the house.
    Staff,
}

impl Side {
    /// The line below the portal's name.
    pub fn line(self, locale: Locale) -> &'static str {
        match self {
            Self::Customer => locale.t("nav-line-customer"),
            Self::Staff => locale.t("nav-line-staff"),
        }
    }

    /// Where this side starts.
    pub fn home(self) -> Place {
        match self {
            Self::Customer => Place::Home,
            Self::Staff => Place::StaffHome,
        }
    }
}

/// A place that the navigation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The customer's home.
    Home,
    /// The customer's documents.
    Documents,
    /// The customer's orders.
    Orders,
    /// The customer's projects.
    Projects,
    /// The customer's appointments.
    Appointments,
    /// The people of the customer.
    Organisation,
    /// The staff's home.
    StaffHome,
    /// The staff's documents.
    StaffDocuments,
    /// The orders of all customers.
    StaffOrders,
    /// The projects of all customers.
    StaffProjects,
    /// The appointments of all customers.
    StaffAppointments,
    /// Who has not decided about what.
    Approvals,
    /// What customers are asked for.
    Requests,
    /// The customers.
    Customers,
    /// What was imported.
    Imports,
    /// The job queue.
    Jobs,
    /// Everybody with a sign-in, and the roles.
    Users,
    /// Who must sign in with what.
    SignInRules,
    /// How orders can stand.
    Statuses,
    /// The rules of the categories of documents.
    Categories,
    /// How long documents are kept.
    Retention,
    /// Files that a virus scanner holds.
    Quarantine,
    /// What the house tells many at once.
    Announcements,
    /// Programs elsewhere that are told what happens.
    Webhooks,
    /// How the portal is set up.
    Settings,
    /// The audit log.
    Audit,
    /// What one was told.
    Notifications,
    /// Search everywhere.
    Search,
    /// One's own account.
    Account,
}

/// Every place, for tests.
#[cfg(test)]
pub(super) const ALL: [Place; 29] = [
    Place::Home,
    Place::Documents,
    Place::Orders,
    Place::Projects,
    Place::Appointments,
    Place::Organisation,
    Place::StaffHome,
    Place::StaffDocuments,
    Place::StaffOrders,
    Place::StaffProjects,
    Place::StaffAppointments,
    Place::Approvals,
    Place::Requests,
    Place::Customers,
    Place::Imports,
    Place::Jobs,
    Place::Users,
    Place::SignInRules,
    Place::Statuses,
    Place::Categories,
    Place::Retention,
    Place::Quarantine,
    Place::Announcements,
    Place::Webhooks,
    Place::Settings,
    Place::Audit,
    Place::Notifications,
    Place::Search,
    Place::Account,
];

impl Place {
    /// Its address.
    pub fn href(self) -> &'static str {
        match self {
            Self::Home => paths::HOME,
            Self::Documents => paths::DOCUMENTS,
            Self::Orders => paths::ORDERS,
            Self::StaffOrders => paths::STAFF_ORDERS,
            Self::Projects => paths::PROJECTS,
            Self::StaffProjects => paths::STAFF_PROJECTS,
            Self::Appointments => paths::APPOINTMENTS,
            Self::StaffAppointments => paths::STAFF_APPOINTMENTS,
            Self::Organisation => paths::ORGANISATION,
            Self::StaffHome => paths::STAFF,
            Self::StaffDocuments => paths::STAFF_DOCUMENTS,
            Self::Approvals => paths::STAFF_APPROVALS,
            Self::Requests => paths::STAFF_REQUESTS,
            Self::Customers => paths::STAFF_CUSTOMERS,
            Self::Imports => paths::STAFF_IMPORTS,
            Self::Jobs => paths::STAFF_JOBS,
            Self::Users => paths::STAFF_USERS,
            Self::SignInRules => paths::STAFF_SIGN_IN_RULES,
            Self::Statuses => paths::STAFF_STATUSES,
            Self::Categories => paths::STAFF_CATEGORIES,
            Self::Retention => paths::STAFF_RETENTION,
            Self::Quarantine => paths::STAFF_QUARANTINE,
            Self::Announcements => paths::STAFF_ANNOUNCEMENTS,
            Self::Webhooks => paths::STAFF_WEBHOOKS,
            Self::Settings => paths::STAFF_SETTINGS,
            Self::Audit => paths::STAFF_AUDIT,
            Self::Notifications => paths::NOTIFICATIONS,
            Self::Search => paths::SEARCH,
            Self::Account => paths::ACCOUNT,
        }
    }

    /// Its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Home | Self::StaffHome => "house",
            Self::Documents | Self::StaffDocuments => "file-text",
            Self::Orders | Self::StaffOrders => "package",
            Self::Projects | Self::StaffProjects => "list-checks",
            Self::Appointments | Self::StaffAppointments => "calendar",
            Self::Organisation => "users",
            Self::Approvals => "circle-check-big",
            Self::Requests => "upload",
            Self::Customers => "building-2",
            Self::Imports => "file-spreadsheet",
            Self::Jobs => "inbox",
            Self::Users => "users",
            Self::SignInRules => "key-round",
            Self::Statuses => "package",
            Self::Categories => "file-text",
            Self::Retention => "history",
            Self::Quarantine => "shield-alert",
            Self::Announcements => "mail",
            Self::Webhooks => "share-2",
            Self::Settings => "settings-2",
            Self::Audit => "scroll-text",
            Self::Notifications => "bell",
            Self::Search => "search",
            Self::Account => "user",
        }
    }

    /// Its name.
    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Home | Self::StaffHome => locale.t("nav-home"),
            Self::Documents | Self::StaffDocuments => locale.t("nav-documents"),
            Self::Orders | Self::StaffOrders => locale.t("orders-title"),
            Self::Projects | Self::StaffProjects => locale.t("projects-title"),
            Self::Appointments | Self::StaffAppointments => locale.t("appointments-title"),
            Self::Organisation => locale.t("nav-organisation"),
            Self::Approvals => locale.t("nav-approvals"),
            Self::Requests => locale.t("requests-title"),
            Self::Customers => locale.t("nav-customers"),
            Self::Imports => locale.t("imports-title"),
            Self::Jobs => locale.t("nav-jobs"),
            Self::Users => locale.t("nav-users"),
            Self::SignInRules => locale.t("nav-sign-in-rules"),
            Self::Statuses => locale.t("statuses-title"),
            Self::Categories => locale.t("categories-title"),
            Self::Retention => locale.t("retention-title"),
            Self::Quarantine => locale.t("scan-title"),
            Self::Announcements => locale.t("announcements-title"),
            Self::Webhooks => locale.t("webhooks-title"),
            Self::Settings => locale.t("settings-title"),
            Self::Audit => locale.t("nav-audit"),
            Self::Notifications => locale.t("notifications-title"),
            Self::Search => locale.t("everywhere-title"),
            Self::Account => locale.t("nav-account"),
        }
    }

    /// Key of the heading it stands under; none for the first group.
    pub fn group(self) -> Option<&'static str> {
        match self {
            Self::Users
            | Self::SignInRules
            | Self::Statuses
            | Self::Categories
            | Self::Retention
            | Self::Quarantine
            | Self::Announcements
            | Self::Webhooks
            | Self::Settings
            | Self::Imports
            | Self::Jobs
            | Self::Audit => Some("nav-group-operator"),
            _ => None,
        }
    }

    /// Whether it counts what waits for the viewer.
    pub(super) fn counts(self) -> bool {
        matches!(self, Self::Home | Self::StaffHome)
    }

    /// Whether the bar at the bottom of a phone holds it; the others stand under "More".
    pub(super) fn in_tab_bar(self) -> bool {
        !matches!(
            self,
            Self::Organisation
                | Self::Projects
                | Self::StaffOrders
                | Self::StaffProjects
                | Self::Appointments
                | Self::StaffAppointments
                | Self::Approvals
                | Self::Requests
                | Self::Users
                | Self::SignInRules
                | Self::Statuses
                | Self::Categories
                | Self::Retention
                | Self::Quarantine
                | Self::Announcements
                | Self::Webhooks
                | Self::Settings
                | Self::Imports
                | Self::Jobs
                | Self::Audit
                | Self::Notifications
                | Self::Search
                | Self::Account
        )
    }
}
