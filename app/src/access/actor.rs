//! Who is asking.

use std::sync::Arc;

use crate::error::AppError;
use crate::ids::{OrganisationId, TokenId, UserId};

use super::{Action, MembershipRole, Relation, Rights, Role, StaffRole, policy};

/// One membership of a person: the organisation and what they are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The person's role in it.
    pub role: MembershipRole,
    /// What they may see there.
    pub rights: Rights,
}

/// Why somebody who has signed in may not do anything yet but put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// A second factor is required and they have none.
    EnrolFactor,
    /// A second factor is required and this session was begun without it.
    ProveFactor,
}

/// What a token was narrowed to. Empty scopes: everything its owner may.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenScope(Vec<String>);

impl TokenScope {
    /// Areas a token can be narrowed to.
    pub const AREAS: [&'static str; 15] = [
        "account",
        "appointments",
        "audit",
        "documents",
        "home",
        "imports",
        "jobs",
        "mail",
        "notifications",
        "orders",
        "organisations",
        "projects",
        "settings",
        "users",
        "webhooks",
    ];

    /// Parses scopes as stored or given: `read` (everything, read-only), `AREA` or `AREA:read`.
    pub fn parse<'a>(scopes: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut parsed = Vec::new();
        for scope in scopes {
            let area = scope.strip_suffix(":read").unwrap_or(scope);
            if scope != "read" && !Self::AREAS.contains(&area) {
                return Err(format!(
                    "unknown scope {scope:?}; use read, AREA or AREA:read with AREA one of {}",
                    Self::AREAS.join(", ")
                ));
            }
            parsed.push(scope.to_owned());
        }
        Ok(Self(parsed))
    }

    /// The scopes as stored.
    pub fn as_text(&self) -> String {
        self.0.join(" ")
    }

    /// Whether an act falls within the token's scopes.
    pub fn allows(&self, action: Action) -> bool {
        self.0.is_empty()
            || self.0.iter().any(|scope| match scope.strip_suffix(":read") {
                Some(area) => area == action.area() && !action.is_write(),
                None if scope == "read" => !action.is_write(),
                None => scope == action.area(),
            })
    }
}

/// Through which door the actor came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// A browser session.
    Session,
    /// An API token, with what it was narrowed to.
    Token(TokenId, TokenScope),
    /// Somebody of staff who looks at the portal as this person sees it, and changes nothing.
    ViewAs(Viewer),
    /// The command line on the machine itself.
    CommandLine,
}

/// Who of staff looks as somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The member of staff.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// Their role: it decides whether they may download.
    pub role: StaffRole,
}

/// What kind of actor: what the audit trail says.
#[derive(Clone, Debug)]
pub enum ActorKind {
    /// Nobody has signed in.
    Anonymous,
    /// A person with a login.
    Person {
        /// Their id.
        user_id: UserId,
        /// Their name.
        name: String,
        /// Their sign-in address.
        email: String,
        /// Set for staff, and then there are no memberships.
        staff: Option<StaffRole>,
        /// Active memberships, for customers.
        memberships: Vec<Membership>,
    },
    /// The operator at the machine: migrations, demo, user creation.
    Operator,
}

/// Who is asking, and through which door. Rights are read with it at every request. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Actor {
    kind: Arc<ActorKind>,
    via: Via,
    hold: Option<Hold>,
}

impl Actor {
    /// Nobody.
    pub fn anonymous() -> Self {
        Self { kind: Arc::new(ActorKind::Anonymous), via: Via::Session, hold: None }
    }

    /// The operator on the command line.
    pub fn operator() -> Self {
        Self { kind: Arc::new(ActorKind::Operator), via: Via::CommandLine, hold: None }
    }

    /// A person, as just read from the database.
    pub fn person(kind: Arc<ActorKind>, via: Via) -> Self {
        Self { kind, via, hold: None }
    }

    /// The same person, who may do nothing but put right what holds them up.
    #[must_use]
    pub fn held(self, hold: Option<Hold>) -> Self {
        Self { hold, ..self }
    }

    /// What holds this person up, if anything does.
    pub fn hold(&self) -> Option<Hold> {
        self.hold
    }

    /// Refuses whoever is held up: the first question of every scope and every act.
    pub fn unheld(&self) -> Result<(), AppError> {
        match self.hold {
            None => Ok(()),
            Some(_) => Err(AppError::Held),
        }
    }

    /// Whoever of staff looks as this person.
    pub fn viewer(&self) -> Option<&Viewer> {
        match &self.via {
            Via::ViewAs(viewer) => Some(viewer),
            _ => None,
        }
    }

    /// What kind of actor.
    pub fn kind(&self) -> &ActorKind {
        &self.kind
    }

    /// Through which door.
    pub fn via(&self) -> &Via {
        &self.via
    }

    /// The person's id.
    pub fn user_id(&self) -> Option<UserId> {
        match &*self.kind {
            ActorKind::Person { user_id, .. } => Some(*user_id),
            _ => None,
        }
    }

    /// The person's name; empty for nobody.
    pub fn name(&self) -> &str {
        match &*self.kind {
            ActorKind::Person { name, .. } => name,
            _ => "",
        }
    }

    /// The person's address; empty for nobody.
    pub fn email(&self) -> &str {
        match &*self.kind {
            ActorKind::Person { email, .. } => email,
            _ => "",
        }
    }

    /// The staff role, for staff. None while something holds them up.
    pub fn staff(&self) -> Option<StaffRole> {
        match &*self.kind {
            ActorKind::Person { staff, .. } if self.hold.is_none() => *staff,
            _ => None,
        }
    }

    /// Active memberships; empty for staff, and while something holds the person up.
    pub fn memberships(&self) -> &[Membership] {
        match &*self.kind {
            ActorKind::Person { memberships, .. } if self.hold.is_none() => memberships,
            _ => &[],
        }
    }

    /// The role that counts for something of this organisation.
    pub fn role_for(&self, organisation_id: Option<OrganisationId>) -> Option<Role> {
        if let Some(staff) = self.staff() {
            return Some(Role::Staff(staff));
        }
        let memberships = self.memberships();
        let of = |id| memberships.iter().find(|m| m.organisation_id == id);
        organisation_id.and_then(of).or(memberships.first()).map(|m| m.role.role())
    }

    /// Whether the door leaves this act open: a token may have been narrowed, and who looks as somebody else changes
    /// nothing, sees no credentials, and downloads only what their own role may.
    pub fn within_door(&self, action: Action) -> bool {
        match &self.via {
            Via::Token(_, scope) => scope.allows(action),
            Via::ViewAs(viewer) => match action {
                Action::DocumentDownload(_) => {
                    let role = Role::Staff(viewer.role);
                    // Whether the viewer is assigned was asked when they began to look.
                    [Relation::Assigned, Relation::Other].into_iter().any(|r| policy::allowed(role, action, r))
                }
                _ => !action.is_write(),
            },
            Via::Session | Via::CommandLine => true,
        }
    }

    /// Nobody is signed in.
    pub fn is_anonymous(&self) -> bool {
        matches!(*self.kind, ActorKind::Anonymous)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Topic;

    #[test]
    fn a_narrowed_token_does_less() {
        let publish = Action::DocumentPublish(Topic::General);
        let read = Action::DocumentRead(Topic::General);
        let scope = |s: &[&str]| TokenScope::parse(s.iter().copied()).unwrap_or_default();
        assert!(scope(&[]).allows(publish));
        assert!(!scope(&["read"]).allows(publish) && scope(&["read"]).allows(read));
        assert!(scope(&["documents"]).allows(publish));
        assert!(!scope(&["documents:read"]).allows(publish) && scope(&["documents:read"]).allows(read));
        assert!(!scope(&["organisations"]).allows(read));
        assert!(TokenScope::parse(["everything"]).is_err());
    }
}
