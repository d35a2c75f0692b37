//! `/account/data`: what is stored about one, in words, and a copy of it.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use crate::account::service;
use crate::account::tabs::{Tab, account_page};
use crate::ctx::Ctx;
use crate::doors::{Page, Visit, page};
use crate::error::AppError;
use crate::paths;
use crate::ui::{ButtonKind, Icon, Panel, SubmitButton};

/// My data.
#[component]
pub fn DataPage() -> impl IntoView {
    page(data)
}

async fn data(ctx: Ctx, _: Visit) -> Result<Page, AppError> {
    let ctx = &ctx;
    service::oneself(ctx)?;
    let kinds = [
        ("data-profile", "data-profile-text"),
        ("data-sign-in", "data-sign-in-text"),
        ("data-sessions", "data-sessions-text"),
        ("data-reads", "data-reads-text"),
        ("data-trail", "data-trail-text"),
    ];
    let rows = kinds
        .into_iter()
        .map(|(name, text)| view! { <div><dt class="strong">{ctx.t(name)}</dt><dd class="meta">{ctx.t(text)}</dd></div> })
        .collect_view();
    let body = view! {
        <div class="narrow">
            <Panel id="stored" title=ctx.t("data-stored")>
                <dl class="panel-body stack-4">{rows}</dl>
            </Panel>
            <Panel id="copy" title=ctx.t("data-copy")>
                <form method="post" action=paths::ACCOUNT_DATA>
                    <div class="panel-body stack-2"><p>{ctx.t("data-copy-text")}</p><p class="meta">{ctx.t("data-copy-proof")}</p></div>
                    <div class="panel-foot"><SubmitButton kind=ButtonKind::Primary><Icon name="download" />{ctx.t("data-download")}</SubmitButton></div>
                </form>
            </Panel>
            <p class="meta">{ctx.t("data-erase")}</p>
        </div>
    }
    .into_markup();
    Ok(account_page(ctx, Tab::Data, ctx.t("data-meta"), body))
}
