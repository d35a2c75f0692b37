//! `/staff/customers/{id}`: everything about one customer: people and how they stand, documents, who looks after it.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::cursor::Cursor;
use crate::documents::page::rows::staff_table;
use crate::documents::service as documents;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::ids::OrganisationId;
use crate::notifications::mail::page::mute_form;
use crate::notifications::mail::preferences;
use crate::notifications::{self, Object};
use crate::orders::list::{Wanted, list};
use crate::orders::page::table::{Shown, table};
use crate::paths;
use crate::ui::{
    Avatar, Badge, ButtonKind, EmptyState, ErrorSummary, LinkButton, MorePager, Notice, PageHead, Panel, PersonRow,
    Place, Status, SubmitButton, TextField, Tone,
};
use crate::view_as;

use super::administer::{self, Colleague};
use super::details::{self, Details};
use super::details_page::looked;
use super::forms::{facts, history};
use super::people::{self, Contact, Invited, Member, People};
use super::service;
use super::{activity, activity_rows};

/// How many changes of master data the page shows.
const HISTORY: i64 = 10;
/// How many open orders.
const ORDERS: i64 = 10;
/// How many events.
const EVENTS: usize = 8;

/// One customer.
#[component]
pub fn CustomerPage() -> impl IntoView {
    page(customer)
}

async fn customer(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::require_staff(ctx)?;
    let id: OrganisationId = visit.id("id")?;
    let organisation = service::find(ctx, id).await?;
    notifications::seen(ctx, Object::Organisation(id)).await;
    let details = details::find(ctx, id).await?;
    let people = people::everybody(ctx, &details).await?;
    let projects = service::projects(ctx, &organisation).await?;
    let groups = service::groups(ctx, &organisation).await?;
    let assigned = administer::assigned(ctx, &details).await?;
    let looks = view_as::service::past(ctx, &organisation).await?;
    let filter =
        documents::Filter { category: None, state: None, organisation: Some(id), after: Cursor::START, limit: 20 };
    let listed = documents::list(ctx, filter).await?;
    let orders = orders(ctx, id).await?;
    let before = visit.query.get("before").map(|text| text.parse::<i64>().map_err(|_| AppError::NotFound));
    let before = before.transpose()?;
    let acts = activity::latest(ctx, &details, before, EVENTS).await?;
    let muted = preferences::is_muted(ctx, id).await?;
    let may_edit = details::may_edit(ctx, &details);
    let changes = if may_edit { details::changes(ctx, &details, None, HISTORY).await? } else { Vec::new() };
    let may_view = view_as::service::may(ctx, &organisation) && !details.archived;
    let may_create = !details.archived && documents::may_create_for(&ctx.actor, id, organisation.assigned);
    let new_href = format!("{}?organisation={id}", paths::STAFF_DOCUMENT_NEW);
    let next = listed.next.map(|cursor| format!("{}?organisation={id}&after={cursor}", paths::STAFF_DOCUMENTS));
    let documents = if listed.items.is_empty() {
        view! { <EmptyState icon="file-text" title=ctx.t("staff-documents-empty-title") text=ctx.t("staff-documents-empty-text") /> }.into_markup()
    } else {
        staff_table(ctx, &listed.items.into_iter().map(Into::into).collect::<Vec<_>>(), false, None)
    };
    let names = |title: &'static str, names: Vec<String>| {
        (!names.is_empty()).then(|| view! { <div><dt>{title}</dt><dd>{names.join(", ")}</dd></div> })
    };
    let groups = names(ctx.t("customers-groups"), groups.into_iter().map(|g| g.name).collect());
    let projects = (!projects.is_empty()).then(|| {
        let links = projects
            .into_iter()
            .map(|project| view! { <li><a href=paths::staff_project(project.id)>{project.name}</a></li> })
            .collect_view();
        view! { <div><dt>{ctx.t("customers-projects")}</dt><dd><ul class="stack-2">{links}</ul></dd></div> }
    });
    let more = (groups.is_some() || projects.is_some())
        .then(|| view! { <section class="panel"><dl class="panel-body facts">{groups}{projects}</dl></section> });
    let badge = if details.archived {
        view! { <Badge tone=Tone::Idle glyph="old" text=ctx.t("customers-is-archived") /> }.into_markup()
    } else {
        view! { <Badge tone=Tone::Good glyph="done" text=ctx.t("customers-is-active") /> }.into_markup()
    };
    let flash = &visit.flash;
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let asleep = details.archived.then(|| view! { <Notice tone=Tone::Warn title=ctx.t("customers-asleep") /> });
    let activity_view = activity_rows::panel(ctx, &details, acts, before.is_some());
    let contacts = contacts(ctx, &details, &people.contacts, flash, may_edit);
    let history = (!changes.is_empty())
        .then(|| view! { <Panel id="history" title=ctx.t("customers-history")>{history(ctx, changes)}</Panel> });
    let meta = ctx.with("customers-number-is", &[("number", organisation.number.clone().into())]);
    let title = organisation.name.clone();
    let body = view! {
        <PageHead title=title.clone() meta=meta badge=badge>
            {mute_form(ctx, id, &organisation.name, muted, paths::staff_customer(id))}
            {may_edit.then(|| view! { <LinkButton href=paths::staff_customer_edit(id)>{ctx.t("customers-edit")}</LinkButton> })}
            {may_create.then(|| view! { <LinkButton href=new_href kind=ButtonKind::Primary>{ctx.t("documents-new")}</LinkButton> })}
        </PageHead>
        {problem}{asleep}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        {people_panel(ctx, id, people, may_view)}
        <div class="split">
            <div class="stack">
                <Panel id="documents" title=ctx.t("nav-documents")>{documents}<MorePager locale=ctx.locale next_href=next newest_href=None /></Panel>
                {orders}{activity_view}{history}
            </div>
            <div class="stack">
                {looked_after(ctx, assigned)}
                <Panel id="master-data" title=ctx.t("customers-details")>{facts(ctx, &details)}</Panel>
                {more}{contacts}{looked(ctx, looks)}
            </div>
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_CUSTOMERS.to_owned(), ctx.t("nav-customers").to_owned())];
    Ok(Page { title, place: Place::Customers, crumbs, todo: None, body })
}

/// Open orders, the newest first; nothing for whom orders are not.
async fn orders(ctx: &Ctx, id: OrganisationId) -> Result<Option<Markup>, AppError> {
    let wanted = Wanted { organisation: Some(id), limit: ORDERS, ..Wanted::default() };
    let listed = match list(ctx, &wanted).await {
        Err(AppError::Forbidden) => return Ok(None),
        other => other?,
    };
    let rows = if listed.items.is_empty() {
        view! { <EmptyState icon="package" title=ctx.t("orders-empty-open-title") text=ctx.t("orders-empty-open-text") /> }.into_markup()
    } else {
        table(ctx, &listed, Shown { organisation: false, choose: false, href: paths::staff_order })
    };
    let all = format!("{}?which=all&organisation={id}", paths::STAFF_ORDERS);
    let link = (all, ctx.t("orders-all").to_owned());
    Ok(Some(view! { <Panel id="orders" title=ctx.t("orders-open-title") link=link>{rows}</Panel> }.into_markup()))
}

fn looked_after(ctx: &Ctx, assigned: Vec<Colleague>) -> Markup {
    if assigned.is_empty() {
        return view! { <Panel id="assigned" title=ctx.t("customers-looked-after")><div class="panel-body"><p class="meta">{ctx.t("customers-looked-after-nobody")}</p></div></Panel> }
            .into_markup();
    }
    let rows = assigned
        .into_iter()
        .map(|person| {
            let role = ctx.t(crate::access::Role::Staff(person.staff_role).label_key());
            let meta =
                if person.is_contact { format!("{role}, {}", ctx.t("customers-is-contact")) } else { role.to_owned() };
            view! { <li><PersonRow name=person.name meta=meta house=true /></li> }
        })
        .collect_view();
    view! { <Panel id="assigned" title=ctx.t("customers-looked-after")><ul class="panel-body stack-4">{rows}</ul></Panel> }
        .into_markup()
}

fn people_panel(ctx: &Ctx, id: OrganisationId, people: People, may_view: bool) -> Markup {
    let count = people.members.len() + people.invited.len() + people.contacts.len();
    let link = (paths::staff_people(id), ctx.t("customers-people-manage").to_owned());
    if count == 0 {
        return view! {
            <Panel id="people" title=ctx.t("customers-people") link=link>
                <EmptyState icon="user" title=ctx.t("customers-no-people-title") text=ctx.t("customers-no-people-text") />
            </Panel>
        }
        .into_markup();
    }
    let members = people.members.into_iter().map(|one| member(ctx, id, one, may_view)).collect_view();
    let invited = people.invited.into_iter().map(|one| invitation(ctx, one)).collect_view();
    let contacts = people.contacts.into_iter().map(|one| contact_row(ctx, id, one)).collect_view();
    view! {
        <Panel id="people" title=ctx.t("customers-people") count=count.to_string() link=link>
            <table class="table cards" role="table">
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{ctx.t("customers-person")}</th>
                    <th scope="col" role="columnheader">{ctx.t("customers-person-role")}</th>
                    <th scope="col" role="columnheader">{ctx.t("customers-person-state")}</th>
                    <th scope="col" role="columnheader"><span class="vh">{ctx.t("customers-person-action")}</span></th>
                </tr></thead>
                <tbody role="rowgroup">{members}{invited}{contacts}</tbody>
            </table>
        </Panel>
    }
    .into_markup()
}

fn row(
    ctx: &Ctx,
    name: &str,
    email: String,
    none: bool,
    role: String,
    state: (Tone, &'static str, String),
    act: Option<Markup>,
) -> Markup {
    let (tone, glyph, text) = state;
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="c-main"><div class="person">
                <Avatar name=name.to_owned() none=none />
                <div><span>{name.to_owned()}</span><span class="meta">{email}</span></div>
            </div></th>
            <td role="cell" class="meta" data-label=ctx.t("customers-person-role")>{role}</td>
            <td role="cell" class="c-status"><Status tone=tone glyph=glyph text=text /></td>
            <td role="cell" class="c-act">{act}</td>
        </tr>
    }
    .into_markup()
}

fn member(ctx: &Ctx, id: OrganisationId, one: Member, may_view: bool) -> Markup {
    let state = match (one.active, one.last_sign_in_at) {
        (false, _) => (Tone::Bad, "no", ctx.t("customers-suspended").to_owned()),
        _ if one.mail_returns => (Tone::Bad, "late", ctx.t("notify-problem-staff").to_owned()),
        (_, None) => (Tone::Warn, "late", ctx.t("people-never").to_owned()),
        (_, Some(at)) => (Tone::Good, "done", ctx.with("people-seen", &[("when", ctx.date(at).into())])),
    };
    let look = (may_view && one.active).then(|| {
        let label = ctx.with("view-as-link", &[("name", one.name.clone().into())]);
        view! { <LinkButton href=paths::staff_view_as(id, one.id) kind=ButtonKind::Quiet label=label>{ctx.t("view-as-short")}</LinkButton> }
            .into_markup()
    });
    let role = ctx.t(one.role.role().label_key()).to_owned();
    row(ctx, &one.name, one.email, one.last_sign_in_at.is_none(), role, state, look)
}

fn invitation(ctx: &Ctx, one: Invited) -> Markup {
    let state = if one.expires_at <= ctx.now() {
        (Tone::Bad, "late", ctx.t("customers-invitation-expired").to_owned())
    } else {
        (Tone::Idle, "half", ctx.with("customers-invited-on", &[("when", ctx.date(one.sent_at).into())]))
    };
    let role = one.role.map_or("", |role| ctx.t(role.role().label_key())).to_owned();
    row(ctx, &one.name, one.email, true, role, state, None)
}

fn contact_row(ctx: &Ctx, id: OrganisationId, one: Contact) -> Markup {
    let state = (Tone::Idle, "open", ctx.t("customers-not-invited").to_owned());
    let invite = ctx.with("customers-invite-named", &[("name", one.name.clone().into())]);
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("name", &one.name).append_pair("email", &one.email);
    let href = format!("{}?{}", paths::staff_invite(id), query.finish());
    let act =
        view! { <LinkButton href=href kind=ButtonKind::Quiet label=invite>{ctx.t("customers-invite")}</LinkButton> };
    let role = if one.position.is_empty() { ctx.t("customers-contact-only").to_owned() } else { one.position };
    row(ctx, &one.name, one.email, true, role, state, Some(act.into_markup()))
}

fn contacts(ctx: &Ctx, customer: &Details, contacts: &[Contact], flash: &Flash, may_edit: bool) -> Option<Markup> {
    if !may_edit {
        return None;
    }
    let id = customer.id.to_string();
    let rows = contacts
        .iter()
        .map(|one| {
            let label = ctx.with("customers-contact-remove-named", &[("name", one.name.clone().into())]);
            let id = id.clone();
            let meta = [&one.position, &one.email, &one.phone];
            let meta = meta.into_iter().filter(|t| !t.is_empty()).cloned().collect::<Vec<_>>().join(", ");
            view! {
                <li><PersonRow name=one.name.clone() meta=meta never=true>
                    <form class="push" method="post" action="/_fn/customers/remove_contact">
                        <input type="hidden" name="id" value=id />
                        <input type="hidden" name="contact" value=one.id.to_string() />
                        <SubmitButton kind=ButtonKind::Quiet label=label>{ctx.t("customers-remove")}</SubmitButton>
                    </form>
                </PersonRow></li>
            }
        })
        .collect_view();
    let failed = flash.form == "contact";
    let typed = |field: &str| if failed { flash.value(field).unwrap_or_default().to_owned() } else { String::new() };
    let error = |field: &str| flash.errors.get(field).filter(|_| failed).map(str::to_owned);
    let optional = ctx.t("ui-optional");
    Some(view! {
        <Panel id="contacts" title=ctx.t("customers-contacts")>
            {(!contacts.is_empty()).then(|| view! { <ul class="panel-body stack-4">{rows}</ul> })}
            <details class="panel-foot" open=failed>
                <summary>{ctx.t("customers-contact-add")}</summary>
                <form class="stack-4" method="post" action="/_fn/customers/add_contact" novalidate=true>
                    <input type="hidden" name="id" value=id />
                    <TextField name="contact_name" label=ctx.t("customers-contact-name") value=typed("contact_name") error=error("contact_name") required=true maxlength=120 />
                    <TextField name="contact_email" label=ctx.t("customers-contact-email") kind="email" note=optional value=typed("contact_email") error=error("contact_email") maxlength=120 />
                    <TextField name="contact_phone" label=ctx.t("customers-contact-phone") kind="tel" note=optional value=typed("contact_phone") error=error("contact_phone") maxlength=120 />
                    <TextField name="contact_position" label=ctx.t("customers-contact-position") note=optional value=typed("contact_position") error=error("contact_position") maxlength=120 />
                    <SubmitButton>{ctx.t("customers-contact-save")}</SubmitButton>
                </form>
            </details>
        </Panel>
    }
    .into_markup())
}
