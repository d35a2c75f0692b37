//! Menus as native popovers: they open without JavaScript, and are bottom sheets on phones.

use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

use super::icon::{Glyph, Icon};
use super::language::LanguageForm;
use super::layout::Frame;
use super::nav::{count, place_link};
use super::person::Avatar;
use super::place::{Place, Side};
use crate::ctx::Theme;
use crate::i18n::Locale;

/// Id of the account menu.
pub(super) const ACCOUNT_MENU: &str = "account-menu";
/// Id of the organisation menu.
pub(super) const ORGANISATION_MENU: &str = "organisation-menu";

/// The viewer, their organisations, theme, language, and the way out. On phones also the places that the bar at the
/// bottom does not hold.
#[component]
pub(super) fn AccountMenu(
    /// What to show.
    frame: Frame,
) -> impl IntoView {
    let locale = frame.locale;
    let house = frame.side == Side::Staff;
    let meta = format!("{}, {}", frame.person_email, frame.role_label);
    view! {
        <div class="menu menu--account" id=ACCOUNT_MENU popover="auto" role="dialog" aria-label=locale.t("nav-account")>
            <div class="menu-person">
                <Avatar name=frame.person_name.clone() me=!house house=house large=true />
                <div>
                    <span class="strong">{frame.person_name.clone()}</span>
                    <span class="meta">{meta}</span>
                </div>
                <button
                    class="iconbtn only-compact"
                    type="button"
                    popovertarget=ACCOUNT_MENU
                    popovertargetaction="hide"
                    aria-label=locale.t("ui-close")
                >
                    <Icon name="x" />
                </button>
            </div>
            {more_places(&frame)}
            {frame.viewing.is_none().then(|| view! {
            <div class="menu-part">
                <a class="menu-item" href=Place::Account.href() aria-current={(frame.current == Place::Account).then_some("page")}>
                    <Icon name="user" />
                    {locale.t("nav-your-account")}
                </a>
            </div>
            })}
            {frame
                .can_switch()
                .then(|| {
                    view! {
                        <div class="menu-part only-compact">
                            <p class="menu-title">{locale.t("nav-organisations")}</p>
                            {organisation_form(&frame)}
                        </div>
                    }
                })}
            {frame.viewing.is_none().then(|| view! {
            <div class="menu-part">
                <p class="menu-title">{locale.t("ui-theme")}</p>
                {theme_form(locale, frame.theme, frame.path.clone())}
            </div>
            <div class="menu-part">
                <p class="menu-title">{locale.t("ui-language")}</p>
                <LanguageForm locale=locale return_to=frame.path.clone() />
            </div>
            })}
            <form class="menu-part" method="post" action="/_fn/sign_in/sign_out">
                <button class="menu-item" type="submit">
                    <Icon name="log-out" />
                    {locale.t("nav-sign-out")}
                </button>
            </form>
        </div>
    }
}

/// The organisations to switch to, below the switcher of the sidebar.
#[component]
pub(super) fn OrganisationMenu(
    /// What to show.
    frame: Frame,
) -> impl IntoView {
    let label = frame.locale.t("nav-switch-organisation");
    view! {
        <div class="menu menu--organisation" id=ORGANISATION_MENU popover="auto" role="dialog" aria-label=label>
            {organisation_form(&frame)}
        </div>
    }
}

/// The places that stand under "More" on a phone.
fn more_places(frame: &Frame) -> Option<Markup> {
    let links = frame
        .places
        .iter()
        .copied()
        .filter(|place| !place.in_tab_bar())
        .map(|place| place_link(frame, place))
        .collect::<Vec<_>>();
    (!links.is_empty()).then(|| {
        view! {
            <nav class="menu-part nav only-compact" aria-label=frame.locale.t("nav-more-places")>
                <ul>{links}</ul>
            </nav>
        }
        .into_markup()
    })
}

/// One button per organisation.
fn organisation_form(frame: &Frame) -> Markup {
    let buttons = frame
        .organisations
        .iter()
        .cloned()
        .map(|choice| {
            let current = choice.current.then_some("true");
            view! {
                <button class="menu-item" type="submit" name="organisation" value=choice.id aria-current=current>
                    <Avatar name=choice.name.clone() square=true />
                    <span class="switcher-text">
                        <span>{choice.name}</span>
                        <small>{choice.role_label}</small>
                    </span>
                    {count(frame.locale, choice.waiting)}
                    {choice.current.then(|| view! { <Glyph name="done" /> })}
                </button>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <form method="post" action="/_fn/account/switch_organisation">
            <input type="hidden" name="return_to" value=frame.path.clone() />
            {buttons}
        </form>
    }
    .into_markup()
}

/// System, light, dark.
fn theme_form(locale: Locale, theme: Theme, return_to: String) -> Markup {
    let choices =
        [(Theme::System, "ui-theme-system"), (Theme::Light, "ui-theme-light"), (Theme::Dark, "ui-theme-dark")];
    let buttons = choices
        .into_iter()
        .map(|(choice, key)| {
            let pressed = if choice == theme { "true" } else { "false" };
            view! {
                <button type="submit" name="theme" value=choice.name() aria-pressed=pressed>
                    {locale.t(key)}
                </button>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <form class="segmented" method="post" action="/_fn/account/set_theme" aria-label=locale.t("ui-theme")>
            <input type="hidden" name="return_to" value=return_to />
            {buttons}
        </form>
    }
    .into_markup()
}
