//! What an organisation says about the mails of its people, for as long as they do not choose themselves: by its
//! administrators.

use sha2::{Digest as _, Sha256};

use crate::access::{Act, Action, Granted, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::etag;
use crate::ids::OrganisationId;
use crate::organisation::model::Organisation;
use crate::organisation::service as organisations;

use super::cadence::Cadence;
use super::effective::open;
use super::store;
use crate::notifications::kind::Kind;

/// Say which mails the people of an organisation get.
#[derive(Debug)]
pub struct SetDefaults;

impl Act<Organisation> for SetDefaults {
    fn action(_: &Organisation) -> Action {
        Action::OrganisationNotify
    }
}

/// What an organisation says of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standard {
    /// What is told.
    pub kind: Kind,
    /// What the organisation says; none: what the portal says.
    pub mail: Option<Cadence>,
}

impl Standard {
    /// What the portal says.
    pub const fn usual(&self) -> Cadence {
        self.kind.default_mail(false)
    }
}

/// What an organisation says, of every kind its people get.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// Whose.
    pub organisation: Organisation,
    /// In the order of the table.
    pub kinds: Vec<Standard>,
}

impl Defaults {
    /// Another one for everything else that could stand there: the ETag.
    pub fn seen(&self) -> String {
        let mut hasher = Sha256::new();
        for one in self.kinds.iter().filter(|one| one.mail.is_some()) {
            hasher.update(one.kind.name());
            hasher.update(one.mail.map_or("", Cadence::name));
        }
        crate::documents::model::hex(hasher.finalize().get(..8).unwrap_or_default())
    }
}

async fn granted(ctx: &Ctx, id: OrganisationId) -> Result<Granted<SetDefaults, Organisation>, AppError> {
    grant::<SetDefaults, _>(&ctx.actor, organisations::find(ctx, id).await?)
}

async fn read(db: &crate::db::Db, organisation: Organisation) -> Result<Defaults, AppError> {
    let said = store::defaults(db, organisation.id).await?;
    let of = |kind: Kind| said.iter().find(|(of, _)| *of == kind).map(|(_, mail)| *mail);
    let kinds = open(false).map(|kind| Standard { kind, mail: of(kind) }).collect();
    Ok(Defaults { organisation, kinds })
}

/// What an organisation says, for whoever may say it.
pub async fn of(ctx: &Ctx, id: OrganisationId) -> Result<Defaults, AppError> {
    read(&ctx.db, granted(ctx, id).await?.into_row()).await
}

/// Says it: these kinds are as they are given, the others stay. `seen` is what it was decided on; none changes whatever is
/// there.
///
/// # Errors
/// `Stale` where somebody was faster.
pub async fn set(
    ctx: &Ctx,
    id: OrganisationId,
    seen: Option<&str>,
    kinds: &[(Kind, Option<Cadence>)],
) -> Result<(), AppError> {
    let granted = granted(ctx, id).await?;
    let tx = ctx.db.begin().await?;
    store::lock(&tx, id).await?;
    let before = read(&tx, granted.row().clone()).await?;
    if etag::is_stale(seen, &before.seen()) {
        return Err(AppError::Stale);
    }
    let mut changed = 0;
    for one in &before.kinds {
        let wanted = kinds.iter().find(|(kind, _)| *kind == one.kind).map(|(_, mail)| *mail);
        if let Some(wanted) = wanted.filter(|wanted| *wanted != one.mail) {
            store::set_default(&tx, &granted, one.kind, wanted).await?;
            changed += 1;
        }
    }
    if changed > 0 {
        let event = Event::new("organisation.notify", "organisation", id.0).organisation(id).with("kinds", changed);
        audit::record(&tx, ctx, event).await?;
    }
    tx.commit().await?;
    Ok(())
}
