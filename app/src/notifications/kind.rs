//! What people can be told: the one table. A new area adds its rows here; a row with acts is spread from the trail by
//! itself, one without is told by the act that knows whom it needs.

use crate::access::{Action, Relation, Role, Topic, policy};

use super::mail::Cadence;

/// How much it wants of whoever is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Class {
    /// They have to do something.
    NeedsMe,
    /// Good to know.
    Information,
    /// Something happened to their sign-in.
    Security,
}

impl Class {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NeedsMe => "needs_me",
            Self::Information => "information",
            Self::Security => "security",
        }
    }
}

/// Where in the portal it comes from: what the list can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Documents.
    Documents,
    /// Approvals.
    Approvals,
    /// Files that are asked for and sent.
    Files,
    /// Orders.
    Orders,
    /// Projects and their tasks.
    Projects,
    /// Appointments.
    Appointments,
    /// People and master data.
    Organisation,
    /// What the house tells many.
    Announcements,
    /// Files of other systems.
    Imports,
    /// One's own sign-in.
    Security,
}

impl Area {
    /// Every area, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Documents,
        Self::Approvals,
        Self::Files,
        Self::Orders,
        Self::Projects,
        Self::Appointments,
        Self::Organisation,
        Self::Announcements,
        Self::Imports,
        Self::Security,
    ];

    /// The name in addresses and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Approvals => "approvals",
            Self::Files => "files",
            Self::Orders => "orders",
            Self::Projects => "projects",
            Self::Appointments => "appointments",
            Self::Organisation => "organisation",
            Self::Announcements => "announcements",
            Self::Imports => "imports",
            Self::Security => "security",
        }
    }

    /// The Fluent key of its words.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Documents => "notifications-area-documents",
            Self::Approvals => "notifications-area-approvals",
            Self::Files => "notifications-area-files",
            Self::Orders => "notifications-area-orders",
            Self::Projects => "notifications-area-projects",
            Self::Appointments => "notifications-area-appointments",
            Self::Organisation => "notifications-area-organisation",
            Self::Announcements => "notifications-area-announcements",
            Self::Imports => "notifications-area-imports",
            Self::Security => "notifications-area-security",
        }
    }

    /// The area with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.name() == name)
    }

    /// Reading this is what a token must include, too, or its words would say what it may not read.
    pub const fn reads(self) -> Action {
        match self {
            Self::Documents | Self::Approvals => Action::DocumentRead(Topic::General),
            Self::Files => Action::RequestRead(Topic::General),
            Self::Orders => Action::OrderRead,
            Self::Projects => Action::ProjectRead,
            Self::Appointments => Action::AppointmentRead,
            Self::Organisation => Action::OrganisationRead,
            Self::Announcements => Action::NotificationRead,
            Self::Imports => Action::ImportRead,
            Self::Security => Action::AccountManage,
        }
    }
}

/// Which side of the counter gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// People of customers.
    Customers,
    /// The house.
    Staff,
    /// Both.
    Both,
}

impl Side {
    /// Whether it is for staff, or for customers.
    pub const fn includes(self, staff: bool) -> bool {
        match self {
            Self::Both => true,
            Self::Customers => !staff,
            Self::Staff => staff,
        }
    }
}

struct Row {
    name: &'static str,
    area: Area,
    class: Class,
    side: Side,
    /// How soon a mail says it, unless somebody has chosen otherwise.
    mail: Cadence,
    acts: &'static [&'static str],
    label: &'static str,
    line: &'static str,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $area:ident $class:ident $side:ident $mail:ident [$($act:literal),*] $label:literal $line:literal;)*) => {
        /// What somebody is told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            const fn row(self) -> Row {
                match self {
                    $(Self::$kind => Row {
                        name: $name, area: Area::$area, class: Class::$class, side: Side::$side, mail: Cadence::$mail,
                        acts: &[$($act),*], label: $label, line: $line,
                    },)*
                }
            }
        }
    };
}

kinds! {
    /// A document is there to be read.
    DocumentPublished "document.published" Documents Information Customers AtOnce ["document.publish"] "notifications-kind-document-published" "notifications-line-document-published";
    /// There is a new version of it.
    DocumentVersion "document.version" Documents Information Customers Daily ["document.upload", "document.restore"] "notifications-kind-document-version" "notifications-line-document-version";
    /// A colleague has taken it back.
    DocumentWithdrawn "document.withdrawn" Documents Information Staff Off ["document.withdraw"] "notifications-kind-document-withdrawn" "notifications-line-document-withdrawn";
    /// A document ends and is to be renewed.
    DocumentEnds "document.ends" Documents NeedsMe Staff AtOnce [] "notifications-kind-document-ends" "notifications-line-document-ends";
    /// The scanner holds a file back.
    FileHeld "file.held" Documents NeedsMe Both AtOnce [] "notifications-kind-file-held" "notifications-line-file-held";
    /// They are asked to agree.
    ApprovalAsked "approval.asked" Approvals NeedsMe Customers AtOnce [] "notifications-kind-approval-asked" "notifications-line-approval-asked";
    /// They have not decided yet.
    ApprovalReminder "approval.reminder" Approvals NeedsMe Customers AtOnce [] "notifications-kind-approval-reminder" "notifications-line-approval-reminder";
    /// It is not asked of them any more.
    ApprovalWithdrawn "approval.withdrawn" Approvals Information Customers Daily [] "notifications-kind-approval-withdrawn" "notifications-line-approval-withdrawn";
    /// What came of what they asked.
    ApprovalOver "approval.over" Approvals Information Staff AtOnce [] "notifications-kind-approval-over" "notifications-line-approval-over";
    /// They are asked for a file, or for a better one.
    RequestAsked "request.asked" Files NeedsMe Customers AtOnce [] "notifications-kind-request-asked" "notifications-line-request-asked";
    /// They have not sent it yet.
    RequestReminder "request.reminder" Files NeedsMe Customers AtOnce [] "notifications-kind-request-reminder" "notifications-line-request-reminder";
    /// It is not wanted any more.
    RequestWithdrawn "request.withdrawn" Files Information Customers Daily [] "notifications-kind-request-withdrawn" "notifications-line-request-withdrawn";
    /// What they sent is all right.
    RequestAccepted "request.accepted" Files Information Customers Daily ["request.accept"] "notifications-kind-request-accepted" "notifications-line-request-accepted";
    /// The file they asked for has come.
    RequestAnswered "request.answered" Files NeedsMe Staff AtOnce [] "notifications-kind-request-answered" "notifications-line-request-answered";
    /// A customer sent files without being asked.
    FilesArrived "file.arrived" Files NeedsMe Staff AtOnce [] "notifications-kind-file-arrived" "notifications-line-file-arrived";
    /// An order was taken.
    OrderCreated "order.created" Orders Information Customers Daily ["order.create"] "notifications-kind-order-created" "notifications-line-order-created";
    /// Something about it is different.
    OrderChanged "order.changed" Orders Information Customers Daily ["order.edit"] "notifications-kind-order-changed" "notifications-line-order-changed";
    /// Many orders came together, with an import or in one request.
    OrdersChanged "orders.changed" Orders Information Customers Daily ["order.news"] "notifications-kind-orders-changed" "notifications-line-orders-changed";
    /// The customer has confirmed what waited for them.
    OrderConfirmed "order.confirmed" Orders Information Staff Daily ["order.confirm"] "notifications-kind-order-confirmed" "notifications-line-order-confirmed";
    /// There is something to do for them.
    TaskAsked "task.asked" Projects NeedsMe Both AtOnce [] "notifications-kind-task-asked" "notifications-line-task-asked";
    /// It is not done yet.
    TaskReminder "task.reminder" Projects NeedsMe Both AtOnce [] "notifications-kind-task-reminder" "notifications-line-task-reminder";
    /// The other side has done something of it.
    TaskDone "task.done" Projects Information Both Daily [] "notifications-kind-task-done" "notifications-line-task-done";
    /// A project has begun.
    ProjectCreated "project.created" Projects Information Customers Daily ["project.create"] "notifications-kind-project-created" "notifications-line-project-created";
    /// Something about it is different.
    ProjectChanged "project.changed" Projects Information Both Daily ["project.edit"] "notifications-kind-project-changed" "notifications-line-project-changed";
    /// Many projects came together, with an import or in one request.
    ProjectsChanged "projects.changed" Projects Information Customers Daily ["project.news"] "notifications-kind-projects-changed" "notifications-line-projects-changed";
    /// They are on it now.
    ProjectJoined "project.joined" Projects Information Both AtOnce [] "notifications-kind-project-joined" "notifications-line-project-joined";
    /// Somebody said something about a task.
    ProjectComment "project.comment" Projects Information Both Daily ["project.comment"] "notifications-kind-project-comment" "notifications-line-project-comment";
    /// How the project goes.
    ProjectReport "project.report" Projects Information Both Daily ["project.report"] "notifications-kind-project-report" "notifications-line-project-report";
    /// What was decided.
    ProjectDecision "project.decision" Projects Information Both Daily ["project.decision"] "notifications-kind-project-decision" "notifications-line-project-decision";
    /// A milestone is new, reached or moved.
    ProjectMilestone "project.milestone" Projects Information Both Daily ["project.milestone"] "notifications-kind-project-milestone" "notifications-line-project-milestone";
    /// Times to choose from.
    AppointmentProposed "appointment.proposed" Appointments NeedsMe Customers AtOnce [] "notifications-kind-appointment-proposed" "notifications-line-appointment-proposed";
    /// The customer asks for another time.
    AppointmentWished "appointment.wished" Appointments NeedsMe Staff AtOnce [] "notifications-kind-appointment-wished" "notifications-line-appointment-wished";
    /// Agreed, changed, called off, or on the way.
    AppointmentChanged "appointment.changed" Appointments Information Both AtOnce [] "notifications-kind-appointment-changed" "notifications-line-appointment-changed";
    /// It is tomorrow.
    AppointmentReminder "appointment.reminder" Appointments Information Both AtOnce [] "notifications-kind-appointment-reminder" "notifications-line-appointment-reminder";
    /// Somebody new belongs to the organisation.
    MemberJoined "member.joined" Organisation Information Both Daily ["invitation.accept"] "notifications-kind-member-joined" "notifications-line-member-joined";
    /// Role, rights or state of somebody are others.
    MemberChanged "member.changed" Organisation Information Both Daily ["member.change"] "notifications-kind-member-changed" "notifications-line-member-changed";
    /// Somebody does not belong to it any more.
    MemberRemoved "member.removed" Organisation Information Both Daily ["member.remove"] "notifications-kind-member-removed" "notifications-line-member-removed";
    /// A customer's master data are different.
    OrganisationChanged "organisation.changed" Organisation Information Staff Daily ["organisation.edit"] "notifications-kind-organisation-changed" "notifications-line-organisation-changed";
    /// They look after a customer now.
    CustomerAssigned "organisation.assigned" Organisation Information Staff AtOnce [] "notifications-kind-organisation-assigned" "notifications-line-organisation-assigned";
    /// How its people sign in is decided otherwise.
    OrganisationSecurity "organisation.security" Organisation Information Customers AtOnce ["organisation.security", "domain.confirm", "domain.remove"] "notifications-kind-organisation-security" "notifications-line-organisation-security";
    /// The house says something to many.
    Announcement "announcement.published" Announcements Information Both Off ["announcement.publish", "announcement.begin"] "notifications-kind-announcement" "notifications-line-announcement";
    /// A file that nobody stood by was not imported.
    ImportFailed "import.failed" Imports NeedsMe Staff AtOnce [] "notifications-kind-import-failed" "notifications-line-import-failed";
    /// A second factor came, went or was used up.
    SecurityFactor "security.factor" Security Security Both AtOnce ["factor.add", "factor.remove", "factor.reset", "factor.recover", "factor.codes"] "notifications-kind-security-factor" "notifications-line-security-factor";
    /// A passkey behaves as if it had been copied.
    SecuritySuspect "security.suspect" Security Security Both AtOnce ["factor.suspect"] "notifications-kind-security-suspect" "notifications-line-security-suspect";
    /// The password is another.
    SecurityPassword "security.password" Security Security Both AtOnce ["user.password"] "notifications-kind-security-password" "notifications-line-security-password";
    /// The address they sign in with is another.
    SecurityAddress "security.address" Security Security Both AtOnce ["email_change.done"] "notifications-kind-security-address" "notifications-line-security-address";
    /// Somebody signed in on a device that was not seen before.
    SecurityDevice "security.device" Security Security Both AtOnce [] "notifications-kind-security-device" "notifications-line-security-device";
    /// An API token was made for them.
    SecurityToken "security.token" Security Security Both AtOnce [] "notifications-kind-security-token" "notifications-line-security-token";
    /// What they may do at an organisation is another, or nothing any more.
    SecurityMembership "security.membership" Security Security Both AtOnce [] "notifications-kind-security-membership" "notifications-line-security-membership";
    /// Their sign-in was suspended or restored.
    SecurityAccess "security.access" Security Security Both AtOnce ["user.suspend", "user.restore"] "notifications-kind-security-access" "notifications-line-security-access";
}

impl Kind {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The one with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The one that an act of the trail is spread as.
    pub fn of_act(act: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.row().acts.contains(&act))
    }

    /// How much it wants of whoever is told.
    pub const fn class(self) -> Class {
        self.row().class
    }

    /// Where it comes from.
    pub const fn area(self) -> Area {
        self.row().area
    }

    /// Which side gets it.
    pub const fn side(self) -> Side {
        self.row().side
    }

    /// The Fluent key of what the kind is called, for settings.
    pub const fn label_key(self) -> &'static str {
        self.row().label
    }

    /// The Fluent key of its line in the bell, with `title`.
    pub const fn line_key(self) -> &'static str {
        self.row().line
    }

    /// How soon a mail says it to this side, unless somebody has chosen otherwise or their role has it otherwise
    /// ([`usual`](super::mail::usual)).
    pub const fn default_mail(self, staff: bool) -> Cadence {
        if self.side().includes(staff) { self.row().mail } else { Cadence::Off }
    }

    /// Whether this side ever gets it.
    pub const fn concerns(self, staff: bool) -> bool {
        self.side().includes(staff)
    }

    /// Whether it is offered to a role of a side that gets it: not what only a few of the house may ever read.
    pub fn is_for(self, role: Role) -> bool {
        self.area() != Area::Imports || policy::allowed(role, self.area().reads(), Relation::Other)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_every_act_one_kind() {
        let names: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(names.len(), Kind::ALL.len());
        let acts: Vec<&str> = Kind::ALL.iter().flat_map(|kind| kind.row().acts).copied().collect();
        assert_eq!(acts.iter().collect::<BTreeSet<_>>().len(), acts.len());
        let known: BTreeSet<&str> =
            crate::audit::all_acts(crate::i18n::Locale::En).into_iter().map(|(name, _)| name).collect();
        for act in acts {
            assert!(known.contains(act), "{act} is never recorded");
            assert_eq!(Kind::of_act(act).map(|kind| kind.row().acts.contains(&act)), Some(true));
        }
    }

    #[test]
    fn what_is_only_good_to_know_never_asks_for_anything() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.name()), Some(*kind));
            assert_eq!(kind.class() == Class::Security, kind.area() == Area::Security, "{}", kind.name());
        }
    }
}
