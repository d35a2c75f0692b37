//! `/staff/requests/{id}`: what was asked, what came, and what staff say to it.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::model::Document;
use crate::documents::page::{rows, who};
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::RequestId;
use crate::notifications::{self, Object};
use crate::organisation::service as organisation;
use crate::paths;
use crate::requests::model::{Asked, Request, State};
use crate::requests::{audience, service};
use crate::ui::{
    ButtonKind, ConfirmDialog, DialogCancel, ErrorSummary, Icon, Notice, PageHead, Panel, PersonRow, Place,
    SubmitButton, TextArea, Tone,
};

use super::parts;

/// The page.
#[component]
pub fn StaffRequestPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisation::require_staff(ctx)?;
    let id: RequestId = visit.id("id")?;
    let request = service::find(ctx, id).await?;
    notifications::seen(ctx, Object::Request(id)).await;
    let may = service::may(ctx, &request);
    let people = service::people(ctx, &request).await?;
    let document = service::document(ctx, &request).await?;
    let readers = if may.audience { Some(audience::readers(ctx, id).await?) } else { None };
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = request.title.clone();
    let meta = format!("{}, {}", request.organisation_name, ctx.t(request.category.label_key()));
    let judge = (may.manage && request.state == State::Sent).then(|| judge(ctx, &request, flash));
    let body = view! {
        <PageHead title=title.clone() meta=meta badge=parts::badge(ctx, &request) />
        {problem}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <div class="split">
            <div class="stack">{answer(ctx, &request, document)}{judge}</div>
            <div class="stack">{question(ctx, &request)}{asked(ctx, &people)}{readers.map(|readers| who(ctx, readers))}{may.manage.then(|| take_back(ctx, &request))}</div>
        </div>
    }
    .into_markup();
    let crumbs = vec![
        (paths::STAFF_REQUESTS.to_owned(), ctx.t("requests-title").to_owned()),
        (paths::staff_customer(request.organisation_id), request.organisation_name.clone()),
    ];
    Ok(Page { title, place: Place::Requests, crumbs, todo: None, body })
}

fn answer(ctx: &Ctx, request: &Request, document: Option<Document>) -> Markup {
    let body = match document {
        Some(document) => {
            let by = request.answered_by_name.clone().unwrap_or_default();
            let when = request.answered_at.map(|at| ctx.date_time(at)).unwrap_or_default();
            let said = ctx.with("documents-uploaded-by", &[("name", by.into()), ("when", when.into())]);
            view! {
                <ul class="rows"><li class="linkrow">
                    <span class="docicon"><Icon name=rows::icon(&document) /></span>
                    <div class="grow"><a class="title" href=paths::staff_document(document.id)>{document.file_name.clone().unwrap_or_default()}</a>
                    <p class="meta">{rows::facts(ctx, &document)}</p><p class="meta">{said}</p></div>
                    {rows::state(ctx, &document)}
                </li></ul>
            }
            .into_markup()
        }
        None => {
            view! { <div class="panel-body"><p class="meta">{ctx.t("requests-nothing-yet")}</p></div> }.into_markup()
        }
    };
    let fix = (request.state == State::Fix).then(|| {
        view! { <div class="panel-foot stack-2"><p>{ctx.t("requests-fix-said")}</p><blockquote class="quote">{request.note.clone()}</blockquote></div> }
    });
    view! { <Panel id="answer" title=ctx.t("requests-came")>{body}{fix}</Panel> }.into_markup()
}

/// It is what was asked for, or what is to be put right.
fn judge(ctx: &Ctx, request: &Request, flash: &Flash) -> Markup {
    let (id, same) = (request.id.to_string(), request.id.to_string());
    let typed = flash.value("note").filter(|_| flash.form == "fix").unwrap_or_default().to_owned();
    let error = flash.errors.get("note").map(str::to_owned);
    view! {
        <Panel id="judge" title=ctx.t("requests-judge") mine=true>
            <form method="post" action="/_fn/requests/accept">
                <input type="hidden" name="request" value=id />
                <div class="panel-body"><SubmitButton kind=ButtonKind::Primary><Icon name="circle-check-big" />{ctx.t("requests-accept")}</SubmitButton></div>
            </form>
            <form method="post" action="/_fn/requests/fix" novalidate=true>
                <input type="hidden" name="request" value=same />
                <div class="panel-body stack-4"><TextArea name="note" label=ctx.t("requests-fix-note") hint=ctx.t("requests-fix-hint") value=typed rows=4 error=error required=true maxlength=2000 /></div>
                <div class="panel-foot"><SubmitButton>{ctx.t("requests-ask-again")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}

fn question(ctx: &Ctx, request: &Request) -> Markup {
    let asked = ctx.with(
        "home-asked-by",
        &[("name", request.asked_by_name.clone().into()), ("when", ctx.date(request.asked_at).into())],
    );
    let text =
        (!request.text.is_empty()).then(|| view! { <blockquote class="quote">{request.text.clone()}</blockquote> });
    view! { <Panel id="question" title=ctx.t("requests-wanted")><div class="panel-body stack-4">{parts::due(ctx, request)}{text}<p class="meta">{asked}</p></div></Panel> }
        .into_markup()
}

fn asked(ctx: &Ctx, people: &[Asked]) -> Markup {
    let rows =
        people.iter().map(|person| view! { <li><PersonRow name=person.name.clone() meta="" /></li> }).collect_view();
    view! { <Panel id="asked" title=ctx.t("requests-people") count=people.len().to_string()><div class="panel-body"><ul class="stack-2">{rows}</ul></div></Panel> }
        .into_markup()
}

fn take_back(ctx: &Ctx, request: &Request) -> Markup {
    let locale = ctx.locale;
    let id = request.id.to_string();
    view! {
        <ConfirmDialog locale=locale id="withdraw" title=ctx.t("requests-withdraw-title") trigger_label=ctx.t("requests-withdraw")>
            <form method="post" action="/_fn/requests/withdraw">
                <input type="hidden" name="request" value=id />
                <div class="dialog-body"><p>{ctx.t("requests-withdraw-text")}</p></div>
                <div class="dialog-foot"><DialogCancel locale=locale dialog="withdraw" /><SubmitButton kind=ButtonKind::Danger>{ctx.t("requests-withdraw")}</SubmitButton></div>
            </form>
        </ConfirmDialog>
    }
    .into_markup()
}
