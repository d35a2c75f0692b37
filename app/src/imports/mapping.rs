//! Which column is which field, and how days and numbers are written, where people say so; and keeping that under a name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::MappingId;

use super::kind::Kind;
use super::service;
use super::values::DayOrder;

sql! {
    LIST = "SELECT id, kind, name, mapping FROM import_mappings WHERE kind = $1 ORDER BY name LIMIT 200";
    FIND = "SELECT id, kind, name, mapping FROM import_mappings WHERE kind = $1 AND name = $2";
    SAVE = "INSERT INTO import_mappings (id, kind, name, mapping, saved_by, saved_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, name) DO UPDATE SET mapping = excluded.mapping, saved_by = excluded.saved_by, saved_at = excluded.saved_at";
    ALL = "SELECT id, kind, name, mapping FROM import_mappings ORDER BY kind, name LIMIT 200";
    FORGET = "DELETE FROM import_mappings WHERE id = $1";
}

/// The longest name.
const NAME: usize = 60;

/// How a file is read. What is not said is told from the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Field and the heading of its column. None: the columns are known by their names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<BTreeMap<String, String>>,
    /// How days are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<DayOrder>,
    /// Numbers have a comma before the decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comma: Option<bool>,
}

impl Mapping {
    /// As it is stored; one that is not understood is none.
    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// For storing.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }
}

/// One that is kept under a name.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Saved {
    /// Id.
    pub id: MappingId,
    /// Of which files.
    pub kind: Kind,
    /// Name.
    pub name: String,
    mapping: String,
}

impl Saved {
    /// What it says.
    pub fn mapping(&self) -> Mapping {
        Mapping::parse(&self.mapping)
    }
}

/// Those of a kind, by name.
pub async fn list(ctx: &Ctx, kind: Kind) -> Result<Vec<Saved>, AppError> {
    service::may_read(ctx)?;
    Ok(ctx.db.all(LIST, args![kind.name()]).await?)
}

/// All of them.
pub async fn all(ctx: &Ctx) -> Result<Vec<Saved>, AppError> {
    service::may_read(ctx)?;
    Ok(ctx.db.all(ALL, args![]).await?)
}

/// The one with this name.
pub async fn find(db: &Db, kind: Kind, name: &str) -> DbResult<Option<Saved>> {
    db.optional(FIND, args![kind.name(), name]).await
}

/// The one that is meant by a name: `auto` or empty is none, and the columns are known by their names.
pub async fn named(ctx: &Ctx, kind: Kind, name: &str) -> Result<Mapping, AppError> {
    if ["", "auto"].contains(&name) {
        return Ok(Mapping::default());
    }
    let found = find(&ctx.db, kind, name).await?;
    found.map(|saved| saved.mapping()).ok_or_else(|| {
        AppError::Invalid(FieldErrors::one("mapping", ctx.with("imports-error-mapping", &[("name", name.into())])))
    })
}

/// Keeps one under a name, in place of the one that had it.
pub async fn save(ctx: &Ctx, kind: Kind, name: &str, mapping: &Mapping) -> Result<String, AppError> {
    service::may_manage(ctx)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = |text: String| Err(AppError::Invalid(FieldErrors::one("name", text)));
    if name.is_empty() || name == "auto" || name.chars().any(char::is_control) {
        return wrong(ctx.t("imports-error-name").to_owned());
    }
    if name.chars().count() > NAME {
        return wrong(ctx.with("orders-error-long", &[("max", NAME.into())]));
    }
    let tx = ctx.db.begin().await?;
    let id = MappingId::new();
    let values = args![id, kind.name(), &name, mapping.text(), ctx.actor.user_id(), ctx.now()];
    tx.execute(SAVE, values).await?;
    audit::record(&tx, ctx, Event::new("import.mapping", "import_mapping", id.0).with("kind", kind.name())).await?;
    tx.commit().await?;
    Ok(name)
}

/// Forgets one.
pub async fn forget(ctx: &Ctx, id: MappingId) -> Result<(), AppError> {
    service::may_manage(ctx)?;
    let tx = ctx.db.begin().await?;
    if tx.execute(FORGET, args![id]).await? == 0 {
        return Err(AppError::NotFound);
    }
    audit::record(&tx, ctx, Event::new("import.forget", "import_mapping", id.0)).await?;
    tx.commit().await?;
    Ok(())
}
