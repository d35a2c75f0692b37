//! Addresses and names as headers take them.

use lettre::Address;
use lettre::message::Mailbox;
use url::{Host, Url};

/// The longest name in a header. What is longer is cut: it is for reading, not for reaching anybody.
const NAME: usize = 120;

/// Text without line breaks and other control characters: nothing of it can begin a header or a line of its own.
pub(super) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() || is_separator(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Line and paragraph separators, and the marks that turn the direction of what follows.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// An address in the form that every mail server takes: the domain in its ASCII form (RFC 5891). `None` if it is none.
fn address(text: &str) -> Option<Address> {
    let (user, domain) = text.trim().rsplit_once('@')?;
    if domain.contains('%') || text.chars().any(char::is_control) {
        return None;
    }
    let domain = match Host::parse(domain).ok()? {
        Host::Domain(domain) => domain,
        Host::Ipv4(_) | Host::Ipv6(_) => return None,
    };
    Address::new(user, domain).ok()
}

/// A mailbox with a name for people; `None` if the address is none.
pub(super) fn mailbox(name: &str, text: &str) -> Option<Mailbox> {
    let name: String = one_line(name).chars().take(NAME).collect();
    Some(Mailbox::new((!name.is_empty()).then_some(name), address(text)?))
}

/// Whom the portal's mails are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    mailbox: Mailbox,
    /// The portal itself, under the name it has when the mail is sent.
    portal: bool,
}

impl Sender {
    /// Parses `Name <address>` or an address alone.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "not an address like Portal <no-reply@example.com>".to_owned();
        let (name, rest) = match text.trim().strip_suffix('>') {
            Some(text) => text.rsplit_once('<').ok_or_else(wrong)?,
            None => ("", text),
        };
        let mailbox = mailbox(name.trim().trim_matches('"'), rest).ok_or_else(wrong)?;
        Ok(Self { mailbox, portal: false })
    }

    /// The portal itself, which nobody can answer: `no-reply` at the host of the public URL.
    pub fn of_portal(base_url: &Url) -> Self {
        let host = base_url.domain().unwrap_or("localhost");
        let fallback = || Mailbox::new(None, Address::new_dangerous("no-reply", "localhost"));
        Self { mailbox: mailbox("", &format!("no-reply@{host}")).unwrap_or_else(fallback), portal: true }
    }

    /// The mailbox of a mail that is sent now, by the portal of this name.
    pub(super) fn mailbox(&self, portal: &str) -> Mailbox {
        let named = self.portal.then(|| mailbox(portal, self.mailbox.email.as_ref())).flatten();
        named.unwrap_or_else(|| self.mailbox.clone())
    }

    /// The domain that the mails come from; their ids end with it.
    pub fn domain(&self) -> &str {
        self.mailbox.email.domain()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_on_one_line() {
        assert_eq!(one_line("Anna\r\nBcc: evil@example.com"), "Anna Bcc: evil@example.com");
        assert_eq!(one_line(" a\u{2028}b\u{202e}c\t "), "a b c");
    }

    #[test]
    fn domains_get_their_ascii_form_and_nothing_else_is_an_address() {
        let text = |t: &str| address(t).map(|a| a.to_string());
        assert_eq!(text("Anna@M\u{fc}ller.example").as_deref(), Some("Anna@xn--mller-kva.example"));
        assert_eq!(text("a.b+c@example.com").as_deref(), Some("a.b+c@example.com"));
        for bad in ["", "a", "a@", "@b", "a@b c", "a@127.0.0.1", "a@x\r\nBcc: b@c", "a b@example.com", "a@%65vil.com"] {
            assert_eq!(text(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name() {
        let sender = Sender::parse("\"Nordlicht, Portal\" <portal@nordlicht.example>").map(|s| s.mailbox("Kontor"));
        assert_eq!(sender.as_ref().ok().and_then(|m| m.name.as_deref()), Some("Nordlicht, Portal"));
        assert_eq!(
            Sender::parse("portal@nordlicht.example").map(|s| s.domain().to_owned()),
            Ok("nordlicht.example".into())
        );
        for bad in ["", "Portal", "Portal <>", "Portal <a@b", "a@b>", "Portal a@b.example>"] {
            assert!(Sender::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_portal_writes_from_its_own_host() {
        let url = |text: &str| Url::parse(text).ok();
        let from = |text: &str| url(text).map(|u| Sender::of_portal(&u).mailbox("Nordlicht").to_string());
        let known = from("https://portal.nordlicht.example/");
        assert_eq!(known.as_deref(), Some("Nordlicht <no-reply@portal.nordlicht.example>"));
        assert_eq!(from("http://127.0.0.1:3000/").as_deref(), Some("Nordlicht <no-reply@localhost>"));
    }
}
