//! What the operator's administrators decide about a customer: that it exists, that it sleeps, its groups, and who looks
//! after it.

use crate::access::{Action, Reach, Relation, Rights, StaffRole, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Tx, args, is_unique_violation, sql};
use crate::error::{AppError, FieldErrors};
use crate::etag;
use crate::idempotency;
use crate::ids::{GroupId, OrganisationId, UserId};
use crate::notifications::{Kind, Object, tell_all};
use crate::sign_in::proof;
use crate::team;
use crate::view_as;

use super::details::{Details, Edit, Manage, Seen, find, take};
use super::fields::Field;
use super::insert::{NewRow, insert};
use super::limits;
use super::model::Group;

sql! {
    NUMBER_TAKEN = "SELECT id FROM organisations WHERE number = $1";
    ARCHIVE = "UPDATE organisations SET state = 'archived', archived_at = $3, revision = revision + 1 WHERE id = $1 AND revision = $2";
    RESTORE = "UPDATE organisations SET state = 'active', archived_at = NULL, revision = revision + 1 WHERE id = $1 AND revision = $2";
    /// Every statement that asks for an active membership finds none from here on.
    SLEEP = "UPDATE memberships SET state = 'suspended', archived = $2 WHERE organisation_id = $1 AND state = 'active'";
    WAKE = "UPDATE memberships SET state = 'active', archived = $2 WHERE organisation_id = $1 AND archived";
    WITHDRAW = "UPDATE invitations SET state = 'withdrawn', ended_at = $2 WHERE organisation_id = $1 AND state = 'open'";
    ALL_GROUPS = "SELECT g.id, g.slug, g.name, g.revision, (SELECT COUNT(*) FROM group_organisations x WHERE x.group_id = g.id) AS organisations FROM customer_groups g ORDER BY g.name, g.id LIMIT 500";
    JOIN_GROUP = "INSERT INTO group_organisations (organisation_id, group_id) SELECT $1, id FROM customer_groups WHERE id = $2 ON CONFLICT DO NOTHING";
    LEAVE_GROUP = "DELETE FROM group_organisations WHERE organisation_id = $1 AND group_id = $2";
    ASSIGNED = "SELECT u.id, u.name, u.email, u.staff_role, s.is_contact FROM staff_assignments s JOIN users u ON u.id = s.user_id AND u.state = 'active' AND u.staff_role IS NOT NULL WHERE s.organisation_id = $1 ORDER BY u.name, u.id LIMIT 200";
    STAFF = "SELECT u.id, u.name, u.email, u.staff_role, u.staff_role IS NULL AS is_contact FROM users u WHERE u.staff_role IS NOT NULL AND u.state = 'active' ORDER BY u.name, u.id LIMIT 500";
    IS_STAFF = "SELECT id FROM users WHERE id = $1 AND staff_role IS NOT NULL AND state = 'active'";
    IS_ASSIGNED = "SELECT user_id FROM staff_assignments WHERE user_id = $1 AND organisation_id = $2";
    ASSIGN = "INSERT INTO staff_assignments (user_id, organisation_id, is_contact, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, organisation_id) DO UPDATE SET is_contact = excluded.is_contact";
    UNASSIGN = "DELETE FROM staff_assignments WHERE user_id = $1 AND organisation_id = $2";
}

/// Whether the actor may make customers.
pub fn may_create(ctx: &Ctx) -> bool {
    allow(&ctx.actor, Action::OrganisationManage, Relation::Other, None).is_ok()
}

/// A text in the letters of short names: "ACME Werke AG" becomes `acme-werke-ag`. Empty where there is none of them.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => plain.push(c),
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            _ if plain.is_empty() || plain.ends_with('-') => {}
            _ => plain.push('-'),
        }
    }
    let plain: String = plain.chars().take(50).collect();
    plain.trim_end_matches('-').to_owned()
}

/// Short names for a customer, the first that is free counts: from the name, and with the number, which no other has.
fn slugs(name: &str, number: &str) -> [String; 2] {
    let name = Some(plain(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "customer".to_owned());
    let numbered = format!("{name}-{}", plain(number));
    [name, numbered]
}

/// Makes a customer from master data. With an `Idempotency-Key`, a repetition returns the first one.
///
/// # Errors
/// `Invalid` by field.
pub async fn create(ctx: &Ctx, values: Vec<(Field, String)>) -> Result<Details, AppError> {
    allow(&ctx.actor, Action::OrganisationManage, Relation::Other, None)?;
    if let Some((id, _)) = idempotency::replay(&ctx.db, ctx).await? {
        return find(ctx, OrganisationId(id)).await;
    }
    let tx = ctx.db.begin().await?;
    let id = OrganisationId::new();
    match idempotency::claim(&tx, ctx, id.0, 0).await {
        Err(AppError::Conflict(text)) => {
            drop(tx);
            let (id, _) = idempotency::replay(&ctx.db, ctx).await?.ok_or(AppError::Conflict(text))?;
            return find(ctx, OrganisationId(id)).await;
        }
        other => other?,
    }
    create_in(&tx, ctx, id, &values).await?;
    tx.commit().await?;
    find(ctx, id).await
}

/// Makes a customer in a transaction that does more.
///
/// # Errors
/// `Invalid` by field.
pub async fn create_in(tx: &Tx, ctx: &Ctx, id: OrganisationId, values: &[(Field, String)]) -> Result<(), AppError> {
    allow(&ctx.actor, Action::OrganisationManage, Relation::Other, None)?;
    let mut errors = FieldErrors::default();
    let mut checked = |field: Field| {
        let typed = values.iter().find(|(name, _)| *name == field).map_or("", |(_, value)| value.as_str());
        field.check(ctx, typed).unwrap_or_else(|text| {
            errors.add(field.name(), text);
            String::new()
        })
    };
    let [name, number, street, postcode, city, country, phone, website, vat_id, language] =
        Field::ALL.map(&mut checked);
    let mut most = Rights::ALL;
    for (field, value) in values {
        let Field::Limit(module) = field else { continue };
        match Reach::parse(value.trim()) {
            Some(reach) => most = most.with(*module, reach),
            None => errors.add(field.name(), ctx.t("team-error-reach")),
        }
    }
    let taken: Option<(OrganisationId,)> = tx.optional(NUMBER_TAKEN, args![&number]).await?;
    if taken.is_some() {
        errors.add("number", ctx.t("customers-error-number-taken"));
    }
    errors.into_result()?;
    let number_taken = || AppError::Invalid(FieldErrors::one("number", ctx.t("customers-error-number-taken")));
    let mut made = false;
    for slug in slugs(&name, &number) {
        let row = NewRow {
            slug: &slug,
            name: &name,
            number: &number,
            street: &street,
            postcode: &postcode,
            city: &city,
            country: &country,
            phone: &phone,
            website: &website,
            vat_id: &vat_id,
            language: &language,
        };
        made = match insert(tx, id, row, ctx.now()).await {
            Err(e) if is_unique_violation(&e) => return Err(number_taken()),
            other => other?,
        };
        if made {
            break;
        }
    }
    if !made {
        // Of the same name, and with a number that differs in signs only.
        return Err(number_taken());
    }
    if most != Rights::ALL {
        limits::set(tx, &take::<Edit>(tx, ctx, id, Seen::default()).await?, most).await?;
    }
    audit::record(tx, ctx, Event::new("organisation.create", "organisation", id.0).organisation(id)).await?;
    Ok(())
}

/// Puts a customer to sleep: its people get in no more, its invitations end, nothing new is published. Nothing is
/// deleted, and the staff still see it.
///
/// # Errors
/// `ProofNeeded` without a fresh proof: it shuts out everybody of the customer.
pub async fn archive(ctx: &Ctx, id: OrganisationId, seen: Seen) -> Result<Details, AppError> {
    set_archived(ctx, id, seen, true).await
}

/// Wakes a customer up: its people have again what they had. Invitations stay ended.
pub async fn restore(ctx: &Ctx, id: OrganisationId, seen: Seen) -> Result<Details, AppError> {
    set_archived(ctx, id, seen, false).await
}

async fn set_archived(ctx: &Ctx, id: OrganisationId, seen: Seen, archived: bool) -> Result<Details, AppError> {
    let tx = ctx.db.begin().await?;
    let granted = take::<Manage>(&tx, ctx, id, seen).await?;
    let row = granted.row();
    if row.archived == archived {
        return find(ctx, id).await;
    }
    if archived {
        proof::require(ctx)?;
    }
    let event = if archived {
        tx.execute(ARCHIVE, args![id, row.revision, ctx.now()]).await?;
        tx.execute(SLEEP, args![id, true]).await?;
        tx.execute(WITHDRAW, args![id, ctx.now()]).await?;
        Event::new("organisation.archive", "organisation", id.0)
    } else {
        tx.execute(RESTORE, args![id, row.revision]).await?;
        tx.execute(WAKE, args![id, false]).await?;
        Event::new("organisation.restore", "organisation", id.0)
    };
    view_as::recheck(&tx, ctx).await?;
    audit::record(&tx, ctx, event.organisation(id)).await?;
    tx.commit().await?;
    find(ctx, id).await
}

/// Every customer group, for a choice of them: staff only.
pub async fn all_groups(ctx: &Ctx) -> Result<Vec<Group>, AppError> {
    super::service::require_staff(ctx)?;
    Ok(ctx.db.all(ALL_GROUPS, args![]).await?)
}

/// Takes a customer into a group or out of it.
pub async fn set_group(ctx: &Ctx, id: OrganisationId, group: GroupId, member: bool) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    take::<Manage>(&tx, ctx, id, Seen::default()).await?;
    let changed = if member {
        tx.execute(JOIN_GROUP, args![id, group]).await?
    } else {
        tx.execute(LEAVE_GROUP, args![id, group]).await?
    };
    if changed > 0 {
        let event = match member {
            true => Event::new("group.add", "group", group.0),
            false => Event::new("group.remove", "group", group.0),
        };
        audit::record(&tx, ctx, event.organisation(id)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A member of staff, and whether they are the named contact.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Colleague {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub staff_role: StaffRole,
    /// The one whom the customer sees.
    pub is_contact: bool,
}

/// Who looks after a customer that was found in scope: staff only.
pub async fn assigned(ctx: &Ctx, customer: &Details) -> Result<Vec<Colleague>, AppError> {
    super::service::require_staff(ctx)?;
    Ok(ctx.db.all(ASSIGNED, args![customer.id]).await?)
}

/// All of staff, to choose from.
pub async fn staff(ctx: &Ctx) -> Result<Vec<Colleague>, AppError> {
    allow(&ctx.actor, Action::OrganisationManage, Relation::Other, None)?;
    Ok(ctx.db.all(STAFF, args![]).await?)
}

/// Another one for every other choice of people: the ETag of who looks after a customer.
pub fn digest(assigned: &[Colleague]) -> String {
    let mut people: Vec<String> = assigned.iter().map(|one| format!("{} {}", one.id, one.is_contact)).collect();
    people.sort_unstable();
    etag::digest(&people.join(" "))
}

/// Takes who looks after a customer for a change, if it still is what was seen; without a digest, whoever it is.
async fn take_assigned(tx: &Tx, ctx: &Ctx, id: OrganisationId, seen: Option<&str>) -> Result<(), AppError> {
    take::<Manage>(tx, ctx, id, Seen::default()).await?;
    team::store::lock(tx, id).await?;
    let assigned: Vec<Colleague> = tx.all(ASSIGNED, args![id]).await?;
    if etag::is_stale(seen, &digest(&assigned)) { Err(AppError::Stale) } else { Ok(()) }
}

/// Assigns a member of staff; `contact` makes them one whom the customer sees. `seen`: the digest of those who were there.
///
/// # Errors
/// `Invalid` for whoever is not of the staff; `Stale` where somebody was faster.
pub async fn assign(
    ctx: &Ctx,
    id: OrganisationId,
    user: UserId,
    contact: bool,
    seen: Option<&str>,
) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    take_assigned(&tx, ctx, id, seen).await?;
    let staff: Option<(UserId,)> = tx.optional(IS_STAFF, args![user]).await?;
    if staff.is_none() {
        return Err(AppError::Invalid(FieldErrors::one("user", ctx.t("customers-error-staff"))));
    }
    let before: Option<(UserId,)> = tx.optional(IS_ASSIGNED, args![user, id]).await?;
    tx.execute(ASSIGN, args![user, id, contact, ctx.now()]).await?;
    if before.is_none() {
        tell_all(&tx, ctx, Kind::CustomerAssigned, Some(id), Object::Organisation(id), &[user]).await?;
    }
    let event = Event::new("organisation.assign", "organisation", id.0).organisation(id);
    audit::record(&tx, ctx, event.with("user", user).with("contact", contact)).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a customer off somebody's hands: from the next request on they see of it what their role sees of any. `seen`: the
/// digest of those who were there.
///
/// # Errors
/// `Stale` where somebody was faster.
pub async fn unassign(ctx: &Ctx, id: OrganisationId, user: UserId, seen: Option<&str>) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    take_assigned(&tx, ctx, id, seen).await?;
    if tx.execute(UNASSIGN, args![user, id]).await? == 0 {
        // They do not look after it already.
        return Ok(());
    }
    view_as::recheck(&tx, ctx).await?;
    let event = Event::new("organisation.unassign", "organisation", id.0).organisation(id);
    audit::record(&tx, ctx, event.with("user", user)).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{plain, slugs};

    #[test]
    fn short_names_are_plain() {
        assert_eq!(plain("ACME Werke AG"), "acme-werke-ag");
        assert_eq!(plain("Müller & Söhne"), "mueller-soehne");
        assert_eq!(plain(" (Elbe) "), "elbe");
        assert_eq!(plain(&"long ".repeat(20)).len(), 49);
        assert_eq!(plain("株式会社"), "");
    }

    #[test]
    fn a_name_that_is_taken_gets_the_customers_number() {
        assert_eq!(slugs("Müller GmbH", "K-20 001"), ["mueller-gmbh", "mueller-gmbh-k-20-001"]);
        assert_eq!(slugs("株式会社", "7"), ["customer", "customer-7"]);
    }
}
