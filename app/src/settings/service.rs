//! What administrators decide about the portal as a whole: seen, changed against what was seen, with its history.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::organisation::fields::Field;
use crate::time::Instant;

sql! {
    /// Whoever changes settings waits here for whoever else does.
    LOCK = "INSERT INTO settings (key, value) VALUES ('revision', '1') ON CONFLICT (key) DO UPDATE SET value = settings.value";
    ALL = "SELECT key, value FROM settings WHERE key IN ('portal_name', 'view_as_shown', 'released_fields', 'revision')";
    SET_REVISION = "UPDATE settings SET value = $1 WHERE key = 'revision'";
    HISTORY = "SELECT e.at, e.detail, u.name AS by_name FROM audit_events e LEFT JOIN users u ON u.id = e.actor_id WHERE e.action = 'settings.edit' ORDER BY e.sequence DESC LIMIT $1";
}

/// The longest name, in characters.
pub const NAME_LONGEST: usize = 80;

/// One setting, by name: on the command line, in the API and in the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The operator's name on every page.
    PortalName,
    /// Which master data customers' administrators may change where staff decided nothing for the customer.
    ReleasedFields,
    /// Whether they see who of staff looked at the portal as one of theirs.
    ViewAsShown,
}

impl Key {
    /// Every setting, in the order of the page.
    pub const ALL: [Self; 3] = [Self::PortalName, Self::ReleasedFields, Self::ViewAsShown];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PortalName => "portal_name",
            Self::ReleasedFields => "released_fields",
            Self::ViewAsShown => "view_as_shown",
        }
    }

    /// The setting with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// What it held before, in the trail.
    const fn before(self) -> &'static str {
        match self {
            Self::PortalName => "portal_name_before",
            Self::ReleasedFields => "released_fields_before",
            Self::ViewAsShown => "view_as_shown_before",
        }
    }
}

/// The settings as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The operator's name on every page.
    pub portal_name: String,
    /// Which master data customers' administrators may change where staff decided nothing for the customer.
    pub released_fields: Vec<Field>,
    /// Whether they see who of staff looked at the portal as one of theirs.
    pub view_as_shown: bool,
    /// Raised by every change; the ETag.
    pub revision: i64,
}

impl Settings {
    async fn load(db: &Db) -> DbResult<Self> {
        let rows: Vec<(String, String)> = db.all(ALL, args![]).await?;
        let stored = |key: &str| rows.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        Ok(Self {
            portal_name: stored("portal_name").unwrap_or(super::UNNAMED).to_owned(),
            released_fields: Field::released(None, stored("released_fields")),
            view_as_shown: stored("view_as_shown").is_none_or(super::is_shown),
            revision: stored("revision").and_then(|text| text.parse().ok()).unwrap_or(1),
        })
    }

    /// What a setting holds, as text.
    pub fn text(&self, key: Key) -> String {
        match key {
            Key::PortalName => self.portal_name.clone(),
            Key::ReleasedFields => self.released_fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(" "),
            Key::ViewAsShown => if self.view_as_shown { "yes" } else { "no" }.to_owned(),
        }
    }
}

/// What to change; what is none stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The operator's name.
    pub portal_name: Option<String>,
    /// Names of fields of master data; the customer number cannot be released.
    pub released_fields: Option<Vec<String>>,
    /// Whether customers see who looked as one of theirs.
    pub view_as_shown: Option<bool>,
}

/// Refuses whoever may not change any.
pub fn check_manage(ctx: &Ctx) -> Result<(), AppError> {
    allow(&ctx.actor, Action::SettingsManage, Relation::Other, None)
}

/// The settings.
pub async fn read(ctx: &Ctx) -> Result<Settings, AppError> {
    allow(&ctx.actor, Action::SettingsRead, Relation::Other, None)?;
    Ok(Settings::load(&ctx.db).await?)
}

/// What the settings would become, with everything that is wrong with them.
fn changed(ctx: &Ctx, before: &Settings, change: Change) -> Result<Settings, AppError> {
    let mut after = before.clone();
    let mut errors = FieldErrors::default();
    if let Some(name) = change.portal_name {
        let name: String = name.nfc().map(|c| if c.is_control() { ' ' } else { c }).collect();
        after.portal_name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if after.portal_name.is_empty() {
            errors.add("portal_name", ctx.t("settings-error-name"));
        } else if after.portal_name.chars().count() > NAME_LONGEST {
            errors.add("portal_name", ctx.with("settings-error-name-long", &[("max", NAME_LONGEST.into())]));
        }
    }
    if let Some(names) = change.released_fields {
        let named = |field: &Field| names.iter().any(|name| name == field.name());
        after.released_fields = Field::RELEASABLE.into_iter().filter(named).collect();
        for name in &names {
            if !after.released_fields.iter().any(|field| field.name() == name) {
                errors.add("released_fields", ctx.with("settings-error-field", &[("name", name.clone().into())]));
            }
        }
    }
    if let Some(shown) = change.view_as_shown {
        after.view_as_shown = shown;
    }
    errors.into_result()?;
    Ok(after)
}

/// Changes settings, if they still are the revision that was seen; without one, whatever they are. They hold from the
/// next request, on other machines within seconds.
///
/// # Errors
/// `Invalid` by field; `Stale` where somebody was faster.
pub async fn change(ctx: &Ctx, revision: Option<i64>, change: Change) -> Result<Settings, AppError> {
    check_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    tx.execute(LOCK, args![]).await?;
    let before = Settings::load(&tx).await?;
    if revision.is_some_and(|seen| seen != before.revision) {
        return Err(AppError::Stale);
    }
    let mut after = changed(ctx, &before, change)?;
    let keys: Vec<Key> = Key::ALL.into_iter().filter(|key| before.text(*key) != after.text(*key)).collect();
    if keys.is_empty() {
        return Ok(before);
    }
    let mut event = Event::new("settings.edit", "settings", None);
    for key in &keys {
        let value = after.text(*key);
        tx.execute(super::SET, args![key.name(), &value]).await?;
        event = event.with(key.before(), before.text(*key)).with(key.name(), value);
    }
    after.revision = before.revision + 1;
    tx.execute(SET_REVISION, args![after.revision.to_string()]).await?;
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    ctx.portal.name.set(after.portal_name.clone());
    Ok(after)
}

/// One change, as the trail has kept it.
#[derive(Clone, Debug)]
pub struct Past {
    /// When.
    pub at: Instant,
    /// Who; none for the operator at the machine.
    pub by_name: Option<String>,
    /// Which settings, what they held, and what they hold since.
    pub changes: Vec<(Key, String, String)>,
}

/// The last changes, newest first: for whoever may see settings and the trail.
pub async fn history(ctx: &Ctx, limit: i64) -> Result<Vec<Past>, AppError> {
    allow(&ctx.actor, Action::SettingsRead, Relation::Other, None)?;
    allow(&ctx.actor, Action::AuditRead, Relation::Other, None)?;
    let rows: Vec<(Instant, String, Option<String>)> = ctx.db.all(HISTORY, args![limit]).await?;
    let past = rows.into_iter().map(|(at, detail, by_name)| {
        let detail: BTreeMap<String, String> = serde_json::from_str(&detail).unwrap_or_default();
        let changes = Key::ALL
            .into_iter()
            .filter_map(|key| Some((key, detail.get(key.before())?.clone(), detail.get(key.name())?.clone())));
        Past { at, by_name, changes: changes.collect() }
    });
    Ok(past.collect())
}
