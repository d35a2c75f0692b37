//! Who may do what. The one policy of the portal.
//!
//! A door builds an [`Actor`], a service asks the store with the actor's [`Scope`] (what is not visible is
//! not found), and gets a [`Granted`] from [`grant`] before it may write. [`policy::allowed`] is the only
//! place that decides; the scope is derived from it.

mod action;
mod actor;
mod grant;
pub mod policy;
mod rights;
mod role;
mod scope;

pub use action::{Action, Topic};
pub use actor::{Actor, ActorKind, Hold, Membership, TokenScope, Via, Viewer};
pub use grant::{Act, Granted, Guarded, allow, allow_any, grant};
pub use rights::{Module, Reach, Rights};
pub use role::{MembershipRole, Relation, Role, StaffRole};
pub(crate) use scope::customer_scope;
pub use scope::{Scope, over_customers};
