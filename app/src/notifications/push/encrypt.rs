//! What is said is encrypted for the one browser it goes to (RFC 8291, with the coding of RFC 8188): the push service in
//! between carries it and cannot read it.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use rand::RngExt as _;

/// Bytes of a point on P-256, written out.
pub const POINT: usize = 65;
/// Bytes of the secret that a browser shares with whoever may tell it something.
pub const AUTH: usize = 16;
/// The longest body that every push service takes.
const RECORD: u32 = 4096;
/// Bytes around the words: salt, size, key, delimiter and tag.
const AROUND: usize = 16 + 4 + 1 + POINT + 1 + 16;
/// The longest words, in bytes.
pub const LONGEST: usize = RECORD as usize - AROUND;
/// Words are filled up to a multiple of this, so that their length tells nothing.
const STEP: usize = 256;

/// The browser's half of a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// Its point on P-256.
    pub public_key: Vec<u8>,
    /// The secret it shares.
    pub auth: Vec<u8>,
}

/// It cannot be encrypted: the browser's key is none, or the words are too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

impl From<aws_lc_rs::error::Unspecified> for Unfit {
    fn from(_: aws_lc_rs::error::Unspecified) -> Self {
        Self
    }
}

/// How many bytes are wanted of a key.
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> Result<[u8; N], Unfit> {
    let mut out = [0; N];
    Salt::new(HKDF_SHA256, salt).extract(secret).expand(info, Length(N))?.fill(&mut out)?;
    Ok(out)
}

impl Receiver {
    /// From what a browser says; `None` for anything that is not a key of this curve with its secret.
    pub fn new(public_key: Vec<u8>, auth: Vec<u8>) -> Option<Self> {
        let receiver = Self { public_key, auth };
        // Whether the point is on the curve shows when it is used.
        let fits = receiver.public_key.len() == POINT && receiver.auth.len() == AUTH;
        (fits && receiver.encrypt(b"").is_ok()).then_some(receiver)
    }

    /// The body of a message with these words.
    pub fn encrypt(&self, words: &[u8]) -> Result<Vec<u8>, Unfit> {
        let sender = PrivateKey::generate(&ECDH_P256)?;
        let padded = (words.len() + 1).next_multiple_of(STEP).min(LONGEST + 1);
        self.seal(words, padded, &sender, rand::rng().random())
    }

    /// The words with their delimiter fill `padded` bytes.
    fn seal(&self, words: &[u8], padded: usize, sender: &PrivateKey, salt: [u8; 16]) -> Result<Vec<u8>, Unfit> {
        if words.len() > LONGEST {
            return Err(Unfit);
        }
        let public = sender.compute_public_key()?;
        let info: [&[u8]; 3] = [b"WebPush: info\0", &self.public_key, public.as_ref()];
        let peer = UnparsedPublicKey::new(&ECDH_P256, &self.public_key);
        let ikm: [u8; 32] = agree(sender, peer, Unfit, |secret| derive(&self.auth, secret, &info))?;
        let key: [u8; 16] = derive(&salt, &ikm, &[b"Content-Encoding: aes128gcm\0"])?;
        let nonce: [u8; 12] = derive(&salt, &ikm, &[b"Content-Encoding: nonce\0"])?;
        // The only record is the last: its delimiter is 2, and what follows it is filling.
        let mut record = words.to_vec();
        record.push(2);
        record.resize(padded.max(record.len()), 0);
        let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
        cipher.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)?;
        let length = [u8::try_from(POINT).unwrap_or_default()];
        Ok([&salt[..], &RECORD.to_be_bytes(), &length, public.as_ref(), &record].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::super::base64url::{decode, encode};
    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        decode(text).unwrap()
    }

    fn receiver() -> Receiver {
        let public = bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        Receiver::new(public, bytes("BTBZMqHH6r4Tts7J_aSIgg")).unwrap()
    }

    #[test]
    fn it_is_what_rfc_8291_has_in_its_appendix() {
        let private = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let sender = PrivateKey::from_private_key(&ECDH_P256, &private).unwrap();
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let body = receiver().seal(b"When I grow up, I want to be a watermelon", 0, &sender, salt).unwrap();
        assert_eq!(
            encode(&body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn its_length_tells_nothing_of_short_words_and_the_longest_fit() {
        let length = |words: usize| receiver().encrypt(&vec![b'a'; words]).map(|body| body.len());
        assert_eq!(length(3), length(200));
        assert_eq!(length(LONGEST), Ok(4096));
        assert_eq!(length(LONGEST + 1), Err(Unfit));
        assert_ne!(receiver().encrypt(b"a"), receiver().encrypt(b"a"), "each time another key and another salt");
    }

    #[test]
    fn what_is_no_key_of_a_browser_is_none() {
        let auth = vec![1; AUTH];
        let mut off_the_curve = receiver().public_key;
        off_the_curve[64] ^= 1;
        for wrong in [vec![], vec![4; POINT], vec![0; POINT], off_the_curve, receiver().public_key[..64].to_vec()] {
            assert_eq!(Receiver::new(wrong, auth.clone()), None);
        }
        assert_eq!(Receiver::new(receiver().public_key, vec![1; 15]), None);
    }
}
