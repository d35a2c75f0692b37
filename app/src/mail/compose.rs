//! Turning a template and its values into subject, text and HTML: one source for all three.

use std::collections::BTreeMap;

use fluent_bundle::FluentValue;
use jiff::tz::TimeZone;

use crate::ctx::Portal;
use crate::i18n::{Arg, format};
use crate::time::Instant;

use super::address::one_line;
use super::html;
use super::letter::Recipient;
use super::template::Template;

/// The longest message of a person inside a letter.
const MESSAGE: usize = 2000;

/// A letter ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// One line.
    pub subject: String,
    /// For programs that show text.
    pub text: String,
    /// The same for programs that show HTML.
    pub html: String,
}

/// One of several things that a letter tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub text: String,
    /// Where it is: a finished address.
    pub url: String,
    /// When it was, and of whom.
    pub meta: String,
}

/// Why a notification came, and how to have no more of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foot {
    /// Why it came, in one sentence.
    pub why: String,
    /// The address that stops this kind of mail.
    pub stop: String,
    /// The address where one chooses what one is told.
    pub choose: String,
}

/// What a notification has beside a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// What it tells, line by line.
    pub lines: Vec<Line>,
    /// The small print of its own.
    pub foot: Option<Foot>,
}

/// The parts of a letter, in order and in plain text.
pub(super) struct Parts {
    pub language: &'static str,
    pub portal: String,
    pub home: String,
    pub subject: String,
    pub greeting: String,
    pub paragraphs: Vec<String>,
    /// Who wrote it, and what, line by line.
    pub message: Option<(String, Vec<String>)>,
    pub lines: Vec<Line>,
    /// Words, address, and what to do where it cannot be pressed.
    pub button: Option<(String, String, String)>,
    pub small_print: Vec<String>,
    /// Links below it: words and address.
    pub links: Vec<(String, String)>,
}

/// Writes a letter. `button` is the finished address, `at` when the letter was queued, `zone` the reader's.
#[expect(clippy::too_many_arguments, reason = "what a letter is made of")]
pub fn compose(
    portal: &Portal,
    template: Template,
    to: &Recipient,
    values: &BTreeMap<String, String>,
    button: Option<&str>,
    more: &More,
    at: Instant,
    zone: &TimeZone,
) -> Composed {
    let (locale, texts) = (to.locale, template.texts());
    let name = one_line(&to.name);
    let portal_name = one_line(&portal.name.get());
    // A mail is read on another day than it was written: always with the date and the year.
    let at = format::date_time(locale, zone, Instant(0), at);
    let mut args: Vec<Arg<'_>> =
        vec![("portal", portal_name.clone().into()), ("name", name.clone().into()), ("at", at.into())];
    if let Some(purpose) = template.purpose() {
        let seconds = purpose.lifetime().as_secs();
        args.extend([
            ("minutes", (seconds / 60).into()),
            ("hours", (seconds / 3600).into()),
            ("days", (seconds / 86400).into()),
        ]);
    }
    for need in template.needs() {
        let value = values.get(*need).map(|value| one_line(value)).unwrap_or_default();
        args.push((need, number_or_text(need, value)));
    }
    let say = |key: &'static str| locale.with(key, &args);
    let message = values.get("message").map(|text| lines(text)).filter(|lines| !lines.is_empty());
    let line = |line: &Line| Line { text: one_line(&line.text), url: line.url.clone(), meta: one_line(&line.meta) };
    let foot = more.foot.as_ref();
    let why = foot.map_or_else(|| say(texts.why), |foot| one_line(&foot.why));
    let links = foot.map(|foot| {
        let stop = (say("mail-stop"), foot.stop.clone());
        vec![stop, (say("mail-choose"), foot.choose.clone())]
    });
    let parts = Parts {
        language: locale.tag(),
        home: portal.base_url.to_string(),
        subject: one_line(&say(texts.subject)),
        greeting: if name.is_empty() { say("mail-greeting-nobody") } else { say("mail-greeting") },
        paragraphs: say(texts.text).split("\n\n").map(one_line).filter(|text| !text.is_empty()).collect(),
        message: message.map(|lines| (say("mail-message-from"), lines)),
        button: button.map(|url| (say(texts.button), url.to_owned(), say("mail-link-instead"))),
        lines: more.lines.iter().map(line).collect(),
        small_print: vec![why, say("mail-no-replies")],
        links: links.unwrap_or_default(),
        portal: portal_name,
    };
    Composed { text: plain(&parts), html: html::render(&parts), subject: parts.subject }
}

/// Counts choose their plural; everything else is text, also if it looks like a number.
fn number_or_text(name: &str, value: String) -> FluentValue<'static> {
    match value.parse::<u64>() {
        Ok(number) if ["left", "lines", "others", "rejected"].contains(&name) => number.into(),
        _ => value.into(),
    }
}

/// What a person wrote, line by line, without anything that is not text.
fn lines(text: &str) -> Vec<String> {
    let text: String = text.chars().take(MESSAGE).collect();
    let mut lines: Vec<String> = text.lines().map(one_line).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

fn plain(parts: &Parts) -> String {
    let mut blocks = vec![parts.greeting.clone()];
    blocks.extend(parts.paragraphs.iter().cloned());
    if let Some((who, lines)) = &parts.message {
        let quoted: Vec<String> = lines.iter().map(|line| format!("> {line}").trim_end().to_owned()).collect();
        blocks.push(format!("{who}\n{}", quoted.join("\n")));
    }
    blocks.extend(parts.lines.iter().map(|line| format!("* {}\n  {}\n  {}", line.text, line.meta, line.url)));
    if let Some((label, url, _)) = &parts.button {
        blocks.push(format!("{label}:\n{url}"));
    }
    let mut foot = parts.small_print.clone();
    foot.extend(parts.links.iter().map(|(label, url)| format!("{label}:\n{url}")));
    // The mark of a signature (RFC 3676, 4.3) ends with a space.
    blocks.push(format!("-- \n{}\n{}\n{}", parts.portal, parts.home, foot.join("\n")));
    blocks.join("\n\n") + "\n"
}
