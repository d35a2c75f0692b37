//! What of the documents an actor may see, in the form the SQL binds. Derived from the policy, so that the
//! lists and the table cannot disagree.

use crate::db::Value;
use crate::error::AppError;
use crate::ids::UserId;

use super::{Action, Actor, ActorKind, Relation, Role, Topic, policy};

/// How far an act reaches over the customers, for whoever reads by it: the person, those assigned to them, all. Operators at
/// the machine have no id, and reach all.
pub fn over_customers(actor: &Actor, action: Action) -> Result<(UserId, bool, bool), AppError> {
    if matches!(actor.kind(), ActorKind::Operator) {
        return Ok((UserId(uuid::Uuid::nil()), false, true));
    }
    let user_id = actor.user_id().ok_or(AppError::Unauthenticated)?;
    actor.unheld()?;
    if !actor.within_door(action) {
        return Err(AppError::Forbidden);
    }
    let may = |relation| actor.staff().is_some_and(|s| policy::allowed(Role::Staff(s), action, relation));
    Ok((user_id, may(Relation::Assigned), may(Relation::Other)))
}

/// The scope of an area whose rows belong to customers, by the act of reading them: `$1` to `$3` of its statements. Each area
/// has a type of its own, so that none takes another's.
macro_rules! customer_scope {
    ($(#[$doc:meta])* $name:ident = $action:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name {
            user_id: $crate::ids::UserId,
            assigned: bool,
            all: bool,
        }

        impl $name {
            /// The scope of a person, derived from the policy.
            pub fn of(actor: &$crate::access::Actor) -> Result<Self, $crate::error::AppError> {
                let (user_id, assigned, all) = $crate::access::over_customers(actor, $action)?;
                Ok(Self { user_id, assigned, all })
            }

            /// As the statements bind it: the person, sees those of assigned customers, sees those of all.
            pub fn values(self) -> [$crate::db::Value; 3] {
                [self.user_id.into(), self.assigned.into(), self.all.into()]
            }
        }
    };
}
pub(crate) use customer_scope;

/// `$1` to `$5` of every scoped statement. Store functions take it, so forgetting it does not compile.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    user_id: UserId,
    assigned: bool,
    general: bool,
    money: bool,
    quotes: bool,
    by_module: bool,
}

impl Scope {
    /// The scope of a person; there is none for nobody, and none for a token narrowed to other areas.
    pub fn of(actor: &Actor) -> Result<Self, AppError> {
        let user_id = actor.user_id().ok_or(AppError::Unauthenticated)?;
        actor.unheld()?;
        if !actor.within_door(Action::DocumentRead(Topic::General)) {
            return Err(AppError::Forbidden);
        }
        let may = |relation, topic| {
            actor.staff().is_some_and(|s| policy::allowed(Role::Staff(s), Action::DocumentRead(topic), relation))
        };
        let other = |topic| may(Relation::Other, topic);
        Ok(Self {
            user_id,
            assigned: Topic::ALL.into_iter().all(|topic| may(Relation::Assigned, topic)),
            general: other(Topic::General),
            money: other(Topic::Money),
            quotes: other(Topic::Quotes),
            by_module: actor.memberships().iter().any(|m| m.rights.documents != m.rights.money),
        })
    }

    /// The same scope for documents of one topic only: a category has one, and statements need not look for the others.
    #[must_use]
    pub fn about(self, topic: Topic) -> Self {
        Self {
            general: self.general && topic == Topic::General,
            money: self.money && topic == Topic::Money,
            quotes: self.quotes && topic == Topic::Quotes,
            ..self
        }
    }

    /// Some membership reaches further into one module than into the other: lists ask for each by itself. The SQL looks
    /// at the rights again.
    pub const fn by_module(self) -> bool {
        self.by_module
    }

    /// The topics that are seen of all customers.
    pub fn topics(self) -> Vec<Topic> {
        let seen = [(Topic::General, self.general), (Topic::Money, self.money), (Topic::Quotes, self.quotes)];
        seen.into_iter().filter_map(|(topic, sees)| sees.then_some(topic)).collect()
    }

    /// Whether everything of assigned customers is seen.
    pub const fn assigned(self) -> bool {
        self.assigned
    }

    /// The scope of anybody without looking at their token: for "who can see this?".
    pub fn values(self) -> [Value; 5] {
        [
            Value::from(self.user_id),
            Value::from(self.assigned),
            Value::from(self.general),
            Value::from(self.money),
            Value::from(self.quotes),
        ]
    }
}
