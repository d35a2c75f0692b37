//! The demo's customers, groups, projects and assignments.

use std::collections::HashMap;

use app::ctx::Ctx;
use app::db::Db;
use app::demo;
use app::error::AppError;
use app::ids::{GroupId, OrganisationId, ProjectId, UserId};
use app::people::{self, NewPerson};
use app::settings;

use super::people::PEOPLE;

/// Everything the documents refer to, by name.
pub struct World {
    people: HashMap<String, UserId>,
    organisations: HashMap<&'static str, OrganisationId>,
    groups: HashMap<&'static str, GroupId>,
    projects: HashMap<&'static str, ProjectId>,
}

impl World {
    /// Makes what is missing, in one transaction.
    pub async fn create(ctx: &Ctx, hash: &str) -> Result<Self, AppError> {
        let tx = ctx.db.begin().await?;
        let now = ctx.now();
        settings::set_portal_name(&tx, "Nordlicht Maschinenbau GmbH").await?;
        // A demo is looked at: its password alone opens it.
        settings::set_factor_roles(&tx, &[]).await?;
        let mut organisations = HashMap::new();
        for (slug, name, number) in
            [("acme", "ACME Werke AG", "K-10417"), ("borealis", "Borealis Logistik BV", "K-10562")]
        {
            organisations.insert(slug, demo::organisation(&tx, slug, name, number, now).await?);
        }
        let mut ids = HashMap::new();
        for (email, name, role, organisation) in PEOPLE {
            let known = people::find(&tx, email).await?;
            let id = match known {
                Some(id) => id,
                None => {
                    let organisation = organisation.map(str::to_owned);
                    let new = NewPerson { email: email.to_owned(), name: name.to_owned(), role, organisation };
                    people::insert(&tx, ctx, new, hash).await?
                }
            };
            ids.insert(email.to_owned(), id);
        }
        let person = |email: &str| ids.get(email).copied().ok_or(AppError::Internal);
        let (acme, borealis) = (
            *organisations.get("acme").ok_or(AppError::Internal)?,
            *organisations.get("borealis").ok_or(AppError::Internal)?,
        );
        let key_accounts = demo::group(&tx, "key-accounts", "Key accounts").await?;
        for organisation in [acme, borealis] {
            demo::add_to_group(&tx, organisation, key_accounts).await?;
            demo::assign(&tx, person("pm@nordlicht.example")?, organisation, true, now).await?;
        }
        demo::assign(&tx, person("sales@nordlicht.example")?, borealis, true, now).await?;
        let line = demo::project(&tx, acme, "line-2", "Roller conveyor, line 2", now).await?;
        let sorter = demo::project(&tx, borealis, "sorter", "Parcel sorter Rotterdam", now).await?;
        for email in ["ben@acme.example", "eva@partner.example"] {
            demo::add_to_project(&tx, person(email)?, line).await?;
        }
        demo::add_to_project(&tx, person("dirk@borealis.example")?, sorter).await?;
        tx.commit().await?;
        Ok(Self {
            people: ids,
            organisations,
            groups: HashMap::from([("key-accounts", key_accounts)]),
            projects: HashMap::from([("line-2", line), ("sorter", sorter)]),
        })
    }

    /// Knows somebody more.
    pub fn add_person(&mut self, email: &str, id: UserId) {
        self.people.insert(email.to_owned(), id);
    }

    /// A person by address.
    pub fn person(&self, email: &str) -> Result<UserId, AppError> {
        self.people.get(email).copied().ok_or(AppError::Internal)
    }

    /// A customer by short name.
    pub fn organisation(&self, slug: &str) -> Result<OrganisationId, AppError> {
        self.organisations.get(slug).copied().ok_or(AppError::Internal)
    }

    /// A group by short name.
    pub fn group(&self, slug: &str) -> Result<GroupId, AppError> {
        self.groups.get(slug).copied().ok_or(AppError::Internal)
    }

    /// A project by short name.
    pub fn project(&self, slug: &str) -> Result<ProjectId, AppError> {
        self.projects.get(slug).copied().ok_or(AppError::Internal)
    }
}

/// Whether the demo was loaded to its end.
pub async fn complete(db: &Db) -> Result<bool, AppError> {
    Ok(demo::is_complete(db).await?)
}

/// Notes that it was.
pub async fn finish(ctx: &Ctx) -> Result<(), AppError> {
    let tx = ctx.db.begin().await?;
    demo::set_complete(&tx).await?;
    tx.commit().await?;
    Ok(())
}
