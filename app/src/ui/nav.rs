//! The navigation: a sidebar on wide screens, a bar at the bottom of phones.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use super::brand::Brand;
use super::icon::Icon;
use super::layout::{Frame, OrganisationChoice};
use super::menu::{ACCOUNT_MENU, ORGANISATION_MENU, OrganisationMenu};
use super::person::Avatar;
use super::place::{Place, Side};
use crate::i18n::Locale;
use crate::paths;

/// The navigation on wide screens.
#[component]
pub(super) fn Sidebar(
    /// What to show.
    frame: Frame,
) -> impl IntoView {
    let locale = frame.locale;
    let mut groups: Vec<(Option<&'static str>, Vec<Place>)> = Vec::new();
    for place in frame.places.iter().copied() {
        match groups.last_mut() {
            Some((group, places)) if *group == place.group() => places.push(place),
            _ => groups.push((place.group(), vec![place])),
        }
    }
    let groups = groups
        .into_iter()
        .map(|(title, places)| {
            let links = places.into_iter().map(|place| place_link(&frame, place)).collect::<Vec<_>>();
            view! {
                <div>
                    {title.map(|title| view! { <p class="nav-title">{locale.t(title)}</p> })}
                    <ul>{links}</ul>
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <aside class="sidebar" aria-label=frame.portal_name.clone()>
            <Brand href=frame.side.home().href() name=frame.portal_name.clone() line=frame.side.line(locale) />
            {frame.organisation().cloned().map(|choice| switcher(&frame, choice))}
            {frame.can_switch().then(|| view! { <OrganisationMenu frame=frame.clone() /> })}
            <nav class="nav" aria-label=locale.t("nav-main")>
                {groups}
            </nav>
        </aside>
    }
}

/// The bar at the bottom of phones. "More" opens the account menu as a sheet.
#[component]
pub(super) fn TabBar(
    /// What to show.
    frame: Frame,
) -> impl IntoView {
    let locale = frame.locale;
    let mut tabs = Vec::new();
    for place in frame.places.iter().copied().filter(|place| place.in_tab_bar()) {
        let current = (place == frame.current).then_some("page");
        let waiting = if place == Place::StaffHome { frame.todo_count } else { 0 };
        tabs.push(tab(locale, place.href(), place.icon(), place.label(locale), current, waiting));
        if place == Place::Home && frame.side == Side::Customer {
            tabs.push(tab(locale, paths::HOME_TODO, "circle-check-big", locale.t("nav-todo"), None, frame.todo_count));
        }
    }
    let more_current = (!frame.current.in_tab_bar()).then_some("page");
    view! {
        <nav class="tabbar" aria-label=locale.t("nav-quick")>
            {tabs}
            <button type="button" popovertarget=ACCOUNT_MENU aria-current=more_current>
                <Icon name="ellipsis" />
                <span>{locale.t("nav-more")}</span>
            </button>
        </nav>
    }
}

/// A place in a list of places.
pub(super) fn place_link(frame: &Frame, place: Place) -> Markup {
    let locale = frame.locale;
    let current = (place == frame.current).then_some("page");
    let waiting = if place.counts() { frame.todo_count } else { 0 };
    view! {
        <li>
            <a href=place.href() aria-current=current>
                <Icon name=place.icon() />
                <span>{place.label(locale)}</span>
                {count(locale, waiting)}
            </a>
        </li>
    }
    .into_markup()
}

/// One entry of the bar at the bottom.
fn tab(
    locale: Locale,
    href: &'static str,
    icon: &'static str,
    label: &'static str,
    current: Option<&'static str>,
    waiting: u32,
) -> Markup {
    view! {
        <a href=href aria-current=current>
            <Icon name=icon />
            <span>{label}</span>
            {count(locale, waiting)}
        </a>
    }
    .into_markup()
}

/// How much waits for the viewer; nothing when nothing does.
pub(super) fn count(locale: Locale, waiting: u32) -> Markup {
    (waiting > 0)
        .then(|| {
            view! {
                <span class="count count--solid">
                    {waiting} <span class="vh">{format!(" {}", locale.t("nav-waiting"))}</span>
                </span>
            }
        })
        .into_markup()
}

/// That something waits in another organisation.
fn elsewhere(frame: &Frame) -> Option<Markup> {
    let waiting = frame.waiting_elsewhere();
    (waiting > 0).then(|| {
        let said = frame.locale.with("nav-waiting-elsewhere", &[("count", waiting.into())]);
        view! {
            <span class="dot" title=said.clone()>
                <span class="vh">{format!(", {said}")}</span>
            </span>
        }
        .into_markup()
    })
}

/// The organisation at hand; a button when there is another one.
fn switcher(frame: &Frame, choice: OrganisationChoice) -> Markup {
    let locale = frame.locale;
    let text = view! {
        <Avatar name=choice.name.clone() square=true />
        <span class="switcher-text">
            <span>{choice.name}</span>
            <small>{choice.role_label}</small>
        </span>
    };
    if frame.can_switch() {
        view! {
            <button class="switcher" type="button" popovertarget=ORGANISATION_MENU>
                {text}
                <span class="vh">{format!(", {}", locale.t("nav-switch-organisation"))}</span>
                {elsewhere(frame)}
                <Icon name="chevrons-up-down" class="i i-s" />
            </button>
        }
        .into_markup()
    } else {
        view! { <div class="switcher">{text}</div> }.into_markup()
    }
}
