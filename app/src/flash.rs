//! What one request leaves for the next page of the same browser: the values and errors of a form that failed,
//! or the result of an act. Kept in the session, shown once.

use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::error::FieldErrors;

const KEY: &str = "flash";
/// Where a form waits while the person proves who they are: the page that asks for it has a flash of its own.
const WAITING: &str = "flash_waiting";

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
    /// The page of ours this is for, when the person first proves who they are; none for whatever page comes next.
    #[serde(default)]
    pub page: Option<String>,
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

    /// Takes what waited for a proof. It is shown on the page that it is for; whoever went elsewhere has let it go.
    pub async fn take_waiting(session: &Session, page: &str) -> Option<Self> {
        let left: Self = session.get(WAITING).await.ok().flatten()?;
        let _: Option<serde_json::Value> = session.remove(WAITING).await.ok().flatten();
        Some(left).filter(|flash| flash.page.as_deref() == Some(page))
    }

    /// Leaves this for the next page, or for its own.
    pub async fn put(&self, session: &Session) {
        let key = if self.page.is_some() { WAITING } else { KEY };
        if let Err(error) = session.insert(key, self).await {
            tracing::warn!(%error, "flash not kept");
        }
    }
}
