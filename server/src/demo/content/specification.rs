//! The technical specification RF-400 in its three revisions.

use jiff::civil::Date;

use super::company::staff;
use super::paper::{Align::Left, Align::Right, Block, Paper};
use super::words::Language::En;

/// What changed from revision to revision.
struct Values {
    letter: &'static str,
    load: &'static str,
    speed: &'static str,
    power: &'static str,
    sensors: &'static str,
    change: &'static str,
}

const REVISIONS: [Values; 3] = [
    Values { letter: "A", load: "1,200 kg", speed: "0.30 m/s", power: "0.75 kW", sensors: "2", change: "First issue" },
    Values {
        letter: "B",
        load: "1,200 kg",
        speed: "0.30 m/s",
        power: "1.10 kW",
        sensors: "2",
        change: "Drive power after the measurements in hall 3",
    },
    Values {
        letter: "C",
        load: "1,350 kg",
        speed: "0.36 m/s",
        power: "1.10 kW",
        sensors: "3",
        change: "Load table corrected, third sensor per transfer point",
    },
];

/// The revision dated last; `dates` holds its own day and those before.
#[must_use]
pub fn paper(order: &str, dates: &[Date]) -> Paper {
    let index = dates.len().clamp(1, REVISIONS.len()) - 1;
    let now = &REVISIONS[index];
    let date = dates.get(index).copied().unwrap_or_default();
    let paper = Paper::new(En, date, staff("pm"), "SPEC-RF400-02", "Technical specification RF-400")
        .subtitle("Roller conveyor, line 2, hall 3. ACME Werke AG, Hamm")
        .fact("Revision", now.letter)
        .fact("Order", order)
        .fact("Your order", "4500018823")
        .fact("Prepared by", staff("pm"))
        .fact("Layout drawing", "RF400-L2-H3-04")
        .fact("Pages belong to", "Line 2, hall 3")
        .section("Purpose")
        .text("This specification describes the roller conveyor RF-400 that carries wrapped pallets from the stretch wrappers in hall 3 to the goods lift. It is the technical basis of the order named above. Where it differs from the general data sheet of the RF-400 series, this document counts.")
        .text("The line takes pallets from four transfer points and brings them to the lift without intermediate storage. Each of the 17 zones is driven on its own, so that pallets queue without touching.")
        .section("Side elevation")
        .block(Block::Elevation(["8,500 mm".to_owned(), "780 mm".to_owned(), now.speed.to_owned()]))
        .section("Load and speed");
    let paper = loads(paper, index);
    let paper = conveyor(paper, now);
    let paper = control(paper, now);
    let paper = site(paper);
    history(paper, &dates[..=index.min(dates.len().saturating_sub(1))])
}

fn loads(paper: Paper, index: usize) -> Paper {
    let now = &REVISIONS[index];
    let before = index.checked_sub(1).map(|i| &REVISIONS[i]);
    let row = |label: &str, value: fn(&Values) -> &'static str| {
        let old = before.map_or("-", value);
        vec![label.to_owned(), old.to_owned(), value(now).to_owned()]
    };
    let rows = vec![
        row("Unit load, maximum", |values| values.load),
        row("Conveying speed", |values| values.speed),
        row("Roller diameter", |_| "80 mm"),
        row("Roller pitch", |_| "125 mm"),
        row("Drive power, per zone", |values| values.power),
        row("Sensors, per transfer point", |values| values.sensors),
        row("Throughput, full mix", |_| "110 pallets/h"),
    ];
    let (old, new) = (
        before.map_or_else(|| "Before".to_owned(), |values| format!("Revision {}", values.letter)),
        format!("Revision {}", now.letter),
    );
    paper
        .sums(&[("Value", 2.6, Left), (&old, 1.2, Right), (&new, 1.2, Right)], rows, Vec::new())
        .text("Loads and speeds refer to the pallet type EUR 1 (1,200 × 800 mm) with a flat, undamaged bottom deck on a level floor. Overhang of the load is at most 25 mm on each side. Pallets with broken bottom boards must be sorted out before transfer point 1.")
}

fn conveyor(paper: Paper, now: &Values) -> Paper {
    let sensors = match now.sensors {
        "3" => {
            "Three retro-reflective sensors per transfer point: entry, centre and exit. The third sensor tells a jam of shrink-wrapped pallets from a pallet in transit."
        }
        _ => "Two retro-reflective sensors per transfer point: entry and exit.",
    };
    paper
        .section("Conveyor")
        .points(&[
            "Frame of folded sheet steel, 4 mm, powder coated RAL 5019, side guides galvanised.",
            "68 rollers, steel tube 80 × 2 mm, axle 20 mm, sealed ball bearings, tangential chain 5/8 inch.",
            "17 zones of 500 mm, each with a gear motor and a brake. Zero-pressure accumulation in every zone.",
            "Feet adjustable by ±40 mm, base plates for two M12 anchors each.",
            "Surface temperature, noise and guards after EN 619 and EN ISO 14120.",
        ])
        .section("Transfer points TP-4")
        .text("Four chain transfers lift the pallet by 12 mm and move it through 90° onto the main line. The lift is electric; no compressed air is needed in hall 3.")
        .points(&[sensors, "Cycle time lift, transfer, lower: 7.5 s.", "Emergency stop on both sides of every transfer point."])
}

fn control(paper: Paper, now: &Values) -> Paper {
    paper
        .section("Drive and control")
        .table(
            &[("Item", 1.6, Left), ("Value", 3.4, Left)],
            &[
                &["Supply", "3 × 400 V, 50 Hz, TN-S, fuse 63 A gG in the customer's distribution"],
                &["Drive power", &format!("{} per zone, at most 9 zones at the same time", now.power)],
                &["Cabinet", "KS-12, IP 54, 1,200 × 400 × 2,000 mm, on the north side of hall 3"],
                &["Controller", "Safety controller with PROFINET gateway to the plant network"],
                &["Operation", "Panel 10 inch at transfer point 1, English and German"],
                &["Remote service", "Only after release by ACME on the key switch of the cabinet"],
            ],
        )
        .section("Interfaces")
        .table(
            &[("Interface", 1.6, Left), ("Supplied by", 1.0, Left), ("Signal", 2.8, Left)],
            &[
                &["Stretch wrapper 1 to 4", "ACME", "Pallet ready, pallet taken, fault (potential-free)"],
                &["Goods lift", "ACME", "Lift free, pallet inside, emergency stop loop"],
                &["Warehouse system", "ACME", "PROFINET, pallet number and target, telegram T12"],
                &["Fire alarm", "ACME", "Stop and clear fire door, potential-free contact"],
            ],
        )
}

fn site(paper: Paper) -> Paper {
    paper
        .section("Safety")
        .text("A risk assessment after EN ISO 12100 is part of the delivery. Safety functions reach performance level d. The emergency stop circuit of the line is coupled with the goods lift in both directions.")
        .section("Floor and anchoring")
        .note("The floor load certificate for hall 3 is a condition for the anchoring. Please upload it in the portal at least one week before the installation.")
        .points(&[
            "Point load per foot: 4.2 kN at full accumulation, on base plates of 120 × 120 mm.",
            "Concrete C20/25 or better, at least 160 mm thick, no heating pipes within 200 mm of an anchor.",
            "Level within ±5 mm over the length of the line.",
        ])
        .section("Surroundings")
        .text("Noise at 1 m distance does not exceed 72 dB(A). Ambient temperature 5 to 40 °C, relative humidity up to 85 % without condensation. The escape route of 1,200 mm along the south wall stays clear.")
        .section("Tests and acceptance")
        .points(&[
            "Factory test in Kiel with 40 test pallets, of which 10 are shrink-wrapped.",
            "Site acceptance over one shift with production pallets; availability of at least 98 %.",
            "Acceptance is recorded on the protocol AP-RF400 and signed by both sides.",
        ])
        .section("Delivered with the line")
        .points(&[
            "Operating and maintenance manual in German and English, as PDF and on paper.",
            "Circuit diagrams, parts list, controller program with comments.",
            "EU declaration of conformity, test report of the drive zones.",
            "Spare parts package for two years: 6 rollers, 1 gear motor, 2 sensors, 1 chain.",
        ])
}

fn history(paper: Paper, dates: &[Date]) -> Paper {
    let row = |(values, date): (&Values, &Date)| {
        vec![values.letter.to_owned(), En.date(*date), staff("pm").to_owned(), values.change.to_owned()]
    };
    let columns = [("Rev.", 0.5, Left), ("Date", 1.4, Left), ("By", 1.3, Left), ("Change", 3.0, Left)];
    paper.section("Revisions").sums(&columns, REVISIONS.iter().zip(dates).map(row).collect(), Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_revision_states_its_own_values() {
        let day = jiff::civil::date(2026, 11, 24);
        let [first, last] = [1, 3].map(|count| format!("{:?}", paper("AB-2026-0417", &vec![day; count]).blocks));
        assert!(first.contains("First issue") && !first.contains("1,350 kg"));
        assert!(last.contains("1,350 kg") && last.contains("Three retro-reflective"));
    }
}
