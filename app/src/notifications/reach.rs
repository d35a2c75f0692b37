//! Who may see what somebody is told of, in SQL: the policy of every area, asked for a person of a row instead of for whoever
//! asks. So a notification is spread, listed, counted and mailed by one rule, with the rights people have at that moment.

use crate::access::{Action, Relation, Role, StaffRole, Topic, policy};
use crate::db::Value;
use crate::time::Instant;

/// How many arguments a reach is.
pub(super) const ARGUMENTS: usize = 14;

fn roles(actions: &[Action], relation: Relation) -> Value {
    let may = |role: &StaffRole| actions.iter().all(|a| policy::allowed(Role::Staff(*role), *a, relation));
    let names: Vec<&str> = StaffRole::ALL.iter().filter(|role| may(role)).map(|role| role.name()).collect();
    Value::from(format!(" {} ", names.join(" ")))
}

/// `$1` to `$14` of every statement with [`visible!`]: which roles of staff see what, by the policy, and now.
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
        of(Action::ImportRead, Relation::Other),
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
         LEFT JOIN news z ON n.object_kind IN ('orders', 'projects') AND z.id = n.object_id LEFT JOIN imports f ON n.object_kind = 'import' AND f.id = n.object_id "
    };
}

/// Whether part `v` of news `z` is about what person `u` sees who sees only some: those that they ordered, and those of
/// projects that they are on. External partners see no others.
macro_rules! theirs {
    () => {
        "v.source = z.source AND v.organisation_id = z.organisation_id AND (v.buyer_id = u.id OR EXISTS (SELECT 1 FROM project_people p WHERE p.user_id = u.id AND p.project_id = v.project_id))"
    };
}

/// How many of news `z` are theirs, of one sort.
macro_rules! part {
    ($count:literal) => {
        concat!(
            "(SELECT CAST(SUM(v.",
            $count,
            ") AS BIGINT) FROM news v WHERE ",
            $crate::notifications::reach::theirs!(),
            ")"
        )
    };
}

/// What the words are made of: of many orders or projects that came together, how many are new and how many different of those
/// that person `u` sees. Whoever reads may know people of the house, colleagues where they know the organisation, and
/// people of customers they look after.
macro_rules! columns {
    () => {
        concat!(
            "SELECT n.id, n.kind, n.object_kind, n.object_id, n.organisation_id, n.created_at, n.seen_at, k.project_id, u.staff_role IS NOT NULL AS staff, \
         COALESCE(d.title, q.title, CASE o.title WHEN '' THEN o.number ELSE o.title END, k.title, j.name, a.title, p.name, f.file_name, '') AS title, \
         w.title_en, w.title_de, w.title_nl, c.name AS organisation_name, y.name AS actor_name, COALESCE(y.staff_role IS NOT NULL, FALSE) AS house, \
         (EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = n.organisation_id) \
          OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.organisation_id = n.organisation_id AND m.state = 'active' AND m.role <> 'partner')) AS knows, \
         COALESCE(CASE WHEN zm.user_id IS NULL THEN ",
            $crate::notifications::reach::part!("created"),
            " ELSE z.created END, 0) AS created, COALESCE(CASE WHEN zm.user_id IS NULL THEN ",
            $crate::notifications::reach::part!("changed"),
            " ELSE z.changed END, 0) AS changed, COALESCE(f.rejected, 0) AS rejected"
        )
    };
}

/// What only the words are read from. Of many that came together, `zm` stands where they see all of their customer's.
macro_rules! names {
    () => {
        "LEFT JOIN memberships zm ON zm.user_id = u.id AND zm.organisation_id = z.organisation_id AND zm.state = 'active' AND (zm.role = 'admin' OR (zm.role <> 'partner' AND zm.orders = 'organisation')) \
         LEFT JOIN users p ON n.object_kind = 'member' AND p.id = n.object_id LEFT JOIN organisations c ON c.id = n.organisation_id LEFT JOIN users y ON y.id = n.actor_id "
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
            ") OR (w.id IS NOT NULL AND w.state = 'published' AND (w.starts_at IS NULL OR w.starts_at <= $14) AND (w.ends_at IS NULL OR w.ends_at > $14) AND (w.audience = 'everyone' \
               OR (w.audience = 'staff' AND u.staff_role IS NOT NULL) OR (w.audience = 'customers' AND u.staff_role IS NULL) \
               OR (w.audience = 'groups' AND EXISTS (SELECT 1 FROM announcement_groups x JOIN group_organisations g ON g.group_id = x.group_id JOIN memberships m ON m.organisation_id = g.organisation_id WHERE x.announcement_id = w.id AND m.user_id = u.id AND m.state = 'active' AND m.role <> 'partner'))))",
            " OR (n.object_kind IN ('member', 'organisation') AND (", $crate::notifications::reach::role!("$12"), " OR (", $crate::notifications::reach::role!("$11"), " AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = u.id AND s.organisation_id = n.organisation_id)) \
               OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.organisation_id = n.organisation_id AND m.state = 'active' AND m.role = 'admin')))",
            " OR (z.id IS NOT NULL AND EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.organisation_id = z.organisation_id AND m.state = 'active' \
               AND (m.role = 'admin' OR (m.role <> 'partner' AND m.orders = 'organisation') OR (m.orders <> 'none' AND EXISTS (SELECT 1 FROM news v WHERE ", $crate::notifications::reach::theirs!(), ")))))",
            " OR (f.id IS NOT NULL AND ", $crate::notifications::reach::role!("$13"), ")",
            " OR (n.object_kind = 'user' AND n.object_id = u.id))"
        )
    };
}

pub(crate) use {columns, names, part, role, subjects, theirs, visible};

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
        assert!(texts.iter().take(13).all(|text| text.contains(" administrator ")));
        assert!(texts[12].contains(" management ") && !texts[12].contains(" project_manager "));
    }
}
