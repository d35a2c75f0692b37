//! The children of our components, rendered at once.
//!
//! Leptos' own `Children` is a boxed closure that must own everything, for components that render again in the
//! browser. Ours render once, on the server: building the children right away lets them borrow.

use leptos::children::{ChildrenOptContainer, ToChildren};
use leptos::prelude::*;

use crate::ui::markup::{IntoMarkup as _, Markup};

/// Finished children.
pub struct Slot(Markup);

impl Slot {
    /// The view.
    pub fn view(self) -> Markup {
        self.0
    }
}

impl<F: FnOnce() -> C, C: IntoView + 'static> ToChildren<F> for Slot {
    fn to_children(build: F) -> Self {
        Self(build().into_markup())
    }
}

impl<T: IntoView + 'static> ToChildren<ChildrenOptContainer<T>> for Slot {
    fn to_children(view: ChildrenOptContainer<T>) -> Self {
        Self(view.0.into_markup())
    }
}
