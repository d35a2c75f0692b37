//! Choosing a customer, as the first step of something new for one of them.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ids::OrganisationId;
use crate::ui::{ButtonKind, SelectField, SelectOption, SubmitButton};

use super::service;

/// A choice of thousands is no choice: beyond this, one starts at the customer's page.
const MOST: i64 = 500;

/// The customers to choose from, by name.
pub async fn options(ctx: &Ctx, chosen: &str) -> Result<Vec<SelectOption>, AppError> {
    let (customers, _) = service::list(ctx, None, MOST).await?;
    let option = |customer: super::model::Organisation| {
        let value = customer.id.to_string();
        SelectOption { selected: value == chosen, value, label: customer.name }
    };
    Ok(customers.into_iter().map(option).collect())
}

/// The same for a filter: all of them first, and whichever is chosen, however many come before it. A customer that the
/// actor may not see is not found.
pub async fn filter(
    ctx: &Ctx,
    all: &'static str,
    chosen: Option<OrganisationId>,
) -> Result<Vec<SelectOption>, AppError> {
    let named = match chosen {
        Some(id) => Some(service::find(ctx, id).await?),
        None => None,
    };
    let value = chosen.map(|id| id.to_string()).unwrap_or_default();
    let mut found =
        vec![SelectOption { value: String::new(), label: ctx.t(all).to_owned(), selected: chosen.is_none() }];
    found.extend(options(ctx, &value).await?);
    if let Some(customer) = named.filter(|_| !found.iter().any(|option| option.selected)) {
        found.push(SelectOption { value, label: customer.name, selected: true });
    }
    Ok(found)
}

/// The form that asks for the customer alone, where the page after it needs to know whose people to show.
pub async fn form(ctx: &Ctx, page: &'static str) -> Result<Markup, AppError> {
    let options = options(ctx, "").await?;
    Ok(view! {
        <form class="panel" method="get" action=page>
            <div class="panel-body"><SelectField name="organisation" label=ctx.t("documents-customer") options=options /></div>
            <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary>{ctx.t("requests-next")}</SubmitButton></div>
        </form>
    }
    .into_markup())
}
