//! The two Leptos doors: pages and server functions. Both build on the [`Ctx`](crate::ctx::Ctx) that the server's layer
//! made, and both turn an [`AppError`](crate::error::AppError) into the same status.

mod error;
mod form;
mod frame;
mod outside;
mod page;
mod request;
mod visit;

pub use error::{NotFound, error_body, failed};
pub use form::{Done, Form, act};
pub use frame::home_of;
pub use outside::{GatePage, Outside, gate, outside};
pub use page::{Page, PageTitle, page};
pub use request::{ctx, redirect_to, set_policy};
pub use visit::{Query, Visit};
