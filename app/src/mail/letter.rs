//! A letter to be sent, and how it gets into the queue.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::AppError;
use crate::i18n::Locale;
use crate::ids::LinkId;
use crate::jobs::{self, Kind, New};
use crate::paths;

use super::template::Template;

/// Who a letter is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recipient {
    /// The address as they gave it.
    pub address: String,
    /// Their name; may be empty.
    pub name: String,
    /// The language it is written in.
    pub locale: Locale,
}

/// The one button of a letter.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Button {
    /// None.
    None,
    /// Leads to a page of the portal.
    Path(String),
    /// Leads to a page of the portal with `?key=` and a secret that is made when the letter is sent, so that nothing
    /// but the letter ever holds it. A link that has ended by then has no letter any more.
    Link {
        /// The link.
        link: LinkId,
        /// The page.
        path: String,
    },
}

/// A letter to be sent.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What it says.
    pub template: Template,
    /// Who it is for.
    pub to: Recipient,
    /// The values of its text, as [`Template::needs`] names them; `message` may always be there.
    pub values: Vec<(&'static str, String)>,
    /// Its button.
    pub button: Button,
}

/// A letter as the queue keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    pub template: String,
    pub to: Recipient,
    pub values: BTreeMap<String, String>,
    pub button: Button,
}

/// What a letter says, without whom it goes to: what a notification keeps of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The name of its template.
    pub template: String,
    /// The values of its text.
    pub values: BTreeMap<String, String>,
    /// Its button.
    pub button: Button,
}

impl Letter {
    /// As it is kept until it is sent, if it is; whoever it goes to is asked for their address then.
    ///
    /// # Errors
    /// When it could not be written: it lacks a value, or its button leads elsewhere.
    pub fn kept(&self) -> Result<String, AppError> {
        serde_json::to_string(&self.checked()?).map_err(|_| AppError::Internal)
    }

    fn checked(&self) -> Result<Kept, AppError> {
        let template = self.template.name();
        let values: BTreeMap<String, String> = self.values.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        if let Some(name) = self.template.needs().iter().find(|name| !values.contains_key(**name)) {
            tracing::error!(template, name, "a letter lacks a value");
            return Err(AppError::Internal);
        }
        let elsewhere = match &self.button {
            Button::None => false,
            Button::Path(path) | Button::Link { path, .. } => paths::own_path(path, "").is_empty(),
        };
        if elsewhere {
            tracing::error!(template, "a letter's button leads elsewhere");
            return Err(AppError::Internal);
        }
        Ok(Kept { template: template.to_owned(), values, button: self.button.clone() })
    }
}

/// Queues a letter in the transaction of the act that causes it: the act never waits for a mail server, and a letter
/// without its act is never sent.
pub async fn queue(tx: &Tx, ctx: &Ctx, letter: Letter) -> Result<(), AppError> {
    let Kept { template, values, button } = letter.checked()?;
    let payload = Payload { template, to: letter.to, values, button };
    let payload = serde_json::to_value(payload).map_err(|_| AppError::Internal)?;
    jobs::enqueue(tx, ctx, New::new(Kind::Mail, payload).about(letter.template.name())).await?;
    Ok(())
}
