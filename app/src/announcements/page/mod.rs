//! Pages of announcements, for staff.

mod detail;
mod form;
mod list;
mod parts;

pub use detail::AnnouncementPage;
pub use form::{AnnouncementEditPage, AnnouncementNewPage};
pub use list::AnnouncementsPage;
pub use parts::bars;
