//! The invitations that wait or have run out, beside the people who have joined.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::ui::{Avatar, ButtonKind, Panel, Status, SubmitButton, Tone};

use super::model::Invitation;

/// The panel of them on the page `back`, with the buttons to send again and to take back; nothing where none waits.
pub fn waiting(ctx: &Ctx, waiting: Vec<Invitation>, back: &str, acts: bool) -> Option<Markup> {
    if waiting.is_empty() {
        return None;
    }
    let count = waiting.len().to_string();
    let rows = waiting.iter().map(|invitation| row(ctx, invitation, back, acts)).collect_view();
    let title = ctx.t("invite-waiting");
    Some(view! { <Panel id="invited" title=title count=count><ul class="rows">{rows}</ul></Panel> }.into_markup())
}

fn row(ctx: &Ctx, invitation: &Invitation, back: &str, acts: bool) -> Markup {
    let expired = invitation.is_expired(ctx.now());
    let (tone, glyph) = if expired { (Tone::Bad, "late") } else { (Tone::Idle, "open") };
    let when = ctx.date(invitation.expires_at);
    let text = ctx.with(if expired { "invite-expired" } else { "invite-until" }, &[("when", when.into())]);
    let role = ctx.t(invitation.as_role().label_key());
    view! {
        <li class="linkrow linkrow--acts">
            <Avatar name=invitation.name.clone() none=true />
            <div class="grow">
                <span class="strong">{invitation.name.clone()}</span>
                <p class="meta">{invitation.email.clone()}<span class="sep"></span>{role}</p>
            </div>
            <Status tone=tone glyph=glyph text=text />
            {acts.then(|| buttons(ctx, invitation, back))}
        </li>
    }
    .into_markup()
}

fn buttons(ctx: &Ctx, invitation: &Invitation, back: &str) -> Markup {
    let again = ctx.with("invite-resend-to", &[("name", invitation.name.clone().into())]);
    let withdraw = ctx.with("invite-withdraw-from", &[("name", invitation.name.clone().into())]);
    let hidden = || {
        view! {
            <input type="hidden" name="id" value=invitation.id.to_string() />
            <input type="hidden" name="back" value=back.to_owned() />
        }
    };
    view! {
        <form class="cluster" method="post" action="/_fn/invitations/resend">
            {hidden()}
            <SubmitButton label=again>{ctx.t("invite-resend")}</SubmitButton>
        </form>
        <form class="cluster" method="post" action="/_fn/invitations/withdraw">
            {hidden()}
            <SubmitButton kind=ButtonKind::Quiet label=withdraw>{ctx.t("invite-withdraw")}</SubmitButton>
        </form>
    }
    .into_markup()
}
