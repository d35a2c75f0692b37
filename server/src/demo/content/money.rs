//! The demo's invoices: figures that the database, the PDF and the XML share.

use jiff::civil::Date;

use super::company::{ACME, BOREALIS, Company};
use super::invoice::{Invoice, Line, Unit, Vat};
use super::words::Language::{self, De, En};
use super::words::before;
use super::{DemoAudience, DemoDocument, invoice_paper, invoice_xml, reminder, single, version};

/// An invoice of the demo and where it stands.
#[derive(Clone, Debug)]
pub struct DemoInvoice {
    /// The slug of the customer.
    pub organisation: &'static str,
    /// The title of its document.
    pub document: String,
    /// When it was sent.
    pub days_ago: i64,
    /// When it was paid, if it was.
    pub paid_days_ago: Option<i64>,
    /// Its figures.
    pub invoice: Invoice,
}

/// The number of an order of Nordlicht's, in the year it was placed.
#[must_use]
pub fn order(today: Date, number: u16) -> String {
    format!("AB-{}-{number:04}", before(today, 53).year())
}

/// All invoices of the demo.
#[must_use]
pub fn invoices(today: Date) -> Vec<DemoInvoice> {
    vec![advance(today), spare_parts(today), upgrade(today), outfeed(today)]
}

/// The files of the invoices and the reminder that waits to be sent.
pub fn documents(today: Date) -> Vec<DemoDocument> {
    let mut all: Vec<DemoDocument> = invoices(today).iter().map(paper).collect();
    let e_invoice = upgrade(today);
    let number = &e_invoice.invoice.number;
    let mut xml = paper(&e_invoice);
    xml.title = format!("E-Rechnung {number} (XRechnung)");
    xml.versions =
        vec![version(format!("{number}_xrechnung.xml"), e_invoice.days_ago, invoice_xml::ubl(&e_invoice.invoice))];
    all.push(xml);
    let letter = reminder::paper(&spare_parts(today).invoice, today);
    let file = format!("Zahlungserinnerung_{}.pdf", spare_parts(today).invoice.number);
    all.push(single("acme", ("invoice", "finance"), DemoAudience::Organisation, 0, file, &letter).draft());
    all
}

fn paper(entry: &DemoInvoice) -> DemoDocument {
    let invoice = &entry.invoice;
    let word = invoice.language.pick("Invoice", "Rechnung", "Factuur");
    DemoDocument {
        organisation: entry.organisation,
        title: entry.document.clone(),
        category: "invoice",
        author: "finance",
        audience: DemoAudience::Organisation,
        published_days_ago: Some(entry.days_ago),
        versions: vec![version(format!("{word} {}.pdf", invoice.number), entry.days_ago, invoice_paper::pdf(invoice))],
    }
}

fn entry(
    organisation: &'static str,
    (today, days_ago, days_to_pay): (Date, i64, i64),
    number: u16,
    (language, title): (Language, &'static str),
    buyer: &Company,
    lines: Vec<Line>,
) -> DemoInvoice {
    let date = before(today, days_ago);
    let number = format!("RE-{}-{number:04}", date.year());
    let invoice = Invoice {
        number: number.clone(),
        language,
        title,
        buyer: *buyer,
        date,
        due: before(date, -days_to_pay),
        delivery: before(date, 2),
        order: String::new(),
        reference: "",
        vat: if buyer.country == "DE" { Vat::Standard } else { Vat::IntraCommunity },
        lines,
        note: String::new(),
    };
    DemoInvoice { organisation, document: format!("{title} {number}"), days_ago, paid_days_ago: None, invoice }
}

fn line(article: &'static str, name: &'static str, (quantity, unit): (i64, Unit), price: i64) -> Line {
    Line { article, name, quantity, unit, price }
}

fn advance(today: Date) -> DemoInvoice {
    let lines = vec![line(
        "RF-400",
        "Advance payment of 30 % on the order value of 78,500.00 EUR",
        (1, Unit::Piece),
        2_355_000,
    )];
    let mut entry = entry("acme", (today, 49, 14), 1092, (En, "Advance invoice"), &ACME, lines);
    entry.paid_days_ago = Some(38);
    entry.invoice.order = order(today, 417);
    entry.invoice.reference = "4500018823";
    entry.invoice.delivery = before(today, -10);
    entry.invoice.note =
        "The advance is deducted from the final invoice after acceptance. The date of delivery is the planned one."
            .to_owned();
    entry
}

fn spare_parts(today: Date) -> DemoInvoice {
    let lines = vec![
        line("80-125-900", "Tragrolle 80 × 2, Länge 900 mm, Achse 20 mm", (48, Unit::Piece), 8_450),
        line("GM-110-B", "Getriebemotor 1,10 kW mit Bremse", (3, Unit::Piece), 92_800),
        line("SE-RR-24", "Reflexlichttaster 24 V, M12, mit Halter", (12, Unit::Piece), 14_200),
        line("KT-58-5", "Tangentialkette 5/8 Zoll, 5 m", (6, Unit::Piece), 11_550),
        line("SV-STD", "Einbau und Einstellung vor Ort", (15, Unit::Hour), 8_420),
    ];
    let mut entry = entry("acme", (today, 34, 30), 1184, (De, "Rechnung"), &ACME, lines);
    entry.invoice.order = order(today, 388);
    entry.invoice.reference = "4500018711";
    entry
}

fn upgrade(today: Date) -> DemoInvoice {
    let lines = vec![
        line("KS-8-UP", "Umbau Schaltschrank KS-8 auf PROFINET", (1, Unit::Piece), 318_000),
        line("HMI-10", "Bedienpanel 10 Zoll, deutsch und englisch", (1, Unit::Piece), 96_000),
        line("SV-TAG", "Inbetriebnahme, ein Techniker", (2, Unit::Day), 63_000),
    ];
    let mut entry = entry("acme", (today, 5, 20), 1201, (De, "Rechnung"), &ACME, lines);
    entry.invoice.order = order(today, 402);
    entry.invoice.reference = "4500018790";
    entry.invoice.note = "Gemäß Rahmenvertrag ohne Anfahrtskosten.".to_owned();
    entry
}

fn outfeed(today: Date) -> DemoInvoice {
    let lines = vec![
        line("PL-200", "Outfeed conveyor PL-200, 4,200 × 600 mm", (1, Unit::Piece), 1_486_000),
        line("PL-STOP", "Pneumatic stop with sensor", (4, Unit::Piece), 38_500),
        line("SV-TAG", "Installation in Rotterdam, one fitter", (2, Unit::Day), 63_000),
    ];
    let mut entry = entry("borealis", (today, 13, 30), 1197, (En, "Invoice"), &BOREALIS, lines);
    entry.invoice.order = order(today, 395);
    entry.invoice.reference = "PO-77120";
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_the_demo() {
        let all = invoices(jiff::civil::date(2026, 11, 24));
        let gross: Vec<i64> = all.iter().map(|entry| entry.invoice.gross()).collect();
        assert_eq!(gross, [2_802_450, 1_249_500, 642_600, 1_766_000]);
        assert_eq!(all[1].invoice.number, "RE-2026-1184");
        assert_eq!(all[1].invoice.due, jiff::civil::date(2026, 11, 20));
        assert_eq!(all[2].invoice.due, jiff::civil::date(2026, 12, 9));
    }
}
