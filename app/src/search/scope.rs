//! What somebody may see, in the words of the index: it keeps a search from walking through what is not theirs. Whether
//! they may see what it finds is decided by `may_see!`, as everywhere; an index that lags behind hides and never shows.

use crate::access::{MembershipRole, Reach, Rights, Scope, Topic};
use crate::ctx::Ctx;
use crate::documents::audience;
use crate::documents::model::State;
use crate::error::AppError;
use crate::ids::OrganisationId;

use super::expression::Expression;
use super::{store, tokens};

fn token(text: String) -> Expression {
    Expression::Token(text)
}

fn topics(topics: &[Topic]) -> Expression {
    Expression::Any(topics.iter().map(|topic| token(tokens::topic(*topic))).collect())
}

/// The documents of modules where the rights reach at least so far.
fn within(rights: Rights, reach: Reach, wanted: Expression) -> Option<Expression> {
    match (rights.documents >= reach, rights.money >= reach) {
        (true, true) => Some(wanted),
        (true, false) => Some(wanted.and(topics(&[Topic::General]))),
        (false, true) => Some(wanted.and(topics(&[Topic::Money, Topic::Quotes]))),
        (false, false) => None,
    }
}

/// The documents an actor may see, at least: as staff all or of one customer, as a customer all or through one membership.
pub async fn expression(ctx: &Ctx, organisation: Option<OrganisationId>) -> Result<Expression, AppError> {
    let scope = Scope::of(&ctx.actor)?;
    let user = ctx.actor.user_id().ok_or(AppError::Unauthenticated)?;
    if ctx.actor.staff().is_some() {
        let mut seen = scope.topics();
        let everything = seen.len() == Topic::ALL.len();
        let mut any: Vec<Expression> = seen.drain(..).map(|topic| token(tokens::topic(topic))).collect();
        if scope.assigned() && !everything {
            let assigned = audience::assigned_organisations(&ctx.db, user).await?;
            any.extend(assigned.into_iter().map(|id| token(tokens::organisation(id))));
        }
        let all = if everything { Expression::All(vec![]) } else { Expression::Any(any) };
        return Ok(match organisation {
            Some(id) => token(tokens::organisation(id)).and(all),
            None => all,
        });
    }
    let subjects = store::subjects_of(&ctx.db, user).await?;
    let mut any = Vec::new();
    let through = ctx.actor.memberships().iter().filter(|m| organisation.is_none_or(|id| id == m.organisation_id));
    for membership in through {
        let whose = membership.organisation_id;
        if membership.role == MembershipRole::Admin {
            any.push(token(tokens::organisation(whose)).and(token(tokens::state(State::Published))));
        }
        let mine = subjects.iter().filter(|subject| subject.organisation_id == whose);
        if membership.role != MembershipRole::Partner {
            let mut shared = vec![token(tokens::subject(whose.0))];
            shared.extend(mine.clone().filter(|s| !s.project).map(|s| token(tokens::subject(s.subject_id))));
            any.extend(within(membership.rights, Reach::Organisation, Expression::Any(shared)));
        }
        let mut named = vec![token(tokens::subject(user.0))];
        named.extend(mine.filter(|s| s.project).map(|s| token(tokens::subject(s.subject_id))));
        let named = token(tokens::organisation(whose)).and(Expression::Any(named));
        any.extend(within(membership.rights, Reach::Own, named));
    }
    Ok(Expression::Any(any))
}
