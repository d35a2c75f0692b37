//! People by the words of their names and addresses: for staff those of the customers they see, and colleagues for whoever
//! may see them; for customers those of the organisation at hand.

use crate::access::{Action, Relation, StaffRole, allow, over_customers};
use crate::ctx::Ctx;
use crate::db::{Value, sql};
use crate::error::AppError;
use crate::ids::{OrganisationId, UserId};
use crate::organisation::list::bounds;

/// The words of person `u`: `$1` and `$2` bound the first, `$3` and `$4` the second.
macro_rules! named {
    () => {
        "u.state = 'active' AND EXISTS (SELECT 1 FROM person_terms t WHERE t.user_id = u.id AND t.term >= $1 AND t.term < $2) AND ($3 = '' OR EXISTS (SELECT 1 FROM person_terms t WHERE t.user_id = u.id AND t.term >= $3 AND t.term < $4))"
    };
}

/// Somebody of a customer, from membership `m`.
macro_rules! members {
    ($from:literal, $which:literal) => {
        concat!(
            "SELECT * FROM (SELECT DISTINCT u.id, u.name, u.email, o.id AS organisation_id, o.name AS organisation_name, CAST(NULL AS TEXT) AS staff_role FROM ", $from,
            " JOIN organisations o ON o.id = m.organisation_id AND o.state = 'active' WHERE m.state = 'active' AND ", $which, " AND ", named!(), " LIMIT $5) AS members"
        )
    };
}

/// What staff may find. `$none`: no organisation, as the engine writes it.
macro_rules! for_staff {
    ($none:literal) => {
        concat!(
            members!("staff_assignments s JOIN memberships m ON m.organisation_id = s.organisation_id JOIN users u ON u.id = m.user_id", "$7 AND s.user_id = $6"),
            " UNION ", members!("person_terms f JOIN users u ON u.id = f.user_id JOIN memberships m ON m.user_id = u.id", "$8 AND f.term >= $1 AND f.term < $2"),
            " UNION SELECT * FROM (SELECT DISTINCT u.id, u.name, u.email, ", $none, " AS organisation_id, '' AS organisation_name, u.staff_role FROM person_terms f JOIN users u ON u.id = f.user_id \
             WHERE $9 AND u.staff_role IS NOT NULL AND f.term >= $1 AND f.term < $2 AND ", named!(), " LIMIT $5) AS colleagues ORDER BY name, id"
        )
    };
}

sql! {
    /// `$6` the person, `$7` and `$8` whether people of their own customers and of all are theirs to see, `$9` staff.
    FOR_STAFF = sqlite: for_staff!("NULL"), postgres: for_staff!("CAST(NULL AS uuid)");
    /// `$6` the person, `$7` only in this of their organisations, or NULL. Partners see what was shared with them, not the people.
    COLLEAGUES = concat!(members!("memberships me JOIN memberships m ON m.organisation_id = me.organisation_id JOIN users u ON u.id = m.user_id", "me.user_id = $6 AND me.state = 'active' AND me.role <> 'partner' AND (me.organisation_id = $7 OR $7 IS NULL)"), " ORDER BY name, id");
}

/// Somebody who was found.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub organisation_id: Option<OrganisationId>,
    pub organisation_name: String,
    pub staff_role: Option<StaffRole>,
}

/// The people who are called so.
pub(super) async fn named(ctx: &Ctx, typed: &str, limit: i64) -> Result<Vec<Row>, AppError> {
    let [first, first_end, second, second_end] = bounds(typed).map(Value::from);
    if matches!(&first, Value::Text(Some(word)) if word.is_empty()) {
        return Ok(Vec::new());
    }
    let words = [first, first_end, second, second_end, limit.into()];
    let mut rows: Vec<Row> = if ctx.actor.staff().is_some() {
        let (user, assigned, all) = over_customers(&ctx.actor, Action::OrganisationRead)?;
        let colleagues = allow(&ctx.actor, Action::UserRead, Relation::Other, None).is_ok();
        let [a, b, c, d, e] = words;
        ctx.db.all(FOR_STAFF, [a, b, c, d, e, user.into(), assigned.into(), all.into(), colleagues.into()]).await?
    } else {
        let (user, ..) = over_customers(&ctx.actor, Action::OrganisationRead)?;
        let [a, b, c, d, e] = words;
        ctx.db.all(COLLEAGUES, [a, b, c, d, e, user.into(), ctx.organisation.into()]).await?
    };
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}
