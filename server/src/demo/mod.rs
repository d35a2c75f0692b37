//! The demo company: people, customers, documents. Its documents go through the same services as everybody's, as
//! their authors, with the clock set back to the day.

mod announcements;
mod appointments;
mod approvals;
mod categories;
pub mod content;
mod imports;
mod notifications;
mod orders;
pub mod people;
mod projects;
mod requests;
mod tags;
mod validity;
mod webhooks;
pub mod world;

use std::time::Duration;

use app::access::{Actor, Topic, Via};
use app::ctx::Ctx;
use app::documents::model::{Audience, Category, NewDocument};
use app::documents::service::{self, Seen};
use app::documents::upload::{add_version, create_with_file, grant_draft, grant_version};
use app::error::AppError;
use app::files::FileName;
use app::ids::UserId;
use app::sign_in::actor;
use app::time::{Clock, Instant};
use bytes::Bytes;
use indicatif::{ProgressBar, ProgressStyle};

use self::content::{DemoAudience, DemoDocument};
use self::world::World;
use crate::state::AppState;

/// Loads the demo; `false` when it was there, and then only the passwords are set.
pub async fn load(state: &AppState, password: &str) -> Result<bool, String> {
    let failed = |e: AppError| format!("demo: {e}");
    let ctx = state.ctx(Actor::operator(), "demo");
    let hash = app::sign_in::password::hash(password).await.map_err(failed)?;
    if people::set_passwords(&ctx, &hash).await.map_err(failed)? && world::complete(&ctx.db).await.map_err(failed)? {
        return Ok(false);
    }
    let mut world = World::create(&ctx, &hash).await.map_err(failed)?;
    // Before there are documents, so that she is told of them as they come.
    people::advise(&ctx, &mut world, &hash).await.map_err(failed)?;
    let today = ctx.now().timestamp().to_zoned(ctx.portal.zone.clone()).date();
    let mut documents = content::documents(today);
    // In the order in which it happened, so that ids, trail and lists agree.
    documents.sort_by_key(|d| std::cmp::Reverse(d.versions.first().map_or(0, |v| v.days_ago)));
    let progress = ProgressBar::new(documents.len() as u64).with_style(
        ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    progress.set_message("documents");
    // A demo that was cut off goes on where it stopped.
    let done = app::demo::document_count(&ctx.db).await.map_err(|e| failed(e.into()))?;
    for document in documents.into_iter().skip(done) {
        add(&ctx, &world, document).await.map_err(failed)?;
        progress.inc(1);
    }
    progress.finish_and_clear();
    approvals::add(&ctx, &world).await.map_err(failed)?;
    validity::add(&ctx, &world).await.map_err(failed)?;
    tags::add(&ctx, &world).await.map_err(failed)?;
    projects::add(&ctx, &world).await.map_err(failed)?;
    orders::add(&ctx, &world).await.map_err(failed)?;
    requests::add(&ctx, &world).await.map_err(failed)?;
    announcements::add(&ctx, &world).await.map_err(failed)?;
    appointments::add(&ctx, &world).await.map_err(failed)?;
    imports::add(&ctx).await.map_err(failed)?;
    webhooks::add(&ctx, &world).await.map_err(failed)?;
    categories::open(&ctx, &world).await.map_err(failed)?;
    people::invite(&ctx, &world).await.map_err(failed)?;
    people::settle(&ctx, &world).await.map_err(failed)?;
    notifications::add(&ctx).await.map_err(failed)?;
    world::finish(&ctx).await.map_err(failed)?;
    Ok(true)
}

/// A minute of the working day `ago` days back, counted from half past eight; never in the future.
fn during_work(ctx: &Ctx, ago: i64, minute: i64) -> Instant {
    let today = ctx.now().timestamp().to_zoned(ctx.portal.zone.clone()).date();
    let opens = today.saturating_sub(jiff::Span::new().days(ago)).at(8, 30, 0, 0).to_zoned(ctx.portal.zone.clone());
    // Whoever loads the demo at dawn sees today's papers come in a little while ago.
    let latest = ctx.now().minus(Duration::from_secs(60 * u64::try_from(450 - minute).unwrap_or(1) / 10));
    let wanted = opens.map_or(latest.0, |opens| opens.timestamp().as_microsecond() + minute * 60_000_000);
    Instant(wanted.min(latest.0))
}

async fn as_author(ctx: &Ctx, user: UserId, at: Instant) -> Result<Ctx, AppError> {
    let person = actor::load(&ctx.db, user).await?.ok_or(AppError::NotFound)?;
    Ok(Ctx { actor: Actor::person(person.kind, Via::CommandLine), clock: Clock::fixed(at), ..ctx.clone() })
}

async fn add(ctx: &Ctx, world: &World, document: DemoDocument) -> Result<(), AppError> {
    let organisation_id = world.organisation(document.organisation)?;
    let category = Category::parse(document.category).ok_or(AppError::Internal)?;
    // Finance and sales keep their own kinds of papers; the rest is the project manager's to publish.
    let author = match (document.author, category.topic()) {
        ("finance", Topic::Money) | ("sales", Topic::Quotes) | ("admin" | "pm", _) => document.author,
        _ => "pm",
    };
    let author = world.person(&format!("{author}@nordlicht.example"))?;
    // Each document at its own minute, published a little later.
    let minute = document.title.bytes().map(i64::from).sum::<i64>() % 400;
    let at = |ago: i64| during_work(ctx, ago, minute);
    let published_at = |ago: i64| during_work(ctx, ago, minute + 20);
    let mut versions = document.versions.into_iter();
    let Some(first) = versions.next() else { return Err(AppError::Internal) };
    let author_ctx = as_author(ctx, author, at(first.days_ago)).await?;
    let new = NewDocument { organisation_id, title: document.title, category };
    let granted = grant_draft(&author_ctx, new).await?;
    let id = create_with_file(&author_ctx, granted, &FileName::parse(&first.file_name), stream(first.bytes)).await?;
    let mut published = document.published_days_ago;
    let audience = match document.audience {
        DemoAudience::Organisation => Audience::Organisation,
        DemoAudience::Group(slug) => Audience::Group(world.group(slug)?),
        DemoAudience::People(emails) => {
            Audience::People(emails.into_iter().map(|email| world.person(email)).collect::<Result<_, _>>()?)
        }
        DemoAudience::Project(slug) => Audience::Project(world.project(slug)?),
    };
    for version in versions {
        if let Some(ago) = published.filter(|ago| *ago >= version.days_ago) {
            publish(ctx, author, id, published_at(ago), audience.clone()).await?;
            published = None;
        }
        let author_ctx = as_author(ctx, author, at(version.days_ago)).await?;
        let granted = grant_version(&author_ctx, id).await?;
        add_version(&author_ctx, granted, &FileName::parse(&version.file_name), stream(version.bytes)).await?;
    }
    if let Some(ago) = published {
        publish(ctx, author, id, published_at(ago), audience).await?;
    }
    Ok(())
}

async fn publish(
    ctx: &Ctx,
    author: UserId,
    id: app::ids::DocumentId,
    at: Instant,
    audience: Audience,
) -> Result<(), AppError> {
    let author_ctx = as_author(ctx, author, at).await?;
    service::publish(&author_ctx, id, &Seen::default(), audience).await.map(|_| ())
}

fn stream(bytes: Vec<u8>) -> impl futures::Stream<Item = Result<Bytes, String>> {
    futures::stream::once(async move { Ok(Bytes::from(bytes)) })
}
