//! Parts of a page, written as soon as they are made.
//!
//! Pages render once, on the server, and nothing but islands wakes up in the browser. So a part need not stay a view with
//! a type of its own, which the compiler works on for every way in which a view may live: it becomes text at once, and
//! what is around it only copies that (docs/adr/0042).

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use leptos::tachys::html::InertElement;
#[cfg(feature = "ssr")]
use leptos::tachys::view::{Position, RenderFlags};

/// A part of a page. In the browser, where only islands are made, it stays a view.
#[cfg(feature = "ssr")]
pub type Markup = InertElement;
/// A part of a page. In the browser, where only islands are made, it stays a view.
#[cfg(not(feature = "ssr"))]
pub type Markup = AnyView;

/// What can be written.
pub trait IntoMarkup {
    /// Writes it.
    fn into_markup(self) -> Markup;

    /// Writes it with the marks by which an island in it finds its way.
    fn into_island_markup(self) -> Markup;
}

#[cfg(feature = "ssr")]
fn write<T: RenderHtml>(view: T, flags: RenderFlags) -> Markup {
    let mut text = String::with_capacity(256);
    view.to_html_with_buf(&mut text, &mut Position::FirstChild, flags, Vec::new());
    Markup::new(text)
}

#[cfg(feature = "ssr")]
impl<T: RenderHtml> IntoMarkup for T {
    fn into_markup(self) -> Markup {
        write(self, RenderFlags::new(true, false, false))
    }

    fn into_island_markup(self) -> Markup {
        write(self, RenderFlags::HYDRATE)
    }
}

#[cfg(not(feature = "ssr"))]
impl<T: RenderHtml + Send> IntoMarkup for T {
    fn into_markup(self) -> Markup {
        self.into_any()
    }

    fn into_island_markup(self) -> Markup {
        self.into_any()
    }
}
