//! What is found, whatever it is.

pub use crate::search::model::Piece;

/// Where something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Documents.
    Documents,
    /// Orders.
    Orders,
    /// Projects.
    Projects,
    /// Customers, for staff.
    Customers,
    /// People: for staff of customers and of the house, for customers their colleagues.
    People,
}

impl Area {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Orders => "orders",
            Self::Projects => "projects",
            Self::Customers => "customers",
            Self::People => "people",
        }
    }

    /// The Fluent key of its heading.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Documents => "nav-documents",
            Self::Orders => "orders-title",
            Self::Projects => "projects-title",
            Self::Customers => "nav-customers",
            Self::People => "everywhere-people",
        }
    }

    /// The icon of its rows.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Documents => "file-text",
            Self::Orders => "package",
            Self::Projects => "list-checks",
            Self::Customers => "building-2",
            Self::People => "user",
        }
    }
}

/// One thing that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its id.
    pub id: uuid::Uuid,
    /// Where it is looked at.
    pub path: String,
    /// What it is called, in pieces.
    pub title: Vec<Piece>,
    /// Whose or what it is.
    pub meta: String,
    /// Where in it the words stand.
    pub excerpt: Option<Vec<Piece>>,
}

/// What was found in one area.
#[derive(Clone, Debug)]
pub struct Group {
    /// The area.
    pub area: Area,
    /// The first of it.
    pub found: Vec<Found>,
    /// Where all of it is, if there is more.
    pub all: Option<String>,
}
