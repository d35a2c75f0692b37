//! The list of customers, for staff and for programs: found by words, by group, by who looks after them. Each way begins at the index that
//! names the fewest, so that a hundred thousand customers cost no more than a hundred.

use crate::access::{Action, allow_any};
use crate::ctx::Ctx;
use crate::db::{Value, sql};
use crate::error::AppError;
use crate::ids::{GroupId, OrganisationId};
use crate::time::Instant;

use super::fields::words;
use super::store::{Scope, may_see};

/// `$1` to `$3` the scope, `$4` and `$5` the last row before, `$6` how many, `$7` the state, `$8` the group, `$9` and
/// `$10` the bounds of the first word, `$11` and `$12` of the second, `$13` only one's own. The facts of a row are
/// read for the rows of the page only.
macro_rules! listed {
    ($from:expr) => {
        concat!(
            "SELECT o.id, o.slug, o.name, o.number, o.city, o.state = 'archived' AS archived, EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = o.id) AS assigned, ",
            "(SELECT COUNT(*) FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' WHERE m.organisation_id = o.id AND m.state = 'active') AS people, ",
            "(SELECT COUNT(*) FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' AND u.last_sign_in_at IS NULL WHERE m.organisation_id = o.id AND m.state = 'active') AS never_signed_in, ",
            "(SELECT COUNT(*) FROM invitations i WHERE i.organisation_id = o.id AND i.state = 'open') AS invited, ",
            "(SELECT COUNT(*) FROM organisation_contacts c WHERE c.organisation_id = o.id) AS contacts, ",
            "(SELECT MAX(u.last_sign_in_at) FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = o.id AND m.state = 'active') AS last_sign_in_at ",
            "FROM (SELECT o.id FROM ", $from, " AND ", may_see!(),
            " AND o.state = $7 AND (o.name, o.id) > ($4, $5) ",
            "AND (EXISTS (SELECT 1 FROM group_organisations g WHERE g.organisation_id = o.id AND g.group_id = $8) OR $8 IS NULL) ",
            "AND ($9 = '' OR EXISTS (SELECT 1 FROM organisation_terms t WHERE t.organisation_id = o.id AND t.term >= $9 AND t.term < $10)) ",
            "AND ($11 = '' OR EXISTS (SELECT 1 FROM organisation_terms t WHERE t.organisation_id = o.id AND t.term >= $11 AND t.term < $12)) ",
            "AND (NOT $13 OR EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = o.id)) ",
            "ORDER BY o.name, o.id LIMIT $6) x JOIN organisations o ON o.id = x.id ORDER BY o.name, o.id"
        )
    };
}

sql! {
    ALL = listed!("organisations o WHERE 1 = 1");
    /// Of whoever is no staff: where they belong.
    BELONGS = listed!("memberships b JOIN organisations o ON o.id = b.organisation_id WHERE b.user_id = $1");
    OWN = listed!("staff_assignments a JOIN organisations o ON o.id = a.organisation_id WHERE a.user_id = $1");
    FOUND = listed!("(SELECT DISTINCT t.organisation_id FROM organisation_terms t WHERE t.term >= $9 AND t.term < $10) f JOIN organisations o ON o.id = f.organisation_id WHERE 1 = 1");
    IN_GROUP = listed!("group_organisations m JOIN organisations o ON o.id = m.organisation_id WHERE m.group_id = $8");
}

/// A row of the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Customer {
    /// Id.
    pub id: OrganisationId,
    /// Short name in commands.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Customer number.
    pub number: String,
    /// City.
    pub city: String,
    /// Put to sleep.
    pub archived: bool,
    /// The actor is assigned to it.
    pub assigned: bool,
    /// How many people have a login.
    pub people: i64,
    /// How many of them have never signed in.
    pub never_signed_in: i64,
    /// How many invitations are open.
    pub invited: i64,
    /// How many people are known there without a login.
    pub contacts: i64,
    /// When somebody of it last signed in.
    pub last_sign_in_at: Option<Instant>,
}

/// Which customers a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words, each the beginning of one of theirs.
    pub search: String,
    /// Only of this group.
    pub group: Option<GroupId>,
    /// Only those the actor is assigned to.
    pub mine: bool,
    /// Those that were put to sleep, in place of the others.
    pub archived: bool,
    /// After this row.
    pub after: Option<(String, OrganisationId)>,
    /// How many.
    pub limit: i64,
}

/// The first word and, if there is one, the second, as bounds of a range. The longest words say most.
pub fn bounds(search: &str) -> [String; 4] {
    let mut words = words(search);
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut words = words.into_iter();
    let mut range = || {
        let word = words.next().unwrap_or_default();
        let end = if word.is_empty() { String::new() } else { format!("{word}{}", char::MAX) };
        (word, end)
    };
    let ((a, b), (c, d)) = (range(), range());
    [a, b, c, d]
}

/// In which groups customers are, only staff may know.
fn check_group(ctx: &Ctx) -> Result<(), AppError> {
    let customer = ctx.actor.user_id().is_some() && ctx.actor.staff().is_none();
    if customer { Err(AppError::Forbidden) } else { Ok(()) }
}

/// The group of a filter, by id or short name; whoever may not ask for one learns nothing of its name.
pub async fn group(ctx: &Ctx, text: &str) -> Result<Option<GroupId>, AppError> {
    check_group(ctx)?;
    super::service::group(ctx, text).await
}

/// A page of customers by name, and whether there are more.
pub async fn list(ctx: &Ctx, filter: &Filter) -> Result<(Vec<Customer>, bool), AppError> {
    allow_any(&ctx.actor, Action::OrganisationRead)?;
    if filter.group.is_some() {
        check_group(ctx)?;
    }
    let scope = Scope::of(&ctx.actor)?;
    let [first, first_end, second, second_end] = bounds(&filter.search);
    if first.is_empty() && !filter.search.trim().is_empty() {
        // Signs only: no customer is called that.
        return Ok((Vec::new(), false));
    }
    let (name, id) = filter.after.clone().unwrap_or((String::new(), OrganisationId(uuid::Uuid::nil())));
    let statement = if !ctx.actor.memberships().is_empty() {
        BELONGS
    } else if filter.mine || !scope.sees_all() {
        OWN
    } else if !first.is_empty() {
        FOUND
    } else if filter.group.is_some() {
        IN_GROUP
    } else {
        ALL
    };
    let [user, assigned, all] = scope.values();
    let values = [
        user,
        assigned,
        all,
        Value::from(name),
        Value::from(id),
        Value::from(filter.limit + 1),
        Value::from(if filter.archived { "archived" } else { "active" }),
        Value::from(filter.group),
        Value::from(first),
        Value::from(first_end),
        Value::from(second),
        Value::from(second_end),
        Value::from(filter.mine),
    ];
    let mut rows: Vec<Customer> = ctx.db.all(statement, values).await?;
    let wanted = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, more))
}
