//! Who sees which endpoints, in SQL, and what an endpoint may learn of.

use crate::access::{Action, customer_scope};

customer_scope! {
    /// Which endpoints an actor may see. Derived from the policy.
    Scope = Action::WebhookRead
}

/// Whether the person may see endpoint `w`: those of the operator are for whoever sees all.
macro_rules! may_see {
    () => {
        "w.state <> 'deleted' AND ($3 OR ($2 AND EXISTS (SELECT 1 FROM staff_assignments s WHERE s.user_id = $1 AND s.organisation_id = w.organisation_id)) \
         OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = $1 AND m.organisation_id = w.organisation_id AND m.state = 'active' AND m.role = 'admin'))"
    };
}

/// What a message can say of delivery `v`: its event, what that happened to, how it stands now, and whether the person may
/// see it. `$1` to `$5` are the scope of that person: an administrator of the customer, or whoever sees all.
macro_rules! facts {
    ($which:literal) => {
        concat!(
            "SELECT v.id, v.kind, v.created_at, e.at, e.action, e.object_kind, e.object_id, e.organisation_id, e.actor_id, e.detail, \
             e.actor_kind IS NULL OR e.actor_kind = 'operator' AS by_portal, u.staff_role IS NOT NULL AS by_house, \
             COALESCE(d.organisation_id, q.organisation_id, o.organisation_id, j.organisation_id, a.organisation_id) AS owner, \
             COALESCE(o.number, j.number, '') AS number, COALESCE(d.state, q.state, o.status, j.status, a.state, '') AS stands, v.attempts, \
             CASE e.object_kind \
             WHEN 'document' THEN d.id IS NOT NULL AND ", $crate::documents::scope::may_see!(), " \
             WHEN 'request' THEN q.id IS NOT NULL AND ", $crate::requests::scope::may_see!(), " \
             WHEN 'order' THEN o.id IS NOT NULL AND ", $crate::orders::scope::may_see!(), " \
             WHEN 'project' THEN j.id IS NOT NULL AND ", $crate::projects::scope::may_see!(), " \
             WHEN 'appointment' THEN a.id IS NOT NULL AND ", $crate::appointments::scope::may_see!(), " \
             ELSE EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = $1 AND m.organisation_id = e.organisation_id AND m.state = 'active' AND m.role = 'admin') END AS visible \
             FROM webhook_deliveries v LEFT JOIN audit_events e ON e.sequence = v.event LEFT JOIN users u ON u.id = e.actor_id \
             LEFT JOIN documents d ON d.id = e.object_id AND e.object_kind = 'document' LEFT JOIN document_requests q ON q.id = e.object_id AND e.object_kind = 'request' \
             LEFT JOIN orders o ON o.id = e.object_id AND e.object_kind = 'order' LEFT JOIN projects j ON j.id = e.object_id AND e.object_kind = 'project' \
             LEFT JOIN appointments a ON a.id = e.object_id AND e.object_kind = 'appointment' WHERE ",
            $which
        )
    };
}

pub(crate) use {facts, may_see};
