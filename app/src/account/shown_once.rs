//! A secret on its way to the one page that shows it: sealed, because it travels through the session, and what the
//! database holds must give nobody a token.

use crate::ctx::Ctx;
use crate::documents::model::hex;

/// The field of the flash it travels in.
pub const FIELD: &str = "sealed";
/// The place it is sealed for.
const PLACE: &str = "shown-once";

/// Seals a secret for the next page of the same browser.
pub fn seal(ctx: &Ctx, secret: &str) -> String {
    hex(&ctx.portal.secrets.seal(PLACE, secret.as_bytes()))
}

/// Opens what was sealed.
pub fn open(ctx: &Ctx, sealed: &str) -> Option<String> {
    let digits = sealed.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> =
        digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    String::from_utf8(ctx.portal.secrets.open(PLACE, &bytes?)?).ok()
}
