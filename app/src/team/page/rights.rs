//! The fields to choose rights with.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::access::{Module, Reach, Rights};
use crate::ctx::Ctx;
use crate::error::FieldErrors;
use crate::team::words::{module_key, reach_key};
use crate::ui::{SelectField, SelectOption};

/// One choice for each module, no further than the limits. `chosen` is what stands in it; none: the role's usual.
pub(super) fn fields(
    ctx: &Ctx,
    chosen: impl Fn(Module) -> Option<Reach>,
    usual: bool,
    limits: Rights,
    errors: &FieldErrors,
) -> Markup {
    let fields = Module::ALL
        .map(|module| {
            let current = chosen(module);
            let mut options = Vec::new();
            if usual {
                options.push(SelectOption {
                    value: String::new(),
                    label: ctx.t("rights-usual").to_owned(),
                    selected: current.is_none(),
                });
            }
            options.extend(Reach::ALL.into_iter().filter(|reach| *reach <= limits.of(module)).map(|reach| {
                SelectOption {
                    value: reach.name().to_owned(),
                    label: ctx.t(reach_key(reach)).to_owned(),
                    selected: current == Some(reach),
                }
            }));
            let error = errors.get(module.name()).map(str::to_owned);
            view! { <SelectField name=module.name() label=ctx.t(module_key(module)) options=options error=error /> }
        })
        .into_iter()
        .collect_view();
    view! { <div class="fields">{fields}</div> }.into_markup()
}
