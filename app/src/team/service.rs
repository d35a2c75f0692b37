//! Use cases of a customer's people.

use uuid::Uuid;

use crate::access::{Action, Granted, MembershipRole, Module, Rights, allow, grant};
use crate::audit::{self, Event};
use crate::ctx::Ctx;
use crate::error::{AppError, FieldErrors};
use crate::ids::{OrganisationId, UserId};
use crate::mail::{Button, Letter, Recipient, Template};
use crate::notifications::{self, Kind, Notice, Object};
use crate::organisation::model::Organisation;
use crate::organisation::service as organisations;
use crate::paths;
use crate::sign_in::proof;
use crate::view_as;

use super::model::{Change, Member, MemberState};
use super::policy::{Manage, relation_to};
use super::store;

/// What the actor may do for the people of an organisation: so that pages offer only what will succeed.
#[derive(Clone, Copy, Debug)]
pub struct May {
    /// Invite somebody.
    pub invite: bool,
    /// Change roles and rights.
    pub manage: bool,
    /// See what somebody can see.
    pub access: bool,
    /// See the portal as somebody sees it.
    pub view_as: bool,
}

/// Asks the policy about every act at once.
pub fn may(ctx: &Ctx, organisation: &Organisation) -> May {
    let relation = relation_to(&ctx.actor, organisation.assigned);
    let can = |action| allow(&ctx.actor, action, relation, Some(organisation.id)).is_ok();
    May {
        invite: can(Action::MemberInvite),
        manage: can(Action::MemberManage),
        access: can(Action::MemberAccess),
        view_as: can(Action::MemberViewAs),
    }
}

/// Who asks; the command line has no person, and then nothing is "assigned".
fn asker(ctx: &Ctx) -> UserId {
    ctx.actor.user_id().unwrap_or(UserId(Uuid::nil()))
}

/// A page of an organisation's people by name, and whether there are more.
pub async fn list(
    ctx: &Ctx,
    organisation: &Organisation,
    after: Option<(&str, UserId)>,
    limit: i64,
) -> Result<(Vec<Member>, bool), AppError> {
    let after = after.unwrap_or(("", UserId(Uuid::nil())));
    let mut rows = store::list(&ctx.db, asker(ctx), organisation.id, after, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    Ok((rows, more))
}

/// One person of an organisation the actor can see. Foreign and missing are the same.
pub async fn find(ctx: &Ctx, organisation: OrganisationId, user: UserId) -> Result<(Organisation, Member), AppError> {
    let organisation = organisations::find(ctx, organisation).await?;
    let member = store::find(&ctx.db, asker(ctx), organisation.id, user).await?.ok_or(AppError::NotFound)?;
    Ok((organisation, member))
}

/// The most that this actor can give somebody of this role: no more than the organisation may have, than the role may
/// have, and than they have themselves.
pub async fn limits(ctx: &Ctx, organisation: OrganisationId, role: MembershipRole) -> Result<Rights, AppError> {
    let mut limits = Rights::limit_of(role);
    if role != MembershipRole::Admin {
        limits = limits.at_most(store::limits(&ctx.db, organisation).await?);
    }
    if let Some(own) = ctx.actor.memberships().iter().find(|m| m.organisation_id == organisation) {
        limits = limits.at_most(own.rights);
    }
    Ok(limits)
}

/// Refuses rights beyond the limits, field by field.
pub fn check_rights(ctx: &Ctx, rights: Rights, limits: Rights, errors: &mut FieldErrors) {
    for module in Module::ALL {
        if rights.of(module) > limits.of(module) {
            errors.add(module.name(), ctx.t("team-error-beyond"));
        }
    }
}

fn moved_on(ctx: &Ctx, form: bool) -> AppError {
    if form { AppError::Conflict(ctx.t("team-error-changed").to_owned()) } else { AppError::Stale }
}

/// What a caller saw before they acted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// The revision they looked at.
    pub revision: Option<i64>,
    /// They came from a form: a conflict is told in words.
    pub form: bool,
}

/// A person whom the actor may change, while nobody else changes who belongs to the organisation.
pub(super) async fn granted(
    ctx: &Ctx,
    tx: &crate::db::Tx,
    organisation: OrganisationId,
    user: UserId,
    seen: Seen,
) -> Result<(Organisation, Granted<Manage, Member>), AppError> {
    let organisation = organisations::find(&ctx.inside(tx), organisation).await?;
    store::lock(tx, organisation.id).await?;
    let member = store::find(tx, asker(ctx), organisation.id, user).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<Manage, _>(&ctx.actor, member)?;
    if seen.revision.is_some_and(|revision| revision != granted.row().revision) {
        return Err(moved_on(ctx, seen.form));
    }
    Ok((organisation, granted))
}

/// An organisation keeps somebody who can administer it.
async fn keep_an_admin(ctx: &Ctx, tx: &crate::db::Tx, member: &Member, field: &str) -> Result<(), AppError> {
    let counts = member.role == MembershipRole::Admin && member.state == MemberState::Active && member.may_sign_in;
    if counts && !store::has_other_admin(tx, member.organisation_id, member.user_id).await? {
        return Err(AppError::Invalid(FieldErrors::one(field, ctx.t("team-error-last-admin"))));
    }
    Ok(())
}

/// Changes role, rights or state; it holds from the person's next request. An administrator has every right.
///
/// # Errors
/// `ProofNeeded` without a fresh proof where it makes somebody administrator, or ends that; `Invalid` by field; `Conflict` or
/// `Stale` when somebody was faster.
pub async fn change(
    ctx: &Ctx,
    organisation: OrganisationId,
    user: UserId,
    seen: Seen,
    mut change: Change,
) -> Result<Member, AppError> {
    let tx = ctx.db.begin().await?;
    let (organisation, granted) = granted(ctx, &tx, organisation, user, seen).await?;
    let member = granted.row();
    let own = ctx.actor.user_id() == Some(member.user_id);
    let role = change.role.unwrap_or(member.role);
    let state = change.state.unwrap_or(member.state);
    let mut errors = FieldErrors::default();
    if own && state == MemberState::Suspended {
        errors.add("state", ctx.t("team-error-self"));
    }
    if member.archived && state == MemberState::Active {
        errors.add("state", ctx.t("team-error-archived"));
    }
    let limits = limits(&ctx.inside(&tx), organisation.id, role).await?;
    let rights = match (role, change.rights) {
        (MembershipRole::Admin, _) => Rights::ALL,
        (_, Some(rights)) => {
            check_rights(ctx, rights, limits, &mut errors);
            rights
        }
        // Another role without a choice of rights: what it usually has, as far as the limits go.
        (_, None) if role != member.role => Rights::default_of(role).at_most(limits),
        (_, None) => member.rights(),
    };
    errors.into_result()?;
    if role != MembershipRole::Admin || state != MemberState::Active {
        keep_an_admin(ctx, &tx, member, if role == MembershipRole::Admin { "state" } else { "role" }).await?;
    }
    let administers =
        |role: MembershipRole, state: MemberState| role == MembershipRole::Admin && state == MemberState::Active;
    if administers(member.role, member.state) != administers(role, state) {
        // A session left open is not enough to say who administers an organisation.
        proof::require(ctx)?;
    }
    change.rights = Some(rights);
    if !store::update(&tx, &granted, &change).await? {
        return Err(moved_on(ctx, seen.form));
    }
    let event = Event::new("member.change", "user", member.user_id.0)
        .organisation(organisation.id)
        .with("role", role.name())
        .with("state", state.name());
    let event = Module::ALL.into_iter().fold(event, |event, m| event.with(m.name(), rights.of(m).name()));
    let told = match (state == member.state, state) {
        (false, MemberState::Suspended) => Some("suspended"),
        (false, MemberState::Active) => Some("restored"),
        _ if role != member.role => Some("role"),
        _ if rights != member.rights() => Some("rights"),
        _ => None,
    };
    if let Some(told) = told.filter(|_| !own) {
        let page = (told != "suspended").then(|| paths::HOME.to_owned());
        tell(ctx, &tx, &organisation, member, told, page).await?;
    }
    view_as::recheck(&tx, ctx).await?;
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    find(ctx, organisation.id, user).await.map(|(_, member)| member)
}

/// Tells the person what changed for them, and the page where they see it, if they see anything.
pub(super) async fn tell(
    ctx: &Ctx,
    tx: &crate::db::Tx,
    organisation: &Organisation,
    member: &Member,
    change: &'static str,
    page: Option<String>,
) -> Result<(), AppError> {
    let locale = crate::people::locale(tx, member.user_id).await?.unwrap_or(ctx.locale);
    let letter = Letter {
        template: Template::MembershipChanged,
        to: Recipient { address: member.email.clone(), name: member.name.clone(), locale },
        values: vec![("organisation", organisation.name.clone()), ("change", change.to_owned())],
        button: page.map_or(Button::None, Button::Path),
    };
    let (kind, to, object) = (Kind::SecurityMembership, member.user_id, Object::User(member.user_id));
    let notice = Notice { kind, to, organisation: Some(organisation.id), object, letter: Some(letter) };
    notifications::tell(tx, ctx, notice).await
}

/// Ends a membership. The person keeps their login for other organisations.
///
/// # Errors
/// `ProofNeeded` without a fresh proof where it is an administrator's; `Invalid` for the last one; `Conflict` or `Stale` when
/// somebody was faster.
pub async fn remove(ctx: &Ctx, organisation: OrganisationId, user: UserId, seen: Seen) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    let (organisation, granted) = granted(ctx, &tx, organisation, user, seen).await?;
    let member = granted.row();
    keep_an_admin(ctx, &tx, member, "remove").await?;
    if member.role == MembershipRole::Admin {
        proof::require(ctx)?;
    }
    if !store::remove(&tx, &granted).await? {
        return Err(moved_on(ctx, seen.form));
    }
    if ctx.actor.user_id() != Some(member.user_id) {
        tell(ctx, &tx, &organisation, member, "removed", None).await?;
    }
    view_as::recheck(&tx, ctx).await?;
    let event = Event::new("member.remove", "user", member.user_id.0).organisation(organisation.id);
    audit::record(&tx, ctx, event).await?;
    tx.commit().await?;
    Ok(())
}
