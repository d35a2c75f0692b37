//! Icons and status glyphs, drawn from the one sprite `icons.svg`.

use leptos::prelude::*;

/// A line icon. It never carries meaning alone, so it is hidden from assistive technology.
#[component]
pub fn Icon(
    /// Symbol in the sprite without its `i-` prefix, such as `file-text`.
    name: &'static str,
    /// `i` (18 px), `i i-s` (16 px) or `i i-l` (20 px).
    #[prop(default = "i")]
    class: &'static str,
) -> impl IntoView {
    let href = crate::assets::symbol('i', name);
    view! {
        <svg class=class aria-hidden="true">
            <use href=href />
        </svg>
    }
}

/// A status glyph: its shape says what its colour says. A word always stands beside it.
#[component]
pub fn Glyph(
    /// Symbol in the sprite without its `g-` prefix: `done`, `draft`, `info`, `late`, `mine`, `no`, `old`, `open` or
    /// `seen`.
    name: &'static str,
) -> impl IntoView {
    let href = crate::assets::symbol('g', name);
    view! {
        <svg class="g" viewBox="0 0 16 16" aria-hidden="true">
            <use href=href />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// Every icon and glyph that a page names is in the sprite; a missing one shows as nothing.
    #[test]
    fn every_named_icon_is_in_the_sprite() {
        fn walk(dir: &Path, names: &mut Vec<(char, String)>) {
            for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    walk(&path, names);
                } else if let Ok(code) = std::fs::read_to_string(&path) {
                    for (kind, call) in
                        [('i', "<Icon name=\""), ('i', " icon=\""), ('g', " glyph=\""), ('g', "<Glyph name=\"")]
                    {
                        for rest in code.split(call).skip(1) {
                            names.push((kind, rest.split('"').next().unwrap_or_default().to_owned()));
                        }
                    }
                }
            }
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let sprite = std::fs::read_to_string(root.join("../public/icons.svg")).unwrap();
        let mut names = Vec::new();
        walk(&root.join("src"), &mut names);
        names.extend(super::super::place::ALL.map(|place| ('i', place.icon().to_owned())));
        names
            .extend(["file-text", "image", "file-spreadsheet", "file-code", "file"].map(|name| ('i', name.to_owned())));
        // Named through a variable.
        names.extend(["done", "late", "no", "open"].map(|name| ('g', name.to_owned())));
        assert!(names.len() > 30);
        for (kind, name) in names.into_iter().filter(|(_, name)| !name.contains(' ')) {
            assert!(sprite.contains(&format!("id=\"{kind}-{name}\"")), "{kind}-{name} is not in public/icons.svg");
        }
    }
}
