//! What one request leaves for the next page of the same browser: the values and errors of a form that failed,
//! or the result of an act. Kept in the session, shown once.

use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::error::FieldErrors;

const KEY: &str = "flash";

/// The state of a form that failed, or the result of an act.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Flash {
    /// Which form failed; empty when none did.
    pub form: String,
    /// What was typed. Passwords and files are never kept.
    pub values: Vec<(String, String)>,
    /// What is wrong with it.
    pub errors: FieldErrors,
    /// Why it could not be done, when no field is to blame.
    pub problem: Option<String>,
    /// The result of an act.
    pub toast: Option<String>,
}

impl Flash {
    /// The typed value of a field.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// Takes what was left, if anything was.
    pub async fn take(session: &Session) -> Option<Self> {
        // Looked at first: removing marks the session as changed, and every page view would write it.
        let left = session.get(KEY).await.ok().flatten()?;
        let _: Option<serde_json::Value> = session.remove(KEY).await.ok().flatten();
        Some(left)
    }

    /// Leaves this for the next page.
    pub async fn put(&self, session: &Session) {
        if let Err(error) = session.insert(KEY, self).await {
            tracing::warn!(%error, "flash not kept");
        }
    }
}
