//! An authenticator in software (WebAuthn level 3): makes a key, signs challenges, counts.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Where the tests' portal answers.
pub const ORIGIN: &str = "http://localhost:3000";
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

#[derive(Clone)]
pub struct Authenticator {
    key: SigningKey,
    id: Vec<u8>,
    user: String,
    /// Signatures so far; a copy of the device has its own.
    pub count: u32,
    /// Whether it asks for a finger or a PIN.
    pub verifies: bool,
    /// The site it believes to be on.
    pub origin: String,
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Authenticator {
    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn data(&self, rp: &str, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        [Sha256::digest(rp.as_bytes()).as_slice(), &[flags | PRESENT | verified], &self.count.to_be_bytes()].concat()
    }

    /// Answers `navigator.credentials.create`.
    pub fn create(options: &str) -> (Self, String) {
        Self::create_on(options, ORIGIN, true)
    }

    pub fn create_on(options: &str, origin: &str, verifies: bool) -> (Self, String) {
        let options: Value = serde_json::from_str(options).unwrap();
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        let key = SigningKey::from_slice(&rand::random::<[u8; 32]>()).unwrap();
        let made = Self {
            key,
            id: rand::random::<[u8; 32]>().to_vec(),
            user: options["user"]["id"].as_str().unwrap().to_owned(),
            count: 1,
            verifies,
            origin: origin.to_owned(),
        };
        let point = made.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().unwrap(), point.y().unwrap());
        // {1: 2, 3: -7, -1: 1, -2: x, -3: y}: an ES256 key as COSE writes it.
        let cose =
            [&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20][..], x, &[0x22, 0x58, 0x20], y].concat();
        let mut data = made.data(options["rp"]["id"].as_str().unwrap(), ATTESTED);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&u16::try_from(made.id.len()).unwrap().to_be_bytes());
        data.extend_from_slice(&made.id);
        data.extend_from_slice(&cose);
        // {"fmt": "none", "attStmt": {}, "authData": ..}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend_from_slice(&data);
        let answer = json!({
            "id": text(&made.id), "rawId": text(&made.id), "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": {"credProps": {"rk": true}},
            "response": {
                "clientDataJSON": text(&made.client_data("webauthn.create", &options)),
                "attestationObject": text(&object),
                "transports": ["internal"],
            },
        });
        (made, answer.to_string())
    }

    /// Answers `navigator.credentials.get`.
    pub fn get(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        self.count += 1;
        let client = self.client_data("webauthn.get", &options);
        let data = self.data(options["rpId"].as_str().unwrap(), 0);
        let signed = [data.as_slice(), Sha256::digest(&client).as_slice()].concat();
        let signature: DerSignature = self.key.sign(&signed);
        json!({
            "id": text(&self.id), "rawId": text(&self.id), "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": text(&client),
                "authenticatorData": text(&data),
                "signature": text(signature.as_bytes()),
                "userHandle": self.user,
            },
        })
        .to_string()
    }
}
