//! All SQL of what people choose about their mails.

use crate::access::Granted;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{OrganisationId, UserId};
use crate::organisation::model::Organisation;
use crate::time::Instant;

use super::cadence::{Cadence, Settings};
use super::defaults::SetDefaults;
use super::plan::small;
use crate::notifications::kind::Kind;

sql! {
    SETTINGS = "SELECT digest_hour, digest_weekday, quiet_from, quiet_to, weekends, last_mail_at, revision FROM notification_settings WHERE user_id = $1";
    BEGIN_SETTINGS = "INSERT INTO notification_settings (user_id, digest_hour, digest_weekday, quiet_from, quiet_to, weekends, revision) VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT DO NOTHING";
    SET_SETTINGS = "UPDATE notification_settings SET digest_hour = $3, digest_weekday = $4, quiet_from = $5, quiet_to = $6, weekends = $7, revision = revision + 1 WHERE user_id = $1 AND revision = $2";
    CHOSEN = "SELECT kind, mail, push FROM notification_preferences WHERE user_id = $1";
    CHOOSE = "INSERT INTO notification_preferences (user_id, kind, mail, push) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, kind) DO UPDATE SET mail = excluded.mail, push = excluded.push";
    CHOOSE_MAIL = "INSERT INTO notification_preferences (user_id, kind, mail) VALUES ($1, $2, $3) ON CONFLICT (user_id, kind) DO UPDATE SET mail = excluded.mail";
    /// What the organisations of a customer say; where several do, the soonest holds.
    STANDARDS = "SELECT d.kind, d.mail FROM memberships m JOIN notification_defaults d ON d.organisation_id = m.organisation_id WHERE m.user_id = $1 AND m.state = 'active'";
    DEFAULTS = "SELECT kind, mail FROM notification_defaults WHERE organisation_id = $1";
    SET_DEFAULT = "INSERT INTO notification_defaults (organisation_id, kind, mail) VALUES ($1, $2, $3) ON CONFLICT (organisation_id, kind) DO UPDATE SET mail = excluded.mail";
    DROP_DEFAULT = "DELETE FROM notification_defaults WHERE organisation_id = $1 AND kind = $2";
    /// Two who change the same at once do so one after the other.
    LOCK = sqlite: "SELECT id FROM organisations WHERE id = $1", postgres: "SELECT id FROM organisations WHERE id = $1 FOR UPDATE";
    MUTES = "SELECT o.id, o.name FROM notification_mutes x JOIN organisations o ON o.id = x.organisation_id WHERE x.user_id = $1 ORDER BY o.name, o.id";
    MUTE = "INSERT INTO notification_mutes (user_id, organisation_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    UNMUTE = "DELETE FROM notification_mutes WHERE user_id = $1 AND organisation_id = $2";
    IS_MUTED = "SELECT organisation_id FROM notification_mutes WHERE user_id = $1 AND organisation_id = $2";
    HUSH = "UPDATE notifications SET mail_due_at = NULL WHERE user_id = $1 AND organisation_id = $2 AND mail_due_at IS NOT NULL";
    MOVE = "UPDATE notifications SET mail_due_at = $3 WHERE user_id = $1 AND mail_due_at IS NOT NULL AND $2 LIKE '% ' || kind || ' %'";
}

/// Settings as they are stored, with the number that every change raises; 0 where there is nothing yet.
pub type Stored = (Settings, i64);

#[derive(sqlx::FromRow)]
struct Row {
    digest_hour: i64,
    digest_weekday: i64,
    quiet_from: Option<i64>,
    quiet_to: Option<i64>,
    weekends: bool,
    last_mail_at: Option<Instant>,
    revision: i64,
}

/// When somebody wants their mails.
pub async fn settings(db: &Db, user: UserId) -> DbResult<Stored> {
    let row: Option<Row> = db.optional(SETTINGS, args![user]).await?;
    let usual = Settings::default();
    Ok(row.map_or((usual, 0), |row| {
        let quiet = row.quiet_from.zip(row.quiet_to).map(|(from, to)| (small(Some(from), 0), small(Some(to), 0)));
        let settings = Settings {
            digest_hour: small(Some(row.digest_hour), usual.digest_hour),
            digest_weekday: small(Some(row.digest_weekday), usual.digest_weekday),
            quiet,
            weekends: row.weekends,
            last_mail_at: row.last_mail_at,
        };
        (settings, row.revision)
    }))
}

/// Writes them over what was seen at this revision; `false` when somebody was faster.
pub async fn set_settings(tx: &Tx, user: UserId, seen: i64, new: &Settings) -> DbResult<bool> {
    let (hour, weekday) = (i64::from(new.digest_hour), i64::from(new.digest_weekday));
    let (from, to) = new.quiet.map(|(from, to)| (i64::from(from), i64::from(to))).unzip();
    if seen == 0 && tx.execute(BEGIN_SETTINGS, args![user, hour, weekday, from, to, new.weekends]).await? == 1 {
        return Ok(true);
    }
    Ok(tx.execute(SET_SETTINGS, args![user, seen, hour, weekday, from, to, new.weekends]).await? == 1)
}

/// What somebody chose themselves: mail and push of a kind. Kinds that this program does not know are left out.
pub async fn chosen(db: &Db, user: UserId) -> DbResult<Vec<(Kind, Option<Cadence>, Option<bool>)>> {
    let rows: Vec<(String, Option<Cadence>, Option<bool>)> = db.all(CHOSEN, args![user]).await?;
    Ok(rows.into_iter().filter_map(|(kind, mail, push)| Some((Kind::parse(&kind)?, mail, push))).collect())
}

/// Writes both.
pub async fn choose(tx: &Tx, user: UserId, kind: Kind, mail: Option<Cadence>, push: Option<bool>) -> DbResult<()> {
    tx.execute(CHOOSE, args![user, kind.name(), mail.map(Cadence::name), push]).await.map(|_| ())
}

/// Writes mail alone.
pub async fn choose_mail(tx: &Tx, user: UserId, kind: Kind, mail: Cadence) -> DbResult<()> {
    tx.execute(CHOOSE_MAIL, args![user, kind.name(), mail.name()]).await.map(|_| ())
}

/// What the organisations of somebody say.
pub async fn standards(db: &Db, user: UserId) -> DbResult<Vec<(Kind, Cadence)>> {
    let rows: Vec<(String, Cadence)> = db.all(STANDARDS, args![user]).await?;
    Ok(known(rows))
}

/// What one organisation says.
pub async fn defaults(db: &Db, organisation: OrganisationId) -> DbResult<Vec<(Kind, Cadence)>> {
    let rows: Vec<(String, Cadence)> = db.all(DEFAULTS, args![organisation]).await?;
    Ok(known(rows))
}

fn known(rows: Vec<(String, Cadence)>) -> Vec<(Kind, Cadence)> {
    rows.into_iter().filter_map(|(kind, mail)| Some((Kind::parse(&kind)?, mail))).collect()
}

/// Has whoever changes it at the same time wait.
pub async fn lock(tx: &Tx, organisation: OrganisationId) -> DbResult<()> {
    let _: Option<(OrganisationId,)> = tx.optional(LOCK, args![organisation]).await?;
    Ok(())
}

/// Says it for an organisation, or leaves it to the portal.
pub async fn set_default(
    tx: &Tx,
    granted: &Granted<SetDefaults, Organisation>,
    kind: Kind,
    mail: Option<Cadence>,
) -> DbResult<()> {
    let organisation = granted.row().id;
    match mail {
        Some(mail) => tx.execute(SET_DEFAULT, args![organisation, kind.name(), mail.name()]).await?,
        None => tx.execute(DROP_DEFAULT, args![organisation, kind.name()]).await?,
    };
    Ok(())
}

/// The customers somebody wants no mails of.
pub async fn mutes(db: &Db, user: UserId) -> DbResult<Vec<(OrganisationId, String)>> {
    db.all(MUTES, args![user]).await
}

/// Whether they want none of this one.
pub async fn is_muted(db: &Db, user: UserId, organisation: OrganisationId) -> DbResult<bool> {
    let row: Option<(OrganisationId,)> = db.optional(IS_MUTED, args![user, organisation]).await?;
    Ok(row.is_some())
}

/// No mails of it any more, also none of what waits; `false` when that was so before.
pub async fn mute(tx: &Tx, user: UserId, organisation: OrganisationId) -> DbResult<bool> {
    tx.execute(HUSH, args![user, organisation]).await?;
    Ok(tx.execute(MUTE, args![user, organisation]).await? > 0)
}

/// Mails of it again; `false` when that was so before.
pub async fn unmute(tx: &Tx, user: UserId, organisation: OrganisationId) -> DbResult<bool> {
    Ok(tx.execute(UNMUTE, args![user, organisation]).await? > 0)
}

/// Moves what waits to be mailed of these kinds; none: it is not mailed.
pub async fn move_waiting(tx: &Tx, user: UserId, kinds: &[Kind], due: Option<Instant>) -> DbResult<()> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    tx.execute(MOVE, args![user, format!(" {} ", names.join(" ")), due]).await.map(|_| ())
}
