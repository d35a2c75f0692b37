//! `/staff/audit`: the trail, newest first, with filters and what is known of the chain.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};
use uuid::Uuid;

use crate::audit::search::{self, Filter, Verified};
use crate::audit::{self, EventRow};
use crate::ctx::Ctx;
use crate::db::{Value, args, sql};
use crate::doors::{Done, Form, Page, Query, Visit, act, page};
use crate::error::{AppError, FieldErrors};
use crate::ids::UserId;
use crate::paths;
use crate::time::Instant;
use crate::ui::{
    EmptyState, ErrorSummary, LinkButton, MorePager, PageHead, Panel, Place, SelectField, SelectOption, Status,
    SubmitButton, TextField, Tone,
};

sql! {
    NAMES = sqlite: "SELECT id, name FROM users WHERE id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT id, name FROM users WHERE id = ANY($1)";
}

const PER_PAGE: i64 = 50;

/// What was typed into the filter.
const FIELDS: [&str; 6] = ["person", "action", "customer", "object", "from", "to"];

/// The audit trail.
#[component]
pub fn AuditPage() -> impl IntoView {
    page(trail)
}

/// The beginning of a day in the reader's zone.
fn midnight(ctx: &Ctx, date: jiff::civil::Date) -> Option<Instant> {
    let at = date.to_zoned(ctx.zone.clone()).ok()?;
    Some(Instant(at.timestamp().as_microsecond()))
}

/// Reads the filter; what names nothing is said at its field.
pub async fn read(ctx: &Ctx, query: &Query) -> Result<(Filter, FieldErrors), AppError> {
    let mut filter = Filter::default();
    let mut errors = FieldErrors::default();
    let nobody = Some(Uuid::nil());
    if let Some(email) = query.get("person") {
        filter.actor = match email.parse::<Uuid>() {
            Ok(id) => Some(id),
            Err(_) => search::person(ctx, email).await?,
        };
        if filter.actor.is_none() {
            errors.add("person", ctx.t("audit-error-person"));
            filter.actor = nobody;
        }
    }
    if let Some(number) = query.get("customer") {
        filter.organisation = match number.parse::<Uuid>() {
            Ok(id) => Some(id),
            Err(_) => search::customer(ctx, number).await?,
        };
        if filter.organisation.is_none() {
            errors.add("customer", ctx.t("audit-error-customer"));
            filter.organisation = nobody;
        }
    }
    if let Some(id) = query.get("object") {
        filter.object = id.trim().parse().ok();
        if filter.object.is_none() {
            errors.add("object", ctx.t("audit-error-object"));
            filter.object = nobody;
        }
    }
    query.get("action").unwrap_or_default().trim().clone_into(&mut filter.action);
    if let Some(text) = query.get("from") {
        match text.parse().ok().and_then(|date| midnight(ctx, date)) {
            Some(at) => filter.from = at,
            None => errors.add("from", ctx.t("audit-error-date")),
        }
    }
    if let Some(text) = query.get("to") {
        match text
            .parse()
            .ok()
            .and_then(|date: jiff::civil::Date| date.tomorrow().ok())
            .and_then(|date| midnight(ctx, date))
        {
            Some(at) => filter.to = at,
            None => errors.add("to", ctx.t("audit-error-date")),
        }
    }
    if let Some(text) = query.get("before") {
        filter.before = text.parse().map_err(|_| AppError::NotFound)?;
    }
    Ok((filter, errors))
}

/// This path with what was typed into the filter, and more.
pub fn address(path: &str, query: &Query, more: &[(&str, &str)]) -> String {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    for field in FIELDS {
        if let Some(value) = query.get(field) {
            out.append_pair(field, value);
        }
    }
    for (name, value) in more {
        out.append_pair(name, value);
    }
    let text = out.finish();
    if text.is_empty() { path.to_owned() } else { format!("{path}?{text}") }
}

async fn trail(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    search::check(ctx)?;
    let query = &visit.query;
    let (filter, errors) = read(ctx, query).await?;
    let mut events = search::search(ctx, &filter, PER_PAGE + 1).await?;
    let wanted = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let more = events.len() > wanted;
    events.truncate(wanted);
    let ids: Vec<Uuid> = events.iter().filter_map(|event| event.actor_id).collect();
    let names: Vec<(UserId, String)> = ctx.db.all(NAMES, args![Value::Uuids(ids)]).await?;
    let names: HashMap<Uuid, String> = names.into_iter().map(|(id, name)| (id.0, name)).collect();
    let next = events
        .last()
        .filter(|_| more)
        .map(|last| address(paths::STAFF_AUDIT, query, &[("before", &last.sequence.to_string())]));
    let newest = (filter.before != i64::MAX).then(|| address(paths::STAFF_AUDIT, query, &[]));
    let (head, verified) = search::chain(ctx).await?;
    let rows = events.iter().map(|event| row(ctx, event, &names)).collect_view();
    let table = if events.is_empty() {
        view! { <EmptyState icon="scroll-text" title=ctx.t("audit-none-title") text=ctx.t("audit-none-text") /> }
            .into_markup()
    } else {
        view! {
            <table class="table cards" role="table">
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{ctx.t("audit-when")}</th>
                    <th scope="col" role="columnheader">{ctx.t("audit-who")}</th>
                    <th scope="col" role="columnheader">{ctx.t("audit-what")}</th>
                    <th scope="col" role="columnheader" class="c-opt">{ctx.t("audit-detail")}</th>
                </tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
        .into_markup()
    };
    let csv = address(paths::STAFF_AUDIT_EXPORT, query, &[("format", "csv")]);
    let lines = address(paths::STAFF_AUDIT_EXPORT, query, &[("format", "jsonl")]);
    let title = ctx.t("nav-audit").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("audit-meta")>
            <LinkButton href=csv>{ctx.t("audit-export-csv")}</LinkButton>
            <LinkButton href=lines>{ctx.t("audit-export-jsonl")}</LinkButton>
        </PageHead>
        <ErrorSummary locale=ctx.locale errors=errors.clone() />
        {filters(ctx, query, &errors)}
        <section class="panel">{table}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
        {chain(ctx, head, verified)}
    }
    .into_markup();
    Ok(Page { title, place: Place::Audit, crumbs: vec![], todo: None, body })
}

fn filters(ctx: &Ctx, query: &Query, errors: &FieldErrors) -> Markup {
    let value = |field: &str| query.get(field).unwrap_or_default().to_owned();
    let error = |field: &str| errors.get(field).map(str::to_owned);
    view! {
        <form class="filters" method="get" action=paths::STAFF_AUDIT role="search">
            <TextField name="person" label=ctx.t("audit-person") hint=ctx.t("audit-person-hint") value=value("person") error=error("person") />
            <SelectField name="action" label=ctx.t("audit-action") options=acts(ctx, query.get("action").unwrap_or_default().trim()) />
            <TextField name="customer" label=ctx.t("audit-customer") value=value("customer") error=error("customer") />
            <TextField name="object" label=ctx.t("audit-object") value=value("object") error=error("object") />
            <TextField name="from" label=ctx.t("audit-from") kind="date" value=value("from") error=error("from") />
            <TextField name="to" label=ctx.t("audit-to") kind="date" value=value("to") error=error("to") />
            <SubmitButton>{ctx.t("audit-show")}</SubmitButton>
        </form>
    }
    .into_markup()
}

/// Every act in words. One that only an older or newer version knows stays chosen by its name.
fn acts(ctx: &Ctx, chosen: &str) -> Vec<SelectOption> {
    let option = |value: &str, label: &str| SelectOption {
        value: value.to_owned(),
        label: label.to_owned(),
        selected: value == chosen,
    };
    let mut options = vec![option("", ctx.t("audit-any"))];
    options.extend(audit::all_acts(ctx.locale).into_iter().map(|(name, words)| option(name, words)));
    if !options.iter().any(|option| option.selected) {
        options.push(option(chosen, chosen));
    }
    options
}

/// An act in words, and by its name.
pub(super) fn act_view(ctx: &Ctx, action: &str) -> Markup {
    let words = audit::words(ctx.locale, action);
    let name = (words != action).then(|| view! { <p class="meta mono">{action.to_owned()}</p> });
    view! { <span>{words}</span>{name} }.into_markup()
}

/// What is known of the chain, and the button that has it walked.
fn chain(ctx: &Ctx, head: i64, verified: Option<Verified>) -> Markup {
    let length = ctx.with("audit-chain-length", &[("count", head.into())]);
    let state = match verified {
        None => view! { <Status tone=Tone::Idle glyph="open" text=ctx.t("audit-chain-never") /> }.into_markup(),
        Some(last) => {
            let by = last.by_name.unwrap_or_else(|| ctx.t("audit-operator").to_owned());
            let when = ctx.date_time(last.at);
            let number = [("number", last.sequence.into())];
            let (tone, glyph, text) = if last.problem.is_empty() {
                (Tone::Good, "done", ctx.with("audit-chain-intact", &number))
            } else {
                (Tone::Bad, "late", ctx.with("audit-chain-broken", &number))
            };
            let meta = ctx.with("audit-chain-verified", &[("when", when.into()), ("who", by.into())]);
            view! { <Status tone=tone glyph=glyph text=text /><p class="meta">{meta}</p> }.into_markup()
        }
    };
    view! {
        <Panel id="chain" title=ctx.t("audit-chain")>
            <div class="panel-body stack-2"><p>{length}</p>{state}</div>
            <form class="panel-foot" method="post" action="/_fn/audit/verify"><SubmitButton>{ctx.t("audit-verify")}</SubmitButton></form>
        </Panel>
    }
    .into_markup()
}

fn row(ctx: &Ctx, event: &EventRow, names: &HashMap<Uuid, String>) -> Markup {
    let who =
        event.actor_id.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| match event.actor_kind.as_str() {
            "operator" => ctx.t("audit-operator").to_owned(),
            _ => ctx.t("audit-nobody").to_owned(),
        });
    let via = match event.actor_kind.as_str() {
        "token" => Some(ctx.t("audit-token")),
        "viewer" => Some(ctx.t("audit-viewer")),
        _ => None,
    };
    let via = via.map(|text| view! { <span class="meta">" "{text}</span> });
    view! {
        <tr role="row">
            <td role="cell" class="nowrap c-wide"><time datetime=event.at.rfc3339()>{ctx.date_time(event.at)}</time></td>
            <td role="cell">{who}{via}</td>
            <td role="cell">{act_view(ctx, &event.action)}</td>
            <td role="cell" class="c-opt meta mono">{event.detail.clone()}</td>
        </tr>
    }
    .into_markup()
}

/// Has the chain walked.
#[server(prefix = "/_fn", endpoint = "audit/verify")]
#[allow(missing_docs, reason = "the macro makes a struct of the arguments; the function is documented")]
pub async fn verify_audit() -> Result<(), ServerFnError> {
    act(Form::on("verify", paths::STAFF_AUDIT), async move |ctx| {
        search::request_verification(&ctx).await?;
        Ok(Done::to(paths::STAFF_AUDIT).saying(ctx.t("audit-verify-begun")))
    })
    .await
}
