//! An invoice of the demo: one set of figures behind its PDF, its XML and the row in the database.

use jiff::civil::Date;

use super::company::Company;
use super::words::Language;

/// How value added tax applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vat {
    /// German standard rate, 19 %.
    Standard,
    /// Supply to a business in another member state, 0 %.
    IntraCommunity,
}

/// What a quantity counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Pieces.
    Piece,
    /// Hours.
    Hour,
    /// Days.
    Day,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Line {
    /// The article number.
    pub article: &'static str,
    /// What it is.
    pub name: &'static str,
    /// How many.
    pub quantity: i64,
    /// Of what.
    pub unit: Unit,
    /// Net price of one, in cents.
    pub price: i64,
}

/// An invoice.
#[derive(Clone, Debug)]
pub struct Invoice {
    /// Its number.
    pub number: String,
    /// Its language.
    pub language: Language,
    /// Its title: invoice, advance invoice.
    pub title: &'static str,
    /// Who pays.
    pub buyer: Company,
    /// The day it was issued.
    pub date: Date,
    /// The day it is due.
    pub due: Date,
    /// The day of delivery, or of the planned one.
    pub delivery: Date,
    /// Nordlicht's order number.
    pub order: String,
    /// The customer's own order number.
    pub reference: &'static str,
    /// How tax applies.
    pub vat: Vat,
    /// What is charged.
    pub lines: Vec<Line>,
    /// A sentence below the sums.
    pub note: String,
}

impl Vat {
    /// The rate in percent.
    #[must_use]
    pub const fn percent(self) -> i64 {
        match self {
            Self::Standard => 19,
            Self::IntraCommunity => 0,
        }
    }

    /// The category code of EN 16931.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::IntraCommunity => "K",
        }
    }
}

impl Unit {
    /// The code of UN/ECE recommendation 20.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Piece => "C62",
            Self::Hour => "HUR",
            Self::Day => "DAY",
        }
    }

    /// The word on paper for this many.
    #[must_use]
    pub const fn word(self, language: Language, quantity: i64) -> &'static str {
        match self {
            Self::Piece if quantity == 1 => language.pick("pc", "Stk.", "st."),
            Self::Piece => language.pick("pcs", "Stk.", "st."),
            Self::Hour => language.pick("h", "Std.", "uur"),
            Self::Day if quantity == 1 => language.pick("day", "Tag", "dag"),
            Self::Day => language.pick("days", "Tage", "dagen"),
        }
    }
}

impl Line {
    /// Net amount in cents.
    #[must_use]
    pub const fn net(&self) -> i64 {
        self.quantity * self.price
    }
}

impl Invoice {
    /// Sum of the lines in cents.
    #[must_use]
    pub fn net(&self) -> i64 {
        self.lines.iter().map(Line::net).sum()
    }

    /// Tax in cents, rounded half up.
    #[must_use]
    pub fn tax(&self) -> i64 {
        (self.net() * self.vat.percent() + 50).div_euclid(100)
    }

    /// What is to be paid, in cents.
    #[must_use]
    pub fn gross(&self) -> i64 {
        self.net() + self.tax()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::company::ACME;
    use super::*;

    /// An invoice whose tax has to be rounded.
    pub(crate) fn sample() -> Invoice {
        let day = jiff::civil::date(2026, 11, 19);
        let line = |name, quantity, price| Line { article: "80-1", name, quantity, unit: Unit::Piece, price };
        Invoice {
            number: "RE-2026-0001".to_owned(),
            language: Language::De,
            title: "Rechnung",
            buyer: ACME,
            date: day,
            due: jiff::civil::date(2026, 12, 9),
            delivery: day,
            order: "AB-2026-0002".to_owned(),
            reference: "4500018790",
            vat: Vat::Standard,
            lines: vec![line("Rolle <80> & Achse", 3, 3_333), line("Sensor", 1, 8_551)],
            note: String::new(),
        }
    }

    #[test]
    fn tax_is_rounded_half_up() {
        let mut invoice = sample();
        assert_eq!((invoice.net(), invoice.tax(), invoice.gross()), (18_550, 3_525, 22_075));
        invoice.vat = Vat::IntraCommunity;
        assert_eq!((invoice.tax(), invoice.gross()), (0, 18_550));
    }
}
