//! Links that mails carry: bound to a purpose and an address, short-lived, used once.
//!
//! A link's secret exists only in the mail: it is made when the mail is sent and stored as a hash, so neither the queue
//! nor the database can give it away. Opening a link shows a page and changes nothing, because mail scanners open links
//! too; the button on that page uses it up.

use std::time::Duration;

use rand::RngExt as _;
use sha2::{Digest as _, Sha256};

use crate::db::{Db, DbResult, Tx, args, sql};
use crate::ids::{LinkId, UserId};
use crate::time::Instant;

sql! {
    INSERT = "INSERT INTO links (id, purpose, user_id, email, detail, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INSERT_SECRET = "INSERT INTO link_secrets (hash, link_id, created_at) SELECT $2, id, $3 FROM links WHERE id = $1 AND ended_at IS NULL AND expires_at > $3";
    FIND = "SELECT l.id, l.purpose, l.user_id, l.email, l.detail, l.expires_at, l.ended_at FROM link_secrets s JOIN links l ON l.id = s.link_id WHERE s.hash = $1";
    /// The row lock decides between two who press the button at once.
    USE = "UPDATE links SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL AND expires_at > $2";
    END = "UPDATE links SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    END_ALL = "UPDATE links SET ended_at = $3 WHERE user_id = $1 AND purpose = $2 AND ended_at IS NULL";
    EXTEND = "UPDATE links SET expires_at = $2 WHERE id = $1 AND ended_at IS NULL";
    PURGE_EMAIL_CHANGES = "DELETE FROM email_changes WHERE expires_at < $1";
    PURGE_SECRETS = "DELETE FROM link_secrets WHERE link_id IN (SELECT id FROM links WHERE expires_at < $1)";
    PURGE = "DELETE FROM links WHERE expires_at < $1";
}

/// What a link is for. One made for another purpose is not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Purpose {
    /// Join an organisation, or the staff.
    Invitation,
    /// Choose a new password.
    PasswordReset,
    /// Confirm at the new address that it is one's own.
    EmailConfirm,
    /// Agree at the old address, or stop the change.
    EmailAgree,
    /// Sign in without a password.
    SignIn,
}

impl Purpose {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
            Self::EmailConfirm => "email_confirm",
            Self::EmailAgree => "email_agree",
            Self::SignIn => "sign_in",
        }
    }

    /// How long it lives.
    pub const fn lifetime(self) -> Duration {
        match self {
            Self::Invitation => Duration::from_secs(14 * 24 * 3600),
            Self::PasswordReset => Duration::from_secs(3600),
            Self::EmailConfirm | Self::EmailAgree => Duration::from_secs(24 * 3600),
            Self::SignIn => Duration::from_secs(15 * 60),
        }
    }
}

/// A link as its secret finds it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Link {
    /// Id.
    pub id: LinkId,
    /// What it is for.
    pub purpose: Purpose,
    /// Whose it is; none where the person does not exist yet.
    pub user_id: Option<UserId>,
    /// The address it was mailed to.
    pub email: String,
    /// What the purpose needs beside it.
    pub detail: String,
    /// Until when it works.
    pub expires_at: Instant,
    /// When it was used, withdrawn or replaced.
    pub ended_at: Option<Instant>,
}

impl Link {
    /// Whether the button would still work.
    pub fn is_open(&self, now: Instant) -> bool {
        self.ended_at.is_none() && self.expires_at > now
    }
}

fn hash(secret: &str) -> Vec<u8> {
    // 256 random bits need no slow hash.
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Makes a link. It has no secret until a mail that carries it is sent.
pub async fn create(
    tx: &Tx,
    purpose: Purpose,
    user: Option<UserId>,
    email: &str,
    detail: &str,
    now: Instant,
) -> DbResult<LinkId> {
    let id = LinkId::new();
    let expires = now.plus(purpose.lifetime());
    tx.execute(INSERT, args![id, purpose.name(), user, email, detail, now, expires]).await?;
    Ok(id)
}

/// Makes a secret for a mail that is being sent; `None` when the link has ended meanwhile and the mail has no point.
pub async fn mint(db: &Db, id: LinkId, now: Instant) -> DbResult<Option<String>> {
    let secret: [u8; 32] = rand::rng().random();
    let secret = crate::documents::model::hex(&secret);
    let tx = db.begin().await?;
    let made = tx.execute(INSERT_SECRET, args![id, hash(&secret), now]).await?;
    tx.commit().await?;
    Ok((made == 1).then_some(secret))
}

/// The link of this secret and purpose, open or not; looking changes nothing.
pub async fn find(db: &Db, secret: &str, purpose: Purpose) -> DbResult<Option<Link>> {
    let link: Option<Link> = db.optional(FIND, args![hash(secret)]).await?;
    Ok(link.filter(|link| link.purpose == purpose))
}

/// Uses a link up; `false` when somebody was faster or time has run out.
pub async fn redeem(tx: &Tx, id: LinkId, now: Instant) -> DbResult<bool> {
    Ok(tx.execute(USE, args![id, now]).await? == 1)
}

/// Ends a link that is not wanted any more.
pub async fn end(tx: &Tx, id: LinkId, now: Instant) -> DbResult<()> {
    tx.execute(END, args![id, now]).await.map(|_| ())
}

/// Ends all of somebody's links for a purpose: a new one replaces them.
pub async fn end_all(tx: &Tx, user: UserId, purpose: Purpose, now: Instant) -> DbResult<()> {
    tx.execute(END_ALL, args![user, purpose.name(), now]).await.map(|_| ())
}

/// Gives an open link its whole lifetime again.
pub async fn extend(tx: &Tx, id: LinkId, purpose: Purpose, now: Instant) -> DbResult<()> {
    tx.execute(EXTEND, args![id, now.plus(purpose.lifetime())]).await.map(|_| ())
}

/// Forgets links that ran out this long ago.
pub async fn purge(db: &Db, before: Instant) -> DbResult<()> {
    let tx = db.begin().await?;
    tx.execute(PURGE_EMAIL_CHANGES, args![before]).await?;
    tx.execute(PURGE_SECRETS, args![before]).await?;
    tx.execute(PURGE, args![before]).await?;
    tx.commit().await
}
