//! When people are to be mailed about something: what each of them chose, else what their organisation says, else what the
//! role and the kind have.

use std::collections::HashMap;

use jiff::tz::TimeZone;

use crate::access::{MembershipRole, Role, StaffRole};
use crate::db::{Db, DbResult, Value, args, sql};
use crate::ids::{OrganisationId, UserId};
use crate::time::Instant;

use super::cadence::{Cadence, Settings, due};
use super::usual::usual;
use crate::notifications::kind::{Class, Kind};

/// `$2` the kind, `$3` the organisation it is about. An organisation's default is for its own people, a mute for staff.
macro_rules! choices {
    ($ids:literal) => {
        concat!(
            "SELECT u.id, u.time_zone, u.staff_role, \
             (SELECT m.role FROM memberships m WHERE m.user_id = u.id AND m.state = 'active' ORDER BY CASE WHEN m.organisation_id = $3 THEN 0 ELSE 1 END, CASE m.role WHEN 'admin' THEN 0 WHEN 'member' THEN 1 ELSE 2 END LIMIT 1) AS role, s.digest_hour, s.digest_weekday, s.quiet_from, s.quiet_to, s.weekends, s.last_mail_at, p.mail AS chosen, d.mail AS standard, \
             (EXISTS (SELECT 1 FROM notification_mutes x WHERE x.user_id = u.id AND x.organisation_id = $3) OR EXISTS (SELECT 1 FROM mail_problems b WHERE b.user_id = u.id AND b.address_key = u.email_key)) AS silent \
             FROM users u LEFT JOIN notification_settings s ON s.user_id = u.id LEFT JOIN notification_preferences p ON p.user_id = u.id AND p.kind = $2 \
             LEFT JOIN notification_defaults d ON u.staff_role IS NULL AND d.organisation_id = $3 AND d.kind = $2 WHERE u.id ",
            $ids
        )
    };
}

sql! {
    CHOICES = sqlite: choices!("IN (SELECT unhex(value) FROM json_each($1))"), postgres: choices!("= ANY($1)");
}

#[derive(sqlx::FromRow)]
struct Choice {
    id: UserId,
    time_zone: Option<String>,
    staff_role: Option<StaffRole>,
    role: Option<MembershipRole>,
    digest_hour: Option<i64>,
    digest_weekday: Option<i64>,
    quiet_from: Option<i64>,
    quiet_to: Option<i64>,
    weekends: Option<bool>,
    last_mail_at: Option<Instant>,
    chosen: Option<Cadence>,
    standard: Option<Cadence>,
    silent: bool,
}

/// An hour or a weekday as the database holds it.
pub(super) fn small(value: Option<i64>, usual: i8) -> i8 {
    value.and_then(|value| i8::try_from(value).ok()).unwrap_or(usual)
}

/// The zone somebody lives in; the portal's where they chose none.
pub(super) fn zone(name: Option<&str>, portal: &TimeZone) -> TimeZone {
    name.and_then(|name| TimeZone::get(name).ok()).unwrap_or_else(|| portal.clone())
}

impl Choice {
    fn settings(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            digest_hour: small(self.digest_hour, usual.digest_hour),
            digest_weekday: small(self.digest_weekday, usual.digest_weekday),
            quiet: self.quiet_from.zip(self.quiet_to).map(|(from, to)| (small(Some(from), 0), small(Some(to), 0))),
            weekends: self.weekends.unwrap_or(usual.weekends),
            last_mail_at: self.last_mail_at,
        }
    }

    fn cadence(&self, kind: Kind) -> Cadence {
        self.chosen.or(self.standard).unwrap_or_else(|| usual(self.role(), kind))
    }

    /// What they are to the customer it is about; to another one of theirs, where it is about none.
    fn role(&self) -> Role {
        match (self.staff_role, self.role) {
            (Some(staff), _) => Role::Staff(staff),
            (None, role) => role.map_or(Role::Customer, MembershipRole::role),
        }
    }
}

/// When each of these people is to be mailed about something of this kind that happens now; none where they are not. A page
/// of people in one query.
pub async fn plan(
    db: &Db,
    portal: &TimeZone,
    kind: Kind,
    organisation: Option<OrganisationId>,
    people: &[UserId],
    now: Instant,
) -> DbResult<HashMap<UserId, Option<Instant>>> {
    // What concerns somebody's safety is a letter of its own, which nobody can switch off.
    if kind.class() == Class::Security || people.is_empty() {
        return Ok(people.iter().map(|person| (*person, None)).collect());
    }
    let ids = Value::Uuids(people.iter().map(|person| person.0).collect());
    let rows: Vec<Choice> = db.all(CHOICES, args![ids, kind.name(), organisation]).await?;
    let when = |row: &Choice| {
        let zone = zone(row.time_zone.as_deref(), portal);
        (!row.silent).then(|| due(now, row.cadence(kind), &row.settings(), &zone)).flatten()
    };
    Ok(rows.iter().map(|row| (row.id, when(row))).collect())
}
