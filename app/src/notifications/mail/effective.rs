//! How soon somebody is told of each kind, and who says so: they, their organisation, or the portal.

use crate::access::{MembershipRole, Role, StaffRole};
use crate::db::{Db, DbResult, args, sql};
use crate::ids::UserId;

use super::cadence::Cadence;
use super::store;
use super::usual::usual;
use crate::notifications::kind::{Class, Kind};

sql! {
    ROLES = "SELECT u.staff_role, m.role FROM users u LEFT JOIN memberships m ON m.user_id = u.id AND m.state = 'active' WHERE u.id = $1";
}

/// How somebody is told of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What they are told.
    pub kind: Kind,
    /// What they chose for mails; none: what is usual.
    pub mail: Option<Cadence>,
    /// What their organisation says, or else the portal.
    pub usual: Cadence,
    /// It is their organisation that says it.
    pub by_organisation: bool,
    /// What they chose for their devices; none: what needs them.
    pub push: Option<bool>,
}

impl Choice {
    /// What holds.
    pub fn cadence(&self) -> Cadence {
        self.mail.unwrap_or(self.usual)
    }

    /// Whether their devices are told.
    pub fn pushes(&self) -> bool {
        self.push.unwrap_or(self.kind.class() == Class::NeedsMe)
    }
}

/// What somebody is: one of staff, or one thing at each organisation of theirs.
async fn roles(db: &Db, user: UserId) -> DbResult<Vec<Role>> {
    let rows: Vec<(Option<StaffRole>, Option<MembershipRole>)> = db.all(ROLES, args![user]).await?;
    let role = |(staff, member): (Option<StaffRole>, Option<MembershipRole>)| match staff {
        Some(staff) => Some(Role::Staff(staff)),
        None => member.map(MembershipRole::role),
    };
    Ok(rows.into_iter().filter_map(role).collect())
}

/// Everything that can be switched for somebody, in the order of the table. Where several organisations of theirs say
/// something, or they have several roles, the soonest is shown.
pub async fn choices(db: &Db, user: UserId) -> DbResult<Vec<Choice>> {
    let roles = roles(db, user).await?;
    let staff = roles.iter().any(|role| matches!(role, Role::Staff(_)));
    let chosen = store::chosen(db, user).await?;
    let standards = if staff { Vec::new() } else { store::standards(db, user).await? };
    let choice = |kind: Kind| {
        let (mail, push) = chosen.iter().find(|(of, ..)| *of == kind).map_or((None, None), |(_, m, p)| (*m, *p));
        let said = standards.iter().filter(|(of, _)| *of == kind).map(|(_, mail)| *mail);
        let said = said.min_by_key(|mail| Cadence::ALL.iter().position(|one| one == mail));
        let of_roles = || roles.iter().map(|role| usual(*role, kind)).min();
        let usual = said.or_else(of_roles).unwrap_or_else(|| kind.default_mail(staff));
        Choice { kind, mail, usual, by_organisation: said.is_some(), push }
    };
    let offered = |kind: &Kind| roles.iter().all(|role| kind.is_for(*role));
    Ok(open(staff).filter(offered).map(choice).collect())
}

/// The kinds that a side can choose about: not what concerns the safety of a sign-in.
pub fn open(staff: bool) -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(move |kind| kind.concerns(staff) && kind.class() != Class::Security)
}

/// What a side is always told of at once, and cannot choose about.
pub fn always(staff: bool) -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(move |kind| kind.concerns(staff) && kind.class() == Class::Security)
}
