//! `/requests/{id}`: what is asked for, and sending it.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::categories;
use crate::ctx::Ctx;
use crate::documents::page::who;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::i18n::format;
use crate::ids::RequestId;
use crate::notifications::{self, Object};
use crate::paths;
use crate::requests::model::{Request, State};
use crate::requests::{audience, service};
use crate::ui::{
    ButtonKind, ErrorSummary, FileField, LinkButton, Notice, PageHead, Panel, Place, SubmitButton, TextField, Tone,
};

use crate::uploads;
use crate::uploads::model::Kind;

use super::parts;

/// The page.
#[component]
pub fn RequestPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let id: RequestId = visit.id("id")?;
    let request = service::find(ctx, id).await?;
    notifications::seen(ctx, Object::Request(id)).await;
    visit.is_in(request.organisation_id);
    let may = service::may(ctx, &request);
    let document = service::document(ctx, &request).await?;
    let readers = if may.audience { Some(audience::readers(ctx, id).await?) } else { None };
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let fix = (request.state == State::Fix).then(|| {
        let note = request.note.clone();
        view! { <Notice tone=Tone::Warn title=ctx.t("requests-fix-title")><blockquote class="quote">{note}</blockquote></Notice> }
    });
    let asked = ctx.with(
        "home-asked-by",
        &[("name", request.asked_by_name.clone().into()), ("when", ctx.date(request.asked_at).into())],
    );
    let text =
        (!request.text.is_empty()).then(|| view! { <blockquote class="quote">{request.text.clone()}</blockquote> });
    let sent = document.map(|document| {
        view! { <p><a href=paths::document(document.id)>{ctx.t("requests-to-document")}</a></p> }
    });
    let closed = (!may.answer).then(|| {
        let key = match request.state {
            State::Sent => "requests-sent-text",
            State::Accepted => "requests-accepted-text",
            State::Withdrawn => "requests-withdrawn-text",
            State::Open | State::Fix => "requests-not-yours",
        };
        view! { <p>{ctx.t(key)}</p> }
    });
    let title = request.title.clone();
    let (badge, due) = (parts::badge(ctx, &request), parts::due(ctx, &request));
    let form = may.answer.then(|| form(ctx, &request, flash));
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=asked badge=badge />
            {problem}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            {fix}
            <Panel id="request" title=ctx.t("requests-wanted") mine=may.answer>
                <div class="panel-body stack-4">{due}{text}{closed}{sent}</div>
            </Panel>
            {form}
            {readers.map(|readers| who(ctx, readers))}
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Home, crumbs: vec![], todo: None, body })
}

fn form(ctx: &Ctx, request: &Request, flash: &Flash) -> Markup {
    let rules = ctx.portal.categories.get().of(request.category);
    let limit = format::size(ctx.locale, i64::try_from(rules.limit(ctx.portal.upload_limit)).unwrap_or(i64::MAX));
    let hint = if rules.takes_all() {
        ctx.with("documents-file-hint", &[("size", limit.into())])
    } else {
        let kinds = categories::service::kinds_in_words(ctx, &rules);
        ctx.with("documents-file-hint-kinds", &[("kinds", kinds.into()), ("size", limit.into())])
    };
    let note = flash.value("note").filter(|_| flash.form == "answer").unwrap_or_default().to_owned();
    let error = |field: &str| flash.errors.get(field).map(str::to_owned);
    view! {
        <Panel id="send" title=ctx.t("requests-send-title")>
            <form id="upload-form" method="post" action=paths::request_file(request.id) enctype="multipart/form-data" novalidate=true>
                <div class="panel-body stack-4">
                    <TextField name="note" label=ctx.t("requests-note") note=ctx.t("ui-optional") value=note error=error("note") maxlength=500 />
                    <FileField name="file" label=ctx.t("documents-file") hint=hint error=error("file") required=true />
                    {uploads::page::camera(ctx)}
                    {uploads::page::list(ctx, Kind::Request, Some(request.id.to_string()), paths::HOME)}
                    <p class="meta">{ctx.t("requests-who-sees")}</p>
                </div>
                <div class="panel-foot cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("requests-send")}</SubmitButton><LinkButton href=paths::HOME>{ctx.t("ui-cancel")}</LinkButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}
