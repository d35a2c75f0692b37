//! Orders of the demo: one in production with a date that moved, one that waits for the customer, one that is late, one on
//! its way, some that are done; each as an ERP would send it, dated relative to today.

use app::ctx::Ctx;
use app::day::Day;
use app::error::AppError;
use app::orders::input::Input;
use app::orders::model::{Line, Side, Step};
use app::orders::server::line_amount;
use app::orders::{papers, take};
use app::validity::service::today;

use super::world::World;

/// Article, text, quantity in thousandths, unit, price in cents.
type LineRow = (&'static str, &'static str, i64, &'static str, i64);
/// What happens, after how many days from today, whether it is done, and who does it.
type StepRow = (&'static str, i64, bool, Side);

struct DemoOrder {
    number: &'static str,
    customer: &'static str,
    project: Option<&'static str>,
    buyer: &'static str,
    title: &'static str,
    reference: &'static str,
    status: &'static str,
    ordered: i64,
    wanted: Option<i64>,
    confirmed: Option<i64>,
    delivered: Option<i64>,
    carrier: &'static str,
    tracking: &'static str,
    lines: &'static [LineRow],
    steps: &'static [StepRow],
    papers: &'static [&'static str],
}

const ACME: &str = "ACME Werke AG, Tor 2\nHafenstraße 12\n59067 Hamm";
const BOREALIS: &str = "Borealis Logistik BV\nWaalhaven Oostzijde 40\n3087 BM Rotterdam";

const ORDERS: [DemoOrder; 7] = [
    DemoOrder {
        number: "AB-2026-0417",
        customer: "acme",
        project: Some("line-2"),
        buyer: "anna@acme.example",
        title: "Rollenförderer RF-400, Linie 2",
        reference: "4500018823",
        status: "in_production",
        ordered: -51,
        wanted: Some(10),
        confirmed: Some(12),
        delivered: None,
        carrier: "Borealis Logistik BV",
        tracking: "",
        lines: &[
            ("RF-400", "Rollenförderer, 8.500 mm, 17 Zonen", 1000, "Stk", 4_260_000),
            ("TP-4", "Übergabeplatz 90°, drei Sensoren", 4000, "Stk", 456_000),
            ("KS-12", "Schaltschrank mit PROFINET-Gateway", 1000, "Stk", 1_190_000),
            ("MON-2", "Montage und Inbetriebnahme, zwei Monteure", 3000, "Tage", 192_000),
        ],
        steps: &[
            ("Auftrag bestätigt", -50, true, Side::House),
            ("Konstruktion", -23, true, Side::House),
            ("Fertigung", 1, false, Side::House),
            ("Werksabnahme", 5, false, Side::Customer),
            ("Lieferung", 14, false, Side::House),
            ("Montage", 17, false, Side::House),
        ],
        papers: &["Technical specification RF-400", "Layout drawing hall 3, sheet 4"],
    },
    DemoOrder {
        number: "AB-2026-0431",
        customer: "acme",
        project: None,
        buyer: "ben@acme.example",
        title: "Ersatzrollen 50 mm für Linie 1",
        reference: "4500018911",
        status: "waiting",
        ordered: -9,
        wanted: Some(14),
        confirmed: None,
        delivered: None,
        carrier: "",
        tracking: "",
        lines: &[
            ("RO-50-620", "Tragrolle 50 x 620 mm, verzinkt", 120_000, "Stk", 1_890),
            ("LG-6202", "Rillenkugellager 6202-2RS", 240_000, "Stk", 215),
        ],
        steps: &[
            ("Auftrag eingegangen", -9, true, Side::House),
            ("Sie bestätigen die Rollenlänge", 2, false, Side::Customer),
            ("Versand", 12, false, Side::House),
        ],
        papers: &[],
    },
    DemoOrder {
        number: "AB-2026-0402",
        customer: "acme",
        project: None,
        buyer: "anna@acme.example",
        title: "Notaus-Taster und Lichtschranken",
        reference: "4500018540",
        status: "ready",
        ordered: -40,
        wanted: Some(-6),
        confirmed: Some(-3),
        delivered: None,
        carrier: "DHL Freight",
        tracking: "",
        lines: &[
            ("NA-22", "Not-Halt-Taster, zwei Öffner", 16_000, "Stk", 3_450),
            ("LS-18", "Lichtschranke M18, PNP", 24_000, "Stk", 6_280),
        ],
        steps: &[
            ("Auftrag bestätigt", -38, true, Side::House),
            ("Versandbereit", -4, true, Side::House),
            ("Abholung durch den Spediteur", -3, false, Side::House),
        ],
        papers: &[],
    },
    DemoOrder {
        number: "AB-2026-0420",
        customer: "borealis",
        project: Some("sorter"),
        buyer: "carla@borealis.example",
        title: "Uitbreiding sorteerlijn, twaalf goten",
        reference: "PO-77120",
        status: "shipped",
        ordered: -46,
        wanted: Some(1),
        confirmed: Some(2),
        delivered: None,
        carrier: "Nordlicht Transport",
        tracking: "https://track.example.com/NL-77120",
        lines: &[
            ("GT-12", "Goot 1.200 mm met remrollen", 12_000, "st", 118_500),
            ("SC-3", "Barcodescanner, vijfzijdig", 2_000, "st", 689_000),
        ],
        steps: &[
            ("Order bevestigd", -45, true, Side::House),
            ("Productie", -8, true, Side::House),
            ("Onderweg", 0, true, Side::House),
            ("Aflevering", 2, false, Side::House),
            ("Montage", 5, false, Side::House),
        ],
        papers: &[],
    },
    DemoOrder {
        number: "AB-2026-0388",
        customer: "acme",
        project: None,
        buyer: "ben@acme.example",
        title: "Wartungssatz RF-200",
        reference: "4500018212",
        status: "delivered",
        ordered: -80,
        wanted: Some(-55),
        confirmed: Some(-52),
        delivered: Some(-53),
        carrier: "DHL Freight",
        tracking: "",
        lines: &[("WS-200", "Wartungssatz mit Riemen und Lagern", 3_000, "Satz", 48_900)],
        steps: &[("Auftrag bestätigt", -79, true, Side::House), ("Geliefert", -53, true, Side::House)],
        papers: &[],
    },
    DemoOrder {
        number: "AB-2026-0371",
        customer: "borealis",
        project: None,
        buyer: "dirk@borealis.example",
        title: "Aandrijfriemen, jaarvoorraad",
        reference: "PO-76544",
        status: "delivered",
        ordered: -120,
        wanted: Some(-100),
        confirmed: Some(-98),
        delivered: Some(-98),
        carrier: "PostNL",
        tracking: "",
        lines: &[("RM-PJ-8", "Poly-V-riem PJ 8", 60_000, "st", 1_240)],
        steps: &[("Order bevestigd", -119, true, Side::House), ("Geleverd", -98, true, Side::House)],
        papers: &[],
    },
    DemoOrder {
        number: "AB-2026-0360",
        customer: "acme",
        project: None,
        buyer: "anna@acme.example",
        title: "Gurtförderer GF-80",
        reference: "4500017990",
        status: "cancelled",
        ordered: -140,
        wanted: Some(-90),
        confirmed: None,
        delivered: None,
        carrier: "",
        tracking: "",
        lines: &[("GF-80", "Gurtförderer 4.000 mm", 1_000, "Stk", 1_480_000)],
        steps: &[],
        papers: &[],
    },
];

/// Takes those that are not there yet, and moves the date of one.
pub async fn add(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    let today = today(ctx);
    for order in &ORDERS {
        let author = world.person("pm@nordlicht.example")?;
        let then = &super::as_author(ctx, author, super::during_work(ctx, -order.ordered, 60)).await?;
        let id = match take::create(then, input(order, world, today)?).await {
            Ok(id) => id,
            // A demo that was cut off goes on where it stopped.
            Err(AppError::Invalid(_)) => continue,
            Err(error) => return Err(error),
        };
        for title in order.papers {
            if let Some(document) = app::demo::document(&ctx.db, title).await? {
                papers::attach(then, id, document).await?;
            }
        }
        if order.number == "AB-2026-0417" {
            let later = &super::as_author(ctx, author, super::during_work(ctx, 2, 90)).await?;
            let moved = Input {
                number: order.number.to_owned(),
                confirmed_on: Some(Some(today.plus(14))),
                reason: "Das Getriebe kommt zwei Tage später als zugesagt.".to_owned(),
                ..Input::default()
            };
            take::take(later, vec![moved]).await?;
        }
    }
    Ok(())
}

fn input(order: &DemoOrder, world: &World, today: Day) -> Result<Input, AppError> {
    let day = |days: Option<i64>| Some(days.map(|days| today.plus(days)));
    let lines = order.lines.iter().enumerate().map(|(at, (article, title, quantity, unit, price))| Line {
        position: i64::try_from(at + 1).unwrap_or(0) * 10,
        article: (*article).to_owned(),
        title: (*title).to_owned(),
        quantity: *quantity,
        unit: (*unit).to_owned(),
        price: Some(*price),
        amount: line_amount(*quantity, *price),
    });
    let steps = order.steps.iter().enumerate().map(|(at, (title, days, done, acts))| Step {
        position: i64::try_from(at + 1).unwrap_or(0),
        title: (*title).to_owned(),
        expected_on: Some(today.plus(*days)),
        done_on: done.then(|| today.plus(*days)),
        acts: *acts,
    });
    Ok(Input {
        number: order.number.to_owned(),
        organisation: Some(order.customer.to_owned()),
        title: Some(order.title.to_owned()),
        reference: Some(order.reference.to_owned()),
        status: Some(order.status.to_owned()),
        ordered_on: Some(today.plus(order.ordered)),
        wanted_on: day(order.wanted),
        confirmed_on: day(order.confirmed),
        delivered_on: day(order.delivered),
        currency: Some("EUR".to_owned()),
        ship_to: Some(if order.customer == "acme" { ACME } else { BOREALIS }.to_owned()),
        carrier: Some(order.carrier.to_owned()),
        terms: Some("DAP".to_owned()),
        tracking_url: Some(order.tracking.to_owned()),
        project: Some(order.project.map(|slug| world.project(slug)).transpose()?),
        buyer: Some(Some(world.person(order.buyer)?)),
        lines: Some(lines.collect()),
        steps: Some(steps.collect()),
        ..Input::default()
    })
}
