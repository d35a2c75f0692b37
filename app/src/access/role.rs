//! Roles of `docs/policy.md` and how a person stands to a thing.

use serde::{Deserialize, Serialize};

/// What a member of staff is employed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Progress, deadlines and documents of the assigned customers.
    ProjectManager,
    /// Tickets and contacts of all customers, no money.
    Support,
    /// Invoices and payments of all customers.
    Finance,
    /// Quotes and contacts of all customers.
    Sales,
    /// Reads everything, changes nothing.
    Management,
    /// Users, roles, settings, audit: everything.
    Administrator,
}

/// What a person is in one customer organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MembershipRole {
    /// Administers the organisation and sees all of it.
    Admin,
    /// Sees what is meant for them or for the organisation.
    Member,
    /// From outside; sees shared projects only.
    Partner,
}

/// A column of the policy table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A member of a customer organisation.
    Customer,
    /// Its administrator.
    CustomerAdmin,
    /// An external partner let into a project.
    Partner,
    /// One of the staff roles.
    Staff(StaffRole),
}

impl Role {
    /// Every role, in the order of the printed table.
    pub const ALL: [Self; 9] = [
        Self::Customer,
        Self::CustomerAdmin,
        Self::Partner,
        Self::Staff(StaffRole::ProjectManager),
        Self::Staff(StaffRole::Support),
        Self::Staff(StaffRole::Finance),
        Self::Staff(StaffRole::Sales),
        Self::Staff(StaffRole::Management),
        Self::Staff(StaffRole::Administrator),
    ];

    /// The name used on the command line, in the API and in `docs/policy.md`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::CustomerAdmin => "customer_admin",
            Self::Partner => "partner",
            Self::Staff(role) => role.name(),
        }
    }

    /// The role with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The Fluent key of its name on screen.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Customer => "role-customer",
            Self::CustomerAdmin => "role-customer-admin",
            Self::Partner => "role-partner",
            Self::Staff(StaffRole::ProjectManager) => "role-project-manager",
            Self::Staff(StaffRole::Support) => "role-support",
            Self::Staff(StaffRole::Finance) => "role-finance",
            Self::Staff(StaffRole::Sales) => "role-sales",
            Self::Staff(StaffRole::Management) => "role-management",
            Self::Staff(StaffRole::Administrator) => "role-administrator",
        }
    }
}

impl StaffRole {
    /// Every role, in the order of the printed table.
    pub const ALL: [Self; 6] =
        [Self::ProjectManager, Self::Support, Self::Finance, Self::Sales, Self::Management, Self::Administrator];

    /// The role with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The name in the database, on the command line and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProjectManager => "project_manager",
            Self::Support => "support",
            Self::Finance => "finance",
            Self::Sales => "sales",
            Self::Management => "management",
            Self::Administrator => "administrator",
        }
    }
}

impl MembershipRole {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Member => "member",
            Self::Partner => "partner",
        }
    }

    /// Every role, from the least.
    pub const ALL: [Self; 3] = [Self::Partner, Self::Member, Self::Admin];

    /// The role with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The column of the policy table.
    pub const fn role(self) -> Role {
        match self {
            Self::Admin => Role::CustomerAdmin,
            Self::Member => Role::Customer,
            Self::Partner => Role::Partner,
        }
    }
}

/// How a person stands to a thing. Facts, read from the row; never from the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Published, and meant for this person.
    Addressed,
    /// Published, and of the organisation this person belongs to.
    Own,
    /// Of a customer assigned to this member of staff.
    Assigned,
    /// Of any other customer.
    Other,
}

impl Relation {
    /// Every relation, in the order of the printed table.
    pub const ALL: [Self; 4] = [Self::Addressed, Self::Own, Self::Assigned, Self::Other];

    /// Its name in the printed table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Addressed => "addressed",
            Self::Own => "own",
            Self::Assigned => "assigned",
            Self::Other => "other",
        }
    }
}
