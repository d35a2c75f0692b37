//! Letters with sample values, to look at.

use std::collections::BTreeMap;

use crate::ctx::Portal;
use crate::i18n::Locale;
use crate::time::Instant;

use super::compose::{Composed, Foot, Line, More, compose};
use super::letter::Recipient;
use super::template::Template;

fn sample(name: &str) -> &'static str {
    match name {
        "inviter" => "Anna Albers",
        "organisation" => "ACME Werke AG",
        "project" => "Roller conveyor, line 2",
        "address" => "anna.albers@acme.example",
        "factor" => "totp",
        "left" => "3",
        "device" => "Firefox, Linux",
        "token" => "ERP",
        "title" => "Specification RF-400",
        "version" => "3",
        "until" => "31 Dec 2026",
        "due" => "27.11.2026",
        "again" | "late" | "several" => "no",
        "count" => "2",
        "why" => "asked",
        "what" => "proposed",
        "when" => "Monday, 7 December 2026, 09:00 to 11:00; Tuesday, 8 December 2026, 13:00 to 15:00",
        "placed" => "yes",
        "place" => "Hafenstraße 12, Hamm",
        "outcome" => "declined",
        "file" => "RF-400 rev C.zip",
        "scan" => "infected",
        "finding" => "Win.Test.EICAR_HDB-1",
        "rejected" => "3",
        "passkey" => "Work laptop",
        "change" => "role",
        "lines" => "2",
        "others" => "1",
        "cadence" => "daily",
        _ => "",
    }
}

/// A letter as it would go out, in a language, with sample values.
pub fn preview(portal: &Portal, template: Template, locale: Locale, at: Instant) -> Composed {
    let mut values: BTreeMap<String, String> =
        template.needs().iter().map(|name| ((*name).to_owned(), sample(name).to_owned())).collect();
    if template == Template::Invitation {
        values.insert("message".into(), "Moin Ben,\nhier liegen ab jetzt unsere Dokumente.\n\nAnna".into());
    }
    let more = match template {
        Template::Notifications | Template::Digest => told(portal),
        _ => More::default(),
    };
    let to = Recipient { address: "ben@acme.example".into(), name: "Ben Brandt".into(), locale };
    let mut url = portal.base_url.clone();
    if template.purpose().is_some() {
        url.set_path("/sample");
        url.set_query(Some("key=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
    }
    compose(portal, template, &to, &values, Some(url.as_str()), &more, at, &portal.zone)
}

/// Lines as they stand in a mail that tells of several things, and what stands below them.
fn told(portal: &Portal) -> More {
    let url = |path: &str| portal.base_url.join(path).map(String::from).unwrap_or_default();
    let line = |text: &str, meta: &str| Line { text: text.to_owned(), url: url("/documents"), meta: meta.to_owned() };
    More {
        lines: vec![
            line("Specification RF-400", "30 Nov 2026, 09:12"),
            line("Roller conveyor, line 2: drawing, sheet 4", "30 Nov 2026, 09:10"),
        ],
        foot: Some(Foot {
            why: "Specification RF-400".to_owned(),
            stop: url("/unsubscribe?key=0123456789abcdef"),
            choose: url("/account/notifications"),
        }),
    }
}
