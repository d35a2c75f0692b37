//! Pages of webhooks: of a customer's administrators for their own organisation, and of staff for customers and the operator.

mod delivery;
mod detail;
mod form;
mod list;
mod parts;

pub use delivery::{OrganisationDeliveryPage, StaffDeliveryPage};
pub use detail::{OrganisationWebhookPage, StaffWebhookPage};
pub use form::{OrganisationWebhookEditPage, OrganisationWebhookNewPage, StaffWebhookEditPage, StaffWebhookNewPage};
pub use list::{OrganisationWebhooksPage, StaffWebhooksPage};

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ids::{DeliveryId, OrganisationId, WebhookId};
use crate::organisation::service as organisations;
use crate::paths;
use crate::ui::Place;

/// On which side of the counter the pages stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// At the customer.
    Organisation,
    /// In the house.
    Staff,
}

/// The side of whoever asks.
pub fn base(ctx: &Ctx) -> Base {
    if ctx.actor.staff().is_some() { Base::Staff } else { Base::Organisation }
}

impl Base {
    /// The list; for staff perhaps of one customer.
    pub fn list(self, organisation: Option<OrganisationId>) -> String {
        match (self, organisation) {
            (Self::Organisation, _) => paths::ORGANISATION_WEBHOOKS.to_owned(),
            (Self::Staff, None) => paths::STAFF_WEBHOOKS.to_owned(),
            (Self::Staff, Some(id)) => format!("{}?organisation={id}", paths::STAFF_WEBHOOKS),
        }
    }

    /// A new one.
    pub fn new_page(self, organisation: Option<OrganisationId>) -> String {
        match (self, organisation) {
            (Self::Organisation, _) => format!("{}/new", paths::ORGANISATION_WEBHOOKS),
            (Self::Staff, None) => format!("{}/new", paths::STAFF_WEBHOOKS),
            (Self::Staff, Some(id)) => format!("{}/new?organisation={id}", paths::STAFF_WEBHOOKS),
        }
    }

    /// One of them.
    pub fn one(self, id: WebhookId) -> String {
        match self {
            Self::Organisation => paths::organisation_webhook(id),
            Self::Staff => paths::staff_webhook(id),
        }
    }

    /// Changing it.
    pub fn edit(self, id: WebhookId) -> String {
        format!("{}/edit", self.one(id))
    }

    /// One of its messages.
    pub fn delivery(self, id: WebhookId, delivery: DeliveryId) -> String {
        format!("{}/deliveries/{delivery}", self.one(id))
    }

    /// Where the pages stand in the navigation.
    pub fn place(self) -> Place {
        match self {
            Self::Organisation => Place::Organisation,
            Self::Staff => Place::Webhooks,
        }
    }

    /// Refuses whoever stands on the other side, and whoever has nothing to do here.
    fn check(self, ctx: &Ctx, action: Action) -> Result<(), AppError> {
        match self {
            Self::Staff => organisations::require_staff(ctx),
            // Staff belong to no customer; they have pages of their own.
            Self::Organisation => {
                let id = ctx.organisation.ok_or(AppError::Forbidden)?;
                allow(&ctx.actor, action, Relation::Own, Some(id))
            }
        }
    }

    /// The way to the list.
    fn crumbs(self, ctx: &Ctx) -> Vec<(String, String)> {
        let list = (self.list(None), ctx.t("webhooks-title").to_owned());
        match self {
            Self::Organisation => vec![(paths::ORGANISATION.to_owned(), ctx.t("nav-organisation").to_owned()), list],
            Self::Staff => vec![list],
        }
    }
}
