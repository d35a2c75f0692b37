//! Who writes and who receives the demo's papers.

/// A company as it appears on paper.
#[derive(Clone, Copy, Debug)]
pub struct Company {
    /// The customer number at Nordlicht; empty for Nordlicht itself.
    pub number: &'static str,
    /// Registered name.
    pub name: &'static str,
    /// Street and house number.
    pub street: &'static str,
    /// Postal code.
    pub postcode: &'static str,
    /// City.
    pub city: &'static str,
    /// ISO 3166 code.
    pub country: &'static str,
    /// VAT number.
    pub vat_id: &'static str,
    /// Where its invoices go.
    pub invoice_mail: &'static str,
    /// Who reads them.
    pub contact: &'static str,
}

/// The operator of the portal.
pub const NORDLICHT: Company = Company {
    number: "",
    name: "Nordlicht Maschinenbau GmbH",
    street: "Werftstraße 18",
    postcode: "24143",
    city: "Kiel",
    country: "DE",
    vat_id: "DE123456788",
    invoice_mail: "finance@nordlicht.example",
    contact: "Frieda Nissen",
};

/// The customer in Hamm.
pub const ACME: Company = Company {
    number: "10417",
    name: "ACME Werke AG",
    street: "Hafenstraße 12",
    postcode: "59067",
    city: "Hamm",
    country: "DE",
    vat_id: "DE987654328",
    invoice_mail: "rechnung@acme.example",
    contact: "Anna Albers",
};

/// The customer in Rotterdam.
pub const BOREALIS: Company = Company {
    number: "10552",
    name: "Borealis Logistik BV",
    street: "Waalhaven Zuidzijde 44",
    postcode: "3088 HH",
    city: "Rotterdam",
    country: "NL",
    vat_id: "NL999999990B01",
    invoice_mail: "facturen@borealis.example",
    contact: "Carla de Vries",
};

/// Nordlicht's telephone number.
pub const PHONE: &str = "+49 40 66969 180";
/// Nordlicht's bank.
pub const BANK: &str = "Förde Handelsbank";
/// Nordlicht's account.
pub const IBAN: &str = "DE79219999990000418018";
/// The bank's code.
pub const BIC: &str = "FHBKDE2KXXX";
/// Nordlicht's entry in the commercial register.
pub const REGISTER: &str = "Amtsgericht Kiel, HRB 99418 KI";

/// Nordlicht's account in groups of four.
#[must_use]
pub fn iban() -> String {
    let group = |from: usize| IBAN.get(from..(from + 4).min(IBAN.len()));
    (0..IBAN.len()).step_by(4).filter_map(group).collect::<Vec<_>>().join(" ")
}

/// The name behind a staff address.
#[must_use]
pub fn staff(author: &str) -> &'static str {
    match author {
        "pm" => "Petra Mommsen",
        "finance" => "Frieda Nissen",
        "sales" => "Sönke Lüders",
        _ => "Nordlicht Maschinenbau GmbH",
    }
}

impl Company {
    /// The lines of the address field of a letter.
    #[must_use]
    pub fn address(&self) -> Vec<String> {
        let mut lines = vec![self.name.to_owned(), self.contact.to_owned(), self.street.to_owned()];
        lines.push(format!("{} {}", self.postcode, self.city));
        if self.country == "NL" {
            lines.push("NIEDERLANDE".to_owned());
        }
        lines
    }
}
