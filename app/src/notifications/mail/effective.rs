//! How soon somebody is told of each kind, and who says so: they, their organisation, or the portal.

use crate::db::{Db, DbResult, args, sql};
use crate::ids::UserId;

use super::cadence::Cadence;
use super::store;
use crate::notifications::kind::{Class, Kind};

sql! {
    SIDE = "SELECT staff_role IS NOT NULL AS staff FROM users WHERE id = $1";
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

/// Everything that can be switched for somebody, in the order of the table. Where several organisations of theirs say
/// something, the soonest is shown.
pub async fn choices(db: &Db, user: UserId) -> DbResult<Vec<Choice>> {
    let row: Option<(bool,)> = db.optional(SIDE, args![user]).await?;
    let staff = row.is_some_and(|(staff,)| staff);
    let chosen = store::chosen(db, user).await?;
    let standards = if staff { Vec::new() } else { store::standards(db, user).await? };
    let choice = |kind: Kind| {
        let (mail, push) = chosen.iter().find(|(of, ..)| *of == kind).map_or((None, None), |(_, m, p)| (*m, *p));
        let said = standards.iter().filter(|(of, _)| *of == kind).map(|(_, mail)| *mail);
        let said = said.min_by_key(|mail| Cadence::ALL.iter().position(|one| one == mail));
        let usual = said.unwrap_or_else(|| kind.default_mail(staff));
        Choice { kind, mail, usual, by_organisation: said.is_some(), push }
    };
    Ok(open(staff).map(choice).collect())
}

/// The kinds that a side can choose about: not what concerns the safety of a sign-in.
pub fn open(staff: bool) -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(move |kind| kind.concerns(staff) && kind.class() != Class::Security)
}
