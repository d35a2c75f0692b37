//! What the API says of people with a sign-in.

use app::people::users::{CustomerOf, Found, PlaceOf};
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody with a sign-in.
#[derive(Serialize, ToSchema)]
pub struct UserDto {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Sign-in address.
    pub email: String,
    /// Set for staff.
    pub staff_role: Option<String>,
    /// active or suspended.
    pub state: String,
    /// Has a second factor.
    pub has_factor: bool,
    /// RFC 3339; null where they never did.
    pub last_sign_in_at: Option<String>,
    /// Raised by every change; the ETag.
    pub revision: i64,
}

impl From<Found> for UserDto {
    fn from(row: Found) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            email: row.email,
            staff_role: row.staff_role.map(|role| role.name().to_owned()),
            state: row.state.name().to_owned(),
            has_factor: row.has_factor,
            last_sign_in_at: row.last_sign_in_at.map(|at| at.rfc3339()),
            revision: row.revision,
        }
    }
}

/// What somebody is at a customer.
#[derive(Serialize, ToSchema)]
pub struct UserMembershipDto {
    /// The customer.
    pub organisation_id: String,
    /// Its name.
    pub organisation_name: String,
    /// admin, member or partner.
    pub role: String,
    /// active or suspended.
    pub state: String,
}

impl From<PlaceOf> for UserMembershipDto {
    fn from(row: PlaceOf) -> Self {
        Self {
            organisation_id: row.id.to_string(),
            organisation_name: row.name,
            role: row.role.name().to_owned(),
            state: row.state.name().to_owned(),
        }
    }
}

/// A customer whom a member of staff looks after.
#[derive(Serialize, ToSchema)]
pub struct UserAssignmentDto {
    /// The customer.
    pub organisation_id: String,
    /// Its name.
    pub organisation_name: String,
    /// The customer sees them as its contact.
    pub is_contact: bool,
}

impl From<CustomerOf> for UserAssignmentDto {
    fn from(row: CustomerOf) -> Self {
        Self { organisation_id: row.id.to_string(), organisation_name: row.name, is_contact: row.is_contact }
    }
}

/// Somebody with a sign-in, and what they are at the customers that the caller may see.
#[derive(Serialize, ToSchema)]
pub struct UserDetailDto {
    #[serde(flatten)]
    user: UserDto,
    /// What a customer's person is where, by the customers' names; the first two hundred.
    memberships: Vec<UserMembershipDto>,
    /// Whom a member of staff looks after, by the customers' names; the first two hundred.
    assignments: Vec<UserAssignmentDto>,
}

impl UserDetailDto {
    /// Of somebody who was found.
    pub fn new(row: Found, places: Vec<PlaceOf>, customers: Vec<CustomerOf>) -> Self {
        Self {
            user: row.into(),
            memberships: places.into_iter().map(UserMembershipDto::from).collect(),
            assignments: customers.into_iter().map(UserAssignmentDto::from).collect(),
        }
    }
}
