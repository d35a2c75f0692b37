//! Plain types of what waits for somebody.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::access::{Action, Topic};
use crate::day::Day;
use crate::ids::OrganisationId;
use crate::time::Instant;

/// What kind of thing waits. An area has at least one; its branch in [`scope`](super::scope) names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// A version to approve or to decline.
    Approve,
    /// A file they are asked for.
    Send,
    /// An order of theirs that waits for them.
    Order,
    /// A document sent to them by name that they have not opened.
    Read,
    /// Something to do in a project.
    Task,
    /// Times of an appointment to choose from.
    Choose,
    /// A document of theirs that ends.
    Renew,
    /// They administer a customer and sign in with a password alone.
    Factor,
    /// Few recovery codes are left, or none.
    Codes,
    /// A passkey of theirs may have been copied.
    Passkey,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Approve,
        Self::Send,
        Self::Order,
        Self::Read,
        Self::Task,
        Self::Choose,
        Self::Renew,
        Self::Factor,
        Self::Codes,
        Self::Passkey,
    ];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Send => "send",
            Self::Order => "order",
            Self::Read => "read",
            Self::Task => "task",
            Self::Choose => "choose",
            Self::Renew => "renew",
            Self::Factor => "factor",
            Self::Codes => "codes",
            Self::Passkey => "passkey",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What a narrowed token must be open for to learn of it.
    pub const fn action(self) -> Action {
        match self {
            Self::Approve | Self::Read | Self::Renew => Action::DocumentRead(Topic::General),
            Self::Send => Action::RequestRead(Topic::General),
            Self::Order => Action::OrderRead,
            Self::Task => Action::ProjectRead,
            Self::Choose => Action::AppointmentRead,
            Self::Factor | Self::Codes | Self::Passkey => Action::HomeRead,
        }
    }

    /// About how they sign in: nobody else's business, whoever looks as them.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Factor | Self::Codes | Self::Passkey)
    }

    /// Whether they may say themselves that it is done: where the portal cannot know.
    pub const fn can_be_done(self) -> bool {
        matches!(self, Self::Renew)
    }
}

/// Which thing: what a snooze is kept by. In forms `approve:0197...`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// What kind.
    pub kind: Kind,
    /// Of those, which.
    pub id: Uuid,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.name(), self.id)
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, id) = text.split_once(':').ok_or(())?;
        Ok(Self { kind: Kind::parse(kind).ok_or(())?, id: Uuid::parse_str(id).map_err(|_| ())? })
    }
}

/// One thing that waits.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Item {
    /// What kind.
    pub kind: Kind,
    /// Of those, which.
    pub id: Uuid,
    /// In which of their organisations.
    pub organisation_id: OrganisationId,
    /// What it is about: of an approval the document.
    pub subject_id: Uuid,
    /// What that is called.
    pub title: String,
    /// Who asks; may be empty.
    pub by_name: String,
    /// What else there is to say: a category's key, what is to be put right, the next step.
    pub note: String,
    /// A version, or how many.
    pub number: i64,
    /// The last day in time.
    pub due_on: Option<Day>,
    /// The last instant in time, where it is one.
    pub due_at: Option<Instant>,
    /// Since when it waits as it is.
    pub since: Instant,
    /// Until when they have put it off.
    pub snoozed_until: Option<Instant>,
}

impl Item {
    /// Which it is.
    pub const fn key(&self) -> Key {
        Key { kind: self.kind, id: self.id }
    }

    /// The last day in time, in this zone.
    pub fn due_day(&self, zone: &TimeZone) -> Option<Day> {
        let of = |at: Instant| Day::new(at.timestamp().to_zoned(zone.clone()).date());
        self.due_on.or_else(|| self.due_at.map(of))
    }

    /// Its time has passed.
    pub fn is_late(&self, now: Instant, today: Day) -> bool {
        self.due_on.is_some_and(|day| day < today) || self.due_at.is_some_and(|at| at < now)
    }
}

/// Until when somebody puts something off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Tomorrow.
    Tomorrow,
    /// The Monday that comes.
    NextWeek,
    /// This day.
    Day(Day),
}

impl Until {
    /// The day it comes back, for whom it is this day.
    pub fn day(self, today: Day) -> Day {
        match self {
            Self::Tomorrow => today.plus(1),
            Self::NextWeek => today.plus(7 - i64::from(today.date().weekday().to_monday_zero_offset())),
            Self::Day(day) => day,
        }
    }
}

/// Where a list of what waits continues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// 0: the last one was late.
    pub late: i64,
    /// The day it was due; none sorts last.
    pub day: String,
    /// Since when it waited.
    pub since: Instant,
    /// Which it was.
    pub key: Key,
}

impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}_{:x}_{}", self.late, self.day, self.since.0, self.key)
    }
}

impl FromStr for After {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(4, '_');
        let mut part = || parts.next().ok_or(());
        let late = part()?.parse().map_err(|_| ())?;
        let day = part()?.to_owned();
        let since = Instant(i64::from_str_radix(part()?, 16).map_err(|_| ())?);
        Ok(Self { late, day, since, key: part()?.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_off_comes_back_on_a_day_to_come() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(Until::Tomorrow.day(day("2026-12-31")), day("2027-01-01"));
        // A Saturday, a Monday, a Sunday.
        for (today, monday) in
            [("2026-11-21", "2026-11-23"), ("2026-11-23", "2026-11-30"), ("2026-11-22", "2026-11-23")]
        {
            assert_eq!(Until::NextWeek.day(day(today)), day(monday), "{today}");
        }
    }

    #[test]
    fn keys_and_cursors_are_read_as_they_are_written() {
        let key = Key { kind: Kind::Send, id: Uuid::max() };
        assert_eq!(key.to_string().parse(), Ok(key));
        let after = After { late: 1, day: "9999-12-31".to_owned(), since: Instant(-5), key };
        assert_eq!(after.to_string().parse(), Err::<After, _>(()), "nothing waits since before there were portals");
        let after = After { since: Instant(5), ..after };
        assert_eq!(after.to_string().parse(), Ok(after));
        for wrong in ["", "send", "send:", "nothing:00000000-0000-0000-0000-000000000000", "send:x"] {
            assert_eq!(wrong.parse::<Key>(), Err(()), "{wrong}");
        }
    }
}
