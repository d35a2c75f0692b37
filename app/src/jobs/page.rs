//! Staff pages of the queue: what waits, runs and failed, and one job.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::JobId;
use crate::paths;
use crate::time::Instant;
use crate::ui::{
    Badge, ButtonKind, ConfirmDialog, DialogCancel, EmptyState, MorePager, Notice, PageHead, Panel, Place, SelectField,
    SelectOption, Status, SubmitButton, Tone,
};

use super::model::{Kind, Row, State};
use super::service::{self, Count, Filter};

const PER_PAGE: i64 = 50;

/// `/staff/jobs`.
#[component]
pub fn JobsPage() -> impl IntoView {
    page(jobs)
}

/// `/staff/jobs/{id}`.
#[component]
pub fn JobPage() -> impl IntoView {
    page(job)
}

fn address(state: Option<State>, kind: Option<&str>, before: Option<JobId>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if let Some(state) = state {
        query.append_pair("state", state.name());
    }
    if let Some(kind) = kind {
        query.append_pair("kind", kind);
    }
    if let Some(before) = before {
        query.append_pair("before", &before.to_string());
    }
    let query = query.finish();
    if query.is_empty() { paths::STAFF_JOBS.to_owned() } else { format!("{}?{query}", paths::STAFF_JOBS) }
}

async fn jobs(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let query = &visit.query;
    let state = query.get("state").map(|s| State::parse(s).ok_or(AppError::NotFound)).transpose()?;
    let kind = query.get("kind").map(|k| Kind::parse(k).ok_or(AppError::NotFound)).transpose()?;
    let before = query.get("before").map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    let name = kind.map(Kind::name);
    let filter = Filter { state, kind: name.map(str::to_owned), before, limit: PER_PAGE };
    let (rows, more) = service::list(ctx, &filter).await?;
    let counts = service::counts(ctx).await?;
    let manages = service::manages(ctx);
    let next = rows.last().filter(|_| more).map(|last| address(state, name, Some(last.id)));
    let newest = before.map(|_| address(state, name, None));
    let locale = ctx.locale;
    let tabs = State::ALL.map(|s| {
        let current = (state == Some(s)).then_some("page");
        view! { <a href=address(Some(s), name, None) aria-current=current>{ctx.t(tab_key(s))}</a> }
    });
    let all = state.is_none().then_some("page");
    let mut options = vec![SelectOption {
        value: String::new(),
        label: ctx.t("jobs-all-kinds").to_owned(),
        selected: kind.is_none(),
    }];
    options.extend(Kind::ALL.map(|k| SelectOption {
        value: k.name().to_owned(),
        label: ctx.t(k.label_key()).to_owned(),
        selected: kind == Some(k),
    }));
    let list = if rows.is_empty() {
        view! { <EmptyState icon="circle-check-big" title=ctx.t("jobs-empty-title") text=ctx.t("jobs-empty-text") /> }
            .into_markup()
    } else {
        view! { {table(ctx, &rows)}<MorePager locale=locale next_href=next newest_href=newest /> }.into_markup()
    };
    let dead = counts.dead.jobs;
    let failed = (dead > 0).then(|| {
        let title = ctx.with("jobs-dead-notice", &[("count", dead.into())]);
        view! { <Notice tone=Tone::Bad title=title><p>{ctx.t("jobs-dead-text")}</p></Notice> }
    });
    let retry = manages.then(|| {
        view! {
            <form method="post" action="/_fn/jobs/retry_failed">
                <SubmitButton kind={if dead > 0 { ButtonKind::Primary } else { ButtonKind::Secondary }}>{ctx.t("jobs-retry-failed")}</SubmitButton>
            </form>
        }
    });
    let fact = |key: &'static str, count: Count, mine: bool| {
        let since = count.oldest.map(|at| ctx.with("jobs-oldest", &[("age", age(ctx, at).into())]));
        view! {
            <div class=mine.then_some("is-mine")>
                <dt>{ctx.t(key)}</dt><dd class="num">{count.jobs}</dd><dd class="meta">{since}</dd>
            </div>
        }
    };
    let title = ctx.t("nav-jobs").to_owned();
    let hidden = state.map(|s| view! { <input type="hidden" name="state" value=s.name() /> });
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("jobs-meta")>{retry}</PageHead>
        {failed}
        <dl class="factbar">
            {fact("jobs-count-dead", counts.dead, dead > 0)}
            {fact("jobs-count-waiting", counts.waiting, false)}
            {fact("jobs-count-running", counts.running, false)}
        </dl>
        <nav class="tabs" aria-label=ctx.t("jobs-state")><a href=address(None, name, None) aria-current=all>{ctx.t("jobs-tab-all")}</a>{tabs.into_iter().collect_view()}</nav>
        <form class="filters" method="get" action=paths::STAFF_JOBS>
            {hidden}
            <SelectField name="kind" label=ctx.t("jobs-kind") options=options />
            <SubmitButton>{ctx.t("jobs-filter")}</SubmitButton>
        </form>
        <section class="panel">{list}</section>
    }
    .into_markup();
    Ok(Page { title, place: Place::Jobs, crumbs: vec![], todo: None, body })
}

fn table(ctx: &Ctx, rows: &[Row]) -> Markup {
    let rows = rows.iter().map(|row| list_row(ctx, row)).collect_view();
    view! {
        <table class="table cards" role="table">
            <thead role="rowgroup"><tr role="row">
                <th scope="col" role="columnheader">{ctx.t("jobs-work")}</th>
                <th scope="col" role="columnheader">{ctx.t("jobs-state")}</th>
                <th scope="col" role="columnheader">{ctx.t("jobs-attempts")}</th>
                <th scope="col" role="columnheader">{ctx.t("jobs-created")}</th>
            </tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_markup()
}

fn list_row(ctx: &Ctx, row: &Row) -> Markup {
    let (tone, glyph, word) = standing(ctx, row);
    let error = row.last_error.clone().map(|text| view! { <span class="meta" lang="en">{text}</span> });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="c-main"><a class="title" href=paths::staff_job(row.id)>{kind_name(ctx, row)}</a>{topic(row)}</th>
            <td role="cell" class="c-status c-wide"><Status tone=tone glyph=glyph text=word />{error}</td>
            <td role="cell" class="num" data-label=ctx.t("jobs-attempts")>{attempts(ctx, row)}</td>
            <td role="cell" class="nowrap c-right"><time datetime=row.created_at.rfc3339()>{ctx.date_time(row.created_at)}</time></td>
        </tr>
    }
    .into_markup()
}

async fn job(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    let row = service::find(ctx, visit.id("id")?).await?;
    let (tone, glyph, word) = standing(ctx, &row);
    let badge = view! { <Badge tone=tone glyph=glyph text=word /> }.into_markup();
    let locale = ctx.locale;
    let id = row.id.to_string();
    let movable = matches!(row.state, State::Waiting | State::Dead);
    let actions = (service::manages(ctx) && movable).then(|| {
        let (retry, drop) = (id.clone(), id.clone());
        view! {
            <form method="post" action="/_fn/jobs/retry">
                <input type="hidden" name="id" value=retry />
                <SubmitButton kind=ButtonKind::Primary>{ctx.t("jobs-retry")}</SubmitButton>
            </form>
            <ConfirmDialog locale=locale id="drop" title=ctx.t("jobs-drop-title") trigger_label=ctx.t("jobs-drop")>
                <form method="post" action="/_fn/jobs/drop">
                    <input type="hidden" name="id" value=drop />
                    <div class="dialog-body"><p>{ctx.t("jobs-drop-text")}</p></div>
                    <div class="dialog-foot"><DialogCancel locale=locale dialog="drop" /><SubmitButton kind=ButtonKind::Danger>{ctx.t("jobs-drop")}</SubmitButton></div>
                </form>
            </ConfirmDialog>
        }
    });
    let time = |key: &'static str, at: Option<Instant>| {
        at.map(|at| {
            view! { <div><dt>{ctx.t(key)}</dt><dd><time datetime=at.rfc3339()>{ctx.date_time(at)}</time></dd></div> }
        })
    };
    let due = match row.state {
        State::Waiting => time("jobs-next", Some(row.due_at)),
        State::Running => time("jobs-lease", Some(row.due_at)),
        State::Done | State::Dead => None,
    };
    let error = row.last_error.clone().map(|text| {
        view! { <div><dt>{ctx.t("jobs-last-error")}</dt><dd lang="en">{text}</dd></div> }
    });
    let advice = (row.state == State::Dead).then(
        || view! { <Notice tone=Tone::Bad title=ctx.t("jobs-dead-one")><p>{ctx.t("jobs-dead-text")}</p></Notice> },
    );
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Warn title=text /> });
    let kind = kind_name(ctx, &row);
    let topic = (!row.topic.is_empty())
        .then(|| view! { <div><dt>{ctx.t("jobs-topic")}</dt><dd class="mono">{row.topic.clone()}</dd></div> });
    let body = view! {
        <PageHead title=kind.clone() badge=badge>{actions}</PageHead>
        {problem}
        {advice}
        <Panel id="job" title=ctx.t("jobs-facts")>
            <dl class="panel-body facts">
                {topic}
                {error}
                <div><dt>{ctx.t("jobs-attempts")}</dt><dd>{attempts(ctx, &row)}</dd></div>
                {time("jobs-created", Some(row.created_at))}
                {time("jobs-started", row.started_at)}
                {time("jobs-finished", row.finished_at)}
                {due}
                <div><dt>{ctx.t("jobs-id")}</dt><dd class="mono">{id}</dd></div>
            </dl>
        </Panel>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_JOBS.to_owned(), ctx.t("nav-jobs").to_owned())];
    Ok(Page { title: kind, place: Place::Jobs, crumbs, todo: None, body })
}

fn kind_name(ctx: &Ctx, row: &Row) -> String {
    Kind::parse(&row.kind).map_or_else(|| row.kind.clone(), |kind| ctx.t(kind.label_key()).to_owned())
}

fn topic(row: &Row) -> Option<Markup> {
    (!row.topic.is_empty()).then(|| view! { <span class="meta mono">" "{row.topic.clone()}</span> }.into_markup())
}

fn attempts(ctx: &Ctx, row: &Row) -> String {
    ctx.with("jobs-attempts-of", &[("attempts", row.attempts.into()), ("most", row.max_attempts.into())])
}

fn tab_key(state: State) -> &'static str {
    match state {
        State::Waiting => "jobs-tab-waiting",
        State::Running => "jobs-tab-running",
        State::Done => "jobs-tab-done",
        State::Dead => "jobs-tab-dead",
    }
}

/// Colour, shape and word: what waits after a failure is another thing than what waits its turn.
fn standing(ctx: &Ctx, row: &Row) -> (Tone, &'static str, String) {
    let word = |key: &'static str| ctx.t(key).to_owned();
    match (row.state, &row.last_error) {
        (State::Waiting, Some(_)) => (Tone::Warn, "late", word("jobs-state-again")),
        (State::Waiting, None) => (Tone::Idle, "draft", word("jobs-state-waiting")),
        (State::Running, _) => (Tone::Mine, "mine", word("jobs-state-running")),
        (State::Done, _) => (Tone::Good, "done", word("jobs-state-done")),
        (State::Dead, _) => (Tone::Bad, "late", word("jobs-state-dead")),
    }
}

/// How long ago something was, in the largest unit that is not zero.
fn age(ctx: &Ctx, at: Instant) -> String {
    let minutes = (ctx.now().0 - at.0) / 60_000_000;
    match minutes {
        ..1 => ctx.t("jobs-age-now").to_owned(),
        1..60 => ctx.with("jobs-age-minutes", &[("count", minutes.into())]),
        60..1440 => ctx.with("jobs-age-hours", &[("count", (minutes / 60).into())]),
        _ => ctx.with("jobs-age-days", &[("count", (minutes / 1440).into())]),
    }
}
