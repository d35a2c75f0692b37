//! `/staff/users` and `/staff/users/{id}`: everybody with a sign-in, staff too.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Role, StaffRole};
use crate::audit::search::{self, Filter as Events};
use crate::ctx::Ctx;
use crate::doors::{Page, Query, Visit, page};
use crate::error::AppError;
use crate::ids::UserId;
use crate::invitations::{rows as invitation_rows, service as invitations};
use crate::notifications::mail::problems;
use crate::paths;
use crate::people::state::UserState;
use crate::people::users::{self, Filter, Found};
use crate::team::model::MemberState;
use crate::ui::{
    Avatar, Badge, ButtonKind, EmptyState, ErrorSummary, LinkButton, MorePager, Notice, PageHead, Panel, Place,
    SelectField, SelectOption, Status, SubmitButton, TextField, Tone,
};

use super::audit_page::act_view;
use super::user_acts::acts;

const PER_PAGE: i64 = 50;
/// How many events a person's page shows.
const EVENTS: i64 = 15;

/// Everybody.
#[component]
pub fn UsersPage() -> impl IntoView {
    page(everybody)
}

fn read(query: &Query) -> Result<Filter, AppError> {
    let role = query.get("role").map(|name| StaffRole::parse(name).ok_or(AppError::NotFound));
    Ok(Filter {
        search: query.get("search").unwrap_or_default().chars().take(100).collect(),
        kind: match query.get("kind") {
            None => String::new(),
            Some(kind @ ("staff" | "customer")) => kind.to_owned(),
            Some(_) => return Err(AppError::NotFound),
        },
        role: role.transpose()?,
        state: query.get("state").map(|s| UserState::parse(s).ok_or(AppError::NotFound)).transpose()?,
        after: query.get("after").unwrap_or_default().to_owned(),
        limit: PER_PAGE,
    })
}

fn address(query: &Query, after: Option<&str>) -> String {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    for field in ["search", "kind", "role", "state"] {
        if let Some(value) = query.get(field) {
            out.append_pair(field, value);
        }
    }
    if let Some(after) = after {
        out.append_pair("after", after);
    }
    format!("{}?{}", paths::STAFF_USERS, out.finish())
}

fn options(all: &str, chosen: &str, rows: impl IntoIterator<Item = (&'static str, &'static str)>) -> Vec<SelectOption> {
    let none = SelectOption { value: String::new(), label: all.to_owned(), selected: chosen.is_empty() };
    let rows = rows.into_iter().map(|(value, label)| SelectOption {
        value: value.to_owned(),
        label: label.to_owned(),
        selected: value == chosen,
    });
    std::iter::once(none).chain(rows).collect()
}

async fn everybody(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    users::check(ctx)?;
    let query = &visit.query;
    let filter = read(query)?;
    let (rows, more) = users::find(ctx, &filter).await?;
    let next = rows.last().filter(|_| more).map(|last| address(query, Some(&last.email_key)));
    let newest = (!filter.after.is_empty()).then(|| address(query, None));
    let value = |field: &str| query.get(field).unwrap_or_default();
    let all = ctx.t("users-any");
    let kinds = options(all, value("kind"), [("staff", ctx.t("users-staff")), ("customer", ctx.t("users-customers"))]);
    let roles =
        options(all, value("role"), StaffRole::ALL.map(|role| (role.name(), ctx.t(Role::Staff(role).label_key()))));
    let states =
        options(all, value("state"), [("active", ctx.t("users-active")), ("suspended", ctx.t("users-suspended"))]);
    let table = if rows.is_empty() {
        view! { <EmptyState icon="user" title=ctx.t("users-none-title") text=ctx.t("users-none-text") /> }.into_markup()
    } else {
        let rows = rows.iter().map(|row| person_row(ctx, row)).collect_view();
        view! {
            <table class="table cards" role="table">
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{ctx.t("users-name")}</th>
                    <th scope="col" role="columnheader">{ctx.t("users-role")}</th>
                    <th scope="col" role="columnheader">{ctx.t("users-last-sign-in")}</th>
                    <th scope="col" role="columnheader">{ctx.t("users-state")}</th>
                </tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
        .into_markup()
    };
    let manages = users::may_manage(ctx);
    // Above everybody, not above what was looked for.
    let waiting = if filter.is_everybody() { invitations::waiting_for_staff(ctx).await? } else { Vec::new() };
    let waiting = invitation_rows::waiting(ctx, waiting, paths::STAFF_USERS, manages);
    let problem = visit.flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let title = ctx.t("nav-users").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("users-meta")>
            <LinkButton href=paths::STAFF_ROLES>{ctx.t("roles-title")}</LinkButton>
            {manages.then(|| view! { <LinkButton href=paths::STAFF_USER_INVITE kind=ButtonKind::Primary>{ctx.t("users-invite")}</LinkButton> })}
        </PageHead>
        {problem}
        <form class="filters" method="get" action=paths::STAFF_USERS role="search">
            <TextField name="search" label=ctx.t("users-search") kind="search" value=filter.search.clone() maxlength=100 />
            <SelectField name="kind" label=ctx.t("users-kind") options=kinds />
            <SelectField name="role" label=ctx.t("users-role") options=roles />
            <SelectField name="state" label=ctx.t("users-state") options=states />
            <SubmitButton>{ctx.t("users-show")}</SubmitButton>
        </form>
        <div class="stack">
            {waiting}
            <section class="panel">{table}<MorePager locale=ctx.locale next_href=next newest_href=newest /></section>
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Users, crumbs: vec![], todo: None, body })
}

/// What somebody is: a role of staff, or where they belong.
fn what(ctx: &Ctx, person: &Found) -> String {
    match (person.staff_role, &person.organisation) {
        (Some(role), _) => ctx.t(Role::Staff(role).label_key()).to_owned(),
        (None, Some(name)) => name.clone(),
        (None, None) => ctx.t("users-nowhere").to_owned(),
    }
}

fn state(ctx: &Ctx, person: &Found) -> (Tone, &'static str, &'static str) {
    match (person.state, person.last_sign_in_at) {
        (UserState::Suspended, _) => (Tone::Bad, "no", ctx.t("users-suspended")),
        (_, None) => (Tone::Warn, "late", ctx.t("people-never")),
        _ => (Tone::Good, "done", ctx.t("users-active")),
    }
}

fn person_row(ctx: &Ctx, person: &Found) -> Markup {
    let (tone, glyph, text) = state(ctx, person);
    let house = person.staff_role.is_some();
    let never = person.last_sign_in_at.is_none();
    let seen = person.last_sign_in_at.map(|at| ctx.date_time(at)).unwrap_or_default();
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="c-main"><div class="person">
                <Avatar name=person.name.clone() house=house none=never />
                <div><a class="title" href=paths::staff_user(person.id)>{person.name.clone()}</a><span class="meta">{person.email.clone()}</span></div>
            </div></th>
            <td role="cell" data-label=ctx.t("users-role")>{what(ctx, person)}</td>
            <td role="cell" class="meta" data-label=ctx.t("users-last-sign-in")>{seen}</td>
            <td role="cell" class="c-status"><Status tone=tone glyph=glyph text=text /></td>
        </tr>
    }
    .into_markup()
}

/// One person.
#[component]
pub fn UserPage() -> impl IntoView {
    page(person)
}

async fn person(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    users::check(ctx)?;
    let id: UserId = visit.id("id")?;
    let person = users::one(ctx, id).await?;
    let places = users::places(ctx, &person).await?;
    let (sessions, tokens) = users::counts(ctx, &person).await?;
    let events = search::search(ctx, &Events { actor: Some(id.0), ..Events::default() }, EVENTS).await?;
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let (tone, glyph, text) = state(ctx, &person);
    let badge = view! { <Badge tone=tone glyph=glyph text=text /> }.into_markup();
    let manage = (users::may_manage(ctx) && ctx.actor.user_id() != Some(id)).then(|| acts(ctx, flash, &person));
    let places = places
        .into_iter()
        .map(|place| {
            let role = ctx.t(place.role.role().label_key());
            let suspended = (place.state != MemberState::Active).then(|| view! { <Status tone=Tone::Bad glyph="no" text=ctx.t("users-suspended") /> });
            view! { <li class="linkrow"><div class="grow"><a class="title" href=paths::staff_customer(place.id)>{place.name}</a><p class="meta">{role}</p></div>{suspended}</li> }
        })
        .collect_view();
    let is_staff = person.staff_role.is_some();
    let places = (!is_staff)
        .then(|| view! { <Panel id="places" title=ctx.t("users-places")><ul class="rows">{places}</ul></Panel> });
    let rows = events
        .into_iter()
        .map(|event| {
            view! { <li class="linkrow"><div class="grow">{act_view(ctx, &event.action)}<p class="meta"><time datetime=event.at.rfc3339()>{ctx.date_time(event.at)}</time></p></div></li> }
        })
        .collect_view();
    let all = (format!("{}?person={id}", paths::STAFF_AUDIT), ctx.t("users-all-events").to_owned());
    let factor = ctx.t(if person.has_factor { "users-factor-yes" } else { "users-factor-no" });
    let seen = person.last_sign_in_at.map_or_else(|| ctx.t("people-never").to_owned(), |at| ctx.date_time(at));
    let returned = problems::of(&ctx.db, id).await?.map(|known| {
        let args = [("address", person.email.clone().into()), ("when", ctx.date(known.at).into())];
        view! { <Notice tone=Tone::Warn title=ctx.with(known.problem.text_key(), &args)><p class="mono">{known.code}</p></Notice> }
    });
    let title = person.name.clone();
    let body = view! {
        <PageHead title=title.clone() meta=format!("{}, {}", person.email, what(ctx, &person)) badge=badge />
        {problem}{returned}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <div class="split">
            <div class="stack">{places}<Panel id="events" title=ctx.t("users-events") link=all><ul class="rows">{rows}</ul></Panel></div>
            <div class="stack">
                <section class="panel"><dl class="panel-body facts">
                    <div><dt>{ctx.t("users-last-sign-in")}</dt><dd>{seen}</dd></div>
                    <div><dt>{ctx.t("users-factor")}</dt><dd>{factor}</dd></div>
                    <div><dt>{ctx.t("users-sessions")}</dt><dd class="num">{sessions.to_string()}</dd></div>
                    <div><dt>{ctx.t("users-tokens")}</dt><dd class="num">{tokens.to_string()}</dd></div>
                </dl></section>
                {manage}
            </div>
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_USERS.to_owned(), ctx.t("nav-users").to_owned())];
    Ok(Page { title, place: Place::Users, crumbs, todo: None, body })
}
