//! Where a request came from and on what, known to whatever runs inside it: the session store notes it without every
//! flow that signs somebody in having to pass it on.

use std::cell::RefCell;
use std::net::IpAddr;

/// The cookie that a browser is recognised by at the next sign-in.
pub const DEVICE_COOKIE: &str = "device";

/// The longest name a browser gives itself that is kept, in bytes.
const LONGEST: usize = 300;

tokio::task_local! {
    static CURRENT: RefCell<Origin>;
}

/// The browser and the address behind a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// As the browser names itself (RFC 9110, 10.1.5), cut where it is too long.
    pub device: String,
    /// The address, as far as our own proxies let us know it.
    pub sender: Option<IpAddr>,
    /// Somebody else's proxy has passed it on.
    pub proxied: bool,
    /// What the browser says it was given at an earlier sign-in.
    pub cookie: Option<String>,
    /// An open page looks for news by itself: nobody has come.
    pub by_itself: bool,
    /// What it is given now.
    new_cookie: Option<String>,
}

impl Origin {
    /// As the request says. A cookie that is none of ours counts as none.
    pub fn new(device: &str, sender: IpAddr, proxied: bool, cookie: Option<&str>) -> Self {
        let mut end = device.len().min(LONGEST);
        while !device.is_char_boundary(end) {
            end -= 1;
        }
        let device = device.get(..end).unwrap_or_default().to_owned();
        let ours = |text: &&str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let cookie = cookie.filter(ours).map(str::to_owned);
        Self { device, sender: Some(sender), proxied, cookie, by_itself: false, new_cookie: None }
    }

    /// The address as text; empty where it is not known.
    pub fn sender_text(&self) -> String {
        self.sender.map(|address| address.to_string()).unwrap_or_default()
    }
}

/// Runs a request with what is known of where it came from. Returns also the device cookie the browser is to be given,
/// if a sign-in has made one.
pub async fn within<T>(origin: Origin, request: impl Future<Output = T>) -> (T, Option<String>) {
    CURRENT
        .scope(RefCell::new(origin), async {
            let result = request.await;
            (result, CURRENT.with(|origin| origin.borrow_mut().new_cookie.take()))
        })
        .await
}

/// Where the request at hand came from; nothing outside of one.
pub fn current() -> Option<Origin> {
    CURRENT.try_with(|origin| origin.borrow().clone()).ok()
}

/// Has the browser remember this; outside of a request nobody does.
pub fn remember(cookie: &str) {
    let _ = CURRENT.try_with(|origin| origin.borrow_mut().new_cookie = Some(cookie.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_between_letters_and_a_foreign_cookie_is_none() {
        let address = "203.0.113.9".parse().unwrap();
        let origin = Origin::new(&"ö".repeat(200), address, false, Some("someone else's"));
        assert_eq!((origin.device.len(), origin.cookie), (300, None));
        let ours = "0123456789abcdef".repeat(4);
        assert_eq!(Origin::new("x", address, false, Some(&ours)).cookie, Some(ours));
    }
}
