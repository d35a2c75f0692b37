//! Days and numbers as other systems write them. How a column is written is told from what stands in it: one value alone
//! can often be read in two ways.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::money;

/// The order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOrder {
    /// 2026-11-22
    YearFirst,
    /// 22.11.2026
    DayFirst,
    /// 11/22/2026
    MonthFirst,
}

impl DayOrder {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::YearFirst, Self::DayFirst, Self::MonthFirst];

    /// The name in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::YearFirst => "year_first",
            Self::DayFirst => "day_first",
            Self::MonthFirst => "month_first",
        }
    }

    /// The order with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    /// A day written so, for people.
    pub const fn sample(self) -> &'static str {
        match self {
            Self::YearFirst => "2026-11-22",
            Self::DayFirst => "22.11.2026",
            Self::MonthFirst => "11/22/2026",
        }
    }
}

/// How the values of a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its days.
    pub days: Option<DayOrder>,
    /// Its numbers have a comma before the decimals.
    pub comma: bool,
}

/// The three numbers of a day, where it is one; a time behind it is left out.
fn parts(text: &str) -> Option<[&str; 3]> {
    let text = text.split([' ', 'T']).next()?;
    let mut parts = text.split(['-', '.', '/']);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let plain =
        three.iter().all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()));
    (plain && parts.next().is_none()).then_some(three)
}

/// How a column is written, from values that stand in it. `None` for days that can be read in two ways.
pub fn written<'a>(values: impl Iterator<Item = &'a str>) -> Written {
    let mut written = Written::default();
    let (mut slashes, mut points, mut day_first, mut month_first, mut year_first) = (0, 0, false, false, false);
    let (mut comma, mut point) = (0, 0);
    for text in values.filter(|text| !text.is_empty()) {
        if let Some([first, second, _]) = parts(text) {
            if first.len() == 4 {
                year_first = true;
            } else {
                let number = |text: &str| text.parse::<u32>().unwrap_or(0);
                day_first |= number(first) > 12;
                month_first |= number(second) > 12;
                if text.contains('/') { slashes += 1 } else { points += 1 }
            }
        } else {
            // The last of the two stands before the decimals; one alone before three digits may be either.
            let last = text.rfind([',', '.']);
            let both = text.contains(',') && text.contains('.');
            let decimals = last.map_or(0, |at| text.len() - at - 1);
            match last.and_then(|at| text.as_bytes().get(at)) {
                Some(b',') if both || decimals != 3 => comma += 1,
                Some(b'.') if both || decimals != 3 => point += 1,
                _ => {}
            }
        }
    }
    written.days = match (year_first, day_first, month_first) {
        (true, false, false) if slashes + points == 0 => Some(DayOrder::YearFirst),
        (false, true, false) => Some(DayOrder::DayFirst),
        (false, false, true) => Some(DayOrder::MonthFirst),
        // Nobody writes 11.22.2026.
        (false, false, false) if points > 0 && slashes == 0 => Some(DayOrder::DayFirst),
        _ => None,
    };
    written.comma = comma > point;
    written
}

/// A day, as the column writes it.
pub fn day(text: &str, written: Written) -> Option<Day> {
    let [a, b, c] = parts(text)?;
    let (year, month, day) = match written.days {
        // Whatever the others are: nobody writes the year first and means anything else.
        _ if a.len() == 4 => (a, b, c),
        Some(DayOrder::YearFirst) => (a, b, c),
        Some(DayOrder::DayFirst) => (c, b, a),
        Some(DayOrder::MonthFirst) => (c, a, b),
        // It may be read in two ways.
        None => return None,
    };
    let year: i16 = if year.len() == 2 { format!("20{year}").parse().ok()? } else { year.parse().ok()? };
    let date = jiff::civil::Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    let day = Day::new(date);
    (Day::FIRST..=Day::LAST).contains(&day).then_some(day)
}

/// A number of smallest parts, as the column writes it; more decimals than there are places are rounded.
pub fn number(text: &str, written: Written, digits: u32) -> Option<i64> {
    let (thousands, point) = if written.comma { ('.', ',') } else { (',', '.') };
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}') && *c != thousands)
        .map(|c| if c == point { '.' } else { c })
        .collect();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let places = usize::try_from(digits).unwrap_or(0);
    if part.len() <= places {
        return money::parse(&plain, digits);
    }
    if !part.is_ascii() {
        return None;
    }
    let (kept, rest) = part.split_at(places);
    let exact =
        money::parse(&format!("{whole}.{kept}"), digits).filter(|_| rest.bytes().all(|b| b.is_ascii_digit()))?;
    let up = rest.as_bytes().first().is_some_and(|digit| *digit >= b'5');
    let step = if whole.starts_with('-') { -1 } else { 1 };
    if up { exact.checked_add(step) } else { Some(exact) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(values: &[&str]) -> Vec<Option<String>> {
        let how = written(values.iter().copied());
        values.iter().map(|text| day(text, how).map(|day| day.to_string())).collect()
    }

    #[test]
    fn days_are_read_as_their_column_writes_them() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(days(&["1996-07-04", "1996-07-05 00:00:00"]), [some("1996-07-04"), some("1996-07-05")]);
        assert_eq!(days(&["04.07.1996", "5.7.1996"]), [some("1996-07-04"), some("1996-07-05")]);
        assert_eq!(days(&["04/07/1996", "31/07/1996"]), [some("1996-07-04"), some("1996-07-31")]);
        assert_eq!(days(&["04/07/1996", "07/31/1996"]), [some("1996-04-07"), some("1996-07-31")]);
        // Nobody knows which of the two it is.
        assert_eq!(days(&["04/07/1996", "05/08/1996"]), [None, None]);
        assert_eq!(days(&["31.02.2026", "", "soon", "2026"]), [None, None, None, None]);
    }

    #[test]
    fn numbers_are_read_as_their_column_writes_them() {
        let read = |values: &[&str]| {
            let how = written(values.iter().copied());
            values.iter().map(|text| number(text, how, 2)).collect::<Vec<_>>()
        };
        assert_eq!(read(&["32,38", "1.234,5", "7"]), [Some(3238), Some(123_450), Some(700)]);
        assert_eq!(read(&["32.38", "1,234.5", "14.0"]), [Some(3238), Some(123_450), Some(1400)]);
        assert_eq!(read(&["0.125", "9.8", "-0.005"]), [Some(13), Some(980), Some(-1)]);
        assert_eq!(read(&["12 EUR", "abc", "1.2.3", "=1+1"]), [None, None, None, None]);
    }
}
