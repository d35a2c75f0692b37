//! What the pages of mails share.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::ids::OrganisationId;
use crate::notifications::kind::{Area, Kind};
use crate::notifications::mail::cadence::Cadence;
use crate::ui::{ButtonKind, Icon, SubmitButton};

/// The list of how soon a mail comes about a kind. What is usual comes first and sends nothing but the kind.
pub(super) fn cadences(ctx: &Ctx, kind: Kind, usual: (&'static str, Cadence), chosen: Option<Cadence>) -> Markup {
    let (key, usual) = usual;
    let usual = ctx.with(key, &[("cadence", ctx.t(usual.label_key()).into())]);
    let label = ctx.with("notify-mail-about", &[("kind", ctx.t(kind.label_key()).into())]);
    let options = Cadence::ALL
        .into_iter()
        .map(|one| {
            let value = format!("{}:{}", kind.name(), one.name());
            view! { <option value=value selected=chosen == Some(one)>{ctx.t(one.label_key())}</option> }
        })
        .collect_view();
    view! {
        <span class="select">
            <select class="input" name="mails[]" aria-label=label>
                <option value=format!("{}:", kind.name()) selected=chosen.is_none()>{usual}</option>
                {options}
            </select>
            <Icon name="chevron-down" />
        </span>
    }
    .into_markup()
}

/// What was typed of a kind in a form that failed.
pub(super) fn typed(mails: &str, kind: Kind) -> Option<Option<Cadence>> {
    let (_, mail) = mails.split(' ').filter_map(|text| text.split_once(':')).find(|(name, _)| *name == kind.name())?;
    Some(Cadence::parse(mail))
}

/// The kinds by area, as they are listed.
pub(super) fn by_area<T>(rows: Vec<T>, kind: impl Fn(&T) -> Kind) -> Vec<(Area, Vec<T>)> {
    let mut areas: Vec<(Area, Vec<T>)> = Vec::new();
    for row in rows {
        let area = kind(&row).area();
        match areas.iter_mut().find(|(of, _)| *of == area) {
            Some((_, list)) => list.push(row),
            None => areas.push((area, vec![row])),
        }
    }
    areas
}

/// Has no more mails of a customer, or has them again; comes back to where it stands.
pub fn mute_form(ctx: &Ctx, id: OrganisationId, name: &str, muted: bool, back: String) -> Markup {
    let (value, text, label) = if muted {
        ("", ctx.t("notify-unmute"), ctx.with("notify-unmute-named", &[("name", name.into())]))
    } else {
        ("yes", ctx.t("notify-mute"), ctx.with("notify-mute-named", &[("name", name.into())]))
    };
    view! {
        <form method="post" action="/_fn/notifications/mute">
            <input type="hidden" name="organisation" value=id.to_string() />
            <input type="hidden" name="muted" value=value />
            <input type="hidden" name="return_to" value=back />
            <SubmitButton kind=ButtonKind::Quiet label=label>{text}</SubmitButton>
        </form>
    }
    .into_markup()
}
