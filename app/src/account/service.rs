//! Use cases of one's own account: profile and preferences.

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::{Ctx, Theme};
use crate::db::{Value, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::i18n::Locale;
use crate::ids::{OrganisationId, UserId};
use crate::people;

use super::zones;

sql! {
    SET_LOCALE = "UPDATE users SET locale = $2, revision = revision + 1 WHERE id = $1";
    SET_THEME = "UPDATE users SET theme = $2, revision = revision + 1 WHERE id = $1";
    PROFILE = "SELECT id, name, email, locale, theme, time_zone, phone, hours, revision, created_at, last_sign_in_at FROM users WHERE id = $1";
    EDIT = "UPDATE users SET name = $2, locale = $3, theme = $4, time_zone = $5, phone = $7, hours = $8, revision = revision + 1 WHERE id = $1 AND revision = $6";
}

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 200;
/// The longest telephone number.
pub const LONGEST_PHONE: u32 = 40;
/// The longest line on when somebody is there.
pub const LONGEST_HOURS: u32 = 120;

/// One's profile as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Profile {
    /// Id.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// Sign-in address.
    pub email: String,
    /// The language chosen; none: the browser's.
    pub locale: Option<Locale>,
    /// The appearance chosen; none: the device's.
    pub theme: Option<Theme>,
    /// The time zone chosen; none: the portal's.
    pub time_zone: Option<String>,
    /// Where customers of theirs reach them; staff only, empty where nothing is said.
    pub phone: String,
    /// When; likewise.
    pub hours: String,
    /// Raised by every change.
    pub revision: i64,
    /// Since when there is a login.
    pub created_at: crate::time::Instant,
    /// When they last signed in.
    pub last_sign_in_at: Option<crate::time::Instant>,
}

/// What one may change about oneself; what is none stays. An empty language or zone goes back to the default.
#[derive(Clone, Debug, Default)]
pub struct EditProfile {
    /// Full name.
    pub name: Option<String>,
    /// Tag of a language.
    pub locale: Option<String>,
    /// Name of an appearance.
    pub theme: Option<String>,
    /// Name in the IANA database.
    pub time_zone: Option<String>,
    /// Where customers reach them; staff only.
    pub phone: Option<String>,
    /// When; staff only.
    pub hours: Option<String>,
}

/// Whoever has signed in, for their own account.
pub(crate) fn oneself(ctx: &Ctx) -> Result<UserId, AppError> {
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    ctx.actor.user_id().ok_or(AppError::Unauthenticated)
}

/// One's own profile.
pub async fn profile(ctx: &Ctx) -> Result<Profile, AppError> {
    // Also for a token that may only read: it is what it acts as.
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    ctx.actor.unheld()?;
    ctx.db.optional(PROFILE, args![user]).await?.ok_or(AppError::Unauthenticated)
}

/// A name as it may stand beside what somebody does: trimmed, one line, not empty.
pub fn clean_name(name: &str) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    fits.then_some(name)
}

/// What the profile would become, with everything that is wrong with it.
fn edited(ctx: &Ctx, before: &Profile, edit: &EditProfile) -> Result<Profile, AppError> {
    let mut after = before.clone();
    let mut errors = FieldErrors::default();
    if let Some(name) = &edit.name {
        match clean_name(name) {
            Some(name) => after.name = name,
            None => errors.add("name", ctx.t("account-error-name")),
        }
    }
    match edit.locale.as_deref() {
        None => {}
        Some("") => after.locale = None,
        Some(tag) => match Locale::parse(tag) {
            Some(locale) => after.locale = Some(locale),
            None => errors.add("locale", ctx.t("account-language-unknown")),
        },
    }
    if let Some(name) = edit.theme.as_deref() {
        match Theme::parse(name) {
            Some(theme) => after.theme = Some(theme),
            None => errors.add("theme", ctx.t("account-theme-unknown")),
        }
    }
    match edit.time_zone.as_deref() {
        None => {}
        Some("") => after.time_zone = None,
        Some(name) => match zones::parse(name) {
            Some(zone) => after.time_zone = Some(zone.to_owned()),
            None => errors.add("time_zone", ctx.t("account-error-time-zone")),
        },
    }
    reached(ctx, &mut after, edit, &mut errors);
    errors.into_result()?;
    Ok(after)
}

/// Where and when customers reach a member of staff.
fn reached(ctx: &Ctx, after: &mut Profile, edit: &EditProfile, errors: &mut FieldErrors) {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = |text: &str, most: u32| text.chars().count() > most as usize || text.chars().any(char::is_control);
    let staff = ctx.actor.staff().is_some();
    if let Some(phone) = edit.phone.as_deref().map(line) {
        if !staff && !phone.is_empty() {
            errors.add("phone", ctx.t("account-error-staff"));
        } else if long(&phone, LONGEST_PHONE) || !phone.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c)) {
            errors.add("phone", ctx.t("account-error-phone"));
        } else {
            after.phone = phone;
        }
    }
    if let Some(hours) = edit.hours.as_deref().map(line) {
        if !staff && !hours.is_empty() {
            errors.add("hours", ctx.t("account-error-staff"));
        } else if long(&hours, LONGEST_HOURS) {
            errors.add("hours", ctx.with("account-error-hours", &[("max", LONGEST_HOURS.into())]));
        } else {
            after.hours = hours;
        }
    }
}

/// Changes one's profile, if it still is the revision that was seen; without one, whatever it is.
///
/// # Errors
/// `Invalid` by field; `Stale` when it has changed since.
pub async fn edit(ctx: &Ctx, revision: Option<i64>, edit: EditProfile) -> Result<Profile, AppError> {
    let user = oneself(ctx)?;
    let tx = ctx.db.begin().await?;
    let before: Profile = tx.optional(PROFILE, args![user]).await?.ok_or(AppError::Unauthenticated)?;
    if revision.is_some_and(|seen| seen != before.revision) {
        return Err(AppError::Stale);
    }
    let after = edited(ctx, &before, &edit)?;
    // Names of fields, never what stands in them.
    let changed: Vec<&str> = [
        ("name", before.name != after.name),
        ("locale", before.locale != after.locale),
        ("theme", before.theme != after.theme),
        ("time_zone", before.time_zone != after.time_zone),
        ("phone", before.phone != after.phone),
        ("hours", before.hours != after.hours),
    ]
    .into_iter()
    .filter_map(|(field, changed)| changed.then_some(field))
    .collect();
    if changed.is_empty() {
        return Ok(before);
    }
    let locale = Value::from(after.locale.map(|locale| locale.tag().to_owned()));
    let theme = Value::from(after.theme.map(|theme| theme.name().to_owned()));
    let zone = after.time_zone.clone();
    let values = args![user, &after.name, locale, theme, zone, before.revision, &after.phone, &after.hours];
    if tx.execute(EDIT, values).await? == 0 {
        return Err(AppError::Stale);
    }
    if before.name != after.name {
        people::terms::note(&tx, user).await?;
    }
    audit::record(&tx, ctx, Event::new("user.edit", "user", user.0).with("fields", changed.join(","))).await?;
    tx.commit().await?;
    Ok(Profile { revision: before.revision + 1, ..after })
}

/// Remembers the language of somebody signed in; for anybody else the cookie does.
pub async fn set_language(ctx: &Ctx, locale: Locale) -> Result<(), AppError> {
    let Some(user) = ctx.actor.user_id() else { return Ok(()) };
    // Also for whoever is held up: they should be able to read why.
    if ctx.actor.hold().is_none() {
        oneself(ctx)?;
    }
    let tx = ctx.db.begin().await?;
    tx.execute(SET_LOCALE, args![user, locale]).await?;
    tx.commit().await?;
    Ok(())
}

/// Remembers the theme of somebody signed in.
pub async fn set_theme(ctx: &Ctx, theme: Theme) -> Result<(), AppError> {
    if ctx.actor.user_id().is_none() {
        return Ok(());
    }
    let user = oneself(ctx)?;
    let tx = ctx.db.begin().await?;
    tx.execute(SET_THEME, args![user, theme.name()]).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether the actor may look at this organisation: one of their own memberships.
pub fn check_organisation(ctx: &Ctx, id: OrganisationId) -> Result<(), AppError> {
    if ctx.actor.viewer().is_some() {
        return Err(AppError::Forbidden);
    }
    if ctx.actor.is_anonymous() {
        return Err(AppError::Unauthenticated);
    }
    let own = ctx.actor.memberships().iter().any(|m| m.organisation_id == id);
    if own { Ok(()) } else { Err(AppError::NotFound) }
}
