//! Plain types of saved views.

use crate::ids::SavedViewId;
use crate::paths;

/// A list that can be saved as one sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Documents as their readers see them.
    Documents,
    /// Documents as staff see them.
    StaffDocuments,
    /// Orders as their customer sees them.
    Orders,
    /// Orders as staff see them.
    StaffOrders,
    /// Projects as their customer sees them.
    Projects,
    /// Projects as staff see them.
    StaffProjects,
}

impl List {
    const ALL: [Self; 6] =
        [Self::Documents, Self::StaffDocuments, Self::Orders, Self::StaffOrders, Self::Projects, Self::StaffProjects];

    /// Its address.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Documents => paths::DOCUMENTS,
            Self::StaffDocuments => paths::STAFF_DOCUMENTS,
            Self::Orders => paths::ORDERS,
            Self::StaffOrders => paths::STAFF_ORDERS,
            Self::Projects => paths::PROJECTS,
            Self::StaffProjects => paths::STAFF_PROJECTS,
        }
    }

    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::StaffDocuments => "staff_documents",
            Self::Orders => "orders",
            Self::StaffOrders => "staff_orders",
            Self::Projects => "projects",
            Self::StaffProjects => "staff_projects",
        }
    }

    /// The list with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name)
    }

    /// The list at an address.
    pub fn parse(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.path() == path)
    }

    /// What of its query is worth keeping, in this order.
    const fn filters(self) -> &'static [&'static str] {
        match self {
            Self::Documents => &["search", "tag", "project", "category", "sort"],
            Self::StaffDocuments => &["search", "tag", "project", "category", "state", "organisation", "sort"],
            Self::Orders | Self::Projects => &["search", "which", "status", "overdue", "from", "to", "sort"],
            Self::StaffOrders | Self::StaffProjects => {
                &["search", "which", "status", "overdue", "from", "to", "organisation", "sort"]
            }
        }
    }

    /// A query as it is kept: the filters alone, in one order, none that is empty.
    pub fn normal(self, query: &str) -> String {
        let given: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut normal = url::form_urlencoded::Serializer::new(String::new());
        for name in self.filters() {
            if let Some((_, value)) = given.iter().find(|(key, value)| key == name && !value.trim().is_empty()) {
                normal.append_pair(name, value.trim());
            }
        }
        normal.finish()
    }
}

/// A saved view.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SavedView {
    /// Id.
    pub id: SavedViewId,
    /// What its owner calls it.
    pub name: String,
    /// What follows the question mark.
    pub query: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_keeps_the_filters_and_nothing_else() {
        let list = List::StaffDocuments;
        assert_eq!(
            list.normal("after=p5&sort=title&state=draft&search=+M%C3%BCller+&category=&evil=1"),
            "search=M%C3%BCller&state=draft&sort=title"
        );
        assert_eq!(list.normal(""), "");
        assert_eq!(List::Documents.normal("state=draft"), "");
    }
}
