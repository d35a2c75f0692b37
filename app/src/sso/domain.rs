//! E-mail domains: how they are written, and which can be nobody's.

use url::Host;

/// Where everybody can get an address: owning one of them proves nothing.
const PUBLIC: &[&str] = &[
    "163.com",
    "126.com",
    "aol.com",
    "arcor.de",
    "bluewin.ch",
    "duck.com",
    "fastmail.com",
    "fastmail.fm",
    "free.fr",
    "freemail.hu",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "home.nl",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.fr",
    "hotmail.nl",
    "hushmail.com",
    "icloud.com",
    "kpnmail.nl",
    "laposte.net",
    "libero.it",
    "live.com",
    "live.de",
    "live.nl",
    "mac.com",
    "mail.com",
    "mail.de",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "naver.com",
    "online.de",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "planet.nl",
    "pm.me",
    "posteo.de",
    "posteo.net",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "qq.com",
    "quicknet.nl",
    "rocketmail.com",
    "seznam.cz",
    "t-online.de",
    "telenet.be",
    "tuta.com",
    "tutanota.com",
    "tutanota.de",
    "upcmail.nl",
    "vodafone.de",
    "web.de",
    "wp.pl",
    "xs4all.nl",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yandex.com",
    "yandex.ru",
    "ymail.com",
    "ziggo.nl",
];

/// Endings below which names are given away: owning one would be owning all of them.
const ENDINGS: &[&str] = &[
    "ac.uk",
    "co.at",
    "co.il",
    "co.in",
    "co.jp",
    "co.kr",
    "co.nz",
    "co.uk",
    "co.za",
    "com.au",
    "com.br",
    "com.cn",
    "com.mx",
    "com.pl",
    "com.tr",
    "github.io",
    "gov.uk",
    "or.at",
    "org.uk",
    "azurewebsites.net",
    "onmicrosoft.com",
];

/// Why a domain cannot be an organisation's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no domain name.
    NoDomain,
    /// Everybody can get an address there.
    Public,
}

/// A domain as DNS has it: lower case, ASCII, without a dot at the end.
fn normal(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('@').trim_end_matches('.');
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
    if text.is_empty() || !text.chars().all(plain) {
        return None;
    }
    match Host::parse(text).ok()? {
        Host::Domain(domain) => {
            let labels: Vec<&str> = domain.split('.').collect();
            let sound = |label: &&str| !label.is_empty() && label.len() <= 63 && !label.starts_with('-');
            let named = labels.last().is_some_and(|last| last.bytes().any(|b| b.is_ascii_alphabetic()));
            (labels.len() > 1 && domain.len() <= 253 && labels.iter().all(sound) && named).then_some(domain)
        }
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// A domain as an organisation may claim it.
pub fn parse(text: &str) -> Result<String, Refusal> {
    let domain = normal(text).ok_or(Refusal::NoDomain)?;
    if PUBLIC.contains(&domain.as_str()) || ENDINGS.contains(&domain.as_str()) {
        return Err(Refusal::Public);
    }
    Ok(domain)
}

/// The domain of an address; the part before the last `@` may hold anything.
pub fn of_email(email: &str) -> Option<String> {
    let (local, domain) = email.trim().rsplit_once('@')?;
    if local.is_empty() { None } else { normal(domain) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_written_one_way() {
        for (given, kept) in [
            ("borealis.example", "borealis.example"),
            (" @Borealis.EXAMPLE. ", "borealis.example"),
            ("müller.example", "xn--mller-kva.example"),
            ("mail.acme-werke.example", "mail.acme-werke.example"),
        ] {
            assert_eq!(parse(given).as_deref(), Ok(kept), "{given}");
        }
        assert_eq!(of_email("Carla@MÜLLER.example").as_deref(), Some("xn--mller-kva.example"));
        assert_eq!(of_email("\"a@b\"@acme.example").as_deref(), Some("acme.example"));
    }

    #[test]
    fn what_is_no_domain_or_everybodys_is_refused() {
        for wrong in
            ["", "localhost", "10.0.0.1", "[::1]", "a b.example", "-a.example", "a..b", "acme.example/x", "com"]
        {
            assert_eq!(parse(wrong), Err(Refusal::NoDomain), "{wrong}");
        }
        for public in ["gmail.com", "GMX.de", "@web.de", "co.uk", "onmicrosoft.com"] {
            assert_eq!(parse(public), Err(Refusal::Public), "{public}");
        }
        for wrong in ["anna", "@acme.example", "anna@", "anna@localhost"] {
            assert_eq!(of_email(wrong), None, "{wrong}");
        }
    }
}
