//! Pages of one's own account, one file each.

mod profile;
mod sessions;

pub use profile::ProfilePage;
pub use sessions::SessionsPage;
