//! `/staff/documents/{id}/approval`: asks people of the customer to agree to the current version.

use std::time::Duration;

use leptos::prelude::*;

use crate::approvals::model::State;
use crate::approvals::service;
use crate::ctx::Ctx;
use crate::documents::model::Reader;
use crate::documents::service as documents;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::DocumentId;
use crate::paths;
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, EmptyState, ErrorSummary, Notice, PageHead, Panel, Place, RadioCard,
    SubmitButton, TextArea, TextField, Tone,
};

/// How long people have where nobody says otherwise.
const USUALLY: Duration = Duration::from_secs(14 * 24 * 3600);

/// The page.
#[component]
pub fn AskApprovalPage() -> impl IntoView {
    page(ask)
}

async fn ask(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: DocumentId = visit.id("id")?;
    let document = documents::find(ctx, id).await?;
    if !service::may_ask(ctx, &document) {
        let unpublished = AppError::Conflict(ctx.t("approval-error-not-published").to_owned());
        let may = documents::may(ctx, &document);
        return Err(if may.publish && document.published_at.is_none() { unpublished } else { AppError::Forbidden });
    }
    let readers = service::candidates(ctx, &document).await?;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("approval-ask-title").to_owned();
    let version = ctx.with("documents-version", &[("number", document.current_version.into())]);
    let meta = format!("{}, {version}, {}", document.title, document.organisation_name);
    let open = service::rounds(ctx, &document).await?.first().is_some_and(|round| round.approval.state == State::Open);
    let body = if open {
        let back = paths::staff_document(id);
        view! { <Notice tone=Tone::Idle title=ctx.t("approval-error-open")><p><a href=back>{ctx.t("approval-to-document")}</a></p></Notice> }.into_any()
    } else if readers.is_empty() {
        view! { <section class="panel"><EmptyState icon="users" title=ctx.t("approval-nobody-title") text=ctx.t("approval-nobody-text") /></section> }.into_any()
    } else {
        form(ctx, id, document.current_version, readers, flash)
    };
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=meta />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {body}
        </div>
    }
    .into_any();
    let crumbs = vec![
        (paths::STAFF_DOCUMENTS.to_owned(), ctx.t("nav-documents").to_owned()),
        (paths::staff_document(id), document.title.clone()),
    ];
    Ok(Page { title, place: Place::StaffDocuments, crumbs, todo: None, body })
}

fn form(ctx: &Ctx, id: DocumentId, version: i64, readers: Vec<Reader>, flash: &Flash) -> AnyView {
    let mine = flash.form == "approval";
    let typed = |field: &str| if mine { flash.value(field).unwrap_or_default().to_owned() } else { String::new() };
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    let chosen = typed("people");
    let rule = if mine { typed("rule") } else { "all".to_owned() };
    let due = if mine { typed("due") } else { day(ctx) };
    let rows = readers
        .into_iter()
        .map(|reader| {
            let value = reader.user_id.to_string();
            let checked = chosen.split(',').any(|person| person == value);
            let mut meta = ctx.t(reader.role_key).to_owned();
            if reader.last_sign_in_at.is_none() {
                meta = format!("{meta}, {}", ctx.t("people-never"));
            }
            view! { <CheckRow name="people[]" value=value label=reader.name meta=meta checked=checked /> }
        })
        .collect_view();
    view! {
        <form class="stack" method="post" action="/_fn/approvals/ask" novalidate=true>
            <input type="hidden" name="document" value=id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            <Panel id="who-approves" title=ctx.t("approval-who")>
                <div class="panel-body stack-4">
                    <ChoiceGroup id="people" legend=ctx.t("approval-who") legend_hidden=true hint=ctx.t("approval-who-hint") error=error("people")>{rows}</ChoiceGroup>
                </div>
            </Panel>
            <Panel id="rule-panel" title=ctx.t("approval-rule")>
                <div class="panel-body stack-4">
                    <ChoiceGroup id="rule" legend=ctx.t("approval-rule") legend_hidden=true>
                        <RadioCard name="rule" value="all" label=ctx.t("approval-choose-all") meta=ctx.t("approval-choose-all-meta") checked={rule == "all"} />
                        <RadioCard name="rule" value="any" label=ctx.t("approval-choose-any") meta=ctx.t("approval-choose-any-meta") checked={rule == "any"} />
                        <RadioCard name="rule" value="count" label=ctx.t("approval-choose-count") meta=ctx.t("approval-choose-count-meta") checked={rule == "count"} />
                    </ChoiceGroup>
                    <div class="rule-count"><TextField name="needed" label=ctx.t("approval-needed") kind="number" value=typed("needed") error=error("needed") /></div>
                </div>
            </Panel>
            <Panel id="deadline-panel" title=ctx.t("approval-deadline")>
                <div class="panel-body stack-4">
                    <TextField name="due" label=ctx.t("approval-due") kind="date" value=due error=error("due") hint=ctx.t("approval-due-hint") required=true />
                    <TextArea name="message" label=ctx.t("approval-message") note=ctx.t("ui-optional") value=typed("message") rows=4 error=error("message") maxlength=2000 />
                </div>
                <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("approval-ask-submit")}</SubmitButton></div>
            </Panel>
        </form>
    }
    .into_any()
}

/// The usual deadline as a date field takes it.
fn day(ctx: &Ctx) -> String {
    ctx.now().plus(USUALLY).timestamp().to_zoned(ctx.zone.clone()).date().to_string()
}
