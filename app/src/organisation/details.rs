//! Master data: reading it, changing it, and its history.

use crate::access::{Act, Action, Actor, ActorKind, Granted, Guarded, Module, Reach, Relation, Rights, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, is_unique_violation, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::{ChangeId, OrganisationId};
use crate::settings;
use crate::time::Instant;

use super::fields::{Field, words};
use super::limits;
use super::model::relation_to;
use super::store::{Scope, may_see};

sql! {
    FIND = concat!("SELECT o.id, o.slug, o.name, o.number, o.street, o.postcode, o.city, o.country, o.phone, o.website, o.vat_id, o.language, o.limit_documents, o.limit_orders, o.limit_money, o.limit_tickets, o.released, o.state = 'archived' AS archived, o.archived_at, o.revision, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = o.id) AS assigned FROM organisations o WHERE o.id = $4 AND ", may_see!());
    UPDATE = "UPDATE organisations SET name = $3, number = $4, street = $5, postcode = $6, city = $7, country = $8, phone = $9, website = $10, vat_id = $11, language = $12, revision = revision + 1 WHERE id = $1 AND revision = $2";
    RELEASE = "UPDATE organisations SET released = $3, revision = revision + 1 WHERE id = $1 AND revision = $2";
    CHANGE = "INSERT INTO organisation_changes (id, organisation_id, user_id, at, field, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CHANGES = "SELECT c.id, c.at, c.field, c.before, c.after, u.name AS by_name, c.user_id FROM organisation_changes c LEFT JOIN users u ON u.id = c.user_id WHERE c.organisation_id = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3";
    FORGET_TERMS = "DELETE FROM organisation_terms WHERE organisation_id = $1";
    ADD_TERM = "INSERT INTO organisation_terms (term, organisation_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
}

/// A customer's master data.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Details {
    /// Id.
    pub id: OrganisationId,
    /// Short name in commands.
    pub slug: String,
    name: String,
    number: String,
    street: String,
    postcode: String,
    city: String,
    country: String,
    phone: String,
    website: String,
    vat_id: String,
    language: String,
    limit_documents: Reach,
    limit_orders: Reach,
    limit_money: Reach,
    limit_tickets: Reach,
    /// The customer's own list of released fields; none where the portal's counts.
    pub released: Option<String>,
    /// Put to sleep.
    pub archived: bool,
    /// Since when.
    pub archived_at: Option<Instant>,
    /// Raised by every change; the ETag.
    pub revision: i64,
    /// The actor is assigned to it.
    pub assigned: bool,
}

impl Details {
    /// What a field holds.
    pub fn get(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Number => &self.number,
            Field::Street => &self.street,
            Field::Postcode => &self.postcode,
            Field::City => &self.city,
            Field::Country => &self.country,
            Field::Phone => &self.phone,
            Field::Website => &self.website,
            Field::VatId => &self.vat_id,
            Field::Language => &self.language,
            Field::Limit(module) => self.limits().of(module).name(),
        }
    }

    /// The most that anybody but its administrators sees.
    pub const fn limits(&self) -> Rights {
        Rights {
            documents: self.limit_documents,
            orders: self.limit_orders,
            money: self.limit_money,
            tickets: self.limit_tickets,
        }
    }

    fn set(&mut self, field: Field, value: String) {
        let place = match field {
            Field::Name => &mut self.name,
            Field::Number => &mut self.number,
            Field::Street => &mut self.street,
            Field::Postcode => &mut self.postcode,
            Field::City => &mut self.city,
            Field::Country => &mut self.country,
            Field::Phone => &mut self.phone,
            Field::Website => &mut self.website,
            Field::VatId => &mut self.vat_id,
            Field::Language => &mut self.language,
            Field::Limit(module) => return self.set_limit(module, &value),
        };
        *place = value;
    }

    /// The value was checked: another word than a reach's changes nothing.
    fn set_limit(&mut self, module: Module, value: &str) {
        let place = match module {
            Module::Documents => &mut self.limit_documents,
            Module::Orders => &mut self.limit_orders,
            Module::Money => &mut self.limit_money,
            Module::Tickets => &mut self.limit_tickets,
        };
        if let Some(reach) = Reach::parse(value) {
            *place = reach;
        }
    }
}

impl Guarded for Details {
    fn organisation_id(&self) -> Option<OrganisationId> {
        Some(self.id)
    }

    fn relation(&self, actor: &Actor) -> Relation {
        relation_to(actor, self.assigned)
    }
}

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident => $action:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl Act<Details> for $name {
            fn action(_: &Details) -> Action {
                Action::$action
            }
        }
    )*};
}
acts! {
    /// See it.
    Read => OrganisationRead;
    /// Change master data.
    Edit => OrganisationEdit;
    /// Everything that is the administrators' of the operator to decide.
    Manage => OrganisationManage;
}

/// What a caller saw before they acted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// The revision they looked at.
    pub revision: Option<i64>,
    /// They came from a form: a conflict is told in words (409), not as a failed precondition (412).
    pub form: bool,
}

impl Seen {
    /// A form carries the revision it was made from.
    pub fn form(revision: &str) -> Result<Self, AppError> {
        let revision = revision.parse().map_err(|_| AppError::BadRequest("revision".into()))?;
        Ok(Self { revision: Some(revision), form: true })
    }

    fn moved_on(self, ctx: &Ctx) -> AppError {
        if self.form { AppError::Conflict(ctx.t("customers-error-changed").to_owned()) } else { AppError::Stale }
    }
}

/// A customer as the actor may see it. Foreign and missing are the same.
pub async fn find(ctx: &Ctx, id: OrganisationId) -> Result<Details, AppError> {
    Ok(grant::<Read, _>(&ctx.actor, load(&ctx.db, ctx, id).await?)?.into_row())
}

/// The same in a transaction.
pub async fn find_in(tx: &Tx, ctx: &Ctx, id: OrganisationId) -> Result<Details, AppError> {
    Ok(grant::<Read, _>(&ctx.actor, load(tx, ctx, id).await?)?.into_row())
}

async fn load(db: &Db, ctx: &Ctx, id: OrganisationId) -> Result<Details, AppError> {
    let [user, assigned, all] = Scope::of(&ctx.actor)?.values();
    db.optional(FIND, [user, assigned, all, id.into()]).await?.ok_or(AppError::NotFound)
}

/// Takes a customer for a change: what is not visible is not found, what is not allowed is refused, and what somebody
/// else has changed since is told.
pub(super) async fn take<A: Act<Details>>(
    tx: &Tx,
    ctx: &Ctx,
    id: OrganisationId,
    seen: Seen,
) -> Result<Granted<A, Details>, AppError> {
    let granted = grant::<A, _>(&ctx.actor, load(tx, ctx, id).await?)?;
    match seen.revision {
        Some(revision) if revision != granted.row().revision => Err(seen.moved_on(ctx)),
        _ => Ok(granted),
    }
}

/// Whether the actor may change anything of it.
pub fn may_edit(ctx: &Ctx, details: &Details) -> bool {
    allow(&ctx.actor, Action::OrganisationEdit, details.relation(&ctx.actor), Some(details.id)).is_ok()
}

/// Whether the actor may do what only administrators of the operator do.
pub fn may_manage(ctx: &Ctx, details: &Details) -> bool {
    allow(&ctx.actor, Action::OrganisationManage, details.relation(&ctx.actor), Some(details.id)).is_ok()
}

/// The fields that a customer's own administrators may change.
pub async fn released(db: &Db, details: &Details) -> DbResult<Vec<Field>> {
    let portal = settings::released_fields(db).await?;
    Ok(Field::released(details.released.as_deref(), portal.as_deref()))
}

/// Changes some fields. A customer's administrators change what was released to them; a limit is never theirs.
///
/// # Errors
/// `Invalid` by field; `Conflict` or `Stale` where somebody was faster.
pub async fn edit(
    ctx: &Ctx,
    id: OrganisationId,
    seen: Seen,
    values: Vec<(Field, String)>,
) -> Result<Details, AppError> {
    let tx = ctx.db.begin().await?;
    if edit_in(&tx, ctx, id, seen, values).await?.is_empty() {
        return find(ctx, id).await;
    }
    tx.commit().await?;
    find(ctx, id).await
}

/// The same in a transaction that does more: which fields changed.
///
/// # Errors
/// `Invalid` by field; `Conflict` or `Stale` where somebody was faster.
pub async fn edit_in(
    tx: &Tx,
    ctx: &Ctx,
    id: OrganisationId,
    seen: Seen,
    values: Vec<(Field, String)>,
) -> Result<Vec<Field>, AppError> {
    let granted = take::<Edit>(tx, ctx, id, seen).await?;
    let before = granted.row();
    let mut after = before.clone();
    let mut errors = FieldErrors::default();
    // The operator at the machine is nobody of staff, and may what staff may.
    let ours = ctx.actor.staff().is_some() || matches!(ctx.actor.kind(), ActorKind::Operator);
    let all = || Field::ALL.into_iter().chain(Field::LIMITS);
    let released = if ours { all().collect() } else { released(tx, before).await? };
    for (field, value) in values {
        if !released.contains(&field) {
            errors.add(field.name(), ctx.t("customers-error-not-released"));
            continue;
        }
        match field.check(ctx, &value) {
            Ok(value) => after.set(field, value),
            Err(text) => errors.add(field.name(), text),
        }
    }
    errors.into_result()?;
    let changed: Vec<Field> = all().filter(|field| before.get(*field) != after.get(*field)).collect();
    if changed.is_empty() {
        return Ok(changed);
    }
    write(tx, ctx, &granted, &after, seen).await?;
    let cut =
        if before.limits() == after.limits() { None } else { Some(limits::set(tx, &granted, after.limits()).await?) };
    for field in &changed {
        let values = args![
            ChangeId::new(),
            id,
            ctx.actor.user_id(),
            ctx.now(),
            field.name(),
            before.get(*field),
            after.get(*field)
        ];
        tx.execute(CHANGE, values).await?;
    }
    if changed.iter().any(|field| [Field::Name, Field::Number, Field::City].contains(field)) {
        index(tx, id, &[after.get(Field::Name), after.get(Field::Number), after.get(Field::City)]).await?;
    }
    let names: Vec<&str> = changed.iter().map(|field| field.name()).collect();
    let mut event =
        Event::new("organisation.edit", "organisation", id.0).organisation(id).with("fields", names.join(" "));
    if let Some(people) = cut {
        // How many see less from here on.
        event = event.with("people", people);
    }
    audit::record(tx, ctx, event).await?;
    Ok(changed)
}

async fn write(
    tx: &Tx,
    ctx: &Ctx,
    granted: &Granted<Edit, Details>,
    after: &Details,
    seen: Seen,
) -> Result<(), AppError> {
    let value = |field| after.get(field);
    let values = args![
        after.id,
        granted.row().revision,
        value(Field::Name),
        value(Field::Number),
        value(Field::Street),
        value(Field::Postcode),
        value(Field::City),
        value(Field::Country),
        value(Field::Phone),
        value(Field::Website),
        value(Field::VatId),
        value(Field::Language)
    ];
    match tx.execute(UPDATE, values).await {
        Ok(1) => Ok(()),
        Ok(_) => Err(seen.moved_on(ctx)),
        Err(e) if is_unique_violation(&e) => {
            Err(AppError::Invalid(FieldErrors::one("number", ctx.t("customers-error-number-taken"))))
        }
        Err(e) => Err(e.into()),
    }
}

/// Notes the words a customer is found by.
pub(super) async fn index(tx: &Tx, id: OrganisationId, texts: &[&str]) -> DbResult<()> {
    tx.execute(FORGET_TERMS, args![id]).await?;
    for word in words(&texts.join(" ")) {
        tx.execute(ADD_TERM, args![word, id]).await?;
    }
    Ok(())
}

/// Decides which fields the customer's administrators may change; `None`: as the portal's setting says.
pub async fn release(
    ctx: &Ctx,
    id: OrganisationId,
    seen: Seen,
    fields: Option<Vec<Field>>,
) -> Result<Details, AppError> {
    let tx = ctx.db.begin().await?;
    let granted = take::<Manage>(&tx, ctx, id, seen).await?;
    let names = fields.map(|fields| {
        let named = fields.into_iter().filter(|field| Field::RELEASABLE.contains(field));
        named.map(Field::name).collect::<Vec<_>>().join(" ")
    });
    if tx.execute(RELEASE, args![id, granted.row().revision, names.clone()]).await? != 1 {
        return Err(seen.moved_on(ctx));
    }
    let event = Event::new("organisation.release", "organisation", id.0).organisation(id);
    audit::record(&tx, ctx, event.with("fields", names.unwrap_or_else(|| "default".to_owned()))).await?;
    tx.commit().await?;
    find(ctx, id).await
}

/// One change of one field.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Change {
    /// Id.
    pub id: ChangeId,
    /// When.
    pub at: Instant,
    /// Which field.
    pub field: String,
    /// What it held.
    pub before: String,
    /// What it holds since.
    pub after: String,
    /// Who changed it; none for the operator at the machine.
    pub by_name: Option<String>,
    /// Their id.
    pub user_id: Option<crate::ids::UserId>,
}

/// The history of a customer's master data, newest first: for whoever may change it.
pub async fn changes(
    ctx: &Ctx,
    details: &Details,
    before: Option<ChangeId>,
    limit: i64,
) -> Result<Vec<Change>, AppError> {
    allow(&ctx.actor, Action::OrganisationEdit, details.relation(&ctx.actor), Some(details.id))?;
    let before = before.unwrap_or(ChangeId(uuid::Uuid::max()));
    Ok(ctx.db.all(CHANGES, args![details.id, before, limit]).await?)
}
