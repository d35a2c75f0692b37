//! What a person may see in one organisation, module by module.

use serde::{Deserialize, Serialize};

use super::MembershipRole;

/// How far somebody sees into a module of their organisation. Ordered: none, own, organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Nothing of it.
    None,
    /// What names them, or a project they are on.
    Own,
    /// What is meant for the whole organisation too.
    Organisation,
}

impl Reach {
    /// Every reach, from the least.
    pub const ALL: [Self; 3] = [Self::None, Self::Own, Self::Organisation];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Own => "own",
            Self::Organisation => "organisation",
        }
    }

    /// The reach with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.name() == name)
    }
}

/// A part of the portal that rights are given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Module {
    /// Contracts, specifications, minutes and other papers.
    Documents,
    /// Orders and projects.
    Orders,
    /// Quotes, invoices and payments.
    Money,
    /// Questions to the house.
    Tickets,
}

impl Module {
    /// Every module, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Documents, Self::Orders, Self::Money, Self::Tickets];

    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Orders => "orders",
            Self::Money => "money",
            Self::Tickets => "tickets",
        }
    }
}

/// The rights of one membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::FromRow)]
pub struct Rights {
    /// Contracts, specifications, minutes and other papers.
    pub documents: Reach,
    /// Orders and projects.
    pub orders: Reach,
    /// Quotes, invoices and payments.
    pub money: Reach,
    /// Questions to the house.
    pub tickets: Reach,
}

impl Rights {
    /// The most there is.
    pub const ALL: Self = Self::uniform(Reach::Organisation);

    /// The same everywhere.
    pub const fn uniform(reach: Reach) -> Self {
        Self { documents: reach, orders: reach, money: reach, tickets: reach }
    }

    /// What a role gets unless somebody chooses otherwise; an administrator always has it.
    pub const fn default_of(role: MembershipRole) -> Self {
        match role {
            MembershipRole::Admin | MembershipRole::Member => Self::ALL,
            MembershipRole::Partner => {
                Self { documents: Reach::Own, orders: Reach::Own, money: Reach::None, tickets: Reach::Own }
            }
        }
    }

    /// The most a role can have.
    pub const fn limit_of(role: MembershipRole) -> Self {
        match role {
            MembershipRole::Admin | MembershipRole::Member => Self::ALL,
            MembershipRole::Partner => Self::uniform(Reach::Own),
        }
    }

    /// The reach into one module.
    pub const fn of(self, module: Module) -> Reach {
        match module {
            Module::Documents => self.documents,
            Module::Orders => self.orders,
            Module::Money => self.money,
            Module::Tickets => self.tickets,
        }
    }

    /// With another reach into one module.
    #[must_use]
    pub const fn with(self, module: Module, reach: Reach) -> Self {
        match module {
            Module::Documents => Self { documents: reach, ..self },
            Module::Orders => Self { orders: reach, ..self },
            Module::Money => Self { money: reach, ..self },
            Module::Tickets => Self { tickets: reach, ..self },
        }
    }

    /// Module by module the lesser of the two.
    #[must_use]
    pub fn at_most(self, limit: Self) -> Self {
        Module::ALL
            .into_iter()
            .fold(self, |rights, module| rights.with(module, rights.of(module).min(limit.of(module))))
    }

    /// Whether no module reaches further than in the other.
    pub fn within(self, limit: Self) -> bool {
        self.at_most(limit) == self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_never_exceed_their_limit() {
        let limit = Rights { money: Reach::None, ..Rights::uniform(Reach::Own) };
        for documents in Reach::ALL {
            for money in Reach::ALL {
                let rights = Rights { documents, money, ..Rights::ALL }.at_most(limit);
                assert!(rights.within(limit), "{rights:?}");
                assert_eq!(rights.money, Reach::None);
            }
        }
        assert!(!Rights::ALL.within(limit));
        assert!(Rights::default_of(MembershipRole::Partner).within(Rights::limit_of(MembershipRole::Partner)));
    }
}
