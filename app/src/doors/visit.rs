//! What a page is asked: address, session, and what the request before left.

use std::sync::{Arc, OnceLock};

use tower_sessions::Session;

use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::OrganisationId;

/// The query of a page's address.
#[derive(Clone, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Parses the part after the question mark.
    pub fn parse(query: &str) -> Self {
        Self(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// The first value of a parameter, if it is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// Every value of a parameter.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }
}

/// What a page needs beside the context.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The query.
    pub query: Query,
    /// What the request before left.
    pub flash: Flash,
    /// The session, for what a page keeps in it.
    pub session: Option<Session>,
    pub(super) params: leptos_router::params::ParamsMap,
    pub(super) organisation: Arc<OnceLock<OrganisationId>>,
}

impl Visit {
    /// What the page shows belongs to this organisation. Somebody who is in several, and has come from one of the
    /// others by a link, is in this one from here on.
    pub fn is_in(&self, organisation: OrganisationId) {
        // The page says it once.
        let _: Result<(), OrganisationId> = self.organisation.set(organisation);
    }

    /// An id from the path. One that is none is not found.
    pub fn id<T: std::str::FromStr>(&self, name: &str) -> Result<T, AppError> {
        self.params.get(name).and_then(|text| text.parse().ok()).ok_or(AppError::NotFound)
    }
}
