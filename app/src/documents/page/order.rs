//! In which order a list of documents is shown: the field above it, and the headings of its columns.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::documents::sort::Sort;
use crate::search::list::Wanted;
use crate::ui::{SelectField, SelectOption};

use super::search::address;

/// The field to choose it. What is looked for has an order of its own: there the choice is only kept.
pub fn field(ctx: &Ctx, wanted: &Wanted) -> Markup {
    let value = |sort: Sort| if sort == Sort::default() { String::new() } else { sort.name().to_owned() };
    if wanted.is_search() {
        let kept = value(wanted.sort);
        return (!kept.is_empty()).then(|| view! { <input type="hidden" name="sort" value=kept /> }).into_markup();
    }
    let options = Sort::ALL.map(|sort| SelectOption {
        value: value(sort),
        label: ctx.t(sort.label_key()).to_owned(),
        selected: wanted.sort == sort,
    });
    view! { <SelectField name="sort" label=ctx.t("sort-label") options=options.to_vec() /> }.into_markup()
}

/// What the order leaves out.
pub fn left_out(ctx: &Ctx, wanted: &Wanted) -> Option<Markup> {
    let left_out = wanted.sort == Sort::ValidUntil && !wanted.is_search();
    left_out.then(|| view! { <p class="meta">{ctx.t("sort-valid-until-only")}</p> }.into_markup())
}

/// The headings of a list that can be sorted by them.
#[derive(Debug)]
pub struct Headings<'a> {
    path: &'static str,
    wanted: &'a Wanted,
}

impl<'a> Headings<'a> {
    /// Of the list at this address; none where something is looked for.
    pub fn of(path: &'static str, wanted: &'a Wanted) -> Option<Self> {
        (!wanted.is_search()).then_some(Self { path, wanted })
    }

    /// The heading of the titles.
    pub fn title(&self, ctx: &Ctx) -> Markup {
        let now = (self.wanted.sort == Sort::Title).then_some("ascending");
        self.heading(ctx, "documents-column-document", now, Sort::Title)
    }

    /// The heading of the dates; it turns the order round.
    pub fn date(&self, ctx: &Ctx) -> Markup {
        let (now, to) = match self.wanted.sort {
            Sort::Newest => (Some("descending"), Sort::Oldest),
            Sort::Oldest => (Some("ascending"), Sort::Newest),
            Sort::Title | Sort::ValidUntil => (None, Sort::Newest),
        };
        self.heading(ctx, "documents-column-date", now, to)
    }

    fn heading(&self, ctx: &Ctx, key: &'static str, now: Option<&'static str>, to: Sort) -> Markup {
        let href = address(self.path, &Wanted { sort: to, after: None, ..self.wanted.clone() });
        let arrow = now.map(|now| {
            let arrow = if now == "ascending" { "\u{2191}" } else { "\u{2193}" };
            view! { <span aria-hidden="true">{arrow}</span> }
        });
        let hint = ctx.with("sort-by", &[("order", ctx.t(to.label_key()).into())]);
        view! {
            <th scope="col" role="columnheader" aria-sort=now><a class="sort" href=href>{ctx.t(key)}<span class="vh">" "{hint}</span>{arrow}</a></th>
        }
        .into_markup()
    }
}

/// A heading that sorts nothing.
pub fn plain(ctx: &Ctx, key: &'static str) -> Markup {
    view! { <th scope="col" role="columnheader">{ctx.t(key)}</th> }.into_markup()
}
