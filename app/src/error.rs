//! One error for every door: pages, server functions and REST map it to the same status.

use std::fmt;

/// What is wrong with which field; the messages are already in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FieldErrors(Vec<(String, String)>);

impl FieldErrors {
    /// Adds a message to a field.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push((field.to_owned(), message.into()));
    }

    /// One field, one message.
    pub fn one(field: &str, message: impl Into<String>) -> Self {
        Self(vec![(field.to_owned(), message.into())])
    }

    /// The first message of a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, message)| message.as_str())
    }

    /// Every field with its message, in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, message)| (field.as_str(), message.as_str()))
    }

    /// Nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Err(Invalid)` if anything is wrong.
    pub fn into_result(self) -> Result<(), AppError> {
        if self.is_empty() { Ok(()) } else { Err(AppError::Invalid(self)) }
    }
}

/// Why something was not done.
#[derive(Clone, Debug)]
pub enum AppError {
    /// 401: nobody is signed in.
    Unauthenticated,
    /// 403: visible, but not this person's to do.
    Forbidden,
    /// 403 for programs; people are led to where they put right what holds them up (a second factor).
    Held,
    /// 403 for programs; people are asked to prove again who they are, and come back.
    ProofNeeded,
    /// 403: signs in through the provider of the organisation with this short name only; people are led there.
    SsoOnly(Box<str>),
    /// 404: not there, or not theirs to know of; the same answer.
    NotFound,
    /// 400: not understood at all.
    BadRequest(String),
    /// 409: somebody else was faster, or the thing is not in the state for it. With the words for the reader.
    Conflict(String),
    /// 423: a file that nobody may have before a scanner has found it clean. With the words for the reader.
    Quarantined(String),
    /// 412: `If-Match` names an older revision.
    Stale,
    /// 428: a change without `If-Match`.
    PreconditionRequired,
    /// 413: over this many bytes.
    TooLarge(u64),
    /// 416: the range lies outside the file of this size.
    RangeNotSatisfiable(u64),
    /// 422: understood, but wrong; says where.
    Invalid(FieldErrors),
    /// 429: too often; try again after this many seconds.
    RateLimited(u64),
    /// 503: the database or the store is away; nothing was lost.
    Unavailable,
    /// 500: our fault. The cause was logged where it happened.
    Internal,
}

impl AppError {
    /// The HTTP status.
    pub const fn status(&self) -> u16 {
        match self {
            Self::BadRequest(_) => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden | Self::Held | Self::ProofNeeded | Self::SsoOnly(_) => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Stale => 412,
            Self::TooLarge(_) => 413,
            Self::RangeNotSatisfiable(_) => 416,
            Self::Invalid(_) => 422,
            Self::Quarantined(_) => 423,
            Self::PreconditionRequired => 428,
            Self::RateLimited(_) => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict(text) | Self::Quarantined(text) | Self::BadRequest(text) => f.write_str(text),
            Self::Invalid(errors) => {
                for (at, (field, message)) in errors.iter().enumerate() {
                    write!(f, "{}{field}: {message}", if at == 0 { "" } else { "; " })?;
                }
                Ok(())
            }
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::error::Error for AppError {}

#[cfg(feature = "ssr")]
impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        if crate::db::is_unavailable(&error) {
            // Pool time-outs and I/O errors carry no personal data.
            tracing::warn!(error = %error, "database unavailable");
            return Self::Unavailable;
        }
        if let sqlx::Error::AnyDriverError(error) = &error
            && let Some(ours) = error.downcast_ref::<Self>()
        {
            // A key that belongs to another request, as the trail found (`idempotency::claim_act`).
            return ours.clone();
        }
        // A database's message may quote values: the code says enough.
        let code = match &error {
            sqlx::Error::Database(e) => e.code().unwrap_or_default().into_owned(),
            other => other.to_string(),
        };
        tracing::error!(code, "database error");
        Self::Internal
    }
}

#[cfg(feature = "ssr")]
impl From<object_store::Error> for AppError {
    fn from(error: object_store::Error) -> Self {
        tracing::warn!(error = %error, "file store unavailable");
        Self::Unavailable
    }
}

/// A note for the layer outside: the session could not be read because the database is away. `axum-login` turns
/// every such error into a bare 500; with the note it becomes the 503 it is.
#[cfg(feature = "ssr")]
pub mod outage {
    use std::cell::Cell;

    tokio::task_local! {
        static NOTED: Cell<bool>;
    }

    /// Notes an error of the session or the person, if it is an outage.
    pub fn note(error: &sqlx::Error) {
        if crate::db::is_unavailable(error) {
            away();
        }
    }

    /// Notes that the database is away.
    pub fn away() {
        let _ = NOTED.try_with(|noted| noted.set(true));
    }

    /// Runs a request; says whether an outage was noted in it.
    pub async fn watch<T>(request: impl Future<Output = T>) -> (T, bool) {
        NOTED
            .scope(Cell::new(false), async {
                let result = request.await;
                (result, NOTED.with(Cell::get))
            })
            .await
    }
}
