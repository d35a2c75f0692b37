//! `kontor user invite`.

use app::access::{MembershipRole, Role};
use app::ctx::Ctx;
use app::error::AppError;
use app::i18n::Locale;
use app::invitations::invite as invitations;
use app::invitations::model::{NewInvitation, NewStaff};
use app::organisation::manage;
use clap::Args;

use super::Outcome;
use super::print::line;
use super::user::parse_role;

/// Whom to invite.
#[derive(Args)]
pub struct Invite {
    /// Where the mail goes.
    #[arg(long)]
    email: String,
    /// Full name.
    #[arg(long)]
    name: String,
    /// customer, customer_admin, partner, project_manager, support, finance, sales, management or administrator.
    #[arg(long)]
    role: String,
    /// Short name of the organisation, for customers.
    #[arg(long)]
    organisation: Option<String>,
    /// Short name of a project of theirs; a partner needs one. May be given several times.
    #[arg(long = "project")]
    projects: Vec<String>,
    /// Language of the mail: en, de or nl.
    #[arg(long, default_value = "en")]
    locale: String,
}

/// Invites them.
pub async fn run(ctx: &Ctx, invite: Invite) -> Outcome {
    let said = |e: AppError| e.to_string();
    let Invite { email, name, role, organisation, projects, locale } = invite;
    let locale = Locale::parse(&locale).ok_or_else(|| format!("--locale {locale}: not one of en, de, nl"))?;
    let role = match (parse_role(&role)?, organisation) {
        (Role::Staff(role), None) => {
            let staff = NewStaff { email: email.clone(), name, role: Some(role), message: String::new(), locale };
            invitations::to_staff(ctx, staff).await.map_err(said)?;
            return line(&format!("{email} is invited"));
        }
        (Role::Staff(_), Some(_)) => return Err("--organisation: staff belong to no customer".into()),
        (_, None) => return Err("--organisation: a customer belongs to an organisation".into()),
        (Role::Customer, Some(slug)) => (MembershipRole::Member, slug),
        (Role::CustomerAdmin, Some(slug)) => (MembershipRole::Admin, slug),
        (Role::Partner, Some(slug)) => (MembershipRole::Partner, slug),
    };
    let (role, slug) = role;
    let organisation = manage::by_slug(ctx, &slug).await.map_err(said)?;
    let mut ids = Vec::new();
    for project in &projects {
        ids.push(manage::project_by_slug(ctx, project).await.map_err(said)?);
    }
    let new =
        NewInvitation { email: email.clone(), name, role, rights: None, projects: ids, message: String::new(), locale };
    invitations::to_customer(ctx, organisation, new).await.map_err(said)?;
    line(&format!("{email} is invited"))
}
