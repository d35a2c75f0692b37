//! The SQL of validity.

use crate::access::{Action, Granted, Relation, Role, Scope, StaffRole, Topic, policy};
use crate::day::Day;
use crate::db::{Db, DbResult, Tx, Value, args, sql};
use crate::documents::model::Document;
use crate::documents::policy::Publish;
use crate::documents::scope::{columns, may_see, sources};
use crate::documents::store::repeat_order;
use crate::i18n::Locale;
use crate::ids::{DocumentId, OrganisationId, UserId};

use super::model::{NOTICE_LONGEST, Validity};

sql! {
    /// What is to be renewed, the first to end first. Nothing that ends later than the longest notice is.
    RENEWALS = concat!("SELECT ", columns!(), " FROM documents d ", sources!(), " WHERE d.state = 'published' AND d.valid_until IS NOT NULL AND d.renew_from <= $6 AND d.valid_until <= $7 AND (d.valid_until, d.id) > ($8, $9) AND ", may_see!(), " ORDER BY d.valid_until, d.id LIMIT $10");
    SET = "UPDATE documents SET valid_from = $2, valid_until = $3, notice_days = $4, renew_from = $5, notice_on = $5 WHERE id = $1";
    /// Whom nobody has told yet.
    UNTOLD = "SELECT d.id, d.title, d.topic, d.valid_until, d.organisation_id, o.name AS organisation_name, d.published_by FROM documents d JOIN organisations o ON o.id = d.organisation_id WHERE d.notice_on <= $1 AND d.state = 'published' ORDER BY d.notice_on, d.id LIMIT $2";
    /// Once for each end: the second of two workers finds nothing.
    TOLD = "UPDATE documents SET notice_on = NULL WHERE id = $1 AND notice_on <= $2";
    /// Whoever published it, whoever is assigned to the customer, and who sees everything, in this order.
    RESPONSIBLE = "SELECT u.id, u.email, u.name, u.locale, u.staff_role, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $2) AS assigned FROM users u WHERE u.state = 'active' AND u.staff_role IS NOT NULL AND (u.id = $1 OR u.staff_role = 'administrator' OR EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = $2)) ORDER BY CASE WHEN u.id = $1 THEN 0 WHEN u.staff_role = 'administrator' THEN 2 ELSE 1 END, u.id LIMIT 100";
}

/// What is to be renewed after this one, as far as the scope reaches.
pub async fn renewals(
    db: &Db,
    scope: Scope,
    today: Day,
    after: (Day, DocumentId),
    limit: i64,
) -> DbResult<Vec<Document>> {
    let [a, b, c, d, e] = scope.values();
    let latest = today.plus(NOTICE_LONGEST);
    let rest: [Value; 5] = [today.into(), latest.into(), after.0.into(), after.1.into(), limit.into()];
    let [f, g, h, i, j] = rest;
    db.all(RENEWALS, [a, b, c, d, e, f, g, h, i, j]).await
}

/// Says how long a document holds that is being published.
pub async fn set(tx: &Tx, granted: &Granted<Publish, Document>, validity: &Validity) -> DbResult<()> {
    let Validity { from, until, notice_days } = *validity;
    let id = granted.row().id;
    tx.execute(SET, args![id, from, until, notice_days, validity.renew_from()]).await?;
    repeat_order(tx, id).await
}

/// A document whose end nobody was told of.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Untold {
    /// Id.
    pub id: DocumentId,
    /// Title.
    pub title: String,
    /// The topic of its category.
    pub topic: Topic,
    /// Its last day.
    pub valid_until: Day,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Who published it.
    pub published_by: Option<UserId>,
}

/// The first of those.
pub async fn untold(db: &Db, today: Day, limit: i64) -> DbResult<Vec<Untold>> {
    db.all(UNTOLD, args![today, limit]).await
}

/// Notes that somebody is told; `false` where somebody else does it.
pub async fn told(tx: &Tx, id: DocumentId, today: Day) -> DbResult<bool> {
    Ok(tx.execute(TOLD, args![id, today]).await? == 1)
}

#[derive(sqlx::FromRow)]
struct Candidate {
    id: UserId,
    email: String,
    name: String,
    locale: Option<Locale>,
    staff_role: StaffRole,
    assigned: bool,
}

/// Whom to tell: the first who may see it.
pub async fn responsible(tx: &Tx, row: &Untold) -> DbResult<Option<(UserId, String, String, Option<Locale>)>> {
    let candidates: Vec<Candidate> = tx.all(RESPONSIBLE, args![row.published_by, row.organisation_id]).await?;
    let may_see = |candidate: &Candidate| {
        let relation = if candidate.assigned { Relation::Assigned } else { Relation::Other };
        policy::allowed(Role::Staff(candidate.staff_role), Action::DocumentRead(row.topic), relation)
    };
    let first = candidates.into_iter().find(may_see);
    Ok(first.map(|person| (person.id, person.email, person.name, person.locale)))
}
