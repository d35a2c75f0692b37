//! Server functions of documents. Files are not among them: they stream (`server/src/http`).

#![allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
#![allow(clippy::too_many_arguments, reason = "a form's fields")]

use leptos::prelude::*;

use crate::approvals::service as approvals;
use crate::doors::{Done, Form, act};
use crate::error::{AppError, FieldErrors};
use crate::ids::DocumentId;
use crate::paths;
use crate::validity;
use crate::validity::model::{NOTICE_USUALLY, Validity};

use super::bulk::{self, Item};
use super::model::{Audience, Category, EditDocument};
use super::service::{self, Seen};
use super::tags;

/// The document an act is about; what is no id is not found.
fn parse_id(id: &str) -> Result<DocumentId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

/// Forms always carry the revision they were made from.
fn seen(revision: &str) -> Result<Seen, AppError> {
    let revision = revision.parse().map_err(|_| AppError::BadRequest("revision".into()))?;
    Ok(Seen { revision: Some(revision), form: true, ..Seen::default() })
}

fn page_of(id: &str, path: impl FnOnce(DocumentId) -> String) -> String {
    id.parse().map_or_else(|_| paths::STAFF_DOCUMENTS.to_owned(), path)
}

/// Changes title and category.
#[server(prefix = "/_fn", endpoint = "documents/edit")]
pub async fn save_document(
    #[server(default)] id: String,
    #[server(default)] revision: String,
    #[server(default)] title: String,
    #[server(default)] category: String,
    #[server(default)] valid_from: String,
    #[server(default)] valid_until: String,
    #[server(default)] notice_days: String,
    #[server(default)] tags: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&id, paths::staff_document);
    let form = Form::on("edit", page.clone())
        .value("title", title.clone())
        .value("category", category.clone())
        .value("valid_from", valid_from.clone())
        .value("valid_until", valid_until.clone())
        .value("notice_days", notice_days.clone())
        .value("tags", tags.clone());
    act(form, async move |ctx| {
        let id = parse_id(&id)?;
        // What is not visible is not found, whatever else is wrong.
        service::find(&ctx, id).await?;
        let mut errors = FieldErrors::default();
        let category = Category::parse(&category);
        if category.is_none() {
            errors.add("category", ctx.t("documents-error-category"));
        }
        let from = validity::service::parse(&ctx, "valid_from", &valid_from, &mut errors);
        let until = validity::service::parse(&ctx, "valid_until", &valid_until, &mut errors);
        let notice_days = match notice_days.trim() {
            "" => NOTICE_USUALLY,
            text => text.parse().unwrap_or(-1),
        };
        errors.into_result()?;
        let validity = Some(Validity { from, until, notice_days });
        let edit = EditDocument { title: Some(title), category, validity, tags: Some(tags::split(&tags)) };
        service::edit(&ctx, id, &seen(&revision)?, edit).await?;
        Ok(Done::to(page).saying(ctx.t("documents-saved")))
    })
    .await
}

/// The address of the choice that was shown, to come back to.
fn choice_query(audience: &str, people: &str, group: &str, project: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("audience", audience);
    for person in people.split(',').filter(|p| !p.is_empty()) {
        query.append_pair("people", person);
    }
    query.append_pair("group", group).append_pair("project", project);
    query.finish()
}

/// Publishes to the audience that was shown.
#[server(prefix = "/_fn", endpoint = "documents/publish")]
pub async fn publish_document(
    #[server(default)] id: String,
    #[server(default)] revision: String,
    #[server(default)] readers: String,
    #[server(default)] audience: String,
    #[server(default)] people: String,
    #[server(default)] group: String,
    #[server(default)] project: String,
    #[server(default)] then: String,
) -> Result<(), ServerFnError> {
    let query = choice_query(&audience, &people, &group, &project);
    let page = page_of(&id, |id| format!("{}?{query}", paths::staff_document_publish(id)));
    act(Form::on("publish", page), async move |ctx| {
        let id = parse_id(&id)?;
        let wrong = |key: &'static str| AppError::Invalid(FieldErrors::one("audience", ctx.t(key)));
        let wanted = match audience.as_str() {
            "organisation" => Audience::Organisation,
            "group" => Audience::Group(group.parse().map_err(|_| wrong("documents-error-group"))?),
            "project" => Audience::Project(project.parse().map_err(|_| wrong("documents-error-project"))?),
            "people" => {
                let ids: Vec<String> = people.split(',').filter(|p| !p.is_empty()).map(str::to_owned).collect();
                Audience::People(service::parse_people(&ids).ok_or_else(|| wrong("documents-error-people"))?)
            }
            _ => return Err(wrong("documents-error-audience")),
        };
        let seen = Seen { readers: (!readers.is_empty()).then_some(readers), ..seen(&revision)? };
        let document = service::publish(&ctx, id, &seen, wanted).await?;
        let text = ctx.with("documents-published-toast", &[("title", document.title.clone().into())]);
        let ask = then == "approval" && approvals::may_ask(&ctx, &document);
        let page = if ask { paths::staff_document_approval(id) } else { paths::staff_document(id) };
        Ok(Done::to(page).saying(text))
    })
    .await
}

/// What was chosen, as the page was made from it.
fn items(ids: &[String], revisions: &[String], readers: &[String]) -> Result<Vec<Item>, AppError> {
    let item = |(at, id): (usize, &String)| {
        let revision = revisions.get(at).map(String::as_str).unwrap_or_default();
        let readers = readers.get(at).filter(|text| !text.is_empty()).cloned();
        Ok(Item { id: parse_id(id)?, seen: Seen { readers, ..seen(revision)? } })
    };
    ids.iter().enumerate().map(item).collect()
}

/// Publishes the chosen documents to everyone of their organisations.
#[server(prefix = "/_fn", endpoint = "documents/bulk_publish")]
pub async fn bulk_publish(
    #[server(default)] ids: Vec<String>,
    #[server(default)] revisions: Vec<String>,
    #[server(default)] readers: Vec<String>,
) -> Result<(), ServerFnError> {
    act(Form::on("bulk", paths::staff_documents_bulk(&ids)), async move |ctx| {
        let count = bulk::publish(&ctx, &items(&ids, &revisions, &readers)?).await?;
        let text = ctx.with("bulk-published-toast", &[("count", count.into())]);
        Ok(Done::to(paths::STAFF_DOCUMENTS).saying(text))
    })
    .await
}

/// Moves the chosen documents into a category.
#[server(prefix = "/_fn", endpoint = "documents/bulk_move")]
pub async fn bulk_move(
    #[server(default)] ids: Vec<String>,
    #[server(default)] revisions: Vec<String>,
    #[server(default)] category: String,
) -> Result<(), ServerFnError> {
    act(Form::on("bulk", paths::staff_documents_bulk(&ids)), async move |ctx| {
        let wanted = items(&ids, &revisions, &[])?;
        // What is not visible is not found, whatever else is wrong.
        bulk::chosen(&ctx, &wanted.iter().map(|item| item.id).collect::<Vec<_>>()).await?;
        let category = Category::parse(&category)
            .ok_or_else(|| AppError::Invalid(FieldErrors::one("category", ctx.t("documents-error-category"))))?;
        let count = bulk::move_to(&ctx, &wanted, category).await?;
        let text = ctx.with("bulk-moved-toast", &[("count", count.into())]);
        Ok(Done::to(paths::STAFF_DOCUMENTS).saying(text))
    })
    .await
}

/// Gives the chosen documents these tags too.
#[server(prefix = "/_fn", endpoint = "documents/bulk_tag")]
pub async fn bulk_tag(
    #[server(default)] ids: Vec<String>,
    #[server(default)] revisions: Vec<String>,
    #[server(default)] tags: String,
) -> Result<(), ServerFnError> {
    let form = Form::on("bulk-tag", paths::staff_documents_bulk(&ids)).value("tags", tags.clone());
    act(form, async move |ctx| {
        let count = bulk::tag(&ctx, &items(&ids, &revisions, &[])?, &tags::split(&tags)).await?;
        let text = ctx.with("bulk-tagged-toast", &[("count", count.into())]);
        Ok(Done::to(paths::STAFF_DOCUMENTS).saying(text))
    })
    .await
}

/// Takes a document back.
#[server(prefix = "/_fn", endpoint = "documents/withdraw")]
pub async fn withdraw_document(
    #[server(default)] id: String,
    #[server(default)] revision: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&id, paths::staff_document);
    act(Form::on("withdraw", page.clone()), async move |ctx| {
        let document = service::withdraw(&ctx, parse_id(&id)?, &seen(&revision)?).await?;
        let text = ctx.with("documents-withdrawn-toast", &[("title", document.title.into())]);
        Ok(Done::to(page).saying(text))
    })
    .await
}
