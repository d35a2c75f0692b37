//! What Nordlicht tells its customers and its own people: something that is over, something to come, and a draft.

use app::announcements::model::{Audience, Severity, State, Wanted};
use app::announcements::service;
use app::ctx::Ctx;
use app::error::AppError;
use app::time::Instant;

use super::world::World;

type Version = (&'static str, &'static str);

struct Demo {
    severity: Severity,
    audience: Audience,
    confirm: bool,
    /// From and until, in days from today.
    days: (i64, i64),
    written_days_ago: i64,
    publish: bool,
    versions: [Version; 3],
}

const ANNOUNCEMENTS: [Demo; 3] = [
    Demo {
        severity: Severity::Warning,
        audience: Audience::Everyone,
        confirm: false,
        days: (-21, -20),
        written_days_ago: 25,
        publish: true,
        versions: [
            ("The portal was maintained on Saturday morning", "From 7 to 9 o'clock nobody could sign in."),
            ("Am Samstagmorgen wurde das Portal gewartet", "Von 7 bis 9 Uhr war keine Anmeldung möglich."),
            ("Zaterdagochtend is het portaal onderhouden", "Van 7 tot 9 uur kon niemand inloggen."),
        ],
    },
    Demo {
        severity: Severity::Info,
        audience: Audience::Customers,
        confirm: true,
        days: (14, 45),
        written_days_ago: 2,
        publish: true,
        versions: [
            (
                "Our works are closed over the turn of the year",
                "The spare parts service answers on working days from 9 to 15 o'clock.\nOrders that come in meanwhile are confirmed in the first week of January.",
            ),
            (
                "Über den Jahreswechsel ist unser Werk geschlossen",
                "Der Ersatzteildienst antwortet werktags von 9 bis 15 Uhr.\nAufträge aus dieser Zeit bestätigen wir in der ersten Januarwoche.",
            ),
            (
                "Rond de jaarwisseling is onze fabriek gesloten",
                "De onderdelendienst antwoordt op werkdagen van 9 tot 15 uur.\nBestellingen uit die tijd bevestigen wij in de eerste week van januari.",
            ),
        ],
    },
    Demo {
        severity: Severity::Info,
        audience: Audience::Staff,
        confirm: false,
        days: (0, 30),
        written_days_ago: 0,
        publish: false,
        versions: [
            ("Please look through the contacts of your customers", "Who stands in for you on holiday belongs there, too."),
            ("Bitte sehen Sie die Ansprechpartner Ihrer Kunden durch", "Wer im Urlaub vertritt, gehört dazu."),
            ("", ""),
        ],
    },
];

/// Writes them, if they are not there.
pub async fn add(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    if !service::list(ctx, None, 1).await?.items.is_empty() {
        return Ok(());
    }
    let author = world.person("support@nordlicht.example")?;
    for demo in ANNOUNCEMENTS {
        let at = super::during_work(ctx, demo.written_days_ago, 60);
        let writer = super::as_author(ctx, author, at).await?;
        let day = |days: i64| Instant(ctx.now().0 + days * 86_400 * 1_000_000);
        let wanted = Wanted {
            severity: demo.severity,
            audience: demo.audience,
            groups: Vec::new(),
            confirm: demo.confirm,
            starts_at: Some(day(demo.days.0)),
            ends_at: Some(day(demo.days.1)),
            versions: demo.versions.map(|(title, text)| (title.to_owned(), text.to_owned())),
        };
        let id = service::create(&writer, wanted).await?;
        if demo.publish {
            service::set_state(&writer, id, None, State::Published).await?;
        }
    }
    Ok(())
}
