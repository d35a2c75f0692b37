//! Counting failures: in the database, so that a restart forgets nothing and all nodes count together.

use std::net::IpAddr;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::db::{Db, Tx, args, sql};
use crate::error::AppError;
use crate::ids::UserId;
use crate::time::Instant;

sql! {
    COUNT = "INSERT INTO throttles (subject, started_at, failures) VALUES ($1, $2, 1) ON CONFLICT (subject) DO UPDATE SET failures = CASE WHEN throttles.started_at > $3 THEN throttles.failures + 1 ELSE 1 END, started_at = CASE WHEN throttles.started_at > $3 THEN throttles.started_at ELSE excluded.started_at END RETURNING started_at, failures";
    /// Both counters of an attempt at once; the window of the first began after `$4`, that of the second after `$5`.
    COUNT_TWO = "INSERT INTO throttles (subject, started_at, failures) VALUES ($1, $3, 1), ($2, $3, 1) ON CONFLICT (subject) DO UPDATE SET failures = CASE WHEN throttles.started_at > CASE WHEN throttles.subject = $1 THEN CAST($4 AS BIGINT) ELSE CAST($5 AS BIGINT) END THEN throttles.failures + 1 ELSE 1 END, started_at = CASE WHEN throttles.started_at > CASE WHEN throttles.subject = $1 THEN CAST($4 AS BIGINT) ELSE CAST($5 AS BIGINT) END THEN throttles.started_at ELSE excluded.started_at END RETURNING subject, started_at, failures";
    TAKE_OFF = "UPDATE throttles SET failures = failures - 1 WHERE subject = $1";
    CLEAR = "DELETE FROM throttles WHERE subject = $1";
    PURGE = "DELETE FROM throttles WHERE started_at < $1";
}

/// Failures are counted over this long.
pub const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Wrong codes of one account are also counted over this long: six digits do not withstand patience.
const DAY: Duration = Duration::from_secs(24 * 3600);
/// Wrong passwords, or wrong codes, for one account from one sender.
const PER_ACCOUNT: i64 = 10;
/// Wrong passwords from one sender, whatever the address.
const PER_SENDER: i64 = 100;
/// Wrong codes for one account in a day, whoever sends them. They know the password already; passkeys and recovery
/// codes, which nobody guesses, stay open to the owner.
const CODES_PER_DAY: i64 = 60;

#[derive(Clone, Debug)]
struct Counter {
    subject: Vec<u8>,
    limit: i64,
    window: Duration,
}

/// What is counted: hashed, because an address is personal and may be a typing mistake for a password. A success clears
/// the first and takes its own attempt off the others.
#[derive(Clone, Debug)]
pub struct Subjects(Vec<Counter>);

/// A sender is an IPv4 address or an IPv6 /64, which is what one customer line gets.
fn network(sender: IpAddr) -> Vec<u8> {
    match sender {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets().get(..8).unwrap_or_default().to_vec(),
    }
}

fn hash(parts: [&[u8]; 2]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

impl Subjects {
    /// For one password.
    pub fn new(email_key: &str, sender: IpAddr) -> Self {
        let network = network(sender);
        Self(vec![
            Counter { subject: hash([email_key.as_bytes(), &network]), limit: PER_ACCOUNT, window: WINDOW },
            Counter { subject: hash([b"sender", &network]), limit: PER_SENDER, window: WINDOW },
        ])
    }

    /// For one code of an authenticator app.
    pub fn code(user: UserId, sender: IpAddr) -> Self {
        let account = hash([b"code", user.0.as_bytes()]);
        Self(vec![
            Counter { subject: hash([&account, &network(sender)]), limit: PER_ACCOUNT, window: WINDOW },
            Counter { subject: account, limit: CODES_PER_DAY, window: DAY },
        ])
    }

    /// For what cannot be guessed and costs only work: a recovery code, a signature.
    pub fn sender(sender: IpAddr) -> Self {
        Self(vec![Counter { subject: hash([b"proof", &network(sender)]), limit: PER_SENDER, window: WINDOW }])
    }
}

/// Counts an attempt before it is made, so that many at once cannot slip through together, and refuses it when
/// there were too many, with the seconds to wait.
pub async fn attempt(db: &Db, subjects: &Subjects, now: Instant) -> Result<(), AppError> {
    // A power cut may forget an attempt; waiting for the disk at each would make signing in a third slower.
    let tx = db.begin_relaxed().await?;
    let mut refused = None;
    for (subject, started, count) in count(&tx, &subjects.0, now).await? {
        let Some(counter) = subjects.0.iter().find(|counter| counter.subject == subject) else { continue };
        if count > counter.limit {
            let waited = u64::try_from((now.0 - started.0) / 1_000_000).unwrap_or(0);
            refused = refused.max(Some(counter.window.as_secs().saturating_sub(waited).max(1)));
        }
    }
    tx.commit().await?;
    refused.map_or(Ok(()), |seconds| Err(AppError::RateLimited(seconds)))
}

/// Counts one attempt; answers each counter's subject, when its window began, and how many there are in it.
async fn count(tx: &Tx, counters: &[Counter], now: Instant) -> Result<Vec<(Vec<u8>, Instant, i64)>, AppError> {
    match counters {
        [one, two] => {
            let since = |counter: &Counter| now.minus(counter.window);
            let values = args![one.subject.clone(), two.subject.clone(), now, since(one), since(two)];
            Ok(tx.all(COUNT_TWO, values).await?)
        }
        counters => {
            let mut counted = Vec::new();
            for Counter { subject, window, .. } in counters {
                let (started, count) = tx.one(COUNT, args![subject.clone(), now, now.minus(*window)]).await?;
                counted.push((subject.clone(), started, count));
            }
            Ok(counted)
        }
    }
}

/// A success clears the account's count and takes its own attempt off the sender's, no more: a password one owns
/// must not reset guessing at others.
pub async fn succeed(tx: &Tx, subjects: &Subjects) -> Result<(), AppError> {
    for (at, counter) in subjects.0.iter().enumerate() {
        let sql = if at == 0 && subjects.0.len() > 1 { CLEAR } else { TAKE_OFF };
        tx.execute(sql, args![counter.subject.clone()]).await?;
    }
    Ok(())
}

/// Forgets counts that have run out.
pub async fn purge(db: &Db, now: Instant) -> Result<(), AppError> {
    let tx = db.begin().await?;
    tx.execute(PURGE, args![now.minus(DAY)]).await?;
    tx.commit().await?;
    Ok(())
}
