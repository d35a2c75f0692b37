//! Pages of a customer's people. The customer's own side and the staff's are the same pages at two addresses.

mod access;
mod areas;
mod invite;
mod list;
mod person;
mod projects;
mod rights;

pub use access::{MemberAccessPage, StaffMemberAccessPage};
pub use invite::{InvitePage, StaffInvitePage};
pub use list::{OrganisationPage, StaffPeoplePage};
pub use person::{MemberPage, StaffMemberPage};

use crate::ctx::Ctx;
use crate::doors::Visit;
use crate::error::AppError;
use crate::ids::{OrganisationId, UserId};
use crate::organisation::model::Organisation;
use crate::organisation::service as organisations;
use crate::paths;
use crate::ui::Place;

/// On which side of the counter the page stands, and for which customer.
pub(crate) struct Base {
    /// The customer.
    pub organisation: Organisation,
    /// Staff look at it.
    pub staff: bool,
}

impl Base {
    /// The organisation at hand, for its own people.
    async fn own(ctx: &Ctx) -> Result<Self, AppError> {
        let id = ctx.organisation.ok_or(AppError::Forbidden)?;
        // Partners see what was shared with them, not the organisation.
        let organisation = organisations::find(ctx, id).await.map_err(|error| match error {
            AppError::NotFound => AppError::Forbidden,
            other => other,
        })?;
        Ok(Self { organisation, staff: false })
    }

    /// The customer of the address, for staff.
    async fn of_customer(ctx: &Ctx, visit: &Visit) -> Result<Self, AppError> {
        organisations::require_staff(ctx)?;
        Ok(Self { organisation: organisations::find(ctx, visit.id("id")?).await?, staff: true })
    }

    fn id(&self) -> OrganisationId {
        self.organisation.id
    }

    fn list(&self) -> String {
        if self.staff { paths::staff_people(self.id()) } else { paths::ORGANISATION.to_owned() }
    }

    fn invite(&self) -> String {
        if self.staff { paths::staff_invite(self.id()) } else { paths::ORGANISATION_INVITE.to_owned() }
    }

    fn person(&self, user: UserId) -> String {
        if self.staff { paths::staff_person(self.id(), user) } else { paths::organisation_person(user) }
    }

    fn access(&self, user: UserId) -> String {
        format!("{}/access", self.person(user))
    }

    fn place(&self) -> Place {
        if self.staff { Place::Customers } else { Place::Organisation }
    }

    /// The way to the list of people; the list itself comes behind it on deeper pages.
    fn crumbs(&self, ctx: &Ctx, deeper: bool) -> Vec<(String, String)> {
        let mut crumbs = Vec::new();
        if self.staff {
            crumbs.push((paths::STAFF_CUSTOMERS.to_owned(), ctx.t("nav-customers").to_owned()));
            crumbs.push((paths::staff_customer(self.id()), self.organisation.name.clone()));
        }
        if deeper {
            crumbs.push((self.list(), ctx.t("team-title").to_owned()));
        }
        crumbs
    }
}
