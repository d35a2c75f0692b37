//! Writing the mail of a notification, when it goes out: what was seen meanwhile, may not be seen any more or is not wanted
//! any more is left out, and a mail with nothing left in it is none.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::ctx::Ctx;
use crate::db::{Value, args, sql};
use crate::i18n::{Arg, Locale, format};
use crate::ids::NotificationId;
use crate::jobs::Failure;
use crate::mail::{Button, Foot, Kept, Line as Said, More, Recipient, Template};
use crate::notifications::{Class, Kind, Line, lines};
use crate::paths;
use crate::time::Instant;

use super::cadence::Cadence;
use super::dispatch::Told;
use super::effective::{self, Choice};
use super::plan::zone;
use super::unsubscribe::{self, What};
use super::{problems, store};

sql! {
    PERSON = "SELECT email, name, locale, time_zone, staff_role IS NOT NULL AS staff FROM users WHERE id = $1 AND state = 'active'";
    UNSEEN = sqlite: "SELECT id, letter FROM notifications WHERE id IN (SELECT unhex(value) FROM json_each($2)) AND user_id = $1 AND seen_at IS NULL ORDER BY id",
        postgres: "SELECT id, letter FROM notifications WHERE id = ANY($2) AND user_id = $1 AND seen_at IS NULL ORDER BY id";
    FORGET = sqlite: "UPDATE notifications SET letter = NULL WHERE id IN (SELECT unhex(value) FROM json_each($1)) AND letter IS NOT NULL",
        postgres: "UPDATE notifications SET letter = NULL WHERE id = ANY($1) AND letter IS NOT NULL";
}

/// Lines in one mail; the rest is in the portal.
const LINES: usize = 50;

/// A mail about to go out.
#[derive(Clone, Debug)]
pub struct News {
    /// To whom.
    pub to: Recipient,
    /// Where they live.
    pub zone: TimeZone,
    /// What it says.
    pub template: Template,
    /// The values of its text.
    pub values: BTreeMap<String, String>,
    /// Its button: a page of ours.
    pub button: Button,
    /// What it tells beside, and why it came.
    pub more: More,
    /// The address that stops it.
    pub stop: String,
}

/// Who reads it.
struct Reader<'a> {
    ctx: &'a Ctx,
    to: Recipient,
    zone: TimeZone,
    /// Of the house: several customers, so each line says which.
    staff: bool,
    choices: Vec<Choice>,
}

#[derive(sqlx::FromRow)]
struct Person {
    email: String,
    name: String,
    locale: Option<Locale>,
    time_zone: Option<String>,
    staff: bool,
}

/// Writes it; none where there is nothing left to say, or nobody to say it to.
pub async fn write(ctx: &Ctx, told: &Told) -> Result<Option<News>, Failure> {
    let person: Option<Person> = ctx.db.optional(PERSON, args![told.person]).await?;
    let Some(Person { email: address, name, locale, time_zone, staff }) = person else { return Ok(None) };
    if problems::at_address(&ctx.db, &address).await?.is_some() {
        return Ok(None);
    }
    let ids = Value::Uuids(told.notifications.iter().map(|id| id.0).collect());
    let unseen: Vec<(NotificationId, Option<String>)> = ctx.db.all(UNSEEN, args![told.person, ids]).await?;
    let reader = Reader {
        ctx,
        to: Recipient { address, name, locale: locale.unwrap_or_default() },
        zone: zone(time_zone.as_deref(), &ctx.portal.zone),
        staff,
        choices: effective::choices(&ctx.db, told.person).await?,
    };
    let ids: Vec<NotificationId> = unseen.iter().map(|(id, _)| *id).collect();
    let mut said = lines(ctx, told.person, reader.to.locale, &reader.zone, &ids).await?;
    // Switched off since it was queued, or a customer they want no mails of.
    let muted = store::mutes(&ctx.db, told.person).await?;
    said.retain(|line| reader.of(line.kind).is_some_and(|choice| choice.mail != Some(Cadence::Off)));
    said.retain(|line| !muted.iter().any(|(id, _)| line.organisation == Some(*id)));
    // What needs them comes first, and then the newest.
    said.sort_by_key(|line| (line.class() != Class::NeedsMe, std::cmp::Reverse(line.id)));
    let Some(first) = said.first() else { return Ok(None) };
    let cadence = reader.cadence(&said);
    let what = What::of(said.iter().map(|line| line.kind).collect(), cadence);
    let stop =
        reader.url(&paths::with_key(paths::UNSUBSCRIBE, &unsubscribe::key(&ctx.portal.secrets, told.person, &what)))?;
    let foot =
        Foot { why: reader.why(&said, cadence), stop: stop.clone(), choose: reader.url(paths::ACCOUNT_NOTIFICATIONS)? };
    let letter = match (said.as_slice(), cadence) {
        ([one], Cadence::AtOnce) => unseen.iter().find(|(id, _)| *id == one.id).and_then(|(_, letter)| letter.as_ref()),
        _ => None,
    };
    // A letter that this program does not know any more is said as a line.
    let kept = letter.and_then(|text| serde_json::from_str::<Kept>(text).ok());
    let known = kept.and_then(|kept| Some((Template::parse(&kept.template)?, kept)));
    let (template, values, button, lines) = match known {
        Some((template, kept)) => (template, kept.values, kept.button, Vec::new()),
        None => {
            let button = Button::Path(if said.len() == 1 { first.path.clone() } else { paths::NOTIFICATIONS.into() });
            let (template, values) = reader.text(&said, told.beyond, cadence);
            (template, values, button, reader.lines(&said, told.beyond)?)
        }
    };
    let more = More { lines, foot: Some(foot) };
    Ok(Some(News { to: reader.to, zone: reader.zone, template, values, button, more, stop }))
}

/// Forgets what acts wrote for it: it is sent, or will never be.
pub async fn forget(ctx: &Ctx, told: &Told) -> Result<(), Failure> {
    let tx = ctx.db.begin_relaxed().await?;
    tx.execute(FORGET, args![Value::Uuids(told.notifications.iter().map(|id| id.0).collect())]).await?;
    tx.commit().await?;
    Ok(())
}

impl Reader<'_> {
    fn of(&self, kind: Kind) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.kind == kind)
    }

    /// How soon what is in the mail comes: as a summary only if all of it does.
    fn cadence(&self, said: &[Line]) -> Cadence {
        let each = || said.iter().filter_map(|line| self.of(line.kind)).map(Choice::cadence);
        match (each().any(|one| one == Cadence::Daily), each().any(|one| one == Cadence::Weekly)) {
            (false, false) => Cadence::AtOnce,
            _ if each().any(|one| one == Cadence::AtOnce) => Cadence::AtOnce,
            (true, _) => Cadence::Daily,
            (false, true) => Cadence::Weekly,
        }
    }

    /// A page of ours as everybody reaches it.
    fn url(&self, path: &str) -> Result<String, Failure> {
        let wrong = |_| Failure::Never("no address of ours".into());
        self.ctx.portal.base_url.join(path).map(String::from).map_err(wrong)
    }

    fn say(&self, key: &'static str, args: &[Arg<'_>]) -> String {
        self.to.locale.with(key, args)
    }

    /// Why it came, in one sentence.
    fn why(&self, said: &[Line], cadence: Cadence) -> String {
        let portal = self.ctx.portal.name.get();
        let key = match cadence {
            Cadence::Daily => "mail-why-daily",
            Cadence::Weekly => "mail-why-weekly",
            Cadence::AtOnce | Cadence::Off => "mail-why-kinds",
        };
        let mut kinds: Vec<&str> = Vec::new();
        for name in said.iter().map(|line| self.to.locale.t(line.kind.label_key())) {
            if !kinds.contains(&name) {
                kinds.push(name);
            }
        }
        self.say(key, &[("portal", portal.into()), ("kinds", kinds.join(", ").into())])
    }

    /// The letter of several things, and its values.
    fn text(&self, said: &[Line], beyond: usize, cadence: Cadence) -> (Template, BTreeMap<String, String>) {
        let count = said.len() + beyond;
        let title = said.first().map(|line| line.text.clone()).unwrap_or_default();
        let mut values = BTreeMap::from([("lines".to_owned(), count.to_string())]);
        if cadence == Cadence::AtOnce {
            values.insert("title".to_owned(), title);
            values.insert("others".to_owned(), (count - 1).to_string());
            return (Template::Notifications, values);
        }
        values.insert("cadence".to_owned(), cadence.name().to_owned());
        (Template::Digest, values)
    }

    fn lines(&self, said: &[Line], beyond: usize) -> Result<Vec<Said>, Failure> {
        let mut lines = Vec::new();
        for line in said.iter().take(LINES) {
            let at = format::date_time(self.to.locale, &self.zone, Instant(0), line.at);
            let customer = if self.staff { line.organisation_name.clone() } else { String::new() };
            let meta = [at, line.who.clone(), customer];
            let meta = meta.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            lines.push(Said { text: line.text.clone(), url: self.url(&line.path)?, meta });
        }
        let rest = said.len() + beyond - lines.len();
        if rest > 0 {
            let text = self.say("mail-news-rest", &[("count", rest.into())]);
            lines.push(Said { text, url: self.url(paths::NOTIFICATIONS)?, meta: String::new() });
        }
        Ok(lines)
    }
}
