//! `/staff/documents/{id}`: one document as staff maintain it.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::approvals;
use crate::arrivals;
use crate::categories;
use crate::ctx::Ctx;
use crate::day::Day;
use crate::documents::islands::UploadProgress;
use crate::documents::model::{Category, Document, State};
use crate::documents::service::{self, May};
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::i18n::format;
use crate::ids::DocumentId;
use crate::notifications::{self, Object};
use crate::organisation::service as organisation;
use crate::paths;
use crate::preview;
use crate::retention;
use crate::ui::{
    ButtonKind, ConfirmDialog, DialogCancel, ErrorSummary, FileField, Icon, LinkButton, Notice, PageHead, Panel, Place,
    SelectField, SelectOption, SubmitButton, TextField, Tone,
};
use crate::validity;

use super::detail::who;
use super::rows;
use super::versions::versions;

/// A document's staff page.
#[component]
pub fn StaffDocumentPage() -> impl IntoView {
    page(document)
}

async fn document(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: DocumentId = visit.id("id")?;
    // Looked for first: to somebody who may not see it, it is not there on this page either.
    let document = service::find(ctx, id).await?;
    organisation::require_staff(ctx)?;
    notifications::seen(ctx, Object::Document(id)).await;
    let listed = service::versions(ctx, &document, i64::MAX, 50).await?;
    let may = service::may(ctx, &document);
    let readers = if may.audience { Some(service::readers_of(ctx, document.clone()).await?) } else { None };
    let shown = preview::page::panel(ctx, &document, &listed, &visit.query).await?;
    let rounds = approvals::service::rounds(ctx, &document).await?;
    let held = retention::service::held(ctx, &document).await?;
    let mark = arrivals::service::mark(ctx, &document).await?;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let locale = ctx.locale;
    let meta = format!("{}, {}", document.organisation_name, ctx.t(document.category.label_key()));
    let publish = may.publish.then(|| {
        let (key, kind) = match document.state {
            State::Published => ("documents-change-audience", ButtonKind::Secondary),
            _ => ("staff-publish", ButtonKind::Primary),
        };
        view! { <LinkButton href=paths::staff_document_publish(id) kind=kind>{ctx.t(key)}</LinkButton> }
    });
    let preview = (document.state == State::Published)
        .then(|| view! { <LinkButton href=paths::document(id)>{ctx.t("documents-as-reader")}</LinkButton> });
    let title = document.title.clone();
    let versions = if listed.is_empty() {
        view! { <Notice tone=Tone::Warn title=ctx.t("documents-no-file-title")>{ctx.t("documents-no-file-text")}</Notice> }.into_markup()
    } else {
        versions(ctx, &document, &listed, may.upload)
    };
    let body = view! {
        <PageHead title=title.clone() meta=meta badge=rows::state_badge(ctx, &document)>{preview}{publish}</PageHead>
        {problem}
        <ErrorSummary locale=locale errors=flash.errors.clone() />
        <div class="split">
            <div class="stack">
                {versions}
                {shown}
                {may.upload.then(|| upload(ctx, &document, flash))}
                {may.edit.then(|| edit(ctx, &document, flash))}
            </div>
            <div class="stack">
                {mark.map(|mark| arrivals::page::panel(ctx, &document, &mark))}
                {state_panel(ctx, &document, may)}
                {approvals::page::staff_panel(ctx, &document, &rounds)}
                {may.edit.then(|| hold(ctx, &document, held, flash))}
                {may.audience.then(|| view! { <p><a href=paths::document_history(id)>{ctx.t("history-link")}</a></p> })}
                {readers.filter(|_| document.state == State::Published).map(|readers| who(ctx, readers))}
            </div>
        </div>
    }
    .into_markup();
    let crumbs = vec![
        (paths::STAFF_DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned()),
        (paths::staff_customer(document.organisation_id), document.organisation_name.clone()),
    ];
    Ok(Page { title, place: Place::StaffDocuments, crumbs, todo: None, body })
}

fn upload(ctx: &Ctx, document: &Document, flash: &Flash) -> Markup {
    let rules = ctx.portal.categories.get().of(document.category);
    let limit = format::size(ctx.locale, i64::try_from(rules.limit(ctx.portal.upload_limit)).unwrap_or(i64::MAX));
    let hint = if rules.takes_all() {
        ctx.with("documents-file-hint", &[("size", limit.into())])
    } else {
        let kinds = categories::service::kinds_in_words(ctx, &rules);
        ctx.with("documents-file-hint-kinds", &[("kinds", kinds.into()), ("size", limit.into())])
    };
    let warning = (document.state == State::Published)
        .then(|| view! { <p class="meta">{ctx.t("documents-replaces-at-once")}</p> });
    let error = flash.errors.get("file").map(str::to_owned);
    let note = flash.value("note").filter(|_| flash.form == "new-version").unwrap_or_default().to_owned();
    let progress = view! {
        <UploadProgress
            form="upload-form".to_owned()
            uploading=ctx.t("upload-uploading").to_owned()
            finishing=ctx.t("upload-finishing").to_owned()
            failed=ctx.t("upload-failed").to_owned()
            cancel=ctx.t("ui-cancel").to_owned()
        />
    }
    .into_island_markup();
    view! {
        <Panel id="new-version" title=ctx.t("documents-new-version")>
            <form id="upload-form" method="post" action=paths::staff_document_versions(document.id) enctype="multipart/form-data" novalidate=true>
                <div class="panel-body stack-4"><TextField name="note" label=ctx.t("documents-note") hint=ctx.t("documents-note-hint") value=note error=flash.errors.get("note").map(str::to_owned) maxlength=500 /><FileField name="file" label=ctx.t("documents-file") hint=hint error=error required=true />{warning}</div>
                <div class="panel-foot"><SubmitButton>{ctx.t("documents-upload")}</SubmitButton></div>
                {progress}
            </form>
        </Panel>
    }
    .into_markup()
}

fn edit(ctx: &Ctx, document: &Document, flash: &Flash) -> Markup {
    let mine = flash.form == "edit";
    let value = |field: &str, stored: &str| {
        if mine { flash.value(field).unwrap_or(stored).to_owned() } else { stored.to_owned() }
    };
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let tags = document.tags().collect::<Vec<_>>().join(", ");
    let category = value("category", document.category.key());
    let mut offered = service::categories_to_create(&ctx.actor);
    if !offered.contains(&document.category) {
        offered.insert(0, document.category);
    }
    let options = offered
        .into_iter()
        .map(|c: Category| SelectOption {
            value: c.key().to_owned(),
            label: ctx.t(c.label_key()).to_owned(),
            selected: c.key() == category,
        })
        .collect::<Vec<_>>();
    view! {
        <Panel id="details" title=ctx.t("documents-details")>
            <form method="post" action="/_fn/documents/edit" novalidate=true>
                <input type="hidden" name="id" value=document.id.to_string() />
                <input type="hidden" name="revision" value=document.revision.to_string() />
                <div class="panel-body fields">
                    <TextField name="title" label=ctx.t("documents-title") value=value("title", &document.title) error=flash.errors.get("title").map(str::to_owned) maxlength=200 required=true class="field wide" />
                    <SelectField name="category" label=ctx.t("documents-category") options=options error=flash.errors.get("category").map(str::to_owned) />
                    <TextField name="valid_from" label=ctx.t("validity-from") kind="date" note=ctx.t("ui-optional") value=value("valid_from", &day(document.valid_from)) error=flash.errors.get("valid_from").map(str::to_owned) />
                    <TextField name="valid_until" label=ctx.t("validity-until") kind="date" note=ctx.t("ui-optional") value=value("valid_until", &day(document.valid_until)) error=flash.errors.get("valid_until").map(str::to_owned) />
                    <TextField name="notice_days" label=ctx.t("validity-notice") kind="number" hint=ctx.t("validity-notice-hint") value=value("notice_days", &document.notice_days.to_string()) error=flash.errors.get("notice_days").map(str::to_owned) />
                    <TextField name="tags" label=ctx.t("tags-title") note=ctx.t("ui-optional") hint=ctx.t("tags-hint") value=value("tags", &tags) error=flash.errors.get("tags").map(str::to_owned) maxlength=500 class="field wide" />
                </div>
                <div class="panel-foot"><SubmitButton>{ctx.t("documents-save")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}

/// Keeping it in spite of the rules.
fn hold(ctx: &Ctx, document: &Document, held: Option<String>, flash: &Flash) -> Markup {
    let id = document.id.to_string();
    let body = match held {
        Some(reason) => view! {
            <form method="post" action="/_fn/retention/hold">
                <input type="hidden" name="document" value=id />
                <input type="hidden" name="release" value="yes" />
                <div class="panel-body stack-4"><p>{ctx.t("retention-held")}</p><blockquote class="quote">{reason}</blockquote></div>
                <div class="panel-foot"><SubmitButton>{ctx.t("retention-release")}</SubmitButton></div>
            </form>
        }
        .into_markup(),
        None => {
            let mine = flash.form == "hold";
            let typed = if mine { flash.value("reason").unwrap_or_default().to_owned() } else { String::new() };
            view! {
                <form method="post" action="/_fn/retention/hold" novalidate=true>
                    <input type="hidden" name="document" value=id />
                    <div class="panel-body stack-4"><TextField name="reason" label=ctx.t("retention-reason") hint=ctx.t("retention-reason-hint") value=typed error=flash.errors.get("reason").map(str::to_owned) maxlength=500 required=true /></div>
                    <div class="panel-foot"><SubmitButton>{ctx.t("retention-hold")}</SubmitButton></div>
                </form>
            }
            .into_markup()
        }
    };
    view! { <details class="panel"><summary class="panel-head"><h2>{ctx.t("retention-hold-title")}</h2><Icon name="chevron-down" /></summary>{body}</details> }.into_markup()
}

fn state_panel(ctx: &Ctx, document: &Document, may: May) -> Markup {
    let text = match document.state {
        State::Draft => ctx.t("documents-draft-internal").to_owned(),
        State::Withdrawn => ctx.t("documents-withdrawn-text").to_owned(),
        State::Published => {
            let when = document.published_at.map(|at| ctx.date_time(at)).unwrap_or_default();
            ctx.with("documents-published-on", &[("when", when.into())])
        }
    };
    let locale = ctx.locale;
    let withdraw = may.withdraw.then(|| {
        let (id, revision) = (document.id.to_string(), document.revision.to_string());
        view! {
            <ConfirmDialog locale=locale id="withdraw" title=ctx.t("documents-withdraw-title") trigger_label=ctx.t("documents-withdraw")>
                <form method="post" action="/_fn/documents/withdraw">
                    <input type="hidden" name="id" value=id />
                    <input type="hidden" name="revision" value=revision />
                    <div class="dialog-body"><p>{ctx.t("documents-withdraw-text")}</p></div>
                    <div class="dialog-foot"><DialogCancel locale=locale dialog="withdraw" /><SubmitButton kind=ButtonKind::Danger>{ctx.t("documents-withdraw")}</SubmitButton></div>
                </form>
            </ConfirmDialog>
        }
    });
    let refused = (!may.edit && !may.publish).then(|| view! { <p class="meta">{ctx.t("documents-read-only")}</p> });
    let holds = validity::page::status(ctx, document);
    view! { <Panel id="state" title=ctx.t("documents-column-status")><div class="panel-body stack-4"><p>{text}</p>{holds}{refused}{withdraw}</div></Panel> }.into_markup()
}
