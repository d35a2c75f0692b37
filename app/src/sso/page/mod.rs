//! Pages of single sign-on: the way in, and how it is set up.

pub mod answer;
mod domains;
mod provider;
mod rules;
mod start;

pub use rules::{CustomerSignInPage, OrganisationSignInPage};
pub use start::{SsoPage, SsoStartPage, ask_body};
