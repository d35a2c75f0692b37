//! `/account/security/codes`: recovery codes that have just been made, to print or to write down.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::ctx::Ctx;
use crate::doors::{Page, Visit, home_of, page};
use crate::error::AppError;
use crate::factors::{server, service};
use crate::paths;
use crate::ui::{ButtonKind, LinkButton, Notice, PageHead, SubmitButton, Tone};

/// Recovery codes, once.
#[component]
pub fn CodesPage() -> impl IntoView {
    page(show)
}

async fn show(ctx: Ctx, visit: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::own(ctx)?;
    let codes = match &visit.session {
        Some(session) => server::shown(ctx, session).await,
        None => None,
    };
    let next = paths::own_path(visit.query.get("next").unwrap_or_default(), paths::ACCOUNT_SECURITY).to_owned();
    let title = ctx.t("codes-title").to_owned();
    let inner = match codes {
        Some(codes) => {
            let rows = codes.into_iter().map(|code| view! { <li class="mono">{code}</li> }).collect_view();
            let whose = format!("{}, {}", ctx.portal.name.get(), ctx.actor.email());
            view! {
                <section class="panel">
                    <div class="panel-body stack-4">
                        <p>{ctx.t("codes-text")}</p>
                        <p class="strong">{whose}</p>
                        <ol class="codes">{rows}</ol>
                        <p class="meta">{ctx.t("codes-once")}</p>
                    </div>
                    <form class="panel-foot no-print" method="post" action="/_fn/factors/keep_codes">
                        <input type="hidden" name="next" value=next />
                        <SubmitButton kind=ButtonKind::Primary>{ctx.t("codes-kept")}</SubmitButton>
                    </form>
                </section>
            }
            .into_markup()
        }
        None => view! {
            <Notice tone=Tone::Idle title=ctx.t("codes-gone-title")><p>{ctx.t("codes-gone-text")}</p></Notice>
            <div class="cluster"><LinkButton href=paths::ACCOUNT_SECURITY>{ctx.t("factors-back")}</LinkButton></div>
        }
        .into_markup(),
    };
    let body = view! { <div class="narrow"><PageHead title=title.clone() />{inner}</div> }.into_markup();
    let crumbs = vec![(paths::ACCOUNT_SECURITY.to_owned(), ctx.t("account-tab-security").to_owned())];
    Ok(Page { title, place: home_of(ctx).0.home(), crumbs, todo: None, body })
}
