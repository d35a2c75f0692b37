//! Pages that answer what no route of ours shows: on the way to a provider, and when the way back has failed.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::app::document;
use crate::ctx::Ctx;
use crate::paths;
use crate::sso::trouble::Trouble;
use crate::ui::{ButtonKind, Gate, LinkButton};

/// The page that leads on to the provider. A redirect would not do: the content policy keeps forms on this site, and
/// browsers hold what a form leads to against it.
pub fn leaving(ctx: &Ctx, label: &str, url: &str) -> String {
    let title = ctx.with("sso-leaving-title", &[("label", label.to_owned().into())]);
    let (heading, href) = (title.clone(), url.to_owned());
    document(ctx, &title, Some(url), || {
        gate(
            ctx,
            view! {
                <h1>{heading}</h1>
                <p>{ctx.t("sso-leaving-text")}</p>
                <p><LinkButton href=href kind=ButtonKind::Primary>{ctx.t("sso-leaving-link")}</LinkButton></p>
            }
            .into_markup(),
        )
    })
}

/// The page for a sign-in that came to nothing: what happened, what to do, and the other ways.
pub fn failed(ctx: &Ctx, trouble: Trouble, slug: Option<&str>) -> String {
    let (title, text, next) = trouble.words();
    let (title, text, next) = (ctx.locale.t(title), ctx.locale.t(text), ctx.locale.t(next));
    let again = slug.map_or_else(|| paths::SSO.to_owned(), paths::sign_in_at);
    let request_id = ctx.request_id.to_string();
    document(ctx, title, None, || {
        gate(
            ctx,
            view! {
                <h1>{title}</h1>
                <p>{text}</p>
                <p>{next}</p>
                <div class="cluster">
                    <LinkButton href=again kind=ButtonKind::Primary>{ctx.t("sso-again")}</LinkButton>
                    <LinkButton href=paths::SIGN_IN>{ctx.t("sso-other-way")}</LinkButton>
                </div>
                <p class="meta">{ctx.t("error-request")} " " <span class="mono">{request_id}</span></p>
            }
            .into_markup(),
        )
    })
}

/// A page around a form for somebody who is not signed in, from outside the routes.
pub fn asked(ctx: &Ctx, title: &str, body: Markup) -> String {
    document(ctx, title, None, || gate(ctx, body))
}

pub(super) fn gate(ctx: &Ctx, body: Markup) -> Markup {
    // The language form comes back to a page that can be asked for again.
    let path = paths::SSO.to_owned();
    view! { <Gate locale=ctx.locale portal_name=ctx.portal.name.get() path=path>{body}</Gate> }.into_markup()
}
