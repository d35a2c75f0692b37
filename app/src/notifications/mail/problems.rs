//! Mails that come back: what the mail server refused for good, and what a provider reports. Kept at the person, for the
//! address they had; nothing but what they ask for themselves, and what is about the safety of their sign-in, is sent there
//! until they say that it works, or change it.

use crate::access::{Action, Relation, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::{Db, DbResult, Tx, args, sql};
use crate::error::{AppError, FieldErrors};
use crate::ids::UserId;
use crate::sign_in::service::email_key;
use crate::time::Instant;

sql! {
    FIND = "SELECT b.problem, b.code, b.at FROM mail_problems b JOIN users u ON u.id = b.user_id AND u.email_key = b.address_key WHERE b.user_id = $1";
    AT_ADDRESS = "SELECT b.problem, b.code, b.at FROM users u JOIN mail_problems b ON b.user_id = u.id AND b.address_key = u.email_key WHERE u.email_key = $1";
    WHOSE = "SELECT id FROM users WHERE email_key = $1";
    /// What was first is kept: that it comes back again is no news. Another address, or something worse, is.
    KEEP = "INSERT INTO mail_problems (user_id, address_key, problem, code, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (user_id) DO UPDATE SET address_key = excluded.address_key, problem = excluded.problem, code = excluded.code, at = excluded.at WHERE mail_problems.address_key <> excluded.address_key OR (excluded.problem = 'complained' AND mail_problems.problem <> 'complained')";
    HUSH = "UPDATE notifications SET mail_due_at = NULL, letter = NULL WHERE user_id = $1 AND mail_due_at IS NOT NULL";
    FORGET = "DELETE FROM mail_problems WHERE user_id = $1";
}

/// The longest code.
const CODE: usize = 40;

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Problem {
    /// The mail server would not have it.
    Refused,
    /// It came back later.
    Bounced,
    /// Whoever got it said that it was unwanted.
    Complained,
}

impl Problem {
    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Bounced => "bounced",
            Self::Complained => "complained",
        }
    }

    /// The Fluent key of what it says to the person.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Refused => "notify-problem-refused",
            Self::Bounced => "notify-problem-bounced",
            Self::Complained => "notify-problem-complained",
        }
    }

    /// What a provider may report.
    pub fn reported(name: &str) -> Option<Self> {
        [Self::Bounced, Self::Complained].into_iter().find(|problem| problem.name() == name)
    }
}

/// What is known of an address.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Known {
    /// What is wrong.
    pub problem: Problem,
    /// The code that was given.
    pub code: String,
    /// Since when.
    pub at: Instant,
}

/// What is known of somebody's present address.
pub async fn of(db: &Db, user: UserId) -> DbResult<Option<Known>> {
    db.optional(FIND, args![user]).await
}

/// What is known of an address, if it is somebody's.
pub async fn at_address(db: &Db, address: &str) -> DbResult<Option<Known>> {
    db.optional(AT_ADDRESS, args![email_key(address)]).await
}

/// Keeps that mails to an address come back, and has nothing wait for it; nothing where nobody has it.
pub async fn keep(tx: &Tx, ctx: &Ctx, address: &str, problem: Problem, code: &str) -> Result<(), AppError> {
    let key = email_key(address);
    let whose: Option<(UserId,)> = tx.optional(WHOSE, args![&key]).await?;
    let Some((user,)) = whose else { return Ok(()) };
    if tx.execute(KEEP, args![user, &key, problem.name(), code, ctx.now()]).await? > 0 {
        tx.execute(HUSH, args![user]).await?;
        let event = Event::new("mail.problem", "user", user.0).with("problem", problem.name()).with("code", code);
        audit::record(tx, ctx, event).await?;
    }
    Ok(())
}

/// Forgets it; `false` when there was nothing.
pub(super) async fn forget(tx: &Tx, user: UserId) -> DbResult<bool> {
    Ok(tx.execute(FORGET, args![user]).await? > 0)
}

/// Takes what a mail provider reports. The answer is the same whether or not anybody has the address.
///
/// # Errors
/// `Invalid` by field.
pub async fn report(ctx: &Ctx, address: &str, problem: &str, code: &str) -> Result<(), AppError> {
    allow(&ctx.actor, Action::MailReport, Relation::Other, None)?;
    let mut errors = FieldErrors::default();
    let problem = Problem::reported(problem);
    if problem.is_none() {
        errors.add("problem", "bounced or complained");
    }
    if !address.contains('@') || address.len() > 254 {
        errors.add("address", "an e-mail address");
    }
    // A code such as 5.1.1, never a sentence: those quote addresses.
    let plain = |c: char| c.is_ascii_alphanumeric() || ['.', '-', '_', ' '].contains(&c);
    if code.len() > CODE || !code.chars().all(plain) {
        errors.add("code", "a short code, such as 5.1.1");
    }
    errors.into_result()?;
    let Some(problem) = problem else { return Err(AppError::Internal) };
    let tx = ctx.db.begin().await?;
    keep(&tx, ctx, address, problem, code).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether an answer of the mail server means the address, and not this mail, this sender or this moment (RFC 3463). A basic
/// code alone does not say: 550 also stands for a rule that the mail broke (RFC 5321, 4.2.3).
pub fn is_refusal(code: &str) -> bool {
    // 5.1.7 and 5.1.8 are about us, 5.7 about a rule.
    let address = ["5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"];
    code.split_whitespace().nth(2).is_some_and(|enhanced| address.contains(&enhanced))
}

#[cfg(test)]
mod tests {
    use super::is_refusal;

    #[test]
    fn only_what_is_said_of_the_address_counts_against_it() {
        for code in ["SMTP 550 5.1.1", "SMTP 553 5.1.3", "SMTP 550 5.2.1"] {
            assert!(is_refusal(code), "{code}");
        }
        for code in
            ["SMTP 550", "SMTP 552 5.2.2", "SMTP 550 5.7.1", "SMTP 554", "SMTP 550 5.1.8", "payload not understood", ""]
        {
            assert!(!is_refusal(code), "{code}");
        }
    }
}
