//! Pages of what people choose about their mails.

mod defaults;
mod parts;
mod preferences;
mod unsubscribe;
mod week;

pub use defaults::{CustomerNotificationsPage, OrganisationNotificationsPage};
pub use parts::mute_form;
pub use preferences::NotificationPreferencesPage;
pub use unsubscribe::UnsubscribePage;
