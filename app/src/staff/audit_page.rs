//! `/staff/audit`: the trail, newest first.

use std::collections::HashMap;

use leptos::prelude::*;
use uuid::Uuid;

use crate::access::{Action, Relation, allow};
use crate::audit::{self, EventRow};
use crate::ctx::Ctx;
use crate::db::{Value, args, sql};
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::ids::UserId;
use crate::paths;
use crate::ui::{MorePager, PageHead, Place};

sql! {
    NAMES = sqlite: "SELECT id, name FROM users WHERE id IN (SELECT unhex(value) FROM json_each($1))", postgres: "SELECT id, name FROM users WHERE id = ANY($1)";
}

const PER_PAGE: i64 = 50;

/// The audit trail.
#[component]
pub fn AuditPage() -> impl IntoView {
    page(trail)
}

async fn trail(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    allow(&ctx.actor, Action::AuditRead, Relation::Other, None)?;
    let before = match visit.query.get("before") {
        Some(text) => text.parse().map_err(|_| AppError::NotFound)?,
        None => i64::MAX,
    };
    let mut events = audit::recent(&ctx.db, before, PER_PAGE + 1).await?;
    let wanted = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let more = events.len() > wanted;
    events.truncate(wanted);
    let ids: Vec<Uuid> = events.iter().filter_map(|event| event.actor_id).collect();
    let names: Vec<(UserId, String)> = ctx.db.all(NAMES, args![Value::Uuids(ids)]).await?;
    let names: HashMap<Uuid, String> = names.into_iter().map(|(id, name)| (id.0, name)).collect();
    let next = events.last().filter(|_| more).map(|last| format!("{}?before={}", paths::STAFF_AUDIT, last.sequence));
    let newest = (before != i64::MAX).then(|| paths::STAFF_AUDIT.to_owned());
    let rows = events.iter().map(|event| row(ctx, event, &names)).collect_view();
    let title = ctx.t("nav-audit").to_owned();
    let locale = ctx.locale;
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("audit-meta") />
        <section class="panel">
            <table class="table cards" role="table">
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{ctx.t("audit-when")}</th>
                    <th scope="col" role="columnheader">{ctx.t("audit-who")}</th>
                    <th scope="col" role="columnheader">{ctx.t("audit-what")}</th>
                    <th scope="col" role="columnheader" class="c-opt">{ctx.t("audit-detail")}</th>
                </tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
            <MorePager locale=locale next_href=next newest_href=newest />
        </section>
    }
    .into_any();
    Ok(Page { title, place: Place::Audit, crumbs: vec![], todo: None, body })
}

fn row(ctx: &Ctx, event: &EventRow, names: &HashMap<Uuid, String>) -> AnyView {
    let who =
        event.actor_id.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| match event.actor_kind.as_str() {
            "operator" => ctx.t("audit-operator").to_owned(),
            _ => ctx.t("audit-nobody").to_owned(),
        });
    let via = (event.actor_kind == "token").then(|| view! { <span class="meta">" "{ctx.t("audit-token")}</span> });
    view! {
        <tr role="row">
            <td role="cell" class="nowrap c-wide"><time datetime=event.at.rfc3339()>{ctx.date_time(event.at)}</time></td>
            <td role="cell">{who}{via}</td>
            <td role="cell"><span class="mono">{event.action.clone()}</span></td>
            <td role="cell" class="c-opt meta mono">{event.detail.clone()}</td>
        </tr>
    }
    .into_any()
}
