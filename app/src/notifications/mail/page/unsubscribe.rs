//! `/unsubscribe`: the page behind the link in a mail. Mail scanners open it too; only the button stops anything.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::{GatePage, Visit, gate};
use crate::error::AppError;
use crate::notifications::mail::cadence::Cadence;
use crate::notifications::mail::unsubscribe::{self, Standing, What};
use crate::paths;
use crate::ui::{ButtonKind, ButtonSize, ButtonWidth, LinkButton, Notice, SubmitButton, Tone};

/// Stops a kind of mail.
#[component]
pub fn UnsubscribePage() -> impl IntoView {
    gate(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<GatePage, AppError> {
    let ctx = &ctx;
    let title = ctx.t("unsubscribe-title").to_owned();
    let key = visit.query.get("key").unwrap_or_default();
    let body = match unsubscribe::look(ctx, key).await? {
        None => wrong(ctx),
        Some(standing) if standing.on.is_empty() => done(ctx),
        Some(standing) => ask(ctx, key, &standing),
    };
    Ok(GatePage { title, body })
}

/// What would be stopped, and the button that does.
fn ask(ctx: &Ctx, key: &str, standing: &Standing) -> Markup {
    let intro = match standing.what {
        What::Every(Cadence::Daily) => ctx.t("unsubscribe-daily"),
        What::Every(Cadence::Weekly) => ctx.t("unsubscribe-weekly"),
        _ => ctx.t("unsubscribe-kinds"),
    };
    let names = standing.on.iter().map(|(kind, _)| view! { <li>{ctx.t(kind.label_key())}</li> }).collect_view();
    view! {
        <form class="stack-4" method="post" action=paths::with_key(paths::UNSUBSCRIBE, key)>
            <h1>{ctx.t("unsubscribe-title")}</h1>
            <p>{intro}</p>
            <ul>{names}</ul>
            <p class="meta">{ctx.t("unsubscribe-note")}</p>
            <SubmitButton kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("unsubscribe-do")}</SubmitButton>
            <p><a href=paths::ACCOUNT_NOTIFICATIONS>{ctx.t("unsubscribe-choose")}</a></p>
        </form>
    }
    .into_markup()
}

fn done(ctx: &Ctx) -> Markup {
    view! {
        <div class="stack-4">
            <h1>{ctx.t("unsubscribe-title")}</h1>
            <Notice tone=Tone::Good title=ctx.t("unsubscribe-done")><p>{ctx.t("unsubscribe-done-text")}</p></Notice>
            <LinkButton href=paths::ACCOUNT_NOTIFICATIONS kind=ButtonKind::Secondary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("unsubscribe-choose")}</LinkButton>
        </div>
    }
    .into_markup()
}

fn wrong(ctx: &Ctx) -> Markup {
    view! {
        <div class="stack-4">
            <h1>{ctx.t("unsubscribe-title")}</h1>
            <Notice tone=Tone::Warn title=ctx.t("unsubscribe-wrong")><p>{ctx.t("unsubscribe-wrong-text")}</p></Notice>
            <LinkButton href=paths::ACCOUNT_NOTIFICATIONS kind=ButtonKind::Primary size=ButtonSize::Large block=ButtonWidth::Block>{ctx.t("unsubscribe-choose")}</LinkButton>
        </div>
    }
    .into_markup()
}
