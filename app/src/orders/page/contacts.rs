//! Who to ask about an order: those of the house who look after its customer, and who ordered it.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::access::Role;
use crate::ctx::Ctx;
use crate::orders::model::Order;
use crate::organisation::model::Contact;
use crate::ui::{Icon, LinkButton, Panel, PersonRow};

/// A letter about this order, begun.
fn letter(ctx: &Ctx, order: &Order, contact: &Contact) -> String {
    let subject = ctx.with("orders-ask-subject", &[("number", order.number.clone().into())]);
    format!("mailto:{}?subject={}", contact.email, utf8_percent_encode(&subject, NON_ALPHANUMERIC))
}

/// The panel; none where nobody is known.
pub fn panel(ctx: &Ctx, order: &Order, contacts: &[Contact]) -> Option<Markup> {
    let buyer = order.buyer_name.clone();
    if contacts.is_empty() && buyer.is_none() {
        return None;
    }
    let staff = ctx.actor.staff().is_some();
    let rows = contacts
        .iter()
        .map(|contact| {
            let role = ctx.t(Role::Staff(contact.staff_role).label_key());
            let ask = (!staff).then(|| {
                let label = ctx.with("orders-ask-whom", &[("name", contact.name.clone().into())]);
                view! { <LinkButton href=letter(ctx, order, contact) label=label><Icon name="mail" />{ctx.t("orders-ask")}</LinkButton> }
            });
            view! { <li class="stack-2"><PersonRow name=contact.name.clone() meta=role house=true photo=contact.photo(ctx) />{ask}</li> }
        })
        .collect_view();
    let buyer = buyer.map(|name| view! { <li><PersonRow name=name meta=ctx.t("orders-buyer") /></li> });
    let title = if staff || contacts.is_empty() { "orders-people" } else { "orders-contacts" };
    Some(
        view! { <Panel id="people" title=ctx.t(title)><ul class="panel-body stack-4">{rows}{buyer}</ul></Panel> }
            .into_markup(),
    )
}
