//! The secrets of endpoints, and what is signed with them (Standard Webhooks: HMAC-SHA256 of id, time and body).

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::RngExt as _;

use crate::ids::WebhookId;

/// Bytes of a secret.
const LENGTH: usize = 32;
/// What a secret begins with, for people and for scanners of leaked ones.
const PREFIX: &str = "whsec_";

/// What an endpoint's secrets are sealed for.
pub fn place(id: WebhookId) -> String {
    format!("webhook:{id}")
}

/// A new one.
pub fn generate() -> Vec<u8> {
    let bytes: [u8; LENGTH] = rand::rng().random();
    bytes.to_vec()
}

/// As the receiver is given it.
pub fn text(secret: &[u8]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(secret))
}

/// The header `webhook-signature`: one signature by each secret that counts.
pub fn signatures<'a>(secrets: impl Iterator<Item = &'a [u8]>, id: &str, seconds: i64, body: &[u8]) -> String {
    let one = |secret: &[u8]| {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, secret));
        context.update(format!("{id}.{seconds}.").as_bytes());
        context.update(body);
        format!("v1,{}", STANDARD.encode(context.sign()))
    };
    secrets.map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_signs_as_the_specification_does() {
        // The example of the Standard Webhooks libraries.
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let (id, seconds) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330);
        let signed = signatures([secret.as_slice()].into_iter(), id, seconds, br#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let two = signatures([secret.as_slice(), b"other"].into_iter(), id, seconds, b"{}");
        assert_eq!(two.split(' ').filter(|one| one.starts_with("v1,")).count(), 2);
    }

    #[test]
    fn a_secret_is_told_from_other_texts() {
        let (one, other) = (generate(), generate());
        assert!(one != other && one.len() == LENGTH);
        assert!(text(&one).starts_with("whsec_") && text(&one).len() == 6 + 44);
    }
}
