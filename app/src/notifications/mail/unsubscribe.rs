//! The key in a mail that stops this kind of mail: sealed with the installation's key, so that it needs neither a session
//! nor a row, works for as long as the mail lies about, and can be made by nobody else.

use uuid::Uuid;

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, args, sql};
use crate::error::AppError;
use crate::ids::UserId;
use crate::secrets::Secrets;

use super::cadence::Cadence;
use super::effective;
use super::store;
use crate::notifications::kind::{Class, Kind};

sql! {
    PERSON = "SELECT id FROM users WHERE id = $1";
}

/// What it was sealed for.
const PLACE: &str = "unsubscribe";
/// A mail about more kinds than this stops everything that comes as it did: the key stands in one line of the header.
const KINDS: usize = 12;

/// What is not to come any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// These kinds.
    Kinds(Vec<Kind>),
    /// Everything that comes as soon as this: the daily summary.
    Every(Cadence),
}

impl What {
    /// What a mail about these kinds stops.
    pub fn of(lines: Vec<Kind>, cadence: Cadence) -> Self {
        let mut kinds = Vec::new();
        for kind in lines {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let one_by_one = cadence == Cadence::AtOnce && kinds.len() <= KINDS;
        if one_by_one { Self::Kinds(kinds) } else { Self::Every(cadence) }
    }

    fn text(&self) -> String {
        match self {
            Self::Kinds(kinds) => kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" "),
            Self::Every(cadence) => format!("*{}", cadence.name()),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('*') {
            Some(name) => Cadence::parse(name).map(Self::Every),
            None => {
                // A kind that there is no more cannot come either.
                let kinds: Vec<Kind> = text.split(' ').filter_map(Kind::parse).collect();
                (!kinds.is_empty()).then_some(Self::Kinds(kinds))
            }
        }
    }
}

/// A key for a mail that is being sent.
pub fn key(secrets: &Secrets, person: UserId, what: &What) -> String {
    let plain = [person.0.as_bytes().as_slice(), what.text().as_bytes()].concat();
    secrets.seal_text(PLACE, &plain)
}

fn open(secrets: &Secrets, key: &str) -> Option<(UserId, What)> {
    let plain = secrets.open_text(PLACE, key)?;
    let (id, text) = plain.split_at_checked(16)?;
    Some((UserId(Uuid::from_slice(id).ok()?), What::parse(std::str::from_utf8(text).ok()?)?))
}

/// What a key would stop, and what of that still comes.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Whose mails.
    pub person: UserId,
    /// What.
    pub what: What,
    /// What of it still comes, with how soon.
    pub on: Vec<(Kind, Cadence)>,
}

/// Looks at a key; nothing is changed, because mail scanners open links, too. None: it is not one of ours.
pub async fn look(ctx: &Ctx, key: &str) -> Result<Option<Standing>, AppError> {
    Ok(standing(&ctx.db, &ctx.portal.secrets, key).await?)
}

async fn standing(db: &Db, secrets: &Secrets, key: &str) -> DbResult<Option<Standing>> {
    let Some((person, what)) = open(secrets, key) else { return Ok(None) };
    let known: Option<(UserId,)> = db.optional(PERSON, args![person]).await?;
    if known.is_none() {
        return Ok(None);
    }
    let fits = |kind: Kind, cadence: Cadence| match &what {
        What::Kinds(kinds) => kinds.contains(&kind),
        What::Every(every) => *every == cadence,
    };
    let choices = effective::choices(db, person).await?;
    let on = choices.iter().map(|one| (one.kind, one.cadence()));
    let on = on.filter(|(kind, cadence)| *cadence != Cadence::Off && kind.class() != Class::Security);
    let on = on.filter(|(kind, cadence)| fits(*kind, *cadence)).collect();
    Ok(Some(Standing { person, what, on }))
}

/// Stops it, whoever asks: the key is the right. What waits to be mailed of it is not mailed. A second time changes nothing.
/// None: the key is not one of ours.
pub async fn stop(ctx: &Ctx, key: &str) -> Result<Option<Standing>, AppError> {
    let tx = ctx.db.begin().await?;
    let Some(standing) = standing(&tx, &ctx.portal.secrets, key).await? else { return Ok(None) };
    if standing.on.is_empty() {
        return Ok(Some(standing));
    }
    let kinds: Vec<Kind> = standing.on.iter().map(|(kind, _)| *kind).collect();
    for kind in &kinds {
        store::choose_mail(&tx, standing.person, *kind, Cadence::Off).await?;
    }
    store::move_waiting(&tx, standing.person, &kinds, None).await?;
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    let event = Event::new("notification.unsubscribe", "user", standing.person.0).with("kinds", names.join(" "));
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(Some(standing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_with_the_installation_s_key_only_and_fits_into_a_line() {
        let (ours, theirs) = (Secrets::generate(), Secrets::generate());
        let person = UserId::new();
        let kinds: Vec<Kind> = Kind::ALL.iter().copied().take(KINDS).collect();
        for what in [What::of(kinds.clone(), Cadence::AtOnce), What::of(kinds, Cadence::Daily)] {
            let sealed = key(&ours, person, &what);
            assert!(sealed.len() < 900, "{}", sealed.len());
            assert_eq!(open(&ours, &sealed), Some((person, what)));
            assert_eq!(open(&theirs, &sealed), None);
            assert_eq!(open(&ours, &format!("{sealed}0")), None);
        }
        for wrong in ["", "zz", "00", "key"] {
            assert_eq!(open(&ours, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn many_kinds_stop_as_one_and_a_summary_always_does() {
        let all: Vec<Kind> = Kind::ALL.to_vec();
        assert_eq!(What::of(all, Cadence::AtOnce), What::Every(Cadence::AtOnce));
        let one = vec![Kind::DocumentPublished, Kind::DocumentPublished];
        assert_eq!(What::of(one, Cadence::AtOnce), What::Kinds(vec![Kind::DocumentPublished]));
        assert_eq!(What::parse("gone.kind"), None);
    }
}
