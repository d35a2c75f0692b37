//! A row for each order, or for each step of one: then the rows of an order stand below each other and are all of its steps.

use std::collections::HashMap;

use crate::ctx::Ctx;
use crate::day::Day;
use crate::db::{Db, DbResult, Value, sql};
use crate::error::FieldErrors;
use crate::money;
use crate::orders::input::{Change, Current, Input};
use crate::orders::model::{Side, Step};
use crate::orders::take::Plan;

use super::columns::{Columns, Names};
use super::table::Row;
use super::values::{day, number};

sql! {
    /// What people call projects and whoever ordered, for the report.
    PROJECTS = sqlite: "SELECT id, CASE number WHEN '' THEN name ELSE number END AS name FROM projects WHERE id IN (SELECT unhex(value) FROM json_each($1))",
        postgres: "SELECT id, CASE number WHEN '' THEN name ELSE number END AS name FROM projects WHERE id = ANY($1)";
    BUYERS = sqlite: "SELECT id, email AS name FROM users WHERE id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT id, email AS name FROM users WHERE id = ANY($1)";
}

/// The fields and the names their columns go by.
pub const NAMES: &[Names] = &[
    (
        "number",
        &[
            "number",
            "orderid",
            "ordernumber",
            "orderno",
            "order",
            "auftragsnr",
            "auftragsnummer",
            "auftragnr",
            "auftrag",
            "belegnr",
            "belegnummer",
        ],
    ),
    ("external_id", &["externalid", "erpid", "sourceid", "fremdschluessel"]),
    (
        "organisation",
        &[
            "organisation",
            "organization",
            "customerid",
            "customernumber",
            "customerno",
            "customer",
            "kundennr",
            "kundennummer",
            "kunde",
            "debitor",
            "debitornr",
        ],
    ),
    ("title", &["title", "description", "subject", "bezeichnung", "betreff", "titel"]),
    (
        "reference",
        &[
            "reference",
            "customerreference",
            "customerorder",
            "purchaseorder",
            "ponumber",
            "po",
            "bestellnr",
            "bestellnummer",
            "kundenbestellnr",
            "ihrebestellung",
            "referenz",
        ],
    ),
    ("status", &["status", "state", "auftragsstatus"]),
    ("ordered_on", &["orderedon", "orderdate", "date", "auftragsdatum", "bestelldatum", "datum"]),
    (
        "wanted_on",
        &["wantedon", "requireddate", "requesteddate", "duedate", "wunschtermin", "wunschdatum", "faelligam"],
    ),
    (
        "confirmed_on",
        &["confirmedon", "confirmeddate", "promiseddate", "bestaetigtertermin", "liefertermin", "zugesagt"],
    ),
    (
        "delivered_on",
        &["deliveredon", "delivereddate", "deliverydate", "shippeddate", "shippedon", "lieferdatum", "geliefertam"],
    ),
    ("currency", &["currency", "currencycode", "waehrung"]),
    (
        "total",
        &["total", "amount", "nettotal", "netamount", "ordervalue", "auftragswert", "nettobetrag", "summe", "betrag"],
    ),
    ("carrier", &["carrier", "shipper", "spediteur", "frachtfuehrer", "versandart"]),
    ("terms", &["terms", "incoterms", "deliveryterms", "lieferbedingungen", "lieferbedingung"]),
    ("tracking_url", &["trackingurl", "trackinglink", "tracking", "sendungsverfolgung"]),
    ("ship_name", &["shipname", "shipto", "recipient", "empfaenger", "lieferempfaenger"]),
    ("ship_address", &["shipaddress", "shipstreet", "lieferadresse", "lieferstrasse", "strasse"]),
    ("ship_postcode", &["shippostalcode", "shippostcode", "shipzip", "lieferplz", "plz"]),
    ("ship_city", &["shipcity", "city", "lieferort", "ort"]),
    ("ship_country", &["shipcountry", "country", "lieferland", "land"]),
    (
        "project",
        &[
            "project",
            "projectnumber",
            "projectno",
            "projectid",
            "projekt",
            "projektnr",
            "projektnummer",
            "projectnummer",
        ],
    ),
    // Where there may be a name in place of an address, people choose the column.
    (
        "buyer",
        &[
            "buyer",
            "buyeremail",
            "buyermail",
            "orderedbyemail",
            "contactemail",
            "contactmail",
            "besteller",
            "bestelleremail",
            "bestellermail",
            "ansprechpartneremail",
            "ansprechpartnermail",
            "contactpersoonemail",
        ],
    ),
    ("current_step", &["currentstep", "aktuellerschritt", "huidigestap"]),
    (
        "current_step_on",
        &[
            "currentstepon",
            "currentstepdate",
            "currentstepexpectedon",
            "aktuellerschrittam",
            "aktuellerschritttermin",
            "huidigestapop",
        ],
    ),
    ("step", &["step", "steptitle", "stepname", "schritt", "arbeitsschritt", "lieferschritt", "stap"]),
    (
        "step_expected",
        &["stepexpectedon", "stepexpected", "stepdate", "stepdue", "schritttermin", "schrittdatum", "stapdatum"],
    ),
    (
        "step_done",
        &[
            "stepdoneon",
            "stepdone",
            "stepcompleted",
            "schritterledigt",
            "schritterledigtam",
            "schrittfertigam",
            "stapklaarop",
        ],
    ),
    ("step_acts", &["stepacts", "stepby", "schrittdurch", "schrittvon", "stapdoor"]),
    ("reason", &["reason", "changereason", "grund", "aenderungsgrund"]),
];

/// What must be there.
pub const NEEDED: &[&str] = &["number"];

/// What rows that stand below each other say of their order, field by field: the first that says something counts. A field that
/// the file has and that is empty is said to be so.
struct Said<'a> {
    ctx: &'a Ctx,
    columns: &'a Columns,
    rows: &'a [Row],
    errors: FieldErrors,
}

impl Said<'_> {
    fn text(&self, field: &str) -> Option<&str> {
        let mut all = self.rows.iter().filter_map(|row| self.columns.get(row, field)).peekable();
        let first = all.peek().copied();
        all.find(|text| !text.is_empty()).or(first)
    }

    fn owned(&self, field: &str) -> Option<String> {
        self.text(field).map(str::to_owned)
    }

    /// What it says, where it says anything.
    fn some(&self, field: &str) -> Option<String> {
        self.owned(field).filter(|text| !text.is_empty())
    }

    /// A name, or that there is none.
    fn named(&self, field: &str) -> Option<Option<String>> {
        self.owned(field).map(|text| Some(text).filter(|text| !text.is_empty()))
    }

    fn read(&mut self, field: &'static str, text: &str) -> Option<Day> {
        let known = day(text, self.columns.how(field));
        if known.is_none() && !text.is_empty() {
            self.errors.add(field, self.ctx.with("imports-error-day", &[("text", text.to_owned().into())]));
        }
        known
    }

    fn day(&mut self, field: &'static str) -> Option<Option<Day>> {
        let text = self.owned(field)?;
        Some(self.read(field, &text))
    }

    /// Where it goes, in lines as on a label.
    fn ship_to(&self) -> Option<String> {
        let get = |field| self.text(field).unwrap_or_default();
        if !["ship_name", "ship_address", "ship_postcode", "ship_city", "ship_country"]
            .iter()
            .any(|field| self.columns.has(field))
        {
            return None;
        }
        let city = [get("ship_postcode"), get("ship_city")]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let lines = [get("ship_name").to_owned(), get("ship_address").to_owned(), city, get("ship_country").to_owned()];
        Some(lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
    }

    /// Every step, a row for each; none where the file knows nothing of them.
    fn steps(&mut self) -> Option<Vec<Step>> {
        if !self.columns.has("step") {
            return None;
        }
        let mut steps: Vec<Step> = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            let columns = self.columns;
            let cell = |field: &str| columns.get(row, field).unwrap_or_default();
            let expected_on = self.read("step_expected", cell("step_expected"));
            let done_on = self.read("step_done", cell("step_done"));
            let acts = side_of(cell("step_acts"));
            if acts.is_none() {
                self.errors.add("step_acts", self.ctx.t("orders-error-acts"));
            }
            let title = cell("step").to_owned();
            if !title.is_empty() || expected_on.is_some() || done_on.is_some() {
                let position = i64::try_from(steps.len() + 1).unwrap_or(i64::MAX);
                steps.push(Step { position, title, expected_on, done_on, acts: acts.unwrap_or(Side::House) });
            }
        }
        Some(steps)
    }

    /// The step it is at, where the file says that and no other.
    fn current(&mut self) -> Option<Current> {
        let title = self.some("current_step");
        let expected_on = self.day("current_step_on");
        // A day alone is a day of no step.
        title.map(|title| Current { title, expected_on, acts: None })
    }
}

/// Who does a step or has a task, as people write it; nobody says anything: the house.
pub(super) fn side_of(text: &str) -> Option<Side> {
    match text.trim().to_lowercase().as_str() {
        "" | "house" | "us" | "staff" | "supplier" | "haus" | "wir" | "lieferant" | "wij" | "leverancier" => {
            Some(Side::House)
        }
        "customer" | "buyer" | "kunde" | "klant" => Some(Side::Customer),
        _ => None,
    }
}

/// The order of rows that stand below each other, or what is wrong with them.
pub fn input(ctx: &Ctx, columns: &Columns, rows: &[Row], usual: &str) -> Result<Input, FieldErrors> {
    let mut said = Said { ctx, columns, rows, errors: FieldErrors::default() };
    let ordered_on = said.day("ordered_on").flatten();
    let [wanted_on, confirmed_on, delivered_on] =
        ["wanted_on", "confirmed_on", "delivered_on"].map(|field| said.day(field));
    let (steps, current) = (said.steps(), said.current());
    let currency = said.some("currency").map(|text| text.to_ascii_uppercase());
    let assumed = currency.is_none();
    let currency = currency.unwrap_or_else(|| usual.to_owned());
    let total = said.owned("total").map(|text| {
        let known = number(&text, columns.how("total"), money::digits(&currency));
        if known.is_none() && !text.is_empty() {
            said.errors.add("total", ctx.with("imports-error-number", &[("text", text.into())]));
        }
        known
    });
    if !said.errors.is_empty() {
        return Err(said.errors);
    }
    Ok(Input {
        number: said.owned("number").unwrap_or_default(),
        external_id: said.some("external_id"),
        organisation: said.some("organisation"),
        title: said.owned("title"),
        reference: said.owned("reference"),
        status: said.some("status"),
        ordered_on,
        wanted_on,
        confirmed_on,
        delivered_on,
        // A currency of nothing is none.
        currency: (!assumed || total.flatten().is_some()).then_some(currency),
        currency_assumed: assumed,
        total,
        carrier: said.owned("carrier"),
        terms: said.owned("terms"),
        tracking_url: said.owned("tracking_url"),
        ship_to: said.ship_to(),
        // A name and a city say nothing new of an address that is known whole.
        ship_to_in_part: !columns.has("ship_address"),
        project_named: said.named("project"),
        buyer_named: said.named("buyer"),
        steps,
        current,
        reason: said.owned("reason").unwrap_or_default(),
        ..Input::default()
    })
}

/// What people call the ids that stand in what orders change.
pub async fn names(db: &Db, plans: impl Iterator<Item = &Plan>) -> DbResult<HashMap<String, String>> {
    let (mut projects, mut buyers) = (Vec::new(), Vec::new());
    for change in plans.flat_map(|plan| &plan.entry.changes) {
        let of = match change.field {
            "project_id" => &mut projects,
            "buyer_id" => &mut buyers,
            _ => continue,
        };
        of.extend([&change.old, &change.new].into_iter().filter_map(|id| id.parse::<uuid::Uuid>().ok()));
    }
    let mut names = HashMap::new();
    for (statement, ids) in [(PROJECTS, projects), (BUYERS, buyers)] {
        if !ids.is_empty() {
            let rows: Vec<(uuid::Uuid, String)> = db.all(statement, [Value::Uuids(ids)]).await?;
            names.extend(rows.into_iter().map(|(id, name)| (id.to_string(), name)));
        }
    }
    Ok(names)
}

/// Steps as a report shows them: each with its day, or with the one on which it was done.
fn shown(steps: &[Step]) -> String {
    let one = |step: &Step| match (step.done_on, step.expected_on) {
        (Some(day), _) => format!("{} \u{2713} {day}", step.title),
        (None, Some(day)) => format!("{} {day}", step.title),
        (None, None) => step.title.clone(),
    };
    steps.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A change in words: who and what an id is, and which steps there are.
pub fn told(change: &mut Change, plan: &Plan, names: &HashMap<String, String>) {
    match change.field {
        "project_id" | "buyer_id" => {
            for text in [&mut change.old, &mut change.new] {
                if let Some(name) = names.get(text.as_str()) {
                    text.clone_from(name);
                }
            }
        }
        "steps" => {
            let before = plan.before.as_ref().and_then(|before| before.steps.as_deref()).unwrap_or_default();
            change.old = shown(before);
            change.new = shown(plan.entry.steps.as_deref().unwrap_or_default());
        }
        _ => {}
    }
}
