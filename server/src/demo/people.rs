//! Who is in the demo.

use std::time::Duration;

use app::access::{Actor, MembershipRole, Reach, Rights, Role, StaffRole, Via};
use app::account::service::{self as account, EditProfile};
use app::ctx::Ctx;
use app::error::AppError;
use app::i18n::Locale;
use app::invitations::invite as invitations;
use app::invitations::model::NewInvitation;
use app::notifications::Class;
use app::notifications::mail::Cadence;
use app::notifications::mail::effective::open;
use app::notifications::mail::preferences::{self, Edit};
use app::people::{self, NewPerson};
use app::sign_in::actor;

use super::world::World;

/// E-mail, name, role, organisation.
pub const PEOPLE: [(&str, &str, Role, Option<&str>); 12] = [
    ("admin@nordlicht.example", "Jonas Petersen", Role::Staff(StaffRole::Administrator), None),
    ("pm@nordlicht.example", "Petra Mommsen", Role::Staff(StaffRole::ProjectManager), None),
    ("support@nordlicht.example", "Sven Urban", Role::Staff(StaffRole::Support), None),
    ("finance@nordlicht.example", "Frieda Nissen", Role::Staff(StaffRole::Finance), None),
    ("sales@nordlicht.example", "S\u{f6}nke L\u{fc}ders", Role::Staff(StaffRole::Sales), None),
    ("management@nordlicht.example", "Momme Clausen", Role::Staff(StaffRole::Management), None),
    ("anna@acme.example", "Anna Albers", Role::CustomerAdmin, Some("acme")),
    ("ben@acme.example", "Ben Brandt", Role::Customer, Some("acme")),
    ("henning@acme.example", "Henning Vo\u{df}", Role::Customer, Some("acme")),
    ("carla@borealis.example", "Carla de Vries", Role::CustomerAdmin, Some("borealis")),
    ("dirk@borealis.example", "Dirk Jansen", Role::Customer, Some("borealis")),
    ("eva@partner.example", "Eva Engel", Role::Partner, Some("acme")),
];

/// Somebody who works for both customers: a consultant, on one project of ACME as an external partner, and with the rights
/// of a customer at Borealis. E-mail and name.
pub const ADVISER: (&str, &str) = ("gesa@beratung.example", "Gesa Thomsen");

/// Makes the adviser, or finds her, with both memberships.
pub async fn advise(ctx: &Ctx, world: &mut World, hash: &str) -> Result<(), AppError> {
    let (email, name) = ADVISER;
    let tx = ctx.db.begin().await?;
    let id = match people::find(&tx, email).await? {
        Some(id) => id,
        None => {
            let (role, organisation) = (Role::Customer, Some("borealis".to_owned()));
            let new = NewPerson { email: email.to_owned(), name: name.to_owned(), role, organisation };
            people::insert(&tx, ctx, new, hash).await?
        }
    };
    app::demo::join(&tx, id, world.organisation("acme")?, MembershipRole::Partner, ctx.now()).await?;
    app::demo::add_to_project(&tx, id, world.project("line-2")?).await?;
    tx.commit().await?;
    world.add_person(email, id);
    Ok(())
}

/// Whom Anna has invited, with fewer rights than a colleague usually has; nobody has answered yet.
const INVITED: (&str, &str) = ("ina@acme.example", "Ina Iversen");

/// Leaves an invitation open, once.
pub async fn invite(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    let anna = actor::load(&ctx.db, world.person("anna@acme.example")?).await?.ok_or(AppError::NotFound)?;
    let ctx = Ctx { actor: Actor::person(anna.kind, Via::CommandLine), ..ctx.clone() };
    let (email, name) = INVITED;
    let new = NewInvitation {
        email: email.to_owned(),
        name: name.to_owned(),
        role: MembershipRole::Member,
        rights: Some(Rights { documents: Reach::Own, money: Reach::None, ..Rights::ALL }),
        projects: Vec::new(),
        message: "Hello Ina, please have a look at the minutes of line 2. Anna".to_owned(),
        locale: Locale::En,
    };
    match invitations::to_customer(&ctx, world.organisation("acme")?, new).await {
        // A demo that was cut off had come this far already.
        Ok(_) | Err(AppError::Invalid(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Where and when the named contacts are reached.
const REACHED: [(&str, &str, &str); 2] = [
    ("pm@nordlicht.example", "+49 431 5678-112", "Mon to Fri, 8:00 to 16:30"),
    ("sales@nordlicht.example", "+49 431 5678-140", "Mon to Thu, 9:00 to 17:00"),
];

/// What Petra looks like: drawn, of nobody.
const PORTRAIT: &[u8] = include_bytes!("content/petra.png");

/// Everybody has been there for a while, and contacts say how they are reached.
pub async fn settle(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let ago = |days: u64| ctx.now().minus(Duration::from_secs(days * 24 * 3600));
    for email in PEOPLE.into_iter().map(|(email, ..)| email).chain([ADVISER.0]) {
        let person = world.person(email)?;
        app::demo::known_since(&tx, person, ago(60)).await?;
        // Nobody signs in as Henning: he is the one who never has.
        if email != "henning@acme.example" {
            app::demo::last_here(&tx, person, ago(3)).await?;
        }
    }
    app::demo::portrait(&tx, world.person("pm@nordlicht.example")?, PORTRAIT, ago(30)).await?;
    tx.commit().await?;
    for (email, phone, hours) in REACHED {
        let person = actor::load(&ctx.db, world.person(email)?).await?.ok_or(AppError::NotFound)?;
        let ctx = Ctx { actor: Actor::person(person.kind, Via::CommandLine), ..ctx.clone() };
        let edit =
            EditProfile { phone: Some(phone.to_owned()), hours: Some(hours.to_owned()), ..EditProfile::default() };
        account::edit(&ctx, None, edit).await?;
    }
    digest(ctx, world).await
}

/// Ben reads what is good to know once a day, Anna is told as it happens.
async fn digest(ctx: &Ctx, world: &World) -> Result<(), AppError> {
    let ben = actor::load(&ctx.db, world.person("ben@acme.example")?).await?.ok_or(AppError::NotFound)?;
    let ctx = Ctx { actor: Actor::person(ben.kind, Via::CommandLine), ..ctx.clone() };
    let information =
        open(false).filter(|kind| kind.class() == Class::Information && kind.default_mail(false) != Cadence::Off);
    let kinds = information.map(|kind| (kind, Some(Cadence::Daily), None)).collect();
    preferences::edit(&ctx, None, Edit { digest_hour: Some(8), weekends: Some(false), kinds, ..Edit::default() }).await
}

/// Sets everybody's password to the given one; `false` when somebody is missing.
pub async fn set_passwords(ctx: &Ctx, hash: &str) -> Result<bool, AppError> {
    let mut complete = true;
    let tx = ctx.db.begin().await?;
    for (email, ..) in PEOPLE {
        match people::find(&tx, email).await? {
            Some(user) => people::set_password(&tx, ctx, user, hash).await?,
            None => complete = false,
        }
    }
    // A demo from before there was an adviser is complete without her.
    if let Some(user) = people::find(&tx, ADVISER.0).await? {
        people::set_password(&tx, ctx, user, hash).await?;
    }
    tx.commit().await?;
    Ok(complete)
}
