//! `/staff/imports/{id}`: first what would happen, then what happens, then what did.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::i18n::format;
use crate::imports::model::{Look, Run, State};
use crate::imports::{mapping, service};
use crate::notifications::{self, Object};
use crate::paths;
use crate::ui::{
    ButtonKind, ChoiceGroup, ConfirmDialog, DialogCancel, LinkButton, Notice, PageHead, Panel, Place, RadioCard,
    SubmitButton, Tone,
};

use super::{parts, reading, results};

/// Rows of the results on a page.
const PER_PAGE: i64 = 50;

/// One run.
#[component]
pub fn StaffImportPage() -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string());
    page(async move |ctx, visit| show(ctx, visit, nonce).await)
}

async fn show(ctx: Ctx, visit: Visit, nonce: Option<String>) -> Result<Page, AppError> {
    let ctx = &ctx;
    let run = service::find(ctx, visit.id("id")?).await?;
    notifications::seen(ctx, Object::Import(run.id)).await;
    let manages = service::manages(ctx);
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let main = match run.state {
        state if state.moves() => moving(ctx, &run, nonce),
        State::Ready => ready(ctx, &visit, &run, manages).await?,
        _ => ended(ctx, &visit, &run).await?,
    };
    let actions = manages.then(|| acts(ctx, &run));
    let at = run.created_at;
    let mut facts = vec![ctx.t(run.kind.label_key()).to_owned(), parts::who(ctx, &run), ctx.date_time(at)];
    facts.push(format::size(ctx.locale, run.size));
    facts.extend(parts::duration(ctx, &run));
    let title = run.file_name.clone();
    let body = view! {
        <PageHead title=title.clone() meta=facts.join(" · ") badge=parts::badge(ctx, &run)>{actions}</PageHead>
        {problem}
        {main}
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_IMPORTS.to_owned(), ctx.t("imports-title").to_owned())];
    Ok(Page { title, place: Place::Imports, crumbs, todo: None, body })
}

/// The portal is at it: how far.
fn moving(ctx: &Ctx, run: &Run, nonce: Option<String>) -> Markup {
    let (done, total) = service::progress(ctx, run);
    let key = match run.state {
        State::Checking => "imports-moving-checking",
        State::Waiting => "imports-moving-waiting",
        State::Undoing => "imports-moving-undoing",
        _ => "imports-moving-running",
    };
    let known = done > 0 && run.state != State::Undoing;
    let words = if known {
        ctx.with("imports-progress", &[("done", done.into()), ("total", total.into())])
    } else {
        ctx.t(key).to_owned()
    };
    let value = known.then(|| done.to_string());
    view! {
        <Panel id="progress" title=ctx.t(key)>
            <div class="panel-body stack" data-progress=run.state.name()>
                <progress class="bar" max=total.max(1).to_string() value=value aria-label=ctx.t(key)></progress>
                <p role="status">{words}</p>
                <p class="meta">{ctx.t("imports-moving-hint")}</p>
            </div>
            <div class="panel-foot cluster"><LinkButton href=paths::staff_import(run.id)>{ctx.t("imports-refresh")}</LinkButton></div>
        </Panel>
        {nonce.map(|nonce| view! { <script nonce=nonce defer=true src=crate::assets::url("progress.js")></script> })}
    }
    .into_markup()
}

fn tile(ctx: &Ctx, key: &'static str, count: i64, mine: bool) -> Markup {
    view! { <div class=mine.then_some("is-mine")><dt>{ctx.t(key)}</dt><dd class="num">{count}</dd></div> }.into_markup()
}

/// How many did what, or would.
fn counts(ctx: &Ctx, run: &Run) -> Markup {
    let counts = run.counts;
    view! {
        <dl class="factbar">
            {tile(ctx, "imports-tab-created", counts.created, false)}
            {tile(ctx, "imports-tab-changed", counts.changed, false)}
            {tile(ctx, "imports-tab-unchanged", counts.unchanged, false)}
            {tile(ctx, "imports-rejected", counts.rejected, counts.rejected > 0)}
        </dl>
    }
    .into_markup()
}

async fn listed(ctx: &Ctx, visit: &Visit, run: &Run) -> Result<Markup, AppError> {
    let shown = match visit.query.get("result") {
        None => None,
        Some(result @ ("rejected" | "change" | "create")) => Some(result),
        Some(_) => return Err(AppError::NotFound),
    };
    let after = visit.query.get("after").map(|text| text.parse().map_err(|_| AppError::NotFound)).transpose()?;
    let (rows, more) = service::rows(ctx, run, shown, after, PER_PAGE).await?;
    Ok(results::panel(ctx, run, shown, &rows, more))
}

/// It was looked through: what would happen, and the decision.
async fn ready(ctx: &Ctx, visit: &Visit, run: &Run, manages: bool) -> Result<Markup, AppError> {
    let look: Option<Look> = service::look(ctx, run).await?;
    let reading = look.as_ref().and_then(|look| look.read(run.kind, &run.mapping()).ok());
    let problem = parts::problem(ctx, run)
        .map(|text| view! { <Notice tone=Tone::Bad title=text><p>{ctx.t("imports-problem-advice")}</p></Notice> });
    let fine = run.problem().is_none();
    let results = if fine { Some((counts(ctx, run), listed(ctx, visit, run).await?)) } else { None };
    let (tiles, rows) = results.unzip();
    let decide = (fine && manages).then(|| decision(ctx, run));
    let preview =
        look.as_ref().zip(reading.as_ref()).and_then(|(look, reading)| reading::preview(ctx, run, look, reading));
    let recognised = look.as_ref().map(|look| reading::recognised(ctx, run, look, reading.as_ref()));
    let kept = mapping::list(ctx, run.kind).await?;
    let saved = manages.then(|| reading::saved(ctx, run, &kept)).flatten();
    let form = look.as_ref().filter(|_| manages).map(|look| reading::form(ctx, visit, run, look, reading.as_ref()));
    Ok(view! { {problem}{tiles}{decide}{preview}{recognised}{saved}{form}{rows} }.into_markup())
}

/// Import now: all or nothing, or without what is wrong.
fn decision(ctx: &Ctx, run: &Run) -> Markup {
    let counts = run.counts;
    let nothing = counts.created + counts.changed == 0;
    if nothing {
        let key = if counts.rejected > 0 { "imports-nothing-right" } else { "imports-nothing-new" };
        return view! { <Notice tone=Tone::Idle title=ctx.t(key) /> }.into_markup();
    }
    let choice = (counts.rejected > 0).then(|| {
        let skip = ctx.with("imports-wrong-skip-meta", &[("count", (counts.created + counts.changed).into())]);
        view! {
            <ChoiceGroup id="wrong" legend=ctx.with("imports-wrong", &[("count", counts.rejected.into())])>
                <RadioCard name="wrong" value="all" label=ctx.t("imports-wrong-all") meta=ctx.t("imports-wrong-all-meta") checked=true />
                <RadioCard name="wrong" value="skip" label=ctx.t("imports-wrong-skip") meta=skip />
            </ChoiceGroup>
        }
    });
    let whole = (counts.rejected == 0).then(|| view! { <p>{ctx.t("imports-all-right")}</p> });
    view! {
        <Panel id="decide" title=ctx.t("imports-decide") mine=true>
            <form method="post" action="/_fn/imports/start">
                <input type="hidden" name="id" value=run.id.to_string() />
                <div class="panel-body">{choice}{whole}</div>
                <div class="panel-foot cluster">
                    <SubmitButton kind=ButtonKind::Primary>{ctx.t("imports-start")}</SubmitButton>
                    <span class="meta">{parts::counts(ctx, run)}</span>
                </div>
            </form>
        </Panel>
    }
    .into_markup()
}

/// What it did, or why it did not.
async fn ended(ctx: &Ctx, visit: &Visit, run: &Run) -> Result<Markup, AppError> {
    let failed = run.state == State::Failed;
    let advice = match run.problem() {
        Some(("rejected", _)) => Some("imports-advice-rejected"),
        Some(("cut", _)) => Some("imports-advice-cut"),
        Some(("touched" | "attached", _)) => Some("imports-advice-touched"),
        _ => None,
    };
    let problem = parts::problem(ctx, run).map(|text| {
        let tone = if failed { Tone::Bad } else { Tone::Warn };
        let advice = advice.map(|key| view! { <p>{ctx.t(key)}</p> });
        view! { <Notice tone=tone title=text>{advice}</Notice> }
    });
    let counts = counts(ctx, run);
    let rows = listed(ctx, visit, run).await?;
    let hash = run.sha256_hex();
    Ok(view! {
        {problem}
        {counts}
        {rows}
        <Panel id="facts" title=ctx.t("imports-facts")>
            <dl class="panel-body facts"><div><dt>"SHA-256"</dt><dd class="hash">{hash}</dd></div></dl>
        </Panel>
    }
    .into_markup())
}

/// What can be done with it.
fn acts(ctx: &Ctx, run: &Run) -> Markup {
    let locale = ctx.locale;
    let id = run.id.to_string();
    if run.can_be_undone() {
        let text = ctx.with(
            "imports-undo-text",
            &[("created", run.counts.created.into()), ("changed", run.counts.changed.into())],
        );
        return view! {
            <ConfirmDialog locale=locale id="undo" title=ctx.t("imports-undo-title") trigger_label=ctx.t("imports-undo")>
                <form method="post" action="/_fn/imports/undo">
                    <input type="hidden" name="id" value=id />
                    <div class="dialog-body"><p>{text}</p></div>
                    <div class="dialog-foot"><DialogCancel locale=locale dialog="undo" /><SubmitButton kind=ButtonKind::Danger>{ctx.t("imports-undo")}</SubmitButton></div>
                </form>
            </ConfirmDialog>
        }
        .into_markup();
    }
    if run.can_be_run_again() {
        return view! {
            <form method="post" action="/_fn/imports/again"><input type="hidden" name="id" value=id /><SubmitButton kind=ButtonKind::Primary>{ctx.t("imports-again")}</SubmitButton></form>
        }
        .into_markup();
    }
    if run.state == State::Ready {
        return view! {
            <form method="post" action="/_fn/imports/discard"><input type="hidden" name="id" value=id /><SubmitButton>{ctx.t("imports-discard")}</SubmitButton></form>
        }
        .into_markup();
    }
    ().into_markup()
}
