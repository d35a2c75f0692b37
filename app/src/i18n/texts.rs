//! The Fluent files, parsed once.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use super::{Arg, Locale};

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// The Fluent source files of a language: name and text.
        pub const fn sources(locale: Locale) -> &'static [(&'static str, &'static str)] {
            match locale {
                Locale::En => &[$(($name, include_str!(concat!("../../../locales/en/", $name, ".ftl")))),+],
                Locale::De => &[$(($name, include_str!(concat!("../../../locales/de/", $name, ".ftl")))),+],
                Locale::Nl => &[$(($name, include_str!(concat!("../../../locales/nl/", $name, ".ftl")))),+],
            }
        }
    };
}
files!(
    "ui",
    "account",
    "acts",
    "announcements",
    "appointments",
    "approvals",
    "arrivals",
    "certificate",
    "imports",
    "notifications",
    "orders",
    "projects",
    "push",
    "requests",
    "retention",
    "scan",
    "search",
    "audit",
    "categories",
    "common",
    "customers",
    "documents",
    "everywhere",
    "factors",
    "home",
    "jobs",
    "mail",
    "mailed",
    "notify",
    "organisation",
    "preview",
    "settings",
    "sign_in",
    "sso",
    "staff",
    "statuses",
    "team",
    "users",
    "validity",
    "webhooks",
);

struct Texts {
    bundle: FluentBundle<FluentResource>,
    /// Texts without arguments, ready: most of a page is these.
    plain: HashMap<String, String>,
    keys: BTreeSet<String>,
}

static TEXTS: LazyLock<[Texts; 3]> = LazyLock::new(|| Locale::ALL.map(load));

fn load(locale: Locale) -> Texts {
    let mut bundle = FluentBundle::new_concurrent(vec![locale.tag().parse().unwrap_or_default()]);
    // Isolation marks are for mixing right-to-left text; they would end up in titles and file names.
    bundle.set_use_isolating(false);
    let mut keys = BTreeSet::new();
    for (name, source) in sources(locale) {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                tracing::error!(locale = locale.tag(), name, ?errors, "Fluent syntax");
                resource
            }
        };
        for line in source.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && !key.is_empty()
                && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            {
                keys.insert(key.to_owned());
            }
        }
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(locale = locale.tag(), name, ?errors, "Fluent duplicate key");
        }
    }
    let mut plain = HashMap::new();
    for key in &keys {
        if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
            // A text that needs arguments complains; it is formatted when they are there.
            if errors.is_empty() {
                plain.insert(key.clone(), text);
            }
        }
    }
    Texts { bundle, plain, keys }
}

fn texts(locale: Locale) -> &'static Texts {
    let [en, de, nl] = &*TEXTS;
    match locale {
        Locale::En => en,
        Locale::De => de,
        Locale::Nl => nl,
    }
}

pub(super) fn plain(locale: Locale, key: &'static str) -> &'static str {
    texts(locale).plain.get(key).map_or(key, String::as_str)
}

pub(super) fn formatted(locale: Locale, key: &'static str, args: &[Arg<'_>]) -> String {
    let texts = texts(locale);
    let Some(pattern) = texts.bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut fluent = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        fluent.set(*name, value.clone());
    }
    let mut errors = Vec::new();
    texts.bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned()
}

/// Every key of a language.
pub fn keys(locale: Locale) -> &'static BTreeSet<String> {
    &texts(locale).keys
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_language_has_every_key_and_parses() {
        for locale in Locale::ALL {
            for (name, source) in sources(locale) {
                if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                    panic!("{}/{name}: {errors:?}", locale.tag());
                }
            }
            let mut seen = BTreeSet::new();
            for (name, source) in sources(locale) {
                let named = source.lines().filter_map(|line| line.split_once(" =").map(|(key, _)| key));
                for key in named.filter(|key| keys(locale).contains(*key)) {
                    assert!(seen.insert(key), "{}/{name}: {key} stands in two places", locale.tag());
                }
            }
            let missing: Vec<_> = keys(Locale::En).symmetric_difference(keys(locale)).collect();
            assert!(missing.is_empty(), "{} differs from en in {missing:?}", locale.tag());
        }
    }

    /// `t("..")` and `with("..")` in the sources name keys that exist, and every key is used.
    #[test]
    fn code_and_texts_agree() {
        fn walk(dir: &Path, code: &mut String) {
            for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    walk(&path, code);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    code.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
                }
            }
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut code = String::new();
        walk(&root.join("src"), &mut code);
        walk(&root.join("../server/src"), &mut code);
        let mut unknown = Vec::new();
        for call in [".t(\"", ".with(\"", ".with(\n            \"", ".with(\n                \""] {
            for rest in code.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                if key.contains('-') && !keys(Locale::En).contains(key) {
                    unknown.push(key.to_owned());
                }
            }
        }
        assert!(unknown.is_empty(), "keys that do not exist: {unknown:?}");
        let unused: Vec<_> = keys(Locale::En).iter().filter(|key| !code.contains(&format!("\"{key}\""))).collect();
        assert!(unused.is_empty(), "texts nobody shows: {unused:?}");
    }
}
