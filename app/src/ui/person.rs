//! People: initials, name, and why they stand here.

use leptos::prelude::*;

use crate::ui::markup::IntoMarkup as _;

use super::slot::Slot;

/// The initials of a person or an organisation in a circle, or what the person looks like. Their name always stands beside it.
#[component]
pub fn Avatar(
    /// The full name.
    #[prop(into)]
    name: String,
    /// Belongs to the house, not to a customer.
    #[prop(optional)]
    house: bool,
    /// Has never signed in: a dashed ring.
    #[prop(optional)]
    none: bool,
    /// Is the viewer.
    #[prop(optional)]
    me: bool,
    /// Is an organisation: a square.
    #[prop(optional)]
    square: bool,
    /// 40 px in place of 28.
    #[prop(optional)]
    large: bool,
    /// Where their portrait is.
    #[prop(optional_no_strip, into)]
    photo: Option<String>,
) -> impl IntoView {
    let class = match (none, me, house, square) {
        (true, ..) => "avatar avatar--none",
        (_, true, ..) => "avatar avatar--me",
        (_, _, true, _) => "avatar avatar--house",
        (.., true) => "avatar avatar--square",
        _ => "avatar",
    };
    let class = if large { format!("{class} avatar--l") } else { class.to_owned() };
    view! {
        <span class=class aria-hidden="true">
            {match photo {
                Some(src) => view! { <img src=src alt="" width="40" height="40" loading="lazy" decoding="async" /> }.into_markup(),
                None => initials(&name).into_markup(),
            }}
        </span>
    }
}

/// A person in a list. The children stand on the right, such as a status.
#[component]
pub fn PersonRow(
    /// The full name.
    #[prop(into)]
    name: String,
    /// Role, organisation, or the reason they may see something.
    #[prop(into)]
    meta: String,
    /// Has never signed in. The words belong into `meta` as well.
    #[prop(optional)]
    never: bool,
    /// Belongs to the house.
    #[prop(optional)]
    house: bool,
    /// Is the viewer.
    #[prop(optional)]
    me: bool,
    /// Where their portrait is.
    #[prop(optional_no_strip, into)]
    photo: Option<String>,
    /// What stands on the right.
    #[prop(optional)]
    children: Option<Slot>,
) -> impl IntoView {
    view! {
        <div class="person">
            <Avatar name=name.clone() house=house none=never me=me photo=photo />
            <div>
                <span>{name}</span>
                <span class="meta">{meta}</span>
            </div>
            {children.map(Slot::view)}
        </div>
    }
}

/// The first letters of the first and the last word.
pub(super) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        assert_eq!(initials("Anna Albers"), "AA");
        assert_eq!(initials("Jan van der Berg"), "JB");
        assert_eq!(initials("änne"), "Ä");
        assert_eq!(initials("Anna (extern)"), "AE");
        assert_eq!(initials(""), "");
    }
}
