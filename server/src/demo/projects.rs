//! Projects of the demo: ACME's line 2, which is at risk and waits for the customer in one thing, an upgrade that is planned,
//! one that is done; Borealis' sorter, well under way. Each with its story: reports, tasks, decisions, dated relative to
//! today.

use app::ctx::Ctx;
use app::day::Day;
use app::error::AppError;
use app::ids::{ProjectId, TaskId};
use app::orders::model::Side;
use app::projects::decisions::{self, NewDecision};
use app::projects::input::Input;
use app::projects::model::{Light, Milestone, NewTask};
use app::projects::{people, reports, service, take, tasks};
use app::validity::service::today;

use super::world::World;

/// What is reached, after how many days from today, and whether it is.
type MilestoneRow = (&'static str, i64, bool);
/// What is to do, by whom (side, or somebody), until when, and when it was done.
type TaskRow = (&'static str, &'static str, Side, Option<&'static str>, Option<i64>, Option<i64>);
/// How it went so many days ago.
type ReportRow = (i64, Light, &'static str);
/// What was decided so many days ago, by whom, why.
type DecisionRow = (i64, &'static str, &'static str, &'static str);

struct DemoProject {
    slug: &'static str,
    number: &'static str,
    customer: &'static str,
    name: &'static str,
    summary: &'static str,
    status: &'static str,
    starts: i64,
    due: i64,
    done: Option<i64>,
    milestones: &'static [MilestoneRow],
    tasks: &'static [TaskRow],
    reports: &'static [ReportRow],
    decisions: &'static [DecisionRow],
    people: &'static [&'static str],
    /// What somebody said about the first task, and how many days ago.
    words: &'static [(&'static str, i64, &'static str)],
}

const ANNA: &str = "anna@acme.example";
const BEN: &str = "ben@acme.example";
const EVA: &str = "eva@partner.example";
const CARLA: &str = "carla@borealis.example";
const DIRK: &str = "dirk@borealis.example";
const PM: &str = "pm@nordlicht.example";
const SUPPORT: &str = "support@nordlicht.example";

const PROJECTS: [DemoProject; 4] = [
    DemoProject {
        slug: "line-2",
        number: "P-2026-014",
        customer: "acme",
        name: "Roller conveyor, line 2",
        summary: "Ein zweiter Rollenförderer RF-400 für Halle 3: 8,5 Meter, 17 Zonen, angebunden an Ihre Verpackung. Die Linie 1 läuft während der Montage weiter.",
        status: "running",
        starts: -60,
        due: 24,
        done: None,
        milestones: &[
            ("Auftrag und Pflichtenheft", -50, true),
            ("Konstruktion freigegeben", -23, true),
            ("Werksabnahme bei Nordlicht", 5, false),
            ("Lieferung nach Hamm", 14, false),
            ("Montage und Inbetriebnahme", 20, false),
            ("Übergabe an die Produktion", 24, false),
        ],
        tasks: &[
            (
                "Bodenanker in Halle 3 freigeben",
                "Bitte bestätigen Sie die Lage der 24 Anker nach Zeichnung, Blatt 4. Ohne Freigabe können wir nicht bohren.",
                Side::Customer,
                Some(BEN),
                Some(-1),
                None,
            ),
            (
                "Drei Zeitfenster für die Werksabnahme nennen",
                "Je ein halber Tag; zwei Personen von Ihnen genügen.",
                Side::Customer,
                None,
                Some(2),
                None,
            ),
            (
                "Netzwerkdose am Schaltschrank setzen lassen",
                "Eine Dose Cat 6a neben dem Schaltschrank, Patch bis zum Verteiler.",
                Side::Customer,
                Some(EVA),
                Some(11),
                None,
            ),
            (
                "Ersatztermin für das Getriebe vom Lieferanten bestätigen lassen",
                "",
                Side::House,
                Some(PM),
                Some(1),
                None,
            ),
            (
                "Fernwartung vorbereiten",
                "Zugang nach Ihrer Vorgabe, nur auf Zuruf.",
                Side::House,
                Some(SUPPORT),
                Some(12),
                None,
            ),
            ("Grundriss von Halle 3 schicken", "", Side::Customer, Some(BEN), Some(-40), Some(-42)),
            ("Belastung des Hallenbodens nachweisen", "", Side::Customer, Some(ANNA), Some(-30), Some(-29)),
            ("Sicherheitskonzept mit Ihnen abstimmen", "", Side::House, Some(PM), Some(-20), Some(-21)),
        ],
        reports: &[
            (46, Light::OnTrack, "Das Pflichtenheft ist unterschrieben, die Konstruktion hat begonnen."),
            (22, Light::OnTrack, "Die Konstruktion ist freigegeben. Fertigung ab nächster Woche, alle Termine stehen."),
            (
                2,
                Light::AtRisk,
                "Das Getriebe kommt zwei Tage später als zugesagt. Die Werksabnahme halten wir, die Lieferung rückt um zwei Tage. Sobald die Bodenanker freigegeben sind, holen wir einen Tag in der Montage auf.",
            ),
        ],
        decisions: &[
            (
                35,
                "17 Zonen statt 15",
                "Projektbesprechung 3",
                "Zwei Zonen mehr kosten weniger als ein zweiter Puffer vor der Verpackung.",
            ),
            (
                12,
                "Montage am Wochenende",
                "Anna Albers und Petra Mommsen",
                "Die Linie 1 soll während der Woche ungestört laufen.",
            ),
        ],
        people: &[BEN, EVA, ANNA, SUPPORT],
        words: &[
            (BEN, 3, "Blatt 4 habe ich gefunden. Der Statiker schaut morgen darauf."),
            (PM, 2, "Danke, Herr Brandt. Uns reicht eine kurze Nachricht, die Zeichnung müssen Sie nicht stempeln."),
        ],
    },
    DemoProject {
        slug: "retrofit-line-1",
        number: "P-2026-021",
        customer: "acme",
        name: "Steuerung Linie 1 erneuern",
        summary: "Die Steuerung von 2012 bekommt keine Ersatzteile mehr. Wir tauschen sie im Betriebsurlaub, mit Rückweg innerhalb eines Tages.",
        status: "planned",
        starts: 30,
        due: 75,
        done: None,
        milestones: &[
            ("Bestandsaufnahme", 33, false),
            ("Angebot und Freigabe", 47, false),
            ("Umbau im Betriebsurlaub", 68, false),
            ("Nachbetreuung beendet", 75, false),
        ],
        tasks: &[
            (
                "Sicherung der alten Steuerung ziehen",
                "Die letzte Sicherung, die wir haben, ist von 2019.",
                Side::Customer,
                Some(BEN),
                Some(28),
                None,
            ),
            ("Liste der abgekündigten Baugruppen zusammenstellen", "", Side::House, None, Some(20), None),
        ],
        reports: &[],
        decisions: &[],
        people: &[BEN],
        words: &[],
    },
    DemoProject {
        slug: "guards-hall-2",
        number: "P-2026-006",
        customer: "acme",
        name: "Schutzzäune Halle 2",
        summary: "Neue Schutzzäune und Lichtschranken an drei Arbeitsplätzen, nach der Begehung im Frühjahr.",
        status: "done",
        starts: -190,
        due: -110,
        done: Some(-112),
        milestones: &[
            ("Begehung", -185, true),
            ("Lieferung", -130, true),
            ("Abnahme mit der Fachkraft für Arbeitssicherheit", -112, true),
        ],
        tasks: &[("Protokoll der Begehung unterschreiben", "", Side::Customer, Some(ANNA), Some(-180), Some(-181))],
        reports: &[
            (
                140,
                Light::OffTrack,
                "Der Zaunbauer hat abgesagt. Ein Ersatz ist angefragt, wir melden uns bis Freitag mit einem Termin.",
            ),
            (118, Light::OnTrack, "Der Ersatz ist da, die Abnahme steht."),
            (111, Light::OnTrack, "Abgenommen, ohne Mängel. Vielen Dank für die gute Zusammenarbeit."),
        ],
        decisions: &[],
        people: &[ANNA],
        words: &[],
    },
    DemoProject {
        slug: "sorter",
        number: "P-2026-017",
        customer: "borealis",
        name: "Parcel sorter Rotterdam",
        summary: "Uitbreiding van de sorteerlijn met twaalf goten en twee vijfzijdige scanners. De sortering gaat ’s nachts door.",
        status: "running",
        starts: -50,
        due: 16,
        done: None,
        milestones: &[
            ("Ontwerp goedgekeurd", -38, true),
            ("Goten geproduceerd", -8, true),
            ("Levering in Rotterdam", 2, false),
            ("Montage in drie nachten", 8, false),
            ("Proefdraaien met uw pakketten", 12, false),
            ("Oplevering", 16, false),
        ],
        tasks: &[
            (
                "Toegang voor vier monteurs regelen",
                "Namen en kentekens staan in de bijlage van de planning.",
                Side::Customer,
                Some(DIRK),
                Some(1),
                None,
            ),
            (
                "Testpakketten klaarzetten",
                "Ongeveer 400, alle maten door elkaar.",
                Side::Customer,
                None,
                Some(10),
                None,
            ),
            ("Planning van de nachten sturen", "", Side::House, Some(PM), Some(-3), Some(-4)),
        ],
        reports: &[
            (30, Light::OnTrack, "Het ontwerp is goedgekeurd, de productie loopt."),
            (4, Light::OnTrack, "De goten zijn klaar en onderweg. De montage begint zoals gepland."),
        ],
        decisions: &[(
            25,
            "Scanners van vijf kanten",
            "Carla de Vries",
            "Labels aan de onderkant komen te vaak voor om ze met de hand te doen.",
        )],
        people: &[DIRK, CARLA],
        words: &[(
            DIRK,
            1,
            "De beveiliging wil de paspoortnummers niet meer hebben, alleen namen. Klopt dat voor jullie?",
        )],
    },
];

/// Takes in those that are not there yet, and tells their stories.
pub async fn add(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    let today = today(ctx);
    for project in &PROJECTS {
        let then = &doing(ctx, world, PM, project.starts.min(0), 30).await?;
        let taken = take::take(then, vec![input(project, world, today)?]).await?.pop();
        let id = taken.ok_or(AppError::Internal)?.map_err(AppError::Invalid)?.id;
        let found = service::find(then, id).await?;
        // A demo that was cut off goes on where it stopped.
        if service::tasks(then, &found, TaskId(uuid::Uuid::nil()), 1).await?.is_empty() {
            story(ctx, world, project, id, today).await?;
        }
    }
    Ok(())
}

/// Somebody, so many days from today at a minute of their working day.
async fn doing(ctx: &Ctx, world: &World, who: &str, day: i64, minute: i64) -> Result<Ctx, AppError> {
    super::as_author(ctx, world.person(who)?, super::during_work(ctx, -day, minute)).await
}

fn input(project: &DemoProject, world: &World, today: Day) -> Result<Input, AppError> {
    let milestones = project.milestones.iter().enumerate().map(|(at, (title, days, reached))| Milestone {
        position: i64::try_from(at + 1).unwrap_or(0),
        title: (*title).to_owned(),
        expected_on: Some(today.plus(*days)),
        done_on: reached.then(|| today.plus(*days)),
    });
    Ok(Input {
        slug: project.slug.to_owned(),
        organisation: Some(project.customer.to_owned()),
        number: Some(project.number.to_owned()),
        name: Some(project.name.to_owned()),
        summary: Some(project.summary.to_owned()),
        status: Some(project.status.to_owned()),
        lead: Some(Some(world.person(PM)?)),
        starts_on: Some(Some(today.plus(project.starts))),
        due_on: Some(Some(today.plus(project.due))),
        done_on: Some(project.done.map(|days| today.plus(days))),
        milestones: Some(milestones.collect()),
        ..Input::default()
    })
}

/// Who is on it, how it went, what was decided and what is to do.
async fn story(ctx: &Ctx, world: &World, project: &DemoProject, id: ProjectId, today: Day) -> Result<(), AppError> {
    let begun = &doing(ctx, world, PM, project.starts.min(0), 35).await?;
    for person in project.people {
        people::add(begun, id, world.person(person)?).await?;
    }
    for (ago, light, text) in project.reports {
        let then = &doing(ctx, world, PM, -ago, 200).await?;
        reports::write(then, id, Some(*light), text).await?;
    }
    for (ago, title, by, reason) in project.decisions {
        let then = &doing(ctx, world, PM, -ago, 260).await?;
        let day = Some(today.plus(-ago));
        let (title, decided_by, reason) = ((*title).to_owned(), (*by).to_owned(), (*reason).to_owned());
        decisions::add(then, id, NewDecision { title, decided_on: day, decided_by, reason }).await?;
    }
    let mut first = None;
    for (title, text, side, who, due, done) in project.tasks {
        let written = done.map_or(project.starts.clamp(-9, 0), |day| day - 6);
        let then = &doing(ctx, world, PM, written, 50).await?;
        let task = NewTask {
            side: *side,
            assignee: who.map(|email| world.person(email)).transpose()?,
            title: (*title).to_owned(),
            text: (*text).to_owned(),
            due_on: due.map(|days| today.plus(days)),
        };
        let task = tasks::add(then, id, task).await?;
        first.get_or_insert(task);
        if let Some(day) = done {
            let doer = &doing(ctx, world, who.unwrap_or(PM), *day, 120).await?;
            tasks::tick(doer, id, task, None, true).await?;
        }
    }
    for (who, ago, text) in project.words {
        let (Some(task), then) = (first, &doing(ctx, world, who, -ago, 300).await?) else { continue };
        tasks::comment(then, id, task, text).await?;
    }
    Ok(())
}
