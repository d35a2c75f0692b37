//! What ACME and Nordlicht share about the roller conveyor on line 2.

use jiff::civil::Date;

use super::company::staff;
use super::drawing::layout;
use super::drawing_sheet::Revision;
use super::paper::{Align::Left, Align::Right, Paper};
use super::words::Language::{De, En};
use super::words::before;
use super::{DemoAudience, DemoDocument, money, single, specification, version};

const LINE_2: DemoAudience = DemoAudience::Project("line-2");

/// The documents of the project.
pub fn documents(today: Date) -> Vec<DemoDocument> {
    vec![
        specification_rf400(today),
        drawing(today),
        single("acme", ("minutes", "pm"), LINE_2, 48, "Protokoll_Kick-off_Linie_2.pdf", &kick_off(today)),
        single("acme", ("minutes", "pm"), LINE_2, 4, "Minutes site meeting hall 3.pdf", &site_meeting(today)),
        single("acme", ("other", "pm"), LINE_2, 2, "Prüfprotokoll RF-400.pdf", &zone_test(today)),
        single("acme", ("specification", "pm"), LINE_2, 1, "AB-0417_Programm_Werksabnahme_v2.pdf", &test_plan(today))
            .draft(),
    ]
}

fn specification_rf400(today: Date) -> DemoDocument {
    let days = [34, 15, 0];
    let dates = days.map(|days| before(today, days));
    let versions = days.iter().enumerate().map(|(i, &days)| {
        let paper = specification::paper(&money::order(today, 417), &dates[..=i]);
        version(format!("RF-400_Spezifikation_Rev{}.pdf", ["A", "B", "C"][i]), days, paper.pdf())
    });
    DemoDocument {
        organisation: "acme",
        title: "Technical specification RF-400".to_owned(),
        category: "specification",
        author: "pm",
        audience: LINE_2,
        published_days_ago: Some(0),
        versions: versions.collect(),
    }
}

fn drawing(today: Date) -> DemoDocument {
    let revision = |index, days, change| Revision { index, date: before(today, days), change };
    let history = |count| {
        let all = [
            revision("A", 44, "First issue"),
            revision("B", 27, "Cabinet KS-12 moved to the north wall"),
            revision("C", 12, "Third sensor at TP-4.1 to TP-4.4"),
        ];
        all.into_iter().take(count).collect::<Vec<_>>()
    };
    let sheet = |count| layout("RF400-L2-H3-04", staff("pm"), &history(count));
    DemoDocument {
        organisation: "acme",
        title: "Layout drawing hall 3, sheet 4".to_owned(),
        category: "specification",
        author: "pm",
        audience: LINE_2,
        published_days_ago: Some(12),
        versions: vec![
            version("Aufstellplan_Halle3_Blatt4_B.pdf", 27, sheet(2)),
            version("Aufstellplan_Halle3_Blatt4_C.pdf", 12, sheet(3)),
        ],
    }
}

fn kick_off(today: Date) -> Paper {
    let day = |days: i64| De.date(before(today, days));
    let columns = [("Nr.", 0.4, Left), ("Aufgabe", 3.4, Left), ("Wer", 1.4, Left), ("Bis", 1.4, Left)];
    Paper::new(De, before(today, 48), staff("pm"), "PR-L2-01", "Protokoll Kick-off Linie 2")
        .subtitle("Rollenförderer RF-400 für die Verpackungslinie 2 in Hamm")
        .fact("Datum und Ort", format!("{}, Hamm", day(50)))
        .fact("Auftrag", money::order(today, 417))
        .fact("Protokoll", staff("pm"))
        .fact("ACME Werke AG", "Anna Albers, Ben Brandt")
        .fact("Ingenieurbüro Engel", "Eva Engel")
        .fact("Nordlicht", "Petra Mommsen, Sven Urban")
        .section("Ziel des Projekts")
        .text("ACME ersetzt den Kettenförderer der Linie 2 durch einen Rollenförderer mit staudruckloser Zonensteuerung. Ziel sind 110 Paletten pro Stunde statt heute 74 und kein Eingriff von Hand zwischen Wickler und Lastenaufzug.")
        .section("Festlegungen")
        .points(&[
            "Der Schaltschrank KS-12 steht an der Nordwand. Der Fluchtweg von 1.200 mm an der Südwand bleibt frei.",
            "Die Linie läuft während des Umbaus eingleisig über Linie 1 weiter; ACME plant dafür eine Frühschicht mehr.",
            "Frau Engel prüft Statik und Bodenbelastung und erhält Zugang zum Projekt im Portal, nicht zu den kaufmännischen Unterlagen.",
            "Freigaben erfolgen nur im Portal. Mündliche Absprachen gelten erst, wenn sie im Protokoll stehen.",
        ])
        .section("Termine")
        .table(
            &[("Meilenstein", 3.0, Left), ("Termin", 1.6, Left), ("Verantwortlich", 1.6, Left)],
            &[
                &["Spezifikation, erste Ausgabe", &day(34), "Nordlicht"],
                &["Konstruktion abgeschlossen", &day(25), "Nordlicht"],
                &["Werksabnahme in Kiel", &day(-3), "beide"],
                &["Lieferung DAP Hamm, Tor 2", &day(-10), "Nordlicht"],
                &["Montagebeginn", &day(-13), "Nordlicht"],
            ],
        )
        .section("Offene Punkte")
        .table(
            &columns,
            &[
                &["1", "Bodenbelastungsnachweis für Halle 3 ins Portal laden", "Anna Albers", &day(-6)],
                &["2", "Signalliste der Stretchwickler 1 bis 4 liefern", "Ben Brandt", &day(36)],
                &["3", "Aufstellplan mit Schaltschrank an der Nordwand", "Petra Mommsen", &day(27)],
                &["4", "Statische Bewertung der Bodenplatte, Achse 7 bis 9", "Eva Engel", &day(20)],
                &["5", "Zeitfenster für die Netzwerkanbindung abstimmen", "Sven Urban", &day(18)],
            ],
        )
        .section("So arbeiten wir zusammen")
        .points(&[
            "Jede Frage steht an dem Dokument oder Auftrag, um den es geht. Antworten liest das ganze Projekt.",
            "Petra Mommsen hält den Status jeden Freitag bis 12 Uhr aktuell, auch wenn sich nichts geändert hat.",
            "Verschiebt sich ein Termin, steht der neue mit Grund im Portal, bevor jemand danach fragen muss.",
        ])
        .table(
            &[("Thema", 2.0, Left), ("ACME", 1.6, Left), ("Nordlicht", 1.6, Left)],
            &[
                &["Termine und Freigaben", "Anna Albers", "Petra Mommsen"],
                &["Technik und Halle", "Ben Brandt", "Petra Mommsen"],
                &["Steuerung und Netzwerk", "Ben Brandt", "Sven Urban"],
                &["Rechnungen", "Anna Albers", "Frieda Nissen"],
            ],
        )
        .text("Einwände gegen dieses Protokoll bitte innerhalb von fünf Arbeitstagen als Frage zu diesem Dokument im Portal stellen.")
}

fn site_meeting(today: Date) -> Paper {
    let day = |days: i64| En.date(before(today, days));
    let title = format!("Minutes of the site meeting, {}", day(6));
    Paper::new(En, before(today, 4), staff("pm"), "PR-L2-04", &title)
        .subtitle("Roller conveyor RF-400, line 2, hall 3")
        .fact("Place", "Hamm, hall 3")
        .fact("Order", money::order(today, 417))
        .fact("Written by", staff("pm"))
        .fact("ACME Werke AG", "Anna Albers, Ben Brandt")
        .fact("Partner", "Eva Engel")
        .fact("Nordlicht", "Petra Mommsen")
        .section("What we saw")
        .text("The old chain conveyor is removed up to column 8. The floor between column 7 and 8 is clean and level within 4 mm. Between column 8 and 9 three old anchors still stand out; ACME cuts them flush before the delivery.")
        .section("Decisions")
        .points(&[
            "Three sensors per transfer point instead of two, as drawn in index C of the layout. Nordlicht issues revision C of the specification; the price does not change.",
            "The fence at transfer point 4 gets a door of 1,000 mm, opening outwards, with an interlock.",
            "Ben Brandt and one electrician of ACME attend the factory test in Kiel.",
        ])
        .section("Who does what")
        .table(
            &[("No.", 0.4, Left), ("Task", 3.6, Left), ("Who", 1.3, Left), ("Until", 1.5, Left)],
            &[
                &["1", "Cut old anchors flush between column 8 and 9", "Ben Brandt", &day(-8)],
                &["2", "Upload the floor load certificate", "Anna Albers", &day(-6)],
                &["3", "Specification, revision C", "Petra Mommsen", &day(0)],
                &["4", "Confirm the installation date", "Anna Albers", &day(-3)],
                &["5", "Check anchor forces against the slab", "Eva Engel", &day(-2)],
            ],
        )
        .note(format!("Next meeting: factory test in Kiel on {}. The programme follows in the portal.", day(-3)))
}

fn zone_test(today: Date) -> Paper {
    let rows = (1..=17_i64).map(|zone| {
        let current = 1_740 + (zone * 37) % 160;
        let speed = 358 + (zone * 5) % 6;
        let brake = 31 + (zone * 11) % 8;
        vec![
            format!("Z{zone}"),
            format!("{},{:02}", current / 1000, current % 1000 / 10),
            format!("0,{speed}"),
            format!("{brake}"),
            "i. O.".to_owned(),
        ]
    });
    let columns = [
        ("Zone", 0.8, Left),
        ("Strom unter Last [A]", 1.6, Right),
        ("Geschwindigkeit [m/s]", 1.6, Right),
        ("Bremsweg [mm]", 1.3, Right),
        ("Ergebnis", 1.0, Left),
    ];
    let place = format!("Kiel, {}", De.date(before(today, 3)));
    Paper::new(De, before(today, 2), staff("pm"), "PP-RF400-17", "Prüfprotokoll RF-400, Antriebszonen")
        .subtitle("Prüfstand 2, Werk Kiel. Rollenförderer Linie 2 für ACME Werke AG")
        .fact("Auftrag", money::order(today, 417))
        .fact("Fabriknummer", "RF400-2217")
        .fact("Geprüft am", De.date(before(today, 3)))
        .section("Prüfbedingungen")
        .text("Prüflast 1.350 kg auf Palette EUR 1, Umgebung 19 °C, Netz 3 × 400 V. Jede Zone wurde zehnmal angefahren und gebremst; angegeben ist der Mittelwert. Zulässig sind höchstens 2,40 A, 0,36 m/s ± 2 % und 45 mm Bremsweg.")
        .section("Messwerte")
        .sums(&columns, rows.collect(), Vec::new())
        .section("Ergebnis")
        .note("Alle 17 Zonen liegen innerhalb der Grenzwerte. Der Förderer ist frei für die Werksabnahme.")
        .sign(&[("Jens Petersen", "Prüffeld, Nordlicht", &place), (staff("pm"), "Projektleitung, Nordlicht", &place)])
}

fn test_plan(today: Date) -> Paper {
    let title = "Acceptance test plan, line 2";
    Paper::new(En, before(today, 1), staff("pm"), "AP-RF400-02", title)
        .subtitle("Factory test in Kiel, second issue after the comments of Ben Brandt")
        .fact("Order", money::order(today, 417))
        .fact("Test day", En.date(before(today, -3)))
        .fact("Place", "Kiel, test stand 2")
        .section("Sequence")
        .table(
            &[("Time", 1.0, Left), ("Step", 3.6, Left), ("Passed if", 2.2, Left)],
            &[
                &["08:30", "Safety briefing, visual check, nameplate", "No open defects of class 1"],
                &["09:15", "All zones, empty run, both emergency stop circuits", "Stop within 0.5 s"],
                &["10:00", "40 test pallets, of which 10 shrink-wrapped", "No manual intervention"],
                &["12:45", "Jam at each transfer point, reported by the third sensor", "Message within 2 s"],
                &["14:00", "PROFINET telegram T12 with the simulator of ACME", "100 telegrams, no loss"],
                &["15:30", "Review, list of open points, signatures", "List agreed by both sides"],
            ],
        )
        .section("Who attends")
        .text("ACME: Ben Brandt and one electrician. Nordlicht: Petra Mommsen, Jens Petersen, Sven Urban. Eva Engel joins by video for the anchor plates at 15:00.")
        .note("Draft. Sven still has to confirm the simulator for step 5 before this goes to ACME.")
}
