//! Recovery codes: printed once, for the day when every other factor is lost. Each opens the door one time.

use rand::RngExt as _;
use sha2::{Digest as _, Sha256};

use crate::ids::UserId;

/// How many somebody gets.
const HOW_MANY: usize = 10;
/// Letters of one: 80 bits, which need no slow hash.
const LENGTH: usize = 16;
/// Without letters that look like others.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// New codes, in groups of four letters.
pub fn generate() -> Vec<String> {
    (0..HOW_MANY).map(|_| one()).collect()
}

fn one() -> String {
    let random: [u8; LENGTH] = rand::rng().random();
    let mut code = String::with_capacity(LENGTH + LENGTH / 4);
    for (at, byte) in random.into_iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(*LETTERS.get(usize::from(byte % 32)).unwrap_or(&b'0')));
    }
    code
}

/// A code as typed from paper, the way it was printed; `None` if it cannot be one.
fn read(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    (code.len() == LENGTH && code.bytes().all(|b| LETTERS.contains(&b))).then_some(code)
}

/// The hash under which somebody's code is stored; `None` if it cannot be one.
pub fn hash(user: UserId, typed: &str) -> Option<Vec<u8>> {
    let code = read(typed)?;
    Some(Sha256::new().chain_update(user.0.as_bytes()).chain_update(code.as_bytes()).finalize().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_many_different_and_forgive_how_they_are_typed() {
        let codes = generate();
        let user = UserId::new();
        assert_eq!(codes.len(), HOW_MANY);
        for (at, code) in codes.iter().enumerate() {
            assert_eq!(code.len(), 19);
            assert!(!codes[..at].contains(code));
            let typed = format!(" {} ", code.to_uppercase().replace('-', " ").replace('0', "O").replace('1', "l"));
            assert_eq!(hash(user, &typed), hash(user, code));
            assert_ne!(hash(UserId::new(), code), hash(user, code), "another person's is another");
        }
        assert_eq!(hash(user, "123456"), None);
    }
}
