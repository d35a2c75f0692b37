//! Which mails the people of an organisation get until they choose themselves: the page of its administrators, and the same
//! for staff.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Action, Relation, allow};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::flash::Flash;
use crate::notifications::mail::defaults::{self, Defaults, Standard};
use crate::organisation::service as organisations;
use crate::paths;
use crate::ui::{ButtonKind, LinkButton, Notice, PageHead, Panel, Place, SubmitButton, Tone};

use super::parts;

/// `/organisation/notifications`.
#[component]
pub fn OrganisationNotificationsPage() -> impl IntoView {
    page(own)
}

async fn own(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    // Staff belong to no customer; they have a page for each.
    let id = ctx.organisation.ok_or(AppError::Forbidden)?;
    allow(&ctx.actor, Action::OrganisationNotify, Relation::Own, Some(id))?;
    let said = defaults::of(ctx, id).await?;
    let crumbs = vec![(paths::ORGANISATION.to_owned(), ctx.t("nav-organisation").to_owned())];
    let (title, body) = view_of(ctx, &said, &visit.flash, paths::ORGANISATION.to_owned());
    Ok(Page { title, place: Place::Organisation, crumbs, todo: None, body })
}

/// `/staff/customers/{id}/notifications`.
#[component]
pub fn CustomerNotificationsPage() -> impl IntoView {
    page(of_customer)
}

async fn of_customer(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    organisations::require_staff(ctx)?;
    let id = visit.id("id")?;
    let said = defaults::of(ctx, id).await?;
    let crumbs = vec![
        (paths::STAFF_CUSTOMERS.to_owned(), ctx.t("nav-customers").to_owned()),
        (paths::staff_customer(id), said.organisation.name.clone()),
    ];
    let (title, body) = view_of(ctx, &said, &visit.flash, paths::staff_customer(id));
    Ok(Page { title, place: Place::Customers, crumbs, todo: None, body })
}

fn view_of(ctx: &Ctx, said: &Defaults, flash: &Flash, back: String) -> (String, Markup) {
    let problem = flash.problem.clone().map(|text| view! { <Notice tone=Tone::Bad title=text /> });
    let areas = parts::by_area(said.kinds.clone(), |one| one.kind);
    let rows = areas
        .into_iter()
        .map(|(area, kinds)| {
            let rows = kinds.iter().map(|one| row(ctx, one, flash)).collect_view();
            view! {
                <tbody role="rowgroup">
                    <tr role="row"><th scope="rowgroup" role="rowheader" class="strong" colspan="2">{ctx.t(area.label_key())}</th></tr>
                    {rows}
                </tbody>
            }
        })
        .collect_view();
    let title = ctx.t("notify-defaults-title").to_owned();
    let body = view! {
        <div class="narrow">
            <PageHead title=title.clone() meta=said.organisation.name.clone() />
            {problem}
            <p>{ctx.t("notify-defaults-text")}</p>
            <form class="stack" method="post" action="/_fn/notifications/set_defaults">
                <input type="hidden" name="organisation" value=said.organisation.id.to_string() />
                <input type="hidden" name="page" value=if ctx.actor.staff().is_some() { "staff" } else { "" } />
                <input type="hidden" name="seen" value=said.seen() />
                <Panel id="what" title=ctx.t("notify-what")>
                    <table class="table cards" role="table">
                        <thead role="rowgroup"><tr role="row">
                            <th scope="col" role="columnheader">{ctx.t("notify-column-kind")}</th>
                            <th scope="col" role="columnheader">{ctx.t("notify-column-mail")}</th>
                        </tr></thead>
                        {rows}
                    </table>
                    <div class="panel-foot cluster"><SubmitButton kind=ButtonKind::Primary>{ctx.t("notify-save")}</SubmitButton><LinkButton href=back>{ctx.t("ui-cancel")}</LinkButton></div>
                </Panel>
            </form>
        </div>
    }
    .into_markup();
    (title, body)
}

fn row(ctx: &Ctx, one: &Standard, flash: &Flash) -> Markup {
    let failed = flash.form == "defaults";
    let typed = flash.value("mails").filter(|_| failed).and_then(|mails| parts::typed(mails, one.kind));
    let mail = parts::cadences(ctx, one.kind, ("notify-usual-portal", one.usual()), typed.unwrap_or(one.mail));
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="c-main">{ctx.t(one.kind.label_key())}</th>
            <td role="cell" data-label=ctx.t("notify-column-mail")>{mail}</td>
        </tr>
    }
    .into_markup()
}
