//! Who may see what somebody is told of, in SQL: the policy of every area, asked for a person of a row instead of for whoever
//! asks. So a notification is spread, listed, counted and mailed by one rule, with the rights people have at that moment.

use crate::access::{Action, Relation, Role, StaffRole, Topic, policy};
use crate::db::Value;
use crate::time::Instant;

/// How many arguments a reach is.
pub(super) const ARGUMENTS: usize = 13;

fn roles(actions: &[Action], relation: Relation) -> Value {
    let may = |role: &StaffRole| actions.iter().all(|a| policy::allowed(Role::Staff(*role), *a, relation));
    let names: Vec<&str> = StaffRole::ALL.iter().filter(|role| may(role)).map(|role| role.name()).collect();
    Value::from(format!(" {} ", names.join(" ")))
}

/// `$1` to `$13` of every statement with [`visible!`]: which roles of staff see what, by the policy, and now.
pub(super) fn values(now: Instant) -> [Value; ARGUMENTS] {
    let documents = Topic::ALL.map(Action::DocumentRead);
    let general = |topic| roles(&[Action::DocumentRead(topic)], Relation::Other);
    let of = |action, relation| roles(&[action], relation);
    [
        roles(&documents, Relation::Assigned),
        general(Topic::General),
        general(Topic::Money),
        general(Topic::Quotes),
        of(Action::OrderRead, Relation::Assigned),
        of(Action::OrderRead, Relation::Other),
        of(Action::ProjectRead, Relation::Assigned),
        of(Action::ProjectRead, Relation::Other),
        of(Action::AppointmentRead, Relation::Assigned),
        of(Action::AppointmentRead, Relation::Other),
        of(Action::OrganisationRead, Relation::Assigned),
        of(Action::OrganisationRead, Relation::Other),
        now.into(),
    ]
}

/// A reach with what else a statement takes.
pub(super) fn with<const N: usize, const M: usize>(now: Instant, more: [Value; N]) -> [Value; M] {
    let mut all = values(now).into_iter().chain(more);
    std::array::from_fn(|_| all.next().unwrap_or(Value::Int(None)))
}

/// Whether person `u` has one of the roles of an argument.
macro_rules! role {
    ($roles:literal) => {
        concat!("(", $roles, " LIKE '% ' || u.staff_role || ' %')")
    };
}

/// What notification `n` may be about, for [`visible!`] and for its words.
macro_rules! subjects {
    () => {
        " LEFT JOIN documents d ON n.object_kind = 'document' AND d.id = n.object_id LEFT JOIN document_requests q ON n.object_kind = 'request' AND q.id = n.object_id \
         LEFT JOIN orders o ON n.object_kind = 'order' AND o.id = n.object_id LEFT JOIN project_tasks k ON n.object_kind = 'task' AND k.id = n.object_id \
         LEFT JOIN projects j ON j.id = CASE n.object_kind WHEN 'project' THEN n.object_id ELSE k.project_id END \
         LEFT JOIN appointments a ON n.object_kind = 'appointment' AND a.id = n.object_id LEFT JOIN announcements w ON n.object_kind = 'announcement' AND w.id = n.object_id \
         LEFT JOIN order_news z ON n.object_kind = 'orders' AND z.id = n.object_id "
    };
}

/// Whether person `u` may see what notification `n` is about.
macro_rules! visible {
    () => {
        concat!(
            "((d.id IS NOT NULL AND ", $crate::documents::scope::may_see!("u.id", $crate::notifications::reach::role!("$1"), $crate::notifications::reach::role!("$2"), $crate::notifications::reach::role!("$3"), $crate::notifications::reach::role!("$4")),
            ") OR (q.id IS NOT NULL AND ", $crate::requests::scope::may_see!("u.id", $crate::notifications::reach::role!("$1"), $crate::notifications::reach::role!("$2"), $crate::notifications::reach::role!("$3"), $crate::notifications::reach::role!("$4")),
            ") OR (o.id IS NOT NULL AND ", $crate::orders::scope::may_see!("u.id", $crate::notifications::reach::role!("$5"), $crate::notifications::reach::role!("$6")),
            ") OR (j.id IS NOT NULL AND ", $crate::projects::scope::may_see!("u.id", $crate::notifications::reach::role!("$7"), $crate::notifications::reach::role!("$8")),
            ") OR (a.id IS NOT NULL AND ", $crate::appointments::scope::may_see!("u.id", $crate::notifications::reach::role!("$9"), $crate::notifications::reach::role!("$10")),
            ") OR (w.id IS NOT NULL AND w.state = 'published' AND (w.starts_at IS NULL OR w.starts_at <= $13) AND (w.ends_at IS NULL OR w.ends_at > $13) AND (w.audience = 'everyone' \
               OR (w.audience = 'staff' AND u.staff_role IS NOT NULL) OR (w.audience = 'customers' AND u.staff_role IS NULL) \
               OR (w.audience = 'groups' AND EXISTS (SELECT 1 FROM announcement_groups x JOIN group_organisations g ON g.group_id = x.group_id JOIN memberships m ON m.organisation_id = g.organisation_id WHERE x.announcement_id = w.id AND m.user_id = u.id AND m.state = 'active' AND m.role <> 'partner'))))",
            " OR (n.object_kind IN ('member', 'organisation') AND (", $crate::notifications::reach::role!("$12"), " OR (", $crate::notifications::reach::role!("$11"), " AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = n.organisation_id)) \
               OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.organisation_id = n.organisation_id AND m.state = 'active' AND m.role = 'admin')))",
            " OR (z.id IS NOT NULL AND (EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.organisation_id = z.organisation_id AND m.state = 'active' AND (m.role = 'admin' OR (m.role <> 'partner' AND m.orders = 'organisation'))) \
               OR EXISTS (SELECT 1 FROM order_news v JOIN memberships m ON m.user_id = v.buyer_id AND m.organisation_id = v.organisation_id AND m.state = 'active' AND m.orders <> 'none' \
               WHERE v.source = z.source AND v.organisation_id = z.organisation_id AND v.buyer_id = u.id)))",
            " OR (n.object_kind = 'user' AND n.object_id = u.id))"
        )
    };
}

pub(crate) use {role, subjects, visible};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reach_names_the_roles_that_the_policy_lets_see() {
        let texts: Vec<String> = values(Instant(0))
            .into_iter()
            .map(|value| match value {
                Value::Text(Some(text)) => text,
                other => format!("{other:?}"),
            })
            .collect();
        assert!(texts[0].contains(" project_manager ") && !texts[0].contains(" finance "));
        assert!(texts[1].contains(" support ") && !texts[2].contains(" support ") && texts[2].contains(" finance "));
        assert!(texts.iter().take(12).all(|text| text.contains(" administrator ")));
    }
}
