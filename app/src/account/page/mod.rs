//! Pages of one's own account, one file each.

mod data;
mod profile;
mod sessions;
mod tokens;

pub use data::DataPage;
pub use profile::ProfilePage;
pub use sessions::SessionsPage;
pub use tokens::TokensPage;
