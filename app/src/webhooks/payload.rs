//! What a message says: the kind, when it happened, and ids, numbers and links; no names, titles or texts.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::ids::{
    AppointmentId, DeliveryId, DocumentId, OrderId, OrganisationId, ProjectId, RequestId, UserId, WebhookId,
};
use crate::paths;
use crate::time::Instant;

use super::event;

/// What is known of a message's event when it is sent.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Facts {
    /// The message.
    pub id: DeliveryId,
    /// Its kind.
    pub kind: String,
    /// When it was made.
    pub created_at: Instant,
    /// When the event was; none for a test, as is all that follows.
    pub at: Option<Instant>,
    /// What somebody did.
    pub action: Option<String>,
    /// To what kind of thing.
    pub object_kind: Option<String>,
    /// To which.
    pub object_id: Option<Uuid>,
    /// Of which customer.
    pub organisation_id: Option<OrganisationId>,
    /// Who.
    pub actor_id: Option<UserId>,
    /// What the trail notes of it.
    pub detail: Option<String>,
    /// Nobody in particular.
    pub by_portal: bool,
    /// Somebody of the house.
    pub by_house: bool,
    /// Whose it is now.
    pub owner: Option<OrganisationId>,
    /// Its number, where it has one.
    pub number: String,
    /// How it stands now.
    pub stands: String,
    /// How often the message was tried.
    pub attempts: i64,
    /// Whether the endpoint's owner may see it now.
    pub visible: bool,
}

impl Facts {
    /// Whether an endpoint of this owner may be told. The operator sees all, also what is gone by now.
    pub fn may_be_told(&self, organisation: Option<OrganisationId>) -> bool {
        if self.at.is_none() || organisation.is_none() {
            return true;
        }
        let detail = self.detail.as_deref().unwrap_or_default();
        let silent = event::named(&self.kind).is_some_and(|kind| kind.says_nothing(detail));
        self.visible && !silent && self.owner.is_none_or(|owner| Some(owner) == organisation)
    }
}

/// The page and the part of the API that show a thing: as customers see it, or as staff do.
fn addresses(kind: &str, id: Uuid, operator: bool) -> (Option<String>, Option<String>) {
    let page = match (kind, operator) {
        ("document", false) => Some(paths::document(DocumentId(id))),
        ("document", true) => Some(paths::staff_document(DocumentId(id))),
        ("request", false) => Some(paths::request(RequestId(id))),
        ("request", true) => Some(paths::staff_request(RequestId(id))),
        ("order", false) => Some(paths::order(OrderId(id))),
        ("order", true) => Some(paths::staff_order(OrderId(id))),
        ("orders", false) => Some(paths::ORDERS.to_owned()),
        ("orders", true) => Some(paths::STAFF_ORDERS.to_owned()),
        ("project", false) => Some(paths::project(ProjectId(id))),
        ("project", true) => Some(paths::staff_project(ProjectId(id))),
        ("projects", false) => Some(paths::PROJECTS.to_owned()),
        ("projects", true) => Some(paths::STAFF_PROJECTS.to_owned()),
        ("appointment", false) => Some(paths::appointment(AppointmentId(id))),
        ("appointment", true) => Some(paths::staff_appointment(AppointmentId(id))),
        ("organisation", false) => Some(paths::ORGANISATION.to_owned()),
        ("organisation", true) => Some(paths::staff_customer(OrganisationId(id))),
        _ => None,
    };
    let list = ["orders", "projects"].contains(&kind).then(|| format!("/api/v1/{kind}"));
    let area = match kind {
        "document" | "request" | "order" | "project" | "appointment" | "organisation" | "announcement" => {
            Some(format!("{kind}s"))
        }
        _ => None,
    };
    (page, list.or_else(|| area.map(|area| format!("/api/v1/{area}/{id}"))))
}

/// The message as it is sent.
pub fn of(ctx: &Ctx, facts: &Facts, webhook: WebhookId, operator: bool) -> Value {
    let envelope = |at: Instant, data: Map<String, Value>| json!({ "type": facts.kind, "timestamp": at.rfc3339(), "version": event::VERSION, "data": data });
    let (Some(at), Some(kind)) = (facts.at, event::named(&facts.kind)) else {
        let data = Map::from_iter([("webhook_id".to_owned(), webhook.to_string().into())]);
        return envelope(facts.at.unwrap_or(facts.created_at), data);
    };
    let mut data = Map::new();
    let mut put = |name: &str, value: Value| data.insert(name.to_owned(), value);
    let object = facts.object_kind.as_deref().unwrap_or_default();
    put("object", object.into());
    // Something that concerns many at once has no id.
    let id = facts.object_id.filter(|id| !id.is_nil());
    put("id", id.map(|id| id.to_string()).into());
    put("organisation_id", facts.organisation_id.map(|id| id.to_string()).into());
    if !facts.number.is_empty() {
        put("number", facts.number.clone().into());
    }
    if !facts.stands.is_empty() {
        put("state", facts.stands.clone().into());
    }
    match facts.action.as_deref() {
        Some("approval.approve") => put("decision", "approve".into()),
        Some("approval.decline") => put("decision", "decline".into()),
        _ => None,
    };
    for (name, value) in kind.told(facts.detail.as_deref().unwrap_or_default()) {
        put(&name, value);
    }
    put(
        "by",
        if facts.by_house {
            "staff"
        } else if facts.by_portal || facts.actor_id.is_none() {
            "portal"
        } else {
            "customer"
        }
        .into(),
    );
    if operator {
        put("actor_id", facts.actor_id.map(|id| id.to_string()).into());
    }
    if let Some(id) = id {
        let (page, api) = addresses(object, id, operator);
        let full = |path: Option<String>| path.and_then(|path| ctx.portal.base_url.join(&path).ok()).map(String::from);
        put("url", full(page).into());
        put("api_url", full(api).into());
    }
    envelope(at, data)
}
