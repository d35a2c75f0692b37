//! `/staff/customers/new`, `/staff/customers/{id}/edit` and `/staff/customers/{id}/archive`.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::paths;
use crate::ui::{
    ButtonKind, CheckRow, ChoiceGroup, ErrorSummary, LinkButton, Notice, PageHead, Panel, PersonRow, Place, RadioCard,
    SelectField, SelectOption, SubmitButton, Tone,
};

use super::administer::{self, Colleague};
use super::details::{self, Details};
use super::fields::Field;
use super::forms::{inputs, limits, names};
use super::model::Group;
use super::service;

/// A form for a new customer.
#[component]
pub fn CustomerNewPage() -> impl IntoView {
    page(new)
}

fn problem(flash: &Flash) -> Option<Markup> {
    flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> }.into_markup())
}

async fn new(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::require_staff(ctx)?;
    if !administer::may_create(ctx) {
        return Err(AppError::Forbidden);
    }
    let flash = &visit.flash;
    let title = ctx.t("customers-new").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=ctx.t("customers-new-meta") />
        <div class="narrow">
            {problem(flash)}
            <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
            <form class="panel" method="post" action="/_fn/customers/create" novalidate=true>
                <div class="panel-body fields">{inputs(ctx, None, flash, &Field::ALL)}</div>
                <div class="panel-foot cluster">
                    <SubmitButton kind=ButtonKind::Primary>{ctx.t("customers-create")}</SubmitButton>
                    <LinkButton href=paths::STAFF_CUSTOMERS kind=ButtonKind::Quiet>{ctx.t("ui-cancel")}</LinkButton>
                </div>
            </form>
        </div>
    }
    .into_markup();
    let crumbs = vec![(paths::STAFF_CUSTOMERS.to_owned(), ctx.t("nav-customers").to_owned())];
    Ok(Page { title, place: Place::Customers, crumbs, todo: None, body })
}

/// Master data, and what only administrators decide.
#[component]
pub fn CustomerEditPage() -> impl IntoView {
    page(edit)
}

fn crumbs(ctx: &Ctx, customer: &Details) -> Vec<(String, String)> {
    vec![
        (paths::STAFF_CUSTOMERS.to_owned(), ctx.t("nav-customers").to_owned()),
        (paths::staff_customer(customer.id), customer.get(Field::Name).to_owned()),
    ]
}

async fn edit(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::require_staff(ctx)?;
    let customer = details::find(ctx, visit.id("id")?).await?;
    if !details::may_edit(ctx, &customer) {
        return Err(AppError::Forbidden);
    }
    let (flash, none) = (&visit.flash, Flash::default());
    let typed = if flash.form == "customer" { flash } else { &none };
    let decisions = if details::may_manage(ctx, &customer) {
        let organisation = service::find(ctx, customer.id).await?;
        let groups = service::groups(ctx, &organisation).await?;
        let all = administer::all_groups(ctx).await?;
        let assigned = administer::assigned(ctx, &customer).await?;
        let staff = administer::staff(ctx).await?;
        let released = details::released(&ctx.db, &customer).await?;
        Some(view! {
            {assignments(ctx, &customer, assigned, staff, flash)}
            {group_choice(ctx, &customer, &groups, all)}
            {release(ctx, &customer, &released)}
            <LinkButton href=paths::staff_customer_archive(customer.id)>
                {ctx.t(if customer.archived { "customers-restore" } else { "customers-archive" })}
            </LinkButton>
        })
    } else {
        None
    };
    let fields = [Field::ALL.as_slice(), Field::LIMITS.as_slice()].concat();
    let title = ctx.t("customers-edit").to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=customer.get(Field::Name).to_owned() />
        {problem(flash)}
        <ErrorSummary locale=ctx.locale errors=flash.errors.clone() />
        <div class="split split--wide">
            <form class="panel" method="post" action="/_fn/customers/edit" novalidate=true>
                <input type="hidden" name="id" value=customer.id.to_string() />
                <input type="hidden" name="revision" value=customer.revision.to_string() />
                <input type="hidden" name="fields" value=names(&fields) />
                <div class="panel-body fields">
                    {inputs(ctx, Some(&customer), typed, &Field::ALL)}
                    {limits(ctx, &customer, typed)}
                </div>
                <div class="panel-foot cluster">
                    <SubmitButton kind=ButtonKind::Primary>{ctx.t("customers-save")}</SubmitButton>
                    <LinkButton href=paths::staff_customer(customer.id) kind=ButtonKind::Quiet>{ctx.t("ui-cancel")}</LinkButton>
                </div>
            </form>
            <div class="stack">{decisions}</div>
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Customers, crumbs: crumbs(ctx, &customer), todo: None, body })
}

fn choose(ctx: &Ctx, rows: impl Iterator<Item = (String, String)>) -> Vec<SelectOption> {
    let none = SelectOption { value: String::new(), label: ctx.t("documents-choose").to_owned(), selected: true };
    std::iter::once(none).chain(rows.map(|(value, label)| SelectOption { value, label, selected: false })).collect()
}

fn assignments(
    ctx: &Ctx,
    customer: &Details,
    assigned: Vec<Colleague>,
    staff: Vec<Colleague>,
    flash: &Flash,
) -> Markup {
    let id = customer.id.to_string();
    let free = staff.iter().filter(|person| !assigned.iter().any(|one| one.id == person.id));
    let options = choose(ctx, free.map(|person| (person.id.to_string(), person.name.clone())));
    let error = if flash.form == "assign" { flash.errors.get("user").map(str::to_owned) } else { None };
    let rows = assigned
        .into_iter()
        .map(|person| {
            let role = ctx.t(crate::access::Role::Staff(person.staff_role).label_key());
            let meta =
                if person.is_contact { format!("{role}, {}", ctx.t("customers-is-contact")) } else { role.to_owned() };
            let id = id.clone();
            let label = ctx.with("customers-unassign-named", &[("name", person.name.clone().into())]);
            view! {
                <li><PersonRow name=person.name meta=meta house=true>
                    <form class="push" method="post" action="/_fn/customers/unassign">
                        <input type="hidden" name="id" value=id />
                        <input type="hidden" name="user" value=person.id.to_string() />
                        <SubmitButton kind=ButtonKind::Quiet label=label>{ctx.t("customers-remove")}</SubmitButton>
                    </form>
                </PersonRow></li>
            }
        })
        .collect_view();
    view! {
        <Panel id="assigned" title=ctx.t("customers-looked-after")>
            <ul class="panel-body stack-4">{rows}</ul>
            <form class="panel-foot stack-4" method="post" action="/_fn/customers/assign">
                <input type="hidden" name="id" value=id.clone() />
                <SelectField name="user" label=ctx.t("customers-assign-whom") options=options error=error />
                <CheckRow name="contact" value="yes" label=ctx.t("customers-assign-contact") meta=ctx.t("customers-assign-contact-meta") />
                <SubmitButton>{ctx.t("customers-assign")}</SubmitButton>
            </form>
        </Panel>
    }
    .into_markup()
}

fn group_choice(ctx: &Ctx, customer: &Details, groups: &[Group], all: Vec<Group>) -> Markup {
    let id = customer.id.to_string();
    let free = all.into_iter().filter(|group| !groups.iter().any(|one| one.id == group.id));
    let options = choose(ctx, free.map(|group| (group.id.to_string(), group.name)));
    let rows = groups
        .iter()
        .map(|group| {
            let id = id.clone();
            let label = ctx.with("customers-leave-named", &[("name", group.name.clone().into())]);
            view! {
                <li class="cluster"><span>{group.name.clone()}</span>
                    <form class="push" method="post" action="/_fn/customers/set_group">
                        <input type="hidden" name="id" value=id />
                        <input type="hidden" name="group" value=group.id.to_string() />
                        <SubmitButton kind=ButtonKind::Quiet label=label>{ctx.t("customers-remove")}</SubmitButton>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <Panel id="groups" title=ctx.t("customers-groups")>
            <ul class="panel-body stack-2">{rows}</ul>
            <form class="panel-foot stack-4" method="post" action="/_fn/customers/set_group">
                <input type="hidden" name="id" value=id.clone() />
                <input type="hidden" name="member" value="yes" />
                <SelectField name="group" label=ctx.t("customers-group") options=options />
                <SubmitButton>{ctx.t("customers-join")}</SubmitButton>
            </form>
        </Panel>
    }
    .into_markup()
}

fn release(ctx: &Ctx, customer: &Details, released: &[Field]) -> Markup {
    let own = customer.released.is_some();
    let rows = Field::RELEASABLE
        .into_iter()
        .map(|field| {
            view! { <CheckRow name=field.name() value="yes" label=ctx.t(field.label_key()) checked=released.contains(&field) /> }
        })
        .collect_view();
    view! {
        <Panel id="released" title=ctx.t("customers-released")>
            <form method="post" action="/_fn/customers/release">
                <div class="panel-body stack-4">
                    <input type="hidden" name="id" value=customer.id.to_string() />
                    <input type="hidden" name="revision" value=customer.revision.to_string() />
                    <ChoiceGroup id="list" legend=ctx.t("customers-released-which")>
                        <RadioCard name="list" value="default" label=ctx.t("customers-released-default") checked=!own />
                        <RadioCard name="list" value="own" label=ctx.t("customers-released-own") checked=own />
                    </ChoiceGroup>
                    <ChoiceGroup id="own-list" legend=ctx.t("customers-released-fields")>{rows}</ChoiceGroup>
                </div>
                <div class="panel-foot"><SubmitButton>{ctx.t("customers-save")}</SubmitButton></div>
            </form>
        </Panel>
    }
    .into_markup()
}

/// What archiving means, and the button that does it.
#[component]
pub fn CustomerArchivePage() -> impl IntoView {
    page(archive)
}

async fn archive(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::require_staff(ctx)?;
    let customer = details::find(ctx, visit.id("id")?).await?;
    if !details::may_manage(ctx, &customer) {
        return Err(AppError::Forbidden);
    }
    let name = customer.get(Field::Name).to_owned();
    let (action, title, text, button, kind) = if customer.archived {
        (
            "/_fn/customers/restore",
            "customers-restore-title",
            "customers-restore-text",
            "customers-restore",
            ButtonKind::Primary,
        )
    } else {
        (
            "/_fn/customers/archive",
            "customers-archive-title",
            "customers-archive-text",
            "customers-archive",
            ButtonKind::Danger,
        )
    };
    let title = ctx.with(title, &[("name", name.into())]);
    let body = view! {
        <PageHead title=title.clone() />
        <div class="narrow">
            {problem(&visit.flash)}
            <form class="panel" method="post" action=action>
                <div class="panel-body"><p>{ctx.t(text)}</p></div>
                <input type="hidden" name="id" value=customer.id.to_string() />
                <input type="hidden" name="revision" value=customer.revision.to_string() />
                <div class="panel-foot cluster">
                    <SubmitButton kind=kind>{ctx.t(button)}</SubmitButton>
                    <LinkButton href=paths::staff_customer(customer.id) kind=ButtonKind::Quiet>{ctx.t("ui-cancel")}</LinkButton>
                </div>
            </form>
        </div>
    }
    .into_markup();
    Ok(Page { title, place: Place::Customers, crumbs: crumbs(ctx, &customer), todo: None, body })
}
