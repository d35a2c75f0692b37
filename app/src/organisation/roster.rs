//! Everybody known at a customer as one list by name: who has a login, who is invited, and whom the house only knows.

use uuid::Uuid;

use crate::access::{Action, Guarded as _, MembershipRole, allow};
use crate::ctx::Ctx;
use crate::db::{args, sql};
use crate::error::AppError;
use crate::time::Instant;

use super::model::Organisation;

sql! {
    /// `$1` the customer, `$2` and `$3` the last row before, `$4` how many, `$5` with invitations, `$6` with contacts, `$7` a
    /// state. Whoever was given a login, or is invited, is no mere contact any more.
    LIST = "SELECT x.kind, x.id, x.name, x.email, x.role, x.state, x.last_sign_in_at FROM (\
        SELECT 'user' AS kind, u.id AS id, u.name AS name, u.email AS email, m.role AS role, CASE WHEN m.state <> 'active' OR u.state <> 'active' THEN 'suspended' WHEN u.last_sign_in_at IS NULL THEN 'never_signed_in' ELSE 'active' END AS state, u.last_sign_in_at AS last_sign_in_at \
        FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = $1 \
        UNION ALL SELECT 'invitation', i.id, i.name, i.email, i.role, 'invited', CAST(NULL AS BIGINT) FROM invitations i WHERE i.organisation_id = $1 AND i.state = 'open' AND $5 \
        UNION ALL SELECT 'contact', c.id, c.name, c.email, CAST(NULL AS TEXT), 'not_invited', CAST(NULL AS BIGINT) FROM organisation_contacts c WHERE c.organisation_id = $1 AND $6 \
        AND (c.email_key = '' OR (NOT EXISTS (SELECT 1 FROM users u JOIN memberships m ON m.user_id = u.id AND m.organisation_id = $1 WHERE u.email_key = c.email_key) AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.organisation_id = $1 AND i.email_key = c.email_key AND i.state = 'open')))\
        ) x WHERE (x.name, x.id) > ($2, $3) AND ($7 = '' OR x.state = $7) ORDER BY x.name, x.id LIMIT $4";
}

/// What somebody is known by, and so what their id is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// A login.
    User,
    /// An invitation that waits, or has run out and may be sent again.
    Invitation,
    /// A note of the house.
    Contact,
}

impl Kind {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Invitation => "invitation",
            Self::Contact => "contact",
        }
    }
}

/// How far somebody has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Known to the house only.
    NotInvited,
    /// Has an invitation.
    Invited,
    /// Has a login, and has not used it.
    NeverSignedIn,
    /// Has signed in.
    Active,
    /// They, or their membership, are suspended.
    Suspended,
}

impl State {
    /// Every state, in the order in which people come through them.
    pub const ALL: [Self; 5] = [Self::NotInvited, Self::Invited, Self::NeverSignedIn, Self::Active, Self::Suspended];

    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotInvited => "not_invited",
            Self::Invited => "invited",
            Self::NeverSignedIn => "never_signed_in",
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Somebody known at a customer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Known {
    /// What they are known by.
    pub kind: Kind,
    /// Of the login, the invitation or the note.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub email: String,
    /// What they are there, or will be; none for whom the house only knows.
    pub role: Option<MembershipRole>,
    /// How far they have come.
    pub state: State,
    /// Last signed in.
    pub last_sign_in_at: Option<Instant>,
}

/// Which of them.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only in this state.
    pub state: Option<State>,
    /// After this row.
    pub after: Option<(String, Uuid)>,
    /// How many.
    pub limit: i64,
}

/// A page of everybody known at a customer that was found in scope, by name, and whether there are more. Staff see all of
/// them; its own people see who has a login, and its administrators also who is invited.
pub async fn list(ctx: &Ctx, customer: &Organisation, filter: Filter) -> Result<(Vec<Known>, bool), AppError> {
    let staff = super::service::require_staff(ctx).is_ok();
    let relation = customer.relation(&ctx.actor);
    let invited = staff || allow(&ctx.actor, Action::MemberAccess, relation, Some(customer.id)).is_ok();
    let (name, id) = filter.after.unwrap_or((String::new(), Uuid::nil()));
    let state = filter.state.map_or("", State::name);
    let values = args![customer.id, name, id, filter.limit + 1, invited, staff, state];
    let mut rows: Vec<Known> = ctx.db.all(LIST, values).await?;
    let wanted = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, more))
}
