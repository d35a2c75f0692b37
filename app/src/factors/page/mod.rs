//! Pages of second factors.

mod app;
mod codes;
mod confirm;
mod factor;
mod parts;
mod rules;
mod security;

pub use app::AppPage;
pub use codes::CodesPage;
pub use confirm::ConfirmPage;
pub use factor::FactorPage;
pub use parts::with_passkey;
pub use rules::RulesPage;
pub use security::SecurityPage;
