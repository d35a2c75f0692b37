//! `/staff/documents/new`: customer, category, title, file; the result is a draft.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::ctx::Ctx;
use crate::documents::service;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::i18n::format;
use crate::organisation::{choice, service as organisation};
use crate::paths;
use crate::ui::{
    ButtonKind, ErrorSummary, FileField, Notice, PageHead, Place, SelectField, SelectOption, SubmitButton, TextField,
    Tone,
};
use crate::uploads;
use crate::uploads::model::Kind;

/// The form for a new document.
#[component]
pub fn StaffDocumentNewPage() -> impl IntoView {
    page(new)
}

async fn new(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    let categories = service::categories_to_create(&ctx.actor);
    if categories.is_empty() {
        return Err(AppError::Forbidden);
    }
    let flash = &visit.flash;
    let typed = |field: &str| flash.value(field).or_else(|| visit.query.get(field)).unwrap_or_default().to_owned();
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let chosen = flash.value("organisation_id").or_else(|| visit.query.get("organisation")).unwrap_or_default();
    let mut options = vec![SelectOption {
        value: String::new(),
        label: ctx.t("documents-choose").to_owned(),
        selected: chosen.is_empty(),
    }];
    options.extend(choice::options(ctx, chosen).await?);
    let category = typed("category");
    let mut kinds = vec![SelectOption {
        value: String::new(),
        label: ctx.t("documents-choose").to_owned(),
        selected: category.is_empty(),
    }];
    kinds.extend(categories.into_iter().map(|c| SelectOption {
        value: c.key().to_owned(),
        label: ctx.t(c.label_key()).to_owned(),
        selected: c.key() == category,
    }));
    let locale = ctx.locale;
    let limit = format::size(locale, i64::try_from(ctx.portal.upload_limit).unwrap_or(i64::MAX));
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("documents-new").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("documents-new-meta") />
        <div class="narrow">
            {problem}
            <ErrorSummary locale=locale errors=flash.errors.clone() />
            // The fields stand before the file: the server knows them when the first byte arrives.
            <form id="upload-form" class="panel" method="post" action=paths::STAFF_DOCUMENTS enctype="multipart/form-data" novalidate=true>
                <div class="panel-body fields">
                    <SelectField name="organisation_id" label=ctx.t("documents-customer") options=options error=error("organisation_id") required=true />
                    <SelectField name="category" label=ctx.t("documents-category") options=kinds error=error("category") required=true />
                    <TextField name="title" label=ctx.t("documents-title") value=typed("title") note=ctx.t("ui-optional") hint=ctx.t("documents-title-hint") error=error("title") maxlength=200 class="field wide" />
                    <FileField name="file" label=ctx.t("documents-file") hint=ctx.with("documents-file-hint", &[("size", limit.into())]) error=error("file") required=true class="field wide" />
                    {uploads::page::camera(ctx)}
                    {uploads::page::list(ctx, Kind::Draft, None, paths::STAFF_DRAFTS)}
                </div>
                <div class="panel-foot cluster">
                    <SubmitButton kind=ButtonKind::Primary>{ctx.t("documents-save-draft")}</SubmitButton>
                    <span class="meta">{ctx.t("documents-draft-internal")}</span>
                </div>
            </form>
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned())];
    Ok(Page { title, place: Place::StaffDocuments, crumbs, todo: None, body })
}
