//! The frame around every page of a signed-in person.

use leptos::prelude::*;

use super::slot::Slot;

use super::announcement::{AnnouncementBar, Announcements};
use super::menu::AccountMenu;
use super::nav::{Sidebar, TabBar};
use super::notice::Toast;
use super::place::{Place, Side};
use super::session_end::{SessionEnd, SessionEndDialog};
use super::topbar::TopBar;
use super::viewing::{Viewing, ViewingBar};
use crate::ctx::Theme;
use crate::i18n::Locale;

/// What the frame shows, and nothing more.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Language of the page.
    pub locale: Locale,
    /// Name of the portal.
    pub portal_name: String,
    /// Side of the counter.
    pub side: Side,
    /// The viewer's name.
    pub person_name: String,
    /// The viewer's e-mail address.
    pub person_email: String,
    /// The viewer's role, in words.
    pub role_label: String,
    /// The place of this page.
    pub current: Place,
    /// What this person may open, in order.
    pub places: Vec<Place>,
    /// How much waits for the viewer.
    pub todo_count: u32,
    /// The organisations the viewer belongs to.
    pub organisations: Vec<OrganisationChoice>,
    /// This page's own path, for forms that come back.
    pub path: String,
    /// The theme that is set.
    pub theme: Theme,
    /// The way here: address (empty for the page itself) and words.
    pub crumbs: Vec<(String, String)>,
    /// The result of the act before, if any.
    pub toast: Option<String>,
    /// What the house tells many at once, as far as the viewer has not closed it.
    pub announcements: Vec<AnnouncementBar>,
    /// Set while somebody of staff looks as the viewer of this page.
    pub viewing: Option<ViewingBar>,
    /// How much the viewer was told and has not seen; nobody counts beyond nine.
    pub unseen: i64,
    /// Where "Back" leads on a phone.
    pub back: Option<String>,
    /// When the sign-in ends; none where no script may run.
    pub session_end: Option<SessionEnd>,
}

impl Frame {
    /// The organisation the viewer acts for.
    pub(super) fn organisation(&self) -> Option<&OrganisationChoice> {
        self.organisations.iter().find(|organisation| organisation.current)
    }

    /// How much waits for the viewer in the organisations that they are not looking at.
    pub(super) fn waiting_elsewhere(&self) -> u32 {
        self.organisations.iter().filter(|choice| !choice.current).map(|choice| choice.waiting).sum()
    }

    /// Whether there is another organisation to switch to.
    pub(super) fn can_switch(&self) -> bool {
        self.organisations.len() > 1 && self.viewing.is_none()
    }
}

/// An organisation that the viewer may act for.
#[derive(Clone, Debug)]
pub struct OrganisationChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The viewer's role in it, in words.
    pub role_label: String,
    /// Whether it is the one at hand.
    pub current: bool,
    /// How much waits for the viewer there.
    pub waiting: u32,
}

/// Sidebar, top bar, the page, and the bar at the bottom of a phone.
#[component]
pub fn Layout(
    /// What to show around the page.
    frame: Frame,
    /// The page.
    children: Slot,
) -> impl IntoView {
    let locale = frame.locale;
    let toast = frame.toast.clone();
    let bars = frame.announcements.clone();
    let here = frame.path.clone();
    let portal_name = frame.portal_name.clone();
    let (session_end, path) = (frame.session_end.clone(), frame.path.clone());
    view! {
        <a class="skip" href="#main">
            {locale.t("ui-skip")}
        </a>
        {frame.viewing.clone().map(|bar| view! { <Viewing locale=locale bar=bar /> })}
        <div class="app">
            <Sidebar frame=frame.clone() />
            <div class="page">
                <TopBar frame=frame.clone() />
                <main class="main" id="main" tabindex="-1">
                    {(!bars.is_empty()).then(|| view! { <Announcements locale=locale bars=bars path=here /> })}
                    {toast.map(|text| view! { <Toast text=text /> })}
                    {children.view()}
                </main>
                <footer class="foot">
                    <span>{portal_name}</span>
                    <span class="push">{locale.t("ui-runs-on")}</span>
                </footer>
            </div>
        </div>
        <TabBar frame=frame.clone() />
        <AccountMenu frame=frame />
        {session_end.map(|end| view! { <SessionEndDialog locale=locale end=end path=path /> })}
    }
}
