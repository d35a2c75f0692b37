//! Base64url without padding (RFC 7515, 2): how keys and signatures are written in headers and by browsers.

pub(crate) use crate::sso::logout::base64url as decode;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes as text.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let held = chunk.iter().fold(0_u32, |held, byte| (held << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let letter = (held >> (18 - 6 * place)) & 63;
            out.extend(LETTERS.get(letter as usize).map(|letter| char::from(*letter)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(encode(b"hello"), "aGVsbG8");
        assert_eq!(encode(&[0xfb, 0xff]), "-_8");
        for length in 0..40_u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(71)).collect();
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }
}
