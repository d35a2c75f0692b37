//! The letter that reminds a customer of an open invoice.

use jiff::civil::Date;

use super::company::{ACME, staff};
use super::invoice::Invoice;
use super::paper::{Align::Left, Align::Right, Paper};
use super::words::Language::De;

/// A friendly reminder of this open invoice.
pub fn paper(open: &Invoice, today: Date) -> Paper {
    let row = vec![open.number.clone(), De.date(open.date), De.date(open.due), De.amount(open.gross())];
    let columns = [("Rechnung", 1.4, Left), ("Datum", 1.4, Left), ("Fällig", 1.4, Left), ("EUR", 1.0, Right)];
    let title = format!("Zahlungserinnerung zu {}", open.number);
    Paper::new(De, today, staff("finance"), &format!("ZE-{}", open.number), &title)
        .to(&ACME)
        .fact("Datum", De.date(today))
        .fact("Kundennummer", ACME.number)
        .fact("Auftrag", open.order.as_str())
        .fact("Ihre Ansprechpartnerin", staff("finance"))
        .text("Guten Tag Frau Albers,")
        .text("sicher ist es nur untergegangen: Für die folgende Rechnung haben wir noch keinen Zahlungseingang.")
        .sums(&columns, vec![row], vec![("Offen".to_owned(), De.euro(open.gross()))])
        .text("Bitte überweisen Sie den Betrag in den nächsten sieben Tagen oder zahlen Sie direkt im Portal. Wenn Sie die Rechnung anders sehen, stellen Sie uns die Frage bitte an der Rechnung im Portal; dann ruht die Frist.")
        .text("Haben Sie inzwischen gezahlt, ist dieses Schreiben erledigt.")
        .text("Freundliche Grüße aus Kiel")
        .sign(&[(staff("finance"), "Buchhaltung, Nordlicht Maschinenbau GmbH", "")])
}
