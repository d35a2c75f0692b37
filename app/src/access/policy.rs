//! The one table: role x action x relation. Read it as a whole; `kontor policy --markdown` prints it and
//! `docs/policy.md` keeps it, so that a changed right shows in review as a changed line.

use std::fmt::Write as _;

use super::{Action, Relation, Role, StaffRole, Topic};

/// Whether a role may do this to something it stands to in this way. Everything not listed is refused.
pub const fn allowed(role: Role, action: Action, relation: Relation) -> bool {
    use Action as A;
    use Relation as R;
    use StaffRole as S;
    match role {
        // --- customers -----------------------------------------------------------------------------
        Role::Customer => match action {
            A::AccountManage | A::HomeRead | A::HomeSnooze => true,
            A::NotificationRead | A::NotificationManage => true,
            // Whoever is their contact.
            A::PortraitRead => matches!(relation, R::Addressed),
            A::OrganisationRead => matches!(relation, R::Own),
            A::ProjectRead | A::ProjectTask => matches!(relation, R::Addressed),
            A::DocumentRead(_) | A::DocumentDownload(_) => matches!(relation, R::Addressed),
            A::ApprovalDecide(_) | A::ApprovalCertificate(_) => matches!(relation, R::Addressed),
            A::RequestRead(_) | A::RequestAnswer(_) => matches!(relation, R::Addressed),
            A::DocumentSend(_) => matches!(relation, R::Addressed),
            A::OrderRead | A::OrderPrices | A::OrderConfirm => matches!(relation, R::Addressed),
            A::AppointmentRead | A::AppointmentAnswer => matches!(relation, R::Addressed),
            _ => false,
        },
        Role::CustomerAdmin => match action {
            A::AccountManage | A::HomeRead | A::HomeSnooze => true,
            A::NotificationRead | A::NotificationManage => true,
            A::PortraitRead => matches!(relation, R::Addressed),
            A::OrganisationRead | A::ProjectAudience => matches!(relation, R::Own),
            A::OrderAudience | A::AppointmentAudience => matches!(relation, R::Own),
            A::ProjectRead | A::ProjectTask => matches!(relation, R::Addressed | R::Own),
            A::DocumentRead(_) | A::DocumentDownload(_) => matches!(relation, R::Addressed | R::Own),
            A::ApprovalDecide(_) | A::ApprovalCertificate(_) => matches!(relation, R::Addressed | R::Own),
            A::RequestRead(_) | A::RequestAnswer(_) => matches!(relation, R::Addressed | R::Own),
            A::DocumentSend(_) => matches!(relation, R::Addressed | R::Own),
            A::OrderRead | A::OrderPrices | A::OrderConfirm => matches!(relation, R::Addressed | R::Own),
            A::AppointmentRead | A::AppointmentAnswer => matches!(relation, R::Addressed | R::Own),
            A::DocumentAudience(_) => matches!(relation, R::Own),
            A::OrganisationEdit | A::OrganisationSecurity | A::OrganisationNotify => matches!(relation, R::Own),
            A::MemberInvite | A::MemberManage | A::MemberAccess => matches!(relation, R::Own),
            A::WebhookRead | A::WebhookManage => matches!(relation, R::Own),
            _ => false,
        },
        Role::Partner => match action {
            A::AccountManage | A::HomeRead | A::HomeSnooze => true,
            A::NotificationRead | A::NotificationManage => true,
            A::PortraitRead => matches!(relation, R::Addressed),
            A::DocumentRead(_) | A::DocumentDownload(_) | A::ApprovalDecide(_) => matches!(relation, R::Addressed),
            A::RequestRead(_) | A::RequestAnswer(_) | A::OrderRead => matches!(relation, R::Addressed),
            A::ProjectRead | A::ProjectTask => matches!(relation, R::Addressed),
            A::AppointmentRead | A::AppointmentAnswer => matches!(relation, R::Addressed),
            _ => false,
        },
        // --- staff ---------------------------------------------------------------------------------
        Role::Staff(staff) => match relation {
            // Staff are nobody's audience and belong to no customer.
            R::Addressed | R::Own => {
                matches!(action, A::AccountManage | A::StaffRead | A::NotificationRead | A::NotificationManage)
                    || (matches!(action, A::PortraitRead) && matches!(relation, R::Own))
                    || matches!(
                        (staff, action),
                        (S::Management | S::Administrator, A::AuditRead | A::UserRead | A::JobRead | A::ImportRead)
                            | (S::Administrator, A::UserManage | A::JobManage | A::ImportManage)
                            | (S::Administrator, A::SettingsRead | A::SettingsManage | A::MailReport)
                            | (S::Administrator | S::Management | S::Support, A::AnnouncementRead)
                            | (S::Administrator | S::Support, A::AnnouncementManage)
                    )
            }
            R::Assigned | R::Other => {
                let assigned = matches!(relation, R::Assigned);
                match (staff, action) {
                    (_, A::AccountManage | A::StaffRead | A::NotificationRead | A::NotificationManage) => true,
                    // A customer agrees, or nobody; and sends and does what they do themselves.
                    (_, A::HomeRead | A::HomeSnooze) => false,
                    // It is for customers whose contact they are.
                    (_, A::PortraitRead) => false,
                    (_, A::ApprovalDecide(_) | A::RequestAnswer(_) | A::DocumentSend(_) | A::OrderConfirm) => false,
                    (S::Administrator, _) => true,
                    // Whoever published a file does not also say that the scanner is wrong about it.
                    (_, A::QuarantineRelease(_)) => false,
                    (_, A::OrganisationManage | A::OrganisationSecurity | A::UserManage | A::JobManage) => false,
                    (_, A::OrganisationNotify | A::MailReport) => false,
                    (_, A::SettingsRead | A::SettingsManage | A::ImportManage) => false,
                    // The help desk says when something does not work.
                    (S::Support, A::AnnouncementRead | A::AnnouncementManage)
                    | (S::Management, A::AnnouncementRead) => true,
                    (_, A::AnnouncementRead | A::AnnouncementManage) => false,
                    (S::Management, A::OrganisationRead | A::AuditRead | A::WebhookRead) => true,
                    (S::Management, A::ProjectRead | A::ProjectAudience) => true,
                    (S::Management, A::MemberAccess | A::UserRead | A::JobRead | A::ImportRead) => true,
                    (S::Management, A::DocumentRead(_) | A::DocumentDownload(_) | A::DocumentAudience(_)) => true,
                    (S::Management, A::ApprovalCertificate(_) | A::RequestRead(_)) => true,
                    (S::Management, A::OrderRead | A::OrderPrices | A::AppointmentRead) => true,
                    (S::Management, A::OrderAudience | A::AppointmentAudience) => true,
                    (S::Management, _) => false,
                    (_, A::AuditRead | A::UserRead | A::JobRead | A::ImportRead) => false,
                    (S::ProjectManager, _) => assigned,
                    // "Where is my order?" is asked of everybody; what it costs is not for support.
                    (_, A::OrganisationRead | A::OrderRead | A::OrderAudience) => true,
                    (S::Finance | S::Sales, A::OrderPrices) => true,
                    // So is how a project goes; what is to do in it is for whoever is on it or looks after the customer.
                    (_, A::ProjectRead | A::ProjectAudience) => true,
                    (_, A::ProjectTask) => assigned,
                    // Who is called about a visit can also move it; sales keep their own customers' visits.
                    (S::Support, A::AppointmentRead | A::AppointmentManage | A::AppointmentAnswer) => true,
                    (S::Support | S::Sales, A::AppointmentAudience) | (S::Sales, A::AppointmentRead) => true,
                    (S::Sales, A::AppointmentManage | A::AppointmentAnswer) => assigned,
                    (S::Support, A::DocumentRead(Topic::General) | A::DocumentDownload(Topic::General)) => true,
                    (S::Support, A::DocumentAudience(Topic::General) | A::ApprovalCertificate(Topic::General)) => true,
                    (S::Support, A::RequestRead(Topic::General)) => true,
                    // The help desk looks at what the caller describes.
                    (S::Support, A::MemberAccess | A::MemberViewAs) => true,
                    (S::Support, _) => false,
                    (S::Finance, _) => matches!(action.topic(), Some(Topic::Money)),
                    (S::Sales, _) => matches!(action.topic(), Some(Topic::Quotes)),
                }
            }
        },
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
