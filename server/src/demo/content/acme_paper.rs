//! What belongs to ACME's machines: declarations, protocols, reports, instructions.

use jiff::civil::Date;

use super::company::{ACME, NORDLICHT, staff};
use super::paper::{Align::Left, Paper};
use super::words::Language::{De, En};
use super::words::before;
use super::{DemoAudience, DemoDocument, money, single};

/// The documents of the machines.
pub fn documents(today: Date) -> Vec<DemoDocument> {
    let all = || DemoAudience::Organisation;
    let project = DemoAudience::Project("line-2");
    vec![
        single("acme", ("other", "pm"), all(), 20, "EU_declaration_RF-300.pdf", &declaration(today)),
        single("acme", ("other", "pm"), project, 19, "Sicherheitsunterweisung für Monteure.pdf", &safety(today)),
        single("acme", ("minutes", "pm"), all(), 118, "Abnahmeprotokoll RF-300 Linie 1.pdf", &acceptance(today)),
        single("acme", ("other", "pm"), all(), 76, "Servicebericht_SB-0556_Förderer_Linie_1.pdf", &service(today)),
    ]
}

fn declaration(today: Date) -> Paper {
    let place = format!("Kiel, {}", En.date(before(today, 20)));
    Paper::new(En, before(today, 20), staff("pm"), "CE-RF300-1877", "EU declaration of conformity RF-300")
        .subtitle("after Directive 2006/42/EC on machinery, Annex II 1 A")
        .fact("Product", "Roller conveyor RF-300")
        .fact("Serial number", "RF300-1877")
        .fact("Order", money::order(today, 388))
        .text(format!(
            "We, {}, {}, {} {}, Germany, declare under our sole responsibility that the machine named above, in the version we placed on the market, meets the relevant requirements of the directives listed below.",
            NORDLICHT.name, NORDLICHT.street, NORDLICHT.postcode, NORDLICHT.city
        ))
        .section("Directives")
        .points(&[
            "2006/42/EC, machinery",
            "2014/30/EU, electromagnetic compatibility",
            "2011/65/EU, restriction of hazardous substances",
        ])
        .section("Standards applied")
        .table(
            &[("Standard", 1.6, Left), ("Subject", 3.6, Left)],
            &[
                &["EN ISO 12100", "General principles for design, risk assessment"],
                &["EN 619", "Continuous handling equipment, safety requirements for unit loads"],
                &["EN 60204-1", "Electrical equipment of machines"],
                &["EN ISO 13849-1", "Safety-related parts of control systems"],
                &["EN ISO 14120", "Guards"],
                &["EN IEC 61000-6-2, -6-4", "Immunity and emission in industrial environments"],
            ],
        )
        .section("Technical file")
        .text("Petra Mommsen at the address above is authorised to compile the technical file. Any change to the machine that was not agreed with us ends the validity of this declaration.")
        .sign(&[("Dr. Wiebke Thaysen", "Managing director", &place)])
}

fn safety(today: Date) -> Paper {
    Paper::new(De, before(today, 19), staff("pm"), "SU-L2-01", "Sicherheitsunterweisung für Monteure")
        .subtitle("Montage Linie 2, Halle 3, ACME Werke AG, Hamm")
        .fact("Gilt für", "Montage und Inbetriebnahme")
        .fact("Koordination vor Ort", "Ben Brandt, ACME")
        .fact("Notruf im Werk", "Durchwahl 112, Tor 2")
        .section("Vor dem ersten Tag")
        .points(&[
            "Anmeldung an Tor 2 mit Ausweis. Die Unterweisung von ACME dauert 20 Minuten und gilt ein Jahr.",
            "Sicherheitsschuhe S3, Warnweste, Helm im Kranbereich, Gehörschutz ab Achse 8.",
            "Prüfnachweise für Leitern, Anschlagmittel und elektrische Geräte mitbringen.",
        ])
        .section("In Halle 3")
        .points(&[
            "Der Fluchtweg an der Südwand bleibt immer frei, auch beim Entladen.",
            "Linie 1 läuft weiter. Der Bereich hinter der gelben Kette wird nur nach Freigabe betreten.",
            "Heißarbeiten nur mit Erlaubnisschein und Brandwache bis 60 Minuten nach dem Ende.",
            "Stapler haben Vorfahrt. Wege nur auf der blauen Markierung.",
        ])
        .section("Arbeiten an der Anlage")
        .text("Vor jedem Eingriff: freischalten, gegen Wiedereinschalten sichern, Spannungsfreiheit feststellen. Jeder hängt sein eigenes Schloss an den Hauptschalter des KS-12 und nimmt nur dieses wieder ab.")
        .table(
            &[("Gefährdung", 1.6, Left), ("Maßnahme", 3.6, Left)],
            &[
                &["Quetschen zwischen Rollen", "Zone stromlos, Rollen abgedeckt, nie allein arbeiten"],
                &["Schwebende Last", "Anschlagpunkte am Rahmen nutzen, Bereich absperren"],
                &["Staub beim Bohren", "Absaugung Klasse M, Maske FFP2"],
                &["Elektrischer Schlag", "Nur Elektrofachkraft, 5 Sicherheitsregeln"],
            ],
        )
        .section("Wenn etwas passiert")
        .note("Anlage stillsetzen, Erste Hilfe leisten, Durchwahl 112 anrufen, dann Petra Mommsen. Auch Beinaheunfälle melden.")
        .sign(&[("Name des Monteurs", "unterwiesen am", ""), ("Ben Brandt", "Koordination, ACME Werke AG", "")])
}

fn acceptance(today: Date) -> Paper {
    let place = format!("Hamm, {}", De.date(before(today, 119)));
    Paper::new(De, before(today, 118), staff("pm"), "AP-RF300-01", "Abnahmeprotokoll RF-300, Linie 1")
        .subtitle("Rollenförderer RF-300 nach der Generalüberholung")
        .fact("Auftrag", money::order(today, 361))
        .fact("Fabriknummer", "RF300-1877")
        .fact("Abnahme am", De.date(before(today, 119)))
        .section("Geprüft")
        .table(
            &[("Nr.", 0.4, Left), ("Prüfung", 3.2, Left), ("Soll", 1.3, Left), ("Ist", 1.3, Left), ("Urteil", 0.9, Left)],
            &[
                &["1", "Durchsatz über eine Schicht", "min. 85 Pal./h", "88 Pal./h", "erfüllt"],
                &["2", "Verfügbarkeit über eine Schicht", "min. 98 %", "98,7 %", "erfüllt"],
                &["3", "Not-Halt, alle Taster", "max. 0,5 s", "0,31 s", "erfüllt"],
                &["4", "Schallpegel in 1 m", "max. 72 dB(A)", "70 dB(A)", "erfüllt"],
                &["5", "Schutzeinrichtungen, Beschilderung", "vollständig", "ein Schild fehlt", "Mangel B"],
                &["6", "Dokumentation deutsch", "vollständig", "vollständig", "erfüllt"],
            ],
        )
        .section("Mängel")
        .text("Mangel B zu Nr. 5: Das Schild „Quetschgefahr“ an der Umlenkung fehlt. Nordlicht liefert es binnen zehn Tagen nach, ACME bringt es an. Der Mangel hindert die Abnahme nicht.")
        .note("Die Anlage ist abgenommen. Die Gewährleistung von 24 Monaten beginnt mit dem Tag der Abnahme.")
        .sign(&[
            ("Ben Brandt", "Werkstechnik, ACME Werke AG", &place),
            (staff("pm"), "Projektleitung, Nordlicht Maschinenbau GmbH", &place),
        ])
}

fn service(today: Date) -> Paper {
    let day = De.date(before(today, 77));
    Paper::new(De, before(today, 76), staff("pm"), "SB-0556", "Servicebericht Förderer Linie 1")
        .subtitle("Geräusch in Zone 9, Wechsel von Motor und Kette")
        .to(&ACME)
        .fact("Datum", De.date(before(today, 76)))
        .fact("Einsatz am", day.as_str())
        .fact("Anlage", "RF-300, RF300-1877")
        .fact("Auftrag", money::order(today, 388))
        .fact("Techniker", "Momme Clausen")
        .section("Meldung und Befund")
        .text("Ben Brandt meldete im Portal ein Mahlen in Zone 9 bei voller Last. Befund: Lagerschaden am Getriebemotor, Tangentialkette um 2,1 % gelängt, zwei Tragrollen mit Riefen.")
        .section("Ausgeführte Arbeiten")
        .table(
            &[("Arbeit", 3.6, Left), ("Teil", 1.4, Left), ("Dauer", 0.8, Left)],
            &[
                &["Getriebemotor getauscht, Drehrichtung geprüft", "GM-110-B", "1,5 h"],
                &["Kette ersetzt und gespannt, Durchhang 8 mm", "KT-58-5", "1,0 h"],
                &["Zwei Tragrollen getauscht", "80-125-900", "0,5 h"],
                &["Probelauf mit 1.000 kg, Stromaufnahme 1,82 A", "-", "0,5 h"],
            ],
        )
        .section("Empfehlung")
        .points(&[
            "Ketten der Zonen 7, 8 und 10 beim nächsten Stillstand tauschen, Längung 1,6 bis 1,8 %.",
            "Automatische Schmierung nachrüsten; ein Angebot folgt auf Wunsch.",
        ])
        .sign(&[
            ("Momme Clausen", "Service, Nordlicht Maschinenbau GmbH", &format!("Hamm, {day}")),
            ("Ben Brandt", "Werkstechnik, ACME Werke AG", &format!("Hamm, {day}")),
        ])
}
