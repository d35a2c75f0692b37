//! Codes of authenticator apps: TOTP (RFC 6238) with what every app understands, SHA-1, six digits, 30 seconds.

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;
use rand::RngExt as _;
use totp_rs::{Builder, Totp};

use crate::time::Instant;

/// Seconds that a code is shown.
const STEP: i64 = 30;
/// Bytes of a secret, as RFC 4226 recommends.
const SECRET: usize = 20;

/// A new secret.
pub fn generate() -> Vec<u8> {
    let secret: [u8; SECRET] = rand::rng().random();
    secret.to_vec()
}

fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(secret.to_vec()).build().ok()
}

/// The 30 seconds that a code belongs to: now, or one before or after, because clocks differ. `None` when it belongs to
/// none of them.
pub fn step_of(secret: &[u8], code: &str, now: Instant) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.0 / 1_000_000).ok()?;
    let step = totp(secret)?.check(&code, seconds)?;
    i64::try_from(step).ok()
}

/// The code that an app shows at this time.
pub fn code_at(secret: &[u8], now: Instant) -> Option<String> {
    let seconds = u64::try_from(now.0 / 1_000_000).ok()?;
    Some(totp(secret)?.generate(seconds).to_string())
}

/// The first 30 seconds of all: before any code.
pub const NEVER: i64 = -1;

/// What to show somebody who sets up their app.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The secret in letters, in groups of four, for who cannot scan.
    pub text: String,
    /// The address that apps understand.
    pub url: String,
}

/// The setup of a secret for this portal and address.
pub fn setup(secret: &[u8], portal: &str, email: &str) -> Option<Setup> {
    // A colon separates the two in the address.
    let plain = |text: &str| text.replace(':', " ");
    let builder = Builder::new().with_secret(secret.to_vec());
    let totp = builder.with_issuer(Some(plain(portal))).with_account_name(plain(email)).build().ok()?;
    let letters = totp.secret().to_base32();
    let groups: Vec<&str> =
        (0..letters.len()).step_by(4).filter_map(|at| letters.get(at..letters.len().min(at + 4))).collect();
    Some(Setup { text: groups.join(" "), url: totp.to_url().ok()? })
}

/// A QR code as the path of its dark squares, and how many squares wide it is.
pub fn qr(text: &str) -> Option<(usize, String)> {
    use std::fmt::Write as _;
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let dark = |at: usize| at < code.size && code[y].get(at).is_some_and(|module| module.value());
            let run = (x..code.size).take_while(|at| dark(*at)).count();
            if run > 0 {
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    Some((code.size, path))
}

/// The step of an instant, for tests of time.
pub const fn step_at(now: Instant) -> i64 {
    now.0 / 1_000_000 / STEP
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B.
    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> Instant {
        Instant(seconds * 1_000_000)
    }

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        assert_eq!(code_at(SECRET, at(59)).as_deref(), Some("287082"));
        assert_eq!(code_at(SECRET, at(1_111_111_109)).as_deref(), Some("081804"));
        assert_eq!(step_of(SECRET, "28 70 82", at(59)), Some(1));
    }

    #[test]
    fn a_clock_may_be_one_step_off_and_no_more() {
        let code = code_at(SECRET, at(1_111_111_109)).unwrap();
        let step = step_at(at(1_111_111_109));
        for (off, known) in [(-60, None), (-30, Some(step)), (0, Some(step)), (30, Some(step)), (60, None)] {
            assert_eq!(step_of(SECRET, &code, at(1_111_111_109 + off)), known, "{off}");
        }
        for wrong in ["", "1", "abcdef", "+12345", "12345678", "\u{663}\u{663}\u{663}\u{663}\u{663}\u{663}"] {
            assert_eq!(step_of(SECRET, wrong, at(59)), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_setup_can_be_typed_and_scanned() {
        let setup = setup(SECRET, "Portal: Nord", "anna@acme.example").unwrap();
        assert!(setup.text.starts_with("GEZD GNBV"), "{}", setup.text);
        assert!(setup.url.starts_with("otpauth://totp/") && !setup.url.contains("Nord:anna:"), "{}", setup.url);
        let (size, path) = qr(&setup.url).unwrap();
        assert!(size >= 33 && path.starts_with("M0 0h7v1h-7z"), "{size} {path}");
    }
}
