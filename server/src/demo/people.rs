//! Who is in the demo.

use app::access::{Role, StaffRole};
use app::ctx::Ctx;
use app::error::AppError;
use app::people;

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

/// Sets everybody's password to the given one; `false` when somebody is missing.
pub async fn set_passwords(ctx: &Ctx, hash: &str) -> Result<bool, AppError> {
    let mut complete = true;
    let tx = ctx.db.begin().await?;
    for (email, ..) in PEOPLE {
        match people::find(&tx, email).await? {
            // Nobody signs in as Henning: he is the one who never has.
            Some(user) => people::set_password(&tx, ctx, user, hash).await?,
            None => complete = false,
        }
    }
    tx.commit().await?;
    Ok(complete)
}
