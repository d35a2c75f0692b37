//! Where mails go: a mail server or a folder.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use crate::ids::JobId;
use crate::jobs::Failure;
use crate::time::Instant;

use super::address::Sender;
use super::compose::Composed;
use super::smtp::Smtp;
use super::{outbox, smtp};

/// Where mails go.
#[derive(Clone, Debug)]
pub enum Target {
    /// A mail server.
    Smtp(Smtp),
    /// A folder of `.eml` files.
    Outbox(PathBuf),
}

enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>, String),
    Outbox(PathBuf),
}

/// Sends mails. Cheap to clone.
#[derive(Clone)]
pub struct Mailer(Arc<(Sender, Transport)>);

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mailer({})", self.name())
    }
}

impl Mailer {
    /// Gets ready to send; no connection is made yet. Within a Tokio runtime.
    pub fn open(target: &Target, from: Sender) -> Result<Self, String> {
        let transport = match target {
            Target::Smtp(smtp) => Transport::Smtp(smtp.transport()?, smtp.name()),
            Target::Outbox(folder) => Transport::Outbox(folder.clone()),
        };
        Ok(Self(Arc::new((from, transport))))
    }

    /// Where mails go, for people.
    pub fn name(&self) -> String {
        match &self.0.1 {
            Transport::Smtp(_, name) => name.clone(),
            Transport::Outbox(folder) => folder.display().to_string(),
        }
    }

    /// Whether mails would go out now.
    pub async fn check(&self) -> Result<(), String> {
        match &self.0.1 {
            Transport::Smtp(transport, _) => match transport.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => Err("the mail server does not answer".into()),
                Err(error) => Err(smtp::failure(&error).to_string()),
            },
            Transport::Outbox(folder) => outbox::prepare(folder).map_err(|e| e.to_string()),
        }
    }

    /// The mail as it travels. The same job always has the same id, so that a server or a reader can tell a mail that
    /// was sent twice.
    fn message(
        &self,
        portal: &str,
        id: JobId,
        at: Instant,
        to: Mailbox,
        letter: &Composed,
        stop: Option<&str>,
    ) -> Result<Message, Failure> {
        let from = &self.0.0;
        let date = SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(at.0).unwrap_or(0));
        let fixed = |name, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
        let mut builder = Message::builder();
        // Stopped with one click, also by a program on behalf of its reader (RFC 8058).
        if let Some(url) = stop {
            builder = builder
                .raw_header(fixed("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(fixed("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        builder
            .from(from.mailbox(portal))
            .to(to)
            .subject(letter.subject.clone())
            .date(date)
            .message_id(Some(format!("<{id}@{}>", from.domain())))
            // No answers from out-of-office programs (RFC 3834, and what Exchange reads).
            .raw_header(fixed("Auto-Submitted", "auto-generated"))
            .raw_header(fixed("X-Auto-Response-Suppress", "All"))
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .map_err(|_| Failure::Never("the mail could not be put together".into()))
    }

    /// Sends a letter of the portal of this name: accepted by the server, or safely in the folder. `stop`: where programs
    /// can have no more of its kind.
    pub(super) async fn send(
        &self,
        portal: &str,
        id: JobId,
        at: Instant,
        to: Mailbox,
        letter: &Composed,
        stop: Option<&str>,
    ) -> Result<(), Failure> {
        let message = self.message(portal, id, at, to, letter, stop)?;
        match &self.0.1 {
            Transport::Smtp(transport, _) => transport.send(message).await.map(|_| ()).map_err(|e| smtp::failure(&e)),
            Transport::Outbox(folder) => {
                let folder = folder.clone();
                let written = tokio::task::spawn_blocking(move || outbox::write(&folder, id, &message.formatted()));
                written.await.map_err(|_| Failure::Again("outbox: interrupted".into()))?
            }
        }
    }
}
