//! The invoice as a letter.

use super::company::{BIC, iban, staff};
use super::invoice::{Invoice, Vat};
use super::paper::{Align, Paper};
use super::words::Language::{De, En, Nl};

/// The invoice as a PDF file.
#[must_use]
pub fn pdf(invoice: &Invoice) -> Vec<u8> {
    let language = invoice.language;
    let pick = |en, de, nl| language.pick(en, de, nl);
    let columns = [
        (pick("Pos.", "Pos.", "Pos."), 0.5, Align::Left),
        (pick("Article", "Artikel", "Artikel"), 1.1, Align::Left),
        (pick("Description", "Bezeichnung", "Omschrijving"), 3.6, Align::Left),
        (pick("Quantity", "Menge", "Aantal"), 1.0, Align::Right),
        (pick("Unit price", "Einzelpreis", "Prijs"), 1.2, Align::Right),
        ("EUR", 1.2, Align::Right),
    ];
    let row = |(i, line): (usize, &super::invoice::Line)| {
        vec![
            ((i + 1) * 10).to_string(),
            line.article.to_owned(),
            line.name.to_owned(),
            format!("{} {}", line.quantity, line.unit.word(language, line.quantity)),
            language.amount(line.price),
            language.amount(line.net()),
        ]
    };
    let rows = invoice.lines.iter().enumerate().map(row).collect();
    let tax = format!("{} {} %", pick("VAT", "Umsatzsteuer", "Btw"), invoice.vat.percent());
    let sums = vec![
        (pick("Total, net", "Summe netto", "Totaal netto").to_owned(), language.euro(invoice.net())),
        (tax, language.euro(invoice.tax())),
        (pick("To pay", "Zu zahlen", "Te betalen").to_owned(), language.euro(invoice.gross())),
    ];
    let due = language.date(invoice.due);
    let pay = match language {
        En => format!(
            "Please transfer the amount by {due} to IBAN {}, BIC {BIC}, quoting {}. In the portal you can also pay online.",
            iban(),
            invoice.number
        ),
        De => format!(
            "Bitte überweisen Sie den Betrag bis zum {due} auf IBAN {}, BIC {BIC}, Verwendungszweck {}. Im Portal können Sie auch online zahlen.",
            iban(),
            invoice.number
        ),
        Nl => format!(
            "Wij verzoeken u het bedrag vóór {due} over te maken op IBAN {}, BIC {BIC}, onder vermelding van {}. In het portaal kunt u ook online betalen.",
            iban(),
            invoice.number
        ),
    };
    let title = format!("{} {}", invoice.title, invoice.number);
    let mut paper = Paper::new(language, invoice.date, staff("finance"), &invoice.number, &title)
        .to(&invoice.buyer)
        .fact(pick("Date", "Datum", "Datum"), language.date(invoice.date))
        .fact(pick("Customer no.", "Kundennummer", "Klantnummer"), invoice.buyer.number)
        .fact(pick("Our order", "Auftrag", "Onze order"), invoice.order.as_str())
        .fact(pick("Your order", "Ihre Bestellung", "Uw order"), invoice.reference)
        .fact(pick("Delivery", "Lieferung", "Levering"), language.date(invoice.delivery))
        .fact(pick("Your VAT no.", "Ihre USt-IdNr.", "Uw btw-nummer"), invoice.buyer.vat_id)
        .fact(pick("Due", "Fällig", "Vervaldatum"), due)
        .sums(&columns, rows, sums)
        .note(pay);
    if invoice.vat == Vat::IntraCommunity {
        paper = paper.text(pick(
            "VAT exempt: intra-Community supply under Article 138 of Directive 2006/112/EC.",
            "Steuerfreie innergemeinschaftliche Lieferung nach § 4 Nr. 1b UStG.",
            "Vrijgesteld van btw: intracommunautaire levering, artikel 138 van Richtlijn 2006/112/EG.",
        ));
    }
    if !invoice.note.is_empty() {
        paper = paper.text(invoice.note.as_str());
    }
    let person = match language {
        En => "Questions about this invoice: Frieda Nissen, finance@nordlicht.example.",
        De => "Fragen zu dieser Rechnung beantwortet Frieda Nissen, finance@nordlicht.example.",
        Nl => "Vragen over deze factuur: Frieda Nissen, finance@nordlicht.example.",
    };
    paper.text(person).pdf()
}
