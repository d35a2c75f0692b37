//! Counting failures: in the database, so that a restart forgets nothing and all nodes count together.

use std::net::IpAddr;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::db::{Db, Tx, args, sql};
use crate::error::AppError;
use crate::time::Instant;

sql! {
    COUNT = "INSERT INTO throttles (subject, started_at, failures) VALUES ($1, $2, 1) ON CONFLICT (subject) DO UPDATE SET failures = CASE WHEN throttles.started_at > $3 THEN throttles.failures + 1 ELSE 1 END, started_at = CASE WHEN throttles.started_at > $3 THEN throttles.started_at ELSE excluded.started_at END RETURNING started_at, failures";
    TAKE_OFF = "UPDATE throttles SET failures = failures - 1 WHERE subject = $1";
    CLEAR = "DELETE FROM throttles WHERE subject = $1";
    PURGE = "DELETE FROM throttles WHERE started_at < $1";
}

/// Failures are counted over this long.
pub const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Wrong passwords for one address from one sender.
const PER_ACCOUNT: i64 = 10;
/// Wrong passwords from one sender, whatever the address.
const PER_SENDER: i64 = 100;

/// What is counted: hashed, because an address is personal and may be a typing mistake for a password.
#[derive(Clone, Debug)]
pub struct Subjects {
    account: Vec<u8>,
    sender: Vec<u8>,
}

impl Subjects {
    /// For one attempt. A sender is an IPv4 address or an IPv6 /64, which is what one customer line gets.
    pub fn new(email_key: &str, sender: IpAddr) -> Self {
        let network = match sender {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets().get(..8).unwrap_or_default().to_vec(),
        };
        let hash = |parts: [&[u8]; 2]| {
            let mut hasher = Sha256::new();
            for part in parts {
                hasher.update((part.len() as u64).to_be_bytes());
                hasher.update(part);
            }
            hasher.finalize().to_vec()
        };
        Self { account: hash([email_key.as_bytes(), &network]), sender: hash([b"sender", &network]) }
    }
}

/// Counts an attempt before it is made, so that many at once cannot slip through together, and refuses it when
/// there were too many, with the seconds to wait.
pub async fn attempt(db: &Db, subjects: &Subjects, now: Instant) -> Result<(), AppError> {
    let tx = db.begin().await?;
    let mut refused = None;
    for (subject, limit) in [(&subjects.account, PER_ACCOUNT), (&subjects.sender, PER_SENDER)] {
        let (started, count): (Instant, i64) = tx.one(COUNT, args![subject.clone(), now, now.minus(WINDOW)]).await?;
        if count > limit {
            let waited = u64::try_from((now.0 - started.0) / 1_000_000).unwrap_or(0);
            refused = Some(WINDOW.as_secs().saturating_sub(waited).max(1));
        }
    }
    tx.commit().await?;
    refused.map_or(Ok(()), |seconds| Err(AppError::RateLimited(seconds)))
}

/// A success clears the account's count and takes its own attempt off the sender's, no more: a password one owns
/// must not reset guessing at others.
pub async fn succeed(tx: &Tx, subjects: &Subjects) -> Result<(), AppError> {
    tx.execute(CLEAR, args![subjects.account.clone()]).await?;
    tx.execute(TAKE_OFF, args![subjects.sender.clone()]).await?;
    Ok(())
}

/// Forgets counts that have run out.
pub async fn purge(db: &Db, now: Instant) -> Result<(), AppError> {
    let tx = db.begin().await?;
    tx.execute(PURGE, args![now.minus(WINDOW)]).await?;
    tx.commit().await?;
    Ok(())
}
