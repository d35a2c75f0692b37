//! What a document's page says about its approval: to whoever is asked, to the others, and to staff.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::approvals::model::{Decision, Round, State};
use crate::approvals::{certificate, delegate, evidence, service};
use crate::ctx::Ctx;
use crate::documents;
use crate::documents::model::Document;
use crate::paths;
use crate::ui::{
    ButtonKind, ButtonSize, ButtonWidth, ConfirmDialog, DialogCancel, Icon, LinkButton, Panel, PersonRow, SubmitButton,
};

use super::parts;

/// The round that counts, if the actor is asked in it, has not decided, and can read what it is about.
fn mine<'a>(ctx: &Ctx, document: &Document, rounds: &'a [Round]) -> Option<&'a Round> {
    if !documents::service::is_readable(ctx, document) {
        return None;
    }
    let round = rounds.first().filter(|round| round.approval.state == State::Open)?;
    let seat = round.seat(ctx.actor.user_id()?)?;
    // Whoever looks as somebody else decides nothing for them.
    (seat.decision == Decision::Waiting && ctx.actor.viewer().is_none()).then_some(round)
}

/// The form with the one button that approves. What was shown beside it goes along.
fn approve(ctx: &Ctx, document: &Document, round: &Round, size: ButtonSize) -> Markup {
    let approval = &round.approval;
    let shown = evidence::digest(&evidence::statement(ctx, document, approval, true));
    let label = ctx.with("approval-approve", &[("number", approval.version.into())]);
    view! {
        <form method="post" action="/_fn/approvals/decide" class="grow">
            <input type="hidden" name="approval" value=approval.id.to_string() />
            <input type="hidden" name="document" value=approval.document_id.to_string() />
            <input type="hidden" name="decision" value="approve" />
            <input type="hidden" name="shown" value=shown />
            <SubmitButton kind=ButtonKind::Primary size=size block=ButtonWidth::Block><Icon name="circle-check-big" />{label}</SubmitButton>
        </form>
    }
    .into_markup()
}

/// Approve and decline in reach of the thumb; nothing where the actor is not asked.
pub fn dock(ctx: &Ctx, document: &Document, rounds: &[Round]) -> Option<Markup> {
    let round = mine(ctx, document, rounds)?;
    let href = paths::document_decline(round.approval.document_id);
    Some(
        view! {
            <div class="dock" role="region" aria-label=ctx.t("documents-main-action")>
                {approve(ctx, document, round, ButtonSize::Normal)}
                <LinkButton href=href>{ctx.t("approval-decline-short")}</LinkButton>
            </div>
        }
        .into_markup(),
    )
}

/// What a reader learns: their own decision first, then the others.
pub fn reader_panel(ctx: &Ctx, document: &Document, rounds: &[Round]) -> Option<Markup> {
    let round = rounds.first()?;
    let approval = &round.approval;
    if approval.state == State::Withdrawn {
        return None;
    }
    let asked = mine(ctx, document, rounds).is_some();
    let message = (!approval.message.is_empty()).then(|| {
        let who = ctx.with("approval-from", &[("name", approval.asked_by_name.clone().into())]);
        view! { <div><p class="meta">{who}</p><blockquote class="quote">{approval.message.clone()}</blockquote></div> }
    });
    let action = asked.then(|| {
        let href = paths::document_decline(approval.document_id);
        let on = delegate::may(ctx, document).then(|| {
            let href = paths::document_delegate(approval.document_id);
            view! { <p><a href=href>{ctx.t("approval-delegate")}</a></p> }
        });
        view! {
            <p>{ctx.with("approval-holds", &[("number", approval.version.into())])}</p>
            <p class="meta">{ctx.t("approval-declares")}" "{evidence::statement(ctx, document, approval, true)}</p>
            <div class="in-dock stack-2">
                {approve(ctx, document, round, ButtonSize::Large)}
                <LinkButton href=href size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("approval-decline")}</LinkButton>
            </div>
            {on}
        }
    });
    // Asked, too, but about a file that nobody may open yet.
    let waits = ctx
        .actor
        .user_id()
        .and_then(|user| round.seat(user))
        .is_some_and(|seat| seat.decision == Decision::Waiting && !documents::service::is_readable(ctx, document));
    let held = (waits && approval.state == State::Open).then(|| view! { <p>{ctx.t("approval-held")}</p> });
    let elsewhere = (!asked && !waits && approval.state == State::Open).then(|| {
        let names: Vec<&str> = round
            .seats
            .iter()
            .filter(|seat| seat.decision == Decision::Waiting)
            .map(|seat| seat.name.as_str())
            .collect();
        view! { <p>{ctx.with("approval-whose", &[("names", names.join(", ").into())])}</p> }
    });
    let title = ctx.t(if asked { "approval-yours" } else { "approval-title" });
    let deadline = (approval.state == State::Open).then(|| parts::due(ctx, approval.due_at));
    let body = view! {
        <div class="panel-body stack-4">
            <div class="cluster">{parts::state(ctx, approval)}{deadline}</div>
            {message}
            {held}
            {elsewhere}
            {action}
            {certificate(ctx, document, round)}
        </div>
        {people(ctx, round)}
        {file(ctx, round)}
    };
    Some(view! { <Panel id="approval" title=title mine=asked>{body}</Panel> }.into_markup())
}

/// What proves how it ended, to be taken away.
fn certificate(ctx: &Ctx, document: &Document, round: &Round) -> Option<Markup> {
    certificate::may(ctx, document, round).then(|| {
        let id = round.approval.id;
        view! {
            <div class="cluster">
                <LinkButton href=paths::approval_certificate(id, "pdf")><Icon name="download" />{ctx.t("approval-certificate")}</LinkButton>
                <a href=paths::approval_certificate(id, "json") download="">{ctx.t("approval-certificate-json")}</a>
            </div>
        }
        .into_markup()
    })
}

/// Who has said what, step by step.
fn people(ctx: &Ctx, round: &Round) -> Markup {
    let several = round.steps.len() > 1;
    let steps = round
        .steps
        .iter()
        .map(|step| {
            let number = several.then(|| ctx.with("approval-step", &[("number", step.number.into())]));
            let heading = match number {
                Some(number) => format!("{number}: {}", parts::step_rule(ctx, round, step)),
                None => parts::step_rule(ctx, round, step),
            };
            let bar = (step.number == 1).then(|| view! { <span class="push">{parts::progress(ctx, round)}</span> });
            view! {
                <div class="panel-foot stack-2">
                    <div class="cluster"><h3>{heading}</h3>{bar}</div>
                    <ul class="stack-2">{seats(ctx, round, step.number)}</ul>
                </div>
            }
        })
        .collect_view();
    steps.into_markup()
}

fn seats(ctx: &Ctx, round: &Round, step: i64) -> Markup {
    let approval = &round.approval;
    let rows = round
        .seats_of(step)
        .map(|seat| {
            let me = ctx.actor.user_id() == Some(seat.user_id);
            let reason = (!seat.comment.is_empty())
                .then(|| view! { <blockquote class="quote">{seat.comment.clone()}</blockquote> });
            view! {
                <li class="stack-2">
                    <PersonRow name=seat.name.clone() meta=parts::when(ctx, round, seat) never=!seat.signed_in me=me>{parts::said(ctx, approval, seat)}</PersonRow>
                    {reason}
                </li>
            }
        })
        .collect_view();
    rows.into_markup()
}

fn file(ctx: &Ctx, round: &Round) -> Markup {
    let approval = &round.approval;
    let text = ctx.with("approval-bound", &[("number", approval.version.into())]);
    view! { <div class="panel-foot"><p class="meta">{text}" "<span class="mono hash">{approval.sha256_hex()}</span></p></div> }
        .into_markup()
}

/// What staff see of it, and may do about it.
pub fn staff_panel(ctx: &Ctx, document: &Document, rounds: &[Round]) -> Option<Markup> {
    let may = service::may_ask(ctx, document);
    let ask = |key: &'static str, kind: ButtonKind| {
        let href = paths::staff_document_approval(document.id);
        view! { <LinkButton href=href kind=kind>{ctx.t(key)}</LinkButton> }.into_markup()
    };
    let Some(round) = rounds.first() else {
        return may.then(|| {
            view! {
                <Panel id="approval" title=ctx.t("approval-title")>
                    <div class="panel-body stack-4"><p class="meta">{ctx.t("approval-none")}</p>{ask("approval-ask", ButtonKind::Secondary)}</div>
                </Panel>
            }
            .into_markup()
        });
    };
    let approval = &round.approval;
    let open = approval.state == State::Open;
    let deadline = open.then(|| parts::due(ctx, approval.due_at));
    let acts = (may && open).then(|| acts(ctx, round));
    let again = (may && !open).then(|| ask("approval-ask-again", ButtonKind::Secondary));
    let about = ctx.with(
        "approval-about",
        &[
            ("number", approval.version.into()),
            ("name", approval.asked_by_name.clone().into()),
            ("when", ctx.date(approval.asked_at).into()),
        ],
    );
    let before = earlier(ctx, document, rounds);
    Some(
        view! {
            <Panel id="approval" title=ctx.t("approval-title")>
                <div class="panel-body stack-4">
                    <div class="cluster">{parts::state(ctx, approval)}{deadline}</div>
                    <p class="meta">{about}</p>
                    {acts}
                    {again}
                    {certificate(ctx, document, round)}
                </div>
                {people(ctx, round)}
                {before}
            </Panel>
        }
        .into_markup(),
    )
}

fn acts(ctx: &Ctx, round: &Round) -> Markup {
    let (approval, document) = (round.approval.id.to_string(), round.approval.document_id.to_string());
    let again = approval.clone();
    let locale = ctx.locale;
    let back = paths::staff_document(round.approval.document_id);
    view! {
        <div class="cluster">
            <form method="post" action="/_fn/approvals/remind">
                <input type="hidden" name="approvals[]" value=again />
                <input type="hidden" name="return_to" value=back />
                <SubmitButton>{ctx.t("approval-remind")}</SubmitButton>
            </form>
            <ConfirmDialog locale=locale id="withdraw-approval" title=ctx.t("approval-withdraw-title") trigger_label=ctx.t("approval-withdraw")>
                <form method="post" action="/_fn/approvals/withdraw">
                    <input type="hidden" name="approval" value=approval />
                    <input type="hidden" name="document" value=document />
                    <div class="dialog-body"><p>{ctx.t("approval-withdraw-text")}</p></div>
                    <div class="dialog-foot"><DialogCancel locale=locale dialog="withdraw-approval" /><SubmitButton kind=ButtonKind::Danger>{ctx.t("approval-withdraw")}</SubmitButton></div>
                </form>
            </ConfirmDialog>
        </div>
    }
    .into_markup()
}

/// What was said about earlier versions.
fn earlier(ctx: &Ctx, document: &Document, rounds: &[Round]) -> Option<Markup> {
    let rows = rounds
        .iter()
        .skip(1)
        .map(|round| {
            let version = ctx.with("documents-version", &[("number", round.approval.version.into())]);
            let reasons = round
                .seats
                .iter()
                .filter(|seat| seat.decision == Decision::Declined)
                .map(|seat| view! { <p class="meta">{format!("{}: {}", seat.name, seat.comment)}</p> })
                .collect_view();
            view! {
                <li class="stack-2">
                    <div class="cluster"><span class="strong">{version}</span><span class="push">{parts::status(ctx, &round.approval)}</span></div>
                    {reasons}
                    {certificate(ctx, document, round)}
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! { <details class="panel-foot"><summary>{ctx.t("approval-earlier")}</summary><ul class="stack-4">{rows}</ul></details> }
            .into_markup()
    })
}
