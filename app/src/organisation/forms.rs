//! The fields of master data as a form, for staff and for customers.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::Reach;
use crate::ctx::Ctx;
use crate::flash::Flash;
use crate::i18n::Locale;
use crate::team::words::{module_key, reach_key};
use crate::ui::{SelectField, SelectOption, TextField};

use super::details::{Change, Details};
use super::fields::Field;

/// These fields, with what was typed before what is stored.
pub(super) fn inputs(ctx: &Ctx, details: Option<&Details>, flash: &Flash, fields: &[Field]) -> Vec<Markup> {
    fields.iter().map(|field| input(ctx, details, flash, *field)).collect()
}

fn input(ctx: &Ctx, details: Option<&Details>, flash: &Flash, field: Field) -> Markup {
    let name = field.name();
    let stored = details.map_or("", |details| details.get(field));
    let value = flash.value(name).unwrap_or(stored).to_owned();
    let error = flash.errors.get(name).map(str::to_owned);
    let label = ctx.t(field.label_key());
    let required = matches!(field, Field::Name | Field::Number);
    let note = if required { "" } else { ctx.t("ui-optional") };
    if field == Field::Language {
        let mut options = vec![SelectOption {
            value: String::new(),
            label: ctx.t("customers-language-portal").to_owned(),
            selected: value.is_empty(),
        }];
        options.extend(Locale::ALL.map(|locale| SelectOption {
            value: locale.tag().to_owned(),
            label: locale.own_name().to_owned(),
            selected: locale.tag() == value,
        }));
        return view! { <SelectField name=name label=label options=options hint=ctx.t("customers-language-hint") error=error /> }
            .into_markup();
    }
    if matches!(field, Field::Limit(_)) {
        // What was sent and is no reach is not in the list: what is stored stays chosen, not the first of it.
        let chosen = Reach::parse(&value).or_else(|| Reach::parse(stored));
        let options = Reach::ALL.map(|reach| SelectOption {
            value: reach.name().to_owned(),
            label: ctx.t(reach_key(reach)).to_owned(),
            selected: chosen == Some(reach),
        });
        return view! { <SelectField name=name label=label options=options.to_vec() error=error /> }.into_markup();
    }
    let (kind, hint, wide) = match field {
        Field::Country => ("text", ctx.t("customers-country-hint"), false),
        Field::Phone => ("tel", "", false),
        Field::Website => ("url", "", true),
        Field::Name | Field::Street => ("text", "", true),
        _ => ("text", "", false),
    };
    let most = u32::try_from(field.longest()).unwrap_or(u32::MAX);
    let class = if wide { "field wide" } else { "field" };
    view! { <TextField name=name label=label kind=kind value=value note=note hint=hint error=error required=required maxlength=most class=class /> }
        .into_markup()
}

/// The most that people of the customer see, for staff, and what saving it does to those who see more.
pub(super) fn limits(ctx: &Ctx, details: &Details, flash: &Flash) -> Markup {
    let fields = inputs(ctx, Some(details), flash, &Field::LIMITS);
    view! {
        <fieldset class="field wide" id="limits" aria-describedby="limits-hint">
            <legend class="label strong">{ctx.t("customers-limits")}</legend>
            <p class="hint" id="limits-hint">{ctx.t("customers-limits-hint")}</p>
            <div class="fields">{fields}</div>
        </fieldset>
    }
    .into_markup()
}

/// The names of the fields in a form, so that what is not in it stays as it is.
pub(super) fn names(fields: &[Field]) -> String {
    fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(" ")
}

/// What a field holds, in words.
pub(super) fn shown(ctx: &Ctx, field: Field, value: &str) -> String {
    match (field, value) {
        (_, "") => ctx.t("customers-nothing").to_owned(),
        (Field::Limit(_), name) => {
            Reach::parse(name).map_or_else(|| name.to_owned(), |reach| ctx.t(reach_key(reach)).to_owned())
        }
        (Field::Language, tag) => Locale::parse(tag).map_or_else(|| tag.to_owned(), |l| l.own_name().to_owned()),
        (_, text) => text.to_owned(),
    }
}

/// The fields that hold something, as a list of facts.
pub(super) fn facts(ctx: &Ctx, details: &Details) -> Markup {
    let rows = Field::ALL
        .into_iter()
        .filter(|field| !matches!(field, Field::Name) && !details.get(*field).is_empty())
        .map(|field| {
            let value = shown(ctx, field, details.get(field));
            view! { <div><dt>{ctx.t(field.label_key())}</dt><dd>{value}</dd></div> }
        })
        .collect_view();
    view! { <dl class="panel-body facts">{rows}</dl> }.into_markup()
}

/// What a field is called where it stands alone.
fn called(ctx: &Ctx, field: Field) -> String {
    match field {
        Field::Limit(module) => format!("{}, {}", ctx.t("customers-limits"), ctx.t(module_key(module))),
        _ => ctx.t(field.label_key()).to_owned(),
    }
}

/// The history of master data.
pub(super) fn history(ctx: &Ctx, changes: Vec<Change>) -> Markup {
    let rows = changes
        .into_iter()
        .map(|change| {
            let field = Field::parse(&change.field);
            let label = field.map_or(change.field.clone(), |field| called(ctx, field));
            let value = |text: &str| field.map_or_else(|| text.to_owned(), |field| shown(ctx, field, text));
            let (before, after) = (value(&change.before), value(&change.after));
            let by = change.by_name.unwrap_or_else(|| ctx.t("audit-operator").to_owned());
            view! {
                <li class="linkrow"><div class="grow">
                    <p><span class="strong">{label}</span>": "<del>{before}</del>" "<ins>{after}</ins></p>
                    <p class="meta">{by}<span class="sep"></span><time datetime=change.at.rfc3339()>{ctx.date_time(change.at)}</time></p>
                </div></li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_markup()
}
