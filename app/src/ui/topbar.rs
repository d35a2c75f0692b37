//! The bar on top: the way here, and the account.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use super::brand::BrandMark;
use super::icon::Icon;
use super::layout::Frame;
use super::menu::ACCOUNT_MENU;
use super::person::{Avatar, initials};
use super::place::{Place, Side};
use crate::notifications::service::MOST;
use crate::paths;

/// Path on wide screens; mark or Back, and a title, on phones.
#[component]
pub(super) fn TopBar(
    /// What to show.
    frame: Frame,
) -> impl IntoView {
    let locale = frame.locale;
    // What is seen is part of the name, so that somebody who speaks to the page can say it (WCAG 2.5.3).
    let account = locale.with("nav-account-of", &[("name", frame.person_name.clone().into())]);
    let account = format!("{}, {account}", initials(&frame.person_name));
    let house = frame.side == Side::Staff;
    view! {
        <header class="topbar">
            {start(&frame)}
            <nav class="not-phone" aria-label=locale.t("nav-crumbs")>
                <ol class="crumbs">{crumbs(&frame)}</ol>
            </nav>
            {find(&frame)}
            {notifications(&frame)}
            <button class="iconbtn" type="button" popovertarget=ACCOUNT_MENU aria-label=account>
                <Avatar name=frame.person_name.clone() me=!house house=house />
            </button>
        </header>
    }
}

/// The one box to search everywhere; on phones the way to its page. `public/find.js` answers while one types.
fn find(frame: &Frame) -> Markup {
    let locale = frame.locale;
    let path = match frame.side {
        Side::Customer => paths::SEARCH,
        Side::Staff => paths::STAFF_SEARCH,
    };
    let label = locale.t("everywhere-label");
    let script = frame.session_end.as_ref().map(|end| {
        view! { <script nonce=end.nonce.clone() defer=true src=crate::assets::url("find.js")></script> }
    });
    view! {
        <form class="topsearch not-phone" method="get" action=path role="search" aria-label=label data-find="">
            <label class="vh" for="find">{label}</label>
            <Icon name="search" class="i i-s" />
            <input id="find" name="q" type="search" maxlength="200" autocomplete="off" spellcheck="false" placeholder=locale.t("everywhere-hint") />
            <kbd aria-hidden="true">"Ctrl K"</kbd>
            <div class="find" id="find-list" role="listbox" aria-label=label hidden=true></div>
            <span class="vh" aria-live="polite"></span>
        </form>
        <a class="iconbtn only-phone push" href=path aria-label=label><Icon name="search" class="i i-l" /></a>
        {script}
    }
    .into_markup()
}

/// A number as the bell says it: nobody counts beyond nine.
pub fn bell(unseen: i64) -> String {
    if unseen < MOST { unseen.to_string() } else { format!("{}+", MOST - 1) }
}

/// The bell, with how much its person has not seen: a link to the list. `public/live.js` keeps the number true, and tells
/// every page that shows what has changed.
fn notifications(frame: &Frame) -> Markup {
    let locale = frame.locale;
    let number = bell(frame.unseen);
    let words = |count: &str| locale.with("notifications-bell-count", &[("count", count.to_owned().into())]);
    let none = locale.t("notifications-bell");
    // The number as it is seen: who says what they read has to be understood.
    let label = if frame.unseen == 0 { none.to_owned() } else { words(&number) };
    let current = (frame.current == Place::Notifications).then_some("page");
    let live = frame.session_end.as_ref().filter(|_| frame.viewing.is_none());
    let script = live.map(|end| {
        view! { <script nonce=end.nonce.clone() defer=true src=crate::assets::url("live.js")></script> }
    });
    view! {
        <a class="iconbtn bell" id="bell" href=paths::NOTIFICATIONS aria-label=label aria-current=current
            data-live=live.map(|_| paths::LIVE) data-who=live.map(|end| end.who.clone()) data-none=none data-count=words("#")>
            <Icon name="bell" class="i i-l" />
            <span class="bell-count" aria-hidden="true" hidden=frame.unseen == 0>{number}</span>
        </a>
        {script}
    }
    .into_markup()
}

/// Back and the title of where it leads, or the mark and the name of the organisation.
fn start(frame: &Frame) -> Markup {
    let locale = frame.locale;
    let brand_class = if frame.back.is_some() { "brand only-medium" } else { "brand only-compact" };
    let title = match &frame.back {
        Some(_) => parent(frame).or_else(|| frame.crumbs.last().map(|(_, text)| text.clone())),
        None => frame.organisation().map(|organisation| organisation.name.clone()),
    }
    .unwrap_or_else(|| frame.portal_name.clone());
    let back = frame.back.clone().map(|href| {
        let label = match parent(frame) {
            Some(name) => locale.with("nav-back-to", &[("name", name.into())]),
            None => locale.t("nav-back").to_owned(),
        };
        view! {
            <a class="iconbtn back only-phone" href=href aria-label=label>
                <Icon name="arrow-left" class="i i-l" />
            </a>
        }
    });
    view! {
        {back}
        <a class=brand_class href=frame.side.home().href() aria-label=frame.portal_name.clone()>
            <BrandMark />
        </a>
        <span class="topbar-title only-phone" aria-hidden="true">
            {title}
        </span>
    }
    .into_markup()
}

/// Name of the page above this one.
fn parent(frame: &Frame) -> Option<String> {
    frame.crumbs.len().checked_sub(2).and_then(|at| frame.crumbs.get(at)).map(|(_, text)| text.clone())
}

/// The steps of the path; the last one is this page.
fn crumbs(frame: &Frame) -> Vec<Markup> {
    if frame.crumbs.is_empty() {
        let label = frame.current.label(frame.locale);
        return vec![view! { <li aria-current="page">{label}</li> }.into_markup()];
    }
    let last = frame.crumbs.len() - 1;
    frame
        .crumbs
        .iter()
        .cloned()
        .enumerate()
        .map(|(at, (href, text))| {
            if at == last || href.is_empty() {
                let current = (at == last).then_some("page");
                view! { <li aria-current=current>{text}</li> }.into_markup()
            } else {
                view! {
                    <li>
                        <a href=href>{text}</a>
                        <Icon name="chevron-right" class="i i-s" />
                    </li>
                }
                .into_markup()
            }
        })
        .collect()
}
