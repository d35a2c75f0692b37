//! The one table: role x action x relation. Read it as a whole; `kontor policy --markdown` prints it and
//! `docs/policy.md` keeps it, so that a changed right shows in review as a changed line.

use std::fmt::Write as _;

use super::{Action, Relation, Role, StaffRole, Topic};

/// How a role must stand to a thing: a cell of the table.
#[derive(Clone, Copy)]
enum Cell {
    /// Nobody of this role.
    No,
    /// Addressed.
    Meant,
    /// Own.
    Own,
    /// Addressed or own.
    Both,
    /// Assigned.
    Assigned,
    /// Assigned or other: of every customer.
    Every,
    /// However they stand to it.
    All,
}

impl Cell {
    const fn holds(self, relation: Relation) -> bool {
        match self {
            Self::No => false,
            Self::Meant => matches!(relation, Relation::Addressed),
            Self::Own => matches!(relation, Relation::Own),
            Self::Both => matches!(relation, Relation::Addressed | Relation::Own),
            Self::Assigned => matches!(relation, Relation::Assigned),
            Self::Every => matches!(relation, Relation::Assigned | Relation::Other),
            Self::All => true,
        }
    }
}

/// Whether a role may do this to something it stands to in this way.
pub const fn allowed(role: Role, action: Action, relation: Relation) -> bool {
    let [customer, customer_admin, partner, project_manager, support, finance, sales, management, administrator] =
        row(action);
    let cell = match role {
        Role::Customer => customer,
        Role::CustomerAdmin => customer_admin,
        Role::Partner => partner,
        Role::Staff(StaffRole::ProjectManager) => project_manager,
        Role::Staff(StaffRole::Support) => support,
        Role::Staff(StaffRole::Finance) => finance,
        Role::Staff(StaffRole::Sales) => sales,
        Role::Staff(StaffRole::Management) => management,
        Role::Staff(StaffRole::Administrator) => administrator,
    };
    cell.holds(relation)
}

/// What every role may. There is no row for "any other": a new action does not compile until each role has its cell.
#[rustfmt::skip]
const fn row(action: Action) -> [Cell; 9] {
    use Action as A;
    use Cell::{All, Assigned, Both, Every, Meant, No, Own};
    // Support, finance and sales have one topic each.
    let (general, money, quotes) = match action.topic() {
        Some(Topic::General) => (Every, No, No),
        Some(Topic::Money) => (No, Every, No),
        Some(Topic::Quotes) => (No, No, Every),
        None => (No, No, No),
    };
    match action {
        //                            customer      partner          support             sales            administrator
        //                                   cust. admin   manager             finance             management
        A::AccountManage          => [All,   All,   All,   All,      All,      All,      All,      All,   All],
        A::NotificationRead       => [All,   All,   All,   All,      All,      All,      All,      All,   All],
        A::NotificationManage     => [All,   All,   All,   All,      All,      All,      All,      All,   All],
        // For customers; staff have a home of their own.
        A::HomeRead               => [All,   All,   All,   No,       No,       No,       No,       No,    No],
        A::HomeSnooze             => [All,   All,   All,   No,       No,       No,       No,       No,    No],
        A::StaffRead              => [No,    No,    No,    All,      All,      All,      All,      All,   All],
        // "Where is my order?" is asked of everybody, so staff find every customer.
        A::OrganisationRead       => [Own,   Own,   No,    Assigned, Every,    Every,    Every,    Every, Every],
        A::OrganisationManage     => [No,    No,    No,    No,       No,       No,       No,       No,    Every],
        A::OrganisationEdit       => [No,    Own,   No,    Assigned, No,       No,       No,       No,    Every],
        A::OrganisationSecurity   => [No,    Own,   No,    No,       No,       No,       No,       No,    Every],
        A::OrganisationNotify     => [No,    Own,   No,    No,       No,       No,       No,       No,    Every],
        A::MemberInvite           => [No,    Own,   No,    Assigned, No,       No,       No,       No,    Every],
        A::MemberManage           => [No,    Own,   No,    Assigned, No,       No,       No,       No,    Every],
        // The help desk looks at what the caller describes.
        A::MemberAccess           => [No,    Own,   No,    Assigned, Every,    No,       No,       Every, Every],
        A::MemberViewAs           => [No,    No,    No,    Assigned, Every,    No,       No,       No,    Every],
        // How a project goes is asked of everybody; its tasks are for whoever is on it or looks after the customer.
        A::ProjectRead            => [Meant, Both,  Meant, Assigned, Every,    Every,    Every,    Every, Every],
        A::ProjectAudience        => [No,    Own,   No,    Assigned, Every,    Every,    Every,    Every, Every],
        A::ProjectManage          => [No,    No,    No,    Assigned, No,       No,       No,       No,    Every],
        A::ProjectTask            => [Meant, Both,  Meant, Assigned, Assigned, Assigned, Assigned, No,    Every],
        A::UserRead               => [No,    No,    No,    No,       No,       No,       No,       All,   All],
        A::UserManage             => [No,    No,    No,    No,       No,       No,       No,       No,    All],
        A::JobRead                => [No,    No,    No,    No,       No,       No,       No,       All,   All],
        A::JobManage              => [No,    No,    No,    No,       No,       No,       No,       No,    All],
        A::AuditRead              => [No,    No,    No,    No,       No,       No,       No,       All,   All],
        A::SettingsRead           => [No,    No,    No,    No,       No,       No,       No,       No,    All],
        A::SettingsManage         => [No,    No,    No,    No,       No,       No,       No,       No,    All],
        A::MailReport             => [No,    No,    No,    No,       No,       No,       No,       No,    All],
        // The help desk says when something does not work.
        A::AnnouncementRead       => [No,    No,    No,    No,       All,      No,       No,       All,   All],
        A::AnnouncementManage     => [No,    No,    No,    No,       All,      No,       No,       No,    All],
        A::WebhookRead            => [No,    Own,   No,    Assigned, No,       No,       No,       Every, Every],
        A::WebhookManage          => [No,    Own,   No,    Assigned, No,       No,       No,       No,    Every],
        A::OrderRead              => [Meant, Both,  Meant, Assigned, Every,    Every,    Every,    Every, Every],
        A::OrderAudience          => [No,    Own,   No,    Assigned, Every,    Every,    Every,    Every, Every],
        // What an order costs is not for support.
        A::OrderPrices            => [Meant, Both,  No,    Assigned, No,       Every,    Every,    Every, Every],
        // Whoever is their contact; and their own.
        A::PortraitRead           => [Meant, Meant, Meant, Own,      Own,      Own,      Own,      Own,   Own],
        // A customer confirms, or nobody.
        A::OrderConfirm           => [Meant, Both,  No,    No,       No,       No,       No,       No,    No],
        A::OrderManage            => [No,    No,    No,    Assigned, No,       No,       No,       No,    Every],
        // Who is called about a visit can also move it; sales keep their own customers' visits.
        A::AppointmentRead        => [Meant, Both,  Meant, Assigned, Every,    No,       Every,    Every, Every],
        A::AppointmentAudience    => [No,    Own,   No,    Assigned, Every,    No,       Every,    Every, Every],
        A::AppointmentManage      => [No,    No,    No,    Assigned, Every,    No,       Assigned, No,    Every],
        A::AppointmentAnswer      => [Meant, Both,  Meant, Assigned, Every,    No,       Assigned, No,    Every],
        A::ImportRead             => [No,    No,    No,    No,       No,       No,       No,       All,   All],
        A::ImportManage           => [No,    No,    No,    No,       No,       No,       No,       No,    All],
        A::DocumentRead(_)        => [Meant, Both,  Meant, Assigned, general,  money,    quotes,   Every, Every],
        A::DocumentDownload(_)    => [Meant, Both,  Meant, Assigned, general,  money,    quotes,   Every, Every],
        A::DocumentAudience(_)    => [No,    Own,   No,    Assigned, general,  money,    quotes,   Every, Every],
        A::DocumentCreate(_)      => [No,    No,    No,    Assigned, No,       money,    quotes,   No,    Every],
        A::DocumentEdit(_)        => [No,    No,    No,    Assigned, No,       money,    quotes,   No,    Every],
        A::DocumentUpload(_)      => [No,    No,    No,    Assigned, No,       money,    quotes,   No,    Every],
        A::DocumentPublish(_)     => [No,    No,    No,    Assigned, No,       money,    quotes,   No,    Every],
        A::DocumentWithdraw(_)    => [No,    No,    No,    Assigned, No,       money,    quotes,   No,    Every],
        // A customer sends, agrees and answers, or nobody.
        A::DocumentSend(_)        => [Meant, Both,  No,    No,       No,       No,       No,       No,    No],
        A::ApprovalAsk(_)         => [No,    No,    No,    Assigned, No,       money,    quotes,   No,    Every],
        A::ApprovalDecide(_)      => [Meant, Both,  Meant, No,       No,       No,       No,       No,    No],
        A::ApprovalCertificate(_) => [Meant, Both,  No,    Assigned, general,  money,    quotes,   Every, Every],
        A::RequestRead(_)         => [Meant, Both,  Meant, Assigned, general,  money,    quotes,   Every, Every],
        A::RequestAsk(_)          => [No,    No,    No,    Assigned, No,       money,    quotes,   No,    Every],
        A::RequestAnswer(_)       => [Meant, Both,  Meant, No,       No,       No,       No,       No,    No],
        // Whoever published a file does not also say that the scanner is wrong about it.
        A::QuarantineRelease(_)   => [No,    No,    No,    No,       No,       No,       No,       No,    Every],
    }
}

/// The table as Markdown: one line per action and topic, one column per role, the relations in the cells.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Who may do what\n\nGenerated by `kontor policy --markdown` from `app/src/access/policy.rs`; a test keeps it equal.\n\n\
         A cell names how a person must stand to the thing: *addressed* (published and meant for them), *own* (of the\n\
         organisation they belong to), *assigned* (of a customer assigned to them), *other* (of any other customer),\n\
         *all* of these, or - never.\n\n| action |",
    );
    for role in Role::ALL {
        let _ = write!(out, " {} |", role.name());
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(Role::ALL.len()));
    out.push('\n');
    for action in Action::all() {
        let _ = write!(out, "| `{}`", action.name());
        if let Some(topic) = action.topic() {
            let _ = write!(out, " {}", topic.name());
        }
        out.push_str(" |");
        for role in Role::ALL {
            let names: Vec<&str> =
                Relation::ALL.into_iter().filter(|r| allowed(role, action, *r)).map(Relation::name).collect();
            let cell = match names.len() {
                0 => "-".to_owned(),
                4 => "all".to_owned(),
                _ => names.join(", "),
            };
            let _ = write!(out, " {cell} |");
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_never_reach_beyond_what_is_addressed_or_their_own() {
        for role in [Role::Customer, Role::CustomerAdmin, Role::Partner] {
            for action in Action::all() {
                let personal = matches!(action, Action::AccountManage | Action::HomeRead | Action::HomeSnooze)
                    || matches!(action, Action::NotificationRead | Action::NotificationManage);
                for relation in [Relation::Assigned, Relation::Other] {
                    assert_eq!(allowed(role, action, relation), personal, "{role:?} {action:?} {relation:?}");
                }
            }
        }
    }

    #[test]
    fn whatever_is_more_than_looking_is_a_write() {
        let looks = ["read", "download", "audience", "access", "certificate", "prices"];
        for action in Action::all() {
            let verb = action.name().split_once('.').map_or("", |(_, verb)| verb);
            assert_eq!(action.is_write(), !looks.contains(&verb), "{action:?}: what a read-only token may not do");
        }
    }

    #[test]
    fn management_changes_nothing_but_its_own_account() {
        for action in Action::all() {
            for relation in Relation::ALL {
                let may = allowed(Role::Staff(StaffRole::Management), action, relation);
                let own = [Action::AccountManage, Action::NotificationManage].contains(&action);
                assert!(!may || !action.is_write() || own, "{action:?}");
            }
        }
    }

    #[test]
    fn only_administrators_see_how_the_portal_is_set_up() {
        for role in Role::ALL {
            for action in [Action::SettingsRead, Action::SettingsManage] {
                let may = role == Role::Staff(StaffRole::Administrator);
                assert!(Relation::ALL.into_iter().all(|r| allowed(role, action, r) == may), "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn support_sees_no_money() {
        for action in Action::all().into_iter().filter(|a| a.topic() == Some(Topic::Money)) {
            for relation in Relation::ALL {
                assert!(!allowed(Role::Staff(StaffRole::Support), action, relation), "{action:?}");
            }
        }
    }

    #[test]
    fn only_staff_write_documents_and_only_customers_approve_them_and_send_theirs() {
        for role in Role::ALL {
            let customer = !matches!(role, Role::Staff(_));
            for action in Action::all().into_iter().filter(|a| a.topic().is_some() && a.is_write()) {
                let decides =
                    matches!(action, Action::ApprovalDecide(_) | Action::RequestAnswer(_) | Action::DocumentSend(_));
                if customer != decides {
                    assert!(Relation::ALL.into_iter().all(|r| !allowed(role, action, r)), "{role:?} {action:?}");
                }
            }
        }
    }
}
