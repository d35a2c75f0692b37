//! What the rows of a file are, and which fields they have.

use super::columns::Names;
use super::{customers, lines, orders, papers, people, projects, tasks};

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Kind {
    /// Customers.
    Organisations,
    /// People of customers.
    People,
    /// Orders, with their steps.
    Orders,
    /// Lines of orders.
    OrderLines,
    /// Projects, with their milestones.
    Projects,
    /// Tasks of projects.
    ProjectTasks,
    /// Documents with their files.
    Documents,
}

/// How the values of a field are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, as it stands.
    Text,
    /// A day.
    Day,
    /// A number.
    Number,
}

impl Kind {
    /// Every kind, in the order in which they build on each other.
    pub const ALL: [Self; 7] = [
        Self::Organisations,
        Self::People,
        Self::Orders,
        Self::OrderLines,
        Self::Projects,
        Self::ProjectTasks,
        Self::Documents,
    ];

    /// The name on the command line, in the API and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organisations => "organisations",
            Self::People => "people",
            Self::Orders => "orders",
            Self::OrderLines => "order-lines",
            Self::Projects => "projects",
            Self::ProjectTasks => "project-tasks",
            Self::Documents => "documents",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its fields with the names their columns go by.
    pub const fn names(self) -> &'static [Names] {
        match self {
            Self::Organisations => customers::NAMES,
            Self::People => people::NAMES,
            Self::Orders => orders::NAMES,
            Self::OrderLines => lines::NAMES,
            Self::Projects => projects::NAMES,
            Self::ProjectTasks => tasks::NAMES,
            Self::Documents => papers::NAMES,
        }
    }

    /// The fields that a file must have.
    pub const fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Organisations => customers::NEEDED,
            Self::People => people::NEEDED,
            Self::Orders => orders::NEEDED,
            Self::OrderLines => lines::NEEDED,
            Self::Projects => projects::NEEDED,
            Self::ProjectTasks => tasks::NEEDED,
            Self::Documents => papers::NEEDED,
        }
    }

    /// The field with this name.
    pub fn field(self, name: &str) -> Option<&'static str> {
        self.names().iter().find(|(field, _)| *field == name).map(|(field, _)| *field)
    }

    /// Prices that say no currency are taken in one.
    pub const fn has_prices(self) -> bool {
        matches!(self, Self::Orders | Self::OrderLines)
    }

    /// Whether what a row does is only known when it is written; orders are looked through without.
    pub const fn one_by_one(self) -> bool {
        !matches!(self, Self::Orders | Self::OrderLines)
    }

    /// Key of its name for people.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Organisations => "nav-customers",
            Self::People => "imports-kind-people",
            Self::Orders => "orders-title",
            Self::OrderLines => "orders-lines",
            Self::Projects => "projects-title",
            Self::ProjectTasks => "imports-kind-tasks",
            Self::Documents => "nav-documents",
        }
    }

    /// Several rows that stand below each other may be about one thing; those of orders are where they have a column of steps.
    pub const fn has_parts(self) -> bool {
        matches!(self, Self::OrderLines | Self::Projects)
    }
}

/// How the values of a field are written.
pub fn value_of(kind: Kind, field: &str) -> Value {
    match field {
        "position" if kind == Kind::People => Value::Text,
        "ordered_on" | "wanted_on" | "confirmed_on" | "delivered_on" | "starts_on" | "due_on" | "done_on"
        | "milestone_expected" | "milestone_done" | "current_step_on" | "step_expected" | "step_done" => Value::Day,
        "total" | "quantity" | "price" | "discount" | "amount" | "position" => Value::Number,
        _ => Value::Text,
    }
}

/// Key of the name of a field for people.
pub fn field_key(kind: Kind, field: &str) -> &'static str {
    match field {
        "number" if kind == Kind::People => "imports-field-email",
        "position" if kind == Kind::People => "imports-field-position",
        "number" if kind == Kind::Documents => "imports-field-external-id",
        "title" if kind == Kind::Documents => "documents-title",
        "number" if kind == Kind::ProjectTasks => "orders-project",
        "title" if kind == Kind::ProjectTasks => "projects-task",
        "done" => "projects-field-done",
        "text" => "projects-task-text",
        "side" => "projects-task-whose",
        "assignee" => "imports-field-assignee",
        "number" if kind == Kind::Projects => "projects-field-number",
        "name" if kind == Kind::Projects => "projects-field-name",
        "row" => "imports-field-row",
        "slug" => "projects-field-slug",
        "summary" => "projects-field-summary",
        "lead" | "lead_id" => "projects-lead",
        "starts_on" => "projects-field-starts",
        "due_on" => "projects-field-due",
        "done_on" => "projects-field-done",
        "milestone" => "imports-field-milestone",
        "milestones" => "projects-milestones",
        "milestone_expected" => "imports-field-milestone-expected",
        "milestone_done" => "imports-field-milestone-done",
        "category" => "documents-category",
        "file" => "documents-file",
        "order" => "imports-field-order",
        "role" => "imports-field-role",
        "documents" => "nav-documents",
        "orders" => "orders-title",
        "money" => "imports-field-money",
        "tickets" => "imports-field-tickets",
        "name" => "customers-field-name",
        "street" => "customers-field-street",
        "postcode" => "customers-field-postcode",
        "city" => "customers-field-city",
        "country" => "customers-field-country",
        "phone" => "customers-field-phone",
        "website" => "customers-field-website",
        "vat_id" => "customers-field-vat-id",
        "language" => "customers-field-language",
        "number" => "imports-field-number",
        "external_id" => "imports-field-external-id",
        "organisation" => "imports-field-organisation",
        "title" => "orders-field-title",
        "reference" => "orders-field-reference",
        "status" => "orders-field-status",
        "ordered_on" => "orders-field-ordered",
        "wanted_on" => "orders-field-wanted",
        "confirmed_on" => "orders-field-confirmed",
        "delivered_on" => "orders-field-delivered",
        "currency" => "orders-field-currency",
        "total" => "orders-field-total",
        "carrier" => "orders-field-carrier",
        "terms" => "orders-field-terms",
        "tracking_url" => "orders-field-tracking",
        "ship_to" => "orders-field-ship-to",
        "ship_name" => "imports-field-ship-name",
        "ship_address" => "imports-field-ship-address",
        "ship_postcode" => "imports-field-ship-postcode",
        "ship_city" => "imports-field-ship-city",
        "ship_country" => "imports-field-ship-country",
        "reason" => "imports-field-reason",
        "position" => "orders-column-position",
        "article" => "orders-column-article",
        "quantity" => "orders-column-quantity",
        "unit" => "orders-column-unit",
        "price" => "orders-column-price",
        "discount" => "imports-field-discount",
        "amount" => "imports-field-amount",
        "lines" => "orders-lines",
        "steps" => "orders-progress",
        "project" | "project_id" => "orders-project",
        "buyer" => "imports-field-buyer",
        "buyer_id" => "orders-buyer",
        "current_step" => "imports-field-current-step",
        "current_step_on" => "imports-field-current-step-on",
        "step" => "imports-field-step",
        "step_expected" => "imports-field-step-expected",
        "step_done" => "imports-field-step-done",
        "step_acts" => "imports-field-step-acts",
        _ => "orders-field-other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_for_people() {
        for kind in Kind::ALL {
            for (field, _) in kind.names() {
                assert_ne!(field_key(kind, field), "orders-field-other", "{field}");
            }
            assert!(kind.needed().iter().all(|field| kind.field(field).is_some()));
            assert_eq!(Kind::parse(kind.name()), Some(kind));
        }
    }
}
