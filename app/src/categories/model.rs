//! Plain types of the rules of categories.

use crate::access::StaffRole;
use crate::documents::model::Category;
use crate::validity::model::NOTICE_USUALLY;

use super::file_kind::FileKind;

pub use super::approval::Approval;

/// The kinds of audience that can be offered first.
pub const AUDIENCES: [&str; 4] = ["organisation", "project", "people", "group"];

/// The rules of a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The category.
    pub category: Category,
    /// Which kinds of files it takes, in their order.
    pub kinds: Vec<FileKind>,
    /// The longest file in bytes; none: what the portal takes.
    pub size_limit: Option<i64>,
    /// Which staff roles publish in it, administrators always; empty: whoever the policy allows.
    pub publishers: Vec<StaffRole>,
    /// The kind of audience that is offered first.
    pub audience: &'static str,
    /// Which approval is offered.
    pub approval: Approval,
    /// Days until that is due.
    pub approval_days: i64,
    /// So many days a document holds from when it is first published; none: nothing is set.
    pub valid_days: Option<i64>,
    /// So many days before that ends it is to be renewed.
    pub notice_days: i64,
    /// Customers may send files here without being asked, as far as the policy lets them.
    pub customers_send: bool,
    /// Previews show who looks at them, and when.
    pub watermark: bool,
}

impl Rules {
    /// Where nobody has decided anything.
    pub fn new(category: Category) -> Self {
        Self {
            category,
            kinds: FileKind::ALL.to_vec(),
            size_limit: None,
            publishers: Vec::new(),
            audience: "organisation",
            approval: Approval::None,
            approval_days: 14,
            valid_days: None,
            notice_days: NOTICE_USUALLY,
            customers_send: false,
            watermark: false,
        }
    }

    /// Whether it takes every kind there is.
    pub fn takes_all(&self) -> bool {
        self.kinds.len() == FileKind::ALL.len()
    }

    /// Whether staff of this role publish in it, as far as the policy lets them at all.
    pub fn lets_publish(&self, role: StaffRole) -> bool {
        role == StaffRole::Administrator || self.publishers.is_empty() || self.publishers.contains(&role)
    }

    /// The longest file in bytes, where the portal takes so much.
    pub fn limit(&self, portal: u64) -> u64 {
        self.size_limit.and_then(|limit| u64::try_from(limit).ok()).map_or(portal, |limit| limit.min(portal))
    }
}

/// The rules of every category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllRules(pub Vec<Rules>);

impl AllRules {
    /// The rules of one.
    pub fn of(&self, category: Category) -> Rules {
        self.0.iter().find(|rules| rules.category == category).cloned().unwrap_or_else(|| Rules::new(category))
    }
}
