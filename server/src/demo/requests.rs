//! Files that customers of the demo are asked for: one open, one overdue, one to be put right, one that waits to be looked
//! at, and one of last year that ends soon. Asked, sent and accepted through the same services as everybody's.

use app::ctx::Ctx;
use app::documents;
use app::documents::model::{Category, EditDocument};
use app::documents::service::Seen;
use app::documents::upload::Incoming;
use app::error::AppError;
use app::files::FileName;
use app::ids::RequestId;
use app::requests::model::NewRequest;
use app::requests::service;
use app::validity::model::Validity;
use app::validity::service::today;

use super::content::certificate;
use super::content::words::Language;
use super::world::World;
use super::{as_author, during_work, stream};

/// What became of a request.
enum Fate {
    /// Nothing has come.
    Open,
    /// It was sent so many days ago.
    Sent(i64),
    /// It was sent and is to be put right: the days, and why.
    Fix(i64, &'static str),
    /// It was sent and accepted: the days, and in how many the document ends.
    Ends(i64, i64),
}

struct DemoRequest {
    customer: &'static str,
    title: &'static str,
    text: &'static str,
    people: &'static [&'static str],
    asked_days_ago: i64,
    /// From today.
    due: i64,
    file: (Language, &'static str, &'static str),
    fate: Fate,
}

const REQUESTS: [DemoRequest; 5] = [
    DemoRequest {
        customer: "acme",
        title: "Versicherungsbestätigung Montage",
        text: "Bitte die aktuelle Bestätigung Ihrer Betriebshaftpflicht, für Arbeiten in Halle 3.",
        people: &["ben@acme.example"],
        asked_days_ago: 352,
        due: -340,
        file: (
            Language::De,
            "Hanse Assekuranz AG",
            "Wir bestätigen, dass für die ACME Werke AG, Hamm, eine Betriebshaftpflichtversicherung über 10 Mio. EUR je Schadensfall besteht. Sie gilt für Montagearbeiten im eigenen Werk, auch durch Dritte.",
        ),
        fate: Fate::Ends(345, 19),
    },
    DemoRequest {
        customer: "acme",
        title: "Tragfähigkeit Hallenboden, Halle 3",
        text: "Wir brauchen den Nachweis des Statikers für 15 kN/m², bevor wir die Stützen setzen.",
        people: &["anna@acme.example", "ben@acme.example"],
        asked_days_ago: 3,
        due: 4,
        file: (Language::De, "", ""),
        fate: Fate::Open,
    },
    DemoRequest {
        customer: "borealis",
        title: "Toegangsregels Waalhaven",
        text: "Voor onze monteurs: helmen, badges, rijtijden.",
        people: &["carla@borealis.example", "dirk@borealis.example"],
        asked_days_ago: 14,
        due: -2,
        file: (Language::Nl, "", ""),
        fate: Fate::Open,
    },
    DemoRequest {
        customer: "borealis",
        title: "Stroomschema verdeler V2",
        text: "Met de beveiliging van de sorteerlijn.",
        people: &["dirk@borealis.example"],
        asked_days_ago: 10,
        due: 3,
        file: (
            Language::Nl,
            "Borealis Logistik BV",
            "Verdeler V2 voedt de sorteerlijn met 3 x 125 A. De beveiliging staat in het schema op blad 2.",
        ),
        fate: Fate::Fix(6, "Blad 2 ontbreekt: de beveiliging van de sorteerlijn is niet te zien."),
    },
    DemoRequest {
        customer: "borealis",
        title: "CE-verklaring transportband",
        text: "Van de bestaande band waar de sorteerlijn op aansluit.",
        people: &["dirk@borealis.example"],
        asked_days_ago: 8,
        due: 6,
        file: (
            Language::Nl,
            "Bandtechniek Maas BV",
            "Hierbij verklaren wij dat transportband BT-1200, bouwjaar 2019, voldoet aan de Machinerichtlijn 2006/42/EG.",
        ),
        fate: Fate::Sent(1),
    },
];

/// Asks for what was not asked for before the demo was cut off.
pub async fn add(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    for request in &REQUESTS {
        if app::demo::request(&ctx.db, request.title).await?.is_none() {
            ask(ctx, world, request).await?;
        }
    }
    Ok(())
}

async fn ask(ctx: &Ctx, world: &World, request: &DemoRequest) -> Result<(), AppError> {
    let pm = world.person("pm@nordlicht.example")?;
    let asker = as_author(ctx, pm, during_work(ctx, request.asked_days_ago, 120)).await?;
    let new = NewRequest {
        organisation_id: world.organisation(request.customer)?,
        title: request.title.to_owned(),
        text: request.text.to_owned(),
        category: Category::Other,
        due_on: today(ctx).plus(request.due),
        people: request.people.iter().map(|email| world.person(email)).collect::<Result<_, _>>()?,
    };
    let id = service::ask(&asker, new).await?.id;
    match request.fate {
        Fate::Open => Ok(()),
        Fate::Sent(ago) => answer(ctx, world, request, id, ago).await,
        Fate::Fix(ago, why) => {
            answer(ctx, world, request, id, ago).await?;
            service::fix(&as_author(ctx, pm, during_work(ctx, ago - 1, 60)).await?, id, why).await.map(|_| ())
        }
        Fate::Ends(ago, days) => {
            answer(ctx, world, request, id, ago).await?;
            let ctx = &as_author(ctx, pm, during_work(ctx, ago - 1, 60)).await?;
            let accepted = service::accept(ctx, id).await?;
            let Some(document) = accepted.document_id else { return Err(AppError::Internal) };
            let until = today(ctx).plus(ago - 1 + days);
            let validity = Validity { from: None, until: Some(until), notice_days: 30 };
            let edit = EditDocument { validity: Some(validity), ..EditDocument::default() };
            documents::service::edit(ctx, document, &Seen::default(), edit).await.map(|_| ())
        }
    }
}

/// The first who was asked sends the file.
async fn answer(ctx: &Ctx, world: &World, request: &DemoRequest, id: RequestId, ago: i64) -> Result<(), AppError> {
    let Some(email) = request.people.last() else { return Err(AppError::Internal) };
    let ctx = &as_author(ctx, world.person(email)?, during_work(ctx, ago, 200)).await?;
    let (language, issuer, text) = request.file;
    let bytes = certificate::pdf(language, today(ctx).date(), issuer, request.title, &[text.to_owned()]);
    let name = FileName::parse(&format!("{}.pdf", request.title));
    let granted = service::grant_answer(ctx, id).await?;
    service::answer(ctx, granted, Incoming::from(&name), stream(bytes)).await.map(|_| ())
}
