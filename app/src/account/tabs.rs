//! The frame of one's own account: one page per matter, and the tabs between them.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use crate::ctx::Ctx;
use crate::doors::Page;
use crate::paths;
use crate::ui::{PageHead, Place};

/// A page of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Name, language, time zone, appearance; what one is where.
    Profile,
    /// Password, second factors, passkeys.
    Security,
    /// What one is told, how, and when.
    Notifications,
    /// Where one is signed in.
    Sessions,
    /// API tokens.
    Tokens,
    /// Appointments in one's own calendar program.
    Calendar,
    /// What is stored, and a copy of it.
    Data,
}

impl Tab {
    /// Every page, in order.
    pub const ALL: [Self; 7] =
        [Self::Profile, Self::Security, Self::Notifications, Self::Sessions, Self::Tokens, Self::Calendar, Self::Data];

    /// Its address.
    pub const fn href(self) -> &'static str {
        match self {
            Self::Profile => paths::ACCOUNT,
            Self::Security => paths::ACCOUNT_SECURITY,
            Self::Notifications => paths::ACCOUNT_NOTIFICATIONS,
            Self::Sessions => paths::ACCOUNT_SESSIONS,
            Self::Tokens => paths::ACCOUNT_TOKENS,
            Self::Calendar => paths::ACCOUNT_CALENDAR,
            Self::Data => paths::ACCOUNT_DATA,
        }
    }

    /// Its name.
    pub fn label(self, ctx: &Ctx) -> &'static str {
        match self {
            Self::Profile => ctx.t("account-tab-profile"),
            Self::Security => ctx.t("account-tab-security"),
            Self::Notifications => ctx.t("account-tab-notifications"),
            Self::Sessions => ctx.t("account-tab-sessions"),
            Self::Tokens => ctx.t("account-tab-tokens"),
            Self::Calendar => ctx.t("account-tab-calendar"),
            Self::Data => ctx.t("account-tab-data"),
        }
    }
}

/// The tabs, with this one open.
pub fn tabs(ctx: &Ctx, open: Tab) -> Markup {
    let links = Tab::ALL
        .into_iter()
        .map(|tab| {
            let current = (tab == open).then_some("page");
            view! { <a href=tab.href() aria-current=current>{tab.label(ctx)}</a> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=ctx.t("nav-account")>{links}</nav> }.into_markup()
}

/// A page of the account: its name as the heading, one line about it, the tabs, and what it holds.
pub fn account_page(ctx: &Ctx, tab: Tab, meta: &str, body: Markup) -> Page {
    let title = tab.label(ctx).to_owned();
    let body = view! {
        <PageHead title=title.clone() meta=meta.to_owned() />
        {tabs(ctx, tab)}
        {body}
    }
    .into_markup();
    let crumbs = match tab {
        Tab::Profile => vec![],
        _ => vec![(paths::ACCOUNT.to_owned(), ctx.t("nav-account").to_owned())],
    };
    Page { title, place: Place::Account, crumbs, todo: None, body }
}
