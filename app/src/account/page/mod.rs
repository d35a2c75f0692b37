//! Pages of one's own account, one file each.

mod profile;

pub use profile::ProfilePage;
