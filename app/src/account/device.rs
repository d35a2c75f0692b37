//! Devices and places in words: what a browser says of itself, and what an address says without asking anybody.

use std::net::IpAddr;

use crate::i18n::Locale;

/// What a browser names itself, reduced to what its owner would call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// Firefox, Safari and so on; none when it is none of the usual.
    pub browser: Option<&'static str>,
    /// Windows, iPhone and so on.
    pub system: Option<&'static str>,
}

/// What stands in a `User-Agent`, and whose it is. The first that fits counts: nearly all pretend to be Chrome or
/// Safari as well.
const BROWSERS: [(&str, &str); 18] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex Browser"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Ddg/", "DuckDuckGo"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("GSA/", "Google"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    ("curl/", "curl"),
];

const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("FreeBSD", "FreeBSD"),
    ("Linux", "Linux"),
];

impl Device {
    /// Reads a `User-Agent` (RFC 9110, 10.1.5).
    pub fn parse(text: &str) -> Self {
        let find = |names: &[(&'static str, &'static str)]| {
            names.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name)
        };
        Self { browser: find(&BROWSERS), system: find(&SYSTEMS) }
    }

    /// Whether it fits into a pocket.
    pub fn is_phone(self) -> bool {
        matches!(self.system, Some("iPhone" | "Android"))
    }

    /// "Firefox on Windows", in the reader's language.
    pub fn words(self, locale: Locale) -> String {
        match (self.browser, self.system) {
            (Some(browser), Some(system)) => {
                locale.with("sessions-device", &[("browser", browser.into()), ("system", system.into())])
            }
            (Some(name), None) | (None, Some(name)) => name.to_owned(),
            (None, None) => locale.t("sessions-device-unknown").to_owned(),
        }
    }
}

/// Where an address is, as far as it tells by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing is known.
    Unknown,
    /// The machine the portal runs on.
    Machine,
    /// The network the reader is in as well.
    Same,
    /// Another network behind a router.
    Local,
    /// Somewhere on the internet: the range the address is in.
    Internet(String),
}

/// What one line at a customer has: an IPv4 /24, an IPv6 /64.
fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.octets().iter().take(3).copied().collect(),
        IpAddr::V6(v6) => v6.octets().iter().take(8).copied().collect(),
    }
}

impl Place {
    /// The place of an address, for a reader at another.
    pub fn of(sender: &str, reader: Option<&str>) -> Self {
        let Ok(address) = sender.parse::<IpAddr>() else { return Self::Unknown };
        let address = address.to_canonical();
        if address.is_loopback() {
            return Self::Machine;
        }
        let reader = reader.and_then(|text| text.parse::<IpAddr>().ok());
        if reader.is_some_and(|reader| network(reader) == network(address)) {
            return Self::Same;
        }
        let local = match address {
            IpAddr::V4(v4) => v4.is_private() || v4.is_link_local(),
            IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local(),
        };
        if local { Self::Local } else { Self::Internet(range(address)) }
    }

    /// In the reader's language.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::Unknown => locale.t("sessions-place-unknown").to_owned(),
            Self::Machine => locale.t("sessions-place-machine").to_owned(),
            Self::Same => locale.t("sessions-place-same").to_owned(),
            Self::Local => locale.t("sessions-place-local").to_owned(),
            Self::Internet(range) => locale.with("sessions-place-internet", &[("range", range.clone().into())]),
        }
    }
}

fn range(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.x")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_what_their_owners_call_them() {
        for (text, browser, system) in [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox", "Windows"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                "Chrome",
                "Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                "Edge",
                "Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
                "Safari",
                "Mac",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
                "Safari",
                "iPhone",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 Safari/605.1.15",
                "Firefox",
                "iPhone",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1",
                "Chrome",
                "iPad",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
                "Chrome",
                "Android",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
                "Samsung Internet",
                "Android",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0",
                "Opera",
                "Windows",
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                "Chrome",
                "ChromeOS",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
                "Chrome",
                "Linux",
            ),
        ] {
            let device = Device::parse(text);
            assert_eq!((device.browser, device.system), (Some(browser), Some(system)), "{text}");
        }
        assert_eq!(Device::parse("curl/8.14.1").browser, Some("curl"));
        assert_eq!(Device::parse("<script>"), Device { browser: None, system: None });
        assert_eq!(Device::parse(""), Device { browser: None, system: None });
    }

    #[test]
    fn addresses_tell_their_place_without_asking_anybody() {
        let place = |sender: &str| Place::of(sender, Some("198.51.100.20"));
        assert_eq!(place("127.0.0.1"), Place::Machine);
        assert_eq!(place("198.51.100.7"), Place::Same);
        assert_eq!(place("192.168.178.20"), Place::Local);
        assert_eq!(place("fd12:3456::1"), Place::Local);
        assert_eq!(place("203.0.113.9"), Place::Internet("203.0.113.x".to_owned()));
        assert_eq!(place("::ffff:203.0.113.9"), Place::Internet("203.0.113.x".to_owned()));
        assert_eq!(place("2001:db8:1:2:3::4"), Place::Internet("2001:db8:1:2::/64".to_owned()));
        assert_eq!(Place::of("2001:db8:1:2:3::4", Some("2001:db8:1:2:9::1")), Place::Same);
        assert_eq!(place(""), Place::Unknown);
    }
}
