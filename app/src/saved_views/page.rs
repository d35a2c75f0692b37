//! The saved views above a list, and the form that saves another.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::flash::Flash;
use crate::ui::{Icon, SubmitButton, TextField};

use super::model::{List, SavedView};
use super::service::{self, NAME_LONGEST};

/// The row of views. `query` is what the list shows now.
pub async fn views(ctx: &Ctx, list: List, query: &str, flash: &Flash) -> Result<Option<Markup>, AppError> {
    let saved = service::all(ctx, list).await?;
    let query = list.normal(query);
    let shown = saved.iter().find(|view| view.query == query);
    let may_save = !query.is_empty() && shown.is_none() && ctx.actor.viewer().is_none();
    if saved.is_empty() && !may_save {
        return Ok(None);
    }
    let links = saved.iter().map(|view| link(list, view, &query)).collect_view();
    let remove = shown.map(|view| remove(ctx, list, view));
    let save = may_save.then(|| save(ctx, list, &query, flash));
    let row = (!saved.is_empty()).then(|| view! { <nav aria-label=ctx.t("views-title")><ul>{links}</ul></nav> });
    Ok(Some(view! { <div class="views">{row}{remove}{save}</div> }.into_markup()))
}

fn link(list: List, view: &SavedView, query: &str) -> Markup {
    let current = (view.query == query).then_some("page");
    view! { <li><a class="btn" href=format!("{}?{}", list.path(), view.query) aria-current=current>{view.name.clone()}</a></li> }.into_markup()
}

fn remove(ctx: &Ctx, list: List, view: &SavedView) -> Markup {
    let label = ctx.with("views-remove", &[("name", view.name.clone().into())]);
    view! {
        <form method="post" action="/_fn/views/remove">
            <input type="hidden" name="list" value=list.path() />
            <input type="hidden" name="query" value=view.query.clone() />
            <input type="hidden" name="id" value=view.id.to_string() />
            <button class="btn btn--quiet" type="submit"><Icon name="x" />{label}</button>
        </form>
    }
    .into_markup()
}

fn save(ctx: &Ctx, list: List, query: &str, flash: &Flash) -> Markup {
    let mine = flash.form == "view";
    let name = if mine { flash.value("name").unwrap_or_default().to_owned() } else { String::new() };
    let error = if mine { flash.errors.get("name").map(str::to_owned) } else { None };
    let open = error.is_some();
    view! {
        <details open=open>
            <summary class="btn btn--quiet">{ctx.t("views-save")}</summary>
            <form class="filters" method="post" action="/_fn/views/save" novalidate=true>
                <input type="hidden" name="list" value=list.path() />
                <input type="hidden" name="query" value=query.to_owned() />
                <TextField name="name" id="view-name" label=ctx.t("views-name") value=name error=error maxlength=NAME_LONGEST required=true />
                <SubmitButton>{ctx.t("views-save-button")}</SubmitButton>
            </form>
        </details>
    }
    .into_markup()
}
