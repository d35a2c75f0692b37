//! One question over all areas.

use crate::access::{Action, Relation, Role, allow, allow_any};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::orders::service as orders;
use crate::organisation::list as customers;
use crate::paths;
use crate::projects::list as projects;
use crate::projects::model::Which;
use crate::search::excerpt::marked;
use crate::search::list::{Wanted, list, typed};
use crate::search::words;

use super::model::{Area, Found, Group};
use super::people;

/// How many of each area.
const EACH: usize = 5;

/// The most people of a page: they have no pages.
const PEOPLE: usize = 200;

/// What somebody may ask everywhere: whoever is signed in, each area for itself.
pub fn check(ctx: &Ctx) -> Result<(), AppError> {
    if ctx.actor.is_anonymous() {
        return Err(AppError::Unauthenticated);
    }
    ctx.actor.unheld()
}

/// What is found for these words, area by area; an area without any is left out.
pub async fn search(ctx: &Ctx, text: &str) -> Result<Vec<Group>, AppError> {
    check(ctx)?;
    let Some(text) = typed(Some(text)).filter(|text| words(text).next().is_some()) else { return Ok(Vec::new()) };
    // What is called so comes before what only mentions it.
    let asked = [
        found_orders(ctx, &text).await,
        found_projects(ctx, &text).await,
        found_customers(ctx, &text).await,
        found_people(ctx, &text).await,
        documents(ctx, &text).await,
    ];
    let mut groups = Vec::new();
    for group in asked {
        match group {
            Ok(group) => groups.extend(Some(group).filter(|group| !group.found.is_empty())),
            // Not theirs to look in.
            Err(AppError::Forbidden) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(groups)
}

/// The address of a list that is narrowed to these words.
fn narrowed(path: &str, text: &str) -> String {
    let text: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    format!("{path}?search={text}")
}

/// Keeps as many as are shown, and the way to all where there are more.
fn group(area: Area, mut found: Vec<Found>, all: Option<String>) -> Group {
    let more = found.len() > EACH;
    found.truncate(EACH);
    Group { area, found, all: all.filter(|_| more) }
}

fn limit() -> i64 {
    i64::try_from(EACH + 1).unwrap_or(i64::MAX)
}

async fn documents(ctx: &Ctx, text: &str) -> Result<Group, AppError> {
    let staff = ctx.actor.staff().is_some();
    let organisation = ctx.organisation.filter(|_| !staff);
    let wanted = Wanted { search: Some(text.to_owned()), organisation, limit: limit(), ..Wanted::default() };
    let found = list(ctx, &wanted).await?.hits.into_iter().map(|hit| {
        let document = hit.document;
        let category = ctx.t(document.category.label_key());
        let (path, meta) = if staff {
            (paths::staff_document(document.id), format!("{}, {category}", document.organisation_name))
        } else {
            (paths::document(document.id), category.to_owned())
        };
        Found { id: document.id.0, path, title: hit.title, meta, excerpt: hit.excerpt }
    });
    let all = narrowed(if staff { paths::STAFF_DOCUMENTS } else { paths::DOCUMENTS }, text);
    Ok(group(Area::Documents, found.collect(), Some(all)))
}

async fn found_orders(ctx: &Ctx, text: &str) -> Result<Group, AppError> {
    let staff = ctx.actor.staff().is_some();
    let words: Vec<String> = words(text).collect();
    let found = orders::search(ctx, text, limit()).await?.into_iter().map(|order| {
        let name = if order.title.is_empty() { order.number } else { format!("{}, {}", order.number, order.title) };
        let path = if staff { paths::staff_order(order.id) } else { paths::order(order.id) };
        let meta = if staff { order.organisation_name } else { String::new() };
        Found { id: order.id.0, path, title: marked(&name, &words), meta, excerpt: None }
    });
    let all = narrowed(if staff { paths::STAFF_ORDERS } else { paths::ORDERS }, text);
    Ok(group(Area::Orders, found.collect(), Some(format!("{all}&which=all"))))
}

async fn found_projects(ctx: &Ctx, text: &str) -> Result<Group, AppError> {
    let staff = ctx.actor.staff().is_some();
    let organisation = ctx.organisation.filter(|_| !staff);
    let (search, which) = (Some(text.to_owned()), Which::All);
    let wanted = projects::Wanted { search, which, organisation, limit: limit(), ..projects::Wanted::default() };
    let projects::Listed { items, words, mut lines, .. } = projects::list(ctx, &wanted).await?;
    let found = items.into_iter().map(|project| {
        let excerpt = lines.remove(&project.id);
        let name =
            if project.number.is_empty() { project.name } else { format!("{}, {}", project.name, project.number) };
        let path = if staff { paths::staff_project(project.id) } else { paths::project(project.id) };
        let meta = if staff { project.organisation_name } else { String::new() };
        Found { id: project.id.0, path, title: marked(&name, &words), meta, excerpt }
    });
    let all = narrowed(if staff { paths::STAFF_PROJECTS } else { paths::PROJECTS }, text);
    Ok(group(Area::Projects, found.collect(), Some(format!("{all}&which=all"))))
}

async fn found_customers(ctx: &Ctx, text: &str) -> Result<Group, AppError> {
    allow(&ctx.actor, Action::StaffRead, Relation::Other, None)?;
    let words: Vec<String> = words(text).collect();
    let filter = customers::Filter { search: text.to_owned(), limit: limit(), ..customers::Filter::default() };
    let (rows, _) = customers::list(ctx, &filter).await?;
    let found = rows.into_iter().map(|row| {
        let meta = [row.number.as_str(), row.city.as_str()];
        let meta = meta.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let (path, title) = (paths::staff_customer(row.id), marked(&row.name, &words));
        Found { id: row.id.0, path, title, meta, excerpt: None }
    });
    Ok(group(Area::Customers, found.collect(), Some(narrowed(paths::STAFF_CUSTOMERS, text))))
}

async fn found_people(ctx: &Ctx, text: &str) -> Result<Group, AppError> {
    let found = people_called(ctx, text, limit()).await?;
    let path = if ctx.actor.staff().is_some() { paths::STAFF_SEARCH } else { paths::SEARCH };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", text).append_pair("in", Area::People.name());
    Ok(group(Area::People, found, Some(format!("{path}?{}", query.finish()))))
}

/// All people that are called so: they have no list of their own with a search. And whether there are more than are shown.
///
/// # Errors
/// `Forbidden` where it is not theirs to look for them.
pub async fn all_people(ctx: &Ctx, text: &str) -> Result<(Vec<Found>, bool), AppError> {
    check(ctx)?;
    let Some(text) = typed(Some(text)).filter(|text| words(text).next().is_some()) else {
        return Ok((Vec::new(), false));
    };
    let mut found = people_called(ctx, &text, i64::try_from(PEOPLE + 1).unwrap_or(i64::MAX)).await?;
    let cut = found.len() > PEOPLE;
    found.truncate(PEOPLE);
    Ok((found, cut))
}

async fn people_called(ctx: &Ctx, text: &str, limit: i64) -> Result<Vec<Found>, AppError> {
    let words: Vec<String> = words(text).collect();
    let found = people::named(ctx, text, limit).await?.into_iter().map(|row| {
        let role = row.staff_role.map(|role| ctx.t(Role::Staff(role).label_key()).to_owned());
        let path = match (ctx.actor.staff().is_some(), row.organisation_id) {
            (true, Some(organisation)) if allow_any(&ctx.actor, Action::MemberAccess).is_ok() => {
                paths::staff_person(organisation, row.id)
            }
            (true, Some(organisation)) => paths::staff_people(organisation),
            (true, None) => paths::staff_user(row.id),
            (false, id) if allow(&ctx.actor, Action::MemberAccess, Relation::Own, id).is_ok() => {
                paths::organisation_person(row.id)
            }
            (false, _) => paths::ORGANISATION.to_owned(),
        };
        let place = role.unwrap_or(row.organisation_name);
        let meta = format!("{}, {place}", row.email);
        Found { id: row.id.0, path, title: marked(&row.name, &words), meta, excerpt: None }
    });
    Ok(found.collect())
}
