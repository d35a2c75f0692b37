//! What is to approve in the demo: something open, something overdue, something decided. Asked and decided through the
//! same service as everybody's, as the people who did it, with the clock set back to the day.

use std::time::Duration;

use app::approvals::model::{NewApproval, NewStep, Say};
use app::approvals::service;
use app::ctx::Ctx;
use app::error::AppError;
use app::ids::DocumentId;
use app::time::Instant;

use super::world::World;
use super::{as_author, during_work};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A question about a document of the demo.
struct Question {
    document: &'static str,
    people: &'static [&'static str],
    needed: i64,
    asked_days_ago: i64,
    /// How many days after that it is due.
    days: u32,
    message: &'static str,
    /// Who said yes, and how many days ago.
    approved: &'static [(&'static str, i64)],
}

const QUESTIONS: [Question; 5] = [
    Question {
        document: "Order confirmation AB-2026-0417",
        people: &["anna@acme.example"],
        needed: 1,
        asked_days_ago: 52,
        days: 7,
        message: "",
        approved: &[("anna@acme.example", 50)],
    },
    Question {
        document: "Layout drawing hall 3, sheet 4",
        people: &["anna@acme.example", "ben@acme.example"],
        needed: 1,
        asked_days_ago: 12,
        days: 10,
        message: "Sheet 4 with the moved columns. One of you is enough.",
        approved: &[("ben@acme.example", 10)],
    },
    Question {
        document: "Sicherheitsunterweisung für Monteure",
        people: &["ben@acme.example", "eva@partner.example"],
        needed: 2,
        asked_days_ago: 18,
        days: 14,
        message: "Bitte bestätigen Sie, dass die Unterweisung für alle auf der Baustelle gilt.",
        approved: &[("eva@partner.example", 15)],
    },
    Question {
        document: "Onderhoudscontract 2027",
        people: &["carla@borealis.example", "dirk@borealis.example"],
        needed: 1,
        asked_days_ago: 5,
        days: 9,
        message: "Eén akkoord is genoeg; het contract gaat op 1 januari in.",
        approved: &[],
    },
    Question {
        document: "Technical specification RF-400",
        people: &["anna@acme.example", "ben@acme.example"],
        needed: 2,
        asked_days_ago: 0,
        days: 3,
        message: "The load table on page 6 is corrected, and each transfer point has a third sensor.",
        approved: &[("ben@acme.example", 0)],
    },
];

/// Asks and answers what was not asked before the demo was cut off.
pub async fn add(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    let asker = world.person("pm@nordlicht.example")?;
    for question in QUESTIONS {
        let id = app::demo::document(&ctx.db, question.document).await?.ok_or(AppError::Internal)?;
        let asked_at = during_work(ctx, question.asked_days_ago, 430);
        let ctx = &as_author(ctx, asker, asked_at).await?;
        if service::of_document(ctx, id).await?.is_empty() {
            ask(ctx, world, id, asked_at, &question).await?;
        }
    }
    Ok(())
}

async fn ask(ctx: &Ctx, world: &World, id: DocumentId, at: Instant, question: &Question) -> Result<(), AppError> {
    let version = app::documents::service::find(ctx, id).await?.current_version;
    let people = question.people.iter().map(|email| world.person(email)).collect::<Result<_, _>>()?;
    let (message, due_at) = (question.message.to_owned(), at.plus(DAY * question.days));
    let steps = vec![NewStep::of(people, question.needed)];
    let new = NewApproval { version, steps, due_at, message };
    let approval = service::ask(ctx, id, new).await?.approval.id;
    for (email, ago) in question.approved {
        let said_at = Instant(during_work(ctx, *ago, 440).0.max(at.0));
        let reader = as_author(ctx, world.person(email)?, said_at).await?;
        service::decide(&reader, approval, Say { approve: true, comment: String::new(), shown: None }).await?;
    }
    Ok(())
}
