//! What endpoints can be told: the one table. A new area adds its rows here. What is a kind of notification, too, is called
//! the same there (`notifications/kind.rs`).

use serde_json::{Map, Value};

/// The version of the payloads. A field may come; one that goes or means another thing makes it two.
pub const VERSION: i64 = 1;
/// What a test is called. It can be neither chosen nor left out.
pub const TEST: &str = "webhook.test";

/// For whom a kind is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// For customers, as far as they may see what it is about, and for the operator.
    Everyone,
    /// The same, where somebody of the customer did it.
    FromCustomers,
    /// For the operator alone.
    Operator,
}

/// A kind of event.
#[derive(Debug)]
pub struct Kind {
    /// The `type` of the payload.
    pub name: &'static str,
    /// The acts of the trail that it comes from.
    pub acts: &'static [&'static str],
    /// For whom it is.
    pub audience: For,
    /// What of the trail's details is told.
    pub details: &'static [&'static str],
    /// The Fluent key of its words.
    pub label: &'static str,
}

const fn kind(
    name: &'static str,
    acts: &'static [&'static str],
    audience: For,
    details: &'static [&'static str],
    label: &'static str,
) -> Kind {
    Kind { name, acts, audience, details, label }
}

/// Every kind, area by area.
pub const KINDS: &[Kind] = &[
    kind("document.published", &["document.publish"], For::Everyone, &["version"], "webhooks-event-document-published"),
    kind(
        "document.version",
        &["document.upload", "document.restore"],
        For::Everyone,
        &["version"],
        "webhooks-event-document-version",
    ),
    kind("document.withdrawn", &["document.withdraw"], For::Operator, &[], "webhooks-event-document-withdrawn"),
    kind("document.deleted", &["document.delete"], For::Operator, &[], "webhooks-event-document-deleted"),
    kind(
        "file.arrived",
        &["document.create"],
        For::FromCustomers,
        &["version", "category"],
        "webhooks-event-file-arrived",
    ),
    kind(
        "approval.asked",
        &["approval.ask"],
        For::Everyone,
        &["approval", "version", "steps", "needed", "asked"],
        "webhooks-event-approval-asked",
    ),
    kind(
        "approval.decided",
        &["approval.approve", "approval.decline"],
        For::Everyone,
        &["approval", "version", "step", "outcome"],
        "webhooks-event-approval-decided",
    ),
    kind(
        "approval.withdrawn",
        &["approval.withdraw"],
        For::Everyone,
        &["approval", "version"],
        "webhooks-event-approval-withdrawn",
    ),
    kind("request.asked", &["request.ask"], For::Everyone, &["category"], "webhooks-event-request-asked"),
    kind(
        "request.answered",
        &["request.answer"],
        For::Everyone,
        &["document", "version"],
        "webhooks-event-request-answered",
    ),
    kind("request.accepted", &["request.accept"], For::Everyone, &[], "webhooks-event-request-accepted"),
    kind("request.returned", &["request.fix"], For::Everyone, &[], "webhooks-event-request-returned"),
    kind("request.withdrawn", &["request.withdraw"], For::Everyone, &[], "webhooks-event-request-withdrawn"),
    kind("order.created", &["order.create"], For::Everyone, &[], "webhooks-event-order-created"),
    kind("order.changed", &["order.edit"], For::Everyone, &["fields"], "webhooks-event-order-changed"),
    kind("order.confirmed", &["order.confirm"], For::Everyone, &["step"], "webhooks-event-order-confirmed"),
    kind(
        "orders.imported",
        &["order.import"],
        For::Operator,
        &["created", "changed"],
        "webhooks-event-orders-imported",
    ),
    kind("orders.changed", &["order.news"], For::Everyone, &["created", "changed"], "webhooks-event-orders-changed"),
    kind("project.created", &["project.create"], For::Everyone, &[], "webhooks-event-project-created"),
    kind("project.changed", &["project.edit"], For::Everyone, &["fields"], "webhooks-event-project-changed"),
    kind(
        "projects.changed",
        &["project.news"],
        For::Everyone,
        &["created", "changed"],
        "webhooks-event-projects-changed",
    ),
    kind("project.joined", &["project.add"], For::Everyone, &["user"], "webhooks-event-project-joined"),
    kind("project.report", &["project.report"], For::Everyone, &["light"], "webhooks-event-project-report"),
    kind(
        "project.milestone",
        &["project.milestone"],
        For::Everyone,
        &["position", "reached"],
        "webhooks-event-project-milestone",
    ),
    kind("project.decision", &["project.decision"], For::Everyone, &[], "webhooks-event-project-decision"),
    kind(
        "project.comment",
        &["project.comment"],
        For::Everyone,
        &["task", "comment"],
        "webhooks-event-project-comment",
    ),
    kind("task.asked", &["project.task"], For::Everyone, &["task", "side"], "webhooks-event-task-asked"),
    kind("task.done", &["project.task_done"], For::Everyone, &["task"], "webhooks-event-task-done"),
    kind(
        "projects.imported",
        &["project.import"],
        For::Operator,
        &["created", "changed"],
        "webhooks-event-projects-imported",
    ),
    kind(
        "appointment.proposed",
        &["appointment.propose"],
        For::Everyone,
        &["slots"],
        "webhooks-event-appointment-proposed",
    ),
    kind("appointment.moved", &["appointment.move"], For::Everyone, &["slots"], "webhooks-event-appointment-moved"),
    kind(
        "appointment.confirmed",
        &["appointment.confirm"],
        For::Everyone,
        &["starts_at"],
        "webhooks-event-appointment-confirmed",
    ),
    kind("appointment.wished", &["appointment.wish"], For::Everyone, &[], "webhooks-event-appointment-wished"),
    kind("appointment.changed", &["appointment.edit"], For::Everyone, &[], "webhooks-event-appointment-changed"),
    kind("appointment.cancelled", &["appointment.cancel"], For::Everyone, &[], "webhooks-event-appointment-cancelled"),
    kind(
        "appointment.on_the_way",
        &["appointment.on_the_way"],
        For::Everyone,
        &["from", "until"],
        "webhooks-event-appointment-on-the-way",
    ),
    kind(
        "appointment.completed",
        &["appointment.complete"],
        For::Everyone,
        &[],
        "webhooks-event-appointment-completed",
    ),
    kind("member.joined", &["invitation.accept"], For::Everyone, &["user"], "webhooks-event-member-joined"),
    kind("member.changed", &["member.change"], For::Everyone, &[], "webhooks-event-member-changed"),
    kind("member.removed", &["member.remove"], For::Everyone, &[], "webhooks-event-member-removed"),
    kind("organisation.created", &["organisation.create"], For::Operator, &[], "webhooks-event-organisation-created"),
    kind(
        "organisation.changed",
        &["organisation.edit"],
        For::Everyone,
        &["fields"],
        "webhooks-event-organisation-changed",
    ),
    kind(
        "organisation.assigned",
        &["organisation.assign"],
        For::Operator,
        &["user"],
        "webhooks-event-organisation-assigned",
    ),
    kind(
        "organisation.security",
        &["organisation.security", "domain.confirm", "domain.remove"],
        For::Everyone,
        &[],
        "webhooks-event-organisation-security",
    ),
    kind(
        "announcement.published",
        &["announcement.publish"],
        For::Operator,
        &[],
        "webhooks-event-announcement-published",
    ),
];

/// The kind with this name.
pub fn named(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The kind that an act of the trail is told as.
pub fn of_act(act: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.acts.contains(&act))
}

/// What an endpoint can choose from: of a customer, or of the operator.
pub fn offered(operator: bool) -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(move |kind| operator || kind.audience != For::Operator)
}

/// Details that are counts.
const NUMBERS: [&str; 8] = ["version", "steps", "needed", "asked", "step", "slots", "created", "changed"];

impl Kind {
    /// What of an event's details is told: numbers as numbers, names of fields as a list without those that are the
    /// house's own.
    pub fn told(&self, detail: &str) -> Map<String, Value> {
        let detail: Map<String, Value> = serde_json::from_str(detail).unwrap_or_default();
        let value = |name: &'static str| {
            let text = detail.get(name)?.as_str()?;
            let value = match name {
                "fields" => text
                    .split([' ', ','])
                    .filter(|one| !one.is_empty() && *one != "external_id")
                    .collect::<Vec<_>>()
                    .into(),
                "reached" => (text == "true").into(),
                "position" => text.parse::<i64>().map_or(Value::Null, Into::into),
                name if NUMBERS.contains(&name) => text.parse::<i64>().map_or(Value::Null, Into::into),
                _ => text.into(),
            };
            Some((key(name).to_owned(), value))
        };
        self.details.iter().filter_map(|name| value(name)).collect()
    }

    /// Whether what changed is nothing but the house's own: no news to anybody else.
    pub fn says_nothing(&self, detail: &str) -> bool {
        self.told(detail).get("fields").and_then(Value::as_array).is_some_and(Vec::is_empty)
    }
}

/// A detail as the payload calls it: what is an id says so.
fn key(name: &'static str) -> &'static str {
    match name {
        "approval" => "approval_id",
        "comment" => "comment_id",
        "document" => "document_id",
        "task" => "task_id",
        "user" => "user_id",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::Locale;
    use crate::notifications::{Class, Kind as Notification};

    #[test]
    fn every_kind_has_a_name_of_its_own_and_every_act_one_kind() {
        let names: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name).collect();
        assert_eq!(names.len(), KINDS.len());
        let known: BTreeSet<&str> = crate::audit::all_acts(Locale::En).into_iter().map(|(name, _)| name).collect();
        let acts: Vec<&str> = KINDS.iter().flat_map(|kind| kind.acts).copied().collect();
        assert_eq!(acts.iter().collect::<BTreeSet<_>>().len(), acts.len());
        for act in acts {
            assert!(known.contains(act), "{act} is never recorded");
        }
    }

    /// What people are told and programs are not, and why.
    const PEOPLE_ONLY: [(&str, &str); 9] = [
        ("document.ends", "nothing happens on that day, and the API gives it"),
        ("file.held", "it is for whoever uploaded the file; nobody else may have it"),
        ("approval.reminder", "nothing has happened since approval.asked"),
        ("approval.over", "approval.decided says the outcome"),
        ("request.reminder", "nothing has happened since request.asked"),
        ("task.reminder", "nothing has happened since task.asked"),
        ("appointment.reminder", "nothing has happened since appointment.confirmed"),
        ("import.failed", "it is for whoever looks after imports, and the API says how a run ended"),
        ("announcement.begin", "announcement.published has said when it begins"),
    ];

    #[test]
    fn what_people_are_told_of_programs_are_told_of_by_the_same_name() {
        for kind in KINDS {
            for act in kind.acts {
                if let Some(told) = Notification::of_act(act).filter(|told| told.class() != Class::Security) {
                    assert_eq!(told.name(), kind.name, "{act}");
                }
            }
        }
        // The other way round, too, by name and by act.
        let spared = |name: &str| PEOPLE_ONLY.iter().any(|(spared, _)| *spared == name);
        for told in Notification::ALL.iter().filter(|told| told.class() != Class::Security) {
            assert_ne!(named(told.name()).is_some(), spared(told.name()), "{}", told.name());
        }
        let acts: Vec<&str> = crate::audit::all_acts(Locale::En).into_iter().map(|(name, _)| name).collect();
        for act in acts {
            if Notification::of_act(act).is_some_and(|told| told.class() != Class::Security) {
                assert_ne!(of_act(act).is_some(), spared(act), "{act}");
            }
        }
        for (name, _) in PEOPLE_ONLY {
            let told = Notification::parse(name).or_else(|| Notification::of_act(name));
            assert!(told.is_some(), "nobody is told of {name}");
        }
    }

    #[test]
    fn details_are_told_as_what_they_are() {
        let told =
            named("approval.decided").unwrap().told(r#"{"approval":"a","version":"2","outcome":"open","sha256":"ff"}"#);
        assert_eq!(Value::Object(told), serde_json::json!({"approval_id": "a", "version": 2, "outcome": "open"}));
        let told = named("order.changed").unwrap().told(r#"{"number":"AB-1","fields":"status external_id next_on"}"#);
        assert_eq!(Value::Object(told), serde_json::json!({"fields": ["status", "next_on"]}));
        let told = named("order.confirmed").unwrap().told(r#"{"number":"AB-1","step":"2"}"#);
        assert_eq!(Value::Object(told), serde_json::json!({"step": 2}));
        let told = named("task.asked").unwrap().told(r#"{"task":"t","side":"customer"}"#);
        assert_eq!(Value::Object(told), serde_json::json!({"task_id": "t", "side": "customer"}));
        let changed = named("order.changed").unwrap();
        assert!(changed.told("nonsense").is_empty() && !changed.says_nothing("nonsense"));
        assert!(changed.says_nothing(r#"{"fields":"external_id"}"#) && !changed.says_nothing(r#"{"fields":"status"}"#));
    }
}
