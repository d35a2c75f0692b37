//! How soon a mail comes for a role while nobody has chosen: the one table. What is not in it goes by the kind alone
//! (`notifications/kind.rs`), and what needs somebody or concerns their safety goes out at once for everyone.

use crate::access::{Role, StaffRole};
use crate::notifications::kind::{Area, Class, Kind};

use super::cadence::Cadence;

/// What a rule is about, of what is only good to know.
#[derive(Clone, Copy, Debug)]
enum What {
    /// All of it.
    Everything,
    /// What comes from an area.
    Of(Area),
    /// A kind.
    Only(Kind),
}

/// What a rule says.
#[derive(Clone, Copy, Debug)]
enum Says {
    /// This.
    Exactly(Cadence),
    /// As the kind does, but not sooner than this.
    NotSooner(Cadence),
}

struct Rule {
    role: Role,
    what: What,
    says: Says,
}

const fn rule(role: Role, what: What, says: Says) -> Rule {
    Rule { role, what, says }
}

/// Of several rules about a kind the first holds.
const RULES: &[Rule] = &[
    // Whoever is responsible for colleagues hears at once who comes, goes, and may do something else.
    rule(Role::CustomerAdmin, What::Only(Kind::MemberJoined), Says::Exactly(Cadence::AtOnce)),
    rule(Role::CustomerAdmin, What::Only(Kind::MemberChanged), Says::Exactly(Cadence::AtOnce)),
    rule(Role::CustomerAdmin, What::Only(Kind::MemberRemoved), Says::Exactly(Cadence::AtOnce)),
    // Whoever was let into one project is told of that: by mail of nothing else, but once a day of documents they were given.
    rule(Role::Partner, What::Of(Area::Documents), Says::NotSooner(Cadence::Daily)),
    rule(Role::Partner, What::Of(Area::Orders), Says::Exactly(Cadence::Off)),
    rule(Role::Partner, What::Of(Area::Organisation), Says::Exactly(Cadence::Off)),
    // Money does not wait for appointments, nor for how a project goes.
    rule(Role::Staff(StaffRole::Finance), What::Of(Area::Appointments), Says::NotSooner(Cadence::Daily)),
    rule(Role::Staff(StaffRole::Finance), What::Of(Area::Projects), Says::NotSooner(Cadence::Weekly)),
    rule(Role::Staff(StaffRole::Sales), What::Of(Area::Projects), Says::NotSooner(Cadence::Weekly)),
    // Whoever sees everything and changes nothing reads it once a week.
    rule(Role::Staff(StaffRole::Management), What::Everything, Says::NotSooner(Cadence::Weekly)),
];

impl Rule {
    fn is_about(&self, role: Role, kind: Kind) -> bool {
        let fits = match self.what {
            What::Everything => true,
            What::Of(area) => kind.area() == area,
            What::Only(only) => kind == only,
        };
        self.role == role && fits
    }
}

/// How soon a mail about a kind comes to whoever has this role and has not chosen.
pub fn usual(role: Role, kind: Kind) -> Cadence {
    let of_kind = kind.default_mail(matches!(role, Role::Staff(_)));
    if kind.class() != Class::Information || of_kind == Cadence::Off {
        return of_kind;
    }
    match RULES.iter().find(|rule| rule.is_about(role, kind)).map(|rule| rule.says) {
        Some(Says::Exactly(cadence)) => cadence,
        Some(Says::NotSooner(cadence)) => of_kind.max(cadence),
        None => of_kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINANCE: Role = Role::Staff(StaffRole::Finance);
    const MANAGEMENT: Role = Role::Staff(StaffRole::Management);
    const PM: Role = Role::Staff(StaffRole::ProjectManager);

    #[test]
    fn what_needs_somebody_or_concerns_their_safety_is_the_same_for_every_role() {
        for role in Role::ALL {
            let staff = matches!(role, Role::Staff(_));
            for kind in Kind::ALL.iter().filter(|kind| kind.class() != Class::Information) {
                assert_eq!(usual(role, *kind), kind.default_mail(staff), "{} {role:?}", kind.name());
            }
            // Nobody is mailed by a rule what their side never gets.
            for kind in Kind::ALL.iter().filter(|kind| !kind.concerns(staff)) {
                assert_eq!(usual(role, *kind), Cadence::Off, "{} {role:?}", kind.name());
            }
        }
    }

    #[test]
    fn each_role_has_what_is_sensible_for_it() {
        assert_eq!(usual(PM, Kind::AppointmentChanged), Cadence::AtOnce);
        assert_eq!(usual(FINANCE, Kind::AppointmentChanged), Cadence::Daily);
        assert_eq!(usual(FINANCE, Kind::ProjectReport), Cadence::Weekly);
        assert_eq!(usual(FINANCE, Kind::FilesArrived), Cadence::AtOnce);
        assert_eq!(usual(MANAGEMENT, Kind::OrderConfirmed), Cadence::Weekly);
        assert_eq!(usual(MANAGEMENT, Kind::DocumentWithdrawn), Cadence::Off);
        assert_eq!(usual(Role::CustomerAdmin, Kind::MemberJoined), Cadence::AtOnce);
        assert_eq!(usual(PM, Kind::MemberJoined), Cadence::Daily);
        assert_eq!(usual(Role::Customer, Kind::OrdersChanged), Cadence::Daily);
        assert_eq!(usual(Role::Partner, Kind::OrdersChanged), Cadence::Off);
        assert_eq!(usual(Role::Customer, Kind::ProjectsChanged), Cadence::Daily);
        assert_eq!(usual(Role::Partner, Kind::ProjectsChanged), Cadence::Daily);
        assert_eq!(usual(MANAGEMENT, Kind::ImportFailed), Cadence::AtOnce);
        assert_eq!(usual(Role::Partner, Kind::ProjectReport), Cadence::Daily);
        assert_eq!(usual(Role::Partner, Kind::DocumentPublished), Cadence::Daily);
        assert_eq!(usual(Role::Partner, Kind::ApprovalAsked), Cadence::AtOnce);
    }

    #[test]
    fn every_rule_changes_something() {
        for rule in RULES {
            let staff = matches!(rule.role, Role::Staff(_));
            let mut about = Kind::ALL.iter().filter(|kind| rule.is_about(rule.role, **kind));
            let changes = about.any(|kind| usual(rule.role, *kind) != kind.default_mail(staff));
            assert!(changes, "{:?} {:?}", rule.role, rule.what);
        }
    }
}
