//! What ACME and Nordlicht agree on: proposals, orders, and the papers of `acme_terms`.

use jiff::civil::Date;

use super::company::{ACME, staff};
use super::paper::{Align::Left, Align::Right, Paper};
use super::words::Language::En;
use super::words::before;
use super::{DemoAudience, DemoDocument, acme_terms, money, single};

/// A line of a proposal or order: position, item, quantity, amount in cents.
type Item = (&'static str, &'static str, &'static str, i64);

const LINE_2: [Item; 4] = [
    ("10", "RF-400 roller conveyor, 8,500 mm, 17 zones", "1 pc", 4_260_000),
    ("20", "TP-4 transfer point, 90°, electric lift", "4 pcs", 1_824_000),
    ("30", "Control cabinet KS-12 with PROFINET gateway", "1 pc", 1_190_000),
    ("40", "Installation and commissioning, two fitters", "3 days", 576_000),
];

const MAINTENANCE: [Item; 4] = [
    ("10", "Yearly inspection line 1 and line 2, with test report", "2 visits", 396_000),
    ("20", "Wear parts package, delivered in January", "1 set", 418_000),
    ("30", "Remote service, answer within 4 hours on working days", "12 months", 288_000),
    ("40", "Training for operators, half a day in Hamm", "1", 98_000),
];

/// The documents that bind.
pub fn documents(today: Date) -> Vec<DemoDocument> {
    let anna = DemoAudience::People(vec!["anna@acme.example"]);
    let group = || DemoAudience::Group("key-accounts");
    let all = || DemoAudience::Organisation;
    let next = i32::from(before(today, 5).year()) + 1;
    let maintenance = proposal(today);
    let line_2 = first_proposal(today);
    let order = confirmation(today);
    let second = second_transfer(today);
    let file = |paper: &Paper, what: &str| format!("{}_{what}.pdf", paper.number);
    vec![
        single("acme", ("proposal", "sales"), all(), 1, file(&maintenance, "Wartung"), &maintenance),
        single("acme", ("proposal", "sales"), all(), 62, file(&line_2, "Rollenförderer_Linie_2"), &line_2),
        single("acme", ("contract", "sales"), all(), 53, file(&order, "Order confirmation"), &order),
        single(
            "acme",
            ("contract", "sales"),
            anna,
            5,
            format!("Rahmenvertrag_{next}.pdf"),
            &acme_terms::framework(today, next),
        ),
        single(
            "acme",
            ("contract", "sales"),
            group(),
            150,
            "Liefer- und Zahlungsbedingungen.pdf",
            &acme_terms::terms(today),
        ),
        single(
            "acme",
            ("other", "sales"),
            group(),
            21,
            format!("Preisliste_Ersatzteile_{next}.pdf"),
            &acme_terms::prices(today, next),
        ),
        single("acme", ("proposal", "sales"), all(), 1, file(&second, "Fünfter_Übergabepunkt"), &second).draft(),
    ]
}

fn offer(items: &[Item], paper: Paper) -> Paper {
    let language = paper.language;
    let pick = |en, de| language.pick(en, de, en);
    let columns = [
        ("Pos.", 0.5, Left),
        (pick("Item", "Leistung"), 4.0, Left),
        (pick("Quantity", "Menge"), 1.0, Right),
        ("EUR", 1.2, Right),
    ];
    let row = |(position, item, quantity, cents): &Item| {
        vec![(*position).to_owned(), (*item).to_owned(), (*quantity).to_owned(), language.amount(*cents)]
    };
    let net: i64 = items.iter().map(|item| item.3).sum();
    let tax = (net * 19 + 50) / 100;
    let sums = [
        (pick("Total, net", "Summe netto"), net),
        (pick("VAT 19 %", "Umsatzsteuer 19 %"), tax),
        (pick("Total", "Gesamt"), net + tax),
    ];
    let sums = sums.iter().map(|(label, cents)| ((*label).to_owned(), language.euro(*cents))).collect();
    paper.sums(&columns, items.iter().map(row).collect(), sums)
}

fn letter(today: Date, days: i64, kind: &str, number: u16, title: &str) -> Paper {
    let date = before(today, days);
    let number = format!("{kind}-{}-{number:04}", date.year());
    Paper::new(En, date, staff("sales"), &number, &format!("{title} {number}"))
        .to(&ACME)
        .fact("Date", En.date(date))
        .fact("Customer no.", ACME.number)
        .fact("Your contact", staff("sales"))
        .fact("E-mail", "sales@nordlicht.example")
}

fn proposal(today: Date) -> Paper {
    let year = i32::from(before(today, 1).year()) + 1;
    let until = En.date(before(today, -24));
    let mut paper = letter(today, 1, "AN", 231, "Proposal").fact("Valid until", until.as_str());
    paper.title = format!("{}: maintenance {year}", paper.title);
    let paper = paper
        .text("Dear Ms Albers,")
        .text("with line 2 in operation, both lines in Hamm can be looked after under one agreement. We offer:");
    offer(&MAINTENANCE, paper)
        .text("The inspections take place on Saturdays, so that production is not touched. Parts needed beyond the package are charged after the price list for key accounts, less 8 %.")
        .note(format!("You can accept or decline this proposal in the portal until {until}. Anna Albers or Ben Brandt can decide."))
        .text("Kind regards from Kiel")
        .sign(&[(staff("sales"), "Sales, Nordlicht Maschinenbau GmbH", &format!("Kiel, {}", En.date(before(today, 1))))])
}

fn first_proposal(today: Date) -> Paper {
    let mut paper = letter(today, 62, "AN", 198, "Proposal").fact("Valid until", En.date(before(today, 32)));
    paper.title = format!("{}: roller conveyor RF-400, line 2", paper.title);
    let paper = paper
        .text("Dear Ms Albers, dear Mr Brandt,")
        .text("thank you for the open talk in hall 3. The chain conveyor is at its limit with 74 pallets per hour; with zone control and four transfer points the line reaches 110. Our proposal:");
    offer(&LINE_2, paper)
        .section("Delivery and payment")
        .points(&[
            "Delivery DAP Hamm, gate 2, ten weeks after the technical release.",
            "30 % with the order, 60 % on delivery, 10 % after acceptance, each within 14 days.",
            "Warranty 24 months in two-shift operation.",
        ])
        .section("Not included")
        .text("Removal of the chain conveyor, electrical supply up to the cabinet, floor repairs and the signals of the stretch wrappers are supplied by ACME.")
        .sign(&[(staff("sales"), "Sales, Nordlicht Maschinenbau GmbH", &format!("Kiel, {}", En.date(before(today, 62))))])
}

fn confirmation(today: Date) -> Paper {
    let mut paper = letter(today, 53, "AB", 417, "Order confirmation")
        .fact("Your order", "4500018823")
        .fact("Delivery", En.date(before(today, -10)));
    paper.number = money::order(today, 417);
    let paper = paper
        .text("Dear Ms Albers,")
        .text("thank you for your order. We confirm the roller conveyor RF-400 for line 2 as follows:");
    offer(&LINE_2, paper)
        .text(format!(
            "Delivery DAP Hamm, gate 2, on {}. Installation begins on {}. Petra Mommsen leads the project and keeps its status up to date in the portal.",
            En.date(before(today, -10)),
            En.date(before(today, -13))
        ))
        .sign(&[(staff("sales"), "Sales, Nordlicht Maschinenbau GmbH", &format!("Kiel, {}", En.date(before(today, 53))))])
}

fn second_transfer(today: Date) -> Paper {
    let items: [Item; 2] = [
        ("10", "TP-4 transfer point at zone 17, with sensors", "1 pc", 456_000),
        ("20", "Extension of the safety fence by 3 m", "1 pc", 112_000),
    ];
    let mut paper = letter(today, 1, "AN", 240, "Proposal");
    paper.title = format!("{}: fifth transfer point", paper.title);
    offer(
        &items,
        paper
            .text("Dear Mr Brandt,")
            .text("as asked on the site meeting, here is the price for one more transfer point:"),
    )
    .note("Draft. Delivery time is still open; production answers on Thursday.")
}
