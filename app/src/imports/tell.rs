//! Telling whoever may import that a file was not imported which nobody stood by.

use crate::access::{Action, StaffRole};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::UserId;
use crate::mail::{Button, Letter, Recipient, Template};
use crate::notifications::{Kind, Notice, Object, tell};
use crate::paths;
use crate::people::readers::sees;

use super::model::Run;

sql! {
    STAFF = "SELECT id, email, name, locale, staff_role FROM users WHERE staff_role IS NOT NULL AND state = 'active' ORDER BY id";
}

#[derive(sqlx::FromRow)]
struct Colleague {
    id: UserId,
    email: String,
    name: String,
    locale: Option<Locale>,
    staff_role: StaffRole,
}

/// Tells each of them of a run that failed.
pub(super) async fn failed(ctx: &Ctx, run: &Run) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let staff: Vec<Colleague> = tx.all(STAFF, args![]).await?;
    for person in staff.into_iter().filter(|person| sees(person.staff_role, Action::ImportManage, false)) {
        let to = Recipient { address: person.email, name: person.name, locale: person.locale.unwrap_or_default() };
        let values = vec![("file", run.file_name.clone()), ("rejected", run.counts.rejected.to_string())];
        let button = Button::Path(paths::staff_import(run.id));
        let letter = Some(Letter { template: Template::ImportFailed, to, values, button });
        let (kind, object) = (Kind::ImportFailed, Object::Import(run.id));
        tell(&tx, ctx, Notice { kind, to: person.id, organisation: None, object, letter }).await?;
    }
    tx.commit().await?;
    Ok(())
}
