//! Sending over SMTP (RFC 5321).

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, Error, PoolConfig};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::jobs::Failure;

/// How long the server may take for one answer.
const TIME: Duration = Duration::from_secs(30);
/// Connections at once, and how long one is kept for the next mail.
const CONNECTIONS: u32 = 4;
const IDLE: Duration = Duration::from_secs(30);

/// When the line to the mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encryption {
    /// From the first byte (`smtps://`).
    Always,
    /// After STARTTLS, or nothing is sent.
    Required,
    /// After STARTTLS where the server offers it.
    Opportunistic,
    /// Never.
    None,
}

/// A mail server: a parsed `KONTOR_SMTP_URL`.
#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    host: String,
    port: u16,
    encryption: Encryption,
    credentials: Option<(String, String)>,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Smtp({}:{}, {:?})", self.host, self.port, self.encryption)
    }
}

impl Smtp {
    /// Parses `smtp://` or `smtps://`, with `user:password@` where the server wants it, and `?tls=required`,
    /// `?tls=opportunistic` or `?tls=none`. Without that, `smtp://` encrypts where the server can, and demands it where
    /// a password would be sent to another machine. Ports: 465 for `smtps`, 587 where encryption is demanded, else 25.
    /// The message of an error never holds the password.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|_| "not a URL like smtp://user:password@mail.example.com".to_owned())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("names no host")?.to_owned();
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err("must not have a path".into());
        }
        let decoded = |text: &str| {
            percent_decode_str(text).decode_utf8().map(|t| t.into_owned()).map_err(|_| "user or password is not UTF-8")
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (user, password) => Some((decoded(user)?, decoded(password.unwrap_or_default())?)),
        };
        let mut tls = None;
        for (name, value) in url.query_pairs() {
            tls = match (&*name, &*value) {
                ("tls", "required") => Some(Encryption::Required),
                ("tls", "opportunistic") => Some(Encryption::Opportunistic),
                ("tls", "none") => Some(Encryption::None),
                ("tls", _) => return Err("tls must be required, opportunistic or none".into()),
                _ => return Err(format!("unknown parameter {name}")),
            };
        }
        let local = host == "localhost" || host == "[::1]" || host.starts_with("127.");
        let encryption = match (url.scheme(), tls) {
            ("smtps", None) => Encryption::Always,
            ("smtps", Some(_)) => return Err("smtps:// is always encrypted; leave tls out".into()),
            ("smtp", Some(tls)) => tls,
            ("smtp", None) if credentials.is_some() && !local => Encryption::Required,
            ("smtp", None) => Encryption::Opportunistic,
            _ => return Err("must start with smtp:// or smtps://".into()),
        };
        let port = url.port().unwrap_or(match encryption {
            Encryption::Always => 465,
            Encryption::Required => 587,
            Encryption::Opportunistic | Encryption::None => 25,
        });
        Ok(Self { host, port, encryption, credentials })
    }

    /// The server without its password.
    pub fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Opens the pool of connections; none is made yet.
    pub(super) fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
        let parameters = || {
            let name = self.host.trim_matches(['[', ']']).to_owned();
            TlsParameters::new(name).map_err(|e| format!("TLS: {e}"))
        };
        let tls = match self.encryption {
            Encryption::Always => Tls::Wrapper(parameters()?),
            Encryption::Required => Tls::Required(parameters()?),
            Encryption::Opportunistic => Tls::Opportunistic(parameters()?),
            Encryption::None => Tls::None,
        };
        let pool = PoolConfig::new().max_size(CONNECTIONS).idle_timeout(IDLE);
        let host = self.host.trim_matches(['[', ']']);
        let builder: AsyncSmtpTransportBuilder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(self.port)
            .tls(tls)
            .timeout(Some(TIME))
            .pool_config(pool);
        let builder = match &self.credentials {
            Some((user, password)) => builder.credentials(Credentials::new(user.clone(), password.clone())),
            None => builder,
        };
        Ok(builder.build())
    }
}

/// What an error of the server means for the mail. The server's own words often quote the address, so only its codes
/// are kept (RFC 5321, 4.2; RFC 3463).
pub(super) fn failure(error: &Error) -> Failure {
    let words = error.source().map(ToString::to_string).unwrap_or_default();
    if let Some(code) = error.status() {
        let code = code.to_string();
        let text = match enhanced(&words) {
            Some(enhanced) => format!("SMTP {code} {enhanced}"),
            None => format!("SMTP {code}"),
        };
        // A refused sign-in is our configuration, not this mail: the others would be lost with it.
        let ours = ["530", "534", "535", "538"].contains(&code.as_str());
        return if error.is_permanent() && !ours { Failure::Never(text) } else { Failure::Again(text) };
    }
    if error.is_timeout() {
        return Failure::Again("the mail server took too long".into());
    }
    if error.is_tls() {
        return Failure::Again("no encrypted connection to the mail server".into());
    }
    if error.is_client() {
        if words.contains("SMTPUTF8") {
            return Failure::Never("the mail server does not take addresses beyond ASCII".into());
        }
        if words.contains("STARTTLS") {
            return Failure::Again("the mail server offers no STARTTLS".into());
        }
        return Failure::Again("no agreement with the mail server".into());
    }
    Failure::Again("the mail server cannot be reached".into())
}

/// The enhanced status code that an answer begins with, such as `5.1.1`.
fn enhanced(words: &str) -> Option<&str> {
    let code = words.split_whitespace().next()?;
    let mut parts = code.split('.');
    let number =
        |part: Option<&str>| part.is_some_and(|p| (1..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    (number(parts.next()) && number(parts.next()) && number(parts.next()) && parts.next().is_none()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<(u16, Encryption)> {
        Smtp::parse(text).ok().map(|smtp| (smtp.port, smtp.encryption))
    }

    #[test]
    fn ports_and_encryption_follow_from_the_url() {
        assert_eq!(parsed("smtp://mail.example.com"), Some((25, Encryption::Opportunistic)));
        assert_eq!(parsed("smtp://mail.example.com?tls=required"), Some((587, Encryption::Required)));
        assert_eq!(parsed("smtp://mail.example.com:2525/?tls=none"), Some((2525, Encryption::None)));
        assert_eq!(parsed("smtps://mail.example.com"), Some((465, Encryption::Always)));
    }

    #[test]
    fn a_password_does_not_travel_in_clear_unless_somebody_says_so() {
        assert_eq!(parsed("smtp://u:p@mail.example.com"), Some((587, Encryption::Required)));
        assert_eq!(parsed("smtp://u:p@127.0.0.1"), Some((25, Encryption::Opportunistic)));
        assert_eq!(parsed("smtp://u:p@mail.example.com?tls=none"), Some((25, Encryption::None)));
    }

    #[test]
    fn a_password_is_decoded_and_never_shown() {
        let smtp = Smtp::parse("smtp://anna%40x:p%3Aq@mail.example.com").ok();
        let wanted = Some(("anna@x".to_owned(), "p:q".to_owned()));
        assert_eq!(smtp.as_ref().map(|s| s.credentials.clone()), Some(wanted));
        assert!(!format!("{smtp:?}").contains("p:q"));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for bad in [
            "",
            "mail.example.com",
            "http://mail.example.com",
            "smtp://",
            "smtp://mail.example.com/path",
            "smtp://mail.example.com?tls=maybe",
            "smtp://mail.example.com?x=1",
            "smtps://mail.example.com?tls=none",
        ] {
            assert!(Smtp::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn only_codes_are_kept_of_what_a_server_says() {
        assert_eq!(enhanced("5.1.1 <anna@acme.example>: user unknown"), Some("5.1.1"));
        assert_eq!(enhanced("anna@acme.example unknown"), None);
        assert_eq!(enhanced("192.168.1.10 refused"), None);
        assert_eq!(enhanced(""), None);
    }
}
