//! What can be done: the rows of the policy table.

use serde::{Deserialize, Serialize};

/// Which staff roles a document concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Contracts, specifications, minutes and the rest.
    General,
    /// Invoices.
    Money,
    /// Proposals.
    Quotes,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 3] = [Self::General, Self::Money, Self::Quotes];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Money => "money",
            Self::Quotes => "quotes",
        }
    }
}

/// One thing somebody may or may not do. Document acts carry the document's topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Change one's own language, theme and current organisation; sign out.
    AccountManage,
    /// See what one was told, and how many of that one has not seen.
    NotificationRead,
    /// Mark that as seen, and say how one is told.
    NotificationManage,
    /// Open the customer's home page.
    HomeRead,
    /// Put off what waits for oneself, or say that it is done.
    HomeSnooze,
    /// Open the staff home page.
    StaffRead,
    /// See an organisation and its people.
    OrganisationRead,
    /// Make a customer, a customer group or a project, and say who belongs to it.
    OrganisationManage,
    /// Change a customer's master data, as far as it was released.
    OrganisationEdit,
    /// Say how people of a customer sign in: second factor, single sign-on, links by mail.
    OrganisationSecurity,
    /// Say which mails people of a customer get until they choose themselves.
    OrganisationNotify,
    /// Invite somebody to a customer, send the invitation again, withdraw it.
    MemberInvite,
    /// Change a colleague's role and rights, say which projects they are on; suspend, restore and remove them.
    MemberManage,
    /// See what somebody of a customer can see, and why.
    MemberAccess,
    /// See the portal as somebody of a customer sees it, without changing anything.
    MemberViewAs,
    /// See a project: where it stands, what comes next, who does what, and who is on it.
    ProjectRead,
    /// See who can see a project, and why.
    ProjectAudience,
    /// Make projects, change them, say how they go, who is on them and what is to do.
    ProjectManage,
    /// Tick off what is to do in a project, take that back, say something about it.
    ProjectTask,
    /// See everybody with a sign-in, staff too.
    UserRead,
    /// Invite staff, change their role, suspend people, take away a lost factor.
    UserManage,
    /// See which work waits, runs and failed.
    JobRead,
    /// Have failed work tried again, or dropped.
    JobManage,
    /// Read the audit trail.
    AuditRead,
    /// See how the portal is set up.
    SettingsRead,
    /// Change how the portal is set up: its name, what customers may change, what they are told.
    SettingsManage,
    /// Report that mails to an address come back, as the mail provider says.
    MailReport,
    /// See announcements, drafts and how many have seen them; what is for oneself stands on every page.
    AnnouncementRead,
    /// Write announcements, publish them, take them back.
    AnnouncementManage,
    /// See which programs elsewhere are told what happens, and what became of it.
    WebhookRead,
    /// Have programs elsewhere told what happens.
    WebhookManage,
    /// See an order: where it stands and what comes next.
    OrderRead,
    /// See who can see an order, and why.
    OrderAudience,
    /// See what an order costs.
    OrderPrices,
    /// See what a member of staff looks like.
    PortraitRead,
    /// Confirm the step of an order that waits for its customer.
    OrderConfirm,
    /// Take orders, change them, say where they stand.
    OrderManage,
    /// See an appointment: when, where, with whom.
    AppointmentRead,
    /// See who can see an appointment, and why.
    AppointmentAudience,
    /// Propose times for an appointment, change it, say that the team is on its way, close it.
    AppointmentManage,
    /// Take one of the proposed times, ask for another, cancel.
    AppointmentAnswer,
    /// See what was imported, and what became of it.
    ImportRead,
    /// Import files, undo that, say how files are read.
    ImportManage,
    /// See a document and its history.
    DocumentRead(Topic),
    /// Download a version's bytes.
    DocumentDownload(Topic),
    /// See who can read a document, and why.
    DocumentAudience(Topic),
    /// Make a draft.
    DocumentCreate(Topic),
    /// Change title or category.
    DocumentEdit(Topic),
    /// Add a version.
    DocumentUpload(Topic),
    /// Make it visible to an audience.
    DocumentPublish(Topic),
    /// Take it back from everyone.
    DocumentWithdraw(Topic),
    /// Send a document without being asked, into a category that is open for it.
    DocumentSend(Topic),
    /// Ask people of the customer to agree to a version, remind them, take the question back.
    ApprovalAsk(Topic),
    /// Agree to a version or decline, where one is asked.
    ApprovalDecide(Topic),
    /// Have a certificate of who decided what, when and from where.
    ApprovalCertificate(Topic),
    /// See what a customer is asked to send.
    RequestRead(Topic),
    /// Ask a customer for a file, accept it, have it put right, take the question back.
    RequestAsk(Topic),
    /// Send a file that one is asked for.
    RequestAnswer(Topic),
    /// Let a file be read that a virus scanner holds, or have it looked at again.
    QuarantineRelease(Topic),
}

impl Action {
    /// Every action, in the order of the printed table.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::AccountManage,
            Self::NotificationRead,
            Self::NotificationManage,
            Self::HomeRead,
            Self::HomeSnooze,
            Self::StaffRead,
            Self::OrganisationRead,
            Self::OrganisationManage,
            Self::OrganisationEdit,
            Self::OrganisationSecurity,
            Self::OrganisationNotify,
            Self::MemberInvite,
            Self::MemberManage,
            Self::MemberAccess,
            Self::MemberViewAs,
            Self::ProjectRead,
            Self::ProjectAudience,
            Self::ProjectManage,
            Self::ProjectTask,
            Self::UserRead,
            Self::UserManage,
            Self::JobRead,
            Self::JobManage,
            Self::AuditRead,
            Self::SettingsRead,
            Self::SettingsManage,
            Self::MailReport,
            Self::AnnouncementRead,
            Self::AnnouncementManage,
            Self::WebhookRead,
            Self::WebhookManage,
            Self::OrderRead,
            Self::OrderAudience,
            Self::OrderPrices,
            Self::PortraitRead,
            Self::OrderConfirm,
            Self::OrderManage,
            Self::AppointmentRead,
            Self::AppointmentAudience,
            Self::AppointmentManage,
            Self::AppointmentAnswer,
            Self::ImportRead,
            Self::ImportManage,
        ];
        let per_topic: [fn(Topic) -> Self; 16] = [
            Self::DocumentRead,
            Self::DocumentDownload,
            Self::DocumentAudience,
            Self::DocumentCreate,
            Self::DocumentEdit,
            Self::DocumentUpload,
            Self::DocumentPublish,
            Self::DocumentWithdraw,
            Self::DocumentSend,
            Self::ApprovalAsk,
            Self::ApprovalDecide,
            Self::ApprovalCertificate,
            Self::RequestRead,
            Self::RequestAsk,
            Self::RequestAnswer,
            Self::QuarantineRelease,
        ];
        for make in per_topic {
            all.extend(Topic::ALL.map(make));
        }
        all
    }

    /// The name in audit events, `kontor routes` and token scopes: `area.verb`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountManage => "account.manage",
            Self::NotificationRead => "notification.read",
            Self::NotificationManage => "notification.manage",
            Self::HomeRead => "home.read",
            Self::HomeSnooze => "home.snooze",
            Self::StaffRead => "staff.read",
            Self::OrganisationRead => "organisation.read",
            Self::OrganisationManage => "organisation.manage",
            Self::OrganisationEdit => "organisation.edit",
            Self::OrganisationSecurity => "organisation.security",
            Self::OrganisationNotify => "organisation.notify",
            Self::MemberInvite => "member.invite",
            Self::MemberManage => "member.manage",
            Self::MemberAccess => "member.access",
            Self::MemberViewAs => "member.view_as",
            Self::ProjectRead => "project.read",
            Self::ProjectAudience => "project.audience",
            Self::ProjectManage => "project.manage",
            Self::ProjectTask => "project.task",
            Self::UserRead => "user.read",
            Self::UserManage => "user.manage",
            Self::JobRead => "job.read",
            Self::JobManage => "job.manage",
            Self::AuditRead => "audit.read",
            Self::SettingsRead => "settings.read",
            Self::SettingsManage => "settings.manage",
            Self::MailReport => "mail.report",
            Self::AnnouncementRead => "announcement.read",
            Self::AnnouncementManage => "announcement.manage",
            Self::WebhookRead => "webhook.read",
            Self::WebhookManage => "webhook.manage",
            Self::OrderRead => "order.read",
            Self::OrderAudience => "order.audience",
            Self::OrderPrices => "order.prices",
            Self::PortraitRead => "portrait.read",
            Self::OrderConfirm => "order.confirm",
            Self::OrderManage => "order.manage",
            Self::AppointmentRead => "appointment.read",
            Self::AppointmentAudience => "appointment.audience",
            Self::AppointmentManage => "appointment.manage",
            Self::AppointmentAnswer => "appointment.answer",
            Self::ImportRead => "import.read",
            Self::ImportManage => "import.manage",
            Self::DocumentRead(_) => "document.read",
            Self::DocumentDownload(_) => "document.download",
            Self::DocumentAudience(_) => "document.audience",
            Self::DocumentCreate(_) => "document.create",
            Self::DocumentEdit(_) => "document.edit",
            Self::DocumentUpload(_) => "document.upload",
            Self::DocumentPublish(_) => "document.publish",
            Self::DocumentWithdraw(_) => "document.withdraw",
            Self::DocumentSend(_) => "document.send",
            Self::ApprovalAsk(_) => "approval.ask",
            Self::ApprovalDecide(_) => "approval.decide",
            Self::ApprovalCertificate(_) => "approval.certificate",
            Self::RequestRead(_) => "request.read",
            Self::RequestAsk(_) => "request.ask",
            Self::RequestAnswer(_) => "request.answer",
            Self::QuarantineRelease(_) => "quarantine.release",
        }
    }

    /// The topic, for acts on documents.
    pub const fn topic(self) -> Option<Topic> {
        match self {
            Self::DocumentRead(t)
            | Self::DocumentDownload(t)
            | Self::DocumentAudience(t)
            | Self::DocumentCreate(t)
            | Self::DocumentEdit(t)
            | Self::DocumentUpload(t)
            | Self::DocumentPublish(t)
            | Self::DocumentWithdraw(t)
            | Self::DocumentSend(t)
            | Self::ApprovalAsk(t)
            | Self::ApprovalDecide(t)
            | Self::ApprovalCertificate(t)
            | Self::RequestRead(t)
            | Self::RequestAsk(t)
            | Self::RequestAnswer(t)
            | Self::QuarantineRelease(t) => Some(t),
            _ => None,
        }
    }

    /// Whether it changes anything: what a read-only token may not do.
    pub const fn is_write(self) -> bool {
        matches!(
            self,
            Self::AccountManage
                | Self::NotificationManage
                | Self::HomeSnooze
                | Self::OrganisationManage
                | Self::OrganisationEdit
                | Self::OrganisationSecurity
                | Self::OrganisationNotify
                | Self::MemberInvite
                | Self::MemberManage
                | Self::MemberViewAs
                | Self::UserManage
                | Self::JobManage
                | Self::SettingsManage
                | Self::MailReport
                | Self::AnnouncementManage
                | Self::WebhookManage
                | Self::OrderConfirm
                | Self::OrderManage
                | Self::ProjectManage
                | Self::ProjectTask
                | Self::AppointmentManage
                | Self::AppointmentAnswer
                | Self::ImportManage
                | Self::DocumentCreate(_)
                | Self::DocumentEdit(_)
                | Self::DocumentUpload(_)
                | Self::DocumentPublish(_)
                | Self::DocumentWithdraw(_)
                | Self::DocumentSend(_)
                | Self::ApprovalAsk(_)
                | Self::ApprovalDecide(_)
                | Self::RequestAsk(_)
                | Self::RequestAnswer(_)
                | Self::QuarantineRelease(_)
        )
    }

    /// The area a token can be narrowed to.
    pub const fn area(self) -> &'static str {
        match self {
            Self::AccountManage | Self::PortraitRead => "account",
            Self::NotificationRead | Self::NotificationManage => "notifications",
            Self::HomeRead | Self::HomeSnooze | Self::StaffRead => "home",
            Self::OrganisationRead
            | Self::OrganisationManage
            | Self::OrganisationEdit
            | Self::OrganisationSecurity
            | Self::OrganisationNotify => "organisations",
            Self::MemberInvite
            | Self::MemberManage
            | Self::MemberAccess
            | Self::MemberViewAs
            | Self::UserRead
            | Self::UserManage => "users",
            Self::ProjectRead | Self::ProjectAudience | Self::ProjectManage | Self::ProjectTask => "projects",
            Self::JobRead | Self::JobManage => "jobs",
            Self::AuditRead => "audit",
            Self::SettingsRead | Self::SettingsManage => "settings",
            Self::MailReport => "mail",
            Self::AnnouncementRead | Self::AnnouncementManage => "announcements",
            Self::WebhookRead | Self::WebhookManage => "webhooks",
            Self::OrderRead | Self::OrderAudience | Self::OrderPrices | Self::OrderConfirm | Self::OrderManage => {
                "orders"
            }
            Self::AppointmentRead | Self::AppointmentAudience | Self::AppointmentManage | Self::AppointmentAnswer => {
                "appointments"
            }
            Self::ImportRead | Self::ImportManage => "imports",
            _ => "documents",
        }
    }
}
