//! What holds for every order of ACME: the framework agreement, terms and prices.

use jiff::civil::Date;

use super::company::{ACME, staff};
use super::paper::{Align::Left, Align::Right, Paper};
use super::words::Language::De;
use super::words::before;

/// The framework agreement for this year, signed by both sides.
pub fn framework(today: Date, year: i32) -> Paper {
    let place = |town: &str, days| format!("{town}, {}", De.date(before(today, days)));
    Paper::new(De, before(today, 5), staff("sales"), &format!("RV-10417-{year}"), &format!("Rahmenvertrag {year}"))
        .subtitle("zwischen ACME Werke AG, Hamm, und Nordlicht Maschinenbau GmbH, Kiel")
        .fact("Laufzeit", format!("1.1. bis 31.12.{year}"))
        .fact("Kundennummer", ACME.number)
        .fact("Gruppe", "Key Accounts")
        .section("Gegenstand")
        .text("Dieser Vertrag regelt Ersatzteile, Wartung und Service für alle Förderanlagen von Nordlicht in den Werken von ACME. Neuanlagen werden einzeln angeboten; für sie gelten nur die Abschnitte 4 und 6.")
        .section("Preise und Bonus")
        .table(
            &[("Jahresumsatz netto", 2.2, Left), ("Nachlass auf Ersatzteile", 1.6, Right), ("Bonus am Jahresende", 1.6, Right)],
            &[&["bis 25.000 EUR", "8 %", "-"], &["bis 60.000 EUR", "10 %", "1,0 %"], &["über 60.000 EUR", "12 %", "1,5 %"]],
        )
        .text("Grundlage ist die Preisliste für Key Accounts in der bei Bestellung gültigen Fassung. Anfahrtskosten entfallen bei Einsätzen, die mindestens fünf Arbeitstage vorher vereinbart sind.")
        .section("Reaktionszeiten")
        .points(&[
            "Stillstand einer Linie: Antwort binnen 2 Stunden, Techniker vor Ort am nächsten Arbeitstag.",
            "Einschränkung: Antwort binnen 4 Stunden an Arbeitstagen von 7 bis 17 Uhr.",
            "Fragen: Antwort binnen eines Arbeitstags. Es zählt der Eingang im Kundenportal.",
        ])
        .section("Zahlung und Rechnung")
        .text("Rechnungen sind 30 Tage nach Zugang fällig. Nordlicht stellt sie als XRechnung im Kundenportal bereit; die Benachrichtigung gilt als Zugang.")
        .section("Ersatzteilbevorratung")
        .text("Nordlicht hält für ACME zwei Getriebemotoren GM-110-B und 24 Tragrollen 80-125-900 am Lager Kiel. Die Teile gehören bis zum Abruf Nordlicht und sind binnen 24 Stunden versandbereit.")
        .section("Vertraulichkeit, Daten, Gerichtsstand")
        .text("Beide Seiten behandeln technische und kaufmännische Unterlagen vertraulich, auch nach Vertragsende. Externe Planer erhalten nur Unterlagen des Projekts, an dem sie mitarbeiten. Gerichtsstand ist Kiel.")
        .section("Laufzeit und Kündigung")
        .text("Der Vertrag gilt für ein Kalenderjahr und verlängert sich um je ein weiteres, wenn ihn keine Seite drei Monate vor Jahresende kündigt.")
        .sign(&[
            ("Anna Albers", "Leitung Einkauf, ACME Werke AG", &place("Hamm", 5)),
            (staff("sales"), "Vertrieb, Nordlicht Maschinenbau GmbH", &place("Kiel", 6)),
        ])
}

/// The terms of delivery and payment.
pub fn terms(today: Date) -> Paper {
    Paper::new(De, before(today, 150), staff("sales"), "LZB-04", "Liefer- und Zahlungsbedingungen")
        .subtitle("für Kunden der Gruppe Key Accounts, Stand 4")
        .section("Geltung")
        .text("Diese Bedingungen gelten für Ersatzteile und Serviceleistungen. Abweichende Bedingungen des Kunden gelten nur, wenn wir ihnen im Portal oder schriftlich zugestimmt haben.")
        .section("Lieferung")
        .table(
            &[("Art", 1.6, Left), ("Bestellt bis", 1.2, Left), ("Beim Kunden", 1.6, Left), ("Fracht", 1.4, Right)],
            &[
                &["Standard", "14 Uhr", "in drei Arbeitstagen", "frei ab 250 EUR"],
                &["Express", "15 Uhr", "nächster Tag, 10 Uhr", "48,00 EUR"],
                &["Kurier", "jederzeit", "am selben Tag", "nach Aufwand"],
                &["Selbstabholung Kiel", "11 Uhr", "ab 13 Uhr", "-"],
            ],
        )
        .text("Lieferungen innerhalb der EU erfolgen DAP, außerhalb der EU FCA Kiel (Incoterms 2020).")
        .section("Zahlung")
        .text("Rechnungen sind, wenn nicht anders vereinbart, 30 Tage nach Rechnungsdatum ohne Abzug fällig. Bei Anlagen gelten die Zahlungsschritte der Auftragsbestätigung.")
        .section("Gewährleistung")
        .text("24 Monate ab Abnahme, bei Ersatzteilen 12 Monate ab Lieferung. Verschleißteile sind in der Preisliste mit V gekennzeichnet.")
        .section("Rücknahme")
        .text("Unbenutzte Lagerteile nehmen wir innerhalb von 30 Tagen gegen 15 % Aufwand zurück. Bitte melden Sie die Rücksendung als Frage zum Auftrag im Portal an.")
}

/// The price list of spare parts for this year.
pub fn prices(today: Date, year: i32) -> Paper {
    let parts = [
        ("80-125-900", "Tragrolle / carrying roller 80 × 2, 900 mm", "V", 8_640),
        ("80-125-700", "Tragrolle / carrying roller 80 × 2, 700 mm", "V", 7_980),
        ("GM-075-B", "Getriebemotor / gear motor 0.75 kW", "", 78_400),
        ("GM-110-B", "Getriebemotor / gear motor 1.10 kW", "", 94_900),
        ("BR-110", "Bremse / brake GM-110", "V", 21_350),
        ("SE-RR-24", "Reflexlichttaster / sensor 24 V, M12", "", 14_500),
        ("KT-58-5", "Tangentialkette / chain 5/8\", 5 m", "V", 11_800),
        ("KR-58-18", "Kettenrad / sprocket 5/8\", z = 18", "V", 2_460),
        ("LA-6204", "Rillenkugellager / ball bearing 6204-2RS", "V", 890),
        ("FU-040", "Stellfuß / foot M20, ±40 mm", "", 3_720),
        ("KS-NT-24", "Netzteil / power supply 24 V, 20 A", "", 26_900),
        ("KS-PN-1", "PROFINET-Gateway", "", 118_000),
        ("HMI-10", "Bedienpanel / operator panel 10\"", "", 98_000),
        ("SV-STD", "Techniker / service technician, 1 h", "", 8_650),
    ];
    let row = |(article, name, wear, cents): &(&str, &str, &str, i64)| {
        vec![(*article).to_owned(), (*name).to_owned(), (*wear).to_owned(), De.amount(*cents)]
    };
    let columns = [
        ("Artikel", 1.2, Left),
        ("Bezeichnung / description", 3.6, Left),
        ("V", 0.4, Left),
        ("EUR / Stk.", 1.0, Right),
    ];
    Paper::new(
        De,
        before(today, 21),
        staff("sales"),
        &format!("PL-{year}-KA"),
        &format!("Preisliste Ersatzteile {year}"),
    )
    .subtitle("Price list spare parts, key accounts. Netto in EUR, gültig ab 1. Januar")
    .fact("Gruppe / group", "Key Accounts")
    .fact("Gültig / valid", format!("1.1. bis 31.12.{year}"))
    .fact("Veränderung / change", "+2,4 % im Mittel")
    .section("Ersatzteile / spare parts")
    .sums(&columns, parts.iter().map(row).collect(), Vec::new())
    .text("V: Verschleißteil / wear part. Nachlässe aus Rahmenverträgen gehen von diesen Preisen ab.")
}
