//! Plain types of single sign-on.

use serde::{Deserialize, Serialize};

use crate::access::{MembershipRole, Rights};
use crate::ids::{DomainId, OrganisationId, ProviderId, UserId};
use crate::time::Instant;

/// What language a provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// OpenID Connect Core 1.0, authorization code flow.
    Oidc,
}

impl Kind {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Oidc => "oidc",
        }
    }
}

/// Whether people may sign in through a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ProviderState {
    /// Being set up, or switched off.
    Draft,
    /// In use.
    Active,
}

impl ProviderState {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
        }
    }
}

/// The provider of an organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Provider {
    /// Id.
    pub id: ProviderId,
    /// Whose people it vouches for.
    pub organisation_id: OrganisationId,
    /// What language it speaks.
    pub kind: Kind,
    /// Its issuer identifier: an address, compared letter by letter.
    pub issuer: String,
    /// What it knows this portal as.
    pub client_id: String,
    /// Sealed; none for a public client.
    pub client_secret: Option<Vec<u8>>,
    /// What stands on the button.
    pub label: String,
    /// Whether it is in use.
    pub state: ProviderState,
    /// Makes accounts at a first sign-in.
    pub just_in_time: bool,
    /// The role of such an account: member or partner.
    pub role: MembershipRole,
    /// The rights of such an account.
    #[sqlx(flatten)]
    pub rights: Rights,
    /// A sign-in there counts as two factors.
    pub trust_factor: bool,
    /// Who has last come back from there as themselves.
    pub tested_by: Option<UserId>,
    /// When.
    pub tested_at: Option<Instant>,
}

impl Provider {
    /// Where its client secret is sealed for.
    pub fn place(id: ProviderId) -> String {
        format!("sso:{id}")
    }

    /// Whether people may sign in through it.
    pub fn is_active(&self) -> bool {
        self.state == ProviderState::Active
    }
}

/// A provider with what sign-in must know of its organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Entrance {
    /// The provider.
    #[sqlx(flatten)]
    pub provider: Provider,
    /// Short name of the organisation, for the address of its sign-in page.
    pub slug: String,
    /// Name of the organisation; shown only to people who are signed in or have been vouched for.
    pub organisation_name: String,
    /// It is the only way in.
    pub only_sso: bool,
}

/// The rules of an organisation beside its provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Switches {
    /// Its people come through the provider only.
    pub only_sso: bool,
    /// A second factor is required.
    pub require_factor: bool,
    /// Sign-in links may be mailed.
    pub magic_links: bool,
    /// Raised by every change.
    pub sign_in_revision: i64,
}

/// How the people of an organisation sign in.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The switches.
    pub switches: Switches,
    /// The provider, once somebody has set one up.
    pub provider: Option<Provider>,
    /// The e-mail domains, claimed and confirmed.
    pub domains: Vec<Domain>,
    /// People who would not get in through the provider only: their address is in none of the confirmed domains.
    pub left_out: Vec<LeftOut>,
}

/// Somebody whom only-single-sign-on would leave outside.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LeftOut {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// Whether a domain has been proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum DomainState {
    /// The organisation says it is theirs.
    Claimed,
    /// Staff have checked.
    Confirmed,
}

impl DomainState {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Confirmed => "confirmed",
        }
    }
}

/// An e-mail domain of an organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Domain {
    /// Id.
    pub id: DomainId,
    /// The domain, as DNS has it.
    pub domain: String,
    /// Whether it has been proved.
    pub state: DomainState,
    /// What its owner publishes as a TXT record.
    pub token: String,
}

/// What may be changed in one go; what is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The provider's address, names and secret.
    pub connection: Option<Connection>,
    /// Whom it lets in.
    pub admission: Option<Admission>,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// Its people come through the provider only.
    pub only_sso: Option<bool>,
    /// A second factor is required.
    pub require_factor: Option<bool>,
    /// Sign-in links may be mailed.
    pub magic_links: Option<bool>,
}

/// A provider as somebody sets it up.
#[derive(Clone, Debug, Default)]
pub struct Connection {
    /// Issuer identifier.
    pub issuer: String,
    /// Client id.
    pub client_id: String,
    /// A new client secret; empty keeps the one there is.
    pub client_secret: String,
    /// What stands on the button.
    pub label: String,
}

/// Whom a provider lets in, and as what.
#[derive(Clone, Copy, Debug)]
pub struct Admission {
    /// Makes accounts at a first sign-in.
    pub just_in_time: bool,
    /// The role of such an account.
    pub role: MembershipRole,
    /// The rights of such an account.
    pub rights: Rights,
    /// A sign-in there counts as two factors.
    pub trust_factor: bool,
}

/// What somebody is sent to their provider for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To sign in.
    SignIn,
    /// To see whether it works, before it is switched on.
    Test,
    /// To prove again who they are, before something sensitive.
    Confirm,
}

/// Through which provider a session was begun: kept in the session, so that it survives a new session id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Through {
    /// The provider.
    pub provider: ProviderId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// What the provider calls the session, if it said so.
    pub sid: Option<String>,
}

impl Through {
    /// The key in the session.
    pub const KEY: &'static str = "sso";
}
