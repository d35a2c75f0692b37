//! Use cases of one's own factors, and taking away somebody's lost ones.

use crate::access::{Action, Hold, Relation, Via, allow};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::error::{AppError, FieldErrors};
use crate::ids::{PasskeyId, UserId};
use crate::mail::Template;
use crate::settings;
use crate::sign_in::password::SHORTEST;
use crate::sign_in::{actor, proof, sessions};

use super::model::{Change, Factors};
use super::{codes, passkeys, store, tell, totp};

/// The longest name of a passkey, in letters.
const LONGEST_NAME: usize = 60;
/// More than anybody carries.
const MOST_PASSKEYS: usize = 20;

/// Where the secret of somebody's app is sealed for.
pub(crate) fn place(user: UserId) -> String {
    format!("totp:{user}")
}

fn setup_place(user: UserId) -> String {
    format!("totp-setup:{user}")
}

/// The person of this session, about their own factors.
pub fn own(ctx: &Ctx) -> Result<UserId, AppError> {
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    if !matches!(ctx.actor.via(), Via::Session) {
        return Err(AppError::Forbidden);
    }
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    Ok(user)
}

/// The same for adding one: open to whoever is held up because they have none.
pub fn adding(ctx: &Ctx) -> Result<UserId, AppError> {
    match (ctx.actor.user_id(), ctx.actor.hold(), ctx.actor.via()) {
        (Some(user), Some(Hold::EnrolFactor), Via::Session) => Ok(user),
        _ => own(ctx),
    }
}

/// One's own, about to change, which needs a fresh proof.
fn own_change(ctx: &Ctx) -> Result<UserId, AppError> {
    let user = own(ctx)?;
    proof::require(ctx)?;
    Ok(user)
}

/// Adding one, which needs a fresh proof.
fn adding_now(ctx: &Ctx) -> Result<UserId, AppError> {
    let user = adding(ctx)?;
    proof::require(ctx)?;
    Ok(user)
}

/// Everything somebody signs in with.
pub async fn of(ctx: &Ctx, user: UserId) -> Result<Factors, AppError> {
    Ok(Factors {
        app: store::app(&ctx.db, user).await?,
        passkeys: store::passkeys(&ctx.db, user).await?,
        codes: store::codes_left(&ctx.db, user).await?,
        has_password: store::password(&ctx.db, user).await?.is_some(),
    })
}

/// One's own.
pub async fn mine(ctx: &Ctx) -> Result<Factors, AppError> {
    allow(&ctx.actor, Action::AccountManage, Relation::Own, None)?;
    of(ctx, ctx.actor.user_id().ok_or(AppError::Unauthenticated)?).await
}

/// What happened last to one's own sign-in.
pub async fn changes(ctx: &Ctx) -> Result<Vec<Change>, AppError> {
    Ok(store::changes(&ctx.db, own(ctx)?).await?)
}

/// Beginning to set up an app: what to show, and the sealed secret that comes back with the first code.
pub fn begin_app(ctx: &Ctx, kept: Option<&str>) -> Result<(totp::Setup, String), AppError> {
    let user = adding(ctx)?;
    // After a wrong code the same secret again, or the app would have to be set up twice.
    let kept = kept.and_then(|text| Some((ctx.portal.secrets.open_text(&setup_place(user), text)?, text.to_owned())));
    let (secret, state) = kept.unwrap_or_else(|| {
        let secret = totp::generate();
        let state = ctx.portal.secrets.seal_text(&setup_place(user), &secret);
        (secret, state)
    });
    let setup = totp::setup(&secret, &ctx.portal.name.get(), ctx.actor.email()).ok_or(AppError::Internal)?;
    Ok((setup, state))
}

/// Adds the app whose first code this is. Answers new recovery codes when it is the first factor.
pub async fn add_app(ctx: &Ctx, state: &str, code: &str) -> Result<Option<Vec<String>>, AppError> {
    let user = adding_now(ctx)?;
    let wrong = |key: &'static str| AppError::Invalid(FieldErrors::one("code", ctx.t(key)));
    if code.trim().is_empty() {
        return Err(wrong("factors-code-missing"));
    }
    let secret = ctx.portal.secrets.open_text(&setup_place(user), state).ok_or_else(|| wrong("factors-code-again"))?;
    let step = totp::step_of(&secret, code, ctx.now()).ok_or_else(|| wrong("factors-code-wrong"))?;
    let tx = ctx.db.begin().await?;
    let sealed = ctx.portal.secrets.seal(&place(user), &secret);
    settings::check_key_in(&tx, &ctx.portal.secrets.fingerprint()).await?;
    if !store::add_app(&tx, user, sealed, step, ctx.now()).await? {
        return Err(AppError::Conflict(ctx.t("factors-app-known").to_owned()));
    }
    added(tx, ctx, user, "totp").await
}

/// Adds the passkey of this answer. Answers new recovery codes when it is the first factor.
pub async fn add_passkey(ctx: &Ctx, state: &str, answer: &str, name: &str) -> Result<Option<Vec<String>>, AppError> {
    let user = adding_now(ctx)?;
    let name = check_name(ctx, name)?;
    let tx = ctx.db.begin().await?;
    if store::passkeys(&tx, user).await?.len() >= MOST_PASSKEYS {
        return Err(AppError::Conflict(ctx.t("factors-passkey-many").to_owned()));
    }
    passkeys::register(&tx, ctx, user, state, answer, name).await?;
    added(tx, ctx, user, "passkey").await
}

async fn added(tx: Tx, ctx: &Ctx, user: UserId, kind: &'static str) -> Result<Option<Vec<String>>, AppError> {
    let fresh = match store::codes_left(&tx, user).await?.unused {
        0 => Some(codes::generate()),
        _ => None,
    };
    if let Some(fresh) = &fresh {
        set_codes(&tx, ctx, user, fresh).await?;
    }
    tell::owner(&tx, ctx, user, Template::FactorAdded, vec![("factor", kind.to_owned())]).await?;
    audit::record(&tx, ctx, Event::new("factor.add", "user", user.0).with("kind", kind)).await?;
    tx.commit().await?;
    Ok(fresh)
}

async fn set_codes(tx: &Tx, ctx: &Ctx, user: UserId, fresh: &[String]) -> Result<(), AppError> {
    let hashes = fresh.iter().filter_map(|code| codes::hash(user, code)).collect();
    Ok(store::set_codes(tx, user, hashes, ctx.now()).await?)
}

fn check_name(ctx: &Ctx, name: &str) -> Result<String, AppError> {
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = |key: &'static str| Err(AppError::Invalid(FieldErrors::one("name", ctx.t(key))));
    match name.chars().count() {
        0 => wrong("factors-name-missing"),
        1..=LONGEST_NAME if !name.chars().any(char::is_control) => Ok(name),
        _ => wrong("factors-name-long"),
    }
}

/// One that was removed in another window, and somebody else's, are the same.
fn gone(ctx: &Ctx) -> AppError {
    AppError::Conflict(ctx.t("factors-passkey-gone").to_owned())
}

/// Calls a passkey something else. Names nobody is let in by, so no fresh proof is asked for.
pub async fn rename_passkey(ctx: &Ctx, id: PasskeyId, name: &str) -> Result<(), AppError> {
    let user = own(ctx)?;
    let name = check_name(ctx, name)?;
    let tx = ctx.db.begin().await?;
    if !store::rename_passkey(&tx, id, user, &name).await? {
        return Err(gone(ctx));
    }
    tx.commit().await?;
    Ok(())
}

/// Removes the app.
pub async fn remove_app(ctx: &Ctx) -> Result<(), AppError> {
    let user = own_change(ctx)?;
    let tx = ctx.db.begin().await?;
    store::lock(&tx, user).await?;
    if !store::remove_app(&tx, user).await? {
        return Err(AppError::Conflict(ctx.t("factors-app-none").to_owned()));
    }
    removed(tx, ctx, user, "totp").await
}

/// Removes a passkey.
pub async fn remove_passkey(ctx: &Ctx, id: PasskeyId) -> Result<(), AppError> {
    let user = own_change(ctx)?;
    let tx = ctx.db.begin().await?;
    store::lock(&tx, user).await?;
    if !store::remove_passkey(&tx, id, user).await? {
        return Err(gone(ctx));
    }
    removed(tx, ctx, user, "passkey").await
}

async fn removed(tx: Tx, ctx: &Ctx, user: UserId, kind: &'static str) -> Result<(), AppError> {
    let person = actor::load(&tx, user).await?.ok_or(AppError::NotFound)?;
    if !person.has_factor {
        if person.factor_required {
            return Err(AppError::Conflict(ctx.t("factors-last-required").to_owned()));
        }
        longer_first(&tx, ctx, user, "factors-last-password").await?;
        store::remove_codes(&tx, user).await?;
    }
    tell::owner(&tx, ctx, user, Template::FactorRemoved, vec![("factor", kind.to_owned())]).await?;
    audit::record(&tx, ctx, Event::new("factor.remove", "user", user.0).with("kind", kind)).await?;
    tx.commit().await?;
    Ok(())
}

/// Refuses to leave somebody with a password alone that is long enough only together with a factor.
async fn longer_first(tx: &Tx, ctx: &Ctx, user: UserId, key: &'static str) -> Result<(), AppError> {
    if !store::password_is_short(tx, user).await? {
        return Ok(());
    }
    let text = ctx.with(key, &[("needs", SHORTEST.into())]);
    Err(AppError::Invalid(FieldErrors::one("password", text)))
}

/// New recovery codes in place of all old ones.
pub async fn renew_codes(ctx: &Ctx) -> Result<Vec<String>, AppError> {
    let user = own_change(ctx)?;
    let tx = ctx.db.begin().await?;
    let person = actor::load(&tx, user).await?.ok_or(AppError::NotFound)?;
    if !person.has_factor {
        return Err(AppError::Conflict(ctx.t("factors-codes-none").to_owned()));
    }
    let fresh = codes::generate();
    set_codes(&tx, ctx, user, &fresh).await?;
    tell::owner(&tx, ctx, user, Template::FactorAdded, vec![("factor", "recovery_codes".to_owned())]).await?;
    audit::record(&tx, ctx, Event::new("factor.codes", "user", user.0)).await?;
    tx.commit().await?;
    Ok(fresh)
}

/// Takes away every factor of somebody who lost theirs, after staff have made sure who asks. All their sessions end; at
/// the next sign-in they add a new one where one is required. The password stays.
///
/// # Errors
/// `Invalid` at `password` where it is too short to stay alone; they choose a longer one first.
pub async fn reset_by_staff(ctx: &Ctx, user: UserId) -> Result<(), AppError> {
    allow(&ctx.actor, Action::UserManage, Relation::Other, None)?;
    if ctx.actor.user_id() == Some(user) {
        return Err(AppError::Conflict(ctx.t("factors-reset-self").to_owned()));
    }
    proof::require(ctx)?;
    let tx = ctx.db.begin().await?;
    // Nobody has a factor who does not exist, and who has none is told apart from them.
    if store::password(&tx, user).await?.is_none() && actor::load(&tx, user).await?.is_none() {
        return Err(AppError::NotFound);
    }
    store::lock(&tx, user).await?;
    if store::remove_all(&tx, user).await? == 0 {
        return Err(AppError::Conflict(ctx.t("factors-reset-none").to_owned()));
    }
    longer_first(&tx, ctx, user, "factors-reset-password").await?;
    sessions::end_others(&tx, ctx, user, None).await?;
    tell::owner(&tx, ctx, user, Template::FactorReset, vec![]).await?;
    audit::record(&tx, ctx, Event::new("factor.reset", "user", user.0)).await?;
    tx.commit().await?;
    Ok(())
}
