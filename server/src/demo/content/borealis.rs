//! The documents of Borealis Logistik in Rotterdam, mostly in Dutch.

use jiff::civil::Date;

use super::company::{BOREALIS, staff};
use super::paper::{Align::Left, Align::Right, Block, Paper};
use super::words::Language::{En, Nl};
use super::words::before;
use super::{DemoAudience, DemoDocument, money, single, version};

/// The documents besides the invoice.
pub fn documents(today: Date) -> Vec<DemoDocument> {
    let all = || DemoAudience::Organisation;
    let people = DemoAudience::People(vec!["carla@borealis.example", "dirk@borealis.example"]);
    let next = i32::from(before(today, 6).year()) + 1;
    let offer = offer(today);
    let mut outfeed =
        single("borealis", ("specification", "pm"), people, 30, "PL-200_specification_v2.pdf", &outfeed(today, 2));
    outfeed.versions.insert(0, version("PL-200_specification_v1.pdf", 58, self::outfeed(today, 1).pdf()));
    vec![
        single(
            "borealis",
            ("contract", "sales"),
            all(),
            6,
            format!("Onderhoudscontract_{next}.pdf"),
            &contract(today, next),
        ),
        single("borealis", ("proposal", "sales"), all(), 9, format!("{}_Scanpoort.pdf", offer.number), &offer),
        outfeed,
        single("borealis", ("minutes", "pm"), all(), 27, "Verslag overleg Waalhaven.pdf", &minutes(today)),
        single("borealis", ("other", "pm"), all(), 11, "Service report SB-0571.pdf", &service(today)),
    ]
}

fn contract(today: Date, year: i32) -> Paper {
    let place = format!("Kiel, {}", Nl.date(before(today, 6)));
    Paper::new(Nl, before(today, 6), staff("sales"), &format!("OC-10552-{year}"), &format!("Onderhoudscontract {year}"))
        .subtitle("tussen Borealis Logistik BV, Rotterdam, en Nordlicht Maschinenbau GmbH, Kiel")
        .fact("Looptijd", format!("1-1 t/m 31-12-{year}"))
        .fact("Klantnummer", BOREALIS.number)
        .fact("Locatie", "Waalhaven, hal B")
        .section("Omvang")
        .text("Nordlicht onderhoudt de uitvoerbaan PL-200 en de twee rollenbanen RF-200 in hal B. Het contract omvat twee inspecties per jaar, een keuringsrapport per inspectie en hulp op afstand.")
        .section("Vergoeding")
        .table(
            &[("Dienst", 3.4, Left), ("Per jaar", 1.0, Right), ("EUR", 1.0, Right)],
            &[
                &["Inspectie met keuringsrapport", "2", "2.940,00"],
                &["Hulp op afstand, werkdagen 7 tot 17 uur", "12 maanden", "1.800,00"],
                &["Set slijtdelen", "1", "1.260,00"],
                &["Totaal, exclusief btw", "", "6.000,00"],
            ],
        )
        .section("Reactietijden")
        .points(&[
            "Stilstand: antwoord binnen 2 uur, monteur ter plaatse binnen twee werkdagen.",
            "Beperking: antwoord binnen 4 uur op werkdagen.",
            "Vraag: antwoord binnen één werkdag. De tijd begint met de melding in het portaal.",
        ])
        .section("Wat Borealis doet")
        .text("Borealis geeft de monteur op de afgesproken dag toegang tot de installatie, zorgt voor een hoogwerker en meldt wijzigingen aan de installatie vooraf.")
        .section("Looptijd")
        .text("Het contract loopt een kalenderjaar en eindigt zonder opzegging. Drie maanden vóór het einde doet Nordlicht een voorstel voor het volgende jaar.")
        .note("Goedkeuring in het portaal door Carla de Vries of Dirk Jansen geldt als ondertekening.")
        .sign(&[(staff("sales"), "Verkoop, Nordlicht Maschinenbau GmbH", &place), ("", "Borealis Logistik BV", "")])
}

fn offer(today: Date) -> Paper {
    let date = before(today, 9);
    let number = format!("AN-{}-0226", date.year());
    let items = [
        ("10", "Scanpoort met zes camera’s voor PL-200", "1", 934_000),
        ("20", "Koppeling met het magazijnsysteem", "1", 286_000),
        ("30", "Montage en inbedrijfstelling", "2 dagen", 126_000),
    ];
    let row = |(position, item, quantity, cents): &(&str, &str, &str, i64)| {
        vec![(*position).to_owned(), (*item).to_owned(), (*quantity).to_owned(), Nl.amount(*cents)]
    };
    let net: i64 = items.iter().map(|item| item.3).sum();
    let columns = [("Pos.", 0.5, Left), ("Omschrijving", 4.0, Left), ("Aantal", 1.0, Right), ("EUR", 1.2, Right)];
    Paper::new(Nl, date, staff("sales"), &number, &format!("Offerte {number}: scanpoort"))
        .to(&BOREALIS)
        .fact("Datum", Nl.date(date))
        .fact("Klantnummer", BOREALIS.number)
        .fact("Contactpersoon", staff("sales"))
        .fact("Geldig tot", Nl.date(before(today, -21)))
        .text("Geachte mevrouw De Vries,")
        .text("u wilt elk pakket op de uitvoerbaan aan alle zijden lezen, ook bij 0,8 m/s. Met de volgende uitbreiding bereikt u een leesgraad van 99,5 %:")
        .sums(&columns, items.iter().map(row).collect(), vec![("Totaal, exclusief btw".to_owned(), Nl.euro(net))])
        .text("Levertijd zes weken na opdracht. Intracommunautaire levering, btw verlegd. De montage gebeurt op zaterdag, zodat de nachtlijn niet stilstaat.")
        .text("Met vriendelijke groet uit Kiel")
        .sign(&[(staff("sales"), "Verkoop, Nordlicht Maschinenbau GmbH", &format!("Kiel, {}", Nl.date(date)))])
}

fn outfeed(today: Date, issue: u8) -> Paper {
    let (date, speed) = if issue == 1 { (before(today, 58), "0.60 m/s") } else { (before(today, 30), "0.80 m/s") };
    Paper::new(En, date, staff("pm"), "SPEC-PL200-01", "Specification outfeed conveyor PL-200")
        .subtitle("Borealis Logistik BV, Waalhaven, hall B")
        .fact("Issue", issue.to_string())
        .fact("Order", money::order(today, 395))
        .fact("Your order", "PO-77120")
        .section("Overview")
        .block(Block::Elevation(["4,200 mm".to_owned(), "850 mm".to_owned(), speed.to_owned()]))
        .text("The outfeed conveyor takes parcels from the sorter to the loading doors 5 to 8. Four stops with sensors hold parcels back until the door is free.")
        .section("Values")
        .table(
            &[("Value", 2.4, Left), ("Agreed", 1.2, Right)],
            &[
                &["Parcel, maximum", "35 kg, 1,200 × 600 × 600 mm"],
                &["Belt width", "600 mm"],
                &["Speed", speed],
                &["Throughput", if issue == 1 { "1,400 parcels/h" } else { "1,800 parcels/h" }],
                &["Supply", "3 × 400 V, 50 Hz, 16 A"],
                &["Compressed air", "6 bar, dry, 40 l/min"],
            ],
        )
        .section("Interface to the sorter")
        .text("The sorter sends one telegram per parcel with door and number. Without an answer within 200 ms the parcel stays on the sorter and makes another round.")
        .section("Accepted when")
        .points(&["1,800 parcels in one hour with no more than two stops by hand.", "Noise at 1 m not above 70 dB(A) at full speed."])
}

fn minutes(today: Date) -> Paper {
    let day = |days: i64| Nl.date(before(today, days));
    Paper::new(Nl, before(today, 27), staff("pm"), "PR-PL200-02", "Verslag overleg Waalhaven")
        .subtitle("Montage van de uitvoerbaan PL-200, hal B")
        .fact("Datum", day(28))
        .fact("Borealis", "Carla de Vries, Dirk Jansen")
        .fact("Nordlicht", staff("pm"))
        .section("Besproken")
        .points(&[
            "De baan komt 150 mm hoger dan getekend, omdat de vloergoot open blijft.",
            "Dirk Jansen regelt de perslucht bij deur 6; 6 bar is voldoende.",
            "De nachtlijn stopt op zaterdag om 6 uur. De monteurs hebben tot zondag 14 uur.",
        ])
        .section("Actiepunten")
        .table(
            &[("Nr.", 0.4, Left), ("Actie", 3.4, Left), ("Wie", 1.3, Left), ("Vóór", 1.5, Left)],
            &[
                &["1", "Perslucht bij deur 6 aansluiten", "Dirk Jansen", &day(19)],
                &["2", "Verlengde poten, 850 mm werkhoogte", "Petra Mommsen", &day(20)],
                &["3", "Toegangspassen voor twee monteurs", "Carla de Vries", &day(18)],
            ],
        )
        .text("Opmerkingen bij dit verslag graag binnen een week als vraag in het portaal.")
}

fn service(today: Date) -> Paper {
    let day = En.date(before(today, 12));
    Paper::new(En, before(today, 11), staff("pm"), "SB-0571", "Service report PL-200, first inspection")
        .subtitle("Check after 200 operating hours")
        .to(&BOREALIS)
        .fact("Date", En.date(before(today, 11)))
        .fact("Visit", day.as_str())
        .fact("Machine", "PL-200, serial PL200-0614")
        .fact("Technician", "Momme Clausen")
        .section("Checked")
        .table(
            &[("Point", 3.0, Left), ("Found", 2.0, Left), ("Done", 1.6, Left)],
            &[
                &["Belt tension and run", "3 mm to the left", "adjusted"],
                &["Gear motor, current and temperature", "1.4 A, 52 °C", "in order"],
                &["Stops at doors 5 to 8", "door 7 slow", "throttle opened"],
                &["Emergency stop, guards, signs", "complete", "in order"],
            ],
        )
        .note("The machine is in good condition. Next inspection in six months.")
        .sign(&[
            ("Momme Clausen", "Service, Nordlicht Maschinenbau GmbH", &format!("Rotterdam, {day}")),
            ("Dirk Jansen", "Planning, Borealis Logistik BV", &format!("Rotterdam, {day}")),
        ])
}
