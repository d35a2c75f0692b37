//! A call whose answer hardly matters: whether it was taken, and the first words of why not.

use std::time::Duration;

use axum::http::Request;
use axum::http::header::RETRY_AFTER;
use url::Url;

use super::{Failure, Outgoing, failure};

/// How long the body of an answer is waited for. Its status is known by then.
const BODY: Duration = Duration::from_secs(2);

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// The status.
    pub status: u16,
    /// The seconds after which to ask again, where the answer says so.
    pub retry_after: Option<u64>,
    /// The first bytes of the body.
    pub head: Vec<u8>,
}

impl Outgoing {
    /// Makes a call and reads no more than the first bytes of the answer, however long it is and however slowly it comes:
    /// the status counts.
    ///
    /// # Errors
    /// There was no status within that time, or it leads elsewhere.
    pub async fn brief(&self, request: Request<Vec<u8>>, within: Duration, bytes: usize) -> Result<Brief, Failure> {
        let call = self.status(request, within);
        let mut answer = tokio::time::timeout(within, call).await.unwrap_or(Err(Failure::Slow))?;
        let status = answer.status();
        if status.is_redirection() {
            return Err(Failure::Redirected);
        }
        let retry_after = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let mut head = Vec::new();
        let read = async {
            while head.len() < bytes {
                match answer.chunk().await {
                    Ok(Some(chunk)) => head.extend_from_slice(&chunk),
                    // What breaks off after the status was still answered.
                    Ok(None) | Err(_) => break,
                }
            }
        };
        let _ = tokio::time::timeout(BODY, read).await;
        head.truncate(bytes);
        Ok(Brief { status: status.as_u16(), retry_after, head })
    }

    async fn status(&self, request: Request<Vec<u8>>, within: Duration) -> Result<reqwest::Response, Failure> {
        let url = Url::parse(&request.uri().to_string()).map_err(|_| Failure::Refused)?;
        self.check(&url)?;
        let mut request = reqwest::Request::try_from(request).map_err(|_| Failure::Refused)?;
        *request.timeout_mut() = Some(within + BODY);
        self.client(url.scheme() == "http")?.execute(request).await.map_err(|error| failure(&error))
    }
}
