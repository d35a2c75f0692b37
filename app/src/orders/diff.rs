//! What an order becomes: what was, what is said, and the difference.

use crate::day::Day;
use crate::ids::{OrderId, OrganisationId, ProjectId, UserId};

use super::input::{Change, Current, Input};
use super::model::{Line, Side, Status, Step};

/// An order as the tables hold it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    /// Id.
    pub id: OrderId,
    /// The customer.
    pub organisation_id: OrganisationId,
    /// Its project.
    pub project_id: Option<ProjectId>,
    /// Who ordered.
    pub buyer_id: Option<UserId>,
    /// The operator's number.
    pub number: String,
    /// The key in the system it comes from.
    pub external_id: Option<String>,
    /// What it is about.
    pub title: String,
    /// The customer's own number.
    pub reference: String,
    /// Key of its status.
    pub status: String,
    /// The status is final.
    pub closed: bool,
    /// When it was ordered.
    pub ordered_on: Day,
    /// When the customer wants it.
    pub wanted_on: Option<Day>,
    /// When it will come.
    pub confirmed_on: Option<Day>,
    /// When it came.
    pub delivered_on: Option<Day>,
    /// ISO 4217.
    pub currency: String,
    /// Net, in minor units.
    pub total: Option<i64>,
    /// Where to.
    pub ship_to: String,
    /// By whom.
    pub carrier: String,
    /// Under which terms.
    pub terms: String,
    /// Where to follow it.
    pub tracking_url: String,
    /// The first step that is not done.
    pub next_step: String,
    /// When it is expected.
    pub next_on: Option<Day>,
    /// Raised by every change.
    pub revision: i64,
}

impl Row {
    /// An order that is not there yet.
    pub fn new(id: OrderId, organisation_id: OrganisationId, input: &Input, ordered_on: Day) -> Self {
        Self {
            id,
            organisation_id,
            project_id: None,
            buyer_id: None,
            number: input.number.clone(),
            external_id: input.external_id.clone(),
            title: String::new(),
            reference: String::new(),
            status: String::new(),
            closed: false,
            ordered_on,
            wanted_on: None,
            confirmed_on: None,
            delivered_on: None,
            currency: String::new(),
            total: None,
            ship_to: String::new(),
            carrier: String::new(),
            terms: String::new(),
            tracking_url: String::new(),
            next_step: String::new(),
            next_on: None,
            revision: 0,
        }
    }
}

fn day(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn number(number: Option<i64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// Sets a field that was said, and notes it where it is different.
fn set<T: PartialEq + Clone>(
    field: &'static str,
    place: &mut T,
    said: Option<&T>,
    text: impl Fn(&T) -> String,
    changes: &mut Vec<Change>,
) {
    if let Some(said) = said
        && place != said
    {
        changes.push(Change { field, old: text(place), new: text(said) });
        place.clone_from(said);
    }
}

/// The row as it is to be, and what that changes. A status that has ended stays so for whoever says no status.
pub fn apply(mut row: Row, input: &Input, statuses: &[Status]) -> (Row, Vec<Change>) {
    let mut changes = Vec::new();
    let all = &mut changes;
    set("number", &mut row.number, Some(&input.number), Clone::clone, all);
    if input.external_id.is_some() {
        set("external_id", &mut row.external_id, Some(&input.external_id), |v| v.clone().unwrap_or_default(), all);
    }
    set("title", &mut row.title, input.title.as_ref(), Clone::clone, all);
    set("reference", &mut row.reference, input.reference.as_ref(), Clone::clone, all);
    set("status", &mut row.status, input.status.as_ref(), Clone::clone, all);
    set("ordered_on", &mut row.ordered_on, input.ordered_on.as_ref(), ToString::to_string, all);
    set("wanted_on", &mut row.wanted_on, input.wanted_on.as_ref(), |v| day(*v), all);
    set("confirmed_on", &mut row.confirmed_on, input.confirmed_on.as_ref(), |v| day(*v), all);
    set("delivered_on", &mut row.delivered_on, input.delivered_on.as_ref(), |v| day(*v), all);
    set("currency", &mut row.currency, input.currency.as_ref(), Clone::clone, all);
    set("total", &mut row.total, input.total.as_ref(), |v| number(*v), all);
    let known = |part: &&String| input.ship_to_in_part && part.lines().all(|line| row.ship_to.contains(line));
    let ship_to = input.ship_to.as_ref().filter(|part| !known(part));
    set("ship_to", &mut row.ship_to, ship_to, Clone::clone, all);
    set("carrier", &mut row.carrier, input.carrier.as_ref(), Clone::clone, all);
    set("terms", &mut row.terms, input.terms.as_ref(), Clone::clone, all);
    set("tracking_url", &mut row.tracking_url, input.tracking_url.as_ref(), Clone::clone, all);
    let id = |v: &Option<ProjectId>| v.map(|id| id.to_string()).unwrap_or_default();
    set("project_id", &mut row.project_id, input.project.as_ref(), id, all);
    let id = |v: &Option<UserId>| v.map(|id| id.to_string()).unwrap_or_default();
    set("buyer_id", &mut row.buyer_id, input.buyer.as_ref(), id, all);
    row.closed = statuses.iter().any(|status| status.key == row.status && status.is_final);
    if let Some(steps) = &input.steps {
        let next = steps.iter().filter(|step| step.done_on.is_none()).min_by_key(|step| step.position);
        row.next_step = next.map(|step| step.title.clone()).unwrap_or_default();
        row.next_on = next.and_then(|step| step.expected_on);
    }
    (row, changes)
}

/// What a new list of lines or steps changes: their numbers, before and after.
pub fn rows<T: PartialEq>(field: &'static str, old: &[T], new: &[T]) -> Option<Change> {
    (old != new).then(|| Change { field, old: old.len().to_string(), new: new.len().to_string() })
}

/// The steps of an order that is at this one: those before it are done, today where nobody has said when. One that is not
/// among them follows the one that the order was at, and that one is done.
pub fn advance(old: &[Step], current: &Current, today: Day) -> Vec<Step> {
    let mut steps = old.to_vec();
    let known = steps.iter().position(|step| step.title == current.title);
    let at = known.unwrap_or_else(|| {
        let open = steps.iter().position(|step| step.done_on.is_none());
        let at = open.map_or(steps.len(), |open| open + 1);
        let acts = Side::House;
        steps.insert(at, Step { position: 0, title: current.title.clone(), expected_on: None, done_on: None, acts });
        for (place, step) in (1..).zip(steps.iter_mut()) {
            step.position = place;
        }
        at
    });
    for step in steps.iter_mut().take(at) {
        step.done_on = step.done_on.or(Some(today));
    }
    if let Some(step) = steps.get_mut(at) {
        step.done_on = None;
        step.expected_on = current.expected_on.unwrap_or(step.expected_on);
        step.acts = current.acts.unwrap_or(step.acts);
    }
    steps
}

/// The status of an order that says none: delivered where it came, shipped never guessed, else confirmed where a day is,
/// and received.
pub fn usual_status(row: &Row, statuses: &[Status]) -> String {
    usual(row.delivered_on, row.confirmed_on, statuses)
}

/// The same of an order that came and was confirmed on these days.
pub fn usual(delivered_on: Option<Day>, confirmed_on: Option<Day>, statuses: &[Status]) -> String {
    let wanted = if delivered_on.is_some() {
        "delivered"
    } else if confirmed_on.is_some() {
        "confirmed"
    } else {
        "received"
    };
    let known = statuses.iter().find(|status| status.key == wanted).or(statuses.first());
    known.map(|status| status.key.clone()).unwrap_or_default()
}

/// Lines and steps of an order, as the tables hold them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its steps.
    pub steps: Vec<Step>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_goes_on_step_by_step_and_the_same_step_twice_changes_nothing() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let at = |title: &str| Current { title: title.to_owned(), ..Current::default() };
        let told = |steps: &[Step]| {
            let done = |step: &Step| step.done_on.map_or_else(|| "open".to_owned(), |day| day.to_string());
            steps.iter().map(|step| format!("{} {} {}", step.position, step.title, done(step))).collect::<Vec<_>>()
        };
        let first = advance(&[], &at("Engineering"), day("2026-11-01"));
        assert_eq!(told(&first), ["1 Engineering open"]);
        let second = advance(&first, &at("Production"), day("2026-11-08"));
        assert_eq!(told(&second), ["1 Engineering 2026-11-08", "2 Production open"]);
        assert_eq!(advance(&second, &at("Production"), day("2026-11-09")), second);
        // Of steps that are planned those before it are done, those after it are to come.
        let plan: Vec<Step> = (1..)
            .zip(["Engineering", "Production", "Test", "Shipping"])
            .map(|(position, title)| Step {
                position,
                title: title.to_owned(),
                expected_on: Some(day("2026-12-01")),
                done_on: (position == 1).then(|| day("2026-10-01")),
                acts: Side::House,
            })
            .collect();
        let moved = Current { expected_on: Some(Some(day("2026-12-09"))), ..at("Test") };
        let steps = advance(&plan, &moved, day("2026-11-20"));
        assert_eq!(
            told(&steps),
            ["1 Engineering 2026-10-01", "2 Production 2026-11-20", "3 Test open", "4 Shipping open"]
        );
        assert_eq!(steps.get(2).and_then(|step| step.expected_on), Some(day("2026-12-09")));
        let painted = advance(&steps, &at("Painting"), day("2026-11-21"));
        assert_eq!(told(&painted)[2..], ["3 Test 2026-11-21", "4 Painting open", "5 Shipping open"]);
        // Back again: it is to do once more.
        assert_eq!(told(&advance(&painted, &at("Test"), day("2026-11-22")))[2], "3 Test open");
    }
}
