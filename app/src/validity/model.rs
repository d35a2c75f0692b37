//! Plain types of validity.

use crate::day::Day;
use crate::documents::model::Document;

/// Days of notice where nobody says otherwise.
pub const NOTICE_USUALLY: i64 = 30;
/// The longest notice, in days.
pub const NOTICE_LONGEST: i64 = 365;

/// From when and until when a document holds; both days are within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first day; none: it always did.
    pub from: Option<Day>,
    /// The last day; none: for good.
    pub until: Option<Day>,
    /// So many days before the end it is to be renewed.
    pub notice_days: i64,
}

impl Validity {
    /// The day from which it is to be renewed.
    pub fn renew_from(&self) -> Option<Day> {
        self.until.map(|until| until.plus(-self.notice_days))
    }
}

/// How a document stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does not hold yet.
    NotYet(Day),
    /// It holds until then, and there is time.
    Valid(Day),
    /// It holds, and is to be renewed.
    Ends(Day),
    /// It held until then.
    Expired(Day),
}

/// How a document stands today; none where nothing is set, or it holds for good by now.
pub fn standing(document: &Document, today: Day) -> Option<Standing> {
    let validity = document.validity();
    match (validity.from, validity.until) {
        (_, Some(until)) if until < today => Some(Standing::Expired(until)),
        (Some(from), _) if from > today => Some(Standing::NotYet(from)),
        (_, Some(until)) if validity.renew_from().is_some_and(|from| from <= today) => Some(Standing::Ends(until)),
        (_, Some(until)) => Some(Standing::Valid(until)),
        _ => None,
    }
}
