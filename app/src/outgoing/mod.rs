//! Everything the portal asks of others over HTTP goes through this one client.
//!
//! Addresses come from customers (an identity provider, a webhook), so a call could be aimed at the operator's own
//! network. The client resolves names itself and connects to public addresses only, at the moment of connecting, so that
//! a name cannot change its mind in between; the operator may open networks by name (`KONTOR_OUTGOING_ALLOW`). It follows
//! no redirect, asks no proxy, keeps no cookie, and is bounded in time and size.

mod brief;
mod network;

pub use brief::Brief;
pub use network::{Network, is_public};

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::http::{Request, Response};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// How long a connection may take to open.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a whole call may take.
const TOTAL: Duration = Duration::from_secs(6);
/// The longest answer, in bytes: a discovery document or a key set is some kilobytes.
const LONGEST: usize = 512 * 1024;

/// Why a call came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The address is not one on the internet, and not in a network that the operator has opened; or not https.
    Refused,
    /// Nobody answered, or not in TLS that can be trusted.
    Unreachable,
    /// It took too long.
    Slow,
    /// The answer is longer than anything we ask for.
    TooLarge,
    /// The answer leads elsewhere.
    Redirected,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "the address is not public, and its network is not opened in KONTOR_OUTGOING_ALLOW",
            Self::Unreachable => "nobody answers there, or not in TLS that can be trusted",
            Self::Slow => "the answer took too long",
            Self::TooLarge => "the answer is too large",
            Self::Redirected => "the answer leads to another address",
        })
    }
}

impl std::error::Error for Failure {}

/// The client. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Outgoing(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    allowed: Vec<Network>,
    /// Made when first needed: reading the machine's certificates takes a while, and most portals never call anybody.
    client: OnceLock<Option<reqwest::Client>>,
    /// For plain http, which is spoken in opened networks only.
    plain: OnceLock<Option<reqwest::Client>>,
}

impl Outgoing {
    /// A client that also reaches these networks.
    pub fn new(allowed: Vec<Network>) -> Self {
        Self(Arc::new(Inner { allowed, client: OnceLock::new(), plain: OnceLock::new() }))
    }

    /// Whether an address could be called at all: https, or http where the operator has opened a network. What a name
    /// stands for is judged when connecting.
    pub fn accepts(&self, url: &Url) -> bool {
        self.check(url).is_ok()
    }

    fn check(&self, url: &Url) -> Result<(), Failure> {
        let plain = match url.scheme() {
            "https" => false,
            "http" if !self.0.allowed.is_empty() => true,
            _ => return Err(Failure::Refused),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Failure::Refused);
        }
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(_)) => return Ok(()),
            None => return Err(Failure::Refused),
        };
        // An address written out is resolved by nobody.
        if permitted(literal, &self.0.allowed, plain) { Ok(()) } else { Err(Failure::Refused) }
    }

    fn client(&self, plain: bool) -> Result<&reqwest::Client, Failure> {
        let slot = if plain { &self.0.plain } else { &self.0.client };
        slot.get_or_init(|| {
            let resolver = Resolver { allowed: self.0.allowed.clone(), plain };
            reqwest::Client::builder()
                .user_agent("Kontor")
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .https_only(!plain)
                .connect_timeout(CONNECT)
                .timeout(TOTAL)
                .dns_resolver(resolver)
                .build()
                .inspect_err(|error| tracing::error!(%error, "outgoing client"))
                .ok()
        })
        .as_ref()
        .ok_or(Failure::Unreachable)
    }

    /// Makes a call. The answer is whole, and no longer than half a megabyte.
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Failure> {
        tokio::time::timeout(TOTAL, self.exchange(request)).await.unwrap_or(Err(Failure::Slow))
    }

    async fn exchange(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Failure> {
        let url = Url::parse(&request.uri().to_string()).map_err(|_| Failure::Refused)?;
        self.check(&url)?;
        let request = reqwest::Request::try_from(request).map_err(|_| Failure::Refused)?;
        let mut answer = self.client(url.scheme() == "http")?.execute(request).await.map_err(|e| failure(&e))?;
        if answer.status().is_redirection() {
            return Err(Failure::Redirected);
        }
        if answer.content_length().is_some_and(|length| length > LONGEST as u64) {
            return Err(Failure::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|e| failure(&e))? {
            if body.len() + chunk.len() > LONGEST {
                return Err(Failure::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}

/// What the client of OpenID Connect calls with.
impl<'c> openidconnect::AsyncHttpClient<'c> for Outgoing {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, Failure>> + Send + 'c>>;

    fn call(&'c self, request: Request<Vec<u8>>) -> Self::Future {
        Box::pin(self.send(request))
    }
}

fn failure(error: &reqwest::Error) -> Failure {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(failure) = inner.downcast_ref::<Failure>() {
            return *failure;
        }
        cause = inner.source();
    }
    if error.is_timeout() { Failure::Slow } else { Failure::Unreachable }
}

/// In plain text only where the operator has opened the network: nobody else is asked anything that way.
fn permitted(address: IpAddr, allowed: &[Network], plain: bool) -> bool {
    let opened = allowed.iter().any(|network| network.contains(address.to_canonical()));
    opened || (!plain && is_public(address))
}

/// Resolves names as the machine does, and leaves out what may not be called.
struct Resolver {
    allowed: Vec<Network>,
    plain: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (allowed, plain) = (self.allowed.clone(), self.plain);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| Failure::Unreachable)?;
            let addresses: Vec<SocketAddr> = found.filter(|found| permitted(found.ip(), &allowed, plain)).collect();
            if addresses.is_empty() {
                return Err(Failure::Refused.into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(allowed: &[&str], url: &str) -> bool {
        let networks = allowed.iter().filter_map(|text| Network::parse(text)).collect();
        Outgoing::new(networks).accepts(&Url::parse(url).unwrap())
    }

    #[test]
    fn only_https_to_the_internet_unless_the_operator_opens_a_network() {
        for url in ["https://login.example.com/x", "https://8.8.8.8/"] {
            assert!(accepts(&[], url), "{url}");
        }
        for url in [
            "http://login.example.com/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://user:word@login.example.com/",
            "ftp://login.example.com/",
            "file:///etc/passwd",
        ] {
            assert!(!accepts(&[], url), "{url}");
        }
        assert!(accepts(&["127.0.0.0/8"], "http://127.0.0.1:4000/"));
        assert!(!accepts(&["127.0.0.0/8"], "http://8.8.8.8/"), "in the clear inside only");
        assert!(accepts(&["127.0.0.0/8"], "https://8.8.8.8/"));
        assert!(!accepts(&["127.0.0.0/8"], "https://10.0.0.1/"));
    }

    #[tokio::test]
    async fn a_name_that_stands_for_this_machine_is_refused_when_connecting() {
        let get = || Request::get("https://localhost/").body(Vec::new()).unwrap();
        assert_eq!(Outgoing::new(vec![]).send(get()).await.map(|_| ()), Err(Failure::Refused));
        let inside = Request::get("http://localhost/").body(Vec::new()).unwrap();
        let elsewhere = Outgoing::new(Network::parse("10.0.0.0/8").into_iter().collect());
        assert_eq!(elsewhere.send(inside).await.map(|_| ()), Err(Failure::Refused));
    }
}
