//! Identifiers: one newtype per thing, all UUIDv7, so that a list by id is a list by time and an
//! organisation's id cannot be passed where a person's is meant.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[derive(sqlx::Type)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, ordered after every id made before it on this machine.
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<$name> for crate::db::Value {
            fn from(id: $name) -> Self {
                Self::Uuid(Some(id.0))
            }
        }

        impl From<Option<$name>> for crate::db::Value {
            fn from(id: Option<$name>) -> Self {
                Self::Uuid(id.map(|id| id.0))
            }
        }
    )*};
}

id! {
    /// A person with a login: staff or customer.
    UserId;
    /// A customer organisation, the tenant.
    OrganisationId;
    /// A group (segment) of customer organisations.
    GroupId;
    /// A project of one organisation.
    ProjectId;
    /// A document with its versions.
    DocumentId;
    /// A file that arrives in parts.
    UploadId;
    /// What a customer is asked to send.
    RequestId;
    /// What a customer has ordered.
    OrderId;
    /// Something to do in a project.
    TaskId;
    /// A word about a task.
    CommentId;
    /// How a project goes, as somebody said it once.
    ReportId;
    /// What was decided in a project.
    DecisionId;
    /// When house and customer meet.
    AppointmentId;
    /// A run of an import.
    ImportId;
    /// A way to read files, kept under a name.
    MappingId;
    /// One version of a document.
    VersionId;
    /// An API token.
    TokenId;
    /// A session, as pages and programs call it: not the secret in the cookie.
    SessionId;
    /// A link that a mail carries.
    LinkId;
    /// An invitation.
    InvitationId;
    /// A piece of work in the queue.
    JobId;
    /// A question to approve a version of a document.
    ApprovalId;
    /// A passkey.
    PasskeyId;
    /// A provider of single sign-on.
    ProviderId;
    /// A time that somebody of staff looks as somebody else.
    ViewId;
    /// What the house tells many at once.
    AnnouncementId;
    /// A browser that somebody is told on.
    SubscriptionId;
    /// What somebody is told of.
    NotificationId;
    /// What many orders or projects that came together mean for a customer.
    NewsId;
    /// A program elsewhere that is told what happens.
    WebhookId;
    /// One event for one of these.
    DeliveryId;
    /// A list as somebody likes to see it.
    SavedViewId;
    /// Somebody the operator knows at a customer, without a login.
    ContactId;
    /// A change of master data.
    ChangeId;
    /// An e-mail domain of an organisation.
    DomainId;
    /// An audit event.
    EventId;
}
